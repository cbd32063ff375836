"""Two texts side by side: the words that differ are marked, and nothing is lost of either."""

import pytest

from server.ledger.matches import differences


def marked(first: str, second: str) -> tuple[list[str], list[str]]:
    sides = differences.pieces(first, second)
    assert tuple("".join(piece["text"] for piece in side) for side in sides) == (first, second)
    return tuple([piece["text"].strip() for piece in side if piece["kind"]] for side in sides)  # type: ignore[return-value]


@pytest.mark.parametrize(("first", "second", "differs"), [
    ("two grey parrots, tame", "two green parrots, tame", (["grey"], ["green"])),
    ("Grey parrot", "GREY PÁRROT", ([], [])),
    ("a parrot\n\nin a cage", "a parrot in a cage", ([], [])),
    ("a parrot", "a parrot with its cage", ([], ["with its cage"])),
    ("two tame grey parrots", "two grey parrots, young", (["tame"], [", young"])),
    ("出两只陆龟苗，自提", "出三只陆龟苗，自提", (["两"], ["三"])),
    ("", "a parrot", ([], ["a parrot"])),
    ("", "", ([], [])),
    ("ببغاء رمادي للبيع", "ببغاء أخضر للبيع", (["رمادي"], ["أخضر"])),
])  # fmt: skip
def test_words_that_differ_are_marked(first: str, second: str, differs: tuple[list[str], list[str]]) -> None:
    assert marked(first, second) == differs


def test_what_follows_1500_words_is_unmarked() -> None:
    same = "a " * 1499
    assert marked(f"{same}grey parrot", f"{same}green macaw") == (["grey"], ["green"])


@pytest.mark.parametrize(("first", "second"), [
    ("ab " * 7000, "ba " * 7000), ("a " * 10_000, "a b " * 5000), ("\x00\u200b" * 3000, "🦜" * 5000), ("\ud800" * 50, "a"),
])  # fmt: skip
def test_long_and_hostile_texts_are_shown_whole(first: str, second: str) -> None:
    marked(first, second)
