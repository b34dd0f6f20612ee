"""What every parser hands over: records. Pure."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Problem(NamedTuple):
    """Why a record cannot land: the column and a sentence; without a column it is the whole row's."""

    column: str
    sentence: str

    def __str__(self):
        return f"{self.column}: {self.sentence}" if self.column else self.sentence


@dataclass(frozen=True)
class Record:
    """One release as a source tells it: text by column, in the words of the table of columns.

    A column that is missing says nothing; one that is there and empty says “nothing here”. `row` counts as
    spreadsheets do, the header being row 1. `original` is the row for the list of rejects.
    """

    file: str
    row: int
    cells: dict[str, str]
    original: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """Where it came from, as RFC 7111 points to a row."""
        return f"{self.file}#row={self.row}"


@dataclass(frozen=True)
class Table:
    """A file as it was read: its header, what is odd about it as a whole, and its records, once."""

    file: str
    header: tuple[str, ...]
    records: object
    warnings: tuple[str, ...] = ()
    unknown: tuple[str, ...] = field(default=())


class Unusable(ValueError):
    """A source of which nothing can be read, in one sentence."""
