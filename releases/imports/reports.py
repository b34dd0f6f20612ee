"""What an import tells: an object for programs, a table of rejects to mend."""

from collections.abc import Iterable, Iterator

from releases import datelines, moments
from releases.exports import cells
from releases.exports.csv import BOM, line

from .csv import REASON
from .intake import Outcome
from .records import Problem


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


def rejects(header: Iterable[str], refused: Iterable[dict], *, with_header: bool = True) -> Iterator[str]:
    """A table of refused rows in pieces: their own columns and the reason, ready to mend and import again.

    `refused` holds dicts with `original` (cells as they came) and `reasons`.
    """
    own = [(at, name) for at, name in enumerate(header) if name.strip().lower() != REASON]
    if with_header:
        yield BOM + line([*(name for _, name in own), REASON])
    for row in refused:
        cells_of = dict(enumerate(row["original"]))
        reason = cells.guard(" ".join(str(Problem(*problem)) for problem in row["reasons"]))
        yield line([*(cells_of.get(at, "") for at, _ in own), reason])
