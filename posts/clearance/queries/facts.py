"""The facts of versions for the gate, and its verdicts: eleven queries at most, however many people or versions."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from consent.access.models import LocationFacts
from consent.records.queries import Dossier, Row, dossiers, instant, plain_rows
from posts.channels.registry import capability_named
from posts.content.models import Post, Version
from posts.content.queries import Content, Picture, content_of, contents, living_versions
from posts.gate.decide import Verdict, decide
from posts.gate.facts import AppearanceFacts, ApprovalFacts, ChannelFacts, PictureFacts, PostFacts

# Approvals and attestations of the versions; an attestation has no approver.
GIVEN = """SELECT version_id, digest, approved_by_id AS given_by, approved_at AS at, id FROM posts_approval
      WHERE version_id IN ({ids})
    UNION ALL SELECT version_id, digest, NULL, attested_at, id FROM posts_attestation WHERE version_id IN ({ids})"""


@dataclass(frozen=True)
class Ruling:
    """A version, the facts that were read about it, and the gate's verdict."""

    version: Version
    facts: PostFacts
    verdict: Verdict


def rulings(versions: Iterable[Version], at: datetime, *, final: bool) -> list[Ruling]:
    """The gate's verdict on each version at the instant `at`, everything read now and all at once.

    `final` asks whether it may go out now; otherwise approval and attestation are left aside.
    """
    versions = list(versions)
    reader = _Reader.read([version.pk for version in versions], at)
    found = []
    for version in versions:
        facts = reader.facts(version.pk, at, final)
        found.append(Ruling(version, facts, decide(facts)))
    return found


def preview(post: Post, at: datetime) -> list[Ruling]:
    """What each channel of the post would answer, were it approved as it stands."""
    return rulings(living_versions(post), at, final=False)


def imagined(found: Iterable[Content], at: datetime) -> list[tuple[PostFacts, Verdict]]:
    """The gate's verdict on contents that nobody has saved, were they approved: what the composer asks while typing."""
    by_version = {content.version: content for content in found}
    reader = _Reader.of(by_version, at)
    facts = [reader.facts(number, at, False) for number in by_version]
    return [(one, decide(one)) for one in facts]


def people_of(version: Version) -> list[int]:
    """Everyone the version rests on, in id order: mentioned, shown, licensing author."""
    return content_of(version).people


@dataclass(frozen=True)
class _Reader:
    """Everything that the facts of some versions need."""

    contents: dict[int, Content]
    dossiers: dict[int, Dossier]
    given: list[Row]
    entities: dict[int, str]

    @classmethod
    def read(cls, version_ids: Collection[int], at: datetime) -> "_Reader":
        """Read it all at once."""
        return cls.of(contents(version_ids), at)

    @classmethod
    def of(cls, found: dict[int, Content], at: datetime) -> "_Reader":
        """Read what else the facts of these contents need."""
        people = {person for content in found.values() for person in content.people}
        places = {content.discloser for content in found.values()}
        held = LocationFacts.objects.filter(location__in=places, from_date__lte=at.date()).order_by(
            "from_date"
        )
        given = plain_rows(GIVEN, list(found))
        given.sort(key=lambda row: (instant(row["at"]), row["id"]))
        entities = dict(held.values_list("location", "legal_entity"))
        return cls(found, dossiers(people), given, entities)

    def facts(self, version: int, at: datetime, final: bool) -> PostFacts:
        """The facts of one version."""
        content = self.contents[version]
        payload, digest = content.payload, content.payload.digest
        return PostFacts(
            at=at,
            final=final,
            post=str(content.post),
            version=version,
            kind=payload.kind,
            digest=digest,
            channel=ChannelFacts(
                account=content.account,
                platform=content.platform,
                audience=content.audience,
                entity=self.entities.get(content.discloser, ""),
                open=content.account_open,
                can_take_down=capability_named(content.adapter).can_delete,
            ),
            format=payload.format,
            purpose=payload.purpose,
            paid=payload.paid,
            third_party_pays=payload.third_party_pays,
            disclosure=bool(payload.disclosure.strip()),
            people=self._people(content),
            pictures=tuple(self._picture(picture) for picture in content.pictures),
            author=content.author,
            approval=self._approval(version, digest),
            attested_digest=digest if self._attested(version, digest) else "",
        )

    def _approval(self, version: int, digest: str) -> ApprovalFacts | None:
        """The approval of exactly this digest, or else the latest one, which the gate will find outdated."""
        all_given = [
            row for row in self.given if row["version_id"] == version and row["given_by"] is not None
        ]
        standing = [row for row in all_given if row["digest"] == digest] or all_given
        if not standing:
            return None
        latest = standing[-1]
        return ApprovalFacts(latest["digest"], latest["given_by"], instant(latest["at"]))

    def _attested(self, version: int, digest: str) -> bool:
        """Whether someone attested that nobody else is named, shown or described in exactly this."""
        return any(
            row["version_id"] == version and row["given_by"] is None and row["digest"] == digest
            for row in self.given
        )

    def _people(self, content: Content) -> tuple[AppearanceFacts, ...]:
        """Each declared person and capacity, with what the words and the pictures use of them."""
        found: dict[tuple[int, str], AppearanceFacts] = {}
        for declared in content.payload.people:
            dossier = self._dossier(declared.person)
            key = (declared.person, declared.capacity)
            so_far = found.get(key) or AppearanceFacts(
                dossier.person, declared.capacity, consents=dossier.terms
            )
            elements = frozenset(declared.elements)
            if declared.asset is None:
                found[key] = replace(so_far, in_words=so_far.in_words | elements)
            else:
                found[key] = replace(
                    so_far,
                    in_pictures=so_far.in_pictures | elements,
                    assets=so_far.assets | {str(declared.asset)},
                )
        return tuple(found[key] for key in sorted(found))

    def _picture(self, picture: Picture) -> PictureFacts:
        """One picture of a version."""
        author = self._dossier(picture.author) if picture.author else None
        return PictureFacts(
            asset=str(picture.asset),
            sha256=picture.sha256,
            position=picture.position,
            metadata_stripped=picture.metadata_stripped,
            alt_text=bool(picture.alt_text.strip()),
            people_known=picture.people_known,
            user_content=picture.user_content,
            author=author.person if author else None,
            licences=author.terms if author else (),
        )

    def _dossier(self, person: int) -> Dossier:
        """The person's dossier; a person nobody knows has given nothing."""
        return self.dossiers.get(person) or Dossier.unknown(person)
