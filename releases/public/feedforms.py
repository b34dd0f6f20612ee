"""A feed written down: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1. Each returns the bytes and their content type."""

import json
from datetime import UTC, datetime

from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, rfc3339_date

from releases import text

NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # Atom demands a date even of an empty feed; today's would be an invention
NAMESPACES = {
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}


class Rss(Rss201rev2Feed):
    """RSS 2.0 with the whole text and every picture; without items it has no build date to tell."""

    def rss_attributes(self):
        return {**super().rss_attributes(), **NAMESPACES}

    def add_root_elements(self, handler):
        if self.items:
            return super().add_root_elements(handler)
        handler.addQuickElement("title", self.feed["title"])
        handler.addQuickElement("link", self.feed["link"])
        handler.addQuickElement("description", self.feed["description"])
        handler.addQuickElement("atom:link", None, {"rel": "self", "href": self.feed["feed_url"]})
        handler.addQuickElement("language", self.feed["language"])

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("dcterms:modified", rfc3339_date(item["updateddate"]))
        handler.addQuickElement("content:encoded", item["text"])
        for picture in item["pictures"]:
            handler.startElement("media:content", media(picture))
            for name, words in (("description", picture.alt_text), ("credit", picture.credit)):
                if words:
                    handler.addQuickElement(f"media:{name}", words)
            handler.endElement("media:content")


class Atom(Atom1Feed):
    """Atom with the whole text; without entries it is as old as time."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else NEVER

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item["abstract"]:
            handler.addQuickElement("summary", item["abstract"])
        handler.addQuickElement("content", item["text"], {"type": "html"})


def media(picture) -> dict[str, str]:
    """The attributes of a picture in Media RSS; sizes only where they are known."""
    known = {"fileSize": picture.size, "width": picture.width, "height": picture.height}
    sizes = {name: str(value) for name, value in known.items() if value}
    return {"url": picture.url, "type": picture.media_type, "medium": "image", **sizes}


def rss(feed) -> tuple[bytes, str]:
    written = Rss(description=feed.title, **common(feed))
    for story in feed.stories:
        written.add_item(description=story.summary, enclosures=enclosures(story)[:1], **item(feed, story))
    return written.writeString("utf-8").encode(), written.content_type


def atom(feed) -> tuple[bytes, str]:
    written = Atom(description=None, author_name=feed.author, author_link=feed.home, **common(feed))
    for story in feed.stories:
        shown = {"description": None, "abstract": story.summary, "enclosures": enclosures(story)}
        written.add_item(**shown, **item(feed, story))
    return written.writeString("utf-8").encode(), written.content_type


def common(feed) -> dict:
    return {"title": feed.title, "link": feed.url, "language": feed.language, "feed_url": feed.own_url}


def item(feed, story) -> dict:
    """What RSS and Atom both tell of a story; the text knows its language and direction wherever it is shown."""
    around = f'<div lang="{feed.language}" dir="{text.direction(feed.language)}">\n{story.text}\n</div>'
    return {
        "title": story.title,
        "link": story.url,
        "unique_id": story.id,
        "unique_id_is_permalink": False,
        "pubdate": story.published,
        "updateddate": story.updated,
        "author_name": feed.author,
        "categories": list(dict.fromkeys(story.categories)),
        "text": around,
        "pictures": story.pictures,
    }


def enclosures(story) -> list[Enclosure]:
    return [Enclosure(picture.url, str(picture.size), picture.media_type) for picture in story.pictures]


def json_feed(feed) -> tuple[bytes, str]:
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": feed.own_url,
        "language": feed.language,
        "authors": [{"name": feed.author, "url": feed.home}],
        "items": [json_item(feed, story) for story in feed.stories],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode(), "application/feed+json"


def json_item(feed, story) -> dict:
    known = {
        "id": story.id,
        "url": story.url,
        "title": story.title,
        "summary": story.summary,
        "content_html": story.text,
        "image": story.pictures[0].url if story.pictures else "",
        "date_published": rfc3339_date(story.published),
        "date_modified": rfc3339_date(story.updated),
        "tags": list(dict.fromkeys(story.categories)),
        "language": feed.language,
        "attachments": [attachment(picture) for picture in story.pictures],
    }
    return {name: value for name, value in known.items() if value}


def attachment(picture) -> dict:
    known = {
        "url": picture.url,
        "mime_type": picture.media_type,
        "title": picture.caption or picture.alt_text,
        "size_in_bytes": picture.size,
    }
    return {name: value for name, value in known.items() if value}
