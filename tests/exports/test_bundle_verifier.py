"""The verifier alone: it passes an untouched bundle and names what a forger changed, manifest mended or not."""

import ast
import hashlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from exports.audit_bundle import verifier
from exports.bundle_tables import COLUMNS, digest
from ledger import canonical, sealing
from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.engine import create_book
from ledger.sealed_rows import EntryRow, PostingRow, SettlementRow, StepRow
from tests.exports.bundles import (
    Members,
    a_book,
    in_json,
    in_table,
    members_of,
    rehashed,
    setting,
    verified,
    write_bundle,
    written,
)
from tests.ledger.owing import imported, owe, pay, sent, taken_back
from tests.ledger.samples import NOW

SEALED = {
    "book": sealing.BOOK,
    "account": sealing.ACCOUNT,
    "rulebook": sealing.RULEBOOK,
    "order_facts": sealing.ORDER_FACTS,
    "statement_line": sealing.STATEMENT_LINE,
    "statement": sealing.STATEMENT,
    "period_event": sealing.PERIOD_EVENT,
    "approval": sealing.APPROVAL,
    "line_match": sealing.LINE_MATCH,
    "operation": (*sealing.OPERATION, "hash"),
    "journal_entry": EntryRow._fields,
    "posting": PostingRow._fields,
    "settlement": SettlementRow._fields,
    "refund_step": StepRow._fields,
    "entry_seal": ("book", "seq", "prev_hash", "hash"),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    with a_book(tmp_path_factory.mktemp("book")) as made:
        yield made


@pytest.fixture(scope="module")
def bundle(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bundle(book, tmp_path_factory.mktemp("bundle") / "2026-10.zip")


def test_an_untouched_bundle_passes_in_both_languages(bundle: Path, tmp_path: Path) -> None:
    done = verified(bundle, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "一致 / all agrees: 8 张凭证 entries" in done.stdout


def test_a_bundle_of_an_open_month_passes(book: Book, tmp_path: Path) -> None:
    done = verified(write_bundle(book, tmp_path / "b.zip", "2026-11"), tmp_path)
    assert done.returncode == 0, done.stdout
    assert "9 张凭证 entries" in done.stdout


def test_the_head_on_paper_is_compared(bundle: Path, book: Book, tmp_path: Path) -> None:
    head = verified(bundle, tmp_path).stdout.split("head: 8 ")[1][:64]
    assert verified(bundle, tmp_path, "--head", head[:12].upper()).returncode == 0
    other = verified(bundle, tmp_path, "--head", "0" * 64)
    assert other.returncode == 1
    assert "--head: 链头 / head" in other.stdout


@pytest.mark.parametrize("words", [("--head",), ("--head", "abc"), ("x", "y", "z")])
def test_a_wrong_command_line_is_no_verdict(bundle: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = verified(bundle, tmp_path, *words)
    assert done.returncode == 2
    assert "用法 / usage" in done.stderr


def _duplicate_name(members: Members) -> None:
    name = "tables/journal_entry.jsonl"
    members[name] = members[name].replace(b'{"book"', b'{"narration":"x","book"', 1)


FORGERIES: dict[str, tuple[Callable[[Members], None], str]] = {
    "amount": (in_table("posting", setting(2, amount_fen=201)), "entry 2: 借贷差额"),
    "both amounts": (
        in_table("posting", lambda rows: [rows[n].update(amount_fen=f) for n, f in ((2, 201), (3, -201))]),
        "entry 2: request_digest",
    ),
    "account": (in_table("posting", setting(2, account="1405")), "entry 2: request_digest"),
    "unknown account": (in_table("posting", setting(2, account="9999")), "account 9999 in the chart"),
    "posting narration": (in_table("posting", setting(4, narration="x")), "entry 3: seal.hash"),
    "posting gone": (in_table("posting", lambda rows: rows.pop(3)), "entry 2"),
    "posting added": (
        in_table("posting", lambda rows: rows.append(dict(rows[-1], line=3))),
        "entry 8: 借贷差额",
    ),
    "narration": (in_table("journal_entry", setting(1, narration="别的")), "entry 2: request_digest"),
    "actor": (in_table("journal_entry", setting(1, actor="nobody")), "entry 2: seal.hash"),
    "source": (in_table("journal_entry", setting(1, source=None)), "entry 2: seal.hash"),
    "moved to another month": (
        in_table("journal_entry", setting(1, effective_on="2026-09-12", period="2026-09")),
        "entry 2: voucher_no",
    ),
    "entry gone": (in_table("journal_entry", lambda rows: rows.pop(1)), "entry 3: seq"),
    "last entry gone": (in_table("journal_entry", lambda rows: rows.pop()), "operation 13: head_seq"),
    "entries swapped": (in_table("journal_entry", lambda rows: rows.insert(1, rows.pop(2))), "entry 3: seq"),
    "answer": (in_table("settlement", setting(0, answer_json="{}")), "entry 3: seal.hash"),
    "case": (in_table("settlement", setting(0, case_json="{}")), "settlement C1 of entry 3: request_digest"),
    "settlement gone": (in_table("settlement", lambda rows: rows.pop(0)), "entry 3: settlements"),
    "settlement under another rulebook": (
        in_table("settlement", setting(0, rulebook_digest="other")),
        "settlement C1 of entry 3",
    ),
    "refund step": (in_table("refund_step", setting(1, after_fen=201)), "refund step 2 of O1 line 1"),
    "refund step within the ceiling": (
        in_table("refund_step", setting(0, after_fen=51)),
        "entry 3: seal.hash",
    ),
    "reversal": (in_table("journal_entry", setting(5, reverses=3)), "entry 6: 冲销 / reversal of entry 3"),
    "seal": (in_table("entry_seal", setting(0, hash="0" * 64)), "entry 1: seal.hash"),
    "link": (in_table("entry_seal", setting(1, prev_hash="0" * 64)), "entry 2: seal.prev_hash"),
    "rulebook": (in_table("rulebook", setting(0, text="[other]")), "operation 4: digest"),
    "facts": (in_table("order_facts", setting(0, facts_json="{}")), "operation 2: digest"),
    "statement": (in_table("statement", setting(0, sha256="0" * 64)), "operation 3: digest"),
    "statement line": (in_table("statement_line", setting(0, line_json="{}")), "operation 3: digest"),
    "statement line gone": (in_table("statement_line", lambda rows: rows.clear()), "statement.line_count"),
    "close": (
        in_table("period_event", setting(0, debit_fen=1, credit_fen=1)),
        "period 2026-10 version 1: debit_fen",
    ),
    "reason of a reopening": (in_table("period_event", setting(1, reason="x")), "operation 11: digest"),
    "granted by whoever asked": (
        in_table("operation", setting(11, actor="wang")),
        "approval of C3 version 2: 自问自答",
    ),
    "granted unasked": (in_table("approval", setting(1, action="refuse")), "approval of C3 version 1: 所答"),
    "granted another digest": (
        in_table("approval", setting(3, digest="b" * 64)),
        "approval of C3 version 2: 所答",
    ),
    "a word left out": (in_table("approval", lambda rows: rows.pop(1)), "operation 7: approval rows"),
    "refused in the end": (in_table("approval", setting(3, action="refuse")), "operation 12: digest"),
    "a reopening of another close": (
        in_table("approval", setting(0, digest="b" * 64)),
        "operation 6: digest",
    ),
    "a match that skips": (in_table("line_match", setting(1, version=3)), "operation 9: version"),
    "against another entry": (in_table("line_match", setting(0, against_seq=1)), "operation 8: digest"),
    "chart": (in_table("account", setting(0, name_zh="别的")), "operation 1: digest"),
    "operation": (in_table("operation", setting(2, actor="nobody")), "operation 3: hash"),
    "operation gone": (in_table("operation", lambda rows: rows.pop(1)), "operation 2: op_no"),
    "stray row": (
        in_table("order_facts", lambda rows: rows.append(dict(rows[0], op_no=99))),
        "order_facts row 2",
    ),
    "another book's row": (in_table("posting", setting(2, book="other")), "posting row 3: book"),
    "extra column": (in_table("posting", setting(2, extra=1)), "posting row 3: columns"),
    "amount as text": (in_table("posting", setting(2, amount_fen="200")), "entry 2"),
    "amount as a float": (in_table("posting", setting(2, amount_fen=200.0)), "posting row 3"),
    "amount as true": (in_table("posting", setting(2, amount_fen=True)), "posting row 3"),
    "a name twice": (_duplicate_name, "journal_entry row 1"),
    "trial balance": (
        in_json("trial_balance.json", lambda rows: rows[0].update(closing_fen=1)),
        "trial_balance.json account 1012.01",
    ),
    "trial balance row gone": (
        in_json("trial_balance.json", lambda rows: rows.pop()),
        "trial_balance.json: 科目",
    ),
    "trial balance name": (
        in_json("trial_balance.json", lambda rows: rows[0].update(name_zh="银行")),
        "trial_balance.json account 1012.01: 名称",
    ),
    "head": (
        in_json("manifest.json", lambda value: value["head"].update(hash="0" * 64)),
        "manifest.json: head",
    ),
    "period": (
        in_json("manifest.json", lambda value: value.update(period="2026-09")),
        "manifest.json: closed_at",
    ),
    "moment of the close": (
        in_json("manifest.json", lambda value: value.update(closed_at="2026-11-02T00:00:00.000000Z")),
        "manifest.json: closed_at",
    ),
    "format": (in_json("manifest.json", lambda value: value.update(format="other")), "manifest.json: format"),
    "broken line": (lambda members: members.update({"tables/posting.jsonl": b"{\n"}), "posting row 1"),
    "table gone": (lambda members: members.pop("tables/posting.jsonl") and None, "posting"),
}


PAYMENTS: dict[str, tuple[Callable[[Members], None], str]] = {
    "paid more than owed": (
        in_table("refund_step", setting(0, paid_fen=1300, after_fen=1300)),
        "entry 3: 应付 / due of owed:1",
    ),
    "sent more than moved": (
        in_table("refund_step", setting(1, paid_fen=1300, after_fen=1300)),
        "entry 3: 应付 / due of sent:2",
    ),
    "given more than taken": (
        in_table("refund_step", setting(1, after_fen=1100)),
        "entry 3: 核销 / paid on 2241.02",
    ),
    "another spelling": (
        in_table("refund_step", setting(0, subject="owed:01")),
        "entry 3: 应付 / due of owed:01",
    ),
    "paid by what owes": (
        in_table("refund_step", setting(1, subject="sent:1")),
        "entry 3: 应付 / due of sent:1",
    ),
    "steps gone": (
        in_table("refund_step", lambda rows: rows.__delitem__(slice(0, 2))),
        "entry 3: settlements",
    ),
    "money moved besides": (
        in_table("refund_step", lambda rows: [row.update(after_fen=0) for row in rows[2:4]]),
        "entry 6: 核销 / paid on 2241.02",
    ),
}


@pytest.fixture(scope="module")
def paid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Two claims and their payments, the second's moved to another account, and a third's that was taken back."""
    folder = tmp_path_factory.mktemp("paid")
    with create_book(sqlite_url(folder / "book.db"), actor="wang", now=NOW) as made:
        owe(made, "C1", 1200)
        pay(made, "C1")
        imported(made, sent("S2", 900))
        owe(made, "d-01 2026-10", 900, None, account="2241.03")
        pay(made, "d-01 2026-10", serial="S2")
        owe(made, "C2", 500, "O2")
        one = pay(made, "C2", serial="S3")
        taken_back(made, one.assigned[0].seq)
        taken_back(made, 7)
        yield made


def test_a_bundle_with_payments_passes(paid: Book, tmp_path: Path) -> None:
    done = verified(write_bundle(paid, tmp_path / "b.zip"), tmp_path)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", PAYMENTS)
def test_a_forged_payment_is_found_and_named(name: str, paid: Book, tmp_path: Path) -> None:
    forge, due = PAYMENTS[name]
    members = members_of(write_bundle(paid, tmp_path / "b.zip"))
    forge(members)
    done = verified(written(members, tmp_path / "forged.zip"), tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert due in done.stdout


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_with_a_mended_manifest_is_found_and_named(name: str, bundle: Path, tmp_path: Path) -> None:
    forge, due = FORGERIES[name]
    members = members_of(bundle)
    forge(members)
    done = verified(written(members, tmp_path / "forged.zip"), tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert due in done.stdout
    assert done.stdout.startswith("不一致 / differs: ")
    assert done.stderr == ""


@pytest.mark.parametrize("name", ["tables/posting.jsonl", "trial_balance.json", "README.txt", "verify.py"])
def test_a_changed_file_is_named_where_the_manifest_is_left_alone(
    name: str, bundle: Path, tmp_path: Path
) -> None:
    members = members_of(bundle)
    members[name] += b" "
    done = verified(written(members, tmp_path / "forged.zip", mended=False), tmp_path)
    assert done.returncode == 1
    assert f"{name}: SHA-256" in done.stdout


def test_a_bundle_made_anew_agrees_with_itself_and_not_with_the_head_on_paper(
    bundle: Path, tmp_path: Path
) -> None:
    head = verified(bundle, tmp_path).stdout.split("head: 8 ")[1][:64]
    members = members_of(bundle)
    rehashed(members)
    forged = written(members, tmp_path / "forged.zip")
    assert verified(forged, tmp_path).returncode == 0
    assert "--head" in (found := verified(forged, tmp_path, "--head", head[:12])).stdout
    assert found.returncode == 1


def test_a_file_too_many_is_named(bundle: Path, tmp_path: Path) -> None:
    members = {**members_of(bundle), "extra.txt": b"x"}
    done = verified(written(members, tmp_path / "forged.zip", mended=False), tmp_path)
    assert (done.returncode, "extra.txt" in done.stdout) == (1, True)


def test_a_torn_bundle_is_refused_without_a_traceback(bundle: Path, tmp_path: Path) -> None:
    content = bundle.read_bytes()
    program = tmp_path / "ours"
    program.mkdir()
    verified(bundle, program)
    for cut in (0, 100, len(content) // 2, len(content) - 1):
        torn = tmp_path / "torn.zip"
        torn.write_bytes(content[:cut])
        done = _again(program / "verify.py", torn)
        assert done == (1, ""), cut


def test_a_bundle_with_one_flipped_byte_is_refused(bundle: Path, tmp_path: Path) -> None:
    content = bytearray(bundle.read_bytes())
    content[len(content) // 3] ^= 1
    verified(bundle, tmp_path)
    (tmp_path / "flipped.zip").write_bytes(bytes(content))
    assert _again(tmp_path / "verify.py", tmp_path / "flipped.zip") == (1, "")


def _again(program: Path, bundle: Path) -> tuple[int, str]:
    import subprocess

    command = [sys.executable, "-I", "-S", str(program), str(bundle)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stderr


def test_the_program_imports_nothing_but_the_standard_library_and_suits_an_older_python() -> None:
    tree = ast.parse(verifier(), feature_version=(3, 8))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= {*sys.stdlib_module_names}


def test_the_program_covers_every_column_that_the_seals_cover() -> None:
    assert {table: tuple(columns.split()) for table, columns in COLUMNS.items()} == SEALED


def test_the_programs_own_encoding_is_the_ledgers() -> None:
    value = ("a", -1, None, ("记", 10**12, ""), ())
    assert digest(value) == canonical.digest(value)
    assert digest("x") == hashlib.sha256(b"s1:x").hexdigest()
