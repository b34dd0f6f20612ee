"""The standing pages: what was put right, who speaks here, for whom the site can be read."""

from datetime import date

from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from releases import markup, text, visibility
from releases.models.edition import Correction, Edition
from releases.querysets import Cursor
from releases.states import CorrectionKind

from .caching import page
from .contacts import site_contacts
from .subjects import cursor

CORRECTIONS = 50
LOOKED_AT = date(2026, 11, 22)  # when the accessibility of the site was last examined as the statement says


@page
def corrections(request, language):
    """What was put right, newest first, while the release it belongs to is public; `?kind=` narrows it."""
    kind = request.GET.get("kind", "")
    if kind and kind not in CorrectionKind.values:
        raise Http404
    live = (
        Edition.objects.live(request.at).order_by().filter(release=OuterRef("edition__release_id"), language=language)
    )
    after = cursor(request)
    rows = (
        Correction.objects.filter(visibility.begun(request.at, "edition__"), language=language)
        .annotate(slug=Subquery(live.values("slug")[:1]), headline=Subquery(live.values("headline")[:1]))
        .filter(slug__isnull=False)
    )
    if kind:
        rows = rows.filter(kind=kind)
    if after:
        rows = rows.filter(at__lte=after.first_public_at).exclude(at=after.first_public_at, id__gte=after.id)
    columns = ("id", "kind", "note", "at", "slug", "headline")
    found = list(rows.order_by("-at", "-id").values(*columns)[: CORRECTIONS + 1])
    here, last = reverse("corrections", args=[language]), found[:CORRECTIONS][-1:]
    narrowed = f"kind={kind}&" if kind else ""
    context = {
        "corrections": [told(row, language) for row in found[:CORRECTIONS]],
        "older": f"{here}?{narrowed}after={Cursor(last[0]['at'], last[0]['id'])}" if len(found) > CORRECTIONS else "",
        "newest": f"{here}?{narrowed}".rstrip("?&") if after else "",
        "kinds": [("", here, not kind), *((k.label, f"{here}?kind={k}", kind == k) for k in CorrectionKind)],
        "contacts": site_contacts(request.newsroom, language),
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
        "contacts": site_contacts(newsroom, language),
    }
    return render(request, "releases/about.html", context)


@page
def accessibility(request, language):
    """For whom the site can be read, what is known to fall short, and whom to tell."""
    contacts = site_contacts(request.newsroom, language)
    return render(request, "releases/accessibility.html", {"contacts": contacts, "looked_at": LOOKED_AT})
