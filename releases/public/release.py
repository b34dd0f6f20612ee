"""One release: its live edition, an earlier one that a correction shows, its former addresses, its withdrawal."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Value
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import uri_to_iri
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from releases import datelines
from releases.documents import Document
from releases.models.edition import Edition, EditionTag, Withdrawal
from releases.states import CorrectionKind, EventStatus, Kind, WithdrawalKind

from . import reading, times
from .caching import page
from .contacts import Caller
from .subjects import Link, joined

FIRST_PARAGRAPH = re.compile(r"<p(?: [^>]*)?>")


@page
def release(request, language, slug):
    """A release as the public reads it; else where it is now, why it was withdrawn, or 404."""
    live = Edition.objects.live(request.at).in_language(language).withholding(request.at)
    edition = live.filter(slug=slug).order_by().first()
    if edition is None:
        return formerly(request, language, slug)
    return show(request, edition, around(request, edition))


@page
def edition(request, language, slug, number):
    """An earlier edition, where a correction of the live one shows it."""
    live = get_object_or_404(Edition.objects.live(request.at).in_language(language).order_by(), slug=slug)
    if number not in {correction["previous"] for correction in live.corrections}:
        raise Http404
    earlier = get_object_or_404(Edition.objects.ended(request.at).order_by(), release=live.release_id, number=number)
    return show(request, earlier, Around(), current=address(live))


def address(edition) -> str:
    return reverse("release", args=[edition.language, edition.slug])


def formerly(request, language: str, slug: str):
    """The answer for an address where no live edition is: 301 to it, 410 with the reason, or 404."""
    past = Edition.objects.ended(request.at).in_language(language).filter(slug=slug).order_by("-number").first()
    if past is None:
        raise Http404
    moved_to = lives_at(request, language, release=past.release_id)
    if moved_to:
        return HttpResponsePermanentRedirect(moved_to)
    notice = Withdrawal.objects.filter(edition__release=past.release_id, at__lte=request.at).order_by("-at").first()
    if notice is None:
        raise Http404
    return replaced(request, language, notice) or withdrawn(request, notice)


def lives_at(request, language: str, **narrowed) -> str:
    """The address of a live edition, in `language` if there is one; empty without any."""
    found = Edition.objects.live(request.at).filter(**narrowed).order_by().values_list("language", "slug")[:20]
    kept = sorted(found, key=lambda row: (row[0] != language, row))
    return reverse("release", args=kept[0]) if kept else ""


def replaced(request, language: str, notice: Withdrawal):
    """The way to the release that took the place of a withdrawn one; None where there is none to read."""
    if notice.kind != WithdrawalKind.REPLACED:
        return None
    replacement = lives_at(request, language, release=notice.replaced_by_id)
    return HttpResponsePermanentRedirect(replacement) if replacement else None


def withdrawn(request, notice: Withdrawal):
    context = {"reason": notice.reason.split("\n"), "moment": notice.at}
    return render(request, "releases/withdrawn.html", context, status=410)


class Sibling(NamedTuple):
    """The same release in another language."""

    language: str
    slug: str


@dataclass(frozen=True)
class Around:
    """What stands around a live edition: its live translations and the tags the public knows it by."""

    siblings: tuple[Sibling, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()


def around(request, edition) -> Around:
    """Translations and tags in one query."""
    siblings = Edition.objects.live(request.at).filter(translation_group=edition.translation_group)
    siblings = siblings.order_by().values_list(Value("edition"), "language", "slug")
    tags = EditionTag.objects.filter(edition=edition).order_by().values_list(Value("tag"), "tag__slug", "tag__name")
    rows = list(siblings.union(tags))
    return Around(
        siblings=tuple(Sibling(code, slug) for what, code, slug in rows if what == "edition"),
        tags=tuple(sorted((name, slug) for what, slug, name in rows if what == "tag")),
    )


def show(request, edition, surroundings: Around, current: str = ""):
    """The page of an edition; `current` is the address of the live one where this is an earlier one."""
    document = reading.document(edition, request.at)
    with timezone.override(document.time_zone):
        context = {
            **record(edition, document),
            **words(document),
            **pictures(document),
            **subjects(document, edition.language, surroundings, linked=not current),
            **languages(request, edition, surroundings),
            "corrections": [] if current else corrections(edition),
            "current": current,
        }
        return render(request, "releases/detail.html", context)


def record(edition, document: Document) -> dict:
    """When it was published, by which number, where it is."""
    return {
        "document": document,
        "number": edition.number,
        "published": edition.first_public_at,
        "updated": edition.live_from if edition.number > 1 else None,
        "zone": times.zone_told(document.time_zone, edition.first_public_at),
        "kind_label": Kind(document.kind).label,
        "kind_url": f"{reverse('releases', args=[edition.language])}?kind={document.kind.value}",
        "canonical": settings.SITE_URL + address(edition),
        "canonical_told": uri_to_iri(settings.SITE_URL + address(edition)),
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
        "contacts": [Caller.of(contact) for contact in document.contacts],
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
            {"lines": quote.words.split("\n"), "speaker": link("spokesperson", quote, office(quote))}
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


def languages(request, edition, surroundings: Around) -> dict:
    """The live translations, and the language switch that leads to them."""
    addresses = {sibling.language: reverse("release", args=sibling) for sibling in surroundings.siblings}
    offered = [code for code in request.newsroom.languages if code in addresses]
    request.counterparts = addresses
    return {
        "translated": len(offered) > 1,
        "hreflangs": [(code, settings.SITE_URL + addresses[code]) for code in offered] if len(offered) > 1 else [],
        "translations": {code: addresses[code] for code in offered if code != edition.language},
    }
