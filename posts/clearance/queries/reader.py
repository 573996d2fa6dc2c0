"""Reads what the facts of some versions need, all at once, and puts the facts together."""

from dataclasses import dataclass, replace
from datetime import datetime

from consent.access.rules import PICTURES
from consent.people.models import Connection
from consent.records.queries import Dossier, dossiers
from posts.channels.registry import capability_named
from posts.content.queries import Content, Given, Picture
from posts.content.rules import quoted_in, stated_in
from posts.gate.facts import (
    AppearanceFacts,
    AuthorFacts,
    ChannelFacts,
    ClaimFacts,
    OriginFacts,
    PictureFacts,
    PlaceFacts,
    PostFacts,
    RecipientFacts,
)
from posts.gate.turns import turns

from ..rules import Sighting
from .places import Places
from .said import Said
from .seen import Seen, finding_facts, seen_in_pictures

# Of a practice that nobody knows, everything must have run.
UNKNOWN = frozenset({"words", PICTURES})


@dataclass(frozen=True)
class Reader:
    """Everything that the facts of some versions need, at whatever instant one asks."""

    contents: dict[int, Content]
    dossiers: dict[int, Dossier]
    places: Places
    said: Said
    seen: Seen

    @classmethod
    def of(cls, found: dict[int, Content]) -> "Reader":
        """Read what the facts of these contents need."""
        people = {person for content in found.values() for person in content.people}
        locations = {place for one in found.values() for place in (one.discloser, one.location)}
        practices = {content.practice for content in found.values()}
        held = Places.read(locations, practices)
        seen = Seen.read(found.values(), held.screens_words, held.rosters)
        return cls(found, dossiers(people), held, Said.read(list(found)), seen)

    def facts(self, version: int, at: datetime, *, final: bool) -> PostFacts:
        """The facts of one version at `at`."""
        content = self.contents[version]
        payload, digest = content.payload, content.payload.digest
        said = self.said.of(version, digest, {picture.asset for picture in content.pictures})
        seen = self.seen.screened(content)
        return PostFacts(
            at=at,
            final=final,
            post=str(content.post),
            version=version,
            kind=payload.kind,
            digest=digest,
            shown=payload.shown,
            channel=self._channel(content, at),
            places=self._places(content, at),
            switches=self.places.switches.get(content.practice, {}),
            format=payload.format,
            purpose=payload.purpose,
            paid=payload.paid,
            third_party_pays=payload.third_party_pays,
            sale=payload.claims.sale,
            sensitive_category=payload.claims.sensitive_category,
            premature_upload_at=said.premature_upload_at,
            people=self._people(content),
            pictures=tuple(self._picture(picture) for picture in content.pictures),
            origin=self._origin(content),
            recipients=tuple(_recipient(given, at) for given in content.given_to),
            claims=self._claims(content),
            findings=said.findings + seen_in_pictures(content.pictures) + finding_facts(seen or ()),
            clearings=said.clearings,
            screening=said.screening(
                self.places.detectors.get(content.practice, UNKNOWN), words_read=seen is not None
            ),
            author=content.author,
            approval=said.approval,
            attested_digest=said.attested_digest,
        )

    def sightings(self, version: int) -> tuple[Sighting, ...]:
        """What the word screen sees in one version and nobody declared: the words behind its findings."""
        return self.seen.screened(self.contents[version]) or ()

    def quoting(self, version: int) -> tuple[str, str]:
        """What was said, word for word, and the words of one version that quote it."""
        payload = self.contents[version].payload
        return payload.claims.quote_source, payload.caption

    def turns(self, version: int, at: datetime, until: datetime) -> list[datetime]:
        """The instants after `at`, up to `until`, at which time alone may change the answer about a version."""
        content = self.contents[version]
        places = (content.discloser, content.location)
        days = {held.from_date for place in places for held in self.places.held.get(place, ())}
        days |= {day for one in content.given_to for day in (one.agreement_from, one.agreement_until) if day}
        found = turns(self.facts(version, at, final=True), days)
        return sorted(one for one in found if at < one <= until)

    def _channel(self, content: Content, at: datetime) -> ChannelFacts:
        """Where it would go, and whose entity speaks there."""
        held = self.places.of(content.discloser, at)
        return ChannelFacts(
            account=content.account,
            platform=content.platform,
            audience=content.audience,
            entity=held.entity if held else "",
            open=content.account_open,
            can_take_down=capability_named(content.adapter).can_delete,
            takes_video=capability_named(content.adapter).video,
        )

    def _places(self, content: Content, at: datetime) -> tuple[PlaceFacts, ...]:
        """The post's location and the channel's; nothing unless both are on record."""
        wanted = dict.fromkeys((content.location, content.discloser))
        found = [self.places.of(location, at) for location in wanted]
        return tuple(dict.fromkeys(one.facts for one in found if one)) if all(found) else ()

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
        return PictureFacts(
            asset=str(picture.asset),
            sha256=picture.sha256,
            position=picture.position,
            kind=picture.kind,
            metadata_stripped=picture.metadata_stripped,
            alt_text=bool(picture.alt_text.strip()),
            captions=bool(picture.captions.strip()),
            unnamed=picture.unnamed,
            taken_by=picture.taken_by,
            capture_cover=picture.capture_cover,
            captured_on=picture.captured_on,
            author=self._author(picture.author) if picture.user_content else None,
            edited=picture.edited,
            detected=picture.detected,
            looked_over=picture.looked_over,
        )

    def _origin(self, content: Content) -> OriginFacts | None:
        """What the post repeats, if it repeats something."""
        claims = content.payload.claims
        if not claims.repeats:
            return None
        return OriginFacts(self._author(claims.origin_author), content.origin_gone_at, claims.story)

    def _author(self, person: int | None) -> AuthorFacts:
        """Who made it, with the licences they gave."""
        if person is None:
            return AuthorFacts()
        dossier = self._dossier(person)
        return AuthorFacts(dossier.person, dossier.terms)

    def _claims(self, content: Content) -> ClaimFacts:
        """What the words claim, quote and disclose."""
        payload, claims = content.payload, content.payload.claims
        ties = {tie for person in content.people for tie in self._dossier(person).connections}
        ties |= {claims.connection} if claims.connection else set()
        quotes = any("quote" in declared.elements for declared in payload.people)
        return ClaimFacts(
            quote=quoted_in(claims, payload.caption, quotes_someone=quotes),
            connections=frozenset(ties),
            compensated=bool(ties & {kind.value for kind in Connection.COMPENSATION}),
            disclosed=bool(payload.disclosure.strip()),
            atypical_result=claims.atypical_result,
            typical_result_stated=stated_in(claims.typical_result, payload.caption, payload.disclosure),
            procedures_named=bool(claims.procedures.strip()),
            results_notice=claims.results_notice,
            unretouched=claims.unretouched,
        )

    def _dossier(self, person: int) -> Dossier:
        """The person's dossier; a person nobody knows has given nothing."""
        return self.dossiers.get(person) or Dossier.unknown(person)


def _recipient(given: Given, at: datetime) -> RecipientFacts:
    """A third party, whether it works with us at `at`, and whether its agreement is in force on that day."""
    day = at.date()
    signed = given.agreement_from is not None and given.agreement_from <= day
    running = given.agreement_until is None or day <= given.agreement_until
    listed = given.ended_at is None or at < given.ended_at
    return RecipientFacts(str(given.recipient), given.acts_for_us, signed and running, listed)
