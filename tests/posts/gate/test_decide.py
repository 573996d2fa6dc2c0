"""The gate itself, without a database: specific, unstitched, all reasons, closed on ignorance (R1, R24, R25)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from consent.records.rules import RevocationFact, Scope, Terms
from posts.gate.decide import decide
from posts.gate.facts import ApprovalFacts, AuthorFacts, OriginFacts, PostFacts
from posts.gate.kept import from_json, to_json
from posts.gate.reasons import CATALOGUE, REMEDIES
from tests.facts import ANA, AT, CONSENT, PICTURE, POST, SCOPE, someone


def codes(facts: PostFacts) -> list[str]:
    return [reason.code for reason in decide(facts).reasons]


def with_ana(**change: Any) -> PostFacts:
    return replace(POST, people=(replace(ANA, **change),))


def with_consents(*consents: Terms) -> PostFacts:
    return with_ana(consents=consents)


class TestTheGate:
    def test_allows_exactly_what_was_agreed(self) -> None:
        verdict = decide(POST)
        assert verdict.allowed
        assert [(relied.person, relied.consent) for relied in verdict.relied_on] == [(1, 1)]

    def test_refuses_a_patient_without_permission(self) -> None:
        assert codes(with_consents()) == ["NO_CONSENT"]

    @pytest.mark.parametrize(
        ("facts", "code"),
        [
            (replace(POST, channel=replace(POST.channel, platform="linkedin")), "SCOPE_CHANNEL"),
            (replace(POST, format="story"), "SCOPE_FORMAT"),
            (replace(POST, purpose="education"), "SCOPE_PURPOSE"),
            (replace(POST, paid=True), "SCOPE_PAID"),
            (with_ana(in_words=frozenset({"full_name"})), "SCOPE_ELEMENT"),
            (with_ana(assets=frozenset({"8"})), "SCOPE_MEDIA"),
            (
                with_consents(replace(CONSENT, scope=replace(SCOPE, posts=frozenset({"9"})))),
                "SCOPE_POST_SPECIFIC",
            ),
            (replace(POST, channel=replace(POST.channel, entity="Another LLC")), "DISCLOSER_MISMATCH"),
            (replace(POST, channel=replace(POST.channel, can_take_down=False)), "CHANNEL_CANNOT_TAKE_DOWN"),
            (replace(POST, channel=replace(POST.channel, open=False)), "CHANNEL_CLOSED"),
            (replace(POST, approval=None), "APPROVAL_MISSING"),
            (replace(POST, author=2), "APPROVAL_MISSING"),
            (
                replace(POST, approval=ApprovalFacts("d0", 2, AT, qualified=True)),
                "CONTENT_CHANGED_SINCE_APPROVAL",
            ),
            (replace(POST, attested_digest="d0"), "ATTESTATION_MISSING"),
            (replace(POST, pictures=(replace(PICTURE, metadata_stripped=False),)), "METADATA_NOT_STRIPPED"),
            (replace(POST, pictures=(replace(PICTURE, alt_text=False),)), "A11Y_ALT_TEXT_MISSING"),
            (replace(POST, pictures=(replace(PICTURE, unnamed=None),)), "FACE_UNLINKED"),
        ],
    )
    def test_gives_the_one_reason_for_the_one_thing_wrong(self, facts: PostFacts, code: str) -> None:
        assert codes(facts) == [code]

    def test_gives_all_reasons_at_once(self) -> None:
        facts = replace(POST, paid=True, purpose="education", approval=None)
        assert set(codes(facts)) == {"SCOPE_PAID", "SCOPE_PURPOSE", "APPROVAL_MISSING"}

    def test_never_stitches_two_consents_together(self) -> None:
        face = replace(CONSENT, consent_id=2, scope=replace(SCOPE, elements=frozenset({"face"})))
        words = replace(
            CONSENT, consent_id=3, scope=replace(SCOPE, elements=frozenset({"first_name", "condition"}))
        )
        assert codes(with_consents(face, words)) == ["SCOPE_ELEMENT"]

    def test_lets_a_renewed_consent_stand_beside_an_expired_one(self) -> None:
        old = replace(CONSENT, consent_id=2, ends_on=date(2026, 7, 1))
        assert decide(with_consents(old, CONSENT)).allowed

    def test_names_the_reasons_of_the_nearest_consent(self) -> None:
        far = replace(CONSENT, consent_id=2, scope=Scope(), copy_given_at=None)
        near = replace(CONSENT, ends_on=date(2026, 11, 22))
        assert codes(with_consents(far, near)) == ["CONSENT_EXPIRED"]

    def test_stops_only_the_channel_that_was_taken_back(self) -> None:
        partly = replace(CONSENT, revocations=(RevocationFact(AT, {"platforms": frozenset({"facebook"})}),))
        assert decide(with_consents(partly)).allowed
        facebook = replace(with_consents(partly), channel=replace(POST.channel, platform="facebook"))
        assert codes(facebook) == ["CONSENT_REVOKED"]

    def test_asks_everyone_in_the_picture(self) -> None:
        other = replace(ANA, person=someone(2), consents=())
        facts = replace(POST, people=(ANA, other))
        assert [(r.code, r.person) for r in decide(facts).reasons] == [("NO_CONSENT", 2)]

    def test_asks_staff_for_a_release(self) -> None:
        assert codes(with_ana(capacity="staff")) == ["STAFF_RELEASE_MISSING"]

    def test_needs_no_permission_fifty_years_after_death(self) -> None:
        dead = someone(1, deceased_on=date(1973, 2, 1))
        assert decide(with_ana(person=dead, consents=())).allowed


class TestAPostThatWasShownToItsSigner:
    EXACTLY = with_consents(replace(CONSENT, scope=replace(SCOPE, posts=frozenset({"1#seen"}))))

    def test_goes_out_exactly_as_it_was_shown(self) -> None:
        assert decide(replace(self.EXACTLY, shown="seen")).allowed

    @pytest.mark.parametrize(
        "change",
        [{"shown": "changed"}, {"shown": ""}, {"shown": "seen", "post": "2"}],
        ids=["changed since", "nobody knows how it looks", "another post"],
    )
    def test_stays_in_otherwise(self, change: dict[str, Any]) -> None:
        assert codes(replace(self.EXACTLY, **change)) == ["SCOPE_POST_SPECIFIC"]

    def test_is_not_opened_by_a_scope_that_names_no_digest(self) -> None:
        torn = with_consents(replace(CONSENT, scope=replace(SCOPE, posts=frozenset({"1#"}))))
        assert codes(replace(torn, shown="")) == ["SCOPE_POST_SPECIFIC"]


class TestUserContent:
    AUTHOR = someone(5)
    LICENCE = replace(
        CONSENT, consent_id=9, person_id=5, kind="licence", scope=replace(SCOPE, elements=frozenset())
    )

    def facts(self, *licences: Terms) -> PostFacts:
        picture = replace(PICTURE, author=AuthorFacts(self.AUTHOR, licences))
        return replace(POST, pictures=(picture,))

    def test_needs_the_authors_licence_too(self) -> None:
        assert codes(self.facts()) == ["UGC_LICENSE_MISSING"]

    def test_goes_out_with_both_keys(self) -> None:
        verdict = decide(self.facts(self.LICENCE))
        assert verdict.allowed
        assert {relied.consent for relied in verdict.relied_on} == {1, 9}

    def test_does_not_take_an_authorization_for_a_licence(self) -> None:
        assert codes(self.facts(replace(self.LICENCE, kind="authorization"))) == ["UGC_LICENSE_MISSING"]

    @pytest.mark.parametrize(
        ("named", "expected"),
        [
            (frozenset({PICTURE.asset}), []),
            (frozenset({"*"}), []),
            (frozenset[str](), []),
            (frozenset({"another"}), ["UGC_LICENSE_SCOPE"]),
        ],
        ids=["of a picture beside them", "of anything", "of the words", "of another picture"],
    )
    def test_repeats_words_on_a_licence_that_names_them(
        self, named: frozenset[str], expected: list[str]
    ) -> None:
        licence = replace(self.LICENCE, scope=replace(self.LICENCE.scope, assets=named))
        origin = OriginFacts(AuthorFacts(self.AUTHOR, (licence,)), None)
        assert codes(replace(POST, origin=origin)) == expected

    def test_stops_when_the_licence_is_withdrawn(self) -> None:
        withdrawn = replace(self.LICENCE, revocations=(RevocationFact(AT),))
        assert codes(self.facts(withdrawn)) == ["UGC_WITHDRAWN"]

    def test_keeps_to_the_places_the_licence_names(self) -> None:
        narrow = replace(self.LICENCE, scope=replace(self.LICENCE.scope, platforms=frozenset({"facebook"})))
        assert codes(self.facts(narrow)) == ["UGC_LICENSE_SCOPE"]


class TestTheCatalogue:
    def test_names_a_remedy_that_exists_for_every_reason(self) -> None:
        assert {entry.remedy for entry in CATALOGUE.values()} <= REMEDIES.keys()

    def test_facts_survive_being_kept(self) -> None:
        assert from_json(PostFacts, to_json(POST)) == POST

    def test_a_kept_decision_can_be_made_again(self) -> None:
        facts = replace(POST, paid=True)
        assert decide(from_json(PostFacts, to_json(facts))) == decide(facts)
