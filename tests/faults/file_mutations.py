"""Mutated files: the corpus and a file of every layout, damaged in bytes, in lines and cells, and inside of zips.

The seeds are small, so that a core reads hundreds of them in a second; what is large has its own corpus.
"""

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Sequence

from tests.cli.readers.bad_input.groups import SAMPLES
from tests.cli.readers.bad_input.zips import zipped
from tests.cli.readers.small import SMALLS, file_of, small, workbook_of

_SEED_MAX = 8192
# One in so many is a zip or a workbook: they take ten times as long.
_ZIPS_EVERY = 12
_MUTATIONS_MAX = 4
_RANGE_MAX = 64
_TOKENS = (
    *('"', ",", "\n", "\r", "\t", "'", '="', '""', ",,", "\x00", "\ufeff", "，", "\u3000", "\u202e", "\x1b"),
    *("-", "0", "-0", "1e9", "NaN", "9" * 40, "0.001", "１２", "٣", "null", "#", "合计", "¥", "元"),
    *("2026-02-30", "0000-00-00 00:00:00", "9999-12-31 23:59:59", "13800138000", "{", "}", "[", "]", ":"),
)
_XML_TOKENS = (
    *("<", ">", "/>", "</c>", "<row>", '<row r="1">', '<c t="s"><v>9</v></c>', '<c r="XFD9"/>', "<f>1</f>"),
    *(' t="s"', ' t="e"', ' t="b"', ' t="d"', ' t="n"', ' s="99"', ' r="A0"', ' r="9"', "&lt;", "&#0;"),
    *("&#xD800;", "&x;", "<v>1e999</v>", "<v>-1</v>", "<v>nan</v>", "<v>99999999999</v>", "<is/>", '""'),
)
Mutation = Callable[[bytes, random.Random], bytes]


def seeds() -> tuple[list[bytes], list[bytes]]:
    """Plain files, and zips with workbooks: what the corpus accepts and what it refuses, and every layout."""
    files = [sample.content for _, sample in SAMPLES if not sample.is_large]
    files += [file_of(one) for one in SMALLS] + [file_of(one, "utf-8-sig") for one in SMALLS]
    files += [workbook_of(small("order_report")), workbook_of(small("refund_report"), small("item_report"))]
    files += [zipped({"账务明细.csv": file_of(small("alipay_statement")), "说明.txt": b"x"})]
    files = [content for content in files if len(content) <= _SEED_MAX]
    is_zip = [content.startswith(b"PK") for content in files]
    plain = [content for content, packed in zip(files, is_zip, strict=True) if not packed]
    return plain, [content for content, packed in zip(files, is_zip, strict=True) if packed]


def mutated(kinds: tuple[Sequence[bytes], Sequence[bytes]], dice: random.Random) -> bytes:
    """A seed with up to four mutations, each of its bytes, its text, or of a member of the zip."""
    plain, packed = kinds
    if dice.randrange(_ZIPS_EVERY):
        content, ways = dice.choice(plain), _OF_FILES
    else:
        content, ways = dice.choice(packed), _OF_ZIPS
    for _ in range(dice.randint(1, _MUTATIONS_MAX)):
        content = dice.choice(ways)(content, dice)
        content = _spliced(content, dice.choice(plain), dice) if dice.random() < 1 / 20 else content
    return content


def _spliced(content: bytes, other: bytes, dice: random.Random) -> bytes:
    # On a line of its own: of a name that stood alone behind a heading nobody could say that it is none.
    return content[: dice.randrange(len(content) + 1)] + b"\n" + other[dice.randrange(len(other) + 1) :]


def _bit(content: bytes, dice: random.Random) -> bytes:
    if not content:
        return b"\x80"
    at = dice.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << dice.randrange(8)]) + content[at + 1 :]


def _byte(content: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(content) + 1)
    return content[:at] + bytes([dice.choice(b"\x00\t\n\r\",'=<>0-\x7f\x80\x81\xfe\xff")]) + content[at + 1 :]


def _range(content: bytes, dice: random.Random) -> tuple[int, int]:
    start = dice.randrange(len(content) + 1)
    return start, min(start + dice.randint(1, _RANGE_MAX), len(content))


def _deleted(content: bytes, dice: random.Random) -> bytes:
    start, end = _range(content, dice)
    return content[:start] + content[end:]


def _doubled(content: bytes, dice: random.Random) -> bytes:
    start, end = _range(content, dice)
    return content[:end] + content[start:end] * dice.choice((1, 1, 2, 40)) + content[end:]


def _inserted(content: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(content) + 1)
    return content[:at] + dice.choice(_TOKENS).encode(dice.choice(("utf-8", "gb18030"))) + content[at:]


def _truncated(content: bytes, dice: random.Random) -> bytes:
    return content[: dice.randrange(len(content) + 1)]


def _of_text(way: Callable[[list[str], random.Random], None]) -> Mutation:
    """A way to change the lines of a text, in the encoding that it has."""

    def changed(content: bytes, dice: random.Random) -> bytes:
        for encoding in ("utf-8", "gb18030"):
            try:
                lines = content.decode(encoding).split("\n")
            except UnicodeDecodeError:
                continue
            way(lines, dice)
            return "\n".join(lines).encode(encoding)
        return content

    return changed


def _line_gone(lines: list[str], dice: random.Random) -> None:
    del lines[dice.randrange(len(lines))]


def _line_doubled(lines: list[str], dice: random.Random) -> None:
    lines.insert(dice.randrange(len(lines) + 1), dice.choice(lines))


def _lines_swapped(lines: list[str], dice: random.Random) -> None:
    here, there = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[here], lines[there] = lines[there], lines[here]


def _cells_swapped(lines: list[str], dice: random.Random) -> None:
    """Two cells of one line: a name that came to stand alone among the headings could not be told from one."""
    at = dice.randrange(len(lines))
    cells = lines[at].split(",")
    one, two = dice.randrange(len(cells)), dice.randrange(len(cells))
    cells[one], cells[two] = cells[two], cells[one]
    lines[at] = ",".join(cells)


def _columns_swapped(lines: list[str], dice: random.Random) -> None:
    rows = [line.split(",") for line in lines]
    wide = max(len(row) for row in rows)
    one, two = dice.randrange(wide), dice.randrange(wide)
    for place, row in enumerate(rows):
        if len(row) > max(one, two):
            row[one], row[two] = row[two], row[one]
            lines[place] = ",".join(row)


def _column_gone(lines: list[str], dice: random.Random) -> None:
    rows = [line.split(",") for line in lines]
    gone = dice.randrange(max(len(row) for row in rows))
    lines[:] = [",".join(cell for place, cell in enumerate(row) if place != gone) for row in rows]


def _cell_replaced(lines: list[str], dice: random.Random) -> None:
    at = dice.randrange(len(lines))
    cells = lines[at].split(",")
    cells[dice.randrange(len(cells))] = dice.choice(_TOKENS)
    lines[at] = ",".join(cells)


def _digit_changed(lines: list[str], dice: random.Random) -> None:
    at = dice.randrange(len(lines))
    digits = [place for place, character in enumerate(lines[at]) if character.isdigit()]
    if digits:
        place = dice.choice(digits)
        lines[at] = lines[at][:place] + dice.choice("0123456789") + lines[at][place + 1 :]


def _encoded_anew(content: bytes, dice: random.Random) -> bytes:
    text = content.decode("gb18030", "replace")
    return text.encode(dice.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be")), "replace")


def _in_a_zip(content: bytes, dice: random.Random) -> bytes:
    """A member changed and the zip made again, so that its sums fit; where it is a zip no more, its bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {member.filename or "x": archive.read(member) for member in archive.infolist()}
        name = dice.choice(list(parts))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, IndexError, OSError, EOFError):
        return dice.choice(_OF_BYTES)(content, dice)
    parts[name] = dice.choice((_xml, _xml, *_OF_BYTES, *_OF_LINES))(parts[name], dice)
    _rearranged(parts, name, dice)
    return zipped(parts, dice.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))


def _rearranged(parts: dict[str, bytes], name: str, dice: random.Random) -> None:
    """Now and then a member goes, comes twice or has another's content."""
    way = dice.randrange(30)
    if way == 0:
        del parts[name]
    elif way == 1:
        parts[_bit(name.encode(), dice).decode("latin-1").replace("\x00", "x")] = parts[name]
    elif way == 2:
        parts[name] = parts[dice.choice(list(parts))]


def _xml(content: bytes, dice: random.Random) -> bytes:
    """A token of XML put in behind a tag or in the place of some bytes."""
    marks = [place for place, byte in enumerate(content) if byte in b'<>" ']
    at = dice.choice(marks) + dice.randrange(2) if marks else 0
    return content[:at] + dice.choice(_XML_TOKENS).encode() + content[at + dice.choice((0, 0, 1, 5)) :]


_OF_BYTES: tuple[Mutation, ...] = (_bit, _byte, _deleted, _doubled, _inserted, _truncated)
_OF_LINES: tuple[Mutation, ...] = tuple(
    _of_text(way)
    for way in (
        *(_line_gone, _line_doubled, _lines_swapped, _cells_swapped, _columns_swapped),
        *(_column_gone, _cell_replaced, _cell_replaced, _digit_changed, _digit_changed),
    )
)
_OF_FILES: tuple[Mutation, ...] = (*_OF_BYTES, *_OF_LINES, _encoded_anew)
_OF_ZIPS: tuple[Mutation, ...] = (*_OF_BYTES, *[_in_a_zip] * 18)
