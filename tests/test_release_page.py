"""What leads on from a release: related ones, the one before and after, other languages; one it was not told in."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from releases import workflow
from releases.documents import Happening, Place, Quotation
from releases.models import Newsroom
from tests.asking import read
from tests.builders import (
    a_live_release,
    a_publisher,
    an_embargoed_release,
    correct,
    edit,
    resubmit,
    withdraw,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
APART = {"places": (), "events": (), "quotes": (), "tags": ()}  # has nothing in common with any other


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False):
        yield


def a_translation(release, language, moment=None, **columns):
    copy = workflow.start_translation(release, a_publisher(), language)
    edit(copy, release_at=None, **columns)
    workflow.approve(copy, a_publisher(), resubmit(copy), moment=moment)
    return copy


def related(page: str) -> list[str]:
    """The headlines of related releases, in their order."""
    listed = re.search(r'<ul class="related">(.*?)</ul>', page, re.DOTALL)
    return re.findall(r"<h3[^>]*><a[^>]*>([^<]*)</a>", listed[1]) if listed else []


def beside(page: str) -> dict[str, str]:
    """The addresses of the release before and the one after."""
    return {rel: url for url, rel in re.findall(r'<a class="\w+" href="([^"]*)" rel="(prev|next)">', page)}


def test_releases_of_the_same_event_are_nearest_then_those_of_the_person_the_tag_the_place(client):
    event, person = (Happening(name="Harbour Forum"),), (Quotation(name="Ayla Demir", words="We came."),)
    place, tag = (Place(name="İzmir"),), ("rescue",)
    a_live_release(NOW - 9 * DAY, headline="Of the event", **{**APART, "events": event})
    a_live_release(NOW - 8 * DAY, headline="Of the person", **{**APART, "quotes": person})
    a_live_release(NOW - 7 * DAY, headline="Of the tag", **{**APART, "tags": tag})
    a_live_release(NOW - 6 * DAY, headline="Of the place", **{**APART, "places": place})
    a_live_release(NOW - 5 * DAY, headline="Of nothing here", **APART)
    a_live_release(NOW - DAY, slug="boats", events=event, quotes=person, places=place, tags=tag)
    page = read(client, "/en/releases/boats/")
    assert related(page) == ["Of the event", "Of the person", "Of the tag", "Of the place"]


def test_related_are_the_newest_four_each_once(client):
    a_live_release(NOW - DAY, slug="boats")
    for number in range(7):
        a_live_release(NOW - (number + 2) * DAY, headline=f"Number {number}")
    assert related(read(client, "/en/releases/boats/")) == [f"Number {number}" for number in range(4)]


def test_related_are_live_and_of_the_same_language(client):
    release = a_live_release(NOW - DAY, slug="boats")
    for headline, at in (("Corrected", 5), ("Withdrawn", 4)):
        release = a_live_release(NOW - at * DAY, headline=headline)
        act = {"Corrected": correct, "Withdrawn": withdraw}[headline]
        act(release, at=NOW - MINUTE)
    an_embargoed_release(NOW + MINUTE, headline="Tomorrow")
    a_translation(release, "tr", headline="Türkçe", slug="turkce")
    assert related(read(client, "/en/releases/boats/")) == ["Corrected"]
    with time_machine.travel(NOW + MINUTE, tick=False):
        assert related(read(client, "/en/releases/boats/")) == ["Tomorrow", "Corrected"]


def test_the_release_before_and_the_one_after_are_those_of_its_language_by_first_public_moment(client):
    for number in range(3):
        correct(a_live_release(NOW - (5 - number) * DAY, slug=f"number-{number}", **APART), at=NOW - MINUTE)
    a_translation(a_live_release(NOW - 4 * DAY, slug="other", language="ar", **APART), "tr", slug="turkce")
    assert beside(read(client, "/en/releases/number-1/")) == {
        "prev": "/en/releases/number-0/",
        "next": "/en/releases/number-2/",
    }
    assert beside(read(client, "/en/releases/number-0/")) == {"next": "/en/releases/number-1/"}
    assert beside(read(client, "/en/releases/number-2/")) == {"prev": "/en/releases/number-1/"}


def test_releases_of_one_second_follow_each_other(client):
    for number in range(4):
        a_live_release(NOW - DAY, slug=f"number-{number}", **APART)
    seen, address = (
        [],
        next(
            f"/en/releases/number-{number}/"
            for number in range(4)
            if "prev" not in beside(read(client, f"/en/releases/number-{number}/"))
        ),
    )
    while address:
        seen.append(address)
        address = beside(read(client, address)).get("next")
    assert len(set(seen)) == len(seen) == 4


def test_what_is_scheduled_or_withdrawn_is_neither_before_nor_after(client):
    a_live_release(NOW - 2 * DAY, slug="boats", **APART)
    before = read(client, "/en/releases/boats/")
    an_embargoed_release(NOW + MINUTE, slug="tomorrow", **APART)
    withdraw(a_live_release(NOW - DAY, slug="gone", **APART), at=NOW - MINUTE)
    assert read(client, "/en/releases/boats/") == before
    with time_machine.travel(NOW + MINUTE, tick=False):
        assert beside(read(client, "/en/releases/boats/")) == {"next": "/en/releases/tomorrow/"}


def test_the_page_costs_three_queries_alone_and_among_fifty(client):
    Newsroom.current().save()
    release = a_live_release(NOW - DAY, slug="boats")
    assert cost(client) == 3
    for language in ("tr", "ar"):
        a_translation(release, language, headline="Başka", slug=f"boats-{language}")
    for number in range(49):
        a_live_release(NOW - 2 * DAY, headline=f"Number {number}")
    assert cost(client) == 3


def cost(client) -> int:
    with CaptureQueriesContext(connection) as captured:
        read(client, "/en/releases/boats/")
    assert sum('"document"' in query["sql"] for query in captured) == 1
    return len(captured)


def test_a_release_that_was_not_translated_is_read_there_in_its_own_language(client):
    a_live_release(NOW - DAY, slug="boats", headline="Boats", body="<p>They came.</p>")
    page = read(client, "/ar/releases/boats/")
    assert '<html lang="ar" dir="rtl">' in page
    assert '<h1 lang="en" dir="ltr">Boats</h1>' in page
    assert '<div class="prose" lang="en" dir="ltr">' in page
    assert '<div class="earlier original" role="note">' in page
    assert '<link rel="canonical" href="http://127.0.0.1:8000/en/releases/boats/">' in page
    assert '<link rel="alternate" hreflang' not in page
    assert '<a href="/en/releases/boats/" lang="en" dir="ltr" hreflang="en">English</a>' in page


def test_no_alternate_is_told_to_machines_where_a_release_is_only_standing_in(client):
    release = a_live_release(NOW - DAY, slug="boats")
    a_translation(release, "ar", headline="قوارب", slug="قوارب")
    assert ' rel="alternate" hreflang="ar"' in read(client, "/en/releases/boats/").replace("<link", "")
    page = read(client, "/tr/releases/boats/")
    assert ' rel="alternate" hreflang=' not in page
    assert 'lang="ar" dir="rtl" hreflang="ar">العربية</a>' in page


def test_the_language_switch_leads_to_the_original_where_there_is_no_translation(client):
    a_live_release(NOW - DAY, slug="boats")
    page = read(client, "/en/releases/boats/")
    assert '<a href="/tr/releases/boats/" lang="tr"' in page
    assert "Also in" not in page
    assert 'rel="alternate" hreflang' not in page
    read(client, "/tr/releases/boats/")


def test_the_language_switch_never_leads_to_another_release_of_that_address(client):
    a_live_release(NOW - DAY, slug="boats")
    a_live_release(NOW - DAY, slug="boats", language="tr", headline="Bambaşka")
    page = read(client, "/en/releases/boats/")
    assert '<a href="/tr/" lang="tr"' in page
    assert '<a href="/ar/" lang="ar"' in page
    assert "Bambaşka" in read(client, "/tr/releases/boats/")


def test_the_original_stands_in_until_the_second_the_translation_is_public(client):
    release = a_live_release(NOW - DAY, slug="boats")
    pages = "/en/releases/boats/", "/tr/releases/boats/"
    before = [read(client, page) for page in pages]
    a_translation(release, "tr", NOW + MINUTE, headline="Tekneler", slug="tekneler")
    assert [read(client, page) for page in pages] == before
    with time_machine.travel(NOW + MINUTE, tick=False):
        answer = client.get("/tr/releases/boats/")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/tr/releases/tekneler/")


def test_another_languages_address_is_no_side_door(client):
    an_embargoed_release(NOW + MINUTE, slug="hidden")
    release = a_live_release(NOW - 2 * DAY, slug="before")
    correct(release, at=NOW - DAY, slug="after")
    withdraw(a_live_release(NOW - 2 * DAY, slug="gone"), at=NOW - DAY)
    absent = read(client, "/tr/releases/absent/", 404)
    for slug in ("hidden", "before", "gone"):
        assert read(client, f"/tr/releases/{slug}/", 404) == absent
    assert read(client, "/tr/releases/after/")
    Newsroom(id=1, languages=["tr"]).save()
    read(client, "/tr/releases/after/", 404)


def test_a_release_taken_back_in_one_language_says_where_it_can_still_be_read(client):
    release = a_live_release(NOW - 2 * DAY, slug="boats")
    turkish = a_translation(release, "tr", headline="Tekneler", slug="tekneler")
    a_translation(release, "ar", NOW + DAY, headline="سر", slug="sirr")
    withdraw(turkish, "Çeviride yanlış var.", at=NOW + MINUTE)
    with time_machine.travel(NOW + MINUTE, tick=False):
        page = read(client, "/tr/releases/tekneler/", 410)
        assert "Çeviride yanlış var." in page
        way = '<a href="/en/releases/boats/" lang="en" dir="ltr" hreflang="en">English</a>'
        assert page.count(way) == 2  # in the notice, and in the language switch
        assert "sirr" not in page
        assert "/tr/releases/tekneler/" not in read(client, "/en/releases/boats/")


def test_published_and_updated_are_told_with_the_zone_and_open_to_the_readers_own(client):
    release = a_live_release(NOW - 2 * DAY, slug="boats")
    assert "Updated" not in read(client, "/en/releases/boats/")
    correct(release, at=NOW - DAY)
    page = read(client, "/en/releases/boats/")
    for words, moment in (("Published", "2026-11-20T15:00:00+03:00"), ("Updated", "2026-11-21T15:00:00+03:00")):
        assert f'{words} <b><time datetime="{moment}" data-local>' in page


def test_the_record_names_the_release_by_a_number_that_tells_nothing(client):
    release = a_live_release(NOW - DAY, slug="boats")
    page = read(client, "/en/releases/boats/")
    assert f"<bdi>{release.pk}</bdi>" in page
