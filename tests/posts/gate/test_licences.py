"""An author's licence at the gate: which story, which kind of post, cut or whole, or only a link (R84, R96, R97)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.records.rules import RevocationFact, Scope, as_shown
from posts.gate.decide import decide
from posts.gate.facts import AuthorFacts, ClearingFacts, OriginFacts, PostFacts
from posts.gate.kept import from_json, to_json
from tests.facts import ANA, AT, CONSENT, PICTURE, POST, SCOPE, someone

ROSA = someone(5, born=date(1991, 5, 1))
ASKED = frozenset({"formats", "edits", "posts"})
EVERYTHING = Scope(
    platforms=frozenset({"instagram"}),
    formats=frozenset({"post", "reel"}),
    edits=frozenset({"as_it_is", "cut_to_fit"}),
    posts=frozenset({"story:7"}),
    assets=frozenset({"7"}),
    paid=True,
    asked=ASKED,
)


def repost(scope: Scope, *, quote: str = "whole", edited: bool = False, **post: Any) -> PostFacts:
    """A post on Instagram that repeats story 7 of Rosa's, with her picture and her words."""
    author = AuthorFacts(ROSA, (replace(CONSENT, consent_id=9, person_id=5, kind="licence", scope=scope),))
    given: dict[str, Any] = {
        "origin": OriginFacts(author, None, story=7),
        "pictures": (replace(PICTURE, author=author, edited=edited),),
        "claims": replace(POST.claims, quote=quote),
    }
    return replace(POST, **(given | post))


def beyond(facts: PostFacts) -> set[str]:
    """What the gate says that the licence does not cover."""
    return {key for one in decide(facts).reasons if one.code == "UGC_LICENSE_SCOPE" for key in one.keys}


class TestAPatientWhoMadeIt:
    def test_is_asked_for_their_permission_although_the_post_names_nobody(self) -> None:
        """A marketer who takes the mention out of the post, or says "no patient", is left without a key (R97)."""
        facts = repost(EVERYTHING)
        assert facts.origin is not None
        author = replace(facts.origin.author, person=replace(ROSA, patient=True))
        found = decide(replace(facts, origin=replace(facts.origin, author=author)))
        assert {(one.code, one.person) for one in found.reasons} == {("NO_CONSENT", 5)}


def link(scope: Scope) -> Scope:
    return replace(scope, edits=frozenset({"link_only"}))


class TestALicence:
    def test_covers_exactly_what_it_names(self) -> None:
        assert decide(repost(EVERYTHING)).allowed
        assert decide(repost(EVERYTHING, edited=True)).allowed

    @pytest.mark.parametrize(
        ("scope", "post", "said"),
        [
            ({"formats": frozenset({"reel"})}, {}, "formats"),
            ({"formats": frozenset()}, {}, "formats"),
            ({"platforms": frozenset({"facebook"})}, {}, "instagram"),
            ({"paid": False}, {"paid": True}, "paid"),
            ({"posts": frozenset({"story:8"})}, {}, "story"),
            ({"posts": frozenset({"story:8", as_shown("1", "seen")})}, {"shown": "seen"}, "story"),
            ({"posts": frozenset()}, {}, "shown"),
            ({"edits": frozenset({"as_it_is"})}, {"edited": True}, "edits"),
            ({"edits": frozenset({"as_it_is"})}, {"quote": "cut"}, "edits"),
            ({"edits": frozenset()}, {}, "link_only"),
            ({"assets": frozenset({"8"})}, {}, "assets"),
        ],
    )
    def test_says_which_use_it_does_not_cover(
        self, scope: dict[str, Any], post: dict[str, Any], said: str
    ) -> None:
        assert beyond(repost(replace(EVERYTHING, **scope), **post)) == {said}

    def test_for_a_story_is_for_no_post_that_repeats_none(self) -> None:
        assert beyond(repost(EVERYTHING, origin=None)) == {"story"}

    def test_for_a_story_covers_its_words_without_the_picture(self) -> None:
        assert decide(repost(EVERYTHING, pictures=())).allowed

    def test_for_one_post_as_it_was_shown_is_for_no_other(self) -> None:
        shown = replace(EVERYTHING, posts=frozenset({as_shown("1", "seen")}))
        assert decide(repost(shown, shown="seen")).allowed
        assert beyond(repost(shown, shown="changed")) == {"shown"}
        assert beyond(repost(shown, shown="")) == {"shown"}


class TestAQuoteThatWasCut:
    """It waits until whoever said it has signed for exactly this post as it is shown (16 CFR 255.1(b); R84, G71)."""

    SHOWN = replace(EVERYTHING, posts=frozenset({"story:7", as_shown("1", "seen")}))

    def codes(self, scope: Scope, **post: Any) -> list[str]:
        return [one.code for one in decide(repost(scope, quote="cut", **post)).reasons]

    def test_goes_out_once_its_author_agreed_to_it_so(self) -> None:
        assert self.codes(EVERYTHING, shown="seen") == ["FTC_TESTIMONIAL_ALTERED"]
        assert self.codes(self.SHOWN, shown="seen") == []

    @pytest.mark.parametrize("shown", ["", "changed"])
    def test_waits_again_once_a_letter_changes(self, shown: str) -> None:
        assert self.codes(self.SHOWN, shown=shown) == ["FTC_TESTIMONIAL_ALTERED"]

    def test_is_cleared_by_nobody_else(self) -> None:
        facts = repost(EVERYTHING, quote="cut", shown="seen")
        [reason] = decide(facts).reasons
        two = ClearingFacts(reason.fingerprint, facts.digest, 8, 9, confirmer_qualified=True)
        assert not decide(replace(facts, clearings=(two,))).allowed

    def test_of_a_patient_waits_for_the_patient_too(self) -> None:
        """Ana is quoted as well, so both agree; what each signed is what the decision rests on."""
        quoting = replace(ANA, in_words=ANA.in_words | {"quote"})
        scope = replace(SCOPE, elements=SCOPE.elements | {"quote"})
        unasked = replace(quoting, consents=(replace(CONSENT, scope=scope),))
        assert self.codes(self.SHOWN, shown="seen", people=(unasked,)) == ["FTC_TESTIMONIAL_ALTERED"]
        exactly = replace(CONSENT, scope=replace(scope, posts=frozenset({as_shown("1", "seen")})))
        agreed = repost(
            self.SHOWN, quote="cut", shown="seen", people=(replace(quoting, consents=(exactly,)),)
        )
        assert decide(agreed).allowed
        assert {one.consent for one in decide(agreed).relied_on} == {1, 9}

    def test_of_nobody_known_waits_for_good(self) -> None:
        facts = repost(
            self.SHOWN, quote="cut", shown="seen", origin=OriginFacts(AuthorFacts(), None, story=7)
        )
        assert "FTC_TESTIMONIAL_ALTERED" in {one.code for one in decide(facts).reasons}

    def test_waits_again_once_they_took_something_back(self) -> None:
        facts = repost(self.SHOWN, quote="cut", shown="seen")
        assert facts.origin
        taken = RevocationFact(AT, {"platforms": frozenset({"facebook"})})
        licences = tuple(replace(one, revocations=(taken,)) for one in facts.origin.author.licences)
        origin = replace(facts.origin, author=replace(facts.origin.author, licences=licences))
        assert [one.code for one in decide(replace(facts, origin=origin)).reasons] == [
            "FTC_TESTIMONIAL_ALTERED"
        ]


class TestALinkAlone:
    """Whoever marked "only a link to it" wants nothing of it copied: the original is never sent anywhere again."""

    def test_lets_no_picture_of_theirs_and_no_word_out(self) -> None:
        assert beyond(repost(link(EVERYTHING), quote="none")) == {"link_only"}
        assert beyond(repost(link(EVERYTHING), pictures=())) == {"link_only"}
        assert beyond(repost(link(EVERYTHING), pictures=(), quote="unsourced")) == {"link_only"}
        assert beyond(repost(replace(link(EVERYTHING), edits=link(EVERYTHING).edits | EVERYTHING.edits))) == {
            "link_only"
        }

    def test_lets_the_address_out(self) -> None:
        assert decide(repost(link(EVERYTHING), pictures=(), quote="none")).allowed
        ours = repost(link(EVERYTHING), pictures=(PICTURE,), quote="none")
        assert decide(ours).allowed

    def test_takes_a_picture_of_an_unknown_author_for_theirs(self) -> None:
        unknown = replace(PICTURE, author=AuthorFacts(None, ()))
        assert "link_only" in beyond(repost(link(EVERYTHING), pictures=(unknown,), quote="none"))


class TestALicenceOfEarlier:
    """Its form asked no format and no edits, and it named no story: it covers what it covered."""

    OLD = Scope(platforms=frozenset({"instagram"}), assets=frozenset({"7"}))

    @pytest.mark.parametrize("post", [{"format": "reel"}, {"edited": True}, {"origin": None}])
    def test_covers_what_it_covered(self, post: dict[str, Any]) -> None:
        assert not beyond(repost(self.OLD, people=(), **post))

    def test_is_stored_as_it_was_stored(self) -> None:
        stored = self.OLD.to_json()
        assert "edits" not in stored
        assert Scope.from_json(stored) == self.OLD

    def test_in_a_kept_decision_is_replayed(self) -> None:
        kept = to_json(repost(self.OLD))
        del kept["origin"]["story"], kept["pictures"][0]["edited"]
        for licence in (*kept["origin"]["author"]["licences"], *kept["pictures"][0]["author"]["licences"]):
            del licence["scope"]["edits"], licence["scope"]["asked"]
        assert decide(from_json(PostFacts, kept)).allowed


class TestAScope:
    SCOPES = st.builds(
        Scope,
        platforms=st.frozensets(st.sampled_from(["instagram", "facebook"])),
        formats=st.frozensets(st.sampled_from(["post", "reel"])),
        edits=st.frozensets(st.sampled_from(["as_it_is", "cut_to_fit", "link_only"])),
        posts=st.frozensets(st.sampled_from(["story:7", "story:8", "1#seen", "*"])),
        assets=st.frozensets(st.sampled_from(["7", "8"])),
        asked=st.frozensets(st.sampled_from(sorted(ASKED))),
    )

    @given(SCOPES)
    def test_is_read_as_it_was_stored(self, scope: Scope) -> None:
        read = Scope.from_json(scope.to_json())
        assert read == (scope if scope.asked else replace(scope, edits=frozenset()))

    @given(SCOPES, st.sampled_from(["", "seen"]), st.booleans(), st.data())
    def test_with_less_in_it_never_opens(
        self, scope: Scope, shown: str, edited: bool, data: st.DataObject
    ) -> None:
        """But for what takes away whatever stands beside it: the mark at the link, the name of a story."""
        asked = replace(scope, asked=ASKED)
        name = data.draw(st.sampled_from(["platforms", "formats", "edits", "posts", "assets"]))
        kept = {one for one in getattr(asked, name) if one == "link_only" or one.startswith("story:")}
        gone = data.draw(st.sampled_from(sorted(getattr(asked, name) - kept) or ["none"]))
        less: Any = {name: getattr(asked, name) - {gone}}
        facts = repost(asked, shown=shown, edited=edited)
        assert (
            decide(facts).allowed
            or not decide(repost(replace(asked, **less), shown=shown, edited=edited)).allowed
        )
