"""Writing many rows fast: COPY on PostgreSQL, prepared statements on SQLite, indexes set aside for large archives."""

import io
import re
from contextlib import contextmanager

from django.db import connection

from releases import search
from releases.demo.archive.tables import EVERY_TABLE, SEARCHED, TABLES

SPECIAL = re.compile(r"[\\\t\n\r]")
NULL = "\\N"
ESCAPED = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
CONSTRAINTS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = ANY (%s::regclass[]) AND contype IN ('f', 'u', 'x') ORDER BY contype DESC
"""
INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = ANY (%s::regclass[]) AND NOT indisprimary
"""
SQLITE_OBJECTS = """
    SELECT tbl_name, type, name, sql FROM sqlite_master
    WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type
"""
MEMORY = "512MB"  # for building one index


def writer():
    """The writer for the engine at hand."""
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()


def quoted(names) -> str:
    return ", ".join(f'"{name}"' for name in names)


def lines(rows) -> str:
    """Rows in COPY's text format."""
    plain = "".join(["\t".join([NULL if value is None else str(value) for value in row]) + "\n" for row in rows])
    tabs, nulls = sum(len(row) - 1 for row in rows), sum(row.count(None) for row in rows)
    if (plain.count("\t"), plain.count("\n"), plain.count("\\"), plain.count("\r")) == (tabs, len(rows), nulls, 0):
        return plain
    return "".join("\t".join(map(field, row)) + "\n" for row in rows)


def field(value) -> str:
    """One value in COPY's text format, nothing taken for granted."""
    return NULL if value is None else SPECIAL.sub(lambda found: ESCAPED[found[0]], str(value))


class PostgreSQL:
    in_order_of_ids = False

    @contextmanager
    def session(self, set_aside: bool):
        """Around all writing, inside one transaction; `set_aside` drops indexes and builds them anew at the end."""
        with connection.cursor() as cursor:
            self.cursor = cursor
            cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
            rebuild = self.drop() if set_aside else []
            yield
            for statement in rebuild:
                cursor.execute(statement)

    def drop(self) -> list[str]:
        """Drops indexes and references of the archive's tables; returns what builds them again, in order."""
        indexes, constraints = [], []
        self.cursor.execute(CONSTRAINTS, [EVERY_TABLE])
        for table, name, definition in self.cursor.fetchall():
            self.cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            constraints.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        self.cursor.execute(INDEXES, [EVERY_TABLE])
        for name, definition in self.cursor.fetchall():
            self.cursor.execute(f"DROP INDEX {name}")
            indexes.append(definition)
        return indexes + constraints

    def write(self, rows: dict[str, list[tuple]]) -> None:
        for name, (table, columns) in TABLES.items():
            self.copy(table, columns, rows.get(name, ()))
        for name, table in SEARCHED.items():
            self.copy(
                table, ("id", "vector"), [(number, search.vector(words)) for number, words in rows.get(name, ())]
            )

    def copy(self, table: str, columns, rows) -> None:
        if rows:
            self.cursor.copy_expert(f"COPY {table} ({quoted(columns)}) FROM STDIN", io.StringIO(lines(rows)))

    def analyze(self) -> None:
        """What the server does by itself within minutes; it may vacuum only outside a transaction."""
        how = "ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE"
        with connection.cursor() as cursor:
            for table in EVERY_TABLE:
                cursor.execute(f"{how} {table}")


class SQLite:
    in_order_of_ids = True  # a table is a tree of its ids: written in their order, every page is written once

    @contextmanager
    def session(self, set_aside: bool):
        """Around all writing, inside one transaction; `set_aside` drops indexes and builds them anew at the end."""
        with connection.cursor() as cursor:
            self.cursor = cursor
            rebuild = self.drop() if set_aside else []
            yield
            for statement in rebuild:
                cursor.execute(statement)

    def drop(self) -> list[str]:
        """Drops indexes and triggers of the archive's tables; returns what builds them again."""
        self.cursor.execute(SQLITE_OBJECTS)
        found = [(kind, name, sql) for table, kind, name, sql in self.cursor.fetchall() if table in EVERY_TABLE]
        for kind, name, _ in found:
            self.cursor.execute(f'DROP {kind} "{name}"')
        return [sql for _, _, sql in found]

    def write(self, rows: dict[str, list[tuple]]) -> None:
        for name, (table, columns) in TABLES.items():
            marks = ", ".join(["%s"] * len(columns))
            self.insert(f"{table} ({quoted(columns)}) VALUES ({marks})", rows.get(name, ()))
        for name, table in SEARCHED.items():
            self.insert(f"{table} (rowid, words) VALUES (%s, %s)", rows.get(name, ()))

    def insert(self, into: str, rows) -> None:
        if rows:
            self.cursor.executemany(f"INSERT INTO {into}", rows)

    def analyze(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")


@contextmanager
def quick_journal():
    """Lets SQLite write one large transaction without keeping it twice; elsewhere does nothing."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.disable_constraint_checking()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size = -262144")
        cursor.execute("PRAGMA journal_mode = DELETE")
        cursor.fetchall()
        try:
            yield
        finally:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.fetchall()
            connection.enable_constraint_checking()
