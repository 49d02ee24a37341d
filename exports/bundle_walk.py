"""The program that checks an audit bundle, third part: one walk over the chain, link by link.

Every hash is computed from the rows again, and with it what held when they were written: numbers without
gaps, balanced lines, closed months left alone, reversals that mirror, refunds within what was paid, and from
the first approval on a second person's grant for what needs one.
"""

import json
import zipfile
from typing import Any

from exports.bundle_payments import OWED_ON, Payments
from exports.bundle_tables import COLUMNS, FAULTS, Differs, Rows, content, digest, expect, values

GENESIS = "0" * 64
ERASURES = ("asked", "expired", "mistaken")
REQUESTED = ("kind", "effective_on", "narration", "order_no", "claim_no", "reverses")
STORED = {
    "facts": "order_facts",
    "rulebook": "rulebook",
    "close": "period_event",
    "reopen": "period_event",
    "approval": "approval",
    "match": "line_match",
}


def erased(operation: dict[str, Any]) -> str:
    """The digest of an erasure, for whichever reason it was; it says nothing of who was erased."""
    about = (operation["book"], operation["subject"])
    said = [digest(("settle erase 1", *about, reason)) for reason in ERASURES]
    return str(operation["digest"]) if operation["digest"] in said else said[0]


class Walk:
    """One pass over the chain, with what it has added up so far."""

    def __init__(self, archive: zipfile.ZipFile, book: str) -> None:
        self.tables = {table: Rows(archive, table, book) for table in COLUMNS}
        self.seq, self.hash, self.op_no, self.op_hash = 0, GENESIS, 0, GENESIS
        self.recorded_at, self.place, self.last = "", "book", {"command": "", "subject": ""}
        self.accounts: dict[str, tuple[str, str]] = {}
        self.rulebooks: set[str] = set()
        self.vouchers: dict[str, int] = {}
        self.entries: dict[str, int] = {}
        self.events: dict[str, tuple[int, str]] = {}
        self.closes: dict[str, str] = {}
        self.words: dict[tuple[str, str], tuple[int, str, str, str]] = {}
        self.matches: dict[tuple[int, int], int] = {}
        self.steps: dict[tuple[str, str], tuple[int, int, int]] = {}
        self.payments = Payments()
        self.sums: dict[str, dict[str, list[int]]] = {}
        self.reversed = self._reversed(archive, book)

    def _reversed(self, archive: zipfile.ZipFile, book: str) -> dict[int, list[tuple[str, int]]]:
        """The lines of the entries that a later one reverses, to be filled on the way."""
        rows = Rows(archive, "journal_entry", book)
        return {row["reverses"]: [] for row in iter(rows.one, None) if row["reverses"] is not None}

    def through(self) -> None:
        """Walk every entry, every operation before it, and the operations after the last."""
        try:
            for entry in iter(self.tables["journal_entry"].one, None):
                expect(f"entry {entry['seq']}", "seq", entry["seq"], self.seq + 1)
                while self.op_no < entry["op_no"] and self.operation():
                    pass
                self.place = f"entry {entry['seq']}"
                self.entry(entry)
            while self.operation():
                pass
        except FAULTS as fault:
            raise Differs(f"{self.place}: {type(fault).__name__} {fault}") from None
        for rows in self.tables.values():
            rows.finish()

    def operation(self) -> bool:
        """Check the next operation against what it says was stored; false where there is none."""
        row = self.tables["operation"].one()
        self.place = place = f"operation {self.op_no + 1}"
        if row is None:
            return False
        for name, due in (("op_no", self.op_no + 1), ("prev_hash", self.op_hash), ("head_seq", self.seq)):
            expect(place, name, row[name], due)
        expect(place, "head_hash", row["head_hash"], self.hash)
        expect(place, "recorded_at", row["recorded_at"], max(row["recorded_at"], self.recorded_at))
        expect(place, "digest", row["digest"], self.stored(row))
        expect(place, "hash", row["hash"], digest(("settle operation 1", values("operation", row))))
        self.op_no, self.op_hash, self.recorded_at, self.last = (
            row["op_no"],
            row["hash"],
            row["recorded_at"],
            row,
        )
        return True

    def stored(self, operation: dict[str, Any]) -> str:
        """The digest of what an operation stored."""
        number, command = operation["op_no"], operation["command"]
        if command == "open":
            book, accounts = self.tables["book"].one(), self.tables["account"].take("op_no", number)
            self.accounts = {row["code"]: (row["name_zh"], row["name_en"]) for row in accounts}
            return digest((content("book", [book] if book else []), content("account", accounts)))
        if command == "statement":
            files, lines = (
                self.tables[name].take("op_no", number) for name in ("statement", "statement_line")
            )
            expect(self.place, "statement.line_count", [row["line_count"] for row in files], [len(lines)])
            return digest((content("statement", files), content("statement_line", lines)))
        if command == "erase":
            return erased(operation)
        rows = self.tables[STORED[command]].take("op_no", number)
        expect(self.place, f"{STORED[command]} rows", len(rows), 1)
        if command == "rulebook":
            self.rulebooks.add(rows[0]["digest"])
        if STORED[command] == "period_event":
            self.event(rows[0])
            self.closes[rows[0]["period"]] = operation["hash"]
        if command == "approval":
            self.word(rows[0], operation["actor"])
        if command == "match":
            line = (rows[0]["line_op_no"], rows[0]["row_no"])
            expect(self.place, "version", rows[0]["version"], self.matches.get(line, 0) + 1)
            self.matches[line] = rows[0]["version"]
        return content(STORED[command], rows)

    def word(self, row: dict[str, Any], actor: str) -> None:
        """Check that a grant or refusal is another person's answer to exactly what was asked."""
        place, matter = (
            f"approval of {row['subject']} version {row['version']}",
            (row["matter"], row["subject"]),
        )
        version, action, asked, asker = self.words.get(matter, (0, "", "", ""))
        expect(place, "version", row["version"], version + 1)
        if row["action"] != "ask":
            expect(place, "所答 / what it answers", (action, row["digest"]), ("ask", asked))
            expect(place, f"自问自答 / asked and answered by {actor}", actor == asker, False)
        self.words[matter] = (row["version"], row["action"], row["digest"], actor)

    def granted(self, place: str, matter: tuple[str, str], due: str) -> None:
        """Check that the last word on a matter is a grant of that digest."""
        if self.words:
            found = self.words.get(matter, (0, "", "", ""))
            expect(place, "批准 / grant", found[1:3], ("grant", due))

    def event(self, event: dict[str, Any]) -> None:
        """Check the figures that a close or a reopening saw."""
        place, period = f"period {event['period']} version {event['version']}", event["period"]
        version, action = self.events.get(period, (0, "reopen"))
        if event["action"] == "reopen":
            self.granted(place, ("reopen", period), self.closes.get(period, ""))
        figures = self.figures(period)
        due = {
            "version": version + 1,
            "action": "reopen" if action == "close" else "close",
            "figures_json": json.dumps(figures, sort_keys=True, separators=(",", ":")),
            "entries": self.entries.get(period, 0),
            "debit_fen": sum(row[1] for row in figures.values()),
            "credit_fen": sum(row[2] for row in figures.values()),
        }
        for name, value in due.items():
            expect(place, name, event[name], value)
        self.events[period] = (event["version"], event["action"])

    def entry(self, entry: dict[str, Any]) -> None:
        """Check one entry: its number and month, its lines, what it settles, and its seal."""
        place, seq, period, kind = self.place, entry["seq"], entry["period"], entry["kind"]
        expect(place, "op_no", entry["op_no"], self.op_no)
        expect(place, "period", period, entry["effective_on"][:7])
        closed = max((month for month, (_, action) in self.events.items() if action == "close"), default="")
        expect(place, f"已结账 / in a closed month ({closed})", period <= closed, False)
        expect(place, "recorded_at", entry["recorded_at"], max(entry["recorded_at"], self.recorded_at))
        number = None if kind == "memorandum" else self.vouchers.get(period, 0) + 1
        expect(place, "voucher_no", entry["voucher_no"], number)
        lines, steps, settled, seals = (
            self.tables[name].take("seq", seq)
            for name in ("posting", "refund_step", "settlement", "entry_seal")
        )
        self.lines(entry, lines)
        paying = [step for step in steps if step["bucket"] in OWED_ON]
        self.settlement(entry, settled, lines, assigns=bool(paying))
        for step in steps:
            self.step(step)
        self.payments.entry(place, entry, lines, paying)
        expect(place, "seals", len(seals), 1)
        expect(place, "seal.prev_hash", seals[0]["prev_hash"], self.hash)
        inside = tuple(
            tuple(values(name, row) for row in rows)
            for name, rows in (("posting", lines), ("refund_step", steps))
        )
        answer = values("settlement", settled[0]) if settled else None
        sealed = ((self.hash, self.op_hash), values("journal_entry", entry), inside[0], answer, inside[1])
        expect(place, "seal.hash", seals[0]["hash"], digest(("settle entry 1", *sealed)))
        self.seq, self.hash, self.recorded_at = seq, seals[0]["hash"], entry["recorded_at"]
        self.entries[period] = self.entries.get(period, 0) + 1
        self.vouchers[period] = number or self.vouchers.get(period, 0)

    def lines(self, entry: dict[str, Any], lines: list[dict[str, Any]]) -> None:
        """Check that an entry balances and names accounts of the chart, and add its lines up."""
        place, sums = self.place, self.sums.setdefault(entry["period"], {})
        expect(place, "posting.line", [row["line"] for row in lines], list(range(1, len(lines) + 1)))
        expect(place, "借贷差额 / debits less credits", sum(row["amount_fen"] for row in lines), 0)
        expect(place, "两行以上 / two lines or more", len(lines) > 1, entry["kind"] != "memorandum")
        for row in lines:
            expect(
                place,
                f"科目在表 / account {row['account']} in the chart",
                row["account"] in self.accounts,
                True,
            )
            expect(place, "posting.currency", row["currency"], "CNY")
            expect(place, "金额为零 / an amount of zero", row["amount_fen"] == 0, False)
            side, size = row["amount_fen"] < 0, abs(row["amount_fen"])
            red = entry["reverses"] is not None and entry["narration"].startswith("注销")
            # 红字留在原方向,以负数表示 / in red, a negative on the original's side
            sums.setdefault(row["account"], [0, 0])[side != red] += -size if red else size
        moved = [(row["account"], row["amount_fen"]) for row in lines]
        if entry["seq"] in self.reversed:
            self.reversed[entry["seq"]] = [(account, -amount) for account, amount in moved]
        if entry["reverses"] is not None:
            expect(
                place,
                f"冲销 / reversal of entry {entry['reverses']}",
                moved,
                self.reversed[entry["reverses"]],
            )

    def settlement(
        self,
        entry: dict[str, Any],
        settled: list[dict[str, Any]],
        lines: list[dict[str, Any]],
        *,
        assigns: bool,
    ) -> None:
        """Check what an entry was asked to book: a settlement under a stored rulebook, or the entry as given."""
        place, kind = self.place, entry["kind"]
        asked = kind == "memorandum" and entry["reverses"] is None and not assigns
        booked = kind == "settlement" or asked
        expect(place, "settlements", len(settled), int(booked))
        given = tuple((row["account"], row["amount_fen"], row["narration"]) for row in lines)
        request = digest(("settle request 1", tuple(entry[name] for name in REQUESTED), given))
        for row in settled:
            place = f"settlement {row['claim_no']} of entry {entry['seq']}"
            expect(place, "claim_no", row["claim_no"], entry["claim_no"])
            expect(
                place,
                "规则手册在册 / its rulebook is in the chain",
                row["rulebook_digest"] in self.rulebooks,
                True,
            )
            if '"decision":"approve"' in row["answer_json"]:
                self.granted(place, ("claim", row["claim_no"]), row["answer_digest"])
            request = digest(("request", row["case_json"], row["rulebook_digest"]))
            expect(place, "request_digest", row["request_digest"], request)
        expect(place, "request_digest", entry["request_digest"], request)

    def step(self, row: dict[str, Any]) -> None:
        """Check that a refund step starts where the last one ended and stays within what was paid."""
        place = f"refund step {row['step']} of {row['subject']} {row['bucket']} ({self.place})"
        number, before, paid = self.steps.get((row["subject"], row["bucket"]), (0, 0, row["paid_fen"]))
        due = {"step": number + 1, "prev_step": number or None, "before_fen": before, "paid_fen": paid}
        for name, value in due.items():
            expect(place, name, row[name], value)
        expect(place, "超过实付 / above what was paid", not 0 <= row["after_fen"] <= paid, False)
        self.steps[row["subject"], row["bucket"]] = (row["step"], row["after_fen"], paid)

    def figures(self, period: str) -> dict[str, list[int]]:
        """By account: opening, debit, credit and closing of a month; accounts without any are left out."""
        figures: dict[str, list[int]] = {}
        for month, moved in self.sums.items():
            for account, (debit, credit) in moved.items():
                row = figures.setdefault(account, [0, 0, 0, 0])
                row[0] += debit - credit if month < period else 0
                row[1] += debit if month == period else 0
                row[2] += credit if month == period else 0
                row[3] = row[0] + row[1] - row[2]
        return {account: row for account, row in sorted(figures.items()) if any(row[:3])}
