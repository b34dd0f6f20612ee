from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

from releases.roles import ROLES


def make_roles(apps, schema_editor):
    create_permissions(installed.get_app_config("releases"), verbosity=0, using=schema_editor.connection.alias)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ours = Permission.objects.filter(content_type__app_label="releases")
    for name, allowed in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*ours.filter(codename__in=allowed))


class Migration(migrations.Migration):
    dependencies = [("releases", "0002_promises"), ("auth", "0012_alter_user_first_name_max_length"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
