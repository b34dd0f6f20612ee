"""Zones and instants: what a local time means, and when it means nothing or two things."""

import re
from datetime import UTC, datetime, time, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

_WRITTEN = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)(?:[T ](?P<time>\d\d:\d\d(?::\d\d(?:[.,]\d{1,6})?)?) ?(?P<offset>Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)


class LocalTimeError(ValueError):
    """A local time that is not one instant; `candidates` are the two instants it may mean, earlier first."""

    sentence = ""

    def __init__(self, naive, zone_name, candidates):
        self.naive, self.zone_name, self.candidates = naive, zone_name, candidates
        first, second = (moment.isoformat() for moment in candidates)
        said = naive.strftime("%Y-%m-%d %H:%M")
        super().__init__(format_lazy(self.sentence, time=said, zone=zone_name, first=first, second=second))


class NonExistentTime(LocalTimeError):
    """The clocks jump over this local time."""

    sentence = _("{time} does not exist in {zone}: the clocks jump over it. Write {first} or {second}.")


class AmbiguousTime(LocalTimeError):
    """The clocks show this local time twice."""

    sentence = _("{time} happens twice in {zone}: the clocks go back. Write {first} or {second}.")


@cache
def zone_names():
    """Return the IANA names this machine knows, sorted."""
    return tuple(sorted(available_timezones() - {"localtime", "Factory"}))


@cache
def _known():
    return frozenset(zone_names())


def is_zone(name):
    """Tell whether `name` is an IANA zone."""
    return name in _known()


def zone(name):
    """Return the ZoneInfo called `name`; ValueError with a sentence for anything else."""
    if not is_zone(name):
        raise ValueError(
            format_lazy(_("“{name}” is not a time zone. Write a name such as Europe/Istanbul."), name=name)
        )
    return ZoneInfo(name)


def whole_seconds(moment):
    """Return `moment` without its fraction of a second."""
    return moment.replace(microsecond=0)


def local(moment, zone_name):
    """Return an aware moment in the zone, with that instant's offset written down as a fixed one.

    A fixed offset compares and hashes by the instant, which ZoneInfo does not do in a double hour.
    """
    shown = moment.astimezone(zone(zone_name))
    return shown.replace(tzinfo=timezone(shown.utcoffset()), fold=0)


def _readings(naive, zone_name):
    """Return the instants a naive local time may mean, earlier first, and whether the zone's clocks show it at all."""
    here = zone(zone_name)
    try:
        readings = sorted({naive.replace(tzinfo=here, fold=fold).astimezone(UTC) for fold in (0, 1)})
        shown = [local(reading, zone_name) for reading in readings]
    except OverflowError as error:
        raise ValueError(format_lazy(_("{time} is outside the calendar."), time=naive.isoformat(" "))) from error
    return shown, any(reading.replace(tzinfo=None) == naive for reading in shown)


def resolve(naive, zone_name):
    """Return the aware moment (fixed offset, whole seconds) a naive local time means in the zone.

    Raises NonExistentTime or AmbiguousTime, both with two `candidates`.
    """
    naive = whole_seconds(naive.replace(tzinfo=None, fold=0))
    readings, exists = _readings(naive, zone_name)
    if len(readings) == 1:
        return readings[0]
    raise (AmbiguousTime if exists else NonExistentTime)(naive, zone_name, tuple(readings))


def start_of_day(day, zone_name):
    """Return the first instant of a calendar day in the zone (of the next one, where the zone skipped the day)."""
    midnight = datetime.combine(day, time.min)
    readings, exists = _readings(midnight, zone_name)
    if exists:
        return readings[0]
    before, after = readings[0].astimezone(UTC), readings[1].astimezone(UTC)
    while after - before > timedelta(seconds=1):
        middle = whole_seconds(before + (after - before) / 2)
        if local(middle, zone_name).utcoffset() == readings[1].utcoffset():
            after = middle
        else:
            before = middle
    return local(after, zone_name)


def parse(text, zone_name):
    """Return the aware moment written in a CSV cell, None for an empty one.

    Takes ISO 8601 with an offset, a local date and time of the zone, or a date alone (its first instant).
    Raises ValueError with a sentence, LocalTimeError where the clocks change.
    """
    text = text.strip()
    if not text:
        return None
    found = _WRITTEN.fullmatch(text)
    try:
        naive = datetime.fromisoformat(f"{found['date']}T{(found['time'] or '00:00').replace(',', '.')}")
        offset = found["offset"]
        written = datetime.fromisoformat(f"{naive.isoformat()}{offset.upper()}").astimezone(UTC) if offset else None
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(
            format_lazy(_("“{text}” is not a date and time. Write it like 2026-03-29T14:30:00+03:00."), text=text)
        ) from error
    if written:
        return local(whole_seconds(written), zone_name)
    return resolve(naive, zone_name) if found["time"] else start_of_day(naive, zone_name)


def iso(moment, zone_name):
    """Return `moment` as ISO 8601 with the zone's offset, whole seconds."""
    return whole_seconds(local(moment, zone_name)).isoformat()


def clocks(moment, zones):
    """Return (zone name, local datetime) for each zone."""
    return [(name, moment.astimezone(zone(name))) for name in zones]
