"""Makes an archive of each size in a database of its own, measures there, prints one table, and cleans up."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from bench.table import table

ROOT = Path(__file__).resolve().parent.parent
SIZES = "10000,1000000"


def arguments():
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    sizes = os.environ.get("BENCH_SIZES", SIZES).replace(",", " ").split()
    parser.add_argument("sizes", nargs="*", type=int, default=[int(size) for size in sizes], help="releases")
    parser.add_argument("--repeat", type=int, default=40, help="requests for each page")
    parser.add_argument("--keep", action="store_true", help="leave the databases where they are, to use them again")
    parser.add_argument("--json", type=Path, help="write the raw figures here as well")
    return parser.parse_args()


@contextmanager
def database(size: int, folder: Path, keep: bool):
    """The address of a database for an archive of `size`: beside the one of DATABASE_URL, or a file."""
    url = urlsplit(os.environ.get("DATABASE_URL", ""))
    if url.scheme.startswith("postgres"):
        name = f"newsroom_bench_{size}"
        if not _there(url, name):
            _tell(url, f"CREATE DATABASE {name}")
        yield urlunsplit(url._replace(path=f"/{name}"))
        if not keep:
            _tell(url, f"DROP DATABASE {name}")
    else:
        yield f"sqlite:///{folder / f'newsroom_bench_{size}.sqlite3'}"
        if not keep:
            for path in folder.glob(f"newsroom_bench_{size}.sqlite3*"):
                path.unlink()


def _server(url):
    connection = psycopg2.connect(urlunsplit(url))
    connection.autocommit = True
    return connection


def _there(url, name: str) -> bool:
    with _server(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _tell(url, statement: str) -> None:
    connection = _server(url)
    connection.cursor().execute(statement)
    connection.close()


def run(arguments: list[str], address: str, folder: Path) -> str:
    """What a program of this house says about the database at `address`."""
    environment = {**os.environ, "DATABASE_URL": address, "MEDIA_ROOT": str(folder / "media"), "TIME_ZONE": "UTC"}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - our own programs
    return done.stdout


def measure(size: int, folder: Path, repeat: int, keep: bool) -> dict:
    with database(size, folder, keep) as address:
        run(["manage.py", "migrate", "--verbosity", "0"], address, folder)
        return json.loads(run(["-m", "bench.child", "measure", str(size), str(repeat)], address, folder))


def main() -> None:
    asked = arguments()
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as temporary:
        folder = Path(os.environ.get("BENCH_DIR", temporary))
        folder.mkdir(parents=True, exist_ok=True)
        measured = [measure(size, folder, asked.repeat, asked.keep) for size in asked.sizes]
    if asked.json:
        asked.json.write_text(json.dumps(measured, indent=2))
    sys.stdout.write(table(measured))


if __name__ == "__main__":
    main()
