"""The project as an app: it carries the start-up checks."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Loads the checks that `manage.py check` and every start run."""

    name = "newsroom"
    verbose_name = "Newsroom"

    def ready(self):
        from newsroom import checks  # noqa: F401  importing registers them
