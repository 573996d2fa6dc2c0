"""Finds every function that lets something out of the house: a file's bytes, a caption, a mail, an export.

By syntax alone, so that a new way out shows itself: what counts is in the tables below, by kind.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

FILE = "reads a stored file"
ADDRESS = "gives away the address of a file"
PARCEL = "packs or unpacks what a network gets"
NETWORK = "speaks to a network"
MAIL = "writes or sends a mail"
ANSWER = "answers with content of its own"
PUBLIC = "shows a page to people who are not signed in"
WRITTEN = "writes a file outside the store"
PROGRAM = "answers another program"

# What is imported from where; any mention counts, called or handed on.
IMPORTED = {
    ("consent.files.store", "read"): FILE,
    ("consent.files.store", "signed_address"): ADDRESS,
    ("django.core.files.storage", "storages"): FILE,
    ("django.core.files.storage", "default_storage"): FILE,
    ("posts.publishing.queries.parcels", "parcel_of"): PARCEL,
    ("posts.channels.registry", "adapter_of"): NETWORK,
    ("posts.channels.transport", "call"): NETWORK,
    ("httpx", ""): NETWORK,
    ("urllib.request", ""): NETWORK,
    ("socket", ""): NETWORK,
    ("smtplib", ""): MAIL,
    ("consent.outbox.actions", "enqueue_mail"): MAIL,
    ("django.core.mail", ""): MAIL,
    ("django.http", "HttpResponse"): ANSWER,
    ("django.http", "StreamingHttpResponse"): ANSWER,
    ("django.http", "FileResponse"): ANSWER,
    ("django.http", "JsonResponse"): ANSWER,
    ("csv", ""): WRITTEN,
    ("ninja", ""): PROGRAM,
    ("rest_framework", ""): PROGRAM,
}
# Methods, whatever they are called on: of a picture in a parcel, of a path.
METHODS = {"write_bytes": WRITTEN, "write_text": WRITTEN}
# A parcel's picture hands over its bytes when asked without an argument.
READS = "read"
PUBLIC_DOORS = {"open_to_public", "for_visitors", "at_tablet"}
OURS = ("consent", "posts")
# Names that mean something else elsewhere in the house.
TOO_COMMON = {"read", "call"}


@dataclass
class _Module:
    """One module: what its names mean."""

    package: list[str]
    names: dict[str, str] = field(default_factory=dict)
    modules: dict[str, str] = field(default_factory=dict)

    def learn(self, tree: ast.Module) -> None:
        """Note what is imported, wherever in the module."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    self.modules[alias.asname or alias.name] = alias.name
            elif isinstance(node, ast.ImportFrom):
                self._learn_from(node)

    def _learn_from(self, node: ast.ImportFrom) -> None:
        above = self.package[: len(self.package) - node.level + 1] if node.level else []
        base = ".".join([*above, *([node.module] if node.module else [])])
        for alias in node.names:
            name = alias.asname or alias.name
            self.modules[name] = f"{base}.{alias.name}"
            kind = IMPORTED.get((base, alias.name)) or IMPORTED.get((base, ""))
            kind = kind or _by_last_name(base, alias.name)
            if kind:
                self.names[name] = kind

    def kind_of(self, node: ast.AST) -> str | None:
        """The kind of exit that a name or ``module.name`` stands for."""
        if isinstance(node, ast.Name):
            return self.names.get(node.id)
        if isinstance(node, ast.Attribute):
            module = self.modules.get(ast.unparse(node.value), "")
            return IMPORTED.get((module, node.attr)) or IMPORTED.get((module, ""))
        return None


def _by_last_name(base: str, name: str) -> str | None:
    """The kind of a function of ours that a room's table of contents hands on, under its own name."""
    ours = base.split(".", maxsplit=1)[0] in OURS and name not in TOO_COMMON
    known = {one: kind for (module, one), kind in IMPORTED.items() if module.split(".")[0] in OURS}
    return known.get(name) if ours else None


def exits_of(source: str, path: str) -> dict[str, set[str]]:
    """The functions of a module that let something out, by their name in it, with the kinds of exit."""
    tree = ast.parse(source)
    module = _Module(path.removesuffix(".py").split("/")[:-1])
    module.learn(tree)
    found: dict[str, set[str]] = {}
    for name, function in _functions(tree, ""):
        kinds = set(_kinds(function, module))
        if kinds:
            found[name] = kinds
    if outside := set(_kinds_outside(tree, module)):
        found["the module itself"] = outside
    return found


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function, methods by ``Class.method``; one inside another counts with the outer one."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{prefix}{child.name}", child
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")
        elif not isinstance(child, ast.expr):
            yield from _functions(child, prefix)


def _kinds(function: ast.FunctionDef | ast.AsyncFunctionDef, module: _Module) -> Iterator[str]:
    """What the function lets out; its annotations and decorators do not count, but a public door does."""
    doors = {ast.unparse(one).split("(")[0].split(".")[-1] for one in function.decorator_list}
    for statement in function.body:
        yield from _in(statement, module)
    if doors & PUBLIC_DOORS:
        yield PUBLIC


def _in(statement: ast.AST, module: _Module) -> Iterator[str]:
    """What one statement lets out."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Call):
            yield from _of_call(node, module)
        elif (kind := module.kind_of(node)) and kind != ANSWER:
            yield kind


def _of_call(call: ast.Call, module: _Module) -> Iterator[str]:
    """What a call lets out by itself; the names in it are seen apart."""
    if module.kind_of(call.func) == ANSWER and _content(call):
        yield ANSWER
    if isinstance(call.func, ast.Attribute):
        if call.func.attr == READS and not (call.args or call.keywords):
            yield FILE
        if call.func.attr in METHODS:
            yield METHODS[call.func.attr]


def _content(call: ast.Call) -> bool:
    """Whether an answer has content: without any it says only yes or no."""
    return bool(call.args) or any(
        keyword.arg in ("content", "streaming_content") for keyword in call.keywords
    )


def _kinds_outside(tree: ast.Module, module: _Module) -> Iterator[str]:
    """What is let out while the module is imported, or bound to another name there."""
    for node in tree.body:
        if not isinstance(
            node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        ):
            yield from _in(node, module)
