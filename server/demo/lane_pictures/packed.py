"""The picture lane's own pictures: what was packed, netted or plumbed in. Each shows what a lesson or the list of species says."""

import numpy as np
from PIL import Image, ImageDraw

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (
    HEIGHT,
    WIDTH,
    Plane,
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
    strewn,
)
from server.demo.lane_pictures.outlines import chain, limb, melted, outline, oval, thing, together
from server.demo.lane_pictures.props import room


def folds_under_brass_tap() -> Image.Image:
    """A huge thick white shell with five deep folds serves as a wash basin on an iron stand; a brass tap above it, green tiles, soap, a towel on a ring."""
    lobes = [(-0.92, -0.14), (-0.80, -0.30), (-0.62, -0.16), (-0.46, -0.34), (-0.26, -0.18), (0.0, -0.36), (0.26, -0.18), (0.46, -0.34), (0.62, -0.16), (0.80, -0.30), (0.92, -0.14)]  # fmt: skip
    front = [(0.92, -0.08), (0.78, 0.10), (0.62, -0.02), (0.44, 0.18), (0.24, 0.04), (0.0, 0.22), (-0.24, 0.04), (-0.44, 0.18), (-0.62, -0.02), (-0.78, 0.10), (-0.92, -0.08)]  # fmt: skip
    whole = outline([*lobes, (0.90, 0.10), (0.70, 0.40), (0.34, 0.60), (0.0, 0.66), (-0.34, 0.60), (-0.70, 0.40), (-0.90, 0.10)])  # fmt: skip
    mouth = outline(lobes + front)
    turn = np.arctan2(X, 1.05 - Y)
    far = np.hypot(X, Y - 1.0)
    fold = np.cos(turn * 14.2)
    growth = np.sin(far * 58 + 0.7 * fold + 1.4 * noise(5101, 9))
    outside = paint(244, 240, 228, 0.08 * fold + 0.05 * growth + 0.06 * noise(5102, 7))
    outside = blend(outside, paint(206, 190, 160), edge(0.40 - Y, 0.2) * 0.5)
    inside_ = paint(250, 250, 246, 0.04 * np.cos(X * 8.4))
    water_ = np.maximum(oval(0.0, 0.02, 0.62, 0.12), mouth + 0.05)
    drain = oval(0.02, 0.03, 0.06, 0.022)
    spout = np.minimum.reduce([limb((0.0, -1.1), (0.0, -0.58), 0.050, 0.050), chain([(0.0, -0.80), (0.06, -0.86), (0.14, -0.87), (0.20, -0.82), (0.22, -0.74), (0.22, -0.58)], 0.045, 0.038), oval(0.0, -0.56, 0.075, 0.05), limb((-0.16, -0.70), (0.0, -0.70), 0.03, 0.03), oval(-0.18, -0.70, 0.06, 0.06)])  # fmt: skip
    drop = limb((0.22, -0.56), (0.22, -0.02), 0.014, 0.018)
    legs = np.minimum.reduce([chain([(s * 0.30, 0.52), (s * 0.50, 0.80), (s * 0.40, 1.1)], 0.04, 0.035) for s in (-1, 1)] + [limb((-0.50, 0.76), (0.50, 0.76), 0.025, 0.025)])  # fmt: skip
    ring = np.abs(np.hypot(X - 1.06, Y + 0.44) - 0.13) - 0.016
    towel = outline([(0.94, -0.36), (1.18, -0.36), (1.24, 0.44), (0.92, 0.46)], sharp=True)
    stripe = np.abs(np.mod(Y * 4, 1) - 0.5) - 0.12
    x, y = np.mod(X + 0.17, 0.34) - 0.17, np.mod(Y + 0.05, 0.34) - 0.17
    gap = 1 - edge(box(x, y, 0.164, 0.164, 0.01), 0.005)
    row, column = np.floor((Y + 0.05) / 0.34), np.floor((X + 0.17) / 0.34)
    glaze = paint(74, 134, 116, 0.14 * noise(5103, 12) + 0.16 * (chance_of(5104, row * 7 + column) - 0.5))
    tiled = camera.Surface(blend(glaze, paint(216, 214, 204), gap), -0.02 * gap + 0.01 * noise(5103, 12))
    things = [
        thing(paint(40, 38, 38), legs, 0.04, 0.06, gloss=0.4, lift=0.14), thing(paint(204, 164, 84), ring, 0.016, 0.03, gloss=0.8, lift=0.04), thing(blend(paint(236, 230, 220), paint(70, 96, 150), edge(stripe, 0.02)), towel, 0.05, 0.06, lift=0.05, relief=0.02 * np.sin(X * 40)),
        thing(paint(206, 166, 82), spout, 0.05, 0.10, gloss=1.0, lift=0.10),
        thing(outside, whole, 0.40, 0.16, gloss=0.15, lift=0.18, relief=0.055 * fold + 0.003 * growth), Thing(inside_, edge(mouth), -0.16 * np.clip(-mouth / 0.16, 0, 1) + 0.035 * np.cos(X * 13.6), 0.5, 0.0),
        thing(paint(176, 206, 212), water_, 0.02, 0.0)._replace(cover=edge(water_, 0.03) * 0.7, lift=0.0, gloss=0.4), thing(paint(150, 120, 60), drain, 0.02, 0.01, gloss=0.8, lift=0.0), thing(paint(230, 242, 246), drop, 0.014, 0.03)._replace(cover=edge(drop) * 0.6, lift=0.0),
    ]  # fmt: skip
    return camera.taken(things, tiled, 5105, sun=(240, 54), turn=-1, zoom=1.0, warmth=0.02, quality=66)


def _threads(seed: int, shape: Plane, count: int) -> tuple[Plane, Plane]:
    """Many thin bent threads within a shape, and a dark dot at one end of each: where there is ink of either."""
    chance = np.random.default_rng(seed)
    threads, dots = Image.new("L", (WIDTH * 2, HEIGHT * 2)), Image.new("L", (WIDTH * 2, HEIGHT * 2))
    pen, dotter = ImageDraw.Draw(threads), ImageDraw.Draw(dots)
    rows, columns = np.nonzero(shape < -0.05)
    for at in chance.integers(0, len(rows), count):
        x, y, way, bend = (
            float(columns[at]) * 2,
            float(rows[at]) * 2,
            chance.uniform(0, 6.28),
            chance.uniform(-0.16, 0.16),
        )
        points = [(x, y)]
        for _ in range(18):
            way += bend + chance.uniform(-0.05, 0.05)
            x, y = x + 5.6 * np.cos(way), y + 5.6 * np.sin(way)
            points.append((x, y))
        pen.line(points, int(chance.integers(150, 256)), 6)
        dotter.ellipse([points[0][0] - 3.8, points[0][1] - 3.8, points[0][0] + 3.8, points[0][1] + 3.8], 255)
    within = edge(shape + 0.02) / 255
    thin, dark = (np.asarray(ink.resize((WIDTH, HEIGHT), Image.Resampling.BOX), dtype=float) * within for ink in (threads, dots))  # fmt: skip
    return thin, dark


def swollen_bags_by_shirt() -> Image.Image:
    """An open suitcase from above: four swollen clear bags of water, tied with red rubber bands, full of thin pale threads with dark dots; a folded shirt, socks and an ice bottle between them."""
    case, lining = box(X, Y, 1.26, 0.90, 0.10), box(X, Y, 1.16, 0.80, 0.07)
    weave = np.sin(X * 130) * np.sin(Y * 130)
    cloth = paint(126, 44, 52, 0.10 * weave + 0.08 * noise(5111, 5))
    hull = blend(paint(42, 46, 54, 0.06 * noise(5112, 60)), cloth, edge(lining))
    strap = np.maximum(np.abs(X + 0.04 * Y - 0.02) - 0.035, lining)
    things = [thing(hull, case, 0.05, 0.10, lift=0.12, relief=-0.10 * edge(lining, 0.03))]
    shirt = box(X - 0.70, Y - 0.46, 0.36, 0.28, 0.03)
    stripes = np.abs(np.mod((X - 0.70) * 12, 1) - 0.5) - 0.14
    linen_ = blend(paint(232, 236, 240), paint(100, 140, 190), edge(stripes, 0.04))
    collar = np.minimum(outline([(0.52, 0.20), (0.70, 0.34), (0.70, 0.22)], sharp=True), outline([(0.88, 0.20), (0.70, 0.34), (0.70, 0.22)], sharp=True))  # fmt: skip
    buttons = np.minimum.reduce([np.hypot(X - 0.70, Y - c) - 0.018 for c in (0.42, 0.54, 0.66)])
    things += [thing(linen_, shirt, 0.08, 0.10, lift=0.05, relief=0.01 * noise(5113, 12)), thing(linen_ * 1.03, collar, 0.02, 0.12, lift=0.03), thing(paint(250, 250, 246), buttons, 0.015, 0.12)]  # fmt: skip
    socks = np.minimum.reduce([oval(-0.02, 0.60, 0.13, 0.11), oval(0.20, 0.62, 0.12, 0.10)])
    things.append(thing(paint(70, 84, 70, 0.14 * np.sin(X * 90 + Y * 40)), socks, 0.10, 0.12, lift=0.05))
    for k, (px, py, wide, high, lean) in enumerate(((-0.72, -0.34, 0.40, 0.38, -6), (0.10, -0.34, 0.36, 0.38, 5), (0.82, -0.32, 0.30, 0.40, -4), (-0.62, 0.42, 0.46, 0.32, 8))):  # fmt: skip
        u, v = placed(px, py, lean)
        bag = box(u, v, wide, high, 0.20) + 0.02 * noise(5114 + k, 8)
        neck = np.minimum(limb((px + 0.02, py - high + 0.04), (px + 0.05, py - high - 0.05), 0.10, 0.035), outline([(-0.10, -0.08), (0.10, -0.08), (0.03, 0.06), (-0.03, 0.06)], px + 0.06, py - high - 0.10, 10))  # fmt: skip
        band = limb((px, py - high - 0.035), (px + 0.10, py - high - 0.025), 0.018, 0.018)
        ink, dots = _threads(5120 + k, bag, 230)
        wet = paint(84, 124, 136, 0.10 * noise(5130 + k, 6))
        inside = blend(blend(wet, paint(240, 238, 216), ink * 0.85), paint(16, 16, 20), dots)
        shine = np.abs(np.abs(u + 0.5 * wide) - 0.02 + 0.02 * noise(5140 + k, 9)) - 0.014
        things += [
            thing(inside, bag, 0.18, 0.20, gloss=0.5, lift=0.08, relief=0.010 * noise(5150 + k, 14)), thing(paint(226, 234, 236), neck, 0.05, 0.10, gloss=0.7)._replace(cover=edge(neck) * 0.7),
            thing(paint(250, 252, 252), np.maximum(shine, bag + 0.08), 0.01, 0.2)._replace(cover=edge(np.maximum(shine, bag + 0.08), 0.014) * 0.55, lift=0.0), thing(paint(206, 40, 40), band, 0.018, 0.14, gloss=0.3),
        ]  # fmt: skip
    things.append(thing(paint(60, 62, 70), strap, 0.02, 0.22, lift=0.03))
    floor = camera.speckled(150, 146, 138, 5160, 0.5)
    return camera.taken(things, floor, 5161, sun=(228, 54), turn=-3, tilt=(0.01, 0.03), zoom=0.98, quality=68)


def green_backs_under_mesh() -> Image.Image:
    """A knotted orange net sack on a wet stone floor, packed with large green animals with dark blotches, a pale line down the back and bulging eyes; a hand scale's hook holds it."""
    sack = outline([(-0.10, -0.74), (0.12, -0.74), (0.22, -0.56), (0.62, -0.36), (0.94, 0.06), (0.86, 0.56), (0.40, 0.78), (-0.40, 0.80), (-0.88, 0.58), (-0.94, 0.08), (-0.58, -0.38), (-0.20, -0.56)])  # fmt: skip
    things: list[Thing] = []
    dark = paint(60, 56, 40, 0.3 * noise(5171, 20))
    things.append(thing(dark, sack, 0.3, 0.20, lift=0.12))
    places = ((-0.42, -0.20, 60), (0.10, -0.34, -20), (0.48, -0.08, 120), (-0.70, 0.14, -70), (-0.22, 0.10, 200), (0.24, 0.22, 30), (0.70, 0.30, -110), (-0.58, 0.50, 20), (-0.06, 0.52, -40), (0.40, 0.58, 170))  # fmt: skip
    for k, (px, py, turn) in enumerate(places):
        cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))

        def at(x: float, y: float, px: float = px, py: float = py, cos: float = cos, sin: float = sin) -> tuple[float, float]:  # fmt: skip
            return (px + x * cos - y * sin, py + x * sin + y * cos)

        u, v = placed(px, py, turn)
        body = melted(oval(*at(-0.05, 0), 0.235, 0.170, turn), oval(*at(0.14, 0), 0.150, 0.125, turn), by=30)
        thighs = np.minimum.reduce([chain([at(-0.20, s * 0.06), at(-0.02, s * 0.20), at(-0.20, s * 0.22)], 0.085, 0.045) for s in (-1, 1)] + [chain([at(0.08, s * 0.10), at(0.12, s * 0.20), at(0.20, s * 0.20)], 0.040, 0.025) for s in (-1, 1)])  # fmt: skip
        blots = np.hypot(np.mod(u + 0.02 * k, 0.12) - 0.06, np.mod(np.abs(v) + 0.05, 0.10) - 0.05) - 0.026 + 0.03 * noise(5172 + k, 26)  # fmt: skip
        hide = blend(paint(150, 168, 76, 0.14 * noise(5185 + k, 14)), paint(52, 60, 30), edge(blots, 0.012) * 0.85)
        folds = np.abs(np.mod(v * 26, 1) - 0.5) - 0.10
        hide = blend(hide, paint(70, 84, 40), edge(folds, 0.1) * edge(u - 0.05, 0.05) * 0.4)
        hide = blend(hide, paint(226, 214, 130), edge(np.abs(v) - 0.012, 0.008))
        eyes = [oval(*at(0.17, s * 0.075), 0.042, 0.042) for s in (-1, 1)]
        pupils = np.minimum.reduce([oval(*at(0.175, s * 0.080), 0.026, 0.018, turn) for s in (-1, 1)])
        gaze = blend(paint(206, 166, 70), paint(14, 12, 10), edge(pupils, 0.005))
        things.append(together(thing(hide * 0.85, thighs, 0.06, 0.08), thing(hide, body, 0.14, 0.16, relief=0.001 * noise(5198 + k, 90)), thing(gaze, np.minimum(*eyes), 0.03, 0.21, gloss=0.8), gloss=0.15, lift=0.06))  # fmt: skip
    figures = together(*things[1:], gloss=0.15, lift=0.02)
    figures = figures._replace(cover=figures.cover * edge(sack + 0.03))
    bent = 0.05 * noise(5211, 5)
    mesh = np.minimum(np.abs(np.mod((X + Y) * 3.9 + bent * 6, 1) - 0.5), np.abs(np.mod((X - Y) * 3.9 + bent * 6, 1) - 0.5)) / 5.5 - 0.007  # fmt: skip
    knots = np.hypot(np.mod((X + Y) * 3.9 + bent * 6, 1) - 0.5, np.mod((X - Y) * 3.9 + bent * 6, 1) - 0.5) / 5.5 - 0.018
    net = np.maximum(np.minimum(mesh, knots), sack)
    tuft = np.minimum.reduce([limb((0.0, -0.70), (-0.14 + 0.07 * k, -1.02), 0.05, 0.016) for k in range(5)])
    hook = np.minimum(np.abs(np.hypot(X - 0.02, Y + 0.80) - 0.075) - 0.020, limb((0.02, -0.88), (0.02, -1.2), 0.022, 0.022))  # fmt: skip
    x, y = np.mod(X + 0.12 * Y + 0.5, 1.0) - 0.5, np.mod(Y + 0.3, 0.62) - 0.31
    joint = 1 - edge(box(x, y, 0.49, 0.30, 0.02), 0.01)
    puddle = edge(noise(5212, 4) - 0.25, 0.06)
    stone = blend(paint(134, 136, 134, 0.16 * noise(5213, 60)), paint(80, 84, 84), joint)
    stone = blend(stone, paint(170, 184, 190), puddle * 0.35)
    floor = camera.Surface(stone, -0.02 * joint + 0.012 * noise(5213, 60) * (1 - puddle))
    things = [things[0], figures, thing(paint(232, 110, 34, 0.10 * np.sin((X + Y) * 160)), net, 0.008, 0.23, lift=0.01, rim=0.005), thing(paint(232, 110, 34, 0.2 * np.sin(X * 130)), tuft, 0.04, 0.10, lift=0.06), thing(paint(176, 180, 184), hook, 0.02, 0.14, gloss=0.9, lift=0.06)]  # fmt: skip
    return camera.taken(things, floor, 5214, sun=(232, 52), turn=3, tilt=(0.0, 0.02), zoom=0.98, shift=(0.0, -0.02), quality=66)  # fmt: skip


def crusted_lumps_in_foam_box() -> Image.Image:
    """A white foam box lined with wet newspaper: seven rough porous lumps of stone, crusted purple, pink and green, with holes, tube worms and one small brown polyp."""
    outer, inner = box(X, Y, 1.22, 0.88, 0.06), box(X, Y, 1.06, 0.72, 0.05)
    beads, _, _ = nearest(strewn(5221, 0.030), 0.08)
    foam = paint(238, 240, 238, 0.9 * (beads - 0.012))
    print_ = camera.newspaper(5222)
    wet = blend(print_.colours * 0.72, paint(120, 116, 106), np.full(X.shape, 0.25))
    crumple = 0.08 * noise(5223, 9)
    things = [thing(blend(foam, wet, edge(inner)), outer, 0.03, 0.10, lift=0.10, relief=-0.10 * edge(inner, 0.02) + crumple * edge(inner))]  # fmt: skip
    lumps = ((-0.66, -0.34, 0.36, 0.27), (0.04, -0.40, 0.34, 0.24), (0.68, -0.32, 0.33, 0.28), (-0.74, 0.30, 0.30, 0.30), (-0.14, 0.20, 0.36, 0.30), (0.44, 0.34, 0.28, 0.26), (0.80, 0.20, 0.18, 0.26))  # fmt: skip
    for k, (px, py, wide, high) in enumerate(lumps):
        shape = oval(px, py, wide, high, 13 * k) + 0.11 * noise(5224 + k, 6) + 0.04 * noise(5234 + k, 24)
        shape = np.maximum(shape, inner + 0.04)
        far, _, which = nearest(strewn(5244 + k, 0.085), 0.2)
        holes = far - 0.010 - 0.022 * chance_of(5254 + k, which)
        rough = noise(5264 + k, 40)
        rock = paint(176, 160, 132, 0.40 * rough)
        rock = blend(rock, paint(150, 84, 140, 0.25 * rough), edge(0.05 - noise(5274 + k, 6), 0.10) * 0.9)
        rock = blend(rock, paint(206, 120, 130, 0.25 * rough), edge(0.42 - noise(5284 + k, 9), 0.06) * 0.8)
        rock = blend(rock, paint(96, 120, 60, 0.3 * rough), edge(0.40 - noise(5294 + k, 7), 0.08) * 0.8)
        rock = blend(rock, paint(36, 28, 28), edge(holes, 0.008) * 0.9)
        things.append(thing(rock, shape, 0.16, 0.20, gloss=0.35, lift=0.09, relief=0.03 * rough - 0.05 * edge(holes, 0.01)))  # fmt: skip
    cap = np.hypot(X + 0.62, (Y + 0.38) * 1.1) - 0.085 - 0.012 * np.cos(14 * np.arctan2(Y + 0.38, X + 0.62))
    things += [thing(blend(paint(126, 96, 56), paint(110, 170, 90), edge(np.hypot(X + 0.62, Y + 0.38) - 0.03, 0.01)), cap, 0.03, 0.24, gloss=0.5, lift=0.03)]  # fmt: skip
    floor = camera.speckled(96, 104, 108, 5305, 0.3)
    return camera.taken(things, floor, 5306, sun=(222, 52), turn=5, tilt=(0.02, 0.02), zoom=0.98, quality=64)


def yellow_wax_in_drum() -> Image.Image:
    """An open blue drum seen from above at an angle, half full of stiff yellow-green wax with a shovel's cuts; behind it three closed drums with rings and a stencilled number; a spatula with a lump."""
    things: list[Thing] = []
    for px in (-0.98, -0.14, 0.72):
        body, top = box(X - px, Y + 0.30, 0.38, 0.50, 0.05), oval(px, -0.76, 0.38, 0.085)
        hoop = np.cos((Y + 0.30) * 22)
        blue = paint(34, 84, 156, 0.05 * noise(5311, 30) + 0.16 * np.clip(0.3 - np.abs(X - px + 0.12), -0.2, 0.3))
        ink = np.maximum(box(X - px, Y + 0.24, 0.16, 0.09, 0.01), -box(X - px, Y + 0.24, 0.145, 0.075, 0.01))
        mark = np.minimum(ink, np.minimum.reduce([np.maximum(np.abs(X - px - c) - 0.016, np.abs(Y + 0.24) - 0.045) for c in (-0.08, -0.02, 0.06)]))  # fmt: skip
        blue = blend(blue, paint(236, 236, 230), edge(mark, 0.005) * 0.9)
        things += [thing(blue, body, 0.30, 0.26, gloss=0.5, lift=0.12, relief=0.012 * np.clip(hoop * 3, -1, 1)), thing(paint(26, 66, 124), top, 0.04, 0.06, gloss=0.4, lift=0.03), thing(paint(200, 204, 206), oval(px + 0.16, -0.77, 0.06, 0.018), 0.02, 0.05, gloss=0.9)]  # fmt: skip
    lip, hole, wax = oval(0.06, 0.30, 0.66, 0.34), oval(0.06, 0.31, 0.60, 0.29), oval(0.06, 0.40, 0.545, 0.215)
    wall_ = np.minimum(box(X - 0.06, Y - 0.72, 0.655, 0.44, 0.02), oval(0.06, 0.30, 0.66, 0.34))
    swirl = fibres(5312, X + 0.2 * noise(5313, 3), Y, 14, 2) + 0.7 * noise(5314, 8)
    cream = blend(paint(206, 190, 92, 0.16 * swirl), paint(232, 222, 150), np.clip(0.5 + swirl, 0, 1) * 0.6)
    cuts = np.minimum.reduce([np.abs(np.hypot(X + 0.10, (Y - 0.40) * 1.6) - 0.26), np.abs(np.hypot(X - 0.34, (Y - 0.46) * 1.6) - 0.16)]) - 0.012  # fmt: skip
    gouge = np.maximum(np.hypot(X + 0.10, (Y - 0.40) * 1.6) - 0.26, wax)
    hoop = np.abs(np.mod(Y * 4.2, 1) - 0.5) - 0.08
    grip = limb((0.64, 0.36), (1.30, -0.02), 0.035, 0.045)
    blade = outline([(-0.24, -0.09), (0.06, -0.07), (0.10, 0.0), (0.06, 0.07), (-0.24, 0.09)], 0.52, 0.42, -28)
    lump = oval(0.38, 0.46, 0.13, 0.075, -28) + 0.03 * noise(5315, 20)
    things += [
        thing(paint(40, 96, 172, 0.04 * noise(5316, 30)), wall_, 0.40, 0.30, gloss=0.5, lift=0.16, relief=0.02 * edge(hoop, 0.05)), thing(paint(190, 194, 198), lip, 0.03, 0.05, gloss=0.9, lift=0.04), thing(paint(20, 46, 84), hole, 0.04, 0.0, lift=0.0),
        thing(cream, wax, 0.05, 0.05, gloss=0.45, lift=0.0, relief=0.02 * swirl - 0.06 * edge(gouge, 0.02) - 0.02 * edge(cuts, 0.01)), thing(paint(198, 202, 206), blade, 0.02, 0.04, gloss=0.9, lift=0.05), thing(paint(140, 92, 54, 0.2 * fibres(5317, X, Y, 60, 3)), grip, 0.04, 0.06, lift=0.08), thing(paint(226, 212, 120, 0.12 * noise(5318, 30)), lump, 0.07, 0.09, gloss=0.5, lift=0.03),
    ]  # fmt: skip
    back = room(
        camera.Surface(paint(176, 166, 150, 0.12 * noise(5319, 8)), 0.01 * noise(5319, 60)),
        camera.speckled(132, 128, 122, 5320, 0.4),
        0.12,
    )
    return camera.taken(things, back, 5321, sun=(235, 50), turn=-2, zoom=1.0, warmth=0.02, quality=62)
