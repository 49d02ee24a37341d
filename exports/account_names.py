"""Names of accounts for plain-text journals: the code is kept, so no two accounts can share a name.

Which root an account stands under follows the first digits of the Chinese chart: 1 assets, 2 liabilities,
3 equity, 4 costs, 5 profit and loss with its income below 54, 6 adjustments of earlier years.
"""

import re

from ledger.reports import AccountRow

_ROOTS = {"1": "Assets", "2": "Liabilities", "3": "Equity", "4": "Expenses", "6": "Equity"}
_INCOME = ("50", "51", "53")
_NO_LETTERS = re.compile(r"[^A-Za-z0-9]+")
_UP_TO_A_LETTER = re.compile(r"^[^A-Za-z]+")
_NO_HLEDGER = re.compile(r"[\s:;|\[\](){}]+")


def root_of(code: str) -> str:
    """Assets, Liabilities, Equity, Income or Expenses; `KeyError` for a code outside the chart's classes."""
    if code[0] == "5":
        return "Income" if code.startswith(_INCOME) else "Expenses"
    return _ROOTS[code[0]]


def beancount_name(account: AccountRow) -> str:
    """The account as Beancount allows it: `Assets:1012-01-Alipay`.

    The code ends at the first letter, and a code is digits and dots only, so different codes never meet.
    """
    words = _UP_TO_A_LETTER.sub("", _NO_LETTERS.sub("-", account.name_en)).strip("-")
    return ":".join((root_of(account.code), "-".join(filter(None, (account.code.replace(".", "-"), words)))))


def hledger_name(account: AccountRow) -> str:
    """The account as hledger shows it: `Assets:1012.01 其他货币资金—支付宝`.

    The code ends at the first blank, and whatever hledger reads as a mark becomes a blank in the name.
    """
    words = _NO_HLEDGER.sub(" ", account.name_zh).strip()
    return f"{root_of(account.code)}:{account.code} {words}".rstrip()
