"""The desk's export: what the list shows, streamed, and written down before it leaves."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from releases.models import AuditEvent
from tests import builders

pytestmark = pytest.mark.django_db

EXPORT = "admin:releases_release_export"


@pytest.fixture
def reporter(client):
    client.force_login(builders.a_reporter())
    return client


def headlines(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return {row["headline"] for row in csv.DictReader(io.StringIO(text, newline=""))}


def test_the_download_is_streamed_and_named_by_its_day(reporter):
    builders.a_draft()
    response = reporter.get(reverse(EXPORT))
    assert response.streaming
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert f'filename="releases-{timezone.now():%Y-%m-%d}.csv"' in response.headers["Content-Disposition"]
    assert "no-store" in response.headers["Cache-Control"]
    assert next(response.streaming_content).startswith(b"\xef\xbb\xbfid,translation_of")


def test_the_lists_search_and_filters_apply(reporter):
    builders.a_draft(headline="Boats arrive")
    builders.a_draft(headline="Tekneler geldi", language="tr")
    builders.a_live_release(headline="Boats are here")
    assert headlines(reporter.get(reverse(EXPORT))) == {"Boats arrive", "Tekneler geldi", "Boats are here"}
    assert headlines(reporter.get(reverse(EXPORT), {"q": "boats"})) == {"Boats arrive", "Boats are here"}
    assert headlines(reporter.get(reverse(EXPORT), {"standing": "live"})) == {"Boats are here"}


def test_who_took_what_is_written_down(reporter):
    builders.a_draft(headline="Boats arrive")
    builders.a_draft(headline="Ships arrive")
    before = AuditEvent.objects.count()
    reporter.get(reverse(EXPORT), {"q": "boats"})
    assert AuditEvent.objects.count() == before + 1
    event = AuditEvent.objects.get(verb="export")
    assert event.actor.pk == int(reporter.session["_auth_user_id"])
    assert event.detail == {"filter": {"q": ["boats"]}, "rows": 1, "format": "csv"}


def test_a_filter_that_makes_no_sense_leads_back_to_the_list(reporter):
    response = reporter.get(reverse(EXPORT), {"nonsense__in": "x"})
    assert response.headers["Location"] == reverse("admin:releases_release_changelist")
    assert not AuditEvent.objects.filter(verb="export").exists()


def test_export_needs_its_permission(client):
    client.force_login(builders.a_person())
    assert client.get(reverse(EXPORT)).status_code == 403
    assert not AuditEvent.objects.exists()


def test_strangers_are_sent_to_the_login(client):
    assert "login" in client.get(reverse(EXPORT)).headers["Location"]


def test_the_list_offers_export_with_its_present_filter(reporter):
    page = reporter.get(reverse("admin:releases_release_changelist"), {"standing": "draft"}).content.decode()
    assert f"{reverse(EXPORT)}?standing=draft" in page
