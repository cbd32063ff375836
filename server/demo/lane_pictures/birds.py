"""The picture lane's own pictures: birds and what is made of them. Each shows what a lesson says of it."""

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
from server.demo.lane_pictures.outlines import chain, eye, limb, melted, outline, oval, scales, thing, together, wall


def _bars(apart: float) -> Plane:
    """The bars of a cage."""
    upright = np.abs(np.mod(X + 0.02, apart) - apart / 2) - 0.012
    across = np.minimum(np.abs(Y + 0.93), np.abs(Y - 0.86)) - 0.012 * 1.4
    return np.asarray(np.minimum(upright, across), dtype=float)


def parrot_in_cage() -> Image.Image:
    """A grey bird on a perch behind bars: pale rims on each feather, a bare white face, a black hooked bill, a short red tail."""
    body = outline([(-0.50, -0.64), (-0.34, -0.84), (-0.08, -0.84), (0.10, -0.66), (0.22, -0.36), (0.38, 0.0), (0.48, 0.34),
                    (0.44, 0.52), (0.22, 0.50), (-0.02, 0.44), (-0.24, 0.24), (-0.36, -0.06), (-0.36, -0.30), (-0.46, -0.44)])  # fmt: skip
    wing = outline([(-0.10, -0.26), (0.12, -0.36), (0.30, -0.10), (0.46, 0.30), (0.50, 0.66), (0.34, 0.52), (0.10, 0.30), (-0.08, 0.02)])  # fmt: skip
    tail = outline([(0.24, 0.36), (0.46, 0.34), (0.58, 0.72), (0.60, 0.94), (0.44, 0.96), (0.34, 0.72)])
    bill = outline([(-0.46, -0.70), (-0.62, -0.66), (-0.73, -0.50), (-0.70, -0.34), (-0.63, -0.42), (-0.56, -0.46), (-0.54, -0.38), (-0.46, -0.42)])  # fmt: skip
    far, which = scales(*placed(0, 0, -28), 0.105)
    grey = paint(132, 138, 146, 0.10 * (chance_of(701, which) - 0.5))
    grey = blend(grey, paint(204, 208, 212), edge(0.78 - far, 0.10) * 0.9)
    face = outline([(-0.50, -0.68), (-0.38, -0.74), (-0.24, -0.66), (-0.24, -0.50), (-0.36, -0.44), (-0.48, -0.50)])
    grey = blend(grey, paint(232, 230, 226, 0.05 * noise(702, 60)), edge(face, 0.03))
    long = fibres(703, *placed(0, 0, 58), 30, 2)
    quills = blend(paint(98, 104, 114, 0.12 * long), grey, np.clip(0.45 - 1.2 * (Y - 0.1), 0, 1))
    red = paint(196, 28, 30, 0.16 * fibres(704, *placed(0, 0, 74), 36, 2))
    perch = limb((-1.5, 0.62), (1.5, 0.50), 0.075, 0.07)
    toes = np.minimum.reduce([limb((x, 0.44), (x + 0.02, 0.66), 0.04, 0.03) for x in (-0.10, 0.0, 0.14, 0.24)])
    things = [
        thing(red, tail, 0.08, 0.05, lift=0.10),
        thing(paint(150, 108, 66, 0.2 * fibres(705, X, Y, 60, 3)), perch, 0.08, 0.09, lift=0.10),
        thing(grey, body, 0.34, 0.30, relief=0.006 * (1 - far), lift=0.12),
        thing(quills, wing, 0.16, 0.10, relief=0.30 + 0.006 * long, lift=0.03),
        thing(paint(112, 112, 114, 0.2 * noise(706, 80)), toes, 0.04, 0.05, lift=0.02),
        thing(paint(34, 32, 34), bill, 0.09, 0.12, gloss=0.3, lift=0.03),
        *eye(-0.375, -0.60, 0.050, (222, 208, 132)),
        thing(paint(196, 198, 200), _bars(0.36), 0.012, 0.012, gloss=0.6, lift=0.16),
    ]
    return camera.taken(things, wall(164, 152, 122, 707), 708, sun=(235, 48), turn=2, tilt=(0.03, 0.02), zoom=1.03, quality=64)  # fmt: skip


def _budgerigar(x: float, y: float, flip: bool, front: tuple[int, int, int], back: tuple[int, int, int]) -> list[Thing]:
    body = outline([(-0.16, -0.52), (-0.02, -0.62), (0.14, -0.56), (0.20, -0.38), (0.22, -0.12), (0.24, 0.20), (0.34, 0.62), (0.28, 0.74),
                    (0.18, 0.56), (0.10, 0.30), (-0.06, 0.20), (-0.18, -0.02), (-0.20, -0.30)], x, y, flip=flip)  # fmt: skip
    wing = outline(
        [(0.04, -0.34), (0.19, -0.30), (0.24, 0.00), (0.28, 0.40), (0.18, 0.34), (0.06, 0.04)], x, y, flip=flip
    )
    face = outline([(-0.18, -0.50), (-0.06, -0.60), (0.02, -0.52), (-0.02, -0.36), (-0.14, -0.30), (-0.20, -0.38)], x, y, flip=flip)  # fmt: skip
    side = -1 if flip else 1
    u, v = (X - x) * side, Y - y
    bars = np.sin(95 * (v + 0.35 * u)) * (v < -0.20 + 0.6 * u)
    base = blend(
        paint(*front, 0.05 * noise(711, 60)), paint(*back), edge(0.02 - u + 0.06 * noise(712, 8), 0.06) * (v < -0.05)
    )
    base = blend(base, paint(30, 34, 30), edge(-bars, 0.5) * edge(0.01 - u, 0.04) * (v < 0.0) * 0.85)
    base = blend(base, paint(44, 70, 110), edge(0.34 - v, 0.05))
    base = blend(base, paint(244, 232, 120), edge(face, 0.02))
    far, _ = scales(u, v, 0.075)
    feathers = blend(paint(40, 44, 38), paint(*back), edge(0.60 - far, 0.1))
    bill = outline([(-0.17, -0.49), (-0.225, -0.45), (-0.22, -0.38), (-0.17, -0.40)], x, y, flip=flip)
    dots = np.minimum.reduce([oval(x + side * a, y + b, 0.018, 0.022) for a, b in ((-0.15, -0.28), (-0.09, -0.27), (-0.03, -0.30))])  # fmt: skip
    spot = oval(x - 0.02 * side, y - 0.35, 0.03, 0.022)
    base = blend(blend(base, paint(30, 26, 40), edge(dots, 0.005)), paint(92, 70, 170), edge(spot, 0.006))
    cere = oval(x - 0.165 * side, y - 0.505, 0.026, 0.020)
    return [
        thing(base, body, 0.16, 0.16, lift=0.10),
        thing(feathers, wing, 0.08, 0.05, relief=0.16 - 0.006 * far, lift=0.02),
        thing(paint(214, 190, 130), bill, 0.04, 0.05, gloss=0.2, lift=0.02),
        thing(paint(80, 110, 200), cere, 0.02, 0.02, lift=0.01),
        *eye(x - 0.10 * side, y - 0.47, 0.026, (240, 240, 236)),
    ]  # fmt: skip


def two_on_perch() -> Image.Image:
    """Two small birds with barred heads and scalloped wings on a perch, a millet spray beside them."""
    perch = limb((-1.5, 0.20), (1.5, 0.16), 0.045, 0.045)
    grains = np.full(X.shape, 9.0)
    for at, (px, py) in enumerate(strewn(721, 0.052, 0.13, 0.5)):
        grains = np.minimum(grains, oval(0.98 + 0.6 * px, 0.10 + py + 0.02 * (at % 2), 0.026, 0.024))
    things = [
        thing(paint(206, 164, 84, 0.3 * noise(722, 60)), grains, 0.03, 0.04, lift=0.06),
        thing(paint(160, 122, 80, 0.2 * fibres(723, X, Y, 60, 3)), perch, 0.045, 0.05, lift=0.10),
        *_budgerigar(-0.42, 0.0, False, (94, 178, 62), (214, 206, 84)),
        *_budgerigar(0.36, -0.02, True, (96, 168, 216), (222, 228, 234)),
    ]
    back = wall(212, 196, 178, 724)
    return camera.taken(things, back, 725, sun=(300, 52), turn=-2, tilt=(0.0, -0.04), zoom=1.15, shift=(0.02, 0.03), warmth=0.03, quality=64)  # fmt: skip


def ring_on_leg() -> Image.Image:
    """A bird's foot close up on a hand towel: a metal ring with figures and a gap that goes through it from edge to edge."""
    leg = chain([(-0.10, -1.2), (-0.04, -0.3), (0.02, 0.30)], 0.135, 0.12)
    toes = np.minimum.reduce([chain(path, 0.085, 0.045) for path in (
        [(0.02, 0.30), (-0.34, 0.52), (-0.70, 0.58)], [(0.02, 0.30), (0.0, 0.66), (-0.10, 0.92)], [(0.02, 0.30), (0.38, 0.48), (0.74, 0.46)])])  # fmt: skip
    claws = np.minimum.reduce([chain(path, 0.045, 0.008) for path in (
        [(-0.70, 0.58), (-0.84, 0.64), (-0.90, 0.76)], [(-0.10, 0.92), (-0.16, 1.02), (-0.16, 1.1)], [(0.74, 0.46), (0.90, 0.50), (0.98, 0.62)])])  # fmt: skip
    foot = melted(leg, toes, by=26) + 0.008 * noise(731, 50)
    plates = np.minimum(np.abs(np.mod(Y * 9 + 0.6 * X, 1) - 0.5), np.abs(np.mod((X - Y * 0.2) * 9, 1) - 0.5) * 2 + 0.2)
    horn = paint(170, 146, 128, 0.12 * noise(732, 40)) * (1 - 0.35 * edge(plates - 0.06, 0.06))[..., None]
    x, y = placed(-0.06, -0.34, 3)
    ring = box(x, y + 0.10 * x**2 * 3, 0.215, 0.175, 0.03)
    gap = np.maximum(np.abs(x - 0.105 - 0.05 * y) - 0.030, np.abs(y) - 0.22)
    metal = paint(186, 190, 196, 0.10 * np.sin(9 * x) + 0.04 * fibres(733, x, y, 90, 3))
    figures = np.zeros(X.shape)
    for at, px in enumerate((-0.155, -0.095, -0.035, 0.020)):  # no figure that can be read
        u, v = x - px, y
        stroke = np.minimum(np.abs(np.hypot(u, (v + 0.035) * 0.9) - 0.020), np.abs(u - 0.016 * (-1) ** at) + 0.3 * (np.abs(v) > 0.065))  # fmt: skip
        figures = np.maximum(figures, edge(stroke - 0.007, 0.005))
    metal = blend(metal, paint(70, 72, 78), figures * 0.85)
    around = np.maximum(ring, -gap)
    inside = edge(gap, 0.006) * edge(ring)
    things = [
        thing(horn, foot, 0.12, 0.13, gloss=0.1, lift=0.12, relief=-0.01 * edge(plates - 0.06, 0.06)),
        thing(paint(48, 40, 38), claws, 0.04, 0.05, gloss=0.3, lift=0.06),
        Thing(paint(26, 24, 24), inside, np.zeros(X.shape), 0.0, 0.01),
        Thing(
            metal,
            edge(around),
            0.24 * np.sqrt(np.clip(1 - (x / 0.22) ** 2, 0, 1)) + dome(around, 0.02, 0.03),
            0.7,
            0.05,
        ),
    ]
    return camera.taken(things, camera.linen(96, 140, 150, 734), 735, sun=(215, 50), turn=-8, tilt=(0.05, 0.05), zoom=1.1, focus=(0, -0.3), quality=66)  # fmt: skip


def feathers_in_vase() -> Image.Image:
    """Long feathers in a tall blue vase: on the end of each an eye of dark blue, turquoise, bronze and green."""
    things = []
    for at, (px, py, turn) in enumerate(
        ((-0.62, -0.28, -32), (-0.24, -0.56, -12), (0.18, -0.50, 12), (0.56, -0.20, 34), (-0.02, -0.12, 2))
    ):
        foot = (0.0 + 0.02 * at - 0.04, 0.62)
        stem = limb(foot, (px, py), 0.010, 0.008)
        u, v = placed(px, py, turn)
        barbs = fibres(741 + at, v + 0.9 * np.abs(u), u, 4, 60)
        fan = np.hypot(u / 0.22, (v + 0.02) / 0.27) - 1 + 0.12 * barbs
        loose = np.maximum(
            np.abs(u) - 0.13 + 0.07 * fibres(751 + at, v - 0.9 * np.abs(u), u, 60, 2), np.abs(v - 0.42) - 0.42
        )
        green = blend(paint(66, 110, 52), paint(126, 112, 46), np.clip(0.5 + 0.8 * noise(761 + at, 12), 0, 1))
        green = green * (1 + 0.15 * fibres(771 + at, v + np.abs(u), u, 90, 2))[..., None]
        for size, colour in ((0.82, (154, 122, 54)), (0.60, (84, 150, 96)), (0.50, (36, 150, 168))):
            green = blend(green, paint(*colour), edge((np.hypot(u / 0.2, (v + 0.02) / 0.24) - size) * 0.2, 0.008))
        heart = np.hypot(u / 0.085, (v + 0.035 - 0.35 * np.abs(u)) / 0.085) - 1
        green = blend(green, paint(26, 30, 104), edge(heart * 0.08, 0.006))
        things.append(
            together(
                thing(paint(96, 118, 66, 0.2 * barbs), loose, 0.1, 0.01, rim=0.03),
                thing(paint(214, 204, 176), stem, 0.01, 0.015),
                thing(green, fan * 0.2, 0.2, 0.03, rim=0.02),
                gloss=0.12, lift=0.10,
            )
        )  # fmt: skip
    vase = outline([(-0.10, 0.40), (0.10, 0.40), (0.13, 0.50), (0.24, 0.72), (0.24, 0.98), (0.16, 1.2), (-0.16, 1.2), (-0.24, 0.98), (-0.24, 0.72), (-0.13, 0.50)])  # fmt: skip
    glaze = paint(44, 70, 132, 0.25 * noise(781, 5)) * (1 - 0.3 * edge(np.abs(Y - 0.46) - 0.02, 0.01))[..., None]
    things.append(thing(glaze, vase, 0.22, 0.24, gloss=0.7, lift=0.12))
    ground = wall(214, 206, 190, 782, 0.2)
    return camera.taken(
        things, ground, 783, sun=(225, 50), turn=2, tilt=(-0.03, 0.0), shift=(0.0, 0.04), zoom=1.0, quality=64
    )


def carved_block() -> Image.Image:
    """A small carved block between a match and a thumb-wide lid: wax yellow, its rim deep red that fades inwards unevenly."""
    x, y = placed(-0.05, -0.02, -14)
    shape = box(x, y + 0.06, 0.78, 0.44, 0.14) + 0.01 * noise(791, 10)
    petals = np.full(X.shape, 9.0)
    for px, py in ((-0.36, 0.02), (0.30, -0.04)):
        far, turn = np.hypot(x - px, y - py), np.arctan2(y - py, x - px)
        petals = np.minimum(
            petals, np.minimum(np.abs(far - 0.21 - 0.05 * np.abs(np.cos(2.5 * turn))), np.abs(far - 0.09)) - 0.012
        )
    stem = np.abs(y - 0.06 * np.sin(7 * x) - 0.26) - 0.014
    cut = np.minimum(petals, np.maximum(stem, np.abs(x) - 0.62))
    deep = -shape + 0.06 * noise(792, 5, 2) + 0.02 * noise(793, 30)
    waxy = blend(paint(238, 196, 96), paint(224, 168, 64), np.clip(0.5 + noise(794, 4), 0, 1))
    red = np.clip(1.15 - deep / 0.15 - 0.25 * np.clip(y * 2, -1, 1), 0, 1) ** 1.4
    base = blend(waxy, paint(172, 34, 22), red) * (1 + 0.03 * fibres(795, x, y, 60, 3))[..., None]
    base = blend(base, base * 0.55, edge(cut, 0.012))
    match = limb((-1.05, 0.66), (0.35, 0.79), 0.026, 0.026)
    head = oval(0.40, 0.795, 0.075, 0.045, 5)
    things = [
        thing(paint(216, 184, 138, 0.15 * fibres(796, X, Y, 200, 4)), match, 0.02, 0.03, lift=0.03),
        thing(paint(140, 42, 36, 0.2 * noise(797, 90)), head, 0.04, 0.05, lift=0.03),
        thing(base, shape, 0.22, 0.16, gloss=0.35, lift=0.10, relief=-0.02 * edge(cut, 0.02)),
    ]
    return camera.taken(things, camera.linen(56, 60, 66, 798), 799, sun=(240, 46), turn=3, tilt=(0.0, 0.08), zoom=1.05, focus=(0, 0), warmth=0.02, quality=66)  # fmt: skip


def bumpy_wallet() -> Image.Image:
    """An open wallet on a cafe table: round raised bumps, close in one place and far apart in another, each with a small pit."""
    x, y = placed(0.0, 0.02, 9)
    left, right = box(x + 0.52, y, 0.50, 0.68, 0.06), box(x - 0.52, y, 0.50, 0.66, 0.06)
    shape = np.minimum(left, right)
    close = strewn(801, 0.125, 0.6, 0.75) + np.array([0.42, 0])
    loose = strewn(802, 0.20, 0.5, 0.75) + np.array([-0.62, 0.03])
    first, _, which = nearest(np.vstack([close, loose]), 0.2, x, y)
    reach = 0.036 + 0.012 * chance_of(803, which)
    bump = np.clip(1 - (first / reach) ** 2, 0, 1)
    pit = edge(first - 0.010, 0.006)
    wrinkle = fibres(804, x + 0.3 * y, y, 40, 12) + noise(805, 50)
    hide = paint(166, 104, 52, 0.05 * wrinkle + 0.07 * noise(806, 5))
    hide = blend(hide, paint(120, 68, 32), np.clip(bump * 2, 0, 1) * 0.35)
    hide = blend(hide, paint(60, 34, 20), pit * 0.8)
    stitch = edge(np.abs(shape + 0.05) - 0.007, 0.005) * (np.mod((x + y) * 22, 1) < 0.6)
    hide = blend(hide, paint(226, 196, 150), stitch)
    fold = edge(np.abs(x) - 0.03, 0.02)
    height = dome(shape, 0.08, 0.08) + 0.030 * np.sqrt(bump) - 0.012 * pit - 0.05 * fold + 0.003 * wrinkle
    cup = oval(1.12, -0.78, 0.42, 0.42)
    coffee = blend(paint(236, 234, 228), paint(72, 44, 26), edge(oval(1.12, -0.78, 0.33, 0.33), 0.02))
    things = [thing(coffee, cup, 0.06, 0.08, gloss=0.4, lift=0.12), Thing(hide, edge(shape), height, 0.30, 0.06)]
    return camera.taken(things, camera.marble(807), 808, sun=(205, 40), turn=-3, tilt=(0.06, 0.06), zoom=1.02, shift=(0.04, -0.02), warmth=0.02, quality=66)  # fmt: skip


def singer_in_bamboo() -> Image.Image:
    """A slim bird in a round bamboo cage: black head and back, white above the tail, chestnut below, a tail longer than its body."""
    body = outline([(-0.34, -0.34), (-0.20, -0.44), (-0.04, -0.38), (0.10, -0.20), (0.24, 0.02), (0.28, 0.16), (0.14, 0.22), (-0.06, 0.18), (-0.24, 0.02), (-0.32, -0.16)])  # fmt: skip
    tail = outline([(0.16, 0.06), (0.28, 0.04), (0.60, 0.46), (0.92, 0.88), (0.84, 0.94), (0.50, 0.58), (0.20, 0.22)])
    under = outline([(0.20, 0.16), (0.30, 0.20), (0.66, 0.70), (0.60, 0.76), (0.34, 0.46)])
    wing = outline([(-0.14, -0.20), (0.0, -0.16), (0.12, 0.04), (0.22, 0.26), (0.08, 0.16), (-0.10, 0.0)])
    bill = outline([(-0.34, -0.32), (-0.50, -0.25), (-0.33, -0.22)], sharp=True)
    down = fibres(811, *placed(0, 0, 45), 60, 5)
    black = paint(28, 30, 40, 0.3 * down)
    breast = edge(-(Y - (-0.10 + 0.62 * (X + 0.22))), 0.02)
    base = blend(black, paint(184, 88, 34, 0.10 * down), breast * edge(0.02 - Y - 0.12, 0.02))
    base = blend(base, paint(240, 238, 232), edge(np.hypot(X - 0.20, Y - 0.03) - 0.11, 0.02))
    legs = np.minimum.reduce(
        [chain([(a, 0.16), (a - 0.03, 0.30), (a - 0.02, 0.42)], 0.018, 0.014) for a in (-0.04, 0.08)]
    )
    perch = limb((-0.98, 0.44), (0.98, 0.42), 0.035, 0.035)
    arch = np.abs(np.hypot(X / 1.06, np.minimum(Y + 0.02, 0) / 0.94) - 1) - 0.03
    hoops = np.minimum(np.abs(Y - 0.02 - 0.05 * X**2) - 0.016, np.abs(Y - 0.90) - 0.03)
    ribs = np.full(X.shape, 9.0)
    for share in np.linspace(-0.94, 0.94, 9):
        wide = 1.06 * share * np.sqrt(np.clip(1 - (np.minimum(Y + 0.02, 0) / 0.94) ** 2, 0, 1))
        ribs = np.minimum(ribs, np.abs(X - wide) - 0.011)
    cage = np.minimum(np.maximum(arch, Y - 0.92), np.minimum(ribs, np.maximum(hoops, np.abs(X) - 1.08)))
    things = [
        thing(paint(34, 34, 40, 0.2 * down), under, 0.04, 0.02),
        thing(black, tail, 0.05, 0.04, lift=0.08),
        thing(paint(176, 138, 84, 0.2 * fibres(812, X, Y, 80, 3)), perch, 0.035, 0.04, lift=0.08),
        thing(paint(206, 160, 140), legs, 0.015, 0.02),
        thing(base, body, 0.20, 0.18, lift=0.10),
        thing(paint(36, 38, 50, 0.3 * down), wing, 0.06, 0.04, relief=0.17, lift=0.02, gloss=0.1),
        thing(paint(30, 28, 28), bill, 0.03, 0.03, gloss=0.2),
        *eye(-0.25, -0.31, 0.030, (60, 36, 24)),
        thing(paint(190, 150, 88, 0.15 * noise(813, 60)), cage, 0.012, 0.014, lift=0.14),
    ]
    return camera.taken(things, wall(150, 168, 140, 814, 0.5), 815, sun=(250, 52), turn=-3, tilt=(0.0, 0.03), zoom=0.98, exposure=1.1, quality=64)  # fmt: skip


def white_face_on_glove() -> Image.Image:
    """A pale bird of the night on a leather glove: a heart-shaped white face, dark eyes, gold and grey above, no ring on its leg."""
    body = outline([(-0.02, -0.90), (0.24, -0.80), (0.34, -0.54), (0.36, -0.20), (0.40, 0.16), (0.30, 0.46), (0.10, 0.58), (-0.10, 0.58),
                    (-0.30, 0.46), (-0.40, 0.16), (-0.38, -0.20), (-0.36, -0.54), (-0.26, -0.80)])  # fmt: skip
    wings = [outline([(0.22, -0.34), (0.40, -0.26), (0.52, 0.10), (0.46, 0.50), (0.28, 0.86), (0.24, 0.40), (0.26, 0.0)], flip=way) for way in (False, True)]  # fmt: skip
    heart = outline([(0.0, -0.72), (0.14, -0.82), (0.27, -0.72), (0.27, -0.50), (0.14, -0.32), (0.0, -0.24), (-0.14, -0.32), (-0.27, -0.50), (-0.27, -0.72), (-0.14, -0.82)])  # fmt: skip
    soft_ = fibres(821, Y, X, 70, 6)
    gold = paint(206, 158, 92, 0.10 * soft_)
    gold = blend(gold, paint(142, 140, 146), edge(0.15 - noise(822, 22), 0.15) * 0.8)
    flecks, _, _ = nearest(strewn(823, 0.085), 0.15)
    gold = blend(gold, paint(58, 48, 44), edge(flecks - 0.012, 0.008))
    white = blend(
        paint(238, 230, 214, 0.05 * soft_), paint(120, 92, 60), edge(flecks - 0.008, 0.006) * (Y > -0.2) * 0.8
    )
    front = edge(np.abs(X) - 0.24 + 0.02 * noise(824, 10), 0.04) * (Y > -0.30)
    base = blend(gold, white, front)
    far, turn = np.hypot(np.abs(X) - 0.115, Y + 0.55), np.arctan2(Y + 0.55, np.abs(X) - 0.115)
    disc = paint(244, 238, 228, 0.06 * fibres(825, far, turn, 2, 14))
    disc = blend(disc, paint(196, 150, 110), edge(np.hypot(np.abs(X) - 0.085, (Y + 0.53) * 0.8) - 0.045, 0.03) * 0.7)
    disc = blend(disc, paint(150, 104, 58), edge(-heart - 0.022, 0.010))
    bill = outline([(-0.035, -0.50), (0.035, -0.50), (0.03, -0.38), (0.0, -0.30), (-0.03, -0.38)])
    legs = np.minimum.reduce([limb((way * 0.12, 0.50), (way * 0.13, 0.80), 0.06, 0.035) for way in (-1, 1)])
    toes = np.minimum.reduce([limb((way * 0.13, 0.78), (way * 0.13 + a, 0.88), 0.028, 0.016) for way in (-1, 1) for a in (-0.09, 0.0, 0.09)])  # fmt: skip
    glove = outline(
        [(-0.62, 0.86), (-0.30, 0.80), (0.20, 0.80), (0.62, 0.84), (1.5, 0.70), (1.5, 1.4), (-0.2, 1.4), (-0.6, 1.1)]
    )
    hide = paint(140, 92, 52, 0.12 * noise(826, 12) + 0.08 * noise(827, 80))
    things = [
        thing(hide, glove, 0.14, 0.14, lift=0.12),
        thing(paint(224, 212, 190, 0.1 * soft_), legs, 0.05, 0.05),
        thing(base, body, 0.34, 0.30, lift=0.14, rim=0.012),
        *[thing(gold, shape, 0.12, 0.08, relief=0.16, lift=0.03, rim=0.012) for shape in wings],
        thing(disc, heart, 0.12, 0.06, relief=0.30 - 0.10 * edge(far - 0.09, 0.1), lift=0.02),
        thing(paint(222, 200, 176), bill, 0.03, 0.05, relief=0.3),
        *eye(-0.115, -0.55, 0.042, (30, 24, 22)), *eye(0.115, -0.55, 0.042, (30, 24, 22)),
        thing(paint(96, 84, 76), toes, 0.02, 0.03, lift=0.03),
    ]  # fmt: skip
    trees = soft(noise(828, 6, 2), 16)
    ground = camera.Surface(
        blend(paint(70, 92, 62), paint(150, 164, 130), np.clip(0.5 + trees, 0, 1)), np.zeros(X.shape)
    )
    return camera.taken(
        things, ground, 829, sun=(225, 54), turn=-3, tilt=(0.02, 0.02), zoom=1.0, exposure=1.02, quality=64
    )
