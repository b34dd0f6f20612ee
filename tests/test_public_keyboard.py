"""Walks by keyboard alone: each stop can be seen, in the order of reading, and nothing is missed or a trap."""

from datetime import UTC, datetime, timedelta

import pytest

from releases.models import Contact, Event
from tests.builders import a_live_release

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
STOP = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect(), style = getComputedStyle(element);
  return {
    name: element.getAttribute("href") ?? element.name ?? "",
    tag: element.localName,
    outlined: style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2,
    inSight: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0,
  };
}"""


@pytest.fixture
def wire():
    Contact.objects.create(
        language="en", name="Deniz Kaya", phone="+90 312 555 01 23", email="d@example.org", on_site=True
    )
    a_live_release(NOW, slug="storm", tags=("weather",))
    a_live_release(NOW - DAY, slug="forum", kind="media_advisory")
    a_live_release(NOW - DAY, slug="yalniz", language="tr")
    Event.objects.update(starts_at=datetime.now(UTC) + 9 * DAY)


@pytest.fixture(params=[1280, 390], ids=["desk", "phone"])
def walk(request, chromium, live_server, wire):
    """Presses Tab from the top of a page to its end; tells every stop, after seeing that it can be seen."""
    context = chromium.new_context(base_url=live_server.url, viewport={"width": request.param, "height": 800})
    page = context.new_page()

    def walk(address):
        page.goto(address)
        stops = []
        for _ in range(80):
            page.keyboard.press("Tab")
            stop = page.evaluate(STOP)
            if stop["tag"] == "body":
                return stops
            assert stop["outlined"], stop
            assert stop["inSight"], stop
            stops.append(stop["name"])
        pytest.fail(f"{address} does not let go of the keyboard")

    yield walk
    context.close()


def in_order(stops, wanted):
    """Whether `wanted` are met in this order."""
    met = iter(stops)
    return all(any(stop == name for stop in met) for name in wanted)


def test_the_front_page_by_keyboard(walk):
    stops = walk("/en/")
    assert stops[0] == "#content"
    assert in_order(
        stops,
        [
            "/en/", "/tr/", "/ar/", "/en/releases/", "/en/tags/", "q", "/en/releases/storm/", "tel:+903125550123",
            "mailto:d@example.org", "/en/releases/forum/", "/en/releases/", "/tr/releases/yalniz/", "/en/events/",
            "/en/events/harbour-forum/", "/en/feeds/rss.xml", "/en/about/",
        ],
    ), stops  # fmt: skip


def test_the_list_by_keyboard(walk):
    stops = walk("/en/releases/?tag=weather&q=harbour")
    assert in_order(
        stops,
        [
            "#content",
            "q",
            "kind",
            "year",
            "month",
            "",
            "/en/releases/?tag=weather",
            "/en/releases/storm/",
            "/en/about/",
        ],
    ), stops


def test_the_page_of_an_address_that_is_none_by_keyboard(walk):
    stops = walk("/en/releases/nowhere/")
    assert in_order(
        stops,
        ["#content", "q", "/en/releases/storm/", "/en/releases/", "/en/contacts/", "/tr/releases/", "/en/about/"],
    ), stops
