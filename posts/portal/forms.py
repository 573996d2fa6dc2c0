"""The birth date, typed the way people type it here: month, day, year."""

from datetime import date
from typing import Any

from django import forms

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class BirthDateForm(forms.Form):
    """Three plain fields: no calendar that starts today, and no doubt which number is the month."""

    month = forms.TypedChoiceField(
        choices=[("", "Month"), *((str(number), name) for number, name in enumerate(MONTHS, start=1))],
        coerce=int,
    )
    day = forms.IntegerField(min_value=1, max_value=31)
    year = forms.IntegerField(min_value=1850, max_value=2200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            wide = "form-select" if name == "month" else "form-control"
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
                raise forms.ValidationError(
                    "There is no such day. Look at the day and the month again."
                ) from error
        return cleaned
