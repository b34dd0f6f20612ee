"""Maps of places: drawn as SVG from coordinates, complete without script or service, beside an equal list."""

from dataclasses import dataclass, replace
from math import cos, radians
from statistics import quantiles

from releases.states import PlaceKind

from . import outlines

AREAS = {PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.PROVINCE, PlaceKind.SEA}  # told by a name, not by a dot
MARGIN = 0.14
LEAST = 5.0  # degrees of latitude that a map shows at least
FEW = 8  # from so many places on, those far from all others are told beside the map
LETTER = 0.58  # the width of a letter in parts of its size
GAP = 11
NEAR = 3  # units of a sheet within which two points of a coast are one


@dataclass(frozen=True)
class Sheet:
    """A size of map: width and height in its own units, and the sizes of letters that can be read on it.

    The first size is for narrow screens, where the sheet is shrunk; what fits only in the second stays away there.
    """

    width: int
    height: int
    letters: tuple[int, ...]


WIDE, SMALL = Sheet(720, 430, (24, 13)), Sheet(480, 320, (19,))


@dataclass(frozen=True)
class Spot:
    """A place on the map, in its units; `label` says where its name stands, empty where there is no room for it."""

    name: str
    url: str
    x: int
    y: int
    kind: str
    label: str = ""
    label_x: int = 0
    label_y: int = 0
    is_far: bool = False
    is_here: bool = False

    @property
    def is_area(self) -> bool:
        """Whether its name says where it is, without a dot."""
        return self.kind in AREAS and not self.is_here


@dataclass(frozen=True)
class Map:
    sheet: Sheet
    land: str
    lines: str
    spots: list[Spot]
    beyond: list


@dataclass(frozen=True)
class Frame:
    """Which part of the world fills a sheet; a degree of longitude is as long as it is in the middle of the map."""

    west: float
    north: float
    across: float
    down: float

    def at(self, east: float, north: float) -> tuple[float, float]:
        return (east - self.west) * self.across, (self.north - north) * self.down


def draw(places, links, sheet: Sheet = WIDE, here=None) -> Map | None:
    """A map of the places that have coordinates, with their `links` (in the same order); None without any.

    `here` is the place the map is about.
    """
    known = [(place, link) for place, link in zip(places, links, strict=True) if place.latitude is not None]
    if not known:
        return None
    near = together([(float(place.longitude), float(place.latitude)) for place, _ in known])
    frame = fit([point for point in near if point], sheet)
    spots = [
        Spot(link.name, link.url, *map(round, frame.at(*point)), place.kind, is_here=place is here)
        for (place, link), point in zip(known, near, strict=True)
        if point
    ]
    beyond = [link for (_, link), point in zip(known, near, strict=True) if not point]
    return Map(sheet, land(frame, sheet), graticule(frame, sheet), named(spots, sheet), beyond)


def together(points: list) -> list:
    """The points, with None for those that lie so far from most others that a map of all would show nothing."""
    if len(points) < FEW:
        return points
    bounds = []
    for along in zip(*points, strict=True):
        low, _, high = quantiles(along, n=4)
        room = max((high - low) * 1.5, LEAST)
        bounds.append((low - room, high + room))
    return [
        point if all(low <= at <= high for at, (low, high) in zip(point, bounds, strict=True)) else None
        for point in points
    ]


def fit(points: list, sheet: Sheet) -> Frame:
    """The smallest part of the world that shows all points on the sheet, with room around them."""
    longitudes, latitudes = zip(*points, strict=True)
    west, east, south, north = min(longitudes), max(longitudes), min(latitudes), max(latitudes)
    shrink = max(cos(radians((south + north) / 2)), 0.2)
    tall = max((north - south) * (1 + 2 * MARGIN), LEAST)
    wide = (east - west) * (1 + 2 * MARGIN) * shrink
    scale = min(sheet.height / tall, sheet.width / max(wide, 0.001))
    across = scale * shrink
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    return Frame(middle_x - sheet.width / 2 / across, middle_y + sheet.height / 2 / scale, across, scale)


def land(frame: Frame, sheet: Sheet) -> str:
    """The land in the frame as one SVG path."""
    shapes = []
    for ring in outlines.rings():
        drawn = outlines.clipped([frame.at(*point) for point in ring], sheet.width, sheet.height)
        points = apart([(round(x), round(y)) for x, y in drawn])
        if len(points) > 2:
            shapes.append("M" + "L".join(f"{x} {y}" for x, y in points) + "Z")
    return "".join(shapes)


def apart(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The points that can be told from the one before: a map of the world needs no bay of every coast."""
    kept = points[:1]
    for x, y in points[1:]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= NEAR:
            kept.append((x, y))
    return kept


def graticule(frame: Frame, sheet: Sheet) -> str:
    """Every few degrees a line of latitude and of longitude."""
    degrees = sheet.height / frame.down
    step = next(step for step in (1, 2, 5, 10, 30) if degrees / step <= 7 or step == 30)
    lines = []
    for degree in range(-180, 181, step):
        x, y = (round(part) for part in frame.at(degree, degree))
        lines += [f"M{x} 0V{sheet.height}"] if 0 < x < sheet.width else []
        lines += [f"M0 {y}H{sheet.width}"] if 0 < y < sheet.height and abs(degree) <= 90 else []
    return "".join(lines)


def named(spots: list[Spot], sheet: Sheet) -> list[Spot]:
    """The spots with their names where there is room: first in large letters, then the rest in small ones.

    A country or a region is its name: without room for it, only the list tells it.
    """
    order = sorted(spots, key=lambda spot: (not spot.is_here, not spot.is_area, len(spot.name)))
    for at, size in enumerate(sheet.letters):
        taken = [(spot.x - 7, spot.y - 7, spot.x + 7, spot.y + 7) for spot in order if not spot.is_area]
        taken += [box(spot, spot.label, spot.label_x, spot.label_y, size) for spot in order if spot.label]
        order = [spot if spot.label else labelled(spot, size, sheet, taken, is_far=at > 0) for spot in order]
    return sorted((spot for spot in order if spot.label or not spot.is_area), key=lambda spot: (spot.y, spot.x))


def labelled(spot: Spot, size: int, sheet: Sheet, taken: list, is_far: bool) -> Spot:
    """The spot with its name on the first side where it covers nothing; its box is added to what is `taken`."""
    middle = spot.y + round(size * 0.35)
    sides = [
        ("start", spot.x + GAP, middle),
        ("end", spot.x - GAP, middle),
        ("middle", spot.x, spot.y - GAP),
        ("middle", spot.x, spot.y + size + GAP // 2),
    ]
    for label, x, y in [("middle", spot.x, middle)] if spot.is_area else sides:
        left, top, right, bottom = covers = box(spot, label, x, y, size)
        if left < 2 or top < 2 or right > sheet.width - 2 or bottom > sheet.height - 2:
            continue
        if not any(left < r and right > le and top < b and bottom > t for le, t, r, b in taken):
            taken.append(covers)
            return replace(spot, label=label, label_x=x, label_y=y, is_far=is_far)
    return spot


def box(spot: Spot, label: str, x: int, y: int, size: int) -> tuple[float, float, float, float]:
    """What the name of a spot covers."""
    width = len(spot.name) * size * LETTER
    left = {"start": x, "end": x - width, "middle": x - width / 2}[label]
    return left, y - size * 0.8, left + width, y + size * 0.25
