"""Expressions over the lists of a workbook: each covers every part of a list, however many sheets it takes."""

import re
from typing import Any

from exports.sheets import Sheet

_OPERATOR = re.compile(r"[<>=]")
_WILDCARD = re.compile(r"[*?~]")


def counted(sheet: Sheet[Any], column: str) -> str:
    """How many cells of a column are filled."""
    return f"COUNTA({','.join(sheet.ranges(column))})"


def sumifs(sheet: Sheet[Any], column: str, *criteria: tuple[str, str]) -> str:
    """The sum of a column over the rows that meet every criterion (column, expression)."""
    parts = zip(sheet.ranges(column), _criteria(sheet, criteria), strict=True)
    return "+".join(f"SUMIFS({summed},{where})" for summed, where in parts)


def countifs(sheet: Sheet[Any], *criteria: tuple[str, str]) -> str:
    """How many rows meet every criterion."""
    return "+".join(f"COUNTIFS({where})" for where in _criteria(sheet, criteria))


def by_account(sheet: Sheet[Any], column: str, account: str, accounts: str) -> str:
    """For each of the cells `accounts`, the sum of a column over the rows whose column `account` names it."""
    parts = zip(sheet.ranges(account), sheet.ranges(column), strict=True)
    return "+".join(f"SUMIF({named},{accounts},{summed})" for named, summed in parts)


def criterion(text: str, address: str) -> str:
    """What a cell must be to equal a text that stands at an address: the address, where the text is plain.

    A spreadsheet reads operators and wildcards in a criterion, so a text with any of them is spelled out.
    """
    if text and not (_OPERATOR.match(text) or _WILDCARD.search(text)):
        return address
    spelled = _WILDCARD.sub(r"~\g<0>", text).replace('"', '""')
    return f'"={spelled}"'


def _criteria(sheet: Sheet[Any], criteria: tuple[tuple[str, str], ...]) -> list[str]:
    """For each part of the list, the ranges and their criteria as arguments."""
    ranges = [[f"{one},{wanted}" for one in sheet.ranges(column)] for column, wanted in criteria]
    return [",".join(part) for part in zip(*ranges, strict=True)]
