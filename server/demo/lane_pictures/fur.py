"""The picture lane's own pictures: fur and what imitates it. Each shows what a lesson says of it."""

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
    dome,
    edge,
    fibres,
    noise,
    paint,
    placed,
    ribbon,
    soft,
)


def throw_cushion() -> Image.Image:
    """A cushion with piping on a sofa: the same group of spots comes back at the same distance, as flat as paper."""
    x, y = placed(0.05, 0.02, -11)
    pull = 0.06 * np.cos(np.pi * np.clip(x, -0.8, 0.8) / 1.6)
    shape = box(x, y, 0.78 - 0.05 * np.cos(2 * y), 0.72 - 0.7 * pull, 0.05)
    u, v = np.mod(x + 0.02 * y + 0.4, 0.52) - 0.26, np.mod(y + 0.3, 0.44) - 0.22
    spots = [
        (-0.16, -0.12, 0.060),
        (0.05, -0.14, 0.070),
        (0.18, 0.00, 0.058),
        (-0.05, 0.03, 0.066),
        (0.10, 0.14, 0.062),
        (-0.18, 0.12, 0.064),
    ]
    ring, inner = np.zeros(X.shape), np.zeros(X.shape)
    for at, (px, py, wide) in enumerate(spots):
        for dx in (-0.52, 0.0, 0.52):
            for dy in (-0.44, 0.0, 0.44):
                a, b = u - px - dx, v - py - dy
                far, turn = np.hypot(a, b * 1.12), np.arctan2(b, a)
                wave = wide * (1 + 0.12 * np.cos(3 * turn + at))
                ring = np.maximum(ring, edge(np.abs(far - wave) - 0.015, 0.006) * (np.cos(2 * turn + 2.1 * at) > -0.75))
                inner = np.maximum(inner, edge(far - wave + 0.01, 0.01))
    weave = np.sin(X * 240) * np.sin(Y * 240)
    base = blend(paint(216, 178, 118), paint(184, 128, 72), inner)
    base = blend(base, paint(38, 30, 28), ring) * (1 + 0.05 * weave)[..., None]
    piping = edge(np.abs(shape + 0.02) - 0.022, 0.008)
    base = blend(base, paint(60, 44, 36), piping)
    plump = (
        0.40 * np.sqrt(np.clip((1 - (x / 0.84) ** 2) * (1 - (y / 0.78) ** 2), 0, 1))
        + 0.03 * noise(301, 5)
        + 0.012 * piping
    )
    sofa = camera.linen(128, 134, 140, 302)
    seam = edge(np.abs(Y - 0.50 - 0.03 * noise(303, 3)) - 0.02, 0.04)
    ground = camera.Surface(sofa.colours * (1 - 0.5 * seam)[..., None], sofa.height)
    return camera.taken(
        [Thing(base, edge(shape), soft(plump, 3), 0.0, 0.16)], ground, 304,
        sun=(305, 44), turn=4, tilt=(0.06, 0.08), shift=(-0.1, 0.02), blur=0.9, warmth=0.05, quality=58,
    )  # fmt: skip


def fur_collar() -> Image.Image:
    """A fur collar on a bed: hair that lies one way and breaks the edge, dark patches in broken rings, no two alike."""
    band = ribbon(
        [(-1.05, 0.62), (-0.86, -0.32), (0.0, -0.62), (0.86, -0.28), (1.08, 0.70)],
        lambda t: 0.31 - 0.09 * (2 * t - 1) ** 2,
        44,
    )
    side = band.across * band.width
    x, y = band.along + 0.035 * noise(311, 10), side + 0.035 * noise(312, 10)
    hair = fibres(313, x + 0.5 * y, y, 150, 12) + 0.5 * fibres(314, x + 0.5 * y, y, 60, 6)
    chance = np.random.default_rng(315)
    rings, inside = np.zeros(X.shape), np.zeros(X.shape)
    for px in np.arange(0.06, 4.6, 0.25):
        for py in (-0.20, 0.02, 0.23):
            cx, cy = px + chance.uniform(-0.05, 0.05) + 0.1 * (py == 0), py + chance.uniform(-0.04, 0.04)
            wide, phase = chance.uniform(0.062, 0.092), chance.uniform(0, 6.3)
            part = np.abs(x - cx) + np.abs(y - cy) < 0.22
            a, b = (x - cx)[part], (y - cy)[part]
            far, turn = np.hypot(a * 0.85, b) + 0.012 * hair[part], np.arctan2(b, a)
            wave = wide * (1 + 0.16 * np.cos(2 * turn + phase))
            broken = np.cos(3 * turn + phase) + 0.6 * np.cos(5 * turn + 2 * phase) > -0.35
            rings[part] = np.maximum(rings[part], edge(np.abs(far - wave) - 0.017, 0.014) * broken)
            inside[part] = np.maximum(inside[part], edge(far - wave, 0.02))
    base = blend(paint(214, 172, 108), paint(232, 208, 166), np.clip(np.abs(band.across) * 1.4 - 0.5, 0, 1))
    base = blend(base, paint(176, 122, 66), inside * 0.8)
    base = blend(base, paint(44, 32, 26), rings * 0.92) * (1 + 0.11 * hair)[..., None]
    shape = band.distance + 0.035 * fibres(316, x * 0.6, band.along, 6, 60) + 0.01 * hair
    height = 0.16 * np.sqrt(np.clip(1 - band.across**2, 0, 1)) + 0.003 * hair
    ground = camera.linen(120, 84, 104, 317)
    return camera.taken(
        [Thing(base, edge(shape, 0.02), height, 0.03, 0.10)], ground, 318,
        sun=(240, 50), turn=4, tilt=(0.0, 0.10), shift=(0.02, 0.02), warmth=0.02, quality=66,
    )  # fmt: skip


def _limb(x: Plane, y: Plane, start: tuple[float, float], end: tuple[float, float], wide: float, thin: float) -> Plane:
    """How far each point is from a limb that grows thinner from `start` to `end`."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    part = np.clip(((x - start[0]) * dx + (y - start[1]) * dy) / (dx * dx + dy * dy), 0, 1)
    return np.hypot(x - start[0] - part * dx, y - start[1] - part * dy) - (wide + (thin - wide) * part)


def striped_hide() -> Image.Image:
    """A hide on floorboards: left stripes nearly as the right ones, as wide as a brush, paint that lies on the hair."""
    x, y = (plane * 1.12 for plane in placed(-0.04, 0.0, -7))  # the neck is at the left
    side = np.abs(y + 0.012 * noise(591, 4))
    hair = fibres(593, x + 0.3 * side, y, 150, 9) + 0.5 * fibres(594, x + 0.3 * side, y, 70, 4)
    parts = [
        np.maximum(side - 0.40 - 0.07 * np.cos(4.4 * x - 0.3), np.abs(x) - 0.80),
        _limb(x, side, (-0.62, 0.30), (-0.90, 0.80), 0.20, 0.09),
        _limb(x, side, (0.60, 0.30), (0.92, 0.78), 0.22, 0.09),
        _limb(x, side, (-0.78, 0.0), (-1.08, 0.0), 0.30, 0.20),
        _limb(x, side + 0.03 * np.sin(7 * x), (0.78, 0.0), (1.36, 0.0), 0.12, 0.05),
    ]
    shape = -np.log(sum(np.exp(-16 * part) for part in parts)) / 16 + 0.012 * hair + 0.012 * noise(595, 22)
    base = blend(paint(196, 122, 56), paint(216, 156, 88), np.clip(0.5 + 0.9 * noise(596, 4), 0, 1))
    base = blend(base, paint(168, 98, 46), edge(side - 0.05, 0.06) * 0.7)  # darker along the spine
    base = blend(base, paint(230, 208, 172), edge(-0.07 - shape + 0.05 * noise(597, 7), 0.05))
    twin = 0.016 * noise(592, 5) * (y < 0)  # by so much a stripe misses its twin
    stripes = np.zeros(X.shape)
    for at, px in enumerate((-0.92, -0.70, -0.50, -0.29, -0.08, 0.13, 0.34, 0.55, 0.76)):
        bend = x + twin - px - 0.10 * (side - 0.2) * (1 if at > 4 else -1) - 0.025 * np.sin(11 * side + 1.7 * at)
        begins, ends = 0.07 + 0.025 * (at % 3), 0.36 + 0.07 * np.sin(2.3 * at)
        stroke = np.maximum(np.abs(bend) - 0.030, np.maximum(side - ends, begins - side))
        stripes = np.maximum(stripes, edge(stroke + 0.010 * hair, 0.012))
        if at % 2:  # a second, shorter one between
            short = np.maximum(np.abs(bend - 0.105) - 0.030, np.maximum(side - 0.30 - 0.03 * (at % 4), 0.19 - side))
            stripes = np.maximum(stripes, edge(short + 0.010 * hair, 0.012))
    for px in (0.95, 1.08, 1.21):  # rings of the tail
        stripes = np.maximum(stripes, edge(np.maximum(np.abs(x - px) - 0.030, side - 0.2), 0.012))
    thin = np.clip(0.86 + 0.35 * noise(598, 40) + 0.16 * hair, 0.25, 1)  # between the hairs the paint is missing
    base = blend(base, paint(40, 34, 34), stripes * thin) * (1 + 0.10 * hair)[..., None]
    height = dome(shape, 0.06, 0.03) + 0.003 * hair + 0.03 * noise(599, 5)
    return camera.taken(
        [Thing(base, edge(shape, 0.02), height, 0.02, 0.04)], camera.wood(150, 116, 84, 600, 0.36), 601,
        sun=(210, 46), turn=4, tilt=(0.03, 0.10), shift=(0.0, 0.02), quality=66,
    )  # fmt: skip
