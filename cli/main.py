"""`settle`: one program, one file a command, each loaded only when it is called, so that a quote is quick."""

import importlib
import io
import json
import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from cli.speech import language, language_of

_WORDS = "settle.words"

COMMANDS = {
    "init": "cli.commands.init",
    "demo": "cli.commands.demo",
    "import": "cli.commands.import_files",
    "suspense": "cli.commands.suspense",
    "quote": "cli.commands.quote",
    "record": "cli.commands.record",
    "approve": "cli.commands.approve",
    "reverse": "cli.commands.reverse",
    "show": "cli.commands.show",
    "why": "cli.commands.why",
    "payables": "cli.commands.payables",
    "pay": "cli.commands.pay",
    "distributors": "cli.commands.distributors",
    "log": "cli.commands.log",
    "forget": "cli.commands.forget",
    "reconcile": "cli.commands.reconcile",
    "close": "cli.commands.close",
    "reopen": "cli.commands.reopen",
    "rules": "cli.commands.rules",
    "report": "cli.commands.report",
    "export": "cli.commands.export",
    "replay": "cli.commands.replay",
    "audit-bundle": "cli.commands.audit_bundle",
    "roles": "cli.commands.roles",
    "verify": "cli.commands.verify",
    "verify-workbook": "cli.commands.verify_workbook",
    "backup": "cli.commands.backup",
    "move": "cli.commands.move",
}


class LazyCommands(TyperGroup):
    """The commands by name; a command's module is imported when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command, in the order of a month's work."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command = get_command(importlib.import_module(COMMANDS[cmd_name]).app)
        command.name = cmd_name
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the words name; they are kept, for a refusal is said in their language and form."""
        ctx.meta[_WORDS] = list(args)
        for place, word in enumerate(args, start=1):
            _refuse_half_characters(place, word)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command: what users get wrong ends in one refusal and an exit code, never a traceback."""
        try:
            return super().invoke(ctx)
        except Exception as problem:
            code = _refuse(problem, ctx.meta.get(_WORDS, []))
            if code is None:
                raise
            raise typer.Exit(code) from problem


def _refuse_half_characters(place: int, word: str) -> None:
    """A word in another encoding than the terminal's arrives in halves, which can be neither kept nor named."""
    from cli.speech import BadOption

    try:
        word.encode()
    except UnicodeEncodeError:
        raise BadOption(
            f"第 {place} 个词不是 UTF-8 文字。请检查终端的编码，或给文件改名。",
            f"word {place} is no text in UTF-8. Check the terminal's encoding, or give the file another name.",
        ) from None


def _refuse(problem: Exception, words: list[str]) -> int | None:
    """Say a refusal in the words' language, on standard output for machines; None for what is no refusal."""
    from cli.refusals import exit_code, for_machines, sentence

    code, tongue = exit_code(problem), language_of(words)
    if code is None:
        return None
    if "--json" in words:
        typer.echo(json.dumps(for_machines(problem, tongue or "en"), ensure_ascii=False))
    else:
        typer.echo(sentence(problem, tongue or language(None)), err=True)
    return code


app = typer.Typer(
    cls=LazyCommands, add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"settle {version('settle')}")
        raise typer.Exit


@app.callback()
def settle(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="版本 / the version"
    ),
) -> None:
    """淘宝天猫店铺的结算计算器与复式账 / settlement calculator and double-entry ledger."""


def run() -> None:
    """The console command; no character can break its output, and a reader that went away ends it quietly."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except BrokenPipeError:
        pass
    finally:
        _let_go_of_output()


def _let_go_of_output() -> None:
    """Write out what waits; where nobody takes it any more, Python is not to complain of it at the end."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
