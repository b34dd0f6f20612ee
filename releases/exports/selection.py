"""Which releases an export holds, asked in words: a place, an event, a person by name or address word."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from releases import moments, text
from releases.facets import inside
from releases.models import Edition, Event, Location, Newsroom, Release, Spokesperson, Tag
from releases.states import Standing

RELATIONS = {
    "location": (Location, "places__location"),
    "event": (Event, "happenings__event"),
    "spokesperson": (Spokesperson, "quotes__spokesperson"),
}


class UnknownChoice(ValueError):
    """A filter that names nothing the newsroom knows; says which."""


def select(at: datetime, **wanted: str) -> QuerySet:
    """The releases that meet every filter given: `language`, `state`, `since`, `until` (dates or moments, both
    included), `location` (with the places inside it), `event`, `spokesperson`, `tag`. Raises UnknownChoice."""
    releases = Release.objects.all()
    if language := wanted.get("language"):
        releases = releases.filter(language=language)
    if state := wanted.get("state"):
        if state not in Standing.values:
            raise UnknownChoice(_("“%s” is not a state.") % state)
        releases = releases.standing(state, at)
    releases = _in_period(releases, wanted.get("since"), wanted.get("until"))
    for name, (model, path) in RELATIONS.items():
        if choice := wanted.get(name):
            numbers = _numbers(model, choice)
            numbers = inside(numbers) if model is Location else numbers
            releases = releases.filter(pk__in=Release.objects.filter(**{f"{path}__in": numbers}).values("pk"))
    if tag := wanted.get("tag"):
        tags = Tag.objects.filter(Q(slug=tag) | Q(folded=text.fold(tag)))
        _known(tags, tag)
        releases = releases.filter(pk__in=Release.objects.filter(tagged__tag__in=tags).values("pk"))
    return releases


def _numbers(model, choice: str) -> set[int]:
    things = model.objects.filter(Q(slug=choice) | Q(names__folded=text.fold(choice)))
    return set(_known(things, choice).values_list("pk", flat=True))


def _known(things: QuerySet, choice: str) -> QuerySet:
    if not things.exists():
        message = _("There is no %(thing)s called “%(choice)s”.")
        raise UnknownChoice(message % {"thing": things.model._meta.verbose_name, "choice": choice})
    return things


def _in_period(releases: QuerySet, since: str | None, until: str | None) -> QuerySet:
    """By release moment; a release without one by the moment it first was public."""
    for name, edge in (("gte", _edge(since, last=False)), ("lt", _edge(until, last=True))):
        if edge:
            first = Edition.objects.filter(release=OuterRef("pk"), **{f"first_public_at__{name}": edge})
            releases = releases.filter(Q(**{f"release_at__{name}": edge}) | Q(release_at=None) & Exists(first))
    return releases


def _edge(said: str | None, *, last: bool) -> datetime | None:
    """The moment a period starts, or the first one after it: a day ends with its last second."""
    if not said:
        return None
    zone = Newsroom.current().time_zone
    try:
        moment = moments.parse(said, zone)
        if not last:
            return moment
        whole_day = len(said.strip()) == len("2026-03-29")
        tomorrow = moment.date() + timedelta(days=1)
        return moments.start_of_day(tomorrow, zone) if whole_day else moment + timedelta(seconds=1)
    except ValueError as error:
        raise UnknownChoice(str(error)) from error
