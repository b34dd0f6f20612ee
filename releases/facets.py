"""What an edition is about, written beside it so that every filter walks one index."""

from django.db import transaction

from releases import text
from releases.documents import Document
from releases.models import (
    Edition,
    EditionEvent,
    EditionFile,
    EditionLocation,
    EditionSpokesperson,
    EditionTag,
    Location,
    Tag,
)
from releases.models.places import DEEPEST


def index(edition: Edition, document: Document) -> None:
    """Writes the facets and files of a new edition."""
    direct = {place.id for place in document.places}
    common = {"edition": edition, "language": edition.language, "first_public_at": edition.first_public_at}
    EditionLocation.objects.bulk_create(
        EditionLocation(location_id=number, direct=number in direct, **common)
        for number in sorted(with_ancestors(direct))
    )
    EditionEvent.objects.bulk_create(
        EditionEvent(event_id=number, **common) for number in sorted({event.id for event in document.events})
    )
    EditionSpokesperson.objects.bulk_create(
        EditionSpokesperson(spokesperson_id=number, **common)
        for number in sorted({quote.spokesperson_id for quote in document.quotes})
    )
    tags = Tag.objects.filter(folded__in=[text.fold(tag) for tag in document.tags]).order_by("pk")
    EditionTag.objects.bulk_create(EditionTag(tag=tag, **common) for tag in tags)
    EditionFile.objects.bulk_create(EditionFile(edition=edition, path=path) for path in sorted(paths(document)))


def paths(document: Document) -> set[str]:
    """The stored files a document shows."""
    return {item.path for item in (*document.photos, *document.attachments)}


def with_ancestors(numbers: set[int]) -> set[int]:
    """Place ids together with the ids of all places around them."""
    return _spread(numbers, "children")


def inside(numbers: set[int]) -> set[int]:
    """Place ids together with the ids of all places that lie in them."""
    return _spread(numbers, "parent")


def _spread(numbers: set[int], link: str) -> set[int]:
    """Follows the tree from some places until nothing new is found: one query a level."""
    found, level = set(numbers), set(numbers)
    for _ in range(DEEPEST):
        level = set(Location.objects.filter(**{f"{link}__in": level}).values_list("pk", flat=True)) - found
        if not level:
            break
        found |= level
    return found


@transaction.atomic
def replant(location: Location) -> None:
    """Rewrites the facets around `location` after it was moved to another part of the tree."""
    touched = Edition.objects.filter(editionlocation_facets__location__in=inside({location.pk})).distinct()
    for edition in touched.prefetch_related("editionlocation_facets").iterator(chunk_size=500):
        direct = {facet.location_id for facet in edition.editionlocation_facets.all() if facet.direct}
        edition.editionlocation_facets.filter(direct=False).delete()
        EditionLocation.objects.bulk_create(
            EditionLocation(
                edition=edition,
                location_id=number,
                direct=False,
                language=edition.language,
                first_public_at=edition.first_public_at,
            )
            for number in sorted(with_ancestors(direct) - direct)
        )
