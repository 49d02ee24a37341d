"""A writer to be recorded: posts, and after each commit writes the entry's number and hash to a file.

`python -m tests.faults.posting_child URL COMMITS ACKNOWLEDGEMENTS`
"""

import json
import os
import sys

from ledger.engine import open_book
from tests.faults.books import LATER, NOVEMBER
from tests.ledger.samples import a_recording, an_entry


def main(url: str, commits: int, to: str) -> None:
    """Post that often, each time an entry and a settlement in one turn."""
    acknowledgements = os.open(to, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    with open_book(url) as book:
        for number in range(commits):
            with book.writing(actor="child", now=LATER) as desk:
                desk.post(an_entry(number + 1, on=NOVEMBER), key=str(number))
                posted = desk.record(a_recording(str(number), subject=str(number), on=NOVEMBER))
            os.write(acknowledgements, f"{posted.seq} {posted.hash}\n".encode())
    sys.stdout.write(json.dumps({"commits": commits}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
