"""Watching for canaries: in what was said, in every log at DEBUG, in every file that was left and every one deleted."""

import io
import json
import logging
import os
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

_WIDE, _NARROW = 3, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One canary seen where none may be."""

    where: str
    canary: str
    seen: bytes


@dataclass(slots=True, kw_only=True)
class Watch:
    """Everything that left the program while it was watched, by where it was seen."""

    log: io.StringIO = field(default_factory=io.StringIO)
    said: list[tuple[str, str]] = field(default_factory=list)
    deleted: list[tuple[str, bytes]] = field(default_factory=list)

    def everything(self) -> Iterator[tuple[str, bytes]]:
        """What was said, logged and deleted, each by a name."""
        yield "log", self.log.getvalue().encode("utf-8", "backslashreplace")
        yield from ((where, text.encode("utf-8", "backslashreplace")) for where, text in self.said)
        yield from self.deleted


def needles(canary: str) -> frozenset[bytes]:
    """The canary and each telling part of it, in every encoding in which it could stand in a file."""
    width = min(len(canary), _NARROW if canary.isascii() else _WIDE)
    parts = {canary[start : start + width] for start in range(len(canary) - width + 1)}
    if re.fullmatch(r"[0-9-]+", canary):
        digits = canary.replace("-", "")
        parts |= {digits[start : start + _NARROW] for start in range(len(digits) - _NARROW + 1)}
    return frozenset(written for part in parts for written in _written(part))


def hits(found: Mapping[str, bytes] | Iterable[tuple[str, bytes]], canaries: Mapping[str, str]) -> list[Hit]:
    """Every canary in what was found, archives opened."""
    sought = {name: needles(canary) for name, canary in canaries.items()}
    pairs = found.items() if isinstance(found, Mapping) else found
    return [
        Hit(where=where, canary=name, seen=needle)
        for place, content in pairs
        for where, part in _opened(place, content)
        for name, parts in sought.items()
        for needle in parts
        if needle in part
    ]


def left_in(folder: Path, but: frozenset[Path]) -> dict[str, bytes]:
    """Every file below a folder, but those that were put there to be read."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(path == one or one in path.parents for one in but)
    }


@contextmanager
def watching(monkeypatch: pytest.MonkeyPatch, temporary: Path) -> Iterator[Watch]:
    """Every logger at DEBUG and every file looked at before it is deleted, temporary files in a folder of their own."""
    watch = Watch()
    spy = logging.StreamHandler(watch.log)
    spy.setLevel(logging.DEBUG)
    names = ("", "sqlalchemy", "sqlalchemy.engine", "sqlalchemy.pool", "alembic", "psycopg", "settle")
    temporary.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(temporary))
        for name in ("unlink", "remove"):
            patch.setattr(os, name, _looked_at(getattr(os, name), watch))
        logging.getLogger().addHandler(spy)
        levels = {name: logging.getLogger(name).level for name in names}
        for name in names:
            logging.getLogger(name).setLevel(logging.DEBUG)
        try:
            yield watch
        finally:
            for name, level in levels.items():
                logging.getLogger(name).setLevel(level)
            logging.getLogger().removeHandler(spy)


def _looked_at(delete, watch: Watch):  # type: ignore[no-untyped-def]
    def first_look(path, *given, **named):  # type: ignore[no-untyped-def]
        if isinstance(path, str | os.PathLike) and Path(path).is_file():
            watch.deleted.append((f"deleted {path}", Path(path).read_bytes()))
        return delete(path, *given, **named)

    return first_look


def _written(part: str) -> Iterator[bytes]:
    yield part.encode()
    if not part.isascii():
        yield part.encode("gb18030")
        yield part.encode("utf-16-le")
        yield json.dumps(part).strip('"').encode()
        yield repr(part.encode())[2:-1].encode()


def _opened(place: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The content, and of an archive its members too."""
    yield place, content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield f"{place}:{name}", name.encode() + archive.read(name)
