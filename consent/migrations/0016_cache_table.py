"""The table of Django's database cache, as `createcachetable` makes it."""

from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("consent", "0015_who_asked_and_copies")]
    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
