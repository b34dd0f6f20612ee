"""Turkish and Arabic are complete, and what is compiled is what is written."""

import gettext
import re
from pathlib import Path

import pytest

LOCALE = Path(__file__).resolve().parent.parent / "locale"
ENTRY = re.compile(
    r'^msgid (?P<id>(?:".*"\n)+)(?:msgid_plural (?:".*"\n)+)?(?P<said>(?:msgstr.*\n(?:".*"\n)*)+)', re.MULTILINE
)
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]")


def entries(language):
    """(English, translations) of each message, as written in the catalogue."""
    source = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    for entry in ENTRY.finditer(source):
        forms = re.split(r"^msgstr(?:\[\d\])? ", entry["said"], flags=re.MULTILINE)[1:]
        yield joined(entry["id"]), [joined(form) for form in forms]


def joined(lines):
    return "".join(re.findall(r'^"(.*)"$', lines, re.MULTILINE))


@pytest.mark.parametrize("language", ["tr", "ar"])
def test_every_message_is_translated(language):
    told = [entry for entry in entries(language) if entry[0]]
    assert len(told) > 500
    assert not [english for english, forms in told if not all(forms)]
    assert "#, fuzzy" not in (LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["tr", "ar"])
def test_translations_fill_in_what_the_english_fills_in(language):
    wrong = [
        english
        for english, forms in entries(language)
        if english and len(forms) == 1 and sorted(PLACES.findall(english)) != sorted(PLACES.findall(forms[0]))
    ]
    assert not wrong


@pytest.mark.parametrize("language", ["tr", "ar"])
def test_the_compiled_catalogue_is_the_written_one(language):
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    keys = {key if isinstance(key, str) else key[0] for key in compiled._catalog}
    written = {english.replace("\\n", "\n").replace('\\"', '"') for english, _ in entries(language)}
    assert {key.rpartition("\x04")[2] for key in keys} == written
