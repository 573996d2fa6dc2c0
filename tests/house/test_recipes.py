"""docs/recipes.md names places that are there, and its example works as it stands."""

import ast
import re
from dataclasses import replace
from typing import Any

from door.places import ROOT
from posts.gate.packs import PackRule
from posts.gate.reasons import REMEDIES
from tests.facts import OHIO, POST

from .sources import none, syntax_of, text_of

RECIPES = ROOT / "docs/recipes.md"
PLACE = re.compile(r"`([\w./]+/[\w./]*)(?::(\w+))?`")


def defined_in(path: Any) -> set[str]:
    """What a module binds at its top."""
    found: set[str] = set()
    for node in syntax_of(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found


class TestRecipes:
    def test_name_places_that_are_there(self) -> None:
        places = PLACE.findall(text_of(RECIPES))
        assert len(places) > 20
        none(path for path, _ in places if not (ROOT / path).exists())
        none(f"{path}:{name}" for path, name in places if name and name not in defined_in(ROOT / path))

    def test_have_an_example_that_works(self) -> None:
        [block] = re.findall(r"```python\n(.*?)```", text_of(RECIPES), re.DOTALL)
        source = "\n".join(line.removeprefix("   ") for line in block.splitlines())
        names: dict[str, Any] = {}
        exec(compile(source, "recipes.md", "exec"), names)
        [rule] = names["EXAMPLE"]
        assert isinstance(rule, PackRule)
        assert rule.entry.remedy in REMEDIES
        there = replace(POST, places=(replace(OHIO, state="XX"),))
        assert rule.applies(there)
        assert not rule.applies(POST)
        assert rule.of_post is not None
        assert rule.of_post(replace(there, paid=True))
        assert not rule.of_post(there)
