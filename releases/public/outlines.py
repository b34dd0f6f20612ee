"""The outlines of the land, for maps that are drawn here: read once, from a package, never from a service."""

import json
from functools import cache
from importlib.resources import files

Point = tuple[float, float]

# Land that the package leaves out, by its corners: lines on land are not drawn, so that only its coasts have to fit.
LEFT_OUT = (
    """15.6 46.9, 16.6 48.4, 18.8 48.6, 20.5 49, 22.6 48.9, 23.5 47.8, 23.4 46.5, 23.2 44.9, 23.6 43.5, 23.2 42.3,
    23.4 41.2, 21 40.5, 20 41.2, 19.9 41.9, 19.4 41.85, 19.1 42.1, 18.5 42.45, 18.1 43.2, 18.5 43.6, 18.6 44.8,
    18.4 45.6, 17.2 45.4, 15.8 46.2""",
    """92.3 20.7, 92.2 22, 93 24, 94.4 25.3, 95 26.8, 97.1 28.6, 99 27.7, 99 25.9, 98 24, 99.2 23.2, 99.6 22.1,
    101.5 21.6, 100.4 20.2, 98.3 19.4, 97.8 18.5, 99.2 16.2, 98.6 15.2, 99.4 13.5, 99.8 11.8, 98.7 10, 98.5 11.8,
    98.4 13.5, 97.6 16.2, 96.9 17.2, 95.4 15.7, 94.2 16, 94.5 18.2, 93.6 19.7""",
    "-77.6 18.5, -76.9 18.4, -76.2 17.9, -76.9 17.85, -77.8 17.85, -78.35 18.2, -78.2 18.45",
)


@cache
def rings() -> tuple[tuple[Point, ...], ...]:
    """The edge of every piece of land, as (longitude, latitude) in degrees; lines between countries are not told."""
    data = files("countryinfo").joinpath("data").iterdir()
    countries = sorted((file for file in data if file.name.endswith(".json")), key=lambda file: file.name)
    known = [ring for file in countries for ring in edges(json.loads(file.read_text(encoding="utf-8")))]
    return tuple(known + [corners(written) for written in LEFT_OUT])


def corners(written: str) -> tuple[Point, ...]:
    """`26.1 38.3, 27 39`: longitude and latitude of each corner."""
    return tuple((float(east), float(north)) for east, north in (pair.split() for pair in written.split(",")))


def edges(country: dict) -> list[tuple[Point, ...]]:
    """The outer rings of a country's GeoJSON."""
    shapes = [feature["geometry"] for feature in (country.get("geoJSON") or {}).get("features", [])]
    pieces = [
        piece
        for shape in shapes
        for piece in (shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]])
    ]
    return [tuple((east, north) for east, north, *_ in piece[0]) for piece in pieces]


def clipped(ring: list[Point], width: float, height: float) -> list[Point]:
    """What of a ring lies in the rectangle from the origin (Sutherland and Hodgman, 1974)."""
    for axis, edge, sign in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        ring = cut(ring, axis, edge, sign)
    return ring


def cut(ring: list[Point], axis: int, edge: float, sign: int) -> list[Point]:
    """What of a ring lies on one side of a line."""
    kept = []
    for before, point in zip(ring[-1:] + ring[:-1], ring, strict=True):
        was_in, is_in = sign * (before[axis] - edge) >= 0, sign * (point[axis] - edge) >= 0
        if was_in != is_in:
            share = (edge - before[axis]) / (point[axis] - before[axis])
            crossing = [before[other] + share * (point[other] - before[other]) for other in (0, 1)]
            crossing[axis] = edge
            kept.append((crossing[0], crossing[1]))
        if is_in:
            kept.append(point)
    return kept
