"""Opening a practice, and what is true of it and its places."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from consent.audit.ledger import record, recording
from consent.audit.rules import Actor

from ..models import Location, LocationFacts, Membership, Practice, User
from ..queries import demo_sign_ins_exist
from ..rules import PICTURES, checked_origin, checked_zone, on_one_line


class DemoStillHere(Exception):
    """Demo sign-ins, whose password everybody knows, would share the house with real patients."""


class NameTaken(Exception):
    """Another practice or location has this name."""


class FactsOfThatDay(Exception):
    """The location has facts from that day already; they are never edited."""


@dataclass(frozen=True)
class PracticeDetails:
    """What a practice says of itself. `time_zone` is a name of the tz database."""

    name: str
    phone: str
    privacy_officer: str
    privacy_email: str
    time_zone: str
    address: str = ""
    hipaa_entity: bool = True
    wall_sites: tuple[str, ...] = ()
    cooling_off_days: int = 7
    months_after_a_no: int = 12
    screens_words: bool = True
    uses_roster: bool = True
    screens_pictures: bool = False


@dataclass(frozen=True)
class Facts:
    """What holds at a location from a day on."""

    from_date: date
    legal_entity: str
    state: str
    profession: str
    time_zone: str
    hospital: bool = False
    part2: bool = False
    small_town: bool = False


@dataclass(frozen=True)
class OwnerDetails:
    """The first owner. Without a password they need a one-time link."""

    email: str
    name: str
    password: str | None = None


def open_practice(
    *,
    slug: str,
    details: PracticeDetails,
    location: str,
    facts: Facts,
    owner: OwnerDetails,
    by: Actor,
    at: datetime,
    is_demo: bool = False,
) -> Membership:
    """Make a practice with its first location and owner; answers the owner's membership.

    Raises `DemoStillHere` for a real practice beside demo sign-ins, `NameTaken`, `UnknownTimeZone`, `NotAnOrigin`.
    """
    with recording(by=by, at=at):
        if not is_demo and demo_sign_ins_exist():
            raise DemoStillHere(
                "Demo sign-ins still exist, and everybody knows their password. Remove the demo before real patients "
                "come in: python manage.py demo --remove"
            )
        if Practice.objects.filter(slug=slug).exists():
            raise NameTaken(f"There is a practice at /p/{slug}/ already. Choose another short name.")
        practice = Practice.objects.create(slug=slug, is_demo=is_demo, **_checked(details))
        record("practice.opened", practice)
        add_location(practice=practice, name=location, facts=facts, by=by, at=at)
        user = User.objects.filter(email__iexact=owner.email).first() or User.objects.create_user(
            owner.email, owner.password, name=on_one_line(owner.name), is_demo=is_demo, joined_at=at
        )
        membership = Membership.objects.create(practice=practice, user=user, roles=["owner"], since=at)
        record("member.added", membership, user=user.pk, roles=["owner"])
    return membership


def change_practice(*, practice: Practice, details: PracticeDetails, by: Actor, at: datetime) -> list[str]:
    """Correct what the practice says of itself; answers the names of the fields that changed.

    Raises `UnknownTimeZone` and `NotAnOrigin`.
    """
    with recording(by=by, at=at):
        wanted = _checked(details, practice)
        changed = sorted(name for name, value in wanted.items() if getattr(practice, name) != value)
        for name in changed:
            setattr(practice, name, wanted[name])
        if changed:
            practice.save(update_fields=changed)
            record("practice.changed", practice, fields=changed)
    return changed


def add_location(*, practice: Practice, name: str, facts: Facts, by: Actor, at: datetime) -> Location:
    """Add a place and what holds there from the first day. Raises `NameTaken` and `UnknownTimeZone`."""
    name = on_one_line(name)
    with recording(by=by, at=at):
        if Location.objects.filter(practice=practice, name__iexact=name).exists():
            raise NameTaken(f"{practice.name} has a location called “{name}” already.")
        location = Location.objects.create(practice=practice, name=name)
        record_facts(location=location, facts=facts, by=by, at=at)
    return location


def record_facts(*, location: Location, facts: Facts, by: Actor, at: datetime) -> LocationFacts:
    """Record what holds at a location from a day on; what held before stays as it was.

    Raises `FactsOfThatDay` and `UnknownTimeZone`.
    """
    with recording(by=by, at=at):
        checked_zone(facts.time_zone)
        if location.facts.filter(from_date=facts.from_date).exists():
            raise FactsOfThatDay(
                f"What holds at {location.name} from that day is on record already. Choose another day."
            )
        row = LocationFacts.objects.create(
            practice_id=location.practice_id, location=location, **asdict(facts)
        )
        record("location.changed", row, location=location.pk, state=facts.state, profession=facts.profession)
    return row


def _checked(details: PracticeDetails, practice: Practice | None = None) -> dict[str, object]:
    """The columns of the practice, with a time zone and sites that exist."""
    checked_zone(details.time_zone)
    sites = sorted({checked_origin(site) for site in details.wall_sites})
    names = {"name": on_one_line(details.name), "privacy_officer": on_one_line(details.privacy_officer)}
    columns = asdict(details) | names | {"wall_sites": sites}
    others = set(practice.detectors) - {PICTURES} if practice else set()
    columns["detectors"] = sorted(others | ({PICTURES} if columns.pop("screens_pictures") else set()))
    return columns
