"""A simple map of the municipalities, drawn from their coordinates.

Each area is the part of the plane that is nearer to its town hall than to any
other, cut at a margin: an orientation, not a boundary.
"""

from dataclasses import dataclass
from math import cos
from math import radians


WIDTH = 576.0
MARGIN = 60.0
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Area:
    """One municipality on the map."""

    info: object
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Outline:
    """The map: its size and areas."""

    width: int
    height: int
    areas: tuple[Area, ...]


def outline(infos) -> Outline | None:
    """Return the map, or None where coordinates are missing or too few."""
    if len(infos) < 3 or any(info.latitude is None or info.longitude is None for info in infos):
        return None
    points = _projected([(info.longitude, info.latitude) for info in infos])
    height = max(y for _, y in points) + MARGIN
    areas = []
    for info, centre in zip(infos, points, strict=True):
        cell = _cell(centre, [p for p in points if p != centre], height)
        path = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in cell) + "Z"
        areas.append(Area(info, path, round(centre[0]), round(centre[1])))
    return Outline(int(WIDTH), int(height), tuple(areas))


def _projected(places: list[Point]) -> list[Point]:
    """Return places on a plane, north up, scaled to the width."""
    shrink = cos(radians(sum(lat for _, lat in places) / len(places)))
    west = min(lon for lon, _ in places)
    east = max(lon for lon, _ in places)
    north = max(lat for _, lat in places)
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * shrink, 1e-6)
    return [
        ((lon - west) * shrink * scale + MARGIN, (north - lat) * scale + MARGIN) for lon, lat in places
    ]


def _cell(centre: Point, others: list[Point], height: float) -> list[Point]:
    """Return the cell of a place: a disc-like polygon, cut by the middle lines to all others."""
    reach = 1.5 * MARGIN
    cell = [
        (centre[0] + reach * dx, centre[1] + reach * dy)
        for dx, dy in ((-1, -0.5), (-0.5, -1), (0.5, -1), (1, -0.5), (1, 0.5), (0.5, 1), (-0.5, 1), (-1, 0.5))
    ]
    cell = [(min(max(x, 4.0), WIDTH - 4), min(max(y, 4.0), height - 4)) for x, y in cell]
    for other in others:
        cell = _cut(cell, centre, other)
    return cell


def _cut(cell: list[Point], centre: Point, other: Point) -> list[Point]:
    """Return the part of a convex polygon that is nearer to the centre than to the other."""
    normal = (other[0] - centre[0], other[1] - centre[1])
    middle = ((other[0] + centre[0]) / 2, (other[1] + centre[1]) / 2)

    def side(point: Point) -> float:
        return (point[0] - middle[0]) * normal[0] + (point[1] - middle[1]) * normal[1]

    kept: list[Point] = []
    for first, second in zip(cell, cell[1:] + cell[:1], strict=True):
        a, b = side(first), side(second)
        if a <= 0:
            kept.append(first)
        if (a < 0 < b) or (b < 0 < a):
            share = a / (a - b)
            kept.append(
                (first[0] + share * (second[0] - first[0]), first[1] + share * (second[1] - first[1]))
            )
    return kept
