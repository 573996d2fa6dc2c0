"""The posts app: what we want to say, and whether we may."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PostsConfig(AppConfig):
    """Installs the guards after every migrate."""

    name = "posts"

    def ready(self) -> None:
        post_migrate.connect(self._install_guards, sender=self)

    def _install_guards(self, *, using: str, **kwargs: Any) -> None:
        from consent.audit.guards import install_guards

        from .guards import GUARDS

        install_guards(GUARDS, using)
