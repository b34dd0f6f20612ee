"""What the head of a page tells machines: its own address and those of its counterparts, feeds, cards, data.

A library of template tags: `{% machines %}` in the base template reads what the page's view has given the page, asks
nothing itself, and so can tell nothing that is not on the page.
"""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from . import structured
from .addresses import ALIKE, absolute, alternates, counterparts
from .drawing import HEIGHT, WIDTH

register = template.Library()

TERRITORIES = {"en": "en_GB", "tr": "tr_TR", "ar": "ar_AR"}  # Open Graph wants one
TITLES = {
    "archive": lambda: _("Archive"),
    "events": lambda: _("Events"),
    "contacts": lambda: _("Press contacts"),
    "corrections": lambda: _("Corrections"),
    "about": lambda: _("About"),
    "accessibility": lambda: _("Accessibility"),
}
LONGEST = 160  # characters of a description that search engines show
FEEDS = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json_feed": "application/feed+json"}


@register.inclusion_tag("partials/_machines.html", takes_context=True)
def machines(context):
    """The lines of the head that people do not see."""
    page = context.flatten()
    request, document = page.get("request"), page.get("document")
    match = request and request.resolver_match
    name = match.url_name if match else ""
    shown = {**page, "page": name, "title": title_of(page, name), "canonical": canonical_of(page, request, name)}
    shown["hreflangs"] = hreflangs_of(shown, request, name)
    shown["description"] = abstract(document) if document else described(shown)
    found = bool(shown["canonical"])
    return {
        "description": shown["description"] if found else "",
        "canonical": shown["canonical"],
        "hreflangs": shown["hreflangs"],
        "feeds": feeds(shown) if page.get("language") else [],
        "cards": cards(shown) if found else [],
        "card_size": "summary_large_image" if picture(shown) else "summary",
        "data": structured.block(structured.graph(shown)) if found and not page.get("current") else "",
    }


def title_of(page: dict, name: str) -> str:
    if page.get("document"):
        return page["document"].headline
    return page.get("title") or page.get("name") or (TITLES[name]() if name in TITLES else page["newsroom_name"])


def canonical_of(page: dict, request, name: str) -> str:
    """The one address of a page; none for a filtered list, nor for what is not there."""
    if page.get("canonical"):
        return page["canonical"]
    if page.get("is_filtered") or not (name in ALIKE or "row" in page):
        return ""
    after = request.GET.get("after", "")
    return absolute(request.path + (f"?{urlencode({'after': after})}" if after else ""))


def hreflangs_of(page: dict, request, name: str) -> list[tuple[str, str]]:
    """The true counterparts of a page in other languages, itself among them."""
    if "hreflangs" in page:
        return page["hreflangs"]
    if not page["canonical"] or request.GET.get("after"):
        return []
    newsroom = request.newsroom
    if name in ALIKE:
        found = counterparts(name, newsroom)
    else:
        read = [code for number, code in enumerate(newsroom.languages) if getattr(page["row"], f"read_in_{number}", 0)]
        found = {code: absolute(reverse(name, args=[code, page["row"].slug])) for code in read}
    return alternates(found, newsroom.languages) if page["language"] in found else []


def abstract(document) -> str:
    """The summary, else how the text begins."""
    return document.summary or Truncator(" ".join(document.body_text.split())).chars(LONGEST)


def described(page: dict) -> str:
    about = {"name": page.get("newsroom_name"), "title": page["title"]}
    if page["title"] == page.get("newsroom_name"):
        return _("Press releases, statements, pictures and press contacts of %(name)s.") % about
    return _("%(title)s – press releases, statements, pictures and press contacts of %(name)s.") % about


def feeds(page: dict) -> list[dict]:
    """The feeds of what the page lists, else of everything."""
    query, title = "", page["newsroom_name"]
    if "asked" in page or "row" in page:
        query = page["asked"].query() if "asked" in page else f"?{urlencode({page['page']: page['row'].slug})}"
        title = f"{page['title']} – {title}"
    return [
        {"url": reverse(form, args=[page["language"]]) + query, "type": media_type, "title": title}
        for form, media_type in FEEDS.items()
    ]


def cards(page: dict) -> list[tuple[str, str]]:
    """Open Graph properties and their values."""
    document = page.get("document")
    language = document.language if document else page["language"]
    others = [code for code, _url in page["hreflangs"] if code not in (language, "x-default")]
    told = [
        ("og:type", "article" if document else "website"),
        ("og:site_name", page["newsroom_name"]),
        ("og:title", page["title"]),
        ("og:description", page["description"]),
        ("og:url", page["canonical"]),
        ("og:locale", territory(language)),
        *(("og:locale:alternate", territory(code)) for code in others),
        *picture(page),
        *(article(page) if document else []),
    ]
    return [(name, value) for name, value in told if value]


def territory(language: str) -> str:
    return TERRITORIES.get(language, language.replace("-", "_"))


def picture(page: dict) -> list[tuple[str, str]]:
    """The card that is shown where the address is shared: that of the release, or of the one that leads the page."""
    if page["page"] == "front" and (lead := page.get("lead")):
        card, alt = absolute(reverse("share_card", args=[lead.language, lead.slug])), lead.headline
    else:
        card, shown = page.get("share_card"), page.get("lead_picture")
        alt = shown["alt_text"] if shown and shown["alt_text"] else page["title"]
    if not card:
        return []
    size = [("og:image:width", str(WIDTH)), ("og:image:height", str(HEIGHT)), ("og:image:type", "image/jpeg")]
    return [("og:image", card), *size, ("og:image:alt", alt)]


def article(page: dict) -> list[tuple[str, str]]:
    document = page["document"]
    return [
        ("article:published_time", structured.moment(page["published"], document.time_zone)),
        ("article:modified_time", structured.moment(page["updated"] or page["published"], document.time_zone)),
        ("article:section", str(page["kind_label"])),
        *(("article:tag", tag) for tag in document.tags),
    ]
