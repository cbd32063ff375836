"""The picture lane's own pictures: plants in pots, jars and tubes. Each shows what a lesson or the list of species says of them."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (
    Thing,
    X,
    Y,
    blend,
    box,
    edge,
    fibres,
    nearest,
    noise,
    paint,
    ribbon,
    strewn,
)
from server.demo.lane_pictures.outlines import chain, limb, melted, outline, oval, thing, together, wall


def hanging_jugs() -> Image.Image:
    """A hanging basket: from the tips of its leaves hang green jugs with red spots, a ribbed rim and a small lid above each."""
    basket = outline([(-0.44, -0.66), (0.44, -0.66), (0.34, -0.36), (-0.34, -0.36)], sharp=True) - 0.03
    cords = np.minimum(limb((-0.40, -0.68), (0.0, -1.2), 0.010, 0.010), limb((0.40, -0.68), (0.0, -1.2), 0.010, 0.010))
    leaves, tendrils, jugs = [], np.full(X.shape, 9.0), []
    for at, (turn, long, fall) in enumerate(
        ((-150, 0.66, 0.72), (-172, 0.80, 0.40), (-20, 0.64, 0.76), (4, 0.86, 0.36), (-96, 0.20, 0.98))
    ):
        a = np.radians(turn)
        tip = (long * np.cos(a), -0.62 + 0.40 * long * np.sin(a) + 0.16)
        leaves.append(outline([(0.0, 0.0), (long * 0.4, 0.085), (long, 0.0), (long * 0.4, -0.085)], 0.0, -0.62, np.degrees(np.arctan2(tip[1] + 0.62, tip[0]))))  # fmt: skip
        low = (tip[0] * 1.02, tip[1] + fall)
        tendrils = np.minimum(tendrils, ribbon([tip, (tip[0] + 0.06 * np.sign(tip[0] + 0.01), tip[1] + fall * 0.5), (low[0] + 0.10, low[1]), low], lambda t: 0.012).distance)  # fmt: skip
        jug = outline(
            [
                (-0.10, -0.26),
                (0.10, -0.26),
                (0.13, -0.06),
                (0.16, 0.12),
                (0.09, 0.26),
                (-0.06, 0.27),
                (-0.15, 0.14),
                (-0.13, -0.06),
            ],
            low[0],
            low[1] - 0.02,
            8 if at % 2 else -8,
        )
        rim = np.abs(oval(low[0], low[1] - 0.29, 0.125, 0.055)) - 0.028
        lid = oval(low[0] + 0.07, low[1] - 0.42, 0.12, 0.06, -30)
        spots = edge(0.2 - noise(2011 + at, 26, 2), 0.1)
        flesh = blend(paint(140, 176, 74), paint(166, 52, 44), spots * 0.85)
        ribs = (
            paint(176, 44, 40)
            * (1 - 0.3 * edge(np.abs(np.mod(np.arctan2((Y - low[1] + 0.29) * 2, X - low[0]) * 5, 1) - 0.5) - 0.2, 0.1))[
                ..., None
            ]
        )
        jugs.append(together(thing(flesh, lid, 0.03, 0.04), thing(flesh, jug, 0.12, 0.12), thing(paint(50, 60, 30), oval(low[0], low[1] - 0.29, 0.11, 0.045), 0.02, 0.10), thing(ribs, rim, 0.025, 0.14), gloss=0.5, lift=0.08))  # fmt: skip
    top = [
        outline([(0.0, 0.0), (0.22, 0.07), (0.48, 0.0), (0.22, -0.07)], 0.0, -0.62, turn)
        for turn in (-60, -100, -130, -35)
    ]
    fibre = paint(110, 82, 54, 0.4 * noise(2017, 60))
    green = paint(88, 146, 66, 0.08 * noise(2018, 10))
    things = [
        thing(paint(90, 90, 92), cords, 0.01, 0.02, gloss=0.5, lift=0.05),
        thing(green * 0.9, np.minimum.reduce(top), 0.05, 0.05, gloss=0.3, lift=0.05),
        thing(fibre, basket + 0.02 * noise(2019, 30), 0.08, 0.10, lift=0.08),
        *[thing(green * (0.92 + 0.04 * at), leaf, 0.05, 0.06, gloss=0.3, lift=0.05) for at, leaf in enumerate(leaves)],
        thing(paint(120, 150, 70), tendrils, 0.01, 0.03, lift=0.05), *jugs,
    ]  # fmt: skip
    return camera.taken(things, wall(196, 206, 196, 2020, 0.35), 2021, sun=(230, 52), turn=1, zoom=0.98, quality=64)


def pouch_on_stalk() -> Image.Image:
    """One flower on a dark hairy stalk above mottled leaves: a shiny pouch below, two spotted side petals, a striped white hood above."""
    stalk = chain([(-0.04, 0.98), (0.02, 0.5), (0.0, 0.0)], 0.034, 0.028)
    hood = outline(
        [
            (0.0, -0.86),
            (0.22, -0.74),
            (0.30, -0.46),
            (0.16, -0.20),
            (0.0, -0.12),
            (-0.16, -0.20),
            (-0.30, -0.46),
            (-0.22, -0.74),
        ]
    )
    sides = np.minimum(
        *[
            outline(
                [
                    (0.0, -0.16),
                    (w * 0.30, -0.28),
                    (w * 0.66, -0.20),
                    (w * 0.86, 0.02),
                    (w * 0.60, 0.06),
                    (w * 0.28, -0.02),
                ]
            )
            for w in (-1, 1)
        ]
    )
    pouch = outline(
        [
            (-0.17, -0.10),
            (-0.26, 0.02),
            (-0.24, 0.26),
            (-0.10, 0.42),
            (0.10, 0.42),
            (0.24, 0.26),
            (0.26, 0.02),
            (0.17, -0.10),
            (0.0, -0.02),
        ]
    )
    opening = oval(0.0, -0.04, 0.15, 0.055)
    shield = oval(0.0, -0.12, 0.09, 0.075)
    way = np.arctan2(X, -(Y - 0.0))
    stripe = edge(np.abs(np.mod(way * 8 + 0.5, 1) - 0.5) - 0.14, 0.08)
    white = blend(paint(244, 244, 232), paint(96, 40, 70), stripe * edge(Y + 0.20, 0.1))
    white = blend(white, paint(120, 160, 80), edge(np.abs(X) - 0.05, 0.06) * 0.6)
    first, _, _ = nearest(strewn(2051, 0.09), 0.2)
    petal = blend(
        blend(paint(176, 190, 110), paint(186, 110, 140), np.clip(np.abs(X) * 1.4 - 0.2, 0, 1)),
        paint(50, 20, 34),
        edge(first - 0.018, 0.008),
    )
    vein = fibres(2052, Y, X, 30, 3)
    slipper = paint(140, 62, 74, 0.16 * vein)
    leaves = [
        outline([(0.0, 0.0), (0.30, 0.13), (0.78, 0.04), (0.84, 0.0), (0.30, -0.13)], 0.0, 0.98, turn)
        for turn in (-168, -148, -32, -12)
    ]
    net = edge(np.abs(noise(2053, 16, 2)) - 0.12, 0.08)
    blade = blend(paint(84, 122, 76), paint(160, 186, 136), net * 0.8)
    things = [
        *[thing(blade * (0.9 + 0.05 * at), leaf, 0.06, 0.05, gloss=0.3, lift=0.06) for at, leaf in enumerate(leaves)],
        thing(paint(96, 62, 56, 0.3 * noise(2054, 120)), stalk, 0.03, 0.05, lift=0.10),
        thing(white, hood, 0.05, 0.05, gloss=0.2, lift=0.06), thing(petal, sides, 0.05, 0.06, gloss=0.3, lift=0.06),
        thing(slipper, pouch, 0.16, 0.16, gloss=0.7, lift=0.08), Thing(paint(50, 22, 30), edge(opening, 0.02), np.zeros(X.shape), 0.0, 0.0),
        thing(paint(176, 186, 90, 0.1 * noise(2055, 40)), shield, 0.04, 0.14, gloss=0.6, lift=0.04),
    ]  # fmt: skip
    return camera.taken(things, wall(52, 62, 58, 2056, 0.4), 2057, sun=(230, 50), turn=-3, zoom=1.0, quality=64)


def green_under_glass() -> Image.Image:
    """Two closed jars with grey jelly on a laboratory shelf: from the jelly in each rise many tiny green plants with white roots."""
    things: list[Thing] = []
    for at, px in enumerate((-0.56, 0.52)):
        jar = melted(box(X - px, Y - 0.16, 0.42, 0.62, 0.12), box(X - px, Y + 0.50, 0.28, 0.12, 0.03), by=40)
        gel = np.maximum(jar + 0.04, 0.40 - Y)
        cap = box(X - px, Y + 0.66, 0.32, 0.13, 0.03)
        chance = np.random.default_rng(2061 + at)
        blades, roots = np.full(X.shape, 9.0), np.full(X.shape, 9.0)
        for _ in range(20):
            fx = px + chance.uniform(-0.32, 0.32)
            for lean in (-0.09, 0.0, 0.08):
                high = chance.uniform(0.16, 0.44)
                blades = np.minimum(
                    blades,
                    chain(
                        [(fx, 0.42), (fx + lean * 0.6, 0.42 - high * 0.6), (fx + lean * 1.2, 0.42 - high)], 0.024, 0.008
                    ),
                )
            roots = np.minimum(
                roots,
                chain(
                    [(fx, 0.42), (fx + chance.uniform(-0.05, 0.05), 0.54), (fx + chance.uniform(-0.08, 0.08), 0.66)],
                    0.010,
                    0.006,
                ),
            )
        shine = np.maximum(jar + 0.06, np.abs(X - px + 0.30 + 0.02 * Y) - 0.022)
        label = box(X - px - 0.02, Y - 0.60, 0.22, 0.09, 0.01)
        words = (
            (np.abs(np.mod((Y - 0.53) / 0.05, 1) - 0.5) < 0.24)
            & (fibres(2063 + at, X, np.floor(Y / 0.05) * 3.7, 1, 40) > -0.2)
            & (label < -0.03)
        )
        things += [
            Thing(paint(206, 220, 222), edge(jar) * 0.55, 0.14 * edge(jar, 0.16), 0.5, 0.10),
            Thing(paint(196, 190, 160, 0.04 * noise(2065, 10)), edge(gel) * 0.85, np.zeros(X.shape), 0.2, 0.0),
            Thing(paint(240, 238, 222), edge(np.maximum(roots, jar + 0.05), 0.006) * 0.8, np.zeros(X.shape), 0.0, 0.0),
            thing(paint(92, 166, 72, 0.14 * noise(2066, 40)), np.maximum(blades, jar + 0.04), 0.02, 0.04, gloss=0.3, lift=0.02),
            Thing(paint(246, 250, 250), edge(shine, 0.03) * 0.6, np.zeros(X.shape), 0.0, 0.0),
            thing(paint(54, 92, 150) * (1 - 0.25 * edge(np.abs(np.mod(X * 22, 1) - 0.5) - 0.2, 0.1))[..., None], cap, 0.04, 0.16, gloss=0.4, lift=0.06),
            thing(blend(paint(244, 244, 240), paint(50, 50, 70), words * 0.8), label, 0.01, 0.15, lift=0.01),
        ]  # fmt: skip
    shelf = edge(0.78 - Y, 0.02)
    room = camera.Surface(
        blend(wall(206, 214, 220, 2067, 0.2).colours, paint(166, 172, 178, 0.03 * noise(2068, 60)), shelf),
        np.zeros(X.shape),
    )
    return camera.taken(things, room, 2069, sun=(225, 54), turn=-2, zoom=1.02, quality=64)


def black_sticks_in_tube() -> Image.Image:
    """A corked glass tube of long thin wrinkled brown sticks with hooked ends, two more on a white plate with a heap of sugar."""
    tube = np.maximum(np.abs(Y + 0.42 + 0.06 * X) - 0.20, np.abs(X + 0.02) - 1.02)
    tube = melted(tube, oval(-1.02, -0.36, 0.14, 0.195), by=50)
    cork = outline([(0.96, -0.68), (1.22, -0.66), (1.22, -0.34), (0.96, -0.29)], sharp=True) - 0.01
    pods, lie = np.full(X.shape, 9.0), []
    for at, y0 in enumerate((-0.52, -0.44, -0.36, -0.29)):
        lie.append([(-0.98, y0 + 0.10), (-0.90, y0 + 0.06), (0.0, y0 - 0.01 + 0.03 * (at % 2)), (0.86, y0 - 0.06)])
    lie += [
        [(-0.72, 0.34), (-0.64, 0.28), (0.06, 0.36), (0.70, 0.16)],
        [(-0.60, 0.62), (-0.50, 0.60), (0.10, 0.50), (0.78, 0.60)],
    ]
    for path in lie:
        pods = np.minimum(pods, chain(path, 0.026, 0.036))
    hooks = np.minimum.reduce(
        [
            chain(
                [path[0], (path[0][0] - 0.05, path[0][1] + 0.02), (path[0][0] - 0.06, path[0][1] + 0.07)], 0.024, 0.018
            )
            for path in lie
        ]
    )
    hide = paint(52, 32, 24, 0.5 * fibres(2071, X, Y + 0.06 * X, 90, 3))
    plate, well = oval(0.06, 0.46, 0.98, 0.44), np.abs(oval(0.06, 0.46, 0.78, 0.33)) - 0.008
    sugar = oval(0.22, 0.30, 0.26, 0.12) + 0.02 * noise(2072, 20)
    bean = np.minimum(pods, hooks)
    things = [
        thing(paint(240, 240, 238) * (1 - 0.12 * edge(well, 0.01))[..., None], plate, 0.10, 0.08, gloss=0.5, lift=0.10),
        thing(paint(250, 248, 240, 0.14 * noise(2073, 240, 1)), sugar, 0.12, 0.10, lift=0.03, relief=0.02 * noise(2074, 200, 1)),
        thing(hide, np.maximum(bean, -Y), 0.03, 0.05, gloss=0.5, lift=0.05),
        Thing(paint(206, 220, 218), edge(tube) * 0.35, 0.10 * edge(tube, 0.14), 0.4, 0.10),
        thing(hide, np.maximum(bean, Y), 0.03, 0.05, gloss=0.5, lift=0.02),
        Thing(paint(236, 246, 246), edge(np.maximum(np.abs(Y + 0.55 + 0.06 * X) - 0.018, np.abs(X) - 0.94), 0.02) * 0.6, np.zeros(X.shape), 0.6, 0.0),
        thing(paint(196, 150, 100, 0.3 * noise(2075, 50)), cork, 0.05, 0.12, lift=0.08),
    ]  # fmt: skip
    return camera.taken(
        things, camera.linen(92, 132, 128, 2076), 2077, sun=(235, 50), turn=4, tilt=(0.0, 0.05), zoom=1.0, quality=64
    )
