"""What a program writes outside of one folder, by whatever way Python has of writing, and whom else it calls."""

import contextlib
import functools
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_CHANGES = frozenset(
    {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link", "os.truncate", "os.chmod"}
)
_CALLS = frozenset({"socket.connect", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"})


@dataclass(slots=True)
class _Watch:
    """The folder that is watched, if any, and what was written elsewhere."""

    folder: str = ""
    elsewhere: list[str] = field(default_factory=list)


_watch = _Watch()


@contextlib.contextmanager
def watched(folder: str) -> Iterator[list[str]]:
    """Collects the paths outside of the folder that are written to while it is watched."""
    _hook()
    _watch.folder, _watch.elsewhere = os.path.realpath(folder), []
    try:
        yield _watch.elsewhere
    finally:
        _watch.folder = ""


@functools.cache
def _hook() -> None:
    sys.addaudithook(_audit)  # for good: Python takes none back


def _audit(event: str, given: tuple[Any, ...]) -> None:
    if not _watch.folder:
        return
    if event in _CALLS:
        _watch.elsewhere.append(event)
    for name in _written(event, given):
        path = os.path.realpath(os.fsdecode(name))
        if path != os.devnull and os.path.commonpath([path, _watch.folder]) != _watch.folder:
            _watch.elsewhere.append(path)


def _written(event: str, given: tuple[Any, ...]) -> list[str | bytes]:
    if event == "open" and isinstance(given[2], int) and given[2] & _WRITES:
        return [name for name in given[:1] if isinstance(name, str | bytes)]
    if event == "sqlite3.connect":
        name = os.fsdecode(given[0])
        return [unquote(name.removeprefix("file:").partition("?")[0])] if ":memory:" not in name else []
    return [name for name in given[:2] if isinstance(name, str | bytes)] if event in _CHANGES else []
