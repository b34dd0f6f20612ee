"""The table as comma-separated values: RFC 4180, in pieces, in constant memory."""

import csv
import io
from collections.abc import Iterable, Iterator

from . import columns
from .cells import guard
from .columns import Row

BOM = "\ufeff"  # without it, spreadsheets take UTF-8 for an old Windows encoding
DELIMITERS = (",", ";", "\t")


def lines(batches: Iterable[list[Row]], *, delimiter: str = ",", bom: bool = True) -> Iterator[str]:
    """The file in pieces of text, the header first, then one piece for each batch of rows."""
    yield (BOM if bom else "") + _piece([columns.NAMES], delimiter)
    for batch in batches:
        yield _piece((map(guard, columns.tell(row)) for row in batch), delimiter)


def _piece(rows: Iterable, delimiter: str) -> str:
    piece = io.StringIO()
    csv.writer(piece, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return piece.getvalue()
