"""What belongs to Hilltop does not exist under Riverbend's path, whatever its id and however many roles one has.

Hilltop has a row of every kind; Riverbend has none. So each URL that names a row must answer 404 for every id there.
That the rows are there to be found is shown by asking for them under Hilltop's own path.
"""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import product

import pytest
from django.core.management.color import no_style
from django.db import connection
from django.test import Client

from consent.access.actions import add_recipient, end_recipient
from consent.access.models import Membership, Practice, User
from consent.access.rules import ROLES
from consent.cards.actions import note_no_photo
from consent.evidence.models import Document
from consent.media.models import Appearance, CutAway, PictureUpload, Rendition
from consent.people.actions import merge_people, record_connection
from consent.people.models import Person
from consent.records.actions import keep_quiet, place_legal_hold, record_disagreement
from consent.records.models import Disposal, Reask
from consent.signing.actions import make_exhibit
from consent.wording.actions import begin_draft
from consent.wording.models import Wording
from consent.workforce.models import AttestedDocument, PolicyAttestation
from posts.clearance.actions import record_premature_upload, suggest
from posts.community.actions import Seen, begin_request
from posts.community.models import AccountProof, RepostRequest
from posts.content.models import Version
from posts.library.actions import propose_canned_reply
from posts.publishing.actions.pause import pause
from posts.screening.actions import keep_own_words
from tests.cast import NOW, PASSWORD, Cast, by, make_person, make_practice
from tests.ceremonies import prepared
from tests.consent.media.test_scans import FACE, given_asset, look, seeing
from tests.consents import found_consent, given_authority, signed_consent
from tests.doorways import Doorway, staff_doorways
from tests.events import fair, poster, taken
from tests.links import address_of
from tests.papers import came_back, given_printing
from tests.pictures import telling_jpeg
from tests.posts.reports.duties import given_duties
from tests.posts_data import given_picture
from tests.stories import TERMS, a_repost, a_story, known

WITH_ROWS = [doorway for doorway in staff_doorways() if doorway.rows]
MISSING = {404, 405}
# Only while somebody posts by hand; its own test opens that window.
SHOWN_FOR_TEN_MINUTES = {"publishing:picture"}
OWN = 10**6
PAGE = {
    "channel": "Wall",
    "caption": "",
    "disclosure": "",
    "format": "post",
    "pictures": [],
    "digest": "ab" * 32,
}


class Hilltop(Cast):
    """The usual cast, all of them at Hilltop."""

    @cached_property
    def practice(self) -> Practice:
        return make_practice("hilltop", "Hilltop Dental")


def wording(cast: Cast) -> None:
    """Drafts of two forms, words that are the practice's own, and a reply proposed."""
    for kind in ("event_card", "staff_policy"):
        begin_draft(practice=cast.practice, kind=kind, language="en", by=by(cast.eve), at=NOW)
    keep_own_words(practice=cast.practice, text="Walter Whitcombe", by=by(cast.eve), at=NOW)
    propose_canned_reply(
        practice=cast.practice, language="en", text="We read every comment.", by=by(cast.dan), at=NOW
    )


@pytest.fixture
def hilltop(db: None) -> Hilltop:
    """Hilltop with a row of every kind, numbered from one."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_by_name_sql(
            no_style(), connection.introspection.sequence_list()
        ):
            cursor.execute(statement)
    cast = Hilltop()
    came_back(cast, given_printing(cast, prepared(cast, cast.ana)))
    signed_consent(cast, cast.ana)
    record_connection(person=cast.ana, kind="gift", since=NOW.date(), by=by(cast.finn), at=NOW)
    signs = given_authority(cast, cast.bea, cast.carla)
    record_disagreement(person=cast.bea, objector=signs, how="desk", by=by(cast.finn), at=NOW)
    keep_quiet(person=cast.ana, until=NOW.date(), by=by(cast.finn), at=NOW)
    prepared(cast, cast.ana)
    make_exhibit(person=cast.ana, post=1, title="A test", pages=[PAGE], by=by(cast.dan), at=NOW)
    address_of(cast, cast.ana)
    given_authority(cast, cast.bea, cast.carla)
    found_consent(cast, cast.ana)
    given_picture(cast, cast.ana)
    given_asset(cast)
    look(cast, seeing(FACE))
    given_film(cast)
    given_duties(cast, 1)
    version = Version.objects.select_related("post", "account").order_by("pk")[0]
    suggest(version=version, caption="Other words", by=by(cast.eve), at=NOW)
    record_premature_upload(version=version, uploaded_at=NOW, by=by(cast.dan), at=NOW)
    add_recipient(practice=cast.practice, name="Agency", acts_for_us=True, by=by(cast.olga), at=NOW)
    gone = add_recipient(practice=cast.practice, name="Old", acts_for_us=True, by=by(cast.olga), at=NOW)
    end_recipient(recipient=gone, ended_at=NOW, by=by(cast.olga), at=NOW)
    given_disposal(cast)
    place_legal_hold(person=cast.ana, why="A test", by=by(cast.eve), at=NOW)
    merge_people(person=cast.vic, into=cast.ana, by=by(cast.finn), at=NOW)
    pause(practice=cast.practice, why="A test", by=by(cast.olga), at=NOW)
    attending(cast)
    wording(cast)
    reposting(cast)
    proving(cast)
    document = Document.objects.filter(practice=cast.practice)[0]
    attestation = PolicyAttestation.objects.get(user=cast.eve)
    AttestedDocument.objects.create(practice=cast.practice, attestation=attestation, document=document)
    Reask.objects.create(
        practice=cast.practice,
        person=cast.ana,
        wording=Wording.objects.filter(practice=cast.practice)[0],
        why="A test",
        asked_at=NOW,
        asked_by=cast.eve,
    )
    return cast


def given_film(cast: Cast) -> None:
    """A copy with a first frame, as a video's is, and an upload of several pictures."""
    copy = Rendition.objects.filter(practice=cast.practice).exclude(small_key="")[0]
    Rendition.objects.filter(pk=copy.pk).update(poster_key=copy.small_key)
    PictureUpload.objects.create(practice=cast.practice, begun_by=cast.dan, begun_at=NOW)
    given_cut(cast)


def given_cut(cast: Cast) -> None:
    """A copy of a picture in which nobody would know somebody."""
    CutAway.objects.create(
        practice=cast.practice,
        rendition=Rendition.objects.filter(practice=cast.practice)[0],
        appearance=Appearance.objects.filter(practice=cast.practice)[0],
        wholly=True,
        said_by=cast.dan,
        said_at=NOW,
    )


def attending(cast: Cast) -> None:
    """An event with a poster, a guest, and somebody who would not be photographed."""
    gathering = fair(cast)
    poster(cast, gathering)
    taken(gathering)
    note_no_photo(gathering=gathering, words="A test", by=by(cast.dan), at=NOW)


def reposting(cast: Cast) -> None:
    """A story with a picture, who made it, and a request for it that was sent."""
    author = make_person(cast.practice, "Rosa", "Reyes", date(1980, 1, 1))
    seen = Seen(text="Thank you!", picture=telling_jpeg())
    story = known(cast, a_story(cast, seen=seen), author)
    post = a_repost(cast, story, author)
    begin_request(story=story, post=post, terms=TERMS, by=by(cast.dan), at=NOW)


def proving(cast: Cast) -> None:
    """The author of that story is showing that the account is theirs."""
    request = RepostRequest.objects.get(practice=cast.practice)
    AccountProof.objects.create(
        practice=cast.practice, request=request, phrase="one two three", asked_at=NOW, reached_at=NOW
    )


def given_disposal(cast: Cast) -> None:
    """Something that was proposed to be erased."""
    Disposal.objects.create(
        practice=cast.practice,
        person=cast.ana,
        what=Disposal.What.CONTACT,
        row_id=1,
        why="A test",
        retain_until=NOW.date(),
        proposed_by=cast.eve,
        proposed_at=NOW,
    )


@pytest.fixture
def outsider(hilltop: Hilltop) -> Client:
    """Someone with every role, in Riverbend, which has nothing but them."""
    riverbend = make_practice("riverbend", "Riverbend Family Practice")
    Person.objects.create(pk=OWN, practice=riverbend, alias="Own", created_at=NOW)
    return member(riverbend)


def member(practice: Practice) -> Client:
    """Someone with every role there. An answer of 500 counts as found; other tests look at what pages show."""
    user = User.objects.create_user(f"rex@{practice.slug}.example.org", PASSWORD, name="Rex", is_demo=True)
    Membership.objects.create(
        pk=OWN + practice.pk, practice=practice, user=user, roles=list(ROLES), since=NOW
    )
    # An upload is undone by whoever began it.
    PictureUpload.objects.filter(practice=practice).update(begun_by=user)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def ids(doorway: Doorway) -> Iterator[tuple[int, ...]]:
    """More ids than any table of Hilltop has rows; every pair of them where a URL names two rows."""
    return product(range(1, 8), repeat=len(doorway.rows))


def knock(client: Client, doorway: Doorway, practice: str, *rows: int) -> set[int]:
    """What looking and changing answer."""
    path = doorway.path(practice, *rows)
    return {client.get(path).status_code, client.post(path).status_code}


@pytest.mark.parametrize("doorway", WITH_ROWS, ids=str)
class TestARowOfAnotherPractice:
    def test_does_not_exist(self, outsider, doorway):
        for rows in ids(doorway):
            assert knock(outsider, doorway, "riverbend", *rows) <= MISSING, rows

    def test_is_there_under_its_own_path(self, hilltop, doorway):
        if doorway.name in SHOWN_FOR_TEN_MINUTES:
            return
        insider = member(hilltop.practice)
        answers = (knock(insider, doorway, "hilltop", *rows) for rows in ids(doorway))
        assert any(answer - MISSING for answer in answers), "no such row at Hilltop: add one to the fixture"


@pytest.mark.parametrize("doorway", [one for one in WITH_ROWS if len(one.rows) > 1], ids=str)
class TestARowOfAnotherPracticeBesideOnesOwn:
    def test_does_not_exist(self, outsider, doorway):
        for rows in ids(doorway):
            assert knock(outsider, doorway, "riverbend", OWN, *rows[1:]) <= MISSING, rows
