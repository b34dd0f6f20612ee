"""The front page."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from releases.models.edition import Edition

from . import cards, occasions
from .caching import page, validated
from .contacts import site_contacts
from .tongues import elsewhere

ON_THE_FRONT = 13
AHEAD = 4
ELSEWHERE = 4


@require_safe
def home(request):
    """The site's address leads to its usual language."""
    front = reverse("front", args=[request.newsroom.default_language])
    return validated(request, HttpResponseRedirect(front))


@page
def front(request, language):
    """The newest release, what came before it by day, whom to call, what is coming up."""
    newest = cards.read(Edition.objects.listed(request.at, language), language, ON_THE_FRONT).cards
    context = {
        "lead": newest[0] if newest else None,
        "days": cards.by_day(newest[1:]),
        "elsewhere": elsewhere(request, language, ELSEWHERE),
        "contacts": site_contacts(request.newsroom, language),
        "events": occasions.upcoming(request.at, language, AHEAD),
    }
    return render(request, "releases/front.html", context)
