"""Writing editions: the windows of one release never overlap, and what is public is never changed."""

from datetime import timedelta

from releases import facets, indexing
from releases.documents import Document
from releases.models import Address, Correction, Edition, Release

SECOND = timedelta(seconds=1)


def publish(
    release: Release, document: Document, by, hour, *, at, forced_reason="", correction=None, first_public_at=None
) -> Edition:
    """Writes the next edition, public from `hour`, and closes the window of the one before it at that instant."""
    take_off(release, at)
    last = release.editions.order_by("-number").first()
    if last and last.live_until is None:
        Edition.objects.filter(pk=last.pk).update(live_until=hour)
    number = last.number + 1 if last else 1
    earlier = last.corrections if last else []
    edition = Edition(
        release=release,
        number=number,
        first_public_at=last.first_public_at if last else min(first_public_at or hour, hour),
        live_from=hour,
        corrections=[*earlier, _public_note(correction, number, hour)] if correction else earlier,
        submitted_by=release.submitted_by,
        forced_reason=forced_reason,
    )
    return _write(edition, document, by, at, correction)


def replace_scheduled(edition: Edition, document: Document, hour, by, at) -> Edition:
    """Writes a scheduled edition anew for another hour; the edition before it stays public until then."""
    release, correction = edition.release, getattr(edition, "correction", None)
    take_off(release, at)
    note = {name: getattr(correction, name) for name in ("kind", "note", "shows_previous")} if correction else None
    release.submitted_by = edition.submitted_by
    return publish(release, document, by, hour, at=at, forced_reason=edition.forced_reason, correction=note)


def take_off(release: Release, at) -> None:
    """Removes what is scheduled: no trace of it can become public. A live edition becomes open-ended again."""
    for edition in release.editions.scheduled(at):
        indexing.drop_edition(edition, at)
        previous = release.editions.filter(live_until=edition.live_from, withdrawal=None)
        edition.delete()
        previous.update(live_until=None)
    used = release.editions.values("slug")
    release.addresses.exclude(slug__in=used).delete()


def close(edition: Edition, at) -> None:
    """Ends an edition's window at `at`: from that second it is not public."""
    Edition.objects.filter(pk=edition.pk).update(live_until=max(at, edition.live_from + SECOND))


def _write(edition: Edition, document: Document, by, at, correction) -> Edition:
    release = edition.release
    edition.translation_group = release.translation_group
    for name in ("language", "slug", "kind", "headline"):
        setattr(edition, name, getattr(document, name))
    edition.document, edition.digest = document.to_json(), document.digest
    edition.card = card(document, corrected=bool(edition.corrections))
    edition.approved_by, edition.approved_at = by, at
    Address.objects.get_or_create(language=edition.language, slug=edition.slug, defaults={"release": release})
    edition.save(force_insert=True)
    if correction:
        Correction.objects.create(edition=edition, at=edition.live_from, language=edition.language, **correction)
    facets.index(edition, document)
    indexing.index_edition(edition, document)
    return edition


def _public_note(correction: dict, number: int, hour) -> dict:
    previous = number - 1 if correction["shows_previous"] else None
    return {
        "kind": correction["kind"],
        "note": correction["note"],
        "at": hour.isoformat(),
        "edition": number,
        "previous": previous,
    }


def card(document: Document, corrected: bool = False) -> dict:
    """What a list shows of an edition: small, so that lists never read whole documents."""
    picture = document.lead_picture
    return {
        "headline": document.headline,
        "summary": document.summary,
        "kind": document.kind,
        "dateline": document.dateline,
        "slug": document.slug,
        "picture": picture.model_dump(include={"path", "alt_text", "credit", "width", "height"}) if picture else None,
        "time_zone": document.time_zone,
        "places": [[place.slug, place.name] for place in document.places],
        "tags": list(document.tags),
        "corrected": corrected,
    }
