"""The picture lane's own pictures: things of a cabinet and a bazaar, from shells to horn. Each shows what a lesson or the list of species says."""

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
from server.demo.lane_pictures.outlines import chain, eye, limb, melted, outline, oval, thing, together, wall
from server.demo.lane_pictures.props import glass, ground, letters, paper, room


def net_of_many_kinds() -> Image.Image:
    """A blue net bag of small sea shells of many kinds on a beach towel: cockles, turrets, cowries, a starfish, all small and worn, with a cardboard tag."""
    chance = np.random.default_rng(4801)
    bag = outline([(-0.76, 0.10), (-0.60, -0.36), (-0.10, -0.54), (0.40, -0.44), (0.72, -0.04), (0.66, 0.46), (0.20, 0.70), (-0.40, 0.66), (-0.72, 0.42)])  # fmt: skip
    things: list[Thing] = []
    colours = ((236, 214, 190), (206, 150, 110), (240, 236, 226), (176, 120, 90), (226, 180, 160))
    for at in range(46):
        px, py, turn, size = chance.uniform(-0.66, 0.62), chance.uniform(-0.44, 0.62), chance.uniform(0, 360), chance.uniform(0.10, 0.16)  # fmt: skip
        u, v = placed(px, py, turn)
        way, far = np.arctan2(v, u), np.hypot(u, v)
        if at % 3 == 0:  # a fan with ribs
            shape, mark = np.maximum(np.hypot(u * 1.0, v) - size, -u - 0.7 * size), np.cos(way * 15)
        elif at % 3 == 1:  # a turret
            shape, mark = np.maximum(np.abs(v) - 0.42 * (size - 0.55 * u), np.abs(u) - 1.2 * size), np.sin(u * 62)
        else:  # an egg with a slit
            shape, mark = (np.hypot(u / 1.3, v) - 0.75 * size), 1 - 2 * edge(np.abs(v) - 0.012, 0.008) * edge(np.abs(u) - 0.8 * size, 0.01)  # fmt: skip
        colour = paint(*colours[at % 5], 0.10 * mark + 0.12 * np.sin(far * 60))
        things.append(thing(colour, np.maximum(shape, bag), 0.6 * size, 0.7 * size, gloss=0.25, lift=0.04, relief=0.008 * mark))  # fmt: skip
    star = np.hypot(X - 0.06, Y - 0.10) - 0.13 - 0.10 * np.cos(5 * np.arctan2(Y - 0.10, X - 0.06))
    things.append(thing(paint(226, 120, 70, 0.2 * noise(4802, 90)), star, 0.08, 0.12, lift=0.04, relief=0.01 * noise(4803, 90)))  # fmt: skip
    mesh = np.minimum(np.abs(np.mod((X + Y) * 5, 1) - 0.5), np.abs(np.mod((X - Y) * 5, 1) - 0.5)) / 5
    net = np.maximum(mesh - 0.010, bag)
    neck = np.minimum(limb((-0.12, -0.52), (-0.30, -0.86), 0.07, 0.10), limb((-0.12, -0.54), (0.0, -0.54), 0.05, 0.05))
    tag = paper(0.86, -0.58, 0.24, 0.14, 14, (206, 176, 126), 4804, line=0.10)
    stripes = edge(np.abs(np.mod(X * 1.5 + 0.2 * Y, 1) - 0.5) - 0.25, 0.01)
    pile = noise(4805, 240, 1)
    towel = camera.Surface(blend(paint(240, 200, 80), paint(246, 246, 240), stripes) * (1 + 0.12 * pile)[..., None], 0.012 * pile + 0.06 * soft(noise(4806, 4), 8))  # fmt: skip
    things += [Thing(paint(40, 96, 176), edge(net, 0.006), 0.12 + 0 * X, 0.3, 0.02), thing(paint(46, 104, 184, 0.4 * np.sin((X + Y) * 60)), neck, 0.05, 0.08, lift=0.05), tag]  # fmt: skip
    return camera.taken(things, towel, 4807, sun=(220, 48), turn=-8, tilt=(0.0, 0.05), zoom=1.02, warmth=0.04, quality=54)  # fmt: skip


def dark_bands_in_jar() -> Image.Image:
    """A tall jar of clear water, its mouth tied with cloth: a dozen dark flat bodies with orange stripes cling to the glass, some stretched thin, some bunched; a label with print."""
    jar = box(X, Y - 0.10, 0.62, 0.80, 0.16)
    cloth = outline([(-0.56, -0.62), (-0.60, -0.46), (-0.20, -0.52), (0.24, -0.50), (0.60, -0.44), (0.56, -0.62), (0.40, -0.76), (0.0, -0.82), (-0.40, -0.76)])  # fmt: skip
    tie = np.maximum(np.abs(Y + 0.60) - 0.030, np.abs(X) - 0.56)
    chance = np.random.default_rng(4811)
    things: list[Thing] = [Thing(blend(paint(190, 214, 210), paint(150, 186, 186), np.clip(0.5 + 0.5 * Y, 0, 1)), edge(jar), dome(jar, 0.2, 0.12), 0.3, 0.14)]  # fmt: skip
    for at in range(12):
        px, py, turn = -0.40 + 0.27 * (at % 4) + chance.uniform(-0.05, 0.05), -0.28 + 0.36 * (at // 4) + chance.uniform(-0.06, 0.06), np.radians(chance.uniform(0, 180))  # fmt: skip
        long, wide = ((0.09, 0.062), (0.22, 0.030), (0.15, 0.044))[at % 3]
        bend = chance.uniform(-0.09, 0.09)
        body = ribbon([(px - long * np.cos(turn), py - long * np.sin(turn)), (px - bend * np.sin(turn), py + bend * np.cos(turn)), (px + long * np.cos(turn), py + long * np.sin(turn))], lambda t, wide=wide: wide * (0.35 + 0.65 * np.sin(np.pi * min(0.15 + t, 1)) ** 0.5), 14)  # type: ignore[misc]  # fmt: skip
        stripe = edge(np.abs(np.abs(body.across) - 0.66) - 0.05, 0.06)
        rings = np.sin(body.along * 160)
        skin = blend(paint(40, 44, 30, 0.16 * rings), paint(190, 104, 40), stripe * 0.8)  # fmt: skip
        sucker = oval(px + long * np.cos(turn), py + long * np.sin(turn), 0.040, 0.034)
        things.append(together(thing(paint(70, 66, 46), sucker, 0.03, 0.03), Thing(skin, edge(body.distance), 0.05 * np.sqrt(np.clip(1 - body.across**2, 0, 1))), gloss=0.6, lift=0.04))  # fmt: skip
    label = paper(0.0, 0.62, 0.34, 0.15, 1, (250, 246, 226), 4812, line=0.09, ink=(30, 60, 110))
    back = room(camera.tiles(226, 230, 226, 4813), camera.speckled(176, 182, 184, 4814, 0.15), 0.86)
    things += [glass(jar, share=0.06), thing(paint(246, 246, 240, 0.06 * noise(4815, 200, 1)), cloth + 0.02 * noise(4816, 12), 0.08, 0.10, lift=0.06, relief=0.02 * fibres(4817, Y, X, 20, 2)), thing(paint(190, 60, 60, 0.3 * np.sin((X + Y) * 90)), tie, 0.02, 0.14), label]  # fmt: skip
    return camera.taken(things, back, 4818, sun=(230, 52), turn=-1, tilt=(0.03, 0.0), zoom=1.02, quality=58)


def hexagons_in_grey_stone() -> Image.Image:
    """A flat grey pebble, polished and wet, in a hand-lens frame on a map: six-sided cells side by side, each with fine dark rays around a dark middle."""
    stone = outline([(-0.66, 0.06), (-0.52, -0.36), (-0.08, -0.52), (0.44, -0.40), (0.68, 0.0), (0.52, 0.40), (0.04, 0.52), (-0.44, 0.40)])  # fmt: skip
    size, row = 0.25, 0.2165
    grid = [(size * (i + 0.5 * (j % 2)), row * j) for j in range(-4, 5) for i in range(-4, 5)]
    places = np.array(grid) + np.random.default_rng(4821).uniform(-0.018, 0.018, (len(grid), 2))
    first, second, which = nearest(places, 0.4)
    dx, dy = X - places[which.astype(int), 0], Y - places[which.astype(int), 1]
    ray = np.cos(np.arctan2(dy, dx) * 22) * np.clip((first - 0.035) * 30, 0, 1)
    grey = blend(paint(176, 172, 160, 0.06 * noise(4822, 30)), paint(112, 108, 100), edge(0.2 - ray, 0.5) * 0.7)
    grey = blend(grey, paint(70, 66, 62), edge(first - 0.030, 0.012))
    grey = blend(grey, paint(222, 216, 200), edge((second - first) - 0.014, 0.010))
    frame = np.abs(np.hypot(X, Y) - 0.86) - 0.06
    handle = limb((0.64, 0.64), (1.16, 1.10), 0.10, 0.12)
    roads = np.abs(noise(4823, 4, 3))
    fields = blend(paint(226, 222, 196), paint(196, 214, 170), edge(0.1 - noise(4824, 5), 0.04))
    chart = blend(blend(fields, paint(150, 190, 214), edge(np.abs(Y + 0.6 - 0.3 * np.sin(1.4 * X)) - 0.05, 0.01)), paint(196, 110, 90), edge(roads - 0.012, 0.006))  # fmt: skip
    creases = edge(np.abs(np.abs(X) - 0.66) - 0.006, 0.01) + edge(np.abs(Y - 0.2) - 0.006, 0.01)
    chart = blend(chart, paint(90, 90, 90), letters(X * 0.7, Y, 0.22, 4825) * edge(chance_of(4826, np.floor(Y / 0.22) * 7 + np.floor(X * 3)) - 0.25) * 0.7) * (1 - 0.15 * creases)[..., None]  # fmt: skip
    things = [
        thing(grey, stone, 0.22, 0.16, gloss=0.7, lift=0.08), Thing(paint(226, 240, 244), edge(np.hypot(X, Y) - 0.82) * 0.08, dome(np.hypot(X, Y) - 0.82, 0.8, 0.3), 0.9, 0.0),
        thing(paint(40, 38, 40), handle, 0.10, 0.12, gloss=0.5, lift=0.10), thing(paint(206, 196, 160), frame, 0.05, 0.08, gloss=0.9, lift=0.12),
    ]  # fmt: skip
    return camera.taken(things, camera.Surface(chart, -0.02 * creases), 4827, sun=(240, 48), turn=-7, tilt=(0.0, 0.04), zoom=1.0, quality=56)  # fmt: skip


def brick_red_pipes() -> Image.Image:
    """A block of brick-red thin tubes, side by side like the pipes of an organ, joined by thin flat floors at several heights, on a glass shelf before a blue wall."""
    block = outline([(-0.80, 0.60), (-0.86, 0.10), (-0.66, -0.36), (-0.16, -0.60), (0.40, -0.50), (0.78, -0.14), (0.84, 0.36), (0.70, 0.62)])  # fmt: skip
    size = 0.082
    u = X + 0.05 * np.sin(2.2 * Y + 0.8) * (1 + X) + 0.012 * noise(4831, 6)
    number = np.floor(u / size)
    inside = np.mod(u / size, 1) - 0.5
    wave = 0.05 * (chance_of(4832, number) - 0.5)
    round_ = np.sqrt(np.clip(1 - (inside / 0.42) ** 2, 0, 1))
    gap = edge(0.40 - np.abs(inside), 0.05)
    floors = np.abs(np.mod((Y + wave + 0.14 * X * X) * 3.1, 1) - 0.5) / 3.1 - 0.020
    tube = paint(170, 50, 36, 0.14 * (chance_of(4833, number) - 0.5) + 0.08 * noise(4834, 60))
    tube = blend(blend(tube, paint(70, 18, 16), gap * 0.85), paint(206, 92, 66), edge(floors, 0.008) * 0.8)
    top = block + 0.05 * np.cos(X * 24 + 2 * noise(4835, 9))
    mouths = edge(np.hypot(inside * size, 0.5 * (block + 0.10 + wave)) - 0.026, 0.008) * edge(-0.08 - Y, 0.1)
    tube = blend(tube, paint(50, 14, 12), mouths)
    shelf = np.abs(Y - 0.66) - 0.040
    back = camera.Surface(blend(paint(50, 96, 140, 0.14 * soft(noise(4836, 4), 16)), paint(34, 70, 110), edge(0.70 - Y, 0.01)), 0 * X)  # fmt: skip
    bubble = box(X - 1.02, Y - 0.48, 0.20, 0.14, 0.02)
    things = [
        Thing(paint(206, 226, 226), edge(shelf) * 0.6, dome(shelf, 0.03, 0.04), 0.9, 0.06), thing(blend(paint(240, 240, 236), paint(60, 60, 70), letters(X, Y, 0.08, 4837) * edge(bubble + 0.03)), bubble, 0.01, 0.04, lift=0.05),
        Thing(tube, edge(top), dome(block, 0.30, 0.20) + 0.05 * round_ + 0.03 * edge(floors, 0.012), 0.1, 0.14),
    ]  # fmt: skip
    return camera.taken(things, back, 4838, sun=(225, 48), turn=2, tilt=(-0.03, 0.0), zoom=1.06, warmth=0.02, quality=58)  # fmt: skip


def gold_tips_on_coil() -> Image.Image:
    """A dark brown, nearly black bangle bent of one thin branch, its ends twisted past each other and capped with gold, faint growth lines and tiny thorns, on a white lace cloth."""
    ring = ribbon([(0.30, 0.62), (-0.74, 0.58), (-0.86, -0.52), (0.20, -0.84), (0.94, -0.18), (0.60, 0.56), (-0.10, 0.84)], lambda t: 0.095 - 0.02 * np.cos(2 * np.pi * t), 70)  # fmt: skip
    lines = np.sin(ring.across * 9 + 2 * noise(4841, 9))
    thorn = nearest(strewn(4842, 0.06), 0.12)[0]
    spikes = np.clip(1 - thorn / 0.012, 0, 1)
    dark = blend(paint(40, 28, 24, 0.10 * lines), paint(104, 62, 40), edge(0.42 - ring.across, 0.3) * 0.5)
    total = float(ring.along.max())
    gold = edge(ring.along - 0.22, 0.006) + edge(total - 0.24 - ring.along, 0.006)
    colour = blend(dark, paint(226, 182, 80, 0.10 * np.sin(ring.along * 120)), np.clip(gold, 0, 1))
    x, y = np.mod(X * 2.2, 1) - 0.5, np.mod(Y * 2.2, 1) - 0.5
    far, turn = np.hypot(x, y), np.arctan2(y, x)
    holes = edge(0.10 - np.abs(far - 0.26), 0.02) * edge(np.cos(turn * 8) - 0.2, 0.3) + edge(far - 0.08, 0.02)
    lace = blend(paint(244, 242, 236, 0.05 * noise(4843, 220, 1)), paint(120, 60, 70), np.clip(holes, 0, 1) * 0.8)
    box_ = box(*placed(0.98, 0.74, 12), 0.30, 0.24, 0.04)
    things = [
        thing(paint(110, 30, 50, 0.06 * noise(4844, 160)), box_, 0.05, 0.12, gloss=0.2, lift=0.10),
        Thing(colour, edge(ring.distance), 0.12 * np.sqrt(np.clip(1 - ring.across**2, 0, 1)) + 0.012 * spikes * (1 - np.clip(gold, 0, 1)), 0.8, 0.07),
    ]  # fmt: skip
    return camera.taken(things, camera.Surface(lace, -0.02 * np.clip(holes, 0, 1)), 4845, sun=(300, 50), turn=-6, tilt=(0.04, 0.03), zoom=1.0, quality=56)  # fmt: skip


def long_horn_in_box() -> Image.Image:
    """A very large beetle on a pin in a deep cardboard box with cotton: a long black upper horn over a shorter one, olive-yellow wing covers with black specks; a label with a place."""
    wings = outline([(-0.30, 0.0), (-0.26, 0.46), (0.0, 0.62), (0.26, 0.46), (0.30, 0.0), (0.0, -0.06)], 0.0, 0.16)
    thorax = outline([(-0.26, 0.02), (-0.22, -0.16), (0.0, -0.24), (0.22, -0.16), (0.26, 0.02), (0.0, 0.08)], 0.0, 0.12)
    upper = ribbon([(0.0, -0.02), (-0.03, -0.40), (0.02, -0.70), (0.10, -0.94)], lambda t: 0.085 - 0.06 * t, 24)
    lower = ribbon([(0.0, -0.06), (0.10, -0.30), (0.14, -0.50), (0.10, -0.66)], lambda t: 0.065 - 0.045 * t, 20)
    knobs = np.minimum.reduce([oval(-0.06, -0.50, 0.05, 0.03, -40), oval(0.06, -0.74, 0.04, 0.025, 40)])
    legs = np.minimum.reduce([chain([(w * 0.18, a), (w * 0.46, b), (w * 0.62, c), (w * 0.74, c + 0.06)], 0.045, 0.018) for w in (-1, 1) for a, b, c in ((0.08, -0.06, -0.26), (0.26, 0.22, 0.40), (0.40, 0.46, 0.80))])  # fmt: skip
    hooks = np.minimum.reduce([limb((w * 0.54, c - 0.02), (w * 0.58, c + 0.07), 0.02, 0.004) for w in (-1, 1) for c in (-0.18, 0.32, 0.64)])  # fmt: skip
    specks = nearest(strewn(4851, 0.13), 0.2)
    olive = blend(paint(168, 160, 76, 0.05 * noise(4852, 30)), paint(30, 26, 22), edge(specks[0] - 0.012 - 0.028 * chance_of(4853, specks[2]), 0.012))  # fmt: skip
    olive = blend(olive, paint(24, 20, 18), edge(np.abs(X) - 0.008, 0.006) + edge(0.20 + np.hypot(X, (Y - 0.14) * 1.2) - 0.36, 0.02))  # fmt: skip
    tray, inside = box(X, Y, 1.10, 0.96, 0.02), box(X, Y, 1.02, 0.88, 0.01)
    pin = oval(0.10, 0.40, 0.022, 0.022)
    label = paper(0.74, 0.70, 0.22, 0.11, -3, (250, 246, 230), 4854, line=0.07)
    black = paint(26, 22, 22, 0.1 * noise(4855, 20))
    things = [
        thing(paint(150, 116, 80, 0.05 * fibres(4856, X, Y, 60, 6)), np.maximum(tray, -inside), 0.03, 0.12, lift=0.14), Thing(paint(244, 244, 240, 0.06 * noise(4857, 40)), edge(inside), 0.03 * noise(4858, 24)), label,
        thing(black, np.minimum(legs, hooks), 0.04, 0.06, gloss=0.7, lift=0.06), thing(olive, wings, 0.22, 0.20, gloss=0.9, lift=0.08), thing(black, lower.distance, 0.06, 0.10, gloss=0.8, lift=0.06), thing(black, thorax, 0.16, 0.18, gloss=0.9, lift=0.05),
        thing(black, np.minimum(upper.distance, knobs), 0.07, 0.14, gloss=0.9, lift=0.08, relief=0.004 * noise(4859, 120)), thing(paint(206, 206, 210), pin, 0.02, 0.06, gloss=1.0, lift=0.10),
    ]  # fmt: skip
    return camera.taken(things, ground(96, 60, 44, 4860, grain=140, rough=0.3), 4861, sun=(225, 46), turn=-5, tilt=(0.0, 0.04), zoom=0.96, shift=(0.0, -0.03), quality=58)  # fmt: skip


def tuft_in_red_powder() -> Image.Image:
    """A ball of coarse grey-brown hair with a short curved pale spike in its middle lies in red powder in a small silver box, with cloves and a coin of brass beside it."""
    case, inside = box(X, Y, 0.80, 0.70, 0.08), box(X, Y, 0.70, 0.60, 0.06)
    dust = noise(4871, 140, 2)
    ball = np.hypot(X + 0.02, (Y - 0.02) * 1.1) - 0.38
    turn = np.arctan2(Y - 0.02, X + 0.02)
    hair = fibres(4872, np.hypot(X, Y), turn + 2 * np.hypot(X, Y), 26, 5) + 0.6 * fibres(4873, np.hypot(X, Y), turn + np.hypot(X, Y), 60, 7)  # fmt: skip
    shape = ball + 0.07 * fibres(4874, 0.3 + 0 * X, turn, 26, 1) + 0.02 * hair
    fur = blend(paint(126, 104, 76), paint(58, 46, 36), np.clip(0.5 + 0.6 * hair, 0, 1))
    fur = blend(fur, paint(176, 40, 36), edge(0.30 - np.hypot(X, Y) + 0.1 * dust, 0.1) * 0.35)
    spike = chain([(0.02, 0.06), (0.05, -0.08), (0.0, -0.20), (-0.09, -0.27)], 0.075, 0.012)
    horn = blend(paint(206, 186, 146), paint(110, 84, 58), edge(-0.10 - Y, 0.08))
    cloves = np.minimum.reduce([melted(limb((px, py), (px + 0.10 * np.cos(a), py + 0.10 * np.sin(a)), 0.016, 0.022), oval(px + 0.11 * np.cos(a), py + 0.11 * np.sin(a), 0.034, 0.034), by=60) for px, py, a in ((-0.52, 0.36, 0.5), (0.44, 0.40, 2.4), (0.48, -0.36, 4.0), (-0.50, -0.34, 1.2))])  # fmt: skip
    coin = oval(1.04, 0.46, 0.18, 0.18)
    chase = np.cos(X * 34) * np.cos(Y * 34)
    things = [
        thing(paint(196, 198, 202, 0.08 * chase), case, 0.06, 0.12, gloss=1.0, lift=0.12, relief=0.01 * chase * edge(-inside)), Thing(paint(190, 30, 34, 0.3 * dust), edge(inside), 0.02 * dust), thing(paint(70, 44, 30), cloves, 0.03, 0.05, lift=0.03),
        Thing(fur, edge(shape, 0.012), dome(ball, 0.36, 0.26) + 0.014 * hair, 0.05, 0.06), thing(horn, spike, 0.06, 0.14, gloss=0.5, lift=0.05), thing(blend(paint(206, 166, 80), paint(140, 104, 44), edge(np.abs(coin + 0.03) - 0.010, 0.006)), coin, 0.02, 0.03, gloss=0.9, lift=0.03),
    ]  # fmt: skip
    return camera.taken(things, camera.linen(236, 170, 60, 4875), 4876, sun=(235, 48), turn=24, tilt=(0.0, 0.05), zoom=1.02, shift=(0.26, 0.02), warmth=0.03, quality=58)  # fmt: skip


def eyes_in_fleece_pouch() -> Image.Image:
    """A small grey animal looks out of a blue fleece pouch that hangs in a wire cage: huge black eyes at its sides, a dark stripe from nose to back, a pink nose, a fold of skin along its side."""
    pouch = outline([(-0.66, -0.06), (-0.40, 0.02), (0.0, 0.06), (0.40, 0.02), (0.66, -0.06), (0.60, 0.46), (0.40, 0.84), (-0.40, 0.84), (-0.60, 0.46)])  # fmt: skip
    lining = oval(0.0, -0.02, 0.64, 0.14)
    head = outline([(-0.34, 0.0), (-0.36, -0.26), (-0.20, -0.44), (0.0, -0.50), (0.20, -0.44), (0.36, -0.26), (0.34, 0.0), (0.14, 0.12), (0.0, 0.16), (-0.14, 0.12)], 0.0, -0.06)  # fmt: skip
    ears = np.minimum(oval(-0.34, -0.48, 0.14, 0.17, -30), oval(0.34, -0.48, 0.14, 0.17, 30))
    inner = np.minimum(oval(-0.34, -0.46, 0.085, 0.11, -30), oval(0.34, -0.46, 0.085, 0.11, 30))
    hair = fibres(4881, Y, X + 0.3 * np.sin(3 * Y), 12, 110)
    grey = blend(paint(150, 152, 156, 0.10 * hair), paint(236, 230, 220), edge(0.10 - Y + 0.5 * X * X, 0.10) * 0.8)
    stripe = edge(np.abs(X) - 0.030 - 0.02 * (Y < -0.3), 0.02) * edge(Y - 0.02, 0.04)
    rings = np.minimum(oval(-0.21, -0.20, 0.125, 0.115), oval(0.21, -0.20, 0.125, 0.115))
    grey = blend(blend(grey, paint(50, 46, 46), stripe), paint(60, 54, 52), edge(rings, 0.02) * 0.7)
    nose = oval(0.0, 0.06, 0.045, 0.032)
    paws = np.minimum.reduce([oval(px, 0.10, 0.055, 0.045) for px in (-0.24, 0.24)] + [limb((px + dx, 0.12), (px + dx, 0.19), 0.016, 0.010) for px in (-0.24, 0.24) for dx in (-0.035, 0.0, 0.035)])  # fmt: skip
    fold = np.minimum(*[outline([(w * 0.30, 0.02), (w * 0.50, -0.02), (w * 0.58, 0.06), (w * 0.40, 0.10)]) for w in (-1, 1)])  # fmt: skip
    fleece = noise(4882, 110, 2)
    dots = nearest(strewn(4883, 0.22), 0.3)[0] - 0.035
    cloth = blend(paint(70, 120, 190, 0.2 * fleece), paint(246, 240, 220), edge(dots, 0.012))
    wires = np.minimum(np.abs(np.mod(X * 4.2, 1) - 0.5) / 4.2 - 0.010, np.abs(np.mod(Y * 2.1, 1) - 0.5) / 2.1 - 0.010)
    cords = np.minimum(limb((-0.62, -0.04), (-0.80, -1.1), 0.02, 0.02), limb((0.62, -0.04), (0.80, -1.1), 0.02, 0.02))
    back = camera.Surface(blend(paint(206, 196, 176, 0.14 * soft(noise(4884, 4), 16)), paint(110, 114, 118), edge(wires, 0.006)), 0.03 * edge(wires, 0.01))  # fmt: skip
    things = [
        thing(paint(60, 66, 80), cords, 0.02, 0.04, lift=0.05), Thing(paint(40, 64, 110, 0.2 * fleece), edge(lining), 0 * X), thing(grey, ears, 0.08, 0.05, lift=0.04), thing(paint(226, 170, 160), inner, 0.06, 0.02), Thing(grey, edge(fold, 0.012), dome(fold, 0.05, 0.05), 0.0, 0.03),
        Thing(grey, edge(head, 0.016), dome(head, 0.30, 0.26) + 0.004 * hair, 0.0, 0.08), *eye(-0.21, -0.20, 0.092, (24, 18, 16)), *eye(0.21, -0.20, 0.092, (24, 18, 16)), thing(paint(226, 140, 140), nose, 0.03, 0.06, gloss=0.4), Thing(cloth, edge(np.maximum(pouch, -(lining + 0.05)), 0.012), dome(pouch, 0.16, 0.14) + 0.012 * fleece, 0.0, 0.10),
        thing(paint(230, 176, 166), paws, 0.03, 0.06, lift=0.03),
    ]  # fmt: skip
    return camera.taken(things, back, 4885, sun=(225, 50), turn=-2, zoom=1.06, shift=(0.0, 0.06), warmth=0.02, quality=56)  # fmt: skip


def folded_on_chair() -> Image.Image:
    """A folded hide with broad black and white stripes and faint brown shadow lines between them hangs over the back of a wooden chair; short hair, a felt backing."""
    hide = outline([(-0.62, -0.60), (0.60, -0.64), (0.66, -0.10), (0.56, 0.40), (0.62, 0.78), (0.20, 0.70), (-0.10, 0.84), (-0.50, 0.70), (-0.66, 0.30), (-0.58, -0.10)])  # fmt: skip
    bend = X + 0.20 * np.sin(1.8 * Y + 0.6) + 0.05 * noise(4891, 4)
    fork = 0.25 * np.clip(Y, -1, 1) * np.sin(3 * X)
    band = np.mod((bend + fork) * 3.0, 1)
    hair = fibres(4892, X, Y + 0.3 * X, 160, 12)
    black = edge(np.abs(band - 0.5) - 0.24 + 0.03 * hair, 0.03)
    shade = edge(np.abs(np.mod(band + 0.5, 1) - 0.5) - 0.05 + 0.02 * hair, 0.03) * edge(0.06 - Y, 0.2)
    coat = blend(blend(paint(236, 228, 212), paint(176, 140, 106), shade * 0.7), paint(30, 27, 28), black) * (1 + 0.08 * hair)[..., None]  # fmt: skip
    felt = hide - 0.05 - 0.012 * np.sin(16 * np.arctan2(Y, X))
    chair = np.minimum.reduce([box(X + 0.86, Y - 0.10, 0.055, 1.1, 0.03), box(X - 0.86, Y - 0.10, 0.055, 1.1, 0.03), box(X, Y + 0.74, 0.92, 0.075, 0.04), box(X, Y - 0.96, 0.96, 0.08, 0.02)])  # fmt: skip
    back = room(wall(178, 190, 186, 4894, 0.2), camera.wood(140, 96, 62, 4895, 0.3), 0.92)
    things = [
        thing(paint(126, 74, 42, 0.14 * fibres(4896, Y, X, 26, 2)), chair, 0.05, 0.08, gloss=0.5, lift=0.12), thing(paint(60, 90, 70, 0.10 * noise(4897, 120)), felt, 0.01, 0.02, lift=0.06),
        Thing(coat, edge(hide + 0.012 * hair, 0.014), dome(hide, 0.08, 0.06) + 0.10 * soft(noise(4898, 3, 2), 6) + 0.003 * hair, 0.05, 0.04),
    ]  # fmt: skip
    return camera.taken(things, back, 4899, sun=(230, 50), turn=2, tilt=(0.03, 0.0), zoom=1.04, quality=56)
