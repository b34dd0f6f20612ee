"""Writing at the desk: the form, its rows, its hours, and two people at once."""

import pytest
from django.urls import reverse

from releases.documents import compose
from releases.models import AuditEvent, Boilerplate, Contact, Location, LocationName, Newsroom, Release
from tests.builders import a_draft, a_live_release, a_person, a_publisher, a_reporter, edit
from tests.filled import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter(client):
    person = a_reporter()
    client.force_login(person)
    return person


def page(release):
    return reverse("admin:releases_release_change", args=[release.pk])


def a_place(name, **fields):
    place = Location.objects.create(slug=name.lower(), **fields)
    LocationName.objects.create(location=place, language="en", text=name)
    return place


def save(client, release, expect=302, **changes):
    """Opens the release, changes some inputs and saves; returns the answer."""
    response = client.post(page(release), filled(client.get(page(release)), **changes))
    assert response.status_code == expect, response.context["errors"]
    release.refresh_from_db()
    return response


def written(client, **said):
    """A release written from the empty form."""
    add = reverse("admin:releases_release_add")
    data = filled(client.get(add), headline="Boats reach Çeşme", **said)
    response = client.post(add, data)
    assert response.status_code == 302, response.context["errors"]
    return Release.objects.get(headline="Boats reach Çeşme")


def test_a_headline_is_all_a_draft_needs(client, reporter):
    newsroom = Newsroom.objects.create(id=1, languages=["tr", "en"], time_zone="Europe/Athens")
    release = written(client)
    assert (release.language, release.time_zone) == ("tr", newsroom.time_zone)
    assert (release.slug, release.created_by) == ("boats-reach-cesme", reporter)
    assert release.state == "draft"


def test_a_new_release_stands_on_the_usual_boilerplates_of_its_language(client, reporter):
    Boilerplate.objects.create(language="en", title="About us", body="<p>We.</p>", is_default=True)
    Boilerplate.objects.create(language="tr", title="Hakkımızda", body="<p>Biz.</p>", is_default=True)
    Boilerplate.objects.create(language="en", title="Donors", body="<p>They.</p>")
    release = written(client)
    assert [about.title for about in compose(release).boilerplates] == ["About us"]


def test_an_address_that_is_taken_is_counted_on(client, reporter):
    a_draft(headline="Boats reach Çeşme", slug="boats-reach-cesme")
    add = reverse("admin:releases_release_add")
    client.post(add, filled(client.get(add), headline="Boats reach Çeşme"))
    assert Release.objects.filter(slug="boats-reach-cesme-2").exists()


def test_every_save_is_one_revision_with_author_and_note(client, reporter):
    release = a_draft()
    save(client, release, headline="Other words", note="The minister's office asked", topics="rescue, New York")
    revision = release.revisions.first()
    assert (revision.number, revision.author, revision.note) == (2, reporter, "The minister's office asked")
    assert revision.document["headline"] == "Other words"
    assert revision.document["tags"] == ["New York", "rescue"]
    assert AuditEvent.objects.filter(release=release, verb="edit", actor=reporter).count() == 1


def test_a_save_that_changes_nothing_leaves_no_trace(client, reporter):
    release = a_draft()
    before = compose(release).digest
    save(client, release)
    assert compose(release).digest == before
    assert release.revisions.count() == 1


def test_tags_keep_their_spaces_and_are_one_in_every_spelling(client, reporter):
    release = a_draft(tags=("İstanbul",))
    save(client, release, topics="istanbul, New York, new york,, ISTANBUL")
    assert sorted(release.tags.names()) == ["New York", "İstanbul"]


def test_a_tag_with_a_separator_is_refused(client, reporter):
    response = save(client, a_draft(), expect=200, topics="a|b")
    assert "cannot contain" in response.content.decode()


def place_rows(client, release, rows):
    """Saves the release with these (row id, place, position, deleted) in its list of places."""
    data = {name: value for name, value in filled(client.get(page(release))).items() if not name.startswith("places-")}
    known = sum(1 for number, *_ in rows if number)
    data |= {"places-TOTAL_FORMS": len(rows), "places-INITIAL_FORMS": known}
    data |= {"places-MIN_NUM_FORMS": 0, "places-MAX_NUM_FORMS": 1000}
    for index, (number, place, position, deleted) in enumerate(rows):
        fields = {"id": number, "release": release.pk, "location": place.pk, "position": position, "in_dateline": "on"}
        fields |= {"DELETE": "on"} if deleted else {}
        data |= {f"places-{index}-{name}": value for name, value in fields.items()}
    return client.post(page(release), data)


def told_places(release):
    return [place.name for place in compose(release).places]


def test_rows_are_saved_in_the_order_given_and_numbered_from_the_top(client, reporter):
    release = a_draft(places=())
    ankara, athens, izmir = a_place("Ankara"), a_place("Athens"), a_place("Izmir")
    place_rows(client, release, [("", ankara, 1, False), ("", athens, 2, False), ("", izmir, 3, False)])
    assert told_places(release) == ["Ankara", "Athens", "Izmir"]
    one, two, three = release.places.order_by("order").values_list("pk", flat=True)
    place_rows(client, release, [(one, ankara, 3, False), (two, athens, 1, False), (three, izmir, 2, False)])
    assert told_places(release) == ["Athens", "Izmir", "Ankara"]
    assert list(release.places.order_by("order").values_list("order", flat=True)) == [0, 1, 2]


def test_two_rows_may_change_places_and_one_may_come_back_in_another_row(client, reporter):
    release = a_draft(places=())
    ankara, athens = a_place("Ankara"), a_place("Athens")
    place_rows(client, release, [("", ankara, 1, False), ("", athens, 2, False)])
    one, two = release.places.order_by("order").values_list("pk", flat=True)
    place_rows(client, release, [(one, athens, 1, False), (two, ankara, 2, False)])
    assert told_places(release) == ["Athens", "Ankara"]
    one, two = release.places.order_by("order").values_list("pk", flat=True)
    place_rows(client, release, [(one, athens, 1, True), (two, ankara, 1, False), ("", athens, 2, False)])
    assert told_places(release) == ["Ankara", "Athens"]


def test_the_same_place_twice_is_refused_by_name(client, reporter):
    release = a_draft(places=())
    ankara = a_place("Ankara")
    response = place_rows(client, release, [("", ankara, 1, False), ("", ankara, 2, False)])
    assert "Ankara is listed twice" in response.content.decode()
    assert told_places(release) == []


def test_a_local_time_that_happens_twice_is_refused_with_both_instants_to_choose_from(client, reporter):
    release = a_draft()
    hour = {"release_at": "2027-10-31T01:30", "time_zone": "Europe/London"}
    response = save(client, release, expect=200, **hour)
    shown = response.content.decode()
    assert 'value="2027-10-31T01:30:00+01:00"' in shown
    assert 'value="2027-10-31T01:30:00+00:00"' in shown
    save(client, release, **hour, release_at_instant="2027-10-31T01:30:00+00:00")
    assert release.release_at.isoformat() == "2027-10-31T01:30:00+00:00"
    save(client, release, headline="The chosen one of the two stays")
    assert release.release_at.isoformat() == "2027-10-31T01:30:00+00:00"


def test_a_local_time_that_the_clocks_jump_over_is_refused(client, reporter):
    response = save(client, a_draft(), expect=200, release_at="2027-03-28T01:30", time_zone="Europe/London")
    assert "does not exist" in response.content.decode()
    assert response.content.decode().count('name="release_at_instant"') == 2


def test_the_hour_is_that_of_the_zone_beside_it(client, reporter):
    release = a_draft()
    save(client, release, release_at="2027-01-05T09:00", time_zone="Europe/Istanbul")
    assert release.release_at.isoformat() == "2027-01-05T06:00:00+00:00"
    assert 'value="2027-01-05T09:00"' in client.get(page(release)).content.decode()


def test_the_second_of_two_saves_is_refused_tells_what_changed_and_loses_nothing(client, reporter):
    release = a_draft()
    opened = filled(client.get(page(release)), headline="What I typed")
    edit(release, by=a_person("Editor", first_name="Selin", last_name="Ak"), summary="What she typed")
    response = client.post(page(release), opened)
    shown = response.content.decode()
    assert response.status_code == 200
    assert "Selin Ak has saved this release since you opened it" in shown
    assert "What I typed" in shown
    assert [change.name for change in response.context["others_changes"]] == ["summary"]
    release.refresh_from_db()
    assert (release.headline != "What I typed", release.summary) == (True, "What she typed")

    client.post(page(release), filled(response))
    release.refresh_from_db()
    assert (release.headline, release.summary) == ("What I typed", "What she typed")


def test_a_row_that_a_colleague_removed_meanwhile_comes_back_when_it_is_saved_again(client, reporter):
    release = a_draft()
    opened = filled(client.get(page(release)), headline="Mine")
    release.quotes.all().delete()
    edit(release, summary="Hers")
    response = client.post(page(release), opened)
    client.post(page(release), filled(response))
    release.refresh_from_db()
    assert release.headline == "Mine"
    assert [quote.words for quote in compose(release).quotes] == ["We came."]


def test_an_edit_of_an_approved_release_makes_it_a_draft_and_changes_nothing_public(client, reporter):
    release = a_live_release()
    edition = release.editions.get()
    response = save(client, release, headline="Not yet approved words")
    assert release.state == "draft"
    edition.refresh_from_db()
    assert edition.document["headline"] != "Not yet approved words"
    assert "draft again" in "".join(str(message) for message in client.get(response.url).context["messages"])


def test_the_language_of_what_was_public_is_not_changed(client, reporter):
    release = a_live_release()
    save(client, release, language="tr", headline="New words")
    assert release.language == "en"


def test_body_keeps_only_the_marks_a_release_needs(client, reporter):
    release = a_draft()
    save(client, release, body='<h1 onclick="x()">T</h1><p style="color:red">a <b>b</b><script>1</script></p>')
    assert release.body == "<h2>T</h2><p>a <strong>b</strong></p>"


def test_a_contact_in_use_is_not_deleted_and_says_why(client):
    release = a_draft()
    client.force_login(a_publisher())
    contact = Contact.objects.get()
    url = reverse("admin:releases_contact_delete", args=[contact.pk])
    assert "1 releases at the desk name it" in client.get(url).content.decode()
    client.post(url, {"post": "yes"})
    assert release.press_contacts.count() == 1
