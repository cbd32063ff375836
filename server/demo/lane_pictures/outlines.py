"""Outlines of animals, leaves and parts for the picture lane's own pictures: smooth curves, limbs, scales, and things put together."""

from collections.abc import Sequence

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (
    HEIGHT,
    UNIT,
    WIDTH,
    Plane,
    Thing,
    X,
    Y,
    blend,
    dome,
    edge,
    noise,
    paint,
    soft,
)

COARSE = 4  # distances are measured at every fourth point
Points = Sequence[tuple[float, float]]


def outline(points: Points, x: float = 0.0, y: float = 0.0, turn: float = 0.0, size: float = 1.0, *, flip: bool = False, sharp: bool = False) -> Plane:  # fmt: skip
    """How far each point is from a closed curve through `points`, placed at (x, y); below zero within. `sharp`: with corners."""
    corners = np.array(points, dtype=float) * (-size if flip else size, size)
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    corners = corners @ np.array([[cos, sin], [-sin, cos]]) + (x, y)
    curve = corners if sharp else _through(corners)
    across, down = ((np.arange(COARSE / 2, size, COARSE) - size / 2) / UNIT for size in (WIDTH, HEIGHT))
    gx, gy = np.meshgrid(across, down)
    far, inside = np.full(gx.shape, 81.0), np.zeros(gx.shape, dtype=bool)
    for (ax, ay), (bx, by) in zip(curve, np.roll(curve, -1, axis=0), strict=True):
        dx, dy = bx - ax, by - ay
        on = np.clip(((gx - ax) * dx + (gy - ay) * dy) / (dx * dx + dy * dy + 1e-12), 0, 1)
        far = np.minimum(far, (gx - ax - on * dx) ** 2 + (gy - ay - on * dy) ** 2)
        if ay != by:
            inside ^= ((ay > gy) != (by > gy)) & (gx < (gy - ay) * dx / dy + ax)
    signed = np.where(inside, -np.sqrt(far), np.sqrt(far)).astype(np.float32)
    return np.asarray(Image.fromarray(signed).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), dtype=float)


def _through(corners: Plane) -> Plane:
    """A closed smooth curve through the corners."""
    before, after, next_ = np.roll(corners, 1, 0), np.roll(corners, -1, 0), np.roll(corners, -2, 0)
    parts = []
    for t in np.arange(7) / 7:
        parts.append(
            0.5 * (2 * corners + (after - before) * t + (2 * before - 5 * corners + 4 * after - next_) * t**2
                   + (3 * corners - before - 3 * after + next_) * t**3)
        )  # fmt: skip
    return np.asarray(np.stack(parts, axis=1).reshape(-1, 2), dtype=float)


def limb(start: tuple[float, float], end: tuple[float, float], wide: float, thin: float, x: Plane = X, y: Plane = Y) -> Plane:  # fmt: skip
    """How far each point is from a limb that goes from half so `wide` to half so `thin`."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    part = np.clip(((x - start[0]) * dx + (y - start[1]) * dy) / (dx * dx + dy * dy + 1e-12), 0, 1)
    return np.asarray(np.hypot(x - start[0] - part * dx, y - start[1] - part * dy) - (wide + (thin - wide) * part))


def chain(points: Points, wide: float, thin: float) -> Plane:
    """How far each point is from limbs that follow the points one after another and grow thinner."""
    widths = np.linspace(wide, thin, len(points))
    pairs = zip(points, points[1:], widths, widths[1:], strict=False)
    return np.asarray(np.minimum.reduce([limb(a, b, float(w), float(v)) for a, b, w, v in pairs]))


def oval(x: float, y: float, wide: float, high: float, turn: float = 0.0) -> Plane:
    """How far each point is, about, from an oval of half so wide and high; below zero within."""
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    u, v = (X - x) * cos + (Y - y) * sin, (Y - y) * cos - (X - x) * sin
    return np.asarray((np.hypot(u / wide, v / high) - 1) * min(wide, high), dtype=float)


def melted(*parts: Plane, by: float = 18.0) -> Plane:
    """The parts grown together softly."""
    return np.asarray(-np.log(sum(np.exp(-by * np.clip(part, -2, 2)) for part in parts)) / by, dtype=float)


def scales(x: Plane, y: Plane, size: float) -> tuple[Plane, Plane]:
    """Rows of round scales that overlap as tiles do, those above on top: 0 in the middle to 1 at the rim, and each one's number."""
    far, which = np.full(X.shape, 9.0), np.zeros(X.shape)
    top = np.floor(y / size * 2)
    for back in (0, 1, 2):  # the lowest row that reaches here is covered by the two above it
        row = top - back
        u = x / size + 0.5 * np.mod(row, 2)
        gap = np.hypot(np.mod(u, 1) - 0.5, y / size - row * 0.5) / 0.72
        on_top = gap < 1
        far, which = np.where(on_top, gap, far), np.where(on_top, np.floor(u) * 17 + row * 71, which)
    return np.minimum(far, 1), which


def thing(colours: Plane, shape: Plane, bevel: float = 0.1, high: float = 0.1, *, gloss: float = 0.0, lift: float = 0.05, relief: Plane | float = 0.0, rim: float = 0.008) -> Thing:  # fmt: skip
    """Something rounded at its edge, with a relief of its own."""
    return Thing(colours, edge(shape, rim), dome(shape, bevel, high) + relief, gloss, lift)


def together(*things: Thing, gloss: float = 0.0, lift: float = 0.05) -> Thing:
    """Several things as one, the last on top: quicker to photograph, under one light."""
    colours, cover, height = things[0].colours, things[0].cover, things[0].height
    for other in things[1:]:
        colours = blend(colours, other.colours, other.cover)
        height = height * (1 - other.cover) + other.height * other.cover
        cover = np.maximum(cover, other.cover)
    return Thing(colours, cover, height, gloss, lift)


def eye(x: float, y: float, size: float, iris: tuple[int, int, int]) -> list[Thing]:
    """An eye with a light in it."""
    ball, pupil, light = oval(x, y, size, size), oval(x, y, size * 0.58, size * 0.58), oval(x - size * 0.3, y - size * 0.3, size * 0.22, size * 0.22)  # fmt: skip
    colours = blend(blend(paint(*iris), paint(10, 8, 8), edge(pupil, 0.004)), paint(250, 250, 250), edge(light, 0.004))
    return [Thing(colours, edge(ball, 0.005), dome(ball, size, size * 0.5), 0.3, 0.01)]


def wall(red: int, green: int, blue: int, seed: int, mottle: float = 0.12) -> camera.Surface:
    """Something far behind, out of focus."""
    return camera.Surface(paint(red, green, blue, mottle * soft(noise(seed, 4, 2), 30)), np.zeros(X.shape))


def behind_glass(seed: int, low: float = 0.62) -> camera.Surface:
    """A tank of green water over gravel."""
    water = blend(
        paint(112, 150, 146), paint(46, 84, 88), np.clip(0.5 + 0.5 * Y + 0.2 * soft(noise(seed, 5), 20), 0, 1)
    )
    pebbles = noise(seed + 1, 70, 2)
    gravel = paint(150, 136, 112, 0.5 * pebbles)
    floor = edge(low + 0.04 * noise(seed + 2, 5) - Y, 0.02)
    return camera.Surface(blend(water, gravel, floor), 0.02 * pebbles * floor)
