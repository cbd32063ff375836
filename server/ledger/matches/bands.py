"""By which bands fingerprints of 256 bits are found without comparing all. Pure.

The bits, in a fixed order that scatters neighbours (those of one photo's neighbouring frequencies go together), are cut
into 11 bands of 23 or 24 bits. Two fingerprints that differ in at most 31 bits differ in at most 2 bits in one of the
bands (11 x 3 = 33), those that differ in at most 21 bits in at most 1: whoever looks up every value of each band within
that radius misses none. Radius 1 looks up 267 values and finds 99 % of those within 31 too, radius 2 looks up 3,119.

Most of what is found that way shares a band by chance: among five million fingerprints, 150 at radius 1. A sample of 32
bits, every eighth in that order, is kept beside the bands and rules out most of these before their rows are read.
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
_BAND = np.repeat(np.arange(COUNT), WIDTHS)  # of each bit in that order
_WORTH = np.zeros((BITS, COUNT), np.int64)  # of each bit as it comes, in the value of each band
_WORTH[ORDER, _BAND] = np.concatenate([1 << np.arange(width, dtype=np.int64)[::-1] for width in WIDTHS])
_SAMPLE_WORTH = np.zeros(BITS, np.int64)
_SAMPLE_WORTH[ORDER[::8]] = 1 << np.arange(32, dtype=np.int64)[::-1]
SAMPLE_WITHIN = 10  # bits: of two fingerprints that differ in 31, one pair in 3,000 differs in more of its sample


def bands(fingerprint: bytes) -> tuple[int, ...]:
    """The values of the 11 bands of a fingerprint of 32 bytes."""
    return tuple(value for (value,) in bands_of([fingerprint]))


def bands_of(fingerprints: list[bytes]) -> list[list[int]]:
    """The values of each band, of each fingerprint."""
    values: list[list[int]] = _values(fingerprints).T.tolist()
    return values


def samples_of(fingerprints: list[bytes]) -> NDArray[np.int32]:
    """The sample of each fingerprint: 32 of its bits, signed."""
    samples: NDArray[np.int32] = (_bits(fingerprints) @ _SAMPLE_WORTH).astype(np.uint32).view(np.int32)
    return samples


def are_near(fingerprints: list[bytes], samples: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of `samples` may be of a fingerprint within 31 bits of one of these."""
    apart = np.bitwise_count((samples_of(fingerprints)[:, None] ^ samples.astype(np.int32)).view(np.uint32))
    near: NDArray[np.bool_] = np.any(apart <= SAMPLE_WITHIN, axis=0)
    return near


def _values(fingerprints: list[bytes]) -> NDArray[np.int64]:
    return _bits(fingerprints) @ _WORTH


def _bits(fingerprints: list[bytes]) -> NDArray[np.uint8]:
    octets = np.frombuffer(b"".join(fingerprints), np.uint8).reshape(len(fingerprints), BITS // 8)
    return np.unpackbits(octets, axis=1)


def probes(fingerprints: list[bytes], radius: int) -> list[list[int]]:
    """For each band the values to look up, ascending: those within `radius` bits of the band of any of the fingerprints."""
    flips, band, places = _flips(radius)
    near = _values(fingerprints)[:, band] ^ flips
    return [sorted({*near[:, place].ravel().tolist()}) for place in places]


@lru_cache
def _flips(radius: int) -> tuple[NDArray[np.int64], NDArray[np.int64], list[slice]]:
    """All numbers of which at most `radius` bits are set, of the width of each band; the band of each; where each band's stand."""
    numbers = [
        [sum(1 << bit for bit in bits) for many in range(radius + 1) for bits in combinations(range(width), many)]
        for width in WIDTHS
    ]
    counts = [len(each) for each in numbers]
    ends = np.cumsum(counts).tolist()
    places = [slice(end - count, end) for end, count in zip(ends, counts, strict=True)]
    return np.concatenate(numbers), np.repeat(np.arange(COUNT), counts), places
