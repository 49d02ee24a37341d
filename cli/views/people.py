"""A person or somebody's words on one line, as far as they may be shown."""

from datetime import datetime

from rich.console import Console
from rich.text import Text

from calculators.days import SHANGHAI
from cli.known_people import Shown
from cli.words import word

_KEY_SHOWN = 12


def show_person(shown: Shown | None, console: Console, language: str) -> None:
    """Who it is, the key and when it was noted; nothing where nobody is known."""
    if shown is None:
        return
    noted_on = datetime.fromisoformat(shown["noted_at"]).astimezone(SHANGHAI).date()
    said = [
        f"{word(name, language)} {one_line(shown[name])}"
        for name in ("nick", "payee", "words")
        if name in shown
    ]
    key = f"{word('person_key', language)} {shown['person_key'][:_KEY_SHOWN]}"
    console.print(Text("  ".join([*said, key, str(noted_on)]), style="dim"), soft_wrap=True)


def one_line(text: str) -> str:
    """A text that cannot leave its line or move the cursor, whatever was written into it."""
    return "".join(character if character.isprintable() else "�" for character in text)
