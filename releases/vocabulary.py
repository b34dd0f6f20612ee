"""Which words the public may be reminded of when it writes one a little wrong.

A word is known from the very second at which the first edition that says it in its headline, its summary or its names
is public; whether it still finds anything is for whoever suggests it to see.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from releases.models.words import NearWord

SHORTEST, LONG, LONGEST = 4, 9, 24
BATCH = 500


def slips(word: str) -> set[str]:
    """The word, and the word without one of its letters: what it shares with every word that is one slip away."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def is_kept(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and not any(letter.isdigit() for letter in word)


def learn(language: str, words: dict[str, datetime]) -> None:
    """Keeps words, each with the moment from which the public reads it: one question if all of them are known."""
    wanted = {word: since for word, since in words.items() if is_kept(word)}
    rows = NearWord.objects.filter(language=language, key__in=wanted, word__in=wanted).values_list(
        "word", "known_from"
    )
    known = dict(rows)
    new = [
        NearWord(language=language, key=key, word=word, known_from=since)
        for word, since in sorted(wanted.items())
        if word not in known
        for key in sorted(slips(word))
    ]
    NearWord.objects.bulk_create(new, BATCH, ignore_conflicts=True)
    for word, since in wanted.items():
        if since < known.get(word, since):
            NearWord.objects.filter(language=language, word=word).update(known_from=since)


def forget(language: str, words: Iterable[str], at: datetime) -> None:
    """Drops those of some words that no public edition has said up to `at`."""
    NearWord.objects.filter(language=language, word__in=set(words), known_from__gt=at).delete()


def near(language: str, words: Iterable[str], at: datetime) -> dict[str, list[str]]:
    """For each of `words` that is not known at `at`: the known words one slip away, the likeliest first."""
    asked = {word: slips(word) for word in words if is_kept(word)}
    keys = set().union(*asked.values())
    rows = NearWord.objects.filter(language=language, key__in=keys, known_from__lte=at).values_list("key", "word")
    known: dict[str, set[str]] = {}
    for key, word in rows:
        known.setdefault(key, set()).add(word)
    found = {}
    for word, its_keys in asked.items():
        others = set().union(*(known.get(key, ()) for key in its_keys))
        if word not in others:
            found[word] = sorted(
                filter(partial(_is_one_slip, word), others), key=lambda other: _unlikeness(word, other)
            )
    return {word: others for word, others in found.items() if others}


def _is_one_slip(asked: str, known: str) -> bool:
    """Whether one letter is wrong, missing or too many, or two neighbours are exchanged; in a long word, two slips."""
    same = _alike(asked, known)
    begin, end = asked[same:], known[same:]
    rest = len(begin) - (behind := _alike(begin[::-1], end[::-1])), len(end) - behind
    exchanged = rest == (2, 2) and begin[:2] == end[1::-1]
    return exchanged or max(rest) <= 1 or len(asked) >= LONG


def _unlikeness(asked: str, known: str) -> tuple:
    """Orders what somebody may have meant: the same letters first, then by how much of both ends is the same."""
    same = _alike(asked, known) + _alike(asked[::-1], known[::-1])
    return sorted(asked) != sorted(known), -same, known


def _alike(one: str, other: str) -> int:
    """How many letters two words have in common from their beginning."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
