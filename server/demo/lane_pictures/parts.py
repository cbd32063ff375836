"""The picture lane's own pictures: horns, claws and stones. Each shows what a lesson says of it."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (
    Thing,
    X,
    Y,
    blend,
    edge,
    fibres,
    noise,
    paint,
    placed,
    ribbon,
)
from server.demo.lane_pictures.outlines import chain, melted, outline, oval, thing, together


def twisted_spear() -> Image.Image:
    """A long straight pale spear across a Persian rug: grooves wind around it from end to end, always to the same side."""
    x, y = placed(0.0, 0.0, -22)
    thick = 0.105 - 0.048 * x
    shape = np.maximum(np.abs(y) - thick - 0.008 * np.sin(x * 16 + y / thick * 1.5), np.abs(x + 0.02) - 1.28)
    wind = np.mod(x * 5.2 - np.arcsin(np.clip(y / thick, -1, 1)) / np.pi * 1.1, 1)
    groove = edge(np.minimum(wind, 1 - wind) - 0.16, 0.10)
    second = edge(np.abs(wind - 0.5) - 0.06, 0.05)
    tone = blend(
        paint(232, 218, 184, 0.06 * fibres(1661, x, y, 60, 3)), paint(196, 176, 132), np.clip(0.3 - 0.5 * x, 0, 1)
    )
    tone = blend(tone, paint(112, 88, 56), np.maximum(groove * 0.75, second * 0.4))
    height = thick * np.sqrt(np.clip(1 - (y / (thick * 1.1)) ** 2, 0, 1)) - 0.03 * groove
    field = np.abs(np.mod(X * 2.2, 1) - 0.5) + np.abs(np.mod(Y * 2.2, 1) - 0.5)
    rug = blend(paint(126, 26, 34), paint(30, 40, 84), edge(np.abs(field - 0.38) - 0.06, 0.02))
    rug = blend(rug, paint(214, 180, 120), edge(np.abs(field - 0.20) - 0.03, 0.02))
    knots = np.sin(X * 190) * np.sin(Y * 190)
    ground = camera.Surface(rug * (1 + 0.08 * knots + 0.06 * noise(1662, 90))[..., None], 0.004 * knots)
    return camera.taken(
        [Thing(tone, edge(shape), height, 0.25, 0.12)],
        ground,
        1663,
        sun=(260, 46),
        turn=2,
        tilt=(0.04, 0.04),
        zoom=1.0,
        quality=62,
    )


def found_in_woods() -> Image.Image:
    """A branched brown beam with white tips on pine needles; at its foot a rough round crown of knobs around a pale rounded end."""
    beam = ribbon([(-0.86, 0.52), (-0.30, 0.18), (0.30, -0.02), (0.92, -0.62)], lambda t: 0.13 - 0.085 * t)
    tines = np.minimum.reduce(
        [
            chain(path, 0.075, 0.012)
            for path in (
                [(-0.60, 0.32), (-0.46, 0.0), (-0.56, -0.30), (-0.74, -0.46)],
                [(-0.14, 0.14), (0.02, -0.22), (-0.04, -0.52)],
                [(0.36, -0.06), (0.66, 0.02), (0.98, -0.08)],
            )
        ]
    )
    shape = melted(beam.distance, tines, by=36) + 0.008 * noise(1671, 24)
    groove = fibres(1672, beam.along, beam.across, 5, 1.6)
    hide = blend(
        paint(116, 82, 54, 0.22 * groove + 0.2 * noise(1673, 50)),
        paint(70, 48, 34),
        np.clip(0.5 + noise(1674, 5), 0, 1) * 0.6,
    )
    tips = np.minimum.reduce(
        [np.hypot(X - a, Y - b) - 0.16 for a, b in ((-0.74, -0.46), (-0.04, -0.52), (0.98, -0.08), (0.92, -0.62))]
    )
    hide = blend(hide, paint(236, 224, 200), edge(tips, 0.10))
    turn = np.arctan2(Y - 0.56, X + 0.92)
    crown = np.hypot(X + 0.92, Y - 0.56) - 0.20 - 0.022 * np.cos(13 * turn) - 0.01 * noise(1675, 40)
    seal = np.hypot((X + 0.98), (Y - 0.60)) - 0.125
    knob = blend(
        paint(104, 78, 54, 0.4 * noise(1676, 40)), paint(206, 190, 162, 0.15 * noise(1677, 60)), edge(seal, 0.02)
    )
    needles = fibres(1678, X + Y, Y - X, 8, 90) + fibres(1679, X - 1.3 * Y, Y + X, 8, 80)
    ground = camera.Surface(paint(112, 76, 48, 0.32 * needles), 0.03 * needles)
    things = [
        thing(hide, shape, 0.10, 0.11, relief=0.010 * groove, lift=0.09),
        thing(knob, crown, 0.06, 0.10, relief=0.02 * noise(1680, 50), lift=0.06),
    ]
    return camera.taken(
        things, ground, 1681, sun=(230, 48), turn=-3, tilt=(0.03, 0.04), zoom=1.0, warmth=0.02, quality=60
    )


def ringed_amber() -> Image.Image:
    """Two slim horns on grey felt, lyre-shaped, amber with light coming through; strong rings stand around them nearly to the tip."""
    things = []
    for at, (path, wide) in enumerate(
        (
            ([(-0.98, 0.56), (-0.50, 0.10), (0.10, -0.06), (0.62, -0.42), (0.74, -0.82)], 0.145),
            ([(-0.62, 0.84), (-0.10, 0.52), (0.44, 0.40), (0.92, 0.06), (1.12, -0.36)], 0.14),
        )
    ):
        horn = ribbon(path, lambda t, w=wide: w * (1 - 0.82 * t) + 0.006)  # type: ignore[misc]
        ring = (
            np.sin(horn.along * 40 - 0.9 * horn.across**2)
            * np.clip(1.65 - horn.along, 0, 1) ** 0.3
            * (horn.along < 1.5)
        )
        shape = horn.distance - 0.014 * np.clip(ring, 0, 1)
        amber = blend(
            paint(226, 170, 90, 0.08 * fibres(1691 + at, horn.along, horn.across, 4, 2)),
            paint(244, 212, 150),
            np.clip(0.8 - np.abs(horn.across + 0.2), 0, 1),
        )
        amber = blend(amber, paint(112, 66, 34), edge(0.2 - horn.along + 0.1 * noise(1693 + at, 8), 0.14) * 0.6)
        amber = blend(amber, paint(60, 40, 28), edge(1.62 - horn.along, 0.2) * 0.6)
        amber = amber * (1 + 0.16 * ring)[..., None]
        things.append(thing(amber, shape, 0.11, 0.12, relief=0.022 * ring, gloss=0.5, lift=0.09))
    felt = camera.Surface(
        paint(116, 120, 126, 0.16 * noise(1695, 200, 2) + 0.05 * noise(1696, 6)), 0.01 * noise(1697, 160)
    )
    return camera.taken(
        things, felt, 1698, sun=(295, 44), turn=-2, tilt=(0.03, 0.05), zoom=1.0, warmth=0.03, quality=66
    )


def mounted_in_gold() -> Image.Image:
    """A pendant on a jeweller's blue cushion: two hooked yellowish points, flat from side to side, back to back in an engraved gold cap."""
    things = []
    chain_ = np.minimum.reduce(
        [
            np.abs(np.hypot(X - a, Y - b) - 0.042) - 0.013
            for a, b in [(-0.04 * k * k * 0.12 - 0.02 - 0.09 * k * 0.6, -0.62 - 0.075 * k * 0.55) for k in range(9)]
            + [(0.02 + 0.09 * k * 0.6 + 0.004 * k * k, -0.62 - 0.042 * k) for k in range(9)]
        ]
    )
    for way in (-1, 1):
        claw = outline(
            [
                (0.02, -0.22),
                (0.20, -0.26),
                (0.42, -0.06),
                (0.52, 0.22),
                (0.46, 0.50),
                (0.30, 0.74),
                (0.36, 0.46),
                (0.32, 0.20),
                (0.18, 0.06),
                (0.03, 0.04),
            ],
            flip=way < 0,
        )
        far = np.hypot(X - way * 0.02, Y - 0.30)
        sheath = fibres(1701 + way, far, np.arctan2(Y - 0.3, X - way * 0.02), 46, 2)
        horn = blend(paint(232, 208, 156, 0.08 * sheath), paint(120, 92, 62), np.clip((Y - 0.25) * 1.6, 0, 0.8))
        horn = blend(horn, paint(246, 234, 204), edge(np.abs(claw + 0.05) - 0.02, 0.02) * 0.5)
        things.append(thing(horn, claw, 0.13, 0.12, relief=0.006 * sheath, gloss=0.5, lift=0.10))
    cap = outline(
        [
            (-0.30, -0.40),
            (0.0, -0.54),
            (0.30, -0.40),
            (0.34, -0.18),
            (0.18, -0.02),
            (0.0, 0.06),
            (-0.18, -0.02),
            (-0.34, -0.18),
        ]
    )
    u = np.abs(X)
    scroll = np.abs(np.hypot(u - 0.14, Y + 0.22) - 0.075) - 0.010
    leafy = np.abs(np.sin(14 * np.arctan2(Y + 0.22, u - 0.14))) * 0.03
    cut = np.minimum.reduce(
        [scroll, np.abs(np.hypot(u - 0.14, Y + 0.22) - 0.035) - 0.008, np.abs(cap + 0.035 + 0.3 * leafy) - 0.008]
    )
    gold = paint(226, 180, 76, 0.05 * noise(1705, 40)) * (1 - 0.45 * edge(cut, 0.006))[..., None]
    ruby = oval(0, -0.30, 0.055, 0.065)
    bead = np.minimum.reduce(
        [oval(0.24 * np.cos(a) * 1.1, -0.20 + 0.20 * np.sin(a), 0.016, 0.016) for a in np.linspace(0.2, 2.94, 9)]
    )
    velvet = camera.Surface(
        paint(30, 44, 96, 0.14 * noise(1706, 220)),
        0.26 * np.sqrt(np.clip(1 - (X / 1.5) ** 2 * 0.8 - (Y / 1.2) ** 2 * 0.8, 0, 1)),
    )
    things = [thing(paint(226, 184, 84), chain_, 0.012, 0.02, gloss=0.8, lift=0.03), *things,
              thing(gold, cap, 0.10, 0.12, relief=0.06 - 0.015 * edge(cut, 0.012), gloss=0.8, lift=0.06),
              thing(paint(240, 200, 100), bead, 0.016, 0.02, relief=0.12, gloss=0.8, lift=0.01),
              thing(paint(176, 16, 44), ruby, 0.05, 0.06, relief=0.14, gloss=0.9, lift=0.02)]  # fmt: skip
    return camera.taken(
        things, velvet, 1707, sun=(225, 50), turn=3, tilt=(0.0, 0.03), zoom=1.02, warmth=0.02, quality=66
    )


def silky_beads() -> Image.Image:
    """A bracelet of round polished beads on a white saucer, golden brown, each with a silky band of light that moves with its stripes."""
    beads = []
    saucer = oval(0, 0.04, 1.10, 0.92)
    well = edge(np.abs(oval(0, 0.04, 0.78, 0.66)) - 0.010, 0.01)
    for at in range(17):
        a = 2 * np.pi * at / 17
        px, py = 0.02 + 0.56 * np.cos(a), 0.02 + 0.52 * np.sin(a)
        u, v = placed(px, py, float(np.degrees(a)) + 40 * (at % 3))
        band = np.sin(26 * v + 2.2 * noise(1711 + at, 7))
        stone = blend(paint(70, 34, 14), paint(170, 108, 40), np.clip(0.5 + 0.6 * band, 0, 1))
        silk = np.clip(1 - np.abs(u + 0.02 * np.sin(9 * at)) / 0.06, 0, 1)
        stone = blend(stone, paint(255, 226, 140), silk * np.clip(0.75 + 0.4 * band, 0, 1))
        beads.append(thing(stone, np.hypot(X - px, Y - py) - 0.104, 0.10, 0.08))
    china = paint(240, 238, 232, 0.02 * noise(1730, 20)) * (1 - 0.12 * well)[..., None]
    china = blend(china, paint(60, 96, 160), edge(np.abs(saucer + 0.05) - 0.010, 0.008))
    things = [
        thing(china, saucer, 0.10, 0.08, gloss=0.5, relief=-0.03 * edge(oval(0, 0.04, 0.78, 0.66), 0.08), lift=0.10),
        together(*beads, gloss=0.35, lift=0.07),
    ]
    return camera.taken(
        things, camera.wood(120, 84, 58, 1731, 0.5), 1732, sun=(240, 50), turn=2, tilt=(0.0, 0.08), zoom=1.0, quality=66
    )
