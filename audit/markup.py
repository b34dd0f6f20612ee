"""The Nu HTML checker over every page: no error, no warning."""

import json
from pathlib import Path

from audit.site import Site
from audit.tools import MODULES, run

JAR = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"


def check(site: Site, folder: Path) -> list[str]:
    """What is wrong with the pages, and first how many were looked at."""
    pages, wrong, stored = site.pages(), [], {}
    for number, (page, status) in enumerate(pages.items()):
        answer = site.get(page)
        if answer.status != status:
            wrong.append(f"{page}: answers {answer.status}, not {status}")
        path = folder / f"{number}.html"
        path.write_bytes(answer.body)
        stored[path.name] = page
    print(f"  {len(pages)} pages")
    command = ["java", "-jar", str(JAR), "--format", "json", "--stdout", "--exit-zero-always", str(folder)]
    messages = json.loads(run(command).stdout)["messages"]
    wrong += [f"{stored[Path(told['url']).name]}:{told.get('lastLine', 0)}: {told['message']}" for told in messages]
    return wrong
