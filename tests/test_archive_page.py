"""The list by days, and the archive by years and months."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from tests.builders import an_embargoed_release, withdraw
from tests.searching import HOUR, NOW, found, page, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False):
        yield


def test_days_narrow_the_list_from_the_first_to_the_last_in_the_newsrooms_zone(client):
    told("Before", since=datetime(2026, 3, 9, 20, 59, tzinfo=UTC))
    told("First", since=datetime(2026, 3, 9, 21, tzinfo=UTC))
    told("Last", since=datetime(2026, 3, 12, 20, 59, tzinfo=UTC))
    told("After", since=datetime(2026, 3, 12, 21, tzinfo=UTC))
    assert found(client, "", since="2026-03-10", until="2026-03-12") == ["Last", "First"]
    assert found(client, "", since="2026-03-13") == ["After"]
    assert found(client, "", until="2026-03-09") == ["Before"]
    assert found(client, "", year="2026", month="3", since="2026-03-12") == ["After", "Last"]
    shown = page(client, "", since="2026-03-10", until="2026-03-12")
    assert "Releases: from 10 March 2026 · until 12 March 2026" in shown.replace("\xa0", " ")
    assert 'href="/en/feeds/rss.xml?since=2026-03-10&amp;until=2026-03-12"' in shown


@pytest.mark.parametrize(
    "day", ["2026-02-30", "20260310", "9999-12-31", "0000-01-01", "٢٠٢٦-٠٣-١٠", "x", "2026-W10-1"]
)
def test_days_no_calendar_has_find_nothing_and_break_nothing(client, day):
    told("Something")
    assert found(client, "", since=day) == []
    assert found(client, "", until=day) == []


def test_the_archive_tells_the_months_of_which_something_is_public(client):
    told("Spring", since=datetime(2024, 3, 31, 21, tzinfo=UTC))
    told("Autumn", since=datetime(2026, 10, 1, tzinfo=UTC))
    withdraw(told("Gone", since=datetime(2025, 5, 5, tzinfo=UTC)), at=NOW - HOUR)
    an_embargoed_release(NOW + 2 * HOUR, headline="Tonight")
    shown = client.get("/en/archive/").content.decode()
    linked = re.findall(r'href="/en/releases/\?year=(\d+)&amp;month=(\d+)"', shown)
    assert linked == [("2026", "10"), ("2024", "4")]
    assert "2025" not in shown
    with time_machine.travel(NOW + 2 * HOUR, tick=False):
        assert "?year=2026&amp;month=11" in client.get("/en/archive/").content.decode()
    assert "Nothing has been published" not in shown
    assert 'href="/tr/releases/?year' not in client.get("/tr/archive/").content.decode()


def test_from_a_month_one_walks_to_the_nearest_months_of_the_same_list(client):
    for year, month in [(2024, 1), (2024, 5), (2025, 2)]:
        told(f"{year}-{month}", since=datetime(year, month, 9, tzinfo=UTC), kind="statement")
    told("News", since=datetime(2024, 4, 9, tzinfo=UTC), kind="news")
    shown = page(client, "", year="2024", month="5", kind="statement")
    periods = re.search(r'<nav class="paging periods".*?</nav>', shown, re.DOTALL)[0]
    assert re.findall(r'href="([^"]*)">([^<]*)<', periods) == [
        ("/en/releases/?kind=statement&amp;year=2025&amp;month=2", "February 2025"),
        ("/en/releases/?kind=statement&amp;year=2024&amp;month=1", "January 2024"),
    ]
    periods = re.search(r'<nav class="paging periods".*?</nav>', page(client, "", year="2024"), re.DOTALL)[0]
    assert re.findall(r'">([^<]*)</a>', periods) == ["2025"]
    assert "periods" not in page(client, "", year="2024", tag="nought")
