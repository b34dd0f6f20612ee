"""Addresses in full, for whoever reads them far from here."""

from urllib.parse import urljoin

from django.conf import settings


def absolute(address: str) -> str:
    """The whole address of a page or file of this site; one that is whole already stays as it is."""
    return urljoin(f"{settings.SITE_URL}/", address)
