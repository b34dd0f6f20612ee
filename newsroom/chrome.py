"""What the frame of every public page shows: the newsroom's name, its languages, its sections."""

from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from newsroom.middleware import is_desk
from releases import text
from releases.public import theme, times
from releases.public.tongues import autonym

SECTIONS = {
    "releases": lambda: _("Releases"),
    "contacts": lambda: _("Contacts"),
    "events": lambda: _("Events"),
    "locations": lambda: _("Locations"),
    "spokespersons": lambda: _("Spokespersons"),
    "tags": lambda: _("Tags"),
}


@dataclass(frozen=True)
class Tongue:
    """A language of the newsroom and where this page's counterpart in it is."""

    code: str
    url: str
    current: bool = False

    @property
    def name(self) -> str:
        return autonym(self.code)

    @property
    def direction(self) -> str:
        return text.direction(self.code)


@dataclass(frozen=True)
class Section:
    """A part of the site; `current` says in ARIA's words whether this page is it (`page`) or lies in it (`true`)."""

    name: str
    url: str
    current: str


def chrome(request) -> dict:
    """The template context of public pages, the 404 page included; the desk has a frame of its own."""
    newsroom = getattr(request, "newsroom", None)
    if newsroom is None or (is_desk(request) and request.resolver_match):
        return {}
    language = spoken(request)
    return {
        "language": language,
        "direction": text.direction(language),
        "language_name": autonym(language),
        "newsroom_name": newsroom.name_in(language),
        "logo": default_storage.url(newsroom.logo.name) if newsroom.logo else "",
        "stylesheet": theme.address(newsroom.accent),
        "tongues": [Tongue(code, counterpart(request, code), code == language) for code in newsroom.languages],
        "sections": sections(request, language),
        "zone": times.zone_told(newsroom.time_zone, request.at),
    }


def spoken(request) -> str:
    """The language of the page: the first part of its address where the newsroom offers it, else the default."""
    first = request.path_info.strip("/").partition("/")[0]
    return first if first in request.newsroom.languages else request.newsroom.default_language


def counterpart(request, language: str) -> str:
    """The same page in another language, else that language's front page."""
    if known := getattr(request, "counterparts", {}).get(language):
        return known
    match = request.resolver_match
    if match and "language" in match.kwargs and match.url_name not in NOT_ALIKE:
        try:
            return reverse(match.view_name, kwargs={**match.kwargs, "language": language})
        except NoReverseMatch:
            pass
    return reverse("front", args=[language])


NOT_ALIKE = {"release", "edition"}  # their addresses differ from language to language; their views know the siblings


def sections(request, language: str) -> list[Section]:
    here = request.resolver_match.url_name if request.resolver_match else ""
    inside = {"edition": "releases", "archive": "releases"}.get(here, f"{here}s")
    current = {inside: "true", here: "page"}
    return [Section(name(), reverse(at, args=[language]), current.get(at, "")) for at, name in SECTIONS.items()]
