"""Search: what is found, in which order, at which cost."""

import re
from html import unescape
from itertools import chain

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from releases import search
from releases.documents import Happening
from releases.models import NearWord, Newsroom
from tests.searching import DAY, HOUR, NOW, found, headlines, meant, page, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False):
        yield


# What is found


@pytest.mark.parametrize("query", ["istanbul", "İSTANBUL", "ıstanbul", "İstanbul'da", "İstanbul’dan", "istan"])
def test_a_name_is_found_however_it_is_typed_and_with_whatever_ending(client, query):
    told("Rain in the city", language="tr", body="<p>İstanbul yağmurlu.</p>")
    assert found(client, query, "tr") == ["Rain in the city"]


def test_a_name_with_an_ending_is_found_by_the_name(client):
    told("Deprem", language="tr", body="<p>Türkiye'nin doğusunda deprem oldu.</p>")
    assert found(client, "türkiye deprem", "tr") == ["Deprem"]
    assert found(client, "“türkiye'nin doğusunda”", "tr") == ["Deprem"]


@pytest.mark.parametrize(
    "query", ["بحر", "البحر", "والبحر", "بالبحر", "للبحر", "المدرسه", "مدرسة", "تركيا", "وتركيا", "احمد"]
)
def test_arabic_is_found_without_its_article_and_in_every_spelling(client, query):
    told("خبر", language="ar", body="<p>وصل أحمد من المدرسة إلى البحر وتركيا.</p>")
    assert found(client, query, "ar") == ["خبر"]


def test_all_words_have_to_be_there(client):
    told("Boats at dawn")
    told("Boats at noon")
    assert found(client, "boats dawn") == ["Boats at dawn"]
    assert found(client, "boats midnight") == []


@pytest.mark.parametrize("phrase", ['"sea rescue"', "“sea rescue”", "„Sea rescue“", "«sea rescue»", '"SEA  rescue!"'])
def test_words_in_any_quotation_marks_stand_in_a_row(client, phrase):
    told("In a row", body="<p>A sea rescue team came.</p>")
    told("Apart", body="<p>The rescue began at sea.</p>")
    assert found(client, phrase) == ["In a row"]
    assert len(found(client, "sea rescue")) == 2


def test_a_phrase_does_not_reach_from_one_text_into_the_next(client):
    told("Harbour opens", summary="Gates are wide.", body="<p>Boats came.</p>")
    assert found(client, "“opens gates”") == []
    assert found(client, "“wide boats”") == []
    assert found(client, "opens gates boats") == ["Harbour opens"]


def test_a_phrase_passes_over_endings_but_not_over_words(client):
    told("Toplantı", language="tr", body="<p>20 Diyarbakır'da ışık yandı.</p>")
    assert found(client, "“20 Diyarbakır'da ışık”", "tr") == ["Toplantı"]
    assert found(client, "“20 ışık”", "tr") == []


def test_a_minus_leaves_out_words_and_phrases(client):
    told("Drill", body="<p>A rescue drill at sea.</p>")
    told("Rescue", body="<p>A rescue at sea.</p>")
    assert found(client, "rescue -drill") == ["Rescue"]
    assert found(client, "rescue −“rescue drill”") == ["Rescue"]
    assert set(found(client, "rescue -“drill rescue”")) == {"Rescue", "Drill"}
    assert found(client, "-drill") == []


def test_a_hyphen_inside_a_word_leaves_nothing_out(client):
    told("Covid", body="<p>COVID-19 vaccines.</p>")
    assert found(client, "covid-19") == ["Covid"]


def test_only_the_last_word_may_be_unfinished(client):
    told("Harbour opens")
    assert found(client, "harbour ope") == ["Harbour opens"]
    assert found(client, "harb opens") == []
    assert found(client, "“harbour ope”") == []


def test_an_unclosed_quotation_mark_and_other_scribbles_are_no_obstacle(client):
    told("Harbour opens")
    for query in (
        '"harbour opens',
        "harbour - opens",
        'harbour "" opens',
        "(harbour) & opens | !",
        "harbour* 'opens'",
    ):
        assert found(client, query) == ["Harbour opens"], query


def test_names_of_events_are_told_by_the_events_page_not_by_the_search_index(client):
    """An event may be held back by its own embargo while the release that speaks of it is live."""
    told("Something", events=(Happening(name="Quixotic Regatta"),))
    assert found(client, "quixotic regatta") == []
    assert 'href="/en/events/quixotic-regatta/">Quixotic Regatta</a>' in page(client, "quixotic regatta")


@pytest.mark.parametrize("limits", [{"NEAR": 1}, {"NEAR": 1, "FEW": 0}, {"NEAR": 2, "FEW": 0, "DENSE": 1}])
def test_the_search_finds_the_same_in_whichever_way_it_looks(client, monkeypatch, limits):
    told("One", body="<p>Türkiye'nin sea rescue drill.</p>")
    told("Two", body="<p>Türkiye sea rescue.</p>", since=NOW - 2 * DAY)
    told("Three rescue", body="<p>rescue sea.</p>", since=NOW - 3 * DAY)
    queries = [
        "sea rescue",
        "“sea rescue”",
        "sea -drill",
        "türkiye",
        "türkiye'nin",
        "res",
        "sea -“sea rescue”",
        "rescue -“drill rescue”",
    ]
    before = [found(client, query, sort=order) for query in queries for order in ("", "relevance")]
    for name, value in limits.items():
        monkeypatch.setattr(f"releases.search.{name}", value)
    assert [found(client, query, sort=order) for query in queries for order in ("", "relevance")] == before
    assert before[0] == ["One", "Two", "Three rescue"]
    assert before[11] == ["Three rescue", "One", "Two"]


# In which order


@pytest.fixture
def ranked():
    """One word in the text, in the summary, in a name and in the headline: the newest says it least."""
    told("Text", since=NOW - HOUR, body="<p>Of kestrels.</p>")
    told("Summary", since=NOW - 2 * HOUR, summary="About kestrels.")
    told("Name", since=NOW - 3 * HOUR, tags=("kestrels",))
    told("Old kestrels", since=NOW - 9 * HOUR)
    told("New kestrels", since=NOW - 8 * HOUR)


def test_the_newest_hit_comes_first_unless_the_best_is_asked_for(client, ranked):
    assert found(client, "kestrels") == ["Text", "Summary", "Name", "New kestrels", "Old kestrels"]
    best = ["New kestrels", "Old kestrels", "Summary", "Name", "Text"]
    assert found(client, "kestrels", sort="relevance") == best
    assert found(client, "kestrels", sort="-id") != best


def test_both_orders_are_offered_and_say_which_is_shown(client, ranked):
    shown = page(client, "kestrels", sort="relevance")
    assert '<a href="/en/releases/?q=kestrels">Newest first</a>' in shown
    assert '<a href="/en/releases/?q=kestrels&amp;sort=relevance" aria-current="true">Best match first</a>' in shown
    assert 'href="/en/feeds/rss.xml?q=kestrels"' in shown


@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_best_hits_are_paged_without_loss_or_repetition(client, ranked, monkeypatch, size):
    monkeypatch.setattr("releases.public.cards.PAGE", size)
    pages, address = [], "/en/releases/?q=kestrels&sort=relevance"
    while address:
        shown = client.get(address).content.decode()
        pages.append(headlines(shown))
        older = re.search(r'rel="next" href="([^"]*)"', shown)
        address = older and unescape(older[1])
    assert list(chain(*pages)) == ["New kestrels", "Old kestrels", "Summary", "Name", "Text"]
    assert {len(each) for each in pages[:-1]} <= {size}


@pytest.mark.parametrize("after", ["x", "3.1-1", "0.", "-1.1-1", "1-1", "0.1-zz"])
def test_a_cursor_of_best_hits_nobody_gave_out_is_no_address(client, after):
    assert client.get(f"/en/releases/?q=x&sort=relevance&after={after}").status_code == 404


def test_words_spread_over_headline_and_text_rank_with_the_text(client):
    told("Harbour news", since=NOW - 2 * DAY, body="<p>Kestrels.</p>")
    told("Harbour kestrels", since=NOW - 3 * DAY)
    assert found(client, "harbour kestrels", sort="relevance") == ["Harbour kestrels", "Harbour news"]


# What it costs


def test_a_search_costs_the_same_at_1_and_at_50_releases(client):
    Newsroom.current().save()
    told("Kestrels 0", body="<p>Harbour.</p>")
    most = {
        "q=kestrels": 7,  # newsroom, newest end, index, cards, years, names, near words
        "q=harbour": 8,  # and the texts in which it stands
        "q=kestrels&sort=relevance": 11,  # for each rank the newest end, the index, the cards
        "q=kestresl": 8,
        "q=nothing": 6,
        "year=2026&month=11": 5,
    }

    def queries(query):
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/en/releases/?{query}")
        return len(captured)

    few = {query: queries(query) for query in most}
    for number in range(1, 50):
        told(f"Kestrels {number}", body="<p>Harbour.</p>")
    many = {query: queries(query) for query in most}
    assert few == most
    assert all(many[query] <= few[query] for query in most), many
    with CaptureQueriesContext(connection) as captured:
        client.get("/en/archive/")
    assert len(captured) == 3


def test_the_index_can_be_filled_anew(client):
    release = told("Kestrels return", body="<p>Harbour.</p>")
    search.remove(search.EDITIONS, release.editions.values_list("pk", flat=True))
    NearWord.objects.all().delete()
    assert found(client, "harbour") == []
    call_command("index_search", verbosity=0)
    assert found(client, "harbour") == ["Kestrels return"]
    assert [words for words, _ in meant(client, "kestresl")] == ["Kestrels"]
