"""What long lists come to: the sums of one passage against sums made one by one."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from exports.item_homes import HOMES
from exports.tallies import Sums, item_tally, journal_tally, number_of
from tests.exports.samples import item, posting

ITEMS = st.lists(
    st.builds(
        item,
        st.integers(-(10**6), 10**6),
        item=st.sampled_from(sorted(HOMES)),
        kind=st.sampled_from(["return", "exchange"]),
        rule=st.sampled_from(["a", "b"]),
        channel=st.sampled_from(["order", "alipay"]),
        effective_on=st.sampled_from([date(2017, 3, 1), date(2017, 3, 2)]),
        claims=st.integers(-1, 1),
    ),
    max_size=20,
)


@given(ITEMS)
def test_every_way_of_grouping_has_the_same_whole(rows: list) -> None:  # type: ignore[type-arg]
    tally = item_tally(rows)
    assert tally.whole.all_fen == sum(row.amount_fen for row in rows)
    assert tally.whole.items == len(rows)
    assert tally.whole.claims == sum(row.claims for row in rows)
    for groups in (tally.kinds, tally.clauses, tally.channels, tally.days, tally.homes):
        together = [sum(part) for part in zip(Sums(), *groups.values(), strict=True)]
        assert tuple(together) == tuple(tally.whole)


def test_what_never_touches_the_buyer_is_counted_beside() -> None:
    tally = item_tally([item(500, item="goods"), item(-200, item="commission"), item(70, item="staff_fine")])
    assert tally.whole == Sums(claims=3, items=3, given_fen=500, taken_fen=-200, beside_fen=70)
    assert (tally.whole.net_fen, tally.whole.all_fen) == (300, 370)


def test_groups_are_keyed_as_their_cells_read() -> None:
    tally = item_tally([item(1)])
    assert (list(tally.kinds), list(tally.channels), list(tally.clauses)) == (
        ["退货退款"],
        ["支付宝转账"],
        ["001-1.1R"],
    )


def test_a_journal_is_counted_by_voucher_and_account() -> None:
    rows = [
        posting("1001", 5, 0, line=1, voucher="记-1"),
        posting("2202", 0, 5, line=2, voucher="记-1"),
        posting("1001", 7, 0, line=1, voucher="记-4"),
        posting("1001", 0, 7, line=2, voucher="记-4"),
    ]
    tally = journal_tally(rows)
    assert (tally.rows, tally.vouchers, tally.last_number) == (4, 2, 4)
    assert (tally.debit_fen, tally.credit_fen) == ({"1001": 12, "2202": 0}, {"1001": 7, "2202": 5})


def test_a_voucher_without_a_number_counts_as_none() -> None:
    assert [number_of(voucher) for voucher in ("记-12", "", "记", "记-x", "记-１")] == [12, 0, 0, 0, 0]
