"""Full-text search over folded words: one question, one implementation for each database engine.

PostgreSQL keeps a `tsvector` with a GIN index, SQLite an FTS5 table; both hold the same words in the same order, so
both find the same things without any extension. Editions are searched by the world, working copies by the desk.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from releases import markup, terms, text
from releases.terms import Term

EDITIONS, RELEASES = "releases_editionsearch", "releases_releasesearch"

NEAR = 400  # rows at the newest end of a list that are looked into one by one before the index is asked
DENSE = 4  # so many hits among them tell that a page of hits is not far
FAR = 10_000  # rows of which the texts are read for words in a row that are common each
FEW = 3000  # up to so many hits are listed by number
LONGEST = 100_000  # characters of one text that are searchable
MOST = 16_000  # words of one text that are searchable: PostgreSQL knows the places of no more

ANYWHERE, HEADLINE, ABOVE = "", "=", "~"  # what stands before a word again where it is in the headline, above the text
BARRIER = "="  # between two texts, so that no phrase begins in one and ends in the other
ASIDE = "'"  # before what a word is found by as well: it stands behind everything, and in no phrase

RANKS = ((HEADLINE, None), (ABOVE, HEADLINE), (ANYWHERE, ABOVE))  # where all words are, and where they are not all


def words_of(*texts: str) -> str:
    """The words of some texts, folded, separated by blanks; behind a word, with ASIDE, what it is found by as well."""
    found: list[str] = []
    for token in text.tokens(" ".join(texts)[:LONGEST]):
        found += token.words
        found += [ASIDE + word for word in token.others]
    return " ".join(found)


def laid_out(parts: Iterable[str], mark: str = ANYWHERE) -> str:
    """What `words_of` found in some texts, as it is indexed: text after text, each word behind `mark`."""
    rows: list[str] = []
    aside: dict[str, None] = {}
    for part in filter(None, parts):
        for word in part.split():
            if word[0] == ASIDE:
                aside[mark + word[1:]] = None
            else:
                rows.append(mark + word)
        rows.append(BARRIER)
    return " ".join([*rows, *aside])


def language_word(language: str) -> str:
    """The word that stands in every edition of `language`, so that one language is searched without reading others."""
    return text.fold(f"languageis{language}").replace("-", "")


def edition_words(language: str, headline: str, above: list[str], below: list[str]) -> str:
    """An edition as it is indexed, from the `words_of` its headline, what stands above its text, and its text."""
    above = [headline, *above]
    marked = [laid_out([headline], HEADLINE), laid_out(above, ABOVE)]
    return " ".join([language_word(language), *marked, laid_out([*above, *below])])


def above_the_text(document) -> list[str]:
    """What the page says besides its headline and its text: the summary, and the names in it.

    The names of events are left out: an event may be held back by an embargo of its own while the release is live.
    """
    return [
        document.summary,
        *(place.told for place in document.places),
        *(f"{quote.name} {quote.title} {quote.organisation}" for quote in document.quotes),
        *document.tags,
    ]


def document_words(document) -> str:
    """What a stranger finds an edition by: all that its page says in words."""
    body, notes = markup.html_to_text(document.body), markup.html_to_text(document.notes_to_editors)
    below = [*(quote.words for quote in document.quotes), body, notes]
    above = map(words_of, above_the_text(document))
    return edition_words(document.language, words_of(document.headline), [*above], [*map(words_of, below)])


def release_words(*texts: str) -> str:
    """What the desk finds a working copy by."""
    return laid_out(map(words_of, texts))


def vector(words: str) -> str:
    """Indexed words as PostgreSQL writes a `tsvector`, each with its places: no parser has its own idea of words."""
    places: dict[str, list[str]] = {}
    for at, word in enumerate(words.split()[:MOST], 1):
        places.setdefault(word, []).append(str(at))
    places.pop(BARRIER, None)
    return " ".join([f"'{word}':{','.join(ats[:255])}" for word, ats in places.items()])


def put(table: str, rows: Iterable[tuple[int, str]]) -> None:
    """Stores (id, words) rows, replacing what was stored for an id."""
    rows = list(rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            values = ", ".join(["(%s, %s::tsvector)"] * len(rows))
            cursor.execute(
                f"INSERT INTO {table} (id, vector) VALUES {values} "
                "ON CONFLICT (id) DO UPDATE SET vector = excluded.vector",
                [value for number, words in rows for value in (number, vector(words))],
            )
        else:
            cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(number,) for number, _ in rows])
            cursor.executemany(f"INSERT INTO {table} (rowid, words) VALUES (%s, %s)", rows)


def remove(table: str, numbers: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {table} WHERE {_key()} = %s", [(number,) for number in numbers])


def matching(rows: QuerySet, query: str, language: str = "", most: int = 0, rank: int | None = None) -> QuerySet:
    """The editions or releases of `rows` that say what `query` asks for, as `releases.terms` reads it.

    Editions of one `language` are told apart by a word of their own, so that words common elsewhere cost nothing here.
    Where only the first `most` of an ordered list are wanted, its newest end is tried first, row by row: that settles
    common words, of which the index would have to list every hit. With `rank`, those that say it in one of the RANKS.
    A query without any word finds nothing.
    """
    place, but = RANKS[rank] if rank is not None else (ANYWHERE, None)
    asked = Asked.read(query, place, but)
    if asked is None:
        return rows.none()
    table = EDITIONS if rows.model._meta.model_name == "edition" else RELEASES
    near = _at_the_newest_end(table, rows, asked, most or DENSE)
    if most and (len(near) == most or not rows.values("pk")[NEAR : NEAR + 1]):  # a page is full, or that was the list
        return rows.filter(pk__in=near)
    if most and len(near) >= DENSE:
        near = _at_the_newest_end(table, rows, asked, most, depth=10 * NEAR)
        if len(near) == most:
            return rows.filter(pk__in=near)
    spoken = [language_word(language)] if language else []
    if asked.has_rows and connection.vendor == "postgresql":
        return rows.filter(pk__in=_in_a_row(table, rows, asked, spoken, most or FEW))
    expression = asked.expression(spoken)
    found = _first_numbers(table, expression)
    if len(found) <= FEW:
        return rows.filter(pk__in=found)
    own = f"{rows.model._meta.db_table}.id"
    if not most and len(near) >= DENSE:  # whoever walks the list will not walk far; a page would be full by now
        return rows.filter(RawSQL(*_said_in(table, own, asked), output_field=BooleanField()))
    # All hits once: joined, PostgreSQL might look in row after row. The plus keeps SQLite on the order's index.
    hits = f"SELECT {_key()} FROM {table} WHERE {_matches(table)}"
    sql = f"{own} = ANY(ARRAY({hits}))" if connection.vendor == "postgresql" else f"+{own} IN ({hits})"
    return rows.filter(RawSQL(sql, [expression], output_field=BooleanField()))


def _in_a_row(table: str, rows: QuerySet, asked: "Asked", spoken: list[str], most: int) -> list[int]:
    """The ids of hits where words have to stand in a row, which PostgreSQL's index does not know: texts are read.

    Those of few releases all, otherwise those of the first FAR in the list.
    """
    found = _first_numbers(table, asked.expression(spoken, loosely=True))
    if len(found) > FEW:
        return _at_the_newest_end(table, rows, asked, most, FAR)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} WHERE id = ANY(%s) AND {_matches(table)}", [found, asked.expression()])
        return [number for (number,) in cursor.fetchall()]


def _at_the_newest_end(table: str, rows: QuerySet, asked: "Asked", most: int, depth: int = 0) -> list[int]:
    """The ids of the first `most` hits among the first `depth` (NEAR) rows of a list; both engines keep its order."""
    near, parameters = rows.values("pk")[: depth or NEAR].query.sql_with_params()
    said, words = _said_in(table, "near.pk", asked)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT near.pk FROM ({near}) near WHERE {said} LIMIT {most}", [*parameters, *words])
        return [number for (number,) in cursor.fetchall()]


def _said_in(table: str, number: str, asked: "Asked") -> tuple[str, list[str]]:
    """A test of one row, by the SQL of its id, and the test's parameters.

    It asks for a value, not for EXISTS, which PostgreSQL turns into a join that reads ahead in parallel. FTS5 would
    read every hit of a word to answer for one row; there the row's own words are looked through.
    """
    postgresql = connection.vendor == "postgresql"
    said, words = (_matches(table), [asked.expression()]) if postgresql else asked.in_one_row()
    return f"(SELECT 1 FROM {table} s WHERE s.{_key()} = {number} AND {said} LIMIT 1) IS NOT NULL", words


def _first_numbers(table: str, expression: str) -> list[int]:
    sql = f"SELECT {_key()} FROM {table} WHERE {_matches(table)} LIMIT {FEW + 1}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [expression])
        return [number for (number,) in cursor.fetchall()]


def _key() -> str:
    return "id" if connection.vendor == "postgresql" else "rowid"


def _matches(table: str) -> str:
    return "vector @@ %s::tsquery" if connection.vendor == "postgresql" else f"{table} MATCH %s"


@dataclass(frozen=True)
class Dialect:
    """How an engine writes what is asked for; words are letters and digits only and need no escaping."""

    quote: str
    then: str
    unfinished: str
    both: str
    either: str
    without: str


DIALECTS = {
    "postgresql": Dialect("'", "' <-> '", ":*", " & ", " | ", " & !"),
    "sqlite": Dialect('"', " ", "*", " AND ", " OR ", " NOT "),
}


@dataclass(frozen=True)
class Asked:
    """What is looked for: everything `wanted` in the place called `place`, and in that called `but` not all of it."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]
    place: str
    but: str | None

    @classmethod
    def read(cls, query: str, place: str, but: str | None) -> "Asked | None":
        found = terms.read(query)
        wanted = tuple(term for term in found if not term.is_excluded)
        return cls(wanted, tuple(term for term in found if term.is_excluded), place, but) if wanted else None

    @property
    def has_rows(self) -> bool:
        """Whether words have to stand in a row somewhere."""
        return any(len(term.words) > 1 for term in (*self.wanted, *self.unwanted))

    def expression(self, more: Iterable[str] = (), loosely: bool = False) -> str:
        """The question to the index, for all of its rows that hold the words of `more` as well.

        Put `loosely`, it finds more than it should where words have to stand in a row: it only asks for the words.
        """
        dialect = DIALECTS[connection.vendor]
        if loosely:
            dialect = replace(dialect, then=f"{dialect.quote}{dialect.both}{dialect.quote}")
        every = [f"{dialect.quote}{word}{dialect.quote}" for word in more]
        every += [_written(term, self.place, dialect) for term in self.wanted]
        none = [_written(term, ANYWHERE, dialect) for term in self.unwanted if not loosely or len(term.words) == 1]
        if self.but is not None and not loosely:
            none.append(f"({dialect.both.join(_written(term, self.but, dialect) for term in self.wanted)})")
        return f"({dialect.both.join(every)})" + (f"{dialect.without}({dialect.either.join(none)})" if none else "")

    def in_one_row(self) -> tuple[str, list[str]]:
        """The same question to the stored words of one row, as SQL and its parameters."""
        every = [_looked_for(term, self.place) for term in self.wanted]
        tests = [_among(patterns) for patterns in every]
        unwanted = [_looked_for(term, ANYWHERE) for term in self.unwanted]
        tests += [f"NOT {_among(patterns)}" for patterns in unwanted]
        beyond = [_looked_for(term, self.but) for term in self.wanted] if self.but is not None else []
        if beyond:
            tests.append(f"NOT ({' AND '.join(map(_among, beyond))})")
        return " AND ".join(tests), [pattern for patterns in (*every, *unwanted, *beyond) for pattern in patterns]


def _written(term: Term, place: str, dialect: Dialect) -> str:
    quote = dialect.quote
    row = dialect.then.join(place + word for word in term.words)
    found = f"{quote}{row}{quote}" + dialect.unfinished * term.is_unfinished
    return f"({found}{dialect.either}{quote}{place}{term.instead}{quote})" if term.instead else f"({found})"


def _looked_for(term: Term, place: str) -> list[str]:
    row = " ".join(place + word for word in term.words)
    patterns = [f" {row}" if term.is_unfinished else f" {row} "]
    return [*patterns, f" {place}{term.instead} "] if term.instead else patterns


def _among(patterns: list[str]) -> str:
    return f"({' OR '.join([_IN_ROW] * len(patterns))})"


_IN_ROW = "instr(' ' || s.words || ' ', %s) > 0"
