"""Feeds through the reader most programs use, sitemaps by the schema of the protocol, data blocks as JSON."""

import json
import re

import feedparser
from lxml import etree

from audit.site import LANGUAGES, Site
from audit.tools import MODULES

MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
SCHEMA = MODULES / "sitemap" / "schema" / "sitemap.xsd"
FEEDS = ("rss.xml", "atom.xml", "rss.xml?tag=nothing", "atom.xml?kind=statement")
NEEDED = ("id", "title", "link", "published_parsed", "updated_parsed", "summary", "content", "author", "tags")
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
COMPLETE = {
    "NewsArticle": {"headline", "image", "datePublished", "dateModified", "author", "publisher", "inLanguage", "url"},
    "Event": {"name", "startDate", "location", "eventStatus", "eventAttendanceMode", "organizer", "url"},
    "Person": {"name", "jobTitle", "worksFor", "url"},
    "Place": {"name", "geo", "url"},
    "BreadcrumbList": {"itemListElement"},
    "WebSite": {"name", "url", "potentialAction"},
    "Organization": {"name", "url", "logo"},
}


def check_feeds(site: Site) -> list[str]:
    return [
        wrong
        for language in LANGUAGES
        for feed in FEEDS
        for wrong in wrong_with_feed(site, f"/{language}/feeds/{feed}")
    ]


def wrong_with_feed(site: Site, path: str) -> list[str]:
    answer = site.get(path)
    found = feedparser.parse(answer.body, response_headers=answer.headers)
    wrong = [f"{path}: {found.bozo_exception}"] if found.bozo else []
    wrong += [f"{path}: no {name}" for name in ("title", "link") if not found.feed.get(name)]
    for entry in found.entries:
        wrong += [f"{path}: {entry.get('link')} has no {name}" for name in NEEDED if not entry.get(name)]
        wrong += [
            f"{path}: {file.href} is told without its length" for file in entry.enclosures if not int(file.length)
        ]
    return wrong


def check_maps(site: Site) -> list[str]:
    """Every sitemap by the schema, its extensions (other languages, news) taken out first: they have rules of ours."""
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    wrong = []
    for path in site.maps():
        root = etree.fromstring(site.get(path).body)
        if root.tag == f"{{{MAP}}}sitemapindex":
            continue
        for foreign in [child for child in root.iter() if etree.QName(child).namespace != MAP]:
            if foreign.getparent() is not None:
                foreign.getparent().remove(foreign)
        if len(root) and not schema.validate(root):
            wrong += [f"{path}: {error.message}" for error in schema.error_log]
    return wrong


def check_data(site: Site) -> list[str]:
    """The data block of every page that has an address of its own, each thing with all it needs."""
    wrong = []
    for page in [page for path in site.told("/sitemap.xml") for page in site.told(path)]:
        blocks = DATA.findall(site.get(page).text)
        if len(blocks) != 1:
            wrong.append(f"{page}: {len(blocks)} data blocks")
            continue
        for thing in json.loads(blocks[0])["@graph"]:
            kind = thing["@type"]
            wrong += [f"{page}: {kind} without {name}" for name in sorted(COMPLETE[kind] - set(thing))]
    return wrong
