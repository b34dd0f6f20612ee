"""Import and export as staff meet them in a browser: progress by itself, and without script by a button."""

import tempfile

import pytest
from axe_playwright_python.sync_playwright import Axe

from releases.imports import workroom
from releases.models import Release
from tests import builders

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IMPORT = "/admin/releases/release/import/"


@pytest.fixture
def table(tmp_path, monkeypatch):
    """A table of thirty rows, the last of them bad, and small steps."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(workroom.Workroom.step, "__defaults__", (0.05,))
    path = tmp_path / "table.csv"
    rows = [f"Boat {number} arrives,harbour,{number}," for number in range(29)]
    path.write_text("\n".join(["headline,source,source_id,kind", *rows, "Song,harbour,30,song"]))
    return path


def violations(page):
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


def test_an_import_goes_on_by_itself_and_every_page_is_accessible(page, sign_in, table):
    complaints = []
    page.on("console", lambda message: message.type in {"error", "warning"} and complaints.append(message.text))
    sign_in(builders.a_publisher())
    page.goto(IMPORT)
    assert violations(page) == []
    page.get_by_label("Table").set_input_files(table)
    page.get_by_role("button", name="Look through").press("Enter")
    page.get_by_role("heading", name="Looked through: nothing is written yet").wait_for()
    assert violations(page) == []
    assert Release.objects.count() == 0
    page.get_by_role("button", name="Bring them in").press("Enter")
    page.get_by_role("heading", name="Brought in", exact=True).wait_for()
    assert violations(page) == []
    assert Release.objects.count() == 29
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the refused rows").click()
    assert "song" in download.value.path().read_text()
    assert complaints == []


def test_without_script_the_button_does_the_same(chromium, live_server, client, table):
    client.force_login(builders.a_person("Editor"))
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    cookie = client.cookies["desk"]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    page.goto(IMPORT)
    page.get_by_label("Table").set_input_files(table)
    page.get_by_role("button", name="Look through").click()
    for goal in ("Bring them in", "Done"):
        while page.get_by_role("button", name="Continue").count():
            page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name=goal).click()
    assert Release.objects.count() == 29
    context.close()
