"""What a release without pictures weighs on the line, and what it asks for."""

import gzip
import re

from audit.site import Site

MOST = 30 * 1024
ASKED_FOR = re.compile(r'<(?:link rel="(?:stylesheet|icon)" href|(?:script|img)[^>]* src)="([^"]*)"')


def check(site: Site) -> list[str]:
    page = next(page for page in site.releases() if "<img" not in site.get(page).text)
    answer = site.get(page)
    asked = ASKED_FOR.findall(answer.text)
    weights = {address: len(shipped(site.get(address))) for address in asked if address.startswith("/")}
    weights[page] = len(shipped(answer))
    print(f"  {page}: {sum(weights.values())} bytes compressed, {weights}")
    sheets = answer.text.count('rel="stylesheet"')
    return [
        *(f"{page} asks {address}" for address in asked if not address.startswith("/")),
        *([f"{page} has {sheets} style sheets"] if sheets != 1 else []),
        *([f"{page} weighs {sum(weights.values())} bytes"] if sum(weights.values()) > MOST else []),
        *(f"{address} sets a cookie" for address in weights if "set-cookie" in site.get(address).headers),
        *([f"{page} is sent as it is, not compressed"] if "content-encoding" not in answer.headers else []),
    ]


def shipped(answer) -> bytes:
    """The body as it goes over the line, compressed where the newsroom leaves that to the proxy."""
    return (
        answer.sent if "content-encoding" in answer.headers else min(answer.sent, gzip.compress(answer.sent), key=len)
    )
