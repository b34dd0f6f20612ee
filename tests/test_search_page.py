"""The page of results: what it shows, what it suggests, what it never betrays."""

from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine

from releases import workflow
from releases.documents import Place, Quotation
from releases.models import Location, LocationName, NearWord
from tests.builders import a_draft, a_publisher, an_embargoed_release, correct, withdraw
from tests.searching import DAY, HOUR, NOW, excerpts, found, meant, page, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False):
        yield


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
    for nothing in ({"tag": "nought"}, {"kind": "rumour"}, {"month": "13"}, {"since": "x"}):
        assert not meant(client, "harbuor", **nothing)


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
