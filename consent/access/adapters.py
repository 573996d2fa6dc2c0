"""allauth, with the front door for strangers shut: members are added by an owner, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class MembersOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """No sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an owner adds members."""
        return False
