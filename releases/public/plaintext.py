"""A release as plain text: to read on anything, to copy, to send."""

from collections.abc import Iterator
from datetime import datetime

from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.urls import reverse
from django.utils.encoding import uri_to_iri
from django.utils.translation import gettext as _

from releases import datelines, markup
from releases.documents import Document
from releases.states import CorrectionKind, Kind

from . import reading, times
from .addresses import absolute
from .former import of_a_release
from .subjects import joined

PLAIN = "text/plain; charset=utf-8"


@of_a_release
def plain_text(request, language, edition):
    """The release as text."""
    told = written(request.newsroom, edition, reading.document(edition, request.at))
    response = HttpResponse(f"{told}\n", content_type=PLAIN)
    response.headers["Link"] = f'<{canonical(edition)}>; rel="canonical"'
    return response


def canonical(edition) -> str:
    return absolute(reverse("release", args=[edition.language, edition.slug]))


def written(newsroom, edition, document: Document) -> str:
    """Everything the page says, in blocks with an empty line between them; labels are in the language that is on."""
    return "\n\n".join(filter(None, blocks(newsroom, edition, document)))


def blocks(newsroom, edition, document: Document) -> Iterator[str]:
    yield f"{Kind(document.kind).label} · {newsroom.name_in(edition.language)}"
    yield document.headline
    yield document.summary
    yield lines(dates(edition, document))
    yield begun(document)
    yield from (quoted(quote) for quote in document.quotes if quote.words)
    yield f"– {_('Ends')} –"
    yield section(
        _("Put right since publication"), *(lines(put_right(note, document)) for note in edition.corrections)
    )
    yield section(_("Notes to editors"), markup.html_to_text(document.notes_to_editors))
    yield from (section(about.title, markup.html_to_text(about.body)) for about in document.boilerplates)
    yield section(_("Press contacts"), *(lines(called(contact)) for contact in document.contacts))
    yield section(_("Pictures"), *(lines(pictured(photo)) for photo in document.photos))
    yield section(_("Files to download"), *(f"{file.title}\n{stored(file.path)}" for file in document.attachments))
    yield uri_to_iri(canonical(edition))


def section(title: str, *parts: str) -> str:
    """Parts under a title; nothing without any."""
    told = [part for part in parts if part]
    return "\n\n".join([title, *told]) if told else ""


def lines(parts) -> str:
    return "\n".join(filter(None, parts))


def dates(edition, document: Document) -> Iterator[str]:
    yield f"{_('Published')}: {times.told(edition.first_public_at, document.time_zone)}"
    if edition.number > 1:
        yield f"{_('Updated')}: {times.told(edition.live_from, document.time_zone)}"


def begun(document: Document) -> str:
    """The text with its dateline before the first words."""
    dateline = datelines.with_dash(document.dateline, document.language)
    return " ".join(filter(None, [dateline, document.body_text]))


def quoted(quote) -> str:
    """Somebody's words in quotation marks, and who they are."""
    words = _("“%(words)s”") % {"words": quote.words}
    return f"{words}\n– {joined(quote.name, quote.title, quote.organisation)}"


def put_right(note: dict, document: Document) -> Iterator[str]:
    moment = times.told(datetime.fromisoformat(note["at"]), document.time_zone)
    yield f"{CorrectionKind(note['kind']).label}, {moment}"
    yield note["note"]


def called(contact) -> Iterator[str]:
    yield joined(contact.name, contact.role, contact.organisation)
    yield from (contact.phone, contact.email, contact.hours)


def pictured(photo) -> Iterator[str]:
    yield photo.caption or photo.alt_text
    yield _("Photo: %(credit)s") % {"credit": photo.credit} if photo.credit else ""
    yield stored(photo.path)


def stored(path: str) -> str:
    """The whole address of a stored file."""
    return absolute(default_storage.url(path))
