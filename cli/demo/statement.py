"""The demo shop's Alipay statement (账务明细): the movements with their balances, inside Alipay's own frame."""

from collections.abc import Sequence

from calculators.money import format_yuan
from cli.demo.movements import Movement
from cli.demo.reports import heading, moment_cell

_RULE = "-" * 41
_ABOVE = (
    "#支付宝账务明细查询",
    "#账号：[20880000000000000156]",
    "#起始日期：[2026年10月01日 00:00:00]   终止日期：[2026年11月01日 00:00:00]",
    f"#{_RULE}账务明细列表{_RULE}-",
)


def statement(moved: Sequence[Movement], opening_fen: int) -> bytes:
    """The month's statement in GB18030: every line with the balance after it, counts and sums below."""
    balance_fen = opening_fen
    lines = []
    for place, movement in enumerate(moved, start=1):
        balance_fen += movement.fen
        lines.append(",".join(_cells(place, movement, balance_fen)))
    income = [movement.fen for movement in moved if movement.fen > 0]
    expense = [movement.fen for movement in moved if movement.fen < 0]
    below = (
        f"#{_RULE}账务明细列表结束{_RULE[:-5]}",
        f"#支出合计：{len(expense)}笔，共{format_yuan(sum(expense))}元",
        f"#收入合计：{len(income)}笔，共{format_yuan(sum(income))}元",
        "#导出时间：[2026年11月01日 09:00:00]",
    )
    text = "\r\n".join([*_ABOVE, ",".join(heading("alipay_statement")), *lines, *below, ""])
    return text.encode("gb18030")


def _cells(place: int, movement: Movement, balance_fen: int) -> list[str]:
    serial = f"{movement.at:%Y%m%d}{place:011d}"
    merchant = _merchant_number(movement, serial)
    return [
        f"{serial}\t",
        f"{movement.at:%Y%m%d}22{place:06d}\t",
        f"{merchant}\t",
        f"{movement.title}\t",
        moment_cell(movement.at),
        "*某(tb***@example.com)\t" if movement.order_no else "\t",
        format_yuan(max(movement.fen, 0)),
        format_yuan(min(movement.fen, 0)),
        format_yuan(balance_fen),
        "支付宝",
        movement.kind,
        movement.remark,
        movement.description,
        "账房",
        f"{movement.order_no}\t",
        f"{merchant if movement.order_no else ''}\t",
    ]


def _merchant_number(movement: Movement, serial: str) -> str:
    if movement.merchant == "FP301_":
        return f"FP301_{serial}"
    return f"{movement.merchant}{movement.order_no}" if movement.order_no and movement.merchant else ""
