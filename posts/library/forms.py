"""What somebody types to propose a reply."""

from django import forms

from consent.access.forms import says

from .rules import LANGUAGES, REPLY_LENGTH


class CannedReplyForm(forms.Form):
    """A reply that may be sent to anybody."""

    language = forms.ChoiceField(choices=list(LANGUAGES.items()))
    text = forms.CharField(
        label="The reply",
        max_length=REPLY_LENGTH,
        help_text="As it will be sent: to anybody, patient or not. It thanks for no visit and answers no complaint.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    helper = says("Propose this reply")
