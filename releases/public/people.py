"""Spokespersons: an index, and of each the portrait, what they said, under which titles, and their releases."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.core.files.storage import default_storage
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from releases import text
from releases.models.edition import Edition
from releases.models.people import Spokesperson

from . import reading
from .caching import page
from .contacts import site_contacts
from .subjects import index, joined, listed, one, subject

LOOKED_INTO = 100  # releases that are read for quotes and titles
QUOTES = 12


@dataclass(frozen=True)
class Said:
    """Somebody's words in a release, with the title of that day."""

    lines: list[str]
    office: str
    headline: str
    url: str
    at: datetime


@dataclass(frozen=True)
class Office:
    """A title, and the days of the first and the last release that tell it."""

    title: str
    first: date
    last: date


def office(row, language: str) -> str:
    """Today's title and organisation of a person."""
    name = row.name_row(language)
    return joined(name.title, name.organisation) if name else ""


@page
def spokespersons(request, language):
    """Everybody who speaks in the published releases."""
    rows = Spokesperson.objects.public(request.at, language).told_in(language).named()
    return index(
        request,
        language,
        "spokesperson",
        listed(request, language, "spokesperson", rows),
        title=_("Spokespersons"),
        lead=_("With today’s titles. Each release keeps the title its speaker had that day."),
        note=lambda row: office(row, language),
    )


@page
def spokesperson(request, language, slug):
    """A person: portrait, what they said, titles over time, the releases they speak in, whom to call."""
    row = one(Spokesperson, request, language, slug)
    prefetch_related_objects([row], "names")
    name = row.name_row(language)
    found = said(request.at, language, row)
    return subject(
        request,
        language,
        "spokesperson",
        row,
        template="releases/spokesperson.html",
        subject_label=_("Spokesperson") if row.is_current else _("Former spokesperson"),
        note=office(row, language),
        biography=name.biography if name else "",
        said_in=name.language if name else language,
        said_direction=text.direction(name.language if name else language),
        portrait=portrait(row),
        quotes=[words for words in found if any(words.lines)][:QUOTES],
        offices=offices(found),
        contacts=site_contacts(request.newsroom, language),
    )


def portrait(row) -> dict | None:
    """The portrait for the press to use; None without one."""
    if not row.portrait:
        return None
    return {
        "url": default_storage.url(row.portrait.name),
        "alt": row.portrait_alt,
        "credit": row.portrait_credit,
        "width": row.portrait_width,
        "height": row.portrait_height,
    }


def said(at, language: str, row) -> list[Said]:
    """What a person says in the newest live releases, newest first: one query."""
    newest = Edition.objects.listed(at, language, spokesperson=row)[:LOOKED_INTO]
    return [
        Said(
            lines=quote.words.split("\n") if quote.words else [],
            office=joined(quote.title, quote.organisation),
            headline=edition.headline,
            url=reverse("release", args=[language, edition.slug]),
            at=edition.first_public_at,
        )
        for edition, quotes in reading.quotes(newest)
        for quote in quotes
        if quote.spokesperson_id == row.pk
    ]


def offices(found: list[Said]) -> list[Office]:
    """Titles in a row, newest first, where there was more than one; told by the releases that were looked into."""
    held = []
    for title, group in groupby([words for words in found if words.office], key=lambda words: words.office):
        days = [timezone.localtime(words.at).date() for words in group]
        held.append(Office(title, days[-1], days[0]))
    return held if len(held) > 1 else []
