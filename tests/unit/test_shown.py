"""What a page shows to whoever looks at it: its characters, its lines, and nothing that is hidden."""

import pytest

from server.ledger.monitoring import shown


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("слон".encode(), "text/html", "слон"),
        ("слон".encode("cp1251"), "text/html; charset=windows-1251", "слон"),
        (b"<meta charset='windows-1251'>" + "слон".encode("cp1251"), "text/html", "<meta charset='windows-1251'>слон"),
        (b"<meta charset=koi8-r>" + "слон".encode(), "text/html; charset=utf-8", "<meta charset=koi8-r>слон"),
        ("слон".encode(), "text/html; charset=zlib", "слон"),  # no encoding of letters
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_names(body: bytes, content_type: str, text: str) -> None:
    assert shown.decoded(body, content_type) == text


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("1 < 2 <p>and 3 > 2", ["1 < 2", "and 3 > 2"]),
        ("<div><div hidden>a</div>b</div>c", ["b", "c"]),
        ("<div hidden><b>a</div>c", ["c"]),  # what is open inside ends with it
        ("<div hidden><p><b>a</div>c", ["c"]),
        ("<div hidden>a</p>b</div>c", ["c"]),  # what was never open ends nothing
    ],
)
def test_what_is_hidden_ends_where_its_element_ends(html: str, lines: list[str]) -> None:
    assert shown.read_page(html).lines == lines


def test_so_many_lines_of_a_page_are_read() -> None:
    assert len(shown.read_page("<p>x" * 20_001).lines) == 20_000
