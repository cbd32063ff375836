"""The picture lane's own pictures: fish, frogs and what is dried of them. Each shows what a lesson says of it."""

from itertools import pairwise

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
)
from server.demo.lane_pictures.outlines import limb, melted, outline, oval, scales, thing, together


def _seahorse(px: float, py: float, turn: float, size: float, seed: int, *, flip: bool = False) -> Thing:
    """Dry and bony: a horse's head at a right angle, a ringed body, a tail rolled up."""
    way = -1 if flip else 1
    u, v = placed(px, py, turn)
    u, v = u * way / size, v / size
    curl = [(0.30 * 0.8**k * np.cos(0.75 * k - 0.6), 0.30 * 0.8**k * np.sin(0.75 * k - 0.6)) for k in range(11)]
    spine = [(-0.10, -0.62), (-0.02, -0.40), (0.02, -0.10), (-0.02, 0.20), (-0.10, 0.42), (-0.08, 0.60)] + [(a - 0.26 + 0.10, b + 0.78) for a, b in curl]  # fmt: skip
    wide = [0.13, 0.15, 0.20, 0.19, 0.12, 0.095] + [0.085 * 0.86**k for k in range(11)]
    parts, along, run = [], np.zeros(X.shape), 0.0
    nearest_ = np.full(X.shape, 9.0)
    for (a, b), w, z in zip(pairwise(spine), wide, wide[1:], strict=False):
        part = limb(a, b, w, z, u, v)
        long = float(np.hypot(b[0] - a[0], b[1] - a[1]))
        on = np.clip(((u - a[0]) * (b[0] - a[0]) + (v - a[1]) * (b[1] - a[1])) / long, 0, long)
        along = np.where(part < nearest_, run + on, along)
        nearest_ = np.minimum(nearest_, part)
        run += long
        parts.append(part)
    head = np.minimum.reduce([limb((-0.12, -0.66), (-0.20, -0.72), 0.13, 0.12, u, v), limb((-0.20, -0.68), (-0.46, -0.52), 0.075, 0.045, u, v), limb((-0.46, -0.52), (-0.50, -0.49), 0.055, 0.055, u, v)])  # fmt: skip
    crown = limb((-0.08, -0.74), (-0.02, -0.92), 0.06, 0.035, u, v)
    fin = limb((0.20, -0.02), (0.32, 0.02), 0.10, 0.08, u, v)
    rings = np.abs(np.mod(along * 13, 1) - 0.5) * 2
    body = np.minimum(nearest_ - 0.018 * rings**3, melted(head, crown, by=30))
    keel = edge(np.abs(np.mod(along * 13, 1) - 0.5) - 0.07, 0.05) * edge(nearest_)
    bone = paint(206, 182, 136, 0.12 * noise(seed, 20) + 0.10 * (chance_of(seed, along * 0 + seed) - 0.5))
    bone = blend(bone, paint(120, 92, 58), keel * 0.75)
    bone = blend(bone, paint(158, 128, 84), edge(np.abs(np.mod(u * 9, 1) - 0.5) - 0.06, 0.05) * 0.35)
    hole = oval(px, py, 9, 9) * 0 + np.hypot(u + 0.20, v + 0.71) - 0.045
    bone = blend(bone, paint(40, 30, 24), edge(hole * size, 0.006))
    veil = paint(190, 166, 120, 0.3 * fibres(seed + 1, u, v, 50, 2))
    relief = 0.02 * size * rings
    return together(
        thing(veil, fin * size, 0.03, 0.02), thing(bone, body * size, 0.10 * size, 0.10 * size, relief=-relief)
    )


def dried_on_paper() -> Image.Image:
    """Six dry, ringed little bodies with horses' heads and rolled tails in two rows on brown paper, a measuring tape below."""
    laid = [(-0.90, -0.42, 8, 0.42, False), (-0.28, -0.46, -6, 0.44, False), (0.36, -0.42, 12, 0.40, True), (0.98, -0.46, -4, 0.43, False),
            (-0.52, 0.42, -10, 0.40, True), (0.30, 0.42, 5, 0.44, False)]  # fmt: skip
    horses = [_seahorse(px, py, turn, size, 831 + at, flip=way) for at, (px, py, turn, size, way) in enumerate(laid)]
    tape = box(X - 0.95, Y - 0.45 - 0.1 * X, 0.06, 0.60, 0.01)
    marks = edge(np.abs(np.mod(Y * 22, 1) - 0.5) - 0.10, 0.05) * edge(
        X - 0.95 - 0.03 * (np.mod(np.floor(Y * 22), 5) == 0), 0.005
    )
    band = blend(paint(236, 206, 72), paint(30, 30, 30), marks)
    creases = np.abs(noise(841, 4, 2)) * 0.12
    paper = camera.Surface(paint(180, 146, 104, 0.05 * noise(842, 200, 1) + 0.04 * noise(843, 6)), creases)
    things = [thing(band, tape, 0.02, 0.01, lift=0.02), together(*horses, lift=0.06)]
    return camera.taken(things, paper, 844, sun=(230, 46), turn=-4, tilt=(0.03, 0.08), zoom=1.02, quality=66)


def tooth_beside_coin() -> Image.Image:
    """A broad grey triangular tooth with a thick rough root, as long as four coins, on sand."""
    blade = outline([(-0.60, -0.28), (-0.34, -0.32), (0.0, -0.20), (0.34, -0.32), (0.60, -0.28), (0.44, 0.10), (0.20, 0.54), (0.02, 0.86), (-0.06, 0.84), (-0.24, 0.50), (-0.46, 0.10)], 0.12, 0.02, 12)  # fmt: skip
    root = outline([(-0.66, -0.22), (-0.70, -0.46), (-0.52, -0.68), (-0.20, -0.60), (0.0, -0.50), (0.22, -0.60), (0.54, -0.68), (0.70, -0.44), (0.64, -0.22), (0.34, -0.24), (0.0, -0.08), (-0.34, -0.24)], 0.12, 0.02, 12)  # fmt: skip
    u, v = placed(0.12, 0.02, 12)
    saw = blade + 0.010 * np.sin(90 * np.hypot(u, v)) * np.clip(1 + blade / 0.05, 0, 1)
    enamel = blend(paint(92, 98, 106), paint(142, 142, 138), np.clip(0.5 + 0.8 * noise(851, 4), 0, 1))
    enamel = enamel * (1 + 0.06 * fibres(852, v, u, 50, 2))[..., None]
    crack = edge(np.abs(u - 0.06 * noise(853, 8) - 0.08) - 0.004, 0.004) * (v > 0.0)
    enamel = blend(enamel, paint(48, 50, 54), crack * 0.7)
    stone = paint(120, 104, 84, 0.22 * noise(854, 30, 4))
    rough = root + 0.018 * noise(855, 30)
    coin = oval(-0.98, 0.46, 0.20, 0.20)
    gold = (
        paint(206, 176, 96, 0.04 * noise(856, 40)) * (1 - 0.25 * edge(np.abs(coin + 0.035) - 0.006, 0.005))[..., None]
    )
    portrait = outline([(-0.05, -0.10), (0.05, -0.10), (0.07, 0.0), (0.02, 0.06), (0.08, 0.12), (-0.08, 0.12), (-0.05, 0.04), (-0.08, -0.02)], -0.98, 0.46)  # fmt: skip
    things = [
        thing(gold, coin, 0.03, 0.03, gloss=0.6, lift=0.03, relief=0.02 * edge(portrait, 0.02)),
        thing(enamel, saw, 0.26, 0.14, gloss=0.45, lift=0.08),
        thing(stone, rough, 0.16, 0.18, relief=0.02 * noise(857, 40), lift=0.06),
    ]
    sand = camera.speckled(202, 182, 146, 858, 0.5)
    return camera.taken(things, sand, 859, sun=(300, 44), turn=-3, tilt=(0.03, 0.05), zoom=1.02, quality=66)


def long_saw_on_wall() -> Image.Image:
    """A long flat blade over a fireplace of bricks: teeth like thorns stand out on both edges at even distances."""
    y0 = Y + 0.10 * X + 0.02
    wide = 0.155 - 0.065 * X
    blade = np.maximum(np.abs(y0) - wide, np.abs(X + 0.12) - 1.02)
    blade = melted(blade, oval(0.90, -0.11, 0.14, 0.095), oval(-1.10, 0.09, 0.14, 0.23), by=40) + 0.006 * noise(861, 16)
    teeth = np.full(X.shape, 9.0)
    for at, px in enumerate(np.linspace(-0.92, 0.92, 17)):
        for way in (-1, 1):
            shift = 0.02 * np.sin(3.0 * at + way)
            base = (px + shift, -0.10 * px - 0.02 + way * (0.135 - 0.065 * px))
            teeth = np.minimum(teeth, limb(base, (base[0] + 0.03, base[1] + way * (0.20 - 0.06 * px)), 0.036, 0.007))
    skin = paint(150, 126, 92, 0.16 * noise(862, 90, 2) + 0.08 * fibres(863, X, y0, 30, 2))
    skin = blend(skin, paint(92, 74, 54), edge(np.abs(np.abs(y0) - 0.45 * wide) - 0.012, 0.02) * 0.8)
    brick, line = np.floor((Y + 3) / 0.235), np.mod((Y + 3) / 0.235, 1)
    across = (X + 0.28 * np.mod(brick, 2)) / 0.56
    mortar = edge(
        np.minimum(np.minimum(line, 1 - line) * 0.235, np.minimum(np.mod(across, 1), 1 - np.mod(across, 1)) * 0.56)
        - 0.014,
        0.008,
    )
    clay = paint(156, 80, 60, 0.24 * (chance_of(864, brick * 19 + np.floor(across)) - 0.5) + 0.10 * noise(865, 60))
    bricks = camera.Surface(
        blend(clay, paint(190, 182, 170, 0.1 * noise(866, 120)), mortar), -0.03 * mortar + 0.01 * noise(867, 90)
    )
    nails = np.minimum(oval(-0.72, -0.20, 0.025, 0.025), oval(0.66, -0.35, 0.025, 0.025))
    things = [
        thing(paint(226, 212, 178, 0.08 * noise(868, 60)), teeth, 0.03, 0.05, gloss=0.2, lift=0.10),
        thing(skin, blade, 0.10, 0.08, lift=0.12, relief=0.003 * noise(869, 120) - 0.02 * edge(np.abs(np.abs(y0) - 0.45 * wide) - 0.012, 0.03)),
        thing(paint(60, 60, 62), nails, 0.02, 0.04, gloss=0.5, lift=0.03),
    ]  # fmt: skip
    return camera.taken(
        things, bricks, 870, sun=(260, 44), turn=3, tilt=(0.06, 0.0), zoom=0.98, warmth=0.02, quality=64
    )


def bladder_with_strings() -> Image.Image:
    """A pale, dry, leaf-shaped piece of skin on a red mat; from its wide end two long thin strings run back beside it."""
    body = outline([(-0.62, -0.24), (-0.40, -0.40), (0.0, -0.42), (0.44, -0.32), (0.86, -0.10), (1.02, 0.02), (0.84, 0.12), (0.44, 0.32), (0.0, 0.40), (-0.40, 0.38), (-0.62, 0.24), (-0.68, 0.0)], 0.0, 0.05, -7)  # fmt: skip
    u, v = placed(0.0, 0.05, -7)
    strings = np.minimum(
        ribbon([(-0.58, -0.18), (-1.00, -0.42), (-0.50, -0.70), (0.50, -0.66)], lambda t: 0.045 - 0.022 * t).distance,
        ribbon([(-0.56, 0.26), (-0.98, 0.58), (-0.30, 0.72), (0.70, 0.50)], lambda t: 0.045 - 0.022 * t).distance,
    )  # fmt: skip
    wrinkle = fibres(871, v + 0.06 * noise(872, 6), u, 6, 26)
    thin = np.clip(0.5 + 0.6 * noise(873, 5) - 0.5 * np.abs(v), 0, 1)
    glue = blend(paint(222, 190, 122), paint(238, 220, 170), thin) * (1 + 0.07 * wrinkle)[..., None]
    glue = blend(glue, paint(190, 144, 76), edge(-body - 0.05 + 0.03 * noise(874, 12), 0.04) * 0.5)
    curled = body + 0.02 * noise(875, 10)
    mat = camera.checked((148, 44, 44), (132, 36, 40), 876)
    things = [
        thing(paint(226, 200, 140, 0.06 * wrinkle), strings, 0.03, 0.04, gloss=0.2, lift=0.05),
        thing(glue, curled, 0.10, 0.08, gloss=0.30, relief=0.010 * wrinkle + 0.03 * noise(877, 6), lift=0.07),
    ]
    return camera.taken(things, mat, 878, sun=(220, 42), turn=4, tilt=(0.02, 0.08), zoom=1.0, quality=66)


def combs_of_the_sea() -> Image.Image:
    """Dried dark fans in a market tray: each two rows of thin leaves that stand on a curved strip as on a feather."""
    things = []
    for at, (px, py, turn, size) in enumerate(
        ((-0.60, -0.40, 14, 0.70), (0.62, -0.20, -20, 0.66), (-0.16, 0.40, 172, 0.76))
    ):
        u, v = placed(px, py, turn)
        u, v = u / size, v / size
        v = v + 0.45 * u**2
        leaf = np.mod(u * 26 + 0.25 * v, 1) - 0.5
        long = 0.34 * np.sqrt(np.clip(1 - (u / 0.78) ** 2, 0, 1)) * (1 + 0.10 * fibres(881 + at, u, v * 0, 3, 26))
        fan = np.maximum(np.abs(v) - long, np.maximum(np.abs(u) - 0.76, (np.abs(leaf) - 0.36) / 26))
        strip = np.maximum(np.abs(v) - 0.05, np.abs(u) - 0.80)
        dark = paint(
            66,
            56,
            54,
            0.30 * (chance_of(884 + at, np.floor(u * 26 + 0.25 * v)) - 0.5) + 0.2 * fibres(887 + at, v, u, 60, 4),
        )
        dark = blend(dark, paint(126, 108, 92), np.clip(np.abs(v) / 0.34 - 0.55, 0, 1) * 0.7)
        things.append(
            together(
                thing(dark, fan * size, 0.012, 0.03),
                thing(paint(140, 116, 92, 0.2 * noise(890 + at, 60)), strip * size, 0.04, 0.05),
                lift=0.09,
            )
        )
    rim = -box(X, Y, 1.20, 0.88, 0.10)
    plastic = thing(paint(206, 208, 206, 0.03 * noise(894, 5)), rim, 0.06, 0.12, gloss=0.4, lift=0.16)
    ground = camera.Surface(paint(196, 198, 198, 0.02 * noise(895, 40)), 0.002 * np.sin(X * 60))
    return camera.taken(
        [*things, plastic], ground, 896, sun=(240, 48), turn=-4, tilt=(0.0, 0.10), zoom=0.96, quality=64
    )


def purse_of_pockets() -> Image.Image:
    """A small flat purse: rows of round pockets like roof tiles, each a little open at its lower rim, all of nearly one size."""
    x, y = placed(0.0, 0.04, -10)
    shape = box(x, y, 0.86, 0.56, 0.10)
    flap = np.maximum(shape, y + 0.10 - 0.34 * np.cos(1.6 * x))
    far, which = scales(x + 0.010 * noise(941, 20), y + 0.012 * noise(942, 14), 0.108)
    hide = paint(62, 104, 116, 0.16 * (chance_of(943, which) - 0.5) + 0.06 * noise(944, 60))
    hide = blend(hide, paint(120, 160, 162), edge(0.70 - far, 0.10) * 0.45)
    hide = blend(hide, paint(20, 40, 48), edge(0.90 - far, 0.06) * 0.9)
    line = edge(np.abs(y - 0.10 * np.cos(9 * x) * 0.1 - 0.02) - 0.008, 0.008) * 0.5  # the fish's side line
    hide = blend(hide, paint(26, 48, 56), line)
    relief = 0.016 * np.clip(far, 0, 0.9) ** 2
    button = oval(0.03, 0.16, 0.07, 0.07)
    ground = camera.linen(206, 190, 160, 945)
    things = [
        thing(hide, shape, 0.10, 0.10, gloss=0.25, relief=relief, lift=0.09),
        thing(hide * 1.05, flap, 0.05, 0.05, gloss=0.30, relief=0.10 + relief, lift=0.04),
        thing(paint(190, 190, 194), button, 0.05, 0.05, gloss=0.9, lift=0.03),
    ]
    return camera.taken(things, ground, 946, sun=(215, 44), turn=2, tilt=(0.04, 0.06), zoom=1.02, quality=66)
