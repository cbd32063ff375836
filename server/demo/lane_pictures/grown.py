"""The picture lane's own pictures: scales, horn, coral and a tortoise. Each shows what a lesson says of it."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (
    Thing,
    X,
    Y,
    blend,
    box,
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


def _scale(px: float, py: float, turn: float, size: float, seed: int) -> Thing:
    """A shield: a wide rough base above, a worn tip below, growth lines that follow the tip, ridges from the base."""
    x, y = placed(px, py, turn)
    x, y = x / size, y / size
    wide = 0.88 * np.clip((1.02 - y) / 1.55, 0, 1) ** 0.62 * (1 - 0.35 * np.clip(-y - 0.35, 0, 1))
    shape = np.maximum(np.abs(x) - wide, np.maximum(-y - 0.80 + 0.22 * x**2, y - 0.95 + 0.03 * noise(seed, 30)))
    shape = shape * size + 0.008 * noise(seed + 1, 30)
    fan = np.arctan2(x, y + 2.3)
    ridges = fibres(seed + 2, y * 0.6, fan, 95, 1.2) * np.clip(0.75 - y, 0, 1)
    grown = np.sin(46 * np.hypot(x * 0.85, y + 0.9) + 2.5 * noise(seed + 3, 8)) * np.clip(0.6 - y, 0, 1)
    base = blend(paint(128, 96, 60), paint(186, 148, 94), np.clip(0.4 + 0.8 * y + 0.4 * noise(seed + 4, 4), 0, 1))
    base = base * (1 + 0.10 * ridges + 0.06 * grown)[..., None]
    rough = edge(y + 0.42 - 0.10 * noise(seed + 5, 14) + 0.15 * x**2, 0.08)
    base = blend(base, paint(84, 66, 48, 0.3 * noise(seed + 6, 90)), rough * 0.85)
    height = (
        dome(shape, 0.30 * size, 0.17 * size) + 0.004 * ridges + 0.003 * grown + 0.006 * rough * noise(seed + 7, 90)
    )
    return Thing(base, edge(shape), height, 0.05, 0.08)


def scales_on_pan() -> Image.Image:
    """Seven horny shields on the steel pan of a kitchen scale."""
    laid = ((-0.50, -0.40, 20, 0.31), (0.12, -0.52, -34, 0.28), (0.60, -0.16, 75, 0.32), (-0.60, 0.22, -80, 0.29),
            (-0.08, 0.02, 12, 0.33), (0.38, 0.44, 140, 0.30), (-0.22, 0.58, 205, 0.26))  # fmt: skip
    things = [_scale(*place, 400 + 10 * at) for at, place in enumerate(laid)]
    far = np.hypot(X, Y)
    pan = paint(172, 176, 180, 0.05 * fibres(471, far, np.arctan2(Y, X), 2, 90))
    pan = pan * (0.92 + 0.12 * np.cos(2 * np.arctan2(Y, X) + 0.8))[..., None]
    plate = Thing(pan, edge(far - 1.04), dome(far - 1.04, 0.06, 0.05) - 0.03 * edge(far - 0.95, 0.02), 0.2, 0.15)
    return camera.taken(
        [plate, *things], camera.tiles(150, 164, 160, 472), 473,
        sun=(230, 46), turn=6, tilt=(0.05, 0.08), shift=(0.1, 0.08), zoom=1.12, quality=64,
    )  # fmt: skip


def slab_with_grain() -> Image.Image:
    """A thick slab in a cardboard box: even fine dots close together on its face, hair-like lines down its side."""
    x, y = placed(0.0, -0.14, -7)
    turn = np.arctan2(y * 1.3, x)
    far = np.hypot(x * 0.98, y * 1.52) * (1 + 0.06 * np.cos(turn - 1.4) + 0.09 * np.exp(-(((turn - 1.5) / 0.5) ** 2)))
    far = far + 0.02 * noise(481, 5) + 0.012 * noise(482, 60)
    first, _, _ = nearest(strewn(483, 0.0235, 1.1, 0.95), 0.05)
    dots = edge(first - 0.0062, 0.005)
    tone = np.clip(1.05 - 1.15 * far + 0.25 * noise(484, 5), 0, 1)
    face = blend(paint(142, 112, 78), paint(58, 46, 40), tone)
    face = blend(face, blend(paint(190, 162, 122), paint(110, 90, 70), tone), dots * 0.75)
    face = face * (1 + 0.04 * fibres(485, x - 0.3 * y, y + 0.3 * x, 70, 1))[..., None]
    hair = fibres(486, Y, X, 150, 1.6) + 0.7 * fibres(487, Y, X, 60, 1)
    wall = paint(112, 88, 62, 0.24 * hair)
    top = edge(far - 0.93)
    deep = [np.roll(top, (drop, 6), (0, 1)) for drop in range(0, 130, 10)]
    frayed = soft(np.roll(top, (142, 6), (0, 1)), 2) * (hair > 0.15)  # loose ends of the filaments
    under = np.maximum.reduce([*deep, frayed])
    shade = np.clip(1.05 - 0.5 * np.clip(Y - 0.3, 0, 1), 0, 1)
    colours = blend(wall * shade[..., None], face, top)
    height = 0.012 * soft(top, 2) + 0.004 * hair * (1 - top) - 0.002 * dots * top
    return camera.taken(
        [Thing(colours, under, height, 0.04, 0.14)], camera.cardboard(488), 489,
        sun=(250, 44), turn=-3, tilt=(0.0, 0.06), shift=(0.0, 0.04), focus=(0, -0.1), blur=0.5, quality=72,
    )  # fmt: skip


def open_horn() -> Image.Image:
    """A dark horn on a bench, its open end towards us: a wall as thick as a finger around a dark hollow."""
    body = ribbon(
        [(-0.62, 0.24), (0.15, 0.20), (0.85, -0.20), (1.20, -0.85)], lambda t: 0.445 * (1 - t) ** 0.8 + 0.045, 36
    )
    layers = fibres(491, body.along, body.across, 30, 1.4)
    rings = np.sin(body.along * 26 + 2 * noise(492, 4)) * np.clip(1.1 - body.along, 0, 1)
    skin = blend(paint(44, 38, 36), paint(122, 104, 84), np.clip(0.7 * noise(493, 3) + 0.1 + 0.3 * layers, 0, 1) * 0.7)
    skin = skin * (1 + 0.10 * layers)[..., None]
    u, v = placed(-0.62, 0.24, -2)
    far = np.hypot(u / 0.36, v / 0.50) + 0.015 * noise(494, 6)
    mouth = edge(far - 1, 0.012)
    hole = np.hypot((u - 0.03) / 0.25, (v + 0.015) / 0.375) + 0.02 * noise(495, 5)
    thin = np.sin(far * 70 + 3 * noise(496, 4))
    wall = blend(paint(92, 78, 66), paint(58, 48, 44), 0.5 + 0.5 * thin) * (1 + 0.06 * noise(497, 60))[..., None]
    depth = blend(
        paint(16, 13, 12), paint(72, 58, 46, 0.2 * noise(498, 20)), np.clip((hole - 0.55) * 1.4 - 0.5 * v, 0, 1)
    )
    end = blend(wall, depth, edge(hole - 1, 0.02))
    end = blend(end, paint(140, 120, 98), edge(np.abs(far - 0.985) - 0.016, 0.015) * 0.7)
    behind = edge(body.distance) * edge(-u, 0.02)
    height = dome(body.distance, 0.45, 0.42) * (1 - mouth) + 0.012 * rings * (1 - mouth) + mouth * (0.25 - 0.1 * u)
    height = height - 0.10 * edge(hole - 1, 0.05)
    return camera.taken(
        [Thing(blend(skin, end, mouth), np.maximum(behind, mouth), height, 0.40, 0.20)], camera.tiles(188, 152, 120, 499), 500,
        sun=(215, 50), turn=-4, tilt=(0.05, 0), shift=(0.04, -0.02), exposure=1.08, warmth=0.02, quality=62,
    )  # fmt: skip


def twig_in_cotton() -> Image.Image:
    """A many-branched red twig on cotton wool: fine even lines that follow each branch."""
    chance = np.random.default_rng(511)
    shape, across, along = np.full(X.shape, 9.0), np.zeros(X.shape), np.zeros(X.shape)
    ends = [(-0.98, 0.62, -34.0, 0.115, 0)]
    while ends:
        px, py, way, thick, depth = ends.pop()
        long = (0.62, 0.50, 0.40, 0.26)[depth] * chance.uniform(0.85, 1.15)
        bend = way + chance.uniform(-14, 14)
        mx, my = px + 0.5 * long * np.cos(np.radians(way)), py + 0.5 * long * np.sin(np.radians(way))
        qx, qy = mx + 0.5 * long * np.cos(np.radians(bend)), my + 0.5 * long * np.sin(np.radians(bend))
        part = ribbon([(px, py), (mx, my), (qx, qy)], lambda t, w=thick: w * (1 - 0.28 * t), 8)  # type: ignore[misc]
        closer = part.distance < shape
        across = np.where(closer, part.across * part.width, across)
        along = np.where(closer, part.along + 3 * depth, along)
        melted = np.clip(0.05 - np.abs(part.distance - shape), 0, 0.05) ** 2 * 4  # branches grow together softly
        shape = np.minimum(part.distance, shape) - melted
        if depth < 3:
            for turn in (chance.uniform(18, 42), -chance.uniform(18, 42)):
                ends.append((qx, qy, bend + turn, thick * chance.uniform(0.60, 0.76), depth + 1))
    lines = np.sin(across * 330 + 1.2 * noise(512, 8)) * (0.7 + 0.4 * noise(513, 12))
    red = (
        blend(paint(178, 38, 28), paint(204, 74, 52), np.clip(0.4 + 0.5 * noise(514, 4), 0, 1))
        * (1 + 0.10 * lines)[..., None]
    )
    worn = edge(0.62 - noise(515, 14), 0.05)
    red = blend(red, paint(226, 140, 112), worn * 0.5)
    shape = shape + 0.007 * noise(516, 26)
    height = dome(shape, 0.09, 0.10) + 0.0022 * lines
    cotton = soft(noise(517, 12, 4), 2)
    wool = camera.Surface(paint(228, 228, 230, 0.05 * cotton), 0.018 * cotton + 0.05 * noise(518, 4))
    return camera.taken(
        [Thing(red, edge(shape), height, 0.20, 0.06)], wool, 519,
        sun=(300, 44), turn=6, tilt=(0.05, -0.05), shift=(0.02, 0.0), exposure=0.96, blur=0.5, quality=70,
    )  # fmt: skip


def bead_string() -> Image.Image:
    """A string of barrel beads over slate: bright red with dark joints, coarse grooves and dye in the cracks."""
    chance = np.random.default_rng(521)
    curve = [(-1.18, -0.42), (-0.92, 0.12), (-0.46, 0.48), (0.10, 0.56), (0.62, 0.36), (0.98, -0.06), (1.16, -0.60)]
    thread = ribbon(curve, lambda t: 0.014, 40)
    things = [Thing(paint(60, 20, 22), edge(thread.distance), dome(thread.distance, 0.014, 0.02), 0.0, 0.02)]
    at = np.linspace(0, 6, 400)
    path = np.column_stack([np.polyval(np.polyfit(range(7), np.array(curve)[:, k], 6), at) for k in (0, 1)])
    run = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    place, number = 0.10, 0
    while place < run[-1] - 0.05:
        long, wide = chance.uniform(0.135, 0.185), chance.uniform(0.125, 0.150)
        here = int(np.searchsorted(run, place + long))
        px, py = path[min(here, 399)]
        back = path[max(here - 12, 0)]
        x, y = placed(px, py, float(np.degrees(np.arctan2(py - back[1], px - back[0]))))
        shape = box(x, y, long, wide - 0.05 * (x / long) ** 2, 0.05) + 0.004 * noise(522 + number, 30)
        grooves = np.sin(y * 96 / (1 - 0.25 * (x / long) ** 2) + 1.5 * noise(530 + number, 9))
        red = paint(206, 30, 44, 0.16 * grooves + 0.06 * noise(540 + number, 8))
        red = blend(red, paint(116, 6, 24), edge(np.abs(noise(550 + number, 12, 2)) - 0.035, 0.02) * 0.75)
        if number % 3 != 1:
            joint = x - chance.uniform(-0.07, 0.07) + 0.02 * noise(560 + number, 14)
            red = blend(red, paint(58, 24, 22, 0.2 * noise(570 + number, 60)), edge(np.abs(joint) - 0.028, 0.012) * 0.9)
            red = blend(red, paint(232, 120, 110), edge(np.abs(np.abs(joint) - 0.045) - 0.010, 0.010) * 0.5)
        things.append(Thing(red, edge(shape), dome(shape, 0.10, 0.10) + 0.006 * grooves, 0.55, 0.07))
        place, number = place + 2 * long + 0.015, number + 1
    ground = camera.speckled(78, 82, 88, 580, 0.35)
    return camera.taken(
        things, ground, 581, sun=(245, 48), turn=-7, tilt=(0.0, 0.12), shift=(0, 0.06), zoom=1.1, warmth=0.03, quality=62
    )  # fmt: skip


# Where the plates of a tortoise's shell have their middles: five along the back, four on each side.
BACK = [(at, 0.0) for at in (-0.62, -0.34, -0.02, 0.30, 0.60)]
SIDES = [(at, way * 0.42) for way in (-1, 1) for at in (-0.50, -0.17, 0.16, 0.48)]


def shell_on_gravel() -> Image.Image:
    """A tortoise from above on gravel: five plates along the back, four on each side, a rim of small ones, rays on each."""
    x, y = placed(-0.04, 0.02, -24)
    far = np.hypot(x / 0.92, y / (0.70 + 0.05 * x)) + 0.02 * noise(611, 5)
    px, py = np.array(BACK + SIDES).T
    gaps = [np.hypot(x - ax, (y - ay) * (1.0 if ay else 1.12)) for ax, ay in zip(px, py, strict=True)]
    order = np.sort(np.stack(gaps), axis=0)
    which = np.argmin(np.stack(gaps), axis=0)
    ax, ay = px[which], py[which]
    bend = np.arctan2(y - ay, x - ax)
    inner = order[0]
    seam = order[1] - order[0]
    many = np.array([7, 8, 6, 8, 7, 9, 8, 7, 8, 7, 9, 8, 8])[which]
    ray = np.cos(many * bend + 1.7 * which + 0.5 * noise(612, 8))
    yellow = edge(0.62 - ray - 0.14 * noise(613, 12), 0.12)
    yellow = np.maximum(yellow, edge(inner - 0.055 - 0.02 * noise(614, 12), 0.02))
    rim = edge(0.86 - far, 0.012)
    around = np.arctan2(y / 0.7, x / 0.92) * 23 / (2 * np.pi)
    tooth = np.mod(around, 1) - 0.5
    rim_ray = edge(
        np.minimum(np.abs(tooth + 0.6 * (far - 0.93)), np.abs(tooth - 0.25 - 0.5 * (far - 0.93))) - 0.07, 0.04
    )
    grown = np.sin(inner * 105 + 1.5 * noise(615, 6))
    horn = blend(paint(54, 40, 30), paint(214, 178, 96), np.where(rim > 0.5, rim_ray, yellow) * 0.95)
    horn = horn * (1 + 0.07 * grown + 0.12 * noise(616, 9))[..., None]
    line = np.where(rim > 0.5, 0.5 - np.abs(tooth) - 0.03, seam - 0.016)
    line = np.minimum(line, np.abs(far - 0.86) - 0.010)
    horn = blend(horn, paint(26, 20, 16), edge(line, 0.012))
    cone = 0.11 * np.clip(1 - inner / 0.24, 0, 1) * (1 - rim)
    shell = dome(far - 1, 0.95, 0.55) + cone + 0.004 * grown - 0.012 * edge(line, 0.02)
    flesh = paint(150, 122, 76, 0.18 * noise(617, 60) + 0.1 * noise(618, 18))
    head = np.hypot((x - 1.02) / 0.17, (y - 0.02) / 0.125) - 1
    eye = np.hypot(x - 1.08, y + 0.075) - 0.016
    flesh = blend(flesh, paint(20, 16, 14), edge(eye, 0.006))
    limbs = head * 0.12
    for lx, ly, turn in ((0.62, 0.66, 40), (0.62, -0.64, -40), (-0.66, 0.58, 140), (-0.64, -0.58, -140)):
        cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        u, v = (x - lx) * cos + (y - ly) * sin, (y - ly) * cos - (x - lx) * sin
        limbs = np.minimum(limbs, box(u, v, 0.22, 0.115, 0.09))
    limbs = limbs + 0.012 * noise(619, 40)
    first, second, stone = nearest(strewn(620, 0.085, 1.5, 1.15), 0.2)
    pebble = np.clip((second - first) * 14, 0, 1)
    tint = np.mod(np.sin(stone * 12.9) * 437.5, 1)
    gravel = blend(paint(158, 144, 124), paint(112, 108, 104), tint) * (0.45 + 0.55 * pebble)[..., None]
    ground = camera.Surface(gravel * (1 + 0.08 * noise(621, 160))[..., None], 0.03 * np.sqrt(pebble))
    things = [
        Thing(flesh, edge(limbs), dome(limbs, 0.10, 0.10) + 0.006 * noise(622, 90), 0.05, 0.06),
        Thing(horn, edge(far - 1), shell, 0.22, 0.20),
    ]
    return camera.taken(
        things, ground, 623, sun=(300, 52), turn=-3, tilt=(0.04, 0.06), shift=(0.06, 0.0), zoom=1.04, exposure=1.05,
        warmth=0.03, quality=66,
    )  # fmt: skip
