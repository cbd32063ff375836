"""The picture lane's own pictures: wood as it is offered, raw and finished. Each shows what a lesson or the list of species says."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (  # fmt: skip
    RGB,
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
    noise,
    paint,
    placed,
    ribbon,
    soft,
)
from server.demo.lane_pictures.outlines import chain, limb, outline, oval, thing, wall
from server.demo.lane_pictures.props import ground, letters, paper, room


def grain(first: RGB, second: RGB, seed: int, x: Plane = X, y: Plane = Y, *, fine: float = 40, wild: float = 0.08) -> Plane:  # fmt: skip
    """Wood along `x`: streaks of two colours, straight or wild."""
    bent = y + wild * noise(seed, 4, 2)
    streak = 0.5 + 0.9 * fibres(seed + 1, x, bent, 9, 0.8) + 0.25 * fibres(seed + 2, x, bent, fine, 2)
    return blend(paint(*first), paint(*second), np.clip(streak, 0, 1)) * (1 + 0.06 * fibres(seed + 3, x, bent, 120, 5))[..., None]  # fmt: skip


def bent_neck_on_carpet() -> Image.Image:
    """A pear-shaped instrument on a patterned carpet: a flat pale face with three round carved roses, many strings, a short neck, a peg box bent sharply back."""
    body = outline([(-0.98, 0.0), (-0.90, -0.34), (-0.62, -0.56), (-0.24, -0.54), (0.14, -0.34), (0.40, -0.10), (0.40, 0.10), (0.14, 0.34), (-0.24, 0.54), (-0.62, 0.56), (-0.90, 0.34)], 0.0, 0.14, -8)  # fmt: skip
    u, v = placed(0.0, 0.14, -8)
    neck, board = np.maximum(np.abs(v) - 0.075, np.abs(u - 0.60) - 0.30), np.maximum(np.abs(v) - 0.060, np.abs(u - 0.44) - 0.46)  # fmt: skip
    a, b = placed(0.86, 0.02, -96)
    pegbox = np.maximum(np.abs(b) - 0.085 + 0.05 * (a - 0.05), np.abs(a - 0.20) - 0.28)
    pegs = np.minimum.reduce([limb((0.80 + 0.02 * k - w * 0.06, -0.10 - 0.09 * k), (0.80 + 0.02 * k - w * 0.20, -0.11 - 0.09 * k), 0.016, 0.030) for k in range(5) for w in (-1, 1)])  # fmt: skip
    roses = [(-0.20, 0.0, 0.17), (-0.52, -0.24, 0.085), (-0.52, 0.24, 0.085)]
    face = grain((230, 190, 120), (206, 160, 96), 3601, u, v, fine=60, wild=0.01)
    for px, py, size in roses:
        far, turn = np.hypot(u - px, v - py), np.arctan2(v - py, u - px)
        lace = edge(np.cos(turn * 8) * np.sin(far / size * 14) - 0.1, 0.2) * edge(far - size * 0.9, 0.01)
        face = blend(blend(face, paint(40, 24, 16), edge(far - size * 0.9, 0.008)), paint(206, 160, 100), lace)
        face = blend(face, paint(70, 40, 26), edge(np.abs(far - size) - 0.018, 0.006))
    bridge = box(u + 0.80, v, 0.035, 0.20, 0.02)
    strings = np.maximum(np.min([np.abs(v - 0.022 * k * (1 - 0.36 * (u + 0.8))) for k in (-2.5, -2.2, -1.5, -1.2, -0.4, -0.1, 0.7, 1.0, 1.8, 2.1, 2.7)], axis=0) - 0.0035, np.abs(u - 0.06) - 0.86)  # fmt: skip
    x, y = np.mod(X + 0.1, 0.5) - 0.25, np.mod(Y, 0.5) - 0.25
    star = np.abs(x) + np.abs(y) - 0.17 - 0.03 * np.cos(4 * np.arctan2(y, x))
    rug = blend(paint(124, 30, 36), paint(206, 170, 110), edge(np.abs(star) - 0.022, 0.012))
    rug = blend(rug, paint(30, 52, 88), edge(star + 0.06, 0.012)) * (1 + 0.10 * noise(3602, 220, 1))[..., None]
    things = [
        thing(paint(70, 44, 28), pegs, 0.02, 0.05, gloss=0.5, lift=0.06), thing(grain((88, 52, 32), (60, 36, 24), 3603), np.minimum(neck, pegbox), 0.05, 0.08, gloss=0.4, lift=0.08),
        thing(blend(face, paint(70, 40, 26), edge(np.abs(body + 0.03) - 0.016, 0.008)), body, 0.04, 0.06, gloss=0.4, lift=0.16), thing(paint(40, 28, 24), board, 0.02, 0.07, gloss=0.5), thing(paint(60, 36, 24), bridge, 0.02, 0.08, gloss=0.4, lift=0.02),
        Thing(paint(226, 220, 206), edge(strings, 0.004) * 0.9, 0 * X, 0.6, 0.02),
    ]  # fmt: skip
    return camera.taken(things, camera.Surface(rug, 0.006 * noise(3604, 220, 1)), 3605, sun=(235, 48), turn=-4, tilt=(0.0, 0.05), zoom=0.98, shift=(-0.02, 0.03), warmth=0.05, quality=62)  # fmt: skip


def sails_on_stand() -> Image.Image:
    """A small polished ship with three masts and cream sails on a stand with a brass plate, on a mantelpiece before a blue wall."""
    hull = outline([(-0.92, 0.30), (-0.60, 0.36), (0.40, 0.36), (0.80, 0.24), (0.84, 0.12), (0.98, 0.10), (0.86, 0.44), (0.66, 0.60), (-0.60, 0.60), (-0.80, 0.50)], sharp=True)  # fmt: skip
    masts = np.minimum.reduce([limb((px, 0.40), (px + 0.01, top), 0.020, 0.010) for px, top in ((-0.46, -0.66), (0.02, -0.86), (0.48, -0.60))] + [limb((-0.84, 0.32), (-1.20, 0.04), 0.018, 0.008)])  # fmt: skip
    sails, folds = np.full(X.shape, 9.0), np.zeros(X.shape)
    for px, rows in ((-0.46, ((-0.54, -0.34, 0.15), (-0.30, 0.0, 0.20), (0.04, 0.24, 0.22))), (0.02, ((-0.74, -0.50, 0.16), (-0.46, -0.12, 0.23), (-0.08, 0.24, 0.26))), (0.48, ((-0.48, -0.28, 0.13), (-0.24, 0.06, 0.18)))):  # fmt: skip
        for top, low, wide in rows:
            own = outline([(px - wide, top), (px + wide, top), (px + wide * 1.15, low), (px + 0.2 * wide, low - 0.05), (px - wide * 1.0, low)])  # fmt: skip
            sails, folds = np.minimum(sails, own), np.where(own < 0, (X - px) / wide, folds)
    jib = outline([(-0.52, -0.50), (-1.10, 0.06), (-0.60, 0.22)])
    ropes = np.minimum.reduce([limb((-0.46, -0.64), (-1.18, 0.05), 0.005, 0.005), limb((0.02, -0.84), (-0.46, -0.60), 0.005, 0.005), limb((0.02, -0.84), (0.48, -0.58), 0.005, 0.005), limb((0.48, -0.58), (0.90, 0.12), 0.005, 0.005)])  # fmt: skip
    plank = edge(np.abs(np.mod((Y + 0.05 * X * X) * 16, 1) - 0.5) - 0.08, 0.06)
    ports = np.minimum.reduce([box(X - px, Y - 0.46, 0.030, 0.024, 0.005) for px in np.arange(-0.5, 0.6, 0.18)])
    wood = blend(grain((140, 62, 34), (104, 42, 26), 3611), paint(60, 26, 18), plank * 0.5)
    wood = blend(blend(wood, paint(226, 190, 110), edge(np.abs(Y - 0.46) - 0.05, 0.006) * 0.35), paint(30, 18, 14), edge(ports, 0.006))  # fmt: skip
    stand = np.minimum.reduce([box(X + 0.40, Y - 0.66, 0.05, 0.10, 0.02), box(X - 0.40, Y - 0.66, 0.05, 0.10, 0.02), box(X, Y - 0.78, 0.62, 0.05, 0.02)])  # fmt: skip
    plate = box(X, Y - 0.78, 0.16, 0.030, 0.008)
    cloth = paint(240, 230, 204, 0.10 * np.cos(folds * 2.4) - 0.06 + 0.05 * fibres(3612, Y, X, 24, 2))
    back = room(camera.Surface(paint(92, 118, 150, 0.05 * np.sin(X * 26)), 0 * X), camera.wood(226, 220, 208, 3613, 0.5), 0.80)  # fmt: skip
    things = [
        Thing(paint(90, 70, 50), edge(ropes, 0.005), 0 * X, 0.0, 0.06), thing(paint(120, 72, 40), masts, 0.02, 0.04, gloss=0.5, lift=0.08), thing(cloth, np.minimum(sails, jib), 0.05, 0.05, lift=0.06, relief=0.05 * np.cos(folds * 1.5)),
        thing(wood, hull, 0.10, 0.12, gloss=0.8, lift=0.10), thing(paint(70, 36, 24), stand, 0.03, 0.06, gloss=0.6, lift=0.06), thing(paint(214, 178, 92), plate, 0.01, 0.03, gloss=0.9),
    ]  # fmt: skip
    return camera.taken(things, back, 3614, sun=(220, 50), turn=1.5, tilt=(0.04, 0.0), zoom=1.0, shift=(-0.04, -0.04), quality=60)  # fmt: skip


def smoke_over_boat() -> Image.Image:
    """A thin stick glows on a carved wooden boat, a thread of smoke rises; beside it a long green box with an orange flame on it, ash below."""
    tray = outline([(-1.0, 0.44), (-0.80, 0.36), (0.60, 0.40), (0.86, 0.26), (0.92, 0.34), (0.70, 0.52), (-0.76, 0.54)])
    stick = limb((0.66, 0.40), (-0.34, -0.04), 0.013, 0.016)
    glow = oval(-0.34, -0.04, 0.026, 0.022)
    smoke = ribbon([(-0.34, -0.06), (-0.28, -0.36), (-0.44, -0.66), (-0.24, -1.05)], lambda t: 0.012 + 0.05 * t, 40)
    case = box(*placed(0.36, 0.76, -4), 0.88, 0.14, 0.02)
    u, v = placed(0.36, 0.76, -4)
    flame = outline([(0.0, -0.10), (0.05, -0.02), (0.03, 0.07), (-0.03, 0.07), (-0.05, 0.0)], -0.28, 0.80, -4)
    label = blend(blend(paint(34, 96, 66), paint(222, 186, 96), edge(np.abs(case + 0.03) - 0.010, 0.006)), paint(240, 130, 40), edge(flame, 0.008))  # fmt: skip
    label = blend(label, paint(246, 232, 190), letters(u - 0.2, v, 0.10, 3621) * edge(box(u - 0.26, v, 0.44, 0.08)))
    ash = np.minimum.reduce([limb((px, py), (px + 0.05, py + 0.01), 0.012, 0.009) for px, py in ((-0.40, 0.44), (-0.24, 0.46), (-0.06, 0.44))])  # fmt: skip
    lotus = edge(np.abs(np.mod(X * 6, 1) - 0.5) * 0.3 + np.abs(Y - 0.46) - 0.06, 0.012)
    back = room(wall(72, 58, 66, 3622, 0.5), camera.wood(92, 58, 40, 3623, 0.5), 0.28)
    bare = np.clip(1 - np.abs(smoke.across), 0, 1) * edge(smoke.distance, 0.02) * np.clip(0.75 - 0.45 * smoke.along, 0.08, 1)  # fmt: skip
    halo = np.exp(-(((X + 0.34) ** 2 + (Y + 0.04) ** 2) / 0.02)) * 0.5
    things = [
        thing(label, case, 0.02, 0.06, gloss=0.3, lift=0.08), thing(blend(grain((150, 96, 56), (112, 68, 40), 3624), paint(84, 46, 28), lotus * 0.8), tray, 0.06, 0.08, gloss=0.3, lift=0.08),
        thing(paint(190, 186, 178), ash, 0.01, 0.02), thing(paint(112, 74, 50, 0.2 * noise(3625, 60)), stick, 0.012, 0.03, lift=0.08), Thing(paint(255, 140, 50), np.maximum(edge(glow, 0.006), halo), 0 * X), Thing(paint(226, 224, 226), soft(bare, 3) * 0.75, 0 * X, 0.0, 0.0),
    ]  # fmt: skip
    return camera.taken(things, back, 3626, sun=(320, 46), turn=-2, tilt=(0.0, 0.0), zoom=1.04, exposure=0.98, warmth=0.06, quality=62)  # fmt: skip


def blade_half_open() -> Image.Image:
    """A pocket knife, half open, on a log with bark: a short steel blade with a nail nick, brass ends, red-brown dark-streaked handle scales with three pins."""
    x, y = placed(-0.10, 0.14, -16)
    handle = outline([(-0.62, -0.06), (-0.50, -0.15), (0.0, -0.13), (0.46, -0.15), (0.64, -0.08), (0.66, 0.06), (0.50, 0.15), (0.0, 0.17), (-0.48, 0.13), (-0.62, 0.06)], -0.10, 0.14, -16)  # fmt: skip
    blade = outline([(0.52, 0.02), (0.60, -0.14), (0.30, -0.50), (-0.06, -0.82), (-0.14, -0.84), (-0.10, -0.66), (0.18, -0.30), (0.40, 0.0)], -0.02, 0.02, 4)  # fmt: skip
    ends = np.maximum(handle, 0.42 - np.abs(x - 0.02))
    pins = np.minimum.reduce([oval(-0.10 + c * np.cos(np.radians(-16)), 0.14 + c * np.sin(np.radians(-16)), 0.024, 0.024) for c in (-0.28, 0.02, 0.32)])  # fmt: skip
    nick = limb((0.06, -0.50), (0.20, -0.34), 0.012, 0.012)
    bevel = edge(np.abs(placed(0.14, -0.40, 48)[1] + 0.03) - 0.006, 0.006)
    steel = blend(paint(196, 200, 206, 0.10 * fibres(3631, X + Y, Y - X, 50, 1)), paint(150, 154, 160), bevel + edge(nick, 0.006))  # fmt: skip
    scale = grain((120, 54, 36), (58, 26, 22), 3632, x, y, fine=90, wild=0.03)
    ring = np.hypot((X - 0.2) * 0.8, Y + 0.1)
    log = paint(206, 172, 122, 0.12 * np.sin(ring * 90 + 3 * noise(3633, 5)) + 0.06 * noise(3634, 40))
    crack = edge(np.abs(np.arctan2(Y + 0.1, X - 0.2) - 0.5 - 0.05 * noise(3635, 9)) - 0.010, 0.008)
    log = blend(log, paint(90, 62, 40), crack)
    rim = ring - 1.14 + 0.02 * noise(3636, 20)
    base = camera.Surface(blend(paint(74, 56, 42, 0.5 * noise(3637, 40)), log, edge(rim, 0.02)), 0.02 * noise(3638, 60) + 0.04 * edge(rim, 0.05))  # fmt: skip
    things = [
        thing(steel, blade, 0.03, 0.05, gloss=0.9, lift=0.08), thing(scale, handle, 0.10, 0.12, gloss=0.6, lift=0.10), thing(paint(206, 170, 88), ends, 0.08, 0.12, gloss=0.9, lift=0.02), thing(paint(220, 186, 104), pins, 0.02, 0.04, gloss=0.9),
    ]  # fmt: skip
    return camera.taken(things, base, 3639, sun=(300, 46), turn=9, tilt=(0.05, 0.0), zoom=1.08, focus=(0.0, 0.1), quality=60)  # fmt: skip


def bars_and_tubes() -> Image.Image:
    """Red-brown wooden bars in two rows that grow shorter to the right, on cords over shining tubes of many lengths, in a frame on wheels; two mallets."""
    things: list[Thing] = []
    top = -0.30
    for at in range(15):
        px = -1.06 + 0.146 * at
        long = 0.52 - 0.018 * at
        tube = box(X - px, Y - (0.26 + 0.25 * long), 0.046, 0.70 * long + 0.12, 0.03)
        shine = 0.9 * (0.5 + 0.5 * np.cos((X - px) * 46))
        things.append(thing(paint(206, 180, 110) * (0.6 + 0.6 * shine)[..., None], tube, 0.04, 0.05, gloss=0.5, lift=0.10))  # fmt: skip
    lower, upper = np.full(X.shape, 9.0), np.full(X.shape, 9.0)
    which = np.zeros(X.shape)
    for at in range(15):
        px, long = -1.06 + 0.146 * at, 0.26 - 0.008 * at
        own = box(X - px, Y - top - 0.30, 0.062, long, 0.012)
        lower, which = np.minimum(lower, own), np.where(own < 0, at, which)
        if at % 7 not in (2, 6):
            own = box(X - px - 0.073, Y - top + 0.16, 0.052, long * 0.9, 0.012)
            upper, which = np.minimum(upper, own), np.where(own < 0, at + 20, which)
    bar = grain((150, 72, 46), (104, 44, 34), 3641, Y, X, fine=70, wild=0.02) * (0.88 + 0.24 * chance_of(3642, which))[..., None]  # fmt: skip
    pins = np.minimum.reduce([oval(-1.13 + 0.146 * at, y, 0.012, 0.016) for at in range(16) for y in (-0.14, 0.16)])
    legs = np.minimum.reduce([box(X + 1.20, Y - 0.40, 0.045, 0.60, 0.02), box(X - 1.20, Y - 0.30, 0.045, 0.50, 0.02), box(X, Y - 0.92, 1.22, 0.030, 0.02)])  # fmt: skip
    sticks = np.minimum(limb((0.10, -0.90), (0.42, -0.26), 0.012, 0.012), limb((0.66, -0.94), (0.30, -0.20), 0.012, 0.012))  # fmt: skip
    heads = np.minimum(oval(0.44, -0.22, 0.075, 0.065), oval(0.28, -0.16, 0.075, 0.065))
    back = room(camera.Surface(paint(214, 206, 188, 0.05 * noise(3643, 8)), 0 * X), camera.wood(150, 104, 70, 3644, 0.3), 0.80)  # fmt: skip
    things += [
        thing(paint(34, 30, 32), legs, 0.03, 0.06, gloss=0.4, lift=0.12), thing(bar, lower, 0.03, 0.06, gloss=0.7, lift=0.06), thing(bar * 0.95, upper, 0.03, 0.06, gloss=0.7, lift=0.08),
        thing(paint(206, 206, 210), pins, 0.01, 0.03, gloss=0.9), thing(paint(220, 190, 140), sticks, 0.01, 0.04, lift=0.10), thing(paint(60, 80, 170, 0.3 * fibres(3645, X + Y, Y - X, 60, 10)), heads, 0.06, 0.10, lift=0.08),
    ]  # fmt: skip
    return camera.taken(things, back, 3646, sun=(230, 50), turn=2, tilt=(-0.03, 0.03), zoom=0.98, warmth=0.03, quality=58)  # fmt: skip


def box_of_twenty() -> Image.Image:
    """An open flat wooden box with a paper seal: inside, a row of brown rolls with gold bands on tissue, the thin pale red-brown boards show at the rim."""
    x, y = placed(0.0, 0.18, 5)
    outer, inner = box(x, y, 0.98, 0.56, 0.015), box(x, y, 0.91, 0.49, 0.01)
    lid = box(*placed(-0.04, -0.70, 5), 0.98, 0.30, 0.015)
    u, v = placed(-0.04, -0.70, 5)
    board = grain((196, 128, 84), (172, 104, 66), 3651, x, y, fine=80, wild=0.02)
    brand = edge(np.abs(oval(-0.04, -0.70, 0.34, 0.16, 5)) - 0.010, 0.006) + letters(u, v, 0.10, 3652) * edge(box(u, v, 0.22, 0.07))  # fmt: skip
    lidded = blend(grain((200, 134, 90), (176, 110, 70), 3653, u, v, fine=80, wild=0.02), paint(70, 30, 20), np.clip(brand, 0, 1) * 0.8)  # fmt: skip
    number = np.floor((x + 0.90) / 0.138)
    inside = x + 0.90 - (number + 0.5) * 0.138
    roll = np.maximum(box(inside, y, 0.062, 0.45, 0.05), np.abs(x) - 0.895)
    leaf = paint(104, 64, 36, 0.18 * fibres(3654, y + 0.5 * inside, inside - 0.3 * y, 20, 6) + 0.16 * (chance_of(3655, number) - 0.5))  # fmt: skip
    band = edge(np.abs(y + 0.22) - 0.050, 0.006)
    gold = blend(paint(200, 30, 36), paint(230, 190, 90), edge(np.abs(np.abs(y + 0.22) - 0.036) - 0.012, 0.005) + edge(np.hypot(inside, y + 0.22) - 0.022, 0.006))  # fmt: skip
    seal = box(*placed(0.86, 0.42, 5), 0.10, 0.32, 0.0)
    green = blend(paint(70, 122, 92), paint(220, 226, 210), letters(x, y, 0.05, 3656) * 0.8)
    tissue = box(*placed(-0.30, 0.56, 5), 0.66, 0.12, 0.02) + 0.02 * noise(3657, 14)
    things = [
        thing(lidded, lid, 0.02, 0.06, gloss=0.2, lift=0.08), thing(board, outer, 0.02, 0.12, gloss=0.2, lift=0.12), Thing(paint(120, 74, 46), edge(inner), 0 * X, 0.0, 0.0),
        thing(blend(leaf, gold, np.clip(band, 0, 1)), np.maximum(roll, inner + 0.005), 0.05, 0.09, gloss=0.2, lift=0.03), thing(paint(238, 232, 216), np.maximum(tissue, inner), 0.02, 0.04, lift=0.02), thing(green, np.maximum(seal, outer), 0.005, 0.13),
    ]  # fmt: skip
    return camera.taken(things, ground(58, 46, 40, 3658, grain=160, rough=0.3), 3659, sun=(240, 50), turn=-3, tilt=(0.03, 0.06), zoom=1.0, warmth=0.05, quality=62)  # fmt: skip


def slabs_on_trestles() -> Image.Image:
    """Three very long thick red-brown slabs with uneven pale edges on trestles in a shed, end on: purple veins, a chalk number on each, a tape on the first."""
    things: list[Thing] = []
    legs = np.minimum.reduce([limb((px, 0.40), (px + dx, 1.05), 0.05, 0.05) for px in (-0.80, 0.80) for dx in (-0.16, 0.16)] + [box(X - px, Y - 0.44, 0.20, 0.05, 0.01) for px in (-0.80, 0.80)])  # fmt: skip
    things.append(thing(paint(176, 140, 96, 0.14 * fibres(3661, X, Y, 30, 2)), legs, 0.04, 0.06, lift=0.10))
    for at, (py, lean) in enumerate(((0.24, 0.0), (-0.18, -0.05), (-0.58, 0.04))):
        x, y = placed(0.03 * at, py, -1.5 + at)
        wave = 0.03 * np.sin(3.1 * x + at) + 0.02 * noise(3662 + at, 6)
        face = np.maximum(np.abs(y - wave) - 0.145, np.abs(x - lean) - 1.08)
        heart = grain((160, 74, 56), (104, 40, 50), 3670 + 5 * at, x, y - wave, fine=40, wild=0.09)
        pale = edge(0.110 - np.abs(y - wave), 0.015)
        wood = blend(heart, paint(222, 190, 140, 0.10 * fibres(3690 + at, x, y, 40, 2)), pale)
        mark = np.minimum(limb((-0.86, py - 0.04), (-0.86, py + 0.06), 0.012, 0.012), limb((-0.80, py - 0.03 + 0.02 * at), (-0.70, py + 0.05 - 0.03 * at), 0.012, 0.012))  # fmt: skip
        wood = blend(wood, paint(240, 240, 236), edge(mark, 0.012) * 0.8)
        front = np.maximum(np.abs(y - 0.19 - wave) - 0.055, np.abs(x - lean) - 1.08)
        things += [thing(wood * 0.62, front, 0.02, 0.03, lift=0.06), thing(wood, face, 0.02, 0.05, gloss=0.25, lift=0.08)]  # fmt: skip
    tape = box(*placed(0.10, 0.28, -1.5), 0.52, 0.026, 0.004)
    ticks = edge(np.abs(np.mod(X * 24, 1) - 0.5) - 0.12, 0.06)
    things.append(thing(blend(paint(250, 214, 60), paint(30, 30, 30), ticks * 0.8), tape, 0.005, 0.02, lift=0.03))
    shed = room(camera.Surface(paint(120, 126, 124, 0.16 * np.sign(np.sin(X * 22)) * 0.4 + 0.05 * noise(3697, 9)), 0.02 * np.sin(X * 22)), ground(150, 132, 104, 3698, grain=120, rough=0.4), 0.62)  # fmt: skip
    return camera.taken(things, shed, 3699, sun=(215, 48), turn=-1.5, tilt=(0.05, 0.03), zoom=1.0, warmth=0.02, quality=58)  # fmt: skip


def round_back_chair() -> Image.Image:
    """A dark red-brown armchair in a tiled hall: the back rail and arms are one horseshoe, a carved splat, a flat seat, straight legs with low stretchers."""
    top = ribbon([(-0.62, 0.02), (-0.46, -0.46), (0.0, -0.68), (0.46, -0.46), (0.62, 0.02)], lambda t: 0.045, 40)
    hooks = np.minimum(chain([(-0.62, 0.0), (-0.70, 0.06), (-0.76, 0.02)], 0.05, 0.035), chain([(0.62, 0.0), (0.70, 0.06), (0.76, 0.02)], 0.05, 0.035))  # fmt: skip
    splat = outline([(-0.13, 0.22), (-0.10, -0.10), (-0.13, -0.40), (-0.10, -0.64), (0.10, -0.64), (0.13, -0.40), (0.10, -0.10), (0.13, 0.22)])  # fmt: skip
    posts = np.minimum.reduce([limb((w * 0.36, 0.22), (w * 0.34, -0.54), 0.028, 0.026) for w in (-1, 1)] + [chain([(w * 0.58, 0.28), (w * 0.54, 0.14), (w * 0.60, 0.02)], 0.030, 0.028) for w in (-1, 1)])  # fmt: skip
    seat = outline([(-0.46, 0.20), (0.46, 0.20), (0.66, 0.36), (-0.66, 0.36)], sharp=True)
    apron = box(X, Y - 0.40, 0.66, 0.045, 0.01)
    legs = np.minimum.reduce([box(X - w * 0.61, Y - 0.68, 0.040, 0.30, 0.01) for w in (-1, 1)] + [box(X - w * 0.43, Y - 0.56, 0.032, 0.22, 0.01) for w in (-1, 1)])  # fmt: skip
    bars = np.minimum(box(X, Y - 0.88, 0.62, 0.026, 0.01), box(X, Y - 0.72, 0.42, 0.022, 0.01))
    far, turn = np.hypot(X, Y + 0.36), np.arctan2(Y + 0.36, X)
    carve = edge(np.abs(far - 0.075 - 0.012 * np.cos(6 * turn)) - 0.010, 0.006) + edge(far - 0.03, 0.008)
    red = grain((116, 44, 30), (72, 24, 20), 3701, Y, X, fine=80, wild=0.02)
    flat = grain((130, 52, 34), (84, 30, 22), 3702, X, Y, fine=80, wild=0.03)
    tiles = room(camera.Surface(paint(222, 214, 196, 0.05 * noise(3703, 6)), 0 * X), camera.tiles(116, 118, 116, 3704), 0.46)  # fmt: skip
    scroll = np.minimum(box(X + 1.05, Y + 0.30, 0.15, 0.52, 0.01), 9.0)
    ink = np.minimum.reduce([limb((-1.05, -0.60 + 0.16 * k), (-1.05 + 0.05 * np.sin(3 * k), -0.52 + 0.16 * k), 0.026, 0.016) for k in range(5)])  # fmt: skip
    things = [
        thing(blend(paint(240, 232, 210), paint(30, 28, 28), edge(ink, 0.01)), scroll, 0.01, 0.02, lift=0.03), thing(red * 0.8, np.minimum(legs, bars), 0.03, 0.05, gloss=0.6, lift=0.12),
        thing(blend(red, paint(40, 14, 12), np.clip(carve, 0, 1) * 0.7), splat, 0.03, 0.05, gloss=0.6, lift=0.10), thing(red, posts, 0.03, 0.05, gloss=0.6, lift=0.10), thing(flat, seat, 0.02, 0.06, gloss=0.7, lift=0.08), thing(red * 0.9, apron, 0.02, 0.05, gloss=0.6),
        thing(red * 1.1, np.minimum(top.distance, hooks), 0.05, 0.09, gloss=0.9, lift=0.10),
    ]  # fmt: skip
    return camera.taken(things, tiles, 3705, sun=(235, 50), turn=-1, tilt=(-0.04, 0.0), zoom=0.96, shift=(0.0, 0.05), warmth=0.03, quality=62)  # fmt: skip


def fanned_sheets() -> Image.Image:
    """A fan of very thin dark brown sheets of wood on a workbench, black swirling lines in each, tied with string, a handwritten card with figures on top."""
    things: list[Thing] = []
    for at in range(8):
        turn = -32 + 8.5 * at
        x, y = placed(-0.70, 0.60, turn)
        sheet = box(x - 0.92, y + 0.10, 0.98, 0.21, 0.004) + 0.004 * noise(3711 + at, 30)
        swirl = np.sin(46 * (y + 0.10 * noise(3720, 3, 2) + 0.03 * np.sin(4 * x)) + 4 * noise(3721, 4, 2))
        leaf = grain((128, 76, 48), (92, 50, 36), 3730, x, y, fine=90, wild=0.12)
        leaf = blend(leaf, paint(34, 20, 18), edge(0.55 - swirl, 0.3) * 0.85) * (0.92 + 0.02 * at)
        things.append(thing(leaf, sheet, 0.004, 0.02 + 0.012 * at, gloss=0.15, lift=0.05, relief=0.02 * np.sin(2.4 * x + at)))  # fmt: skip
    string = np.minimum(limb((-0.46, 0.08), (-0.30, 0.80), 0.014, 0.014), limb((-0.52, 0.12), (-0.60, -0.06), 0.010, 0.008))  # fmt: skip
    things += [thing(paint(214, 196, 150, 0.3 * fibres(3740, X, Y, 90, 20)), string, 0.01, 0.14, lift=0.03), paper(0.34, 0.18, 0.25, 0.15, 8, (250, 246, 230), 3741, line=0.10, ink=(30, 40, 120))]  # fmt: skip
    return camera.taken(things, camera.wood(196, 164, 118, 3742, 0.7), 3743, sun=(225, 42), turn=-3, tilt=(0.03, 0.05), zoom=1.0, warmth=0.02, quality=60)  # fmt: skip


def dowels_in_rack() -> Image.Image:
    """A dense bundle of pale straw-coloured round rods seen from their ends, hundreds of circles held by a plastic strap, on a pallet in a store."""
    from_, size = np.floor(Y / 0.104), 0.12
    u = X / size + 0.5 * np.mod(from_, 2)
    a, b = (np.mod(u, 1) - 0.5) * size, Y - (from_ + 0.5) * 0.104
    which = np.floor(u) * 31 + from_ * 77
    bundle = box(X, Y - 0.02, 1.02, 0.72, 0.10)
    rod = np.hypot(a, b) - 0.053 + 0.004 * (chance_of(3751, which) - 0.5)
    tone = 0.14 * (chance_of(3752, which) - 0.5)
    turn = 6.3 * chance_of(3753, which)
    lines = fibres(3754, a * np.cos(turn) + b * np.sin(turn) + which, b * np.cos(turn) - a * np.sin(turn), 90, 8)
    face = paint(232, 208, 160, tone + 0.10 * lines)
    face = blend(face, paint(150, 120, 84), edge(np.abs(rod + 0.006) - 0.005, 0.004) * 0.6)
    deep = 0.03 * (chance_of(3755, which) - 0.5)
    straps = np.minimum(np.maximum(np.abs(X + 0.42 + 0.01 * noise(3756, 4)) - 0.030, bundle - 0.02), np.maximum(np.abs(X - 0.46) - 0.030, bundle - 0.02))  # fmt: skip
    pallet = np.minimum.reduce([box(X, Y - 0.82, 1.20, 0.045, 0.01)] + [box(X - px, Y - 0.92, 0.10, 0.07, 0.01) for px in (-1.0, 0.0, 1.0)])  # fmt: skip
    tag = paper(0.10, -0.44, 0.20, 0.13, -5, (246, 246, 240), 3757, line=0.09)
    back = room(wall(96, 104, 112, 3758, 0.4), camera.speckled(140, 136, 130, 3759, 0.4), 0.84)
    things = [
        thing(paint(186, 150, 104, 0.14 * fibres(3760, X, Y, 30, 2)), pallet, 0.02, 0.05, lift=0.06), Thing(paint(46, 36, 28), edge(bundle), 0 * X, 0.0, 0.12),
        Thing(face, edge(np.maximum(rod, bundle), 0.005), deep + dome(rod, 0.010, 0.014), 0.05, 0.02), thing(paint(30, 110, 60), straps, 0.01, 0.04, gloss=0.7, lift=0.03), tag,
    ]  # fmt: skip
    return camera.taken(things, back, 3761, sun=(300, 48), turn=2, tilt=(0.05, 0.0), zoom=1.02, quality=58)
