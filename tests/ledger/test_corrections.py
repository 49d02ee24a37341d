"""Corrections: red within the year, blue after it, both naming their original, in every book that shows them."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from exports import bundle_verifier
from exports.audit_bundle import write_audit_bundle
from exports.sheets import FIRST_ROW, HEADING_ROW
from exports.tabs.journal import CREDIT, DEBIT
from exports.vouchers import voucher_lines
from exports.workbook import write_workbook
from ledger import month_reports, month_rows, queries
from ledger.book import Book
from ledger.bundles import audit_bundle
from ledger.corrections import colour, ink_of, narration, sides
from ledger.hand_over import hand_over
from ledger.journal import Posting
from ledger.replay import replay
from ledger.replay_entries import sealed_entries
from ledger.sealing import row_request
from tests.conftest import OF_A_BOOK
from tests.ledger.samples import NOW, NewBook, a_recording, an_entry, post, record, tamper

DECEMBER, JANUARY = date(2026, 12, 20), date(2027, 1, 8)
DAYS = st.dates(date(2025, 11, 1), date(2027, 2, 28))


def _reverse(book: Book, seq: int, on: date) -> int:
    with book.writing(actor="wang", now=NOW) as desk:
        return desk.reverse(seq, on, "重复").seq


def _close(book: Book, *months: str) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        for month in months:
            desk.close(month)


@given(st.integers(-(10**12), 10**12).filter(bool), st.sampled_from(["", "red", "blue"]))
def test_the_sides_of_a_line_are_its_amount_again_and_one_is_nothing(fen: int, ink: str) -> None:
    debit, credit = sides(fen, ink)
    assert (debit - credit, debit * credit) == (fen, 0)
    assert (min(debit, credit) < 0) == (ink == "red")


@given(DAYS, DAYS)
def test_a_correction_is_red_exactly_within_its_originals_year(on: date, original_on: date) -> None:
    assert (colour(on, original_on) == "red") == (on.year == original_on.year)
    assert colour(on, original_on) == colour(on.isoformat(), original_on.isoformat())


@given(DAYS, DAYS, st.text(max_size=20))
def test_what_a_correction_says_tells_its_ink_again(on: date, original_on: date, reason: str) -> None:
    ink = colour(on, original_on)
    assert ink_of(narration(ink, (7, "记-5", original_on), reason), 7) == ink
    assert ink_of(narration(ink, (7, "", original_on), reason), None) == ""
    assert ink_of(f"冲销第 7 号: {reason}", 7) == ""


def test_replay_holds_the_ink_against_the_years(book: Book) -> None:
    seq = _reverse(book, post(book, an_entry(100, on=DECEMBER), "a"), DECEMBER)
    with book.reading() as reader:
        sealed = next(one for one in sealed_entries(reader) if one.entry.seq == seq)
    said = sealed.entry.narration.replace("注销", "更正")
    forged = row_request(sealed.entry._replace(narration=said), sealed.postings)
    tamper(
        book,
        f"UPDATE journal_entry SET narration = '{said}', request_digest = '{forged}' WHERE seq = {seq}",
    )
    with book.reading() as reader:
        difference = replay(reader).first_difference
    assert "entry 2: journal_entry.narration in ink is blue, recomputed it is red" in str(difference)


def test_in_red_it_is_as_if_the_entry_had_never_been(book: Book) -> None:
    post(book, an_entry(300, on=DECEMBER), "a")
    seq = post(book, an_entry(100, on=DECEMBER), "b")
    back = _reverse(book, seq, DECEMBER)
    with book.reading() as reader:
        report = queries.entry(reader, back)
        journal = [row for row in month_rows.journal(reader, "2026-12") if row.seq == back]
        balances = {row.account: row for row in queries.trial_balance(reader, "2026-12")}
    assert (report.colour, report.kind, report.reverses) == ("red", "reversal", seq)
    assert report.narration == "注销12月20日记-2号凭证(第 2 号): 重复"
    assert [(row.account, row.debit_fen, row.credit_fen, row.colour, row.reverses) for row in journal] == [
        ("1122.01", -100, 0, "red", seq),
        ("2203.01", 0, -100, "red", seq),
    ]
    assert (balances["1122.01"].debit_fen, balances["1122.01"].credit_fen) == (300, 0)
    assert (balances["2203.01"].debit_fen, balances["2203.01"].credit_fen) == (0, 300)


def test_of_an_earlier_year_one_blue_entry_in_this_years_books_takes_it_back(book: Book) -> None:
    seq = post(book, an_entry(100, on=DECEMBER), "a")
    _close(book, "2026-12")
    back = _reverse(book, seq, JANUARY)
    with book.reading() as reader:
        report = queries.entry(reader, back)
        journal = month_rows.journal(reader, "2027-01")
        (first, second) = queries.trial_balance(reader, "2027-01")
        assert queries.head(reader).seq == back
    assert (report.colour, report.effective_on, report.voucher) == ("blue", JANUARY, "记-1")
    assert report.narration == "更正2026年12月20日记-1号凭证(第 1 号): 重复"
    assert [(row.account, row.debit_fen, row.credit_fen, row.colour) for row in journal] == [
        ("1122.01", 0, 100, "blue"),
        ("2203.01", 100, 0, "blue"),
    ]
    assert (first.opening_fen, first.debit_fen, first.credit_fen, first.closing_fen) == (100, 0, 100, 0)
    assert (second.opening_fen, second.debit_fen, second.credit_fen, second.closing_fen) == (-100, 100, 0, 0)


def test_in_december_found_and_december_closed_it_lands_in_january_and_is_blue(book: Book) -> None:
    seq = post(book, an_entry(100, on=DECEMBER), "a")
    _close(book, "2026-12")
    back = _reverse(book, seq, DECEMBER)
    with book.reading() as reader:
        report = queries.entry(reader, back)
        assert queries.entry(reader, seq).reversed_by == back
    assert (report.effective_on, report.colour, report.reverses) == (date(2027, 1, 1), "blue", seq)
    assert "2026年12月20日记-1号" in report.narration


def test_while_december_is_open_an_entry_of_it_is_taken_back_in_red_within_it(book: Book) -> None:
    seq = post(book, an_entry(100, on=DECEMBER), "a")
    back = _reverse(book, seq, date(2026, 12, 31))
    with book.reading() as reader:
        assert queries.entry(reader, back).colour == "red"
        assert queries.trial_balance(reader, "2026-12") == ()


def test_a_settlement_of_a_closed_month_goes_back_in_red_in_the_next_and_frees_its_order(book: Book) -> None:
    seq = record(book, a_recording("C1", 150))
    _close(book, "2026-10")
    back = _reverse(book, seq, date(2026, 10, 12))
    with book.reading() as reader:
        report = queries.entry(reader, back)
        (left,) = queries.refunded(reader, "O1")
        journal = month_rows.journal(reader, "2026-11")
        vouchers = voucher_lines(hand_over(reader, "2026-11"))
    assert (report.effective_on, report.colour, report.claim_no) == (date(2026, 11, 1), "red", "C1")
    assert left.refunded_fen == 0
    said = "注销10月12日记-1号凭证(第 1 号): 重复"
    assert {row.narration for row in journal} | {line.says for line in vouchers} == {said}


@pytest.mark.parametrize(("on", "figures"), [(DECEMBER, [-1, 0, 0, -1]), (JANUARY, [0, 1, 1, 0])])
def test_the_workbooks_journal_has_red_below_zero_and_blue_on_the_other_side(
    book: Book, on: date, figures: list[int], tmp_path: Path
) -> None:
    seq = post(book, an_entry(100, on=DECEMBER), "a")
    _reverse(book, seq, on)
    with book.reading() as reader:
        write_workbook(month_reports.period_report(reader, on.isoformat()[:7]), tmp_path / "month.xlsx")
    rows = list(
        load_workbook(tmp_path / "month.xlsx")["序时账"].iter_rows(min_row=FIRST_ROW, values_only=True)
    )
    titles = [cell.value for cell in load_workbook(tmp_path / "month.xlsx")["序时账"][HEADING_ROW]]
    debit, credit, says = (titles.index(title) for title in (DEBIT, CREDIT, "摘要"))
    assert [row[place] for row in rows[-2:] for place in (debit, credit)] == figures
    assert {row[says][:2] for row in rows[-2:]} == {"注销" if on == DECEMBER else "更正"}


def _a_year_end(book: Book) -> None:
    """A mistake of October taken back in December in red, one of December in January in blue, months closed."""
    first = post(book, an_entry(500, on=date(2026, 10, 5)), "a")
    second = post(book, an_entry(700, on=DECEMBER), "b")
    cash = (Posting(account="1002", amount_fen=9), Posting(account="3001", amount_fen=-9))
    _reverse(book, post(book, an_entry(on=DECEMBER, kind="opening", postings=cash), "c"), DECEMBER)
    _reverse(book, first, DECEMBER)
    _close(book, "2026-10", "2026-11", "2026-12")
    _reverse(book, second, JANUARY)
    _close(book, "2027-01")


@pytest.mark.parametrize("month", ["2026-12", "2027-01"])
def test_replay_the_workbook_the_vouchers_and_the_bundle_agree_on_both_inks(
    book: Book, month: str, tmp_path: Path
) -> None:
    _a_year_end(book)
    with book.reading() as reader:
        assert replay(reader).first_difference is None
        write_workbook(month_reports.period_report(reader, month), tmp_path / "month.xlsx")
        lines = voucher_lines(hand_over(reader, month))
        write_audit_bundle(audit_bundle(reader, month), tmp_path / "bundle.zip")
    checks = load_workbook(tmp_path / "month.xlsx", data_only=True)["校验"]
    heading = [cell.value for cell in checks[3]].index("差额")
    assert {row[heading] for row in checks.iter_rows(min_row=4, values_only=True)} == {0}
    assert {line.entry.colour for line in lines} == ({"", "red"} if month == "2026-12" else {"blue"})
    assert sum(line.debit_fen - line.credit_fen for line in lines) == 0
    assert any(line.amount_fen < 0 for line in lines) == (month == "2026-12")
    assert bundle_verifier.main([str(tmp_path / "bundle.zip")]) == 0


@settings(max_examples=OF_A_BOOK)
@given(posted=st.lists(st.tuples(DAYS, st.integers(1, 10**9)), min_size=1, max_size=6), data=st.data())
def test_whatever_is_taken_back_the_sums_of_both_sides_agree_and_red_leaves_none(
    new_book: NewBook, posted: list[tuple[date, int]], data: st.DataObject
) -> None:
    chosen = data.draw(st.sets(st.integers(1, len(posted))))
    with new_book() as book:
        for number, (day, fen) in enumerate(posted):
            post(book, an_entry(fen, on=day), str(number))
        for seq in sorted(chosen):
            _reverse(book, seq, posted[seq - 1][0])
        with book.reading() as reader:
            assert replay(reader).first_difference is None
            months = sorted({day.isoformat()[:7] for day, _ in posted})
            balances = {month: queries.trial_balance(reader, month) for month in months}
            journals = {month: month_rows.journal(reader, month) for month in months}
    for month in months:
        kept = [
            fen for seq, (day, fen) in enumerate(posted, 1) if f"{day}"[:7] == month and seq not in chosen
        ]
        moved = {row.account: (row.debit_fen, row.credit_fen) for row in balances[month]}
        assert moved.get("1122.01", (0, 0)) == (sum(kept), 0)
        assert moved.get("2203.01", (0, 0)) == (0, sum(kept))
        assert sum(row.debit_fen for row in journals[month]) == sum(kept)
