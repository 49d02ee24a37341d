"""A month's gates as the shell knows them: those of the ledger, the files of a folder, and the anchors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from calculators.masking import redacted
from calculators.rulebook import Rulebook
from calculators.wording import Text, say
from cli import exits
from cli.errors import BadFile, ShellError
from cli.gathering import WrongFiles, files_in, read_files
from cli.importing import ROWS
from cli.views.gates import gate_line, outcome
from ledger.anchors import check_fit
from ledger.errors import AnchorMismatch, BadAnchor
from ledger.gates import Look
from ledger.imported import is_imported
from ledger.reading import Reader
from ledger.reports_of_gates import Gate, GateName, MonthGates, Standing, named

_ORDER = list(GateName)


class GatesOpen(ShellError):
    """A month that is not closed because of what stands in its gates; names each with what clears it."""

    exit_code = exits.REFUSED

    def __init__(self, gates: MonthGates) -> None:
        super().__init__(*("\n".join(_said(gates, language)) for language in ("zh", "en")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Exports:
    """The files of a month as they lie in a folder: those that cannot be read, and the digest of every other."""

    refused: tuple[str, ...] = ()
    read: tuple[tuple[str, str], ...] = ()


def read_exports(paths: Sequence[Path]) -> Exports:
    """The files that paths name, each tried on its own; what is refused is named and not raised."""
    refused: list[str] = []
    read: list[tuple[str, str]] = []
    for path in files_in(paths):
        try:
            found = read_files([path], partial=True)
        except (BadFile, WrongFiles):
            refused.append(redacted(path.name))
        else:
            read += [(redacted(file.name), file.sha256) for file in found if file.layout in ROWS]
    return Exports(refused=tuple(refused), read=tuple(read))


def look_at(reader: Reader, period: str, rulebook: Rulebook, on: date, exports: Exports) -> Look:
    """What is to be looked at of a month: as of a day, with the files of a folder held against the book."""
    return Look(period=period, rulebook=rulebook, on=on, files=tuple(_failed(reader, exports)))


def with_anchors(gates: MonthGates, reader: Reader, path: Path | None) -> MonthGates:
    """The same gates with that of the anchors in a file, in the order in which they are looked at."""
    stands: tuple[Text, ...] = ()
    try:
        if path is not None:
            check_fit(reader, path)
    except (AnchorMismatch, BadAnchor):
        stands = (say(str(path), str(path)),)
    gate = Gate(name=GateName.ANCHORS, count=len(stands), stands=stands, first=str(path))
    ordered = sorted((*gates.gates, gate), key=lambda one: _ORDER.index(one.name))
    return replace(gates, gates=tuple(ordered))


def _failed(reader: Reader, exports: Exports) -> Iterator[Standing]:
    for name in exports.refused:
        yield named(name, f"{name} 读不了", f"{name} is refused")
    for name, sha256 in exports.read:
        if not is_imported(reader, sha256):
            yield named(name, f"{name} 未导入", f"{name} is not imported")


def _said(gates: MonthGates, language: str) -> Iterator[str]:
    for gate in gates.open:
        yield gate_line(gate, gates.period, language)
    yield outcome(gates, language)
