"""More of the picture lane's own pictures: skins, shells of the land, scales, horn and coral. Drawn from numbers alone."""

import numpy as np

from server.demo.materials import (
    Drawn,
    Plane,
    X,
    Y,
    blend,
    colour,
    edge,
    nearest,
    noise,
    points,
    polar,
)

STRIP = edge(np.maximum(np.abs(Y + 0.03 * X) - 0.72, np.abs(X) - 1.18))  # a piece of leather


def rows(wide: Plane, high: float, shift: float = 0.5) -> tuple[Plane, Plane, Plane]:
    """Where each point stands in its own scale, down and across from -0.5 to 0.5, and which scale that is."""
    row = np.floor(Y / high)
    column = X / wide + shift * np.mod(row, 2)
    return np.mod(Y / high, 1) - 0.5, np.mod(column, 1) - 0.5, np.floor(column) * 13.7 + row * 7.3


def python_skin() -> Drawn:
    """Small overlapping diamonds that grow towards the sides, under large blotches of no one shape."""
    bent = Y / (1 + 0.55 * np.abs(Y))  # scales are larger towards the sides
    row = np.floor(bent / 0.062)
    down = np.mod(bent / 0.062, 1) - 0.5
    across = np.mod(X / 0.072 + 0.5 * np.mod(row, 2), 1) - 0.5
    blotch = noise(101, 3.4, 2) + 0.22 * noise(102, 11, 2)
    base = blend(colour(196, 172, 124), colour(128, 92, 56), edge(np.abs(blotch) - 0.24, 0.04))
    base = blend(base, colour(42, 32, 26), edge(np.abs(np.abs(blotch) - 0.27) - 0.055, 0.03))
    lit = base * (1.12 - 0.38 * (down + 0.5) + 0.05 * noise(103, 120, 1))[..., None]
    return blend(lit, lit * 0.38, edge(0.41 - np.abs(down) - np.abs(across), 0.10)), STRIP


def pressed_leather() -> Drawn:
    """Squares of one depth, pressed by a roller: every third column comes back the same."""
    down, across, _ = rows(np.full(X.shape, 0.2), 0.17, 0)
    period = np.mod(np.floor(X / 0.2), 3) * 5 + np.mod(np.floor(Y / 0.17), 3)
    wide = 0.40 + 0.035 * np.sin(period * 2.4)
    gap = np.maximum(np.abs(across) / wide, np.abs(down + 0.05 * np.sin(period)) / 0.42) - 1
    base = colour(116, 66, 38) * (1 + 0.04 * noise(111, 160, 1))[..., None]
    return blend(base, base * 0.45, edge(-gap, 0.06)), STRIP


def belly(dots: bool) -> Drawn:
    """Square belly scales, wider in the middle; with a small dimple near the edge of each, or without."""
    x = X + 0.03 * noise(121, 5) + 0.10 * Y**2
    y = Y + 0.02 * noise(122, 6) + 0.03 * np.sin(3 * X)
    bent = np.sign(y) * np.abs(y) ** 1.25
    column, row = np.floor(x / 0.26), np.floor(bent / 0.19)
    across, down = np.mod(x / 0.26, 1) - 0.5, np.mod(bent / 0.19, 1) - 0.5
    odd = 0.04 * np.sin(column * 9.1 + row * 5.7)
    gap = (np.abs(across + odd) ** 5 + np.abs(down) ** 5) ** 0.2 - 0.44
    base = colour(*((94, 70, 44) if dots else (48, 42, 40)))
    base = base * (1.05 + 0.5 * np.clip(0.44 - np.abs(down), 0, 1) + 0.03 * noise(123, 120, 1))[..., None]
    drawn = blend(base, base * 0.35, edge(-gap, 0.035))
    if dots:
        place = 0.05 * np.sin(column * 3.3 + row * 4.1)
        drawn = blend(drawn, drawn * 0.30, edge(np.hypot((across - 0.27) * 0.26, (down + place) * 0.19) - 0.011, 0.007))
    return drawn, STRIP


def crocodile() -> Drawn:
    """Belly leather with the dimples of a crocodile."""
    return belly(True)


def alligator() -> Drawn:
    """Belly leather without them."""
    return belly(False)


def monitor() -> Drawn:
    """Rows of small round beads, light ones gathered in rings."""
    down, across, which = rows(np.full(X.shape, 0.064), 0.062)
    bead = np.hypot(across, down)
    first, _ = nearest(
        np.array([(px, py) for px in (-0.9, -0.3, 0.3, 0.9) for py in (-0.36, 0.34)]) + points(131, 8, 0.09, 0.08)
    )
    light = edge(np.abs(first - 0.17 + 0.02 * np.sin(which)) - 0.045, 0.02)
    base = blend(colour(70, 56, 42), colour(206, 178, 120), light)
    base *= (1.25 - 0.9 * bead**1.5)[..., None]
    return blend(base, colour(30, 24, 20), edge(0.43 - bead, 0.06)), STRIP


def pangolin() -> Drawn:
    """Five broad scales with fine ridges that run from the base."""
    drawn, cover = colour(90, 70, 48), np.zeros(X.shape)
    for number, (px, py, lean) in enumerate(
        ((-0.82, -0.28, 0.3), (0.02, -0.42, -0.2), (0.84, -0.22, 0.5), (-0.42, 0.46, -0.6), (0.5, 0.5, 0.15))
    ):
        x = (X - px) * np.cos(lean) + (Y - py) * np.sin(lean)
        y = (Y - py) * np.cos(lean) - (X - px) * np.sin(lean)
        shape = np.hypot(x * (1.0 + 0.55 * np.clip(y, -0.4, 0.4)), y * 0.92) - 0.37 + 0.05 * np.abs(x)
        fan = np.arctan2(x, y + 0.95)
        ridges = np.clip(np.sin(fan * 120 + 1.2 * noise(141 + number, 4)), -1, 1)
        base = blend(
            colour(146, 112, 70), colour(84, 60, 38), np.clip(0.5 + 1.3 * y + 0.4 * noise(151 + number, 3), 0, 1)
        )
        base = (
            base
            * (1 + 0.16 * ridges * np.clip(0.5 - y, 0, 1) + 0.35 * np.clip(0.3 - np.hypot(x + 0.1, y + 0.1), 0, 1))[
                ..., None
            ]
        )
        rough = edge(0.25 - y, 0.06)
        base = blend(base, base * (0.75 + 0.3 * noise(161 + number, 60))[..., None], rough)
        here = edge(shape)
        drawn, cover = blend(drawn, blend(base, base * 0.4, edge(np.abs(shape) - 0.012)), here), np.maximum(cover, here)
    return drawn, cover


def rhinoceros() -> Drawn:
    """A solid oval slice: packed fibres, seen from their ends as fine dots."""
    x, y = X * 0.82, Y * 1.2
    far, _ = polar(x + 0.02 * noise(171, 4), y + 0.02 * noise(172, 4))
    first, _ = nearest(points(173, 1500, 1.15, 0.8), reach=0.03)
    base = blend(colour(116, 92, 66), colour(48, 40, 34), np.clip(0.95 - far, 0, 1))
    return blend(
        base * (1 + 0.08 * noise(174, 20))[..., None], colour(176, 150, 112), edge(first - 0.008, 0.007) * 0.6
    ), edge(far - 0.86, 0.02)


def buffalo() -> Drawn:
    """A dark ring of horn, hollow where it sat on its core, in thin layers."""
    far, turn = polar(X * 0.94, Y * 1.08)
    layers = 1 + 0.12 * np.sin(far * 120 + 2 * noise(181, 4))
    base = blend(colour(40, 34, 32), colour(104, 88, 70), np.clip(0.3 * noise(182, 4) + 0.3, 0, 1)) * layers[..., None]
    ring = np.maximum(far - 0.84, 0.50 + 0.03 * np.cos(2 * turn) - far)
    return base, edge(ring, 0.015)


def branch(width: float) -> tuple[Plane, Plane, Plane]:
    """A forked branch: how far across, how far along, and its outline."""
    across, along, shape = np.full(X.shape, 9.0), np.zeros(X.shape), np.full(X.shape, 9.0)
    for (ax, ay), (bx, by), thick in (
        ((-1.05, 0.62), (-0.1, 0.1), 1.0), ((-0.1, 0.1), (0.95, 0.36), 0.8), ((-0.1, 0.1), (0.5, -0.72), 0.82), ((0.16, -0.26), (1.0, -0.5), 0.6),
    ):  # fmt: skip
        length = np.hypot(bx - ax, by - ay)
        dx, dy = (bx - ax) / length, (by - ay) / length
        on = np.clip((X - ax) * dx + (Y - ay) * dy, 0, length)
        side = (Y - ay) * dx - (X - ax) * dy
        far = np.hypot(X - ax - on * dx, Y - ay - on * dy) - width * thick * (1 - 0.25 * on / length)
        closer = far < shape
        shape, across, along = (
            np.where(closer, far, shape),
            np.where(closer, side, across),
            np.where(closer, on + ax, along),
        )
    return across, along, shape


def red_coral() -> Drawn:
    """An even red, with fine lines along the branch."""
    across, _, shape = branch(0.13)
    base = (
        colour(186, 46, 38)
        * (
            1
            + 0.07 * np.sin(across * 230 + noise(191, 6))
            + 0.9 * np.clip(-shape - 0.02, 0, 0.1)
            - 0.5 * np.clip(shape + 0.05, 0, 1)
        )[..., None]
    )
    return base, edge(shape + 0.01 * noise(192, 8))


def bamboo_coral() -> Drawn:
    """Dyed red: wide lines, dark joints, and dye in the cracks."""
    across, along, shape = branch(0.14)
    base = (
        colour(206, 34, 52)
        * (1 + 0.16 * np.sin(across * 74 + noise(201, 4)) + 0.9 * np.clip(-shape - 0.02, 0, 0.1))[..., None]
    )
    base = blend(base, colour(120, 8, 26), edge(np.abs(noise(202, 9, 2)) - 0.03, 0.02) * 0.7)
    joint = edge(np.abs(np.mod(along + 0.12, 0.42) - 0.21) - 0.028)
    return blend(base, colour(44, 26, 22), joint), edge(shape + 0.01 * noise(203, 8) + 0.02 * joint)


def rosettes() -> Drawn:
    """Fur with rings of which no two are alike."""
    places = points(211, 400, 1.5, 1.15)
    kept: list[tuple[float, float]] = []
    for px, py in places:
        if all(np.hypot(px - qx, py - qy) > 0.24 for qx, qy in kept):
            kept.append((px, py))
    first, _ = nearest(np.array(kept), X + 0.035 * noise(212, 9), Y + 0.035 * noise(213, 9), 0.4)
    base = colour(206, 158, 92) * (1 + 0.10 * noise(214, 150, 1))[..., None]
    base = blend(base, colour(164, 108, 56), edge(first - 0.075, 0.02))
    ring = edge(np.abs(first - 0.082) - 0.022 - 0.012 * noise(215, 22), 0.012) * (noise(216, 14, 2) > -0.35)
    return blend(base, colour(34, 26, 22), ring), edge(
        np.maximum(np.abs(X) - 1.15, np.abs(Y) - 0.8) + 0.02 * noise(217, 60)
    )


def printed_spots() -> Drawn:
    """The same group of rings again and again, over the seam as well."""
    x, y = np.mod(X + 1.4, 0.62) - 0.31, np.mod(Y + 1.0, 0.5) - 0.25
    group = np.array(
        [(-0.2, -0.14), (0.03, -0.17), (0.22, -0.06), (-0.12, 0.06), (0.1, 0.1), (-0.24, 0.2), (0.24, 0.19)]
    )
    first, _ = nearest(group, x, y)
    turn = np.arctan2(y, x)
    base = colour(214, 170, 104) * (1 + 0.05 * noise(221, 150, 1))[..., None]
    ring = edge(np.abs(first - 0.06) - 0.02, 0.008) * (np.sin(3 * turn + first * 30) > -0.6)
    base = blend(base, colour(40, 28, 24), ring)
    return base * (1 - 0.45 * edge(np.abs(X - 0.18) - 0.008))[..., None], edge(
        np.maximum(np.abs(X) - 1.15, np.abs(Y) - 0.8)
    )


def painted_stripes() -> Drawn:
    """Stripes of which the left side is the mirror of the right."""
    side = np.abs(X)
    wave = np.sin((Y + 0.12 * side) * 15 + 1.5 * np.sin(side * 4))
    dark = edge(0.42 - wave * np.clip(side * 2.2 + 0.25, 0, 1), 0.10)
    base = colour(208, 138, 66) * (1 + 0.09 * noise(232, 150, 1))[..., None]
    base = blend(base, colour(236, 222, 196), edge(0.88 - side, 0.15))
    return blend(base, colour(38, 28, 24), dark), edge(
        np.maximum(side - 1.1 + 0.12 * np.cos(Y * 4), np.abs(Y) - 0.86) + 0.015 * noise(233, 60)
    )


def star_tortoise() -> Drawn:
    """A shell from above, yellow rays on every plate."""
    far, _ = polar(X * 0.80, Y * 1.02)
    sides = ((px, py) for py in (-0.52, 0.52) for px in (-0.56, 0.0, 0.56))
    places = np.array([(-0.74, 0.0), (-0.25, 0.0), (0.25, 0.0), (0.74, 0.0), *sides])
    first, second = nearest(places)
    index = np.argmin([np.hypot(X - px, Y - py) for px, py in places], axis=0)
    turn = np.arctan2(Y - places[index, 1], X - places[index, 0])
    base = blend(colour(44, 32, 24), colour(222, 186, 92), edge(0.72 - np.sin(turn * 8 + index), 0.25))
    base = blend(base, colour(226, 192, 100), edge(first - 0.06, 0.02))
    base = base * (1 + 0.10 * np.sin(first * 95) - 0.5 * np.clip(far - 0.5, 0, 1))[..., None]
    return blend(base, base * 0.4, edge(second - first - 0.02, 0.015)), edge(far - 0.82)
