"""What is answered where there is nothing: the same bytes whether a page is hidden or never was."""

from django.shortcuts import render
from django.utils import translation

from .caching import ASK_AGAIN


def not_found(request, exception=None):
    """The 404 page in the language of the address; it looks at nothing else in the request."""
    newsroom = request.newsroom
    first = request.path_info.strip("/").partition("/")[0]
    translation.activate(first if first in newsroom.languages else newsroom.default_language)
    request.resolver_match = None
    response = render(request, "404.html", status=404)
    response.headers["Cache-Control"] = ASK_AGAIN
    return response
