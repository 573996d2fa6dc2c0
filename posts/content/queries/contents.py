"""What a version holds, by three plain SQL queries however many versions: the one source of digests.

The gate reads this on its way to every publication, twice; model instances would take ten times as long.
"""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from consent.records.queries import Row, plain_rows

from ..models import Version
from ..rules import Claims, DeclaredPerson, Payload, PayloadMedia
from .sights import LATEST_LOOK, SIGHT

VERSIONS = """SELECT v.id, v.practice_id, v.post_id, v.account_id, v.caption, v.format, v.paid, v.third_party_pays,
      v.disclosure, o.kind, o.purpose, o.author_id, o.location_id, o.origin_url, o.origin_author_id, o.origin_gone_at,
      o.connection, o.parent_text, o.quote_source, o.atypical_result, o.typical_result, o.procedures, o.results_notice,
      o.unretouched, o.sensitive_category, o.sale, o.story, a.platform, a.audience, a.adapter, a.closed_at,
      a.discloser_id
    FROM posts_version v JOIN posts_post o ON o.id = v.post_id JOIN posts_channelaccount a ON a.id = v.account_id
    WHERE v.id IN ({ids}) ORDER BY v.id"""
PICTURES = (
    """SELECT m.version_id, m.position, m.alt_text, m.captions, r.sha256, r.storage_key, r.media_type, r.width,
      r.height, r.metadata_stripped, r.origin_id, s.id AS asset_id, s.kind, s.source, s.author_id, s.nobody_appears,
      s.unnamed, s.taken_by, s.capture_cover, s.captured_on, """
    + SIGHT
    + """ FROM posts_versionmedia m JOIN consent_rendition r ON r.id = m.rendition_id
    JOIN consent_asset s ON s.id = r.asset_id """
    + LATEST_LOOK
    + " WHERE m.version_id IN ({ids}) ORDER BY m.version_id, m.position"
)
# Of whom a cut or covered copy of our own picture shows nothing, somebody said that they count as covered (R39).
PEOPLE = """SELECT version_id, 0 AS asset_id, person_id, elements, capacity, 0 AS masked, CAST(NULL AS jsonb) AS gone
      FROM posts_mention WHERE version_id IN ({ids})
    UNION ALL SELECT m.version_id, l.asset_id, l.person_id, l.elements, l.capacity,
      CASE WHEN l.masked OR x.wholly THEN 1 ELSE 0 END, x.elements
      FROM posts_versionmedia m JOIN consent_rendition r ON r.id = m.rendition_id
      JOIN consent_asset s ON s.id = r.asset_id
      JOIN consent_appearance l ON l.asset_id = r.asset_id AND l.removed_at IS NULL
      LEFT JOIN consent_cutaway x ON x.rendition_id = r.id AND x.appearance_id = l.id AND x.removed_at IS NULL
        AND s.taken_by = 'workforce'
      WHERE m.version_id IN ({ids})"""


RECIPIENTS = """SELECT t.version_id, r.id, r.acts_for_us, r.agreement_from, r.agreement_until, r.ended_at
    FROM posts_version_recipients t JOIN consent_recipient r ON r.id = t.recipient_id
    WHERE t.version_id IN ({ids}) ORDER BY r.id"""


@dataclass(frozen=True)
class Given:
    """A third party that would receive it, the days of its agreement with us, and since when it is off our list."""

    recipient: int
    acts_for_us: bool
    agreement_from: date | None
    agreement_until: date | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Picture:
    """A picture of a version, with what the gate asks about it; `unnamed` is None if nobody said who is in it.

    `edited` says that the rendition was made by cutting or covering another, `waits` that nobody could look over it
    yet; `writing` counts what can be read in it and nobody explained.
    """

    asset: int
    sha256: str
    position: int
    alt_text: str
    kind: str
    captions: str
    metadata_stripped: bool
    unnamed: int | None
    taken_by: str
    capture_cover: str
    captured_on: date | None
    user_content: bool
    author: int | None
    edited: bool
    writing: int = 0
    detected: bool = False
    looked_over: bool = False


@dataclass(frozen=True)
class Content:
    """A version as it stands: where it would go, what would be sent, who is declared in it, what a reply `answers`."""

    version: int
    practice: int
    post: int
    author: int
    account: int
    platform: str
    audience: str
    adapter: str
    account_open: bool
    discloser: int
    location: int
    origin_gone_at: datetime | None
    payload: Payload
    pictures: tuple[Picture, ...]
    given_to: tuple[Given, ...] = ()
    answers: str = ""

    @property
    def people(self) -> list[int]:
        """Everyone the version rests on, in id order: mentioned, shown, licensing author."""
        authors = {picture.author for picture in self.pictures if picture.user_content and picture.author}
        if self.payload.claims.origin_author:
            authors.add(self.payload.claims.origin_author)
        return sorted({declared.person for declared in self.payload.people} | authors)


def contents(version_ids: Collection[int]) -> dict[int, Content]:
    """The content of each version that exists."""
    pictures, people, given = defaultdict(list), defaultdict(list), defaultdict(list)
    versions = plain_rows(VERSIONS, version_ids)
    for row in plain_rows(PICTURES, version_ids):
        pictures[row["version_id"]].append(row)
    for row in plain_rows(PEOPLE, version_ids):
        people[row["version_id"]].append(row)
    for row in plain_rows(RECIPIENTS, version_ids):
        given[row["version_id"]].append(row)
    return {
        row["id"]: _content(row, pictures[row["id"]], people[row["id"]], given[row["id"]]) for row in versions
    }


def content_of(version: Version) -> Content:
    """The content of one version, read now. Raises `Version.DoesNotExist`."""
    found = contents([version.pk])
    if version.pk not in found:
        raise Version.DoesNotExist(f"There is no version {version.pk}.")
    return found[version.pk]


def payload_of(version: Version) -> Payload:
    """Exactly what would be sent for this version, read now."""
    return content_of(version).payload


def _content(row: Row, pictures: list[Row], people: list[Row], given: list[Row]) -> Content:
    """One version from its rows."""
    known = {one["asset_id"] for one in people}
    recipients = tuple(
        Given(
            one["id"],
            bool(one["acts_for_us"]),
            one["agreement_from"],
            one["agreement_until"],
            one["ended_at"],
        )
        for one in given
    )
    return Content(
        version=row["id"],
        practice=row["practice_id"],
        post=row["post_id"],
        author=row["author_id"],
        account=row["account_id"],
        platform=row["platform"],
        audience=row["audience"],
        adapter=row["adapter"],
        account_open=row["closed_at"] is None,
        discloser=row["discloser_id"],
        location=row["location_id"],
        origin_gone_at=row["origin_gone_at"],
        payload=Payload(
            version=row["id"],
            account=row["account_id"],
            kind=row["kind"],
            format=row["format"],
            purpose=row["purpose"],
            paid=bool(row["paid"]),
            third_party_pays=bool(row["third_party_pays"]),
            caption=row["caption"],
            disclosure=row["disclosure"],
            media=tuple(_media(picture) for picture in pictures),
            people=tuple(sorted((_declared(one) for one in people if _is_someone(one)), key=_place)),
            claims=_claims(row),
            recipients=tuple(one.recipient for one in recipients),
        ),
        pictures=tuple(_picture(picture, picture["asset_id"] in known) for picture in pictures),
        given_to=recipients,
        answers=row["parent_text"],
    )


def _claims(row: Row) -> Claims:
    """What the author declared about the whole post."""
    return Claims(
        origin_url=row["origin_url"],
        origin_author=row["origin_author_id"],
        connection=row["connection"],
        quote_source=row["quote_source"],
        atypical_result=bool(row["atypical_result"]),
        typical_result=row["typical_result"],
        procedures=row["procedures"],
        results_notice=bool(row["results_notice"]),
        unretouched=bool(row["unretouched"]),
        sensitive_category=row["sensitive_category"],
        sale=bool(row["sale"]),
        story=row["story"],
    )


def _media(row: Row) -> PayloadMedia:
    """A picture as it would be sent."""
    fields = ("sha256", "storage_key", "media_type", "width", "height", "alt_text", "captions")
    return PayloadMedia(*(row[field] for field in fields))


def _picture(row: Row, someone_appears: bool) -> Picture:
    """A picture as the gate sees it."""
    return Picture(
        asset=row["asset_id"],
        sha256=row["sha256"],
        position=row["position"],
        alt_text=row["alt_text"],
        kind=row["kind"],
        captions=row["captions"],
        metadata_stripped=bool(row["metadata_stripped"]),
        unnamed=unnamed_in(
            row["unnamed"] + row["open_faces"],
            someone_appears=someone_appears,
            nobody=bool(row["nobody_appears"]),
        ),
        taken_by=row["taken_by"],
        capture_cover=row["capture_cover"],
        captured_on=row["captured_on"],
        user_content=row["source"] == "user",
        author=row["author_id"],
        edited=row["origin_id"] is not None,
        writing=row["open_writing"],
        detected=bool(row["detected"]),
        looked_over=bool(row["looked_over"]),
    )


def unnamed_in(counted: int, *, someone_appears: bool, nobody: bool) -> int | None:
    """How many in a picture nobody named or covered; None while nobody has said who is in it at all."""
    return counted if counted or someone_appears or nobody else None


def _is_someone(row: Row) -> bool:
    """A person, not a masked figure."""
    return row["person_id"] is not None and not row["masked"]


def _declared(row: Row) -> DeclaredPerson:
    """A person in the words (asset 0) or in a picture."""
    elements = tuple(sorted(set(json.loads(row["elements"])) - set(json.loads(row["gone"] or "[]"))))
    return DeclaredPerson(row["person_id"], elements, row["capacity"], row["asset_id"] or None)


def _place(declared: DeclaredPerson) -> tuple[int, int]:
    """Words first, then pictures, each by person: a stable order for the digest."""
    return declared.asset or 0, declared.person
