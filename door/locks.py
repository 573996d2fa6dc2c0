"""The compiled locks: how they are made, and how we know, offline, that they still fit their intent."""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from door.frontend import INTENT, LOCK, NODE_LOCK, npm_command
from door.places import ROOT
from door.programs import must
from door.python_packages import (
    DEV_LOCK,
    IMAGES_LOCK,
    INSTALLER_LOCK,
    RUNTIME_LOCK,
    UV,
    uv_environment,
)
from door.speech import say

PYPROJECT = ROOT / "pyproject.toml"
MADE_FROM = "# Made from pyproject.toml: "
REMEDY = "run ./postern lock"
# A lock that is installed beside another pins the same versions.
AGREES_WITH = {DEV_LOCK: RUNTIME_LOCK, IMAGES_LOCK: DEV_LOCK}


@dataclass(frozen=True, kw_only=True)
class PythonLock:
    """One compiled file, and the tables of pyproject.toml that it is compiled from."""

    path: Path
    project: bool
    group: str = ""
    extra: str = ""

    def intent(self) -> str:
        """A digest of the tables; written into the file, so that a change of them is noticed."""
        whole = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
        tables: dict[str, Any] = {"python": whole["project"]["requires-python"]}
        if self.project:
            tables["project"] = sorted(whole["project"]["dependencies"])
        if self.group:
            tables["group"] = sorted(whole["dependency-groups"][self.group])
        if self.extra:
            tables["extra"] = sorted(whole["project"]["optional-dependencies"][self.extra])
            tables["not used"] = sorted(whole["tool"]["uv"]["override-dependencies"])
        return hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()

    def options(self) -> list[str]:
        """How uv is told which tables to compile."""
        return [
            *(["--group", self.group] if self.group else []),
            *(["--extra", self.extra] if self.extra else []),
            *([str(PYPROJECT)] if self.project else []),
            *(["--constraint", AGREES_WITH[self.path].name] if self.path in AGREES_WITH else []),
        ]


PYTHON_LOCKS = (
    PythonLock(path=RUNTIME_LOCK, project=True),
    PythonLock(path=DEV_LOCK, project=True, group="dev"),
    PythonLock(path=IMAGES_LOCK, project=True, extra="images"),
    PythonLock(path=INSTALLER_LOCK, project=False, group="installer"),
    PythonLock(path=NODE_LOCK, project=False, group="node"),
)


def compile_locks(upgrade: bool) -> None:
    """Write all locks anew; versions stay as they are where they still fit, unless upgrading."""
    env = uv_environment()
    for lock in PYTHON_LOCKS:
        say(f"Compiling {lock.path.relative_to(ROOT)}.")
        _compile(lock, env, ["--upgrade"] if upgrade else [])
    say("Compiling package-lock.json.")
    npm, env = npm_command()
    npm_options = ["--package-lock-only", "--ignore-scripts", "--omit-lockfile-registry-resolved"]
    must([*npm, "update" if upgrade else "install", *npm_options], "compile package-lock.json", env=env)


def _compile(lock: PythonLock, env: dict[str, str], extra: list[str]) -> None:
    command = [
        str(UV),
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--generate-hashes",
        "--no-emit-index-url",
    ]
    plain = ["--custom-compile-command", "./postern lock", "--output-file", str(lock.path)]
    must([*command, *plain, *extra, *lock.options()], f"compile {lock.path.name}", env=env)
    text = lock.path.read_text(encoding="utf-8")
    lock.path.write_text(f"{MADE_FROM}{lock.intent()}\n{text}", encoding="utf-8")


def complaints() -> Iterator[str]:
    """Every way in which a lock no longer fits its intent, or could fetch something unverified."""
    for lock in PYTHON_LOCKS:
        yield from _python_complaints(lock)
    yield from _npm_complaints()


def _python_complaints(lock: PythonLock) -> Iterator[str]:
    name = lock.path.relative_to(ROOT)
    text = lock.path.read_text(encoding="utf-8")
    if f"{MADE_FROM}{lock.intent()}" not in text.splitlines():
        yield f"{name} is older than pyproject.toml: {REMEDY}"
    for requirement in unhashed(text):
        yield f"{name} pins {requirement} without a hash: {REMEDY}"
    if "://" in text:
        yield f"{name} names an address: {REMEDY}"


def unhashed(text: str) -> list[str]:
    """The requirements in a lock that carry no hash."""
    lines = [*text.splitlines(), ""]
    pins = [number for number, line in enumerate(lines) if line[:1].isalnum()]
    return [lines[number].split()[0] for number in pins if "--hash=sha256:" not in lines[number + 1]]


def _npm_complaints() -> Iterator[str]:
    intent = json.loads(INTENT.read_text(encoding="utf-8"))
    packages = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    for table in ("dependencies", "devDependencies"):
        if intent.get(table) != packages[""].get(table):
            yield f"package-lock.json is older than package.json ({table}): {REMEDY}"
    for name, entry in packages.items():
        if name and ("integrity" not in entry or "resolved" in entry):
            yield f"package-lock.json: {name} lacks its integrity hash or names an address: {REMEDY}"
