"""A practice with many people: each a patient with one complete living consent, and older ones if wanted."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from consent.evidence.models import CopyGiven, Document, Signature, SignedDocument
from consent.media.models import Appearance
from consent.people.models import Person
from consent.records.models import Consent
from consent.records.rules import Scope
from posts.content.models import Mention, Version, VersionMedia
from tests.bench.rows import highest_id, loading, repeat
from tests.cast import NOW, Cast
from tests.consents import ANCHORS, ENDS_ON, FULL_SCOPE, SIGNED_AT, given_wording
from tests.posts_data import given_account, given_picture, given_post

YEAR = timedelta(days=365)
# 64 characters, another for each row of a table: stands for a SHA-256.
UNLIKE_OTHERS = f"'{'0' * 45}' || CAST(1000000000000000000 + id AS text)"


def make_people(cast: Cast, count: int, consents: int = 0) -> range:
    """The ids of `count` patients, each with a signed, complete, living consent.

    With more `consents` than that in all, everyone also has older ones that have ended, a year apart.
    """
    consents = max(consents, count)
    with loading(Person, Signature, Document, SignedDocument, CopyGiven, Consent):
        pattern = Person(practice=cast.practice, date_of_birth=date(1970, 1, 1), created_at=NOW)
        before = repeat(pattern, count, alias="'P' || CAST(id AS text)")
        for years in range((consents - 1) // count, -1, -1):
            _give_consents(cast, before, min(count, consents - years * count), years)
    return range(before + 1, before + count + 1)


def _give_consents(cast: Cast, before: int, count: int, years: int) -> None:
    """A signature, its document, a copy and a consent of the first `count` people after the id `before`."""
    signed_at, person = SIGNED_AT - years * YEAR, f"{before} + n"
    signature = Signature(
        practice=cast.practice,
        role="self",
        method="typed",
        signed_at=signed_at,
        answers={},
        intent="I sign this form.",
        language="en",
        signer_language="en",
        capacity_attested_by=cast.finn,
    )
    signed = repeat(signature, count, person_id=person, signer_id=person, text_sha256=UNLIKE_OTHERS)
    _prove(cast, signed, count)
    consent = Consent(
        practice=cast.practice,
        kind="authorization",
        wording=given_wording(cast),
        signer_role="self",
        discloser=f"{cast.practice.name} LLC",
        location=cast.location,
        zone=cast.practice.time_zone,
        language="en",
        scope=Scope.from_json(FULL_SCOPE).to_json(),
        statements=list(ANCHORS),
        signed_at=signed_at,
        effective_from=signed_at,
        ends_on=ENDS_ON - years * YEAR,
        ends_at=signed_at + YEAR,
        recorded_at=signed_at,
        recorded_by="bench",
    )
    repeat(consent, count, person_id=person, signer_id=person, signature_id=f"{signed} + n")


def _prove(cast: Cast, signed: int, count: int) -> None:
    """The stored document and the copy of each signature after the id `signed`."""
    document = Document(
        practice=cast.practice, kind="authorization", storage_key="nowhere", size=1, rendered_at=SIGNED_AT
    )
    stored = repeat(document, count, sha256=UNLIKE_OTHERS)
    shown = SignedDocument(practice=cast.practice, ledger_seq=1)
    repeat(shown, count, signature_id=f"{signed} + n", document_id=f"{stored} + n")
    copy = CopyGiven(practice=cast.practice, method="screen", given_at=SIGNED_AT, given_by="bench")
    repeat(copy, count, signature_id=f"{signed} + n", sha256=UNLIKE_OTHERS)


@transaction.atomic
def make_versions(cast: Cast, people: Sequence[int], count: int) -> list[int]:
    """The ids of `count` versions, each mentioning one person and showing two in a picture.

    The people are taken from all over, so that none lies beside another on the disk.
    """
    account, ids = given_account(cast), []
    apart = max(len(people) // (3 * count), 1)
    label = highest_id(Version)
    for number in range(count):
        first, *shown = (people[(number * 3 + step) * apart % len(people)] for step in range(3))
        rendition = given_picture(cast, label=f"bench {label} {number}")
        Appearance.objects.bulk_create(
            Appearance(
                practice=cast.practice,
                asset=rendition.asset,
                person_id=person,
                elements=["face"],
                named_by=cast.dan,
                named_at=NOW,
            )
            for person in shown
        )
        version = Version.objects.create(
            practice=cast.practice,
            post=given_post(cast),
            account=account,
            caption="A good day at the clinic.",
        )
        VersionMedia.objects.create(
            version=version, rendition=rendition, position=0, alt_text="Three friends"
        )
        Mention.objects.create(version=version, person_id=first, elements=["first_name"])
        ids.append(version.pk)
    return ids
