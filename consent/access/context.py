"""What every page's frame needs: the member and their practice, where there is one."""

from typing import Any

from django.http import HttpRequest

from .rules import ROLES


def membership(request: HttpRequest) -> dict[str, Any]:
    """The membership behind this page, and the names of its roles."""
    member = getattr(request, "membership", None)
    if member is None:
        return {}
    return {
        "member": member,
        "practice": member.practice,
        "roles": member.titles,
        # A dict, so that templates may ask `abilities.post_approve`.
        "abilities": {
            ability.replace(".", "_"): True
            for role in member.roles
            if role in ROLES
            for ability in ROLES[role].abilities
        },
    }
