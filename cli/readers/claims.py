"""The agents' own notes of after-sales questions: one JSON object a line.

    {"order_no": "33…", "at": "2026-10-12T10:00", "claim": {"kind": "return", "claim_no": "…", …}}
    {"key": "d-01 2026-10", "at": "2026-11-01T09:00", "distributor_month": {…}}

A line may have a `payee`, the account that the buyer asked to be paid by, which is kept beside the ledger alone.
A claim's key is its `claim_no`; `bulk`, `distributor_month`, `staff` and `coupon_life` questions bring a `key`. What is
inside a question is the calculators' to judge; here only its frame is read.
"""

import json
import re
from collections.abc import Iterable, Mapping

from calculators.days import parse_moment
from calculators.masking import is_account, mask_number
from cli.errors import BadCell, Fault
from cli.readers.rows import ClaimRow
from cli.readers.tables import FAULTS_MAX, refuse

_QUESTIONS = ("claim", "distributor_month", "bulk", "staff", "coupon_life")
_KEYS = frozenset({"order_no", "at", "key", "payee", *_QUESTIONS})
_ORDER_NO = re.compile(r"[0-9]{10,32}")


def read_claims(name: str, lines: Iterable[str]) -> tuple[ClaimRow, ...]:
    """The questions in the order of the file; `BadFile` with a fault for each line that is not one, up to 200."""
    rows: list[ClaimRow] = []
    faults: list[Fault] = []
    keys: set[str] = set()
    for row, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            rows.append(_claim_row(row, _decoded(line), keys))
            keys.add(rows[-1].key)
        except BadCell as fault:
            faults.append(Fault(code=fault.code, file=name, row=row, detail=fault.detail))
        if len(faults) == FAULTS_MAX:
            break
    refuse(faults)
    return tuple(rows)


def _decoded(line: str) -> dict[str, object]:
    try:
        value = json.loads(line, object_pairs_hook=_without_doubles, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise BadCell("bad_claim", "(JSON)") from error
    if not isinstance(value, dict):
        raise BadCell("bad_claim", "(JSON)")
    return value


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a number of ours")


def _claim_row(row: int, said: Mapping[str, object], keys: set[str]) -> ClaimRow:
    asked = [question for question in _QUESTIONS if question in said]
    if len(asked) != 1 or not said.keys() <= _KEYS:
        raise BadCell("bad_claim", f"({' / '.join(_QUESTIONS)})")
    body = said[asked[0]]
    if not isinstance(body, dict):
        raise BadCell("bad_claim", f"({asked[0]})")
    key = body.get("claim_no") if asked[0] == "claim" else said.get("key")
    if not isinstance(key, str) or not key:
        raise BadCell("bad_claim", "(claim_no / key)")
    if key in keys:
        raise BadCell("duplicate_row", f"({mask_number(key)})")
    order_no, payee = _order_no(said, asked[0]), said.get("payee", "")
    if not isinstance(payee, str) or (payee and (order_no is None or not is_account(payee))):
        raise BadCell("bad_claim", "(payee)")
    return ClaimRow(
        row=row, key=key, order_no=order_no, at=_at(said), question=asked[0], body=body, payee=payee
    )


def _order_no(said: Mapping[str, object], question: str) -> str | None:
    number = said.get("order_no")
    if number is None and question != "claim":
        return None
    if not isinstance(number, str) or not _ORDER_NO.fullmatch(number):
        raise BadCell("bad_claim", "(order_no)")
    return number


def _at(said: Mapping[str, object]) -> str:
    at = said.get("at")
    try:
        parse_moment(str(at))
    except ValueError as error:
        raise BadCell("bad_claim", "(at)") from error
    return str(at)
