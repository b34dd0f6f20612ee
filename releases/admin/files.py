"""Stored files as staff see them, before the world may."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.urls import reverse

from releases.models import Attachment, Photo

FILE_PAGE = "releases_release_file"
KINDS = {"photos": Photo, "attachments": Attachment}
SHOWN = {".jpg", ".jpeg", ".png", ".webp"}


def file_url(row) -> str:
    """Where staff see the file of a picture or attachment."""
    kind = "photos" if isinstance(row, Photo) else "attachments"
    return reverse(f"admin:{FILE_PAGE}", args=[row.release_id, kind, row.pk])


def file_view(model_admin, request, object_id, kind, number):
    """The bytes of one file of a working copy, for those who may see releases; only pictures are shown in place."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    row = KINDS[kind].objects.filter(pk=number, release=object_id).first() if kind in KINDS else None
    if row is None or not row.file.storage.exists(row.file.name):
        raise Http404
    in_place = kind == "photos" and any(row.file.name.endswith(suffix) for suffix in SHOWN)
    return FileResponse(row.file.open(), as_attachment=not in_place)


class StoredFileInput(forms.FileInput):
    """A file input beside what is stored already: a picture as itself, anything else by its name."""

    template_name = "admin/desk/stored_file.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        row = getattr(value, "instance", None)
        if row is not None and row.pk and not row._state.adding and value:
            context["widget"] |= {"url": file_url(row), "name_told": value.name.rpartition("/")[2]}
            context["widget"]["picture"] = row.alt_text or value.name if isinstance(row, Photo) else ""
        return context

    def format_value(self, value):
        return None
