"""How public answers are kept: by everybody, for ever, but never used again without asking.

Nothing is ever fresh for a while: what is public changes at the second of a lift or a withdrawal. A strong ETag made
of the bytes lets whoever has them keep them, and says nothing that the bytes do not say.
"""

import re
from functools import wraps
from hashlib import sha256

from django.http import Http404
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

ASK_AGAIN = "no-cache"
TEXT = re.compile(r"text/|application/(?:[a-z]+\+)?(?:xml|json)")


def validated(request, response):
    """The response with its ETag, or 304 for a reader who has these very bytes; a stream brings an ETag of its own."""
    response.headers["Cache-Control"] = ASK_AGAIN
    if response.status_code != 200:
        return response
    etag = response.headers.get("ETag") or quote_etag(sha256(response.content).hexdigest()[:32])
    response.headers["ETag"] = etag
    return compressed(request, get_conditional_response(request, etag=etag, response=response))


def compressed(request, response):
    """The response, small for a bad line; what is not text is small already."""
    if response.streaming or not TEXT.match(response.headers.get("Content-Type", "")):
        return response
    patch_vary_headers(response, ["Accept-Encoding"])
    return GZipMiddleware(lambda _: response)(request)


def page(view):
    """Makes `view` a page of one language: only an offered language, only reading, times in the newsroom's zone."""

    @require_safe
    @wraps(view)
    def answer(request, language, **found):
        if language not in request.newsroom.languages:
            raise Http404
        with timezone.override(request.newsroom.time_zone):
            response = view(request, language, **found)
        response.headers["Content-Language"] = language
        return validated(request, response)

    return answer
