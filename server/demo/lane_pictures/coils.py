"""The picture lane's own pictures: coiled shells and a coiled tail. Each shows what a lesson or the list of species says of them."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import Thing, X, Y, blend, box, edge, fibres, noise, paint, placed
from server.demo.lane_pictures.outlines import chain, limb, melted, outline, oval, thing, together


def claws_in_tub() -> Image.Image:
    """A large shiny black animal on bark soil in a clear tub: two thick claws in front, eight legs, and a tail curved over with a sting."""
    legs = np.minimum.reduce(
        [
            chain(
                [
                    (w * 0.14, -0.06 + 0.12 * k),
                    (w * (0.42 + 0.03 * k), -0.20 + 0.22 * k),
                    (w * (0.64 - 0.02 * k), 0.02 + 0.26 * k),
                ],
                0.045,
                0.020,
            )
            for w in (-1, 1)
            for k in range(4)
        ]
    )
    arms = np.minimum.reduce(
        [chain([(w * 0.12, -0.16), (w * 0.40, -0.26), (w * 0.48, -0.52)], 0.06, 0.075) for w in (-1, 1)]
    )
    hands = np.minimum(
        *[
            outline(
                [
                    (w * 0.40, -0.46),
                    (w * 0.62, -0.50),
                    (w * 0.70, -0.68),
                    (w * 0.56, -0.98),
                    (w * 0.50, -0.92),
                    (w * 0.54, -0.74),
                    (w * 0.44, -0.70),
                    (w * 0.36, -0.92),
                    (w * 0.30, -0.96),
                    (w * 0.30, -0.66),
                ]
            )
            for w in (-1, 1)
        ]
    )
    shield = outline([(-0.16, -0.26), (0.16, -0.26), (0.21, 0.0), (-0.21, 0.0)]) - 0.01
    plates = [oval(0.0, 0.02 + 0.075 * k, 0.22 - 0.006 * (k - 2) ** 2, 0.085) for k in range(6)]
    tail = [
        oval(px, py, r, r * 1.05)
        for px, py, r in (
            (0.0, 0.52, 0.11),
            (0.06, 0.68, 0.10),
            (0.22, 0.80, 0.10),
            (0.42, 0.82, 0.10),
            (0.60, 0.72, 0.105),
            (0.68, 0.54, 0.085),
        )
    ]
    sting = chain([(0.68, 0.52), (0.66, 0.40), (0.58, 0.32)], 0.05, 0.010)
    black = paint(36, 36, 42, 0.14 * noise(2311, 40))
    grain = paint(44, 44, 50, 0.5 * noise(2312, 90, 2))
    litter = noise(2313, 40, 3)
    soil = camera.Surface(paint(98, 68, 46, 0.5 * litter), 0.08 * litter)
    bark = outline(
        [(-0.5, -0.12), (0.0, -0.18), (0.5, -0.10), (0.46, 0.12), (-0.1, 0.16), (-0.52, 0.10)], -0.96, 0.62, -34
    )
    rim = np.abs(box(X, Y, 1.24, 0.95, 0.10)) - 0.035
    things = [
        thing(paint(126, 96, 68, 0.4 * fibres(2314, X, Y, 24, 3)), bark, 0.12, 0.14, lift=0.08, relief=0.03 * noise(2315, 30)),
        thing(black, legs, 0.035, 0.05, gloss=0.7, lift=0.06), thing(black, arms, 0.06, 0.08, gloss=0.6, lift=0.07),
        thing(grain, hands, 0.09, 0.12, gloss=0.5, lift=0.08, relief=0.012 * noise(2316, 90, 2)), thing(black * 1.1, shield, 0.06, 0.11, gloss=0.7, lift=0.08),
        *[thing(black, plate, 0.05, 0.10, gloss=0.7, lift=0.01) for plate in reversed(plates)],
        *[thing(black * 1.1, part, 0.07, 0.12 + 0.02 * at, gloss=0.7, lift=0.06) for at, part in enumerate(tail)],
        thing(paint(120, 70, 44), sting, 0.03, 0.22, gloss=0.6, lift=0.10),
        Thing(paint(236, 240, 242), edge(rim, 0.008) * 0.75, 0.04 * edge(rim, 0.02), 0.8, 0.12),
    ]  # fmt: skip
    return camera.taken(things, soil, 2317, sun=(235, 50), turn=-8, tilt=(0.0, 0.04), zoom=1.0, quality=62)


def ribbed_coil() -> Image.Image:
    """A coiled grey-brown stone with strong ribs across every turn, half in its block of grey rock, with a chisel and chips."""
    px, py = -0.18, -0.02
    u, v = X - px, Y - py
    far, way = np.hypot(u, v) + 1e-6, np.arctan2(v, u)
    grow = np.log(1.52) / (2 * np.pi)
    turns = (np.log(far / 0.66) - grow * way) / np.log(1.52)
    inside = np.mod(turns, 1)
    coil = np.maximum(far - 0.66 * np.exp(grow * way) * 1.0, 0.02 - far)
    rib = np.sin(26 * (way + 6.283 * np.floor(turns)) + 3.0 * inside)
    tube = np.sqrt(np.clip(1 - (2 * inside - 1) ** 2, 0, 1))
    stone = (
        blend(paint(112, 94, 76), paint(178, 158, 130), np.clip(0.5 + 0.5 * rib, 0, 1) * tube)
        * (0.45 + 0.55 * tube)[..., None]
    )
    stone = stone * (1 + 0.12 * noise(2321, 50))[..., None]
    block = outline(
        [
            (-1.10, -0.50),
            (-0.60, -0.92),
            (0.20, -0.86),
            (0.80, -0.66),
            (0.92, 0.10),
            (0.60, 0.72),
            (-0.20, 0.90),
            (-0.96, 0.66),
            (-1.20, 0.10),
        ],
        sharp=True,
    ) + 0.03 * noise(2322, 14)
    rock = paint(132, 134, 134, 0.24 * noise(2323, 40, 4))
    chisel = limb((0.98, 0.74), (1.24, -0.10), 0.045, 0.045)
    blade = outline([(0.92, 0.72), (1.04, 0.76), (0.98, 0.94), (0.86, 0.90)], sharp=True)
    chips = np.minimum.reduce([outline([(-0.06, -0.03), (0.05, -0.05), (0.06, 0.03), (-0.02, 0.05)], a, b, t, s, sharp=True) for a, b, t, s in ((-1.14, 0.86, 10, 1.0), (0.74, 0.90, 60, 0.8), (1.14, -0.52, 120, 1.2), (-1.2, -0.8, 30, 0.9), (0.56, -0.92, 80, 0.7), (1.22, 0.5, 20, 0.6))])  # fmt: skip
    things = [
        thing(rock, block, 0.12, 0.16, lift=0.12, relief=0.05 * noise(2324, 30, 4)), thing(rock, chips, 0.04, 0.05, lift=0.04),
        Thing(stone, edge(coil, 0.01), 0.14 * tube * np.clip(far / 0.4, 0.3, 1) + 0.02 * rib * tube * np.clip(far / 0.4, 0.3, 1), 0.15, 0.06),
        thing(paint(60, 90, 130), chisel, 0.04, 0.08, gloss=0.5, lift=0.08), thing(paint(190, 192, 196), blade, 0.03, 0.06, gloss=0.9, lift=0.06),
    ]  # fmt: skip
    return camera.taken(
        things,
        camera.wood(140, 106, 74, 2325, 0.7),
        2326,
        sun=(220, 42),
        turn=2,
        tilt=(0.02, 0.05),
        zoom=1.0,
        quality=62,
    )


def lips_in_rows() -> Image.Image:
    """Shop shelves with twelve large pale spired shells in rows, each with a wide bright pink lip turned to the front, and price tags."""
    things: list[Thing] = []
    for row, y0 in enumerate((-0.60, 0.02, 0.64)):
        for at in range(4):
            px, way = -0.90 + 0.60 * at, 1 if (at + row) % 2 else -1
            size = 0.86 + 0.08 * ((at + row) % 3)

            def spot(
                a: float, b: float, px: float = px, y0: float = y0, way: int = way, size: float = size
            ) -> tuple[float, float]:
                return px + way * a * size, y0 + b * size

            body = outline(
                [
                    spot(*p)
                    for p in (
                        (-0.02, -0.27),
                        (0.10, -0.20),
                        (0.20, -0.12),
                        (0.28, 0.0),
                        (0.22, 0.16),
                        (0.04, 0.22),
                        (-0.12, 0.18),
                        (-0.20, 0.04),
                        (-0.16, -0.10),
                        (-0.10, -0.20),
                    )
                ]
            )
            lip = outline(
                [
                    spot(*p)
                    for p in ((0.02, -0.10), (0.16, -0.08), (0.25, 0.02), (0.18, 0.14), (0.04, 0.18), (-0.02, 0.06))
                ]
            )
            gap = outline([spot(*p) for p in ((0.0, -0.06), (0.06, -0.04), (0.07, 0.06), (0.03, 0.15), (-0.01, 0.06))])
            horns = np.minimum.reduce([limb(spot(*a), spot(*b), 0.040 * size, 0.010 * size) for a, b in (((-0.14, -0.10), (-0.22, -0.16)), ((-0.06, -0.18), (-0.11, -0.27)), ((0.06, -0.18), (0.08, -0.27)), ((-0.17, 0.02), (-0.26, 0.0)))])  # fmt: skip
            shell = paint(226, 200, 160, 0.12 * noise(2331 + 4 * row + at, 30))
            things.append(together(thing(shell, melted(body, horns, by=40), 0.10, 0.10), thing(blend(paint(236, 120, 130), paint(246, 176, 160), np.clip(way * (X - px) * 4, 0, 1)), lip, 0.05, 0.14), thing(paint(150, 60, 70), gap, 0.02, 0.06), gloss=0.4, lift=0.10))  # fmt: skip
    shelves = np.minimum.reduce([box(X, Y - y, 1.5, 0.035, 0.005) for y in (-0.35, 0.27, 0.89)])
    tags = np.minimum.reduce(
        [
            box(X - px, Y - y - 0.005, 0.09, 0.045, 0.005)
            for y in (-0.35, 0.27, 0.89)
            for px in (-0.90, -0.30, 0.30, 0.90)
        ]
    )
    figures = (fibres(2350, X, np.floor(Y / 0.5) * 3.7, 1, 70) > 0.1) & (tags < -0.018)
    back = camera.Surface(paint(84, 140, 156, 0.05 * np.sin(X * 50)), 0.004 * np.sin(X * 50))
    things = [
        thing(paint(236, 236, 232), shelves, 0.02, 0.14, gloss=0.3, lift=0.14),
        *things,
        thing(blend(paint(250, 236, 120), paint(40, 40, 40), figures * 0.9), tags, 0.01, 0.16, lift=0.02),
    ]
    return camera.taken(things, back, 2351, sun=(225, 54), turn=-2, zoom=1.02, quality=60)


def painted_whorls() -> Image.Image:
    """Nine small round snail shells in a white saucer, glossy yellow, red, green and white, each with dark bands that follow its coil."""
    things: list[Thing] = []
    colours = (
        (240, 206, 70),
        (206, 70, 50),
        (244, 240, 226),
        (150, 190, 90),
        (236, 150, 60),
        (240, 226, 150),
        (226, 120, 120),
        (120, 170, 110),
        (250, 220, 110),
    )
    laid = ((-0.42, -0.34, 0.24), (0.06, -0.44, 0.22), (0.48, -0.24, 0.25), (-0.56, 0.10, 0.22), (-0.08, 0.00, 0.25), (0.38, 0.20, 0.22), (-0.30, 0.46, 0.23), (0.16, 0.50, 0.24), (0.62, 0.52, 0.16))  # fmt: skip
    for at, (px, py, size) in enumerate(laid):
        turn = 47.0 * at
        u, v = placed(px, py, turn)
        far, way = np.hypot(u, v) + 1e-6, np.arctan2(v, u)
        grow = np.log(2.1) / (2 * np.pi)
        turns = (np.log(far / size) - grow * way) / np.log(2.1)
        inside = np.mod(turns, 1)
        shape = far - size * np.exp(grow * way) * 0.92
        seam = edge(np.minimum(inside, 1 - inside) - 0.05, 0.05)
        band = np.maximum(edge(np.abs(inside - 0.34) - 0.07, 0.04), edge(np.abs(inside - 0.70) - 0.04, 0.04))
        coat = blend(
            paint(*colours[at], 0.06 * noise(2361 + at, 20)), paint(70, 40, 34) if at % 3 else paint(196, 40, 60), band
        )
        coat = blend(coat, paint(250, 246, 236), seam * 0.8)
        things.append(
            Thing(
                coat,
                edge(shape, 0.008),
                (0.13 * np.sqrt(np.clip(1 - (far / size / 1.2) ** 2, 0, 1)) + 0.04 * np.sin(np.pi * inside))
                * edge(shape, 0.02),
                0.7,
                0.05,
            )
        )
    saucer, well = oval(0.0, 0.05, 1.08, 0.92), np.abs(oval(0.0, 0.05, 0.86, 0.72)) - 0.012
    china = paint(240, 240, 240) * (1 - 0.14 * edge(well, 0.012))[..., None]
    china = blend(china, paint(60, 100, 170), edge(np.abs(saucer + 0.06) - 0.012, 0.008))
    things = [thing(china, saucer, 0.12, 0.08, gloss=0.5, lift=0.08), together(*things, gloss=0.6, lift=0.06)]
    return camera.taken(
        things,
        camera.checked((226, 200, 150), (206, 176, 120), 2380),
        2381,
        sun=(230, 50),
        turn=6,
        tilt=(0.0, 0.05),
        zoom=1.0,
        quality=62,
    )
