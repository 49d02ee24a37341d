"""A lost parcel: sent again at the shop's cost, or everything back."""

from tests.calculators.asking import Json, ask, case, net_of, order


def _lost(claim: Json, **changes: object) -> Json:
    made = order((1, "200.00"), postage="15.00", signed_at=None, **changes)
    return ask(case(made, {"kind": "lost", "cause": "lost", "cost": "120.00", **claim}))


def test_it_is_sent_again_unless_the_buyer_wants_his_money() -> None:
    assert _lost({})["to_buyer"]["order"] == "0.00"
    assert _lost({"choice": "refund"})["to_buyer"]["order"] == "215.00"


def test_either_way_the_courier_is_claimed_on() -> None:
    assert net_of(_lost({})["entries"])["1221.01"] == 12_000
    assert net_of(_lost({"choice": "refund"})["entries"])["1221.01"] == 12_000


def test_goods_sent_again_leave_the_stock_and_the_shop_pays_the_parcel() -> None:
    net = net_of(_lost({"choice": "reship", "reship_postage": "10.00"})["entries"])
    assert (net["1405"], net["1406"], net["2202.01"]) == (-12_000, 0, -1_000)


def test_a_cod_parcel_that_never_arrived_had_collected_nothing() -> None:
    answer = _lost({"choice": "refund"}, payment="cod")
    assert answer["to_buyer"]["alipay"] == answer["to_buyer"]["order"] == "0.00"
