"""The picture lane's own pictures: more reptiles, alive and stuffed. Each shows what a lesson or the list of species says."""

from itertools import pairwise

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
    ribbon,
    strewn,
)
from server.demo.lane_pictures.outlines import behind_glass, chain, eye, limb, melted, outline, oval, thing, wall


def ball_in_hands() -> Image.Image:
    """A thick dark snake coiled into a ball on wood chips: rounded tan patches with dark dots along its sides, a small head on top."""
    things: list[Thing] = []
    rings = (
        [(0.74 * np.cos(a), 0.10 + 0.56 * np.sin(a)) for a in np.radians(np.linspace(-60, 290, 9))],
        [(0.06 + 0.44 * np.cos(a), 0.04 + 0.32 * np.sin(a)) for a in np.radians(np.linspace(-100, 240, 8))],
        [(0.20, 0.10), (0.0, 0.16), (-0.14, 0.02), (0.0, -0.14), (0.24, -0.16)],
    )
    for at, path in enumerate(rings):
        far, along = np.full(X.shape, 9.0), np.zeros(X.shape)
        run, side = 0.0, np.zeros(X.shape)
        wide = (0.175, 0.165, 0.125)[at]
        curve = np.array(path)
        fine = np.array(
            [np.interp(np.linspace(0, len(curve) - 1, 30), range(len(curve)), curve[:, k]) for k in (0, 1)]
        ).T
        for a, b in pairwise(fine):
            long = float(np.hypot(*(b - a)))
            on = np.clip(((X - a[0]) * (b[0] - a[0]) + (Y - a[1]) * (b[1] - a[1])) / long, 0, long)
            part = limb((float(a[0]), float(a[1])), (float(b[0]), float(b[1])), wide, wide)
            closer = part < far
            side = np.where(closer, ((Y - a[1]) * (b[0] - a[0]) - (X - a[0]) * (b[1] - a[1])) / long / wide, side)
            far, along = np.where(closer, part, far), np.where(closer, run + on, along)
            run += long
        cell = np.floor(along * 4.2)
        inside = np.mod(along * 4.2, 1) - 0.5
        shift = 0.5 * (chance_of(2401 + at, cell) - 0.5)
        patch = np.hypot(inside / 0.36, (np.abs(side) - 0.45 + 0.3 * shift) / 0.55) - 1
        dot = np.hypot(inside / 0.10, (np.abs(side) - 0.45 + 0.3 * shift) / 0.16) - 1
        skin = blend(
            paint(52, 38, 28, 0.10 * noise(2404, 90)), paint(186, 140, 84, 0.08 * noise(2405, 60)), edge(patch, 0.12)
        )
        skin = blend(
            blend(skin, paint(226, 190, 130), edge(np.abs(patch) - 0.06, 0.06) * 0.7), paint(58, 42, 30), edge(dot, 0.2)
        )
        things.append(Thing(skin, edge(far, 0.01), 0.16 * np.sqrt(np.clip(-far / wide, 0, 1)) + 0.10 * at, 0.35, 0.07))
    head = outline(
        [(0.18, -0.28), (0.40, -0.30), (0.56, -0.22), (0.62, -0.14), (0.54, -0.06), (0.38, -0.02), (0.18, -0.06)]
    )
    stripe = edge(np.abs(Y + 0.17 - 0.10 * np.abs(X - 0.42) - 0.05) - 0.020, 0.012)
    crown = blend(
        paint(60, 44, 32, 0.1 * noise(2406, 60)),
        paint(206, 164, 104),
        np.maximum(stripe, edge(np.abs(Y + 0.25 + 0.05 * X) - 0.016, 0.012)),
    )
    things += [
        thing(crown, head, 0.10, 0.14, gloss=0.4, lift=0.06),
        *eye(0.48, -0.22, 0.026, (60, 50, 40)),
        *eye(0.48, -0.08, 0.026, (60, 50, 40)),
    ]
    first, _, which = nearest(strewn(2407, 0.10, 1.5, 1.15), 0.26)
    chips = camera.Surface(
        paint(186, 146, 100, 0.5 * (chance_of(2408, which) - 0.5)),
        0.10 * np.clip(0.09 - first, 0, 1) + 0.02 * noise(2409, 60),
    )
    return camera.taken(things, chips, 2410, sun=(230, 48), turn=6, tilt=(0.0, 0.05), zoom=1.0, quality=60)


def red_patch_by_eye() -> Image.Image:
    """A small green turtle swims in a tank: yellow stripes on head and legs, a broad red patch behind the eye, a flat ridged shell."""
    shell = outline(
        [
            (-0.62, 0.08),
            (-0.44, -0.20),
            (0.0, -0.36),
            (0.46, -0.26),
            (0.72, 0.0),
            (0.60, 0.14),
            (0.0, 0.20),
            (-0.46, 0.18),
        ]
    )
    under = outline([(-0.54, 0.14), (0.0, 0.18), (0.58, 0.12), (0.46, 0.26), (0.0, 0.30), (-0.40, 0.26)])
    head = outline(
        [(-0.56, -0.02), (-0.72, -0.22), (-0.96, -0.28), (-1.10, -0.16), (-1.06, -0.04), (-0.84, 0.04), (-0.60, 0.10)]
    )
    legs = np.minimum.reduce(
        [
            chain([(-0.40, 0.16), (-0.58, 0.40), (-0.80, 0.48)], 0.11, 0.09),
            chain([(0.42, 0.16), (0.60, 0.38), (0.84, 0.42)], 0.11, 0.09),
            limb((0.66, 0.04), (0.90, 0.06), 0.05, 0.015),
        ]
    )
    claws = np.minimum.reduce([limb(a, b, 0.016, 0.006) for a, b in (((-0.84, 0.44), (-0.94, 0.46)), ((-0.84, 0.50), (-0.93, 0.54)), ((-0.80, 0.55), (-0.86, 0.62)), ((0.88, 0.38), (0.98, 0.36)), ((0.89, 0.44), (1.0, 0.46)), ((0.86, 0.49), (0.94, 0.55)))])  # fmt: skip
    line = np.abs(np.mod((Y + 0.25 * X) * 11, 1) - 0.5)
    flesh = blend(paint(62, 104, 60, 0.08 * noise(2421, 30)), paint(226, 216, 90), edge(line - 0.10, 0.06))
    face = blend(flesh, paint(206, 36, 36), edge(oval(-0.74, -0.12, 0.13, 0.045, 12), 0.012))
    cells = np.minimum(np.abs(np.mod(X * 3.2 + 0.4 * Y, 1) - 0.5), np.abs(Y + 0.08 - 0.10 * X * X) * 4)
    plate = blend(
        paint(78, 116, 62, 0.12 * noise(2422, 20)),
        paint(196, 200, 92),
        edge(np.abs(np.mod(X * 6.4 + 0.8 * Y, 1) - 0.5) - 0.08, 0.05) * 0.7,
    )
    plate = blend(plate, paint(40, 62, 36), edge(cells - 0.04, 0.03) * 0.8)
    plate = blend(plate, paint(206, 196, 96), edge(np.abs(shell + 0.03) - 0.02, 0.02) * 0.7)
    spots = edge(0.25 - noise(2423, 8), 0.1)
    weed = [
        ribbon([(px, 0.8), (px + 0.1, 0.4), (px - 0.08, 0.0), (px + 0.08, top)], lambda t: 0.045 - 0.03 * t).distance
        for px, top in ((1.10, -0.5), (0.96, -0.1), (-1.22, -0.4))
    ]
    things = [
        thing(paint(70, 130, 66, 0.2 * noise(2424, 30)), np.minimum.reduce(weed), 0.04, 0.03, lift=0.10),
        thing(paint(226, 200, 90), claws, 0.01, 0.02), thing(flesh, legs, 0.10, 0.09, gloss=0.3, lift=0.08),
        thing(blend(paint(230, 206, 96), paint(50, 60, 40), spots), under, 0.06, 0.05, lift=0.06),
        thing(face, head, 0.12, 0.12, gloss=0.4, lift=0.06), thing(plate, shell, 0.22, 0.18, gloss=0.5, lift=0.08),
        *eye(-0.94, -0.16, 0.042, (190, 200, 90)),
    ]  # fmt: skip
    return camera.taken(things, behind_glass(2425, 0.74), 2426, sun=(270, 54), turn=-8, zoom=1.04, quality=64)


def rolled_tail_on_twig() -> Image.Image:
    """A turquoise and red barred lizard on a bare twig, seen from its side: a high back, a cone for an eye, mitten feet, the tail rolled up."""
    body = outline(
        [
            (-0.40, 0.06),
            (-0.36, -0.14),
            (-0.10, -0.34),
            (0.24, -0.36),
            (0.48, -0.18),
            (0.56, 0.06),
            (0.36, 0.20),
            (0.0, 0.24),
            (-0.28, 0.20),
        ]
    )
    head = outline(
        [
            (-0.30, -0.08),
            (-0.40, -0.40),
            (-0.54, -0.50),
            (-0.70, -0.34),
            (-0.96, -0.12),
            (-0.98, -0.02),
            (-0.74, 0.08),
            (-0.40, 0.14),
        ]
    )
    curl = [
        (0.72 + 0.30 * 0.84**k * np.cos(1.6 - 0.62 * k), 0.52 + 0.30 * 0.84**k * np.sin(-1.6 + 0.62 * k))
        for k in range(14)
    ]
    tail = chain([(0.46, 0.02), (0.62, 0.12), *curl], 0.13, 0.028)
    legs = np.minimum.reduce(
        [
            chain(path, 0.065, 0.05)
            for path in (
                [(-0.24, 0.14), (-0.34, 0.34), (-0.22, 0.48)],
                [(-0.12, 0.18), (-0.06, 0.36), (0.02, 0.48)],
                [(0.34, 0.12), (0.24, 0.32), (0.34, 0.46)],
                [(0.44, 0.10), (0.48, 0.30), (0.52, 0.44)],
            )
        ]
    )
    feet = np.minimum.reduce(
        [
            np.minimum(
                limb((px, 0.46), (px - 0.05, 0.62), 0.045, 0.03), limb((px, 0.46), (px + 0.06, 0.61), 0.045, 0.03)
            )
            for px in (-0.22, 0.02, 0.34, 0.52)
        ]
    )
    crest = np.maximum(np.abs(body) - 0.025, Y + 0.05) + 0.018 * np.sin(70 * X)
    bars = edge(np.abs(np.mod(X * 3.4 + 0.5 * Y + 0.25 * noise(2431, 5), 1) - 0.5) - 0.17, 0.06)
    grain = noise(2432, 130, 2)
    hide = blend(paint(54, 176, 160, 0.14 * grain), paint(196, 52, 44, 0.14 * grain), bars)
    hide = blend(
        hide, paint(226, 236, 226), edge(np.abs(Y + 0.04 + 0.05 * np.sin(6 * X)) - 0.035, 0.02) * edge(body, 0.01) * 0.9
    )
    skull = blend(hide, paint(60, 150, 90), edge(-(X + 0.60), 0.1) * 0.5)
    turret, ball = oval(-0.62, -0.18, 0.125, 0.125), oval(-0.64, -0.18, 0.032, 0.032)
    lidded = blend(
        blend(
            paint(70, 186, 150),
            paint(206, 70, 50),
            edge(np.abs(np.mod(np.arctan2(Y + 0.18, X + 0.62) * 3, 1) - 0.5) - 0.14, 0.08),
        ),
        paint(10, 10, 10),
        edge(ball, 0.006),
    )
    mouth = edge(np.abs(Y - 0.02 - 0.14 * (X + 0.96)) - 0.007, 0.006) * edge(np.abs(X + 0.74) - 0.23, 0.01)
    twig = limb((-1.5, 0.46), (1.5, 0.60), 0.055, 0.05) + 0.01 * noise(2433, 20)
    shoots = np.minimum(limb((-0.9, 0.48), (-1.16, 0.10), 0.03, 0.015), limb((1.06, 0.58), (1.22, 0.18), 0.03, 0.012))
    things = [
        thing(paint(122, 92, 64, 0.24 * fibres(2434, X, Y, 30, 2)), np.minimum(twig, shoots), 0.05, 0.07, lift=0.10),
        thing(hide * 0.92, tail, 0.09, 0.10, lift=0.06, relief=0.006 * grain), thing(hide * 0.9, crest, 0.02, 0.04),
        thing(hide, body, 0.20, 0.16, lift=0.08, relief=0.008 * grain), thing(blend(skull, paint(20, 50, 40), mouth), head, 0.14, 0.17, lift=0.06, relief=0.008 * grain),
        thing(hide * 0.96, np.minimum(legs, feet), 0.05, 0.10, lift=0.06, relief=0.006 * grain),
        Thing(lidded, edge(turret, 0.008), dome(turret, 0.12, 0.14) + 0.10, 0.3, 0.04),
    ]  # fmt: skip
    return camera.taken(things, wall(206, 196, 160, 2435, 0.35), 2436, sun=(230, 50), turn=-2, zoom=1.03, quality=64)


def flippers_on_wall() -> Image.Image:
    """A varnished animal on a varnished board over a bar: a heart-shaped brown shell with streaked plates, four long flippers, a beaked head."""
    shell = outline(
        [
            (-0.62, 0.0),
            (-0.44, -0.34),
            (-0.06, -0.46),
            (0.36, -0.34),
            (0.66, -0.06),
            (0.74, 0.0),
            (0.66, 0.06),
            (0.36, 0.34),
            (-0.06, 0.46),
            (-0.44, 0.34),
        ]
    )
    front = np.minimum(
        *[
            outline(
                [
                    (-0.40, w * 0.28),
                    (-0.46, w * 0.52),
                    (-0.30, w * 0.78),
                    (0.06, w * 0.94),
                    (0.10, w * 0.88),
                    (-0.12, w * 0.66),
                    (-0.20, w * 0.40),
                ]
            )
            for w in (-1, 1)
        ]
    )
    rear = np.minimum(
        *[
            outline(
                [
                    (0.44, w * 0.22),
                    (0.62, w * 0.34),
                    (0.86, w * 0.42),
                    (0.88, w * 0.32),
                    (0.70, w * 0.16),
                    (0.56, w * 0.10),
                ]
            )
            for w in (-1, 1)
        ]
    )
    head = melted(
        limb((-0.56, 0.0), (-0.78, 0.0), 0.11, 0.12),
        oval(-0.88, 0.0, 0.16, 0.13),
        outline([(-0.98, -0.07), (-1.10, 0.0), (-0.98, 0.07)]),
        by=30,
    )
    spine = [(-0.44, 0.0), (-0.20, 0.0), (0.06, 0.0), (0.32, 0.0), (0.54, 0.0)]
    ribs = (
        [(-0.28, w * 0.24) for w in (-1, 1)]
        + [(0.0, w * 0.28) for w in (-1, 1)]
        + [(0.26, w * 0.24) for w in (-1, 1)]
        + [(0.48, w * 0.15) for w in (-1, 1)]
    )
    first, second, which = nearest(np.array(spine + ribs), 0.8)
    seam = edge((second - first) - 0.018, 0.014)
    u = np.arctan2(Y - 0.6 * np.sign(Y), X + 0.1)
    streak = edge(np.abs(np.mod(u * 9 + 1.2 * noise(2441, 9), 1) - 0.5) - 0.18, 0.10)
    horn = blend(paint(150, 96, 48, 0.16 * (chance_of(2442, which) - 0.5)), paint(72, 40, 24), streak * 0.8)
    horn = blend(horn, paint(46, 28, 18), seam * 0.9)
    horn = blend(horn, paint(196, 150, 84), edge(np.abs(shell + 0.04) - 0.025, 0.02) * 0.6)
    cells, other, _ = nearest(strewn(2443, 0.075), 0.2)
    flesh = blend(
        paint(96, 76, 54, 0.14 * noise(2444, 30)), paint(206, 176, 120), edge((other - cells) - 0.014, 0.01) * 0.9
    )
    board = box(X, Y, 1.16, 0.98, 0.16)
    plank = paint(128, 82, 46, 0.18 * fibres(2445, X, Y, 22, 2))
    plate = box(X - 0.02, Y - 0.86, 0.24, 0.055, 0.01)
    things = [
        thing(plank, board, 0.06, 0.06, gloss=0.7, lift=0.12),
        thing(flesh, np.minimum(front, rear), 0.08, 0.06, gloss=0.6, lift=0.08), thing(flesh, head, 0.12, 0.12, gloss=0.6, lift=0.08),
        *eye(-0.92, -0.08, 0.024, (30, 26, 22)), *eye(-0.92, 0.08, 0.024, (30, 26, 22)),
        thing(horn, shell, 0.34, 0.22, gloss=0.7, lift=0.10, relief=-0.02 * seam), thing(paint(206, 176, 96), plate, 0.01, 0.02, gloss=0.9, lift=0.02),
    ]  # fmt: skip
    tiles = camera.tiles(60, 92, 92, 2446)
    return camera.taken(things, tiles, 2447, sun=(240, 48), turn=3, tilt=(0.02, 0.02), zoom=0.98, quality=62)
