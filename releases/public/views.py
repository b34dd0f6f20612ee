"""The front page, the list, and the standing pages."""

from django.db.models import OuterRef, Subquery
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from releases import markup, text, visibility
from releases.models.edition import Correction, Edition
from releases.querysets import Cursor
from releases.states import CorrectionKind

from . import cards, events
from .caching import page, validated
from .contacts import site_contacts
from .subjects import cursor
from .tongues import elsewhere

ON_THE_FRONT = 13
AHEAD = 4
ELSEWHERE = 4
CORRECTIONS = 50


@require_safe
def home(request):
    """The site's address leads to its usual language."""
    front = reverse("front", args=[request.newsroom.default_language])
    return validated(request, HttpResponseRedirect(front))


@page
def front(request, language):
    """The newest release, what came before it by day, whom to call, what is coming up."""
    newest = cards.read(Edition.objects.listed(request.at, language), language, ON_THE_FRONT).cards
    today = timezone.localtime(request.at).date()
    context = {
        "lead": newest[0] if newest else None,
        "days": cards.by_day(newest[1:]),
        "elsewhere": elsewhere(request, language, ELSEWHERE),
        "contacts": site_contacts(request.newsroom, language),
        "events": events.ahead(events.occasions(request.at, language, events.not_over(request.at)), today)[:AHEAD],
    }
    return render(request, "releases/front.html", context)


@page
def corrections(request, language):
    """What was put right, newest first, while the release it belongs to is public."""
    live = (
        Edition.objects.live(request.at).order_by().filter(release=OuterRef("edition__release_id"), language=language)
    )
    after = cursor(request)
    rows = (
        Correction.objects.filter(visibility.begun(request.at, "edition__"), language=language)
        .annotate(slug=Subquery(live.values("slug")[:1]), headline=Subquery(live.values("headline")[:1]))
        .filter(slug__isnull=False)
    )
    if after:
        rows = rows.filter(at__lte=after.first_public_at).exclude(at=after.first_public_at, id__gte=after.id)
    columns = ("id", "kind", "note", "at", "slug", "headline")
    found = list(rows.order_by("-at", "-id").values(*columns)[: CORRECTIONS + 1])
    here, last = reverse("corrections", args=[language]), found[:CORRECTIONS][-1:]
    context = {
        "corrections": [told(row, language) for row in found[:CORRECTIONS]],
        "older": f"{here}?after={Cursor(last[0]['at'], last[0]['id'])}" if len(found) > CORRECTIONS else "",
        "newest": here if after else "",
    }
    return render(request, "releases/corrections.html", context)


def told(correction: dict, language: str) -> dict:
    """A correction with its kind in words and the address of the release as it is now."""
    now_at = reverse("release", args=[language, correction["slug"]])
    return {**correction, "label": CorrectionKind(correction["kind"]).label, "url": now_at}


@page
def about(request, language):
    """Who speaks here, in the newsroom's own words."""
    newsroom, told_in = request.newsroom, language
    if not newsroom.about_in(language):
        told_in = newsroom.default_language
    context = {
        "about": mark_safe(markup.sanitise(newsroom.about_in(told_in))),  # noqa: S308  it has just been sanitised
        "about_language": told_in,
        "about_direction": text.direction(told_in),
    }
    return render(request, "releases/about.html", context)
