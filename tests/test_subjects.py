"""Places on their map, people with their words, tags by letters, events as invitations, the standing pages."""

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from releases import workflow
from releases.documents import Happening, Place, Quotation
from releases.models import Contact, Location, LocationName, Newsroom, Spokesperson, SpokespersonName
from tests.asking import read
from tests.builders import (
    DAY,
    a_draft,
    a_live_release,
    a_person,
    a_publisher,
    an_embargoed_release,
    correct,
    tell_event,
    withdraw,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
AYLA = Quotation(name="Ayla Demir", title="Director", organisation="Coast Office", words="We came at dawn.")


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False):
        yield


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def a_place(name, latitude=None, longitude=None, kind="city", parent=None):
    place = Location.objects.create(
        slug=name.lower(), latitude=latitude, longitude=longitude, kind=kind, parent=parent
    )
    LocationName.objects.create(location=place, language="en", text=name)
    return place


def told_from(*places):
    a_live_release(NOW - DAY, places=tuple(Place(id=place.pk, name=place.slug) for place in places))


def dots(page):
    """Where each place of a map leads, with the point on the sheet."""
    found = re.findall(r'<a href="([^"]*)"[^>]*><title>[^<]*</title><circle cx="(\d+)" cy="(\d+)"', page)
    return {address: (int(x), int(y)) for address, x, y in found}


def test_the_map_shows_public_places_where_they_lie_beside_a_list_of_the_same(client):
    told_from(a_place("Izmir", 38.42, 27.14), a_place("Ankara", 39.93, 32.86), a_place("Mersin", 36.8, 34.63))
    a_draft(places=(Place(id=a_place("Secret", 38, 30).pk, name="Secret"),))
    page = read(client, "/en/locations/")
    found = dots(page)
    assert sorted(found) == [f"/en/locations/{slug}/" for slug in ("ankara", "izmir", "mersin")]
    izmir, ankara, mersin = (found[f"/en/locations/{slug}/"] for slug in ("izmir", "ankara", "mersin"))
    assert izmir[0] < ankara[0] < mersin[0]
    assert ankara[1] < izmir[1] < mersin[1]
    assert all(page.count(f'href="{address}"') == 2 for address in found)
    assert re.search(r'class="map-land" d="M\d', page)
    assert 'href="#list"' in page


def test_places_without_coordinates_need_no_map(client):
    told_from(a_place("Somewhere"))
    assert "<svg" not in read(client, "/en/locations/")
    assert "<svg" not in read(client, "/en/locations/somewhere/")


def test_a_place_far_from_all_others_is_told_beside_the_map(client):
    near = [a_place(f"Place{number}", 38 + number / 10, 27 + number / 10) for number in range(9)]
    told_from(*near, a_place("Wellington", -41.3, 174.8))
    page = read(client, "/en/locations/")
    assert "/en/locations/wellington/" not in dots(page)
    assert re.search(r'Beyond the edge of this map:.*<a href="/en/locations/wellington/">Wellington</a>', page)


def test_the_page_of_a_place_tells_where_it_lies_what_is_near_and_what_takes_place_there(client):
    coast = a_place("Coast", kind="region")
    quay, bay = (a_place(name, 38.4 + at, 27.1, parent=coast) for at, name in enumerate(("Quay", "Bay")))
    told_from(quay, bay)
    a_live_release(NOW - DAY, places=(), events=(Happening(name="Regatta"),))
    tell_event("regatta", starts_at=NOW + 9 * DAY, location=quay)
    page = read(client, "/en/locations/quay/")
    assert re.search(r"Lies in.*/en/locations/coast/.*Nearby.*/en/locations/bay/.*38.4000° N, 27.1000° E", page, re.S)
    assert '<g class="here"><title>Quay</title><circle' in page
    assert "/en/locations/bay/" in dots(page)
    for address in ("/en/locations/quay/", "/en/locations/coast/"):
        assert "/en/events/regatta/" in read(client, address)
    assert "/en/events/calendar.ics?location=quay" in page


def test_the_page_of_a_place_costs_the_same_with_1_and_with_50_neighbours(client):
    Newsroom.current().save()
    coast = a_place("Coast", 38, 27, kind="region")
    told_from(a_place("Quay", 38.4, 27.1, parent=coast))
    few = queries(client, "/en/locations/quay/"), queries(client, "/en/locations/")
    told_from(*(a_place(f"Bay{number}", 38, 27 + number / 10, parent=coast) for number in range(49)))
    assert (queries(client, "/en/locations/quay/"), queries(client, "/en/locations/")) == few == (7, 2)


def test_a_person_is_quoted_from_live_releases_with_the_title_of_that_day(client):
    a_live_release(NOW - 400 * DAY, headline="Long ago", quotes=(AYLA.model_copy(update={"title": "Deputy"}),))
    for days in (3, 1):
        a_live_release(NOW - days * DAY, headline="Lately", quotes=(AYLA,))
    a_draft(quotes=(AYLA.model_copy(update={"words": "Not said yet."}),))
    an_embargoed_release(quotes=(AYLA.model_copy(update={"words": "Said tomorrow."}),))
    withdraw(a_live_release(NOW - DAY, quotes=(AYLA.model_copy(update={"words": "Taken back."}),)), at=NOW)
    page = read(client, "/en/spokespersons/ayla-demir/")
    said = re.findall(r"<blockquote[^>]*><p>([^<]*)</p>.*?<span>([^<]*)</span>", page, re.S)
    titles = ("Director", "Director", "Deputy")
    assert said == [("We came at dawn.", f"{title}, Coast Office") for title in titles]
    assert re.search(r"Titles over time.*Director.*November 2026.*Deputy.*October 2025", page, re.S)
    assert "November 2026 –" not in page.partition("Titles over time")[2]  # two days of one month are one month
    assert not any(words in page for words in ("Not said yet", "Said tomorrow", "Taken back"))


def test_the_page_of_a_person_costs_the_same_at_1_and_at_50_quotes(client):
    Newsroom.current().save()
    a_live_release(NOW - DAY, quotes=(AYLA,))
    few = queries(client, "/en/spokespersons/ayla-demir/")
    for _ in range(49):
        a_live_release(NOW - DAY, quotes=(AYLA,))
    assert queries(client, "/en/spokespersons/ayla-demir/") == few == 6


def a_picture(width=2400, height=3000) -> ContentFile:
    written = BytesIO()
    Image.new("RGB", (width, height), "#557799").save(written, "JPEG")
    return ContentFile(written.getvalue(), name="ayla.jpg")


def status(client, address):
    answer = client.get(address)
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return answer.status_code


def give_portrait(client, person, **changes):
    name = person.names.get()
    fields = {
        "is_current": "on",
        "portrait": a_picture(),
        "portrait_alt": "Ayla Demir",
        "portrait_credit": "K. Ak",
        "names-TOTAL_FORMS": "1",
        "names-INITIAL_FORMS": "1",
        "names-0-id": name.pk,
        "names-0-text": name.text,
        "names-0-spokesperson": person.pk,
        "names-0-language": "en",
        "names-0-biography": "She sails.",
    }
    return client.post(f"/admin/releases/spokesperson/{person.pk}/change/", {**fields, **changes})


def test_a_portrait_is_public_exactly_while_the_person_is(client):
    release = an_embargoed_release(NOW + DAY, quotes=(AYLA,))
    person, editor = Spokesperson.objects.get(), a_person("Editor")
    client.force_login(editor)
    assert give_portrait(client, person).status_code == 302
    person.refresh_from_db()
    picture = f"/media/{person.portrait.name}"
    assert (person.portrait_width, person.portrait_height) == (1280, 1600)
    assert status(client, f"/admin/releases/spokesperson/{person.pk}/portrait/") == 200
    assert client.get(picture).content == client.get("/media/files/nonsense.jpg").content
    with time_machine.travel(NOW + DAY, tick=False):
        assert status(client, picture) == 200
        page = read(client, "/en/spokespersons/ayla-demir/")
        assert f'<img src="{picture}" alt="Ayla Demir" width="1280" height="1600">' in page
        assert "Photo: K. Ak" in page
        assert "She sails." in page
        workflow.withdraw(release, a_publisher(), "It was not so.")
    with time_machine.travel(NOW + 2 * DAY, tick=False):
        assert status(client, picture) == 404


def test_a_portrait_needs_words_for_those_who_cannot_see_it_and_can_be_removed(client):
    a_draft(quotes=(AYLA,))
    person = Spokesperson.objects.get()
    client.force_login(a_person("Editor"))
    refused = give_portrait(client, person, portrait_alt="")
    assert "Say what the portrait shows" in refused.content.decode()
    assert "not a JPEG" in give_portrait(client, person, portrait=ContentFile(b"MZ", name="a.jpg")).content.decode()
    give_portrait(client, person)
    give_portrait(client, person, **{"portrait": "", "portrait-clear": "on"})
    person.refresh_from_db()
    assert (person.portrait.name, person.portrait_width) == ("", None)
    assert client.get(f"/admin/releases/spokesperson/{person.pk}/portrait/").status_code == 404


def test_a_long_index_is_parted_by_the_letters_of_its_language(client):
    names = [f"{letters}{number}" for letters in ("ça", "cz", "ız", "ia", "ş") for number in range(7)]
    a_live_release(NOW - DAY, tags=tuple(names), language="tr")
    page = read(client, "/tr/tags/")
    assert re.findall(r'<h2 id="letter-\d">(.)</h2>', page) == ["C", "Ç", "I", "İ", "Ş"]
    assert page.count('href="#letter-') == 5
    a_live_release(NOW - DAY, tags=("rescue",))
    assert "letter-" not in read(client, "/en/tags/")


def test_an_invitation_tells_how_the_press_gets_in_until_it_is_too_late(client):
    a_live_release(NOW - DAY, events=(Happening(name="Regatta"),))
    invited = {"is_invitation": True, "accreditation_url": "https://forms.example.org/r", "attendance": "hybrid"}
    tell_event(starts_at=NOW + 9 * DAY, time_zone="Asia/Tokyo", accreditation_deadline=NOW + DAY, **invited)
    page = read(client, "/en/events/regatta/")
    assert "Journalists are invited" in page
    assert '<a class="button" href="https://forms.example.org/r">Request accreditation</a>' in page
    assert "1 December 2026, 21:00 (Asia/Tokyo, UTC+9)" in page
    assert "1 December 2026, 15:00 (Europe/Istanbul, UTC+3)" in page
    assert "In person and online" in page
    tell_event(accreditation_deadline=NOW - DAY)
    page = read(client, "/en/events/regatta/")
    assert "Accreditation is closed." in page
    assert "forms.example.org" not in page


@pytest.mark.parametrize(
    ("status", "sentence"), [("cancelled", "does not take place"), ("postponed", "A new date will be told here")]
)
def test_what_became_of_an_event_is_told_before_everything_else(client, status, sentence):
    a_live_release(NOW - DAY, events=(Happening(name="Regatta"),))
    tell_event(starts_at=NOW + 9 * DAY, status=status)
    page = read(client, "/en/events/regatta/")
    assert page.index(sentence) < page.index("1 December 2026")


def test_events_page_through_all_that_were(client, monkeypatch):
    monkeypatch.setattr("releases.public.events.PAST", 2)
    days = [f"2026-0{month}-01" for month in range(1, 6)]
    a_live_release(NOW - DAY, events=tuple(Happening(name=f"Day {day}", starts_on=day) for day in days))
    seen, address = [], "/en/events/"
    while address:
        page = read(client, address)
        seen += re.findall(r">Day (2026-0\d-01)<", page)
        older = re.search(r'rel="next" href="([^"]*)"', page)
        address = older and older[1]
    assert seen == days[::-1]
    assert client.get("/en/events/?after=nonsense").status_code == 404


def test_corrections_can_be_narrowed_to_one_kind(client):
    correct(a_live_release(NOW - 2 * DAY), note="Three, not two.", at=NOW - DAY)
    correct(a_live_release(NOW - 2 * DAY), note="A ship more.", kind="update", at=NOW - DAY)
    page = read(client, "/en/corrections/?kind=update")
    assert "A ship more." in page
    assert "Three, not two." not in page
    assert '<a href="/en/corrections/?kind=update" aria-current="true">Update</a>' in page
    assert client.get("/en/corrections/?kind=nonsense").status_code == 404


def test_contacts_tell_languages_and_go_into_an_address_book(client):
    assert client.get("/en/contacts/contacts.vcf").status_code == 404
    said = {"phone": "+90 (0) 312 555 01 23", "whatsapp": "+90 532 555 01 23", "speaks": "English, Turkish; Arabic"}
    Contact.objects.create(language="en", name="Deniz Kaya", on_site=True, role="Media, coast", **said)
    page = read(client, "/en/contacts/")
    assert 'href="https://wa.me/905325550123"' in page
    assert "Speaks English, Turkish; Arabic" in page
    card = client.get("/en/contacts/contacts.vcf")
    assert card["Content-Type"] == "text/vcard; charset=utf-8"
    lines = card.content.decode().split("\r\n")
    assert lines[:3] == ["BEGIN:VCARD", "VERSION:4.0", "FN:Deniz Kaya"]
    assert "TITLE:Media\\, coast" in lines
    assert "NOTE:English\\, Turkish\\; Arabic" in lines


def test_the_accessibility_statement_names_the_standard_and_whom_to_tell(client):
    Contact.objects.create(language="en", name="Deniz Kaya", phone="+90 312 555 01 23", on_site=True)
    page = read(client, "/en/accessibility/")
    assert "WCAG) 2.2 at level AA" in page
    assert "tel:+903125550123" in page
    assert 'href="/en/accessibility/"' in read(client, "/en/")


def test_a_person_of_another_language_is_told_in_the_language_there_is(client):
    a_live_release(NOW - DAY, quotes=(AYLA,))
    SpokespersonName.objects.update(biography="She sails.")
    assert '<p lang="en" dir="ltr">She sails.</p>' in read(client, "/ar/spokespersons/ayla-demir/")
