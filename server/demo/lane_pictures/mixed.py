"""The picture lane's own pictures: teeth, fins, coral, and what only sounds wild. Each shows what a lesson says of it."""

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
    ribbon,
    strewn,
)
from server.demo.lane_pictures.outlines import chain, eye, limb, melted, outline, oval, thing, together


def three_engraved() -> Image.Image:
    """Three yellowed teeth of one size side by side on felt, each with the same engraved ship; one lies on its side and shows a seam."""
    things = []
    for at, px in enumerate((-0.82, 0.0, 0.82)):
        u, v = X - px, Y - 0.02
        bend = u - 0.16 * (v + 0.2) ** 2 + 0.04
        wide = 0.27 * np.sqrt(np.clip((v + 0.74) / 1.42, 0.02, 1)) * np.clip((0.74 - v) / 0.12, 0, 1) ** 0.3
        shape = np.maximum(np.abs(bend) - wide, np.abs(v) - 0.72)
        bone = blend(paint(238, 222, 178), paint(206, 168, 104), np.clip(np.abs(v) * 1.2 - 0.2, 0, 1))
        if at < 2:
            hull = np.maximum(np.abs(v - 0.28 - 0.5 * u**2 * 2) - 0.045, np.abs(u) - 0.17 + 0.3 * (v - 0.28))
            masts = np.minimum.reduce(
                [np.maximum(np.abs(u - m) - 0.006, np.abs(v - 0.02) - 0.24) for m in (-0.09, 0.01, 0.10)]
            )
            sails = np.minimum.reduce(
                [
                    np.abs(box(u - m, v - s, 0.040, 0.052, 0.02)) - 0.006
                    for m in (-0.09, 0.01, 0.10)
                    for s in (-0.13, 0.0, 0.13)
                ]
            )
            waves = np.maximum(np.abs(v - 0.40 - 0.015 * np.sin(60 * u)) - 0.006, np.abs(u) - 0.20)
            ink = np.minimum.reduce([hull, masts, sails, waves])
            bone = blend(bone, paint(40, 36, 40), edge(ink, 0.005) * 0.9 * edge(shape + 0.02))
        else:
            seam = np.abs(bend - 0.01) - 0.008
            pips = np.minimum.reduce(
                [
                    np.hypot(u - a, v - b) - 0.014
                    for a, b in ((-0.10, 0.2), (0.13, 0.34), (-0.06, -0.16), (0.10, 0.06), (0.04, 0.50))
                ]
            )
            bone = blend(bone, paint(150, 112, 64), np.maximum(edge(seam, 0.006), edge(pips, 0.006) * 0.8))
        things.append(
            thing(
                bone,
                shape,
                0.22,
                0.20,
                gloss=0.55,
                lift=0.10,
                relief=0.0 if at < 2 else 0.02 * edge(np.abs(bend - 0.01) - 0.012, 0.01),
            )
        )
    return camera.taken(
        things,
        camera.speckled(44, 84, 64, 1821, 0.25),
        1822,
        sun=(225, 48),
        turn=-3,
        tilt=(0.03, 0.06),
        zoom=1.0,
        warmth=0.03,
        quality=66,
    )


def opener_on_bar() -> Image.Image:
    """A bottle opener on a wet bar: a steel loop in a short, strongly curved cream handle with grooves along it, beside two caps."""
    tusk = ribbon([(0.72, -0.34), (0.34, 0.26), (-0.20, 0.42), (-0.62, 0.06)], lambda t: 0.20 - 0.14 * t)
    groove = np.sin(tusk.across * 9 + 0.3) * np.clip(1.6 - tusk.along, 0, 1)
    cream = blend(
        paint(236, 220, 184, 0.06 * fibres(1831, tusk.along, tusk.across, 6, 2)),
        paint(176, 138, 88),
        edge(0.35 - tusk.along, 0.15) * 0.5 + edge(0.62 - groove, 0.3) * 0.35,
    )
    x, y = placed(0.92, -0.62, -58)
    loop = np.maximum(np.abs(oval(0.98, -0.70, 0.26, 0.20, -58)) - 0.05, -9.0)
    tongue = box(x - 0.04, y, 0.06, 0.05, 0.02)
    collar = limb((0.66, -0.26), (0.78, -0.42), 0.20, 0.15)
    steel = paint(196, 200, 204, 0.06 * noise(1832, 20))
    caps = []
    for px, py, colour in ((-0.62, -0.52, (190, 36, 40)), (0.92, 0.56, (226, 190, 60))):
        turn = np.arctan2(Y - py, X - px)
        far = np.hypot(X - px, Y - py) - 0.17 - 0.014 * np.cos(21 * turn)
        star = np.hypot(X - px, Y - py) - 0.07 - 0.02 * np.cos(5 * turn)
        caps.append(
            thing(blend(paint(*colour), paint(246, 240, 226), edge(star, 0.006)), far, 0.05, 0.06, gloss=0.5, lift=0.05)
        )
    drops, _, which = nearest(strewn(1833, 0.24), 0.3)
    wet = edge(drops - 0.03 * chance_of(1834, which), 0.006)
    bar = camera.wood(96, 54, 34, 1835, 0.7)
    ground = camera.Surface(bar.colours * (1 - 0.25 * wet)[..., None], bar.height + 0.02 * wet)
    things = [
        *caps,
        thing(steel, np.minimum(loop, tongue), 0.04, 0.06, gloss=0.9, lift=0.07),
        thing(cream, tusk.distance, 0.15, 0.15, gloss=0.4, relief=0.016 * groove, lift=0.10),
        thing(steel, collar, 0.10, 0.12, gloss=0.9, relief=0.06, lift=0.05),
    ]
    return camera.taken(
        things, ground, 1836, sun=(245, 48), turn=2, tilt=(0.0, 0.06), zoom=1.0, warmth=0.03, quality=64
    )


def fins_on_rack() -> Image.Image:
    """Grey triangles hang point down in two rows from a wire in the sun, each with a pale cut edge; one is much taller and narrower."""
    things = []
    for row, y0 in enumerate((-0.72, 0.16)):
        wire = np.abs(Y - y0 - 0.02 * X**2) - 0.010
        fins = []
        for at in range(6):
            px = -1.08 + 0.43 * at + 0.10 * row
            tall = 0.74 if (row, at) == (0, 2) else 0.54 + 0.05 * ((at * 7 + row * 3) % 3)
            wide = 0.13 if (row, at) == (0, 2) else 0.19
            shape = outline(
                [
                    (-wide, 0.03),
                    (0.0, 0.0),
                    (wide, 0.04),
                    (0.78 * wide, 0.36 * tall),
                    (0.62 * wide, 0.72 * tall),
                    (0.50 * wide, tall),
                    (0.10 * wide, 0.78 * tall),
                    (-0.60 * wide, 0.36 * tall),
                ],
                px,
                y0,
                3 * ((at + row) % 3 - 1),
                1.0,
            )
            u, v = X - px, Y - y0
            hide = blend(
                paint(96, 100, 104, 0.14 * noise(1851 + at + 6 * row, 90)),
                paint(172, 168, 158),
                np.clip(0.2 - 3 * u, 0, 1) * 0.6,
            )
            hide = blend(
                hide,
                paint(222, 200, 160, 0.1 * noise(1864 + at, 40)),
                edge(v - 0.07 - 0.02 * noise(1870 + at, 14), 0.012),
            )
            ray = fibres(1880 + at + 6 * row, v, u, 3, 40)
            fins.append(
                thing(hide, shape + 0.008 * noise(1892, 20), 0.07, 0.06, relief=0.010 * ray * np.clip(v * 2, 0, 1))
            )
            fins.append(thing(paint(70, 70, 74), box(u, v + 0.02, 0.018, 0.055, 0.01), 0.01, 0.08))
        things += [thing(paint(150, 150, 150), wire, 0.01, 0.02, lift=0.14), together(*fins, lift=0.16)]
    plaster = camera.Surface(
        paint(206, 176, 132, 0.10 * noise(1893, 7, 3) + 0.05 * noise(1894, 160)), 0.03 * noise(1895, 20, 3)
    )
    return camera.taken(
        things, plaster, 1896, sun=(240, 40), turn=2, tilt=(0.04, 0.0), zoom=1.0, exposure=1.05, warmth=0.03, quality=62
    )


def four_white_heads() -> Image.Image:
    """Four large white lumps on a warehouse floor, covered with winding ridges like a maze, with paper tags and a carpenter's rule."""
    things = []
    for at, (px, py, wide, high) in enumerate(
        ((-0.62, -0.36, 0.50, 0.44), (0.52, -0.42, 0.44, 0.40), (-0.50, 0.52, 0.42, 0.36), (0.56, 0.44, 0.52, 0.44))
    ):
        shape = oval(px, py, wide, high) + 0.03 * noise(1901 + at, 8)
        maze = np.sin(9 * noise(1905 + at, 13 + at, 1) * 2 + 2 * noise(1909 + at, 5))
        bone = paint(226, 220, 206, 0.05 * noise(1913 + at, 90))
        bone = blend(bone, paint(176, 166, 148), edge(maze + 0.35, 0.3) * 0.8)
        bone = blend(bone, paint(176, 166, 130), edge(0.6 - noise(1917 + at, 5, 2), 0.2) * 0.4)
        things.append(thing(bone, shape, 0.40, 0.26, relief=0.012 * np.clip(maze, -0.6, 0.6), lift=0.18))
        tag = outline(
            [(-0.10, -0.06), (0.08, -0.08), (0.11, 0.06), (-0.09, 0.08)],
            px + 0.5 * wide,
            py + 0.55 * high,
            12 * at,
            1.0,
            sharp=True,
        )
        lines = edge(np.abs(np.mod(Y * 26, 1) - 0.5) - 0.14, 0.08) * edge(tag + 0.02, 0.006)
        things.append(
            thing(blend(paint(240, 226, 150), paint(70, 60, 60), lines * 0.7), tag, 0.01, 0.02, relief=0.1, lift=0.03)
        )
    x, y = placed(0.0, 0.02, 8)
    rule = np.maximum(np.abs(y) - 0.035, np.abs(x) - 0.62)
    ticks = edge(np.abs(np.mod(x * 20, 1) - 0.5) - 0.08, 0.05) * edge(-y - 0.005 + 0 * x, 0.004)
    things.insert(0, thing(blend(paint(236, 190, 60), paint(30, 30, 30), ticks), rule, 0.01, 0.02, lift=0.03))
    return camera.taken(
        things,
        camera.speckled(124, 122, 118, 1921, 0.5),
        1922,
        sun=(225, 46),
        turn=-5,
        tilt=(0.0, 0.08),
        zoom=0.98,
        quality=58,
    )


def clay_croaker() -> Image.Image:
    """A fat glazed garden figure on a paving slab: a green frog of clay with a gold crown, a chip in one foot, shiny bulging eyes."""
    body = melted(oval(0, 0.34, 0.52, 0.44), oval(0, -0.12, 0.42, 0.30), by=20)
    bumps = [oval(way * 0.26, -0.40, 0.16, 0.16) for way in (-1, 1)]
    feet = np.minimum.reduce(
        [oval(way * (0.36 + 0.10 * k), 0.74 + 0.02 * k, 0.12, 0.08) for way in (-1, 1) for k in (-1, 0, 1)]
    )
    arms = np.minimum.reduce(
        [chain([(way * 0.36, 0.16), (way * 0.46, 0.44), (way * 0.26, 0.60)], 0.10, 0.07) for way in (-1, 1)]
    )
    chip = np.hypot(X - 0.50, Y - 0.78) - 0.07
    glaze = blend(paint(56, 142, 62, 0.10 * noise(1941, 5)), paint(24, 84, 44), edge(0.6 - noise(1942, 7), 0.25))
    belly = blend(glaze, paint(206, 216, 130, 0.05 * noise(1943, 8)), edge(oval(0, 0.40, 0.30, 0.30), 0.05))
    smile = np.maximum(np.abs(np.hypot(X / 1.5, Y + 0.42) - 0.42) - 0.012, -Y - 0.22)
    belly = blend(belly, paint(16, 50, 30), edge(np.maximum(smile, np.abs(X) - 0.34), 0.008))
    crown = outline(
        [(-0.22, -0.46), (-0.26, -0.76), (-0.12, -0.62), (0.0, -0.82), (0.12, -0.62), (0.26, -0.76), (0.22, -0.46)],
        sharp=True,
    )
    things = [
        thing(blend(glaze, paint(196, 110, 70, 0.1 * noise(1944, 60)), edge(chip)), melted(feet, by=30), 0.08, 0.09, gloss=0.8, lift=0.10),
        thing(belly, body, 0.34, 0.30, gloss=0.8, lift=0.16), thing(glaze, arms, 0.09, 0.10, relief=0.22, gloss=0.8, lift=0.04),
        thing(paint(226, 180, 60, 0.05 * noise(1945, 30)), crown, 0.06, 0.10, relief=0.16, gloss=0.9, lift=0.05),
        *[thing(glaze, bump, 0.15, 0.14, relief=0.2, gloss=0.8, lift=0.04) for bump in bumps],
        *eye(-0.26, -0.42, 0.095, (240, 220, 120)), *eye(0.26, -0.42, 0.095, (240, 220, 120)),
    ]  # fmt: skip
    grass = camera.Surface(
        blend(
            paint(150, 148, 142, 0.25 * noise(1946, 200) + 0.1 * noise(1947, 6)),
            paint(84, 126, 52, 0.4 * fibres(1948, Y, X, 10, 80)),
            edge(-box(X, Y - 0.3, 0.98, 0.74, 0.04), 0.02),
        ),
        0.02 * noise(1949, 160),
    )
    return camera.taken(
        things, grass, 1950, sun=(300, 50), turn=-3, tilt=(0.0, -0.03), zoom=1.0, warmth=0.02, quality=62
    )


def wax_in_glass() -> Image.Image:
    """A candle burning in a brown glass with a paper label, on the rim of a bathtub, a folded towel behind it."""
    glass = outline(
        [(-0.42, -0.36), (0.42, -0.36), (0.44, 0.20), (0.40, 0.78), (-0.40, 0.78), (-0.44, 0.20)], -0.18, 0.0
    )
    mouth = oval(-0.18, -0.36, 0.42, 0.10)
    wax = oval(-0.18, -0.16, 0.39, 0.085)
    glow = np.exp(-(np.hypot((X + 0.18) / 0.9, Y + 0.2) ** 2) / 0.10)
    amber = blend(paint(96, 48, 20), paint(250, 160, 60), np.clip(glow * 1.1, 0, 1))
    label = box(X + 0.18, Y - 0.34, 0.26, 0.22, 0.01)
    sprig = np.minimum.reduce(
        [np.abs(X + 0.18) - 0.006]
        + [oval(-0.18 + way * 0.05, 0.24 + 0.05 * k, 0.045, 0.018, way * -30) for way in (-1, 1) for k in range(4)]
    )
    paper = blend(paint(240, 232, 216), paint(120, 90, 70), edge(np.maximum(sprig, np.abs(Y - 0.32) - 0.13), 0.006))
    paper = blend(
        paper,
        paint(60, 50, 46),
        edge(np.abs(Y - 0.50) - 0.016, 0.004)
        * (fibres(1951, X, np.floor(Y * 2), 1, 40) > -0.2)
        * edge(np.abs(X + 0.18) - 0.17, 0.01),
    )
    wick = limb((-0.18, -0.18), (-0.17, -0.30), 0.010, 0.008)
    flame = outline(
        [(-0.05, 0.02), (-0.07, -0.08), (-0.03, -0.20), (0.01, -0.33), (0.05, -0.18), (0.07, -0.06), (0.04, 0.03)],
        -0.175,
        -0.26,
    )
    fire = blend(paint(255, 236, 150), paint(255, 150, 40), np.clip((-0.30 - Y) * 3, 0, 1))
    towel = box(X - 0.86, Y - 0.32, 0.44, 0.44, 0.12)
    rolls = np.abs(np.mod((Y - 0.3) * 3.4, 1) - 0.5)
    cotton = paint(206, 120, 110, 0.06 * noise(1952, 160)) * (1 - 0.3 * edge(0.06 - rolls * 0.5, 0.03))[..., None]
    tiles = camera.tiles(150, 186, 190, 1953)
    tub = edge(0.70 - Y, 0.01)
    light = (0.75 + 0.5 * np.exp(-(np.hypot(X + 0.18, Y + 0.4) ** 2) / 0.7))[..., None]
    ground = camera.Surface(blend(tiles.colours, paint(240, 240, 238), tub) * light, tiles.height * (1 - tub))
    things = [
        thing(cotton * light, towel, 0.10, 0.16, relief=0.003 * noise(1954, 160) + 0.05 * np.cos(2 * np.pi * (Y - 0.3) * 3.4), lift=0.14),
        Thing(amber, edge(glass), dome(glass, 0.25, 0.22), 0.7, 0.14),
        thing(blend(paint(120, 70, 34), paint(255, 200, 110), glow), mouth, 0.03, 0.01, gloss=0.2, lift=0.0),
        thing(blend(paint(226, 196, 150), paint(255, 236, 190), glow), wax, 0.03, 0.01, lift=0.0),
        thing(paint(30, 24, 22), wick, 0.01, 0.01, lift=0.0), thing(paper * (0.8 + 0.3 * glow)[..., None], label, 0.01, 0.01, relief=0.2, lift=0.01),
        Thing(fire * 1.1, edge(flame, 0.02), np.zeros(X.shape), 0.0, 0.0),
    ]  # fmt: skip
    return camera.taken(
        things, ground, 1955, sun=(270, 60), turn=1, tilt=(0.0, 0.02), zoom=1.0, exposure=0.9, warmth=0.05, quality=64
    )
