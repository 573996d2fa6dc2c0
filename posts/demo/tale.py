"""What has happened at Riverbend so far, in order: a year of it, up to this minute."""

from datetime import datetime, timedelta

from consent.audit.checkpoints import take_checkpoint
from consent.audit.rules import Actor
from consent.records.actions import issue_holder_link, place_hold, revoke_all
from posts.clearance.actions import refuse, send_back
from posts.publishing.actions import cancel
from posts.publishing.actions.settle import settle
from posts.publishing.actions.tasks import finish_by_hand, record_found
from posts.publishing.models import Delivery, Takedown

from .people import enters, may_sign_for
from .posting import (
    Idea,
    approved,
    draft,
    on_the_wall,
    posted_by_hand,
    scheduled,
    sent_for_review,
    take_picture,
)
from .practice import open_demo_practice
from .signing import Wish, ready_to_sign, sign_at_the_tablet
from .world import World

BEGINS = 421  # days ago: early enough for a permission of a year to have ended
GONE_AFTER = (1, 3, 70, 25 * 60, 8 * 24 * 60)  # minutes: deletion, quarantine, the later probes
STAFF = Wish(("full_name", "face", "quote"), purposes=("team", "education"), kind="staff_release")


def tell(now: datetime) -> World:
    """Let it all happen, ending just before `now`."""
    world = World(now=now, at=now - timedelta(days=BEGINS))
    open_demo_practice(world)
    for chapter in (
        _rosa_and_sam,
        _nora_and_maria,
        _liam,
        _wendy,
        _what_was_out_before,
        _what_did_not_go_out,
        _paula_and_ivy,
        _yesterday,
        _today,
    ):
        chapter(world)
    world.work()
    take_checkpoint(at=world.at)
    return world


def own_page_token(world: World, name: str) -> str:
    """A further link to somebody's own page, to look around with."""
    _, token = issue_holder_link(
        person=world.people[name], representation=None, by=world.by("Finn"), at=world.at
    )
    return token


def _rosa_and_sam(world: World) -> None:
    """Rosa's permission has ended since, and her picture came down; Sam's ends soon."""
    world.days_ago(400, "09:10")
    enters(world, "Rosa")
    sign_at_the_tablet(world, "Rosa", Wish(platforms=("website",)))
    take_picture(world, "rosa", "Rosa in the garden", shows="Rosa")
    bell = Idea(
        "Rosa rings the bell",
        "Rosa rang our garden bell today. She walked here by herself.",
        purpose="testimonial",
        people=["Rosa"],
        picture="rosa",
        alt_text="A woman stands in a garden full of flowers.",
    )
    world.days_ago(396, "10:00")
    on_the_wall(world, approved(world, bell))
    world.days_ago(344, "11:20")
    enters(world, "Sam")
    sign_at_the_tablet(world, "Sam", Wish(days=362))
    world.days_ago(300, "08:30")
    take_picture(world, "apples", "Apples on a plate")
    flu = Idea(
        "Flu shots are here",
        "Flu season begins. Come in for your shot any weekday before 10.",
        picture="apples",
        alt_text="Apples on a wooden plate.",
    )
    on_the_wall(world, approved(world, flu))


def _nora_and_maria(world: World) -> None:
    """A nurse and a patient who are happy to be seen."""
    world.days_ago(190, "08:45")
    enters(world, "Nora", "staff")
    sign_at_the_tablet(world, "Nora", STAFF)
    take_picture(world, "nora", "Nora, our nurse", shows="Nora", capacity="staff")
    meet = Idea(
        "Meet Nora",
        "Meet Nora Whitfield, our nurse. Ask her anything about vaccines.",
        ("website", "instagram"),
        purpose="team",
        people=["Nora"],
        elements=("full_name",),
        capacity="staff",
        picture="nora",
        alt_text="Nora, in a green tunic, in our garden.",
    )
    world.days_ago(188, "09:00")
    post = approved(world, meet)
    on_the_wall(world, post)
    posted_by_hand(world, post, "instagram", address="https://www.instagram.com/p/demo-nora/")
    world.days_ago(160, "14:05")
    enters(world, "Maria")
    sign_at_the_tablet(
        world,
        "Maria",
        Wish(("first_name", "face", "quote", "condition"), purposes=("testimonial", "education")),
    )
    take_picture(world, "maria", "Maria in the garden", shows="Maria")


def _liam(world: World) -> None:
    """A nine-year-old, whose mother may sign for him and did."""
    world.days_ago(150, "15:30")
    enters(world, "Elena", "representative")
    enters(world, "Liam")
    may_sign_for(world, "Liam", "Elena")
    wish = Wish(("first_name", "face"), ("website",), purposes=("testimonial",), kind="authorization_minor")
    sign_at_the_tablet(world, "Liam", wish)
    take_picture(world, "liam", "Liam in the garden", shows="Liam")


def _wendy(world: World) -> None:
    """She allowed it, was on the wall, and took it all back."""
    world.days_ago(120, "10:15")
    enters(world, "Wendy")
    sign_at_the_tablet(world, "Wendy", Wish())
    take_picture(world, "wendy", "Wendy by the river", shows="Wendy")
    walk = Idea(
        "Wendy's walk",
        "Wendy walks along the river every morning. “It clears my head.”",
        purpose="testimonial",
        people=["Wendy"],
        elements=("first_name", "quote"),
        picture="wendy",
        alt_text="A woman stands by a river.",
    )
    world.days_ago(118, "12:00")
    on_the_wall(world, approved(world, walk))
    world.days_ago(80, "09:40")
    garden = Idea(
        "Maria's garden",
        "Maria planted tomatoes with us. “My knee does not mind any more,” she says.",
        ("website", "instagram"),
        purpose="testimonial",
        people=["Maria"],
        elements=("first_name", "quote", "condition"),
        picture="maria",
        alt_text="Maria in the garden behind our practice.",
    )
    post = approved(world, garden)
    on_the_wall(world, post)
    posted_by_hand(world, post, "instagram", address="https://www.instagram.com/p/demo-maria/")
    world.days_ago(60, "19:20")
    wendy = world.people["Wendy"]
    revoke_all(person=wendy, how="own_page", by=Actor("person", str(wendy.pk)), at=world.at)
    world.work_after(GONE_AFTER)


def _what_was_out_before(world: World) -> None:
    """Two posts from before Postern: one may stay, one had to go. Then Rosa's permission ends."""
    world.days_ago(50, "11:00")
    _found(world, "open-day", "Maria", "Open day album, Maria at the table.")
    old = _found(world, "old-photo", "Wendy", "An old photo with Wendy in the background.")
    task = Takedown.objects.get(delivery=old)
    finish_by_hand(
        takedown=task, proof="The address says the post is gone.", by=world.by("Dan"), at=world.wait(30)
    )
    world.work_after(GONE_AFTER)
    world.days_ago(38, "08:00")
    world.work_after(GONE_AFTER)


def _found(world: World, name: str, shows: str, note: str) -> Delivery:
    """Dan records something that he came across on Facebook."""
    return record_found(
        account=world.channels["facebook"],
        address=f"https://www.facebook.com/riverbend/posts/demo-{name}",
        seen_on=world.at.date(),
        people=[world.people[shows]],
        people_unknown=False,
        note=note,
        by=world.by("Dan"),
        at=world.wait(),
    )


def _what_did_not_go_out(world: World) -> None:
    """Cancelled, refused, forgotten and looked for, too late."""
    world.days_ago(25, "16:00")
    hours = Idea("Holiday hours", "We close at noon on the day before the holiday.")
    cancel(
        delivery=scheduled(world, approved(world, hours), "website", hours=20),
        by=world.by("Dan"),
        at=world.wait(60),
    )
    world.days_ago(20, "09:00")
    lost = posted_by_hand(
        world,
        approved(world, Idea("Wash your hands", "Twenty seconds are enough.", ("facebook",))),
        "facebook",
    )
    settle(delivery=lost, answer="leave", by=world.by("Eve"), at=world.wait(45))
    world.days_ago(12, "07:00")
    tips = approved(world, Idea("Sunscreen tips", "Every two hours, and after every swim."))
    scheduled(world, tips, "website", hours=1)
    world.wait(150)  # the power was out: nobody worked, and now it is too late
    world.work()
    world.days_ago(9, "13:00")
    review = sent_for_review(
        world,
        Idea("A good week", "Sam liked our advice.", purpose="testimonial", people=["Sam"]),
        note="For the Friday post.",
    )
    refuse(
        review=review,
        comment="Nobody asked Sam whether he likes it. Begin with his own words.",
        by=world.by("Eve"),
        at=world.wait(90),
    )


def _paula_and_ivy(world: World) -> None:
    """Paula is on Facebook; Ivy left before she got her copy; three others were never asked."""
    world.days_ago(7, "10:30")
    enters(world, "Paula")
    sign_at_the_tablet(world, "Paula", Wish())
    take_picture(world, "paula", "Paula in the garden", shows="Paula")
    world.days_ago(5, "09:00")
    story = Idea(
        "Paula's story",
        "Paula came for a check-up and stayed for the gardening group.",
        ("website", "facebook"),
        purpose="testimonial",
        people=["Paula"],
        picture="paula",
        alt_text="A woman among the flowers of our garden.",
    )
    post = approved(world, story)
    posted_by_hand(world, post, "facebook", address="https://www.facebook.com/riverbend/posts/demo-paula")
    scheduled(world, post, "website", hours=24 * 7)
    world.days_ago(4, "15:00")
    enters(world, "Henry")
    sign_at_the_tablet(world, "Henry", Wish())
    enters(world, "Nadia")
    enters(world, "Lucía", language="es")
    enters(world, "Tom", "visitor")
    world.days_ago(3, "11:30")
    enters(world, "Ivy")
    sign_at_the_tablet(world, "Ivy", Wish(), copied=False)
    take_picture(world, "garden", "Our garden")
    take_picture(world, "river", "The river at dusk")
    world.days_ago(2, "08:00")
    drawing = Idea(
        "Liam's drawing",
        "Liam drew our garden, and we put it up in the waiting room.",
        purpose="testimonial",
        people=["Liam"],
        picture="liam",
        alt_text="A boy in the garden.",
    )
    scheduled(world, approved(world, drawing), "website", hours=24 * 3)
    walk = Idea(
        "Walk with us", "Every Saturday at nine, from our door to the river.", ("website", "instagram"),
        picture="river", alt_text="The river at dusk.",
    )  # fmt: skip
    post = approved(world, walk)
    scheduled(world, post, "website", hours=24 * 5)
    scheduled(world, post, "instagram", hours=24 * 6)


def _yesterday(world: World) -> None:
    """Paula took it back; Dan posted something and said nothing more."""
    world.minutes_ago(23 * 60)
    open_late = approved(world, Idea("Open late", "On Thursdays we are here until eight.", ("instagram",)))
    scheduled(world, open_late, "instagram", hours=22.2)
    apples = Idea(
        "An apple a day", "Three ways to eat more fruit.", ("facebook",), picture="apples", alt_text="Apples."
    )
    posted_by_hand(world, approved(world, apples), "facebook")
    world.minutes_ago(20 * 60)
    paula = world.people["Paula"]
    revoke_all(person=paula, how="own_page", by=Actor("person", str(paula.pk)), at=world.at)
    world.work_after([1])


def _today(world: World) -> None:
    """What is on the desks this minute."""
    world.minutes_ago(5 * 60)
    place_hold(person=world.people["Henry"], by=world.by("Finn"), at=world.at)
    world.work_after([1])
    thanks = Idea("Thank you, Sam", "Sam kept our hedge in shape.", purpose="testimonial", people=["Sam"])
    review = sent_for_review(world, thanks)
    send_back(
        review=review,
        comment="Ask Sam for a sentence of his own, then send it again.",
        by=world.by("Eve"),
        at=world.wait(30),
    )
    world.minutes_ago(3 * 60)
    recipe = Idea(
        "Maria's soup",
        "Maria brought us her tomato soup. The recipe is on our wall.",
        ("website", "facebook"),
        purpose="testimonial",
        people=["Maria"],
        picture="maria",
        alt_text="Maria in the garden.",
    )
    sent_for_review(world, recipe, note="She read it and likes it.")
    approved(world, Idea("Tick season", "Check your socks after every walk.", ("website", "facebook")))
    hike = Idea(
        "Spring hike",
        "Henry led our hike to the falls.",
        ("website", "instagram"),
        purpose="testimonial",
        people=["Henry"],
        picture="garden",
        alt_text="Our garden.",
    )
    draft(world, hike)
    world.minutes_ago(12)
    ready_to_sign(world, "Nadia", Wish())
