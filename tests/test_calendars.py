"""Calendars of events: what subscribers get, what they are told again, and what must never change."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from releases.documents import Happening, Place
from releases.models import Event, EventName, Location, Newsroom
from tests.builders import DAY, a_live_release, a_person, an_embargoed_release, tell_event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FORUM = Happening(name="Harbour Forum; “sea, land”")


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def forum(client):
    a_live_release(NOW - DAY, events=(FORUM,))
    return tell_event(starts_at=NOW + 9 * DAY, ends_at=NOW + 9 * DAY + timedelta(hours=2), time_zone="Europe/Athens")


def read(client, address="/en/events/calendar.ics"):
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    return Calendar.from_ical(answer.content)


def entry(client, address="/en/events/calendar.ics"):
    (found,) = read(client, address).events
    return found


def test_an_event_is_told_in_its_own_zone_with_the_rules_of_that_zone(client, forum):
    Event.objects.update(venue="Hall 3; gate B", livestream="https://live.example.org/")
    EventName.objects.update(summary="What the coast needs.\nIn two parts.", for_press="Bring a card.")
    for address in ("/en/events/calendar.ics", f"/en/events/{forum.slug}.ics"):
        told = entry(client, address)
        assert told["dtstart"].dt == forum.starts_at
        assert told["dtstart"].params["TZID"] == "Europe/Athens"
        assert told["dtend"].dt - told["dtstart"].dt == timedelta(hours=2)
        assert told["summary"] == FORUM.name
        assert told["location"] == "Hall 3; gate B"
        assert told["url"] == f"http://127.0.0.1:8000/en/events/{forum.slug}/"
        for words in ("In two parts.", "Bring a card.", "https://live.example.org/"):
            assert words in told["description"]
    assert [zone["tzid"] for zone in read(client).timezones] == ["Europe/Athens"]


def test_its_name_for_calendars_is_the_same_for_ever_and_in_every_language(client, forum):
    uid = entry(client)["uid"]
    a_live_release(NOW - DAY, language="tr", events=(Happening(id=forum.pk, name="Liman"),))
    tell_event(starts_at=NOW + 20 * DAY, ends_at=None)
    assert entry(client)["uid"] == entry(client, "/tr/events/calendar.ics")["uid"] == uid


def test_the_same_bytes_stay_the_same_tomorrow(client, forum, noon):
    first = client.get("/en/events/calendar.ics")
    noon.shift(DAY)
    assert client.get("/en/events/calendar.ics", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304


@pytest.mark.parametrize(
    ("status", "told"),
    [("planned", "CONFIRMED"), ("rescheduled", "CONFIRMED"), ("postponed", "TENTATIVE"), ("cancelled", "CANCELLED")],
)
def test_its_status_is_told_in_the_words_of_calendars(client, forum, status, told):
    tell_event(status=status)
    assert entry(client)["status"] == told


def test_days_are_days_and_come_back_every_year(client):
    a_live_release(NOW - DAY, events=(FORUM,))
    tell_event(starts_on=date(2019, 12, 18), ends_on=date(2019, 12, 20), recurs_yearly=True)
    told = entry(client)
    assert (told["dtstart"].dt, told["dtend"].dt) == (date(2019, 12, 18), date(2019, 12, 21))
    assert told["rrule"].to_ical() == b"FREQ=YEARLY"
    assert told["transp"] == "TRANSPARENT"
    tell_event(starts_on=date(2020, 2, 29), ends_on=None)
    assert entry(client)["rrule"].to_ical() == b"FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2"


def test_the_stamp_is_the_public_moment_and_not_the_day_of_the_desk(client, forum):
    assert entry(client)["dtstamp"].dt == NOW - DAY
    Event.objects.update(public_from=NOW - timedelta(hours=1))
    assert entry(client)["dtstamp"].dt == NOW - timedelta(hours=1)


def test_an_event_without_a_day_has_no_calendar_yet(client):
    a_live_release(NOW - DAY, events=(FORUM,))
    event = Event.objects.get()
    nonsense = client.get("/en/events/nonsense.ics")
    answer = client.get(f"/en/events/{event.slug}.ics")
    assert (answer.status_code, answer.content) == (404, nonsense.content)
    assert ".ics" not in client.get(f"/en/events/{event.slug}/").content.decode().partition("<main")[2]
    assert read(client).events == []


def test_a_calendar_of_a_place_holds_what_takes_place_in_it(client, forum):
    a_live_release(NOW - DAY, places=(Place(name="Quay", region="Coast"),), events=())
    Event.objects.update(location=Location.objects.get(slug__startswith="quay"))
    assert entry(client, "/en/events/calendar.ics?location=coast")["uid"]
    assert client.get("/en/events/calendar.ics?location=nowhere").status_code == 404


def test_calendars_cost_the_same_at_1_and_at_50_events(client, forum):
    Newsroom.current().save()

    def queries():
        with CaptureQueriesContext(connection) as caught:
            client.get("/en/events/calendar.ics")
        return len(caught)

    few = queries()
    for number in range(49):
        a_live_release(NOW - DAY, events=(Happening(name=f"Forum {number}", starts_on=date(2026, 12, 1)),))
    assert len(read(client).events) == 50
    assert queries() == few == 5


def form(event, **changes):
    """What the desk's form sends for an event that starts at an hour."""
    name = event.names.get()
    fields = {
        "starts_on": "",
        "ends_on": "",
        "starts_at": "2026-12-01T14:00",
        "ends_at": "2026-12-01T16:00",
        "time_zone": "Europe/Athens",
        "attendance": "in_person",
        "location": "",
        "venue": "",
        "livestream": "",
        "url": "",
        "status": "planned",
        "formerly_on": "",
        "formerly_at": "",
        "accreditation_deadline": "",
        "accreditation_url": "",
        "accreditation_email": "",
        "public_from": "",
        "names-TOTAL_FORMS": "1",
        "names-INITIAL_FORMS": "1",
        "names-0-id": name.pk,
        "names-0-event": event.pk,
        "names-0-language": "en",
        "names-0-text": name.text,
        "names-0-summary": "",
        "names-0-for_press": "",
    }
    return {**fields, **changes}


def change(client, event, **changes):
    answer = client.post(f"/admin/releases/event/{event.pk}/change/", form(event, **changes))
    assert answer.status_code == 302, answer.context["errors"]
    return Event.objects.get(pk=event.pk)


def test_subscribers_hear_of_a_new_hour_and_of_nothing_that_is_none_of_theirs(client, forum, noon):
    client.force_login(a_person("Editor"))
    noon.shift(60)
    assert change(client, forum).sequence == 0
    noted = change(client, forum, accreditation_email="press@example.org")
    assert (noted.sequence, noted.revised_at) == (0, NOW + timedelta(minutes=1))
    moved = change(client, forum, starts_at="2026-12-02T14:00", ends_at="2026-12-02T16:00", status="rescheduled")
    assert (moved.sequence, moved.formerly_at) == (1, forum.starts_at)
    told = entry(client)
    assert (told["sequence"], told["last-modified"].dt) == (1, NOW + timedelta(minutes=1))
    page = client.get(f"/en/events/{forum.slug}/").content.decode()
    assert "It was planned for 1 December 2026, 14:00 (Europe/Athens, UTC+2) before." in page.replace("\xa0", " ")


def test_changes_before_anybody_knew_are_not_counted(client):
    an_embargoed_release(events=(FORUM,))
    event = tell_event(starts_at=NOW + 9 * DAY, time_zone="Europe/Athens")
    client.force_login(a_person("Editor"))
    moved = change(client, event, starts_at="2026-12-05T10:00", ends_at="")
    assert (moved.sequence, moved.revised_at, moved.formerly_at) == (0, None, None)


def test_the_desk_is_warned_where_a_release_already_speaks_of_what_it_holds_back(client, forum):
    client.force_login(a_person("Editor"))
    held = change(client, forum, public_from="2026-12-01T00:00")
    assert held.public_from == datetime(2026, 11, 30, 22, tzinfo=UTC)
    assert "own words is not held back" in client.get("/admin/releases/event/").content.decode()
    assert client.get(f"/en/events/{forum.slug}/").status_code == 404
