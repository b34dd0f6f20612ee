"""Words in every script: folding, slugs, casing, ordering, tidying. Pure: no database, no settings."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

SLUG = r"[\w-]+"
WORD_LENGTH = 64
SORT_KEY_LENGTH = 240

_APOSTROPHES = "'’‘‛`´ʼʻʽʾʿˈ′＇"
_HONORIFICS = "ﷺﷻ"  # whole phrases in one character
_LETTERS = str.maketrans(
    {
        "ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ŋ": "n", "ə": "e", "ɛ": "e",
        "ɔ": "o", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ʼ": "",
        "ى": "ي", "ی": "ي", "ے": "ي", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ک": "ك", "ٱ": "ا", "ٲ": "ا",
        "ٳ": "ا", "ٵ": "ا", "ـ": "",
    }
)  # fmt: skip
_SPELLED = {"de": str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue"})}
_DOTTED = {"tr", "az", "crh", "tt"}
_RTL = {"ar", "arc", "ckb", "dv", "fa", "he", "nqo", "prs", "ps", "sd", "syr", "ug", "ur", "yi"}
_RTL_SCRIPTS = {"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"}
_ARTICLE = re.compile(r"(?:ال(?=..)|[وف]?[بك]?ال(?=...)|و?لل(?=...))")
_LEADING_ARTICLE = re.compile(r"^[اٱ]ل(?=\w\w)")


class _Table(dict):
    """A translation table that works each character out once."""

    def __init__(self, replace):
        self.replace = replace

    def __missing__(self, codepoint):
        replacement = self.replace(chr(codepoint))
        if unicodedata.category(chr(codepoint)) not in {"Cn", "Co"}:
            self[codepoint] = replacement
        return replacement


def _is_accent(char):
    """Tell marks that may go (accents, harakat) from marks that carry the vowel (Devanagari, Thai)."""
    order = unicodedata.combining(char)
    if order == 0:
        return unicodedata.category(char) in {"Mn", "Me"} and (
            unicodedata.category(char) == "Me" or char in "\u034f" or "\ufe00" <= char <= "\ufe0f"
        )
    return order == 1 or 10 <= order <= 36 or order >= 200


def _fold_char(char):
    if char in _APOSTROPHES or char in _HONORIFICS:
        return " " if char in _HONORIFICS else ""
    kept = "".join(part for part in unicodedata.normalize("NFKD", char) if not _is_accent(part))
    return "".join(_fold_part(part) for part in kept.casefold().translate(_LETTERS))


def _fold_part(char):
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Cf" or category == "Cs" or char in _APOSTROPHES:
        return ""
    if category in {"Cc", "Pd", "Pi", "Pf", "Zl", "Zp", "Zs"} or char in '"„‟«»':
        return " "
    return char


_FOLD = _Table(_fold_char)
_WORD = _Table(lambda char: char if unicodedata.category(char)[0] in "LMN" else " ")
_SLUG = _Table(lambda char: char if char.isalnum() else "" if unicodedata.category(char)[0] == "M" else " ")
_SPLIT = str.maketrans(dict.fromkeys(_APOSTROPHES, " "))
_SHAPE = _Table(lambda char: " " if (folded := _fold_char(char)) and not folded.translate(_WORD).split() else "x")
_RUN = re.compile("x+")
_WITH_AND = 5  # letters of an Arabic word that may be “and” and another word


@cache
def _piles():
    """Return a pattern of more accents on one letter than any language writes."""
    marks = "".join(char for char in map(chr, range(0x300, 0x1F000)) if unicodedata.combining(char))
    return re.compile(f"([{marks}]{{30}})[{marks}]+")


def composed(text):
    """Return `text` in NFC; of a pile of accents thirty stay, for sorting them takes quadratic time."""
    return text if text.isascii() else unicodedata.normalize("NFC", _piles().sub(r"\1", text))


def fold(text):
    """Return `text` as searches and identities compare it: no case, accents, harakat, typography or extra spaces.

    Idempotent, linear. `İstanbul`, `ISTANBUL` and `ıstanbul` fold alike, and so do `الأبحاث` and `الابحاث`.
    """
    return composed(" ".join(text.translate(_FOLD).split()))


def _bare(word):
    """Take the Arabic article (with its prefixes) off a folded word."""
    found = _ARTICLE.match(word)
    word = word[found.end() :] if found else word
    return word[1:] if word.startswith("لا") and len(word) > 3 else word


def query_words(text):
    """Return the folded words of `text`, in order: `Diyarbakır'da` is `diyarbakirda`."""
    return [_bare(word)[:WORD_LENGTH] for word in fold(text).translate(_WORD).split()]


@dataclass(frozen=True, slots=True)
class Token:
    """A word where it stands in a text: `words` is how it folds, `others` what it is found by as well."""

    start: int
    end: int
    words: tuple[str, ...]
    others: tuple[str, ...] = ()


def tokens(text):
    """Yield the words of `text` in order, each with its place.

    A word with an apostrophe is found by its parts as well (`Diyarbakır'da`: `diyarbakirda`, also `diyarbakir`, `da`),
    an Arabic one that begins with “and” without it.
    """
    for found in _RUN.finditer(text.translate(_SHAPE)):
        start, end = found.span()
        while text[start] in _APOSTROPHES and start + 1 < end:
            start += 1
        while text[end - 1] in _APOSTROPHES and start + 1 < end:
            end -= 1
        words, others = (_met if end - start <= WORD_LENGTH else _met.__wrapped__)(text[start:end])
        if words:
            yield Token(start, end, words, others)


@lru_cache(20_000)
def _met(piece):
    """Return the folded words of one piece of a text, and what it is found by as well: texts repeat their words."""
    words = tuple(query_words(piece))
    return words, _others(piece, words) if words else ()


def _others(piece, words):
    parts = tuple(query_words(piece.translate(_SPLIT))) if not piece.isalnum() else words
    if parts != words:
        return parts
    first = words[0]
    return (_bare(first[1:]),) if first[0] == "و" and len(first) >= _WITH_AND and len(words) == 1 else ()


def slugify(text, language="en", limit=80):
    """Return the address of `text`: folded letters and digits of any script, joined by hyphens, cut between words."""
    spelled = text.translate(_SPELLED.get(base(language), {}))
    parts = "".join(
        char if char.isalnum() else "" if unicodedata.category(char)[0] == "M" else " " for char in fold(spelled)
    ).split()
    slug = parts[0][:limit] if parts else ""
    for part in parts[1:]:
        if len(slug) + 1 + len(part) > limit:
            break
        slug += f"-{part}"
    return slug


def base(language):
    """Return the primary part of a language code: `tr` for `tr-TR`."""
    return language.lower().replace("_", "-").partition("-")[0]


def upper(text, language):
    """Return `text` in the capitals of `language`."""
    text = composed(text)
    return (text.replace("i", "İ") if base(language) in _DOTTED else text).upper()


def lower(text, language):
    """Return `text` in the small letters of `language`, without a stray dot above."""
    text = composed(text).replace("İ", "i")
    return (text.replace("I", "ı") if base(language) in _DOTTED else text).lower()


def direction(language):
    """Return `rtl` or `ltr` for a language code, by its script where it names one."""
    parts = language.lower().replace("_", "-").split("-")
    scripts = [part for part in parts[1:] if len(part) == 4 and part.isalpha()]
    rtl = scripts[0] in _RTL_SCRIPTS if scripts else parts[0] in _RTL
    return "rtl" if rtl else "ltr"


_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ALPHABETS = {
    "tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz",
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvwyz",
    "ku": "abcçdeêfghiîjklmnopqrsştuûvwxyz",
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "sv": "abcdefghijklmnopqrstuvwxyzåäö",
    "ar": "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "fa": "ءابپتثجچحخدذرزژسشصضطظعغفقكگلمنوهي",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def _weights(alphabet):
    weights = {letter: f"m{_DIGITS[at]}" for at, letter in enumerate(_LATIN)}
    weights |= {digit: f"1{digit}" for digit in "0123456789"} | {" ": "01"}
    return weights | {letter: f"a{_DIGITS[at // 36]}{_DIGITS[at % 36]}" for at, letter in enumerate(alphabet)}


_WEIGHTS = {language: _weights(alphabet) for language, alphabet in _ALPHABETS.items()}
_PLAIN = _weights(_LATIN)


def sort_key(text, language):
    """Return a key of `[0-9a-z]` that sorts by code point in the alphabet of `language`.

    Accents that are no letters of their own decide only between equals; the Arabic article is passed over.
    At most SORT_KEY_LENGTH characters.
    """
    weights = _WEIGHTS.get(base(language), _PLAIN)
    primary, accents = [], []
    text = " ".join(lower(text[:SORT_KEY_LENGTH], language).split())
    for char in _LEADING_ARTICLE.sub("", text) if base(language) == "ar" else text:
        for part in (char,) if char in weights else fold(char) if not char.isspace() else " ":
            primary.append(weights.get(part) or (f"z{ord(part):05x}" if part.isalnum() else ""))
            accents.append("0" if part == char else "1")
    return ("".join(primary) + "00" + "".join(accents).rstrip("0"))[:SORT_KEY_LENGTH]


# soft hyphens, zero-width spaces, byte order marks, bidirectional overrides, invisible tags and non-characters
_GARBAGE = re.compile(
    "[\xad\u180e\u200b\ufeff\u202a-\u202e\u2060-\u206f\ufff9-\ufffb\ufdd0-\ufdef\U000e0000-\U000e0fff]"
)


def _tidy_char(char):
    category = unicodedata.category(char)
    if category in {"Zl", "Zp"} or char in "\t\n\v\f\r\x85":
        return "\n"
    garbage = category in {"Cc", "Cs"} or char in "\xad\u180e\u200b\ufeff" or "\u202a" <= char <= "\u202e"
    garbage = (
        garbage or "\u2060" <= char <= "\u206f" or "\ufff9" <= char <= "\ufffb" or "\U000e0000" <= char <= "\U000e0fff"
    )
    return "" if garbage or ord(char) & 0xFFFE == 0xFFFE or "\ufdd0" <= char <= "\ufdef" else char


_TIDY = _Table(_tidy_char)
_EDGES = " \n\xa0\u200c\u200d\u200e\u200f\u061c\u2000\u2001\u2002\u2003\u2009\u202f\u3000"


def scrub(text):
    """Return `text` with line ends as newlines, without control characters or invisible garbage."""
    return text.replace("\r\n", "\n").translate(_TIDY)


def clean(text):
    """Return `text` scrubbed and in NFC."""
    return composed(scrub(text))


def tidy(text):
    """Return a single-line field: NFC, no invisible garbage, plain spaces collapsed, NBSP kept to the letter."""
    return re.sub(r"[ \n]+", " ", clean(text)).strip(_EDGES)
