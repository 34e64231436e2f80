"""Events become append-only in the database. A later migration that remakes the table must install them again."""

from django.db import migrations

from tracker.items.append_only import install_by_migration, remove_by_migration


class Migration(migrations.Migration):
    dependencies = [("items", "0003_workflow")]
    operations = [migrations.RunPython(install_by_migration, remove_by_migration)]
