"""Places: an index with a map, and of each what lies around and in it, what takes place there, its releases."""

from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils.translation import gettext as _

from releases.models.places import Location
from releases.states import PlaceKind

from . import maps, occasions
from .caching import page
from .subjects import INDEX, Fact, index, links, listed, one, subject

EVENTS_THERE = 6


def sort_of_place(row) -> str:
    """City, region, sea; nothing for what has no sort."""
    return "" if row.kind == PlaceKind.OTHER else str(row.get_kind_display())


@page
def locations(request, language):
    """Every place of the published releases, on a map and in a list."""
    found = listed(request, language, "location", Location.objects.public(request.at, language).told_in(language))
    drawn = maps.draw(found.rows, links("location", language, found.rows))
    lead = _("A region or country gathers the releases of all places in it.")
    title = _("Locations")
    return index(request, language, "location", found, title=title, lead=lead, note=sort_of_place, map=drawn)


@page
def location(request, language, slug):
    """A place, what lies around and in it, what takes place there, and its releases."""
    row = one(Location, request, language, slug)
    neighbours = around(request, language, row)
    surrounding = [place for place in neighbours if place.pk == row.parent_id]
    inside = [place for place in neighbours if place.parent_id == row.pk]
    beside = [place for place in neighbours if place not in surrounding and place not in inside]
    facts = [
        Fact(_("Lies in"), links=links("location", language, surrounding)),
        Fact(_("Places in it"), links=links("location", language, inside)),
        Fact(_("Nearby"), links=links("location", language, beside)),
        Fact(_("Coordinates"), coordinates(row)),
    ]
    return subject(
        request,
        language,
        "location",
        row,
        template="releases/location.html",
        subject_label=sort_of_place(row) or _("Location"),
        facts=list(filter(None, facts)),
        map=locator(language, row, inside or beside),
        events=occasions.there(request.at, language, row, EVENTS_THERE),
        calendar=f"{reverse('calendar', args=[language])}?location={row.slug}",
    )


def around(request, language: str, row) -> list:
    """The public places around, in and beside a place, in the order of the alphabet: one query."""
    near = Q(pk=row.parent_id) | Q(parent=row)
    if row.parent_id:
        near |= Q(parent=row.parent_id)
    known = Location.objects.public(request.at).told_in(language).filter(near).exclude(pk=row.pk)
    nearest = Case(When(pk=row.parent_id, then=0), When(parent=row, then=1), default=2)
    return list(known.order_by(nearest, "told_key", "slug")[:INDEX])


def locator(language: str, row, others: list):
    """A small map of a place among its neighbours; None where nobody knows where it lies."""
    if row.latitude is None and not any(place.latitude is not None for place in others):
        return None
    places = [row, *others]
    return maps.draw(places, links("location", language, places), maps.SMALL, here=row)


def coordinates(row) -> str:
    """`38.4192° N, 27.1287° E`."""
    if row.latitude is None:
        return ""
    north = _("%(degrees)s° N") if row.latitude >= 0 else _("%(degrees)s° S")
    east = _("%(degrees)s° E") if row.longitude >= 0 else _("%(degrees)s° W")
    return f"{north % {'degrees': f'{abs(row.latitude):.4f}'}}, {east % {'degrees': f'{abs(row.longitude):.4f}'}}"
