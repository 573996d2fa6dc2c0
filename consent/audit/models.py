"""The ledger's rows. Only `ledger.recording` writes them; triggers refuse to change or remove them."""

from django.db import models

from .rules import GENESIS


class LedgerEntry(models.Model):
    """One thing that happened. `body` is the truth; the other columns repeat it for searching and are verified."""

    chain = models.CharField(max_length=40)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    event = models.CharField(max_length=60)
    actor = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    person = models.BigIntegerField(null=True)
    body = models.BinaryField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="ledger_position_once")]
        indexes = [
            models.Index(fields=["chain", "subject"], name="ledger_by_subject"),
            models.Index(fields=["chain", "person"], name="ledger_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq} {self.event}"


class ChainHead(models.Model):
    """Where a chain ends. Its row lock orders the appends of all processes."""

    chain = models.CharField(max_length=40, primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    def __str__(self) -> str:
        return f"{self.chain} ends at {self.seq}"


class Checkpoint(models.Model):
    """A signed statement of where a chain ended at an instant; sent away, it shows a tail that was cut."""

    chain = models.CharField(max_length=40)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    key_id = models.CharField(max_length=20)
    signature = models.CharField(max_length=128)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="checkpoint_once")]

    def __str__(self) -> str:
        return f"{self.chain} at {self.seq}"
