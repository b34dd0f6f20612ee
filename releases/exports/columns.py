"""The one table of columns: what each says of a release, in the order every format keeps."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.encoding import iri_to_uri

from releases import datelines, markup, moments, text
from releases.documents import Document

from . import cells


@dataclass(slots=True, kw_only=True)
class Row:
    """One release as the table tells it. `places` are (name, region, in_dateline), `people` (name, title,
    organisation), `contacts` (name, email, phone); what follows `state` speaks of its public edition."""

    id: int = 0
    translation_of: int | None = None
    language: str
    kind: str
    headline: str
    slug: str
    summary: str
    dateline_raw: str
    release_at: datetime | None
    time_zone: str
    body: str
    notes_to_editors: str
    source: str
    source_id: str
    source_url: str
    places: list[tuple[str, str, bool]]
    events: list[str]
    people: list[tuple[str, str, str]]
    tags: list[str]
    contacts: list[tuple[str, str, str]]
    state: str = ""
    first_public_at: datetime | None = None
    changed_at: datetime | None = None
    edition: int | None = None
    address: str = ""


def row_of(document: Document) -> Row:
    """The row of a document, without what only the archive knows of it (number, state, editions)."""
    same = (
        *("translation_of", "language", "kind", "headline", "slug", "summary", "dateline_raw", "release_at"),
        *("time_zone", "body", "notes_to_editors", "source", "source_id", "source_url"),
    )
    return Row(
        **{name: getattr(document, name) for name in same},
        places=[(place.name, place.region, place.in_dateline) for place in document.places],
        events=[event.name for event in document.events],
        people=[(quote.name, quote.title, quote.organisation) for quote in document.quotes],
        tags=list(document.tags),
        contacts=[(contact.name, contact.email, contact.phone) for contact in document.contacts],
    )


@dataclass(frozen=True)
class Column:
    name: str
    tell: Callable[[Row], str]


def _own(name: str) -> Column:
    return Column(name, lambda row: getattr(row, name))


def _number(name: str) -> Column:
    return Column(name, lambda row: str(getattr(row, name) or ""))


def _moment(name: str, attribute: str) -> Column:
    def tell(row):
        moment = getattr(row, attribute)
        return moments.iso(moment, row.time_zone) if moment else ""

    return Column(name, tell)


def _dateline(row: Row) -> str:
    """What the file said as long as it still names the places of the dateline, else those places."""
    said = [(name, region) for name, region, in_dateline in row.places if in_dateline]
    if not said or (row.dateline_raw and _names_exactly(row.dateline_raw, said)):
        return row.dateline_raw
    return datelines.with_dash(datelines.render(said, row.language), row.language)


def _names_exactly(raw: str, places: list[tuple[str, str]]) -> bool:
    found, left = named(raw, places)
    return len(found) == len(places) and left == "/"


def named(raw: str, places: list[tuple[str, str]]) -> tuple[set[int], str]:
    """Which of the (name, region) pairs the dateline names, by position, and what is left of it (`/`: nothing).

    Longer names go first, so that “Lesvos/Mytilene” as one place is not taken for two.
    """
    left, found = f"/{folded(bare(raw))}/", set()
    for _length, at, pattern in sorted(_patterns(places)):
        if at not in found and (match := re.search(f"/{pattern}/", left)):
            left = f"{left[: match.start()]}/{left[match.end() :]}"
            found.add(at)
    return found, left


def _patterns(places: list[tuple[str, str]]):
    """How each place may be told in a dateline, folded; one without a region also with any region, if need be."""
    for at, (name, region) in enumerate(places):
        for told in {name, f"{name}, {region}"} if region else {name}:
            yield -len(told), at, re.escape(folded(told))
        if not region:
            yield 1, at, f"{re.escape(folded(name))}, [^/]+"


def bare(raw: str) -> str:
    """A dateline without its dash."""
    return raw.removesuffix(datelines.split(raw).ending)


def folded(told: str) -> str:
    """Places as they are compared, `ankara/athens`."""
    return "/".join(map(text.fold, told.replace("،", ",").split("/")))


def _url(row: Row) -> str:
    return iri_to_uri(f"{settings.SITE_URL}{row.address}") if row.address else ""


COLUMNS = (
    _number("id"),
    _number("translation_of"),
    _own("language"),
    _own("kind"),
    _own("state"),
    _own("headline"),
    _own("slug"),
    _own("summary"),
    Column("dateline", _dateline),
    Column("locations", lambda row: cells.join(cells.tell_place(name, region) for name, region, _ in row.places)),
    Column("events", lambda row: cells.join(row.events)),
    Column("spokespersons", lambda row: cells.join(cells.tell_person(*person) for person in row.people)),
    Column("tags", lambda row: cells.join(row.tags)),
    Column("contacts", lambda row: cells.join(cells.tell_contact(*contact) for contact in row.contacts)),
    _moment("release_at", "release_at"),
    _own("time_zone"),
    _moment("first_published_at", "first_public_at"),
    _moment("updated_at", "changed_at"),
    _number("edition"),
    Column("url", _url),
    Column("body_html", lambda row: row.body),
    Column("body_text", lambda row: markup.canonical_to_text(row.body)),
    _own("notes_to_editors"),
    _own("source"),
    _own("source_id"),
    _own("source_url"),
)
NAMES = tuple(column.name for column in COLUMNS)


def tell(row: Row) -> list[str]:
    """Every cell of the row, in the order of `COLUMNS`."""
    return [column.tell(row) for column in COLUMNS]
