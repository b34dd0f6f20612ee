"""Measures one database and prints the figures as JSON."""

import json
import os
import platform
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import choice
from releases.models import Release

ROOT = Path(__file__).resolve().parent.parent


def main(size: str, repeat: str) -> None:
    size, repeat = int(size), int(repeat)
    figures = {
        "size": size,
        "engine": f"{connection.vendor} {version()}",
        "python": platform.python_version(),
        "cores": len(os.sched_getaffinity(0)),
        "made_s": made(size),
    }
    chosen = choice.choose(random.Random(1))  # noqa: S311 - which pages are looked at
    figures["bare_ms"] = bare_read(chosen.editions)
    stranger = Client(headers={"host": "localhost"})
    figures["pages"] = measured(choice.pages(chosen), stranger, repeat)
    figures["pages"] |= measured(choice.desk(chosen), somebody(), repeat)
    rows = Release.objects.count()
    figures["exports"] = {
        "export_releases": export(["manage.py", "export_releases", "--output", os.devnull], rows),
        "database's own CSV": export(["-m", "bench.child", "copy"], rows),
    }
    json.dump(figures, sys.stdout)


def version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        return cursor.fetchone()[0].split()[0]


def made(size: int) -> float | None:
    """Seconds it took to make the archive; None if it was there."""
    if Release.objects.exists():
        return None
    start = time.perf_counter()
    call_command("make_archive", str(size), stdout=sys.stderr)
    return time.perf_counter() - start


def median_ms(calls) -> float:
    """The median time of calling each of `calls` once."""
    times = []
    for call in calls:
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def bare_read(numbers: list[int]) -> float:
    """One row by its primary key, with nothing around it."""

    def read(number):
        with connection.cursor() as cursor:
            cursor.execute("SELECT headline, document FROM releases_edition WHERE id = %s", [number])
            cursor.fetchone()

    calls = [lambda number=number: read(number) for number in numbers * 5]
    median_ms(calls)
    return median_ms(calls)


def page(addresses: list[str], client: Client, repeat: int) -> dict:
    """Queries and median time of asking for `addresses` in turn, through the whole handler, once they are warm."""

    def ask(address):
        response = client.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
        return response

    for address in addresses:
        ask(address)
    queries = []
    for address in addresses[:5]:
        with CaptureQueriesContext(connection) as captured:
            ask(address)
        queries.append(len(captured))
    asked = [addresses[at % len(addresses)] for at in range(max(repeat, len(addresses)))]
    return {"queries": max(queries), "ms": median_ms([lambda address=address: ask(address) for address in asked])}


def measured(pages: dict[str, list[str]], client: Client, repeat: int) -> dict[str, dict]:
    """The figures of all `pages`, each told on the terminal as it is found."""
    figures = {}
    for name, addresses in pages.items():
        figures[name] = page(addresses, client, repeat)
        sys.stderr.write(f"{name}: {figures[name]['ms']:.1f} ms, {figures[name]['queries']} queries\n")
    return figures


def somebody() -> Client:
    """A browser in which somebody from the desk has logged in."""
    people = get_user_model()
    person = people.objects.filter(username="bench").first() or people.objects.create_superuser("bench")
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return client


def export(arguments: list[str], rows: int) -> dict:
    """Rows a second and peak memory of a program that writes the whole archive, start of the program included."""
    start = time.perf_counter()
    with subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL) as child:  # noqa: S603 - our own programs
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{arguments} failed")
    return {"rows_s": rows / (time.perf_counter() - start), "peak_mb": usage.ru_maxrss / 1024}
