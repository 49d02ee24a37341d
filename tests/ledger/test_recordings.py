"""Recordings: a case and the entry that books it belong together."""

from typing import Any

import pytest

from ledger.errors import BadEntry
from ledger.recordings import RefundStep
from tests.ledger.samples import a_recording, an_entry


@pytest.mark.parametrize(
    "changes",
    [{"entry": an_entry()}, {"entry": an_entry(kind="settlement", claim_no="C9")}, {"claim_no": ""}],
)
def test_a_recording_and_its_entry_agree(changes: dict[str, Any]) -> None:
    with pytest.raises(BadEntry):
        a_recording(**changes)


def test_a_bucket_stands_once_among_the_steps() -> None:
    step = RefundStep(bucket="line 1", paid_fen=2, before_fen=0, after_fen=1)
    with pytest.raises(BadEntry, match="twice"):
        a_recording(steps=(step, step))
