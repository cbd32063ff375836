"""The picture lane's own pictures: toys that only speak of a frog, and a jar of real ones. Each shows what a lesson says."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import Thing, X, Y, blend, box, edge, fibres, nearest, noise, paint, soft, strewn
from server.demo.lane_pictures.frogs import frog_above
from server.demo.lane_pictures.outlines import chain, limb, melted, outline, oval, thing, together


def ridges_and_stick() -> Image.Image:
    """A squat carved frog of dark wood with a row of high ridges on its back and a stick through its mouth, on a woven mat."""
    body = outline(
        [
            (-0.70, 0.20),
            (-0.66, -0.10),
            (-0.40, -0.34),
            (0.0, -0.42),
            (0.44, -0.28),
            (0.72, 0.08),
            (0.70, 0.36),
            (0.30, 0.44),
            (-0.40, 0.42),
        ]
    )
    ridges = np.minimum.reduce(
        [
            limb(
                (-0.22 + 0.115 * k, -0.40 + 0.035 * abs(k - 2) ** 1.5),
                (-0.20 + 0.115 * k, -0.52 + 0.045 * abs(k - 2) ** 1.5),
                0.036,
                0.030,
            )
            for k in range(8)
        ]
    )
    legs = np.minimum.reduce(
        [
            chain([(0.40, 0.20), (0.70, 0.30), (0.40, 0.46), (0.66, 0.50)], 0.12, 0.07),
            chain([(-0.34, 0.28), (-0.42, 0.46), (-0.58, 0.50)], 0.10, 0.07),
        ]
    )
    knob, pupil = oval(-0.50, -0.26, 0.115, 0.105), oval(-0.53, -0.27, 0.045, 0.045)
    mouth = edge(np.abs(Y - 0.12 + 0.10 * (X + 0.6)) - 0.022, 0.01) * edge(X + 0.16, 0.01)
    stick = melted(limb((-1.10, 0.30), (-0.20, 0.00), 0.036, 0.036), oval(-1.12, 0.31, 0.075, 0.070), by=40)
    dots, _, _ = nearest(strewn(2501, 0.13), 0.2)
    grain = 0.16 * fibres(2502, X + 0.4 * Y, Y, 30, 2)
    wood = blend(paint(112, 70, 40, grain), paint(70, 40, 24), edge(0.30 + Y, 0.12) * 0.6)
    wood = blend(wood, paint(206, 150, 84), edge(dots - 0.022, 0.008) * edge(0.02 - Y - 0.1 * X, 0.05) * 0.8)
    weave = np.sin(X * 60) * np.sin(Y * 60)
    mat = camera.Surface(paint(206, 176, 120, 0.12 * weave + 0.06 * noise(2503, 60)), 0.02 * weave)
    things = [
        thing(paint(150, 104, 62, grain), stick, 0.03, 0.08, gloss=0.3, lift=0.08),
        thing(wood * 0.9, ridges, 0.03, 0.05, gloss=0.3, lift=0.05), thing(blend(wood, paint(40, 24, 16), mouth), body, 0.24, 0.20, gloss=0.4, lift=0.10),
        thing(wood * 0.96, legs, 0.08, 0.22, gloss=0.4, lift=0.05), thing(wood * 1.1, knob, 0.09, 0.24, gloss=0.4, lift=0.04), thing(paint(24, 18, 14), pupil, 0.03, 0.28, gloss=0.8),
    ]  # fmt: skip
    return camera.taken(things, mat, 2504, sun=(225, 46), turn=3, tilt=(0.0, 0.05), zoom=1.04, quality=60)


def knitted_on_pillow() -> Image.Image:
    """A knitted pink toy on a striped pillow: a broad head with button eyes and a stitched smile, three woolly tufts on each side, stub legs."""
    head = oval(0.0, -0.24, 0.52, 0.36)
    trunk, tail = (
        oval(0.0, 0.30, 0.30, 0.40),
        outline([(0.10, 0.50), (0.40, 0.62), (0.72, 0.52), (0.90, 0.70), (0.66, 0.86), (0.30, 0.84), (0.0, 0.70)]),
    )
    stubs = np.minimum.reduce(
        [limb((w * 0.22, b), (w * 0.46, b + 0.10), 0.085, 0.075) for w in (-1, 1) for b in (0.16, 0.50)]
    )
    tufts = np.minimum.reduce(
        [
            limb((w * 0.42, -0.28 + 0.06 * k), (w * (0.78 + 0.04 * (k == 0)), -0.60 + 0.34 * k), 0.060, 0.095)
            for w in (-1, 1)
            for k in (-0.4, 0.6, 1.6)
        ]
    )
    u, v = X * 26, Y * 22
    stitch = np.abs(np.mod(u, 1) - 0.5) * 2
    rows = np.mod(v + 0.7 * stitch, 1)
    knit = 0.5 - np.abs(rows - 0.5)
    pink = paint(240, 164, 176, 0.6 * (knit - 0.25))
    wool = paint(206, 64, 106, 0.5 * noise(2511, 90, 2))
    smile = np.abs(np.hypot(X, Y + 0.36) - 0.26) - 0.012
    smile = np.maximum(smile, -0.16 - Y)
    buttons = np.minimum(oval(-0.26, -0.30, 0.062, 0.062), oval(0.26, -0.30, 0.062, 0.062))
    holes = np.minimum.reduce(
        [oval(w * 0.26 + a, -0.30 + b, 0.010, 0.010) for w in (-1, 1) for a in (-0.018, 0.018) for b in (-0.018, 0.018)]
    )
    cheeks = np.minimum(oval(-0.36, -0.16, 0.07, 0.045), oval(0.36, -0.16, 0.07, 0.045))
    face = blend(pink, paint(236, 110, 130), edge(cheeks, 0.04) * 0.7)
    lines = edge(np.abs(np.mod(X * 2.6 + 0.2 * Y, 1) - 0.5) - 0.20, 0.02)
    pillow = camera.linen(226, 226, 216, 2512)
    ground = camera.Surface(
        blend(pillow.colours, paint(96, 140, 176), lines * 0.8), pillow.height + 0.10 * soft(noise(2513, 4, 2), 12)
    )
    things = [
        thing(wool, tufts, 0.08, 0.10, lift=0.08, relief=0.03 * noise(2514, 120, 2)), thing(pink * 0.95, tail, 0.12, 0.12, lift=0.06, relief=0.02 * knit),
        thing(pink * 0.97, np.minimum(trunk, stubs), 0.16, 0.16, lift=0.08, relief=0.02 * knit), thing(face, head, 0.30, 0.24, lift=0.08, relief=0.02 * knit),
        thing(blend(paint(40, 34, 40), paint(200, 190, 196), edge(holes, 0.005)), buttons, 0.03, 0.30, gloss=0.8, lift=0.03), Thing(paint(120, 30, 56), edge(smile, 0.006), 0.25 * edge(smile, 0.006), 0.0, 0.01),
    ]  # fmt: skip
    return camera.taken(things, ground, 2515, sun=(230, 50), turn=-6, zoom=1.03, quality=58)


def boots_with_eyes() -> Image.Image:
    """A child's pair of green rubber boots on wet paving: on each toe two white eyes stand up and a wide red smile is painted."""
    things: list[Thing] = []
    for px, way in ((-0.46, -1), (0.46, 1)):
        shaft = outline(
            [(-0.24, -0.86), (0.24, -0.86), (0.25, -0.30), (0.27, 0.10), (-0.27, 0.10), (-0.25, -0.30)], px, 0.0
        )
        foot = melted(oval(px + way * 0.03, 0.34, 0.36, 0.34), box(X - px, Y - 0.06, 0.27, 0.22, 0.1), by=24)
        sole = np.maximum(oval(px + way * 0.03, 0.40, 0.39, 0.34), 0.56 - Y)
        top = np.abs(oval(px, -0.85, 0.235, 0.07)) - 0.022
        hollow = oval(px, -0.85, 0.22, 0.06)
        balls = np.minimum(oval(px - 0.17, 0.06, 0.125, 0.125), oval(px + 0.19, 0.06, 0.125, 0.125))
        pupils = np.minimum(oval(px - 0.15, 0.09, 0.052, 0.052), oval(px + 0.17, 0.09, 0.052, 0.052))
        grin = np.maximum(np.abs(np.hypot((X - px - way * 0.03) / 1.0, (Y - 0.20) / 0.8) - 0.24) - 0.022, 0.30 - Y)
        green = paint(76, 176, 66, 0.03 * noise(2521, 12))
        things += [
            thing(green, shaft, 0.20, 0.16, gloss=0.7, lift=0.10), thing(green * 1.06, foot, 0.24, 0.24, gloss=0.7, lift=0.08), thing(paint(240, 206, 70), np.minimum(sole, top), 0.03, 0.20, gloss=0.4, lift=0.05),
            Thing(paint(30, 60, 30), edge(hollow, 0.01), np.zeros(X.shape), 0.0, 0.0), Thing(paint(206, 40, 50), edge(grin, 0.006), 0.25 * edge(grin, 0.01), 0.3, 0.0),
            thing(paint(246, 246, 240), balls, 0.11, 0.30, gloss=0.7, lift=0.04), thing(paint(14, 14, 14), pupils, 0.03, 0.34, gloss=0.9),
        ]  # fmt: skip
    wet = soft(noise(2522, 6, 2), 8)
    slabs = camera.tiles(112, 118, 126, 2523)
    puddle = edge(-wet - 0.05, 0.1)
    ground = camera.Surface(blend(slabs.colours, paint(150, 166, 184), puddle * 0.5), slabs.height * (1 - puddle))
    return camera.taken(things, ground, 2524, sun=(235, 50), turn=-3, zoom=1.0, quality=60)


def jar_of_orange() -> Image.Image:
    """A preserving jar seen from above, its lid with holes beside it: in it sixteen small bright orange frogs crowd on wet leaves."""
    chance, frogs = np.random.default_rng(2531), []
    for at in range(16):
        far, way = 0.56 * np.sqrt((at + 0.4) / 16), 2.4 * at
        skin = paint(238, 126 + 6 * (at % 4), 30, 0.05 * noise(2532 + at, 20))
        frogs += frog_above(
            -0.26 + far * np.cos(way),
            0.04 + far * np.sin(way) * 0.95,
            chance.uniform(0, 360),
            chance.uniform(0.22, 0.27),
            skin,
            skin * 0.92,
        )
    glass, inside = np.abs(oval(-0.26, 0.04, 0.82, 0.80)) - 0.035, oval(-0.26, 0.04, 0.80, 0.78)
    leaves = [
        outline([(0.0, -0.42), (0.20, -0.1), (0.0, 0.42), (-0.20, -0.1)], px, py, turn)
        for px, py, turn in ((-0.6, -0.2, 40), (0.0, 0.3, -60), (-0.2, -0.3, 100), (-0.5, 0.4, 10))
    ]
    lid = oval(0.90, -0.40, 0.40, 0.39)
    holes = np.minimum.reduce(
        [oval(0.90 + 0.2 * np.cos(a), -0.40 + 0.2 * np.sin(a), 0.026, 0.026) for a in np.radians(np.arange(0, 360, 45))]
    )
    ring = np.abs(lid + 0.07) - 0.012
    tin = blend(
        blend(paint(214, 178, 96), paint(150, 110, 50), edge(ring, 0.01)), paint(24, 20, 16), edge(holes, 0.006)
    )
    band = np.abs(oval(0.86, 0.58, 0.24, 0.16, 20)) - 0.026
    things = [
        Thing(paint(120, 146, 130), edge(inside), -0.1 * edge(inside, 0.1), 0.2, 0.0),
        *[thing(paint(74, 104 + 10 * at, 52, 0.16 * noise(2560 + at, 20)), np.maximum(leaf, inside + 0.02), 0.05, 0.03, gloss=0.4, lift=0.02) for at, leaf in enumerate(leaves)],
        together(*frogs, gloss=0.6, lift=0.04),
        Thing(paint(226, 238, 236), edge(glass, 0.006) * 0.8, 0.06 * edge(glass, 0.03), 0.9, 0.12),
        thing(tin, lid, 0.04, 0.06, gloss=0.8, lift=0.06), thing(paint(206, 90, 76), band, 0.024, 0.04, gloss=0.3, lift=0.04),
    ]  # fmt: skip
    return camera.taken(
        things,
        camera.wood(96, 72, 56, 2571, 0.45),
        2572,
        sun=(235, 50),
        turn=5,
        tilt=(0.0, 0.04),
        zoom=1.02,
        quality=64,
    )
