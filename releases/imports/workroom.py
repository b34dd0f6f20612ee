"""A private folder where one upload waits between the pages of its import: read once, then taken in small steps.

`rows.jsonl` holds the records, originals first; `check.jsonl` and `land.jsonl` what became of each, `state.json` how
far it came. A step that is broken off is taken again: landing the same row twice changes nothing.
"""

import fcntl
import json
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from . import csv
from .intake import Intake, Outcome
from .reading import number
from .records import Problem, Record, Unusable

CHECK, LAND = "check", "land"
HANDFUL = 10  # rows of one transaction
PATIENCE = 1.5  # seconds one step may take
OLD = 24 * 60 * 60  # seconds after which a room that nobody came back to is cleared


def root() -> Path:
    """The folder of all rooms; nobody but this process's own user can look inside."""
    path = Path(tempfile.gettempdir()) / f"newsroom-imports-{os.getuid()}"
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if found.st_uid != os.getuid() or found.st_mode & 0o077 or path.is_symlink():
        raise PermissionError(f"{path} is not private.")
    return path


class Workroom:
    """One upload. `state` is written after every handful of rows."""

    def __init__(self, token: str):
        self.token, self.path = token, root() / token
        self.state = json.loads((self.path / "state.json").read_text())

    @classmethod
    def furnish(cls, stream: BinaryIO, file: str, **options) -> "Workroom":
        """A new room with the records of an uploaded table. Raises Unusable."""
        clear_old()
        token = secrets.token_hex(16)
        path = root() / token
        path.mkdir(mode=0o700)
        try:
            facts = _spool(stream, file, path)
        except Unusable:
            shutil.rmtree(path)
            raise
        _write(path, {**facts, "file": file, "stage": CHECK, "offset": 0, "done": 0, "counts": {}, "options": options})
        return cls(token)

    @classmethod
    def find(cls, token: str) -> "Workroom | None":
        try:
            return cls(token) if token.isalnum() else None
        except FileNotFoundError:
            return None

    @property
    def finished(self) -> bool:
        return self.state["done"] >= self.state["total"]

    def confirm(self) -> None:
        """From rehearsal to landing; does nothing before the rehearsal is over, or twice."""
        with self._alone() as alone:
            if alone and self.state["stage"] == CHECK and self.finished:
                self._save(stage=LAND, offset=0, done=0, counts={}, landed=[])

    def step(self, by, patience: float = PATIENCE) -> None:
        """Takes records until the patience is over; somebody else's step at the same time is left alone."""
        with self._alone() as alone:
            if not alone:
                return
            rehearse = self.state["stage"] == CHECK
            intake = Intake(by=by, rehearse=rehearse, landed=set(self.state["landed"]), **self.state["options"])
            end = time.monotonic() + patience
            while not self.finished and time.monotonic() < end:
                self._handful(intake)

    def _handful(self, intake: Intake) -> None:
        with (self.path / "rows.jsonl").open("rb") as rows:
            rows.seek(self.state["offset"])
            records = [_record(line) for line in islice(rows, HANDFUL)]
            outcomes = intake.take(records)
            counts = self.state["counts"]
            with (self.path / f"{self.state['stage']}.jsonl").open("ab") as told:
                told.truncate(self.state["told"] if self.state["done"] else 0)
                for outcome in outcomes:
                    kind = outcome.change or outcome.fate
                    counts[kind] = counts.get(kind, 0) + 1
                    told.write(_line(_outcome(outcome)))
                told.flush()
                landed = intake.landed & set(self.state["originals"])
                done = self.state["done"] + len(outcomes)
                self._save(offset=rows.tell(), done=done, counts=counts, landed=sorted(landed), told=told.tell())

    def outcomes(self, fates: set[str] = frozenset()) -> Iterator[dict]:
        """What became of each record so far, of the fates (or changes) asked for."""
        path = self.path / f"{self.state['stage']}.jsonl"
        if not path.exists():
            return
        with path.open("rb") as told:
            for line in told:
                outcome = json.loads(line)
                if not fates or outcome["kind"] in fates:
                    yield outcome

    def close(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)

    def _save(self, **changes) -> None:
        self.state = {**self.state, **changes}
        _write(self.path, self.state)

    @contextmanager
    def _alone(self):
        """Yields whether this process has the room to itself, with the state as it is now."""
        with (self.path / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            self.state = json.loads((self.path / "state.json").read_text())
            yield True


def clear_old() -> None:
    for path in root().iterdir():
        if time.time() - path.stat().st_mtime > OLD:
            shutil.rmtree(path, ignore_errors=True)


def _spool(stream: BinaryIO, file: str, path: Path) -> dict:
    """Writes the records of the table into the room, originals before translations."""
    table = csv.parse(stream, file)
    total, originals = 0, set()
    later = path / "translations.jsonl"
    with (path / "rows.jsonl").open("wb") as rows, later.open("w+b") as translations:
        for record in table.records:
            original = record.cells.get("translation_of", "").strip()
            (translations if original else rows).write(_line(asdict(record)))
            total += 1
            if original:
                originals |= _numbers(original)
        translations.seek(0)
        shutil.copyfileobj(translations, rows)
    later.unlink()
    return {
        "total": total,
        "header": table.header,
        "warnings": table.warnings,
        "originals": sorted(originals),
        "landed": [],
        "told": 0,
    }


def _numbers(cell: str) -> set[int]:
    try:
        return {number(cell)}
    except ValueError:
        return set()


def _record(line: bytes) -> Record:
    said = json.loads(line)
    said["problems"] = tuple(Problem(*problem) for problem in said["problems"])
    return Record(**{**said, "original": tuple(said["original"]), "warnings": tuple(said["warnings"])})


def _outcome(outcome: Outcome) -> dict:
    refused = {"original": outcome.record.original} if outcome.reasons else {}
    return {
        "row": outcome.record.row,
        "headline": outcome.document.headline if outcome.document else "",
        "kind": outcome.change or outcome.fate,
        "release": outcome.release,
        "reasons": [list(problem) for problem in outcome.reasons],
        "warnings": outcome.warnings,
        **refused,
    }


def _line(said: dict) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"


def _write(path: Path, state: dict) -> None:
    new = path / "state.new"
    new.write_text(json.dumps(state))
    new.replace(path / "state.json")
