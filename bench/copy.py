"""The database's own way to write the releases as CSV: the limit for our export. To standard output."""

import csv
import sys

from django.db import connection

COLUMNS = (
    "id, translation_of_id, language, kind, state, headline, slug, summary, dateline_raw, body, notes_to_editors, "
    "release_at, time_zone, source, source_id, source_url"
)
SELECT = f"SELECT {COLUMNS} FROM releases_release ORDER BY id"  # noqa: S608 - our own columns


def main() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.copy_expert(f"COPY ({SELECT}) TO STDOUT WITH (FORMAT csv)", sys.stdout.buffer)
        else:
            cursor.execute(SELECT)
            csv.writer(sys.stdout).writerows(iter(cursor.fetchone, None))
