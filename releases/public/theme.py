"""The one style sheet: the house's sheets, and the newsroom's accent in shades that can be read."""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from .caching import ASK_AGAIN, validated

SHEETS = ("tokens", "base", "release", "subjects", "print")
LIGHT = ("#ffffff", "#f3f4f3", "#fff1b8")  # the grounds of tokens.css on which the accent is read
DARK = ("#111517", "#1a1f22", "#2b1816")
READABLE = 4.6  # WCAG asks for 4.5
STEP = 0.04
FOR_A_YEAR = "public, max-age=31536000, immutable"

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPARE = re.compile(r"\s*([{};])\s*|\s+")

Colour = tuple[float, ...]


def parts(colour: str) -> Colour:
    """Red, green and blue of `#rrggbb`, each from 0 to 1."""
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def written(colour: Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, grounds: tuple[str, ...], towards: str) -> str:
    """The shade nearest to `colour`, on the way to black or white, that can be read on every ground."""
    start, end = parts(colour), parts(towards)
    for step in range(round(1 / STEP) + 1):
        share = step * STEP
        shade = written(tuple(a + (b - a) * share for a, b in zip(start, end, strict=True)))
        if all(contrast(shade, ground) >= READABLE for ground in grounds):
            return shade
    return towards


def ink_on(ground: str) -> str:
    """Black or white, whichever reads better on `ground`."""
    return max("#000000", "#ffffff", key=lambda ink: contrast(ink, ground))


def shades(accent: str) -> dict[str, str]:
    """The accent's readable shades on light and on dark paper, and the ink to put on them."""
    light, dark = readable(accent, LIGHT, "#000000"), readable(accent, DARK, "#ffffff")
    return {"light": light, "on_light": ink_on(light), "dark": dark, "on_dark": ink_on(dark)}


@cache
def house_sheets() -> str:
    """The sheets of `static/css`, in order, without comments and spare blanks."""
    whole = "\n".join(Path(finders.find(f"css/{name}.css")).read_text(encoding="utf-8") for name in SHEETS)
    return SPARE.sub(lambda found: found[1] or " ", COMMENT.sub("", whole))


@cache
def sheet(accent: str) -> bytes:
    """The whole style sheet for a newsroom with this accent."""
    found = shades(accent)
    light = f"--accent:{found['light']};--accent-solid:{found['light']};--on-accent:{found['on_light']}"
    dark = f"--accent:{found['dark']};--accent-solid:{found['dark']};--on-accent:{found['on_dark']}"
    colours = f"@media screen{{:root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}}}\n"
    return (house_sheets() + colours).encode()


@cache
def digest(accent: str) -> str:
    return sha256(sheet(accent)).hexdigest()[:16]


def address(accent: str) -> str:
    """Where the sheet is; it changes with its content."""
    return reverse("style", args=[digest(accent)])


@require_safe
def style(request, version):
    """The style sheet; kept for a year at the address of its content, asked for again at an older one."""
    accent = request.newsroom.accent
    response = validated(request, HttpResponse(sheet(accent), content_type="text/css; charset=utf-8"))
    response.headers["Cache-Control"] = FOR_A_YEAR if version == digest(accent) else ASK_AGAIN
    return response
