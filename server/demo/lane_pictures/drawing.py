"""What the picture lane's own pictures are drawn with: clouds, shapes, curves and patterns, all from numbers.

A plane holds one number for each point. Places are measured from the middle: the picture is 2 high and 2.67 wide.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Plane = NDArray[np.float64]
WIDTH, HEIGHT = 960, 720
UNIT = HEIGHT / 2
Y, X = np.mgrid[0:HEIGHT, 0:WIDTH].astype(float)
X, Y = (X - WIDTH / 2) / UNIT, (Y - HEIGHT / 2) / UNIT
RGB = tuple[int, int, int]


class Thing(NamedTuple):
    """Something to photograph: its colours, how far it covers each point (0 to 1), its height, and how much it shines."""

    colours: Plane
    cover: Plane
    height: Plane
    gloss: float = 0.0
    lift: float = 0.05  # how far it stands above what it lies on: the length of its shadow


def noise(seed: int, cells: float, octaves: int = 3) -> Plane:
    """Clouds from -1 to 1, about `cells` of them from left to right."""
    chance, total = np.random.default_rng(seed), np.zeros((HEIGHT, WIDTH))
    for octave in range(octaves):
        wide = max(int(cells * 2**octave), 2)
        grid = chance.uniform(-1, 1, (max(wide * HEIGHT // WIDTH, 2), wide)).astype(np.float32)
        large = Image.fromarray(grid).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
        total += np.asarray(large, dtype=float) / 2**octave
    return np.asarray(np.clip(total / 1.4, -1, 1), dtype=float)


def fibres(seed: int, x: Plane, y: Plane, across: float, along: float) -> Plane:
    """Streaks from -1 to 1 that run along `x`: so many to a unit across, and along."""
    grid = np.random.default_rng(seed).uniform(-1, 1, (256, 256))
    return _between(grid, y * across, x * along)


def _between(grid: Plane, row: Plane, column: Plane) -> Plane:
    """The grid between its points; it repeats after its last."""
    top, left = np.floor(row).astype(int), np.floor(column).astype(int)
    down, right = row - top, column - left
    high, wide = grid.shape
    corner = [[grid[(top + i) % high, (left + j) % wide] for j in (0, 1)] for i in (0, 1)]
    upper = corner[0][0] * (1 - right) + corner[0][1] * right
    lower = corner[1][0] * (1 - right) + corner[1][1] * right
    return np.asarray(upper * (1 - down) + lower * down, dtype=float)


def chance_of(seed: int, which: Plane) -> Plane:
    """A number from 0 to 1 for each whole number of `which`."""
    return np.asarray(np.mod(np.sin((np.round(which) + seed) * 12.9898) * 43758.5453, 1), dtype=float)


def soft(plane: Plane, radius: float) -> Plane:
    """The plane blurred by `radius` points."""
    size = max(int(radius), 1)
    for axis in (0, 1):
        for _ in range(3):
            pad = [(size + 1, size) if at == axis else (0, 0) for at in (0, 1)]
            total = np.cumsum(np.pad(plane, pad, mode="edge"), axis=axis)
            upper, lower = [slice(None)] * 2, [slice(None)] * 2
            upper[axis], lower[axis] = slice(2 * size + 1, None), slice(None, -(2 * size + 1))
            plane = (total[tuple(upper)] - total[tuple(lower)]) / (2 * size + 1)
    return plane


def edge(distance: Plane, width: float = 0.008) -> Plane:
    """1 where `distance` is below zero, 0 where it is above."""
    return np.asarray(np.clip(0.5 - distance / (2 * width), 0, 1), dtype=float)


def blend(first: Plane, second: Plane, share: Plane) -> Plane:
    """From the first colour to the second."""
    return first * (1 - share[..., None]) + second * share[..., None]


def paint(red: int, green: int, blue: int, change: Plane | float = 0.0) -> Plane:
    """One colour, lighter or darker by `change`."""
    lighter = 1 + np.broadcast_to(np.asarray(change, dtype=float), X.shape)
    return np.asarray(np.array([red, green, blue]) / 255 * lighter[..., None], dtype=float)


def dome(distance: Plane, bevel: float, high: float) -> Plane:
    """The height of a thing that is rounded at its edge: `distance` is below zero within, `bevel` is where it gets flat."""
    rise = np.clip(-distance / bevel, 0, 1)
    return np.asarray(high * np.sqrt(rise * (2 - rise)), dtype=float)


def placed(x: float, y: float, turn: float = 0.0) -> tuple[Plane, Plane]:
    """Places as seen from a thing at (x, y) that is turned by so many degrees."""
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    return (X - x) * cos + (Y - y) * sin, (Y - y) * cos - (X - x) * sin


def around(x: float, y: float, of_x: float, of_y: float, turn: float, reach: float = 0.16) -> tuple[slice, slice]:
    """The part of the picture near a place that a thing placed at (of_x, of_y) and turned sees at (x, y)."""
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    column, row = ((of_x + x * cos - y * sin) * UNIT + WIDTH / 2, (of_y + x * sin + y * cos) * UNIT + HEIGHT / 2)
    far = reach * UNIT
    left, right = (int(np.clip(column + way, 0, WIDTH)) for way in (-far, far))
    top, bottom = (int(np.clip(row + way, 0, HEIGHT)) for way in (-far, far))
    return slice(top, bottom), slice(left, right)


def box(x: Plane, y: Plane, wide: Plane | float, high: Plane | float, round_: Plane | float = 0.03) -> Plane:
    """How far each point is from a rectangle with round corners, of half so wide and high; below zero within."""
    over_x, over_y = np.abs(x) - wide + round_, np.abs(y) - high + round_
    outside = np.hypot(np.maximum(over_x, 0), np.maximum(over_y, 0))
    return np.asarray(outside + np.minimum(np.maximum(over_x, over_y), 0) - round_, dtype=float)


def strewn(seed: int, apart: float, wide: float = 1.4, high: float = 1.05) -> Plane:
    """Places over the picture, about so far apart, in no rows."""
    chance = np.random.default_rng(seed)
    across, down = (np.arange(-limit, limit, apart) for limit in (wide, high))
    grid = np.array([(x + 0.5 * apart * (at % 2), y) for at, y in enumerate(down) for x in across])
    return np.asarray(grid + chance.uniform(-0.34, 0.34, grid.shape) * apart, dtype=float)


def nearest(places: Plane, reach: float, x: Plane = X, y: Plane = Y) -> tuple[Plane, Plane, Plane]:
    """How far each point is from the nearest place and the second nearest, and the number of the nearest."""
    first, second, which = np.full(X.shape, 9.0), np.full(X.shape, 9.0), np.zeros(X.shape)
    for number, (px, py) in enumerate(places):
        left, right = (int(np.clip(WIDTH / 2 + (px + way) * UNIT, 0, WIDTH)) for way in (-reach, reach))
        top, bottom = (int(np.clip(HEIGHT / 2 + (py + way) * UNIT, 0, HEIGHT)) for way in (-reach, reach))
        part = np.s_[top:bottom, left:right]
        far = np.hypot(x[part] - px, y[part] - py)
        closer = far < first[part]
        second[part] = np.where(closer, first[part], np.minimum(second[part], far))
        which[part] = np.where(closer, number, which[part])
        first[part] = np.where(closer, far, first[part])
    return first, second, which


class Ribbon(NamedTuple):
    """A curve with a width: `across` from -1 to 1 within, `along` from its beginning, `distance` below zero within."""

    across: Plane
    along: Plane
    distance: Plane
    width: Plane


def ribbon(places: Sequence[tuple[float, float]], width: Callable[[float], float], steps: int = 28) -> Ribbon:
    """A smooth curve through the places. `width`: half of it, by the share of the way."""
    at = np.linspace(0, len(places) - 1, steps + 1)
    corners = np.array(places, dtype=float)
    # a polynomial through all of them bends as a thing in the hand does
    curve = np.column_stack(
        [np.polyval(np.polyfit(range(len(places)), corners[:, k], len(places) - 1), at) for k in (0, 1)]
    )
    across, along = np.zeros(X.shape), np.zeros(X.shape)
    distance, wide = np.full(X.shape, 9.0), np.ones(X.shape)
    length = 0.0
    for step in range(steps):
        (ax, ay), (bx, by) = curve[step], curve[step + 1]
        long = float(np.hypot(bx - ax, by - ay))
        dx, dy = (bx - ax) / long, (by - ay) / long
        on = np.clip((X - ax) * dx + (Y - ay) * dy, 0, long)
        side = (Y - ay) * dx - (X - ax) * dy
        half = width(step / steps) + (width((step + 1) / steps) - width(step / steps)) * on / long
        far = np.hypot(X - ax - on * dx, Y - ay - on * dy) - half
        closer = far < distance
        across = np.where(closer, side / half, across)
        along, wide = np.where(closer, length + on, along), np.where(closer, half, wide)
        distance = np.where(closer, far, distance)
        length += long
    return Ribbon(across, along, distance, wide)
