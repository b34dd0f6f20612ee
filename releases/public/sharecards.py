"""The picture that stands for a release where its address is shared: its lead picture, else its headline drawn."""

from hashlib import sha256

from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import HttpResponse

from releases import text
from releases.states import Kind

from . import reading, theme
from .drawing import Poster, cropped, drawn, plain
from .former import of_a_release

DRAWING = 1  # counts up when cards come to look different
KEPT = 24 * 60 * 60  # seconds a drawn card is kept; it is told only after the release was found to be public


@of_a_release
def share_card(request, language, edition):
    """The card of a release as JPEG."""
    document = reading.document(edition, request.at)
    lead, poster, logo = document.lead_picture, poster_of(request.newsroom, document), request.newsroom.logo.name
    key = f"card:{DRAWING}:{sha256(repr((lead, poster, logo)).encode()).hexdigest()}"
    content = cache.get(key)
    if content is None:
        content = from_picture(lead) or drawn(poster) or plain(poster.accent, stored(logo))
        cache.set(key, content, KEPT)
    return HttpResponse(content, content_type="image/jpeg")


def from_picture(lead) -> bytes | None:
    """The lead picture around its focal point; None where there is none that serves."""
    content = stored(lead.path) if lead else b""
    return cropped(content, lead.focal_x, lead.focal_y) if content else None


def poster_of(newsroom, document) -> Poster:
    return Poster(
        name=newsroom.name_in(document.language),
        kind=str(Kind(document.kind).label),
        headline=document.headline,
        language=document.language,
        is_rtl=text.direction(document.language) == "rtl",
        accent=theme.shades(newsroom.accent)["light"],
    )


def stored(path: str) -> bytes:
    """A stored file; nothing where there is none."""
    if not path:
        return b""
    try:
        with default_storage.open(path) as file:
            return file.read()
    except (OSError, ValueError, SuspiciousOperation):
        return b""
