"""The pages a stranger reads: a release, the front page, contacts, corrections, the frame around them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from releases import workflow
from releases.documents import About, Download, Happening, Picture, Place, PressContact, Quotation
from releases.models import Contact, Event, Location, LocationName, Newsroom, Spokesperson, SpokespersonName
from tests.asking import read
from tests.builders import (
    a_live_release,
    a_publisher,
    an_embargoed_release,
    correct,
    edit,
    resubmit,
    withdraw,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOW, tick=False):
        yield


def a_translation(release, language, **columns):
    """The release in another language, live since now."""
    copy = workflow.start_translation(release, a_publisher(), language)
    edit(copy, release_at=None, **columns)
    workflow.approve(copy, a_publisher(), resubmit(copy))
    return copy


def a_whole_release():
    """A live release with one of everything."""
    return a_live_release(
        NOW - DAY,
        headline="Boats & blankets",
        slug="boats",
        summary="What happened.",
        kind="statement",
        places=(Place(name="Ankara"), Place(name="Athens")),
        body="<p>The first words.</p><h2>Then</h2><p>The rest.</p>",
        notes_to_editors="<p>For editors.</p>",
        quotes=(
            Quotation(
                name="Ayla Demir", title="Head of Office", organisation="Coast Office", words="We came.\nWe saw."
            ),
            Quotation(name="Silent Person", title="Witness"),
        ),
        events=(Happening(name="Harbour Forum"),),
        tags=("rescue",),
        boilerplates=(About(title="About the Coast Office", body="<p>It watches.</p>"),),
        contacts=(PressContact(name="Deniz Kaya", role="Media", email="d@example.org", phone="+90 (312) 555 01-23"),),
        photos=(Picture(path="files/a/lead.jpg", alt_text="A harbour", caption="Dawn.", credit="Kaya", is_lead=True),),
        attachments=(Download(path="files/b/table.pdf", title="The table", size=2048),),
    )


WHOLE = (
    "<h1>Boats &amp; blankets</h1>",
    '<p class="standfirst">What happened.</p>',
    '<p><b class="dateline">Ankara/Athens</b> – The first words.</p>',
    '<a class="kind kind-statement" href="/en/releases/?kind=statement">Statement</a>',
    '<time datetime="2026-11-21T15:00:00+03:00" data-local>21 November 2026, 15:00</time></b> '
    "(Europe/Istanbul, UTC+3)",
    "<blockquote><p>We came.</p><p>We saw.</p></blockquote>",
    "<span>Head of Office, Coast Office</span>",
    "Silent Person",
    '<a href="/en/events/harbour-forum/">Harbour Forum</a>',
    '<a href="/en/tags/rescue/">rescue</a>',
    "<p>For editors.</p>",
    "About the Coast Office",
    'dir="ltr" href="tel:+903125550123">+90 (312) 555 01-23</a>',
    'href="mailto:d@example.org"',
    'src="/media/files/a/lead.jpg" alt="A harbour"',
    "Photo: Kaya",
    'href="/media/files/b/table.pdf"',
    '<link rel="canonical" href="http://127.0.0.1:8000/en/releases/boats/">',
)


def test_a_release_is_complete_on_one_page(client):
    a_whole_release()
    page = read(client, "/en/releases/boats/")
    assert [words for words in WHOLE if words not in page] == []
    assert page.count("<h1") == 1


def test_a_release_page_costs_three_queries_and_asks_for_one_document(client):
    Newsroom.current().save()
    a_live_release(NOW - DAY, slug="boats", tags=tuple(f"tag {number}" for number in range(30)))
    with CaptureQueriesContext(connection) as captured:
        read(client, "/en/releases/boats/")
    assert len(captured) == 3
    assert sum('"document"' in query["sql"] for query in captured) == 1


def test_no_public_page_asks_a_table_of_working_copies(client):
    release = a_live_release(NOW - 2 * DAY, slug="boats")
    correct(release, at=NOW - DAY)
    withdraw(a_live_release(NOW - DAY, slug="gone"), at=NOW - MINUTE)
    addresses = "", "releases/", "releases/boats/", "releases/boats/editions/1/", "locations/", "locations/izmir/"
    addresses += "events/", "spokespersons/", "tags/", "tags/rescue/", "corrections/", "contacts/", "about/"
    addresses += "releases/gone/", "releases/never/", "feeds/rss.xml", "releases/?q=harbour&tag=rescue"
    private = re.compile(r'"releases_(release|revision|quote|photo|attachment|audit)\w*"')
    for address in addresses:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/en/{address}")
        assert not [query["sql"] for query in captured if private.search(query["sql"])], address


def test_the_speaker_keeps_the_title_of_that_day(client):
    a_live_release(
        NOW - DAY, slug="boats", quotes=(Quotation(name="Ayla Demir", title="Head of Office", words="Yes."),)
    )
    SpokespersonName.objects.update(title="Minister")
    assert "Head of Office" in read(client, "/en/releases/boats/")
    person = Spokesperson.objects.get()
    assert "Minister" in read(client, f"/en/spokespersons/{person.slug}/")


def test_editing_a_live_release_changes_nothing_public(client):
    release = a_live_release(NOW - DAY, slug="boats")
    before = read(client, "/en/releases/boats/")
    edit(release, headline="Secret words", body="<p>Secret words.</p>")
    assert read(client, "/en/releases/boats/") == before


def test_a_correction_stands_before_the_text_and_keeps_the_earlier_edition_readable(client):
    release = a_live_release(NOW - 2 * DAY, slug="boats", body="<p>Four boats.</p>")
    correct(release, note="There were three boats.", at=NOW - DAY, body="<p>Three boats.</p>")
    page = read(client, "/en/releases/boats/")
    assert page.index("There were three boats.") < page.index("Three boats.</p>")
    assert "Four boats." not in page
    assert "21 November 2026, 15:00" in page
    earlier = read(client, "/en/releases/boats/editions/1/")
    assert "Four boats." in earlier
    assert "There were three boats." not in earlier
    assert 'href="/en/releases/boats/">Read the current edition</a>' in earlier
    assert '<meta name="robots" content="noindex">' in earlier
    for absent in ("2", "3", "0", "01", "99999999999999999999"):
        read(client, f"/en/releases/boats/editions/{absent}/", 404)


def test_an_earlier_edition_of_another_address_names_the_present_one_as_its_own(client):
    correct(a_live_release(NOW - 2 * DAY, slug="before"), at=NOW - DAY, slug="after")
    page = read(client, "/en/releases/after/editions/1/")
    assert '<link rel="canonical" href="http://127.0.0.1:8000/en/releases/after/">' in page
    assert "/releases/before/" not in page


def test_an_earlier_edition_that_no_correction_shows_is_not_there(client):
    release = a_live_release(NOW - 2 * DAY, slug="boats")
    correct(release, at=NOW - DAY, shows_previous=False)
    read(client, "/en/releases/boats/editions/1/", 404)


def test_an_earlier_edition_goes_with_the_release(client):
    release = a_live_release(NOW - 3 * DAY, slug="boats")
    correct(release, at=NOW - 2 * DAY)
    withdraw(release, at=NOW - DAY)
    read(client, "/en/releases/boats/editions/1/", 404)


def test_the_corrections_page_lists_them_newest_first_while_the_release_is_public(client):
    kept, gone = (a_live_release(NOW - 5 * DAY, headline=word) for word in ("Kept", "Gone"))
    correct(kept, note="The first note.", at=NOW - 4 * DAY)
    correct(gone, note="A note on what is gone.", at=NOW - 3 * DAY)
    correct(kept, note="The second note.", kind="clarification", at=NOW - 2 * DAY, body="<p>Two.</p>")
    withdraw(gone, at=NOW - DAY)
    page = read(client, "/en/corrections/")
    assert page.index("The second note.") < page.index("The first note.")
    assert "Clarification" in page
    assert "A note on what is gone." not in page
    assert "Gone" not in page


def test_corrections_page_through_all_of_them(client, monkeypatch):
    monkeypatch.setattr("releases.public.standing.CORRECTIONS", 2)
    for number in range(5):
        correct(a_live_release(NOW - 2 * DAY), note=f"Note {number}.", at=NOW - DAY)
    seen, address = [], "/en/corrections/"
    while address:
        page = read(client, address)
        seen += re.findall(r"Note \d\.", page)
        older = re.search(r'rel="next" href="([^"]*)"', page)
        address = older and older[1]
    assert sorted(seen) == [f"Note {number}." for number in range(5)]


def test_translations_lead_to_each_other_only_while_both_are_live(client):
    release = a_live_release(NOW - DAY, slug="boats")
    a_translation(release, "tr", headline="Tekneler", slug="tekneler")
    draft = workflow.start_translation(release, a_publisher(), "ar")
    edit(draft, headline="سر", slug="sirr")
    english, turkish = read(client, "/en/releases/boats/"), read(client, "/tr/releases/tekneler/")
    assert 'hreflang="tr" href="http://127.0.0.1:8000/tr/releases/tekneler/"' in english
    assert english.count('href="/tr/releases/tekneler/"') == 2
    assert 'href="/en/releases/boats/"' in turkish
    assert "sirr" not in english + turkish
    assert '<a href="/ar/releases/boats/" lang="ar" dir="rtl" hreflang="ar">' in english


def test_every_page_says_its_language_and_direction(client):
    for language, direction in (("en", "ltr"), ("tr", "ltr"), ("ar", "rtl")):
        for address in ("", "releases/", "contacts/", "nowhere/"):
            answer = client.get(f"/{language}/{address}")
            assert f'<html lang="{language}" dir="{direction}">' in answer.content.decode()
            assert answer.headers["Content-Language"] == language


def test_a_language_the_newsroom_does_not_offer_has_no_pages(client):
    Newsroom(id=1, names={"tr": "Oda"}, languages=["tr"]).save()
    assert client.get("/").headers["Location"] == "/tr/"
    assert "Oda" in read(client, "/tr/")
    assert '<html lang="tr"' in read(client, "/en/", 404)
    read(client, "/de/", 404)


def test_a_language_can_be_added_without_a_catalogue(client):
    Newsroom(id=1, names={"en": "Newsroom", "ku": "Odeya Nûçeyan"}, languages=["en", "ku"]).save()
    a_live_release(NOW - DAY, language="ku", headline="Keştî gihîştin")
    assert '<html lang="ku" dir="ltr">' in read(client, "/ku/")
    assert client.get("/ku/").headers["Content-Language"] == "ku"
    assert "Keştî gihîştin" in read(client, "/ku/releases/")


def test_dates_are_told_in_the_language_of_the_page(client):
    release = a_live_release(NOW - DAY, slug="boats")
    a_translation(release, "tr", headline="Tekneler", slug="tekneler")
    a_translation(release, "ar", headline="قوارب", slug="qawarib")
    assert "21 November 2026, 15:00" in read(client, "/en/releases/boats/")
    assert "22 Kasım 2026, 15.00" in read(client, "/tr/releases/tekneler/")
    assert "22 نوفمبر 2026، 15:00" in read(client, "/ar/releases/qawarib/")


def test_the_front_page_leads_with_the_newest_and_names_whom_to_call(client):
    a_live_release(NOW - 2 * DAY, headline="Before")
    a_live_release(NOW - DAY, headline="Newest")
    an_embargoed_release(NOW + DAY, headline="Tomorrow")
    Contact.objects.create(language="en", name="Deniz Kaya", phone="+90 312 555 01 23", on_site=True)
    Contact.objects.create(language="en", name="Not On Site", phone="+90 312 555 01 24")
    page = read(client, "/en/")
    assert page.index("Newest</a></h2>") < page.index("Before</a></h3>")
    assert "Tomorrow" not in page
    assert 'href="tel:+903125550123"' in page
    assert "Not On Site" not in page


def test_an_empty_newsroom_says_so_in_every_language(client):
    assert "Nothing has been published in this language yet" in read(client, "/en/")
    assert "Bu dilde henüz bir şey yayımlanmadı" in read(client, "/tr/")
    assert "لم يُنشر شيء بهذه اللغة بعد" in read(client, "/ar/")


def test_contacts_of_the_usual_language_stand_in_and_say_their_language(client):
    Contact.objects.create(language="en", name="Deniz Kaya", phone="+90 312 555 01 23", on_site=True)
    assert '<address class="contact" lang="en" dir="ltr">' in read(client, "/ar/contacts/")
    Contact.objects.create(language="ar", name="نور الحلبي", phone="+90 342 555 01 30", on_site=True)
    page = read(client, "/ar/contacts/")
    assert "نور الحلبي" in page
    assert "Deniz Kaya" not in page


def test_about_is_cleaned_even_if_somebody_put_a_script_into_the_settings(client):
    Newsroom(id=1, about={"en": "<p>Who we are.</p><script>alert(1)</script>"}).save()
    page = read(client, "/en/about/")
    assert "<p>Who we are.</p>" in page
    assert "alert(1)" not in page
    assert 'lang="en" dir="ltr"><p>Who we are.' in read(client, "/ar/about/")


def test_words_of_people_are_escaped_everywhere(client):
    hostile = "<script>alert(1)</script>"
    a_live_release(
        NOW - DAY,
        headline=hostile,
        slug="hostile",
        summary=hostile,
        tags=(hostile,),
        quotes=(Quotation(name=hostile, title=hostile, words=hostile),),
        contacts=(PressContact(name="Name", role=hostile, hours=hostile),),
        body=hostile + "<p onclick='x'>Text</p>",
    )
    for address in ("", "releases/", f"releases/?q={hostile}", "releases/hostile/", "tags/", "spokespersons/"):
        assert "<script>" not in read(client, f"/en/{address}")
    assert "onclick" not in read(client, "/en/releases/hostile/")


def test_a_document_in_another_zone_tells_its_own_time(client):
    a_live_release(NOW - DAY, slug="boats", time_zone="Asia/Kathmandu")
    page = read(client, "/en/releases/boats/")
    assert "21 November 2026, 17:45" in page
    assert "(Asia/Kathmandu, UTC+5:45)" in page


def test_an_event_tells_its_place_and_leads_to_it_only_if_releases_are_told_from_there(client):
    a_live_release(NOW - DAY, places=(Place(name="Bern"),), events=(Happening(name="Forum"), Happening(name="Fair")))
    Event.objects.filter(slug="forum").update(location=Location.objects.get(slug="bern"))
    Event.objects.filter(slug="fair").update(location=a_place("Basel"))
    assert '<a href="/en/locations/bern/">Bern</a>' in read(client, "/en/events/forum/")
    page = read(client, "/en/events/fair/")
    assert "Basel" in page
    assert "locations/basel" not in page


def a_place(name):
    place = Location.objects.create(slug=name.lower())
    LocationName.objects.create(location=place, language="en", text=name)
    return place


def test_the_dateline_stands_alone_before_a_text_that_does_not_begin_with_a_paragraph(client):
    a_live_release(NOW - DAY, slug="boats", places=(Place(name="Bern"),), body="<ul><li><p>One</p></li></ul>")
    page = read(client, "/en/releases/boats/")
    assert re.search(r'<p><b class="dateline">Bern</b> – </p>\s*<ul>', page)


def test_pages_set_no_cookie_and_hold_no_script_but_the_sites_own(client):
    a_live_release(NOW - DAY, slug="boats")
    for address in ("", "releases/", "releases/boats/", "contacts/", "nowhere/"):
        answer = client.get(f"/en/{address}")
        assert not answer.cookies
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert re.findall(rb"<script[^>]* src=.[^>\"]*", answer.content) == [
            b'<script type="module" src="/static/js/public.js'
        ]
        assert not re.search(rb'(?:src|href)="(?:https?:)?//(?!127)', answer.content)
