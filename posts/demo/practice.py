"""The demo practice: who works there, its forms and its channels."""

from dataclasses import dataclass
from datetime import date, timedelta

from consent.access.actions import (
    Facts,
    OwnerDetails,
    PracticeDetails,
    add_member,
    change_password,
    change_pin,
    open_practice,
)
from consent.audit.rules import SYSTEM
from consent.signing.actions import sign_policy
from consent.signing.actions.signing import Device, Mark
from consent.wording.actions import install_sample_wordings, review_translation
from consent.workforce.actions import adopt_policy, record_training
from consent.workforce.texts import facts_of, policy_text
from posts.channels.actions import open_account

from .world import ZONE, World

SLUG = "riverbend"
NAME = "Riverbend Family Practice"
PASSWORD = "a garden by the river"
POLICY = """Nobody shows, names or hints at a patient without a signed permission for exactly that use.
Nobody answers a comment so that it confirms or denies that someone is a patient.
What looks wrong is taken down first and talked about afterwards. Only who is trained and has signed this approves."""


@dataclass(frozen=True)
class SignIn:
    """Somebody who can look around in the demo; everybody has the same password."""

    name: str
    role: str
    pin: str = ""

    @property
    def email(self) -> str:
        """What they sign in with. ``.example`` leads nowhere (RFC 2606)."""
        return f"{self.name.lower()}@riverbend.example"


SIGN_INS = (
    SignIn("Olga", "owner"),
    SignIn("Finn", "front_desk", "4711"),
    SignIn("Freya", "front_desk", "5283"),
    SignIn("Dan", "marketer"),
    SignIn("Eve", "compliance", "6174"),
    SignIn("Paul", "privacy"),
    SignIn("Aida", "auditor"),
)


def open_demo_practice(world: World) -> None:
    """Open it with its owner, let the team in, install the forms, open three channels."""
    owner, *team = SIGN_INS
    membership = open_practice(
        slug=SLUG,
        details=PracticeDetails(
            name=NAME,
            phone="(555) 010-0142",
            privacy_officer="Eve Example",
            privacy_email="privacy@riverbend.example",
            time_zone=ZONE,
            address="12 River Street, Riverbend, OH 43000",
        ),
        location="River Street",
        facts=Facts(date(2019, 1, 1), f"{NAME} LLC", "OH", "physician", ZONE),
        owner=OwnerDetails(owner.email, owner.name, PASSWORD),
        by=SYSTEM,
        at=world.at,
        is_demo=True,
    )
    world.location = membership.practice.locations.get()
    world.staff[owner.name] = membership.user
    for one in team:
        _let_in(world, one)
    _train(world)
    _bring_forms(world)
    _open_channels(world)


def _bring_forms(world: World) -> None:
    """The sample forms in English, and in Spanish as a translator has looked them over."""
    forms = install_sample_wordings(practice=world.practice, by=world.by("Olga"), at=world.wait(30))
    for form in forms:
        if form.translation_of_id:
            review_translation(
                wording=form,
                translated_by="Postern, sample",
                reviewed_by="Inés Example, certified translator",
                reviewed_on=world.at.date(),
                by=world.by("Eve"),
                at=world.wait(),
            )


def _let_in(world: World, one: SignIn) -> None:
    """A member with the demo's password, and a PIN where the role needs one."""
    membership = add_member(
        practice=world.practice,
        email=one.email,
        name=one.name,
        roles=[one.role],
        by=world.by("Olga"),
        at=world.wait(),
    )
    user = world.staff[one.name] = membership.user
    change_password(user=user, password=PASSWORD, by=world.by(one.name), at=world.wait())
    if one.pin:
        change_pin(user=user, pin=one.pin, by=world.by(one.name), at=world.wait())


def _train(world: World) -> None:
    """A policy that everybody has signed, and trainings: Aida's has run out."""
    policy = adopt_policy(
        practice=world.practice,
        version="1",
        text=POLICY,
        effective_from=world.at,
        by=world.by("Eve"),
        at=world.wait(),
    )
    for one in SIGN_INS:
        user, completed_at = world.staff[one.name], world.wait()
        sign_policy(
            policy=policy,
            user=user,
            wording=None,
            shown_sha256=policy_text(policy, facts_of(world.practice, user.name)).sha256,
            mark=Mark(typed_name=user.name),
            factor="demo",
            device=Device("own", "127.0.0.1", "The demo", "demo"),
            by=world.by(one.name),
            at=completed_at,
        )
        days = 30 if one.name == "Aida" else 730
        record_training(
            practice=world.practice,
            user=user,
            course="Privacy in social media",
            completed_at=completed_at,
            expires_at=completed_at + timedelta(days=days),
            by=world.by("Eve"),
            at=world.wait(),
        )


def _open_channels(world: World) -> None:
    """The wall, and two that somebody posts to by hand."""
    for adapter, platform, handle in (
        ("wall", "website", "Riverbend's wall"),
        ("by_hand", "instagram", "@riverbend.family"),
        ("by_hand", "facebook", "Riverbend Family Practice"),
    ):
        world.channels[platform] = open_account(
            practice=world.practice,
            platform=platform,
            handle=handle,
            audience="public",
            discloser=world.place,
            adapter=adapter,
            by=world.by("Olga"),
            at=world.wait(),
        )
