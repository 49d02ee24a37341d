"""The attacks: raw SQL that every database must refuse, each with what it then says.

Each is run as one transaction on a book with something in every table, whose entries are 1 to 4. They are
written in the SQL that both engines read.
"""

from dataclasses import replace

from ledger.book import Book
from ledger.recordings import Match, OrderFacts, Statement, StatementLine
from tests.ledger.samples import DAY, NOW, a_recording, an_entry, ask, grant, note_person

HASH = "'" + "f" * 64 + "'"
ENTRY = (
    "INSERT INTO journal_entry SELECT book, 5, kind, effective_on, period, 5, narration, order_no, NULL, NULL,"
    " command, 'new', request_digest, source, actor, recorded_at,"
    " (SELECT MAX(op_no) FROM operation) FROM journal_entry WHERE seq = 1"
)
LINE = "INSERT INTO posting VALUES ('main', 5, 1, '1002', 'CNY', 9, '')"
LINES = LINE + ", ('main', 5, 2, '1012.01', 'CNY', -9, '')"
SEAL = f"INSERT INTO entry_seal SELECT book, 5, hash, {HASH} FROM entry_seal WHERE seq = 4"
NEXT_ENTRY = (
    ENTRY.replace(" 5, kind", " 6, kind").replace("period, 5", "period, 6").replace("'new'", "'newer'")
)
NEXT_LINES = LINES.replace("'main', 5", "'main', 6")
SEALS = (
    f"INSERT INTO entry_seal VALUES ('main', 5, (SELECT hash FROM entry_seal WHERE seq = 4), {HASH}),"
    f" ('main', 6, {HASH}, '{'a' * 64}')"
)
STEP = "INSERT INTO refund_step VALUES ('main', 'O1', 'line 1', {})"
OTHER_STEP = "INSERT INTO refund_step VALUES ('main', 'O1', '{}', 1, NULL, 5, 500, 0, 501)"
OPERATION = (
    "INSERT INTO operation SELECT book, op_no + 1, '{}', '', digest, 4,"
    f" (SELECT hash FROM entry_seal WHERE seq = 4), actor, recorded_at, hash, {HASH}"
    " FROM operation ORDER BY op_no DESC LIMIT 1"
)
NEXT_OP = "(SELECT MAX(op_no) + 1 FROM operation)"
EVENT = f"INSERT INTO period_event SELECT 'main', '{{}}', {{}}, 0, 0, 0, '{{{{}}}}', '', {NEXT_OP}"
RECLOSE = (EVENT.format("2026-09", "2, 'reopen'"), OPERATION.format("reopen"))
SETTLEMENT = (
    "INSERT INTO settlement SELECT book, 5, '{}', subject, kind, case_json, answer_json, answer_digest,"
    " rulebook_digest, request_digest FROM settlement LIMIT 1"
)
APPROVAL = (
    f"INSERT INTO approval SELECT 'main', '{{}}', '{{}}', {{}}, '{{}}', {{}}, '{{{{}}}}', '{{}}', {NEXT_OP}"
)
APPROVES = OPERATION.format("approval")
CLOSE_HASH = "(SELECT hash FROM operation WHERE command = 'close')"
A, B = (f"'{letter * 64}'" for letter in "ab")
GRANT = (APPROVAL.format("claim", "C3", 2, "grant", A, ""), APPROVES)
REOPEN = (
    APPROVAL.format("reopen", "2026-09", 2, "grant", CLOSE_HASH, ""),
    APPROVES,
    EVENT.format("2026-09", "2, 'reopen'"),
    OPERATION.format("reopen"),
)
CLAIM = ENTRY.replace("kind,", "'settlement',")
GRANTED = (
    "INSERT INTO settlement SELECT book, 5, '{}', subject, kind, case_json, '{}', {}, rulebook_digest,"
    " request_digest FROM settlement LIMIT 1"
)
APPROVE, PAY = '{"decision":"approve"}', '{"decision":"pay"}'
MATCH = f"INSERT INTO line_match SELECT book, op_no, row_no, {{}}, {{}}, {{}}, {NEXT_OP} FROM statement_line"
MATCHES = OPERATION.format("match")
ATTACKS: list[tuple[str, tuple[str, ...], str]] = [
    ("an entry without a seal", (ENTRY, LINES), "FOREIGN KEY"),
    ("a seal without an entry", (SEAL,), "no entry to seal"),
    ("an entry without lines", (ENTRY, SEAL), "two postings"),
    ("one line", (ENTRY, LINE, SEAL), "two postings"),
    ("an unbalanced entry", (ENTRY, LINES.replace("-9", "-8"), SEAL), "does not balance"),
    ("a zero line", (ENTRY, LINES.replace("-9", "0")), "amount_fen"),
    ("too large a line", (ENTRY, LINES.replace("-9", "-1000000000001")), "amount_fen"),
    ("another currency", (ENTRY, LINES.replace("CNY", "USD")), "currency"),
    ("an unknown account", (ENTRY, LINES.replace("1012.01", "1012"), SEAL), "FOREIGN KEY"),
    ("a missing line number", (ENTRY, LINES.replace("5, 2", "5, 3"), SEAL), "lines have no gap"),
    (
        "a late line",
        (LINES.replace("5,", "1,").replace("1, 1", "1, 3").replace("1, 2", "1, 4"),),
        "after the seal",
    ),
    ("a link to another entry", (ENTRY, LINES, SEAL.replace("seq = 4", "seq = 3")), "link to the head"),
    ("a gap", (ENTRY.replace(" 5,", " 6,"), LINES.replace("5,", "6,"), SEAL.replace(" 5,", " 6,")), "no gap"),
    ("a second seal", (SEAL.replace("5, hash", "4, hash"),), "no gap"),
    (
        "a closed month",
        (ENTRY.replace("effective_on, period, 5", "'2026-09-30', '2026-09', 1"), LINES, SEAL),
        "period is closed",
    ),
    (
        "a month before a closed one",
        (ENTRY.replace("effective_on, period, 5", "'2026-08-30', '2026-08', 1"), LINES, SEAL),
        "period is closed",
    ),
    ("a month of another day", (ENTRY.replace("period, 5", "'2026-11', 1"),), "ck_journal_entry_period"),
    ("a voucher too far", (ENTRY.replace("period, 5", "period, 7"), LINES, SEAL), "vouchers have no gap"),
    ("a voucher twice", (ENTRY.replace("period, 5", "period, 3"),), "append-only"),
    ("a key twice", (ENTRY.replace("'new'", "'a'"),), "append-only"),
    ("an unknown kind", (ENTRY.replace("kind,", "'gift',"),), "ck_journal_entry_kind"),
    ("an old clock", (ENTRY.replace("recorded_at", "'2000-01-01'"), LINES, SEAL), "clock runs backwards"),
    ("an old operation", (ENTRY.replace("MAX(op_no)", "MIN(op_no)"), LINES, SEAL), "last operation"),
    (
        "a settlement kind without settlement",
        (ENTRY.replace("kind,", "'settlement',"), LINES, SEAL),
        "is missing",
    ),
    (
        "a memorandum with lines",
        (ENTRY.replace("kind,", "'memorandum',").replace("period, 5", "period, NULL"), LINES, SEAL),
        "memorandum has no postings",
    ),
    (
        "a second reversal",
        (ENTRY.replace("kind,", "'reversal',").replace("NULL, NULL", "NULL, 1"),),
        "append-only",
    ),
    (
        "a reversal of a reversal",
        (ENTRY.replace("kind,", "'reversal',").replace("NULL, NULL", "NULL, 3"), LINES, SEAL),
        "reversal is not reversed",
    ),
    (
        "a reversal of half an entry",
        (ENTRY.replace("kind,", "'reversal',").replace("NULL, NULL", "NULL, 4"), LINES, SEAL),
        "takes back all of its entry",
    ),
    ("a settlement under a plain entry", (ENTRY, LINES, SETTLEMENT.format("C9"), SEAL), "another kind"),
    ("a claim twice", (ENTRY, LINES, SETTLEMENT.format("C1"), SEAL), "append-only"),
    ("a step above what was paid", (ENTRY, STEP.format("3, 2, 5, 200, 150, 201")), "after_fen"),
    ("a step that forgets the one before", (ENTRY, STEP.format("3, 2, 5, 200, 0, 200")), "FOREIGN KEY"),
    ("a step that starts anew", (ENTRY, STEP.format("1, NULL, 5, 200, 0, 200")), "append-only"),
    ("a step beside the chain", (ENTRY, STEP.format("3, 1, 5, 200, 50, 60")), "prev_step"),
    ("a step that raises what was paid", (ENTRY, STEP.format("3, 2, 5, 900, 150, 900")), "FOREIGN KEY"),
    ("a step that lowers", (ENTRY, STEP.format("3, 2, 5, 200, 150, 10")), "only a reversal"),
    ("a late step", (STEP.format("3, 2, 4, 200, 150, 160"),), "after the seal"),
    ("a step without settlement", (ENTRY, LINES, STEP.format("3, 2, 5, 200, 150, 160"), SEAL), "without a"),
    (
        "facts without operation",
        (f"INSERT INTO order_facts SELECT 'main', 'O2', 1, '', '', {NEXT_OP}",),
        "FOREIGN",
    ),
    ("late facts", ("INSERT INTO order_facts SELECT 'main', 'O2', 1, '', '', 1",), "after the seal"),
    ("facts that skip", (f"INSERT INTO order_facts SELECT 'main', 'O1', 3, '', '', {NEXT_OP}",), "no gap"),
    (
        "a late file line",
        ("INSERT INTO statement_line SELECT book, op_no, 2, '', '' FROM statement",),
        "after the",
    ),
    ("a late account", ("INSERT INTO account VALUES ('main', '9', '', '', 'debit', 1)",), "after the seal"),
    ("an empty operation", (OPERATION.format("facts"),), "go together"),
    ("an operation of another chain", (OPERATION.format("facts").replace("at, hash", "at, digest"),), "link"),
    (
        "an operation of another head",
        (OPERATION.format("facts").replace("'', digest, 4", "'', digest, 3"),),
        "head",
    ),
    ("closing twice", (EVENT.format("2026-09", "3, 'close'"),), "no gap"),
    ("reopening as first event", (EVENT.format("2026-10", "1, 'reopen'"),), "not granted"),
    ("closing as second event", (EVENT.format("2026-09", "2, 'close'"),), "turns"),
    ("closing past an open month", (EVENT.format("2026-11", "1, 'close'"),), "earlier period is open"),
    ("closing before a closed one", (EVENT.format("2026-08", "1, 'close'"),), "later period is closed"),
    ("closing without operation", (EVENT.format("2026-10", "1, 'close'"),), "FOREIGN KEY"),
    (
        "a text for an amount",
        (ENTRY, LINES.replace("-9", "'nine'")),
        "cannot store TEXT|invalid input syntax",
    ),
    (
        "lines balanced only across currencies",
        (ENTRY, LINES.replace("'CNY', -9", "'USD', -9"), SEAL),
        "currency",
    ),
    ("a rewound head", (ENTRY, LINES, SEAL.replace("seq = 4", "seq = 2")), "link to the head"),
    ("a seal over a sealed entry", (SEAL.replace("5, hash", "1, hash"),), "no gap"),
    ("an entry over a sealed one", (ENTRY.replace(" 5, kind", " 4, kind"),), "after the seal"),
    ("an entry numbered 0", (ENTRY.replace(" 5, kind", " 0, kind"),), "ck_journal_entry_seq"),
    ("a key without a character", (ENTRY.replace("'new'", "''"),), "ck_journal_entry_key"),
    ("an over-refund of the postage", (ENTRY, OTHER_STEP.format("postage")), "ck_refund_step_after_fen"),
    ("an over-refund of a tender", (ENTRY, OTHER_STEP.format("cash")), "ck_refund_step_after_fen"),
    (
        "a refund that was begun before it began",
        (ENTRY, OTHER_STEP.format("cash").replace("0, 501", "9, 20")),
        "first",
    ),
    ("a negative refund", (ENTRY, OTHER_STEP.format("cash").replace("0, 501", "0, -1")), "lowers"),
    (
        "a rulebook without operation",
        (f"INSERT INTO rulebook SELECT 'main', 'x', '', {NEXT_OP}",),
        "FOREIGN KEY",
    ),
    (
        "another text for a rulebook",
        (f"INSERT INTO rulebook SELECT 'main', digest, '', {NEXT_OP} FROM rulebook",),
        "append-only",
    ),
    (
        "the same file twice",
        (f"INSERT INTO statement SELECT book, {NEXT_OP}, name, layout, sha256, 0 FROM statement",),
        "append-only",
    ),
    (
        "a second chart",
        (f"INSERT INTO account SELECT book, code, 'x', 'x', normal, {NEXT_OP} FROM account",),
        "append-only",
    ),
    ("a book of that name", ("INSERT INTO book SELECT book, currency, '' FROM book",), "append-only"),
    ("a book in another currency", ("INSERT INTO book VALUES ('other', 'USD', '')",), "ck_book_currency"),
    (
        "an entry of a book that is not there",
        (ENTRY.replace("SELECT book", "SELECT 'other'"),),
        "FOREIGN KEY",
    ),
    ("a posting to no entry", (LINES,), "FOREIGN KEY"),
    ("a word without operation", GRANT[:1], "FOREIGN KEY"),
    ("an approval without a word", (APPROVES,), "go together"),
    ("a late word", (GRANT[0].replace(NEXT_OP, "3"),), "after the seal"),
    ("a word that skips", (APPROVAL.format("claim", "C3", 3, "grant", A, ""), APPROVES), "no gap"),
    ("a word over another", (APPROVAL.format("claim", "C3", 1, "ask", A, ""), APPROVES), "no gap"),
    ("a grant unasked", (APPROVAL.format("claim", "C9", 1, "grant", A, ""), APPROVES), "answers an ask"),
    ("a refusal unasked", (APPROVAL.format("claim", "C9", 1, "refuse", A, "x"), APPROVES), "answers an ask"),
    (
        "a grant of another digest",
        (APPROVAL.format("claim", "C3", 2, "grant", B, ""), APPROVES),
        "same digest",
    ),
    ("a second grant", (APPROVAL.format("claim", "C4", 3, "grant", A, ""), APPROVES), "answers an ask"),
    (
        "a refusal after a grant",
        (APPROVAL.format("claim", "C4", 3, "refuse", A, "x"), APPROVES),
        "answers an",
    ),
    (
        "granted by whoever asked",
        (APPROVAL.format("claim", "C5", 2, "grant", A, ""), APPROVES),
        "asked cannot",
    ),
    (
        "refused by whoever asked",
        (APPROVAL.format("claim", "C5", 2, "refuse", A, "x"), APPROVES),
        "whoever asked cannot approve",
    ),
    (
        "a refusal without a reason",
        (APPROVAL.format("claim", "C3", 2, "refuse", A, "  "), APPROVES),
        "ck_approval_reason",
    ),
    (
        "an approval of a recorded claim",
        (APPROVAL.format("claim", "C1", 1, "ask", A, ""), APPROVES),
        "recorded",
    ),
    ("a matter of no kind", (APPROVAL.format("gift", "C9", 1, "ask", A, ""), APPROVES), "ck_approval_matter"),
    (
        "a word of no kind",
        (APPROVAL.format("claim", "C9", 1, "beg", B, ""), APPROVES),
        "answers an|ck_approval",
    ),
    (
        "a digest of no length",
        (APPROVAL.format("claim", "C9", 1, "ask", "'a'", ""), APPROVES),
        "ck_approval_dig",
    ),
    ("a settlement nobody asked for", (CLAIM, LINES, GRANTED.format("C9", APPROVE, A), SEAL), "nor granted"),
    ("a settlement only asked for", (CLAIM, LINES, GRANTED.format("C3", APPROVE, A), SEAL), "nor granted"),
    ("a settlement of another answer", (CLAIM, LINES, GRANTED.format("C4", APPROVE, B), SEAL), "nor granted"),
    (
        "a settlement to refuse",
        (CLAIM, LINES, GRANTED.format("C9", '{"decision":"refuse"}', A)),
        "nor granted",
    ),
    (
        "an answer in other spelling",
        (CLAIM, LINES, GRANTED.format("C9", '{"decision" : "pay"}', A)),
        "nor granted",
    ),
    ("an answer in capitals", (CLAIM, LINES, GRANTED.format("C9", '{"Decision":"PAY"}', A)), "nor granted"),
    ("an answer with both words", (CLAIM, LINES, GRANTED.format("C9", PAY + APPROVE, A)), "nor granted"),
    (
        "a word inside of a text",
        (CLAIM, LINES, GRANTED.format("C9", '{"note":"\\"decision\\":\\"pay\\""}', A)),
        "nor granted",
    ),
    (
        "a settlement asked anew after its grant",
        (
            APPROVAL.format("claim", "C4", 3, "ask", A, ""),
            APPROVES,
            CLAIM,
            LINES,
            GRANTED.format("C4", APPROVE, A),
            SEAL,
        ),
        "nor granted",
    ),
    ("a reopening only asked for", RECLOSE, "not granted"),
    (
        "a reopening granted for another close",
        (
            APPROVAL.format("reopen", "2026-09", 2, "ask", A, ""),
            APPROVES,
            APPROVAL.format("reopen", "2026-09", 3, "grant", A, ""),
            APPROVES.replace("actor", "'zhao'"),
            *RECLOSE,
        ),
        "not granted",
    ),
    (
        "a reopening granted once and done twice",
        (
            *REOPEN,
            EVENT.format("2026-09", "3, 'close'"),
            OPERATION.format("close"),
            REOPEN[2].replace("2,", "4,"),
        ),
        "not granted",
    ),
    ("a match without operation", (MATCH.format(3, "'match', 1", "NULL, 'x', NULL"),), "FOREIGN KEY"),
    ("a match operation without a match", (MATCHES,), "go together"),
    ("a match that skips", (MATCH.format(4, "'match', 1", "NULL, 'x', NULL"), MATCHES), "no gap"),
    ("a match over another", (MATCH.format(1, "'match', 1", "NULL, 'x', NULL"), MATCHES), "no gap"),
    ("an undo of an undo", (MATCH.format(3, "'undo', NULL", "NULL, 'x', NULL"), MATCHES), "what stands"),
    (
        "a match without a reason",
        (MATCH.format(3, "'match', 1", "NULL, ' ', NULL"), MATCHES),
        "line_match_reason",
    ),
    (
        "a match with nothing",
        (MATCH.format(3, "'match', NULL", "NULL, 'x', NULL"), MATCHES),
        "line_match_against",
    ),
    ("a match with no entry", (MATCH.format(3, "'match', 99", "NULL, 'x', NULL"), MATCHES), "FOREIGN KEY"),
    ("a match of no kind", (MATCH.format(3, "'guess', 1", "NULL, 'x', NULL"), MATCHES), "line_match_action"),
    ("a line parked on nobody", (MATCH.format(3, "'park', NULL", "NULL, 'x', NULL"), MATCHES), "match_owner"),
    (
        "a match of no line",
        (MATCH.format(1, "'match', 1", "NULL, 'x', NULL").replace("row_no, 1", "9, 1"), MATCHES),
        "FOREIGN KEY",
    ),
    (
        "a late match",
        (MATCH.format(3, "'match', 1", "NULL, 'x', NULL").replace(NEXT_OP, "3"),),
        "after the seal",
    ),
    (
        "a person erased and still there",
        (OPERATION.format("erase").replace("'', digest", "'buyer', digest"),),
        "still there",
    ),
    ("an operation of no kind", (OPERATION.format("gift"),), "ck_operation_command"),
    (
        "the second of two entries sealed at once unbalanced",
        (ENTRY, LINES, NEXT_ENTRY, NEXT_LINES.replace("-9", "-8"), SEALS),
        "does not balance",
    ),
    (
        "the first of two entries sealed at once unbalanced",
        (ENTRY, LINES.replace("-9", "-8"), NEXT_ENTRY, NEXT_LINES, SEALS),
        "does not balance",
    ),
    ("the second of two without lines", (ENTRY, LINES, NEXT_ENTRY, SEALS), "two postings"),
    (
        "the second of two in a closed month",
        (
            ENTRY,
            LINES,
            NEXT_ENTRY.replace("effective_on, period, 6", "'2026-09-30', '2026-09', 1"),
            NEXT_LINES,
            SEALS,
        ),
        "period is closed",
    ),
    (
        "the second of two past a voucher",
        (ENTRY, LINES, NEXT_ENTRY.replace("period, 6", "period, 7"), NEXT_LINES, SEALS),
        "vouchers have no gap",
    ),
    (
        "the second of two beside the first",
        (ENTRY, LINES, NEXT_ENTRY, NEXT_LINES, SEALS.replace(f"6, {HASH}", f"6, '{'b' * 64}'")),
        "link to the head",
    ),
    ("two seals and one entry", (ENTRY, LINES, SEALS), "no entry to seal"),
]
ACCEPTED: dict[str, tuple[str, ...]] = {
    "two entries sealed at once": (ENTRY, LINES, NEXT_ENTRY, NEXT_LINES, SEALS),
    "a grant": GRANT,
    "a refusal": (APPROVAL.format("claim", "C3", 2, "refuse", A, "x"), APPROVES),
    "another ask": (APPROVAL.format("claim", "C3", 2, "ask", B, ""), APPROVES),
    "a granted settlement": (CLAIM, LINES, GRANTED.format("C4", APPROVE, A), SEAL),
    "a settlement to be paid": (CLAIM, LINES, GRANTED.format("C9", PAY, A), SEAL),
    "a granted reopening": REOPEN,
    "a match": (MATCH.format(3, "'match', 1", "NULL, 'x', NULL"), MATCHES),
    "a parked line": (MATCH.format(3, "'park', NULL", "NULL, 'x', 'li'"), MATCHES),
    "an erased person": (
        "DELETE FROM person",
        OPERATION.format("erase").replace("'', digest", "'buyer', digest"),
    ),
}


def fill(book: Book) -> None:
    """Put something into every table, and close 2026-09.

    Claim C3 is asked by wang, C4 asked and granted, C5 asked by li, the reopening of 2026-09 asked by wang; line 1
    of the file was matched and that undone.
    """
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close("2026-09")
        desk.post(an_entry(), key="a")
        desk.record(a_recording())
        desk.reverse(1, DAY, "错账")
        desk.record(a_recording("C2", 100, before=50))
        desk.store_facts(OrderFacts(order_no="O1", facts_json="{}"))
        line = StatementLine(row_no=1, reference="O1", line_json="{}")
        desk.store_statement(Statement(name="a", layout="b", sha256="c" * 64, lines=(line,)))
        said = Match(line_op_no=5, row_no=1, action="match", against_seq=1, reason="到账")
        desk.store_match(said)
        desk.store_match(replace(said, action="undo", against_seq=None, reason="看错"))
        desk.ask_reopening("2026-09", "漏记")
        desk.store_approval(ask("C3"))
        desk.store_approval(ask("C4"))
        note_person(desk.reader)
    with book.writing(actor="li", now=NOW) as desk:
        desk.store_approval(grant("C4"))
        desk.store_approval(ask("C5"))
