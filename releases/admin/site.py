"""The admin site as a desk: its start page, its sections, its suggestions."""

from functools import cache

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from releases.admin import board

SECTIONS = ["Release", "Event", "Location", "Spokesperson", "Tag", "Contact", "Boilerplate", "Newsroom"]


class Suggestions(AutocompleteJsonView):
    """What an autocomplete offers, told as the desk tells it."""

    def serialize_result(self, obj, to_field_name):
        told = getattr(self.model_admin, "suggestion", str)
        return {"id": str(getattr(obj, to_field_name)), "text": told(obj)}


class Desk(AdminSite):
    site_title = _("Desk")
    site_header = _("Desk")
    index_title = _("Desk")
    enable_nav_sidebar = False

    def __init__(self, name="admin"):
        super().__init__(name)
        self.disable_action("delete_selected")

    def each_context(self, request):
        context = super().each_context(request)
        return {
            **context,
            "site_header": request.newsroom.name_in(get_language() or "en"),
            "sections": self.sections(request, context["available_apps"]),
        }

    def sections(self, request, apps) -> list[dict]:
        """The nouns the person may see, in the order of a working day."""
        own = {
            model["object_name"]: model for app in apps if app["app_label"] == "releases" for model in app["models"]
        }
        found = [own[name] for name in SECTIONS if name in own and own[name]["admin_url"]]
        return [
            {
                "name": model["name"],
                "url": model["admin_url"],
                "current": request.path.startswith(model["admin_url"]),
            }
            for model in found
        ]

    def index(self, request, extra_context=None):
        shown = board.facts(request) if request.user.has_perm("releases.view_release") else {}
        return super().index(request, {**shown, **(extra_context or {})})

    def autocomplete_view(self, request):
        return Suggestions.as_view(admin_site=self)(request)


@cache
def desk() -> Desk:
    """The one desk, whoever asks for it first."""
    return Desk()


def release_url(name: str, *args) -> str:
    """The address of a page about releases at the desk."""
    return reverse(f"admin:releases_release_{name}", args=args)
