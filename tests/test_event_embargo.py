"""An event has an embargo of its own: before that hour it is nowhere, whatever the releases about it do."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from releases import happenings, workflow
from releases.documents import Happening, compose
from releases.landing import land
from releases.management import embargo
from releases.management.embargo import SURFACES, Secret, ask, shows
from releases.models import Event, EventName, Location, LocationName
from releases.refusals import Refused
from tests.builders import (
    DAY,
    a_document,
    a_draft,
    a_publisher,
    a_release_in_review,
    a_reporter,
    an_embargoed_release,
    resubmit,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 20, 40, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
REGATTA = Secret("the regatta", "en", words=("Quixotry Regatta", "Quixotry"), subjects=(("event", "regatta"),))


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def regatta():
    """An event known to the desk, in a place releases are told from."""
    harbour = Location.objects.create(slug="harbour", latitude=38, longitude=27)
    LocationName.objects.create(location=harbour, language="en", text="Harbour")
    fields = {"starts_on": "2026-12-01", "venue": "Quixotry Quay", "livestream": "https://watch.example.org/quixotry"}
    event = Event.objects.create(slug="regatta", location=harbour, is_invitation=True, **fields)
    EventName.objects.create(event=event, language="en", text="Quixotry Regatta", summary="Quixotry sails.")
    return Event.objects.get(pk=event.pk)


def hold_back(event, until=NOW + HOUR):
    """What the desk does when it gives an event an embargo of its own."""
    event.public_from = until
    with happenings.changing(event, NOW):
        event.save()


def about(*events, number=7, slug="boats"):
    """A live release about these events, the same at every call."""
    document = a_document(headline="Boats", slug=slug, body="<p>Boats.</p>", events=events)
    release = land(document, by=a_reporter(), number=number, at=NOW - DAY)
    workflow.submit(release, a_reporter(), at=NOW - DAY)
    workflow.approve(release, a_publisher(), compose(release).digest, at=NOW - DAY)
    return release


def everything():
    """Every answer a stranger gets, from every address by which the event could be found."""
    addresses = {address for name in SURFACES for address in SURFACES[name](REGATTA)} | {"/en/releases/boats/"}
    client = embargo.stranger()
    return {address: ask(client, address) for address in sorted(addresses)}


def test_a_live_release_is_byte_for_byte_what_it_would_be_without_the_event(regatta):
    with transaction.atomic():
        about()
        without = everything()
        transaction.set_rollback(True)
    about(Happening(id=regatta.pk, name="Quixotry Regatta"))
    hold_back(regatta)
    held = everything()
    assert {address for address, answer in held.items() if answer != without[address]} == set()
    assert not [address for address, answer in held.items() if b"uixotry" in answer[2] and "uixotry" not in address]


def test_the_second_of_its_hour_opens_it_everywhere_at_once(regatta, clock):
    about(Happening(id=regatta.pk, name="Quixotry Regatta"))
    hold_back(regatta)
    clock.shift(HOUR - SECOND)
    assert ask(embargo.stranger(), "/en/events/regatta/")[0] == 404
    clock.shift(SECOND)
    client = embargo.stranger()
    for address in ("/en/events/regatta/", "/en/events/", "/en/", "/en/releases/boats/"):
        assert shows(ask(client, address)[2], "Quixotry Regatta"), address
    assert shows(ask(client, "/en/releases/?event=regatta")[2], "Boats")


def test_a_page_that_holds_nothing_back_asks_no_more_than_one_without_events(regatta, client):
    about()
    about(Happening(id=regatta.pk, name="Quixotry Regatta"), number=8, slug="more-boats")
    client.get("/en/")

    def queries(address):
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    assert queries("/en/releases/more-boats/") == queries("/en/releases/boats/")


def test_check_embargo_looks_for_events_under_their_own_embargo(regatta, monkeypatch):
    about(Happening(id=regatta.pk, name="Quixotry Regatta"))
    hold_back(regatta)
    call_command("check_embargo")
    monkeypatch.setattr("releases.visibility.announced", lambda at, prefix="": Q())
    with pytest.raises(CommandError, match="leaks"):
        call_command("check_embargo")


def test_no_release_is_approved_for_an_earlier_hour_than_an_event_it_is_about(regatta):
    hold_back(regatta, NOW + 2 * DAY)
    held = (Happening(id=regatta.pk, name="Quixotry Regatta"),)
    release = a_release_in_review(events=held, release_at=NOW + DAY)
    digest = compose(release).digest
    with pytest.raises(Refused, match="“Quixotry Regatta” is under an embargo of its own until 2026-11-24 23:40:00"):
        workflow.approve(release, a_publisher(), digest)
    edition = workflow.approve(release, a_publisher(), digest, moment=NOW + 2 * DAY)
    with pytest.raises(Refused, match="embargo of its own"):
        workflow.reschedule(release, a_publisher(), NOW + 2 * DAY - SECOND)
    assert workflow.reschedule(release, a_publisher(), NOW + 3 * DAY).live_from > edition.live_from


def test_a_correction_and_an_archive_wait_for_the_event_too(regatta):
    release = about()
    hold_back(regatta)
    held = (Happening(id=regatta.pk, name="Quixotry Regatta"),)
    release = land(compose(release).but(events=held), by=a_reporter(), release=release)
    with pytest.raises(Refused, match="embargo of its own"):
        workflow.correct(release, a_publisher(), resubmit(release), "update", "There is a regatta.")
    old = a_draft(events=held, release_at=NOW - 900 * DAY)
    with pytest.raises(Refused, match="embargo of its own"):
        workflow.publish_archived(old, a_publisher())


def test_an_approval_before_the_embargo_was_set_keeps_the_event_back(regatta, clock):
    """Approved for the next second, then the event's own hour is set to a later one."""
    an_embargoed_release(NOW + SECOND, headline="Boats", events=(Happening(id=regatta.pk, name="Quixotry Regatta"),))
    hold_back(regatta)
    clock.shift(SECOND)
    client = embargo.stranger()
    assert ask(client, "/en/events/regatta/")[0] == 404
    assert shows(ask(client, "/en/releases/boats/")[2], "Boats")
    assert not shows(ask(client, "/en/releases/boats/")[2], "Quixotry")


def test_a_search_leads_to_the_event_only_when_its_hour_has_come(regatta):
    about(Happening(id=regatta.pk, name="Quixotry Regatta"))
    hold_back(regatta)
    assert not shows(ask(embargo.stranger(), "/en/releases/?q=quixotry+regatta")[2], "/en/events/regatta/")
    hold_back(regatta, None)
    assert shows(ask(embargo.stranger(), "/en/releases/?q=quixotry+regatta")[2], "/en/events/regatta/")
