"""The grammar of cells: no formula runs, and every value reads back as it was told."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releases import markup
from releases.exports import cells
from releases.exports.columns import COLUMNS, NAMES, named
from releases.exports.csv import line
from releases.text import tidy

ANY = st.text()
RISKY = st.lists(st.sampled_from("'=+-@\t\r\n\0 a")).map("".join)
LINES = st.text(alphabet="ab ,()<>/éİ'–،", max_size=12).map(tidy).filter(bool)


def test_the_columns_are_those_of_the_contract_in_their_order():
    assert ",".join(NAMES) == (
        "id,translation_of,language,kind,state,headline,slug,summary,dateline,locations,events,spokespersons,tags,"
        "contacts,release_at,time_zone,first_published_at,updated_at,edition,url,body_html,body_text,"
        "notes_to_editors,source,source_id,source_url"
    )
    assert len(COLUMNS) == 26


@given(ANY | RISKY)
def test_no_cell_starts_like_a_formula_and_import_takes_exactly_the_guard_off(text):
    guarded = cells.guard(text)
    assert not guarded.startswith(tuple("=+-@\t\r\n\0"))
    assert cells.unguard(guarded) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+90 312", "'+90 312"),
        ("- a list", "'- a list"),
        ("@home", "'@home"),
        ("\tx", "'\tx"),
        ("'=kept", "''=kept"),
        ("'tis plain", "'tis plain"),
        ("plain =", "plain ="),
        ("", ""),
    ],
)
def test_the_guard_is_one_apostrophe(text, cell):
    assert cells.guard(text) == cell
    assert cells.unguard(cell) == text


@given(st.lists(ANY | RISKY, min_size=2, max_size=5), st.sampled_from(",;\t"))
def test_a_line_is_written_as_the_standard_library_writes_it(row, delimiter):
    expected = io.StringIO()
    csv.writer(expected, delimiter=delimiter, lineterminator="\r\n").writerow(row)
    assert line(row, delimiter) == expected.getvalue()


@given(LINES, LINES | st.just(""), LINES | st.just(""))
def test_a_person_is_told_and_read_to_the_letter(name, title, organisation):
    told = cells.tell_person(name, title, organisation)
    assert cells.tell_person(*cells.read_person(told)) == told


@pytest.mark.parametrize(
    "person",
    [
        ("António Vitorino", "Director General", "IOM"),
        ("Ayla Demir", "Minister of Labour, Family and Services", "Republic"),
        ("Ayla Demir", "Head, Coast", ""),
        ("Ayla Demir", "", "IOM"),
        ("Ayla (Aylin) Demir", "Head", ""),
        ("Ayla Demir", "", ""),
    ],
)
def test_title_and_organisation_are_told_apart(person):
    assert cells.read_person(cells.tell_person(*person)) == person


@given(LINES, LINES | st.just(""))
def test_a_place_is_told_and_read_to_the_letter(name, region):
    told = cells.tell_place(name, region)
    assert cells.tell_place(*cells.read_place(told)) == told


@pytest.mark.parametrize(
    ("contact", "cell"),
    [
        (("Deniz Kaya", "d@example.org", "+90 312"), "Deniz Kaya <d@example.org> +90 312"),
        (("Deniz Kaya", "d@example.org", ""), "Deniz Kaya <d@example.org>"),
        (("Deniz Kaya", "", "+90 312"), "Deniz Kaya <> +90 312"),
        (("Deniz Kaya", "", ""), "Deniz Kaya"),
    ],
)
def test_a_contact_is_told_with_address_and_phone(contact, cell):
    assert cells.tell_contact(*contact) == cell
    assert cells.read_contact(cell) == contact


def test_a_contact_with_a_stray_angle_is_no_contact():
    with pytest.raises(ValueError, match="Deniz"):
        cells.read_contact("Deniz <d@example.org")


def test_values_are_parted_by_a_bar_and_tags_by_commas_too():
    assert cells.split("Ankara | Athens|  İzmir || Ankara") == ["Ankara", "Athens", "İzmir"]
    assert cells.split_tags("rescue, health | education، winter") == ["rescue", "health", "education", "winter"]
    assert cells.split_contacts("Ayla <a|b@example.org> | Deniz") == ["Ayla <a|b@example.org>", "Deniz"]


@pytest.mark.parametrize(
    ("dateline", "places", "found"),
    [
        ("Ankara/Athens –", [("Ankara", ""), ("Athens", "")], {0, 1}),
        ("ANKARA –", [("Ankara", ""), ("Lesvos", "")], {0}),
        ("Çeşme, Western Turkey –", [("Çeşme", "Western Turkey"), ("Western Turkey", "")], {0}),
        ("Çeşme –", [("Çeşme", "Western Turkey")], {0}),
        ("Çeşme, Western Turkey –", [("Çeşme", "")], {0}),
        ("Lesvos/Mytilene –", [("Lesvos/Mytilene", ""), ("Lesvos", "")], {0}),
        ("أنقرة، تركيا –", [("أنقرة", "تركيا")], {0}),
        ("Geneva—", [("Geneva", "")], {0}),
        ("", [("Ankara", "")], set()),
    ],
)
def test_a_dateline_names_its_places(dateline, places, found):
    assert named(dateline, places)[0] == found


MARKS = ["<p>", "</p>", "<h2>", "<br>", "<strong>", "</strong>", "<em>", "<a href='https://a.example/?x=1&y=2'>"]
BLOCKS = ["</a>", "<ul><li>", "</ul>", "<hr>", "<p dir=rtl>", "<td>"]
SIGNS = ["a", "&amp;lt;", "&nbsp;", "\u00a0", " ", "<", "&", '"']
HTML = st.lists(st.sampled_from([*MARKS, *BLOCKS, *SIGNS]), max_size=14).map("".join)


@given(HTML)
def test_the_quick_way_to_plain_text_says_what_the_long_one_says(html):
    canonical = markup.sanitise(html)
    assert markup.canonical_to_text(canonical) == markup.html_to_text(canonical)
