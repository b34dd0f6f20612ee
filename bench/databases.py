"""Databases of the benchmark's own: beside the one that DATABASE_URL names, never that one."""

import os
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2


@contextmanager
def database(size: int, folder: Path, keep: bool):
    """The address of the database for an archive of `size`: on the same server, or a file in `folder`."""
    url, name = urlsplit(os.environ.get("DATABASE_URL", "")), f"newsroom_bench_{size}"
    if not url.scheme.startswith("postgres"):
        yield f"sqlite:///{folder / f'{name}.sqlite3'}"
        for path in folder.glob(f"{name}.sqlite3*") if not keep else ():
            path.unlink()
        return
    if not _asked(url, "SELECT 1 FROM pg_database WHERE datname = %s", name):
        _asked(url, f"CREATE DATABASE {name}")
    yield urlunsplit(url._replace(path=f"/{name}"))
    if not keep:
        _asked(url, f"DROP DATABASE {name}")


def _asked(url, statement: str, *values) -> bool:
    """Carries `statement` out on the server; whether it found anything."""
    connection = psycopg2.connect(urlunsplit(url))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        found = cursor.rowcount > 0
    connection.close()
    return found
