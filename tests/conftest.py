"""What every test stands on: a closed network, its own files, worlds that last a module, Chromium for those who ask.

`--quick` leaves out what only repeats: the browser, tests marked `thorough`, nine of ten random examples, and from the
matrix of the embargo all but the plainest ways of asking.
"""

import gc
import ipaddress
import os
import shutil
import socket

import hypothesis
import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.utils import translation

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
BROWSER_ARGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def find_chromium():
    """Return the path of a Chromium on this machine, or None."""
    named = filter(None, map(shutil.which, BROWSERS))
    return next(named, None) or next(filter(os.path.exists, MAC_BROWSERS), None)


def pytest_addoption(parser):
    parser.addoption("--quick", action="store_true", help="leave out the browser and whatever only repeats")


def pytest_configure(config):
    """Set how many random examples a test is tried with: a test that wants more or fewer says so in proportion."""
    hypothesis.settings.register_profile("whole", max_examples=100, deadline=None)
    hypothesis.settings.register_profile("quick", max_examples=10, deadline=None)
    hypothesis.settings.load_profile("quick" if config.getoption("quick") else "whole")


def pytest_collection_modifyitems(config, items):
    """Mark the tests that truly commit; leave out those of another engine, and where it has to be quick the slow."""
    for item in items:
        if _commits(item):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)
    unwanted = set() if connection.vendor == "postgresql" else {"postgres"}
    unwanted |= {"browser", "thorough"} if config.getoption("quick") else set()
    left_out = {item for item in items if any(map(item.get_closest_marker, unwanted))}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish():
    """What is imported by now stays: looking through it for garbage, over and over, takes a tenth of the time."""
    gc.freeze()


def _commits(item):
    """Say whether a test commits: then every table is emptied, and what the migrations wrote has to come back."""
    marker = item.get_closest_marker("django_db")
    asked = marker and (marker.kwargs.get("transaction") or marker.args[:1] == (True,))
    return asked or {"live_server", "transactional_db"} & set(item.fixturenames)


def pytest_terminal_summary(terminalreporter):
    """Say how many browser tests ran: `tests/engines.py` passes it on."""
    reports = [
        (fate, report) for fate in ("passed", "failed", "skipped") for report in terminalreporter.getreports(fate)
    ]
    fates = [fate for fate, report in reports if "browser" in report.keywords]
    if fates:
        told = ", ".join(f"{fates.count(fate)} {fate}" for fate in ("passed", "failed", "skipped") if fate in fates)
        terminalreporter.write_line(f"browser tests: {told}")


def _is_loopback(address):
    host = address[0]
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def closed_network():
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address):
            raise ConnectionRefusedError(f"Tests do not call the world: {address}")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True, scope="session")
def flush_that_reaches_every_table():
    """Let emptying the database follow foreign keys to the search tables, which Django does not know."""
    empty = type(connection.ops).sql_flush

    def cascading(self, style, tables, *, reset_sequences=False, allow_cascade=False):
        return empty(self, style, tables, reset_sequences=reset_sequences, allow_cascade=True)

    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "postgresql":
            patch.setattr(type(connection.ops), "sql_flush", cascading)
        yield


@pytest.fixture(scope="module")
def lasting(django_db_setup, django_db_blocker):
    """The database for fixtures that make a world once for their whole module; it is rolled back after the last test.

    Each test still runs in a transaction of its own inside, so it may change that world: nobody else sees it. A test
    that commits cannot stand in such a module.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def quick(request):
    """Whether to repeat less."""
    return request.config.getoption("quick")


@pytest.fixture(autouse=True)
def own_language():
    """Let no test go on in the language of the last page that another one read."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Give each test a media directory of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="session")
def chromium(django_db_setup):
    """A running Chromium; without one the test is skipped, or fails where REQUIRE_ALL=1 forbids that."""
    path = find_chromium()
    if path is None:
        fate = pytest.fail if os.environ.get("REQUIRE_ALL") == "1" else pytest.skip
        fate("No Chromium on this machine.")
    from playwright.sync_api import sync_playwright

    mine = connections[DEFAULT_DB_ALIAS]
    with sync_playwright() as playwright:
        connections[DEFAULT_DB_ALIAS] = mine  # an event loop runs now, and Django would open another for it
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_ARGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, live_server):
    """A fresh browser page whose relative addresses are those of a live newsroom."""
    context = chromium.new_context(base_url=live_server.url)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def sign_in(page, live_server, client, settings):
    """A function that lets a person into the desk without the log-in form."""

    def enter(user):
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])

    return enter
