"""The rules a second time, written from rules.md and from nothing else: world in, codes out.

It shares no line with the gate, no model and no builder. Where it and the gate differ, one of them is wrong.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

World = dict[str, Any]
ELEMENTS = {"info_description", "discloser", "recipient", "purpose", "expiry", "signature_date"}
STATEMENTS = {"right_to_revoke", "no_conditioning", "redisclosure"}


def codes_of(world: World) -> set[str]:
    """Every code against the post of `world`; nothing means ALLOW."""
    post = world["post"]
    found = set[str]()
    for name, capacity in _depicted(world).items():
        found |= _of_staff(world, name) if capacity == "staff" else _of_patient(world, name)
    return (
        found
        | _of_post(world, post)
        | _of_media(world, post)
        | _of_author(world, post)
        | _of_review(world, post)
    )


def _now(world: World) -> datetime:
    return _when(world["now"])


def _when(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def _depicted(world: World) -> dict[str, str]:
    """R33: everyone mentioned or shown."""
    names = list(world["post"]["subjects"])
    for asset in world["post"]["media"]:
        names += world["assets"][asset]["persons"]
    return {name: world["people"][name]["kind"] for name in names}


def _used(world: World, name: str) -> set[str]:
    """The elements used of someone; a person who is only shown is shown by the face."""
    return set(world["post"]["subjects"].get(name, ["face"]))


def _of_staff(world: World, name: str) -> set[str]:
    """R32."""
    release = world["people"][name].get("release")
    if not release:
        return {"STAFF_RELEASE_MISSING"}
    return {"STAFF_RELEASE_EXPIRED"} if _is_over(world, release["ends"]) else set()


def _is_over(world: World, day: str) -> bool:
    """R53: a date means the end of that day at the practice."""
    zone = ZoneInfo(world["org"]["tz"])
    return _now(world) >= datetime.combine(
        date.fromisoformat(day) + timedelta(days=1), datetime.min.time(), zone
    )


def _of_patient(world: World, name: str) -> set[str]:
    """R1, R23, R24: one consent that suffices by itself; otherwise the nearest one's reasons."""
    died = world["people"][name].get("deceased_on")
    if (
        died
        and date.fromisoformat(died).replace(year=date.fromisoformat(died).year + 50) < _now(world).date()
    ):
        return set()  # R30
    mine = [consent for consent in world["consents"].values() if consent["person"] == name]
    if not mine:
        return {"NO_CONSENT"}
    against = [_of_consent(world, name, consent) for consent in mine]
    return min(against, key=len)


def near_misses(world: World) -> int:
    """For how many people several insufficient consents are equally near: there the rules leave the choice open."""
    count = 0
    for name, kind in _depicted(world).items():
        mine = [c for c in world["consents"].values() if c["person"] == name] if kind != "staff" else []
        against = sorted((_of_consent(world, name, c) for c in mine), key=len)
        count += len(against) > 1 and bool(against[0]) and len(against[0]) == len(against[1])
    return count


def _of_consent(world: World, name: str, consent: World) -> set[str]:
    return (
        _in_time(world, consent)
        | _in_form(consent)
        | _by_whom(world, world["people"][name], consent)
        | _in_scope(world, name, consent)
        | _in_state(world, name, consent)
    )


def _in_time(world: World, consent: World) -> set[str]:
    """R6, R13, R17, R53."""
    now, ends, event = _now(world), consent.get("expires_on"), consent.get("expiry_event")

    def by_now(name: str) -> bool:
        return bool(consent.get(name)) and _when(consent[name]) <= now

    found = {
        "CONSENT_REVOKED": by_now("revoked_at")
        or world["post"]["channel"] in (consent.get("revoked_channels") or ()),
        "CONSENT_SUSPENDED": by_now("oral_revocation_at"),
        "CONSENT_FALSE_INFO": consent.get("known_false"),
        "CONSENT_NOT_YET_EFFECTIVE": consent.get("effective_from") and not by_now("effective_from"),
        "CONSENT_EXPIRED": (ends and _is_over(world, ends)) or consent.get("expiry_event_occurred"),
        "EXPIRY_NONE_NOT_ALLOWED": event == "none",
        "EXPIRY_BLANK": not ends and not event,
    }
    return {code for code, is_so in found.items() if is_so}


def _in_form(consent: World) -> set[str]:
    """R2-R10, R12, R15, R16, R31, R43, R71, R94, R95."""
    signer = consent["signer"]
    defects = {
        "FORM_ELEMENT_MISSING": not set(consent["elements"]) >= ELEMENTS,
        "FORM_STATEMENT_MISSING": not set(consent["statements"]) >= STATEMENTS,
        "COMPOUND_AUTHORIZATION": consent.get("compound"),
        "CONDITIONED_AUTHORIZATION": consent.get("conditioned"),
        "CAPACITY_NOT_ATTESTED": consent.get("capacity_flag"),
        "SIGNATURE_EVIDENCE_INCOMPLETE": not consent["evidence_complete"],
        "COPY_NOT_PROVIDED": not consent.get("copy_given_at"),
        "FORM_LANGUAGE_MISMATCH": signer["lang"] != consent["form_lang"] and not signer.get("interpreter"),
        "TRANSLATION_VERSION_MISMATCH": consent.get("translation_of")
        and consent["translation_of"] != consent["master_version_at_signing"],
        "SIGNATURE_BEFORE_FORM_VERSION": _when(consent["signed_at"])
        < datetime.combine(date.fromisoformat(consent["template_effective"]), datetime.min.time(), UTC),
    }
    return {code for code, is_so in defects.items() if is_so}


def _eighteen(world: World, person: World) -> datetime:
    born = date.fromisoformat(person["dob"])
    zone = ZoneInfo(world["org"]["tz"])
    return datetime.combine(born.replace(year=born.year + 18), datetime.min.time(), zone)


def _by_whom(world: World, person: World, consent: World) -> set[str]:
    """R7, R22, R26-R30."""
    signer, signed = consent["signer"], _when(consent["signed_at"])
    represented = signer["role"] == "personal_representative"
    minor = signed < _eighteen(world, person)
    if represented and not signer.get("authority"):
        return {"SIGNER_AUTHORITY_MISSING"}
    died = person.get("deceased_on")
    if died and date.fromisoformat(died) <= _now(world).astimezone(ZoneInfo(world["org"]["tz"])).date():
        if not (represented and signer["authority"] == "executor" and signer.get("authority_verified")):
            return {"DECEASED_REP_REQUIRED"}
        return {"SIGNER_NOT_AUTHORIZED"} if person.get("pr_excluded") else set()
    if not represented:
        alone = person.get("emancipated") or person.get("minor_consented_service")
        return {"SIGNER_NOT_AUTHORIZED"} if minor and not alone else set()
    rightful = (
        {"parent", "guardian", "other"}
        if minor and not person.get("emancipated")
        else {
            "guardian",
            "health_care_agent",
            "other",
        }
    )
    found = set[str]()
    if (
        signer["authority"] not in rightful
        or not signer.get("authority_verified")
        or person.get("pr_excluded")
    ):
        found.add("SIGNER_NOT_AUTHORIZED")
    elif minor and person.get("minor_consented_service"):
        found.add("MINOR_OWN_CONSENT_REQUIRED")
    if minor and _now(world) >= _eighteen(world, person):
        found.add("MINOR_NOW_ADULT")
    return found


def _in_scope(world: World, name: str, consent: World) -> set[str]:
    """R2, R4, R5, R19, R20, R25, R49, R66."""
    post, scope = world["post"], consent["scope"]
    shown_in = {asset for asset in post["media"] if name in world["assets"][asset]["persons"]}
    strangers = {
        one["name"]
        for one in post.get("third_party_recipients") or ()
        if not (one["acts_for_us"] and one["baa"])
    }
    beyond = {
        "SCOPE_ELEMENT": not _used(world, name) <= set(scope["elements"]),
        "SCOPE_CHANNEL": post["channel"] not in scope["channels"],
        "SCOPE_FORMAT": post["format"] not in scope["formats"],
        "SCOPE_PURPOSE": post["purpose"] not in scope["purposes"],
        "SCOPE_PAID": post["paid"] and not scope["paid"],
        "SCOPE_MEDIA": "*" not in scope["media"] and not shown_in <= set(scope["media"]),
        "SCOPE_POST_SPECIFIC": "*" not in scope["posts"] and post["id"] not in scope["posts"],
        "SCOPE_RECIPIENT": not strangers <= set(scope["recipients"]),
        "REMUNERATION_NOT_DISCLOSED": post.get("third_party_pays_us")
        and not consent.get("remuneration_stmt"),
        "SALE_NOT_DISCLOSED": post.get("sale_of_phi") and not consent.get("sale_stmt"),
    }
    return {code for code, is_so in beyond.items() if is_so}


def _in_state(world: World, name: str, consent: World) -> set[str]:
    """R75, R77, R79."""
    org, post = world["org"], world["post"]
    found = set[str]()
    if org["state"] == "CA":
        if not consent.get("ca_14pt_separate"):
            found.add("STATE_CA_FORM")
        zone = ZoneInfo(org["tz"])
        signed = _when(consent["signed_at"]).astimezone(zone).date()
        ends = consent.get("expires_on")
        last = date.fromisoformat(ends) if ends else _now(world).astimezone(zone).date()
        if last > signed.replace(year=signed.year + 1) and not consent.get("longer_on_request"):
            found.add("STATE_CA_MAX_1Y")
    if (
        org["state"] == "TX"
        and consent.get("prior_electronic_disclosures")
        and not consent.get("covers_series")
    ):
        found.add("STATE_TX_SEPARATE_AUTH")
    board = org["profession"] == "mft"
    if org["state"] == "NJ" and board and post["purpose"] == "testimonial" and not consent.get("notarized"):
        found.add("STATE_NJ_NOTARY")
    return found


def _of_post(world: World, post: World) -> set[str]:
    """R21, R45, R48, R66, R76, R78, R82, R84-R88."""
    org, ftc = world["org"], post.get("ftc") or {}
    tied = ftc.get("material_connection") or post.get("third_party_pays_us")
    compares = post["purpose"] == "before_after" or any(
        "before_after" in _used(world, name) for name in _depicted(world)
    )
    agencies = [
        one for one in post.get("third_party_recipients") or () if one["acts_for_us"] and not one["baa"]
    ]
    found = {
        "LIVE_UNSCREENED": post["format"] == "live",
        "SENSITIVE_CATEGORY_EXCLUDED": post.get("sensitive_category"),
        "PREMATURE_PLATFORM_UPLOAD": post.get("uploaded_to_platform_before_gate"),
        "BAA_MISSING": agencies and _depicted(world),
        "STATE_NY_TESTIMONIAL": org["state"] == "NY"
        and org["profession"] == "physician"
        and post["purpose"] == "testimonial",
        "STATE_CA_BEFORE_AFTER": org["state"] == "CA" and compares and not post.get("ca_before_after_notice"),
        "FTC_MATERIAL_CONNECTION": tied and not ftc.get("connection_disclosed", True),
        "FTC_TYPICALITY": ftc.get("atypical_result") and not ftc.get("typical_result_stated"),
        "FTC_TESTIMONIAL_ALTERED": ftc.get("quote_altered_meaning"),
        "RELATIONSHIP_CONFIRMED": post.get("confirms_relationship"),
        "PHI_DETECTED_UNLINKED": post.get("unlinked_phi"),
        "DEID_REVIEW_REQUIRED": post.get("unique_detail") and not post.get("deid_attested"),
        "DETECTOR_UNAVAILABLE": world["detectors"] != "ok",
    }
    return {code for code, is_so in found.items() if is_so}


def _of_media(world: World, post: World) -> set[str]:
    """R33, R37, R40, R92."""
    found = set[str]()
    for name in post["media"]:
        asset = world["assets"][name]
        if asset["faces"] > asset["linked_faces"] + (asset.get("masked_faces") or 0):
            found.add("FACE_UNLINKED")
        if not asset["metadata_stripped"]:
            found.add("METADATA_NOT_STRIPPED")
        if not asset.get("alt_text"):
            found.add("A11Y_ALT_TEXT_MISSING")
        if asset["kind"] == "video" and not asset.get("captions"):
            found.add("A11Y_CAPTIONS_MISSING")
        camera = asset.get("captured_by")
        outside = camera and camera["type"] == "third_party" and not camera.get("baa")
        if outside and not camera.get("authorized_before_capture"):
            found.add("CAPTURE_BEFORE_AUTHORIZATION")
    return found


def _of_author(world: World, post: World) -> set[str]:
    """R96, R97."""
    ugc = post.get("ugc")
    if not ugc:
        return set()
    licence = ugc.get("license")
    if not licence:
        return {"UGC_LICENSE_MISSING"}
    found = set[str]()
    if licence.get("withdrawn_at") and _when(licence["withdrawn_at"]) <= _now(world):
        found.add("UGC_WITHDRAWN")
    if post["channel"] not in licence["channels"]:
        found.add("UGC_LICENSE_SCOPE")
    return found


def _of_review(world: World, post: World) -> set[str]:
    """R43, R61."""
    approval = post.get("approval")
    if not approval or _when(approval["at"]) > _now(world):
        return {"APPROVAL_MISSING"}
    found = set[str]()
    if approval["hash"] != post["hash"]:
        found.add("CONTENT_CHANGED_SINCE_APPROVAL")
    if approval.get("approver_training_overdue"):
        found.add("APPROVER_NOT_QUALIFIED")
    return found
