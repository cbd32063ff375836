"""How notices reach a company is chosen on its page, and a platform is removed there, told by Ada and Cora."""

import re

import pytest

from server.core.database import read, write
from server.ledger.cases.models import Case
from server.ledger.companies import exporting, schemas, store
from server.ledger.companies.models import Spoc
from server.ledger.delivery.models import Message
from server.ledger.listings.models import Listing
from server.ledger.notices.models import Notice
from tests.companies_file import HIDDEN
from tests.directory_forms import audited, company_of, entry, filled, spoc_of, words
from tests.story import decide, flag

AWAY = "/companies/mercado/platforms/mercado/away"


def give(spoc_id, **values):
    with write() as session:
        row = session.get_one(Spoc, spoc_id)
        for name, value in values.items():
            setattr(row, name, value)
        store.new_version(session)


def test_notices_go_by_portal_from_when_it_is_chosen_and_by_mail_again(people, report_json):
    cora, spoc = people.browser("cora"), spoc_of("mercado")
    path = f"/companies/mercado/contacts/{spoc.id}/edit"
    assert cora.post(path, data=filled(cora, path) | {"channel": "portal"}).status_code == 302
    assert spoc_of("mercado").channel == "portal" and spoc_of("mercado").email == spoc.email
    decide(people, flag(people, report_json()))
    with read() as session:
        assert [each.channel for each in session.query(Message)] == ["portal"]
    assert "how notices arrive" in words(cora.get("/companies/mercado/history"))
    assert cora.post(path, data=filled(cora, path) | {"channel": "mail"}).status_code == 302
    assert spoc_of("mercado").channel == "mail"


@pytest.mark.parametrize(
    ("channel", "needs"), [("form", ["form_url"]), ("webhook", ["webhook_url", "webhook_secrets"])]
)
def test_one_person_chooses_a_channel_only_where_the_directory_has_its_address(people, channel, needs):
    has = {
        "form_url": "https://mercado.test/report",
        "webhook_url": "https://mercado.test/in",
        "webhook_secrets": ["whsec_x"],
    }
    cora, spoc = people.browser("cora"), spoc_of("mercado")
    path = f"/companies/mercado/contacts/{spoc.id}/edit"
    form = filled(cora, path) | {"channel": channel} | {name: has[name] for name in needs}
    assert cora.post(path, data=form).status_code == 422 and spoc_of("mercado").channel == "mail"
    assert spoc_of("mercado").form_url is None, "no address slips in beside it"
    give(spoc.id, **{needs[0]: has[needs[0]]})
    answer = cora.post(path, data=filled(cora, path) | {"channel": channel})
    if len(needs) > 1:
        assert answer.status_code == 422, "unsigned nothing leaves"
        give(spoc.id, **{name: has[name] for name in needs})
        answer = cora.post(path, data=filled(cora, path) | {"channel": channel})
    assert answer.status_code == 302 and spoc_of("mercado").channel == channel


def test_two_spocs_never_have_one_address(people):
    cora, spoc = people.browser("cora"), spoc_of("mercado")
    with write() as session:
        session.add(Spoc(company_id=spoc.company_id, id="0" * 32, name="Night desk", channel="mail", email=spoc.email,
                         regions=[], languages=[], groups=[], platforms=[]))  # fmt: skip
    give(spoc.id, channel="portal")
    path = f"/companies/mercado/contacts/{spoc.id}/edit"
    answer = cora.post(path, data=filled(cora, path) | {"channel": "digest"})
    assert answer.status_code == 422 and 'id="channel-error"' in answer.text


def test_two_spocs_of_the_portal_never_have_one_name(people):
    """The file that is exported would be refused: nothing else tells them apart there."""
    cora, spoc = people.browser("cora"), spoc_of("mercado")
    give(spoc.id, channel="portal")
    with write() as session:
        session.add(Spoc(company_id=spoc.company_id, id="0" * 32, name="Night desk", channel="portal",
                         regions=[], languages=[], groups=[], platforms=[]))  # fmt: skip
    path = f"/companies/mercado/contacts/{'0' * 32}/edit"
    answer = cora.post(path, data=filled(cora, path) | {"name": spoc.name.upper()})
    assert answer.status_code == 422 and 'id="name-error"' in answer.text
    assert "has this name and this channel already" in words(answer)
    with read() as session:
        schemas.read_file(exporting.as_yaml(exporting.exported(session)).encode(), demo=True)
    assert cora.post(path, data=filled(cora, path) | {"name": "Day desk"}).status_code == 302


@pytest.mark.parametrize(
    ("was", "becomes"), [("webhook", "mail"), ("mail", "webhook"), ("mail", "portal"), ("digest", "mail")]
)
def test_what_came_back_on_one_channel_says_nothing_of_another(people, report_json, was, becomes):
    cora, spoc = people.browser("cora"), spoc_of("mercado")
    give(spoc.id, channel=was, webhook_url="https://mercado.test/in", webhook_secrets=[HIDDEN])
    with write() as session:
        store.mark_bounced(session, spoc.id, "https://mercado.test/in" if was == "webhook" else spoc.email)
    path, case_id = f"/companies/mercado/contacts/{spoc.id}/edit", flag(people, report_json())
    assert cora.post(path, data=filled(cora, path) | {"channel": becomes}).status_code == 302
    if was == "digest":  # the same mailbox
        assert spoc_of("mercado").bounced_at
        return
    assert spoc_of("mercado").bounced_at is None
    decide(people, case_id)
    with read() as session:
        assert [each.channel for each in session.query(Message)] == [becomes]


@pytest.mark.parametrize("becomes", ["webhook", "portal"])
def test_an_email_that_comes_back_late_closes_no_other_channel(people, becomes):
    spoc = spoc_of("mercado")
    give(spoc.id, channel=becomes, webhook_url="https://mercado.test/in", webhook_secrets=[HIDDEN])
    with write() as session:
        store.mark_bounced(session, spoc.id, spoc.email)
    assert spoc_of("mercado").bounced_at is None


def test_a_platform_that_is_taken_away_loses_no_case_and_no_notice(people, report_json):
    ada = people.browser("ada")
    case_id = flag(people, report_json(url="https://mercado.test/itm/1"))
    decide(people, flag(people, report_json(url="https://mercado.test/itm/2")))
    before, page = entry("mercado"), ada.get(AWAY)
    assert "1 of its cases waits for a decision" in words(page) and "1 notice about it waits for an answer" in words(
        page
    )
    assert "mercado.test" in words(page) and entry("mercado") == before, "looking takes nothing away"
    assert AWAY in ada.get("/companies/mercado/platforms/mercado/edit").text
    seen = re.search(r'name="seen" value="(\w+)"', page.text)[1]
    assert ada.post(AWAY, data={"seen": "another"}).status_code == 409 and entry("mercado") == before
    assert ada.post(AWAY, data={"seen": seen}).status_code == 302
    assert "platforms" not in entry("mercado") and "spocs" in entry("mercado") and "clauses" not in before
    assert audited("mercado")[-1][0] == "platform_retired" and "mercado.test" in audited("mercado")[-1][2]["removed"]
    assert "Platform removed" in words(ada.get("/companies/mercado/history"))
    with read() as session:
        case = session.get_one(Case, case_id)
        assert (case.state, case.company_id) == ("open", company_of("mercado").id)
        assert session.query(Notice).count() == 1
    cora = people.browser("cora")
    assert cora.get(f"/cases/{case_id}").status_code == 200 and case_id in cora.get("/cases?platform=mercado").text
    assert "no company is known for mercado.test" in words(cora.get(f"/cases/{case_id}"))
    assert people.browser("mia").get("/notices").status_code == 200
    assert ada.get(AWAY).status_code == 404 and ada.post(AWAY, data={"seen": seen}).status_code == 404


def take_away(who):
    return who.post(AWAY, data={"seen": re.search(r'name="seen" value="(\w+)"', who.get(AWAY).text)[1]})


def test_it_comes_back_with_its_short_name_which_stays_the_companys(people):
    ada = people.browser("ada")
    assert take_away(ada).status_code == 302
    again = {"name": "Mercado", "slug": "mercado", "domains": "mercado.test"}
    other = ada.post("/companies/tradepost/platforms/new", data=again)
    assert other.status_code == 422 and "has this slug already" in words(other)
    assert ada.post("/companies/mercado/platforms/new", data=again).status_code == 302
    assert entry("mercado")["platforms"][0]["domains"] == ["mercado.test"]


def test_its_cases_follow_whoever_gets_its_domain(people, report_json):
    ada = people.browser("ada")
    case_id = flag(people, report_json(url="https://mercado.test/itm/123456"))
    with read() as session:
        listing = session.get_one(Listing, session.get_one(Case, case_id).listing_id)
        listing_id, before = listing.id, listing.platform_id
    with write() as session:
        session.get_one(Listing, listing_id).number = "123456"  # known by its number: not looked at for its own sake
    assert take_away(ada).status_code == 302
    moved = {"name": "Mercado", "slug": "mercado-two", "domains": "mercado.test"}
    assert ada.post("/companies/tradepost/platforms/new", data=moved).status_code == 302
    with read() as session:
        assert session.get_one(Case, case_id).company_id == company_of("tradepost").id
        assert session.get_one(Listing, listing_id).platform_id != before


def test_its_listings_are_known_by_the_patterns_it_comes_back_with(people, report_json):
    ada, url = people.browser("ada"), "https://mercado.test/itm/265370482805"
    again = {"name": "Mercado", "slug": "mercado", "domains": "mercado.test", "listing": r"/itm/(?P<id>\d+)"}
    flag(people, report_json(url=url))
    with read() as session:
        assert [each.number for each in session.query(Listing)] == ["265370482805"]
    assert take_away(ada).status_code == 302
    assert ada.post("/companies/mercado/platforms/new", data=again | {"per_domain": "y"}).status_code == 302
    flag(people, report_json(url=url))
    with read() as session:
        assert [each.key for each in session.query(Listing)] == ["mercado:mercado.test:265370482805"], (
            "one ad, one case"
        )


@pytest.mark.parametrize("name", ["ana", "mia"])
def test_nobody_but_the_desk_takes_a_platform_away(people, name):
    assert people.browser(name).get(AWAY).status_code == 403
    assert people.browser(name).post(AWAY, data={"seen": "x"}).status_code == 403
