"""The desk's verbs: whole or refused with every reason, one line of history each."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from releases import workflow
from releases.documents import Document, Picture, Place, compose
from releases.models import Address, AuditEvent, Correction, Edition, Newsroom, Release, Revision
from releases.workflow import Refused
from tests.builders import (
    DAY,
    a_draft,
    a_live_release,
    a_person,
    a_publisher,
    a_release_in_review,
    a_reporter,
    an_approved_release,
    an_embargoed_release,
    correct,
    edit,
    resubmit,
    withdraw,
)

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def acts(release):
    return list(release.audit.order_by("at", "id").values_list("verb", flat=True))


def windows(release):
    return list(release.editions.order_by("number").values_list("number", "live_from", "live_until"))


def reasons(refusal) -> str:
    return " ".join(map(str, refusal.value.reasons))


def test_a_release_goes_from_draft_through_review_to_the_world():
    release = a_draft()
    author, publisher = a_reporter(), a_publisher()
    now = timezone.now()
    workflow.submit(release, author)
    assert release.state == "in_review"
    edition = workflow.approve(release, publisher, compose(release).digest)
    assert release.state == "approved"
    assert edition.number == 1
    assert Edition.objects.live(now + SECOND).get() == edition
    assert [line.verb for line in release.audit.all()].count("approve") == 1


def test_approval_for_an_hour_ahead_is_public_from_that_second_and_not_before():
    hour = datetime(2031, 5, 1, 9, 0, tzinfo=UTC)
    release = an_embargoed_release(hour)
    assert not Edition.objects.live(hour - SECOND).exists()
    assert Edition.objects.live(hour).get().release_id == release.pk
    assert release.release_at == hour


def test_the_release_moment_is_the_hour_where_the_approver_names_none():
    hour = (timezone.now() + DAY).replace(microsecond=0)
    assert an_approved_release(release_at=hour).editions.get().live_from == hour


def test_moments_are_cut_to_whole_seconds():
    at = datetime(2031, 5, 1, 9, 0, 0, 999_999, tzinfo=UTC)
    edition = a_live_release(at).editions.get()
    assert edition.live_from == edition.approved_at == at.replace(microsecond=0)


def test_a_naive_moment_is_refused():
    release = a_draft()
    release.release_at = datetime(2031, 1, 1)  # noqa: DTZ001  the very mistake
    with pytest.raises(ValueError, match="no time zone"):
        release.save()


def test_every_reason_of_refusal_is_told_at_once():
    release = a_draft(body="", language="de")
    with pytest.raises(Refused) as refusal:
        workflow.submit(release, a_person())
    assert len(refusal.value.reasons) == 3
    assert "body" in reasons(refusal)
    assert "language" in reasons(refusal)
    assert release.state == "draft"


def test_who_submitted_cannot_approve():
    release = a_draft()
    publisher, _other = a_publisher(), a_publisher()
    workflow.submit(release, publisher)
    with pytest.raises(Refused, match="somebody else"):
        workflow.approve(release, publisher, compose(release).digest)
    assert not release.editions.exists()


def test_forcing_takes_a_reason_that_is_recorded():
    release = a_draft()
    publisher, _other = a_publisher(), a_publisher()
    workflow.submit(release, publisher)
    edition = workflow.approve(release, publisher, compose(release).digest, forced_reason="The ship has sunk.")
    assert edition.forced_reason == "The ship has sunk."
    line = release.audit.get(verb="approve")
    assert line.reason == "The ship has sunk."
    assert line.detail["alone"] is True


def test_an_office_with_one_approver_is_not_held_up_and_the_history_says_so():
    release, alone = a_draft(), a_publisher()
    workflow.submit(release, alone)
    workflow.approve(release, alone, compose(release).digest)
    assert release.audit.get(verb="approve").detail["alone"] is True


def test_colleagues_who_left_do_not_count_as_second_readers():
    release, alone = a_draft(), a_publisher()
    a_publisher().__class__.objects.exclude(pk=alone.pk).update(is_active=False)
    workflow.submit(release, alone)
    assert workflow.approve(release, alone, compose(release).digest)


def test_four_eyes_can_be_turned_off():
    Newsroom(id=1, four_eyes=False).save()
    release, publisher, _other = a_draft(), a_publisher(), a_publisher()
    workflow.submit(release, publisher)
    assert workflow.approve(release, publisher, compose(release).digest)


def test_approving_needs_what_was_read_to_be_what_is_there():
    release = a_release_in_review()
    read = compose(release).digest
    release.quotes.update(words="We never came.")
    with pytest.raises(Refused, match="changed since you read it"):
        workflow.approve(release, a_publisher(), read)
    with pytest.raises(Refused, match="changed since you read it"):
        workflow.approve(release, a_publisher(), compose(release).digest)


@pytest.mark.parametrize(
    "change",
    [
        lambda release: edit(release, headline="Other words"),
        lambda release: edit(release, release_at=timezone.now() + 3 * DAY),
        lambda release: edit(release, time_zone="UTC"),
        lambda release: (release.tags.clear(), workflow.record(release, None)),
        lambda release: (release.press_contacts.all().delete(), workflow.record(release, None)),
        lambda release: (release.places.all().delete(), workflow.record(release, None)),
        lambda release: (release.quotes.update(title="Former Head"), workflow.record(release, None)),
        lambda release: (
            release.photos.create(file="files/a/b.jpg", order=0, sha256="0"),
            workflow.record(release, None),
        ),
        lambda release: (release.attachments.create(file="files/a/b.pdf", title="x"), workflow.record(release, None)),
        lambda release: edit(release, translation_of=a_draft(language="tr")),
    ],
)
@pytest.mark.parametrize("make", [a_release_in_review, an_embargoed_release, a_live_release])
def test_any_change_after_submission_unpins_it_and_what_was_approved_stays_as_it_was(make, change):
    release = make()
    before = list(release.editions.values())
    change(release)
    release.refresh_from_db()
    assert release.state == "draft"
    assert release.pinned_digest == ""
    assert list(release.editions.values()) == before
    assert "reopen" in acts(release)


def test_past_hours_are_refused():
    release = a_release_in_review()
    with pytest.raises(Refused, match="has passed"):
        workflow.approve(release, a_publisher(), compose(release).digest, moment=timezone.now() - 5 * SECOND)


def test_send_back_needs_a_reason_and_leads_to_draft():
    release = a_release_in_review()
    with pytest.raises(Refused, match="Say why"):
        workflow.send_back(release, a_publisher(), " ")
    workflow.send_back(release, a_publisher(), "The figure is missing.")
    assert release.state == "draft"
    assert release.audit.get(verb="send_back").reason == "The figure is missing."


def test_rescheduling_moves_the_hour_and_nothing_else():
    release = an_embargoed_release()
    words = release.editions.get().document["body"]
    hour = (timezone.now() + 5 * DAY).replace(microsecond=0)
    workflow.reschedule(release, a_publisher(), hour)
    assert windows(release) == [(1, hour, None)]
    assert release.editions.get().document["body"] == words
    assert (release.release_at, release.state) == (hour, "approved")
    assert compose(release).digest == release.pinned_digest == release.editions.get().digest
    assert release.revisions.first().digest == release.pinned_digest


def test_rescheduling_carries_a_correction_along():
    release = a_live_release()
    edit(release, body="<p>Right.</p>", release_at=timezone.now() + DAY)
    workflow.approve(release, a_publisher(), resubmit(release))
    workflow.reschedule(release, a_publisher(), timezone.now() + 2 * DAY)
    assert [number for number, *_ in windows(release)] == [1, 2]
    assert windows(release)[0][2] == windows(release)[1][1]


def test_calling_off_leaves_nothing_that_could_become_public():
    release = an_embargoed_release()
    workflow.call_off(release, a_publisher(), "The minister fell ill.")
    assert not Edition.objects.exists()
    assert not Address.objects.exists()
    assert release.state == "draft"
    assert release.audit.get(verb="call_off").reason == "The minister fell ill."


def test_calling_off_a_new_edition_keeps_the_live_one_open_ended():
    release = a_live_release()
    edit(release, headline="New words", release_at=timezone.now() + DAY)
    workflow.approve(release, a_publisher(), resubmit(release))
    assert windows(release)[0][2] is not None
    workflow.call_off(release, a_publisher())
    assert [until for *_, until in windows(release)] == [None]


def test_a_second_approval_before_the_hour_replaces_the_first():
    release = an_embargoed_release()
    edit(release, headline="Better words")
    workflow.approve(release, a_publisher(), resubmit(release))
    assert release.editions.get().headline == "Better words"
    assert release.editions.get().number == 1


def test_a_correction_ends_one_window_where_the_next_begins_and_keeps_the_order_of_lists():
    first = timezone.now() - 2 * DAY
    release = a_live_release(first)
    correct(release, note="Three boats, not two.", at=first + DAY)
    (one, started, ended), (two, restarted, open_ended) = windows(release)
    assert (one, two, ended, open_ended) == (1, 2, restarted, None)
    assert set(release.editions.values_list("first_public_at", flat=True)) == {started}
    note = release.editions.get(number=2).corrections[-1]
    assert (note["note"], note["edition"], note["previous"]) == ("Three boats, not two.", 2, 1)
    assert Correction.objects.get().note == "Three boats, not two."


def test_two_corrections_in_one_second_are_one_too_many():
    at = timezone.now().replace(microsecond=0)
    release = a_live_release(at)
    correct(release, at=at + SECOND, body="<p>Three.</p>")
    with pytest.raises(Refused, match="Try again in a moment"):
        correct(release, at=at + SECOND, body="<p>Four.</p>")
    correct(release, at=at + 2 * SECOND, body="<p>Five.</p>")
    assert [begun for _, begun, _ in windows(release)] == [at, at + SECOND, at + 2 * SECOND]


def test_a_correction_without_a_note_is_refused():
    release = a_live_release()
    edit(release, headline="x")
    with pytest.raises(Refused, match="what was wrong"):
        workflow.correct(release, a_publisher(), resubmit(release), "correction", " ")


def test_withdrawing_needs_a_reason_and_ends_the_window():
    release = a_live_release()
    with pytest.raises(Refused, match="Give the reason"):
        withdraw(release, reason="")
    withdraw(release)
    now = timezone.now() + SECOND
    assert not Edition.objects.live(now).exists()
    assert Edition.objects.withdrawn(now).get().withdrawal.reason == "Its figures could not be confirmed."
    assert release.state == "draft"


def test_withdrawing_takes_what_is_scheduled_along():
    release = a_live_release()
    edit(release, headline="Tomorrow's words", release_at=timezone.now() + DAY)
    workflow.approve(release, a_publisher(), resubmit(release))
    withdraw(release)
    assert not Edition.objects.live(timezone.now() + 9 * DAY).exists()


def test_a_withdrawn_release_may_come_back_as_its_next_edition():
    release = a_live_release()
    withdraw(release, at=timezone.now() - timedelta(hours=1))
    edit(release, release_at=None, body="<p>Checked.</p>")
    workflow.approve(release, a_publisher(), resubmit(release))
    assert [number for number, *_ in windows(release)] == [1, 2]
    assert Edition.objects.live(timezone.now() + SECOND).get().number == 2
    assert not Edition.objects.withdrawn(timezone.now() + SECOND).exists()


def test_a_replacement_has_to_be_public_and_another_release():
    release, hidden = a_live_release(), a_draft()
    with pytest.raises(Refused, match="not public yet"):
        withdraw(release, kind="replaced", replaced_by=hidden)
    with pytest.raises(Refused, match="cannot replace itself"):
        withdraw(release, kind="replaced", replaced_by=release)
    withdraw(release, kind="replaced", replaced_by=a_live_release())
    assert release.editions.get().withdrawal.kind == "replaced"


def test_restoring_brings_the_words_back_and_leaves_address_and_hour():
    release = a_draft()
    first = release.revisions.get()
    hour = (timezone.now() + DAY).replace(microsecond=0)
    edit(release, headline="Second", slug="second", release_at=hour)
    workflow.restore(release, a_publisher(), first)
    assert compose(release).headline == Document.read(first.document).headline
    assert (release.slug, release.release_at) == ("second", hour)
    assert release.revisions.count() == 3
    assert acts(release)[-1] == "restore"


def test_a_translation_starts_with_the_facts_copied_and_is_a_draft_of_its_own():
    release = an_embargoed_release(places=(Place(name="İzmir"),))
    translation = workflow.start_translation(release, a_reporter(), "tr")
    assert (translation.language, translation.state, translation.translation_of_id) == ("tr", "draft", release.pk)
    assert compose(translation).places == compose(release).places
    assert not translation.editions.exists()
    with pytest.raises(Refused, match="already a translation"):
        workflow.start_translation(translation, a_reporter(), "tr")


def test_an_address_that_was_public_belongs_to_its_release_for_ever():
    release = a_live_release(slug="boats")
    edit(release, slug="ships")
    workflow.approve(release, a_publisher(), resubmit(release))
    thief = a_release_in_review(slug="boats")
    with pytest.raises(Refused, match="belonged to another release"):
        workflow.approve(thief, a_publisher(), compose(thief).digest)


def test_the_language_of_a_public_release_stays():
    release = a_live_release()
    edit(release, language="tr")
    with pytest.raises(Refused, match="Start a translation"):
        workflow.approve(release, a_publisher(), resubmit(release))


def test_only_what_never_had_an_edition_can_be_deleted_and_the_history_keeps_its_name():
    draft, live, editor = a_draft(), a_live_release(), a_person("Editor")
    with pytest.raises(Refused, match="withdraw it"):
        workflow.discard(live, editor)
    workflow.discard(draft, editor)
    assert not Release.objects.filter(pk=draft.pk).exists()
    assert AuditEvent.objects.get(verb="delete").subject == draft.headline
    assert not Revision.objects.filter(release=draft.pk).exists()


def test_an_archived_release_is_listed_at_its_own_past_moment():
    then = datetime(2019, 12, 18, tzinfo=UTC)
    release = a_draft(release_at=then)
    workflow.publish_archived(release, a_publisher())
    edition = release.editions.get()
    assert edition.first_public_at == then
    assert edition.live_from > then
    assert release.release_at == then


def test_an_archive_publishes_nothing_from_the_future_or_without_a_date():
    for moment in (None, timezone.now() + DAY):
        with pytest.raises(Refused, match="has passed are published"):
            workflow.publish_archived(a_draft(release_at=moment), a_publisher())


def test_a_translation_of_what_is_public_goes_out_when_it_is_approved_with_its_own_copies_of_the_pictures():
    release = a_live_release(photos=(Picture(path="files/a/b.jpg", alt_text="Boats"),))
    translation = workflow.start_translation(release, a_reporter(), "tr")
    assert translation.release_at is None
    assert [photo.path for photo in compose(translation).photos] == ["files/a/b.jpg"]
    assert [photo.path for photo in compose(release).photos] == ["files/a/b.jpg"]


def test_the_release_moment_of_a_public_release_does_not_move_with_its_corrections():
    release = a_live_release(timezone.now() - DAY)
    first = release.editions.get().live_from
    correct(release, release_at=None, body="<p>Three boats.</p>")
    assert release.release_at == first
    assert compose(release).digest == release.pinned_digest
