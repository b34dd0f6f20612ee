"""Addresses for programs: robots, and whether the newsroom is well."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

PLAIN = "text/plain; charset=utf-8"
NEVER_KEPT = {"Cache-Control": "no-store"}


@require_safe
def robots(request):
    """Everything public may be read; the desk is nobody's business."""
    front = settings.SITE_URL + reverse("front", args=[request.newsroom.default_language])
    return HttpResponse(f"# {front}\nUser-agent: *\nDisallow: /admin/\n", content_type=PLAIN)


@require_safe
def healthz(request):
    """200 while the process answers."""
    return HttpResponse("ok\n", content_type=PLAIN, headers=NEVER_KEPT)


@require_safe
def readyz(request):
    """200 while the database answers too, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", content_type=PLAIN, status=503, headers=NEVER_KEPT)
    return HttpResponse("ready\n", content_type=PLAIN, headers=NEVER_KEPT)
