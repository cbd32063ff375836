"""The practice lane: when the next listing is one whose answer is known. Pure.

The falling rate is Zooniverse's for Space Warps (Marshall and others 2016): two in five at first, then 30, 20 and 10 per
cent. Whether one is due is drawn from the person and the place in the lane, so that it cannot be told or gamed by
reloading, and the share comes out right for each ten.
"""

import random

RATES = ((20, 0.4), (50, 0.3), (100, 0.2))  # up to this many listings seen, this share is known
LAST_RATE = 0.1
BLOCK = 10


def rate(seen: int) -> float:
    """The share of known listings for somebody who has seen `seen` in the lane."""
    return next((share for until, share in RATES if seen < until), LAST_RATE)


def known_next(seed: int, seen: int) -> bool:
    """Whether the listing after `seen` others is a known one: fixed shares of each ten, at places drawn from `seed`."""
    block, place = divmod(seen, BLOCK)
    due = round(rate(block * BLOCK) * BLOCK)
    places = random.Random(f"{seed}:{block}").sample(range(BLOCK), due)  # noqa: S311 no secret hangs on it
    return place in places
