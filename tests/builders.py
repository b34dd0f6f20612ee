"""Releases in every state, made through the desk's own verbs, with honest defaults."""

import itertools
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from releases import search, workflow
from releases.documents import Document, Happening, Place, PressContact, Quotation
from releases.landing import land
from releases.models import (
    Address,
    Edition,
    EditionEvent,
    EditionLocation,
    EditionSpokesperson,
    EditionTag,
    Event,
    Location,
    LocationName,
    Release,
    Tag,
)

counter = itertools.count(1)
DAY = timedelta(days=1)


def a_person(role: str = "", username: str = "", **fields):
    """Somebody who works here, with one of the roles Reporter, Editor, Publisher, or none."""
    username = username or f"person{next(counter)}"
    person = get_user_model().objects.create_user(username, password="a password", is_staff=True, **fields)
    if role:
        person.groups.add(Group.objects.get(name=role))
    return get_user_model().objects.get(pk=person.pk)


def a_reporter():
    return a_person("Reporter")


def a_publisher():
    return a_person("Publisher")


def the_office(role: str):
    """The one person who does what a test leaves to anybody of a role."""
    username = f"the-{role.lower()}"
    return get_user_model().objects.filter(username=username).first() or a_person(role, username)


def a_document(**changes) -> Document:
    number = next(counter)
    whole = {
        "headline": f"Boats reach the harbour of İzmir, part {number}",
        "summary": "Volunteers met the passengers with blankets.",
        "body": f"<p>The harbour opened at dawn for crossing {number}.</p><p>Volunteers met the passengers.</p>",
        "notes_to_editors": "<p>Figures are those of the harbour master.</p>",
        "places": (Place(name="İzmir"),),
        "quotes": (
            Quotation(name="Ayla Demir", title="Head of Office", organisation="Coast Office", words="We came."),
        ),
        "events": (Happening(name="Harbour Forum"),),
        "tags": ("rescue",),
        "contacts": (PressContact(name="Deniz Kaya", email="press@example.org", phone="+90 312 555 01 23"),),
    }
    return Document(**{**whole, **changes})


def a_draft(by=None, at=None, **changes):
    return land(a_document(**changes), by=by or the_office("Reporter"), note="First words", at=at)


def a_release_in_review(at=None, **changes):
    author = the_office("Reporter")
    release = a_draft(by=author, at=at, **changes)
    workflow.submit(release, author, at=at)
    return release


def an_approved_release(moment=None, at=None, **changes):
    """Approved at `at` for `moment` (at once, if left out)."""
    release = a_release_in_review(at=at, **changes)
    workflow.approve(release, the_office("Publisher"), release.pinned_digest, moment=moment, at=at)
    return release


def a_live_release(since=None, **changes):
    """Public since a day, or since the moment given."""
    return an_approved_release(at=since or timezone.now() - DAY, **changes)


def an_embargoed_release(moment=None, **changes):
    """Approved, its hour a day ahead, or at the moment given."""
    return an_approved_release(moment=moment or timezone.now() + DAY, **changes)


def edit(release, by=None, at=None, **columns):
    """Changes columns of the working copy as the admin's form does."""
    for name, value in columns.items():
        setattr(release, name, value)
    release.save(update_fields=list(columns))
    workflow.record(release, by or the_office("Reporter"), "Edited", at=at)
    release.refresh_from_db()
    return release


def resubmit(release, at=None):
    workflow.submit(release, the_office("Reporter"), at=at)
    return release.pinned_digest


def correct(
    release, note="The number of boats was wrong.", kind="correction", at=None, shows_previous=True, **columns
):
    """Edits a live release, has it approved as a correction."""
    edit(release, at=at, **(columns or {"body": "<p>Three boats reached the harbour.</p>"}))
    return workflow.correct(
        release, the_office("Publisher"), resubmit(release, at), kind, note, shows_previous=shows_previous, at=at
    )


def withdraw(release, reason="Its figures could not be confirmed.", at=None, **options):
    workflow.withdraw(release, the_office("Publisher"), reason, at=at, **options)
    return release


def alike(release, count: int) -> None:
    """So many more releases, as long live as `release` and saying the same, each of a place and a tag of its own.

    Written as rows and not by the verbs: for asking what many cost.
    """
    edition = release.editions.get()
    slugs = [f"{release.slug}-like-{next(counter)}" for _ in range(count)]
    releases = Release.objects.bulk_create(copied(release, slug=slug, source="", source_id="") for slug in slugs)
    Address.objects.bulk_create(Address(language=row.language, slug=row.slug, release=row) for row in releases)
    editions = Edition.objects.bulk_create(
        copied(
            edition,
            release_id=row.pk,
            translation_group=row.pk,
            slug=row.slug,
            document={**edition.document, "slug": row.slug},
            card={**edition.card, "slug": row.slug},
        )
        for row in releases
    )
    words = search.document_words(Document.read(edition.document))
    search.put(search.EDITIONS, [(row.pk, words) for row in editions])
    for facet in (EditionLocation, EditionEvent, EditionSpokesperson, EditionTag):
        rows = list(facet.objects.filter(edition=edition))
        facet.objects.bulk_create(copied(row, edition_id=other.pk) for row in rows for other in editions)
    places = Location.objects.bulk_create(Location(slug=f"place-of-{slug}") for slug in slugs)
    LocationName.objects.bulk_create(LocationName(location=row, language="en", text=row.slug) for row in places)
    tags = Tag.objects.bulk_create(Tag(name=f"tag of {slug}", slug=f"tag-of-{slug}") for slug in slugs)
    for other, place, tag in zip(editions, places, tags, strict=True):
        shared = {"edition": other, "language": other.language, "first_public_at": other.first_public_at}
        EditionLocation.objects.create(location=place, direct=True, **shared)
        EditionTag.objects.create(tag=tag, **shared)


def copied(row, **changes):
    """A new row with the columns of another."""
    names = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    return type(row)(**{**{name: getattr(row, name) for name in names}, **changes})


def tell_event(slug: str = "", **columns):
    """Changes the event of this address, or the only one, and the days that follow from its hours."""
    events = Event.objects.filter(slug=slug) if slug else Event.objects.all()
    event = events.get()
    for name, value in columns.items():
        setattr(event, name, value)
    event.save()
    return event
