"""The picture lane's own pictures: animals of all sizes, and a ring on a leg. Each shows what a lesson or the list of species says."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (  # fmt: skip
    Thing,
    X,
    Y,
    blend,
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
from server.demo.lane_pictures.outlines import chain, eye, limb, melted, outline, oval, thing
from server.demo.lane_pictures.props import paper, plumage, room, written


def ring_and_card() -> Image.Image:
    """A scaly grey foot on a perch with a smooth steel ring around the leg, a number stamped on it; the same number on a printed card behind."""
    leg = ribbon([(-0.36, -1.2), (-0.34, -0.5), (-0.36, 0.0), (-0.30, 0.34)], lambda t: 0.17 - 0.03 * t)
    toes = np.minimum.reduce([ribbon(list(points), lambda t: 0.115 - 0.04 * t).distance for points in (((-0.32, 0.32), (-0.62, 0.44), (-0.84, 0.62)), ((-0.30, 0.34), (-0.10, 0.46), (0.04, 0.66)), ((-0.30, 0.34), (-0.36, 0.52), (-0.42, 0.72)))])  # fmt: skip
    claws = np.minimum.reduce([chain([a, b, c], 0.055, 0.008) for a, b, c in (((-0.84, 0.60), (-0.96, 0.68), (-0.98, 0.84)), ((0.02, 0.64), (0.10, 0.74), (0.10, 0.90)), ((-0.42, 0.70), (-0.44, 0.84), (-0.40, 0.96)))])  # fmt: skip
    far, second, _ = nearest(strewn(4601, 0.075), 0.2)
    hide = paint(150, 146, 148, 0.10 * noise(4602, 9)) * (1 - 0.45 * edge(second - far - 0.012, 0.012))[..., None]
    fluff = oval(-0.36, -0.96, 0.44, 0.42) + 0.06 * fibres(4603, Y, X, 26, 2)
    band = np.maximum(np.abs(X + 0.345) - 0.225, np.abs(Y + 0.16) - 0.155) - 0.01
    shine = np.clip(1 - np.abs(X + 0.43) / 0.05, 0, 1)
    steel = blend(paint(176, 182, 190, 0.04 * fibres(4604, X, Y, 160, 3)), paint(246, 248, 250), shine * 0.7)
    steel = blend(steel, paint(40, 42, 48), np.clip(written("NL 19", -0.345, -0.225, 0.10) + written("0472", -0.345, -0.095, 0.12), 0, 1))  # fmt: skip
    card = paper(0.68, -0.26, 0.52, 0.52, 5, (236, 226, 190), 4605, line=0.12, ink=(236, 226, 190))
    ink = np.clip(written("CERTIFICATE", 0.70, -0.60, 0.11, 5) + written("Ring: NL 19 0472", 0.67, -0.22, 0.115, 5) + written("Sex: F   Hatched: 2019", 0.66, -0.03, 0.085, 5), 0, 1)  # fmt: skip
    u, v = placed(0.68, -0.26, 5)
    lines = edge(np.minimum.reduce([np.abs(v - c) for c in (-0.24, -0.10, 0.12, 0.32)]) - 0.004, 0.004) * edge(np.abs(u) - 0.42, 0.01)  # fmt: skip
    stamp = np.abs(np.hypot(u - 0.28, v - 0.36) - 0.10) - 0.012
    page = blend(blend(blend(card.colours, paint(60, 56, 60), lines * 0.5), paint(40, 60, 140), edge(stamp, 0.006) * 0.7), paint(34, 32, 40), ink)  # fmt: skip
    rod = np.abs(Y - 0.66) - 0.17
    things = [
        card._replace(colours=page, lift=0.03), thing(paint(150, 106, 66, 0.20 * fibres(4606, X, Y, 26, 2)), rod, 0.16, 0.16, lift=0.12, relief=0.01 * fibres(4606, X, Y, 26, 2)),
        thing(hide, np.minimum(leg.distance, toes), 0.13, 0.15, lift=0.08, relief=-0.01 * edge(second - far - 0.012, 0.012)), thing(paint(52, 48, 50), claws, 0.04, 0.07, gloss=0.5, lift=0.03),
        thing(paint(176, 180, 186, 0.16 * fibres(4607, Y, X, 40, 2)), fluff, 0.20, 0.16, lift=0.05), thing(steel, band, 0.14, 0.20, gloss=0.6, lift=0.05, relief=0.06),
    ]  # fmt: skip
    back = camera.Surface(paint(118, 136, 128, 0.10 * soft(noise(4608, 4), 24)), 0 * X)
    return camera.taken(things, back, 4609, sun=(225, 52), turn=2, zoom=1.04, quality=74)


def harness_on_rug() -> Image.Image:
    """A long low brown animal in a red harness on a rug: flat broad head, small round ears, white whiskers, pale throat, short legs with broad paws, a thick tail that tapers."""
    body = ribbon([(-0.62, -0.06), (-0.26, 0.02), (0.20, -0.04), (0.56, 0.12)], lambda t: 0.175 + 0.075 * np.sin(np.pi * t))  # fmt: skip
    tail = ribbon([(0.50, 0.10), (0.84, 0.26), (1.10, 0.30), (1.30, 0.20)], lambda t: 0.150 * (1 - t) + 0.020)
    head = melted(oval(-0.84, -0.18, 0.25, 0.165, 8), oval(-1.00, -0.13, 0.15, 0.115, 8), by=26)
    legs = np.minimum.reduce([chain([(px, 0.14), (px - 0.02, 0.40)], 0.095, 0.070) for px in (-0.44, 0.40)] + [oval(px - 0.07, 0.44, 0.12, 0.055) for px in (-0.44, 0.40)])  # fmt: skip
    rear = np.minimum.reduce([chain([(px, 0.12), (px, 0.34)], 0.085, 0.065) for px in (-0.26, 0.58)] + [oval(px - 0.06, 0.37, 0.11, 0.05) for px in (-0.26, 0.58)])  # fmt: skip
    ears = np.minimum(oval(-0.70, -0.31, 0.055, 0.050), oval(-0.88, -0.33, 0.045, 0.040))
    hair = fibres(4611, X + 0.25 * Y, Y, 70, 5)
    brown = paint(112, 76, 50, 0.22 * hair + 0.08 * noise(4612, 6))
    coat = blend(brown, paint(206, 182, 148, 0.14 * hair), edge(0.14 - Y + 0.03 * noise(4613, 14), 0.07) * edge(X + 0.2, 0.3))  # fmt: skip
    face = blend(brown, paint(222, 202, 170, 0.12 * hair), edge(-0.13 - Y - 0.15 * (X + 0.84) + 0.02 * noise(4614, 20), 0.03))  # fmt: skip
    nose = oval(-1.135, -0.165, 0.050, 0.040)
    whiskers = np.minimum.reduce([limb((-1.04, -0.10 + 0.02 * k), (-1.02 + 0.10 * k, 0.08 + 0.04 * (k % 2)), 0.007, 0.003) for k in range(4)] + [limb((-1.08, -0.12), (-1.28, -0.02 + 0.05 * k), 0.007, 0.003) for k in range(3)])  # fmt: skip
    straps = np.minimum(np.maximum(np.abs(X + 0.44 + 0.15 * Y) - 0.035, body.distance - 0.006), np.maximum(np.abs(X + 0.12 + 0.10 * Y) - 0.035, body.distance - 0.006))  # fmt: skip
    top = limb((-0.42, -0.20), (-0.12, -0.22), 0.030, 0.030)
    lead = chain([(-0.26, -0.22), (0.06, -0.52), (0.62, -0.70), (1.4, -0.78)], 0.018, 0.018)
    u, v = placed(0.0, 0.5, -4)
    lozenge = np.abs(np.mod(u * 2.2, 1) - 0.5) + np.abs(np.mod(v * 2.2, 1) - 0.5)
    rug = blend(paint(226, 210, 180), paint(62, 96, 110), edge(np.abs(lozenge - 0.5) - 0.10, 0.02))
    rug = blend(rug, paint(176, 84, 60), edge(lozenge - 0.20, 0.02)) * (1 + 0.10 * np.sin(u * 160) * np.sin(v * 160))[..., None]  # fmt: skip
    floor = camera.Surface(rug, 0.006 * np.sin(u * 160) * np.sin(v * 160))
    back = room(camera.Surface(paint(206, 196, 176, 0.06 * soft(noise(4615, 4), 20)), 0 * X), floor, -0.20)
    things = [
        thing(brown * 0.7, rear, 0.07, 0.06, lift=0.03), thing(brown, tail.distance, 0.11, 0.12, lift=0.05, relief=0.008 * hair), thing(coat, body.distance, 0.20, 0.20, lift=0.08, relief=0.010 * hair), thing(brown * 0.9, legs, 0.07, 0.09, lift=0.03),
        thing(brown * 0.75, ears, 0.04, 0.10, lift=0.02), thing(face, head, 0.15, 0.18, lift=0.05, relief=0.008 * hair), thing(paint(206, 30, 40), np.minimum(straps, top), 0.02, 0.22, lift=0.02), thing(paint(206, 30, 40), lead, 0.015, 0.04, lift=0.08),
        thing(paint(34, 26, 26), nose, 0.03, 0.06, gloss=0.7), thing(paint(246, 244, 238), whiskers, 0.006, 0.06), *eye(-0.94, -0.235, 0.030, (40, 28, 22)),
    ]  # fmt: skip
    return camera.taken(things, back, 4616, sun=(240, 52), turn=-2, zoom=1.02, shift=(0.0, 0.02), warmth=0.03, quality=60)  # fmt: skip


def ears_from_behind() -> Image.Image:
    """A slim spotted golden cat sits before a glass door and looks out: very large upright ears, black behind with a white bar, dark stripes down the neck, round black spots, a short ringed tail."""
    body = outline([(-0.14, -0.30), (0.14, -0.30), (0.22, -0.02), (0.36, 0.34), (0.44, 0.70), (0.36, 0.92), (-0.36, 0.92), (-0.44, 0.70), (-0.36, 0.34), (-0.22, -0.02)])  # fmt: skip
    head = oval(0.0, -0.42, 0.235, 0.21)
    ears = [outline([(-0.15, 0.16), (-0.17, -0.14), (-0.09, -0.34), (0.02, -0.38), (0.10, -0.26), (0.13, -0.02), (0.11, 0.18)], s * 0.19, -0.58, s * 13, 0.86, flip=s < 0) for s in (-1, 1)]  # fmt: skip
    hair = fibres(4621, Y, X, 70, 4)
    gold = paint(214, 168, 98, 0.16 * hair + 0.06 * noise(4622, 5))
    spots, _, _ = nearest(strewn(4623, 0.135) * (1.0, 1.25), 0.3)
    coat = blend(gold, paint(34, 26, 22), edge(spots - 0.034, 0.010) * edge(-0.04 - Y, 0.05))
    lines = np.minimum.reduce(
        [np.abs(X - k * (0.055 + 0.10 * np.clip(Y + 0.30, 0, 1))) - 0.014 for k in (-2, -0.7, 0.7, 2)]
    )
    coat = blend(coat, paint(34, 26, 22), edge(lines, 0.008) * edge(Y - 0.10 - 0.04 * noise(4624, 12), 0.03))
    crown = blend(gold, paint(34, 26, 22), edge(np.minimum.reduce([np.abs(X - k) - 0.010 for k in (-0.09, -0.03, 0.03, 0.09)]), 0.008) * edge(-Y - 0.50, 0.03))  # fmt: skip
    tail = ribbon([(0.30, 0.84), (0.62, 0.92), (0.84, 0.80), (0.90, 0.58)], lambda t: 0.070 - 0.02 * t)
    rings = blend(gold, paint(34, 26, 22), edge(np.abs(np.mod(tail.along * 7, 1) - 0.5) - 0.18, 0.06))
    garden = np.stack([soft(blend(paint(120, 160, 84), paint(206, 220, 226), edge(Y + 0.25 + 0.3 * noise(4625, 5), 0.2))[..., k], 16) for k in range(3)], axis=-1)  # fmt: skip
    frame = np.minimum.reduce([np.abs(X + 0.98) - 0.07, np.abs(X - 1.06) - 0.07])
    door = camera.Surface(blend(garden, paint(236, 234, 228), edge(frame, 0.01)), 0.04 * edge(frame, 0.02))
    back = room(door, camera.wood(150, 112, 76, 4626, 0.24), 0.74)
    things = [
        thing(rings, tail.distance, 0.06, 0.08, lift=0.06), thing(coat, body, 0.30, 0.24, lift=0.10, relief=0.008 * hair),
        *[thing(blend(paint(30, 26, 26, 0.15 * hair), paint(244, 238, 226), edge(np.maximum(np.abs(Y + 0.65 + 0.10 * (X - s * 0.22) * s) - 0.058, np.abs(X - s * 0.21) - 0.15), 0.015)), ear, 0.06, 0.10, lift=0.08) for s, ear in zip((-1, 1), ears, strict=True)],
        thing(crown, head, 0.18, 0.20, lift=0.06, relief=0.008 * hair),
    ]  # fmt: skip
    return camera.taken(things, back, 4627, sun=(270, 56), turn=1, zoom=1.0, shift=(0.04, 0.0), warmth=0.02, quality=60)  # fmt: skip


def yellow_around_bill() -> Image.Image:
    """The head and breast of a large parrot, cobalt blue all over, with a huge black hooked bill; bare yellow skin around the eye and in a strip along the lower bill."""
    head = outline([(0.40, -0.62), (0.12, -0.74), (-0.18, -0.66), (-0.34, -0.42), (-0.34, -0.10), (-0.22, 0.18), (-0.26, 0.60), (-0.40, 1.3), (0.90, 1.3), (0.80, 0.70), (0.72, 0.10), (0.62, -0.36)])  # fmt: skip
    upper = outline([(-0.22, -0.50), (-0.46, -0.54), (-0.72, -0.38), (-0.82, -0.10), (-0.80, 0.22), (-0.72, 0.30), (-0.66, 0.06), (-0.50, -0.08), (-0.22, -0.10)])  # fmt: skip
    under = outline([(-0.20, -0.06), (-0.46, -0.04), (-0.58, 0.06), (-0.50, 0.20), (-0.30, 0.26), (-0.16, 0.14)])
    skin = outline([(-0.22, -0.10), (-0.12, -0.02), (-0.10, 0.16), (-0.24, 0.30), (-0.40, 0.28), (-0.28, 0.20), (-0.20, 0.08)])  # fmt: skip
    ring = oval(0.06, -0.36, 0.135, 0.125)
    blue = paint(34, 62, 176, 0.10 * noise(4631, 5)) * plumage(X, Y * 0.9, 0.11, 4632, 0.30)
    horn = blend(
        paint(40, 38, 42),
        paint(96, 94, 100),
        np.clip(1 - np.abs(np.hypot(X + 0.30, Y - 0.16) - 0.56) / 0.10, 0, 1) * 0.5,
    )
    leaves = np.stack(
        [
            soft(blend(paint(60, 110, 62), paint(150, 186, 96), 0.5 + 0.5 * noise(4633, 7, 2))[..., k], 14)
            for k in range(3)
        ],
        axis=-1,
    )
    post = np.maximum(np.abs(X - 1.12) - 0.07, -1.0 - Y)
    things = [
        thing(paint(150, 116, 80, 0.2 * fibres(4634, Y, X, 20, 2)), post, 0.06, 0.08, lift=0.10),
        thing(blue, head, 0.30, 0.24, lift=0.12), thing(paint(250, 206, 40, 0.06 * noise(4635, 30)), skin, 0.05, 0.07, lift=0.02, relief=0.10), thing(horn * 0.8, under, 0.10, 0.14, gloss=0.5, lift=0.04),
        thing(horn, upper, 0.16, 0.20, gloss=0.6, lift=0.10), thing(paint(250, 206, 40), ring, 0.05, 0.05, lift=0.01, relief=0.20), *eye(0.06, -0.36, 0.070, (46, 30, 24)),
    ]  # fmt: skip
    return camera.taken(
        things, camera.Surface(leaves, 0 * X), 4636, sun=(225, 50), turn=-2, zoom=1.06, shift=(0.06, 0.04), quality=62
    )


def orange_cheeks_and_bars() -> Image.Image:
    """Two tiny birds on a perch by a woven nest: red bills, grey heads, a black line below the eye; one has orange cheeks, a barred throat and chestnut flanks with white dots; both a black and white barred tail."""
    things: list[Thing] = []
    nest = oval(0.86, -0.26, 0.40, 0.46)
    straw = np.sin(44 * Y + 6 * np.sin(5 * X)) * np.sin(30 * X + 8 * Y)
    hole = oval(0.80, -0.34, 0.17, 0.17)
    basket = blend(paint(206, 168, 104, 0.25 * straw), paint(40, 28, 20), edge(hole, 0.02))
    rod = np.abs(Y - 0.50) - 0.050
    things += [
        thing(basket, nest, 0.30, 0.22, lift=0.10, relief=0.02 * straw),
        thing(paint(170, 124, 80, 0.18 * fibres(4641, X, Y, 40, 2)), rod, 0.05, 0.08, lift=0.08),
    ]
    for px, cock in ((-0.74, True), (0.14, False)):
        x, y = X - px, Y - 0.06
        body = melted(oval(px, 0.14, 0.25, 0.33, 24), oval(px - 0.15, -0.20, 0.175, 0.165), by=22)
        tail = outline([(0.10, 0.30), (0.24, 0.24), (0.46, 0.60), (0.38, 0.68), (0.24, 0.56)], px, 0.10)
        wing = outline([(0.02, -0.12), (0.18, 0.02), (0.30, 0.28), (0.32, 0.44), (0.18, 0.34), (0.02, 0.14)], px, 0.04)
        bill = outline([(-0.28, -0.30), (-0.43, -0.20), (-0.29, -0.15)], px, 0.0)
        grey = paint(156, 156, 160, 0.06 * noise(4642, 20)) * plumage(x, y, 0.05, 4643, 0.10)
        pale = blend(grey, paint(238, 230, 214), edge(x + 0.12 - 0.5 * (y - 0.1), 0.05) * edge(0.06 - y, 0.05))
        tear = oval(px - 0.245, -0.17, 0.018, 0.075)
        face = blend(pale, paint(244, 242, 236), edge(oval(px - 0.262, -0.18, 0.028, 0.085), 0.008))
        face = blend(face, paint(26, 24, 26), edge(tear, 0.008))
        if cock:
            face = blend(face, paint(230, 122, 44), edge(oval(px - 0.12, -0.16, 0.085, 0.080), 0.015))
            bars = edge(np.abs(np.mod(y * 24, 1) - 0.5) - 0.22, 0.10) * edge(
                oval(px - 0.20, 0.04, 0.10, 0.085, 20), 0.02
            )
            face = blend(face, paint(40, 38, 40), bars)
            face = blend(face, paint(30, 28, 30), edge(oval(px - 0.22, 0.145, 0.075, 0.030, 10), 0.015))
            flank = oval(px + 0.04, 0.34, 0.16, 0.065, 48)
            dots, _, _ = nearest(strewn(4644, 0.055), 0.1)
            face = blend(
                blend(face, paint(166, 84, 44), edge(flank, 0.015)),
                paint(250, 250, 246),
                edge(dots - 0.014, 0.005) * edge(flank, 0.01),
            )
        stripes = blend(
            paint(28, 26, 28), paint(244, 244, 240), edge(np.abs(np.mod((x * 0.6 + y) * 9, 1) - 0.5) - 0.20, 0.06)
        )
        legs = np.minimum.reduce(
            [limb((px + d, 0.40), (px + d - 0.01, 0.50), 0.020, 0.016) for d in (-0.06, 0.06)]
            + [limb((px + d, 0.48), (px + d - 0.07, 0.50), 0.018, 0.012) for d in (-0.06, 0.06)]
        )
        things += [
            thing(stripes, tail, 0.03, 0.05, lift=0.04), thing(paint(236, 130, 60), legs, 0.015, 0.05, lift=0.02), thing(face, body, 0.18, 0.18, lift=0.07),
            thing(grey * 0.82, wing, 0.06, 0.07, lift=0.04), thing(paint(232, 62, 40) if cock else paint(240, 120, 50), bill, 0.04, 0.09, gloss=0.6, lift=0.03), *eye(px - 0.19, -0.25, 0.026, (120, 30, 26)),
        ]  # fmt: skip
    wires = np.minimum(np.abs(np.mod(X * 5.2, 1) - 0.5) / 5.2, 1.0) - 0.006
    back = camera.Surface(
        blend(paint(176, 196, 206, 0.08 * soft(noise(4645, 4), 20)), paint(236, 238, 240), edge(wires, 0.005) * 0.8),
        0.02 * edge(wires, 0.01),
    )
    return camera.taken(things, back, 4646, sun=(230, 52), turn=2, zoom=1.06, warmth=0.02, quality=62)
