"""Search as a reader meets it: what is found, in which order, shown how, and what is never betrayed."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import chain
from urllib.parse import quote

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from releases import search, workflow
from releases.documents import Happening, Place, Quotation
from releases.models import Location, LocationName, NearWord, Newsroom
from tests.builders import a_draft, a_live_release, a_publisher, an_embargoed_release, correct, withdraw

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PLAIN = {"summary": "", "body": "<p>All quiet.</p>", "notes_to_editors": ""}
PLAIN |= dict.fromkeys(("places", "quotes", "events", "tags"), ())


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False):
        yield


def told(headline, since=NOW - DAY, **said):
    """A live release that says nothing but what is given."""
    return a_live_release(since, **{**PLAIN, "headline": headline, **said})


def page(client, query, language="en", **more):
    """The page of results as a reader's browser has it."""
    asked = "".join(f"&{name}={quote(str(value))}" for name, value in more.items())
    answer = client.get(f"/{language}/releases/?q={quote(query)}{asked}")
    assert answer.status_code == 200
    return answer.content.decode()


def found(client, query, language="en", **more):
    headlines = re.findall(r'<h3><a href="[^"]*">([^<]*)</a></h3>', page(client, query, language, **more))
    return [unescape(headline) for headline in headlines]


def meant(client, query, language="en", **more):
    """The suggestions of a page: (words, address)."""
    whole = re.search(r'<p class="meant">(.*?)</p>', page(client, query, language, **more), re.DOTALL)
    links = re.findall(r'<a href="([^"]*)"><bdi>([^<]*)</bdi>', whole[1]) if whole else []
    return [(unescape(words), unescape(url)) for url, words in links]


def excerpts(client, query, language="en"):
    return re.findall(r'<p class="excerpt">(.*?)</p>', page(client, query, language), re.DOTALL)


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
    assert found(client, "rescue -“drill rescue”") == ["Rescue", "Drill"] or len(found(client, "rescue")) == 2
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
        pages.append(re.findall(r'<h3><a href="[^"]*">([^<]*)</a></h3>', shown))
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


# Shown how


def test_what_was_found_is_marked_in_the_summary_or_in_the_text_around_it(client):
    told("Rain", language="tr", summary="İstanbul'da yağmur.", body="<p>Yollar kapandı.</p>")
    told(
        "Wind", language="tr", body=f"<p>{'Rüzgâr esti. ' * 60}İSTANBUL &lt;sakin&gt; idi. {'Sonra dindi. ' * 60}</p>"
    )
    shown = page(client, "istanbul", "tr")
    assert "<mark>İstanbul&#x27;da</mark> yağmur." in shown
    (excerpt,) = excerpts(client, "istanbul", "tr")
    assert "<mark>İSTANBUL</mark> &lt;sakin&gt; idi." in excerpt
    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")
    assert len(excerpt) < 300


def test_arabic_is_marked_with_its_article(client):
    told("خبر", language="ar", body="<p>وصلت القوارب إلى البحر الأبيض.</p>")
    assert "إلى <mark>البحر</mark> الأبيض" in excerpts(client, "بحر", "ar")[0]


def test_a_phrase_is_marked_as_one_and_excluded_words_never(client):
    told("Teams", body="<p>The sea was calm; sea rescue came.</p>")
    assert excerpts(client, "“sea rescue” -drill") == ["The sea was calm; <mark>sea rescue</mark> came."]


def test_words_of_a_quotation_are_shown_too(client):
    told("Statement", quotes=(Quotation(name="Ayla Demir", words="We saw kestrels."),))
    assert excerpts(client, "kestrels") == ["All quiet. We saw <mark>kestrels</mark>."]


def test_a_hit_that_is_plain_from_the_list_needs_no_excerpt(client):
    told("Kestrels return", body="<p>Kestrels were seen.</p>")
    assert excerpts(client, "kestrels") == []


def test_only_the_beginning_of_a_long_text_is_read(client, monkeypatch):
    told("Long", body=f"<p>{'word ' * 50}</p><p>kestrels</p>")
    assert "kestrels" in excerpts(client, "kestrels")[0]
    monkeypatch.setattr("releases.public.hits.READ", 100)
    assert excerpts(client, "kestrels") == []


def test_the_page_says_how_many_it_found_without_counting_beyond_itself(client, monkeypatch):
    for number in range(3):
        told(f"Kestrel {number}")
    assert "<p>3 releases</p>" in page(client, "kestrel")
    monkeypatch.setattr("releases.public.cards.PAGE", 2)
    assert "<p>More than 2 releases</p>" in page(client, "kestrel")


@pytest.mark.parametrize("query", ["İzmir", "izmir", "IZMIR", "İzmir'de", "Smyrna"])
def test_a_place_of_that_name_stands_on_top(client, query):
    told("Harbour", places=(Place(name="İzmir"),))
    LocationName.objects.create(
        location=Location.objects.get(slug="izmir"), language="en", text="Smyrna", is_alias=True
    )
    shown = page(client, query)
    assert '<span class="kin">Location</span> <a href="/en/locations/izmir/">İzmir</a>' in shown


def test_people_and_tags_of_that_name_stand_on_top_in_arabic_with_or_without_article(client):
    told("خبر", language="ar", tags=("المهاجرون",), quotes=(Quotation(name="نور علي", words="نعم"),))
    assert ">المهاجرون</a>" in page(client, "مهاجرون", "ar").split("</section>")[0]
    assert "/ar/spokespersons/" in page(client, "نور علي", "ar").split("</section>")[0]


# What may have been meant


@pytest.mark.parametrize("slip", ["harbuor", "harbor", "harbourr", "hxrbour", "arbour", "HARBUOR"])
def test_a_near_miss_is_put_right(client, slip):
    told("Harbour opens")
    told("Elsewhere")
    assert found(client, slip) == []
    ((words, address),) = meant(client, slip)
    assert words == "Harbour"
    assert "Harbour opens" in client.get(address).content.decode()


def test_a_suggestion_is_written_as_the_release_writes_it_and_keeps_the_rest_of_the_search(client):
    told("Diyarbakır'a yeni yol", language="tr", kind="statement", body="<p>Köprü ve yol.</p>", summary="Iğdır yolu.")
    assert meant(client, "“yeni yol” igdri -deniz", "tr", kind="statement") == [
        (
            "“yeni yol” Iğdır -deniz",
            f"/tr/releases/?q={quote('“yeni yol” Iğdır -deniz').replace('%20', '+')}&kind=statement",
        )
    ]


def test_arabic_is_put_right_too(client):
    told("افتتاح المدرسة", language="ar")
    assert [words for words, _ in meant(client, "المدسرة", "ar")] == ["المدرسة"]


def test_only_what_finds_something_in_this_very_list_is_suggested(client):
    told("Harbour opens", kind="statement")
    assert meant(client, "harbuor", kind="statement")
    assert not meant(client, "harbuor", kind="news")
    assert not meant(client, "harbuor", year="1999")
    assert not meant(client, "harbuor", "tr")


def test_names_of_people_are_put_right_as_they_are_written(client):
    told("خبر", language="ar", quotes=(Quotation(name="فاطمة الأحمد", words="نعم"),))
    assert [words for words, _ in meant(client, "فاطمى", "ar")] == ["فاطمة"]


@pytest.mark.parametrize("slip", ["hrabuor", "habur", "hxrbxur"])
def test_two_slips_in_a_short_word_are_another_word(client, slip):
    told("Harbour opens")
    assert not meant(client, slip)


def test_a_word_that_is_known_is_not_put_right(client):
    told("Harbour opens")
    told("Arbour closes")
    assert meant(client, "harbour") == []


# What is never betrayed


def hidden_states(word):
    """Ways of saying a word without its being public."""
    a_draft(headline=f"{word} in draft", summary=word)
    an_embargoed_release(NOW + HOUR, headline=f"{word} tomorrow", summary=word, tags=(word,))
    workflow.call_off(an_embargoed_release(NOW + HOUR, headline=f"{word} called off", slug="off"), a_publisher())
    workflow.reschedule(an_embargoed_release(NOW + HOUR, headline=f"{word} later", slug="l"), a_publisher(), NOW + DAY)
    withdraw(told("Withdrawn", summary=f"{word} was here.", since=NOW - 2 * DAY), at=NOW - HOUR)


QUERIES = ["kestrels", "kestrel", "“kestrels”", "kestresl", "harbour", "harbuor", "-kestrels harbour", "kestre"]


def test_hidden_words_are_never_found_suggested_marked_or_counted(client):
    told("Harbour opens", body="<p>Harbour and sea.</p>")
    asked = [(query, order) for query in QUERIES for order in ("", "relevance")]
    before = [page(client, query, sort=order) for query, order in asked]
    hidden_states("kestrels")
    assert [page(client, query, sort=order) for query, order in asked] == before
    assert not [query for query in QUERIES if "kestrels" not in query and "kestrels" in page(client, query).lower()]


def test_hidden_words_do_not_push_public_ones_out_of_the_suggestions(client):
    told("Harbour opens")
    for letter in "abcdefghij":
        an_embargoed_release(NOW + HOUR, headline=f"Harbo{letter}r opens", slug=f"h{letter}")
    assert [words for words, _ in meant(client, "harbor")] == ["Harbour"]


def test_a_word_is_suggested_from_the_very_second_of_its_hour(client):
    an_embargoed_release(NOW + HOUR, headline="Kestrels return")
    with time_machine.travel(NOW + HOUR - timedelta(seconds=1), tick=False):
        assert not meant(client, "kestresl")
    with time_machine.travel(NOW + HOUR, tick=False):
        assert [words for words, _ in meant(client, "kestresl")] == ["Kestrels"]


def test_what_was_called_off_leaves_no_word_behind(client):
    release = an_embargoed_release(NOW + HOUR, headline="Kestrels return")
    workflow.call_off(release, a_publisher())
    assert not NearWord.objects.filter(word="kestrels").exists()


def test_a_word_that_a_correction_took_out_is_not_suggested(client):
    release = told("Boats", summary="Kestrels were seen.", since=NOW - 2 * DAY)
    correct(release, at=NOW - HOUR, summary="Sparrows were seen.", body="<p>Sparrows.</p>")
    assert not meant(client, "kestresl")
    assert [words for words, _ in meant(client, "sparrosw")] == ["Sparrows"]


# By time


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


# Nothing found


def test_an_empty_result_offers_to_drop_each_filter_and_to_be_told_when_something_comes(client):
    told("Harbour", tags=("rescue",))
    shown = page(client, "nothing", tag="rescue", kind="news")
    empty = shown[shown.index('<div class="empty">') :]
    for left in ("?tag=rescue&amp;kind=news", "?q=nothing&amp;kind=news", "?q=nothing&amp;tag=rescue"):
        assert f'href="/en/releases/{left}"' in empty
    assert 'href="/en/feeds/rss.xml?q=nothing&amp;tag=rescue&amp;kind=news"' in empty
    past = page(client, "nothing", year="2020")
    assert "When something comes" not in past[past.index('<div class="empty">') :]


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
