"""How a photo is recognised: PDQ fingerprints of the whole photo, of its middle, and of what is inside its frame. Pure.

PDQ (Meta, 2019; `pdq/` in github.com/facebook/ThreatExchange) blurs the brightness, samples it at 64x64 places, takes the
16x16 lowest frequencies but the mean, and says of each whether it lies above their median: 256 bits. Encoding a photo
again or scaling it changes few of them; in another photo about half differ. All before the median is linear: here it is
one matrix for each side of the picture, and gives the very bits of the reference.

PDQ alone loses a photo that was cropped, framed or mirrored. So a photo is kept, and sought, by several fingerprints.
"""

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]

VERSION = 1  # of what a fingerprint is: another number makes the worker recompute the stored ones
SIDE = 512  # pixels a side of the normal form, whatever the photo's shape: then halving a photo changes 2 bits, not 16
BYTES = 32  # of a fingerprint
BITS = 256
WITHIN = 31  # bits: up to this distance, PDQ's authors say, it is the same photo
CERTAIN = 20  # bits: of what templates have in common, two of 13 pairs of look-alikes agreed to 26 and 30
LEAST_QUALITY = 50  # of 100: below, they say, a fingerprint tells nothing
LEAST_SIDE = 64  # pixels of the file: anything smaller is an icon
_SAMPLES, _FREQUENCIES = 64, 16
_LUMINANCE = np.array([0.299, 0.587, 0.114], np.float32)
PLAIN = 16  # of 255: the pixels of a frame differ no more from each other
SPECKS = 0.005  # part of a row that may differ all the same


class Variant(StrEnum):
    """Which part of a photo a fingerprint is of."""

    WHOLE = "whole"
    MIDDLE_1 = "middle_1"
    MIDDLE_2 = "middle_2"
    MIDDLE_3 = "middle_3"
    UPPER = "upper"  # without the bottom fifth, where shops write their name
    FRAMED = "framed"  # without the plain frame or background around it


# What remains of each side, as powers of 0.948. The exponents 0, 1, 4, 6 are a perfect Golomb ruler: each number from 1
# to 6 is the difference of just one pair. So of a photo and a crop of it, whichever came first, two parts nearly agree for
# every crop up to 14 % off each side: to 1.4 % of a side at worst, and PDQ bears about 1.5 %.
PARTS = {Variant.WHOLE: 1.0, Variant.MIDDLE_1: 0.948, Variant.MIDDLE_2: 0.8077, Variant.MIDDLE_3: 0.7258}


# The pairs that have most of the edges in common, and are no crop of each other.
_EDGED = ({Variant.WHOLE}, {Variant.MIDDLE_1}, {Variant.FRAMED}, {Variant.WHOLE, Variant.FRAMED})


class Fingerprint(NamedTuple):
    """256 bits as the bytes of PDQ's hexadecimal form, and those of the mirrored photo."""

    variant: Variant
    bits: bytes
    mirrored: bytes


def grey(normal: bytes) -> Grey:
    """The brightness, 0 to 255, of a photo in normal form: the bytes of 512x512 pixels, red, green, blue."""
    return luminance(np.frombuffer(normal, np.uint8).reshape(SIDE, SIDE, 3))


def luminance(pixels: NDArray[np.uint8]) -> Grey:
    """The brightness of pixels as PDQ weighs it."""
    brightness: Grey = pixels.astype(np.float32) @ _LUMINANCE
    return brightness


def fingerprints(brightness: Grey) -> list[Fingerprint]:
    """What a photo in normal form is kept by. None of a flat picture: it would be like many others."""
    parts = {variant: _middle(brightness, kept) for variant, kept in PARTS.items()}
    parts[Variant.UPPER] = brightness[: round(brightness.shape[0] * 0.8)]
    inside = _inside(brightness)
    if inside is not None:
        parts[Variant.FRAMED] = inside
    found = []
    for variant, part in parts.items():
        samples = _samples(part)
        if _quality(samples) >= LEAST_QUALITY:
            frequencies = _frequencies(samples)
            found.append(Fingerprint(variant, _bits(frequencies), _bits(frequencies * _MIRROR)))
    return found


def pdq(brightness: Grey) -> tuple[bytes, int]:
    """The fingerprint of a picture of any size, and its quality, 0 to 100."""
    samples = _samples(brightness)
    return _bits(_frequencies(samples)), _quality(samples)


def distance(sought: list[Fingerprint], kept: list[Fingerprint]) -> int | None:
    """In how many bits the sought photo, as it is or mirrored, differs from the kept one. None: it is another.

    Pictures made by one template have the same edges and other goods in the middle. So where the whole photos agree no
    more than fairly, the middles must too; and every edit that spares nothing but the edges agrees better.
    """
    nearest = None
    for ours in ([each.bits for each in sought], [each.mirrored for each in sought]):
        found, sure = BITS, False
        for fingerprint, bits in zip(sought, ours, strict=True):
            for other, apart in zip(kept, distances([bits], [each.bits for each in kept]).tolist(), strict=True):
                found = min(found, apart)
                fairly = {fingerprint.variant, other.variant} in _EDGED
                sure |= apart <= (CERTAIN if fairly else WITHIN)
        if sure and (nearest is None or found < nearest):
            nearest = found
    return nearest


def distances(ours: list[bytes], theirs: list[bytes]) -> NDArray[np.uint16]:
    """In how many bits each of `theirs` differs from the nearest of `ours`."""
    first, second = _words(ours)[:, None, :], _words(theirs)[None, :, :]
    nearest: NDArray[np.uint16] = np.bitwise_count(first ^ second).sum(axis=2, dtype=np.uint16).min(axis=0)
    return nearest


def _words(fingerprints: list[bytes]) -> NDArray[np.uint64]:
    return np.frombuffer(b"".join(fingerprints), np.uint64).reshape(-1, BYTES // 8)


def _middle(brightness: Grey, kept: float) -> Grey:
    """The middle of a picture: `kept` of each side."""
    high, wide = brightness.shape
    top, left = round(high * (1 - kept) / 2), round(wide * (1 - kept) / 2)
    middle: Grey = brightness[top : high - top, left : wide - left]
    return middle


def _inside(brightness: Grey) -> Grey | None:
    """What lies inside a plain frame or before a plain background. None: there is none, or too little is inside."""
    high, wide = brightness.shape
    top, bottom, left, right = (
        _plain_rows(side) for side in (brightness, brightness[::-1], brightness.T, brightness.T[::-1])
    )
    if not any((top, bottom, left, right)) or high - top - bottom < _SAMPLES or wide - left - right < _SAMPLES:
        return None
    return brightness[top : high - bottom, left : wide - right]


def _plain_rows(rows: Grey) -> int:
    """How many rows from the first on have the colour of the first and nothing else."""
    busy = (np.abs(rows - np.median(rows[0])) > PLAIN).mean(axis=1) > SPECKS
    return int(busy.argmax()) if busy.any() else 0


@lru_cache(maxsize=256)
def _sampling(length: int) -> Grey:
    """PDQ's filter along a side of so many pixels: two box filters, then 64 samples."""
    if length == _SAMPLES:
        return np.eye(_SAMPLES, dtype=np.float32)
    window = (length + 2 * _SAMPLES - 1) // (2 * _SAMPLES)
    ahead = (window + 2) // 2 - 1
    place, other = np.arange(length)[:, None], np.arange(length)[None, :]
    box = ((other >= place + ahead - window + 1) & (other <= place + ahead)).astype(np.float64)
    box /= box.sum(axis=1, keepdims=True)
    places = ((np.arange(_SAMPLES) + 0.5) * length / _SAMPLES).astype(int)
    sampling: Grey = (box[places] @ box).astype(np.float32)
    return sampling


_WAVES = np.arange(1, _FREQUENCIES + 1)[:, None] * (2 * np.arange(_SAMPLES)[None, :] + 1)
_DCT = (np.sqrt(2 / _SAMPLES) * np.cos(np.pi / 2 / _SAMPLES * _WAVES)).astype(np.float32)
_MIRROR = np.where(np.arange(1, _FREQUENCIES + 1) % 2, -1, 1).astype(np.float32)  # odd waves turn over


def _samples(brightness: Grey) -> Grey:
    high, wide = brightness.shape
    samples: Grey = _sampling(high) @ brightness.astype(np.float32, copy=False) @ _sampling(wide).T
    return samples


def _frequencies(samples: Grey) -> Grey:
    frequencies: Grey = _DCT @ samples @ _DCT.T
    return frequencies


def _bits(frequencies: Grey) -> bytes:
    flat = frequencies.ravel()
    median = np.partition(flat, flat.size // 2 - 1)[flat.size // 2 - 1]  # the lower of the two, as PDQ has it
    return np.packbits((flat > median)[::-1]).tobytes()


def _quality(samples: Grey) -> int:
    """PDQ's measure: the steps from each sample to the next, in whole hundredths of the range."""
    steps = sum(int(np.abs((np.diff(samples, axis=side) * 100 / 255).astype(int)).sum()) for side in (0, 1))
    return min(steps // 90, 100)
