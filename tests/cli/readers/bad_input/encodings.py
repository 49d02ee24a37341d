"""The same report in every encoding that a mail, an old program or an accident may give it."""

from tests.cli.readers.corpus import Sample, bad, good, order_file, order_line
from tests.cli.readers.small import STATEMENT, file_of

_TEXT = order_file().decode("gb18030")
_RARE = order_file(order_line(宝贝标题="㐂字纹𠮷😀 連衣裙 é")).decode("gb18030")
_BOM = b"\xef\xbb\xbf"


def _named(name: str, content: bytes, *codes: str) -> Sample:
    return bad(f"in {name}", content, *codes)


ENCODED = [
    *(good(f"in {name}", _TEXT.encode(name)) for name in ("gbk", "cp936", "gb2312")),
    *(good(f"rare characters in {name}", _RARE.encode(name)) for name in ("utf-8", "utf-8-sig", "gb18030")),
    *(
        good(f"a statement in {name}", file_of(STATEMENT, name), 2)
        for name in ("gbk", "gb18030", "utf-8", "utf-8-sig")
    ),
    *(_named(name, _TEXT.encode(name), "nul") for name in ("utf-16-le", "utf-32", "utf-32-le", "utf-32-be")),
    _named("utf-16 with a mark of utf-8", _BOM + _TEXT.encode("utf-16-le"), "nul"),
    _named("big5", _TEXT.encode("big5", "replace"), "unknown_layout"),
    _named("shift-jis", _TEXT.encode("shift-jis", "replace"), "unknown_layout"),
    _named("latin letters only", _TEXT.encode("ascii", "replace"), "unknown_layout"),
    _named("utf-7", _TEXT.encode("utf-7"), "unknown_layout"),
    _named("escapes", _TEXT.encode("unicode_escape"), "unknown_layout"),
    _named("html entities", _TEXT.encode("ascii", "xmlcharrefreplace"), "unknown_layout"),
    _named(
        "utf-8 read as latin-1 and written again", _TEXT.encode().decode("latin-1").encode(), "unknown_layout"
    ),
    _named(
        "gbk read as latin-1 and written again",
        _TEXT.encode("gbk").decode("latin-1").encode(),
        "unknown_layout",
    ),
    good("in two marks", _BOM * 2 + _TEXT.encode()),
    *(
        _named(f"utf-8 cut after {cut} bytes", _TEXT.encode()[:cut] + b"\xe8", "bad_encoding")
        for cut in (60, 200, 400, 700)
    ),
    *(
        _named(f"marked utf-8 cut at {cut}", _TEXT.encode("utf-8-sig")[:cut], "bad_encoding")
        for cut in (5, 64, 100)
    ),
    *(_named(f"gb18030 cut at {cut}", order_file()[:cut], "bad_encoding") for cut in (1, 51)),
    _named("half a surrogate", _TEXT.encode() + b"\xed\xa0\x80", "bad_encoding"),
    _named("a character too long", _TEXT.encode() + b"\xc0\xaf", "bad_encoding"),
    _named("a character beyond the last", _TEXT.encode() + b"\xf8\x88\x80\x80\x80", "bad_encoding"),
    _named("gb18030 behind utf-8", _TEXT.encode() + order_line().encode("gb18030"), "bad_encoding"),
    _named("utf-8 behind gb18030", order_file() + order_line(宝贝标题="裙").encode(), "bad_encoding"),
    *(
        _named(f"a NUL at byte {at}", order_file()[:at] + b"\x00" + order_file()[at:], "nul")
        for at in (0, 7, 300)
    ),
]
