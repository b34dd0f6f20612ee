"""The demonstration newsroom keeps what it promises: every kind, every fate, three languages, and nothing hidden."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import override_settings
from PIL import Image

from releases.demo import days, loading, office, pictures, sources
from releases.documents import Document, compose
from releases.models import (
    Address,
    AuditEvent,
    Contact,
    Correction,
    Edition,
    Event,
    Location,
    Newsroom,
    Release,
    Spokesperson,
    Withdrawal,
)
from releases.states import Kind, State

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)  # a Friday, half past noon in Ankara
LANGUAGES = ("en", "tr", "ar")


@pytest.fixture(scope="module")
def loaded(lasting, tmp_path_factory):
    """Where the pictures are, and how many releases: the demonstration, loaded once."""
    media = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=media):
        return media, loading.load(NOW)


@pytest.fixture
def demo(loaded, db, own_files, settings):
    """The number of releases loaded; what one test changes is undone before the next."""
    settings.MEDIA_ROOT, count = loaded
    return count


def live(**filters):
    return Edition.objects.live(NOW).filter(**filters)


def release(key, language="en"):
    return Release.objects.get(source_id=key, language=language)


def test_thirty_releases_stand_in_three_languages(demo):
    spoken = Counter(Release.objects.values_list("language", flat=True))
    assert demo == sum(spoken.values()) == 32
    assert spoken == {"en": 15, "tr": 10, "ar": 7}


def test_every_kind_of_release_is_public_in_english(demo):
    assert set(live(language="en").values_list("kind", flat=True)) == set(Kind.values)


def test_every_language_has_a_front_page_of_the_last_two_weeks(demo):
    for language in LANGUAGES:
        fresh = live(language=language, first_public_at__gt=NOW - timedelta(days=14))
        assert fresh.count() >= 4


def test_translations_belong_together_and_one_story_was_written_in_turkish(demo):
    health = release("15-saglik-arabuluculari", "ar")
    assert health.translation_of.language == "tr"
    groups = Counter(live().values_list("translation_group", flat=True))
    assert sum(1 for count in groups.values() if count == 3) >= 4


def test_what_is_public_is_complete(demo):
    for edition in live():
        document = Document.read(edition.document)
        for part in ("summary", "body", "dateline", "tags", "contacts", "boilerplates"):
            assert getattr(document, part)
        assert all(quote.title for quote in document.quotes)
        assert document.release_at or edition.number > 1


def test_headlines_are_short_enough_to_print(demo):
    assert all(len(headline.split()) <= 12 for headline in Release.objects.values_list("headline", flat=True))


def test_pictures_tell_what_they_show_in_the_language_of_the_release(demo):
    told = {"en": set(), "tr": set(), "ar": set()}
    for edition in live():
        for picture in Document.read(edition.document).photos:
            assert all([picture.alt_text, picture.caption, picture.credit])
            told[edition.language].add(picture.alt_text)
    assert [len(words) for words in told.values()] == [7, 7, 4]


def test_pictures_are_real_files_of_the_size_that_is_told(demo):
    names = {picture.path for edition in live() for picture in Document.read(edition.document).photos}
    assert len(names) == 7
    for name in names:
        with default_storage.open(name) as file, Image.open(file) as image:
            assert image.size == (pictures.WIDTH, pictures.HEIGHT)


def test_a_correction_has_its_note_and_keeps_the_earlier_edition_readable(demo):
    correction = Correction.objects.get(kind="correction")
    assert "30 months" in correction.note
    assert correction.shows_previous
    now = live(release=release("07-customs-training")).get()
    before = Edition.objects.get(release=now.release, number=1)
    assert now.number == 2
    assert "over the next 30 months" in now.document["body"]
    assert "over the next 24 months" in before.document["body"]
    assert now.first_public_at == before.first_public_at < now.live_from == before.live_until


def test_a_former_address_still_belongs_to_its_release(demo):
    festival = release("05-film-days")
    assert live(release=festival).get().slug == "migration-film-days-close-in-ankara"
    assert set(Address.objects.filter(release=festival).values_list("slug", flat=True)) == {
        "film-days-close-on-migrants-day",
        "migration-film-days-close-in-ankara",
    }


def test_a_withdrawn_release_says_why_and_is_not_public(demo):
    withdrawal = Withdrawal.objects.get()
    assert "cancelled" in withdrawal.reason
    assert not live(release=withdrawal.edition.release).exists()


def test_an_embargo_lifts_tomorrow_at_nine_in_ankara(demo):
    edition = Edition.objects.scheduled(NOW).get()
    assert edition.live_from.astimezone(ZoneInfo("Europe/Istanbul")).isoformat() == "2026-11-21T09:00:00+03:00"


def test_drafts_and_texts_in_review_have_no_edition(demo):
    states = {row.state: row for row in Release.objects.filter(editions=None)}
    assert set(states) == {State.DRAFT, State.IN_REVIEW}
    assert not release("10-lesvos-workshop", "ar").editions.exists()
    assert live(release=release("10-lesvos-workshop")).exists()


def test_one_live_release_has_changes_nobody_approved(demo):
    changed = release("09-winter-kits")
    assert changed.state == State.DRAFT
    assert "900 kits" in compose(changed).body
    assert "900 kits" not in live(release=changed).get().document["body"]


def test_a_title_said_years_ago_stays_as_it_was_said(demo):
    festival = live(release=release("05-film-days")).get()
    assert Document.read(festival.document).quotes[0].title == "Deputy Chief of Mission"
    assert Spokesperson.objects.get(slug="leyla-karasu").name_row("en").title == "Chief of Mission"


def test_what_only_hidden_work_knows_is_not_public(demo):
    assert not Location.objects.public(NOW).filter(slug__in=["edirne", "istanbul", "mersin"]).exists()
    assert not Event.objects.public(NOW).filter(slug__in=["urban-survey-launch", "skills-fair-mersin"]).exists()
    assert not Spokesperson.objects.public(NOW).filter(slug="cem-ardic").exists()


def test_places_lie_in_places_and_answer_to_other_names(demo):
    cesme, izmir = Location.objects.get(slug="cesme"), Location.objects.get(slug="izmir")
    assert [place.slug for place in cesme.ancestors()] == ["aegean-region", "turkiye"]
    assert {name.folded for name in izmir.names.all()} >= {"izmir", "smyrna"}
    for place in Location.objects.all():
        assert place.latitude is not None
        assert {name.language for name in place.names.all() if not name.is_alias} == set(LANGUAGES)


def test_datelines_are_told_in_the_language_of_the_release(demo):
    told = {
        language: live(release=release("01-night-shifts", language)).get().card["dateline"] for language in LANGUAGES
    }
    assert told == {"en": "Ankara/Athens", "tr": "Ankara/Atina", "ar": "أنقرة/أثينا"}
    assert live(release=release("02-cesme-statement")).get().card["dateline"] == "Çeşme, Western Türkiye"


def test_an_invitation_lies_ahead_on_a_working_day(demo):
    visit = Event.objects.get(slug="izmir-warehouse-press-visit")
    assert visit.is_invitation
    assert NOW < visit.accreditation_deadline < visit.starts_at < visit.ends_at
    assert visit.starts_at.weekday() < 5
    body = live(release=release("03-warehouse-visit", "tr")).get().document["body"]
    assert "1 Aralık Salı günü" in body
    assert Event.objects.get(slug="aegean-rescue-workshop").status == "postponed"


def test_observances_come_round_every_year(demo):
    yearly = Event.objects.filter(recurs_yearly=True)
    assert sorted(event.starts_on.isoformat() for event in yearly) == ["2026-12-18", "2027-07-30"]


def test_contacts_answer_in_their_own_language_at_numbers_that_ring_nowhere(demo):
    assert set(Contact.objects.values_list("language", flat=True)) == set(LANGUAGES)
    for contact in Contact.objects.all():
        assert contact.email.endswith("@example.org")
        assert " 555 01 " in contact.phone
        assert contact.on_site


def test_the_demonstration_says_what_it_is_in_every_language(demo):
    newsroom = Newsroom.current()
    assert [newsroom.name_in(language) for language in LANGUAGES] == [
        "Anatolia Migration and Relief Office",
        "Anadolu Göç ve Yardım Ofisi",
        "مكتب الأناضول للهجرة والإغاثة",
    ]
    assert all("<strong>" in newsroom.about_in(language) for language in LANGUAGES)


def test_nobody_of_the_demonstration_desk_can_log_in(demo):
    people = get_user_model().objects.filter(username__startswith="demo.")
    assert people.count() == 3
    assert not any(person.is_active or person.is_staff or person.has_usable_password() for person in people)


def test_two_people_stand_behind_every_edition_and_history_lies_in_the_past(demo):
    for edition in Edition.objects.all():
        assert edition.submitted_by_id != edition.approved_by_id
        assert not edition.forced_reason
    assert not AuditEvent.objects.filter(at__gt=NOW).exists()


def test_loading_again_replaces_the_demonstration_by_a_fresh_one(demo):
    before = set(Release.objects.values_list("pk", flat=True))
    nouns = [model.objects.count() for model in (Location, Event, Spokesperson, Contact)]
    assert loading.load(NOW + timedelta(days=30)) == demo
    assert not before & set(Release.objects.values_list("pk", flat=True))
    assert nouns == [model.objects.count() for model in (Location, Event, Spokesperson, Contact)]
    assert Edition.objects.scheduled(NOW + timedelta(days=30)).count() == 1


def test_loading_only_into_an_empty_newsroom_does_nothing_where_releases_are(demo):
    before = set(Release.objects.values_list("pk", flat=True))
    call_command("load_demo", if_empty=True)
    assert before == set(Release.objects.values_list("pk", flat=True))


def test_real_work_is_never_touched(demo):
    Release.objects.create(headline="Something of our own", slug="something-of-our-own")
    before = set(Release.objects.values_list("pk", flat=True))
    with pytest.raises(CommandError, match="1 release here is not part of the demonstration"):
        call_command("load_demo")
    assert before == set(Release.objects.values_list("pk", flat=True))


def test_a_newsroom_that_has_a_name_keeps_it(demo):
    Newsroom.objects.update(names={"en": "Our own office"}, about={})
    office.name_newsroom()
    assert Newsroom.current().name_in("en") == "Our own office"


def test_days_are_counted_from_the_day_of_loading():
    friday = NOW.date()
    assert days.day("+1b", friday).isoformat() == "2026-11-23"
    assert days.day("-5b", friday).isoformat() == "2026-11-13"
    assert days.day("-3d", friday).isoformat() == "2026-11-17"
    assert days.day("last 07-30", friday).isoformat() == "2026-07-30"
    assert days.day("last 12-18", friday).isoformat() == "2025-12-18"
    assert days.told("Until [[+7b]].", "en", friday) == "Until Tuesday 1 December."


def test_blocks_of_text_become_paragraphs():
    assert sources.html("One\nline.\n\n<h2>Two</h2>\n\nThree.") == "<p>One line.</p>\n<h2>Two</h2>\n<p>Three.</p>"
