"""What the public side looks like: readable shades of any accent, one style sheet, catalogues without holes."""

import gzip
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releases.models import Newsroom
from releases.public import theme
from tests.test_catalogues import entries

ROOT = Path(__file__).resolve().parent.parent
TRANSLATED = re.compile(r'{% translate "([^"]+)"|{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}', re.DOTALL)


@given(st.from_regex(r"\A#[0-9a-f]{6}\Z"))
def test_any_accent_can_be_read_on_light_and_dark_paper(accent):
    found = theme.shades(accent)
    assert all(theme.contrast(found["light"], ground) >= 4.5 for ground in theme.LIGHT)
    assert all(theme.contrast(found["dark"], ground) >= 4.5 for ground in theme.DARK)
    assert theme.contrast(found["on_light"], found["light"]) >= 4.5
    assert theme.contrast(found["on_dark"], found["dark"]) >= 4.5


def test_an_accent_that_can_be_read_stays_as_it_is():
    assert theme.shades("#0b4f6c")["light"] == "#0b4f6c"


def test_contrast_is_that_of_the_guidelines():
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.django_db
def test_the_style_sheet_changes_its_address_with_the_accent(client):
    before = re.search(r'href="(/style/[^"]+)"', client.get("/en/").content.decode())[1]
    sheet = client.get(before)
    assert sheet.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in sheet.headers["Cache-Control"]
    Newsroom(id=1, accent="#7a0019").save()
    after = re.search(r'href="(/style/[^"]+)"', client.get("/en/").content.decode())[1]
    assert after != before
    assert b"--accent:#7a0019" in client.get(after).content
    assert client.get(before).headers["Cache-Control"] == "no-cache"


def test_the_public_style_sheet_stays_small_and_mirrors_itself():
    sheet = theme.sheet("#0b4f6c").decode()
    assert len(gzip.compress(sheet.encode())) < 10_000
    physical = (
        r"(?:margin|padding|border|inset)-(?:left|right)|\b(?:left|right)\s*:|text-align:\s*(?:left|right)|float:"
    )
    assert not re.findall(physical, sheet)
    assert "url(" not in sheet
    assert "@import" not in sheet


def catalogue(language):
    """Every message of a catalogue with its translation."""
    return {english.replace('\\"', '"'): forms[0] for english, forms in entries(language)}


@pytest.mark.parametrize("language", ["tr", "ar"])
def test_every_word_of_the_public_templates_is_translated(language):
    known = catalogue(language)
    templates = [path for folder in ("releases", "partials") for path in (ROOT / "templates" / folder).glob("*.html")]
    for path in [*templates, ROOT / "templates" / "base.html", ROOT / "templates" / "404.html"]:
        for plain, block in TRANSLATED.findall(path.read_text(encoding="utf-8")):
            words = plain or re.sub(r"{{ (\w+) }}", r"%(\1)s", block).strip()
            assert known.get(words), f"{path.name}: {words}"


@pytest.mark.parametrize("language", ["tr", "ar"])
def test_every_word_of_the_public_code_is_translated(language):
    known = catalogue(language)
    public = [*(ROOT / "releases" / "public").glob("*.py"), ROOT / "newsroom" / "chrome.py"]
    for path in [*public, ROOT / "releases" / "states.py"]:
        for words in re.findall(r'\b_\(\s*"([^"]+)"', path.read_text(encoding="utf-8")):
            assert known.get(words), f"{path.name}: {words}"


def test_the_grounds_the_accent_is_read_on_are_those_of_the_tokens():
    tokens = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    light, dark = tokens.split("@media (prefers-color-scheme: dark)")
    for grounds, sheet in ((theme.LIGHT, light), (theme.DARK, dark)):
        assert set(re.findall(r"--(?:paper|wash): (#[0-9a-f]{6})", sheet)) <= set(grounds)
