"""What becomes of listings and cases once the directory says otherwise: routes, numbers, SPOCs."""

import uuid

import pytest
from sqlalchemy import select, update

from server.commands.companies import SHIPPED
from server.core.database import db, write
from server.core.database import read as read_database
from server.core.words import Scope
from server.journeys.company import directory_import
from server.ledger.cases.models import Case, CaseDecision
from server.ledger.companies import schemas, store
from server.ledger.listings.models import Listing
from server.ledger.notices.models import Notice
from tests.companies_file import KIOSK, read_text
from tests.story import flag


def test_listings_that_waited_have_a_route_once_the_directory_knows_it(app, people, report_json):
    client, ana = app.test_client(), people.token("ana")

    def report(url):
        answer = client.post(
            "/api/v1/reports", json=report_json(url), headers=ana | {"Idempotency-Key": str(uuid.uuid4())}
        )
        assert answer.status_code == 201, answer.text

    def cases():
        items = client.get("/api/v1/cases", headers=people.token("cora", Scope.CASES)).json["items"]
        return sorted((case["company"], case["report_count"]) for case in items)

    report("https://kiosk.test/ad/7")
    assert cases() == [(None, 1)]
    assert directory_import.import_companies(read_text(KIOSK))["rerouted"] == 1
    assert directory_import.import_companies(read_text(KIOSK))["rerouted"] == 0
    report("https://www.kiosk-shop.test/ad/7?utm_source=x")
    assert cases() == [("kiosk", 2)]


def test_a_corrected_file_takes_back_what_a_mistaken_one_had_claimed(app, people, report_json):
    client, ana, cora = app.test_client(), people.token("ana"), people.token("cora", Scope.CASES)
    mistaken = KIOSK.replace("/ad/", "/other/")  # it claims kiosk.test, which is Bazaar's, and finds no number there
    directory_import.import_companies(read_text(mistaken))
    for number in (1, 2):
        answer = client.post(
            "/api/v1/reports",
            json=report_json(f"https://kiosk.test/ad/{number}"),
            headers=ana | {"Idempotency-Key": str(uuid.uuid4())},
        )
        assert answer.status_code == 201, answer.text

    def cases():
        items = client.get("/api/v1/cases", headers=cora).json["items"]
        return {case["listing"]["url"][-1]: case["company"] for case in items}

    assert cases() == {"1": "kiosk", "2": "kiosk"}
    sent = select(Listing.id).where(Listing.url.endswith("2"))
    db.session.execute(update(Case).where(Case.listing_id.in_(sent)).values(state="notified"))
    db.session.commit()
    corrected = mistaken.replace("kiosk.test, ", "") + KIOSK.replace("kiosk-shop.test", "bazaar.test").replace(
        "companies:\n", ""
    ).replace("slug: kiosk", "slug: bazaar")
    assert directory_import.import_companies(read_text(corrected))["rerouted"] == 2
    assert cases() == {"1": "bazaar", "2": "kiosk"}, "a notice that left stays with the company that got it"
    assert directory_import.import_companies(read_text(corrected))["rerouted"] == 0


def test_what_waits_on_a_platform_that_moves_to_another_company_waits_there(app, people, report_json):
    sold = """
companies:
  - {slug: kiosk, name: Kiosk}
  - slug: bazaar
    name: Bazaar
    platforms: [{slug: kiosk, name: Kiosk}]
"""
    directory_import.import_companies(read_text(KIOSK))
    for number in (1, 2):
        flag(people, report_json(url=f"https://kiosk.test/ad/{number}"))
    sent = select(Listing.id).where(Listing.url.endswith("2"))
    with write() as session:
        session.execute(update(Case).where(Case.listing_id.in_(sent)).values(state="notified"))
    assert directory_import.import_companies(read_text(sold))["rerouted"] == 2
    assert directory_import.import_companies(read_text(sold))["rerouted"] == 0
    items = app.test_client().get("/api/v1/cases", headers=people.token("cora", Scope.CASES)).json["items"]
    companies = {case["listing"]["url"][-1]: case["company"] for case in items}
    assert companies == {"1": "bazaar", "2": "kiosk"}, "a notice that left stays with the company that got it"


PRODUCTS = r"""
companies:
  - slug: kiosk
    name: Kiosk
    platforms:
      - slug: kiosk
        name: Kiosk
        domains: [kiosk.test, kiosk.example]
        listing: '/dp/(?P<id>[A-Z0-9]{10})'
"""
SOLD_BY = r"""'/dp/(?P<id>[A-Z0-9]{10})(?:\?m=(?P<seller>[A-Z0-9]+))?'
        per_domain: true"""


def test_listings_are_known_by_what_their_own_address_says_once_the_directory_counts_otherwise(
    app, people, report_json
):
    client, ana = app.test_client(), people.token("ana")
    directory_import.import_companies(read_text(PRODUCTS))

    def report(url):
        headers = ana | {"Idempotency-Key": str(uuid.uuid4())}
        answer = client.post("/api/v1/reports", json=report_json(url), headers=headers)
        assert answer.status_code == 201, answer.text

    def keys():
        with read_database() as session:
            return sorted(session.scalars(select(Listing.key).where(Listing.key.like("%B07ZCN6W8H%"))))

    report("https://kiosk.test/dp/B07ZCN6W8H?m=SELLER1")
    report("https://kiosk.example/dp/B07ZCN6W8H?m=SELLER2")
    assert keys() == ["kiosk:B07ZCN6W8H"]
    counting = read_text(PRODUCTS.replace(r"'/dp/(?P<id>[A-Z0-9]{10})'", SOLD_BY))
    directory_import.import_companies(counting)
    assert keys() == ["kiosk:kiosk.test:B07ZCN6W8H-SELLER1"]
    report("https://kiosk.test/dp/B07ZCN6W8H?m=SELLER1")
    assert len(keys()) == 1, "the first report's case goes on"
    report("https://kiosk.example/dp/B07ZCN6W8H?m=SELLER2")
    report("https://kiosk.test/dp/B07ZCN6W8H?m=SELLER3")
    assert keys() == [
        "kiosk:kiosk.example:B07ZCN6W8H-SELLER2",
        "kiosk:kiosk.test:B07ZCN6W8H-SELLER1",
        "kiosk:kiosk.test:B07ZCN6W8H-SELLER3",
    ]
    directory_import.import_companies(counting)
    assert len(keys()) == 3


DESKS = """
companies:
  - slug: ebay
    name: eBay
    spocs:
      - {name: American desk, email: us@ebay.test, regions: [US]}
      - {name: European desk, email: eu@ebay.test, regions: [EU, GB]}
      - {name: Wildlife desk, email: wildlife@ebay.test}
"""


@pytest.mark.parametrize(
    ("url", "desk", "why"),
    [
        ("https://www.ebay.de/itm/265370482805", "European desk", "For this region: Germany."),
        ("https://www.ebay.co.uk/itm/265370482805", "European desk", "For this region: United Kingdom."),
        (
            "https://www.ebay.com.au/itm/265370482805",
            "Wildlife desk",
            "For everything that eBay has no other SPOC for.",
        ),
        ("https://www.ebay.com/itm/265370482805", "Wildlife desk", "For everything that eBay has no other SPOC for."),
    ],
)
def test_a_notice_goes_to_the_spoc_of_its_region_and_the_case_says_why(app, people, report_json, url, desk, why):
    for data in (schemas.read_file(SHIPPED.read_bytes()), read_text(DESKS)):
        directory_import.import_companies(data)
    client, cora = app.test_client(), people.token("cora", Scope.CASES)
    headers = people.token("ana") | {"Idempotency-Key": str(uuid.uuid4())}
    assert client.post("/api/v1/reports", json=report_json(url), headers=headers).status_code == 201
    case = client.get("/api/v1/cases", headers=cora).json["items"][0]
    page = people.browser("cora").get(f"/cases/{case['id']}").text
    assert desk in page
    assert why in page
    decision = {
        "decision": "notify",
        "reason": "Carved tusk.",
        "version": case["version"],
        "category": "product",
        "taxa": [],
    }
    answer = client.post(f"/api/v1/cases/{case['id']}/decisions", json=decision, headers=cora)
    assert answer.status_code in (200, 201), answer.text
    with read_database() as session:
        spoc_id = session.scalars(select(Notice.spoc_id)).one()
        snapshot = session.scalars(select(CaseDecision.snapshot)).one()
        assert store.spoc(session, spoc_id).name == desk
    assert (snapshot["spoc"]["id"], snapshot["spoc"]["why"]) == (spoc_id, ["general" if "Wild" in desk else "region"])
