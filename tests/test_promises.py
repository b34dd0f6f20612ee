"""What the database itself refuses, on either engine."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from releases import search, workflow
from releases.models import Address, AuditEvent, Edition, Location, Newsroom, Photo, Release, ReleaseLocation, Revision
from tests.builders import DAY, a_draft, a_live_release, a_publisher, an_embargoed_release, edit

pytestmark = pytest.mark.django_db


def another(edition, **changes):
    """A copy of an edition row with another id and number."""
    columns = {field.attname: getattr(edition, field.attname) for field in Edition._meta.concrete_fields}
    return Edition(**{**columns, "id": edition.id + 1, "number": 9, **changes})


def refused(action):
    with pytest.raises(IntegrityError), transaction.atomic():
        action()


@pytest.mark.parametrize(("start", "end"), [(-2, None), (0, 1), (1, None), (-1, 1), (-1, None), (3, 4)])
def test_windows_of_one_release_do_not_overlap(start, end):
    release = a_live_release()
    edition = release.editions.get()
    Edition.objects.filter(pk=edition.pk).update(live_until=edition.live_from + 10 * DAY)
    window = {
        "live_from": edition.live_from + start * DAY,
        "live_until": None if end is None else edition.live_from + end * DAY,
        "first_public_at": edition.live_from - 9 * DAY,
    }
    refused(another(edition, **window).save)
    another(edition, **{**window, "live_from": edition.live_from + 10 * DAY, "live_until": None}).save()


def test_a_window_cannot_be_stretched_over_another():
    release = a_live_release()
    first = release.editions.get()
    Edition.objects.filter(pk=first.pk).update(live_until=first.live_from + DAY)
    another(first, live_from=first.live_from + 2 * DAY).save()
    refused(lambda: Edition.objects.filter(pk=first.pk).update(live_until=first.live_from + 3 * DAY))


def test_a_release_has_one_open_ended_edition():
    edition = a_live_release().editions.get()
    refused(another(edition, live_from=edition.live_from + DAY, first_public_at=edition.live_from).save)


def test_a_window_has_a_length():
    edition = a_live_release().editions.get()
    refused(lambda: Edition.objects.filter(pk=edition.pk).update(live_until=edition.live_from))


@pytest.mark.parametrize(
    "column", ["document", "headline", "slug", "live_from", "digest", "number", "first_public_at"]
)
def test_an_edition_is_never_changed(column):
    edition = a_live_release().editions.get()
    value = {"document": {}, "live_from": timezone.now(), "first_public_at": timezone.now(), "number": 3}
    refused(lambda: Edition.objects.filter(pk=edition.pk).update(**{column: value.get(column, "x")}))


def test_history_is_never_changed():
    a_live_release()
    refused(lambda: Revision.objects.update(digest="x"))
    refused(lambda: AuditEvent.objects.update(reason="x"))


def test_addresses_are_unique_in_their_language_and_have_one_owner():
    release = a_live_release(slug="boats")
    draft = a_draft(slug="ships")
    refused(lambda: Release.objects.filter(pk=draft.pk).update(slug="boats"))
    refused(lambda: Address.objects.create(language="en", slug="boats", release=draft))
    assert Address.objects.create(language="tr", slug="boats", release=release)


def test_ordered_rows_do_not_share_a_place():
    release = a_draft()
    row = release.places.get()
    elsewhere = Location.objects.create(slug="elsewhere")
    refused(lambda: ReleaseLocation.objects.create(release=release, location=elsewhere, order=row.order))


def test_one_picture_leads():
    release = a_draft()
    Photo.objects.create(release=release, file="files/a/1.jpg", order=0, is_lead=True)
    refused(lambda: Photo.objects.create(release=release, file="files/a/2.jpg", order=1, is_lead=True))


def test_the_newsroom_is_one_row():
    refused(Newsroom(id=2).save)


def test_the_same_source_record_lands_once():
    a_draft(source="wire", source_id="7")
    other = a_draft(source="wire", source_id="8")
    refused(lambda: Release.objects.filter(pk=other.pk).update(source_id="7"))


def test_a_published_release_cannot_be_deleted_by_any_door():
    release = a_live_release()
    with pytest.raises(ProtectedError):
        release.delete()


def test_ids_do_not_count():
    ids = [a_draft().pk for _ in range(4)]
    assert max(ids) > 2**32 or min(ids) > 2**20
    assert ids != sorted(ids) or ids[1] - ids[0] > 1
    assert all(number < 2**52 for number in ids)


def test_taking_an_edition_away_takes_its_searchable_words():
    release = an_embargoed_release(headline="Unrepeatable zeppelin")
    assert search.matching(Edition.objects.all(), "zeppelin").exists()
    workflow.call_off(release, a_publisher())
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM releases_editionsearch")
        assert cursor.fetchone() == (0,)


def test_an_edited_release_is_found_by_its_new_words_only():
    release = a_draft(headline="Unrepeatable zeppelin", slug="z")
    edit(release, headline="Ordinary balloon")
    assert not search.matching(Release.objects.all(), "zeppelin").exists()
    assert search.matching(Release.objects.all(), "ORDINARY ball").get() == release


def test_the_window_of_a_second_is_the_shortest():
    edition = a_live_release().editions.get()
    Edition.objects.filter(pk=edition.pk).update(live_until=edition.live_from + timedelta(seconds=1))
    assert Edition.objects.live(edition.live_from).exists()
    assert not Edition.objects.live(edition.live_from + timedelta(seconds=1)).exists()


def test_the_last_word_of_a_search_may_be_unfinished_but_a_single_letter_is_a_word():
    release = a_draft(headline="Group B reaches Bandırma", slug="group")
    a_draft(headline="Boats at dawn", slug="boats")
    assert search.matching(Release.objects.all(), "group bandir").get() == release
    assert search.matching(Release.objects.all(), "b").get() == release
