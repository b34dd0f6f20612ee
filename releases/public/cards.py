"""Lists of releases: cards read from one small column, by day, page after page."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from releases.querysets import Cursor
from releases.states import Kind

PAGE = 20
COLUMNS = ("id", "release_id", "first_public_at", "live_from", "card")


@dataclass(frozen=True)
class Card:
    """One release in a list: `card` is what its edition keeps for lists."""

    language: str
    id: int
    release: int
    published: datetime
    live_from: datetime
    card: dict

    def __getattr__(self, name):
        try:
            return self.card[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def url(self) -> str:
        return reverse("release", args=[self.language, self.card["slug"]])

    @property
    def kind_label(self):
        return Kind(self.card["kind"]).label

    @property
    def picture(self) -> dict | None:
        picture = self.card["picture"]
        return picture and {**picture, "url": default_storage.url(picture["path"])}


@dataclass(frozen=True)
class Day:
    date: date
    cards: list[Card]


@dataclass(frozen=True)
class Page:
    """A page of cards and, if the list goes on, where the next one starts."""

    cards: list[Card]
    after: Cursor | None

    @property
    def days(self) -> list[Day]:
        return by_day(self.cards)


def read(editions, language: str, limit: int = 0) -> Page:
    """The first `limit` cards of a list of editions (a page, if left out): one query."""
    limit = limit or PAGE
    cards = [Card(language, *row) for row in editions.values_list(*COLUMNS)[: limit + 1]]
    last = cards[limit - 1] if len(cards) > limit else None
    return Page(cards[:limit], last and Cursor(last.published, last.id))


def by_day(cards: list[Card]) -> list[Day]:
    """Cards under the days of the current zone, in the order they come."""
    days = groupby(cards, key=lambda card: timezone.localtime(card.published).date())
    return [Day(day, list(found)) for day, found in days]
