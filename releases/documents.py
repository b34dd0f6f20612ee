"""The Document: everything a page shows, typed, frozen and readable for ever.

`compose(release)` takes it out of a working copy; `releases.landing.land()` brings one in. The two are exact inverses.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated

from django.db.models import prefetch_related_objects
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationInfo

from releases import datelines, markup, moments, text
from releases.states import Kind

SCHEMA_VERSION = 1

UPGRADES: dict[int, Callable[[dict], dict]] = {}  # what turns a document of version n into one of version n + 1


class UnreadableDocument(ValueError):
    """A stored document of a version this program does not know."""


def paragraphs(value: str) -> str:
    """Several lines of text: line ends as \\n, no NUL, no blanks around."""
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()


def in_utc(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moments.whole_seconds(value).astimezone(UTC)


def policed(value: str, info: ValidationInfo) -> str:
    """HTML that has passed the one policy: by now, or before it was stored."""
    return value if info.context == STORED else markup.sanitise(value)


STORED = "stored"
Line = Annotated[str, AfterValidator(text.tidy)]
Lines = Annotated[str, AfterValidator(paragraphs)]
Html = Annotated[str, AfterValidator(policed)]
Words = Annotated[tuple[Line, ...], AfterValidator(lambda tags: tuple(sorted(set(tags))))]
Moment = Annotated[datetime | None, AfterValidator(in_utc)]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(Frozen):
    """A place of the release; with a region it is told as “Çeşme, Western Türkiye”."""

    id: int | None = None
    name: Line
    region: Line = ""
    slug: str = ""
    in_dateline: bool = True

    @property
    def told(self) -> str:
        return f"{self.name}, {self.region}" if self.region else self.name


class Happening(Frozen):
    """An event the release is about, as it was announced then."""

    id: int | None = None
    name: Line
    slug: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    starts_at: Moment = None
    ends_at: Moment = None
    time_zone: str = ""
    place: Line = ""
    status: str = "planned"
    url: str = ""


class Quotation(Frozen):
    """Someone's words with the title of that day; without words, the person just speaks in the release."""

    spokesperson_id: int | None = None
    name: Line
    slug: str = ""
    title: Line = ""
    organisation: Line = ""
    words: Lines = ""


class PressContact(Frozen):
    id: int | None = None
    name: Line
    role: Line = ""
    organisation: Line = ""
    email: str = ""
    phone: Line = ""
    hours: Line = ""


class About(Frozen):
    id: int | None = None
    title: Line
    body: Html = ""


class Picture(Frozen):
    """A stored picture; `focal_x` and `focal_y` from 0 to 1, sizes in pixels, `path` in the file storage."""

    id: int | None = None
    path: str
    alt_text: Line = ""
    caption: Lines = ""
    credit: Line = ""
    focal_x: float = 0.5
    focal_y: float = 0.5
    is_lead: bool = False
    width: int | None = None
    height: int | None = None
    sha256: str = ""


class Download(Frozen):
    """A stored file offered for download; `size` in bytes."""

    id: int | None = None
    path: str
    title: Line
    sha256: str = ""
    size: int = 0
    media_type: str = ""


class Document(Frozen):
    schema_version: int = SCHEMA_VERSION
    language: str = "en"
    kind: Kind = Kind.PRESS_RELEASE
    headline: Line
    slug: str = ""
    summary: Lines = ""
    dateline_raw: Line = ""
    places: tuple[Place, ...] = ()
    body: Html = ""
    notes_to_editors: Html = ""
    release_at: Moment = None
    time_zone: str = "Europe/Istanbul"
    events: tuple[Happening, ...] = ()
    quotes: tuple[Quotation, ...] = ()
    tags: Words = ()
    contacts: tuple[PressContact, ...] = ()
    boilerplates: tuple[About, ...] = ()
    photos: tuple[Picture, ...] = ()
    attachments: tuple[Download, ...] = ()
    translation_of: int | None = None
    source: Line = ""
    source_id: Line = ""
    source_url: str = ""

    @classmethod
    def read(cls, data: dict) -> "Document":
        """A stored document of any known version, its HTML as it was policed when stored.

        Raises UnreadableDocument for one from the future.
        """
        version = data.get("schema_version", 1)
        while version < SCHEMA_VERSION:
            data = UPGRADES[version](data)
            version += 1
        if version != SCHEMA_VERSION:
            raise UnreadableDocument(
                f"Document version {version} is newer than {SCHEMA_VERSION}: update the newsroom."
            )
        return cls.model_validate({**data, "schema_version": version}, context=STORED)

    def but(self, **changes) -> "Document":
        """The same document with some fields changed, checked like any other."""
        return type(self).model_validate({**dict(self), **changes})

    def without_events(self, numbers) -> "Document":
        """The same document, silent of the events with these ids."""
        held = set(numbers)
        if not held:
            return self
        return self.model_copy(update={"events": tuple(event for event in self.events if event.id not in held)})

    def to_json(self) -> dict:
        """Plain JSON values, as stored in revisions and editions."""
        return self.model_dump(mode="json")

    @property
    def dateline(self) -> str:
        """“Ankara/Athens”, without the dash; what the file said where no place is known."""
        told = [(place.name, place.region) for place in self.places if place.in_dateline]
        return datelines.render(told, self.language) if told else self.dateline_raw.rstrip(" \u00a0–—-―:")

    @property
    def body_text(self) -> str:
        return markup.html_to_text(self.body)

    @property
    def digest(self) -> str:
        """SHA-256 (hex) over everything that would be public: what an approval is pinned to."""
        canonical = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def lead_picture(self) -> Picture | None:
        return next((photo for photo in self.photos if photo.is_lead), None) or next(iter(self.photos), None)


def compose(release) -> Document:
    """The working copy `release`, relations included, as one Document: at most eleven queries, whatever it says."""
    language = release.language
    places, events, quotes = _named_rows(release)
    return Document(
        language=language,
        kind=release.kind,
        headline=release.headline,
        slug=release.slug,
        summary=release.summary,
        dateline_raw=release.dateline_raw,
        places=tuple(_place(row, language) for row in places),
        body=release.body,
        notes_to_editors=release.notes_to_editors,
        release_at=release.release_at,
        time_zone=release.time_zone,
        events=tuple(_happening(row.event, language) for row in events),
        quotes=tuple(_quotation(row, language) for row in quotes),
        tags=tuple(release.tags.values_list("name", flat=True)),
        contacts=tuple(_contact(row.contact) for row in _rows(release.press_contacts, "contact")),
        boilerplates=tuple(_about(row.boilerplate) for row in _rows(release.about_texts, "boilerplate")),
        photos=tuple(_picture(photo) for photo in _rows(release.photos)),
        attachments=tuple(_download(attachment) for attachment in _rows(release.attachments)),
        translation_of=release.translation_of_id,
        source=release.source,
        source_id=release.source_id,
        source_url=release.source_url,
    )


def _rows(related, *path: str) -> list:
    return list((related.select_related(*path) if path else related).order_by("order"))


def _named_rows(release) -> tuple[list, list, list]:
    """The rows of places, events and quotes, with all names of what they speak of: one query for each kind of name."""
    places = _rows(release.places, "location__parent")
    events = _rows(release.happenings, "event__location")
    quotes = _rows(release.quotes, "spokesperson")
    around = [place for row in places for place in (row.location, row.location.parent)]
    locations = [place for place in (*around, *(row.event.location for row in events)) if place]
    for named in (locations, [row.event for row in events], [row.spokesperson for row in quotes]):
        prefetch_related_objects(named, "names")
    return places, events, quotes


def _place(row, language: str) -> Place:
    location = row.location
    return Place(
        id=location.id,
        name=location.name_in(language),
        region=location.region_in(language),
        slug=location.slug,
        in_dateline=row.in_dateline,
    )


def _happening(event, language: str) -> Happening:
    same = ("id", "slug", "starts_on", "ends_on", "starts_at", "ends_at", "time_zone", "status", "url")
    place = [event.venue, event.location.name_in(language) if event.location_id else ""]
    return Happening(
        **{name: getattr(event, name) for name in same},
        name=event.name_in(language),
        place=", ".join(filter(None, place)),
    )


def _quotation(row, language: str) -> Quotation:
    today = row.spokesperson.name_row(language)
    return Quotation(
        spokesperson_id=row.spokesperson_id,
        name=row.spokesperson.name_in(language),
        slug=row.spokesperson.slug,
        title=row.title or (today.title if today else ""),
        organisation=row.organisation or (today.organisation if today else ""),
        words=row.words,
    )


def _contact(contact) -> PressContact:
    return PressContact(**{name: getattr(contact, name) for name in PressContact.model_fields})


def _about(boilerplate) -> About:
    return About(**{name: getattr(boilerplate, name) for name in About.model_fields})


def _picture(photo) -> Picture:
    own = {name: getattr(photo, name) for name in Picture.model_fields if name != "path"}
    return Picture(path=photo.file.name, **own)


def _download(attachment) -> Download:
    own = {name: getattr(attachment, name) for name in Download.model_fields if name != "path"}
    return Download(path=attachment.file.name, **own)
