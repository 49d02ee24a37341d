"""Posting rules: the chart in code, tried on whole settlements and held to the chart."""

import pytest

from calculators.settlement import Item, Movement, Settlement, ToBuyer
from ledger.chart import ACCOUNTS
from ledger.posting_rules import BESIDE, DEBIT, KINDS, MOVEMENTS, NARRATIONS, drafts

OPEN_REFUND = {"2203.01": 10_000, "1122.01": -10_000}


def _item(name: str, fen: int, channel: str = "order") -> Item:
    return Item(item=name, rule="001-1.1R", amount_fen=fen, channel=channel, formula="f", exact=fen)  # type: ignore[arg-type]


def _booked(settlement: Settlement) -> dict[str, int]:
    net: dict[str, int] = {}
    for draft in drafts(settlement):
        assert sum(posting.amount_fen for posting in draft.postings) == 0
        for posting in draft.postings:
            net[posting.account] = net.get(posting.account, 0) + posting.amount_fen
    return net


def _refund(state: str, decision: str = "pay", channel: str = "order_fen") -> Settlement:
    to_buyer = ToBuyer(**{channel: 10_000})
    return Settlement(
        decision=decision, kind="return", state=state, to_buyer=to_buyer, items=(_item("goods", 10_000),)
    )


@pytest.mark.parametrize(
    ("state", "channel", "net"),
    [
        ("open", "order_fen", OPEN_REFUND),
        ("open", "alipay_fen", {"2203.01": 10_000, "2241.02": -10_000}),
        ("closed", "order_fen", {"5001.02": 10_000, "1012.01": -10_000}),
        ("closed", "alipay_fen", {"5001.02": 10_000, "2241.02": -10_000}),
    ],
)
def test_state_picks_the_debit_and_channel_the_credit(state: str, channel: str, net: dict[str, int]) -> None:
    assert _booked(_refund(state, channel=channel)) == net


@pytest.mark.parametrize(
    ("decision", "booked"), [("pay", True), ("approve", True), ("hold", False), ("refuse", False)]
)
def test_what_is_held_or_refused_books_nothing(decision: str, booked: bool) -> None:
    assert bool(drafts(_refund("open", decision))) is booked


def test_what_is_withheld_is_income_of_its_own() -> None:
    items = (_item("goods", 36_800), _item("commission", -1_840))
    settlement = Settlement(
        decision="pay", kind="return", state="closed", to_buyer=ToBuyer(alipay_fen=34_960), items=items
    )
    assert _booked(settlement) == {"5001.02": 36_800, "5051.02": -1_840, "2241.02": -34_960}


@pytest.mark.parametrize(
    ("received", "net"),
    [(12_000, {}), (10_000, {"5711.01": 2_000}), (29_900, {"5301.02": -17_900})],
)
def test_a_couriers_payment_leaves_a_loss_or_a_gain_against_the_cost(
    received: int, net: dict[str, int]
) -> None:
    movements = (
        Movement(what="goods_lost", fen=12_000),
        Movement(what="claim_settled", fen=12_000),
        Movement(what="claim_cash", fen=received),
    )
    booked = _booked(Settlement(decision="pay", kind="lost", state="open", movements=movements))
    assert {code: fen for code, fen in booked.items() if fen} == {"1406": -12_000, "1012.01": received, **net}


def test_every_account_named_here_is_a_leaf_of_the_chart() -> None:
    named = {*BESIDE.values()} | {code for pair in (*DEBIT.values(), *MOVEMENTS.values()) for code in pair}
    assert named <= set(ACCOUNTS)


def test_every_movement_and_every_kind_has_its_narration() -> None:
    assert set(NARRATIONS) == set(MOVEMENTS)
    assert all(KINDS.values())
