"""Every "no" carries the button that mends it: from the gate's remedies to what this member can do here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from consent.access.doors import MemberRequest
from consent.people.models import Person
from posts.clearance.rules import Spoken

from ..queries import VersionOnDesk
from .accounting import Button, accounting, stretch, without_saying
from .depicting import depicting, hint, picture_of_reason


@dataclass(frozen=True)
class Line:
    """A reason with its buttons, and what to look at before one presses them."""

    said: Spoken
    buttons: list[Button]
    hint: str = ""


@dataclass(frozen=True)
class Gate:
    """What the gate says of one version, as the panel shows it."""

    version: VersionOnDesk
    lines: list[Line]
    unticked: list[Button]

    @property
    def stopped(self) -> int:
        """How many things stand in the way."""
        return len(self.lines) + len(self.unticked)

    @property
    def marks(self) -> str:
        """The stretches of the words that the screen stopped at, in UTF-16 units, as browsers count."""
        seen = [line.said.sighting for line in self.lines if line.said.sighting]
        return " ".join(stretch(self.version, one) for one in seen if one.place == "caption" and one.words)

    @property
    def state(self) -> str:
        """allowed, stopped, or waiting: a second person has to agree, and nothing else stands in the way."""
        if self.version.answer.waits_for_another and not self.unticked:
            return "waiting"
        return "stopped" if self.stopped else "allowed"


Mend = Callable[[MemberRequest, Spoken, VersionOnDesk], list[Button]]


def gate_of(
    request: MemberRequest, version: VersionOnDesk, called: Mapping[str, list[Person]] | None = None
) -> Gate:
    """The gate's answer for a version, each reason with its buttons; `called` are people by the names seen in it."""
    lines = [
        Line(
            said,
            [
                *depicting(request, said, version),
                *accounting(request, said, version, called or {}),
                *buttons(request, said, version),
            ],
            hint(said),
        )
        for said in version.answer.reasons
    ]
    account = version.account.pk
    unticked = [
        Button(f"Tick what the words use of {person.alias}", focus=f"mention-{account}-{person.pk}")
        for person in version.unticked
    ]
    return Gate(version, lines, unticked)


def buttons(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    """The remedy of a reason; for one about a person also the other way: ask them, or go without."""
    found = MENDS[said.remedy](request, said, version)
    if said.person_id is None or said.remedy in ("leave_out", "ask_licence"):
        return found
    if said.remedy in ASKING:
        return found + _without(request, said, version)
    return found + _ask(request, said, version)


def _change_words(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    """To the words themselves, the seen ones selected; or to the description or captions that hold them."""
    account, seen = version.account.pk, said.sighting
    if said.asset_id is not None and seen is None:
        return [
            *_media_page(request, said, version, "See the picture"),
            *_change_picture(request, said, version),
        ]
    if seen is None or seen.place == "caption":
        select = stretch(version, seen) if seen and seen.words else ""
        return [Button(said.remedy_label, focus=f"caption-{account}", select=select)]
    if seen.place == "disclosure":
        return [Button(said.remedy_label, focus=f"disclosure-{account}")]
    kind = "alt" if seen.place.startswith("alt") else "captions"
    return [Button(said.remedy_label, focus=f"{kind}-{account}-{_rendition(said, version)}")]


def _ask(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    """Those who may ask get the form; everyone else the record, where it says what is allowed."""
    if said.person_id is None:
        return []
    if request.can("consent.prepare"):
        label = said.remedy_label if said.remedy in ASKING else f"Ask {said.who} for this"
        return [Button(label, url=_url(request, "signing:prepare", said.person_id))]
    return [Button(f"See what {said.who} allowed", url=_url(request, "records:person", said.person_id))]


def _without(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    """Without what was not allowed: other words if only the words use it, otherwise without the person."""
    used = next((one for one in version.answer.facts.people if one.person.id == said.person_id), None)
    if said.code == "SCOPE_ELEMENT" and used and not used.in_pictures & set(said.keys):
        change = Button("Change the words", focus=f"mention-{version.account.pk}-{said.person_id}")
        return [*without_saying(version, said.person_id or 0, said.keys), change]
    return _leave_out(request, said, version)


def _leave_out(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    """Without them: not in the words, no picture that shows them."""
    return [Button(f"Leave {said.who} out", do=f"leave_out:{version.account.pk}:{said.person_id}")]


def _drop_channel(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    return [Button(f"Not on {version.account}", do=f"drop_channel:{version.account.pk}")]


def _unpay(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    return [Button(said.remedy_label, do=f"do_not_pay:{version.account.pk}")]


def _field(name: str) -> Mend:
    """To the version's own field, or to one of the whole post."""

    def mend(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
        return [Button(said.remedy_label, focus=name.format(account=version.account.pk))]

    return mend


def _rendition(said: Spoken, version: VersionOnDesk) -> int:
    """The picture of a reason, as this version holds it."""
    picture = picture_of_reason(said, version)
    return picture.rendition.pk if picture else 0


def _describe(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    place = f"alt-{version.account.pk}-{_rendition(said, version)}"
    return [Button(said.remedy_label, focus=place)]


def _change_picture(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    if said.asset_id is None:
        return [Button(said.remedy_label, focus=f"pictures-{version.account.pk}")]
    place = f"remove_picture:{version.account.pk}:{_rendition(said, version)}"
    return [Button("Take the picture out", do=place)]


def _media_page(
    request: MemberRequest, said: Spoken, version: VersionOnDesk, label: str = ""
) -> list[Button]:
    return [Button(label or said.remedy_label, url=_url(request, "media:asset", said.asset_id or 0))]


def _look_over(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    """To what the detectors saw in the picture, and the points to look at."""
    return [Button(said.remedy_label, url=f"{_url(request, 'media:asset', said.asset_id or 0)}#seen")]


def _ask_licence(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    """Ask the author, or say who it is where nobody has; or go without what they made."""
    if said.asset_id is None:
        found = _ask_author(request, said) or [Button("Say who made it", focus="origin_author")]
        return [*found, Button("Change what it repeats", focus="origin_url")]
    page = _url(request, "media:asset", said.asset_id)
    label = said.remedy_label if said.person_id is not None else "See the picture"
    return [Button(label, url=page), *_change_picture(request, said, version)]


def _ask_author(request: MemberRequest, said: Spoken) -> list[Button]:
    """To the form of the licence; for those who may not ask, the record of the author."""
    if said.person_id is None:
        return []
    if request.can("consent.prepare"):
        form = _url(request, "signing:prepare", said.person_id)
        return [Button(said.remedy_label, url=f"{form}?kind=author_licence")]
    return [Button(f"See what {said.who} allowed", url=_url(request, "records:person", said.person_id))]


def _complete(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    """To the field of the claims that the reason is about; for a quote that was cut, to whoever said it as well."""
    found = [Button(said.remedy_label, focus=CLAIMED_IN.get(said.code, "claims"))]
    if said.code == "FTC_TESTIMONIAL_ALTERED":
        post = _url(request, "planning:post", int(version.answer.facts.post))
        found.append(Button("Ask whoever said it to agree", url=f"{post}#ask"))
    return found


def _caption_video(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    place = f"captions-{version.account.pk}-{_rendition(said, version)}"
    return [Button(said.remedy_label, focus=place)]


def _drop_recipient(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    """One button for each third party that the permission does not name."""
    return [
        Button(f"Do not give it to {one.name}", do=f"do_not_give:{version.account.pk}:{one.pk}")
        for one in version.given_to
        if str(one.pk) in said.keys
    ]


def _agreement(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    """Whoever sets up the practice records the agreement; everyone else leaves the third party out."""
    found = _drop_recipient(request, said, version)
    if request.can("practice.manage"):
        found.insert(
            0, Button(said.remedy_label, url=reverse("access:practice", args=[request.practice.slug]))
        )
    return found


def _place(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    """Whoever sets up the practice records the facts; everyone else goes without this channel."""
    if not request.can("practice.manage"):
        return _drop_channel(request, said, version)
    return [Button(said.remedy_label, url=reverse("access:practice", args=[request.practice.slug]))]


def _send(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    """To the page's own button."""
    return [Button(said.remedy_label, focus="send")]


def _uploads(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    """To the post's page, where what lay in a network's drafts is recorded."""
    post = int(version.answer.facts.post)
    return [Button(said.remedy_label, url=f"{_url(request, 'planning:post', post)}#uploads")]


def _again(request: MemberRequest, said: Spoken, version: VersionOnDesk) -> list[Button]:
    """Ask once more, which changes nothing; a picture is looked at again on its page, or another one taken."""
    if said.asset_id is not None:
        page = f"{_url(request, 'media:asset', said.asset_id)}#seen"
        return [Button("Have it looked at", url=page), *_change_picture(request, said, version)]
    return [Button(said.remedy_label, do="check_again")]


def _url(request: MemberRequest, name: str, pk: int) -> str:
    return reverse(name, args=[request.practice.slug, pk])


# The field of the section of claims that a reason asks for.
CLAIMED_IN = {
    "FTC_TYPICALITY": "typical_result",
    "FTC_TESTIMONIAL_ALTERED": "quote_source",
    "QUOTE_SOURCE_MISSING": "quote_source",
    "STATE_CA_BEFORE_AFTER": "procedures",
}
CLAIM_FIELDS = frozenset({*CLAIMED_IN.values(), "claims", "origin_url", "origin_author"})
ASKING = frozenset({"ask", "ask_representative", "ask_again", "finish"})
MENDS: dict[str, Mend] = {
    "ask": _ask,
    "ask_representative": _ask,
    "ask_again": _ask,
    "finish": _ask,
    "ask_licence": _ask_licence,
    "leave_out": _leave_out,
    "drop_channel": _drop_channel,
    "change_format": _field("format-{account}"),
    "change_purpose": _field("purpose"),
    "do_not_pay": _unpay,
    "say_who": _media_page,
    "write_alt_text": _describe,
    "change_picture": _change_picture,
    "write_disclosure": _field("disclosure-{account}"),
    "notarize": _ask,
    "drop_recipient": _drop_recipient,
    "record_agreement": _agreement,
    "say_capture": _media_page,
    "look_over": _look_over,
    "write_captions": _caption_video,
    "change_words": _change_words,
    "complete_claims": _complete,
    "record_place": _place,
    "record_removal": _uploads,
    "screen_again": _again,
    "ask_another": _send,
    "submit": _send,
    "attest": _send,
    "wait": _leave_out,
}
