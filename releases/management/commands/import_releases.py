"""`manage.py import_releases PATH…`: tables of releases become drafts."""

import json
import sys
from collections import Counter
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from releases.imports import csv, reports
from releases.imports.intake import Change, Fate, Intake, Outcome
from releases.imports.records import Table, Unusable
from releases.workflow import may

HANDFUL = 50  # rows of one transaction
WORDS = {
    Change.NEW: "new drafts",
    Change.CHANGED: "changed",
    Change.PUBLISHED: "published",
    Fate.SKIP: "unchanged",
    Fate.REFUSE: "refused",
}
PARSERS = {"csv": csv.parse}

HELP = """
Brings releases in from tables (CSV with commas, semicolons or tabs). Everything lands as a draft; nothing is sent.
A row is a release that is here already if its id is, else if its source, source_id and language are; a row that
changes nothing is skipped, so that a file can be imported again. A column that is missing leaves its field alone,
a cell that is there and empty clears it. Only the column "headline" is needed. Good rows land, bad ones are listed.
Exit status: 0 all landed, 1 some refused, 2 unusable input.
"""


class Command(BaseCommand):
    help = " ".join(HELP.split())

    def add_arguments(self, parser):
        parser.add_argument("paths", metavar="PATH", nargs="+", type=Path)
        parser.add_argument("--format", choices=sorted(PARSERS), help="guessed if left out")
        parser.add_argument("--language", default="en", help="of rows that name none (en)")
        parser.add_argument("--dry-run", action="store_true", help="say what would become of each row, write nothing")
        parser.add_argument(
            "--publish", action="store_true", help="make public what the source says was published in the past"
        )
        parser.add_argument("--rejects", type=Path, help="write the rows that were refused to this file, with reasons")
        parser.add_argument("--report", choices=["json"], help="print one object for each record")
        parser.add_argument("--user", help="in whose name; --publish takes the first superuser if left out")

    def handle(self, **options):
        self.as_json, self.fates, self.unusable = options["report"] == "json", Counter(), False
        self.intake = Intake(
            by=self.person(options["user"], options["publish"]),
            language=options["language"],
            publish=options["publish"],
            rehearse=options["dry_run"],
        )
        with ExitStack() as stack:
            path = options["rejects"]
            self.rejects = stack.enter_context(path.open("w", encoding="utf-8", newline="")) if path else None
            self.rejects_header = ()
            waiting = [path for path in options["paths"] if self.run(path, translations=False)]
            for path in waiting:
                self.run(path, translations=True)
        self.close(options["dry_run"])

    def person(self, name: str | None, publish: bool):
        """In whose name rows land: nobody's, unless one is given or publishing needs one."""
        people = get_user_model().objects.filter(is_active=True).order_by("pk")
        person = people.filter(**({"username": name} if name else {"is_superuser": True})).first()
        if name and not person:
            raise CommandError(f"There is no active person called “{name}”.", returncode=2)
        if publish and not (may(person, "approve") and may(person, "import")):
            told = "--publish needs somebody who may approve and import: name one with --user."
            raise CommandError(told, returncode=2)
        return person if name or publish else None

    def run(self, path: Path, translations: bool) -> bool:
        """Lands the originals of a file, or its translations; says whether there are translations still to come."""
        self.translations_ahead = False
        try:
            with path.open("rb") as stream:
                table = csv.parse(stream, str(path))
                if not translations:
                    self.tell_of(table)
                self.header = table.header
                wanted = self.wanted(self.watched(table.records, stream, path), translations)
                while handful := list(islice(wanted, HANDFUL)):
                    self.take(handful)
        except (FileNotFoundError, IsADirectoryError, PermissionError, Unusable) as error:
            self.unusable = True
            self.stderr.write(f"{path}: {getattr(error, 'strerror', None) or error}")
        return self.translations_ahead and not translations

    def wanted(self, records, translations: bool):
        for record in records:
            is_translation = bool(record.cells.get("translation_of", "").strip())
            self.translations_ahead |= is_translation
            if is_translation == translations:
                yield record

    def watched(self, records, stream, path: Path):
        """The records as they come, with a bar on the terminal that fills with the bytes read."""
        progress = tqdm(
            desc=path.name,
            total=path.stat().st_size,
            unit="B",
            unit_scale=True,
            file=sys.stderr,
            disable=not sys.stderr.isatty(),
        )
        with progress:
            for record in records:
                yield record
                progress.update(stream.tell() - progress.n)

    def take(self, records: list) -> None:
        outcomes = self.intake.take(records)
        self.fates.update(outcome.change or outcome.fate for outcome in outcomes)
        if self.rejects and (refused := [outcome for outcome in outcomes if outcome.reasons]):
            self.reject(refused)
        for outcome in outcomes:
            if self.as_json:
                self.stdout.write(json.dumps(reports.as_json(outcome), ensure_ascii=False))
            else:
                self.tell(outcome)

    def reject(self, refused: list[Outcome]) -> None:
        """Writes refused rows with their reasons, under the header of the first file that has any."""
        first = not self.rejects_header
        self.rejects_header = self.rejects_header or self.header
        rows = [{"original": self.laid_out(outcome), "reasons": outcome.reasons} for outcome in refused]
        self.rejects.writelines(reports.rejects(self.rejects_header, rows, with_header=first))

    def laid_out(self, outcome: Outcome) -> list[str]:
        """The cells of a row in the columns of the file of rejects."""
        if self.header == self.rejects_header:
            return list(outcome.record.original)
        cells = dict(zip(self.header, outcome.record.original, strict=False))
        if lost := [name for name, cell in cells.items() if cell and name not in self.rejects_header]:
            told = f"{outcome.record.file}, row {outcome.record.row}: not in the rejects file: {', '.join(lost)}"
            self.stderr.write(told)
        return [cells.get(name, "") for name in self.rejects_header]

    def tell(self, outcome: Outcome) -> None:
        where = f"{outcome.record.file}, row {outcome.record.row}"
        for reason in outcome.reasons:
            self.stdout.write(self.style.ERROR(f"{where}: refused: {reason}"))
        for warning in outcome.warnings:
            self.stdout.write(self.style.WARNING(f"{where}: {warning}"))

    def tell_of(self, table: Table) -> None:
        for warning in table.warnings:
            self.stderr.write(self.style.WARNING(f"{table.file}: {warning}"), lambda told: told)

    def close(self, rehearsed: bool) -> None:
        """The sum of it all, and the exit status."""
        told = ", ".join(f"{self.fates[fate]} {word}" for fate, word in WORDS.items() if self.fates[fate])
        closing = f"{'Nothing was written; it would be: ' if rehearsed else ''}{told or 'no rows'}."
        (self.stderr if self.as_json else self.stdout).write(closing, lambda told: told)
        if self.unusable:
            raise CommandError("Some input could not be used.", returncode=2)
        if self.fates[Fate.REFUSE]:
            raise CommandError(f"Rows refused: {self.fates[Fate.REFUSE]}.", returncode=1)
