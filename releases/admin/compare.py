"""Two documents side by side, field by field and word by word. Pure: documents in, plain values out."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext, gettext_lazy

from releases import markup
from releases.admin.clocks import clock
from releases.documents import Document
from releases.states import EventStatus, Kind

WORD = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 6000

LABELS = {
    "language": gettext_lazy("Language"),
    "kind": gettext_lazy("Kind"),
    "headline": gettext_lazy("Headline"),
    "slug": gettext_lazy("Address"),
    "summary": gettext_lazy("Summary"),
    "release_at": gettext_lazy("Release moment"),
    "places": gettext_lazy("Locations"),
    "dateline_raw": gettext_lazy("Dateline as it came"),
    "body": gettext_lazy("Body"),
    "quotes": gettext_lazy("Quotes"),
    "events": gettext_lazy("Events"),
    "tags": gettext_lazy("Tags"),
    "notes_to_editors": gettext_lazy("Notes to editors"),
    "contacts": gettext_lazy("Press contacts"),
    "boilerplates": gettext_lazy("Boilerplates"),
    "photos": gettext_lazy("Pictures"),
    "attachments": gettext_lazy("Attachments"),
    "translation_of": gettext_lazy("Translation of"),
    "source": gettext_lazy("Source"),
}


@dataclass(frozen=True)
class Change:
    """One field that differs: its name, its label, and its words as (kept | gone | new, text) pieces."""

    name: str
    label: str
    pieces: tuple[tuple[str, str], ...]
    note: str = ""


def changes(before: Document, after: Document) -> list[Change]:
    """Every field in which the two documents differ, in the order of the form."""
    if before.digest == after.digest:
        return []
    old, new = readable(before), readable(after)
    found = []
    for name, label in LABELS.items():
        if old[name] != new[name]:
            found.append(Change(name, str(label), pieces(old[name], new[name])))
        elif _raw(before, name) != _raw(after, name):
            found.append(Change(name, str(label), (), gettext("Only formatting or details that are not shown here.")))
    return found


def _raw(document: Document, name: str):
    return (getattr(document, name), document.time_zone if name == "release_at" else None)


def pieces(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """The words of both texts in one row, each kept, gone or new; long texts are told whole."""
    a, b = WORD.findall(old), WORD.findall(new)
    if len(a) + len(b) > MOST_WORDS:
        return tuple(piece for piece in (("gone", old), ("new", new)) if piece[1])
    row = []
    for act, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if act == "equal":
            row.append(("kept", "".join(a[a1:a2])))
            continue
        row += [("gone", "".join(a[a1:a2]))] if a2 > a1 else []
        row += [("new", "".join(b[b1:b2]))] if b2 > b1 else []
    return tuple(row)


def readable(document: Document) -> dict[str, str]:
    """Each field of the document as an editor reads it."""
    hour = clock(document.release_at, document.time_zone)
    return {
        "language": document.language,
        "kind": str(Kind(document.kind).label),
        "headline": document.headline,
        "slug": document.slug,
        "summary": document.summary,
        "release_at": f"{hour} = {hour.utc} UTC" if hour else gettext("when approved"),
        "places": _lines(_place(place) for place in document.places),
        "dateline_raw": document.dateline_raw,
        "body": markup.html_to_text(document.body),
        "quotes": _lines(_quote(quote) for quote in document.quotes),
        "events": _lines(_event(event) for event in document.events),
        "tags": ", ".join(document.tags),
        "notes_to_editors": markup.html_to_text(document.notes_to_editors),
        "contacts": _lines(
            _joined(c.name, c.role, c.organisation, c.email, c.phone, c.hours) for c in document.contacts
        ),
        "boilerplates": _lines(f"{a.title}\n{markup.html_to_text(a.body)}" for a in document.boilerplates),
        "photos": _lines(_picture(photo) for photo in document.photos),
        "attachments": _lines(f"{a.title} [{a.sha256[:12]}]" for a in document.attachments),
        "translation_of": str(document.translation_of or ""),
        "source": _joined(document.source, document.source_id, document.source_url),
    }


def _lines(rows) -> str:
    return "\n".join(rows)


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _place(place) -> str:
    return place.told if place.in_dateline else gettext("%s (not in the dateline)") % place.told


def _quote(quote) -> str:
    speaker = _joined(quote.name, quote.title, quote.organisation)
    return f"{speaker}: “{quote.words}”" if quote.words else speaker


def _event(event) -> str:
    if event.starts_at:
        when = str(clock(event.starts_at, event.time_zone))
    else:
        when = " – ".join(str(day) for day in (event.starts_on, event.ends_on) if day)
    status = "" if event.status == EventStatus.PLANNED else str(EventStatus(event.status).label)
    return _joined(event.name, when, event.place, status)


def _picture(photo) -> str:
    lead = gettext("lead picture") if photo.is_lead else ""
    return _joined(photo.alt_text, photo.caption, photo.credit, lead, f"[{photo.sha256[:12] or photo.path}]")
