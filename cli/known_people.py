"""People as a command may show them: masked, or in full where whoever asks says so and may know them."""

from calculators.masking import mask_account, mask_name, mask_nick
from ledger.persons import Person, buyer_of, may_know, person
from ledger.reading import Reader

Shown = dict[str, str]


def shown_buyer(reader: Reader, order_no: str, *, unmasked: bool = False) -> Shown | None:
    """The buyer of an order; None where nobody is known or nobody may be known."""
    found = buyer_of(reader, order_no) if may_know(reader) else None
    return shown(found, unmasked=unmasked) if found else None


def shown_person(reader: Reader, key: str, *, unmasked: bool = False) -> Shown | None:
    """The buyer or the words of a key; None where there are none or where nobody may be known."""
    found = person(reader, key) if may_know(reader) else None
    return shown(found, unmasked=unmasked) if found else None


def shown(one: Person, *, unmasked: bool = False) -> Shown:
    """A person or words as they may be shown; what is not known is left out."""
    nick, payee = one.nick or "", one.payee or ""
    if not unmasked:
        nick = mask_name(nick) if one.is_remark else mask_nick(nick)
        payee = mask_account(payee)
    said = {"words": nick} if one.is_remark else {"nick": nick, "payee": payee}
    every = {"person_key": one.person_key, **said, "noted_at": one.noted_at.isoformat()}
    return {name: text for name, text in every.items() if text}
