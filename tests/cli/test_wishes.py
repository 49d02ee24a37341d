"""Which options of `settle reconcile` go together, and what they ask for."""

from typing import Any

import pytest

from cli.speech import BadOption
from cli.wishes import Said, wish_of
from ledger.deciding import Wish
from ledger.matching import Target


def test_without_any_of_them_nothing_is_wanted() -> None:
    assert wish_of(Said(), None) is None


@pytest.mark.parametrize(
    ("given", "wish"),
    [
        (
            {"match": "4261025001421329731"},
            Wish(action="match", reason="r", target=Target(order_no="4261025001421329731")),
        ),
        ({"match": "#12"}, Wish(action="match", reason="r", target=Target(seq=12))),
        (
            {"match": "12", "account": "5601.05"},
            Wish(action="match", reason="r", target=Target(seq=12), account="5601.05"),
        ),
        ({"explain": True}, Wish(action="explain", reason="r")),
        ({"explain": True, "account": "5601.05"}, Wish(action="explain", reason="r", account="5601.05")),
        ({"park": True, "owner": "li"}, Wish(action="park", reason="r", owner="li")),
        ({"undo": True}, Wish(action="undo", reason="r")),
    ],
)
def test_what_is_given_is_wanted(given: dict[str, Any], wish: Wish) -> None:
    assert wish_of(Said(reason=" r ", **given), "1") == wish


@pytest.mark.parametrize(
    ("given", "line", "said"),
    [
        ({"explain": True, "reason": "r"}, None, "--line"),
        ({"reason": "r"}, None, "--line"),
        ({"reason": "r"}, "1", "--match"),
        ({"reason": "r", "explain": True, "park": True}, "1", "--match"),
        ({"explain": True}, "1", "--reason"),
        ({"explain": True, "reason": " "}, "1", "--reason"),
        ({"park": True, "reason": "r"}, "1", "--owner"),
        ({"explain": True, "reason": "r", "owner": "li"}, "1", "--owner"),
        ({"park": True, "owner": "li", "reason": "r", "account": "5601.05"}, "1", "--account"),
        ({"explain": True, "reason": "r", "account": "5601"}, "1", "--account"),
    ],
)
def test_what_does_not_go_together_is_refused_in_both_languages(
    given: dict[str, Any], line: str | None, said: str
) -> None:
    with pytest.raises(BadOption) as refused:
        wish_of(Said(**given), line)
    assert said in refused.value.said("zh")
    assert said in refused.value.said("en")
