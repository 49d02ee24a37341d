"""Distributors' months from a file: what was bought, what came back, what is asked back, and what was broken.

JSON: one `distributor_month` of the case format, or a list of them, each with `pending_returns` besides, in the form
of `refunds`. CSV: a heading and a row for each fact, in 中文 or English:

    代购,类型,订单号,金额,件数            distributor,what,order_no,amount,pieces
    d-01,订单,3300…,1960.00,20          d-01,order,3300…,1960.00,20
    d-01,退款,3300…,98.00,1             d-01,refund,3300…,98.00,1
    d-01,待退,3300…,98.00,1             d-01,pending,3300…,98.00,1
    d-01,违约,人为损坏,,                 d-01,breach,damaged,,
    d-01,折扣,,0.80,                    d-01,factor,,0.80,
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from calculators.case_reader import read_case
from calculators.errors import BadCase
from calculators.masking import mask, redacted
from cli.errors import BadCell, BadFile, Fault
from cli.readers.cells import clean, read_cell
from cli.readers.tables import refuse
from cli.readers.text import JSON_MAX, RawRow, begins_with, encoding_of, raw_rows
from ledger.distributor_facts import KIND, Body, MonthFacts

PENDING = "pending_returns"
_HEADINGS = {
    "distributor": ("代购", "distributor"),
    "what": ("类型", "what"),
    "order_no": ("订单号", "order_no"),
    "amount": ("金额", "amount"),
    "pieces": ("件数", "pieces"),
}
_LISTS = {
    "order": "orders",
    "订单": "orders",
    "refund": "refunds",
    "退款": "refunds",
    "pending": PENDING,
    "待退": PENDING,
}
_BREACH, _FACTOR = ("breach", "违约"), ("factor", "折扣")
_BREACHES = {
    "人为损坏": "damaged",
    "吊牌调换": "tags_swapped",
    "恶意投诉": "malicious_complaint",
    "差评": "bad_review",
}
_CODE = re.compile(r"[0-9A-Za-z._-]{1,64}", re.ASCII)
_SOME_MOMENT = "2000-01-01T00:00:00"


def read_distributor_facts(name: str, content: bytes, month: str) -> dict[str, MonthFacts]:
    """The facts of each distributor in a file; `BadFile` for what cannot be read, `BadCase` for what cannot be."""
    try:
        if len(content) > JSON_MAX:
            raise BadCell("too_big", f"({JSON_MAX // 1024 // 1024} MB)")
        encoding = encoding_of(content)
        is_json = begins_with(("[", "{"), content, encoding)
        said = (
            _of_json(name, content, encoding)
            if is_json
            else _of_csv(name, raw_rows(content, encoding), month)
        )
    except BadCell as fault:
        raise BadFile([Fault(code=fault.code, file=name, detail=fault.detail)]) from fault
    facts: dict[str, MonthFacts] = {}
    for place, body in enumerate(said):
        one = _checked(f"[{place}]", body, month)
        if one.body["distributor"] in facts:
            raise BadCase(f"[{place}].distributor", "stands twice")
        facts[one.body["distributor"]] = one
    return facts


def _of_json(name: str, content: bytes, encoding: str) -> list[Any]:
    try:
        said = json.loads(content.decode(encoding))
    except (ValueError, RecursionError) as problem:
        raise BadCase(name, f"is not JSON: {problem}") from None
    return said if isinstance(said, list) else [said]


def _checked(path: str, body: Any, month: str) -> MonthFacts:
    """One month's facts, its pending returns beside them; `BadCase` names where the calculators would refuse."""
    if not isinstance(body, dict):
        raise BadCase(path, "is not an object")
    facts = {key: value for key, value in body.items() if key != PENDING}
    facts.setdefault("month", month)
    pending = body.get(PENDING) or []
    for one, where in (({**facts}, ""), ({**facts, "refunds": pending}, PENDING)):
        try:
            read_case({"at": _SOME_MOMENT, KIND: one})
        except BadCase as problem:
            inside = problem.path.removeprefix(KIND)
            inside = inside.replace(".refunds", f".{where}", 1) if where else inside
            raise BadCase(f"{path}{inside}", problem.message) from None
    if facts["month"] != month:
        raise BadCase(f"{path}.month", f"must be one of {month}")
    for where, text in _numbers({**facts, PENDING: pending}):
        if not _CODE.fullmatch(text) or redacted(text) != text:
            raise BadCase(f"{path}.{where}", "is not a code of letters and digits; the book keeps no names")
    return MonthFacts(body=facts, pending=tuple(pending))


def _numbers(body: Body) -> Iterator[tuple[str, str]]:
    """The texts that the book would keep, each by its path."""
    yield "distributor", body["distributor"]
    for name in ("orders", "refunds", PENDING):
        for place, one in enumerate(body.get(name) or ()):
            yield f"{name}[{place}].order_no", one["order_no"]


def _of_csv(name: str, rows: Iterator[RawRow], month: str) -> list[Body]:
    heading = next(rows, None)
    if heading is None:
        raise BadCell("empty_file")
    places = _places(name, heading)
    bodies: dict[str, Body] = {}
    faults: list[Fault] = []
    for row in rows:
        try:
            _add(bodies, dict(_values(places, row)), month)
        except _At as wrong:
            column, cell = wrong.column, wrong.cell
            faults.append(Fault(code=wrong.code, file=name, row=row.number, column=column, value=mask(cell)))
    refuse(faults)
    return list(bodies.values())


class _At(BadCell):
    """A bad cell with its column and what stood there."""

    def __init__(self, code: str, column: str, cell: str) -> None:
        super().__init__(code)
        self.column, self.cell = column, cell


def _places(name: str, heading: RawRow) -> dict[str, int]:
    cells = [clean(cell) for cell in heading.cells]
    found = {
        field: next((place for place, cell in enumerate(cells) if cell in names), None)
        for field, names in _HEADINGS.items()
    }
    missing = [_HEADINGS[field][0] for field, place in found.items() if place is None]
    if missing:
        raise BadFile(
            [Fault(code="unknown_layout", file=name, row=heading.number, detail="、".join(missing))]
        )
    return {field: place for field, place in found.items() if place is not None}


def _values(places: Mapping[str, int], row: RawRow) -> Iterator[tuple[str, str]]:
    for field, place in places.items():
        yield field, clean(row.cells[place]) if place < len(row.cells) else ""


def _add(bodies: dict[str, Body], said: Mapping[str, str], month: str) -> None:
    """One row's fact into its distributor's month."""
    if not said["distributor"]:
        raise _At("missing_value", _HEADINGS["distributor"][0], "")
    body = bodies.setdefault(
        said["distributor"], {"distributor": said["distributor"], "month": month, "orders": []}
    )
    if said["what"] in _BREACH:
        body.setdefault("breaches", []).append(_BREACHES.get(said["order_no"], said["order_no"]))
    elif said["what"] in _FACTOR:
        body["granted_factor"] = said["amount"]
    elif said["what"] in _LISTS:
        line = {
            "order_no": said["order_no"],
            "amount": _cell("amount", "money", said),
            "pieces": _pieces(said),
        }
        body.setdefault(_LISTS[said["what"]], []).append(line)
    else:
        raise _At("bad_choice", _HEADINGS["what"][0], said["what"])


def _cell(field: str, kind: str, said: Mapping[str, str]) -> str:
    """The cell as it stands, once its reader takes it."""
    if not said[field]:
        raise _At("missing_value", _HEADINGS[field][0], "")
    try:
        read_cell(kind, said[field])
    except BadCell as fault:
        raise _At(fault.code, _HEADINGS[field][0], said[field]) from fault
    return said[field].removesuffix("元")


def _pieces(said: Mapping[str, str]) -> int:
    return int(_cell("pieces", "count", said))
