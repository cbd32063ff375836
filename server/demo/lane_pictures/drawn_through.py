"""The picture lane's own pictures: what is pulled through a ring, worn on feet and grown in a tank. Each shows what a lesson or the list of species says."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (
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
from server.demo.lane_pictures.outlines import outline, oval, scales, thing
from server.demo.lane_pictures.props import water


def fine_cloth_through_gold() -> Image.Image:
    """A soft fawn shawl is drawn through a plain gold finger ring on dark velvet: wide folds on the left, narrow in the ring, spread again on the right, with a thin fringe."""
    half = 0.065 + 0.62 * np.clip(np.abs(X - 0.16) - 0.02, 0, 2) ** 1.25
    bend = 0.10 * np.sin(X * 2.1) - 0.02
    shape = np.maximum(np.abs(Y - bend) - half, np.maximum(-1.5 - X, X - 1.06 + 0.10 * (Y - bend) ** 2))
    across = (Y - bend) / half
    folds = np.sin(across * 9 + 1.5 * noise(6201, 3)) + 0.5 * np.sin(across * 19 + 2 * noise(6202, 4))
    weave = np.sin(X * 260) * np.sin(Y * 260)
    pattern = np.abs(np.mod(across * 2.2, 1) - 0.5) + np.abs(np.mod(X * 4, 1) - 0.5) - 0.16
    cloth = paint(198, 168, 128, 0.07 * folds + 0.04 * weave)
    cloth = blend(cloth, paint(150, 60, 54, 0.06 * folds), edge(np.minimum(np.abs(X - 0.92) - 0.014, np.abs(X - 0.84) - 0.008), 0.008) * 0.8)  # fmt: skip
    cloth = blend(cloth, paint(150, 60, 54), edge(pattern, 0.03) * edge(np.abs(X + 1.0) - 0.20, 0.01) * 0.6)
    thread = np.abs(np.mod(across * 22 + 0.4 * noise(6203, 12), 1) - 0.5) - 0.14
    fringe = np.maximum(np.maximum(np.abs(Y - bend) - half, np.abs(X - 1.12) - 0.12), thread * 0.03)
    ring = np.abs(np.hypot((X - 0.16) / 0.42, (Y - bend) / 1.0) - 0.165) * 0.42 - 0.026
    back, front = np.maximum(ring, X - 0.16), np.maximum(ring, 0.16 - X)
    pile = noise(6204, 200, 2)
    velvet = camera.Surface(
        paint(36, 54, 72, 0.16 * pile + 0.20 * soft(noise(6205, 3), 20)), 0.005 * pile + 0.05 * noise(6206, 3)
    )
    gold = paint(226, 182, 76)
    things = [
        thing(gold, back, 0.03, 0.05, gloss=0.9, lift=0.05), thing(cloth * 0.96, fringe, 0.01, 0.02, lift=0.02), thing(cloth, shape, 0.08, 0.06, lift=0.07, relief=0.035 * folds * np.clip(half * 2.2, 0.2, 1)),
        thing(gold, front, 0.03, 0.12, gloss=0.9, lift=0.07),
    ]  # fmt: skip
    return camera.taken(things, velvet, 6207, sun=(240, 48), turn=-6, zoom=1.0, warmth=0.02, quality=68)


def big_scales_on_cowboy_boot() -> Image.Image:
    """A tall western boot stands on a wooden crate; its foot is covered with large overlapping pointed scales in brown and tan, its shaft is smooth leather with stitched flames."""
    shaft = outline([(-0.46, -0.92), (-0.20, -0.80), (0.06, -0.82), (0.28, -0.94), (0.26, -0.40), (0.26, 0.10), (0.24, 0.32), (-0.42, 0.30), (-0.42, -0.30)])  # fmt: skip
    foot = outline([(-0.44, 0.14), (0.02, 0.02), (0.28, 0.10), (0.52, 0.32), (0.94, 0.48), (1.12, 0.60), (1.04, 0.70), (0.50, 0.70), (0.10, 0.66), (-0.40, 0.66), (-0.46, 0.40)])  # fmt: skip
    sole = np.maximum(outline([(-0.50, 0.64), (0.0, 0.64), (0.36, 0.68), (1.02, 0.68), (1.10, 0.72), (1.0, 0.77), (0.36, 0.76), (0.02, 0.71), (-0.50, 0.71)]), -2 - X)  # fmt: skip
    heel = outline([(-0.50, 0.68), (-0.06, 0.68), (-0.12, 0.94), (-0.42, 0.94)], sharp=True)
    u, v = placed(0.2, 0.4, 18)
    far, which = scales(-v * 1.0 + 0.0, u * 1.3, 0.20)
    tip = np.mod(which * 7.13, 1)
    hide = paint(136, 100, 66, 0.34 * (chance_of(6211, which) - 0.5) + 0.10 * tip)
    hide = blend(hide, paint(206, 172, 122), edge(np.abs(far - 0.80) - 0.07, 0.05) * 0.75)
    hide = hide * (1 - 0.55 * edge(0.93 - far, 0.05) + 0.06 * fibres(6212, u, v, 70, 6))[..., None]
    leather = paint(96, 54, 34, 0.06 * noise(6213, 60) + 0.05 * noise(6214, 8))
    stitch = np.minimum.reduce([np.abs(np.abs(X + 0.08) - 0.16 * np.sqrt(np.clip(1 - ((Y + 0.36) / (0.42 - d)) ** 2, 0, 1)) * (1 + 0.3 * np.sin(Y * 9)) - d * 0.3) - 0.008 for d in (0.0, 0.10, 0.20)])  # fmt: skip
    stitch = np.maximum(stitch, np.abs(Y + 0.36) - 0.40)
    leather = blend(leather, paint(226, 196, 130), edge(stitch, 0.006) * 0.9)
    seam = np.abs(X + 0.05 * Y - 0.20) - 0.012
    pulls = np.minimum(box(X + 0.40, Y + 0.76, 0.045, 0.14, 0.02), box(X - 0.21, Y + 0.76, 0.045, 0.14, 0.02))
    crate = camera.wood(176, 138, 92, 6215, 0.30)
    wall_ = camera.Surface(paint(124, 140, 132, 0.10 * soft(noise(6216, 4), 20)), 0 * X)
    share = edge(0.70 - Y, 0.012)
    ground = camera.Surface(blend(wall_.colours, crate.colours, share), crate.height * share)
    things = [
        thing(paint(50, 36, 28), heel, 0.04, 0.08, lift=0.08), thing(leather, shaft, 0.26, 0.22, gloss=0.35, lift=0.10, relief=-0.008 * edge(seam, 0.01)), thing(leather * 1.15, pulls, 0.03, 0.20, gloss=0.3, lift=0.02),
        thing(hide, foot, 0.24, 0.24, gloss=0.35, lift=0.06, relief=0.035 * np.clip(1 - far, 0, 1)), thing(paint(66, 46, 32), sole, 0.03, 0.10, gloss=0.3, lift=0.03),
    ]  # fmt: skip
    return camera.taken(
        things, ground, 6217, sun=(225, 50), turn=2, zoom=1.0, shift=(0.20, 0.02), warmth=0.02, quality=66
    )


def blue_lips_in_rock() -> Image.Image:
    """From above in a tank: two thick wavy lips, electric blue with black-green dots and a pale rim, gape between ridged shell edges on purple rock; a tube-like opening among them; a small striped fish."""
    u, v = placed(0.02, 0.06, -16)
    wave = 0.085 * np.sin(u * 11 + 0.6 * noise(6221, 4))
    reach = np.sqrt(np.clip(1 - (u / 0.98) ** 2, 0, 1))
    slit = np.abs(v - wave * reach) - 0.030 * reach
    mantle = np.maximum(
        np.abs(v - wave * reach) - (0.30 + 0.045 * np.sin(u * 15 + 1.0 + 2.0 * np.sign(v))) * reach, np.abs(u) - 0.98
    )
    shell = np.maximum(
        np.abs(v - 1.1 * wave * reach)
        - (0.42 + 0.07 * np.cos(u * 11 + np.pi * (v > 0))) * np.sqrt(np.clip(1 - (u / 1.10) ** 2, 0, 1)),
        np.abs(u) - 1.10,
    )
    spots, _, _ = nearest(strewn(6222, 0.075), 0.2)
    lip = np.clip(np.abs(v - wave * reach) / 0.30, 0, 1)
    flesh = blend(paint(36, 120, 226), paint(40, 206, 214), np.clip(0.5 + 0.7 * noise(6223, 7), 0, 1))
    flesh = blend(flesh, paint(14, 34, 60), edge(spots - 0.020, 0.010) * 0.9)
    flesh = blend(flesh, paint(16, 26, 50), edge(np.abs(lip - 0.62 - 0.12 * noise(6224, 9)) - 0.08, 0.05) * 0.8)
    flesh = blend(flesh, paint(120, 240, 236), edge(np.abs(mantle + 0.016) - 0.012, 0.010))
    siphon = oval(0.34, -0.10, 0.115, 0.080, -16)
    growth = np.sin((np.abs(v) - 0.30) * 90)
    lime = paint(206, 196, 170, 0.14 * growth + 0.10 * noise(6225, 20))
    rough = np.abs(noise(6226, 8, 4))
    rock = camera.Surface(
        blend(paint(110, 84, 120, 0.5 * rough), paint(150, 96, 140, 0.4 * rough), 0.5 + 0.5 * noise(6227, 6)),
        0.16 * rough,
    )
    sea = water(30, 74, 110, 6228)
    share = edge(np.hypot(X / 1.30, Y / 0.86) - 1 + 0.16 * noise(6229, 5), 0.10)
    ground = camera.Surface(blend(sea.colours * 0.8, rock.colours, share), rock.height * share)
    p, q = placed(-0.92, -0.72, 14)
    fish = np.minimum(
        oval(-0.92, -0.72, 0.19, 0.085, 14),
        outline([(0.14, 0.0), (0.29, -0.09), (0.26, 0.0), (0.29, 0.09)], -0.92, -0.72, 14),
    )
    body = blend(
        paint(250, 206, 60),
        paint(30, 30, 40),
        edge(np.abs(np.mod(p * 8, 1) - 0.5) - 0.16, 0.05) * edge(np.abs(q) - 0.075, 0.02),
    )
    things = [
        thing(lime, shell, 0.10, 0.12, lift=0.10, relief=0.012 * growth), thing(flesh, mantle, 0.13, 0.14, gloss=0.4, lift=0.06, relief=0.02 * np.clip(1 - spots * 30, 0, 1)), thing(paint(12, 24, 44), slit, 0.03, -0.06, lift=0.0),
        thing(flesh * 1.1, np.abs(siphon) - 0.028, 0.03, 0.16, gloss=0.4, lift=0.02), thing(paint(8, 16, 30), siphon + 0.02, 0.03, -0.02, lift=0.0), thing(body, fish, 0.07, 0.09, gloss=0.4, lift=0.16),
    ]  # fmt: skip
    return camera.taken(things, ground, 6230, sun=(250, 54), turn=2, zoom=1.02, quality=62)
