"""Pictures of many kinds, made by whole numbers alone, the same on every machine: what `pdqhash` makes of each stands in a test.

Their kinds are those of what people photograph and of what goes wrong: slopes, noise, shapes, writing, leaves, frames, hardly
anything at all.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from tests.photos import pixels

Pixels = Any  # rows of red, green, blue


def _coloured(grey: Any, tint: tuple[int, int, int] = (255, 255, 255)) -> Pixels:
    """A brightness, 0 to 255, in a colour."""
    return (grey[:, :, None].astype(np.int64) * np.array(tint) // 255).astype(np.uint8)


def _grid(high: int, wide: int) -> Any:
    return np.mgrid[:high, :wide].astype(np.int64)


def slope(high: int, wide: int, down: int, across: int) -> Pixels:
    """Brighter and brighter, then dark again."""
    y, x = _grid(high, wide)
    return _coloured((y * down + x * across) // 4 % 256, (255, 200, 120))


def noise(high: int, wide: int, seed: int, grain: int) -> Pixels:
    """Grains of one size."""
    random = np.random.RandomState(seed)
    coarse = random.randint(0, 256, (-(-high // grain), -(-wide // grain), 3))
    return coarse.repeat(grain, axis=0).repeat(grain, axis=1)[:high, :wide].astype(np.uint8)


def rings(high: int, wide: int, width: int) -> Pixels:
    """As of a cut tusk, off the middle: a picture that is its own mirror image has frequencies of nothing, whose bits are chance."""
    y, x = _grid(high, wide)
    return _coloured(((y - high // 3) ** 2 + (x - wide * 2 // 5) ** 2) // width % 256, (250, 240, 200))


def shapes(high: int, wide: int, seed: int) -> Pixels:
    """Boxes and discs on one ground."""
    random, (y, x) = np.random.RandomState(seed), _grid(high, wide)
    picture = np.full((high, wide, 3), 225, np.uint8)
    for _ in range(12):
        top, left, size = (int(random.randint(0, most)) for most in (high, wide, high // 2))
        colour = random.randint(0, 256, 3)
        disc = (y - top) ** 2 + (x - left) ** 2 < (size // 2) ** 2
        box = (abs(y - top) < size // 3) & (abs(x - left) < size // 2)
        picture[disc if random.randint(2) else box] = colour
    return picture


def writing(high: int, wide: int, seed: int, size: int) -> Pixels:
    """Lines of marks of five by seven squares, dark on white, as of a price list."""
    random = np.random.RandomState(seed)
    picture = np.full((high, wide), 250, np.int64)
    for top in range(size, high - 8 * size, 10 * size):
        for left in range(size, int(random.randint(wide // 3, wide)) - 6 * size, 6 * size):
            mark = random.randint(0, 2, (7, 5)).repeat(size, axis=0).repeat(size, axis=1)
            picture[top : top + 7 * size, left : left + 5 * size] -= mark * 220
    return _coloured(picture)


def leaves(high: int, wide: int, turns: int) -> Pixels:
    """The sets of bits that two numbers share: the same at each size, as leaves and feathers are."""
    y, x = _grid(high, wide)
    return _coloured(((x & y) * turns + (x ^ (y * 2 // 3))) % 256, (150, 230, 140))


def photo(high: int, wide: int, seed: int) -> Pixels:
    """Patches of all sizes, as photos have."""
    return pixels(seed, 1024)[:high, :wide]


def framed(high: int, wide: int, seed: int, shade: int) -> Pixels:
    """A photo in a plain frame."""
    picture = np.full((high, wide, 3), shade, np.uint8)
    picture[high // 8 : -(high // 8), wide // 8 : -(wide // 8)] = pixels(seed)[
        : high - high // 8 * 2, : wide - wide // 8 * 2
    ]
    return picture


def faint(high: int, wide: int, seed: int) -> Pixels:
    """A photo in the dark."""
    return pixels(seed, 1024)[:high, :wide] // 16 + 8


MADE: dict[str, Callable[[], Pixels]] = {}
for _high, _wide, _number in ((512, 512, 1), (300, 411, 2), (777, 1024, 3), (130, 97, 4), (600, 200, 5)):
    _size = f"{_high}x{_wide}"
    MADE |= {
        f"slope {_size}": partial(slope, _high, _wide, _number, 6 - _number),
        f"noise {_size}": partial(noise, _high, _wide, _number, 4 * _number + 1),
        f"rings {_size}": partial(rings, _high, _wide, 20 * _number),
        f"shapes {_size}": partial(shapes, _high, _wide, _number),
        f"writing {_size}": partial(writing, _high, _wide, _number, 1 + _number % 3),
        f"leaves {_size}": partial(leaves, _high, _wide, _number),
        f"photo {_size}": partial(photo, _high, _wide, 10 + _number),
        f"faint {_size}": partial(faint, _high, _wide, 30 + _number),
    }
for _number in range(4):
    MADE[f"framed {_number}"] = partial(framed, 320 + 40 * _number, 480, 20 + _number, 85 * _number)


def made() -> Iterator[tuple[str, Pixels]]:
    """Each picture, with its name."""
    for name, make in MADE.items():
        yield name, np.ascontiguousarray(make())
