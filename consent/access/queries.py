"""Who is who, read."""

from allauth.mfa.models import Authenticator

from .models import User


def has_second_factor(user: User) -> bool:
    """Whether the user has set up an authenticator app or a passkey."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user=user, type__in=kinds).exists()
