"""Who answers the press: named people with a direct phone."""

import re
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from icalendar import vText
from icalendar.parser import Contentline

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
    whatsapp: str = ""
    speaks: str = ""
    language: str = ""

    @classmethod
    def of(cls, contact, language: str = "") -> "Caller":
        """A contact of today, or of a frozen document, which does not know everything."""
        names = ("name", "role", "organisation", "email", "phone", "hours", "whatsapp", "speaks")
        return cls(**{name: getattr(contact, name, "") for name in names}, language=language)

    @property
    def tel(self) -> str:
        """The number as a telephone dials it; what follows an extension's first letter is left to the caller."""
        return f"tel:{dialled(self.phone)}"

    @property
    def chat(self) -> str:
        """Where WhatsApp answers: its addresses know numbers in digits alone."""
        return f"https://wa.me/{dialled(self.whatsapp).lstrip('+0')}" if self.whatsapp else ""

    @property
    def direction(self) -> str:
        return text.direction(self.language) if self.language else ""


def dialled(phone: str) -> str:
    """A number in the signs a telephone knows."""
    number = re.split(r"[A-Za-z]", phone, maxsplit=1)[0]
    return NOT_DIALLED.sub("", number.replace("(0)", ""))


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


@page
def cards(request, language):
    """The same contacts for an address book (vCard 4.0, RFC 6350); 404 while there are none."""
    found = site_contacts(request.newsroom, language)
    if not found:
        raise Http404
    response = HttpResponse("".join(map(card, found)), content_type="text/vcard; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="contacts.vcf"'
    return response


def card(caller: Caller) -> str:
    """One person; lines end and fold as in calendars, which icalendar knows how to do."""
    lines = [
        ("FN", caller.name),
        ("ORG", caller.organisation),
        ("TITLE", caller.role),
        ("TEL;TYPE=work,voice", caller.phone),
        ("EMAIL", caller.email),
        ("NOTE", "\n".join(filter(None, [caller.hours, caller.speaks]))),
    ]
    told = [f"{name}:{vText(value).to_ical().decode()}" for name, value in lines if value]
    folded = [Contentline(line).to_ical().decode() for line in ("BEGIN:VCARD", "VERSION:4.0", *told, "END:VCARD")]
    return "".join(f"{line}\r\n" for line in folded)
