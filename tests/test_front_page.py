"""The front page: the lead, whom to call, the wire, what is coming, and what is told only in other languages."""

import gzip
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from releases import workflow
from releases.models import Contact, Newsroom
from releases.public import theme
from releases.states import Kind
from tests.builders import (
    a_live_release,
    a_publisher,
    alike,
    an_embargoed_release,
    edit,
    resubmit,
    tell_event,
    withdraw,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False):
        yield


def read(client, address="/en/"):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def queries(client):
    with CaptureQueriesContext(connection) as captured:
        read(client)
    return len(captured)


def elsewhere(page):
    """What the page offers of other languages: address, language, direction and headline of each."""
    return re.findall(r'<h3><a href="([^"]+)" lang="(\w+)" dir="(\w+)" hreflang="\w+">([^<]+)</a></h3>', page)


def translate(release, language, moment=None, **columns):
    copy = workflow.start_translation(release, a_publisher(), language)
    edit(copy, release_at=None, **columns)
    workflow.approve(copy, a_publisher(), resubmit(copy), moment=moment)


def test_the_page_goes_from_the_lead_to_the_phone_to_the_wire_to_what_is_coming(client):
    a_live_release(NOW - 2 * DAY, headline="Before")
    a_live_release(NOW - DAY, headline="Newest")
    Contact.objects.create(language="en", name="Deniz Kaya", phone="+90 312 555 01 23", on_site=True)
    tell_event(starts_at=NOW + 9 * DAY)
    page = read(client)
    places = [page.index(words) for words in ("Newest</a></h2>", "tel:+903125550123", "Before</a></h3>", "Coming up")]
    assert places == sorted(places)
    assert '<p class="leaf" aria-hidden="true"><b>1</b>Dec</p>' in page


def test_each_feed_of_the_language_and_its_calendar_are_offered(client):
    page = read(client, "/tr/")
    for feed in ("feeds/rss.xml", "feeds/atom.xml", "feeds/feed.json", "events/calendar.ics"):
        assert f'<li><a href="/tr/{feed}">' in page


def test_a_release_that_is_not_told_in_this_language_is_offered_in_its_own(client):
    a_live_release(NOW - DAY, headline="Yalnız Türkçe", slug="yalniz", language="tr")
    a_live_release(NOW - 2 * DAY, headline="بالعربية فقط", slug="faqat", language="ar")
    assert elsewhere(read(client)) == [
        ("/tr/releases/yalniz/", "tr", "ltr", "Yalnız Türkçe"),
        ("/ar/releases/faqat/", "ar", "rtl", "بالعربية فقط"),
    ]
    assert [found[1] for found in elsewhere(read(client, "/tr/"))] == ["ar"]


def test_a_release_is_offered_once_in_the_first_language_of_the_newsroom_that_has_it(client):
    release = a_live_release(NOW - DAY, headline="In English")
    translate(release, "tr", headline="Türkçesi")
    assert [found[1] for found in elsewhere(read(client, "/ar/"))] == ["en"]
    translate(release, "ar", headline="بالعربية")
    assert elsewhere(read(client, "/ar/")) == []


def test_a_translation_that_is_still_to_come_changes_nothing_before_its_second(client):
    release = a_live_release(NOW - DAY, headline="In English")
    before = read(client, "/tr/")
    translate(release, "tr", moment=NOW + MINUTE, headline="Türkçesi")
    assert read(client, "/tr/") == before
    with time_machine.travel(NOW + MINUTE, tick=False):
        assert elsewhere(read(client, "/tr/")) == []


def test_what_is_hidden_in_another_language_is_not_offered(client):
    an_embargoed_release(NOW + DAY, language="tr", headline="Yarın")
    withdraw(a_live_release(NOW - DAY, language="tr", headline="Dün"), at=NOW - MINUTE)
    page = read(client)
    assert elsewhere(page) == []
    assert "Only in other languages" not in page


def test_looking_into_other_languages_costs_one_query_however_much_is_there(client):
    Newsroom.current().save()
    releases = [a_live_release(NOW - DAY, language=language) for language in ("en", "tr")]
    few = queries(client)
    for release in releases:
        alike(release, 30)
    assert queries(client) == few <= 6
    Newsroom.objects.update(languages=["en"])
    assert queries(client) == few - 1


def test_every_kind_has_a_form_of_its_own(client):
    sheet = theme.sheet("#0b4f6c").decode()
    for kind in set(Kind.values) - {Kind.PRESS_RELEASE}:
        assert f".kind-{kind}::before{{" in sheet.replace(" {", "{")
        assert f".item-{kind}" in sheet
    for kind in Kind.values:
        a_live_release(NOW - DAY, kind=kind)
    page = read(client, "/en/releases/")
    for kind, label in Kind.choices:
        assert f'<article class="item item-{kind}">' in page
        assert f'<span class="kind kind-{kind}">{label}</span>' in page


def test_a_release_without_pictures_weighs_less_than_30_kilobytes_with_its_style_and_script(client):
    long = (
        "<p>" + " ".join(f"Sentence {number} of a long statement about the harbour." for number in range(400)) + "</p>"
    )
    a_live_release(NOW - DAY, slug="boats", body=long)
    page = read(client, "/en/releases/boats/").encode()
    with open(finders.find("js/public.js"), "rb") as script:
        parts = (page, theme.sheet("#0b4f6c"), script.read())
    assert sum(len(gzip.compress(part)) for part in parts) <= 30_000
    assert len(parts[2]) < 10_000


def test_the_style_sheet_is_sent_without_comments_and_spare_blanks():
    sheet = theme.house_sheets()
    assert "/*" not in sheet
    assert "\n" not in sheet
    assert "  " not in sheet
    assert "calc(var(--beat) * 3)" in sheet
