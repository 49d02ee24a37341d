"""Vouchers as text for 用友 U8's 总账工具. EXPERIMENTAL: never tried on a real U8.

Fields 1 to 8 and 12 are known from programs that write this format; what stands after field 12 is copied from
one of them and means nothing to us. So the file's name must say what it is, and a person must check the first
import. Fields are parted by commas and not quoted, so a comma in a text becomes a full-width one.
"""

from pathlib import Path

from calculators.money import format_yuan
from exports.errors import BadPlace
from exports.vouchers import WORD, VoucherLine, one_line, voucher_lines, write_text
from ledger.reports_of_handing import HandOver

MARK = "experimental"
HEADING = "填制凭证,V800"
ENCODING = "gb18030"
_TAIL = ",,,,,,,,,,,,,,,,0,,0,,,,,,,,,0,0,0,0,0,,0,0,0,0"
_WIDE = str.maketrans({",": "，", '"': "＂"})


def write_u8(month: HandOver, to: Path, *, overwrite: bool = False) -> None:
    """Write the month's vouchers for U8; `BadPlace` unless the file's name says that it is experimental."""
    if MARK not in to.name:
        raise BadPlace(
            f"{to.name}: the U8 format was never tried on a real U8, and the file's name must say so: {MARK}"
        )
    lines = [HEADING, *map(_line, voucher_lines(month)), ""]
    write_text(to, "\r\n".join(lines), ENCODING, overwrite=overwrite)


def _line(row: VoucherLine) -> str:
    fields = (
        *(row.entry.effective_on.isoformat(), WORD, str(row.number), "0", _field(row.says), row.line.account),
        *(format_yuan(row.debit_fen), format_yuan(row.credit_fen), "", "", "", _field(row.entry.actor)),
    )
    return ",".join(fields) + _TAIL


def _field(text: str) -> str:
    return one_line(text).translate(_WIDE)
