"""By which bands fingerprints of 256 bits are found without comparing all. Pure.

The bits, in a fixed order that scatters neighbours (those of one photo's neighbouring frequencies go together), are cut
into 11 bands of 23 or 24 bits. Two fingerprints that differ in at most 31 bits differ in at most 2 bits in one of the
bands (11 x 3 = 33), those that differ in at most 21 bits in at most 1: whoever looks up every value of each band within
that radius misses none. Radius 1 looks up 267 values and finds 99 % of those within 31 too, radius 2 looks up 3,119.
"""

import hashlib
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

BITS = 256
WIDTHS = (24, 24, 24, 23, 23, 23, 23, 23, 23, 23, 23)  # bits of each band
COUNT = len(WIDTHS)
# For ever the same, whatever the machine: kept bands must mean the same.
ORDER = sorted(range(BITS), key=lambda bit: hashlib.sha256(bytes([bit])).digest())
_PLACES = [1 << np.arange(width, dtype=np.int64)[::-1] for width in WIDTHS]
_STARTS = np.cumsum([0, *WIDTHS])


def bands(fingerprint: bytes) -> tuple[int, ...]:
    """The values of the 11 bands of a fingerprint of 32 bytes."""
    return tuple(value for (value,) in bands_of([fingerprint]))


def bands_of(fingerprints: list[bytes]) -> list[list[int]]:
    """The values of each band, of each fingerprint."""
    octets = np.frombuffer(b"".join(fingerprints), np.uint8).reshape(len(fingerprints), BITS // 8)
    bits = np.unpackbits(octets, axis=1)[:, ORDER]
    return [
        (bits[:, start : start + width] @ places).tolist()
        for start, width, places in zip(_STARTS, WIDTHS, _PLACES, strict=False)
    ]


def probes(fingerprints: list[bytes], radius: int) -> list[list[int]]:
    """For each band the values to look up: those within `radius` bits of the band of any of the fingerprints."""
    return [
        np.unique(np.array(values)[:, None] ^ _masks(width, radius)).tolist()
        for values, width in zip(bands_of(fingerprints), WIDTHS, strict=True)
    ]


@lru_cache
def _masks(width: int, radius: int) -> NDArray[np.int64]:
    """All numbers of `width` bits of which at most `radius` are set."""
    masks = [sum(1 << bit for bit in bits) for many in range(radius + 1) for bits in combinations(range(width), many)]
    return np.array(masks, np.int64)
