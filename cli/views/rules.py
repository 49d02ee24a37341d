"""The rulebook as people read it: a list of rules, one rule laid open, and what covers what."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.rule_coverage import Coverage

Json = Mapping[str, Any]
_HEADINGS = {
    "id": ("条款", "Clause"),
    "status": ("状态", "Status"),
    "document": ("手册", "Document"),
    "title": ("标题", "Title"),
}
_WORDS = {
    "conflict": ("冲突", "conflict"),
    "parameter": ("参数", "parameter"),
    "in_force": ("在用", "in force"),
    "unset": ("未设定", "not set"),
    "gap": ("无据可查", "not known"),
    "readings": ("读法", "readings"),
    "governed_by": ("取决于", "governed by"),
    "history": ("手册", "manuals"),
    "code": ("代码", "code"),
    "cases": ("案例", "cases"),
    "tests": ("测试", "tests"),
    "nothing": (
        "未查看案例:此处没有 tests/cases,可用 --cases",
        "no cases looked at: no tests/cases here; --cases names them",
    ),
    "item": ("项目", "item"),
    "hole": ("缺口", "hole"),
    "whole": ("没有缺口", "no hole"),
    "approved": ("批准", "approved by"),
}


def show_list(rules: Iterable[Json], console: Console, language: str) -> None:
    """The rules, one a line."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name, words in _HEADINGS.items():
        table.add_column(words[language != "zh"], overflow="fold", no_wrap=name != "title")
    for rule in rules:
        table.add_row(*(Text(rule[name]) for name in _HEADINGS))
    console.print(table)


def show_page(page: Json, console: Console, language: str) -> None:
    """A rule: title and status, its own words, document, conflicts, parameters, and where it is exercised."""
    headline = Text(f"{page['id']}  ", style="bold").append(page["title"], style="bold")
    console.print(headline.append(f"  {page['status']}", style="dim"))
    for quotation in page["quotations"]:
        console.print(Text(f"「{quotation}」"))
    if page["citation"]:
        console.print(Text(page["citation"]))
    document = page["document"]
    console.print(Text(f"{document['id']} {document['title']} {document['sha256']}", style="dim"))
    for conflict in page["conflicts"]:
        _show_conflict(conflict, console, language)
    for parameter in page["parameters"]:
        _show_parameter(parameter, page["on"], console, language)
    for name in ("code", "cases", "tests"):
        for place in page[name]:
            console.print(Text(f"{_word(name, language)}: ", style="dim").append(place, style="default"))
    if page["looked_at"] is None:
        console.print(Text(_word("nothing", language), style="yellow"))


def show_coverage(found: Coverage, console: Console, language: str) -> None:
    """Every item with its clauses, the counts, and each hole."""
    for item in found.items:
        line = Text(f"{_word('item', language)} ", style="dim").append(item.item, style="default")
        console.print(line.append(f"  {', '.join(item.rules)}  {_word('cases', language)} {item.cases}"))
    console.print(Text("  ".join(f"{name} {count}" for name, count in found.counts.items()), style="bold"))
    for one in found.not_looked_at:
        console.print(Text(one, style="yellow"))
    for hole in found.holes:
        console.print(Text(f"{_word('hole', language)}: {hole.kind}: {hole.where}", style="red"))
    if not found.holes:
        console.print(Text(_word("whole", language), style="green"))


def _show_conflict(conflict: Json, console: Console, language: str) -> None:
    console.print(Text(f"{_word('conflict', language)} {conflict['id']}", style="yellow"))
    for line in (
        f"A {conflict['side_a']}",
        f"B {conflict['side_b']}",
        f"→ {conflict['resolution_' + language]}",
    ):
        console.print(Text(f"  {line}"))


def _show_parameter(parameter: Json, on: str, console: Console, language: str) -> None:
    unit, governing = parameter["unit"], parameter["governed_by"]
    heading = f"{parameter['name']} ({unit}, {_word('governed_by', language)} {governing})"
    console.print(Text(f"{_word('parameter', language)} ", style="dim").append(heading, style="bold"))
    console.print(Text(f"  {on} {_word('in_force', language)}: {_in_force(parameter, language)}"))
    if parameter["readings"]:
        console.print(Text(f"  {_word('readings', language)}: {' · '.join(parameter['readings'])}"))
    if parameter["note"]:
        console.print(Text(f"  {parameter['note']}", style="dim"))
    for version in parameter["history"]:
        console.print(Text(f"  {_word('history', language)} {_dated(version)}: {version['value']}"))
    for layer in parameter["layers"]:
        _show_layer(layer, console, language)


def _in_force(parameter: Json, language: str) -> str:
    standing = parameter["in_force"]
    if standing is None:
        return _word("unset", language)
    if standing["value"] is None:
        return f"{_word('gap', language)} [{standing['layer']}] {standing['gap']}"
    return f"{standing['value']} [{standing['layer']} {standing['rule']}] {standing['citation']}".rstrip()


def _show_layer(layer: Json, console: Console, language: str) -> None:
    for version in layer["values"]:
        line = f"  {layer['layer']} {_dated(version)}: {version['value']}  {layer['citation']}"
        if "approver" in layer:
            line += f"  {_word('approved', language)} {layer['approver']} {layer['approved_on']}"
        console.print(Text(line))
    for gap in layer["gaps"]:
        console.print(Text(f"  {layer['layer']} {_dated(gap)}: {_word('gap', language)}, {gap['why']}"))


def _dated(span: Json) -> str:
    return f"{span['from'] or '…'} – {span['to'] or '…'}"


def _word(key: str, language: str) -> str:
    return _WORDS[key][language != "zh"]
