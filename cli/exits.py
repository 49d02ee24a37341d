"""Exit codes: what a script may learn of how a command ended, all in one place."""

DONE = 0
DIFFERS = 1  # replay or a check found a difference
USAGE = 2  # the command line itself is wrong
BAD_INPUT = 3  # a case or a file that cannot be taken
REFUSED = 4  # the ledger will not do it: stale, closed, conflicting, more than was paid
NO_BOOK = 5  # the book cannot be opened or written
WAITING = 6  # asked, and nothing else done yet: it waits for a second person
