"""What a request is given on each side of the house, and what its answer carries."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from newsroom import middleware

pytestmark = pytest.mark.django_db


def through(layer, request, view=lambda request: HttpResponse("seen")):
    """Send the request through one layer of middleware to a view."""
    return layer(view)(request)


@pytest.fixture
def get():
    """Make requests by hand."""
    return RequestFactory().get


def test_a_request_has_one_idea_of_now_in_whole_seconds(get):
    request = get("/en/")
    with time_machine.travel(datetime(2026, 3, 29, 1, 30, 0, 999_999, tzinfo=UTC), tick=False):
        through(middleware.RequestFacts, request)
    assert request.at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_the_newsroom_is_read_when_asked_for_and_only_once(get, django_assert_num_queries):
    request = get("/en/")
    with django_assert_num_queries(0):
        through(middleware.RequestFacts, request)
    assert request.newsroom.pk == 1
    with django_assert_num_queries(0):
        assert request.newsroom.languages


@pytest.mark.parametrize("layer", [middleware.DeskSession, middleware.DeskAuthentication, middleware.DeskMessages])
def test_a_public_request_knows_neither_session_nor_person(get, layer):
    request = get("/en/releases/")
    request.COOKIES["desk"] = "somebody"
    through(layer, request)
    assert not {"session", "user", "_messages"} & set(vars(request))


@pytest.mark.parametrize(("path", "language"), [("/tr/releases/", "tr"), ("/ar/", "ar"), ("/xx/", "en"), ("/", "en")])
def test_a_public_page_takes_its_language_from_its_address_alone(get, path, language):
    request = get(path, headers={"accept-language": "de"})
    request.COOKIES["django_language"] = "de"
    seen = []
    answer = through(middleware.Language, request, lambda r: seen.append(translation.get_language()) or HttpResponse())
    assert seen == [language]
    assert answer["Content-Language"] == language
    assert "Vary" not in answer


def test_the_desk_speaks_the_language_of_the_persons_browser(get):
    request = get("/admin/", headers={"accept-language": "tr"})
    answer = through(middleware.Language, request)
    assert answer["Content-Language"] == "tr"
    assert "Accept-Language" in answer["Vary"]


def test_public_answers_set_no_cookie_and_carry_the_strict_policy(client):
    answer = client.get("/en/nothing-here/")
    policy = answer["Content-Security-Policy"]
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert not re.search("unsafe-|nonce-|sha256-", policy)
    assert answer["Permissions-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_policy_is_written_in_one_order(client):
    directives = client.get("/admin/login/")["Content-Security-Policy"].split("; ")
    assert directives == sorted(directives)


def test_the_desks_policy_admits_the_editors_sheet_and_no_nonce_unless_a_page_used_one(client):
    policy = client.get("/admin/login/")["Content-Security-Policy"]
    assert middleware.TIPTAP_SHEET in policy
    assert "nonce-" not in policy
    assert "unsafe-inline" not in policy


def test_a_stranger_cannot_post_to_a_public_page():
    answer = Client(enforce_csrf_checks=True).post("/en/", {"q": "x"})
    assert answer.status_code in {403, 404, 405}
    assert not answer.cookies
