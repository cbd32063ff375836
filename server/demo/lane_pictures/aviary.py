"""The picture lane's own pictures: more birds, their eggs, feathers and gear. Each shows what a lesson or the list of species says of it."""

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
    chance_of,
    edge,
    fibres,
    noise,
    paint,
    placed,
    ribbon,
    soft,
)
from server.demo.lane_pictures.outlines import Points, eye, limb, outline, oval, scales, thing, wall


def _claws(*feet: tuple[float, float], size: float = 1.0) -> Plane:
    """Toes that hold a perch."""
    claws = [limb((px + a, py - 0.03), (px + a * 1.2, py + 0.08 * size), 0.028 * size, 0.018 * size) for px, py in feet for a in (-0.05 * size, 0.0, 0.05 * size)]  # fmt: skip
    return np.asarray(np.minimum.reduce(claws), dtype=float)


def yellow_on_wings() -> Image.Image:
    """A large bright red bird with a long tail on a branch: a broad yellow band on the wing, then blue, a bare white face, a pale hooked bill."""
    body = outline([(-0.20, -0.72), (-0.02, -0.80), (0.16, -0.68), (0.22, -0.44), (0.30, -0.10), (0.26, 0.24), (0.10, 0.36), (-0.14, 0.30), (-0.26, 0.0), (-0.24, -0.36), (-0.28, -0.56)], 0.0, 0.02)  # fmt: skip
    wing = outline(
        [
            (-0.02, -0.42),
            (0.18, -0.40),
            (0.34, -0.16),
            (0.40, 0.16),
            (0.42, 0.56),
            (0.28, 0.46),
            (0.12, 0.22),
            (0.0, -0.10),
        ]
    )
    tail = outline([(0.04, 0.22), (0.26, 0.24), (0.36, 0.62), (0.46, 1.02), (0.40, 1.10), (0.24, 0.80), (0.10, 0.50)])
    u, v = placed(0.0, 0.0, 10)
    far, which = scales(u, v, 0.085)
    band = edge(Y + 0.16 - 0.35 * X, 0.03)
    lower = edge(-(Y - 0.04 - 0.35 * X), 0.03)
    feather = blend(blend(paint(240, 200, 50), paint(206, 30, 36), band), paint(40, 84, 180), lower)
    feather = feather * (1 + 0.12 * (chance_of(1601, which) - 0.5) - 0.22 * edge(0.86 - far, 0.08))[..., None]
    red = paint(214, 34, 40, 0.06 * noise(1602, 20)) * (1 - 0.14 * edge(0.86 - far, 0.08))[..., None]
    red = blend(red, paint(244, 238, 228), edge(oval(-0.16, -0.54, 0.13, 0.12), 0.02))
    lines = edge(np.abs(np.mod(Y * 30, 1) - 0.5) - 0.12, 0.06) * edge(oval(-0.16, -0.52, 0.11, 0.07), 0.02)
    red = blend(red, paint(196, 60, 60), lines * 0.6)
    upper = outline([(-0.20, -0.72), (-0.40, -0.64), (-0.50, -0.44), (-0.46, -0.28), (-0.36, -0.42), (-0.22, -0.46)])
    under = outline([(-0.36, -0.40), (-0.30, -0.28), (-0.18, -0.32), (-0.22, -0.44)])
    branch = limb((-1.5, 0.52), (1.5, 0.36), 0.10, 0.08) + 0.015 * noise(1603, 14)
    streak = paint(196, 34, 40, 0.12 * fibres(1604, Y, X, 30, 2))
    streak = blend(streak, paint(40, 90, 190), edge(np.abs(X - 0.30 - 0.12 * Y) - 0.03, 0.02) * edge(0.5 - Y, 0.1))
    things = [
        thing(streak, tail, 0.05, 0.05, lift=0.10),
        thing(paint(110, 80, 56, 0.3 * fibres(1605, X, Y, 30, 2)), branch, 0.10, 0.12, lift=0.10),
        thing(paint(34, 30, 32), under, 0.05, 0.05, gloss=0.5),
        thing(red, body, 0.20, 0.16, lift=0.06),
        thing(feather, wing, 0.08, 0.08, lift=0.05, relief=-0.01 * far),
        thing(paint(232, 218, 190, 0.05 * noise(1606, 20)), upper, 0.07, 0.08, gloss=0.6, lift=0.05),
        *eye(-0.12, -0.60, 0.040, (226, 206, 110)),
        thing(paint(70, 62, 60), _claws((-0.06, 0.40), (0.14, 0.39), size=1.2), 0.02, 0.05, lift=0.03),
    ]
    return camera.taken(things, wall(108, 142, 92, 1607, 0.5), 1608, sun=(235, 50), turn=-3, zoom=1.0, quality=64)


def box_under_lamp() -> Image.Image:
    """Nine white eggs on a yellow cloth in a wooden box, with a thermometer; three have a number in pencil."""
    eggs, marks = np.full(X.shape, 9.0), np.full(X.shape, 9.0)
    chance = np.random.default_rng(1611)
    for at in range(9):
        px, py = (
            -0.62 + 0.50 * (at % 3) + chance.uniform(-0.05, 0.05),
            -0.46 + 0.46 * (at // 3) + chance.uniform(-0.04, 0.04),
        )
        turn = chance.uniform(0, 180)
        egg = outline([(0.0, -0.21), (0.10, -0.15), (0.155, 0.02), (0.10, 0.16), (0.0, 0.20), (-0.10, 0.16), (-0.155, 0.02), (-0.10, -0.15)], px, py, turn)  # fmt: skip
        eggs = np.minimum(eggs, egg)
        if at in (1, 3, 8):
            marks = np.minimum(marks, np.minimum.reduce([limb((px - 0.03, py - 0.04), (px + 0.0, py - 0.06), 0.007, 0.007), limb((px, py - 0.06), (px, py + 0.05), 0.007, 0.007), limb((px + 0.04, py - 0.05), (px + 0.06, py + 0.05), 0.006, 0.006)]))  # fmt: skip
    shell = blend(paint(246, 242, 230, 0.025 * noise(1612, 120)), paint(90, 90, 96), edge(marks, 0.004) * 0.8)
    cloth = camera.linen(226, 196, 110, 1613)
    frame = np.abs(box(X + 0.12, Y, 0.98, 0.80, 0.04)) - 0.075
    gauge = box(X - 0.70, Y - 0.05, 0.085, 0.50, 0.06)
    tube = np.minimum(limb((0.70, -0.32), (0.70, 0.40), 0.016, 0.016), oval(0.70, 0.42, 0.040, 0.040))
    ticks = edge(np.abs(np.mod(Y * 18, 1) - 0.5) - 0.08, 0.04) * edge(np.abs(X - 0.745) - 0.02, 0.006)
    dial = blend(paint(244, 244, 240), paint(40, 40, 44), ticks)
    straw = np.minimum.reduce([limb((px, py), (px + 0.3 * np.cos(a), py + 0.3 * np.sin(a)), 0.009, 0.007) for px, py, a in zip(chance.uniform(-0.9, 0.6, 26), chance.uniform(-0.6, 0.6, 26), chance.uniform(0, 6, 26), strict=True)])  # fmt: skip
    things = [
        thing(paint(206, 170, 90), straw, 0.01, 0.02, lift=0.02),
        Thing(shell, edge(eggs, 0.006), soft(0.16 * np.sqrt(np.clip(-eggs / 0.15, 0, 1)), 7), 0.25, 0.05),
        thing(dial, gauge, 0.02, 0.03, gloss=0.4, lift=0.04),
        thing(paint(206, 40, 40), tube, 0.015, 0.03, gloss=0.6),
        thing(paint(170, 122, 76, 0.14 * fibres(1614, X, Y, 30, 2)), frame, 0.03, 0.10, lift=0.16),
    ]
    return camera.taken(
        things, cloth, 1615, sun=(225, 52), turn=4, tilt=(0.0, 0.05), zoom=1.04, warmth=0.03, quality=64
    )


def crest_up() -> Image.Image:
    """A white bird on the back of a chair, from the front: a tall fan of yellow feathers on its head, a dark hooked bill, black eyes."""
    plumes: list[Thing] = []
    for way in (-58, -36, -16, 4, 24, 44):
        a = np.radians(way)
        plumes.append(thing(blend(paint(250, 226, 90), paint(244, 206, 50), edge(0.1 - noise(1621, 20), 0.2)), ribbon([(0.0, -0.44), (0.16 * np.sin(a), -0.44 - 0.18 * np.cos(a)), (0.42 * np.sin(a), -0.44 - 0.34 * np.cos(a)), (0.62 * np.sin(a) + 0.05, -0.44 - 0.40 * np.cos(a))], lambda t: 0.065 - 0.045 * t).distance, 0.04, 0.04, lift=0.02))  # fmt: skip
    head, trunk = oval(0.0, -0.32, 0.24, 0.23), outline([(-0.20, -0.24), (0.20, -0.24), (0.36, 0.06), (0.36, 0.40), (0.20, 0.60), (-0.20, 0.60), (-0.36, 0.40), (-0.36, 0.06)])  # fmt: skip
    wings = np.minimum(
        *[
            outline([(w * 0.26, -0.14), (w * 0.44, 0.14), (w * 0.42, 0.52), (w * 0.24, 0.74), (w * 0.22, 0.30)])
            for w in (-1, 1)
        ]
    )
    far, which = scales(X, Y, 0.11)
    white = paint(246, 244, 238, 0.05 * (chance_of(1622, which) - 0.5)) * (1 - 0.10 * edge(0.88 - far, 0.06))[..., None]
    white = blend(
        white,
        paint(250, 236, 170),
        edge(np.minimum(oval(-0.17, -0.24, 0.06, 0.05), oval(0.17, -0.24, 0.06, 0.05)), 0.04) * 0.7,
    )
    bill = outline([(-0.075, -0.36), (0.0, -0.40), (0.075, -0.36), (0.07, -0.22), (0.0, -0.10), (-0.07, -0.22)])
    rail = box(X, Y - 0.76, 0.98, 0.085, 0.08)
    posts = np.minimum(box(X + 0.82, Y - 1.0, 0.07, 0.3, 0.05), box(X - 0.82, Y - 1.0, 0.07, 0.3, 0.05))
    slats = np.minimum.reduce([box(X - px, Y - 1.0, 0.04, 0.3, 0.02) for px in (-0.5, -0.17, 0.17, 0.5)])
    tail = outline([(-0.12, 0.6), (0.12, 0.6), (0.14, 0.98), (0.0, 1.06), (-0.14, 0.98)])
    things = [
        *plumes,
        thing(white * 0.95, tail, 0.05, 0.04, lift=0.04),
        thing(white * 0.97, np.minimum(head, trunk), 0.20, 0.16, lift=0.08),
        thing(white, wings, 0.08, 0.08, lift=0.04, relief=-0.01 * far),
        thing(paint(56, 54, 58, 0.1 * noise(1623, 20)), bill, 0.06, 0.12, gloss=0.5, lift=0.05),
        *eye(-0.145, -0.36, 0.040, (30, 22, 20)), *eye(0.145, -0.36, 0.040, (30, 22, 20)),
        thing(paint(140, 84, 50, 0.16 * fibres(1624, X, Y, 26, 2)), np.minimum.reduce([rail, posts, slats]), 0.05, 0.08, gloss=0.3, lift=0.08),
        thing(paint(90, 86, 88), _claws((-0.16, 0.72), (0.16, 0.72), size=1.3), 0.02, 0.05, lift=0.03),
    ]  # fmt: skip
    return camera.taken(
        things, wall(126, 156, 178, 1625, 0.3), 1626, sun=(235, 52), turn=2, zoom=1.0, shift=(0.0, 0.02), quality=64
    )


def sheet_on_trunk() -> Image.Image:
    """A sheet pinned to a tree: the picture of a green bird, lines of writing, and a fringe of paper strips, two of them torn off."""
    sheet = box(X, Y, 0.62, 0.82, 0.01)
    strips = np.maximum(np.abs(X) - 0.62, np.abs(Y - 0.70) - 0.14)
    number = np.floor((X + 0.62) / 0.155)
    cut = edge(np.mod((X + 0.62) / 0.155, 1) * 0.155 - 0.006, 0.004) * edge(strips, 0.004)
    gone = ((number == 2) | (number == 5)) & (0.56 + 0.02 * noise(1631, 40) < Y)
    photo = box(X, Y + 0.30, 0.44, 0.34, 0.01)
    sky = blend(paint(206, 214, 196), paint(176, 190, 150), edge(-Y - 0.2, 0.2))
    body = outline(
        [
            (-0.06, -0.56),
            (0.06, -0.54),
            (0.12, -0.40),
            (0.14, -0.22),
            (0.20, 0.0),
            (0.10, -0.06),
            (-0.04, -0.14),
            (-0.10, -0.36),
            (-0.12, -0.48),
        ],
        0.02,
        -0.02,
    )
    bill = outline([(-0.10, -0.54), (-0.18, -0.48), (-0.16, -0.40), (-0.09, -0.44)], 0.02, -0.02)
    green = paint(88, 176, 70, 0.08 * noise(1632, 30))
    green = blend(
        green,
        paint(60, 130, 54),
        edge(outline([(0.02, -0.36), (0.12, -0.32), (0.16, -0.10), (0.06, -0.16)], 0.02, -0.02), 0.01),
    )
    perch = limb((-0.5, -0.10), (0.5, -0.16), 0.025, 0.025)
    inside = blend(
        blend(blend(sky, paint(120, 90, 60), edge(perch, 0.006)), green, edge(body, 0.008)),
        paint(206, 50, 46),
        edge(bill, 0.008),
    )
    inside = blend(inside, paint(12, 12, 12), edge(oval(-0.04, -0.50, 0.022, 0.022), 0.006))
    line = np.floor((Y - 0.12) / 0.085)
    ink = (
        (np.mod((Y - 0.12) / 0.085, 1) < 0.5)
        & (fibres(1633, X, line * 3.7, 1, 34) > -0.2)
        & (np.abs(X) < 0.46)
        & (line >= 0)
        & (line < 5)
    )
    head = (np.abs(Y + 0.72) < 0.045) & (fibres(1634, X, Y * 0 + 3.0, 1, 16) > -0.35) & (np.abs(X) < 0.46)
    small = (
        (fibres(1635, Y, number * 5.3, 1, 40) > 0.0)
        & (np.abs(np.mod((X + 0.62) / 0.155, 1) - 0.5) < 0.16)
        & (Y > 0.60)
        & (Y < 0.80)
    )
    paper = paint(244, 242, 234, 0.02 * noise(1636, 8))
    paper = blend(paper, paint(40, 40, 60), np.maximum(np.maximum(ink, small) * 0.75, head * 0.9))
    paper = blend(blend(paper, inside, edge(photo, 0.006)), paint(120, 120, 116), cut * 0.8)
    pins = np.minimum(oval(-0.54, -0.76, 0.035, 0.035), oval(0.54, -0.76, 0.035, 0.035))
    curl = 0.02 * np.sin(number * 2.3) * edge(0.56 - Y, 0.05)
    bark = fibres(1637, Y + 0.1 * noise(1638, 6), X, 9, 1.2) + 0.6 * fibres(1639, Y, X, 24, 3)
    trunk = camera.Surface(paint(112, 90, 66, 0.34 * bark), 0.07 * bark)
    things = [
        Thing(paper, edge(sheet, 0.005) * ~gone, curl + 0.01 * noise(1640, 4), 0.0, 0.05),
        thing(paint(206, 46, 46), pins, 0.03, 0.05, gloss=0.7, lift=0.05),
    ]
    return camera.taken(things, trunk, 1641, sun=(235, 52), turn=-4, tilt=(0.03, 0.0), zoom=1.0, quality=66)


def white_cheeks() -> Image.Image:
    """Two small grey birds side by side on a twig: black heads with large white cheeks, thick pink-red bills, rosy bellies."""
    things: list[Thing] = []
    for px, way in ((-0.38, 1), (0.40, -1)):

        def at(points: Points, px: float = px, way: int = way) -> list[tuple[float, float]]:
            return [(px + way * a, b) for a, b in points]

        body = outline(
            at(
                [
                    (-0.10, -0.42),
                    (0.12, -0.46),
                    (0.26, -0.28),
                    (0.30, 0.04),
                    (0.20, 0.36),
                    (0.0, 0.46),
                    (-0.22, 0.34),
                    (-0.30, 0.06),
                    (-0.24, -0.22),
                ]
            )
        )
        tail = outline(at([(-0.20, 0.30), (-0.06, 0.40), (-0.16, 0.84), (-0.30, 0.86)]))
        head = outline(at([(-0.12, -0.38), (-0.02, -0.58), (0.16, -0.58), (0.28, -0.42), (0.22, -0.20), (0.0, -0.18)]))
        cheek = outline(at([(-0.02, -0.40), (0.12, -0.42), (0.17, -0.30), (0.06, -0.22), (-0.04, -0.28)]))
        bill = outline(at([(0.20, -0.54), (0.36, -0.46), (0.44, -0.36), (0.34, -0.30), (0.22, -0.28)]))
        wing = outline(at([(-0.20, -0.14), (0.0, -0.10), (0.06, 0.14), (-0.10, 0.42), (-0.24, 0.50), (-0.30, 0.16)]))
        grey = blend(
            paint(150, 158, 172, 0.05 * noise(1671, 30)),
            paint(226, 178, 170),
            edge(-(Y - 0.06), 0.12) * edge(-way * (X - px) - 0.02, 0.08),
        )
        skull = blend(paint(22, 22, 26), paint(246, 246, 244), edge(cheek, 0.012))
        things += [
            thing(paint(32, 32, 38), tail, 0.04, 0.04, lift=0.06), thing(grey, body, 0.18, 0.15, lift=0.08), thing(paint(132, 142, 158, 0.14 * fibres(1672, Y, X, 26, 2)), wing, 0.07, 0.07, lift=0.04),
            thing(skull, head, 0.14, 0.17, lift=0.02), thing(paint(222, 84, 96), bill, 0.08, 0.12, gloss=0.4, lift=0.04), *eye(px + way * 0.15, -0.44, 0.032, (150, 40, 40)),
        ]  # fmt: skip
    twig = limb((-1.5, 0.56), (1.5, 0.46), 0.05, 0.06)
    things.insert(0, thing(paint(142, 106, 72, 0.2 * fibres(1673, X, Y, 30, 2)), twig, 0.05, 0.06, lift=0.10))
    things.append(thing(paint(226, 160, 150), _claws((-0.40, 0.53), (0.40, 0.50)), 0.02, 0.05, lift=0.03))
    bars = edge(np.abs(np.mod(X * 5, 1) - 0.5) - 0.03, 0.012)
    back = wall(206, 196, 150, 1674, 0.2)
    cage = camera.Surface(blend(back.colours, paint(150, 140, 120), bars * 0.8), np.zeros(X.shape))
    return camera.taken(things, cage, 1675, sun=(230, 52), turn=-2, zoom=1.03, quality=64)
