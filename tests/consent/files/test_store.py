"""Keeping bytes in local folders: `put`, `read`, `delete`."""

from pathlib import Path

import pytest
from django.conf import settings

from consent.files.rules import NotAKey, UnknownKind, practice_in
from consent.files.store import FileAltered, FileMissing, delete, put, read

PICTURE = b"\x89PNG not really a picture"


def on_disk(room: str, key: str) -> Path:
    return settings.DATA_DIR / "files" / room / key


class TestPutting:
    def test_it_gives_back_the_same_bytes(self):
        assert read("renditions", put("renditions", 1, PICTURE, "png")) == PICTURE

    def test_it_keeps_the_same_bytes_once(self):
        first = put("documents", 2, b"twice", ".PDF")
        written = on_disk("documents", first).stat().st_ino
        assert put("documents", 2, b"twice", "pdf") == first
        assert on_disk("documents", first).stat().st_ino == written

    def test_it_keeps_two_practices_apart(self):
        mine, theirs = put("originals", 3, PICTURE, "jpg"), put("originals", 4, PICTURE, "jpg")
        assert (practice_in(mine), practice_in(theirs)) == (3, 4)
        delete("originals", mine)
        assert read("originals", theirs) == PICTURE

    def test_it_lets_only_its_owner_read_the_file(self):
        key = put("originals", 5, PICTURE, "png")
        assert on_disk("originals", key).stat().st_mode & 0o077 == 0

    def test_it_leaves_nothing_under_the_name_when_writing_fails(self, monkeypatch):
        def full(descriptor: int) -> None:
            raise OSError("No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr("consent.files.local.os.fsync", full)
            with pytest.raises(OSError, match="No space"):
                put("documents", 6, b"half", "pdf")
        assert [path for path in on_disk("documents", "practice/6").rglob("*") if path.is_file()] == []
        assert read("documents", put("documents", 6, b"half", "pdf")) == b"half"

    def test_it_refuses_a_kind_that_a_browser_would_run(self):
        with pytest.raises(UnknownKind, match=r"\.html are not kept"):
            put("originals", 1, b"<script>", "html")

    def test_it_refuses_a_room_that_does_not_exist(self):
        with pytest.raises(ValueError, match="not one of the rooms"):
            put("attic", 1, PICTURE, "png")


class TestReading:
    def test_it_notices_a_changed_byte(self):
        key = put("documents", 7, b"the signed text", "pdf")
        on_disk("documents", key).write_bytes(b"the signed Text")
        with pytest.raises(FileAltered, match="changed after it was kept"):
            read("documents", key)

    def test_it_says_that_a_file_is_missing(self):
        key = put("documents", 8, b"gone", "pdf")
        delete("documents", key)
        delete("documents", key)
        with pytest.raises(FileMissing, match="missing"):
            read("documents", key)

    @pytest.mark.parametrize("key", ["../secret_key", "/etc/passwd", "practice/1/ab/cd.png", ""])
    def test_it_looks_nothing_up_that_is_no_key(self, key):
        with pytest.raises(NotAKey):
            read("documents", key)
