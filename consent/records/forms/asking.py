"""What is filled in to have people asked again."""

from typing import Any

from django import forms


class AskAgainForm(forms.Form):
    """Who of those who have yet to sign, and why."""

    people = forms.TypedMultipleChoiceField(
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one person."},
    )
    why = forms.CharField(
        label="What has changed, in a sentence",
        max_length=300,
        help_text="The front desk reads it, and says it to the person.",
    )

    def __init__(self, data: Any = None, *, people: list[int]) -> None:
        super().__init__(data)
        field = self.fields["people"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(pk, str(pk)) for pk in people]
