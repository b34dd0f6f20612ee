"""Private history of working copies: one Revision a save, one AuditEvent an act."""

from django.db import transaction
from django.utils import timezone

from releases import indexing
from releases.documents import Document, compose
from releases.models import AuditEvent, Release, Revision
from releases.states import State, Verb


def note_act(release: Release, by, verb: Verb, *, at, reason: str = "", **detail) -> AuditEvent:
    """Writes one line of history; `detail` holds JSON values."""
    return AuditEvent.objects.create(
        release=release if release.pk else None,
        subject=release.headline,
        actor=by,
        verb=verb,
        at=at,
        reason=reason,
        detail=detail,
    )


@transaction.atomic(savepoint=False)
def record(release: Release, by, note: str = "", *, verb: Verb = Verb.EDIT, at=None) -> Revision | None:
    """Keeps what a working copy says now; call it after every change, in the change's own transaction.

    A save that changed nothing leaves no trace (None). Where the release had been submitted or approved and no longer
    says what was pinned then, it falls back to draft.
    """
    locked = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    return record_locked(locked, by, note, verb=verb, at=at or timezone.now())


def record_locked(release: Release, by, note: str, *, verb: Verb, at) -> Revision | None:
    """As `record`, for an instance that this transaction has read or written whole and holds the lock of."""
    document = compose(release)
    last = last_revision(release)
    if last and last.digest == document.digest:
        return None
    revision = keep(release, document, by, note, at=at, number=last.number + 1 if last else 1)
    note_act(release, by, verb, at=at, reason=note, revision=revision.number)
    if release.state != State.DRAFT and document.digest != release.pinned_digest:
        release.state, release.pinned_digest = State.DRAFT, ""
        note_act(release, by, Verb.REOPEN, at=at)
    release.version += 1
    release.updated_at = at
    release.save(update_fields=["state", "pinned_digest", "version", "updated_at"])
    indexing.index_release(release)
    return revision


def last_revision(release: Release) -> Revision | None:
    """The newest revision, without its document."""
    return release.revisions.defer("document").order_by("-number").first()


def keep(release: Release, document: Document, by, note: str, *, at, number: int) -> Revision:
    return Revision.objects.create(
        release=release,
        number=number,
        document=document.to_json(),
        digest=document.digest,
        author=by,
        note=note,
        at=at,
    )
