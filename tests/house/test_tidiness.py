"""Nothing of the place where this was written is left in it, and the migrations are complete."""

import re
import subprocess

import pytest
from django.core.management import call_command

from door.places import ROOT

from .sources import none

# A folder of somebody's own machine; a registry that only they can reach; assembled so as not to find itself.
MACHINES = re.compile("/ro" + "ot/|/ho" + r"me/\w+|/wo" + r"rk/\w+|/Us" + r"ers/\w+|C:\\Us" + "ers")
HOSTS = re.compile(r"https?://([\w.-]+)")
REGISTRIES = {"registry.npmjs.org", "pypi.org", "files.pythonhosted.org", "deb.debian.org"}
LOCKS = ("package-lock.json", "requirements.txt", "requirements-dev.txt")
BINARY = {".png", ".jpg", ".webp", ".ico", ".ttf", ".woff2", ".pdf", ".pyc"}


def kept_files():
    """What git keeps, or would."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split("\n")
    return [
        ROOT / name
        for name in listed
        if name and (ROOT / name).is_file() and (ROOT / name).suffix not in BINARY
    ]


class TestKeptFiles:
    def test_name_no_folder_of_a_machine(self):
        none(
            [
                f"{path.relative_to(ROOT)}: {found.group()}"
                for path in kept_files()
                if (found := MACHINES.search(path.read_text(encoding="utf-8", errors="replace")))
            ]
        )

    def test_name_public_registries_only(self):
        hosts = {host for name in LOCKS for host in HOSTS.findall((ROOT / name).read_text(encoding="utf-8"))}
        funders = re.compile(r"github\.com|opencollective\.com|tidelift\.com|patreon\.com|paypal\.me")
        assert {host for host in hosts - REGISTRIES if not funders.search(host)} == set()

    def test_front_hall_is_not_crowded(self):
        entries = {path.relative_to(ROOT).parts[0] for path in kept_files()}
        assert len([entry for entry in entries if not entry.startswith(".")]) <= 16


@pytest.mark.django_db
class TestMigrations:
    def test_are_complete(self):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
