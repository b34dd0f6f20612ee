"""Who answers the press: named people with a direct phone."""

import re
from dataclasses import dataclass

from django.shortcuts import render

from releases import text
from releases.models.people import Contact

from .caching import page

NOT_DIALLED = re.compile(r"[^0-9+*#]")


@dataclass(frozen=True)
class Caller:
    """A press contact as readers are told of them, in the language they were written in."""

    name: str
    role: str
    organisation: str
    email: str
    phone: str
    hours: str
    language: str = ""

    @classmethod
    def of(cls, contact, language: str = "") -> "Caller":
        """A contact of today or of a frozen document."""
        names = ("name", "role", "organisation", "email", "phone", "hours")
        return cls(**{name: getattr(contact, name) for name in names}, language=language)

    @property
    def tel(self) -> str:
        """The number as a telephone dials it; what follows an extension's first letter is left to the caller."""
        number = re.split(r"[A-Za-z]", self.phone, maxsplit=1)[0]
        return f"tel:{NOT_DIALLED.sub('', number.replace('(0)', ''))}"

    @property
    def direction(self) -> str:
        return text.direction(self.language) if self.language else ""


def site_contacts(newsroom, language: str) -> list[Caller]:
    """The site's contacts told in `language`; where there are none, those of the newsroom's usual language."""
    usual = newsroom.default_language
    rows = Contact.objects.filter(on_site=True, language__in={language, usual}).order_by("order", "name")
    rows = list(rows)
    own = [Caller.of(row, language) for row in rows if row.language == language]
    return own or [Caller.of(row, usual) for row in rows]


@page
def contacts(request, language):
    """Whom to call now."""
    return render(request, "releases/contacts.html", {"contacts": site_contacts(request.newsroom, language)})
