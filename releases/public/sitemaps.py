"""Sitemaps: every public page, in one file for each month and each sort of subject, and what is new these two days.

Nothing is counted. Ids are random, so a small range of them is a fair sample that tells when a file would get too
long, and equal ranges of them divide it into equal parts.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_safe

from releases import text
from releases.models.edition import Edition
from releases.models.events import Event
from releases.models.people import Spokesperson
from releases.models.places import Location
from releases.models.tags import Tag

from .addresses import absolute, alternates, standing_pages
from .archive import public_months
from .caching import validated

AIM = 5_000  # addresses in a file
MOST = 50_000  # allowed by the protocol
IDS = 2**52
SAMPLE = 512  # one id in so many is looked at
NEWS = timedelta(hours=48)
MOST_NEWS = 1_000
SUBJECTS = {"location": Location, "event": Event, "spokesperson": Spokesperson, "tag": Tag}
NAME = re.compile(
    r"(?P<sort>pages|(?P<subject>location|event|spokesperson|tag)s|(?P<year>[0-9]{4})-(?P<month>[0-9]{2}))"
    r"(?:-(?P<part>[1-9][0-9]?)-of-(?P<of>[1-9][0-9]?))?"
)
NAMESPACES = {
    "": "http://www.sitemaps.org/schemas/sitemap/0.9",
    ":xhtml": "http://www.w3.org/1999/xhtml",
    ":news": "http://www.google.com/schemas/sitemap-news/0.9",
}


@dataclass(frozen=True)
class Part:
    """One of `of` equal parts of some rows."""

    number: int = 1
    of: int = 1

    @property
    def ids(self) -> Q:
        return Q(id__gte=IDS * (self.number - 1) // self.of, id__lt=IDS * self.number // self.of)

    def named(self, sort: str) -> str:
        return sort if self.of == 1 else f"{sort}-{self.number}-of-{self.of}"


def parts(sampled: int) -> list[Part]:
    """The parts some rows are told in, `sampled` of which were in the sample."""
    of = min(1 + sampled * SAMPLE // AIM, 99)
    return [Part(number, of) for number in range(1, of + 1)]


@require_safe
def index(request):
    """All sitemaps but that of the news, which robots.txt names beside this one."""
    found = ["pages", *subject_maps(request.at), *month_maps(request.at, request.newsroom.languages)]
    maps = (f"<sitemap><loc>{escape(absolute(reverse('sitemap', args=[name])))}</loc></sitemap>" for name in found)
    return xml(request, "sitemapindex", maps)


@require_safe
def sitemap(request, name):
    """The pages of one month or one sort; 404 for whatever the index would not name."""
    asked = NAME.fullmatch(name)
    if not asked:
        raise Http404
    part = Part(int(asked["part"] or 1), int(asked["of"] or 1))
    if part.number > part.of or part.named(asked["sort"]) != name:
        raise Http404
    if asked["year"]:
        entries = of_month(request, int(asked["year"]), int(asked["month"]), part)
    elif asked["subject"]:
        entries = of_subjects(request, asked["subject"], part)
    else:
        entries = of_pages(request, part)
    if not entries:
        raise Http404
    return xml(request, "urlset", entries, "xhtml")


@require_safe
def news(request):
    """What was first public in the last 48 hours, newest first; empty while there is none."""
    newsroom, since = request.newsroom, request.at - NEWS
    rows = Edition.objects.live(request.at).filter(language__in=newsroom.languages, first_public_at__gte=since)
    rows = rows.order_by("-first_public_at", "-id").values_list("language", "slug", "headline", "first_public_at")
    entries = [
        entry(release(code, slug), news=news_of(newsroom, code, *told)) for code, slug, *told in rows[:MOST_NEWS]
    ]
    return xml(request, "urlset", entries, "news")


def news_of(newsroom, language: str, headline: str, published: datetime) -> str:
    return (
        f"<news:news><news:publication><news:name>{escape(newsroom.name_in(language))}</news:name>"
        f"<news:language>{text.base(language)}</news:language></news:publication>"
        f"<news:publication_date>{published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(headline)}</news:title></news:news>"
    )


def subject_maps(at) -> Iterator[str]:
    """The sitemaps of places, events, people and tags: two queries for each sort."""
    for name, model in SUBJECTS.items():
        rows = model.objects.public(at)
        if rows.exists():
            sampled = rows.filter(id__lt=IDS // SAMPLE).values_list("pk")[:MOST]
            yield from (part.named(f"{name}s") for part in parts(len(sampled)))


def month_maps(at, languages: list[str]) -> Iterator[str]:
    """The sitemaps of the months, newest first."""
    sample = Edition.objects.live(at).filter(id__lt=IDS // SAMPLE, language__in=languages).order_by()
    sampled = Counter(
        f"{moment.year:04}-{moment.month:02}" for moment in sample.values_list("first_public_at", flat=True)[:MOST]
    )
    for month in months(at, languages):
        yield from (part.named(month) for part in parts(sampled[month]))


def months(at, languages: list[str]) -> list[str]:
    """The months in which live editions were first public, newest first: two queries for each language."""
    found = set()
    for language in languages:
        listed = Edition.objects.listed(at, language).reverse()
        if oldest := listed.values_list("first_public_at", flat=True).first():
            first, last = (12 * moment.year + moment.month - 1 for moment in (oldest.astimezone(UTC), at))
            every = [(number // 12, number % 12 + 1) for number in range(first, last + 1)]
            shown = public_months(at, language, [bounds(*month) for month in every])
            found |= {month for month, is_shown in zip(every, shown, strict=True) if is_shown}
    return [f"{year:04}-{month:02}" for year, month in sorted(found, reverse=True)]


def bounds(year: int, month: int) -> tuple[datetime, datetime]:
    """The first instant of a month of UTC and of the one after it; 404 for what no calendar has."""
    try:
        return datetime(year, month, 1, tzinfo=UTC), datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    except ValueError:
        raise Http404 from None


def of_month(request, year: int, month: int, part: Part) -> list[str]:
    """The releases first public in a month, with their translations whenever those came: two queries."""
    start, end = bounds(year, month)
    languages = request.newsroom.languages
    live = Edition.objects.live(request.at).filter(language__in=languages).order_by()
    rows = live.filter(part.ids, first_public_at__gte=start, first_public_at__lt=end)
    columns = ("first_public_at", "id", "translation_group", "language", "slug", "live_from")
    found = sorted(rows.values_list(*columns)[:MOST], reverse=True)
    related = live.filter(translation_group__in=rows.values("translation_group"))
    families = {}
    for group, language, slug in related.values_list("translation_group", "language", "slug"):
        families.setdefault(group, {})[language] = release(language, slug)
    return [
        entry(release(language, slug), changed, alternates(families.get(group, {}), languages))
        for _published, _number, group, language, slug, changed in found
    ]


def of_subjects(request, name: str, part: Part) -> list[str]:
    """Places, events, people or tags in each language that has releases about them: one query a language."""
    languages = request.newsroom.languages
    found = {}
    for language in languages:
        rows = SUBJECTS[name].objects.public(request.at, language).filter(part.ids)
        for slug in rows.order_by().values_list("slug", flat=True)[: MOST // len(languages)]:
            found.setdefault(slug, {})[language] = absolute(reverse(name, args=[language, slug]))
    return family_entries((found[slug] for slug in sorted(found)), languages)


def of_pages(request, part: Part) -> list[str]:
    """The pages that are there whatever is published."""
    return family_entries(standing_pages(request.newsroom), request.newsroom.languages) if part.of == 1 else []


def family_entries(families, languages) -> list[str]:
    """An entry for each member of families of translations ({language: address})."""
    return [entry(address, None, alternates(family, languages)) for family in families for address in family.values()]


def release(language: str, slug: str) -> str:
    return absolute(reverse("release", args=[language, slug]))


def entry(address: str, changed: datetime | None = None, others=(), news: str = "") -> str:
    """One page, when it last changed, and its other languages."""
    lastmod = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    links = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(url)}"/>' for code, url in others)
    return f"<url><loc>{escape(address)}</loc>{lastmod}{news}{links}</url>"


def xml(request, root: str, entries, extension: str = ""):
    used = [name for name in NAMESPACES if not name or name == f":{extension}"]
    told = " ".join(f'xmlns{name}="{NAMESPACES[name]}"' for name in used)
    body = "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', f"<{root} {told}>", *entries, f"</{root}>\n"])
    return validated(request, HttpResponse(body, content_type="application/xml; charset=utf-8"))
