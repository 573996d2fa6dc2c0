"""A name or word that our fonts cannot draw is refused before anybody signs, with the character and what to do."""

from typing import Any

import pytest

from consent.access.models import User
from consent.evidence.glyphs import undrawable
from consent.evidence.models import Signature
from consent.evidence.render import Unprintable, render_pdf
from consent.people.models import PersonName
from consent.signing.actions import CannotPrint, HandOverRefused, PrepareRefused, hand_over
from consent.signing.actions.signing import Mark
from consent.signing.models import Ceremony
from consent.signing.rules import AnswerRefused
from tests.cast import NOW, Cast, by
from tests.ceremonies import answered, handed_over, prepared, signed, witnessed
from tests.consents import given_authority
from tests.seals import PAGE

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


def named(person, given):
    PersonName.objects.filter(person=person).update(given=given)


class TestTheFonts:
    @pytest.mark.parametrize("text", ["Zoë Nuñez-Łukasz", "Ђорђе", "Ελένη", "☑ ☐", "a\u202eb"])
    def test_draw_what_a_document_can_hold(self, text):
        assert undrawable(text) == ""
        assert render_pdf(PAGE.replace("First name", text)).startswith(b"%PDF-")

    @pytest.mark.parametrize("text", ["安娜", "عَلي", "דוד", "अना", "😀"])
    def test_lack_what_a_document_refuses(self, text):
        with pytest.raises(Unprintable):
            render_pdf(PAGE.replace("First name", text))
        assert set(undrawable(f"Ana {text}")) == set(text)


class TestPreparing:
    def test_names_the_character_the_field_and_what_to_do(self, cast):
        named(cast.ana, "安")
        with pytest.raises(PrepareRefused) as refused:
            prepared(cast)
        sentence = str(refused.value)
        assert sentence.startswith("The person’s name holds “安” (")
        assert "U+5B89" in sentence
        assert "in Latin letters, as on the ID, or have a form on paper signed." in sentence
        assert not Ceremony.objects.exists()

    @pytest.mark.parametrize(
        ("field", "said"),
        [
            ("company", "The company that pays"),
            ("receives", "What the person gets"),
            ("interpreter", "The interpreter"),
            ("privacy_notice", "The version of the privacy notice"),
        ],
    )
    def test_looks_at_what_staff_type(self, cast, field, said):
        fields: dict[str, Any] = {field: "ع"}
        with pytest.raises(PrepareRefused, match=f"{said}.* holds “ع”"):
            prepared(cast, **fields)

    def test_looks_at_the_representative_and_the_authority(self, cast):
        authority = given_authority(cast, cast.bea, cast.carla, description="האם")
        with pytest.raises(PrepareRefused, match="The description of the authority holds"):
            prepared(cast, cast.bea, authority, kind="authorization_minor")
        named(cast.carla, "कार्ला")
        with pytest.raises(PrepareRefused, match="The representative’s name holds"):
            prepared(cast, cast.bea, authority, kind="authorization_minor")

    def test_looks_at_the_place(self, cast):
        cast.location.name = "主街"
        cast.location.save()
        with pytest.raises(PrepareRefused, match="The location holds"):
            prepared(cast)


class TestHandingOver:
    def test_looks_at_the_witness_who_came_since(self, cast):
        User.objects.filter(pk=cast.freya.pk).update(name="Фрея 王")
        ceremony = Ceremony.objects.get(pk=witnessed(cast, prepared(cast)).pk)
        with pytest.raises(HandOverRefused, match="The witness’s name holds “王”"):
            hand_over(ceremony=ceremony, by=by(cast.finn), at=NOW)
        assert Ceremony.objects.get().state == "prepared"


class TestTheSigner:
    def test_is_told_of_words_beside_a_mark_at_once(self, cast):
        ceremony = answered(handed_over(cast)[0], until="elements")
        beside = {"elements": ["condition"], "detail_condition": ["背痛"]}
        with pytest.raises(AnswerRefused, match=r"cannot print 痛背\. Please write it in Latin letters"):
            answered(ceremony, until="platforms", elements=beside)
        assert Ceremony.objects.get().step == "elements"

    def test_types_the_name_in_letters_that_can_be_printed(self, cast):
        ceremony = answered(handed_over(cast)[0])
        with pytest.raises(CannotPrint, match=r"cannot print 安\. Please type your name in Latin letters"):
            signed(ceremony, mark=Mark(typed_name="Ana Ruiz 安"))
        assert not Signature.objects.exists()

    def test_is_not_asked_to_sign_what_changed_meanwhile(self, cast):
        ceremony = answered(handed_over(cast)[0], until="ends")
        named(cast.ana, "安")
        with pytest.raises(AnswerRefused, match="cannot print 安, which this form holds"):
            answered(ceremony, until="review")
        assert Ceremony.objects.get().text_sha256 == ""
