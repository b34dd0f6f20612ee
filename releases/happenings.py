"""Changing an event the world may know of: what its calendars have to be told."""

from contextlib import contextmanager

from django.db import transaction

from releases import visibility
from releases.models import Event

TOLD = (
    *Event.SCHEDULE,
    *("formerly_on", "formerly_at", "url", "livestream", "is_invitation"),
    *("accreditation_deadline", "accreditation_url", "accreditation_email"),
)  # everything the public is told of an event but its names


@contextmanager
def changing(event: Event, at):
    """Around the saving of `event`: counts the change for calendars that know it, and keeps its former start."""
    with transaction.atomic():
        before = Event.objects.select_for_update(of=("self",)).filter(pk=event.pk).first()
        if before and is_known(before, at):
            note_change(before, event, at)
        yield


def is_known(event: Event, at) -> bool:
    """Whether the world has ever been told of the event."""
    told = event.edition_facets.filter(visibility.begun(at, "edition__")).order_by()
    return (event.public_from is None or event.public_from <= at) and told.exists()


def is_spoken_of(event: Event) -> bool:
    """Whether an approved release is about the event, public already or not."""
    return event.edition_facets.exists()


def note_change(before: Event, event: Event, at) -> None:
    changed = {name for name in TOLD if getattr(before, name) != getattr(event, name)}
    if not changed:
        return
    event.revised_at = at
    if changed & set(Event.SCHEDULE):
        event.sequence = before.sequence + 1
    if changed & {"starts_on", "starts_at"} and not changed & {"formerly_on", "formerly_at"}:
        event.formerly_on, event.formerly_at = before.starts_on, before.starts_at


def note_new_words(event: Event, at) -> None:
    """After the names and texts of an event were changed."""
    if is_known(event, at):
        Event.objects.filter(pk=event.pk).update(revised_at=at)
