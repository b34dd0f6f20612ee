"""The one way in which public code opens an edition: what its document says, less what is not to be told yet."""

from releases import visibility
from releases.documents import Document
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
