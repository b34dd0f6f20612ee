"""`export_releases`: every row of the filter, in one order, at a fixed number of questions a batch."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from releases import workflow
from releases.documents import Happening, Place, Quotation
from releases.exports import csv as writer
from releases.exports.rows import rows
from releases.models import AuditEvent, Release, Revision
from tests import builders

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 1, 9, tzinfo=UTC)


def run(**options):
    out = io.StringIO()
    call_command("export_releases", stdout=out, **options)
    return out.getvalue()


def table(**options):
    return list(csv.DictReader(io.StringIO(run(no_bom=True, **options), newline="")))


def headlines(**options):
    return {row["headline"] for row in table(**options)}


def test_the_file_is_what_spreadsheets_want():
    builders.a_draft(headline="=1+1", summary='Say "yes", or\nno')
    text = run()
    assert text.startswith("\ufeffid,translation_of,language,kind,state,headline")
    assert text.endswith("\r\n")
    assert ",'=1+1," in text
    assert ',"Say ""yes"", or\nno",' in text
    assert run(no_bom=True) == text[1:]


def test_the_delimiter_may_be_a_semicolon_or_a_tab():
    builders.a_draft(headline="Boats; ships, rafts\tfloats")
    assert ";headline;" in run(delimiter=";")
    assert ';"Boats; ships, rafts floats";' in run(delimiter=";")
    assert "\theadline\t" in run(delimiter="tab")
    with pytest.raises(CommandError, match="delimiter"):
        run(delimiter="|")


def test_a_row_tells_all_of_a_release(settings):
    settings.SITE_URL = "https://news.example"
    release = builders.a_live_release(
        since=AT,
        time_zone="Europe/Istanbul",
        places=(Place(name="Çeşme", region="Western Turkey"), Place(name="Athens", in_dateline=False)),
        events=(Happening(name="Harbour Forum"), Happening(name="Boat Day")),
        quotes=(Quotation(name="Ayla Demir", title="Head", organisation="IOM", words="We came."),) * 2,
        tags=("winter", "rescue"),
    )
    (row,) = table()
    assert row["id"] == str(release.pk)
    assert row["state"] == "live"
    assert row["dateline"] == "Çeşme, Western Turkey –"
    assert row["locations"] == "Çeşme, Western Turkey | Athens"
    assert row["events"] == "Harbour Forum | Boat Day"
    assert row["spokespersons"] == "Ayla Demir (Head, IOM)"
    assert row["tags"] == "rescue | winter"
    assert row["contacts"] == "Deniz Kaya <press@example.org> +90 312 555 01 23"
    assert row["release_at"] == row["first_published_at"] == row["updated_at"] == "2026-05-01T12:00:00+03:00"
    assert row["time_zone"] == "Europe/Istanbul"
    assert row["edition"] == "1"
    assert row["url"] == f"https://news.example/en/releases/{release.slug}/"
    assert row["body_html"].startswith("<p>The harbour")
    assert row["body_text"].startswith("The harbour")


def test_a_dateline_as_it_came_is_told_until_its_places_change():
    release = builders.a_draft(places=(Place(name="Ankara"),), dateline_raw="ANKARA—")
    assert table()[0]["dateline"] == "ANKARA—"
    builders.a_draft(places=(Place(name="Athens"),))
    release.places.update(location=Release.objects.exclude(pk=release.pk).get().places.get().location)
    assert {row["dateline"] for row in table()} == {"Athens –"}


def test_states_are_those_of_the_world_at_that_moment():
    builders.a_draft(headline="Draft")
    builders.a_release_in_review(headline="Review")
    builders.an_embargoed_release(headline="Later")
    builders.a_live_release(headline="Live")
    builders.withdraw(builders.a_live_release(headline="Gone"))
    corrected = builders.a_live_release(headline="Put right")
    builders.correct(corrected)
    told = {row["headline"]: row for row in table()}
    assert {headline: row["state"] for headline, row in told.items()} == {
        "Draft": "draft",
        "Review": "in_review",
        "Later": "scheduled",
        "Live": "live",
        "Gone": "withdrawn",
        "Put right": "live",
    }
    for headline in ("Draft", "Review", "Later"):
        assert [told[headline][name] for name in ("first_published_at", "updated_at", "edition", "url")] == [""] * 4
    assert told["Put right"]["edition"] == "2"
    assert told["Put right"]["updated_at"] > told["Put right"]["first_published_at"]
    assert told["Gone"]["url"]
    for state in {row["state"] for row in told.values()}:
        assert headlines(state=state) == {headline for headline, row in told.items() if row["state"] == state}


def test_filters_narrow_by_language_place_event_person_and_tag():
    builders.a_draft(headline="One", places=(Place(name="Çeşme", region="İzmir Province"),), tags=("winter aid",))
    builders.a_draft(headline="Two", language="tr", events=(Happening(name="Boat Day"),), places=())
    builders.a_draft(headline="Three", quotes=(Quotation(name="Umut Can"),), places=())
    assert headlines(language="tr") == {"Two"}
    assert headlines(location="cesme") == {"One"}
    assert headlines(location="Izmir province") == {"One"}
    assert headlines(event="boat-day") == {"Two"}
    assert headlines(spokesperson="UMUT CAN") == {"Three"}
    assert headlines(tag="winter-aid") == headlines(tag="Winter aid") == {"One"}
    assert headlines(tag="winter aid", language="tr") == set()
    with pytest.raises(CommandError, match="There is no location called “Atlantis”") as refused:
        table(location="Atlantis")
    assert refused.value.returncode == 2


def test_the_period_includes_both_its_days_in_the_newsrooms_zone():
    builders.a_draft(headline="Eve", release_at=datetime(2026, 4, 30, 20, 59, 59, tzinfo=UTC))
    builders.a_draft(headline="First", release_at=datetime(2026, 4, 30, 21, tzinfo=UTC))
    builders.a_draft(headline="Last", release_at=datetime(2026, 5, 1, 20, 59, 59, tzinfo=UTC))
    builders.a_draft(headline="After", release_at=datetime(2026, 5, 1, 21, tzinfo=UTC))
    builders.a_draft(headline="Undated")
    assert headlines(since="2026-05-01", until="2026-05-01") == {"First", "Last"}
    assert headlines(since="2026-05-01T00:00:01+03:00") == {"Last", "After"}
    with pytest.raises(CommandError, match="“soon” is not a date"):
        table(since="soon")


def test_originals_come_before_translations_each_by_number():
    originals = [builders.a_draft() for _ in range(4)]
    for original in originals:
        workflow.start_translation(original, builders.a_reporter(), "tr")
    found = [(row["translation_of"] != "", int(row["id"])) for row in table()]
    assert found == sorted(found)


def test_an_export_writes_nothing_into_the_archive():
    builders.a_draft()
    before = Revision.objects.count(), AuditEvent.objects.count()
    run()
    assert (Revision.objects.count(), AuditEvent.objects.count()) == before


def test_a_file_is_written_where_it_is_asked_for(tmp_path):
    builders.a_draft(headline="Çeşme")
    assert run(output=tmp_path / "out.csv") == ""
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")
    assert "Çeşme".encode() in (tmp_path / "out.csv").read_bytes()


def questions():
    with CaptureQueriesContext(connection) as asked:
        text = "".join(writer.lines(rows(Release.objects.all(), timezone.now())))
    return len(asked), text.count("\r\n")


def test_fifty_rows_ask_no_more_of_the_database_than_one():
    builders.a_draft()
    one = questions()[0]
    for _ in range(12):
        builders.a_draft(places=(Place(name="Çeşme", region="Western Turkey"),))
    asked, told = questions()
    assert told == 14
    assert asked == one == 13


def test_batches_do_not_lose_or_double_a_row(monkeypatch):
    monkeypatch.setattr("releases.exports.rows.BATCH", 2)
    numbers = {str(builders.a_draft().pk) for _ in range(7)}
    found = [row["id"] for row in table()]
    assert len(found) == 7
    assert set(found) == numbers


def test_only_formats_that_exist_are_accepted():
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("export_releases", "--format", "xlsx")


def test_what_is_scheduled_is_told_live_from_its_second_on():
    hour = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    builders.an_embargoed_release(moment=hour)
    told = {at: next(rows(Release.objects.all(), at))[0].state for at in (hour - timedelta(seconds=1), hour)}
    assert list(told.values()) == ["scheduled", "live"]
