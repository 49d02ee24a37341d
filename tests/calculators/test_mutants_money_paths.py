"""Paths of money that mutation testing found untried, each with its amounts worked out by hand.

They meet where several things go together: payment in kind on a parcel that was never paid, a coupon given
before everything came back, what the ledger knows to have been given, a penalty that was taken before.
"""

import pytest

from tests.calculators.asking import (
    CLOSED,
    Json,
    ask,
    case,
    ceilings,
    item_fen,
    life,
    net_of,
    order,
    pieces,
    sent_back,
)

PAID_IN_KIND = {"points": 1000, "jifenbao": 500}
INVOICE = {"amount": "150.01", "issued_on": "2017-03-01"}
AFTER_THE_DEADLINE = "2017-04-02T10:00"


def refused(*counts: tuple[int, int]) -> Json:
    """A refused parcel that the courier shows back; of everything where no (line, pieces) are given."""
    claim = {"kind": "reject", "returned": True}
    return {**claim, "lines": pieces(*counts)} if counts else claim


def test_a_refused_cod_parcel_gives_back_in_kind_what_it_carried_and_then_the_rest() -> None:
    # Paid 210.00: 85 % to come in cash, 10 % points, 5 % 集分宝. The first parcel carries 60.00 + 80.00 of
    # goods and 3.00 + 4.00 of freight, 147.00; the second what is left, 63.00.
    cod = order((2, "60.00"), (1, "80.00"), payment="cod", postage="10.00", points=2100, jifenbao=1050)
    first, second = life(cod, [refused((1, 1), (2, 1)), refused()])
    assert (first["to_buyer"]["points"], first["to_buyer"]["jifenbao"]) == (1470, 735)
    assert (second["to_buyer"]["points"], second["to_buyer"]["jifenbao"]) == (630, 315)
    assert first["to_buyer"]["order"] == first["to_buyer"]["alipay"] == "0.00"
    assert ceilings(first)["postage"] == (1000, 0, 700)
    assert ceilings(second)["postage"] == (1000, 700, 1000)
    assert ceilings(second)["cash"] == (17850, 12495, 17850)


def test_what_was_never_collected_is_explained_beside_what_goes_back() -> None:
    cod = order((2, "60.00"), (1, "80.00"), payment="cod", postage="10.00", points=2100, jifenbao=1050)
    (item,) = ask(case(cod, refused((1, 1), (2, 1))))["items"]
    assert (item["item"], item["rule"], item["channel"]) == ("goods", "003-4b", "platform")
    assert (item["amount"], item["formula"]) == ("22.05", "22.05")
    assert item["inputs"] == {"not_collected": "124.95"}


def test_a_credit_takes_cash_first_then_points_then_jifenbao() -> None:
    # 50.00 was paid with 5.00 of cash, 20.00 of points and 25.00 of 集分宝; 40.00 come back.
    bought = order((1, "50.00"), free_shipping=True, points=2000, jifenbao=2500)
    missed = {"kind": "price_difference", "reason": "missed_coupon", "coupon_amount": "40.00"}
    given = ask(case(bought, {**missed, "threshold": "0.00", "received": True}))["to_buyer"]
    assert (given["order"], given["points"], given["jifenbao"]) == ("5.00", 2000, 1500)


def test_a_coupon_given_before_everything_came_back_is_recovered_from_what_is_left() -> None:
    # 5.00 went as a coupon of the shop's own; 95.00 of 100.00 go back, and the 5.00 left undo that discount.
    difference = {
        "kind": "price_difference",
        "reason": "activity",
        "activity_price": "95.00",
        "activity_day": "2017-03-05",
        "asked_at": "2017-03-06T10:00",
        "received": True,
    }
    coupon, back = life(order((1, "100.00"), free_shipping=True), [difference, sent_back()])
    assert coupon["to_buyer"]["coupon"] == "5.00"
    assert back["to_buyer"]["order"] == "95.00"
    net = net_of(back["entries"])
    assert net == {"2203.01": 100_00, "1122.01": -100_00, "5001.03": -5_00, "1012.01": 5_00}


def test_what_the_ledger_knows_to_have_been_given_is_what_the_rest_is_counted_from() -> None:
    # Derived: 50.00 and 5.00 of freight. Really given: 48.00 and 4.00, of which 44.50 in cash, 5.00 and 2.50
    # in kind. 52.00 and the second piece's 5.00 of freight go back, by what is left: 50.50, 5.00, 2.50.
    bought = order((2, "50.00"), postage="10.00", **PAID_IN_KIND)
    known = {
        **{"lines": {"1": "48.00"}, "postage": "4.00", "cash": "44.50"},
        **{"points": 500, "jifenbao": 250},
    }
    answer = ask(case(bought, sent_back(), [{**sent_back("quality", (1, 1)), "settled": known}]))
    given = answer["to_buyer"]
    assert (given["order"], given["points"], given["jifenbao"]) == ("49.63", 491, 246)
    assert ceilings(answer)["postage"] == (1000, 400, 900)
    assert ceilings(answer)["cash"] == (9500, 4450, 9413)
    assert ceilings(answer)["points"] == (1000, 500, 991)
    assert ceilings(answer)["jifenbao"] == (500, 250, 496)
    # The freight of 1.00 that stays with the shop leaves escrow together with nothing but cash.
    assert net_of(answer["entries"]) == {
        **{"2203.01": 58_00, "1122.01": -50_50, "1221.02": -7_37},
        **{"5051.01": -1_00, "1012.01": 87},
    }


def test_the_invoice_penalty_of_a_share_counts_what_came_back_before() -> None:
    # 4 % of 150.01 for 200.00 of goods is 3.0002 for each 100.00 that comes back.
    bought = order((2, "100.00"), free_shipping=True, invoice=INVOICE)
    one = sent_back("quality", (1, 1))
    for answer in life(bought, [one, one], at=AFTER_THE_DEADLINE):
        penalty = next(item for item in answer["items"] if item["item"] == "invoice_penalty")
        assert (penalty["amount"], penalty["exact"]) == ("-3.00", "-15001/5000")
        assert set(penalty["inputs"]) == {"invoice", "issued_on", "returned", "returned_before"}
        assert penalty["inputs"]["invoice"] == "150.01"
        assert "invoice_penalty_rate" in penalty["parameters"]


@pytest.mark.parametrize(("base", "once_fen"), [("INVOICE_FACE", -6_00), ("ORDER_AMOUNT", -8_00)])
def test_the_invoice_penalty_of_a_whole_amount_is_taken_once(base: str, once_fen: int) -> None:
    bought = order((2, "100.00"), free_shipping=True, invoice=INVOICE)
    one = sent_back("quality", (1, 1), asked_at=AFTER_THE_DEADLINE)
    policy = {"invoice_penalty_base": base}
    answers = life(bought, [one, one], at=AFTER_THE_DEADLINE, policy=policy)
    assert [item_fen(answer, "invoice_penalty") for answer in answers] == [once_fen, 0]


def test_the_freight_of_a_line_leaves_it_with_its_pieces() -> None:
    bought = order((3, "50.00"), postage="10.00")
    answers = life(bought, [sent_back("quality", (1, 1))] * 3)
    assert [item_fen(answer, "outbound_postage") for answer in answers] == [333, 334, 333]


def test_the_exact_worth_of_a_piece_stands_beside_its_rounded_one() -> None:
    bought = order((3, "50.00"), free_shipping=True)
    bought["lines"][0]["paid"] = "100.00"
    (goods,) = ask(case(bought, sent_back("quality", (1, 1))))["items"]
    assert (goods["amount"], goods["exact"]) == ("33.33", "100/3")


def test_a_topup_comes_back_also_where_another_line_had_none() -> None:
    # Line 2 was exchanged for a piece of 60.00, 10.00 dearer; line 1 never was.
    bought = order((1, "50.00"), (1, "50.00"), free_shipping=True, **CLOSED)
    dearer = {
        **sent_back("size", (2, 1), asked_at="2017-03-06T10:00"),
        **{"kind": "exchange", "replacement": {"price": "60.00", "stock": 9}},
    }
    back = ask(case(bought, sent_back(), [dearer]))
    assert item_fen(back, "exchange_difference") == 10_00
    assert item_fen(back, "goods") == 100_00


OVERPAID = {"kind": "price_difference", "reason": "overpaid_postage"}


def test_freight_paid_too_much_and_then_everything_back_is_what_was_paid() -> None:
    bought = order((2, "50.00"), postage="10.00")
    freight, back = life(bought, [{**OVERPAID, "due": "6.00"}, sent_back()])
    assert item_fen(freight) == 4_00
    assert (item_fen(back, "outbound_postage"), item_fen(back, "goods")) == (6_00, 100_00)
    assert ceilings(back)["postage"] == (1000, 400, 1000)
    assert ceilings(back)["cash"] == (11000, 400, 11000)


def test_freight_paid_too_much_comes_from_cash_first_then_points_then_jifenbao() -> None:
    # 60.00 was paid with 1.00 of cash, 1.00 of points and 58.00 of 集分宝; 4.00 come back.
    bought = order((1, "50.00"), postage="10.00", points=100, jifenbao=5800)
    given = ask(case(bought, {**OVERPAID, "due": "6.00"}))["to_buyer"]
    assert (given["points"], given["jifenbao"]) == (100, 200)


def test_a_missed_coupon_may_be_worth_all_of_the_goods() -> None:
    missed = {"kind": "price_difference", "reason": "missed_coupon", "coupon_amount": "50.00"}
    bought = order((1, "50.00"), free_shipping=True)
    answer = ask(case(bought, {**missed, "threshold": "50.00", "received": True}))
    assert (answer["decision"], item_fen(answer)) == ("pay", 50_00)
