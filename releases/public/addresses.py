"""Addresses in full, for whoever reads them far from here, and their counterparts in other languages."""

from collections.abc import Iterator
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

ALIKE = (
    *("front", "releases", "archive", "events", "locations", "spokespersons", "tags"),
    *("contacts", "corrections", "about", "accessibility"),
)  # pages that say the same in every language


def absolute(address: str) -> str:
    """The whole address of a page or file of this site; one that is whole already stays as it is."""
    return urljoin(f"{settings.SITE_URL}/", address)


def alternates(found: dict[str, str], offered: list[str]) -> list[tuple[str, str]]:
    """The languages of a page ({language: address}) as `hreflang` tells them; none where there is only one.

    Whoever reads none of them is led to the newsroom's usual language, else to the first there is.
    """
    known = [(language, found[language]) for language in offered if language in found]
    return [*known, ("x-default", known[0][1])] if len(known) > 1 else []


def counterparts(name: str, newsroom) -> dict[str, str]:
    """A page of `ALIKE` in every language in which it is written."""
    written = [code for code in newsroom.languages if name != "about" or newsroom.about_in(code)]
    return {code: absolute(reverse(name, args=[code])) for code in written}


def standing_pages(newsroom) -> Iterator[dict[str, str]]:
    return (counterparts(name, newsroom) for name in ALIKE)
