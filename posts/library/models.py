"""Replies that a practice approved for anybody, patient or not."""

from django.db import models
from django.db.models import F, Q

from consent.access.models import Practice, User

from .rules import LANGUAGES, REPLY_LENGTH


class CannedReply(models.Model):
    """A reply that one person proposed and a qualified other approved (R50, list A-RP).

    Whatever is nearly these words clears itself, as long as it is approved and not retired. `folded` is how two are
    compared. It is never edited: other words are another reply.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="canned_replies")
    language = models.CharField(max_length=2, choices=list(LANGUAGES.items()))
    text = models.CharField(max_length=REPLY_LENGTH)
    folded = models.CharField(max_length=REPLY_LENGTH)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "folded"], condition=Q(retired_at=None), name="canned_reply_once"
            ),
            models.CheckConstraint(condition=~Q(folded=""), name="canned_reply_says_something"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="canned_reply_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="canned_reply_confirmed_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"canned reply {self.pk}"
