"""kit.zip and the plain text: everything of a release to take away, and nothing that is not public at that second."""

import csv
import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from releases import workflow
from releases.documents import About, Download, Picture, Place, PressContact, Quotation
from releases.models import Newsroom
from tests.builders import a_live_release, a_publisher, an_embargoed_release, correct, edit, resubmit, withdraw

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
PHOTO, PAPER, LOST = "files/0123/iskele-limanı.jpg", "files/4567/table.pdf", "files/89ab/lost.jpg"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def release():
    """A live release with pictures, files, quotes, contacts; one of its pictures is lost from the storage."""
    default_storage.save(PHOTO, ContentFile(b"\xff\xd8 a picture" * 100_000))
    default_storage.save(PAPER, ContentFile(b"%PDF-1.7 a table"))
    return a_live_release(
        NOW - DAY,
        headline="Boats & blankets",
        slug="boats",
        body="<p>Four boats came.</p><ul><li>One</li></ul>",
        places=(Place(name="Ankara"), Place(name="Athens")),
        notes_to_editors="<p>For editors.</p>",
        quotes=(Quotation(name="Ayla Demir", title="Head of Office", words="We came."),),
        boilerplates=(About(title="About the Coast Office", body="<p>It watches.</p>"),),
        contacts=(PressContact(name="Deniz Kaya", role="Media", phone="+90 312 555 01 23", email="d@example.org"),),
        photos=(
            Picture(path=PHOTO, alt_text="A pier", caption="=Dawn at the pier", credit="Kaya", is_lead=True),
            Picture(path=LOST, alt_text="Lost"),
        ),
        attachments=(Download(path=PAPER, title="The table"),),
    )


def a_translation(release, language, moment=None, **columns):
    """The release in another language, approved for `moment` (at once, if left out)."""
    copy = workflow.start_translation(release, a_publisher(), language)
    edit(copy, release_at=None, **columns)
    workflow.approve(copy, a_publisher(), resubmit(copy), moment=moment)
    return copy


def unpacked(client, address="/en/releases/boats/kit.zip") -> dict[str, bytes]:
    """The kit's files by their name inside the kit's folder."""
    archive = zipfile.ZipFile(io.BytesIO(client.get(address).getvalue()))
    assert archive.testzip() is None
    return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def rows(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))


def test_the_kit_holds_everything_of_a_release(client, release):
    found = unpacked(client)
    assert list(found) == [
        "README.txt",
        "release.en.txt",
        "release.en.html",
        "contacts.csv",
        "captions.csv",
        "pictures/01-iskele-limani.jpg",
        "files/01-table.pdf",
    ]
    assert found["pictures/01-iskele-limani.jpg"] == b"\xff\xd8 a picture" * 100_000
    assert found["files/01-table.pdf"] == b"%PDF-1.7 a table"
    assert rows(found["contacts.csv"]) == [
        {
            "language": "en",
            "name": "Deniz Kaya",
            "role": "Media",
            "organisation": "",
            "phone": "'+90 312 555 01 23",
            "email": "d@example.org",
            "hours": "",
        }
    ]
    page = found["release.en.html"].decode()
    for words in ("<h1>Boats &amp; blankets</h1>", "<p>Four boats came.</p>", 'src="pictures/01-iskele-limani.jpg"'):
        assert words in page


def test_captions_tell_each_files_credit_and_no_cell_runs_as_a_formula(client, release):
    picture, paper = rows(unpacked(client)["captions.csv"])
    assert (picture["file"], picture["credit"]) == ("pictures/01-iskele-limani.jpg", "Kaya")
    assert picture["caption"] == "'=Dawn at the pier"
    assert (paper["file"], paper["caption"]) == ("files/01-table.pdf", "The table")


def test_the_kit_says_where_it_comes_from_and_what_may_be_done_with_it(client, release):
    told = unpacked(client)["README.txt"].decode()
    assert "From Newsroom: http://127.0.0.1:8000/en/releases/boats/" in told
    assert "free to use" in told
    assert "credit" in told


def test_the_kit_has_every_live_language_and_none_that_is_not(client, release):
    a_translation(release, "tr", headline="Tekneler", slug="tekneler", body="<p>Dört tekne geldi.</p>")
    a_translation(release, "ar", NOW + MINUTE, headline="قوارب", slug="قوارب", body="<p>أربعة قوارب.</p>")
    before = unpacked(client)
    assert [name for name in before if name.startswith("release.")] == [
        "release.en.txt",
        "release.en.html",
        "release.tr.txt",
        "release.tr.html",
    ]
    assert "قوارب".encode() not in b"".join(before.values())
    assert "\n\nBasın iletişim\n\n" in before["release.tr.txt"].decode()
    with time_machine.travel(NOW + MINUTE, tick=False):
        assert "أربعة قوارب." in unpacked(client)["release.ar.txt"].decode()
        assert '<html lang="ar" dir="rtl">' in unpacked(client)["release.ar.html"].decode()


def test_a_language_that_was_taken_back_or_is_no_longer_offered_leaves_the_kit(client, release):
    turkish = a_translation(release, "tr", headline="Tekneler", slug="tekneler")
    a_translation(release, "ar", headline="قوارب", slug="قوارب")
    withdraw(turkish, at=NOW + MINUTE)
    with time_machine.travel(NOW + MINUTE, tick=False):
        assert "release.tr.txt" not in unpacked(client)
        assert "release.ar.txt" in unpacked(client)
        Newsroom(id=1, languages=["en", "tr"]).save()
        assert "release.ar.txt" not in unpacked(client)


def test_what_only_a_scheduled_edition_shows_is_not_in_the_kit(client, release):
    default_storage.save("files/cdef/secret.jpg", ContentFile(b"secret"))
    tag = client.get("/en/releases/boats/kit.zip").headers["ETag"]
    a_translation(release, "tr", NOW + MINUTE, slug="tekneler")
    edit(release, body="<p>Secret words.</p>")
    workflow.approve(release, a_publisher(), resubmit(release), moment=NOW + MINUTE)
    assert b"Secret" not in b"".join(unpacked(client).values())
    assert client.get("/en/releases/boats/kit.zip").headers["ETag"] == tag
    with time_machine.travel(NOW + MINUTE, tick=False):
        assert b"Secret words." in unpacked(client)["release.en.txt"]
        assert client.get("/en/releases/boats/kit.zip").headers["ETag"] != tag


def test_the_same_content_is_the_same_bytes_and_is_not_sent_twice(client, release):
    first, second = client.get("/en/releases/boats/kit.zip"), client.get("/en/releases/boats/kit.zip")
    assert first.getvalue() == second.getvalue()
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/en/releases/boats/kit.zip", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.getvalue()) == (304, b"")
    with time_machine.travel(NOW + DAY, tick=False):
        assert client.get("/en/releases/boats/kit.zip").headers["ETag"] == first.headers["ETag"]


def test_the_kit_is_named_for_every_system(client, release):
    assert client.get("/en/releases/boats/kit.zip").headers["Content-Disposition"] == (
        'attachment; filename="2026-11-21-boats.zip"'
    )
    a_translation(release, "ar", headline="قوارب", slug="قوارب")
    told = client.get("/ar/releases/قوارب/kit.zip").headers["Content-Disposition"]
    assert told == (
        "attachment; filename=\"2026-11-22-release.zip\"; filename*=UTF-8''%D9%82%D9%88%D8%A7%D8%B1%D8%A8.zip"
    )
    archive = zipfile.ZipFile(io.BytesIO(client.get("/ar/releases/قوارب/kit.zip").getvalue()))
    assert all(name.isascii() for name in archive.namelist())


def test_the_kit_streams_in_pieces_and_costs_three_queries_in_however_many_languages(client, release):
    Newsroom.current().save()
    with CaptureQueriesContext(connection) as captured:
        answer = client.get("/en/releases/boats/kit.zip")
        pieces = list(answer.streaming_content)
    assert len(captured) == 3
    assert max(map(len, pieces)) < 1_000_000
    for language in ("tr", "ar"):
        a_translation(release, language, slug="boats")
    with CaptureQueriesContext(connection) as captured:
        client.get("/en/releases/boats/kit.zip").getvalue()
    assert len(captured) == 3


SIDES = ("releases/{}.txt", "releases/{}/kit.zip", "releases/{}/card.jpg")


@pytest.mark.parametrize("side", SIDES)
def test_what_is_made_of_a_release_moves_goes_and_hides_as_its_page_does(client, side):
    release = a_live_release(NOW - 3 * DAY, slug="first")
    correct(release, at=NOW - 2 * DAY, slug="second")
    moved = client.get("/en/" + side.format("first"))
    assert (moved.status_code, moved.headers["Location"]) == (301, "/en/" + side.format("second"))
    assert client.get("/en/" + side.format("second")).status_code == 200
    assert client.get("/tr/" + side.format("second")).status_code == 200
    withdraw(release, "It was wrong.", at=NOW - MINUTE)
    for slug in ("first", "second"):
        gone = client.get("/en/" + side.format(slug))
        assert gone.status_code == 410
        assert b"It was wrong." in gone.content
    an_embargoed_release(NOW + SECOND, slug="hidden")
    for language in ("en", "tr"):
        hidden, absent = (client.get(f"/{language}/{side.format(slug)}") for slug in ("hidden", "absent"))
        assert (hidden.status_code, hidden.content, hidden.headers) == (404, absent.content, absent.headers)
    with time_machine.travel(NOW + SECOND, tick=False):
        assert client.get("/en/" + side.format("hidden")).status_code == 200


PLAIN = """\
Press release · Newsroom

Boats & blankets

Volunteers met the passengers with blankets.

Published: 21 November 2026, 15:00 (Europe/Istanbul, UTC+3)

Ankara/Athens – Four boats came.

- One

“We came.”
– Ayla Demir, Head of Office

– Ends –

Notes to editors

For editors.

About the Coast Office

It watches.

Press contacts

Deniz Kaya, Media
+90 312 555 01 23
d@example.org
"""


def test_plain_text_tells_the_whole_release(client, release):
    answer = client.get("/en/releases/boats.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Link"] == '<http://127.0.0.1:8000/en/releases/boats/>; rel="canonical"'
    told = answer.content.decode().replace("\xa0", " ")
    assert told.startswith(PLAIN)
    assert "Photo: Kaya\nhttp://127.0.0.1:8000/media/files/0123/" in told
    assert told.endswith("\n\nhttp://127.0.0.1:8000/en/releases/boats/\n")


def test_plain_text_tells_what_was_put_right(client, release):
    correct(release, note="There were three boats.", at=NOW, body="<p>Three boats came.</p>")
    told = client.get("/en/releases/boats.txt").content.decode().replace("\xa0", " ")
    assert "Updated: 22 November 2026, 15:00 (Europe/Istanbul, UTC+3)" in told
    assert "Put right since publication\n\nCorrection, 22 November 2026, 15:00" in told
    assert "There were three boats." in told
    assert "Four boats" not in told


def test_the_button_copies_the_plain_text(client, release):
    page = client.get("/en/releases/boats/").content.decode()
    assert 'data-copy-text="Press release · Newsroom\n\nBoats &amp; blankets' in page
    assert 'data-copy-text="http://127.0.0.1:8000/en/releases/boats/"' in page
    assert 'data-copy-text="“We came.”\n– Ayla Demir, Head of Office"' in page
    assert 'href="/en/releases/boats.txt"' in page
    assert 'href="/en/releases/boats/kit.zip"' in page
