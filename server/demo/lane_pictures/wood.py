"""The picture lane's own pictures: wood, and what is made of it. Each shows what a lesson says of it."""

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
    soft,
    strewn,
)
from server.demo.lane_pictures.outlines import limb, outline, oval, thing, together


def guitar_from_behind() -> Image.Image:
    """The back of a guitar on a bed: dark red-brown wood with black streaks, the two halves mirrored along a pale strip."""
    x, y = placed(-0.16, 0.10, 62)
    half = [
        (0.0, -0.80),
        (0.30, -0.76),
        (0.44, -0.56),
        (0.40, -0.34),
        (0.30, -0.16),
        (0.36, 0.04),
        (0.52, 0.28),
        (0.50, 0.60),
        (0.28, 0.80),
        (0.0, 0.84),
    ]
    body = outline(half + [(-a, b) for a, b in half[-2:0:-1]], -0.16, 0.10, 62, 1.0)
    side = np.abs(x)
    grain = fibres(1201, y * 0.5, side + 0.05 * noise(1202, 4), 26, 2) + 0.5 * fibres(1203, y, side, 80, 4)
    streak = np.sin(34 * side + 4 * noise(1204, 3) + 1.5 * y)
    wood = paint(112, 56, 36, 0.16 * grain)
    wood = blend(wood, paint(40, 20, 16), edge(0.55 - streak, 0.3) * 0.8)
    strip = edge(side - 0.014, 0.004)
    wood = blend(wood, paint(214, 176, 120), strip)
    rim = edge(np.abs(body + 0.02) - 0.016, 0.004)
    wood = blend(wood, paint(222, 190, 140), rim)
    neck = np.maximum(np.abs(x) - 0.085, np.abs(y + 1.35) - 0.62)
    heel = box(x, y + 0.76, 0.10, 0.10, 0.05)
    things = [
        thing(paint(96, 54, 34, 0.15 * fibres(1205, y, x, 60, 3)), neck, 0.085, 0.09, gloss=0.4, lift=0.08),
        thing(wood, body, 0.05, 0.08, gloss=0.45, lift=0.12),
        thing(paint(110, 62, 38), heel, 0.08, 0.08, gloss=0.4, relief=0.06, lift=0.03),
    ]
    return camera.taken(things, camera.linen(208, 200, 186, 1206), 1207, sun=(240, 46), turn=-2, tilt=(0.04, 0.06), zoom=1.0, warmth=0.02, quality=64)  # fmt: skip


def boards_in_yard() -> Image.Image:
    """A stack of rough boards against a tin wall: ends sealed with white paint, red-violet wood with nearly black streaks."""
    stack = []
    chance = np.random.default_rng(1211)
    for row in range(6):
        top, left = 0.62 - 0.215 * row, -1.35
        while left < 1.3:
            wide = chance.uniform(0.40, 0.62)
            u, v = X - left - wide / 2, Y - top
            shape = box(u, v, wide / 2 - 0.012, 0.098 - chance.uniform(0, 0.012), 0.012) + 0.006 * noise(1212 + row, 40)
            rings = np.sin(46 * np.hypot(u * 0.5, v + chance.uniform(0.2, 0.9)) + 3 * noise(1220 + row, 5))
            wood = blend(
                paint(128, 52, 58, 0.15 * noise(1230 + row, 70)), paint(46, 20, 30), np.clip(0.5 + 0.7 * rings, 0, 1)
            )
            sap = edge(0.5 - chance.uniform(0, 1) - 0 * X) * edge(u + wide / 2 - 0.06, 0.01)
            wood = blend(wood, paint(214, 190, 140), sap)
            if chance.uniform() > 0.55:
                seal = edge(0.25 - noise(1240 + row * 9 + int(left * 10), 9, 3), 0.05)
                wood = blend(wood, paint(222, 220, 212), seal * 0.9)
            stack.append(thing(wood, shape, 0.015, 0.03 + chance.uniform(0, 0.03)))
            left += wide + 0.006
    sticks = np.full(X.shape, 9.0)
    for row in range(6):
        for px in (-0.9, 0.1, 1.0):
            sticks = np.minimum(sticks, box(X - px, Y - 0.727 + 0.215 * row, 0.05, 0.014, 0.004))
    tin = camera.Surface(paint(150, 156, 158, 0.10 * noise(1260, 8) + 0.06 * noise(1261, 120)), 0.03 * np.sin(X * 34))
    gaps = thing(paint(26, 18, 18), box(X, Y - 0.08, 1.5, 0.64, 0.02), 0.02, 0.0)
    pile = together(gaps, *stack, thing(paint(196, 160, 110), sticks, 0.01, 0.03), lift=0.16)
    return camera.taken([pile], tin, 1262, sun=(225, 46), turn=2, tilt=(0.08, 0.03), zoom=1.02, warmth=0.02, quality=60)


def chips_on_foil() -> Image.Image:
    """Splinters on silver foil beside a small brass scale pan: pale brown wood shot through with dark, oily streaks."""
    chance = np.random.default_rng(1271)
    chips = []
    for at in range(17):
        px, py = -0.30 + chance.uniform(-0.78, 0.62), chance.uniform(-0.70, 0.72)
        long, turn = chance.uniform(0.20, 0.36), chance.uniform(0, 180)
        points = [(-long, chance.uniform(-0.03, 0.03)), (-0.5 * long, -chance.uniform(0.05, 0.11)), (0.3 * long, -chance.uniform(0.04, 0.11)),
                  (long, chance.uniform(-0.04, 0.02)), (0.4 * long, chance.uniform(0.04, 0.10)), (-0.4 * long, chance.uniform(0.04, 0.11))]  # fmt: skip
        shape = outline(points, px, py, turn, 1.0, sharp=True) + 0.012 * noise(1272 + at, 40)
        u, v = placed(px, py, turn)
        grain = fibres(1290 + at, u, v, 60, 4)
        resin = edge(0.15 - 0.6 * fibres(1310 + at, u, v, 16, 1.5) - 0.5 * noise(1330 + at, 6), 0.25)
        colours = blend(paint(178, 140, 92, 0.15 * grain), paint(48, 32, 24, 0.2 * grain), resin)
        chips.append(thing(colours, shape, 0.05, 0.07 + 0.002 * at, relief=0.008 * grain))
    pan = oval(0.98, 0.10, 0.34, 0.34)
    brass = paint(196, 160, 78, 0.06 * fibres(1350, np.hypot(X - 0.98, Y - 0.1), X * 0, 60, 1))
    chains = np.minimum.reduce(
        [limb((0.98 + 0.3 * np.cos(a), 0.10 + 0.3 * np.sin(a)), (0.98, -0.9), 0.010, 0.008) for a in (0.3, 2.6, 4.7)]
    )
    folds, second, _ = nearest(strewn(1351, 0.34), 0.6)
    crumple = soft(np.abs(second - folds), 2)
    foil = camera.Surface(paint(186, 190, 194, 0.25 * crumple), 0.16 * crumple + 0.02 * noise(1352, 14))
    things = [
        thing(brass, pan, 0.06, 0.06, gloss=0.7, relief=-0.04 * edge(pan + 0.05, 0.03), lift=0.10),
        thing(paint(150, 124, 66), chains, 0.01, 0.02, gloss=0.5, relief=0.05, lift=0.10),
        together(*chips, gloss=0.15, lift=0.06),
    ]
    return camera.taken(
        things, foil, 1353, sun=(230, 48), turn=-4, tilt=(0.03, 0.07), zoom=1.04, warmth=0.02, quality=64
    )


def bottle_with_box() -> Image.Image:
    """A cut glass bottle of golden liquid with a round stopper beside its printed gift box, in the light of a shop."""
    bottle = box(X + 0.40, Y - 0.22, 0.36, 0.46, 0.06)
    liquid = np.maximum(box(X + 0.40, Y - 0.26, 0.29, 0.36, 0.04), 0.0 - Y - 0.02)
    facets = np.abs(np.mod((X + 0.40) * 3.2, 1) - 0.5)
    glass = paint(214, 214, 206, 0.10 * np.sign(facets - 0.25))
    gold = (
        blend(paint(222, 150, 52), paint(170, 92, 24), np.clip(0.4 + Y, 0, 1))
        * (1 + 0.12 * np.sign(facets - 0.25))[..., None]
    )
    label = box(X + 0.40, Y - 0.28, 0.17, 0.11, 0.01)
    frame = edge(np.abs(label + 0.02) - 0.006, 0.004)
    script = edge(
        np.abs(Y - 0.28 - 0.03 * np.sin((X + 0.4) * 40) - 0.01 * np.sin((X + 0.4) * 90)) - 0.010, 0.006
    ) * edge(np.abs(X + 0.40) - 0.12, 0.01)
    paper = blend(paint(24, 22, 26), paint(220, 180, 90), np.maximum(frame, script))
    neck = box(X + 0.40, Y + 0.29, 0.09, 0.07, 0.01)
    ball = oval(-0.40, -0.52, 0.17, 0.17)
    carton = box(X - 0.58, Y - 0.06, 0.38, 0.64, 0.015)
    u, v = np.mod((X - 0.58) * 6, 1) - 0.5, np.mod((Y - 0.06) * 6, 1) - 0.5
    star = np.minimum(np.maximum(np.abs(u), np.abs(v)), (np.abs(u) + np.abs(v)) * 0.7) - 0.26
    print_ = blend(
        paint(30, 60, 70), paint(206, 170, 84), edge(np.abs(star) - 0.05, 0.04) * edge(np.abs(Y - 0.06) - 0.60, 0.01)
    )
    shield = oval(0.58, 0.04, 0.22, 0.28)
    print_ = blend(print_, paint(232, 220, 190), edge(shield))
    print_ = blend(print_, paint(160, 120, 50), edge(np.abs(shield + 0.03) - 0.008, 0.005))
    things = [
        thing(print_, carton, 0.02, 0.10, gloss=0.25, lift=0.16),
        Thing(glass, edge(bottle), dome(bottle, 0.05, 0.14), 0.9, 0.14),
        Thing(gold, edge(liquid) * 0.92, dome(liquid, 0.2, 0.06) + 0.12, 0.6, 0.01),
        thing(paper, label, 0.01, 0.01, relief=0.16, lift=0.01),
        thing(paint(214, 180, 96), neck, 0.05, 0.08, gloss=0.9, lift=0.05),
        thing(paint(220, 186, 104), ball, 0.17, 0.17, gloss=0.9, lift=0.10),
    ]
    table = camera.Surface(
        blend(paint(226, 214, 200), paint(150, 120, 96, 0.05 * noise(1361, 9)), edge(0.55 - Y, 0.01)), np.zeros(X.shape)
    )
    return camera.taken(
        things, table, 1362, sun=(300, 52), turn=1, tilt=(0.02, 0.0), zoom=1.02, warmth=0.03, quality=66
    )


def red_logs() -> Image.Image:
    """Short split logs in a heap on dry grass, bark hacked off: outside orange-red, the sawn ends as red as bricks, one with a chalk mark."""
    heap, chance = [], np.random.default_rng(1371)
    for at, (px, py, turn, long, thick) in enumerate(
        (
            (-0.30, -0.62, -6, 0.92, 0.15),
            (0.34, -0.36, 8, 0.86, 0.17),
            (-0.36, -0.16, 2, 0.95, 0.16),
            (0.30, 0.14, -10, 0.88, 0.18),
            (-0.40, 0.36, 7, 0.86, 0.17),
            (0.26, 0.62, -3, 0.95, 0.17),
        )
    ):
        u, v = placed(px, py, turn)
        trunk = np.maximum(
            np.abs(v + 0.03 * np.sin(3 * u + at)) - thick - 0.012 * noise(1372 + at, 12), np.abs(u) - long
        )
        grain = fibres(1380 + at, u, v, 50, 2.5)
        hacked = edge(0.35 - noise(1390 + at, 14, 3), 0.12)
        hide = blend(paint(176, 84, 48, 0.22 * grain), paint(120, 34, 26, 0.2 * grain), hacked * 0.8)
        end = np.hypot((u - long) / 0.10, v / thick) - 1
        rings = np.sin(np.hypot((u - long) * 1.7, v) * 120 + noise(1400 + at, 9))
        face = paint(150, 36, 30, 0.12 * rings + 0.10 * noise(1410 + at, 60))
        face = blend(face, paint(214, 160, 110), edge(-end * 0.1 - 0.012, 0.006))
        if at == 3:
            cross = np.minimum(np.abs(v - 2 * (u - long)), np.abs(v + 2 * (u - long))) - 0.012
            face = blend(face, paint(236, 236, 230), edge(np.maximum(cross, end * 0.1 + 0.03), 0.01))
        heap.append(
            together(
                thing(hide, trunk, thick, thick * 0.9, relief=0.012 * grain),
                thing(face, end * 0.1, 0.05, thick * 0.6),
                lift=0.12 + chance.uniform(0, 0.02),
            )
        )
    stalks = fibres(1420, X + 0.6 * Y, Y - 0.5 * X, 70, 8) + 0.7 * fibres(1421, X - 0.8 * Y, Y + 0.8 * X, 60, 6)
    grass = camera.Surface(paint(168, 148, 92, 0.28 * stalks + 0.1 * noise(1422, 5)), 0.03 * stalks)
    return camera.taken(heap, grass, 1423, sun=(215, 44), turn=4, tilt=(0.05, 0.05), zoom=1.0, warmth=0.03, quality=60)


def box_of_men() -> Image.Image:
    """An open chess box on a green cloth: two rows of turned pieces, half of pale wood, half of dark brown wood with fine streaks."""
    things = [
        thing(
            paint(120, 74, 44, 0.15 * fibres(1431, X, Y, 60, 2)),
            np.maximum(box(X, Y, 1.16, 0.80, 0.03), -box(X, Y, 1.07, 0.71, 0.02)),
            0.03,
            0.10,
            gloss=0.3,
            lift=0.12,
        )
    ]
    men = []
    for at in range(8):
        px = -0.91 + 0.26 * at
        for py, dark in ((-0.36, True), (0.36, False)):
            tall = 0.25 if at in (3, 4) else 0.20
            u, v = X - px, Y - py
            head = (
                oval(px, py - tall + 0.02, 0.062, 0.066)
                if at not in (0, 7)
                else box(u, v + tall - 0.03, 0.072, 0.062, 0.01)
            )
            profile = np.abs(u) - 0.035 - 0.065 * np.clip((v + 0.02) / 0.25, 0, 1) ** 2
            trunk = np.maximum(profile, np.abs(v - 0.02) - 0.20)
            collars = np.minimum(box(u, v + tall - 0.085, 0.068, 0.018, 0.015), box(u, v - 0.20, 0.112, 0.040, 0.03))
            shape = np.minimum.reduce([head, trunk, collars])
            grain = fibres(1432 + at, v, u, 40, 3)
            wood = paint(64, 36, 28, 0.3 * grain) if dark else paint(222, 190, 140, 0.08 * grain)
            men.append(thing(wood, shape, 0.10, 0.10))
    lining = camera.Surface(
        blend(
            paint(60, 110, 76, 0.06 * noise(1441, 160)),
            paint(140, 30, 44, 0.06 * noise(1442, 200)),
            edge(box(X, Y, 1.1, 0.75, 0.02)),
        ),
        np.zeros(X.shape),
    )
    return camera.taken(
        [*things, together(*men, gloss=0.4, lift=0.07)],
        lining,
        1443,
        sun=(245, 46),
        turn=-6,
        tilt=(0.0, 0.10),
        zoom=1.02,
        quality=64,
    )
