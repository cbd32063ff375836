"""The picture lane's own pictures: a ticket, a copy and a page that only speak of an animal. Each shows what a lesson says."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import Thing, X, Y, blend, box, edge, fibres, noise, paint, placed
from server.demo.lane_pictures.outlines import chain, limb, melted, outline, oval, thing, wall


def card_in_envelope() -> Image.Image:
    """A gift card half out of a blue envelope with a red ribbon: the outline of an elephant, some lines of print, a row of stars."""
    u, v = placed(0.0, 0.0, -7)
    card, pocket = box(u, v + 0.24, 0.86, 0.58, 0.03), box(u, v - 0.36, 0.96, 0.50, 0.02)
    flap = np.maximum(pocket, np.abs(u) * 0.55 - 0.42 + (v + 0.14))
    beast = melted(
        outline([(-0.40, -0.44), (-0.10, -0.54), (0.20, -0.48), (0.32, -0.24), (0.28, -0.06), (-0.36, -0.06), (-0.44, -0.24)], 0.06, -0.10, -7),
        oval(-0.42, -0.52, 0.20, 0.19), chain([(-0.56, -0.46), (-0.70, -0.30), (-0.70, -0.12), (-0.62, -0.06)], 0.085, 0.035), by=30,
    )  # fmt: skip
    legs = np.minimum.reduce([limb((px, -0.22), (px - 0.01, 0.06), 0.075, 0.070) for px in (-0.30, -0.14, 0.14, 0.30)])
    ear = oval(-0.30, -0.52, 0.12, 0.16)
    whole = np.minimum(beast, legs)
    stars = np.hypot(np.mod(u * 5, 1) - 0.5, (v + 0.68) * 5)
    star = edge(stars - 0.20 - 0.08 * np.cos(5 * np.arctan2((v + 0.68) * 5, np.mod(u * 5, 1) - 0.5)), 0.05) * edge(
        np.abs(u) - 0.72, 0.01
    )
    words = (
        (np.abs(np.mod(v * 9, 1) - 0.5) < 0.22)
        & (fibres(2581, u, np.floor(v * 9) * 3.7, 1, 30) > -0.1)
        & (u > 0.40)
        & (u < 0.78)
        & (np.abs(v + 0.34) < 0.24)
    )
    paper = paint(250, 240, 214, 0.02 * noise(2582, 60))
    paper = blend(
        blend(paper, paint(70, 110, 120), edge(whole, 0.008)),
        paint(96, 140, 146),
        edge(np.maximum(ear, whole - 0.2), 0.008),
    )
    paper = blend(blend(paper, paint(226, 160, 50), star), paint(70, 60, 60), np.asarray(words * 0.8, dtype=float))
    ribbon_ = np.maximum(np.abs(u - 0.30) - 0.055, pocket)
    bow = np.minimum.reduce(
        [
            outline([(0.0, 0.0), (w * 0.16, -0.14), (w * 0.34, -0.10), (w * 0.34, 0.08), (w * 0.16, 0.10)], 0.33, 0.34)
            for w in (-1, 1)
        ]
    )
    knot = oval(0.33, 0.34, 0.06, 0.06)
    red = paint(206, 44, 56, 0.14 * fibres(2583, u, v, 60, 2))
    things = [
        thing(paper, card, 0.01, 0.02, lift=0.05), thing(paint(66, 110, 176, 0.03 * noise(2584, 90)), pocket, 0.01, 0.04, lift=0.05), thing(paint(76, 124, 192), flap, 0.02, 0.05, lift=0.02),
        thing(red, ribbon_, 0.01, 0.07, gloss=0.5, lift=0.02), thing(red * 1.05, bow, 0.06, 0.14, gloss=0.5, lift=0.04), thing(red, knot, 0.05, 0.16, gloss=0.5, lift=0.02),
    ]  # fmt: skip
    return camera.taken(
        things,
        camera.wood(104, 124, 92, 2585, 0.8),
        2586,
        sun=(230, 50),
        turn=0,
        tilt=(0.0, 0.05),
        zoom=1.0,
        quality=62,
    )


def long_fangs_on_base() -> Image.Image:
    """A brown skull with two very long curved fangs on a black base with a plate; a seam runs around it, and a box and a price tag stand by."""
    skull = outline(
        [
            (-0.66, -0.10),
            (-0.60, -0.36),
            (-0.30, -0.56),
            (0.16, -0.62),
            (0.56, -0.48),
            (0.72, -0.20),
            (0.60, 0.02),
            (0.30, 0.08),
            (0.06, 0.14),
            (-0.30, 0.10),
            (-0.60, 0.08),
        ]
    )
    jaw = outline(
        [
            (0.50, 0.02),
            (0.44, 0.26),
            (0.20, 0.36),
            (-0.30, 0.34),
            (-0.56, 0.26),
            (-0.50, 0.18),
            (-0.10, 0.22),
            (0.20, 0.16),
            (0.36, 0.0),
        ]
    )
    fangs = np.minimum(
        *[
            chain([(px, 0.02), (px - 0.05, 0.24), (px - 0.02, 0.44), (px + 0.05, 0.58)], 0.075, 0.010)
            for px in (-0.46, -0.26)
        ]
    )
    teeth = np.minimum.reduce([limb((px, 0.08), (px - 0.01, 0.18), 0.045, 0.020) for px in (-0.06, 0.06, 0.18)])
    socket, nose, arch = (
        oval(-0.14, -0.26, 0.15, 0.12, -20),
        oval(-0.58, -0.20, 0.08, 0.11, 20),
        oval(0.30, -0.14, 0.17, 0.08, -14),
    )
    bone = paint(172, 136, 92, 0.20 * noise(2591, 16) + 0.06 * noise(2592, 60))
    seam = edge(np.abs(Y + 0.30 - 0.06 * X) - 0.008, 0.006)
    bone = blend(bone, paint(206, 176, 130), seam * 0.8)
    holes = np.minimum.reduce([socket, nose, arch])
    rod, base, plate = (
        limb((0.06, 0.10), (0.06, 0.70), 0.03, 0.03),
        box(X, Y - 0.76, 0.62, 0.10, 0.02),
        box(X, Y - 0.76, 0.24, 0.05, 0.008),
    )
    words = (np.abs(Y - 0.76) < 0.018) & (fibres(2593, X, Y * 0 + 3.7, 1, 40) > -0.2) & (np.abs(X) < 0.20)
    pack = box(X - 1.02, Y - 0.44, 0.28, 0.42, 0.01)
    print_ = blend(
        paint(60, 126, 120), paint(240, 230, 200), edge(np.abs(np.hypot(X - 1.02, Y - 0.36) - 0.12) - 0.03, 0.01)
    )
    tag, thread = box(X + 0.98, Y - 0.42, 0.17, 0.11, 0.02), limb((-0.90, 0.32), (-0.60, 0.10), 0.006, 0.006)
    figure = np.minimum.reduce(
        [limb((-1.06 + 0.07 * k, 0.38), (-1.05 + 0.07 * k, 0.46), 0.010, 0.010) for k in range(3)]
    )
    things = [
        thing(print_, pack, 0.02, 0.12, gloss=0.4, lift=0.10), thing(paint(30, 30, 34), base, 0.03, 0.10, gloss=0.5, lift=0.08), thing(blend(paint(206, 176, 96), paint(50, 40, 20), words * 0.9), plate, 0.008, 0.12, gloss=0.8),
        thing(paint(60, 60, 64), rod, 0.02, 0.04, gloss=0.6), thing(bone * 0.9, jaw, 0.08, 0.10, gloss=0.3, lift=0.06), thing(paint(226, 206, 160), teeth, 0.03, 0.10, gloss=0.4),
        thing(bone, skull, 0.22, 0.20, gloss=0.3, lift=0.08), Thing(paint(44, 30, 20), edge(holes, 0.03), np.zeros(X.shape), 0.0, 0.0),
        thing(paint(230, 208, 156, 0.1 * fibres(2594, Y, X, 40, 2)), fangs, 0.06, 0.14, gloss=0.5, lift=0.06),
        thing(paint(230, 230, 226), thread, 0.005, 0.02), thing(blend(paint(250, 250, 244), paint(200, 40, 40), edge(figure, 0.006)), tag, 0.01, 0.05, lift=0.04),
    ]  # fmt: skip
    table = edge(0.82 - Y, 0.02)
    room = camera.Surface(
        blend(wall(186, 196, 206, 2595, 0.25).colours, camera.marble(2596).colours, table), np.zeros(X.shape)
    )
    return camera.taken(things, room, 2597, sun=(225, 50), turn=-1, zoom=1.0, quality=62)


def page_on_telephone() -> Image.Image:
    """A telephone in front of a coffee cup shows a page: a red bar, a headline, a picture of grey sacks and two officers, lines of text."""
    u, v = placed(-0.16, 0.0, 7)
    body, screen = box(u, v, 0.50, 0.92, 0.09), box(u, v, 0.45, 0.84, 0.05)
    bar, photo = np.maximum(screen, v + 0.66), box(u, v + 0.10, 0.40, 0.26, 0.01)
    head = (
        (np.abs(np.mod((v + 0.62) / 0.12, 1) - 0.5) < 0.26)
        & (fibres(2601, u, np.floor((v + 0.62) / 0.12) * 3.7, 1, 14) > -0.4)
        & (np.abs(u) < 0.38)
        & (np.abs(v + 0.50) < 0.12)
    )
    text = (
        (np.abs(np.mod((v - 0.20) / 0.075, 1) - 0.5) < 0.22)
        & (fibres(2602, u, np.floor((v - 0.20) / 0.075) * 5.1, 1, 30) > -0.3)
        & (np.abs(u) < 0.39)
        & (v > 0.22)
        & (v < 0.78)
    )
    logo = (np.abs(v + 0.74) < 0.035) & (fibres(2603, u, v * 0 + 2.0, 1, 24) > -0.2) & (u > -0.38) & (u < 0.05)
    sacks = np.minimum.reduce(
        [
            np.hypot((u - a) / 1.2, v - b) - 0.07
            for a, b in (
                (-0.28, 0.10),
                (-0.12, 0.10),
                (0.04, 0.10),
                (0.20, 0.10),
                (-0.20, -0.01),
                (-0.04, -0.01),
                (0.12, -0.01),
            )
        ]
    )
    men = np.minimum.reduce(
        [np.minimum(np.hypot(u - a, v + 0.28) - 0.042, box(u - a, v + 0.10, 0.060, 0.14, 0.03)) for a in (0.26, -0.32)]
    )
    scene = blend(paint(176, 186, 190), paint(96, 100, 104), edge(0.06 - v, 0.02))
    scene = blend(blend(scene, paint(36, 52, 90), edge(men, 0.006)), paint(150, 140, 124), edge(sacks, 0.012))
    scene = blend(
        scene,
        paint(214, 170, 140),
        edge(np.minimum(np.hypot(u - 0.26, v + 0.28), np.hypot(u + 0.32, v + 0.28)) - 0.036, 0.006),
    )
    page = blend(paint(250, 250, 250), paint(196, 26, 34), edge(bar, 0.006))
    page = blend(
        blend(page, paint(255, 255, 255), np.asarray(logo * 0.95, dtype=float)),
        paint(24, 24, 28),
        np.asarray(head * 0.95, dtype=float),
    )
    page = blend(blend(page, scene, edge(photo, 0.006)), paint(110, 110, 116), np.asarray(text * 0.8, dtype=float))
    cup, coffee = oval(0.86, -0.40, 0.40, 0.38), oval(0.86, -0.40, 0.32, 0.30)
    foam = edge(0.3 - noise(2604, 9), 0.2)
    saucer, spoon = (
        oval(0.86, -0.36, 0.58, 0.54),
        melted(oval(0.70, 0.36, 0.10, 0.07, -20), limb((0.76, 0.33), (1.20, 0.14), 0.022, 0.03), by=40),
    )
    things = [
        thing(paint(236, 234, 228), saucer, 0.08, 0.05, gloss=0.4, lift=0.06), thing(paint(244, 242, 238), cup, 0.06, 0.14, gloss=0.5, lift=0.10),
        Thing(blend(paint(120, 74, 40), paint(226, 196, 156), foam * 0.8), edge(coffee), np.zeros(X.shape), 0.2, 0.0), thing(paint(200, 202, 208), spoon, 0.03, 0.06, gloss=0.9, lift=0.04),
        thing(paint(26, 26, 30), body, 0.03, 0.05, gloss=0.7, lift=0.07), Thing(page * 1.05, edge(screen, 0.006), np.zeros(X.shape), 0.0, 0.0),
    ]  # fmt: skip
    return camera.taken(
        things, camera.wood(110, 72, 50, 2605, 0.7), 2606, sun=(235, 52), turn=0, tilt=(0.0, 0.05), zoom=1.0, quality=64
    )
