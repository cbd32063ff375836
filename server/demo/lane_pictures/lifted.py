"""The picture lane's own pictures: roots, bulbs and what was lifted from the ground. Each shows what a lesson or the list of species says of them."""

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
    edge,
    fibres,
    nearest,
    noise,
    paint,
    placed,
    ribbon,
    soft,
    strewn,
)
from server.demo.lane_pictures.outlines import Points, chain, limb, melted, outline, oval, thing, together


def onions_in_net() -> Image.Image:
    """A net sack of small brown bulbs with soil and torn roots on a wooden crate; a few have sprouted and bear drooping white bells."""
    chance = np.random.default_rng(1901)
    bulbs: list[Thing] = []
    roots = np.full(X.shape, 9.0)
    for at in range(46):
        px, py = chance.uniform(-0.86, 0.50), chance.uniform(-0.20, 0.78)
        if np.hypot((px + 0.18) / 0.78, (py - 0.30) / 0.56) > 1:
            continue
        size, turn = chance.uniform(0.7, 1.15), chance.uniform(-70, 70)
        bulb = outline([(0.0, -0.20), (0.05, -0.11), (0.11, 0.02), (0.08, 0.11), (0.0, 0.14), (-0.08, 0.11), (-0.11, 0.02), (-0.05, -0.11)], px, py, turn, size)  # fmt: skip
        u, v = placed(px, py, turn)
        skin = blend(
            paint(176, 132, 84, 0.16 * fibres(1902 + at, v, u, 40, 3)),
            paint(226, 206, 172),
            edge(0.35 - fibres(1950 + at, v, u, 16, 2), 0.2),
        )
        bulbs.append(thing(skin * (0.85 + 0.06 * (at % 5)), bulb, 0.08, 0.10 + 0.003 * at, gloss=0.2, lift=0.05))
        for _ in range(3):
            a = np.radians(turn + 90 + chance.uniform(-30, 30))
            foot = (px - 0.13 * size * np.sin(np.radians(turn)), py + 0.13 * size * np.cos(np.radians(turn)))
            roots = np.minimum(
                roots, limb(foot, (foot[0] + 0.10 * np.cos(a), foot[1] + 0.10 * np.sin(a)), 0.007, 0.004)
            )
    mesh = np.minimum(
        np.abs(np.mod((X + 0.4 * Y) * 9 + 0.3 * noise(1997, 4), 1) - 0.5),
        np.abs(np.mod((X - 1.1 * Y) * 6 + 0.3 * noise(1998, 4), 1) - 0.5),
    )
    sack = oval(-0.18, 0.30, 0.86, 0.62)
    net = np.maximum(sack, (mesh - 0.07) * 0.1)
    neck = np.minimum(limb((-0.92, -0.02), (-1.20, -0.30), 0.10, 0.16), oval(-1.24, -0.34, 0.16, 0.12))
    leaves, stalks, bells, green = [], np.full(X.shape, 9.0), np.full(X.shape, 9.0), np.full(X.shape, 9.0)
    for px, py, lean in ((0.16, 0.06, 0.30), (0.40, 0.22, 0.42), (-0.20, -0.06, 0.05), (0.02, 0.04, 0.14)):
        way: Points = [
            (px, py),
            (px + lean * 0.4, py - 0.40),
            (px + lean * 0.8, py - 0.66),
            (px + lean * 0.8 + 0.14, py - 0.60),
        ]
        stalks = np.minimum(stalks, chain(way, 0.016, 0.010))
        hx, hy = way[-1]
        green = np.minimum(green, oval(hx + 0.01, hy + 0.03, 0.035, 0.04))
        for turn in (-26, 0, 26):
            bells = np.minimum(
                bells, outline([(0.0, 0.0), (0.055, 0.10), (0.0, 0.22), (-0.055, 0.10)], hx + 0.01, hy + 0.05, turn)
            )
        leaves.append(ribbon([(px, py), (px + lean * 0.2 + 0.06, py - 0.2), (px + lean * 0.7 + 0.16, py - 0.30), (px + lean + 0.22, py - 0.26)], lambda t: 0.034 - 0.022 * t).distance)  # fmt: skip
    soil = edge(noise(1999, 30) - 0.45, 0.1)
    crate = camera.wood(150, 122, 88, 2000, 0.34)
    ground = camera.Surface(blend(crate.colours, paint(60, 44, 32), soil * 0.7), crate.height)
    things = [
        thing(paint(196, 176, 140), roots, 0.006, 0.02, lift=0.02), together(*bulbs, gloss=0.2, lift=0.06),
        Thing(paint(206, 70, 40), edge(np.minimum(net, np.maximum(neck, (mesh - 0.16) * 0.1)), 0.01) * 0.9, 0.16 + 0.02 * edge(net, 0.02), 0.3, 0.04),
        thing(paint(92, 140, 92), np.minimum.reduce(leaves), 0.03, 0.05, lift=0.06), thing(paint(110, 150, 80), np.minimum(stalks, green), 0.02, 0.06, lift=0.06),
        thing(paint(248, 248, 244), bells, 0.05, 0.08, gloss=0.2, lift=0.06),
    ]  # fmt: skip
    return camera.taken(things, ground, 2001, sun=(230, 48), turn=-3, tilt=(0.0, 0.05), zoom=1.02, quality=62)


def man_in_red_box() -> Image.Image:
    """Three forked pale brown roots with rings near the neck and long thin ends, on yellow silk in a red box with a gold clasp."""
    things: list[Thing] = []
    for at, (px, turn, size) in enumerate(((-0.62, 6, 1.0), (0.02, -4, 1.08), (0.64, 5, 0.92))):
        cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))

        def set_at(
            points: Points, px: float = px, cos: float = cos, sin: float = sin, size: float = size
        ) -> list[tuple[float, float]]:
            return [(px + size * (a * cos - b * sin), size * (a * sin + b * cos)) for a, b in points]

        root = melted(chain(set_at([(0.0, -0.50), (0.01, -0.30), (0.0, -0.06)]), 0.105 * size, 0.125 * size), chain(set_at([(-0.03, -0.06), (-0.12, 0.20), (-0.10, 0.46)]), 0.10 * size, 0.035 * size),
                      chain(set_at([(0.03, -0.06), (0.12, 0.16), (0.16, 0.42)]), 0.095 * size, 0.035 * size), chain(set_at([(0.06, -0.30), (0.20, -0.16), (0.24, 0.02)]), 0.05 * size, 0.015 * size),
                      chain(set_at([(-0.06, -0.28), (-0.20, -0.12), (-0.24, 0.06)]), 0.045 * size, 0.015 * size), chain(set_at([(0.0, -0.52), (0.03, -0.66), (-0.01, -0.74)]), 0.05 * size, 0.03 * size), by=34)  # fmt: skip
        thin = np.minimum.reduce([chain(set_at(path), 0.016 * size, 0.005) for path in ([(-0.10, 0.44), (-0.16, 0.60), (-0.10, 0.76)], [(0.16, 0.40), (0.12, 0.60), (0.20, 0.74)], [(0.24, 0.0), (0.29, 0.14), (0.25, 0.24)], [(-0.24, 0.04), (-0.29, 0.16), (-0.24, 0.28)], [(-0.10, 0.44), (-0.02, 0.58), (-0.04, 0.68)])])  # fmt: skip
        u, v = placed(px, 0.0, turn)
        ring = edge(np.abs(np.mod(v * 15 / size + 0.3 * noise(2031 + at, 8), 1) - 0.5) - 0.10, 0.08) * edge(
            v + 0.06 * size, 0.14
        )
        skin = (
            paint(206, 172, 118, 0.10 * fibres(2034 + at, u, v, 30, 6) + 0.06 * noise(2037 + at, 20))
            * (1 - 0.28 * ring)[..., None]
        )
        things.append(
            together(
                thing(skin * 0.95, thin, 0.015, 0.02),
                thing(skin, root, 0.12 * size, 0.13 * size, relief=-0.006 * ring),
                lift=0.08,
            )
        )
    folds = soft(fibres(2041, X, Y + 0.2 * X, 5, 2), 6)
    silk = camera.Surface(paint(226, 182, 70, 0.06 * folds), 0.06 * folds)
    rim = np.abs(box(X, Y, 1.10, 0.92, 0.04)) - 0.075
    outside = -box(X, Y, 1.17, 0.99, 0.06)
    clasp = box(X, Y - 0.94, 0.12, 0.055, 0.02)
    things += [
        thing(paint(70, 60, 56), outside, 0.02, -0.02, lift=0.0),
        thing(paint(160, 26, 34, 0.1 * noise(2042, 80)), rim, 0.03, 0.08, gloss=0.3, lift=0.12), thing(paint(226, 186, 96), clasp, 0.02, 0.12, gloss=0.9, lift=0.02),
    ]  # fmt: skip
    return camera.taken(things, silk, 2043, sun=(225, 48), turn=2, tilt=(0.0, 0.04), zoom=0.98, quality=62)


def star_in_gravel() -> Image.Image:
    """A flat grey-green rosette of thick three-cornered lumps, level with the gravel, wool in its middle and one pink flower."""
    lumps, height = np.full(X.shape, 9.0), np.zeros(X.shape)
    shade, rim = np.zeros(X.shape), np.ones(X.shape)
    for ring, count in ((0.66, 15), (0.50, 13), (0.34, 10), (0.20, 7)):
        for at in range(count):
            a = 2 * np.pi * (at + ring * 3.7) / count
            px, py = ring * np.cos(a), ring * np.sin(a)
            wide = 0.30 + 0.16 * ring
            tri = outline(
                [(0.0, 0.20), (0.24 * wide / 0.4, -0.10), (0.0, -0.13), (-0.24 * wide / 0.4, -0.10)],
                px,
                py,
                np.degrees(a) - 90,
                0.85 + 0.4 * ring,
                sharp=False,
            )
            own = 0.10 * np.clip(-tri / 0.07, 0, 1) + 0.16 * (0.8 - ring)
            higher = (tri < 0) & (own > height)
            height = np.where(higher, own, height)
            rim = np.where(higher, np.clip(-tri / 0.06, 0, 1), rim)
            shade = np.where(higher, chance_of(2081, np.full(X.shape, at + 40 * ring)), shade)
            lumps = np.minimum(lumps, tri)
    wart = noise(2082, 70, 2)
    flesh = paint(142, 156, 128, 0.30 * (shade - 0.5) + 0.08 * wart) * (0.35 + 0.65 * rim)[..., None]
    wool = oval(0.0, 0.0, 0.13, 0.13) + 0.03 * noise(2083, 30)
    petals = np.minimum.reduce(
        [
            outline([(0.0, 0.0), (0.05, -0.14), (0.0, -0.26), (-0.05, -0.14)], 0.04, -0.04, turn)
            for turn in range(0, 360, 30)
        ]
    )
    core = oval(0.04, -0.04, 0.07, 0.07)
    first, second, which = nearest(strewn(2084, 0.085, 1.5, 1.15), 0.24)
    stone = np.clip((second - first) * 14, 0, 1)
    gravel = camera.Surface(
        paint(186, 168, 142, 0.5 * (chance_of(2085, which) - 0.5)) * (0.6 + 0.4 * stone)[..., None], 0.05 * stone
    )
    things = [
        Thing(flesh, edge(lumps, 0.008), height + 0.004 * wart, 0.1, 0.04),
        thing(paint(236, 228, 206, 0.2 * noise(2086, 120)), wool, 0.08, 0.10, lift=0.03),
        thing(paint(226, 96, 166, 0.14 * fibres(2087, X, Y, 30, 3)), petals, 0.03, 0.16, lift=0.05), thing(paint(244, 210, 70, 0.3 * noise(2088, 160)), core, 0.05, 0.20),
    ]  # fmt: skip
    return camera.taken(
        things, gravel, 2089, sun=(220, 44), turn=5, tilt=(0.02, 0.05), zoom=1.06, shift=(0.10, -0.04), quality=60
    )


def _clump(px: float, py: float, turn: float, size: float, heads: int, seed: int) -> Thing:
    """Small fat cleft heads grown together on thick woody roots, full of dust."""
    chance = np.random.default_rng(seed)
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    roots = np.full(X.shape, 9.0)
    for _ in range(6):
        a = np.radians(turn + 90 + chance.uniform(-50, 50))
        far = size * chance.uniform(0.9, 1.6)
        roots = np.minimum(roots, chain([(px, py), (px + 0.6 * far * np.cos(a), py + 0.6 * far * np.sin(a)), (px + far * np.cos(a + 0.3), py + far * np.sin(a + 0.3))], 0.13 * size, 0.03 * size))  # fmt: skip
    parts = [thing(paint(110, 84, 62, 0.3 * noise(seed + 1, 50)), roots, 0.05 * size, 0.06 * size)]
    for at in range(heads):
        a, far = 2.4 * at, 0.24 * size * np.sqrt(at)
        hx, hy = px + far * np.cos(a) + 0.25 * size * sin, py + far * np.sin(a) - 0.25 * size * cos
        ball = oval(hx, hy, 0.25 * size, 0.22 * size, chance.uniform(0, 180))
        slit = oval(hx, hy, 0.11 * size, 0.018 * size, chance.uniform(0, 180))
        dots = edge(0.35 - noise(seed + 2, 70, 2), 0.1)
        green = blend(paint(150, 166, 120, 0.1 * noise(seed + 3, 20)), paint(96, 60, 56), dots * 0.6)
        green = blend(
            blend(green, paint(186, 170, 146), edge(0.25 - noise(seed + 4, 9), 0.2) * 0.7),
            paint(50, 44, 34),
            edge(slit, 0.008),
        )
        parts.append(thing(green, ball, 0.20 * size, 0.18 * size + 0.01 * at))
    return together(*parts, lift=0.06)


def buttons_in_parcel() -> Image.Image:
    """Seven clumps of small fat cleft buttons of uneven size, bare thick roots and stone dust, in a parcel with a padded envelope and tape."""
    laid = (
        (-0.80, -0.30, 10, 0.42, 9),
        (-0.16, -0.44, -20, 0.30, 5),
        (0.42, -0.26, 30, 0.46, 11),
        (-0.62, 0.44, -30, 0.26, 4),
        (-0.04, 0.28, 15, 0.40, 8),
        (0.52, 0.52, -10, 0.24, 3),
        (0.92, 0.30, 40, 0.30, 5),
    )
    things = [_clump(*place, 2091 + 10 * at) for at, place in enumerate(laid)]
    dust = edge(noise(2161, 9) - 0.25, 0.2) * 0.5
    bottom = camera.cardboard(2162)
    parcel = camera.Surface(blend(bottom.colours, paint(206, 196, 180, 0.2 * noise(2163, 200, 1)), dust), bottom.height)
    wrap = box(X + 1.02, Y - 0.86, 0.62, 0.24, 0.03)
    bubbles, _, _ = nearest(strewn(2164, 0.085, 1.5, 1.15), 0.2)
    tape = np.abs(oval(1.12, -0.72, 0.22, 0.22)) - 0.075
    things += [
        Thing(
            paint(196, 214, 224), edge(wrap) * 0.8, 0.05 * np.clip(0.04 - bubbles, 0, 1) / 0.04 * edge(wrap), 0.8, 0.05
        ),
        thing(
            paint(186, 142, 70, 0.1 * np.sin(80 * np.hypot(X - 1.12, Y + 0.72))), tape, 0.02, 0.10, gloss=0.5, lift=0.10
        ),
    ]
    return camera.taken(things, parcel, 2165, sun=(230, 46), turn=-4, tilt=(0.0, 0.05), zoom=1.04, quality=60)
