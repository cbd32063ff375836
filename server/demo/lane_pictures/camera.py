"""Things photographed by hand: what they lie on, where the light comes from, and what a telephone makes of it."""

import io
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter

from server.demo.lane_pictures.drawing import (
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
    edge,
    fibres,
    noise,
    paint,
    soft,
)

SIZE = (640, 480)
MARGIN = 200  # points around what is drawn, for a camera that is turned


class Surface(NamedTuple):
    """What things lie on: colours and height."""

    colours: Plane
    height: Plane


def linen(red: int, green: int, blue: int, seed: int) -> Surface:
    """Woven cloth with soft folds."""
    weave = np.sin(X * 250 + noise(seed, 6)) * np.sin(Y * 250 + noise(seed + 1, 6))
    folds = soft(noise(seed + 2, 3, 2), 12)
    return Surface(
        paint(red, green, blue, 0.045 * weave + 0.05 * noise(seed + 3, 200, 1)), 0.003 * weave + 0.09 * folds
    )


def checked(first: RGB, second: RGB, seed: int) -> Surface:
    """A tea towel in two colours."""
    x, y = X + 0.03 * noise(seed, 2, 1), Y + 0.03 * noise(seed + 1, 2, 1)
    bands = 0.5 * (np.mod(x * 2.4, 1) < 0.5) + 0.5 * (np.mod(y * 2.4, 1) < 0.5)
    weave = np.sin(X * 210) * np.sin(Y * 210)
    colours = blend(paint(*first), paint(*second), bands) * (1 + 0.04 * weave)[..., None]
    return Surface(colours, 0.003 * weave + 0.06 * noise(seed + 2, 3, 2))


def wood(red: int, green: int, blue: int, seed: int, boards: float = 0.55) -> Surface:
    """Boards with grain and gaps."""
    board = np.floor((Y + 3) / boards)
    inside = np.mod((Y + 3) / boards, 1)
    shift = chance_of(seed, board) * 7
    grain = fibres(seed, X + shift, Y + 0.04 * noise(seed + 1, 4), 34, 2.2) + 0.6 * fibres(
        seed + 2, X + shift, Y, 130, 5
    )
    gap = edge(np.minimum(inside, 1 - inside) * boards - 0.006, 0.005)
    change = 0.13 * grain + 0.22 * (chance_of(seed + 3, board) - 0.5)
    return Surface(paint(red, green, blue, change) * (1 - 0.7 * gap)[..., None], 0.004 * grain - 0.03 * gap)


def newspaper(seed: int) -> Surface:
    """Columns of print too blurred to read, and a fold."""
    x, y = X * 0.97 + Y * 0.22, Y * 0.97 - X * 0.22
    column, line = np.floor(x / 0.62), np.floor(y / 0.045)
    letters = fibres(seed, x, line * 3.7 + column * 17.3, 1, 60) > -0.25
    print_ = (np.mod(y / 0.045, 1) < 0.55) & (np.mod(x / 0.62, 1) < 0.9) & letters
    headline = (np.mod(y + 0.3, 1.3) < 0.11) & (fibres(seed + 1, x, np.floor(y / 1.3) * 5.1, 1, 16) > -0.3)
    ink = np.maximum(soft(print_.astype(float), 1) * 0.5, soft(headline.astype(float), 2) * 0.75)
    paper = paint(212, 206, 192, 0.03 * noise(seed + 2, 160, 2))
    return Surface(blend(paper, paint(52, 50, 50), ink), 0.10 * np.abs(x - 0.75) + 0.03 * noise(seed + 3, 4))


def speckled(red: int, green: int, blue: int, seed: int, rough: float = 0.3) -> Surface:
    """Concrete, terrazzo or carpet, by how rough it is."""
    fine = noise(seed, 260, 2)
    return Surface(paint(red, green, blue, rough * fine * 0.5 + 0.08 * noise(seed + 1, 7)), 0.012 * rough * fine)


def marble(seed: int) -> Surface:
    """White stone with grey veins."""
    veins = np.abs(noise(seed, 3, 4) + 0.4 * X)
    colours = blend(paint(226, 226, 224), paint(160, 164, 170), edge(veins - 0.05, 0.09) * 0.7)
    return Surface(colours * (1 + 0.02 * noise(seed + 1, 9))[..., None], np.zeros(X.shape))


def cardboard(seed: int) -> Surface:
    """The bottom of a box: faint ridges, a flap across."""
    ridges = np.sin(Y * 120)
    flap = edge(np.abs(X + 0.03 * Y - 0.66) - 0.006, 0.006)
    grain = fibres(seed, X, Y, 200, 30)
    return Surface(
        paint(176, 136, 92, 0.02 * ridges + 0.06 * grain) * (1 - 0.5 * flap)[..., None], 0.002 * ridges - 0.02 * flap
    )


def tiles(red: int, green: int, blue: int, seed: int) -> Surface:
    """A kitchen floor."""
    x, y = np.mod(X + 0.2 * Y + 0.3, 0.8) - 0.4, np.mod(Y - 0.2 * X + 0.1, 0.8) - 0.4
    gap = 1 - edge(box(x, y, 0.385, 0.385), 0.01)
    glaze = paint(red, green, blue, 0.07 * noise(seed, 6, 4))
    return Surface(blend(glaze, paint(120, 114, 106, 0.2 * noise(seed + 1, 120)), gap), -0.02 * gap)


def lit(colours: Plane, height: Plane, sun: tuple[float, float], gloss: float, depth: float = 0.8) -> Plane:
    """The colours in a light from `sun` (degrees around, clockwise from the right; degrees up)."""
    down, across = np.gradient(height, 1 / UNIT)
    long = np.sqrt(1 + (down * down + across * across))
    around, up = np.radians(sun)
    lx, ly, lz = np.cos(up) * np.cos(around), np.cos(up) * np.sin(around), np.sin(up)
    facing = np.clip((-across * lx - down * ly + lz) / long, 0, 1)
    half = np.array([lx, ly, lz + 1]) / np.sqrt(lx * lx + ly * ly + (lz + 1) ** 2)
    mirror = np.clip((-across * half[0] - down * half[1] + half[2]) / long, 0, 1) ** 40
    shaded = colours * (1 - depth + depth * facing / lz)[..., None]
    return np.asarray(np.minimum(shaded, 1.15) + gloss * mirror[..., None] * 0.8, dtype=float)


def taken(
    things: Sequence[Thing], ground: Surface, seed: int, *,
    sun: tuple[float, float] = (225, 50), turn: float = 0.0, tilt: tuple[float, float] = (0.0, 0.0),
    zoom: float = 1.06, shift: tuple[float, float] = (0.0, 0.0), focus: tuple[float, float] | None = None,
    blur: float = 0.7, warmth: float = 0.0, exposure: float = 1.0, quality: int = 60,
) -> Image.Image:  # fmt: skip
    """One photo. `turn`: degrees; `tilt`: how far the camera looks from the side and from below; `focus`: the one sharp place."""
    around = np.radians(sun[0])
    picture = lit(ground.colours, ground.height, sun, 0.0, 0.6)
    for thing in things:
        far = thing.lift / np.tan(np.radians(sun[1])) * UNIT
        moved = (int(-np.sin(around) * far), int(-np.cos(around) * far))
        shade = soft(_moved(thing.cover, *moved), 3 + far * 0.35)
        close = soft(thing.cover, 5)
        picture = picture * (1 - 0.5 * np.maximum(shade, 0.8 * close))[..., None]
        picture = blend(picture, lit(thing.colours, thing.height, sun, thing.gloss), soft(thing.cover, 1))
    picture = picture * (1 + 0.16 * (X * np.cos(around) + Y * np.sin(around)))[..., None] * exposure
    picture = picture * (1 - 0.10 * (X * X + Y * Y) / 2)[..., None]
    picture = picture * np.array([1 + warmth, 1.0, 1 - 1.3 * warmth])
    return _developed(_framed(picture, turn, tilt, zoom, shift), seed, focus, blur, quality)


def _moved(plane: Plane, down: int, across: int) -> Plane:
    """The plane moved by so many points; what comes in is like its edge."""
    rows, columns = (np.clip(np.arange(size) - by, 0, size - 1) for size, by in ((HEIGHT, down), (WIDTH, across)))
    return plane[np.ix_(rows, columns)]


def _framed(picture: Plane, turn: float, tilt: tuple[float, float], zoom: float, shift: tuple[float, float]) -> Plane:
    """What the camera has in its frame: turned, from the side, moved."""
    around = np.pad(np.clip(picture, 0, 1), ((MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)), mode="reflect")
    drawn = Image.fromarray((around * 255).astype(np.uint8))
    ratio = WIDTH / SIZE[0]
    cos, sin = np.cos(np.radians(turn)) * ratio / zoom, np.sin(np.radians(turn)) * ratio / zoom
    gx, gy = tilt[0] / SIZE[0], tilt[1] / SIZE[1]
    mx, my = SIZE[0] / 2, SIZE[1] / 2
    middle = (WIDTH / 2 + shift[0] * UNIT + MARGIN, HEIGHT / 2 + shift[1] * UNIT + MARGIN)
    # x' = (a·x + b·y + c) / (gx·x + gy·y + 1), about the middle of the frame
    a, b, d, e = cos + middle[0] * gx, -sin + middle[0] * gy, sin + middle[1] * gx, cos + middle[1] * gy
    base = 1 - gx * mx - gy * my
    c, f = middle[0] - a * mx - b * my, middle[1] - d * mx - e * my
    data = tuple(value / base for value in (a, b, c, d, e, f, gx, gy))
    framed = drawn.transform(SIZE, Image.Transform.PERSPECTIVE, data, Image.Resampling.BICUBIC)
    return np.asarray(framed, dtype=float) / 255


def _developed(picture: Plane, seed: int, focus: tuple[float, float] | None, blur: float, quality: int) -> Image.Image:
    """Depth of field, the noise of a small sensor, sharpening, and JPEG."""
    sharp = Image.fromarray((picture * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(blur))
    data = np.asarray(sharp, dtype=float)
    if focus:
        y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
        far = np.hypot((x / SIZE[0] - 0.5) * 2.67 - focus[0], (y / SIZE[1] - 0.5) * 2 - focus[1])
        dim = np.asarray(sharp.filter(ImageFilter.GaussianBlur(3.2)), dtype=float)
        data = blend(data, dim, np.clip((far - 0.55) / 0.9, 0, 1))
    chance = np.random.default_rng(seed)
    grey, hue = chance.normal(0, 3.2, data.shape[:2]), chance.normal(0, 1.6, data.shape)
    data = np.clip(data + grey[..., None] + hue, 0, 255)
    noisy = Image.fromarray(data.astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.5))
    out = io.BytesIO()
    noisy.filter(ImageFilter.UnsharpMask(1.4, 60, 2)).save(out, "JPEG", quality=quality)
    return Image.open(out).convert("RGB")
