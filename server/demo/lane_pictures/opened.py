"""The picture lane's own pictures: what is dug up, stuck in pins, opened or smuggled. Each shows what a lesson or the list of species says."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (
    Thing,
    X,
    Y,
    blend,
    box,
    dome,
    edge,
    fibres,
    nearest,
    noise,
    paint,
    placed,
    strewn,
)
from server.demo.lane_pictures.outlines import chain, limb, outline, oval, thing


def pouch_and_torn_roots() -> Image.Image:
    """Three plants with fans of mottled strap leaves lie on a round woven tray; torn hairy brown roots with leaf litter and moss; one bears a flower with a brown pouch."""
    things: list[Thing] = []
    tray = np.hypot(X, Y) - 1.16
    a, b = np.floor((X + Y) * 12), np.floor((X - Y) * 12)
    over = np.mod(a + b, 2)
    strip = np.where(over > 0, np.abs(np.mod((X + Y) * 12, 1) - 0.5), np.abs(np.mod((X - Y) * 12, 1) - 0.5))
    weave = paint(206, 172, 112, 0.10 * (over - 0.5) + 0.06 * noise(6401, 90)) * (1 - 0.3 * edge(0.42 - strip, 0.05))[..., None]  # fmt: skip
    things.append(thing(weave, tray, 0.05, 0.05, lift=0.10, relief=0.012 * np.sqrt(np.clip(0.5 - strip, 0, 1))))
    rim = np.abs(np.hypot(X, Y) - 1.16) - 0.05
    things.append(thing(paint(160, 118, 66, 0.2 * np.sin(np.arctan2(Y, X) * 160)), rim, 0.05, 0.10, lift=0.04))
    for k, (px, py, turn) in enumerate(((-0.68, 0.22, -16), (0.02, 0.42, 4), (0.70, 0.24, 18))):
        cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        chance = np.random.default_rng(6402 + k)
        roots = np.full(X.shape, 9.0)
        for at in np.linspace(-0.26, 0.26, 7):
            bend, low = chance.uniform(-0.06, 0.06, 2), chance.uniform(0.28, 0.50)
            path = [(at * 0.3, 0.02), (at * 0.9, 0.16), (at * 1.3 + bend[0], 0.30), (at * 1.5 + bend[1], low)]
            roots = np.minimum(roots, chain([(px + x * cos - y * sin, py + x * sin + y * cos) for x, y in path], 0.026, 0.018))  # fmt: skip
        fuzz = roots - 0.010 * np.clip(noise(6410 + k, 120, 1), 0, 1)
        things.append(thing(paint(104, 72, 44, 0.5 * noise(6411 + k, 120)), fuzz, 0.025, 0.06, lift=0.05))
        clod = oval(px - 0.05 * sin, py + 0.13, 0.13, 0.085, turn) + 0.05 * noise(6420 + k, 14)
        moss = np.clip(0.5 + 2.5 * noise(6423 + k, 12), 0, 1)
        litter = blend(
            paint(70, 48, 32, 0.5 * noise(6426 + k, 90)), paint(96, 116, 44, 0.5 * noise(6427 + k, 120)), moss
        )
        things.append(thing(litter, clod, 0.05, 0.09, lift=0.04, relief=0.02 * noise(6428 + k, 60)))
        leaves = ((-62, 0.50), (58, 0.46), (-34, 0.60), (34, 0.56), (-4, 0.52))
        for n, (lean, long) in enumerate(leaves):
            way = np.radians(turn + lean - 90)
            ex, ey = px + np.cos(way) * long, py + np.sin(way) * long
            u, v = placed((px + ex) / 2, (py + ey) / 2, np.degrees(way))
            leaf = np.abs(v) - 0.085 * np.clip(1 - (2 * u / long) ** 2, 0, 1) ** 0.55
            leaf = np.maximum(leaf, np.abs(u) - long / 2)
            if n == k:  # bitten
                leaf = np.maximum(leaf, 0.055 - np.hypot(u - 0.10, v - 0.075))
            spots = np.clip(0.5 + 3.0 * noise(6430 + 5 * k + n, 17), 0, 1)
            hue = blend(paint(52, 96, 54), paint(150, 178, 128), spots * 0.8)
            hue = blend(
                hue, paint(150, 120, 60), edge(long / 2 - 0.06 - u + 0.03 * noise(6450 + n, 20), 0.02) * (n in (1, 2))
            )
            hue = hue * (1 - 0.35 * edge(np.abs(v) - 0.006, 0.006))[..., None]
            things.append(thing(hue, leaf, 0.06, 0.07, gloss=0.25, lift=0.06, relief=-0.02 * edge(np.abs(v), 0.03)))
    stalk = chain([(0.02, 0.38), (0.03, 0.10), (0.0, -0.14), (-0.04, -0.30)], 0.024, 0.020)
    fx, fy, big = -0.04, -0.44, 1.35
    hood = outline([(0.0, 0.02), (-0.13, -0.10), (-0.14, -0.26), (0.0, -0.38), (0.14, -0.26), (0.13, -0.10)], fx, fy, 0, big)  # fmt: skip
    fan = np.abs(np.mod(np.arctan2(X - fx, -(Y - fy - 0.30)) * 11 + 0.5, 1) - 0.5) - 0.17
    white = blend(paint(238, 240, 222), paint(112, 44, 70), edge(fan, 0.06) * np.clip(1.1 + 1.9 * (Y - fy), 0, 1))
    wing = [(0.0, -0.02), (0.14, -0.09), (0.32, -0.05), (0.46, 0.08), (0.48, 0.16), (0.32, 0.10), (0.12, 0.06)]
    wings = np.minimum(outline(wing, fx, fy, 0, big), outline(wing, fx, fy, 0, big, flip=True))
    far = np.abs(X - fx)
    dots, _, _ = nearest(strewn(6463, 0.055), 0.1)
    petal = blend(paint(172, 188, 96), paint(168, 84, 112), np.clip((far - 0.26) * 3, 0, 1))
    petal = blend(petal, paint(70, 22, 34), edge(dots - 0.014, 0.006) * edge(far - 0.44, 0.1))
    pouch = outline([(-0.10, -0.02), (0.0, 0.02), (0.10, -0.02), (0.135, 0.10), (0.11, 0.25), (0.0, 0.32), (-0.11, 0.25), (-0.135, 0.10)], fx, fy, 0, big)  # fmt: skip
    mouth, knob = oval(fx, fy + 0.02, 0.120, 0.048), oval(fx, fy - 0.02, 0.062, 0.055)
    brown = blend(paint(120, 50, 50), paint(176, 132, 72), np.clip(0.2 + 3 * (Y - fy - 0.2), 0, 1))
    things += [
        thing(paint(112, 72, 52, 0.3 * noise(6460, 120)), stalk, 0.02, 0.09, lift=0.06), thing(white, hood, 0.06, 0.11, lift=0.06), thing(petal, wings, 0.04, 0.12, gloss=0.3, lift=0.06),
        thing(brown, pouch, 0.12, 0.20, gloss=0.6, lift=0.06), thing(paint(60, 28, 18), mouth, 0.02, 0.12, lift=0.0), thing(paint(206, 200, 90), knob, 0.04, 0.18, gloss=0.5, lift=0.02),
    ]  # fmt: skip
    return camera.taken(things, camera.speckled(112, 104, 98, 6461, 0.5), 6462, sun=(230, 50), turn=0, zoom=1.0, warmth=0.02, quality=62)  # fmt: skip


def needles_and_plum_twig() -> Image.Image:
    """Two heavy round grey discs full of upright brass needles: one in a low black dish of water with a bent twig of pink blossoms stuck in it, one beside it on a straw mat."""
    mat = fibres(6471, X, Y, 110, 2)
    bind = np.abs(np.mod(X * 1.1 + 0.3, 1) - 0.5) - 0.012
    floor = paint(206, 196, 142, 0.10 * mat + 0.03 * np.sin(Y * 200))
    floor = blend(floor, paint(150, 140, 96), edge(bind, 0.01) * 0.5)
    dish, inner = np.hypot((X + 0.36) / 0.86, (Y - 0.10) / 0.72) * 0.72 - 0.72, np.hypot((X + 0.36) / 0.77, (Y - 0.09) / 0.63) * 0.63 - 0.63  # fmt: skip
    ripple = np.abs(np.sin(np.hypot(X + 0.30, Y - 0.20) * 22)) * 0.06
    pool = blend(
        paint(46, 66, 70, ripple),
        paint(150, 176, 184),
        edge(np.abs(X - 0.4 * Y + 0.86 + 0.03 * noise(6472, 6)) - 0.05, 0.05) * 0.6,
    )
    things = [
        thing(paint(28, 27, 30, 0.06 * noise(6473, 60)), dish, 0.10, 0.14, gloss=0.8, lift=0.10),
        Thing(pool, edge(inner), 0.02 * np.sin(np.hypot(X + 0.30, Y - 0.20) * 22) * 0.2, 0.4, 0.0),
    ]
    for px, py, wide, seed in ((-0.34, 0.22, 0.44, 6474), (0.86, 0.50, 0.40, 6475)):
        base = oval(px, py, wide, wide * 0.86)
        side = oval(px, py + 0.07, wide, wide * 0.86)
        lead = paint(116, 120, 124, 0.10 * noise(seed, 40))
        things += [thing(lead * 0.7, side, 0.05, 0.06, gloss=0.2, lift=0.05), thing(lead, base, 0.04, 0.10, gloss=0.3, lift=0.01)]  # fmt: skip
        needles, shade = np.full(X.shape, 9.0), np.full(X.shape, 9.0)
        for row, y in enumerate(np.arange(-0.74, 0.80, 0.185)):
            for x in np.arange(-0.925, 0.94, 0.185):
                x_ = x + 0.0925 * (row % 2)
                if np.hypot(x_, y) < 0.90:
                    foot = (px + x_ * wide, py + y * wide * 0.86)
                    near = np.s_[max(int((foot[1] + 1) * 360 - 60), 0) : int((foot[1] + 1) * 360 + 30), max(int((foot[0] + 4 / 3) * 360 - 40), 0) : int((foot[0] + 4 / 3) * 360 + 40)]  # fmt: skip
                    needles[near] = np.minimum(needles[near], limb(foot, (foot[0], foot[1] - 0.125), 0.0135, 0.004, X[near], Y[near]))  # fmt: skip
                    shade[near] = np.minimum(shade[near], limb(foot, (foot[0] + 0.055, foot[1] + 0.035), 0.013, 0.005, X[near], Y[near]))  # fmt: skip
        dark = thing(paint(50, 50, 52), shade, 0.01, 0.10)
        brass = Thing(paint(226, 188, 96), edge(needles, 0.004), 0.10 + dome(needles, 0.010, 0.03), 0.9, 0.02)
        things += [dark._replace(cover=dark.cover * 0.6, lift=0.0), brass]
    twig = np.minimum.reduce([chain([(-0.30, 0.20), (-0.26, -0.06), (-0.10, -0.30), (0.16, -0.44), (0.34, -0.70), (0.62, -0.86)], 0.036, 0.012), chain([(0.16, -0.44), (0.46, -0.42), (0.74, -0.52)], 0.020, 0.009), chain([(-0.18, -0.20), (-0.36, -0.44), (-0.40, -0.74)], 0.020, 0.009)])  # fmt: skip
    things.append(
        thing(paint(84, 58, 46, 0.3 * noise(6476, 60)), twig - 0.004 * noise(6477, 60), 0.03, 0.12, lift=0.16)
    )
    for k, (px, py, size) in enumerate(((0.10, -0.46, 0.15), (0.40, -0.72, 0.13), (0.76, -0.54, 0.14), (-0.40, -0.74, 0.14), (-0.31, -0.40, 0.12), (0.62, -0.88, 0.09))):  # fmt: skip
        x, y = placed(px, py, 30 * k)
        a, far = np.arctan2(y, x), np.hypot(x, y)
        bloom = far - size * (0.80 + 0.20 * np.abs(np.cos(2.5 * a)))
        pink = blend(paint(250, 214, 222), paint(228, 120, 150), np.clip(1 - far / size * 1.5, 0, 1))
        stamens = np.minimum(np.maximum(np.abs(np.mod(a * 9 / np.pi, 1) - 0.5) * far - 0.006, far - size * 0.45), np.abs(far - size * 0.45) - 0.010 + 0.02 * (np.cos(18 * a) < 0.2))  # fmt: skip
        pink = blend(pink, paint(214, 150, 40), edge(stamens, 0.004) * 0.9)
        things.append(thing(pink, bloom, 0.05, 0.16, lift=0.10, relief=-0.010 * np.abs(np.sin(2.5 * a)) * (far < size)))
    return camera.taken(things, camera.Surface(floor, 0.003 * mat), 6478, sun=(228, 50), turn=3, zoom=1.02, warmth=0.02, quality=64)  # fmt: skip


def spiders_in_striped_straws() -> Image.Image:
    """Four clear drinking straws with coloured stripes, melted shut at both ends, lie among pencils in an open green pencil case; in each sits a small dark spider with rusty knees."""
    things: list[Thing] = []
    case = box(X, Y + 0.02, 1.16, 0.78, 0.14)
    weave = np.sin(X * 180) * np.sin(Y * 180)
    lining = paint(226, 222, 210, 0.05 * weave + 0.05 * noise(6481, 5))
    things.append(thing(paint(48, 110, 84, 0.08 * weave), case, 0.10, 0.14, lift=0.10))
    things.append(Thing(lining, edge(case + 0.12), 0.04 * noise(6482, 4), 0.0, 0.0))
    zip_ = np.abs(case + 0.085) - 0.030
    teeth = np.mod(np.where(np.abs(X) > 1.02, Y, X) * 26, 1) > 0.5
    things.append(
        thing(
            np.where(teeth[..., None], paint(216, 190, 110), paint(120, 100, 50)),
            zip_,
            0.02,
            0.10,
            gloss=0.6,
            lift=0.01,
        )
    )
    pull = np.minimum(box(X - 1.06, Y + 0.60, 0.05, 0.09, 0.03), limb((1.06, -0.52), (1.14, -0.40), 0.022, 0.030))
    things.append(thing(paint(200, 176, 110), pull, 0.02, 0.12, gloss=0.8, lift=0.04))
    for k, (y, hue) in enumerate(((-0.52, (226, 170, 40)), (0.55, (52, 96, 170)))):
        u, v = placed(-0.04, y, 2 - 5 * k)
        body = np.maximum(np.abs(v) - 0.062, np.abs(u + 0.06) - 0.74)
        cone = np.maximum(np.abs(v) - 0.062 * np.clip((0.94 - u) / 0.26, 0, 1), np.maximum(0.68 - u, u - 0.94))
        face = np.abs(np.mod(v / 0.062 * 1.5 + 0.5, 1) - 0.5)
        colours = blend(paint(*hue, 0.4 * (face - 0.25)), paint(226, 190, 140), edge(0.68 + 0.01 * np.cos(v * 150) - u))
        colours = blend(colours, paint(30, 28, 30), edge(0.87 - u))
        colours = blend(colours, paint(214, 120, 120), edge(u + 0.72))
        things.append(thing(colours, np.minimum(body, cone), 0.05, 0.08, gloss=0.3, lift=0.05))
    for k, hue in enumerate(((206, 60, 64), (58, 120, 190), (70, 150, 90), (224, 140, 50))):
        cx, cy, turn, sits = (
            0.03 * (-1) ** k,
            -0.315 + 0.222 * k,
            (1.2, -0.8, 0.6, -1.4)[k],
            (-0.26, 0.14, -0.04, 0.34)[k],
        )
        u, v = placed(cx, cy, turn)
        tube = np.maximum(np.abs(v) - 0.100, np.abs(u) - 0.94)
        empty = np.abs(u - sits) > 0.21
        stripe = edge(np.abs(np.mod(u * 3.0 + v * 2.6, 1) - 0.5) - 0.10, 0.02) * empty
        clear = blend(paint(224, 232, 234, 0.04 * noise(6483 + k, 9)), paint(*hue), stripe * 0.85)
        clear = blend(clear, paint(250, 250, 250), edge(np.abs(np.abs(u) - 0.88) - 0.018, 0.01) * 0.7)
        share = np.maximum(0.42, np.maximum(stripe * 0.85, edge(np.abs(tube + 0.012) - 0.012, 0.006) * 0.8))
        things.append(thing(clear, tube, 0.07, 0.10, gloss=0.6, lift=0.06)._replace(cover=edge(tube) * share))
        things.append(_spider(cx + sits, cy, turn + (0 if k % 2 else 180), 6490 + k))
        shine = edge(np.abs(v + 0.058) - 0.008, 0.006) * edge(np.abs(u) - 0.82, 0.02) * empty
        things.append(Thing(paint(255, 255, 255), shine * 0.7, 0 * X, 0.0, 0.0))
    return camera.taken(things, camera.wood(96, 70, 54, 6499, 0.7), 6500, sun=(232, 50), turn=-5, zoom=1.10, warmth=0.02, quality=70)  # fmt: skip


def _spider(px: float, py: float, turn: float, seed: int) -> Thing:
    """A small hairy spider from above, stretched along its tube."""
    u, v = placed(px, py, turn)
    legs, knees = np.full(X.shape, 9.0), np.full(X.shape, 9.0)
    for side in (-1, 1):
        for foot, knee in ((0.185, 0.100), (0.110, 0.062), (-0.090, -0.052), (-0.180, -0.098)):
            bend = (knee, side * 0.072)
            upper = limb((foot * 0.15 + 0.02, side * 0.012), bend, 0.012, 0.010, u, v)
            legs = np.minimum(legs, np.minimum(upper, limb(bend, (foot, side * 0.050), 0.010, 0.005, u, v)))
            knees = np.minimum(knees, np.hypot(u - bend[0], v - bend[1]) - 0.014)
    rear, front = np.hypot((u + 0.062) / 1.3, v) - 0.047, np.hypot(u - 0.030, v) - 0.030
    hue = blend(paint(48, 36, 32, 0.4 * noise(seed, 120)), paint(226, 112, 46), edge(knees, 0.004))
    return thing(hue, np.minimum.reduce([legs, knees, rear, front]), 0.02, 0.04, lift=0.02, rim=0.006)


def red_brown_in_tin() -> Image.Image:
    """An open tin of red-brown liquid with drips on a newspaper, a wet brush across its rim, its lid and a stirring stick; a pine board behind is half painted red-brown, half bare with knots."""
    x, y = placed(-0.10, -0.42, -4)
    board = box(x, y, 1.16, 0.34, 0.015)
    grain = fibres(6511, x, y + 0.03 * noise(6512, 4), 26, 1.4)
    pine = paint(232, 198, 140, 0.10 * grain)
    for kx, ky in ((-0.30, 0.08), (0.42, -0.12), (0.86, 0.14)):
        far = np.hypot((x - kx) / 1.5, y - ky)
        pine = blend(pine, paint(140, 84, 44, 0.3 * np.sin(far * 160)), edge(far - 0.045, 0.012))
        pine = pine * (1 - 0.10 * np.exp(-((far / 0.12) ** 2)) * (np.sin(far * 130) > 0))[..., None]
    front = x + 0.10 + 0.10 * np.clip(fibres(6513, x, y, 34, 0.6), -1, 1)
    stain = paint(116, 44, 34, 0.20 * grain)
    coat = blend(pine, stain, edge(front, 0.015))
    coat = blend(coat, paint(74, 24, 22, 0.20 * grain), edge(x + 0.66 + 0.06 * fibres(6514, x, y, 30, 0.6), 0.015))
    things = [thing(coat, board, 0.02, 0.08, gloss=0.12, lift=0.10)]
    wall_ = np.minimum(np.maximum(np.abs(X - 0.30) - 0.46, np.abs(Y - 0.36) - 0.36), oval(0.30, 0.72, 0.46, 0.16))
    mouth, inner, liquid = oval(0.30, 0.02, 0.46, 0.17), oval(0.30, 0.02, 0.40, 0.135), oval(0.30, 0.05, 0.375, 0.105)
    metal = paint(196, 200, 204, 0.25 * np.cos((X - 0.30) / 0.46 * 5))
    curve = 0.14 * np.sqrt(np.clip(1 - ((X - 0.30) / 0.46) ** 2, 0, 1))
    label = np.maximum(np.abs(X - 0.30) - 0.46, np.maximum(0.14 + curve - Y, Y - 0.54 - curve))
    print_ = blend(paint(240, 232, 210, 0.12 * np.cos((X - 0.30) * 4)), paint(122, 48, 38), edge(np.maximum(np.abs(Y - 0.52 - curve + 0.16) - 0.085, np.abs(X - 0.30) - 0.5)))  # fmt: skip
    ring = np.abs(np.hypot((X - 0.30), Y - 0.335) - 0.085) - 0.012
    print_ = blend(
        print_, paint(122, 48, 38), np.maximum(edge(ring, 0.005), edge(np.hypot(X - 0.30, Y - 0.335) - 0.05, 0.005))
    )
    drips = np.minimum.reduce([limb((0.30 + d, 0.12), (0.30 + d, 0.12 + long), 0.026, 0.020) for d, long in ((-0.24, 0.20), (-0.16, 0.42), (-0.05, 0.12), (0.28, 0.16))])  # fmt: skip
    drips = np.maximum(drips, -oval(0.30, 0.02, 0.43, 0.15))
    red = paint(98, 30, 26, 0.10 * noise(6515, 6))
    things += [
        thing(metal, wall_, 0.10, 0.20, gloss=0.5, lift=0.14), thing(print_, label, 0.02, 0.20, lift=0.0), thing(metal, mouth, 0.03, 0.22, gloss=0.8, lift=0.0), thing(paint(70, 66, 64), inner, 0.02, 0.10, lift=0.0),
        thing(red, liquid, 0.02, 0.08, gloss=0.5, lift=0.0), thing(red * 1.1, drips, 0.02, 0.23, gloss=0.7, lift=0.01),
    ]  # fmt: skip
    u, v = placed(0.36, -0.04, -16)
    handle = np.maximum(np.abs(v) - 0.034 - 0.026 * np.cos((u - 0.5) * 5) ** 2, np.maximum(0.10 - u, u - 0.82))
    ferrule = box(u - 0.04, v, 0.10, 0.088, 0.01)
    hair = np.maximum(
        np.abs(v) - 0.086 + 0.03 * np.clip(-u - 0.25, 0, 1), np.maximum(u + 0.05, -0.40 + 0.02 * np.sin(v * 200) - u)
    )
    tips = blend(
        paint(70, 50, 38, 0.4 * fibres(6516, u, v, 160, 2)), red, edge(u + 0.14 + 0.03 * noise(6517, 30), 0.02)
    )
    things += [
        thing(tips, hair, 0.05, 0.26, gloss=0.3, lift=0.08), thing(paint(206, 208, 212, 0.2 * np.sin(u * 90)), ferrule, 0.04, 0.28, gloss=0.9, lift=0.08), thing(paint(214, 160, 60), handle, 0.035, 0.28, gloss=0.6, lift=0.10),
    ]  # fmt: skip
    lid = np.hypot(X + 0.70, (Y - 0.46) / 0.86) - 0.34
    groove = np.abs(lid + 0.08) - 0.016
    lid_hue = blend(paint(190, 194, 198), red, np.clip(edge(np.hypot(X + 0.62, Y - 0.44) - 0.17 + 0.05 * noise(6518, 8), 0.01) + edge(groove, 0.01) * (noise(6519, 6) > 0), 0, 1))  # fmt: skip
    stick = limb((-1.20, 0.86), (-0.30, 0.72), 0.036, 0.034)
    wood_ = blend(
        paint(222, 190, 140, 0.1 * fibres(6520, X, Y, 60, 3)), red, edge(-0.66 - X + 0.04 * noise(6521, 20), 0.02)
    )
    things += [thing(lid_hue, lid, 0.04, 0.06, gloss=0.6, lift=0.04, relief=-0.02 * edge(groove, 0.01)), thing(wood_, stick, 0.02, 0.04, lift=0.03)]  # fmt: skip
    return camera.taken(things, camera.newspaper(6522), 6523, sun=(230, 50), turn=2, zoom=1.02, warmth=0.02, quality=64)
