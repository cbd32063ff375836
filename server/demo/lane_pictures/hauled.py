"""The picture lane's own pictures: what lies on floors, hangs on fences and goes home in luggage. Each shows what a lesson or the list of species says."""

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
from server.demo.lane_pictures.outlines import chain, eye, limb, melted, outline, oval, scales, thing, wall
from server.demo.lane_pictures.props import room


def engraved_on_three_feet() -> Image.Image:
    """A very large cream egg with fine pits on three brass feet on a sideboard; two antelopes and a band of triangles are scratched on it in brown."""
    egg = oval(0.0, -0.14, 0.56, 0.68)
    pits, _, _ = nearest(strewn(6001, 0.034), 0.08)
    shell = blend(paint(236, 224, 192, 0.05 * noise(6002, 6)), paint(176, 156, 116), edge(pits - 0.005, 0.004) * 0.6)
    bend = Y + 0.10 * X * X
    saw = np.abs(np.mod((X + 0.02) * 7, 1) - 0.5) * 0.16
    ink = np.minimum.reduce([np.abs(bend - 0.20) - 0.010, np.abs(bend - 0.36) - 0.010, np.abs(bend - 0.24 - saw) - 0.011])  # fmt: skip
    for px, way in ((-0.27, 1), (0.28, -1)):
        ink = np.minimum.reduce([
            ink, oval(px, -0.16, 0.130, 0.058, 4 * way), limb((px + 0.10 * way, -0.18), (px + 0.16 * way, -0.32), 0.030, 0.022), oval(px + 0.185 * way, -0.335, 0.050, 0.026, 20 * way),
            chain([(px + 0.165 * way, -0.36), (px + 0.13 * way, -0.44), (px + 0.15 * way, -0.54)], 0.009, 0.004),
            *[limb((px + d, -0.14), (px + d * 1.15, 0.06), 0.017, 0.009) for d in (-0.105, -0.06, 0.06, 0.10)],
        ])  # fmt: skip
    shell = blend(shell, paint(96, 58, 34), edge(ink, 0.008) * 0.9)
    ring = np.maximum(np.abs(Y - 0.47 + 0.15 * (1 - (X / 0.40) ** 2).clip(0) * 0.4) - 0.035, np.abs(X) - 0.36)
    feet = np.minimum.reduce([chain([(px * 0.8, 0.46), (px * 1.15, 0.62), (px, 0.74), (px * 1.3, 0.80)], 0.042, 0.030) for px in (-0.34, 0.0, 0.34)])  # fmt: skip
    books = [thing(paint(*colour, 0.08 * noise(6003 + k, 30)), box(X - px, Y - 0.10, 0.095, 0.58 + high, 0.015), 0.04, 0.05, lift=0.05) for k, (px, colour, high) in enumerate(((1.02, (96, 40, 36), 0.0), (1.23, (50, 74, 84), 0.06)))]  # fmt: skip
    back = room(wall(74, 92, 96, 6006), camera.wood(112, 70, 44, 6007, 0.4), 0.68)
    things = [*books, thing(paint(190, 150, 70), feet, 0.04, 0.06, gloss=0.8, lift=0.08), thing(shell, egg, 0.54, 0.44, gloss=0.25, lift=0.14, relief=-0.004 * edge(pits - 0.005, 0.004)), thing(paint(206, 166, 80), ring, 0.03, 0.10, gloss=0.9, lift=0.03)]  # fmt: skip
    return camera.taken(things, back, 6008, sun=(220, 48), turn=-2, zoom=1.02, warmth=0.03, quality=66)


def fan_over_beaded_brow() -> Image.Image:
    """A crown of some twenty long white plumes with dark brown tips stands up around a beaded band on a wooden head; red wrapping at the base of each."""
    things: list[Thing] = []
    for k in [i for pair in zip(range(10), range(20, 10, -1), strict=True) for i in pair] + [10]:
        lean = -80 + 8.0 * k
        u, v = placed(0.0, 0.34, lean)
        up = -v  # from the band outwards
        long = 0.98 + 0.05 * np.cos(np.radians(lean) * 2) + 0.03 * (k % 2)
        share = np.clip((up - 0.20) / (long - 0.20), 0, 1)
        half = 0.046 + 0.034 * np.sin(np.pi * np.clip(share * 0.82 + 0.10, 0, 1))
        shape = np.maximum(np.abs(u) - half * np.sqrt(np.clip(1 - np.clip((share - 0.86) / 0.14, 0, 1) ** 2, 0, 1)), np.maximum(up - long, 0.12 - up))  # fmt: skip
        barb = np.sin((up - np.abs(u) * 1.1) * 190)
        vane = blend(paint(240, 236, 224, 0.05 * barb), paint(58, 42, 34, 0.10 * barb), edge(0.70 + 0.05 * (k % 3) + 0.02 * noise(6010 + k, 12) - share, 0.035))  # fmt: skip
        vane = blend(vane, paint(214, 206, 188), edge(np.abs(u) - 0.006, 0.005))
        vane = blend(vane, paint(188, 34, 34, 0.15 * np.sin(up * 240)), edge(up - 0.36, 0.01))
        tuft = np.hypot(u, (up - long - 0.02) * 0.8) - 0.030
        things.append(thing(vane, shape, 0.05, 0.04, lift=0.05, relief=0.003 * barb))
        things.append(thing(paint(232, 214, 120, 0.2 * noise(6030, 60)), tuft, 0.02, 0.02, lift=0.02))
    face = outline([(-0.30, 0.20), (0.30, 0.20), (0.31, 0.56), (0.20, 0.86), (0.14, 1.2), (-0.14, 1.2), (-0.20, 0.86), (-0.31, 0.56)])  # fmt: skip
    grain = fibres(6031, Y, X, 30, 2)
    nose = limb((0.0, 0.48), (0.0, 0.66), 0.030, 0.050)
    brow = np.maximum(np.abs(Y - 0.30 + 0.06 * (X / 0.3) ** 2) - 0.075, np.abs(X) - 0.37)
    bead = np.sin(X * 150) * np.sin(Y * 150)
    steps = np.abs(np.mod(X * 4.4 + 0.5, 1) - 0.5) * 0.16
    band = blend(paint(236, 236, 232, 0.10 * bead), paint(44, 90, 168, 0.10 * bead), edge(np.abs(Y - 0.30 + 0.06 * (X / 0.3) ** 2) - steps, 0.006))  # fmt: skip
    rounds = [thing(blend(paint(186, 40, 40, 0.10 * bead), paint(238, 220, 120), edge(np.abs(np.hypot(X - px, Y - 0.36) - 0.065) - 0.018, 0.006)), np.hypot(X - px, Y - 0.36) - 0.11, 0.03, 0.05, lift=0.04) for px in (-0.37, 0.37)]  # fmt: skip
    strips = [thing(paint(244, 240, 230, 0.12 * fibres(6032, Y, X, 60, 3)), limb((px, 0.42), (px + 0.03 * np.sign(px), 0.90), 0.045, 0.028), 0.04, 0.04, lift=0.05) for px in (-0.42, -0.33, 0.33, 0.42)]  # fmt: skip
    things += [thing(paint(150, 104, 68, 0.14 * grain), face, 0.24, 0.20, lift=0.06), thing(paint(150, 104, 68, 0.14 * grain), nose, 0.05, 0.10, lift=0.02), *strips, thing(band, brow, 0.03, 0.14, lift=0.04, relief=0.004 * bead), *rounds]  # fmt: skip
    return camera.taken(things, wall(92, 104, 84, 6033, 0.2), 6034, sun=(235, 54), turn=1, zoom=0.98, shift=(0.0, 0.06), quality=62)  # fmt: skip


def _clip(px: float, py: float, turn: float, colour: tuple[int, int, int], seed: int) -> list[Thing]:
    """Two toothed metal jaws, half open, with covered handles."""
    u, v = placed(px, py, turn)
    things = []
    for side in (-1, 1):
        w = v * side
        slope = 0.04 + 0.16 * np.clip(u, 0, 0.62) / 0.62
        teeth = 0.022 * (np.abs(np.mod(u * 11 + 0.25 * side, 1) - 0.5) * 4 - 1)
        jaw = np.maximum(np.maximum(slope + teeth - w, w - slope - 0.105 + 0.03 * np.clip(u, 0, 1)), np.maximum(-0.10 - u, u - 0.62))  # fmt: skip
        grip = np.maximum(np.abs(w - 0.10 + 0.40 * np.clip(u, -0.8, 0)) - 0.095, np.abs(u + 0.40) - 0.36) - 0.02
        ridge = np.sin(u * 60)
        things += [thing(paint(176, 180, 184, 0.08 * noise(seed, 40)), jaw, 0.03, 0.06, gloss=0.9, lift=0.06), thing(paint(*colour, 0.08 * ridge), grip, 0.06, 0.10, gloss=0.35, lift=0.06, relief=0.012 * ridge)]  # fmt: skip
    bolt = np.hypot(u + 0.02, v) - 0.075
    return [*things, thing(paint(206, 206, 204), bolt, 0.05, 0.14, gloss=1.0, lift=0.03)]


def red_and_black_bites() -> Image.Image:
    """Two pairs of toothed steel jaws with ribbed grips, red ones and black ones, on a garage floor; thick cables of the same colours curl behind."""
    cables = [
        thing(paint(*colour, 0.06 * noise(6040 + k, 20)), ribbon(points, lambda _: 0.052).distance, 0.05, 0.06, gloss=0.5, lift=0.04)
        for k, (colour, points) in enumerate((
            ((186, 34, 32), [(-0.66, 0.06), (-1.02, 0.12), (-1.20, -0.30), (-1.45, -0.70)]), ((44, 44, 48), [(-0.56, 0.26), (-0.92, 0.30), (-1.10, 0.66), (-1.45, 0.86)]),
            ((186, 34, 32), [(1.45, -0.86), (0.95, -0.62), (0.55, -0.74), (0.30, -1.15)]), ((44, 44, 48), [(1.45, 0.30), (1.05, 0.66), (1.10, 0.86), (0.90, 1.15)]),
        ))
    ]  # fmt: skip
    floor = camera.speckled(142, 140, 136, 6045, 0.35)
    stain = edge(noise(6046, 3) - 0.1 + 0.5 * np.hypot(X - 0.8, Y - 0.7), 0.3) * 0.35
    back = camera.Surface(blend(floor.colours, paint(70, 64, 60), stain), floor.height)
    things = [*cables, *_clip(0.06, -0.26, 12, (196, 30, 30), 6047), *_clip(0.22, 0.46, -14, (40, 40, 44), 6048)]
    return camera.taken(things, back, 6049, sun=(245, 46), turn=3, zoom=1.0, quality=68)


def _disc(px: float, py: float, size: float, seed: int) -> Thing:
    """A round stony disc with blades from its middle to its rim and a slit for a mouth."""
    turn = float(37 * seed % 180)
    u, v = placed(px, py, turn)
    far, way = np.hypot(u, v * 1.08), np.arctan2(v, u)
    way = way + 0.05 * noise(seed, 8)
    blades = np.abs(np.sin(way * 26)) * np.clip(far / size * 3, 0, 1)
    fine = np.abs(np.sin(way * 52 + 0.6)) * np.clip(far / size - 0.45, 0, 1)
    shape = far - size * (1 + 0.025 * np.sin(5 * way + seed))
    slit = np.maximum(np.abs(v) - 0.014, np.abs(u) - 0.22 * size)
    bright = 0.55 * blades + 0.5 * fine
    colours = blend(paint(150, 136, 112), paint(246, 240, 224), np.clip(0.25 + bright, 0, 1))
    colours = blend(colours, paint(70, 60, 48), edge(slit, 0.012))
    return thing(colours, shape, size * 0.8, 0.16, lift=0.08, relief=0.020 * blades + 0.010 * fine)


def blades_among_shirts() -> Image.Image:
    """Five whitish stone discs with fine blades from a slit in the middle to the rim lie among shirts, sandals and a snorkel in an open suitcase."""
    case = box(X, Y, 1.24, 0.90, 0.10)
    lining = paint(62, 66, 84, 0.05 * np.sin(X * 120 + Y * 120))
    shirts = [thing(colours, box(*placed(px, py, turn), wide, high, 0.06), 0.10, 0.09, lift=0.05, relief=0.03 * soft(noise(seed, 7), 6)) for px, py, turn, wide, high, colours, seed in (
        (-0.62, 0.36, -6, 0.52, 0.48, paint(236, 150, 60, 0.14 * np.sin(Y * 60)), 6051), (0.60, -0.36, 5, 0.58, 0.46, paint(90, 150, 176, 0.05 * noise(6052, 60)), 6053), (0.52, 0.52, -3, 0.60, 0.32, paint(226, 222, 214, 0.10 * np.sin(X * 50)), 6054), (-0.70, -0.52, 4, 0.46, 0.34, paint(140, 62, 74, 0.05 * noise(6055, 60)), 6056),
    )]  # fmt: skip
    tube = chain([(-1.06, -0.70), (-1.02, 0.0), (-0.98, 0.50), (-0.86, 0.68), (-0.70, 0.66)], 0.050, 0.046)
    discs = [_disc(px, py, size, seed) for px, py, size, seed in ((-0.44, -0.34, 0.34, 6061), (0.30, -0.42, 0.30, 6062), (0.86, -0.02, 0.27, 6065), (-0.30, 0.44, 0.36, 6063), (0.42, 0.36, 0.31, 6064))]  # fmt: skip
    things = [thing(lining, case, 0.05, 0.05, lift=0.14), *shirts, thing(paint(244, 206, 40), tube, 0.05, 0.07, gloss=0.6), *discs]  # fmt: skip
    return camera.taken(things, camera.tiles(196, 176, 150, 6058), 6059, sun=(230, 50), turn=-4, zoom=1.02, warmth=0.02, quality=64)  # fmt: skip


def spread_by_hearth() -> Image.Image:
    """A huge cream-white fur lies flat on dark boards before a hearth: four wide limbs with dark claws, a long head with small round ears, black nose and glass eyes."""
    x, y = placed(0.06, 0.06, -6)
    hair = fibres(6071, x, y, 60, 7) + 0.6 * fibres(6072, x + 0.5 * y, y, 30, 4)
    limbs = [((-0.40, -0.20), (-0.66, -0.74)), ((-0.40, 0.20), (-0.62, 0.78)), ((0.62, -0.22), (0.96, -0.70)), ((0.62, 0.22), (1.0, 0.66))]  # fmt: skip

    def here(px: float, py: float) -> tuple[float, float]:
        cos, sin = np.cos(np.radians(-6)), np.sin(np.radians(-6))
        return 0.06 + px * cos - py * sin, 0.06 + px * sin + py * cos

    hide = melted(oval(*here(0.14, 0.0), 0.72, 0.42, -6), *[limb(here(*a), here(*b), 0.20, 0.15) for a, b in limbs], limb(here(-0.5, 0.0), here(-0.74, 0.0), 0.22, 0.18), by=16) + 0.014 * hair  # fmt: skip
    claws = np.minimum.reduce([limb(here(bx + d * 0.07, by + np.sign(by) * 0.10), here(bx + d * 0.09, by + np.sign(by) * 0.21), 0.020, 0.006) for _, (bx, by) in limbs for d in (-1.4, -0.5, 0.5, 1.4)])  # fmt: skip
    head = melted(oval(*here(-0.86, 0.0), 0.20, 0.20), oval(*here(-1.04, 0.0), 0.17, 0.115, -6), by=24)
    ears = np.minimum(oval(*here(-0.74, -0.19), 0.060, 0.060), oval(*here(-0.74, 0.19), 0.060, 0.060))
    nose = oval(*here(-1.19, 0.0), 0.045, 0.060, -6)
    white = paint(238, 230, 206, 0.13 * hair + 0.05 * noise(6073, 5))
    white = blend(white, paint(214, 190, 138, 0.10 * hair), edge(hide + 0.10 + 0.06 * noise(6074, 6), 0.10) * 0.25 + edge(np.abs(y) - 0.06, 0.08) * 0.3)  # fmt: skip
    felt = hide - 0.055 + 0.012 * np.sin(np.arctan2(y, x) * 60)
    bricks = np.minimum(np.abs(np.mod(Y * 7, 1) - 0.5) / 7, np.abs(np.mod(X * 3 + 0.5 * np.floor(Y * 7 + 0.5), 1) - 0.5) / 3)  # fmt: skip
    hearth = camera.Surface(blend(paint(150, 84, 62, 0.2 * noise(6075, 12)), paint(196, 188, 176), edge(bricks - 0.008, 0.006)), -0.02 * edge(bricks - 0.01, 0.01))  # fmt: skip
    back = room(hearth, camera.wood(92, 58, 40, 6076, 0.34), -0.80)
    things = [
        thing(paint(52, 40, 38), felt, 0.03, 0.02, lift=0.03), thing(paint(40, 36, 34), claws, 0.02, 0.04, gloss=0.5, lift=0.03), thing(white, hide, 0.14, 0.10, lift=0.06, relief=0.006 * hair, rim=0.02),
        thing(white * 0.92, ears, 0.05, 0.12, lift=0.03), thing(white, head, 0.18, 0.24, lift=0.10, relief=0.006 * hair), thing(paint(26, 24, 26), nose, 0.04, 0.10, gloss=0.7, lift=0.02),
        *eye(*here(-0.98, -0.085), 0.026, (40, 26, 18)), *eye(*here(-0.98, 0.085), 0.026, (40, 26, 18)),
    ]  # fmt: skip
    return camera.taken(things, back, 6077, sun=(260, 46), turn=2, tilt=(0.0, 0.05), zoom=1.0, warmth=0.04, quality=62)


def _net(seed: int, apart: float, x: Plane, y: Plane) -> tuple[Plane, Plane]:
    """How far each point is from the gaps between patches, and the number of its patch."""
    places = strewn(seed, apart)
    first, second, which = nearest(places, 3 * apart, x, y)
    return second - first, which


def net_of_brown_patches() -> Image.Image:
    """A very large short-haired skin hangs over a wire fence: chestnut patches with straight edges fit together like paving, with narrow cream lines between; dry grass behind."""
    bent_x, bent_y = X + 0.03 * noise(6081, 9), Y + 0.03 * noise(6082, 9)
    gap, which = _net(6083, 0.27, bent_x, bent_y)
    hair = fibres(6084, Y, X, 120, 8)
    share = edge(0.036 - gap, 0.014)
    brown = paint(150, 88, 46, 0.20 * (chance_of(6085, which) - 0.5) + 0.08 * hair)
    coat = blend(paint(228, 204, 158, 0.07 * hair), brown, share)
    skin = outline([(-1.02, -0.66), (-0.4, -0.70), (0.3, -0.68), (1.0, -0.64), (1.04, -0.1), (0.86, 0.36), (1.0, 0.72), (0.74, 0.86), (0.50, 0.56), (0.0, 0.62), (-0.44, 0.54), (-0.66, 0.88), (-0.94, 0.78), (-0.84, 0.30), (-1.04, -0.1)]) + 0.006 * hair  # fmt: skip
    folds = 0.07 * soft(np.sin(X * 8 + 2.4 * noise(6086, 3)), 10) * np.clip(Y + 0.7, 0, 1)
    wires = np.minimum.reduce([np.abs(Y - py - 0.02 * np.cos(X * 2)) - 0.011 for py in (-0.67, -0.2, 0.3)])
    posts = np.minimum(box(X + 1.20, Y, 0.055, 1.3, 0.02), box(X - 1.20, Y, 0.055, 1.3, 0.02))
    field = blend(paint(196, 206, 214), paint(186, 160, 96, 0.3 * noise(6087, 60)), edge(-0.46 + 0.04 * noise(6088, 6) - Y, 0.03))  # fmt: skip
    back = camera.Surface(np.stack([soft(field[..., k], 7) for k in range(3)], axis=-1), 0 * X)
    things = [thing(paint(140, 140, 138), wires, 0.01, 0.02, gloss=0.4, lift=0.02), thing(paint(120, 96, 72, 0.2 * fibres(6089, Y, X, 30, 2)), posts, 0.05, 0.06, lift=0.06), thing(coat, skin, 0.04, 0.05, lift=0.14, relief=folds + 0.003 * hair)]  # fmt: skip
    return camera.taken(things, back, 6090, sun=(220, 52), turn=-1, zoom=1.02, warmth=0.04, quality=64)


def six_sides_two_strings() -> Image.Image:
    """A small six-sided wooden box on a long neck with two strings and a bow on red cloth; its front is a patterned skin of small scales, pale rings around dark diamonds."""
    u, v = placed(-0.34, 0.30, 28)
    side = np.maximum(np.abs(v) * 0.866 + np.abs(u) * 0.5, np.abs(u)) - 0.52
    front = side + 0.075
    far, which = scales(u, v, 0.052)
    a, b = np.mod(u * 3.6 + 0.5, 1) - 0.5, np.mod(v * 3.0 + 0.5 * np.floor(u * 3.6 + 0.5), 1) - 0.5
    lozenge = np.abs(a) * 1.1 + np.abs(b) + 0.05 * noise(6091, 14)
    skin = blend(paint(176, 142, 92), paint(54, 40, 30), edge(lozenge - 0.40, 0.05))
    skin = blend(skin, paint(222, 196, 140), edge(np.abs(lozenge - 0.30) - 0.055, 0.03))
    skin = skin * (1 + 0.16 * (chance_of(6092, which) - 0.5) - 0.32 * edge(0.84 - far, 0.10))[..., None]
    grain = fibres(6093, v, u, 40, 2)
    body = paint(104, 48, 34, 0.16 * grain)
    p, q = placed(-0.34, 0.30, 28)
    neck = np.maximum(np.abs(p) - 0.045, np.maximum(q + 0.42, -1.95 - q))
    stub = np.maximum(np.abs(p) - 0.055, np.abs(q - 0.57) - 0.09)
    strings = np.minimum(np.abs(p - 0.016) - 0.006, np.abs(p + 0.016) - 0.006)
    strings = np.maximum(strings, np.maximum(q - 0.58, -1.9 - q))
    bridge = box(p, q - 0.02, 0.09, 0.030, 0.01)
    tie = box(p, q + 0.78, 0.060, 0.030, 0.01)
    stick = chain([(0.10, 0.94), (0.60, 0.36), (1.02, -0.22), (1.30, -0.66)], 0.026, 0.020)
    horse = chain([(0.12, 0.98), (0.66, 0.46), (1.08, -0.10), (1.31, -0.60)], 0.024, 0.018)
    cloth = camera.linen(156, 30, 38, 6094)
    things = [
        thing(paint(236, 230, 214, 0.10 * fibres(6095, X + Y, Y - X, 60, 3)), horse, 0.02, 0.03, lift=0.05), thing(paint(120, 70, 40), stick, 0.03, 0.05, gloss=0.4, lift=0.07),
        thing(paint(70, 34, 26, 0.14 * grain), np.minimum(neck, stub), 0.04, 0.08, gloss=0.5, lift=0.10), thing(body, side, 0.05, 0.16, gloss=0.5, lift=0.14), thing(skin, front, 0.03, 0.03, gloss=0.25, lift=0.01, relief=0.10 + 0.010 * (1 - far)),
        thing(paint(216, 190, 130), bridge, 0.02, 0.06, lift=0.03), thing(paint(226, 222, 210), strings, 0.006, 0.03, gloss=0.7, lift=0.04), thing(paint(40, 40, 44), tie, 0.02, 0.06, lift=0.02),
    ]  # fmt: skip
    return camera.taken(things, cloth, 6096, sun=(235, 50), turn=2, zoom=1.02, quality=66)
