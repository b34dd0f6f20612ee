"""Addresses for programs: robots, whom to tell of a hole in the fence, and whether the newsroom is well."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from .addresses import absolute
from .caching import validated
from .contacts import site_contacts

PLAIN = "text/plain; charset=utf-8"
NEVER_KEPT = {"Cache-Control": "no-store"}


@require_safe
def robots(request):
    """Everything public may be read; the desk is nobody's business."""
    front = absolute(reverse("front", args=[request.newsroom.default_language]))
    maps = "".join(f"Sitemap: {absolute(reverse(name))}\n" for name in ("sitemap_index", "news_sitemap"))
    return HttpResponse(f"# {front}\nUser-agent: *\nDisallow: /admin/\n\n{maps}", content_type=PLAIN)


@require_safe
def security(request):
    """Whom to tell of a weakness (RFC 9116): who the operator names, else the press contacts; then their page."""
    usual = request.newsroom.default_language
    press = [f"mailto:{contact.email}" for contact in site_contacts(request.newsroom, usual) if contact.email]
    named = [settings.SECURITY_CONTACT] if settings.SECURITY_CONTACT else list(dict.fromkeys(press))
    lines = [f"Contact: {way}" for way in (*named, absolute(reverse("contacts", args=[usual])))]
    lines += [f"Expires: {half_a_year_ahead(request.at).isoformat()}"]
    lines += [f"Preferred-Languages: {', '.join(request.newsroom.languages)}"]
    lines += [f"Canonical: {absolute(reverse('security'))}"]
    return validated(request, HttpResponse("\n".join([*lines, ""]), content_type=PLAIN))


def half_a_year_ahead(at: datetime) -> datetime:
    """The start of a month between six and seven months ahead: the same for everybody all month long."""
    later = at.astimezone(UTC).month + 6
    return datetime(at.year + later // 12, later % 12 + 1, 1, tzinfo=UTC)


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
