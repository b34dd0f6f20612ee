"""Zones and instants: a local time is one instant, or none, or two, and nobody guesses which."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releases import moments

YEARS = datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2040-01-01")


def written(candidates):
    return [moment.isoformat() for moment in candidates]


@pytest.mark.parametrize(
    ("naive", "zone", "candidates"),
    [
        ("2026-03-29T01:30", "Europe/London", ["2026-03-29T00:30:00+00:00", "2026-03-29T02:30:00+01:00"]),
        ("2026-03-08T02:30", "America/New_York", ["2026-03-08T01:30:00-05:00", "2026-03-08T03:30:00-04:00"]),
        ("2026-10-04T02:15", "Australia/Lord_Howe", ["2026-10-04T01:45:00+10:30", "2026-10-04T02:45:00+11:00"]),
        ("2026-03-29T00:30", "Asia/Beirut", ["2026-03-28T23:30:00+02:00", "2026-03-29T01:30:00+03:00"]),
        ("2011-12-30T12:00", "Pacific/Apia", ["2011-12-29T12:00:00-10:00", "2011-12-31T12:00:00+14:00"]),
    ],
)
def test_a_time_the_clocks_jump_over_is_refused_with_both_neighbours(naive, zone, candidates):
    with pytest.raises(moments.NonExistentTime) as refused:
        moments.resolve(datetime.fromisoformat(naive), zone)
    assert written(refused.value.candidates) == candidates


@pytest.mark.parametrize(
    ("naive", "zone", "candidates"),
    [
        ("2026-10-25T01:30", "Europe/London", ["2026-10-25T01:30:00+01:00", "2026-10-25T01:30:00+00:00"]),
        ("2026-11-01T01:30", "America/New_York", ["2026-11-01T01:30:00-04:00", "2026-11-01T01:30:00-05:00"]),
        ("2026-04-05T01:45", "Australia/Lord_Howe", ["2026-04-05T01:45:00+11:00", "2026-04-05T01:45:00+10:30"]),
    ],
)
def test_a_time_that_happens_twice_is_refused_with_both_instants(naive, zone, candidates):
    with pytest.raises(moments.AmbiguousTime) as refused:
        moments.resolve(datetime.fromisoformat(naive), zone)
    assert written(refused.value.candidates) == candidates
    assert refused.value.candidates[0] < refused.value.candidates[1]
    assert all(candidate in str(refused.value) for candidate in candidates)


@pytest.mark.parametrize(
    ("naive", "zone", "instant"),
    [
        ("2026-03-29T00:59:59", "Europe/London", "2026-03-29T00:59:59+00:00"),
        ("2026-03-29T02:00:00", "Europe/London", "2026-03-29T02:00:00+01:00"),
        ("2026-10-25T02:00:00", "Europe/London", "2026-10-25T02:00:00+00:00"),
        ("2026-03-29T03:30:00", "Europe/Istanbul", "2026-03-29T03:30:00+03:00"),
        ("2026-10-25T03:30:00", "Europe/Istanbul", "2026-10-25T03:30:00+03:00"),
        ("2026-07-01T12:00:00", "Asia/Kathmandu", "2026-07-01T12:00:00+05:45"),
    ],
)
def test_any_other_time_is_one_instant(naive, zone, instant):
    assert moments.resolve(datetime.fromisoformat(naive), zone).isoformat() == instant


def test_a_refusal_is_a_sentence_that_names_time_and_zone():
    with pytest.raises(moments.LocalTimeError, match="2026-03-29 01:30 does not exist in Europe/London"):
        moments.resolve(datetime.fromisoformat("2026-03-29T01:30"), "Europe/London")


@pytest.mark.parametrize(
    ("cell", "zone", "instant"),
    [
        ("2026-03-29T14:30:00+03:00", "Europe/Istanbul", "2026-03-29T14:30:00+03:00"),
        ("2026-03-29T11:30:00Z", "Europe/Istanbul", "2026-03-29T14:30:00+03:00"),
        ("2026-03-29 14:30", "Europe/Istanbul", "2026-03-29T14:30:00+03:00"),
        ("2026-03-29T14:30:15.999", "Europe/Istanbul", "2026-03-29T14:30:15+03:00"),
        ("2026-10-25T01:30:00+01:00", "Europe/London", "2026-10-25T01:30:00+01:00"),
        ("2026-10-25T01:30:00+00:00", "Europe/London", "2026-10-25T01:30:00+00:00"),
        ("2019-12-18", "Europe/Istanbul", "2019-12-18T00:00:00+03:00"),
        ("2026-03-29", "Asia/Beirut", "2026-03-29T01:00:00+03:00"),
        ("2011-12-30", "Pacific/Apia", "2011-12-31T00:00:00+14:00"),
        ("2026-11-01", "America/Havana", "2026-11-01T00:00:00-04:00"),
        (" 2026-03-29 ", "UTC", "2026-03-29T00:00:00+00:00"),
    ],
)
def test_a_cell_is_read_in_its_zone(cell, zone, instant):
    assert moments.parse(cell, zone).isoformat() == instant


@pytest.mark.parametrize("cell", ["", "  ", "\t"])
def test_an_empty_cell_is_an_unknown_date_never_today(cell):
    assert moments.parse(cell, "Europe/Istanbul") is None


@pytest.mark.parametrize(
    "cell",
    [
        "yesterday",
        "29/03/2026",
        "2026-13-01",
        "2026-02-30",
        "20260329",
        "2026-W13",
        "2026-03-29T25:00",
        "0001-01-01T00:00:00+14:00",
        "2026-03-29T14:30:00+99:00",
        "٢٠٢٦-٠٣-٢٩",
        "2026-03-29T",
        "26-03-29",
        "0001-01-01",
        "9999-12-31T23:59-12:00",
    ],
)
def test_anything_else_is_refused_in_a_sentence(cell):
    with pytest.raises(ValueError, match=r"\.$"):
        moments.parse(cell, "Europe/Istanbul")


@given(
    st.datetimes(*YEARS),
    st.sampled_from(
        ["Europe/London", "Europe/Istanbul", "Asia/Beirut", "Australia/Lord_Howe", "America/Havana", "UTC"]
    ),
)
def test_what_is_written_is_read_back(instant, zone):
    moment = moments.whole_seconds(instant.replace(tzinfo=UTC))
    cell = moments.iso(moment, zone)
    assert moments.parse(cell, zone) == moment
    assert moments.iso(moments.parse(cell, zone), zone) == cell


@given(
    st.datetimes(*YEARS),
    st.sampled_from(["Europe/London", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Apia", "America/New_York"]),
)
def test_a_local_time_is_kept_to_the_second_or_refused(naive, zone):
    naive = naive.replace(microsecond=0)
    try:
        found = [moments.resolve(naive, zone)]
    except moments.LocalTimeError as refused:
        found = refused.candidates
        gap = isinstance(refused, moments.NonExistentTime)
    else:
        gap = False
    shown = [moment.replace(tzinfo=None) for moment in found]
    assert shown[0] < naive < shown[-1] if gap else set(shown) == {naive}


def test_zones_are_iana_names():
    assert moments.is_zone("Europe/Istanbul")
    assert not any(map(moments.is_zone, ["", "Istanbul", "europe/istanbul", "../etc/passwd", "localtime", "+03:00"]))
    assert list(moments.zone_names()) == sorted(moments.zone_names())
    with pytest.raises(ValueError, match="Mars/Base"):
        moments.zone("Mars/Base")


def test_one_instant_is_shown_on_several_clocks():
    moment = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    shown = moments.clocks(moment, ["Europe/London", "Europe/Istanbul"])
    assert [(zone, clock.strftime("%H:%M %Z")) for zone, clock in shown] == [
        ("Europe/London", "01:30 BST"),
        ("Europe/Istanbul", "03:30 +03"),
    ]


def test_whole_seconds_lose_only_the_fraction():
    moment = datetime(2026, 1, 1, 12, 0, 0, 999_999, tzinfo=UTC)
    assert moment - moments.whole_seconds(moment) == timedelta(microseconds=999_999)
