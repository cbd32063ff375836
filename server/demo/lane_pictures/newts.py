"""The picture lane's own pictures: newts, salamanders and more frogs. Each shows what a lesson or the list of species says of it."""

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
    dome,
    edge,
    fibres,
    nearest,
    noise,
    paint,
    ribbon,
    soft,
    strewn,
)
from server.demo.lane_pictures.frogs import frog_above
from server.demo.lane_pictures.outlines import Points, chain, eye, limb, melted, outline, oval, thing, together, wall


def _at(points: Points, px: float, py: float, turn: float, size: float) -> list[tuple[float, float]]:
    """The points of an animal that lies at (px, py), turned and so large."""
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    return [(px + size * (a * cos - b * sin), py + size * (a * sin + b * cos)) for a, b in points]


def _newt(px: float, py: float, turn: float, size: float, bend: float) -> tuple[Plane, Plane, Plane, Plane]:
    """A newt from above: its trunk with head and tail, its legs, how far across its back each point is, and how far along."""
    spine = ribbon(
        _at([(0.0, -0.62), (bend * 0.5, -0.2), (0.0, 0.28), (-bend, 0.62), (bend * 0.4, 1.0)], px, py, turn, size),
        lambda t: size * (0.125 - 0.10 * max(0.0, t - 0.55) / 0.45 + 0.02 * np.sin(6 * t)),
    )
    head = outline([(-0.13, 0.08), (-0.17, -0.06), (-0.10, -0.20), (0.0, -0.25), (0.10, -0.20), (0.17, -0.06), (0.13, 0.08)], *_at([(0.0, -0.66)], px, py, turn, size)[0], turn, size)  # fmt: skip
    legs = np.full(X.shape, 9.0)
    for way in (-1, 1):
        for path in ([(0.08, -0.36), (0.28, -0.42), (0.34, -0.58)], [(0.06, 0.22), (0.27, 0.20), (0.36, 0.36)]):
            limbs = _at([(way * a, b) for a, b in path], px, py, turn, size)
            legs = np.minimum(legs, chain(limbs, 0.05 * size, 0.03 * size))
            for toe in (-0.08, 0.0, 0.08):
                end = _at([(way * (path[-1][0] + 0.05), path[-1][1] + np.sign(path[-1][1]) * 0.05 + toe)], px, py, turn, size)[0]  # fmt: skip
                legs = np.minimum(legs, limb(limbs[-1], end, 0.018 * size, 0.010 * size))
    return melted(spine.distance, head, by=30 / size), legs, spine.across, spine.along / size


def red_eyes_on_stem() -> Image.Image:
    """A leaf-green animal clings to a stem: a large red eye with an upright slit, blue sides with yellow bars, orange feet."""
    body = outline([(-0.66, -0.14), (-0.56, -0.34), (-0.34, -0.46), (0.0, -0.40), (0.34, -0.22), (0.56, 0.04), (0.50, 0.24), (0.18, 0.30), (-0.22, 0.26), (-0.54, 0.10)], 0.0, -0.06)  # fmt: skip
    flank = outline(
        [(-0.34, 0.06), (-0.10, -0.10), (0.24, -0.06), (0.44, 0.12), (0.20, 0.20), (-0.20, 0.18)], 0.0, -0.06
    )
    thigh = chain([(0.46, 0.08), (0.06, 0.20), (-0.04, 0.24), (0.40, 0.40), (0.44, 0.42)], 0.13, 0.07)
    arm = chain([(-0.34, 0.10), (-0.50, 0.32), (-0.36, 0.48)], 0.085, 0.06)
    stem = limb((-1.5, 0.74), (1.5, 0.46), 0.10, 0.09)
    toes, tips = np.full(X.shape, 9.0), np.full(X.shape, 9.0)
    for foot, ends in (((-0.36, 0.48), ((-0.56, 0.60), (-0.42, 0.68), (-0.28, 0.66))), ((0.44, 0.42), ((0.28, 0.60), (0.44, 0.62), (0.60, 0.56)))):  # fmt: skip
        for end in ends:
            toes = np.minimum(toes, limb(foot, end, 0.045, 0.026))
            tips = np.minimum(tips, oval(*end, 0.045, 0.040))
    green = paint(84, 176, 56, 0.05 * noise(1401, 8))
    bars = edge(np.abs(np.mod(X * 6 + 0.5 * Y, 1) - 0.5) - 0.13, 0.04)
    side = blend(paint(48, 76, 176), paint(236, 212, 92), bars)
    under = edge(0.14 - Y - 0.10 * X, 0.05)
    skin = blend(blend(green, paint(240, 236, 214), under), side, edge(flank, 0.02))
    ball, slit = oval(-0.40, -0.34, 0.145, 0.145), oval(-0.41, -0.34, 0.030, 0.115)
    red = blend(paint(206, 34, 36, 0.10 * noise(1402, 60)), paint(8, 8, 8), edge(slit, 0.006))
    red = blend(red, paint(255, 240, 230), edge(oval(-0.45, -0.39, 0.026, 0.026), 0.006))
    mouth = edge(np.abs(Y - 0.02 + 0.22 * (X + 0.66) - 0.02) - 0.006, 0.006) * edge(np.abs(X + 0.50) - 0.16, 0.01)
    things = [
        thing(paint(116, 138, 66, 0.14 * fibres(1403, X, Y, 30, 2)), stem, 0.10, 0.10, lift=0.10),
        thing(blend(skin, paint(50, 90, 40), mouth * 0.8), body, 0.22, 0.22, gloss=0.5, lift=0.06),
        thing(green * 1.06, np.minimum(thigh, arm), 0.10, 0.12, gloss=0.5, lift=0.05),
        thing(paint(240, 128, 40), np.minimum(toes, tips), 0.04, 0.06, gloss=0.5, lift=0.04),
        Thing(red, edge(ball, 0.006), dome(ball, 0.14, 0.12), 0.8, 0.03),
    ]
    return camera.taken(things, wall(40, 62, 40, 1404, 0.5), 1405, sun=(240, 50), turn=4, tilt=(0.02, -0.03), zoom=1.04, quality=64)  # fmt: skip


def blender_at_stall() -> Image.Image:
    """A blender with a grey-green drink stands on a stall beside a glass bowl; in its water sits a brown animal in a loose, folded skin."""
    jug = outline([(-0.34, -0.56), (0.34, -0.56), (0.24, 0.28), (-0.24, 0.28)], 0.56, 0.0, sharp=True) - 0.03
    drink = np.maximum(jug + 0.03, -0.14 - Y + 0.02 * noise(1411, 14))
    base = outline([(-0.26, 0.28), (0.26, 0.28), (0.36, 0.74), (-0.36, 0.74)], 0.56, 0.0, sharp=True) - 0.03
    lid = box(X - 0.56, Y + 0.63, 0.36, 0.07, 0.04)
    handle = np.abs(outline([(0.26, -0.46), (0.56, -0.40), (0.52, 0.06), (0.22, 0.12)], 0.60, 0.0)) - 0.035
    handle = np.maximum(handle, 0.86 - X + 0.10 * Y)
    bowl = oval(-0.56, 0.22, 0.56, 0.52)
    water = np.maximum(bowl + 0.03, 0.02 - Y)
    folds = noise(1412, 14, 2)
    skin = paint(122, 104, 62, 0.4 * folds + 0.15 * noise(1413, 60))
    frog = together(*frog_above(-0.56, 0.30, 176, 0.52, skin, skin * 0.94), gloss=0.3, lift=0.04)
    frog = frog._replace(height=frog.height + 0.05 * folds * frog.cover)
    foam = np.maximum(jug + 0.03, np.abs(Y + 0.13) - 0.045)
    things = [
        thing(paint(206, 218, 216), jug, 0.06, 0.06, gloss=0.6, lift=0.10),
        thing(paint(122, 136, 92, 0.14 * noise(1414, 30)), drink, 0.06, 0.03, gloss=0.3, lift=0.0),
        thing(paint(196, 204, 166, 0.2 * noise(1415, 90)), foam, 0.02, 0.03, lift=0.0),
        thing(paint(44, 46, 50), np.minimum(handle, lid), 0.04, 0.06, gloss=0.4, lift=0.04),
        thing(paint(212, 212, 210), base, 0.08, 0.10, gloss=0.6, lift=0.10),
        thing(paint(206, 40, 40), oval(0.56, 0.54, 0.075, 0.075), 0.05, 0.05, gloss=0.6),
        Thing(paint(190, 212, 214), edge(bowl) * 0.55, dome(bowl, 0.12, 0.12), 0.6, 0.10),
        Thing(paint(116, 150, 142, 0.06 * noise(1416, 6)), edge(water) * 0.8, np.zeros(X.shape), 0.2, 0.0),
        frog,
        Thing(paint(240, 246, 246), edge(np.abs(bowl) - 0.016) * 0.8, dome(np.abs(bowl) - 0.016, 0.02, 0.03), 0.8, 0.0),
    ]  # fmt: skip
    table = edge(0.62 - Y, 0.02)
    cloth = camera.checked((196, 66, 60), (224, 206, 190), 1417)
    ground = camera.Surface(blend(wall(120, 130, 150, 1418, 0.3).colours, cloth.colours, table), cloth.height * table)
    return camera.taken(things, ground, 1419, sun=(225, 54), turn=-2, zoom=1.03, quality=62)


def white_and_orange_on_sand() -> Image.Image:
    """A slim black animal with a tail and four orange legs on pale sand: large white patches, an orange stripe along its back."""
    body, legs, across, along = _newt(0.10, -0.16, 68, 0.92, 0.16)
    first, _, which = nearest(strewn(1421, 0.15), 0.3)
    white = edge(first - 0.055 - 0.02 * chance_of(1422, which), 0.012)
    skin = blend(paint(26, 24, 26, 0.2 * noise(1423, 40)), paint(244, 242, 232), white)
    skin = blend(
        skin, paint(240, 118, 36), edge(np.abs(across) - 0.24 - 0.06 * noise(1424, 12), 0.06) * edge(0.30 - along, 0.03)
    )
    stone = outline(
        [(-0.5, -0.2), (-0.1, -0.36), (0.4, -0.28), (0.56, 0.1), (0.2, 0.32), (-0.4, 0.24)], -0.84, 0.62, 20
    )
    things = [
        thing(paint(132, 128, 120, 0.2 * noise(1425, 30)), stone, 0.2, 0.2, lift=0.10, relief=0.02 * noise(1426, 40)),
        thing(paint(236, 110, 40, 0.08 * noise(1427, 30)), legs, 0.04, 0.05, gloss=0.4, lift=0.03),
        thing(skin, body, 0.11, 0.13, gloss=0.5, lift=0.05),
        *eye(*_at([(-0.10, -0.72)], 0.10, -0.16, 68, 0.92)[0], 0.022, (30, 26, 24)),
        *eye(*_at([(0.10, -0.72)], 0.10, -0.16, 68, 0.92)[0], 0.022, (30, 26, 24)),
    ]
    return camera.taken(things, camera.speckled(214, 196, 160, 1428, 0.5), 1429, sun=(230, 46), turn=-4, tilt=(0.02, 0.05), zoom=1.05, quality=64)  # fmt: skip


def washing_bowl() -> Image.Image:
    """Eleven dark animals with tails crowd in an enamel bowl: orange heads and tails, an orange ridge, a row of orange knobs on both sides."""
    chance = np.random.default_rng(1431)
    laid = [(0.0, 0.0)] + [(0.62 * np.cos(a), 0.52 * np.sin(a)) for a in np.radians(np.arange(10, 370, 40))] + [(0.30, 0.10)]  # fmt: skip
    newts = []
    for at, (px, py) in enumerate(laid):
        turn, size = chance.uniform(0, 360), chance.uniform(0.44, 0.54)
        body, legs, across, along = _newt(px, py, turn, size, 0.2)
        body = body - 0.012
        knobs = edge(np.hypot((np.abs(across) - 0.66) * 0.14, np.mod(along * 7, 1) / 7 - 0.07) - 0.030, 0.012)
        knobs = knobs * edge(np.abs(along - 0.55) - 0.36, 0.02)
        orange = np.maximum.reduce([edge(along - 0.04, 0.04), edge(1.1 - along, 0.06), edge(np.abs(across) - 0.10, 0.08), knobs])  # fmt: skip
        skin = blend(paint(48, 34, 26, 0.2 * noise(1432 + at, 40)), paint(226, 118, 34), orange)
        newts += [
            thing(paint(96, 60, 34), legs - 0.008, 0.03, 0.04, lift=0.02),
            thing(skin, body, 0.06, 0.08 + 0.02 * at, lift=0.03, relief=0.02 * knobs),
        ]
    rim = np.abs(oval(0.0, 0.0, 1.10, 0.93)) - 0.05
    inside = oval(0.0, 0.0, 1.06, 0.89)
    tub = paint(196, 206, 214, 0.05 * noise(1450, 5))
    things = [
        thing(tub * 0.82, inside, 0.3, -0.1, gloss=0.3, lift=0.0),
        together(*newts, gloss=0.35, lift=0.02),
        thing(tub, rim, 0.05, 0.08, gloss=0.5, lift=0.14),
    ]
    return camera.taken(things, camera.tiles(92, 112, 104, 1451), 1452, sun=(235, 50), turn=3, tilt=(0.0, 0.06), zoom=1.0, quality=62)  # fmt: skip


def box_with_ice() -> Image.Image:
    """A huge brown mottled animal lies bent in a white foam box with ice, beside a cola can: a broad flat head, tiny eyes, folds along its side."""
    inner = box(X, Y, 1.12, 0.76, 0.06)
    rim = np.abs(box(X, Y, 1.19, 0.83, 0.08)) - 0.075
    body = ribbon(
        [(-0.46, -0.18), (-0.10, 0.28), (0.40, 0.22), (0.66, -0.10), (0.56, -0.42), (0.30, -0.52)],
        lambda t: 0.24 - 0.17 * t,
    )
    head = outline(
        [(0.0, -0.36), (0.20, -0.28), (0.29, -0.04), (0.22, 0.22), (-0.22, 0.22), (-0.29, -0.04), (-0.20, -0.28)],
        -0.58,
        -0.34,
        -36,
    )
    legs = np.minimum.reduce([chain(path, 0.09, 0.06) for path in ([(-0.26, 0.22), (-0.46, 0.40), (-0.58, 0.36)], [(-0.12, -0.06), (0.06, -0.22), (0.0, -0.32)], [(0.34, 0.42), (0.30, 0.60), (0.18, 0.62)], [(0.38, 0.06), (0.24, -0.02), (0.16, -0.06)])])  # fmt: skip
    hide = blend(paint(126, 100, 72, 0.12 * noise(1461, 16)), paint(66, 50, 38), edge(0.15 - noise(1462, 14, 2), 0.12))
    frill = body.distance + 0.010 * np.sin(26 * body.along)
    whole = melted(frill, head, by=24)
    cubes, _, which = nearest(strewn(1463, 0.15), 0.3)
    ice = paint(214, 230, 238, 0.3 * (chance_of(1464, which) - 0.5) + 0.1 * noise(1465, 40))
    can = box(X - 0.86, Y - 0.44, 0.15, 0.24, 0.05)
    label = blend(paint(196, 30, 34), paint(240, 240, 240), edge(np.abs(Y - 0.44 - 0.4 * (X - 0.86)) - 0.035, 0.01))
    things = [
        thing(ice, inner, 0.06, -0.06, relief=0.10 * np.clip(0.10 - cubes, 0, 1) / 0.1 * 0.5, gloss=0.6, lift=0.0),
        thing(hide * 0.9, legs, 0.08, 0.08, gloss=0.1, lift=0.05),
        thing(hide, whole, 0.24, 0.16, gloss=0.18, lift=0.10, relief=0.003 * noise(1466, 60)),
        *eye(*_at([(-0.19, -0.18)], -0.58, -0.34, -36, 1.0)[0], 0.018, (20, 18, 16)),
        *eye(*_at([(0.19, -0.18)], -0.58, -0.34, -36, 1.0)[0], 0.018, (20, 18, 16)),
        thing(label, can, 0.14, 0.14, gloss=0.8, lift=0.12),
        thing(paint(240, 242, 242, 0.04 * noise(1467, 120, 1)), rim, 0.04, 0.06, lift=0.16),
    ]  # fmt: skip
    return camera.taken(things, camera.speckled(110, 108, 104, 1468, 0.3), 1469, sun=(245, 52), turn=-3, tilt=(0.0, 0.06), zoom=1.0, quality=62)  # fmt: skip


def belly_on_glass() -> Image.Image:
    """A small dark animal with a tail climbs a pane above water and is seen from below: its belly is bright red-orange with black blotches."""
    body, legs, across, along = _newt(0.06, -0.18, -24, 0.86, -0.14)
    first, _, which = nearest(strewn(1471, 0.13), 0.3)
    black = edge(first - 0.030 - 0.030 * chance_of(1472, which), 0.012)
    belly = blend(paint(232, 74, 30, 0.06 * noise(1473, 20)), paint(24, 22, 22), black)
    skin = blend(belly, paint(46, 38, 34), edge(0.80 - np.abs(across), 0.06) * edge(0.20 - along, 0.05))
    weed = [ribbon([(px, 1.1), (px + 0.1, 0.7), (px - 0.06, 0.3), (px + 0.05, top)], lambda t: 0.05 - 0.04 * t).distance for px, top in ((-1.05, -0.1), (-0.75, 0.3), (0.85, 0.1), (1.1, -0.3))]  # fmt: skip
    plants = paint(74, 130, 62, 0.2 * noise(1474, 30))
    level = edge(np.abs(Y - 0.50 - 0.01 * noise(1475, 5)) - 0.012, 0.01)
    back = blend(paint(170, 192, 186, 0.1 * noise(1476, 4)), paint(86, 128, 120), edge(0.50 - Y, 0.02))
    back = blend(back, plants, soft(edge(np.minimum.reduce(weed), 0.02), 5))
    glass = camera.Surface(blend(back, paint(226, 240, 240), level * 0.8), np.zeros(X.shape))
    things = [
        thing(paint(70, 50, 40, 0.1 * noise(1477, 30)), legs, 0.04, 0.04, gloss=0.4, lift=0.02),
        thing(skin, body, 0.11, 0.09, gloss=0.5, lift=0.03),
    ]
    return camera.taken(things, glass, 1478, sun=(300, 54), turn=4, tilt=(0.02, 0.03), zoom=1.05, exposure=1.04, quality=64)  # fmt: skip
