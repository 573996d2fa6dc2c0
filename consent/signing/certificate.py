"""The certificate of completion in the words of the form's language: the sixteen points, as its last page says them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from consent.audit.models import LedgerEntry
from consent.evidence.models import Signature
from consent.wording.rules import Option

from .completion import LISTS, SealFacts
from .models import Ceremony
from .queries import called
from .rules import day_in, in_words


@dataclass(frozen=True)
class Point:
    """One point of the packet on the page: its number, what it is, and its lines."""

    number: int
    label: str
    lines: tuple[str, ...]


def points_of(ceremony: Ceremony, signature: Signature, entry: LedgerEntry, seal: SealFacts) -> list[Point]:
    """The packet in words, point by point, in the language of the form."""
    say = _Say(signature.language)
    said: list[tuple[str, list[str]]] = [
        *_said_of_the_form(say, ceremony, signature),
        *_said_of_the_signer(say, ceremony, signature),
        *_said_of_circumstances(say, signature),
        (say("c_copy"), [say("c_copy_line")]),
        (say("c_seal"), _said_of_the_seal(say, seal)),
        (
            say("c_ledger"),
            [
                say("c_ledger_line", seq=entry.seq, practice=ceremony.practice),
                say("c_hash", hash=entry.hash),
                say("c_after", hash=entry.previous),
            ],
        ),
        (say("c_later"), [say("c_later_line")]),
    ]
    return [
        Point(number, label, tuple(line for line in lines if line))
        for number, (label, lines) in enumerate(said, 1)
    ]


@dataclass(frozen=True)
class _Say:
    """The sentences of one language."""

    language: str

    def __call__(self, key: str, **fields: Any) -> str:
        return in_words(self.language, key, **fields)

    def key(self, kind: str, key: str) -> str:
        """A stored key in words; one that nobody wrote any as it is."""
        try:
            return in_words(self.language, f"{kind}_{key}")
        except KeyError:
            return key.replace("_", " ").capitalize()


def _said_of_the_form(say: _Say, ceremony: Ceremony, signature: Signature) -> list[tuple[str, list[str]]]:
    """Points 1-3."""
    wording, translated = ceremony.wording, ceremony.wording.translation_of_id
    form = [
        say("c_form_line", title=wording.title, version=wording.version, code=signature.language),
        say("c_translation", number=translated) if translated else "",
        say("c_numbers", consent=signature.consent.pk, signature=signature.pk),
    ]
    digests = [say("c_text_line", sha256=signature.text_sha256), say("c_file_line")]
    return [
        (say("c_form"), form),
        (say("c_text"), digests),
        (say("c_ticked"), _ticked(say, ceremony, signature)),
    ]


def _said_of_the_signer(say: _Say, ceremony: Ceremony, signature: Signature) -> list[tuple[str, list[str]]]:
    """Points 4-6."""
    authority, typed = ceremony.representation, signature.mark.typed_name
    signer = [
        signed_by(ceremony),
        say("c_evidence_seen", evidence=authority.evidence_seen) if authority else "",
        say("c_typed", name=typed) if typed else "",
    ]
    method = say.key("identity", signature.identity_method)
    identity = [say("c_identity_line", method=method, user=signature.identity_checked_by)]
    if signature.witness is not None:
        when = exactly(signature.witnessed_at, signature.consent.zone, say.language)
        identity.append(say("c_witness", user=signature.witness, at=when))
    return [
        (say("c_signer"), signer),
        (say("c_identity"), identity),
        (say("c_factor"), [say.key("factor", signature.factor)]),
    ]


def _said_of_circumstances(say: _Say, signature: Signature) -> list[tuple[str, list[str]]]:
    """Points 7-12."""
    zone, device = signature.consent.zone, signature.device
    accepted = exactly(signature.disclosure_accepted_at, zone, say.language)
    interpreter = say("c_interpreter", interpreter=signature.interpreter) if signature.interpreter else ""
    marked = say("c_how_line", method=say.key("method", signature.method), intent=signature.intent)
    return [
        (say("c_electronic"), [say("c_electronic_line", at=accepted, version=signature.disclosure_version)]),
        (
            say("c_steps"),
            [f"{say.key('event', one['kind'])}: {_clock(one['at'])}" for one in signature.events],
        ),
        (
            say("c_device"),
            [
                f"{device['kind']}, {device['address']}, {device['user_agent']}",
                say("c_server", server=device["server"]),
            ],
        ),
        (say("c_how"), [marked, exactly(signature.signed_at, zone, say.language)]),
        (say("c_able"), [say("c_able_line", user=signature.capacity_attested_by), interpreter]),
        (say("c_notice"), [signature.privacy_notice]),
    ]


def _said_of_the_seal(say: _Say, seal: SealFacts) -> list[str]:
    """Point 14."""
    asked = seal.time_authority
    return [
        say("c_seal_line", certificate=seal.certificate, sha256=seal.certificate_sha256),
        say("c_vouched", authority=seal.authority, sha256=seal.authority_sha256),
        say("c_stamped_by", authority=asked) if asked else say("c_stamped_own"),
    ]


def signed_by(ceremony: Ceremony) -> str:
    """In which role, and by what authority (45 CFR 164.508(c)(1)(vi)), in the language of the form."""
    say, name, authority = _Say(ceremony.wording.language), called(ceremony.signer), ceremony.representation
    if authority is None:
        return say("c_signed_in_person", name=name)
    return say(
        "c_signed_for",
        name=name,
        person=called(ceremony.person),
        authority=say.key("authority", authority.authority),
        description=authority.description,
    )


def exactly(at: datetime | None, zone: str, language: str = "en") -> str:
    """An instant as a document says it, in the zone of the place and in UTC."""
    if at is None:
        return in_words(language, "c_not_recorded")
    here = at.astimezone(ZoneInfo(zone))
    hour = f"{here.hour % 12 or 12}:{here:%M:%S} {'am' if here.hour < 12 else 'pm'}"
    if language == "es":
        hour = f"{here:%H:%M:%S}"
    day = day_in(language, here.date())
    return f"{day}, {hour} {here.tzname()} ({at.astimezone(UTC):%H:%M:%S} UTC)"


def _ticked(say: _Say, ceremony: Ceremony, signature: Signature) -> list[str]:
    """The ticked lines in the form's own words, each with its instant."""
    offers = ceremony.wording.form().offers
    words = {
        name: said | {one.key: one.label for one in offers.get(name, ())} for name, said in LISTS.items()
    }
    said = [
        f"{words[name].get(key, key)}: {_clock(when)}"
        for name in LISTS
        for key, when in signature.answers.get(name, {}).items()
    ]
    ends = signature.answers.get("ends", {})
    if "at" in ends:
        said.append(say("c_ends", end=_end(offers, ends), at=_clock(ends["at"])))
    return said


def _end(offers: Mapping[str, Sequence[Option]], ends: Mapping[str, str]) -> str:
    """The day on which it ends, or the event."""
    events = {one.key: one.label for one in offers.get("ends", ())}
    return ends.get("on") or events.get(ends.get("event", ""), ends.get("event", ""))


def _clock(moment: str) -> str:
    """An instant that was kept as text, to the second."""
    return f"{datetime.fromisoformat(moment).astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
