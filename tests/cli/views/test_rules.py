import io

from rich.console import Console

from cli.rule_coverage import Coverage, CoveredItem, Hole
from cli.views.rules import show_coverage, show_list


def _shown(show: object, *what: object) -> list[str]:
    to = Console(file=io.StringIO(), width=200, highlight=False)
    show(*what[:-1], to, what[-1])  # type: ignore[operator]
    return [line.rstrip() for line in to.file.getvalue().splitlines()]  # type: ignore[attr-defined]


def test_a_list_has_its_headings_in_the_language_and_brackets_as_they_are() -> None:
    rule = {"id": "004-X", "status": "gate", "document": "004", "title": "a [bold] title"}
    assert _shown(show_list, [rule], "zh") == ["条款   状态  手册  标题", "004-X  gate  004   a [bold] title"]
    assert _shown(show_list, [rule], "en")[0] == "Clause  Status  Document  Title"


def test_coverage_names_items_counts_what_was_left_out_and_holes() -> None:
    found = Coverage(
        counts={"rules": 1, "holes": 1},
        rules=(),
        items=(CoveredItem(item="goods", rules=("001-1.1R",), cases=3),),
        holes=(Hole(kind="pending", where="000-3"),),
        not_looked_at=("worked cases",),
    )
    assert _shown(show_coverage, found, "en") == [
        "item goods  001-1.1R  cases 3",
        "rules 1  holes 1",
        "worked cases",
        "hole: pending: 000-3",
    ]


def test_coverage_without_a_hole_says_so() -> None:
    found = Coverage(counts={}, rules=(), items=(), holes=())
    assert _shown(show_coverage, found, "zh")[-1] == "没有缺口"
