"""Accounts and roles: who may come to the desk, and what each role allows."""

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag as UnusedTag

User = get_user_model()
admin.site.unregister([User, UnusedTag])


@admin.register(User)
class AccountAdmin(UserAdmin):
    """People are given roles, not single permissions."""

    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    show_facets = admin.ShowFacets.NEVER

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (_("What they may do"), {"fields": ["is_active", "is_staff", "groups", "is_superuser"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
