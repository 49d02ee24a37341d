"""No two accounts share a name in a plain-text journal, whatever they are called."""

import re

from hypothesis import given
from hypothesis import strategies as st

from exports.account_names import beancount_name, hledger_name, root_of
from ledger.reports import AccountRow
from tests.exports.months import ACCOUNTS, TEXTS

CODES = st.from_regex(r"[1-6][0-9]{3}(\.[0-9]{2}){0,2}", fullmatch=True)
ANY_ACCOUNT = st.builds(AccountRow, code=CODES, name_zh=TEXTS, name_en=TEXTS, normal=st.just("debit"))


@given(ANY_ACCOUNT, ANY_ACCOUNT)
def test_different_codes_never_meet_in_one_name(one: AccountRow, other: AccountRow) -> None:
    for name in (beancount_name, hledger_name):
        assert (name(one) == name(other)) <= (one.code == other.code)


@given(ANY_ACCOUNT)
def test_every_name_is_one_that_the_program_takes(account: AccountRow) -> None:
    assert re.fullmatch(r"[A-Z][a-z]+:[0-9][A-Za-z0-9-]*", beancount_name(account))
    root, _, rest = hledger_name(account).partition(":")
    assert root == root_of(account.code)
    assert rest.split(" ")[0] == account.code
    assert not re.search(r"\s\s|[\n;:]", rest)


def test_the_chart_keeps_its_names() -> None:
    by_code = {account.code: account for account in ACCOUNTS}
    assert beancount_name(by_code["1012.01"]) == "Assets:1012-01-Alipay"
    assert hledger_name(by_code["5001.02"]) == "Income:5001.02 主营业务收入—销售退回"
    assert beancount_name(by_code["5601.06"]) == "Expenses:5601-06-Late-shipment-penalty"
