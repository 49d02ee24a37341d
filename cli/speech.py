"""In which language a command speaks, and where it prints."""

import os
import sys
from collections.abc import Sequence
from itertools import pairwise

from rich.console import Console

from cli import exits
from cli.errors import ShellError

PIPE_WIDTH = 10_000


class BadOption(ShellError):
    """An option of the command line that cannot be."""

    exit_code = exits.USAGE


def language(asked: str | None) -> str:
    """`zh` or `en`: the option, else `zh` where the locale is Chinese."""
    if asked is None:
        wish = next(
            (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
        )
        return "zh" if wish.lower().startswith("zh") else "en"
    if asked not in {"zh", "en"}:
        raise BadOption(f"--lang {asked}：只有 zh 或 en。", f"--lang {asked}: only zh or en.")
    return asked


def language_of(words: Sequence[str]) -> str | None:
    """The language that the words of a command line ask for; None where they ask for none there is."""
    options = [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    options += [after for word, after in pairwise(words) if word == "--lang"]
    return next((option for option in options if option in {"zh", "en"}), None)


def either(tongue: str, zh: str, en: str) -> str:
    """The one of two sentences that is in the language."""
    return zh if tongue == "zh" else en


def console() -> Console:
    """Where people read: colours on a terminal only, numbers exactly as written, no line broken in a pipe."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)
