"""Places, events, people and tags: what releases are about."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from releases import facets, text
from releases.admin.base import DeskAdmin, NamesInline, speaking
from releases.admin.clocks import clock
from releases.admin.fields import LocalMomentField, LocalMoments
from releases.admin.widgets import ZoneWidget
from releases.models import (
    EditionEvent,
    EditionLocation,
    EditionSpokesperson,
    EditionTag,
    Event,
    EventName,
    Location,
    LocationName,
    Quote,
    ReleaseEvent,
    ReleaseLocation,
    Spokesperson,
    SpokespersonName,
    Tag,
    TaggedRelease,
)
from releases.models.fields import random_id
from releases.models.names import free_slug

WORKED_ON = _("%(name)s cannot be deleted: %(count)s releases at the desk name it. Take it out of them first.")
PUBLISHED = _("%(name)s cannot be deleted: %(count)s published editions are about it, and its page leads to them.")


class NamedAdmin(DeskAdmin):
    """A thing with names per language, found by any of them, whose address word never changes."""

    list_display = ["shown_name", "slug"]
    search_fields = ["names__folded"]
    ordering = ["slug"]

    def get_queryset(self, request):
        return super().get_queryset(request).named()

    def get_search_results(self, request, queryset, search_term):
        wanted = text.fold(search_term)
        return (queryset.search(wanted) if wanted else queryset), False

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["slug"] if obj else [])]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if "slug" in form.base_fields:
            form.base_fields["slug"].required = False
            form.base_fields["slug"].help_text = _(
                "The last part of its web address, the same in every language. Left empty, it is made from the name. "
                "It cannot be changed later."
            )
        return form

    def save_model(self, request, obj, form, change):
        form.unaddressed = not obj.slug
        obj.slug = obj.slug or f"new-{random_id()}"
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        thing = form.instance
        if form.unaddressed:
            thing = self.model.objects.named().get(pk=thing.pk)
            language = request.newsroom.default_language
            form.instance.slug = free_slug(
                thing.name_in(language), self.model.objects.exclude(pk=thing.pk), language=language
            )
            form.instance.save(update_fields=["slug"])

    @admin.display(description=_("name"))
    def shown_name(self, row):
        return row.name_in(speaking())

    def suggestion(self, row) -> str:
        return row.name_in(speaking())


class LocationNameInline(NamesInline):
    model = LocationName


@admin.register(Location)
class LocationAdmin(NamedAdmin):
    fields = ["kind", "parent", "country_code", "latitude", "longitude", "tell_region", "slug"]
    inlines = [LocationNameInline]
    autocomplete_fields = ["parent"]
    list_display = ["shown_name", "kind", "lies_in", "slug"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    in_use = [
        (ReleaseLocation, "location", WORKED_ON),
        (EditionLocation, "location", PUBLISHED),
        (Event, "location", _("%(name)s cannot be deleted: %(count)s events take place there.")),
        (Location, "parent", _("%(name)s cannot be deleted: %(count)s places lie in it.")),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("parent__names")

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change and "parent" in form.changed_data:
            facets.replant(form.instance)

    @admin.display(description=_("lies in"))
    def lies_in(self, row):
        return row.parent.name_in(speaking()) if row.parent_id else "—"

    def suggestion(self, row) -> str:
        around = row.parent.name_in(speaking()) if row.parent_id else ""
        return f"{row.name_in(speaking())} – {around}" if around else row.name_in(speaking())


class EventNameInline(NamesInline):
    model = EventName


class EventForm(LocalMoments, forms.ModelForm):
    local_moments = ("starts_at", "ends_at", "accreditation_deadline")

    starts_at = LocalMomentField(
        label=_("Starts at"), required=False, help_text=_("For events that start at an hour, in the zone below.")
    )
    ends_at = LocalMomentField(label=_("Ends at"), required=False)
    accreditation_deadline = LocalMomentField(label=_("Accreditation deadline"), required=False)

    class Meta:
        model = Event
        fields = [
            *("starts_on", "ends_on", "starts_at", "ends_at", "time_zone", "recurs_yearly", "location", "venue"),
            *("url", "status", "is_invitation", "accreditation_deadline", "slug"),
        ]
        widgets = {
            "time_zone": ZoneWidget,
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.show_moments()

    def clean(self):
        super().clean()
        self.settle_moments()
        return self.cleaned_data


@admin.register(Event)
class EventAdmin(NamedAdmin):
    form = EventForm
    inlines = [EventNameInline]
    autocomplete_fields = ["location"]
    list_display = ["shown_name", "when", "place", "status"]
    list_filter = ["status", "is_invitation"]
    list_select_related = ["location"]
    fieldsets = [
        (_("When"), {"fields": ["starts_on", "ends_on", "starts_at", "ends_at", "time_zone", "recurs_yearly"]}),
        (_("Where"), {"fields": ["location", "venue", "url"]}),
        (_("Status and press"), {"fields": ["status", "is_invitation", "accreditation_deadline", "slug"]}),
    ]
    in_use = [(ReleaseEvent, "event", WORKED_ON), (EditionEvent, "event", PUBLISHED)]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in ("starts_on", "ends_on", *EventForm.local_moments):
            return db_field.formfield(**{"widget": EventForm.Meta.widgets.get(db_field.name), **kwargs})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        return {"time_zone": request.newsroom.time_zone, **super().get_changeform_initial_data(request)}

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("location__names")

    @admin.display(description=_("when"))
    def when(self, row):
        if row.starts_at:
            return str(clock(row.starts_at, row.time_zone))
        days = [f"{day:%Y-%m-%d}" for day in (row.starts_on, row.ends_on) if day]
        return " – ".join(days) or "—"

    @admin.display(description=_("location"))
    def place(self, row):
        return row.location.name_in(speaking()) if row.location_id else "—"

    def suggestion(self, row) -> str:
        first = row.starts_on or (row.starts_at and row.starts_at.date())
        return f"{row.name_in(speaking())} – {first:%Y-%m-%d}" if first else row.name_in(speaking())


class SpokespersonNameInline(NamesInline):
    model = SpokespersonName
    fields = ["language", "text", "title", "organisation", "is_alias"]
    verbose_name_plural = _("names and titles")


@admin.register(Spokesperson)
class SpokespersonAdmin(NamedAdmin):
    fields = ["is_current", "slug"]
    inlines = [SpokespersonNameInline]
    list_display = ["shown_name", "title", "is_current"]
    list_filter = ["is_current"]
    in_use = [(Quote, "spokesperson", WORKED_ON), (EditionSpokesperson, "spokesperson", PUBLISHED)]

    def get_search_results(self, request, queryset, search_term):
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.filter(is_current=True)
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=_("title"))
    def title(self, row):
        name = row.name_row(speaking())
        return ", ".join(filter(None, [name.title, name.organisation])) if name else ""

    def suggestion(self, row) -> str:
        return ", ".join(filter(None, [row.name_in(speaking()), self.title(row)]))


@admin.register(Tag)
class TagAdmin(DeskAdmin):
    fields = ["name"]
    list_display = ["name", "slug"]
    search_fields = ["folded"]
    ordering = ["folded"]
    in_use = [(TaggedRelease, "tag", WORKED_ON), (EditionTag, "tag", PUBLISHED)]

    def get_search_results(self, request, queryset, search_term):
        wanted = text.fold(search_term)
        return (queryset.filter(Q(folded__contains=wanted)) if wanted else queryset), False

    def save_model(self, request, obj, form, change):
        obj.slug = obj.slug or free_slug(obj.name, Tag.objects.all())
        super().save_model(request, obj, form, change)
