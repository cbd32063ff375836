"""Every spotter has a contact by name: named with the accreditation, changed on their page, replaced when that person leaves."""

import pytest

from server.core import clock
from server.core.database import read, write
from server.core.words import Level, Refused, Role
from server.journeys.spotter import accrediting, joining, naming_contacts
from server.people.accounts.models import Account
from server.reads import named_contact
from tests.conftest import PASSWORD
from tests.round_stories import accredit
from tests.statements import statements
from tests.story import mails


def contact_of(people, who):
    with read() as session:
        return named_contact.of(session, people.ids[who])


def closes(people, who):
    with write() as session:
        session.get_one(Account, people.ids[who]).disabled_at = clock.now()


@pytest.fixture
def lia(people):
    """A lead."""
    people.ids["lia"] = joining.add_account("lia@people.test", "Lia", Role.SPOTTER, PASSWORD, None)
    accrediting.accredit_by_email(
        "lia@people.test", "cora@people.test", "Known.", Level.LEAD, waive_exam=True, second="dan@people.test"
    )


def test_who_accredits_ben_is_his_contact_and_a_coordinator_names_another(people, settings, work_all):
    assert contact_of(people, "ben") is None
    assert settings.contact_email in people.browser("ben").get("/profile").text
    accredit("ben")
    assert "Your contact: <bdi>Cora</bdi>" in people.browser("ben").get("/profile").text
    page = f"/people/{people.ids['ben']}"
    assert "Name this contact" in people.browser("dan").get(page).text
    assert people.browser("dan").post(f"{page}/contact", data={"contact": people.ids["dan"]}).status_code == 302
    assert "Your contact: <bdi>Dan</bdi>" in people.browser("ben").get("/profile").text
    accrediting.suspend(people.ids["ben"], people.ids["cora"], "While we talk.")
    for path in ("/training", "/reports/new", "/work"):
        assert "Your contact: <bdi>Dan</bdi>" in people.browser("ben").get(path).text, path
    work_all()
    last = mails(settings, "ben@people.test")[-1]
    assert "Dan: dan@people.test" in " ".join(last.get_body(("plain",)).get_content().split())
    accrediting.reinstate(people.ids["ben"], people.ids["cora"], "We have talked.")
    assert contact_of(people, "ben").name == "Dan", "a later decision changes no contact"


def test_when_a_contact_leaves_the_next_who_knows_the_spotter_follows_and_the_page_says_so(people, lia):
    accredit("ben")
    naming_contacts.name_contact(people.ids["ben"], people.ids["dan"], people.ids["dan"])
    closes(people, "dan")
    assert contact_of(people, "ben").name == "Cora"
    assert "Your earlier contact has left." in people.browser("ben").get("/profile").text
    closes(people, "cora")
    assert contact_of(people, "ben") is None


def test_of_a_lead_the_spotter_sees_the_name_alone(people, lia):
    naming_contacts.name_contact(people.ids["ben"], people.ids["lia"], people.ids["cora"])
    page = people.browser("ben").get("/profile").text
    assert "<bdi>Lia</bdi>, a lead" in page and 'href="/questions"' in page and "lia@people.test" not in page
    accrediting.suspend(people.ids["lia"], people.ids["dan"], "While we talk.")
    assert contact_of(people, "ben") is None


@pytest.mark.parametrize(("contact", "by"), [("ben", "cora"), ("ana", "cora"), ("ada", "cora"), ("mia", "cora")])
def test_nobody_else_is_a_contact(people, contact, by):
    with pytest.raises(Refused):
        naming_contacts.name_contact(people.ids["ben"], people.ids[contact], people.ids[by])
    refused = people.browser("cora").post(f"/people/{people.ids['ben']}/contact", data={"contact": people.ids[contact]})
    assert refused.status_code == 422


@pytest.mark.parametrize("who", ["ana", "mia", "ada"])
def test_only_coordinators_name_contacts(people, who):
    page = f"/people/{people.ids['ben']}/contact"
    assert people.browser(who).post(page, data={"contact": people.ids["cora"]}).status_code == 403
    with pytest.raises(Refused):
        naming_contacts.name_contact(people.ids["ben"], people.ids["cora"], people.ids[who])


def test_no_company_sees_a_contact(people):
    accredit("ben")
    for path in ("/training", "/profile", "/notices"):
        page = people.browser("mia").get(path).text
        assert "Your contact" not in page and "Cora" not in page, path


@pytest.mark.parametrize(("stopped", "sign"), [("suspend", "Suspended"), ("withdraw", "Withdrawn")])
def test_who_is_stopped_is_not_told_an_end_that_is_none(people, stopped, sign):
    getattr(accrediting, stopped)(people.ids["ana"], people.ids["dan"], "While we talk.")
    for page in (
        people.browser("ana").get("/profile").text,
        people.browser("cora").get(f"/people/{people.ids['ana']}").text,
    ):
        standing = page.partition("</h1>")[2][:900]
        assert sign in standing and "until" not in standing


def test_who_can_be_a_contact_is_found_in_as_many_queries_for_many_leads_as_for_one(people, lia):
    def queries():
        with read() as session, statements() as sent:
            assert "Lia" in dict(named_contact.choices(session, people.ids["ben"])).values()
        return len(sent)

    before = queries()
    for number in range(3):
        joining.add_account(f"lead{number}@people.test", f"Lead {number}", Role.SPOTTER, PASSWORD, None)
        accrediting.accredit_by_email(
            f"lead{number}@people.test",
            "cora@people.test",
            "Known.",
            Level.LEAD,
            waive_exam=True,
            second="dan@people.test",
        )
    assert queries() == before
