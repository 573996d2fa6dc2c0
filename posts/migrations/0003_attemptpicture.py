"""Which pictures each attempt was to send; those of earlier attempts are read from the decisions they were made on."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def from_decisions(apps: Any, schema_editor: Any) -> None:
    """The pictures of every attempt so far."""
    picture = apps.get_model("posts", "AttemptPicture")
    attempts = apps.get_model("posts", "Attempt").objects.select_related(
        "prepare_decision", "delivery__decision"
    )
    for attempt in attempts.iterator():
        decisions = {attempt.prepare_decision, attempt.delivery.decision} - {None}
        assets = {int(one["asset"]) for decision in decisions for one in decision.facts.get("pictures", ())}
        picture.objects.bulk_create(
            picture(attempt=attempt, delivery=attempt.delivery, asset_id=asset) for asset in sorted(assets)
        )


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_rendition_by_digest"), ("posts", "0002_gate_at_depth")]

    operations = [
        migrations.CreateModel(
            name="AttemptPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consent.asset"
                    ),
                ),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pictures",
                        to="posts.attempt",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="posts.delivery"
                    ),
                ),
            ],
        ),
        migrations.RunPython(from_decisions, migrations.RunPython.noop),
    ]
