"""The channel that is always there: a person posts it, and a person takes it down. Nothing can be asked of it."""

from datetime import date

from .adapter import Errand
from .rules import Capability, CommitAnswer, Handle, Parcel, PrepareAnswer, ProbeAnswer, Trace, Unknown

A_PERSON = "Only a person can do this or see it."


class ByHand:
    """Answers nothing by itself; `posts.publishing` turns its steps into tasks with deadline and proof."""

    capability = Capability(
        can_delete=True,
        video=True,
        by_hand=True,
        alt_text=True,
        takedown_residuals="Copies that others saved or shared cannot be called back.",
        verified_against="a person, who gives the address or the proof",
        verified_on=date(2026, 11, 21),
    )

    def prepare(self, errand: Errand, parcel: Parcel) -> PrepareAnswer:
        """Nothing is prepared."""
        return Unknown(A_PERSON)

    def commit(self, errand: Errand, parcel: Parcel, handle: Handle) -> CommitAnswer:
        """A person commits."""
        return Unknown(A_PERSON)

    def probe(self, errand: Errand, trace: Trace) -> ProbeAnswer:
        """A person looks."""
        return Unknown(A_PERSON)

    def delete(self, errand: Errand, trace: Trace) -> CommitAnswer:
        """A person deletes."""
        return Unknown(A_PERSON)

    def probe_media(self, errand: Errand, trace: Trace) -> ProbeAnswer:
        """A person looks."""
        return Unknown(A_PERSON)

    def delete_media(self, errand: Errand, trace: Trace) -> CommitAnswer:
        """A person deletes."""
        return Unknown(A_PERSON)
