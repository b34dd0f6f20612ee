"""The list, its filters and its pages, as a stranger walks them."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import chain

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from releases.documents import Happening, Place, Quotation
from releases.models import Location, LocationName, Newsroom
from tests.builders import a_live_release, alike, an_embargoed_release, correct, tell_event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False):
        yield


def headlines(client, address):
    """The headlines of the list at an address, in order."""
    answer = client.get(address)
    assert answer.status_code == 200
    return re.findall(r'<h3><a href="[^"]*">([^<]*)</a></h3>', answer.content.decode())


def walk(client, address):
    """All headlines of a list, page after page, by the links a reader follows."""
    found = []
    while address:
        page = client.get(address)
        found.append(re.findall(r'<h3><a href="[^"]*">([^<]*)</a></h3>', page.content.decode()))
        older = re.search(r'rel="next" href="([^"]*)"', page.content.decode())
        address = older and older[1].replace("&amp;", "&")
    return found


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_list_shows_the_newest_release_first_and_only_those_of_its_language(client):
    a_live_release(NOW - 2 * DAY, headline="Older")
    a_live_release(NOW - DAY, headline="Newer")
    a_live_release(NOW - DAY, headline="Türkçe", language="tr")
    assert headlines(client, "/en/releases/") == ["Newer", "Older"]
    assert headlines(client, "/tr/releases/") == ["Türkçe"]
    assert headlines(client, "/ar/releases/") == []


def test_a_release_joins_the_list_in_its_very_second(client):
    an_embargoed_release(NOW + MINUTE, headline="At one past noon")
    with time_machine.travel(NOW + MINUTE - timedelta(seconds=1), tick=False):
        assert headlines(client, "/en/releases/") == []
    with time_machine.travel(NOW + MINUTE, tick=False):
        assert headlines(client, "/en/releases/") == ["At one past noon"]


def test_a_correction_does_not_move_a_release_in_the_list(client):
    first = a_live_release(NOW - 2 * DAY, headline="First")
    a_live_release(NOW - DAY, headline="Second")
    correct(first, at=NOW - MINUTE)
    assert headlines(client, "/en/releases/") == ["Second", "First"]
    assert b"Corrected" in client.get("/en/releases/").content


def test_paging_meets_every_release_once_even_when_moments_are_equal(client, monkeypatch):
    monkeypatch.setattr("releases.public.cards.PAGE", 3)
    wanted = {f"Number {number}" for number in range(8)}
    for headline in sorted(wanted):
        a_live_release(NOW - DAY, headline=headline)
    pages = walk(client, "/en/releases/")
    assert [len(page) for page in pages] == [3, 3, 2]
    assert sorted(chain.from_iterable(pages)) == sorted(wanted)


def test_paging_stays_within_the_filters(client, monkeypatch):
    monkeypatch.setattr("releases.public.cards.PAGE", 2)
    for number in range(5):
        a_live_release(NOW - number * MINUTE - DAY, headline=f"Statement {number}", kind="statement")
        a_live_release(NOW - number * MINUTE - DAY, headline=f"News {number}", kind="news")
    assert list(chain(*walk(client, "/en/releases/?kind=news"))) == [f"News {number}" for number in range(5)]
    assert len(set(chain(*walk(client, "/en/tags/rescue/")))) == 10


def test_each_filter_of_the_contract_narrows_the_list(client):
    a_live_release(
        datetime(2025, 3, 31, 20, 59, 59, tzinfo=UTC),
        headline="Wanted",
        kind="statement",
        places=(Place(name="Edirne"),),
        events=(Happening(name="Border Forum"),),
        quotes=(Quotation(name="Nil Ak", words="Yes."),),
        tags=("borders",),
        body="<p>Kestrels were counted.</p>",
    )
    a_live_release(NOW - DAY, headline="Other")
    for query in (
        "q=kestrel",
        "location=edirne",
        "event=border-forum",
        "spokesperson=nil-ak",
        "tag=borders",
        "kind=statement",
        "year=2025",
        "year=2025&month=3",
        "q=kestrels&location=edirne&event=border-forum&spokesperson=nil-ak&tag=borders&kind=statement&year=2025&month=3",
    ):
        assert headlines(client, f"/en/releases/?{query}") == ["Wanted"], query
    assert headlines(client, "/en/releases/?tag=borders&location=izmir") == []
    assert headlines(client, "/en/releases/?year=2025&month=4") == []


def test_months_begin_at_midnight_in_the_newsrooms_zone(client):
    a_live_release(datetime(2025, 3, 31, 21, tzinfo=UTC), headline="Midnight in Istanbul")
    assert headlines(client, "/en/releases/?year=2025&month=4") == ["Midnight in Istanbul"]
    assert headlines(client, "/en/releases/?year=2025&month=3") == []


def test_a_region_gathers_the_releases_of_the_places_in_it(client):
    a_live_release(NOW - DAY, headline="On the coast", places=(Place(name="Çeşme", region="Western Türkiye"),))
    a_live_release(NOW - DAY, headline="Elsewhere", places=(Place(name="Edirne"),))
    region = Location.objects.get(children__slug__startswith="cesme")
    assert headlines(client, f"/en/releases/?location={region.slug}") == ["On the coast"]
    assert headlines(client, f"/en/locations/{region.slug}/") == ["On the coast"]


def test_a_month_alone_is_that_of_this_year(client):
    a_live_release(NOW - DAY, headline="This November")
    a_live_release(NOW - 365 * DAY, headline="Last November")
    assert headlines(client, "/en/releases/?month=11") == ["This November"]


@pytest.mark.parametrize(
    "query",
    [
        "location=atlantis", "kind=rumour", "year=0", "year=99999", "year=-1", "year=²", "month=13",
        "year=2026&month=0", "year=x", "q=%ED%A0%80", "event=%F0%9F%9A%80", "spokesperson=" + "x" * 5000,
        "q=" + "%22%27%28%29%2A%3A%21%26%7C" * 40, "year=9999&month=12",
    ],
)  # fmt: skip
def test_odd_filters_find_nothing_and_break_nothing(client, query):
    a_live_release(NOW - DAY, headline="Something")
    assert headlines(client, f"/en/releases/?{query}") == []
    assert client.get(f"/en/feeds/rss.xml?{query}").status_code == 200


@pytest.mark.parametrize("query", ["q=", "tag=&kind=", "q=%00", "tag=%00%0A", "utm_source=x", "page=2&sort=-id"])
def test_what_asks_for_nothing_leaves_the_list_whole(client, query):
    a_live_release(NOW - DAY, headline="Something")
    assert headlines(client, f"/en/releases/?{query}") == ["Something"]


@pytest.mark.parametrize("after", ["x", "0-", "1-zz", "99999999999999-1", "-1", "1", "1-" + "f" * 40, "%00", "1--1-1"])
def test_a_cursor_nobody_gave_out_is_no_address(client, after):
    assert client.get(f"/en/releases/?after={after}").status_code == 404
    assert client.get(f"/en/corrections/?after={after}").status_code == 404


def test_a_cursor_tells_only_what_the_page_tells(client, monkeypatch):
    monkeypatch.setattr("releases.public.cards.PAGE", 2)
    for number in range(3):
        a_live_release(NOW - DAY - number * MINUTE, headline=f"Number {number}")
    page = client.get("/en/releases/").content.decode()
    seconds = re.search(r"after=(\d+)-[0-9a-f]+", page)[1]
    assert int(seconds) == int((NOW - DAY - 1 * MINUTE).timestamp())


def test_hidden_subjects_filter_like_unknown_ones(client):
    an_embargoed_release(NOW + DAY, tags=("secret",), places=(Place(name="Secret"),))
    for name in ("tag", "location"):
        hidden, unknown = (client.get(f"/en/releases/?{name}={word}").content for word in ("secret", "nought-"))
        assert hidden.replace(b"secret", b"") == unknown.replace(b"nought-", b"")


def test_an_empty_list_says_where_to_go_on(client):
    page = client.get("/en/releases/?q=nothing").content.decode()
    assert "No release matches" in page
    assert 'href="/en/contacts/"' in page


def test_filters_in_force_can_be_taken_away_one_by_one(client):
    a_live_release(NOW - DAY, tags=("rescue",))
    page = client.get("/en/releases/?tag=rescue&year=2026&month=11").content.decode()
    assert 'href="/en/releases/?tag=rescue"' in page
    assert 'href="/en/releases/?year=2026&amp;month=11"' in page
    assert '<input type="hidden" name="tag" value="rescue">' in page


def test_the_list_costs_the_same_at_1_and_at_50_releases(client):
    Newsroom.current().save()
    release = a_live_release(NOW - DAY)
    addresses = {
        "/en/": 6,
        "/en/releases/": 3,
        "/en/releases/?kind=press_release": 3,
        "/en/releases/?tag=rescue": 4,
        "/en/releases/?location=izmir": 4,
        "/en/releases/?q=harbour": 7,  # see `tests/test_search.py`
        "/en/feeds/rss.xml": 3,
        "/en/locations/": 2,
        "/en/locations/izmir/": 7,
        "/en/events/": 5,
        "/en/spokespersons/": 3,
        "/en/tags/": 2,
        "/en/tags/rescue/": 3,
        "/en/corrections/": 3,
        "/en/contacts/": 2,
    }
    few = {address: queries(client, address) for address in addresses}
    alike(release, 49)
    many = {address: queries(client, address) for address in addresses}
    assert few == addresses
    assert all(many[address] <= few[address] for address in addresses), many


def test_two_filters_ask_once_more_which_of_them_is_the_rarer(client, monkeypatch):
    monkeypatch.setattr("releases.querysets.FEW", 3)
    Newsroom.current().save()
    for number in range(5):
        a_live_release(NOW - DAY, tags=("rescue", f"t{number}"))
    a_live_release(NOW - DAY, places=(Place(name="Bodrum"),), tags=("rescue",))
    for place, tag, drives, cost in (
        ("izmir", "t4", "tag", 6),
        ("bodrum", "rescue", "location", 7),
        ("izmir", "rescue", "tag", 7),
    ):
        address = f"/en/releases/?location={place}&tag={tag}"
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        assert len(captured) == cost, [query["sql"] for query in captured]
        listed = next(query["sql"] for query in captured if '"card"' in query["sql"])
        assert f'ORDER BY "releases_edition{drives}"' in listed


def test_lists_never_read_documents(client):
    a_live_release(NOW - DAY)
    for address in ("/en/", "/en/releases/?tag=rescue", "/en/tags/rescue/"):
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        assert not [query for query in captured if '"document"' in query["sql"]]


def test_an_index_follows_the_alphabet_of_its_language(client):
    for name in ("Isparta", "İzmir", "Iğdır", "Çanakkale", "Denizli", "Cizre"):
        a_live_release(NOW - DAY, language="tr", places=(Place(name=name),))
    page = client.get("/tr/locations/").content.decode()
    names = re.findall(r"<bdi>([^<]*)</bdi>", page)
    assert names == ["Cizre", "Çanakkale", "Denizli", "Iğdır", "Isparta", "İzmir"]


def test_a_long_index_goes_on_without_loss_or_repetition(client, monkeypatch):
    monkeypatch.setattr("releases.public.subjects.INDEX", 3)
    for number in range(8):
        a_live_release(NOW - DAY, tags=(f"tag {number}",))
    seen, address = [], "/en/tags/"
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r"<bdi>([^<]*)</bdi>", page)
        older = re.search(r'rel="next" href="([^"]*)"', page)
        address = older and older[1]
    assert seen == [f"tag {number}" for number in range(8)]
    assert client.get("/en/tags/?after=unknown").status_code == 404


def test_an_index_lists_only_what_live_releases_of_its_language_are_about(client):
    a_live_release(NOW - DAY, places=(Place(name="Edirne"),), tags=("open",))
    an_embargoed_release(NOW + DAY, places=(Place(name="Mersin"),), tags=("closed",))
    assert b"Edirne" in client.get("/en/locations/").content
    assert b"Mersin" not in client.get("/en/locations/").content
    assert b"Edirne" not in client.get("/tr/locations/").content
    assert b"closed" not in client.get("/en/tags/").content


def test_a_subject_known_in_another_language_says_where_it_is_told(client):
    a_live_release(NOW - DAY, places=(Place(name="Edirne"),))
    page = client.get("/tr/locations/edirne/").content.decode()
    assert "Bu dilde bir şey yok" in page
    assert 'href="/en/locations/edirne/"' in page


def test_a_place_is_called_by_its_name_in_the_language_of_the_page(client):
    a_live_release(NOW - DAY, places=(Place(name="Geneva"),))
    LocationName.objects.create(location=Location.objects.get(slug="geneva"), language="tr", text="Cenevre")
    assert b"<h1>Cenevre</h1>" in client.get("/tr/locations/geneva/").content
    assert b"<h1>Geneva</h1>" in client.get("/ar/locations/geneva/").content


def test_events_that_are_coming_up_stand_before_those_that_were(client):
    for name in ("Forum", "Festival", "Vigil"):
        a_live_release(NOW - DAY, events=(Happening(name=name),))
    tell_event("forum", starts_at=NOW + 2 * DAY, ends_at=NOW + 2 * DAY + 90 * MINUTE)
    tell_event("festival", starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 4))
    tell_event("vigil", starts_on=date(2019, 12, 18), recurs_yearly=True, status="postponed")
    page = client.get("/en/events/").content.decode().replace("\xa0", " ")
    assert page.index("24 November 2026, 15:00–16:30 (Europe/Istanbul, UTC+3)") < page.index("18 December, every year")
    assert page.index("Postponed") < page.index("Past events") < page.index("1–4 October 2026")
    front = client.get("/en/").content.decode()
    assert "Forum" in front
    assert "Festival" not in front
