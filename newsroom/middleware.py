"""What every request is given, and what only the desk's requests are.

A public page knows nothing of sessions, cookies or who is signed in: outside `/admin/` there is no `request.user` to
ask. That keeps public answers the same for everybody, and so cacheable for everybody.
"""

import re

from csp.constants import NONCE
from csp.middleware import HEADER, CSPMiddleware
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from releases.models.newsroom import Newsroom

DESK = "/admin/"
LANGUAGE_IN_PATH = re.compile(r"/([a-z]{2,3}(?:-[a-z0-9]+)*)/")
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
TIPTAP_SHEET = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"  # the one the editor injects
DESK_ALLOWANCES = {"script-src": [NONCE], "style-src": [TIPTAP_SHEET]}


def is_desk(request):
    """Say whether the request is for the staff's side."""
    return request.path_info.startswith(DESK)


class RequestFacts:
    """Gives each request `at`, its one idea of now in whole seconds, and `newsroom`, read when first asked for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.at = timezone.now().replace(microsecond=0)
        request.newsroom = SimpleLazyObject(Newsroom.current)
        return self.get_response(request)


class PermissionsPolicy:
    """Tells browsers that no page here wants the camera, the microphone or the reader's whereabouts."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class ContentPolicy(CSPMiddleware):
    """Sends the strict policy of the settings; the desk's editor may add one nonce and one known style sheet."""

    def process_response(self, request, response):
        if is_desk(request):
            response._csp_update = {**DESK_ALLOWANCES, **getattr(response, "_csp_update", {})}
        response = super().process_response(request, response)
        if HEADER in response:  # in one order: the same page has the same headers from every process
            response.headers[HEADER] = "; ".join(sorted(response.headers[HEADER].split("; ")))
        return response


class Language(LocaleMiddleware):
    """Takes a public page's language from its address alone, the desk's from the person's browser."""

    def process_request(self, request):
        if is_desk(request):
            return super().process_request(request)
        match = LANGUAGE_IN_PATH.match(request.path_info)
        known = match and translation.check_for_language(match[1])
        translation.activate(match[1] if known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request, response):
        if is_desk(request):
            return super().process_response(request, response)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class DeskOnly:
    """Steps aside on public pages."""

    def __call__(self, request):
        return super().__call__(request) if is_desk(request) else self.get_response(request)


class DeskSession(DeskOnly, SessionMiddleware):
    """Sessions, at the desk only."""


class DeskAuthentication(DeskOnly, AuthenticationMiddleware):
    """`request.user`, at the desk only."""


class DeskMessages(DeskOnly, MessageMiddleware):
    """One-time messages, at the desk only."""
