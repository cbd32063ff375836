"""The picture lane's own pictures: shells and insects. Each shows what a lesson says of it."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (
    Plane,
    Thing,
    X,
    Y,
    blend,
    box,
    dome,
    edge,
    fibres,
    nearest,
    noise,
    paint,
    placed,
    soft,
    strewn,
)
from server.demo.lane_pictures.outlines import limb, melted, outline, oval, thing


def chambers_cut_open() -> Image.Image:
    """Half of a coiled shell on blue velvet: a spiral of chambers that grow outwards, each wall curved, mother-of-pearl inside."""
    x, y = placed(0.16, -0.06, 24)
    far, turn = np.hypot(x, y) + 1e-6, np.arctan2(y, x)
    grow = np.log(3.1) / (2 * np.pi)  # by so much it widens with each turn
    level = (np.log(far / 0.56) - grow * turn) / (2 * np.pi * grow)
    coil = np.floor(level) + 1
    inside = level - np.floor(level)  # 0 at the inner wall of this turn, 1 at the outer
    whole = coil <= 0
    angle = turn + 2 * np.pi * coil  # counted along the spiral
    edge_far = 0.56 * np.exp(grow * (np.where(coil <= 0, angle, 0)))
    shape = np.where(whole, -np.minimum(0.3, (edge_far - far)), 0.02 + 0 * far)
    shape = np.maximum(shape, -(far - 0.015))
    wall_ = np.minimum(inside, 1 - inside) * far * 0.9
    chamber = np.mod((angle + 0.75 * (inside - 0.5) ** 2 * 2) * 2.5, 1)
    septum = np.minimum(chamber, 1 - chamber) * far / 2.5
    living = (angle > -1.5) & whole
    septum = np.where(living, 9.0, septum)
    pearl = paint(232, 222, 206, 0.04 * noise(1451, 12))
    tint = np.sin(10 * inside + 3 * angle)
    pearl = blend(pearl, paint(226, 190, 196), np.clip(tint, 0, 1) * 0.35)
    pearl = blend(pearl, paint(190, 214, 210), np.clip(-tint, 0, 1) * 0.35)
    shade = np.clip(0.60 + 0.8 * chamber, 0.6, 1.15)
    pearl = pearl * np.where(living, 0.95, shade)[..., None]
    line = edge(np.minimum(wall_ - 0.014, septum - 0.010), 0.008)
    pearl = blend(pearl, paint(250, 246, 236), line)
    rim = edge(-shape - 0.03, 0.01) * whole
    flames = edge(np.sin(14 * angle) - 0.1, 0.3)
    pearl = blend(pearl, blend(paint(240, 230, 214), paint(156, 80, 40), flames), rim)
    cover = np.where(whole, 1.0, 0.0)
    cover = soft(cover, 1)
    height = 0.10 * cover + 0.06 * line - 0.05 * np.where(living, 0.5, 1 - chamber) * cover
    velvet = camera.Surface(paint(34, 50, 110, 0.12 * noise(1452, 200) + 0.2 * noise(1453, 4)), 0.05 * noise(1454, 3))
    return camera.taken([Thing(pearl, cover, soft(height, 2), 0.5, 0.10)], velvet, 1455, sun=(235, 48), turn=2, tilt=(0.02, 0.06), zoom=1.02, quality=66)  # fmt: skip


def folded_white() -> Image.Image:
    """A huge white shell on a terrace: five deep folds like fingers, a wavy rim, the hand of a gardening glove beside it for size."""
    x, y = placed(-0.10, -0.02, 0)
    turn = np.arctan2(x, 0.80 - y)
    far = np.hypot(x, 0.80 - y)
    folds = np.cos(turn * 14.0)
    rim = 1.36 + 0.09 * folds - 0.34 * turn**2
    shape = np.maximum(far - rim, np.abs(turn) - 0.98) * 0.8
    grown = np.sin(far * 34 + 1.5 * noise(1461, 5)) * np.clip(far - 0.3, 0, 1)
    white = paint(232, 226, 212, 0.05 * noise(1462, 30) + 0.05 * grown)
    white = blend(white, paint(168, 152, 124), edge(0.55 - noise(1463, 6, 3) - 0.3 * np.clip(-folds, 0, 1), 0.3) * 0.6)
    height = dome(shape, 0.30, 0.20) + 0.055 * folds * np.clip(far * 1.2, 0, 1) + 0.008 * grown
    palm = outline(
        [(-0.16, 0.34), (-0.18, 0.06), (-0.14, -0.06), (0.14, -0.06), (0.18, 0.06), (0.16, 0.34)], 1.02, 0.46, -14
    )
    fingers = np.minimum.reduce([limb((1.02 + a, 0.42), (1.02 + 1.6 * a - 0.10, 0.42 - b), 0.055, 0.045) for a, b in ((-0.12, 0.30), (-0.04, 0.36), (0.05, 0.34), (0.13, 0.28))] + [limb((0.90, 0.60), (0.74, 0.42), 0.06, 0.05)])  # fmt: skip
    glove = melted(palm, fingers, by=50)
    cloth = blend(
        paint(206, 120, 40, 0.1 * noise(1464, 60)),
        paint(230, 226, 214, 0.05 * np.sin(Y * 200)),
        edge(-(Y - 0.62), 0.01),
    )
    things = [
        thing(white, shape, 0.02, 0.0, relief=height, gloss=0.12, lift=0.22),
        thing(cloth, glove, 0.06, 0.07, lift=0.06),
    ]
    return camera.taken(things, camera.tiles(160, 128, 110, 1465), 1466, sun=(220, 46), turn=-3, tilt=(0.0, 0.08), zoom=0.96, shift=(0.02, 0.0), warmth=0.02, quality=62)  # fmt: skip


def ear_with_holes() -> Image.Image:
    """A flat ear-shaped shell, inside up, on driftwood: swirls of green, blue and pink, and a row of round holes along one edge."""
    shape = outline([(-0.92, 0.10), (-0.80, -0.34), (-0.40, -0.60), (0.16, -0.62), (0.66, -0.42), (0.92, -0.06), (0.84, 0.30), (0.46, 0.52), (-0.06, 0.58), (-0.56, 0.46)], 0.0, 0.0, -10)  # fmt: skip
    x, y = placed(0, 0, -10)
    holes = np.minimum.reduce(
        [
            oval(*_turned(a, b), s, s * 0.85)
            for a, b, s in (
                (-0.62, -0.36, 0.030),
                (-0.46, -0.46, 0.036),
                (-0.27, -0.52, 0.042),
                (-0.05, -0.54, 0.047),
                (0.18, -0.53, 0.052),
            )
        ]
    )
    swirl = noise(1471, 5, 4) + 0.4 * noise(1472, 12, 2) + 0.5 * np.hypot(x - 0.5, y + 0.1)
    hue = np.sin(9 * swirl)
    inside = blend(paint(64, 164, 150), paint(66, 96, 170), np.clip(0.5 + hue, 0, 1))
    inside = blend(inside, paint(226, 150, 190), edge(0.72 - np.sin(9 * swirl + 1.6), 0.35) * 0.8)
    inside = blend(inside, paint(216, 224, 190), edge(0.86 - np.sin(9 * swirl + 3.4), 0.25) * 0.8)
    rim = edge(-shape - 0.055 + 0.01 * noise(1473, 20), 0.02)
    inside = blend(inside, paint(132, 70, 60, 0.3 * noise(1474, 40)), rim)
    inside = blend(inside, paint(54, 44, 40), edge(holes))
    height = dome(shape, 0.05, 0.06) - 0.16 * np.clip(-shape / 0.5, 0, 1) + 0.02 * soft(swirl, 3)
    things = [Thing(inside, edge(shape), height, 0.12, 0.10)]
    ground = camera.wood(168, 158, 146, 1475, 0.9)
    return camera.taken(things, ground, 1476, sun=(250, 46), turn=4, tilt=(0.03, 0.05), zoom=1.02, quality=66)


def _turned(a: float, b: float) -> tuple[float, float]:
    cos, sin = np.cos(np.radians(-10)), np.sin(np.radians(-10))
    return a * cos - b * sin, a * sin + b * cos


def shell_on_shelf() -> Image.Image:
    """One big spiked shell with a wide pink lip on a bookshelf, between the spines of books and a framed photo."""
    books = np.floor((X + 2) / 0.155)
    backs = [paint(*c) for c in ((126, 40, 44), (44, 74, 110), (196, 172, 120), (54, 92, 70), (90, 60, 110))]
    row = sum(backs[k] * (np.mod(books * 3, 5) == k)[..., None] for k in range(5))
    gap = np.abs(np.mod((X + 2) / 0.155, 1) - 0.5)
    row = row * (1 - 0.6 * edge(0.46 - gap, 0.03))[..., None]
    row = blend(row, paint(220, 190, 110), edge(np.abs(Y + 0.45) - 0.02, 0.006) * (np.mod(books, 2) == 0) + 0.0)
    shelf = edge(0.66 - Y, 0.008)
    scene = blend(row * 0.75, paint(150, 104, 66, 0.15 * fibres(1481, X, Y, 50, 2)), shelf)
    body = outline([(-0.72, 0.16), (-0.52, -0.22), (-0.16, -0.40), (0.24, -0.40), (0.56, -0.20), (0.80, 0.10), (0.98, 0.36), (0.62, 0.56), (0.10, 0.68), (-0.40, 0.60), (-0.66, 0.42)], -0.10, 0.02)  # fmt: skip
    spikes = np.minimum.reduce(
        [
            limb((-0.10 + a, 0.02 + b), (-0.10 + 1.24 * a, 0.02 + b - 0.17), 0.10, 0.015)
            for a, b in ((-0.52, -0.16), (-0.28, -0.30), (0.0, -0.36), (0.28, -0.32))
        ]
    )
    spire = limb((-0.72, 0.16), (-0.98, 0.04), 0.24, 0.02)
    shell = melted(body, spikes, spire, by=34)
    lip = outline(
        [
            (-0.30, 0.30),
            (0.0, 0.02),
            (0.40, 0.0),
            (0.72, 0.14),
            (0.90, 0.36),
            (0.58, 0.50),
            (0.10, 0.60),
            (-0.24, 0.52),
        ],
        -0.08,
        0.04,
    )
    u, v = placed(-0.1, 0.0, 16)
    outside = blend(paint(226, 196, 156), paint(176, 128, 84), np.clip(0.5 + 0.7 * fibres(1482, u, v, 16, 3), 0, 1))
    pink = blend(
        paint(246, 170, 160), paint(214, 92, 100), np.clip(0.9 - np.hypot((X - 0.16) / 0.5, (Y - 0.32) / 0.26), 0, 1)
    )
    things = [
        thing(outside, shell, 0.22, 0.24, gloss=0.15, lift=0.14, relief=0.02 * fibres(1483, u, v, 14, 2)),
        thing(pink, lip, 0.10, -0.08, relief=0.26, gloss=0.5, lift=0.01),
    ]
    frame = np.maximum(box(X - 1.12, Y - 0.26, 0.24, 0.38, 0.01), -box(X - 1.12, Y - 0.26, 0.19, 0.33, 0.01))
    photo = box(X - 1.12, Y - 0.26, 0.20, 0.34, 0.01)
    sea = blend(paint(120, 170, 206), paint(226, 206, 160), edge(0.36 - Y, 0.02))
    things = [thing(sea, photo, 0.01, 0.01, lift=0.06), thing(paint(60, 44, 34), frame, 0.02, 0.03, lift=0.06), *things]
    return camera.taken(
        things,
        camera.Surface(scene, 0.03 * (1 - shelf) * (0.5 - gap)),
        1484,
        sun=(235, 50),
        turn=2,
        tilt=(0.0, 0.02),
        zoom=1.0,
        warmth=0.04,
        quality=62,
    )


def _winged(
    px: float, py: float, size: float, fore: list[tuple[float, float]], hind: list[tuple[float, float]]
) -> tuple[Plane, Plane, Plane]:
    """Both fore wings, both hind wings, and the body of a butterfly."""
    front = np.minimum(outline(fore, px, py, 0, size), outline(fore, px, py, 0, size, flip=True))
    back = np.minimum(outline(hind, px, py, 0, size), outline(hind, px, py, 0, size, flip=True))
    body = np.minimum.reduce(
        [
            limb((px, py - 0.20 * size), (px, py + 0.30 * size), 0.055 * size, 0.035 * size),
            oval(px, py - 0.25 * size, 0.05 * size, 0.05 * size),
        ]
    )
    feelers = np.minimum.reduce(
        [limb((px, py - 0.28 * size), (px + way * 0.18 * size, py - 0.56 * size), 0.008, 0.008) for way in (-1, 1)]
    )
    return front, back, np.minimum(body, feelers)


def green_in_frame() -> Image.Image:
    """One very large butterfly in a deep frame: long black fore wings with a green sweep, short golden-green hind wings with dark dots."""
    front, back, body = _winged(0.0, 0.06, 1.05, [(0.04, -0.14), (0.30, -0.42), (0.70, -0.62), (0.98, -0.58), (0.92, -0.36), (0.62, -0.06), (0.30, 0.06), (0.04, 0.04)],
                                [(0.04, 0.0), (0.34, 0.04), (0.56, 0.18), (0.54, 0.42), (0.36, 0.56), (0.16, 0.46), (0.05, 0.24)])  # fmt: skip
    u, v = np.abs(X), Y - 0.06
    veins = np.abs(np.mod(np.arctan2(v + 0.05, u) * 5.2, 1) - 0.5)
    sweep = np.minimum(np.abs(v + 0.62 * u - 0.02 + 0.1 * u**2) - 0.055, np.abs(v + 0.30 * u - 0.06) - 0.035)
    fore = blend(paint(22, 22, 20), paint(70, 176, 64), edge(sweep, 0.02) * edge(0.10 - u, 0.04))
    hind = blend(paint(206, 196, 50), paint(90, 180, 66), np.clip(1.2 - u * 2 + 0.2 * noise(1491, 8), 0, 1))
    dots = np.minimum.reduce(
        [np.hypot(u - a, v - b) - 0.036 for a, b in ((0.28, 0.36), (0.40, 0.30), (0.47, 0.19), (0.19, 0.40))]
    )
    hind = blend(hind, paint(24, 22, 18), np.maximum(edge(dots, 0.01), edge(-back - 0.045, 0.02)))
    fore, hind = (wing * (1 - 0.45 * edge(veins - 0.05, 0.03))[..., None] for wing in (fore, hind))
    gold = blend(paint(30, 26, 22), paint(226, 180, 50, 0.2 * noise(1492, 60)), edge(0.10 - Y, 0.03))
    return _framed_insects([(front, fore), (back, hind), (body, gold)], (112, 72, 44), (242, 238, 226), 1493, (300, 48))


def _framed_insects(
    parts: list[tuple[Plane, Plane]],
    moulding: tuple[int, int, int],
    card: tuple[int, int, int],
    seed: int,
    sun: tuple[float, float],
) -> Image.Image:
    things = [thing(colours, shape, 0.03, 0.02, lift=0.08) for shape, colours in reversed(parts[:-1])]
    things.append(thing(parts[-1][1], parts[-1][0], 0.05, 0.06, lift=0.06))
    frame = np.maximum(box(X, Y, 1.24, 0.93, 0.01), -box(X, Y, 1.12, 0.81, 0.01))
    things.append(thing(paint(*moulding, 0.15 * fibres(seed, X, Y, 60, 2)), frame, 0.05, 0.10, gloss=0.4, lift=0.14))
    shine = edge(np.abs(X + 0.5 * Y - 0.75) - 0.08, 0.05) * edge(box(X, Y, 1.1, 0.8, 0.01)) * 0.14
    things.append(Thing(paint(255, 255, 255), shine, np.zeros(X.shape), 0.0, 0.0))
    inside = edge(box(X, Y, 1.16, 0.85, 0.01))
    ground = camera.Surface(
        blend(paint(150, 160, 150, 0.08 * noise(seed + 1, 9)), paint(*card, 0.02 * noise(seed + 2, 60)), inside),
        np.zeros(X.shape),
    )
    return camera.taken(things, ground, seed + 3, sun=sun, turn=-2, tilt=(0.03, 0.04), zoom=0.98, quality=64)


def five_blues() -> Image.Image:
    """Five butterflies in a row of two and three under glass: broad wings of one shining blue with a black rim and small white dots."""
    fore = [
        (0.04, -0.10),
        (0.26, -0.46),
        (0.62, -0.62),
        (0.86, -0.50),
        (0.80, -0.24),
        (0.62, 0.02),
        (0.30, 0.10),
        (0.04, 0.06),
    ]
    hind = [(0.04, 0.02), (0.36, 0.02), (0.66, 0.10), (0.70, 0.32), (0.50, 0.54), (0.26, 0.56), (0.08, 0.34)]
    wings, bodies, colours = np.full(X.shape, 9.0), np.full(X.shape, 9.0), paint(30, 96, 220)
    for px, py, size in (
        (-0.52, -0.36, 0.50),
        (0.52, -0.36, 0.52),
        (-0.74, 0.40, 0.42),
        (0.0, 0.40, 0.44),
        (0.74, 0.40, 0.42),
    ):
        front, back, body = _winged(px, py, size, fore, hind)
        both = np.minimum(front, back)
        near = np.hypot(X - px, Y - py) < size
        shine = np.clip(0.5 + 0.5 * np.sin(5 * (X - px) / size + 2 * (Y - py) / size), 0, 1)
        blue = blend(paint(20, 84, 214), paint(90, 190, 250), shine * 0.8)
        veins = np.abs(np.mod(np.arctan2(Y - py, np.abs(X - px)) * 4.5, 1) - 0.5)
        blue = blue * (1 - 0.25 * edge(veins - 0.04, 0.03))[..., None]
        rim = edge(-both - 0.10 * size + 0.02 * noise(1501, 18), 0.02)
        dots, _, _ = nearest(strewn(1502, 0.055), 0.12)
        blue = blend(
            blue,
            blend(paint(20, 20, 26), paint(240, 240, 240), edge(dots - 0.007, 0.005) * edge(-both - 0.06 * size, 0.01)),
            rim,
        )
        colours = np.where(near[..., None], blue, colours)
        wings, bodies = np.minimum(wings, both), np.minimum(bodies, body)
    return _framed_insects(
        [(wings, colours), (bodies, paint(40, 34, 32))], (40, 38, 40), (250, 250, 248), 1503, (225, 50)
    )
