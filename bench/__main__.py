"""Makes an archive of each size in a database of its own, measures there, prints one table, and cleans up."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bench.databases import database
from bench.table import table

ROOT = Path(__file__).resolve().parent.parent
SIZES = "10000,1000000"
ROUNDS = 3
EXPORTS = {
    "export_releases": ["manage.py", "export_releases", "--output", os.devnull],
    "database's own CSV": ["-m", "bench.child", "copy"],
}


def arguments():
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    sizes = os.environ.get("BENCH_SIZES", SIZES).replace(",", " ").split()
    parser.add_argument("sizes", nargs="*", type=int, default=[int(size) for size in sizes], help="releases")
    parser.add_argument("--repeat", type=int, default=40, help=f"requests for each page in each of {ROUNDS} rounds")
    parser.add_argument("--keep", action="store_true", help="leave the databases where they are, to use them again")
    parser.add_argument("--json", type=Path, help="write the raw figures here as well")
    return parser.parse_args()


class Archive:
    """One database and the program that answers questions about it."""

    def __init__(self, size: int, address: str, folder: Path, repeat: int):
        self.environment = {
            **os.environ,
            "DATABASE_URL": address,
            "MEDIA_ROOT": str(folder / "media"),
            "TIME_ZONE": "UTC",
        }
        with self.start(["manage.py", "migrate", "--verbosity", "0"]) as migrating:
            if migrating.wait():
                raise SystemExit("The database could not be prepared.")
        self.answering = self.start(["-m", "bench.child", "measure", str(size), str(repeat)], answering=True)
        self.figures = {"size": size, **self.answer(), "exports": {name: [] for name in EXPORTS}}
        self.pages = {name: {"queries": 0, "ms": []} for name in self.figures.pop("pages")}
        self.figures["pages"] = self.pages

    def start(self, arguments: list[str], answering: bool = False) -> subprocess.Popen:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE} if answering else {"stdout": subprocess.DEVNULL}
        command = [sys.executable, *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, text=True, **pipes)  # noqa: S603 - our own

    def answer(self) -> dict:
        line = self.answering.stdout.readline()
        if not line:
            raise SystemExit("The measuring program stopped.")
        return json.loads(line)

    def ask(self, name: str) -> None:
        """One round of a page."""
        self.answering.stdin.write(f"{name}\n")
        self.answering.stdin.flush()
        answer, page = self.answer(), self.pages[name]
        page["queries"] = max(page["queries"], answer["queries"])
        page["ms"] += answer["ms"]

    def export(self, name: str) -> None:
        """Seconds and peak memory of writing the whole archive, start of the program included."""
        start = time.perf_counter()
        with self.start(EXPORTS[name]) as child:
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"{name} failed.")
        self.figures["exports"][name].append([time.perf_counter() - start, usage.ru_maxrss / 1024])

    def stop(self) -> None:
        self.answering.stdin.close()
        self.answering.wait()


def measure(archives: list[Archive]) -> None:
    """Asks all archives the same in turn, in rounds, so that what else the machine does falls on all of them."""
    for at in range(ROUNDS):
        for name in archives[0].pages:
            for archive in archives:
                archive.ask(name)
        sys.stderr.write(f"pages, round {at + 1} of {ROUNDS}\n")
    for archive in archives:
        archive.stop()
    for name in EXPORTS:
        for archive in archives:
            archive.export(name)


def main() -> None:
    asked = arguments()
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as temporary, ExitStack() as databases:
        folder = Path(os.environ.get("BENCH_DIR", temporary))
        folder.mkdir(parents=True, exist_ok=True)
        addresses = [databases.enter_context(database(size, folder, asked.keep)) for size in asked.sizes]
        archives = [Archive(*each, folder, asked.repeat) for each in zip(asked.sizes, addresses, strict=True)]
        measure(archives)
    figures = [archive.figures for archive in archives]
    if asked.json:
        asked.json.write_text(json.dumps(figures))
    sys.stdout.write(table(figures))


if __name__ == "__main__":
    main()
