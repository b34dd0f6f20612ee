"""Events: what is coming up, what is over, and a page of each with everything an editor on duty wants to know."""

from urllib.parse import urlsplit

from django.db.models import Q, prefetch_related_objects
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from releases import moments, text
from releases.models.edition import Edition
from releases.models.events import Event
from releases.models.places import Location
from releases.states import Attendance, EventStatus

from . import occasions, reading, times
from .caching import page
from .contacts import Caller, site_contacts
from .subjects import Fact, Link, joined, links, one, subject

AHEAD = 100
PAST = 40


@page
def events(request, language):
    """What is coming up, and page by page what was; `?after=` goes on after an event that is over."""
    today, rows = timezone.localtime(request.at).date(), occasions.known(request.at, language)
    past, after = occasions.over(rows, today), text.tidy(request.GET.get("after", ""))
    if after:
        last = get_object_or_404(past, slug=after)
        past = past.filter(Q(last_day__lt=last.last_day) | Q(last_day=last.last_day, id__lt=last.id))
    found = list(past[: PAST + 1])
    coming = [] if after else occasions.ahead(rows, today, AHEAD)
    undated = [] if after else list(rows.filter(first_day=None).order_by("slug")[:PAST])
    told = occasions.told([*coming, *undated, *found[:PAST]], request.at, language)
    here = reverse("events", args=[language])
    context = {
        "ahead": told[: len(coming)],
        "undated": told[len(coming) : len(coming) + len(undated)],
        "past": told[len(coming) + len(undated) :],
        "calendar": reverse("calendar", args=[language]),
        "older": f"{here}?after={found[PAST - 1].slug}" if len(found) > PAST else "",
        "newest": here if after else "",
    }
    return render(request, "releases/events.html", context)


@page
def event(request, language, slug):
    """An event: what became of it, when, where, how the press gets in, whom to call, the releases about it."""
    row = one(Event, request, language, slug)
    prefetch_related_objects([row], "names")
    said, there = row.name_row(language), place_of(row, request.at, language)
    return subject(
        request,
        language,
        "event",
        row,
        template="releases/event.html",
        subject_label=_("Invitation to the press") if row.is_invitation else _("Event"),
        summary=said.summary if said else "",
        said_in=said.language if said else language,
        said_direction=text.direction(said.language if said else language),
        became=became(row),
        facts=list(filter(None, known_of(row, request, there))),
        place_name=joined(*(place.name for place in there)),
        when_label=_("Was planned for") if row.status == EventStatus.POSTPONED else _("When"),
        when=times.event_told(row) or _("Not known yet"),
        starts=row.starts_at,
        watch=row.livestream,
        press=press(row, said, request.at),
        contacts=whom_to_call(request, language, row),
        calendar=reverse("event_calendar", args=[language, slug]) if row.first_day else "",
    )


def became(row) -> dict | None:
    """What became of the date of an event, in a word and a sentence; None while it is as planned."""
    former = times.start_told(row.formerly_at, row.formerly_on, row.time_zone)
    sentences = {
        EventStatus.CANCELLED: _("This event does not take place."),
        EventStatus.POSTPONED: _(
            "It does not take place on the day it was planned for. A new date will be told here."
        ),
        EventStatus.RESCHEDULED: _("It was planned for %(day)s before.") % {"day": former} if former else "",
    }
    if row.status not in sentences:
        return None
    return {"word": EventStatus(row.status).label, "sentence": sentences[row.status]}


def known_of(row, request, there: tuple[Link, ...]) -> list[Fact]:
    """When and where an event is; what is not known stays empty."""
    return [
        Fact(_("Next time"), next_time(row, request.at)),
        Fact(_("Newsroom’s time"), elsewhere_told(row, request.newsroom.time_zone)),
        Fact(_("How"), str(Attendance(row.attendance).label) if row.attendance != Attendance.IN_PERSON else ""),
        Fact(_("Venue"), row.venue),
        Fact(_("Location"), links=there),
        Fact(_("More"), links=(Link(urlsplit(row.url).hostname or row.url, row.url),) if row.url else ()),
    ]


def next_time(row, at) -> str:
    """The next return of what comes every year."""
    if not (row.recurs_yearly and row.first_day):
        return ""
    return times.days_told(*occasions.days(row, timezone.localtime(at).date()))


def elsewhere_told(row, zone: str) -> str:
    """The hours of an event on the newsroom's clocks, where these show others than the event's."""
    if not row.starts_at:
        return ""
    here, there = (row.starts_at.astimezone(moments.zone(name)).utcoffset() for name in (zone, row.time_zone))
    if here == there:
        return ""
    return times.hours_told(row.starts_at, row.ends_at, zone)


def place_of(row, at, language: str) -> tuple[Link, ...]:
    """Where an event takes place; led to only if releases are told from there."""
    if not row.location_id:
        return ()
    here = Location.objects.told_in(language).filter(pk=row.location_id)
    return links("location", language, here.public(at)) or tuple(Link(place.told, "") for place in here)


def press(row, said, at) -> dict | None:
    """How journalists get in; None where nothing is said of it."""
    deadline = row.accreditation_deadline
    found = {
        "deadline": deadline and times.told(deadline, row.time_zone),
        "deadline_at": deadline,
        "has_passed": bool(deadline and deadline < at),
        "form": row.accreditation_url,
        "email": row.accreditation_email,
        "words": said.for_press if said else "",
    }
    return {**found, "is_invited": row.is_invitation} if row.is_invitation or any(found.values()) else None


def whom_to_call(request, language: str, row) -> list[Caller]:
    """The contacts of the newest release about an event, told in it; else those of the site."""
    newest = Edition.objects.listed(request.at, language, event=row).withholding(request.at).first()
    named = reading.document(newest, request.at).contacts if newest else ()
    return [Caller.of(contact) for contact in named] or site_contacts(request.newsroom, language)
