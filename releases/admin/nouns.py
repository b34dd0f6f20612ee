"""What all named things share at the desk; places and tags."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from releases import facets, text
from releases.admin.base import DeskAdmin, NamesInline, speaking
from releases.models import (
    EditionLocation,
    EditionTag,
    Event,
    Location,
    LocationName,
    ReleaseLocation,
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
