"""The one way in which public code opens an edition: what its document says, less what is not to be told yet."""

from django.db.models import F

from releases import visibility
from releases.documents import Document, Quotation
from releases.models.events import Event


def document(edition, at) -> Document:
    """What an edition says at the moment `at`: its document without the events whose own embargo lies ahead.

    No query for an edition asked for with `withholding(at)` that holds nothing back.
    """
    said = Document.read(edition.document)
    if not said.events or not getattr(edition, "withholds", True):
        return said
    numbers = [event.id for event in said.events]
    held = Event.objects.filter(visibility.held_back(at), pk__in=numbers)
    return said.without_events(held.values_list("pk", flat=True))


def quotes(editions) -> list[tuple]:
    """Each of `editions` (headline, address, first public moment) with what it quotes, without the rest: one query."""
    rows = editions.annotate(quoted=F("document__quotes")).only("headline", "slug", "first_public_at")
    return [(row, [Quotation.model_validate(quote) for quote in row.quoted or ()]) for row in rows]
