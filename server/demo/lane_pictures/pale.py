"""The picture lane's own pictures: ivory, and what is taken for it. Each shows what a lesson says of the material."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (
    Plane,
    Thing,
    X,
    around,
    blend,
    box,
    chance_of,
    dome,
    edge,
    fibres,
    noise,
    paint,
    placed,
    ribbon,
    soft,
)


def crossed(u: Plane, v: Plane, from_radius: float, many: int, seed: int) -> Plane:
    """Crossed lines from -1 to 1 around (0, 0): each so many degrees from the radius, `many` to a round."""
    far, turn = np.hypot(u, v) + 1e-6, np.arctan2(v, u)
    reach = np.tan(np.radians(from_radius)) * np.log(far)
    wander = 0.25 * noise(seed, 7, 2)
    both = (np.abs(np.sin(0.5 * many * (turn + way * reach) + way * wander)) for way in (1, -1))
    lines = np.maximum.reduce([np.clip(1 - 1.9 * far_off, 0, 1) for far_off in both])
    return np.asarray((1 - 2 * lines) * (0.8 + 0.4 * noise(seed + 1, 9)), dtype=float)


def tusk_end() -> Image.Image:
    """A sawn piece of tusk on a carpet, its end towards us: crossed lines that open wide near the rim."""
    body = ribbon([(-0.42, 0.12), (0.25, 0.10), (0.85, -0.08), (1.45, -0.42)], lambda t: 0.60 - 0.16 * t)
    long = fibres(11, body.along, body.across * body.width, 46, 1.1)
    stain = np.clip(noise(12, 3) + 0.4 * np.abs(body.across), 0, 1)
    side = blend(paint(222, 200, 156, 0.06 * long), paint(150, 112, 68, 0.08 * long), 0.65 * stain)
    crack = edge(np.abs(body.across - 0.25 - 0.06 * noise(13, 6)) - 0.012 * np.clip(1.2 - body.along, 0, 1), 0.012)
    side = blend(side, paint(84, 60, 38), crack * 0.8)
    round_ = dome(body.distance, 0.55, 0.5)
    u, v = placed(-0.42, 0.12, 4)
    u, v = u / 0.47, v / (0.61 + 0.015 * noise(14, 4))
    far = np.hypot(u, v)
    face = edge(far - 1, 0.012)
    lines = crossed(u, v, 60, 44, 15) * np.clip((far - 0.30) / 0.35, 0, 1)
    saw = fibres(17, u + 0.4 * v, v - 0.4 * u, 60, 0.8)
    cut = paint(236, 220, 186, 0.02 * saw + 0.04 * noise(18, 4)) * (1 + 0.10 * lines)[..., None]
    cut = blend(cut, paint(196, 164, 112, 0.1 * noise(19, 20)), edge(0.925 + 0.02 * noise(20, 9) - far, 0.02))
    cut = blend(cut, paint(112, 84, 56), edge(np.hypot(u - 0.06, v + 0.03) - 0.035, 0.03) * 0.8)
    rim = edge(np.abs(far - 1) - 0.015, 0.02)
    colours = blend(side, blend(cut, paint(122, 92, 58), rim * 0.5), face)
    height = round_ * (1 - face) + face * (0.3 - 0.10 * u)
    behind = edge(body.distance) * edge(-u, 0.02)
    thing = Thing(colours, np.maximum(behind, face), height, 0.12, 0.22)
    ground = camera.speckled(104, 52, 44, 21, 0.9)
    return camera.taken([thing], ground, 22, sun=(205, 48), turn=-5, focus=(-0.35, 0.05), warmth=0.05, quality=58)


def broken_slice() -> Image.Image:
    """A wedge broken from a slice, on a bench: crossed lines that stay close to the radius, an uneven dark rind."""
    u, v = placed(-0.78, 0.86)
    far, turn = np.hypot(u, v) + 1e-6, np.arctan2(v, u)
    start, end = -1.46 + 0.05 * noise(31, 8), -0.12 + 0.06 * noise(32, 9)
    sector = np.maximum((start - turn) * far, (turn - end) * far)
    rim = far - 1.62 + 0.035 * noise(33, 9)
    hollow = 0.36 + 0.06 * noise(34, 6) - far
    shape = np.maximum(np.maximum(sector, rim), hollow)
    lines = crossed(u / 1.62, v / 1.62, 29, 120, 35) * np.clip((far - 0.62) / 0.5, 0, 1)
    base = blend(paint(226, 204, 158), paint(186, 146, 92), np.clip(0.3 + 0.7 * noise(37, 4), 0, 1))
    base = base * (1 + 0.11 * lines + 0.02 * np.sin(far * 60 + noise(38, 5)))[..., None]
    thick = 0.13 + 0.075 * noise(39, 6, 2)
    rind = blend(paint(84, 60, 40), paint(66, 104, 104), np.clip(1.6 * noise(40, 5) + 0.25, 0, 1))
    rind = rind * (1 + 0.35 * noise(41, 36))[..., None]
    base = blend(base, rind, edge(-rim - thick, 0.03))
    bent = turn + 0.03 * noise(42, 7, 4)
    deep = np.minimum(np.abs(bent + 0.52) + 0.9 * (far < 0.95), np.abs(bent + 1.12) + 0.9 * (far < 1.3))
    cracks = edge(deep * far - 0.008 * np.clip((far - 0.8) * 2, 0.2, 1.3), 0.008)
    rings = edge(np.abs(far - 1.16 - 0.04 * noise(43, 5)) - 0.006, 0.008) * (noise(44, 5) > 0)
    base = blend(base, paint(58, 42, 30), np.maximum(cracks, rings) * 0.85)
    height = (
        dome(shape, 0.04, 0.05) - 0.03 * np.maximum(cracks, rings) + 0.02 * edge(-rim - thick, 0.05) * noise(45, 30)
    )
    return camera.taken(
        [Thing(base, edge(shape), height, 0.05, 0.10)], camera.wood(112, 82, 56, 46, 0.8), 47,
        sun=(310, 38), turn=7, tilt=(0.05, -0.12), shift=(0.06, 0.02), warmth=0.02, quality=62,
    )  # fmt: skip


def table_knife() -> Image.Image:
    """A knife with a narrow handle on a tea towel: a few dark pits and short strokes along it."""
    x, y = placed(-0.18, 0.10, -27)
    handle = box(x + 0.28, y, 0.66, 0.125 - 0.022 * (x + 0.28), 0.07)
    grain = fibres(51, x, y, 60, 3)
    base = paint(226, 208, 170, 0.05 * grain + 0.05 * noise(52, 6))
    base = blend(base, paint(190, 154, 104), np.clip(noise(53, 4) - 0.1, 0, 1) * 0.6)
    chance, pits = np.random.default_rng(54), np.zeros(X.shape)
    for _ in range(85):
        px, py, long = chance.uniform(-0.93, 0.38), chance.uniform(-0.12, 0.12), 0.004 + chance.exponential(0.008)
        part = around(px, py, -0.18, 0.10, -27)
        far = np.hypot((x[part] - px) / long, (y[part] - py) / 0.0036)
        pits[part] = np.maximum(pits[part], np.clip(1.5 - far, 0, 1) * chance.uniform(0.4, 1))
    base = blend(base, paint(92, 66, 42), pits * 0.8)
    high = dome(handle, 0.12, 0.10) - 0.012 * pits
    for px in (-0.62, 0.12):
        pin = np.hypot(x - px, y) - 0.022
        base = blend(base, paint(150, 148, 142), edge(pin))
    collar = box(x - 0.44, y, 0.07, 0.128, 0.02)
    silver = paint(176, 176, 172, 0.06 * fibres(55, x, y, 90, 2)) * (0.9 + 0.25 * np.sin(y * 16 + 1))[..., None]
    blade = np.maximum(box(x - 1.25, y - 0.015, 0.78, 0.115, 0.02), y - 0.12 + 0.03 * (x - 0.5))
    steel = paint(168, 172, 176, 0.10 * fibres(56, x, y, 160, 2) + 0.10 * noise(57, 3))
    things = [
        Thing(steel, edge(blade), dome(blade, 0.05, 0.02), 0.5, 0.05),
        Thing(base, edge(handle), high, 0.10, 0.07),
        Thing(silver, edge(collar), dome(collar, 0.10, 0.08), 0.6, 0.07),
    ]
    ground = camera.checked((214, 210, 202), (124, 146, 170), 58)
    return camera.taken(things, ground, 59, sun=(250, 44), turn=3, tilt=(-0.05, 0.06), focus=(-0.3, 0.1), quality=64)


def hand_mirror() -> Image.Image:
    """The back of a hand mirror on a dark dresser: straight even stripes through the whole piece, a seam, a sheen."""
    x, y = placed(0.22, -0.14, 38)
    round_ = np.hypot(x * 1.02, y) - 0.60
    neck = box(x + 0.95, y, 0.50, 0.085 + 0.05 * np.clip(-x - 0.7, 0, 1) ** 2, 0.08)
    shape = -np.log(np.exp(-14 * round_) + np.exp(-14 * neck)) / 14
    stripes = np.sin(y * 100)
    base = blend(paint(240, 226, 190), paint(222, 200, 150), 0.5 + 0.5 * stripes)
    base = base * (1 + 0.02 * noise(61, 5))[..., None]
    scratch = fibres(62, x + 0.5 * y, y - 0.5 * x, 190, 1.2)
    base = blend(base, paint(196, 170, 124), np.clip(scratch - 0.72, 0, 0.28) * 2)
    groove = edge(np.abs(round_ + 0.07) - 0.006, 0.006)
    base = blend(base, paint(150, 122, 80), np.maximum(groove, edge(np.abs(shape + 0.018) - 0.003, 0.004)) * 0.6)
    height = dome(shape, 0.10, 0.07) + 0.06 * np.clip(1 - (x * x + y * y) / 0.36, 0, 1) - 0.01 * groove
    ground = camera.wood(66, 40, 30, 63, 1.3)
    return camera.taken(
        [Thing(base, edge(shape), height, 0.35, 0.08)], ground, 64,
        sun=(300, 52), turn=-8, tilt=(0.04, 0.05), shift=(-0.10, 0.06), warmth=0.05, exposure=0.92, quality=55,
    )  # fmt: skip


def oval_slice() -> Image.Image:
    """A thick oval slice on a newspaper: a smooth ring, and a core of soft round lumps like oatmeal."""
    x, y = placed(0.04, -0.02, 16)
    turn = np.arctan2(y * 1.45, x)
    far = np.hypot(x * 0.98, y * 1.46) * (1 + 0.035 * np.cos(2 * turn) + 0.07 * np.exp(-(((turn - 1.7) / 0.35) ** 2)))
    far = far + 0.012 * noise(71, 5)
    chance, core = np.random.default_rng(72), np.zeros(X.shape)
    for _ in range(430):
        px, py, wide = chance.uniform(-0.62, 0.62), chance.uniform(-0.42, 0.42), chance.uniform(0.018, 0.046)
        part = around(px, py, 0.04, -0.02, 16)
        lump = np.exp(-(((x[part] - px) ** 2 + (y[part] - py) ** 2) / wide**2))
        core[part] = np.maximum(core[part], lump * chance.uniform(0.5, 1))
    oats = blend(paint(186, 158, 112), paint(234, 220, 188), np.clip(core * 1.15, 0, 1))
    smooth = paint(232, 216, 182, 0.03 * noise(73, 5) + 0.012 * np.sin(far * 90))
    base = blend(smooth, oats, edge(far - 0.47 + 0.05 * noise(74, 6), 0.045) * 0.92)
    base = blend(base, paint(206, 182, 138), edge(0.90 + 0.02 * noise(75, 8) - far, 0.015))
    crack = edge(np.abs(turn + 2.25 + 0.05 * noise(76, 7)) * far - 0.006, 0.006) * edge(0.52 - far)
    base = blend(base, paint(96, 72, 48), crack * 0.8)
    face, under = edge(far - 1), np.roll(edge(far - 1), (34, 10), (0, 1))
    wall = paint(176, 144, 98, 0.16 * noise(77, 40))
    colours, cover = blend(wall, base, face), np.maximum(face, under)
    height = 0.012 * face + 0.005 * core * edge(far - 0.5, 0.1)
    return camera.taken(
        [Thing(colours, cover, soft(height, 2), 0.08, 0.12)], camera.newspaper(78), 79,
        sun=(240, 40), turn=-4, tilt=(0.0, 0.08), shift=(-0.05, -0.03), warmth=0.03, quality=60,
    )  # fmt: skip


def tooth_and_ruler() -> Image.Image:
    """A section with three rounded sides beside a ruler: very fine wavy lines that follow the outline."""
    x, y = placed(-0.12, -0.06, 9)
    turn = np.arctan2(y, x)
    whole = np.hypot(x, y) / (0.66 + 0.085 * np.cos(3 * (turn + 1.9)) + 0.035 * np.cos(turn - 0.6))
    depth = whole + 0.007 * np.sin(31 * turn + 3 * noise(81, 6)) * np.clip(1.5 * whole, 0, 1) + 0.01 * noise(82, 6)
    rings = np.sin(depth * 215) * (0.6 + 0.5 * noise(83, 7)) + 0.5 * np.sin(depth * 61)
    base = paint(236, 222, 190, 0.03 * noise(84, 5)) * (1 + 0.060 * rings)[..., None]
    arch = np.hypot(x - 0.02, (y - 0.10) * 1.3) - 0.17 - 0.02 * noise(85, 6)
    line = edge(np.abs(arch) - 0.011, 0.012) * edge(y - 0.10, 0.05)
    base = blend(base, paint(132, 102, 66), line * 0.8)
    enamel = edge(0.925 - whole + 0.01 * noise(86, 9), 0.012) * np.clip(
        1.4 - np.exp(-(((turn - 1.3) / 0.7) ** 2)) * 2, 0, 1
    )
    base = blend(base, paint(244, 242, 234), enamel)
    base = blend(base, paint(150, 120, 80), edge(np.abs(whole - 0.925) - 0.006, 0.008) * enamel * 0.6)
    face, under = edge(whole - 1), np.roll(edge(whole - 1), (26, -18), (0, 1))
    tooth = Thing(
        blend(paint(196, 172, 128, 0.2 * noise(87, 26)), base, face),
        np.maximum(face, under),
        soft(0.012 * face, 2),
        0.22,
        0.1,
    )
    rx, ry = placed(0.15, 0.98, -6)
    rule = box(rx, ry, 2.6, 0.155, 0.01)
    tick = np.mod(rx / 0.032, 1)
    number = np.round(np.floor(rx / 0.032))
    long = 0.06 + 0.04 * (np.mod(number, 5) == 0) + 0.05 * (np.mod(number, 10) == 0)
    marks = edge(np.abs(tick - 0.5) - 0.14, 0.14) * edge(ry + 0.155 - long, 0.004)
    scale = blend(paint(220, 176, 70, 0.06 * fibres(88, rx, ry, 60, 2)), paint(40, 34, 30), marks * 0.9)
    ground = camera.linen(46, 52, 78, 89)
    return camera.taken(
        [Thing(scale, edge(rule), dome(rule, 0.03, 0.02), 0.1, 0.03), tooth], ground, 90,
        sun=(200, 46), turn=2, tilt=(0.06, 0.0), shift=(0.02, 0.10), quality=66,
    )  # fmt: skip


def _nut(px: float, py: float, turn: float, size: float, seed: int, whole: bool) -> Thing:
    """A seed with its brown skin; cut in half, unless it is whole."""
    x, y = placed(px, py, turn)
    bent = np.arctan2(y, x)
    far = np.hypot(x * 1.05, y * (1.14 + 0.25 * x)) / size + 0.05 * np.cos(3 * bent + seed) + 0.012 * noise(seed, 7)
    skin = paint(104, 66, 40, 0.28 * noise(seed + 1, 50) + 0.15 * fibres(seed + 2, x, y, 60, 4))
    skin = blend(skin, paint(188, 158, 116), edge(-noise(seed + 3, 10) + 0.42, 0.08) * 0.8)
    if whole:
        return Thing(skin, edge(far - 1), dome(far - 1, 0.95, 0.30), 0.12, 0.14)
    rings = np.sin(far * 92 + 2 * noise(seed + 4, 5)) * np.clip(far * 1.5, 0, 1)
    flesh = paint(222, 208, 172, 0.03 * noise(seed + 5, 6)) * (1 + 0.045 * rings)[..., None]
    hollow = np.hypot(x * 0.62, y * 2.4 + 0.12 * x) / size - 0.13 - 0.03 * noise(seed + 6, 9)
    flesh = blend(flesh, paint(120, 92, 60), edge(hollow, 0.03))
    colours = blend(flesh, skin, edge(0.90 + 0.035 * noise(seed + 7, 12) - far, 0.012))
    return Thing(colours, edge(far - 1), dome(far - 1, 0.12, 0.05) - 0.05 * edge(hollow, 0.04), 0.10, 0.09)


def _coin(px: float, py: float, turn: float) -> Thing:
    """A coin with a head in profile, letters around it and a raised rim."""
    x, y = placed(px, py, turn)
    far, bent = np.hypot(x, y), np.arctan2(y, x)
    unit = 0.26
    head = np.hypot((x + 0.01) / 0.085, (y + 0.045) / 0.105) - 1
    neck = box(x + 0.015, y - 0.09, 0.05, 0.07, 0.02) / 0.1
    bust = np.maximum(np.hypot(x / 0.13, (y - 0.17) / 0.06) - 1, y - 0.17)
    nose = np.maximum(np.abs(y + 0.025) * 1.3 + (x - 0.10), 0.05 - x) / 0.1
    chin = np.hypot((x - 0.05) / 0.035, (y - 0.035) / 0.04) - 1
    profile = np.minimum.reduce([head, neck, bust, nose, chin])
    letters = edge(np.abs(far - 0.205) - 0.016, 0.006) * (chance_of(3, np.floor(bent * 11)) > 0.2)
    letters = letters * edge(np.abs(np.mod(bent * 11, 1) - 0.5) - 0.32, 0.08) * (np.abs(bent - 1.57) > 0.7)
    rim = edge(np.abs(far - unit + 0.014) - 0.011, 0.006)
    high = 0.030 * soft(edge(profile, 0.12), 3) + 0.014 * soft(letters, 1) + 0.022 * rim + dome(far - unit, 0.02, 0.02)
    hair = 0.006 * np.sin(60 * (y + x)) * edge(head + 0.1, 0.1) * (x < 0.01)
    metal = paint(186, 154, 88, 0.10 * noise(5, 8)) * (1 - 0.25 * edge(np.abs(profile) - 0.05, 0.08))[..., None]
    return Thing(metal, edge(far - unit), high + hair, 0.5, 0.03)


def nuts_and_coin() -> Image.Image:
    """Two halves and a whole seed on a wooden table, beside a coin: brown skin, fine rings, small."""
    things = [
        _nut(-0.62, -0.20, 20, 0.44, 91, False),
        _nut(0.10, 0.42, -50, 0.40, 101, False),
        _nut(0.34, -0.42, 75, 0.42, 111, True),
        _coin(0.88, 0.26, -14),
    ]
    ground = camera.wood(186, 142, 94, 121, 0.95)
    return camera.taken(
        things, ground, 122, sun=(320, 48), turn=-10, tilt=(0, -0.08), shift=(0.06, 0), warmth=-0.02, quality=70
    )
