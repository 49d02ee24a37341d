"""Missing pieces: who signed decides, and what the warehouse finds."""

import pytest

from tests.calculators.asking import Json, ask, case, net_of, order


def _missing(**claim: object) -> Json:
    made = order((1, "168.00"), (1, "99.00"), free_shipping=True)
    asked = {"kind": "missing", "cause": "missing", "lines": [{"line": 1, "qty": 1}], **claim}
    return ask(case(made, asked))


@pytest.mark.parametrize(
    ("claim", "decision", "amount"),
    [
        ({"signed_by": "stranger"}, "pay", "168.00"),
        ({"signed_by": "buyer"}, "refuse", "0.00"),
        ({"signed_by": "buyer", "stamped_proof": True}, "pay", "168.00"),
        ({"signed_by": "placed_as_told"}, "refuse", "0.00"),
        ({"warehouse_short": True}, "pay", "0.00"),
        ({"warehouse_short": True, "choice": "refund"}, "pay", "168.00"),
        ({"warehouse_short": True, "signed_by": "buyer"}, "pay", "0.00"),
        ({}, "hold", "168.00"),
    ],
)
def test_who_bears_the_missing_piece(claim: dict[str, object], decision: str, amount: str) -> None:
    answer = _missing(**claim)
    assert (answer["decision"], answer["to_buyer"]["order"]) == (decision, amount)


def test_the_courier_is_claimed_on_unless_the_warehouse_was_short() -> None:
    assert net_of(_missing(signed_by="stranger", cost="70.00")["entries"])["1221.01"] == 7_000
    short = _missing(warehouse_short=True, choice="refund", cost="70.00")
    assert "1221.01" not in net_of(short["entries"])


def test_a_piece_sent_after_is_the_shops_freight() -> None:
    answer = _missing(warehouse_short=True, reship_postage="10.00")
    assert net_of(answer["entries"]) == {"5601.01": 1_000, "2202.01": -1_000}
