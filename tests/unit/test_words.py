"""The extension's words are the server's."""

import re
from pathlib import Path

from server.core.words import Access, Category, Confidence, Legality, Seen, Status, StatusDetail

WORDS = Path(__file__).parents[2] / "extension" / "lib" / "words.js"


def test_the_extension_repeats_the_servers_words() -> None:
    source = WORDS.read_text()
    for name, words in (
        ("CATEGORIES", Category),
        ("LEGALITY", Legality),
        ("CONFIDENCE", Confidence),
        ("ACCESS", Access),
        ("SEEN", Seen),
        ("STATUSES", Status),
        ("STATUS_DETAILS", StatusDetail),
    ):
        declaration = re.search(rf"export const {name} = Object\.freeze\(\[(.*?)\]\)", source, re.DOTALL)
        assert declaration, name
        assert re.findall(r"[\"']([a-z_]+)[\"']", declaration[1]) == [word.value for word in words]
