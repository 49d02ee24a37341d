"""Columns: the few forms that every table of a book is made of.

Every table carries the book, names its constraints by one rule, and keeps its columns in the types that both
engines hold alike.
"""

import sqlalchemy as sa

Part = sa.Column[str] | sa.Column[int] | sa.Constraint | sa.Index

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_1_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_1_name)s",
    }
)
_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def text(name: str, *, null: bool = False) -> sa.Column[str]:
    """A column of text."""
    return sa.Column(name, sa.Text, nullable=null)


def whole(name: str, *, null: bool = False) -> sa.Column[int]:
    """A column of whole numbers, fen among them."""
    return sa.Column(name, _WHOLE, nullable=null, autoincrement=False)


def one_of(name: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    """The column holds one of the words."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{name} IN ({listed})", name=name)


def digits(name: str) -> sa.CheckConstraint:
    """The column holds 64 digits, as a SHA-256 has."""
    return sa.CheckConstraint(f"length({name}) = 64", name=name)


def table(name: str, *parts: Part, key: str, in_key_order: bool = False) -> sa.Table:
    """A table whose rows carry the book, with its key inside the book; STRICT where SQLite keeps it."""
    return sa.Table(
        name,
        METADATA,
        text("book"),
        *parts,
        sa.PrimaryKeyConstraint("book", *key.split()),
        sqlite_strict=True,
        sqlite_with_rowid=not in_key_order,
    )


def reference(columns: str, target: str, *, late: bool = False, to: str = "") -> sa.ForeignKeyConstraint:
    """The columns, inside the book, name a row of the target; `late` is checked at commit."""
    names = ["book", *columns.split()]
    targets = [f"{target}.{column}" for column in ["book", *(to or columns).split()]]
    when = "DEFERRED" if late else None
    return sa.ForeignKeyConstraint(names, targets, use_alter=late, deferrable=late or None, initially=when)


def index(name: str) -> sa.Index:
    """An index over the rows that have the column."""
    given = sa.text(f"{name} IS NOT NULL")
    return sa.Index(None, "book", name, sqlite_where=given, postgresql_where=given)


def sealed() -> tuple[Part, ...]:
    """The operation that a row is sealed by, which may be inserted after it."""
    return (whole("op_no"), reference("op_no", "operation", late=True))


def sealed_alone() -> tuple[Part, ...]:
    """The same for a row that is all that its operation stored."""
    return (*sealed(), sa.UniqueConstraint("book", "op_no"))
