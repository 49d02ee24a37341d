"""The test of the house: the rules that keep the code small, plain and in its layers, held over every file.

What a linter holds already (layers, complexity, style) is not held twice. Each failure names file and line.
"""

import re
from collections.abc import Iterable
from statistics import median

import pytest

from tests.house.faults import EVERYWHERE, IN_CALCULATORS, WORKING_PAPERS, Rule
from tests.house.source import PACKAGES, ROOT, Module, body_lines, kept_files, modules

FUNCTION_LINES_MEDIAN = 8

# Modules that are tested where they are used, each with the file that does.
TESTED_ELSEWHERE = {
    # The demo's parts are only ever seen as the files and movements they make together.
    "cli/demo/cases.py": "tests/cli/demo/test_folder.py",
    "cli/demo/goods.py": "tests/cli/demo/test_shop.py",
    "cli/demo/orders.py": "tests/cli/demo/test_shop.py",
    "cli/demo/reports.py": "tests/cli/demo/test_folder.py",
    "cli/demo/statement.py": "tests/cli/demo/test_folder.py",
    # Nothing but constants and declared options: what they mean shows at the commands.
    "cli/exits.py": "tests/cli/test_main.py",
    "cli/options.py": "tests/cli/test_main.py",
    # What waits and what was said of it shows at the one command that answers it.
    "cli/approving.py": "tests/cli/commands/test_approve.py",
    "cli/views/approvals.py": "tests/cli/commands/test_approve.py",
    # The parts of one reader, tried by the corpus of damaged files at its one door.
    "cli/readers/claims.py": "tests/cli/readers/test_files.py",
    "cli/readers/notes.py": "tests/cli/readers/test_orders.py",
    "cli/readers/rows.py": "tests/cli/readers/test_files.py",
    "cli/readers/statements.py": "tests/cli/readers/test_files.py",
    "cli/readers/tables.py": "tests/cli/readers/test_files.py",
    "cli/readers/text.py": "tests/cli/readers/test_files.py",
    "exports/bundle_tables.py": "tests/exports/test_bundle_verifier.py",
    "exports/bundle_payments.py": "tests/exports/test_bundle_verifier.py",
    "exports/bundle_walk.py": "tests/exports/test_bundle_verifier.py",
    "exports/import_sheets.py": "tests/exports/test_vouchers_kis.py",
    "exports/errors.py": "tests/exports/test_package.py",
    "exports/forms.py": "tests/exports/test_distributor_statement.py",
    "exports/styles.py": "tests/exports/test_workbook.py",
    "exports/sheet_xml.py": "tests/exports/test_workbook_file.py",
    "exports/workbook_tabs.py": "tests/exports/test_workbook.py",
    **{
        f"exports/tabs/{name}.py": "tests/exports/tabs/test_slices.py"
        for name in ("commission", "differences", "freight", "invoices", "platform", "repairs")
    },
    "exports/tabs/alipay.py": "tests/exports/test_workbook.py",
    "exports/tabs/charts.py": "tests/exports/tabs/test_summary.py",
    "exports/tabs/detail.py": "tests/exports/test_workbook.py",
    "exports/tabs/distributors.py": "tests/exports/test_workbook.py",
    "exports/tabs/journal.py": "tests/exports/test_workbook.py",
    "exports/tabs/trial_balance.py": "tests/exports/test_workbook.py",
    # The desk's own parts, and the shapes that the ledger's questions answer with.
    "ledger/assigning.py": "tests/ledger/test_paying.py",
    "ledger/chain.py": "tests/ledger/test_desk.py",
    "ledger/refund_steps.py": "tests/ledger/test_desk.py",
    "ledger/reversing.py": "tests/ledger/test_desk.py",
    "ledger/columns.py": "tests/ledger/test_schema.py",
    "ledger/conditions.py": "tests/ledger/test_guards.py",
    "ledger/tables_of_people.py": "tests/ledger/test_guards.py",
    "ledger/replay_approvals.py": "tests/ledger/test_replay.py",
    "ledger/errors.py": "tests/ledger/test_desk.py",
    "ledger/tables.py": "tests/ledger/test_guards.py",
    "ledger/guards_sqlite.py": "tests/ledger/test_guards.py",
    "ledger/guards_postgresql.py": "tests/ledger/test_guards.py",
    "ledger/reading.py": "tests/ledger/test_queries.py",
    "ledger/reports.py": "tests/ledger/test_queries.py",
    "ledger/reports_of_deeds.py": "tests/ledger/test_log.py",
    "ledger/gates_told.py": "tests/ledger/test_gates.py",
    "ledger/reports_of_gates.py": "tests/ledger/test_gates.py",
    "ledger/reports_of_closes.py": "tests/ledger/test_month_reports.py",
    "ledger/reports_of_reopening.py": "tests/ledger/test_periods.py",
    "ledger/reports_of_payables.py": "tests/ledger/test_payables.py",
    "ledger/reports_of_handing.py": "tests/ledger/test_bundles.py",
    "ledger/reports_of_months.py": "tests/ledger/test_reconciling.py",
    "ledger/reconciling_words.py": "tests/ledger/test_reconciling.py",
    "ledger/verdicts.py": "tests/ledger/test_reconciling.py",
    "ledger/differences.py": "tests/ledger/test_replay.py",
    "ledger/running.py": "tests/ledger/test_replay.py",
    "ledger/replay_reports.py": "tests/ledger/test_states.py",
    "ledger/page_reports.py": "tests/ledger/test_pages.py",
    "ledger/rehearsed_answers.py": "tests/ledger/test_rehearsal.py",
    "ledger/rehearsed_orders.py": "tests/ledger/test_rehearsal.py",
    "ledger/replay_entries.py": "tests/ledger/test_replay.py",
    "ledger/replay_operations.py": "tests/ledger/test_replay.py",
}

# The tables are the database's own shape: whoever may open them could read past the seal or write past it.
MAY_OPEN_TABLES = {
    # The book: who writes, in the one writing turn.
    *("ledger/book.py", "ledger/chain.py", "ledger/closing.py", "ledger/desk.py", "ledger/storing.py"),
    *("ledger/approving.py", "ledger/refund_steps.py"),
    # Questions: who reads, through the seal.
    *("ledger/queries.py", "ledger/reading.py", "ledger/periods.py", "ledger/orders.py", "ledger/log.py"),
    *("ledger/hand_over.py", "ledger/bundles.py", "ledger/imported.py"),
    *("ledger/statement_lines.py", "ledger/line_decisions.py"),
    *("ledger/hindsight.py", "ledger/late_arrivals.py", "ledger/month_reports.py", "ledger/month_rows.py"),
    "ledger/notices.py",
    *("ledger/payables.py", "ledger/transfers.py"),
    # People: the one table beside the chain.
    "ledger/persons.py",
    # Replay and verify: who recomputes what stands.
    *("ledger/replay.py", "ledger/replay_entries.py", "ledger/replay_operations.py", "ledger/verify.py"),
    *("ledger/states.py", "ledger/storage.py", "ledger/replay_payments.py"),
    # Moving: who copies every row as it stands, past the seal and through the guards.
    "ledger/moving.py",
    # The shape itself: who makes it and compares it.
    *("ledger/engine.py", "ledger/schema.py", "ledger/roles.py", "ledger/tables.py", "migrations/env.py"),
}

# Written in two parts, for this file is searched too.
_HOSTS = ["pypi" + ".org", "python" + "hosted", "npm" + "js", "debian" + ".org"]
_REFUSED_TEXT = re.compile("|".join([*map(re.escape, _HOSTS), r"(?<![\w.*~$}/-])/(?:work|root)" + "/"]))


@pytest.mark.parametrize("rule", EVERYWHERE, ids=lambda rule: rule.__name__)
def test_every_module_keeps_the_rules_of_the_house(rule: Rule) -> None:
    _assert_none(fault for module in modules() for fault in rule(module))


@pytest.mark.parametrize("rule", IN_CALCULATORS, ids=lambda rule: rule.__name__)
def test_calculators_are_pure(rule: Rule) -> None:
    _assert_none(fault for module in modules("calculators") for fault in rule(module))


def test_functions_are_short_at_the_median() -> None:
    lengths = [(body_lines(function), module.path) for module in modules() for function in module.functions()]
    middle = median(length for length, _ in lengths)
    longest, where = max(lengths)
    print(f"{len(lengths)} functions, {middle:g} lines at the median, {longest} at most ({where})")  # noqa: T201
    assert middle <= FUNCTION_LINES_MEDIAN


def test_every_module_has_its_test() -> None:
    _assert_none(
        f"{module.path}:1: no {_test_of(module.path)}"
        for module in modules()
        if not _only_opens_its_package(module) and not (ROOT / _test_of(module.path)).is_file()
    )


def test_every_exception_to_that_names_a_module_that_is_there() -> None:
    _assert_none(
        f"{path}: there is no such module" for path in TESTED_ELSEWHERE if not (ROOT / path).is_file()
    )


def test_every_working_paper_named_is_there() -> None:
    there = {(module.path, record.name) for module in modules() for record in module.classes()}
    _assert_none(
        f"{path}: there is no {name}"
        for path, names in WORKING_PAPERS.items()
        for name in names
        if (path, name) not in there
    )


def test_the_tables_are_opened_by_few() -> None:
    openers = {
        (module.path, line)
        for module in modules(*PACKAGES, "migrations")
        for line, name in module.imports()
        if name.startswith("ledger.tables")
    }
    _assert_none(
        f"{path}:{line}: imports ledger.tables" for path, line in openers if path not in MAY_OPEN_TABLES
    )


def test_migrations_import_none_of_the_code_above() -> None:
    _assert_none(
        f"{module.path}:{line}: imports {name}"
        for module in modules("migrations/versions")
        for line, name in module.imports()
        if name.split(".")[0] in PACKAGES
    )


def test_no_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    _assert_none(
        f"{file.relative_to(ROOT)}:{number}: {found[0]}"
        for file in kept_files()
        for number, line in enumerate(file.read_text("utf-8", errors="replace").splitlines(), 1)
        if (found := _REFUSED_TEXT.search(line))
    )


@pytest.mark.parametrize(
    "text", [_HOSTS[0], f"https://files.{_HOSTS[1]}.x", "see /work" + "/main", "'/root" + "/x'"]
)
def test_such_a_name_would_be_found(text: str) -> None:
    assert _REFUSED_TEXT.search(text)


@pytest.mark.parametrize("text", ["frame/work/x", "a/root/b", "the root / work", "$HOME/work/x"])
def test_other_paths_are_left_alone(text: str) -> None:
    assert not _REFUSED_TEXT.search(text)


def _test_of(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return TESTED_ELSEWHERE.get(path, f"tests/{folder}/test_{name}")


def _only_opens_its_package(module: Module) -> bool:
    return module.path.endswith("/__init__.py") and not [*module.functions(), *module.classes()]


def _assert_none(faults: Iterable[str]) -> None:
    found = sorted(faults)
    assert not found, "\n".join(["", *found])
