"""Everything the desk shows, registered in one go once the site itself stands."""

from . import accounts, archive, events, newsroom, nouns, people, release, standing

__all__ = ["accounts", "archive", "events", "newsroom", "nouns", "people", "release", "standing"]
