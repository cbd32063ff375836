"""The picture lane's own pictures: feathers that are worn, and what is called after birds. Each shows what a lesson says."""

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
    noise,
    paint,
    ribbon,
)
from server.demo.lane_pictures.outlines import Points, chain, limb, melted, outline, oval, thing, together, wall


def plumes_on_hat() -> Image.Image:
    """A wide black hat on a stand: from its band a spray of very long, loose golden plumes sweeps over the brim."""
    brim = oval(-0.10, 0.26, 0.98, 0.26)
    crown = outline(
        [(-0.52, 0.26), (-0.48, -0.10), (-0.30, -0.30), (0.06, -0.34), (0.34, -0.18), (0.40, 0.26)], -0.06, 0.0
    )
    band = np.maximum(crown, np.abs(Y - 0.16 + 0.05 * X) - 0.075)
    chance, plumes = np.random.default_rng(1651), []
    for at in range(22):
        reach, low = chance.uniform(0.9, 1.5), chance.uniform(-0.75, 0.5)
        way: Points = [
            (-0.34, 0.10),
            (-0.20 + 0.3 * reach, -0.55 + 0.4 * low),
            (0.06 + 0.6 * reach, -0.50 + 0.7 * low),
            (0.10 + 0.85 * reach, -0.10 + low),
        ]
        curve = ribbon(way, lambda t: 0.052 * (1 - t) ** 0.5 + 0.008)
        barb = edge(np.abs(np.mod(curve.along * 34 + 1.4 * np.abs(curve.across), 1) - 0.5) - 0.30, 0.1)
        gold = blend(paint(236, 178, 70), paint(250, 232, 176), np.clip(curve.along / 1.5, 0, 1)) * (
            0.86 + 0.02 * (at % 8)
        )
        plumes.append(Thing(gold, edge(curve.distance, 0.01) * (0.35 + 0.6 * barb), 0.03 * barb, 0.1, 0.02))
    stand = np.minimum(limb((-0.10, 0.40), (-0.10, 0.96), 0.05, 0.05), oval(-0.10, 0.98, 0.36, 0.07))
    felt = paint(34, 32, 36, 0.14 * noise(1652, 120))
    things = [
        thing(paint(150, 104, 60), stand, 0.04, 0.06, gloss=0.5, lift=0.08),
        thing(felt, brim, 0.10, 0.06, lift=0.10),
        thing(felt * 1.1, crown, 0.20, 0.18, lift=0.06),
        thing(paint(120, 30, 60, 0.1 * fibres(1653, X, Y, 40, 2)), band, 0.03, 0.21, gloss=0.5, lift=0.0),
        together(*plumes, gloss=0.1, lift=0.05),
        thing(paint(206, 190, 140), oval(-0.34, 0.12, 0.07, 0.07), 0.05, 0.26, gloss=0.9),
    ]
    return camera.taken(
        things, wall(176, 186, 176, 1654, 0.3), 1655, sun=(230, 52), turn=-2, zoom=1.02, shift=(0.06, 0.02), quality=64
    )


def cap_on_block() -> Image.Image:
    """A small stitched cap of red and black leather on a wooden block, with an opening at the front, long straps and a plume on top."""
    dome_ = outline(
        [
            (-0.48, 0.30),
            (-0.52, -0.02),
            (-0.36, -0.36),
            (0.0, -0.48),
            (0.36, -0.36),
            (0.52, -0.02),
            (0.48, 0.30),
            (0.0, 0.38),
        ]
    )
    panel = np.minimum(
        *[
            outline([(w * 0.20, -0.26), (w * 0.44, -0.14), (w * 0.48, 0.16), (w * 0.26, 0.22), (w * 0.16, 0.0)])
            for w in (-1, 1)
        ]
    )
    beak = outline([(-0.13, 0.10), (0.0, -0.04), (0.13, 0.10), (0.15, 0.42), (-0.15, 0.42)])
    seam = np.minimum(np.abs(panel + 0.03), np.abs(dome_ + 0.04)) - 0.006
    stitch = edge(seam, 0.006) * edge(np.abs(np.mod((X + Y) * 22, 1) - 0.5) - 0.28, 0.06)
    hide = blend(
        paint(44, 34, 32, 0.10 * noise(1661, 60)), paint(158, 34, 40, 0.10 * noise(1662, 60)), edge(panel, 0.008)
    )
    hide = blend(hide, paint(236, 216, 160), stitch)
    straps = np.minimum.reduce(
        [
            ribbon([(w * 0.42, 0.22), (w * 0.70, 0.34), (w * 0.86, 0.62), (w * 1.02, 0.66)], lambda t: 0.036).distance
            for w in (-1, 1)
        ]
    )
    chance, tuft = np.random.default_rng(1663), np.full(X.shape, 9.0)
    for _ in range(16):
        a = chance.uniform(-0.9, 0.9)
        tuft = np.minimum(
            tuft,
            chain([(0.0, -0.46), (0.16 * np.sin(a), -0.64), (0.32 * np.sin(a), -0.80 + 0.05 * abs(a))], 0.022, 0.010),
        )
    knot = oval(0.0, -0.47, 0.06, 0.05)
    block = melted(box(X, Y - 0.56, 0.26, 0.24, 0.04), box(X, Y - 0.86, 0.52, 0.10, 0.04), by=40)
    things = [
        thing(paint(186, 140, 88, 0.16 * fibres(1664, X, Y, 26, 2)), block, 0.06, 0.10, gloss=0.2, lift=0.10),
        thing(paint(52, 40, 36), straps, 0.03, 0.05, lift=0.06),
        thing(paint(60, 110, 80, 0.3 * fibres(1665, Y, X, 60, 4)), tuft, 0.014, 0.04, lift=0.04),
        thing(hide, dome_, 0.30, 0.26, gloss=0.35, lift=0.10),
        thing(paint(16, 14, 14), beak, 0.04, -0.05, lift=0.0),
        thing(paint(206, 180, 90), knot, 0.04, 0.06, gloss=0.8),
    ]  # fmt: skip
    ground = camera.wood(150, 112, 78, 1666, 0.6)
    table = edge(0.78 - Y, 0.02)
    room = camera.Surface(blend(wall(150, 160, 150, 1667, 0.3).colours, ground.colours, table), ground.height * table)
    return camera.taken(things, room, 1668, sun=(230, 50), turn=2, zoom=1.02, quality=64)


def fan_of_orange() -> Image.Image:
    """A flower in a glass tube that looks like a head in profile: a green and red pointed sheath, three orange flames and a blue arrow."""
    stalk = chain([(-0.20, 1.1), (-0.14, 0.5), (-0.06, 0.10)], 0.05, 0.05)
    sheath = outline([(-0.16, 0.16), (0.0, -0.02), (0.36, -0.16), (0.98, -0.30), (0.44, -0.02), (0.08, 0.18)])
    flames = [outline([(0.0, 0.02), (-0.10, -0.30), (0.0, -0.66), (0.06, -0.74), (0.12, -0.36), (0.08, 0.02)], px, py, turn, size) for px, py, turn, size in ((0.02, 0.0, -24, 0.9), (0.10, -0.02, 4, 1.05), (0.22, -0.06, 30, 0.95), (0.0, 0.04, -52, 0.7))]  # fmt: skip
    arrow = outline(
        [(0.06, 0.0), (0.30, -0.26), (0.54, -0.52), (0.66, -0.74), (0.60, -0.46), (0.40, -0.18), (0.16, 0.02)]
    )
    green = blend(paint(96, 140, 84), paint(196, 60, 70), edge(Y + 0.10 + 0.22 * X, 0.06))
    glow = blend(paint(244, 130, 30), paint(250, 186, 60), np.clip(-Y, 0, 1))
    leaf = outline([(0.0, 0.7), (-0.16, 0.2), (-0.06, -0.5), (0.14, 0.1)], -0.86, 0.34, -18)
    vase = box(X + 0.18, Y - 0.92, 0.16, 0.40, 0.03)
    water = np.maximum(vase + 0.02, 0.74 - Y)
    things = [
        thing(paint(70, 110, 70, 0.12 * fibres(1681, Y, X, 26, 2)), leaf, 0.10, 0.05, gloss=0.3, lift=0.14),
        thing(paint(100, 136, 82), stalk, 0.05, 0.06, lift=0.10),
        *[thing(glow * (0.9 + 0.05 * at), flame, 0.06, 0.06, gloss=0.2, lift=0.05) for at, flame in enumerate(flames)],
        thing(paint(58, 62, 170, 0.1 * noise(1682, 20)), arrow, 0.05, 0.07, gloss=0.3, lift=0.04),
        thing(green, sheath, 0.09, 0.12, gloss=0.3, lift=0.06),
        Thing(paint(200, 224, 222), edge(vase) * 0.45, 0.1 * edge(vase, 0.1), 0.7, 0.06),
        Thing(paint(150, 190, 190), edge(water) * 0.35, np.zeros(X.shape), 0.0, 0.0),
    ]
    return camera.taken(
        things, wall(214, 206, 196, 1683, 0.25), 1684, sun=(225, 52), turn=3, zoom=1.0, shift=(0.06, 0.05), quality=64
    )
