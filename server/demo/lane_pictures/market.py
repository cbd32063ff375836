"""The picture lane's own pictures: fish alive, dried and cooked. Each shows what a lesson or the list of species says."""

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
from server.demo.lane_pictures.outlines import (  # fmt: skip
    behind_glass,
    chain,
    eye,
    limb,
    melted,
    outline,
    oval,
    scales,
    thing,
)
from server.demo.lane_pictures.props import paper


def _upright(px: float, py: float, size: float, colour: tuple[int, int, int], seed: int, way: int) -> list[Thing]:
    """An animal that stands in the water: a long snout, a belly with rings, a tail that holds on."""

    def at(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(px + way * size * a, py + size * b) for a, b in points]

    belly = ribbon(at([(0.0, -0.40), (0.12, -0.10), (0.06, 0.20), (-0.06, 0.40)]), lambda t: size * (0.07 + 0.10 * np.sin(np.pi * min(1.2 * t, 1)) ** 2), 20)  # fmt: skip
    curl = [(-0.06 - 0.13 * np.sin(a) * (1 - a / 10), 0.60 - 0.16 * np.cos(a) * (1 - a / 10)) for a in np.linspace(0, 5.6, 11)]  # fmt: skip
    tail = chain(at([(-0.05, 0.36), *curl]), size * 0.06, size * 0.018)
    head = melted(chain(at([(0.0, -0.38), (-0.04, -0.54)]), size * 0.09, size * 0.10), chain(at([(-0.06, -0.54), (-0.34, -0.46)]), size * 0.06, size * 0.035), by=30)  # fmt: skip
    crown = np.minimum.reduce([chain(at([(-0.01, -0.62), (0.05 + 0.06 * k, -0.74)]), size * 0.022, size * 0.012) for k in (-1, 0, 1)])  # fmt: skip
    fin = outline(at([(0.18, -0.06), (0.36, -0.14), (0.38, 0.06), (0.16, 0.10)]))
    rings = np.sin(belly.along / size * 44) * edge(belly.distance)
    hide = paint(*colour, 0.10 * rings + 0.14 * noise(seed, 14))
    hide = blend(hide, paint(60, 40, 20), edge(noise(seed + 1, 30) + 0.35, 0.05) * 0.5)
    ((ex, ey),) = at([(-0.07, -0.55)])
    whole = np.minimum.reduce([melted(belly.distance, tail, by=40), head, crown])
    return [thing(paint(*colour), fin, 0.02, 0.02, lift=0.02), thing(hide, whole, 0.07 * size / 0.6, 0.09, gloss=0.3, lift=0.05, relief=0.006 * rings), *eye(ex, ey, 0.035 * size, (230, 200, 120))]  # fmt: skip


def three_on_sea_grass() -> Image.Image:
    """Three small yellow and brown animals stand upright in a plastic tub of sea water and hold on to green blades with rolled tails."""
    chance = np.random.default_rng(3101)
    blades = [ribbon([(px, 1.2), (px + bend, 0.6), (px - bend, 0.0), (px + 1.5 * bend, top)], lambda t: 0.040 - 0.022 * t, 16).distance
              for px, bend, top in zip(np.linspace(-1.2, 1.2, 13), chance.uniform(-0.12, 0.12, 13), chance.uniform(-0.8, -0.1, 13), strict=True)]  # fmt: skip
    grass = np.minimum.reduce(blades)
    bubbles = np.minimum.reduce([oval(0.98 + 0.05 * np.sin(5 * k), 0.8 - 0.14 * k, 0.022, 0.022) for k in range(12)])
    back = camera.Surface(blend(paint(176, 206, 206, 0.06 * noise(3102, 5)), paint(96, 142, 150), np.clip(0.5 + 0.5 * Y, 0, 1)), np.zeros(X.shape))  # fmt: skip
    sand = edge(0.80 + 0.03 * noise(3103, 6) - Y, 0.02)
    back = camera.Surface(blend(back.colours, paint(206, 190, 150, 0.3 * noise(3104, 120)), sand), back.height)
    things = [
        thing(paint(66, 120, 62, 0.2 * noise(3105, 20)), grass, 0.03, 0.04, lift=0.06), Thing(paint(236, 248, 250), edge(bubbles, 0.006) * 0.6, dome(bubbles, 0.02, 0.03), 0.9, 0.0),
        *_upright(-0.62, 0.02, 0.78, (226, 180, 52), 3106, 1), *_upright(0.16, 0.22, 0.66, (150, 104, 60), 3108, -1), *_upright(0.72, -0.18, 0.60, (232, 196, 70), 3110, 1),
    ]  # fmt: skip
    return camera.taken(things, back, 3112, sun=(270, 54), turn=3, zoom=1.03, warmth=-0.02, quality=62)


def plates_in_basket() -> Image.Image:
    """A woven basket full of large thin oval plates, each dark and rough at one end, pale and smooth at the other, with fine curved lines."""
    chance = np.random.default_rng(3121)
    far, turn = np.hypot(X, Y * 1.05), np.arctan2(Y, X)
    weave = np.sign(np.sin(turn * 40)) * np.sin(far * 60)
    rim, floor = np.abs(far - 0.98) - 0.09, far - 0.95
    things = [thing(paint(150, 108, 62, 0.2 * weave), floor, 0.2, -0.1, relief=0.01 * weave), thing(paint(176, 130, 78, 0.16 * np.sin(turn * 90 + far * 40)), rim, 0.09, 0.12, lift=0.12)]  # fmt: skip
    for at in range(26):
        way, out = chance.uniform(0, 6.28), 0.66 * np.sqrt(chance.uniform(0, 1))
        px, py, spin = out * np.cos(way), out * np.sin(way), chance.uniform(0, 360)
        u, v = placed(px, py, spin)
        size = chance.uniform(0.24, 0.31)
        shape = (np.hypot(u / 1.55, v) - 0.9 * size * (1 - 0.10 * np.cos(2 * np.arctan2(v, u)))) + 0.006 * noise(3122 + at, 24)  # fmt: skip
        lines = np.sin(np.hypot(u + 0.20, v) * 260 + 2 * noise(3120, 6))
        tip = edge(-(u - 0.10 * size), 0.03)
        colour = blend(paint(220, 204, 168, 0.035 * lines), paint(84, 74, 58, 0.5 * noise(3150 + at, 90)), tip)
        colour = blend(colour, paint(196, 110, 80), edge(np.abs(shape + 0.012) - 0.012, 0.01) * tip * 0.5)
        things.append(thing(colour, shape, 0.05, 0.05, gloss=0.15, lift=0.05, relief=0.02 * (u / size) ** 2 + 0.0004 * lines + 0.008 * tip * noise(3180 + at, 90)))  # fmt: skip
    return camera.taken(things, camera.linen(120, 52, 44, 3199), 3200, sun=(220, 48), turn=-5, tilt=(0.0, 0.06), zoom=1.0, quality=62)  # fmt: skip


def lump_on_forehead() -> Image.Image:
    """A large blue-green fish in a restaurant's tank: a great lump on its forehead, thick lips, fine maze-like lines on its face, two dark strokes behind the eye."""
    body = outline([(-0.86, 0.10), (-0.84, -0.12), (-0.78, -0.40), (-0.58, -0.56), (-0.34, -0.48), (0.0, -0.50), (0.44, -0.38), (0.80, -0.16), (0.84, 0.14), (0.50, 0.40), (0.0, 0.54), (-0.44, 0.50), (-0.74, 0.32)])  # fmt: skip
    lips = np.minimum(oval(-0.83, 0.11, 0.11, 0.050, 8), oval(-0.80, 0.19, 0.10, 0.045, -8))
    fins = np.minimum.reduce([outline([(-0.30, -0.44), (0.10, -0.60), (0.50, -0.58), (0.80, -0.44), (0.74, -0.14), (0.40, -0.34)]), outline([(0.10, 0.44), (0.44, 0.58), (0.78, 0.48), (0.76, 0.16)]), outline([(0.78, -0.18), (1.06, -0.34), (1.14, 0.0), (1.06, 0.34), (0.78, 0.18)])])  # fmt: skip
    side = outline([(-0.34, 0.10), (-0.12, 0.0), (0.06, 0.12), (0.02, 0.32), (-0.22, 0.28)])
    maze = np.abs(noise(3211, 22, 2))
    face = edge(X + 0.34 + 0.05 * noise(3212, 8), 0.10)
    far, which = scales(X, Y, 0.105)
    hide = blend(paint(66, 142, 128), paint(40, 96, 120), np.clip(0.5 - Y + 0.4 * noise(3213, 4), 0, 1))
    hide = hide * (1 + 0.16 * (chance_of(3214, which) - 0.5) - 0.22 * edge(0.82 - far, 0.08) * (1 - face))[..., None]
    hide = blend(hide, paint(30, 70, 90), edge(np.abs(np.mod(X * 14, 1) - 0.5) - 0.10, 0.06) * (1 - face) * 0.35)
    hide = blend(hide, blend(paint(80, 176, 160), paint(196, 206, 110), edge(maze - 0.10, 0.05)), face * 0.9)
    strokes = np.minimum(limb((-0.50, -0.10), (-0.28, -0.16), 0.014, 0.010), limb((-0.50, -0.04), (-0.26, -0.04), 0.014, 0.010))  # fmt: skip
    hide = blend(hide, paint(20, 30, 34), edge(strokes, 0.008))
    ray = paint(60, 130, 130, 0.2 * fibres(3215, X, Y, 20, 3))
    frame = camera.Surface(blend(behind_glass(3216, 0.9).colours, paint(40, 40, 44), edge(0.88 - np.abs(Y + 0.04), 0.01)), np.zeros(X.shape))  # fmt: skip
    sticker = paper(0.92, 0.72, 0.24, 0.12, -3, (240, 70, 50), 3217, line=0.10, ink=(255, 240, 200))
    things = [
        thing(ray, fins, 0.06, 0.04, lift=0.05), thing(hide, body, 0.30, 0.22, gloss=0.5, lift=0.08), thing(paint(150, 176, 140), lips, 0.05, 0.08, gloss=0.4, lift=0.03),
        thing(paint(90, 160, 140, 0.2 * fibres(3218, Y, X, 20, 3)), side, 0.04, 0.06, lift=0.03), *eye(-0.58, -0.08, 0.048, (210, 150, 70)), sticker,
    ]  # fmt: skip
    return camera.taken(things, frame, 3219, sun=(280, 52), turn=2, tilt=(0.04, 0.0), zoom=1.0, warmth=-0.02, quality=62)  # fmt: skip


def tubes_in_bag() -> Image.Image:
    """Nine pale yellow hollow tubes, as thick as a wrist, blistered like fried dough, in a clear bag with a red label on a market scale."""
    pieces: list[Thing] = []
    laid = ((-0.52, -0.34, 20), (0.10, -0.44, -14), (0.60, -0.26, 64), (-0.60, 0.10, -30), (0.02, 0.0, 38), (0.52, 0.20, -8), (-0.44, 0.50, 8), (0.16, 0.46, -24), (0.66, 0.56, 30))  # fmt: skip
    for at, (px, py, turn) in enumerate(laid):
        cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        roll = ribbon([(px - 0.32 * cos, py - 0.32 * sin), (px + 0.06 * sin, py - 0.06 * cos), (px + 0.32 * cos, py + 0.32 * sin)], lambda t: 0.155 - 0.03 * t, 12)  # fmt: skip
        first, second, _ = nearest(strewn(3222 + at, 0.06), 0.16)
        blister = np.clip(second - first, 0, 0.05) / 0.05
        mouth, hole = oval(px - 0.33 * cos, py - 0.33 * sin, 0.075, 0.155, turn), oval(px - 0.34 * cos, py - 0.34 * sin, 0.048, 0.115, turn)  # fmt: skip
        shape = np.minimum(roll.distance, mouth) + 0.012 * noise(3240 + at, 30)
        skin = blend(paint(214, 176, 96), paint(248, 228, 172), 0.4 + 0.6 * blister) * (1 + 0.10 * noise(3260 + at, 8))[..., None]  # fmt: skip
        skin = blend(skin, paint(96, 62, 26, 0.2 * noise(3280 + at, 30)), edge(hole, 0.02))
        pieces.append(thing(skin, shape, 0.13, 0.14, gloss=0.25, lift=0.06, relief=0.016 * blister - 0.05 * edge(hole, 0.03)))  # fmt: skip
    bag = box(X, Y - 0.04, 1.02, 0.86, 0.18) + 0.03 * noise(3221, 5)
    fold = np.abs(noise(3341, 5, 2) + 0.5 * X)
    film = Thing(paint(240, 246, 248), edge(bag) * (0.07 + 0.5 * edge(fold - 0.02, 0.025)), 0.05 * soft(noise(3343, 6), 6), 0.6, 0.04)  # fmt: skip
    tag = paper(0.52, 0.72, 0.30, 0.13, -4, (206, 30, 34), 3340, line=0.11, ink=(250, 220, 130))
    dish = camera.Surface(paint(176, 182, 186, 0.06 * fibres(3345, X, Y, 60, 1)), np.zeros(X.shape))
    return camera.taken([*pieces, film, tag], dish, 3342, sun=(240, 50), turn=-4, tilt=(0.03, 0.04), zoom=1.0, warmth=0.04, quality=58)  # fmt: skip


def strips_in_clay_dish() -> Image.Image:
    """White and grey-backed strips, all alike, in oil in a small brown clay dish with slices of garlic and red rings of chilli; a wooden fork."""
    rim, inside = oval(-0.06, 0.0, 0.86, 0.80), oval(-0.06, 0.0, 0.74, 0.68)
    chance = np.random.default_rng(3351)
    cover, side, depth, dark = np.full(X.shape, 9.0), np.zeros(X.shape), np.zeros(X.shape), np.zeros(X.shape)
    for at in range(120):
        way, out = chance.uniform(0, 6.28), 0.60 * np.sqrt(chance.uniform(0, 1))
        px, py, turn, bend = -0.06 + out * np.cos(way), out * np.sin(way) * 0.92, chance.uniform(0, np.pi), chance.uniform(-1.2, 1.2)  # fmt: skip
        u, v = (X - px) * np.cos(turn) + (Y - py) * np.sin(turn), (Y - py) * np.cos(turn) - (X - px) * np.sin(turn)
        v = v - bend * u * u
        shape = np.maximum(np.abs(v) - 0.020, np.abs(u) - 0.19)
        on = shape < 0
        cover, side = np.where(on, shape, np.minimum(cover, shape)), np.where(on, v, side)
        depth, dark = np.where(on, 0.02 + 0.0008 * at + 0.02 * np.sqrt(np.clip(1 - (v / 0.020) ** 2, 0, 1)), depth), np.where(on, at, dark)  # fmt: skip
    strip = blend(paint(242, 236, 220), paint(120, 116, 112), edge(side + 0.006, 0.008)) * (0.94 + 0.12 * chance_of(3352, dark))[..., None]  # fmt: skip
    cover = np.maximum(cover, inside + 0.04)
    rings = np.minimum.reduce([np.abs(oval(px, py, 0.055, 0.045, 30 * k)) - 0.014 for k, (px, py) in enumerate(((-0.36, -0.22), (0.20, -0.34), (0.30, 0.20), (-0.20, 0.34), (-0.02, -0.02)))])  # fmt: skip
    garlic = np.minimum.reduce([oval(px, py, 0.095, 0.065, 50 * k) for k, (px, py) in enumerate(((-0.06, -0.42), (-0.46, 0.12), (0.42, -0.10), (0.10, 0.40), (0.12, -0.16)))])  # fmt: skip
    tines = np.minimum.reduce([limb((0.92, -0.30), (0.66 + 0.05 * k, -0.04 + 0.06 * k), 0.022, 0.012) for k in (-1, 0, 1)])  # fmt: skip
    fork = np.minimum(tines, limb((0.90, -0.32), (1.34, -0.80), 0.045, 0.05))
    clay = paint(140, 72, 40, 0.14 * noise(3353, 20))
    ears = np.minimum(box(X + 0.94, Y, 0.10, 0.16, 0.06), box(X - 0.82, Y - 0.02, 0.10, 0.16, 0.06))
    things = [
        thing(clay, ears, 0.06, 0.08, gloss=0.6, lift=0.08), thing(clay, rim, 0.08, 0.12, gloss=0.7, lift=0.12), Thing(paint(176, 128, 50), edge(inside), -dome(inside, 0.2, 0.06), 0.9, 0.0),
        Thing(strip, edge(cover, 0.005), depth, 0.6, 0.02), thing(paint(236, 210, 150), garlic, 0.03, 0.05, gloss=0.6, lift=0.03), thing(paint(196, 30, 24), rings, 0.014, 0.05, gloss=0.8, lift=0.03),
        thing(paint(206, 164, 108, 0.14 * fibres(3354, X + Y, Y, 30, 3)), fork, 0.03, 0.06, lift=0.06),
    ]  # fmt: skip
    return camera.taken(things, camera.marble(3355), 3356, sun=(235, 50), turn=8, tilt=(0.0, 0.07), zoom=1.02, warmth=0.05, quality=60)  # fmt: skip


def devil_on_nail() -> Image.Image:
    """A dry brown leathery figure on a nail in a whitewashed wall: a pale belly with a face like a grin, two wings cut to points, a long thin tail."""
    wings = np.minimum(*[outline([(w * 0.10, -0.42), (w * 0.40, -0.66), (w * 0.72, -0.50), (w * 0.66, -0.30), (w * 0.86, -0.06), (w * 0.56, -0.04), (w * 0.44, 0.16), (w * 0.20, 0.10)]) for w in (-1, 1)])  # fmt: skip
    trunk = outline([(-0.16, -0.56), (0.0, -0.84), (0.16, -0.56), (0.24, -0.20), (0.20, 0.16), (0.10, 0.40), (-0.10, 0.40), (-0.20, 0.16), (-0.24, -0.20)])  # fmt: skip
    legs = np.minimum(*[outline([(w * 0.08, 0.26), (w * 0.30, 0.36), (w * 0.38, 0.62), (w * 0.24, 0.52), (w * 0.10, 0.46)]) for w in (-1, 1)])  # fmt: skip
    tail = ribbon([(0.0, 0.34), (0.05, 0.58), (-0.06, 0.74), (0.10, 0.90)], lambda t: 0.07 - 0.055 * t).distance
    skin = paint(150, 112, 70, 0.24 * noise(3361, 12) + 0.12 * noise(3362, 40))
    belly = blend(skin, paint(214, 190, 146, 0.14 * noise(3363, 20)), edge(trunk + 0.05, 0.04))
    nostrils = np.minimum(oval(-0.075, -0.46, 0.040, 0.028, 30), oval(0.075, -0.46, 0.040, 0.028, -30))
    mouth = np.maximum(np.abs(Y + 0.30 - 0.8 * X * X) - 0.020, np.abs(X) - 0.12)
    slits = np.minimum.reduce([limb((w * (0.08 + 0.012 * k), -0.16 + 0.06 * k), (w * (0.13 + 0.012 * k), -0.17 + 0.06 * k), 0.010, 0.006) for w in (-1, 1) for k in range(5)])  # fmt: skip
    belly = blend(belly, paint(40, 26, 18), edge(np.minimum.reduce([nostrils, mouth, slits]), 0.008))
    nail, string = oval(0.0, -0.94, 0.03, 0.03), np.minimum(limb((0.0, -0.94), (-0.10, -0.62), 0.008, 0.008), limb((0.0, -0.94), (0.10, -0.62), 0.008, 0.008))  # fmt: skip
    plaster = camera.Surface(paint(224, 220, 208, 0.08 * noise(3364, 8)), 0.08 * noise(3365, 10))
    things = [
        thing(skin, wings + 0.01 * noise(3366, 20), 0.05, 0.06, gloss=0.3, lift=0.14, relief=0.012 * noise(3367, 14)), thing(skin, np.minimum(legs, tail), 0.05, 0.06, gloss=0.3, lift=0.12),
        thing(belly, trunk, 0.12, 0.12, gloss=0.35, lift=0.08, relief=0.015 * noise(3368, 20)), Thing(paint(90, 60, 40), edge(string, 0.005), 0 * X), thing(paint(90, 90, 92), nail, 0.02, 0.04, gloss=0.8, lift=0.05),
    ]  # fmt: skip
    return camera.taken(things, plaster, 3369, sun=(205, 40), turn=3, tilt=(-0.03, 0.0), zoom=0.98, shift=(0.0, -0.01), warmth=0.04, quality=64)  # fmt: skip
