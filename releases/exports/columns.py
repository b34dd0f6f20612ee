"""The one table of columns: what each says of a release, in the order every format keeps."""

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
    parts = sum(name.count("/") + region.count("/") + 1 for name, region in places)
    return _said(raw).count("/") == parts + 1 and all(names(raw, name, region) for name, region in places)


def names(raw: str, name: str, region: str = "") -> bool:
    """Whether the dateline `raw` names the place, with its region or without."""
    said, alone = _said(raw), _folded(name)
    told = (alone, _folded(f"{name}, {region}"), _folded(f"{name}، {region}"))
    return any(f"/{place}/" in said for place in told) or (not region and f"/{alone}, " in said)


def _said(raw: str) -> str:
    """A dateline as it is compared: `/ankara/athens/`."""
    return f"/{_folded(raw.removesuffix(datelines.split(raw).ending))}/"


def _folded(told: str) -> str:
    return "/".join(map(text.fold, told.split("/")))


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
    Column("body_text", lambda row: markup.html_to_text(row.body)),
    _own("notes_to_editors"),
    _own("source"),
    _own("source_id"),
    _own("source_url"),
)
NAMES = tuple(column.name for column in COLUMNS)


def tell(row: Row) -> list[str]:
    """Every cell of the row, in the order of `COLUMNS`."""
    return [column.tell(row) for column in COLUMNS]
