"""The picture lane's own pictures: what is worn, from a bangle to a lipstick. Each shows what a lesson says of it."""

from itertools import pairwise

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (  # fmt: skip
    Plane,
    Thing,
    X,
    Y,
    blend,
    box,
    dome,
    edge,
    fibres,
    noise,
    paint,
    placed,
)
from server.demo.lane_pictures.outlines import chain, limb, melted, outline, oval, thing
from server.demo.lane_pictures.props import ground, paper, room


def flat_ring_on_green() -> Image.Image:
    """A broad cream ring lies flat on green felt: fine lines cross on its flat side near the outer rim; a wrist watch beside it."""
    x, y = X + 0.24, (Y - 0.02) / 0.94
    far, turn = np.hypot(x, y), np.arctan2(y, x)
    shape = np.maximum(far - 0.80, 0.47 - far)
    first, second = np.sin(62 * turn + 138 * far), np.sin(62 * turn - 138 * far)
    near_rim = np.clip((far - 0.52) / 0.14, 0, 1)
    lines = np.clip(np.maximum(first, second) - 0.15, 0, 1) * near_rim
    rings = 0.02 * np.sin(70 * far + noise(4201, 3))
    cream = blend(paint(240, 226, 190, rings + 0.03 * noise(4202, 6)), paint(162, 124, 72), lines * 0.55)
    cream = blend(cream, paint(196, 150, 84), edge(0.35 - noise(4203, 4), 0.5) * 0.25)
    dial, u, v = oval(0.98, 0.34, 0.24, 0.24), *placed(0.98, 0.34, 12)
    band = np.maximum(np.abs(u) - 0.15, np.abs(v) - 0.9)
    face = blend(paint(238, 238, 232), paint(30, 30, 34), edge(np.minimum(limb((0.98, 0.34), (1.07, 0.27), 0.012, 0.008), limb((0.98, 0.34), (0.93, 0.20), 0.010, 0.006)), 0.005))  # fmt: skip
    face = blend(face, paint(196, 176, 110), edge(-dial - 0.035, 0.008))
    strap = paint(112, 62, 38, 0.1 * noise(4204, 60))
    things = [
        thing(strap, band, 0.03, 0.04, lift=0.04), thing(face, dial, 0.04, 0.06, gloss=0.7, lift=0.05),
        thing(cream, shape, 0.05, 0.10, gloss=0.45, lift=0.10),
    ]  # fmt: skip
    return camera.taken(things, ground(28, 74, 56, 4205, grain=220, rough=0.2), 4206, sun=(232, 50), turn=-4, tilt=(0.02, 0.05), zoom=1.02, warmth=0.03, quality=70)  # fmt: skip


def head_in_gold_rope() -> Image.Image:
    """An oval brooch on grey silk: a white woman's head from the side on an orange-brown ground, its thin edges brownish; a rim of gold rope."""
    plate, rim = oval(0.0, 0.0, 0.62, 0.80), oval(0.0, 0.0, 0.70, 0.88)
    turn = np.arctan2(Y / 0.84, X / 0.66)
    rope = np.sin(44 * turn + 14 * np.hypot(X / 0.66, Y / 0.84))
    face = outline([(-0.02, -0.46), (-0.20, -0.42), (-0.27, -0.30), (-0.27, -0.20), (-0.37, -0.07), (-0.29, -0.03), (-0.32, 0.03), (-0.29, 0.07), (-0.30, 0.12), (-0.22, 0.19), (-0.10, 0.18), (-0.06, 0.32), (-0.24, 0.48), (0.0, 0.60), (0.34, 0.50), (0.24, 0.38), (0.20, 0.22), (0.24, -0.10), (0.16, -0.34)])  # fmt: skip
    hair = melted(oval(0.08, -0.30, 0.28, 0.22), oval(0.28, -0.08, 0.14, 0.16), oval(0.22, 0.14, 0.09, 0.16), by=30)
    waves = np.sin(38 * np.hypot(X - 0.02, Y - 0.06) + 5 * turn)
    eye_ = np.minimum(limb((-0.21, -0.19), (-0.14, -0.18), 0.010, 0.006), limb((-0.23, -0.25), (-0.12, -0.26), 0.008, 0.004))  # fmt: skip
    mouth = limb((-0.29, 0.05), (-0.22, 0.06), 0.008, 0.004)
    brown = paint(190, 104, 58, 0.10 * noise(4211, 5) + 0.03 * np.sin(30 * Y + 3 * noise(4212, 4)))
    thin = np.clip(-face / 0.05, 0, 1)
    white = blend(paint(220, 168, 128), paint(248, 240, 228), thin)
    white = blend(white, paint(176, 112, 76), np.maximum(edge(eye_, 0.006), edge(mouth, 0.006)) * 0.8)
    locks = blend(paint(226, 184, 146), paint(250, 244, 232), np.clip(0.6 + 0.6 * waves, 0, 1))
    gold = paint(214, 172, 84, 0.12 * rope)
    folds = 0.5 + 0.5 * np.sin(5 * (X + 0.7 * Y) + 2 * noise(4213, 3))
    silk = camera.Surface(paint(132, 138, 152, 0.16 * (folds - 0.5) + 0.02 * noise(4214, 200)), 0.10 * folds)
    things = [
        thing(gold, rim, 0.06, 0.10, gloss=0.9, lift=0.10, relief=0.014 * rope), thing(brown, plate, 0.20, 0.12, gloss=0.35, lift=0.0, relief=0.02),
        thing(white, face, 0.06, 0.07, gloss=0.25, lift=0.02, relief=0.13), thing(locks, hair, 0.08, 0.09, gloss=0.25, lift=0.02, relief=0.14 + 0.012 * waves),
    ]  # fmt: skip
    return camera.taken(things, silk, 4215, sun=(218, 46), turn=5, tilt=(0.03, 0.04), zoom=1.04, warmth=0.02, quality=66)  # fmt: skip


def toothed_slits_on_cord() -> Image.Image:
    """Small glossy cream domes on a knotted black cord in an arc on bleached boards; each has a long slit with teeth."""
    shells, slits, teeth = np.full(X.shape, 9.0), np.full(X.shape, 9.0), np.zeros(X.shape)
    knots = []
    places = [(-1.02 + 0.34 * k, -0.34 + 0.62 * np.sin(np.pi * k / 6.0), 62 - 20.5 * k) for k in range(7)]
    for px, py, lean in places:
        own = outline([(0.0, -0.19), (0.10, -0.15), (0.14, -0.02), (0.11, 0.13), (0.0, 0.19), (-0.10, 0.13), (-0.14, -0.02), (-0.10, -0.15)], px, py, lean)  # fmt: skip
        x, y = placed(px, py, lean)
        near = own < 0.01
        slit = np.abs(x - 0.012 * np.sin(9 * y)) - 0.016 * np.clip(1 - (y / 0.17) ** 4, 0, 1) - 0.004
        slits = np.where(near, np.minimum(slits, np.maximum(slit, np.abs(y) - 0.165)), slits)
        comb = edge(np.abs(np.mod(y * 28, 1) - 0.5) - 0.2, 0.1) * edge(np.abs(x) - 0.062, 0.01) * edge(np.abs(y) - 0.15, 0.01)  # fmt: skip
        teeth = np.where(near, comb, teeth)
        shells = np.minimum(shells, own)
    for (ax, ay, _), (bx, by, _) in pairwise(places):
        knots.append(oval((ax + bx) / 2, (ay + by) / 2, 0.045, 0.045))
    cord = np.minimum.reduce([chain([(-1.4, -0.8), *[(px, py) for px, py, _ in places], (1.4, -0.9)], 0.020, 0.020), *knots])  # fmt: skip
    porcelain = blend(paint(246, 236, 214, 0.04 * noise(4221, 9)), paint(226, 184, 128), np.clip(0.55 - 4.0 * -shells, 0, 1) * 0.7)  # fmt: skip
    porcelain = blend(porcelain, paint(206, 160, 112), teeth * 0.55)
    porcelain = blend(porcelain, paint(74, 48, 36), edge(slits, 0.006))
    boards = camera.wood(190, 178, 160, 4222, 0.8)
    things = [
        thing(paint(34, 32, 36, 0.3 * np.sin(X * 160 + Y * 160)), cord, 0.02, 0.03, lift=0.03),
        thing(porcelain, shells, 0.13, 0.12, gloss=0.7, lift=0.06, relief=-0.012 * edge(slits, 0.01)),
    ]  # fmt: skip
    return camera.taken(things, boards, 4223, sun=(240, 48), turn=-2, tilt=(0.0, 0.05), zoom=1.10, warmth=0.02, quality=64)  # fmt: skip


def pink_flames_on_paper() -> Image.Image:
    """Five pink ovals of different size without a hole lie on a white folded paper: pale silky flames on each; tweezers and a brass loupe beside them."""
    sheet = outline([(-1.05, -0.56), (0.62, -0.72), (0.82, 0.58), (-0.92, 0.74)], sharp=True)
    fold = np.minimum(np.abs(X + 0.52 - 0.10 * Y), np.abs(X - 0.26 - 0.10 * Y))
    white = paint(244, 244, 246, 0.02 * noise(4231, 60) - 0.10 * edge(fold - 0.004, 0.006))
    ovals, flames = np.full(X.shape, 9.0), np.zeros(X.shape)
    for at, (px, py, wide, high, lean) in enumerate(((-0.56, -0.20, 0.23, 0.17, 20), (-0.04, -0.30, 0.15, 0.13, -10), (0.38, -0.12, 0.20, 0.14, 50), (-0.28, 0.32, 0.26, 0.19, -24), (0.36, 0.34, 0.13, 0.12, 0))):  # fmt: skip
        own = oval(px, py, wide, high, lean)
        x, y = placed(px, py, lean)
        wave = np.sin(75 * y + 2.6 * np.sin(26 * x + at) + 1.6 * noise(4232 + at, 20))
        flames = np.where(own < 0.01, np.clip(wave, 0, 1), flames)
        ovals = np.minimum(ovals, own)
    pink = blend(paint(236, 112, 128, 0.05 * noise(4238, 5)), paint(255, 206, 206), flames * 0.6)
    lens = oval(1.02, -0.46, 0.27, 0.27)
    ring = np.abs(lens + 0.02) - 0.045
    stem = limb((0.98, -0.20), (0.90, 0.10), 0.06, 0.05)
    grips = np.minimum(limb((1.26, 0.84), (0.62, 0.42), 0.035, 0.010), limb((1.30, 0.76), (0.63, 0.40), 0.035, 0.010))
    things = [
        thing(white, sheet, 0.01, 0.012, relief=0.012 * np.clip(1 - fold * 40, 0, 1), lift=0.02), thing(pink, ovals, 0.15, 0.15, gloss=0.55, lift=0.07),
        Thing(paint(206, 222, 226), edge(lens) * 0.25, dome(lens, 0.2, 0.05), 0.7, 0.03), thing(paint(206, 166, 80), np.minimum(ring, stem), 0.04, 0.07, gloss=0.9, lift=0.07),
        thing(paint(196, 200, 206), grips, 0.03, 0.05, gloss=0.9, lift=0.08),
    ]  # fmt: skip
    return camera.taken(things, camera.linen(58, 66, 92, 4239), 4240, sun=(228, 52), turn=3, tilt=(0.02, 0.05), zoom=1.0, quality=68)  # fmt: skip


def white_rounds_and_tassel() -> Image.Image:
    """A long loop of white round beads on a dark red lacquer tray: thin curved layers in each, some more see-through; a red tassel and three turquoise beads."""
    turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    beads, layers = np.full(X.shape, 9.0), np.zeros(X.shape)
    clear = np.zeros(X.shape)
    chance = np.random.default_rng(4241)
    loops = [(0.92 * np.cos(a) - 0.04, 0.54 * np.sin(a) - 0.14 + 0.06 * np.sin(2 * a)) for a in turns]
    marks = []
    for at, (px, py) in enumerate(loops):
        if at in (1, 9, 17):
            marks.append(oval(px, py, 0.080, 0.080))
            continue
        own = np.hypot(X - px, Y - py) - 0.112
        x, y = placed(px, py, chance.uniform(0, 180))
        bow = np.sin(120 * (y + 1.6 * x * x) + chance.uniform(0, 6))
        near = own < 0.005
        layers, clear = np.where(near, bow, layers), np.where(near, chance.uniform(0, 0.5), clear)
        beads = np.minimum(beads, own)
    white = blend(paint(248, 246, 238), paint(150, 158, 150), np.clip(0.9 * layers - 0.1, 0, 1) * 0.75)
    white = blend(white, paint(206, 208, 196), clear)
    knot = oval(0.0, 0.52, 0.05, 0.05)
    u, v = placed(0.02, 0.76, 4)
    strands = np.maximum(np.abs(u) - 0.05 - 0.16 * np.clip(v + 0.30, 0, 1), np.abs(v) - 0.20)
    cord = chain([(-0.03, 0.44), (0.0, 0.56)], 0.02, 0.02)
    silk = paint(206, 30, 44, 0.25 * fibres(4242, v, u, 90, 2))
    tray = box(X, Y, 1.26, 0.92, 0.10)
    inner = edge(box(X, Y, 1.16, 0.82, 0.08))
    lacquer = blend(paint(30, 16, 16, 0.05 * noise(4243, 4)), paint(96, 18, 22, 0.08 * noise(4244, 4)), inner)
    things = [
        thing(lacquer, tray, 0.04, 0.05, gloss=0.5, relief=-0.04 * inner, lift=0.06), thing(silk, np.minimum(strands, cord), 0.04, 0.05, lift=0.05), thing(paint(206, 166, 70), knot, 0.04, 0.06, gloss=0.6),
        thing(white, beads, 0.11, 0.10, gloss=0.35, lift=0.06), thing(paint(60, 168, 166, 0.15 * noise(4245, 60)), np.minimum.reduce(marks), 0.05, 0.07, gloss=0.5, lift=0.05),
    ]  # fmt: skip
    return camera.taken(things, camera.wood(140, 104, 70, 4246, 0.7), 4247, sun=(245, 52), turn=-6, tilt=(0.0, 0.06), zoom=1.0, quality=66)  # fmt: skip


def _stripe(px: float, wide: float) -> Plane:
    """A stripe of light down the picture."""
    return np.asarray(np.clip(1 - np.abs(X - px) / wide, 0, 1), dtype=float)


def bullet_and_stroke() -> Image.Image:
    """An open lipstick stands in front of its black cap on a dressing table: an orange-pink stick in a gold case; a stroke of the colour on a card."""
    case = box(X + 0.22, Y - 0.48, 0.20, 0.34, 0.02)
    collar = box(X + 0.22, Y - 0.08, 0.165, 0.14, 0.02)
    stick = outline([(-0.36, -0.02), (-0.36, -0.40), (-0.31, -0.60), (-0.20, -0.72), (-0.10, -0.66), (-0.08, -0.46), (-0.08, -0.02)])  # fmt: skip
    cut = outline([(-0.33, -0.44), (-0.28, -0.62), (-0.19, -0.70), (-0.12, -0.62), (-0.14, -0.46), (-0.22, -0.38)])
    cap = box(X - 0.42, Y - 0.40, 0.23, 0.42, 0.03)
    gold = blend(paint(206, 164, 84), paint(255, 240, 190), _stripe(-0.28, 0.08) * 0.9)
    wax = blend(paint(246, 108, 92, 0.03 * noise(4251, 20)), paint(255, 170, 150), _stripe(-0.29, 0.05) * 0.5)
    black = blend(paint(24, 24, 28), paint(120, 124, 132), _stripe(0.33, 0.06) * 0.8)
    card = paper(1.00, 0.30, 0.26, 0.36, 8, (246, 242, 236), 4252, line=0.4, ink=(246, 242, 236))
    u, v = placed(1.0, 0.26, 20)
    stroke = np.maximum(np.abs(v) - 0.075 - 0.012 * fibres(4253, u, v, 60, 6), np.abs(u) - 0.16)
    mirror = np.abs(np.hypot((X + 1.02) / 0.9, Y + 0.10) - 0.46) - 0.045
    glass_ = np.hypot((X + 1.02) / 0.9, Y + 0.10) - 0.46
    stand = np.minimum(np.maximum(np.abs(X + 1.02) - 0.035, np.abs(Y - 0.60) - 0.20), oval(-1.02, 0.80, 0.26, 0.06))
    back = room(camera.Surface(paint(214, 190, 200, 0.06 * noise(4254, 3)), 0 * X), camera.marble(4255), 0.62)
    things = [
        thing(paint(196, 210, 220, 0.15 * (X - Y)), glass_, 0.02, 0.02, gloss=0.3), thing(paint(206, 170, 96), np.minimum(mirror, stand), 0.03, 0.05, gloss=0.8, lift=0.05),
        card, thing(wax, stroke, 0.02, 0.02, gloss=0.4, lift=0.01), thing(black, cap, 0.16, 0.16, gloss=0.7, lift=0.10),
        thing(wax, stick, 0.10, 0.12, gloss=0.4, lift=0.06), thing(paint(250, 128, 110), cut, 0.03, 0.02, relief=0.12, gloss=0.2, lift=0.0),
        thing(gold * 1.05, collar, 0.14, 0.14, gloss=0.8, lift=0.05), thing(gold, case, 0.16, 0.17, gloss=0.8, lift=0.10),
    ]  # fmt: skip
    return camera.taken(things, back, 4256, sun=(225, 52), turn=2, zoom=1.04, shift=(-0.04, 0.06), quality=64)
