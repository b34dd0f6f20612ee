"""What somebody looks for, term by term, and where a text says it. Pure: no database, no settings.

Words are all to be found, the last one may be unfinished. “A few words” in quotation marks stand in a row; a word or
phrase behind a minus is not to be found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from releases import text

MOST_WORDS = 16
SHORTEST_NAME = 3  # letters before an apostrophe that may be a name of their own
QUOTES = '"＂“”„‟«»'
_PIECE = re.compile(rf"(?P<minus>[-−]?)(?:[{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}]|(?P<word>[^\s{QUOTES}]+))")


@dataclass(frozen=True)
class Term:
    """Folded words in a row; `instead` is another word that will do: the name before an apostrophe."""

    words: tuple[str, ...]
    instead: str = ""
    is_excluded: bool = False
    is_unfinished: bool = False

    def found_as(self, word: str) -> bool:
        """Whether a single folded word of a text is what this term of one word looks for."""
        wanted = self.words[0]
        return word in (wanted, self.instead) or (self.is_unfinished and word.startswith(wanted))


def read(query: str) -> list[Term]:
    """The terms of a query as somebody types it; only words count, at most MOST_WORDS of them."""
    terms: list[Term] = []
    last = None
    for piece in _PIECE.finditer(query):
        last = piece
        terms += _terms(piece)
    if last and terms and last["word"] and not terms[-1].is_excluded:
        # A single letter is a word of its own: as a beginning it would be most of the dictionary.
        terms[-1] = replace(terms[-1], is_unfinished=len(terms[-1].words[0]) > 1)
    return list(_first(terms))


def _terms(piece: re.Match) -> Iterator[Term]:
    found = list(text.tokens(piece["word"] or piece["phrase"] or ""))
    words = tuple(word for token in found for word in token.words)
    if words and (piece["minus"] or (len(words) > 1 and not piece["word"])):
        yield Term(words, is_excluded=bool(piece["minus"]))
        return
    for token in found:
        name = next(iter(token.others), "") if len(token.words) == 1 else ""
        yield from (Term((word,), name if len(name) >= SHORTEST_NAME else "") for word in token.words)


def _first(terms: list[Term]) -> Iterator[Term]:
    room = MOST_WORDS
    for term in terms:
        room -= len(term.words)
        if room < 0:
            return
        yield term


@dataclass(frozen=True)
class Span:
    """A place of a text that says the term of this number."""

    start: int
    end: int
    term: int


def spans(written: str, terms: list[Term], enough: int | None = None) -> list[Span]:
    """Where `written` says what is looked for, in order; a phrase is one place.

    With `enough`, it is read only so many characters beyond the place at which every term has been met.
    """
    wanted = {number: term for number, term in enumerate(terms) if not term.is_excluded}
    longest = max((len(term.words) for term in wanted.values()), default=0)
    missing, last = set(wanted), len(written)
    found: list[Span] = []
    run: list[tuple[str, int]] = []  # the last words, each with the place where it begins
    for token in text.tokens(written):
        if token.start > last:
            break
        run = [*run, *((word, token.start) for word in token.words)][-longest:]
        for number, term in wanted.items():
            start = _said(term, token, run)
            if start is not None:
                found.append(Span(start, token.end, number))
                missing.discard(number)
        if enough is not None and not missing:
            last = min(last, token.end + enough)
    return sorted(found, key=lambda span: (span.start, -span.end))


def _said(term: Term, token: text.Token, run: list[tuple[str, int]]) -> int | None:
    """Where the words of a term begin if they end with `token`, the last one of `run`."""
    if len(term.words) == 1:
        return token.start if any(map(term.found_as, (*token.words, *token.others))) else None
    row = run[-len(term.words) :]
    return row[0][1] if tuple(word for word, _ in row) == term.words else None


def excerpt(written: str, found: list[Span], length: int) -> tuple[int, int]:
    """The stretch of at most `length` characters, from word to word, that says the most different terms first."""
    best = max(
        found,
        key=lambda first: len({span.term for span in found if first.start <= span.start < first.start + length // 2}),
    )
    start = 0 if best.start < length // 3 else written.find(" ", best.start - length // 3) + 1
    start = min(start, best.start) if start else 0
    end = len(written) if len(written) <= start + length else written.rfind(" ", start, start + length)
    return start, max(end, best.end)
