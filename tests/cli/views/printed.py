"""A console that prints into a text, as wide as a pipe."""

import io
from collections.abc import Callable

from rich.console import Console

from cli.speech import PIPE_WIDTH


def printed(show: Callable[[Console], None], width: int = PIPE_WIDTH) -> str:
    """What a view prints."""
    out = io.StringIO()
    show(Console(file=out, width=width, highlight=False))
    return out.getvalue()
