"""The frame around the pages: where a reader is, and how to go on from where there is nothing."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from releases.models import Newsroom
from tests.builders import a_draft, a_live_release, alike, an_embargoed_release

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False):
        yield


def lost(client, address="/en/releases/nowhere/"):
    answer = client.get(address)
    assert answer.status_code == 404
    return answer.content.decode()


def test_whoever_is_lost_finds_a_search_the_newest_releases_and_somebody_to_call(client):
    for number in range(5):
        a_live_release(NOW - DAY - number * DAY, headline=f"Number {number}")
    page = lost(client)
    assert re.findall(r'<li><a href="[^"]+">(Number \d)</a>', page) == ["Number 0", "Number 1", "Number 2"]
    assert "21 November 2026" in page
    assert page.count('action="/en/releases/"') == 2
    assert 'href="/en/contacts/"' in page
    assert '<meta name="robots" content="noindex">' in page


def test_it_is_said_in_every_language_of_the_newsroom(client):
    for address, own in (("/nowhere", "en"), ("/tr/nowhere/", "tr"), ("/ar/nowhere/", "ar")):
        page = lost(client, address)
        assert f'<html lang="{own}"' in page
        said = dict(re.findall(r'<li lang="(\w+)" dir="\w+">([^<]+)[.] <a', page))
        assert set(said) == {"en", "tr", "ar"} - {own}
        for language, words in (("tr", "Bu adreste bir sayfa yok"), ("ar", "لا توجد صفحة في هذا العنوان")):
            assert said.get(language, words) == words


def test_the_page_is_the_same_for_what_is_hidden_and_for_what_never_was(client):
    a_live_release(NOW - DAY)
    an_embargoed_release(NOW + DAY, slug="tomorrow")
    a_draft(slug="someday")
    nonsense = lost(client, "/en/releases/no-such-thing/")
    for address in ("/en/releases/tomorrow/", "/en/releases/someday/", "/en/nothing", "/en/releases/a%20b/"):
        assert lost(client, address) == nonsense


def test_being_lost_costs_two_questions_however_much_there_is(client):
    Newsroom.current().save()
    release = a_live_release(NOW - DAY)
    alike(release, 30)
    with CaptureQueriesContext(connection) as captured:
        lost(client, "/nonsense.php")
    assert len(captured) == 2


def test_an_empty_newsroom_does_not_promise_releases(client):
    assert "Newest releases" not in lost(client)


@pytest.mark.parametrize(
    ("address", "section", "current"),
    [
        ("/en/releases/", "releases", "page"),
        ("/en/releases/boats/", "releases", "true"),
        ("/en/archive/", "releases", "true"),
        ("/en/tags/", "tags", "page"),
        ("/en/tags/rescue/", "tags", "true"),
        ("/en/locations/izmir/", "locations", "true"),
        ("/en/events/harbour-forum/", "events", "true"),
    ],
)
def test_every_page_says_in_which_section_it_is(client, address, section, current):
    a_live_release(NOW - DAY, slug="boats")
    page = client.get(address).content.decode()
    marked = re.findall(r'<a href="/en/(\w+)/" aria-current="(\w+)">', page)
    assert marked == [(section, current)]
