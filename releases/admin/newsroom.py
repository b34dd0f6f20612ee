"""The newsroom's own page: names, languages, zone, four eyes, colours."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from releases import uploads
from releases.admin.base import DeskAdmin
from releases.admin.fields import LanguagesField, PerLanguageField
from releases.admin.widgets import ZoneWidget
from releases.models import Newsroom


class NewsroomForm(forms.ModelForm):
    languages = LanguagesField(
        label=_("Languages"),
        help_text=_("Languages offered to readers, in this order. Save to get inputs for new ones."),
    )

    class Meta:
        model = Newsroom
        fields = ["names", "languages", "time_zone", "four_eyes", "accent", "logo", "about"]
        widgets = {"time_zone": ZoneWidget, "accent": forms.TextInput(attrs={"type": "color"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        codes = list(dict.fromkeys([*self.instance.languages, *self.instance.names, *self.instance.about]))
        self.fields["names"] = PerLanguageField(
            codes, label=_("Name"), help_text=_("What the site is called, per language.")
        )
        self.fields["about"] = PerLanguageField(
            codes, prose=True, required=False, label=_("About"), help_text=_("The About page, per language.")
        )

    def clean_logo(self):
        logo = self.cleaned_data.get("logo")
        if not logo or "logo" not in self.changed_data:
            return logo
        try:
            return uploads.picture(logo).file
        except uploads.Unfit as error:
            raise ValidationError(error.args[0]) from error


@admin.register(Newsroom)
class NewsroomAdmin(DeskAdmin):
    form = NewsroomForm
    fieldsets = [
        (None, {"fields": ["names", "languages", "time_zone", "four_eyes"]}),
        (_("Look"), {"fields": ["accent", "logo"]}),
        (_("About page"), {"fields": ["about"]}),
    ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        """There is one newsroom: its list is its page."""
        Newsroom.objects.get_or_create(id=1)
        return HttpResponseRedirect(reverse("admin:releases_newsroom_change", args=[1]))
