"""What is answered where there is nothing: the same bytes whether a page is hidden or never was."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from releases import text
from releases.models.edition import Edition

from . import cards
from .caching import ASK_AGAIN

NEWEST = 3


def not_found(request, exception=None):
    """The 404 page in the language of the address; it looks at nothing else in the request."""
    newsroom = request.newsroom
    first = request.path_info.strip("/").partition("/")[0]
    language = first if first in newsroom.languages else newsroom.default_language
    translation.activate(language)
    request.resolver_match = None
    context = {
        "newest": cards.read(Edition.objects.listed(request.at, language), language, NEWEST).cards,
        "sayings": [said_in(other) for other in newsroom.languages if other != language],
    }
    with timezone.override(newsroom.time_zone):
        response = render(request, "404.html", context, status=404)
    response.headers["Cache-Control"] = ASK_AGAIN
    return response


def said_in(language: str) -> dict[str, str]:
    """The same in another language, for whoever followed an address without one."""
    with translation.override(language):
        return {
            "language": language,
            "direction": text.direction(language),
            "sentence": _("There is no page at this address"),
            "url": reverse("releases", args=[language]),
            "releases": _("All releases"),
        }
