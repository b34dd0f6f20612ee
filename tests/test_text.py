"""Words in every script: what is the same, what an address looks like, what comes first."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releases import text


def found_by(written):
    """Every word that finds a text."""
    return [word for token in text.tokens(written) for word in (*token.words, *token.others)]


HOSTILE = [
    "a" * 60_000,
    "a'" * 30_000,
    "ال" * 30_000,
    "ﷺ" * 20_000,
    "a" + "\u0301\u0327\u093c" * 20_000,
    "-" * 60_000,
    "\ud800" * 60_000,
    "".join(map(chr, range(1, 55_000))),
]


@pytest.mark.parametrize(
    "written", ["İstanbul", "Istanbul", "ISTANBUL", "ıstanbul", "i̇stanbul", " ISTANBUL\xa0", "İSTANBUL"]
)
def test_istanbul_folds_alike_however_it_is_typed(written):
    assert text.fold(written) == "istanbul"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Diyarbakır’da ışık", "diyarbakirda isik"),
        ("Iğdır", "igdir"),
        ("Şanlıurfa Çeşme Gümüşhane Ölüdeniz", "sanliurfa cesme gumushane oludeniz"),
        ("Łódź, Tromsø, Þingvellir, Đakovo", "lodz, tromso, thingvellir, dakovo"),
        ("Straße Œuvre Ægir", "strasse oeuvre aegir"),
        ("“Ankara” – Athens", "ankara athens"),
        ("ﬁnal ½ № ²", "final 1⁄2 no 2"),
        ("٢٠٢٦ ۲۰۲۶", "2026 2026"),
        ("zero\u200bwidth so\xadft", "zerowidth soft"),
        ("\x00", ""),
        ("O’Brien", "obrien"),
    ],
)
def test_folding_takes_case_accents_and_typography_away(written, folded):
    assert text.fold(written) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الأبحاث", "الابحاث"),
        ("إسطنبول", "اسطنبول"),
        ("آسيا", "اسيا"),
        ("مدرسة", "مدرسه"),
        ("مستشفى", "مستشفي"),
        ("مُحَمَّد", "محمد"),
        ("مـحـمـد", "محمد"),
        ("ﻣﺤﻤﺪ", "محمد"),
        ("کابل", "كابل"),
        ("می‌خواهم", "ميخواهم"),
    ],
)
def test_arabic_spellings_fold_alike(one, other):
    assert text.fold(one) == text.fold(other)


def test_vowel_signs_that_carry_the_word_stay():
    assert text.fold("हिन्दी") == "हिन्दी"
    assert found_by("हिन्दी भाषा") == ["हिन्दी", "भाषा"]
    assert text.fold("한국어") == "한국어"


def test_folding_any_character_twice_changes_nothing():
    for char in map(chr, range(0x20000)):
        once = text.fold(f"a{char}b")
        assert text.fold(once) == once


@given(st.text())
def test_folding_tidying_and_slugs_are_idempotent(written):
    for function in (text.fold, text.tidy, text.clean, text.slugify):
        assert function(function(written)) == function(written)


def test_a_word_with_a_suffix_is_found_by_its_name_and_as_a_whole():
    assert found_by("Diyarbakır’da ışık") == ["diyarbakirda", "diyarbakir", "da", "isik"]
    assert text.query_words("Diyarbakır'da") == ["diyarbakirda"]
    assert set(text.query_words("Sanaa")) <= set(found_by("Sana'a"))


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("ابحاث", "الأبحاث"),
        ("الأبحاث", "أبحاث"),
        ("مهاجرين", "للمهاجرين"),
        ("المهاجرين", "والمهاجرين"),
        ("لاجئين", "للاجئين"),
        ("اللاجئين", "لاجئين"),
        ("أطفال", "للأطفال"),
        ("بحر", "بالبحر"),
        ("تركيا", "وتركيا"),
        ("istanbul", "“İstanbul’un”"),
        ("bakici", "Bakıcı"),
        ("istanbul", "İSTANBUL'DA"),
        ("covid 19", "COVID-19"),
    ],
)
def test_what_somebody_types_is_found(asked, written):
    assert set(text.query_words(asked)) <= set(found_by(written))


@pytest.mark.parametrize("word", ["إلى", "الف", "بالي", "والد", "لا", "الم"])
def test_short_words_that_only_look_like_an_article_stay_whole(word):
    assert found_by(word) == [text.fold(word)]


def test_words_hold_no_punctuation_and_are_never_longer_than_an_index_takes():
    assert found_by('a" OR *; - (b)') == ["a", "or", "b"]
    assert max(map(len, found_by("a" * 10_000))) == text.WORD_LENGTH


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: f"U+{ord(hostile[0]):04X}")
@pytest.mark.parametrize("function", [found_by, text.query_words, text.fold, text.tidy, text.slugify])
def test_no_text_of_60_kilobytes_takes_long(function, hostile):
    started = time.process_time()
    function(hostile)
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    ("headline", "language", "slug"),
    [
        ("Diyarbakır'da ışık", "tr", "diyarbakirda-isik"),
        ("Diyarbakır’da ışık", "en", "diyarbakirda-isik"),
        ("İZMİR’DE “YENİ” MERKEZ", "tr", "izmirde-yeni-merkez"),
        ("IOM – 20,000 people; moved!", "en", "iom-20-000-people-moved"),
        ("أبحاثٌ في تركيا", "ar", "ابحاث-في-تركيا"),
        ("Новости дня", "en", "новости-дня"),
        ("Über Köln", "de", "ueber-koeln"),
        ("Über Köln", "tr", "uber-koln"),
        ("--  --", "en", ""),
        ("", "en", ""),
        ("snake_case", "en", "snake-case"),
    ],
)
def test_an_address_is_made_of_folded_words(headline, language, slug):
    assert text.slugify(headline, language) == slug


@given(st.text(max_size=60), st.sampled_from(["en", "tr", "ar", "de"]))
def test_an_address_holds_letters_digits_and_single_hyphens_and_fits(headline, language):
    slug = text.slugify(headline, language, limit=20)
    assert len(slug) <= 20
    assert all(part.isalnum() for part in slug.split("-")) or slug == ""


@given(st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1))
def test_an_address_of_letters_or_digits_is_never_empty(headline):
    assert text.slugify(headline)


def test_a_long_address_is_cut_between_words():
    assert text.slugify("Migrants and refugees find work", limit=21) == "migrants-and-refugees"
    assert text.slugify("Migrants and refugees find work", limit=20) == "migrants-and"
    assert text.slugify("x" * 100) == "x" * 80


def test_capitals_follow_the_language():
    assert text.upper("Diyarbakır", "tr") == "DİYARBAKIR"
    assert text.upper("Diyarbakır", "en") == "DIYARBAKIR"
    assert text.upper("iğdır", "tr-TR") == "İĞDIR"
    assert text.lower("DIŞİŞLERİ", "tr") == "dışişleri"
    assert text.lower("İSTANBUL", "en") == "istanbul"
    assert text.lower("I\u0307stanbul", "en") == "istanbul"
    assert text.upper("أنقرة", "ar") == "أنقرة"


def ordered(names, language):
    return sorted(names, key=lambda name: text.sort_key(name, language))


@pytest.mark.parametrize(
    ("language", "names"),
    [
        (
            "tr",
            [
                "Cizre",
                "Çeşme",
                "Gaziantep",
                "Iğdır",
                "Isparta",
                "İstanbul",
                "İzmir",
                "Of",
                "Ödemiş",
                "Siirt",
                "Şırnak",
            ],
        ),
        ("tr", ["ağ", "ah", "ılık", "ilk", "usta", "üst", "zor"]),
        ("en", ["Athens", "Çeşme", "Cizre", "Istanbul", "İzmir", "Ödemiş", "Of", "Zürich"]),
        ("en", ["resume", "résumé", "resumes"]),
        ("en", ["New York", "Newark"]),
        ("en", ["Camp 1", "Camp A", "أنقرة"]),
        ("ar", ["إزمير", "أنقرة", "البصرة", "تركيا", "الرياض", "سوريا", "اليمن"]),
        ("es", ["nube", "ñandú", "oca"]),
    ],
)
def test_names_sort_by_the_alphabet_of_the_language(language, names):
    assert ordered(reversed(names), language) == names


@given(st.text(), st.sampled_from(["en", "tr", "ar", "xx"]))
def test_a_sort_key_is_short_and_every_engine_sorts_it_alike(name, language):
    key = text.sort_key(name, language)
    assert len(key) <= text.SORT_KEY_LENGTH
    assert set(key) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


def test_direction_follows_the_script():
    assert [text.direction(code) for code in ("ar", "fa-IR", "he", "ku-Arab", "ur")] == ["rtl"] * 5
    assert [text.direction(code) for code in ("en", "tr", "ku", "sd-Deva", "az-Latn")] == ["ltr"] * 5


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  Ankara\t\n announces  ", "Ankara announces"),
        ("20\xa0000 people", "20\xa0000 people"),
        ("a \xa0 b", "a \xa0 b"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("zero\u200bwidth\ufeff \x00\x1b", "zerowidth"),
        ("over\u202eride\u2066", "override"),
        ("I\u0307zmir", "İzmir"),
        ("x²", "x²"),
        ("\ud800lone\uffff", "lone"),
        ("\xa0\u200f Ankara \u200f", "Ankara"),
    ],
)
def test_a_field_is_tidied_without_losing_a_letter(raw, kept):
    assert text.tidy(raw) == kept


@given(st.text())
def test_a_tidy_field_is_one_line_that_any_engine_stores(raw):
    kept = text.tidy(raw)
    kept.encode()
    assert unicodedata.is_normalized("NFC", kept)
    assert len(kept.splitlines()) <= 1
    assert "\x00" not in kept
    assert "  " not in kept
