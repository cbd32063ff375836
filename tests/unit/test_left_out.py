"""What a companies file takes away from the directory when it replaces it: all of it is listed, and nothing else is."""

from typing import Any

import pytest

from server.ledger.companies.left_out import left_out

PLATFORM = {
    "slug": "mercado", "domains": ["mercado.test", "mercado.co.uk"], "hosts": ["mercado.localhost"],
    "listing": ["/(?P<id>[0-9]+)"], "per_domain": True, "country": "PT",
}  # fmt: skip
MIA = {"name": "Mia", "channel": "mail", "email": "mia@mercado.test", "regions": ["EU"], "groups": ["bird"]}
OTTO = {"name": "Otto", "channel": "portal", "languages": ["pt"]}
COMPANY = {
    "slug": "mercado", "policy_url": "https://mercado.test/policy",
    "clauses": [{"reference": "Rule 1"}, {"reference": "Rule 2"}],
    "platforms": [PLATFORM, {"slug": "leilao", "domains": ["leilao.test"]}, {"slug": "plaza", "domains": ["plaza.test"]}],
    "spocs": [MIA, OTTO],
}  # fmt: skip
KEPT = {
    "companies": [COMPANY, {"slug": "tradepost", "platforms": [{"slug": "tradepost", "domains": ["tradepost.test"]}]}]
}


def platform(slug: str, *domains: str, **given: Any) -> dict[str, Any]:
    names = ("listing", "per_domain", "search", "languages", "country", "monitoring")
    return dict.fromkeys(names) | {"slug": slug, "domains": list(domains), "hosts": []} | given


def spoc(name: str, channel: str, **given: Any) -> dict[str, Any]:
    names = ("email", "form_url", "webhook_url", "regions", "languages", "groups", "platforms")
    return dict.fromkeys(names) | {"name": name, "channel": channel} | given


WHOLE = {
    "slug": "mercado", "policy_url": "https://mercado.test/policy",
    "clauses": [{"reference": "Rule 2"}, {"reference": "Rule 1"}],
    "platforms": [
        platform("mercado", "mercado.test", "mercado.co.uk", hosts=["mercado.localhost"], listing=["/(?P<id>[0-9]+)"],
                 per_domain=False, country="PT"),
        platform("leilao", "leilao.test"), platform("plaza", "plaza.test"),
    ],
    "spocs": [spoc("Mia Reis", "mail", email="MIA@mercado.test", regions=["EU"], groups=[]), spoc("Otto", "portal", languages=["pt"])],
}  # fmt: skip
BARE = platform("mercado", "mercado.test")


@pytest.mark.parametrize(
    ("changes", "gone"),
    [
        # Nothing, where the file says all of it, in another order, with other values, or empty on purpose
        ({}, []),
        ({"policy_url": None}, [("policy_url", "")]),
        ({"clauses": [{"reference": "Rule 2"}]}, [("clause", "Rule 1")]),
        # Of platforms: those between and after one that goes are looked at too
        (
            {"platforms": [BARE, WHOLE["platforms"][2]]},
            [("domain", "mercado.co.uk"), ("host", "mercado.localhost"),
             ("listing", "mercado"), ("per_domain", "mercado"), ("country", "mercado"), ("platform", "leilao")],
        ),
        ({"platforms": [WHOLE["platforms"][0], platform("plaza")]}, [("platform", "leilao"), ("domain", "plaza.test")]),
        # A domain that another of the file's platforms has is not lost
        ({"platforms": [*WHOLE["platforms"][:2], platform("plaza"), platform("new", "plaza.test")]}, []),
        # Of SPOCs: one is known by its channel's address, else by its name
        ({"spocs": [spoc("Mia", "mail", email="mia@mercado.test"), WHOLE["spocs"][1]]}, [("regions", "Mia"), ("groups", "Mia")]),
        ({"spocs": [spoc("Mia", "mail", email="new@mercado.test", regions=[], groups=[]), WHOLE["spocs"][1]]},
         [("SPOC", "Mia (mail, mia@mercado.test)")]),
        ({"spocs": [WHOLE["spocs"][0]]}, [("SPOC", "Otto (portal, otto)")]),
    ],
)  # fmt: skip
def test_what_a_file_leaves_out_of_a_company_it_names(changes: dict[str, Any], gone: list[tuple[str, str]]) -> None:
    leaving = left_out(KEPT, {"companies": [WHOLE | changes]})
    assert [tuple(each) for each in leaving] == [("mercado", *each) for each in gone]


def test_companies_that_the_file_does_not_name_and_new_ones_lose_nothing() -> None:
    new = {"slug": "new", "policy_url": None, "clauses": [], "platforms": [], "spocs": []}
    assert left_out(KEPT, {"companies": [new]}) == []
