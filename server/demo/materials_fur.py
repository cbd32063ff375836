"""The picture lane's own pictures: fur and what imitates it. Each shows what a lesson says of it."""

import numpy as np
from PIL import Image

from server.demo import camera
from server.demo.drawing import (
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


def striped_hide() -> Image.Image:
    """A hide on floorboards: left stripes nearly as the right ones, as wide as a brush, paint that lies on the hair."""
    x, y = placed(0.0, 0.0, 84)
    x, y = y, -x  # the neck is up
    left = x < 0
    wander = 0.5 + 0.5 * np.tanh(x * 40)
    side = np.abs(x) + 0.014 * noise(591, 7) * wander
    down = y + 0.018 * noise(592, 6) * wander + 0.012 * left
    hair = fibres(593, y + 0.4 * side, x, 130, 10) + 0.5 * fibres(594, y + 0.4 * side, x, 60, 4)
    body = side - (0.62 + 0.07 * np.cos(5.2 * y) + 0.04 * np.cos(9 * y + 1))
    legs = np.full(X.shape, 9.0)
    for py, lean in ((-0.62, -0.45), (0.66, 0.50)):
        legs = np.minimum(legs, box(side - 0.78, y - py - lean * (side - 0.78), 0.26, 0.13 - 0.06 * (side - 0.7), 0.06))
    neck = np.maximum(side - 0.25 + 0.2 * np.clip(-y - 0.8, 0, 1), np.abs(y + 0.95) - 0.35)
    shape = np.minimum.reduce([np.maximum(body, np.abs(y) - 0.86), legs, neck]) + 0.014 * hair + 0.012 * noise(595, 20)
    base = blend(paint(198, 124, 58), paint(214, 158, 92), np.clip(0.5 + 0.9 * noise(596, 4), 0, 1))
    base = blend(base, paint(228, 206, 170), edge(0.60 - side + 0.04 * noise(597, 7), 0.08))
    stripes = np.zeros(X.shape)
    for at, py in enumerate((-0.70, -0.47, -0.24, -0.02, 0.22, 0.45, 0.68)):
        curve = down - py - 0.10 * np.sin(2.6 * side + at) - 0.04 * np.sin(9 * side + 2 * at)
        reach = 0.56 + 0.10 * np.sin(2.3 * at)
        stroke = np.maximum(np.abs(curve) - 0.036, np.maximum(side - reach, 0.07 + 0.03 * (at % 3) - side))
        fork = np.maximum(
            np.abs(curve - 0.38 * np.clip(side - 0.3, 0, 1)) - 0.026, np.maximum(side - reach + 0.05, 0.30 - side)
        )
        stripes = np.maximum(stripes, edge(stroke + 0.012 * hair, 0.012))
        if at % 2:
            stripes = np.maximum(stripes, edge(fork + 0.012 * hair, 0.012))
    thin = np.clip(0.88 + 0.35 * noise(598, 40) + 0.12 * hair, 0.3, 1)  # between the hairs the paint is missing
    base = blend(base, paint(40, 34, 34), stripes * thin) * (1 + 0.10 * hair)[..., None]
    height = dome(shape, 0.06, 0.03) + 0.003 * hair + 0.04 * noise(599, 5)
    return camera.taken(
        [Thing(base, edge(shape, 0.02), height, 0.02, 0.04)], camera.wood(196, 170, 136, 600, 0.36), 601,
        sun=(200, 46), turn=9, tilt=(0.04, 0.14), shift=(0.0, 0.02), zoom=0.98, quality=64,
    )  # fmt: skip
