"""What a bad value is told, word for word, and the last good value on either side of it."""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from moneyed import USD, Money

from calculators import reading
from calculators.case_reader import read_case
from calculators.days import SHANGHAI, hours_after, months_after, parse_day, parse_moment, parse_month
from calculators.errors import BadCase, BadMoney
from calculators.facts import Claim, Coupon, Line, Order
from calculators.money import as_fen, as_money, cumulative_share, parse_yuan, round_half_up
from calculators.reading import Key, Reader, fields, many, one_of, record
from tests.calculators.asking import AT, Json, case, order, sent_back, without

WHOLE = "must be a whole number, zero or more"
KEYS = {"sku": Key(read=reading.text), "line": Key(read=reading.pieces, required=True)}


@pytest.mark.parametrize(
    ("read", "value", "path", "message"),
    [
        (reading.text, 1, "here", "must be a text"),
        (reading.flag, "true", "here", "must be true or false"),
        (reading.yuan, 12, "here", "12 is not an amount of yuan with at most two decimals"),
        (reading.yuan, "1.001", "here", "'1.001' is not an amount of yuan with at most two decimals"),
        (reading.yuan, "-0.01", "here", "-0.01 is below zero or beyond 10000000000 yuan"),
        (reading.yuan, "10000000000.01", "here", "10000000000.01 is below zero or beyond 10000000000 yuan"),
        (reading.count, -1, "here", WHOLE),
        (reading.count, 1_000_000_001, "here", WHOLE),
        (reading.pieces, 0, "here", "must be at least one"),
        (reading.pieces, "1", "here", WHOLE),
        (reading.rate, ".85", "here", 'must be a text such as "0.85"'),
        (reading.factor, "1.01", "here", "1.01 is more than the whole"),
        (reading.factor, 1, "here", 'must be a text such as "0.85"'),
        (reading.day, "2017-2-3", "here", "'2017-2-3' is not a day YYYY-MM-DD"),
        (reading.moment, "2017", "here", "'2017' is not a moment YYYY-MM-DDTHH:MM"),
        (reading.month, "2017-13", "here", "'2017-13' is not a month YYYY-MM"),
        (reading.day, "9999-12-31", "here", "the year 9999 is out of a shop's reach"),
        (one_of("a", "b"), "c", "here", "must be one of a, b"),
        (many(reading.count, least=2), [1], "here", "must be a list of at least 2"),
        (many(reading.count), 3, "here", "must be a list of at least 0"),
        (many(reading.count), [1, "2"], "here[1]", WHOLE),
        (record(Line, KEYS), 3, "here", "must be an object"),
        (record(Line, KEYS), {}, "here.line", "is missing"),
        (record(Line, KEYS), {"line": 1, "colour": 3}, "here.colour", "is not a key of the case format"),
        (many(record(Line, KEYS)), [{"line": 0}], "here[0].line", "must be at least one"),
    ],
)
def test_what_is_wrong_is_told_where_and_why(read: Reader, value: Any, path: str, message: str) -> None:
    with pytest.raises(BadCase) as refused:
        read(value, "here")
    assert (refused.value.path, refused.value.message) == (path, message)


@pytest.mark.parametrize(
    ("read", "value", "found"),
    [
        (reading.yuan, "10000000000.00", 10**12),
        (reading.yuan, "0", 0),
        (reading.count, 1_000_000_000, 10**9),
        (reading.rate, "9999.999999", Fraction("9999.999999")),
        (reading.factor, "1.0", Fraction(1)),
        (one_of("a", "b"), "b", "b"),
        (many(one_of("a", "b")), ["b", "a"], ("b", "a")),
        (
            record(Coupon, {"amount": Key(read=reading.yuan, field="amount_fen")}),
            {"amount": "1.00"},
            Coupon(amount_fen=100),
        ),
    ],
)
def test_the_last_good_value_is_read(read: Reader, value: Any, found: Any) -> None:
    assert read(value, "here") == found


def test_readers_that_are_made_are_as_strict_as_those_that_are_there() -> None:
    """Made inside the test, for a reader that is made at import is made before anything can be changed in it."""
    word, coupon = one_of("a", "b"), record(Coupon, {"amount": Key(read=reading.yuan, field="amount_fen")})
    assert (word("b", "here"), coupon({"amount": "1.00"}, "here")) == ("b", Coupon(amount_fen=100))
    assert many(word, least=1)(["a", "b"], "here") == ("a", "b")
    for read, value, path, message in (
        (word, "c", "here", "must be one of a, b"),
        (many(word), ["a", "c"], "here[1]", "must be one of a, b"),
        (many(word, least=2), ["a"], "here", "must be a list of at least 2"),
        (many(word, least=1), "a", "here", "must be a list of at least 1"),
        (coupon, {"amount": 1}, "here.amount", "1 is not an amount of yuan with at most two decimals"),
        (coupon, {"face": 1}, "here.face", "is not a key of the case format"),
    ):
        with pytest.raises(BadCase) as refused:
            read(value, "here")
        assert (refused.value.path, refused.value.message) == (path, message)


def test_a_key_without_a_field_of_its_own_fills_the_one_of_its_name() -> None:
    assert fields({"line": 3, "sku": None}, "", KEYS) == {"line": 3}


@pytest.mark.parametrize(
    ("asked", "path", "message"),
    [
        (3, "", "a case must be an object"),
        ({"colour": "red"}, "colour", "is not a key of the case format"),
        ({"at": AT, "policy": 3}, "policy", "must be an object"),
        ({"at": AT, "order": order((1, "9.00"))}, "claim", "is missing"),
        ({"at": AT, "claim": sent_back()}, "order", "is missing"),
        ({"at": AT, "bulk": {}, "order": {}}, "order", "cannot stand beside bulk"),
        ({"at": AT, "bulk": {}, "history": []}, "history", "cannot stand beside bulk"),
        ({"at": AT, "bulk": {}, "claim": {}}, "claim", "cannot stand beside bulk"),
        ({"at": AT, "bulk": {}, "staff": {}}, "staff", "cannot stand beside bulk"),
        (case(order((1, "9.00")), 3), "claim", "is missing"),  # type: ignore[arg-type]
        (case(order((1, "9.00")), {"kind": "gossip"}), "claim.kind", "must be one of cancel, reject, return"),
        (case(order((1, "9.00")), {"lines": []}), "claim.kind", "is missing"),
        (
            case(order((1, "9.00")), sent_back(), [{**sent_back(), "settled": {"lines": 3}}]),
            *("history[0].settled.lines", "must be an object"),
        ),
        (
            case(order((1, "9.00")), sent_back(), [{**sent_back(), "settled": {"lines": {"1": 3}}}]),
            *("history[0].settled.lines.1", "3 is not an amount of yuan with at most two decimals"),
        ),
        (
            case(order((1, "9.00"), paid_at=None), {"kind": "late_shipment"}),
            *("order.paid_at", "is needed to tell whether the order was shipped late"),
        ),
    ],
)
def test_a_bad_case_is_told_where_and_why(asked: Any, path: str, message: str) -> None:
    from cli.rulebooks import default_rulebook
    from ledger.quoting import answer_or_error

    error = answer_or_error(asked, default_rulebook())["error"]
    assert (error["path"], error["message"][: len(message)]) == (path, message)


def test_a_claim_without_a_reason_needs_none_of_the_keys_of_one() -> None:
    asked = case(order((1, "9.00")), {"kind": "repair", "amount": "1.00"})
    assert read_case(asked).claim == Claim(kind="repair", amount_fen=100, asked_at=parse_moment(AT), lines=())


def test_a_case_that_names_nothing_has_no_name_and_the_main_shop() -> None:
    found = read_case({**case(order((1, "9.00")), sent_back()), "name": None, "shop": None})
    assert (found.name, found.shop) == ("", "main")


def test_known_amounts_without_lines_are_none_of_any_line() -> None:
    earlier = {**sent_back(), "settled": {"cash": "9.00"}}
    (claim,) = read_case(case(order((1, "9.00")), sent_back(), [earlier])).history
    assert claim.settled is not None
    assert (claim.settled.lines, claim.settled.cash_fen) == ({}, 900)


def test_a_line_that_is_not_there_is_named() -> None:
    made = Order(order_no="1", lines=(Line(line=1, qty=1, price_fen=1),))
    with pytest.raises(KeyError, match="2"):
        made.line(2)


@pytest.mark.parametrize(("text", "year"), [("1970-01-01", 1970), ("2999-12-31", 2999)])
def test_the_first_and_the_last_year_are_within_reach(text: str, year: int) -> None:
    assert parse_day(text).year == year


@pytest.mark.parametrize("text", ["1969-12-31", "3000-01-01"])
def test_the_years_beyond_them_are_not(text: str) -> None:
    with pytest.raises(ValueError, match="out of a shop's reach"):
        parse_day(text)


@pytest.mark.parametrize("text", ["0000-01", "0001-01", "1969-12"])
def test_a_month_beyond_them_is_out_of_reach_too(text: str) -> None:
    with pytest.raises(ValueError, match="out of a shop's reach"):
        parse_month(text)


def test_a_deadline_is_told_by_the_clock_of_the_shop() -> None:
    then = hours_after(datetime(2017, 3, 1, 12, tzinfo=UTC), 1)
    assert (then.tzinfo, then.isoformat()) == (SHANGHAI, "2017-03-01T21:00:00+08:00")


def test_a_month_later_begins_on_its_first_day() -> None:
    assert months_after(date(2017, 1, 1), 1) == date(2017, 2, 1)


def test_a_bad_amount_and_another_currency_say_what_they_are() -> None:
    with pytest.raises(BadMoney, match=r"'1\.001' is not an amount of yuan with at most two decimals"):
        parse_yuan("1.001")
    with pytest.raises(BadMoney, match="USD is not the book's currency, CNY"):
        as_fen(Money("1.00", USD))


def test_an_amount_of_ten_million_is_no_exponent() -> None:
    assert as_fen(Money("1E+7", as_money(1).currency)) == 10**9


def test_nothing_rounds_to_nothing_and_no_units_have_no_share() -> None:
    assert round_half_up(Fraction(0)) == 0
    with pytest.raises(ValueError, match=r"units 0\.\.0 of 0"):
        cumulative_share(100, 0, 0, 0)


def test_a_missing_claim_is_missed_whatever_else_there_is() -> None:
    with pytest.raises(BadCase) as refused:
        read_case(without(case(order((1, "9.00")), sent_back()), "at"))
    assert (refused.value.path, refused.value.message) == ("at", "is missing")
    json: Json = case(order((1, "9.00")), sent_back())
    with pytest.raises(BadCase) as refused:
        read_case({**json, "history": 3})
    assert (refused.value.path, refused.value.message) == ("history", "must be a list")
