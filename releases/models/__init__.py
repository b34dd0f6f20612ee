"""The nouns of the newsroom. Outsiders import from here; public code imports single modules (no working copies)."""

from .edition import (
    Address,
    Correction,
    Edition,
    EditionEvent,
    EditionFile,
    EditionLocation,
    EditionSpokesperson,
    EditionTag,
    Withdrawal,
)
from .events import Event, EventName
from .files import Attachment, Photo
from .history import AuditEvent, Revision
from .newsroom import Newsroom
from .people import Boilerplate, Contact, Spokesperson, SpokespersonName
from .places import Location, LocationName
from .release import Quote, Release, ReleaseBoilerplate, ReleaseContact, ReleaseEvent, ReleaseLocation, TaggedRelease
from .tags import Tag
from .words import NearWord

__all__ = [
    "Address",
    "Attachment",
    "AuditEvent",
    "Boilerplate",
    "Contact",
    "Correction",
    "Edition",
    "EditionEvent",
    "EditionFile",
    "EditionLocation",
    "EditionSpokesperson",
    "EditionTag",
    "Event",
    "EventName",
    "Location",
    "LocationName",
    "NearWord",
    "Newsroom",
    "Photo",
    "Quote",
    "Release",
    "ReleaseBoilerplate",
    "ReleaseContact",
    "ReleaseEvent",
    "ReleaseLocation",
    "Revision",
    "Spokesperson",
    "SpokespersonName",
    "Tag",
    "TaggedRelease",
    "Withdrawal",
]
