"""The pages that show the forms, and those where compliance writes them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from consent.wording.actions import install_sample_wordings
from consent.wording.models import Draft, DraftSave, Wording
from consent.wording.queries import wordings_on_offer
from tests.cast import NOW, Cast, by

from .writing import activated, begun, last


@pytest.fixture
def cast(db):
    return Cast()


def asked(user, name, *args, data=None, **more):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    path = reverse(f"wording:{name}", args=["riverbend", *args])
    return client.get(path, more) if data is None else client.post(path, data)


def seen(user, name, *args, **more):
    return asked(user, name, *args, **more).content.decode()


def as_typed(cast, draft, **changes):
    """Everything that the page of the draft would send, with some of it changed."""
    page = asked(cast.eve, "draft", draft.pk)
    form = page.context["form"]
    sent = {field.html_name: field.value() for field in form}
    sent = {name: "" if value is None else value for name, value in sent.items()}
    return sent | {"shown": page.context["shown"], "parts": form.count, "do": "save"} | changes


class TestLookingAtTheForms:
    def test_shows_the_list_and_the_very_text(self, cast):
        wordings = install_sample_wordings(practice=cast.practice, by=by(cast.olga), at=NOW)
        listed = seen(cast.eve, "list")
        assert all(wording.title.replace("'", "&#x27;") in listed for wording in wordings)
        assert listed.count("sample, have counsel review") == len(wordings)
        adult = next(w for w in wordings if w.template.kind == "authorization_adult")
        page = seen(cast.eve, "wording", adult.pk)
        assert "Riverbend Family Practice, at" in page
        assert "We are not allowed to make you sign in order to be treated." in page
        assert "My face in photos or video" in page

    def test_says_why_a_translation_is_not_offered_and_takes_its_review(self, cast):
        wordings = install_sample_wordings(practice=cast.practice, by=by(cast.olga), at=NOW)
        spanish = next(w for w in wordings if w.language == "es")
        assert "nobody has reviewed the translation" in seen(cast.eve, "list")
        assert "no qualified person has reviewed" in seen(cast.eve, "wording", spanish.pk)
        said = {"translated_by": "Postern", "reviewed_by": "Inés Example, CT", "reviewed_on": "2999-01-01"}
        assert (
            "This day has not come yet." in asked(cast.eve, "review", spanish.pk, data=said).content.decode()
        )
        asked(cast.eve, "review", spanish.pk, data=said | {"reviewed_on": "2026-01-20"})
        page = seen(cast.eve, "wording", spanish.pk)
        assert "reviewed by Inés Example, CT" in page
        assert "no qualified person" not in page

    def test_says_that_a_translation_is_stale(self, cast):
        install_sample_wordings(practice=cast.practice, by=by(cast.olga), at=NOW)
        adult = wordings_on_offer(cast.practice, "authorization_adult", "en", NOW)[0]
        activated(cast, begun(cast, start=adult), "v4", change="typo")
        spanish = Wording.objects.get(translation_of=adult)
        assert "not offered: the form it translates has changed" in seen(cast.eve, "list")
        assert "English, version 3 has changed since" in seen(cast.eve, "wording", spanish.pk)

    def test_teaches_when_there_is_none(self, cast):
        page = seen(cast.eve, "list")
        assert page.count("No form yet.") == 6
        assert page.count("Start from the English sample") == 6

    def test_prints_it(self, cast):
        wording = install_sample_wordings(practice=cast.practice, by=by(cast.olga), at=NOW)[0]
        assert asked(cast.aida, "wording_paper", wording.pk).content.startswith(b"%PDF-")

    def test_stays_shut_to_marketers_and_strangers(self, cast):
        assert asked(cast.dan, "list").status_code == 403
        assert asked(cast.zed, "list").status_code == 404

    def test_offers_writing_to_compliance_alone(self, cast):
        assert "Start from the English sample" not in seen(cast.aida, "list")
        assert (
            asked(cast.finn, "begin_draft", data={"kind": "event_card", "language": "en"}).status_code == 403
        )


class TestWriting:
    def test_begins_from_the_sample_and_leads_back_to_a_draft_that_is_open(self, cast):
        said = {"kind": "event_card", "language": "en", "start": "", "master": ""}
        first = asked(cast.eve, "begin_draft", data=said)
        assert asked(cast.eve, "begin_draft", data=said)["Location"] == first["Location"]
        assert Draft.objects.get().from_sample
        assert "begun from the sample: have counsel review it" in seen(
            cast.eve, "draft", Draft.objects.get().pk
        )

    @pytest.mark.parametrize(
        "said", [{"kind": "intake", "language": "en"}, {"kind": "event_card", "language": "xx"}]
    )
    def test_begins_nothing_that_there_is_not(self, cast, said):
        assert asked(cast.eve, "begin_draft", data=said).status_code == 404

    @pytest.mark.parametrize(
        "kind", ["authorization_adult", "authorization_minor", "author_licence", "staff_policy"]
    )
    def test_sends_back_the_very_text_that_it_showed(self, cast, kind):
        draft = begun(cast, kind)
        assert asked(cast.eve, "draft", draft.pk, data=as_typed(cast, draft)).status_code == 302
        assert DraftSave.objects.count() == 1

    def test_saves_what_was_typed_and_says_at_once_what_it_lacks(self, cast):
        draft = begun(cast)
        changed = as_typed(cast, draft, title="Another name", part_1_text="It is irrevocable.\n\nSecond.")
        asked(cast.eve, "draft", draft.pk, data=changed)
        content = last(draft).content
        assert content["title"] == "Another name"
        assert content["sections"][1]["paragraphs"] == ["It is irrevocable.", "Second."]
        page = seen(cast.eve, "draft", draft.pk)
        assert "“irrevocable”: It says that the permission cannot be taken back" in page
        assert "45 CFR 164.508(b)(5)" in page

    def test_takes_a_line_off_the_form_and_puts_another_on(self, cast):
        draft = begun(cast)
        changed = as_typed(
            cast,
            draft,
            line_elements_voice="",
            line_elements_xray="My X-ray",
            beside_elements_xray="Which one",
        )
        asked(cast.eve, "draft", draft.pk, data=changed)
        offered = last(draft).content["offers"]["elements"]
        assert "voice" not in [row[0] for row in offered]
        assert offered[-1] == ["xray", "My X-ray", "Which one"]

    def test_moves_a_part_without_losing_what_was_typed(self, cast):
        draft = begun(cast)
        changed = as_typed(cast, draft, do="down-1", part_1_heading="Moved")
        answer = asked(cast.eve, "draft", draft.pk, data=changed)
        assert answer["Location"].endswith("#part-2")
        assert last(draft).content["sections"][2]["heading"] == "Moved"

    def test_names_the_field_that_nobody_fills_in_and_keeps_what_was_typed(self, cast):
        draft = begun(cast)
        changed = as_typed(cast, draft, part_1_text="Signed by {doctor}.")
        answer = asked(cast.eve, "draft", draft.pk, data=changed)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "The form names {doctor}, which is not a field that can be filled in." in page
        assert "Signed by {doctor}." in page
        assert last(draft).number == 1

    def test_from_a_stale_tab_writes_nothing_and_keeps_what_was_typed(self, cast):
        draft = begun(cast)
        early = as_typed(cast, draft, title="From the older tab")
        asked(cast.eve, "draft", draft.pk, data=as_typed(cast, draft, title="Newer"))
        for _ in range(2):  # pressing again changes nothing either
            answer = asked(cast.eve, "draft", draft.pk, data=early)
            page = answer.content.decode()
            assert answer.status_code == 409
            assert "Nothing of yours was written over it." in page
            assert "From the older tab" in page
            early["shown"] = re.findall(r'name="shown" value="(\d+)"', page)[0]
        assert last(draft).content["title"] == "Newer"

    def test_goes_back_to_an_earlier_save_and_discards(self, cast):
        draft = begun(cast)
        asked(cast.eve, "draft", draft.pk, data=as_typed(cast, draft, title="Another name"))
        asked(cast.eve, "restore_draft", draft.pk, data={"number": 1, "shown": 2})
        assert last(draft).content["title"].startswith("My permission")
        assert asked(cast.eve, "restore_draft", draft.pk, data={"number": 9, "shown": 3}).status_code == 404
        asked(cast.eve, "discard_draft", draft.pk, data={"shown": 2})
        assert Draft.objects.get().is_open
        asked(cast.eve, "discard_draft", draft.pk, data={"shown": 3})
        assert "This draft has ended." in seen(cast.eve, "draft", draft.pk)


class TestSeeingItAsTheSigner:
    @pytest.mark.parametrize(("on", "width"), [("tablet", "tablet"), ("phone", "phone"), ("wall", "tablet")])
    def test_shows_the_same_text_as_wide_as_asked(self, cast, on, width):
        page = seen(cast.eve, "preview", begun(cast).pk, on=on)
        assert f"preview-{width}" in page
        assert "You may not be able to take down copies that other people made." in page

    def test_prints_it(self, cast):
        assert asked(cast.eve, "draft_paper", begun(cast).pk).content.startswith(b"%PDF-")


class TestPuttingIntoUse:
    SAID = {"version": "v1", "effective_from": "2999-01-01", "shown": 1}

    def test_shows_what_stops_it_and_no_button(self, cast):
        draft = begun(cast)
        asked(cast.eve, "draft", draft.pk, data=as_typed(cast, draft, part_1_text="Forever."))
        page = seen(cast.eve, "activate", draft.pk)
        assert "This form cannot be used yet." in page
        assert "Put it into use</button>" not in page
        answer = asked(cast.eve, "activate", draft.pk, data=self.SAID | {"shown": 2})
        assert answer.status_code == 422
        assert not Wording.objects.exists()

    def test_measures_the_paper_and_makes_a_wording(self, cast):
        draft = begun(cast)
        assert "no word of it is smaller than 14 points" in seen(cast.eve, "activate", draft.pk)
        answer = asked(cast.eve, "activate", draft.pk, data=self.SAID)
        wording = Wording.objects.get()
        assert answer["Location"].endswith(f"/wordings/{wording.pk}/")
        assert "v1 " in str(wording)
        assert asked(cast.eve, "activate", draft.pk).status_code == 302

    def test_leads_to_whom_to_ask_after_a_change_that_matters(self, cast):
        first = activated(cast, begun(cast))
        draft = begun(cast, start=first)
        said = self.SAID | {"version": "v2"}
        assert asked(cast.eve, "activate", draft.pk, data=said).status_code == 422
        answer = asked(cast.eve, "activate", draft.pk, data=said | {"change": "material"})
        assert answer["Location"].endswith(f"/wordings/{Wording.objects.latest('pk').pk}/signed/")

    def test_proposes_the_versions_numbers(self, cast):
        first = activated(cast, begun(cast), "v3")
        assert 'value="v4"' in seen(cast.eve, "activate", begun(cast, start=first).pk)
        spanish = begun(cast, language="es", master=first)
        assert 'value="v3"' in seen(cast.eve, "activate", spanish.pk)
        assert "Reviewed by" in seen(cast.eve, "activate", spanish.pk)

    def test_stops_offering_a_version(self, cast):
        first = activated(cast, begun(cast))
        asked(cast.eve, "withdraw", first.pk, data={})
        assert "withdrawn" in seen(cast.eve, "wording", first.pk)
