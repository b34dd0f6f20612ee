"""What may be stored: pictures made anew without what cameras write into them, and files of known kinds."""

import hashlib
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from django.core.files.base import ContentFile, File
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

MEGABYTE = 1024 * 1024
LARGEST_PICTURE = 25 * MEGABYTE
LARGEST_FILE = 50 * MEGABYTE
MOST_PIXELS = 50_000_000
WRITERS = {
    "JPEG": ("JPEG", ".jpg", {"quality": 92, "optimize": True, "progressive": True}),
    "PNG": ("PNG", ".png", {"optimize": True}),
    "WEBP": ("WEBP", ".webp", {"quality": 92}),
    "GIF": ("PNG", ".png", {"optimize": True}),
}
OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": f"{OFFICE}.wordprocessingml.document",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
    ".zip": "application/zip",
    ".csv": "text/csv",
    ".txt": "text/plain",
}
BEGINNINGS = {".pdf": b"%PDF-", ".docx": b"PK\x03\x04", ".xlsx": b"PK\x03\x04", ".zip": b"PK\x03\x04"}


class Unfit(ValueError):
    """A file that is not stored; its text is one sentence for whoever sent it."""


@dataclass(frozen=True)
class StoredPicture:
    """A picture ready to be stored; sizes in pixels, `sha256` in hex."""

    file: ContentFile
    width: int
    height: int
    sha256: str


@dataclass(frozen=True)
class StoredFile:
    """A file ready to be stored; `size` in bytes, `sha256` in hex."""

    file: File
    size: int
    sha256: str
    media_type: str


def picture(upload: File, edge: int = 0) -> StoredPicture:
    """The picture upright and without any metadata (place, camera, owner), as JPEG, PNG or WebP; raises Unfit.

    With `edge`, a larger one is made smaller until no side is longer.
    """
    if upload.size > LARGEST_PICTURE:
        raise Unfit(_("This picture is larger than 25 MB. Send a smaller version."))
    image, kind = _opened(upload)
    if edge:
        image.thumbnail((edge, edge))
    to, suffix, options = WRITERS[kind]
    with_profile = {"icc_profile": image.info["icc_profile"]} if image.info.get("icc_profile") else {}
    if to == "JPEG" and image.mode not in {"L", "RGB"}:
        image, with_profile = image.convert("RGB"), {}
    written = BytesIO()
    image.info = {}
    image.save(written, to, **options, **with_profile)
    content = written.getvalue()
    name = f"{PurePath(upload.name or 'picture').stem or 'picture'}{suffix}"
    return StoredPicture(ContentFile(content, name=name), *image.size, hashlib.sha256(content).hexdigest())


def _opened(upload: File) -> tuple[Image.Image, str]:
    """The first frame, decoded and turned upright, and the format it came in."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(upload, formats=list(WRITERS))
        if image.width * image.height > MOST_PIXELS:
            raise Unfit(_("This picture has more than 50 million pixels. Send a smaller version."))
        kind = image.format
        image.seek(0)
        image.load()
        return _plain(ImageOps.exif_transpose(image)), kind
    except Image.DecompressionBombError as error:
        raise Unfit(_("This picture has more than 50 million pixels. Send a smaller version.")) from error
    except UnidentifiedImageError as error:
        raise Unfit(_("This file is not a JPEG, PNG, WebP or GIF picture.")) from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError) as error:
        if isinstance(error, Unfit):
            raise
        raise Unfit(_("This picture is damaged and cannot be opened. Save it anew and try again.")) from error


def _plain(image: Image.Image) -> Image.Image:
    """The picture in a mode that every format here can write."""
    see_through = "transparency" in image.info or image.mode in {"LA", "PA", "La", "RGBa"}
    if image.mode in {"L", "RGB", "RGBA"} and not see_through:
        return image
    return image.convert("RGBA" if see_through else "RGB")


def attachment(upload: File) -> StoredFile:
    """The file with its size, type and fingerprint, if it is of a kind that is offered for download; raises Unfit."""
    suffix = PurePath(upload.name or "").suffix.lower()
    if suffix not in MEDIA_TYPES:
        kinds = ", ".join(kind[1:].upper() for kind in MEDIA_TYPES)
        raise Unfit(format_lazy(_("Attach {kinds}. Pictures belong to the pictures of the release."), kinds=kinds))
    if upload.size > LARGEST_FILE:
        raise Unfit(_("This file is larger than 50 MB. Attach a smaller version."))
    if not upload.size:
        raise Unfit(_("This file is empty."))
    fingerprint, first = hashlib.sha256(), None
    for chunk in upload.chunks():
        first = chunk if first is None else first
        if suffix in {".csv", ".txt"} and b"\0" in chunk:
            raise Unfit(_("This file is not what its name says."))
        fingerprint.update(chunk)
    if not first.startswith(BEGINNINGS.get(suffix, b"")):
        raise Unfit(_("This file is not what its name says."))
    upload.seek(0)
    return StoredFile(upload, upload.size, fingerprint.hexdigest(), MEDIA_TYPES[suffix])
