"""The files that a command line names: found, opened and read, every fault of all of them told at once."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from calculators.masking import redacted
from cli.errors import BadFile, Fault, ShellError
from cli.progress import watched
from cli.readers import ReadFile, read_tables
from cli.readers.text import SIZE_MAX
from cli.refusals import in_chinese

# What a workbook program or a browser may have made of an export; those we cannot read are refused by name.
_REPORTS = frozenset({".csv", ".xlsx", ".xltx", ".xlsm", ".xls", ".zip"})


class WrongFiles(ShellError):
    """Files that cannot be imported in this company."""


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files that paths name; of a folder its reports, by name, and `WrongFiles` where it has none."""
    return [file for path in paths for file in (_reports_in(path) if path.is_dir() else [path])]


def read_files(paths: Iterable[Path], *, partial: bool = False) -> list[ReadFile]:
    """Every table of every file, read and checked; `BadFile` with the faults of all of them.

    A statement must cover whole months, unless days of one are asked for by `partial`.
    """
    files: list[ReadFile] = []
    faults: list[Fault] = []
    for path in watched(list(paths), "import"):
        try:
            read = _read(path)
        except BadFile as problem:
            faults.extend(problem.faults)
        else:
            files += read
            faults += [] if partial else [fault for file in read for fault in _part_month(file)]
    if faults:
        raise BadFile(faults)
    return files


def _read(path: Path) -> tuple[ReadFile, ...]:
    try:
        if path.stat().st_size > SIZE_MAX:
            raise BadFile([Fault(code="too_big", file=path.name)])
        return read_tables(path.name, path.read_bytes())
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise WrongFiles(
            f"{redacted(str(path))}：读不了（{in_chinese(why, 'OSError')}）。请检查文件名后重试；什么都没有导入。",
            f"{redacted(str(path))} cannot be read: {why}. Check its name and try again; nothing was imported.",
        ) from None


def _part_month(file: ReadFile) -> list[Fault]:
    said = file.statement
    if said is None or said.whole_months:
        return []
    return [Fault(code="part_month", file=file.name, detail=f"({said.first_on} … {said.last_on})")]


def _reports_in(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.iterdir() if _is_report(path))
    if not found:
        raise WrongFiles(
            f"{folder} 里没有 CSV、.xlsx 或 .zip 文件。请给出放导出文件的文件夹，或直接给出文件。",
            f"{folder} holds no CSV, .xlsx or .zip. Name the folder of the exports, or the files themselves.",
        )
    return found


def _is_report(path: Path) -> bool:
    """A report by its ending; a spreadsheet program's lock (`~$…`) and hidden files are none."""
    return path.suffix.lower() in _REPORTS and not path.name.startswith(("~$", "."))
