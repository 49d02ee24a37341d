"""Amounts in capitals (人民币大写), as vouchers and cheques want them, so that no stroke can be added.

Written after 会计基础工作规范 §52 and the banks' rules for bills: 整 after a sum that ends at 元 or 角 and never
after 分; zeros between figures are said once; a sum below a yuan begins with its 角 or 分.
"""

_FIGURES = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_GROUP = 10_000


def in_capitals(fen: int) -> str:
    """An amount of fen in capitals; `ValueError` from 10^18 fen on, beyond what the words reach.

    >>> in_capitals(1_409_50), in_capitals(10_007_000_00), in_capitals(325_04), in_capitals(16), in_capitals(0)
    ('壹仟肆佰零玖元伍角整', '壹仟万柒仟元整', '叁佰贰拾伍元零肆分', '壹角陆分', '零元整')
    """
    if fen < 0:
        return f"负{in_capitals(-fen)}"
    if fen >= 10**18:
        raise ValueError(f"{fen} fen is beyond what can be said in capitals")
    yuan, rest = divmod(fen, 100)
    whole = f"{_whole(yuan)}元" if yuan else ""
    return whole + _part(rest, after_yuan=bool(yuan))


def _part(fen: int, *, after_yuan: bool) -> str:
    jiao, last = divmod(fen, 10)
    if not fen:
        return "整" if after_yuan else "零元整"
    if not last:
        return f"{_FIGURES[jiao]}角整"
    zero = "零" if after_yuan else ""
    return f"{_FIGURES[jiao]}角{_FIGURES[last]}分" if jiao else f"{zero}{_FIGURES[last]}分"


def _whole(yuan: int) -> str:
    """Whole yuan, group by group of four figures from the highest; a gap of any length is one 零."""
    groups: list[int] = []
    while yuan:
        yuan, group = divmod(yuan, _GROUP)
        groups.append(group)
    said = ""
    for place in range(len(groups) - 1, -1, -1):
        gap = bool(said) and (groups[place] < _GROUP // 10 or groups[place + 1] == 0)
        if groups[place]:
            said += ("零" if gap else "") + _four(groups[place]) + _GROUPS[place]
    return said


def _four(number: int) -> str:
    said, gap = "", False
    for place in (3, 2, 1, 0):
        figure = number // 10**place % 10
        if figure:
            said += ("零" if gap else "") + _FIGURES[figure] + _PLACES[place]
        gap = bool(said) and not figure
    return said
