"""The picture lane's own pictures: roots, bark, shingles and wood that somebody gathered. Each shows what a lesson or the list of species says."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (
    Plane,
    Thing,
    X,
    Y,
    around,
    blend,
    box,
    chance_of,
    edge,
    fibres,
    nearest,
    noise,
    paint,
    placed,
    soft,
    strewn,
)
from server.demo.lane_pictures.outlines import limb, outline, oval, thing, wall
from server.demo.lane_pictures.props import paper, room


def pale_drops_on_strings() -> Image.Image:
    """Nine strings of pale, wrinkled, drop-shaped tubers hang from a rod at a bazaar stall, over sacks of red and yellow spice."""
    bulbs = np.full(X.shape, 9.0)
    number, along, side = np.zeros(X.shape), np.zeros(X.shape), np.zeros(X.shape)
    chance = np.random.default_rng(4911)
    cords = np.full(X.shape, 9.0)
    for column in range(9):
        cx, count = -1.08 + 0.27 * column + chance.uniform(-0.02, 0.02), int(chance.integers(9, 12))
        cords = np.minimum(cords, np.maximum(np.abs(X - cx - 0.01 * np.sin(Y * 9 + column)) - 0.006, np.maximum(-0.86 - Y, Y + 0.68 - 0.118 * count)))  # fmt: skip
        for row in range(count):
            px, py = cx + chance.uniform(-0.012, 0.012), -0.70 + 0.118 * row
            lean, size = chance.uniform(-28, 28) + (180 if (row + column) % 2 else 0), chance.uniform(0.85, 1.15)
            part = around(px, py, 0, 0, 0, 0.16)
            cos, sin = np.cos(np.radians(lean)), np.sin(np.radians(lean))
            u = (X[part] - px) * cos + (Y[part] - py) * sin
            v = (Y[part] - py) * cos - (X[part] - px) * sin
            far = (np.hypot(u / (0.105 * size), v / ((0.058 - 0.20 * u) * size)) - 1) * 0.055
            closer = far < bulbs[part]
            bulbs[part] = np.where(closer, far, bulbs[part])
            number[part], along[part], side[part] = (np.where(closer, new, old[part]) for new, old in ((column * 20 + row, number), (u, along), (v, side)))  # fmt: skip
    wrinkle = fibres(4912, along + number * 0.37, side, 90, 6)
    flesh = blend(paint(222, 198, 148, 0.20 * wrinkle), paint(176, 138, 84), chance_of(4913, number) * 0.5)
    flesh = blend(flesh, paint(112, 82, 52), edge(np.abs(np.abs(along) - 0.10) - 0.012, 0.012) * 0.5)
    rod = np.abs(Y + 0.86 + 0.02 * X) - 0.035
    hooks = np.minimum(limb((-1.24, -1.1), (-1.24, -0.86), 0.02, 0.02), limb((1.22, -1.1), (1.22, -0.86), 0.02, 0.02))
    sacks = [outline([(-0.42, -0.16), (0.0, -0.20), (0.42, -0.16), (0.46, 0.4), (-0.46, 0.4)], px, 0.86, 0) for px in (-0.92, 0.04, 0.98)]  # fmt: skip
    mounds = [oval(px, 0.74, 0.36, 0.17) for px in (-0.92, 0.04, 0.98)]
    weave = np.sin(X * 150) * np.sin(Y * 150)
    spice = ((196, 60, 30), (226, 170, 50), (110, 84, 50))
    dim = camera.Surface(paint(74, 56, 46, 0.25 * soft(noise(4914, 6), 14)) * (1 - 0.3 * edge(0.2 - np.mod(X * 1.1 + 0.2, 1), 0.05))[..., None], 0 * X)  # fmt: skip
    things = [
        thing(paint(60, 56, 54), hooks, 0.02, 0.04), thing(paint(150, 110, 66, 0.2 * fibres(4915, X, Y, 60, 2)), rod, 0.035, 0.05, lift=0.10), thing(paint(196, 190, 170), cords, 0.006, 0.02, lift=0.10),
        *[thing(paint(170, 140, 100, 0.10 * weave), sack, 0.10, 0.12, lift=0.06, relief=0.006 * weave) for sack in sacks],
        *[thing(paint(*hue, 0.30 * noise(4916 + k, 160)), mound, 0.16, 0.14, lift=0.03, relief=0.01 * noise(4916 + k, 160)) for k, (mound, hue) in enumerate(zip(mounds, spice, strict=True))],
        thing(flesh, bulbs, 0.05, 0.07, gloss=0.35, lift=0.10, relief=0.006 * wrinkle, rim=0.006),
    ]  # fmt: skip
    return camera.taken(things, dim, 4919, sun=(240, 50), turn=-2, zoom=1.04, shift=(0.0, -0.02), warmth=0.05, quality=62)  # fmt: skip


def _stick(a: tuple[float, float], b: tuple[float, float], wide: float, thin: float) -> tuple[Plane, Plane, Plane]:
    """A rough root from a to b: its distance, and places along and across it."""
    turn = float(np.degrees(np.arctan2(b[1] - a[1], b[0] - a[0])))
    u, v = placed(a[0], a[1], turn)
    return limb(a, b, wide, thin), u, v


def furrowed_in_scale_pan() -> Image.Image:
    """A round brass scale pan full of thick brown furrowed roots, some cut across and pale inside with dark rays; iron weights and a red ledger beside it."""
    things: list[Thing] = []
    pan, hollow = np.hypot(X + 0.26, Y) - 0.86, np.hypot(X + 0.26, Y) - 0.78
    brass = paint(196, 154, 70, 0.06 * noise(4921, 9) + 0.05 * np.sin(np.hypot(X + 0.26, Y) * 120))
    things.append(thing(brass, pan, 0.06, 0.10, gloss=0.6, lift=0.10, relief=-0.08 * edge(hollow, 0.05)))
    pieces = (
        ((-0.80, -0.36), (-0.20, -0.50), 0.13, 0.09), ((-0.66, 0.46), (-0.10, 0.52), 0.12, 0.08), ((-0.02, -0.52), (0.30, -0.12), 0.11, 0.08), ((0.34, 0.10), (0.06, 0.50), 0.12, 0.09), ((-0.86, -0.06), (-0.70, 0.36), 0.12, 0.09),
        ((-0.54, -0.22), (0.02, -0.08), 0.15, 0.10), ((-0.50, 0.24), (0.08, 0.20), 0.14, 0.10), ((-0.30, -0.40), (0.14, 0.06), 0.12, 0.09), ((-0.62, 0.08), (-0.16, 0.02), 0.13, 0.11),
    )  # fmt: skip
    for k, (a, b, wide, thin) in enumerate(pieces):
        own, u, v = _stick(a, b, wide, thin)
        own = own + 0.028 * noise(4922 + k, 26)
        ridge = fibres(4933 + k, u, v, 34, 2.2)
        bark = paint(122, 90, 62, 0.34 * ridge + 0.12 * noise(4944 + k, 12))
        things.append(thing(bark, own, 0.09, 0.12, lift=0.07, relief=0.016 * ridge))
        if k in (1, 3, 5, 6, 8):
            end = a
            x, y = placed(end[0], end[1], float(np.degrees(np.arctan2(b[1] - a[1], b[0] - a[0]))))
            face = np.hypot((x + 0.02) / 0.60, y) - wide * 0.86 + 0.02 * noise(4922 + k, 26)
            ray = np.cos(13 * np.arctan2(y, x / 0.6) + 3 * noise(4955 + k, 8))
            cut = blend(paint(206, 178, 126, 0.10 * ray), paint(120, 84, 50), edge(np.abs(face + 0.035) - 0.008, 0.006) + 0.4 * edge(0.8 - ray, 0.1) * edge(0.03 - np.hypot(x, y), 0.03) * 0)  # fmt: skip
            cut = blend(cut, paint(150, 108, 62), np.clip(ray, 0, 1) * 0.5)
            things.append(thing(cut, face, 0.02, 0.12, lift=0.02))
    weights = [np.hypot(X - px, Y - py) - size for px, py, size in ((0.94, 0.26, 0.20), (0.90, 0.68, 0.15), (1.18, 0.56, 0.11))]  # fmt: skip
    knobs = [np.hypot(X - px, Y - py) - size * 0.4 for px, py, size in ((0.94, 0.26, 0.20), (0.90, 0.68, 0.15), (1.18, 0.56, 0.11))]  # fmt: skip
    iron = paint(60, 60, 64, 0.2 * noise(4966, 60))
    things += [thing(iron, weight, 0.05, 0.12, gloss=0.4, lift=0.08) for weight in weights] + [thing(iron * 1.3, knob, 0.05, 0.20, gloss=0.5, lift=0.04) for knob in knobs]  # fmt: skip
    u, v = placed(1.06, -0.56, 10)
    book = box(u, v, 0.34, 0.40, 0.02)
    cover = blend(paint(150, 30, 36, 0.08 * noise(4967, 90)), paint(230, 220, 190), edge(box(u, v + 0.12, 0.20, 0.10, 0.01)))  # fmt: skip
    things.append(thing(cover, book, 0.02, 0.06, lift=0.06))
    return camera.taken(things, camera.speckled(112, 116, 104, 4968, 0.4), 4969, sun=(225, 50), turn=-4, tilt=(0.02, 0.03), zoom=1.0, warmth=0.03, quality=64)  # fmt: skip


def round_ends_against_zinc() -> Image.Image:
    """Old wooden shingles stand in a row against a zinc wall: rounded lower ends silver-grey and split, upper halves still red-brown with straight fine grain, nail holes; a bundle tied with wire."""
    things: list[Thing] = []
    wave = np.sin(X * 26)
    zinc = camera.Surface(paint(150, 162, 168, 0.16 * wave + 0.10 * noise(4971, 7)), 0.03 * wave)
    scene = room(zinc, camera.speckled(120, 104, 84, 4972, 0.7), 0.74)
    for k in range(11):
        px, lean, high = -1.16 + 0.232 * k, (-4, 2, 5, -2, 3, -6, 1, 4, -3, 2, -2)[k], (0.0, 0.08, -0.06, 0.04, 0.10, -0.02, 0.06, -0.08, 0.02, 0.09, 0.0)[k]  # fmt: skip
        u, v = placed(px, 0.10 + high * 0.5, lean)
        wide = 0.118 + 0.012 * (k % 3)
        board = np.where(v < 0, np.hypot(u / wide, np.minimum(v + 0.72 - wide, 0) / wide) * wide - wide, np.maximum(np.abs(u) - wide, v - 0.74))  # fmt: skip
        board = np.maximum(np.maximum(np.abs(u) - wide, v - 0.74), board)
        grain = fibres(4973 + k, v, u, 120, 1.6)
        grey = paint(168, 166, 160, 0.34 * grain)
        red = paint(166, 92, 58, 0.26 * grain)
        wood = blend(red, grey, edge(v + 0.06 + 0.05 * noise(4985 + k, 30) + 0.05 * grain, 0.03))
        wood = blend(wood, paint(70, 90, 60), edge(np.abs(v + 0.08 + 0.06 * noise(4997 + k, 14)) - 0.02, 0.03) * 0.5)
        nails = np.minimum(np.hypot(u - 0.045, v - 0.24), np.hypot(u + 0.045, v - 0.28)) - 0.012
        split = np.maximum(np.abs(u - 0.03 * np.sin(7 * v + k)) - 0.004, v + 0.30 + 0.05 * (k % 4))
        wood = blend(wood, paint(30, 22, 18), np.maximum(edge(nails, 0.006), edge(split, 0.004) * (k % 2)))
        wood = blend(wood, paint(110, 60, 36), edge(np.abs(nails - 0.02) - 0.012, 0.012) * 0.6)
        things.append(thing(wood, board, 0.015, 0.05, lift=0.07, relief=0.008 * grain + 0.002 * (k % 2)))
    wire = np.minimum.reduce([np.maximum(np.abs(Y - 0.52 - 0.05 * np.sin(X * 3) - c) - 0.012, np.abs(X) - 1.30) for c in (0.0, 0.05)])  # fmt: skip
    things.append(thing(paint(90, 84, 80), wire, 0.012, 0.09, gloss=0.5, lift=0.02))
    return camera.taken(things, scene, 5009, sun=(235, 46), turn=2, tilt=(0.03, 0.02), zoom=1.0, quality=62)


def hollow_peak_on_stand() -> Image.Image:
    """A rugged upright piece of wood, like a mountain with caves, streaked black and pale brown, on a carved dark stand before a grey wall with a scroll; a card."""
    rough = 0.06 * noise(5011, 9) + 0.035 * noise(5012, 26)
    peak = outline([(-0.50, 0.60), (-0.58, 0.30), (-0.42, 0.10), (-0.50, -0.16), (-0.30, -0.30), (-0.30, -0.58), (-0.10, -0.70), (-0.02, -0.92), (0.10, -0.72), (0.14, -0.40), (0.34, -0.34), (0.28, -0.06), (0.52, 0.06), (0.44, 0.32), (0.58, 0.60)], -0.22, 0.0) + rough  # fmt: skip
    caves = np.minimum.reduce([oval(-0.40, 0.16, 0.10, 0.17, 20), oval(-0.02, -0.10, 0.085, 0.15, -24), oval(-0.26, -0.46, 0.05, 0.10, 10), oval(0.10, 0.34, 0.12, 0.10, 30), oval(-0.62, 0.42, 0.07, 0.09)]) + 0.5 * rough  # fmt: skip
    streak = fibres(5013, Y + 0.25 * noise(5014, 4), X + 0.25 * noise(5015, 4), 3.2, 34)
    fine = fibres(5016, Y, X + 0.2 * noise(5015, 4), 6, 110)
    resin = np.clip(0.55 + 1.0 * streak + 0.5 * noise(5017, 5), 0, 1)
    wood = blend(paint(186, 140, 92, 0.24 * fine), paint(46, 30, 24, 0.40 * fine), resin)
    wood = blend(wood, paint(20, 12, 10), edge(caves, 0.02))
    form = 0.10 * noise(5018, 6) + 0.06 * streak - 0.16 * edge(caves, 0.05)
    top = np.minimum(box(X + 0.20, Y - 0.63, 0.76, 0.055, 0.03), box(X + 0.20, Y - 0.70, 0.66, 0.05, 0.01))
    feet = np.minimum.reduce([outline([(-0.10, -0.12), (0.12, -0.12), (0.06, 0.0), (0.10, 0.14), (-0.08, 0.14), (-0.02, 0.0)], px, 0.80, 0, 1.0, flip=px > 0) for px in (-0.74, -0.20, 0.34)])  # fmt: skip
    lattice = np.abs(np.mod(X * 7 + 0.1, 1) - 0.5) - 0.30
    stand = paint(58, 28, 22, 0.10 * noise(5019, 40))
    silk = box(X - 0.88, Y + 0.36, 0.30, 0.66, 0.01)
    sheet = box(X - 0.88, Y + 0.36, 0.22, 0.50, 0.0)
    hills = np.minimum.reduce([np.maximum(0.10 * np.abs(np.sin(9 * X + c)) - (Y + 0.30 - 0.16 * c) * 0.4 - 0.05, np.abs(Y + 0.34 - 0.16 * c) - 0.10) for c in (0, 1, 2)])  # fmt: skip
    roll = limb((0.56, 0.32), (1.20, 0.32), 0.028, 0.028)
    hanging = blend(paint(150, 160, 130, 0.05 * np.sin(X * 60) * np.sin(Y * 60)), paint(232, 226, 206), edge(sheet))
    hanging = blend(hanging, paint(90, 90, 92), edge(hills, 0.03) * edge(sheet) * 0.5)
    card = paper(0.84, 0.66, 0.20, 0.12, 0, (244, 240, 230), 5020, line=0.07)
    back = room(wall(176, 172, 160, 5021), camera.wood(96, 58, 38, 5022, 0.9), 0.62)
    things = [
        thing(hanging, silk, 0.01, 0.01, lift=0.03), thing(paint(60, 36, 24), roll, 0.03, 0.04, lift=0.03), card._replace(lift=0.06),
        thing(stand * 0.8, np.maximum(np.maximum(np.abs(X + 0.20) - 0.62, np.abs(Y - 0.76) - 0.03), lattice / 7), 0.02, 0.04, lift=0.04), thing(stand, feet, 0.05, 0.07, gloss=0.5, lift=0.08), thing(stand, top, 0.04, 0.08, gloss=0.6, lift=0.06),
        thing(wood, peak, 0.16, 0.20, gloss=0.25, lift=0.16, relief=form + 0.012 * fine),
    ]  # fmt: skip
    return camera.taken(things, back, 5023, sun=(215, 48), turn=1, zoom=1.02, warmth=0.02, quality=66)


def dotted_tube_on_blanket() -> Image.Image:
    """A long brown tube lies across a woven blanket: its wall is set with rows of tiny round ends of thorns, coloured yarn is wound round both ends; small pebbles in a dish."""
    u, v = placed(0.0, -0.06, -20)
    tube = box(u, v, 1.34, 0.150, 0.05)
    ridge = np.cos(np.arcsin(np.clip(v / 0.150, -0.99, 0.99)) * 9)
    x, row = u / 0.075, np.round(np.arcsin(np.clip(v / 0.150, -0.99, 0.99)) / 0.45)
    dots = np.hypot((np.mod(x + 0.5 * np.mod(row, 2) + 0.3 * row, 1) - 0.5) * 0.075, (np.arcsin(np.clip(v / 0.150, -0.99, 0.99)) - row * 0.45) * 0.13) - 0.011  # fmt: skip
    fine = fibres(5031, u, v, 60, 2)
    bark = paint(150, 108, 66, 0.22 * fine + 0.14 * noise(5032, 8))
    bark = blend(bark, paint(64, 40, 24), edge(np.abs(dots) - 0.006, 0.004))
    bark = blend(bark, paint(206, 170, 116), edge(dots, 0.004))
    band = np.floor((np.abs(u) - 0.84) / 0.066)
    hues = ((196, 40, 60), (240, 180, 50), (40, 120, 130), (120, 50, 130), (226, 110, 50), (60, 140, 80), (206, 60, 100), (230, 200, 90))  # fmt: skip
    yarn = paint(*hues[0])
    for k, hue in enumerate(hues):
        yarn = blend(yarn, paint(*hue), (np.mod(band, 8) == k).astype(float))
    twist = np.sin(u * 260 + v * 30)
    wound = np.maximum(tube - 0.008, np.maximum(0.84 - np.abs(u), np.abs(u) - 1.22))
    pom = np.minimum.reduce([limb((0.80 * np.cos(np.radians(-20)), -0.24 + 0.02 * k), (0.70 - 0.06 * k, 0.16 + 0.04 * k), 0.014, 0.014) for k in range(3)] + [oval(0.70 - 0.10 * k, 0.20 + 0.05 * k, 0.055, 0.055) for k in range(3)])  # fmt: skip
    a, b = np.mod(Y * 3.2 + 0.1, 1), X + 0.02 * np.sin(Y * 60)
    step = np.abs(np.mod(b * 3, 1) - 0.5) * 0.5 + np.abs(a - 0.5)
    cloth = blend(paint(70, 60, 84), paint(222, 206, 170), edge(np.abs(step - 0.40) - 0.05, 0.012))
    cloth = blend(cloth, paint(176, 60, 50), edge(step - 0.16, 0.012))
    knit = np.sin(X * 190) * np.sin(Y * 120)
    blanket = camera.Surface(cloth * (1 + 0.10 * knit)[..., None], 0.006 * knit + 0.05 * noise(5033, 4))
    dish, bed = np.hypot(X - 0.86, Y - 0.62) - 0.28, np.hypot(X - 0.86, Y - 0.62) - 0.22
    far, second, which = nearest(strewn(5034, 0.06), 0.12)
    stones = blend(paint(206, 200, 190), paint(110, 90, 76), chance_of(5035, which)) * (1 - 0.7 * edge(second - far - 0.008, 0.012))[..., None]  # fmt: skip
    things = [
        thing(paint(176, 92, 60, 0.06 * noise(5036, 40)), dish, 0.06, 0.08, lift=0.07), thing(stones, bed, 0.03, 0.03, lift=0.0, relief=0.03 * np.clip(1 - far * 30, 0, 1)),
        thing(bark, tube, 0.15, 0.16, lift=0.12, relief=0.006 * ridge), thing(yarn * (1 + 0.14 * twist)[..., None], wound, 0.15, 0.17, lift=0.02, relief=0.006 * twist),
        thing(paint(206, 60, 100, 0.2 * noise(5037, 160)), pom, 0.03, 0.05, lift=0.05),
    ]  # fmt: skip
    return camera.taken(things, blanket, 5038, sun=(225, 50), turn=3, tilt=(0.02, 0.03), zoom=1.0, warmth=0.03, quality=60)  # fmt: skip
