"""Feeds as programs read them: whole, valid by each form's own rules, and dated by what is in them alone."""

import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from releases.documents import About, Picture, Place, PressContact, Quotation
from releases.models import Newsroom
from tests.builders import a_live_release, alike, an_embargoed_release, correct, withdraw

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SITE = "https://news.example"
ADDRESSES = ("/en/feeds/rss.xml", "/en/feeds/atom.xml", "/en/feeds/feed.json")
ATOM, DC, CONTENT = (
    "{http://www.w3.org/2005/Atom}",
    "{http://purl.org/dc/elements/1.1/}",
    "{http://purl.org/rss/1.0/modules/content/}",
)
MEDIA, TERMS = "{http://search.yahoo.com/mrss/}", "{http://purl.org/dc/terms/}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


@pytest.fixture(autouse=True)
def noon(settings):
    settings.SITE_URL = SITE
    settings.ALLOWED_HOSTS = ["*"]
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


def a_whole_release(**changes):
    """A live release with one of everything a feed carries; its picture has five bytes, a second one is lost."""
    default_storage.save("files/a/lead.jpg", ContentFile(b"12345"))
    whole = {
        "headline": "Boats & <blankets>",
        "slug": "boats",
        "summary": "What happened & why.",
        "body": '<p>The first words.</p><p>See <a href="/en/about/">who we are</a>.</p>',
        "notes_to_editors": "<p>For editors.</p>",
        "places": (Place(name="Ankara"), Place(name="Athens")),
        "quotes": (
            Quotation(name="Ayla Demir", title="Head", organisation="Coast Office", words="We came.\nWe saw."),
        ),
        "tags": ("rescue", "wire"),
        "boilerplates": (About(title="About the Coast Office", body="<p>It watches.</p>"),),
        "contacts": (PressContact(name="Deniz Kaya", email="d@example.org", phone="+90 312 555 01 23"),),
        "photos": (
            Picture(path="files/a/lead.jpg", alt_text="A harbour", credit="Kaya", is_lead=True, width=6, height=4),
            Picture(path="files/b/lost.jpg", alt_text="Lost"),
        ),
    }
    return a_live_release(NOW - DAY, **{**whole, **changes})


def xml(client, address):
    return ElementTree.fromstring(client.get(address).content)  # noqa: S314  our own answer


def rss(client, query="", language="en"):
    return xml(client, f"/{language}/feeds/rss.xml{query}").find("channel")


def atom(client, query="", language="en"):
    return xml(client, f"/{language}/feeds/atom.xml{query}")


def json_feed(client, query="", language="en"):
    return json.loads(client.get(f"/{language}/feeds/feed.json{query}").content)


def titles(client, query=""):
    """What each of the three forms lists."""
    return (
        [item.findtext("title") for item in rss(client, query).iter("item")],
        [entry.findtext(f"{ATOM}title") for entry in atom(client, query).iter(f"{ATOM}entry")],
        [item["title"] for item in json_feed(client, query)["items"]],
    )


WHOLE = (
    '<div lang="en" dir="ltr">',
    '<p><b class="dateline">Ankara/Athens</b> – The first words.</p>',
    f'<a href="{SITE}/en/about/"',
    f'<img src="{SITE}/media/files/a/lead.jpg" alt="A harbour" width="6" height="4">'
    "<figcaption> Photo: Kaya</figcaption>",
    "<blockquote><p>We came.<br>We saw.</p><p>— Ayla Demir, Head, Coast Office</p></blockquote>",
    "<p>For editors.</p>",
    "<h2>About the Coast Office</h2>",
    'href="tel:+903125550123"',
    "d@example.org",
)


def test_all_three_forms_carry_the_whole_text_with_whole_addresses(client):
    a_whole_release()
    texts = (
        rss(client).findtext(f"item/{CONTENT}encoded"),
        atom(client).findtext(f"{ATOM}entry/{ATOM}content"),
        f'<div lang="en" dir="ltr">{json_feed(client)["items"][0]["content_html"]}',
    )
    for text in texts:
        assert [words for words in WHOLE if words not in text] == []
        assert not re.search(r'(href|src)="(?!https?:|mailto:|tel:)', text)


def test_a_right_to_left_text_says_so_wherever_it_is_shown(client):
    a_live_release(NOW - DAY, language="ar", headline="قوارب", body="<p>وصلت القوارب.</p>")
    channel = rss(client, language="ar")
    assert channel.findtext("language") == "ar"
    assert channel.findtext(f"item/{CONTENT}encoded").startswith('<div lang="ar" dir="rtl">')
    assert atom(client, language="ar").attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "ar"
    assert json_feed(client, language="ar")["items"][0]["language"] == "ar"


def test_filters_narrow_every_form_and_stay_in_its_own_address(client):
    a_live_release(NOW - DAY, headline="On the wire", tags=("wire",))
    a_live_release(NOW - 2 * DAY, headline="Off the wire")
    assert titles(client) == (["On the wire", "Off the wire"],) * 3
    assert titles(client, "?tag=wire") == (["On the wire"],) * 3
    assert titles(client, "?tag=nothing") == ([],) * 3
    assert rss(client, "?tag=wire&x=1").find(f"{ATOM}link").attrib["href"] == f"{SITE}/en/feeds/rss.xml?tag=wire"
    links = {link.attrib["rel"]: link.attrib["href"] for link in atom(client, "?tag=wire").findall(f"{ATOM}link")}
    assert links == {"self": f"{SITE}/en/feeds/atom.xml?tag=wire", "alternate": f"{SITE}/en/releases/?tag=wire"}
    assert json_feed(client, "?tag=wire")["feed_url"] == f"{SITE}/en/feeds/feed.json?tag=wire"


def test_a_story_keeps_its_id_through_corrections_and_new_addresses(client):
    release = a_whole_release()
    before = ids(client)
    correct(release, at=NOW - MINUTE, slug="boats-corrected", headline="Boats")
    assert ids(client) == before
    assert before == {f"tag:news.example,2026-11-21:/releases/{release.pk}/"}
    assert rss(client).find("item/guid").attrib == {"isPermaLink": "false"}
    assert rss(client).findtext("item/link") == f"{SITE}/en/releases/boats-corrected/"


def ids(client) -> set[str]:
    return {
        rss(client).findtext("item/guid"),
        atom(client).findtext(f"{ATOM}entry/{ATOM}id"),
        json_feed(client)["items"][0]["id"],
    }


def test_a_correction_is_told_and_moves_the_second_date_only(client):
    correct(a_whole_release(), note="There were three boats.", at=NOW - MINUTE)
    item, entry, told = rss(client).find("item"), atom(client).find(f"{ATOM}entry"), json_feed(client)["items"][0]
    assert item.findtext("pubDate") == "Sat, 21 Nov 2026 12:00:00 +0000"
    assert item.findtext(f"{TERMS}modified") == "2026-11-22T11:59:00+00:00"
    assert entry.findtext(f"{ATOM}published") == "2026-11-21T12:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") == "2026-11-22T11:59:00+00:00"
    assert (told["date_published"], told["date_modified"]) == (
        "2026-11-21T12:00:00+00:00",
        "2026-11-22T11:59:00+00:00",
    )
    for text in (item.findtext(f"{CONTENT}encoded"), entry.findtext(f"{ATOM}content"), told["content_html"]):
        assert "<strong>Correction, 22 November 2026, 14:59:</strong> There were three boats." in text


def test_pictures_come_with_type_and_length_and_a_lost_one_is_left_out(client):
    a_whole_release()
    url = f"{SITE}/media/files/a/lead.jpg"
    item = rss(client).find("item")
    assert [found.attrib for found in item.findall("enclosure")] == [{"url": url, "length": "5", "type": "image/jpeg"}]
    [picture] = item.findall(f"{MEDIA}content")
    sizes = {"fileSize": "5", "width": "6", "height": "4"}
    assert picture.attrib == {"url": url, "type": "image/jpeg", "medium": "image", **sizes}
    assert picture.findtext(f"{MEDIA}credit") == "Kaya"
    [link] = atom(client).findall(f"{ATOM}entry/{ATOM}link[@rel='enclosure']")
    assert link.attrib == {"rel": "enclosure", "href": url, "length": "5", "type": "image/jpeg"}
    told = json_feed(client)["items"][0]
    assert told["image"] == url
    attached = {"url": url, "mime_type": "image/jpeg", "title": "A harbour", "size_in_bytes": 5}
    assert told["attachments"] == [attached]


def test_rss_keeps_the_rules_of_rss(client):
    a_whole_release()
    channel = rss(client)
    assert all(channel.findtext(name) for name in ("title", "link", "description", "language", "lastBuildDate"))
    assert channel.find(f"{ATOM}link").attrib["rel"] == "self"
    item = channel.find("item")
    assert item.findtext("title") == "Boats & <blankets>"
    assert item.findtext("description") == "What happened & why."
    assert item.findtext(f"{DC}creator") == "Newsroom"
    assert [found.text for found in item.findall("category")] == [
        "Press release",
        "rescue",
        "wire",
        "Ankara",
        "Athens",
    ]
    for date in (channel.findtext("lastBuildDate"), item.findtext("pubDate")):
        assert parsedate_to_datetime(date).tzinfo
    for name in ("title", "link", "description", "guid", "pubDate", f"{DC}creator", f"{CONTENT}encoded", "enclosure"):
        assert len(item.findall(name)) == 1, name


def test_atom_keeps_the_rules_of_atom(client):
    a_whole_release()
    a_live_release(NOW - DAY)
    feed = atom(client)
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Newsroom"
    found = [feed, *feed.findall(f"{ATOM}entry")]
    for one in found:
        for name in ("id", "title", "updated"):
            assert len(one.findall(f"{ATOM}{name}")) == 1, (one.tag, name)
        assert RFC_3339.fullmatch(one.findtext(f"{ATOM}updated"))
        assert len(one.findall(f"{ATOM}link[@rel='alternate']")) == 1
        assert re.match(r"(https|tag):", one.findtext(f"{ATOM}id"))
    assert len({one.findtext(f"{ATOM}id") for one in found}) == 3
    for entry in found[1:]:
        assert entry.find(f"{ATOM}content").attrib == {"type": "html"}
        assert all(category.attrib["term"] for category in entry.findall(f"{ATOM}category"))
    assert "What happened & why." in [entry.findtext(f"{ATOM}summary") for entry in found[1:]]


def test_json_feed_keeps_the_rules_of_json_feed(client):
    a_whole_release()
    answer = client.get("/en/feeds/feed.json")
    assert answer.headers["Content-Type"] == "application/feed+json"
    feed = json.loads(answer.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Newsroom"
    assert feed["home_page_url"] == f"{SITE}/en/releases/"
    assert feed["authors"] == [{"name": "Newsroom", "url": f"{SITE}/en/"}]
    [item] = feed["items"]
    allowed = {"id", "url", "title", "summary", "content_html", "image", "date_published", "date_modified"}
    assert set(item) == allowed | {"tags", "language", "attachments"}
    assert all(isinstance(item[name], str) for name in allowed)
    assert all(RFC_3339.fullmatch(item[name]) for name in ("date_published", "date_modified"))
    assert all(isinstance(tag, str) for tag in item["tags"])
    assert all(isinstance(file["size_in_bytes"], int) for file in item["attachments"])


def test_a_build_date_is_that_of_the_newest_live_edition_and_an_empty_feed_has_none(client):
    release = a_live_release(NOW - DAY)
    an_embargoed_release(NOW + DAY)
    assert dates(client) == ("Sat, 21 Nov 2026 12:00:00 +0000", "2026-11-21T12:00:00+00:00")
    correct(release, at=NOW - MINUTE)
    assert dates(client) == ("Sun, 22 Nov 2026 11:59:00 +0000", "2026-11-22T11:59:00+00:00")
    withdraw(release, at=NOW - timedelta(seconds=1))
    assert dates(client) == (None, "1970-01-01T00:00:00+00:00")


def dates(client):
    return rss(client).findtext("lastBuildDate"), atom(client).findtext(f"{ATOM}updated")


def test_a_feed_that_has_not_changed_is_not_sent_again(client):
    release = a_live_release(NOW - 2 * DAY)
    for address in ADDRESSES:
        first = client.get(address)
        assert first.headers["Cache-Control"] == "no-cache"
        assert "Last-Modified" not in first.headers  # a withdrawal would leave it behind
        same = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (same.status_code, same.content) == (304, b"")
    withdraw(release, at=NOW - MINUTE)
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_feed_costs_three_queries_however_long_it_is(client):
    Newsroom.current().save()
    release = a_live_release(NOW - DAY)
    few = {address: queries(client, address) for address in ADDRESSES}
    alike(release, 49)
    assert {address: queries(client, address) for address in ADDRESSES} == few == dict.fromkeys(ADDRESSES, 3)
    assert len(json_feed(client)["items"]) == 20


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
