"""The one rule of visibility: what the world may read at a moment.

An edition is public from `live_from` (at the very second) until just before `live_until`; an empty `live_until` is
open-ended. Every public surface asks these expressions and no other.
"""

from datetime import datetime

from django.db.models import Q


def live(at: datetime, prefix: str = "") -> Q:
    """Editions the world reads at the aware moment `at`; `prefix` reaches them through a relation (`"edition__"`)."""
    return begun(at, prefix) & (Q(**{f"{prefix}live_until": None}) | Q(**{f"{prefix}live_until__gt": at}))


def begun(at: datetime, prefix: str = "") -> Q:
    """Editions that were public at some moment up to `at`."""
    return Q(**{f"{prefix}live_from__lte": at})


def scheduled(at: datetime, prefix: str = "") -> Q:
    """Approved editions whose hour lies ahead of `at`."""
    return Q(**{f"{prefix}live_from__gt": at})


def ended(at: datetime, prefix: str = "") -> Q:
    """Editions that were public once and no longer are at `at`."""
    return begun(at, prefix) & Q(**{f"{prefix}live_until__lte": at})


def announced(at: datetime, prefix: str = "") -> Q:
    """Events whose own embargo, if they have one, is over; they are public while a live edition speaks of them too."""
    return Q(**{f"{prefix}public_from": None}) | Q(**{f"{prefix}public_from__lte": at})


def held_back(at: datetime, prefix: str = "") -> Q:
    """Events whose own embargo lies ahead of `at`."""
    return Q(**{f"{prefix}public_from__gt": at})
