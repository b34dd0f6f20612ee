"""Events: what is coming up, what is over, and a page of each."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.db.models import F, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from releases import moments
from releases.models.events import Event
from releases.models.places import Location
from releases.states import EventStatus

from . import times
from .caching import page
from .subjects import INDEX, Fact, Link, joined, links, one, subject


@dataclass(frozen=True)
class Occasion:
    """An event as readers are told of it; `day` is its first day, or the next one if it comes every year."""

    name: str
    url: str
    when: str
    where: str
    status: str
    day: date | None
    last_day: date | None

    @property
    def is_off(self) -> bool:
        """Whether it is not simply as planned."""
        return self.status != EventStatus.PLANNED

    @property
    def status_label(self):
        return EventStatus(self.status).label


def occasions(at, language: str, narrowed: Q | None = None) -> list[Occasion]:
    """The events that live releases in `language` are about, the latest ones if they are too many: two queries."""
    latest = F("starts_at").desc(nulls_last=True), F("starts_on").desc(nulls_last=True)
    rows = Event.objects.public(at, language).told_in(language).filter(narrowed or Q())
    rows = list(rows.order_by(*latest)[: 4 * INDEX])
    places = Location.objects.told_in(language).filter(pk__in={row.location_id for row in rows if row.location_id})
    named = {place.pk: place.told for place in places}
    today = timezone.localtime(at).date()
    return [occasion(row, named.get(row.location_id, ""), today, language) for row in rows]


def not_over(at) -> Q:
    """Events that may still be coming up, a day of slack for the zones."""
    day = at - timedelta(days=1)
    hours = Q(starts_at__gte=day) | Q(ends_at__gte=day)
    return hours | Q(starts_on__gte=day.date()) | Q(ends_on__gte=day.date()) | Q(recurs_yearly=True)


def occasion(row, place: str, today: date, language: str) -> Occasion:
    first, last = days(row, today)
    return Occasion(
        name=row.told,
        url=reverse("event", args=[language, row.slug]),
        when=times.event_told(row),
        where=joined(row.venue, place),
        status=row.status,
        day=first,
        last_day=last,
    )


def days(row, today: date) -> tuple[date | None, date | None]:
    """The first and last day of an event where it takes place; of its next return, if it comes every year."""
    if row.starts_at:
        here = moments.zone(row.time_zone)
        return row.starts_at.astimezone(here).date(), (row.ends_at or row.starts_at).astimezone(here).date()
    first, last = row.starts_on, row.ends_on or row.starts_on
    if first and row.recurs_yearly:
        length, first = last - first, next_return(first, today)
        return first, first + length
    return first, last


def next_return(day: date, today: date) -> date:
    """The next time a day of the year comes round, today included; 29 February is kept on the 28th in other years."""
    for year in (today.year, today.year + 1):
        try:
            returned = day.replace(year=year)
        except ValueError:
            returned = day.replace(year=year, day=28)
        if returned >= today:
            return returned
    return day


def ahead(found: list[Occasion], today: date) -> list[Occasion]:
    """Those that are not over, the next one first."""
    return sorted((one for one in found if one.day and one.last_day >= today), key=lambda one: (one.day, one.name))


def behind(found: list[Occasion], today: date) -> list[Occasion]:
    """Those that are over, the last one first, and those without a date after them."""
    over = [one for one in found if not one.day or one.last_day < today]
    return sorted(over, key=lambda one: (one.day or date.min, one.name), reverse=True)


@page
def events(request, language):
    """What is coming up and what was."""
    found = occasions(request.at, language)
    today = timezone.localtime(request.at).date()
    context = {"ahead": ahead(found, today), "past": behind(found, today)[:INDEX]}
    return render(request, "releases/events.html", context)


@page
def event(request, language, slug):
    """An event and the releases about it."""
    row = one(Event, request, language, slug)
    status = EventStatus(row.status).label if row.status != EventStatus.PLANNED else ""
    places = place_of(row, request.at, language)
    context = {
        "subject_label": _("Event"),
        "status": status,
        "facts": [fact for fact in known_of(row, places) if fact.words or fact.links],
        "place_name": joined(*(place.name for place in places)),
    }
    return subject(request, language, "event", row, **context)


def known_of(row, places: tuple[Link, ...]) -> list[Fact]:
    """When and where an event is, and how the press gets in; what is not known stays empty."""
    deadline = row.accreditation_deadline
    return [
        Fact(_("When"), times.event_told(row)),
        Fact(_("Venue"), row.venue),
        Fact(_("Location"), links=places),
        Fact(_("Press"), _("Journalists are invited") if row.is_invitation else ""),
        Fact(_("Accreditation until"), times.told(deadline, row.time_zone) if deadline else ""),
        Fact(_("More"), links=(Link(urlsplit(row.url).hostname or row.url, row.url),) if row.url else ()),
    ]


def place_of(row, at, language: str) -> tuple[Link, ...]:
    """Where an event takes place; led to only if releases are told from there."""
    here = Location.objects.told_in(language).filter(pk=row.location_id)
    return links("location", language, here.public(at)) or tuple(Link(place.told, "") for place in here)
