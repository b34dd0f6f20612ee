"""The list of releases with its search, and the archive by years and months."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import chain, zip_longest

from django.db import connection
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from releases import moments
from releases.models.edition import Edition
from releases.states import Kind

from . import cards, filters, hits
from .caching import page
from .filters import Best, Filters, Found
from .subjects import cursor

IN_THE_FORM = ("q", "kind", "year", "month", "since", "until")


@page
def releases(request, language):
    """The list: by words, place, event, person, tag, kind and time; newest first, or the best hits."""
    asked = Filters.read(request.GET)
    best = bool(asked.q) and request.GET.get("sort") == "relevance"
    after = best_after(request) if best else cursor(request)
    found = filters.find(asked, request, language, after)
    here, order = reverse("releases", args=[language]), {"sort": "relevance"} if best else {}
    is_first = not request.GET.get("after")
    context = {
        "title": found.title,
        "is_filtered": bool(asked or not is_first),
        "days": cards.by_day(hits.in_context(found.page.cards, asked.q)) if asked.q else found.page.days,
        "wire_title": wire_title(asked, best),
        "asked": asked,
        "words": asked.q,
        "chosen": [{"label": label, "url": here + without(asked, names, order)} for names, label in found.told],
        "kept": {**asked.without(*IN_THE_FORM).asked, **order}.items(),
        "kinds": Kind.choices,
        "years": years(request, language),
        "months": filters.months(),
        "may_come": not (asked.year or asked.month or asked.until),
        "feed": reverse("rss", args=[language]) + asked.query(),
        "older": here + asked.query(**order, after=found.page.after) if found.page.after else "",
        "newest": "" if is_first else here + asked.query(**order),
        **(of_a_search(asked, found, best, request, language) if asked.q else around(asked, found, request, language)),
    }
    return render(request, "releases/list.html", context)


def best_after(request) -> Best:
    """Where the page of best hits before ended; a cursor that nobody gave out is an address that does not exist."""
    written = request.GET.get("after", "")
    try:
        return Best.read(written) if written else Best()
    except (ValueError, OverflowError):
        raise Http404 from None


def without(asked: Filters, names, order: dict) -> str:
    left = asked.without(*names)
    return left.query(**order if left.q else {})


def wire_title(asked: Filters, best: bool) -> str:
    if best:
        return _("Search results, best match first")
    return _("Search results, newest first") if asked.q else _("Newest first")


def of_a_search(asked: Filters, found: Found, best: bool, request, language: str) -> dict:
    """What a search shows besides its hits: how many, in the other order, what bears the name, what may be meant."""
    here, shown = reverse("releases", args=[language]), len(found.page.cards)
    if request.GET.get("after"):
        return {}
    return {
        "hits": hits_told(shown, bool(found.page.after)) if shown else "",
        "orders": [
            {"label": _("Newest first"), "url": here + asked.query(), "current": not best},
            {"label": _("Best match first"), "url": here + asked.query(sort="relevance"), "current": best},
        ],
        "names": hits.names(asked.q, request, language),
        "suggestions": hits.suggestions(asked, found, request, language),
    }


def hits_told(shown: int, more: bool) -> str:
    """How many releases were found, told by what the page shows: counting further would cost, and might betray."""
    if more:
        return ngettext("More than %(count)d release", "More than %(count)d releases", shown) % {"count": shown}
    return ngettext("%(count)d release", "%(count)d releases", shown) % {"count": shown}


def around(asked: Filters, found: Found, request, language: str) -> dict:
    """The nearest month (or year) before and after the one shown that has something of the same list: two queries."""
    if found.named is None or not asked.year or asked.since or asked.until:
        return {}
    start, end = filters.period(asked, request.newsroom.time_zone, request.at)
    rows = partial(filters.editions, asked.without("year", "month"), found.named, request, language)
    ends = {"earlier": rows(window=(None, start)), "later": rows(window=(end, None)).reverse()}
    nearest = {name: row.values_list("first_public_at", flat=True).first() for name, row in ends.items()}
    return {name: period_link(asked, moment, language) for name, moment in nearest.items() if moment}


def period_link(asked: Filters, moment: datetime, language: str) -> dict:
    day = timezone.localtime(moment).date()
    other = replace(asked, year=str(day.year), month=str(day.month) if asked.month else "")
    label = date_format(day, "YEAR_MONTH_FORMAT") if asked.month else str(day.year)
    return {"label": label, "url": reverse("releases", args=[language]) + other.query()}


def years(request, language: str) -> list[str]:
    """From this year back to that of the first live release: one query."""
    this_year, first = timezone.localtime(request.at).year, first_day(request, language).year
    return [str(year) for year in range(this_year, first - 1, -1)]


def first_day(request, language: str) -> date:
    """The day of the first live release, today without any."""
    listed = Edition.objects.listed(request.at, language)
    oldest = listed.reverse().values_list("first_public_at", flat=True).first()
    return timezone.localtime(oldest or request.at).date()


@dataclass(frozen=True)
class Month:
    label: str
    url: str


@dataclass(frozen=True)
class Year:
    """A year of the archive: its months, without an address where nothing of them is public."""

    label: str
    url: str
    months: list[Month]


@page
def archive(request, language):
    """Every year and month of which something is public: two queries, the second one looks once for each month."""
    zone, last = request.newsroom.time_zone, timezone.localtime(request.at).date()
    first = first_day(request, language)
    every = [date(year, month, 1) for year in range(last.year, first.year - 1, -1) for month in range(1, 13)]
    starts = {month: moments.start_of_day(month, zone) for month in [*every, date(last.year + 1, 1, 1)]}
    shown = public_months(request.at, language, [(starts[month], starts[following(month)]) for month in every])
    here = reverse("releases", args=[language])
    told = [
        Month(str(MONTHS[month.month]), f"{here}?year={month.year}&month={month.month}" if is_shown else "")
        for month, is_shown in zip(every, shown, strict=True)
    ]
    years = [
        Year(str(every[at].year), f"{here}?year={every[at].year}", told[at : at + 12])
        for at in range(0, len(told), 12)
    ]
    context = {"years": [year for year in years if any(month.url for month in year.months)]}
    return render(request, "releases/archive.html", context)


def following(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def public_months(at, language: str, periods: list[tuple[datetime, datetime]]) -> list[bool]:
    """Whether a live edition was first public in each of the periods: one statement with one plan for all of them."""
    marks = datetime(1900, 1, 1, tzinfo=UTC), datetime(1900, 1, 2, tzinfo=UTC)
    one = Edition.objects.listed(at, language, start=marks[0], end=marks[1]).order_by().values("pk")[:1]
    sql, written = one.query.sql_with_params()
    written_as = connection.ops.adapt_datetimefield_value
    columns = {written_as(mark): f"period.column{number}" for number, mark in enumerate(marks, 2)}
    places = [columns.get(value, "%s") for value in written]
    exists = "".join(chain.from_iterable(zip_longest(sql.split("%s"), places, fillvalue="")))
    rows = [(number, *map(written_as, period)) for number, period in enumerate(periods)]
    values = ", ".join(["(%s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS ({exists}) FROM (VALUES {values}) period ORDER BY period.column1",
            [*(value for value in written if value not in columns), *chain.from_iterable(rows)],
        )
        return [bool(shown) for (shown,) in cursor.fetchall()]
