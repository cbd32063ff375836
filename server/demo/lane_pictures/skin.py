"""The picture lane's own pictures: tortoiseshell, leather and what imitates them. Each shows what a lesson says of it."""

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
    dome,
    edge,
    fibres,
    noise,
    paint,
    placed,
    ribbon,
)


def _mottled(cloud: Plane) -> Plane:
    """Amber, brown and nearly black by the height of a cloud."""
    amber = blend(paint(222, 158, 62), paint(132, 62, 22), np.clip(0.35 + cloud * 2.4, 0, 1))
    return blend(amber, paint(38, 20, 14), np.clip(cloud * 4 - 0.7, 0, 1))


def high_comb() -> Image.Image:
    """A high comb on a white sheet, light coming through: clouds that never repeat, uneven teeth, thick and thin places."""
    x, y = placed(0.0, -0.02, -12)
    arch = 0.62 - 0.55 * x**2 + 0.045 * np.cos(11 * x)
    back = np.maximum(-y - arch, np.maximum(y - 0.05, np.abs(x) - 0.80 + 0.16 * np.clip(y + 0.5, 0, 1)))
    back = np.maximum(back, 0.075 - np.hypot(x, (y + 0.30) * 1.1))
    number = np.floor((x + 0.74) / 0.122)
    tooth = x + 0.74 - (number + 0.5) * 0.122 + 0.012 * (chance_of(1, number) - 0.5)
    long = 0.78 + 0.07 * (chance_of(2, number) - 0.5) - 0.25 * (number == 8) - 0.12 * x**2
    wide = 0.040 - 0.024 * np.clip(y / long, 0, 1) + 0.008 * (chance_of(3, number) - 0.5)
    teeth = np.maximum(np.maximum(np.abs(tooth) - wide, np.maximum(y - long, -y - 0.02)), np.abs(x) - 0.735)
    shape = np.minimum(back, teeth) + 0.004 * noise(201, 40)
    cloud = 1.5 * noise(202, 5, 2) + 0.35 * noise(203, 12, 2)
    thick = 0.5 + 0.5 * noise(204, 3)
    shell = _mottled(cloud) * (1.14 - 0.30 * thick)[..., None]
    shell = shell * (1 + 0.04 * fibres(205, x + 0.7 * y, y - 0.7 * x, 100, 4))[..., None]
    clear = np.clip(0.25 - cloud, 0, 0.6) * edge(-shape - 0.05, 0.04)
    shell = shell + np.array([0.16, 0.10, 0.02]) * clear[..., None]
    height = dome(shape, 0.035, 0.03) + 0.03 * thick
    ground = camera.linen(214, 214, 216, 206)
    return camera.taken(
        [Thing(shell, edge(shape), height, 0.45, 0.09)], ground, 207,
        sun=(280, 42), turn=3, tilt=(0.04, 0.10), shift=(0.02, 0.03), warmth=0.03, quality=62,
    )  # fmt: skip


def _again(x: Plane, y: Plane, period: float, seed: int) -> Plane:
    """A soft cloud that comes back after each period, without a seam."""
    chance, total = np.random.default_rng(seed), np.zeros(X.shape)
    for across in range(-3, 4):
        for down in range(4):
            weight = chance.normal() / (1 + across**2 + down**2) ** 0.55
            total += weight * np.cos(2 * np.pi * (across * x + down * y) / period + chance.uniform(0, 6.3))
    return np.asarray(total / 2.2, dtype=float)


def spectacles() -> Image.Image:
    """Spectacles on white stone: the same soft patch comes back along rims and arms, the rims are of one thickness."""
    x, y = placed(0.0, 0.08, 6)
    outer = np.minimum(box(x + 0.56, y, 0.46, 0.40, 0.26), box(x - 0.56, y, 0.46, 0.40, 0.26))
    inner = np.minimum(box(x + 0.56, y, 0.375, 0.315, 0.20), box(x - 0.56, y, 0.375, 0.315, 0.20))
    bridge = np.maximum(np.abs(np.hypot(x, y - 0.08) - 0.19) - 0.045, y + 0.02)
    rims = np.maximum(np.minimum(outer, bridge), -inner)
    arms = np.full(X.shape, 9.0)
    for side in (-1, 1):
        bar = ribbon([(0.93 * side, -0.14 + 0.1 * side), (0.86 * side, -0.52 + 0.09 * side), (0.40 * side, -0.86 + 0.08 * side)], lambda t: 0.052)  # fmt: skip
        arms = np.minimum(arms, bar.distance)
    cloud = _again(x, y, 0.27, 211) + 0.05
    plastic = _mottled(0.55 * cloud) * 0.95
    hinge = np.minimum(box(x - 0.97, y + 0.20, 0.05, 0.035), box(x + 0.97, y + 0.20, 0.05, 0.035))
    lens = Thing(
        paint(176, 182, 186, 0.14 * np.clip(np.sin(3 * (x + y)), 0, 1)),
        edge(inner) * 0.30,
        dome(inner, 0.5, 0.08),
        0.9,
        0.02,
    )
    things = [
        Thing(plastic, edge(arms), dome(arms, 0.05, 0.05), 0.5, 0.06),
        lens,
        Thing(plastic, edge(rims), dome(rims, 0.035, 0.035), 0.6, 0.10),
        Thing(paint(190, 188, 180), edge(hinge), dome(hinge, 0.03, 0.03), 0.8, 0.06),
    ]
    return camera.taken(
        things, camera.marble(212), 213, sun=(235, 54), turn=-3, tilt=(-0.05, 0.10), shift=(0, -0.05), warmth=-0.02, quality=64
    )  # fmt: skip


def long_skin() -> Image.Image:
    """A long skin in a curve on a floor: overlapping diamonds that grow to the sides, wide scales at the rim, uneven blotches."""
    strip = ribbon([(-1.5, 0.42), (-0.6, -0.10), (0.4, 0.22), (1.5, -0.34)], lambda t: 0.50 - 0.14 * t, 40)
    side = strip.across + 0.02 * noise(221, 9)
    along = strip.along / 0.052
    grown = np.sign(side) * np.abs(side) ** 0.82 * 7.6  # scales are larger towards the sides
    first, second = along * 0.5 + grown, along * 0.5 - grown
    p, q = np.mod(first, 1), np.mod(second, 1)
    tail = np.maximum(p, q)
    rise = 0.011 * (0.4 * (p + q)) * (1 - np.clip((tail - 0.90) / 0.10, 0, 1))
    which = np.floor(first) * 13 + np.floor(second) * 57
    blotch = noise(222, 6, 2) + 0.35 * noise(223, 12, 2) + 0.45 * np.cos(strip.along * 7.5 + 2 * noise(224, 3)) + 0.05
    base = blend(paint(206, 184, 138), paint(142, 104, 64), edge(0.18 - blotch, 0.05))
    base = blend(base, paint(50, 36, 28), edge(np.abs(blotch - 0.24) - 0.09 - 0.04 * noise(225, 14), 0.05))
    base = blend(base, paint(224, 208, 170), edge(0.72 - np.abs(side), 0.08) * 0.6)
    base = base * (0.88 + 0.20 * chance_of(226, which))[..., None]
    base = blend(base, base * 0.50, np.clip((tail - 0.86) / 0.10, 0, 1))
    belly = edge(0.86 - np.abs(side), 0.01)
    step = np.mod(strip.along / 0.085, 1)
    plate = paint(222, 206, 166, 0.05 * noise(227, 40)) * (1 - 0.45 * edge(0.86 - step, 0.06))[..., None]
    base, rise = blend(base, plate, belly), rise * (1 - belly) + 0.012 * step * (step < 0.93) * belly
    height = rise + 0.10 * np.sqrt(np.clip(1 - side**2, 0, 1)) * 0.5 + 0.05 * noise(228, 4)
    ragged = strip.distance + 0.022 * noise(229, 26)
    return camera.taken(
        [Thing(base, edge(ragged), height, 0.20, 0.05)], camera.wood(150, 104, 66, 230, 0.42), 231,
        sun=(190, 40), turn=-4, tilt=(0.10, -0.10), zoom=1.12, focus=(-0.1, 0.0), warmth=0.02, quality=62,
    )  # fmt: skip


def handbag() -> Image.Image:
    """A stiff handbag against a wall: square by square the same three come back, all grooves are of one depth."""
    x, y = placed(0.02, 0.26, 2)
    body = box(x, y, 0.82 - 0.14 * np.clip(0.5 - y, 0, 1), 0.54, 0.09)
    flap = np.maximum(body, y - 0.02 + 0.20 * x**2)
    arc = np.maximum(np.abs(np.hypot(x * 1.02, y + 0.52) - 0.44) - 0.045, y + 0.50)
    u, v = x / 0.155, (y - 0.02 * np.sin(9 * x)) / 0.135
    column, row = np.floor(u), np.floor(v)
    kind = np.mod(column, 3) + 3 * np.mod(row, 2)
    a, b = np.mod(u, 1) - 0.5, np.mod(v, 1) - 0.5
    wide, high = 0.36 + 0.10 * chance_of(5, kind), 0.36 + 0.10 * chance_of(6, kind)
    a, b = a - 0.05 * (chance_of(7, kind) - 0.5), b + 0.10 * (chance_of(8, kind) - 0.5) * a
    scale = box(a, b, wide, high, 0.13 + 0.15 * chance_of(9, kind))
    notch = np.hypot(a - 0.15, b + 0.10) - 0.09  # the same flaw in each third scale
    scale = np.where(kind == 1, np.maximum(scale, -notch), scale)
    groove = edge(-scale, 0.05)
    leather = paint(124, 58, 40, 0.03 * noise(241, 150, 1)) * (1 - 0.50 * groove)[..., None]
    stitch = edge(np.abs(np.minimum(-flap, -body) - 0.035) - 0.006, 0.004) * (np.mod((x + y) * 26, 1) < 0.6)
    leather = blend(leather, paint(206, 170, 120), stitch)
    lower = Thing(leather * 0.94, edge(body), dome(body, 0.10, 0.09) - 0.012 * groove, 0.16, 0.12)
    upper = Thing(leather, edge(flap), dome(flap, 0.06, 0.08) - 0.012 * groove, 0.20, 0.05)
    handle = Thing(paint(104, 46, 32, 0.05 * noise(242, 90)), edge(arc), dome(arc, 0.045, 0.06), 0.25, 0.10)
    clasp = np.minimum(box(x, y - 0.06, 0.075, 0.05, 0.02), np.hypot(x, y - 0.12) - 0.045)
    metal = Thing(paint(206, 174, 98), edge(clasp), dome(clasp, 0.03, 0.03), 0.9, 0.05)
    wall = camera.speckled(186, 190, 186, 243, 0.10)
    table = edge(-(Y - 0.62), 0.01)
    ground = camera.Surface(
        blend(wall.colours, paint(120, 104, 88, 0.05 * fibres(244, X, Y, 50, 2)), table), wall.height
    )
    return camera.taken(
        [handle, lower, upper, metal], ground, 245, sun=(215, 46), turn=2, tilt=(0.05, -0.03), shift=(0.03, 0.03), quality=66
    )  # fmt: skip


def _plates(x: Plane, y: Plane, seed: int, wide: float, high: float) -> tuple[Plane, Plane, Plane, Plane]:
    """Rows of square scales that bend: the gap around each, places within it, and its number."""
    y = y + 0.03 * noise(seed, 4, 2)
    row = np.floor(y / high)
    u = (x + 0.03 * noise(seed + 1, 5, 2)) / wide + 0.7 * chance_of(seed, row)
    column = np.floor(u)
    which = column * 7 + row * 131
    a, b = np.mod(u, 1) - 0.5, np.mod(y / high, 1) - 0.5
    a = a + 0.10 * (chance_of(seed + 2, which) - 0.5) * b
    gap = box(a, b, 0.47 - 0.03 * chance_of(seed + 3, which), 0.46 - 0.03 * chance_of(seed + 4, which), 0.19)
    return gap, a, b, which


def belly_panel() -> Image.Image:
    """Belly leather close up on concrete, one ragged edge: scales in bent rows, a small pit near the rim of each."""
    x, y = placed(-0.3, -0.1, -14)
    y, x = y + 0.10 * x**2, x + 0.05 * y
    flank = np.clip((y - 0.25) / 0.7, 0, 1)
    bent = y - 0.16 * flank**2
    gap, a, b, which = _plates(x, bent + 0.18 * flank * np.abs(bent), 251, 0.235, 0.185)
    wrinkle = fibres(254, x, y, 70, 14) * 0.5 + noise(255, 60, 2)
    tone = 0.18 * (chance_of(256, which) - 0.5) + 0.05 * wrinkle + 0.12 * noise(257, 4)
    base = blend(
        paint(166, 124, 78, tone), paint(108, 76, 48, tone), np.clip(0.5 - 1.2 * y + 0.4 * noise(258, 3), 0, 1)
    )
    base = blend(base, base * 0.42, edge(-gap, 0.07))
    pit = np.hypot((a - 0.02 - 0.14 * (chance_of(259, which) - 0.5)) * 0.235, (b - 0.29) * 0.185) - 0.009
    base = blend(base, base * 0.25, edge(pit, 0.007))
    height = (
        0.026 * np.sqrt(np.clip(-gap * 3.2, 0, 1)) + 0.002 * wrinkle - 0.014 * edge(pit, 0.008) + 0.03 * noise(260, 4)
    )
    cut = np.maximum(
        X + 0.5 * Y - 1.02 + 0.06 * noise(261, 7) + 0.02 * noise(262, 40), -Y - 0.86 + 0.05 * noise(263, 8)
    )
    ground = camera.speckled(136, 136, 132, 264, 0.7)
    return camera.taken(
        [Thing(base, edge(cut), height + dome(cut, 0.04, 0.03), 0.22, 0.06)], ground, 265,
        sun=(330, 34), turn=5, tilt=(-0.12, 0.06), focus=(-0.2, 0.1), warmth=0.03, quality=64,
    )  # fmt: skip


def belt() -> Image.Image:
    """A coiled belt on a shirt: plain glossy scales, some twice as wide as others, no dot and no pit on any."""
    band = ribbon([(-1.6, 0.62), (-0.5, 0.06), (0.35, 0.36), (0.95, -0.30), (0.30, -1.3)], lambda t: 0.27, 44)
    row = np.floor(band.along / 0.165 + 0.05 * noise(271, 6))
    inside = np.mod(band.along / 0.165 + 0.05 * noise(271, 6), 1) - 0.5
    first, second = -0.62 + 0.5 * chance_of(272, row), 0.10 + 0.62 * chance_of(273, row)
    across = band.across * 0.97
    seams = np.minimum(np.abs(across - first), np.abs(across - second)) * 0.27 / 0.165
    gap = np.minimum(seams, 0.5 - np.abs(inside)) - 0.035
    which = row * 3 + (across > first) + (across > second)
    crease = fibres(274, band.along, across, 12, 30)
    tone = 0.16 * (chance_of(275, which) - 0.5) + 0.05 * crease
    base = paint(70, 34, 26, tone)
    base = blend(base, paint(20, 14, 14), edge(gap, 0.03))
    height = 0.020 * np.sqrt(np.clip(gap * 5, 0, 1)) + dome(band.distance, 0.05, 0.03) + 0.003 * crease
    stitch = edge(np.abs(np.abs(band.across) - 0.91) - 0.018, 0.02) * (np.mod(band.along * 20, 1) < 0.62)
    base = blend(base, paint(150, 112, 84), stitch * 0.8)
    x, y = placed(-1.02, 0.30, -38)
    frame = np.maximum(box(x, y, 0.21, 0.36, 0.08), -box(x, y, 0.14, 0.285, 0.05))
    pin = box(x - 0.05, y, 0.22, 0.025, 0.02)
    buckle = np.minimum(frame, pin)
    things = [
        Thing(base, edge(band.distance), height, 0.50, 0.07),
        Thing(paint(186, 186, 190), edge(buckle), dome(buckle, 0.035, 0.04), 0.9, 0.08),
    ]
    shirt = camera.linen(150, 176, 204, 276)
    button = np.hypot(X - 0.02, Y + 0.62) - 0.065
    holes = np.hypot(np.abs(X - 0.02) - 0.018, np.abs(Y + 0.62) - 0.018) - 0.008
    things.insert(0, Thing(blend(paint(232, 232, 228), paint(70, 70, 80), edge(holes)), edge(button), dome(button, 0.02, 0.02), 0.4, 0.02))  # fmt: skip
    return camera.taken(
        things, shirt, 277, sun=(260, 46), turn=-6, tilt=(0.06, 0.10), shift=(-0.08, 0), exposure=0.98, quality=60
    )


def flat_skin() -> Image.Image:
    """A whole small skin on grass cloth: rows of round beads, and a few uneven rings of light ones across the back."""
    x, y = placed(0.0, 0.0, 82)
    x, y = x * 1.15, y * 1.15
    bend = y + 0.10 * np.sin(1.6 * x) + 0.012 * noise(281, 20)
    trunk = np.abs(bend) - 0.50 * np.clip(1 - (np.abs(x) / 0.95) ** 3, 0, 1) ** 0.6
    neck = np.maximum(np.abs(bend) - 0.19, np.abs(x + 0.95) - 0.35)
    tail = np.maximum(np.abs(bend) - 0.20 + 0.12 * np.clip(x - 0.7, 0, 1.2), np.abs(x - 1.2) - 0.6)
    legs = np.full(X.shape, 9.0)
    for px, way in ((-0.52, 1), (-0.52, -1), (0.55, 1), (0.55, -1)):
        lx, ly = x - px + 0.12 * way * (bend - way * 0.5) * np.sign(px), bend - way * 0.56
        legs = np.minimum(legs, box(lx, ly, 0.14 - 0.2 * (np.abs(bend) - 0.5), 0.22, 0.10))
    shape = np.minimum.reduce([trunk, neck, tail, legs]) + 0.012 * noise(282, 24)
    size = 0.041
    row = np.floor(bend / size)
    u = x / size + 0.5 * np.mod(row, 2) + 0.25 * noise(283, 40)
    bead = np.hypot(np.mod(u, 1) - 0.5, np.mod(bend / size, 1) - 0.5)
    which = np.floor(u) * 11 + row * 37
    rings = np.full(X.shape, 9.0)
    centres = [(-0.50, -0.17, 0.11), (-0.44, 0.19, 0.085), (-0.05, -0.04, 0.125), (0.02, 0.30, 0.07), (0.40, 0.14, 0.10), (0.46, -0.22, 0.09), (-0.02, -0.34, 0.06)]  # fmt: skip
    for px, py, wide in centres:
        far = np.hypot(x - px, (bend - py) * 0.9) + 0.035 * noise(284, 12)
        rings = np.minimum(rings, np.abs(far - wide))
    light = edge(rings - 0.026, 0.012) * (chance_of(285, which) > 0.22)
    bands = 0.35 * edge(np.abs(np.mod(x + 0.2, 0.47) - 0.23) - 0.05, 0.04) * (chance_of(286, which) > 0.45)
    base = blend(paint(96, 82, 56), paint(60, 50, 38), np.clip(0.5 + noise(287, 5), 0, 1))
    base = blend(base, paint(212, 190, 128), np.maximum(light, bands))
    base = base * (0.86 + 0.26 * chance_of(288, which))[..., None]
    base = blend(base, base * 0.32, edge(0.45 - bead, 0.10))
    height = 0.016 * np.sqrt(np.clip(1 - 4 * bead**2, 0, 1)) + 0.06 * noise(289, 4)
    ground = camera.checked((128, 142, 98), (110, 122, 84), 290)
    return camera.taken(
        [Thing(base, edge(shape), height + dome(shape, 0.03, 0.02), 0.18, 0.04)], ground, 291,
        sun=(225, 42), turn=22, tilt=(0.0, 0.08), zoom=1.0, shift=(0.02, 0.05), warmth=0.02, quality=66,
    )  # fmt: skip
