"""What stands around the things of the lane's pictures: rooms, paper, glass, feathers, water."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from server.demo.lane_pictures.camera import Surface
from server.demo.lane_pictures.drawing import (  # fmt: skip
    HEIGHT,
    RGB,
    UNIT,
    WIDTH,
    Plane,
    Thing,
    X,
    Y,
    blend,
    box,
    chance_of,
    dome,
    edge,
    fibres,
    noise,
    paint,
    placed,
    soft,
)
from server.demo.lane_pictures.outlines import scales


def room(back: Surface, front: Surface, level: float = 0.5) -> Surface:
    """A wall above and a table below; `level`: where they meet."""
    share = edge(level - Y, 0.012)
    return Surface(blend(back.colours, front.colours, share), back.height * (1 - share) + front.height * share)


def ground(red: int, green: int, blue: int, seed: int, *, grain: float = 90, rough: float = 0.3, deep: float = 0.01) -> Surface:  # fmt: skip
    """Sand, earth, felt or moss, by how fine and how rough it is."""
    fine = noise(seed, grain, 2)
    return Surface(paint(red, green, blue, rough * fine + 0.10 * noise(seed + 1, 6)), deep * fine + 0.05 * noise(seed + 2, 4))  # fmt: skip


def water(red: int, green: int, blue: int, seed: int) -> Surface:
    """Water from above, with light on its ripples."""
    wave = np.abs(noise(seed, 9, 2) + 0.3 * noise(seed + 1, 22, 1))
    return Surface(blend(paint(red, green, blue, 0.10 * noise(seed + 2, 4)), paint(232, 244, 248), edge(wave - 0.03, 0.03) * 0.35), 0.02 * wave)  # fmt: skip


def plumage(x: Plane, y: Plane, size: float, seed: int, deep: float = 0.2) -> Plane:
    """How light each point of rows of feathers is."""
    far, which = scales(x, y, size)
    return np.asarray((1 + 0.14 * (chance_of(seed, which) - 0.5) - deep * edge(0.84 - far, 0.09))[..., None], dtype=float)  # fmt: skip


def letters(x: Plane, y: Plane, high: float, seed: int) -> Plane:
    """Lines of print that nobody can read: 1 where there is ink."""
    there = (np.mod(y / high, 1) < 0.45) & (fibres(seed, x, np.floor(y / high) * 3.7, 1, 1.1 / high) > -0.2)
    return soft(there.astype(float), 1)


def written(words: str, px: float, py: float, high: float, turn: float = 0.0) -> Plane:
    """1 where there is ink of the words, whose middle is at (px, py)."""
    sheet = Image.new("L", (WIDTH, HEIGHT))
    middle = (px * UNIT + WIDTH / 2, py * UNIT + HEIGHT / 2)
    ImageDraw.Draw(sheet).text(middle, words, 255, ImageFont.load_default(high * UNIT), anchor="mm")
    return np.asarray(sheet.rotate(-turn, Image.Resampling.BICUBIC, center=middle), dtype=float) / 255


def paper(px: float, py: float, wide: float, high: float, turn: float, colour: RGB, seed: int, *, line: float = 0.07, ink: RGB = (50, 48, 52)) -> Thing:  # fmt: skip
    """A label, a card or a page with print."""
    x, y = placed(px, py, turn)
    shape = box(x, y, wide, high, 0.012)
    inside = edge(box(x, y, wide - 0.5 * line, high - 0.4 * line, 0.0))
    return Thing(blend(paint(*colour, 0.03 * noise(seed, 60)), paint(*ink), letters(x, y, line, seed + 1) * inside * 0.75), edge(shape), dome(shape, 0.01, 0.01), 0.0, 0.02)  # fmt: skip


def glass(shape: Plane, share: float = 0.14) -> Thing:
    """Clear glass or plastic over what stands in it: a rim, and a stripe of light."""
    rim = edge(np.abs(shape + 0.018) - 0.016, 0.016)
    shine = edge(np.abs(shape + 0.10) - 0.020, 0.02) * edge(X - 0.2 * Y + 0.1, 0.3)
    return Thing(paint(222, 234, 236), np.maximum(edge(shape) * share, np.maximum(0.55 * rim, 0.5 * shine) * edge(shape)), dome(shape, 0.12, 0.10), 0.7, 0.05)  # fmt: skip
