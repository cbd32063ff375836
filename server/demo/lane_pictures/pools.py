"""The picture lane's own pictures: frogs, newts and what bears their name. Each shows what a lesson or the list of species says."""

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
from server.demo.lane_pictures.outlines import chain, eye, limb, melted, outline, oval, thing, together
from server.demo.lane_pictures.props import glass, ground, paper


def gold_on_chain() -> Image.Image:
    """A small gold pendant on a thin chain on dark green leather: a squat body from above with bulging eyes, broad flat feet, a spiral on each thigh."""
    trunk = melted(oval(0.0, 0.10, 0.27, 0.36), oval(0.0, -0.26, 0.23, 0.18), by=24)
    eyes_ = np.minimum(oval(-0.17, -0.36, 0.095, 0.095), oval(0.17, -0.36, 0.095, 0.095))
    limbs = np.minimum.reduce([chain([(w * 0.20, -0.10), (w * 0.46, -0.20), (w * 0.46, -0.44)], 0.075, 0.06) for w in (-1, 1)] + [chain([(w * 0.20, 0.34), (w * 0.50, 0.22), (w * 0.48, 0.56)], 0.085, 0.06) for w in (-1, 1)])  # fmt: skip
    feet = np.minimum.reduce([box(X - w * 0.50, Y + 0.52, 0.17, 0.075, 0.04) for w in (-1, 1)] + [box(X - w * 0.54, Y - 0.64, 0.21, 0.085, 0.04) for w in (-1, 1)])  # fmt: skip
    spiral = np.full(X.shape, 9.0)
    for w in (-1, 1):
        far, turn = np.hypot(X - w * 0.13, Y - 0.20), np.arctan2(Y - 0.20, w * (X - w * 0.13))
        spiral = np.minimum(spiral, np.maximum(np.abs(np.mod(far * 16 - turn / (2 * np.pi), 1) - 0.5) * 0.06 - 0.012, far - 0.125))  # fmt: skip
    ring = np.abs(oval(0.0, -0.54, 0.085, 0.085)) - 0.022
    way = ribbon([(-1.4, -0.30), (-0.60, -0.86), (0.0, -0.62), (0.62, -0.86), (1.4, -0.34)], lambda t: 0.020, 40)
    links = np.maximum(way.distance + 0.012 * np.cos(way.along * 110), -9.0)
    gold = paint(226, 178, 66, 0.10 * noise(3401, 8))
    things = [
        thing(gold, links, 0.02, 0.03, gloss=1.0, lift=0.03), thing(gold, np.minimum(limbs, feet), 0.06, 0.08, gloss=1.0, lift=0.05), thing(gold, trunk, 0.16, 0.16, gloss=1.0, lift=0.06, relief=0.03 * edge(spiral, 0.012)),
        thing(gold * 1.05, eyes_, 0.08, 0.12, gloss=1.0, lift=0.03), thing(gold, ring, 0.02, 0.05, gloss=1.0, lift=0.04),
    ]  # fmt: skip
    return camera.taken(things, ground(24, 62, 48, 3402, grain=130, rough=0.22, deep=0.006), 3403, sun=(215, 46), turn=6, tilt=(0.04, 0.04), zoom=1.08, shift=(0.0, 0.04), focus=(0.0, 0.1), quality=62)  # fmt: skip


def pairs_on_plate() -> Image.Image:
    """Six pairs of slim pale roasted legs, joined at the hip, on a blue-rimmed plate with parsley and a wedge of lemon, a fork beside it."""
    plate, well = oval(-0.06, 0.0, 0.94, 0.90), oval(-0.06, 0.0, 0.66, 0.62)
    china = blend(paint(246, 246, 244), paint(54, 84, 160), edge(np.abs(plate + 0.10) - 0.022, 0.008) + edge(np.abs(plate + 0.04) - 0.010, 0.006))  # fmt: skip
    things: list[Thing] = [thing(china, plate, 0.14, 0.08, gloss=0.6, lift=0.06, relief=-0.04 * edge(well, 0.05))]
    for at, (px, py, turn) in enumerate(((-0.42, -0.34, -20), (0.14, -0.42, 12), (0.38, 0.02, 74), (-0.48, 0.16, -70), (-0.02, 0.06, 18), (0.10, 0.48, 160))):  # fmt: skip
        cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        parts = []
        for w in (-1, 1):
            path = [(0.0, -0.10), (w * 0.13, 0.06), (w * 0.07, 0.24), (w * 0.16, 0.36), (w * 0.13, 0.46)]
            at_ = [(px + a * cos - b * sin, py + a * sin + b * cos) for a, b in path]
            parts += [limb(at_[0], at_[1], 0.065, 0.085), limb(at_[1], at_[2], 0.085, 0.040), limb(at_[2], at_[3], 0.055, 0.026), limb(at_[3], at_[4], 0.028, 0.014)]  # fmt: skip
        shape = melted(*parts, by=60)
        brown = edge(0.10 - noise(3411 + at, 9), 0.3)
        flesh = blend(paint(240, 214, 168), paint(188, 122, 58), brown * 0.7)
        things.append(thing(flesh, shape, 0.07, 0.09, gloss=0.6, lift=0.05, relief=0.006 * noise(3421 + at, 40)))
    leaves = np.minimum.reduce([oval(0.34 + 0.08 * (k % 3), -0.20 + 0.06 * (k // 3), 0.055, 0.035, 40 * k) for k in range(6)] + [oval(-0.24 + 0.07 * (k % 3), 0.46 + 0.05 * (k // 3), 0.05, 0.035, 70 * k) for k in range(5)]) + 0.012 * noise(3431, 50)  # fmt: skip
    wedge = outline([(-0.62, -0.10), (-0.40, -0.06), (-0.24, -0.16), (-0.34, -0.22), (-0.56, -0.20)])
    tines = np.minimum.reduce([limb((1.10 + 0.05 * k, -0.66), (1.10 + 0.05 * k, -0.34), 0.014, 0.016) for k in (-1.5, -0.5, 0.5, 1.5)])  # fmt: skip
    fork = melted(tines, oval(1.10, -0.28, 0.10, 0.08), limb((1.10, -0.24), (1.12, 0.70), 0.030, 0.045), by=60)
    things += [thing(paint(250, 222, 80), wedge, 0.05, 0.08, gloss=0.5, lift=0.03), thing(paint(66, 136, 54, 0.3 * noise(3432, 60)), leaves, 0.02, 0.04, lift=0.02), thing(paint(196, 198, 202), fork, 0.03, 0.05, gloss=0.9, lift=0.04)]  # fmt: skip
    return camera.taken(things, camera.wood(206, 196, 176, 3433, 0.3), 3434, sun=(230, 54), turn=-6, tilt=(0.0, 0.06), zoom=1.0, warmth=0.03, quality=60)  # fmt: skip


def round_and_red_in_pot() -> Image.Image:
    """A fat orange-red animal like a ball sits on dark soil in a clay saucer, from the front: a wide mouth, small eyes at the sides, short arms."""
    body = outline([(-0.62, 0.20), (-0.60, -0.10), (-0.42, -0.36), (-0.16, -0.46), (0.16, -0.46), (0.42, -0.36), (0.60, -0.10), (0.62, 0.20), (0.46, 0.42), (0.0, 0.48), (-0.46, 0.42)])  # fmt: skip
    arms = np.minimum(*[chain([(w * 0.34, 0.24), (w * 0.44, 0.46), (w * 0.30, 0.58)], 0.13, 0.07) for w in (-1, 1)])
    toes = np.minimum.reduce([limb((w * 0.30, 0.58), (w * (0.30 + 0.10 * k), 0.66), 0.035, 0.018) for w in (-1, 1) for k in (-1.2, -0.3, 0.6)])  # fmt: skip
    legs = np.minimum(*[oval(w * 0.62, 0.34, 0.20, 0.17) for w in (-1, 1)])
    grain = noise(3441, 30)
    red = blend(paint(222, 66, 30, 0.06 * grain), paint(244, 176, 92), edge(0.24 - Y + 0.10 * noise(3442, 5), 0.12))
    line = edge(np.abs(Y + 0.06 - 0.22 * X * X) - 0.010, 0.008) * edge(np.abs(X) - 0.46, 0.02)
    nose = np.minimum(oval(-0.07, -0.20, 0.018, 0.013), oval(0.07, -0.20, 0.018, 0.013))
    red = blend(red, paint(90, 20, 10), np.maximum(line, edge(nose, 0.005)))
    side = edge(np.abs(np.abs(X) - 0.52 - 0.1 * (Y + 0.1)) - 0.016, 0.012) * edge(np.abs(Y - 0.02) - 0.22, 0.04)
    red = blend(red, paint(60, 20, 16), side * 0.7)
    soil = nearest(strewn(3443, 0.06), 0.15)[0]
    earth = camera.Surface(paint(66, 46, 32, 0.5 * noise(3444, 70)), 0.10 * np.clip(0.05 - soil, 0, 1) + 0.02 * noise(3445, 80))  # fmt: skip
    rim = np.maximum(np.abs(oval(0.0, 0.44, 1.14, 0.46)) - 0.05, -(Y - 0.42))
    back = camera.Surface(blend(paint(108, 132, 92, 0.3 * soft(noise(3446, 4), 16)), earth.colours, edge(oval(0.0, 0.44, 1.14, 0.46))), earth.height * edge(oval(0.0, 0.44, 1.14, 0.46)))  # fmt: skip
    things = [
        thing(paint(190, 104, 66, 0.06 * noise(3447, 30)), rim, 0.05, 0.12, lift=0.08), thing(red * 0.92, legs, 0.14, 0.10, gloss=0.4, lift=0.05), thing(red, body, 0.34, 0.30, gloss=0.5, lift=0.10, relief=0.006 * grain),
        thing(paint(226, 84, 40), np.minimum(arms, toes), 0.08, 0.10, gloss=0.4, lift=0.04), *eye(-0.37, -0.24, 0.072, (222, 160, 60)), *eye(0.37, -0.24, 0.072, (222, 160, 60)),
    ]  # fmt: skip
    return camera.taken(things, back, 3448, sun=(255, 52), turn=-2, zoom=1.04, shift=(0.0, 0.04), warmth=0.02, quality=62)  # fmt: skip


def dates_on_lids() -> Image.Image:
    """Six clear cups with water in a wooden rack: in each a small dark wriggler with a tail and a leaf, on each lid a strip of tape with a date."""
    rack = box(X, Y, 1.16, 0.82, 0.05)
    things: list[Thing] = [thing(paint(196, 158, 108, 0.16 * fibres(3451, X, Y, 26, 2)), rack, 0.04, 0.08, lift=0.10)]
    chance = np.random.default_rng(3452)
    for at in range(6):
        px, py = -0.74 + 0.74 * (at % 3), -0.38 + 0.78 * (at // 3)
        cup = oval(px, py, 0.31, 0.31)
        turn = np.radians(chance.uniform(0, 360))
        head = oval(px + 0.06 * np.cos(turn), py + 0.02 + 0.06 * np.sin(turn), 0.072, 0.052, np.degrees(turn))
        spine = [(px + (0.06 - 0.06 * k) * np.cos(turn) - 0.03 * np.sin(1.6 * k) * np.sin(turn), py + 0.02 + (0.06 - 0.06 * k) * np.sin(turn) + 0.03 * np.sin(1.6 * k) * np.cos(turn)) for k in range(5)]  # fmt: skip
        tail, fin = chain(spine, 0.026, 0.006), chain(spine, 0.048, 0.014)
        leaf = oval(px - 0.10, py + 0.15, 0.13, 0.05, chance.uniform(-60, 60))
        eyes_ = np.minimum(*[oval(px + 0.10 * np.cos(turn) - w * 0.032 * np.sin(turn), py + 0.02 + 0.10 * np.sin(turn) + w * 0.032 * np.cos(turn), 0.012, 0.012) for w in (-1, 1)])  # fmt: skip
        things += [
            Thing(paint(186, 176, 128, 0.08 * noise(3453 + at, 8)), edge(cup), -dome(cup, 0.1, 0.08), 0.5, 0.06), thing(paint(120, 88, 40), leaf, 0.03, 0.03, lift=0.02),
            Thing(paint(70, 62, 54), edge(fin, 0.01) * 0.4, 0 * X), thing(paint(44, 38, 34), np.minimum(head, tail), 0.05, 0.05, gloss=0.5, lift=0.03), Thing(paint(220, 190, 110), edge(eyes_, 0.004), 0 * X),
            glass(cup, share=0.10), paper(px + 0.02, py - 0.24, 0.17, 0.055, chance.uniform(-8, 8), (246, 240, 214), 3460 + at, line=0.085, ink=(30, 40, 110)),
        ]  # fmt: skip
    return camera.taken(things, camera.checked((206, 214, 208), (150, 178, 170), 3470), 3471, sun=(225, 56), turn=3, tilt=(0.0, 0.05), zoom=1.02, quality=58)  # fmt: skip


def zip_in_back() -> Image.Image:
    """A brown warty purse made of a whole flat small animal: head with glass eyes, four short limbs, a metal zip across its back, beside a bus ticket and keys."""
    body = outline([(-0.34, -0.30), (0.34, -0.30), (0.54, -0.02), (0.56, 0.30), (0.36, 0.56), (-0.36, 0.56), (-0.56, 0.30), (-0.54, -0.02)], -0.16, 0.0)  # fmt: skip
    head = outline([(-0.34, -0.26), (-0.30, -0.52), (-0.14, -0.66), (0.14, -0.66), (0.30, -0.52), (0.34, -0.26)], -0.16, 0.0)  # fmt: skip
    limbs = np.minimum.reduce([chain([(-0.16 + w * 0.44, -0.12), (-0.16 + w * 0.66, -0.22), (-0.16 + w * 0.72, -0.44)], 0.10, 0.06) for w in (-1, 1)] + [chain([(-0.16 + w * 0.46, 0.42), (-0.16 + w * 0.70, 0.50), (-0.16 + w * 0.66, 0.76)], 0.12, 0.07) for w in (-1, 1)])  # fmt: skip
    first, _, which = nearest(strewn(3481, 0.085), 0.2)
    size = 0.016 + 0.022 * chance_of(3482, which)
    wart = np.clip(1 - first / size, 0, 1)
    hide = blend(paint(134, 96, 54, 0.24 * noise(3483, 12)), paint(84, 58, 34), edge(first - size * 0.8, 0.012) * 0.7)
    glands = np.minimum(oval(-0.50, -0.30, 0.07, 0.13, 30), oval(0.18, -0.30, 0.07, 0.13, -30))
    x, y = X + 0.16, Y - 0.10 - 0.10 * X * X
    tape = np.maximum(np.abs(y) - 0.075, np.abs(x) - 0.46)
    teeth = np.maximum(np.abs(y) - 0.030, np.abs(x) - 0.45)
    metal = paint(206, 180, 104, 0.5 * (np.mod(x * 34 + 0.5 * (y > 0), 1) < 0.5))
    pull = np.minimum(box(x - 0.42, y - 0.10, 0.035, 0.10, 0.03), oval(0.28, 0.12, 0.045, 0.04))
    ticket = paper(0.92, -0.52, 0.30, 0.36, 12, (236, 226, 196), 3484, line=0.09, ink=(90, 60, 120))
    key = np.minimum(np.abs(oval(0.92, 0.36, 0.13, 0.13)) - 0.04, np.minimum(limb((0.98, 0.48), (1.10, 0.86), 0.035, 0.03), box(*placed(1.12, 0.74, -18), 0.07, 0.03, 0.01)))  # fmt: skip
    things = [
        ticket, thing(paint(190, 190, 196), key, 0.03, 0.05, gloss=0.9, lift=0.04), thing(hide * 0.95, limbs, 0.08, 0.08, gloss=0.3, lift=0.06, relief=0.03 * wart),
        thing(hide, melted(body, head, by=30), 0.16, 0.16, gloss=0.35, lift=0.10, relief=0.03 * wart), thing(hide * 0.85, glands, 0.06, 0.06, gloss=0.3, relief=0.02 * wart),
        thing(paint(36, 30, 28), tape, 0.02, 0.02), thing(metal, teeth, 0.02, 0.03, gloss=0.9), thing(paint(206, 180, 104), pull, 0.02, 0.05, gloss=0.9, lift=0.03),
        *eye(-0.36, -0.52, 0.062, (230, 170, 40)), *eye(0.04, -0.52, 0.062, (230, 170, 40)),
    ]  # fmt: skip
    return camera.taken(things, ground(76, 92, 128, 3485, grain=200, rough=0.25), 3486, sun=(320, 48), turn=-7, tilt=(0.04, 0.04), zoom=1.0, shift=(0.06, 0.03), warmth=0.03, quality=58)  # fmt: skip


def black_and_yellow_on_leaves() -> Image.Image:
    """A stout shiny black animal with a tail on wet brown leaves: broad yellow blotches in two uneven rows, a yellow gland behind each eye."""
    spine = [(-0.66, -0.22), (-0.20, 0.06), (0.24, 0.10), (0.62, -0.10), (0.86, -0.46)]
    body = ribbon(spine, lambda t: (0.155 * np.sin(np.pi * (0.22 + 0.50 * t)) ** 0.8) if t < 0.55 else 0.155 - 0.13 * (t - 0.40) / 0.6, 36)  # fmt: skip
    head = oval(-0.68, -0.24, 0.20, 0.165, 32)
    limbs = np.minimum.reduce([chain(path, 0.065, 0.045) for path in ([(-0.36, -0.10), (-0.30, -0.34), (-0.46, -0.44)], [(-0.46, 0.04), (-0.56, 0.26), (-0.44, 0.38)], [(0.30, -0.02), (0.32, -0.26), (0.18, -0.36)], [(0.34, 0.14), (0.44, 0.34), (0.32, 0.46)])])  # fmt: skip
    toes = np.minimum.reduce([limb(a, (a[0] + dx, a[1] + dy), 0.026, 0.014) for a, way in (((-0.46, -0.44), -1), ((-0.44, 0.38), 1), ((0.18, -0.36), -1), ((0.32, 0.46), 1)) for dx, dy in ((-0.10, 0.02 * way), (-0.04, 0.09 * way), (0.05, 0.08 * way))])  # fmt: skip
    chance = np.random.default_rng(3491)
    blots = np.full(X.shape, 9.0)
    for w in (-0.5, 0.5):
        for along in np.arange(0.10, 1.75, 0.22):
            a, b = along + chance.uniform(-0.05, 0.05), w + chance.uniform(-0.12, 0.12)
            blots = np.minimum(blots, np.hypot((body.along - a) / 1.5, (body.across - b) * body.width) - chance.uniform(0.03, 0.055))  # fmt: skip
    glands = np.minimum(oval(-0.58, -0.33, 0.07, 0.035, 32), oval(-0.70, -0.12, 0.07, 0.035, 32))
    yellow = edge(np.minimum(blots + 0.012 * noise(3492, 30), glands), 0.010)
    skin = blend(paint(24, 22, 24, 0.1 * noise(3493, 20)), paint(246, 204, 30, 0.06 * noise(3494, 30)), yellow)
    ribs = edge(np.abs(np.mod(body.along * 9, 1) - 0.5) - 0.06, 0.06) * edge(body.distance + 0.03, 0.02)
    cells, second, which = nearest(strewn(3495, 0.34, 1.6, 1.2), 0.8)
    vein = np.abs(np.mod((X * np.cos(which) + Y * np.sin(which)) * 9, 1) - 0.5)
    leaves = blend(paint(140, 82, 40), paint(176, 122, 60), chance_of(3496, which)) * (0.75 + 0.25 * edge(0.02 - (second - cells), 0.03) + 0.08 * noise(3497, 20))[..., None]  # fmt: skip
    leaves = blend(leaves, paint(70, 40, 24), edge(vein - 0.04, 0.04) * 0.25 + edge((second - cells) - 0.02, 0.02) * 0.8)  # fmt: skip
    things = [
        thing(skin * 0.98, np.minimum(limbs, toes), 0.05, 0.07, gloss=0.6, lift=0.05), thing(skin, melted(body.distance, head, by=30), 0.14, 0.15, gloss=0.9, lift=0.08, relief=-0.010 * ribs),
        *eye(-0.70, -0.35, 0.034, (20, 18, 16)), *eye(-0.80, -0.16, 0.034, (20, 18, 16)),
    ]  # fmt: skip
    return camera.taken(things, camera.Surface(leaves, 0.06 * soft(second - cells, 3) + 0.02 * noise(3498, 30)), 3499, sun=(245, 50), turn=4, tilt=(0.0, 0.05), zoom=1.04, warmth=-0.02, quality=60)  # fmt: skip


def gold_on_wet_stone() -> Image.Image:
    """A slim golden animal walks over a wet mossy stone in a brook, from its side: a pointed snout, long thin limbs, few black blotches."""
    body = outline([(-0.70, -0.24), (-0.62, -0.32), (-0.42, -0.34), (-0.20, -0.26), (0.20, -0.22), (0.46, -0.10), (0.56, 0.06), (0.40, 0.16), (0.0, 0.14), (-0.32, 0.04), (-0.52, -0.10)])  # fmt: skip
    near = np.minimum.reduce([chain([(-0.32, 0.0), (-0.46, 0.22), (-0.30, 0.42), (-0.42, 0.46)], 0.065, 0.035), chain([(0.42, 0.06), (0.16, 0.30), (0.52, 0.34), (0.34, 0.48), (0.22, 0.47)], 0.085, 0.032)])  # fmt: skip
    far_ = np.minimum(chain([(-0.26, 0.04), (-0.10, 0.24), (-0.06, 0.44)], 0.055, 0.032), chain([(0.50, 0.02), (0.72, 0.20), (0.60, 0.40), (0.78, 0.48)], 0.07, 0.03))  # fmt: skip
    toes = np.minimum.reduce([limb(a, (a[0] + dx, a[1] + 0.035), 0.020, 0.010) for a in ((-0.42, 0.46), (0.22, 0.47), (-0.06, 0.44), (0.78, 0.48)) for dx in (-0.11, -0.04, 0.06)])  # fmt: skip
    blots = np.minimum.reduce([oval(-0.02, -0.16, 0.13, 0.05, 10), oval(0.30, -0.06, 0.10, 0.06, 24), oval(-0.26, -0.20, 0.06, 0.03), oval(0.12, 0.02, 0.06, 0.03), oval(0.34, 0.32, 0.06, 0.035, 10), oval(0.24, 0.18, 0.05, 0.03, 40), oval(-0.44, 0.18, 0.04, 0.03)]) + 0.012 * noise(3501, 24)  # fmt: skip
    skin = blend(paint(246, 186, 26, 0.06 * noise(3502, 30)), paint(26, 20, 16), edge(blots, 0.010))
    mouth = edge(np.abs(Y + 0.18 - 0.30 * (X + 0.70)) - 0.007, 0.006) * edge(np.abs(X + 0.58) - 0.13, 0.01)
    skin = blend(skin, paint(120, 80, 10), mouth)
    rock = Y - 0.50 + 0.10 * np.cos(2.2 * X) + 0.05 * noise(3503, 5)
    stone = edge(-rock, 0.01)
    moss = edge(0.05 - noise(3504, 6), 0.12)
    rocky = blend(paint(92, 92, 88, 0.3 * noise(3505, 30)), paint(66, 106, 44, 0.5 * noise(3506, 120)), moss)
    fall = paint(150, 176, 180, 0.30 * fibres(3507, Y, X, 16, 1.2))
    back = camera.Surface(blend(blend(fall, paint(40, 70, 52), np.clip(0.5 + soft(noise(3508, 4), 20), 0, 1) * 0.7), rocky, stone), (0.05 * noise(3509, 20) + 0.02 * noise(3510, 90) * moss) * stone)  # fmt: skip
    things = [
        thing(skin * 0.82, far_, 0.04, 0.05, gloss=0.4, lift=0.05), thing(skin, body, 0.16, 0.15, gloss=0.7, lift=0.08), thing(skin, np.minimum(near, toes), 0.05, 0.09, gloss=0.6, lift=0.05), *eye(-0.50, -0.25, 0.050, (40, 30, 20)),
    ]  # fmt: skip
    return camera.taken(things, back, 3511, sun=(240, 48), turn=-5, zoom=1.10, shift=(0.0, 0.06), warmth=0.0, quality=60)  # fmt: skip


def feathery_necks_in_crate() -> Image.Image:
    """A green fish crate with cloudy water and a dozen dark brown animals in it: broad heads, feathery tufts at the neck, flat tails; a hand net lies on its rim."""
    crate, rim = box(X, Y, 1.12, 0.82, 0.08), np.abs(box(X, Y, 1.17, 0.87, 0.10)) - 0.06
    chance = np.random.default_rng(3521)
    things: list[Thing] = [Thing(paint(108, 116, 92, 0.10 * noise(3522, 5)), edge(crate), -dome(crate, 0.2, 0.08), 0.4, 0.0)]  # fmt: skip
    for at in range(11):
        px, py, turn = -0.82 + 0.55 * (at % 4) + chance.uniform(-0.06, 0.06), -0.54 + 0.52 * (at // 4) + chance.uniform(-0.06, 0.06), chance.uniform(0, 360)  # fmt: skip
        cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))

        def put(a: float, b: float, px: float = px, py: float = py, cos: float = cos, sin: float = sin) -> tuple[float, float]:  # fmt: skip
            return px + 0.8 * (a * cos - b * sin), py + 0.8 * (a * sin + b * cos)

        bend = chance.uniform(-0.05, 0.05)
        trunk = chain([put(-0.20, 0), put(0.0, bend * 0.3), put(0.18, bend), put(0.44, bend * 4)], 0.072, 0.012)
        head = oval(*put(-0.24, 0), 0.098, 0.088, turn)
        gills = np.minimum.reduce([limb(put(-0.16, w * 0.06), put(-0.16 + dx, w * 0.21), 0.022, 0.010) for w in (-1, 1) for dx in (-0.06, 0.02, 0.10)])  # fmt: skip
        legs = np.minimum.reduce([limb(put(a, w * 0.05), put(a + 0.03, w * 0.17), 0.026, 0.014) for w in (-1, 1) for a in (-0.06, 0.16)])  # fmt: skip
        skin = blend(paint(62, 56, 40), paint(104, 96, 62), edge(0.2 - noise(3530 + at, 40), 0.1) * 0.7)
        pair = [e for w in (-1, 1) for e in eye(*put(-0.27, w * 0.055), 0.016, (200, 180, 90))]
        things += [together(thing(paint(110, 44, 44), gills + 0.01 * noise(3550 + at, 90), 0.02, 0.03), thing(skin, np.minimum.reduce([legs, melted(trunk, head, by=50)]), 0.07, 0.08), gloss=0.5, lift=0.03), *pair]  # fmt: skip
    hoop = np.abs(oval(0.78, -0.62, 0.34, 0.24, 20)) - 0.022
    net = np.maximum(oval(0.78, -0.62, 0.34, 0.24, 20), 0.06 - np.minimum(np.abs(np.mod(X * 20, 1) - 0.5), np.abs(np.mod(Y * 20, 1) - 0.5)))  # fmt: skip
    things += [thing(paint(56, 120, 84, 0.05 * noise(3570, 40)), rim, 0.06, 0.12, gloss=0.3, lift=0.12), Thing(paint(230, 230, 224), edge(net, 0.02) * 0.5, 0 * X, 0.0, 0.08), thing(paint(206, 60, 50), np.minimum(hoop, limb((1.02, -0.72), (1.40, -0.98), 0.03, 0.03)), 0.02, 0.05, gloss=0.6, lift=0.10)]  # fmt: skip
    return camera.taken(things, ground(96, 84, 70, 3571, grain=60, rough=0.5), 3572, sun=(250, 54), turn=5, tilt=(0.0, 0.05), zoom=1.0, warmth=-0.02, quality=60)  # fmt: skip


def patchwork_on_red_earth() -> Image.Image:
    """A small round animal on red earth, from above: grass green, white and pink patches with thick black outlines, orange thighs."""
    body = outline([(-0.30, -0.34), (0.0, -0.46), (0.30, -0.34), (0.46, -0.04), (0.46, 0.26), (0.26, 0.48), (-0.26, 0.48), (-0.46, 0.26), (-0.46, -0.04)])  # fmt: skip
    limbs = np.minimum.reduce([chain([(w * 0.34, -0.16), (w * 0.58, -0.26), (w * 0.62, -0.46)], 0.09, 0.05) for w in (-1, 1)] + [chain([(w * 0.34, 0.34), (w * 0.66, 0.26), (w * 0.54, 0.52), (w * 0.70, 0.60)], 0.12, 0.05) for w in (-1, 1)])  # fmt: skip
    toes = np.minimum.reduce([limb((w * a, b), (w * (a + dx), b + dy), 0.030, 0.020) for w in (-1, 1) for a, b, way in ((0.62, -0.46, -1), (0.70, 0.60, 1)) for dx, dy in ((-0.06, 0.09 * way), (0.03, 0.10 * way), (0.11, 0.06 * way))])  # fmt: skip
    side = np.abs(X)
    centres = np.array([(w * a, b) for a, b in ((0.0, -0.34), (0.20, -0.16), (0.12, 0.14), (0.34, 0.12), (0.20, 0.38), (0.0, 0.40), (0.42, -0.08)) for w in (-1, 1)] + [(0.0, -0.06)])  # fmt: skip
    first, second, which = nearest(centres, 0.9, X + 0.03 * noise(3581, 9), Y + 0.03 * noise(3582, 9))
    kind = np.mod(np.floor(which / 2), 3)
    patch = np.where((kind == 0)[..., None], paint(120, 190, 84), np.where((kind == 1)[..., None], paint(240, 232, 224), paint(214, 150, 140)))  # fmt: skip
    hide = blend(patch, paint(22, 18, 18), edge((second - first) - 0.040, 0.014))
    hide = blend(hide, paint(236, 128, 50), edge(0.02 - (side - 0.46), 0.03) * edge(0.08 - Y, 0.05) * edge(0.48 - side, 0.02))  # fmt: skip
    leg = blend(paint(232, 226, 216), paint(24, 20, 20), edge(np.abs(np.mod((X + Y) * 7, 1) - 0.5) - 0.14, 0.05))
    leg = blend(leg, paint(230, 110, 40), edge(0.16 - Y, 0.1) * 0.6)
    shards = nearest(strewn(3583, 0.16), 0.3)[0]
    earth = camera.Surface(paint(164, 84, 54, 0.34 * noise(3584, 60)), 0.05 * np.clip(0.05 - shards, 0, 1) + 0.03 * noise(3585, 30))  # fmt: skip
    twig = limb((-1.4, 0.66), (-0.70, 0.92), 0.03, 0.02) + 0.01 * noise(3586, 30)
    things = [thing(paint(110, 84, 60), twig, 0.02, 0.03, lift=0.03), thing(leg, np.minimum(limbs, toes), 0.07, 0.08, gloss=0.5, lift=0.05), thing(hide, body, 0.26, 0.22, gloss=0.7, lift=0.08), *eye(-0.22, -0.36, 0.060, (170, 150, 110)), *eye(0.22, -0.36, 0.060, (170, 150, 110))]  # fmt: skip
    return camera.taken(things, earth, 3587, sun=(230, 46), turn=28, tilt=(0.0, 0.04), zoom=1.16, warmth=0.0, quality=60)  # fmt: skip
