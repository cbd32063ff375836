"""The picture lane's own pictures: what stands in jars, bottles, bags and envelopes. Each shows what a lesson or the list of species says."""

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
    nearest,
    noise,
    paint,
    placed,
    ribbon,
    strewn,
)
from server.demo.lane_pictures.outlines import chain, limb, melted, outline, oval, thing, together, wall
from server.demo.lane_pictures.props import glass, letters, room, written


def _upright(px: float, py: float, size: float, lean: float, way: int, seed: int) -> Thing:
    """A small ringed body with a snout like a tube and a tail rolled in, as it floats at (px, py)."""
    cos, sin = np.cos(np.radians(lean)), np.sin(np.radians(lean))

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(px + size * (way * x * cos - y * sin), py + size * (way * x * sin + y * cos)) for x, y in points]

    spine = ribbon(at((0.02, -0.30), (-0.07, -0.14), (-0.06, 0.02), (0.03, 0.16), (0.06, 0.28), (0.00, 0.38)), lambda t: size * (0.040 + 0.058 * np.sin(np.pi * np.clip(t / 0.62, 0, 1)) - 0.022 * t), 18)  # fmt: skip
    head = np.minimum.reduce([chain(at((0.03, -0.30), (-0.03, -0.37)), 0.062 * size, 0.058 * size), chain(at((-0.03, -0.36), (-0.21, -0.30)), 0.026 * size, 0.022 * size), chain(at((0.00, -0.40), (0.04, -0.46)), 0.022 * size, 0.010 * size), chain(at((0.00, 0.38), (-0.07, 0.41), (-0.11, 0.36), (-0.07, 0.31)), 0.020 * size, 0.012 * size)])  # fmt: skip
    fin = outline(at((0.00, -0.02), (0.12, -0.06), (0.13, 0.06), (0.03, 0.08)))
    rings = np.sin(spine.along / size * 95)
    ((ex, ey),) = at((-0.03, -0.37))
    hide = blend(paint(214, 178, 112, 0.22 * rings + 0.10 * noise(seed, 20)), paint(30, 18, 12), edge(oval(ex, ey, 0.016, 0.016), 0.006))  # fmt: skip
    return together(thing(paint(206, 176, 120), fin, 0.02, 0.02), thing(hide, np.minimum(spine.distance, head), 0.05, 0.07, relief=0.006 * rings), lift=0.03)  # fmt: skip


def rings_in_amber() -> Image.Image:
    """A large round jar with a tap, full of amber liquor; seven seahorses float in it over red dates and roots; small cups before it."""
    jar = outline([(-0.34, -0.62), (0.34, -0.62), (0.60, -0.40), (0.72, 0.0), (0.66, 0.42), (0.44, 0.66), (-0.44, 0.66), (-0.66, 0.42), (-0.72, 0.0), (-0.60, -0.40)])  # fmt: skip
    inside = jar + 0.05
    liquor = np.maximum(inside, -0.42 - Y)
    amber = paint(206, 128, 36, 0.10 * noise(4801, 3) + 0.16 * np.clip(0.4 - np.abs(X), -0.4, 0.4))
    dates = np.minimum.reduce([oval(px, py, 0.10, 0.066, turn) for px, py, turn in ((-0.36, 0.50, 20), (-0.14, 0.56, -8), (0.10, 0.54, 14), (0.32, 0.50, -20), (-0.02, 0.44, 40), (0.22, 0.42, -30))])  # fmt: skip
    roots = np.minimum.reduce([chain([(-0.44, 0.36), (-0.20, 0.46), (0.02, 0.50)], 0.05, 0.02), chain([(0.44, 0.34), (0.30, 0.48), (0.06, 0.56)], 0.045, 0.02)])  # fmt: skip
    places = ((-0.46, -0.06, 0.66, -8, 1), (-0.16, -0.16, 0.74, 6, 1), (0.16, -0.12, 0.70, -6, -1), (0.46, -0.04, 0.64, 10, -1), (-0.30, 0.26, 0.58, 24, -1), (0.04, 0.24, 0.62, -4, 1), (0.36, 0.28, 0.56, -22, 1))  # fmt: skip
    floating = [_upright(px, py, size, lean, way, 4802 + k) for k, (px, py, size, lean, way) in enumerate(places)]
    lid = box(X, Y + 0.72, 0.34, 0.12, 0.05)
    knot = np.minimum(box(X, Y + 0.63, 0.36, 0.035, 0.02), chain([(0.30, -0.62), (0.42, -0.50), (0.40, -0.36)], 0.03, 0.015))  # fmt: skip
    tap = np.minimum.reduce([limb((0.0, 0.62), (0.0, 0.74), 0.05, 0.05), limb((-0.09, 0.66), (0.09, 0.66), 0.025, 0.025), limb((0.0, 0.74), (0.0, 0.84), 0.035, 0.028)])  # fmt: skip
    cups = [np.minimum(outline([(-0.10, -0.11), (0.10, -0.11), (0.07, 0.09), (-0.07, 0.09)], px, 0.78), box(X - px, Y - 0.68, 0.10, 0.02, 0.01)) for px in (-0.92, -0.64, 0.78)]  # fmt: skip
    back = room(wall(94, 118, 108, 4810), camera.wood(134, 84, 54, 4811, 0.5), 0.60)
    things = [
        thing(paint(220, 226, 220), jar, 0.20, 0.10, lift=0.14)._replace(cover=edge(jar) * 0.35), thing(amber, liquor, 0.30, 0.16, gloss=0.2, lift=0.0),
        thing(paint(150, 110, 60, 0.2 * noise(4812, 30)), roots, 0.04, 0.05), thing(paint(122, 34, 22, 0.25 * noise(4813, 40)), dates, 0.05, 0.06, gloss=0.3), *floating,
        thing(amber, liquor, 0.30, 0.05)._replace(cover=edge(liquor) * 0.22, lift=0.0), glass(jar, 0.06),
        thing(paint(178, 32, 40, 0.10 * np.sin(X * 70)), lid, 0.08, 0.10, lift=0.05), thing(paint(226, 190, 80), knot, 0.03, 0.05, gloss=0.4), thing(paint(200, 166, 84), tap, 0.05, 0.10, gloss=0.9, lift=0.05),
        *[thing(paint(236, 236, 230), cup, 0.05, 0.07, gloss=0.6, lift=0.05) for cup in cups],
    ]  # fmt: skip
    return camera.taken(things, back, 4814, sun=(230, 50), turn=1, zoom=1.02, warmth=0.03, quality=64)


def lids_without_print() -> Image.Image:
    """Four squat glass jars of black grains with plain white lids and no label, and a blue ice pack, on a blanket in the boot of a car."""
    far, second, which = nearest(strewn(4821, 0.042), 0.12)
    tone = 0.5 * (chance_of(4822, which) - 0.5)
    grain = paint(52, 54, 56, tone)
    grain = blend(grain, paint(196, 200, 196), edge(far - 0.007, 0.004) * 0.8) * (1 - 0.7 * edge(second - far - 0.007, 0.007))[..., None]  # fmt: skip
    things = []
    u, v = placed(0.92, -0.30, -12)
    pack = box(u, v, 0.30, 0.42, 0.06)
    ribs = np.cos(v * 24)
    things.append(thing(paint(60, 120, 196, 0.10 * ribs), pack, 0.06, 0.10, gloss=0.5, lift=0.10, relief=0.02 * ribs))
    for px, py in ((-0.62, -0.28), (0.12, -0.34), (-0.98, 0.32), (-0.22, 0.30), (0.54, 0.28)):
        body, fill = box(X - px, Y - py - 0.08, 0.30, 0.25, 0.08), box(X - px, Y - py - 0.10, 0.275, 0.21, 0.07)
        lid = box(X - px, Y - py + 0.22, 0.29, 0.085, 0.03)
        ridge = np.sin((X - px) * 130)
        things += [
            thing(paint(196, 204, 204), body, 0.06, 0.12, gloss=0.6, lift=0.12), thing(grain, fill, 0.10, 0.10, gloss=0.5, lift=0.0, relief=0.02 * np.clip(1 - far * 40, 0, 1)), thing(paint(240, 246, 246), np.maximum(np.abs(X - px + 0.20) - 0.022, np.abs(Y - py - 0.08) - 0.15), 0.02, 0.01)._replace(cover=edge(np.maximum(np.abs(X - px + 0.20) - 0.022, np.abs(Y - py - 0.08) - 0.15), 0.02) * 0.45, lift=0.0),
            thing(paint(238, 238, 232, 0.05 * ridge), lid, 0.04, 0.14, gloss=0.3, lift=0.03, relief=0.004 * ridge),
        ]  # fmt: skip
    weave = np.sin(X * 90) * np.sin(Y * 90)
    plaid = 0.5 * (np.mod(X * 1.7 + 0.2, 1) < 0.35) + 0.5 * (np.mod(Y * 1.7 + 0.1, 1) < 0.35)
    cloth = camera.Surface(blend(paint(96, 106, 92, 0.08 * weave), paint(150, 66, 56, 0.08 * weave), plaid * 0.8), 0.01 * weave + 0.06 * noise(4823, 4))  # fmt: skip
    back = room(camera.Surface(paint(44, 46, 50, 0.3 * noise(4824, 200)), 0.01 * noise(4824, 200)), cloth, -0.52)
    return camera.taken(things, back, 4825, sun=(250, 56), turn=-4, tilt=(0.0, 0.03), zoom=1.0, quality=66)


def crowned_head_on_label() -> Image.Image:
    """A brown medicine bottle on blue and white tiles; its label shows an animal with feathery tufts at the neck; a spoon of dark syrup."""
    bottle = outline([(-0.13, -0.62), (0.13, -0.62), (0.13, -0.46), (0.38, -0.30), (0.42, -0.12), (0.42, 0.74), (0.36, 0.80), (-0.36, 0.80), (-0.42, 0.74), (-0.42, -0.12), (-0.38, -0.30), (-0.13, -0.46)], -0.30, 0.06)  # fmt: skip
    brown = blend(paint(84, 42, 20, 0.06 * noise(4831, 6)), paint(176, 96, 42), np.clip(1 - np.abs(X + 0.60) / 0.06, 0, 1) * 0.6)  # fmt: skip
    cap = box(X + 0.30, Y + 0.66, 0.165, 0.12, 0.03)
    ridge = np.sin((X + 0.30) * 120)
    label = box(X + 0.30, Y - 0.32, 0.40, 0.42, 0.01)
    body = ribbon([(-0.48, 0.33), (-0.32, 0.37), (-0.16, 0.36), (0.02, 0.40)], lambda t: 0.082 - 0.066 * t)
    animal = np.minimum.reduce([
        oval(-0.52, 0.33, 0.115, 0.090), body.distance, limb((-0.40, 0.42), (-0.45, 0.51), 0.024, 0.014), limb((-0.20, 0.41), (-0.17, 0.50), 0.024, 0.014),
        oval(-0.10, 0.35, 0.17, 0.060, 10),
    ])  # fmt: skip
    stalks = ((-0.46, 0.26, -0.47, 0.12), (-0.43, 0.27, -0.36, 0.13), (-0.41, 0.30, -0.27, 0.19))
    tufts = np.minimum.reduce(
        [limb((ax, ay), (bx, by), 0.016, 0.008) for ax, ay, bx, by in stalks]
        + [limb((ax + (bx - ax) * t, ay + (by - ay) * t), (ax + (bx - ax) * t + s * 0.040 - 0.01, ay + (by - ay) * t - 0.022), 0.009, 0.004) for ax, ay, bx, by in stalks for t in (0.4, 0.65, 0.9) for s in (-1, 1)]
    )  # fmt: skip
    paper_ = blend(paint(240, 232, 204, 0.03 * noise(4832, 80)), paint(206, 60, 40), edge(np.abs(label + 0.035) - 0.012, 0.005))  # fmt: skip
    paper_ = blend(paper_, paint(176, 60, 70), edge(tufts, 0.005))
    paper_ = blend(paper_, paint(60, 80, 70), edge(animal, 0.005))
    paper_ = blend(paper_, paint(250, 250, 250), edge(oval(-0.575, 0.305, 0.018, 0.018), 0.004))
    ink = np.clip(written("JARABE", -0.30, 0.03, 0.13) + written("pecho  -  tos", -0.30, 0.60, 0.075) + written("240 ml", -0.30, 0.675, 0.055), 0, 1)  # fmt: skip
    paper_ = blend(paper_, paint(150, 30, 30), ink)
    bowl, stem = oval(0.72, 0.38, 0.24, 0.155, 12), limb((0.90, 0.32), (1.34, -0.16), 0.035, 0.05)
    syrup = oval(0.71, 0.385, 0.19, 0.11, 12)
    x, y = np.mod(X + 0.1, 0.62) - 0.31, np.mod(Y + 0.2, 0.62) - 0.31
    star = np.abs(np.hypot(x, y) - 0.17 - 0.045 * np.cos(8 * np.arctan2(y, x))) - 0.022
    glaze = blend(paint(236, 236, 226, 0.03 * noise(4833, 8)), paint(40, 84, 160), np.maximum(edge(star, 0.01), edge(0.38 - np.hypot(np.abs(x), np.abs(y)), 0.01)))  # fmt: skip
    gap = 1 - edge(box(x, y, 0.302, 0.302, 0.02), 0.006)
    floor = camera.Surface(blend(glaze, paint(160, 150, 140), gap), -0.02 * gap)
    things = [
        thing(brown, bottle, 0.14, 0.20, gloss=0.9, lift=0.14), glass(bottle, 0.03), thing(paper_, label, 0.30, 0.05, lift=0.0), thing(paint(232, 232, 226, 0.05 * ridge), cap, 0.05, 0.12, gloss=0.2, lift=0.05, relief=0.004 * ridge),
        thing(paint(186, 190, 194), np.minimum(bowl, stem), 0.04, 0.05, gloss=1.0, lift=0.06), thing(paint(70, 32, 14), syrup, 0.08, 0.02, gloss=0.9, lift=0.0),
    ]  # fmt: skip
    return camera.taken(things, floor, 4834, sun=(215, 48), turn=5, tilt=(0.02, 0.02), zoom=1.0, warmth=0.02, quality=66)  # fmt: skip


def holes_in_plastic() -> Image.Image:
    """A clear drink bottle with burnt holes lies on the seat of a bus: wet leaves and six tiny red animals with blue legs are in it."""
    bottle = outline([(-1.02, -0.36), (-0.94, -0.44), (0.40, -0.44), (0.66, -0.36), (0.86, -0.16), (1.00, -0.13), (1.00, 0.13), (0.86, 0.16), (0.66, 0.36), (0.40, 0.44), (-0.94, 0.44), (-1.02, 0.36)])  # fmt: skip
    ribs = np.cos(X * 24) * edge(X - 0.45, 0.1)
    leaf = np.full(X.shape, 9.0)
    veins = np.full(X.shape, 9.0)
    for px, py, turn, size in ((-0.72, 0.20, 20, 1.0), (-0.34, 0.24, -24, 1.1), (0.08, 0.20, 16, 1.0), (0.40, 0.16, -36, 0.9), (-0.60, -0.08, -50, 0.9), (0.22, -0.10, 60, 0.8), (-0.16, -0.04, 8, 0.9)):  # fmt: skip
        own = outline([(-0.30, 0.0), (-0.12, -0.10), (0.12, -0.10), (0.30, 0.0), (0.12, 0.10), (-0.12, 0.10)], px, py, turn, size)  # fmt: skip
        u, v = placed(px, py, turn)
        leaf, veins = np.minimum(leaf, own), np.minimum(veins, np.maximum(np.minimum(np.abs(v), np.abs(np.mod(u * 9 - np.abs(v) * 6, 1) - 0.5) / 9) - 0.004, own))  # fmt: skip
    green = blend(paint(58, 104, 48, 0.25 * noise(4841, 9)), paint(130, 160, 84), edge(veins, 0.006) * 0.7)
    frogs: list[Thing] = []
    for k, (px, py, turn) in enumerate(((-0.76, 0.14, 35), (-0.36, -0.10, -150), (-0.20, 0.24, -10), (0.16, -0.02, 60), (0.50, 0.12, 165))):  # fmt: skip
        cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))

        def at(x: float, y: float, px: float = px, py: float = py, cos: float = cos, sin: float = sin) -> tuple[float, float]:  # fmt: skip
            return (px + 1.5 * (x * cos - y * sin), py + 1.5 * (x * sin + y * cos))

        hind = [chain([at(-0.08, s * 0.03), at(0.01, s * 0.10), at(-0.09, s * 0.10)], 0.042, 0.026) for s in (-1, 1)]
        feet = [limb(at(-0.09, s * 0.10), at(-0.12 + 0.05 * k, s * (0.13 + 0.01 * k)), 0.016, 0.007) for s in (-1, 1) for k in range(3)]  # fmt: skip
        fore = [chain([at(0.05, s * 0.03), at(0.055, s * 0.09), at(0.11, s * 0.11)], 0.026, 0.014) for s in (-1, 1)]
        legs = np.minimum.reduce(hind + feet + fore)
        u, v = placed(px, py, turn)
        body = melted(oval(*at(-0.02, 0), 0.150, 0.100, turn), oval(*at(0.075, 0), 0.090, 0.078, turn), by=34)
        eyes = np.minimum.reduce([oval(*at(0.085, s * 0.044), 0.022, 0.022) for s in (-1, 1)])
        skin = blend(paint(222, 52, 30, 0.16 * noise(4842 + k, 60)), paint(60, 16, 12), edge(np.abs(v) - 0.006, 0.01) * edge(u, 0.04) * 0.5)  # fmt: skip
        frogs.append(together(thing(paint(44, 66, 156, 0.2 * noise(4850 + k, 60)), legs, 0.03, 0.04), thing(skin, body, 0.08, 0.09, gloss=0.6), thing(paint(16, 12, 12), eyes, 0.02, 0.11, gloss=0.9), gloss=0.5, lift=0.03))  # fmt: skip
    within = edge(bottle + 0.04)
    frogs = [frog._replace(cover=frog.cover * within) for frog in frogs]
    holes = np.minimum.reduce([oval(px, py, 0.024, 0.020) for px, py in ((-0.80, -0.34), (-0.62, -0.36), (-0.42, -0.34), (-0.20, -0.36), (0.02, -0.34), (0.22, -0.36), (0.42, -0.30), (-0.52, -0.26), (-0.10, -0.27), (0.14, -0.26))])  # fmt: skip
    rim = np.abs(holes) - 0.008
    cap = box(X - 1.09, Y, 0.09, 0.16, 0.03)
    drops, _, _ = nearest(strewn(4861, 0.11), 0.2)
    grain, _, _ = nearest(strewn(4862, 0.03), 0.08)
    seams = np.minimum(np.abs(Y + 0.72 + 0.05 * X), np.abs(Y - 0.74 + 0.05 * X))
    stitches = edge(np.abs(seams - 0.035) - 0.008, 0.005) * (np.mod(X * 12, 1) < 0.6)
    vinyl = blend(paint(126, 118, 106, 0.06 * noise(4864, 5) + 0.6 * (grain - 0.012)), paint(222, 214, 190), stitches)
    seat = camera.Surface(vinyl, 0.3 * np.clip(0.01 - grain, 0, 1) - 0.08 * edge(seams - 0.004, 0.02))
    things = [
        thing(paint(206, 220, 216), bottle, 0.20, 0.10, lift=0.14)._replace(cover=edge(bottle) * 0.45), thing(green, np.maximum(leaf, bottle + 0.03), 0.03, 0.04, gloss=0.3, lift=0.03), *frogs,
        thing(paint(230, 240, 240), np.maximum(drops - 0.012, bottle + 0.03), 0.01, 0.02, gloss=0.9)._replace(cover=edge(drops - 0.012) * edge(bottle + 0.05) * 0.4, lift=0.0),
        thing(paint(236, 242, 242), bottle, 0.20, 0.10)._replace(cover=edge(bottle) * np.clip(0.08 + 0.10 * ribs, 0, 1), lift=0.0), glass(bottle, 0.06), thing(paint(20, 20, 20), holes, 0.01, 0.0, lift=0.0), thing(paint(226, 232, 232), rim, 0.01, 0.02, lift=0.0),
        thing(paint(40, 130, 70, 0.12 * np.sin(Y * 110)), cap, 0.05, 0.10, gloss=0.3, lift=0.06),
    ]  # fmt: skip
    return camera.taken(things, seat, 4863, sun=(235, 52), turn=-9, tilt=(0.02, 0.03), zoom=1.0, quality=68)


def see_through_triangles() -> Image.Image:
    """Eight triangles of thin see-through paper in two rows on a desk, green and black folded wings inside; one is open, its insect out: green, black and gold; tweezers."""
    things: list[Thing] = []
    form = [(-0.36, 0.22), (0.36, 0.22), (0.0, -0.24)]
    wing = [(-0.30, 0.17), (-0.10, 0.19), (0.06, 0.12), (0.24, 0.17), (0.14, 0.02), (0.02, -0.17), (-0.06, -0.10)]
    for k in range(8):
        row, column = divmod(k, 4)
        px, py, turn = -0.94 + 0.60 * column + 0.05 * row, -0.56 + 0.60 * row, (-8, 172, 4, 186, 174, -4, 190, 7)[k]
        shape, inner = outline(form, px, py, turn, 1.0, sharp=True), outline(wing, px, py, turn, 0.92, flip=k % 3 == 0)
        u, v = placed(px, py, turn)
        veins = np.abs(np.mod((u - 0.8 * v) * 11 + 0.3 * k, 1) - 0.5) / 11 - 0.008
        scale_ = blend(paint(60, 170, 76, 0.12 * noise(4871 + k, 20)), paint(20, 26, 22), np.maximum(edge(veins, 0.008), edge(-inner - 0.035, 0.01) * 0))  # fmt: skip
        scale_ = blend(paint(22, 26, 22), scale_, edge(inner + 0.030, 0.012))
        ink = letters(u, v - 0.012, 0.05, 4881 + k) * edge(box(u + 0.08, v - 0.185, 0.22, 0.022, 0.0))
        film = paint(232, 230, 214, 0.04 * noise(4890 + k, 60))
        flap = np.abs(v + 1.28 * np.abs(u) - 0.02 * k + 0.20) - 0.006
        sheet = blend(blend(film, scale_, edge(inner, 0.02) * 0.62), paint(40, 50, 90), ink * 0.8)
        sheet = blend(sheet, paint(250, 250, 244), edge(np.abs(shape + 0.03) - 0.006, 0.006) * 0.7 + edge(flap, 0.005) * 0.4)  # fmt: skip
        things.append(thing(sheet, shape, 0.02, 0.02, gloss=0.3, lift=0.02, relief=0.012 * edge(inner, 0.03)))
    px, py = -0.16, 0.60
    fore = outline([(0.02, -0.05), (-0.36, -0.30), (-0.66, -0.26), (-0.62, -0.12), (-0.34, 0.04), (-0.02, 0.05)], px, py, 0, 1.0)  # fmt: skip
    fore = np.minimum(fore, outline([(0.02, -0.05), (-0.36, -0.30), (-0.66, -0.26), (-0.62, -0.12), (-0.34, 0.04), (-0.02, 0.05)], px + 0.06, py, 0, 1.0, flip=True))  # fmt: skip
    hind = outline([(-0.02, 0.0), (-0.30, 0.02), (-0.46, 0.12), (-0.36, 0.28), (-0.14, 0.26)], px, py, 0, 1.0)
    hind = np.minimum(hind, outline([(-0.02, 0.0), (-0.30, 0.02), (-0.46, 0.12), (-0.36, 0.28), (-0.14, 0.26)], px + 0.06, py, 0, 1.0, flip=True))  # fmt: skip
    mx, my = np.abs(X - px - 0.03), Y - py
    band = np.minimum(np.abs(my + 0.42 * mx + 0.02) - 0.028, np.abs(my + 0.22 * mx - 0.03) - 0.018)
    up = blend(
        paint(20, 22, 20), paint(70, 186, 80, 0.14 * noise(4901, 30)), edge(np.maximum(band, fore + 0.02), 0.012)
    )
    dots = np.minimum.reduce([np.hypot(mx - a, my - b) - 0.022 for a, b in ((0.20, 0.20), (0.30, 0.21), (0.38, 0.16))])
    low = blend(paint(20, 22, 20), blend(paint(88, 190, 84), paint(240, 196, 60), edge(0.16 - mx, 0.08)), edge(hind + 0.035, 0.014))  # fmt: skip
    low = blend(low, paint(20, 22, 20), edge(dots, 0.008))
    trunk = np.minimum(limb((px + 0.03, py - 0.06), (px + 0.03, py + 0.06), 0.042, 0.038), limb((px + 0.03, py + 0.06), (px + 0.03, py + 0.26), 0.036, 0.022))  # fmt: skip
    feelers = np.minimum.reduce([chain([(px + 0.03, py - 0.09), (px + 0.03 + s * 0.06, py - 0.20), (px + 0.03 + s * 0.13, py - 0.27)], 0.006, 0.008) for s in (-1, 1)])  # fmt: skip
    body = blend(paint(236, 196, 60, 0.2 * np.sin(Y * 110)), paint(30, 26, 22), edge(Y - py - 0.04, 0.01))
    steel = np.minimum(chain([(0.62, 0.82), (1.02, 0.62), (1.34, 0.36)], 0.012, 0.032), chain([(0.62, 0.83), (1.04, 0.68), (1.36, 0.46)], 0.012, 0.032))  # fmt: skip
    things += [
        thing(low, hind, 0.01, 0.03, lift=0.03), thing(up, fore, 0.01, 0.03, lift=0.03), thing(body, trunk, 0.03, 0.06, lift=0.02), thing(paint(24, 20, 20), feelers, 0.005, 0.02, lift=0.02),
        thing(paint(196, 200, 204), steel, 0.02, 0.05, gloss=0.9, lift=0.04),
    ]  # fmt: skip
    return camera.taken(things, camera.wood(158, 112, 70, 4902, 1.4), 4903, sun=(228, 52), turn=2, tilt=(0.0, 0.04), zoom=1.0, quality=68)  # fmt: skip
