"""allauth's hooks: strangers cannot sign up, the ledger hears who came in, second factors lie sealed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils import timezone

from consent.keys.ring import key_ring

from .actions import change_password, sign_in
from .doors import user_actor
from .models import User

PURPOSE = "second factor"
FRESH_SECONDS = 300


class MembersOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """No sign-up; what happens at the door is recorded."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an owner adds members."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count nothing here: axes counts wrong passwords, and two counters would give two different answers."""

    def login(self, request: HttpRequest, user: User) -> None:
        """Let in who has passed every step, and say so in the ledger."""
        steps = get_authentication_records(request, user)
        last = steps[-1] if steps else {}
        super().login(request, user)
        factor = str(last.get("type") or last.get("method") or "unknown")
        sign_in(user=user, factor=factor, by=user_actor(user), at=timezone.now())

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Whether a change of PIN, password or second factor asks again: not right after signing in."""
        request = context.request
        steps = get_authentication_records(request, request.user)
        age = timezone.now().timestamp() - steps[-1]["at"] if steps else FRESH_SECONDS
        return bool(age >= FRESH_SECONDS and super().is_reauthentication_required(app=app, **options))

    def set_password(self, user: User, password: str) -> None:
        """The user chose a new password on their own page."""
        change_password(user=user, password=password, by=user_actor(user), at=timezone.now())


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Keeps the secrets of authenticator apps and recovery codes under the key ring."""

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return key_ring().seal(PURPOSE, text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret."""
        return key_ring().open(PURPOSE, encrypted_text)
