"""The keys of the platform's kinds: what must be there, and what is no key of theirs."""

import pytest

from calculators.case_format import KINDS
from calculators.platform_format import PLATFORM_KINDS
from tests.calculators.asking import Json, error_path
from tests.calculators.packed import bought


@pytest.mark.parametrize(
    ("claim", "path"),
    [
        ({"kind": "fake_shipment"}, "claim.finding"),
        ({"kind": "fake_shipment", "finding": "timeout"}, "claim.finding"),
        ({"kind": "stalled_tracking"}, "claim.finding"),
        ({"kind": "stalled_tracking", "finding": "no_scan"}, "claim.finding"),
        ({"kind": "broken_promise"}, "claim.promise"),
        ({"kind": "broken_promise", "promise": "gift"}, "claim.promise"),
        ({"kind": "mismatch", "platform_version": "yes"}, "claim.platform_version"),
        ({"kind": "mismatch", "times_before": -1}, "claim.times_before"),
        ({"kind": "mismatch", "promised": "5.00"}, "claim.promised"),
        ({"kind": "platform_commission", "finding": "timeout"}, "claim.finding"),
        ({"kind": "late_shipment", "given_same_day": "-1.00"}, "claim.given_same_day"),
        ({"kind": "return", "cause": "size", "gift_missing": 3}, "claim.gift_missing"),
        ({"kind": "return", "cause": "size", "abuse": 1}, "claim.abuse"),
    ],
)
def test_a_bad_key_is_refused_where_it_stands(claim: Json, path: str) -> None:
    assert error_path({"at": "2026-08-20T10:00", "order": bought("300.00"), "claim": claim}) == path


def test_every_kind_of_the_platform_is_one_of_the_case_format() -> None:
    assert PLATFORM_KINDS.items() <= KINDS.items()
