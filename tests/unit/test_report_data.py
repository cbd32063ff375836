"""What the quick look at a page's pictures lets through is what the schema would let through."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from server.ledger.reports import schemas

words = st.none() | st.text(max_size=3) | st.integers() | st.just("x" * 2001) | st.just("x" * 4097) | st.booleans()
pictures = st.dictionaries(st.sampled_from(["url", "alt", "src"]), words) | words


def by_the_book(picture: Any) -> bool:
    try:
        return bool(schemas.PagePicture().load(picture) == picture)
    except ValidationError:
        return False


@given(pictures)
def test_the_quick_look_agrees_with_the_schema(picture: Any) -> None:
    assert schemas._in_order(picture) is by_the_book(picture)


@pytest.mark.parametrize(
    ("picture", "fault"),
    [
        ({"url": 5}, {"url": ["Not a valid string."]}),
        ({"url": ""}, {"url": ["Length must be between 1 and 4096."]}),
        ({"url": "https://a.test/1.jpg", "alt": "x" * 2001}, {"alt": ["Longer than maximum length 2000."]}),
        ({"url": "https://a.test/1.jpg", "src": "x"}, {"src": ["Unknown field."]}),
        ("https://a.test/1.jpg", {"_schema": ["Invalid input type."]}),
    ],
)
def test_a_picture_out_of_order_is_named_with_its_fault(picture: Any, fault: dict[str, Any]) -> None:
    good = {"url": "https://a.test/0.jpg", "alt": None}
    with pytest.raises(ValidationError) as refused:
        schemas.ListingData().load({"images": [good, picture]})
    assert refused.value.messages == {"images": {1: fault}}
