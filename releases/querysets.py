"""The questions asked of the archive. Time is always an argument (`at`, an aware moment)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from releases import visibility
from releases.states import Standing

FACETS = ("event", "spokesperson", "tag", "location")  # rarest first, as a rule
NEWEST = "-first_public_at", "-edition"  # as the facets' indexes are ordered
FEW = 3000  # editions about one thing, of which a list may read all


@dataclass(frozen=True)
class Cursor:
    """Where a page of a list ended: the last edition's first public moment and id. Holds public facts only."""

    first_public_at: datetime
    id: int

    def __str__(self):
        return f"{int(self.first_public_at.timestamp())}-{self.id:x}"

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """The cursor written as `<unix seconds>-<hex id>`; raises ValueError for anything else."""
        seconds, _, number = text.partition("-")
        if not (seconds.isascii() and seconds.isdigit() and len(seconds) < 12 and len(number) < 14):
            raise ValueError("not a cursor")
        return cls(datetime.fromtimestamp(int(seconds), UTC), int(number, 16))


class EditionQuerySet(models.QuerySet):
    def live(self, at):
        return self.filter(visibility.live(at))

    def begun(self, at):
        return self.filter(visibility.begun(at))

    def scheduled(self, at):
        return self.filter(visibility.scheduled(at))

    def ended(self, at):
        return self.filter(visibility.ended(at))

    def withdrawn(self, at):
        """The last editions of releases that were taken back and have not come back since."""
        others = self.model.objects.filter(release=OuterRef("release")).live(at)
        return self.filter(withdrawal__at__lte=at).exclude(Exists(others))

    def in_language(self, language: str):
        return self.filter(language=language)

    def withholding(self, at):
        """Adds `withholds`: set where an event they speak of is still under an embargo of its own."""
        facet = self.model._meta.get_field("editionevent_facets").related_model
        held = facet.objects.filter(visibility.held_back(at, "event__"), edition=OuterRef("pk"))
        return self.annotate(withholds=Subquery(held.values("pk")[:1]))

    def listed(self, at, language: str, *, kind="", start=None, end=None, after: Cursor | None = None, **about):
        """The live editions of a list, newest first, in an order that one index gives without sorting.

        `about` names what they are about: `event=`, `spokesperson=`, `tag=`, `location=` (rows or None); one of them
        drives the query from its facet table: of several, the first that few editions are about (asked for here, one
        query for each until one is found). `start <= first public moment < end`; `after` is where the page before
        ended.
        """
        wanted = {name: target for name in FACETS if (target := about.get(name)) is not None}
        lead, driver = "", Q()
        if wanted:
            name = self.rarest(wanted, language)
            lead = f"edition{name}_facets__"
            driver = Q(**{f"{lead}{name}": wanted.pop(name), f"{lead}language": language})
        editions = self.live(at).filter(driver & in_window(lead, start, end, after), language=language)
        for name, target in wanted.items():
            editions = editions.about(name, target)
        if kind:
            editions = editions.filter(kind=kind)
        return editions.order_by(f"-{lead}first_public_at", f"-{lead}edition_id" if lead else "-id")

    def rarest(self, wanted: dict, language: str) -> str:
        """The name of the first thing that few editions are about; of the first one where all are common."""
        if len(wanted) == 1:
            return next(iter(wanted))
        about = {name: self.facets(name).filter(**{name: wanted[name]}, language=language) for name in wanted}
        few = (name for name, rows in about.items() if not rows.order_by(*NEWEST).values("edition")[FEW : FEW + 1])
        return next(few, next(iter(wanted)))

    def facets(self, name: str):
        return self.model._meta.get_field(f"edition{name}_facets").related_model.objects

    def about(self, name: str, target):
        told = self.facets(name).filter(edition=OuterRef("pk"), **{name: target})
        return self.alias(**{f"told_{name}": first_of(told)}).filter(**{f"told_{name}__isnull": False})


def first_of(rows) -> Subquery:
    """Whether there are such rows, asked as a value: PostgreSQL turns EXISTS into a join that reads all of them."""
    return Subquery(rows.values("pk")[:1])


def in_window(lead: str, start, end, after: Cursor | None) -> Q:
    """Narrows a list to a period and to what follows a cursor; `lead` is the facet table that orders it."""
    moment, number = f"{lead}first_public_at", f"{lead}edition_id" if lead else "id"
    window = Q()
    if start:
        window &= Q(**{f"{moment}__gte": start})
    if end:
        window &= Q(**{f"{moment}__lt": end})
    if after:
        tie = Q(**{moment: after.first_public_at, f"{number}__lt": after.id})
        earlier = Q(**{f"{moment}__lt": after.first_public_at})
        window &= Q(**{f"{moment}__lte": after.first_public_at}) & (earlier | tie)
    return window


class NamedQuerySet(models.QuerySet):
    """Things with names: visible to the world only through live editions."""

    def named(self):
        return self.prefetch_related("names")

    def public(self, at, language: str | None = None):
        """Those of which a live edition speaks, in `language` if one is given."""
        return self.alias(shown_by=self._shown_by(at, language)).filter(shown_by__isnull=False)

    def read_in(self, at, languages):
        """Adds `read_in_0`, `read_in_1` …: set for each of `languages` in which a live edition speaks of them."""
        return self.annotate(
            **{f"read_in_{number}": self._shown_by(at, code) for number, code in enumerate(languages)}
        )

    def _shown_by(self, at, language: str | None) -> Subquery:
        facet = self.model._meta.get_field("edition_facets")
        shown = facet.related_model.objects.filter(
            visibility.live(at, "edition__"), **{facet.field.name: OuterRef("pk")}
        )
        if language:
            shown = shown.filter(language=language).order_by("-first_public_at", "-edition_id")
        return first_of(shown)

    def told_in(self, language: str):
        """Adds `told`, the name readers of `language` are shown (as `Named.name_row`), and `told_key` to sort by."""
        names = self.model._meta.get_field("names")
        nearest = Case(When(language=language, then=0), When(language=settings.LANGUAGE_CODE, then=1), default=2)
        shown = names.related_model.objects.filter(**{names.field.name: OuterRef("pk")}, is_alias=False)
        shown = shown.order_by(nearest, "language")
        return self.annotate(
            told=Coalesce(Subquery(shown.values("text")[:1]), F("slug"), output_field=models.CharField()),
            told_key=Coalesce(Subquery(shown.values("sort_key")[:1]), F("slug"), output_field=models.CharField()),
        )

    def search(self, folded: str):
        """Things one of whose names contains the folded words."""
        names = self.model._meta.get_field("names")
        found = names.related_model.objects.filter(folded__contains=folded, **{names.field.name: OuterRef("pk")})
        return self.filter(Exists(found))


class LocationQuerySet(NamedQuerySet):
    pass


class EventQuerySet(NamedQuerySet):
    def public(self, at, language: str | None = None):
        """Those of which a live edition speaks, once their own embargo is over."""
        return super().public(at, language).filter(visibility.announced(at))

    def held_back(self, at):
        """Those whose own embargo lies ahead, whatever is said of them."""
        return self.filter(visibility.held_back(at))


class SpokespersonQuerySet(NamedQuerySet):
    pass


class TagQuerySet(models.QuerySet):
    public, read_in, _shown_by = NamedQuerySet.public, NamedQuerySet.read_in, NamedQuerySet._shown_by

    def told_in(self, language: str):
        """Tags are told by the one name they have."""
        return self.annotate(told=F("name"), told_key=F("folded"))


class ReleaseQuerySet(models.QuerySet):
    """Working copies, for the desk only."""

    def standing(self, standing: str, at):
        """Releases that stand at `standing` (a `Standing`) at the moment `at`."""
        editions = self.model._meta.get_field("editions").related_model.objects.filter(release=OuterRef("pk"))
        live, ahead = Exists(editions.live(at)), Exists(editions.scheduled(at))
        taken_back = Exists(editions.filter(withdrawal__at__lte=at))
        if standing == Standing.LIVE:
            return self.filter(live)
        if standing == Standing.SCHEDULED:
            return self.filter(ahead).exclude(live)
        if standing == Standing.WITHDRAWN:
            return self.filter(taken_back).exclude(live).exclude(ahead)
        return self.filter(state=standing).exclude(live).exclude(ahead).exclude(taken_back)
