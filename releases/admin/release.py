"""Releases at the desk: the list, the form, and the way from a save to the history."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from releases import search, workflow
from releases.admin import panel
from releases.admin.base import DeskAdmin
from releases.admin.clocks import clock
from releases.admin.exchange import urls_for
from releases.admin.files import FILE_PAGE, file_view
from releases.admin.filters import FILTERS
from releases.admin.history import history_view
from releases.admin.inlines import INLINES
from releases.admin.listing import ReleaseList
from releases.admin.releaseform import ReleaseForm
from releases.admin.site import release_url
from releases.admin.verbs import verb_view
from releases.admin.widgets import language_name
from releases.landing import tag
from releases.models import Boilerplate, Release, ReleaseBoilerplate
from releases.models.fields import MomentField
from releases.states import Standing, State, Verb


@admin.register(Release)
class ReleaseAdmin(DeskAdmin):
    form = ReleaseForm
    inlines = INLINES
    autocomplete_fields = ["translation_of"]
    change_form_template = "admin/releases/release/change_form.html"
    fieldsets = [
        (None, {"fields": [("kind", "language"), "headline", "summary", "body", "notes_to_editors", "topics"]}),
        (gettext_lazy("When and where to"), {"fields": [("release_at", "time_zone"), "slug"]}),
        (
            gettext_lazy("Origin"),
            {
                "classes": ["collapse"],
                "fields": ["translation_of", "dateline_raw", "source", "source_id", "source_url"],
            },
        ),
    ]

    list_display = ["told_headline", "told_standing", "told_language", "told_moment", "told_change", "told_author"]
    list_display_links = ["told_headline"]
    list_select_related = ["created_by"]
    list_filter = FILTERS
    sortable_by = ["told_moment", "told_change"]
    ordering = ["-updated_at", "-id"]
    search_fields = ["headline"]
    actions = ["submit_all"]

    @property
    def media(self):
        """With what the list's own inputs need to search while one types."""
        return super().media + AutocompleteSelect(Release._meta.get_field("translation_of"), self.admin_site).media

    # The list

    def get_changelist(self, request, **kwargs):
        return ReleaseList

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {**self.doors(request), **(extra_context or {})})

    def doors(self, request) -> dict[str, str]:
        """Where to import, and where to export what the list shows now, for those who may."""
        there = {door.name for door in urls_for(self)}
        found = {}
        if "releases_release_import" in there and workflow.may(request.user, "import"):
            found["import_url"] = release_url("import")
        if "releases_release_export" in there and workflow.may(request.user, "export"):
            found["export_url"] = f"{release_url('export')}?{request.GET.urlencode()}"
        return found

    def get_ordering(self, request):
        """By last change; within a year by release moment, so that one index gives both the rows and their order."""
        return ["-release_at", "-id"] if request.GET.get("year", "").isdigit() else super().get_ordering(request)

    def get_search_results(self, request, queryset, search_term):
        return (search.matching(queryset, search_term) if search_term.strip() else queryset), False

    def suggestion(self, row) -> str:
        return f"{row.headline} ({row.language})"

    @admin.display(description=gettext_lazy("headline"))
    def told_headline(self, row):
        return row.headline

    @admin.display(description=gettext_lazy("stands at"))
    def told_standing(self, row):
        standing = row.standing_now
        edited = standing in {Standing.LIVE, Standing.SCHEDULED} and row.state != State.APPROVED
        note = format_html(' <small class="edited">{}</small>', _("changed since")) if edited else ""
        return format_html('<span class="pill pill-{}">{}</span>{}', standing.value, standing.label, note)

    @admin.display(description=gettext_lazy("language"))
    def told_language(self, row):
        return language_name(row.language)

    @admin.display(description=gettext_lazy("release moment"), ordering="release_at")
    def told_moment(self, row):
        edition = row.live_now or row.ahead_now
        return told(edition.live_from if edition else row.release_at, row.zone_now)

    @admin.display(description=gettext_lazy("last change"), ordering="updated_at")
    def told_change(self, row):
        return told(row.updated_at, row.zone_now)

    @admin.display(description=gettext_lazy("author"))
    def told_author(self, row):
        return row.created_by.get_full_name() or row.created_by.username if row.created_by else "—"

    @admin.action(description=gettext_lazy("Submit for review"), permissions=["submit"])
    def submit_all(self, request, queryset):
        """Submits each chosen release through the verb; says what was refused, and why."""
        done = 0
        for release in queryset[: self.list_per_page]:
            try:
                workflow.submit(release, request.user)
                done += 1
            except workflow.Refused as refused:
                messages.error(request, f"{release.headline}: {refused}")
        if done:
            messages.success(request, ngettext("%s release submitted.", "%s releases submitted.", done) % done)

    def has_submit_permission(self, request):
        return workflow.may(request.user, "submit")

    # The form

    def get_urls(self):
        own = [
            path("<int:object_id>/verbs/<slug:verb>/", self.guarded(verb_view), name="releases_release_verb"),
            path("<int:object_id>/files/<slug:kind>/<int:number>/", self.guarded(file_view), name=FILE_PAGE),
        ]
        return [*own, *urls_for(self), *super().get_urls()]

    def guarded(self, view):
        """A page of this admin for signed-in staff, given the admin itself."""
        return self.admin_site.admin_view(partial(view, self))

    def get_object(self, request, object_id, from_field=None):
        """The release; on a save it is locked first, so that nothing stale is written back."""
        if request.method != "POST":
            return super().get_object(request, object_id, from_field)
        locked = self.get_queryset(request).select_for_update(of=("self",))
        return locked.filter(pk=object_id).first() if str(object_id).isdigit() else None

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if "time_zone" in form.base_fields:
            form.base_fields["time_zone"].label = _("Time zone")
        return form

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, MomentField):
            return db_field.formfield(**kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_delete_permission(self, request, obj=None):
        """Whether the verb `discard` may be used: there is no other way to delete."""
        if not workflow.may(request.user, "discard"):
            return False
        return obj is None or "discard" in workflow.possible(obj, request.at)

    def delete_view(self, request, object_id, extra_context=None):
        return HttpResponseRedirect(release_url("verb", object_id, "discard"))

    def history_view(self, request, object_id, extra_context=None):
        return history_view(self, request, object_id)

    def render_change_form(self, request, context, *args, **kwargs):
        release = context.get("original")
        form = context["adminform"].form
        context["others_changes"] = getattr(form, "others_changes", [])
        if release and not context["is_popup"]:
            context["panel"] = panel.facts(Release.objects.get(pk=release.pk), request.user, request.at)
        context["show_save_and_add_another"] = context["show_save_and_continue"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    # From a save to the history

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        release = form.instance
        if "topics" in form.cleaned_data:
            tag(release, form.cleaned_data["topics"])
        if not change:
            stand_at_the_foot(release)
        was = release.state
        note = form.cleaned_data.get("note", "")
        saved = workflow.record(release, request.user, note, verb=Verb.EDIT if change else Verb.CREATE)
        release.refresh_from_db()
        if saved and was != release.state:
            messages.warning(request, _("It is a draft again, because it was edited. Submit it when it is ready."))

    def log_addition(self, request, obj, message):
        """The history of releases is their own: see `releases.revisions`."""

    def log_change(self, request, obj, message):
        """See `log_addition`."""

    def response_add(self, request, obj, post_url_continue=None):
        """After the first save the release stays open: the next step is on its own page."""
        if "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        messages.success(request, _("Saved as a draft. Nothing of it is public."))
        return HttpResponseRedirect(release_url("change", obj.pk))

    def response_change(self, request, obj):
        if "_popup" in request.POST:
            return super().response_change(request, obj)
        messages.success(request, _("Saved. What the public reads has not changed."))
        return HttpResponseRedirect(release_url("change", obj.pk))


def told(moment, zone: str):
    """A moment in a cell of the list, its zone named."""
    shown = clock(moment, zone)
    if shown is None:
        return "—"
    return format_html(
        '<time datetime="{}">{}</time> <small class="zone">{}</small>', shown.iso, shown.local, shown.zone
    )


def stand_at_the_foot(release: Release) -> None:
    """Adds the boilerplates that stand on every new release of its language, below those chosen by hand."""
    chosen = list(release.about_texts.order_by("order").values_list("boilerplate_id", flat=True))
    usual = Boilerplate.objects.filter(language=release.language, is_default=True).exclude(pk__in=chosen)
    ReleaseBoilerplate.objects.bulk_create(
        ReleaseBoilerplate(release=release, boilerplate=row, order=order)
        for order, row in enumerate(usual.order_by("order", "title"), len(chosen))
    )
