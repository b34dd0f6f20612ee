"""The panel on top of a release: where it stands, what the world reads, what it will read and when."""

from django.utils.translation import gettext_lazy as _

from releases import refusals, workflow
from releases.admin import compare
from releases.admin.clocks import clock
from releases.admin.site import release_url
from releases.documents import Document, compose
from releases.models import Release
from releases.states import Standing, State

VERBS = {
    "submit": _("Submit for review"),
    "approve": _("Approve"),
    "correct": _("Publish a correction"),
    "send_back": _("Send back"),
    "reschedule": _("Move the hour"),
    "call_off": _("Call off"),
    "translate": _("Start a translation"),
    "withdraw": _("Withdraw"),
    "discard": _("Delete"),
}
STRONG = {"submit", "approve", "correct"}
GRAVE = {"withdraw", "discard", "call_off"}


def facts(release: Release, person, at) -> dict:
    """What the panel shows to `person` at the moment `at`."""
    zone = release.time_zone
    editions = list(release.editions.select_related("approved_by").order_by("-number")[:20])
    live = next((row for row in editions if is_live(row, at)), None)
    ahead = next((row for row in editions if row.live_from > at), None)
    approved = ahead or live
    document = compose(release)
    planned = refusals.planned(release, document, at)
    withdrawal = None if live or ahead else taken_back(release)
    return {
        "standing": standing(release, live, ahead, withdrawal),
        "state": State(release.state),
        "live": live,
        "live_since": clock(live.live_from, zone) if live else None,
        "first_public": clock(live.first_public_at, zone) if live else None,
        "public_url": public_url(live) if live else "",
        "ahead": ahead,
        "goes_out": clock(ahead.live_from, zone) if ahead else None,
        "wanted": clock(planned, zone),
        "overdue": bool(planned and planned <= at and not approved),
        "changes": compare.changes(Document.read(approved.document), document) if approved else [],
        "approved": approved,
        "withdrawal": withdrawal,
        "withdrawn": clock(withdrawal.at, zone) if withdrawal else None,
        "submitted": clock(release.submitted_at, zone) if release.state == State.IN_REVIEW else None,
        "verbs": buttons(release, person, at),
        "document": document,
    }


def is_live(edition, at) -> bool:
    return edition.live_from <= at and (edition.live_until is None or edition.live_until > at)


def taken_back(release: Release):
    edition = (
        release.editions.filter(withdrawal__isnull=False).select_related("withdrawal").order_by("-number").first()
    )
    return edition.withdrawal if edition else None


def standing(release, live, ahead, withdrawn) -> Standing:
    """Where the release stands as a whole, by the same rule as `ReleaseQuerySet.standing`."""
    if live:
        return Standing.LIVE
    if ahead:
        return Standing.SCHEDULED
    return Standing.WITHDRAWN if withdrawn else Standing(release.state)


def allowed(release: Release, person, at) -> set[str]:
    """The verbs that are possible now and that the person may use."""
    return {verb for verb in workflow.possible(release, at) if workflow.may(person, verb)}


def buttons(release: Release, person, at) -> list[dict]:
    able = allowed(release, person, at)
    return [
        {
            "verb": verb,
            "label": label,
            "url": release_url("verb", release.pk, verb),
            "weight": "strong" if verb in STRONG else "grave" if verb in GRAVE else "plain",
        }
        for verb, label in VERBS.items()
        if verb in able
    ]


def public_url(edition) -> str:
    """The path at which the world reads a live edition."""
    return f"/{edition.language}/releases/{edition.slug}/"
