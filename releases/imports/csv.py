"""parse(): tables of comma-, semicolon- or tab-separated values, in any encoding spreadsheets write. Pure."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO

from django.utils.translation import gettext as _

from releases.exports.cells import unguard
from releases.exports.columns import NAMES
from releases.exports.csv import DELIMITERS

from .records import Problem, Record, Table, Unusable

LONGEST_CELL = 8_000_000  # characters: far above any body, far below what would hurt
MOST_COLUMNS = 500
PIECE = 1 << 20
REASON = "reason"  # the column a list of rejects has beside the original ones
OLD_WINDOWS = "cp1254"

_ESCAPED = re.compile("[\udc80-\udcff]")


def parse(stream: BinaryIO, file: str) -> Table:
    """The table in a seekable stream of bytes; its records are read as they are asked for.

    Raises Unusable where there is no table with a `headline` column. A row that cannot be read is a record with
    problems.
    """
    encoding, warnings = _encoding(stream)
    csv.field_size_limit(LONGEST_CELL)
    delimiter, header = _header(_text(stream, encoding))
    columns = tuple(name.strip().lower().replace(" ", "_") for name in header)
    _check(columns, header)
    unknown = tuple(name for name in columns if name and name not in {*NAMES, REASON})
    if unknown:
        warnings.append(_("Columns nobody knows here are left unread: %s.") % ", ".join(unknown))
    rows = csv.reader(_lines(_text(stream, encoding)), delimiter=delimiter, strict=True)
    return Table(file, tuple(header), _records(rows, columns, file), tuple(warnings), unknown)


def _encoding(stream: BinaryIO) -> tuple[str, list[str]]:
    """The encoding the bytes are in, and what is odd about it: one pass over the file."""
    stream.seek(0)
    start = stream.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", []
    right, wrong = _count_utf8(stream)
    if not wrong:
        return "utf-8-sig", []
    if right > wrong or start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig", [_("Some bytes are not UTF-8 and were replaced by “�”.")]
    return OLD_WINDOWS, [_("The file is not UTF-8: it was read as Windows-1254 (Turkish). Check its letters.")]


def _count_utf8(stream: BinaryIO) -> tuple[int, int]:
    """How many letters beyond ASCII are written in UTF-8, and how many bytes are not."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    right = wrong = 0
    while piece := stream.read(PIECE):
        text = decoder.decode(piece)
        if not text.isascii():
            escaped = len(_ESCAPED.findall(text))
            right += len(text) - len(text.encode("ascii", "ignore")) - escaped
            wrong += escaped
    return right, wrong + len(decoder.getstate()[0])


def _text(stream: BinaryIO, encoding: str) -> io.TextIOWrapper:
    stream.seek(0)
    errors = "strict" if encoding == OLD_WINDOWS else "replace"
    return io.TextIOWrapper(_Kept(stream), encoding=encoding, errors=errors, newline="")


class _Kept(io.BufferedIOBase):
    """A stream that stays open when its reader is gone."""

    def __init__(self, stream: BinaryIO):
        self.stream = stream

    def readable(self):
        return True

    def read(self, size=-1):
        return self.stream.read(size)

    read1 = read


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    try:
        while line := text.readline(LONGEST_CELL):
            if len(line) == LONGEST_CELL:
                raise Unusable(_("A line of the file is longer than any table's."))
            yield line
    except UnicodeDecodeError as error:
        raise Unusable(_("The file is no text that can be read. Save it as “CSV UTF-8”.")) from error


def _header(text: io.TextIOWrapper) -> tuple[str, list[str]]:
    """The delimiter that makes most sense of the first row, and that row."""
    first = next(_lines(text), "")
    if "\0" in first or first.startswith("PK\x03\x04"):
        raise Unusable(_("The file is not a table of text. Save it as “CSV UTF-8”."))
    readings = []
    for delimiter in DELIMITERS:
        try:
            names = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error:
            names = []
        known = sum(name.strip().lower() in NAMES for name in names)
        readings.append((known, len(names), -DELIMITERS.index(delimiter), delimiter, names))
    *_rank, delimiter, names = max(readings)
    return delimiter, names


def _check(columns: tuple[str, ...], header: list[str]) -> None:
    if not any(columns):
        raise Unusable(_("The file is empty."))
    if len(columns) > MOST_COLUMNS:
        raise Unusable(_("The file has %d columns; no table of releases has so many.") % len(columns))
    if "headline" not in columns:
        found = ", ".join(filter(None, header))[:200]
        raise Unusable(_("The first row names no column “headline”. It says: %s.") % found)
    if twice := sorted({name for name in columns if name and columns.count(name) > 1}):
        raise Unusable(_("The first row names a column twice: %s.") % ", ".join(twice))


def _records(rows: Iterable[list[str]], columns: tuple[str, ...], file: str) -> Iterator[Record]:
    seen: dict[tuple, int] = {}
    numbers = _numbered(rows)
    next(numbers, None)
    for number, row, problem in numbers:
        if problem:
            yield Record(file, number, {}, (), (Problem("", problem),))
        elif any(row):
            record = _record(row, columns, file, number)
            yield _once(record, seen) if not record.problems else record


def _numbered(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str], str]]:
    """(row number, cells, what is wrong) of every row, the header first."""
    number = 0
    while True:
        number += 1
        try:
            yield number, next(rows), ""
        except StopIteration:
            return
        except csv.Error as error:
            yield number, [], _broken(error)
            if "field larger" in str(error):
                return


def _broken(error: csv.Error) -> str:
    if "unexpected end" in str(error):
        return _("A quotation mark is opened and never closed: the rest of the file could not be read.")
    if "field larger" in str(error):
        return _("A cell is longer than %d characters: the rest of the file could not be read.") % LONGEST_CELL
    return _("The quotation marks of this row do not match.")


def _record(row: list[str], columns: tuple[str, ...], file: str, number: int) -> Record:
    if len(row) != len(columns):
        told = _("The row has %(cells)d cells, the first row %(columns)d.")
        problem = Problem("", told % {"cells": len(row), "columns": len(columns)})
        return Record(file, number, {}, tuple(row[: len(columns)]), (problem,))
    cells = {name: unguard(cell).replace("\0", "") for name, cell in zip(columns, row, strict=True) if name in NAMES}
    return Record(file, number, cells, tuple(row))


def _once(record: Record, seen: dict[tuple, int]) -> Record:
    """The record, with a problem where an earlier row is the same release: a re-run would turn it back and forth."""
    names = ("id", "slug", "language", "source", "source_id")
    number, slug, language, source, source_id = (record.cells.get(name, "").strip() for name in names)
    keys = {
        "id": number,
        "slug": slug and (slug, language),
        "source_id": source and source_id and (source, source_id, language),
    }
    problems = tuple(
        Problem(column, _("Row %d has the same.") % earlier)
        for column, key in keys.items()
        if key and (earlier := seen.setdefault((column, key), record.row)) != record.row
    )
    return replace(record, problems=problems) if problems else record
