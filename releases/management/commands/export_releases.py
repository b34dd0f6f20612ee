"""`manage.py export_releases`: the archive, or a part of it, as a table."""

import sys
from contextlib import closing
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from releases.exports import csv, selection
from releases.exports.rows import rows
from releases.states import Standing

WRITERS = {"csv": csv.lines}
TAB = {"tab": "\t", r"\t": "\t"}


class Command(BaseCommand):
    help = (
        "Writes releases as a table (CSV by the house's columns) to standard output, or to a file. Originals come "
        "before their translations, each in the order of their numbers, so that the file can be imported again as "
        "it is. Cells that a spreadsheet would run as a formula get a leading apostrophe, which import takes off."
    )

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=sorted(WRITERS), default="csv")
        parser.add_argument("--language", help="only this language: en")
        parser.add_argument("--state", choices=Standing.values, help="only releases that stand there now")
        parser.add_argument("--since", help="release moment from this date (2024-01-31) or moment on")
        parser.add_argument("--until", help="release moment up to this date or moment, which is included")
        for thing in ("location", "event", "spokesperson", "tag"):
            parser.add_argument(f"--{thing}", help="a name, or its address word")
        parser.add_argument("--output", type=Path, help="write to this file")
        parser.add_argument("--no-bom", action="store_true", help="leave out the byte-order mark that Excel needs")
        parser.add_argument("--delimiter", default=",", help="between cells: a comma, “;” or tab")

    def handle(self, **options):
        at = timezone.now()
        filters = ("language", "state", "since", "until", "location", "event", "spokesperson", "tag")
        delimiter = TAB.get(options["delimiter"], options["delimiter"])
        if delimiter not in csv.DELIMITERS:
            raise CommandError("The delimiter is a comma, a semicolon or a tab.")
        try:
            chosen = selection.select(at, **{name: options[name] for name in filters})
        except selection.UnknownChoice as error:
            raise CommandError(str(error), returncode=2) from error
        pieces = WRITERS[options["format"]](
            self.counted(rows(chosen, at)), delimiter=delimiter, bom=not options["no_bom"]
        )
        if options["output"]:
            with options["output"].open("w", encoding="utf-8", newline="") as stream:
                stream.writelines(pieces)
        else:
            for piece in pieces:
                self.stdout.write(piece, ending="")

    def counted(self, batches):
        """The batches as they come, told on the terminal where one is watching."""
        with closing(tqdm(unit=" releases", file=sys.stderr, disable=not sys.stderr.isatty())) as progress:
            for batch in batches:
                yield batch
                progress.update(len(batch))
