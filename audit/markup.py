"""The Nu HTML checker over every page, and over whatever these link to: no error, no warning, no dead link."""

import json
import re
from html import unescape
from pathlib import Path

from audit.site import Answer, Site
from audit.tools import MODULES, run

JAR = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
LINK = re.compile(r'<(?:a|link)\b[^>]* href="(/[^"#]*)')
NOT_PAGES = ("/admin/", "/media/", "/static/", "/style/")


def check(site: Site, folder: Path) -> list[str]:
    """What is wrong with the pages."""
    expected, wrong, stored = site.pages(), [], {}
    asked = list(expected)
    for page in asked:  # it grows on the way
        answer, status = site.get(page), expected.get(page, 200)
        if answer.status != status:
            wrong.append(f"{page}: answers {answer.status}, not {status}")
        if answer.headers["content-type"].startswith("text/html"):
            (folder / f"{len(stored)}.html").write_bytes(answer.body)
            stored[f"{len(stored)}.html"] = page
            asked += set(links(page, answer)) - set(asked)
    print(f"  {len(stored)} pages, {len(asked)} addresses")
    command = ["java", "-jar", str(JAR), "--format", "json", "--stdout", "--exit-zero-always", str(folder)]
    messages = json.loads(run(command).stdout)["messages"]
    return wrong + [
        f"{stored[Path(told['url']).name]}:{told.get('lastLine', 0)}: {told['message']}" for told in messages
    ]


def links(page: str, answer: Answer) -> list[str]:
    """The addresses a page links to; none from a filtered list, whose filters can be combined without end."""
    found = map(unescape, LINK.findall(answer.text)) if "?" not in page and answer.status == 200 else []
    return [link for link in found if not link.startswith(NOT_PAGES)]
