"""New York: physicians' advertising may not use testimonials (Educ. Law 6530(27))."""

from datetime import date

from ..entry import Entry
from ..facts import PostFacts
from .rule import PackRule


def _is_a_testimonial(facts: PostFacts) -> bool:
    return facts.purpose == "testimonial"


NEW_YORK = (
    PackRule(
        code="STATE_NY_TESTIMONIAL",
        title="Physicians use no testimonials",
        state="NY",
        entry=Entry(
            "HARD",
            "Physicians in New York may not advertise with a patient’s story, whoever agrees to it.",
            "New York counts it as misconduct",
            "change_purpose",
            "N.Y. Educ. Law 6530(27)(a)(iii); R78",
        ),
        checked_on=date(2026, 11, 21),
        professions=frozenset({"physician", "physician_assistant"}),
        of_post=_is_a_testimonial,
    ),
)
