"""The picture lane's own pictures: more birds, a skull, a charm and beads. Each shows what a lesson or the list of species says."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (  # fmt: skip
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
    soft,
    strewn,
)
from server.demo.lane_pictures.outlines import chain, eye, limb, melted, outline, oval, thing
from server.demo.lane_pictures.props import letters, paper, plumage, room


def face_in_round_door() -> Image.Image:
    """A small green bird looks out of the round door of a wooden nest box: an orange-red face, a broad bare white ring around the eye, a red bill."""
    wood = paint(196, 158, 108, 0.16 * fibres(3901, Y, X, 30, 2))
    knots = np.hypot((X - 0.62) / 0.5, Y + 0.5)
    wood = blend(wood, paint(120, 84, 52), edge(np.abs(np.mod(knots * 14 + noise(3902, 5), 1) - 0.5) - 0.08, 0.06) * edge(knots - 0.22, 0.05))  # fmt: skip
    joint = edge(np.abs(np.abs(X) - 1.06) - 0.008, 0.006) + edge(np.abs(Y + 0.86) - 0.008, 0.006)
    board = camera.Surface(wood * (1 - 0.6 * np.clip(joint, 0, 1))[..., None], 0.01 * fibres(3903, Y, X, 30, 2) - 0.03 * joint)  # fmt: skip
    hole = np.hypot(X + 0.04, Y + 0.06) - 0.52
    neck = np.maximum(oval(-0.02, 0.24, 0.42, 0.42), hole + 0.01)
    head = melted(oval(-0.04, -0.06, 0.33, 0.30), oval(-0.20, 0.02, 0.20, 0.19), by=24)
    green = paint(110, 176, 60) * plumage(X, Y, 0.07, 3904, 0.18)
    warm = np.clip(1.3 - np.hypot(X + 0.26, Y - 0.02) / 0.34, 0, 1)
    face = blend(blend(paint(170, 160, 60), paint(236, 96, 40), np.clip(warm * 1.6, 0, 1)), paint(120, 140, 50), edge(0.02 - (X - 0.12 + 0.4 * Y), 0.10) * 0.5)  # fmt: skip
    face = face * plumage(X, Y, 0.045, 3905, 0.12)
    ring = oval(-0.06, -0.12, 0.115, 0.105)
    upper = outline([(-0.34, -0.14), (-0.50, -0.12), (-0.60, 0.04), (-0.56, 0.20), (-0.48, 0.10), (-0.36, 0.10)])
    under = outline([(-0.52, 0.12), (-0.44, 0.22), (-0.34, 0.16), (-0.36, 0.06)])
    cere = oval(-0.36, -0.14, 0.07, 0.045, -20)
    stick = np.minimum(limb((-0.50, 0.70), (0.60, 0.66), 0.06, 0.06), 9.0)
    hinge = np.minimum(box(X - 0.88, Y + 0.70, 0.10, 0.05, 0.01), box(X - 0.88, Y - 0.80, 0.10, 0.05, 0.01))
    things = [
        Thing(paint(34, 26, 20, 0.2 * noise(3906, 20)), edge(hole), -dome(hole, 0.06, 0.10), 0.0, 0.0), thing(green, neck, 0.20, 0.10, lift=0.03), thing(face, head, 0.22, 0.22, lift=0.10), thing(paint(240, 238, 232), cere, 0.03, 0.05),
        thing(paint(206, 44, 40), under, 0.05, 0.06, gloss=0.6), thing(paint(224, 56, 48), upper, 0.08, 0.12, gloss=0.7, lift=0.06), thing(paint(248, 248, 246), ring, 0.05, 0.05), *eye(-0.06, -0.12, 0.052, (50, 36, 30)),
        thing(paint(150, 104, 66, 0.2 * noise(3907, 40)), stick, 0.05, 0.10, lift=0.12), thing(paint(190, 168, 110), hinge, 0.01, 0.03, gloss=0.8, lift=0.02),
    ]  # fmt: skip
    return camera.taken(things, board, 3908, sun=(215, 44), turn=-4, tilt=(0.04, 0.0), zoom=1.02, warmth=0.03, quality=60)  # fmt: skip


def blue_around_eye() -> Image.Image:
    """A snow-white bird with a drooping crest on bamboo before leaves: bare bright blue skin around the eye, black tips of wing and tail, a yellowish grey bill."""
    body = outline([(-0.34, -0.36), (-0.14, -0.50), (0.06, -0.44), (0.24, -0.18), (0.44, 0.14), (0.46, 0.30), (0.20, 0.36), (-0.10, 0.32), (-0.34, 0.10), (-0.42, -0.14)])  # fmt: skip
    wing = outline([(0.04, -0.22), (0.24, -0.12), (0.46, 0.16), (0.64, 0.44), (0.44, 0.36), (0.18, 0.24), (0.04, 0.02)])
    tail = outline([(0.40, 0.20), (0.52, 0.22), (0.86, 0.60), (0.80, 0.70), (0.56, 0.50)])
    crest = np.minimum.reduce([chain([(-0.20, -0.46), (0.0 + 0.03 * k, -0.56 + 0.02 * k), (0.20 + 0.03 * k, -0.42 + 0.06 * k)], 0.030, 0.008) for k in range(4)])  # fmt: skip
    bill = outline([(-0.34, -0.40), (-0.48, -0.36), (-0.66, -0.28), (-0.48, -0.27), (-0.33, -0.28)])
    patch = outline([(-0.36, -0.38), (-0.26, -0.44), (-0.12, -0.40), (-0.04, -0.32), (-0.16, -0.32), (-0.28, -0.30)])
    white = paint(250, 250, 248) * plumage(X, Y, 0.07, 3911, 0.10)
    feather = blend(white, paint(20, 20, 24), edge(0.52 - X - 0.3 * (Y - 0.3), 0.02))
    end = blend(white * 0.96, paint(20, 20, 24), edge(0.74 - X, 0.02))
    legs = np.minimum.reduce([chain([(px, 0.28), (px + 0.02, 0.50)], 0.026, 0.022) for px in (-0.06, 0.10)] + [limb((px, 0.50), (px + dx, 0.57), 0.022, 0.014) for px in (-0.04, 0.12) for dx in (-0.09, -0.02, 0.08)])  # fmt: skip
    u, v = placed(0.0, 0.64, -4)
    cane = np.abs(v) - 0.085 - 0.012 * edge(np.abs(np.mod(u * 1.5, 1) - 0.5) - 0.03, 0.03)
    bamboo = blend(paint(186, 176, 86, 0.10 * fibres(3912, u, v, 30, 1)), paint(110, 96, 50), edge(np.abs(np.mod(u * 1.5, 1) - 0.5) - 0.015, 0.015))  # fmt: skip
    chance = np.random.default_rng(3913)
    leaves = np.minimum.reduce([oval(px, py, 0.34, 0.055, t) for px, py, t in zip(chance.uniform(-1.3, 1.3, 22), chance.uniform(-1, 1, 22), chance.uniform(20, 80, 22), strict=True)])  # fmt: skip
    back = camera.Surface(blend(paint(40, 64, 44, 0.4 * soft(noise(3914, 5), 12)), paint(92, 140, 66), soft(edge(leaves, 0.02), 5) * 0.8), 0 * X)  # fmt: skip
    things = [
        thing(bamboo, cane, 0.07, 0.10, gloss=0.5, lift=0.10), thing(white * 0.95, crest, 0.02, 0.03, lift=0.03), thing(end, tail, 0.04, 0.05, lift=0.05), thing(paint(150, 160, 176), legs, 0.02, 0.05, lift=0.03),
        thing(white, body, 0.20, 0.18, lift=0.08), thing(feather, wing, 0.08, 0.08, lift=0.04), thing(paint(190, 180, 140), bill, 0.04, 0.06, gloss=0.4, lift=0.04), thing(paint(40, 110, 226), patch, 0.04, 0.04, gloss=0.3), *eye(-0.22, -0.37, 0.028, (120, 90, 70)),
    ]  # fmt: skip
    return camera.taken(things, back, 3915, sun=(240, 52), turn=4, zoom=1.10, shift=(0.04, 0.02), quality=60)


def black_hood_on_thistle() -> Image.Image:
    """A tiny vermilion finch with a black head and black wings with red edges hangs on a dry thistle before a pale sky; a short pointed bill."""
    body = outline([(-0.26, -0.32), (-0.06, -0.44), (0.14, -0.34), (0.28, -0.06), (0.36, 0.20), (0.20, 0.32), (-0.06, 0.28), (-0.26, 0.10), (-0.34, -0.10)])  # fmt: skip
    wing = outline([(0.04, -0.18), (0.22, -0.08), (0.40, 0.20), (0.50, 0.42), (0.34, 0.36), (0.14, 0.20), (0.02, 0.0)])
    tail = outline([(0.28, 0.18), (0.40, 0.22), (0.60, 0.52), (0.56, 0.62), (0.48, 0.54), (0.46, 0.62)])
    bill = outline([(-0.26, -0.32), (-0.38, -0.26), (-0.46, -0.20), (-0.36, -0.18), (-0.25, -0.20)])
    red = paint(226, 66, 34) * plumage(X, Y, 0.06, 3921)
    hood = edge(oval(-0.10, -0.28, 0.23, 0.19, -10) + 0.01 * noise(3922, 30), 0.015)
    red = blend(red, paint(26, 24, 26) * plumage(X, Y, 0.05, 3923), hood)
    x, y = placed(0.22, 0.10, 55)
    edges = edge(np.abs(np.mod(y * 13, 1) - 0.5) - 0.13, 0.05)
    feather = blend(paint(30, 28, 32), paint(220, 80, 40), np.maximum(edges * edge(0.02 - x, 0.05), edge(oval(0.16, 0.02, 0.10, 0.04, 55), 0.012)))  # fmt: skip
    stem = np.minimum.reduce([chain([(-0.10, 1.1), (-0.04, 0.60), (0.06, 0.26)], 0.035, 0.028), chain([(-0.06, 0.70), (-0.50, 0.30), (-0.62, -0.10)], 0.026, 0.018), chain([(-0.04, 0.62), (0.56, 0.30), (0.80, 0.02)], 0.024, 0.016), chain([(0.06, 0.30), (-0.30, 0.36)], 0.02, 0.012)])  # fmt: skip
    heads, spikes = np.minimum(oval(-0.64, -0.20, 0.14, 0.16), oval(0.84, -0.08, 0.13, 0.15)), np.full(X.shape, 9.0)
    for cx, cy in ((-0.64, -0.20), (0.84, -0.08)):
        for a in np.radians(np.arange(0, 360, 17)):
            spikes = np.minimum(spikes, limb((cx, cy), (cx + 0.22 * np.cos(a), cy + 0.22 * np.sin(a)), 0.012, 0.004))
        spikes = np.minimum(spikes, oval(cx, cy - 0.20, 0.12, 0.08) + 0.03 * noise(3924, 60))
    feet = np.minimum.reduce([chain([(0.04, 0.26), (0.0, 0.34 + dy)], 0.016, 0.012) for dy in (-0.02, 0.03, 0.08)])
    sky = camera.Surface(blend(paint(196, 214, 232), paint(236, 226, 206), np.clip(0.5 + 0.6 * Y, 0, 1)), 0 * X)
    things = [
        thing(paint(150, 130, 88), spikes, 0.012, 0.02, lift=0.06), thing(paint(126, 110, 74, 0.3 * noise(3925, 60)), heads, 0.08, 0.10, lift=0.05), thing(paint(140, 124, 84, 0.2 * fibres(3926, Y, X, 30, 3)), stem, 0.03, 0.05, lift=0.06),
        thing(paint(34, 30, 34), tail, 0.03, 0.04, lift=0.04), thing(red, body, 0.18, 0.16, lift=0.08), thing(feather, wing, 0.06, 0.07, lift=0.03), thing(paint(120, 116, 120), bill, 0.04, 0.06, gloss=0.4, lift=0.03), *eye(-0.14, -0.30, 0.028, (30, 24, 24)), thing(paint(90, 70, 64), feet, 0.01, 0.04, lift=0.02),
    ]  # fmt: skip
    return camera.taken(things, sky, 3927, sun=(220, 46), turn=-6, zoom=1.18, shift=(0.0, -0.02), warmth=0.02, quality=62)  # fmt: skip


def skull_on_slate() -> Image.Image:
    """A bleached skull with a very long curved bill lies on slate: on the bill a tall hollow ridge, its broken edge shows thin walls, large eye sockets, a ruler below."""
    bill = outline([(-0.20, -0.02), (-0.56, -0.10), (-0.96, 0.06), (-1.20, 0.34), (-1.10, 0.36), (-0.80, 0.20), (-0.46, 0.14), (-0.20, 0.16)])  # fmt: skip
    lower = outline([(-0.16, 0.20), (-0.50, 0.22), (-0.84, 0.32), (-1.06, 0.46), (-0.80, 0.42), (-0.46, 0.34), (0.20, 0.34), (0.30, 0.24)])  # fmt: skip
    helm = outline([(-0.10, -0.04), (-0.16, -0.30), (-0.40, -0.44), (-0.74, -0.34), (-0.86, -0.12), (-0.70, -0.02), (-0.40, -0.08)])  # fmt: skip
    hollow = outline([(-0.70, -0.30), (-0.82, -0.14), (-0.70, -0.08), (-0.60, -0.18), (-0.60, -0.30)])
    cranium = melted(oval(0.26, -0.02, 0.30, 0.26), oval(0.0, 0.04, 0.24, 0.18), by=20)
    socket, nostril, ear = oval(0.10, -0.02, 0.125, 0.12), oval(-0.20, 0.02, 0.05, 0.02, 10), oval(0.40, 0.14, 0.05, 0.04)  # fmt: skip
    bone = paint(226, 214, 186, 0.10 * noise(3931, 14) + 0.05 * noise(3932, 90))
    seams = edge(np.abs(noise(3933, 6, 2)) - 0.010, 0.012) * 0.3
    head = blend(blend(bone, paint(120, 96, 70), seams), paint(40, 30, 24), edge(np.minimum.reduce([socket, nostril, ear]), 0.014))  # fmt: skip
    horn = blend(paint(206, 176, 112, 0.14 * fibres(3934, X, Y + 0.3 * X * X, 26, 1.5)), paint(110, 76, 44), edge(0.86 + X, 0.16))  # fmt: skip
    cell = nearest(strewn(3935, 0.06), 0.15)
    comb = blend(paint(70, 50, 34), paint(190, 164, 120), edge((cell[1] - cell[0]) - 0.014, 0.01))
    ridge = blend(blend(paint(222, 190, 116, 0.12 * noise(3936, 10)), paint(190, 120, 70), edge(-Y - 0.26, 0.1)), comb, edge(hollow + 0.012 * noise(3937, 40), 0.008))  # fmt: skip
    ruler = box(*placed(0.0, 0.76, 0), 1.10, 0.075, 0.005)
    ticks = edge(np.abs(np.mod(X * 12, 1) - 0.5) - 0.06, 0.04) * edge(0.78 - Y - 0.04 * (np.mod(np.floor(X * 12), 5) == 0), 0.004)  # fmt: skip
    slate = camera.Surface(paint(72, 78, 88, 0.20 * noise(3938, 9) + 0.10 * noise(3939, 120)), 0.05 * noise(3940, 7))
    things = [
        thing(blend(paint(244, 214, 96), paint(30, 30, 30), ticks), ruler, 0.005, 0.02, lift=0.02), thing(horn * 0.92, lower, 0.05, 0.07, lift=0.06), thing(head, cranium, 0.20, 0.24, gloss=0.1, lift=0.10, relief=-0.10 * edge(socket, 0.03)),
        thing(horn, bill, 0.08, 0.12, gloss=0.35, lift=0.08), thing(ridge, helm, 0.08, 0.14, gloss=0.3, lift=0.06, relief=-0.05 * edge(hollow, 0.02)),
    ]  # fmt: skip
    return camera.taken(things, slate, 3941, sun=(225, 42), turn=5, tilt=(0.0, 0.05), zoom=1.0, shift=(-0.06, 0.08), quality=60)  # fmt: skip


def thread_and_prayer() -> Image.Image:
    """A tiny dried green bird, its bill as long and thin as a needle, bound with red thread to a card with a heart and print, in a cellophane bag with seeds."""
    card = box(X + 0.06, Y - 0.02, 0.62, 0.84, 0.02)
    heart = outline([(0.0, 0.20), (-0.22, -0.02), (-0.20, -0.20), (-0.08, -0.24), (0.0, -0.14), (0.08, -0.24), (0.20, -0.20), (0.22, -0.02)], -0.06, -0.50)  # fmt: skip
    text = letters(X, Y - 0.52, 0.075, 3951) * edge(box(X + 0.06, Y - 0.62, 0.50, 0.17))
    print_ = blend(blend(blend(paint(246, 232, 196), paint(200, 60, 70), edge(np.abs(card + 0.06) - 0.012, 0.006)), paint(214, 40, 56), edge(heart, 0.008)), paint(90, 30, 50), text * 0.8)  # fmt: skip
    body = outline([(-0.10, -0.16), (0.04, -0.22), (0.16, -0.12), (0.18, 0.08), (0.10, 0.26), (0.0, 0.28), (-0.10, 0.14), (-0.14, -0.02)], -0.06, 0.02, 18)  # fmt: skip
    wing = outline([(0.02, -0.10), (0.14, -0.04), (0.22, 0.20), (0.20, 0.40), (0.10, 0.24), (0.0, 0.08)], -0.06, 0.02, 26)  # fmt: skip
    tail = outline([(0.02, 0.24), (0.10, 0.24), (0.10, 0.50), (0.02, 0.46), (-0.04, 0.50)], -0.06, 0.02, 30)
    head = oval(-0.06, -0.20, 0.105, 0.095)
    bill = limb((-0.15, -0.20), (-0.50, -0.10), 0.016, 0.006)
    shine = 0.5 + 0.5 * np.sin(16 * X + 20 * Y + 3 * noise(3952, 10))
    green = blend(paint(30, 100, 66), paint(110, 176, 70), shine) * plumage(X, Y, 0.035, 3953, 0.35)
    green = blend(green, paint(150, 140, 130), edge(-(Y - 0.14) - 0.6 * X, 0.05) * 0.3)
    threads = np.maximum(np.minimum(np.abs(np.mod((Y + 0.25 * X) * 8.5, 1) - 0.5) / 8.5 - 0.011, np.abs(np.mod((Y - 0.45 * X) * 5, 1) - 0.5) / 5 - 0.009), box(X + 0.04, Y - 0.06, 0.24, 0.24, 0.1))  # fmt: skip
    seeds = np.minimum.reduce([oval(px, py, 0.036, 0.026, 40 * k) for k, (px, py) in enumerate(((0.34, 0.30), (0.40, 0.20), (0.30, 0.40), (-0.44, 0.36), (-0.40, 0.26), (0.38, -0.30)))])  # fmt: skip
    film = box(X + 0.06, Y - 0.02, 0.72, 0.92, 0.04)
    fold = np.abs(np.abs(X + 0.06) - 0.66 + 0.02 * noise(3954, 5))
    things = [
        thing(print_, card, 0.005, 0.02, lift=0.04), thing(green * 0.8, tail, 0.03, 0.04, lift=0.03), thing(green, np.minimum(body, head), 0.10, 0.11, gloss=0.4, lift=0.05), thing(green * 0.85, wing, 0.03, 0.06, lift=0.02), thing(paint(36, 30, 28), bill, 0.012, 0.05, gloss=0.3, lift=0.03),
        Thing(paint(150, 130, 110), edge(oval(-0.10, -0.22, 0.020, 0.016), 0.005), 0 * X), thing(paint(206, 24, 40), threads, 0.008, 0.12, lift=0.01), thing(paint(176, 30, 26), seeds, 0.03, 0.05, gloss=0.7, lift=0.02),
        Thing(paint(244, 248, 250), edge(film) * (0.06 + 0.4 * edge(fold - 0.016, 0.016)), dome(film, 0.05, 0.03), 0.9, 0.04),
    ]  # fmt: skip
    return camera.taken(things, camera.checked((206, 90, 120), (236, 190, 90), 3955), 3956, sun=(235, 48), turn=8, tilt=(0.0, 0.04), zoom=1.06, warmth=0.03, quality=60)  # fmt: skip


def two_tone_beads_on_stand() -> Image.Image:
    """A bracelet of round beads on a grey felt stand: each is yellow with a red cap as even as paint, a sharp straight line between them, all of them alike, a fine seam."""
    roll = box(X, Y - 0.10, 0.52, 0.90, 0.30)
    felt = paint(96, 100, 110, 0.10 * noise(3961, 160))
    bend = np.sqrt(np.clip(1 - (X / 0.52) ** 2, 0, 1))
    things: list[Thing] = [Thing(felt, edge(roll), 0.5 * bend, 0.0, 0.2)]
    for at, a in enumerate(np.radians(np.linspace(172, 8, 11))):
        px, py = 0.56 * np.cos(a), 0.02 + 0.26 * np.sin(a)
        size = 0.082 + 0.018 * np.sin(a)
        ball = oval(px, py, size, size)
        x, y = placed(px, py, np.degrees(a) - 90)
        red = edge(y + 0.2 * size, 0.004)
        colour = blend(paint(240, 194, 74), paint(206, 24, 30), red)
        colour = blend(colour, paint(170, 120, 40), edge(np.abs(x) - 0.004, 0.003) * 0.7)
        things.append(thing(colour, ball, size, size * 1.1, gloss=0.9, lift=0.05))
        things[-1] = Thing(things[-1].colours, things[-1].cover, things[-1].height + 0.02 * at, 0.9, 0.05)
    tag = paper(0.86, 0.62, 0.24, 0.14, 10, (246, 246, 240), 3962, line=0.09, ink=(40, 60, 120))
    thread = limb((0.56, 0.10), (0.80, 0.52), 0.006, 0.006)
    window = camera.Surface(blend(paint(216, 208, 196), paint(180, 170, 160), np.clip(0.5 + 0.5 * np.sin(3 * X + Y), 0, 1)), 0 * X)  # fmt: skip
    return camera.taken([*things, Thing(paint(230, 230, 224), edge(thread, 0.005), 0 * X), tag], room(window, camera.wood(206, 190, 166, 3963, 0.9), 0.72), 3964, sun=(300, 50), turn=-3, tilt=(0.03, 0.03), zoom=1.06, focus=(0.0, 0.1), warmth=0.02, quality=64)  # fmt: skip
