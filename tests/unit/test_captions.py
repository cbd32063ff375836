"""No table is named twice: a hidden caption with the words of the heading above it is read out after it."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "server" / "templates"
CAPTION = re.compile(r'<caption class="visually-hidden">(.*?)</caption>')
HEADING = re.compile(r"<h[1-4][^>]*>(.*?)</h[1-4]>")


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_hidden_caption_says_something_other_than_the_heading(file):
    page = file.read_text()
    for caption in CAPTION.finditer(page):
        headings = HEADING.findall(page[: caption.start()])
        assert not headings or headings[-1].strip() != caption[1].strip(), f"{caption[1]}: name it by aria-labelledby"
