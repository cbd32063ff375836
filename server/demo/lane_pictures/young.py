"""The picture lane's own pictures: what is hairy, small or both. Each shows what a lesson says of it."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (
    Plane,
    X,
    Y,
    blend,
    box,
    edge,
    fibres,
    noise,
    paint,
    placed,
)
from server.demo.lane_pictures.outlines import chain, eye, limb, melted, outline, oval, thing


def _fur(seed: int, x: float, y: float) -> Plane:
    """Hair that lies away from (x, y)."""
    far, turn = np.hypot(X - x, Y - y), np.arctan2(Y - y, X - x)
    return np.asarray(fibres(seed, far, turn, 34, 3) + 0.6 * fibres(seed + 1, far, turn, 70, 7), dtype=float)


def huge_ears() -> Image.Image:
    """A small sandy head between two ears larger than itself, seen from the front on a sofa: black eyes, a pointed pale face."""
    hair = _fur(1801, 0.0, 0.25)
    ears = [
        outline(
            [(0.16, -0.02), (0.22, -0.36), (0.46, -0.74), (0.76, -0.92), (0.82, -0.60), (0.70, -0.22), (0.44, 0.10)],
            flip=way,
        )
        for way in (False, True)
    ]
    inner = [
        outline(
            [(0.27, -0.08), (0.32, -0.36), (0.50, -0.66), (0.70, -0.80), (0.73, -0.56), (0.60, -0.22), (0.42, 0.02)],
            flip=way,
        )
        for way in (False, True)
    ]
    head = (
        melted(
            oval(0, 0.20, 0.42, 0.33),
            oval(0.20, 0.30, 0.26, 0.18),
            oval(-0.20, 0.30, 0.26, 0.18),
            oval(0, 0.50, 0.15, 0.16),
            by=24,
        )
        + 0.012 * hair
    )
    body = melted(oval(0, 1.1, 0.56, 0.56), limb((-0.2, 0.9), (-0.24, 1.3), 0.16, 0.14), by=20) + 0.014 * hair
    sand = blend(
        paint(226, 184, 124, 0.11 * hair),
        paint(246, 232, 206, 0.09 * hair),
        np.clip(
            edge(oval(0, 0.44, 0.34, 0.24), 0.12)
            + edge(oval(0.2, 0.12, 0.12, 0.07), 0.08)
            + edge(oval(-0.2, 0.12, 0.12, 0.07), 0.08),
            0,
            1,
        ),
    )
    sand = blend(
        sand,
        paint(150, 104, 60, 0.1 * hair),
        edge(
            np.minimum(limb((0.13, 0.28), (0.10, 0.44), 0.030, 0.02), limb((-0.13, 0.28), (-0.10, 0.44), 0.030, 0.02)),
            0.03,
        )
        * 0.6,
    )
    pink = blend(
        paint(232, 176, 160, 0.08 * noise(1803, 12)),
        paint(250, 240, 224, 0.15 * fibres(1804, Y, X, 50, 3)),
        edge(0.40 - np.abs(X) + 0.25 * (Y + 0.3), 0.12),
    )
    nose = oval(0, 0.53, 0.055, 0.042)
    mouth = np.minimum(
        limb((0, 0.56), (0, 0.61), 0.006, 0.006),
        np.minimum(limb((0, 0.61), (0.07, 0.63), 0.006, 0.005), limb((0, 0.61), (-0.07, 0.63), 0.006, 0.005)),
    )
    whiskers = np.minimum.reduce(
        [
            limb((way * 0.10, 0.52 + k), (way * 0.42, 0.48 + 2.6 * k), 0.004, 0.002)
            for way in (-1, 1)
            for k in (-0.02, 0.01, 0.04)
        ]
    )
    things = [
        thing(paint(222, 178, 118, 0.12 * hair), body, 0.3, 0.25, lift=0.12, rim=0.02),
        *[thing(paint(206, 160, 104, 0.12 * hair), ear + 0.01 * hair, 0.08, 0.08, lift=0.10, rim=0.014) for ear in ears],
        *[thing(pink, ear, 0.08, -0.04, relief=0.06, lift=0.0, rim=0.03) for ear in inner],
        thing(sand, head, 0.28, 0.28, lift=0.08, rim=0.018),
        *eye(-0.185, 0.23, 0.068, (30, 20, 14)), *eye(0.185, 0.23, 0.068, (30, 20, 14)),
        thing(paint(26, 22, 22), nose, 0.04, 0.05, gloss=0.5, lift=0.01),
        thing(paint(60, 40, 34), mouth, 0.005, 0.0, lift=0.0), thing(paint(250, 246, 236), whiskers, 0.004, 0.01, lift=0.0),
    ]  # fmt: skip
    sofa = camera.linen(70, 104, 112, 1805)
    return camera.taken(
        things, sofa, 1806, sun=(235, 52), turn=-3, tilt=(0.0, -0.03), zoom=0.98, warmth=0.02, quality=62
    )


def bottle_for_baby() -> Image.Image:
    """A small round head with very large eyes in dark rings, a pale stripe between them, on a towel; a syringe of milk beside it."""
    hair = _fur(1811, 0.0, 0.1)
    head = melted(oval(-0.12, 0.0, 0.58, 0.52), oval(-0.12, 0.28, 0.30, 0.24), by=20) + 0.018 * hair
    ears = np.minimum(oval(-0.66, -0.20, 0.12, 0.15, -30), oval(0.42, -0.20, 0.12, 0.15, 30)) + 0.012 * hair
    coat = blend(paint(196, 158, 112, 0.16 * hair), paint(226, 200, 160, 0.14 * hair), np.clip(0.2 + Y, 0, 1))
    rings = (
        np.minimum.reduce(
            [
                melted(
                    oval(-0.12 + way * 0.26, 0.02, 0.20, 0.22),
                    oval(-0.12 + way * 0.30, -0.26, 0.07, 0.18, way * 14),
                    by=24,
                )
                for way in (-1, 1)
            ]
        )
        + 0.014 * hair
    )
    coat = blend(coat, paint(84, 52, 34, 0.2 * hair), edge(rings, 0.03) * 0.92)
    coat = blend(
        coat,
        paint(248, 240, 226, 0.1 * hair),
        edge(np.maximum(np.abs(X + 0.12) - 0.05 - 0.02 * hair, np.abs(Y - 0.0) - 0.34), 0.03),
    )
    coat = blend(coat, paint(240, 224, 200, 0.1 * hair), edge(oval(-0.12, 0.34, 0.20, 0.13), 0.06) * 0.8)
    coat = blend(coat, paint(110, 70, 44, 0.2 * hair), edge(np.maximum(np.abs(X + 0.12) - 0.06, Y + 0.38), 0.04) * 0.8)
    nose = oval(-0.12, 0.31, 0.075, 0.055)
    fingers = np.minimum.reduce(
        [
            chain([(0.26 + 0.07 * k, 0.72), (0.30 + 0.08 * k, 0.58), (0.36 + 0.07 * k, 0.50)], 0.042, 0.032)
            for k in range(4)
        ]
    )
    arm = limb((0.0, 1.0), (0.34, 0.74), 0.16, 0.11) + 0.012 * hair
    barrel = np.maximum(np.abs(placed(0.72, 0.40, -38)[1]) - 0.095, np.abs(placed(0.72, 0.40, -38)[0]) - 0.36)
    u, v = placed(0.72, 0.40, -38)
    milk = blend(paint(220, 228, 232), paint(250, 246, 234), edge(u - 0.14, 0.01))
    milk = blend(
        milk, paint(50, 60, 80), edge(np.maximum(np.abs(np.mod(u * 14, 1) - 0.5) - 0.06, v + 0.02), 0.03) * 0.8
    )
    milk = blend(milk, paint(40, 40, 44), edge(np.abs(u - 0.16) - 0.03, 0.006))
    rod = np.maximum(np.abs(v) - 0.03, np.abs(u - 0.52) - 0.18)
    plate = box(u - 0.70, v, 0.025, 0.12, 0.01)
    tip = limb((0.44, 0.63), (0.36, 0.69), 0.03, 0.015)
    things = [
        thing(coat, melted(oval(-0.2, 0.98, 0.5, 0.5), arm, by=24) + 0.014 * hair, 0.2, 0.16, lift=0.10, rim=0.02),
        thing(paint(176, 132, 92, 0.15 * hair), ears, 0.06, 0.06, lift=0.06, rim=0.016),
        thing(coat, head, 0.40, 0.34, lift=0.10, rim=0.02),
        *eye(-0.37, 0.04, 0.135, (150, 92, 34)), *eye(0.13, 0.04, 0.135, (150, 92, 34)),
        thing(paint(206, 140, 130), nose, 0.05, 0.06, gloss=0.3, lift=0.02),
        thing(paint(236, 240, 242), np.minimum(rod, plate), 0.02, 0.04, lift=0.06), thing(milk, barrel, 0.09, 0.09, gloss=0.7, lift=0.08), thing(paint(230, 234, 236), tip, 0.02, 0.03, lift=0.05),
        thing(paint(196, 150, 126, 0.1 * noise(1813, 30)), fingers, 0.035, 0.05, relief=0.06, lift=0.04),
    ]  # fmt: skip
    return camera.taken(
        things,
        camera.linen(206, 150, 164, 1814),
        1815,
        sun=(230, 50),
        turn=4,
        tilt=(0.0, 0.0),
        zoom=1.0,
        warmth=0.02,
        quality=62,
    )


def hairy_pouch() -> Image.Image:
    """A round pouch as large as a lime in a steel bowl: short stiff hair in a whorl around a small hole, dark grains spilled beside it."""
    far, turn = np.hypot(X + 0.10, Y - 0.04), np.arctan2(Y - 0.04, X + 0.10)
    hair = fibres(1841, turn + 1.1 * far, far, 16, 5) + 0.7 * fibres(1842, turn + 1.1 * far, far, 40, 9)
    pod = np.hypot((X + 0.08) / 1.05, Y - 0.0) - 0.44 + 0.035 * hair
    coat = blend(
        paint(126, 98, 70, 0.30 * hair), paint(206, 186, 150, 0.25 * hair), edge(far - 0.20 - 0.04 * hair, 0.12)
    )
    coat = blend(coat, paint(40, 28, 24), edge(far - 0.045, 0.015))
    skin = edge(0.22 + noise(1843, 5) - 0.9 * (far > 0.33), 0.1) * 0.35
    coat = blend(coat, paint(96, 62, 46), skin)
    chance, grains = np.random.default_rng(1844), np.full(X.shape, 9.0)
    for _ in range(60):
        grains = np.minimum(
            grains,
            oval(
                0.55 + 0.15 * chance.normal(),
                0.34 + 0.13 * chance.normal(),
                chance.uniform(0.012, 0.030),
                chance.uniform(0.010, 0.024),
                chance.uniform(0, 90),
            ),
        )
    bowl = np.hypot(X, Y) - 0.96
    steel = (
        paint(182, 186, 190, 0.06 * fibres(1845, np.hypot(X, Y), np.arctan2(Y, X), 3, 60))
        * (0.92 + 0.16 * np.cos(2 * np.arctan2(Y, X) + 0.6))[..., None]
    )
    things = [
        thing(steel, bowl, 0.07, 0.08, gloss=0.5, relief=-0.05 * edge(np.hypot(X, Y) - 0.86, 0.04), lift=0.12),
        thing(paint(56, 34, 26, 0.3 * noise(1846, 60)), grains, 0.02, 0.03, gloss=0.2, lift=0.02),
        thing(coat, pod, 0.40, 0.34, relief=0.012 * hair, lift=0.14, rim=0.02),
    ]
    return camera.taken(
        things, camera.newspaper(1847), 1848, sun=(220, 48), turn=-4, tilt=(0.02, 0.06), zoom=1.02, quality=62
    )


def eight_long_legs() -> Image.Image:
    """A large dark hairy spider on a gloved hand's width of bark: orange-red patches on each leg joint, a pale rim on its front plate."""
    hair = _fur(1931, 0.0, 0.0)
    legs, joints = np.full(X.shape, 9.0), np.full(X.shape, 9.0)
    for way in (-1, 1):
        for begin, knee, foot in (
            ((0.10, -0.16), (0.40, -0.60), (0.34, -0.94)),
            ((0.15, -0.08), (0.66, -0.34), (0.98, -0.56)),
            ((0.15, 0.02), (0.68, 0.16), (1.02, 0.40)),
            ((0.10, 0.08), (0.44, 0.52), (0.56, 0.90)),
        ):
            points = [(way * a, b) for a, b in (begin, knee, foot)]
            legs = np.minimum(legs, chain(points, 0.070, 0.036))
            kx, ky = points[1]
            joints = np.minimum(
                joints,
                np.minimum(
                    oval(kx, ky, 0.10, 0.075, way * 30),
                    oval(0.5 * (kx + points[2][0]), 0.5 * (ky + points[2][1]), 0.065, 0.05, way * 40),
                ),
            )
        legs = np.minimum(legs, chain([(way * 0.07, -0.20), (way * 0.16, -0.40), (way * 0.10, -0.52)], 0.05, 0.03))
    legs = legs + 0.016 * fibres(1933, X, Y, 70, 70)
    abdomen = oval(0.0, 0.40, 0.27, 0.33) + 0.03 * fibres(1934, Y, X, 6, 50)
    front = oval(0.0, -0.04, 0.19, 0.20)
    black = paint(46, 40, 40, 0.35 * hair)
    red = blend(black, paint(214, 92, 34, 0.15 * hair), edge(joints, 0.02))
    plate = blend(paint(40, 34, 34, 0.2 * hair), paint(216, 172, 128), edge(-front - 0.035, 0.012))
    back = blend(black, paint(150, 120, 96), edge(0.3 - fibres(1935, Y, X, 20, 90), 0.2) * 0.35)
    bark = camera.Surface(
        paint(122, 100, 76, 0.5 * noise(1936, 26, 4) + 0.2 * fibres(1937, X, Y, 14, 3)), 0.07 * noise(1938, 18, 4)
    )
    things = [
        thing(red, legs, 0.06, 0.08, lift=0.09, rim=0.014), thing(back, abdomen, 0.26, 0.22, lift=0.10, rim=0.02), thing(plate, front, 0.16, 0.14, gloss=0.1, lift=0.04),
        thing(paint(16, 14, 14), np.minimum(oval(-0.025, -0.12, 0.02, 0.018), oval(0.025, -0.12, 0.02, 0.018)), 0.02, 0.03, relief=0.14, gloss=0.6, lift=0.0),
    ]  # fmt: skip
    return camera.taken(things, bark, 1939, sun=(235, 48), turn=12, tilt=(0.02, 0.05), zoom=1.0, quality=58)
