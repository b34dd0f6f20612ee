"""The ordered lists of a release: places, events, quotes, contacts, boilerplates, pictures, attachments."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from releases import uploads
from releases.admin.files import StoredFileInput
from releases.admin.ordering import OrderedForm, OrderedFormSet, PictureFormSet
from releases.models import (
    Attachment,
    Photo,
    Quote,
    ReleaseBoilerplate,
    ReleaseContact,
    ReleaseEvent,
    ReleaseLocation,
)


def once(column: str) -> type[OrderedFormSet]:
    return type("OnceFormSet", (OrderedFormSet,), {"once": column})


class OrderedInline(admin.TabularInline):
    form = OrderedForm
    formset = OrderedFormSet
    extra = 0
    template = "admin/desk/rows.html"
    target = ""

    def get_fields(self, request, obj=None):
        return [*self.fields, "position"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        remote = db_field.remote_field.model.objects
        if hasattr(remote, "named"):
            kwargs.setdefault("queryset", remote.named())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_queryset(self, request):
        return super().get_queryset(request).order_by("order")


class PlaceInline(OrderedInline):
    model = ReleaseLocation
    formset = once("location")
    fields = ["location", "in_dateline"]
    autocomplete_fields = ["location"]


class HappeningInline(OrderedInline):
    model = ReleaseEvent
    formset = once("event")
    fields = ["event"]
    autocomplete_fields = ["event"]


class QuoteForm(OrderedForm):
    class Meta:
        model = Quote
        fields = ["spokesperson", "words", "title", "organisation"]
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}


class QuoteInline(OrderedInline):
    model = Quote
    form = QuoteForm
    fields = ["spokesperson", "words", "title", "organisation"]
    autocomplete_fields = ["spokesperson"]
    verbose_name_plural = _("quotes and speakers")


class PressContactInline(OrderedInline):
    model = ReleaseContact
    formset = once("contact")
    fields = ["contact"]
    autocomplete_fields = ["contact"]


class AboutInline(OrderedInline):
    model = ReleaseBoilerplate
    formset = once("boilerplate")
    fields = ["boilerplate"]
    autocomplete_fields = ["boilerplate"]


class StoredFileForm(OrderedForm):
    """A row with a file: a newly sent one is examined and stored under a path of its own; the old bytes stay."""

    def examine(self, upload):
        """The file to store, and the facts about it that the row keeps."""
        raise AssertionError("a form for files says how it examines them")

    def clean_file(self):
        upload = self.cleaned_data.get("file")
        self.facts = {}
        if not upload or "file" not in self.changed_data:
            return upload
        try:
            return self.examine(upload)
        except uploads.Unfit as error:
            raise ValidationError(error.args[0]) from error

    def _post_clean(self):
        super()._post_clean()
        for name, value in getattr(self, "facts", {}).items():
            setattr(self.instance, name, value)


PICTURE = [
    *("file", "alt_text", "caption", "credit", "is_lead", "focal_x", "focal_y"),
    *("consent_reference", "consent_expires"),
]


class PhotoForm(StoredFileForm):
    file = forms.FileField(
        label=_("Picture"), widget=StoredFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"})
    )

    class Meta:
        model = Photo
        fields = PICTURE
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 2}),
            "focal_x": forms.NumberInput(attrs={"step": "0.01", "min": 0, "max": 1}),
            "focal_y": forms.NumberInput(attrs={"step": "0.01", "min": 0, "max": 1}),
            "consent_expires": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def examine(self, upload):
        stored = uploads.picture(upload)
        self.facts = {"width": stored.width, "height": stored.height, "sha256": stored.sha256}
        return stored.file


class PhotoInline(OrderedInline):
    model = Photo
    form = PhotoForm
    formset = PictureFormSet
    fields = PICTURE


class AttachmentForm(StoredFileForm):
    file = forms.FileField(label=_("File"), widget=StoredFileInput(attrs={"accept": ",".join(uploads.MEDIA_TYPES)}))

    class Meta:
        model = Attachment
        fields = ["file", "title"]

    def examine(self, upload):
        stored = uploads.attachment(upload)
        self.facts = {"size": stored.size, "sha256": stored.sha256, "media_type": stored.media_type}
        return stored.file


class AttachmentInline(OrderedInline):
    model = Attachment
    form = AttachmentForm
    fields = ["file", "title"]


INLINES = [
    PlaceInline,
    QuoteInline,
    HappeningInline,
    PhotoInline,
    AttachmentInline,
    PressContactInline,
    AboutInline,
]
