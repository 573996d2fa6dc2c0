"""The practice's channels: see them, open one, close one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consent.access.doors import MemberRequest, requires
from posts.channels.actions import AlreadyClosed, ChannelThere, WrongPlatform, close_account, open_account
from posts.channels.forms import OpenChannelForm
from posts.channels.models import ChannelAccount
from posts.channels.queries import closed_accounts, open_accounts
from posts.channels.registry import capability_of


@requires("practice.view")
@require_safe
def list_channels(request: MemberRequest) -> HttpResponse:
    """Every channel with what it can do."""
    rows = [(account, capability_of(account)) for account in open_accounts(request.practice)]
    return render(
        request, "channels/list.html", {"rows": rows, "closed": closed_accounts(request.practice)[:20]}
    )


@requires("channel.manage")
@require_http_methods(["GET", "POST"])
def open_channel(request: MemberRequest) -> HttpResponse:
    """Add a channel."""
    form = OpenChannelForm(request.POST or None, practice=request.practice)
    if form.is_valid():
        try:
            account = open_account(
                practice=request.practice, **form.cleaned_data, by=request.by, at=timezone.now()
            )
        except (ChannelThere, WrongPlatform) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{account} is open. Posts can be written for it now.")
            return redirect("channels:list", request.practice.slug)
    return render(request, "channels/open.html", {"form": form}, status=422 if form.errors else 200)


@requires("channel.manage")
@require_POST
def close_channel(request: MemberRequest, pk: int) -> HttpResponse:
    """Close a channel."""
    account = get_object_or_404(ChannelAccount, practice=request.practice, pk=pk)
    try:
        close_account(account=account, by=request.by, at=timezone.now())
    except AlreadyClosed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{account} is closed. Nothing goes out there any more.")
    return redirect("channels:list", request.practice.slug)
