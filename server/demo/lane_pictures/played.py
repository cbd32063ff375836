"""The picture lane's own pictures: what is played, worn and hung. Each shows what a lesson or the list of species says."""

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
    edge,
    fibres,
    noise,
    paint,
    placed,
    soft,
)
from server.demo.lane_pictures.outlines import chain, limb, outline, oval, thing, wall

WIDE = 0.27  # of a white key
AFTER = (0, 1, 3, 4, 5)  # the white keys of an octave that have a black one to their right


def old_tops_and_two_new() -> Image.Image:
    """A keyboard from above: cream white keys with fine grain and a joint before the black ones, one chipped; two keys are bluish white, shiny and in one piece."""
    number = np.floor((X + 3 * WIDE * 7) / WIDE)
    at = np.mod(X + 3 * WIDE * 7, WIDE) - WIDE / 2
    new = np.isin(number, (18, 23))
    white = np.maximum(box(at, Y - 0.06, WIDE / 2 - 0.006, 0.74, 0.02), -0.62 - Y)
    shift = chance_of(6301, number)
    grain = fibres(6302, Y, X + 0.010 * noise(6303, 5) + 3 * shift, 190, 1.3)
    old = paint(238, 222, 180, 0.10 * (shift - 0.5) + 0.030 * grain + 0.05 * noise(6304, 12))
    old = blend(old, paint(196, 164, 104), np.clip(soft(edge(np.abs(at) - 0.10, 0.03), 3) * -1 + 1, 0, 1) * 0.35)
    old = blend(old, paint(112, 88, 52), edge(np.abs(Y - 0.225) - 0.0035, 0.004) * 0.9)
    chip = np.maximum(0.665 + 0.35 * (at - 0.02) + 0.03 * noise(6305, 30) - Y, np.abs(number - 20) - 0.5)
    old = blend(old, paint(186, 140, 88, 0.25 * fibres(6306, Y, X, 90, 4)), edge(chip, 0.006))
    plastic = paint(246, 248, 252)
    tops = np.where(new[..., None], plastic, old)
    things: list[Thing] = [
        thing(tops, white, 0.018, 0.06, gloss=0.12, lift=0.03, relief=-0.02 * edge(chip, 0.006)),
        thing(plastic, np.where(new, white, 9.0), 0.05, 0.09, gloss=0.9, lift=0.02, rim=0.006),
    ]
    black: list[Plane] = []
    for k in range(14, 30):
        if k % 7 in AFTER:
            black.append(box(X - ((k + 1) * WIDE - 3 * WIDE * 7), Y + 0.25, 0.072, 0.44, 0.025))
    ebony = paint(34, 30, 30, 0.2 * fibres(6307, Y, X, 120, 2))
    things.append(thing(ebony, np.minimum.reduce(black), 0.035, 0.14, gloss=0.6, lift=0.09))
    felt = np.abs(Y + 0.655) - 0.045
    fall = Y + 0.69
    lock = np.maximum(
        oval(0.06, -0.86, 0.050, 0.065),
        -np.minimum(oval(0.06, -0.875, 0.014, 0.014), box(X - 0.06, Y + 0.85, 0.006, 0.022, 0.0)),
    )
    lacquer = blend(paint(58, 30, 20, 0.10 * fibres(6308, X, Y, 30, 2)), paint(214, 176, 92), edge(lock, 0.005))
    slip = 0.86 - Y
    things += [
        thing(paint(160, 26, 34, 0.2 * noise(6309, 200)), felt, 0.03, 0.06, lift=0.03), thing(lacquer, fall, 0.05, 0.16, gloss=0.6, lift=0.06),
        thing(paint(62, 32, 22, 0.16 * fibres(6310, X, Y, 40, 2)), slip, 0.05, 0.12, gloss=0.5, lift=0.03),
    ]  # fmt: skip
    bed = camera.Surface(paint(30, 24, 20), np.zeros(X.shape))
    return camera.taken(things, bed, 6311, sun=(235, 50), turn=3, tilt=(0.06, -0.14), zoom=1.04, warmth=0.03, quality=72)  # fmt: skip


def sliding_knots_on_map() -> Image.Image:
    """A bracelet of four thick black shiny strands with two knots, each wound of six turns, and short loose ends, on a folded map with a river, beside a wristwatch."""
    cx, cy = -0.42, 0.06
    a = np.arctan2((Y - cy) / 0.94, X - cx)
    reach = np.hypot(X - cx, (Y - cy) / 0.94)
    things: list[Thing] = []
    strand = np.full(X.shape, 9.0)
    for k, (base, sway, phase) in enumerate(((0.455, 0.010, 0.4), (0.505, 0.012, 2.0), (0.555, 0.010, 3.6), (0.605, 0.012, 5.1))):  # fmt: skip
        strand = np.minimum(
            strand, np.abs(reach - base - sway * np.sin(3 * a + phase)) - 0.015 - 0.0015 * np.sin(a * 9 + k)
        )
    ends = [
        chain([(-0.86, -0.22), (-0.96, -0.34), (-0.99, -0.50)], 0.015, 0.011), chain([(-0.80, -0.28), (-0.86, -0.42), (-0.85, -0.58)], 0.015, 0.011),
        chain([(0.00, 0.38), (0.10, 0.50), (0.25, 0.56)], 0.015, 0.011), chain([(-0.06, 0.44), (0.00, 0.58), (0.13, 0.68)], 0.015, 0.011),
    ]  # fmt: skip
    hue = paint(40, 31, 26, 0.35 * fibres(6321, a, reach, 60, 4))
    things.append(thing(hue, np.minimum(strand, np.minimum.reduce(ends)), 0.017, 0.05, gloss=1.0, lift=0.05, rim=0.006))
    for angle in (212, 38):
        px, py = cx + 0.53 * np.cos(np.radians(angle)), cy + 0.94 * 0.53 * np.sin(np.radians(angle))
        u, v = placed(px, py, angle)
        turns = np.mod(v / 0.040 + 0.5, 1) - 0.5
        coil = np.maximum(np.maximum(np.abs(u) - 0.100, np.abs(v) - 0.120), (np.abs(turns) - 0.47) * 0.040)
        hump = 0.09 * np.sqrt(np.clip(1 - (u / 0.11) ** 2, 0, 1)) + 0.022 * np.sqrt(np.clip(1 - (2 * turns) ** 2, 0, 1))
        things.append(Thing(paint(30, 26, 25, 0.12 * noise(6322, 90)), edge(coil, 0.006), hump, 0.7, 0.07))
    land = np.clip(0.5 + 0.9 * noise(6323, 4), 0, 1)
    ground = blend(paint(226, 214, 176), paint(184, 198, 146), land)
    lines = np.abs(np.mod(8 * noise(6324, 3) + 20, 1) - 0.5) - 0.03
    ground = blend(ground, paint(166, 132, 92), edge(lines, 0.03) * 0.35)
    river = np.abs(Y + 0.30 * np.sin(X * 2.3 + 0.4) + 0.06 * noise(6325, 9) - 0.12) - 0.030
    road = np.minimum(np.abs(X - 0.34 * np.sin(Y * 2 + 1) - 0.62 + 0.03 * noise(6326, 9)) - 0.012, np.abs(Y - 0.5 * X + 0.62) - 0.012)  # fmt: skip
    ground = blend(blend(ground, paint(112, 158, 190), edge(river)), paint(196, 74, 60), edge(road, 0.006) * 0.9)
    grid = np.minimum(np.abs(np.mod(X + 0.2, 0.5) - 0.25), np.abs(np.mod(Y + 0.1, 0.5) - 0.25)) - 0.003
    ground = blend(ground, paint(90, 96, 110), edge(grid, 0.004) * 0.4)
    towns = np.minimum.reduce([oval(x, y, 0.030, 0.030) for x, y in ((-1.0, 0.52), (0.92, -0.10), (-0.06, -0.66), (-0.30, 0.26), (-1.06, -0.60))])  # fmt: skip
    ground = blend(ground, paint(40, 40, 44), edge(towns, 0.004))
    folds = 0.10 * np.abs(np.mod(X / 0.9 + 0.4, 1) - 0.5) + 0.05 * np.abs(np.mod(Y / 1.0 + 0.3, 1) - 0.5)
    u, v = placed(0.78, 0.0, 8)
    strap = np.maximum(np.abs(u) - 0.150 - 0.03 * np.exp(-((v / 0.3) ** 2)), np.abs(v) - 1.4)
    stitch = np.maximum(np.abs(np.abs(u) - 0.125) - 0.006, np.abs(np.mod(v * 16, 1) - 0.5) - 0.3)
    hide = blend(paint(134, 82, 46, 0.10 * noise(6329, 40)), paint(226, 200, 150), edge(stitch, 0.005))
    case, dial, crown = np.hypot(u, v) - 0.265, np.hypot(u, v) - 0.215, box(u - 0.285, v, 0.03, 0.035, 0.01)
    ticks = np.maximum(
        np.abs(np.mod(np.arctan2(v, u) / np.pi * 6 + 0.5, 1) - 0.5) - 0.06, np.abs(np.hypot(u, v) - 0.180) - 0.022
    )
    hands = np.minimum(
        limb((0, 0), (-0.09, -0.06), 0.013, 0.008, u, v), limb((0, 0), (0.10, -0.11), 0.010, 0.006, u, v)
    )
    face = blend(paint(240, 234, 216), paint(30, 30, 34), edge(np.minimum(ticks * 0.1, hands), 0.005))
    things += [
        thing(hide, strap, 0.05, 0.06, gloss=0.2, lift=0.05), thing(paint(206, 208, 212), np.minimum(case, crown), 0.05, 0.12, gloss=0.9, lift=0.08),
        thing(face, dial, 0.01, 0.08, gloss=0.2, lift=0.0),
    ]  # fmt: skip
    return camera.taken(things, camera.Surface(ground * (1 + 0.03 * noise(6327, 120))[..., None], folds), 6328, sun=(232, 48), turn=-5, zoom=1.04, warmth=0.04, quality=66)  # fmt: skip


def moons_and_stars_over_bars() -> Image.Image:
    """A dome of dark blue cloth with yellow moons and stars hangs over a round cage on a stand's hook; below its hem: thin brass bars, a white seed dish, a perch, the tip of a long tail."""
    dome_ = outline([(-0.06, -0.72), (0.06, -0.72), (0.34, -0.64), (0.58, -0.42), (0.68, -0.10), (0.70, 0.34), (0.36, 0.29), (0.0, 0.35), (-0.36, 0.27), (-0.70, 0.33), (-0.68, -0.10), (-0.58, -0.42), (-0.34, -0.64)])  # fmt: skip
    spread = X / np.clip(0.30 + 0.55 * (Y + 0.72), 0.2, 0.72)
    folds = np.sin(spread * 11 + 0.8 * noise(6331, 3)) * np.clip((Y + 0.80) * 1.2, 0.1, 1)
    marks = np.full(X.shape, 9.0)
    places = ((-0.02, -0.46), (-0.40, -0.34), (0.36, -0.26), (-0.10, -0.10), (-0.50, 0.02), (0.44, 0.18), (0.10, 0.16), (-0.28, 0.14), (0.56, -0.06), (-0.56, 0.20), (0.12, -0.68))  # fmt: skip
    for k, (x, y) in enumerate(places):
        if k % 2:
            u, v = placed(x, y, 20 * k)
            a, far = np.arctan2(v, u), np.hypot(u, v)
            marks = np.minimum(marks, far - 0.066 / (1 + 0.95 * np.abs(np.sin(2.5 * a))))
        else:
            marks = np.minimum(marks, np.maximum(oval(x, y, 0.085, 0.085), -oval(x + 0.042, y - 0.020, 0.070, 0.070)))
    cloth = paint(34, 48, 104, 0.14 * folds + 0.04 * np.sin(X * 240) * np.sin(Y * 240))
    cloth = blend(cloth, paint(244, 208, 92, 0.12 * folds), edge(marks, 0.006))
    cloth = blend(cloth, paint(200, 170, 90), edge(np.abs(dome_ + 0.028) - 0.010, 0.006) * edge(0.2 - Y, 0.02))
    bars = np.full(X.shape, 9.0)
    for k in range(-7, 8):
        px = 0.66 * np.sin(k * np.pi / 15)
        bars = np.minimum(bars, limb((px, 0.12), (px, 0.74), 0.010, 0.010))
    hoop = np.minimum(np.abs(Y - 0.56 - 0.05 * np.sqrt(np.clip(1 - (X / 0.68) ** 2, 0, 1))) - 0.011, 9.0)
    hoop = np.maximum(hoop, np.abs(X) - 0.66)
    tray = outline([(-0.74, 0.70), (0.74, 0.70), (0.70, 0.86), (0.40, 0.90), (-0.40, 0.90), (-0.70, 0.86)])
    brass = paint(208, 170, 88, 0.06 * noise(6332, 40))
    inside = box(X, Y - 0.46, 0.66, 0.36, 0.02)
    dish = np.minimum(outline([(0.30, 0.56), (0.56, 0.56), (0.52, 0.70), (0.34, 0.70)]), oval(0.43, 0.56, 0.13, 0.03))
    seed = oval(0.43, 0.56, 0.11, 0.022)
    perch = limb((-0.64, 0.42), (0.64, 0.42), 0.022, 0.022)
    tail = np.minimum(
        limb((-0.16, 0.22), (-0.34, 0.66), 0.075, 0.014), limb((-0.12, 0.22), (-0.26, 0.58), 0.070, 0.016)
    )
    plume = blend(paint(60, 124, 190), paint(28, 48, 96), edge(np.abs(np.mod(Y * 17, 1) - 0.5) - 0.18, 0.06) * 0.6)
    foot = np.minimum.reduce(
        [limb((-0.06 + 1.2 * d, 0.34), (-0.06 + 1.5 * d, 0.44), 0.018, 0.016) for d in (-0.05, 0.0, 0.05)]
    )
    stand = np.minimum(chain([(1.02, 1.1), (1.02, -0.60), (0.96, -0.80), (0.76, -0.93), (0.40, -0.95), (0.10, -0.92), (0.0, -0.88)], 0.032, 0.022), np.abs(np.hypot(X, Y + 0.80) - 0.075) - 0.016)  # fmt: skip
    paper_ = wall(196, 178, 150, 6333, 0.10)
    stripe = edge(np.abs(np.mod(X * 2.6, 1) - 0.5) - 0.22, 0.02)
    back = camera.Surface(blend(paper_.colours, paint(178, 160, 136), stripe * 0.6), np.zeros(X.shape))
    husks = oval(-0.34, 0.72, 0.02, 0.01)
    things = [
        thing(paint(70, 62, 54), inside, 0.02, 0.02, lift=0.0)._replace(cover=edge(inside) * 0.35), thing(paint(150, 110, 66), perch, 0.02, 0.04, lift=0.02), thing(plume, tail, 0.03, 0.05, gloss=0.2, lift=0.03), thing(paint(226, 170, 160), foot, 0.012, 0.05, lift=0.01),
        thing(paint(240, 240, 236), dish, 0.04, 0.06, gloss=0.4, lift=0.02), thing(paint(206, 176, 110, 0.5 * noise(6334, 160)), seed, 0.01, 0.05, lift=0.0), thing(brass, np.minimum(bars, hoop), 0.010, 0.05, gloss=0.7, lift=0.03, rim=0.006),
        thing(paint(196, 80, 60, 0.04 * noise(6335, 30)), np.minimum(tray, husks), 0.06, 0.10, gloss=0.4, lift=0.05), thing(paint(60, 56, 54), stand, 0.025, 0.08, gloss=0.5, lift=0.08),
        thing(cloth, dome_, 0.30, 0.22, lift=0.08, relief=0.030 * folds),
    ]  # fmt: skip
    return camera.taken(things, back, 6336, sun=(225, 50), turn=-2, zoom=1.02, shift=(0.10, -0.02), warmth=0.03, quality=66)  # fmt: skip


def clouded_five_under_strings() -> Image.Image:
    """Five thin rounded triangles in clear amber with brown and black clouds lie on the pale top of a guitar below its six strings and beside its round hole with a ringed border."""
    grain = fibres(6341, X, Y + 0.004 * noise(6342, 5), 46, 0.8)
    lines = np.sin(Y * 150 + 1.4 * noise(6343, 6))
    top = paint(226, 186, 120, 0.05 * grain + 0.018 * lines + 0.05 * noise(6344, 5))
    far = np.hypot(X + 0.98, Y + 0.52)
    ring = np.maximum(far - 0.78, 0.58 - far)
    mosaic = chance_of(6345, np.floor(np.arctan2(Y + 0.52, X + 0.98) * 40) + 91 * np.floor(far * 40))
    border = blend(paint(60, 36, 24), paint(220, 196, 150), (mosaic > 0.5).astype(float))
    border = blend(border, paint(30, 20, 16), edge(np.abs(np.abs(far - 0.68) - 0.075) - 0.010, 0.004))
    top = blend(top, border, edge(ring, 0.005))
    hole = far - 0.55
    top = blend(top, paint(22, 15, 12), edge(hole, 0.010))
    things: list[Thing] = []
    strings = [limb((-1.6, -0.80 + 0.105 * k), (1.6, -0.84 + 0.115 * k), 0.012 - 0.0014 * k, 0.012 - 0.0014 * k) for k in range(6)]  # fmt: skip
    wound = paint(196, 168, 120, 0.4 * np.sign(np.sin(X * 300)) * (Y < -0.5))
    wound = np.where((Y < -0.50)[..., None], wound, paint(216, 218, 222))
    picks = ((-0.62, 0.60, -24), (-0.06, 0.30, 14), (0.22, 0.72, 170), (0.62, 0.26, -62), (0.94, 0.66, 24))
    for k, (px, py, turn) in enumerate(picks):
        u, v = placed(px, py, turn)
        shape = outline([(-0.20, -0.19), (0.0, -0.225), (0.20, -0.19), (0.215, -0.10), (0.11, 0.13), (0.0, 0.25), (-0.11, 0.13), (-0.215, -0.10)], px, py, turn, 1.06)  # fmt: skip
        cloud = noise(6350 + k, 11 + k % 3, 3) + 0.35 * noise(6360 + k, 16)
        clear = paint(232, 158, 52, 0.10 * noise(6370 + k, 20))
        hue = blend(clear, paint(136, 58, 20), np.clip(0.5 + 2.6 * (cloud + 0.02), 0, 1))
        hue = blend(hue, paint(42, 20, 12), np.clip(0.5 + 4.0 * (cloud - 0.26), 0, 1))
        scratch = edge(np.abs(np.mod(v * 14 + 0.4 * u, 1) - 0.5) - 0.04, 0.03) * np.clip(noise(6380 + k, 9), 0, 1)
        hue = hue * (1 + 0.12 * scratch)[..., None]
        hue = blend(hue, hue * 1.35, edge(np.abs(shape + 0.022) - 0.016, 0.012) * 0.8)
        things.append(thing(hue, shape, 0.035, 0.035, gloss=0.7, lift=0.025))
    things.append(thing(wound, np.minimum.reduce(strings), 0.010, 0.04, gloss=0.8, lift=0.10, rim=0.005))
    ground = camera.Surface(top, -0.20 * edge(hole, 0.02) + 0.0007 * lines)
    return camera.taken(things, ground, 6390, sun=(240, 48), turn=4, tilt=(0.0, 0.04), zoom=1.04, warmth=0.02, quality=68)  # fmt: skip
