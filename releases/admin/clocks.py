"""Moments as the desk tells them: the hour in a named zone, with UTC beside it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.formats import date_format

from releases import moments

USUAL_ZONE = "UTC"


@dataclass(frozen=True)
class Clock:
    """One instant on two clocks."""

    moment: datetime
    zone: str

    @property
    def local(self) -> str:
        return told(self.moment, self.zone)

    @property
    def utc(self) -> str:
        return told(self.moment, USUAL_ZONE)

    @property
    def iso(self) -> str:
        return moments.local(self.moment, self.zone).isoformat()

    def __str__(self):
        return f"{self.local} ({self.zone})"


def clock(moment: datetime | None, zone: str) -> Clock | None:
    """The clock of a moment in `zone`, or in UTC where the zone is unknown; None for no moment."""
    if moment is None:
        return None
    return Clock(moment.astimezone(UTC), zone if moments.is_zone(zone) else USUAL_ZONE)


def told(moment: datetime, zone: str) -> str:
    """`22 November 2026, 19:00`, seconds only where there are some."""
    shown = moments.local(moment, zone)
    return date_format(shown, "j F Y, H:i:s" if shown.second else "j F Y, H:i")
