"""Places, spokespersons and tags: an index of each, and a page of each with its releases."""

from dataclasses import dataclass

from django.db.models import Q, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from releases import text
from releases.models.edition import Edition
from releases.models.people import Spokesperson
from releases.models.places import Location
from releases.models.tags import Tag
from releases.querysets import Cursor
from releases.states import PlaceKind

from . import cards
from .caching import page

INDEX = 300


@dataclass(frozen=True)
class Link:
    """A line of an index, or a neighbour of a subject."""

    name: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """One thing to know about a subject: words, or links."""

    label: str
    words: str = ""
    links: tuple[Link, ...] = ()


def joined(*parts: str) -> str:
    """What is known of some parts, with the comma of the page's language between them."""
    return _(", ").join(filter(None, parts))


def cursor(request) -> Cursor | None:
    """Where the page before ended; a cursor that nobody gave out is an address that does not exist."""
    written = request.GET.get("after", "")
    try:
        return Cursor.read(written) if written else None
    except (ValueError, OverflowError):
        raise Http404 from None


def links(name: str, language: str, rows, note=lambda row: "") -> tuple[Link, ...]:
    """Rows as links to their pages; `name` is the one of their address."""
    return tuple(Link(row.told, reverse(name, args=[language, row.slug]), note(row)) for row in rows)


def index(request, language, name, rows, *, title, lead, note=lambda row: ""):
    """The index of `rows` in the order of the alphabet; it goes on after the slug in `?after=`."""
    rows = rows.order_by("told_key", "slug")
    if after := text.tidy(request.GET.get("after", "")):
        last = get_object_or_404(rows, slug=after)
        rows = rows.filter(Q(told_key__gt=last.told_key) | Q(told_key=last.told_key, slug__gt=last.slug))
    found = list(rows[: INDEX + 1])
    here = reverse(f"{name}s", args=[language])
    context = {
        "title": title,
        "lead": lead,
        "entries": links(name, language, found[:INDEX], note),
        "older": f"{here}?after={found[INDEX - 1].slug}" if len(found) > INDEX else "",
        "newest": here if after else "",
    }
    return render(request, "releases/index.html", context)


def one(model, request, language, slug):
    """What the public knows under this slug, in any language, told in this one; 404 for anything else."""
    rows = model.objects.public(request.at).told_in(language).read_in(request.at, request.newsroom.languages)
    return get_object_or_404(rows, slug=slug)


def subject(request, language, name, row, **context):
    """The page of one subject: what it is, and its releases, newest first."""
    after = cursor(request)
    found = cards.read(Edition.objects.listed(request.at, language, after=after, **{name: row}), language)
    here = reverse(name, args=[language, row.slug])
    context = {
        "row": row,
        "name": row.told,
        "days": found.days,
        "wire_title": _("Releases"),
        "feed": f"{reverse('rss', args=[language])}?{name}={row.slug}",
        "all_filtered": f"{reverse('releases', args=[language])}?{name}={row.slug}",
        "older": f"{here}?after={found.after}" if found.after else "",
        "newest": here if after else "",
        **context,
    }
    return render(request, "releases/subject.html", context)


def sort_of_place(row) -> str:
    """City, region, sea; nothing for what has no sort."""
    return "" if row.kind == PlaceKind.OTHER else row.get_kind_display()


@page
def locations(request, language):
    """Every place of the published releases."""
    rows = Location.objects.public(request.at, language).told_in(language)
    lead = _("A region or country gathers the releases of all places in it.")
    return index(request, language, "location", rows, title=_("Locations"), lead=lead, note=sort_of_place)


@page
def location(request, language, slug):
    """A place, what lies around and in it, and its releases."""
    row = one(Location, request, language, slug)
    known = Location.objects.public(request.at).told_in(language).order_by("told_key", "slug")
    around = known.filter(Q(pk=row.parent_id) | Q(parent=row))[:INDEX]
    lies_in = [place for place in around if place.pk == row.parent_id]
    contains = [place for place in around if place.parent_id == row.pk]
    facts = [
        Fact(_("Lies in"), links=links("location", language, lies_in)),
        Fact(_("Places in it"), links=links("location", language, contains)),
    ]
    facts = [fact for fact in facts if fact.links]
    return subject(request, language, "location", row, subject_label=sort_of_place(row) or _("Location"), facts=facts)


def office(person, language: str) -> str:
    """Today's title and organisation of a person."""
    row = person.name_row(language)
    return joined(row.title, row.organisation) if row else ""


@page
def spokespersons(request, language):
    """Everybody who speaks in the published releases."""
    rows = Spokesperson.objects.public(request.at, language).told_in(language).named()
    return index(
        request,
        language,
        "spokesperson",
        rows,
        title=_("Spokespersons"),
        lead=_("With today’s titles. Each release keeps the title its speaker had that day."),
        note=lambda row: office(row, language),
    )


@page
def spokesperson(request, language, slug):
    """A person and the releases they speak in."""
    row = one(Spokesperson, request, language, slug)
    prefetch_related_objects([row], "names")
    return subject(request, language, "spokesperson", row, subject_label=_("Spokesperson"), note=office(row, language))


@page
def tags(request, language):
    """Every topic of the published releases."""
    rows = Tag.objects.public(request.at, language).told_in(language)
    return index(request, language, "tag", rows, title=_("Tags"), lead=_("What the releases are about."))


@page
def tag(request, language, slug):
    """A topic and its releases."""
    return subject(request, language, "tag", one(Tag, request, language, slug), subject_label=_("Tag"))
