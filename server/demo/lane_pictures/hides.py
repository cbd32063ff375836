"""The picture lane's own pictures: more reptiles, young, rare and hard to see. Each shows what a lesson or the list of species says."""

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
from server.demo.lane_pictures.outlines import chain, eye, limb, melted, outline, oval, scales, thing, together, wall
from server.demo.lane_pictures.props import ground, water


def ten_in_egg_tray() -> Image.Image:
    """A grey cardboard tray for eggs: in ten of its hollows sits a small domed tortoise, yellowish with dark blotches, another size each; a lettuce leaf, a felt pen."""
    apart = 0.46
    u, v = np.mod(X / apart + 0.5, 1) - 0.5, np.mod(Y / apart + 0.5, 1) - 0.5
    cup = np.hypot(u, v)
    tray = box(X, Y, 1.14, 0.90, 0.06)
    card = paint(150, 146, 138, 0.10 * noise(4201, 90) + 0.10 * noise(4202, 200, 1))
    height = 0.12 * np.clip(cup * 2, 0, 1) ** 2
    things: list[Thing] = [Thing(card * (0.62 + 0.45 * np.clip(cup * 1.6, 0, 1))[..., None], edge(tray), height + 0.006 * noise(4203, 120), 0.0, 0.12)]  # fmt: skip
    chance = np.random.default_rng(4204)
    cells = [(i, j) for j in (-1, 0, 1) for i in (-2, -1, 0, 1, 2)]
    for at, (i, j) in enumerate(cells):
        if at in (2, 6, 9, 11, 14):
            continue
        px, py, turn, size = apart * i + chance.uniform(-0.02, 0.02), apart * j + chance.uniform(-0.02, 0.02), chance.uniform(0, 360), chance.uniform(0.125, 0.185)  # fmt: skip
        cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        x, y = placed(px, py, turn)
        x, y = x / size, y / size
        shell = oval(px, py, size, size * 0.84, turn)
        spots = np.array([(0.62, 0.0), (0.2, 0.0), (-0.2, 0.0), (-0.62, 0.0)] + [(a, w * 0.5) for a in (0.45, 0.0, -0.45) for w in (-1, 1)])  # fmt: skip
        far = np.min([np.hypot(x - a, y - b) for a, b in spots], axis=0)
        two = np.sort(np.array([np.hypot(x - a, y - b) for a, b in spots]), axis=0)[:2]
        seam = edge((two[1] - two[0]) - 0.05, 0.04)
        colour = blend(blend(paint(226, 198, 104), paint(48, 40, 30), edge(far - 0.12 - 0.08 * noise(4210 + at, 20), 0.05)), paint(150, 122, 62), seam * 0.5)  # fmt: skip
        colour = blend(colour, paint(46, 38, 30), edge(np.abs(shell + 0.02) - 0.016, 0.01) * (np.mod(np.arctan2(y, x) * 3.5, 1) < 0.5))  # fmt: skip
        head = oval(px + 1.12 * size * cos, py + 1.12 * size * sin, 0.34 * size, 0.28 * size, turn)
        legs = np.minimum.reduce([oval(px + size * (a * cos - b * sin), py + size * (a * sin + b * cos), 0.26 * size, 0.20 * size, turn) for a, b in ((0.72, 0.66), (0.72, -0.66), (-0.72, 0.66), (-0.72, -0.66))])  # fmt: skip
        things += [together(thing(paint(146, 124, 76), np.minimum(head, legs), 0.03, 0.04), thing(colour, shell, size, size * 0.85, relief=-0.003 * seam), gloss=0.15, lift=0.05)]  # fmt: skip
    leaf = outline([(-0.18, -0.06), (0.0, -0.14), (0.20, -0.06), (0.26, 0.06), (0.06, 0.14), (-0.16, 0.10)], 0.02, -0.46) + 0.02 * noise(4240, 30)  # fmt: skip
    pen = np.minimum(limb((0.60, 0.98), (1.36, 0.70), 0.045, 0.045), 9.0)
    things += [thing(paint(150, 196, 90, 0.2 * noise(4241, 20)), leaf, 0.04, 0.05, lift=0.03, relief=0.02 * noise(4242, 20)), thing(blend(paint(30, 34, 40), paint(200, 40, 40), edge(X - 0.86, 0.01)), pen, 0.04, 0.07, gloss=0.6, lift=0.06)]  # fmt: skip
    return camera.taken(things, camera.linen(196, 120, 80, 4243), 4244, sun=(225, 46), turn=6, tilt=(0.0, 0.05), zoom=1.0, warmth=0.03, quality=56)  # fmt: skip


def loops_over_bough() -> Image.Image:
    """A bright green snake lies in even loops over a bough, its head in the middle: white and yellow flecks in a line on its back, a pale belly edge, pits along the lip."""
    chance = np.random.default_rng(4251)
    bough = np.abs(Y - 0.10 - 0.04 * np.sin(2 * X)) - 0.10 + 0.02 * noise(4252, 16)
    things: list[Thing] = [thing(paint(104, 78, 54, 0.3 * fibres(4253, X, Y, 24, 2)), bough, 0.10, 0.12, lift=0.12)]
    for at, (wide, low, thick) in enumerate(((0.78, 0.52, 0.150), (0.56, 0.40, 0.150), (0.33, 0.26, 0.135))):
        for w in (-1, 1):
            loop = ribbon([(w * 0.06, -0.12 - 0.02 * at), (w * wide * 0.72, -0.16), (w * wide, 0.14), (w * wide * 0.66, low), (w * 0.10, low + 0.02)], lambda t, thick=thick: thick, 24)  # type: ignore[misc]  # fmt: skip
            far, which = scales(loop.along, loop.across * thick, 0.040)
            green = blend(paint(60, 176, 62), paint(120, 206, 80), edge(0.5 - np.abs(loop.across), 0.3) * 0.5) * (1 - 0.16 * edge(0.80 - far, 0.1) + 0.08 * (chance_of(4254, which) - 0.5))[..., None]  # fmt: skip
            fleck = edge(np.hypot((np.mod(loop.along * 6, 1) - 0.5) / 0.22, (loop.across + 0.05) / 0.14) - 1, 0.2)
            green = blend(green, paint(244, 244, 214), fleck * 0.9)
            green = blend(green, paint(226, 232, 150), edge(0.84 - loop.across, 0.08) * 0.8)
            things.append(Thing(green, edge(loop.distance), thick * np.sqrt(np.clip(1 - loop.across**2, 0, 1)) + 0.05 * at, 0.4, 0.05))  # fmt: skip
    head = outline([(-0.16, 0.0), (-0.20, 0.16), (-0.10, 0.34), (0.0, 0.42), (0.10, 0.34), (0.20, 0.16), (0.16, 0.0), (0.0, -0.06)])  # fmt: skip
    pits = np.minimum.reduce([oval(w * (0.145 - 0.025 * k), 0.24 + 0.045 * k, 0.016, 0.010, w * 50) for w in (-1, 1) for k in range(4)])  # fmt: skip
    crown = blend(paint(70, 186, 70, 0.14 * noise(4255, 60)), paint(20, 40, 24), edge(pits, 0.006))
    leaves = np.minimum.reduce([oval(px, py, 0.30, 0.10, t) for px, py, t in zip(chance.uniform(-1.3, 1.3, 14), chance.uniform(-1, 1, 14), chance.uniform(0, 180, 14), strict=True)])  # fmt: skip
    back = camera.Surface(blend(paint(36, 52, 40, 0.4 * soft(noise(4256, 5), 12)), paint(70, 104, 60), soft(edge(leaves, 0.03), 7) * 0.7), 0 * X)  # fmt: skip
    things += [thing(crown, head, 0.12, 0.16, gloss=0.5, lift=0.06), *eye(-0.12, 0.20, 0.036, (206, 196, 140)), *eye(0.12, 0.20, 0.036, (206, 196, 140))]  # fmt: skip
    return camera.taken(things, back, 4257, sun=(235, 52), turn=-4, zoom=1.10, shift=(0.0, 0.08), quality=58)


def horns_on_red_sand() -> Image.Image:
    """A small flat round lizard like a pancake on red sand, from above: a crown of horns at the back of its head, two fringes of spines along its sides, a short tail."""
    body = outline([(-0.30, -0.06), (-0.26, -0.26), (0.0, -0.40), (0.30, -0.34), (0.48, -0.10), (0.48, 0.14), (0.28, 0.38), (0.0, 0.42), (-0.26, 0.28), (-0.30, 0.08)])  # fmt: skip
    head = outline([(-0.28, -0.16), (-0.46, -0.20), (-0.62, -0.08), (-0.64, 0.06), (-0.46, 0.20), (-0.28, 0.16)])
    horns = np.minimum.reduce([limb(a, b, 0.040, 0.004) for a, b in (((-0.38, -0.18), (-0.30, -0.42)), ((-0.34, -0.10), (-0.16, -0.24)), ((-0.34, 0.12), (-0.16, 0.26)), ((-0.38, 0.20), (-0.30, 0.44)), ((-0.46, -0.20), (-0.46, -0.36)), ((-0.46, 0.22), (-0.46, 0.38)))])  # fmt: skip
    spines = []
    for a in np.radians(np.arange(-150, 151, 12)):
        if abs(a) > 2.4 or abs(a) < 0.35:
            continue
        spines.append(limb((0.09 + 0.39 * np.cos(a), 0.42 * np.sin(a)), (0.10 + 0.50 * np.cos(a), 0.52 * np.sin(a)), 0.026, 0.003))  # fmt: skip
    tail = np.minimum.reduce([limb((0.44, 0.02), (0.86, 0.10), 0.11, 0.010)] + [limb((0.50 + 0.07 * k, w * (0.09 - 0.018 * k) + 0.03), (0.54 + 0.07 * k, w * (0.15 - 0.02 * k) + 0.03), 0.014, 0.003) for k in range(4) for w in (-1, 1)])  # fmt: skip
    legs = np.minimum.reduce([chain(path, 0.075, 0.045) for path in ([(-0.16, -0.24), (-0.26, -0.50), (-0.40, -0.56)], [(-0.16, 0.26), (-0.24, 0.52), (-0.38, 0.58)], [(0.34, -0.24), (0.52, -0.46), (0.42, -0.60)], [(0.34, 0.26), (0.54, 0.46), (0.46, 0.62)])])  # fmt: skip
    toes = np.minimum.reduce([limb(a, (a[0] + dx, a[1] + dy), 0.020, 0.006) for a, way in (((-0.40, -0.56), -1), ((-0.38, 0.58), 1), ((0.42, -0.60), -1), ((0.46, 0.62), 1)) for dx, dy in ((-0.09, 0.02 * way), (-0.05, 0.08 * way), (0.03, 0.09 * way))])  # fmt: skip
    first, _, which = nearest(strewn(4261, 0.10), 0.2)
    thorn = np.clip(1 - first / 0.030, 0, 1) * (chance_of(4262, which) > 0.35)
    blots = np.minimum.reduce([np.hypot((X - px) / 0.09, (Y - w * 0.17) / 0.075) - 1 for px in (-0.10, 0.10, 0.30) for w in (-1, 1)]) + 0.2 * noise(4263, 20)  # fmt: skip
    hide = blend(paint(196, 140, 96, 0.14 * noise(4264, 90)), paint(92, 54, 38), edge(blots, 0.2) * 0.85)
    hide = blend(hide, paint(236, 210, 170), edge(np.abs(Y) - 0.016, 0.014) * edge(np.abs(X - 0.1) - 0.36, 0.03) + 0.5 * thorn)  # fmt: skip
    things = [
        thing(paint(190, 134, 92, 0.1 * noise(4265, 60)), np.minimum(legs, toes), 0.06, 0.07, lift=0.04), thing(hide, tail, 0.08, 0.07, lift=0.04), thing(paint(226, 196, 150), np.minimum.reduce(spines), 0.015, 0.03, lift=0.03),
        thing(hide, body, 0.22, 0.13, lift=0.05, relief=0.05 * thorn), thing(paint(186, 128, 88, 0.12 * noise(4266, 60)), head, 0.14, 0.14, lift=0.04), thing(paint(206, 160, 116, 0.1 * noise(4267, 60)), horns, 0.03, 0.10, lift=0.05), *eye(-0.48, -0.13, 0.030, (60, 40, 30)), *eye(-0.48, 0.13, 0.030, (60, 40, 30)),
    ]  # fmt: skip
    pebbles = nearest(strewn(4268, 0.22), 0.4)[0] - 0.025
    sand = ground(176, 96, 62, 4269, grain=240, rough=0.36)
    sand = camera.Surface(blend(sand.colours, paint(120, 76, 60), edge(pebbles, 0.01)), sand.height + 0.03 * edge(pebbles, 0.02))  # fmt: skip
    return camera.taken(things, sand, 4270, sun=(215, 40), turn=18, tilt=(0.0, 0.04), zoom=1.22, warmth=0.03, quality=60)  # fmt: skip


def snout_and_paddles() -> Image.Image:
    """A small grey turtle swims in a bucket with a blue rim, from above and the side: a fleshy snout with two round nostrils like a pig's, paddles like a sea turtle's, a smooth shell without plates, white dots at its rim."""
    shell = outline([(-0.44, 0.0), (-0.34, -0.26), (0.0, -0.40), (0.34, -0.30), (0.54, 0.0), (0.36, 0.28), (0.0, 0.38), (-0.34, 0.26)])  # fmt: skip
    front = np.minimum(*[outline([(-0.28, w * 0.22), (-0.40, w * 0.44), (-0.30, w * 0.72), (-0.06, w * 0.86), (0.0, w * 0.78), (-0.14, w * 0.58), (-0.12, w * 0.34)]) for w in (-1, 1)])  # fmt: skip
    rear = np.minimum(*[outline([(0.38, w * 0.18), (0.54, w * 0.30), (0.72, w * 0.46), (0.78, w * 0.36), (0.62, w * 0.14)]) for w in (-1, 1)])  # fmt: skip
    head = melted(oval(-0.60, 0.0, 0.21, 0.17), limb((-0.72, 0.0), (-0.90, 0.0), 0.085, 0.075), by=30)
    disc = oval(-0.93, 0.0, 0.050, 0.078)
    holes = np.minimum(oval(-0.94, -0.034, 0.018, 0.022), oval(-0.94, 0.034, 0.018, 0.022))
    tail = limb((0.50, 0.0), (0.72, 0.02), 0.05, 0.015)
    claws = np.minimum.reduce([limb((-0.38, w * 0.50), (-0.46, w * 0.52), 0.018, 0.008) for w in (-1, 1)] + [limb((-0.35, w * 0.60), (-0.43, w * 0.63), 0.018, 0.008) for w in (-1, 1)])  # fmt: skip
    dots = np.full(X.shape, 9.0)
    for a in np.radians(np.arange(-150, 151, 25)):
        dots = np.minimum(dots, oval(0.05 + 0.42 * np.cos(a), 0.31 * np.sin(a), 0.028, 0.024))
    keel = edge(np.abs(Y) - 0.022 - 0.01 * np.cos(20 * X), 0.016) * edge(np.abs(X - 0.08) - 0.34, 0.05)
    grey = blend(paint(116, 118, 106, 0.10 * noise(4281, 40)), paint(90, 92, 84), edge(-shell - 0.07, 0.03) * 0.6)  # fmt: skip
    grey = blend(blend(grey, paint(224, 224, 206), edge(dots, 0.012) * 0.9), paint(150, 150, 136), keel)
    flesh = paint(120, 120, 110, 0.08 * noise(4282, 30))  # fmt: skip
    pail, rim = oval(0.0, 0.0, 1.16, 0.98), np.abs(oval(0.0, 0.0, 1.21, 1.03)) - 0.06
    wet = water(176, 196, 196, 4283)
    things = [
        Thing(wet.colours, edge(pail), wet.height, 0.4, 0.0), thing(flesh, tail, 0.03, 0.03, lift=0.04), thing(paint(128, 128, 116, 0.12 * noise(4284, 30)), np.minimum(front, rear), 0.07, 0.05, gloss=0.3, lift=0.08), thing(paint(226, 220, 200), claws, 0.01, 0.03),
        thing(grey, shell, 0.30, 0.20, gloss=0.4, lift=0.10, relief=0.03 * keel), thing(flesh, head, 0.14, 0.15, gloss=0.3, lift=0.07), thing(paint(196, 170, 160), disc, 0.03, 0.08, gloss=0.3), Thing(paint(30, 24, 22), edge(holes, 0.006), 0 * X),
        *eye(-0.66, -0.13, 0.034, (60, 56, 46)), *eye(-0.66, 0.13, 0.034, (60, 56, 46)), thing(paint(40, 90, 190), rim, 0.06, 0.12, gloss=0.6, lift=0.12),
    ]  # fmt: skip
    return camera.taken(things, camera.speckled(120, 126, 112, 4285, 0.5), 4286, sun=(250, 54), turn=-14, tilt=(0.0, 0.05), zoom=1.04, quality=60)  # fmt: skip


def electric_on_leaf() -> Image.Image:
    """A tiny electric-blue lizard on a broad green leaf, from above: black strokes on its throat and flanks, an orange belly edge, round toe tips; a drop of water."""
    spine = [(-0.58, -0.22), (-0.16, -0.04), (0.26, 0.06), (0.62, -0.12), (0.96, 0.12)]
    body = ribbon(spine, lambda t: 0.115 * np.sin(np.pi * (0.24 + 0.52 * min(t / 0.6, 1.0))) ** 0.7 if t < 0.55 else 0.085 - 0.065 * (t - 0.55) / 0.45, 40)  # fmt: skip
    head = outline([(-0.52, -0.30), (-0.66, -0.38), (-0.80, -0.34), (-0.90, -0.26), (-0.84, -0.18), (-0.68, -0.14), (-0.54, -0.12)])  # fmt: skip
    legs = np.minimum.reduce([chain(path, 0.045, 0.028) for path in ([(-0.34, -0.18), (-0.34, -0.40), (-0.48, -0.48)], [(-0.40, -0.06), (-0.50, 0.14), (-0.40, 0.24)], [(0.26, -0.02), (0.34, -0.24), (0.22, -0.34)], [(0.22, 0.12), (0.22, 0.34), (0.08, 0.38)])])  # fmt: skip
    toes = np.minimum.reduce([melted(limb(a, (a[0] + dx, a[1] + dy), 0.014, 0.010), oval(a[0] + dx, a[1] + dy, 0.022, 0.020), by=60) for a, way in (((-0.48, -0.48), -1), ((-0.40, 0.24), 1), ((0.22, -0.34), -1), ((0.08, 0.38), 1)) for dx, dy in ((-0.10, 0.0), (-0.07, 0.07 * way), (0.0, 0.10 * way), (0.07, 0.06 * way))])  # fmt: skip
    grain = noise(4291, 200, 2)
    blue = blend(paint(20, 150, 230, 0.14 * grain), paint(70, 206, 240), edge(np.abs(body.across) - 0.35, 0.3) * 0.5)
    blue = blend(blue, paint(246, 140, 30), edge(0.80 - np.abs(body.across), 0.06) * edge(body.along - 1.1, 0.05) * edge(0.16 - body.along, 0.04))  # fmt: skip
    strokes = np.minimum.reduce([limb((-0.74, -0.31), (-0.40, -0.18), 0.010, 0.014), limb((-0.72, -0.18), (-0.46, -0.10), 0.010, 0.012), limb((-0.30, -0.19), (-0.20, -0.14), 0.012, 0.008)])  # fmt: skip
    skin = blend(blue, paint(14, 20, 34), edge(strokes, 0.008))
    x, y = placed(0.0, 0.0, -14)
    leaf = np.abs(y - 0.06 * np.sin(2 * x)) - 0.86 * np.clip(1 - (x / 1.75) ** 2, 0, 1) ** 0.6
    mid = np.abs(y - 0.06 * np.sin(2 * x))
    veins = np.minimum(mid - 0.022, np.maximum(np.abs(np.mod((x + 0.55 * mid) * 3.2, 1) - 0.5) / 3.2 - 0.008, -9.0))
    surface = blend(paint(66, 128, 52, 0.16 * noise(4292, 8) + 0.10 * noise(4293, 60)), paint(140, 180, 96), edge(veins, 0.012) * 0.8)  # fmt: skip
    drop = oval(0.50, 0.52, 0.085, 0.075)
    things = [
        thing(surface, leaf, 0.2, 0.08, gloss=0.35, lift=0.12, relief=-0.02 * edge(veins, 0.03)), thing(paint(24, 140, 216, 0.14 * grain), np.minimum(legs, toes), 0.03, 0.05, gloss=0.3, lift=0.03), Thing(skin, edge(body.distance), dome(body.distance, 0.10, 0.11) + 0.004 * grain, 0.35, 0.05),
        thing(skin, head, 0.09, 0.11, gloss=0.35, lift=0.04, relief=0.004 * grain), *eye(-0.72, -0.335, 0.030, (30, 26, 24)), *eye(-0.70, -0.17, 0.026, (30, 26, 24)), Thing(paint(226, 246, 240), edge(drop) * 0.45, dome(drop, 0.08, 0.08), 1.0, 0.03),
    ]  # fmt: skip
    return camera.taken(things, wall(28, 44, 30, 4294, 0.5), 4295, sun=(230, 48), turn=5, zoom=1.16, shift=(0.02, -0.02), quality=60)  # fmt: skip


def dead_leaf_in_water() -> Image.Image:
    """In shallow brown water lies something like a heap of dead leaves: a rough shell with three rows of knobs, a flat triangular head with flaps of skin, a snout like a snorkel."""
    shell = outline([(-0.30, 0.0), (-0.24, -0.30), (0.06, -0.46), (0.50, -0.46), (0.86, -0.30), (0.98, 0.0), (0.86, 0.30), (0.50, 0.46), (0.06, 0.46), (-0.24, 0.30)]) + 0.02 * np.sin(11 * np.arctan2(Y, X - 0.35))  # fmt: skip
    neck = outline([(-0.24, -0.20), (-0.50, -0.24), (-0.64, -0.30), (-0.64, 0.30), (-0.50, 0.24), (-0.24, 0.20)])
    head = outline([(-0.54, -0.26), (-0.68, -0.42), (-0.80, -0.26), (-0.98, -0.10), (-1.02, 0.0), (-0.98, 0.10), (-0.80, 0.26), (-0.68, 0.42), (-0.54, 0.26)])  # fmt: skip
    snorkel = limb((-0.98, 0.0), (-1.20, 0.02), 0.032, 0.020)
    flaps = np.minimum.reduce([limb((px, w * 0.22), (px - 0.04, w * (0.34 + 0.03 * k)), 0.036, 0.010) for k, px in enumerate((-0.32, -0.42, -0.54)) for w in (-1, 1)])  # fmt: skip
    legs = np.minimum.reduce([chain(path, 0.10, 0.06) for path in ([(-0.10, -0.36), (-0.30, -0.56), (-0.40, -0.60)], [(-0.10, 0.36), (-0.30, 0.56), (-0.42, 0.58)], [(0.80, -0.34), (0.98, -0.54)], [(0.80, 0.34), (0.98, 0.54)])])  # fmt: skip
    knobs = np.array([(a, b) for a in (-0.06, 0.18, 0.42, 0.66, 0.84) for b in (-0.26, 0.0, 0.26)])
    far, second, _ = nearest(knobs, 0.7)
    cone = np.clip(1 - far / 0.13, 0, 1)
    rings = np.sin(far * 90 + 4 * noise(4301, 9))
    algae = edge(0.0 - noise(4302, 8), 0.2)
    bark = blend(paint(106, 76, 46, 0.12 * rings + 0.2 * noise(4303, 30)), paint(84, 92, 50), algae * 0.6)
    bark = blend(bark, paint(44, 30, 20), edge((second - far) - 0.014, 0.012) * 0.7)
    skin = blend(paint(122, 88, 58, 0.24 * noise(4304, 24)), paint(170, 130, 90), edge(0.1 - noise(4305, 9), 0.2) * 0.5)
    wet = water(96, 84, 52, 4306)
    cells = nearest(strewn(4307, 0.30, 1.5, 1.2), 0.6)
    leaves = camera.Surface(wet.colours * (0.75 + 0.25 * edge(0.05 - (cells[1] - cells[0]), 0.04))[..., None], wet.height)  # fmt: skip
    things = [
        thing(skin * 0.85, legs, 0.08, 0.06, lift=0.05, relief=0.02 * noise(4308, 24)), thing(skin, np.minimum(neck, flaps), 0.08, 0.07, lift=0.05, relief=0.02 * noise(4309, 20)), thing(bark, shell, 0.20, 0.16, lift=0.10, relief=0.10 * cone + 0.006 * rings),
        thing(skin, head, 0.12, 0.11, lift=0.06, relief=0.015 * noise(4310, 24)), thing(skin, snorkel, 0.03, 0.06, lift=0.04), *eye(-0.86, -0.12, 0.018, (40, 34, 26)), *eye(-0.86, 0.12, 0.018, (40, 34, 26)),
    ]  # fmt: skip
    return camera.taken(things, leaves, 4311, sun=(235, 44), turn=-16, tilt=(0.0, 0.05), zoom=1.02, shift=(-0.06, 0.0), warmth=0.04, quality=60)  # fmt: skip
