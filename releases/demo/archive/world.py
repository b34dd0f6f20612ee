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

COUNTRIES, REGIONS, TOWNS, EVENTS, PEOPLE = 4, 5, 12, 120, 100


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
    places = _places(languages)
    return World(
        languages=languages,
        places=Skewed([_place(place, languages) for place in places], 0.78),
        events=Skewed(_events(places, languages), 0.6),
        people=Skewed(_people(languages), 0.5),
        tags={language: Skewed(_tags(language), 0.7) for language in languages},
        contacts={language: _contacts(language) for language in languages},
        abouts={language: _about(language) for language in languages},
    )


def _named(model, name_model, owner: str, slug: str, names: dict[str, dict], **columns):
    """The thing of this slug, with names per language."""
    thing, is_new = model.objects.get_or_create(slug=slug, defaults=columns)
    known = {} if is_new else {name.language for name in thing.names.all()}
    for language, row in names.items():
        if language not in known:
            name_model.objects.create(**{owner: thing}, language=language, **row)
    return thing


def _location(slug: str, names: dict[str, str], kind: str, parent=None) -> Location:
    rows = {language: {"text": name} for language, name in names.items()}
    return _named(Location, LocationName, "location", slug, rows, kind=kind, parent=parent)


def _places(languages) -> list[Location]:
    """Every town of the archive, the regions of a country mixed so that size and country are not the same."""
    towns = []
    for number in range(COUNTRIES * REGIONS * TOWNS):
        names = {language: stock.town(number, language) for language in languages}
        region_number = number % (COUNTRIES * REGIONS)
        country_number = region_number % COUNTRIES
        country_names = _wide(stock.WORDS["country"], 17 * country_number + 3, languages)
        country = _location(f"archive-country-{country_number + 1}", country_names, "country")
        region_names = _wide(stock.WORDS["province"], 11 * region_number + 5, languages)
        region = _location(f"archive-province-{region_number + 1}", region_names, "province", country)
        slug = f"archive-{text.slugify(stock.town(number, 'tr'), 'tr')}"
        towns.append(_location(slug, names, "town", region))
    return towns


def _wide(form: dict[str, str], number: int, languages) -> dict[str, str]:
    return {language: form[language].format(stock.town(number, language)) for language in languages}


def _place(location: Location, languages) -> Known:
    known = Known(location.pk, location.slug, around=tuple(place.pk for place in location.ancestors()))
    for language in languages:
        place = Place(id=location.pk, name=location.name_in(language), slug=location.slug)
        known.told[language] = place.model_dump(mode="json")
        known.words[language] = Phrase.of(place.told).words
        known.names[language] = place.told
    return known


def _events(places: list[Location], languages) -> list[Known]:
    events = []
    for number in range(EVENTS):
        place, year = places[number * 7 % len(places)], 2005 + number % 21
        names = {
            language: {"text": stock.WORDS["gatherings"][language].format(place=place.name_in(language), year=year)}
            for language in languages
        }
        first = date(year, 1 + number % 12, 1 + number % 27)
        slug = f"archive-forum-{number + 1}"
        event = _named(Event, EventName, "event", slug, names, starts_on=first, ends_on=first, location=place)
        events.append(_event(event, languages))
    return events


def _event(event: Event, languages) -> Known:
    known = Known(event.pk, event.slug)
    for language in languages:
        happening = Happening(
            id=event.pk,
            name=event.name_in(language),
            slug=event.slug,
            starts_on=event.starts_on,
            ends_on=event.ends_on,
            time_zone=event.time_zone,
            place=event.location.name_in(language),
        )
        known.told[language] = happening.model_dump(mode="json")
        known.words[language] = Phrase.of(happening.name).words
    return known


def _people(languages) -> list[Known]:
    people = []
    for number in range(PEOPLE):
        names = {
            language: {
                "text": stock.person(number, language),
                "title": stock.WORDS["titles"][language],
                "organisation": stock.WORDS["office"][language],
            }
            for language in languages
        }
        slug = f"archive-{text.slugify(stock.person(number, 'tr'), 'tr')}"
        person = _named(Spokesperson, SpokespersonName, "spokesperson", slug, names)
        known = Known(person.pk, slug)
        for language, row in names.items():
            said = Quotation(
                spokesperson_id=person.pk,
                name=row["text"],
                slug=slug,
                title=row["title"],
                organisation=row["organisation"],
            )
            known.told[language] = said.model_dump(mode="json")
            known.words[language] = Phrase.of(f"{said.name} {said.title} {said.organisation}").words
        people.append(known)
    return people


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
