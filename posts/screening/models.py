"""What a practice says of itself to the word screen."""

from django.db import models
from django.db.models import Q

from consent.access.models import Practice, User


class OwnWords(models.Model):
    """Words that are the practice's own, whatever they look like: an address, a telephone, a provider's full name.

    What was seen in them is no finding (R34). `folded` is how they are compared. They end; they are never edited.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="own_words")
    text = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "folded"], condition=Q(ended_at=None), name="own_words_once"
            ),
            models.CheckConstraint(condition=~Q(folded=""), name="own_words_say_something"),
        ]

    def __str__(self) -> str:
        return f"own words {self.pk}"
