"""Answers a benchmark's questions about one database: a page's name comes in, its figures go out, line by line."""

import json
import os
import platform
import random
import sys
import time

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import choice
from releases.models import Release

BARE = "bare read"  # one row by its primary key, nothing around it


def main(size: str, repeat: str) -> None:
    """Makes the archive if it is not there, tells about it, then answers until nothing more is asked."""
    seconds = made(int(size))
    chosen = choice.choose(random.Random(1))  # noqa: S311 - which pages are looked at
    stranger, colleague = Client(headers={"host": "localhost"}), somebody()
    public, desk = choice.pages(chosen), choice.desk(chosen)
    tell(
        {
            "engine": f"{connection.vendor} {version()}",
            "python": platform.python_version(),
            "cores": len(os.sched_getaffinity(0)),
            "releases": Release.objects.count(),
            "made_s": seconds,
            "pages": [BARE, *public, *desk],
        }
    )
    for name in map(str.strip, sys.stdin):
        if name == BARE:
            tell({"queries": 1, "ms": times(bare_read, chosen.editions * 10)})
        else:
            client = stranger if name in public else colleague
            tell(page((public | desk)[name], client, int(repeat)))


def tell(figures: dict) -> None:
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


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


def times(call, arguments: list) -> list[float]:
    """Milliseconds of each call, once all of them have been made before."""
    for argument in arguments:
        call(argument)
    taken = []
    for argument in arguments:
        start = time.perf_counter()
        call(argument)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def bare_read(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT headline, document FROM releases_edition WHERE id = %s", [number])
        cursor.fetchone()


def page(addresses: list[str], client: Client, repeat: int) -> dict:
    """Queries and times of asking for `addresses` in turn, through the whole handler."""

    def ask(address: str) -> None:
        response = client.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")

    queries = []
    for address in addresses[:3]:
        with CaptureQueriesContext(connection) as captured:
            ask(address)
        queries.append(len(captured))
    asked = [addresses[at % len(addresses)] for at in range(repeat)]
    return {"queries": max(queries), "ms": times(ask, asked)}


def somebody() -> Client:
    """A browser in which somebody from the desk has logged in."""
    people = get_user_model()
    person = people.objects.filter(username="bench").first() or people.objects.create_superuser("bench")
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return client
