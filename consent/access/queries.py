"""Who is who, read."""

from datetime import datetime
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator

from .models import Location, LocationFacts, User


class NoFacts(Exception):
    """Nothing is recorded about a location for the day asked."""


def has_second_factor(user: User) -> bool:
    """Whether the user has set up an authenticator app or a passkey."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user=user, type__in=kinds).exists()


def facts_at(location: Location, at: datetime) -> LocationFacts:
    """What held at the location at the instant `at`, its day read in its own zone. Raises `NoFacts`."""
    for facts in location.facts.order_by("-from_date"):
        if facts.from_date <= at.astimezone(ZoneInfo(facts.time_zone)).date():
            return facts
    raise NoFacts(f"Nothing is recorded about {location.name} for {at:%d %b %Y}.")
