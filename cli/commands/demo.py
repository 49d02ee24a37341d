"""`settle demo DIR`: a month of a shop, from its export files to a closed, replayed ledger and a workbook."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from calculators.days import end_of_day, month_end, parse_day
from calculators.rulebook import Rulebook
from cli.anchoring import anchor_path
from cli.approving import grant_claim, pending_on
from cli.clock import now
from cli.closing import Closing, MonthEnd, close_month, write_month
from cli.commands.close import closed_line
from cli.commands.replay import say_replayed
from cli.demo import write_shop
from cli.demo.folder import CASES, ITEMS, ORDERS, REFUNDS, STATEMENT
from cli.demo.orders import AFTER
from cli.errors import ShellError
from cli.gates import Exports, look_at, with_anchors
from cli.importing import Imported, import_files, read_files
from cli.options import Lang
from cli.readers import ReadFile
from cli.readers.rows import ClaimRow
from cli.recording import InHand, Outcome, record_row
from cli.rulebooks import default_rulebook
from cli.session import place
from cli.speech import console, language
from cli.views.distributors import show_distributors
from cli.views.gates import show_gates
from cli.views.imported import show_imported
from cli.views.ledger_views import trial_balance_table
from cli.views.payables import matched_line, show_payables
from cli.views.reconciled import show_reconciliation
from cli.views.recorded import show_outcomes
from ledger.book import Book
from ledger.claims import recompute
from ledger.deciding import Wish, decide
from ledger.distributor_months import Asking, distributor_months
from ledger.engine import create_book
from ledger.gates import month_gates
from ledger.opening import opening_entry
from ledger.payables import open_payables
from ledger.reconciling import reconciliation
from ledger.replay import Replayed, replay
from ledger.reports_of_gates import MonthGates
from ledger.reports_of_months import Reconciliation
from ledger.reports_of_payables import DistributorStatement, OpenPayables
from ledger.statement_transfers import Matched
from ledger.transfers import told_transfers

app = typer.Typer()

PERIOD = "2026-10"
OPENING_ON = "2026-10-01"
INVENTORY_FEN = 80_000_00
BOOK_FILE, WORKBOOK = "settle.db", f"settle-{PERIOD}.xlsx"
SHOP_FILES = (ORDERS, ITEMS, REFUNDS, STATEMENT, CASES)
BOOK_FILES = (BOOK_FILE, *(f"{BOOK_FILE}{end}" for end in (".lock", "-journal", "-wal", "-shm", ".anchors")))
OURS = {*SHOP_FILES, *BOOK_FILES, WORKBOOK}
CLERK, SUPERVISOR = "demo", "主管"
DONATION = Wish(action="explain", reason="公益宝贝捐赠，按营销费用列支", account="5601.05")

Folder = Annotated[Path, typer.Argument(help="放演示文件的文件夹 / the folder to write into")]


class NotEmpty(ShellError):
    """A folder that holds files which no demo has written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paying:
    """What was paid in the demo's month, what is still owed, and what its distributors have earned."""

    matched: Matched
    owed: OpenPayables
    distributors: tuple[DistributorStatement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What the demo's month came to."""

    imported: list[Imported]
    outcomes: list[Outcome]
    paid: Paying
    reconciled: Reconciliation
    gates: MonthGates
    end: MonthEnd
    replayed: Replayed


@app.command()
def demo(folder: Folder, lang: Lang = None) -> None:
    """演示:一家服装店的 2026 年 10 月。 / A demo month of an apparel shop, start to end."""
    tongue = language(lang)
    _clear(folder)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console(), transient=True) as progress:
        month = _run(folder, Steps(progress=progress, tongue=tongue))
    to = console()
    show_imported(month.imported, to, tongue)
    show_outcomes(month.outcomes, to, tongue)
    to.print(Text(matched_line(month.paid.matched, tongue)), soft_wrap=True)
    show_payables(month.paid.owed, month_end(parse_day(OPENING_ON)), to, tongue)
    show_distributors(month.paid.distributors, to, tongue)
    show_reconciliation(month.reconciled, (), to, tongue)
    show_gates(month.gates, to, tongue)
    to.print(trial_balance_table(month.end.trial_balance, tongue))
    to.print(Text(closed_line(month.end, tongue)), soft_wrap=True)
    say_replayed(month.replayed, tongue)
    for name in (BOOK_FILE, WORKBOOK, CASES):
        to.print(Text(f"{folder / name}"), soft_wrap=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The line that says what the demo is doing."""

    progress: Progress
    tongue: str

    def say(self, zh: str, en: str) -> None:
        """The next step begins; the line before it stays with its time."""
        for task in self.progress.task_ids:
            self.progress.stop_task(task)
        self.progress.add_task(zh if self.tongue == "zh" else en, total=None)


def _clear(folder: Path) -> None:
    """Make room: a folder of an earlier demo is emptied, one with other files is left alone."""
    if not folder.exists():
        return
    found = {path.name for path in folder.iterdir()}
    if not found <= OURS or (found and CASES not in found):
        raise NotEmpty(
            f"{folder} 不是空的，也不是以前的演示。请另给一个文件夹。",
            f"{folder} is neither empty nor an earlier demo. Name another folder.",
        )
    for path in folder.iterdir():
        path.unlink()


def _run(folder: Path, steps: Steps) -> Month:
    """Write the shop's files, then take them through what a user would call."""
    steps.say("生成店铺导出文件", "writing the shop's export files")
    written = write_shop(folder)
    steps.say("读取文件", "reading the files")
    files = read_files(path for path in written if path.suffix == ".csv")
    claims = [row for file in read_files([folder / CASES]) for row in file.claims]
    opening = next(file.statement.opening_fen for file in files if file.statement) or 0
    rulebook = default_rulebook()
    with _new_book(folder, opening) as book:
        steps.say("导入并过账", "importing and posting")
        with book.writing(actor=CLERK, now=now()) as desk:
            imported = import_files(desk, files, rulebook)
        steps.say("售后入账", "recording the claims")
        outcomes = list(_recorded(book, claims, rulebook))
        steps.say("付款核销", "matching the payments")
        paid = _paid(book, rulebook)
        steps.say("对账", "reconciling the statement")
        reconciled = _reconciled(book, rulebook)
        steps.say("结账并写工作簿", "closing the month and writing the workbook")
        anchors = anchor_path(None, place(str(folder / BOOK_FILE), "main").url)
        by = Closing(actor=CLERK, now=now(), on=AFTER.date(), anchors=anchors, exports=_exports(files))
        with book.reading() as reader:
            look = look_at(reader, PERIOD, rulebook, by.on, by.exports)
            gates = with_anchors(month_gates(reader, look), reader, anchors)
        end = close_month(book, PERIOD, rulebook, by)
        write_month(book, PERIOD, folder / WORKBOOK, overwrite=True)
        steps.say("重放全账", "replaying the ledger")
        with book.reading() as reader:
            replayed = replay(reader, recompute)
    return Month(
        imported=imported,
        outcomes=outcomes,
        paid=paid,
        reconciled=reconciled,
        gates=gates,
        end=end,
        replayed=replayed,
    )


def _exports(files: Sequence[ReadFile]) -> Exports:
    """The shop's files, each of which has to be in the book before the month is closed."""
    return Exports(read=tuple((file.name, file.sha256) for file in files))


def _paid(book: Book, rulebook: Rulebook) -> Paying:
    """The statement's transfers matched to the claims that they pay, what is still owed, and distributors' months."""
    with book.writing(actor=CLERK, now=now()) as desk:
        matched = desk.match_transfers(told_transfers(desk.reader, PERIOD))
    asking = Asking(rulebook=rulebook, at=end_of_day(month_end(parse_day(OPENING_ON))))
    with book.reading() as reader:
        months = distributor_months(reader, PERIOD, asking)
        owed = open_payables(reader)
    return Paying(matched=matched, owed=owed, distributors=tuple(one.statement for one in months))


def _reconciled(book: Book, rulebook: Rulebook) -> Reconciliation:
    """The month's reconciliation, after somebody has explained the one line that nobody understood."""
    with book.reading() as reader:
        lines = [row.serial for row in reconciliation(reader, PERIOD, rulebook).open_rows]
    for serial in lines:
        with book.writing(actor=CLERK, now=now()) as desk:
            decide(desk, PERIOD, serial or "", DONATION, rulebook)
    with book.reading() as reader:
        return reconciliation(reader, PERIOD, rulebook)


def _recorded(book: Book, claims: Sequence[ClaimRow], rulebook: Rulebook) -> Iterator[Outcome]:
    """Every claim in its order: the clerk records until one waits for approval, the supervisor answers, and on."""
    rest = list(claims)
    while rest:
        done = _until_one_waits(book, rest, rulebook)
        yield from (outcome for outcome in done if not outcome.waits)
        yield from (_approved(book, outcome.claim_no) for outcome in done if outcome.waits)
        rest = rest[len(done) :]


def _until_one_waits(book: Book, claims: Sequence[ClaimRow], rulebook: Rulebook) -> list[Outcome]:
    done: list[Outcome] = []
    with book.writing(actor=CLERK, now=now()) as desk:
        for row in claims:
            done.append(record_row(desk, row, rulebook, InHand()))
            if done[-1].waits:
                break
    return done


def _approved(book: Book, claim_no: str) -> Outcome:
    with book.writing(actor=SUPERVISOR, now=now()) as desk:
        return grant_claim(desk, pending_on(desk.reader, claim_no, None))


def _new_book(folder: Path, opening_fen: int) -> Book:
    book = create_book(place(str(folder / BOOK_FILE), "main").url, "main", actor=CLERK, now=now())
    entry = opening_entry({"1012.01": opening_fen, "1406": INVENTORY_FEN}, parse_day(OPENING_ON))
    with book.writing(actor=CLERK, now=now()) as desk:
        desk.post(entry, key="opening", command="init")
    return book
