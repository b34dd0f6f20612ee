"""A newsroom with the demonstration, on a free port and in a folder of its own, and the addresses it answers at."""

import gzip
import os
import re
import socket
import string
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

from audit.tools import ROOT

RELEASE = re.compile(r"/[a-z]+/releases/[^/?]+/")
LANGUAGES = ("en", "tr", "ar")
WITHDRAWN = (
    "from releases.models import Withdrawal\n"
    "for gone in Withdrawal.objects.filter(kind='gone').select_related('edition'):\n"
    "    print(f'/{gone.edition.language}/releases/{gone.edition.slug}/')"
)
LISTS = ("?tag=nothing", "?q=harbour", "?kind=statement", "?year=2026&month=11")


@dataclass(frozen=True)
class Answer:
    """What one request got: `sent` is the body as it came over the line."""

    status: int
    headers: dict[str, str]
    sent: bytes

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.sent) if self.headers.get("content-encoding") == "gzip" else self.sent

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Site:
    port: int
    gone: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", quote(path, safe=string.punctuation), headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        answer = Answer(response.status, headers, response.read())
        connection.close()
        return answer

    def maps(self) -> list[str]:
        """The addresses of all sitemaps."""
        return ["/sitemap.xml", "/news-sitemap.xml", *self.told("/sitemap.xml")]

    def told(self, path: str) -> list[str]:
        """The addresses a sitemap names."""
        found = (urlsplit(url) for url in re.findall("<loc>(.*?)</loc>", self.get(path).text))
        return [f"{url.path}?{url.query}" if url.query else url.path for url in found]

    def releases(self) -> list[str]:
        """The pages of all releases, newest first."""
        return [page for path in self.told("/sitemap.xml") for page in self.told(path) if RELEASE.fullmatch(page)]

    def pages(self) -> dict[str, int]:
        """Every page there is, and some that are not, with the status it has to have."""
        known = [page for path in self.told("/sitemap.xml") for page in self.told(path)]
        lists = [f"/{language}/releases/{query}" for language in LANGUAGES for query in LISTS]
        earlier = [page for language in LANGUAGES for page in self.linked(f"/{language}/corrections/", "/editions/")]
        shown = dict.fromkeys([*known, *lists, *earlier], 200)
        nowhere = dict.fromkeys([f"/{language}/releases/nowhere/" for language in LANGUAGES], 404)
        return {**shown, **nowhere, **dict.fromkeys(self.gone, 410)}

    def linked(self, page: str, word: str) -> list[str]:
        """The links of the releases a page links to, those with `word` in them."""
        releases = set(re.findall(r'href="(/[a-z]+/releases/[^"?/]+/)"', self.get(page).text))
        found = {link for one in releases for link in re.findall(r'href="(/[^"]*)"', self.get(one).text)}
        return sorted(link for link in found if word in link)


@contextmanager
def site(folder: Path):
    """A newsroom that is there as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}", "MEDIA_ROOT": str(folder / "media")}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {**kept, **own, "PORT": str(port), "TIME_ZONE": "UTC"}
    manage(environment, "migrate", "--verbosity", "0")
    manage(environment, "load_demo")
    gone = manage(environment, "shell", "--verbosity", "0", "-c", WITHDRAWN).split()
    serve = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--port", str(port), "--no-ws"]
    serve += ["--blocking-threads", "4", "--log-level", "error", "newsroom.wsgi:application"]
    running = subprocess.Popen(serve, cwd=ROOT, env=environment)  # noqa: S603 - our own
    try:
        found = Site(port, tuple(gone))
        wait_for(found, running)
        yield found
    finally:
        running.terminate()
        running.wait(timeout=20)


def manage(environment: dict, *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, check=True)  # noqa: S603
    return done.stdout


def wait_for(found: Site, running: subprocess.Popen) -> None:
    for _ in range(120):
        if running.poll() is not None:
            break
        try:
            if found.get("/readyz").status == 200:
                return
        except OSError:
            time.sleep(0.25)
    raise SystemExit("The newsroom did not start.")
