"""Stored files, public exactly while a live edition shows them."""

import mimetypes
import re
from hashlib import sha256
from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from releases import visibility
from releases.models.edition import EditionFile
from releases.models.people import Spokesperson

from .caching import ASK_AGAIN

PICTURES = {"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"}  # shown; all else is only downloaded
SANDBOX = "default-src 'none'; sandbox"
ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
LONGEST_PATH = 300


@require_safe
def media(request, path):
    """A file of a live edition, the portrait of a public person, or the newsroom's logo; anything else is 404."""
    if not is_public(request, path):
        raise Http404
    try:
        size = default_storage.size(path)
    except (OSError, ValueError, SuspiciousOperation):
        raise Http404 from None
    etag = quote_etag(f"{sha256(path.encode()).hexdigest()[:24]}-{size:x}")  # bytes under a name never change
    response = get_conditional_response(request, etag=etag) or contents(request, path, size, etag)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = ASK_AGAIN
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def is_public(request, path: str) -> bool:
    if len(path) > LONGEST_PATH or not path.isprintable():
        return False
    shown = EditionFile.objects.filter(visibility.live(request.at, "edition__"), path=path)
    return shown.exists() or path == request.newsroom.logo.name or is_portrait(request.at, path)


def is_portrait(at, path: str) -> bool:
    """Whether it shows a person of whom a live edition speaks."""
    return Spokesperson.objects.filter(portrait=path).public(at).exists()


def contents(request, path: str, size: int, etag: str):
    """The whole file, or the one range that was asked for."""
    name = PurePosixPath(path).name
    guessed = mimetypes.guess_type(name)[0]
    shown = guessed in PICTURES
    media_type = guessed if shown or guessed == "application/pdf" else "application/octet-stream"
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if asked and any(asked.groups()) and request.headers.get("If-Range", etag) == etag:
        response = part(path, size, asked, media_type)
    else:
        file = default_storage.open(path)
        response = FileResponse(file, content_type=media_type, as_attachment=not shown, filename=name)
    response.headers["Accept-Ranges"] = "bytes"
    return response


def part(path: str, size: int, asked, media_type: str):
    """206 with the range of bytes, or 416 where there are none such."""
    first, last = (int(number) if number else None for number in asked.groups())
    if first is None:
        first, last = max(size - last, 0), size - 1
    last = size - 1 if last is None else min(last, size - 1)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    with default_storage.open(path) as file:
        file.seek(first)
        response = HttpResponse(file.read(last - first + 1), status=206, content_type=media_type)
    response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response
