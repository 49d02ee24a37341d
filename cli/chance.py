"""The one source of chance: salts that nobody can guess."""

import secrets
from collections.abc import Iterator

_BYTES = 16


def salt() -> str:
    """128 random bits, as text."""
    return secrets.token_hex(_BYTES)


def salts() -> Iterator[str]:
    """As many salts as are asked for, each another."""
    while True:
        yield salt()
