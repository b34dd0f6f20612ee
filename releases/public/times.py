"""Moments and days in words: with the zone named, in the language of the page."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from releases import moments


def zone_told(zone: str, at: datetime) -> str:
    """`Europe/Istanbul, UTC+3`: the zone and how far it is from UTC at that moment, never broken between lines."""
    offset = at.astimezone(moments.zone(zone)).utcoffset()
    sign, minutes = ("−", -offset) if offset < timedelta(0) else ("+", offset)
    hours, minutes = divmod(minutes // timedelta(minutes=1), 60)
    distance = f"{sign}{hours}:{minutes:02}" if minutes else f"{sign}{hours}" if hours else ""
    return isolated(f"{zone},\N{NO-BREAK SPACE}UTC{distance}")


def isolated(latin: str) -> str:
    """Left-to-right words that keep their order inside a right-to-left line."""
    return f"\N{LEFT-TO-RIGHT ISOLATE}{latin}\N{POP DIRECTIONAL ISOLATE}" if get_language_bidi() else latin


def told(moment: datetime, zone: str) -> str:
    """`26 November 2026, 14:30 (Europe/Istanbul, UTC+3)`."""
    local = timezone.localtime(moment, moments.zone(zone))
    return f"{date_format(local, 'DATETIME_FORMAT')} ({zone_told(zone, moment)})"


def start_told(moment: datetime | None, day: date | None, zone: str) -> str:
    """An hour with its zone, or a day; empty without either."""
    if moment:
        return told(moment, zone)
    return date_format(day, "DATE_FORMAT") if day else ""


def days_told(first: date, last: date | None) -> str:
    """`26 November 2019` or `26 November – 2 December 2019`."""
    if not last or last == first:
        return date_format(first, "DATE_FORMAT")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_format(last, 'DATE_FORMAT')}"
    start = date_format(first, "MONTH_DAY_FORMAT" if first.year == last.year else "DATE_FORMAT")
    return f"{start} – {date_format(last, 'DATE_FORMAT')}"


def hours_told(first: datetime, last: datetime | None, zone: str) -> str:
    """`26 November 2026, 11:00–13:30 (Europe/Istanbul, UTC+3)`."""
    here = moments.zone(zone)
    start = timezone.localtime(first, here)
    words = date_format(start, "DATETIME_FORMAT")
    if last:
        end = timezone.localtime(last, here)
        words += f"–{date_format(end, 'TIME_FORMAT')}" if end.date() == start.date() else ""
        words += f" – {date_format(end, 'DATETIME_FORMAT')}" if end.date() != start.date() else ""
    return f"{words} ({zone_told(zone, first)})"


def event_told(event) -> str:
    """When an event is: hours with their zone, days, or the day of every year; empty while nobody knows."""
    if event.starts_at:
        return hours_told(event.starts_at, event.ends_at, event.time_zone)
    if not event.starts_on:
        return ""
    if getattr(event, "recurs_yearly", False):
        return _("%(day)s, every year") % {"day": date_format(event.starts_on, "MONTH_DAY_FORMAT")}
    return days_told(event.starts_on, event.ends_on)
