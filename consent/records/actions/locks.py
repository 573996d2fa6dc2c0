"""The one lock that everything which can close the gate takes first (design 7.1)."""

from consent.people.models import Person


def locked(person_id: int) -> Person:
    """The person's row, taken for update: whatever closes the gate waits for a publication being decided."""
    return Person.objects.select_for_update(no_key=True).get(pk=person_id)
