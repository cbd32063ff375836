"""Fingerprints are found by their bands: none is missed within what the radius promises."""

import numpy as np
import pytest

from server.ledger.matches import bands

RANDOM = np.random.RandomState(11)


def fingerprint() -> bytes:
    return RANDOM.bytes(32)


def flipped(bits: bytes, places: list[int]) -> bytes:
    number = int.from_bytes(bits, "big")
    for place in places:
        number ^= 1 << place
    return number.to_bytes(32, "big")


def meets(sought: bytes, kept: bytes, radius: int) -> bool:
    return any(value in found for value, found in zip(bands.bands(kept), bands.probes([sought], radius), strict=True))


def test_the_bands_are_all_the_bits_in_an_order_that_never_changes() -> None:
    assert sum(bands.WIDTHS) == 256 and sorted(bands.ORDER) == list(range(256))
    assert bands.ORDER[:8] == [10, 123, 115, 251, 185, 154, 141, 3]
    assert bands.bands(bytes(range(32)))[:3] == (1085968, 7080450, 379779)


@pytest.mark.parametrize(("radius", "looked_up"), [(0, 11), (1, 267), (2, 3119)])
def test_so_many_values_are_looked_up(radius: int, looked_up: int) -> None:
    probes = bands.probes([fingerprint()], radius)
    assert sum(map(len, probes)) == looked_up
    assert all(0 <= value < 1 << width for values, width in zip(probes, bands.WIDTHS, strict=True) for value in values)


@pytest.mark.parametrize(("radius", "differing"), [(0, 10), (1, 21), (2, 31)])
def test_none_is_missed_that_differs_in_so_many_bits(radius: int, differing: int) -> None:
    for _ in range(300):
        kept = fingerprint()
        assert meets(flipped(kept, RANDOM.choice(256, differing, replace=False).tolist()), kept, radius)


def test_the_worst_that_can_be_is_met_too() -> None:
    """The bits that differ spread evenly: 2 in each band and 3 in 9 of them, which is what radius 2 is for."""
    kept, start, places = fingerprint(), 0, []
    for number, width in enumerate(bands.WIDTHS):
        places += [255 - bands.ORDER[start + bit] for bit in range(3 if number < 9 else 2)]
        start += width
    assert len(places) == 31 and meets(flipped(kept, places), kept, 2)


def test_nearly_all_within_31_bits_are_met_at_once() -> None:
    kept = [fingerprint() for _ in range(600)]
    met = [
        meets(flipped(bits, RANDOM.choice(256, RANDOM.randint(0, 32), replace=False).tolist()), bits, 1)
        for bits in kept
    ]
    assert np.mean(met) >= 0.98


def test_several_fingerprints_are_looked_up_together() -> None:
    first, second = fingerprint(), fingerprint()
    both = [{*ours, *theirs} for ours, theirs in zip(bands.probes([first], 1), bands.probes([second], 1), strict=True)]
    assert [set(values) for values in bands.probes([first, second], 1)] == both


def test_the_sample_is_every_eighth_bit_in_that_order() -> None:
    assert bands.samples_of([bytes(range(32)), bytes([255] * 32), bytes(32)]).tolist() == [1105527040, -1, 0]
    for place in range(256):
        alone = flipped(bytes(32), [255 - bands.ORDER[place]])
        assert (int(bands.samples_of([alone])[0]) != 0) == (place % 8 == 0)


def test_by_its_sample_one_of_31_bits_is_near_and_one_of_chance_is_not() -> None:
    sought, others = [fingerprint(), fingerprint()], [fingerprint() for _ in range(2000)]
    alike = [flipped(sought[n % 2], RANDOM.choice(256, 31, replace=False).tolist()) for n in range(2000)]
    near = bands.are_near(sought, bands.samples_of(alike + others).astype(np.int64))
    assert near[:2000].mean() >= 0.998 and near[2000:].mean() <= 0.08
