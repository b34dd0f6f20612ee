"""Sitemaps: every public page once, its other languages beside it, and no file that grows with the archive."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from releases import workflow
from releases.documents import Happening, Place, Quotation
from releases.models import Contact, Newsroom
from releases.public import sitemaps
from tests.builders import a_live_release, a_publisher, alike, an_embargoed_release, correct, edit, resubmit, withdraw

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SITE = "https://news.example"
MAP, XHTML = "{http://www.sitemaps.org/schemas/sitemap/0.9}", "{http://www.w3.org/1999/xhtml}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
W3C_DATETIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


@pytest.fixture(autouse=True)
def noon(settings):
    settings.SITE_URL = SITE
    settings.ALLOWED_HOSTS = ["*"]
    with time_machine.travel(NOW, tick=False):
        yield


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)  # noqa: S314  our own answer


def maps(client):
    """The names of the files in the index."""
    found = [loc.text for loc in read(client, "/sitemap.xml").iter(f"{MAP}loc")]
    assert all(url.startswith(f"{SITE}/sitemaps/") and url.endswith(".xml") for url in found)
    return [url.removeprefix(f"{SITE}/sitemaps/").removesuffix(".xml") for url in found]


def urls(client, name):
    return [url.findtext(f"{MAP}loc").removeprefix(SITE) for url in read(client, f"/sitemaps/{name}.xml")]


def others(client, name):
    """{address: {language: address of the counterpart}} of one file."""
    return {
        url.findtext(f"{MAP}loc"): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall(f"{XHTML}link[@rel='alternate']")
        }
        for url in read(client, f"/sitemaps/{name}.xml")
    }


def a_translation(release, language, at, **columns):
    copy = workflow.start_translation(release, a_publisher(), language)
    edit(copy, at=at, release_at=None, **columns)
    workflow.approve(copy, a_publisher(), resubmit(copy, at), at=at)
    return copy


def test_the_index_names_the_months_that_have_releases_newest_first(client):
    assert maps(client) == ["pages"]
    for day in (NOW - HOUR, NOW - 40 * DAY, NOW - 800 * DAY):
        a_live_release(day, places=(), events=(), quotes=(), tags=())
    a_live_release(NOW - 41 * DAY, language="tr", places=(), events=(), quotes=(), tags=())
    an_embargoed_release(NOW + 40 * DAY)
    assert maps(client) == ["pages", "2026-11", "2026-10", "2024-09"]


def test_every_address_of_every_file_answers(client):
    release = a_live_release(NOW - DAY)
    a_translation(release, "ar", NOW - HOUR, slug="قوارب")
    for name in maps(client):
        for address in urls(client, name):
            assert client.get(address).status_code == 200, address


def test_a_month_tells_its_releases_and_when_they_changed(client):
    old = a_live_release(NOW - DAY, slug="old")
    a_live_release(NOW - HOUR, slug="new")
    withdraw(a_live_release(NOW - DAY, slug="gone"), at=NOW - HOUR)
    a_live_release(NOW - 40 * DAY, slug="before")
    correct(old, at=NOW - MINUTE)
    assert urls(client, "2026-11") == ["/en/releases/new/", "/en/releases/old/"]
    changed = [url.findtext(f"{MAP}lastmod") for url in read(client, "/sitemaps/2026-11.xml")]
    assert changed == ["2026-11-22T11:00:00+00:00", "2026-11-22T11:59:00+00:00"]
    assert all(W3C_DATETIME.fullmatch(moment) for moment in changed)


def test_translations_point_at_each_other_whenever_they_came(client):
    release = a_live_release(NOW - 40 * DAY, slug="boats")
    a_translation(release, "tr", NOW - DAY, slug="tekneler")
    english, turkish = f"{SITE}/en/releases/boats/", f"{SITE}/tr/releases/tekneler/"
    family = {"en": english, "tr": turkish, "x-default": english}
    assert others(client, "2026-10") == {english: family}
    assert others(client, "2026-11") == {turkish: family}


def test_a_release_in_one_language_has_no_counterparts(client):
    a_live_release(NOW - DAY, slug="boats")
    assert others(client, "2026-11") == {f"{SITE}/en/releases/boats/": {}}


def test_subjects_are_told_in_the_languages_that_have_releases_about_them(client):
    about = {"places": (Place(name="İzmir"),), "events": (Happening(name="Forum"),), "tags": ("rescue",)}
    about["quotes"] = (Quotation(name="Ayla Demir", words="We came."),)
    a_live_release(NOW - DAY, **about)
    a_live_release(NOW - DAY, language="tr", **{**about, "tags": ("kurtarma",)})
    an_embargoed_release(NOW + DAY, places=(Place(name="Bodrum"),))
    assert maps(client) == ["pages", "locations", "events", "spokespersons", "tags", "2026-11"]
    assert urls(client, "locations") == ["/en/locations/izmir/", "/tr/locations/izmir/"]
    assert urls(client, "events") == ["/en/events/forum/", "/tr/events/forum/"]
    assert urls(client, "spokespersons") == ["/en/spokespersons/ayla-demir/", "/tr/spokespersons/ayla-demir/"]
    assert others(client, "tags") == {f"{SITE}/tr/tags/kurtarma/": {}, f"{SITE}/en/tags/rescue/": {}}
    assert set(others(client, "locations")[f"{SITE}/tr/locations/izmir/"]) == {"en", "tr", "x-default"}


def test_standing_pages_are_told_in_every_language_in_which_they_are_written(client):
    Newsroom(id=1, about={"en": "<p>We watch.</p>"}).save()
    found = others(client, "pages")
    front = {"en": f"{SITE}/en/", "tr": f"{SITE}/tr/", "ar": f"{SITE}/ar/", "x-default": f"{SITE}/en/"}
    assert found[f"{SITE}/ar/"] == front
    assert found[f"{SITE}/en/about/"] == {}
    assert f"{SITE}/tr/about/" not in found


def test_what_outgrows_a_file_is_told_in_equal_parts_that_miss_nothing(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "AIM", 4)
    monkeypatch.setattr(sitemaps, "SAMPLE", 1)
    wanted = {f"/en/releases/number-{number}/" for number in range(9)}
    for number in range(9):
        a_live_release(NOW - DAY, slug=f"number-{number}", places=(), events=(), quotes=(), tags=(f"t{number}",))
    named = [name for name in maps(client) if name.startswith("2026-11")]
    assert named == [f"2026-11-{part}-of-3" for part in (1, 2, 3)]
    told = [client.get(f"/sitemaps/{name}.xml").content.decode() for name in named]
    found = [address.removeprefix(SITE) for text in told for address in re.findall("<loc>(.*?)</loc>", text)]
    assert sorted(found) == sorted(wanted)
    assert [name for name in maps(client) if name.startswith("tags")] == [f"tags-{part}-of-3" for part in (1, 2, 3)]


@pytest.mark.parametrize(
    "name", ["2026-12", "2026-13", "0000-01", "9999-12", "nonsense", "2026-11-1-of-1", "tags-2-of-1"]
)
def test_a_file_the_index_would_not_name_is_not_there(client, name):
    a_live_release(NOW - DAY)
    assert client.get(f"/sitemaps/{name}.xml").status_code == 404


def test_the_news_are_those_of_two_days(client):
    a_live_release(NOW - 47 * HOUR, headline="Boats & blankets", slug="boats")
    a_live_release(NOW - 49 * HOUR, slug="stale")
    a_live_release(NOW - HOUR, language="tr", headline="Tekneler", slug="tekneler")
    an_embargoed_release(NOW + HOUR)
    found = read(client, "/news-sitemap.xml")
    assert [url.findtext(f"{MAP}loc") for url in found] == [
        f"{SITE}/tr/releases/tekneler/",
        f"{SITE}/en/releases/boats/",
    ]
    news = found[1].find(f"{NEWS}news")
    assert [child.tag.removeprefix(NEWS) for child in news] == ["publication", "publication_date", "title"]
    assert [child.text for child in news[0]] == ["Newsroom", "en"]
    assert (news[1].text, news[2].text) == ("2026-11-20T13:00:00+00:00", "Boats & blankets")


def test_the_news_are_a_thousand_at_most(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_NEWS", 2)
    for _ in range(3):
        a_live_release(NOW - HOUR)
    assert len(read(client, "/news-sitemap.xml")) == 2


def test_elements_stand_in_the_order_of_the_schema(client):
    a_translation(a_live_release(NOW - DAY), "tr", NOW - HOUR, slug="tekneler")
    for address in ("/sitemaps/2026-11.xml", "/sitemaps/pages.xml", "/sitemaps/locations.xml", "/news-sitemap.xml"):
        root = read(client, address)
        assert root.tag == f"{MAP}urlset"
        for url in root:
            tags = [child.tag for child in url]
            assert url.tag == f"{MAP}url"
            assert tags[0] == f"{MAP}loc"
            own = [tag for tag in tags if tag.startswith(MAP)]
            assert own in ([f"{MAP}loc"], [f"{MAP}loc", f"{MAP}lastmod"])
            assert tags[: len(own)] == own
            assert 12 <= len(url.findtext(f"{MAP}loc")) <= 2048
            assert url.findtext(f"{MAP}loc").isascii()
    index = read(client, "/sitemap.xml")
    assert index.tag == f"{MAP}sitemapindex"
    assert all([child.tag for child in entry] == [f"{MAP}loc"] for entry in index)


def test_sitemaps_cost_the_same_at_1_and_at_50_releases(client):
    Newsroom.current().save()
    release = a_live_release(NOW - DAY)
    wanted = {"/sitemap.xml": 14, "/sitemaps/2026-11.xml": 3, "/sitemaps/locations.xml": 4, "/news-sitemap.xml": 2}
    few = {address: queries(client, address) for address in wanted}
    alike(release, 49)
    assert {address: queries(client, address) for address in wanted} == few == wanted


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_robots_are_shown_the_sitemaps_and_kept_from_the_desk(client):
    told = client.get("/robots.txt").content.decode().splitlines()
    assert told[1:3] == ["User-agent: *", "Disallow: /admin/"]
    assert told[4:] == [f"Sitemap: {SITE}/sitemap.xml", f"Sitemap: {SITE}/news-sitemap.xml"]


def told_of_security(client):
    answer = client.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    return [tuple(line.split(": ", 1)) for line in answer.content.decode().splitlines()]


def test_security_txt_names_the_press_contacts_and_their_page(client):
    Contact.objects.create(language="en", name="Deniz Kaya", email="press@example.org", on_site=True)
    Contact.objects.create(language="en", name="At the desk", email="desk@example.org")
    told = told_of_security(client)
    assert [value for name, value in told if name == "Contact"] == ["mailto:press@example.org", f"{SITE}/en/contacts/"]
    assert ("Preferred-Languages", "en, tr, ar") in told
    assert ("Canonical", f"{SITE}/.well-known/security.txt") in told


def test_security_txt_names_whom_the_operator_names(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    Contact.objects.create(language="en", name="Deniz Kaya", email="press@example.org", on_site=True)
    contacts = [value for name, value in told_of_security(client) if name == "Contact"]
    assert contacts == ["mailto:security@example.org", f"{SITE}/en/contacts/"]


@pytest.mark.parametrize("month", range(1, 13))
def test_security_txt_expires_within_the_year_and_stays_the_same_all_month(client, month):
    first, last = datetime(2026, month, 1, tzinfo=UTC), datetime(2026, month, 28, 23, tzinfo=UTC)
    with time_machine.travel(first, tick=False):
        then = dict(told_of_security(client))["Expires"]
    with time_machine.travel(last, tick=False):
        assert dict(told_of_security(client))["Expires"] == then
    assert timedelta(days=150) < datetime.fromisoformat(then) - first < timedelta(days=365)
