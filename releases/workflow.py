"""The desk's verbs: the only ways by which a release moves.

Each verb is one transaction under one row lock and leaves one line of history; it happens whole, or raises `Refused`
with every reason at once. `by` is the person who acts, `at` the aware moment of acting (now, if left out).
"""

from functools import wraps

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from releases import editions, moments, refusals
from releases.documents import Document, compose
from releases.landing import land
from releases.models import Newsroom, Release, Withdrawal
from releases.refusals import Refused, check, may, needs_second_reader
from releases.revisions import keep, last_revision, note_act, record
from releases.states import CorrectionKind, State, Verb, WithdrawalKind

__all__ = [
    "Refused",
    "approve",
    "call_off",
    "correct",
    "discard",
    "may",
    "needs_second_reader",
    "possible",
    "publish_archived",
    "record",
    "reschedule",
    "restore",
    "send_back",
    "start_translation",
    "submit",
    "withdraw",
]


def possible(release: Release, at) -> set[str]:
    """The verbs that make sense for the release as it stands, whoever asks."""
    live = release.editions.live(at).exists()
    ahead = release.editions.scheduled(at).exists()
    verbs = {"translate", "restore"}
    if release.state == State.DRAFT:
        verbs.add("submit")
    if release.state == State.IN_REVIEW:
        verbs |= {"send_back", "approve", *(["correct"] if live else [])}
    if ahead:
        verbs |= {"reschedule", "call_off"}
    if live:
        verbs.add("withdraw")
    if not release.editions.exists():
        verbs.add("discard")
    return verbs


def verb(action):
    """Makes a function one transaction on a freshly locked release, and brings the caller's instance up to date."""

    @wraps(action)
    def locked(release, by, *args, at=None, **options):
        at = moments.whole_seconds(at or timezone.now())
        with transaction.atomic():
            row = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
            result = action(row, by, *args, at=at, **options)
        release.refresh_from_db()
        return result

    return locked


@verb
def submit(release, by, note: str = "", *, at):
    """Hands a draft to a second reader, pinned to what it says now."""
    document = compose(release)
    check(
        (may(by, "submit"), _("You may not submit releases. Ask an editor.")),
        (
            release.state == State.DRAFT,
            _("Only a draft can be submitted; this release is already in review or approved."),
        ),
        *refusals.complete(document),
        *refusals.hour_ahead(refusals.planned(release, document, at), release.time_zone, at),
    )
    release.state, release.pinned_digest = State.IN_REVIEW, document.digest
    release.submitted_by, release.submitted_at = by, at
    release.save(update_fields=["state", "pinned_digest", "submitted_by", "submitted_at"])
    note_act(release, by, Verb.SUBMIT, at=at, reason=note, digest=document.digest)


@verb
def send_back(release, by, reason: str, *, at):
    """Returns a release in review to its author, saying why."""
    check(
        (may(by, "send_back"), _("You may not send releases back.")),
        (release.state == State.IN_REVIEW, _("Only a release in review can be sent back.")),
        (bool(reason.strip()), _("Say why it goes back, so that the author knows what to change.")),
    )
    _back_to_draft(release)
    note_act(release, by, Verb.SEND_BACK, at=at, reason=reason)


@verb
def approve(release, by, digest: str, moment=None, forced_reason: str = "", *, at):
    """Freezes what was read (its `digest`) into an edition that is public from `moment`.

    Without `moment` the release moment counts, and without that one, now. Returns the Edition.
    """
    return _publish(release, by, digest, Verb.APPROVE, at=at, moment=moment, forced_reason=forced_reason)


@verb
def correct(
    release, by, digest: str, kind: str, note: str, shows_previous: bool = True, forced_reason: str = "", *, at
):
    """Replaces the live edition now and tells the public what changed. Returns the Edition."""
    check(
        (kind in CorrectionKind.values, _("Choose a correction, a clarification or an update.")),
        (bool(note.strip()), _("Say what was wrong and what is right: readers will see this note.")),
        (release.editions.live(at).exists(), _("Only a live release can be corrected.")),
    )
    correction = {"kind": kind, "note": note.strip(), "shows_previous": shows_previous}
    return _publish(
        release, by, digest, Verb.CORRECT, at=at, moment=at, forced_reason=forced_reason, correction=correction
    )


@verb
def reschedule(release, by, moment, forced_reason: str = "", *, at):
    """Moves the hour of an edition that is not public yet; its words stay as approved. Returns the Edition."""
    edition = release.editions.scheduled(at).first()
    check(
        (may(by, "reschedule"), _("You may not move the hour of a release.")),
        (edition is not None, _("Nothing of this release is scheduled.")),
        *refusals.hour_ahead(moment, release.time_zone, at, required=True),
        *(refusals.events_announced(Document.read(edition.document), moment) if edition else []),
        *refusals.four_eyes(release, by, forced_reason),
    )
    was, now = edition.live_from, compose(release)
    document = Document.read(edition.document).but(release_at=moment)
    moved = editions.replace_scheduled(edition, document, moment, by, at)
    later = now.but(release_at=moment)
    release.release_at = moment
    if now.digest == release.pinned_digest:
        release.pinned_digest = later.digest
    release.save(update_fields=["release_at", "pinned_digest"])
    _keep_current(release, later, by, _("Hour moved"), at)
    note_act(
        release,
        by,
        Verb.RESCHEDULE,
        at=at,
        reason=forced_reason,
        was=was.isoformat(),
        hour=moved.live_from.isoformat(),
    )
    return moved


@verb
def call_off(release, by, reason: str = "", *, at):
    """Takes back an approval before its hour: nothing of it becomes public; a live edition stays."""
    edition = release.editions.scheduled(at).first()
    check(
        (may(by, "call_off"), _("You may not call off a release.")),
        (edition is not None, _("Nothing of this release is scheduled.")),
    )
    hour = edition.live_from
    editions.take_off(release, at)
    _back_to_draft(release)
    note_act(release, by, Verb.CALL_OFF, at=at, reason=reason, hour=hour.isoformat())


@verb
def withdraw(release, by, reason: str, kind: str = WithdrawalKind.GONE, replaced_by=None, *, at):
    """Takes a live release back: its address answers with the reason, or leads to `replaced_by`."""
    edition = release.editions.live(at).first()
    replaced = kind == WithdrawalKind.REPLACED
    check(
        (may(by, "withdraw"), _("You may not withdraw releases.")),
        (edition is not None, _("Only a live release can be withdrawn; call off one that is scheduled.")),
        (bool(reason.strip()), _("Give the reason: readers will see it.")),
        (kind in WithdrawalKind.values, _("Choose what becomes of the address.")),
        (not replaced or bool(replaced_by), _("Choose the release that replaces this one.")),
        (not replaced_by or replaced_by.pk != release.pk, _("A release cannot replace itself.")),
        (
            not replaced_by or replaced_by.editions.live(at).exists(),
            _("The release that replaces this one is not public yet."),
        ),
    )
    editions.take_off(release, at)
    edition.refresh_from_db()
    editions.close(edition, at)
    Withdrawal.objects.create(
        edition=edition, kind=kind, reason=reason.strip(), at=at, by=by, replaced_by=replaced_by if replaced else None
    )
    _back_to_draft(release)
    note_act(release, by, Verb.WITHDRAW, at=at, reason=reason, kind=kind, edition=edition.number)


@verb
def restore(release, by, revision, *, at):
    """Brings the words and relations of an earlier revision back into the working copy; address and hour stay."""
    check(
        (may(by, "restore"), _("You may not restore revisions.")),
        (revision.release_id == release.pk, _("This revision belongs to another release.")),
    )
    stay = ("slug", "release_at", "time_zone", "translation_of", "language")
    now = compose(release)
    document = Document.read(revision.document).but(**{name: getattr(now, name) for name in stay})
    land(
        document,
        by=by,
        note=str(_("Restored revision %s") % revision.number),
        release=release,
        verb=Verb.RESTORE,
        at=at,
    )


@verb
def start_translation(release, by, language: str, *, at):
    """Starts the same release in another language, facts copied, words still to be translated. Returns the draft."""
    source = release.translation_of or release
    check(
        (may(by, "translate"), _("You may not start translations.")),
        (language in Newsroom.current().languages, _("The newsroom does not offer this language.")),
        (source.language != language, _("The original is already in this language.")),
        (
            not source.translations.filter(language=language).exists(),
            _("There is already a translation into this language."),
        ),
    )
    document = compose(source)
    fresh = {"language": language, "slug": "", "translation_of": source.pk, "dateline_raw": "", "boilerplates": ()}
    identity = {"source": "", "source_id": "", "source_url": ""}
    untitled = tuple(quote.model_copy(update={"title": "", "organisation": ""}) for quote in document.quotes)
    files = {
        name: tuple(file.model_copy(update={"id": None}) for file in getattr(document, name))
        for name in ("photos", "attachments")
    }
    hour = document.release_at if document.release_at and document.release_at > at else None
    document = document.but(**fresh, **identity, **files, quotes=untitled, release_at=hour)
    return land(document, by=by, note=str(_("Translation started")), verb=Verb.TRANSLATE, at=at)


@verb
def publish_archived(release, by, moment=None, *, at):
    """Makes a draft public that was public elsewhere before: readable from now, listed at its own past moment.

    That is `moment`, or without it the release moment.
    For archives only; nobody is held up by a second reading of what the world has read already. Returns the Edition.
    """
    document = compose(release)
    moment = moment or document.release_at
    check(
        (may(by, "approve") and may(by, "import"), _("You may not publish from an archive.")),
        (release.state == State.DRAFT, _("Only a draft can be published from an archive.")),
        (
            moment is not None and moment <= at,
            _("Only releases whose moment is known and has passed are published from an archive."),
        ),
        *refusals.complete(document),
        *refusals.events_announced(document, at),
        *refusals.address_free(release),
        *refusals.same_language(release),
    )
    release.submitted_by, release.submitted_at = by, at
    edition = editions.publish(release, document, by, at, at=at, first_public_at=moment)
    _pin(release, document)
    note_act(release, by, Verb.APPROVE, at=at, edition=edition.number, digest=document.digest, archived=True)
    return edition


def discard(release, by, *, at=None) -> None:
    """Deletes a working copy that never had an edition; what was public once is withdrawn instead."""
    at = moments.whole_seconds(at or timezone.now())
    with transaction.atomic():
        row = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
        check(
            (may(by, "discard"), _("You may not delete releases.")),
            (not row.editions.exists(), _("This release has been approved. Call it off or withdraw it instead.")),
            (not row.translations.exists(), _("Its translations have to be deleted first.")),
        )
        note_act(row, by, Verb.DELETE, at=at, number=row.pk)
        row.delete()


def _publish(release, by, digest, act, *, at, moment, forced_reason, correction=None):
    """The common part of approving and correcting: all refusals, then one new edition."""
    document = compose(release)
    hour = moment or refusals.planned(release, document, at) or at
    check(
        *refusals.readable(release, by, act, document, digest),
        *refusals.complete(document),
        *([] if correction else refusals.hour_ahead(hour, release.time_zone, at)),
        *refusals.events_announced(document, hour),
        *refusals.four_eyes(release, by, forced_reason),
        *refusals.address_free(release),
        *refusals.same_language(release),
        *refusals.after_the_last(release, hour, at),
    )
    chosen = None if correction else moment
    if chosen or not document.release_at:
        first = release.editions.begun(at).order_by("number").first()
        release.release_at = chosen or (first.first_public_at if first else hour)
        document = document.but(release_at=release.release_at)
    edition = editions.publish(release, document, by, hour, at=at, forced_reason=forced_reason, correction=correction)
    _pin(release, document)
    _keep_current(release, document, by, _("Approved"), at)
    decision = {"edition": edition.number, "digest": document.digest, "hour": edition.live_from.isoformat()}
    reason = forced_reason or (correction or {}).get("note", "")
    note_act(release, by, act, at=at, reason=reason, **decision, alone=by == release.submitted_by)
    return edition


def _pin(release, document) -> None:
    release.state, release.pinned_digest = State.APPROVED, document.digest
    release.save(update_fields=["release_at", "state", "pinned_digest", "submitted_by", "submitted_at"])


def _keep_current(release, document, by, note, at) -> None:
    """Keeps a revision of what the working copy says now, if the verb itself changed it (its hour)."""
    last = last_revision(release)
    if not last or last.digest != document.digest:
        keep(release, document, by, str(note), at=at, number=last.number + 1 if last else 1)


def _back_to_draft(release) -> None:
    release.state, release.pinned_digest = State.DRAFT, ""
    release.save(update_fields=["state", "pinned_digest"])
