"""Calendars to subscribe to (RFC 5545): one of everything the public knows, one of a place, one of each event."""

from datetime import UTC, date, timedelta
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Timezone
from icalendar import Event as Entry

from releases import moments, text, visibility
from releases.models.edition import EditionEvent
from releases.models.events import Event, EventName
from releases.models.names import shown_in
from releases.models.places import Location
from releases.states import EventStatus

from . import occasions, times
from .addresses import absolute
from .caching import page

MOST = 300
PAST = 50
DAY = timedelta(days=1)
STATUS = {EventStatus.CANCELLED: "CANCELLED", EventStatus.POSTPONED: "TENTATIVE"}


@page
def calendar(request, language):
    """Everything that is coming up and what was last; `?location=` narrows it to a place and what lies in it."""
    rows, title = occasions.known(request.at, language), request.newsroom.name_in(language)
    if asked := text.tidy(request.GET.get("location", "")):
        place = get_object_or_404(Location.objects.public(request.at).told_in(language), slug=asked)
        rows, title = rows.filter(occasions.at_place(place)), f"{place.told} – {title}"
    rows = with_moments(rows, request.at, [language])
    today = timezone.localtime(request.at).date()
    found = [*occasions.ahead(rows, today, MOST), *occasions.over(rows, today)[:PAST]]
    return answer(request, language, f"{title} – {_('Events')}", found, "events.ics")


@page
def event_calendar(request, language, slug):
    """One event; 404 while nobody knows its day."""
    rows = Event.objects.public(request.at).told_in(language)
    languages = [language, *(code for code in request.newsroom.languages if code != language)]
    row = get_object_or_404(with_moments(rows, request.at, languages), slug=slug)
    if not row.first_day:
        raise Http404
    return answer(request, language, row.told, [row], f"{row.slug}.ics")


def with_moments(rows, at, languages: list[str]):
    """Adds `known_since`: when the oldest live release about each event was first public."""
    oldest = [
        Subquery(
            EditionEvent.objects.filter(visibility.live(at, "edition__"), event=OuterRef("pk"), language=language)
            .order_by("first_public_at", "edition_id")
            .values("first_public_at")[:1]
        )
        for language in languages
    ]
    return rows.annotate(known_since=Coalesce(*oldest) if len(oldest) > 1 else oldest[0])


def answer(request, language: str, title: str, rows: list, file: str) -> HttpResponse:
    """The events as a calendar; it does not say when it was asked for, so that its ETag stays."""
    book = Calendar()
    book.add("prodid", f"-//{host()}//newsroom//{language.upper()}")
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("x-wr-calname", title)
    told = occasions.told(rows, request.at, language)
    texts = {name.event_id: name for name in shown_names(rows, language)}
    for row, occasion in zip(rows, told, strict=True):
        book.add_component(entry(row, occasion, texts.get(row.pk)))
    add_zones(book, rows, request.newsroom.time_zone)
    response = HttpResponse(book.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(file)}"
    return response


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def shown_names(rows: list, language: str):
    """Of each event the name that readers of `language` are shown, with its texts: one query."""
    shown: dict[int, dict] = {}
    for name in EventName.objects.filter(event__in=[row.pk for row in rows], is_alias=False):
        shown.setdefault(name.event_id, {})[name.language] = name
    return [shown_in(names, language) for names in shown.values()]


def add_zones(book: Calendar, rows: list, usual: str) -> None:
    """The rules of the zones the events are told in, for years that follow from the events alone.

    A calendar has to hold something (RFC 5545, 3.4): without any event it is the newsroom's zone.
    """
    timed = [row for row in rows if row.starts_at]
    if timed:
        years = [row.starts_at.year for row in timed]
        returning = any(row.recurs_yearly for row in timed)
        book.add_missing_timezones(date(min(years), 1, 1), date(max(years) + (20 if returning else 2), 1, 1))
    if not rows:
        book.add_component(Timezone.from_tzid(usual, first_date=date(2020, 1, 1), last_date=date(2030, 1, 1)))


def entry(row, occasion, said) -> Entry:
    """One event; its UID never changes, SEQUENCE grows with what becomes of its time, its place and its status."""
    url = absolute(occasion.url)
    stamp = max(filter(None, [row.known_since, row.public_from, row.revised_at])).astimezone(UTC)
    made = Entry()
    made.add("uid", f"{row.pk:x}@{host()}")
    made.add("dtstamp", stamp)
    made.add("last-modified", stamp)
    made.add("sequence", row.sequence)
    made.add("status", STATUS.get(row.status, "CONFIRMED"))
    made.add("summary", f"{occasion.status_label}: {row.told}" if row.status in STATUS else row.told)
    add_time(made, row)
    if occasion.where:
        made.add("location", occasion.where)
    made.add("description", "\n\n".join(filter(None, [*description(row, said), url])))
    made.add("url", url)
    return made


def add_time(made: Entry, row) -> None:
    """Hours in the event's own zone; days as days, which leave the reader free; every year, if it returns."""
    if row.starts_at:
        here = moments.zone(row.time_zone)
        made.add("dtstart", row.starts_at.astimezone(here))
        if row.ends_at:
            made.add("dtend", row.ends_at.astimezone(here))
    else:
        made.add("dtstart", row.first_day)
        made.add("dtend", row.last_day + DAY)
        made.add("transp", "TRANSPARENT")
    if row.recurs_yearly:
        is_leap_day = (row.first_day.month, row.first_day.day) == (2, 29)
        made.add("rrule", {"freq": "yearly", **({"bymonth": 2, "bymonthday": -1} if is_leap_day else {})})


def description(row, said) -> list[str]:
    """What it is, how the press gets in, where to watch."""
    deadline = row.accreditation_deadline
    until = deadline and _("Accreditation until %(time)s") % {"time": times.told(deadline, row.time_zone)}
    ways = ": ".join(filter(None, [until, row.accreditation_url or row.accreditation_email]))
    watch = f"{_('Livestream')}: {row.livestream}" if row.livestream else ""
    return [said.summary if said else "", said.for_press if said else "", ways, watch]
