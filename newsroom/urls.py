"""The whole public map on one screen."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

DESK = {"site_header": admin.site.site_header, "site_title": admin.site.site_title}

urlpatterns = [
    path("admin/password/", auth.PasswordResetView.as_view(extra_context=DESK), name="admin_password_reset"),
    path("admin/password/sent/", auth.PasswordResetDoneView.as_view(extra_context=DESK), name="password_reset_done"),
    path(
        "admin/password/<uidb64>/<token>/",
        auth.PasswordResetConfirmView.as_view(extra_context=DESK),
        name="password_reset_confirm",
    ),
    path(
        "admin/password/set/",
        auth.PasswordResetCompleteView.as_view(extra_context=DESK),
        name="password_reset_complete",
    ),
    path("admin/", admin.site.urls),
    path("", include("releases.public.urls")),
]

handler404 = "releases.public.errors.not_found"
