"""The picture lane's own pictures: reptiles, and what only bears their name. Each shows what a lesson or the list of species says."""

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
from server.demo.lane_pictures.outlines import chain, eye, limb, melted, outline, oval, scales, thing, wall
from server.demo.lane_pictures.props import ground, room


def patches_on_blanket() -> Image.Image:
    """A cat curled up on a crocheted blanket: black and orange patches without order, one half of the face orange, the other black; green eyes, white whiskers."""
    body = outline([(-0.40, 0.10), (-0.10, -0.26), (0.34, -0.38), (0.74, -0.22), (0.92, 0.14), (0.80, 0.48), (0.40, 0.64), (-0.20, 0.64), (-0.60, 0.50)])  # fmt: skip
    head = melted(oval(-0.52, 0.02, 0.33, 0.27), oval(-0.56, 0.14, 0.20, 0.14), by=24)
    ears = np.minimum(outline([(-0.80, -0.12), (-0.84, -0.42), (-0.56, -0.24)]), outline([(-0.46, -0.26), (-0.24, -0.44), (-0.22, -0.12)]))  # fmt: skip
    tail = ribbon([(0.86, 0.34), (0.70, 0.66), (0.10, 0.78), (-0.40, 0.66)], lambda t: 0.11 - 0.04 * t)
    hair = fibres(4001, X + 0.4 * Y, Y - 0.4 * X, 140, 12)
    cloud = noise(4002, 5, 2) + 0.10 * hair
    fur = blend(paint(30, 26, 26), paint(206, 124, 52), edge(-cloud - 0.02, 0.05))
    half = blend(paint(206, 126, 56), paint(32, 28, 28), edge(-(X + 0.52) + 0.05 * hair, 0.03))
    half = blend(half, paint(240, 226, 206), edge(oval(-0.55, 0.22, 0.12, 0.08), 0.03))
    fur, half = fur * (1 + 0.12 * hair)[..., None], half * (1 + 0.12 * hair)[..., None]
    nose = outline([(-0.585, 0.10), (-0.525, 0.10), (-0.555, 0.145)])
    mouth = np.minimum(limb((-0.555, 0.145), (-0.60, 0.19), 0.006, 0.005), limb((-0.555, 0.145), (-0.51, 0.19), 0.006, 0.005))  # fmt: skip
    whiskers = np.minimum.reduce([limb((-0.555 + w * 0.08, 0.16 + 0.02 * k), (-0.555 + w * 0.40, 0.10 + 0.08 * k), 0.004, 0.002) for w in (-1, 1) for k in range(3)])  # fmt: skip
    slits = np.minimum(oval(-0.66, -0.02, 0.014, 0.045), oval(-0.42, -0.02, 0.014, 0.045))
    irises = np.minimum(oval(-0.66, -0.02, 0.062, 0.050, 8), oval(-0.42, -0.02, 0.062, 0.050, -8))
    u, v = np.mod(X * 4.4, 1) - 0.5, np.mod(Y * 4.4 + 0.5 * np.mod(np.floor(X * 4.4), 2), 1) - 0.5
    stitch = np.sin(np.hypot(u, v) * 34) * 0.5
    wool = blend(paint(96, 150, 160), paint(226, 206, 176), np.mod(np.floor(X * 4.4) + np.floor(Y * 4.4), 3) / 2) * (1 + 0.16 * stitch)[..., None]  # fmt: skip
    things = [
        Thing(fur, edge(body, 0.02), dome(body, 0.40, 0.34) + 0.004 * hair, 0.0, 0.12), Thing(fur, edge(tail.distance, 0.02), dome(tail.distance, 0.10, 0.12), 0.0, 0.06), Thing(half, edge(ears, 0.012), dome(ears, 0.1, 0.08), 0.0, 0.04),
        Thing(half, edge(head, 0.02), dome(head, 0.26, 0.26) + 0.004 * hair, 0.0, 0.08), thing(paint(150, 190, 80), irises, 0.04, 0.04, gloss=0.7), Thing(paint(10, 10, 10), edge(slits, 0.006), 0 * X), thing(paint(214, 130, 120), nose, 0.02, 0.03),
        Thing(paint(60, 36, 30), edge(mouth, 0.005), 0 * X), Thing(paint(250, 250, 250), edge(whiskers, 0.004), 0 * X),
    ]  # fmt: skip
    return camera.taken(things, camera.Surface(wool, 0.02 * stitch), 4003, sun=(230, 48), turn=-3, tilt=(0.0, 0.04), zoom=1.04, warmth=0.04, quality=58)  # fmt: skip


def fluff_on_hook() -> Image.Image:
    """A long purple fluffy boa of plumes hangs from a coat hook on a pink wall beside a feathered mask on a stick; loose down on the floor."""
    way = ribbon([(-0.52, 1.10), (-0.46, 0.10), (-0.10, -0.66), (0.16, -0.62), (0.40, 0.10), (0.36, 0.86)], lambda t: 0.15, 40)  # fmt: skip
    tuft = fibres(4011, way.along + 0.6 * way.across, way.across, 3, 26)
    shape = way.distance + 0.075 * fibres(4012, way.across * 0.3, way.along, 34, 2) + 0.03 * noise(4013, 60)
    down = fibres(4014, way.across * 3, way.along + 0.16 * np.abs(way.across), 60, 3)
    purple = paint(126, 44, 166, 0.26 * down + 0.20 * tuft)
    purple = blend(purple, paint(206, 150, 230), edge(0.25 - np.abs(way.across) - 0.2 * down, 0.2) * 0.35)
    hook = np.minimum(chain([(0.04, -0.96), (0.04, -0.66), (0.12, -0.56), (0.18, -0.62)], 0.030, 0.026), box(X - 0.04, Y + 0.88, 0.08, 0.10, 0.03))  # fmt: skip
    mask = np.maximum(np.minimum(oval(0.78, -0.22, 0.20, 0.15, -12), oval(1.10, -0.28, 0.20, 0.15, 12)), -np.minimum(oval(0.79, -0.21, 0.085, 0.05, -12), oval(1.09, -0.27, 0.085, 0.05, 12)))  # fmt: skip
    stick = limb((1.24, -0.20), (1.18, 0.70), 0.018, 0.018)
    glitter = edge(0.035 - chance_of(4015, np.floor(X * 70) * 13 + np.floor(Y * 70) * 57), 0.01)
    floor = room(camera.Surface(paint(230, 170, 180, 0.05 * noise(4016, 6)), 0 * X), camera.wood(160, 120, 90, 4017, 0.3), 0.84)  # fmt: skip
    flakes = np.minimum.reduce([limb((px, py), (px + 0.08, py - 0.02), 0.014, 0.004) for px, py in ((-0.90, 0.92), (0.06, 0.94), (0.78, 0.90))]) + 0.008 * noise(4018, 80)  # fmt: skip
    things = [
        thing(paint(150, 70, 190), flakes, 0.01, 0.02, lift=0.01), thing(paint(206, 170, 90), hook, 0.03, 0.05, gloss=0.9, lift=0.05), thing(paint(220, 190, 110), stick, 0.015, 0.03, lift=0.05), thing(blend(paint(30, 120, 130), paint(240, 240, 220), glitter), mask, 0.04, 0.05, gloss=0.5, lift=0.06),
        Thing(purple, edge(shape, 0.03), 0.20 * np.sqrt(np.clip(1 - way.across**2, 0, 1)) + 0.02 * down, 0.0, 0.12),
    ]  # fmt: skip
    return camera.taken(things, floor, 4019, sun=(215, 48), turn=2, tilt=(0.03, 0.0), zoom=1.02, quality=58)


def spikes_under_lamp() -> Image.Image:
    """A sandy broad flat lizard lies on a log under a red lamp: a triangular head, a fringe of soft spikes along its sides and under the chin, a food bowl with crickets."""
    body = outline([(-0.36, -0.06), (-0.16, -0.26), (0.20, -0.30), (0.50, -0.16), (0.66, 0.02), (0.46, 0.18), (0.10, 0.26), (-0.20, 0.20)], 0.0, 0.16)  # fmt: skip
    head = outline([(-0.34, -0.14), (-0.52, -0.28), (-0.70, -0.22), (-0.90, -0.02), (-0.86, 0.08), (-0.64, 0.14), (-0.42, 0.18)], 0.07, 0.16)  # fmt: skip
    beard = np.minimum.reduce([limb((-0.76 + 0.07 * k, 0.26 + 0.012 * k), (-0.78 + 0.07 * k, 0.36 + 0.02 * k), 0.026, 0.004) for k in range(6)])  # fmt: skip
    fringe = np.minimum.reduce([limb((px, 0.36 - 0.10 * (px - 0.1) ** 2), (px + 0.05, 0.45 - 0.10 * (px - 0.1) ** 2), 0.020, 0.003) for px in np.arange(-0.24, 0.52, 0.055)] + [limb((px, -0.10 + 0.35 * (px - 0.18) ** 2), (px + 0.05, -0.17 + 0.35 * (px - 0.18) ** 2), 0.016, 0.003) for px in np.arange(-0.30, 0.60, 0.07)])  # fmt: skip
    tail = ribbon([(0.56, 0.18), (0.82, 0.22), (1.06, 0.10), (1.26, -0.16)], lambda t: 0.10 - 0.085 * t)
    legs = np.minimum.reduce([chain(path, 0.065, 0.04) for path in ([(-0.24, 0.30), (-0.36, 0.46), (-0.50, 0.50)], [(0.40, 0.28), (0.34, 0.46), (0.20, 0.52)], [(-0.14, -0.06), (-0.24, -0.22)], [(0.46, 0.02), (0.60, -0.16)])])  # fmt: skip
    toes = np.minimum.reduce([limb(a, (a[0] + dx, a[1] + dy), 0.020, 0.007) for a in ((-0.50, 0.50), (0.20, 0.52)) for dx, dy in ((-0.11, -0.02), (-0.10, 0.04), (-0.03, 0.07))])  # fmt: skip
    pebble, other, which = nearest(strewn(4021, 0.034), 0.08)
    grain = np.clip(other - pebble, 0, 0.02) / 0.02
    band = edge(np.abs(np.mod(X * 3.2 + 0.15 * np.sin(9 * Y), 1) - 0.5) - 0.14, 0.08)
    hide = blend(paint(214, 178, 116), paint(150, 104, 62), band * 0.7) * (0.84 + 0.2 * grain + 0.1 * (chance_of(4022, which) - 0.5))[..., None]  # fmt: skip
    mouth = edge(np.abs(Y - 0.235 - 0.05 * (X + 0.9)) - 0.007, 0.006) * edge(np.abs(X + 0.70) - 0.17, 0.01)
    log = np.abs(Y - 0.66 - 0.06 * np.sin(2 * X)) - 0.22 + 0.03 * noise(4023, 14)
    lamp = np.minimum(outline([(-0.10, -1.2), (0.10, -1.2), (0.26, -0.86), (-0.26, -0.86)], -0.44, 0.0, sharp=True), oval(-0.44, -0.84, 0.20, 0.06))  # fmt: skip
    glow = np.exp(-(np.clip(np.hypot((X + 0.40) / 0.9, (Y + 0.5) / 0.9), 0, 4) ** 2) * 2)
    bowl = np.minimum(oval(0.96, 0.84, 0.26, 0.10), box(X - 0.96, Y - 0.90, 0.24, 0.08, 0.05))
    back = room(camera.Surface(blend(paint(116, 76, 60, 0.2 * noise(4024, 6)), paint(240, 130, 80), glow * 0.8), 0 * X), ground(206, 160, 104, 4025, grain=200, rough=0.4), 0.72)  # fmt: skip
    things = [
        thing(paint(120, 84, 54, 0.3 * fibres(4026, X, Y, 24, 2)), log, 0.2, 0.2, lift=0.10, relief=0.03 * fibres(4027, X, Y, 24, 2)), thing(paint(110, 116, 120), bowl, 0.05, 0.08, lift=0.05), thing(paint(230, 80, 50), lamp, 0.06, 0.10, gloss=0.9, lift=0.10),
        thing(hide, tail.distance, 0.08, 0.08, lift=0.05), thing(hide * 0.92, np.minimum(legs, toes), 0.05, 0.07, lift=0.04), thing(paint(186, 146, 92), np.minimum(fringe, beard), 0.015, 0.04, lift=0.03),
        thing(hide, body, 0.20, 0.16, lift=0.08, relief=0.012 * grain), thing(blend(hide, paint(90, 60, 40), mouth), head, 0.16, 0.17, lift=0.05, relief=0.012 * grain), *eye(-0.58, 0.02, 0.042, (206, 150, 60)),
    ]  # fmt: skip
    return camera.taken(things, back, 4028, sun=(262, 56), turn=2, zoom=1.03, warmth=0.05, quality=60)


def saddles_in_pillowcase() -> Image.Image:
    """A slim orange snake winds out of a flowered pillowcase: red saddles with black edges along its back, a small head with an arrow mark, no neck to speak of."""
    way = ribbon([(-1.20, 0.44), (-0.45, -0.44), (0.20, 0.44), (0.86, -0.24)], lambda t: 0.11 - 0.035 * t, 60)  # fmt: skip
    head = outline([(-0.12, -0.07), (0.04, -0.10), (0.18, -0.06), (0.22, 0.0), (0.18, 0.06), (0.04, 0.10), (-0.12, 0.07)], 0.90, -0.32, -62)  # fmt: skip
    at = np.mod(way.along * 5.2, 1) - 0.5
    saddle = np.hypot(at / 0.40, way.across / 0.66) - 1 + 0.10 * noise(4031, 30)
    side = np.hypot((np.mod(way.along * 5.2 + 0.5, 1) - 0.5) / 0.16, (np.abs(way.across) - 0.85) / 0.2) - 1
    far, _ = scales(way.along, way.across * 0.1, 0.030)
    base = blend(paint(232, 140, 62), paint(236, 178, 110), edge(0.7 - np.abs(way.across), 0.2) * 0.6)
    skin = blend(blend(base, paint(40, 26, 22), edge(np.minimum(np.abs(saddle), np.abs(side)) - 0.13, 0.06)), paint(190, 52, 34), edge(np.minimum(saddle, side) + 0.12, 0.06))  # fmt: skip
    skin = skin * (1 - 0.14 * edge(0.80 - far, 0.1))[..., None]
    x, y = placed(0.90, -0.32, -62)
    arrow = np.maximum(np.abs(np.abs(y) - 0.045 + 0.3 * x) - 0.014, np.abs(x) - 0.11)
    crown = blend(paint(232, 140, 62), paint(190, 52, 34), edge(arrow, 0.010))
    case = box(*placed(-1.06, 0.56, -34), 0.62, 0.50, 0.06) + 0.03 * noise(4032, 6)
    bloom, _, kind = nearest(strewn(4033, 0.20), 0.3)
    petals = bloom - 0.055 - 0.016 * np.cos(5 * np.arctan2(Y * 7, X * 7))
    cloth = blend(paint(240, 236, 226, 0.04 * noise(4034, 200, 1)), paint(110, 140, 200), edge(petals, 0.012) * (chance_of(4035, kind) > 0.4))  # fmt: skip
    folds = 0.10 * soft(noise(4036, 5, 2), 5)
    mouth_ = limb((-0.86, 0.02), (-0.52, 0.52), 0.05, 0.05)
    things = [
        Thing(skin, edge(way.distance, 0.008), 0.11 * np.sqrt(np.clip(1 - way.across**2, 0, 1)), 0.5, 0.06), thing(crown, head, 0.07, 0.09, gloss=0.5, lift=0.05), *eye(0.87, -0.46, 0.020, (206, 90, 40)), *eye(1.03, -0.38, 0.020, (206, 90, 40)),
        Thing(cloth, edge(case), dome(case, 0.10, 0.08) + folds, 0.0, 0.08), thing(paint(206, 204, 196), mouth_, 0.04, 0.08, lift=0.02),
    ]  # fmt: skip
    return camera.taken(things, camera.speckled(150, 118, 96, 4037, 0.5), 4038, sun=(240, 50), turn=5, tilt=(0.0, 0.05), zoom=1.04, warmth=0.02, quality=58)  # fmt: skip


def jaws_on_shelf() -> Image.Image:
    """A small varnished head with open jaws stands on a shelf between two paperbacks: a broad rounded snout, glass eyes, uneven teeth, a sticker with a palm tree."""
    upper = outline([(0.62, 0.16), (0.60, -0.12), (0.44, -0.30), (0.26, -0.34), (0.12, -0.20), (-0.20, -0.22), (-0.60, -0.34), (-0.80, -0.40), (-0.86, -0.28), (-0.60, -0.16), (-0.10, -0.02), (0.30, 0.14)])  # fmt: skip
    lower = outline([(0.60, 0.16), (0.30, 0.20), (-0.10, 0.26), (-0.56, 0.34), (-0.78, 0.36), (-0.80, 0.46), (-0.50, 0.54), (0.0, 0.54), (0.46, 0.50), (0.64, 0.34)])  # fmt: skip
    throat = outline([(0.50, 0.16), (-0.10, 0.0), (-0.70, -0.22), (-0.70, 0.36), (-0.10, 0.28)])
    teeth = np.minimum.reduce([limb((px, -0.14 + 0.30 * (px + 0.62) - 0.06), (px - 0.01, 0.0 + 0.30 * (px + 0.62) - 0.06 + 0.05 * np.sin(9 * px)), 0.026, 0.005) for px in np.arange(-0.78, 0.22, 0.095)]
                              + [limb((px, 0.36 - 0.11 * (px + 0.7)), (px + 0.01, 0.24 - 0.11 * (px + 0.7) + 0.04 * np.sin(11 * px)), 0.022, 0.005) for px in np.arange(-0.72, 0.20, 0.10)])  # fmt: skip
    first, second, which = nearest(strewn(4041, 0.075), 0.2)
    plates = np.clip(second - first, 0, 0.03) / 0.03
    hide = blend(paint(84, 70, 46), paint(126, 108, 70), edge(0.05 - Y, 0.2)) * (0.70 + 0.34 * plates + 0.12 * (chance_of(4042, which) - 0.5))[..., None]  # fmt: skip
    pale = blend(hide, paint(196, 170, 116), edge(0.40 - Y, 0.06))
    nostril = oval(-0.76, -0.36, 0.035, 0.018, 20)
    books = [box(X - px, Y - 0.06, 0.10, 0.52, 0.01) for px in (-1.16, -0.95, 0.96, 1.16)]
    colours = ((176, 60, 50), (60, 90, 120), (206, 170, 80), (70, 110, 80))
    things: list[Thing] = [thing(blend(paint(*c), paint(240, 230, 210), edge(np.abs(np.abs(Y - 0.06) - 0.30) - 0.02, 0.006)), b, 0.03, 0.06, gloss=0.2, lift=0.06) for b, c in zip(books, colours, strict=True)]  # fmt: skip
    palm = np.minimum.reduce([limb((0.38, 0.48), (0.40, 0.40), 0.010, 0.008)] + [limb((0.40, 0.39), (0.40 + dx, 0.39 + dy), 0.012, 0.004) for dx, dy in ((-0.07, 0.0), (0.07, 0.01), (-0.04, -0.04), (0.05, -0.03))])  # fmt: skip
    label = oval(0.38, 0.43, 0.12, 0.085)
    shelf = room(wall(176, 180, 160, 4043, 0.15), camera.wood(196, 150, 100, 4044, 0.5), 0.57)
    things += [
        Thing(paint(120, 50, 44), edge(throat), -dome(throat, 0.1, 0.05)), thing(pale, lower, 0.12, 0.14, gloss=0.9, lift=0.08, relief=0.02 * plates), thing(paint(240, 230, 204), teeth, 0.02, 0.05, gloss=0.5, lift=0.03),
        thing(blend(hide, paint(20, 16, 12), edge(nostril, 0.008)), upper, 0.12, 0.16, gloss=0.9, lift=0.10, relief=0.02 * plates), *eye(0.28, -0.22, 0.060, (226, 160, 30)), thing(blend(paint(250, 246, 220), paint(30, 120, 70), edge(palm, 0.006)), label, 0.005, 0.15),
    ]  # fmt: skip
    return camera.taken(things, shelf, 4045, sun=(225, 50), turn=-1.5, tilt=(0.03, 0.0), zoom=1.02, warmth=0.02, quality=60)  # fmt: skip


def dented_balls_in_bowl() -> Image.Image:
    """A blue enamel bowl full of round white balls like those for table tennis, dull and soft, some with a dent, sand on them; salt and a halved lime beside it."""
    bowl, inner = oval(0.0, 0.02, 0.88, 0.84), oval(0.0, 0.02, 0.78, 0.74)
    chance = np.random.default_rng(4051)
    sand = edge(0.22 - noise(4052, 60) - 0.6 * noise(4053, 6), 0.1)
    rim = blend(paint(50, 84, 160), paint(30, 36, 50), edge(np.abs(bowl + 0.012) - 0.012, 0.006))
    things: list[Thing] = [thing(rim, bowl, 0.08, 0.14, gloss=0.7, lift=0.12), Thing(paint(200, 190, 170), edge(inner), -dome(inner, 0.3, 0.1))]  # fmt: skip
    for at, (px, py) in enumerate([(0.31 * i + 0.155 * (j % 2) - 0.62, 0.27 * j - 0.54) for j in range(5) for i in range(5)]):  # fmt: skip
        if np.hypot(px, py) > 0.62:
            continue
        px, py = px + chance.uniform(-0.03, 0.03), py + 0.02 + chance.uniform(-0.03, 0.03)
        ball = oval(px, py, 0.168, 0.162)
        dent = oval(px + chance.uniform(-0.06, 0.06), py + chance.uniform(-0.07, 0.03), 0.075, 0.060, chance.uniform(0, 180)) if at % 3 == 0 else 9.0 + 0 * X  # fmt: skip
        white = blend(paint(240, 234, 220, 0.04 * noise(4060 + at, 20)), paint(176, 146, 100), edge(sand - 0.4, 0.3) * edge(0.10 * (at % 4) - 0.1 - noise(4090 + at, 40), 0.3) * 0.45)  # fmt: skip
        things.append(thing(white, ball, 0.16, 0.17, gloss=0.06, lift=0.05, relief=-0.05 * edge(dent, 0.05)))
    lime = oval(1.00, 0.66, 0.20, 0.19)
    part = np.abs(np.mod(np.arctan2(Y - 0.66, X - 1.0) * 8 / (2 * np.pi), 1) - 0.5)
    green = blend(blend(paint(196, 220, 120), paint(240, 246, 206), edge(part - 0.06, 0.04)), paint(70, 130, 50), edge(-lime - 0.03, 0.01))  # fmt: skip
    salt = np.maximum(oval(-1.06, -0.60, 0.20, 0.14) + 0.02 * noise(4120, 30), -9.0)
    table = camera.wood(120, 142, 136, 4121, 0.35)
    things += [thing(green, lime, 0.03, 0.06, gloss=0.5, lift=0.05), thing(paint(250, 250, 250, 0.2 * noise(4122, 160)), salt, 0.08, 0.05, lift=0.02)]  # fmt: skip
    return camera.taken(things, table, 4123, sun=(240, 52), turn=-7, tilt=(0.0, 0.06), zoom=1.02, warmth=0.04, quality=58)  # fmt: skip
