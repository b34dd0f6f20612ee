"""Who may use which verb, and when it makes sense."""

from datetime import timedelta

import pytest
from django.utils import timezone

from releases import workflow
from releases.workflow import Refused
from tests.builders import (
    DAY,
    a_draft,
    a_live_release,
    a_person,
    a_release_in_review,
    an_embargoed_release,
    withdraw,
)

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def facts(release):
    """What no refused verb may move."""
    release.refresh_from_db()
    return release.state, list(release.editions.values()), list(release.audit.values())


MAY = {
    "Reporter": {"submit", "translate", "restore"},
    "Editor": {"submit", "translate", "restore", "send_back", "discard"},
    "Publisher": {
        *("submit", "translate", "restore", "send_back", "discard"),
        *("approve", "reschedule", "call_off", "correct", "withdraw"),
    },
    "": set(),
}


@pytest.mark.parametrize(("role", "allowed"), MAY.items())
def test_each_role_may_what_its_job_is(role, allowed):
    person = a_person(role)
    assert {verb for verb in MAY["Publisher"] if workflow.may(person, verb)} == allowed


@pytest.mark.parametrize(
    ("make", "verbs"),
    [
        (a_draft, {"submit", "discard"}),
        (a_release_in_review, {"send_back", "approve", "discard"}),
        (an_embargoed_release, {"reschedule", "call_off"}),
        (a_live_release, {"withdraw"}),
        (lambda: withdraw(a_live_release()), {"submit"}),
    ],
)
def test_each_state_offers_the_verbs_that_make_sense(make, verbs):
    assert workflow.possible(make(), timezone.now() + SECOND) == verbs | {"translate", "restore"}


@pytest.mark.parametrize("verb", ["submit", "send_back", "approve", "reschedule", "call_off", "correct", "withdraw"])
def test_nobody_without_the_right_moves_anything(verb):
    stranger = a_person()
    moment = timezone.now() + DAY
    attempts = {
        "submit": (a_draft, {}),
        "send_back": (a_release_in_review, {"reason": "x"}),
        "approve": (a_release_in_review, {"digest": "x"}),
        "reschedule": (an_embargoed_release, {"moment": moment}),
        "call_off": (an_embargoed_release, {}),
        "correct": (a_live_release, {"digest": "x", "kind": "update", "note": "x"}),
        "withdraw": (a_live_release, {"reason": "x"}),
    }
    make, options = attempts[verb]
    release = make()
    before = facts(release)
    with pytest.raises(Refused, match="You may not"):
        getattr(workflow, verb)(release, stranger, **options)
    assert facts(release) == before
