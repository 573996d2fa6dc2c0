"""Whoever wrote a story is mentioned by their own words, everybody else by first name (R84, R96)."""

from posts.content.rules import Claims
from posts.planning.rules import Draft, DraftMention, DraftVersion
from posts.planning.rules.steps import mention_added

ROSA, VIC = 7, 8


def draft(claims: Claims) -> Draft:
    return Draft("A story", "testimonial", 1, claims=claims, versions=(DraftVersion(3),))


def mentioned(before: Draft, person: int) -> tuple[DraftMention, ...]:
    [version] = mention_added(before, 3, person).versions
    return version.mentions


class TestAPersonMentioned:
    def test_in_the_post_of_their_story_is_quoted(self) -> None:
        assert mentioned(draft(Claims(story=1, origin_author=ROSA)), ROSA) == (
            DraftMention(ROSA, ("quote",)),
        )

    def test_in_somebody_elses_story_or_in_none_is_named(self) -> None:
        named = (DraftMention(VIC, ("first_name",)),)
        assert mentioned(draft(Claims(story=1, origin_author=ROSA)), VIC) == named
        assert mentioned(draft(Claims()), VIC) == named
