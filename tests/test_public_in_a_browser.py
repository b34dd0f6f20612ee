"""The public site in a real browser: accessible, within its screen, without help from anywhere."""

from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

from releases import workflow
from releases.documents import About, Happening, Picture, PressContact, Quotation
from releases.models import Contact, Event
from tests.builders import a_live_release, a_publisher, correct, edit, resubmit, withdraw

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = datetime.now(UTC)
DAY = timedelta(days=1)
LONG = "Uluslararasılaştırılmış Kuruluşlararası Koordinasyonsuzlaştırılamayanlar Üzerine Basın Açıklaması"
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
PAGES = (
    "", "releases/", "releases/?tag=rescue&year=2026&q=harbour", "releases/?q=nothing", "releases/boats/",
    "releases/boats/editions/1/", "releases/gone/", "releases/nowhere/", "locations/", "locations/izmir/", "events/",
    "events/harbour-forum/", "spokespersons/", "spokespersons/ayla-demir/", "tags/", "tags/rescue/", "corrections/",
    "contacts/", "about/",
)  # fmt: skip


@pytest.fixture
def newsroom():
    """One of everything a stranger can come across, in English, Turkish and Arabic."""
    whole = {
        "quotes": (Quotation(name="Ayla Demir", title="Head of Office", words="We came.\nWe saw."),),
        "events": (Happening(name="Harbour Forum"),),
        "photos": (
            Picture(path="files/a/lead.jpg", alt_text="A harbour", caption="Dawn.", credit="Kaya", width=6, height=4),
        ),
        "boilerplates": (About(title="About the Coast Office", body="<p>It watches.</p>"),),
        "contacts": (PressContact(name="Deniz Kaya", role="Media", email="d@example.org", phone="+90 312 555 01 23"),),
        "body": "<p>One.</p><h2>Two</h2><ul><li>Three</li></ul><table><tr><th>a</th><td>b</td></tr></table>",
    }
    release = a_live_release(NOW - 3 * DAY, slug="boats", **whole)
    correct(release, at=NOW - 2 * DAY)
    for language, headline in (("tr", LONG), ("ar", "وصول قوارب إلى ميناء إزمير")):
        copy = workflow.start_translation(release, a_publisher(), language)
        edit(copy, headline=headline, slug="boats", release_at=None, body="<p>—</p>")
        workflow.approve(copy, a_publisher(), resubmit(copy))
        Contact.objects.create(language=language, name="Deniz Kaya", phone="+90 312 555 01 23", on_site=True)
    withdraw(a_live_release(NOW - 2 * DAY, slug="gone"), at=NOW - DAY)
    Event.objects.update(starts_at=NOW + 9 * DAY, ends_at=NOW + 10 * DAY, status="postponed", is_invitation=True)


@pytest.fixture
def visit(chromium, live_server):
    """Opens pages of a phone or a desk, in light or dark, and closes them afterwards."""
    opened = []

    def visit(width, scheme="light", **options):
        size = {"width": width, "height": 800}
        context = chromium.new_context(base_url=live_server.url, viewport=size, color_scheme=scheme, **options)
        opened.append(context)
        return context.new_page()

    yield visit
    for context in opened:
        context.close()


MODES = [("en", 1280, "light"), ("tr", 390, "dark"), ("ar", 1280, "dark"), ("ar", 390, "light")]


@pytest.mark.parametrize(("language", "width", "scheme"), MODES)
def test_every_kind_of_page_is_accessible(newsroom, visit, language, width, scheme):
    page = visit(width, scheme)
    found = []
    for address in PAGES:
        page.goto(f"/{language}/{address}")
        violations = Axe().run(page, options=RULES).response["violations"]
        found += [(address, each["id"], [node["html"][:200] for node in each["nodes"]]) for each in violations]
    assert not found


@pytest.mark.parametrize("language", ["tr", "ar"])
def test_no_page_is_wider_than_a_screen_of_320(newsroom, visit, language):
    page = visit(320)
    wide = {}
    for address in PAGES:
        page.goto(f"/{language}/{address}")
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide[address] = width
    assert not wide


def test_pages_are_whole_without_script_and_ask_nobody_else(newsroom, visit, live_server):
    page = visit(1280, java_script_enabled=False)
    asked, complaints = set(), []
    page.on("request", lambda request: asked.add(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    for address in ("", "releases/", "releases/boats/", "contacts/"):
        page.goto(f"/en/{address}")
    assert page.context.cookies() == []
    assert all(url.startswith(live_server.url) for url in asked)
    assert not [text for text in complaints if "404" not in text]


def test_the_keyboard_meets_the_skip_link_first_and_sees_where_it_is(newsroom, visit):
    page = visit(1280)
    page.goto("/en/releases/boats/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    page.keyboard.press("Tab")
    seen = "getComputedStyle(document.activeElement).outlineStyle"
    reached = set()
    for _ in range(40):
        assert page.evaluate(seen) == "solid"
        reached.add(page.evaluate("document.activeElement.getAttribute('href')"))
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
    assert {"tel:+903125550123", "/en/tags/rescue/", "/en/releases/boats/editions/1/"} <= reached


def test_a_release_prints_its_text_and_not_the_furniture(newsroom, visit):
    page = visit(1280)
    page.goto("/en/releases/boats/")
    page.emulate_media(media="print")
    hidden = [
        page.locator(name).first.is_visible() for name in (".sections", ".quick-search", ".colophon", ".tongues")
    ]
    shown = [page.locator(name).first.is_visible() for name in ("h1", ".prose", ".phone", ".corrections", ".source")]
    assert not any(hidden)
    assert all(shown)
