"""The filters of a list: one address that can be shared and subscribed to."""

import re
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from releases import moments, search, text
from releases.models.edition import Edition
from releases.models.events import Event
from releases.models.people import Spokesperson
from releases.models.places import Location
from releases.models.tags import Tag
from releases.querysets import Cursor
from releases.states import Kind

from . import cards

SUBJECTS = {"location": Location, "event": Event, "spokesperson": Spokesperson, "tag": Tag}
LONGEST = 200
LAST_YEAR = 9998
ONE_DAY = timedelta(days=1)
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Filters:
    """What the address asks for, word by word as it was written; empty words ask for nothing."""

    q: str = ""
    location: str = ""
    event: str = ""
    spokesperson: str = ""
    tag: str = ""
    kind: str = ""
    year: str = ""
    month: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def read(cls, query) -> "Filters":
        """The filters in a request's GET; whatever else is in there is not looked at."""
        return cls(**{field.name: text.tidy(query.get(field.name, ""))[:LONGEST] for field in fields(cls)})

    def __bool__(self):
        return any(self.asked.values())

    @property
    def asked(self) -> dict[str, str]:
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name))}

    def query(self, **more) -> str:
        """The query string of this list, filters in the contract's order, led by `?`; empty without any."""
        asked = {**self.asked, **more}
        return f"?{urlencode(asked)}" if asked else ""

    def without(self, *names: str) -> "Filters":
        return replace(self, **dict.fromkeys(names, ""))


class NothingMatches(Exception):
    """A filter names something that is not there for the public: the list is empty, and does not say why."""


@dataclass(frozen=True)
class Subject:
    """What a filter names: a place, an event, a person or a tag that the public knows."""

    row: object
    name: str


def subjects(filters: Filters, at, language: str) -> dict[str, Subject]:
    """The things the filters name, one query each; raises NothingMatches for what the public does not know."""
    found = {}
    for name, model in SUBJECTS.items():
        if written := getattr(filters, name):
            rows = model.objects.public(at).told_in(language)
            row = rows.filter(slug=written).first() or rows.filter(slug=text.slugify(written) or "-").first()
            if row is None:
                raise NothingMatches
            found[name] = Subject(row, row.told)
    return found


def period(filters: Filters, zone: str, at):
    """The first moment asked for and the first after it, by year and month, by days, or by both; None is unbounded."""
    first, after = _months(filters, zone, at)
    since, until = _day(filters.since), _day(filters.until)
    days = [day for day in (first, since) if day], [day for day in (after, until and until + ONE_DAY) if day]
    start, end = max(days[0], default=None), min(days[1], default=None)
    return start and moments.start_of_day(start, zone), end and moments.start_of_day(end, zone)


def _months(filters: Filters, zone: str, at):
    """The first day of the year or month asked for and the first day after it; a month alone is this year's."""
    if not filters.year and not filters.month:
        return None, None
    year = _number(filters.year, 1, LAST_YEAR) if filters.year else at.astimezone(moments.zone(zone)).year
    if not filters.month:
        return date(year, 1, 1), date(year + 1, 1, 1)
    month = _number(filters.month, 1, 12)
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)


def _day(written: str) -> date | None:
    """A day as ISO 8601 writes it, `2026-11-22`."""
    if not written:
        return None
    try:
        day = date.fromisoformat(written) if DAY.fullmatch(written) else date.max
    except ValueError:
        raise NothingMatches from None
    if day.year > LAST_YEAR:
        raise NothingMatches
    return day


def _number(written: str, lowest: int, highest: int) -> int:
    if not (written.isascii() and written.isdigit() and len(written) <= 4 and lowest <= int(written) <= highest):
        raise NothingMatches
    return int(written)


def editions(filters: Filters, named: dict, request, language: str, *, after=None, rank=None, most=0, window=None):
    """The live editions the filters ask for, newest first; `most` and `rank` as for a search.

    `window` is (first moment, first moment after it) instead of the period of the filters.
    """
    if filters.kind and filters.kind not in Kind.values:
        raise NothingMatches
    start, end = window or period(filters, request.newsroom.time_zone, request.at)
    about = {name: subject.row for name, subject in named.items()}
    found = Edition.objects.listed(request.at, language, kind=filters.kind, start=start, end=end, after=after, **about)
    return search.matching(found, filters.q, language, most=most, rank=rank) if filters.q else found


@dataclass(frozen=True)
class Found:
    """A page of the list, with the filters in words and the parameters that make each.

    `named` is None where a filter names nothing the public knows: then nothing else is worth looking for.
    """

    page: cards.Page
    named: dict[str, Subject] | None
    told: list[tuple[tuple[str, ...], str]]

    @property
    def title(self) -> str:
        """The list's name: what it is filtered by, else simply releases."""
        words = " · ".join(str(label) for _names, label in self.told)
        return _("Releases: %(filters)s") % {"filters": words} if words else _("Releases")


def find(filters: Filters, request, language: str, after: "Cursor | Best | None" = None) -> Found:
    """A page of the list the filters ask for, the best hits first where `after` is a Best.

    Empty where one of the filters names nothing the public knows.
    """
    named: dict[str, Subject] = {}
    try:
        named = subjects(filters, request.at, language)
        if isinstance(after, Best):
            page = best_first(filters, named, request, language, after)
        else:
            found = editions(filters, named, request, language, after=after, most=cards.PAGE + 1)
            page = cards.read(found, language)
    except NothingMatches:
        return Found(cards.Page([], None), None, told(filters, named, request.at))
    return Found(page, named, told(filters, named, request.at))


@dataclass(frozen=True)
class Best:
    """Where a page of the best hits ended: among those of which rank, after which edition (None: at its start)."""

    rank: int = 0
    after: Cursor | None = None

    def __str__(self):
        return f"{self.rank}.{self.after}"

    @classmethod
    def read(cls, written: str) -> "Best":
        """The cursor written as `<rank>.<cursor>`; raises ValueError for anything else."""
        rank, _dot, after = written.partition(".")
        if rank not in map(str, range(len(search.RANKS))):
            raise ValueError("not a rank")
        return cls(int(rank), Cursor.read(after))


def best_first(filters: Filters, named: dict, request, language: str, start: Best) -> cards.Page:
    """A page of hits by rank, the newest of each first: as many lists as there are ranks, one after the other."""
    hits: list[tuple[int, cards.Card]] = []
    for rank in range(start.rank, len(search.RANKS)):
        after, most = start.after if rank == start.rank else None, cards.PAGE + 1 - len(hits)
        if most:
            found = editions(filters, named, request, language, after=after, rank=rank, most=most)
            hits += [(rank, card) for card in cards.read(found, language, most).cards]
    page = hits[: cards.PAGE]
    rank, last = page[-1] if len(hits) > len(page) else (0, None)
    return cards.Page([card for _rank, card in page], last and Best(rank, Cursor(last.published, last.id)))


def told(filters: Filters, named: dict[str, Subject], at) -> list[tuple[tuple[str, ...], str]]:
    """Each filter in force in words, with the names of the parameters that make it."""
    words = [(("q",), _("“%(words)s”") % {"words": filters.q})] if filters.q else []
    words += [((name,), subject.name) for name, subject in named.items()]
    words += [((name,), getattr(filters, name)) for name in SUBJECTS if getattr(filters, name) and name not in named]
    if filters.kind:
        words.append((("kind",), dict(Kind.choices).get(filters.kind, filters.kind)))
    if filters.year or filters.month:
        words.append((("year", "month"), _period_told(filters, at)))
    if filters.since:
        words.append((("since",), _("from %(day)s") % {"day": _day_told(filters.since)}))
    if filters.until:
        words.append((("until",), _("until %(day)s") % {"day": _day_told(filters.until)}))
    return words


def _day_told(written: str) -> str:
    try:
        return date_format(_day(written), "DATE_FORMAT")
    except NothingMatches:
        return written


def _period_told(filters: Filters, at) -> str:
    try:
        year = _number(filters.year, 1, LAST_YEAR) if filters.year else timezone.localtime(at).year
        if not filters.month:
            return str(year)
        return date_format(date(year, _number(filters.month, 1, 12), 1), "YEAR_MONTH_FORMAT")
    except NothingMatches:
        return f"{filters.year} {filters.month}".strip()


def months() -> list[tuple[str, str]]:
    return [(str(number), str(name)) for number, name in MONTHS.items()]
