"""`settle`: one program, one file a command, each loaded only when it is called, so that a quote is quick."""

import importlib
import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from calculators.errors import CalculatorError
from cli import exits

COMMANDS = {
    "init": "cli.commands.init",
    "demo": "cli.commands.demo",
    "import": "cli.commands.import_files",
    "quote": "cli.commands.quote",
    "record": "cli.commands.record",
    "reverse": "cli.commands.reverse",
    "show": "cli.commands.show",
    "why": "cli.commands.why",
    "close": "cli.commands.close",
    "replay": "cli.commands.replay",
    "roles": "cli.commands.roles",
    "verify": "cli.commands.verify",
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
    """The console command: what users get wrong ends in one line and an exit code, never a traceback."""
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as problem:
        code = _exit_code(problem)
        if code is None:
            raise
        typer.echo(str(problem), err=True)
        sys.exit(code)


def _exit_code(problem: Exception) -> int | None:
    """The exit code of a user's fault; None for a fault of ours."""
    if isinstance(problem, CalculatorError):
        return exits.BAD_INPUT
    from cli.errors import ShellError
    from exports.errors import ExportError
    from ledger.errors import BookError, LedgerError

    if isinstance(problem, BookError):
        return exits.NO_BOOK
    if isinstance(problem, LedgerError):
        return exits.REFUSED
    if isinstance(problem, ShellError | ExportError):
        return exits.BAD_INPUT
    return None
