"""The picture lane's own pictures: what people carry home, play, mend with and keep in cages. Each shows what a lesson or the list of species says."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (
    Thing,
    X,
    Y,
    blend,
    box,
    chance_of,
    edge,
    fibres,
    noise,
    paint,
    placed,
    ribbon,
    soft,
)
from server.demo.lane_pictures.outlines import chain, eye, limb, melted, outline, oval, scales, thing, together, wall
from server.demo.lane_pictures.props import plumage, room


def _nestling(px: float, py: float, lean: float, way: int, seed: int, open_: bool) -> list[Thing]:
    """A naked pink chick with a swollen closed eye, dark quills and a hooked pale bill."""
    cos, sin = np.cos(np.radians(lean)), np.sin(np.radians(lean))

    def here(x: float, y: float) -> tuple[float, float]:
        return px + way * (x * cos - y * sin), py + x * sin + y * cos

    body = melted(oval(*here(0.08, 0.10), 0.27, 0.23), oval(*here(-0.12, -0.16), 0.165, 0.15), by=20)
    wing = chain([here(0.02, 0.02), here(0.20, 0.10), here(0.34, 0.02)], 0.075, 0.035)
    quills = np.minimum.reduce([limb(here(0.06 + 0.055 * k, 0.05), here(0.12 + 0.06 * k, 0.17), 0.013, 0.008) for k in range(5)] + [limb(here(-0.14 + 0.05 * k, -0.30), here(-0.12 + 0.05 * k, -0.355), 0.010, 0.006) for k in range(4)])  # fmt: skip
    upper = outline([(-0.22, -0.24), (-0.33, -0.22), (-0.375, -0.10), (-0.34, -0.06), (-0.30, -0.12), (-0.22, -0.12)], *here(0, 0), 0.0, 1.0, flip=way < 0)  # fmt: skip
    under = outline([(-0.22, -0.13), (-0.30, -0.11 + 0.05 * open_), (-0.29, -0.04 + 0.06 * open_), (-0.20, -0.05)], *here(0, 0), 0.0, 1.0, flip=way < 0)  # fmt: skip
    lid = oval(*here(-0.17, -0.19), 0.058, 0.050)
    skin = blend(paint(226, 152, 132, 0.12 * noise(seed, 9)), paint(190, 108, 100), edge(np.abs(np.sin(Y * 34 + 3 * noise(seed + 1, 4))) - 0.10, 0.10) * 0.35)  # fmt: skip
    return [
        together(thing(skin, body, 0.18, 0.18), thing(skin * 1.05, wing, 0.05, 0.10), lift=0.06), thing(paint(74, 76, 84), quills, 0.01, 0.14, lift=0.01),
        thing(paint(206, 184, 160), under, 0.03, 0.05), thing(paint(228, 210, 180), upper, 0.04, 0.10, gloss=0.4, lift=0.03),
        thing(blend(paint(150, 100, 120), paint(70, 40, 52), edge(np.abs(Y - here(-0.17, -0.185)[1]) - 0.006, 0.005)), lid, 0.04, 0.16, lift=0.01),
    ]  # fmt: skip


def bare_ones_in_lunch_box() -> Image.Image:
    """Four naked pink chicks with hooked bills, closed bulging eyes and a few dark quills sit on crumpled tissue in a blue lunch box; its lid has holes, a syringe lies beside."""
    tray, rim = box(X + 0.10, Y - 0.06, 0.98, 0.72, 0.16), box(X + 0.10, Y - 0.06, 0.90, 0.64, 0.14)
    crumple = np.abs(noise(6101, 7, 3))
    tissue = paint(238, 236, 230, 0.14 * crumple)
    lid = box(*placed(1.06, -0.60, 24), 0.52, 0.40, 0.10)
    u, v = placed(1.06, -0.60, 24)
    holes = np.hypot(np.mod(u * 5 + 0.5, 1) - 0.5, np.mod(v * 5 + 0.5, 1) - 0.5) / 5 - 0.022
    barrel, tip = limb((-1.18, 0.94), (-0.52, 0.90), 0.062, 0.062), limb((-0.46, 0.895), (-0.26, 0.885), 0.020, 0.012)
    pulp = limb((-0.95, 0.925), (-0.53, 0.90), 0.044, 0.044)
    chicks: list[Thing] = []
    for args in ((-0.54, -0.20, 6, 1, 6102, False), (0.30, -0.22, -8, -1, 6104, True), (-0.40, 0.38, -10, 1, 6106, True), (0.34, 0.36, 6, -1, 6108, False)):  # fmt: skip
        chicks += _nestling(*args)
    things = [
        thing(blend(paint(96, 150, 196), paint(40, 60, 80), edge(holes, 0.006)), lid, 0.04, 0.05, gloss=0.5, lift=0.05),
        thing(paint(66, 126, 186), tray, 0.05, 0.12, gloss=0.5, lift=0.12), thing(tissue, rim, 0.10, -0.06, lift=0.0, relief=0.07 * soft(crumple, 2)), *chicks,
        thing(paint(226, 232, 236), np.minimum(barrel, tip), 0.05, 0.07, gloss=0.8, lift=0.05), thing(paint(214, 176, 110), pulp, 0.03, 0.02, lift=0.0),
    ]  # fmt: skip
    return camera.taken(things, camera.checked((226, 224, 214), (150, 60, 60), 6109), 6110, sun=(235, 52), turn=3, zoom=1.02, warmth=0.02, quality=62)  # fmt: skip


def grip_on_feeding_bottle() -> Image.Image:
    """A tiny brown-grey animal in a white nappy sits on a bathroom mat and holds a small milk bottle with both hands: bare pink face with large ears, thin arms, a long tail."""
    fur = fibres(6111, Y, X + 0.3 * Y, 70, 6)
    coat = paint(112, 92, 72, 0.20 * fur + 0.06 * noise(6112, 6))
    body = melted(oval(0.02, 0.30, 0.27, 0.36), oval(0.0, 0.02, 0.20, 0.16), by=18) + 0.012 * fur
    tail = ribbon([(0.20, 0.60), (0.62, 0.74), (0.92, 0.50), (1.04, 0.10)], lambda t: 0.042 - 0.020 * t)
    legs = np.minimum(chain([(0.16, 0.48), (0.44, 0.42), (0.40, 0.80)], 0.115, 0.050), chain([(-0.12, 0.48), (-0.44, 0.44), (-0.40, 0.80)], 0.115, 0.050))  # fmt: skip
    feet = np.minimum.reduce([chain([(s * 0.40, 0.80), (s * 0.46 + d, 0.90)], 0.048, 0.020) for s in (-1, 1) for d in (-0.06, 0.0, 0.07)])  # fmt: skip
    nappy = np.maximum(melted(oval(0.02, 0.54, 0.34, 0.20), oval(0.02, 0.44, 0.30, 0.12), by=24), 0.34 - Y)
    head = oval(0.02, -0.38, 0.30, 0.30) + 0.010 * fur
    face = melted(
        oval(-0.06, -0.36, 0.105, 0.12), oval(0.12, -0.36, 0.105, 0.12), oval(0.03, -0.22, 0.125, 0.10), by=26
    )
    ears = [oval(s * 0.315 + 0.02, -0.38, 0.080, 0.115) for s in (-1, 1)]
    arms = np.minimum(chain([(-0.16, 0.08), (-0.34, 0.18), (-0.16, 0.10)], 0.068, 0.046), chain([(0.20, 0.08), (0.34, 0.22), (0.12, 0.14)], 0.068, 0.046))  # fmt: skip
    fingers = np.minimum.reduce([limb((-0.14, 0.06 + 0.038 * k), (-0.02, 0.045 + 0.038 * k), 0.022, 0.016) for k in range(4)] + [limb((0.14, 0.10 + 0.036 * k), (0.03, 0.10 + 0.036 * k), 0.022, 0.016) for k in range(3)])  # fmt: skip
    bottle = np.minimum(limb((-0.03, 0.02), (-0.10, 0.30), 0.095, 0.100), limb((0.02, -0.09), (0.01, -0.03), 0.034, 0.058))  # fmt: skip
    ring = limb((0.006, -0.035), (0.0, -0.005), 0.082, 0.086)
    teat = limb((0.03, -0.16), (0.015, -0.06), 0.024, 0.040)
    skin = paint(226, 176, 154, 0.08 * noise(6113, 12))
    tufts = np.sin(X * 60 + 4 * noise(6114, 9)) * np.sin(Y * 60 + 4 * noise(6115, 9))
    mat = box(X, Y - 0.86, 1.08, 0.34, 0.10)
    back = room(camera.tiles(96, 140, 150, 6116), camera.tiles(150, 156, 160, 6117), 0.36)
    things = [
        thing(paint(226, 214, 186, 0.22 * tufts), mat, 0.05, 0.04, relief=0.03 * tufts), thing(coat, tail.distance, 0.04, 0.05, lift=0.04), thing(coat, body, 0.24, 0.22, lift=0.10, relief=0.006 * fur),
        thing(paint(244, 244, 246, 0.04 * noise(6118, 30)), nappy, 0.10, 0.16, lift=0.03), thing(paint(110, 180, 226), np.minimum(box(X + 0.22, Y - 0.44, 0.075, 0.045, 0.02), box(X - 0.28, Y - 0.44, 0.075, 0.045, 0.02)), 0.01, 0.14, lift=0.0),
        thing(coat, legs, 0.10, 0.16, lift=0.04, relief=0.006 * fur), thing(skin * 0.85, feet, 0.03, 0.05, lift=0.02),
        *[thing(skin, ear, 0.06, 0.06, lift=0.04, relief=-0.03 * edge(ear + 0.05, 0.03)) for ear in ears], thing(coat * 0.92, head, 0.26, 0.22, lift=0.07, relief=0.006 * fur), thing(skin, face, 0.10, 0.10, lift=0.0, relief=0.16),
        thing(paint(110, 60, 56), np.minimum(oval(0.005, -0.285, 0.014, 0.010), oval(0.055, -0.285, 0.014, 0.010)), 0.01, 0.27), *eye(-0.065, -0.385, 0.044, (84, 46, 24)), *eye(0.125, -0.385, 0.044, (84, 46, 24)),
        thing(paint(238, 240, 240), bottle, 0.08, 0.16, gloss=0.6, lift=0.05), thing(paint(70, 150, 200), ring, 0.05, 0.18, gloss=0.3), thing(paint(226, 186, 130), teat, 0.03, 0.16, gloss=0.3),
        thing(coat, arms, 0.06, 0.16, lift=0.05, relief=0.006 * fur), thing(skin * 0.85, fingers, 0.02, 0.20, lift=0.02),
    ]  # fmt: skip
    return camera.taken(things, back, 6119, sun=(310, 54), turn=-2, zoom=1.04, shift=(-0.26, 0.04), warmth=0.02, quality=62)  # fmt: skip


def stripes_on_crushed_ice() -> Image.Image:
    """Seven large curved animals with dark and pale bands, fan tails and very long feelers lie in a row on crushed ice in a steel tray; half a lemon."""
    chips = np.abs(noise(6131, 24, 3))
    ice = camera.Surface(paint(206, 222, 230, 0.30 * chips), 0.10 * chips)
    tray = np.abs(box(X, Y, 1.24, 0.90, 0.10)) - 0.035
    things: list[Thing] = [thing(paint(170, 174, 178), tray, 0.03, 0.08, gloss=0.9, lift=0.06)]
    for k in range(7):
        px = -0.96 + 0.305 * k
        body = ribbon([(px + 0.10, -0.56), (px - 0.04, -0.28), (px - 0.05, 0.06), (px + 0.10, 0.38), (px + 0.25, 0.50)], lambda s: 0.115 * np.sin(np.pi * np.clip(0.30 + 0.52 * s, 0, 1)) * (1 - 0.45 * s))  # fmt: skip
        share = body.along
        bands = np.abs(np.mod(share * 6.4, 1) - 0.5) - 0.20
        hull = blend(paint(150, 122, 96, 0.08 * noise(6132 + k, 20)), paint(52, 44, 48), edge(bands, 0.06))
        hull = blend(hull, paint(216, 176, 120), edge(np.abs(bands) - 0.035, 0.03) * 0.8)
        fan = np.minimum.reduce([outline([(0.0, 0.0), (0.06, 0.06), (0.03, 0.18), (-0.04, 0.16)], px + 0.24, 0.49, turn) for turn in (-74, -48, -22)])  # fmt: skip
        horn = limb((px + 0.10, -0.58), (px + 0.20, -0.80), 0.030, 0.006)
        legs = np.minimum.reduce([chain([(px - 0.06, -0.36 + 0.10 * n), (px - 0.15, -0.30 + 0.10 * n), (px - 0.14, -0.20 + 0.10 * n)], 0.014, 0.007) for n in range(4)])  # fmt: skip
        feelers = np.minimum(chain([(px + 0.12, -0.62), (px + 0.02, -0.84), (px - 0.14, -0.80), (px - 0.19, -0.20), (px - 0.17, 0.40)], 0.008, 0.004), chain([(px + 0.14, -0.62), (px + 0.04, -0.90), (px - 0.10, -0.92)], 0.008, 0.004))  # fmt: skip
        things += [
            thing(paint(196, 90, 62), np.minimum(legs, feelers), 0.01, 0.04, lift=0.03), thing(blend(paint(80, 62, 66), paint(210, 110, 70), 0.4 + 0.3 * noise(6140, 20)), fan, 0.03, 0.05, gloss=0.3, lift=0.04),
            together(thing(paint(120, 92, 80), horn, 0.02, 0.08), thing(hull, body.distance, 0.10, 0.14, relief=0.014 * np.abs(np.sin(share * 20))), gloss=0.6, lift=0.07), *eye(px + 0.055, -0.56, 0.024, (20, 16, 20)),
        ]  # fmt: skip
    lemon = np.hypot(X - 1.06, Y - 0.68) - 0.19
    wedge = np.abs(np.sin(np.arctan2(Y - 0.68, X - 1.06) * 4.5))
    inside = blend(paint(250, 226, 90), paint(252, 244, 200), edge(wedge - 0.14, 0.10))
    things.append(thing(blend(inside, paint(250, 214, 40), edge(-lemon - 0.022, 0.006)), lemon, 0.05, 0.10, gloss=0.5, lift=0.06))  # fmt: skip
    return camera.taken(things, ice, 6141, sun=(250, 52), turn=2, zoom=1.02, quality=64)


def jaw_and_screw_on_pegboard() -> Image.Image:
    """A heavy red tool with a fixed and a movable toothed jaw, a knurled ring and a long handle lies on a green workbench mat, with two pipe ends and brass fittings."""
    u, v = placed(-0.08, 0.10, -24)
    steel = paint(150, 152, 156, 0.08 * fibres(6151, u, v, 60, 3))
    handle = np.maximum(np.abs(v) - 0.095 - 0.02 * np.cos(u * 3), np.maximum(-0.30 - u, u - 1.12)) - 0.02
    web = np.maximum(np.abs(v) - 0.040, np.abs(u - 0.42) - 0.46)
    eye_ = np.hypot(u - 1.04, v) - 0.045
    hook = outline([(-0.62, -0.44), (-0.40, -0.50), (-0.20, -0.36), (-0.16, -0.04), (-0.16, 0.10), (-0.36, 0.10), (-0.36, -0.20), (-0.66, -0.24)], -0.08, 0.10, -24, sharp=True)  # fmt: skip
    heel = outline([(-0.66, 0.02), (-0.32, 0.04), (-0.10, -0.10), (0.0, -0.10), (0.0, 0.14), (-0.30, 0.20), (-0.66, 0.18)], -0.08, 0.10, -24, sharp=True)  # fmt: skip
    teeth = np.abs(np.mod(u * 17, 1) - 0.5)
    bite = np.minimum(np.maximum(np.abs(v + 0.235 - 0.02 * teeth) - 0.020, np.abs(u + 0.53) - 0.14), np.maximum(np.abs(v - 0.020 + 0.02 * teeth) - 0.020, np.abs(u + 0.50) - 0.16))  # fmt: skip
    screw = box(u + 0.22, v + 0.30, 0.060, 0.17, 0.01)
    shank = box(u + 0.26, v + 0.02, 0.070, 0.42, 0.01)
    thread = np.sin(v * 120)
    knurl = box(u + 0.26, v + 0.02, 0.125, 0.075, 0.02)
    ridge = np.sin(u * 110)
    red = paint(190, 36, 34, 0.06 * noise(6152, 30))
    red = blend(red, paint(120, 110, 104), edge(noise(6153, 22) + 0.55, 0.15) * 0.8)
    pipes = [thing(paint(196, 118, 76, 0.10 * fibres(6154 + k, *placed(px, py, turn), 40, 2)), limb(a, b, 0.10, 0.10), 0.10, 0.12, gloss=0.7, lift=0.06) for k, (px, py, turn, a, b) in enumerate(((0.9, -0.6, 8, (0.40, -0.78), (1.5, -0.60)), (-1.0, 0.7, 70, (-1.16, 0.42), (-0.92, 1.2))))]  # fmt: skip
    nuts = [thing(blend(paint(214, 178, 84), paint(60, 46, 30), edge(np.hypot(X - px, Y - py) - 0.06, 0.008)), np.maximum(np.maximum(np.abs(X - px), np.abs(0.5 * (X - px) + 0.866 * (Y - py))), np.abs(0.5 * (X - px) - 0.866 * (Y - py))) - 0.12, 0.03, 0.08, gloss=0.9, lift=0.04) for px, py in ((0.66, 0.66), (0.98, 0.50), (-0.86, -0.72))]  # fmt: skip
    lines = np.minimum(np.abs(np.mod(X * 4, 1) - 0.5), np.abs(np.mod(Y * 4, 1) - 0.5)) / 4 - 0.003
    mat = camera.Surface(blend(paint(46, 96, 84, 0.06 * noise(6157, 90)), paint(196, 206, 176), edge(lines, 0.003) * 0.7), 0.004 * noise(6158, 120))  # fmt: skip
    things = [
        *pipes, *nuts, thing(steel, np.minimum(shank, screw), 0.04, 0.10, gloss=0.8, lift=0.08, relief=0.010 * thread), thing(red, handle, 0.06, 0.12, gloss=0.4, lift=0.08, relief=-0.04 * edge(web, 0.02)), thing(paint(30, 50, 46), eye_, 0.02, 0.02, lift=0.0),
        thing(red, heel, 0.05, 0.16, gloss=0.4, lift=0.08), thing(steel * 0.8, hook, 0.06, 0.16, gloss=0.7, lift=0.10), thing(steel * 1.2, bite, 0.02, 0.18, gloss=0.8, lift=0.02), thing(steel * 0.9, knurl, 0.05, 0.20, gloss=0.8, lift=0.05, relief=0.02 * ridge),
    ]  # fmt: skip
    return camera.taken(things, mat, 6159, sun=(230, 50), turn=2, zoom=1.02, quality=66)


def yellow_on_dowel() -> Image.Image:
    """A small bird, lemon yellow all over, with a short pale cone of a bill and pink legs sings on a dowel before white bars; a cuttlebone and a lettuce leaf are clipped beside it."""
    body = melted(oval(-0.06, 0.16, 0.30, 0.42, 24), oval(-0.30, -0.32, 0.215, 0.20), by=18)
    wing = outline([(0.0, -0.10), (0.16, 0.0), (0.30, 0.28), (0.44, 0.64), (0.24, 0.52), (0.04, 0.34), (-0.06, 0.10)], -0.02, 0.04)  # fmt: skip
    tail = outline([(0.16, 0.46), (0.30, 0.40), (0.62, 0.92), (0.54, 0.98), (0.46, 0.90), (0.40, 0.98)], 0.0, 0.02)
    yellow = paint(248, 214, 60, 0.05 * noise(6161, 8)) * plumage(X, Y, 0.060, 6162, 0.12)
    pale = blend(yellow, paint(252, 238, 170), edge(0.34 - Y + 0.4 * X, 0.16) * 0.6)
    edges = blend(yellow * 0.94, paint(252, 244, 200), edge(np.abs(np.mod((X * 0.75 + Y * 0.45) * 9, 1) - 0.5) - 0.10, 0.08) * edge(0.16 - Y, 0.1))  # fmt: skip
    upper, under = outline([(-0.47, -0.44), (-0.66, -0.46), (-0.50, -0.35)]), outline([(-0.48, -0.34), (-0.62, -0.26), (-0.44, -0.26)])  # fmt: skip
    gape = oval(-0.50, -0.345, 0.055, 0.045)
    throat = np.sin(Y * 90) * edge(oval(-0.42, -0.14, 0.09, 0.10), 0.04)
    rod = np.abs(Y - 0.66) - 0.055
    legs = np.minimum.reduce([chain([(px, 0.46), (px + 0.04, 0.56), (px, 0.66)], 0.026, 0.020) for px in (-0.16, 0.0)] + [limb((px, 0.63), (px - 0.13, 0.63), 0.024, 0.014) for px in (-0.16, 0.0)])  # fmt: skip
    bone = oval(0.94, 0.02, 0.19, 0.46, 6)
    leaf = outline([(-1.20, -0.34), (-0.98, -0.30), (-0.86, 0.0), (-0.90, 0.34), (-1.06, 0.52), (-1.22, 0.40), (-1.30, 0.0)]) + 0.02 * np.sin(np.arctan2(Y - 0.05, X + 1.08) * 18)  # fmt: skip
    veins = np.abs(np.sin((Y + 1.2 * np.abs(X + 1.08)) * 22))
    bars = np.abs(np.mod(X * 5.5, 1) - 0.5) / 5.5 - 0.012
    back = camera.Surface(np.stack([soft(blend(paint(186, 206, 220), paint(140, 176, 130), 0.5 + 0.5 * noise(6163, 4))[..., k], 20) for k in range(3)], axis=-1), 0 * X)  # fmt: skip
    things = [
        thing(paint(240, 242, 244), bars, 0.012, 0.03, gloss=0.6, lift=0.02), thing(paint(244, 242, 236, 0.06 * np.sin(Y * 60)), bone, 0.10, 0.10, lift=0.06), thing(blend(paint(150, 200, 90), paint(110, 170, 66), edge(veins - 0.2, 0.2) * 0.8), leaf, 0.04, 0.05, lift=0.05, relief=0.01 * veins),
        thing(paint(206, 164, 110, 0.16 * fibres(6164, X, Y, 40, 2)), rod, 0.055, 0.08, lift=0.10), thing(yellow * 0.92, tail, 0.05, 0.05, lift=0.06), thing(paint(230, 160, 140), legs, 0.02, 0.09, lift=0.03),
        thing(pale, body, 0.26, 0.26, lift=0.10, relief=0.008 * throat), thing(edges, wing, 0.06, 0.09, lift=0.05), thing(paint(180, 90, 80), gape, 0.02, 0.10, lift=0.0), thing(paint(238, 206, 170), np.minimum(upper, under), 0.03, 0.10, gloss=0.5, lift=0.02), *eye(-0.36, -0.38, 0.040, (26, 18, 16)),
    ]  # fmt: skip
    return camera.taken(things, back, 6165, sun=(225, 52), turn=1, zoom=1.04, warmth=0.02, quality=62)


def wings_behind_glass() -> Image.Image:
    """A dark animal is spread in a black frame on white: leathery brown wings on long finger bones, a small furry orange-brown head like a fox's, hooked claws; a printed label."""
    right = [(0.05, -0.16), (0.30, -0.34), (0.46, -0.46), (0.78, -0.36), (1.00, -0.10), (0.98, 0.06), (0.82, 0.0), (0.74, 0.24), (0.60, 0.12), (0.48, 0.36), (0.34, 0.18), (0.16, 0.34), (0.06, 0.26)]  # fmt: skip
    wings = np.minimum(outline(right), outline(right, flip=True))
    mirror = np.abs(X)
    arm = np.minimum.reduce([limb(a, b, w, t, mirror, Y) for a, b, w, t in (((0.06, -0.14), (0.30, -0.32), 0.034, 0.026), ((0.30, -0.32), (0.46, -0.44), 0.026, 0.018), ((0.46, -0.44), (0.96, 0.02), 0.014, 0.006), ((0.46, -0.44), (0.74, 0.20), 0.013, 0.006), ((0.46, -0.44), (0.48, 0.33), 0.013, 0.006), ((0.46, -0.44), (0.44, -0.54), 0.018, 0.008), ((0.12, 0.14), (0.20, 0.34), 0.022, 0.012))])  # fmt: skip
    hair = fibres(6171, Y, X, 70, 6)
    body = melted(oval(0.0, 0.06, 0.115, 0.24), oval(0.0, -0.16, 0.12, 0.11), by=26) + 0.008 * hair
    head = melted(oval(0.0, -0.31, 0.090, 0.085), oval(0.0, -0.41, 0.044, 0.075), by=30)
    ears = np.minimum(outline([(0.05, -0.30), (0.13, -0.38), (0.12, -0.26)]), outline([(-0.05, -0.30), (-0.13, -0.38), (-0.12, -0.26)]))  # fmt: skip
    frame = np.abs(box(X, Y, 1.20, 0.86, 0.01) + 0.04) - 0.055
    mount = box(X, Y, 1.16, 0.82, 0.01)
    crease = np.abs(np.sin((mirror * 8 - Y * 3) + 3 * noise(6172, 6)))
    leather = paint(92, 66, 54, 0.16 * noise(6173, 14) - 0.14 * edge(crease - 0.12, 0.1))
    label = box(X - 0.0, Y - 0.62, 0.34, 0.085, 0.005)
    print_ = edge(np.abs(np.mod(Y * 17, 1) - 0.5) - 0.16, 0.08) * edge(np.abs(X) - 0.26, 0.02) * (fibres(6174, X, np.floor(Y * 17), 1, 40) > -0.3)  # fmt: skip
    shine = np.maximum(np.abs(X + 0.6 * Y + 0.62) - 0.10, mount)
    claws = np.minimum.reduce([chain([(s * 0.44, -0.53), (s * 0.46, -0.59), (s * 0.43, -0.61)], 0.012, 0.005) for s in (-1, 1)] + [limb((s * 0.20 + d, 0.34), (s * 0.21 + d * 2, 0.41), 0.009, 0.004) for s in (-1, 1) for d in (-0.02, 0.0, 0.02)])  # fmt: skip
    back = camera.Surface(blend(paint(96, 112, 120, 0.05 * noise(6175, 30)), paint(116, 132, 138), edge(np.abs(np.mod(X * 4, 1) - 0.5) - 0.25, 0.02)), 0 * X)  # fmt: skip
    things = [
        thing(paint(236, 234, 226, 0.02 * noise(6176, 80)), mount, 0.02, 0.02, lift=0.08), thing(leather, wings, 0.03, 0.02, gloss=0.15, lift=0.05, relief=0.006 * crease), thing(paint(70, 48, 40), arm, 0.02, 0.05, lift=0.02), thing(paint(30, 26, 26), claws, 0.008, 0.04),
        thing(paint(146, 92, 52, 0.24 * hair), body, 0.11, 0.10, lift=0.03, relief=0.006 * hair), thing(paint(110, 74, 54), ears, 0.02, 0.05, lift=0.01), thing(paint(130, 84, 52, 0.22 * hair), head, 0.08, 0.10, lift=0.03), thing(paint(34, 26, 26), oval(0.0, -0.475, 0.022, 0.016), 0.01, 0.08),
        *eye(-0.048, -0.345, 0.017, (20, 14, 12)), *eye(0.048, -0.345, 0.017, (20, 14, 12)), thing(blend(paint(246, 244, 236), paint(50, 46, 46), print_), label, 0.01, 0.02, lift=0.01),
        thing(paint(255, 255, 255), shine, 0.01, 0.0)._replace(cover=edge(shine, 0.03) * 0.14, lift=0.0), thing(paint(36, 34, 36, 0.10 * fibres(6177, X, Y, 60, 2)), frame, 0.05, 0.10, gloss=0.4, lift=0.08),
    ]  # fmt: skip
    return camera.taken(things, back, 6178, sun=(235, 54), turn=-1, zoom=1.0, quality=66)


def hood_over_basket_rim() -> Image.Image:
    """A snake, seen from behind, rises from a round lidded basket with its neck spread wide and flat, a mark like spectacles on its back; a gourd pipe lies on the striped cloth."""
    neck = outline([(-0.08, 0.40), (-0.14, 0.10), (-0.34, -0.16), (-0.40, -0.44), (-0.26, -0.68), (0.0, -0.76), (0.26, -0.68), (0.40, -0.44), (0.34, -0.16), (0.14, 0.10), (0.08, 0.40)], 0.06, 0.02)  # fmt: skip
    head = outline([(-0.15, -0.64), (-0.17, -0.76), (-0.12, -0.88), (0.0, -0.91), (0.12, -0.88), (0.17, -0.76), (0.12, -0.58), (0.0, -0.53), (-0.12, -0.58)], 0.06, 0.02)  # fmt: skip
    far, which = scales(X, Y, 0.060)
    brown = paint(122, 92, 52, 0.06 * noise(6181, 6)) * (1 + 0.10 * (chance_of(6182, which) - 0.5) - 0.26 * edge(0.86 - far, 0.10))[..., None]  # fmt: skip
    x, y = X - 0.06, Y + 0.34
    rings = np.minimum(np.abs(np.hypot(np.abs(x) - 0.15, y) - 0.082) - 0.020, np.abs(np.hypot(x, y - 0.02) - 0.155) - 0.020 + 0.4 * np.clip(-y + 0.02, 0, 1))  # fmt: skip
    hide = blend(brown, paint(232, 214, 160), edge(rings, 0.012) * 0.9)
    hide = blend(hide, paint(40, 30, 24), edge(np.hypot(np.abs(x) - 0.15, y) - 0.048, 0.012))
    coil = ribbon([(-0.36, 0.40), (-0.10, 0.28), (0.24, 0.30), (0.44, 0.42)], lambda _: 0.095)
    basket = outline([(-0.70, 0.36), (0.80, 0.36), (0.72, 0.88), (0.50, 1.02), (-0.40, 1.02), (-0.62, 0.88)])
    weave = np.sin(X * 46 + np.pi * np.floor(Y * 16)) * np.abs(np.sin(Y * 16 * np.pi))
    inside = oval(0.05, 0.37, 0.75, 0.17)
    rim = np.abs(inside) - 0.038
    front = np.maximum(rim, 0.36 - Y)
    lid = oval(-1.00, 0.44, 0.30, 0.46, 16)
    straw = paint(190, 146, 84, 0.26 * weave)
    _, v = placed(0.98, 0.62, -38)
    gourd = melted(oval(0.98, 0.62, 0.17, 0.15), limb((1.04, 0.57), (1.30, 0.36), 0.075, 0.030), by=24)
    reeds = np.minimum(limb((0.90, 0.70), (0.66, 0.92), 0.026, 0.020), limb((0.94, 0.74), (0.72, 0.96), 0.026, 0.020))
    stripe = np.mod(Y * 3.6 + 0.2 * X, 1)
    cloth = camera.linen(196, 120, 50, 6183)
    ground = camera.Surface(blend(cloth.colours, paint(120, 32, 60), (edge(np.abs(stripe - 0.5) - 0.14, 0.02))), cloth.height)  # fmt: skip
    back = room(wall(196, 176, 146, 6184, 0.16), ground, 0.10)
    things = [
        thing(paint(196, 150, 90, 0.26 * np.sin(np.hypot(X + 1.0, (Y - 0.44) * 0.65) * 110)), lid, 0.10, 0.08, lift=0.08), thing(straw, basket, 0.30, 0.20, lift=0.12, relief=0.02 * weave), thing(paint(50, 34, 24), inside, 0.10, -0.04, lift=0.0), thing(straw * 1.1, rim, 0.03, 0.08, lift=0.02, relief=0.01 * weave),
        thing(brown, coil.distance, 0.09, 0.12, gloss=0.3, lift=0.04, relief=-0.01 * far), thing(hide, neck, 0.16, 0.14, gloss=0.3, lift=0.12, relief=-0.008 * far), thing(brown * 1.15, head, 0.10, 0.16, gloss=0.35, lift=0.06, relief=-0.006 * far),
        *eye(-0.065, -0.72, 0.030, (20, 16, 14)), *eye(0.185, -0.72, 0.030, (20, 16, 14)), thing(straw * 1.1, front, 0.03, 0.10, lift=0.04, relief=0.01 * weave), thing(paint(166, 110, 58, 0.08 * np.sin(v * 30)), reeds, 0.02, 0.05, lift=0.04), thing(paint(150, 96, 48, 0.08 * noise(6185, 9)), gourd, 0.12, 0.14, gloss=0.4, lift=0.07),
    ]  # fmt: skip
    return camera.taken(
        things, back, 6186, sun=(230, 50), turn=1, zoom=1.02, shift=(0.0, 0.02), warmth=0.03, quality=62
    )
