"""How the list of releases is narrowed: every control bounded, every question led by an index."""

from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Exists, OuterRef
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from releases import moments
from releases.admin.widgets import language_name
from releases.models import (
    Edition,
    Location,
    Quote,
    Release,
    ReleaseEvent,
    ReleaseLocation,
    TaggedRelease,
    Withdrawal,
)
from releases.models.places import DEEPEST
from releases.states import Kind, Standing

FEW = 1000
OFFERED = [standing for standing in Standing if standing != Standing.APPROVED]  # approved is scheduled or live
UNDATED = "none"


@dataclass
class Control:
    """One labelled input of the filter bar."""

    name: str
    label: str
    html: str
    kind: str = field(default="select")


class DeskFilter(admin.ListFilter):
    """A filter that is one input of the list's own form instead of a column of links."""

    names: tuple[str, ...] = ()
    template = "admin/desk/no_filter.html"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.request, self.model_admin = request, model_admin
        for name in self.names:
            value = params.pop(name, None)
            if value and value[-1]:
                self.used_parameters[name] = value[-1]

    def has_output(self):
        return True

    def expected_parameters(self):
        return list(self.names)

    def choices(self, changelist):
        return []

    def value(self, name=""):
        return self.used_parameters.get(name or self.names[0], "")

    def select(self, name, label, choices) -> Control:
        widget = forms.Select(choices=[("", "—"), *choices])
        return Control(name, label, widget.render(name, self.value(name), {"id": f"filter-{name}"}))

    def controls(self) -> list[Control]:
        return []


class StandingFilter(DeskFilter):
    """Shown as the tabs above the list; the input carries the choice along."""

    title, names = _("standing"), ("standing",)

    def queryset(self, request, queryset):
        value = self.value()
        if value not in OFFERED:
            return queryset
        narrowed = queryset.standing(value, request.at)
        if value == Standing.SCHEDULED:
            return narrowed.filter(pk__in=Edition.objects.scheduled(request.at).order_by().values("release_id"))
        if value == Standing.WITHDRAWN:
            return narrowed.filter(pk__in=Withdrawal.objects.order_by().values("edition__release_id"))
        return narrowed


class LanguageFilter(DeskFilter):
    title, names = _("Language"), ("language",)

    def controls(self):
        codes = self.request.newsroom.languages
        return [self.select("language", self.title, [(code, language_name(code)) for code in codes])]

    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() else queryset


class KindFilter(DeskFilter):
    title, names = _("Kind"), ("kind",)

    def controls(self):
        return [self.select("kind", self.title, Kind.choices)]

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() in Kind.values else queryset


class MomentFilter(DeskFilter):
    """Year and month of the release moment, on the newsroom's clock."""

    title, names = _("Release moment"), ("year", "month")

    def controls(self):
        years = [(str(year), str(year)) for year in self.years()]
        months = [(str(number), name) for number, name in MONTHS.items()]
        return [
            self.select("year", _("Year"), [*years, (UNDATED, _("no date yet"))]),
            self.select("month", _("Month"), months),
        ]

    def years(self) -> range:
        """From the latest release moment back to the first: two steps into one index."""
        dated = Release.objects.filter(release_at__isnull=False).values_list("release_at", flat=True)
        last, first = dated.order_by("-release_at", "-id").first(), dated.order_by("release_at", "id").first()
        if not last:
            return range(0)
        zone = self.request.newsroom.time_zone
        return range(moments.local(last, zone).year, moments.local(first, zone).year - 1, -1)

    def queryset(self, request, queryset):
        year, month = self.value("year"), self.value("month")
        if year == UNDATED:
            return queryset.filter(release_at=None)
        if not (year.isascii() and year.isdigit() and len(year) == 4 and int(year)):
            return queryset
        first, end = period(int(year), int(month) if month in map(str, range(1, 13)) else None)
        zone = request.newsroom.time_zone
        return queryset.filter(
            release_at__gte=moments.start_of_day(first, zone), release_at__lt=moments.start_of_day(end, zone)
        )


def period(year: int, month: int | None) -> tuple[date, date]:
    """The first day of a year or month, and the day after its last."""
    if month is None:
        return date(year, 1, 1), date(min(year + 1, 9999), 1, 1)
    return date(year, month, 1), date(min(year + month // 12, 9999), month % 12 + 1, 1)


class RelatedFilter(DeskFilter):
    """Something a release is about, found by typing."""

    through = None
    column = ""
    owner = "release"

    def controls(self):
        source = self.through._meta.get_field(self.column)
        if not self.model_admin.admin_site.get_model_admin(source.related_model).has_view_permission(self.request):
            return []
        site = self.model_admin.admin_site
        widget = AutocompleteSelect(source, site, {"data-placeholder": "—"})
        widget.choices = forms.ModelChoiceField(source.related_model.objects.all(), required=False).choices
        widget.choices.field.label_from_instance = getattr(
            site.get_model_admin(source.related_model), "suggestion", str
        )
        html = widget.render(self.names[0], self.number, {"id": f"filter-{self.names[0]}"})
        return [Control(self.names[0], self.title, html, "autocomplete")]

    @property
    def number(self) -> int | None:
        value = self.value()
        return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None

    def targets(self) -> list[int]:
        return [self.number]

    def queryset(self, request, queryset):
        if self.number is None:
            return queryset
        named = self.through.objects.filter(**{f"{self.column}__in": self.targets()})
        few = list(named.values_list(f"{self.owner}_id", flat=True)[: FEW + 1])
        if len(few) <= FEW:
            return queryset.filter(pk__in=few)
        return queryset.filter(Exists(named.filter(**{self.owner: OuterRef("pk")})))


class LocationFilter(RelatedFilter):
    """A place, with all places that lie in it."""

    title, names = _("Location"), ("location",)
    through, column = ReleaseLocation, "location"

    def targets(self):
        found, level = {self.number}, {self.number}
        for _level in range(DEEPEST):
            level = set(Location.objects.filter(parent__in=level).values_list("pk", flat=True)) - found
            if not level:
                break
            found |= level
        return sorted(found)


class EventFilter(RelatedFilter):
    title, names = _("Event"), ("event",)
    through, column = ReleaseEvent, "event"


class SpokespersonFilter(RelatedFilter):
    title, names = _("Spokesperson"), ("spokesperson",)
    through, column = Quote, "spokesperson"


class TagFilter(RelatedFilter):
    title, names = _("Tag"), ("tag",)
    through, column, owner = TaggedRelease, "tag", "content_object"


class MineFilter(DeskFilter):
    title, names = _("Author"), ("mine",)

    def controls(self):
        return [self.select("mine", self.title, [("1", _("written by me"))])]

    def queryset(self, request, queryset):
        return queryset.filter(created_by=request.user) if self.value() else queryset


FILTERS = [
    StandingFilter,
    LanguageFilter,
    KindFilter,
    MomentFilter,
    LocationFilter,
    EventFilter,
    SpokespersonFilter,
    TagFilter,
    MineFilter,
]
