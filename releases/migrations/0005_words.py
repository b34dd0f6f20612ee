from django.db import migrations, models

import releases.models.fields
from releases import promises


def index_anew(apps, schema_editor):
    """Words have places, marks and near words now: what was indexed before is indexed again, a few rows at a time."""
    from releases import indexing

    if apps.get_model("releases", "Release").objects.exists():
        promises.empty_search(schema_editor)
        indexing.rebuild()


class Migration(migrations.Migration):
    dependencies = [("releases", "0004_subjects")]

    operations = [
        migrations.CreateModel(
            name="NearWord",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                ("key", models.CharField(max_length=64)),
                ("word", models.CharField(max_length=64)),
                ("known_from", releases.models.fields.MomentField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("language", "key", "word"), name="nearword_once")]
            },
        ),
        migrations.RunPython(index_anew, migrations.RunPython.noop, elidable=True),
    ]
