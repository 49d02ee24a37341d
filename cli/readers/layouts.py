"""The layouts of the shop's reports, held as data, and how one is recognised.

A report is known by the set of its headings. Platforms move, rename and add columns every year; a new name
is a new word in `layouts.toml`, never a new branch here.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One field of a layout: the headings it may stand under, its type and what must be there."""

    field: str
    names: tuple[str, ...]
    type: str
    required: bool
    filled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One kind of report: its columns and the field whose value may not repeat."""

    name: str
    zh: str
    en: str
    unique: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading read against one layout: where each field stands, what is lacking, doubled or not read."""

    layout: Layout
    width: int
    places: Mapping[str, int]
    unnamed: tuple[int, ...]
    missing: tuple[str, ...]
    doubled: tuple[str, ...]
    unread: tuple[str, ...]


@cache
def layouts() -> tuple[Layout, ...]:
    """Every layout we know, in the order of `layouts.toml`."""
    table = tomllib.loads(Path(__file__).with_name("layouts.toml").read_text("utf-8"))
    return tuple(_layout(name, entry) for name, entry in table.items())


def clean_name(cell: str) -> str:
    r"""A heading as it is compared: without a byte-order mark, surrounding blanks and apostrophe.

    >>> clean_name("\ufeff收货地址 ")
    '收货地址'
    """
    return cell.strip(" \t\r\n\u3000\u00a0\ufeff").removeprefix("'")


def read_heading(cells: Sequence[str]) -> Heading:
    """The heading read against the layout it fits best; whether it fits is `missing` being empty."""
    names = [clean_name(cell) for cell in cells]
    return min((_against(layout, names) for layout in layouts()), key=_distance)


def _against(layout: Layout, names: Sequence[str]) -> Heading:
    found = {column.field: _places(column, names) for column in layout.columns}
    used = {place for places in found.values() for place in places}
    repeated = [name for place, name in enumerate(names) if name and name in names[:place]]
    twice = [names[place] for places in found.values() for place in places[1:]]
    return Heading(
        layout=layout,
        width=len(names),
        unnamed=tuple(place for place, name in enumerate(names) if not name),
        places={field: places[0] for field, places in found.items() if places},
        missing=tuple(c.names[0] for c in layout.columns if c.required and not found[c.field]),
        doubled=tuple(dict.fromkeys([*repeated, *twice])),
        unread=tuple(name for place, name in enumerate(names) if name and place not in used),
    )


def _places(column: Column, names: Sequence[str]) -> list[int]:
    return [place for place, name in enumerate(names) if name in column.names]


def _distance(heading: Heading) -> tuple[int, int, int]:
    """Fewer missing columns first, then more columns understood, then fewer left over."""
    return len(heading.missing), -len(heading.places), len(heading.unread)


def _layout(name: str, entry: Mapping[str, object]) -> Layout:
    fields = entry["fields"]
    assert isinstance(fields, dict)
    return Layout(
        name=name,
        zh=str(entry["zh"]),
        en=str(entry["en"]),
        unique=str(entry["unique"]),
        columns=tuple(_column(field, spec) for field, spec in fields.items()),
    )


def _column(field: str, spec: Mapping[str, object]) -> Column:
    names = spec["names"]
    assert isinstance(names, list)
    return Column(
        field=field,
        names=tuple(names),
        type=str(spec["type"]),
        required=bool(spec.get("required", False)),
        filled=bool(spec.get("filled", False)),
    )
