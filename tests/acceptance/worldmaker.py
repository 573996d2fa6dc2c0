"""Random worlds from the vocabulary of the acceptance data: ``python -m tests.acceptance.worldmaker 1000 > FILE``.

Each is the base world with a few random changes; what is expected of it says the oracle. Worlds in which the rules
leave open whose reasons to give (two consents equally near) are not made.
"""

import copy
import json
import random
import sys
from pathlib import Path
from typing import Any

from .oracle import codes_of, near_misses

World = dict[str, Any]
BASE = Path(__file__).parent / "cases/gate_cases.jsonl"
ELEMENTS = [
    "first_name",
    "full_name",
    "face",
    "condition",
    "treatment",
    "quote",
    "voice",
    "before_after",
    "age_over_89",
]
CHANNELS = [
    "instagram",
    "facebook",
    "website",
    "linkedin",
    "x",
    "google",
    "press",
    "email",
    "facebook_private_group",
]
FORMATS = ["post", "reel", "story", "live", "reply"]
PURPOSES = ["testimonial", "before_after", "education", "event", "team"]
INSTANTS = ["2026-11-22T10:00:00Z", "2026-11-23T14:59:00Z", "2026-11-23T15:00:00Z", "2026-11-24T10:00:00Z"]
AUTHORITIES = [None, "parent", "guardian", "health_care_agent", "executor", "step-parent", "spouse"]
FINDINGS = ["NAME", "CARE_DETAIL", "APPOINTMENT", "ACCOUNT"]


def base_world() -> World:
    """G01: everything as it should be."""
    world: World = json.loads(BASE.read_text("utf-8").splitlines()[0])["world"]
    return world


def random_world(chance: random.Random) -> World:
    """A world with a few things changed, never one in which the rules leave the answer open."""
    while True:
        world = copy.deepcopy(base_world())
        for change in chance.sample(CHANGES, chance.choice([1, 1, 2, 2, 3, 4, 6])):
            change(world, chance)
        if not near_misses(world) and _is_one_story(world):
            return world


def _is_one_story(world: World) -> bool:
    """An event happens to a person: it cannot have happened for one of their forms and not for another."""
    named = [
        (consent["person"], consent.get("expiry_event"), bool(consent.get("expiry_event_occurred")))
        for consent in world["consents"].values()
    ]
    happened = {(person, event) for person, event, occurred in named if occurred}
    return all(event not in (None, "none") for _, event in happened) and all(
        occurred or (person, event) not in happened for person, event, occurred in named
    )


def _some(chance: random.Random, values: list[Any], least: int = 0) -> list[Any]:
    return chance.sample(values, chance.randint(least, min(4, len(values))))


def _consent(world: World, chance: random.Random) -> World:
    return chance.choice(list(world["consents"].values()) or [copy.deepcopy(base_world()["consents"]["C1"])])


def _scope(world: World, chance: random.Random) -> None:
    scope = _consent(world, chance)["scope"]
    name, values = chance.choice(
        [
            ("elements", ELEMENTS),
            ("channels", CHANNELS),
            ("formats", FORMATS),
            ("purposes", PURPOSES),
            ("media", ["M1", "M2", "*"]),
            ("posts", ["POST0", "POST1", "*"]),
        ]
    )
    scope[name] = _some(chance, values, 1)
    scope["paid"] = chance.random() < 0.3


def _time(world: World, chance: random.Random) -> None:
    consent = _consent(world, chance)
    name = chance.choice(["revoked_at", "oral_revocation_at", "effective_from", "expires_on", "expiry"])
    if name == "expires_on":
        consent[name] = chance.choice(["2026-11-22", "2026-11-23", "2027-05-31", "2028-05-31", None])
    elif name == "expiry":
        consent["expiry_event"] = chance.choice(["none", "end_of_treatment"])
        consent["expiry_event_occurred"] = chance.random() < 0.5 and consent["expiry_event"] != "none"
        consent["expires_on"] = chance.choice([None, "2027-05-31"])
    else:
        consent[name] = chance.choice(INSTANTS)


def _defect(world: World, chance: random.Random) -> None:
    consent = _consent(world, chance)
    change: World = chance.choice(
        [
            {"compound": True},
            {"conditioned": True},
            {"capacity_flag": "sedation"},
            {"evidence_complete": False},
            {"copy_given_at": None},
            {"known_false": True},
            {"revoked_channels": _some(chance, ["instagram", "facebook"], 1)},
            {"remuneration_stmt": True},
            {"ca_14pt_separate": True},
            {"prior_electronic_disclosures": chance.randint(0, 2)},
            {"template_effective": "2026-09-01"},
            {"form_lang": "es"},
            {"form_lang": "es", "translation_of": chance.choice(["v2", "v3"])},
        ]
    )
    consent.update(change)
    for name in ("elements", "statements"):
        if chance.random() < 0.15:
            consent[name] = consent[name][1:]


def _signer(world: World, chance: random.Random) -> None:
    consent, person = _consent(world, chance), world["people"]["P1"]
    person["dob"] = chance.choice(["1984-03-02", "2008-11-01", "2011-05-05", "2013-05-05"])
    for name in ("emancipated", "minor_consented_service", "pr_excluded"):
        if chance.random() < 0.2:
            person[name] = True
    if chance.random() < 0.3:
        person["deceased_on"] = chance.choice(["2025-08-01", "2026-10-10", "1973-02-01"])
        if person["deceased_on"] == "1973-02-01":
            person["dob"] = "1899-01-01"
    if chance.random() < 0.7:
        consent["signer"] = {
            "role": "personal_representative",
            "lang": "en",
            "authority": chance.choice(AUTHORITIES),
            "authority_verified": chance.random() < 0.7,
        }
        if consent["signer"]["authority"] in ("step-parent", "spouse", None):
            consent["signer"]["authority_verified"] = False


def _another_consent(world: World, chance: random.Random) -> None:
    other = copy.deepcopy(base_world()["consents"]["C1"])
    other["signed_at"] = chance.choice(["2026-05-01T14:00:00Z", "2026-07-01T14:00:00Z"])
    world["consents"]["C2"] = other


def _another_person(world: World, chance: random.Random) -> None:
    world["people"]["P2"] = {"id": "P2", "kind": "patient", "dob": "1990-07-07", "lang": "en"}
    world["assets"]["M1"].update(persons=["P1", "P2"], faces=2, linked_faces=2)
    world["post"]["subjects"]["P2"] = ["face"]
    if chance.random() < 0.6:
        world["consents"]["C9"] = copy.deepcopy(base_world()["consents"]["C1"]) | {"person": "P2"}


def _staff(world: World, chance: random.Random) -> None:
    ends = chance.choice(["2026-09-30", "2026-11-23", "2027-09-30"])
    world["people"]["S1"] = {
        "id": "S1",
        "kind": "staff",
        "dob": "1988-01-01",
        "lang": "en",
        "release": {"ends": ends},
    }
    world["post"]["subjects"]["S1"] = ["full_name"]


def _post(world: World, chance: random.Random) -> None:
    post = world["post"]
    name, value = chance.choice(
        [
            ("channel", chance.choice(CHANNELS)),
            ("format", chance.choice(FORMATS)),
            ("purpose", chance.choice(PURPOSES)),
            ("paid", True),
            ("hash", "h2"),
            ("approval", None),
            ("third_party_pays_us", True),
            ("sale_of_phi", True),
            ("sensitive_category", chance.choice(["part2_sud", "psychotherapy_notes"])),
            ("uploaded_to_platform_before_gate", True),
            ("unlinked_phi", _some(chance, FINDINGS, 1)),
            ("confirms_relationship", True),
            ("unique_detail", True),
        ]
    )
    post[name] = value
    if name == "unique_detail" and chance.random() < 0.5:
        post["deid_attested"] = True


def _subjects(world: World, chance: random.Random) -> None:
    world["post"]["subjects"]["P1"] = ["face", *_some(chance, [key for key in ELEMENTS if key != "face"])]


def _ftc(world: World, chance: random.Random) -> None:
    world["post"]["ftc"] = chance.choice(
        [
            {"material_connection": True, "connection_disclosed": chance.random() < 0.5},
            {"atypical_result": True, "typical_result_stated": chance.random() < 0.5},
            {"quote_altered_meaning": True},
        ]
    )


def _asset(world: World, chance: random.Random) -> None:
    asset = world["assets"]["M1"]
    change: World = chance.choice(
        [
            {"metadata_stripped": False},
            {"alt_text": ""},
            {"kind": "video", "captions": chance.random() < 0.5},
            {"faces": 3},
            {"faces": 3, "masked_faces": 2},
            {
                "captured_by": {
                    "type": "third_party",
                    "baa": chance.random() < 0.4,
                    "authorized_before_capture": chance.random() < 0.4,
                }
            },
        ]
    )
    asset.update(change)


def _org(world: World, chance: random.Random) -> None:
    world["org"]["state"] = chance.choice(["CA", "NY", "NJ", "TX", "OH"])
    world["org"]["profession"] = chance.choice(["physician", "mft"])


def _ugc(world: World, chance: random.Random) -> None:
    licence: World | None = {"channels": _some(chance, ["instagram", "facebook"], 1)}
    if licence and chance.random() < 0.3:
        licence["withdrawn_at"] = chance.choice(INSTANTS)
    if chance.random() < 0.25:
        licence = None
    world["post"]["ugc"] = {"author": chance.choice(["friend", "mom", "P1"]), "license": licence}


def _recipient(world: World, chance: random.Random) -> None:
    acts = chance.random() < 0.6
    world["post"]["third_party_recipients"] = [
        {"name": "BrightAgency", "acts_for_us": acts, "baa": acts and chance.random() < 0.5}
    ]
    if chance.random() < 0.3:
        _consent(world, chance)["scope"]["recipients"] = ["BrightAgency"]


def _nobody_signed(world: World, chance: random.Random) -> None:
    world["consents"] = {}


def _detectors(world: World, chance: random.Random) -> None:
    world["detectors"] = "timeout"


def _overdue(world: World, chance: random.Random) -> None:
    if world["post"].get("approval"):
        world["post"]["approval"]["approver_training_overdue"] = True


CHANGES = [
    _scope,
    _scope,
    _time,
    _time,
    _defect,
    _defect,
    _signer,
    _signer,
    _another_consent,
    _another_person,
    _staff,
    _post,
    _post,
    _subjects,
    _ftc,
    _asset,
    _org,
    _ugc,
    _recipient,
    _nobody_signed,
    _detectors,
    _overdue,
]


def random_case(number: int, seed: str = "") -> World:
    """A world with what the oracle expects of it, in the format of the acceptance data."""
    world = random_world(random.Random(f"{seed}{number}"))
    codes = sorted(codes_of(world))
    return {
        "id": f"R{number:05}",
        "given": "a random world",
        "when": "publish",
        "expect": {"verdict": "BLOCK" if codes else "ALLOW", "codes": codes},
        "world": world,
    }


if __name__ == "__main__":
    for counted in range(int(sys.argv[1]) if len(sys.argv) > 1 else 100):
        print(json.dumps(random_case(counted, *sys.argv[2:3])))
