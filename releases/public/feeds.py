"""Feeds of a list: its filters apply, its dates are those of what is in it."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed, get_tag_uri

from . import filters
from .caching import page


class Wire(Rss201rev2Feed):
    """RSS 2.0 whose build date is that of its newest item; without items it has none to tell."""

    def add_root_elements(self, handler):
        if self.items:
            return super().add_root_elements(handler)
        handler.addQuickElement("title", self.feed["title"])
        handler.addQuickElement("link", self.feed["link"])
        handler.addQuickElement("description", self.feed["description"])
        handler.addQuickElement("atom:link", None, {"rel": "self", "href": self.feed["feed_url"]})
        handler.addQuickElement("language", self.feed["language"])


@page
def rss(request, language):
    """The newest releases of a list as RSS."""
    asked = filters.Filters.read(request.GET)
    found = filters.find(asked, request, language)
    name = request.newsroom.name_in(language)
    title = f"{name} – {found.title}" if asked else name
    feed = Wire(
        title=title,
        link=settings.SITE_URL + reverse("releases", args=[language]) + asked.query(),
        description=title,
        language=language,
        feed_url=settings.SITE_URL + reverse("rss", args=[language]) + asked.query(),
    )
    for card in found.page.cards:
        feed.add_item(
            title=card.headline,
            link=settings.SITE_URL + card.url,
            description=f"{card.dateline} – {card.summary}" if card.dateline and card.summary else card.summary,
            unique_id=get_tag_uri(f"{settings.SITE_URL}/releases/{card.release}", card.published),
            unique_id_is_permalink=False,
            pubdate=card.published,
            updateddate=card.live_from,
            categories=[str(card.kind_label), *card.tags],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
