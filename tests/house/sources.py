"""The house's own files, read as text and as syntax."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from door.places import ROOT

APPS = ("consent", "posts")
CODE = ("config", "consent", "door", "posts", "manage.py", "postern")
TEMPLATES = ROOT / "templates"
NOT_ROOMS = {"management", "migrations", "templatetags", "__pycache__"}


def python_files(*folders: str) -> list[Path]:
    """Every Python file below the folders (or the file itself), without migrations."""
    found: list[Path] = []
    for folder in folders:
        place = ROOT / folder
        found += [place] if place.is_file() else sorted(place.rglob("*.py"))
    return [path for path in found if "migrations" not in path.parts]


def text_of(path: Path) -> str:
    """The file's text."""
    return path.read_text(encoding="utf-8")


@cache
def syntax_of(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(text_of(path), str(path))


def short(path: Path) -> str:
    """The path as one says it, from the front hall."""
    return str(path.relative_to(ROOT))


def rooms(app: str) -> list[str]:
    """The rooms of an app, as the folders say."""
    return sorted(
        place.name for place in (ROOT / app).iterdir() if place.is_dir() and place.name not in NOT_ROOMS
    )


def room_of(path: Path) -> str | None:
    """`consent.people` for a file of that room; None for tables of contents and what is above the rooms."""
    parts = path.relative_to(ROOT).parts
    if parts[0] in APPS and len(parts) > 2 and parts[1] not in NOT_ROOMS:
        return f"{parts[0]}.{parts[1]}"
    return None


def on_floor(path: Path, floor: str) -> bool:
    """Whether a room's file belongs to that floor: ``actions.py`` or a file of ``actions/``."""
    return room_of(path) is not None and (path.stem == floor or path.parent.name == floor)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of the file."""
    for node in ast.walk(syntax_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(node: ast.AST, name: str) -> Iterator[ast.Call]:
    """Every call of `name(…)` in the node."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == name:
            yield part


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that the file imports, wherever in it, with the line; relative ones as absolute."""
    package = list(path.relative_to(ROOT).with_suffix("").parts[:-1])
    for node in ast.walk(syntax_of(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)


def template_files() -> list[Path]:
    """Every template."""
    return sorted(path for path in TEMPLATES.rglob("*") if path.is_file())


def table_rows(document: Path) -> list[str]:
    """The rows of a document's tables that begin with a name in backticks."""
    return [line for line in text_of(document).splitlines() if re.match(r"\| `", line)]


def none(found: Iterable[object]) -> None:
    """Fail with everything that was found, one on a line."""
    told = "\n".join(map(str, found))
    assert not told, f"\n{told}"
