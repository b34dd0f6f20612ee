"""Stories of an archive as rows of its tables. Each story is made from the seed and its own number alone."""

import hashlib
import json
import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from math import gcd

from releases import search
from releases.demo.archive import stock
from releases.demo.archive.stock import Phrase
from releases.demo.archive.world import World
from releases.documents import Document
from releases.states import Kind

SOURCE = "archive"
SINCE = datetime(2004, 1, 5, 8, tzinfo=UTC)
TOGETHER = [(0, 1, 2)] * 6 + [(0, 1)] * 5 + [(0, 2)] * 3 + [(0,)] * 4 + [(1,), (2,)]  # languages of twenty stories
KINDS = [Kind.PRESS_RELEASE] * 11 + [Kind.NEWS] * 5 + [Kind.STATEMENT] * 2 + [Kind.MEDIA_ADVISORY, Kind.MESSAGE]
DRAFT, IN_REVIEW, WITHDRAWN, CORRECTED = 0.03, 0.01, 0.005, 0.05  # shares of the stories
HITS_OF_A_RARE_NAME = 25
CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))  # as digests are taken


@dataclass(frozen=True)
class Plan:
    """How many releases, from which seed, in which languages, up to which day."""

    count: int
    seed: int
    languages: tuple[str, ...]
    until: date

    @cached_property
    def pattern(self) -> list[tuple[str, ...]]:
        """The languages of twenty stories, over and over."""
        spoken = [tuple(self.languages[at] for at in ats if at < len(self.languages)) for ats in TOGETHER]
        return [languages or self.languages[:1] for languages in spoken]

    @cached_property
    def stories(self) -> int:
        """How many stories it takes; what a whole pattern would overshoot is told in one language only."""
        whole, rest = divmod(self.count, sum(map(len, self.pattern)))
        return whole * len(self.pattern) + rest

    def languages_of(self, number: int) -> tuple[str, ...]:
        whole = self.count // sum(map(len, self.pattern)) * len(self.pattern)
        return self.pattern[number % len(self.pattern)] if number < whole else self.languages[:1]

    @cached_property
    def embargoed(self) -> int:
        """How many of the newest stories still lie ahead."""
        return min(20, self.stories // 200)

    @cached_property
    def end(self) -> datetime:
        return datetime(self.until.year, self.until.month, self.until.day, tzinfo=UTC)

    def hour_of(self, number: int) -> datetime:
        """When story `number` went out: offices wrote less long ago; the last ones are still ahead."""
        past = self.stories - self.embargoed
        end = self.end
        if number >= past:
            return end + timedelta(days=1 + number - past, hours=7)
        return SINCE + timedelta(minutes=int((end - SINCE) / timedelta(minutes=1) * ((number + 0.5) / past) ** 0.65))

    def shuffled(self) -> tuple[int, int]:
        """(factor, shift): `place * factor + shift`, modulo the stories, is the story whose ids come at that place."""
        factor = int(self.stories * 0.618) | 1
        while gcd(factor, self.stories) != 1:
            factor += 2
        return factor, self.seed * 7919


def written(moment: datetime) -> str:
    """A moment as both engines take it: UTC without saying so."""
    return moment.isoformat(" ")[:19]


class Maker:
    """Writes the stories of one plan, as rows per table, in the columns of `tables.COLUMNS`."""

    def __init__(self, plan: Plan, world: World):
        self.plan, self.world = plan, world
        self.skeletons = {language: Document(language=language, headline="-").to_json() for language in plan.languages}
        self.factor, self.shift = plan.shuffled()
        self.inverse = pow(self.factor, -1, plan.stories) if plan.stories > 1 else 0
        self.end = plan.end
        self.step = 2**48 // (plan.stories + 1)
        self.known: dict[str, dict[str, str]] = {language: {} for language in plan.languages}

    def story_at(self, place: int) -> int:
        """The story whose ids are the `place`-th smallest."""
        return (place * self.factor + self.shift) % self.plan.stories

    def first_id(self, number: int) -> int:
        """The first of sixteen ids that belong to story `number`; their order says nothing of its age."""
        place = (number - self.shift) * self.inverse % self.plan.stories
        jitter = random.Random(self.plan.seed * 2**40 + number).random()  # noqa: S311 - an invented archive
        return (int((place + jitter) * self.step) + self.plan.seed % 997) * 16 + 1

    def learn(self, language: str, texts: list[str], since: str) -> None:
        """Remembers since when the words of some texts are public."""
        known = self.known[language]
        for word in " ".join(texts).replace(search.ASIDE, "").split():
            if since < known.get(word, "9"):
                known[word] = since

    def story(self, number: int) -> dict[str, list[tuple]]:
        """All rows of story `number`."""
        return Story(self, number).rows


class Story:
    """One story in its languages."""

    def __init__(self, maker: Maker, number: int):
        self.maker, self.number, self.world = maker, number, maker.world
        self.chance = random.Random(maker.plan.seed * 2**40 + number + 2**39)  # noqa: S311 - an invented archive
        self.rows: dict[str, list[tuple]] = defaultdict(list)
        self.hour = maker.plan.hour_of(number)
        self.ahead = number >= maker.plan.stories - maker.plan.embargoed
        self.first = written(self.hour)
        self.desk = written(min(self.hour, maker.end) - timedelta(hours=3))  # when it was written, never ahead
        self.decide()
        self.original = first = maker.first_id(number)
        for at, language in enumerate(maker.plan.languages_of(number)):
            self.tell(first + at, first + 3 + 2 * at, language)

    def decide(self) -> None:
        """What the language versions have in common."""
        chance, world = self.chance.random, self.world
        fate = chance()
        self.fate = "live"
        for name, share in [
            ("draft", DRAFT),
            ("in_review", IN_REVIEW),
            ("withdrawn", WITHDRAWN),
            ("corrected", CORRECTED),
        ]:
            if not self.ahead and self.fate == "live" and fate < share:
                self.fate = name
            fate -= share
        self.kind = KINDS[int(chance() * len(KINDS))]
        places = {place.id: place for place in (world.places.pick(chance()) for _ in range(1 + (chance() < 0.2)))}
        self.places = list(places.values())
        self.event = world.events.pick(chance()) if chance() < 0.3 else None
        people = {person.id: person for person in (world.people.pick(chance()) for _ in range(int(chance() * 2.5)))}
        self.people = list(people.values())
        self.topics = sorted({int(chance() ** 1.8 * 60) for _ in range(1 + int(chance() * 4))})
        self.figure = 10 + int(chance() ** 3 * 9000)
        self.rare = int(chance() * (self.maker.plan.count // HITS_OF_A_RARE_NAME + 1))

    def tell(self, release: int, edition: int, language: str) -> None:
        """The rows of one language version."""
        state, editions = self.fate, ()
        if state in ("live", "withdrawn", "corrected"):
            editions = (edition, edition + 1) if state == "corrected" else (edition,)
        told = self.document(release, language, bool(editions))
        self.search_words(told, language)
        documents = [told]
        if len(editions) == 2:
            documents.append(
                {**told, "body": told["body"].replace("</p>", f" {stock.notes(language)[0].text}</p>", 1)}
            )
        texts = [CANONICAL.encode(each) for each in documents]
        digests = [hashlib.sha256(each.encode()).hexdigest() for each in texts]
        self.working_copy(release, documents[-1], digests[-1])
        self.relations(release, language)
        if editions:
            self.rows["address"].append((release, language, told["slug"], release))
        for at, row in enumerate(editions):
            self.edition(row, at, editions, release, documents[at], texts[at], digests[at])

    def document(self, release: int, language: str, dated: bool) -> dict:
        """The document of a language version, as `Document.to_json` would write it."""
        headline, slug = self.headline(language)
        said = self.said = self.sentences(language)
        return {
            **self.maker.skeletons[language],
            "kind": self.kind.value,
            "headline": headline.text,
            "slug": slug.text,
            "summary": said[7].text,
            "places": [each.told[language] for each in self.places],
            "body": "".join(f"<p>{' '.join(each.text for each in said[at : at + 2])}</p>" for at in (1, 3, 5)),
            "release_at": f"{self.first[:10]}T{self.first[11:]}Z" if dated else None,
            "events": [self.event.told[language]] if self.event else [],
            "quotes": [self.quote(person, language) for person in self.people],
            "tags": sorted(self.world.tags[language].things[at].names[language] for at in self.topics),
            "contacts": [self.contact(language).told[language]],
            "boilerplates": [self.world.abouts[language].told[language]],
            "translation_of": None if release == self.original else self.original,
            "source": SOURCE,
            "source_id": f"{self.maker.plan.seed}-{self.number + 1}",
        }

    def headline(self, language: str) -> tuple[Phrase, Phrase]:
        """The headline and the address."""
        before, behind, stem = stock.headline(language, self.number % 8)
        place, number = self.places[0], f"{self.maker.plan.seed}-{self.number + 1}"
        said, found = f"{place.names[language]}: {before.text}", f"{place.words[language]} {before.words}"
        if behind:
            said, found = f"{said}{self.figure}{behind.text}", f"{found} {self.figure} {behind.words}"
        stead = place.slug.removeprefix("archive-")
        address = Phrase(f"{stead}-{stem.text}-{number}", " ".join([stead, stem.words, number]).replace("-", " "))
        self.headline_words, self.slug_words = found, address.words
        return Phrase(said, found), address

    def sentences(self, language: str) -> list[Phrase]:
        """Eight sentences: the first is quoted, the last is the summary, one names what no other release names."""
        sentences, chance = stock.sentences(language), self.chance.random
        said = [sentences[int(chance() * len(sentences))] for _ in range(8)]
        sentence, words = stock.rarely(language)
        name = stock.rare_name(self.rare)
        said[2] = Phrase(sentence.format(name), words.format(name.lower()))
        return said

    def contact(self, language: str):
        contacts = self.world.contacts[language]
        return contacts[self.number % len(contacts)]

    def quote(self, person, language: str) -> dict:
        return {**person.told[language], "words": self.said[0].text}

    def search_words(self, told: dict, language: str) -> None:
        """What the language version is found by, put together from parts that are known already."""
        said, topics = self.said, self.world.tags[language].things
        self.above_words = [
            said[7].words,
            *(place.words[language] for place in self.places),
            *(person.words[language] for person in self.people),
            *(topics[at].words[language] for at in self.topics),
        ]

    def edition_words(self, language: str, note: str) -> str:
        """The words of one edition; a correction says `note` at the end of its first paragraph."""
        said = [each.words for each in self.said[1:7]]
        below = [*(self.said[0].words for _ in self.people), " ".join([*said[:2], note, *said[2:]])]
        return search.edition_words(language, self.headline_words, self.above_words, below)

    def working_copy(self, release: int, told: dict, digest: str) -> None:
        state = {"draft": "draft", "in_review": "in_review", "withdrawn": "draft"}.get(self.fate, "approved")
        pinned = digest if state != "draft" else ""
        same = [told[name] for name in ("translation_of", "language", "kind", "headline", "slug", "summary")]
        hour = self.first if told["release_at"] else None
        text = ("", told["body"], "", hour, told["time_zone"])
        row = (release, *same, *text, state, 1, pinned, self.desk, self.desk, SOURCE, told["source_id"], "")
        self.rows["release"].append(row)
        number = told["source_id"].replace("-", " ")
        words = [self.headline_words, self.said[7].words, self.slug_words, number]
        self.rows["releasesearch"].append((release, search.laid_out(words)))

    def relations(self, release: int, language: str) -> None:
        """The relations of a working copy; their ids are made of its own."""
        rows, world = self.rows, self.world
        number = release * 4
        for order, place in enumerate(self.places):
            rows["releaselocation"].append((number + order, release, order, place.id, 1))
        for order, person in enumerate(self.people):
            told = person.told[language]
            quote = (number + order, release, order, person.id, self.said[0].text, told["title"], told["organisation"])
            rows["quote"].append(quote)
        if self.event:
            rows["releaseevent"].append((number, release, 0, self.event.id))
        rows["releasecontact"].append((number, release, 0, self.contact(language).id))
        rows["releaseboilerplate"].append((number, release, 0, world.abouts[language].id))
        rows["taggedrelease"] += [(release, world.tags[language].things[at].id) for at in self.topics]

    def edition(self, number: int, at: int, editions, release: int, told: dict, text: str, digest: str) -> None:
        """One edition with its window, its public notes and its facets."""
        first, later = self.first, self.hour + timedelta(days=2, minutes=self.number % 600)
        language, corrected = told["language"], at == 1
        since = written(later) if corrected else first
        until = written(later) if self.fate == "withdrawn" or (self.fate == "corrected" and not corrected) else None
        notes = []
        if corrected:
            note = stock.notes(language)[0].text
            iso = later.isoformat()
            notes = [{"kind": "correction", "note": note, "at": iso, "edition": 2, "previous": 1}]
            self.rows["correction"].append((number, number, "correction", note, since, language, 1))
        if self.fate == "withdrawn":
            reason = stock.notes(language)[1].text
            self.rows["withdrawal"].append((number, number, "gone", reason, written(later)))
        approved = since if corrected else self.desk
        card = CANONICAL.encode(self.card(told, corrected))
        same = [told[name] for name in ("language", "slug", "kind", "headline")]
        window = (since, until, first, approved)
        public = CANONICAL.encode(notes)
        row = (number, release, self.original, at + 1, *same, card, text, public, digest, *window, "")
        self.rows["edition"].append(row)
        note = stock.notes(language)[0].words if corrected else ""
        self.rows["editionsearch"].append((number, self.edition_words(language, note)))
        self.maker.learn(language, [self.headline_words, *self.above_words], since)
        self.facets(number, language, first)

    def card(self, told: dict, corrected: bool) -> dict:
        places = [place.names[told["language"]] for place in self.places]
        return {
            **{name: told[name] for name in ("headline", "summary", "kind")},
            "dateline": "/".join(places),
            "slug": told["slug"],
            "picture": None,
            "time_zone": told["time_zone"],
            "places": [[place["slug"], place["name"]] for place in told["places"]],
            "tags": told["tags"],
            "corrected": corrected,
        }

    def facets(self, edition: int, language: str, first: str) -> None:
        direct = {place.id for place in self.places}
        around = {number for place in self.places for number in place.around}
        common, rows = (edition, language, first), self.rows
        rows["editionlocation"] += [(*common, number, int(number in direct)) for number in sorted(direct | around)]
        rows["editionevent"] += [(*common, self.event.id)] if self.event else []
        rows["editionspokesperson"] += [(*common, person.id) for person in self.people]
        rows["editiontag"] += [(*common, self.world.tags[language].things[at].id) for at in self.topics]
