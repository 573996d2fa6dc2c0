"""What import-linter cannot see: foreign keys, hidden imports, the standard library, signals."""

import sys
import tomllib

import pytest
from django.apps import apps

from door.places import ROOT

from .sources import APPS, imports, none, on_floor, python_files, rooms, short, syntax_of

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
# What reaches out of the process, or costs a whole library, and the only places that may use it.
ONLY_IN = {
    "boto3": (),
    "httpx": ("posts/channels/",),
    "urllib.request": ("consent/evidence/",),  # the time-stamping authority
    "http.client": (),
    "requests": (),
    "socket": ("posts/channels/", "posts/management/"),  # a worker is named after its machine
    "ftplib": (),
    "smtplib": ("consent/outbox/",),
    "django.core.mail": ("consent/outbox/",),
    "PIL": ("consent/media/", "posts/demo/"),
    "weasyprint": ("consent/evidence/",),
    "segno": ("consent/", "posts/"),
    "django.dispatch": (),
}


def order_of(app):
    """The rooms as the contract lists them, highest first; a bar stands for the same height."""
    contract = next(one for one in CONTRACTS if one.get("containers") == [app])
    return {
        f"{app}.{room.strip()}": height
        for height, layer in enumerate(contract["layers"])
        for room in layer.split("|")
    }


HEIGHTS = order_of("consent") | order_of("posts")


def room_of_model(model):
    app, room = model.__module__.split(".")[:2]
    return f"{app}.{room}"


def points_down(lower, higher):
    """Whether `higher` may know `lower`."""
    if lower.split(".")[0] != higher.split(".")[0]:
        return higher.startswith("posts.")
    return lower == higher or HEIGHTS[lower] > HEIGHTS[higher]


class TestForeignKeys:
    def test_point_down_only(self):
        ours = [model for app in APPS for model in apps.get_app_config(app).get_models()]
        none(
            [
                f"{model.__name__}.{field.name}"
                for model in ours
                for field in model._meta.get_fields()
                if field.concrete
                and field.is_relation
                and field.related_model in ours
                and not points_down(room_of_model(field.related_model), room_of_model(model))
            ]
        )


class TestContracts:
    @pytest.mark.parametrize("app", APPS)
    def test_name_every_room(self, app):
        assert sorted(order_of(app)) == [f"{app}.{room}" for room in rooms(app)]

    def test_know_the_floors_of_every_room(self):
        floors = next(one for one in CONTRACTS if "(rules)" in one.get("layers", []))
        assert sorted(floors["containers"]) == sorted(f"{app}.{room}" for app in APPS for room in rooms(app))

    def test_no_room_is_imported_out_of_sight(self):
        """An import inside a function hides a circle; only the apps' own start needs it."""
        hidden = [
            f"{short(path)}:{line}: {module}"
            for path in python_files(*APPS)
            if path.stem != "apps"
            for module, line in imports(path)
            if module.split(".")[0] in APPS and line not in {node.lineno for node in syntax_of(path).body}
        ]
        none(hidden)


class TestLibraries:
    def test_are_used_where_they_belong(self):
        none(
            [
                f"{short(path)}:{line}: {module}"
                for path in python_files("config", *APPS)
                for module, line in imports(path)
                for library, places in ONLY_IN.items()
                if f"{module}.".startswith(f"{library}.")
                and not short(path).startswith(places or ("nowhere",))
            ]
        )

    def test_the_gate_needs_the_standard_library_and_rules_only(self):
        allowed = {*sys.stdlib_module_names}
        none(
            [
                f"{short(path)}:{line}: {module}"
                for path in python_files("posts/gate")
                for module, line in imports(path)
                if module.split(".")[0] not in allowed
                and not module.startswith("posts.gate.")
                and not (module.startswith("consent.") and module.split(".")[2] == "rules")
            ]
        )

    def test_rules_read_no_clock_and_no_setting(self):
        none(
            [
                f"{short(path)}:{line}: {module}"
                for path in python_files(*APPS)
                if on_floor(path, "rules")
                for module, line in imports(path)
                if module.split(".")[0] in {"django", "config", "os", "time", "random"}
            ]
        )
