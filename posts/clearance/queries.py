"""The facts of a post for the gate, read in a constant number of queries, and what the gate says to them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from consent.access.models import LocationFacts, Practice
from consent.records.queries import Dossier, dossiers
from posts.channels.registry import NoAdapter, adapter_of
from posts.channels.models import ChannelAccount
from posts.content.models import Post, Version, VersionMedia
from posts.content.queries import appearances, declared_people, payload_of, whole_versions
from posts.content.rules import combined_digest
from posts.gate.decide import Verdict, decide
from posts.gate.facts import AppearanceFacts, ApprovalFacts, ChannelFacts, PictureFacts, PostFacts

from .models import Approval, Attestation, Review


@dataclass(frozen=True)
class Ruling:
    """A version, the facts that were read about it, and the gate's verdict."""

    version: Version
    facts: PostFacts
    verdict: Verdict


def rulings(versions: Iterable[Version], at: datetime, *, final: bool) -> list[Ruling]:
    """The gate's verdict on each version (from `whole_versions`) at the instant `at`, all read at once.

    `final` asks whether it may go out now; otherwise approval and attestation are left aside.
    """
    loaded = _Loaded.of(list(versions), at)
    found = []
    for version in loaded.versions:
        facts = loaded.facts(version, at, final)
        found.append(Ruling(version, facts, decide(facts)))
    return found


def preview(post: Post, at: datetime) -> list[Ruling]:
    """What each channel of the post would answer, were it approved as it stands."""
    return rulings(whole_versions(post=post), at, final=False)


def people_of(version: Version) -> list[int]:
    """Everyone the version rests on, in id order: mentioned, shown, licensing author."""
    authors = {
        media.rendition.asset.author_id
        for media in version.media.all()
        if media.rendition.asset.source == "user" and media.rendition.asset.author_id
    }
    return sorted({declared.person for declared in declared_people(version)} | authors)


def approval_of(version: Version) -> Approval | None:
    """The approval that still stands: given to exactly what the version holds now."""
    return (
        Approval.objects.filter(version=version, digest=payload_of(version).digest)
        .select_related("approved_by")
        .order_by("-approved_at")
        .first()
    )


def post_digest(post: Post) -> str:
    """One digest of all versions of the post."""
    return combined_digest([payload_of(version).digest for version in whole_versions(post=post)])


def waiting_reviews(practice: Practice) -> list[Review]:
    """The review queue, the oldest first."""
    return list(
        Review.objects.filter(practice=practice, outcome=Review.Outcome.WAITING)
        .select_related("post", "submitted_by")
        .order_by("submitted_at")
    )


def latest_reviews(post_ids: Collection[int]) -> dict[int, Review]:
    """The latest review of each post."""
    rows = (
        Review.objects.filter(post__in=post_ids).select_related("decided_by").order_by("submitted_at", "id")
    )
    return {review.post_id: review for review in rows}


def _can_take_down(account: ChannelAccount) -> bool:
    """Whether what goes out there can be taken back; an unknown channel cannot."""
    try:
        return adapter_of(account).capability.can_delete
    except NoAdapter:
        return False


@dataclass(frozen=True)
class _Loaded:
    """Versions with everything that the facts of any of them need."""

    versions: list[Version]
    dossiers: dict[int, Dossier]
    approvals: dict[int, list[Approval]]
    attestations: dict[int, set[str]]
    entities: dict[int, str]

    @classmethod
    def of(cls, versions: list[Version], at: datetime) -> "_Loaded":
        """Read it all at once."""
        ids = [version.pk for version in versions]
        approvals: dict[int, list[Approval]] = defaultdict(list)
        for approval in Approval.objects.filter(version__in=ids).order_by("approved_at", "id"):
            approvals[approval.version_id].append(approval)
        attestations: dict[int, set[str]] = defaultdict(set)
        for attestation in Attestation.objects.filter(version__in=ids):
            attestations[attestation.version_id].add(attestation.digest)
        people = {person for version in versions for person in people_of(version)}
        places = {version.account.discloser_id for version in versions}
        rows = LocationFacts.objects.filter(location__in=places, from_date__lte=at.date()).order_by(
            "from_date"
        )
        entities = {facts.location_id: facts.legal_entity for facts in rows}
        return cls(versions, dossiers(people), approvals, attestations, entities)

    def facts(self, version: Version, at: datetime, final: bool) -> PostFacts:
        """The facts of one version."""
        post, account = version.post, version.account
        digest = payload_of(version).digest
        return PostFacts(
            at=at,
            final=final,
            post=str(post.pk),
            version=version.pk,
            kind=post.kind,
            digest=digest,
            channel=ChannelFacts(
                account=account.pk,
                platform=account.platform,
                audience=account.audience,
                entity=self.entities.get(account.discloser_id, ""),
                open=account.closed_at is None,
                can_take_down=_can_take_down(account),
            ),
            format=version.format,
            purpose=post.purpose,
            paid=version.paid,
            third_party_pays=version.third_party_pays,
            disclosure=bool(version.disclosure.strip()),
            people=tuple(self._people(version)),
            pictures=tuple(self._picture(media) for media in version.media.all()),
            author=post.author_id,
            approval=self._approval(version.pk, digest),
            attested_digest=digest if digest in self.attestations.get(version.pk, ()) else "",
        )

    def _approval(self, version: int, digest: str) -> ApprovalFacts | None:
        """The approval of exactly this digest, or else the latest one, which the gate will find outdated."""
        given = self.approvals.get(version, [])
        standing = [approval for approval in given if approval.digest == digest] or given
        if not standing:
            return None
        return ApprovalFacts(standing[-1].digest, standing[-1].approved_by_id, standing[-1].approved_at)

    def _people(self, version: Version) -> Iterable[AppearanceFacts]:
        """Each declared person and capacity, with what the words and the pictures use of them."""
        found: dict[tuple[int, str], AppearanceFacts] = {}
        for declared in declared_people(version):
            key = (declared.person, declared.capacity)
            so_far = found.get(key, AppearanceFacts(person=self._dossier(declared.person).person))
            elements = frozenset(declared.elements)
            shown = declared.asset is not None
            found[key] = AppearanceFacts(
                person=so_far.person,
                capacity=declared.capacity,
                in_words=so_far.in_words | (frozenset() if shown else elements),
                in_pictures=so_far.in_pictures | (elements if shown else frozenset()),
                assets=so_far.assets | ({str(declared.asset)} if shown else set()),
                consents=self._dossier(declared.person).terms,
            )
        return [found[key] for key in sorted(found)]

    def _picture(self, media: VersionMedia) -> PictureFacts:
        """One picture of a version."""
        asset = media.rendition.asset
        author = self._dossier(asset.author_id) if asset.author_id else None
        return PictureFacts(
            asset=str(asset.pk),
            sha256=media.rendition.sha256,
            position=media.position,
            metadata_stripped=media.rendition.metadata_stripped,
            alt_text=bool(media.alt_text.strip()),
            people_known=bool(appearances(media)) or asset.nobody_appears is True,
            user_content=asset.source == "user",
            author=author.person if author else None,
            licences=author.terms if author else (),
        )

    def _dossier(self, person: int) -> Dossier:
        """The person's dossier; a person nobody knows has given nothing."""
        return self.dossiers.get(person) or Dossier.unknown(person)
