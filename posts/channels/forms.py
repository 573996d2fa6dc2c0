"""Open a channel."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from consent.access.forms import NameField
from consent.access.models import Location, Practice
from consent.wording.rules import PLATFORMS

from .models import ChannelAccount
from .rules import OFFERED


class OpenChannelForm(forms.Form):
    """Where we want to publish, who can see it, and which of our legal entities does it."""

    platform = forms.ChoiceField(choices=list(PLATFORMS.items()), label="Where")
    handle = NameField(
        max_length=120, label="Name of the account", help_text="For example @riverbendfamily, or “Our wall”."
    )
    audience = forms.ChoiceField(choices=ChannelAccount.Audience, label="Who can see it")
    discloser = forms.ModelChoiceField(
        queryset=Location.objects.none(),
        label="Which location runs it",
        help_text="Its legal entity must be the one named in the permissions people signed.",
    )
    adapter = forms.ChoiceField(
        choices=list(OFFERED.items()), label="How posts get there", widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, practice: Practice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locations = Location.objects.filter(practice=practice).order_by("name")
        discloser = self.fields["discloser"]
        assert isinstance(discloser, forms.ModelChoiceField)
        discloser.queryset = locations
        self.initial.setdefault("discloser", locations.first())
        self.helper = FormHelper()
        self.helper.add_input(Submit("open", "Open the channel"))
