"""Every kind of public page, in every language, read by everybody: with a screen reader, by keyboard, on any screen.

One newsroom and one Chromium for all of it. Each page is opened once a language and then looked at by day and by
night, on a phone and on a desk. Chromium's requests are answered by Django in this very process.
"""

import mimetypes
from collections import defaultdict
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.test import Client, override_settings
from django.utils import timezone

from releases.management.embargo import public_names
from tests.one_of_each import LANGUAGES, NO_PAGES, PAGES, one_of_each, pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SITE = "https://testserver"
PHONE, DESK = (390, 844), (1280, 800)
MODES = [(PHONE, "light"), (DESK, "light"), (PHONE, "dark"), (DESK, "dark")]
WHOLLY = {(PHONE, "light"), (DESK, "dark")}  # by every rule; the other two by those that colours can break
STANDARD = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
OF_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}

FIND_VIOLATIONS = """async options => {
  const { violations } = await axe.run(options);
  return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 160)}`));
}"""

# What the page asked for before it could be shown, and what it is styled by.
FIND_BLOCKING = """() => ({
  blocking: performance.getEntriesByType("resource").filter(entry => entry.renderBlockingStatus === "blocking")
    .map(entry => new URL(entry.name).pathname),
  styles: document.querySelectorAll("link[rel~=stylesheet], style, [style]").length,
})"""

# Elements that reach beyond the screen, though nobody can scroll them, and lines of text that are cut off.
FIND_OVERFLOW = """() => {
  const width = document.documentElement.scrollWidth;
  const wide = width > innerWidth ? [`the page: ${width}`] : [];
  for (const element of document.body.querySelectorAll("*:not(input, select, option, svg *)")) {
    const { overflowX, clipPath } = getComputedStyle(element);
    const isCut = ["hidden", "clip"].includes(overflowX) && clipPath === "none";
    if (isCut && element.scrollWidth > element.clientWidth + 1) wide.push(element.outerHTML.slice(0, 160));
  }
  return wide;
}"""

# Words in empty fields, of which axe says nothing, fainter than WCAG 1.4.3 allows.
FIND_FAINT = """() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[0-9.]+/g).map(part => part / 255)
      .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  return [...document.querySelectorAll("[placeholder]")].filter(field => {
    const words = light(getComputedStyle(field, "::placeholder").color);
    const ground = light(getComputedStyle(field).backgroundColor);
    return Math.max(words, ground) / Math.min(words, ground) < 4.5;
  }).map(field => field.outerHTML);
}"""

# WCAG 1.4.12, as the criterion has it.
SPACE_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""

LIST_STOPS = """() => {
  const all = document.querySelectorAll("a[href], area[href], button, input, select, textarea, summary, [tabindex]");
  window.stops = [...all].filter(stop => stop.tabIndex >= 0 && !stop.disabled && !stop.closest("[inert]")
    && stop.checkVisibility({ visibilityProperty: true }));
  axe.setup(document.documentElement);
  const { aria, text } = axe.commons;
  const told = stops.map(stop => `${aria.getRole(stop)} ${text.accessibleText(stop)}`.trim());
  axe.teardown();
  return told;
}"""

# Where the keyboard is: which stop, whether that shows, whether something lies over it, and where on the page.
WHERE = """() => {
  const stop = document.activeElement;
  if (!stop || stop === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(stop);
  const marks = [...stop.querySelectorAll("circle, text")];  // of a place on a map
  const isRinged = marks.some(mark => parseFloat(getComputedStyle(mark).strokeWidth) > 4);
  const box = stop.getClientRects()[0];
  const across = stop.closest("nav")?.scrollLeft ?? 0;
  const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    index: stops.indexOf(stop),
    told: stop.outerHTML.slice(0, 120),
    shows: (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || isRinged,
    lies_free: Boolean(over) && (stop.contains(over) || over.contains(stop)),
    start: box.left + across, end: box.right + across, top: box.top + scrollY, bottom: box.bottom + scrollY,
  };
}"""


@pytest.fixture(scope="module")
def own_files(tmp_path_factory):
    """One media directory for all of it."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(scope="module")
def newsroom(own_files, django_db_setup, django_db_blocker):
    """One of everything, and nothing left of it afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        one_of_each(timezone.now())
        yield
        transaction.set_rollback(True)


class Visitor:
    """A page of Chromium whose requests Django answers at once; remembers whom it asked and what it complained of."""

    def __init__(self, browser, **options):
        self.client, self.connection = Client(), connections[DEFAULT_DB_ALIAS]
        self.asked, self.cookies, self.complaints = set(), [], []
        self.context = browser.new_context(base_url=SITE, reduced_motion="reduce", **options)
        self.context.route("**/*", self.answer)
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def answer(self, route):
        where = urlsplit(route.request.url)
        self.asked.add(f"{where.scheme}://{where.netloc}")
        if f"{where.scheme}://{where.netloc}" != SITE:
            return route.abort()
        if where.path.startswith("/static/"):
            kind = mimetypes.guess_type(where.path)[0]
            return route.fulfill(path=finders.find(where.path.removeprefix("/static/")), content_type=kind)
        connections[DEFAULT_DB_ALIAS] = self.connection  # Chromium's requests arrive in a context of their own
        response = self.client.get(route.request.url.removeprefix(SITE), secure=True)
        self.cookies += response.cookies.values()
        body = response.getvalue()
        return route.fulfill(status=response.status_code, headers=dict(response.headers), body=body)

    def open(self, address, size=DESK):
        """Open an address afresh, with axe at hand."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.emulate_media(color_scheme="light")
        self.page.goto(address)
        self.page.evaluate(Axe().axe_script)
        return self.page


@pytest.fixture(scope="module")
def visitor(newsroom, chromium):
    visitor = Visitor(chromium)
    yield visitor
    visitor.context.close()


@pytest.fixture(scope="module", params=LANGUAGES)
def seen(request, visitor):
    """What is wrong with the pages of a language: by question, then by address."""
    found = defaultdict(dict)
    for address in pages(request.param):
        page = visitor.open(address)
        for question, answer in looked_at(page):
            if answer:
                found[question][address] = answer
    return found


def looked_at(page):
    """Each question with its answer: an empty one where all is well."""
    facts = page.evaluate(FIND_BLOCKING)
    yield "style", facts["styles"] != 1 and facts["styles"]
    yield "blocking", [path for path in facts["blocking"] if not path.startswith("/style/")]
    for size, scheme in MODES:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=scheme)
        rules = STANDARD if (size, scheme) in WHOLLY else OF_COLOUR
        yield f"axe {size[0]} {scheme}", page.evaluate(FIND_VIOLATIONS, rules)
        yield f"faint {scheme}", page.evaluate(FIND_FAINT)
    page.set_viewport_size({"width": 320, "height": 640})
    yield "wide", page.evaluate(FIND_OVERFLOW)
    page.evaluate(SPACE_OUT)
    yield "spaced", page.evaluate(FIND_OVERFLOW)
    page.evaluate("document.adoptedStyleSheets = []; document.documentElement.style.fontSize = '200%'")
    page.set_viewport_size({"width": 640, "height": 800})
    yield "zoomed", page.evaluate(FIND_OVERFLOW)


def test_every_public_address_is_looked_at_here_or_no_page():
    assert public_names() == {*PAGES, *NO_PAGES}


@pytest.mark.parametrize(("size", "scheme"), MODES, ids=lambda mode: str(mode))
def test_axe_finds_nothing_wrong_with_any_page(seen, size, scheme):
    assert not seen[f"axe {size[0]} {scheme}"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_in_empty_fields_can_be_read(seen, scheme):
    assert not seen[f"faint {scheme}"]


def test_no_page_is_wider_than_a_screen_of_320(seen):
    assert not seen["wide"]


def test_nothing_is_cut_off_where_readers_space_text_out(seen):
    assert not seen["spaced"]


def test_nothing_is_cut_off_where_readers_double_the_letters(seen):
    assert not seen["zoomed"]


def test_a_page_has_one_style_sheet_and_waits_for_nothing_else(seen):
    assert not seen["style"]
    assert not seen["blocking"]


def test_no_page_asks_anybody_else_keeps_a_cookie_or_is_complained_of(seen, visitor):
    assert visitor.asked == {SITE}
    assert not visitor.cookies
    assert not visitor.context.cookies()
    assert not [said for said in visitor.complaints if "status of 4" not in said]


def test_a_page_is_whole_without_script(visitor, chromium):
    plain = Visitor(chromium, java_script_enabled=False)
    links = "[...document.links].filter(link => link.checkVisibility()).map(link => link.href)"
    for address in (pages("en", name)[0] for name in PAGES):
        assert plain.open(address).evaluate(links) == visitor.open(address).evaluate(links)
    plain.context.close()


def test_a_release_prints_its_text_and_not_the_furniture(visitor):
    page = visitor.open("/en/releases/boats/")
    page.emulate_media(media="print")
    furniture = [".sections", ".quick-search", ".colophon nav", ".tongues", ".copy", ".skip"]
    text = ["h1", ".prose", ".phone", ".corrections", ".source", ".quote"]
    assert [name for name in furniture + text if page.locator(name).first.is_visible()] == text
    page.emulate_media(media="screen")


# What the keyboard meets on each page on its way, by role and name; there may be more in between.
LIST = ["link Archive by year and month", "searchbox Words", "combobox Kind", "combobox Year", "combobox Month"]
DAYS = ["button Exact days", "textbox First day", "textbox Last day"]
HELP = ["link All releases", "link Locations", "link Tags", "link Ask a press contact"]
BOATS = "link Boats reach the harbour of İzmir"
CALL = ["link +90 312 555 01 23", "link deniz.kaya@press.example.org"]
TAKE = ["button Copy text", "button Copy link", "link Plain text", "link Press kit ZIP"]
FOLLOWED = ["link Search and narrow these releases", "link Follow these releases (RSS)"]
WALKS = {
    "": [BOATS, *CALL, "link Of the kind message", "link All releases", "link All events", "link Regatta", "link RSS"],
    "releases/": [*LIST, BOATS, "link A statement"],
    "releases/?q=harbour": [*LIST, "link Remove “harbour”", "link Follow this list (RSS)", BOATS],
    "releases/?q=harbuor": [*LIST, "link Remove “harbuor”", "link harbour", *HELP],
    "releases/?q=nothing+of+the+kind": [*LIST, "link Remove “nothing of the kind”", *HELP],
    "releases/?tag=rescue&location=izmir&kind=press_release": [
        *LIST,
        "link Remove İzmir",
        "link Remove rescue",
        BOATS,
    ],
    "releases/?since=2020-01-01&until=2020-12-31": [*LIST, *DAYS, "button Show", *HELP],
    "releases/?year=1999&month=2": [*LIST, "link Remove February 1999", *HELP],
    "releases/boats/": [
        *["link Press release", "link Türkçe", "link العربية", *TAKE, "link Edition 1, before the change"],
        *[
            "link The port",
            "link Ayla Demir",
            "button Copy quote",
            "link The table PDF",
            *CALL,
            "link İzmir",
        ],
        *["link Harbour Forum", "link Ömer Işık", "link rescue", "link Previous release Of the kind message"],
    ],
    "releases/words-alone/": ["link Statement", *TAKE],
    "releases/untold-{language}/": ["link العربية", *TAKE, "link Ayla Demir"],
    "releases/gone/": ["link Press contacts", "link All releases"],
    "releases/half-{language}/": ["link العربية", "link Press contacts", "link All releases"],
    "releases/nowhere/": ["searchbox Words to search for", BOATS, "link All releases", "link Tüm bültenler"],
    "releases/boats/editions/1/": ["link Read the current edition", "link The port", *CALL],
    "archive/": [],
    "locations/": ["link Skip the map", "link İzmir", "link Athens", "link Aegean Coast", "link Athens", "link İzmir"],
    "locations/izmir/": ["link Aegean Coast", *FOLLOWED, "link Calendar", "link Harbour Forum", BOATS],
    "locations/aegean-coast/": ["link İzmir", *FOLLOWED, "link Calendar", "link Harbour Forum", BOATS],
    "events/": ["link Subscribe", "link Regatta", "link Harbour Forum", "link Day of the Sea", "link Conference"],
    "events/harbour-forum/": [
        *["link İzmir", "link Add to calendar", "link Watch the livestream", "link press@example.org", *CALL],
        *[*FOLLOWED, BOATS],
    ],
    "events/regatta/": ["link Add to calendar", *CALL, *FOLLOWED, BOATS],
    "events/day-of-the-sea/": ["link Add to calendar", *CALL, *FOLLOWED, BOATS],
    "events/conference/": ["link example.org", *CALL, *FOLLOWED, BOATS],
    "spokespersons/": ["link Ayla Demir", "link Ömer Işık"],
    "spokespersons/ayla-demir/": ["link Download the portrait", *CALL, *FOLLOWED, BOATS, "button Copy quote"],
    "tags/": ["link çevre", "link ığdır", "link irtibat", "link rescue", "link şehir"],
    "tags/rescue/": [*FOLLOWED, BOATS],
    "corrections/": ["link All", "link Correction", BOATS, *CALL],
    "contacts/": [*CALL, "link Save to your address book"],
    "about/": [*CALL, "link How we correct", "link Accessibility"],
    "accessibility/": CALL,
}
SECTIONS = ["link Releases", "link Contacts", "link Events", "link Locations", "link Spokespersons", "link Tags"]
ABOVE = ["link Skip to content", "link Newsroom", "link Türkçe", *SECTIONS, "searchbox Words to search for"]
BELOW = [*SECTIONS, "link About", "link Corrections", "link Accessibility"]


@pytest.mark.parametrize("address", [rest for name in PAGES for rest in PAGES[name]])
def test_the_keyboard_meets_everything_in_order_and_shows_where_it_is(visitor, address):
    page = visitor.open(f"/en/{address.format(language='en')}")
    told = page.evaluate(LIST_STOPS)
    walked = list(walk(page, len(told)))
    assert told[0] == ABOVE[0]
    assert list(dict.fromkeys(stop["index"] for stop in walked if stop["index"] >= 0)) == list(range(len(told)))
    assert not [stop["told"] for stop in walked if not (stop["shows"] and stop["lies_free"])]
    assert first_missed([*ABOVE, *WALKS[address], *BELOW], told) is None, told


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_on_a_phone_the_keyboard_goes_down_the_page_as_the_eye_does(visitor, name, language):
    page = visitor.open(pages(language, name)[0], PHONE)
    told = page.evaluate(LIST_STOPS)
    stops = list(walk(page, len(told)))
    assert [stop["told"] for stop in stops if not (stop["shows"] and stop["lies_free"])] == []
    jumps = [(one["told"], other["told"]) for one, other in pairwise(stops[1:]) if is_back(one, other, language)]
    assert jumps == []


def test_the_skip_link_leads_past_the_masthead(visitor):
    page = visitor.open("/en/releases/boats/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url == f"{SITE}/en/releases/boats/#content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_words_are_searched_for_by_keyboard_from_any_page(visitor):
    page = visitor.open("/en/about/")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("harbour")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{SITE}/en/releases/?q=harbour")
    assert page.get_by_role("link", name="Boats reach").first.is_visible()


def walk(page, stops):
    """Where the keyboard stops from the top of the page until it leaves it, or is at the top again."""
    for number in range(3 * stops):  # a field for a date has several stops of its own
        page.keyboard.press("Tab")
        where = page.evaluate(WHERE)
        if where is None or (where["index"] == 0 and number):
            return
        yield where


def first_missed(wanted, told):
    """The first stop that is not met in this order, if any; a name may go on after the words wanted."""
    met = iter(told)
    return next((name for name in wanted if not any(stop.startswith(name) for stop in met)), None)


def is_back(one, other, language):
    """Whether a stop lies above the one before it and not in a next column, or beside it on its near side."""
    sign = -1 if language == "ar" else 1
    if other["top"] >= one["bottom"] - 1 or one["index"] == other["index"]:
        return False
    near, far = ("end", "start") if language == "ar" else ("start", "end")
    if other["bottom"] <= one["top"] + 1:
        return sign * other[near] < sign * one[far]
    return sign * other[near] < sign * one[near] and other["top"] <= one["top"] + 1
