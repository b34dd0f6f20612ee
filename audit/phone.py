"""Lighthouse as it sees a phone: five kinds of page."""

import json
import os

from audit.site import Site
from audit.tools import MODULES, browser, run

LEAST = {"performance": 0.95, "accessibility": 1.0, "best-practices": 1.0, "seo": 1.0}
PROGRAM = MODULES / "lighthouse" / "cli" / "index.js"
FLAGS = "--headless=new --no-sandbox --disable-background-networking --disable-quic"


def pages(site: Site) -> list[str]:
    """The front page, the list, a release, a place, the contacts."""
    release = next(page for page in site.releases() if "<img" in site.get(page).text)
    place = site.told("/sitemaps/locations.xml")[0]
    return ["/en/", "/ar/releases/", release, place, "/tr/contacts/"]


def check(site: Site) -> list[str]:
    wrong = []
    for page in pages(site):
        found = look(site.url + page)
        scores = {name: category["score"] or 0 for name, category in found["categories"].items()}
        print(f"  {page}: {', '.join(f'{name} {score:.2f}' for name, score in scores.items())}")
        wrong += [f"{page}: {name} {score}" for name, score in scores.items() if score < LEAST[name]]
        wrong += [f"{page}: {told}" for told in failed(found, scores)]
    return wrong


def look(url: str) -> dict:
    command = ["node", str(PROGRAM), url, "--output=json", "--quiet", f"--chrome-flags={FLAGS}"]
    command.append(f"--only-categories={','.join(LEAST)}")
    environment = {**os.environ, "CHROME_PATH": browser()}
    return json.loads(run(command, tries=3, env=environment).stdout)  # on a busy machine it may miss the page's start


def failed(found: dict, scores: dict) -> list[str]:
    """What Lighthouse held against the categories that fall short."""
    return [
        found["audits"][part["id"]]["title"]
        for name, category in found["categories"].items()
        if scores[name] < LEAST[name]
        for part in category["auditRefs"]
        if part["weight"] and (found["audits"][part["id"]]["score"] or 0) < 0.9
    ]
