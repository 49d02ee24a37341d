"""Texts that disturb a screen, a log, a query or a workbook; and those that only look as if they did."""

from tests.cli.readers.corpus import Sample, bad_cell, good_cell, order_file, order_line

_CONTROLS = [chr(code) for code in (*range(1, 9), 11, 12, *range(14, 32), 127, 128, 133, 155, 159)]
_DIRECTIONS = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
_NO_CHARACTERS = ["\ufffe", "\uffff"]
_HARMLESS = (
    "零\u200b宽\u200d字符",
    "e\u0301 组合",
    "👨‍👩‍👧‍👦 一家",
    "𠮷野家 㐂",
    "_x0041_",
    "_x0000_ 不是控制符",
    "x'; DROP TABLE journal_entry; --",
    "${jndi:ldap://x}",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "[bold red]红[/bold red]",
    "第一行\n2026-10-01 INFO root logged in",
    "a\r\nb",
    "\ufeff裙",
    "1\u20442",
    "裙" * 100,
    "x" * 32_767,
    "ﷺ" * 50,
    "a\u0300" * 200,
)

TEXTS = [
    *(
        bad_cell(f"U+{ord(one):04X} in a title", "宝贝标题", f"裙{one}子", "control_character")
        for one in _CONTROLS
    ),
    *(
        bad_cell(f"U+{ord(one):04X} in a title", "宝贝标题", f"裙{one}子", "control_character")
        for one in _DIRECTIONS
    ),
    *(
        bad_cell(f"U+{ord(one):04X} in a title", "宝贝标题", f"裙{one}子", "control_character")
        for one in _NO_CHARACTERS
    ),
    bad_cell("an escape in a note", "订单备注", "\x1b[2J\x1b[31m", "control_character"),
    *(
        good_cell(f"harmless {place}", "宝贝标题", text, {"title": text})
        for place, text in enumerate(_HARMLESS)
    ),
    Sample(
        name="a control character where nobody reads",
        made=order_file(order_line(买家留言="a\x07b")),
        rows=1,
        said={"title": "示例连衣裙"},
    ),
]
