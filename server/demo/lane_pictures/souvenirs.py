"""The picture lane's own pictures: what is brought home from the sea, the fair and the market. Each shows what a lesson or the list of species says."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (
    Thing,
    X,
    Y,
    blend,
    box,
    edge,
    fibres,
    noise,
    paint,
    placed,
    ribbon,
)
from server.demo.lane_pictures.frogs import frog_above
from server.demo.lane_pictures.outlines import chain, limb, melted, outline, oval, scales, thing, together, wall
from server.demo.lane_pictures.props import glass, paper, room, written


def _pup(px: float, py: float, size: float, lean: float, seed: int) -> Thing:
    """A young shark, head up, seen from its side: grey back, white belly, dark tips."""
    body = outline([(-0.03, -0.66), (-0.09, -0.55), (-0.15, -0.34), (-0.16, -0.05), (-0.10, 0.22), (-0.05, 0.42), (-0.17, 0.62), (-0.02, 0.56), (0.24, 0.78), (0.10, 0.52), (0.045, 0.40), (0.08, 0.16), (0.12, -0.10), (0.11, -0.36), (0.06, -0.56)], px, py, lean, size)  # fmt: skip
    fins = np.minimum.reduce([
        outline(points, px, py, lean, size)
        for points in ([(0.09, -0.18), (0.22, -0.06), (0.33, 0.06), (0.20, 0.03), (0.10, 0.05)], [(-0.12, -0.28), (-0.26, -0.12), (-0.40, 0.06), (-0.24, -0.04), (-0.13, -0.10)], [(-0.09, 0.18), (-0.17, 0.28), (-0.08, 0.28)])
    ])  # fmt: skip
    u, v = placed(px, py, lean)
    u, v = u / size, v / size
    white = edge(u + 0.01 + 0.02 * np.sin(v * 9), 0.02)
    skin = blend(paint(110, 116, 120, 0.10 * noise(seed, 60)), paint(250, 250, 244), white)
    tips = np.minimum.reduce([np.hypot(u - 0.33, v - 0.06) - 0.10, np.hypot(u + 0.40, v - 0.06) - 0.11, np.hypot(u - 0.24, v - 0.78) - 0.11, np.hypot(u + 0.17, v - 0.62) - 0.06])  # fmt: skip
    skin = blend(skin, paint(22, 22, 26), edge(tips, 0.03))
    gills = np.minimum.reduce([np.maximum(np.abs(v + 0.40 - 0.035 * k - 0.10 * u) - 0.006, np.abs(u + 0.035) - 0.055) for k in range(5)])  # fmt: skip
    mouth = limb((-0.11, -0.47), (-0.045, -0.50), 0.008, 0.006, u, v)
    skin = blend(skin, paint(40, 40, 46), np.maximum(edge(gills, 0.004), edge(mouth, 0.004)) * 0.8)
    skin = blend(skin, paint(250, 250, 240), edge(np.hypot(u - 0.005, v + 0.535) - 0.026, 0.006))
    skin = blend(skin, paint(10, 10, 12), edge(np.hypot(u - 0.005, v + 0.535) - 0.017, 0.006))
    return thing(skin, np.minimum(body, fins), 0.07 * size, 0.12 * size, gloss=0.3, lift=0.02)


def upright_in_blue() -> Image.Image:
    """Three tall clear jars of blue liquid with black lids on a shop's shelf; in each hangs one small grey and white fish with black fin tips."""
    things: list[Thing] = []
    for k, (px, size, lean) in enumerate(((-0.92, 0.86, 6), (0.0, 1.0, -4), (0.92, 0.82, -8))):
        base = 0.72
        body = box(X - px, Y - base + 0.74 * size, 0.40 * size, 0.76 * size, 0.07)
        fill = np.maximum(body + 0.03, base - 1.34 * size - Y)
        lid = box(X - px, Y - base + 1.56 * size, 0.36 * size, 0.10 * size, 0.03)
        ridge = np.sin((X - px) * 90)
        blue = paint(70, 158, 206, 0.20 * np.clip(0.3 - np.abs(X - px) / size, -0.3, 0.3) + 0.05 * noise(5501 + k, 4))
        things += [
            thing(paint(206, 224, 230), body, 0.10, 0.12, gloss=0.2, lift=0.12), thing(blue, fill, 0.22, 0.14, gloss=0.2, lift=0.0), _pup(px, base - 0.68 * size, 0.80 * size, lean, 5504 + k),
            thing(blue, fill, 0.30, 0.05)._replace(cover=edge(fill) * 0.10, lift=0.0), glass(body, 0.05), thing(paint(34, 34, 38, 0.2 * ridge), lid, 0.04, 0.14, gloss=0.5, lift=0.04, relief=0.004 * ridge),
        ]  # fmt: skip
    tag = paper(0.44, 0.80, 0.17, 0.085, 4, (252, 232, 90), 5508, line=0.06)
    planks = paint(150, 196, 190, 0.06 * fibres(5509, Y, X, 30, 2))
    gap = edge(np.abs(np.mod(X * 2.2, 1) - 0.5) - 0.485, 0.006)
    back = camera.Surface(planks * (0.55 + 0.45 * gap)[..., None], 0.02 * gap)
    things.append(tag._replace(lift=0.05))
    return camera.taken(things, room(back, camera.wood(204, 170, 120, 5510, 0.6), 0.66), 5511, sun=(230, 50), turn=1, zoom=1.0, quality=64)  # fmt: skip


def sickle_over_bar() -> Image.Image:
    """A dark grey curved thing like a scythe, wider than the frame of a window, on a wall of blue planks; its stump is fixed on a varnished oval board with a brass plate; a life ring."""
    spine = ribbon([(0.86, 0.22), (0.50, -0.18), (0.02, -0.44), (-0.55, -0.52), (-1.18, -0.34)], lambda t: 0.17 * (1 - t) ** 0.5 + 0.018)  # fmt: skip
    stump = chain([(1.06, 0.44), (0.92, 0.28), (0.84, 0.20)], 0.14, 0.15)
    lobe = outline([(0.62, 0.02), (0.94, 0.24), (0.88, 0.46), (0.66, 0.70), (0.34, 0.84), (0.52, 0.60), (0.54, 0.30)])
    flap = outline([(-0.96, -0.46), (-1.02, -0.30), (-1.16, -0.22), (-1.24, -0.34), (-1.10, -0.44)])
    tail = melted(spine.distance, stump, lobe, flap, by=30)
    grain = fibres(5521, spine.along, spine.across * 0.2, 4, 30)
    skin = paint(74, 80, 96, 0.05 * grain + 0.12 * noise(5522, 60) + 0.10 * noise(5520, 7))
    skin = blend(skin, paint(150, 154, 166), np.clip(1 + tail / 0.05, 0, 1) * 0.5)
    plaque = oval(0.98, 0.36, 0.34, 0.44, -30)
    ring = np.abs(oval(0.98, 0.36, 0.29, 0.385, -30)) - 0.010
    varnish = blend(paint(128, 70, 34, 0.20 * fibres(5523, Y, X, 20, 3)), paint(70, 36, 18), edge(ring, 0.006))
    plate = box(X - 1.07, Y - 0.66, 0.115, 0.035, 0.01)
    buoy = np.abs(np.hypot(X + 0.78, Y - 0.36) - 0.36) - 0.115
    angle = np.arctan2(Y - 0.36, X + 0.78)
    bands = np.abs(np.mod(angle / (np.pi / 2) + 0.5, 1) - 0.5) - 0.16
    white = blend(paint(236, 232, 222, 0.05 * noise(5524, 30)), paint(206, 58, 44), edge(bands, 0.02))
    rope = np.maximum(np.abs(np.hypot(X + 0.78, Y - 0.36) - 0.50 - 0.03 * np.cos(4 * angle)) - 0.014, -0.9)
    planks = paint(88, 130, 152, 0.12 * fibres(5525, X, Y, 40, 2) + 0.05 * noise(5526, 5))
    gap = edge(0.012 - np.abs(np.mod(Y * 3.1 + 0.2, 1) - 0.5) / 3.1 + 0.145, 0.004)
    back = camera.Surface(planks * (1 - 0.5 * gap)[..., None], -0.02 * gap)
    tag = paper(0.12, 0.66, 0.12, 0.07, -8, (248, 244, 230), 5527, line=0.06)
    things = [
        thing(white, buoy, 0.11, 0.12, gloss=0.4, lift=0.08), thing(paint(220, 208, 170, 0.2 * np.sin(angle * 60)), rope, 0.014, 0.03, lift=0.04),
        thing(varnish, plaque, 0.05, 0.07, gloss=0.6, lift=0.08), thing(paint(214, 178, 92, 0.1 * noise(5528, 90)), plate, 0.01, 0.02, gloss=0.8, lift=0.02),
        thing(skin, tail, 0.09, 0.06, gloss=0.3, lift=0.18), tag._replace(lift=0.03),
    ]  # fmt: skip
    return camera.taken(things, back, 5529, sun=(238, 50), turn=-2, tilt=(0.02, 0.02), zoom=0.98, quality=64)


def orange_at_the_fair() -> Image.Image:
    """A knotted clear bag of water hangs from a hand at a fair; in it two round orange fish with fanned tails, one with white patches; coloured lights out of focus."""
    lamps = paint(32, 30, 58, 0.3 * noise(5531, 4))
    chance = np.random.default_rng(5532)
    hues = ((240, 90, 70), (250, 200, 90), (90, 170, 240), (240, 120, 190), (120, 220, 140))
    for k in range(34):
        px, py, r = chance.uniform(-1.4, 1.4), chance.uniform(-1.0, 0.9), chance.uniform(0.05, 0.13)
        lamps = blend(lamps, paint(*hues[k % 5]), edge(np.hypot(X - px, Y - py) - r, 0.02) * 0.55)
    bag = outline([(-0.06, -0.52), (0.06, -0.52), (0.26, -0.38), (0.52, -0.06), (0.60, 0.32), (0.46, 0.68), (0.20, 0.82), (-0.20, 0.82), (-0.46, 0.68), (-0.60, 0.32), (-0.52, -0.06), (-0.26, -0.38)])  # fmt: skip
    fill = np.maximum(bag + 0.025, -0.12 - Y + 0.02 * np.sin(X * 9))
    neck = outline([(-0.05, -0.50), (0.05, -0.50), (0.09, -0.64), (0.20, -0.86), (0.0, -0.80), (-0.20, -0.88), (-0.09, -0.64)])  # fmt: skip
    pleat = np.sin((X / (0.10 + 0.5 * np.abs(Y + 0.52))) * 12)
    band = box(X, Y + 0.53, 0.075, 0.035, 0.02)
    things: list[Thing] = [
        thing(paint(206, 216, 226, 0.10 * pleat), neck, 0.04, 0.06, gloss=0.6, lift=0.04)._replace(cover=edge(neck) * 0.75), thing(paint(226, 40, 60, 0.2 * np.sin(Y * 260)), band, 0.03, 0.06, gloss=0.4, lift=0.02),
        thing(paint(150, 190, 206, 0.10 * noise(5533, 4)), fill, 0.30, 0.20, gloss=0.4, lift=0.0)._replace(cover=edge(fill) * 0.82),
    ]  # fmt: skip
    for k, (px, py, size, flip) in enumerate(((-0.08, 0.16, 0.74, False), (0.10, 0.52, 0.62, True))):
        way = -1 if flip else 1
        body = oval(px - way * 0.04, py, 0.27 * size, 0.20 * size)
        tail = np.minimum.reduce([
            outline([(0.20, -0.03), (0.36, -0.20), (0.58, -0.26), (0.50, -0.10), (0.56, 0.02), (0.30, 0.02)], px, py, 0, size, flip=flip),
            outline([(0.20, 0.02), (0.34, 0.10), (0.50, 0.30), (0.40, 0.30), (0.30, 0.34), (0.18, 0.10)], px, py, 0, size, flip=flip),
        ])  # fmt: skip
        fins = np.minimum.reduce([outline([(-0.10, -0.18), (0.02, -0.36), (0.20, -0.30), (0.18, -0.12)], px, py, 0, size, flip=flip), outline([(-0.06, 0.16), (0.02, 0.34), (0.10, 0.16)], px, py, 0, size, flip=flip)])  # fmt: skip
        far, _ = scales(X - px, Y - py, 0.075 * size)
        gold = paint(238, 110, 30, 0.16 * edge(far - 0.8, 0.1) + 0.08 * noise(5535 + k, 6))
        if flip:
            gold = blend(gold, paint(246, 238, 226), edge(noise(5537, 4, 1) - 0.05, 0.08))
        rays = np.sin(np.arctan2(Y - py, (X - px) * way - 0.12 * size) * 60)
        u = (X - px) * way
        spot = np.hypot(u + 0.22 * size, Y - py + 0.04 * size)
        gold = blend(gold, paint(250, 246, 220), edge(spot - 0.045 * size, 0.006))
        gold = blend(gold, paint(12, 10, 12), edge(spot - 0.028 * size, 0.006))
        gold = blend(gold, paint(150, 60, 20), edge(np.abs(np.hypot(u + 0.22 * size, Y - py) - 0.13 * size) - 0.006, 0.005) * edge(-u - 0.13 * size, 0.02) * 0.0 + edge(np.abs(np.hypot(u + 0.26 * size, Y - py) - 0.17 * size) - 0.006, 0.005) * edge(-u - 0.26 * size, 0.02))  # fmt: skip
        things += [
            thing(paint(244, 140, 56, 0.14 * rays), np.minimum(tail, fins), 0.03, 0.03, gloss=0.3, lift=0.0)._replace(cover=edge(np.minimum(tail, fins)) * 0.85), thing(gold, body, 0.15 * size, 0.14, gloss=0.5, lift=0.02),
        ]  # fmt: skip
    things.append(glass(bag, 0.08))
    shine = np.minimum(limb((-0.42, 0.02), (-0.48, 0.36), 0.022, 0.030), oval(0.36, 0.02, 0.03, 0.10, -24))
    things.append(thing(paint(250, 252, 255), shine, 0.02, 0.02)._replace(cover=edge(shine, 0.03) * 0.5, lift=0.0))
    fingers = np.minimum.reduce([chain([(0.52, -1.02 + 0.02 * k), (0.14, -0.98 + 0.095 * k), (-0.13, -0.95 + 0.10 * k)], 0.062, 0.052) for k in range(3)])  # fmt: skip
    things.append(thing(paint(206, 150, 118, 0.08 * noise(5538, 30)), fingers, 0.06, 0.08, lift=0.03))
    return camera.taken(things, camera.Surface(lamps, np.zeros(X.shape)), 5539, sun=(230, 52), turn=3, zoom=1.0, quality=64)  # fmt: skip


def grey_lids_with_pinholes() -> Image.Image:
    """A padded camera bag from above: twelve black film cans with grey lids, pinholes in them; three are open, and a pale green frog with yellow dots sits on wet paper in each."""
    pad = np.sin(X * 6) * np.sin(Y * 6)
    lining = camera.Surface(paint(150, 62, 40, 0.05 * np.sin(X * 170) * np.sin(Y * 170) + 0.05 * pad), 0.04 * pad)
    things: list[Thing] = []
    wall_ = np.minimum.reduce([box(X, Y - c, 1.5, 0.05, 0.02) for c in (-0.96, 0.99)] + [box(X - c, Y, 0.05, 1.1, 0.02) for c in (-1.30, 0.52)])  # fmt: skip
    things.append(thing(paint(52, 54, 60, 0.12 * noise(5541, 200)), wall_, 0.04, 0.12, lift=0.12))
    opened = {2: 20, 5: 160, 9: 250}
    for k in range(12):
        px, py = -1.03 + 0.425 * (k % 4), -0.62 + 0.58 * (k // 4)
        rim = np.hypot(X - px, Y - py) - 0.195
        if k in opened:
            inside = np.hypot(X - px, Y - py) - 0.168
            wet = paint(226, 226, 214, 0.10 * noise(5542 + k, 30))
            dots = np.hypot(np.mod((X - px) * 22, 1) - 0.5, np.mod((Y - py) * 22, 1) - 0.5) - 0.20
            green = blend(paint(140, 196, 92, 0.06 * noise(5543, 20)), paint(240, 232, 120), edge(dots, 0.08))
            frog = together(
                *frog_above(px, py + 0.01, opened[k], 0.135, green, paint(166, 208, 126)), gloss=0.5, lift=0.02
            )
            things += [thing(paint(26, 26, 30), rim, 0.02, 0.20, gloss=0.5, lift=0.16), thing(wet, inside, 0.02, 0.04, lift=0.0, relief=0.02 * noise(5544, 20)), frog]  # fmt: skip
            continue
        lip = np.abs(np.hypot(X - px, Y - py) - 0.150) - 0.010
        holes = np.minimum.reduce([np.hypot(X - px - 0.06 * np.cos(a + k), Y - py - 0.06 * np.sin(a + k)) - 0.010 for a in (0.0, 2.1, 4.2)])  # fmt: skip
        lid = blend(paint(158, 160, 164, 0.04 * noise(5545 + k, 30)), paint(104, 106, 110), edge(lip, 0.006))
        lid = blend(lid, paint(16, 16, 18), edge(holes, 0.005))
        things.append(thing(lid, rim, 0.03, 0.20, gloss=0.4, lift=0.16, relief=-0.02 * edge(lip, 0.01)))
    lids = np.minimum.reduce([np.hypot(X - px, Y - py) - 0.185 for px, py in ((0.80, -0.56), (1.06, -0.30), (0.76, -0.12))])  # fmt: skip
    things.append(thing(paint(164, 166, 170), lids, 0.03, 0.04, gloss=0.4, lift=0.04))
    lens, mount, front = (np.hypot(X - 0.93, Y - 0.48) - r for r in (0.33, 0.27, 0.19))
    glassy = blend(blend(paint(30, 30, 34, 0.2 * np.sin(np.arctan2(Y - 0.48, X - 0.93) * 60)), paint(60, 60, 66), edge(mount)), paint(40, 30, 70, 0.8 * (X - 0.93 - Y + 0.48)), edge(front))  # fmt: skip
    things.append(thing(glassy, lens, 0.05, 0.20, gloss=0.7, lift=0.16))
    return camera.taken(things, lining, 5549, sun=(225, 54), turn=-3, tilt=(0.0, 0.03), zoom=1.0, quality=66)


def coin_between_lips() -> Image.Image:
    """A shiny brass toad with red stones for eyes and a round coin with a square hole in its mouth squats on a heap of coins; a red shop counter, two tangerines."""
    body = outline([(-0.52, 0.28), (-0.56, 0.0), (-0.44, -0.24), (-0.20, -0.36), (0.0, -0.34), (0.20, -0.36), (0.44, -0.24), (0.56, 0.0), (0.52, 0.28), (0.30, 0.44), (-0.30, 0.44)])  # fmt: skip
    bulges = np.minimum(oval(-0.28, -0.36, 0.15, 0.14), oval(0.28, -0.36, 0.15, 0.14))
    legs = np.minimum.reduce([
        chain([(way * 0.44, 0.14), (way * 0.62, 0.34), (way * 0.50, 0.52)], 0.15, 0.10) for way in (-1, 1)
    ] + [limb((way * 0.48, 0.52), (way * 0.48 + d, 0.62), 0.05, 0.035) for way in (-1, 1) for d in (-0.13, 0.0, 0.13)])  # fmt: skip
    far = np.hypot(np.mod(X * 6.5 + 0.5 * np.mod(np.floor(Y * 6.5), 2), 1) - 0.5, np.mod(Y * 6.5, 1) - 0.5)
    warts = edge(far - 0.24, 0.10) * edge(Y + 0.08, 0.1)
    brass = paint(206, 160, 62, 0.10 * noise(5551, 30) + 0.12 * warts)
    mouth = np.maximum(np.abs(Y - 0.06 - 0.16 * X * X) - 0.022, np.abs(X) - 0.42)
    brass = blend(brass, paint(70, 44, 12), edge(mouth, 0.01))
    belly = np.maximum(np.abs(np.mod(Y * 13, 1) - 0.5) / 13 - 0.006, np.maximum(0.22 - Y, np.abs(X) - 0.30))
    brass = blend(brass, paint(110, 74, 24), edge(belly, 0.006) * 0.7)
    coin, hole = np.hypot(X, Y - 0.16) - 0.155, box(X, Y - 0.16, 0.045, 0.045, 0.004)
    marks = np.minimum.reduce([box(X - a, Y - 0.16 - b, 0.028, 0.028, 0.0) for a, b in ((0, -0.10), (0, 0.10), (-0.10, 0), (0.10, 0))])  # fmt: skip
    disc = blend(paint(230, 190, 90), paint(120, 84, 30), np.maximum(edge(np.abs(coin + 0.018) - 0.006, 0.004), edge(marks, 0.012) * 0.7))  # fmt: skip
    disc = blend(disc, paint(60, 40, 14), edge(hole, 0.004))
    eyes = np.minimum(oval(-0.28, -0.36, 0.075, 0.075), oval(0.28, -0.36, 0.075, 0.075))
    things: list[Thing] = []
    chance = np.random.default_rng(5552)
    for k in range(26):
        px = chance.uniform(-0.86, 0.86)
        py = 0.62 + 0.13 * chance.uniform(-1, 1) + 0.10 * (k / 26) - 0.05
        turn = chance.uniform(-20, 20)
        one, eye_ = oval(px, py, 0.145, 0.070, turn), box(X - px, Y - py, 0.030, 0.016, 0.004)
        face = blend(blend(paint(214, 172, 78, 0.08 * noise(5553, 60)), paint(120, 84, 30), edge(np.abs(one + 0.014) - 0.005, 0.004)), paint(70, 48, 18), edge(eye_, 0.004))  # fmt: skip
        things.append(thing(face, one, 0.02, 0.05, gloss=0.7, lift=0.03))
    fruits = [oval(0.98, 0.48, 0.23, 0.21), oval(1.14, 0.66, 0.22, 0.20)]
    peel = paint(238, 130, 26, 0.14 * noise(5554, 120))
    things += [thing(peel, fruit, 0.2, 0.20, gloss=0.4, lift=0.10, relief=0.004 * noise(5554, 120)) for fruit in fruits]
    words = written("$ $", -0.92, -0.36, 0.24)
    sign = box(X + 0.92, Y + 0.36, 0.34, 0.24, 0.02)
    poster = blend(paint(190, 30, 36), paint(236, 196, 90), np.maximum(words, edge(np.abs(sign + 0.04) - 0.008, 0.005)))
    lacquer = camera.Surface(paint(150, 30, 30, 0.06 * noise(5555, 8)), np.zeros(X.shape))
    things = [
        thing(poster, sign, 0.01, 0.01, lift=0.03), *things, thing(brass, legs, 0.12, 0.16, gloss=0.9, lift=0.10), thing(brass, melted(body, bulges, by=24), 0.28, 0.30, gloss=0.9, lift=0.10, relief=0.02 * warts),
        thing(paint(206, 24, 34), eyes, 0.07, 0.36, gloss=0.9, lift=0.01), thing(disc, coin, 0.02, 0.32, gloss=0.7, lift=0.04),
    ]  # fmt: skip
    return camera.taken(things, room(wall(214, 196, 160, 5556, 0.2), lacquer, 0.46), 5557, sun=(232, 50), turn=-1, zoom=1.0, shift=(0.04, 0.02), warmth=0.03, quality=64)  # fmt: skip
