"""kit.zip: everything of a release in one download, of what is public at that second and nothing else.

Files pass through piece by piece; nothing is kept in memory or on disk. The same content gives the same bytes.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import quote

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import quote_etag
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from releases import text
from releases.documents import Document
from releases.exports.cells import guard
from releases.models.edition import Edition

from . import plaintext, reading
from .former import of_a_release

PIECE = 256 * 1024
LONGEST_NAME = 60  # characters of a slug: paths of some systems are short
FIRST_YEAR = 1980  # the oldest a zip file can tell
CAPTIONS = ("file", "language", "caption", "credit", "description")
CONTACTS = ("language", "name", "role", "organisation", "phone", "email", "hours")


@dataclass(frozen=True)
class Part:
    """One language of the release."""

    edition: Edition
    document: Document

    @property
    def language(self) -> str:
        return self.document.language


@dataclass(frozen=True)
class Entry:
    """One file of the kit: its bytes, or where they are stored and how many they are."""

    name: str
    content: bytes = b""
    path: str = ""
    size: int = 0

    @property
    def seal(self) -> str:
        """What changes when the file does; stored bytes never change under their name."""
        return f"{self.name} {self.path} {self.size} {sha256(self.content).hexdigest()}"

    def pieces(self) -> Iterator[bytes]:
        if not self.path:
            yield self.content
            return
        with default_storage.open(self.path) as file:
            yield from iter(partial(file.read, PIECE), b"")


@of_a_release
def kit(request, language, edition):
    """The release in every live language, its pictures with captions and credits, its files, its contacts."""
    parts = in_every_language(request, edition)
    folder = folder_name(edition)
    packed = list(entries(request.newsroom, parts, edition))
    moment = max(part.edition.live_from for part in parts)
    response = StreamingHttpResponse(zipped(folder, packed, moment), content_type="application/zip")
    seals = "\n".join([folder, str(moment), *(entry.seal for entry in packed)])
    response.headers["ETag"] = quote_etag(sha256(seals.encode()).hexdigest()[:32])
    response.headers["Content-Disposition"] = attached(folder, edition)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def in_every_language(request, edition) -> list[Part]:
    """The live editions of the release in the languages of the site, this one first."""
    offered = request.newsroom.languages
    live = Edition.objects.live(request.at).withholding(request.at)
    group = live.filter(translation_group=edition.translation_group, language__in=offered).order_by()
    kept = sorted(group, key=lambda one: (one.pk != edition.pk, offered.index(one.language)))
    return [Part(one, reading.document(one, request.at)) for one in kept]


def entries(newsroom, parts: list[Part], edition) -> Iterator[Entry]:
    found = [entry for path, name in stored_files(parts) if (entry := from_storage(path, name))]
    names = {entry.path: entry.name for entry in found}
    yield Entry("README.txt", readme(newsroom, edition).encode())
    for part in parts:
        yield from texts(newsroom, part, names)
    yield Entry("contacts.csv", table(CONTACTS, people(parts)))
    if found:
        yield Entry("captions.csv", table(CAPTIONS, captions(parts, names)))
    yield from found


def stored_files(parts: list[Part]) -> Iterator[tuple[str, str]]:
    """Path in the storage and name in the kit of every picture and file, each once, numbered in their order."""
    for folder, kind in (("pictures", "photos"), ("files", "attachments")):
        paths = dict.fromkeys(file.path for part in parts for file in getattr(part.document, kind))
        for number, path in enumerate(paths, 1):
            yield path, f"{folder}/{number:02}-{safe(path)}"


def safe(path: str) -> str:
    """The last part of a path in letters that every archive program can write: `harbour.jpg`."""
    name = PurePosixPath(path)
    stem = text.slugify(name.stem).encode("ascii", "ignore").decode().strip("-")
    return f"{stem or 'file'}{name.suffix.lower()}"


def from_storage(path: str, name: str) -> Entry | None:
    """A stored file; None for one that is lost."""
    try:
        return Entry(name, path=path, size=default_storage.size(path))
    except (OSError, ValueError, SuspiciousOperation):
        return None


def texts(newsroom, part: Part, names: dict[str, str]) -> Iterator[Entry]:
    """The words of one language as plain text and as HTML."""
    with translation.override(part.language):
        told = plaintext.written(newsroom, part.edition, part.document)
        context = {
            "document": part.document,
            "direction": text.direction(part.language),
            "canonical": plaintext.canonical(part.edition),
            "dates": plaintext.dates(part.edition, part.document),
            "body": mark_safe(part.document.body),  # noqa: S308  sanitised by the document
            "notes": mark_safe(part.document.notes_to_editors),  # noqa: S308  the same
            "abouts": [(about.title, mark_safe(about.body)) for about in part.document.boilerplates],  # noqa: S308
            "quotes": [plaintext.quoted(quote) for quote in part.document.quotes if quote.words],
            "contacts": [plaintext.lines(plaintext.called(contact)) for contact in part.document.contacts],
            "pictures": [(names[photo.path], photo) for photo in part.document.photos if photo.path in names],
        }
        page = render_to_string("releases/kit.html", context)
    yield Entry(f"release.{part.language}.txt", f"{told}\n".encode())
    yield Entry(f"release.{part.language}.html", page.encode())


def readme(newsroom, edition) -> str:
    """What this is, where it comes from, what may be done with it."""
    name = newsroom.name_in(translation.get_language())
    return "\n\n".join(
        [
            edition.headline,
            _("From %(newsroom)s: %(address)s") % {"newsroom": name, "address": plaintext.canonical(edition)},
            _("For the press and free to use. Please name the source. Corrections are made at the address above."),
            _("Pictures: with this release only, and with the credit that captions.csv gives for each."),
            _("release.*: the text, one file a language. contacts.csv: who answers the press."),
            "",
        ]
    )


def people(parts: list[Part]) -> Iterator[list[str]]:
    for part in parts:
        for contact in part.document.contacts:
            yield [part.language, *(getattr(contact, name) for name in CONTACTS[1:])]


def captions(parts: list[Part], names: dict[str, str]) -> Iterator[list[str]]:
    for part in parts:
        for photo in part.document.photos:
            if photo.path in names:
                yield [names[photo.path], part.language, photo.caption, photo.credit, photo.alt_text]
        for file in part.document.attachments:
            if file.path in names:
                yield [names[file.path], part.language, file.title, "", ""]


def table(heads: tuple[str, ...], rows) -> bytes:
    """CSV as the export writes it: with a byte order mark, no cell that a spreadsheet would run."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(heads)
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def folder_name(edition) -> str:
    """`2026-11-21-boats`; `2026-11-21-release` where the slug is not in ASCII."""
    name = edition.slug[:LONGEST_NAME].rstrip("-") if edition.slug.isascii() else "release"
    return f"{edition.first_public_at:%Y-%m-%d}-{name}"


def attached(folder: str, edition) -> str:
    """Content-Disposition with a name for every browser, and the slug's own letters for those that know them."""
    own = f"; filename*=UTF-8''{quote(edition.slug)}.zip" if not edition.slug.isascii() else ""
    return f'attachment; filename="{folder}.zip"{own}'


class Outlet(io.RawIOBase):
    """Where the archive is written to, and taken away from piece by piece."""

    def __init__(self):
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        piece = b"".join(self.pieces)
        self.pieces.clear()
        return piece


def zipped(folder: str, packed: list[Entry], moment) -> Iterator[bytes]:
    """The archive as it is being made."""
    outlet = Outlet()
    at = (max(moment.year, FIRST_YEAR), *moment.timetuple()[1:6])
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for entry in packed:
            member = zipfile.ZipInfo(f"{folder}/{entry.name}", at)
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            with archive.open(member, "w") as file:
                for piece in entry.pieces():
                    file.write(piece)
                    yield outlet.taken()
    yield outlet.taken()
