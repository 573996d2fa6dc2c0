"""`manage.py rotate_keys`: a new key for what is sealed from now on."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from consent.keys.ring import KeyMissing, rotate


class Command(BaseCommand):
    help = "Add a key to the key file and seal with it from now on; what older keys sealed still opens."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key_id = rotate(settings.KEYS_FILE)
        except KeyMissing as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Sealing with key {key_id} from now on. Back up {settings.KEYS_FILE} again, apart from the database,"
            " and copy it to every other machine that runs Postern."
        )
