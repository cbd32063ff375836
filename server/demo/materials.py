"""The picture lane's own pictures: materials at the size and blur of an ad's photo, drawn from numbers alone.

`python -m server.demo.rendered` draws them again into `training_modules/picture-lane`; a test compares. What each shows is
what a lesson says of the material, and no more: `training_modules/picture-lane/pictures.yaml` names the lesson.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Plane = NDArray[np.float64]
Drawn = tuple[Plane, Plane]  # colours (height, width, 3) and how far the thing covers each point, 0 to 1
WIDTH, HEIGHT = 640, 480
Y, X = np.mgrid[0:HEIGHT, 0:WIDTH].astype(float)
X, Y = (X - WIDTH / 2) / (HEIGHT / 2), (Y - HEIGHT / 2) / (HEIGHT / 2)


def noise(seed: int, cells: float, octaves: int = 3, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Plane:
    """Clouds from -1 to 1, about `cells` of them from left to right."""
    chance, total = np.random.default_rng(seed), np.zeros(size[::-1])
    for octave in range(octaves):
        wide = max(int(cells * 2**octave), 2)
        grid = chance.uniform(-1, 1, (max(wide * size[1] // size[0], 2), wide)).astype(np.float32)
        total += np.asarray(Image.fromarray(grid).resize(size, Image.Resampling.BICUBIC), dtype=float) / 2**octave
    return np.asarray(np.clip(total / 1.4, -1, 1), dtype=float)


def edge(distance: Plane, soft: float = 0.012) -> Plane:
    """1 where `distance` is below zero, 0 where it is above."""
    return np.asarray(np.clip(0.5 - distance / (2 * soft), 0, 1), dtype=float)


def blend(first: Plane, second: Plane, share: Plane) -> Plane:
    """From the first colour to the second."""
    return first * (1 - share[..., None]) + second * share[..., None]


def colour(red: int, green: int, blue: int) -> Plane:
    """One colour everywhere."""
    return np.full((HEIGHT, WIDTH, 3), [red / 255, green / 255, blue / 255], dtype=float)


def polar(x: Plane = X, y: Plane = Y) -> tuple[Plane, Plane]:
    """Distance from the middle, and direction."""
    return np.hypot(x, y) + 1e-6, np.arctan2(y, x)


def points(seed: int, count: int, wide: float = 1.3, high: float = 0.95) -> Plane:
    """Places strewn over the picture."""
    chance = np.random.default_rng(seed)
    return np.column_stack([chance.uniform(-wide, wide, count), chance.uniform(-high, high, count)])


def nearest(places: Plane, x: Plane = X, y: Plane = Y, reach: float = 9.0) -> tuple[Plane, Plane]:
    """How far each point is from the nearest place and from the second nearest; beyond about `reach` nobody asks."""
    first, second = np.full(x.shape, 9.0), np.full(x.shape, 9.0)
    unit = HEIGHT / 2
    for px, py in places:
        left, right = (int(np.clip(WIDTH / 2 + (px + way) * unit, 0, WIDTH)) for way in (-reach, reach))
        top, bottom = (int(np.clip(HEIGHT / 2 + (py + way) * unit, 0, HEIGHT)) for way in (-reach, reach))
        part = np.s_[top:bottom, left:right]
        far = np.hypot(x[part] - px, y[part] - py)
        second[part] = np.minimum(second[part], np.maximum(first[part], far))
        first[part] = np.minimum(first[part], far)
    return first, second


def photographed(
    drawn: Drawn, seed: int, ground: tuple[int, int, int] = (96, 104, 112), blur: float = 1.1
) -> Image.Image:
    """The thing on a cloth by a window: shadow, fall of light, the grain and the blur of a telephone."""
    colours, cover = drawn
    cloth = colour(*ground) * (1 + 0.05 * noise(seed + 1, 90, 2) + 0.06 * noise(seed + 2, 4))[..., None]
    shade = np.asarray(
        Image.fromarray((cover * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(16)), dtype=float
    )
    shade = np.roll(shade / 255, (12, 10), (0, 1))
    picture = blend(cloth * (1 - 0.45 * shade)[..., None], colours, cover)
    light = 1.04 - 0.16 * (X + Y) / 2
    grain = np.random.default_rng(seed + 3).normal(0, 0.012, picture.shape)
    data = np.clip(picture * light[..., None] + grain, 0, 1)
    return Image.fromarray((data * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(blur))


def tusk(seed: int, from_radius: float, rind: Plane | None) -> Drawn:
    """A tusk cut across. `from_radius`: degrees between a line and the radius; two lines open twice as wide to the middle."""
    x, y = X * 1.04 + 0.02 * noise(seed, 3), Y * 0.98 + 0.02 * noise(seed + 9, 3)
    far, turn = polar(x, y)
    reach = np.tan(np.radians(from_radius)) * np.log(far)
    many = 46 if from_radius > 50 else 60
    lines = np.maximum(np.sin(many * (turn + reach)), np.sin(many * (turn - reach)))
    strong = np.clip((far - 0.38) / 0.22, 0, 1)  # the inner lines are faint
    ivory = blend(colour(238, 224, 194), colour(206, 180, 136), np.clip(0.5 - 0.5 * lines, 0, 1) * 0.75 * strong)
    ivory *= (1 + 0.04 * noise(seed + 4, 5))[..., None]
    ivory = blend(ivory, colour(120, 92, 62), edge(np.abs(far - 0.05) - 0.012) * 0.8)
    if rind is not None:
        ivory = blend(
            ivory,
            rind * (1 + 0.25 * noise(seed + 5, 14))[..., None],
            edge(0.80 + 0.02 * noise(seed + 6, 8) - far, 0.02),
        )
    else:
        ivory = blend(ivory, colour(214, 190, 150), edge(0.84 - far))
    return ivory, edge(far - 0.88)


def elephant() -> Drawn:
    """Crossed lines at about 124 degrees near the rim."""
    return tusk(11, 62, None)


def mammoth() -> Drawn:
    """Crossed lines at about 76 degrees within a brown and blue-green rind."""
    return tusk(23, 38, blend(colour(92, 66, 44), colour(84, 112, 104), np.clip(noise(29, 5) + 0.3, 0, 1)))


def bone() -> Drawn:
    """A rod of polished bone: dark pits, and short scratches along it."""
    along, across = X * 0.97 + Y * 0.24, Y * 0.97 - X * 0.24
    base = colour(228, 214, 184) * (1 + 0.05 * noise(31, 5) - 0.35 * across**2)[..., None]
    chance, dark = np.random.default_rng(32), np.zeros(X.shape)
    for _ in range(420):
        px, py, long = chance.uniform(-1.3, 1.3), chance.uniform(-0.9, 0.9), chance.exponential(0.022)
        column, row = int(WIDTH / 2 + px * HEIGHT / 2), int(HEIGHT / 2 + py * HEIGHT / 2)
        part = np.s_[max(row - 40, 0) : row + 40, max(column - 60, 0) : column + 60]
        at, aside = px * 0.97 + py * 0.24, py * 0.97 - px * 0.24
        far = np.hypot((along[part] - at) / (0.007 + long), (across[part] - aside) / 0.0062)
        dark[part] = np.maximum(dark[part], np.clip(1.5 - far, 0, 1))
    return blend(base, colour(84, 62, 40), dark * 0.85), edge(np.maximum(np.abs(across) - 0.47, np.abs(along) - 1.12))


def celluloid() -> Drawn:
    """The back of a hand mirror: stripes as even as print, a seam, a few bubbles."""
    far, _ = polar(X, Y * 1.1)
    stripes = np.sin(X * 92)
    base = blend(colour(240, 229, 200), colour(222, 203, 160), 0.5 + 0.5 * stripes)
    base = blend(base, colour(170, 150, 112), edge(np.abs(far - 0.8) - 0.005) * 0.9)
    for px, py in points(42, 9, 0.6, 0.6):
        ring = np.abs(np.hypot(X - px, Y - py) - 0.016)
        base = blend(base, colour(176, 158, 122), edge(ring - 0.003, 0.006) * 0.8)
    return base, edge(far - 0.9)


def walrus() -> Drawn:
    """An oval section: a smooth ring, and a core that looks like rice pudding."""
    far, _ = polar(X * 0.86, Y * 1.22)
    first, second = nearest(points(51, 330, 0.72, 0.5), reach=0.3)
    lumps = np.clip((second - first) / 0.05, 0, 1)
    core = blend(colour(176, 150, 106), colour(232, 220, 194), lumps)
    smooth = colour(238, 227, 202) * (1 + 0.02 * np.sin(far * 70) + 0.03 * noise(53, 5))[..., None]
    return blend(smooth, core, edge(far - 0.52 + 0.03 * noise(54, 7), 0.03)), edge(far - 0.9)


def hippopotamus() -> Drawn:
    """A canine cut across: three rounded sides, fine wavy rings that follow them, a small arch in the middle."""
    x, y = X, Y - 0.12
    far, turn = polar(x, y)
    outline = 0.80 + 0.10 * np.cos(3 * (turn + np.pi / 2))
    whole = far / outline
    depth = whole + 0.010 * np.sin(26 * turn + 3 * noise(61, 6)) * np.clip(1.4 * whole, 0, 1)
    rings = np.sin(depth * 108)
    base = blend(colour(240, 231, 208), colour(206, 188, 150), np.clip(0.5 + 0.5 * rings, 0, 1) * 0.5)
    arch = edge(np.abs(np.hypot(x, (y - 0.03) * 1.5) - 0.13) - 0.012) * (y < 0.05)
    base = blend(base, colour(120, 94, 62), arch * 0.9)
    return blend(base, colour(226, 220, 206), edge(0.94 - whole)), edge(whole - 1, 0.015)


def tagua() -> Drawn:
    """Half a palm seed with its brown husk, a coin beside it for size."""
    x, y = X + 0.3, Y - 0.02
    far, turn = polar(x * 1.12, y * (1 + 0.14 * x))
    rings = np.sin(far * 190 + 2.4 * noise(71, 5))
    base = blend(colour(236, 226, 200), colour(214, 198, 160), (0.5 + 0.5 * rings) * 0.45)
    hollow = edge(np.hypot(x * 0.6, y * 2.6) - 0.11, 0.02)
    base = blend(base, colour(110, 84, 56), hollow)
    husk = edge(0.60 + 0.02 * np.sin(5 * turn) - far, 0.01)
    base = blend(base, colour(94, 62, 38) * (1 + 0.3 * noise(73, 30))[..., None], husk)
    coin, _ = polar(X - 0.88, Y - 0.42)
    metal = colour(196, 168, 96) * (1 + 0.10 * np.sin(coin * 60) - 0.2 * edge(np.abs(coin - 0.23) - 0.012))[..., None]
    return blend(base, metal, edge(coin - 0.27)), np.maximum(edge(far - 0.69), edge(coin - 0.27))


def comb(shell: Plane) -> Drawn:
    """A hair comb of `shell`: a back and its teeth."""
    back = np.maximum(np.abs(X) - 1.05, np.abs(Y + 0.32) - 0.36 + 0.10 * X**2)
    teeth = np.maximum(
        np.maximum(np.abs(X) - 1.0, np.abs(Y - 0.36) - 0.44), np.abs(np.mod(X * 9.5, 1) - 0.5) / 9.5 - 0.034
    )
    return shell, np.maximum(edge(back), edge(teeth, 0.008))


def mottled(cloud: Plane) -> Plane:
    """Amber, brown and black by the height of a cloud."""
    amber = blend(colour(214, 146, 54), colour(120, 58, 20), np.clip(0.5 + cloud * 2.2, 0, 1))
    return blend(amber, colour(34, 18, 12), np.clip(cloud * 4 - 0.5, 0, 1))


def tortoiseshell() -> Drawn:
    """Mottling that never repeats, a little thicker here and there, with fine marks of a knife."""
    cloud = noise(81, 4, 4) + 0.25 * noise(82, 13, 2)
    shell = mottled(cloud) * (1 + 0.12 * noise(83, 3))[..., None]
    marks = np.clip(noise(84, 2, 1) * 0.6 + np.sin((Y * 0.9 + X * 0.2) * 210 + 6 * noise(85, 5)), 0.86, 1) - 0.86
    return comb(shell * (1 - 0.9 * marks)[..., None])


def printed_shell() -> Drawn:
    """The same patch again and again."""
    patch = noise(91, 3, 3, (160, 160))
    patch = patch * np.hanning(160)[:, None] ** 0.3 * np.hanning(160)[None, :] ** 0.3
    return comb(mottled(np.tile(patch, (3, 4)) + 0.05))
