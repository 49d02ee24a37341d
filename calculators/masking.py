"""Masks: how little is shown of a person, wherever a person must be shown at all.

The one home of 138****8000, 张* and a***@…: for faults, lists, exports and messages alike. Masking twice shows
what masking once shows, so nobody need know whether a platform has masked a value before.
"""

import re
import unicodedata
from collections.abc import Callable

_STARS = "****"
_HIDDEN = "***"
_PHONE_DIGITS = 11
_SHORT_MAX = 3
_MASKED_PHONE = re.compile(r"(?:[0-9]{3})?\*{4}(?:[0-9]{4}|[0-9]{0,2})")
_MASKED_NICK = re.compile(r"(.?)\*{3}(.?)", re.DOTALL)
_MASKED_NAME = re.compile(r".?\*", re.DOTALL)
_MOBILE = re.compile(r"(?:0{0,2}86)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(r"0[0-9]{2,3}[- ]?[0-9]{7,8}")
_IDENTITY = re.compile(r"[0-9]{6}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]")
_FIGURE = re.compile(r"(?=.*[0-9０-９])[0-9０-９.,，+\-−eE¥￥元 :/T]{1,32}")
_CODE = re.compile(r"(?!tb[0-9])#?[A-Za-z]{0,4}[-_]?[0-9][0-9:._/-]{0,40}|")
_DIGEST = re.compile(r"[0-9a-f]{12,64}")
_CARD = re.compile(r"62[0-9]{14,17}")
_SCIENTIFIC = re.compile(r"([0-9])\.?([0-9]*)[eE]\+?([0-9]{1,2})")
_EMAIL = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_ACCOUNT = re.compile(r"2088[0-9]{12}")
_SPOKEN = (
    _EMAIL,
    re.compile(rf"(?<![0-9]){_IDENTITY.pattern}(?![0-9Xx])"),
    re.compile(r"(?<![0-9])(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9])"),
    re.compile(r"(?<![0-9])0[0-9]{2,3}-[0-9]{7,8}(?![0-9])"),
)


def mask_phone(phone: str) -> str:
    """A telephone or another long number: its first three digits and its last four, of a short one the last two.

    >>> mask_phone("13800138000"), mask_phone("+86 138 0013 8000"), mask_phone("0571-88888888")
    ('138****8000', '138****8000', '057****8888')
    """
    bare = phone.strip()
    if _MASKED_PHONE.fullmatch(bare):
        return bare
    digits = _digits(bare)
    mobile = _MOBILE.fullmatch(digits)
    digits = mobile.group(1) if mobile else digits
    if len(digits) >= _PHONE_DIGITS:
        return f"{digits[:3]}{_STARS}{digits[-4:]}"
    return f"{_STARS}{digits[-2:]}" if len(digits) > _SHORT_MAX else _STARS


def mask_name(name: str) -> str:
    """A name, an address or words of anybody: the first character.

    >>> mask_name("张三"), mask_name("欧阳娜娜"), mask_name("张*"), mask_name("张")
    ('张*', '欧*', '张*', '*')
    """
    bare = name.strip()
    if not bare or _is_hidden(bare):
        return bare
    return f"{_visible(bare[0])}*" if len(bare) > 1 else "*"


def mask_email(email: str) -> str:
    """An e-mail address: the first character of a longer one, and neither its length nor its domain.

    >>> mask_email("alice@example.com"), mask_email("a@example.com"), mask_email("a***@…")
    ('a***@…', '***@…', 'a***@…')
    """
    local, at, _ = email.strip().rpartition("@")
    if not at:
        return mask_nick(email)
    first = _visible(local[0]).replace("*", "") if len(local) > 1 else ""
    return f"{first}{_HIDDEN}@…"


def mask_nick(nick: str) -> str:
    """A nick: its first and its last character, of a short one the first.

    >>> mask_nick("tb123456_2011"), mask_nick("小明"), mask_nick("tb***1"), mask_nick("t***1")
    ('t***1', '小***', 't***1', 't***1')
    """
    bare = nick.strip()
    if not bare or _is_hidden(bare):
        return bare
    masked = _MASKED_NICK.fullmatch(bare)
    if masked:
        first, last = masked.groups()
    else:
        first, last = bare[0] if len(bare) > 1 else "", bare[-1] if len(bare) > _SHORT_MAX else ""
    return f"{_visible(first)}{_HIDDEN}{_visible(last)}"


def mask_account(account: str) -> str:
    """An account that money goes to: an e-mail address, a telephone, a long number, else a name of its own.

    >>> mask_account("alice@example.com"), mask_account("13800138000"), mask_account("2088123412340156")
    ('a***@…', '138****8000', '208****0156')
    """
    bare = account.strip()
    if "@" in bare:
        return mask_email(bare)
    if _MASKED_PHONE.fullmatch(bare) or _is_telephone(bare) or _is_long_number(bare):
        return mask_phone(bare)
    is_name = not bare.isascii() or _MASKED_NAME.fullmatch(bare)
    return mask_name(bare) if is_name else mask_nick(bare)


def is_account(text: str) -> bool:
    """Whether a text can be an Alipay account: an e-mail address, a mobile, or the number of an account.

    >>> is_account("alice@example.com"), is_account("13800138000"), is_account("2088123412340156"), is_account("张三")
    (True, True, True, False)
    """
    return any(form.fullmatch(text) for form in (_EMAIL, _MOBILE, _ACCOUNT))


def mask(value: str) -> str:
    """A value of which nobody knows what it is: figures whole, but for a person's numbers; of words next to nothing.

    >>> mask("3.30928E+18"), mask("2026-02-30"), mask("13800138000"), mask("张三丰"), mask("alice@example.com")
    ('3.30928E+18', '2026-02-30', '138****8000', '张*', 'a***@…')
    """
    bare = value.strip()
    if not _FIGURE.fullmatch(bare):
        return mask_account(bare)
    return mask_phone(_whole(bare)) if _is_personal(bare) else bare


def mask_number(number: str) -> str:
    """A number that somebody gave (of an order, a claim, an entry): whole where it is a code, else masked.

    >>> mask_number("4261025001421329731"), mask_number("RET-7"), mask_number("tb123456"), mask_number("13800138000")
    ('4261025001421329731', 'RET-7', 't***6', '138****8000')
    """
    return number if _CODE.fullmatch(number) and not _is_personal(number) else mask(number)


def mask_digest(digest: str) -> str:
    """The digest of something that somebody gave: whole where it is one, else masked.

    >>> mask_digest("7b17f7f3bc15"), mask_digest("张三"), mask_digest("330102199001011234")
    ('7b17f7f3bc15', '张*', '330****1234')
    """
    return digest if _DIGEST.fullmatch(digest) and not _is_personal(digest) else mask(digest)


def quoted(value: object) -> str:
    """A wrong value as a message may name it: a text masked, a number whole, of anything else its type."""
    if isinstance(value, str):
        return repr(mask(value))
    if value is None or isinstance(value, int | float):
        return repr(value)
    return f"a {type(value).__name__}"


def redacted(text: str) -> str:
    """A running text with every telephone, e-mail address and identity number in it masked.

    >>> redacted("运费13800138000退alice@example.com")
    '运费138****8000退a***@…'
    """
    while (once := _redacted_once(text)) != text:
        text = once
    return text


def _redacted_once(text: str) -> str:
    masks: tuple[Callable[[str], str], ...] = (mask_email, mask_phone, mask_phone, mask_phone)
    for pattern, masked in zip(_SPOKEN, masks, strict=True):
        text = pattern.sub(lambda found, masked=masked: masked(found.group()), text)  # type: ignore[misc]
    return text


def _visible(character: str) -> str:
    """The character where it shows as one; nothing of a control, a direction mark or a lone accent."""
    if not character:
        return ""
    is_sign = character.isprintable() and not unicodedata.category(character).startswith("M")
    return character if is_sign else ""


def _is_hidden(text: str) -> bool:
    return not text.strip("*")


def _is_personal(figure: str) -> bool:
    """Whether a figure is the number of a telephone, of an identity card or of a bank card."""
    digits = _digits(figure)
    return bool(
        _is_telephone(figure) or _IDENTITY.fullmatch(digits) or (_CARD.fullmatch(digits) and _checks(digits))
    )


def _checks(digits: str) -> bool:
    """Whether the last digit of a card number is the one that the others ask for (Luhn)."""
    doubled = (str(2 * int(digit)) for digit in digits[-2::-2])
    return sum(map(int, "".join([*doubled, *digits[-1::-2]]))) % 10 == 0


def _is_telephone(text: str) -> bool:
    whole = _whole(text)
    return bool(_MOBILE.fullmatch(_digits(whole)) or _LANDLINE.fullmatch(whole))


def _is_long_number(text: str) -> bool:
    return len(_digits(text)) >= _PHONE_DIGITS and len(_digits(text)) == len(text)


def _whole(number: str) -> str:
    """A number without what a spreadsheet has made of it: an exponent unfolded, a decimal nought taken away."""
    found = _SCIENTIFIC.fullmatch(number)
    if not found:
        return re.sub(r"\.0*$", "", number)
    first, rest, exponent = found.groups()
    return (first + rest.rstrip("0")).ljust(int(exponent) + 1, "0")


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(character)) for character in text if character.isdecimal())
