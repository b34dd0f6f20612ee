"""Rows of the table for any number of releases: a batch at a time, one query for each relation of a batch."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from releases.models import (
    Edition,
    EventName,
    Location,
    LocationName,
    Quote,
    ReleaseContact,
    ReleaseEvent,
    ReleaseLocation,
    SpokespersonName,
    TaggedRelease,
)
from releases.models.names import shown_in
from releases.states import Standing

from .columns import Row

BATCH = 1000
OWN = (
    *("id", "language", "kind", "headline", "slug", "summary", "dateline_raw", "release_at", "time_zone", "body"),
    *("notes_to_editors", "source", "source_id", "source_url", "state"),
)


def rows(releases: QuerySet, at: datetime) -> Iterator[list[Row]]:
    """The rows of `releases` as they stand at `at`, in batches: originals by number, then translations by number.

    So a file that is read from its top knows every original before its translations. Memory holds one batch.
    """
    for part in (releases.filter(translation_of=None), releases.exclude(translation_of=None)):
        last = 0
        while batch := list(_after(part, last)):
            last = batch[-1][0]
            yield _told(batch, at)


def _after(releases: QuerySet, last: int) -> QuerySet:
    return releases.filter(pk__gt=last).order_by("pk").values_list(*OWN, "translation_of_id")[:BATCH]


def _told(batch: list[tuple], at: datetime) -> list[Row]:
    languages = {values[0]: values[1] for values in batch}
    places, events, people = _places(languages), _events(languages), _people(languages)
    tags, contacts, editions = _tags(languages), _contacts(languages), _editions(languages)
    return [
        _standing(
            Row(
                **dict(zip(OWN, values, strict=False)),
                translation_of=values[-1],
                places=places[values[0]],
                events=events[values[0]],
                people=people[values[0]],
                tags=sorted(set(tags[values[0]])),
                contacts=contacts[values[0]],
            ),
            editions[values[0]],
            at,
        )
        for values in batch
    ]


def _standing(row: Row, editions: list[tuple], at: datetime) -> Row:
    """Where the release stands at `at`, and what the world reads or last read of it."""
    begun = [edition for edition in editions if edition[5] <= at]
    live = next((edition for edition in begun if edition[6] is None or edition[6] > at), None)
    taken_back = any(edition[7] and edition[7] <= at for edition in editions)
    if live:
        row.state = Standing.LIVE.value
    elif len(begun) < len(editions):
        row.state = Standing.SCHEDULED.value
    elif taken_back:
        row.state = Standing.WITHDRAWN.value
    if shown := live or (begun[-1] if begun else None):
        _release, row.edition, language, slug, row.first_public_at, row.changed_at = shown[:6]
        row.address = f"/{language}/releases/{slug}/"
    return row


def _of(model, languages: dict, *columns: str) -> list[tuple]:
    """Rows of one relation for a batch of releases, in the order staff gave them."""
    related = model.objects.filter(release__in=languages).order_by("release_id", "order")
    return list(related.values_list("release_id", *columns))


def _names(model, numbers, *columns: str) -> dict[int, dict[str, tuple]]:
    """What things are called: {thing: {language: (text, …)}}, languages in the order of `Named.name_row`."""
    owner = f"{model.owner}_id"
    found = defaultdict(dict)
    names = model.objects.filter(**{f"{owner}__in": set(numbers)}, is_alias=False)
    for thing, language, *said in names.values_list(owner, "language", "text", *columns):
        found[thing][language] = tuple(said)
    return found


def _called(names: dict[int, dict[str, tuple]], thing: int, language: str) -> tuple:
    return shown_in(names.get(thing, {}), language) or ("", "", "")


def _places(languages: dict) -> dict[int, list]:
    related = _of(ReleaseLocation, languages, "location_id", "in_dateline")
    numbers = {location for _, location, _ in related}
    told = Location.objects.filter(pk__in=numbers).values_list("pk", "slug", "tell_region", "parent_id")
    where = {number: (slug, parent if tell_region else None) for number, slug, tell_region, parent in told}
    names = _names(LocationName, numbers | {parent for _, parent in where.values() if parent})
    found = defaultdict(list)
    for release, location, in_dateline in related:
        slug, parent = where[location]
        name = _called(names, location, languages[release])[0] or slug
        region = _called(names, parent, languages[release])[0] if parent else ""
        found[release].append((name, region, in_dateline))
    return found


def _events(languages: dict) -> dict[int, list]:
    related = _of(ReleaseEvent, languages, "event_id", "event__slug")
    names = _names(EventName, {event for _, event, _ in related})
    found = defaultdict(list)
    for release, event, slug in related:
        found[release].append(_called(names, event, languages[release])[0] or slug)
    return found


def _people(languages: dict) -> dict[int, list]:
    related = _of(Quote, languages, "spokesperson_id", "spokesperson__slug", "title", "organisation")
    names = _names(SpokespersonName, {person for _, person, *_ in related}, "title", "organisation")
    found = defaultdict(list)
    for release, person, slug, title, organisation in related:
        name, today, works_for = _called(names, person, languages[release])
        found[release].append((name or slug, title or today, organisation or works_for))
    return found


def _tags(languages: dict) -> dict[int, list]:
    found = defaultdict(list)
    tagged = TaggedRelease.objects.filter(content_object__in=languages)
    for release, name in tagged.values_list("content_object_id", "tag__name"):
        found[release].append(name)
    return found


def _contacts(languages: dict) -> dict[int, list]:
    found = defaultdict(list)
    for release, *contact in _of(ReleaseContact, languages, "contact__name", "contact__email", "contact__phone"):
        found[release].append(tuple(contact))
    return found


def _editions(languages: dict) -> dict[int, list]:
    """Editions by release, earliest first: (release, number, language, slug, first public, from, until, withdrawn)."""
    columns = ("release_id", "number", "language", "slug", "first_public_at", "live_from", "live_until")
    found = defaultdict(list)
    editions = Edition.objects.filter(release__in=languages).order_by("release_id", "number")
    for edition in editions.values_list(*columns, "withdrawal__at"):
        found[edition[0]].append(edition)
    return found
