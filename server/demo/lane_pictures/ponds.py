"""The picture lane's own pictures: fish, what is made of them and what only bears their name. Each shows what a lesson or the list of species says."""

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
    strewn,
)
from server.demo.lane_pictures.outlines import (  # fmt: skip
    chain,
    eye,
    limb,
    melted,
    outline,
    oval,
    scales,
    thing,
    wall,
)
from server.demo.lane_pictures.props import glass, paper, water


def disc_on_head() -> Image.Image:
    """A white fish with a red disc on its head in a round blue tub, seen from above: a plump body, fan fins, short feelers."""
    body = ribbon([(-0.66, 0.20), (-0.22, -0.04), (0.22, 0.06), (0.66, -0.16)], lambda t: 0.21 * np.sin(np.pi * (0.12 + 0.80 * t)) ** 0.7)  # fmt: skip
    fins = np.minimum.reduce([
        outline([(-0.36, -0.06), (-0.40, -0.34), (-0.26, -0.44), (-0.10, -0.34), (-0.16, -0.12)]), outline([(-0.22, 0.12), (-0.12, 0.40), (0.06, 0.44), (0.12, 0.30), (-0.02, 0.14)]),
        outline([(0.30, -0.04), (0.36, -0.22), (0.48, -0.20), (0.44, -0.08)]), outline([(0.34, 0.06), (0.48, 0.20), (0.58, 0.12), (0.48, 0.0)]),
        outline([(0.60, -0.12), (0.84, -0.44), (0.98, -0.36), (0.86, -0.22), (1.02, -0.06), (0.92, 0.06), (0.64, -0.08)]),
    ])  # fmt: skip
    far, which = scales(body.along, body.across * body.width, 0.07)
    white = paint(246, 244, 240, 0.06 * (chance_of(3001, which) - 0.5)) * (1 - 0.10 * edge(0.9 - far, 0.08) * edge(0.28 - body.along, 0.03))[..., None]  # fmt: skip
    red = edge(oval(-0.40, 0.06, 0.115, 0.105, -28) + 0.01 * noise(3002, 20), 0.012)
    feelers = np.minimum(limb((-0.72, 0.17), (-0.84, 0.12), 0.016, 0.008), limb((-0.68, 0.28), (-0.76, 0.38), 0.016, 0.008))  # fmt: skip
    ray = paint(240, 236, 228, 0.22 * fibres(3003, Y + 0.4 * X, X, 30, 2))
    tub, rim = oval(0, 0, 1.20, 0.94), np.abs(oval(0, 0, 1.26, 1.0)) - 0.07
    wet = water(70, 140, 190, 3004)
    things = [
        Thing(wet.colours, edge(tub), wet.height - dome(tub, 0.4, 0.10), 0.4, 0.0),
        thing(ray, fins, 0.05, 0.03, lift=0.05), thing(paint(232, 214, 200), feelers, 0.01, 0.02),
        thing(blend(white, paint(206, 40, 30), red), body.distance, 0.16, 0.16, gloss=0.5, lift=0.10),
        *eye(-0.62, 0.07, 0.030, (60, 56, 50)), *eye(-0.54, 0.21, 0.030, (60, 56, 50)),
        thing(paint(46, 96, 160), rim, 0.07, 0.12, gloss=0.5, lift=0.10),
    ]  # fmt: skip
    return camera.taken(things, camera.speckled(134, 130, 122, 3005, 0.6), 3006, sun=(240, 54), turn=5, tilt=(0.0, 0.05), zoom=1.02, quality=62)  # fmt: skip


def grin_on_lawn() -> Image.Image:
    """An inflated grey toy with a painted toothy grin, two handles and a valve lies on a lawn beside a pump."""
    body = outline([(-1.02, 0.06), (-0.90, -0.20), (-0.50, -0.40), (0.0, -0.42), (0.46, -0.26), (0.80, -0.06), (0.80, 0.14), (0.40, 0.34), (-0.20, 0.44), (-0.74, 0.36), (-0.98, 0.22)])  # fmt: skip
    fins = np.minimum.reduce([
        outline([(-0.16, -0.38), (0.06, -0.86), (0.20, -0.84), (0.28, -0.30)]), outline([(-0.16, 0.30), (0.02, 0.74), (0.20, 0.70), (0.18, 0.28)]),
        outline([(0.74, -0.02), (1.02, -0.44), (1.14, -0.38), (1.0, 0.02), (1.16, 0.42), (1.02, 0.46), (0.74, 0.12)]),
    ])  # fmt: skip
    low = edge(0.06 + 0.12 * np.sin(2 * X) - Y, 0.012)
    seam = edge(np.abs(Y - 0.06 - 0.12 * np.sin(2 * X)) - 0.012, 0.006)
    skin = blend(blend(paint(92, 128, 156), paint(232, 236, 238), low), paint(70, 100, 130), seam)
    jaw = outline([(-0.98, 0.10), (-0.70, 0.06), (-0.42, 0.02), (-0.50, 0.20), (-0.76, 0.28), (-0.94, 0.22)])
    zig = np.abs(np.mod(X * 8.5, 1) - 0.5) * 0.16
    teeth = np.maximum(jaw, -np.minimum(np.abs(Y - 0.06 + 0.08 * (X + 0.7)) - zig, np.abs(Y - 0.26 + 0.1 * (X + 0.7)) - zig))  # fmt: skip
    skin = blend(blend(skin, paint(196, 52, 60), edge(jaw)), paint(250, 250, 248), edge(np.maximum(jaw, -teeth), 0.01))
    big = oval(-0.66, -0.16, 0.085, 0.085)
    skin = blend(blend(skin, paint(250, 250, 250), edge(big)), paint(16, 18, 24), edge(oval(-0.69, -0.15, 0.045, 0.05)))
    grips = np.minimum(np.abs(oval(-0.22, -0.06, 0.13, 0.09)) - 0.022, np.abs(oval(0.26, -0.02, 0.12, 0.08)) - 0.022)
    valve = oval(0.58, 0.10, 0.04, 0.04)
    pump = np.minimum(box(X + 0.86, Y - 0.78, 0.26, 0.08, 0.04), chain([(-0.60, 0.78), (-0.30, 0.86), (0.10, 0.80), (0.34, 0.90)], 0.022, 0.022))  # fmt: skip
    blades = fibres(3011, Y + 0.3 * noise(3012, 5), X, 14, 70)
    lawn = camera.Surface(paint(84, 132, 54, 0.34 * blades + 0.2 * noise(3013, 6)), 0.02 * blades)
    things = [
        thing(paint(236, 190, 60), pump, 0.06, 0.08, gloss=0.4, lift=0.05), thing(paint(84, 118, 146), fins, 0.12, 0.12, gloss=0.8, lift=0.10),
        thing(skin, body, 0.36, 0.34, gloss=0.9, lift=0.16), thing(paint(40, 60, 110), grips, 0.02, 0.05, gloss=0.5, lift=0.05), thing(paint(240, 240, 240), valve, 0.02, 0.05, gloss=0.6),
    ]  # fmt: skip
    return camera.taken(things, lawn, 3014, sun=(215, 46), turn=-4, tilt=(0.03, 0.08), zoom=1.0, warmth=0.03, quality=58)  # fmt: skip


def pin_on_card() -> Image.Image:
    """A small shiny metal brooch on a jeweller's card: a long snout, a ridged body, a curled tail, a blue stone for an eye."""
    body = ribbon([(0.02, -0.46), (0.16, -0.16), (0.08, 0.22), (-0.12, 0.44)], lambda t: 0.09 + 0.11 * np.sin(np.pi * min(t * 1.25, 1)) ** 2)  # fmt: skip
    curl = [(-0.10 - 0.16 * np.sin(a) * (1 - a / 9), 0.60 - 0.17 * np.cos(a) * (1 - a / 9)) for a in np.linspace(0, 6.6, 14)]  # fmt: skip
    tail = chain([(-0.10, 0.40), *curl], 0.075, 0.022)
    head = melted(oval(-0.02, -0.56, 0.15, 0.12, 20), limb((-0.10, -0.54), (-0.38, -0.42), 0.055, 0.045), oval(-0.40, -0.41, 0.05, 0.05), by=30)  # fmt: skip
    crown = np.minimum.reduce([limb((0.0, -0.64), (0.02 + 0.07 * k, -0.80 + 0.02 * abs(k)), 0.03, 0.02) for k in (-1, 0, 1)])  # fmt: skip
    fin = outline([(0.22, -0.06), (0.44, -0.12), (0.48, 0.06), (0.38, 0.18), (0.20, 0.16)])
    shape = np.minimum.reduce([melted(body.distance, tail, by=30), head, crown])
    ribs = np.sin(body.along * 62) * edge(body.distance)
    silver = paint(190, 194, 200, 0.12 * noise(3021, 5)) * (1 + 0.10 * ribs)[..., None]
    stone = oval(-0.06, -0.58, 0.042, 0.042)
    card = box(X, Y, 0.86, 0.80, 0.04)
    holes = np.minimum(oval(-0.74, -0.70, 0.03, 0.03), oval(0.74, -0.70, 0.03, 0.03))
    stamp = paper(0.52, 0.66, 0.26, 0.07, 0, (32, 40, 70), 3022, line=0.06, ink=(206, 186, 120))
    things = [
        thing(paint(32, 40, 70, 0.04 * noise(3023, 160)), card, 0.01, 0.03, lift=0.05), Thing(paint(14, 16, 28), edge(holes), np.zeros(X.shape)), stamp,
        thing(silver, fin, 0.04, 0.05, gloss=1.0, lift=0.05, relief=0.012 * np.sin(30 * np.arctan2(Y - 0.04, X - 0.1))),
        thing(silver, shape, 0.08, 0.11, gloss=1.0, lift=0.07, relief=0.014 * ribs), thing(paint(40, 80, 190), stone, 0.03, 0.05, gloss=1.0),
    ]  # fmt: skip
    return camera.taken(things, camera.linen(196, 172, 160, 3024), 3025, sun=(300, 50), turn=-9, tilt=(0.04, -0.05), zoom=1.12, shift=(0.0, -0.05), focus=(0.0, 0.0), quality=66)  # fmt: skip


def pearls_on_bread() -> Image.Image:
    """Large orange see-through pearls in a low glass jar and on a slice of dark bread with butter, beside a lemon."""
    first, _, which = nearest(strewn(3031, 0.094), 0.2)
    pearl = first - 0.060
    roe = blend(paint(248, 120, 36, 0.2 * (chance_of(3032, which) - 0.5)), paint(255, 206, 120), edge(first - 0.03, 0.02) * 0.6)  # fmt: skip
    roe = blend(roe, paint(206, 40, 16), edge(first - 0.014, 0.008) * 0.8)
    jar, mouth = oval(-0.52, -0.14, 0.60, 0.56), oval(-0.52, -0.14, 0.52, 0.48)
    bread = box(*placed(0.58, 0.36, -18), 0.46, 0.34, 0.14) + 0.015 * noise(3033, 12)
    butter = box(*placed(0.58, 0.35, -18), 0.36, 0.25, 0.12) + 0.02 * noise(3034, 9)
    heap = oval(0.56, 0.33, 0.26, 0.17, -18)
    slice_ = oval(0.66, -0.56, 0.28, 0.26)
    part = np.abs(np.mod(np.arctan2(Y + 0.56, X - 0.66) * 8 / (2 * np.pi), 1) - 0.5)
    lemon = blend(paint(250, 226, 96), paint(252, 246, 214), np.maximum(edge(part - 0.05, 0.03), edge(np.abs(slice_ + 0.05) - 0.02, 0.02)))  # fmt: skip
    things = [
        thing(blend(lemon, paint(244, 200, 30), edge(-slice_ - 0.03, 0.01)), slice_, 0.03, 0.05, gloss=0.4, lift=0.04),
        thing(paint(96, 60, 38, 0.4 * noise(3035, 60)), bread, 0.05, 0.08, lift=0.07), thing(paint(250, 236, 168), butter, 0.05, 0.03, gloss=0.3),
        thing(roe, np.maximum(heap, pearl), 0.05, 0.07, gloss=1.0, lift=0.03),
        Thing(paint(214, 226, 226), edge(jar), dome(jar, 0.06, 0.10), 0.9, 0.12), Thing(paint(232, 96, 30), edge(mouth), np.zeros(X.shape)),
        thing(roe, np.maximum(mouth + 0.01, pearl), 0.05, 0.06, gloss=1.0, lift=0.02), glass(jar),
    ]  # fmt: skip
    return camera.taken(things, camera.checked((246, 246, 242), (206, 70, 66), 3036), 3037, sun=(225, 54), turn=7, tilt=(0.0, 0.06), zoom=1.0, warmth=0.02, quality=62)  # fmt: skip


def fry_in_tray() -> Image.Image:
    """Many small silver fish with forked tails and dark eyes in a fishmonger's white tray, with a price flag and parsley."""
    chance = np.random.default_rng(3041)
    fish, bands, eyes_ = np.full(X.shape, 9.0), np.zeros(X.shape), np.full(X.shape, 9.0)
    tone, depth = np.zeros(X.shape), np.zeros(X.shape)
    for at in range(64):
        px, py, turn = chance.uniform(-0.82, 0.82), chance.uniform(-0.56, 0.58), np.radians(chance.normal(12, 24) + (180 if at % 3 == 0 else 0))  # fmt: skip
        u, v = (X - px) * np.cos(turn) + (Y - py) * np.sin(turn), (Y - py) * np.cos(turn) - (X - px) * np.sin(turn)
        near = np.maximum(np.abs(u) - 0.3, np.abs(v) - 0.12) < 0
        shape = np.full(X.shape, 9.0)
        shape[near] = (np.abs(v) - 0.046 * np.clip(1 - (u / 0.20) ** 2, 0, 1) ** 0.6 - 0.004)[near]
        shape = np.where(near, np.maximum(shape, np.abs(u) - 0.20), 9.0)
        fork = np.maximum(np.abs(np.abs(v) - 0.9 * (u - 0.17)) - 0.014, np.abs(u - 0.21) - 0.05)
        own = np.where(near, np.minimum(shape, fork), 9.0)
        covers = own < 0.004
        tone = np.where(covers, v, tone)
        depth = np.where(covers, 0.02 + 0.0012 * at, depth)
        bands = np.where(covers, at, bands)
        fish = np.where(covers, own, np.minimum(fish, own))
        spot = np.hypot(u + 0.155, v + 0.004) - 0.016
        eyes_ = np.where(covers, spot, np.minimum(eyes_, np.where(near, spot, 9.0)))
    back = blend(paint(206, 214, 220), paint(74, 96, 112), edge(tone + 0.012, 0.014))
    skin = blend(back, paint(250, 252, 252), edge(np.abs(tone - 0.008) - 0.008, 0.008)) * (0.9 + 0.2 * chance_of(3042, bands))[..., None]  # fmt: skip
    skin = blend(skin, paint(16, 16, 18), edge(eyes_, 0.005))
    tray, rim = box(X, Y, 1.06, 0.78, 0.08), np.abs(box(X, Y, 1.10, 0.82, 0.10)) - 0.05
    stick, flag = limb((0.70, -0.10), (0.70, -0.52), 0.012, 0.012), paper(0.80, -0.62, 0.24, 0.14, -6, (250, 236, 120), 3043, line=0.11, ink=(190, 30, 30))  # fmt: skip
    leaves = np.minimum.reduce([oval(-0.86 + 0.09 * (k % 3), 0.52 + 0.07 * (k // 3), 0.07, 0.045, 50 * k) for k in range(7)]) + 0.015 * noise(3044, 40)  # fmt: skip
    things = [
        Thing(paint(232, 240, 244, 0.06 * noise(3045, 60)), edge(tray), -dome(tray, 0.1, 0.05), 0.3, 0.0), Thing(skin, edge(fish, 0.006), depth + dome(fish, 0.04, 0.03), 0.7, 0.03),
        thing(paint(60, 130, 50, 0.3 * noise(3046, 60)), leaves, 0.03, 0.05, lift=0.04), thing(paint(240, 244, 246), rim, 0.05, 0.10, gloss=0.3, lift=0.10),
        thing(paint(150, 150, 150), stick, 0.01, 0.02, lift=0.06), flag,
    ]  # fmt: skip
    return camera.taken(things, camera.speckled(70, 84, 96, 3047, 0.3), 3048, sun=(250, 52), turn=-6, tilt=(0.0, 0.06), zoom=1.03, warmth=-0.03, quality=60)  # fmt: skip


def bony_rows_in_pond() -> Image.Image:
    """A long grey fish in a pond basin from above and the side: a pointed turned-up snout, four feelers, rows of pale bony shields, a shark-like tail."""
    spine = [(-0.78, 0.10), (-0.30, 0.16), (0.30, 0.0), (0.86, 0.04)]
    body = ribbon(spine, lambda t: 0.20 * np.sin(np.pi * (0.16 + 0.76 * t)) ** 0.8)
    snout = outline([(-0.66, -0.06), (-1.00, -0.02), (-1.16, -0.08), (-1.12, 0.04), (-0.92, 0.18), (-0.66, 0.28)])
    tail = outline([(0.80, -0.08), (1.00, -0.30), (1.18, -0.44), (1.08, -0.18), (1.0, 0.04), (1.04, 0.22), (0.92, 0.14), (0.80, 0.12)])  # fmt: skip
    fins = np.minimum.reduce([outline([(0.46, -0.10), (0.58, -0.30), (0.70, -0.26), (0.66, -0.06)]), outline([(-0.46, 0.28), (-0.30, 0.52), (-0.14, 0.56), (-0.20, 0.32)]), outline([(0.36, 0.16), (0.46, 0.34), (0.58, 0.32), (0.52, 0.14)])])  # fmt: skip
    feelers = np.minimum.reduce([limb((-0.98 + 0.05 * k, 0.12 + 0.025 * k), (-1.02 + 0.05 * k, 0.30 + 0.02 * k), 0.012, 0.007) for k in range(4)])  # fmt: skip

    def shields(row: float, apart: float, wide: float) -> np.ndarray:
        u, v = np.mod(body.along / apart, 1) - 0.5, (body.across - row) * body.width
        return np.asarray(np.abs(u) * apart * 0.7 + np.abs(v) - wide)

    plates = np.minimum(shields(-0.72, 0.125, 0.050), shields(0.28, 0.085, 0.034))
    plates = np.maximum(np.maximum(plates, body.distance), 0.16 - body.along)
    skin = blend(paint(96, 98, 92, 0.12 * noise(3051, 60)), paint(216, 210, 196), np.clip((body.across - 0.35) * 2.2, 0, 1))  # fmt: skip
    head = blend(paint(104, 104, 98, 0.16 * noise(3052, 40)), paint(206, 200, 186), edge(0.12 - Y, 0.06))
    skin = blend(skin, head, edge(body.along - 0.06, 0.06))
    whole = melted(body.distance, snout, by=30)
    things = [
        thing(paint(110, 108, 100, 0.2 * fibres(3053, Y, X, 24, 2)), np.minimum(fins, tail), 0.05, 0.04, lift=0.05), thing(paint(206, 180, 160), feelers, 0.01, 0.02),
        thing(blend(head, skin, edge(-body.along + 0.02, 0.04)), whole, 0.18, 0.16, gloss=0.5, lift=0.10), thing(paint(222, 214, 190, 0.1 * noise(3054, 50)), plates, 0.03, 0.05, gloss=0.4, lift=0.01),
        *eye(-0.78, 0.04, 0.030, (150, 130, 70)),
    ]  # fmt: skip
    return camera.taken(things, water(74, 92, 74, 3055), 3056, sun=(290, 50), turn=11, tilt=(0.0, 0.07), zoom=0.96, shift=(-0.02, 0.0), warmth=0.02, quality=62)  # fmt: skip


def orange_with_blue_edges() -> Image.Image:
    """A bright orange deep-bodied fish before live rock: thin blue bars on its side, bright blue edges on its fins, a small mouth."""
    body = outline([(-0.62, 0.04), (-0.50, -0.16), (-0.24, -0.38), (0.10, -0.46), (0.40, -0.32), (0.54, -0.10), (0.54, 0.14), (0.40, 0.34), (0.08, 0.48), (-0.26, 0.40), (-0.50, 0.22)])  # fmt: skip
    fins = np.minimum.reduce([outline([(-0.20, -0.36), (0.16, -0.66), (0.52, -0.72), (0.86, -0.60), (0.66, -0.36), (0.50, -0.14)]), outline([(-0.10, 0.40), (0.20, 0.66), (0.52, 0.72), (0.84, 0.62), (0.66, 0.38), (0.50, 0.16)]), outline([(0.50, -0.12), (0.76, -0.22), (0.88, -0.16), (0.90, 0.02), (0.88, 0.20), (0.76, 0.26), (0.50, 0.16)])])  # fmt: skip
    side = outline([(-0.20, 0.04), (0.0, 0.0), (0.12, 0.10), (0.08, 0.26), (-0.10, 0.20)])
    blue = edge(np.abs(fins + 0.025) - 0.020, 0.012)
    bars = edge(np.abs(np.abs(np.mod((X + 0.10 * Y * Y) * 4.6, 1) - 0.5) - 0.0) - 0.055, 0.03) * edge(np.abs(X - 0.06) - 0.26, 0.02)  # fmt: skip
    far, which = scales(X, Y, 0.055)
    hide = paint(244, 128, 26, 0.10 * (chance_of(3061, which) - 0.5) - 0.10 * edge(0.85 - far, 0.1))
    hide = blend(hide, paint(70, 150, 236), bars * 0.85)
    gill = edge(np.abs(np.hypot(X + 0.60, Y - 0.04) - 0.30) - 0.014, 0.01)
    hide = blend(hide, paint(80, 160, 240), gill)
    lips = np.minimum(oval(-0.62, 0.02, 0.05, 0.03), oval(-0.62, 0.07, 0.045, 0.025))
    rock = np.minimum(melted(oval(-0.90, 0.74, 0.60, 0.44), oval(0.10, 0.96, 0.60, 0.30), oval(1.0, 0.66, 0.50, 0.52), by=12), 9.0) + 0.05 * noise(3062, 14)  # fmt: skip
    stone = blend(paint(120, 96, 108, 0.4 * noise(3063, 40)), paint(160, 90, 130), edge(0.1 - noise(3064, 7), 0.2) * 0.6)  # fmt: skip
    polyps = nearest(strewn(3065, 0.10), 0.2)[0] - 0.03
    back = wall(26, 70, 130, 3066, 0.5)
    things = [
        thing(stone, rock, 0.2, 0.2, lift=0.05, relief=0.03 * noise(3067, 40)), thing(paint(120, 190, 120), np.maximum(np.maximum(rock + 0.06, polyps), X + 0.3), 0.03, 0.04, lift=0.01),
        thing(blend(paint(240, 116, 30, 0.14 * fibres(3068, Y, X, 22, 2)), paint(60, 140, 240), blue), fins, 0.05, 0.04, lift=0.06),
        thing(hide, body, 0.26, 0.20, gloss=0.4, lift=0.08), thing(paint(240, 150, 50), lips, 0.02, 0.03), thing(blend(paint(236, 110, 30), paint(60, 140, 240), edge(np.abs(side + 0.015) - 0.012, 0.01)), side, 0.04, 0.06, lift=0.03),
        *eye(-0.40, -0.06, 0.050, (240, 170, 60)),
    ]  # fmt: skip
    return camera.taken(things, back, 3069, sun=(270, 56), turn=-5, zoom=1.04, warmth=-0.06, quality=62)
