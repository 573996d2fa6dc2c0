"""A practice with many people: each a patient with one complete consent; posts about one to three of them."""

import hashlib
from datetime import date, timedelta

from django.db import transaction

from consent.evidence.models import CopyGiven, Document, Signature, SignedDocument
from consent.media.models import Appearance
from consent.people.models import Person
from consent.records.models import Consent
from consent.records.rules import Scope
from posts.content.models import Mention, Version, VersionMedia
from tests.cast import NOW, Cast
from tests.consents import ANCHORS, ENDS_ON, FULL_SCOPE, SIGNED_AT, given_wording
from tests.posts_data import given_account, given_picture, given_post

BATCH = 2000


def make_people(cast: Cast, count: int) -> list[Person]:
    """`count` patients, each with a signed, complete, living consent."""
    made: list[Person] = []
    for start in range(0, count, BATCH):
        people = Person.objects.bulk_create(
            Person(
                practice=cast.practice,
                alias=f"P{number}",
                date_of_birth=date(1950 + number % 50, 1 + number % 12, 1 + number % 28),
                created_at=NOW,
            )
            for number in range(start, min(start + BATCH, count))
        )
        _give_consents(cast, people)
        made += people
    return made


def _give_consents(cast: Cast, people: list[Person]) -> None:
    """A signature, its document, a copy and a consent for each."""
    signatures = Signature.objects.bulk_create(
        Signature(
            practice=cast.practice,
            person=person,
            signer=person,
            role="self",
            method="typed",
            signed_at=SIGNED_AT,
            text_sha256=_digest("text", person.pk),
            answers={},
            intent="I sign this form.",
            language="en",
            signer_language="en",
            capacity_attested_by=cast.finn,
        )
        for person in people
    )
    _prove(cast, signatures)
    wording, scope = given_wording(cast), Scope.from_json(FULL_SCOPE).to_json()
    Consent.objects.bulk_create(
        Consent(
            practice=cast.practice,
            person=signature.person,
            kind="authorization",
            signature=signature,
            wording=wording,
            signer=signature.person,
            signer_role="self",
            discloser=f"{cast.practice.name} LLC",
            location=cast.location,
            zone=cast.practice.time_zone,
            language="en",
            scope=scope,
            statements=list(ANCHORS),
            signed_at=SIGNED_AT,
            effective_from=SIGNED_AT,
            ends_on=ENDS_ON,
            ends_at=SIGNED_AT + timedelta(days=365),
            recorded_at=SIGNED_AT,
            recorded_by="bench",
        )
        for signature in signatures
    )


def _prove(cast: Cast, signatures: list[Signature]) -> None:
    """The stored document and the copy of each signature."""
    documents = Document.objects.bulk_create(
        Document(
            practice=cast.practice,
            kind="authorization",
            sha256=_digest("pdf", signature.pk),
            storage_key="nowhere",
            size=1,
            rendered_at=SIGNED_AT,
        )
        for signature in signatures
    )
    SignedDocument.objects.bulk_create(
        SignedDocument(practice=cast.practice, signature=signature, document=document, ledger_seq=1)
        for signature, document in zip(signatures, documents, strict=True)
    )
    CopyGiven.objects.bulk_create(
        CopyGiven(
            practice=cast.practice,
            signature=signature,
            method="screen",
            given_at=SIGNED_AT,
            given_by="bench",
            sha256=signature.text_sha256,
        )
        for signature in signatures
    )


@transaction.atomic
def make_versions(cast: Cast, people: list[Person], count: int) -> list[int]:
    """The ids of `count` versions, each mentioning one person and showing two in a picture."""
    account, ids = given_account(cast), []
    for number in range(count):
        first, second, third = (people[(number * 3 + step) % len(people)] for step in range(3))
        rendition = given_picture(cast, label=f"bench {people[0].pk} {number}")
        Appearance.objects.bulk_create(
            Appearance(
                practice=cast.practice,
                asset=rendition.asset,
                person=person,
                elements=["face"],
                named_by=cast.dan,
                named_at=NOW,
            )
            for person in (second, third)
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
        Mention.objects.create(version=version, person=first, elements=["first_name"])
        ids.append(version.pk)
    return ids


def _digest(kind: str, number: int) -> str:
    return hashlib.sha256(f"{kind} {number}".encode()).hexdigest()
