"""Feeds of a list: its filters apply, its texts are whole, its dates are those of what is in it."""

import mimetypes
import re
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import get_tag_uri

from releases.documents import Document
from releases.models.edition import Edition
from releases.states import Kind

from . import feedforms, filters, reading
from .addresses import absolute
from .caching import page
from .release import corrections, pictures, words

FORMS = {"rss": feedforms.rss, "atom": feedforms.atom, "json_feed": feedforms.json_feed}
NOT_WHOLE = re.compile(r'(?<= )(href|src)="(?![a-z][a-z0-9+.-]*:)([^"]*)"')
READ = ("language", "slug", "number", "release_id", "first_public_at", "live_from", "document", "corrections")


@dataclass(frozen=True)
class Illustration:
    """A picture as feeds offer it: `size` in bytes."""

    url: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    alt_text: str
    caption: str
    credit: str


@dataclass(frozen=True)
class Story:
    """One release in a feed: `text` is HTML with whole addresses, `updated` moves with each edition."""

    id: str
    url: str
    title: str
    summary: str
    text: str
    published: datetime
    updated: datetime
    categories: tuple[str, ...]
    pictures: tuple[Illustration, ...]


@dataclass(frozen=True)
class Feed:
    """A list as programs follow it; `url` is the page for people."""

    title: str
    url: str
    own_url: str
    language: str
    author: str
    home: str
    stories: tuple[Story, ...]

    @property
    def updated(self) -> datetime | None:
        """When the newest of its editions became public; None while there is none."""
        return max((story.updated for story in self.stories), default=None)


@page
def rss(request, language):
    """The newest releases of a list as RSS 2.0."""
    return answer(request, language, "rss")


@page
def atom(request, language):
    """The newest releases of a list as Atom."""
    return answer(request, language, "atom")


@page
def json_feed(request, language):
    """The newest releases of a list as JSON Feed 1.1."""
    return answer(request, language, "json_feed")


def answer(request, language: str, form: str) -> HttpResponse:
    asked = filters.Filters.read(request.GET)
    found = filters.find(asked, request, language)
    name = request.newsroom.name_in(language)
    feed = Feed(
        title=f"{name} – {found.title}" if asked else name,
        url=absolute(reverse("releases", args=[language]) + asked.query()),
        own_url=absolute(reverse(form, args=[language]) + asked.query()),
        language=language,
        author=name,
        home=absolute(reverse("front", args=[language])),
        stories=stories([card.id for card in found.page.cards], request.at),
    )
    body, content_type = FORMS[form](feed)
    return HttpResponse(body, content_type=content_type)


def stories(numbers: list[int], at) -> tuple[Story, ...]:
    """The editions with these ids, in this order, with their whole documents: one query."""
    editions = Edition.objects.withholding(at).only(*READ).in_bulk(numbers)
    return tuple(story(editions[number], at) for number in numbers)


def story(edition, at) -> Story:
    document = reading.document(edition, at)
    url = absolute(reverse("release", args=[edition.language, edition.slug]))
    return Story(
        id=get_tag_uri(f"{settings.SITE_URL}/releases/{edition.release_id}", edition.first_public_at),
        url=url,
        title=document.headline,
        summary=document.summary,
        text=text_of(edition, document),
        published=edition.first_public_at,
        updated=edition.live_from,
        categories=(str(Kind(document.kind).label), *document.tags, *(place.name for place in document.places)),
        pictures=tuple(filter(None, map(illustration, document.photos))),
    )


def text_of(edition, document: Document) -> str:
    """Everything the release says, as HTML that can be read anywhere."""
    said = {**words(document), **pictures(document)}
    context = {**said, "document": document, "corrections": corrections(edition)}
    html = render_to_string("releases/feed_text.html", context)
    return NOT_WHOLE.sub(lambda found: f'{found[1]}="{absolute(found[2])}"', html).strip()


def illustration(photo) -> Illustration | None:
    """A picture with its length, None where the file is missing."""
    size = size_of(photo.path)
    return size and Illustration(
        url=absolute(default_storage.url(photo.path)),
        media_type=mimetypes.guess_type(photo.path)[0] or "application/octet-stream",
        size=size,
        width=photo.width,
        height=photo.height,
        alt_text=photo.alt_text,
        caption=photo.caption,
        credit=photo.credit,
    )


def size_of(path: str) -> int | None:
    """The length in bytes of a stored file, asked once: bytes under a name never change."""
    try:
        return cache.get_or_set(f"size:{path}", lambda: default_storage.size(path), timeout=None)
    except OSError:
        return None
