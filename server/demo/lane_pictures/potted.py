"""The picture lane's own pictures: plants in pots, on boards and in boxes. Each shows what a lesson or the list of species says."""

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
    edge,
    fibres,
    nearest,
    noise,
    paint,
    placed,
    strewn,
)
from server.demo.lane_pictures.outlines import Points, chain, limb, melted, outline, oval, thing, together, wall
from server.demo.lane_pictures.props import room


def _petals(px: float, py: float, turn: float, size: float) -> Thing:
    """An orchid's bloom from the front: three narrow sepals behind, two wide petals, a lip with a yellow throat."""
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))

    def at(a: float, b: float) -> tuple[float, float]:
        return px + size * (a * cos - b * sin), py + size * (a * sin + b * cos)

    sepals = np.minimum.reduce([oval(*at(a, b), 0.17 * size, 0.34 * size, turn + way) for a, b, way in ((0, -0.32, 0), (-0.24, 0.24, 42), (0.24, 0.24, -42))])  # fmt: skip
    wings = np.minimum(oval(*at(-0.32, -0.08), 0.34 * size, 0.27 * size, turn + 14), oval(*at(0.32, -0.08), 0.34 * size, 0.27 * size, turn - 14))  # fmt: skip
    lip, throat = outline([(-0.10, 0.02), (0.10, 0.02), (0.20, 0.18), (0.13, 0.36), (0.0, 0.30), (-0.13, 0.36), (-0.20, 0.18)], px, py, turn, size), oval(*at(0, 0.10), 0.07 * size, 0.10 * size, turn)  # fmt: skip
    column = oval(*at(0, -0.03), 0.06 * size, 0.09 * size, turn)
    u, v = placed(px, py, turn)
    veins = np.sin(np.arctan2(v, u) * 34)
    white = paint(246, 236, 240, 0.04 * veins)
    pink = blend(paint(206, 60, 130), paint(250, 206, 70), edge(throat, 0.02))
    return together(thing(white * 0.94, sepals, 0.10 * size, 0.08), thing(white, wings, 0.16 * size, 0.13), thing(pink, lip, 0.07 * size, 0.18, gloss=0.2), thing(paint(250, 244, 240), column, 0.05 * size, 0.22), lift=0.07)  # fmt: skip


def ribbon_in_clear_box() -> Image.Image:
    """Two white blooms with pink lips, a fern tip and a satin ribbon lie in a clear plastic box with a hinged lid; a pearl pin; a lace cloth."""
    tray, inner = box(X + 0.06, Y - 0.02, 0.98, 0.70, 0.05), box(X + 0.06, Y - 0.02, 0.92, 0.64, 0.04)
    hinge = box(X + 0.06, Y + 0.80, 0.94, 0.07, 0.03)
    shreds = fibres(5601, X + 0.2 * noise(5602, 9), Y + 0.2 * noise(5603, 9), 26, 3)
    nest = paint(226, 226, 214, 0.22 * shreds)
    things = [
        thing(paint(222, 230, 232), hinge, 0.02, 0.05, gloss=0.8, lift=0.03)._replace(cover=edge(hinge) * 0.6), thing(paint(214, 222, 224), tray, 0.03, 0.10, gloss=0.8, lift=0.10),
        thing(nest, inner, 0.03, 0.04, lift=0.0, relief=0.010 * shreds),
    ]  # fmt: skip
    frond = chain([(-0.10, 0.30), (-0.40, -0.20), (-0.62, -0.50)], 0.02, 0.008)
    for k in range(9):
        t = k / 9
        bx, by = -0.16 - 0.48 * t, 0.20 - 0.72 * t
        frond = np.minimum.reduce([frond] + [oval(bx + way * 0.13 * (1 - 0.6 * t), by - way * 0.03 + 0.02, 0.13 * (1 - 0.6 * t), 0.030, -20 if way > 0 else 50) for way in (-1, 1)])  # fmt: skip
    things.append(thing(paint(62, 122, 60, 0.14 * noise(5604, 40)), frond, 0.03, 0.07, lift=0.05))
    loops = [
        outline([(0.16, 0.36), (-0.04, 0.26), (-0.32, 0.24), (-0.38, 0.38), (-0.26, 0.50), (0.00, 0.44)]), outline([(0.16, 0.36), (0.36, 0.26), (0.64, 0.26), (0.70, 0.40), (0.56, 0.50), (0.32, 0.44)]),
        outline([(0.12, 0.36), (0.00, 0.48), (-0.16, 0.58), (-0.06, 0.58), (-0.02, 0.66), (0.12, 0.54), (0.20, 0.40)]), outline([(0.14, 0.40), (0.26, 0.54), (0.40, 0.66), (0.44, 0.57), (0.54, 0.56), (0.36, 0.46), (0.22, 0.36)]),
    ]  # fmt: skip
    satin = paint(126, 160, 206, 0.16 * np.sin(X * 24 + Y * 16))
    things += [thing(satin, part, 0.03, 0.05, gloss=0.6, lift=0.03, relief=0.012 * np.sin(X * 24 + Y * 16)) for part in loops[2:] + loops[:2]]  # fmt: skip
    things.append(thing(satin * 0.9, oval(0.16, 0.37, 0.075, 0.060), 0.04, 0.09, gloss=0.6, lift=0.03))
    things += [_petals(-0.14, -0.10, -12, 0.62), _petals(0.40, 0.02, 16, 0.56)]
    pin = limb((0.52, -0.46), (0.78, -0.26), 0.008, 0.005)
    things += [thing(paint(206, 206, 210), pin, 0.008, 0.06, gloss=0.9, lift=0.04), thing(paint(244, 238, 226), np.hypot(X - 0.51, Y + 0.47) - 0.036, 0.036, 0.10, gloss=0.9, lift=0.03)]  # fmt: skip
    shine = np.maximum(np.abs(X - 0.5 * Y + 0.62) - 0.05, inner)
    things.append(thing(paint(255, 255, 255), shine, 0.02, 0.01)._replace(cover=edge(shine, 0.03) * 0.22, lift=0.0))
    a, b = np.mod(X * 5, 1) - 0.5, np.mod(Y * 5, 1) - 0.5
    holes = np.minimum(np.abs(np.hypot(a, b) - 0.30) - 0.05, np.hypot(a, b) - 0.08)
    lace = camera.Surface(blend(paint(244, 240, 230), paint(150, 110, 116), edge(0.02 - np.abs(holes), 0.03) * 0.5), 0.02 * edge(holes, 0.04))  # fmt: skip
    return camera.taken(things, lace, 5609, sun=(228, 54), turn=-5, tilt=(0.0, 0.03), zoom=1.02, quality=64)


def long_kernels_by_cone() -> Image.Image:
    """A wooden bowl full of long red-brown kernels, pale at the pointed end; more on a woven red cloth; beside it a green ball of tight scales with bristles; a tin measure."""
    weave = np.sin(X * 110) * np.sin(Y * 110)
    band = np.floor(Y * 6 + 0.2)
    cloth = blend(paint(150, 40, 44, 0.10 * weave), paint(40, 44, 70, 0.10 * weave), (np.mod(band, 3) == 0).astype(float))  # fmt: skip
    zig = np.abs(np.abs(np.mod(X * 5, 1) - 0.5) * 0.3 - np.mod(Y * 6 + 0.2, 1) * 0.16) - 0.03
    cloth = blend(cloth, paint(226, 200, 140), edge(zig, 0.01) * (np.mod(band, 3) == 1))
    bowl, bed = np.hypot(X + 0.36, Y - 0.02) - 0.80, np.hypot(X + 0.36, Y - 0.02) - 0.70
    rings = np.sin(np.hypot(X + 0.70, Y * 0.7) * 46 + 2 * noise(5611, 4))
    things: list[Thing] = [thing(paint(150, 98, 54, 0.10 * rings), bowl, 0.10, 0.20, gloss=0.3, lift=0.14), thing(paint(60, 34, 22), bed, 0.05, 0.05, lift=0.0)]  # fmt: skip
    chance = np.random.default_rng(5612)
    spots = [(chance.uniform(-1, 0.3), chance.uniform(-0.65, 0.68)) for _ in range(420)]
    spots = [(a, b) for a, b in spots if np.hypot(a + 0.36, b - 0.02) < 0.62][:132]
    loose = [(0.62, 0.66), (0.86, 0.72), (0.50, 0.86), (1.10, 0.56), (0.70, 0.44)]
    for layer in (spots[:44], spots[44:88], spots[88:], loose):
        shape, tip, shade = np.full(X.shape, 9.0), np.full(X.shape, 9.0), np.zeros(X.shape)
        for px, py in layer:
            turn = chance.uniform(0, 2 * np.pi)
            dx, dy = 0.115 * np.cos(turn), 0.115 * np.sin(turn)
            one = limb((px - dx, py - dy), (px + dx, py + dy), 0.052, 0.022)
            shade = np.where(one < shape, chance.uniform(-0.2, 0.2) + 0.1 * np.cos(turn), shade)
            end = np.hypot(X - px - 1.10 * dx, Y - py - 1.10 * dy) - 0.040
            tip = np.where(one < shape, end, tip)
            shape = np.minimum(shape, one)
        skin = blend(paint(156, 68, 34, shade + 0.10 * noise(5613, 90)), paint(222, 190, 140), edge(tip, 0.02) * 0.8)
        things.append(thing(skin, shape, 0.05, 0.07, gloss=0.5, lift=0.03))
    ball = np.hypot(X - 0.86, Y + 0.30) - 0.42
    far, second, which = nearest(strewn(5614, 0.105), 0.2)
    hue = paint(96, 118, 62, 0.3 * (chance_of(5615, which) - 0.5)) * (1 - 0.5 * edge(second - far - 0.012, 0.014))[..., None]  # fmt: skip
    hairs = np.full(X.shape, 9.0)
    for k in range(54):
        a, r = 2.4 * k, 0.44 * np.sqrt((k + 0.5) / 54)
        sx, sy = 0.86 + r * np.cos(a), -0.30 + r * np.sin(a)
        hairs = np.minimum(hairs, limb((sx, sy), (sx + 0.075 * np.cos(a), sy + 0.075 * np.sin(a) - 0.02), 0.010, 0.004))
    things += [thing(hue, ball, 0.40, 0.34, gloss=0.15, lift=0.14, relief=0.05 * np.clip(1 - far * 16, 0, 1)), thing(paint(190, 160, 96), hairs, 0.01, 0.36, lift=0.02)]  # fmt: skip
    return camera.taken(things, camera.Surface(cloth, 0.006 * weave), 5619, sun=(226, 50), turn=4, tilt=(0.02, 0.02), zoom=1.0, warmth=0.02, quality=64)  # fmt: skip


def arms_that_turn() -> Image.Image:
    """Two thick plants on a wet sack from above: pointed grey-green leaves stand in five arms that wind like a pinwheel; torn roots and red soil; a spade's blade."""
    things: list[Thing] = []
    earth = noise(5621, 26, 3)
    weave = np.sin(X * 120) * np.sin(Y * 120)
    sack = blend(paint(168, 136, 90, 0.16 * weave), paint(120, 62, 36, 0.3 * earth), edge(noise(5622, 5) - 0.15, 0.15) * 0.7)  # fmt: skip
    for px, py, size, hand, shift in ((-0.42, -0.04, 0.74, 1, 0.2), (0.78, 0.22, 0.48, -1, 0.9)):
        roots = np.minimum.reduce([chain([(px + size * 0.7 * np.cos(a), py + size * 0.7 * np.sin(a)), (px + size * 1.02 * np.cos(a + 0.2), py + size * 1.02 * np.sin(a + 0.2)), (px + size * 1.22 * np.cos(a + 0.1), py + size * 1.22 * np.sin(a + 0.1))], 0.026, 0.008) for a in (1.2, 1.5, 1.75, 2.1, 2.5)])  # fmt: skip
        things.append(thing(paint(128, 84, 54, 0.2 * noise(5623, 60)), roots, 0.02, 0.04, lift=0.03))
        for row in range(11):  # the outermost leaves lie lowest
            out = 1 - row / 11.5
            leaves, side, dry = np.full(X.shape, 9.0), np.zeros(X.shape), np.full(X.shape, 9.0)
            for arm in range(5):
                a = shift + 2 * np.pi * arm / 5 + hand * row * 0.20
                reach, base = size * (0.16 + 0.84 * out), size * 0.42 * out
                long = reach - base
                mx, my = px + 0.5 * (reach + base) * np.cos(a), py + 0.5 * (reach + base) * np.sin(a)
                one = outline([(-0.5 * long, -0.13 * size * out - 0.02), (0.1 * long, -0.15 * size * out - 0.012), (0.5 * long, 0.0), (0.1 * long, 0.15 * size * out + 0.012), (-0.5 * long, 0.13 * size * out + 0.02)], mx, my, float(np.degrees(a)))  # fmt: skip
                side = np.where(one < leaves, (Y - my) * np.cos(a) - (X - mx) * np.sin(a), side)
                dry = np.minimum(dry, np.hypot(X - px - reach * np.cos(a), Y - py - reach * np.sin(a)) - 0.035 * size)
                leaves = np.minimum(leaves, one)
            skin = paint(112, 146, 112, 0.5 * side / size + 0.06 * noise(5624 + row, 30) - 0.10 * out)
            skin = blend(skin, paint(206, 216, 186), edge(np.abs(leaves + 0.008) - 0.006, 0.006) * 0.5)
            skin = blend(skin, paint(110, 52, 40), edge(dry, 0.02) * 0.8)
            things.append(thing(skin, leaves, 0.05, 0.05 + 0.02 * row, gloss=0.2, lift=0.045))
    clods = np.minimum.reduce([oval(a, b, r, 0.7 * r, 30) + 0.02 * noise(5625, 30) for a, b, r in ((-1.20, 0.62, 0.09), (-0.98, 0.82, 0.07), (0.24, 0.80, 0.10), (0.42, 0.66, 0.05), (1.18, 0.76, 0.06))])  # fmt: skip
    things.append(thing(paint(120, 60, 36, 0.3 * earth), clods, 0.05, 0.07, lift=0.05))
    u, v = placed(0.92, -0.66, 24)
    blade = outline([(-0.42, -0.20), (0.30, -0.22), (0.34, 0.20), (-0.36, 0.20), (-0.56, 0.0)], 0.92, -0.66, 24)
    rust = blend(paint(150, 154, 158, 0.1 * noise(5626, 40)), paint(120, 70, 40), edge(noise(5627, 9) - 0.2 - 0.4 * np.clip(-u - 0.2, 0, 1), 0.1) * 0.7)  # fmt: skip
    things.append(thing(rust, blade, 0.03, 0.06, gloss=0.5, lift=0.06, relief=-0.02 * edge(np.abs(v) - 0.03, 0.02)))
    return camera.taken(things, camera.Surface(sack, 0.01 * weave + 0.03 * earth), 5629, sun=(230, 48), turn=-4, zoom=1.0, quality=62)  # fmt: skip


def _star(px: float, py: float, size: float, turn: float, inner: bool) -> Plane:
    """A star of pointed leaves."""
    shapes = []
    count = 6 if inner else 7
    for k in range(count):
        a = np.radians(turn) + 2 * np.pi * k / count
        long = size * (0.55 if inner else 1.0)
        leaf: Points = [(0.02, 0.0), (0.30 * long, -0.17 * long), (0.62 * long, -0.15 * long), (long, 0.0), (0.62 * long, 0.15 * long), (0.30 * long, 0.17 * long)]  # fmt: skip
        shapes.append(outline(leaf, px, py, float(np.degrees(a))))
    return np.asarray(np.minimum.reduce(shapes))


def red_stars_in_foil() -> Image.Image:
    """A pot in gold foil on a window sill: stars of pointed red leaves with small yellow knobs in the middle over dark green leaves; snow outside, a paper star."""
    glow = wall(34, 44, 84, 5631, 0.3)
    flakes = nearest(strewn(5632, 0.20), 0.1)[0]
    sky = blend(glow.colours, paint(226, 234, 250), edge(flakes - 0.020, 0.016) * 0.9)
    frame = np.minimum(np.abs(X - 0.96) - 0.06, np.abs(Y + 0.80) - 0.05)
    back = camera.Surface(blend(sky, paint(238, 236, 230), edge(frame, 0.01)), 0.05 * edge(frame, 0.02))
    pot = outline([(-0.44, 0.36), (0.44, 0.36), (0.34, 0.86), (-0.34, 0.86)], -0.10, 0.02, sharp=True) - 0.02
    crumple = noise(5633, 14, 2)
    rim = np.abs(Y - 0.37 - 0.03 * np.sin(X * 30)) - 0.07
    foil = thing(paint(214, 172, 72, 0.35 * crumple), np.minimum(pot, np.maximum(rim, np.abs(X + 0.10) - 0.50)), 0.20, 0.20, gloss=0.9, lift=0.12, relief=0.05 * crumple)  # fmt: skip
    greens = np.minimum.reduce([outline([(0.0, -0.05), (0.26, -0.16), (0.56, 0.0), (0.26, 0.16), (0.0, 0.05)], px, py, turn) for px, py, turn in ((-0.40, 0.16, 160), (-0.30, 0.28, 140), (0.20, 0.22, 30), (0.26, 0.10, 8), (-0.06, 0.28, 76), (-0.44, 0.0, 186), (0.36, -0.06, -12))])  # fmt: skip
    things = [foil, thing(paint(34, 92, 48, 0.16 * noise(5634, 20)), greens, 0.07, 0.08, gloss=0.3, lift=0.06)]
    for k, (px, py, size) in enumerate(((-0.62, -0.14, 0.40), (0.40, -0.18, 0.42), (-0.10, -0.50, 0.42), (-0.12, 0.06, 0.46))):  # fmt: skip
        u, v = X - px, Y - py
        vein = np.sin(np.hypot(u, v) * 50 + 3 * np.abs(np.sin(np.arctan2(v, u) * 3.5)))
        outer, small = _star(px, py, size, 13 * k, inner=False), _star(px, py, size, 13 * k + 26, inner=True)
        knobs = np.minimum.reduce([np.hypot(u - a, v - b) - 0.026 for a, b in ((0, 0), (0.045, 0.02), (-0.04, 0.03), (0.01, -0.045), (-0.03, -0.03))])  # fmt: skip
        things += [
            thing(paint(204, 26, 36, 0.06 * vein + 0.06 * noise(5635 + k, 9)), outer, 0.08, 0.10, gloss=0.2, lift=0.06, relief=0.004 * vein), thing(paint(226, 44, 48, 0.06 * vein), small, 0.06, 0.10, gloss=0.2, lift=0.04),
            thing(paint(226, 200, 60), knobs, 0.02, 0.14, gloss=0.3, lift=0.02),
        ]  # fmt: skip
    star = outline([(0.30 * (1 if k % 2 else 0.42) * np.sin(k * np.pi / 5), 0.30 * (1 if k % 2 else 0.42) * np.cos(k * np.pi / 5)) for k in range(10)], 0.98, -0.18, 0, 0.9, sharp=True)  # fmt: skip
    thread = limb((0.98, -0.44), (0.98, -1.1), 0.006, 0.006)
    things += [thing(paint(120, 120, 120), thread, 0.01, 0.02), thing(paint(240, 224, 180, 0.1 * np.sin(np.arctan2(Y + 0.18, X - 0.98) * 5)), star, 0.10, 0.06, lift=0.05)]  # fmt: skip
    return camera.taken(things, room(back, camera.speckled(226, 222, 214, 5638, 0.1), 0.72), 5639, sun=(236, 52), turn=-2, zoom=1.0, quality=64)  # fmt: skip


def fountain_over_swollen_foot() -> Image.Image:
    """A tall plant in a square grey pot in a living room: a huge swollen cracked base, a thin stem, and a fountain of very long narrow leaves; an armchair."""
    base = melted(oval(-0.16, 0.40, 0.36, 0.28), outline([(-0.12, -0.42), (0.10, -0.42), (0.13, -0.10), (0.24, 0.20), (-0.26, 0.20), (-0.14, -0.10)], -0.16, 0.10), by=16)  # fmt: skip
    far, second, _ = nearest(strewn(5641, 0.095) * (1.0, 0.85), 0.25)
    crack = edge(second - far - 0.008, 0.010) * edge(0.10 - Y, 0.15)
    bark = paint(162, 138, 108, 0.16 * noise(5642, 12) + 0.08 * np.sin(Y * 70)) * (1 - 0.6 * crack)[..., None]
    pot = outline([(-0.46, 0.56), (0.46, 0.56), (0.38, 1.10), (-0.38, 1.10)], -0.16, 0.0, sharp=True) - 0.02
    lip = box(X + 0.16, Y - 0.58, 0.50, 0.05, 0.02)
    chance = np.random.default_rng(5643)
    layers = []
    for _ in range(3):
        blades, tone = np.full(X.shape, 9.0), np.zeros(X.shape)
        for _ in range(17):
            way, reach = chance.uniform(-1, 1), chance.uniform(0.5, 0.92)
            rise, drop = chance.uniform(0.10, 0.26), chance.uniform(0.2, 0.7)
            x0, y0 = -0.16 + 0.05 * way, -0.36
            curve = [(x0 + way * reach * t, y0 - 4 * rise * t * (1 - 0.72 * t) + (drop + 1.1 * rise) * t**3) for t in np.linspace(0, 1, 9)]  # fmt: skip
            one = chain(curve, 0.020, 0.006)
            tone = np.where(one < blades, chance.uniform(-0.3, 0.3), tone)
            blades = np.minimum(blades, one)
        layers.append(thing(paint(84, 132, 62, tone), blades, 0.02, 0.03, gloss=0.3, lift=0.06))
    seat = box(X - 1.12, Y - 0.66, 0.46, 0.34, 0.14)
    arm = box(X - 0.76, Y - 0.52, 0.13, 0.42, 0.12)
    rest = box(X - 1.16, Y - 0.14, 0.40, 0.52, 0.16)
    knit = np.sin(X * 150) * np.sin(Y * 150)
    fabric = paint(196, 120, 60, 0.06 * knit + 0.05 * noise(5644, 5))
    floor = camera.wood(176, 132, 90, 5645, 0.3)
    skirting = edge(np.abs(Y - 0.64) - 0.05, 0.008)
    plaster = wall(206, 214, 208, 5646, 0.06)
    back = camera.Surface(blend(plaster.colours, paint(244, 244, 240), skirting), 0.02 * skirting)
    stones = noise(5647, 90, 2)
    soil = np.maximum(np.abs(X + 0.16) - 0.44, np.abs(Y - 0.55) - 0.025)
    things = [
        thing(fabric, rest, 0.15, 0.16, lift=0.10), thing(fabric, seat, 0.12, 0.20, lift=0.06), thing(fabric, arm, 0.12, 0.26, lift=0.08), thing(paint(146, 150, 152, 0.05 * noise(5648, 120)), pot, 0.06, 0.24, lift=0.14),
        thing(paint(90, 80, 70, 0.4 * stones), soil, 0.02, 0.26, lift=0.0, relief=0.02 * stones), thing(bark, base, 0.28, 0.26, lift=0.10, relief=-0.02 * crack), thing(paint(156, 160, 162), lip, 0.03, 0.30, lift=0.03), *layers,
    ]  # fmt: skip
    return camera.taken(things, room(back, floor, 0.70), 5649, sun=(224, 50), turn=1, zoom=0.98, quality=64)
