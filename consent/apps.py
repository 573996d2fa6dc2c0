"""The consent app: who agreed to what, and how we prove it."""

from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class ConsentConfig(AppConfig):
    """Installs the guards after every migrate: a table remake on SQLite drops triggers silently."""

    name = "consent"

    def ready(self) -> None:
        from .keys.checks import check_key_file

        checks.register(check_key_file)
        post_migrate.connect(self._install_guards, sender=self)
        post_migrate.connect(self._make_first_keys, sender=self)

    def _install_guards(self, *, using: str, **kwargs: Any) -> None:
        from .audit.guards import install_guards
        from .guards import GUARDS

        install_guards(GUARDS, using)

    def _make_first_keys(self, *, using: str, **kwargs: Any) -> None:
        """A new installation gets its key file here and nowhere else: one that went missing is never replaced."""
        from django.conf import settings

        from .access.models import Practice
        from .keys.ring import make_key_file

        if not Practice.objects.using(using).exists():
            make_key_file(settings.KEYS_FILE)
