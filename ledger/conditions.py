"""Conditions: the pieces of SQL that guards are put together from, each true of the row about to be inserted.

They are read by both engines alike: no LIKE, which folds letters on one of them, and no JSON function.
"""

# The conditions below are put together from constants of this file alone.
# ruff: noqa: S608

from typing import NamedTuple


class Refusal(NamedTuple):
    """One thing that is refused: in words, and as a condition over `NEW`.

    What depends on the sealed entry alone, and not on its seal, stands a second time as a condition over `e`, that
    entry: so it can be asked of many entries at once.
    """

    message: str
    when: str
    of_entry: str = ""


class Guard(NamedTuple):
    """One trigger of one dialect: its name, its table, and all statements that make it."""

    name: str
    table: str
    statements: tuple[str, ...]


ENTRY = "FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq"
LINES = "FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq"
ASKED = "FROM approval b WHERE b.book = NEW.book AND b.matter = NEW.matter AND b.subject = NEW.subject"
MATCHED = (
    "FROM line_match b WHERE b.book = NEW.book AND b.line_op_no = NEW.line_op_no AND b.row_no = NEW.row_no"
)
SETTLED = "EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq)"
STANDS = (
    "p.action = 'close' AND NOT EXISTS (SELECT 1 FROM period_event q "
    "WHERE q.book = p.book AND q.period = p.period AND q.version > p.version)"
)
LAST_CLOSED = f"COALESCE((SELECT MAX(p.period) FROM period_event p WHERE p.book = NEW.book AND {STANDS}), '')"


def sealed_entry(what: str) -> Refusal:
    """What belongs to an entry comes before its seal."""
    return Refusal(
        f"{what} comes after the seal",
        "EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq)",
    )


def sealed_operation(what: str) -> Refusal:
    """What belongs to an operation comes before it."""
    return Refusal(
        f"{what} comes after the seal",
        "EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no)",
    )


def taken(table: str, columns: str) -> Refusal:
    """No row replaces one that has the same columns."""
    same = " AND ".join(f"t.{name} = NEW.{name}" for name in columns.split())
    return Refusal(
        f"{table} is append-only",
        f"EXISTS (SELECT 1 FROM {table} t WHERE t.book = NEW.book AND {same})",
    )


def entry_that(message: str, when: str) -> Refusal:
    """A condition over the entry `e` that is about to be sealed."""
    return Refusal(message, f"EXISTS (SELECT 1 {ENTRY} AND {when})", when.replace("NEW.", "e."))


def lines_that(message: str, when: str) -> Refusal:
    """A condition over the lines of the entry that is about to be sealed."""
    return Refusal(message, when, when.replace("NEW.", "e."))


def command_without(command: str, table: str) -> Refusal:
    """An operation of that command, and no other, stands with a row of the table."""
    held = f"EXISTS (SELECT 1 FROM {table} t WHERE t.book = NEW.book AND t.op_no = NEW.op_no)"
    return Refusal(f"{command} and {table} go together", f"(NEW.command = '{command}') <> {held}")


def no_gap(what: str, before: str) -> Refusal:
    """Versions count from 1; `before` says which rows are the earlier ones."""
    return Refusal(
        f"the versions of {what} have no gap",
        f"NEW.version <> 1 + COALESCE((SELECT MAX(b.version) {before}), 0)",
    )


def granted(matter: str, subject: str, digest: str) -> str:
    """Whether the last word on a matter is a grant of exactly that digest."""
    return (
        f"EXISTS (SELECT 1 FROM approval a WHERE a.book = NEW.book AND a.matter = '{matter}' "
        f"AND a.subject = {subject} AND a.action = 'grant' AND a.digest = {digest} "
        "AND NOT EXISTS (SELECT 1 FROM approval b WHERE b.book = a.book AND b.matter = a.matter "
        "AND b.subject = a.subject AND b.version > a.version))"
    )


def answers(decision: str) -> str:
    """Whether an answer says that decision; inside of a text of it the quotes would be escaped."""
    return f"""(replace(NEW.answer_json, '"decision":"{decision}"', '') <> NEW.answer_json)"""
