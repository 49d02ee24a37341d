"""The corpus of bad input: every file is taken in exactly, or refused with code, row, column and masked value.

Never a traceback, never half a file. The groups and their sizes are those of the catalogue of faults.
"""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from calculators.masking import mask
from cli.errors import BadFile, fault_codes
from cli.readers import NOT_READ, ReadFile, read_tables
from tests.cli.readers.bad_input.groups import FILES_MIN, GROUPS, SAMPLES
from tests.cli.readers.corpus import Sample
from tests.cli.shell import Shell, dump

NAMES = [f"{group}: {sample.name.encode('unicode_escape').decode()}" for group, sample in SAMPLES]
SHOWN = [sample for _, sample in SAMPLES if sample.codes and not sample.is_large]


@pytest.mark.parametrize("sample", [sample for _, sample in SAMPLES], ids=NAMES)
def test_every_file_gets_its_verdict(sample: Sample) -> None:
    if not sample.codes:
        assert_read(sample, read_tables("x.csv", sample.content))
        return
    with pytest.raises(BadFile) as caught:
        read_tables("x.csv", sample.content)
    assert {fault.code for fault in caught.value.faults} == sample.codes
    first = caught.value.faults[0]
    assert first.file.startswith("x.csv")
    if sample.row:
        assert first.row == sample.row
    if sample.column:
        assert first.column == sample.column
    if sample.value is not None:
        assert first.value == mask(sample.value.strip(" \t"))


def assert_read(sample: Sample, read: Sequence[ReadFile]) -> None:
    """The first table has the rows and the values that the sample names."""
    tables = [file for file in read if file.layout != NOT_READ]
    rows: Sequence[Any] = tables[0].rows if tables else ()
    assert len(rows) == sample.rows
    assert {name: getattr(rows[0], name) for name in sample.said} == dict(sample.said)


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_has_the_files_that_the_catalogue_asks_for_and_no_two_of_one_name(group: str) -> None:
    least, samples = GROUPS[group]
    assert len(samples) >= least
    assert len({sample.name for sample in samples}) == len(samples)


def test_the_whole_corpus_is_read_or_refused_and_counted() -> None:
    began = time.monotonic()
    wrong = [sample.name for _, sample in SAMPLES if bool(sample.codes) != bool(faults_of(sample))]
    seconds = time.monotonic() - began
    refused = sum(1 for _, sample in SAMPLES if sample.codes)
    told = f"faults {len(SAMPLES)} lost 0 wrong {len(wrong)} seconds {seconds:.1f} seed 0 ({refused} refused)"
    print(told)  # noqa: T201
    assert len(SAMPLES) >= FILES_MIN
    assert not wrong


def faults_of(sample: Sample) -> list[str]:
    """The codes of a file's faults; none for one that is read."""
    try:
        read_tables("x.csv", sample.content)
    except BadFile as bad:
        return [fault.code for fault in bad.faults]
    return []


def test_every_fault_is_said_in_both_languages() -> None:
    for _, sample in SAMPLES:
        assert sample.codes <= fault_codes()
    for code in fault_codes():
        assert code.isidentifier()


def test_no_refused_file_writes_anything_and_every_refusal_is_told(shell: Shell) -> None:
    shell("init", "--opening", "1012.01=50000.00", "--on", "2026-10-01")
    before = dump(shell.folder / "settle.db")
    folder = shell.folder / "files"
    folder.mkdir()
    for place, sample in enumerate(SHOWN):
        write(folder / f"{place:04d}.csv", sample)
    error = shell("import", folder, "--json", code=3).json["error"]
    told = {fault["file"].partition(".")[0] for fault in error["faults"]}
    assert told == {f"{place:04d}" for place in range(len(SHOWN))}
    assert all(fault["what"] and fault["why"] and fault["next"] for fault in error["faults"])
    assert dump(shell.folder / "settle.db") == before
    assert "Traceback" not in json.dumps(error)


def write(path: Path, sample: Sample) -> None:
    """The sample as a file."""
    path.write_bytes(sample.content)
