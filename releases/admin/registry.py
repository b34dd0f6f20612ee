"""Everything the desk shows, registered in one go once the site itself stands."""

from . import accounts, archive, newsroom, nouns, release, standing

__all__ = ["accounts", "archive", "newsroom", "nouns", "release", "standing"]
