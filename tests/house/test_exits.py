"""Every way out of the house is listed here with what gates it; a new one fails until it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

from posts.clearance.models import Decision

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


class TestTheExits:
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
