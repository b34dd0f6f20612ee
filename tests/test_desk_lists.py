"""The lists and the start page of the desk: quick at any size, bounded in every choice, silent for strangers."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from releases import workflow
from releases.admin.base import COUNTED
from releases.documents import Place, compose
from releases.models import (
    Edition,
    Event,
    Location,
    LocationName,
    Newsroom,
    Release,
    Spokesperson,
    SpokespersonName,
    Tag,
)
from tests.builders import (
    a_draft,
    a_live_release,
    a_person,
    a_publisher,
    a_release_in_review,
    a_reporter,
    an_embargoed_release,
    withdraw,
)
from tests.filled import filled

pytestmark = pytest.mark.django_db
LIST = "/admin/releases/release/"


@pytest.fixture
def publisher(client):
    Newsroom.objects.get_or_create(id=1)
    person = a_publisher()
    client.force_login(person)
    return person


def listed(client, query=""):
    return {row.pk for row in client.get(f"{LIST}{query}").context["cl"].result_list}


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_the_list_and_the_start_page_ask_the_same_at_one_row_and_at_fifty(client, publisher):
    a_live_release()
    pages = [LIST, "/admin/", f"{LIST}?q=boats", f"{LIST}?standing=live&language=en&kind=press_release"]
    few = [queries(client, page) for page in pages]
    author = a_reporter()
    for number in range(49):
        release = a_draft(by=author if number % 2 else publisher)
        if number % 3 == 0:
            workflow.submit(release, author)
            if number % 2:
                workflow.approve(release, publisher, compose(release).digest)
    assert [queries(client, page) for page in pages] == few
    assert max(few) <= 16


@pytest.mark.parametrize("noun", ["location", "event", "spokesperson", "tag", "contact", "boilerplate"])
def test_lists_of_nouns_ask_the_same_at_one_row_and_at_many(client, publisher, noun):
    a_draft(places=(Place(name="Town", region="Aegean"),))
    address = reverse(f"admin:releases_{noun}_changelist")
    few = queries(client, address)
    for number in range(9):
        a_draft(places=(Place(name=f"Town {number}", region="Aegean"),), tags=(f"tag {number}",))
    assert queries(client, address) == few


def test_the_list_never_counts_the_whole_archive(client, publisher):
    a_draft()
    with CaptureQueriesContext(connection) as caught:
        client.get(LIST)
    counts = [query["sql"] for query in caught if "COUNT(" in query["sql"]]
    assert counts
    assert all(f"LIMIT {COUNTED + 1}" in sql for sql in counts)


def test_the_list_is_ordered_by_one_index_whatever_is_asked(client, publisher):
    a_draft()
    for query, order in [
        ("", '"updated_at" DESC, "releases_release"."id" DESC'),
        ("?o=4", '"release_at" ASC, "releases_release"."id" ASC'),
        ("?o=-4", '"release_at" DESC, "releases_release"."id" DESC'),
        ("?year=2031", '"release_at" DESC, "releases_release"."id" DESC'),
    ]:
        with CaptureQueriesContext(connection) as caught:
            client.get(LIST + query)
        assert any(f'ORDER BY "releases_release".{order} LIMIT' in row["sql"] or row["sql"].endswith(order)
                   for row in caught), query  # fmt: skip


def test_each_row_says_where_the_release_stands(client, publisher):
    made = {
        "draft": a_draft(),
        "in_review": a_release_in_review(),
        "scheduled": an_embargoed_release(),
        "live": a_live_release(),
        "withdrawn": withdraw(a_live_release()),
    }
    rows = {row.pk: row.standing_now for row in client.get(LIST).context["cl"].result_list}
    assert rows == {release.pk: standing for standing, release in made.items()}
    for standing, release in made.items():
        assert listed(client, f"?standing={standing}") == {release.pk}


def test_filters_narrow_by_language_kind_author_place_event_person_tag_and_moment(client, publisher):
    other = a_draft(
        language="tr", kind="statement", places=(), events=(), quotes=(), tags=(),
        release_at=datetime(2031, 12, 31, 22, tzinfo=UTC),
    )  # fmt: skip
    one = a_draft(by=publisher)
    izmir, forum = Location.objects.get(), Event.objects.get()
    speaker, tag = Spokesperson.objects.get(), Tag.objects.get()
    region = Location.objects.create(slug="aegean")
    Location.objects.filter(pk=izmir.pk).update(parent=region)
    assert listed(client, "?language=tr") == {other.pk}
    assert listed(client, "?kind=statement") == {other.pk}
    assert listed(client, "?mine=1") == {one.pk}
    for name, row in {"location": izmir, "event": forum, "spokesperson": speaker, "tag": tag}.items():
        assert listed(client, f"?{name}={row.pk}") == {one.pk}
    assert listed(client, f"?location={region.pk}") == {one.pk}
    assert listed(client, "?year=2032") == {other.pk}
    assert listed(client, "?year=2032&month=1") == {other.pk}
    assert listed(client, "?year=2031") == set()
    assert listed(client, "?year=none") == {one.pk}


def test_odd_input_in_the_address_is_no_error(client, publisher):
    a_draft()
    for query in ["location=x", "tag=%00", "year=0000", "year=12345&month=99", "standing=odd", "p=99999", "q=%00\"'*"]:
        assert client.get(f"{LIST}?{query}", follow=True).status_code == 200


def test_search_finds_folded_words(client, publisher):
    release = a_draft(headline="Diyarbakır'da ışık yandı")
    a_draft()
    assert listed(client, "?q=diyarbakirda isik") == {release.pk}
    assert listed(client, "?q=IŞIK") == {release.pk}


def test_search_finds_the_same_when_there_are_too_many_hits_to_number(client, publisher, monkeypatch):
    monkeypatch.setattr("releases.search.FEW", 1)
    found = {a_draft(headline=f"Harbour news {number}").pk for number in range(3)}
    a_draft(headline="Elsewhere", summary="", slug="elsewhere")
    assert listed(client, "?q=harbour") == found


def test_no_list_or_form_offers_a_choice_that_grows_with_the_archive(client, publisher):
    a_draft()
    for number in range(30):
        place = Location.objects.create(slug=f"unbounded-{number}")
        LocationName.objects.create(location=place, language="en", text=f"Unbounded {number}")
    release = Release.objects.get()
    for address in [LIST, "/admin/releases/release/add/", f"{LIST}{release.pk}/change/"]:
        assert "Unbounded" not in client.get(address).content.decode()


def suggestions(client, model, field, term):
    query = {"app_label": "releases", "model_name": model, "field_name": field, "term": term}
    return client.get("/admin/autocomplete/", query)


def test_suggestions_are_found_by_folded_names_and_only_by_those_who_may_see_them(client, publisher):
    a_draft(places=(Place(name="İzmir"),))
    found = suggestions(client, "releaselocation", "location", "IZMİR").json()["results"]
    assert [result["text"] for result in found] == ["İzmir"]
    client.force_login(a_person())
    assert suggestions(client, "releaselocation", "location", "izmir").status_code == 403


def test_only_people_who_still_speak_are_suggested(client, publisher):
    for slug, speaks in [("old", False), ("new", True)]:
        person = Spokesperson.objects.create(slug=slug, is_current=speaks)
        SpokespersonName.objects.create(spokesperson=person, language="en", text=f"Deniz {slug}", title="Head")
    found = suggestions(client, "quote", "spokesperson", "deniz").json()["results"]
    assert [result["text"] for result in found] == ["Deniz new, Head"]


def test_many_are_submitted_through_the_verb_and_none_are_deleted_at_once(client, publisher):
    good, empty = a_draft(), a_draft(body="")
    page = client.get(LIST)
    assert "delete_selected" not in page.content.decode()
    data = {"action": "submit_all", "_selected_action": [good.pk, empty.pk]}
    answer = client.post(LIST, data, follow=True)
    assert "Write the body" in answer.content.decode()
    assert set(Release.objects.values_list("pk", "state")) == {(good.pk, "in_review"), (empty.pk, "draft")}
    client.post(LIST, {"action": "delete_selected", "_selected_action": [empty.pk], "post": "yes"})
    assert Release.objects.filter(pk=empty.pk).exists()


def test_the_start_page_tells_what_is_next_waiting_mine_and_out(client, publisher):
    ahead, live = an_embargoed_release(), a_live_release()
    waiting, mine = a_release_in_review(), a_draft(by=publisher)
    board = client.get("/admin/").context
    assert [row["release"] for row in board["ahead"]] == [ahead.pk]
    assert [row["release"] for row in board["out"]] == [live.pk]
    assert [row["release"] for row in board["waiting"]] == [waiting.pk]
    assert [row["release"] for row in board["mine"]] == [mine.pk]


def test_an_account_without_a_role_sees_nothing(client):
    release = an_embargoed_release(headline="Nobody may know")
    client.force_login(a_person())
    start = client.get("/admin/")
    assert "has no role yet" in start.content.decode()
    for address in [
        LIST,
        "/admin/releases/release/add/",
        f"{LIST}{release.pk}/change/",
        f"{LIST}{release.pk}/history/",
        f"{LIST}{release.pk}/delete/",
        *(reverse(f"admin:releases_{noun}_changelist") for noun in ("edition", "revision", "auditevent", "location")),
    ]:
        answer = client.get(address, follow=True)
        assert "Nobody may know" not in answer.content.decode(), address
        assert answer.status_code == 403, address


def test_what_is_written_once_can_be_read_and_never_changed(client, publisher):
    release = a_live_release()
    for noun, row in [("edition", release.editions.get()), ("revision", release.revisions.first()),
                      ("auditevent", release.audit.first())]:  # fmt: skip
        address = reverse(f"admin:releases_{noun}_change", args=[row.pk])
        assert client.get(address).status_code == 200
        assert client.post(address, {"headline": "x"}).status_code == 403
        assert client.post(reverse(f"admin:releases_{noun}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    assert Edition.objects.count() == 1


def test_a_place_of_a_live_edition_is_not_deleted_even_when_the_desk_has_dropped_it(client, publisher):
    release = a_live_release()
    release.places.all().delete()
    place = Location.objects.get()
    address = reverse("admin:releases_location_delete", args=[place.pk])
    assert "1 published editions are about it" in client.get(address).content.decode()
    client.post(address, {"post": "yes"})
    assert Location.objects.filter(pk=place.pk).exists()


def test_a_noun_gets_its_address_from_its_name_and_keeps_it(client, publisher):
    add = reverse("admin:releases_location_add")
    rows = {"names-0-language": "tr", "names-0-text": "Çeşme"}
    client.post(add, filled(client.get(add), "location_form", **rows))
    place = Location.objects.get()
    assert (place.slug, place.name_in("tr")) == ("cesme", "Çeşme")
    change = reverse("admin:releases_location_change", args=[place.pk])
    client.post(change, filled(client.get(change), "location_form", slug="other", country_code="TR"))
    place.refresh_from_db()
    assert (place.slug, place.country_code) == ("cesme", "TR")


def test_a_noun_without_a_name_is_refused(client, publisher):
    add = reverse("admin:releases_location_add")
    answer = client.post(add, filled(client.get(add), "location_form"))
    assert answer.status_code == 200
    assert not Location.objects.exists()


def test_the_newsroom_speaks_in_every_language_it_offers(client, publisher):
    address = reverse("admin:releases_newsroom_change", args=[1])
    said = {"names_tr": "Basın", "about_ar": "<p>نحن</p>", "languages_0": "tr", "languages_1": "ar"}
    answer = client.post(address, filled(client.get(address), "newsroom_form", **said, languages_2=""))
    assert answer.status_code == 302, answer.context["errors"]
    newsroom = Newsroom.current()
    assert newsroom.languages == ["tr", "ar"]
    assert (newsroom.names["tr"], newsroom.about["ar"]) == ("Basın", "<p>نحن</p>")
    assert client.get(reverse("admin:releases_newsroom_changelist")).url == address
    assert client.get(reverse("admin:releases_newsroom_add")).status_code == 403


def test_an_event_has_hours_of_its_own_zone(client, publisher):
    add = reverse("admin:releases_event_add")
    said = {"names-0-language": "en", "names-0-text": "Forum", "starts_at": "2027-10-31T01:30"}
    data = filled(client.get(add), "event_form", **said, time_zone="Europe/London")
    assert 'name="starts_at_instant"' in client.post(add, data).content.decode()
    client.post(add, {**data, "starts_at_instant": "2027-10-31T01:30:00+00:00"})
    assert Event.objects.get().starts_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_every_desk_page_is_sent_with_the_strict_policy_and_holds_nothing_inline(client, publisher):
    release = a_release_in_review()
    addresses = [
        "/admin/",
        LIST,
        f"{LIST}add/",
        f"{LIST}{release.pk}/change/",
        f"{LIST}{release.pk}/history/",
        f"{LIST}{release.pk}/verbs/approve/",
        *(reverse(f"admin:releases_{noun}_add") for noun in ("location", "event", "spokesperson", "contact")),
        reverse("admin:releases_newsroom_change", args=[1]),
    ]
    for address in addresses:
        answer = client.get(address)
        policy, page = answer.headers["Content-Security-Policy"], answer.content.decode()
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert " style=" not in page, address
        assert "<style" not in page, address
        assert " onclick=" not in page, address
        for script in page.split("<script")[1:]:
            opening = script.partition(">")[0]
            assert " src=" in opening or ("importmap" in opening and "nonce=" in opening), address


def test_times_of_the_list_name_their_zone(client, publisher):
    Newsroom.objects.update(time_zone="Europe/Athens")
    a_draft(release_at=timezone.now() + timedelta(days=3))
    assert "Europe/Athens" in client.get(LIST).content.decode()
