"""The picture lane's own pictures: things of the house in which there is no animal. Each shows what a lesson says."""

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
    nearest,
    noise,
    paint,
    placed,
    strewn,
)
from server.demo.lane_pictures.outlines import limb, melted, outline, oval, thing, together, wall


def clogs_on_mat() -> Image.Image:
    """A pair of bright green foam clogs with round holes on the toes and a strap at the heel, on a striped doormat."""
    things: list[Thing] = []
    for px, turn in ((-0.40, -8), (0.42, 10)):
        sole = outline(
            [
                (0.0, -0.78),
                (0.22, -0.70),
                (0.32, -0.40),
                (0.26, 0.0),
                (0.24, 0.40),
                (0.16, 0.72),
                (0.0, 0.80),
                (-0.16, 0.72),
                (-0.24, 0.40),
                (-0.26, 0.0),
                (-0.32, -0.40),
                (-0.22, -0.70),
            ],
            px,
            0.0,
            turn,
        )
        upper = outline(
            [
                (0.0, -0.76),
                (0.21, -0.68),
                (0.30, -0.40),
                (0.25, -0.04),
                (0.0, 0.02),
                (-0.25, -0.04),
                (-0.30, -0.40),
                (-0.21, -0.68),
            ],
            px,
            0.0,
            turn,
        )
        inner = outline(
            [
                (0.0, -0.10),
                (0.17, 0.0),
                (0.16, 0.40),
                (0.09, 0.64),
                (0.0, 0.68),
                (-0.09, 0.64),
                (-0.16, 0.40),
                (-0.17, 0.0),
            ],
            px,
            0.0,
            turn,
        )
        u, v = placed(px, 0.0, turn)
        holes = np.minimum.reduce(
            [
                np.hypot(u - a, v - b) - 0.032
                for a, b in (
                    (0.0, -0.64),
                    (-0.11, -0.56),
                    (0.11, -0.56),
                    (0.0, -0.48),
                    (-0.17, -0.42),
                    (0.17, -0.42),
                    (-0.08, -0.34),
                    (0.08, -0.34),
                    (0.0, -0.20),
                    (-0.16, -0.24),
                    (0.16, -0.24),
                )
            ]
        )
        strap = np.maximum(np.abs(np.hypot(u / 0.26, (v - 0.30) / 0.42) - 1) * 0.26 - 0.040, 0.24 - v)
        rivets = np.minimum(np.hypot(u - 0.25, v - 0.16), np.hypot(u + 0.25, v - 0.16)) - 0.040
        green = paint(96, 190, 60, 0.03 * noise(2451, 90, 2))
        dots, _, _ = nearest(strewn(2452, 0.06), 0.15)
        things += [
            thing(green * 0.9, sole, 0.06, 0.10, gloss=0.2, lift=0.08), Thing(green * 0.62 * (1 + 0.2 * edge(dots - 0.014, 0.006))[..., None], edge(inner, 0.012), -0.06 * edge(inner, 0.06), 0.1, 0.0),
            thing(green, upper, 0.16, 0.22, gloss=0.3, lift=0.05), Thing(paint(30, 60, 24), edge(holes, 0.006), np.zeros(X.shape), 0.0, 0.0),
            thing(green * 1.05, strap, 0.03, 0.16, gloss=0.3, lift=0.05), thing(green * 0.8, rivets, 0.03, 0.20, gloss=0.4, lift=0.02),
        ]  # fmt: skip
    band = np.floor((Y + 2) / 0.22)
    mat = blend(paint(150, 120, 90), paint(70, 62, 60), np.mod(band, 2)) * (1 + 0.3 * noise(2453, 260, 1))[..., None]
    return camera.taken(
        things,
        camera.Surface(mat, 0.02 * noise(2454, 240, 1)),
        2455,
        sun=(230, 50),
        turn=-4,
        tilt=(0.0, 0.06),
        zoom=1.02,
        quality=58,
    )


def empty_tank() -> Image.Image:
    """An empty glass terrarium with sand, a half pot, a water dish and a lamp; nobody is in it, and a paper heart is stuck on the pane."""
    tank = box(X, Y - 0.10, 1.08, 0.68, 0.02)
    frame = np.minimum(np.abs(tank) - 0.035, np.maximum(tank, np.abs(Y + 0.44) - 0.02))
    sand_line = 0.42 + 0.05 * np.sin(2.4 * X) + 0.02 * noise(2461, 8)
    sand = np.maximum(tank, sand_line - Y)
    pot = np.maximum(
        np.maximum(np.hypot((X + 0.52) / 1.0, (Y - 0.50) / 0.9) - 0.34, Y - 0.52),
        -(np.hypot(X + 0.48, Y - 0.54) - 0.20),
    )
    dish, water = oval(0.40, 0.56, 0.28, 0.09), oval(0.40, 0.55, 0.22, 0.06)
    shade = outline([(0.50, -0.96), (0.70, -0.96), (0.84, -0.60), (0.36, -0.60)], sharp=True)
    bulb = oval(0.60, -0.58, 0.10, 0.05)
    beam = np.maximum(outline([(0.40, -0.58), (0.80, -0.58), (1.04, 0.44), (0.10, 0.44)], sharp=True), tank)
    heart = outline(
        [
            (0.0, 0.13),
            (-0.14, -0.02),
            (-0.13, -0.11),
            (-0.06, -0.13),
            (0.0, -0.07),
            (0.06, -0.13),
            (0.13, -0.11),
            (0.14, -0.02),
        ],
        -0.72,
        -0.10,
    )
    rocks = np.minimum(oval(-0.02, 0.52, 0.14, 0.10), oval(0.86, 0.50, 0.18, 0.13)) + 0.02 * noise(2462, 20)
    air = paint(166, 178, 170, 0.05 * noise(2463, 5))
    air = blend(air, paint(250, 232, 170), edge(beam, 0.12) * 0.6)
    things = [
        Thing(air, edge(tank), np.zeros(X.shape), 0.1, 0.0),
        Thing(paint(214, 176, 116, 0.2 * noise(2464, 160, 2)), edge(sand), 0.02 * noise(2465, 120, 1) + 0.04 * edge(sand, 0.04), 0.0, 0.0),
        thing(paint(186, 96, 62, 0.1 * noise(2466, 30)), pot, 0.10, 0.14, lift=0.06), thing(paint(136, 130, 120, 0.3 * noise(2467, 30)), rocks, 0.10, 0.10, lift=0.05),
        thing(paint(92, 110, 130), dish, 0.04, 0.05, gloss=0.5, lift=0.03), Thing(paint(176, 206, 216), edge(water), np.zeros(X.shape), 0.8, 0.0),
        thing(paint(250, 240, 190) * 1.1, bulb, 0.05, 0.04), thing(paint(206, 80, 60), shade, 0.06, 0.10, gloss=0.6, lift=0.08),
        thing(paint(34, 34, 36), frame, 0.02, 0.05, gloss=0.4, lift=0.06), Thing(paint(226, 60, 80), edge(heart, 0.006), np.zeros(X.shape), 0.0, 0.02),
        Thing(paint(250, 252, 252), edge(np.maximum(np.abs(X + 0.2 + 0.6 * Y) - 0.05, tank + 0.04), 0.05) * 0.25, np.zeros(X.shape), 0.0, 0.0),
    ]  # fmt: skip
    table = edge(0.76 - Y, 0.02)
    top = camera.wood(120, 86, 62, 2468, 0.6)
    room = camera.Surface(blend(wall(96, 110, 140, 2469, 0.3).colours, top.colours, table), top.height * table)
    return camera.taken(things, room, 2470, sun=(235, 54), turn=1, zoom=1.0, quality=62)


def black_jelly_in_bowl() -> Image.Image:
    """A bowl of black shaking cubes with a spoon, syrup in a small jug, and an open tin with a green label and a leaf on it."""
    bowl, inner = oval(-0.40, 0.14, 0.68, 0.62), oval(-0.40, 0.14, 0.58, 0.52)
    chance = np.random.default_rng(2471)
    cubes: list[Thing] = []
    for _ in range(30):
        px, py = -0.40 + chance.uniform(-0.46, 0.46), 0.14 + chance.uniform(-0.40, 0.40)
        if np.hypot((px + 0.40) / 0.50, (py - 0.14) / 0.44) > 1:
            continue
        u, v = placed(px, py, chance.uniform(0, 90))
        cubes.append(
            thing(
                paint(38, 26, 22, 0.1 * noise(2472, 20)),
                box(u, v, 0.085, 0.085, 0.03),
                0.03,
                0.07 + 0.004 * len(cubes),
                lift=0.03,
            )
        )
    spoon = melted(oval(-0.22, 0.02, 0.15, 0.10, -40), limb((-0.12, -0.06), (0.40, -0.52), 0.032, 0.040), by=30)
    side = box(X - 0.78, Y - 0.20, 0.34, 0.46, 0.04)
    lid = oval(0.78, -0.28, 0.34, 0.12)
    open_ = oval(0.78, -0.28, 0.30, 0.095)
    leaf = outline(
        [(0.0, 0.22), (-0.13, 0.06), (-0.10, -0.10), (0.0, -0.22), (0.10, -0.10), (0.13, 0.06)], 0.76, 0.20, 24
    )
    ridge = edge(np.abs(np.mod(Y * 12, 1) - 0.5) - 0.1, 0.1) * (edge(0.14 - np.abs(Y - 0.20) + 0.22, 0.01))
    tag = np.maximum(side, np.abs(Y - 0.20) - 0.34)
    writing = (
        (np.abs(np.mod((Y + 0.06) / 0.11, 1) - 0.5) < 0.2)
        & (fibres(2473, X, np.floor((Y + 0.06) / 0.11) * 3.1, 1, 20) > 0.05)
        & (np.abs(X - 0.78) < 0.26)
        & (leaf > 0.04)
    )
    paper = blend(
        blend(paint(46, 130, 84), paint(240, 232, 196), writing * 0.8), paint(226, 236, 150), edge(leaf, 0.008)
    )
    paper = blend(paper, paint(70, 120, 60), edge(np.abs(placed(0.76, 0.20, 24)[0]) - 0.008, 0.006) * edge(leaf) * 0.8)
    metal = paint(196, 198, 202) * (1 - 0.2 * ridge)[..., None]
    jug, syrup = oval(0.22, 0.80, 0.24, 0.17), oval(0.22, 0.79, 0.18, 0.12)
    spout = outline([(0.40, 0.72), (0.54, 0.70), (0.44, 0.84)])
    things = [
        thing(paint(236, 238, 240), bowl, 0.08, 0.14, gloss=0.5, lift=0.10), Thing(paint(206, 214, 222), edge(inner), np.zeros(X.shape), 0.2, 0.0),
        together(*cubes, gloss=1.0, lift=0.03), thing(paint(206, 208, 214), spoon, 0.04, 0.16, gloss=1.0, lift=0.05),
        thing(metal, np.minimum(side, oval(0.78, 0.66, 0.34, 0.07)), 0.30, 0.20, gloss=0.7, lift=0.14), thing(paper, tag, 0.30, 0.20, gloss=0.3, lift=0.0),
        thing(paint(214, 216, 220), lid, 0.03, 0.06, gloss=0.9), Thing(paint(34, 26, 24), edge(open_), np.zeros(X.shape), 0.4, 0.0),
        thing(paint(250, 248, 244), np.minimum(jug, spout), 0.05, 0.10, gloss=0.5, lift=0.06), Thing(paint(176, 104, 30), edge(syrup), np.zeros(X.shape), 0.7, 0.0),
    ]  # fmt: skip
    return camera.taken(
        things,
        camera.wood(206, 180, 140, 2474, 0.9),
        2475,
        sun=(230, 50),
        turn=-3,
        tilt=(0.0, 0.05),
        zoom=1.0,
        quality=62,
    )
