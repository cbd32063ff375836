"""The picture lane's own pictures: what comes from the smokehouse and the band room. Each shows what a lesson or the list of species says."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import Thing, X, Y, blend, box, edge, fibres, noise, paint, ribbon
from server.demo.lane_pictures.outlines import chain, limb, oval, thing
from server.demo.lane_pictures.props import glass, paper, room


def bronze_lengths_on_paper() -> Image.Image:
    """Four long wrinkled golden-brown fish like snakes lie on waxed paper on a board; two more pressed flat in a clear vacuum bag with a label; a fork, a sprig of dill."""
    things: list[Thing] = []
    sheet = box(X + 0.10, Y + 0.12, 1.14, 0.62, 0.02) + 0.02 * noise(5901, 7)
    crease = noise(5902, 5, 2)
    things.append(thing(paint(236, 228, 206, 0.06 * crease), sheet, 0.01, 0.03, lift=0.03, relief=0.06 * crease))
    for k, py in enumerate((-0.56, -0.28, 0.0, 0.28)):
        bend = 0.05 * (-1) ** k
        path = [(-1.08, py), (-0.55, py + bend), (0.0, py - bend), (0.5, py + bend), (0.96, py - 0.4 * bend)]
        eel = ribbon(path, lambda t: 0.080 - 0.058 * t**3 - 0.030 * (1 - t) ** 8, 16)
        fin = ribbon([(a, b - 0.03) for a, b in path[1:]], lambda t: 0.072 - 0.010 * t, 12)
        wrinkle = fibres(5903 + k, eel.across * 0.2, eel.along, 9, 3) * 0.5 + 0.5 * np.sin(eel.along * 46 + 4 * noise(5907 + k, 12))  # fmt: skip
        bronze = blend(paint(128, 76, 28, 0.16 * wrinkle), paint(222, 164, 66, 0.14 * wrinkle), np.clip(0.3 + 0.8 * eel.across, 0, 1))  # fmt: skip
        eye_, mouth = np.hypot(X + 1.04, Y - py + 0.012) - 0.016, limb((-1.13, py + 0.012), (-1.00, py + 0.026), 0.006, 0.005)  # fmt: skip
        gill = limb((-0.93, py - 0.03), (-0.92, py + 0.04), 0.012, 0.008)
        bronze = blend(bronze, paint(40, 22, 10), np.maximum(edge(np.minimum(mouth, gill), 0.005), edge(eye_, 0.005)))
        things += [thing(paint(96, 56, 22, 0.2 * np.sin(X * 120)), fin.distance, 0.03, 0.04, lift=0.03), thing(bronze, eel.distance, 0.08, 0.10, gloss=0.6, lift=0.05, relief=0.006 * wrinkle)]  # fmt: skip
    bag = box(X - 0.06, Y - 0.76, 0.98, 0.17, 0.02)
    flat = np.minimum(limb((-0.80, 0.71), (0.86, 0.69), 0.055, 0.025), limb((0.86, 0.82), (-0.80, 0.84), 0.055, 0.025))
    tag = paper(0.06, 0.77, 0.22, 0.10, 2, (250, 246, 232), 5912, line=0.055)
    things += [
        thing(paint(206, 214, 216), bag, 0.02, 0.04, gloss=0.5, lift=0.04)._replace(cover=edge(bag) * 0.55), thing(paint(150, 96, 38, 0.16 * noise(5911, 30)), flat, 0.05, 0.06, gloss=0.5, lift=0.02),
        glass(bag, 0.10), tag,
    ]  # fmt: skip
    dill = np.minimum.reduce([chain([(1.20, 0.66), (1.16, 0.40), (1.20 + 0.14 * w, 0.10 + 0.05 * abs(w))], 0.010, 0.005) for w in (-1.2, -0.6, 0.0, 0.6)])  # fmt: skip
    things.append(thing(paint(70, 130, 60), dill, 0.01, 0.03, lift=0.04))
    return camera.taken(things, camera.wood(120, 82, 56, 5918, 0.5), 5919, sun=(230, 50), turn=-3, tilt=(0.0, 0.03), zoom=1.0, warmth=0.03, quality=64)  # fmt: skip


def drum_on_three_legs() -> Image.Image:
    """A shallow drum with a red-brown veined shell, a white head, chrome hoops and lugs on a chrome stand in a rehearsal room; two sticks across it; foam wedges on the wall."""
    shell = box(X, Y - 0.16, 0.82, 0.30, 0.03)
    low = oval(0.0, 0.44, 0.82, 0.16)
    body = np.minimum(shell, low)
    wave = noise(5921, 3)
    vein = fibres(5922, X + 0.10 * wave, Y + 0.16 * wave, 17, 1.6) + 0.5 * fibres(5923, X, Y + 0.12 * wave, 60, 2)
    wood = paint(146, 62, 44, 0.30 * vein) * (1 - 0.35 * np.abs(X / 0.82) ** 3)[..., None]
    head, rim = oval(0.0, -0.16, 0.80, 0.22), oval(0.0, -0.16, 0.86, 0.26)
    skin = paint(238, 236, 228, 0.05 * noise(5924, 8) - 0.10 * edge(np.hypot(X - 0.05, (Y + 0.16) / 0.27) - 0.30, 0.3))
    ground_ = np.maximum(oval(0.0, 0.42, 0.87, 0.19), -oval(0.0, 0.35, 0.85, 0.175))
    ground_ = np.maximum(ground_, 0.36 - Y)
    lugs, rods = np.full(X.shape, 9.0), np.full(X.shape, 9.0)
    for k in range(5):
        a = np.pi * (0.10 + 0.20 * k)
        px, drop = 0.80 * np.cos(a), 0.17 * np.sin(a)
        lugs = np.minimum(lugs, box(X - px, Y - 0.10 - drop, 0.035, 0.12, 0.03))
        rods = np.minimum(rods, limb((px, -0.14 + drop), (px, 0.36 + drop), 0.012, 0.012))
    chrome = paint(196, 200, 206, 0.25 * np.sin(Y * 30))
    legs = np.minimum.reduce([limb((0.0, 0.56), (0.0, 0.74), 0.045, 0.045), limb((0.0, 0.72), (-0.62, 1.05), 0.026, 0.026), limb((0.0, 0.72), (0.62, 1.05), 0.026, 0.026), limb((0.0, 0.72), (0.06, 1.05), 0.026, 0.026)])  # fmt: skip
    arms = np.minimum.reduce([chain([(0.0, 0.60), (way * 0.60, 0.52), (way * 0.86, 0.42), (way * 0.90, 0.34)], 0.026, 0.026) for way in (-1, 1)])  # fmt: skip
    sticks = np.minimum.reduce([limb((-0.92, 0.02), (0.46, -0.34), 0.024, 0.012), oval(0.48, -0.345, 0.034, 0.020, -14), limb((-0.62, -0.44), (0.66, -0.06), 0.024, 0.012), oval(0.68, -0.055, 0.034, 0.020, 16)])  # fmt: skip
    a, b = np.floor(X * 2.4), np.floor(Y * 2.4)
    ridge = np.where(np.mod(a + b, 2) == 0, np.abs(np.mod(X * 9.6, 1) - 0.5), np.abs(np.mod(Y * 9.6, 1) - 0.5))
    foam = camera.Surface(paint(92, 106, 112, 0.5 * (0.3 - ridge) + 0.1 * noise(5925, 120)), 0.05 * ridge)
    rug = noise(5926, 160, 2)
    floor = camera.Surface(paint(186, 170, 140, 0.3 * rug), 0.01 * rug)
    things = [
        thing(chrome, np.minimum(legs, arms), 0.03, 0.05, gloss=0.9, lift=0.10), thing(wood, body, 0.05, 0.20, gloss=0.5, lift=0.14), thing(chrome, ground_, 0.03, 0.28, gloss=0.9, lift=0.02),
        thing(chrome, rods, 0.012, 0.30, gloss=0.9, lift=0.02), thing(chrome, lugs, 0.03, 0.32, gloss=0.9, lift=0.03), thing(chrome, rim, 0.04, 0.30, gloss=0.9, lift=0.03),
        thing(skin, head, 0.02, 0.26, lift=0.0), thing(paint(222, 190, 140, 0.10 * fibres(5927, X, Y, 60, 3)), sticks, 0.02, 0.32, gloss=0.3, lift=0.05),
    ]  # fmt: skip
    return camera.taken(
        things, room(foam, floor, 0.66), 5929, sun=(222, 50), turn=2, zoom=1.0, shift=(-0.34, 0.0), quality=64
    )
