"""What people read of a verification, in both languages."""

import io

import pytest
from rich.console import Console

from cli.views.verified import CHECKS, ONLY_AN_ANCHOR, anchored_line, show_verified
from ledger.reports import ChainHead
from ledger.verify import Finding, Verified


def verified(*findings: Finding, anchored: int = 3) -> Verified:
    return Verified(
        entries=3,
        settlements=1,
        operations=2,
        head=ChainHead(seq=3, hash="a" * 64),
        findings=findings,
        anchors=1,
        anchored_entries=anchored,
        anchored_operations=2,
    )


def shown(done: Verified, tongue: str) -> str:
    text = io.StringIO()
    show_verified(done, Console(file=text, width=80), tongue)
    return text.getvalue()


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_every_finding_is_on_a_line_of_its_own_under_the_name_of_its_check(tongue: str) -> None:
    findings = [Finding(check=check, what=f"{check} is wrong") for check in CHECKS]
    lines = shown(verified(*findings), tongue).splitlines()
    names = [name[0 if tongue == "zh" else 1] for name in CHECKS.values()]
    assert lines[1:-1] == [f"  {name}: {check} is wrong" for name, check in zip(names, CHECKS, strict=True)]


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_what_needs_an_anchor_is_named_only_where_one_is_needed(tongue: str) -> None:
    kinds = [kind[0 if tongue == "zh" else 1] for kind in ONLY_AN_ANCHOR]
    assert all(kind in anchored_line(verified(anchored=2), tongue) for kind in kinds)
    assert not any(kind in anchored_line(verified(), tongue) for kind in kinds)
    assert "a" * 64 in shown(verified(), tongue)
