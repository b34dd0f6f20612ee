"""What an import does to the archive: a row lands whole, changes only what it says, or is refused with reasons."""

import csv as table
import io

import pytest
from django.utils import timezone

from releases import workflow
from releases.documents import Place, Quotation, compose
from releases.exports import csv as writer
from releases.exports.rows import rows
from releases.imports import csv
from releases.imports.intake import Change, Fate, Intake
from releases.models import AuditEvent, Location, LocationName, Newsroom, Release, Revision, Tag
from tests import builders

pytestmark = pytest.mark.django_db


def take(*found, **options):
    """Lands rows given as dicts of cells; the first names the columns."""
    text = io.StringIO()
    lines = table.DictWriter(text, found[0])
    lines.writeheader()
    lines.writerows(found)
    return Intake(**options).take(list(csv.parse(io.BytesIO(text.getvalue().encode()), "table.csv").records))


def take_one(options=None, **cells):
    (outcome,) = take({"headline": "Boats arrive", **cells}, **(options or {}))
    return outcome


def landed(**cells):
    outcome = take_one(**cells)
    assert outcome.fate == Fate.LAND, outcome.reasons
    return Release.objects.get(pk=outcome.release)


def reasons(outcome):
    assert outcome.fate == Fate.REFUSE
    return {problem.column: problem.sentence for problem in outcome.reasons}


def exported(release):
    text = "".join(writer.lines(rows(Release.objects.filter(pk=release.pk), timezone.now()), bom=False))
    return next(table.DictReader(io.StringIO(text, newline="")))


# What a row says


def test_only_a_headline_is_needed():
    release = landed()
    assert (release.language, release.kind, release.state) == ("en", "press_release", "draft")
    assert release.time_zone == Newsroom.current().time_zone
    assert release.release_at is None


def test_an_unknown_number_becomes_the_number_of_the_new_release():
    assert landed(id="77").pk == 77


def test_plain_text_becomes_paragraphs_and_nothing_of_it_is_lost():
    text = "“At dawn’’ – Çeşme\u00a0(26-27/11) & <more>\nsecond line\n\nAntónio"
    release = landed(body_text=text)
    assert release.body.count("<p>") == 2
    assert compose(release).body_text == text


def test_html_wins_over_text_and_the_difference_is_told():
    outcome = take_one(body_html="<p>One</p>", body_text="Other")
    assert compose(Release.objects.get()).body_text == "One"
    assert "body_html" in outcome.warnings[0]
    assert not take_one(body_html="<p>One</p>", body_text="One").warnings


def test_notes_without_markup_are_paragraphs():
    assert landed(notes_to_editors="One & two\n\nThree").notes_to_editors == "<p>One &amp; two</p><p>Three</p>"


def test_a_date_without_a_time_is_the_first_moment_of_that_day_in_the_rows_zone():
    release = landed(release_at="2019-12-18", time_zone="America/New_York")
    assert release.release_at.isoformat() == "2019-12-18T05:00:00+00:00"


def test_places_named_in_the_dateline_are_told_in_it_and_the_others_are_not():
    release = landed(dateline="ANKARA/Athens –", locations="Ankara | Athens | Lesvos")
    assert [(place.name, place.in_dateline) for place in compose(release).places] == [
        ("Ankara", True),
        ("Athens", True),
        ("Lesvos", False),
    ]
    assert release.dateline_raw == "ANKARA/Athens –"


def test_a_place_with_its_region_is_one_place_in_a_tree():
    release = landed(dateline="Çeşme, Western Turkey –", locations="Çeşme, Western Turkey")
    (place,) = compose(release).places
    assert (place.name, place.region, place.in_dateline) == ("Çeşme", "Western Turkey", True)
    assert Location.objects.count() == 2


def test_a_dateline_may_use_another_name_of_a_place():
    builders.a_draft(places=(Place(name="İzmir"),))
    LocationName.objects.create(location=Location.objects.get(), language="en", text="Smyrna", is_alias=True)
    outcome = take_one(dateline="Smyrna –", locations="Izmir")
    assert compose(Release.objects.get(pk=outcome.release)).places[0].in_dateline
    assert not outcome.warnings


def test_a_dateline_without_a_column_of_locations_makes_its_places():
    assert [place.told for place in compose(landed(dateline="Çeşme, Western Turkey –")).places] == [
        "Çeşme, Western Turkey"
    ]


def test_a_dateline_that_names_a_place_beside_the_locations_is_kept_and_told():
    outcome = take_one(dateline="Ankara/Athens –", locations="Ankara")
    assert "“Athens”, which is not among the locations" in outcome.warnings[0]
    assert Release.objects.get().dateline_raw == "Ankara/Athens –"
    assert Location.objects.count() == 1


def test_names_that_fold_alike_are_one_place_and_each_language_keeps_its_own():
    landed(locations="Izmir")
    turkish = landed(language="tr", locations="İzmir")
    assert Location.objects.count() == 1
    assert exported(turkish)["locations"] == "İzmir"
    assert landed(headline="Other", locations="IZMIR").places.count() == 1
    assert LocationName.objects.count() == 2


# Which release a row speaks of


def test_a_row_taken_twice_changes_nothing():
    row = {"headline": "Boats", "body_text": "At dawn.", "locations": "Ankara", "source": "s", "source_id": "1"}
    take(row)
    before = Revision.objects.count(), AuditEvent.objects.count(), list(Release.objects.values())
    (again,) = take(row)
    assert again.fate == Fate.SKIP
    assert (Revision.objects.count(), AuditEvent.objects.count(), list(Release.objects.values())) == before


def test_a_row_without_any_identity_taken_twice_changes_nothing():
    row = {"headline": "Boats", "body_text": "At dawn.", "locations": "Ankara", "release_at": "2019-12-18"}
    assert [take(row)[0].fate for _ in range(2)] == [Fate.LAND, Fate.SKIP]
    assert take({**row, "body_text": "At dusk."})[0].change == Change.NEW


def test_a_changed_row_is_a_new_revision_of_the_release_with_its_source():
    first = landed(source="s", source_id="1")
    outcome = take_one(source="s", source_id="1", summary="New words")
    assert (outcome.release, outcome.change) == (first.pk, Change.CHANGED)
    assert [revision.number for revision in first.revisions.all()] == [2, 1]
    assert AuditEvent.objects.first().verb == "import"


def test_the_same_source_number_in_another_language_is_another_release():
    assert landed(source="s", source_id="1").pk != landed(source="s", source_id="1", language="tr").pk


def test_the_number_of_the_release_goes_before_its_source():
    first = builders.a_draft()
    assert take_one(id=str(first.pk), source="s", source_id="1").release == first.pk


def test_a_live_release_stays_as_it_is_and_its_working_copy_falls_back_to_draft():
    release = builders.a_live_release()
    outcome = take_one(id=str(release.pk))
    release.refresh_from_db()
    assert outcome.change == Change.CHANGED
    assert release.state == "draft"
    assert release.editions.get().headline != "Boats arrive"


# What a row leaves alone


def test_a_column_that_is_missing_leaves_its_field_alone_and_an_empty_cell_clears_it():
    release = builders.a_draft()
    before = compose(release)
    take_one(id=str(release.pk))
    assert compose(Release.objects.get()) == before.but(headline="Boats arrive")
    empty = dict.fromkeys(["summary", "locations", "events", "spokespersons", "tags", "contacts", "body_html"], "")
    take_one(id=str(release.pk), notes_to_editors="", **empty)
    after = compose(Release.objects.get())
    assert [after.summary, after.body, after.notes_to_editors] == ["", "", ""]
    assert {after.places, after.events, after.quotes, after.tags, after.contacts} == {()}
    assert after.slug == before.slug


def test_speakers_who_stay_keep_their_words():
    said = (Quotation(name="Ayla Demir", words="We came."), Quotation(name="Deniz Kaya", words="We saw."))
    release = builders.a_draft(quotes=said)
    take_one(id=str(release.pk), spokespersons="Umut Can (Chief, IOM) | Ayla Demir (Head)")
    quotes = compose(Release.objects.get()).quotes
    assert [(quote.name, quote.title, quote.words) for quote in quotes] == [
        ("Umut Can", "Chief", ""),
        ("Ayla Demir", "Head", "We came."),
    ]


def test_a_cell_that_says_what_export_says_leaves_the_rows_alone():
    release = builders.a_draft(places=(Place(name="Washington, D.C."), Place(name="Ankara", in_dateline=False)))
    before = compose(release)
    cells = exported(release)
    take_one(id=str(release.pk), locations=cells["locations"], dateline=cells["dateline"], contacts=cells["contacts"])
    assert compose(Release.objects.get()) == before.but(headline="Boats arrive")


def test_a_new_dateline_moves_the_places_it_names():
    release = builders.a_draft(places=(Place(name="Ankara"), Place(name="Athens", in_dateline=False)))
    take_one(id=str(release.pk), dateline="Athens –")
    assert [place.in_dateline for place in compose(Release.objects.get()).places] == [False, True]


# What is refused


def test_every_reason_is_told_at_once_each_with_its_column():
    taken = builders.a_draft(slug="boats")
    bad = {"headline": " ", "kind": "poem", "release_at": "soon", "time_zone": "Mars/Base", "translation_of": "x"}
    outcome = take_one(**bad, slug=taken.slug, contacts="Deniz <d", tags="t" * 200, id="9")
    assert set(reasons(outcome)) == {
        *("headline", "kind", "release_at", "time_zone", "translation_of", "contacts", "tags"),
        "",
    }
    assert not Release.objects.filter(pk=9).exists()
    assert not Tag.objects.filter(name__startswith="ttt").exists()


@pytest.mark.parametrize("time", ["2026-03-29 02:30", "2026-10-25 02:30"])
def test_a_time_the_clocks_skip_or_show_twice_is_refused_with_both_candidates(time):
    reason = reasons(take_one(release_at=time, time_zone="Europe/Berlin"))["release_at"]
    assert "+01:00" in reason
    assert "+02:00" in reason


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("language", "Turkish!", "not a language code"),
        ("id", "seven", "not a number"),
        ("id", "3,0577E+15", "spreadsheet has shortened"),
        ("translation_of", "12345", "no release with the number 12345"),
        ("slug", "a b", "Letters, digits and hyphens"),
        ("contacts", "Deniz <no address> 1", "valid email"),
        ("headline", "h" * 301, "300"),
        ("spokespersons", "n" * 201, "200"),
        ("locations", "n" * 201, "200"),
    ],
)
def test_a_bad_cell_is_refused_by_its_column(column, cell, sentence):
    outcome = take_one(**{column: cell})
    assert sentence in reasons(outcome)[column]
    assert not Release.objects.exists()


def test_good_rows_land_beside_bad_ones():
    outcomes = take(*({"headline": said, "summary": "x"} for said in ("One", "", "Two")))
    assert [outcome.fate for outcome in outcomes] == [Fate.LAND, Fate.REFUSE, Fate.LAND]
    assert Release.objects.count() == 2


def test_a_refused_row_leaves_none_of_its_names_behind():
    take_one(locations="Nowhere", release_at="soon")
    assert not Location.objects.exists()


def test_a_language_nobody_reads_here_lands_with_a_warning():
    assert "does not offer" in take_one(language="eo").warnings[0]


# Rehearsal and publication


def test_a_rehearsal_tells_the_fates_and_writes_nothing():
    found = [{"headline": "One", "id": "7", "translation_of": ""}, {"headline": "", "id": "8", "translation_of": ""}]
    outcomes = take(*found, rehearse=True)
    assert [outcome.fate for outcome in outcomes] == [Fate.LAND, Fate.REFUSE]
    assert not Release.objects.exists()


def test_a_rehearsed_translation_knows_the_original_that_was_rehearsed_before():
    intake = Intake(rehearse=True)
    original, translation, stray = csv.parse(
        io.BytesIO(b"id,translation_of,language,headline\n7,,en,One\n8,7,tr,Bir\n9,6,tr,Yok\n"), "table.csv"
    ).records
    fates = [intake.take([record])[0].fate for record in (original, translation, stray)]
    assert fates == [Fate.LAND, Fate.LAND, Fate.REFUSE]


def published(**cells):
    return take_one({"publish": True, "by": builders.a_publisher()}, body_text="At dawn.", **cells)


def test_what_was_live_becomes_public_under_its_old_date():
    outcome = published(state="live", first_published_at="2019-12-18T10:00:00+03:00", release_at="2019-12-01")
    release = Release.objects.get()
    assert outcome.change == Change.PUBLISHED
    assert exported(release)["first_published_at"] == "2019-12-18T10:00:00+03:00"
    assert exported(release)["state"] == "live"
    assert exported(release)["release_at"] == "2019-12-01T00:00:00+03:00"


def test_publishing_again_changes_nothing():
    cells = {"state": "live", "first_published_at": "2019-12-18", "source": "s", "source_id": "1"}
    assert [published(**cells).fate for _ in range(2)] == [Fate.LAND, Fate.SKIP]
    assert Release.objects.get().editions.count() == 1


def test_a_draft_that_landed_before_is_published_later():
    cells = {"state": "live", "first_published_at": "2019-12-18", "source": "s", "source_id": "1"}
    take_one(body_text="At dawn.", **cells)
    assert published(**cells).change == Change.PUBLISHED


@pytest.mark.parametrize(
    ("cells", "warning"),
    [
        ({"state": "withdrawn", "first_published_at": "2019-12-18"}, "“withdrawn”"),
        ({"state": "scheduled", "release_at": "2090-12-18"}, "“scheduled”"),
        ({"state": "live", "first_published_at": "2090-12-18"}, "stays a draft"),
        ({"state": "live"}, "stays a draft"),
    ],
)
def test_everything_else_stays_a_draft_and_says_why(cells, warning):
    outcome = published(**cells)
    assert outcome.change == Change.NEW
    assert warning in outcome.warnings[0]
    assert not Release.objects.get().editions.exists()


def test_nothing_is_public_without_being_asked_for():
    take_one(body_text="At dawn.", state="live", first_published_at="2019-12-18")
    assert not Release.objects.get().editions.exists()


def test_an_imported_row_takes_the_way_of_every_other_draft():
    release = landed(body_text="At dawn.", locations="Ankara", dateline="Ankara –")
    workflow.submit(release, builders.a_reporter())
    workflow.approve(release, builders.a_publisher(), compose(release).digest)
    assert exported(release)["state"] == "live"
