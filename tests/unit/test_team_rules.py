"""What a team's rules allow."""

from datetime import UTC, datetime, timedelta

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


@pytest.mark.parametrize(("minutes", "refused"), [(0, True), (9.99, True), (10, False), (60, False)])
def test_an_invitation_is_mailed_again_after_ten_minutes(minutes, refused):
    sent_at = datetime(2026, 11, 25, 10, tzinfo=UTC)
    try:
        rules.refuse_again(sent_at, sent_at + timedelta(minutes=minutes))
        kind = None
    except Refused as refusal:
        kind = refusal.kind
    assert kind == ("too-many" if refused else None)


def test_a_team_sends_fifty_invitations_a_day():
    rules.refuse_more(49)
    with pytest.raises(Refused, match="50 invitations") as refused:
        rules.refuse_more(50)
    assert refused.value.kind == "too-many"


def test_how_long_an_invitation_lasts_and_is_kept():
    assert (timedelta(days=7), timedelta(days=90)) == (rules.LASTS, rules.KEPT)
