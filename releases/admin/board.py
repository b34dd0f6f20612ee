"""The start page: what goes out next, what waits, what is mine, what went out. A few bounded questions."""

from releases import workflow
from releases.admin.clocks import clock
from releases.models import Edition, Release
from releases.states import State

LONGEST = 8


def facts(request) -> dict:
    """The board's four lists for the person who asks, each at most `LONGEST` rows."""
    at, zone = request.at, request.newsroom.time_zone
    ahead = Edition.objects.scheduled(at).select_related("approved_by").order_by("live_from", "id")
    out = Edition.objects.live(at).order_by("-live_from", "-id")
    waiting = Release.objects.filter(state=State.IN_REVIEW).select_related("submitted_by")
    mine = Release.objects.filter(created_by=request.user, state=State.DRAFT).order_by("-updated_at", "-id")
    return {
        "at": clock(at.replace(second=0), zone),
        "ahead": [_line(row, row.live_from, zone, row.approved_by) for row in ahead.defer("document")[:LONGEST]],
        "waiting": [
            _line(row, row.submitted_at, zone, row.submitted_by)
            for row in waiting.order_by("updated_at", "id")[:LONGEST]
        ],
        "mine": [_line(row, row.updated_at, zone) for row in mine[:LONGEST]],
        "out": [_line(row, row.live_from, zone) for row in out.defer("document")[:LONGEST]],
        "may_write": request.user.has_perm("releases.add_release"),
        "may_approve": workflow.may(request.user, "approve"),
    }


def _line(row, moment, zone: str, person=None) -> dict:
    return {
        "release": row.release_id if isinstance(row, Edition) else row.pk,
        "headline": row.headline,
        "language": row.language,
        "kind": row.get_kind_display(),
        "person": person,
        "hour": clock(moment, zone),
    }
