"""The working paper of every worked case is the one that was signed, word by word.

Renew them with SETTLE_RENEW_GOLDEN=1 and read the difference before it is kept.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.calculators.asking import Json
from tests.calculators.working_papers import paper

CASES = Path(__file__).parent.parent / "cases"
PAPERS = Path(__file__).parent / "papers"
RENEW = "SETTLE_RENEW_GOLDEN" in os.environ
WORKED = {file.stem: json.loads(file.read_text("utf-8")) for file in sorted(CASES.glob("*.json"))}
HEADING = "## "


def _signed(text: str) -> dict[str, str]:
    """The papers of one topic by the names of their cases."""
    parts = text.removeprefix(HEADING).split(f"\n{HEADING}")
    return {name: body.strip("\n") for name, _, body in (part.partition("\n") for part in parts)}


@pytest.fixture(scope="module")
def signed() -> dict[str, dict[str, str]]:
    """Every paper as it was signed, by topic and name; written anew first where that is wished."""
    if RENEW:
        for topic, cases in WORKED.items():
            text = "\n".join(f"{HEADING}{worked['name']}\n{paper(worked)}" for worked in cases)
            (PAPERS / f"{topic}.txt").write_text(text, "utf-8")
    return {file.stem: _signed(file.read_text("utf-8")) for file in PAPERS.glob("*.txt")}


def _each() -> Iterator[object]:
    for topic, cases in WORKED.items():
        for worked in cases:
            yield pytest.param(topic, worked, id=f"{topic}: {worked['name']}")


@pytest.mark.parametrize(("topic", "worked"), list(_each()))
def test_the_working_paper_is_the_one_that_was_signed(
    topic: str, worked: Json, signed: dict[str, dict[str, str]]
) -> None:
    kept = signed.get(topic, {}).get(worked["name"])
    assert kept is not None, f"no paper of {topic}: run once with SETTLE_RENEW_GOLDEN=1"
    assert paper(worked).strip("\n") == kept


def test_no_paper_is_kept_of_a_case_that_is_gone(signed: dict[str, dict[str, str]]) -> None:
    there = {topic: {worked["name"] for worked in cases} for topic, cases in WORKED.items()}
    assert {topic: set(papers) for topic, papers in signed.items()} == there
