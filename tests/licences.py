"""Licences for tests, asked for and signed with the real actions, and posts that repeat what their author made."""

from dataclasses import replace
from typing import Any

from consent.evidence.actions import give_copy
from consent.records.models import Consent
from consent.signing.actions import Offer, prepare
from consent.signing.models import Ceremony
from posts.clearance.queries import preview
from posts.content.actions import Shown, change_post
from posts.content.queries import claims_of
from tests.cast import NOW, by
from tests.ceremonies import ENDS_ON, answered, handed_over, sample_wording, signed
from tests.drafts import a_channel, a_post, a_version
from tests.links import paper_made, quick_paper

OFFERED = {"platforms": ["website", "instagram"], "formats": ["post", "reel"], "paid": []}
WORK = "“My way back”, https://social.example/rosa/7"


def asked(cast, person, right=None, *, language="en", **fields):
    """Finn asks for a licence for story 7."""
    usual: dict[str, Any] = {"lists": OFFERED, "ends_on": ENDS_ON, "work": WORK, "story": 7}
    return prepare(
        person=person,
        wording=sample_wording(cast, "author_licence", language),
        representation=right,
        location=cast.location,
        offer=Offer(**{**usual, **fields}, capacity_attested=True),
        by=by(cast.finn),
        at=NOW,
    )


def licensed(cast, monkeypatch, ceremony, *, formats=("post",), edits=("as_it_is",), ties=("none",)):
    """Signed at the counter, sealed, a copy given."""
    handed_over(cast, ceremony)
    marked = {"formats": {"formats": list(formats), "edits": list(edits)}, "ties": {"ties": list(ties)}}
    signature = signed(answered(Ceremony.objects.get(pk=ceremony.pk), **marked))
    quick_paper(monkeypatch)
    paper_made(NOW)
    give_copy(signature=signature, method="screen", by=by(cast.finn), at=NOW)
    return Consent.objects.get(signature=signature)


def repost(cast, author, *, story=7, caption="Read how she found her way back.", picture=None, said=""):
    """A post on the wall that repeats the author's story."""
    shown = [Shown(rendition=picture.renditions.get(), alt_text="A bell")] if picture else []
    version = a_version(cast, a_post(cast), a_channel(cast), caption=caption, media=shown)
    claims = replace(claims_of(version.post), origin_author=author.pk, story=story, quote_source=said)
    change_post(
        post=version.post,
        title="The bell",
        purpose="testimonial",
        location=cast.location,
        claims=claims,
        by=by(cast.dan),
        at=NOW,
    )
    return version


def against(version):
    """What the gate holds against the version: code and keys."""
    return {
        (reason.code, reason.keys)
        for ruling in preview(version.post, NOW)
        for reason in ruling.verdict.reasons
    }


def beyond(version):
    return {keys for code, keys in against(version) if code.startswith("UGC")}
