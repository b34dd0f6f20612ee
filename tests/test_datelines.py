"""Datelines as they stand in a cell and on a page."""

import pytest

from releases import datelines


@pytest.mark.parametrize(
    ("raw", "places", "ending"),
    [
        ("Ankara –", (("Ankara", ""),), " –"),
        ("Ankara -- ", (("Ankara", ""),), " -- "),
        ("Çeşme, Western Turkey –", (("Çeşme", "Western Turkey"),), " –"),
        ("Ankara/Athens –", (("Ankara", ""), ("Athens", "")), " –"),
        ("Geneva—", (("Geneva", ""),), "—"),
        ("ANKARA\xa0– ", (("ANKARA", ""),), "\xa0– "),
        ("Edirne- ", (("Edirne", ""),), "- "),
        ("Port-au-Prince –", (("Port-au-Prince", ""),), " –"),
        ("أنقرة، تركيا –", (("أنقرة", "تركيا"),), " –"),
        ("Ankara", (("Ankara", ""),), ""),
        ("", (), ""),
        (" – ", (), " – "),
    ],
)
def test_a_cell_is_split_into_places_and_its_dash(raw, places, ending):
    assert datelines.split(raw) == datelines.Dateline(places, ending)


def test_places_are_rendered_in_order_with_their_region():
    assert datelines.render([("Ankara", ""), ("Athens", "")], "en") == "Ankara/Athens"
    assert datelines.render([("Çeşme", "Western Turkey")], "en") == "Çeşme, Western Turkey"
    assert datelines.render([("أنقرة", "تركيا")], "ar") == "أنقرة، تركيا"
    assert datelines.render([], "en") == ""


def test_the_dash_follows_a_dateline_only():
    assert datelines.with_dash("Ankara", "tr") == "Ankara –"
    assert datelines.with_dash("", "tr") == ""
