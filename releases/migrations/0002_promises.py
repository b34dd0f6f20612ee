from django.db import migrations

from releases import promises


def install(apps, schema_editor):
    promises.install(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("releases", "0001_initial")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop, elidable=False)]
