"""The demo's last month, up to what lies on the desks this minute."""

from consent.audit.rules import Actor
from consent.records.actions import place_hold, revoke_all
from posts.clearance.actions import refuse, send_back
from posts.publishing.actions import cancel
from posts.publishing.actions.settle import settle

from .people import enters
from .posting import Idea, approved, draft, posted_by_hand, scheduled, sent_for_review, take_picture
from .signing import Wish, ready_to_sign, sign_at_the_tablet
from .waiting import since_this_morning
from .world import World


def what_did_not_go_out(world: World) -> None:
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


def paula_and_ivy(world: World) -> None:
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


def yesterday(world: World) -> None:
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


def today(world: World) -> None:
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
    # One letter is missing, and the roster knows whose name it is.
    draft(world, Idea("Tulips at the desk", "Thank you, Wendy Pruit, for the tulips at our front desk."))
    since_this_morning(world)
    world.minutes_ago(12)
    ready_to_sign(world, "Nadia", Wish())
