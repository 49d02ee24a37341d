"""The rulebook that comes with Settle: its TOML files beside the calculators, read once a command."""

from functools import lru_cache
from importlib.resources import files

from calculators.rulebook import Rulebook
from calculators.rulebook_reader import bundle, read_rulebook


@lru_cache(maxsize=1)
def default_rulebook() -> Rulebook:
    """The manuals' own rulebook, checked whole; `BadRulebook` names every fault."""
    folder = files("calculators") / "rules"
    texts = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }
    return read_rulebook(bundle(texts))
