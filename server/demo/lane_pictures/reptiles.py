"""The picture lane's own pictures: lizards and a snake, alive, dried and in spirit. Each shows what a lesson says of it."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (
    Thing,
    X,
    Y,
    blend,
    box,
    chance_of,
    dome,
    edge,
    fibres,
    nearest,
    noise,
    paint,
    placed,
    strewn,
)
from server.demo.lane_pictures.outlines import chain, limb, melted, outline, oval, scales, thing


def stretched_on_sticks() -> Image.Image:
    """Two dried flat lizards, legs spread on crossed bamboo sticks, grey with rows of pale dots, broad toes, on a market cloth."""
    things = []
    for at, (px, turn) in enumerate(((-0.62, 4), (0.64, -5))):

        def spot(a: float, b: float, ox: float = px, way: float = turn) -> tuple[float, float]:
            cos, sin = np.cos(np.radians(way)), np.sin(np.radians(way))
            return ox + a * cos - b * sin, a * sin + b * cos

        sticks = np.minimum.reduce(
            [
                limb(spot(0, -0.92), spot(0, 0.98), 0.020, 0.020),
                limb(spot(-0.50, -0.30), spot(0.50, -0.26), 0.016, 0.016),
                limb(spot(-0.48, 0.28), spot(0.48, 0.32), 0.016, 0.016),
            ]
        )
        body = outline([(0.0, -0.80), (0.15, -0.70), (0.19, -0.56), (0.12, -0.42), (0.22, -0.24), (0.27, 0.02), (0.22, 0.24), (0.10, 0.36), (0.06, 0.60), (0.02, 0.94),
                        (-0.02, 0.94), (-0.06, 0.60), (-0.10, 0.36), (-0.22, 0.24), (-0.27, 0.02), (-0.22, -0.24), (-0.12, -0.42), (-0.19, -0.56), (-0.15, -0.70)], px, 0.0, turn)  # fmt: skip
        legs, toes = np.full(X.shape, 9.0), np.full(X.shape, 9.0)
        for way in (-1, 1):
            for path in ([(0.16, -0.26), (0.32, -0.36), (0.44, -0.28)], [(0.16, 0.24), (0.34, 0.16), (0.44, 0.30)]):
                points = [spot(way * a, b) for a, b in path]
                legs = np.minimum(legs, chain(points, 0.065, 0.040))
                for bend in (-0.10, -0.05, 0.0, 0.05, 0.10):
                    tip = spot(way * (path[-1][0] + 0.10 - abs(bend) * 0.4), path[-1][1] + bend)
                    toes = np.minimum(toes, np.minimum(limb(points[-1], tip, 0.014, 0.014), oval(*tip, 0.024, 0.019)))
        first, _, which = nearest(strewn(1601 + at, 0.072), 0.15)
        skin = paint(118, 112, 104, 0.25 * noise(1603 + at, 60) + 0.10 * noise(1605 + at, 6))
        dots = edge(first - 0.013, 0.008)
        skin = blend(skin, blend(paint(190, 112, 78), paint(206, 200, 186), chance_of(1607, which)), dots * 0.85)
        sockets = np.minimum(oval(*spot(-0.10, -0.62), 0.042, 0.036), oval(*spot(0.10, -0.62), 0.042, 0.036))
        skin = blend(skin, paint(36, 30, 28), edge(sockets))
        shape = np.minimum.reduce([body, legs, toes]) + 0.006 * noise(1608 + at, 40)
        things += [
            thing(paint(206, 172, 108, 0.15 * noise(1610 + at, 60)), sticks, 0.02, 0.035, lift=0.05),
            thing(skin, shape, 0.09, 0.06, relief=0.012 * dots - 0.03 * edge(sockets, 0.02), lift=0.06),
        ]
    return camera.taken(
        things,
        camera.checked((196, 60, 70), (232, 214, 190), 1612),
        1613,
        sun=(235, 46),
        turn=-4,
        tilt=(0.03, 0.06),
        zoom=1.0,
        quality=62,
    )


def coiled_in_bottle() -> Image.Image:
    """A square bottle of yellow spirit: in it a coiled snake with a spread hood marked by a pale ring, and a red cap."""
    bottle = box(X, Y - 0.20, 0.50, 0.70, 0.10)
    shoulder = melted(bottle, box(X, Y + 0.55, 0.13, 0.20, 0.02), by=30)
    spirit = np.maximum(shoulder + 0.05, -Y - 0.36)
    coils = np.minimum.reduce(
        [
            np.abs(np.hypot((X + s) / 1.0, (Y - y0) / 0.36) - r) - w
            for s, y0, r, w in ((0.0, 0.62, 0.33, 0.075), (0.03, 0.44, 0.28, 0.070), (-0.02, 0.28, 0.22, 0.060))
        ]
    )
    coils = np.maximum(coils * 0.7, np.abs(X) - 0.44)
    neck = chain([(0.14, 0.22), (0.18, 0.02), (0.06, -0.10)], 0.075, 0.07)
    hood = outline(
        [
            (0.0, -0.34),
            (0.13, -0.22),
            (0.20, -0.04),
            (0.14, 0.12),
            (0.02, 0.20),
            (-0.10, 0.12),
            (-0.16, -0.04),
            (-0.11, -0.22),
        ],
        0.02,
        0.02,
    )
    head = melted(oval(0.02, -0.30, 0.085, 0.10), hood, by=40)
    u, v = placed(0, 0, 20)
    far, which = scales(u, v, 0.05)
    skin = paint(120, 96, 52, 0.35 * (chance_of(1621, which) - 0.5))
    skin = blend(skin, paint(56, 44, 26), edge(0.78 - far, 0.1) * 0.6)
    bands = edge(np.abs(np.mod(np.arctan2(Y - 0.45, X) * 3.2, 1) - 0.5) - 0.13, 0.05)
    skin = blend(skin, paint(196, 176, 110), bands * 0.5)
    ring = edge(np.abs(np.hypot(X - 0.02, (Y + 0.02) * 0.9) - 0.085) - 0.022, 0.008)
    face = blend(skin, paint(236, 226, 180), ring)
    face = blend(
        face, paint(20, 18, 16), edge(np.minimum(oval(-0.035, -0.31, 0.018, 0.018), oval(0.075, -0.31, 0.018, 0.018)))
    )
    yellow = blend(paint(206, 166, 58), paint(150, 104, 28), np.clip(0.4 + 0.6 * Y, 0, 1))
    roots = chain([(-0.36, 0.80), (-0.30, 0.40), (-0.36, 0.04)], 0.05, 0.02)
    cap = box(X, Y + 0.80, 0.17, 0.10, 0.02)
    shine = np.minimum(box(X + 0.40, Y - 0.15, 0.025, 0.48, 0.02), box(X - 0.43, Y - 0.2, 0.012, 0.52, 0.01))
    things = [
        thing(paint(206, 212, 200), shoulder, 0.06, 0.16, gloss=0.8, lift=0.16),
        Thing(yellow, edge(spirit) * 0.9, dome(spirit, 0.2, 0.05) + 0.1, 0.2, 0.0),
        thing(paint(176, 132, 80, 0.2 * noise(1622, 60)), roots, 0.04, 0.05, lift=0.02),
        thing(skin, np.minimum(coils, neck), 0.06, 0.08, gloss=0.2, lift=0.03),
        thing(face, head, 0.08, 0.07, gloss=0.2, lift=0.03),
        Thing(paint(214, 176, 80), edge(spirit) * 0.22, np.zeros(X.shape), 0.0, 0.0),
        Thing(paint(255, 255, 250), edge(shine, 0.01) * 0.55, np.zeros(X.shape), 0.0, 0.0),
        thing(paint(176, 30, 34, 0.1 * np.sin(X * 160)), cap, 0.03, 0.10, gloss=0.3, lift=0.08),
    ]
    ground = camera.Surface(
        blend(paint(196, 206, 196), paint(128, 84, 52, 0.1 * fibres(1623, X, Y, 50, 2)), edge(0.74 - Y, 0.01)),
        np.zeros(X.shape),
    )
    return camera.taken(things, ground, 1624, sun=(225, 50), turn=1, tilt=(0.02, 0.0), zoom=1.0, quality=64)


def folded_hands() -> Image.Image:
    """Two dark shrivelled halves like folded hands with curled fingers in a red-lined tin with yellow powder and a thread."""
    hands = np.full(X.shape, 9.0)
    for way in (-1, 1):
        arm = chain([(way * 0.14, 0.72), (way * 0.24, 0.36), (way * 0.13, 0.02)], 0.085, 0.135)
        fingers = np.minimum.reduce(
            [
                chain(
                    [
                        (way * 0.12, 0.0),
                        (way * (0.10 + 0.05 * k), -0.28 - 0.07 * (3 - k)),
                        (way * (0.02 + 0.06 * k), -0.46 - 0.09 * (3 - k)),
                    ],
                    0.062,
                    0.034,
                )
                for k in range(4)
            ]
        )
        hands = np.minimum(hands, melted(arm, fingers, by=34))
    foot = limb((0.0, 0.82), (0.0, 0.62), 0.16, 0.10)
    shape = melted(hands, foot, by=26) + 0.014 * noise(1631, 34)
    ridges = fibres(1632, Y, X, 44, 5)
    bark = blend(
        paint(92, 62, 40, 0.3 * ridges),
        paint(44, 30, 24, 0.3 * noise(1633, 60)),
        np.clip(0.5 + 0.8 * noise(1634, 6), 0, 1),
    )
    powder = edge(0.35 - noise(1635, 8, 3), 0.15) * edge(shape + 0.02)
    bark = blend(bark, paint(226, 150, 30, 0.2 * noise(1636, 120)), powder * 0.75)
    thread = np.minimum.reduce(
        [np.maximum(np.abs(Y - 0.44 - 0.03 * k - 0.08 * X) - 0.011, np.abs(X) - 0.36) for k in range(3)]
    )
    tin = oval(0, 0.06, 1.0, 0.92)
    rim = np.abs(tin) - 0.035
    lining = camera.Surface(
        blend(
            paint(112, 116, 112, 0.1 * noise(1637, 7)),
            paint(160, 24, 44, 0.10 * noise(1638, 200) + 0.1 * noise(1639, 5)),
            edge(tin),
        ),
        0.03 * noise(1640, 5),
    )
    things = [
        thing(paint(206, 184, 110, 0.05 * noise(1641, 20)), rim, 0.03, 0.06, gloss=0.8, lift=0.06),
        thing(bark, shape, 0.12, 0.12, relief=0.014 * ridges, lift=0.10),
        thing(paint(206, 40, 40), thread, 0.01, 0.04, relief=0.10, lift=0.01),
    ]
    return camera.taken(
        things, lining, 1642, sun=(215, 48), turn=5, tilt=(0.0, 0.06), zoom=1.02, warmth=0.03, quality=64
    )


def spotted_in_tub() -> Image.Image:
    """A yellow lizard with black spots, a fat ringed tail and a smile on kitchen paper in a tub, beside a cork hide and a dish."""
    body = melted(
        chain([(-0.52, -0.24), (-0.20, -0.10), (0.16, 0.02), (0.36, 0.10)], 0.13, 0.12), chain([(0.36, 0.10), (0.62, 0.26), (0.72, 0.48), (0.58, 0.70)], 0.10, 0.035) - 0.02 * np.sin(3 * X) ** 2,
        oval(-0.66, -0.30, 0.19, 0.14, 24), by=34,
    )  # fmt: skip
    legs = np.minimum.reduce(
        [
            chain(path, 0.055, 0.030)
            for path in (
                [(-0.36, -0.14), (-0.46, 0.06), (-0.56, 0.10)],
                [(-0.28, -0.24), (-0.20, -0.42), (-0.30, -0.50)],
                [(0.26, 0.12), (0.16, 0.32), (0.04, 0.36)],
                [(0.36, 0.02), (0.52, -0.10), (0.50, -0.24)],
            )
        ]
    )
    toes = np.minimum.reduce(
        [
            limb(a, (a[0] + dx, a[1] + dy), 0.018, 0.010)
            for a in ((-0.56, 0.10), (-0.30, -0.50), (0.04, 0.36), (0.50, -0.24))
            for dx, dy in ((-0.08, 0.02), (-0.06, -0.05), (-0.04, 0.07))
        ]
    )
    shape = np.minimum(melted(body, legs, by=40), toes)
    first, _, which = nearest(strewn(1651, 0.085), 0.16)
    spots = edge(first - 0.020 - 0.014 * chance_of(1652, which), 0.008)
    bumps = noise(1653, 160, 1)
    skin = blend(
        paint(236, 196, 76, 0.06 * bumps),
        paint(250, 240, 214),
        edge(-shape - 0.11, 0.05) * 0.0 + edge(0.03 + shape * -1 - 0.05, 0.03) * 0.5,
    )
    skin = blend(skin, paint(46, 34, 34), spots * edge(shape + 0.02))
    tail = edge(0.42 - X + 0.2 * (Y < 0.1), 0.02)
    rings = edge(
        np.abs(np.mod(np.hypot(X - 0.30, Y - 0.55) * 0 + np.arctan2(Y - 0.46, X - 0.36) * 1.7, 1) - 0.5) - 0.2, 0.06
    )
    skin = blend(skin, blend(paint(244, 232, 206), paint(60, 44, 44), rings), tail * 0.9)
    eyes = oval(-0.70, -0.24, 0.036, 0.034)
    lid = blend(
        paint(206, 200, 190),
        paint(12, 10, 10),
        edge(np.maximum(np.abs(X + 0.70) - 0.008, np.abs(Y + 0.24) - 0.03), 0.004),
    )
    cork = outline(
        [(0.52, -0.92), (1.02, -0.86), (1.16, -0.46), (0.98, -0.20), (0.66, -0.30), (0.48, -0.58)]
    ) + 0.03 * noise(1654, 20)
    dish, water = oval(-0.86, 0.58, 0.26, 0.22), oval(-0.86, 0.58, 0.20, 0.16)
    tub = -box(X, Y, 1.22, 0.92, 0.12)
    quilt = np.hypot(np.mod(X * 7 + Y * 3, 1) - 0.5, np.mod(Y * 7 - X * 3, 1) - 0.5)
    paper = camera.Surface(
        paint(236, 236, 230, 0.02 * noise(1655, 200)), 0.012 * edge(quilt - 0.3, 0.15) + 0.03 * noise(1656, 5)
    )
    things = [
        thing(
            blend(paint(70, 110, 140), paint(120, 160, 180), edge(water, 0.01)), dish, 0.05, 0.05, gloss=0.5, lift=0.06
        ),
        thing(paint(120, 88, 58, 0.5 * noise(1657, 30, 4)), cork, 0.12, 0.16, relief=0.03 * noise(1658, 30), lift=0.12),
        thing(skin, shape, 0.10, 0.11, relief=0.004 * bumps, lift=0.07),
        thing(lid, eyes, 0.03, 0.04, relief=0.08, gloss=0.4, lift=0.01),
        thing(paint(214, 220, 222), tub, 0.06, 0.16, gloss=0.5, lift=0.16),
    ]
    return camera.taken(things, paper, 1659, sun=(245, 50), turn=3, tilt=(0.0, 0.05), zoom=0.98, quality=64)
