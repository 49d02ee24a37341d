"""Corrections: an entry is taken back in red within its year, and in blue after it (会计基础工作规范 §51).

Both are the same lines with the other sign. The year of the mistake decides the ink, and the voucher says it in
the words that §51 asks for: what says 注销 is red, what says 更正 is blue. A red amount stands on the side of what
it cancels, below zero, and the sums of that side shrink as if the mistake had never been; a blue one stands on the
other side, in the books of its own year. A reversal of the time before says neither and is shown as it was then.
"""

from datetime import date

RED, BLUE = "red", "blue"
CANCELS, CORRECTS = "注销", "更正"


def colour(effective_on: date | str, original_on: date | str) -> str:
    """The ink that a correction of that day is to be in, by the day of what it corrects.

    >>> colour("2026-12-31", "2026-01-02"), colour("2027-01-01", "2026-12-31")
    ('red', 'blue')
    """
    return RED if str(effective_on)[:4] == str(original_on)[:4] else BLUE


def ink_of(narration: str, reverses: int | None) -> str:
    """The ink that an entry is in, by what it says and takes back: `red`, `blue`, or empty for any other.

    >>> ink_of("注销10月12日记-5号凭证(第 7 号): 重复", 7), ink_of("注销", None), ink_of("冲销第 7 号: 重复", 7)
    ('red', '', '')
    """
    if reverses is None:
        return ""
    return {CANCELS: RED, CORRECTS: BLUE}.get(narration[:2], "")


def sides(amount_fen: int, ink: str = "") -> tuple[int, int]:
    """A line's debit and credit in fen, one of them 0; in red ink it is a negative on the other side.

    >>> sides(5), sides(-5), sides(-5, "red"), sides(-5, "blue")
    ((5, 0), (0, 5), (-5, 0), (0, 5))
    """
    if (amount_fen > 0) == (ink == RED):
        return 0, -amount_fen
    return amount_fen, 0


def narration(ink: str, original: tuple[int, str, date], reason: str) -> str:
    """What a correction says of itself: number, voucher (if any) and day of its original, as §51 has it.

    >>> narration("red", (7, "记-5", date(2026, 10, 12)), "重复")
    '注销10月12日记-5号凭证(第 7 号): 重复'
    """
    seq, voucher, on = original
    what = f"{voucher}号凭证(第 {seq} 号)" if voucher else f"备查第 {seq} 号"
    if ink == RED:
        return f"{CANCELS}{on.month}月{on.day}日{what}: {reason}"
    return f"{CORRECTS}{on.year}年{on.month}月{on.day}日{what}: {reason}"
