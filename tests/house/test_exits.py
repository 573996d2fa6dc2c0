"""Every way out of the house is listed here with what gates it; a new one fails until it is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from posts.clearance.models import Decision

from .exits import ADDRESS, ANSWER, FILE, MAIL, NETWORK, PARCEL, PROGRAM, PUBLIC, WRITTEN, exits_of

ROOT = Path(__file__).parents[2]

# Words and pictures leave only as a parcel. Who packs one, and the decision that binds it.
PACKERS = {
    "posts/publishing/actions/deliver.py": "T1: stage prepare, its digest compared before a byte leaves",
    "posts/publishing/actions/intent.py": "T2: stage intent, or export when a person posts by hand",
    "posts/publishing/views/by_hand.py": "a picture, while the window after T2 is open and the whole gate says yes",
}
# Who hands a parcel to a network.
SENDERS = {"posts/publishing/actions/deliver.py": "between T1 and T2, and after T2, each within its window"}
# Who gives away the address of a stored file.
ADDRESSES = {
    "consent/files/store.py": "makes them",
    "consent/media/views/pictures.py": "members who may see pictures, and originals by their own ability",
    "posts/publishing/queries/places.py": "the person's own page, to its holder, once their birth date is given",
}
# Who asks the gate, stage by stage; a preview is asked and not kept.
STAGES = {
    "submit": "posts/clearance/actions/reviewing.py",
    "approve": "posts/clearance/actions/reviewing.py",
    "schedule": "posts/publishing/actions/scheduling.py",
    "prepare": "posts/publishing/actions/claim.py",
    "intent": "posts/publishing/actions/intent.py",
    "export": "posts/publishing/actions/by_hand.py",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the two apps."""
    for app in ("consent", "posts"):
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def callers_of(*names: str) -> set[str]:
    """The modules that call a function or method of one of these names."""
    found = set()
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                if called in names:
                    found.add(path)
    return found


def found_exits() -> set[str]:
    """Every way out that the code has, as ``path:function``."""
    return {
        f"{path.relative_to(ROOT)}:{name}"
        for app in ("consent", "posts")
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
        for name in exits_of(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))
    }


def listed_exits() -> list[str]:
    """Every way out that docs/gate.md names with what gates it."""
    text = (ROOT / "docs/gate.md").read_text(encoding="utf-8")
    rows = text.split("## Every exit")[1].split("\n## ")[0].splitlines()
    return [
        name
        for row in rows
        if row.startswith("| ") and row.rstrip("| ").count(" | ") == 2
        for name in re.findall(r"`([\w/]+\.py:[^`]+)`", row.split(" | ")[1])
    ]


SYNTHETIC = """
from functools import partial
import httpx
from django.core import mail
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from ninja import Router
from consent.access.doors import open_to_public, requires
from consent.files import store
from consent.files.store import read as bytes_of, signed_address
from consent.outbox import enqueue_mail
from posts.channels.registry import adapter_of
from posts.publishing.queries import parcel_of

router = Router()

def read_it(key): return bytes_of("renditions", key)
def read_by_module(key): return store.read("renditions", key)
def hand_it_on(key): return partial(bytes_of, "renditions", key)
def unpack(parcel): return [picture.read() for picture in parcel.pictures]
def lend(key): return signed_address("renditions", key, 60)
def pack(version): return parcel_of(version, "key", [])
def push(delivery, parcel): adapter_of(delivery.account).commit(None, parcel, None)
def push_through_a_name(delivery): return adapter_of
def phone(caption): httpx.post("https://example.org", json={"caption": caption})
def write(person, caption): enqueue_mail(to=person, body=caption)
def write_directly(caption): mail.send_mail("Hello", caption, None, [])
def say(request, version): return HttpResponse(version.caption)
def stream(request, version): return StreamingHttpResponse(streaming_content=[version.caption])
def save(path, version): path.write_text(version.caption)
@open_to_public
def show(request): return render(request, "page.html")
class Task:
    def late(self, key):
        def inner(): return bytes_of("renditions", key)
        return inner

def harmless(request, form): return HttpResponse(status=204)
@requires("post.view")
def inside(request): return render(request, "page.html")
def annotated(answer: HttpResponse) -> HttpResponse: return answer
"""
FOUND = {
    "read_it": {FILE},
    "read_by_module": {FILE},
    "hand_it_on": {FILE},
    "unpack": {FILE},
    "lend": {ADDRESS},
    "pack": {PARCEL},
    "push": {NETWORK},
    "push_through_a_name": {NETWORK},
    "phone": {NETWORK},
    "write": {MAIL},
    "write_directly": {MAIL},
    "say": {ANSWER},
    "stream": {ANSWER},
    "save": {WRITTEN},
    "show": {PUBLIC},
    "Task.late": {FILE},
    "the module itself": {PROGRAM},
}


class TestTheFinder:
    @pytest.mark.parametrize("name", FOUND)
    def test_sees_what_lets_something_out(self, name: str) -> None:
        assert exits_of(SYNTHETIC, "posts/synthetic/views.py")[name] == FOUND[name]

    def test_sees_nothing_else(self) -> None:
        assert exits_of(SYNTHETIC, "posts/synthetic/views.py").keys() == FOUND.keys()

    def test_sees_a_neighbour_by_its_relative_import(self) -> None:
        source = "from .store import read\ndef leak(key): return read('renditions', key)"
        assert exits_of(source, "consent/files/leaking.py") == {"leak": {FILE}}


class TestTheExits:
    def test_are_all_listed_with_what_gates_them(self) -> None:
        listed = listed_exits()
        assert found_exits() - set(listed) == set(), "List it in docs/gate.md, with what gates it."
        assert set(listed) - found_exits() == set(), "docs/gate.md lists what is no longer there."
        assert len(listed) == len(set(listed))

    def test_pack_a_parcel_only_behind_a_binding_decision(self) -> None:
        assert callers_of("parcel_of") == PACKERS.keys()

    def test_hand_parcels_to_networks_in_one_place(self) -> None:
        adapters = {path for path, tree in modules() if _calls_an_adapter(tree)}
        assert adapters == SENDERS.keys()

    def test_give_away_addresses_of_files_only_where_it_is_known(self) -> None:
        assert callers_of("signed_address") <= ADDRESSES.keys()

    def test_every_stage_of_the_gate_is_asked_where_the_table_says(self) -> None:
        stages = set(Decision.Stage.values) - {"preview"}
        assert stages == STAGES.keys()
        for stage, path in STAGES.items():
            assert f'"{stage}"' in (ROOT / path).read_text(encoding="utf-8"), (
                f"{path} does not ask for {stage}"
            )


def _calls_an_adapter(tree: ast.Module) -> bool:
    """Whether ``adapter_of(…).prepare(…)`` or ``.commit(…)`` is called."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("prepare", "commit")
        and isinstance(node.func.value, ast.Call)
        and getattr(node.func.value.func, "id", "") == "adapter_of"
        for node in ast.walk(tree)
    )
