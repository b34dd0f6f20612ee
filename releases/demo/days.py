"""Days of the demonstration, counted from the day it is loaded, so that it is always fresh."""

import re
from datetime import date, datetime, timedelta

from django.utils import dateformat, translation

from releases import moments, text

ZONE = "Europe/Istanbul"
PLACEHOLDER = re.compile(r"\[\[([^\]]+)\]\]")
TOLD = {"tr": "j F l"}
USUALLY_TOLD = "l j F"


def day(written: str, today: date) -> date:
    """The day written as `2019-11-27`, `last 07-30`, `-3d` (days from today) or `+7b` (working days from today)."""
    if written.startswith("last "):
        return last_time(written.removeprefix("last "), today)
    if written[-1] == "d":
        return today + timedelta(days=int(written[:-1]))
    if written[-1] == "b":
        return working_day(int(written[:-1]), today)
    return date.fromisoformat(written)


def last_time(month_and_day: str, today: date) -> date:
    """The latest `07-30` that is over."""
    this_year = date.fromisoformat(f"{today.year}-{month_and_day}")
    return this_year if this_year < today else this_year.replace(year=today.year - 1)


def next_time(month_and_day: str, today: date) -> date:
    """The first `12-18` that is not over."""
    this_year = date.fromisoformat(f"{today.year}-{month_and_day}")
    return this_year if this_year >= today else this_year.replace(year=today.year + 1)


def working_day(count: int, today: date) -> date:
    """The day `count` days on (back, if negative), Saturdays and Sundays not counted."""
    found, step = today, 1 if count > 0 else -1
    while count:
        found += timedelta(days=step)
        count -= step if found.weekday() < 5 else 0
    return found


def moment(written: str, today: date) -> datetime | None:
    """The instant written as a day and an hour in Türkiye, `-1d 10:30`; None for nothing."""
    if not written:
        return None
    when, _, hour = written.rpartition(" ")
    return moments.resolve(datetime.fromisoformat(f"{day(when, today)}T{hour}"), ZONE)


def told(words: str, language: str, today: date) -> str:
    """`words` with every `[[+7b]]` told as a date of the language: Tuesday 1 December, 1 Aralık Salı."""
    form = TOLD.get(text.base(language), USUALLY_TOLD)
    with translation.override(language):
        return PLACEHOLDER.sub(lambda found: dateformat.format(day(found[1], today), form), words)
