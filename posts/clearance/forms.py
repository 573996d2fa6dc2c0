"""What a reviewer sends: what they saw, whether they attest it, and a comment."""

from django import forms


class DecideForm(forms.Form):
    """A reviewer's decision. `seen_digest` binds it to the page they looked at (R43)."""

    seen_digest = forms.CharField(max_length=64)
    attested = forms.BooleanField(
        required=False,
        label="I looked at the words and the pictures: nobody else is named, shown or described.",
    )
    comment = forms.CharField(required=False, max_length=1000, error_messages={
        "max_length": "The comment is too long: at most 1,000 characters.",
    })  # fmt: skip
