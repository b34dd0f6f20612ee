"""What the head of a page tells machines: what the page says, in other words, and nothing that is not public."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html import unescape

import pytest
import time_machine

from releases import workflow
from releases.documents import Happening, Picture, Place, Quotation
from releases.models import Event, Location, Newsroom, Spokesperson, SpokespersonName
from tests.builders import a_live_release, a_publisher, an_embargoed_release, correct, edit, resubmit, withdraw

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SITE = "https://news.example"
BOATS = f"{SITE}/en/releases/boats/"


@pytest.fixture(autouse=True)
def noon(settings):
    settings.SITE_URL = SITE
    settings.ALLOWED_HOSTS = ["*"]
    with time_machine.travel(NOW, tick=False):
        yield


def a_whole_release(**changes):
    whole = {
        "headline": "Boats & blankets",
        "slug": "boats",
        "summary": "What happened.",
        "kind": "statement",
        "places": (Place(name="Çeşme", region="Western Türkiye"), Place(name="Athens")),
        "quotes": (
            Quotation(name="Ayla Demir", title="Head of Office", organisation="Coast Office", words="We came."),
        ),
        "events": (
            Happening(
                name="Harbour Forum",
                starts_at=NOW + DAY,
                ends_at=NOW + DAY + HOUR,
                time_zone="Europe/Athens",
                place="Town Hall",
                status="rescheduled",
            ),
        ),
        "tags": ("rescue", "sea"),
        "photos": (
            Picture(
                path="files/a/lead.jpg", alt_text="A harbour", caption="Dawn.", credit="Kaya", is_lead=True, width=6
            ),
        ),
    }
    return a_live_release(NOW - DAY, **{**whole, **changes})


def a_translation(release, language, **columns):
    copy = workflow.start_translation(release, a_publisher(), language)
    edit(copy, release_at=None, **columns)
    workflow.approve(copy, a_publisher(), resubmit(copy))
    return copy


def read(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def data(client, address) -> dict:
    """The things in the page's one data block, by their type."""
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', read(client, address), re.DOTALL)
    whole = json.loads(block)
    assert whole["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in whole["@graph"]}


def links(client, address, rel="alternate") -> list[dict]:
    page = read(client, address)
    found = [dict(re.findall(r'([a-z]+)="([^"]*)"', tag)) for tag in re.findall(r"<link [^>]*>", page)]
    return [{name: unescape(value) for name, value in link.items()} for link in found if link["rel"] == rel]


def hreflangs(client, address) -> dict:
    return {link["hreflang"]: link["href"] for link in links(client, address) if "hreflang" in link}


def canonical(client, address) -> list[str]:
    return [link["href"] for link in links(client, address, "canonical")]


def properties(client, address) -> list[tuple[str, str]]:
    found = re.findall(r'<meta (?:property|name)="([a-z:_]+)" content="([^"]*)">', read(client, address))
    return [(name, unescape(value)) for name, value in found]


PUBLISHER = {
    "@type": "Organization",
    "@id": f"{SITE}/en/#publisher",
    "name": "Newsroom",
    "url": f"{SITE}/en/",
    "logo": {"@type": "ImageObject", "url": f"{SITE}/static/favicon.svg"},
}
REGION = {"@type": "Place", "name": "Western Türkiye"}
ARTICLE = {
    "@type": "NewsArticle",
    "@id": BOATS,
    "url": BOATS,
    "mainEntityOfPage": BOATS,
    "headline": "Boats & blankets",
    "description": "What happened.",
    "inLanguage": "en",
    "dateline": "Çeşme, Western Türkiye/Athens",
    "datePublished": "2026-11-21T15:00:00+03:00",
    "dateModified": "2026-11-21T15:00:00+03:00",
    "author": PUBLISHER,
    "publisher": PUBLISHER,
    "articleSection": "Statement",
    "keywords": ["rescue", "sea"],
    "image": [
        {
            "@type": "ImageObject",
            "url": f"{SITE}/media/files/a/lead.jpg",
            "caption": "Dawn.",
            "creditText": "Kaya",
            "width": 6,
        },
        f"{BOATS}card.jpg",
    ],
    "contentLocation": [
        {
            "@type": "Place",
            "name": "Çeşme",
            "url": f"{SITE}/en/locations/cesme-western-turkiye/",
            "containedInPlace": REGION,
        },
        {"@type": "Place", "name": "Athens", "url": f"{SITE}/en/locations/athens/"},
    ],
    "about": [
        {
            "@type": "Event",
            "name": "Harbour Forum",
            "location": {"@type": "Place", "name": "Town Hall"},
            "startDate": "2026-11-23T14:00:00+02:00",
            "endDate": "2026-11-23T15:00:00+02:00",
            "eventStatus": "https://schema.org/EventRescheduled",
        }
    ],
    "mentions": [
        {
            "@type": "Person",
            "name": "Ayla Demir",
            "jobTitle": "Head of Office",
            "worksFor": {"@type": "Organization", "name": "Coast Office"},
        }
    ],
    "isAccessibleForFree": True,
}


def test_an_article_tells_what_its_page_shows(client):
    a_whole_release()
    assert data(client, "/en/releases/boats/")["NewsArticle"] == ARTICLE


def test_dates_in_the_data_are_the_dates_people_read(client):
    correct(a_whole_release(), note="There were three.", at=NOW - MINUTE)
    page = read(client, "/en/releases/boats/")
    told = data(client, "/en/releases/boats/")["NewsArticle"]
    assert told["dateModified"] == "2026-11-22T14:59:00+03:00"
    assert re.findall(r'(?:Published|Updated) <b><time datetime="([^"]*)"', page) == [
        told["datePublished"],
        told["dateModified"],
    ]
    assert told["correction"] == [
        {"@type": "CorrectionComment", "text": "There were three.", "datePublished": "2026-11-22T14:59:00+03:00"}
    ]
    shown = dict(properties(client, "/en/releases/boats/"))
    assert shown["article:published_time"] == told["datePublished"]
    assert shown["article:modified_time"] == told["dateModified"]


def test_a_data_block_cannot_be_broken_out_of(client):
    a_whole_release(headline="</script><script>alert(1)</script>\u2028&amp;", slug="boats")
    page = read(client, "/en/releases/boats/")
    assert "<script>alert" not in page
    assert "\u2028" not in re.search(r"ld\+json\">(.*?)</script>", page, re.DOTALL)[1]
    assert data(client, "/en/releases/boats/")["NewsArticle"]["headline"].startswith("</script><script>alert(1)")


def test_translations_point_at_each_other_and_at_themselves(client):
    release = a_whole_release()
    a_translation(release, "tr", slug="tekneler")
    family = {"en": BOATS, "tr": f"{SITE}/tr/releases/tekneler/", "x-default": BOATS}
    assert hreflangs(client, "/en/releases/boats/") == hreflangs(client, "/tr/releases/tekneler/") == family
    assert properties(client, "/en/releases/boats/").count(("og:locale:alternate", "tr_TR")) == 1


def test_translations_name_their_original_and_the_original_its_translations(client):
    release = a_whole_release()
    a_translation(release, "tr", slug="tekneler")
    a_translation(release, "ar", slug="قوارب")
    original = {"@type": "NewsArticle", "@id": BOATS, "url": BOATS, "inLanguage": "en"}
    for address in ("/tr/releases/tekneler/", "/ar/releases/قوارب/"):
        told = data(client, address)["NewsArticle"]
        assert told["translationOfWork"] == original
        assert "workTranslation" not in told
    told = data(client, "/en/releases/boats/")["NewsArticle"]
    assert [translation["inLanguage"] for translation in told["workTranslation"]] == ["tr", "ar"]
    assert "translationOfWork" not in told


def test_a_hidden_translation_is_not_told_of(client):
    release = a_whole_release()
    copy = workflow.start_translation(release, a_publisher(), "tr")
    edit(copy, release_at=None, slug="tekneler")
    workflow.approve(copy, a_publisher(), resubmit(copy), moment=NOW + HOUR)
    assert hreflangs(client, "/en/releases/boats/") == {}
    assert "workTranslation" not in data(client, "/en/releases/boats/")["NewsArticle"]


def test_a_release_that_was_not_translated_is_told_at_its_own_address_only(client):
    a_whole_release()
    assert canonical(client, "/tr/releases/boats/") == [BOATS]
    assert hreflangs(client, "/tr/releases/boats/") == {}


def test_an_earlier_edition_is_no_article_of_its_own(client):
    correct(a_whole_release(), at=NOW - MINUTE)
    page = read(client, "/en/releases/boats/editions/1/")
    assert "ld+json" not in page
    assert canonical(client, "/en/releases/boats/editions/1/") == [BOATS]


def test_what_is_not_there_has_no_address_to_tell(client):
    withdraw(a_live_release(NOW - DAY, slug="gone"), at=NOW - MINUTE)
    for address, status in (("/en/releases/gone/", 410), ("/en/nonsense/", 404)):
        assert not re.search(r"canonical|ld\+json|og:", read(client, address, status)), address


def test_standing_pages_point_at_their_counterparts(client):
    for page in ("", "releases/", "contacts/", "events/", "locations/", "spokespersons/", "tags/", "corrections/"):
        family = {code: f"{SITE}/{code}/{page}" for code in ("en", "tr", "ar")}
        assert hreflangs(client, f"/tr/{page}") == {**family, "x-default": family["en"]}
        assert canonical(client, f"/tr/{page}?utm_source=x") == [family["tr"]]


def test_an_about_page_points_only_where_it_was_written(client):
    Newsroom(id=1, about={"en": "<p>We watch.</p>", "tr": "<p>Bakıyoruz.</p>"}).save()
    assert set(hreflangs(client, "/en/about/")) == {"en", "tr", "x-default"}
    assert hreflangs(client, "/ar/about/") == {}


def test_a_filtered_list_has_a_feed_but_no_address_for_search_engines(client):
    a_live_release(NOW - DAY)
    assert canonical(client, "/en/releases/?tag=rescue") == []
    assert hreflangs(client, "/en/releases/?tag=rescue") == {}
    feeds = [link for link in links(client, "/en/releases/?tag=rescue") if "type" in link]
    assert [(feed["type"], feed["href"]) for feed in feeds] == [
        ("application/rss+xml", "/en/feeds/rss.xml?tag=rescue"),
        ("application/atom+xml", "/en/feeds/atom.xml?tag=rescue"),
        ("application/feed+json", "/en/feeds/feed.json?tag=rescue"),
    ]
    assert feeds[0]["title"] == "Releases: rescue – Newsroom"


def test_a_subject_points_at_the_languages_that_have_releases_about_it(client):
    a_live_release(NOW - DAY, places=(Place(name="İzmir"),), tags=("rescue",))
    a_live_release(NOW - DAY, language="tr", places=(Place(name="İzmir"),), tags=("kurtarma",))
    an_embargoed_release(NOW + DAY, language="ar", places=(Place(name="İzmir"),))
    izmir = {code: f"{SITE}/{code}/locations/izmir/" for code in ("en", "tr")}
    assert hreflangs(client, "/tr/locations/izmir/") == {**izmir, "x-default": izmir["en"]}
    assert hreflangs(client, "/ar/locations/izmir/") == {}
    assert hreflangs(client, "/en/tags/rescue/") == {}
    assert canonical(client, "/en/tags/rescue/?x=1") == [f"{SITE}/en/tags/rescue/"]
    feeds = [link["href"] for link in links(client, "/en/tags/rescue/") if "type" in link]
    assert feeds == [f"/en/feeds/{form}?tag=rescue" for form in ("rss.xml", "atom.xml", "feed.json")]


def test_every_page_describes_itself_and_can_be_shared(client):
    a_whole_release()
    for address in ("/en/", "/en/releases/", "/en/releases/boats/", "/en/contacts/", "/en/tags/rescue/"):
        told = properties(client, address)
        shown = dict(told)
        assert shown["description"] == shown["og:description"] != ""
        assert shown["og:url"] == canonical(client, address)[0]
        assert shown["og:locale"] == "en_GB"
        assert len([name for name, _ in told if name == "og:title"]) == 1
    shown = dict(properties(client, "/en/releases/boats/"))
    assert (shown["og:type"], shown["og:title"]) == ("article", "Boats & blankets")
    assert (shown["og:image"], shown["og:image:alt"]) == (f"{BOATS}card.jpg", "A harbour")
    assert shown["twitter:card"] == "summary_large_image"
    assert dict(properties(client, "/en/"))["og:image"] == f"{BOATS}card.jpg"
    assert dict(properties(client, "/en/contacts/"))["twitter:card"] == "summary"


def test_a_release_without_a_summary_is_described_by_its_first_words(client):
    a_whole_release(summary="", body="<p>The harbour opened.</p><p>" + "Boats came. " * 40 + "</p>")
    shown = dict(properties(client, "/en/releases/boats/"))
    assert shown["description"].startswith("The harbour opened. Boats came.")
    assert len(shown["description"]) == 160


def test_the_front_page_tells_how_to_search_the_site(client):
    told = data(client, "/en/")
    assert told["Organization"]["name"] == "Newsroom"
    action = told["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{SITE}/en/releases/?q={{search_term_string}}"
    assert told["WebSite"]["inLanguage"] == "en"


def test_breadcrumbs_lead_from_the_front_page_to_this_one(client):
    a_whole_release()
    for address, name, above in (
        ("/en/releases/boats/", "Boats & blankets", "/en/releases/"),
        ("/en/locations/athens/", "Athens", "/en/locations/"),
        ("/en/events/harbour-forum/", "Harbour Forum", "/en/events/"),
        ("/en/tags/rescue/", "rescue", "/en/tags/"),
    ):
        steps = data(client, address)["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in steps] == [1, 2, 3]
        assert [step["item"] for step in steps] == [f"{SITE}/en/", f"{SITE}{above}", f"{SITE}{address}"]
        assert (steps[0]["name"], steps[2]["name"]) == ("Newsroom", name)


def test_an_event_tells_when_where_and_what_became_of_it(client):
    a_whole_release()
    athens = Location.objects.get(slug="athens")
    Event.objects.filter(slug="harbour-forum").update(
        location=athens,
        starts_at=NOW + 2 * DAY,
        ends_at=None,
        time_zone="Europe/Athens",
        status="rescheduled",
        formerly_at=NOW + DAY,
        venue="Town Hall",
        attendance="hybrid",
        livestream="https://video.example/live",
    )
    told = data(client, "/en/events/harbour-forum/")["Event"]
    assert told["name"] == "Harbour Forum"
    assert told["startDate"] == "2026-11-24T14:00:00+02:00"
    assert told["previousStartDate"] == "2026-11-23T14:00:00+02:00"
    assert "endDate" not in told
    assert told["eventStatus"] == "https://schema.org/EventRescheduled"
    assert told["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert told["organizer"]["name"] == "Newsroom"
    assert told["location"][0]["address"] == {"@type": "PostalAddress", "addressLocality": "Athens"}
    assert [(where["@type"], where.get("name") or where["url"]) for where in told["location"]] == [
        ("Place", "Town Hall"),
        ("VirtualLocation", "https://video.example/live"),
    ]


def test_an_event_that_is_nowhere_or_comes_every_year_is_only_a_step_on_the_way(client):
    a_live_release(NOW - DAY, events=(Happening(name="Migrants Day", starts_on=date(2026, 12, 18)),))
    assert set(data(client, "/en/events/migrants-day/")) == {"BreadcrumbList"}
    Event.objects.update(venue="Town Hall", recurs_yearly=True)
    assert set(data(client, "/en/events/migrants-day/")) == {"BreadcrumbList"}


def test_an_event_under_an_embargo_of_its_own_is_not_told_of(client):
    a_whole_release()
    Event.objects.update(public_from=NOW + HOUR)
    assert "about" not in data(client, "/en/releases/boats/")["NewsArticle"]
    assert "Harbour Forum" not in read(client, "/en/releases/boats/")


def test_an_event_of_days_is_told_in_days(client):
    a_live_release(NOW - DAY, events=(Happening(name="Film Days", starts_on=date(2026, 12, 3), ends_on="2026-12-05"),))
    Event.objects.update(venue="Town Hall")
    told = data(client, "/en/events/film-days/")["Event"]
    assert (told["startDate"], told["endDate"]) == ("2026-12-03", "2026-12-05")


def test_a_place_tells_where_it_is(client):
    a_whole_release()
    Location.objects.filter(slug="athens").update(
        latitude=Decimal("37.98"), longitude=Decimal("23.73"), country_code="GR"
    )
    told = data(client, "/en/locations/athens/")["Place"]
    assert told["geo"] == {"@type": "GeoCoordinates", "latitude": 37.98, "longitude": 23.73}
    assert told["address"] == {"@type": "PostalAddress", "addressCountry": "GR"}


def test_a_person_tells_todays_title(client):
    a_whole_release()
    SpokespersonName.objects.update(title="Head of Office", organisation="Coast Office", biography="She met them.")
    Spokesperson.objects.update(portrait="files/p/face.jpg", portrait_alt="Ayla Demir", portrait_credit="Kaya")
    told = data(client, "/en/spokespersons/ayla-demir/")["Person"]
    assert (told["name"], told["jobTitle"]) == ("Ayla Demir", "Head of Office")
    assert told["worksFor"] == {"@type": "Organization", "name": "Coast Office"}
    assert told["description"] == "She met them."
    portrait = {"url": f"{SITE}/media/files/p/face.jpg", "caption": "Ayla Demir", "creditText": "Kaya"}
    assert told["image"] == {"@type": "ImageObject", **portrait}
