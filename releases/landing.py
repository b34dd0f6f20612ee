"""land(): the one door through which a Document becomes a working copy."""

from collections.abc import Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

from django.db import transaction
from django.utils import timezone

from releases import markup, text
from releases.documents import Document, Place, PressContact, Quotation
from releases.models import (
    Address,
    Attachment,
    Boilerplate,
    Contact,
    Event,
    EventName,
    Location,
    LocationName,
    Photo,
    Quote,
    Release,
    ReleaseBoilerplate,
    ReleaseContact,
    ReleaseEvent,
    ReleaseLocation,
    Spokesperson,
    SpokespersonName,
    Tag,
    TaggedRelease,
)
from releases.models.names import free_slug, shown_in
from releases.revisions import record_locked
from releases.states import Verb

SCALARS = (
    *(
        "language",
        "kind",
        "headline",
        "summary",
        "dateline_raw",
        "body",
        "notes_to_editors",
        "release_at",
        "time_zone",
    ),
    *("source", "source_id", "source_url"),
)


UNTOUCHED = ("tags", "state", "created_by", "submitted_by")  # columns that no document changes


_memory: ContextVar[dict | None] = ContextVar("memory", default=None)


@contextmanager
def remembering():
    """While it lasts, a name that was found once is not looked up again. Yields what is remembered, a dict.

    For many landings in one transaction; whoever undoes one of them clears the dict.
    """
    token = _memory.set({})
    try:
        yield _memory.get()
    finally:
        _memory.reset(token)


def remembered(find):
    """Makes a lookup that answers from memory where somebody is `remembering`."""

    @wraps(find)
    def found(*said):
        memory, key = _memory.get(), (find, *said)
        if memory is None or not memory.get(key):
            number = find(*said)
            if memory is None:
                return number
            memory[key] = number
        return memory[key]

    return found


@transaction.atomic
def land(
    document: Document, *, by, note: str = "", release: Release | None = None, verb=Verb.EDIT, at=None, number=None
) -> Release:
    """Makes the working copy say exactly what `document` says, as a draft; names not yet known become new rows.

    Without `release` a new one is written, under `number` if one is given. Raises ValidationError (per field) and
    leaves nothing behind.
    """
    at = at or timezone.now()
    if release:
        release = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    else:
        release = Release(created_by=by, created_at=at, **({"id": number} if number else {}))
    for name in SCALARS:
        setattr(release, name, getattr(document, name))
    release.translation_of_id = document.translation_of
    release.slug = document.slug or release.slug or free_release_slug(document)
    fresh = release._state.adding
    release.full_clean(exclude=UNTOUCHED if number or not fresh else (*UNTOUCHED, "id"))
    release.save()
    _relate(release, document, fresh)
    record_locked(release, by, note, verb=verb, at=at)
    return release


def free_release_slug(document: Document) -> str:
    used = [model.objects.filter(language=document.language) for model in (Release, Address)]
    return free_slug(document.headline, *used, language=document.language)


def _relate(release: Release, document: Document, fresh: bool) -> None:
    """Replaces each ordered relation that differs from the document's; a `fresh` release has none yet."""
    language = document.language
    places: dict[int, bool] = {}
    for place in document.places:
        found = find_location(place, language)
        places[found] = places.get(found, False) or place.in_dateline
    wanted = [{"location_id": found, "in_dateline": said} for found, said in places.items()]
    _replace(release.places, ReleaseLocation, wanted, fresh)
    events = [{"event_id": find_event(event, language)} for event in document.events]
    _replace(release.happenings, ReleaseEvent, events, fresh)
    _replace(release.quotes, Quote, [_quote(quotation, language) for quotation in document.quotes], fresh)
    contacts = [{"contact_id": find_contact(contact, language)} for contact in document.contacts]
    _replace(release.press_contacts, ReleaseContact, contacts, fresh)
    abouts = [{"boilerplate_id": find_boilerplate(about, language)} for about in document.boilerplates]
    _replace(release.about_texts, ReleaseBoilerplate, abouts, fresh)
    _replace_files(release.photos, Photo, document.photos, fresh)
    _replace_files(release.attachments, Attachment, document.attachments, fresh)
    tag(release, document.tags, fresh)


def _replace(related, model, wanted: list[dict], fresh: bool) -> None:
    """Makes the ordered rows of one relation equal to `wanted`, a dict of columns each; equal rows are left alone."""
    columns = sorted({name for row in wanted for name in row} or {"order"})
    unique = [row for index, row in enumerate(wanted) if row not in wanted[:index]]
    present = [] if fresh else list(related.order_by("order").values(*columns))
    if present == [{name: row[name] for name in columns} for row in unique]:
        return
    if present:
        related.all().delete()
    model.objects.bulk_create(model(release=related.instance, order=order, **row) for order, row in enumerate(unique))


def _replace_files(related, model, wanted, fresh: bool) -> None:
    """Like `_replace`, for rows that carry a stored file; ids are kept so that a revision restores the same rows."""
    if fresh and not wanted:
        return
    rows = [{**item.model_dump(exclude={"id", "path"}), "file": item.path} for item in wanted]
    ids = {row.file.name: row.pk for row in related.all()}
    columns = sorted(rows[0]) if rows else ["order"]
    if list(related.order_by("order").values(*columns)) == [{name: row[name] for name in columns} for row in rows]:
        return
    kept = {row.file.name: row for row in related.all()}
    related.all().delete()
    for order, (item, row) in enumerate(zip(wanted, rows, strict=True)):
        instance = kept.get(item.path) or model(release=related.instance)
        for name, value in {**row, "order": order}.items():
            setattr(instance, name, value)
        instance.pk = ids.get(item.path) or item.id or instance.pk
        model.objects.bulk_create([instance])


def tag(release: Release, names: Iterable[str], fresh: bool = False) -> None:
    """Gives the release exactly these tags; a word already known in another spelling stays the one tag it is."""
    wanted = {find_tag(name) for name in names}
    present = set() if fresh else set(release.tagged.values_list("tag_id", flat=True))
    if present - wanted:
        release.tagged.filter(tag_id__in=present - wanted).delete()
    TaggedRelease.objects.bulk_create(
        TaggedRelease(content_object=release, tag_id=tag_id) for tag_id in sorted(wanted - present)
    )


def _quote(quotation: Quotation, language: str) -> dict:
    return {
        "spokesperson_id": find_spokesperson(quotation, language),
        "words": quotation.words,
        "title": quotation.title,
        "organisation": quotation.organisation,
    }


@remembered
def find_tag(name: str) -> int:
    folded = text.fold(name)
    known = Tag.objects.filter(folded=folded).values_list("id", flat=True).first()
    if known:
        return known
    tag = Tag(name=name, slug=free_slug(name, Tag.objects.all()))
    tag.full_clean()
    tag.save()
    return tag.pk


@remembered
def find_location(place: Place, language: str) -> int:
    """The known place of this id or name (İzmir, Izmir and IZMIR are one), within its region if one is told."""
    if known := known_location(place):
        return known if place.id else _learn(LocationName, known, place.name, language)
    region = find_location(Place(name=place.region), language) if place.region else None
    return _name_new(
        Location(
            slug=free_slug(place.told, Location.objects.all(), language=language),
            parent_id=region,
            tell_region=bool(region),
        ),
        LocationName(language=language, text=place.name),
        "location",
    )


@remembered
def known_location(place: Place) -> int | None:
    if place.id and Location.objects.filter(pk=place.id).exists():
        return place.id
    for name, region in [(place.told, ""), (place.name, place.region)] if place.region else [(place.name, "")]:
        for location in _called(Location, name):
            if not region or _lies_in(location, region):
                return location.pk
    return None


def _called(model, name: str):
    """Everything that has `name`, or an alias that folds to it; places told without a region come first."""
    folded = text.fold(name)
    found = model.objects.filter(names__folded=folded).distinct()
    return found.order_by("tell_region", "slug") if model is Location else found.order_by("slug")


def _lies_in(location: Location, region: str) -> bool:
    folded = text.fold(region)
    return any(folded in {name.folded for name in place.names.all()} for place in location.ancestors())


def _learn(model, thing: int, name: str, language: str) -> int:
    """Notes what a known thing is called in a language in which nobody has named it yet; its id."""
    names = list(model.objects.filter(**{model.owner: thing}).values_list("language", "is_alias", "text"))
    shown = {said_in: called for said_in, is_alias, called in names if not is_alias}
    is_alias = any(alias and text.fold(called) == text.fold(name) for _, alias, called in names)
    if language not in shown and not is_alias and (shown_in(shown, language) or "").casefold() != name.casefold():
        row = model(**{f"{model.owner}_id": thing}, language=language, text=name)
        row.full_clean()
        row.save()
    return thing


def _name_new(thing, name, owner: str) -> int:
    name.text = text.tidy(name.text)
    thing.full_clean()
    thing.save()
    setattr(name, owner, thing)
    name.full_clean()
    name.save()
    return thing.pk


@remembered
def find_event(happening, language: str) -> int:
    if known := known_event(happening):
        return known if happening.id else _learn(EventName, known, happening.name, language)
    same = ("starts_on", "ends_on", "starts_at", "ends_at", "status", "url")
    event = Event(
        slug=free_slug(happening.name, Event.objects.all(), language=language),
        **{name: getattr(happening, name) for name in same},
    )
    event.venue = happening.place
    event.time_zone = happening.time_zone or event.time_zone
    return _name_new(event, EventName(language=language, text=happening.name), "event")


def known_event(happening) -> int | None:
    if happening.id and Event.objects.filter(pk=happening.id).exists():
        return happening.id
    return _called(Event, happening.name).values_list("pk", flat=True).first()


@remembered
def find_spokesperson(quotation: Quotation, language: str) -> int:
    if known := known_spokesperson(quotation):
        return known if quotation.spokesperson_id else _learn(SpokespersonName, known, quotation.name, language)
    name = SpokespersonName(
        language=language, text=quotation.name, title=quotation.title, organisation=quotation.organisation
    )
    return _name_new(
        Spokesperson(slug=free_slug(quotation.name, Spokesperson.objects.all(), language=language)),
        name,
        "spokesperson",
    )


@remembered
def known_spokesperson(quotation: Quotation) -> int | None:
    if quotation.spokesperson_id and Spokesperson.objects.filter(pk=quotation.spokesperson_id).exists():
        return quotation.spokesperson_id
    return _called(Spokesperson, quotation.name).values_list("pk", flat=True).first()


@remembered
def find_contact(contact: PressContact, language: str) -> int:
    """The known contact of this id, or of this name, e-mail and phone; else a new one for readers of `language`."""
    if contact.id and Contact.objects.filter(pk=contact.id).exists():
        return contact.id
    row = Contact(language=language, **contact.model_dump(exclude={"id"}))
    same = Contact.objects.filter(name=row.name, email=row.email, phone=row.phone).order_by("id")
    known = same.filter(language=language).first() or same.first()
    if not known:
        row.full_clean()
        row.save()
    return (known or row).pk


def find_boilerplate(about, language: str) -> int:
    if about.id and Boilerplate.objects.filter(pk=about.id).exists():
        return about.id
    known = Boilerplate.objects.filter(language=language, title=about.title, body=about.body).first()
    if known:
        return known.pk
    return Boilerplate.objects.create(language=language, title=about.title, body=markup.sanitise(about.body)).pk
