"""`import_releases` from the command line: ten drafts, rejects to mend, reports for programs, exit statuses."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from releases.documents import compose
from releases.models import Event, Location, Release, Revision, Spokesperson
from tests.builders import a_person, a_publisher

pytestmark = pytest.mark.django_db

ARCHIVE = Path(__file__).parent / "archive.csv"
KEYS = [
    *("source", "fate", "headline", "summary", "dateline", "release_at", "locations", "events", "spokespersons"),
    *("tags", "body_text", "warnings"),
]


def run(*paths, **options):
    """What the command prints, and what it says on standard error; raises CommandError."""
    out, err = io.StringIO(), io.StringIO()
    call_command("import_releases", *map(str, paths), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def table(tmp_path):
    """Writes a table and gives its path."""

    def write(text, name="table.csv"):
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


def test_the_ten_messages_of_the_archive_land_as_drafts_with_nothing_lost():
    out, _ = run(ARCHIVE)
    assert out == "10 new drafts.\n"
    assert {release.state for release in Release.objects.all()} == {"draft"}
    said = {row["source_id"]: row for row in csv.DictReader(io.StringIO(ARCHIVE.read_text("utf-8-sig"), newline=""))}
    for release in Release.objects.all():
        row, document = said[release.source_id], compose(release)
        assert document.headline == row["headline"]
        assert document.body_text == row["body_text"]
        assert document.dateline_raw == row["dateline"]


def test_the_archives_places_people_and_dates_are_understood():
    run(ARCHIVE)
    releases = {release.source_id: release for release in Release.objects.all()}
    assert {number for number, release in releases.items() if release.release_at} == {"3"}
    assert releases["3"].release_at.isoformat() == "2019-12-17T21:00:00+00:00"
    assert sorted(place.name_in("en") for place in Location.objects.all()) == sorted(
        ["Ankara", "Athens", "Gaziantep", "Geneva", "Western Turkey", "Çeşme"]
    )
    assert compose(releases["2"]).dateline == "Çeşme, Western Turkey"
    assert compose(releases["8"]).dateline == "Ankara/Athens"
    assert compose(releases["10"]).dateline == "Ankara"
    assert Event.objects.count() == 5
    vitorino = Spokesperson.objects.get(names__text="António Vitorino").name_row("en")
    assert (vitorino.title, vitorino.organisation) == ("Director General", "IOM")


def test_the_archive_taken_twice_changes_nothing():
    run(ARCHIVE)
    before = list(Release.objects.order_by("pk").values()), Revision.objects.count()
    assert run(ARCHIVE)[0] == "10 unchanged.\n"
    assert (list(Release.objects.order_by("pk").values()), Revision.objects.count()) == before


def test_a_rehearsal_writes_nothing(table):
    out, _ = run(ARCHIVE, dry_run=True)
    assert out == "Nothing was written; it would be: 10 new drafts.\n"
    assert not Release.objects.exists()
    assert not Location.objects.exists()


def test_bad_rows_are_listed_and_written_out_to_be_mended(table, tmp_path):
    path = table("headline,mood,release_at\nGood,sad,\n,glad,soon\n'=1,glad,never\n")
    rejects = tmp_path / "rejects.csv"
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("import_releases", str(path), rejects=rejects, stdout=out, stderr=err)
    assert refused.value.returncode == 1
    assert f"{path}, row 3: refused: headline: Write a headline." in out.getvalue()
    assert f"{path}, row 3: refused: release_at: “soon” is not a date" in out.getvalue()
    assert "Columns nobody knows here are left unread: mood." in err.getvalue()
    told = rejects.read_bytes().decode("utf-8-sig")
    assert told.startswith("headline,mood,release_at,reason\r\n")
    assert "\r\n'=1,glad,never,release_at: " in told

    rejects.write_text(told.replace("\r\n,glad,soon", "\r\nMended,glad,2024-01-01").replace("never", ""))
    run(rejects)
    assert {release.headline for release in Release.objects.all()} == {"Good", "Mended", "=1"}


def test_the_rejects_of_files_with_other_columns_share_one_header(table, tmp_path):
    rejects = tmp_path / "rejects.csv"
    first, second = table("headline,kind\nA,poem\n", "a.csv"), table("kind,headline\nsong,B\n", "b.csv")
    with pytest.raises(CommandError, match="Rows refused: 2"):
        run(first, second, rejects=rejects)
    rows = list(csv.DictReader(io.StringIO(rejects.read_text("utf-8-sig"), newline="")))
    assert [(row["headline"], row["kind"]) for row in rows] == [("A", "poem"), ("B", "song")]


def test_the_report_is_one_object_a_record_with_the_keys_of_the_contract(table):
    path = table(
        "headline,dateline,locations,spokespersons,tags,release_at,body_text,kind\n"
        'Boats,Ankara/Athens –,Ankara | Athens,"Ayla (Head, IOM)",rescue,2019-12-18,At dawn.,\n'
        "Poem,,,,,,,poem\n"
    )
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_releases", str(path), report="json", stdout=out, stderr=err)
    good, bad = map(json.loads, out.getvalue().splitlines())
    assert list(good) == list(bad) == KEYS
    assert good == {
        "source": f"{path}#row=2",
        "fate": "land",
        "headline": "Boats",
        "summary": "",
        "dateline": {"raw": "Ankara/Athens –", "places": ["Ankara", "Athens"], "date": None, "agency": None},
        "release_at": "2019-12-18T00:00:00+03:00",
        "locations": ["Ankara", "Athens"],
        "events": [],
        "spokespersons": ["Ayla (Head, IOM)"],
        "tags": ["rescue"],
        "body_text": "At dawn.",
        "warnings": [],
    }
    assert (bad["fate"], bad["headline"]) == ("refuse", "Poem")
    assert "kind: “poem” is none of press_release" in bad["warnings"][0]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04\0\0", b"title\nA\n"])
def test_unusable_input_is_status_two(table, content):
    with pytest.raises(CommandError) as refused:
        run(table(content))
    assert refused.value.returncode == 2


def test_a_missing_file_does_not_stop_the_others(table, tmp_path):
    with pytest.raises(CommandError) as refused:
        run(tmp_path / "nothing.csv", table("headline\nGood\n"))
    assert refused.value.returncode == 2
    assert Release.objects.get().headline == "Good"


def test_only_formats_that_exist_are_accepted(table):
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("import_releases", "x.docx", "--format", "docx")


def test_translations_may_stand_before_their_originals_and_in_other_files(table):
    first = table("id,translation_of,language,headline\n8,7,tr,Bir\n", "a.csv")
    second = table("id,translation_of,language,headline\n9,7,ar,واحد\n7,,en,One\n", "b.csv")
    assert run(first, second)[0] == "3 new drafts.\n"
    assert set(Release.objects.get(pk=7).translations.values_list("pk", flat=True)) == {8, 9}
    assert run(first, second)[0] == "3 unchanged.\n"
    assert run(first, second, dry_run=True)[0].endswith("3 unchanged.\n")


def test_a_language_counts_for_rows_that_name_none(table):
    run(table("headline\nBir\n"), language="tr")
    assert Release.objects.get().language == "tr"


def test_publishing_is_done_in_somebodys_name(table):
    path = table("headline,body_text,state,first_published_at\nOld,Words.,live,2019-12-18\n")
    with pytest.raises(CommandError, match="name one with --user"):
        run(path, publish=True)
    with pytest.raises(CommandError, match="no active person called “nobody”"):
        run(path, publish=True, user="nobody")
    with pytest.raises(CommandError, match="name one with --user"):
        run(path, publish=True, user=a_person("Editor").username)
    publisher = a_publisher()
    assert run(path, publish=True, user=publisher.username)[0] == "1 published.\n"
    assert Release.objects.get().editions.get().approved_by == publisher


def test_the_first_superuser_publishes_where_nobody_is_named(table, admin_user):
    run(table("headline,body_text,state,first_published_at\nOld,Words.,live,2019-12-18\n"), publish=True)
    assert Release.objects.get().editions.get().approved_by == admin_user


def test_nothing_is_ever_sent(table):
    run(ARCHIVE)
    assert not mail.outbox
