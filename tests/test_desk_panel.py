"""Who is offered which verb of a release at the desk, in each standing; and that none acts for anybody else."""

import pytest
from django.urls import reverse

from releases import workflow
from releases.admin.panel import VERBS
from releases.models import Release
from tests.builders import (
    a_draft,
    a_live_release,
    a_person,
    a_release_in_review,
    a_reporter,
    an_embargoed_release,
    edit,
    withdraw,
)

pytestmark = pytest.mark.django_db


def a_correction_in_review():
    release = edit(a_live_release(), body="<p>Three boats.</p>")
    workflow.submit(release, a_reporter())
    return release


MAKERS = {
    "draft": a_draft,
    "in_review": a_release_in_review,
    "scheduled": an_embargoed_release,
    "live": a_live_release,
    "live_and_in_review": a_correction_in_review,
    "withdrawn": lambda: withdraw(a_live_release()),
}
BUTTONS = {
    ("Reporter", "draft"): {"submit", "translate"},
    ("Reporter", "in_review"): {"translate"},
    ("Reporter", "scheduled"): {"translate"},
    ("Reporter", "live"): {"translate"},
    ("Reporter", "live_and_in_review"): {"translate"},
    ("Reporter", "withdrawn"): {"submit", "translate"},
    ("Editor", "draft"): {"submit", "translate", "discard"},
    ("Editor", "in_review"): {"send_back", "translate", "discard"},
    ("Editor", "scheduled"): {"translate"},
    ("Editor", "live"): {"translate"},
    ("Editor", "live_and_in_review"): {"send_back", "translate"},
    ("Editor", "withdrawn"): {"submit", "translate"},
    ("Publisher", "draft"): {"submit", "translate", "discard"},
    ("Publisher", "in_review"): {"send_back", "approve", "translate", "discard"},
    ("Publisher", "scheduled"): {"reschedule", "call_off", "translate"},
    ("Publisher", "live"): {"withdraw", "translate"},
    ("Publisher", "live_and_in_review"): {"send_back", "approve", "correct", "withdraw", "translate"},
    ("Publisher", "withdrawn"): {"submit", "translate"},
}


@pytest.fixture(scope="module")
def one_of_each(lasting):
    """The number of one release in each standing."""
    return {standing: make().pk for standing, make in MAKERS.items()}


def state_of(release):
    """All that a verb would change."""
    return Release.objects.values().get(pk=release.pk), release.editions.count(), release.audit.count()


def verb_page(release, verb):
    return reverse("admin:releases_release_verb", args=[release.pk, verb])


@pytest.mark.parametrize(("role", "standing"), BUTTONS)
def test_the_panel_offers_exactly_the_verbs_that_are_possible_and_allowed(client, one_of_each, role, standing):
    release = Release.objects.get(pk=one_of_each[standing])
    client.force_login(a_person(role))
    shown = client.get(reverse("admin:releases_release_change", args=[release.pk]))
    assert {button["verb"] for button in shown.context["panel"]["verbs"]} == BUTTONS[role, standing]
    for verb in VERBS:
        there = f'href="{verb_page(release, verb)}"' in shown.content.decode()
        assert there == (verb in BUTTONS[role, standing]), verb
    for verb in BUTTONS["Publisher", standing] - BUTTONS[role, standing]:
        assert client.get(verb_page(release, verb)).status_code == 403, verb


@pytest.mark.parametrize("verb", sorted({*VERBS, "restore"}))
def test_no_verb_acts_on_get_or_for_those_who_may_not(client, one_of_each, verb):
    publisher, nobody = a_person("Publisher"), a_person("")
    for release in Release.objects.filter(pk__in=one_of_each.values()):
        before = state_of(release)
        client.force_login(publisher)
        client.get(verb_page(release, verb))
        client.force_login(nobody)
        assert client.get(verb_page(release, verb)).status_code == 403
        assert client.post(verb_page(release, verb), {"reason": "x", "note": "x"}).status_code == 403
        assert state_of(release) == before
