"""The picture lane's own pictures: birds, and what is made to look like them. Each shows what a lesson or the list of species says."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (  # fmt: skip
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
    soft,
    strewn,
)
from server.demo.lane_pictures.outlines import chain, eye, limb, melted, outline, oval, thing
from server.demo.lane_pictures.props import ground, paper, plumage, room


def hoop_in_window() -> Image.Image:
    """A hoop wound in suede hangs in a window: a net like a spider's, turquoise beads, three barred brown and white plumes on strings below."""
    ring = np.abs(np.hypot(X, Y + 0.34) - 0.50) - 0.035
    far, turn = np.hypot(X, Y + 0.34), np.arctan2(Y + 0.34, X)
    wind = np.sin(turn * 60 + far * 30)
    net = np.full(X.shape, 9.0)
    for k, size in enumerate((0.50, 0.38, 0.27, 0.17)):
        corners = [(size * np.cos(a), -0.34 + size * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 10) + 0.35 * k]
        inner = [(0.76 * size * np.cos(a), -0.34 + 0.76 * size * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 10) + 0.35 * (k + 1)]  # fmt: skip
        net = np.minimum.reduce([net, chain(corners, 0.007, 0.007), *[limb(a, b, 0.006, 0.006) for a, b in zip(corners, inner, strict=True)]])  # fmt: skip
    cords = np.minimum.reduce([limb((px, -0.34 + np.sqrt(0.25 - px * px)), (px, low), 0.008, 0.008) for px, low in ((-0.34, 0.30), (0.0, 0.42), (0.34, 0.30))] + [limb((0.0, -0.84), (0.0, -1.1), 0.010, 0.010)])  # fmt: skip
    things: list[Thing] = []
    for px, top, lean in ((-0.36, 0.28, 6), (0.0, 0.40, -2), (0.36, 0.28, -8)):
        x, y = placed(px, top + 0.28, lean)
        vane = np.hypot(x / 0.085, y / 0.30) - 1
        vane = np.maximum(vane * 0.085 + 0.016 * np.clip(fibres(3801, y + 2 * np.abs(x), x, 30, 1), 0, 1), -0.2)
        bars = edge(np.abs(np.mod((y + 1.3 * np.abs(x)) * 7, 1) - 0.5) - 0.2, 0.08)
        quill = np.maximum(np.abs(x) - 0.008, np.abs(y) - 0.33)
        colour = blend(blend(paint(236, 228, 214), paint(104, 72, 48), bars), paint(226, 206, 160), edge(quill, 0.004))
        things.append(thing(colour * (1 + 0.12 * fibres(3802, y + 2 * np.abs(x), x, 70, 2))[..., None], np.minimum(vane, quill), 0.03, 0.03, lift=0.08))  # fmt: skip
    beads = np.minimum.reduce([oval(px, py, 0.038, 0.034) for px, py in ((-0.34, 0.20), (0.0, 0.30), (0.34, 0.20), (-0.10, -0.42), (0.14, -0.20), (-0.34, 0.12), (0.34, 0.12))])  # fmt: skip
    sky = blend(paint(206, 222, 236), paint(150, 176, 130), edge(0.24 + 0.10 * noise(3803, 6) - Y, 0.1))
    bars_ = np.minimum(np.abs(X - 0.86) - 0.06, np.abs(Y - 0.86) - 0.07)
    pane = camera.Surface(blend(soft(noise(3804, 6), 10)[..., None] * 0.1 + sky, paint(240, 238, 230), edge(bars_, 0.01)), 0.04 * edge(bars_, 0.02))  # fmt: skip
    things += [Thing(paint(226, 214, 190), edge(net, 0.004), 0 * X, 0.0, 0.04), Thing(paint(140, 96, 60), edge(cords, 0.006), 0 * X, 0.0, 0.04), thing(paint(156, 104, 62, 0.20 * wind), ring, 0.035, 0.06, lift=0.08), thing(paint(56, 176, 176), beads, 0.03, 0.05, gloss=0.8, lift=0.03)]  # fmt: skip
    return camera.taken(things, pane, 3805, sun=(220, 46), turn=2, zoom=1.0, quality=62)


def stare_on_rail() -> Image.Image:
    """A brown bird with round orange eyes stands on a balcony rail: shallow cast feathers, a seam down its side, a plastic foot with a cable tie, flower box beside it."""
    body = outline([(-0.30, -0.30), (-0.34, 0.0), (-0.30, 0.40), (-0.16, 0.56), (0.16, 0.56), (0.30, 0.40), (0.34, 0.0), (0.30, -0.30)])  # fmt: skip
    head = outline([(-0.30, -0.24), (-0.36, -0.52), (-0.34, -0.84), (-0.20, -0.70), (0.0, -0.66), (0.20, -0.70), (0.34, -0.84), (0.36, -0.52), (0.30, -0.24)])  # fmt: skip
    seam = edge(np.abs(np.abs(X) - 0.265 + 0.04 * Y * Y) - 0.007, 0.005)
    cast = np.sin(Y * 50) * np.sin(X * 40 + 1.6 * np.floor(Y * 50 / np.pi))
    brown = paint(128, 92, 60, 0.05 * cast)
    front = blend(brown, paint(190, 160, 116, 0.08 * cast), edge(oval(0.0, 0.10, 0.20, 0.42), 0.03))
    front = blend(front, paint(70, 48, 32), seam)
    rings = np.minimum(oval(-0.15, -0.50, 0.135, 0.135), oval(0.15, -0.50, 0.135, 0.135))
    irises = np.minimum(oval(-0.15, -0.50, 0.095, 0.095), oval(0.15, -0.50, 0.095, 0.095))
    pupils = np.minimum(oval(-0.15, -0.50, 0.045, 0.045), oval(0.15, -0.50, 0.045, 0.045))
    face = blend(blend(blend(brown, paint(206, 180, 136), edge(rings)), paint(250, 150, 20), edge(irises)), paint(14, 12, 12), edge(pupils))  # fmt: skip
    bill = outline([(-0.055, -0.44), (0.055, -0.44), (0.03, -0.30), (0.0, -0.26), (-0.03, -0.30)])
    foot = box(X, Y - 0.60, 0.26, 0.075, 0.03)
    tie = np.maximum(np.abs(X - 0.06) - 0.016, np.abs(Y - 0.66) - 0.16)
    rail = np.minimum.reduce([np.abs(Y - 0.70) - 0.045] + [np.maximum(np.abs(X - px) - 0.026, 0.70 - Y) for px in np.arange(-1.3, 1.4, 0.26)])  # fmt: skip
    pot = box(X - 0.92, Y - 0.56, 0.34, 0.17, 0.02)
    bloom, _, which = nearest(strewn(3811, 0.10), 0.2)
    flowers = np.maximum(bloom - 0.060, box(X - 0.92, Y - 0.32, 0.34, 0.13, 0.1))
    town = camera.Surface(blend(paint(170, 190, 206), paint(178, 150, 132), edge(0.20 + 0.18 * (np.mod(np.floor(X * 2.2) * 0.37, 1)) - Y, 0.02)), 0 * X)  # fmt: skip
    town = camera.Surface(np.stack([soft(town.colours[..., k], 9) for k in range(3)], axis=-1), town.height)
    things = [
        thing(paint(60, 64, 70), rail, 0.03, 0.06, gloss=0.4, lift=0.10), thing(paint(176, 92, 60), pot, 0.04, 0.10, lift=0.06), thing(blend(paint(206, 40, 60), paint(236, 120, 140), chance_of(3812, which)), flowers, 0.04, 0.06, lift=0.04),
        thing(brown * 0.9, foot, 0.03, 0.08, gloss=0.5, lift=0.05), thing(front, body, 0.22, 0.22, gloss=0.7, lift=0.08, relief=0.012 * cast), thing(face, head, 0.20, 0.22, gloss=0.7, lift=0.06, relief=0.02 * edge(irises, 0.02)),
        thing(paint(60, 46, 36), bill, 0.04, 0.08, gloss=0.6, lift=0.04), thing(paint(240, 240, 240), tie, 0.01, 0.04, gloss=0.5, lift=0.03),
    ]  # fmt: skip
    return camera.taken(things, town, 3813, sun=(225, 50), turn=-3, tilt=(0.03, 0.0), zoom=1.02, quality=60)


def yellow_flaps_on_perch() -> Image.Image:
    """A glossy black bird with a heavy orange bill on a dowel over a feeding dish: bare yellow flaps behind the eye and round the nape, a white patch in the wing, yellow feet."""
    body = outline([(-0.30, -0.42), (-0.10, -0.56), (0.10, -0.46), (0.26, -0.16), (0.50, 0.20), (0.60, 0.40), (0.36, 0.34), (0.06, 0.36), (-0.22, 0.28), (-0.40, 0.04), (-0.42, -0.24)])  # fmt: skip
    wing = outline([(0.0, -0.26), (0.22, -0.14), (0.46, 0.20), (0.62, 0.50), (0.40, 0.38), (0.16, 0.24), (0.0, 0.0)])
    tail = outline([(0.44, 0.24), (0.60, 0.30), (0.86, 0.62), (0.78, 0.72), (0.56, 0.54)])
    upper = outline([(-0.30, -0.52), (-0.46, -0.52), (-0.66, -0.40), (-0.50, -0.38), (-0.30, -0.38)])
    under = outline([(-0.60, -0.37), (-0.46, -0.31), (-0.30, -0.32), (-0.32, -0.40)])
    flap = np.minimum.reduce([oval(-0.15, -0.40, 0.075, 0.036, 30), chain([(-0.10, -0.36), (0.02, -0.34), (0.07, -0.44), (0.04, -0.50)], 0.036, 0.020), oval(-0.06, -0.31, 0.05, 0.03, 60)])  # fmt: skip
    sheen = 0.5 + 0.5 * np.sin(5 * X + 7 * Y + 2 * noise(3821, 6))
    black = blend(paint(24, 24, 32), paint(54, 40, 84), sheen * 0.6) * plumage(X, Y, 0.06, 3822, 0.25)
    feather = blend(black, paint(240, 240, 238), edge(oval(0.24, 0.16, 0.10, 0.045, 50), 0.012))
    legs = np.minimum.reduce([chain([(px, 0.30), (px + 0.02, 0.52)], 0.028, 0.024) for px in (-0.06, 0.12)] + [limb((px, 0.52), (px + dx, 0.60), 0.022, 0.014) for px in (-0.04, 0.14) for dx in (-0.10, -0.03, 0.08)])  # fmt: skip
    rod = np.abs(Y - 0.62) - 0.055
    dish = np.maximum(oval(0.84, 0.86, 0.30, 0.17), -(Y - 0.82))
    fruit = np.minimum.reduce([oval(0.70 + 0.13 * k, 0.78 - 0.04 * (k % 2), 0.075, 0.075) for k in range(3)])
    back = camera.Surface(paint(206, 200, 166, 0.10 * soft(noise(3823, 5), 16) + 0.05 * (np.mod(X * 3, 1) < 0.06)), 0 * X)  # fmt: skip
    things = [
        thing(paint(180, 140, 90, 0.14 * fibres(3824, X, Y, 30, 2)), rod, 0.05, 0.08, lift=0.08), thing(paint(226, 70, 50), fruit, 0.06, 0.08, gloss=0.6), thing(paint(190, 196, 200), dish, 0.06, 0.08, gloss=0.8, lift=0.06),
        thing(black * 0.8, tail, 0.04, 0.05, gloss=0.5, lift=0.05), thing(paint(240, 180, 40), legs, 0.02, 0.05, gloss=0.3, lift=0.03), thing(black, body, 0.20, 0.18, gloss=0.6, lift=0.08), thing(feather, wing, 0.08, 0.08, gloss=0.5, lift=0.04),
        thing(paint(236, 110, 30), np.minimum(upper, under), 0.05, 0.08, gloss=0.6, lift=0.04), thing(paint(250, 214, 40), flap, 0.03, 0.05, gloss=0.4, lift=0.02), *eye(-0.26, -0.45, 0.034, (60, 40, 30)),
    ]  # fmt: skip
    return camera.taken(things, back, 3825, sun=(230, 50), turn=-2, zoom=1.06, shift=(0.06, 0.0), warmth=0.03, quality=62)  # fmt: skip


def bill_in_kitchen() -> Image.Image:
    """A black bird with a white bib and a huge orange bill with a black tip sits on a tap in a kitchen; blue skin around its eye."""
    bill = outline([(-0.06, -0.46), (-0.40, -0.52), (-0.82, -0.38), (-1.04, -0.12), (-0.98, -0.06), (-0.66, -0.16), (-0.30, -0.14), (-0.06, -0.14)])  # fmt: skip
    body = outline([(-0.12, -0.52), (0.08, -0.62), (0.26, -0.50), (0.38, -0.14), (0.56, 0.24), (0.50, 0.46), (0.26, 0.50), (0.02, 0.30), (-0.12, 0.0), (-0.14, -0.28)])  # fmt: skip
    tail = outline([(0.42, 0.30), (0.56, 0.30), (0.78, 0.78), (0.72, 0.92), (0.56, 0.86)])
    tip = edge(X + 0.80 - 0.4 * (Y + 0.2), 0.02)
    line = edge(np.abs(Y + 0.25 - 0.36 * (X + 0.06) ** 2 * 0.9) - 0.008, 0.006)
    horn = blend(paint(246, 150, 30), paint(250, 200, 60), edge(0.42 + Y, 0.1))
    horn = blend(blend(horn, paint(206, 70, 30), line * 0.7), paint(26, 22, 24), tip)
    horn = blend(horn, paint(26, 22, 24), edge(np.abs(X + 0.085) - 0.020, 0.010))
    black = paint(28, 28, 34) * plumage(X, Y, 0.07, 3831, 0.25)
    bib = edge(oval(0.0, -0.18, 0.17, 0.30, -16) + 0.01 * noise(3832, 30), 0.02)
    black = blend(black, paint(246, 244, 236), bib)
    ring = oval(0.07, -0.42, 0.085, 0.075)
    black = blend(black, paint(240, 150, 60), edge(oval(0.06, -0.42, 0.13, 0.11), 0.02))
    feet = np.minimum.reduce([limb((0.20, 0.44), (0.16 + dx, 0.56), 0.030, 0.022) for dx in (-0.10, 0.0, 0.10)])
    tap = np.minimum(chain([(0.90, 1.1), (0.90, 0.66), (0.80, 0.58), (-0.10, 0.58), (-0.20, 0.66), (-0.20, 0.78)], 0.065, 0.055), box(X - 0.62, Y - 0.48, 0.14, 0.03, 0.02))  # fmt: skip
    back = room(camera.tiles(210, 222, 224, 3833), camera.marble(3834), 0.84)
    cup = box(X + 0.96, Y - 0.72, 0.16, 0.19, 0.03)
    things = [
        thing(blend(paint(60, 100, 170), paint(240, 240, 240), edge(np.abs(np.mod(Y * 9, 1) - 0.5) - 0.15, 0.05)), cup, 0.06, 0.10, gloss=0.6, lift=0.06), thing(black * 0.8, tail, 0.04, 0.05, lift=0.06), thing(paint(196, 200, 206), tap, 0.06, 0.10, gloss=1.0, lift=0.08),
        thing(black, body, 0.22, 0.20, gloss=0.4, lift=0.08), thing(paint(70, 120, 206), ring, 0.05, 0.06, gloss=0.3), thing(horn, bill, 0.16, 0.20, gloss=0.7, lift=0.10), *eye(0.07, -0.42, 0.038, (40, 30, 30)), thing(paint(90, 130, 190), feet, 0.02, 0.05, lift=0.03),
    ]  # fmt: skip
    return camera.taken(things, back, 3835, sun=(300, 52), turn=3, tilt=(0.03, 0.0), zoom=1.0, quality=60)


def straw_crown() -> Image.Image:
    """The head and neck of a tall bird against a fence: a crown of stiff golden bristles, white cheek with red above, black velvet forehead, a short grey bill, a red lobe at the throat."""
    neck = outline([(-0.16, -0.10), (0.16, -0.14), (0.24, 0.30), (0.42, 0.80), (0.60, 1.20), (-0.20, 1.20), (-0.10, 0.70), (-0.16, 0.30)])  # fmt: skip
    head = melted(oval(0.0, -0.24, 0.28, 0.22), oval(-0.18, -0.22, 0.16, 0.14), by=24)
    bill = outline([(-0.28, -0.30), (-0.44, -0.26), (-0.70, -0.16), (-0.46, -0.14), (-0.28, -0.14)])
    velvet = outline([(-0.32, -0.30), (-0.24, -0.46), (-0.02, -0.50), (0.10, -0.40), (-0.06, -0.34), (-0.20, -0.28)])
    cheek = outline([(-0.10, -0.30), (0.10, -0.38), (0.22, -0.26), (0.20, -0.06), (0.04, 0.0), (-0.08, -0.12)])
    red = oval(0.06, -0.36, 0.15, 0.065, -10)
    lobe = outline([(-0.20, -0.06), (-0.12, -0.04), (-0.10, 0.12), (-0.16, 0.22), (-0.22, 0.10)])
    chance = np.random.default_rng(3841)
    bristles = np.full(X.shape, 9.0)
    for way in np.radians(np.linspace(-158, -22, 46)):
        long = 0.40 + chance.uniform(-0.05, 0.05)
        bristles = np.minimum(bristles, limb((0.14, -0.36), (0.14 + long * np.cos(way), -0.36 + long * np.sin(way)), 0.012, 0.004))  # fmt: skip
    grey = paint(150, 156, 166) * plumage(X, Y * 0.7, 0.10, 3842, 0.22)
    laths = np.maximum(np.abs(np.mod(X * 1.7 + 0.2, 1) - 0.5) - 0.34, -9.0)
    fence = blend(paint(96, 128, 78, 0.3 * soft(noise(3843, 7), 10)), paint(150, 126, 98, 0.14 * fibres(3844, Y, X, 40, 2)), edge(laths, 0.02))  # fmt: skip
    things = [
        thing(paint(236, 190, 70), bristles, 0.012, 0.05, lift=0.05), thing(grey, neck, 0.20, 0.18, lift=0.10), thing(grey * 0.8, head, 0.18, 0.18, lift=0.06), thing(paint(24, 22, 26, 0.2 * noise(3845, 120)), velvet, 0.07, 0.08, lift=0.02),
        thing(paint(244, 240, 232, 0.04 * noise(3846, 30)), cheek, 0.06, 0.05, lift=0.01), thing(paint(206, 30, 40), red, 0.04, 0.05), thing(paint(210, 36, 44), lobe, 0.04, 0.06, gloss=0.4, lift=0.04), thing(paint(70, 74, 80), bill, 0.05, 0.08, gloss=0.5, lift=0.04),
        *eye(-0.10, -0.28, 0.040, (190, 210, 226)),
    ]  # fmt: skip
    return camera.taken(things, camera.Surface(fence, 0.03 * edge(laths, 0.02)), 3847, sun=(210, 48), turn=-3, zoom=1.02, shift=(-0.04, 0.06), warmth=0.02, quality=60)  # fmt: skip


def drawer_with_cotton() -> Image.Image:
    """A shallow mahogany drawer lined with cotton in eight compartments: brick-red mottled eggs in sets of three and four, each with a small drilled hole, handwritten slips."""
    drawer, inside = box(X, Y, 1.20, 0.86, 0.02), box(X, Y, 1.12, 0.78, 0.01)
    walls = np.minimum.reduce([np.abs(X - px) - 0.020 for px in (-0.56, 0.0, 0.56)] + [np.abs(Y) - 0.020])
    walls = np.minimum(np.maximum(walls, inside), np.maximum(drawer, -inside))
    chance = np.random.default_rng(3851)
    eggs, holes, which = np.full(X.shape, 9.0), np.full(X.shape, 9.0), np.zeros(X.shape)
    slips: list[Thing] = []
    for cell in range(8):
        cx, cy = -0.84 + 0.56 * (cell % 4), -0.39 + 0.78 * (cell // 4)
        slips.append(paper(cx, cy + 0.29, 0.20, 0.055, chance.uniform(-5, 5), (244, 234, 204), 3852 + cell, line=0.05, ink=(60, 50, 90)))  # fmt: skip
        for at in range(3 + cell % 2):
            px, py, turn = cx - 0.12 + 0.24 * (at % 2) + chance.uniform(-0.02, 0.02), cy - 0.19 + 0.24 * (at // 2), chance.uniform(0, 180)  # fmt: skip
            own = outline([(0.0, -0.125), (0.075, -0.08), (0.098, 0.01), (0.07, 0.10), (0.0, 0.12), (-0.07, 0.10), (-0.098, 0.01), (-0.075, -0.08)], px, py, turn)  # fmt: skip
            eggs, which = np.minimum(eggs, own), np.where(own < 0, cell * 4 + at, which)
            holes = np.minimum(holes, oval(px + 0.02, py + 0.02, 0.010, 0.010))
    mottle = noise(3861, 26, 3) + 0.5 * noise(3862, 9)
    shell = blend(paint(226, 190, 150), paint(150, 62, 34), np.clip(0.55 + 1.2 * mottle + 0.5 * (chance_of(3863, which) - 0.5), 0, 1))  # fmt: skip
    shell = blend(blend(shell, paint(96, 36, 24), edge(0.30 - mottle, 0.08)), paint(20, 12, 10), edge(holes, 0.004))
    wool = paint(240, 238, 232, 0.08 * noise(3864, 40))
    knob = oval(0.0, 0.86, 0.075, 0.055)
    things = [
        Thing(wool, edge(inside), 0.03 * noise(3865, 30), 0.0, 0.0), Thing(shell, edge(eggs, 0.006), 0.13 * np.sqrt(np.clip(-eggs / 0.098, 0, 1)), 0.25, 0.04), *slips,
        thing(paint(112, 56, 34, 0.16 * fibres(3866, X, Y, 30, 2)), walls, 0.02, 0.08, gloss=0.5, lift=0.06), thing(paint(206, 168, 84), knob, 0.05, 0.08, gloss=0.9, lift=0.08),
    ]  # fmt: skip
    return camera.taken(things, ground(74, 58, 50, 3867, grain=180, rough=0.2), 3868, sun=(235, 50), turn=-5, tilt=(0.03, 0.05), zoom=1.0, warmth=0.05, quality=58)  # fmt: skip


def red_on_shoulder() -> Image.Image:
    """A large green bird with a very long tail climbs a rope: a dark red patch on the wing's shoulder, a black and pink ring around the neck, a massive red bill."""
    body = outline([(-0.16, -0.50), (0.04, -0.56), (0.22, -0.42), (0.28, -0.10), (0.24, 0.20), (0.06, 0.34), (-0.14, 0.22), (-0.22, -0.10), (-0.22, -0.34)])  # fmt: skip
    wing = outline([(0.02, -0.30), (0.20, -0.28), (0.34, -0.02), (0.36, 0.30), (0.26, 0.46), (0.12, 0.20), (0.0, -0.06)])  # fmt: skip
    tail = outline([(0.06, 0.24), (0.20, 0.22), (0.26, 0.60), (0.30, 1.05), (0.24, 1.08), (0.14, 0.70)])
    upper = outline([(-0.14, -0.50), (-0.30, -0.52), (-0.44, -0.38), (-0.44, -0.22), (-0.36, -0.30), (-0.18, -0.30)])
    under = outline([(-0.36, -0.28), (-0.30, -0.18), (-0.18, -0.24), (-0.18, -0.32)])
    green = blend(paint(116, 176, 66), paint(140, 190, 96), edge(Y + 0.2, 0.3)) * plumage(X, Y, 0.07, 3871)
    ring = np.abs(np.hypot(X + 0.02, Y + 0.46) - 0.27)
    low = edge(-(Y + 0.38 - 0.3 * X), 0.03)
    green = blend(green, paint(226, 120, 140), edge(ring - 0.024, 0.010) * edge(0.04 - X, 0.06) * low)
    green = blend(green, paint(26, 26, 28), edge(np.abs(np.hypot(X + 0.02, Y + 0.46) - 0.23) - 0.018, 0.008) * edge(X - 0.06, 0.06) * low)  # fmt: skip
    leaf = paint(92, 156, 60) * plumage(X, Y, 0.10, 3872)
    leaf = blend(leaf, paint(150, 26, 44), edge(oval(0.16, -0.18, 0.12, 0.075, 50) + 0.01 * noise(3873, 30), 0.015))
    cord = np.abs(X + 0.10 + 0.10 * np.sin(1.6 * Y)) - 0.065
    twist = np.sin((Y + 1.6 * X) * 42)
    feet = np.minimum.reduce([chain([(0.0, 0.26), (-0.08, 0.34 + dy)], 0.045, 0.030) for dy in (-0.04, 0.04, 0.10)])
    room_ = camera.Surface(blend(paint(190, 206, 214, 0.10 * soft(noise(3874, 3), 24)), paint(150, 120, 90), edge(0.86 - Y, 0.01)), 0 * X)  # fmt: skip
    things = [
        thing(paint(206, 186, 140, 0.22 * twist), cord, 0.06, 0.09, lift=0.10, relief=0.02 * twist), thing(blend(paint(70, 140, 110), paint(110, 170, 190), edge(0.6 - Y, 0.3)), tail, 0.04, 0.05, lift=0.08), thing(green, body, 0.20, 0.18, lift=0.08),
        thing(leaf, wing, 0.08, 0.08, lift=0.04), thing(paint(206, 44, 44), under, 0.05, 0.06, gloss=0.6), thing(paint(220, 52, 48), upper, 0.08, 0.11, gloss=0.7, lift=0.05), *eye(-0.08, -0.44, 0.036, (236, 220, 170)), thing(paint(150, 130, 126), feet, 0.03, 0.06, lift=0.03),
    ]  # fmt: skip
    return camera.taken(things, room_, 3875, sun=(230, 50), turn=8, zoom=1.08, shift=(0.0, 0.10), quality=62)
