"""Under which licences pictures are loaded, and why not under others."""

import pytest

from server.people.courses.licences import ADDRESS, Licence, refusal


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("CC0-1.0", ""),
        ("CC-BY-SA-4.0", ""),
        ("own", ""),
        ("CC-BY-ND-4.0", "allows no changed copies"),
        ("cc_by_nc_nd_4.0", "allows no changed copies"),
        ("CC-BY-NC-4.0", "allows no commercial use"),
        ("cc by-nc", "allows no commercial use"),
        ("cc-by-4.0", "is not a licence"),  # names are written one way
        ("all rights reserved", "is not a licence"),
        ("INC-NDA", "is not a licence"),
        ("", "is not a licence"),
    ],
)
def test_a_licence_that_is_not_on_the_list_is_refused_with_why(name, why):
    told = refusal(name)
    assert why in told and bool(told) is bool(why)
    assert not told or (told.startswith(name) and "CC-BY-4.0" in told)


def test_every_licence_has_its_address_but_those_that_somebody_gave_by_hand():
    assert set(Licence) - set(ADDRESS) == {Licence.OWN, Licence.PERMISSION}
