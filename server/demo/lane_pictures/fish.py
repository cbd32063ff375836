"""The picture lane's own pictures: fish in tanks and tins, and what is called after them. Each shows what a lesson or the list of species says."""

from collections.abc import Callable
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
    placed,
    ribbon,
    soft,
    strewn,
)
from server.demo.lane_pictures.outlines import behind_glass, eye, limb, melted, outline, oval, thing, together


def black_grains_in_tin() -> Image.Image:
    """An open round tin on crushed ice, full of small shiny black grains, a pale spoon in it, its blue lid beside it."""
    rim, inner = oval(-0.24, 0.06, 0.72, 0.70), oval(-0.24, 0.06, 0.64, 0.62)
    first, _, which = nearest(strewn(1501, 0.052), 0.12)
    grain = first - 0.028
    roe = paint(46, 46, 50, 0.5 * (chance_of(1502, which) - 0.5))
    lid = oval(0.86, -0.44, 0.46, 0.44)
    ring = edge(np.abs(lid + 0.09) - 0.012, 0.008)
    u, v = placed(0.86, -0.40, -12)
    belly = np.maximum(np.hypot(u, v + 0.42) - 0.46, np.hypot(u, v - 0.42) - 0.46)
    fish = np.minimum(belly, np.maximum(np.abs(v) - 0.5 * (u - 0.16), np.abs(u - 0.22) - 0.08))
    blue = blend(blend(paint(30, 62, 140), paint(224, 190, 96), ring), paint(224, 190, 96), edge(fish, 0.008))
    spoon = melted(oval(-0.16, 0.06, 0.20, 0.14, 40), limb((-0.04, 0.16), (0.66, 0.78), 0.045, 0.035), by=30)
    cubes, _, number = nearest(strewn(1503, 0.13), 0.3)
    ice = camera.Surface(
        paint(206, 222, 232, 0.25 * (chance_of(1504, number) - 0.5)), 0.10 * (0.12 - np.clip(cubes, 0, 0.12)) / 0.12
    )
    things = [
        thing(blue, lid, 0.06, 0.08, gloss=0.7, lift=0.06),
        thing(paint(196, 170, 92), rim, 0.04, 0.10, gloss=0.9, lift=0.12),
        Thing(paint(18, 18, 22), edge(inner), np.zeros(X.shape), 0.0, 0.0),
        thing(roe, np.maximum(inner + 0.02, grain), 0.028, 0.03, gloss=0.9, lift=0.01),
        thing(paint(238, 232, 222, 0.05 * noise(1505, 6)), spoon, 0.06, 0.06, gloss=0.6, lift=0.04, relief=-0.04 * edge(oval(-0.16, 0.06, 0.15, 0.10, 40), 0.04)),
        thing(roe * 1.1, np.maximum(oval(-0.16, 0.05, 0.12, 0.08, 40), grain), 0.028, 0.05, gloss=0.9, lift=0.01),
    ]  # fmt: skip
    return camera.taken(things, ice, 1506, sun=(230, 52), turn=-3, tilt=(0.0, 0.06), zoom=1.04, quality=64)


def threads_in_bucket() -> Image.Image:
    """A white bucket seen from above: in its water hundreds of thin see-through threads, each with two black dots at one end, and a net."""
    chance = np.random.default_rng(1511)
    threads, dots, guts = np.full(X.shape, 9.0), np.full(X.shape, 9.0), np.full(X.shape, 9.0)
    for _ in range(110):
        way, far = chance.uniform(0, 2 * np.pi), 0.72 * np.sqrt(chance.uniform(0, 1))
        px, py, turn, bend = (
            far * np.cos(way),
            far * np.sin(way) * 0.92,
            chance.uniform(0, 2 * np.pi),
            chance.uniform(-0.05, 0.05),
        )
        ends = [(px + 0.16 * t * np.cos(turn) - bend * np.sin(4 * t) * np.sin(turn), py + 0.16 * t * np.sin(turn) + bend * np.sin(4 * t) * np.cos(turn)) for t in np.linspace(-1, 1, 9)]  # fmt: skip
        for (a, b), wide in zip(pairwise(ends), np.linspace(0.013, 0.005, 8), strict=True):
            left, right = (int(np.clip(480 + 360 * (c + d), 0, 960)) for c, d in ((min(a[0], b[0]), -0.05), (max(a[0], b[0]), 0.05)))  # fmt: skip
            top, low = (int(np.clip(360 + 360 * (c + d), 0, 720)) for c, d in ((min(a[1], b[1]), -0.05), (max(a[1], b[1]), 0.05)))  # fmt: skip
            part = np.s_[top:low, left:right]
            threads[part] = np.minimum(threads[part], limb(a, b, wide, wide, X[part], Y[part]))
            guts[part] = np.minimum(guts[part], limb(a, b, 0.003, 0.003, X[part], Y[part]))
        head = (ends[0][0], ends[0][1])
        for side in (-0.012, 0.012):
            ex, ey = head[0] - side * np.sin(turn), head[1] + side * np.cos(turn)
            r, c = int(360 + 360 * ey), int(480 + 360 * ex)
            part = np.s_[max(r - 12, 0) : r + 12, max(c - 12, 0) : c + 12]
            dots[part] = np.minimum(dots[part], np.hypot(X[part] - ex, Y[part] - ey) - 0.0070)
    inside, rim = oval(0.0, 0.0, 0.90, 0.84), np.abs(oval(0.0, 0.0, 0.96, 0.90)) - 0.06
    hoop = np.abs(oval(0.86, -0.56, 0.40, 0.26, -24)) - 0.022
    pole = limb((1.14, -0.74), (1.60, -1.05), 0.04, 0.04)
    mesh = np.minimum(np.abs(np.mod((X + Y) * 14, 1) - 0.5), np.abs(np.mod((X - Y) * 14, 1) - 0.5))
    net = np.maximum(oval(0.86, -0.56, 0.40, 0.26, -24), 0.10 - mesh)
    things = [
        Thing(paint(206, 216, 212, 0.05 * noise(1512, 6)), edge(inside), -dome(inside, 0.3, 0.12), 0.3, 0.0),
        Thing(paint(196, 196, 176), edge(threads, 0.005) * 0.6, dome(threads, 0.016, 0.03), 0.7, 0.02),
        Thing(paint(150, 100, 84), edge(guts, 0.004) * 0.6, np.zeros(X.shape), 0.0, 0.0),
        Thing(paint(10, 10, 10), edge(dots, 0.004), np.zeros(X.shape), 0.0, 0.0),
        thing(paint(238, 238, 234), rim, 0.06, 0.10, gloss=0.4, lift=0.14),
        Thing(paint(60, 110, 70), edge(net, 0.02) * 0.7, np.zeros(X.shape), 0.0, 0.10),
        thing(paint(170, 174, 178), np.minimum(hoop, pole), 0.02, 0.04, gloss=0.8, lift=0.12),
    ]  # fmt: skip
    return camera.taken(things, camera.speckled(84, 92, 96, 1513, 0.4), 1514, sun=(235, 52), turn=4, tilt=(0.0, 0.05), zoom=1.04, quality=66)  # fmt: skip


def red_scales_in_tank() -> Image.Image:
    """A long red-gold fish in a tank of clear water: very large scales in rows, an upturned mouth with two short feelers, fins far back."""
    body = outline([(-1.02, -0.12), (-0.80, -0.22), (-0.40, -0.26), (0.10, -0.26), (0.56, -0.20), (0.86, -0.06), (0.92, 0.02), (0.80, 0.12), (0.40, 0.26), (-0.20, 0.32), (-0.64, 0.26), (-0.92, 0.06)])  # fmt: skip
    fins = np.minimum.reduce([
        outline([(0.16, -0.22), (0.44, -0.42), (0.80, -0.34), (0.88, -0.06), (0.50, -0.14)]),
        outline([(0.02, 0.26), (0.40, 0.50), (0.82, 0.44), (0.90, 0.08), (0.50, 0.18)]),
        outline([(0.88, -0.04), (1.08, -0.20), (1.26, -0.10), (1.30, 0.06), (1.24, 0.22), (1.06, 0.24), (0.88, 0.08)]),
        outline([(-0.62, 0.16), (-0.40, 0.40), (-0.30, 0.62), (-0.56, 0.52), (-0.72, 0.26)]),
        outline([(-0.20, 0.28), (-0.10, 0.46), (-0.18, 0.52), (-0.32, 0.32)]),
    ])  # fmt: skip
    x, y = X + 0.002 * noise(1521, 10), Y - 0.06 * X * X
    u, v = x / 0.15, y / 0.11
    row = np.round(v)
    far = np.hypot(np.mod(u + 0.5 * np.mod(row, 2), 1) - 0.35, (v - row) * 0.9)
    plate = edge(np.abs(far - 0.56) - 0.10, 0.06)
    red = blend(paint(196, 70, 40), paint(240, 178, 92), np.clip(far * 1.4 - 0.1, 0, 1))
    red = blend(red, paint(120, 22, 20), plate)
    red = blend(red, paint(140, 52, 40), edge(Y + 0.16 - 0.05 * X, 0.05) * 0.5)
    gill = edge(np.hypot(X + 0.86, Y - 0.02) - 0.30, 0.02)
    face = paint(214, 122, 60, 0.06 * noise(1522, 12))
    lines = edge(np.abs(np.hypot(X + 0.90, Y - 0.02) - 0.30) - 0.010, 0.01)
    skin = blend(blend(red, face, gill), paint(110, 30, 22), lines * 0.8)
    barbels = np.minimum(limb((-1.02, -0.06), (-1.16, -0.22), 0.016, 0.008), limb((-1.00, -0.03), (-1.18, -0.12), 0.016, 0.008))  # fmt: skip
    mouth = limb((-1.02, -0.10), (-0.90, 0.10), 0.012, 0.006)
    ray = paint(176, 44, 34, 0.3 * fibres(1523, Y, X, 26, 2))
    things = [
        thing(ray, fins, 0.06, 0.03, lift=0.04),
        thing(skin, body, 0.20, 0.14, gloss=0.5, lift=0.10, relief=-0.012 * plate),
        thing(paint(90, 30, 24), mouth, 0.01, 0.0, lift=0.0),
        thing(paint(206, 120, 70), barbels, 0.014, 0.02, lift=0.03),
        *eye(-0.86, -0.08, 0.060, (196, 160, 70)),
    ]
    return camera.taken(
        things, behind_glass(1524, 0.72), 1525, sun=(270, 52), turn=-2, zoom=1.04, warmth=0.0, quality=64
    )


def stripes_under_wood() -> Image.Image:
    """Three small flat fish seen from above on sand under a root: white with black bands that run along the body, wide fins."""
    things: list[Thing] = []
    for at, (px, py, turn, size) in enumerate(
        ((-0.34, 0.26, 24, 0.98), (0.52, -0.12, -38, 0.86), (0.36, 0.60, 160, 0.78))
    ):
        u, v = placed(px, py, turn)
        u, v = u / size, v / size
        body = outline([(-0.50, 0.0), (-0.42, -0.14), (-0.22, -0.19), (0.10, -0.12), (0.40, -0.055), (0.40, 0.055), (0.10, 0.12), (-0.22, 0.19), (-0.42, 0.14)], px, py, turn, size)  # fmt: skip
        side = [outline([(-0.30, w * 0.14), (-0.20, w * 0.40), (-0.02, w * 0.46), (-0.08, w * 0.14)], px, py, turn, size) for w in (-1, 1)]  # fmt: skip
        tail = outline([(0.36, -0.04), (0.62, -0.22), (0.56, 0.0), (0.62, 0.22), (0.36, 0.04)], px, py, turn, size)
        top = outline([(-0.10, 0.0), (0.10, -0.05), (0.20, 0.0), (0.10, 0.05)], px, py, turn, size)
        band = np.mod(np.abs(v + 0.02 * np.sin(9 * u)) * 13 + 0.25 + 0.15 * noise(1531 + at, 8), 1)
        black = edge(np.abs(band - 0.5) - 0.24, 0.10)
        skin = blend(paint(240, 238, 228), paint(20, 20, 24), black)
        cross = edge(np.abs(np.mod(np.hypot(u + 0.35, v) * 9, 1) - 0.5) - 0.24, 0.1)
        fin = blend(paint(236, 234, 226), paint(24, 24, 28), cross)
        things.append(together(
            thing(fin, np.minimum.reduce([*side, tail]), 0.02, 0.03), thing(skin, body, 0.12 * size, 0.13 * size), thing(fin, top, 0.03, 0.20),
            *[Thing(e.colours, e.cover, e.height + 0.1) for w in (-1, 1) for e in eye(px + size * (-0.36 * np.cos(np.radians(turn)) - 0.10 * w * np.sin(np.radians(turn))), py + size * (-0.36 * np.sin(np.radians(turn)) + 0.10 * w * np.cos(np.radians(turn))), 0.03, (80, 120, 160))],
            gloss=0.25, lift=0.05,
        ))  # fmt: skip
    root = melted(ribbon([(-1.5, -0.5), (-0.7, -0.62), (0.1, -0.42), (0.9, -0.62), (1.5, -0.4)], lambda t: 0.16 + 0.05 * np.sin(9 * t)).distance, limb((-0.5, -0.6), (-0.9, 0.1), 0.12, 0.03), limb((0.0, -0.44), (0.12, 0.0), 0.10, 0.03), by=20)  # fmt: skip
    bark = paint(96, 62, 40, 0.35 * fibres(1535, X, Y, 30, 3))
    things.append(
        thing(bark, root + 0.02 * noise(1536, 14), 0.12, 0.16, lift=0.10, relief=0.02 * fibres(1537, X, Y, 30, 3))
    )
    return camera.taken(things, camera.speckled(146, 126, 96, 1538, 0.5), 1539, sun=(260, 50), turn=3, zoom=1.05, warmth=-0.06, exposure=0.95, quality=64)  # fmt: skip


def _whip(size: float) -> Callable[[float], float]:
    """How wide such a tail is along its way."""
    return lambda t: size * (0.15 - 0.13 * t)


def disc_with_spots() -> Image.Image:
    """Two round flat dark animals with yellow ringed spots and a whip tail, seen from above in a child's paddling pool with stars."""
    things: list[Thing] = []
    for at, (px, py, turn, size) in enumerate(((-0.56, -0.28, 172, 0.44), (0.36, 0.30, -16, 0.42))):
        u, v = placed(px, py, turn)
        u, v = u / size, v / size
        way = np.arctan2(v, u)
        disc = (np.hypot(u, v) - 1.0 - 0.03 * np.cos(2 * way) - 0.025 * np.sin(14 * way) * (np.abs(way) < 2.4)) * size
        cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        tail = ribbon([(px - c * size * cos - d * size * sin, py - c * size * sin + d * size * cos) for c, d in ((0.9, 0.0), (1.3, 0.08), (1.75, -0.06), (2.1, 0.10))], _whip(size)).distance  # fmt: skip
        first, _, which = nearest(strewn(1541 + at, 0.13 * size / 0.5), 0.3)
        reach = (0.024 + 0.018 * chance_of(1543, which)) * size / 0.5
        ring = edge(first - reach, 0.006) - edge(first - reach * 0.45, 0.006)
        skin = blend(paint(56, 46, 38, 0.14 * noise(1544, 14)), paint(236, 196, 96), np.clip(ring, 0, 1))
        eyes = [e for w in (-1, 1) for e in eye(px + size * (0.52 * cos - 0.24 * w * sin), py + size * (0.52 * sin + 0.24 * w * cos), 0.075 * size, (150, 130, 60))]  # fmt: skip
        things += [together(thing(skin * 0.9, tail, 0.05, 0.05), thing(skin, disc, 0.34 * size, 0.16 * size, relief=0.10 * size * np.exp(-3 * (u * u + v * v))), gloss=0.3, lift=0.06), *eyes]  # fmt: skip
    u, v = np.mod(X + 0.7, 0.5) - 0.25, np.mod(Y + 0.6 + 0.25 * (np.floor((X + 0.7) / 0.5) % 2), 0.5) - 0.25
    star = np.hypot(u, v) - 0.055 - 0.022 * np.cos(5 * np.arctan2(v, u))
    water = blend(paint(96, 176, 210), paint(240, 220, 120), edge(star, 0.012) * 0.8) * (1 + 0.10 * np.abs(soft(noise(1545, 9, 2), 4)))[..., None]  # fmt: skip
    rim = np.abs(oval(0.0, 0.0, 1.34, 1.02)) - 0.10
    things.append(thing(paint(238, 110, 120), rim, 0.10, 0.14, gloss=0.6, lift=0.10))
    return camera.taken(things, camera.Surface(water, np.zeros(X.shape)), 1546, sun=(240, 54), turn=5, tilt=(0.0, 0.05), zoom=0.98, quality=64)  # fmt: skip


def open_mouth_on_board() -> Image.Image:
    """A wide open pair of jaws on a dark shield on a striped wall: rows of white triangles, saw-edged, a whole row behind the first."""
    shield = outline(
        [
            (-0.86, -0.80),
            (0.0, -0.92),
            (0.86, -0.80),
            (0.84, 0.10),
            (0.44, 0.74),
            (0.0, 0.96),
            (-0.44, 0.74),
            (-0.84, 0.10),
        ]
    )
    ring = np.abs(oval(0.0, -0.02, 0.56, 0.62) - 0.02) - 0.085
    ring = melted(ring, oval(-0.60, 0.02, 0.10, 0.17), oval(0.60, 0.02, 0.10, 0.17), by=24)
    teeth, behind = np.full(X.shape, 9.0), np.full(X.shape, 9.0)
    for at, way in enumerate(np.radians(np.arange(0, 360, 15))):
        if abs(np.sin(way)) < 0.25:
            continue
        large = 1.0 + 0.5 * abs(np.sin(way))
        cx, cy = 0.52 * np.cos(way), -0.02 + 0.58 * np.sin(way)
        nx, ny = -np.cos(way), -np.sin(way)
        for row, shift in ((behind, 0.10), (teeth, 0.0)):
            base = (cx - shift * 0.2 * nx, cy - shift * 0.2 * ny)
            px, py = -ny * 0.062 * large, nx * 0.062 * large
            tip = (
                base[0] + nx * (0.155 - shift * 0.4) * large + (0.02 if at % 2 else -0.02),
                base[1] + ny * (0.155 - shift * 0.4) * large,
            )
            np.minimum(row, outline([(base[0] + px, base[1] + py), tip, (base[0] - px, base[1] - py)], px * shift * 6, py * shift * 6, sharp=True), out=row)  # fmt: skip
    bone = paint(222, 206, 168, 0.12 * noise(1551, 30))
    gap = np.maximum(edge(np.abs(X) - 0.010, 0.01), edge(np.abs(Y + 0.02 - 0.06 * np.sin(9 * np.abs(X))) - 0.012, 0.01))
    things = [
        thing(paint(84, 46, 28, 0.14 * fibres(1552, X, Y, 26, 2)), shield, 0.08, 0.10, gloss=0.4, lift=0.10),
        thing(blend(bone, paint(120, 100, 70), gap * 0.7), ring + 0.01 * noise(1553, 20), 0.09, 0.12, lift=0.09),
        thing(paint(214, 206, 188), behind, 0.03, 0.05, lift=0.02),
        thing(paint(248, 246, 238, 0.03 * noise(1554, 40)), teeth, 0.04, 0.07, gloss=0.5, lift=0.04),
    ]
    stripes = edge(np.abs(np.mod(X * 3.2, 1) - 0.5) - 0.25, 0.02)
    paper = camera.Surface(blend(paint(92, 124, 132), paint(106, 138, 146), stripes), np.zeros(X.shape))
    return camera.taken(things, paper, 1555, sun=(235, 46), turn=-2, tilt=(0.05, 0.0), zoom=1.0, quality=64)


def tool_on_shavings() -> Image.Image:
    """A claw hammer with a red grip on a workbench among nails and wood shavings."""
    handle = limb((-0.98, 0.52), (0.46, -0.24), 0.062, 0.055)
    grip = limb((-1.06, 0.56), (-0.34, 0.18), 0.088, 0.078)
    u, v = placed(0.52, -0.27, -28)
    head = melted(box(u, v - 0.02, 0.11, 0.24, 0.04), box(u, v - 0.26, 0.125, 0.10, 0.03), by=50)
    claw = outline([(-0.10, -0.14), (-0.13, -0.34), (-0.26, -0.56), (-0.42, -0.66), (-0.30, -0.46), (-0.02, -0.40), (0.10, -0.14)], 0.52, -0.27, -28)  # fmt: skip
    split = limb((0.30, -0.84), (0.22, -0.62), 0.014, 0.010)
    steel = paint(150, 154, 160, 0.08 * fibres(1561, u, v, 60, 3))
    ribs = edge(np.abs(np.mod((X - 0.5 * Y) * 16, 1) - 0.5) - 0.2, 0.1)
    nails = np.minimum.reduce([np.minimum(limb((px, py), (px + 0.30 * np.cos(a), py + 0.30 * np.sin(a)), 0.014, 0.006), limb((px - 0.04 * np.sin(a), py + 0.04 * np.cos(a)), (px + 0.04 * np.sin(a), py - 0.04 * np.cos(a)), 0.012, 0.012)) for px, py, a in ((-0.7, -0.5, 0.4), (-0.3, -0.66, 1.2), (0.2, 0.56, -0.5), (0.72, 0.46, 2.6), (0.92, 0.10, 1.0), (-0.9, -0.16, -0.3))])  # fmt: skip
    curls = np.minimum.reduce([np.abs(np.hypot(X - px, Y - py) - r) - 0.022 for px, py, r in ((-0.34, -0.28, 0.10), (0.98, -0.62, 0.12), (0.06, 0.80, 0.10), (0.56, 0.78, 0.08), (-1.10, -0.70, 0.11))])  # fmt: skip
    things = [
        thing(paint(226, 190, 132, 0.2 * noise(1562, 30)), curls, 0.02, 0.08, lift=0.05),
        thing(paint(120, 122, 126), nails, 0.012, 0.03, gloss=0.7, lift=0.02),
        thing(paint(206, 172, 112, 0.12 * fibres(1563, X + 2 * Y, Y, 20, 2)), handle, 0.06, 0.10, gloss=0.2, lift=0.08),
        thing(paint(196, 40, 36) * (1 - 0.35 * ribs)[..., None], grip, 0.08, 0.11, gloss=0.3, lift=0.08),
        thing(steel, np.maximum(np.minimum(head, claw), -split), 0.07, 0.16, gloss=0.8, lift=0.12),
    ]
    return camera.taken(things, camera.wood(176, 138, 92, 1564, 0.8), 1565, sun=(225, 46), turn=2, tilt=(0.0, 0.06), zoom=1.02, quality=64)  # fmt: skip
