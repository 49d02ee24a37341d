"""`settle roles`: give the people of a shop their rights on a PostgreSQL book, by one command."""

from typing import Annotated

import typer

from cli.options import BookName, Lang
from cli.session import place
from cli.speech import language
from ledger.roles import make_roles

app = typer.Typer()

Url = Annotated[
    str,
    typer.Option(
        "--url", "--db", help="表的所有者的数据库 URL / the database URL of the owner", envvar="SETTLE_DB"
    ),
]
Agents = Annotated[
    list[str] | None, typer.Option("--agent", help="客服登录名:询价、登记 / a login that quotes and records")
]
Finance = Annotated[
    list[str] | None,
    typer.Option("--finance", help="财务登录名:结账、付款、冲销 / a login that closes, pays, reverses"),
]
Auditors = Annotated[
    list[str] | None, typer.Option("--auditor", help="审计登录名:只读 / a login that only reads")
]


@app.command()
def roles(
    url: Url,
    book: BookName = "main",
    agent: Agents = None,
    finance: Finance = None,
    auditor: Auditors = None,
    lang: Lang = None,
) -> None:
    """在 PostgreSQL 上建立角色并授权。 / Make the roles on PostgreSQL; may be run again."""
    named = {"settle_agent": agent, "settle_finance": finance, "settle_auditor": auditor}
    members = [(login, role) for role, logins in named.items() for login in logins or ()]
    standing = make_roles(place(url, book).url, book, members)
    typer.echo("角色已就绪" if language(lang) == "zh" else "the roles are ready")
    for line in standing:
        typer.echo(line)
