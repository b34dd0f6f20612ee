"""Which pages are asked for: many different ones of each kind, so that no single row is always warm."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from releases.demo.archive import stock
from releases.models import Edition, EditionEvent, EditionLocation, EditionSpokesperson, EditionTag, Release
from releases.querysets import Cursor

LANGUAGE = "en"
MANY = 40
SAMPLE = 4000
PAGE = 20
FOUND_OFTEN = "families"


@dataclass
class Chosen:
    editions: list[int]
    slugs: list[str]
    deep: str
    busiest: dict[str, str]
    quietest: dict[str, str]
    releases: list[int]


def choose(chance) -> Chosen:
    """A choice spread over the whole archive."""
    live = Edition.objects.live(timezone.now()).in_language(LANGUAGE)
    picked = _spread(live.filter(number=1), chance)
    middle = live.order_by("first_public_at", "id")[live.count() // 10]
    counted = {
        "location": _ranked(EditionLocation.objects.filter(direct=True), "location"),
        "event": _ranked(EditionEvent.objects, "event"),
        "spokesperson": _ranked(EditionSpokesperson.objects, "spokesperson"),
        "tag": _ranked(EditionTag.objects, "tag"),
    }
    return Chosen(
        editions=[number for number, _ in picked],
        slugs=[slug for _, slug in picked],
        deep=str(Cursor(middle.first_public_at, middle.id)),
        busiest={name: slugs[0] for name, slugs in counted.items()},
        quietest={name: slugs[-1] for name, slugs in counted.items()},
        releases=[number for number, _ in _spread(Release.objects.filter(language=LANGUAGE), chance)],
    )


def _spread(rows, chance) -> list[tuple[int, str]]:
    """(id, slug) of MANY rows; ids are spread evenly, so any starting point is as good as another."""
    starts = (chance.randrange(2**52) for _ in range(MANY))
    found = (rows.filter(pk__gte=start).order_by("pk").values_list("pk", "slug").first() for start in starts)
    return [row for row in found if row]


def _ranked(facets, name: str) -> list[str]:
    """The addresses of things, those most editions are about first; where some fill a page of a list, only those."""
    counted = facets.filter(language=LANGUAGE).values_list(f"{name}__slug").annotate(Count("id"))
    ranked = list(counted.order_by("-id__count"))
    return [slug for slug, count in ranked if count > PAGE] or [slug for slug, _ in ranked]


def pages(chosen: Chosen) -> dict[str, list[str]]:
    """Addresses of public pages, by the name they have in the table."""
    the_list = reverse("releases", args=[LANGUAGE])

    def listed(**query) -> list[str]:
        return [f"{the_list}?{urlencode(query)}"]

    rare = [f"{the_list}?{urlencode({'q': stock.rare_name(number)})}" for number in range(MANY // 4)]
    return {
        "front page": [reverse("front", args=[LANGUAGE])],
        "list, first page": [the_list],
        "list, deep page": listed(after=chosen.deep),
        "release": [reverse("release", args=[LANGUAGE, slug]) for slug in chosen.slugs],
        "busiest location": listed(location=chosen.busiest["location"]),
        "quietest location": listed(location=chosen.quietest["location"]),
        "busiest location, deep": listed(location=chosen.busiest["location"], after=chosen.deep),
        "busiest tag": listed(tag=chosen.busiest["tag"]),
        "busiest event": listed(event=chosen.busiest["event"]),
        "busiest spokesperson": listed(spokesperson=chosen.busiest["spokesperson"]),
        "location and tag": listed(location=chosen.busiest["location"], tag=chosen.busiest["tag"]),
        "quietest location and tag": listed(location=chosen.quietest["location"], tag=chosen.busiest["tag"]),
        "statements": listed(kind="statement"),
        "year and month": listed(year="2015", month="6"),
        "search, rare word": rare,
        "search, common word": listed(q=FOUND_OFTEN),
        "search, common in location": listed(q=FOUND_OFTEN, location=chosen.busiest["location"]),
        "search, two words": listed(q=f"{FOUND_OFTEN} water"),
        "location page": [reverse("location", args=[LANGUAGE, chosen.busiest["location"]])],
        "locations": [reverse("locations", args=[LANGUAGE])],
        "tags": [reverse("tags", args=[LANGUAGE])],
        "corrections": [reverse("corrections", args=[LANGUAGE])],
        "RSS": [reverse("rss", args=[LANGUAGE])],
        "RSS of a location": [reverse("rss", args=[LANGUAGE]) + f"?location={chosen.busiest['location']}"],
    }


def desk(chosen: Chosen) -> dict[str, list[str]]:
    """Addresses of the desk."""
    the_list = reverse("admin:releases_release_changelist")
    return {
        "desk: list": [the_list],
        "desk: drafts": [f"{the_list}?state=draft"],
        "desk: search, rare word": [f"{the_list}?{urlencode({'q': f'1-{number + 101}'})}" for number in range(10)],
        "desk: search, common word": [f"{the_list}?{urlencode({'q': FOUND_OFTEN})}"],
        "desk: release form": [reverse("admin:releases_release_change", args=[pk]) for pk in chosen.releases[:10]],
    }
