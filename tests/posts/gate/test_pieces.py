"""What of a person is permitted, word by word and picture by picture, beside the verdict on the whole (R24)."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from consent.records.rules import Terms
from posts.gate.decide import decide
from posts.gate.facts import PostFacts
from posts.gate.pieces import pieces
from tests.facts import ANA, CONSENT, POST, SCOPE

USES = st.sets(
    st.tuples(st.sampled_from(["first_name", "face", "condition", "city"]), st.sampled_from(["", "7", "8"])),
    min_size=1,
)


def scoped(number: int, **lists: set[str]) -> Terms:
    narrower: Any = {name: frozenset(keys) for name, keys in lists.items()}
    scope = replace(SCOPE, **narrower)
    return replace(CONSENT, consent_id=number, scope=scope)


class TestPieces:
    def test_are_asked_one_by_one(self) -> None:
        ana = replace(ANA, consents=(scoped(1, elements={"face"}),))
        said = pieces(ana, POST, [("face", "7"), ("condition", "")])
        assert [(piece.element, piece.asset, piece.permitted) for piece in said.pieces] == [
            ("condition", "", False),
            ("face", "7", True),
        ]

    def test_may_all_be_permitted_and_the_whole_not(self) -> None:
        two = (scoped(1, elements={"face"}), scoped(2, elements={"first_name"}))
        ana = replace(ANA, in_words=frozenset({"first_name"}), in_pictures=frozenset({"face"}), consents=two)
        said = pieces(ana, POST, [("face", "7"), ("first_name", "")])
        assert all(piece.permitted for piece in said.pieces)
        assert not said.together

    @given(
        USES,
        st.sets(st.sampled_from(["first_name", "face", "condition"])),
        st.sets(st.sampled_from(["7", "*"])),
    )
    def test_agree_with_the_gate(
        self, uses: set[tuple[str, str]], allowed: set[str], assets: set[str]
    ) -> None:
        """Where one person is all there is to ask about: no piece is denied in what the gate allows as a whole."""
        ana = replace(
            ANA,
            in_words=frozenset(element for element, asset in uses if not asset),
            in_pictures=frozenset(element for element, asset in uses if asset),
            assets=frozenset(asset for _, asset in uses if asset),
            consents=(scoped(1, elements=allowed, assets=assets),),
        )
        facts: PostFacts = replace(POST, people=(ana,))
        said = pieces(ana, facts, uses)
        against_ana = [reason for reason in decide(facts).reasons if reason.person == ana.person.id]
        assert said.together == (not against_ana)
        assert not said.together or all(piece.permitted for piece in said.pieces)
