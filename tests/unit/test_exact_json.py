"""What JSON says is taken as it is said: `true` is no number, and 0 is no `false`."""

from typing import Any

import pytest
from marshmallow import Schema, ValidationError

from server.core import payloads


class Asked(Schema):
    sure = payloads.Truth(allow_none=True)
    version = payloads.Whole()


@pytest.mark.parametrize(
    "right", [{"sure": True}, {"sure": False}, {"sure": None}, {"version": 0}, {"version": -7}, {}]
)
def test_what_is_right_is_taken(right: dict[str, Any]) -> None:
    assert Asked().load(right) == right


@pytest.mark.parametrize("amiss", [0, 1, 0.0, 1.0, "", "true", "false", "no", "off", "0", [], {}])
def test_a_truth_is_true_or_false(amiss: Any) -> None:
    with pytest.raises(ValidationError):
        Asked().load({"sure": amiss})


@pytest.mark.parametrize("amiss", [True, False, 1.0, 1.5, "1", "", None, [], {}])
def test_a_whole_number_is_a_number(amiss: Any) -> None:
    with pytest.raises(ValidationError):
        Asked().load({"version": amiss})
