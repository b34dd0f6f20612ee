"""Datelines: the place a story comes from, read from a cell and written for a page."""

import re
from dataclasses import dataclass

from releases.text import base, tidy

_ENDING = re.compile(r"[\s\xa0]*(?:[–—―:-]+)[\s\xa0]*\Z")
_COMMAS = re.compile(r"[,،、]")


@dataclass(frozen=True)
class Dateline:
    """What a written dateline says: (name, region) pairs in order, and the dash it ended with."""

    places: tuple = ()
    ending: str = ""


def split(raw):
    """Return the Dateline in a cell such as `Çeşme, Western Turkey –` or `Ankara/Athens –`."""
    found = _ENDING.search(raw)
    said = raw[: found.start()] if found else raw
    places = tuple(_place(part) for part in said.split("/") if tidy(part))
    return Dateline(places, found.group() if found else "")


def _place(part):
    name, *region = _COMMAS.split(part, maxsplit=1)
    return tidy(name), tidy("".join(region))


def render(places, language):
    """Return (name, region) pairs as one text: `Ankara/Athens`, `Çeşme, Western Turkey`."""
    comma = "، " if base(language) in {"ar", "fa", "ur"} else ", "
    return "/".join(f"{name}{comma}{region}" if region else name for name, region in places)


def with_dash(text, language):
    """Return a dateline with its dash, `Ankara –`; nothing for nothing."""
    return f"{text} –" if text else ""
