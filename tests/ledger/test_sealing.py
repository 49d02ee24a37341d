"""Seals: they cover every column, and moments sort as texts."""

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.days import SHANGHAI
from ledger import sealing
from ledger import tables as t
from ledger.sealed_rows import EntryRow, PostingRow, SettlementRow, StepRow
from ledger.sealing import ERASURES, entry_request, erasure_digest, erasure_reason, moment_text
from tests.ledger.samples import DAY, an_entry

MOMENTS = st.datetimes(
    datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))])
)


@pytest.mark.parametrize(
    ("table", "names", "linked"),
    [
        (t.book, sealing.BOOK, set()),
        (t.account, sealing.ACCOUNT, set()),
        (t.rulebook, sealing.RULEBOOK, set()),
        (t.order_facts, sealing.ORDER_FACTS, set()),
        (t.statement, sealing.STATEMENT, set()),
        (t.statement_line, sealing.STATEMENT_LINE, set()),
        (t.period_event, sealing.PERIOD_EVENT, set()),
        (t.approval, sealing.APPROVAL, set()),
        (t.line_match, sealing.LINE_MATCH, set()),
        (t.operation, sealing.OPERATION, {"hash"}),
        (t.journal_entry, EntryRow._fields, set()),
        (t.posting, PostingRow._fields, set()),
        (t.settlement, SettlementRow._fields, set()),
        (t.refund_step, StepRow._fields, set()),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_every_column_is_covered(table: object, names: tuple[str, ...], linked: set[str]) -> None:
    assert len(set(names)) == len(names)
    assert {*names, *linked} == set(table.c.keys())  # type: ignore[attr-defined]


def test_every_table_is_covered() -> None:
    listed = {
        *("book", "account", "rulebook", "order_facts", "statement", "statement_line", "period_event"),
        *("operation", "journal_entry", "posting", "settlement", "refund_step", "approval", "line_match"),
    }
    # The seal itself carries nothing but the links and the hash; a person is outside the chain, to be erased.
    assert set(t.METADATA.tables) - listed == {"entry_seal", "person"}
    assert {table.name for table in t.SEALED_TABLES} == listed | {"entry_seal"}


@given(MOMENTS, MOMENTS)
def test_moments_sort_as_texts_do(one: datetime, other: datetime) -> None:
    assert (one < other) == (moment_text(one) < moment_text(other))
    assert datetime.fromisoformat(moment_text(one)) == one


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_a_moment_is_kept_in_utc_whatever_the_machine_says(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert moment_text(datetime(2026, 10, 12, 10, tzinfo=SHANGHAI)) == "2026-10-12T02:00:00.000000Z"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        moment_text(datetime(2026, 1, 1))


def test_the_request_digest_covers_every_field_of_an_entry() -> None:
    given = an_entry()
    changed = [
        an_entry(101),
        an_entry(on=DAY.replace(day=13)),
        an_entry(narration="另一笔"),
        an_entry(kind="opening"),
        an_entry(order_no="O1"),
        an_entry(claim_no="C1"),
        an_entry(postings=given.postings[::-1]),
    ]
    digests = {entry_request(entry) for entry in [given, *changed]}
    assert len(digests) == len(changed) + 1


def test_an_erasure_is_said_in_the_bytes_of_every_book_there_is_and_its_reason_is_found_again() -> None:
    said = "75cf8cbf25e8d93c433827fe3e2b35af7575c281beb50d7cd5468bfd6f5b8a57"
    assert erasure_digest("main", "k1", "expired") == said
    erased = {"book": "main", "subject": "k1"}
    for reason in ERASURES:
        assert erasure_reason({**erased, "digest": erasure_digest("main", "k1", reason)}) == reason
    assert erasure_reason({**erased, "digest": "0" * 64}) is None
    assert erasure_reason({**erased, "subject": "k2", "digest": said}) is None


def test_seals_are_taken_over_the_bytes_of_every_book_there_is() -> None:
    # Every column says its own name: what is hashed is the order of the columns, and no type.
    entry, posting, settlement, step = (
        row._make(row._fields) for row in (EntryRow, PostingRow, SettlementRow, StepRow)
    )
    operation = dict(zip(sealing.OPERATION, sealing.OPERATION, strict=True))
    whole = sealing.entry_hash(("before", "operation"), entry, [posting], settlement, [step])
    assert whole == "b3b9d1eaaeb1f35d58aee859e7a6cc7e8092ad70605db777ed19c8f5f403bfc0"
    assert (
        sealing.operation_hash(operation)
        == "9bf9ed340219007461825050a28a51d2b6cc68ef70fc70be13bb93fa7021e50c"
    )
    assert entry_request(an_entry()) == "e8c7ba6468c4f2a638d77a0ca36f9ab90bbf59fa5ac5e032d4b2c1c53d460921"
