"""The project's own source, read as syntax trees: what the test of the house looks at."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.needs import needs

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("calculators", "ledger", "exports", "cli")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One file of source: its path below the root, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The name it is imported by."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def functions(self) -> Iterator[Function]:
        """Every function and method, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def classes(self) -> Iterator[ast.ClassDef]:
        """Every class, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef))

    def imports(self) -> Iterator[tuple[int, str]]:
        """Every module imported, with its line; `from a import b` counts as a and as a.b."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                origin = self._origin(node)
                yield node.lineno, origin
                yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)

    def _origin(self, node: ast.ImportFrom) -> str:
        """The absolute name of what is imported from, leading dots resolved."""
        above = self.path.split("/")[: -node.level] if node.level else []
        return ".".join([*above, *(node.module or "").split(".")]).strip(".")


def module_of(path: str, text: str) -> Module:
    """A module from its text."""
    return Module(path=path, text=text, tree=ast.parse(text, path))


def modules(*folders: str) -> list[Module]:
    """The modules below the folders, those of the four packages unless others are named."""
    files = [file for folder in folders or PACKAGES for file in sorted((ROOT / folder).rglob("*.py"))]
    return [module_of(file.relative_to(ROOT).as_posix(), file.read_text("utf-8")) for file in files]


def body_lines(function: Function) -> int:
    """How many lines a function's body spans, its docstring left out."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def kept_files() -> list[Path]:
    """Every file that git keeps or would keep."""
    command = [needs("git"), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
