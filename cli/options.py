"""Options that many commands share, each with one meaning and one help text."""

from pathlib import Path
from typing import Annotated

import typer

Db = Annotated[
    str | None,
    typer.Option("--db", help="账套文件或数据库 URL / the book's file or database URL", envvar="SETTLE_DB"),
]
BookName = Annotated[str, typer.Option("--book", help="账套名 / which book of the database")]
Actor = Annotated[
    str | None,
    typer.Option("--actor", help="经办人 / who does this; else the login name", envvar="SETTLE_ACTOR"),
]
Lang = Annotated[str | None, typer.Option("--lang", help="zh 或 en / language of what people read")]
AsJson = Annotated[bool, typer.Option("--json", help="给机器读的 JSON / JSON for machines")]
To = Annotated[Path | None, typer.Option("--to", help="写到文件 / the file to write")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="覆盖已有文件 / write over the file")]
Rules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules", help="本店规则文件,可多次 / the shop's override file, many times; else SETTLE_RULES"
    ),
]
Packs = Annotated[
    list[str] | None,
    typer.Option("--pack", help="启用平台规则包,如 tmall-2026 / make a platform pack binding, many times"),
]
AnchorFile = Annotated[
    Path | None,
    typer.Option("--anchor", help="锚点文件 / the file of anchors, else FILE.anchors beside the book"),
]
At = Annotated[str | None, typer.Option("--at", help="询问的时刻 / the moment of asking, else now")]
