"""From the cells of a record to the document it asks for, with every reason why not. Pure.

`current` is what the release says now, None for a new one. A column that is missing leaves its field alone, one that
is there and empty clears it, and a cell that says what export would say leaves the field alone to the letter.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from pydantic import ValidationError

from releases import datelines, markup, moments
from releases.documents import Document, Happening, Place, PressContact, Quotation
from releases.exports import cells, columns
from releases.states import Kind, Standing
from releases.text import tidy

from .records import Problem, Record

LARGEST_NUMBER = 2**53 - 1
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
SHORTENED = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+")
TAG = re.compile(r"<[a-zA-Z/!]")
LONGEST = {"locations": 200, "events": 200, "spokespersons": 200, "tags": 100, "contacts": 200}


@dataclass(frozen=True)
class Defaults:
    """What counts where a record says nothing, and the languages the newsroom offers."""

    language: str = "en"
    time_zone: str = "Europe/Istanbul"
    languages: tuple[str, ...] = ()


@dataclass
class Reading:
    """What a record asks for: a document (whole even where parts were refused), reasons, warnings."""

    record: Record
    current: Document | None
    defaults: Defaults
    identify: Callable[[str, object, str], int | None]
    fields: dict = field(default_factory=dict)
    reasons: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    document: Document | None = None
    published_at: datetime | None = None
    told: dict[str, str] = field(default_factory=dict)

    def cell(self, column: str) -> str | None:
        return self.record.cells.get(column)

    def unchanged(self, column: str) -> bool:
        """Whether the cell says what the release says already."""
        cell = self.cell(column)
        return cell is not None and column in self.told and _normal(cell) == _normal(self.told[column])

    def refuse(self, column: str, sentence: object) -> None:
        self.reasons.append(Problem(column, str(sentence)))

    def now(self, name: str, otherwise):
        return getattr(self.current, name) if self.current else otherwise


def _normal(cell: str) -> str:
    return cell.replace("\r\n", "\n").strip()


def number(cell: str | None) -> int | None:
    """The number in an `id` or `translation_of` cell; raises ValueError with a sentence."""
    cell = (cell or "").strip()
    if not cell:
        return None
    if SHORTENED.fullmatch(cell):
        raise ValueError(_("A spreadsheet has shortened this number to “%s”. Take it from the original file.") % cell)
    if not (cell.isascii() and cell.isdigit() and 0 < int(cell[:20]) <= LARGEST_NUMBER):
        raise ValueError(_("“%s” is not a number of a release.") % cell[:40])
    return int(cell)


def read(record: Record, current: Document | None, defaults: Defaults, identify) -> Reading:
    """Everything the record says. `identify(column, thing, language)` is the id of a thing already known, or None."""
    reading = Reading(record, current, defaults, identify)
    reading.reasons += record.problems
    reading.warnings += record.warnings
    if current:
        reading.told = dict(zip(columns.NAMES, columns.tell(columns.row_of(current)), strict=True))
    for column, reader in READERS:
        try:
            reader(reading, column)
        except ValidationError as error:
            reading.refuse(column, "; ".join(problem["msg"] for problem in error.errors()))
        except ValueError as error:
            reading.refuse(column, error)
    fresh = Document(**{"headline": "", **reading.fields})
    base = current or fresh
    reading.document = base.model_copy(update={name: getattr(fresh, name) for name in reading.fields})
    return reading


def _language(reading: Reading, column: str) -> None:
    said = (reading.cell(column) or "").strip()
    language = said or reading.now("language", reading.defaults.language)
    if not LANGUAGE.fullmatch(language) or len(language) > 12:
        raise ValueError(_("“%s” is not a language code. Write en, tr or ar.") % said[:40])
    offered = {code.lower(): code for code in reading.defaults.languages}
    language = offered.get(language.lower(), language)
    reading.fields["language"] = language
    if offered and language.lower() not in offered:
        reading.warnings.append(_("The newsroom does not offer the language “%s”.") % language)


def _zone(reading: Reading, column: str) -> None:
    said = reading.cell(column)
    name = (said or "").strip() or (
        reading.defaults.time_zone if said is not None else reading.now("time_zone", reading.defaults.time_zone)
    )
    moments.zone(name)
    reading.fields["time_zone"] = name


def _moment(reading: Reading, column: str) -> None:
    if reading.cell(column) is not None:
        reading.fields["release_at"] = moments.parse(reading.cell(column), reading.fields.get("time_zone", "UTC"))


def _first_published(reading: Reading, column: str) -> None:
    if reading.cell(column):
        reading.published_at = moments.parse(reading.cell(column), reading.fields.get("time_zone", "UTC"))


def _kind(reading: Reading, column: str) -> None:
    said = reading.cell(column)
    if said is None:
        return
    kind = said.strip().lower().replace(" ", "_").replace("-", "_") or Kind.PRESS_RELEASE
    if kind not in Kind.values:
        raise ValueError(
            _("“%(kind)s” is none of %(kinds)s.") % {"kind": said.strip()[:40], "kinds": ", ".join(Kind.values)}
        )
    reading.fields["kind"] = Kind(kind)


def _state(reading: Reading, column: str) -> None:
    said = (reading.cell(column) or "").strip()
    if said and said not in Standing.values:
        reading.warnings.append(_("“%s” is not a state; everything lands as a draft.") % said[:40])


def _headline(reading: Reading, column: str) -> None:
    reading.fields["headline"] = reading.cell(column) or ""
    if not tidy(reading.fields["headline"]):
        raise ValueError(_("Write a headline."))


def _text(reading: Reading, column: str) -> None:
    if reading.cell(column) is not None and not reading.unchanged(column):
        reading.fields[column] = reading.cell(column)


def _line(reading: Reading, column: str) -> None:
    if reading.cell(column) is not None and not reading.unchanged(column):
        reading.fields[column] = tidy(reading.cell(column))


def _original(reading: Reading, column: str) -> None:
    if reading.cell(column) is not None:
        reading.fields["translation_of"] = number(reading.cell(column))


def _body(reading: Reading, column: str) -> None:
    html, text = reading.cell("body_html"), reading.cell("body_text")
    if html and html.strip():
        if not reading.unchanged("body_html"):
            reading.fields["body"] = html
        if text and text.strip() and not _says_the_same(html, text):
            reading.warnings.append(_("body_text says something else than body_html, which is the one that is taken."))
    elif text and text.strip():
        if not reading.unchanged("body_text"):
            reading.fields["body"] = markup.text_to_html(text)
    elif html is not None or text is not None:
        reading.fields["body"] = ""


def _says_the_same(html: str, text: str) -> bool:
    return markup.html_to_text(html).split() == text.split()


def _notes(reading: Reading, column: str) -> None:
    said = reading.cell(column)
    if said is not None and not reading.unchanged(column):
        reading.fields[column] = said if TAG.search(said) else markup.text_to_html(said)


def _dateline(reading: Reading, column: str) -> None:
    said = reading.cell(column)
    if said is not None and not reading.unchanged(column):
        reading.fields["dateline_raw"] = said


def _locations(reading: Reading, column: str) -> None:
    """The places, and which of them the dateline names."""
    raw = tidy(reading.cell("dateline") or "")
    moved = reading.cell("dateline") is not None and not reading.unchanged("dateline")
    if reading.current and not moved and (reading.cell(column) is None or reading.unchanged(column)):
        return
    places = _listed(reading, column, raw)
    named = _named(reading, raw, places)
    reading.fields["places"] = tuple(
        place if place.id and not moved else place.model_copy(update={"in_dateline": at in named})
        for at, place in enumerate(places)
    )


def _listed(reading: Reading, column: str, raw: str) -> list[Place]:
    """The places of the cell, those the release has already as its own; without a cell, those of the dateline."""
    said, own = reading.cell(column), reading.now("places", ())
    if reading.current and (said is None or reading.unchanged(column)):
        return list(own)
    pairs = datelines.split(raw).places if said is None else map(cells.read_place, cells.split(said))
    places = [Place(name=name, region=region) for name, region in pairs]
    _check_length(reading, column, [name for place in places for name in (place.name, place.region)])
    known = {place.told: place for place in own}
    return [known.get(place.told, place) for place in places]


def _named(reading: Reading, raw: str, places: list[Place]) -> set[int]:
    """The places the dateline names, by position, also by an alias; warns of what it names beside them."""
    found, left = columns.named(raw, [(place.name, place.region) for place in places])
    for part in columns.bare(raw).split("/"):
        if columns.folded(part) in set(left.split("/")) - {""}:
            name, region = datelines.split(part).places[0]
            known = _known(reading, Place(name=name, region=region))
            same = {at for at, place in enumerate(places) if known and known == _known(reading, place)}
            found |= same
            if not same:
                told = _("The dateline names “%s”, which is not among the locations.")
                reading.warnings.append(told % tidy(part))
    return found


def _known(reading: Reading, place: Place) -> int | None:
    return place.id or reading.identify("locations", place, reading.fields.get("language", ""))


def _events(reading: Reading, column: str) -> None:
    if reading.cell(column) is None or reading.unchanged(column):
        return
    known = {event.name: event for event in reading.now("events", ())}
    names = cells.split(reading.cell(column))
    _check_length(reading, column, names)
    reading.fields["events"] = tuple(known.get(name) or Happening(name=name) for name in names)


def _people(reading: Reading, column: str) -> None:
    """The speakers in the cell's order; who speaks already keeps the words."""
    if reading.cell(column) is None or reading.unchanged(column):
        return
    quotes = []
    for part in cells.split(reading.cell(column)):
        name, title, organisation = cells.read_person(part)
        _check_length(reading, column, [name, title, organisation])
        fresh = Quotation(name=name, title=title, organisation=organisation)
        person = reading.identify(column, fresh, reading.fields.get("language", ""))
        quotes += _said_before(reading, fresh, person) or [fresh]
    reading.fields["quotes"] = tuple(dict.fromkeys(quotes))


def _said_before(reading: Reading, fresh: Quotation, person: int | None) -> list[Quotation]:
    """What this person says in the release now, with the title the cell gives."""
    changes = {"title": fresh.title, "organisation": fresh.organisation}
    return [
        quote.model_copy(update=changes)
        for quote in reading.now("quotes", ())
        if quote.name == fresh.name or (person and quote.spokesperson_id == person)
    ]


def _tags(reading: Reading, column: str) -> None:
    if reading.cell(column) is None or reading.unchanged(column):
        return
    tags = cells.split_tags(reading.cell(column))
    _check_length(reading, column, tags)
    reading.fields["tags"] = tuple(tags)


def _contacts(reading: Reading, column: str) -> None:
    if reading.cell(column) is None or reading.unchanged(column):
        return
    known = {(contact.name, contact.email, contact.phone): contact for contact in reading.now("contacts", ())}
    contacts = []
    for part in cells.split_contacts(reading.cell(column)):
        try:
            name, email, phone = cells.read_contact(part)
        except ValueError as error:
            raise ValueError(_("Write a contact like “Name <e-mail> phone”, not “%s”.") % part[:80]) from error
        _check_length(reading, column, [name])
        contacts.append(known.get((name, email, phone)) or PressContact(name=name, email=email, phone=phone))
    reading.fields["contacts"] = tuple(contacts)


def _check_length(reading: Reading, column: str, names: list[str]) -> None:
    for name in names:
        if len(name) > LONGEST[column]:
            told = _("“%(name)s…” is longer than %(most)d characters.")
            reading.refuse(column, told % {"name": name[:40], "most": LONGEST[column]})


READERS = (
    ("language", _language),
    ("time_zone", _zone),
    ("release_at", _moment),
    ("first_published_at", _first_published),
    ("kind", _kind),
    ("state", _state),
    ("translation_of", _original),
    ("headline", _headline),
    ("slug", _line),
    ("summary", _text),
    ("dateline", _dateline),
    ("locations", _locations),
    ("events", _events),
    ("spokespersons", _people),
    ("tags", _tags),
    ("contacts", _contacts),
    ("body_html", _body),
    ("notes_to_editors", _notes),
    ("source", _line),
    ("source_id", _line),
    ("source_url", _text),
)
