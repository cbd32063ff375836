"""The picture lane's own pictures: corals and other small animals, alive and dry. Each shows what a lesson or the list of species says of them."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import Thing, X, Y, blend, box, edge, fibres, noise, paint, placed
from server.demo.lane_pictures.outlines import chain, limb, melted, outline, oval, thing, together


def plugs_on_rack() -> Image.Image:
    """A white plastic grid under blue light in a tank: fifteen round plugs, on each a small soft colony in green, pink, orange or violet."""
    grid = np.minimum(np.abs(np.mod(X * 9, 1) - 0.5), np.abs(np.mod(Y * 9, 1) - 0.5))
    rack = np.maximum(box(X, Y, 1.20, 0.84, 0.02), (grid - 0.10) * 0.1)
    things: list[Thing] = [thing(paint(206, 222, 240), rack, 0.01, 0.03, lift=0.08)]
    colours = ((70, 226, 120), (240, 90, 150), (250, 150, 60), (150, 96, 230), (60, 206, 220), (236, 226, 90))
    chance = np.random.default_rng(2201)
    for at in range(15):
        px, py = -0.90 + 0.45 * (at % 5), -0.52 + 0.52 * (at // 5)
        plug = oval(px, py, 0.15, 0.145)
        ball = np.full(X.shape, 9.0)
        kind = at % 3
        for bud in range(14):
            a, far = 2.4 * bud, 0.034 * np.sqrt(bud)
            bx, by = px + far * np.cos(a), py + far * np.sin(a)
            if kind == 0:
                ball = np.minimum(ball, oval(bx, by, 0.034, 0.034))
            elif kind == 1:
                ball = np.minimum(
                    ball,
                    limb(
                        (px, py),
                        (px + 0.16 * np.cos(2 * np.pi * bud / 9), py + 0.16 * np.sin(2 * np.pi * bud / 9)),
                        0.028,
                        0.018,
                    ),
                )
            else:
                ball = np.minimum(
                    ball, np.hypot(X - px, Y - py) - 0.12 - 0.018 * np.sin(7 * np.arctan2(Y - py, X - px))
                )
        colour = colours[int(chance.integers(0, 6))]
        glow = paint(*colour, 0.1 * noise(2202 + at, 60))
        if kind == 2:
            glow = blend(
                glow,
                paint(*colours[(at + 2) % 6]),
                edge(np.abs(np.mod(np.hypot(X - px, Y - py) * 16, 1) - 0.5) - 0.2, 0.1),
            )
        things.append(
            together(thing(paint(196, 196, 206), plug, 0.03, 0.05), thing(glow, ball, 0.03, 0.08), gloss=0.3, lift=0.08)
        )
    sand = camera.speckled(70, 96, 160, 2220, 0.4)
    return camera.taken(
        things, sand, 2221, sun=(240, 56), turn=3, tilt=(0.0, 0.08), zoom=1.02, warmth=-0.10, quality=64
    )


def little_tree() -> Image.Image:
    """A black shiny branched thing like a little winter tree on a white stone foot, beside a black bangle and a row of black beads."""
    chance = np.random.default_rng(2231)
    wood = np.full(X.shape, 9.0)

    def grow(x: float, y: float, way: float, long: float, wide: float, depth: int) -> None:
        nonlocal wood
        ex, ey = x + long * np.sin(way), y - long * np.cos(way)
        wood = np.minimum(wood, limb((x, y), (ex, ey), wide, wide * 0.72))
        if depth:
            for side in (-1, 1):
                grow(
                    ex,
                    ey,
                    way * 0.8 + side * chance.uniform(0.25, 0.60),
                    long * chance.uniform(0.66, 0.86),
                    wide * 0.66,
                    depth - 1,
                )

    grow(-0.36, 0.58, 0.04, 0.42, 0.055, 5)
    foot = outline(
        [(-0.70, 0.62), (-0.50, 0.54), (-0.20, 0.55), (0.02, 0.66), (-0.04, 0.80), (-0.66, 0.80)]
    ) + 0.02 * noise(2232, 20)
    bangle = np.abs(oval(0.78, 0.22, 0.34, 0.32)) - 0.055
    beads = np.minimum.reduce(
        [oval(0.34 + 0.135 * at, 0.76 + 0.03 * np.sin(2.0 * at), 0.064, 0.064) for at in range(7)]
    )
    black = paint(30, 26, 26, 0.2 * noise(2233, 60))
    things = [
        thing(paint(226, 222, 210, 0.2 * noise(2234, 40)), foot, 0.10, 0.12, lift=0.08),
        thing(black, wood, 0.03, 0.06, gloss=0.9, lift=0.06),
        thing(black, bangle, 0.055, 0.08, gloss=1.0, lift=0.06), thing(black, beads, 0.064, 0.09, gloss=1.0, lift=0.05),
    ]  # fmt: skip
    return camera.taken(
        things, camera.linen(206, 176, 160, 2235), 2236, sun=(230, 48), turn=-2, tilt=(0.0, 0.04), zoom=1.02, quality=66
    )


def dry_rolls_on_tray() -> Image.Image:
    """Ten thick dry grey-brown rolls with a row of short blunt points along both sides, on a rattan tray with a hand scale's hook."""
    chance, things = np.random.default_rng(2241), []
    for at in range(10):
        px, py = -0.86 + 0.43 * (at % 5), -0.36 + 0.74 * (at // 5)
        turn, size = chance.uniform(72, 108), chance.uniform(1.15, 1.4)
        u, v = placed(px, py, turn)
        u, v = u / size, v / size
        roll = box(u, v + 0.05 * u * u, 0.24 + 0.02 * np.cos(3 * at), 0.098, 0.095)
        knobs = np.minimum.reduce(
            [np.hypot(u - k, v - w * 0.098) - 0.030 for k in (-0.17, -0.06, 0.05, 0.16) for w in (-1, 1)]
        )
        cut = oval(px + size * 0.02, py, 0.09, 0.010, turn)
        hide = paint(112, 98, 80, 0.16 * noise(2242 + at, 26) + 0.1 * fibres(2260 + at, v, u, 50, 4))
        hide = blend(hide, paint(206, 196, 172), edge(0.05 - noise(2270 + at, 12), 0.3) * 0.3)
        hide = blend(hide, paint(50, 40, 34), edge(cut, 0.01) * 0.8)
        things.append(
            thing(hide, melted(roll, knobs, by=40) * size, 0.10, 0.13, lift=0.08, relief=0.005 * noise(2280 + at, 40))
        )
    x, y = X * 11, Y * 11
    over = np.mod(np.floor(x) + np.floor(y), 2)
    strand = np.where(over > 0, np.abs(np.mod(x, 1) - 0.5), np.abs(np.mod(y, 1) - 0.5))
    rattan = camera.Surface(
        paint(196, 156, 96, 0.10 * noise(2290, 30)) * (1 - 0.7 * strand)[..., None], 0.03 * (0.5 - strand)
    )
    rim = np.abs(oval(0.0, 0.0, 1.40, 1.06)) - 0.07
    things.append(
        thing(paint(150, 106, 60, 0.2 * np.sin(24 * np.arctan2(Y, X) * 2)), rim, 0.07, 0.10, gloss=0.2, lift=0.10)
    )
    return camera.taken(things, rattan, 2291, sun=(230, 46), turn=4, tilt=(0.0, 0.05), zoom=0.98, quality=60)


def white_wings_on_pins() -> Image.Image:
    """One pinned white insect with rounded wings on pale foam: black spots in front, two red eyes ringed in black on each hind wing, a label below."""
    fore = np.minimum(
        *[
            outline(
                [
                    (w * 0.05, -0.22),
                    (w * 0.40, -0.58),
                    (w * 0.86, -0.74),
                    (w * 0.98, -0.56),
                    (w * 0.80, -0.10),
                    (w * 0.40, 0.02),
                    (w * 0.06, -0.02),
                ]
            )
            for w in (-1, 1)
        ]
    )
    hind = np.minimum(
        *[
            outline(
                [
                    (w * 0.05, -0.06),
                    (w * 0.40, -0.02),
                    (w * 0.74, 0.06),
                    (w * 0.76, 0.36),
                    (w * 0.50, 0.60),
                    (w * 0.22, 0.56),
                    (w * 0.07, 0.26),
                ]
            )
            for w in (-1, 1)
        ]
    )
    vein = np.abs(np.mod(np.arctan2(Y + 0.1, np.abs(X)) * 7, 1) - 0.5)
    pale = paint(240, 238, 228, 0.05 * noise(2301, 60)) * (1 - 0.20 * edge(vein - 0.03, 0.03))[..., None]
    black = np.minimum.reduce([oval(w * a, b, r, r * 1.2) for w in (-1, 1) for a, b, r in ((0.42, -0.44, 0.060), (0.60, -0.50, 0.055), (0.46, -0.18, 0.065), (0.70, -0.34, 0.045), (0.66, -0.14, 0.040), (0.24, 0.44, 0.05), (0.16, 0.22, 0.06))])  # fmt: skip
    grey = edge(0.84 - np.hypot(X, Y + 0.10), 0.10) * edge(fore)
    wings_f = blend(blend(pale, paint(120, 120, 122), grey * 0.6), paint(28, 26, 26), edge(black, 0.012))
    eyes = np.minimum.reduce([oval(w * a, b, 0.085, 0.080) for w in (-1, 1) for a, b in ((0.52, 0.10), (0.50, 0.36))])
    red = edge(eyes + 0.022, 0.008)
    white = edge(
        np.minimum.reduce([oval(w * a, b, 0.026, 0.026) for w in (-1, 1) for a, b in ((0.53, 0.09), (0.51, 0.35))]),
        0.008,
    )
    wings_h = blend(
        blend(
            blend(blend(pale, paint(28, 26, 26), edge(black, 0.012)), paint(24, 20, 20), edge(eyes, 0.008)),
            paint(206, 34, 36),
            red,
        ),
        paint(250, 240, 236),
        white,
    )
    body = melted(oval(0.0, -0.20, 0.060, 0.12), oval(0.0, 0.10, 0.050, 0.26), oval(0.0, -0.36, 0.048, 0.05), by=40)
    feelers = np.minimum(
        *[
            np.minimum(
                chain([(w * 0.02, -0.38), (w * 0.12, -0.56), (w * 0.26, -0.72)], 0.010, 0.008),
                oval(w * 0.265, -0.725, 0.022, 0.022),
            )
            for w in (-1, 1)
        ]
    )
    pin, label = oval(0.0, -0.16, 0.028, 0.028), box(X - 0.02, Y - 0.80, 0.32, 0.10, 0.006)
    words = (
        (np.abs(np.mod((Y - 0.73) / 0.055, 1) - 0.5) < 0.25)
        & (fibres(2302, X, np.floor(Y / 0.055) * 3.7, 1, 40) > -0.3)
        & (label < -0.025)
    )
    things = [
        thing(wings_h, hind, 0.03, 0.02, lift=0.08), thing(wings_f, fore, 0.03, 0.03, lift=0.08),
        thing(paint(58, 52, 50, 0.4 * fibres(2303, X, Y, 90, 10)), body, 0.06, 0.10, lift=0.05), thing(paint(40, 36, 36), feelers, 0.01, 0.02, lift=0.06),
        thing(paint(220, 220, 224), pin, 0.025, 0.20, gloss=1.0, lift=0.10),
        thing(blend(paint(246, 242, 226), paint(50, 46, 44), words * 0.8), label, 0.004, 0.01, lift=0.02),
    ]  # fmt: skip
    foam = camera.Surface(paint(214, 208, 190, 0.05 * noise(2304, 240, 1)), 0.006 * noise(2305, 200, 1))
    frame = thing(
        paint(92, 60, 40, 0.14 * fibres(2306, X, Y, 30, 2)),
        -box(X, Y, 1.12, 0.94, 0.01),
        0.04,
        0.12,
        gloss=0.3,
        lift=0.16,
    )
    return camera.taken([*things, frame], foam, 2307, sun=(230, 48), turn=3, tilt=(0.03, 0.03), zoom=1.02, quality=66)
