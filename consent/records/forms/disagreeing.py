"""What is filled in when two who may sign disagree, and when it is settled."""

from collections.abc import Sequence
from typing import Any

from django import forms

from consent.access.forms import says

from ..models import Disagreement
from .holding import because

HEARD = (Disagreement.How.DESK, Disagreement.How.LETTER, Disagreement.How.SPOKEN)
OUTCOMES = (
    (Disagreement.Outcome.STOP, "Stop: what was signed for them is taken back"),
    (Disagreement.Outcome.GO_ON, "Go on: what was signed for them stands again"),
)


class DisagreementForm(forms.Form):
    """Who says no, and how we heard of it."""

    who = forms.ChoiceField(label="Who says no?", widget=forms.RadioSelect)
    how = forms.ChoiceField(
        label="How did they say it?", choices=[(how, how.label) for how in HEARD], widget=forms.RadioSelect
    )
    helper = says("Stop until it is settled")

    def __init__(self, data: Any = None, *, who: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(who)


class SettleForm(forms.Form):
    """How it ends, who decided that, what we saw of it, and why."""

    outcome = forms.ChoiceField(label="What was decided?", choices=OUTCOMES, widget=forms.RadioSelect)
    decided_by = forms.CharField(
        max_length=120,
        label="Who decided it?",
        help_text="Both parents together; the family court in …",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    evidence_seen = forms.CharField(
        max_length=200,
        label="What did we see of it?",
        help_text="A letter signed by both; the order of March 3.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    why = because("Why?")
    helper = says("Settle it")
