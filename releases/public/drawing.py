"""Drawing share cards: pure, of bytes and words. Sizes in pixels.

The face is Amiri Bold, which arrives as a dependency and has Latin with Turkish, and Arabic; raqm, inside Pillow,
shapes both. Where a letter is missing from it nothing is set at all.
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont, features

WIDTH, HEIGHT = 1200, 630
SMALLEST = (600, 315)  # a picture that would have to be stretched to more than twice its size does not serve
MOST_PIXELS = 25_000_000  # to be decoded; a JPEG is decoded no larger than a card needs
PAPER, INK, RULE = "#ffffff", "#14181b", "#14181b"
MARGIN = 72
TOP, BOTTOM = 250, HEIGHT - 64  # between these stands the headline
SIZES = range(112, 43, -4)
LEADING = {False: 1.08, True: 1.34}  # lines of Arabic need more room
NOT_IN_ANY_FONT = "\U0010fffe"


@dataclass(frozen=True)
class Poster:
    """What a drawn card says."""

    name: str
    kind: str
    headline: str
    language: str
    is_rtl: bool
    accent: str


def jpeg(image: Image.Image, **options) -> bytes:
    written = BytesIO()
    image.save(written, "JPEG", quality=86, subsampling=0, optimize=True, **options)
    return written.getvalue()


def cropped(content: bytes, across: float, down: float) -> bytes | None:
    """A picture cut to a card around its focal point (0 to 1 each way); None for what is no picture, or too small."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = opened(content)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    return image and jpeg(image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS, box=box(image, across, down)))


def opened(content: bytes) -> Image.Image | None:
    """A picture decoded no larger than needed, on white where one sees through it."""
    image = Image.open(BytesIO(content), formats=["JPEG", "PNG", "WEBP", "GIF"])
    image.draft("RGB", (WIDTH, HEIGHT))
    if not fit(image):
        return None
    if image.mode == "RGB":
        image.load()
        return image
    seen = Image.new("RGB", image.size, PAPER)
    above = image.convert("RGBA")
    seen.paste(above, mask=above)
    return seen


def fit(image: Image.Image) -> bool:
    return image.width * image.height <= MOST_PIXELS and image.width >= SMALLEST[0] and image.height >= SMALLEST[1]


def box(image: Image.Image, across: float, down: float) -> tuple[float, float, float, float]:
    """The largest part in the shape of a card with the focal point as near its middle as the edges allow."""
    scale = min(image.width / WIDTH, image.height / HEIGHT)
    width, height = WIDTH * scale, HEIGHT * scale
    left = min(max(across * image.width - width / 2, 0), image.width - width)
    top = min(max(down * image.height - height / 2, 0), image.height - height)
    return left, top, left + width, top + height


def plain(accent: str, logo: bytes) -> bytes:
    """A card without words: the accent, and the logo if there is one that can be read."""
    image = Image.new("RGB", (WIDTH, HEIGHT), accent)
    try:
        mark = Image.open(BytesIO(logo), formats=["PNG", "JPEG", "WEBP", "GIF"])
        if mark.width * mark.height <= MOST_PIXELS:
            mark = mark.convert("RGBA")
            mark.thumbnail((WIDTH // 2, HEIGHT // 2))
            left, top = (WIDTH - mark.width) // 2, (HEIGHT - mark.height) // 2
            frame = (left - MARGIN, top - MARGIN, left + mark.width + MARGIN, top + mark.height + MARGIN)
            ImageDraw.Draw(image).rectangle(frame, PAPER)
            image.paste(mark, (left, top), mark)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        pass
    return jpeg(image)


def drawn(poster: Poster) -> bytes | None:
    """The headline set under the newsroom's name and the kind; None where the face has not all its letters."""
    words = poster.headline.split()
    if not words or not can_set(poster.name + poster.kind + poster.headline):
        return None
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    page = Setting(ImageDraw.Draw(image), poster)
    page.frame()
    page.headline(words)
    return jpeg(image)


@cache
def face(size: int) -> ImageFont.FreeTypeFont | None:
    """The face at a size; None without it, or without what shapes Arabic."""
    if not features.check("raqm"):
        return None
    try:
        with resources.as_file(resources.files("fontpkg_amiri") / "files" / "Amiri-Bold.ttf") as path:
            return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)
    except (ModuleNotFoundError, OSError):
        return None


def can_set(words: str) -> bool:
    """Whether the face has a shape of its own for every letter."""
    font = face(SIZES[-1])
    return font is not None and all(map(has_shape, set(words)))


@cache
def has_shape(letter: str) -> bool:
    font = face(SIZES[-1])
    missing, mask = font.getmask(NOT_IN_ANY_FONT), font.getmask(letter)
    return letter.isspace() or mask.size != missing.size or bytes(mask) != bytes(missing)


class Setting:
    """A card on which words are set, from the right where the language runs that way."""

    def __init__(self, draw: ImageDraw.ImageDraw, poster: Poster):
        self.draw, self.poster = draw, poster
        self.shaping = {"direction": "rtl" if poster.is_rtl else "ltr", "language": poster.language}
        self.start = WIDTH - MARGIN if poster.is_rtl else MARGIN
        self.anchor = "rs" if poster.is_rtl else "ls"
        self.room = WIDTH - 2 * MARGIN

    def set(self, words: str, size: int, baseline: float, colour: str, indent: int = 0) -> None:
        start = self.start + (-indent if self.poster.is_rtl else indent)
        self.draw.text((start, baseline), words, colour, face(size), self.anchor, **self.shaping)

    def length(self, words: str, size: int) -> float:
        return face(size).getlength(words, **self.shaping)

    def frame(self) -> None:
        """The accent above, the newsroom's name over a double rule, the kind with its mark."""
        self.draw.rectangle((0, 0, WIDTH, 18), self.poster.accent)
        self.set(self.cut(self.poster.name, 40), 40, 96, INK)
        for top in (124, 132):
            self.draw.rectangle((MARGIN, top, WIDTH - MARGIN, top + 2), RULE)
        mark = self.start - 22 if self.poster.is_rtl else self.start
        self.draw.rectangle((mark, 180, mark + 22, 202), self.poster.accent)
        self.set(self.poster.kind, 36, 203, self.poster.accent, indent=38)

    def headline(self, words: list[str]) -> None:
        """The headline as large as it fits, in lines of about one length."""
        size, lines = self.fitted(words)
        leading = size * LEADING[self.poster.is_rtl]
        baseline = TOP + leading * 0.86
        for line in lines:
            self.set(line, size, baseline, INK)
            baseline += leading

    def fitted(self, words: list[str]) -> tuple[int, list[str]]:
        for size in SIZES:
            most = int((BOTTOM - TOP) / (size * LEADING[self.poster.is_rtl]))
            lines = list(self.broken(words, size, self.room))
            fits = len(lines) <= most and all(self.length(line, size) <= self.room for line in lines)
            if fits:
                return size, self.balanced(words, size, len(lines))
        rest = " ".join(lines[most - 1 :])
        return size, [self.cut(line, size) for line in (*lines[: most - 1], rest)]

    def broken(self, words: list[str], size: int, room: float) -> Iterator[str]:
        """Words in lines of at most `room`; a longer word has a line of its own."""
        line = ""
        for word in words:
            longer = f"{line} {word}" if line else word
            if line and self.length(longer, size) > room:
                yield line
                line = word
            else:
                line = longer
        yield line

    def balanced(self, words: list[str], size: int, count: int) -> list[str]:
        """The same number of lines in the narrowest column."""
        narrow, wide = max(self.length(word, size) for word in words), float(self.room)
        while wide - narrow > 4:
            middle = (narrow + wide) / 2
            if len(list(self.broken(words, size, middle))) > count:
                narrow = middle
            else:
                wide = middle
        return list(self.broken(words, size, wide))

    def cut(self, words: str, size: int) -> str:
        """Words short enough for one line, with an ellipsis where some had to go."""
        if self.length(words, size) <= self.room:
            return words
        fewest, most = 0, len(words)
        while most - fewest > 1:
            middle = (fewest + most) // 2
            fits = self.length(f"{words[:middle].rstrip()}…", size) <= self.room
            fewest, most = (middle, most) if fits else (fewest, middle)
        return f"{words[:fewest].rstrip()}…"
