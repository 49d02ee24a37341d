"""The program that checks an audit bundle, second part: which transfer paid which claim, within what was posted."""

from typing import Any

from exports.bundle_tables import expect

OWED, SENT, OWED_ON, SENT_FROM = "owed:", "sent:", ("2241.02", "2241.03"), ("1012.01", "1221.09")


class Payments:
    """What the entries so far owe or have sent on the accounts of payables, and how much of it is assigned."""

    def __init__(self) -> None:
        self.posted: dict[int, dict[str, int]] = {}
        self.assigned: dict[tuple[str, str], int] = {}

    def entry(
        self, place: str, entry: dict[str, Any], lines: list[dict[str, Any]], steps: list[dict[str, Any]]
    ) -> None:
        """Check that an assignment gives a claim what it takes from a transfer, and a reversal what is free."""
        moved = dict.fromkeys((*OWED_ON, *SENT_FROM), 0)
        for row in lines:
            if row["account"] in moved:
                moved[row["account"]] += row["amount_fen"]
        for row in steps:
            self.step(place, entry["seq"], row)
        if entry["reverses"] is not None:
            self.reversal(place, entry["reverses"])
        elif steps:
            for account in OWED_ON:
                given = sum(signed(row) for row in steps if row["bucket"] == account)
                expect(place, f"核销 / paid on {account}", given, moved[account])
            expect(place, "核销差额 / paid less sent", sum(map(signed, steps)), 0)
        elif any(moved[account] for account in OWED_ON):
            self.posted[entry["seq"]] = moved

    def step(self, place: str, seq: int, row: dict[str, Any]) -> None:
        """Check one step of an assignment against the earlier entry that it names."""
        subject, number = row["subject"], row["subject"].partition(":")[2]
        named = int(number) if number.isdecimal() and int(number) < seq else 0
        posted = self.posted.get(named, {})
        fen = posted.get(row["bucket"], 0)
        due = {f"{OWED}{named}": -fen, f"{SENT}{named}": fen}.get(subject, 0)
        expect(place, f"应付 / due of {subject}", row["paid_fen"], due)
        if subject.startswith(SENT):
            from_alipay = -sum(posted.get(account, 0) for account in SENT_FROM)
            expect(place, f"转账 / {subject} from Alipay", from_alipay, due)
        self.assigned[subject, row["bucket"]] = row["after_fen"]

    def reversal(self, place: str, taken_back: int) -> None:
        """Check that nothing is assigned of what an entry owes or sent that is taken back."""
        subjects = (f"{OWED}{taken_back}", f"{SENT}{taken_back}")
        left = [self.assigned.get((subject, account), 0) for subject in subjects for account in OWED_ON]
        expect(place, "冲销前已核销 / still paid when reversed", any(left), False)
        self.posted.pop(taken_back, None)


def signed(step: dict[str, Any]) -> int:
    """What a step gives to a claim, or takes from a transfer, as a negative."""
    sign = 1 if step["subject"].startswith(OWED) else -1
    return sign * int(step["after_fen"] - step["before_fen"])
