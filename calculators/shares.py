"""What is still worth something: the value left in a line, and the tenders it was paid with.

A `Share` is an amount over equal units of which some have gone; a `Purse` is cash, points and 集分宝 left.
Both only ever shrink, never below zero, and what goes out of them adds up to what was in them.
"""

from dataclasses import dataclass, replace

from calculators.money import allocate, cumulative_share, format_yuan

CASH_FIRST = ("cash_fen", "points_fen", "jifenbao_fen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`base_fen` over `units` equal units, of which `gone` have been taken out.

    >>> third, rest = Share(base_fen=10000, units=3).take(1)
    >>> third, rest.left_fen, rest.reduced(600).worth(2)
    (3333, 6667, 6067)
    """

    base_fen: int
    units: int
    gone: int = 0

    @property
    def units_left(self) -> int:
        """How many units have not gone."""
        return self.units - self.gone

    @property
    def left_fen(self) -> int:
        """What the units that have not gone are worth."""
        return self.worth(self.units_left)

    def worth(self, units: int) -> int:
        """What the next `units` units are worth; `ValueError` for more than are left."""
        if self.units == 0:
            return 0
        return cumulative_share(self.base_fen, self.units, self.gone, self.gone + units)

    def formula(self, units: int) -> str:
        """How the worth of the next units comes about, R being the one rounding.

        >>> Share(base_fen=10000, units=3, gone=1).formula(1)
        'R(100.00 × 2/3) − R(100.00 × 1/3)'
        """
        base = format_yuan(self.base_fen)
        until_after = f"R({base} × {self.gone + units}/{self.units})"
        return f"{until_after} − R({base} × {self.gone}/{self.units})" if self.gone else until_after

    def take(self, units: int) -> tuple[int, "Share"]:
        """The worth of the next units, and the share without them."""
        return self.worth(units), replace(self, gone=self.gone + units)

    def reduced(self, fen: int) -> "Share":
        """The units left, worth `fen` less from now on; `ValueError` for more than they are worth."""
        if not 0 <= fen <= self.left_fen:
            raise ValueError(f"{fen} fen of {self.left_fen}")
        return Share(base_fen=self.left_fen - fen, units=self.units_left)

    def raised(self, fen: int) -> "Share":
        """The units left, worth `fen` more from now on."""
        return Share(base_fen=self.left_fen + fen, units=self.units_left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Money that moved on some pieces of a line: over all of its units as a share, and on how many pieces it moved.

    Which piece comes back a second time nobody says; those on which nothing moved yet are taken first.

    >>> once = Mark(share=Share(base_fen=0, units=3)).moved(1, 3000)
    >>> once.part(2), once.part(3), once.moved(2, 1000).part(2)
    (0, 3000, 2667)
    """

    share: Share
    units: int = 0

    def part(self, units: int) -> int:
        """What moved before on the next `units` pieces, in fen."""
        marked = min(self.units, self.share.units_left)
        return cumulative_share(self.share.left_fen, marked, 0, self._again(units)) if marked else 0

    def moved(self, units: int, fen: int) -> "Mark":
        """The same after `fen` more (less, where negative) on the next `units` pieces."""
        share = self.share.raised(fen) if fen >= 0 else self.share.reduced(-fen)
        return Mark(share=share, units=min(self.units, self.share.units_left) + units - self._again(units))

    def take(self, units: int) -> "tuple[int, Mark]":
        """The share of the next `units` pieces, and the mark without them."""
        fen, share = self.share.take(units)
        return fen, replace(self, share=share)

    def _again(self, units: int) -> int:
        left = self.share.units_left
        return max(units - (left - min(self.units, left)), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """Amounts of each tender, points and 集分宝 counted in fen of their worth."""

    cash_fen: int = 0
    points_fen: int = 0
    jifenbao_fen: int = 0

    @property
    def total_fen(self) -> int:
        """All tenders together."""
        return self.cash_fen + self.points_fen + self.jifenbao_fen

    def shared(self, fen: int) -> "Purse":
        """`fen` split over the tenders by what is left of each, cash first on equal remainders (003-20)."""
        if fen == 0:
            return Purse()
        parts = allocate(fen, [self.cash_fen, self.points_fen, self.jifenbao_fen])
        return Purse(**dict(zip(CASH_FIRST, parts, strict=True)))

    def cash_first(self, fen: int) -> "Purse":
        """`fen` taken from cash, then points, then 集分宝; what exceeds all of them is left out."""
        taken = {}
        for tender in CASH_FIRST:
            taken[tender] = min(fen, getattr(self, tender))
            fen -= taken[tender]
        return Purse(**taken)

    def minus(self, other: "Purse") -> "Purse":
        """What is left after taking `other` out."""
        return Purse(
            cash_fen=self.cash_fen - other.cash_fen,
            points_fen=self.points_fen - other.points_fen,
            jifenbao_fen=self.jifenbao_fen - other.jifenbao_fen,
        )

    def held(self, wanted: "Purse") -> "Purse":
        """As much of each tender of `wanted` as is there."""
        return Purse(**{tender: min(getattr(wanted, tender), getattr(self, tender)) for tender in CASH_FIRST})
