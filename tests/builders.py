"""Releases in every state, made through the desk's own verbs, with honest defaults."""

import itertools
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from releases import workflow
from releases.documents import Document, Happening, Place, PressContact, Quotation, compose
from releases.landing import land

counter = itertools.count(1)
DAY = timedelta(days=1)


def a_person(role: str = "", **fields):
    """Somebody who works here, with one of the roles Reporter, Editor, Publisher, or none."""
    number = next(counter)
    person = get_user_model().objects.create_user(f"person{number}", password="a password", is_staff=True, **fields)
    if role:
        person.groups.add(Group.objects.get(name=role))
    return get_user_model().objects.get(pk=person.pk)


def a_reporter():
    return a_person("Reporter")


def a_publisher():
    return a_person("Publisher")


def a_document(**changes) -> Document:
    number = next(counter)
    whole = {
        "headline": f"Boats reach the harbour of İzmir, part {number}",
        "summary": "Volunteers met the passengers with blankets.",
        "body": f"<p>The harbour opened at dawn for crossing {number}.</p><p>Volunteers met the passengers.</p>",
        "notes_to_editors": "<p>Figures are those of the harbour master.</p>",
        "places": (Place(name="İzmir"),),
        "quotes": (
            Quotation(name="Ayla Demir", title="Head of Office", organisation="Coast Office", words="We came."),
        ),
        "events": (Happening(name="Harbour Forum"),),
        "tags": ("rescue",),
        "contacts": (PressContact(name="Deniz Kaya", email="press@example.org", phone="+90 312 555 01 23"),),
    }
    return Document(**{**whole, **changes})


def a_draft(by=None, at=None, **changes):
    return land(a_document(**changes), by=by or a_reporter(), note="First words", at=at)


def a_release_in_review(at=None, **changes):
    author = a_reporter()
    release = a_draft(by=author, at=at, **changes)
    workflow.submit(release, author, at=at)
    return release


def an_approved_release(moment=None, at=None, **changes):
    """Approved at `at` for `moment` (at once, if left out)."""
    release = a_release_in_review(at=at, **changes)
    workflow.approve(release, a_publisher(), compose(release).digest, moment=moment, at=at)
    return release


def a_live_release(since=None, **changes):
    """Public since a day, or since the moment given."""
    return an_approved_release(at=since or timezone.now() - DAY, **changes)


def an_embargoed_release(moment=None, **changes):
    """Approved, its hour a day ahead, or at the moment given."""
    return an_approved_release(moment=moment or timezone.now() + DAY, **changes)


def edit(release, by=None, at=None, **columns):
    """Changes columns of the working copy as the admin's form does."""
    for name, value in columns.items():
        setattr(release, name, value)
    release.save(update_fields=list(columns))
    workflow.record(release, by or a_reporter(), "Edited", at=at)
    release.refresh_from_db()
    return release


def resubmit(release, at=None):
    workflow.submit(release, a_reporter(), at=at)
    return compose(release).digest


def correct(
    release, note="The number of boats was wrong.", kind="correction", at=None, shows_previous=True, **columns
):
    """Edits a live release, has it approved as a correction."""
    edit(release, at=at, **(columns or {"body": "<p>Three boats reached the harbour.</p>"}))
    return workflow.correct(
        release, a_publisher(), resubmit(release, at), kind, note, shows_previous=shows_previous, at=at
    )


def withdraw(release, reason="Its figures could not be confirmed.", at=None, **options):
    workflow.withdraw(release, a_publisher(), reason, at=at, **options)
    return release
