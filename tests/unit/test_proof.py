"""The hash by which a company proves that a notice is ours, and the reference and hash that somebody types."""

import hashlib

import pytest

from server.ledger.notices.proof import COMPOSED, entered, sha256

NOTICE = {"id": "7", "reference": "N-00001-ABCDE", "listing": {"url": "https://a.example/1", "title": "象牙"}}
TEXT = '{"id":"7","listing":{"title":"象牙","url":"https://a.example/1"},"reference":"N-00001-ABCDE"}'
HASH = hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"answer": "removed", "answer_by": "2026-12-01", "state": "answered", "thread": []},  # what changes later
        {"listing": NOTICE["listing"] | {"screenshot_url": "https://us.example/7.png"}},
    ],
)
def test_it_is_made_of_what_was_composed_alone(more):
    assert sha256(NOTICE | more) == HASH


@pytest.mark.parametrize("name", COMPOSED)
def test_whatever_was_composed_changes_it(name):
    assert sha256(NOTICE | {name: "otherwise"}) != HASH


def test_anything_that_a_listing_says_has_a_hash():
    assert sha256({"listing": None}) != sha256({"listing": {"title": "\ud800"}}) != sha256({})


@pytest.mark.parametrize(
    ("reference", "digest", "read"),
    [
        ("N-00001-ABCDE", HASH, True),
        (" n-00001-abcde\n", f" {HASH[:32].upper()} {HASH[32:]} ", True),
        ("N-00001-ABCDE", f"SHA-256: {HASH}", True),
        ("N-00001-ABCDE", f"sha256:{HASH}", True),
        ("N-00001-ABCD", HASH, False),
        ("xN-00001-ABCDE", HASH, False),
        ("N-00001-ABCDE", HASH[1:], False),
        ("N-00001-ABCDE", HASH + "0", False),
        ("", "", False),
    ],
)
def test_what_somebody_types_is_read_in_the_form_we_write(reference, digest, read):
    assert entered(reference, digest) == (("N-00001-ABCDE", HASH) if read else None)
