"""Full-text search over folded words: one question, one implementation for each database engine.

PostgreSQL keeps a `tsvector` with a GIN index, SQLite an FTS5 table; both hold `releases.text.words`, so both find the
same things without any extension. Editions are searched by the world, working copies by the desk.
"""

from collections.abc import Iterable

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from releases import markup, text

EDITIONS, RELEASES = "releases_editionsearch", "releases_releasesearch"

NEAR = 400  # rows at the newest end of a list that are looked into one by one before the index is asked,
FAR = 4000  # and before a list of all hits is made
FEW = 3000  # up to so many hits are listed by number
MOST_WORDS = 16
LONGEST = 200_000  # characters of one text that are searchable


def words_of(*texts: str) -> str:
    """The searchable words of some texts, separated by blanks."""
    return " ".join(text.words(" ".join(texts)[:LONGEST]))


def language_word(language: str) -> str:
    """The word that stands in every edition of `language`, so that one language is searched without reading others."""
    return text.fold(f"languageis{language}").replace("-", "")


def document_words(document) -> str:
    """What a stranger finds an edition by: all that its page says in words."""
    names = [
        language_word(document.language),
        *(place.told for place in document.places),
        *(event.name for event in document.events),
        *(f"{quote.name} {quote.title} {quote.organisation} {quote.words}" for quote in document.quotes),
        *document.tags,
    ]
    body, notes = markup.html_to_text(document.body), markup.html_to_text(document.notes_to_editors)
    return words_of(document.headline, document.summary, *names, body, notes)


def index_edition(edition, document) -> None:
    put(EDITIONS, [(edition.pk, document_words(document))])


def index_release(release) -> None:
    words = words_of(release.headline, release.summary, release.slug, release.source_id, release.dateline_raw)
    put(RELEASES, [(release.pk, words)])


def put(table: str, rows: Iterable[tuple[int, str]]) -> None:
    """Stores (id, words) rows, replacing what was stored for an id."""
    rows = list(rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(
                f"INSERT INTO {table} (id, vector) VALUES (%s, to_tsvector('simple', %s)) "
                "ON CONFLICT (id) DO UPDATE SET vector = excluded.vector",
                rows,
            )
        else:
            cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(number,) for number, _ in rows])
            cursor.executemany(f"INSERT INTO {table} (rowid, words) VALUES (%s, %s)", rows)


def remove(table: str, numbers: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {table} WHERE {_key()} = %s", [(number,) for number in numbers])


def matching(rows: QuerySet, query: str, language: str = "", most: int = 0) -> QuerySet:
    """The editions or releases of `rows` in which every word of `query` occurs; the last word may be unfinished.

    Editions of one `language` are told apart by a word of their own, so that words common elsewhere cost nothing here.
    Where only the first `most` of an ordered list are wanted, its newest end is tried first, row by row: that settles
    common words, of which the index would have to list every hit. A query without any word finds nothing.
    """
    words = text.query_words(query)[:MOST_WORDS]
    if not words:
        return rows.none()
    table = EDITIONS if rows.model._meta.model_name == "edition" else RELEASES
    if most and len(found := _at_the_newest_end(table, rows[:NEAR], words, most)) == most:
        return rows.filter(pk__in=found)
    indexed = [language_word(language), *words] if language else words
    found = _first_numbers(table, indexed)
    if len(found) <= FEW:
        return rows.filter(pk__in=found)
    if most and len(found := _at_the_newest_end(table, rows[:FAR], words, most)) == most:
        return rows.filter(pk__in=found)
    # A list made once: joined, PostgreSQL might look for the words in row after row, and SQLite in the wrong order.
    own, hits = rows.model._meta.db_table, f"SELECT {_key()} FROM {table} WHERE {_matches(table)}"
    sql = f"{own}.id = ANY(ARRAY({hits}))" if connection.vendor == "postgresql" else f"+{own}.id IN ({hits})"
    return rows.filter(RawSQL(sql, [_expression(indexed)], output_field=BooleanField()))


def _at_the_newest_end(table: str, rows: QuerySet, words: list[str], most: int) -> list[int]:
    """The ids of the first `most` hits among the first rows of a list, which both engines read in their order."""
    near, parameters = rows.values("pk").query.sql_with_params()
    if connection.vendor == "postgresql":
        said, asked = _matches(table), [_expression(words)]
    else:  # FTS5 asked about a single row reads every hit of the word; the row's own words are at hand
        ends = [" "] * (len(words) - 1) + ["" if len(words[-1]) > 1 else " "]
        asked = [f" {word}{end}" for word, end in zip(words, ends, strict=True)]
        said = " AND ".join(["instr(' ' || s.words || ' ', %s)"] * len(words))
    # A value asked for, not EXISTS: PostgreSQL would turn that into a join and read ahead in parallel.
    test = f"(SELECT 1 FROM {table} s WHERE s.{_key()} = near.pk AND {said} LIMIT 1) IS NOT NULL"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT near.pk FROM ({near}) near WHERE {test} LIMIT {most}", [*parameters, *asked])
        return [number for (number,) in cursor.fetchall()]


def _first_numbers(table: str, words: list[str]) -> list[int]:
    sql = f"SELECT {_key()} FROM {table} WHERE {_matches(table)} LIMIT {FEW + 1}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [_expression(words)])
        return [number for (number,) in cursor.fetchall()]


def _key() -> str:
    return "id" if connection.vendor == "postgresql" else "rowid"


def _matches(table: str) -> str:
    return "vector @@ to_tsquery('simple', %s)" if connection.vendor == "postgresql" else f"{table} MATCH %s"


def _expression(words: list[str]) -> str:
    """The engine's way to ask for every word, the last one as a beginning; words are letters and digits only.

    A single letter is a word of its own: as a beginning it would be most of the dictionary.
    """
    open_ended = len(words[-1]) > 1
    if connection.vendor == "postgresql":
        return " & ".join(f"'{word}'" for word in words) + ":*" * open_ended
    return " ".join(f'"{word}"' for word in words) + "*" * open_ended
