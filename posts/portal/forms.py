"""What is typed on the own page and around it, with its labels and complaints in the page's language."""

from datetime import date
from typing import Any

from django import forms

from consent.people.rules import FieldRefused, normal_contact

from .rules import QUESTION_LENGTH
from .texts import FIRST, MONTHS_OF, text


class BirthDateForm(forms.Form):
    """Three plain fields: no calendar that starts today, and no doubt which number is the month."""

    month = forms.TypedChoiceField(coerce=int)
    day = forms.IntegerField(min_value=1, max_value=31)
    year = forms.IntegerField(min_value=1850, max_value=2200)

    def __init__(self, data: Any = None, *, language: str = FIRST) -> None:
        super().__init__(data)
        self.language = language
        month = self.fields["month"]
        assert isinstance(month, forms.TypedChoiceField)
        named = enumerate(MONTHS_OF[language], start=1)
        month.choices = [
            ("", text(language, "birth.month")),
            *((str(number), name) for number, name in named),
        ]
        for name, field in self.fields.items():
            wide = "form-select" if name == "month" else "form-control"
            field.label = text(language, f"birth.{name}")
            field.widget.attrs.update({"class": wide, "autocomplete": f"bday-{name}"})
            if name != "month":
                field.widget.attrs["inputmode"] = "numeric"

    def clean(self) -> dict[str, Any]:
        """The three as one day, under ``born``."""
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                cleaned["born"] = date(cleaned["year"], cleaned["month"], cleaned["day"])
            except ValueError as error:
                raise forms.ValidationError(text(self.language, "birth.no_such_day")) from error
        return cleaned


class QuestionForm(forms.Form):
    """One field, as long as a letter may be."""

    words = forms.CharField(
        max_length=QUESTION_LENGTH,
        widget=forms.Textarea({"class": "form-control", "rows": 5, "maxlength": QUESTION_LENGTH}),
    )

    def __init__(self, data: Any = None, *, language: str = FIRST) -> None:
        super().__init__(data)
        self.fields["words"].label = text(language, "ask.label")
        self.fields["words"].error_messages.update(
            required=text(language, "ask.empty"), max_length=text(language, "ask.too_long")
        )


class LostLinkForm(forms.Form):
    """The e-mail address to which a new link may go."""

    email = forms.CharField(
        max_length=254,
        widget=forms.EmailInput({"class": "form-control", "autocomplete": "email", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, language: str = FIRST) -> None:
        super().__init__(data)
        self.language = language
        self.fields["email"].label = text(language, "lost.email")
        self.fields["email"].error_messages.update(
            required=text(language, "lost.invalid"), max_length=text(language, "lost.invalid")
        )

    def clean_email(self) -> str:
        """The address in its one form."""
        try:
            return normal_contact("email", self.cleaned_data["email"])
        except FieldRefused as error:
            raise forms.ValidationError(text(self.language, "lost.invalid")) from error


class AnswerForm(forms.Form):
    """What staff answer."""

    answer = forms.CharField(
        label="Answer",
        max_length=QUESTION_LENGTH,
        widget=forms.Textarea({"class": "form-control", "rows": 6, "maxlength": QUESTION_LENGTH}),
    )
