"""The picture lane's own pictures: jars, bowls, sheds and gardens. Each shows what a lesson or the list of species says of it."""

from functools import partial

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (  # fmt: skip
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
    ribbon,
    soft,
    strewn,
)
from server.demo.lane_pictures.outlines import chain, limb, melted, outline, oval, thing, together
from server.demo.lane_pictures.props import glass, ground, letters, room


def dots_in_clear_jelly() -> Image.Image:
    """A white enamel bowl with a blue rim on grass: clear jelly balls stuck together in a clump in water, a black dot in each."""
    bowl, inside = oval(0.0, 0.04, 0.98, 0.86), oval(0.0, 0.04, 0.88, 0.77)
    spots = strewn(4411, 0.125)
    far, second, _ = nearest(spots, 0.35)
    clump = oval(0.02, 0.08, 0.66, 0.52) + 0.10 * noise(4412, 7)
    within = edge(clump, 0.04)
    rim = edge(np.abs(far - 0.060) - 0.006, 0.012) + 0.5 * edge(second - far - 0.012, 0.014)
    water = blend(paint(206, 216, 206, 0.05 * noise(4413, 5)), paint(150, 166, 140), np.clip(-inside * 1.1, 0, 1) * 0.5)
    jelly = blend(water, paint(168, 182, 156), within * 0.75)
    jelly = blend(jelly, paint(226, 236, 220), np.clip(rim, 0, 1) * within * 0.55)
    jelly = blend(jelly, paint(20, 18, 18), edge(far - 0.024, 0.008) * edge(clump + 0.02, 0.02))
    enamel = blend(paint(240, 240, 236), paint(46, 84, 160), edge(np.abs(bowl + 0.03) - 0.03, 0.008))
    grass = camera.Surface(blend(paint(74, 122, 44), paint(140, 176, 76), 0.5 + 0.5 * fibres(4414, Y + 0.3 * X, X, 12, 70)), 0.04 * fibres(4415, Y + 0.3 * X, X, 12, 70))  # fmt: skip
    things = [
        thing(enamel, bowl, 0.08, 0.12, gloss=0.6, lift=0.10),
        Thing(jelly, edge(inside), 0.022 * np.clip(1 - (far / 0.085) ** 2, 0, 1) * within, 0.5, 0.0),
    ]
    return camera.taken(things, grass, 4416, sun=(235, 50), turn=4, tilt=(0.0, 0.06), zoom=1.04, quality=62)


def _turned(px: float, py: float, lean: float, a: float, b: float) -> tuple[float, float]:
    """A place of a thing that stands at (px, py) and leans so far, in radians."""
    return float(px + a * np.cos(lean) - b * np.sin(lean)), float(py + a * np.sin(lean) + b * np.cos(lean))


def green_and_red_in_scoop() -> Image.Image:
    """A tilted glass jar on a shop counter full of small see-through figures with four legs, green with a red or yellow belly, dusted with sugar; a steel scoop."""
    jar = outline([(-0.62, -0.66), (0.62, -0.66), (0.74, -0.30), (0.74, 0.74), (0.62, 0.86), (-0.62, 0.86), (-0.74, 0.74), (-0.74, -0.30)])  # fmt: skip
    chance = np.random.default_rng(4421)
    figures: list[Thing] = []
    sugar = edge(0.55 - noise(4422, 240, 1), 0.2)
    for at, (px, py) in enumerate(strewn(4423, 0.34, 0.72, 0.86)):
        if not (abs(px) < 0.62 and -0.42 < py < 0.80):
            continue
        lean, hue = chance.uniform(0, 360), at % 3
        at_ = partial(_turned, px, py, np.radians(lean))
        body = melted(oval(*at_(0.0, 0.02), 0.085, 0.115, lean), oval(*at_(0.0, -0.12), 0.085, 0.065, lean), by=40)
        eyes = np.minimum(oval(*at_(-0.06, -0.17), 0.034, 0.034), oval(*at_(0.06, -0.17), 0.034, 0.034))
        legs = np.minimum.reduce([chain([at_(s * 0.07, -0.04), at_(s * 0.16, -0.08)], 0.034, 0.036) for s in (-1, 1)] + [chain([at_(s * 0.07, 0.09), at_(s * 0.16, 0.06), at_(s * 0.14, 0.16)], 0.040, 0.036) for s in (-1, 1)])  # fmt: skip
        own = melted(body, eyes, legs, by=70)
        top = paint(*((70, 176, 60), (60, 160, 70), (110, 186, 40))[hue])
        belly = paint(*((226, 50, 54), (244, 196, 50), (246, 140, 40))[hue])
        gum = blend(top, belly, edge(oval(*at_(0.0, 0.04), 0.055, 0.085, lean), 0.02)) * 1.02
        figures.append(thing(blend(gum, paint(250, 250, 246), sugar * 0.5), own, 0.06, 0.07, gloss=0.5, lift=0.04))
    heap = together(*figures, gloss=0.4, lift=0.02)
    heap = heap._replace(cover=heap.cover * edge(jar + 0.05))
    lip = box(X, Y + 0.70, 0.66, 0.07, 0.04)
    back = room(camera.Surface(paint(236, 206, 190, 0.05 * soft(noise(4424, 5), 14)), 0 * X), camera.wood(120, 74, 46, 4425, 0.6), 0.66)  # fmt: skip
    scoop = np.minimum(outline([(0.86, 0.62), (1.20, 0.58), (1.24, 0.86), (0.90, 0.88)], 0, 0), limb((1.20, 0.66), (1.40, 0.34), 0.045, 0.04))  # fmt: skip
    things = [
        thing(paint(214, 200, 186), jar, 0.12, 0.05, lift=0.10), heap, glass(jar, 0.08), thing(paint(226, 232, 232), lip, 0.05, 0.06, gloss=0.9, lift=0.02),
        thing(paint(190, 194, 200), scoop, 0.06, 0.08, gloss=0.9, lift=0.06),
    ]  # fmt: skip
    return camera.taken(things, back, 4426, sun=(300, 52), turn=-3, zoom=1.0, warmth=0.03, quality=60)


def six_sided_with_red() -> Image.Image:
    """A small six-sided glass jar of red-brown salve, its golden lid beside it, on a towel in a sports bag; a yellow label with a springing cat."""
    hexagon = outline([(-0.44, -0.50), (0.44, -0.50), (0.50, -0.42), (0.50, 0.56), (0.44, 0.64), (-0.44, 0.64), (-0.50, 0.56), (-0.50, -0.42)], -0.26, 0.02)  # fmt: skip
    edges = np.minimum(np.abs(X + 0.52), np.abs(X - 0.0))
    salve = blend(paint(150, 62, 34, 0.05 * noise(4431, 8)), paint(206, 110, 66), np.clip(1 - edges * 14, 0, 1) * 0.6)
    mouth, wax = oval(-0.26, -0.48, 0.42, 0.13), oval(-0.26, -0.47, 0.36, 0.10)
    dent = oval(-0.14, -0.46, 0.12, 0.045, -10)
    label = box(X + 0.26, Y - 0.12, 0.40, 0.30, 0.01)
    cat = np.minimum.reduce([
        limb((-0.44, 0.12), (-0.12, 0.06), 0.062, 0.055), oval(-0.05, 0.02, 0.068, 0.060), chain([(-0.46, 0.12), (-0.56, 0.04), (-0.54, -0.06)], 0.018, 0.012),
        limb((-0.12, 0.10), (0.02, 0.17), 0.026, 0.018), limb((-0.16, 0.10), (-0.06, 0.22), 0.026, 0.018), limb((-0.42, 0.14), (-0.50, 0.26), 0.032, 0.020), limb((-0.38, 0.15), (-0.40, 0.27), 0.032, 0.020),
        oval(-0.09, -0.04, 0.022, 0.022), oval(-0.02, -0.045, 0.022, 0.022),
    ])  # fmt: skip
    stripes = edge(np.abs(np.mod((X - 0.3 * Y) * 16, 1) - 0.5) - 0.16, 0.06)
    paper = blend(paint(246, 206, 60), paint(206, 40, 40), edge(np.abs(label + 0.03) - 0.010, 0.005))
    paper = blend(paper, blend(paint(226, 110, 30), paint(40, 26, 20), stripes), edge(cat, 0.006))
    paper = blend(
        paper, paint(60, 30, 24), letters(X, Y, 0.06, 4432) * edge(box(X + 0.26, Y - 0.345, 0.30, 0.045, 0.0))
    )
    lid = oval(0.78, 0.42, 0.42, 0.40)
    knurl = np.sin(80 * np.arctan2(Y - 0.42, X - 0.78)) * edge(-lid - 0.07, 0.01)
    gold = paint(206, 164, 76, 0.12 * knurl + 0.02 * noise(4433, 60))
    gold = blend(gold, paint(166, 44, 40), edge(oval(0.78, 0.42, 0.22, 0.21), 0.01))
    towel = camera.Surface(paint(96, 150, 176, 0.10 * noise(4434, 160) + 0.06 * np.sin(Y * 9 + noise(4435, 3))), 0.02 * noise(4436, 150) + 0.06 * np.sin(Y * 9 + noise(4435, 3)))  # fmt: skip
    things = [
        thing(gold, lid, 0.06, 0.09, gloss=0.9, lift=0.08, relief=0.01 * knurl), thing(salve, hexagon, 0.07, 0.18, gloss=0.8, lift=0.12, relief=0.05 * np.clip(edges * 2, 0, 0.5)), glass(hexagon, 0.06),
        thing(paper, label, 0.01, 0.01, relief=0.2, lift=0.0), thing(paint(216, 222, 216), mouth, 0.05, 0.04, gloss=0.9, lift=0.02),
        thing(blend(paint(166, 70, 38), paint(120, 46, 26), edge(dent, 0.03)), wax, 0.03, 0.01, gloss=0.4, lift=0.0),
    ]  # fmt: skip
    return camera.taken(things, towel, 4437, sun=(228, 50), turn=-6, tilt=(0.02, 0.03), zoom=1.02, quality=64)


def pierced_sticks_and_ribbon() -> Image.Image:
    """An open fan of pale brown wooden sticks, pierced with leaf patterns, held by a ribbon, on dark blue silk; a box with a tassel."""
    px, py = 0.0, 0.78
    far, turn = np.hypot(X - px, Y - py), np.degrees(np.arctan2(py - Y, X - px))
    count = 19
    step = 150 / count
    which = np.floor((turn - 15) / step)
    mid = np.mod((turn - 15) / step, 1) - 0.5
    across = mid * np.radians(step) * far
    shape = np.maximum.reduce([far - 1.46, 0.05 - far, np.abs(turn - 90) / 57.3 - 75 / 57.3])
    tip = far - 1.46 + 0.05 * (mid * 2) ** 2
    gap = np.abs(across) - np.abs(0.5 * np.radians(step) * far) + 0.006
    holes = np.full(X.shape, 9.0)
    for at, (low, wide, long) in enumerate(((1.30, 0.036, 0.07), (1.12, 0.026, 0.06), (0.86, 0.024, 0.07), (0.66, 0.016, 0.06))):  # fmt: skip
        for side in (-1, 1) if at < 2 else (0,):
            holes = np.minimum(holes, (np.hypot((across - side * 0.034) / wide, (far - low) / long) - 1) * wide)
    solid = np.maximum.reduce([shape, tip, gap, -holes])
    lift = 0.02 * (mid + 0.5)
    timber = paint(206, 164, 112, 0.12 * fibres(4441, far, across + which * 3.1, 60, 3) + 0.10 * (chance_of(4442, which) - 0.5))  # fmt: skip
    band = np.maximum(np.abs(far - 1.00) - 0.020, shape)
    rivet = np.hypot(X - px, Y - py) - 0.06
    u, v = placed(0.98, 0.62, -14)
    case = box(u, v, 0.40, 0.15, 0.02)
    paper = blend(paint(156, 30, 40), paint(226, 190, 90), edge(np.abs(box(u, v, 0.33, 0.09, 0.01)) - 0.008, 0.005))
    silk = camera.Surface(paint(30, 40, 84, 0.12 * noise(4443, 4) + 0.05 * np.sin(60 * X) * np.sin(60 * Y)), 0.06 * noise(4444, 3))  # fmt: skip
    things = [
        thing(paper, case, 0.04, 0.08, gloss=0.2, lift=0.08), Thing(timber, edge(solid, 0.005), lift + 0.04, 0.25, 0.05),
        thing(paint(190, 60, 70, 0.1 * np.sin(turn * 9)), band, 0.01, 0.03, lift=0.01), thing(paint(214, 180, 90), rivet, 0.04, 0.08, gloss=0.9, lift=0.03),
    ]  # fmt: skip
    return camera.taken(things, silk, 4445, sun=(225, 52), turn=3, tilt=(0.0, 0.04), zoom=1.0, shift=(0.0, 0.08), warmth=0.02, quality=64)  # fmt: skip


def two_tones_in_one_bow() -> Image.Image:
    """A long bow without its string leans across a lawn bench: one stave in two colours, cream along the back and orange-brown along the belly, with small pin knots, horn tips, a leather grip; three arrows."""
    bow = ribbon([(-1.30, 0.52), (-0.62, 0.02), (0.10, -0.24), (0.76, -0.24), (1.34, -0.06)], lambda t: 0.028 + 0.068 * np.sin(np.pi * np.clip(t, 0.04, 0.96)) ** 0.8)  # fmt: skip
    cream, orange = paint(240, 218, 168), paint(184, 96, 44)
    grain = fibres(4451, bow.along, bow.across, 10, 1.5)
    stave = blend(orange, cream, edge(bow.across + 0.18 + 0.10 * grain, 0.06)) * (1 + 0.10 * grain)[..., None]
    pins = np.minimum.reduce([oval(px, py, 0.018, 0.014) for px, py in ((-0.78, 0.17), (-0.34, -0.07), (0.46, -0.22), (0.92, -0.18))])  # fmt: skip
    stave = blend(stave, paint(80, 40, 24), edge(pins, 0.006))
    grip = np.maximum(bow.distance - 0.012, np.abs(bow.along - 1.46) - 0.17)
    wrap = np.sin(bow.along * 120)
    tips = np.maximum(bow.distance - 0.010, np.minimum(bow.along - 0.10, 2.72 - bow.along))
    shafts, vanes = np.full(X.shape, 9.0), np.full(X.shape, 9.0)
    for k in range(3):
        a, b = (-0.84 + 0.10 * k, 0.70 + 0.07 * k), (0.98 + 0.06 * k, 0.36 + 0.12 * k)
        shafts = np.minimum(shafts, limb(a, b, 0.016, 0.016))
        vanes = np.minimum(vanes, outline([(0.0, -0.012), (0.06, -0.062), (0.30, -0.055), (0.34, -0.012), (0.34, 0.012), (0.30, 0.055), (0.06, 0.062), (0.0, 0.012)], a[0] + 0.04, a[1], -10 + 2 * k, 1.0, sharp=True))  # fmt: skip
    slats = camera.wood(134, 140, 138, 4452, 0.36)
    things = [
        thing(paint(226, 206, 160), shafts, 0.015, 0.03, lift=0.04), thing(paint(236, 236, 230, 0.12 * fibres(4453, X + Y, X - Y, 60, 3)), vanes, 0.02, 0.02, lift=0.04),
        thing(stave, bow.distance, 0.08, 0.12, gloss=0.5, lift=0.12), thing(paint(50, 36, 30), tips, 0.03, 0.12, gloss=0.6, lift=0.02), thing(paint(96, 52, 32, 0.16 * wrap), grip, 0.08, 0.13, lift=0.02, relief=0.006 * wrap),
    ]  # fmt: skip
    return camera.taken(things, slats, 4454, sun=(240, 48), turn=-3, tilt=(0.02, 0.05), zoom=1.02, warmth=0.02, quality=64)  # fmt: skip


def black_hearts_in_red_wax() -> Image.Image:
    """Nine squared billets stacked end on in a container, black with pale corners, some ends half dipped in red wax, chalk marks on a few."""
    x, y = X / 0.66, (Y - 0.02) / 0.56
    column, row = np.floor(x + 1.5), np.floor(y + 1.5)
    u, v = (np.mod(x + 1.5, 1) - 0.5) * 0.66, (np.mod(y + 1.5, 1) - 0.5) * 0.56
    which = column + 3 * row
    shape = np.maximum(box(u, v, 0.308, 0.258, 0.025), np.maximum(np.abs(x) - 1.5, np.abs(y) - 1.5))
    dx, dy = (chance_of(4461, which) - 0.5) * 0.30, (chance_of(4462, which) - 0.5) * 0.26
    heart = np.hypot(u - dx, v - dy) + 0.012 * noise(4463, 14)
    rings = np.sin(heart * 150)
    wood = paint(40, 34, 34, 0.20 * rings + 0.20 * noise(4464, 60))
    wood = blend(wood, paint(206, 172, 128, 0.10 * rings), edge(0.325 - heart, 0.014))
    cracks = np.abs(np.mod(np.arctan2(v - dy, u - dx) * 1.1 + which, 1) - 0.5) - 0.006 / (heart + 0.05)
    wood = blend(wood, paint(8, 8, 8), edge(cracks, 0.02) * edge(heart - 0.12, 0.03))
    waxed = (np.mod(which * 5, 9) < 3).astype(float)
    wood = blend(
        wood, paint(176, 30, 34, 0.12 * noise(4466, 12)), waxed * edge(0.10 + 0.16 * noise(4467, 9) - u - v, 0.02)
    )
    strokes = np.minimum(
        np.maximum(np.abs(u + 0.07) - 0.014, np.abs(v) - 0.10), np.abs(np.hypot(u - 0.06, v / 1.4) - 0.072) - 0.012
    )
    wood = blend(wood, paint(240, 238, 230), edge(strokes, 0.006) * (np.mod(which, 4) == 0) * 0.9)
    steel = camera.Surface(
        paint(60, 108, 116, 0.16 * np.clip(np.sin(X * 12) * 2, -1, 1) + 0.10 * noise(4468, 6))
        * (1 - 0.4 * edge(0.86 - Y, 0.01))[..., None],
        0.06 * np.clip(np.sin(X * 12) * 2, -1, 1),
    )
    things = [
        thing(wood, shape, 0.03, 0.10, gloss=0.3, lift=0.16, relief=0.05 * (chance_of(4469, which) - 0.5)),
    ]  # fmt: skip
    return camera.taken(things, steel, 4470, sun=(215, 50), turn=2, tilt=(0.05, 0.0), zoom=1.0, quality=60)


def slats_under_apple_tree() -> Image.Image:
    """A garden bench of silver-brown slats under green leaves on a lawn, seen from the front: three-board back, curved arms, a red cushion, a watering can."""
    back = np.minimum.reduce([box(X, Y + 0.40 - 0.15 * k, 0.82, 0.055, 0.015) for k in range(4)])
    posts = np.minimum.reduce([box(X - s * 0.84, Y + 0.02, 0.055, 0.62, 0.02) for s in (-1, 1)])
    seat = np.minimum.reduce([box(X, Y - 0.20 - 0.09 * k, 0.90 + 0.03 * k, 0.036, 0.012) for k in range(3)])
    arms = np.minimum.reduce(
        [chain([(s * 0.84, -0.02), (s * 0.93, 0.0), (s * 1.00, 0.06)], 0.055, 0.045) for s in (-1, 1)]
    )
    legs = np.minimum.reduce(
        [box(X - s * 0.95, Y - 0.46, 0.05, 0.38, 0.015) for s in (-1, 1)] + [box(X, Y - 0.46, 0.90, 0.04, 0.01)]
    )
    grain = fibres(4471, X, Y, 60, 2.5)
    timber = blend(
        paint(158, 142, 122, 0.16 * grain), paint(166, 116, 70, 0.14 * grain), np.clip(0.5 + noise(4472, 5), 0, 1) * 0.6
    )
    cushion = box(X + 0.40, Y + 0.04, 0.27, 0.23, 0.10) + 0.02 * np.cos(6 * (X + 0.4)) * np.cos(6 * Y)
    u, v = X - 1.08, Y - 0.72
    can = np.minimum.reduce(
        [
            box(u, v, 0.17, 0.15, 0.03),
            limb((0.95, 0.70), (0.72, 0.50), 0.035, 0.025),
            oval(0.70, 0.48, 0.07, 0.045, -40),
            np.abs(oval(1.16, 0.58, 0.14, 0.15)) - 0.018,
        ]
    )
    far, second, which = nearest(strewn(4473, 0.085), 0.25)
    leaves = (
        blend(paint(54, 96, 40), paint(130, 170, 70), chance_of(4474, which))
        * (1 - 0.3 * edge(second - far - 0.02, 0.02))[..., None]
    )
    hedge = np.stack([soft(leaves[..., k], 9) for k in range(3)], axis=-1)
    lawn = paint(110, 150, 62, 0.3 * fibres(4475, Y + 0.4 * X, X, 14, 60))
    level = edge(0.42 + 0.03 * noise(4476, 6) - Y, 0.04)
    scene = camera.Surface(blend(hedge * 0.9, lawn, level), 0.02 * fibres(4475, Y + 0.4 * X, X, 14, 60) * level)
    things = [
        thing(timber * 0.8, legs, 0.03, 0.06, lift=0.10), thing(timber * 0.9, posts, 0.03, 0.06, lift=0.08), thing(timber, back, 0.03, 0.06, lift=0.08), thing(paint(190, 44, 50, 0.08 * noise(4477, 120)), cushion, 0.12, 0.14, lift=0.06),
        thing(timber * 1.08, seat, 0.03, 0.07, lift=0.06), thing(timber, arms, 0.04, 0.08, lift=0.05), thing(paint(70, 120, 130, 0.08 * noise(4478, 20)), can, 0.06, 0.09, gloss=0.5, lift=0.06),
    ]  # fmt: skip
    return camera.taken(things, scene, 4479, sun=(250, 54), turn=-1, zoom=1.02, warmth=0.03, quality=56)


def ovals_with_seams_in_tray() -> Image.Image:
    """Five flat yellowish-brown ovals with a notch at one end, in a tin tray lined with newspaper: a seam down the middle and five across, dark blotches beside each seam, broken stumps at both sides."""
    things: list[Thing] = []
    tray, inner = box(X, Y, 1.22, 0.88, 0.05), box(X, Y, 1.13, 0.79, 0.04)
    print_ = camera.newspaper(4481)
    tin = blend(paint(170, 174, 176, 0.06 * noise(4482, 8)), print_.colours, edge(inner))
    things.append(thing(tin, tray, 0.04, 0.06, gloss=0.2, relief=-0.05 * edge(inner), lift=0.06))
    form = [
        (-0.12, -0.40),
        (0.0, -0.42),
        (0.12, -0.40),
        (0.22, -0.30),
        (0.25, -0.16),
        (0.31, -0.10),
        (0.32, 0.08),
        (0.26, 0.14),
        (0.22, 0.28),
        (0.13, 0.40),
        (0.0, 0.31),
        (-0.13, 0.40),
        (-0.22, 0.28),
        (-0.26, 0.14),
        (-0.32, 0.08),
        (-0.31, -0.10),
        (-0.25, -0.16),
        (-0.22, -0.30),
    ]
    for at, (px, py, lean, size) in enumerate(
        (
            (-0.72, -0.26, -12, 1.02),
            (0.02, -0.30, 6, 1.10),
            (0.76, -0.24, 22, 1.0),
            (-0.34, 0.46, 84, 0.98),
            (0.52, 0.46, 98, 1.0),
        )
    ):
        own = outline(form, px, py, lean, size)
        x, y = placed(px, py, lean)
        x, y = x / size, y / size
        bow = y + 0.25 * np.abs(x) * np.sign(y + 0.02)
        seams = np.minimum.reduce(
            [np.abs(x + 0.006 * np.sin(30 * y))] + [np.abs(bow - c) for c in (-0.26, -0.13, 0.02, 0.17, 0.27)]
        )
        blots = np.minimum.reduce(
            [np.hypot((np.abs(x) - 0.14) / 1.0, (bow - c) / 0.65) - 0.060 for c in (-0.19, -0.05, 0.10, 0.23)]
        ) + 0.03 * noise(4483 + at, 22)
        plate = blend(paint(206, 168, 96, 0.10 * noise(4489 + at, 9)), paint(70, 44, 26), edge(blots, 0.02) * 0.85)
        plate = blend(plate, paint(96, 66, 36), edge(seams - 0.005, 0.005))
        broken = edge(0.265 - np.abs(x) + 0.02 * noise(4494, 30), 0.01) * edge(np.abs(y) - 0.13, 0.02)
        plate = blend(plate, paint(232, 218, 184, 0.2 * noise(4495, 90)), broken)
        things.append(thing(plate, own, 0.05, 0.05, gloss=0.3, lift=0.06, relief=-0.012 * edge(seams - 0.006, 0.008)))
    return camera.taken(
        things,
        ground(84, 62, 48, 4496, grain=160, rough=0.2),
        4497,
        sun=(235, 48),
        turn=3,
        tilt=(0.0, 0.07),
        zoom=0.99,
        warmth=0.03,
        quality=58,
    )
