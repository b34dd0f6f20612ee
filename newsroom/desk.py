"""The admin as the newsroom's desk."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """The admin with the desk's own start page and sections."""

    default_site = "releases.admin.site.desk"

    def ready(self):
        super().ready()
        from releases.admin import registry  # noqa: F401  importing registers the desk's pages
