"""One release in full: its live edition, or an earlier one that a correction shows."""

import re
from datetime import datetime

from django.core.files.storage import default_storage
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import uri_to_iri
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from releases import datelines, text
from releases.documents import Document
from releases.models.edition import Edition
from releases.states import CorrectionKind, EventStatus, Kind

from . import plaintext, reading, times
from .addresses import absolute, alternates
from .around import Around, around, original
from .caching import page
from .contacts import Caller
from .former import of_a_release
from .subjects import Link, joined

FIRST_PARAGRAPH = re.compile(r"<p(?: [^>]*)?>")


@of_a_release
def release(request, language, edition):
    """A release as the public reads it, in the language of its original where it was not translated."""
    document = reading.document(edition, request.at)
    return show(request, language, edition, document, around(request, edition, document))


@page
def edition(request, language, slug, number):
    """An earlier edition, where a correction of the live one shows it."""
    live = get_object_or_404(Edition.objects.live(request.at).in_language(language).order_by(), slug=slug)
    if number not in {correction["previous"] for correction in live.corrections}:
        raise Http404
    earlier = get_object_or_404(Edition.objects.ended(request.at).order_by(), release=live.release_id, number=number)
    document = reading.document(earlier, request.at)
    return show(request, language, earlier, document, Around(), current=address(live))


def address(edition, name: str = "release") -> str:
    """Where an edition is read, or something made of it: `plain_text`, `kit`, `share_card`."""
    return reverse(name, args=[edition.language, edition.slug])


def show(request, language: str, edition, document: Document, surroundings: Around, current: str = ""):
    """The page of an edition; `current` is the address of the live one where this is an earlier one."""
    with timezone.override(document.time_zone):
        context = {
            **record(edition, document, current or address(edition)),
            **words(document),
            **pictures(document),
            **subjects(document, edition.language, surroundings, linked=not current),
            **languages(request, language, edition, surroundings),
            **ways_on(edition, surroundings),
            **({} if current else to_take_away(request, edition, document)),
            "corrections": [] if current else corrections(edition),
            "current": current,
            "translates": original(document, surroundings),
        }
        return render(request, "releases/detail.html", context)


def record(edition, document: Document, live_at: str) -> dict:
    """When it was published, by which number, where it is."""
    canonical = absolute(live_at)
    return {
        "document": document,
        "number": edition.number,
        "release_number": edition.release_id,
        "published": edition.first_public_at,
        "updated": edition.live_from if edition.number > 1 else None,
        "zone": times.zone_told(document.time_zone, edition.first_public_at),
        "kind_label": Kind(document.kind).label,
        "kind_url": f"{reverse('releases', args=[edition.language])}?kind={document.kind.value}",
        "canonical": canonical,
        "canonical_told": uri_to_iri(canonical),
    }


def words(document: Document) -> dict:
    """Body with its dateline, notes, standing texts, contacts: what the document's own policy has sanitised."""
    return {
        "body": with_dateline(document),
        "notes": mark_safe(document.notes_to_editors),  # noqa: S308  sanitised by the document
        "abouts": [
            {"title": about.title, "body": mark_safe(about.body)}  # noqa: S308  sanitised by the document
            for about in document.boilerplates
        ],
        "contacts": [Caller.of(contact, document.language) for contact in document.contacts],
    }


def with_dateline(document: Document) -> SafeString:
    """The body with the dateline set before its first words."""
    body = mark_safe(document.body)  # noqa: S308  sanitised by the document
    if not document.dateline:
        return body
    dash = datelines.with_dash("", document.language) or "–"
    line = format_html('<b class="dateline">{}</b> {} ', document.dateline, dash)
    start = FIRST_PARAGRAPH.match(body)
    if start is None:
        return format_html("<p>{}</p>{}", line, body)
    return mark_safe(body[: start.end()] + line + body[start.end() :])  # noqa: S308  both halves and the line are safe


def pictures(document: Document) -> dict:
    """The lead picture before the text, the others after it, the files."""
    lead = document.lead_picture
    return {
        "lead_picture": lead and picture(lead),
        "pictures": [picture(photo) for photo in document.photos if photo is not lead],
        "files": [
            {"title": file.title, "url": default_storage.url(file.path), "size": file.size, "kind": suffix(file.path)}
            for file in document.attachments
        ],
    }


def picture(photo) -> dict:
    return {**photo.model_dump(), "url": default_storage.url(photo.path)}


def suffix(path: str) -> str:
    """What kind of file a path is of, in the letters people know it by: `PDF`."""
    return path.rpartition(".")[2].upper() if "." in path else ""


def subjects(document: Document, language: str, surroundings: Around, linked: bool) -> dict:
    """Places, events, people and tags; `linked` to their pages, which are public while this edition is."""

    def link(name: str, item, note: str = "") -> Link:
        url = reverse(name, args=[language, item.slug]) if linked and item.slug else ""
        return Link(item.name, url, note)

    speakers = {quote.name: quote for quote in document.quotes}.values()
    tags = [Link(name, reverse("tag", args=[language, slug])) for name, slug in surroundings.tags]
    return {
        "locations": [link("location", place) for place in document.places],
        "events": [
            {"link": link("event", event, times.event_told(event)), "status": status(event)}
            for event in document.events
        ],
        "speakers": [link("spokesperson", quote, office(quote)) for quote in speakers],
        "quotes": [
            {
                "lines": quote.words.split("\n"),
                "speaker": link("spokesperson", quote, office(quote)),
                "told": plaintext.quoted(quote),
            }
            for quote in document.quotes
            if quote.words
        ],
        "tags": tags if linked else [Link(name, "") for name in document.tags],
    }


def office(quote) -> str:
    """The speaker's title and organisation of that day."""
    return joined(quote.title, quote.organisation)


def status(event) -> str:
    """What became of an event's date, as announced then; empty while it is as planned."""
    return str(EventStatus(event.status).label) if event.status != EventStatus.PLANNED else ""


def corrections(edition) -> list[dict]:
    """The public notes, newest first, with the way to the edition before each where it stays readable."""
    return [
        {
            **note,
            "label": CorrectionKind(note["kind"]).label,
            "at": datetime.fromisoformat(note["at"]),
            "previous_url": note["previous"]
            and reverse("edition", args=[edition.language, edition.slug, note["previous"]]),
        }
        for note in reversed(edition.corrections)
    ]


def languages(request, language: str, edition, surroundings: Around) -> dict:
    """The live translations, the language switch that leads to them, and what to say where this is none.

    Where there is no translation the switch leads to this edition under that language, unless another release has
    its slug there.
    """
    addresses = {code: sibling.url for code, sibling in surroundings.siblings.items()}
    offered = [code for code in request.newsroom.languages if code in addresses]
    missing = [code for code in request.newsroom.languages if code not in addresses]
    untold = {} if surroundings.has_namesake or not addresses else dict.fromkeys(missing, edition.slug)
    request.counterparts = {code: reverse("release", args=[code, slug]) for code, slug in untold.items()} | addresses
    is_original = language != edition.language
    flow = format_html(' dir="{}"', text.direction(edition.language))
    whole = {} if is_original else {code: absolute(addresses[code]) for code in offered}
    return {
        "hreflangs": alternates(whole, offered),
        "translations": {code: addresses[code] for code in offered if code != edition.language},
        "is_original": is_original,
        "spoken": format_html(' lang="{}"{}', edition.language, flow) if is_original else "",
        "flow": flow if is_original else "",
    }


def ways_on(edition, surroundings: Around) -> dict:
    """Related releases, the one before and the one after."""
    beside = [(_("Previous release"), "prev", surroundings.older), (_("Next release"), "next", surroundings.newer)]
    return {
        "related": surroundings.related,
        "beside": [
            {"label": label, "rel": rel, "release": neighbour} for label, rel, neighbour in beside if neighbour
        ],
    }


def to_take_away(request, edition, document: Document) -> dict:
    """What can be copied, downloaded and shown elsewhere."""
    return {
        "share_card": absolute(address(edition, "share_card")),
        "plain_text": address(edition, "plain_text"),
        "kit": address(edition, "kit"),
        "copied": plaintext.written(request.newsroom, edition, document),
    }
