"""The desk's import: everything is shown before anything is written, and goes on in small steps."""

import csv
import io
import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from releases.imports import workroom
from releases.models import AuditEvent, Release
from tests.builders import a_person, a_publisher, a_reporter

pytestmark = pytest.mark.django_db

HEADER = ("headline", "body_text", "source", "source_id")
IMPORT = "admin:releases_release_import"


@pytest.fixture(autouse=True)
def own_rooms(tmp_path, monkeypatch):
    """Give each test rooms of its own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.fixture
def editor(client):
    client.force_login(a_person("Editor"))
    return client


def a_table(*rows, header=HEADER):
    table = io.StringIO()
    csv.writer(table).writerows([header, *rows])
    return SimpleUploadedFile("table.csv", table.getvalue().encode())


def many(count):
    return a_table(*[(f"Boat {number} arrives", "It arrived.", "harbour", str(number)) for number in range(count)])


def upload(client, table, **options):
    return client.post(reverse(IMPORT), {"file": table, "language": "en", **options}, follow=True)


def room_of(response):
    return response.redirect_chain[-1][0]


def test_nothing_is_written_before_it_is_confirmed(editor):
    shown = upload(editor, a_table(("Boats arrive", "At dawn.", "harbour", "1"), ("", "No headline.", "harbour", "2")))
    page = shown.content.decode()
    assert "Boats arrive" in page
    assert "Write a headline." in page
    assert not Release.objects.exists()
    assert not AuditEvent.objects.exists()

    report = editor.post(room_of(shown), {"confirm": ""}, follow=True).content.decode()
    release = Release.objects.get()
    assert release.headline == "Boats arrive"
    assert release.state == "draft"
    assert reverse("admin:releases_release_change", args=[release.pk]) in report


def test_an_import_is_in_the_history_under_the_name_of_who_did_it(editor):
    room = room_of(upload(editor, many(1)))
    editor.post(room, {"confirm": ""})
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor.pk) == ("import", int(editor.session["_auth_user_id"]))


def test_the_refused_rows_can_be_mended_and_brought_in_again(editor):
    table = a_table(
        ("", "Words.", "harbour", "1", "sad"), ("=Boats", "Words.", "harbour", "2", ""), header=(*HEADER, "mood")
    )
    room = room_of(upload(editor, table))
    told = b"".join(editor.get(f"{room}rejects/").streaming_content).decode("utf-8-sig")
    rejected = list(csv.DictReader(io.StringIO(told, newline="")))
    assert [row["source_id"] for row in rejected] == ["1"]
    assert rejected[0]["reason"] == "headline: Write a headline."

    mended = io.StringIO()
    writer = csv.DictWriter(mended, rejected[0])
    writer.writeheader()
    writer.writerow({**rejected[0], "headline": "Mended"})
    room = room_of(upload(editor, SimpleUploadedFile("rejects.csv", mended.getvalue().encode())))
    editor.post(room, {"confirm": ""})
    assert Release.objects.get().headline == "Mended"


def test_a_long_table_goes_on_step_by_step_with_the_button_alone(editor, monkeypatch):
    monkeypatch.setattr(workroom.Workroom.step, "__defaults__", (0.0001,))
    monkeypatch.setattr(workroom, "HANDFUL", 3)
    shown = upload(editor, many(7))
    room, pages = room_of(shown), 0
    while "Continue" in shown.content.decode():
        shown, pages = editor.post(room, follow=True), pages + 1
    assert pages == 2
    assert not Release.objects.exists()
    shown = editor.post(room, {"confirm": ""}, follow=True)
    assert "<progress" in shown.content.decode()
    while "Continue" in shown.content.decode():
        shown = editor.post(room, follow=True)
    assert Release.objects.count() == 7


def test_a_script_hears_how_far_it_came(editor):
    room = room_of(upload(editor, many(3)))
    answer = editor.post(room, headers={"accept": "application/json"})
    assert answer.json() == {"done": 3, "total": 3, "finished": True}


def test_confirming_twice_lands_once(editor):
    room = room_of(upload(editor, many(2)))
    editor.post(room, {"confirm": ""})
    editor.post(room, {"confirm": ""})
    assert Release.objects.count() == 2
    assert AuditEvent.objects.count() == 2


def test_a_step_that_was_broken_off_is_taken_again_without_doubles(editor):
    room = room_of(upload(editor, many(2)))
    token = room.rstrip("/").rpartition("/")[2]
    editor.post(room, {"confirm": ""})
    found = workroom.Workroom(token)
    found._save(offset=0, done=0, counts={})
    report = editor.post(room, follow=True).content.decode()
    assert Release.objects.count() == 2
    assert "unchanged" in report


def test_a_translation_is_looked_through_with_the_original_of_the_same_table(editor):
    header = ("id", "translation_of", "language", "headline")
    table = a_table(("8", "7", "tr", "Tekneler geldi"), ("7", "", "en", "Boats arrive"), header=header)
    shown = upload(editor, table)
    assert shown.context["counts"][0][2] == 2
    editor.post(room_of(shown), {"confirm": ""})
    assert Release.objects.get(pk=8).translation_of_id == 7


def test_rows_can_be_listed_by_their_fate(editor):
    room = room_of(upload(editor, a_table(("Boats arrive", "", "", ""), ("", "x", "", ""))))
    page = editor.get(room, {"kind": "refuse"}).content.decode()
    assert "Boats arrive" not in page
    assert "Write a headline." in page


def test_a_file_that_is_no_table_is_refused_in_one_sentence(editor):
    shown = upload(editor, SimpleUploadedFile("table.csv", b"PK\x03\x04\x00\x00"))
    assert "The file is not a table of text." in shown.content.decode()
    assert not list(workroom.root().iterdir())


def test_a_room_belongs_to_who_opened_it(editor, client):
    room = room_of(upload(editor, many(1)))
    client.force_login(a_person("Editor"))
    for address in (room, f"{room}rejects/"):
        assert client.get(address).headers["Location"] == reverse(IMPORT)
        assert client.post(address, {"confirm": ""}).headers["Location"] == reverse(IMPORT)
    assert not Release.objects.exists()


def test_a_room_is_cleared_when_it_is_discarded(editor):
    room = room_of(upload(editor, many(1)))
    editor.post(room, {"discard": ""})
    assert "Choose the file again" in editor.get(room, follow=True).content.decode()
    assert not list(workroom.root().iterdir())


def test_a_room_is_private_on_the_disk(editor):
    upload(editor, many(1))
    assert {path.stat().st_mode & 0o777 for path in (workroom.root(), *workroom.root().iterdir())} == {0o700}


def test_a_room_nobody_came_back_to_is_cleared_by_the_next_upload(editor, monkeypatch):
    upload(editor, many(1))
    monkeypatch.setattr(workroom, "OLD", -1)
    upload(editor, many(1))
    assert len(list(workroom.root().iterdir())) == 1


@pytest.mark.parametrize("role", ["", "Reporter"])
def test_import_needs_its_permission(client, role):
    client.force_login(a_person(role))
    for address in (reverse(IMPORT), reverse("admin:releases_release_import_room", args=["ab"])):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403


def test_strangers_are_sent_to_the_login(client):
    assert "login" in client.get(reverse(IMPORT)).headers["Location"]


def test_only_who_may_approve_is_offered_to_publish(client):
    client.force_login(a_person("Editor"))
    assert 'name="publish"' not in client.get(reverse(IMPORT)).content.decode()
    client.force_login(a_publisher())
    assert 'name="publish"' in client.get(reverse(IMPORT)).content.decode()


def test_what_was_public_elsewhere_becomes_public_here(client):
    client.force_login(a_publisher())
    header = ("headline", "body_text", "state", "first_published_at", "source", "source_id")
    table = a_table(("Boats arrive", "At dawn.", "live", "2019-03-01", "old site", "1"), header=header)
    room = room_of(upload(client, table, publish="on"))
    assert not Release.objects.exists()
    client.post(room, {"confirm": ""})
    edition = Release.objects.get().editions.get()
    assert edition.first_public_at.isoformat() == "2019-02-28T21:00:00+00:00"


def test_an_editor_cannot_publish_by_sending_what_the_form_does_not_offer(editor):
    header = ("headline", "body_text", "state", "first_published_at")
    room = room_of(upload(editor, a_table(("Boats", "x", "live", "2019-03-01"), header=header), publish="on"))
    editor.post(room, {"confirm": ""})
    assert not Release.objects.get().editions.exists()


def test_a_reporter_is_not_shown_the_way_to_import(client):
    client.force_login(a_reporter())
    page = client.get(reverse("admin:releases_release_changelist")).content.decode()
    assert reverse(IMPORT) not in page
