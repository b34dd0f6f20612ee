"""Events as lists tell them: what is coming up, what runs, what is over. Every question is bounded."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from releases.models.events import Event
from releases.models.places import Location
from releases.states import Attendance, EventStatus

from . import times
from .subjects import INDEX, joined


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
    is_invitation: bool = False
    attendance: str = Attendance.IN_PERSON

    @property
    def is_off(self) -> bool:
        """Whether it is not simply as planned."""
        return self.status != EventStatus.PLANNED

    @property
    def status_label(self):
        return EventStatus(self.status).label

    @property
    def attendance_label(self):
        """How to take part, where that is not simply going there."""
        return "" if self.attendance == Attendance.IN_PERSON else Attendance(self.attendance).label


def known(at, language: str):
    """The events that live releases in `language` are about, told in it."""
    return Event.objects.public(at, language).told_in(language)


def ahead(rows, today: date, most: int) -> list:
    """Of some events those that are not over, in the order of their days: two queries, along the index of days."""
    dated = rows.filter(recurs_yearly=False, first_day__gte=today).order_by("first_day", "id")[:most]
    running = Q(first_day__lt=today, last_day__gte=today) | Q(recurs_yearly=True, first_day__isnull=False)
    others = rows.filter(running).order_by("-first_day", "id")[:INDEX]
    return sorted([*dated, *others], key=lambda row: (days(row, today), row.told))[:most]


def over(rows, today: date):
    """Of some events those that are over, the last one first."""
    return rows.filter(recurs_yearly=False, last_day__lt=today).order_by("-last_day", "-id")


def upcoming(at, language: str, most: int) -> list[Occasion]:
    """What is coming up, the next one first: three queries."""
    return told(ahead(known(at, language), timezone.localtime(at).date(), most), at, language)


def at_place(row) -> Q:
    """Events at a place, or at one that lies in it, or in one of those."""
    return Q(location=row) | Q(location__parent=row) | Q(location__parent__parent=row)


def there(at, language: str, place, most: int) -> list[Occasion]:
    """What is coming up at a place, then what was last: three queries, four where there is something to tell."""
    today, rows = timezone.localtime(at).date(), known(at, language).filter(at_place(place))
    coming = ahead(rows, today, most)
    return told([*coming, *over(rows, today)[: most - len(coming)]], at, language)


def told(rows: list, at, language: str) -> list[Occasion]:
    """Rows as readers are told of them: one query for the names of their places."""
    wanted = {row.location_id for row in rows} - {None}
    places = Location.objects.told_in(language).filter(pk__in=wanted) if wanted else ()
    named = {place.pk: place.told for place in places}
    today = timezone.localtime(at).date()
    return [occasion(row, named.get(row.location_id, ""), today, language) for row in rows]


def occasion(row, place: str, today: date, language: str) -> Occasion:
    first, last = days(row, today) if row.first_day else (None, None)
    return Occasion(
        name=row.told,
        url=reverse("event", args=[language, row.slug]),
        when=times.event_told(row),
        where=joined(row.venue, place),
        status=row.status,
        day=first,
        last_day=last,
        is_invitation=row.is_invitation,
        attendance=row.attendance,
    )


def days(row, today: date) -> tuple[date, date]:
    """The first and last day of an event where it takes place; of its next return, if it comes every year."""
    if not row.recurs_yearly:
        return row.first_day, row.last_day
    length = row.last_day - row.first_day
    first = next_return(row.first_day, today - length)
    return first, first + length


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
