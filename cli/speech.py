"""In which language a command speaks, and where it prints."""

import os

from rich.console import Console

from cli.errors import ShellError


class BadOption(ShellError):
    """An option of the command line that cannot be."""


def language(asked: str | None) -> str:
    """`zh` or `en`: the option, else `zh` where the locale is Chinese."""
    if asked is None:
        wish = next(
            (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
        )
        return "zh" if wish.lower().startswith("zh") else "en"
    if asked not in {"zh", "en"}:
        raise BadOption(f"--lang {asked}: 只有 zh 或 en / only zh or en")
    return asked


def console() -> Console:
    """Where people read: colours on a terminal only, numbers exactly as written."""
    return Console(highlight=False, soft_wrap=False)
