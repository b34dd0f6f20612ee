"""Promises that only the database itself can keep, in each engine's own words.

`install` may be run again by any later migration: SQLite drops triggers when Django rebuilds a table.
"""

FROZEN = {
    "releases_edition": [
        "id", "release_id", "translation_group", "number", "language", "slug", "kind", "headline", "card", "document",
        "corrections", "digest", "live_from", "first_public_at", "approved_at",
    ],
    "releases_revision": ["id", "release_id", "number", "document", "digest", "at"],
    "releases_correction": ["id", "edition_id", "kind", "note", "at"],
    "releases_auditevent": ["id", "subject", "verb", "at", "reason", "detail"],
}  # fmt: skip

SQLITE = [
    *(
        f"CREATE TRIGGER releases_edition_{when}_windows BEFORE {event} ON releases_edition "
        "WHEN EXISTS (SELECT 1 FROM releases_edition other WHERE other.release_id = NEW.release_id "
        "AND other.id <> NEW.id AND (other.live_until IS NULL OR other.live_until > NEW.live_from) "
        "AND (NEW.live_until IS NULL OR NEW.live_until > other.live_from)) "
        "BEGIN SELECT RAISE(ABORT, 'the windows of two editions of one release overlap'); END"
        for when, event in [("insert", "INSERT"), ("update", "UPDATE OF release_id, live_from, live_until")]
    ),
    *(
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {', '.join(columns)} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END"
        for table, columns in FROZEN.items()
    ),
]

POSTGRESQL = [
    "ALTER TABLE releases_edition ADD CONSTRAINT edition_windows EXCLUDE USING gist "
    "(int8range(release_id, release_id, '[]') WITH &&, tstzrange(live_from, live_until) WITH &&)",
    "CREATE FUNCTION releases_never_changed() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% is never changed', TG_TABLE_NAME "
    "USING ERRCODE = 'integrity_constraint_violation'; END $$",
    *(
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {', '.join(columns)} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION releases_never_changed()"
        for table, columns in FROZEN.items()
    ),
]

SEARCH_SQLITE = [
    # Words come folded and separated by blanks: nothing else is to be told apart or changed.
    """CREATE VIRTUAL TABLE {table} USING fts5(words, tokenize = "ascii tokenchars '=~'")""",
    "CREATE TRIGGER {table}_gone AFTER DELETE ON {source} BEGIN DELETE FROM {table} WHERE rowid = OLD.id; END",
]
SEARCH_POSTGRESQL = [
    "CREATE TABLE {table} (id bigint PRIMARY KEY REFERENCES {source} (id) ON DELETE CASCADE "
    "DEFERRABLE INITIALLY DEFERRED, vector tsvector NOT NULL)",
    "CREATE INDEX {table}_vector ON {table} USING gin (vector)",
]
SEARCH = {"releases_editionsearch": "releases_edition", "releases_releasesearch": "releases_release"}


def install(schema_editor) -> None:
    """Creates triggers, exclusion constraint and search tables on the engine at hand."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if postgresql else SQLITE:
        schema_editor.execute(statement, params=None)
    for table, source in SEARCH.items():
        for statement in SEARCH_POSTGRESQL if postgresql else SEARCH_SQLITE:
            schema_editor.execute(statement.format(table=table, source=source), params=None)


def empty_search(schema_editor) -> None:
    """Makes the search tables as a new newsroom has them: nothing is found until they are filled again."""
    for table in SEARCH:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"TRUNCATE {table}", params=None)
        else:
            schema_editor.execute(f"DROP TABLE {table}", params=None)
            schema_editor.execute(SEARCH_SQLITE[0].format(table=table), params=None)
