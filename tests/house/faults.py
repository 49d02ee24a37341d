"""The rules of the house as functions: each answers a module's faults as "file:line: what is wrong"."""

import ast
import re
from collections.abc import Callable, Iterator

from tests.house.source import Function, Module, body_lines

FILE_LINES_MAX = 300
FUNCTION_LINES_MAX = 40
ARGUMENTS_MAX = 5
NAMES_REFUSED = {"manager", "service", "helper", "util", "handler", "processor", "data", "info"}
RECORD_MARKS = {"frozen", "slots", "kw_only"}
# Working papers: the scratch paper of one evaluation, filled from the top down and thrown away with it. Nothing
# outside the evaluation ever holds one, and what comes out of it is a frozen record.
WORKING_PAPERS = {
    "calculators/sheet.py": {"Sheet"},
    "calculators/withholding.py": {"Withholding"},
    "calculators/worksheet.py": {"Worksheet", "Channels"},
}
WORKING_PAPER_MARKS = RECORD_MARKS - {"frozen"}
IMPURE_MODULES = {
    *("asyncio", "builtins", "ctypes", "getpass", "glob", "importlib", "io", "locale", "logging", "mmap"),
    *("multiprocessing", "os", "pathlib", "pickle", "platform", "random", "secrets", "select", "shutil"),
    *("signal", "socket", "sqlalchemy", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading"),
    *("time", "urllib", "uuid", "warnings"),
}
IMPURE_CALLS = {"open", "print", "float", "round", "input", "eval", "exec", "breakpoint", "__import__"}
IMPURE_METHODS = {"now", "today", "utcnow", "localtime", "open", "read_text", "read_bytes"}

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")

Rule = Callable[[Module], Iterator[str]]


def too_long_a_file(module: Module) -> Iterator[str]:
    """Files have at most 300 lines."""
    count = len(module.text.splitlines())
    if count > FILE_LINES_MAX:
        yield f"{module.path}:{FILE_LINES_MAX + 1}: {count} lines, at most {FILE_LINES_MAX}"


def too_long_a_function(module: Module) -> Iterator[str]:
    """Functions have at most 40 lines, their docstring left out."""
    for function in module.functions():
        if body_lines(function) > FUNCTION_LINES_MAX:
            yield _at(module, function, f"{function.name} has {body_lines(function)} lines")


def too_many_arguments(module: Module) -> Iterator[str]:
    """Functions take at most five arguments, `self` and `cls` not counted.

    A command of the shell may take more: its arguments are the options of its user, who gives few of many.
    """
    for function in module.functions():
        if any(_name_of(decorator) == "command" for decorator in function.decorator_list):
            continue
        given = function.args.posonlyargs + function.args.args + function.args.kwonlyargs
        count = sum(argument.arg not in ("self", "cls") for argument in given)
        if count > ARGUMENTS_MAX:
            yield _at(module, function, f"{function.name} takes {count} arguments")


def loose_records(module: Module) -> Iterator[str]:
    """Every dataclass is frozen, slotted and keyword-only; a working paper is not frozen."""
    papers = WORKING_PAPERS.get(module.path, set())
    for record in module.classes():
        marks = WORKING_PAPER_MARKS if record.name in papers else RECORD_MARKS
        for decorator in record.decorator_list:
            if _name_of(decorator) == "dataclass" and not _marks(decorator) >= marks:
                yield _at(module, record, f"{record.name} is not frozen, slotted and keyword-only")


def empty_names(module: Module) -> Iterator[str]:
    """No module, class or function is called by a word that says nothing."""
    for part in module.name.split("."):
        yield from (f"{module.path}:1: module name {part}" for _ in _refused_words(part))
    for node in (*module.classes(), *module.functions()):
        yield from (_at(module, node, f"the name {node.name}") for _ in _refused_words(node.name))


def missing_docstrings(module: Module) -> Iterator[str]:
    """Modules and whatever is public at their top or in a public class say what they are."""
    if not ast.get_docstring(module.tree):
        yield f"{module.path}:1: the module has no docstring"
    for node in _public(module.tree.body):
        yield from _undocumented(module, node)


def impure_imports(module: Module) -> Iterator[str]:
    """A calculator imports nothing that reaches outside: no file, clock, database, environment or chance."""
    for line, name in sorted({(line, name.split(".")[0]) for line, name in module.imports()}):
        if name in IMPURE_MODULES:
            yield f"{module.path}:{line}: imports {name}"


def impure_calls(module: Module) -> Iterator[str]:
    """A calculator neither opens, prints nor asks, reads no clock and makes no float."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and _is_impure(node.func):
            yield _at(module, node, f"calls {_name_of(node.func)}")
        elif isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield _at(module, node, f"the float {node.value}")


EVERYWHERE: tuple[Rule, ...] = (
    too_long_a_file,
    too_long_a_function,
    too_many_arguments,
    loose_records,
    empty_names,
    missing_docstrings,
)
IN_CALCULATORS: tuple[Rule, ...] = (impure_imports, impure_calls)


def _at(module: Module, node: ast.stmt | ast.expr, fault: str) -> str:
    return f"{module.path}:{node.lineno}: {fault}"


def _refused_words(name: str) -> list[str]:
    words = [word.lower() for word in _WORD.findall(name)]
    return [word for word in words if word in NAMES_REFUSED or word.removesuffix("s") in NAMES_REFUSED]


def _name_of(node: ast.expr) -> str:
    """The last word of a name, an attribute or what is called by one."""
    if isinstance(node, ast.Call):
        return _name_of(node.func)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _marks(decorator: ast.expr) -> set[str]:
    keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
    return {
        word.arg or ""
        for word in keywords
        if isinstance(word.value, ast.Constant) and word.value.value is True
    }


def _is_impure(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id in IMPURE_CALLS
    return isinstance(called, ast.Attribute) and called.attr in IMPURE_METHODS


def _public(body: list[ast.stmt]) -> Iterator[Function | ast.ClassDef]:
    named = (node for node in body if isinstance(node, Function | ast.ClassDef))
    return (node for node in named if not node.name.startswith("_"))


def _undocumented(module: Module, node: Function | ast.ClassDef) -> Iterator[str]:
    if not ast.get_docstring(node):
        yield _at(module, node, f"{node.name} has no docstring")
    if isinstance(node, ast.ClassDef):
        for member in _public(node.body):
            yield from _undocumented(module, member)
