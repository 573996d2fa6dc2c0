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

    def _install_guards(self, *, using: str, **kwargs: Any) -> None:
        from .audit.guards import install_guards
        from .guards import GUARDS

        install_guards(GUARDS, using)
