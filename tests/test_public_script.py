"""What script adds for a reader who has it: lists narrowed in place, copying, the hour where the reader is."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import a_live_release

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
FOCUSED = "document.activeElement.textContent"
MARK = "window.wasHereBefore = true"
STAYED = "window.wasHereBefore === true"
SCRIPT = Path(__file__).resolve().parent.parent / "static" / "js" / "public.js"


@pytest.fixture
def wire():
    a_live_release(NOW, headline="A storm is coming", slug="storm", tags=("weather",))
    a_live_release(NOW - DAY, headline="A statement is made", slug="statement", kind="statement")


@pytest.fixture
def at_the_list(wire, page):
    """The list, in a window that would forget the mark if it were loaded again."""
    page.goto("/en/releases/")
    page.evaluate(MARK)
    return page


def headlines(page):
    return page.locator(".item h3").all_inner_texts()


def only(page, headline):
    """Waits until the list is this one headline."""
    page.wait_for_function(
        "words => [...document.querySelectorAll('.item h3')].map(h => h.innerText).join() === words", arg=headline
    )


def test_a_list_is_narrowed_without_loading_the_page_again(at_the_list):
    page = at_the_list
    page.get_by_label("Kind").select_option("statement")
    page.get_by_role("button", name="Show").press("Enter")
    only(page, "A statement is made")
    assert page.url.endswith("/en/releases/?kind=statement")
    assert page.title().startswith("Releases: Statement")
    assert page.evaluate(FOCUSED) == "Newest first"
    assert (
        page.locator("head link[rel=alternate][type='application/rss+xml']")
        .first.get_attribute("href")
        .endswith("?kind=statement")
    )
    assert page.evaluate(STAYED)


def test_the_back_button_and_a_filter_taken_away_lead_where_they_say(at_the_list):
    page = at_the_list
    page.locator(".masthead input[name=q]").fill("storm")
    page.locator(".masthead input[name=q]").press("Enter")
    only(page, "A storm is coming")
    assert page.locator("#q").input_value() == "storm"
    page.go_back()
    only(page, "A storm is coming,A statement is made")
    assert page.url.endswith("/en/releases/")
    assert page.locator(".masthead input[name=q]").input_value() == ""
    page.go_forward()
    only(page, "A storm is coming")
    page.locator(".chosen a").first.click()
    only(page, "A storm is coming,A statement is made")
    assert page.evaluate(STAYED)


def test_an_empty_result_is_where_the_reader_is_taken(at_the_list):
    page = at_the_list
    page.get_by_label("Words", exact=True).fill("nothing like it")
    page.keyboard.press("Enter")
    page.locator(".empty h2").wait_for()
    assert page.evaluate(FOCUSED) == "No release matches"


def test_whatever_goes_wrong_the_browser_goes_there_itself(at_the_list):
    page = at_the_list
    page.route(
        "**/releases/?*", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_()
    )
    page.get_by_label("Kind").select_option("statement")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/releases/?*kind=statement*")
    only(page, "A statement is made")
    assert not page.evaluate(STAYED)


def test_links_to_other_pages_and_in_other_windows_are_left_alone(at_the_list):
    page = at_the_list
    with page.context.expect_page() as opened:
        page.locator(".sections a").first.click(modifiers=["Control"])
    opened.value.close()
    assert page.evaluate(STAYED)
    page.get_by_role("link", name="A storm is coming").click()
    page.wait_for_url("**/releases/storm/")
    assert not page.evaluate(STAYED)


def test_the_hour_is_told_where_the_reader_is_unless_it_is_the_same(wire, chromium, live_server):
    told = {}
    for zone in ("America/New_York", "Pacific/Auckland", "Europe/Istanbul"):
        context = chromium.new_context(base_url=live_server.url, timezone_id=zone)
        page = context.new_page()
        page.goto("/en/releases/storm/")
        page.wait_for_load_state("networkidle")
        told[zone] = page.locator(".times .your-time").all_inner_texts()
        context.close()
    assert told == {
        "America/New_York": ["(04:30 your time)"],
        "Pacific/Auckland": ["(22:30 your time)"],
        "Europe/Istanbul": [],
    }


def test_the_reader_s_hour_is_written_as_the_page_writes_hours(wire, chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, timezone_id="America/New_York")
    page = context.new_page()
    page.goto("/tr/releases/storm/")
    assert page.locator(".times .your-time").inner_text() == "(sizin saatinizle 04.30)"
    assert "12.30" in page.locator(".times time").inner_text()
    context.close()


def test_a_copy_button_copies_says_so_and_is_not_there_without_script(wire, chromium, live_server):
    button = (
        '<p id="words">Two <b>words</b></p>'
        '<button type="button" class="copy" data-copy="#words" data-copied="Copied" hidden>Copy text</button>'
    )
    context = chromium.new_context(base_url=live_server.url, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.route(
        "**/en/about/", lambda route: route.fulfill(body=f"{route.fetch().text()}{button}", content_type="text/html")
    )
    page.goto("/en/about/")
    page.get_by_role("button", name="Copy text").click()
    page.get_by_role("status").filter(has_text="Copied").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == "Two words"
    page.get_by_role("button", name="Copy text").wait_for()
    context.close()
    bare = chromium.new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    bare.set_content(button)
    assert not bare.locator(".copy").is_visible()
    bare.context.close()


def test_the_script_is_small_and_asks_for_nothing_of_others():
    script = SCRIPT.read_text(encoding="utf-8")
    assert len(script.encode()) < 10_000
    for word in ("http:", "https:", "innerHTML", "eval(", "localStorage", "sessionStorage", "cookie"):
        assert word not in script
