"""The composer's desk: what was typed, the rows it speaks of, the gate's answer. A constant number of queries.

Nothing is stored, and nothing that is stored changes: the gate is handed contents that exist only here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Q

from consent.access.models import Practice, Recipient
from consent.people.models import Person
from posts.channels.models import ChannelAccount
from posts.clearance.queries import Answer, Answers, PersonShown, imagined, rulings_in_words
from posts.content.models import Post, Version
from posts.content.queries import Content, Given, claims_of
from posts.content.rules import CAPTION_LIMIT, DeclaredPerson, Payload

from ..rules import NETWORK_LIMITS, Draft, DraftVersion
from .depicted import Depicted, PictureOnDesk, declared
from .mentioning import called_as_seen


@dataclass(frozen=True)
class MentionOnDesk:
    """A person in the words."""

    person: Person
    elements: tuple[str, ...]
    capacity: str


@dataclass(frozen=True)
class VersionOnDesk:
    """The post for one channel as the page shows it."""

    account: ChannelAccount
    typed: DraftVersion
    pictures: list[PictureOnDesk]
    mentions: list[MentionOnDesk]
    given_to: list[Recipient]
    answer: Answer

    @property
    def limit(self) -> int | None:
        """How many characters the network takes, where that is less than what is kept here."""
        limit = NETWORK_LIMITS.get(self.account.platform)
        return limit if limit and limit < CAPTION_LIMIT else None

    @property
    def unticked(self) -> list[Person]:
        """Those in the words of whom nobody said what the words use."""
        return [mention.person for mention in self.mentions if not mention.elements]

    def showing(self, person: int) -> list[int]:
        """The renditions that show a person."""
        return [
            picture.rendition.pk
            for picture in self.pictures
            if person in {look.person_id for look in picture.looks if not look.masked}
        ]


@dataclass(frozen=True)
class Desk:
    """The whole page: what was typed, the versions with their rows, channels not used yet, everyone in it.

    `author` made what the post repeats; `recipients` are the third parties that could be given it; `called` those on
    record with a name that the word screen saw.
    """

    draft: Draft
    versions: list[VersionOnDesk]
    unused: list[ChannelAccount]
    said: Answers
    author: Person | None = None
    recipients: tuple[Recipient, ...] = ()
    called: Mapping[str, list[Person]] = field(default_factory=dict)

    @property
    def open_tab(self) -> int:
        """The account whose version is looked at."""
        accounts = [version.account.pk for version in self.versions]
        return self.draft.tab if self.draft.tab in accounts else next(iter(accounts), 0)

    @property
    def people(self) -> tuple[PersonShown, ...]:
        """Everyone in any version, with their badges."""
        return self.said.people

    def version(self, account: int) -> VersionOnDesk | None:
        """The version for an account."""
        return next((version for version in self.versions if version.account.pk == account), None)


def desk(post: Post, draft: Draft, at: datetime, *, identify: bool = False) -> Desk:
    """The desk for what was typed. Numbers that are no rows of the practice are left out.

    Without `identify` a seen name finds people by their aliases only (R54).
    """
    practice = post.practice
    accounts = _accounts(practice, [version.account for version in draft.versions])
    depicted = Depicted.read(practice, {p.rendition for v in draft.versions for p in v.pictures})
    wanted = {mention.person for version in draft.versions for mention in version.mentions}
    draft = of_its_story(post, draft)
    author = draft.claims.origin_author
    people = Person.objects.filter(practice=practice).in_bulk(wanted | ({author} if author else set()))
    if author not in people:
        draft = replace(draft, claims=replace(draft.claims, origin_author=None))
    recipients = _recipients(post)
    numbers = dict(Version.objects.filter(post=post).values_list("account", "pk"))
    parts = [
        _Part(
            numbers.get(typed.account, -typed.account),
            accounts[typed.account],
            typed,
            depicted.of(typed),
            _mentions(typed, people),
            [recipients[one] for one in typed.recipients if one in recipients],
        )
        for typed in draft.versions
        if typed.account in accounts
    ]
    contents = [part.content(post, draft) for part in parts]
    said = rulings_in_words(practice, imagined(contents, at), at, identify=identify)
    versions = [
        VersionOnDesk(
            part.account,
            part.typed,
            part.pictures,
            part.mentions,
            part.given_to,
            said.by_version[part.number],
        )
        for part in parts
    ]
    used = {part.account.pk for part in parts}
    unused = [one for one in accounts.values() if one.pk not in used and one.closed_at is None]
    given = tuple(sorted(recipients.values(), key=lambda one: (one.name.casefold(), one.pk)))
    called = called_as_seen(practice, said, identify=identify)
    return Desk(draft, versions, unused, said, people.get(author or 0), given, called)


def _recipients(post: Post) -> dict[int, Recipient]:
    """The third parties that could be given it, and those that it names and that no longer work with us."""
    named = Version.recipients.through.objects.filter(version__post=post).values("recipient")
    rows = Recipient.objects.filter(Q(ended_at=None) | Q(pk__in=named), practice=post.practice)
    return rows.in_bulk()


@dataclass(frozen=True)
class _Part:
    """One version with its rows, before the gate was asked. One not stored yet has its account's number, below zero."""

    number: int
    account: ChannelAccount
    typed: DraftVersion
    pictures: list[PictureOnDesk]
    mentions: list[MentionOnDesk]
    given_to: list[Recipient]

    def content(self, post: Post, draft: Draft) -> Content:
        """What the gate reads of it."""
        account, typed = self.account, self.typed
        return Content(
            version=self.number,
            practice=post.practice_id,
            post=post.pk,
            author=post.author_id,
            account=account.pk,
            platform=account.platform,
            audience=account.audience,
            adapter=account.adapter,
            account_open=account.closed_at is None,
            discloser=account.discloser_id,
            location=draft.location,
            origin_gone_at=post.origin_gone_at,
            answers=post.parent_text,
            payload=Payload(
                version=self.number,
                account=account.pk,
                kind=post.kind,
                format=typed.format,
                purpose=draft.purpose,
                paid=typed.paid,
                third_party_pays=typed.third_party_pays,
                caption=typed.caption,
                disclosure=typed.disclosure,
                media=tuple(picture.media for picture in self.pictures),
                people=tuple(self._declared()),
                claims=draft.claims,
                recipients=tuple(one.pk for one in self.given_to),
            ),
            pictures=tuple(picture.asked_about for picture in self.pictures),
            given_to=tuple(
                Given(one.pk, one.acts_for_us, one.agreement_from, one.agreement_until, one.ended_at)
                for one in self.given_to
            ),
        )

    def _declared(self) -> Iterable[DeclaredPerson]:
        """Everyone in the words and in the pictures."""
        for mention in self.mentions:
            yield DeclaredPerson(mention.person.pk, mention.elements, mention.capacity)
        yield from declared(self.pictures)


def of_its_story(post: Post, draft: Draft) -> Draft:
    """The draft with what its post repeats: that is no field of the page, so no page can say anything else of it."""
    return replace(draft, claims=replace(draft.claims, story=post.story).still_of(claims_of(post)))


def _accounts(practice: Practice, used: list[int]) -> dict[int, ChannelAccount]:
    """The open accounts, and closed ones that the post names, in the order of the channels' page."""
    rows = ChannelAccount.objects.filter(practice=practice).filter(Q(closed_at=None) | Q(pk__in=used))
    return {account.pk: account for account in rows.order_by("platform", "handle")}


def _mentions(typed: DraftVersion, people: dict[int, Person]) -> list[MentionOnDesk]:
    """The people in the version's words."""
    return [
        MentionOnDesk(people[one.person], one.elements, one.capacity)
        for one in typed.mentions
        if one.person in people
    ]
