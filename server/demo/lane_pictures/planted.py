"""The picture lane's own pictures: plants, fruit and seeds on sills, plates and paper. Each shows what a lesson says of it."""

from functools import partial

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
from server.demo.lane_pictures.outlines import limb, outline, oval, thing, together
from server.demo.lane_pictures.props import room


def _narrowing(wide: float, share: float) -> float:
    """Half the width of a leaf, by the share of its length."""
    return float(wide * (1 - share) ** 0.8 + 0.006)


def silver_curls_on_driftwood() -> Image.Image:
    """A rosette of broad silver-grey leaves, thick at the base, curls down around a piece of driftwood; no pot, no soil."""
    leaves: list[Thing] = []
    chance = np.random.default_rng(4301)
    ways = [*np.linspace(-170, 170, 13), *np.linspace(-150, 130, 9), *np.linspace(-140, 150, 6)]
    for at, way in enumerate(ways):
        ring = 0 if at < 13 else 1 if at < 22 else 2
        long = (0.92, 0.68, 0.42)[ring] * chance.uniform(0.9, 1.08)
        a = np.radians(way - 90)
        side = 0.55 if np.cos(a) > 0 else -0.55
        base = (0.06 * np.cos(a), -0.10 + 0.05 * np.sin(a))
        mid = (0.50 * long * np.cos(a), -0.10 + 0.46 * long * np.sin(a))
        far = (0.88 * long * np.cos(a), -0.10 + 0.62 * long * np.sin(a) + 0.12)
        tip = (0.80 * long * np.cos(a + 0.3 * side), 0.02 + 0.62 * long * np.sin(a) + 0.28 * long)
        leaf = ribbon([base, mid, far, tip], partial(_narrowing, 0.115 - 0.02 * ring))
        grey = paint(176, 190, 176, 0.08 * fibres(4302 + at, leaf.along, leaf.across * 0.1, 60, 3) + 0.14 * (chance.uniform() - 0.5))  # fmt: skip
        grey = blend(grey, paint(112, 130, 112), np.clip(np.abs(leaf.across) - 0.55, 0, 1))
        leaves.append(thing(grey, leaf.distance, 0.07, 0.06 + 0.02 * ring, lift=0.05, relief=0.02 * ring))
    branch = ribbon([(-1.5, 0.62), (-0.5, 0.46), (0.4, 0.58), (1.5, 0.34)], lambda t: 0.20 + 0.05 * np.sin(7 * t))
    bark = paint(150, 128, 104, 0.30 * fibres(4331, branch.along, branch.across, 9, 2))
    wall = camera.Surface(paint(220, 214, 200, 0.06 * soft(noise(4332, 4), 20) + 0.03 * noise(4333, 200)), 0.01 * noise(4334, 120))  # fmt: skip
    things = [thing(bark, branch.distance, 0.18, 0.16, lift=0.14, relief=0.03 * fibres(4335, branch.along, branch.across, 8, 2)), together(*leaves, lift=0.12)]  # fmt: skip
    return camera.taken(things, wall, 4336, sun=(235, 48), turn=2, zoom=1.04, shift=(0.0, 0.08), quality=62)


def red_pairs_and_spines() -> Image.Image:
    """A potted shrub on a sill: thick grey-brown stems full of straight spines, a few leaves at the top, clusters of red paired bracts."""
    stems: list[Thing] = []
    spines = np.full(X.shape, 9.0)
    chance = np.random.default_rng(4341)
    tops = []
    for base, mid, top in (((-0.10, 0.40), (-0.36, 0.02), (-0.54, -0.34)), ((0.0, 0.40), (-0.06, -0.10), (-0.10, -0.56)), ((0.10, 0.40), (0.30, 0.06), (0.48, -0.36))):  # fmt: skip
        stem = ribbon([base, mid, top], lambda t: 0.062 - 0.012 * t)
        stems.append(thing(paint(128, 112, 96, 0.15 * fibres(4342, stem.along, stem.across, 40, 2)), stem.distance, 0.05, 0.07, lift=0.06))  # fmt: skip
        for t in np.linspace(0.05, 0.95, 17):
            px = (1 - t) ** 2 * base[0] + 2 * t * (1 - t) * (2 * mid[0] - (base[0] + top[0]) / 2) + t * t * top[0]
            py = (1 - t) ** 2 * base[1] + 2 * t * (1 - t) * (2 * mid[1] - (base[1] + top[1]) / 2) + t * t * top[1]
            for side in (-1, 1):
                spines = np.minimum(spines, limb((px, py), (px + side * chance.uniform(0.12, 0.17), py + chance.uniform(-0.10, 0.04)), 0.016, 0.003))  # fmt: skip
        tops.append(top)
    leaves = np.full(X.shape, 9.0)
    for px, py in tops:
        for way in (-70, -28, 14, 60, 100):
            a = np.radians(way - 90)
            leaves = np.minimum(leaves, oval(px + 0.17 * np.cos(a), py + 0.15 * np.sin(a), 0.15, 0.062, way - 90))
    pairs, hearts = np.full(X.shape, 9.0), np.full(X.shape, 9.0)
    for px, py in tops:
        for dx, dy in ((-0.16, -0.22), (0.02, -0.32), (0.18, -0.20), (0.06, -0.14)):
            lean = chance.uniform(-50, 50)
            a = np.radians(lean)
            for side in (-1, 1):
                pairs = np.minimum(pairs, oval(px + dx + side * 0.062 * np.cos(a), py + dy + side * 0.062 * np.sin(a), 0.070, 0.062))  # fmt: skip
            hearts = np.minimum(hearts, oval(px + dx, py + dy, 0.026, 0.026))
    pot = outline([(-0.36, 0.40), (0.36, 0.40), (0.28, 0.92), (-0.28, 0.92)], sharp=True)
    lip = box(X, Y - 0.44, 0.40, 0.07, 0.02)
    sky = blend(paint(196, 216, 230), paint(150, 176, 120), edge(0.30 + 0.14 * noise(4343, 5) - Y, 0.2))
    frame = edge(np.abs(np.abs(X) - 1.04) - 0.07, 0.01)
    window = camera.Surface(blend(sky, paint(242, 240, 234), frame), 0.03 * frame)
    back = room(window, camera.Surface(paint(238, 236, 228, 0.03 * noise(4344, 30)), 0 * X), 0.80)
    clay = paint(186, 104, 68, 0.10 * noise(4345, 30))
    things = [
        thing(paint(204, 190, 160), spines, 0.01, 0.03, lift=0.03), *stems, thing(clay, pot, 0.14, 0.16, lift=0.08), thing(clay * 1.05, lip, 0.05, 0.17, lift=0.05),
        thing(blend(paint(70, 130, 62, 0.1 * noise(4346, 20)), paint(120, 170, 90), edge(np.abs(leaves + 0.05) - 0.008, 0.01)), leaves, 0.05, 0.05, lift=0.06),
        thing(paint(222, 36, 60, 0.08 * noise(4347, 12)), pairs, 0.04, 0.05, gloss=0.2, lift=0.05, relief=0.03), thing(paint(250, 206, 70), hearts, 0.02, 0.04, lift=0.01),
    ]  # fmt: skip
    return camera.taken(things, back, 4348, sun=(300, 52), turn=-2, zoom=1.0, shift=(0.0, 0.0), warmth=0.02, quality=62)


def eight_ribs_and_clods() -> Image.Image:
    """A wide flat grey-green disc with eight ribs and rows of white felt tufts lies on cardboard: brown corky rim, scars, a thick torn root, clods of stony earth, a tape measure."""
    x, y = X + 0.32, (Y + 0.10) / 0.92
    far, turn = np.hypot(x, y), np.arctan2(y, x) + 0.2
    rib = np.cos(8 * turn)
    shape = far - 0.66 - 0.035 * rib - 0.012 * noise(4351, 9)
    groove = np.clip(-rib - 0.45, 0, 1) * np.clip(far * 3, 0, 1)
    skin = blend(paint(124, 138, 104, 0.10 * noise(4352, 14)), paint(70, 78, 62), edge(-rib - 0.94, 0.05) * 0.0 + groove * 0.7)  # fmt: skip
    specks, _, _ = nearest(strewn(4353, 0.05), 0.1)
    skin = blend(skin, paint(226, 224, 206), edge(specks - 0.008, 0.005) * 0.75)
    off = np.abs(np.mod(8 * turn / (2 * np.pi) + 0.5, 1) - 0.5) * 2 * np.pi / 8 * far
    along = np.abs(np.mod(far / 0.092, 1) - 0.5) * 0.092
    tuft = np.hypot(off, along) - 0.026
    skin = blend(skin, paint(246, 242, 224), edge(np.where(far > 0.09, tuft, far - 0.07), 0.01))
    cork = np.clip((far - 0.50 - 0.05 * noise(4354, 8)) / 0.10, 0, 1)
    skin = blend(skin, paint(138, 106, 70, 0.35 * noise(4355, 60)), cork)
    scars = np.minimum(oval(-0.60, 0.10, 0.10, 0.06, 30), oval(0.0, -0.34, 0.07, 0.045, -20))
    skin = blend(skin, paint(176, 144, 100, 0.3 * noise(4356, 50)), edge(scars + 0.02 * noise(4357, 20), 0.012))
    root = ribbon([(0.16, -0.02), (0.55, -0.06), (0.86, 0.06), (1.10, 0.0)], lambda t: 0.17 - 0.07 * t)
    threads = np.minimum.reduce([limb((0.52 + 0.14 * k, 0.02), (0.46 + 0.22 * k, 0.34 * (1 - 2 * (k % 2))), 0.024, 0.006) for k in range(5)])  # fmt: skip
    torn = np.minimum(root.distance, threads)
    bits, _, which = nearest(strewn(4358, 0.13), 0.3)
    nearby = np.minimum.reduce(
        [oval(0.66, 0.52, 0.34, 0.16), oval(-0.86, 0.66, 0.24, 0.12), oval(0.60, -0.02, 0.16, 0.10)]
    ) + 0.06 * noise(4359, 12)
    clods = np.maximum(bits - 0.045 - 0.03 * chance_of(4360, which), nearby)
    u, v = placed(-0.10, 0.86, -3)
    tape = np.maximum(np.abs(v) - 0.055, np.abs(u) - 0.86)
    ticks = edge(np.abs(np.mod(u * 11, 1) - 0.5) - 0.06, 0.04) * edge(-v - 0.005, 0.004)
    weave = camera.cardboard(4361)
    things = [
        thing(blend(paint(238, 204, 60), paint(30, 28, 28), ticks), tape, 0.01, 0.02, gloss=0.3, lift=0.02), thing(paint(196, 160, 112, 0.30 * fibres(4362, root.along, root.across, 12, 2)), torn, 0.08, 0.10, lift=0.06),
        thing(paint(120, 92, 66, 0.4 * noise(4363, 90)), clods, 0.05, 0.06, lift=0.04), thing(skin, shape, 0.36, 0.20, lift=0.14, relief=-0.06 * groove + 0.02 * edge(tuft, 0.02) + 0.02 * cork * noise(4364, 40)),
    ]  # fmt: skip
    return camera.taken(things, weave, 4365, sun=(225, 46), turn=4, tilt=(0.02, 0.05), zoom=1.0, warmth=0.03, quality=64)  # fmt: skip


def barrels_with_dots() -> Image.Image:
    """Red and yellow-green barrel-shaped fruits with rows of dots and a flat sunken end on a blue plate, one cut open: deep red flesh full of black seeds; a fork."""
    plate, well = oval(0.0, 0.04, 1.02, 0.82), oval(0.0, 0.04, 0.74, 0.58)
    china = blend(paint(60, 104, 166, 0.04 * noise(4371, 6)), paint(236, 238, 240), edge(well))
    china = blend(china, paint(240, 240, 240), edge(np.abs(plate + 0.06) - 0.012, 0.006))
    things = [thing(china, plate, 0.12, 0.08, gloss=0.7, lift=0.06, relief=-0.05 * edge(well, 0.05))]
    dots, _, _ = nearest(strewn(4372, 0.105), 0.2)
    barrel = [(-0.12, -0.28), (0.12, -0.28), (0.21, -0.10), (0.20, 0.14), (0.10, 0.29), (-0.10, 0.29), (-0.20, 0.14), (-0.21, -0.10)]  # fmt: skip
    for at, (px, py, lean, hue) in enumerate(((-0.52, -0.18, 20, (206, 58, 56)), (-0.10, -0.34, -64, (176, 176, 76)), (0.40, -0.26, -18, (214, 96, 50)), (-0.40, 0.36, 74, (196, 40, 64)))):  # fmt: skip
        own = outline(barrel, px, py, lean)
        x, y = placed(px, py, lean)
        skin = blend(paint(*hue, 0.10 * noise(4373 + at, 7)), paint(206, 190, 90), edge(0.5 - noise(4379 + at, 4) - y, 0.4) * 0.4)  # fmt: skip
        skin = blend(skin, paint(96, 66, 40), edge(dots - 0.013, 0.006))
        end = np.hypot(x / 0.12, (y + 0.25) / 0.05) - 1
        skin = blend(skin, paint(150, 110, 70), edge(end * 0.05, 0.01))
        things.append(thing(skin, own, 0.17, 0.16, gloss=0.25, lift=0.08, relief=-0.02 * edge(end * 0.05, 0.01)))
    cut = oval(0.36, 0.30, 0.27, 0.24, 20)
    seeds, _, _ = nearest(strewn(4386, 0.060), 0.1)
    flesh = blend(paint(190, 20, 60, 0.10 * noise(4387, 20)), paint(30, 20, 24), edge(seeds - 0.016, 0.005) * edge(cut + 0.075, 0.02))  # fmt: skip
    flesh = blend(flesh, paint(230, 120, 110), edge(-cut - 0.055, 0.012))
    flesh = blend(flesh, paint(190, 60, 56), edge(-cut - 0.022, 0.006))
    fork = np.minimum.reduce([limb((1.20, -0.62), (1.12, 0.90), 0.036, 0.045)] + [limb((1.19 + dx, -0.64), (1.20 + dx * 1.2, -0.98), 0.018, 0.012) for dx in (-0.07, 0.0, 0.07)] + [limb((1.12, -0.64), (1.27, -0.64), 0.03, 0.03)])  # fmt: skip
    things += [thing(flesh, cut, 0.04, 0.10, gloss=0.5, lift=0.06), thing(paint(200, 204, 208), fork, 0.03, 0.04, gloss=0.9, lift=0.05)]  # fmt: skip
    return camera.taken(things, camera.checked((236, 230, 214), (206, 186, 120), 4388), 4389, sun=(240, 52), turn=-4, tilt=(0.0, 0.06), zoom=0.98, warmth=0.03, quality=62)  # fmt: skip


def orange_angles_in_bag() -> Image.Image:
    """A clear zip bag on a letter scale is full of orange-red seeds as long as a date, angular where they pressed on each other, some with the red skin peeled to a pale stone."""
    bag = box(X, Y + 0.10, 0.80, 0.66, 0.06) + 0.02 * noise(4391, 5)
    spots = strewn(4392, 0.22) * (1.0, 1.25)
    far, second, which = nearest(spots, 0.5)
    gap = second - far
    inside = bag + 0.07
    heap = np.maximum(np.maximum(far - 0.155, 0.022 - gap), np.maximum(inside, -0.52 - Y + 0.05 * noise(4393, 6)))
    peeled = (chance_of(4394, which) < 0.30).astype(float)
    red = paint(222, 74, 34, 0.18 * noise(4395, 24) + 0.30 * (chance_of(4396, which) - 0.5))
    red = blend(red, paint(250, 150, 50), np.clip(0.8 - far / 0.12, 0, 1) * 0.35)
    stone = paint(222, 196, 150, 0.12 * noise(4397, 40))
    seeds = blend(red, stone, peeled * edge(-0.25 - noise(4398, 14), 0.06))
    zip_ = np.maximum(np.abs(Y + 0.62) - 0.035, np.abs(X) - 0.78)
    pan = box(X, Y + 0.08, 1.02, 0.80, 0.08)
    display = box(X, Y - 0.84, 0.30, 0.085, 0.02)
    shine = np.minimum(np.abs(X - 0.3 * Y + 0.42), np.abs(X - 0.5 * Y - 0.46)) - 0.05
    things = [
        thing(paint(196, 200, 206, 0.03 * fibres(4399, X, Y, 200, 2)), pan, 0.05, 0.06, gloss=0.5, lift=0.08),
        thing(paint(150, 176, 140), display, 0.01, 0.01, gloss=0.4),
        thing(paint(214, 222, 222), bag, 0.05, 0.05, gloss=0.3, lift=0.05), thing(seeds, heap, 0.10, 0.11, gloss=0.35, lift=0.05),
        Thing(paint(255, 255, 255), np.clip(edge(bag) * (0.08 + 0.32 * edge(shine, 0.03)), 0, 1), 0 * X, 0.0, 0.0),
        thing(paint(70, 130, 206), zip_, 0.02, 0.03, gloss=0.5, lift=0.02),
    ]  # fmt: skip
    return camera.taken(things, camera.speckled(90, 92, 96, 4400, 0.25), 4401, sun=(228, 50), turn=5, tilt=(0.03, 0.03), zoom=1.0, quality=64)  # fmt: skip
