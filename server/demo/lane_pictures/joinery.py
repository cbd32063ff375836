"""The picture lane's own pictures: woods as they are worked, worn and played. Each shows what a lesson or the list of species says of them."""

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
    dome,
    edge,
    fibres,
    noise,
    paint,
    placed,
    ribbon,
)
from server.demo.lane_pictures.outlines import chain, limb, melted, outline, oval, thing, together


def stick_with_hair() -> Image.Image:
    """A long slim curved reddish stick in a case of blue velvet: white hair along it, a black piece with a pearl eye at one end."""
    stick = ribbon([(-1.24, 0.22), (-0.4, 0.00), (0.4, -0.20), (1.24, -0.36)], lambda t: 0.034 - 0.010 * t)
    tip = outline([(1.16, -0.40), (1.28, -0.38), (1.30, -0.12), (1.20, -0.20)])
    hair = limb((-0.98, 0.32), (1.24, -0.16), 0.030, 0.026)
    frog = outline([(-1.16, 0.18), (-0.90, 0.12), (-0.84, 0.30), (-0.92, 0.36), (-1.16, 0.40)], sharp=True) - 0.01
    screw = limb((-1.30, 0.235), (-1.22, 0.215), 0.036, 0.036)
    grip = np.maximum(stick.distance, np.abs(X + 0.74) - 0.12) - 0.006
    winding = edge(np.abs(np.mod(X * 34, 1) - 0.5) - 0.2, 0.1)
    strands = paint(244, 240, 226, 0.10 * fibres(1701, X, Y + 0.216 * X, 160, 1))
    pile = 0.5 * noise(1702, 5, 2)
    velvet = camera.Surface(paint(34, 48, 108, 0.22 * pile + 0.06 * noise(1703, 220, 1)), 0.06 * pile)
    groove = box(X, Y - 0.62, 1.5, 0.10, 0.05)
    cake = box(X - 0.52, Y - 0.44, 0.20, 0.15, 0.04)
    rosin = cake + 0.05
    things = [
        thing(paint(26, 36, 84), groove, 0.06, -0.06, lift=0.0),
        thing(paint(120, 84, 52), cake, 0.03, 0.06, lift=0.05), thing(paint(206, 132, 40, 0.1 * noise(1704, 20)), rosin, 0.04, 0.09, gloss=0.9, lift=0.0),
        thing(strands, hair, 0.02, 0.03, gloss=0.2, lift=0.05),
        thing(paint(150, 62, 30, 0.14 * fibres(1705, X, Y + 0.25 * X, 60, 2)), np.minimum(stick.distance, tip), 0.04, 0.07, gloss=0.6, lift=0.07),
        thing(paint(206, 206, 210) * (1 - 0.3 * winding)[..., None], grip, 0.04, 0.08, gloss=0.8, lift=0.02),
        thing(paint(24, 22, 24), frog, 0.04, 0.09, gloss=0.6, lift=0.05),
        thing(paint(236, 236, 240, 0.2 * noise(1706, 30)), oval(-1.02, 0.26, 0.048, 0.048), 0.03, 0.10, gloss=0.9),
        thing(paint(214, 214, 218), screw, 0.03, 0.07, gloss=0.9),
    ]  # fmt: skip
    return camera.taken(things, velvet, 1707, sun=(225, 50), turn=-6, tilt=(0.0, 0.05), zoom=1.0, quality=66)


def grooved_on_pallet() -> Image.Image:
    """A pallet of long dark brown boards with grooves along them, strapped, their pale ends sealed with red wax, outside a hall."""
    rows, things = 6, []
    for row in range(rows):
        y0 = 0.56 - 0.19 * row
        for at in range(5):
            x0 = -0.98 + 0.49 * at + (0.02 if row % 2 else -0.01)
            u, v = X - x0, Y - y0
            end = box(u, v, 0.225, 0.080, 0.012)
            rings = np.sin(
                90 * np.hypot(u - 0.3, v + 0.5 + 0.1 * chance_of(1711, np.array(row * 7 + at))) + 4 * noise(1712, 8)
            )

            brown = paint(132, 92, 58, 0.10 * rings + 0.25 * (float(chance_of(1713, np.array(row * 5 + at))) - 0.5))
            tooth = (
                np.maximum(end, 0.014 - np.abs(np.mod(u * 11, 1) - 0.5) / 11 - 9 * (v > -0.05))
                if row == rows - 1
                else end
            )
            things.append(thing(brown, tooth, 0.012, 0.03, lift=0.03))
    top = outline([(-1.24, -0.48), (1.24, -0.48), (1.02, -0.92), (-0.86, -0.92)], sharp=True)
    lane = (X - 0.04 * (Y + 0.48)) / (1 + 0.36 * (Y + 0.48)) * 2.04
    ridges = np.abs(np.mod(lane * 8, 1) - 0.5)
    gap = edge(np.abs(np.mod(lane, 1) - 0.5) - 0.02, 0.01)
    deck = paint(112, 74, 46, 0.18 * fibres(1714, Y, lane, 12, 1) + 0.20 * (chance_of(1715, np.floor(lane)) - 0.5))
    deck = deck * (0.74 + 0.52 * ridges)[..., None] * (1 - 0.7 * gap)[..., None]
    straps = np.minimum(np.abs(X + 0.62) - 0.035, np.abs(X - 0.62) - 0.035)
    strap = np.maximum(straps, np.abs(Y - 0.08) - 0.58)
    feet = np.minimum.reduce([box(X - px, Y - 0.76, 0.16, 0.10, 0.01) for px in (-1.0, 0.0, 1.0)])
    ground = camera.speckled(150, 148, 144, 1716, 0.4)
    hall = edge(Y + 0.30, 0.02)
    metal = paint(136, 150, 156, 0.12 * np.sin(X * 40))
    yard = camera.Surface(blend(ground.colours, metal, hall), ground.height * (1 - hall))
    things = [
        thing(paint(196, 160, 110, 0.2 * fibres(1717, X, Y, 30, 2)), feet, 0.02, 0.05, lift=0.06),
        thing(deck, top, 0.02, 0.03, relief=-0.02 * ridges, lift=0.06),
        together(*things, lift=0.04),
        thing(paint(40, 90, 170), strap, 0.01, 0.05, gloss=0.5, lift=0.02),
    ]
    return camera.taken(things, yard, 1718, sun=(250, 46), turn=2, zoom=1.02, quality=62)


def dark_round_on_tray() -> Image.Image:
    """A string of large streaked brown beads with a tassel on a bamboo tea tray, beside a small cup of tea and a wooden dish of splinters."""
    things: list[Thing] = []
    for at in range(19):
        a = np.radians(360 * at / 19 + 100)
        px, py = -0.28 + 0.60 * np.cos(a), -0.06 + 0.56 * np.sin(a)
        bead = oval(px, py, 0.094, 0.094)
        u, v = placed(px, py, 40 * at)
        streak = edge(0.25 - fibres(1721 + at, u, v, 26, 3), 0.2)
        wood = blend(paint(160, 116, 72, 0.1 * fibres(1741, u, v, 40, 3)), paint(44, 28, 20), streak)
        things.append(
            Thing(
                wood,
                edge(bead, 0.006),
                0.10 * np.sqrt(np.clip(1 - np.hypot(X - px, Y - py) ** 2 / 0.0092, 0, 1)),
                0.4,
                0.06,
            )
        )
    knot = oval(-0.34, 0.62, 0.055, 0.065)
    fringe = np.minimum.reduce(
        [limb((-0.34, 0.66), (-0.34 + dx, 0.98), 0.010, 0.008) for dx in np.linspace(-0.10, 0.10, 11)]
    )
    cup, tea = oval(0.80, -0.46, 0.30, 0.29), oval(0.80, -0.46, 0.23, 0.22)
    dish, inner = oval(0.86, 0.46, 0.38, 0.36), oval(0.86, 0.46, 0.31, 0.29)
    chance, chips = np.random.default_rng(1742), np.full(X.shape, 9.0)
    for _ in range(22):
        cx, cy, t = 0.86 + chance.uniform(-0.2, 0.2), 0.46 + chance.uniform(-0.18, 0.18), chance.uniform(0, 180)
        chips = np.minimum(
            chips, outline([(-0.11, -0.02), (0.02, -0.03), (0.11, 0.0), (0.0, 0.03)], cx, cy, t, sharp=True)
        )
    dark = blend(paint(126, 88, 56), paint(40, 26, 20), edge(0.1 - fibres(1743, X, Y, 30, 6), 0.2))
    slat = np.mod((Y + 3) / 0.16, 1)
    line = edge(np.minimum(slat, 1 - slat) * 0.16 - 0.010, 0.006)
    knots = edge(np.abs(np.mod(X + 0.3 * np.floor((Y + 3) / 0.16), 1.1) - 0.5) - 0.012, 0.01)
    bamboo = paint(206, 176, 116, 0.08 * fibres(1744, X, Y, 60, 2)) * (1 - 0.75 * line - 0.2 * knots)[..., None]
    tray = camera.Surface(bamboo, -0.03 * line)
    things = [
        thing(paint(236, 234, 226), cup, 0.08, 0.12, gloss=0.6, lift=0.10), Thing(paint(150, 84, 30), edge(tea), np.zeros(X.shape), 0.5, 0.0),
        thing(paint(96, 62, 40, 0.14 * fibres(1745, X, Y, 30, 2)), dish, 0.06, 0.10, gloss=0.3, lift=0.08), Thing(paint(70, 46, 30), edge(inner), np.zeros(X.shape), 0.1, 0.0),
        thing(dark, chips, 0.02, 0.05, lift=0.03),
        thing(paint(150, 34, 44, 0.2 * fibres(1746, Y, X, 90, 2)), fringe, 0.01, 0.03, lift=0.03), thing(paint(176, 44, 50), knot, 0.04, 0.06, lift=0.03),
        together(*things, gloss=0.5, lift=0.06),
    ]  # fmt: skip
    return camera.taken(things, tray, 1747, sun=(230, 50), turn=-5, tilt=(0.0, 0.06), zoom=1.02, quality=64)


def black_pipe_with_keys() -> Image.Image:
    """A long black tube with a flared end and many silver keys and rings in an open case with red lining."""
    long, high = placed(0.0, 0.0, -16)
    tube = np.maximum(np.abs(high) - 0.066, np.abs(long) - 1.06)
    bell = outline([(0.96, -0.066), (1.16, -0.10), (1.30, -0.20), (1.32, 0.20), (1.16, 0.10), (0.96, 0.066)], 0, 0, -16)
    mouth = outline([(-1.06, -0.055), (-1.20, -0.05), (-1.34, 0.02), (-1.34, 0.055), (-1.06, 0.06)], 0, 0, -16)
    rings = np.maximum(
        np.minimum.reduce([np.abs(long - at) for at in (-1.04, -0.78, -0.08, 0.0, 0.94)]) - 0.022, np.abs(high) - 0.086
    )
    lip = np.maximum(np.abs(long - 1.315) - 0.018, np.abs(high) - 0.20)
    pads, rods = np.full(X.shape, 9.0), np.full(X.shape, 9.0)
    for at in (-0.62, -0.50, -0.36, -0.22, 0.14, 0.28, 0.42, 0.58, 0.74):
        pads = np.minimum(pads, np.hypot(long - at, high - 0.012 * np.sin(9 * at)) - (0.050 if at < 0.5 else 0.072))
    for start, end, y in ((-0.70, -0.16, -0.080), (0.08, 0.86, -0.084), (-0.56, -0.14, 0.080), (0.20, 0.80, 0.084)):
        rods = np.minimum(
            rods, np.maximum(np.abs(high - y) - 0.015, np.abs(long - (start + end) / 2) - (end - start) / 2)
        )
    levers = np.minimum.reduce([np.hypot((long - at) / 2.2, high - y) - 0.034 for at, y in ((-0.66, -0.12), (-0.30, 0.13), (0.12, 0.15), (0.22, 0.17), (0.10, -0.14), (0.20, -0.15))])  # fmt: skip
    holes = np.minimum.reduce([np.abs(np.hypot(long - at, high) - 0.036) - 0.012 for at in (-0.43, -0.29, 0.21, 0.35)])
    silver = paint(206, 208, 214)
    lining = paint(128, 28, 40, 0.10 * noise(1751, 200, 1) + 0.1 * noise(1752, 6))
    bed = box(long, high, 1.46, 0.30, 0.1)
    case = camera.Surface(lining, -0.05 * edge(bed, 0.06) + 0.003 * noise(1753, 200, 1))
    wood = paint(32, 28, 28, 0.14 * fibres(1754, long, high, 60, 2))
    things = [
        thing(wood, np.minimum(np.minimum(tube, bell), mouth), 0.07, 0.12, gloss=0.6, lift=0.06),
        thing(silver, np.minimum(rings, lip), 0.02, 0.14, gloss=0.9, lift=0.01),
        thing(silver, np.minimum(rods, levers), 0.015, 0.15, gloss=1.0, lift=0.02),
        thing(silver, np.minimum(pads, holes), 0.03, 0.16, gloss=1.0, lift=0.02),
    ]
    return camera.taken(things, case, 1755, sun=(250, 50), turn=0, tilt=(0.0, 0.05), zoom=0.98, quality=66)


def red_heap_in_brass() -> Image.Image:
    """A heap of fine brick-red powder in a brass bowl, a wooden scoop in it, a pocket scale beside it that shows figures."""
    bowl, inner = oval(-0.30, 0.06, 0.78, 0.72), oval(-0.30, 0.06, 0.68, 0.62)
    heap = np.clip(1 - np.hypot((X + 0.34) / 0.66, (Y - 0.02) / 0.60), 0, 1)
    dust = paint(160, 52, 38, 0.10 * noise(1761, 260, 2) + 0.10 * noise(1762, 10))
    scoop = melted(oval(-0.10, 0.10, 0.22, 0.15, 30), limb((0.06, 0.20), (0.62, 0.56), 0.05, 0.045), by=30)
    filled = oval(-0.12, 0.08, 0.16, 0.10, 30)
    scale = box(X - 0.92, Y + 0.34, 0.30, 0.44, 0.05)
    plate = box(X - 0.92, Y + 0.46, 0.23, 0.25, 0.03)
    screen = box(X - 0.92, Y + 0.04, 0.19, 0.055, 0.01)
    digits = edge(np.minimum.reduce([limb(a, b, 0.007, 0.007) for px in (0.84, 0.92, 1.00) for a, b in (((px, -0.06), (px + 0.03, -0.06)), ((px + 0.03, -0.06), (px + 0.03, -0.02)), ((px, -0.04), (px + 0.03, -0.04)), ((px, -0.04), (px, -0.02)), ((px, -0.02), (px + 0.03, -0.02)))]), 0.005)  # fmt: skip
    spilled = edge(np.hypot((X - 0.92), Y + 0.46) - 0.10 - 0.05 * noise(1763, 30), 0.03)
    bag = box(X - 0.90, Y - 0.66, 0.34, 0.24, 0.03)
    things = [
        thing(paint(206, 160, 70), bowl, 0.06, 0.14, gloss=0.9, lift=0.12),
        Thing(dust, edge(inner, 0.02), 0.5 * heap * heap + 0.012 * noise(1764, 120, 2) * edge(inner), 0.0, 0.0),
        thing(paint(196, 150, 98, 0.14 * fibres(1765, X, Y, 30, 2)), scoop, 0.06, 0.12, gloss=0.2, lift=0.08),
        Thing(dust * 1.05, edge(filled, 0.02), 0.12 + 0.08 * np.clip(-filled / 0.1, 0, 1), 0.0, 0.0),
        thing(paint(52, 54, 58), scale, 0.04, 0.08, gloss=0.4, lift=0.08), thing(paint(206, 208, 212, 0.06 * fibres(1766, X, Y, 80, 2)), plate, 0.02, 0.11, gloss=0.6, lift=0.02),
        Thing(dust, spilled, 0.06 * spilled, 0.0, 0.02), Thing(blend(paint(176, 196, 170), paint(20, 30, 20), digits), edge(screen, 0.005), np.zeros(X.shape), 0.3, 0.0),
        thing(paint(186, 84, 66, 0.2 * noise(1767, 12)), bag, 0.05, 0.05, gloss=0.8, lift=0.05),
    ]  # fmt: skip
    return camera.taken(
        things, camera.tiles(64, 84, 96, 1768), 1769, sun=(230, 46), turn=4, tilt=(0.0, 0.06), zoom=1.02, quality=64
    )


def chest_by_wall() -> Image.Image:
    """A chest of four drawers in polished red-brown wood on curved feet, with brass handles, a lamp and a pile of books on top."""
    front = box(X, Y - 0.14, 0.80, 0.62, 0.02)
    top = box(X, Y + 0.50, 0.88, 0.045, 0.02)
    feet = np.minimum(
        *[
            outline([(w * 0.80, 0.74), (w * 0.56, 0.74), (w * 0.66, 0.82), (w * 0.70, 0.94), (w * 0.86, 0.94)])
            for w in (-1, 1)
        ]
    )
    drawers = np.minimum.reduce(
        [box(X, Y - py, 0.72, h, 0.015) for py, h in ((-0.36, 0.085), (-0.13, 0.115), (0.15, 0.135), (0.48, 0.165))]
    )
    seam = edge(np.abs(drawers) - 0.010, 0.008)
    flame = fibres(1771, X + 0.25 * np.cos(3 * Y), Y * 0.4 + 0.25 * np.cos(2.6 * X), 40, 2)
    wood = paint(122, 50, 30, 0.20 * flame + 0.08 * noise(1772, 8)) * (1 - 0.65 * seam)[..., None]
    plates = np.minimum.reduce([oval(w * 0.42, py, 0.085, 0.042) for w in (-1, 1) for py in (-0.36, -0.13, 0.15, 0.48)])
    pulls = np.minimum.reduce([np.maximum(np.abs(oval(w * 0.42, py + 0.01, 0.065, 0.050)) - 0.010, py - Y) for w in (-1, 1) for py in (-0.36, -0.13, 0.15, 0.48)])  # fmt: skip
    shade = outline([(-0.60, -0.98), (-0.34, -0.98), (-0.22, -0.70), (-0.72, -0.70)], sharp=True)
    stem = melted(limb((-0.47, -0.70), (-0.47, -0.56), 0.03, 0.03), oval(-0.47, -0.57, 0.13, 0.04), by=40)
    books = [(box(X - 0.44, Y + py, w, 0.035, 0.008), colour) for py, w, colour in ((0.58, 0.26, (52, 84, 96)), (0.65, 0.23, (176, 150, 90)), (0.72, 0.20, (140, 46, 44)))]  # fmt: skip
    rug = edge(0.80 - Y, 0.02)
    floor = camera.wood(186, 154, 112, 1773, 0.4)
    paper = paint(58, 84, 88, 0.04 * np.sin(X * 30))
    room = camera.Surface(blend(paper, floor.colours, rug), floor.height * rug)
    things = [
        thing(wood, np.minimum(front, feet), 0.05, 0.08, gloss=0.35, lift=0.12, relief=-0.02 * seam),
        thing(wood * 1.06, top, 0.03, 0.12, gloss=0.5, lift=0.04),
        thing(paint(206, 166, 84), plates, 0.02, 0.10, gloss=0.9, lift=0.01), thing(paint(226, 190, 110), pulls, 0.01, 0.13, gloss=0.9, lift=0.03),
        thing(paint(90, 120, 110), stem, 0.03, 0.08, gloss=0.7, lift=0.06), thing(paint(240, 226, 180), shade, 0.10, 0.10, lift=0.10),
        *[thing(paint(*colour), shape, 0.01, 0.06, lift=0.05) for shape, colour in books],
    ]  # fmt: skip
    return camera.taken(things, room, 1774, sun=(225, 52), turn=-1, zoom=1.0, warmth=0.02, quality=62)


def rose_and_paper() -> Image.Image:
    """The body of an old guitar from the front with a dark bridge and a ringed sound hole; a printed form with a stamp lies on its strings."""
    body = outline([(-1.30, -0.20), (-1.02, -0.62), (-0.50, -0.72), (-0.06, -0.52), (0.34, -0.46), (0.74, -0.56), (1.02, -0.34), (1.06, 0.04), (1.00, 0.40), (0.72, 0.62), (0.34, 0.54), (-0.06, 0.60), (-0.50, 0.80), (-1.02, 0.70), (-1.30, 0.30)], 0.04, 0.0)  # fmt: skip
    hole, rose = oval(0.36, 0.04, 0.22, 0.22), np.abs(oval(0.36, 0.04, 0.26, 0.26)) - 0.045
    neck = box(X - 1.2, Y - 0.04, 0.62, 0.105, 0.01)
    bridge = melted(box(X + 0.62, Y - 0.04, 0.075, 0.34, 0.02), box(X + 0.62, Y - 0.04, 0.045, 0.46, 0.02), by=40)
    strings = np.minimum.reduce(
        [
            np.maximum(np.abs(Y - 0.04 - s) - 0.004 - 0.001 * at, -0.62 - X)
            for at, s in enumerate(np.linspace(-0.08, 0.08, 6))
        ]
    )
    frets = edge(np.abs(np.mod((X - 0.72) * 7, 1) - 0.5) - 0.05, 0.02) * edge(neck, 0.006)
    spruce = paint(216, 160, 88, 0.06 * np.sin(Y * 170 + 2 * noise(1781, 4)) + 0.04 * noise(1782, 6))
    spruce = blend(spruce, paint(70, 40, 26), edge(np.abs(body + 0.02) - 0.014, 0.008))
    mosaic = blend(
        paint(60, 40, 30),
        paint(206, 170, 110),
        edge(np.abs(np.mod(np.arctan2(Y - 0.04, X - 0.36) * 12, 1) - 0.5) - 0.22, 0.08),
    )
    dark = paint(58, 34, 26, 0.30 * fibres(1783, Y, X, 26, 2))
    u, v = placed(-0.16, 0.10, -11)
    sheet = box(u, v, 0.36, 0.50, 0.01)
    frame = np.abs(box(u, v, 0.31, 0.45, 0.01)) - 0.006
    row = np.floor((v + 0.44) / 0.075)
    ink = (
        (np.mod((v + 0.44) / 0.075, 1) < 0.45)
        & (fibres(1784, u, row * 3.7, 1, 36) > -0.15)
        & (np.abs(u) < 0.26)
        & (np.abs(v) < 0.38)
    )
    rules = edge(np.abs(np.mod((v + 0.44) / 0.15, 1) - 0.5) * 0.15 - 0.004, 0.003) * edge(box(u, v, 0.31, 0.45, 0.01))
    ring = np.abs(np.hypot(u - 0.14, v - 0.30) - 0.10) - 0.008
    stamp = edge(np.minimum(ring, np.hypot(u - 0.14, v - 0.30) - 0.035), 0.006)
    form = paint(226, 232, 214, 0.02 * noise(1785, 60))
    form = blend(
        blend(form, paint(60, 70, 66), np.maximum(ink * 0.7, np.maximum(rules * 0.5, edge(frame, 0.004) * 0.8))),
        paint(150, 40, 60),
        stamp * 0.8,
    )
    things = [
        thing(spruce, body, 0.05, 0.08, gloss=0.35, lift=0.14),
        thing(mosaic, rose, 0.02, 0.08, lift=0.0), Thing(paint(24, 16, 12), edge(hole), np.zeros(X.shape), 0.0, 0.0),
        thing(blend(dark, paint(214, 210, 190), frets), neck, 0.03, 0.13, gloss=0.3, lift=0.04),
        thing(dark, bridge, 0.04, 0.14, gloss=0.3, lift=0.04),
        Thing(paint(226, 220, 200), edge(strings, 0.003), dome(strings, 0.006, 0.16), 0.7, 0.02),
        thing(form, sheet, 0.01, 0.02, lift=0.05, relief=0.02 * np.sin(3 * u)),
    ]  # fmt: skip
    return camera.taken(
        things, camera.linen(96, 108, 96, 1786), 1787, sun=(240, 50), turn=-7, tilt=(0.0, 0.05), zoom=1.02, quality=64
    )


def pale_bowls() -> Image.Image:
    """Three salad bowls and two spoons of yellow wood with dark wild swirls on a white kitchen cloth, with a green twig of narrow leaves."""
    things: list[Thing] = []
    for at, (px, py, size) in enumerate(((-0.50, -0.14, 0.66), (0.60, -0.36, 0.42), (0.44, 0.48, 0.34))):
        far = np.hypot(X - px, Y - py) - size
        swirl = np.sin(
            26 * np.hypot(X - px + 0.3 * noise(1791 + at, 3), 1.6 * (Y - py) + 0.3 * noise(1794 + at, 3) + 0.3)
        )
        grain = blend(paint(214, 170, 104, 0.05 * noise(1797, 60)), paint(110, 68, 36), edge(0.45 - swirl, 0.35) * 0.85)
        inner = far + 0.07
        things += [thing(grain, far, 0.07, 0.14, gloss=0.3, lift=0.12), Thing(grain * 0.86, edge(inner, 0.01), -0.5 * np.sqrt(np.clip(-inner, 0, 1) / size) * size * 0.5, 0.2, 0.0)]  # fmt: skip
    spoons = np.minimum.reduce([melted(oval(*head, 0.15, 0.10, turn), limb(head, tail, 0.035, 0.042), by=30) for head, tail, turn in (((-0.62, -0.24), (0.16, 0.76), 52), ((-0.36, -0.30), (0.02, 0.92), 70))])  # fmt: skip
    stem = chain([(-1.2, 0.86), (-0.8, 0.66), (-0.4, 0.70)], 0.014, 0.010)
    leaves = np.minimum.reduce([outline([(0, 0.0), (0.10, 0.035), (0.24, 0.0), (0.10, -0.035)], px, py, turn) for px, py, turn in ((-1.08, 0.80, -70), (-1.0, 0.76, 60), (-0.86, 0.69, -80), (-0.78, 0.67, 50), (-0.62, 0.67, -60), (-0.54, 0.68, 40), (-0.42, 0.70, -10))])  # fmt: skip
    things += [
        thing(paint(222, 184, 124, 0.12 * fibres(1798, Y, X, 26, 2)), spoons, 0.04, 0.10, gloss=0.2, lift=0.06),
        thing(paint(112, 120, 72), stem, 0.012, 0.03, lift=0.03), thing(paint(110, 136, 92, 0.1 * noise(1799, 30)), leaves, 0.03, 0.03, gloss=0.2, lift=0.04),
    ]  # fmt: skip
    return camera.taken(
        things,
        camera.checked((236, 234, 228), (226, 226, 224), 1800),
        1801,
        sun=(225, 48),
        turn=3,
        tilt=(0.0, 0.06),
        zoom=1.02,
        quality=64,
    )
