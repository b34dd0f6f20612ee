"""Events at the desk: when and where, how the press gets in, an embargo of their own."""

from django import forms
from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from releases import happenings
from releases.admin.base import NamesInline, speaking
from releases.admin.clocks import clock
from releases.admin.fields import LocalMomentField, LocalMoments
from releases.admin.nouns import PUBLISHED, WORKED_ON, NamedAdmin
from releases.admin.widgets import ZoneWidget
from releases.models import EditionEvent, Event, EventName, ReleaseEvent

FIELDSETS = [
    (
        _("When"),
        {"fields": ["starts_on", "ends_on", "starts_at", "ends_at", "time_zone", "recurs_yearly"]},
    ),
    (_("Where"), {"fields": ["attendance", "location", "venue", "livestream", "url"]}),
    (_("Status"), {"fields": ["status", "formerly_on", "formerly_at"]}),
    (
        _("For the press"),
        {"fields": ["is_invitation", "accreditation_deadline", "accreditation_url", "accreditation_email"]},
    ),
    (_("Embargo and address"), {"fields": ["public_from", "slug"]}),
]
SPOKEN_OF = _(
    "An approved release is about this event. It does not name the event before that hour, but what it says in its "
    "own words is not held back: read it again."
)


class EventNameInline(NamesInline):
    model = EventName
    fields = ["language", "text", "is_alias", "summary", "for_press"]
    verbose_name_plural = _("names and texts")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in ("summary", "for_press"):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 3})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class EventForm(LocalMoments, forms.ModelForm):
    local_moments = ("starts_at", "ends_at", "formerly_at", "accreditation_deadline", "public_from")

    starts_at = LocalMomentField(
        label=_("Starts at"), required=False, help_text=_("For events that start at an hour, in the zone below.")
    )
    ends_at = LocalMomentField(label=_("Ends at"), required=False)
    formerly_at = LocalMomentField(label=_("Former start"), required=False)
    accreditation_deadline = LocalMomentField(label=_("Accreditation deadline"), required=False)
    public_from = LocalMomentField(
        label=_("Public from"), required=False, help_text=Event._meta.get_field("public_from").help_text
    )

    class Meta:
        model = Event
        fields = [name for _title, options in FIELDSETS for name in options["fields"]]
        widgets = {
            "time_zone": ZoneWidget,
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "formerly_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
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
    list_display = ["shown_name", "when", "place", "status", "embargo"]
    list_filter = ["status", "is_invitation"]
    list_select_related = ["location"]
    fieldsets = FIELDSETS
    in_use = [(ReleaseEvent, "event", WORKED_ON), (EditionEvent, "event", PUBLISHED)]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in (*EventForm.Meta.widgets, *EventForm.local_moments):
            return db_field.formfield(**{"widget": EventForm.Meta.widgets.get(db_field.name), **kwargs})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        return {"time_zone": request.newsroom.time_zone, **super().get_changeform_initial_data(request)}

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("location__names")

    def save_model(self, request, obj, form, change):
        with happenings.changing(obj, request.at):
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        event = form.instance
        if change and any(formset.has_changed() for formset in formsets):
            happenings.note_new_words(event, request.at)
        if event.public_from and "public_from" in form.changed_data and happenings.is_spoken_of(event):
            self.message_user(request, SPOKEN_OF, messages.WARNING)

    @admin.display(description=_("public from"))
    def embargo(self, row):
        return str(clock(row.public_from, row.time_zone)) if row.public_from else "—"

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
