"""`settle roles`: one command, which may be run again, and says in one line what is wrong."""

from typer.testing import CliRunner

from cli import exits
from cli.main import app
from ledger.engine import create_book
from tests.ledger.postgres import Server, server
from tests.ledger.samples import NOW

__all__ = ["server"]


def test_the_command_makes_the_roles_and_names_who_has_which_book(server: Server) -> None:
    url = server.url(server.make())
    create_book(url, actor="wang", now=NOW).leave()
    server.let_in("xiaoli")
    server.let_in("Zhang San")
    asked = ["roles", "--url", url, "--agent", "xiaoli", "--finance", "Zhang San", "--lang", "en"]
    for _ in range(2):
        said = CliRunner().invoke(app, asked)
        assert (said.exit_code, said.output) == (
            0,
            "the roles are ready\nmain: Zhang San\nmain: xiaoli\n",
        )


def test_a_file_has_no_roles() -> None:
    said = CliRunner().invoke(app, ["roles", "--url", "sqlite://"])
    assert (said.exit_code, "roles are PostgreSQL's" in said.stderr) == (exits.NO_BOOK, True)
