"""What stands around a live edition: translations, tags, related releases, the one before and the one after."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.urls import reverse

from releases import visibility
from releases.documents import Document
from releases.models.edition import Edition, EditionEvent, EditionLocation, EditionSpokesperson, EditionTag
from releases.querysets import Cursor
from releases.states import Kind

RELATED = 4
SUBJECTS = 2  # of one sort that are followed
NEAREST = ("event", "person", "tag", "place")
COLUMNS = ("language", "slug", "headline", "kind", "first_public_at", "release_id")


class Neighbour(NamedTuple):
    """A live edition as it is pointed to from another."""

    language: str
    slug: str
    headline: str
    kind: str
    published: datetime
    release: int

    @property
    def url(self) -> str:
        return reverse("release", args=[self.language, self.slug])

    @property
    def kind_label(self):
        return Kind(self.kind).label


@dataclass(frozen=True)
class Around:
    """Everything that leads on from an edition; empty around one that is no longer live."""

    siblings: dict[str, Neighbour] = field(default_factory=dict)
    tags: tuple[tuple[str, str], ...] = ()
    related: tuple[Neighbour, ...] = ()
    older: Neighbour | None = None
    newer: Neighbour | None = None
    has_namesake: bool = False


def around(request, edition, document: Document) -> Around:
    """All of it in one query, each part of which walks a short way along one index."""
    parts = [("sibling", siblings(request, edition)), ("namesake", namesakes(request, edition))]
    parts += [("older", only(older(request, edition))), ("newer", only(newer(request, edition)))]
    parts += related(request, edition, document)
    told = [rows.order_by().values_list(Value(what), *COLUMNS) for what, rows in parts]
    tags = EditionTag.objects.filter(edition=edition).order_by()
    shape = ("language", "tag__slug", "tag__name", Value(""), "first_public_at", "edition_id")
    names = tags.values_list(Value("tag name"), *shape)
    return read(names.union(*told, all=True))


def read(rows) -> Around:
    found: dict[str, list[Neighbour]] = {}
    for what, *columns in rows:
        found.setdefault(what, []).append(Neighbour(*columns))
    first = {what: neighbours[0] for what, neighbours in found.items()}
    return Around(
        siblings={sibling.language: sibling for sibling in found.get("sibling", ())},
        tags=tuple(sorted((tag.headline, tag.slug) for tag in found.get("tag name", ()))),
        related=nearest_first(found),
        older=first.get("older"),
        newer=first.get("newer"),
        has_namesake="namesake" in found,
    )


def original(document: Document, surroundings: Around) -> str:
    """The language of the release this one translates, while that is public."""
    found = surroundings.siblings.values()
    return next((sibling.language for sibling in found if sibling.release == document.translation_of), "")


def nearest_first(found: dict[str, list[Neighbour]]) -> tuple[Neighbour, ...]:
    """Related by event before related by person, by tag, by place; of each the newest first, each release once."""
    ordered = (
        neighbour
        for what in NEAREST
        for neighbour in sorted(found.get(what, ()), key=lambda one: one.published, reverse=True)
    )
    return tuple(dict.fromkeys(ordered))[:RELATED]


def only(rows: QuerySet) -> QuerySet:
    """The first row of a list as a query that can be joined with others."""
    return Edition.objects.filter(pk__in=rows.values("pk")[:1])


def siblings(request, edition) -> QuerySet:
    """The live translations, this one among them."""
    return Edition.objects.live(request.at).filter(translation_group=edition.translation_group)


def namesakes(request, edition) -> QuerySet:
    """Other releases that have, or had, the same slug in another language."""
    offered = request.newsroom.languages
    same = Edition.objects.begun(request.at).filter(language__in=offered, slug=edition.slug)
    return same.exclude(translation_group=edition.translation_group)


def older(request, edition) -> QuerySet:
    here = Cursor(edition.first_public_at, edition.id)
    return Edition.objects.listed(request.at, edition.language, after=here)


def newer(request, edition) -> QuerySet:
    moment = edition.first_public_at
    later = Q(first_public_at__gt=moment) | Q(first_public_at=moment, id__gt=edition.id)
    until_now = Q(first_public_at__gte=moment, first_public_at__lte=request.at)
    return Edition.objects.listed(request.at, edition.language).filter(until_now & later).reverse()


def related(request, edition, document: Document) -> Iterator[tuple[str, QuerySet]]:
    """The newest about each event, person and place of the document, and the newest under each of its tags."""
    speakers = dict.fromkeys(quote.spokesperson_id for quote in document.quotes)
    for what, facet, target, numbers in (
        ("event", EditionEvent, "event", [event.id for event in document.events]),
        ("person", EditionSpokesperson, "spokesperson", list(speakers)),
        ("place", EditionLocation, "location", [place.id for place in document.places]),
    ):
        for number in numbers[:SUBJECTS]:
            rows = others(request, edition, facet).filter(**{target: number})
            yield what, Edition.objects.filter(pk__in=rows.values("edition")[:RELATED])
    same = others(request, edition, EditionTag).filter(tag=OuterRef("tag"))
    newest = EditionTag.objects.filter(edition=edition).values(newest=Subquery(same.values("edition")[:1]))
    yield "tag", Edition.objects.filter(pk__in=newest)


def others(request, edition, facet) -> QuerySet:
    """Facets of other live editions in the same language, newest first."""
    rows = facet.objects.filter(visibility.live(request.at, "edition__"), language=edition.language)
    return rows.exclude(edition=edition).order_by("-first_public_at", "-edition_id")
