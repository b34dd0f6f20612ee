"""What a search shows besides its list: the words in their context, what bears the name, what may have been meant."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from releases import markup, terms, text, vocabulary
from releases.models.edition import Edition
from releases.models.tags import Tag
from releases.terms import Span, Term

from . import cards, filters
from .filters import SUBJECTS, Filters

READ = 20_000  # characters of a text that are read to show a word in its context
EXCERPT = 220
FEW_HITS = 3  # with fewer, what may have been meant is looked for
TRIED, SUGGESTED = 4, 2
NAMED = 6
NOTHING, CUT_BEFORE, CUT_BEHIND = SafeString(""), SafeString("… "), SafeString(" …")


def marked(written: str, found: list[Span], start: int = 0, end: int | None = None) -> SafeString:
    """A stretch of a text as HTML, with what was looked for in <mark>."""
    parts, at, end = [], start, len(written) if end is None else end
    for span in found:
        if at <= span.start and span.end <= end:
            parts += [conditional_escape(written[at : span.start]), "<mark>"]
            parts += [conditional_escape(written[span.start : span.end]), "</mark>"]
            at = span.end
    return mark_safe("".join([*parts, conditional_escape(written[at:end])]))  # noqa: S308  each part is escaped


def in_context(found: list[cards.Card], query: str) -> list[cards.Card]:
    """The cards of a page with the words that were found: in the summary, else from the text, one query for all."""
    asked = terms.read(query)
    wanted = {number for number, term in enumerate(asked) if not term.is_excluded}
    lacking = [card.id for card in found if wanted - said_on(card, asked)]
    said = dict(texts(lacking)) if lacking else {}
    return [told(card, asked, said.get(card.id, "")) for card in found]


def said_on(card: cards.Card, asked: list[Term]) -> set[int]:
    """Which terms a list shows anyway."""
    return {span.term for words in (card.headline, card.dateline, card.summary) for span in terms.spans(words, asked)}


def texts(numbers: list[int]) -> Iterator[tuple[int, str]]:
    """The beginnings of the texts of some editions, and what is quoted in them."""
    parts = [KeyTextTransform(name, "document") for name in ("quotes", "body", "notes_to_editors")]
    rows = Edition.objects.filter(pk__in=numbers).order_by().annotate(quotes=parts[0])
    for number, quotes, *html in rows.values_list("pk", "quotes", *(Substr(part, 1, READ) for part in parts[1:])):
        quoted = [quote["words"] for quote in json.loads(quotes)]
        body = [markup.html_to_text(each[: each.rfind("<") if len(each) == READ else None]) for each in html]
        yield number, " ".join(" ".join([body[0], *quoted, body[1]]).split())


def told(card: cards.Card, asked: list[Term], said: str) -> cards.Card:
    more = {"summary": marked(card.summary, terms.spans(card.summary, asked))}
    if found := terms.spans(said, asked, enough=EXCERPT):
        start, end = terms.excerpt(said, found, EXCERPT)
        cut = CUT_BEFORE if start else NOTHING, CUT_BEHIND if end < len(said) else NOTHING
        more["excerpt"] = cut[0] + marked(said, found, start, end) + cut[1]
    return replace(card, card={**card.card, **more})


@dataclass(frozen=True)
class Name:
    """Something the public knows that is called what was looked for."""

    label: str
    name: str
    url: str


def names(query: str, request, language: str) -> list[Name]:
    """Places, events, people and tags whose name is what was looked for: one query, and one for each sort it finds."""
    found: dict[str, list[int]] = {}
    for sort, number in called(spellings(query)):
        found.setdefault(sort, []).append(number)
    labels = {"location": _("Location"), "event": _("Event"), "spokesperson": _("Spokesperson"), "tag": _("Tag")}
    return [
        Name(labels[sort], row.told, reverse(sort, args=[language, row.slug]))
        for sort, model in SUBJECTS.items()
        if sort in found
        for row in model.objects.public(request.at, language).told_in(language).filter(pk__in=found[sort])
    ][:NAMED]


def called(spelled: list[str]):
    """What is called so, known to the public or not: (sort, id)."""
    asked = []
    for sort, model in SUBJECTS.items():
        names, owner = (model, "pk") if model is Tag else (model._meta.get_field("names").related_model, sort)
        asked.append(names.objects.filter(folded__in=spelled).order_by().values_list(Value(sort), owner))
    return asked[0].union(*asked[1:]) if spelled else []


def spellings(query: str) -> list[str]:
    """The folded names that a query may be: as it is, without an ending behind an apostrophe, with the article."""
    folded = text.fold(query)
    found = [folded, *(term.instead for term in terms.read(query) if term.instead)]
    return list(dict.fromkeys(name for name in [*found, f"ال{folded}", folded.removeprefix("ال")] if name))


@dataclass(frozen=True)
class Suggestion:
    words: str
    url: str


def suggestions(asked: Filters, found: filters.Found, request, language: str) -> list[Suggestion]:
    """What may have been meant: the same search with a word put right, if that finds something in this very list."""
    if found.named is None or len(found.page.cards) >= FEW_HITS:
        return []
    wanted = {word for term in terms.read(asked.q) if not term.is_excluded for word in term.words}
    near = vocabulary.near(language, sorted(wanted), request.at)
    meant = []
    for better in corrections(near):
        other = replace(asked, q=put_right(asked.q, better))
        hits = filters.editions(other, found.named, request, language, most=1)
        if page := cards.read(hits, language, 1).cards:
            spelled = replace(asked, q=put_right(asked.q, as_written(page[0], better)))
            meant.append(Suggestion(spelled.q, reverse("releases", args=[language]) + spelled.query()))
        if len(meant) == SUGGESTED:
            break
    return meant


def corrections(near: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    """The likeliest ways of putting words right: each word by its first choice, then one of them by its next ones."""
    if near:
        first = {word: choices[0] for word, choices in near.items()}
        yield first
        others = [(word, choice) for word, choices in near.items() for choice in choices[1:TRIED]]
        yield from ({**first, word: choice} for word, choice in others[: TRIED - 1])


def put_right(query: str, better: dict[str, str]) -> str:
    """The query with some of its words replaced, everything around them kept."""
    parts, at = [], 0
    for token in text.tokens(query):
        if choice := better.get(token.words[0]):
            parts += [query[at : token.start], choice]
            at = token.end
    return "".join([*parts, query[at:]])


def as_written(card: cards.Card, better: dict[str, str]) -> dict[str, str]:
    """The words as the release that was found writes them, capitals and accents included: one query at most."""
    places = (name for _slug, name in card.places)
    written = as_told([card.headline, card.summary, card.dateline, *card.tags, *places])
    if not written.keys() >= set(better.values()):
        rows = Edition.objects.filter(pk=card.id).annotate(quotes=KeyTextTransform("quotes", "document")).order_by()
        quotes = json.loads(rows.values_list("quotes", flat=True).get())
        written |= as_told(quote["name"] for quote in quotes)
    return {word: written.get(choice, choice) for word, choice in better.items()}


def as_told(texts) -> dict[str, str]:
    """Folded words as some texts write them."""
    shown = " ".join(texts)
    return {token.words[0]: shown[token.start : token.end] for token in text.tokens(shown)}
