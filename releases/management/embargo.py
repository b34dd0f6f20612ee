"""Trying every public address as a stranger: does anything of what is hidden show, or betray that it is there?

`SURFACES` names every public address once; an address missing here fails the tests and the command.
"""

import html
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from releases import text, visibility
from releases.documents import Document, compose
from releases.models import Edition, EditionFile, Event, EventName, Location, Newsroom, Release, Spokesperson, Tag

SHORTEST = 12  # characters of a text that is distinctive enough to be looked for
KINDS = {"location": Location, "event": Event, "spokesperson": Spokesperson, "tag": Tag}


@dataclass(frozen=True)
class Secret:
    """What the public must not see of one release: its words, and the addresses that must not answer."""

    label: str
    language: str
    words: tuple[str, ...] = ()
    slug: str = ""
    editions: tuple[int, ...] = ()
    subjects: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()
    year: int = 2031
    month: int = 5

    def of(self, kind: str) -> list[str]:
        return [slug for name, slug in self.subjects if name == kind]


@dataclass(frozen=True)
class Leak:
    address: str
    what: str
    secret: Secret


def path(*parts: str) -> str:
    return "/" + "/".join(quote(part) for part in parts if part)


def plainly(words: str) -> Iterator[dict]:
    yield {"q": words}


def searches(words: str) -> Iterator[dict]:
    """The ways of looking for words: as they are, by rank, in a row, left out, and with a slip of the pen."""
    slip = f"{words[:3]}{words[4:5]}{words[3:4]}{words[5:]}"
    yield from ({"q": asked} for asked in (words, f"“{words}”", f"-{words}", slip))
    yield {"q": words, "sort": "relevance"}


def lists(name: str, searches=plainly) -> Callable[[Secret], Iterator[str]]:
    """The addresses of a list with every filter that could find the secret."""

    def addresses(secret: Secret) -> Iterator[str]:
        base = path(secret.language, *name.split("/")) + ("" if "." in name else "/")
        yield base
        yield from (f"{base}?{urlencode({kind: slug})}" for kind, slug in secret.subjects)
        yield f"{base}?{urlencode({'year': secret.year})}"
        yield from (f"{base}?{urlencode(asked)}" for words in secret.words[:2] for asked in searches(words))

    return addresses


def single(name: str) -> Callable[[Secret], Iterator[str]]:
    return lambda secret: iter([path(secret.language, name) + "/"])


def subject(folder: str, kind: str) -> Callable[[Secret], Iterator[str]]:
    return lambda secret: (path(secret.language, folder, slug) + "/" for slug in secret.of(kind))


def release(secret: Secret) -> Iterator[str]:
    """The page, under every language: it is found there too where it was not translated."""
    if secret.slug:
        for language in dict.fromkeys([secret.language, *Newsroom.current().languages]):
            yield path(language, "releases", secret.slug) + "/"


def beside_release(ending: str) -> Callable[[Secret], Iterator[str]]:
    """What is made of a release, at its own address and an ending."""
    return lambda secret: (path(secret.language, "releases", slug) + ending for slug in [secret.slug] if slug)


def editions(secret: Secret) -> Iterator[str]:
    for number in secret.editions:
        yield path(secret.language, "releases", secret.slug, "editions", str(number)) + "/"


def sitemaps(secret: Secret) -> Iterator[str]:
    """The files of the standing pages and of each sort of subject, and those of the month, whole and in parts."""
    month = f"{secret.year}-{secret.month:02}"
    for name in ("pages", *(f"{kind}s" for kind in KINDS), month, f"{month}-1-of-2", f"{month}-2-of-2"):
        yield path("sitemaps", f"{name}.xml")


def calendar(secret: Secret) -> Iterator[str]:
    """Of all events, and of each place; a place that nobody knows has none."""
    yield path(secret.language, "events", "calendar.ics")
    yield from (f"{path(secret.language, 'events', 'calendar.ics')}?location={slug}" for slug in secret.of("location"))


def event_calendar(secret: Secret) -> Iterator[str]:
    yield from (path(secret.language, "events", f"{slug}.ics") for slug in secret.of("event"))


SURFACES: dict[str, Callable[[Secret], Iterable[str]]] = {
    "home": lambda secret: ["/"],
    "front": single(""),
    "releases": lists("releases", searches),
    "release": release,
    "edition": editions,
    "plain_text": beside_release(".txt"),
    "kit": beside_release("/kit.zip"),
    "share_card": beside_release("/card.jpg"),
    "archive": single("archive"),
    "locations": single("locations"),
    "location": subject("locations", "location"),
    "events": single("events"),
    "event": subject("events", "event"),
    "calendar": calendar,
    "event_calendar": event_calendar,
    "spokespersons": single("spokespersons"),
    "spokesperson": subject("spokespersons", "spokesperson"),
    "tags": single("tags"),
    "tag": subject("tags", "tag"),
    "corrections": single("corrections"),
    "contacts": single("contacts"),
    "contact_cards": lambda secret: [path(secret.language, "contacts", "contacts.vcf")],
    "about": single("about"),
    "accessibility": single("accessibility"),
    "rss": lists("feeds/rss.xml"),
    "atom": lists("feeds/atom.xml"),
    "json_feed": lists("feeds/feed.json"),
    "media": lambda secret: (path("media", *file.split("/")) for file in secret.files),
    "style": lambda secret: ["/style/0.css"],
    "robots": lambda secret: ["/robots.txt"],
    "sitemap_index": lambda secret: ["/sitemap.xml"],
    "sitemap": sitemaps,
    "news_sitemap": lambda secret: ["/news-sitemap.xml"],
    "security": lambda secret: ["/.well-known/security.txt"],
    "healthz": lambda secret: ["/healthz"],
    "readyz": lambda secret: ["/readyz"],
}
DIRECT = {  # must answer as nonsense does
    *("release", "edition", "plain_text", "kit", "share_card"),
    *("location", "event", "event_calendar", "spokesperson", "tag", "media"),
}


def public_names() -> set[str]:
    """The names of all public addresses in the URL map: everything outside the desk."""
    outside = [entry for entry in get_resolver().url_patterns if not str(entry.pattern).startswith("admin/")]
    return {pattern.name for entry in outside for pattern in leaves(entry)}


def leaves(entry) -> Iterator:
    if hasattr(entry, "url_patterns"):
        for inner in entry.url_patterns:
            yield from leaves(inner)
    else:
        yield entry


def stranger() -> Client:
    host = urlsplit(settings.SITE_URL)
    return Client(HTTP_HOST=host.netloc, raise_request_exception=False, enforce_csrf_checks=True)


def ask(client: Client, address: str, method: str = "GET", **headers) -> tuple[int, dict, bytes]:
    """Status, headers and body of one answer."""
    response = client.generic(method, address, secure=settings.SITE_URL.startswith("https:"), **headers)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, dict(response.headers), body


def shows(body: bytes, words: str) -> bool:
    """Whether an answer contains the words, whatever the markup does to quotation marks and blanks."""
    plain = " ".join(html.unescape(body.decode("utf-8", "replace")).split())
    return " ".join(words.split()) in plain


def twin(secret: Secret) -> Secret:
    """The same shape filled with nonsense: how an address answers that never was anything."""
    nonsense = f"nonsense-{secrets.token_hex(8)}"
    return replace(
        secret,
        slug=nonsense if secret.slug else "",
        subjects=tuple((kind, nonsense) for kind, _slug in secret.subjects),
        files=tuple(f"files/{secrets.token_hex(16)}/nonsense{file[file.rfind('.') :]}" for file in secret.files),
        words=tuple(secrets.token_hex(8) for _ in secret.words),
    )


def leaks(secret: Secret, client: Client, known: dict) -> Iterator[Leak]:
    """Tries every surface for one secret; `known` keeps the answers of pages that are the same for every secret."""
    nonsense = twin(secret)
    for name, addresses in SURFACES.items():
        for address, other in zip(addresses(secret), addresses(nonsense), strict=True):
            shared = name not in DIRECT and "?" not in address
            answer = known.get(address) or ask(client, address)
            if shared:
                known[address] = answer
            asked = address.partition("?")[2]
            for words in secret.words:
                if shows(answer[2], words) and quote(words, safe="") not in asked.replace("+", "%20"):
                    yield Leak(address, words, secret)
            if name in DIRECT and answer != ask(client, other):
                yield Leak(address, f"answers {answer[0]}, not as an address that never existed", secret)


def secret_of(item: Release, at) -> Secret | None:
    """What is hidden of a release at the moment `at`: everything, or what its live edition does not say."""
    document = compose(item)
    scheduled = [Document.read(edition.document) for edition in item.editions.scheduled(at)]
    siblings = Edition.objects.filter(translation_group=item.translation_group)
    public = [Document.read(edition.document) for edition in siblings.begun(at) if edition_is_public(edition, at)]
    hidden = {words for source in (document, *scheduled) for words in distinctive(source)}
    hidden |= names_held_back([document, *scheduled], at)
    known = {words for source in public for words in distinctive(source)}
    hidden = {words for words in hidden if not any(words in said for said in known)}
    taken = Edition.objects.begun(at).filter(language__in=languages(item), slug=item.slug).exists()
    numbers = [edition.number for edition in item.editions.all() if not edition_is_public(edition, at)]
    files = {file.path for source in (document, *scheduled) for file in (*source.photos, *source.attachments)}
    unknown = tuple(unknown_subjects([document, *scheduled], at))
    people = [slug for kind, slug in unknown if kind == "spokesperson"]
    portraits = Spokesperson.objects.filter(slug__in=people).exclude(portrait="").values_list("portrait", flat=True)
    shown = set(
        EditionFile.objects.filter(path__in=files, edition__in=siblings.live(at)).values_list("path", flat=True)
    )
    found = Secret(
        label=item.headline,
        language=item.language,
        words=tuple(sorted(hidden)),
        slug="" if taken else item.slug,
        editions=() if taken else tuple(sorted({*numbers, 1})),
        subjects=unknown,
        files=tuple(sorted({*(files - shown), *portraits})),
        year=(item.release_at or at).year,
        month=(item.release_at or at).month,
    )
    return found if any((found.words, found.slug, found.subjects, found.files)) else None


def languages(item: Release) -> set[str]:
    """Under which a slug can be found."""
    return {item.language, *Newsroom.current().languages}


def edition_is_public(edition: Edition, at) -> bool:
    """Live, withdrawn or shown by a later correction: its words may be known."""
    return edition.live_from <= at


def distinctive(document: Document) -> set[str]:
    """The sentences by which a document would be recognised."""
    lines = [document.headline, document.summary, *document.body_text.splitlines()]
    lines += [quote_.words for quote_ in document.quotes]
    return {line.strip() for line in lines if len(line.strip()) >= SHORTEST}


def names_held_back(documents: list[Document], at) -> set[str]:
    """What events are called whose own embargo lies ahead."""
    numbers = {event.id for source in documents for event in source.events}
    held = Event.objects.filter(visibility.held_back(at), pk__in=numbers)
    names = EventName.objects.filter(event__in=held, is_alias=False).values_list("text", flat=True)
    return {name for name in names if len(name) >= SHORTEST}


def unknown_subjects(documents: list[Document], at) -> Iterator[tuple[str, str]]:
    """Places, events, people and tags of which no live edition speaks: (kind, slug)."""
    used = {
        "location": {place.id for source in documents for place in source.places},
        "event": {event.id for source in documents for event in source.events},
        "spokesperson": {person.spokesperson_id for source in documents for person in source.quotes},
        "tag": set(
            Tag.objects.filter(folded__in=[text.fold(tag) for source in documents for tag in source.tags]).values_list(
                "id", flat=True
            )
        ),
    }
    for kind, numbers in used.items():
        rows = KINDS[kind].objects.filter(pk__in=numbers)
        known = rows.public(at).values("pk")
        yield from (
            (kind, slug) for slug in rows.exclude(pk__in=known).order_by("slug").values_list("slug", flat=True)
        )
