"""One's own account: PIN, password, second factor."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ..actions import change_password, change_pin
from ..doors import open_to_members, open_to_public, user_actor
from ..forms import PinForm
from ..models import User
from ..queries import has_second_factor, memberships_of


@open_to_members
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """The user's own page."""
    user = request.user
    assert isinstance(user, User)
    return render(
        request,
        "access/account.html",
        {"memberships": memberships_of(user), "has_second_factor": has_second_factor(user)},
    )


@require_http_methods(["GET", "POST"])
def _pin(request: HttpRequest) -> HttpResponse:
    """Change one's own PIN, after proving that it is not a passer-by who asks."""
    user = request.user
    assert isinstance(user, User)
    form = PinForm(request.POST or None)
    if form.is_valid():
        change_pin(user=user, pin=form.cleaned_data["pin"], by=user_actor(user), at=timezone.now())
        messages.success(request, "Your PIN is changed.")
        return redirect("access:account")
    return render(request, "access/change_pin.html", {"form": form})


pin = open_to_members(reauthentication_required(allow_get=False)(_pin))


class SetPassword(PasswordResetConfirmView):
    """Set a password from a one-time link. Opening it changes nothing, so a mail scanner does no harm."""

    template_name = "access/set_password.html"
    success_url = reverse_lazy("account_login")
    title = "Set your password"

    def form_valid(self, form: "SetPasswordForm[User]") -> HttpResponse:
        """Set it, spend the link, and go to sign in."""
        user, password = form.user, form.cleaned_data["new_password1"]
        change_password(user=user, password=password, by=user_actor(user), at=timezone.now())
        del self.request.session[INTERNAL_RESET_SESSION_TOKEN]
        messages.success(self.request, "Your password is set. Sign in with it.")
        return redirect(self.get_success_url())


set_password = open_to_public(SetPassword.as_view())
