"""The layouts of the shop's reports, held as data, and how one is recognised.

A report is known by the set of its headings. Platforms move, rename and add columns every year; a new name
is a new word in `layouts.toml`, never a new branch here.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_BRACKETS = str.maketrans("（）＋－", "()+-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One field of a layout: the headings it may stand under, its type and what must be there.

    Where `first` is set several of its headings may stand side by side, and the first of the list counts.
    """

    field: str
    names: tuple[str, ...]
    type: str
    required: bool
    filled: bool
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One year of a layout: its name, and the headings that only it and later years have."""

    name: str
    has: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One kind of report: its columns, what may not repeat, and what is told of a file of it.

    `at`, `income`, `outgo` and `total` name fields and are empty where a layout has none; `personal` headings
    are about people and are never read, `ignored` ones say nothing we need.
    """

    name: str
    zh: str
    en: str
    unique: tuple[str, ...]
    columns: tuple[Column, ...]
    variants: tuple[Variant, ...]
    personal: tuple[str, ...]
    ignored: tuple[str, ...]
    at: str = ""
    income: str = ""
    outgo: str = ""
    total: str = ""

    def knows(self, name: str) -> bool:
        """Whether a heading stands for anything in this layout, read or not."""
        return same_name(name) in _known_names(self.name)

    def column(self, field: str) -> Column:
        """The column of a field."""
        return next(column for column in self.columns if column.field == field)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading read against one layout: where each field stands, what is lacking, doubled or not read.

    `placed` has the columns that are there with their places, in the order of the layout.
    """

    layout: Layout
    variant: str
    width: int
    places: Mapping[str, int]
    placed: tuple[tuple[Column, int], ...]
    unnamed: tuple[int, ...]
    missing: tuple[str, ...]
    doubled: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The headings that no year of the layout has had."""
        return tuple(name for name in self.unread if not self.layout.knows(name))


@cache
def layouts() -> tuple[Layout, ...]:
    """Every layout we know, in the order of `layouts.toml`."""
    table = tomllib.loads(Path(__file__).with_name("layouts.toml").read_text("utf-8"))
    return tuple(_layout(name, entry) for name, entry in table.items())


@cache
def layout_named(name: str) -> Layout | None:
    """The layout of that name; None for a file that is no table, such as the agents' notes."""
    return next((layout for layout in layouts() if layout.name == name), None)


def clean_name(cell: str) -> str:
    r"""A heading as it is shown: without a byte-order mark, surrounding blanks and apostrophe.

    >>> clean_name("\ufeff收货地址 ")
    '收货地址'
    """
    return cell.strip(" \t\r\n\u3000\u00a0\ufeff").removeprefix("'")


def same_name(name: str) -> str:
    """A heading as it is compared: full-width brackets and signs are the half-width ones.

    >>> same_name("收入金额（+元）")
    '收入金额(+元)'
    """
    return clean_name(name).translate(_BRACKETS)


def read_heading(cells: Sequence[str]) -> Heading:
    """The heading read against the layout it fits best; whether it fits is `missing` being empty."""
    names = [clean_name(cell) for cell in cells]
    return min((_against(layout, names) for layout in layouts()), key=distance)


def distance(heading: Heading) -> tuple[int, int, int]:
    """How far a heading is from its layout: missing columns first, then those understood, then those left over."""
    return len(heading.missing), -len(heading.places), len(heading.unread)


def _against(layout: Layout, names: Sequence[str]) -> Heading:
    compared = [same_name(name) for name in names]
    found = {column.field: _places(column, compared) for column in layout.columns}
    used = {place for places in found.values() for place in places}
    repeated = [name for place, name in enumerate(names) if name and compared[place] in compared[:place]]
    twice = [names[place] for c in layout.columns if not c.first for place in found[c.field][1:]]
    return Heading(
        layout=layout,
        variant=_variant(layout, frozenset(compared)),
        width=len(names),
        unnamed=tuple(place for place, name in enumerate(names) if not name),
        places={field: places[0] for field, places in found.items() if places},
        placed=tuple((c, found[c.field][0]) for c in layout.columns if found[c.field]),
        missing=tuple(c.names[0] for c in layout.columns if c.required and not found[c.field]),
        doubled=tuple(dict.fromkeys([*repeated, *twice])),
        unread=tuple(name for place, name in enumerate(names) if name and place not in used),
    )


def _places(column: Column, compared: Sequence[str]) -> list[int]:
    wanted = [same_name(name) for name in column.names]
    found = [place for place, name in enumerate(compared) if name in wanted]
    return sorted(found, key=lambda place: wanted.index(compared[place])) if column.first else found


def _variant(layout: Layout, compared: frozenset[str]) -> str:
    return next((variant.name for variant in layout.variants if variant.has <= compared), "")


@cache
def _known_names(layout_name: str) -> frozenset[str]:
    layout = layout_named(layout_name)
    assert layout is not None
    read = [name for column in layout.columns for name in column.names]
    return frozenset(same_name(name) for name in [*read, *layout.personal, *layout.ignored])


def _layout(name: str, entry: Mapping[str, Any]) -> Layout:
    return Layout(
        name=name,
        zh=entry["zh"],
        en=entry["en"],
        unique=tuple(entry["unique"].split()),
        columns=tuple(_column(field, spec) for field, spec in entry["fields"].items()),
        variants=tuple(_variant_of(spec) for spec in entry["variants"]),
        personal=tuple(entry["personal"]),
        ignored=tuple(entry["ignored"]),
        **{key: str(entry.get(key, "")) for key in ("at", "income", "outgo", "total")},
    )


def _variant_of(spec: Mapping[str, Any]) -> Variant:
    return Variant(name=spec["name"], has=frozenset(same_name(name) for name in spec["has"]))


def _column(field: str, spec: Mapping[str, Any]) -> Column:
    return Column(
        field=field,
        names=tuple(spec["names"]),
        type=spec["type"],
        **{key: bool(spec.get(key, False)) for key in ("required", "filled", "first")},
    )
