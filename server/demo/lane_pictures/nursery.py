"""The picture lane's own pictures: more plants, grown, dug and dried. Each shows what a lesson or the list of species says."""

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
    soft,
    strewn,
)
from server.demo.lane_pictures.outlines import chain, limb, melted, outline, oval, thing, together, wall
from server.demo.lane_pictures.props import glass, ground, letters, paper, room


def rows_with_labels() -> Image.Image:
    """Twelve round ribbed balls under a thatch of golden spines, all of one size, in square black pots in a nursery tray; each has a white label."""
    u, v = np.mod(X + 1.24, 0.62) - 0.31, np.mod(Y + 0.93, 0.62) - 0.31
    cell = np.floor((X + 1.24) / 0.62) + 7 * np.floor((Y + 0.93) / 0.62)
    spin = 6.3 * chance_of(4401, cell)
    x, y = u * np.cos(spin) - v * np.sin(spin), u * np.sin(spin) + v * np.cos(spin)
    inside = box(X, Y, 1.22, 0.91, 0.0)
    far, turn = np.hypot(x, y), np.arctan2(y, x)
    rib = np.cos(turn * 13)
    spines = np.full(X.shape, 9.0)
    for k in range(13):
        for size in (0.085, 0.145, 0.20):
            a = 2 * np.pi * k / 13
            cx, cy = size * np.cos(a), size * np.sin(a)
            for lean in (-1.1, 0.0, 1.1):
                spines = np.minimum(spines, limb((cx, cy), (cx + 0.075 * np.cos(a + lean), cy + 0.075 * np.sin(a + lean)), 0.009, 0.003, x, y))  # fmt: skip
    ball = far - 0.225
    body = blend(paint(86, 128, 60), paint(48, 84, 40), edge(rib + 0.2, 0.5))
    body = blend(body, paint(250, 232, 160), edge(far - 0.055, 0.025))
    pot, soil = box(u, v, 0.285, 0.285, 0.05), box(u, v, 0.255, 0.255, 0.04)
    slip = np.maximum(box(u - 0.22, v - 0.20, 0.040, 0.11, 0.01), inside)
    print_ = letters(u, v, 0.045, 4402)
    things = [
        thing(paint(40, 42, 44), box(X, Y, 1.28, 0.97, 0.04), 0.04, 0.06, lift=0.10), thing(paint(58, 60, 64), np.maximum(pot, inside), 0.03, 0.08, lift=0.04), Thing(paint(120, 110, 96, 0.5 * noise(4403, 150)), edge(np.maximum(soil, inside)), 0 * X),
        Thing(body, edge(np.maximum(ball, inside)), dome(ball, 0.20, 0.20) + 0.02 * rib * np.clip(far / 0.2, 0, 1), 0.1, 0.06), thing(paint(246, 206, 80, 0.10 * noise(4404, 90)), np.maximum(spines, inside), 0.008, 0.22, gloss=0.3, lift=0.02),
        thing(blend(paint(248, 248, 246), paint(50, 60, 120), print_ * 0.7), slip, 0.005, 0.10, lift=0.03),
    ]  # fmt: skip
    return camera.taken(things, camera.speckled(150, 152, 150, 4460, 0.3), 4461, sun=(230, 50), turn=-4, tilt=(0.0, 0.10), zoom=1.04, warmth=0.03, quality=54)  # fmt: skip


def box_by_teapot() -> Image.Image:
    """A red and gold box with a forked root drawn on it and print, two tea bags with tags, and a white cup of amber tea on a bamboo tray."""
    pack = box(*placed(-0.46, -0.12, -8), 0.52, 0.66, 0.02)
    u, v = placed(-0.46, -0.12, -8)
    root = np.minimum.reduce([limb((-0.46, -0.36), (-0.44, -0.06), 0.085, 0.10), limb((-0.46, -0.06), (-0.60, 0.20), 0.065, 0.012), limb((-0.42, -0.06), (-0.30, 0.22), 0.065, 0.012), limb((-0.52, -0.26), (-0.68, -0.12), 0.035, 0.008), limb((-0.40, -0.26), (-0.26, -0.14), 0.035, 0.008), limb((-0.46, -0.40), (-0.45, -0.46), 0.045, 0.03)])  # fmt: skip
    band = edge(np.abs(v - 0.46) - 0.13, 0.006)
    print_ = blend(blend(paint(190, 34, 36), paint(232, 196, 104), np.maximum(band, edge(np.abs(pack + 0.04) - 0.010, 0.006))), paint(90, 24, 20), letters(u, v - 0.40, 0.10, 4471) * band * edge(np.abs(u) - 0.42))  # fmt: skip
    print_ = blend(blend(print_, paint(250, 226, 170), edge(oval(-0.46, -0.10, 0.36, 0.42, -8), 0.008)), paint(196, 140, 76), edge(root, 0.008))  # fmt: skip
    saucer, cup, tea = oval(0.62, 0.20, 0.56, 0.52), oval(0.62, 0.18, 0.36, 0.34), oval(0.62, 0.18, 0.30, 0.28)
    handle = np.abs(oval(1.00, 0.06, 0.13, 0.12)) - 0.035
    bag = box(*placed(0.30, -0.66, 24), 0.16, 0.20, 0.02)
    string, tag = chain([(0.40, -0.52), (0.60, -0.50), (0.74, -0.62)], 0.006, 0.006), paper(0.82, -0.68, 0.10, 0.12, 30, (200, 40, 40), 4472, line=0.07, ink=(250, 230, 160))  # fmt: skip
    light = edge(oval(0.54, 0.10, 0.09, 0.035, -20), 0.02) * 0.6
    slats = np.mod(Y * 7, 1)
    tray = camera.Surface(paint(206, 170, 104, 0.14 * fibres(4473, X, Y, 26, 1.4)) * (1 - 0.6 * edge(np.minimum(slats, 1 - slats) - 0.04, 0.03))[..., None], -0.02 * edge(np.minimum(slats, 1 - slats) - 0.04, 0.03))  # fmt: skip
    things = [
        thing(print_, pack, 0.03, 0.12, gloss=0.35, lift=0.12), thing(paint(246, 246, 242), saucer, 0.10, 0.06, gloss=0.6, lift=0.06), thing(paint(248, 248, 244), handle, 0.03, 0.10, gloss=0.6, lift=0.06), thing(paint(250, 250, 246), cup, 0.05, 0.16, gloss=0.7, lift=0.06),
        Thing(blend(blend(paint(196, 120, 40), paint(150, 80, 24), edge(-tea - 0.06, 0.06)), paint(255, 240, 200), light), edge(tea), 0 * X, 0.4), thing(paint(226, 214, 190, 0.14 * noise(4474, 60)), bag, 0.06, 0.05, lift=0.04), Thing(paint(240, 240, 236), edge(string, 0.005), 0 * X), tag,
    ]  # fmt: skip
    return camera.taken(things, tray, 4475, sun=(235, 50), turn=3, tilt=(0.0, 0.05), zoom=1.02, warmth=0.04, quality=58)


def stiff_crown_in_tub() -> Image.Image:
    """A short shaggy brown trunk with a crown of long stiff dark-green feather leaves in a glazed blue tub on terrace tiles, by a garden chair; a garden centre's label hangs from it."""
    leaves, mid, glow = np.full(X.shape, 9.0), np.full(X.shape, 9.0), np.zeros(X.shape)
    for k, a in enumerate(np.radians(np.linspace(188, 352, 15))):
        long = 0.82 + 0.06 * np.sin(5 * k)
        path = [(0.0 + s * long * np.cos(a), 0.06 + s * long * np.sin(a) * 0.92 + 0.20 * s * s) for s in np.linspace(0, 1, 12)]  # fmt: skip
        mid = np.minimum(mid, chain(path, 0.016, 0.006))
        for (ax, ay), (bx, by) in zip(path[1:], path[:-1], strict=True):
            dx, dy = (ax - bx) / np.hypot(ax - bx, ay - by), (ay - by) / np.hypot(ax - bx, ay - by)
            for w in (-1, 1):
                for s in (0.2, 0.6):
                    cx, cy = bx + (ax - bx) * s, by + (ay - by) * s
                    tip = (cx + 0.10 * dx - w * 0.15 * dy, cy + 0.10 * dy + w * 0.15 * dx)
                    lo, hi = max(int(360 + 360 * (min(cy, tip[1]) - 0.05)), 0), min(int(360 + 360 * (max(cy, tip[1]) + 0.05)), 720)  # fmt: skip
                    le, ri = max(int(480 + 360 * (min(cx, tip[0]) - 0.05)), 0), min(int(480 + 360 * (max(cx, tip[0]) + 0.05)), 960)  # fmt: skip
                    part = np.s_[lo:hi, le:ri]
                    own = limb((cx, cy), tip, 0.013, 0.004, X[part], Y[part])
                    glow[part] = np.where(own < 0, 0.3 * np.sin(3 * k), glow[part])
                    leaves[part] = np.minimum(leaves[part], own)
    trunk = oval(0.0, 0.24, 0.20, 0.26)
    bark, second, which = nearest(strewn(4501, 0.055), 0.12)
    tub = outline([(-0.42, 0.40), (0.42, 0.40), (0.32, 0.94), (-0.32, 0.94)], sharp=True)
    rim = box(X, Y - 0.42, 0.46, 0.055, 0.03)
    tag = paper(0.52, 0.20, 0.10, 0.15, 8, (250, 246, 230), 4502, line=0.07, ink=(40, 110, 60))
    chair = np.minimum.reduce([limb((-1.20, -0.20), (-1.02, 0.96), 0.03, 0.03), limb((-1.36, 0.40), (-0.80, 0.40), 0.035, 0.035), limb((-0.84, 0.40), (-0.90, 0.96), 0.028, 0.028)])  # fmt: skip
    back = room(wall(150, 170, 130, 4503, 0.5), camera.tiles(190, 176, 156, 4504), 0.74)
    things = [
        thing(paint(240, 240, 236), chair, 0.03, 0.05, gloss=0.3, lift=0.08), thing(paint(112, 84, 58, 0.5 * (chance_of(4505, which) - 0.5)) * (0.6 + 8 * np.clip(second - bark, 0, 0.05))[..., None], trunk + 0.02 * noise(4506, 40), 0.16, 0.18, lift=0.08),
        thing(paint(46, 92, 44, 0.14 * noise(4507, 30) + glow), leaves, 0.02, 0.05, gloss=0.5, lift=0.06), thing(paint(120, 140, 70), mid, 0.016, 0.07, gloss=0.4), thing(paint(40, 76, 140, 0.10 * noise(4508, 8)), tub, 0.14, 0.16, gloss=0.8, lift=0.10), thing(paint(50, 88, 156), rim, 0.04, 0.18, gloss=0.8, lift=0.03), tag,
    ]  # fmt: skip
    return camera.taken(things, back, 4509, sun=(220, 52), turn=1, tilt=(0.02, 0.0), zoom=1.0, warmth=0.03, quality=54)


def swollen_ones_on_foil() -> Image.Image:
    """Two swollen pale trunks, one as large as a head and one as a fist, each with stubby thorny branches and no leaf, their roots cut and dusty, on bubble foil with tape and a felt pen."""
    chance = np.random.default_rng(4511)
    things: list[Thing] = []
    for at, (px, py, turn, size) in enumerate(((-0.34, 0.16, -6, 1.0), (0.80, 0.38, 14, 0.52))):
        cos, sin = np.cos(np.radians(turn)) * size, np.sin(np.radians(turn)) * size
        body = oval(px, py, 0.50 * size, 0.40 * size, turn) + 0.03 * noise(4520 + at, 5)
        arms, thorns, tips = [], [], []
        for a in (-1.0, -0.55, -0.12, 0.34, 0.82):
            long = 0.84 + chance.uniform(-0.10, 0.10)
            tip = (px + long * np.sin(a) * cos + long * np.cos(a) * sin, py + long * np.sin(a) * sin - long * np.cos(a) * cos)  # fmt: skip
            arms.append(limb((px, py), tip, 0.13 * size, 0.060 * size))
            tips.append(oval(*tip, 0.062 * size, 0.050 * size, np.degrees(a)))
            for share in (0.52, 0.64, 0.76, 0.88, 0.98):
                sx, sy = px + (tip[0] - px) * share, py + (tip[1] - py) * share
                for w in (-1, 1):
                    thorns.append(limb((sx + w * 0.05 * size * np.cos(a), sy + w * 0.05 * size * np.sin(a)), (sx + w * 0.17 * size * np.cos(a), sy + w * 0.17 * size * np.sin(a) - 0.05 * size), 0.013 * size, 0.002))  # fmt: skip
        roots = np.minimum.reduce([limb((px - 0.32 * sin + a * cos, py + 0.32 * cos + a * sin), (px - 0.62 * sin + 1.7 * a * cos, py + 0.62 * cos + 1.7 * a * sin), 0.085 * size, 0.050 * size) for a in (-0.22, 0.0, 0.20)])  # fmt: skip
        bark = blend(paint(178, 172, 156, 0.12 * noise(4530 + at, 30)), paint(166, 100, 72), edge(0.0 - noise(4540 + at, 6) - 0.8 * (Y - py), 0.3) * 0.6)  # fmt: skip
        bark = bark * (1 - 0.16 * edge(np.abs(np.mod((Y + 0.06 * noise(4545, 6)) * 13, 1) - 0.5) - 0.06, 0.06))[..., None]  # fmt: skip
        things.append(together(thing(paint(134, 88, 62, 0.3 * noise(4546, 60)), roots, 0.05, 0.06), thing(paint(92, 74, 58), np.minimum.reduce(thorns), 0.01, 0.05), thing(bark, melted(body, *arms, by=20), 0.30 * size, 0.34 * size, relief=0.010 * noise(4550 + at, 50)), thing(paint(140, 150, 110), np.minimum.reduce(tips), 0.05, 0.12), lift=0.10))  # fmt: skip
    u, v = np.mod(X * 8 + 0.5 * np.mod(np.floor(Y * 9), 2), 1) - 0.5, np.mod(Y * 9, 1) - 0.5
    bubble = np.clip(0.42 - np.hypot(u, v), 0, 1)
    foil = camera.Surface(paint(196, 206, 214, 0.25 * edge(np.hypot(u + 0.14, v + 0.16) - 0.10, 0.08)), 0.10 * np.sqrt(bubble))  # fmt: skip
    tape = np.abs(np.hypot(X - 0.92, Y + 0.56) - 0.24) - 0.09
    things += [thing(paint(196, 150, 86), tape, 0.04, 0.12, gloss=0.5, lift=0.10), thing(blend(paint(30, 34, 40), paint(200, 40, 40), edge(0.20 - X, 0.01)), limb((0.30, -0.78), (-0.30, -0.92), 0.05, 0.05), 0.04, 0.07, gloss=0.6, lift=0.06)]  # fmt: skip
    return camera.taken(things, foil, 4553, sun=(240, 46), turn=3, tilt=(0.0, 0.04), zoom=0.98, shift=(0.04, 0.04), warmth=0.02, quality=56)  # fmt: skip


def flat_corms_on_scale() -> Image.Image:
    """Flat brown knobbly discs of many sizes, some with a dry stalk, fine roots and clods, heaped on the pan of a market scale with a red dial, on a sack."""
    pan = oval(-0.10, 0.10, 0.92, 0.78)
    steel = paint(180, 184, 188, 0.06 * fibres(4561, np.hypot(X, Y), np.arctan2(Y, X), 2, 90))
    chance = np.random.default_rng(4562)
    things: list[Thing] = [thing(steel, pan, 0.08, 0.08, gloss=0.6, lift=0.12)]
    for at in range(26):
        way, out, size = chance.uniform(0, 6.28), 0.62 * np.sqrt(chance.uniform(0, 1)), chance.uniform(0.10, 0.21)
        px, py = -0.10 + out * np.cos(way), 0.10 + 0.82 * out * np.sin(way)
        turn = np.arctan2(Y - py, X - px)
        disc = np.hypot(X - px, (Y - py) * 1.15) - size * (1 + 0.06 * np.sin(3 * turn + at)) + 0.01 * noise(4570 + at, 40)  # fmt: skip
        dip = edge(np.hypot(X - px, Y - py) - 0.30 * size, 0.03)
        cork = blend(paint(112, 80, 54, 0.4 * noise(4600 + at, 50)), paint(62, 44, 32), dip * 0.7)
        part = [thing(cork, disc, size * 0.5, size * 0.42, relief=0.012 * noise(4630 + at, 60) - 0.03 * dip)]
        if at % 3 == 0:
            part.append(thing(paint(150, 104, 76), chain([(px, py), (px + 0.06, py - 0.08), (px + 0.04, py - 0.17)], 0.018, 0.009), 0.015, 0.10))  # fmt: skip
        hair = np.minimum.reduce([limb((px + size * np.cos(a), py + size * np.sin(a)), (px + 1.5 * size * np.cos(a + 0.2), py + 1.5 * size * np.sin(a + 0.2)), 0.006, 0.002) for a in chance.uniform(0, 6.28, 5)])  # fmt: skip
        things.append(together(thing(paint(90, 66, 46), hair, 0.005, 0.02), *part, lift=0.05))
    dial = oval(0.98, -0.58, 0.30, 0.30)
    a = np.arctan2(Y + 0.58, X - 0.98)
    marks = edge(np.abs(np.mod(a * 20 / (2 * np.pi), 1) - 0.5) - 0.10, 0.06) * edge(np.abs(np.hypot(X - 0.98, Y + 0.58) - 0.22) - 0.03, 0.006)  # fmt: skip
    face = blend(blend(paint(246, 246, 240), paint(40, 40, 44), marks), paint(206, 30, 30), edge(limb((0.98, -0.58), (1.14, -0.46), 0.016, 0.005), 0.006))  # fmt: skip
    face = blend(face, paint(190, 36, 36), edge(-dial - 0.035, 0.006))
    weave = np.sin(X * 90) * np.sin(Y * 90)
    sack = camera.Surface(paint(166, 134, 90, 0.2 * weave + 0.1 * noise(4661, 8)), 0.012 * weave + 0.10 * soft(noise(4662, 4), 8))  # fmt: skip
    return camera.taken([*things, thing(face, dial, 0.05, 0.08, gloss=0.4, lift=0.10)], sack, 4663, sun=(225, 48), turn=-5, tilt=(0.0, 0.05), zoom=1.0, warmth=0.03, quality=52)  # fmt: skip


def ball_without_spines() -> Image.Image:
    """A grey-green ball with eight flat ribs and purple bands like tartan, rows of tiny stitches along each rib, no spine anywhere, in a square terracotta pot with grit, from above."""
    turn, far = np.arctan2(Y + 0.02, X), np.hypot(X, Y + 0.02)
    ball = far - 0.62 * (1 + 0.018 * np.cos(8 * turn))
    ridge = np.abs(np.mod(turn * 8 / (2 * np.pi), 1) - 0.5)
    bands = np.sin(far * 34 - 6 * ridge + noise(4671, 4))
    skin = blend(paint(120, 142, 104, 0.05 * noise(4672, 30)), paint(126, 84, 96), edge(0.15 - bands, 0.6) * 0.6)
    stitch = edge(ridge * far - 0.016, 0.010) * edge(np.abs(np.mod(far * 24, 1) - 0.5) - 0.2, 0.08)
    skin = blend(skin, paint(84, 62, 50), stitch)
    skin = blend(skin, paint(156, 166, 122), edge(far - 0.05, 0.03))
    pot, inside = box(X, Y, 0.98, 0.90, 0.04), box(X, Y, 0.88, 0.80, 0.03)
    grit = nearest(strewn(4673, 0.06), 0.15)
    gravel = blend(paint(186, 170, 146), paint(140, 104, 80), chance_of(4674, grit[2]) * 0.8) * (0.75 + 5 * np.clip(grit[1] - grit[0], 0, 0.05))[..., None]  # fmt: skip
    buds = np.minimum.reduce([oval(0.16 * np.cos(a), -0.02 + 0.16 * np.sin(a), 0.026, 0.022) for a in np.arange(0, 6.28, 0.785)])  # fmt: skip
    things = [
        thing(paint(186, 104, 70, 0.06 * noise(4675, 30)), pot, 0.05, 0.12, lift=0.14), Thing(gravel, edge(inside), 0.05 * np.clip(grit[1] - grit[0], 0, 0.05) / 0.05, 0.0, 0.0),
        Thing(skin, edge(ball), dome(ball, 0.55, 0.46) + 0.03 * (0.5 - ridge) * np.clip(far * 2, 0, 1), 0.15, 0.12), thing(paint(206, 196, 120), buds, 0.02, 0.04),
    ]  # fmt: skip
    return camera.taken(things, ground(70, 76, 66, 4676, grain=120, rough=0.3), 4677, sun=(215, 44), turn=9, tilt=(0.0, 0.04), zoom=1.04, quality=58)  # fmt: skip


def golden_wool_on_shelf() -> Image.Image:
    """A stump with four short legs, all covered in long golden-brown silky wool, stands on a herbalist's shelf like a toy lamb, between jars; stubs of leaf stalks are green at the ends."""
    trunk = outline([(-0.58, 0.04), (-0.46, -0.24), (-0.10, -0.32), (0.30, -0.28), (0.56, -0.14), (0.60, 0.16), (0.40, 0.32), (-0.30, 0.32), (-0.54, 0.22)])  # fmt: skip
    legs = np.minimum.reduce([limb((px, 0.20), (px + dx, 0.70), 0.11, 0.075) for px, dx in ((-0.40, -0.06), (-0.16, 0.02), (0.22, -0.02), (0.44, 0.06))])  # fmt: skip
    neck = limb((-0.50, -0.10), (-0.74, -0.36), 0.14, 0.10)
    ends = np.minimum.reduce([oval(-0.40 - 0.06, 0.71, 0.070, 0.030), oval(-0.14, 0.71, 0.070, 0.030), oval(0.20, 0.71, 0.070, 0.030), oval(0.50, 0.71, 0.070, 0.030), oval(-0.80, -0.43, 0.075, 0.055, -40)])  # fmt: skip
    hair = fibres(4681, Y + 0.3 * np.sin(4 * X), X + 0.2 * Y, 110, 7) + 0.6 * fibres(4682, Y - 0.2 * X, X, 60, 5)
    shape = melted(trunk, legs, neck, by=26) + 0.030 * fibres(4683, X * 0.6, Y + X, 40, 30) + 0.012 * hair
    wool = blend(paint(206, 150, 60), paint(128, 78, 30), np.clip(0.45 + 0.5 * hair + 0.4 * noise(4684, 6), 0, 1))
    jars = [box(X - px, Y - 0.16, 0.22, 0.54, 0.06) for px in (-1.14, 1.10)]
    lids = [box(X - px, Y + 0.46, 0.18, 0.08, 0.02) for px in (-1.14, 1.10)]
    fill = nearest(strewn(4685, 0.09), 0.2)
    herbs = blend(paint(120, 90, 56), paint(170, 130, 80), chance_of(4686, fill[2])) * (0.7 + 5 * np.clip(fill[1] - fill[0], 0, 0.06))[..., None]  # fmt: skip
    shelf = room(camera.Surface(paint(74, 46, 36, 0.10 * fibres(4687, X, Y, 20, 1)), 0 * X), camera.wood(112, 70, 44, 4688, 0.5), 0.70)  # fmt: skip
    things: list[Thing] = []
    for jar, lid in zip(jars, lids, strict=True):
        things += [Thing(herbs, edge(np.maximum(jar + 0.03, -0.20 - Y)), 0.05 * np.clip(fill[1] - fill[0], 0, 0.06) / 0.06), glass(jar, share=0.10), thing(paint(196, 160, 90), lid, 0.03, 0.06, gloss=0.7, lift=0.03)]  # fmt: skip
    things += [paper(1.10, 0.26, 0.14, 0.15, 0, (246, 236, 206), 4689, line=0.10, ink=(120, 30, 30)), Thing(wool, edge(shape, 0.014), dome(shape, 0.20, 0.20) + 0.014 * hair, 0.15, 0.12), thing(paint(140, 126, 66), ends, 0.03, 0.08)]  # fmt: skip
    return camera.taken(things, shelf, 4690, sun=(225, 50), turn=-1, tilt=(0.02, 0.0), zoom=1.06, warmth=0.04, quality=56)  # fmt: skip


def tight_springs_in_tin() -> Image.Image:
    """Small yellow-green dry coils like springs, each wound of one thin stem with a bristle at the end, in a round lacquered tin lid beside a tea bowl, on dark cloth."""
    lid, inside = oval(-0.16, 0.0, 0.90, 0.86), oval(-0.16, 0.0, 0.80, 0.76)
    chance = np.random.default_rng(4701)
    things: list[Thing] = [thing(paint(130, 26, 30), lid, 0.06, 0.12, gloss=0.9, lift=0.10), Thing(paint(196, 160, 80, 0.05 * noise(4702, 60)), edge(inside), -dome(inside, 0.1, 0.05), 0.6)]  # fmt: skip
    for _ in range(30):
        way, out = chance.uniform(0, 6.28), 0.62 * np.sqrt(chance.uniform(0, 1))
        px, py, turn = -0.16 + out * np.cos(way), 0.92 * out * np.sin(way), chance.uniform(0, 180)
        u, v = placed(px, py, turn)
        far, bearing = np.hypot(u, v * 1.15), np.arctan2(v, u)
        coil = far - 0.105
        wind = np.cos(2 * np.pi * far / 0.034 - bearing)
        cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        tail = limb((px + 0.06 * cos, py + 0.06 * sin), (px + 0.15 * cos, py + 0.15 * sin), 0.022, 0.010)
        colour = blend(paint(196, 178, 98), paint(140, 126, 62), edge(wind + 0.2, 0.9)) * (1 + 0.2 * (chance.uniform() - 0.5))  # fmt: skip
        things.append(together(thing(paint(150, 140, 76), tail, 0.012, 0.03), thing(colour, coil, 0.09, 0.06, relief=0.012 * wind), gloss=0.1, lift=0.04))  # fmt: skip
    bowl, tea = oval(0.98, -0.50, 0.34, 0.32), oval(0.98, -0.50, 0.28, 0.26)
    things += [thing(paint(226, 232, 226), bowl, 0.05, 0.12, gloss=0.7, lift=0.08), Thing(paint(206, 206, 120), edge(tea), 0 * X, 0.5)]  # fmt: skip
    return camera.taken(things, ground(40, 46, 60, 4703, grain=220, rough=0.25), 4704, sun=(230, 50), turn=5, tilt=(0.0, 0.05), zoom=1.02, warmth=0.03, quality=54)  # fmt: skip
