"""What moves on Alipay follows from the answers, here made by hand."""

from cli.demo.cases import DemoCase, DemoClaim
from cli.demo.folder import answer_all
from cli.demo.movements import Movement, movements, opening_fen
from cli.demo.shop import build_shop
from cli.demo.statement import statement
from cli.readers import read_file
from tests.cli.demo.answers import answer, nothing

SHOP = build_shop()
REFUSED = answer_all(SHOP, nothing)


def case_of(scenario: str) -> tuple[DemoCase, DemoClaim]:
    case = next(case for case in SHOP.cases if case.scenario == scenario)
    return case, case.claims[0]


def moved(claim: DemoClaim, given: dict[str, object]) -> list[Movement]:
    """The movements of an order when its claim alone is answered."""
    everything = movements(SHOP, {**REFUSED, claim.key: given})
    return [one for one in everything if claim.order_no in one.remark + one.order_no]


def test_a_confirmed_order_brings_its_cash_and_costs_its_fees() -> None:
    case, claim = case_of("a concession instead of a return")
    moves = moved(claim, answer(decision="refuse"))
    receipt, commission, service = [one for one in moves if "保险" not in one.remark]
    assert receipt.fen == case.order.cash_fen
    assert (receipt.at, commission.at > receipt.at) == (case.order.life.confirmed_at, True)
    assert commission.fen == -((case.order.goods_fen * 5 + 50) // 100)
    assert service.fen < 0


def test_what_left_escrow_before_is_not_received_on_confirmation() -> None:
    case, claim = case_of("a concession instead of a return")
    given = answer(("2203.01", "8.00"), ("1122.01", "-8.00"), order="8.00")
    assert case.order.cash_fen - 800 in {one.fen for one in moved(claim, given)}


def test_what_is_posted_to_alipay_moves_on_the_day_of_the_claim() -> None:
    _, claim = case_of("no-reason return of a confirmed order")
    given = answer(("5001.02", "10.00"), ("1012.01", "-10.00"), order="10.00")
    (refund,) = [one for one in moved(claim, given) if one.fen == -1000]
    assert (refund.at, refund.kind) == (claim.at, "交易退款")


def test_a_transfer_to_the_buyer_follows_the_claim() -> None:
    _, claim = case_of("quality exchange at the same price")
    given = answer(("5601.01", "12.00"), ("2241.02", "-12.00"), alipay="12.00")
    (transfer,) = [one for one in moved(claim, given) if one.fen == -1200]
    assert transfer.at > claim.at
    assert transfer.remark.startswith("支付宝转账小额打款")


def test_what_the_buyer_pays_and_what_escrow_releases_come_in_under_different_words() -> None:
    _, claim = case_of("exchanged for a dearer piece")
    paid = answer(("1012.01", "40.00"), ("2203.01", "-40.00"))
    released = answer(("1012.01", "12.00"), ("1122.01", "-12.00"))
    assert [one.kind for one in moved(claim, paid) if one.fen == 4000] == ["转账"]
    assert [one.kind for one in moved(claim, released) if one.fen == 1200] == ["交易付款"]


def test_what_is_on_hold_or_refused_moves_nothing() -> None:
    _, claim = case_of("exchanged for a cheaper piece")
    for decision in ("hold", "refuse"):
        given = answer(("1012.01", "-77.77"), ("5001.03", "77.77"), decision=decision, alipay="77.77")
        assert not [one for one in moved(claim, given) if abs(one.fen) == 7777]


def test_a_statement_of_any_answers_proves_itself() -> None:
    moves = movements(SHOP, REFUSED)
    read = read_file("a.csv", statement(moves, opening_fen()))
    assert read.statement is not None
    assert read.statement.opening_fen == opening_fen()
    assert read.statement.closing_fen == opening_fen() + sum(one.fen for one in moves)
    assert min(line.balance_fen for line in read.lines) > 0
    assert [line.meaning for line in read.lines].count("donation") == 1
