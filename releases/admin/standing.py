"""What stands from release to release: who answers the press, and the “About” texts."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from releases.admin.base import DeskAdmin, language_field, offer_languages
from releases.admin.fields import ProseField
from releases.admin.nouns import WORKED_ON
from releases.models import Boilerplate, Contact, ReleaseBoilerplate, ReleaseContact


class StandingForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            offer_languages(self.fields["language"], self.instance.language)


class StandingAdmin(DeskAdmin):
    form = StandingForm
    ordering = ["language", "order", "id"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "language":
            return language_field(request.newsroom)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_search_results(self, request, queryset, search_term):
        for word in search_term.split():
            anywhere = [Q(**{f"{name}__icontains": word}) for name in self.search_fields]
            queryset = queryset.filter(Q(*anywhere, _connector=Q.OR))
        return queryset, False


@admin.register(Contact)
class ContactAdmin(StandingAdmin):
    fields = [
        *("language", "name", "role", "organisation", "email", "phone", "whatsapp", "hours", "speaks"),
        *("order", "on_site"),
    ]
    list_display = ["name", "role", "organisation", "language", "phone", "email", "on_site"]
    list_filter = ["on_site"]
    search_fields = ["name", "organisation", "email"]
    in_use = [(ReleaseContact, "contact", WORKED_ON)]

    def suggestion(self, row) -> str:
        return f"{row} ({row.language})"


class BoilerplateForm(StandingForm):
    body = ProseField(label=_("Text"))

    class Meta:
        model = Boilerplate
        fields = ["language", "title", "body", "order", "is_default"]


@admin.register(Boilerplate)
class BoilerplateAdmin(StandingAdmin):
    form = BoilerplateForm
    fields = ["language", "title", "body", "order", "is_default"]
    list_display = ["title", "language", "is_default"]
    list_filter = ["is_default"]
    search_fields = ["title"]
    in_use = [(ReleaseBoilerplate, "boilerplate", WORKED_ON)]
