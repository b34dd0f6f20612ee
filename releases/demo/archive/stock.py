"""What archives are made of: sentences of the demonstration, and the words of `words.toml`."""

import re
from dataclasses import dataclass
from functools import cache

from releases import markup, search, text
from releases.demo.sources import html, read, stories

END_OF_SENTENCE = re.compile(r"(?<=[.!?؟])\s+")

WORDS = read("archive/words")
STAND_IN = "qqqqq"
SYLLABLES = [start + vowel for start in "bdgklmnprstvz" for vowel in "aeiou"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words, and what they are found by."""

    text: str
    words: str

    @classmethod
    def of(cls, written: str) -> "Phrase":
        return cls(written, search.words_of(written))


@cache
def sentences(language: str) -> tuple[Phrase, ...]:
    """Every plain sentence the demonstration says in `language`."""
    found = []
    for _, story in stories():
        body = html(story.get(language, {}).get("body", ""))
        for paragraph in markup.html_to_text(markup.sanitise(body)).split("\n\n"):
            found += [said for said in END_OF_SENTENCE.split(paragraph) if _is_plain(said)]
    return tuple(Phrase.of(said) for said in dict.fromkeys(found))


def _is_plain(said: str) -> bool:
    return 5 <= len(said.split()) <= 40 and not re.search(r"[\[<&>\"\n]", said)


@cache
def headline(language: str, number: int) -> tuple[Phrase, Phrase, Phrase | None]:
    """What stands before and behind the number of a headline (nothing behind if it has none), and its address."""
    before, mark, behind = WORDS["headlines"][language][number].partition("{n}")
    slug = text.slugify(f"{before} {behind}", language, limit=50)
    return Phrase.of(before), Phrase.of(behind) if mark else None, Phrase.of(slug)


@cache
def rarely(language: str) -> tuple[str, str]:
    """The sentence of a rare name, and the words it is found by; `{}` stands for the name."""
    sentence = WORDS["rarely"][language]
    return sentence, search.words_of(sentence.replace("{}", STAND_IN)).replace(STAND_IN, "{0}")


@cache
def notes(language: str) -> tuple[Phrase, Phrase]:
    """The public note of a correction and the reason of a withdrawal."""
    corrected, withdrawn = WORDS["notes"][language]
    return Phrase.of(corrected), Phrase.of(withdrawn)


def rare_name(number: int) -> str:
    """A name that no other number has: Bababababa, Bababababe …"""
    found = ""
    for _ in range(4):
        number, at = divmod(number, len(SYLLABLES))
        found = SYLLABLES[at] + found
    return found.capitalize()


def town(number: int, language: str) -> str:
    return _compound(WORDS["towns"], number, language, "")


def person(number: int, language: str) -> str:
    return _compound(WORDS["people"], number, language, " ")


def _compound(parts, number: int, language: str, blank: str) -> str:
    """One of all pairs of a first and a last part."""
    at_first, at_last = divmod(number % (len(parts[0]) * len(parts[1])), len(parts[1]))
    first, last = parts[0][at_first], parts[1][at_last]
    return f"{first[1]} {last[1]}" if language == "ar" else f"{first[0]}{blank}{last[0]}"


def tags(language: str) -> list[str]:
    """Sixty topics."""
    pairs = [(topic, work) for topic in WORDS["topics"][language] for work in WORDS["work"][language]]
    return [f"{work} {topic}" if language == "ar" else f"{topic} {work}" for topic, work in pairs]
