"""What a fuzzer gave, taken byte by byte: the same choices from the same bytes, without the fuzzer's own library."""

from collections.abc import Sequence
from typing import TypeVar

_One = TypeVar("_One")
_LONG_MAX = 255


class Given:
    """Bytes to choose by; once they are used up, every choice is the first."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def is_used_up(self) -> bool:
        """Whether no byte is left."""
        return self._at >= len(self._data)

    def byte(self) -> int:
        """The next byte, or 0."""
        found = self._data[self._at : self._at + 1]
        self._at += 1
        return found[0] if found else 0

    def below(self, limit: int) -> int:
        """A number from 0 to below the limit, of one byte or of two."""
        number = self.byte()
        return (number if limit <= _LONG_MAX + 1 else number << 8 | self.byte()) % limit

    def one_of(self, choices: Sequence[_One]) -> _One:
        """One of the choices."""
        return choices[self.below(len(choices))]

    def some(self) -> bytes:
        """As many bytes as the next one says."""
        size = self.byte()
        found = self._data[self._at : self._at + size]
        self._at += size
        return found

    def text(self) -> str:
        """The same as a text; what is no UTF-8 becomes half characters, as in a command line."""
        return self.some().decode("utf-8", "surrogateescape")

    def rest(self) -> bytes:
        """All that is left."""
        found = self._data[self._at :]
        self._at = len(self._data)
        return found
