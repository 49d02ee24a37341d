"""An order of the demo shop, its life and the marks that agents write into its note."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from calculators.days import SHANGHAI
from calculators.money import format_yuan
from cli.demo.drawing import draw
from cli.demo.goods import Line

MONTH = "2026-10"
FIRST_ON = date(2026, 10, 1)
AFTER = datetime(2026, 11, 1, tzinfo=SHANGHAI)
_SHOP_OPENS = 9
_SHOP_HOURS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The moments of an order; None where it has not come so far within the month."""

    created_at: datetime
    paid_at: datetime | None
    shipped_at: datetime | None = None
    picked_up_at: datetime | None = None
    signed_at: datetime | None = None
    confirmed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOrder:
    """One order of the demo shop; jifenbao in units, which are fen; `closed` where everything came back."""

    order_no: str
    life: Life
    lines: tuple[Line, ...]
    postage_fen: int = 0
    points: int = 0
    jifenbao: int = 0
    payment: str = "online"
    activity: str = ""
    distributor: str = ""
    marks: tuple[str, ...] = ()
    closed: bool = False

    @property
    def goods_fen(self) -> int:
        """What was paid for the goods, points included."""
        return sum(line.paid_fen for line in self.lines)

    @property
    def cash_fen(self) -> int:
        """What the buyer paid in cash, postage included."""
        return self.goods_fen + self.postage_fen - self.points - self.jifenbao

    @property
    def note(self) -> str:
        """The seller's note: every mark the readers understand."""
        life = self.life
        marks = [
            "【聚划算】" if self.activity == "juhuasuan" else "",
            f"【代购:{self.distributor}】" if self.distributor else "",
            *self.marks,
            f"【揽收:{life.picked_up_at:%Y-%m-%d %H:%M}】" if life.picked_up_at else "",
            f"【签收:{life.signed_at:%Y-%m-%d %H:%M}】" if life.signed_at else "",
        ]
        return "".join(marks)


def order_number(day: date, place: int) -> str:
    """A nineteen-digit order number as the platform's are."""
    return f"4{day:%y%m%d}{place:05d}{100000 + draw(899999, 'order', place):06d}1"


def money_mark(word: str, fen: int) -> str:
    """A mark of the note that holds an amount."""
    return f"【{word}:{format_yuan(fen)}】"


def later(moment: datetime, days: int, *name: object) -> datetime:
    """So many days later, within the shop's hours; 0 days are half an hour or so."""
    if days == 0:
        return moment + timedelta(minutes=15 + draw(25, *name, "soon"))
    hour = _SHOP_OPENS + draw(_SHOP_HOURS, *name, "hour")
    return at_hour(moment + timedelta(days=days), hour, draw(60, *name, "minute"))


def at_hour(moment: datetime, hour: int, minute: int) -> datetime:
    """The same day at an hour and minute."""
    return moment.replace(hour=hour, minute=minute, second=draw(60, moment.isoformat(), hour, minute))


def within_month(life: Life) -> Life:
    """The life as a report of the month's last day shows it: what came later is not there."""
    return Life(
        created_at=life.created_at,
        paid_at=_known(life.paid_at),
        shipped_at=_known(life.shipped_at),
        picked_up_at=_known(life.picked_up_at),
        signed_at=_known(life.signed_at),
        confirmed_at=_known(life.confirmed_at),
    )


def _known(moment: datetime | None) -> datetime | None:
    return moment if moment is not None and moment < AFTER else None


def paid_on(day: int, place: int) -> datetime:
    """A moment of payment on a day of the month, in the hours when buyers buy."""
    first = datetime(2026, 10, day, tzinfo=SHANGHAI)
    return at_hour(first, _SHOP_OPENS + draw(_SHOP_HOURS, "paid", place), draw(60, "paid minute", place))


def life_of(paid_at: datetime, ship: int, sign: int, name: str) -> Life:
    """A life from the payment on: shipped and signed so many days after, 0 for never."""
    created_at = paid_at - timedelta(seconds=20 + draw(200, name, "created"))
    if not ship:
        return Life(created_at=created_at, paid_at=paid_at)
    shipped_at = at_hour(
        paid_at + timedelta(days=ship), 15 + draw(3, name, "ship"), draw(60, name, "ship minute")
    )
    picked_up_at = at_hour(shipped_at, 19, draw(60, name, "pick up"))
    signed_at = later(shipped_at, sign, name, "sign") if sign else None
    return Life(
        created_at=created_at,
        paid_at=paid_at,
        shipped_at=shipped_at,
        picked_up_at=picked_up_at,
        signed_at=signed_at,
    )
