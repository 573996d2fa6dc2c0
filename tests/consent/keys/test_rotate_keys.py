"""The key ring: sealing, opening, rotating, and what the system check says about the file."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from consent.keys.checks import check_key_file
from consent.keys.ring import KeyMissing, key_ring, make_key_file


@pytest.fixture(autouse=True)
def key_file(settings: Any, tmp_path: Path) -> Path:
    """A key file of this test's own."""
    settings.KEYS_FILE = tmp_path / "keys.json"
    make_key_file(settings.KEYS_FILE)
    return tmp_path / "keys.json"


class TestSealing:
    def test_opens_what_it_sealed(self):
        assert key_ring().open("mail", key_ring().seal("mail", "Grüße, Ana")) == "Grüße, Ana"

    def test_never_looks_the_same_twice(self):
        assert key_ring().seal("mail", "same") != key_ring().seal("mail", "same")

    def test_does_not_open_for_another_purpose(self):
        with pytest.raises(KeyMissing, match="does not open"):
            key_ring().open("contact", key_ring().seal("mail", "secret"))

    @pytest.mark.parametrize(
        "change", [lambda body: body[:-4] + "AAA=", lambda body: "AAAA", lambda body: "not base64"]
    )
    def test_notices_a_changed_ciphertext(self, change):
        key, _, body = key_ring().seal("mail", "secret").partition(":")
        with pytest.raises(KeyMissing, match="does not open"):
            key_ring().open("mail", f"{key}:{change(body)}")

    def test_says_that_the_key_file_was_replaced(self, key_file):
        sealed = key_ring().seal("mail", "secret")
        key_file.unlink()
        make_key_file(key_file)
        with pytest.raises(KeyMissing, match="was the key file replaced"):
            key_ring().open("mail", sealed)

    def test_does_not_replace_a_file_that_went_missing(self, key_file):
        key_file.unlink()
        with pytest.raises(KeyMissing, match="cannot be read"):
            key_ring()
        assert not key_file.exists()


class TestRotating:
    def test_seals_with_a_new_key_and_opens_what_the_old_one_sealed(self):
        old = key_ring().seal("mail", "before")
        call_command("rotate_keys", verbosity=0)
        new = key_ring().seal("mail", "after")
        assert old.partition(":")[0] != new.partition(":")[0]
        assert (key_ring().open("mail", old), key_ring().open("mail", new)) == ("before", "after")

    def test_leaves_digests_findable(self):
        before = key_ring().digest("holder-link", "token")
        call_command("rotate_keys", verbosity=0)
        assert key_ring().digest("holder-link", "token") == before

    def test_keeps_the_file_to_its_owner(self, key_file):
        key_ring()
        call_command("rotate_keys", verbosity=0)
        assert key_file.stat().st_mode & 0o777 == 0o600
        assert len(json.loads(key_file.read_text())["keys"]) == 2

    def test_changes_nothing_about_a_file_that_it_cannot_read(self, key_file):
        key_file.write_text("{}")
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("rotate_keys")
        assert key_file.read_text() == "{}"


class TestMaking:
    def test_keeps_a_file_that_exists(self, key_file):
        make_key_file(key_file)
        made = key_file.read_text()
        make_key_file(key_file)
        assert key_file.read_text() == made
        assert [path.name for path in key_file.parent.iterdir()] == ["keys.json"]

    def test_lets_the_faster_process_win(self, key_file, monkeypatch):
        key_file.write_text("theirs")
        monkeypatch.setattr(Path, "exists", lambda path: False)
        make_key_file(key_file)
        assert key_file.read_text() == "theirs"


@pytest.mark.django_db
class TestMigrating:
    def test_makes_the_first_key_file(self, key_file):
        key_file.unlink()
        call_command("migrate", verbosity=0)
        assert key_ring().open("mail", key_ring().seal("mail", "secret")) == "secret"

    def test_does_not_make_one_where_there_is_a_practice(self, key_file, cast):
        assert cast.practice
        key_file.unlink()
        call_command("migrate", verbosity=0)
        assert not key_file.exists()


class TestSystemCheck:
    def ids(self):
        return [message.id for message in check_key_file()]

    def test_has_nothing_to_say_about_a_good_file(self):
        key_ring()
        assert self.ids() == []

    def test_says_nothing_where_postern_never_ran(self, monkeypatch, key_file):
        key_file.unlink()
        monkeypatch.setattr("consent.keys.checks._ran_before", lambda: False)
        assert self.ids() == []

    def test_warns_that_it_is_missing_where_postern_ran_before(self, tmp_path, settings, key_file):
        key_file.unlink()
        settings.DATA_DIR = tmp_path
        (tmp_path / "files").mkdir()
        (message,) = check_key_file()
        assert message.id == "keys.W001"
        assert "backup" in str(message.hint)

    def test_refuses_a_file_that_others_may_read(self, key_file):
        key_ring()
        key_file.chmod(0o644)
        (message,) = check_key_file()
        assert message.id == "keys.E001"
        assert f"chmod 600 {key_file}" in str(message.hint)

    @pytest.mark.parametrize(
        "content", ["", "[]", '{"current": "k1", "keys": {}}', '{"current": "k", "keys": {"k": "QQ=="}}']
    )
    def test_refuses_a_file_that_holds_no_keys(self, key_file, content):
        key_file.write_text(content)
        key_file.chmod(0o600)
        assert self.ids() == ["keys.E002"]
