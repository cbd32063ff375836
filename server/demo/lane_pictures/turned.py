"""The picture lane's own pictures: logs, bark and things turned or carved of wood. Each shows what a lesson or the list of species says."""

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
    edge,
    fibres,
    noise,
    paint,
    placed,
)
from server.demo.lane_pictures.outlines import chain, limb, melted, outline, oval, thing, wall
from server.demo.lane_pictures.props import paper, water


def raft_in_brown_water() -> Image.Image:
    """From a boat: seven huge red-brown logs side by side in muddy water, tied with ropes to two poles across them; painted letters on the sawn ends; a paddle, a green bank."""
    river = water(146, 112, 74, 5701)
    bank = edge(Y + 0.70 + 0.05 * noise(5702, 9), 0.03)
    leaves = noise(5703, 26, 3)
    scene = camera.Surface(
        blend(river.colours, paint(52, 92, 44, 0.6 * leaves), bank), river.height + 0.05 * leaves * bank
    )
    things: list[Thing] = []
    widths = (0.17, 0.20, 0.15, 0.21, 0.18, 0.16, 0.19)
    x = -1.16
    for k, wide in enumerate(widths):
        x += wide
        top, low = -0.58 - 0.05 * (k % 3), 0.50 + 0.07 * ((k * 2) % 3)
        body = np.maximum(
            box(X - x, Y - 0.5 * (top + low), wide, 0.5 * (low - top), 0.05) + 0.012 * noise(5704 + k, 9), -9
        )
        grain = fibres(5711 + k, Y, X, 26, 2.4)
        bark = paint(126, 74, 52, 0.30 * grain + 0.10 * noise(5718 + k, 6))
        bark = blend(bark, paint(196, 120, 84, 0.2 * grain), edge(noise(5725 + k, 5) - 0.25, 0.08) * 0.8)
        cut = oval(x, low, wide * 0.96, 0.105)
        rings = np.sin(np.hypot((X - x) / wide, (Y - low) / 0.105) * 26 + 2 * noise(5732, 5))
        face = blend(paint(190, 104, 70, 0.10 * rings), paint(226, 178, 130), edge(np.abs(cut + 0.012) - 0.010, 0.008))
        mark = np.minimum(np.maximum(np.abs(np.abs(X - x) - 0.03) - 0.010, np.abs(Y - low) - 0.045), np.maximum(np.abs(Y - low) - 0.010, np.abs(X - x) - 0.04))  # fmt: skip
        if k % 2:
            face = blend(face, paint(240, 236, 220), edge(mark, 0.006))
        things += [thing(bark, body, wide * 0.9, 0.20, lift=0.06, relief=0.012 * grain), thing(face, cut, 0.02, 0.20, lift=0.02)]  # fmt: skip
        x += wide
    for py in (-0.36, 0.26):
        pole = limb((-1.24, py), (1.32, py - 0.03), 0.040, 0.034)
        things.append(thing(paint(168, 138, 92, 0.16 * fibres(5733, X, Y, 60, 3)), pole, 0.04, 0.28, lift=0.06))
        x = -1.16
        ties = np.full(X.shape, 9.0)
        for wide in widths:
            x += 2 * wide
            ties = np.minimum.reduce([ties] + [limb((x - 0.06 + d, py - 0.09), (x + 0.04 + d, py + 0.08), 0.014, 0.014) for d in (0.0, 0.035)] + [limb((x + 0.05, py - 0.09), (x - 0.05, py + 0.08), 0.014, 0.014)])  # fmt: skip
        things.append(thing(paint(226, 206, 150, 0.2 * np.sin((X + Y) * 160)), ties, 0.014, 0.32, lift=0.02))
    paddle = np.minimum(limb((-0.76, 0.20), (0.20, -0.16), 0.022, 0.022), oval(0.34, -0.21, 0.20, 0.075, -20))
    things.append(
        thing(paint(214, 170, 104, 0.10 * fibres(5735, X, Y, 40, 3)), paddle, 0.04, 0.34, gloss=0.2, lift=0.05)
    )
    return camera.taken(things, scene, 5739, sun=(240, 54), turn=-3, tilt=(0.0, 0.10), zoom=1.0, quality=60)


def _trunk_up(px: float, py: float, size: float, flip: bool, seed: int) -> list[Thing]:
    """A carved standing elephant from its side."""

    def shape(points: list[tuple[float, float]]) -> Plane:
        return outline(points, px, py, 0, size, flip=flip)

    body = shape([(-0.40, -0.20), (-0.10, -0.36), (0.30, -0.32), (0.52, -0.10), (0.52, 0.16), (0.30, 0.26), (-0.20, 0.26), (-0.46, 0.10)])  # fmt: skip
    head = shape([(-0.34, -0.28), (-0.52, -0.40), (-0.70, -0.34), (-0.78, -0.14), (-0.72, 0.06), (-0.50, 0.12), (-0.34, 0.0)])  # fmt: skip
    way = -size if flip else size
    trunk = chain([(px + way * a, py + size * b) for a, b in ((-0.72, 0.0), (-0.86, 0.06), (-0.97, -0.08), (-0.98, -0.28), (-0.92, -0.42), (-0.99, -0.52))], 0.10 * size, 0.040 * size)  # fmt: skip
    legs = np.minimum.reduce([chain([(px + way * a, py + size * 0.10), (px + way * (a + d), py + size * 0.40), (px + way * (a + d), py + size * 0.60)], 0.13 * size, 0.105 * size) for a, d in ((-0.34, -0.02), (-0.08, 0.03), (0.22, 0.0), (0.44, 0.03))])  # fmt: skip
    tail = chain([(px + way * 0.52, py - size * 0.06), (px + way * 0.62, py + size * 0.14), (px + way * 0.60, py + size * 0.30)], 0.030 * size, 0.016 * size)  # fmt: skip
    ear = shape([(-0.42, -0.26), (-0.22, -0.30), (-0.10, -0.14), (-0.16, 0.08), (-0.30, 0.16), (-0.42, 0.0)])
    grain = fibres(seed, X, Y + 0.2 * noise(seed + 1, 3), 40, 3)
    black = paint(44, 36, 34, 0.30 * grain)
    dot = np.hypot(X - px + way * 0.58, Y - py + size * 0.18) - 0.020 * size
    facing = blend(black, paint(200, 190, 176), edge(dot, 0.006))
    return [
        thing(black * 0.85, np.minimum(legs, tail), 0.10 * size, 0.14, gloss=0.6, lift=0.10), thing(facing, melted(body, head, trunk, by=22), 0.26 * size, 0.26, gloss=0.7, lift=0.10),
        thing(black * 1.15, ear, 0.06 * size, 0.30, gloss=0.7, lift=0.03, relief=0.01 * grain),
    ]  # fmt: skip


def black_pair_on_shelf() -> Image.Image:
    """Two polished black carved elephants with raised trunks face each other on a white shelf between books, a small one and a large one; no tusks."""
    things: list[Thing] = []
    for k, (px, wide, high, hue) in enumerate(((-1.20, 0.085, 0.46, (70, 96, 120)), (1.06, 0.085, 0.44, (86, 110, 80)), (1.24, 0.08, 0.50, (206, 170, 100)))):  # fmt: skip
        spine = box(X - px, Y - 0.62 + high, wide, high, 0.01)
        stripe = np.minimum(np.abs(Y - 0.62 + 1.7 * high), np.abs(Y - 0.62 + 0.3 * high)) - 0.014
        things.append(thing(blend(paint(*hue, 0.05 * noise(5741 + k, 60)), paint(230, 210, 150), edge(stripe, 0.005)), spine, 0.05, 0.10, lift=0.08))  # fmt: skip
    things += _trunk_up(0.50, 0.14, 0.78, flip=False, seed=5745)
    things += _trunk_up(-0.84, 0.32, 0.48, flip=True, seed=5748)
    board = box(X, Y - 0.70, 1.6, 0.075, 0.01)
    shelf = thing(paint(236, 234, 228, 0.02 * noise(5751, 20)), board, 0.02, 0.10, lift=0.12)
    paper_ = wall(146, 172, 166, 5752, 0.06)
    motif = np.abs(np.hypot(np.mod(X * 2.5, 1) - 0.5, np.mod(Y * 2.5 + 0.2, 1) - 0.5) - 0.42) - 0.02
    back = camera.Surface(blend(paper_.colours, paint(196, 210, 200), edge(motif, 0.02) * 0.6), np.zeros(X.shape))
    return camera.taken([shelf, *things], back, 5753, sun=(222, 50), turn=1, zoom=1.0, shift=(0.0, -0.06), quality=66)


def pair_with_red_cord() -> Image.Image:
    """Two pairs of round dark red-brown shells, like halves of a chestnut, tied with a red cord, on sheet music; one shows its hollow; a folded fan and a comb of lace."""
    sheet = camera.Surface(paint(238, 230, 208, 0.03 * noise(5761, 60)), 0.03 * noise(5762, 3))
    x, y = placed(0.0, 0.0, -8)
    line = np.abs(np.mod(y * 2.6, 1) - 0.5)
    staff = edge(np.abs(np.mod(line * 12, 1) - 0.5) - 0.44, 0.05) * edge(line - 0.22, 0.01)
    u, v = np.mod(x * 6 + 0.37 * np.floor(y * 2.6), 1) - 0.5, np.mod(y * 2.6 + 0.06 * np.sin(np.floor(x * 6) * 2.1), 1) - 0.5  # fmt: skip
    notes = np.minimum(np.hypot(u / 6 * 0.8, v / 2.6) - 0.024, np.maximum(np.abs(u / 6 - 0.022) - 0.004, np.maximum(v / 2.6, -v / 2.6 - 0.12)))  # fmt: skip
    ink = np.maximum((1 - staff) * edge(line - 0.23, 0.01) * 0.5, edge(notes, 0.005) * 0.85)
    sheet = camera.Surface(blend(sheet.colours, paint(40, 36, 36), ink), sheet.height)
    things: list[Thing] = []
    hair = fibres(5763, X + 0.2 * noise(5764, 3), Y, 40, 2.4)
    wood = paint(112, 48, 36, 0.34 * hair)
    for k, (px, py, turn, hollow) in enumerate(((-0.60, 0.02, -14, False), (-0.02, -0.22, 18, True), (0.42, 0.38, -30, False), (0.84, 0.02, 14, False))):  # fmt: skip
        shell = outline([(-0.12, -0.32), (-0.06, -0.38), (0.0, -0.30), (0.06, -0.38), (0.12, -0.32), (0.29, -0.10), (0.30, 0.12), (0.17, 0.30), (0.0, 0.35), (-0.17, 0.30), (-0.30, 0.12), (-0.29, -0.10)], px, py, turn, 1.0)  # fmt: skip
        a, b = placed(px, py, turn)
        holes = np.minimum(np.hypot(a + 0.07, b + 0.22), np.hypot(a - 0.07, b + 0.22)) - 0.026
        face = blend(wood * (0.9 + 0.06 * k), paint(30, 12, 10), edge(holes, 0.006))
        if hollow:
            bowl = oval(px + 0.02, py + 0.06, 0.19, 0.20, turn)
            face = blend(face, paint(66, 26, 20, 0.3 * hair), edge(bowl, 0.012))
            things.append(thing(face, shell, 0.05, 0.12, gloss=0.5, lift=0.10, relief=-0.14 * edge(bowl, 0.10)))
        else:
            things.append(thing(face, shell, 0.30, 0.26, gloss=0.8, lift=0.12, relief=0.004 * hair))
    cords = np.minimum.reduce([
        chain([(-0.60, -0.22), (-0.46, -0.52), (-0.26, -0.58), (-0.06, -0.46)], 0.018, 0.018), chain([(-0.70, -0.20), (-0.80, -0.46), (-0.96, -0.50), (-1.06, -0.36)], 0.018, 0.018),
        chain([(0.30, 0.18), (0.30, -0.14), (0.50, -0.30), (0.80, -0.24)], 0.018, 0.018), chain([(0.92, -0.22), (1.08, -0.40), (1.22, -0.34)], 0.018, 0.018),
    ])  # fmt: skip
    knots = np.minimum.reduce([np.hypot(X - a, Y - b) - 0.045 for a, b in ((-1.06, -0.36), (1.22, -0.34), (-0.26, -0.58))])  # fmt: skip
    tassel = np.minimum.reduce([limb((-1.06, -0.34), (-1.16 + 0.04 * k, -0.10), 0.010, 0.007) for k in range(6)])
    red = paint(206, 30, 42, 0.25 * np.sin((X + Y) * 170))
    things.append(thing(red, np.minimum.reduce([cords, knots, tassel]), 0.02, 0.05, lift=0.04))
    lace = oval(-0.66, 0.86, 0.62, 0.26, -6)
    mesh = np.minimum(np.hypot(np.mod(X * 9, 1) - 0.5, np.mod(Y * 9, 1) - 0.5), 1) - 0.30
    black = thing(paint(26, 24, 28), np.maximum(lace, -np.maximum(mesh * 0.1, lace + 0.07)), 0.01, 0.02, lift=0.02)
    return camera.taken([black, *things], sheet, 5769, sun=(228, 50), turn=3, tilt=(0.02, 0.02), zoom=1.02, warmth=0.03, quality=64)  # fmt: skip


def curled_strips_in_bundles() -> Image.Image:
    """Bundles of long curled strips of bark, dark and cracked outside and red-brown inside, tied with strips of bast, on a tarpaulin; a machete, a hanging scale, boots of a man."""
    weave = np.sin(X * 140) * np.sin(Y * 140)
    fold = noise(5771, 4, 2)
    tarp = camera.Surface(paint(44, 96, 150, 0.05 * weave + 0.10 * fold), 0.10 * fold)
    things: list[Thing] = []
    chance = np.random.default_rng(5772)
    for px, py, turn in ((-0.62, -0.46, 6), (0.56, -0.30, -12), (-0.36, 0.30, -6)):
        cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        u, v = placed(px, py, turn)
        for k in range(7):
            off, slide, long = -0.24 + 0.08 * k, chance.uniform(-0.08, 0.08), chance.uniform(0.50, 0.62)
            cx, cy = px + slide * cos - off * sin, py + slide * sin + off * cos
            a, b = placed(cx, cy, turn + chance.uniform(-4, 4))
            strip = box(a, b + 0.02 * np.sin(a * 4 + k), long, 0.056, 0.03) + 0.010 * noise(5773 + k, 20)
            grain = fibres(5780 + k, a, b, 50, 3)
            cracks = edge(np.abs(np.mod(a * 11 + 2 * noise(5787 + k, 12), 1) - 0.5) - 0.07, 0.05)
            outer = paint(74, 60, 50, 0.35 * grain) * (1 - 0.5 * cracks)[..., None]
            inner = paint(176, 92, 56, 0.25 * grain)
            roll = np.maximum(np.abs(b - 0.014) - 0.020, np.abs(a) - long + 0.02)
            skin = blend(outer, inner, edge(roll, 0.008)) if k % 2 == 0 else blend(inner, outer, edge(roll, 0.008) * 0.3)  # fmt: skip
            things.append(thing(skin, strip, 0.05, 0.12, lift=0.05, relief=-0.05 * edge(roll, 0.02) + 0.008 * grain))
        for d in (-0.26, 0.28):
            tie = np.maximum(np.abs(u - d - 0.02 * np.sin(v * 20)) - 0.026, np.abs(v) - 0.315)
            things.append(thing(paint(206, 180, 120, 0.2 * fibres(5794, v, u, 90, 4)), tie, 0.02, 0.18, lift=0.03))
    blade = outline([(-0.62, 0.02), (-0.50, -0.06), (0.30, -0.04), (0.30, 0.06), (-0.50, 0.10)], 0.66, 0.62, -14)
    grip = limb((0.95, 0.55), (1.22, 0.48), 0.045, 0.05)
    things += [thing(paint(166, 170, 174, 0.12 * noise(5795, 30)), blade, 0.02, 0.03, gloss=0.7, lift=0.04), thing(paint(60, 40, 30), grip, 0.04, 0.06, gloss=0.3, lift=0.05)]  # fmt: skip
    dial, face = np.hypot(X - 1.02, Y + 0.76) - 0.24, np.hypot(X - 1.02, Y + 0.76) - 0.20
    angle = np.arctan2(Y + 0.76, X - 1.02)
    ticks = np.maximum(np.abs(np.mod(angle * 20 / (2 * np.pi), 1) - 0.5) - 0.10, 0.15 - np.hypot(X - 1.02, Y + 0.76))
    plate = blend(paint(240, 238, 228), paint(30, 30, 30), edge(ticks, 0.03))
    plate = blend(plate, paint(206, 30, 30), edge(limb((1.02, -0.76), (1.12, -0.64), 0.010, 0.006), 0.005))
    things += [thing(paint(60, 120, 80), dial, 0.04, 0.10, gloss=0.5, lift=0.08), thing(plate, face, 0.01, 0.11, lift=0.01)]  # fmt: skip
    return camera.taken(things, tarp, 5799, sun=(232, 50), turn=4, tilt=(0.02, 0.03), zoom=1.0, warmth=0.02, quality=62)


def orange_staves_in_vice() -> Image.Image:
    """A bundle of long square orange-brown sticks tied with string on a workbench; one more, eight-sided and half planed, with shavings; a small brass plane, a white coil of horsehair, a card."""
    bench = camera.wood(150, 112, 74, 5801, 0.7)
    things: list[Thing] = []
    for row in (0, 1):
        for k in range(6):
            cx, cy = -0.10 + 0.05 * ((k * 7 + row * 3) % 4 - 1.5), -0.52 + 0.088 * k + 0.04 * row
            u, v = placed(cx, cy, -4)
            stick = box(u, v, 1.12 + 0.03 * ((k * 5) % 3), 0.040, 0.006)
            grain = fibres(5802 + k + 7 * row, u, v, 70, 2.0)
            tone = 0.14 * ((k * 3 + row) % 4 - 1.5) / 1.5
            side = paint(204, 104, 46, 0.20 * grain + tone)
            end = np.maximum(stick, 1.06 - u)
            wax = blend(side, paint(206, 40, 50), edge(end, 0.006))
            things.append(thing(wax, stick, 0.02, 0.06 + 0.07 * row, gloss=0.2, lift=0.05))
    u, v = placed(-0.10, -0.30, -4)
    for d in (-0.66, 0.50):
        cord = np.minimum.reduce(
            [np.maximum(np.abs(u - d - c) - 0.011, np.abs(v) - 0.285) for c in (-0.028, 0.0, 0.028)]
        )
        things.append(thing(paint(236, 226, 200, 0.2 * np.sin(v * 200)), cord, 0.012, 0.17, lift=0.03))
    a, b = placed(-0.30, 0.40, 6)
    one = box(a, b, 1.02, 0.034, 0.012)
    planed = paint(220, 118, 52, 0.18 * fibres(5815, a, b, 80, 2)) * (1 + 0.22 * np.sign(b + 0.010) * edge(np.abs(b + 0.010) - 0.03, 0.01))[..., None]  # fmt: skip
    things.append(thing(planed, one, 0.03, 0.09, gloss=0.4, lift=0.06))
    curls = np.minimum.reduce([np.abs(np.hypot(X - px, Y - py) - r) - 0.012 for px, py, r in ((-0.34, 0.58, 0.07), (-0.20, 0.66, 0.05), (-0.48, 0.68, 0.085), (-0.06, 0.56, 0.06), (-0.62, 0.56, 0.05), (-0.28, 0.80, 0.06))])  # fmt: skip
    things.append(thing(paint(238, 160, 96, 0.15 * noise(5816, 60)), curls, 0.012, 0.04, gloss=0.3, lift=0.03))
    plane_ = melted(box(X - 0.20, Y - 0.43, 0.20, 0.075, 0.03), oval(0.02, 0.41, 0.07, 0.06), by=40)
    knob = np.hypot(X - 0.30, Y - 0.42) - 0.05
    iron = box(X - 0.16, Y - 0.43, 0.035, 0.085, 0.005)
    things += [thing(paint(214, 170, 74), plane_, 0.05, 0.20, gloss=0.9, lift=0.10), thing(paint(120, 122, 128), iron, 0.02, 0.24, gloss=0.8, lift=0.03), thing(paint(190, 146, 60), knob, 0.05, 0.28, gloss=0.9, lift=0.03)]  # fmt: skip
    ring = np.hypot(X - 0.90, Y - 0.40)
    hank = np.abs(ring - 0.24) - 0.085
    hair = np.sin(ring * 240 + 3 * np.arctan2(Y - 0.40, X - 0.90))
    tie = np.maximum(np.abs(Y - 0.40) - 0.03, np.abs(X - 0.66) - 0.10)
    things += [thing(paint(240, 236, 222, 0.10 * hair), hank, 0.08, 0.10, gloss=0.3, lift=0.05, relief=0.004 * hair), thing(paint(60, 80, 150), tie, 0.02, 0.14, lift=0.02)]  # fmt: skip
    card = paper(0.86, 0.82, 0.22, 0.10, -6, (246, 242, 230), 5817, line=0.06)
    return camera.taken(
        [*things, card], bench, 5819, sun=(226, 52), turn=-2, tilt=(0.0, 0.02), zoom=1.02, warmth=0.02, quality=66
    )
