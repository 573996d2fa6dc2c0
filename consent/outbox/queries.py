"""What waits to leave, and what could not."""

from django.db.models import QuerySet

from consent.outbox.models import OutgoingMail


def stuck_mail(practice_id: int) -> QuerySet[OutgoingMail]:
    """The practice's messages that somebody has to look at, oldest first."""
    return OutgoingMail.objects.filter(practice_id=practice_id, state=OutgoingMail.State.STUCK).order_by(
        "created_at"
    )
