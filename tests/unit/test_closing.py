"""Who may close whose account: by role of both, and never the last administrator."""

from dataclasses import dataclass

import pytest

from server.core.words import Refused, Role
from server.people.accounts import closing


@dataclass
class Person:
    role: Role
    id: str = "somebody"


ADA, EVE = Person(Role.ADMIN, "ada"), Person(Role.ADMIN, "eve")
CORA, DAN = Person(Role.COORDINATOR, "cora"), Person(Role.COORDINATOR, "dan")
ANA, MIA = Person(Role.SPOTTER, "ana"), Person(Role.COMPANY, "mia")


@pytest.mark.parametrize(
    ("account", "by", "kind"),
    [
        (ANA, CORA, None), (MIA, CORA, None), (DAN, CORA, "forbidden"), (CORA, CORA, "forbidden"), (ADA, CORA, "forbidden"),
        (ANA, ADA, None), (MIA, ADA, None), (CORA, ADA, None), (EVE, ADA, None), (ADA, ADA, None),
        (ANA, ANA, "forbidden"), (CORA, ANA, "forbidden"), (ANA, MIA, "forbidden"), (MIA, MIA, "forbidden"),
    ],
)  # fmt: skip
def test_who_closes_whom(account, by, kind):
    if kind is None:
        closing.may_close(account, by, {"ada", "eve"})
    else:
        with pytest.raises(Refused) as refused:
            closing.may_close(account, by, {"ada", "eve"})
        assert refused.value.kind == kind


@pytest.mark.parametrize("account", [ADA, EVE])
def test_the_last_administrator_stays(account):
    with pytest.raises(Refused) as refused:
        closing.may_close(account, ADA, {account.id})
    assert refused.value.kind == "conflict"
    closing.may_close(CORA, ADA, {"ada"})
