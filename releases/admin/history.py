"""The history of one release: every act, every revision, and any two of them side by side."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from releases import workflow
from releases.admin import compare
from releases.admin.clocks import clock
from releases.admin.site import release_url
from releases.documents import Document
from releases.models import Release

LONGEST = 100


def history_view(model_admin, request, object_id):
    """Acts and revisions, newest first; `?from=2&to=5` compares two revisions by number."""
    release = Release.objects.filter(pk=object_id).first() if str(object_id).isdigit() else None
    if release is None:
        raise Http404
    if not model_admin.has_view_permission(request, release):
        raise PermissionDenied
    revisions = list(release.revisions.select_related("author").defer("document").order_by("-number")[:LONGEST])
    return TemplateResponse(
        request,
        "admin/releases/release/history.html",
        {
            **model_admin.admin_site.each_context(request),
            "title": _("History"),
            "opts": model_admin.opts,
            "release": release,
            "revisions": [line(row, release.time_zone) for row in revisions],
            "acts": acts(release),
            "may_restore": workflow.may(request.user, "restore"),
            "newest": revisions[0].number if revisions else 0,
            "restore_url": release_url("verb", release.pk, "restore"),
            "media": model_admin.media,
            **comparison(release, request.GET, revisions),
        },
    )


def line(row, zone: str) -> dict:
    return {"id": row.pk, "number": row.number, "author": row.author, "note": row.note, "at": clock(row.at, zone)}


def acts(release) -> list[dict]:
    """The lines of history, newest first, with the hour an act was about."""
    found = release.audit.select_related("actor").order_by("-at", "-id")[:LONGEST]
    return [
        {
            "verb": row.get_verb_display(),
            "actor": row.actor,
            "at": clock(row.at, release.time_zone),
            "reason": row.reason,
            "revision": row.detail.get("revision"),
            "edition": row.detail.get("edition"),
            "alone": row.detail.get("alone"),
        }
        for row in found
    ]


def comparison(release, asked, revisions) -> dict:
    """The two revisions asked for, the two newest if none were, and how they differ."""
    numbers = [row.number for row in revisions]
    to = number(asked.get("to"), numbers[0] if numbers else 0)
    start = number(asked.get("from"), to - 1)
    found = {row.number: row for row in release.revisions.filter(number__in=[start, to]).select_related("author")}
    chosen = {"from_number": start, "to_number": to, "compared": start in found and to in found and start != to}
    if not chosen["compared"]:
        return {**chosen, "changes": []}
    before, after = (Document.read(found[each].document) for each in (start, to))
    return {**chosen, "changes": compare.changes(before, after)}


def number(value, otherwise: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 9 else otherwise
