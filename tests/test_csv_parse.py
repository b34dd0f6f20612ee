"""Tables as spreadsheets write them: encodings, delimiters, odd rows. No database is asked."""

import io

import pytest

from releases.imports import csv
from releases.imports.records import Unusable

NAMES = "headline,dateline,locations"


def parse(table: bytes | str):
    return csv.parse(io.BytesIO(table.encode() if isinstance(table, str) else table), "table.csv")


def records(table):
    return list(parse(table).records)


def sentences(record):
    return " ".join(map(str, record.problems))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_encoding_delimiter_and_line_end_is_guessed(encoding, end, delimiter):
    rows = [["headline", "summary"], ["Çeşme’de ışık", '"iki\nsatır"'], ["António", "x"]]
    text = "".join(delimiter.join(row) + end for row in rows)
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    table = parse(mark + text.encode(encoding))
    assert [record.cells for record in table.records] == [
        {"headline": "Çeşme’de ışık", "summary": "iki\nsatır"},
        {"headline": "António", "summary": "x"},
    ]
    assert not table.warnings


def test_an_old_windows_file_is_read_as_turkish_and_says_so():
    table = parse("headline;summary\r\nİzmir’de ışık;şöyle\r\n".encode("cp1254"))
    assert next(table.records).cells == {"headline": "İzmir’de ışık", "summary": "şöyle"}
    assert "Windows-1254" in table.warnings[0]


def test_one_broken_byte_does_not_turn_a_utf_8_file_into_another_encoding():
    table = parse("headline\nİzmir’de ışık ".encode() + b"\xff\n")
    assert next(table.records).cells["headline"] == "İzmir’de ışık �"
    assert "not UTF-8" in table.warnings[0]


def test_a_lone_surrogate_becomes_a_replacement_character():
    utf_8 = records("headline,summary\nİışğüö ".encode() + b"\xed\xa0\x80,x\n")
    utf_16 = records(b"\xff\xfe" + "headline\nA".encode("utf-16-le") + b"\x00\xd8\n\x00")
    assert utf_8[0].cells["headline"].startswith("İışğüö �")
    assert utf_16[0].cells["headline"].startswith("A�")


def test_no_nul_reaches_the_database():
    assert records("headline,summary\na\0b,\0\n")[0].cells == {"headline": "ab", "summary": ""}


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\r\n\r\n", "The file is empty."),
        (b"PK\x03\x04\x14\x00\x06\x00", "not a table of text"),
        (b"title,date\nA,B\n", "names no column “headline”. It says: title, date."),
        (b"headline,summary,headline\nA,B,C\n", "names a column twice: headline"),
        (b"headline" + b",x" * 600, "601 columns"),
        (b"headline\n\x81\x8d\xfe\xff", "no text that can be read"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(table, sentence):
    with pytest.raises(Unusable, match=sentence.replace(".", r"[.]")):
        records(table)


def test_a_line_without_end_is_refused_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr(csv, "LONGEST_CELL", 1000)
    with pytest.raises(Unusable, match="longer"):
        records("headline\n" + "a" * 2000)


def test_rows_are_counted_as_spreadsheets_count_them():
    found = records('headline,summary\n"two\nlines",x\n\n,\nlast,y\n')
    assert [(record.row, record.cells["headline"]) for record in found] == [(2, "two\nlines"), (5, "last")]
    assert found[0].source == "table.csv#row=2"


def test_unknown_columns_are_told_and_the_rejects_own_column_is_not():
    table = parse("Headline,Mood,reason\nA,sad,Write a headline.\n")
    assert table.unknown == ("mood",)
    assert "mood" in table.warnings[0]
    assert next(table.records).cells == {"headline": "A"}


def test_a_column_that_is_missing_is_not_an_empty_one():
    assert records("headline,summary\nA,\n")[0].cells == {"headline": "A", "summary": ""}
    assert "summary" not in records("headline\nA\n")[0].cells


@pytest.mark.parametrize("row", ["A", "A,B,C"])
def test_a_row_of_another_width_is_refused_and_the_others_are_read(row):
    short, good = records(f"headline,summary\n{row}\nGood,one\n")
    assert "cells, the first row 2" in sentences(short)
    assert good.cells["headline"] == "Good"


def test_a_stray_quotation_mark_costs_one_row():
    broken, good = records('headline,summary\n"A"x,B\nGood,one\n')
    assert "quotation marks" in sentences(broken)
    assert (good.row, good.cells["headline"]) == (3, "Good")


def test_a_quotation_mark_that_is_never_closed_is_told():
    good, broken = records('headline,summary\nGood,one\n"A,B\nC,D\n')
    assert good.cells["headline"] == "Good"
    assert "never closed" in sentences(broken)


def test_a_cell_that_has_no_end_ends_the_reading(monkeypatch):
    monkeypatch.setattr(csv, "LONGEST_CELL", 1000)
    good, broken = records('headline,summary\nGood,one\n"' + "a\n" * 600 + "A,B\n")
    assert good.cells["headline"] == "Good"
    assert "longer than 1000 characters: the rest of the file could not be read" in sentences(broken)


def test_the_guard_against_formulas_is_taken_off_once():
    assert records("headline,summary\n'=1,''=1\n")[0].cells == {"headline": "=1", "summary": "'=1"}


@pytest.mark.parametrize(
    ("header", "row", "other"),
    [
        ("id,headline", "7,A", "8,B"),
        ("source,source_id,headline", "s,1,A", "s,2,B"),
        ("language,slug,headline", "en,boats,A", "tr,boats,B"),
    ],
)
def test_a_row_that_is_the_same_release_as_an_earlier_one_is_refused(header, row, other):
    first, different, again = records(f"{header}\n{row}\n{other}\n{row}\n")
    assert not first.problems
    assert not different.problems
    assert "Row 2 has the same." in sentences(again)
