"""Mail waiting to leave. A row is written in the action's own transaction, so neither can be lost without the other."""

from django.db import models

from consent.keys.fields import SealedTextField


class OutgoingMail(models.Model):
    """One message: queued, leased by a worker, sent, or stuck for a person to look at."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        SENT = "sent", "Sent"
        STUCK = "stuck", "Could not be sent"
        BOUNCED = "bounced", "Came back"

    practice_id = models.BigIntegerField(null=True, db_index=True)
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=60, blank=True)
    recipient = SealedTextField(purpose="mail", blank=True)
    subject = models.CharField(max_length=200)
    body = SealedTextField(purpose="mail", blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    leased_by = models.CharField(max_length=60, blank=True)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], condition=models.Q(state="queued"), name="outgoing_mail_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"
