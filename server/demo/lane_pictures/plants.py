"""The picture lane's own pictures: plants in pots, dug plants, and what is made of them. Each shows what a lesson says of it."""

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
from server.demo.lane_pictures.outlines import chain, limb, melted, outline, oval, thing, together, wall


def _pot(px: float, top: float, wide: float, high: float, colour: tuple[int, int, int], seed: int) -> list[Thing]:
    """A flower pot, with earth in it."""
    v = (Y - top) / high
    shape = np.maximum(np.abs(X - px) - wide * (1 - 0.26 * v), np.maximum(-v, v - 1) * high)
    rim = box(X - px, Y - top, wide * 1.08, 0.055, 0.02)
    earth = oval(px, top - 0.04, wide * 0.98, 0.075)
    clay = paint(*colour, 0.08 * noise(seed, 40))
    round_ = wide * 0.7 * np.sqrt(np.clip(1 - ((X - px) / (wide * 1.12)) ** 2, 0, 1))
    return [
        thing(paint(70, 52, 38, 0.5 * noise(seed + 1, 90)), earth, 0.05, 0.03),
        Thing(clay, edge(shape), round_, 0.1, 0.12),
        Thing(clay * 1.06, edge(rim), dome(rim, 0.05, 0.05) + round_, 0.1, 0.02),
    ]


def _ribbed(px: float, py: float, wide: float, high: float, ribs: int, skin: tuple[int, int, int], groove: tuple[int, int, int], thorns: tuple[int, int, int], seed: int) -> Thing:  # fmt: skip
    """A cactus from the side: ribs, and thorns in tufts along them."""
    shape = oval(px, py, wide, high)
    u, v = (X - px) / wide, (Y - py) / high
    round_ = np.arcsin(np.clip(u / np.sqrt(np.clip(1 - v**2, 0.02, 1)), -1, 1)) / np.pi * ribs
    rib = np.abs(np.mod(round_ + 0.5, 1) - 0.5) * 2
    base = blend(paint(*skin, 0.06 * noise(seed, 40)), paint(*groove), np.clip(rib * 1.4 - 0.4, 0, 1))
    tuft = np.hypot(np.mod(round_ + 0.5, 1) - 0.5, (np.mod(v * 5 + 0.3 * np.floor(round_ + 0.5), 1) - 0.5) * 0.8)
    base = blend(base, paint(*thorns), edge(tuft - 0.14 - 0.10 * noise(seed + 1, 160, 1), 0.05))
    return thing(base, shape, min(wide, high) * 0.9, 0.24, relief=-0.03 * rib, lift=0.10)


def coloured_heads() -> Image.Image:
    """Three little pots on a shop shelf, in each a green three-sided stem with a round head in red, yellow or pink."""
    things = [thing(paint(226, 222, 214, 0.02 * noise(951, 40)), -(0.72 - Y), 0.02, 0.06, lift=0.05)]
    for at, (px, head) in enumerate(((-0.80, (214, 46, 40)), (0.02, (238, 190, 40)), (0.82, (226, 96, 140)))):
        stem = box(X - px, Y + 0.06, 0.11, 0.34, 0.06)
        edge_of = edge(np.abs(X - px) - 0.012, 0.01)
        green = paint(70, 132, 66, 0.05 * noise(952 + at, 40))
        green = blend(green, paint(126, 176, 100), edge_of * 0.7)
        knobs = _ribbed(
            px,
            -0.48,
            0.25,
            0.20,
            9,
            head,
            (int(head[0] * 0.7), int(head[1] * 0.6), int(head[2] * 0.6)),
            (244, 226, 200),
            955 + at,
        )
        pot = _pot(px, 0.32, 0.25, 0.40, (190, 108, 72), 958 + 2 * at)
        tag = np.maximum(
            outline([(px + 0.14, 0.02), (px + 0.26, -0.02), (px + 0.28, 0.34), (px + 0.18, 0.34)], sharp=True), Y - 0.30
        )
        things += [
            pot[0],
            thing(paint(240, 240, 236), tag, 0.01, 0.02),
            thing(green, stem, 0.10, 0.10, lift=0.06),
            together(knobs, lift=0.06),
            *pot[1:],
        ]
    ground = wall(196, 210, 214, 966, 0.2)
    return camera.taken(
        things, ground, 967, sun=(240, 50), turn=2, tilt=(0.02, 0.0), zoom=1.02, warmth=0.02, quality=64
    )


def dug_on_newspaper() -> Image.Image:
    """Seven grey, chalky ball cacti of different sizes on a newspaper, scarred, with long torn roots, earth still on them."""
    things = []
    laid = ((-0.92, -0.40, 0.27, 0.22), (-0.28, -0.50, 0.20, 0.19), (0.42, -0.38, 0.32, 0.27), (1.02, -0.46, 0.17, 0.15),
            (-0.70, 0.42, 0.20, 0.17), (0.02, 0.36, 0.26, 0.23), (0.78, 0.44, 0.23, 0.19))  # fmt: skip
    roots, chance = np.full(X.shape, 9.0), np.random.default_rng(971)
    for px, py, wide, high in laid:
        for _ in range(4):
            way, long = chance.uniform(0.2, 2.9), chance.uniform(0.22, 0.42)
            ax, ay = px + 0.5 * wide * np.cos(way), py + 0.7 * high
            bend = way + chance.uniform(-0.6, 0.6)
            mid = (ax + 0.5 * long * np.cos(way), ay + 0.5 * long * np.sin(way))
            roots = np.minimum(
                roots,
                chain(
                    [(ax, ay), mid, (mid[0] + 0.5 * long * np.cos(bend), mid[1] + 0.5 * long * np.sin(bend))],
                    0.040,
                    0.010,
                ),
            )
    roots = roots + 0.012 * noise(972, 50)
    things.append(thing(paint(104, 76, 52, 0.4 * noise(973, 80)), roots, 0.04, 0.05, lift=0.05))
    for at, (px, py, wide, high) in enumerate(laid):
        ball = _ribbed(px, py, wide, high, 10 + at % 3, (168, 172, 164), (112, 120, 112), (40, 36, 34), 974 + 2 * at)
        scar = edge(0.52 - noise(990 + at, 9), 0.06)
        cork = edge(py + 0.45 * high - Y + 0.06 * noise(998 + at, 12), 0.05)
        colours = blend(
            blend(ball.colours, paint(120, 92, 66, 0.2 * noise(1006, 60)), cork * 0.9), paint(136, 108, 78), scar * 0.8
        )
        things.append(Thing(colours, edge(oval(px, py, wide, high) + 0.012 * noise(1007, 14)), ball.height, 0.0, 0.10))
    crumbs, _, which = nearest(strewn(1008, 0.10), 0.2)
    earth = edge(crumbs - 0.012 * (chance_of(1009, which) > 0.5), 0.006)
    things.insert(0, Thing(paint(96, 72, 50), earth, 0.01 * earth, 0.0, 0.01))
    return camera.taken(
        things, camera.newspaper(1010), 1011, sun=(220, 48), turn=5, tilt=(0.0, 0.10), zoom=1.06, quality=64
    )


def arching_spray() -> Image.Image:
    """A plant in a white pot on a window sill: two arching stems with large flat flowers in white and pink, broad leaves, a printed tag."""
    leaves = [outline([(-0.06, 0.0), (-0.14, -0.30), (-0.04, -0.62), (0.08, -0.70), (0.12, -0.40), (0.08, 0.0)], 0.0, 0.52, turn, 0.9) for turn in (-78, -52, 58, 84)]  # fmt: skip
    stems = [ribbon(path, lambda t: 0.018) for path in ([(-0.04, 0.46), (-0.16, -0.20), (-0.42, -0.66), (-1.0, -0.62)], [(0.06, 0.46), (0.16, -0.14), (0.50, -0.56), (1.05, -0.44)])]  # fmt: skip
    things = [thing(paint(92, 122, 62), np.minimum(stems[0].distance, stems[1].distance), 0.02, 0.03, lift=0.08)]
    flowers = []
    for at, (px, py, turn, size) in enumerate(((-0.98, -0.52, -20, 0.24), (-0.72, -0.60, 10, 0.27), (-0.44, -0.48, -8, 0.29), (-0.22, -0.16, 12, 0.28),
                                               (0.28, -0.24, -10, 0.29), (0.58, -0.44, 8, 0.28), (0.86, -0.44, 20, 0.25), (1.10, -0.32, 30, 0.20))):  # fmt: skip
        sepals = np.minimum.reduce([outline([(0, 0.05), (-0.28, -0.40), (-0.20, -0.85), (0.0, -1.0), (0.20, -0.85), (0.28, -0.40)], px, py, turn + way, size) for way in (0, 128, -128)])  # fmt: skip
        petals = np.minimum.reduce([outline([(0.0, 0.0), (way * 0.30, -0.50), (way * 0.85, -0.62), (way * 1.05, -0.20), (way * 0.80, 0.20), (way * 0.30, 0.14)], px, py, turn, size) for way in (-1, 1)])  # fmt: skip
        u, v = placed(px, py, turn)
        veins = fibres(1021 + at, np.hypot(u, v), np.arctan2(v, u), 2, 9)
        white = paint(244, 236, 240, 0.04 * noise(1030 + at, 30))
        pink = blend(white, paint(226, 150, 190), np.clip(0.65 - np.hypot(u, v) / size * 0.8, 0, 1))
        lip = melted(
            oval(px, py + 0.10 * size, 0.13 * size, 0.22 * size),
            oval(px, py + 0.28 * size, 0.24 * size, 0.10 * size),
            by=60,
        )
        flowers.append(
            together(
                thing(white * (1 + 0.03 * veins)[..., None], sepals, 0.08, 0.03),
                thing(pink, petals, 0.10, 0.04),
                thing(paint(190, 34, 96), lip, 0.03, 0.05),
                thing(paint(240, 200, 80), oval(px, py, 0.06 * size, 0.06 * size), 0.02, 0.04),
                lift=0.05,
            )
        )
    tag = outline([(0.42, 0.36), (0.60, 0.32), (0.66, 0.62), (0.50, 0.64)], sharp=True)
    print_ = edge(np.abs(np.mod(Y * 24, 1) - 0.5) - 0.2, 0.1) * edge(tag + 0.03, 0.01)
    pot = _pot(0.0, 0.56, 0.34, 0.60, (232, 232, 228), 1040)
    green = [thing(paint(58, 112, 54, 0.06 * noise(1042 + k, 12)) * (1 - 0.2 * edge(np.abs(Y - 0.5) - 0.004, 0.004))[..., None], leaf, 0.10, 0.06, gloss=0.35, lift=0.08) for k, leaf in enumerate(leaves)]  # fmt: skip
    things = [
        *things,
        pot[0],
        *green,
        thing(blend(paint(246, 246, 242), paint(90, 90, 100), print_ * 0.7), tag, 0.01, 0.02),
        *pot[1:],
        *flowers,
    ]
    window = camera.Surface(
        blend(paint(206, 220, 232), paint(150, 176, 140), edge(-0.1 - Y + 0.2 * soft(noise(1050, 6), 20), 0.2)),
        np.zeros(X.shape),
    )
    frame = edge(np.abs(X - 0.02) - 0.03, 0.01)
    ground = camera.Surface(blend(window.colours, paint(238, 238, 236), frame), window.height)
    return camera.taken(things, ground, 1051, sun=(280, 50), turn=-2, tilt=(0.0, 0.0), zoom=1.0, quality=64)


def traps_in_pot() -> Image.Image:
    """A plastic pot full of flat green leaves that end in two red lips with long lashes, some open, one shut over a fly."""
    things: list[Thing] = []
    pot = _pot(0.0, 0.58, 0.56, 0.55, (34, 36, 40), 1121)
    things.append(pot[0])
    for at, (px, py, turn, size) in enumerate(
        (
            (-0.78, 0.02, -62, 0.9),
            (-0.50, -0.36, -34, 1.0),
            (-0.06, -0.58, -4, 1.05),
            (0.42, -0.44, 28, 1.0),
            (0.80, -0.06, 58, 0.9),
            (0.12, -0.06, 14, 0.95),
            (-0.30, 0.10, -20, 0.8),
        )
    ):
        stalk = chain([(0.10 * px, 0.54), (0.55 * px, 0.5 * (0.54 + py) + 0.02), (px, py)], 0.030, 0.075)
        u, v = placed(px, py, turn)
        u, v = u / size, v / size + 0.12
        shut = at == 5
        lips = np.minimum.reduce(
            [np.hypot((u - way * (0.03 if shut else 0.125)) / (0.62 if shut else 0.78), v) - 0.19 for way in (-1, 1)]
        )
        lashes = np.full(X.shape, 9.0)
        for way in (-1, 1):
            for bend in np.linspace(-70, 70, 9):
                a = np.radians(bend)
                c, s, out = np.cos(a) * way, np.sin(a), 0.03 if shut else 0.125
                lashes = np.minimum(
                    lashes,
                    limb(
                        (way * out + 0.15 * c, 0.16 * s),
                        (way * out + (0.18 if shut else 0.30) * c, 0.29 * s),
                        0.013,
                        0.005,
                        u,
                        v,
                    ),
                )
        red = blend(
            paint(206, 52, 56, 0.1 * noise(1123 + at, 30)), paint(120, 160, 60), np.clip(-(lips + 0.02) * -14, 0, 1)
        )
        mouth = paint(128, 164, 70, 0.1 * noise(1130 + at, 30)) if shut else red
        mouth = blend(mouth, mouth * 0.45, edge(np.abs(u) - 0.010, 0.01))
        things.append(
            together(
                thing(paint(104, 160, 56, 0.1 * noise(1137 + at, 14)), stalk, 0.06, 0.06),
                thing(paint(170, 190, 100), lashes * size, 0.01, 0.02),
                thing(mouth, lips * size, 0.05, 0.02, relief=0.10 * np.clip(np.abs(u) * 3, 0, 1)),
                gloss=0.25,
                lift=0.10,
            )
        )
    things += pot[1:]
    return camera.taken(things, wall(208, 196, 176, 1145, 0.3), 1146, sun=(240, 50), turn=2, tilt=(0.0, -0.03), zoom=1.02, warmth=0.02, quality=64)  # fmt: skip
