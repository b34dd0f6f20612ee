"""What an import tells: a line for people, an object for programs, a file of rejects to mend."""

import csv
from collections.abc import Iterable
from typing import TextIO

from releases import datelines, moments
from releases.exports import cells
from releases.exports.csv import BOM

from .csv import REASON
from .intake import Outcome
from .records import Table


def as_json(outcome: Outcome) -> dict:
    """The record as programs read it: the keys of the contract; reasons of a refusal stand first in `warnings`."""
    document = outcome.document
    raw = document.dateline_raw if document else ""
    moment = document.release_at if document else None
    return {
        "source": outcome.record.source,
        "fate": outcome.fate.value,
        "headline": document.headline if document else "",
        "summary": document.summary if document else "",
        "dateline": {
            "raw": raw,
            "places": [cells.tell_place(*place) for place in datelines.split(raw).places],
            "date": None,
            "agency": None,
        },
        "release_at": moments.iso(moment, document.time_zone) if moment else None,
        "locations": [place.told for place in document.places] if document else [],
        "events": [event.name for event in document.events] if document else [],
        "spokespersons": _people(document) if document else [],
        "tags": list(document.tags) if document else [],
        "body_text": document.body_text if document else "",
        "warnings": [*map(str, outcome.reasons), *outcome.warnings],
    }


def _people(document) -> list[str]:
    people = (cells.tell_person(quote.name, quote.title, quote.organisation) for quote in document.quotes)
    return list(dict.fromkeys(people))


class Rejects:
    """A table of the rows that were refused: their own columns and the reason, ready to mend and import again."""

    def __init__(self, stream: TextIO):
        self.stream, self.writer, self.header = stream, csv.writer(stream, lineterminator="\r\n"), None

    def start(self, table: Table) -> None:
        """Writes the header of the first file; rows of further files are laid into its columns."""
        self.columns = table.header
        if self.header is None:
            self.header = tuple(name for name in table.header if name != REASON)
            self.stream.write(BOM)
            self.writer.writerow([*self.header, REASON])

    def add(self, outcomes: Iterable[Outcome]) -> None:
        for outcome in outcomes:
            if outcome.reasons:
                row = dict(zip(self.columns, outcome.record.original, strict=False))
                reason = cells.guard(" ".join(map(str, outcome.reasons)))
                self.writer.writerow([*(row.get(name, "") for name in self.header), reason])
