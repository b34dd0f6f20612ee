"""The desk in a real browser: from an empty form to the site, by keyboard, for every eye, without a complaint."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from releases.documents import Place, compose
from releases.models import Location, LocationName, Release
from tests.builders import a_draft, a_live_release, a_publisher, a_release_in_review, edit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
MODES = [("en", 1280, "light"), ("tr", 390, "dark"), ("ar", 390, "light")]


@pytest.fixture
def enter(chromium, live_server, client, settings):
    """A function that opens the desk for a person, on a screen of some width, in a scheme and a language."""
    opened = []

    def enter(person, width=1280, scheme="light", language="en"):
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            locale=language,
        )
        context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
        opened.append(context)
        page = context.new_page()
        page.heard = []
        page.on("console", lambda told: told.type in {"error", "warning"} and page.heard.append(told.text))
        page.on("pageerror", lambda error: page.heard.append(str(error)))
        return page

    yield enter
    for context in opened:
        context.close()


def desk_pages():
    """One page of every kind, each with something on it."""
    live = edit(a_live_release(), summary="Changed since it was public.")
    review, draft = a_release_in_review(), a_draft()
    change = {name: reverse(f"admin:releases_{name}_changelist") for name in ("event", "location", "tag", "contact")}
    verbs = [(review, "approve"), (live, "withdraw"), (draft, "submit"), (draft, "translate"), (draft, "discard")]
    return [
        "/admin/",
        "/admin/releases/release/?language=en",
        "/admin/releases/release/add/",
        *(reverse("admin:releases_release_change", args=[row.pk]) for row in (live, review)),
        reverse("admin:releases_release_history", args=[live.pk]),
        *(reverse("admin:releases_release_verb", args=[row.pk, verb]) for row, verb in verbs),
        *change.values(),
        *(reverse(f"admin:releases_{name}_add") for name in ("event", "spokesperson", "boilerplate")),
        reverse("admin:releases_newsroom_changelist"),
        reverse("admin:releases_edition_changelist"),
        reverse("admin:releases_auditevent_changelist"),
        "/admin/auth/user/",
        "/admin/auth/user/add/",
    ]


@pytest.mark.parametrize(("language", "width", "scheme"), MODES)
def test_every_kind_of_page_is_accessible_fits_and_draws_no_complaint(
    enter, django_user_model, language, width, scheme
):
    page = enter(django_user_model.objects.create_superuser("chief"), width, scheme, language)
    found = []
    for address in desk_pages():
        page.goto(address)
        page.evaluate("new Promise(requestIdleCallback)")  # scripts that start with the page have had their turn
        found += [(address, complaint) for complaint in page.heard]
        violations = Axe().run(page, options=RULES).response["violations"]
        found += [(address, each["id"], [node["html"][:200] for node in each["nodes"]]) for each in violations]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((address, "wider than the screen"))
        page.heard.clear()  # the checker's own styles are refused by the policy, rightly
    assert not found


def test_a_one_person_office_gets_from_the_empty_form_to_the_site(enter, django_user_model):
    page = enter(django_user_model.objects.create_superuser("chief"))
    page.goto("/admin/")
    page.get_by_role("link", name="Write a release").click()
    page.get_by_label("Headline").fill("A library opens in Çeşme")
    page.get_by_role("textbox", name="Body").click()
    page.keyboard.type("It opens on Monday.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Submit for review").click()
    page.get_by_role("button", name="Submit for review").click()
    page.get_by_role("link", name="Approve").click()
    page.get_by_role("button", name="Approve and publish").click()
    page.get_by_role("link", name="View on site").click()
    page.get_by_role("heading", level=1, name="A library opens in Çeşme").wait_for()
    release = Release.objects.get()
    assert release.body == "<p>It opens on Monday.</p>"
    assert release.editions.live(timezone.now()).exists()
    assert not page.heard


def test_rows_are_found_by_typing_and_moved_by_keyboard(enter):
    release = a_draft(places=(Place(name="Ankara"),))
    athens = Location.objects.create(slug="athens")
    LocationName.objects.create(location=athens, language="en", text="Athens")
    page = enter(a_publisher())
    page.goto(reverse("admin:releases_release_change", args=[release.pk]))
    page.get_by_role("button", name="Add another Location").click()
    page.locator("#places-1 .select2-selection").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("ATHENS")
    page.locator(".select2-results__option", has_text="Athens").wait_for()
    page.keyboard.press("Enter")
    page.locator("#places-1").get_by_role("button", name="Move up").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist").wait_for()
    assert [place.name for place in compose(release).places] == ["Athens", "Ankara"]


def test_the_editor_writes_in_the_direction_of_the_release(enter):
    release = a_draft(language="ar")
    page = enter(a_publisher())
    page.goto(reverse("admin:releases_release_change", args=[release.pk]))
    editor = page.get_by_role("textbox", name="Body")
    editor.wait_for()
    assert editor.get_attribute("dir") == "rtl"
    page.get_by_label("Language").select_option("en")
    assert editor.get_attribute("dir") == "ltr"
    assert page.get_by_label("Headline").get_attribute("lang") == "en"


def test_what_is_pasted_from_a_word_processor_arrives_clean(enter):
    page = enter(a_publisher())
    page.goto("/admin/releases/release/add/")
    page.get_by_label("Headline").fill("Pasted")
    page.get_by_role("textbox", name="Body").focus()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/html", '<p class=MsoNormal style="mso-x:1;color:red"><b>Bold</b> word<o:p></o:p></p>');
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist").wait_for()
    assert Release.objects.get().body == "<p><strong>Bold</strong> word</p>"
