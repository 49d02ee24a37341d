"""Rehearsal: the history of a book under other rules, and who would have got what. Nothing is posted.

Every settlement is asked again from its recorded facts in the order of the ledger, a later claim on an order
seeing what the other rules would have given the earlier ones. What was recorded after somebody's approval counts
as approved again; what the other rules would hold or refuse counts as nothing given. Payments, statements and
whatever else is no answer of ours stand as facts; the end of an order follows its claims. A settlement that was
reversed counts for nothing on either side, but is still seen by the claims that were recorded while it stood.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar

import sqlalchemy as sa

from calculators.rulebook import Rulebook
from ledger import queries
from ledger.differences import Differs
from ledger.orders import FINISHING
from ledger.quoting import quote
from ledger.reading import SEALED, E, Reader, voucher
from ledger.rehearsed_answers import Answer, Ask, Given, booked_answer, difference, other_answer
from ledger.rehearsed_orders import RehearsedOrders
from ledger.replay import Replayed, Walk
from ledger.replay_entries import SealedEntry
from ledger.replay_reports import (
    Compared,
    Decisions,
    Rehearsed,
    RehearsedAccount,
    RehearsedClaim,
    RehearsedClause,
    RehearsedOrder,
)
from ledger.sealed_rows import SettlementRow
from ledger.states import Counted, Until

_Row = TypeVar("_Row", bound=Compared)


def rehearse(
    reader: Reader, rulebook: Rulebook, until: Until | None = None, ask: Ask = quote
) -> tuple[Replayed, Rehearsed | None]:
    """The book's history under other rules, up to a cut; nothing where the book's own chain differs.

    `BadCase` where the rules are for another shop than the book's.
    """
    cut = until or Until()
    if cut.entry is not None:
        queries.entry(reader, cut.entry)
    walk, counted = Walk(reader), Counted(cut)
    told = _Rehearsal(reader, (rulebook, ask), cut)
    try:
        for sealed in walk.entries():
            moved = told.asked_again(sealed)
            if counted.take(sealed, walk.operations.hash):
                told.move(moved)
            if cut.is_reached(sealed.entry.seq):
                break
        else:
            walk.finish()
    except Differs as found:
        return walk.replayed(found.difference), None
    return walk.replayed(None), told.rehearsed(counted)


class _Rehearsal:
    """What the entries so far would have been, and the sums of both sides."""

    def __init__(self, reader: Reader, rules: tuple[Rulebook, Ask], cut: Until) -> None:
        self._book = reader.book
        self._rulebook, self._ask = rules
        self._cut = cut
        self._taken_back = {
            by["reverses"] for by in _reversals(reader) if cut.counts(by["seq"], by["effective_on"])
        }
        self._orders = RehearsedOrders(reader, self._rulebook)
        self._history: dict[str, Given] = {}
        self._moved: dict[int, dict[str, int]] = {}
        self._accounts: Counter[str] = Counter()
        self._clauses: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        self._subjects: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        self._decided: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        self._claims: list[RehearsedClaim] = []
        self._settlements, self._reversed = 0, 0

    def asked_again(self, sealed: SealedEntry) -> dict[str, int]:
        """Take the next entry; answers, by account, what it would have moved more than it did."""
        entry = sealed.entry
        if sealed.settlement is not None:
            moved = self._settled(sealed, sealed.settlement)
        elif entry.reverses is not None:
            self._orders.taken_back(entry.reverses)
            moved = difference({}, self._moved.get(entry.reverses, {}))
        else:
            moved = self._orders.finished(sealed) if entry.kind in FINISHING else {}
        if moved:
            self._moved[entry.seq] = moved
        return moved

    def move(self, moved: dict[str, int]) -> None:
        """Count what an entry before the cut would have moved more."""
        self._accounts.update(moved)

    def _settled(self, sealed: SealedEntry, row: SettlementRow) -> dict[str, int]:
        booked = booked_answer(sealed)
        would_be = other_answer(row.case_json, self._history, self._rulebook, self._ask)
        if would_be.given != booked.given:
            self._history[row.claim_no] = would_be.given
        if would_be.differs(booked):
            self._orders.claimed(sealed, booked, would_be)
        if self._cut.counts(sealed.entry.seq, sealed.entry.effective_on):
            self._count(sealed, booked, would_be)
        return difference(would_be.moved, booked.moved)

    def _count(self, sealed: SealedEntry, booked: Answer, would_be: Answer) -> None:
        if sealed.entry.seq in self._taken_back:
            self._reversed += 1
            return
        self._settlements += 1
        claim = _claim(sealed, booked, would_be)
        for side, answer in enumerate((booked, would_be)):
            self._decided[side][answer.decision] += 1
            self._subjects[claim.subject][side] += answer.got_fen
            for rule, item, fen in answer.items:
                self._clauses[rule, item][side] += fen
        if would_be.differs(booked):
            self._subjects[claim.subject][2] += 1
            self._claims.append(claim)

    def rehearsed(self, counted: Counted) -> Rehearsed:
        """Both sides, compared; the largest differences first."""
        booked, would_be = (sum(sums[side] for sums in self._subjects.values()) for side in (0, 1))
        return Rehearsed(
            book=self._book,
            until=self._cut.said,
            head=counted.head,
            rulebook_digest=self._rulebook.digest,
            settlements=self._settlements,
            taken_back=self._reversed,
            booked_fen=booked,
            would_be_fen=would_be,
            decisions=self._decisions(),
            clauses=_largest_first(
                RehearsedClause(rule=rule, item=item, booked_fen=sums[0], would_be_fen=sums[1])
                for (rule, item), sums in sorted(self._clauses.items())
            ),
            orders=_largest_first(
                RehearsedOrder(subject=subject, booked_fen=old, would_be_fen=new, claims=claims)
                for subject, (old, new, claims) in sorted(self._subjects.items())
                if claims
            ),
            accounts=_largest_first(self._balances(counted)),
            claims=_largest_first(self._claims),
        )

    def _decisions(self) -> tuple[Decisions, ...]:
        booked, would_be = self._decided
        return tuple(
            Decisions(decision=name, booked=booked[name], would_be=would_be[name])
            for name in sorted(booked.keys() | would_be.keys())
        )

    def _balances(self, counted: Counted) -> list[RehearsedAccount]:
        booked = {row.account: row.balance_fen for row in counted.balances()}
        return [
            RehearsedAccount(
                account=code,
                booked_fen=booked.get(code, 0),
                would_be_fen=booked.get(code, 0) + self._accounts[code],
            )
            for code in sorted(booked.keys() | self._accounts.keys())
        ]


def _reversals(reader: Reader) -> Iterator[sa.RowMapping]:
    select = sa.select(E.reverses, E.seq, E.effective_on).select_from(SEALED)
    return reader.rows(select.where(E.book == reader.book, E.reverses.is_not(None)))


def _largest_first(rows: Iterable[_Row]) -> tuple[_Row, ...]:
    return tuple(sorted(rows, key=lambda row: -abs(row.difference_fen)))


def _claim(sealed: SealedEntry, booked: Answer, would_be: Answer) -> RehearsedClaim:
    entry, row = sealed.entry, sealed.settlement
    if row is None:
        raise ValueError("only a settlement is a claim")
    rule, why_zh, why_en = would_be.why
    return RehearsedClaim(
        claim_no=row.claim_no,
        subject=row.subject,
        kind=row.kind,
        seq=entry.seq,
        voucher=voucher(entry.voucher_no),
        effective_on=entry.effective_on,
        decided=booked.decision,
        would_decide=would_be.decision,
        booked_fen=booked.got_fen,
        would_be_fen=would_be.got_fen,
        rule=rule,
        why_zh=why_zh,
        why_en=why_en,
    )
