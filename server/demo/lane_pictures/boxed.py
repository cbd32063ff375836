"""The picture lane's own pictures: what lies in boxes, wrapped or in rows. Each shows what a lesson or the list of species says."""

import numpy as np
from PIL import Image

from server.demo.lane_pictures import camera
from server.demo.lane_pictures.drawing import (
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
    strewn,
)
from server.demo.lane_pictures.outlines import outline, oval, thing, together
from server.demo.lane_pictures.props import letters, room


def ten_vials_in_tray() -> Image.Image:
    """Ten small glass vials of yellow-green liquid with red caps lie in a moulded white tray in an open red and gold box; the lid shows a round badge with a black bear's head."""
    things: list[Thing] = []
    u, v = placed(-0.06, 0.26, -3)
    case, tray = box(u, v, 1.06, 0.62, 0.03), box(u, v, 0.98, 0.54, 0.03)
    card = blend(paint(160, 26, 34, 0.03 * noise(5401, 60)), paint(236, 234, 226), edge(tray))
    things.append(thing(card, case, 0.03, 0.10, lift=0.10, relief=-0.05 * edge(tray, 0.02)))
    for k in range(10):
        cx = -0.06 + (-0.87 + 0.193 * k) * np.cos(np.radians(-3))
        cy = 0.26 + (-0.87 + 0.193 * k) * np.sin(np.radians(-3))
        x, y = placed(cx, cy, -3)
        slot, body = box(x, y, 0.086, 0.46, 0.07), box(x, y - 0.10, 0.070, 0.32, 0.03)
        neck, cap = box(x, y + 0.24, 0.034, 0.06, 0.01), box(x, y + 0.35, 0.062, 0.085, 0.02)
        fill = np.maximum(box(x, y - 0.10, 0.058, 0.305, 0.03), -0.10 - y - 0.02 * (k % 3))
        label = np.maximum(np.abs(y - 0.16) - 0.12, np.abs(x) - 0.068)
        ridge = np.sin(x * 190)
        paper_ = blend(paint(246, 240, 214), paint(150, 30, 36), edge(np.maximum(np.abs(y - 0.10) - 0.022, np.abs(x) - 0.068)))  # fmt: skip
        paper_ = blend(paper_, paint(60, 50, 50), letters(y, x, 0.035, 5402) * edge(np.abs(y - 0.20) - 0.06, 0.01) * 0.7)  # fmt: skip
        parts = [
            thing(paint(210, 208, 200), slot, 0.05, 0.01), thing(paint(226, 232, 224), np.minimum(body, neck), 0.06, 0.07, gloss=0.8), thing(paint(176, 168, 40, 0.10 * noise(5403, 9)), fill, 0.06, 0.07, gloss=0.6),
            thing(paper_, label, 0.06, 0.075, gloss=0.1), thing(paint(196, 40, 44, 0.08 * ridge), cap, 0.05, 0.10, gloss=0.5), thing(paint(250, 252, 248), np.maximum(np.abs(x + 0.034) - 0.008, np.abs(y - 0.08) - 0.26), 0.01, 0.08),
        ]  # fmt: skip
        things.append(together(*parts, gloss=0.5, lift=0.03))
    u, v = placed(0.02, -0.66, -3)
    lid = box(u, v, 1.06, 0.28, 0.02)
    badge = np.hypot(u + 0.56, v) - 0.23
    head = np.minimum.reduce([np.hypot(u + 0.56, v - 0.02) - 0.125, np.hypot(u + 0.66, v + 0.09) - 0.050, np.hypot(u + 0.46, v + 0.09) - 0.050])  # fmt: skip
    muzzle = np.hypot((u + 0.56) / 1.15, v - 0.07) - 0.052
    nose = np.hypot((u + 0.56) / 1.4, v - 0.045) - 0.018
    sparks = np.minimum(np.hypot(u + 0.605, v) - 0.014, np.hypot(u + 0.515, v) - 0.014)
    cover = paint(166, 26, 34, 0.03 * noise(5404, 60))
    cover = blend(cover, paint(220, 180, 84), edge(np.abs(lid + 0.04) - 0.010, 0.005))
    for shape, hue in ((badge, (236, 206, 120)), (head, (30, 26, 26)), (muzzle, (186, 140, 92)), (nose, (16, 12, 12)), (sparks, (240, 236, 226))):  # fmt: skip
        cover = blend(cover, paint(*hue), edge(shape, 0.005))
    ribbon_ = np.maximum(np.abs(v - 0.05 * np.sin(7 * u)) - 0.05, np.abs(u - 0.36) - 0.54)
    cover = blend(cover, paint(226, 190, 96), edge(ribbon_, 0.005))
    things.append(thing(cover, lid, 0.02, 0.06, gloss=0.3, lift=0.07))
    weave = np.sin(X * 70) * np.sin(Y * 70)
    mat = camera.Surface(paint(96, 116, 92, 0.08 * weave + 0.10 * noise(5405, 5)), 0.01 * weave)
    return camera.taken(things, mat, 5406, sun=(228, 52), turn=4, tilt=(0.01, 0.04), zoom=1.0, warmth=0.02, quality=66)


def toenails_under_leather() -> Image.Image:
    """A round stool: a thick grey wrinkled column with five pale broad nails along its foot, a padded brown leather seat with brass studs on top; a fireplace, a carpet."""
    leg = outline([(-0.46, -0.34), (0.46, -0.34), (0.44, 0.10), (0.50, 0.46), (0.62, 0.72), (0.56, 0.84), (0.0, 0.88), (-0.56, 0.84), (-0.62, 0.72), (-0.50, 0.46), (-0.44, 0.10)])  # fmt: skip
    far, second, _ = nearest(strewn(5411, 0.062) * (1.0, 0.8), 0.2)
    crack = edge(second - far - 0.008, 0.010)
    folds = np.sin(Y * 42 + 3.0 * noise(5412, 4) + 5 * X * X) * edge(0.2 - np.abs(Y - 0.25), 0.3)
    hide = paint(134, 126, 120, 0.12 * noise(5413, 9) + 0.10 * folds) * (1 - 0.35 * crack)[..., None]
    nails = np.full(X.shape, 9.0)
    for px, wide in ((-0.46, 0.075), (-0.25, 0.105), (0.0, 0.120), (0.25, 0.105), (0.46, 0.075)):
        top = 0.72 - 0.06 * (1 - (px / 0.5) ** 2) + 0.02
        nails = np.minimum(nails, np.maximum(np.hypot((X - px) / wide, (Y - top - 0.10) / 0.15) - 1, Y - 0.86 + 0.10 * px * px) * 0.09)  # fmt: skip
    nails = np.maximum(nails, leg + 0.012)
    horn = blend(paint(236, 222, 190, 0.12 * fibres(5414, Y, X, 30, 3)), paint(150, 130, 100), edge(0.82 - Y, 0.04) * 0.4)  # fmt: skip
    seat = np.minimum(oval(0.0, -0.46, 0.56, 0.20), box(X, Y + 0.36, 0.54, 0.09, 0.05))
    tuft = np.hypot(np.mod(X * 4.2 + 0.5, 1) - 0.5, (Y + 0.50) * 6)
    leather = paint(112, 58, 34, 0.14 * noise(5415, 30) + 0.05 * noise(5416, 90))
    studs = np.hypot(np.mod(X + 0.04, 0.08) - 0.04, Y + 0.31 - 0.02 * X * X) - 0.022
    studs = np.maximum(studs, np.abs(X) - 0.53)
    hearth = paint(136, 76, 58, 0.16 * noise(5417, 30))
    joint = edge(0.44 - np.abs(np.mod(Y * 6, 1) - 0.5), 0.02) + edge(0.47 - np.abs(np.mod(X * 3 + 0.5 * np.mod(np.floor(Y * 6), 2), 1) - 0.5), 0.01)  # fmt: skip
    hearth = blend(hearth, paint(166, 156, 142), np.clip(joint, 0, 1))
    mouth = np.maximum(np.abs(X - 0.95) - 0.42, -0.55 - Y)
    hearth = blend(hearth, paint(26, 22, 22), edge(mouth, 0.01))
    a, b = X * 3.0, Y * 5.0
    medallion = np.hypot(np.mod(a, 1) - 0.5, np.mod(b, 1) - 0.5)
    carpet = blend(paint(120, 30, 36, 0.2 * noise(5418, 200)), paint(206, 170, 110), edge(np.abs(medallion - 0.32) - 0.05, 0.03))  # fmt: skip
    back = room(camera.Surface(hearth, 0.02 * np.clip(-joint, -1, 0)), camera.Surface(blend(carpet, paint(30, 40, 70), edge(medallion - 0.14, 0.03)), 0.01 * noise(5418, 200)), 0.52)  # fmt: skip
    things = [
        thing(hide, leg, 0.40, 0.34, gloss=0.1, lift=0.18, relief=-0.014 * crack + 0.012 * folds), thing(horn, nails, 0.05, 0.10, gloss=0.4, lift=0.02),
        thing(leather, seat, 0.14, 0.16, gloss=0.5, lift=0.08, relief=-0.02 * edge(tuft - 0.2, 0.2)), thing(paint(206, 170, 90), studs, 0.02, 0.18, gloss=0.9, lift=0.01),
    ]  # fmt: skip
    return camera.taken(things, back, 5419, sun=(218, 50), turn=-2, zoom=1.0, shift=(0.0, 0.06), warmth=0.04, quality=64)  # fmt: skip


def rays_between_tape() -> Image.Image:
    """A shoe box from above: six domed shells wrapped crosswise in brown packing tape between socks; dark plates with yellow rays show between the bands; a roll of tape."""
    things: list[Thing] = []
    outer, inner = box(X + 0.14, Y, 1.10, 0.82, 0.02), box(X + 0.14, Y, 1.04, 0.76, 0.02)
    card = blend(paint(206, 196, 176, 0.04 * noise(5421, 60)), paint(150, 120, 84, 0.06 * np.sin(Y * 100)), edge(inner))
    things.append(thing(card, outer, 0.02, 0.12, lift=0.12, relief=-0.10 * edge(inner, 0.02)))
    socks = np.minimum.reduce([oval(px, py, 0.30, 0.12, turn) + 0.02 * noise(5422, 9) for px, py, turn in ((-0.84, 0.02, 80), (-0.14, 0.02, 6), (0.52, 0.0, -10), (-0.50, -0.60, 20), (0.24, 0.62, 10))])  # fmt: skip
    rib = np.sin((X + Y) * 110)
    things.append(thing(paint(92, 104, 132, 0.10 * rib), socks, 0.08, 0.08, lift=0.04, relief=0.004 * rib))
    for k, (px, py, turn, size) in enumerate(((-0.80, -0.36, 10, 1.0), (-0.14, -0.38, -14, 1.05), (0.52, -0.36, 24, 0.98), (-0.78, 0.38, -20, 1.02), (-0.10, 0.38, 8, 0.96), (0.56, 0.38, -30, 1.04))):  # fmt: skip
        u, v = placed(px, py, turn)
        u, v = u / size, v / size
        shell = (np.hypot(u / 0.30, v / 0.26) - 1) * 0.26 * size
        centres = np.array([(0.0, 0.0), (-0.15, 0.0), (0.15, 0.0), (-0.08, -0.16), (0.08, -0.16), (-0.08, 0.16), (0.08, 0.16), (-0.22, -0.11), (0.22, -0.11), (-0.22, 0.11), (0.22, 0.11)])  # fmt: skip
        gaps = np.hypot(u[..., None] - centres[:, 0], v[..., None] - centres[:, 1])
        order = np.sort(gaps, axis=-1)
        which = np.argmin(gaps, axis=-1)
        angle = np.arctan2(v - centres[which, 1], u - centres[which, 0])
        rays = np.cos(angle * 7 + which) - 0.55
        plate = blend(paint(46, 34, 26, 0.2 * noise(5423 + k, 30)), paint(226, 184, 84), np.maximum(edge(-rays, 0.12) * edge(0.02 - order[..., 0], 0.01), edge(order[..., 0] - 0.030, 0.006)))  # fmt: skip
        plate = blend(plate, paint(20, 14, 12), edge(order[..., 1] - order[..., 0] - 0.006, 0.006))
        bands = np.minimum(np.abs(v - 0.01) - 0.055, np.abs(u + 0.01) - 0.055)
        tape = np.maximum(bands, shell - 0.006)
        gloss_ = paint(176, 128, 70, 0.10 * noise(5433 + k, 12) + 0.06 * np.sin((u + v) * 60))
        bulge = dome(shell, 0.26, 0.26)
        things += [Thing(plate, edge(shell), bulge - 0.01 * edge(order[..., 1] - order[..., 0] - 0.006, 0.008), 0.35, 0.10), Thing(gloss_, edge(tape) * 0.94, bulge + 0.008, 0.7, 0.01)]  # fmt: skip
    ring = np.abs(np.hypot(X - 1.12, Y - 0.66) - 0.19) - 0.075
    things.append(thing(paint(176, 128, 70, 0.08 * np.sin(np.hypot(X - 1.12, Y - 0.66) * 260)), ring, 0.03, 0.10, gloss=0.6, lift=0.08))  # fmt: skip
    return camera.taken(things, camera.tiles(196, 190, 176, 5444), 5445, sun=(230, 52), turn=5, tilt=(0.02, 0.02), zoom=0.98, quality=64)  # fmt: skip
