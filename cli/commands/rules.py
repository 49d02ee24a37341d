"""`settle rules`: the rulebook read aloud: what a clause says, what is in force, what exercises it, what is missing."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from calculators.rulebook import STATUSES, Rule
from cli import exits
from cli.moments import day_on
from cli.options import AsJson, Lang, Packs, Rules
from cli.rule_sources import cases_folder, citations, item_clauses, named_in_tests, worked_cases
from cli.rulebooks import rulebook_in_use
from cli.speech import BadOption, console, language

app = typer.Typer(
    no_args_is_help=True, help="规则手册:条款、参数、依据、覆盖。 / The rulebook and its coverage."
)

Status = Annotated[str | None, typer.Option("--status", help="只看此状态 / only rules of this status")]
Item = Annotated[str | None, typer.Option("--item", help="只看此项目的条款 / only the clauses of this item")]
Document = Annotated[str | None, typer.Option("--document", help="只看此手册 / only rules of this document")]
On = Annotated[str | None, typer.Option("--on", help="看哪一天的参数,默认今天 / the day, else today")]
Cases = Annotated[
    Path | None, typer.Option("--cases", help="案例的文件夹,默认 tests/cases / the worked cases' folder")
]
Shop = Annotated[str, typer.Option("--shop", help="哪家店 / whose overrides")]
RuleId = Annotated[str, typer.Argument(help="条款号或参数名 / a clause or a parameter", show_default=False)]
RuleFile = Annotated[Path, typer.Argument(help="规则文件 / a file of rules", show_default=False)]


@app.command("list")
def list_(
    status: Status = None,
    item: Item = None,
    document: Document = None,
    rules: Rules = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """列出条款。 / The rules, one a line."""
    from cli.rule_pages import summary
    from cli.views.rules import show_list

    tongue, rulebook = language(lang), rulebook_in_use(rules)
    _among("--status", status, STATUSES)
    _among("--document", document, tuple(rulebook.documents))
    clauses = item_clauses().get(item, frozenset()) if item else None
    wanted = {"status": status, "document": document}
    found = [
        summary(rule)
        for rule in rulebook.rules.values()
        if _matches(rule, wanted) and (clauses is None or rule.id in clauses)
    ]
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        show_list(found, console(), tongue)


@app.command()
def show(
    rule: RuleId,
    on: On = None,
    rules: Rules = None,
    pack: Packs = None,
    shop: Shop = "main",
    cases: Cases = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """一条规则的原文、参数、冲突、案例和代码。 / A rule: its words, parameters, conflicts, cases and code."""
    from cli.rule_pages import page_of
    from cli.views.rules import show_page

    tongue, rulebook, day = language(lang), rulebook_in_use(rules, pack), day_on(on)
    page = page_of(rulebook, rule, day, shop) | {"on": day.isoformat()}
    page |= _exercise(page["id"], cases_folder(cases))
    if as_json:
        typer.echo(json.dumps(page, ensure_ascii=False))
    else:
        show_page(page, console(), tongue)


@app.command()
def coverage(cases: Cases = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """项目、条款、案例、代码是否一一对应;有缺口退出码 1。 / Items, clauses, cases and code; exit 1 on a hole."""
    from cli.rule_coverage import coverage as cover
    from cli.rulebooks import default_rulebook
    from cli.views.rules import show_coverage

    tongue = language(lang)
    found = cover(default_rulebook(), cases_folder(cases))
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False))
    else:
        show_coverage(found, console(), tongue)
    if found.holes:
        raise typer.Exit(exits.DIFFERS)


@app.command()
def check(file: RuleFile, lang: Lang = None, as_json: AsJson = False) -> None:
    """检查规则文件,逐条报行号;有错退出码 3。 / Check a file of rules; every fault with its line, exit 3."""
    from cli.rule_checks import check_rules

    tongue, checked = language(lang), check_rules(file)
    if as_json:
        typer.echo(json.dumps({"holds": checked.holds, "faults": checked.faults}, ensure_ascii=False))
    elif checked.faults:
        typer.echo("\n".join(checked.faults), err=True)
    else:
        typer.echo(f"{file}: {'无误' if tongue == 'zh' else 'clean'}, {checked.holds}")
    if checked.faults:
        raise typer.Exit(exits.BAD_INPUT)


def _among(option: str, value: str | None, known: tuple[str, ...]) -> None:
    if value is not None and value not in known:
        listed = ", ".join(known)
        raise BadOption(f"{option} {value}：只有 {listed}。", f"{option} {value}: only {listed}.")


def _matches(rule: Rule, wanted: Mapping[str, str | None]) -> bool:
    return all(value is None or getattr(rule, name) == value for name, value in wanted.items())


def _exercise(clause: str, folder: Path | None) -> dict[str, Any]:
    """Where a rule is cited, and the cases and tests that list it; `looked_at` says where they were sought."""
    listed = worked_cases(folder) if folder else ()
    return {
        "code": [one.place for one in citations() if one.clause == clause],
        "cases": [case.place for case in listed if clause in case.rules],
        "tests": named_in_tests(clause, folder) if folder else [],
        "looked_at": str(folder) if folder else None,
    }
