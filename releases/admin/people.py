"""Spokespersons at the desk: names and titles per language, a portrait."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from releases import uploads
from releases.admin.base import NamesInline, speaking
from releases.admin.nouns import PUBLISHED, WORKED_ON, NamedAdmin
from releases.models import EditionSpokesperson, Quote, Spokesperson, SpokespersonName

PORTRAIT = "releases_spokesperson_portrait"
PORTRAIT_EDGE = 1600  # pixels: enough for a newspaper column, light enough for a phone


class SpokespersonNameInline(NamesInline):
    model = SpokespersonName
    fields = ["language", "text", "title", "organisation", "is_alias", "biography"]
    verbose_name_plural = _("names and titles")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "biography":
            kwargs["widget"] = forms.Textarea(attrs={"rows": 3})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class PortraitInput(forms.ClearableFileInput):
    """A portrait beside the one there is, which staff see before the world may."""

    template_name = "admin/desk/portrait.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if context["widget"]["is_initial"]:
            context["widget"]["url"] = reverse(f"admin:{PORTRAIT}", args=[value.instance.pk])
        return context


class SpokespersonForm(forms.ModelForm):
    portrait = forms.FileField(
        label=_("Portrait"),
        required=False,
        widget=PortraitInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        help_text=Spokesperson._meta.get_field("portrait").help_text,
    )

    class Meta:
        model = Spokesperson
        fields = ["is_current", "portrait", "portrait_alt", "portrait_credit", "slug"]

    def clean_portrait(self):
        upload = self.cleaned_data.get("portrait")
        if "portrait" not in self.changed_data:
            return upload
        self.instance.portrait_width = self.instance.portrait_height = None
        if not upload:
            return upload
        try:
            stored = uploads.picture(upload, PORTRAIT_EDGE)
        except uploads.Unfit as error:
            raise ValidationError(error.args[0]) from error
        self.instance.portrait_width, self.instance.portrait_height = stored.width, stored.height
        return stored.file

    def clean(self):
        super().clean()
        if self.cleaned_data.get("portrait") and not self.cleaned_data.get("portrait_alt"):
            self.add_error("portrait_alt", _("Say what the portrait shows: readers who cannot see it depend on it."))
        return self.cleaned_data


@admin.register(Spokesperson)
class SpokespersonAdmin(NamedAdmin):
    form = SpokespersonForm
    fields = SpokespersonForm.Meta.fields
    inlines = [SpokespersonNameInline]
    list_display = ["shown_name", "title", "is_current"]
    list_filter = ["is_current"]
    in_use = [(Quote, "spokesperson", WORKED_ON), (EditionSpokesperson, "spokesperson", PUBLISHED)]

    def get_search_results(self, request, queryset, search_term):
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.filter(is_current=True)
        return super().get_search_results(request, queryset, search_term)

    def get_urls(self):
        view = self.admin_site.admin_view(self.portrait_view)
        return [path("<int:number>/portrait/", view, name=PORTRAIT), *super().get_urls()]

    def portrait_view(self, request, number):
        """The portrait as staff see it, before the world may."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        person = get_object_or_404(Spokesperson, pk=number)
        if not person.portrait or not person.portrait.storage.exists(person.portrait.name):
            raise Http404
        return FileResponse(person.portrait.open())

    @admin.display(description=pgettext_lazy("of a person", "title"))
    def title(self, row):
        name = row.name_row(speaking())
        return ", ".join(filter(None, [name.title, name.organisation])) if name else ""

    def suggestion(self, row) -> str:
        return ", ".join(filter(None, [row.name_in(speaking()), self.title(row)]))
