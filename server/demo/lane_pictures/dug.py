"""The picture lane's own pictures: plants out of their pots. Each shows what a lesson says of it."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (
    X,
    Y,
    blend,
    box,
    chance_of,
    edge,
    fibres,
    nearest,
    noise,
    paint,
    placed,
    strewn,
)
from server.demo.lane_pictures.outlines import chain, limb, outline, oval, thing, together


def bundle_with_bark() -> Image.Image:
    """A bundle of leafy canes tied with string on a sack: grey roots cling to pieces of bark and moss, leaves bitten, no flower, no pot."""
    chance = np.random.default_rng(1061)
    canes, leaves, roots = np.full(X.shape, 9.0), [], np.full(X.shape, 9.0)
    for at in range(8):
        foot = (-0.62 + chance.uniform(-0.12, 0.12), -0.30 + 0.10 * at + chance.uniform(-0.04, 0.04))
        tip = (0.62 + chance.uniform(-0.35, 0.35), -0.62 + 0.19 * at)
        canes = np.minimum(
            canes,
            chain([foot, (0.0, 0.5 * (foot[1] + tip[1]) + 0.05), tip], 0.055, 0.032)
            - 0.012 * np.abs(np.sin(20 * X + at)),
        )
        for share in (0.55, 0.75, 0.95):
            px, py = foot[0] + (tip[0] - foot[0]) * share, foot[1] + (tip[1] - foot[1]) * share
            leaves.append(
                outline(
                    [(0, 0.03), (0.22, 0.075), (0.50, 0.0), (0.22, -0.075), (0, -0.03)],
                    px,
                    py,
                    chance.uniform(-50, 50),
                    0.85,
                )
            )
        for _ in range(4):
            way = chance.uniform(2.2, 4.1)
            roots = np.minimum(
                roots,
                chain(
                    [
                        foot,
                        (foot[0] + 0.2 * np.cos(way), foot[1] + 0.2 * np.sin(way)),
                        (foot[0] + 0.42 * np.cos(way + 0.3), foot[1] + 0.38 * np.sin(way + 0.3)),
                    ],
                    0.020,
                    0.010,
                ),
            )
    bites, _, which = nearest(strewn(1062, 0.16), 0.25)
    bitten = 0.028 * (chance_of(1063, which) > 0.55) - bites
    green = blend(paint(104, 122, 56, 0.2 * noise(1071, 14)), paint(176, 160, 76), edge(0.2 - noise(1072, 7), 0.1))
    foliage = [
        thing(green * (0.85 + 0.05 * (at % 5)), np.maximum(leaf, bitten), 0.05, 0.04 + 0.001 * at)
        for at, leaf in enumerate(leaves)
    ]
    bark = np.minimum.reduce([outline([(-0.20, -0.10), (0.04, -0.14), (0.22, -0.04), (0.16, 0.10), (-0.10, 0.13), (-0.24, 0.04)], px, py, turn, size, sharp=True) for px, py, turn, size in ((-0.86, -0.22, 60, 1.0), (-0.80, 0.12, 95, 1.1), (-0.74, 0.42, 120, 0.9))]) + 0.02 * noise(1064, 18)  # fmt: skip
    wood = paint(110, 84, 62, 0.5 * noise(1065, 40, 4))
    wood = blend(wood, paint(96, 122, 52, 0.4 * noise(1066, 90)), edge(0.12 - noise(1067, 8), 0.15))
    string = np.minimum.reduce(
        [
            np.maximum(np.abs(X + 0.16 + shift + 0.04 * Y) - 0.014, np.abs(Y - 0.08) - 0.46)
            for shift in (0.0, 0.045, 0.09)
        ]
    )
    things = [
        thing(paint(186, 180, 164, 0.2 * noise(1069, 60)), roots, 0.018, 0.03, lift=0.05),
        thing(wood, bark, 0.05, 0.07, relief=0.02 * noise(1068, 40), lift=0.05),
        thing(paint(146, 142, 78, 0.2 * noise(1070, 20)), canes, 0.05, 0.06, lift=0.06),
        together(*foliage, lift=0.06),
        thing(paint(214, 60, 52, 0.2 * np.sin(Y * 160)), string, 0.012, 0.03, relief=0.08, lift=0.03),
    ]
    sack = camera.linen(176, 150, 112, 1073)
    return camera.taken(things, sack, 1074, sun=(235, 46), turn=3, tilt=(0.03, 0.05), zoom=1.04, quality=62)


def stones_that_live() -> Image.Image:
    """A shallow dish of gravel with eight pairs of fat rounded lobes, a slit between the two, flat netted tops, one daisy in a slit."""
    things = []
    laid = ((-0.62, -0.36, 10, 0.21), (-0.08, -0.46, -20, 0.18), (0.46, -0.34, 35, 0.22), (-0.78, 0.12, -30, 0.17), (-0.26, 0.06, 5, 0.23),
            (0.28, 0.16, -12, 0.20), (0.74, 0.10, 60, 0.18), (0.02, 0.54, 20, 0.20))  # fmt: skip
    for at, (px, py, turn, size) in enumerate(laid):
        u, v = placed(px, py, turn)
        lobes = np.minimum(
            np.hypot((u - 0.40 * size) / 0.68, v) - size * 0.78, np.hypot((u + 0.40 * size) / 0.68, v) - size * 0.78
        )
        lobes = np.maximum(lobes, 0.010 - np.abs(u))
        side = [(146, 138, 122), (158, 124, 104), (128, 138, 118)][at % 3]
        flat = edge(lobes + 0.03, 0.02)
        net = np.abs(noise(1081 + at, 34, 2)) - 0.10
        top = blend(paint(*[int(c * 1.12) for c in side]), paint(96, 70, 56), edge(net, 0.06) * 0.8)
        things.append(thing(blend(paint(*side), top, flat), lobes, 0.07, 0.10, lift=0.06))
    petal = np.full(X.shape, 9.0)
    for way in np.radians(np.arange(0, 360, 18)):
        petal = np.minimum(
            petal,
            limb(
                (-0.26, 0.06),
                (-0.26 + 0.25 * np.cos(way), 0.06 + 0.25 * np.sin(way)),
                0.010,
                0.018,
            ),
        )
    things += [
        thing(paint(250, 250, 246), petal, 0.02, 0.03, lift=0.07),
        thing(paint(240, 196, 60, 0.3 * noise(1090, 90)), oval(-0.26, 0.06, 0.05, 0.05), 0.04, 0.05),
    ]
    first, second, stone = nearest(strewn(1091, 0.07, 1.5, 1.15), 0.2)
    pebble = np.clip((second - first) * 16, 0, 1)
    gravel = blend(paint(196, 176, 150), paint(140, 126, 116), chance_of(1092, stone)) * (0.5 + 0.5 * pebble)[..., None]
    inside = oval(0, 0.02, 1.08, 0.86)
    glaze = blend(paint(70, 96, 128, 0.1 * noise(1093, 10)), gravel, edge(inside))
    outside = edge(oval(0, 0.02, 1.18, 0.96))
    table = camera.wood(186, 152, 112, 1094, 0.6)
    ground = camera.Surface(
        blend(table.colours, glaze, outside),
        0.03 * np.sqrt(pebble) * edge(inside) + 0.08 * outside * (1 - edge(inside, 0.03)),
    )
    return camera.taken(
        things, ground, 1095, sun=(225, 48), turn=-3, tilt=(0.0, 0.08), zoom=1.02, warmth=0.02, quality=64
    )


def stumps_on_truck() -> Image.Image:
    """The bed of a truck: four thick scaly trunks laid side by side, their leaves cut to stumps, sawn through below."""
    things = []
    for at, (py, turn, wide) in enumerate(((-0.62, 3, 0.20), (-0.20, -2, 0.23), (0.24, 2, 0.21), (0.66, -3, 0.19))):
        u, v = placed(0.0, py, turn)
        trunk = np.maximum(np.abs(v) - wide * (1 + 0.06 * np.sin(5 * u + at)), np.abs(u + 0.05) - 0.86)
        p, q = u * 9 + v * 6, u * 9 - v * 6
        cell = np.maximum(np.abs(np.mod(p, 1) - 0.5), np.abs(np.mod(q, 1) - 0.5))
        hide = paint(
            112,
            90,
            66,
            0.5 * (chance_of(1101 + at, np.floor(p) * 31 + np.floor(q) * 7) - 0.5) + 0.2 * noise(1105 + at, 60),
        )
        hide = blend(hide, paint(46, 36, 28), edge(0.40 - cell, 0.05))
        stubs = np.full(X.shape, 9.0)
        for way in np.linspace(-64, 64, 9):
            a = np.radians(way + turn)
            ox, oy = 0.74 * np.cos(np.radians(turn)), py + 0.74 * np.sin(np.radians(turn))
            stubs = np.minimum(stubs, limb((ox, oy), (ox + 0.42 * np.cos(a), oy + 0.26 * np.sin(a)), 0.036, 0.026))
        sawn = np.hypot((u + 0.90) / 0.10, v / wide) - 1
        ring = blend(paint(226, 200, 150), paint(176, 140, 92), 0.5 + 0.5 * np.sin(np.hypot((u + 0.90) * 2, v) * 60))
        things.append(
            together(
                thing(paint(96, 130, 58, 0.2 * noise(1110 + at, 40)), stubs, 0.03, 0.05),
                thing(hide, trunk, wide, 0.20, relief=-0.02 * edge(0.40 - cell, 0.08)),
                thing(ring, sawn * 0.1, 0.05, 0.05),
                lift=0.10,
            )
        )
    metal = paint(96, 108, 116, 0.08 * noise(1115, 12) + 0.06 * fibres(1116, X, Y, 40, 1))
    ridge = np.abs(np.mod(X * 3.2, 1) - 0.5)
    rust = edge(0.45 - noise(1117, 6, 3), 0.1)
    bed = camera.Surface(
        blend(metal, paint(140, 86, 52, 0.3 * noise(1118, 60)), rust * 0.7), 0.05 * edge(ridge - 0.2, 0.08)
    )
    return camera.taken(things, bed, 1119, sun=(300, 44), turn=-4, tilt=(0.08, 0.04), zoom=1.0, warmth=0.03, quality=62)


def packet_too_blue() -> Image.Image:
    """A bent seed packet on a kitchen table: a rose as blue as ink, a price star, and a handful of seeds that look like cress."""
    u, v = placed(-0.30, -0.02, -9)
    packet = box(u, v, 0.58, 0.82, 0.02)
    far, turn = np.hypot(u, v + 0.12), np.arctan2(v + 0.12, u)
    paper = blend(paint(236, 240, 226), paint(150, 206, 150), np.clip(0.5 + v, 0, 1))
    blossom = far - 0.40 - 0.03 * np.cos(5 * turn)
    swirl = np.sin(far * 42 + 2.2 * turn + 1.4 * np.sin(3 * turn))
    blue = blend(paint(30, 60, 214), paint(96, 150, 250), np.clip(0.5 + 0.6 * swirl, 0, 1))
    blue = blend(blue, paint(18, 30, 130), edge(np.abs(swirl) - 0.15, 0.12) * 0.6)
    leaf = np.minimum(oval(-0.72, 0.34, 0.24, 0.10, -30), oval(0.02, 0.36, 0.24, 0.10, 32))
    band = edge(np.abs(v - 0.62) - 0.10, 0.005)
    letters = band * (fibres(1151, u * 1.4, np.floor(v * 16), 1, 22) > -0.2) * edge(np.abs(v - 0.62) - 0.05, 0.004)
    art = blend(blend(paper, paint(44, 120, 60), edge(leaf)), blue, edge(blossom))
    art = blend(blend(art, paint(210, 40, 60), band), paint(250, 250, 240), letters)
    burst = np.hypot(u - 0.40, v + 0.62) - 0.16 - 0.025 * np.cos(12 * np.arctan2(v + 0.62, u - 0.40))
    art = blend(art, paint(250, 220, 40), edge(burst))
    art = blend(art, art * 0.75, edge(np.abs(v + 0.76) - 0.006, 0.004))
    seeds = np.full(X.shape, 9.0)
    chance = np.random.default_rng(1152)
    for _ in range(46):
        px, py = 0.78 + 0.22 * chance.normal(), 0.34 + 0.20 * chance.normal()
        seeds = np.minimum(seeds, oval(px, py, 0.034, 0.020, chance.uniform(0, 180)))
    things = [
        thing(paint(150, 96, 50, 0.25 * noise(1153, 60)), seeds, 0.02, 0.025, gloss=0.2, lift=0.02),
        thing(art, packet, 0.02, 0.02, gloss=0.25, relief=0.05 * noise(1154, 4), lift=0.05),
    ]
    return camera.taken(
        things,
        camera.checked((236, 232, 220), (176, 190, 206), 1155),
        1156,
        sun=(215, 52),
        turn=4,
        tilt=(0.03, 0.06),
        zoom=1.0,
        quality=66,
    )
