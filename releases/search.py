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

FEW = 3000  # up to so many hits are listed by number; more are found while walking the list itself
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
    key = "id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {table} WHERE {key} = %s", [(number,) for number in numbers])


def matching(rows: QuerySet, query: str, language: str = "") -> QuerySet:
    """The editions or releases of `rows` in which every word of `query` occurs; the last word may be unfinished.

    Editions of one `language` are told apart by a word of their own, so that words common elsewhere cost nothing here.

    Few hits are narrowed by their numbers, many by a test on each row, so that a list that is read from its newest
    end costs the same for rare and for common words. A query without any word finds nothing.
    """
    table = EDITIONS if rows.model._meta.model_name == "edition" else RELEASES
    words = text.query_words(query)[:MOST_WORDS]
    if not words:
        return rows.none()
    words = [language_word(language), *words] if language else words
    found = _first_numbers(table, words)
    if len(found) <= FEW:
        return rows.filter(pk__in=found)
    own = rows.model._meta.db_table
    if connection.vendor == "postgresql":
        sql = f"EXISTS (SELECT 1 FROM {table} s WHERE s.id = {own}.id AND s.vector @@ to_tsquery('simple', %s))"
    else:
        # The plus keeps SQLite on the index that gives the order; FTS5 asked row by row reads every hit for each.
        sql = f"+{own}.id IN (SELECT rowid FROM {table} WHERE words MATCH %s)"
    return rows.filter(RawSQL(sql, [_expression(words)], output_field=BooleanField()))


def _first_numbers(table: str, words: list[str]) -> list[int]:
    if connection.vendor == "postgresql":
        sql = f"SELECT id FROM {table} WHERE vector @@ to_tsquery('simple', %s) LIMIT {FEW + 1}"
    else:
        sql = f"SELECT rowid FROM {table} WHERE words MATCH %s LIMIT {FEW + 1}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [_expression(words)])
        return [number for (number,) in cursor.fetchall()]


def _expression(words: list[str]) -> str:
    """The engine's way to ask for every word, the last one as a beginning; words are letters and digits only.

    A single letter is a word of its own: as a beginning it would be most of the dictionary.
    """
    open_ended = len(words[-1]) > 1
    if connection.vendor == "postgresql":
        return " & ".join(f"'{word}'" for word in words) + ":*" * open_ended
    return " ".join(f'"{word}"' for word in words) + "*" * open_ended
