"""Corrections: an entry is taken back in red within its year, and in blue after it (会计基础工作规范 §51).

Both are the same lines with the other sign, and only the years tell them apart, so the colour is never stored
and cannot be forged. A red amount stays on the side of what it cancels, as a negative, and the sums of that
side shrink as if the mistake had never been; a blue one stands on the other side, in the books of its own year.
"""

from datetime import date

RED, BLUE = "red", "blue"


def colour(effective_on: date | str, original_on: date | str | None) -> str:
    """`red` or `blue` for a correction of that day, by the day of what it corrects; empty where it is none.

    >>> colour("2026-12-31", "2026-01-02"), colour("2027-01-01", "2026-12-31"), colour("2026-01-01", None)
    ('red', 'blue', '')
    """
    if original_on is None:
        return ""
    return RED if str(effective_on)[:4] == str(original_on)[:4] else BLUE


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
        return f"注销{on.month}月{on.day}日{what}: {reason}"
    return f"更正{on.year}年{on.month}月{on.day}日{what}: {reason}"
