"""What waits for somebody: a child grows up, parents disagree, paper came back, a question, a permission runs out."""

from datetime import date

from consent.audit.rules import Actor
from consent.evidence.render import render_pdf
from consent.media.scans import read_pages
from consent.paper.actions import keep_scans, key_form, print_form
from consent.paper.queries import printed_again
from consent.paper.rules import Keyed
from consent.people.models import Representation
from consent.records.actions import issue_holder_link, record_disagreement, request_renewal
from consent.records.models import Consent
from posts.portal.actions import ask_question

from .people import enters, may_sign_for, reads_mail_at
from .signing import Wish, asked, sign_at_the_tablet
from .world import World

CHILD = Wish(
    ("first_name", "face"), ("website",), purposes=("testimonial",), kind="authorization_minor", days=170
)
SEEN = {
    "elements": frozenset({"first_name", "quote"}),
    "platforms": frozenset({"website"}),
    "formats": frozenset({"post"}),
    "only_this_post": frozenset({"several"}),
    "purposes": frozenset({"testimonial"}),
}


def the_novaks(world: World) -> None:
    """Grace signed for both children; Zoe is eighteen soon, and then nobody may sign for her any more."""
    world.days_ago(140, "16:10")
    for parent in ("Grace", "Peter"):
        enters(world, parent, "representative")
    for child in ("Noah", "Zoe"):
        enters(world, child)
        may_sign_for(world, child, "Peter", "father")
        may_sign_for(world, child, "Grace")
        sign_at_the_tablet(world, child, CHILD)


def since_this_morning(world: World) -> None:
    """Peter says no for Noah; Maria asks; Sam is to be asked again; what Lucía wrote is keyed by one, not by two."""
    world.minutes_ago(110)
    peter = Representation.objects.get(person=world.people["Noah"], representative=world.people["Peter"])
    record_disagreement(
        person=world.people["Noah"], objector=peter, how="desk", by=world.by("Finn"), at=world.wait()
    )
    reads_mail_at(world, "Maria", "maria.vega@example.com")
    _a_question(world, "Maria", "Who can see the picture of my garden, and for how long?")
    request_renewal(
        consent=Consent.objects.get(person=world.people["Sam"]), by=world.by("Finn"), at=world.wait()
    )
    _on_paper(world, "Lucía")


def _a_question(world: World, name: str, words: str) -> None:
    person = world.people[name]
    link, _ = issue_holder_link(person=person, representation=None, by=world.by("Finn"), at=world.wait())
    by = Actor("person", str(person.pk))
    ask_question(link=link, words=words, language=person.language, known=True, by=by, at=world.wait(9))


def _on_paper(world: World, name: str) -> None:
    """Printed, brought back, scanned, and read by Finn; Freya has not yet."""
    by, ceremony = world.by("Finn"), asked(world, name, Wish(platforms=("website",)))
    printing = print_form(ceremony=ceremony, by=by, at=world.wait())
    pages = read_pages(render_pdf(printed_again(printing)))
    kept = keep_scans(practice=world.practice, pages=pages, by=by, at=world.wait(30))
    today = world.at.date()
    read = Keyed(
        ticks=SEEN,
        ends_on=date.fromisoformat(ceremony.offered["ends_on"]),
        is_signed=True,
        signed_on=today,
        name="Lucía Gómez",
    )
    key_form(scan=kept.scans[0], keyed=read, by=by, at=world.wait(5))
