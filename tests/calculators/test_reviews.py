"""Whatever hangs on a good review is turned down, by whichever door it comes."""

import pytest

from tests.calculators.asking import Json, ask, case, order

TIED = {"conditional_on_review": True}


@pytest.mark.parametrize(
    "asked",
    [
        case(order((1, "299.00")), {"kind": "goodwill", "amount": "5.00", **TIED}),
        case(order((1, "299.00")), {"kind": "gift", "cost": "3.00", **TIED}),
        {"at": "2017-03-06T10:00", "freight_waiver": {"subtotal": "199.00", "postage": "12.00", **TIED}},
    ],
)
def test_a_review_cannot_be_bought(asked: Json) -> None:
    answer = ask(asked)
    assert answer["decision"] == "refuse"
    assert [one["id"] for one in answer["advisories"]] == ["C-12"]
    assert [one["rule"] for one in answer["not_applied"]] == ["004-C7P"]
