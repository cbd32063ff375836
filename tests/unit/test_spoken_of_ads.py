"""Which languages an ad may be in: by its words, its letters, its script, its page and its platform."""

import pytest

from server.ledger.species import languages


@pytest.mark.parametrize(
    ("text", "about", "possible"),
    [
        ("", {}, None),
        ("xyz", {}, None),
        ("gebraucht und neu", {}, {"de"}),
        ("und", {"words": [(1, ("sw",))]}, {"de", "sw"}),  # a word of one language counts twice
        ("größe", {}, {"de"}),  # a letter that one language has
        ("señor", {}, {"es"}),
        # Another script speaks for itself, beside what is written in Latin letters
        ("und neu слон", {}, {"de", "ru"}),
        ("und neu ช้าง 象", {}, {"de", "th", "zh"}),
        ("und neu", {}, {"de"}),
        # What the page says counts as a word of one language, what the platform has as a word of several
        ("", {"stated": "pt-BR"}, {"pt"}),
        ("", {"of_platform": ["fr"]}, None),
        ("", {"of_platform": ["fr"], "stated": "fr"}, {"fr"}),
        ("", {"stated": "ms"}, {"id"}),
        # The lexicon's own words
        ("", {"words": [(2, ("sw",))]}, {"sw"}),
        ("", {"words": [(2, ("sw", "tr"))]}, None),
        ("", {"words": [(2, ("sw", "tr")), (2, ("sw",))]}, {"sw"}),
        ("", {"words": [(2, ("sw", "tr")), (2, ("sw", "tr"))]}, {"sw", "tr"}),
        # One with half the points of the strongest is possible, too
        ("", {"words": [(2, ("sw",)), (2, ("sw",)), (2, ("tr",))]}, {"sw", "tr"}),
        ("", {"words": [(2, ("sw",)), (2, ("sw",)), (1, ("tr",))]}, {"sw"}),
    ],
)
def test_which_languages_an_ad_may_be_in(text: str, about: dict[str, object], possible: set[str] | None) -> None:
    assert languages.possible(text, **about) == possible  # type: ignore[arg-type]
