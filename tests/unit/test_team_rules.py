"""What a team's rules allow."""

import pytest

from server.core import urls
from server.core.words import Refused
from server.people.teams import rules

HOSTS = {"ebay.co.uk", "ebay.com", "jp.mercari.com/jp", "spoc.ebay-inc.com"}


@pytest.mark.parametrize(
    ("email", "outside"),
    [
        ("a@ebay.com", False), ("a@trust.ebay.com", False), ("a@EBAY.com".lower(), False), ("a@ebay.co.uk", False),
        ("a@mercari.com", False), ("a@ebay-inc.com", False), ("a@ebay.com.evil.example", True),
        ("a@notebay.com", True), ("a@co.uk", True), ("a@gmail.com", True), ("a@ebay.de", True), ("a@localhost", True),
    ],
)  # fmt: skip
def test_of_which_domain_an_address_is(email, outside):
    assert rules.is_outside(email, HOSTS, urls.registrable) is outside


def test_a_company_without_a_domain_has_none_of_its_own():
    assert rules.is_outside("a@ebay.com", (), urls.registrable)


@pytest.mark.parametrize("leaving", [True, False])
def test_a_team_keeps_a_manager(leaving):
    rules.refuse_without_manager("mia", {"mia", "max"}, leaving)
    rules.refuse_without_manager("member", {"mia"}, leaving)
    with pytest.raises(Refused, match="Make somebody else a manager first"):
        rules.refuse_without_manager("mia", {"mia"}, leaving)
