"""Mutated files: whatever was done to a file, it is read or refused, never with a traceback, a name or a long wait."""

from collections.abc import Callable
from pathlib import Path

import pytest

from calculators.masking import mask
from tests.faults.file_mutations import mutated, seeds
from tests.faults.files import read_or_refused
from tests.faults.tally import Tally


def test_every_mutated_file_is_read_or_refused(tmp_path: Path, tally: Callable[[str], Tally]) -> None:
    group, kinds = tally("mutated files"), seeds()
    wrong = []
    for number in range(group.target):
        content = mutated(kinds, group.dice)
        try:
            read_or_refused(content)
        except Exception as failed:  # whatever it is, it is the finding, and the file shows it again
            kept = tmp_path / f"wrong-{number}"
            kept.write_bytes(content)
            wrong.append(f"{failed!r} of {kept}")
    assert wrong == []
    group.closes(group.target, lost=0, wrong=len(wrong))


def test_the_seeds_are_read_or_refused_as_they_stand() -> None:
    plain, packed = seeds()
    assert len(plain) > 500
    assert len(packed) > 100
    for content in (*plain, *packed):
        read_or_refused(content)


@pytest.mark.parametrize("name", ["张三丰", "alice@example.com"])
def test_a_refusal_that_named_somebody_would_be_found(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    content = f"{name},x\n".encode()
    read_or_refused(content)
    monkeypatch.setattr("cli.readers.tables.mask", str)
    monkeypatch.setattr("cli.errors.redacted", str)
    assert mask(name) != name
    with pytest.raises(AssertionError, match=r"names somebody|unmasked"):
        read_or_refused(content)
