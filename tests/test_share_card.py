"""The picture that stands for a release where its address is shared."""

import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image, ImageChops, features

from releases.documents import Picture
from releases.models import Newsroom
from releases.public import drawing
from releases.public.drawing import Poster, can_set, cropped, drawn, plain
from tests.builders import a_live_release, edit, resubmit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ADDRESS = "/en/releases/boats/card.jpg"
LONG = "Uluslararasılaştırılmış Kuruluşlararası Koordinasyonsuzlaştırılamayanlar Üzerine Şırnak’ta Basın Açıklaması"
RED, GREEN, BLUE = (200, 30, 30), (30, 200, 30), (30, 30, 200)


@pytest.fixture(autouse=True)
def noon():
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield
    cache.clear()


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size) == ("JPEG", (1200, 630))
    return image.convert("RGB")


def card(client, address=ADDRESS) -> Image.Image:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    return opened(answer.content)


def stripes(width=1500, height=1000, kind="JPEG", mode="RGB") -> bytes:
    """A picture in three upright stripes: red, green, blue."""
    image = Image.new(mode, (width, height))
    for number, colour in enumerate((RED, GREEN, BLUE)):
        image.paste(colour, (number * width // 3, 0, (number + 1) * width // 3, height))
    written = io.BytesIO()
    image.save(written, kind)
    return written.getvalue()


def a_pictured_release(content: bytes, **picture):
    path = default_storage.save("files/0123/lead.jpg", ContentFile(content))
    return a_live_release(NOW - DAY, slug="boats", photos=(Picture(path=path, is_lead=True, **picture),))


def near(pixel, colour) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(pixel, colour, strict=True))


def poster(headline: str, language="en", **changes) -> Poster:
    whole = {"name": "Newsroom", "kind": "Statement", "is_rtl": language == "ar", "accent": "#0b4f6c"}
    return Poster(**{**whole, "headline": headline, "language": language, **changes})


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """The edges of what is set below the rules: left, top, right, bottom."""
    left, top, right, bottom = (
        ImageChops.invert(image.convert("L").crop((0, 230, 1200, 630)))
        .point(lambda value: 255 if value > 128 else 0)
        .getbbox()
    )
    return left, top + 230, right, bottom + 230


def test_a_release_with_a_picture_is_shared_with_it(client):
    a_pictured_release(stripes())
    image = card(client)
    assert near(image.getpixel((600, 315)), GREEN)
    assert near(image.getpixel((20, 315)), RED)
    assert near(image.getpixel((1180, 315)), BLUE)


def test_the_picture_is_cut_around_its_focal_point():
    tall = stripes(3000, 800)
    assert near(opened(cropped(tall, 0.0, 0.5)).getpixel((300, 315)), RED)
    assert near(opened(cropped(tall, 0.5, 0.5)).getpixel((600, 315)), GREEN)
    assert near(opened(cropped(tall, 1.0, 0.5)).getpixel((900, 315)), BLUE)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_sort_of_picture_the_desk_takes_can_be_cut(kind):
    assert near(opened(cropped(stripes(kind=kind), 0.5, 0.5)).getpixel((600, 315)), GREEN)


def test_what_one_sees_through_stands_on_white():
    written = io.BytesIO()
    Image.new("RGBA", (1200, 630), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(cropped(written.getvalue(), 0.5, 0.5)).getpixel((600, 315)) == (255, 255, 255)


def test_without_a_picture_the_headline_is_drawn(client):
    release = a_live_release(NOW - DAY, slug="boats", headline="Boats reach the harbour")
    before = client.get(ADDRESS).content
    left, _, right, _ = ink(opened(before))
    assert left < 100
    assert right > 500
    edit(release, headline="Something else")
    assert client.get(ADDRESS).content == before
    assert resubmit(release)


@pytest.mark.parametrize("broken", [b"", b"no picture", stripes()[:3000], stripes(300, 150)])
def test_a_picture_that_is_lost_broken_or_tiny_gives_way_to_the_headline(client, broken):
    release = (
        a_pictured_release(broken)
        if broken
        else a_live_release(NOW - DAY, slug="boats", photos=(Picture(path="files/0/lost.jpg"),))
    )
    drawn_alone = drawn(poster(release.headline, kind="Press release", accent="#0b5c8a"))
    assert client.get(ADDRESS).content == drawn_alone


def test_a_picture_that_would_burst_the_memory_is_not_decoded(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1_000_000)
    assert cropped(stripes(1500, 1000, "PNG"), 0.5, 0.5) is None
    monkeypatch.setattr(drawing, "MOST_PIXELS", 800_000)
    assert cropped(stripes(1200, 700, "PNG"), 0.5, 0.5) is None


def test_the_card_shows_the_accent_made_readable(client):
    Newsroom(id=1, accent="#ffff00").save()
    a_live_release(NOW - DAY, slug="boats")
    red, green, blue = card(client).getpixel((600, 8))
    assert red < 160
    assert green < 160
    assert blue < 40


def test_short_headlines_are_large_and_long_ones_fit():
    short, long = ink(opened(drawn(poster("Yes")))), ink(opened(drawn(poster(" ".join([LONG] * 3), "tr"))))
    assert short[3] - short[1] > 60
    assert long[0] >= 60
    assert long[2] <= 1200 - 60
    assert long[3] <= 630 - 20


def test_even_a_headline_of_one_endless_word_stays_on_the_card():
    left, _, right, _ = ink(opened(drawn(poster("x" * 300))))
    assert (left >= 60, right <= 1140) == (True, True)


def test_no_word_is_left_alone_on_the_last_line():
    words = "Volunteers met the passengers with blankets today"
    setting = drawing.Setting(None, poster(words))
    size, lines = setting.fitted(words.split())
    lengths = [setting.length(line, size) for line in lines]
    assert len(lines) == 3
    assert min(lengths) > 0.7 * max(lengths)
    assert " ".join(lines) == words


def test_turkish_and_arabic_have_every_letter():
    assert can_set("ABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZ abcçdefgğhıijklmnoöprsştuüvyz âîû “…” ’–")
    assert can_set("ء آ أ ؤ إ ئ ا ب ة ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ى ي ً ٌ ٍ َ ُ ِ ّ ْ ، ؛ ؟ « »")


def test_arabic_runs_from_the_right_and_its_letters_join():
    assert features.check("raqm")
    image = opened(drawn(poster("بيان", "ar")))
    left, _, right, _ = ink(image)
    assert right > 1100
    setting = drawing.Setting(None, poster("بيان", "ar"))
    apart = sum(setting.length(letter, 64) for letter in "بيان")
    assert setting.length("بيان", 64) < 0.75 * apart
    assert left > 700


def test_latin_within_arabic_stands_where_arabic_readers_come_to_it():
    """The first letter of the line, one upright stroke, is the last thing on the right."""
    image = opened(drawn(poster("ا UNHCR", "ar")))
    _, top, right, bottom = ink(image)
    columns = image.convert("L").crop((right - 60, top, right, bottom)).resize((60, 1), Image.Resampling.BOX)
    inked = [value < 250 for value in columns.tobytes()]
    assert not all(inked[:40])
    assert inked[-3]


def test_turkish_letters_are_set_in_turkish():
    """An “fi” of Turkish is no ligature that loses the dot of its i."""
    assert drawn(poster("fiil", "tr")) != drawn(poster("fiil", "en"))


@pytest.mark.parametrize("headline", ["Заявление", "הודעה", "新闻", "Boats 🚢"])
def test_where_a_letter_is_missing_the_card_has_no_words(client, headline):
    assert drawn(poster(headline)) is None
    a_live_release(NOW - DAY, slug="boats", headline=headline)
    image = card(client)
    assert len(image.getcolors(maxcolors=100_000)) < 5


def test_without_the_face_the_card_has_no_words(monkeypatch):
    monkeypatch.setattr(drawing.features, "check", lambda name: False)
    drawing.face.cache_clear()
    try:
        assert drawn(poster("Boats")) is None
    finally:
        drawing.face.cache_clear()


def test_a_card_without_words_shows_the_logo():
    logo = io.BytesIO()
    Image.new("RGB", (300, 300), RED).save(logo, "PNG")
    assert near(opened(plain("#0b4f6c", logo.getvalue())).getpixel((600, 315)), RED)
    assert near(opened(plain("#0b4f6c", b"no logo")).getpixel((600, 315)), (11, 79, 108))


def test_the_card_is_drawn_once_and_told_apart_by_its_bytes(client, monkeypatch):
    Newsroom.current().save()
    a_live_release(NOW - DAY, slug="boats")
    first = client.get(ADDRESS)
    monkeypatch.setattr("releases.public.sharecards.drawn", lambda poster: pytest.fail("drawn again"))
    with CaptureQueriesContext(connection) as captured:
        second = client.get(ADDRESS)
    assert len(captured) == 2
    assert second.content == first.content
    assert client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_the_page_names_its_card(client):
    a_live_release(NOW - DAY, slug="boats")
    assert client.get("/en/releases/boats/").context["share_card"] == f"http://127.0.0.1:8000{ADDRESS}"
