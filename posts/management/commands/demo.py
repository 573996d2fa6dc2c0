"""`manage.py demo`: a practice to look around in, made once; `--remove` empties the installation of it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from consent.access.models import Practice
from consent.access.rules import ROLES
from posts.demo.practice import NAME, PASSWORD, SIGN_INS, SLUG
from posts.demo.removing import SomethingReal, remove_demo
from posts.demo.tale import own_page_token, tell


class Command(BaseCommand):
    """See the module."""

    help = (
        "Make the demo practice in an installation that is still empty, and print its sign-ins. With --remove, empty"
        " an installation that holds nothing but the demo; it does not come back unless --anew asks for it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true", help="remove the demo with all its files")
        parser.add_argument("--anew", action="store_true", help="make it again after it was removed")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            return self._remove()
        if _unfinished().exists():
            remove_demo()  # a start was interrupted: half a demo is none
        if Practice.objects.filter(slug=SLUG, is_demo=True).exists():
            return self._print_sign_ins()
        if Practice.objects.exists():
            return self.stdout.write("There is a practice here already, so no demo is made.")
        if _removed().exists() and not options["anew"]:
            return self.stdout.write(
                "The demo was removed. Open your practice: python manage.py open_practice"
                "\n(or make the demo again: python manage.py demo --anew)"
            )
        if _left_behind() and not options["anew"]:
            raise CommandError(
                f"The database is empty, but {settings.DATA_DIR} holds files of an earlier one. Was the database moved?"
                " Put it back; nothing was changed."
            )
        return self._make()

    def _make(self) -> None:
        _unfinished().touch()
        world = tell(timezone.now())
        link = own_page_token(world, "Maria")
        for mark in (_unfinished(), _removed()):
            mark.unlink(missing_ok=True)
        self._print_sign_ins()
        self.stdout.write(f"Maria's own page (born 3/2/1984): {settings.ADDRESS}/my/{link}/")

    def _remove(self) -> None:
        try:
            files = remove_demo()
        except SomethingReal as refusal:
            raise CommandError(str(refusal)) from refusal
        _removed().touch()
        self.stdout.write(
            f"The demo is gone, with {files} files. Open your practice: python manage.py open_practice"
        )

    def _print_sign_ins(self) -> None:
        self.stdout.write(f"{NAME} (demo). Everybody's password: {PASSWORD}")
        for one in SIGN_INS:
            pin = f"PIN {one.pin}" if one.pin else ""
            self.stdout.write(f"{one.email:<28}{ROLES[one.role].title:<22}{pin}".rstrip())


def _left_behind() -> bool:
    """Whether stored files or withdrawals lie here that an empty database cannot know."""
    folder = Path(settings.DATA_DIR)
    stored = (path for path in (folder / "files").rglob("*") if path.is_file())
    return (folder / "revocations.jsonl").exists() or next(stored, None) is not None


def _removed() -> Path:
    """Somebody removed the demo on purpose: it does not come back by itself."""
    return Path(settings.DATA_DIR) / "demo-removed"


def _unfinished() -> Path:
    """The demo is being made."""
    return Path(settings.DATA_DIR) / "demo-unfinished"
