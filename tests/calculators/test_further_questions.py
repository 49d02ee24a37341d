"""The further questions stand alone in a case, and their keys are read as strictly as any."""

import pytest

from tests.calculators.asking import Json, ask, error_path

WAIVER = {"subtotal": "199.00", "postage": "12.00"}


def asked(question: str, body: Json, **more: Json) -> Json:
    return {"at": "2017-03-06T10:00", question: body, **more}


@pytest.mark.parametrize(
    ("case", "path"),
    [
        (asked("freight_waiver", {"subtotal": "199.00"}), "freight_waiver.postage"),
        (asked("freight_waiver", {**WAIVER, "postage": 12}), "freight_waiver.postage"),
        (asked("freight_waiver", {**WAIVER, "special_price": "most"}), "freight_waiver.special_price"),
        (asked("coupon_life", {"amount": "5.00"}), "coupon_life.event"),
        (asked("coupon_life", {"event": "use", "issued_on": "2017-02-30"}), "coupon_life.issued_on"),
        (asked("violation_points", {}), "violation_points.violations"),
        (asked("violation_points", {"violations": [{"what": "leak"}]}), "violation_points.violations[0].on"),
        (asked("freight_waiver", WAIVER, order={}), "order"),
        (asked("freight_waiver", WAIVER, coupon_life={"event": "issue"}), "freight_waiver"),
    ],
)
def test_what_is_amiss_is_named_by_its_path(case: Json, path: str) -> None:
    assert error_path(case) == path


def test_no_violations_are_no_points() -> None:
    assert [
        item["inputs"]["points"] for item in ask(asked("violation_points", {"violations": []}))["items"]
    ] == ["0", "0"]
