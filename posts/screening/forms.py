"""What somebody types about the practice's own words."""

from django import forms

from consent.access.forms import says

from .rules.ours import OWN_WORDS_LENGTH


class OwnWordsForm(forms.Form):
    """Words that are the practice's own."""

    text = forms.CharField(
        label="Words that are yours",
        max_length=OWN_WORDS_LENGTH,
        help_text="The whole address, a telephone number, a provider’s full name, a mascot with its surname.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    helper = says("Know them as ours")
