"""The verbs at the desk: what each page asks, shows and refuses."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from releases import workflow
from releases.models import Newsroom, Release
from tests.builders import (
    a_draft,
    a_live_release,
    a_person,
    a_publisher,
    a_release_in_review,
    an_approved_release,
    an_embargoed_release,
    edit,
)
from tests.filled import filled

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _correction_in_review():
    release = edit(a_live_release(), body="<p>Three boats.</p>")
    workflow.submit(release, a_person("Reporter"))
    return release


def at_desk(client, role="Publisher"):
    person = a_person(role)
    client.force_login(person)
    return person


def verb_page(release, verb):
    return reverse("admin:releases_release_verb", args=[release.pk, verb])


def use(client, release, verb, **said):
    """Opens the verb's page and sends its form."""
    url = verb_page(release, verb)
    response = client.post(url, filled(client.get(url), "verb-form", **said))
    release.refresh_from_db()
    return response


def test_verbs_demand_a_token_against_forgery(client):
    from django.test import Client

    release = a_draft()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(a_publisher())
    assert strict.post(verb_page(release, "submit"), {"note": ""}).status_code == 403
    release.refresh_from_db()
    assert release.state == "draft"


def test_what_is_approved_is_what_was_read(client):
    release = a_release_in_review()
    at_desk(client)
    url = verb_page(release, "approve")
    read = filled(client.get(url), "verb-form", when="now")
    edit(release, headline="Changed behind your back")
    workflow.submit(release, a_person("Reporter"))
    response = client.post(url, read)
    assert "has changed since you read it" in response.content.decode()
    assert "Changed behind your back" in response.content.decode()
    assert not release.editions.exists()
    client.post(url, filled(response, "verb-form"))
    assert release.editions.get().headline == "Changed behind your back"


def test_approving_now_makes_it_live_now(client):
    release = a_release_in_review()
    at_desk(client)
    use(client, release, "approve", when="now")
    assert release.editions.live(timezone.now()).exists()


def test_approving_at_the_release_moment_and_at_another_hour(client):
    hour = timezone.now().replace(microsecond=0) + 2 * DAY
    release = a_release_in_review(release_at=hour)
    at_desk(client)
    use(client, release, "approve", when="moment")
    assert release.editions.get().live_from == hour
    other = a_release_in_review()
    answer = use(client, other, "approve", when="other", hour="2077-06-01T09:30", time_zone="Europe/Athens")
    assert other.editions.get().live_from.isoformat() == "2077-06-01T06:30:00+00:00"
    page = client.get(answer.url).content.decode()
    assert "It becomes public on 1 June 2077, 09:30" in page


def test_a_doubled_hour_is_offered_as_two_instants_at_approval(client):
    release = a_release_in_review()
    at_desk(client)
    hour = {"when": "other", "hour": "2083-10-31T01:30", "time_zone": "Europe/London"}
    response = use(client, release, "approve", **hour)
    assert response.content.decode().count('name="hour_instant"') == 2
    assert not release.editions.exists()
    use(client, release, "approve", **hour, hour_instant="2083-10-31T01:30:00+01:00")
    assert release.editions.get().live_from.isoformat() == "2083-10-31T00:30:00+00:00"


def test_every_reason_of_a_refusal_is_told_at_once_and_nothing_typed_is_lost(client):
    at_desk(client)
    release = a_draft(body="", release_at=datetime(2020, 1, 1, tzinfo=timezone.get_fixed_timezone(0)))
    response = use(client, release, "submit", note="Please read until noon")
    shown = response.content.decode()
    assert "Write the body" in shown
    assert "has passed" in shown
    assert "Please read until noon" in shown
    assert release.state == "draft"


def test_who_submitted_is_asked_for_a_reason_to_approve_it_alone(client):
    person = at_desk(client)
    a_publisher()
    release = a_draft(by=person)
    use(client, release, "submit")
    page = client.get(verb_page(release, "approve"))
    assert 'name="forced_reason"' in page.content.decode()
    response = use(client, release, "approve", when="now")
    assert "somebody else has to approve it" in response.content.decode()
    use(client, release, "approve", when="now", forced_reason="The minister speaks in five minutes")
    assert release.editions.get().forced_reason == "The minister speaks in five minutes"


def test_a_one_person_office_is_not_asked(client):
    Newsroom.objects.get_or_create(id=1)
    person = at_desk(client)
    release = a_draft(by=person)
    use(client, release, "submit")
    assert 'name="forced_reason"' not in client.get(verb_page(release, "approve")).content.decode()
    use(client, release, "approve", when="now")
    assert release.editions.live(timezone.now()).exists()


def test_a_correction_needs_its_note_and_shows_what_changes(client):
    release = _correction_in_review()
    at_desk(client)
    page = client.get(verb_page(release, "correct"))
    assert [change.name for change in page.context["changes"]] == ["body"]
    response = use(client, release, "correct", kind="correction")
    assert release.editions.count() == 1
    assert response.status_code == 200
    use(client, release, "correct", kind="correction", note="There were three boats, not two.", shows_previous="on")
    assert release.editions.first().correction.note == "There were three boats, not two."


def test_a_withdrawal_leaves_its_reason_or_leads_on(client):
    release, other, successor = a_live_release(), a_live_release(), a_live_release()
    at_desk(client)
    use(client, release, "withdraw", reason="Its figures were wrong.", kind="gone")
    assert release.editions.get().withdrawal.reason == "Its figures were wrong."
    use(client, other, "withdraw", reason="Told anew.", kind="replaced", replaced_by=successor.pk)
    assert other.editions.get().withdrawal.replaced_by == successor


def test_moving_the_hour_and_calling_off(client):
    release = an_embargoed_release()
    at_desk(client)
    use(client, release, "reschedule", hour="2083-02-03T10:00", time_zone="UTC")
    assert release.editions.get().live_from.isoformat() == "2083-02-03T10:00:00+00:00"
    use(client, release, "call_off", reason="The minister is ill")
    assert not release.editions.exists()
    assert release.state == "draft"


def test_sending_back_a_translation_a_restoration_and_a_deletion(client):
    release = a_release_in_review()
    at_desk(client)
    use(client, release, "send_back", reason="Name the town")
    assert release.audit.first().reason == "Name the town"
    use(client, release, "translate", language="tr")
    assert release.translations.get().language == "tr"
    first = release.revisions.get()
    edit(release, headline="Worse words")
    use(client, release, "restore", revision=first.pk)
    assert release.headline == first.document["headline"]
    doomed = a_draft()
    client.post(verb_page(doomed, "discard"))
    assert not Release.objects.filter(pk=doomed.pk).exists()


def test_a_verb_that_is_not_possible_leads_back_and_says_so(client):
    release = a_draft()
    at_desk(client)
    response = client.get(verb_page(release, "withdraw"), follow=True)
    assert "is not possible as the release stands now" in response.content.decode()
    assert client.get(verb_page(release, "explode")).status_code == 404


def test_the_panel_says_what_is_public_now_next_and_what_differs(client):
    release = edit(an_approved_release(at=timezone.now() - DAY), headline="Words of tomorrow")
    at_desk(client)
    panel = client.get(reverse("admin:releases_release_change", args=[release.pk])).context["panel"]
    assert panel["standing"] == "live"
    assert panel["live"].number == 1
    assert panel["public_url"] == f"/en/releases/{release.slug}/"
    assert [change.name for change in panel["changes"]] == ["headline"]


def test_history_tells_every_act_and_compares_any_two_revisions(client):
    release = a_draft()
    edit(release, headline="Two boats reach the harbour")
    edit(release, headline="Three boats reach the harbour", summary="They came at dawn.")
    at_desk(client)
    url = reverse("admin:releases_release_history", args=[release.pk])
    page = client.get(url)
    assert [act["revision"] for act in page.context["acts"]] == [3, 2, 1]
    assert {change.name: change.pieces for change in page.context["changes"]}["headline"] == (
        ("gone", "Two"),
        ("new", "Three"),
        ("kept", " boats reach the harbour"),
    )
    assert [change.name for change in client.get(f"{url}?from=1&to=2").context["changes"]] == ["headline"]
    assert client.get(f"{url}?from=x&to=99999999999999999999").status_code == 200
