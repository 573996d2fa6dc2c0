"""The pictures and the post of a world, and what people and detectors have said about it."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from consent.access.actions import add_recipient
from consent.media.actions import (
    FoundFile,
    count_unnamed,
    cover_someone,
    name_appearance,
    record_found_asset,
    say_nobody_appears,
)
from consent.media.models import Asset
from consent.media.queries import rendition_of
from consent.wording.rules import (
    ELEMENTS,
    FORMATS,
    PLATFORMS,
    PURPOSES,
    SENSITIVE_CATEGORIES,
    VISIBLE_ELEMENTS,
)
from posts.channels.actions import open_account
from posts.clearance.actions import (
    confirm_clearing,
    propose_clearing,
    record_finding,
    record_premature_upload,
    record_screening,
)
from posts.clearance.models import Approval, Attestation, Review
from posts.clearance.queries import rulings
from posts.content.actions import Mentioned, Shown, begin_post, change_post, note_origin_gone, write_version
from posts.content.models import Version
from posts.content.queries import payload_of
from posts.content.rules import Claims
from tests.posts_data import seen_nothing_in

from .consents import add_licence, author_of
from .worlds import EPOCH, CannotBuild, World, instant, only

ASSET = (
    "kind",
    "persons",
    "faces",
    "linked_faces",
    "masked_faces",
    "metadata_stripped",
    "alt_text",
    "captions",
    "captured_by",
)
CAPTURED = ("type", "baa", "authorized_before_capture")
POST = (
    "id",
    "channel",
    "format",
    "purpose",
    "media",
    "subjects",
    "hash",
    "approval",
    "paid",
    "ugc",
    "unique_detail",
    "deid_attested",
    "confirms_relationship",
    "unlinked_phi",
    "third_party_pays_us",
    "third_party_recipients",
    "sale_of_phi",
    "sensitive_category",
    "ftc",
    "uploaded_to_platform_before_gate",
    "ca_before_after_notice",
)
FTC = (
    "material_connection",
    "connection_disclosed",
    "atypical_result",
    "typical_result_stated",
    "quote_altered_meaning",
)
SAID, EXPECTED, SPONSORED = "I feel so much better now.", "Most people need six months.", "Sponsored by Acme."
TYPES = {"image": ("jpg", "image/jpeg"), "video": ("mp4", "video/mp4")}
WORKFORCE = ("workforce", "staff", "own")


def add_assets(world: World) -> None:
    """Every picture and video, as found, and who is in it."""
    for name, given in world.given["assets"].items():
        only(given, ASSET, f"assets.{name}")
        taken_by, cover = _capture(given)
        suffix, media_type = TYPES[given["kind"]]
        found = FoundFile(
            kind=given["kind"],
            data=f"{name} of {world.practice.slug}".encode(),
            suffix=suffix,
            media_type=media_type,
            label=name,
            metadata_stripped=bool(given["metadata_stripped"]),
            taken_by=taken_by,
            capture_cover=cover,
        )
        asset = record_found_asset(practice=world.practice, found=found, by=world.by("author"), at=EPOCH)
        world.assets[name] = asset
        _say_who(world, asset, given)


def _capture(given: Mapping[str, Any]) -> tuple[str, str]:
    """Who held the camera, and what allowed it."""
    captured = given.get("captured_by")
    if captured is None:
        return Asset.TakenBy.WORKFORCE, ""
    only(captured, CAPTURED, "captured_by")
    if captured["type"] in WORKFORCE:
        return Asset.TakenBy.WORKFORCE, ""
    if captured["type"] != "third_party":
        raise CannotBuild(f"captured_by.type: {captured['type']}")
    if captured.get("baa"):
        return Asset.TakenBy.THIRD_PARTY, Asset.CaptureCover.AGREEMENT
    signed = captured.get("authorized_before_capture")
    return Asset.TakenBy.THIRD_PARTY, Asset.CaptureCover.AUTHORIZED if signed else Asset.CaptureCover.NEITHER


def _say_who(world: World, asset: Asset, given: Mapping[str, Any]) -> None:
    """Name the people, cover the covered, count the rest."""
    by = world.by("author")
    subjects = world.given["post"]["subjects"]
    for name in given["persons"]:
        name_appearance(
            asset=asset,
            person=world.people[name],
            elements=_shown_of(subjects.get(name, ["face"])),
            capacity=_capacity(world, name),
            by=by,
            at=EPOCH,
        )
    masked = given.get("masked_faces") or 0
    for _ in range(masked):
        cover_someone(asset=asset, by=by, at=EPOCH)
    unnamed = max(0, given["faces"] - given["linked_faces"] - masked)
    if unnamed:
        count_unnamed(asset=asset, unnamed=unnamed, by=by, at=EPOCH)
    elif not given["persons"] and not masked:
        say_nobody_appears(asset=asset, by=by, at=EPOCH)


def _shown_of(elements: list[str]) -> list[str]:
    """What a picture shows of someone: what can be seen, or else whatever it is that is used of them."""
    only(dict.fromkeys(elements), ELEMENTS, "subjects")
    return [key for key in elements if key in VISIBLE_ELEMENTS] or elements


def _capacity(world: World, name: str) -> str:
    """Staff in their own capacity, everyone else as a patient: unknown is patient."""
    return "staff" if world.given["people"][name]["kind"] == "staff" else "patient"


def add_post(world: World) -> None:
    """The post and its one version, before anybody has looked at it."""
    given = world.given["post"]
    only(given, POST, "post")
    only(given.get("ftc") or {}, FTC, "post.ftc")
    for name, known in (("format", FORMATS), ("purpose", PURPOSES), ("channel", PLATFORMS)):
        only({given[name]: 1}, known, f"post.{name}")
    world.posts[given["id"]] = begin_post(
        practice=world.practice,
        location=world.location,
        title=given["id"],
        purpose=given["purpose"],
        kind="reply" if given["format"] == "reply" else "post",
        by=world.by("author"),
        at=EPOCH,
    )
    for name in (one["name"] for one in given.get("third_party_recipients") or ()):
        world.recipients[name] = None


def add_recipients(world: World) -> None:
    """Third parties that would receive it."""
    for given in world.given["post"].get("third_party_recipients") or ():
        only(given, ("name", "acts_for_us", "baa"), "third_party_recipients")
        world.recipients[given["name"]] = add_recipient(
            practice=world.practice,
            name=given["name"],
            acts_for_us=bool(given["acts_for_us"]),
            agreement_from=EPOCH.date() if given["baa"] else None,
            by=world.by("checker"),
            at=EPOCH,
        )


def write(world: World) -> Version:
    """The words, pictures and declarations."""
    given, by = world.given["post"], world.by("author")
    ftc = given.get("ftc") or {}
    post = world.posts[given["id"]]
    claims = _claims(world, given, ftc)
    change_post(
        post=post,
        title=post.title,
        purpose=post.purpose,
        location=world.location,
        claims=claims,
        by=by,
        at=EPOCH,
    )
    ugc = given.get("ugc") or {}
    if (ugc.get("license") or {}).get("withdrawn_at") is None and ugc.get("deleted_at"):
        note_origin_gone(post=post, gone_at=instant(ugc["deleted_at"]), by=by, at=world.now)
    words = [f"Story {given['id']}."]
    words += [SAID] if claims.quote_source and not ftc.get("quote_altered_meaning") else []
    words += [EXPECTED] if claims.typical_result else []
    world.version = write_version(
        post=post,
        account=_account(world, given["channel"]),
        caption=" ".join(words),
        format=given["format"],
        paid=bool(given["paid"]),
        third_party_pays=bool(given.get("third_party_pays_us")),
        disclosure=_disclosure(given, ftc),
        media=[_medium(world, name) for name in given["media"]],
        mentions=_mentions(world, given),
        recipients=list(world.recipients.values()),
        by=by,
        at=EPOCH,
    )
    return world.version


def _claims(world: World, given: Mapping[str, Any], ftc: Mapping[str, Any]) -> Claims:
    """What is declared about the whole post."""
    ugc = given.get("ugc")
    author = None
    if ugc:
        only(ugc, ("author", "license", "deleted_at"), "post.ugc")
        author = author_of(world, ugc["author"])
        if ugc.get("license"):
            add_licence(world, author, ugc["license"])
    category = given.get("sensitive_category") or ""
    if category:
        only({category: 1}, SENSITIVE_CATEGORIES, "post.sensitive_category")
    quotes = any("quote" in elements for elements in given["subjects"].values())
    told = bool(given.get("ca_before_after_notice"))
    return Claims(
        origin_url="https://example.org/original" if ugc else "",
        origin_author=author.pk if author else None,
        connection="other" if ftc.get("material_connection") else "",
        quote_source=SAID if quotes or ftc.get("quote_altered_meaning") else "",
        atypical_result=bool(ftc.get("atypical_result")),
        typical_result=EXPECTED if ftc.get("typical_result_stated") else "",
        procedures="Whitening" if told else "",
        results_notice=told,
        unretouched=told,
        sensitive_category=category,
        sale=bool(given.get("sale_of_phi")),
    )


def _disclosure(given: Mapping[str, Any], ftc: Mapping[str, Any]) -> str:
    """What the post says about money and ties, unless the world says that it does not."""
    tied = given.get("third_party_pays_us") or ftc.get("material_connection")
    return SPONSORED if tied and ftc.get("connection_disclosed", True) else ""


def _account(world: World, platform: str) -> Any:
    return open_account(
        practice=world.practice,
        platform=platform,
        handle=f"@{platform}",
        audience="closed" if platform == "facebook_private_group" else "public",
        discloser=world.location,
        adapter="by_hand",
        by=world.by("checker"),
        at=EPOCH,
    )


def _medium(world: World, name: str) -> Shown:
    """A picture of the version, with what is said of it for those who cannot see or hear it."""
    if name not in world.assets:
        raise CannotBuild(f"post.media: {name}")
    given = world.given["assets"][name]
    captions = "[music]" if given.get("captions") else ""
    return Shown(rendition_of(world.assets[name]), given.get("alt_text") or "", captions)


def _mentions(world: World, given: Mapping[str, Any]) -> list[Mentioned]:
    """Whom the words use: everything used of someone that no picture of the post shows."""
    found = []
    for name, elements in given["subjects"].items():
        only(dict.fromkeys(elements), ELEMENTS, "subjects")
        is_shown = any(name in world.given["assets"][asset]["persons"] for asset in given["media"])
        rest = [key for key in elements if key not in _shown_of(elements)] if is_shown else elements
        if rest:
            found.append(Mentioned(world.people[name], tuple(rest), _capacity(world, name)))
    return found


def look_at_it(world: World) -> None:
    """Detectors ran or did not; findings; who cleared them; who approved what."""
    given, version = world.given["post"], world.version
    assert version is not None
    machine = world.by("checker")
    if world.given["detectors"] not in ("ok", "timeout", "error", "down"):
        raise CannotBuild(f"detectors: {world.given['detectors']}")
    record_screening(version=version, ran=world.given["detectors"] == "ok", by=machine, at=EPOCH)
    for name in given["media"] if world.given["detectors"] == "ok" else ():
        seen_nothing_in(rendition_of(world.assets[name]), EPOCH)
    for kind in given.get("unlinked_phi") or ():
        record_finding(version=version, code="PHI_DETECTED_UNLINKED", kind=kind, by=machine, at=EPOCH)
    if given.get("confirms_relationship"):
        record_finding(
            version=version, code="RELATIONSHIP_CONFIRMED", kind="RELATIONSHIP", by=machine, at=EPOCH
        )
    if given.get("unique_detail"):
        record_finding(
            version=version, code="DEID_REVIEW_REQUIRED", kind="UNIQUE_DETAIL", by=machine, at=EPOCH
        )
        if given.get("deid_attested"):
            _clear(world, version)
    if given.get("uploaded_to_platform_before_gate"):
        record_premature_upload(
            version=version, uploaded_at=world.now - timedelta(days=1), by=world.by("author"), at=world.now
        )
    _approve(world, version)


def _clear(world: World, version: Version) -> None:
    """Two people looked at the detail and found that it identifies nobody."""
    [ruling] = rulings([version], world.now, final=False)
    for reason in ruling.verdict.reasons:
        if reason.code == "DEID_REVIEW_REQUIRED":
            why = "Nobody can be told from it."
            clearing = propose_clearing(
                version=version, fingerprint=reason.fingerprint, why=why, by=world.by("checker"), at=EPOCH
            )
            confirm_clearing(clearing=clearing, by=world.by("second"), at=EPOCH)


def _approve(world: World, version: Version) -> None:
    """Attested as it stands; approved as it stands, or as it stood before it was changed."""
    given = world.given["post"]
    approval = given.get("approval")
    digest = payload_of(version).digest
    by = world.users["approver"]
    bound: dict[str, Any] = {"practice": world.practice, "version": version}
    Attestation.objects.create(**bound, digest=digest, attested_by=by, attested_at=EPOCH)
    if not approval:
        return
    at = instant(approval["at"])
    seen = digest if approval["hash"] == given["hash"] else hashlib.sha256(digest.encode()).hexdigest()
    review = Review.objects.create(
        practice=world.practice,
        post=version.post,
        digest=seen,
        submitted_by=world.users["author"],
        submitted_at=at,
        outcome="approved",
        decided_by=by,
        decided_at=at,
    )
    Approval.objects.create(
        **bound, digest=seen, review=review, approved_by=by, author=world.users["author"], approved_at=at
    )
