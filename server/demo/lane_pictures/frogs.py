"""The picture lane's own pictures: frogs and what swims with them. Each shows what a lesson says of it."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (
    Plane,
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
    soft,
    strewn,
)
from server.demo.lane_pictures.outlines import behind_glass, chain, eye, limb, melted, outline, oval, thing, together


def white_in_tank() -> Image.Image:
    """A pinkish white animal on the floor of a tank: a broad smiling head, three feathery tufts on each side, small legs, a finned tail."""
    head = outline([(-0.92, 0.08), (-0.84, -0.14), (-0.58, -0.24), (-0.34, -0.16), (-0.28, 0.08), (-0.38, 0.28), (-0.62, 0.32), (-0.84, 0.24)])  # fmt: skip
    trunk = chain([(-0.45, 0.08), (-0.10, 0.10), (0.30, 0.12), (0.50, 0.08)], 0.20, 0.12)
    tail = outline(
        [(0.40, -0.12), (0.76, -0.22), (1.10, -0.24), (1.24, -0.16), (1.04, 0.02), (0.72, 0.20), (0.44, 0.26)]
    )
    legs = np.minimum.reduce([chain(path, 0.06, 0.035) for path in (
        [(-0.22, 0.22), (-0.30, 0.42), (-0.40, 0.52)], [(-0.02, 0.24), (0.06, 0.46), (0.0, 0.56)], [(0.42, 0.18), (0.40, 0.40), (0.30, 0.50)])])  # fmt: skip
    toes = np.minimum.reduce([limb(a, (a[0] + dx, a[1] + 0.06), 0.020, 0.010) for a in ((-0.40, 0.52), (0.0, 0.56), (0.30, 0.50)) for dx in (-0.08, -0.02, 0.05)])  # fmt: skip
    gills, stems = np.full(X.shape, 9.0), np.full(X.shape, 9.0)
    for bx, by, ex, ey in ((-0.44, -0.16, -0.34, -0.56), (-0.38, -0.14, -0.10, -0.46), (-0.34, -0.10, 0.06, -0.26),
                           (-0.74, -0.20, -0.86, -0.50), (-0.80, -0.14, -1.10, -0.34), (-0.86, -0.08, -1.22, -0.12)):  # fmt: skip
        stems = np.minimum(stems, limb((bx, by), (ex, ey), 0.035, 0.012))
        for share in np.linspace(0.25, 1, 8):
            cx, cy = bx + (ex - bx) * share, by + (ey - by) * share
            nx, ny = -(ey - by), ex - bx
            for way in (-0.22, 0.22):
                gills = np.minimum(
                    gills,
                    limb((cx, cy), (cx + way * nx + 0.15 * (ex - bx), cy + way * ny + 0.15 * (ey - by)), 0.014, 0.006),
                )
    body = melted(head, trunk, limb((0.30, 0.10), (0.95, 0.0), 0.13, 0.03), by=30)
    flesh = paint(242, 208, 200, 0.05 * noise(901, 7))
    flesh = blend(
        flesh,
        paint(232, 160, 150),
        edge(np.abs(Y - 0.17 + 0.9 * (X + 0.62) ** 2) - 0.012, 0.008) * edge(np.abs(X + 0.62) - 0.24, 0.02) * 0.8,
    )
    fin = paint(240, 214, 208, 0.08 * fibres(902, Y, X, 12, 3))
    things = [
        thing(fin, tail, 0.10, 0.05, lift=0.10),
        thing(flesh, np.minimum(legs, toes), 0.05, 0.06, lift=0.05),
        thing(paint(206, 66, 78, 0.1 * noise(903, 40)), gills, 0.015, 0.02, lift=0.05),
        thing(paint(226, 150, 146), stems, 0.03, 0.04, lift=0.04),
        thing(flesh, body, 0.18, 0.18, gloss=0.25, lift=0.12),
        *eye(-0.76, 0.02, 0.034, (60, 44, 44)), *eye(-0.46, 0.00, 0.034, (60, 44, 44)),
    ]  # fmt: skip
    return camera.taken(
        things,
        behind_glass(904, 0.50),
        905,
        sun=(270, 52),
        turn=2,
        tilt=(0.0, -0.04),
        zoom=1.04,
        warmth=-0.04,
        quality=64,
    )


def frog_above(px: float, py: float, turn: float, size: float, skin: Plane, bright: Plane) -> list[Thing]:
    """A frog from above: wide head, long hind legs folded, round tips on its toes."""

    def at(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        return [(px + size * (a * cos - b * sin), py + size * (a * sin + b * cos)) for a, b in points]

    body = outline([(0.0, -0.62), (0.20, -0.54), (0.27, -0.34), (0.24, -0.08), (0.27, 0.14), (0.16, 0.38), (0.0, 0.46), (-0.16, 0.38), (-0.27, 0.14), (-0.24, -0.08), (-0.27, -0.34), (-0.20, -0.54)], px, py, turn, size)  # fmt: skip
    legs, tips = np.full(X.shape, 9.0), np.full(X.shape, 9.0)
    for way in (-1, 1):
        for path, toes in (([(0.20, -0.18), (0.44, -0.06), (0.40, -0.34)], [(0.32, -0.50), (0.42, -0.54), (0.52, -0.48)]),
                           ([(0.14, 0.32), (0.54, 0.08), (0.36, 0.50), (0.60, 0.62)], [(0.62, 0.80), (0.74, 0.76), (0.80, 0.64)])):  # fmt: skip
            points = at([(way * a, b) for a, b in path])
            legs = np.minimum(legs, chain(points, 0.085 * size, 0.05 * size))
            for toe in at([(way * a, b) for a, b in toes]):
                legs = np.minimum(legs, limb(points[-1], toe, 0.030 * size, 0.018 * size))
                tips = np.minimum(tips, oval(*toe, 0.036 * size, 0.036 * size))
    eyes = [e for spot in at([(-0.21, -0.46), (0.21, -0.46)]) for e in eye(*spot, 0.065 * size, (30, 26, 24))]
    return [
        thing(bright, np.minimum(legs, tips), 0.06 * size, 0.07 * size, gloss=0.5, lift=0.06),
        thing(skin, body, 0.20 * size, 0.20 * size, gloss=0.6, lift=0.09),
        *eyes,
    ]


def _moss(seed: int) -> camera.Surface:
    tufts = noise(seed, 60, 3)
    return camera.Surface(paint(70, 112, 48, 0.45 * tufts + 0.25 * noise(seed + 1, 6)), 0.05 * tufts)


def blue_on_moss() -> Image.Image:
    """A small bright blue frog with round black spots on wet moss, seen from above, under a dry oak leaf."""
    first, _, which = nearest(strewn(911, 0.11), 0.25)
    spots = edge(first - 0.026 - 0.018 * chance_of(912, which), 0.010)
    skin = blend(paint(64, 150, 214, 0.06 * noise(913, 12)), paint(18, 22, 40), spots)
    things = frog_above(
        -0.12, 0.10, 24, 1.05, skin, blend(paint(34, 70, 176, 0.06 * noise(914, 12)), paint(18, 22, 40), spots * 0.6)
    )
    leaf = outline([(0.0, -0.60), (0.16, -0.44), (0.10, -0.32), (0.28, -0.20), (0.14, -0.06), (0.30, 0.10), (0.12, 0.22), (0.16, 0.40), (0.0, 0.56),
                    (-0.16, 0.40), (-0.12, 0.22), (-0.30, 0.10), (-0.14, -0.06), (-0.28, -0.20), (-0.10, -0.32), (-0.16, -0.44)], 0.92, -0.46, 52)  # fmt: skip
    u, v = placed(0.92, -0.46, 52)
    veins = np.minimum(np.abs(u), np.abs(np.mod((v - 0.7 * np.abs(u)) * 5, 1) - 0.5) * 0.2)
    brown = paint(166, 108, 56, 0.12 * noise(915, 20)) * (1 - 0.3 * edge(veins - 0.008, 0.006))[..., None]
    return camera.taken([thing(brown, leaf, 0.05, 0.03, lift=0.08), *things], _moss(916), 918, sun=(250, 50), turn=3, tilt=(0.03, 0.05), zoom=1.06, quality=62)  # fmt: skip


def green_from_below() -> Image.Image:
    """A small pale green frog on a pane, from below: through its clear belly a red heart, white gut and fine bones show."""
    glass = camera.Surface(
        blend(paint(120, 156, 92), paint(52, 88, 50), np.clip(0.5 + soft(noise(921, 5, 2), 16), 0, 1)),
        np.zeros(X.shape),
    )
    pale = blend(
        paint(168, 206, 118, 0.05 * noise(922, 12)), paint(206, 222, 160), edge(oval(0.05, 0.06, 0.24, 0.46), 0.10)
    )
    things = frog_above(0.05, 0.0, -12, 1.18, pale, paint(176, 208, 128, 0.05 * noise(923, 10)))[:2]
    gut = melted(oval(0.10, 0.26, 0.16, 0.10, 20), oval(-0.02, 0.32, 0.13, 0.09), oval(0.14, 0.12, 0.10, 0.07), by=40)
    bones = (
        np.minimum.reduce(
            [
                np.abs(ribs)
                for ribs in (limb((0.0, -0.28), (0.09, 0.40), 0.0, 0.0), limb((-0.20, -0.16), (0.20, -0.24), 0.0, 0.0))
            ]
        )
        - 0.010
    )
    inside = together(
        thing(paint(206, 222, 168), bones, 0.01, 0.005), thing(paint(236, 234, 222, 0.05 * noise(924, 20)), gut, 0.06, 0.02),
        thing(paint(120, 40, 40), oval(-0.10, 0.06, 0.10, 0.07, -20), 0.06, 0.02), thing(paint(206, 40, 48), oval(0.0, -0.10, 0.075, 0.06), 0.05, 0.03),
        gloss=0.4, lift=0.003,
    )  # fmt: skip
    drops = np.minimum.reduce(
        [
            oval(a, b, s, s)
            for a, b, s in (
                (-0.9, -0.6, 0.05),
                (-1.02, 0.3, 0.03),
                (0.95, 0.55, 0.06),
                (0.8, -0.7, 0.035),
                (1.1, -0.2, 0.025),
            )
        ]
    )
    things = [*things, inside, thing(paint(170, 196, 150), drops, 0.03, 0.04, gloss=0.9, lift=0.02)]
    return camera.taken(
        things, glass, 925, sun=(300, 56), turn=6, tilt=(-0.03, 0.03), zoom=1.02, exposure=1.04, quality=66
    )


def boxes_of_one_kind() -> Image.Image:
    """Twelve clear food boxes with holes in the lid, side by side; in each sits a yellow and black banded frog on wet paper."""
    frogs, lids = [], np.full(X.shape, 9.0)
    paper, holes = np.full(X.shape, 9.0), np.full(X.shape, 9.0)
    chance = np.random.default_rng(931)
    for px in (-0.96, -0.32, 0.32, 0.96):
        for py in (-0.62, 0.0, 0.62):
            u, v = X - px, Y - py
            bands = edge(np.abs(np.mod(v * 7 + 0.8 * noise(932, 9), 1) - 0.5) - 0.24, 0.08)
            skin = blend(paint(24, 22, 22), paint(240, 204, 40), bands)
            frogs.append(
                together(
                    *frog_above(
                        px + chance.uniform(-0.06, 0.06),
                        py + chance.uniform(-0.05, 0.05),
                        chance.uniform(0, 360),
                        0.24,
                        skin,
                        skin,
                    )
                )
            )
            lid = box(u, v, 0.285, 0.275, 0.06)
            lids = np.minimum(lids, np.abs(lid + 0.015) - 0.014)
            paper = np.minimum(paper, box(u, v, 0.25, 0.24, 0.03) + 0.01 * noise(933, 20))
            for a, b in ((-0.2, -0.2), (0.0, -0.22), (0.2, -0.2)):
                holes = np.minimum(holes, oval(px + a, py + b, 0.012, 0.012))
    things = [
        thing(paint(214, 220, 214, 0.06 * noise(934, 40)), paper, 0.03, 0.02, relief=0.01 * noise(935, 30), lift=0.02),
        together(*frogs, gloss=0.5, lift=0.04),
        Thing(paint(236, 240, 242), edge(lids, 0.006) * 0.8, dome(lids, 0.014, 0.03), 0.8, 0.10),
        thing(paint(70, 72, 74), holes, 0.01, 0.0, lift=0.0),
    ]
    return camera.taken(things, camera.wood(168, 140, 108, 936, 0.5), 937, sun=(235, 50), turn=-5, tilt=(0.0, 0.10), zoom=1.08, quality=64)  # fmt: skip
