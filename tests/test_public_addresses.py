"""What each public address answers: moved, gone, not there, not changed; files, robots, health."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.test import Client
from django.views.defaults import server_error

from releases.documents import Download, Picture
from releases.models import Newsroom
from tests.builders import a_draft, a_live_release, an_embargoed_release, correct, withdraw

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
PHOTO, PAPER = "files/0123/harbour.jpg", "files/4567/table.pdf"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False):
        yield


def fetch(client, address, **headers):
    """The answer to a GET, read to its end."""
    answer = client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer.read_body = answer.getvalue() if answer.streaming else answer.content
    return answer


def same(one, other):
    return one.content == other.content and one.headers == other.headers and one.status_code == other.status_code


def test_the_sites_address_leads_to_its_usual_language(client):
    answer = client.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/")
    Newsroom(id=1, languages=["tr", "en"]).save()
    assert client.get("/").headers["Location"] == "/tr/"


def test_a_former_address_leads_once_and_straight_to_the_present_one(client):
    release = a_live_release(NOW - 4 * DAY, slug="first")
    correct(release, at=NOW - 3 * DAY, slug="second")
    correct(release, at=NOW - 2 * DAY, slug="third")
    for former in ("first", "second"):
        answer = client.get(f"/en/releases/{former}/")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/en/releases/third/")
        assert answer.headers["Cache-Control"] == "no-cache"


def test_a_new_address_answers_only_from_the_second_of_its_edition(client):
    release = a_live_release(NOW - DAY, slug="before")
    correct(release, at=NOW + MINUTE, slug="after")
    with time_machine.travel(NOW + MINUTE - SECOND, tick=False):
        assert client.get("/en/releases/before/").status_code == 200
        assert client.get("/en/releases/after/").status_code == 404
    with time_machine.travel(NOW + MINUTE, tick=False):
        assert client.get("/en/releases/before/").status_code == 301
        assert client.get("/en/releases/after/").status_code == 200


def test_a_withdrawn_release_answers_410_and_says_why(client):
    release = a_live_release(NOW - DAY, slug="boats", headline="Secret headline")
    withdraw(release, "The figures could not be confirmed.", at=NOW - MINUTE)
    answer = client.get("/en/releases/boats/")
    assert answer.status_code == 410
    page = answer.content.decode()
    assert "The figures could not be confirmed." in page
    assert "22 November 2026, 14:59" in page
    assert "Secret headline" not in page
    assert answer.headers["Cache-Control"] == "no-cache"


def test_a_withdrawn_release_answers_410_at_its_former_addresses_too(client):
    release = a_live_release(NOW - 3 * DAY, slug="first")
    correct(release, at=NOW - 2 * DAY, slug="second")
    withdraw(release, at=NOW - DAY)
    assert client.get("/en/releases/first/").status_code == 410


def test_a_replaced_release_leads_to_what_replaced_it_while_that_is_public(client):
    better = a_live_release(NOW - DAY, slug="better")
    release = a_live_release(NOW - 2 * DAY, slug="worse")
    withdraw(release, at=NOW - DAY, kind="replaced", replaced_by=better)
    answer = client.get("/en/releases/worse/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/releases/better/")
    withdraw(better, at=NOW - MINUTE)
    assert client.get("/en/releases/worse/").status_code == 410


def test_withdrawing_works_to_the_second(client):
    release = a_live_release(NOW - DAY, slug="boats")
    withdraw(release, at=NOW)
    with time_machine.travel(NOW - SECOND, tick=False):
        assert client.get("/en/releases/boats/").status_code == 200
    assert client.get("/en/releases/boats/").status_code == 410


@pytest.mark.parametrize("method", ["get", "head", "options", "post", "put"])
@pytest.mark.parametrize("headers", [{}, {"If-None-Match": "*"}, {"If-None-Match": '"x"'}, {"Range": "bytes=0-9"}])
def test_hidden_and_absent_answer_alike_to_the_byte(method, headers):
    an_embargoed_release(NOW + DAY, slug="hidden")
    a_draft(slug="draft")
    ask = getattr(Client(), method)
    for address in ("/en/releases/{}/", "/en/releases/{}/editions/1/", "/en/releases/{}", "/tr/releases/{}/"):
        absent = ask(address.format("absent"), headers=headers)
        assert same(ask(address.format("hidden"), headers=headers), absent) or "Location" in absent.headers
        assert same(ask(address.format("draft"), headers=headers), absent) or "Location" in absent.headers


def test_a_404_helps_in_the_language_of_the_address(client):
    for language, words in (("en", "There is no page"), ("tr", "Bu adreste bir sayfa yok"), ("ar", "لا توجد صفحة")):
        answer = client.get(f"/{language}/releases/nowhere/")
        assert answer.status_code == 404
        assert words in answer.content.decode()
        assert f'action="/{language}/releases/"' in answer.content.decode()


ODD = (
    "/en/releases/%00/", "/en/releases/%ff/", "/en/locations/%F0%9F%9A%80/", "/en/tags/'/", "/en/releases/a%2Fb/",
    "/en/events/" + "x" * 3000 + "/", "/%00/", "/media/%00", "/media/%ff",
)  # fmt: skip


@pytest.mark.parametrize("path", ODD)
def test_odd_addresses_are_plainly_not_there(client, path):
    assert client.get(path).status_code == 404


def test_whoever_has_the_bytes_is_told_to_keep_them(client):
    a_live_release(NOW - DAY, slug="boats")
    for address in ("/en/", "/en/releases/", "/en/releases/boats/", "/en/feeds/rss.xml", "/en/contacts/"):
        first = client.get(address)
        assert first.headers["Cache-Control"] == "no-cache"
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
        head = client.head(address)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers == first.headers


@pytest.mark.parametrize("address", ["/en/", "/en/feeds/rss.xml", "/en/feeds/feed.json", "/sitemap.xml"])
def test_pages_are_small_on_the_line_and_still_known_by_their_validator(client, address):
    a_live_release(NOW - DAY)
    plain, small = client.get(address), client.get(address, headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(small.content) == plain.content
    again = client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": small.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_validator_moves_with_what_is_public_and_with_nothing_else(client):
    release = a_live_release(NOW - DAY)
    tag = client.get("/en/releases/").headers["ETag"]
    an_embargoed_release(NOW + MINUTE)
    a_draft()
    assert client.get("/en/releases/").headers["ETag"] == tag
    with time_machine.travel(NOW + MINUTE, tick=False):
        assert client.get("/en/releases/").headers["ETag"] != tag
    withdraw(release)
    assert client.get("/en/releases/").headers["ETag"] != tag


@pytest.fixture
def files():
    default_storage.save(PHOTO, ContentFile(b"\xff\xd8 a picture"))
    default_storage.save(PAPER, ContentFile(b"%PDF-1.7 a table"))
    return {"photos": (Picture(path=PHOTO),), "attachments": (Download(path=PAPER, title="Table"),)}


def test_a_file_is_public_exactly_while_a_live_edition_shows_it(client, files):
    release = an_embargoed_release(NOW + MINUTE, **files)
    absent = client.get("/media/files/none.jpg")
    assert same(client.get(f"/media/{PHOTO}"), absent)
    with time_machine.travel(NOW + MINUTE, tick=False):
        answer = fetch(client, f"/media/{PHOTO}")
        assert (answer.status_code, answer.read_body) == (200, b"\xff\xd8 a picture")
    withdraw(release, at=NOW + 2 * MINUTE)
    with time_machine.travel(NOW + 2 * MINUTE, tick=False):
        assert same(client.get(f"/media/{PHOTO}"), absent)


def test_files_arrive_in_a_sandbox_pictures_shown_the_rest_downloaded(client, files):
    a_live_release(NOW - DAY, **files)
    picture, paper = fetch(client, f"/media/{PHOTO}"), fetch(client, f"/media/{PAPER}")
    for answer in (picture, paper):
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-cache"
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert picture.headers["Content-Disposition"].startswith("inline")
    assert paper.headers["Content-Disposition"] == 'attachment; filename="table.pdf"'


def test_a_file_answers_conditions_and_ranges(client, files):
    a_live_release(NOW - DAY, **files)
    address = f"/media/{PAPER}"
    whole = fetch(client, address)
    assert fetch(client, address, If_None_Match=whole.headers["ETag"]).status_code == 304
    for asked, told, wanted in (
        ("bytes=0-3", "bytes 0-3/16", b"%PDF"),
        ("bytes=9-", "bytes 9-15/16", b"a table"),
        ("bytes=-5", "bytes 11-15/16", b"table"),
        ("bytes=9-999", "bytes 9-15/16", b"a table"),
    ):
        answer = fetch(client, address, Range=asked)
        assert (answer.status_code, answer.headers["Content-Range"], answer.read_body) == (206, told, wanted)
    assert fetch(client, address, Range="bytes=16-").status_code == 416
    for ignored in ("bytes=-", "bytes=0-1,3-4", "lines=1-2", "bytes=x"):
        assert fetch(client, address, Range=ignored).status_code == 200
    assert fetch(client, address, Range="bytes=0-3", If_Range='"old"').status_code == 200


@pytest.mark.parametrize(
    "path", ["../db.sqlite3", "files/../files/0123/harbour.jpg", "/etc/passwd", "files/", "x" * 900]
)
def test_media_addresses_cannot_climb(client, files, path):
    a_live_release(NOW - DAY, **files)
    assert client.get(f"/media/{path}").status_code == 404


def test_the_newsrooms_logo_is_public(client):
    default_storage.save("newsroom/logo.png", ContentFile(b"a logo"))
    assert client.get("/media/newsroom/logo.png").status_code == 404
    Newsroom(id=1, logo="newsroom/logo.png").save()
    assert fetch(client, "/media/newsroom/logo.png").status_code == 200
    assert b'src="/media/newsroom/logo.png"' in client.get("/en/").content


def test_robots_may_read_all_but_the_desk(client):
    assert b"User-agent: *\nDisallow: /admin/\n" in client.get("/robots.txt").content


def test_health_needs_no_database_and_readiness_does(client, monkeypatch):
    def broken():
        raise DatabaseError("gone")

    assert client.get("/readyz").content == b"ready\n"
    monkeypatch.setattr(connection, "cursor", broken)
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


def test_a_failure_of_ours_is_explained_in_three_languages_without_the_database(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = server_error(rf.get("/en/")).content.decode()
    for words in ("Something went wrong on our side", "Bizden kaynaklanan", "حدث خطأ من جانبنا"):
        assert words in page
