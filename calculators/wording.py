"""What a calculator says to people: every sentence in 中文 and in English, side by side where it arises."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One sentence in both languages; the amount never depends on which is read."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence in `zh`, or in English for any other language."""
        return self.zh if language == "zh" else self.en


def say(zh: str, en: str) -> Text:
    """A sentence in 中文 and English."""
    return Text(zh=zh, en=en)
