"""Many hands at once: a verb has one effect."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection, connections
from django.utils import timezone

from releases import workflow
from releases.documents import compose
from releases.landing import land
from releases.models import AuditEvent, Edition
from releases.roles import ROLES
from releases.workflow import Refused
from tests.builders import a_publisher, a_release_in_review, a_reporter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def roles(transactional_db):
    """The groups, which an emptied database has lost."""
    for name, allowed in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(Permission.objects.filter(content_type__app_label="releases", codename__in=allowed))


def at_once(hands: int, act) -> list:
    """What `act(number)` returned or raised in each of so many threads that start together."""
    start = Barrier(hands)

    def hand(number):
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            return act(number)
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(hand, range(hands)))


@pytest.mark.postgres
def test_fifty_simultaneous_approvals_have_one_effect(roles):
    release, publisher = a_release_in_review(), a_publisher()
    digest = compose(release).digest
    outcomes = at_once(50, lambda _: workflow.approve(release, publisher, digest))
    assert sum(isinstance(outcome, Edition) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 49
    assert Edition.objects.count() == 1
    assert AuditEvent.objects.filter(verb="approve").count() == 1


@pytest.mark.postgres
def test_an_approval_and_an_edit_never_cross(roles):
    release, publisher, author = a_release_in_review(), a_publisher(), a_reporter()
    read = compose(release)

    def act(number):
        if number % 2:
            return workflow.approve(release, publisher, read.digest)
        return land(read.but(headline=f"Words of hand {number}"), by=author, release=release)

    at_once(10, act)
    release.refresh_from_db()
    for edition in Edition.objects.all():
        assert edition.headline == read.headline
    assert release.state == "draft"
    assert not Edition.objects.live(timezone.now()).exclude(headline=read.headline).exists()
