"""Find a picture by the digest of what was published of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_gate_at_depth")]

    operations = [
        migrations.AddIndex(
            model_name="rendition",
            index=models.Index(fields=["practice", "sha256"], name="rendition_by_digest"),
        ),
    ]
