"""The picture lane's own pictures: what swims, and cloth in the shape of it. Each shows what a lesson or the list of species says."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (  # fmt: skip
    Thing,
    X,
    Y,
    blend,
    edge,
    nearest,
    noise,
    paint,
    ribbon,
    soft,
    strewn,
)
from server.demo.lane_pictures.outlines import behind_glass, chain, eye, limb, outline, oval, scales, thing


def wide_head_on_planks() -> Image.Image:
    """A grey fish with a wide flat head like a mallet, an eye at each end, seen from above on a boat's wet planks, a rope coil beside it; a tall back fin lies to one side."""
    body = ribbon(
        [(-0.62, 0.05), (-0.10, -0.04), (0.50, 0.04), (1.02, -0.10)],
        lambda t: 0.05 + 0.17 * np.sin(np.pi * min(t * 0.80 + 0.22, 1.0)),
    )
    head = outline(
        [
            (-0.66, -0.58),
            (-0.80, -0.60),
            (-0.88, -0.52),
            (-0.86, -0.26),
            (-0.93, 0.05),
            (-0.86, 0.36),
            (-0.88, 0.62),
            (-0.80, 0.70),
            (-0.66, 0.68),
            (-0.60, 0.34),
            (-0.46, 0.18),
            (-0.46, -0.10),
            (-0.60, -0.24),
        ]
    )
    side = np.minimum(
        outline([(-0.26, 0.10), (0.00, 0.14), (0.12, 0.48), (0.10, 0.62), (-0.08, 0.44)]),
        outline([(-0.26, -0.06), (0.00, -0.14), (0.12, -0.48), (0.10, -0.62), (-0.08, -0.40)]),
    )
    fin = outline([(-0.10, -0.05), (0.20, -0.02), (0.34, -0.20), (0.46, -0.44), (0.24, -0.34), (0.02, -0.20)])
    tail = outline(
        [(0.94, -0.10), (1.10, -0.44), (1.28, -0.62), (1.20, -0.24), (1.12, -0.10), (1.22, 0.14), (1.02, 0.02)]
    )
    skin = paint(122, 132, 134, 0.06 * noise(4651, 160) + 0.10 * noise(4652, 5))
    gills = np.minimum.reduce(
        [limb((-0.32 + 0.045 * k, 0.16 + 0.01 * k), (-0.30 + 0.045 * k, 0.05), 0.007, 0.004) for k in range(5)]
    )
    skin = blend(skin, paint(52, 58, 60), edge(gills, 0.006))
    eyes = [*eye(-0.80, -0.575, 0.045, (206, 200, 150)), *eye(-0.80, 0.675, 0.045, (206, 200, 150))]
    far = np.hypot(X - 0.86, Y - 0.70)
    coil = np.maximum(np.abs(np.mod(far * 9, 1) - 0.5) / 9 - 0.048, np.maximum(far - 0.40, 0.10 - far))
    twist = np.sin(np.arctan2(Y - 0.70, X - 0.86) * 30 + far * 60)
    drops, _, _ = nearest(strewn(4653, 0.13), 0.2)
    deck = camera.wood(96, 110, 112, 4654, 0.34)
    wet = edge(drops - 0.016, 0.006)
    planks = camera.Surface(blend(deck.colours, paint(220, 230, 232), wet * 0.3), deck.height + 0.012 * wet)
    things = [
        thing(paint(214, 180, 116, 0.18 * twist), coil, 0.04, 0.06, lift=0.05, relief=0.008 * twist), thing(skin * 0.9, side, 0.05, 0.05, gloss=0.3, lift=0.04), thing(skin * 0.9, tail, 0.06, 0.06, gloss=0.3, lift=0.04),
        thing(skin, body.distance, 0.18, 0.18, gloss=0.4, lift=0.08), thing(skin * 1.04, head, 0.12, 0.12, gloss=0.4, lift=0.08), thing(skin * 0.8, fin, 0.05, 0.07, gloss=0.3, lift=0.06, relief=0.14), *eyes,
    ]  # fmt: skip
    return camera.taken(things, planks, 4655, sun=(235, 48), turn=6, tilt=(0.0, 0.06), zoom=0.98, quality=60)


def cloth_family_in_wind() -> Image.Image:
    """Three long fish of cloth stream from a pole against a blue sky, black, red and blue, one below the other: printed scales, a big round eye, a wire hoop for a mouth, a forked end that flutters."""
    things: list[Thing] = []
    pole = np.abs(X + 1.08) - 0.035
    ball = oval(-1.08, -0.86, 0.09, 0.09)
    for at, (py, long, high, hue) in enumerate(
        ((-0.52, 1.95, 0.20, (40, 40, 48)), (0.08, 1.65, 0.17, (214, 40, 48)), (0.60, 1.35, 0.145, (40, 100, 196)))
    ):
        x = X + 0.92
        y = Y - py - 0.055 * np.sin(4.2 * X + 1.4 * at) - 0.04 * X
        part = np.clip(x / long, 0, 1)
        half = high * (1 - 0.35 * part) * (1 + 0.06 * np.sin(15 * x + at))
        fork = long - 0.20 + 0.20 * np.minimum(np.abs(y) / 0.10, 1)
        shape = np.maximum.reduce([np.abs(y) - half, -x, x - fork])
        rim, _ = scales((x - 0.2) * 1.0, y * 1.0, 0.12)
        print_ = blend(
            paint(*hue, 0.06 * noise(4661 + at, 10)),
            paint(246, 246, 240),
            edge(np.abs(rim - 0.86) - 0.07, 0.04) * edge(0.42 - x, 0.01) * edge(x - long + 0.34, 0.01),
        )
        face = edge(x - 0.36 + 0.8 * np.abs(y), 0.008)
        print_ = blend(print_, paint(*(min(c + 26, 255) for c in hue)), face)
        spot = np.hypot(x - 0.17, y + 0.02)
        print_ = blend(
            blend(print_, paint(250, 250, 246), edge(spot - 0.085, 0.006)), paint(20, 20, 24), edge(spot - 0.045, 0.006)
        )
        print_ = blend(print_, paint(246, 206, 70), edge(np.abs(x - 0.385 + 0.8 * np.abs(y)) - 0.012, 0.006))
        hoop = np.abs(np.hypot(x / 0.06, y / half) - 1) * 0.06 - 0.014
        cords = np.minimum.reduce(
            [limb((-1.08, py - 0.02), (-0.92, py - 0.04 + s * high * 0.9), 0.007, 0.007) for s in (-1, 1)]
        )
        folds = 0.03 * np.sin(15 * x + at)
        things += [
            Thing(paint(236, 232, 220), edge(cords, 0.005), 0 * X, 0.0, 0.02),
            thing(print_, shape, 0.10, 0.12, lift=0.02, relief=folds),
            thing(paint(220, 220, 214), hoop, 0.01, 0.12, lift=0.0),
        ]
    things += [
        thing(paint(206, 196, 170), pole, 0.03, 0.06, lift=0.01),
        thing(paint(232, 184, 60), ball, 0.08, 0.10, gloss=0.8, lift=0.01),
    ]
    cloud = np.clip(noise(4671, 4, 4) * 1.4 - 0.1, 0, 1) * np.clip(0.9 + 0.5 * Y, 0, 1)
    sky = blend(
        blend(paint(76, 140, 206), paint(164, 204, 232), np.clip(0.5 + 0.5 * Y, 0, 1)),
        paint(248, 250, 252),
        soft(cloud, 6),
    )
    return camera.taken(
        things, camera.Surface(sky, 0 * X), 4672, sun=(240, 60), turn=-2, zoom=1.02, shift=(0.10, 0.02), quality=58
    )


def keeled_box_in_pond_tank() -> Image.Image:
    """A tan and black newt-like animal, flattened, a wrinkled fold of skin along its side, tiny eyes in a broad flat head, on pebbles behind glass."""
    body = ribbon(
        [(-0.72, 0.16), (-0.30, 0.08), (0.16, 0.16), (0.52, 0.10)], lambda t: 0.17 + 0.03 * np.sin(np.pi * t) - 0.06 * t
    )
    tail = ribbon([(0.46, 0.11), (0.76, 0.06), (1.00, 0.16), (1.20, 0.10)], lambda t: 0.125 * (1 - 0.7 * t))
    head = oval(-0.84, 0.17, 0.27, 0.185, 4)
    frill = np.maximum(
        np.abs(body.across - 1.0 - 0.14 * np.sin(26 * body.along)) - 0.16, np.abs(body.along - 0.66) - 0.54
    )
    legs = np.minimum.reduce(
        [chain([(px, 0.24), (px - 0.08, 0.40), (px - 0.18, 0.44)], 0.062, 0.045) for px in (-0.48, 0.34)]
        + [
            limb((px - 0.18, 0.44), (px - 0.18 + dx, 0.50), 0.026, 0.018)
            for px in (-0.48, 0.34)
            for dx in (-0.10, -0.04, 0.03)
        ]
    )
    mottle = noise(4681, 12, 3)
    skin = blend(paint(150, 112, 72, 0.12 * noise(4682, 40)), paint(62, 48, 36), edge(0.25 - mottle, 0.15) * 0.8)
    eyes = [
        thing(paint(20, 18, 16), oval(px, py, 0.016, 0.014), 0.01, 0.22, gloss=0.6)
        for px, py in ((-1.00, 0.09), (-0.86, 0.06))
    ]
    mouth = np.maximum(np.abs(Y - 0.22 - 0.10 * (X + 0.95) ** 2) - 0.006, np.abs(X + 0.94) - 0.17)
    face = blend(skin, paint(46, 34, 26), edge(mouth, 0.006))
    things = [
        thing(skin * 0.85, legs, 0.05, 0.07, gloss=0.3, lift=0.04), thing(skin * 0.95, tail.distance, 0.10, 0.10, gloss=0.4, lift=0.05), thing(skin, body.distance, 0.15, 0.17, gloss=0.4, lift=0.06),
        Thing(blend(skin, paint(186, 146, 100), edge(np.sin(26 * body.along) - 0.2, 0.3) * 0.6), edge(frill, 0.05) * edge(body.distance - 0.05, 0.02), 0.06 + 0.04 * np.sin(26 * body.along), 0.3, 0.03),
        thing(face, head, 0.16, 0.16, gloss=0.4, lift=0.06), *eyes,
    ]  # fmt: skip
    return camera.taken(things, behind_glass(4683, 0.44), 4684, sun=(270, 54), turn=-2, zoom=1.02, quality=62)
