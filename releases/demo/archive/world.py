"""Places, events, people and tags of an archive: few enough to be kept at hand while releases are written."""

from bisect import bisect
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

from django.db import transaction

from releases import text
from releases.demo.archive import stock
from releases.demo.archive.stock import Phrase
from releases.documents import About, Happening, Place, PressContact, Quotation
from releases.models import (
    Boilerplate,
    Contact,
    Event,
    EventName,
    Location,
    LocationName,
    Spokesperson,
    SpokespersonName,
    Tag,
)

COUNTRIES, PROVINCES, TOWNS, EVENTS, PEOPLE = 4, 5, 12, 120, 100


@dataclass(slots=True)
class Known:
    """Something releases refer to: `told` is its part of a document per language, `words` how it is found there."""

    id: int
    slug: str
    told: dict[str, dict] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    around: tuple[int, ...] = ()


@dataclass
class Skewed:
    """Things of which the first are much more common than the last; `power` 0 is even."""

    things: list
    power: float

    def __post_init__(self):
        self.weights = list(accumulate(1 / (rank + 1) ** self.power for rank in range(len(self.things))))

    def pick(self, chance: float):
        """The thing that `chance` (0 to 1) falls on."""
        return self.things[bisect(self.weights, chance * self.weights[-1])]


@dataclass
class World:
    languages: tuple[str, ...]
    places: Skewed
    events: Skewed
    people: Skewed
    tags: dict[str, Skewed]
    contacts: dict[str, list[Known]]
    abouts: dict[str, Known]


@transaction.atomic
def found(languages: tuple[str, ...]) -> World:
    """The world of archives, written where it is not there yet."""
    places, people = _places(languages), _people(languages)
    return World(
        languages=languages,
        places=Skewed(places, 0.78),
        events=Skewed(_events(places, languages), 0.6),
        people=Skewed(people, 0.5),
        tags={language: Skewed(_tags(language), 0.7) for language in languages},
        contacts={language: _contacts(language) for language in languages},
        abouts={language: _about(language) for language in languages},
    )


def _write(model, name_model, wanted: list[tuple[str, dict, dict]]) -> list:
    """The things wanted, (address, columns, names per language) each, new where they are not there yet."""
    owner = name_model.owner
    there = {thing.slug: thing for thing in model.objects.filter(slug__startswith="archive-")}
    model.objects.bulk_create(model(slug=slug, **columns) for slug, columns, _ in wanted if slug not in there)
    there = {thing.slug: thing for thing in model.objects.filter(slug__startswith="archive-")}
    named = set(name_model.objects.filter(**{f"{owner}__in": there.values()}).values_list(f"{owner}_id", "language"))
    name_model.objects.bulk_create(
        name_model(**{owner: there[slug]}, language=language, **row)
        for slug, _, names in wanted
        for language, row in names.items()
        if (there[slug].pk, language) not in named
    )
    return [there[slug] for slug, _, _ in wanted]


def _texts(form: str, number: int, languages) -> dict[str, dict]:
    """The name of place `number` per language, put into the words called `form`, as columns of a name."""
    forms = stock.WORDS.get(form, {})
    return {
        language: {"text": forms.get(language, "{}").format(stock.town(number, language))} for language in languages
    }


def _places(languages) -> list[Known]:
    """Every town of the archive, countries mixed so that a busy town says nothing of its country."""
    wide = [
        ("country", COUNTRIES, lambda number: 17 * number + 3),
        ("province", COUNTRIES * PROVINCES, lambda number: 11 * number + 5),
        ("town", COUNTRIES * PROVINCES * TOWNS, lambda number: number),
    ]
    around: list[Location] = []
    for kind, count, name in wide:
        wanted = [
            (
                f"archive-{_place_slug(kind, name(number))}",
                {"kind": kind, "parent": around[number % len(around)] if around else None},
                _texts(kind, name(number), languages),
            )
            for number in range(count)
        ]
        around = _write(Location, LocationName, wanted)
    parents = {place.pk: place.parent_id for place in Location.objects.filter(slug__startswith="archive-")}
    return [_place(town, names, parents) for town, (_, _, names) in zip(around, wanted, strict=True)]


def _place_slug(kind: str, number: int) -> str:
    slug = text.slugify(stock.town(number, "tr"), "tr")
    return slug if kind == "town" else f"{kind}-{slug}"


def _place(town: Location, names: dict, parents: dict[int, int | None]) -> Known:
    province = parents[town.pk]
    known = Known(town.pk, town.slug, around=(province, parents[province]))
    for language, row in names.items():
        place = Place(id=town.pk, name=row["text"], slug=town.slug)
        known.told[language] = place.model_dump(mode="json")
        known.words[language] = Phrase.of(place.told).words
        known.names[language] = place.told
    return known


def _events(places: list[Known], languages) -> list[Known]:
    wanted, told = [], []
    for number in range(EVENTS):
        place, year = places[number * 7 % len(places)], 2005 + number % 21
        form = stock.WORDS["gatherings"]
        names = {
            language: {"text": form[language].format(place=place.names[language], year=year)} for language in languages
        }
        first = date(year, 1 + number % 12, 1 + number % 27)
        columns = {"starts_on": first, "ends_on": first, "location_id": place.id}
        wanted.append((f"archive-forum-{number + 1}", columns, names))
        told.append(place)
    events = _write(Event, EventName, wanted)
    return [_event(*each) for each in zip(events, (names for _, _, names in wanted), told, strict=True)]


def _event(event: Event, names: dict, place: Known) -> Known:
    known = Known(event.pk, event.slug)
    same = {name: getattr(event, name) for name in ("id", "slug", "starts_on", "ends_on", "time_zone")}
    for language, row in names.items():
        happening = Happening(**same, name=row["text"], place=place.names[language])
        known.told[language] = happening.model_dump(mode="json")
    return known


def _people(languages) -> list[Known]:
    wanted = []
    for number in range(PEOPLE):
        names = {
            language: {
                "text": stock.person(number, language),
                "title": stock.WORDS["titles"][language],
                "organisation": stock.WORDS["office"][language],
            }
            for language in languages
        }
        wanted.append((f"archive-{text.slugify(stock.person(number, 'tr'), 'tr')}", {}, names))
    people = _write(Spokesperson, SpokespersonName, wanted)
    return [_person(person, names) for person, (_, _, names) in zip(people, wanted, strict=True)]


def _person(person: Spokesperson, names: dict) -> Known:
    known = Known(person.pk, person.slug)
    for language, row in names.items():
        said = Quotation(
            spokesperson_id=person.pk,
            slug=person.slug,
            name=row["text"],
            title=row["title"],
            organisation=row["organisation"],
        )
        known.told[language] = said.model_dump(mode="json")
        known.words[language] = Phrase.of(f"{said.name} {said.title} {said.organisation}").words
    return known


def _tags(language: str) -> list[Known]:
    found = []
    for name in stock.tags(language):
        slug = text.slugify(name, language)
        tag, _ = Tag.objects.get_or_create(folded=text.fold(name), defaults={"name": name, "slug": slug})
        found.append(Known(tag.pk, tag.slug, words={language: Phrase.of(tag.name).words}, names={language: tag.name}))
    return found


def _contacts(language: str) -> list[Known]:
    found = []
    for number in range(3):
        contact, _ = Contact.objects.get_or_create(
            language=language,
            email=f"archive{number + 1}@example.org",
            defaults={
                "name": stock.person(number * 5, language),
                "organisation": stock.WORDS["office"][language],
                "phone": f"+90 312 555 01 {number + 40}",
            },
        )
        told = PressContact(**{name: getattr(contact, name) for name in PressContact.model_fields})
        found.append(Known(contact.pk, "", told={language: told.model_dump(mode="json")}))
    return found


def _about(language: str) -> Known:
    sentence = stock.sentences(language)[0].text
    boilerplate, _ = Boilerplate.objects.get_or_create(
        language=language, title=stock.WORDS["office"][language], defaults={"body": f"<p>{sentence}</p>"}
    )
    told = About(id=boilerplate.pk, title=boilerplate.title, body=boilerplate.body)
    return Known(boilerplate.pk, "", told={language: told.model_dump(mode="json")})
