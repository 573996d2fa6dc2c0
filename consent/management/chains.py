"""Which chain a command means, and what to call it."""

from django.core.management.base import CommandError

from consent.access.models import Practice
from consent.audit.rules import practice_chain


def chain_of_slug(slug: str) -> str:
    """The chain of the practice with this slug. Raises `CommandError` if there is none."""
    practice = Practice.objects.filter(slug=slug).first()
    if practice is None:
        raise CommandError(f"There is no practice called {slug!r}. Use the name in its address, after /p/.")
    return practice_chain(practice.pk)


def named(chain: str) -> str:
    """The practice's name, or the chain's own if no such practice is left."""
    practice = Practice.objects.filter(pk=chain.rpartition(":")[2]).first() if ":" in chain else None
    return practice.name if practice else chain
