"""The demo's first year: permissions given, ended and taken back, and what was out before Postern."""

from consent.audit.rules import Actor
from consent.records.actions import revoke_all
from posts.publishing.actions.tasks import finish_by_hand, record_found
from posts.publishing.models import Delivery, Takedown

from .people import enters, may_sign_for
from .posting import Idea, approved, on_the_wall, posted_by_hand, take_picture
from .signing import Wish, sign_at_the_tablet
from .world import World

GONE_AFTER = (1, 3, 70, 25 * 60, 8 * 24 * 60)  # minutes: deletion, quarantine, the later probes
STAFF = Wish(("full_name", "face", "quote"), purposes=("team", "education"), kind="staff_release")


def rosa_and_sam(world: World) -> None:
    """Rosa's permission has ended since, and her picture came down; Sam's ends soon."""
    world.days_ago(400, "09:10")
    enters(world, "Rosa")
    sign_at_the_tablet(world, "Rosa", Wish(platforms=("website",)))
    take_picture(world, "rosa", "Rosa in the garden", shows="Rosa")
    bell = Idea(
        "Rosa rings the bell",
        "Rosa rang our garden bell. She walked here by herself.",
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


def nora_and_maria(world: World) -> None:
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


def liam(world: World) -> None:
    """A nine-year-old, whose mother may sign for him and did."""
    world.days_ago(150, "15:30")
    enters(world, "Elena", "representative")
    enters(world, "Liam")
    may_sign_for(world, "Liam", "Elena")
    wish = Wish(("first_name", "face"), ("website",), purposes=("testimonial",), kind="authorization_minor")
    sign_at_the_tablet(world, "Liam", wish)
    take_picture(world, "liam", "Liam in the garden", shows="Liam")


def wendy(world: World) -> None:
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
        said="It clears my head.",
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
        said="My knee does not mind any more.",
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


def what_was_out_before(world: World) -> None:
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
