"""Rulebooks with layers over the manuals, as tests ask under them: overrides and packs from a few lines of TOML."""

from pathlib import Path
from typing import Any

from calculators.rulebook import Rulebook
from calculators.rulebook_reader import bundle, read_rulebook
from cli.rulebooks import shipped_texts

Json = dict[str, Any]

RULES = Path("calculators/rules")
PACK = "tmall-2026"
HEAD = '[override]\nshop = "main"\napprover = "李主管"\napproved_on = "2026-09-01"\n'
LATE: Json = {
    "at": "2026-10-12T10:00",
    "order": {
        "order_no": "P1",
        "paid_at": "2026-10-01T10:00",
        "ship_clicked_at": "2026-10-02T10:00",
        "picked_up_at": "2026-10-05T10:00",
        "free_shipping": True,
        "lines": [{"line": 1, "qty": 1, "price": "300.00"}],
    },
    "claim": {"kind": "late_shipment", "upheld": True},
}


def entry(name: str, value: str, *more: str) -> str:
    """One entry of an override: `value` and `more` as TOML writes them."""
    return "\n".join(
        ["\n[[override.parameter]]", f'name = "{name}"', 'citation = "memo 7"', value, *more, ""]
    )


def book(*overrides: str, packs: tuple[str, ...] = ()) -> Rulebook:
    """The shipped rulebook under these override texts, with these packs active."""
    own = {f"override/{place}": text for place, text in enumerate(overrides)}
    return read_rulebook(bundle(shipped_texts() | own, packs))


def late(**order: Any) -> Json:
    """The late order of these tests with some of its facts changed."""
    return LATE | {"order": LATE["order"] | order}
