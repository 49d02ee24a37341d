"""The demo shop's chance: every draw is named, so the same shop comes out on every machine and in every run.

A draw depends on its name alone and not on those before it; adding an order changes no other one.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

_T = TypeVar("_T")


def draw(below: int, *name: object) -> int:
    """A whole number from 0 up to but not including `below`, always the same for the same name.

    >>> draw(6, "order", 1) == draw(6, "order", 1), draw(1, "x")
    (True, 0)
    """
    digest = sha256("/".join(str(part) for part in name).encode("utf-8")).digest()
    return int.from_bytes(digest[:8], "big") % below


def pick(choices: Sequence[_T], *name: object) -> _T:
    """One of the choices, always the same for the same name."""
    return choices[draw(len(choices), *name)]
