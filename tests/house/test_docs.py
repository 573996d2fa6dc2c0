"""The documents tell the truth about the house: folders, rooms, words, libraries."""

import json
import re
import tomllib

import pytest
from django.apps import apps

from door.places import ROOT

from .sources import APPS, rooms, table_rows, text_of
from .test_imports import HEIGHTS

DOCS = ROOT / "docs"


def in_backticks(document):
    """Everything that the first column of the document's tables names."""
    return {name for row in table_rows(document) for name in re.findall(r"`([^`]+)`", row.split("|")[1])}


class TestMap:
    @pytest.mark.parametrize("app", APPS)
    def test_names_every_room_in_the_order_of_imports(self, app):
        arrows = next(
            line for line in text_of(DOCS / "map.md").splitlines() if re.match(rf"{app}\s+\w", line)
        )
        drawn = re.findall(r"\w+", arrows)[1:]
        assert sorted(drawn) == rooms(app)
        heights = [HEIGHTS[f"{app}.{room}"] for room in drawn]
        assert heights == sorted(heights)

    def test_says_what_happens_in_every_room(self):
        told = {name for name in in_backticks(DOCS / "map.md") if re.fullmatch(r"(consent|posts)/\w+", name)}
        assert told == {f"{app}/{room}" for app in APPS for room in rooms(app)}

    def test_says_what_every_folder_is(self):
        hidden = {"node_modules", "var", "__pycache__"}
        folders = {
            f"{place.name}/"
            for place in ROOT.iterdir()
            if place.is_dir() and place.name[0] != "." and place.name not in hidden
        }
        assert folders - in_backticks(DOCS / "map.md") == set()


class TestWords:
    def test_explain_every_model_once(self):
        explained = [
            name
            for row in table_rows(DOCS / "words.md")
            for name in re.findall(r"`([A-Z]\w+)`", row.split("|")[1])
        ]
        models = [model.__name__ for app in APPS for model in apps.get_app_config(app).get_models()]
        assert sorted(explained) == sorted(models)


class TestLibraries:
    def test_are_each_given_with_their_reason(self):
        project = tomllib.loads(text_of(ROOT / "pyproject.toml"))
        package = json.loads(text_of(ROOT / "package.json"))
        wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
        wanted += project["project"]["optional-dependencies"]["images"]
        names = {re.split(r"[\[<>=]", requirement)[0] for requirement in wanted}
        names |= package["dependencies"].keys() | package["devDependencies"].keys()
        assert in_backticks(DOCS / "decisions/libraries.md") == names
