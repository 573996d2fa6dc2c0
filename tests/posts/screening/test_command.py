"""`manage.py screen_text`: rows in, answers out, without a database."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from consent.people.models import Roster
from posts.screening.actions import keep_own_words
from posts.screening.rules.corpus import FROZEN, OPEN, rows_of
from posts.screening.rules.findings import TYPES
from posts.screening.rules.model import WeightsUnfit, model, packed, unpacked
from tests.cast import NOW, by


def screened(tmp_path, *lines, practice=None):
    """What the command writes for a file of these lines, and what it says when it ends."""
    file = tmp_path / "rows.jsonl"
    file.write_bytes(
        b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    )
    out, err, said = io.StringIO(), io.StringIO(), ""
    try:
        named = ["--practice", practice] if practice else []
        call_command("screen_text", "--jsonl", str(file), *named, stdout=out, stderr=err)
    except CommandError as error:
        said = str(error)
    return [json.loads(line) for line in out.getvalue().splitlines()], said


class TestScreenText:
    def test_answers_every_row_in_order(self, tmp_path):
        rows, said = screened(
            tmp_path,
            {"id": "a", "text": "my social is 219-09-9999", "kind": "comment"},
            {"id": 2, "text": "Flu shots are here.", "kind": "caption", "parent": None},
        )
        assert [(row["id"], row["verdict"]) for row in rows] == [("a", "phi"), (2, "no-phi")]
        assert set(rows[0]) == {"id", "verdict", "findings", "ms"}
        assert set(rows[0]["findings"][0]) == {"start", "end", "type", "severity", "recognizer", "reason"}
        assert said == ""

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            (b"{not json", "it is not JSON"),
            (b"\xff\xfe", "it is not JSON"),
            (b"[1]", "it is not an object"),
            ({"id": 1, "kind": "caption"}, "the field text"),
            ({"id": 1, "text": 5, "kind": "caption"}, "the field text"),
            ({"id": 1, "text": "x", "kind": "tweet"}, "the field kind"),
            ({"id": 1, "text": "x", "kind": "reply", "parent": 3}, "the field parent"),
        ],
    )
    def test_names_the_line_and_the_field_that_is_wrong_and_answers_the_others(self, tmp_path, line, told):
        good = {"id": "good", "text": "Flu shots are here.", "kind": "caption"}
        rows, said = screened(tmp_path, good, line, good)
        assert rows[1]["line"] == 2
        assert rows[1]["error"].startswith("Line 2: ")
        assert told in rows[1]["error"]
        assert [rows[0]["id"], rows[2]["id"]] == ["good", "good"]
        assert said == "1 line was not screened."

    def test_says_so_when_there_is_no_such_file(self):
        with pytest.raises(CommandError, match="No such file"):
            call_command("screen_text", "--jsonl", "nowhere.jsonl")


class TestTheCorpus:
    @pytest.mark.parametrize("part", [OPEN, FROZEN])
    def test_has_every_label_inside_its_text_and_of_a_known_type(self, part):
        for row in rows_of(part):
            assert all(
                0 <= start < end <= len(row.text) and type_ in TYPES for start, end, type_ in row.labels
            ), row.id

    def test_keeps_the_authors_of_its_parts_apart(self):
        assert not {row.author for row in rows_of(OPEN)} & {row.author for row in rows_of(FROZEN)}

    def test_the_model_has_seen_the_open_part_only(self):
        assert set(model().trained_on) == {row.author for row in rows_of(OPEN)}


class TestTheModel:
    def test_of_other_features_is_refused(self):
        data = packed([([0.0] * 8, 0.0), ([0.0] * 8, 0.0)], 0.0, 1.0, {})
        with pytest.raises(ValueError, match="other features"):
            unpacked(data)

    def test_that_is_missing_is_told(self, monkeypatch, tmp_path):
        model.cache_clear()
        monkeypatch.setattr("posts.screening.rules.model.WEIGHTS", tmp_path / "none.weights")
        with pytest.raises(WeightsUnfit):
            model()
        model.cache_clear()


class TestScreenTextForAPractice:
    """With a practice its roster is asked, and what is its own is no finding (R34, R54)."""

    ROW = {"id": 1, "text": "Thank you, anna ruiz, for the tulips.", "kind": "caption"}

    @pytest.fixture
    def riverbend(self, cast):
        cast.practice.screens_words = True
        cast.practice.save()
        assert cast.ana.pk
        return cast.practice

    def test_knows_who_is_on_record_and_does_not_say_who(self, riverbend, tmp_path):
        [row], _ = screened(tmp_path, self.ROW, practice="riverbend")
        [seen] = [one for one in row["findings"] if one["recognizer"] == "roster"]
        assert row["verdict"] == "phi"
        assert (seen["start"], seen["end"], seen["type"], seen["severity"]) == (11, 20, "NAME", "block")
        assert seen["reason"] == "Matches a patient record."

    def test_without_one_knows_nobody(self, riverbend, tmp_path):
        [row], _ = screened(tmp_path, self.ROW)
        assert "roster" not in {one["recognizer"] for one in row["findings"]}

    def test_of_which_the_roster_is_off_knows_nobody(self, riverbend, tmp_path):
        riverbend.uses_roster = False
        riverbend.save()
        [row], _ = screened(tmp_path, self.ROW, practice="riverbend")
        assert "roster" not in {one["recognizer"] for one in row["findings"]}

    def test_takes_what_is_the_practices_own_for_no_finding(self, cast, riverbend, tmp_path):
        told = {"id": 1, "text": "Walter Whitcombe told us of his knee replacement.", "kind": "caption"}
        keep_own_words(practice=riverbend, text="Walter Whitcombe", by=by(cast.eve), at=NOW)
        for practice, named in ((None, True), ("riverbend", False)):
            [row], _ = screened(tmp_path, told, practice=practice)
            assert ("NAME" in {one["type"] for one in row["findings"]}) is named

    def test_says_that_there_is_no_such_practice(self, db, tmp_path):
        assert screened(tmp_path, self.ROW, practice="nowhere") == ([], "There is no practice nowhere.")

    def test_says_that_its_roster_was_never_built(self, riverbend, tmp_path):
        Roster.objects.all().delete()
        _, said = screened(tmp_path, self.ROW, practice="riverbend")
        assert said == "The roster of riverbend cannot be asked. Run: manage.py rebuild_roster riverbend"
