"""Capture insists on points 1-12 of the evidence list; points 13-15 make a signature complete."""

from dataclasses import replace

import pytest

from consent.evidence.rules import Packet, missing_points, signature_state

AT = "2026-11-23T15:00:00.000000Z"
WHOLE = Packet(
    template_id=1,
    wording_id=2,
    version="v3",
    language="en",
    text_sha256="a" * 64,
    ticks={
        "elements": {"face": AT},
        "platforms": {"website": AT},
        "formats": {"post": AT},
        "purposes": {"education": AT},
    },
    signer_name="Ana Ruiz",
    role="self",
    identity_method="photo_id",
    identity_checked_by=7,
    witness=8,
    factor="second_witness",
    disclosure_version="2026-11",
    disclosure_accepted=True,
    access_shown=True,
    events={"opened": AT, "read": AT, "signed": AT},
    server="desk",
    device_kind="kiosk",
    device_address="10.0.0.4",
    user_agent="A tablet",
    mark=True,
    intent="My signature is only for this form.",
    capacity_attested_by=7,
    signer_language="en",
    privacy_notice="2026-01",
)


class TestAPacket:
    def test_with_everything_misses_nothing(self):
        assert missing_points(WHOLE) == []

    def test_with_nothing_misses_every_point(self):
        assert len(missing_points(Packet())) >= 12

    @pytest.mark.parametrize(
        ("lack", "named"),
        [
            ({"version": ""}, "form, version"),
            ({"translation_of": 1}, "translation"),
            ({"text_sha256": "abc"}, "SHA-256"),
            ({"ticks": {**WHOLE.ticks, "formats": {}}}, "formats"),
            ({"ticks": {**WHOLE.ticks, "elements": {"face": ""}}}, "elements"),
            ({"signer_name": "  "}, "name and role"),
            ({"role": "personal_representative"}, "authority"),
            ({"identity_checked_by": None}, "identity"),
            ({"disclosure_accepted": False}, "electronic records"),
            ({"events": {"opened": AT, "signed": AT}}, "opened, read"),
            ({"user_agent": ""}, "device"),
            ({"mark": False}, "drawn or typed"),
            ({"intent": ""}, "drawn or typed"),
            ({"capacity_attested_by": None}, "able to decide"),
            ({"signer_language": "es"}, "interpreter"),
            ({"privacy_notice": ""}, "privacy notice"),
        ],
    )
    def test_names_what_is_missing(self, lack, named):
        sentences = missing_points(replace(WHOLE, **lack))
        assert any(named in sentence for sentence in sentences), sentences

    @pytest.mark.parametrize("lack", [{"witness": None}, {"witness": 7}, {"factor": ""}])
    def test_needs_a_factor_that_the_preparer_does_not_hold(self, lack):
        assert any("second witness" in sentence for sentence in missing_points(replace(WHOLE, **lack)))

    def test_needs_no_witness_with_a_code_to_the_signers_own_phone(self):
        assert missing_points(replace(WHOLE, factor="one_time_code", witness=None)) == []

    def test_in_another_language_is_whole_with_an_interpreter(self):
        assert missing_points(replace(WHOLE, signer_language="es", interpreter="Ida, 4711")) == []


class TestASignature:
    def test_is_complete_with_document_ledger_position_and_copy(self):
        state = signature_state(document_sha256="a", is_sealed=True, ledger_seq=3, copies=["screen"])
        assert (state.state, state.missing) == ("complete", ())

    def test_is_incomplete_and_says_why(self):
        state = signature_state(document_sha256="", is_sealed=False, ledger_seq=None, copies=[])
        assert state.state == "incomplete"
        assert len(state.missing) == 3
