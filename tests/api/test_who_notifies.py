"""Who notifies, told by Ada and Cora: an organisation with an award claims priority where it may, in every channel alike."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from server.core import clock, work
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import Scope
from server.journeys.report import organisations
from server.ledger.cases.models import Case
from server.ledger.companies import store as companies
from server.ledger.companies.models import Company, Spoc
from server.ledger.notices.models import Notice
from server.ledger.notifiers import store as notifiers
from server.ledger.notifiers.models import Organisation
from tests.awards import FORM, ILLEGAL, LAW, SPOC, awarded, change_award, choose, enter, spoc
from tests.digests import digest_contact, next_slot, worker_at
from tests.story import attached, decide, flag, mails

CLAIM = "sends this notice as a trusted flagger under Article 22"


@pytest.fixture
def fund(people) -> str:
    """An organisation with an award, which notifies Mercado through its own mechanism."""
    return awarded(people)


def notice(people, report_json, url="https://mercado.test/itm/265370482805", **more) -> Notice:
    notice_id = decide(people, flag(people, report_json(url=url)), taxa=["Psittacus erithacus"], **ILLEGAL | more)
    with read() as session:
        return session.get_one(Notice, notice_id)


def plain(mail) -> str:
    return " ".join(mail.get_body(("plain",)).get_content().split())


def seen_in(page) -> str:
    found = re.search(r'name="seen" type="hidden" value="(\w+)"', page.text)
    assert found
    return found[1]


def seen_on(who, path: str) -> str:
    return seen_in(who.get(path))


def shown(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_an_awarded_organisation_claims_priority_in_mail_portal_and_api_alike(people, settings, fund, report_json):
    sent = notice(people, report_json)
    work.run_due()
    claim = sent.document["notifier"]["trusted_flagger"]
    assert claim["statement"].startswith("Parrot Fund Europe " + CLAIM) and claim["authority"] == "Arcom"
    mail = mails(settings, SPOC)[-1]
    assert claim["statement"] in plain(mail) and attached(mail)["notifier"] == sent.document["notifier"]
    assert "notices@parrotfund.test" in plain(mail) and settings.organisation not in plain(mail)
    assert claim["statement"] in " ".join(mail.get_body(("html",)).get_content().split())
    assert claim["statement"] in shown(people.browser("mia").get(f"/notices/{sent.id}"))
    token = people.token("mia", Scope.COMPANY)
    answer = people.app.test_client().get(f"/api/v1/notices/{sent.id}", headers=token).json
    assert answer["notifier"] == sent.document["notifier"]


def test_what_has_left_keeps_what_it_claimed(people, fund, report_json):
    sent = notice(people, report_json)
    work.run_due()
    organisations.suspend(fund, people.ids["ada"])
    change_award(people, fund, name="Parrot Fund World")
    with read() as session:
        assert session.get_one(Notice, sent.id).document == sent.document
    assert CLAIM in shown(people.browser("mia").get(f"/notices/{sent.id}"))


@pytest.mark.parametrize(
    "change",
    [
        lambda people, fund: organisations.suspend(fund, people.ids["ada"]),
        lambda people, fund: change_award(people, fund, until=date(2026, 1, 1)),
        lambda people, fund: change_award(people, fund, categories=["part"]),
        lambda people, fund: change_award(people, fund, groups=["mammal"]),
        lambda people, fund: organisations.choose("mercado", fund, {}, people.ids["ada"]),
        lambda people, fund: change_award(
            people, fund, authority=None, area=None, categories=[], groups=[], since=None
        ),
    ],
)
def test_without_an_award_in_its_area_and_their_own_mechanism_nothing_is_claimed(people, fund, report_json, change):
    change(people, fund)
    sent = notice(people, report_json)
    assert sent.document["notifier"] == {"organisation": "Parrot Fund Europe", "email": "notices@parrotfund.test"}
    assert sent.document["good_faith"]["signed_for"] == "Parrot Fund Europe"


@pytest.mark.parametrize(
    "more",
    [
        {"basis": "policy", "law": None},
        {"law": LAW | {"jurisdiction": "GB", "provision": "COTES 2018, reg. 4"}},
        {"taxa": [], "other_taxon": "Some parrot"},
    ],
)
def test_a_notice_that_is_not_illegal_by_a_law_of_the_union_in_its_area_claims_nothing(people, fund, report_json, more):
    case_id = flag(people, report_json())
    notice_id = decide(people, case_id, **ILLEGAL | {"taxa": ["Psittacus erithacus"]} | more)
    with read() as session:
        assert "trusted_flagger" not in session.get_one(Notice, notice_id).document["notifier"]


def test_another_address_of_the_contact_is_no_mechanism_until_somebody_says_so(people, settings, fund, report_json):
    with write() as session:
        session.execute(update(Spoc).where(Spoc.email == SPOC).values(email="new@mercado.test"))
        companies.new_version(session)
    assert "trusted_flagger" not in notice(people, report_json).document["notifier"]
    assert (
        f'value="{_spoc_id("new@mercado.test")} new@mercado.test">'
        in people.browser("ada").get("/companies/mercado/notifier").text
    )


def _spoc_id(address) -> str:
    with read() as session:
        return session.scalars(select(Spoc.id).where(Spoc.email == address)).one()


def test_a_claim_that_does_not_hold_any_more_never_leaves(people, settings, fund, report_json):
    case_id, hour = flag(people, report_json()), timedelta(hours=1)
    decided = decide(people, case_id, undo_until=clock.now() + hour, taxa=["Psittacus erithacus"], **ILLEGAL)
    organisations.suspend(fund, people.ids["ada"])
    worker_at(clock.now() + 2 * hour)
    with read() as session:
        case = session.get_one(Case, case_id)
        assert session.get(Notice, decided) is None
        assert case.state == "open" and case.reasons[0]["params"] == {"why": "award"}
    assert not mails(settings, SPOC)
    assert "the trusted-flagger status it names has changed" in people.browser("cora").get(f"/cases/{case_id}").text


def test_the_claim_is_in_the_language_of_the_company(people, settings, fund, report_json):
    with write() as session:
        session.execute(update(Spoc).where(Spoc.email == SPOC).values(languages=["fr"]))
        companies.new_version(session)
    said = notice(people, report_json).document["notifier"]["trusted_flagger"]["statement"]
    work.run_due()
    assert "signaleur de confiance" in said and "27 mars 2025" in said
    assert " ".join(said.split()) in plain(mails(settings, SPOC)[-1])


def test_a_digest_says_of_each_notice_what_it_claims_and_who_sends_it(people, settings, fund, report_json):
    digest_contact()
    choose(people, "settings", spoc().id)
    notice(people, report_json, url="https://mercado.test/itm/265370482806")
    choose(people, fund, spoc().id)
    notice(people, report_json)
    worker_at(next_slot())
    (mail,) = mails(settings, SPOC)
    assert plain(mail).count(CLAIM) == 1
    for name in ("Parrot Fund Europe", settings.organisation):
        assert f"{name} believes in good faith that this notice is accurate and complete." in plain(mail)
    assert "each of these notices" not in plain(mail)


def test_the_preview_says_what_is_claimed_and_else_why_not(people, fund, report_json):
    case_id = flag(people, report_json())
    cora = people.browser("cora")
    with read() as session:
        version = session.get_one(Case, case_id).version
    form = {
        "version": str(version), "decision": "notify", "category": "live", "taxa": ["Psittacus erithacus"],
        "reason": "Six chicks.", "basis": "illegal", "known_law": "other", **LAW,
    }  # fmt: skip
    assert CLAIM in cora.post(f"/cases/{case_id}/preview", data=form).text
    organisations.suspend(fund, people.ids["ada"])
    page = shown(cora.post(f"/cases/{case_id}/preview", data=form))
    assert (
        CLAIM not in page and "the status is suspended" in page and "The notice comes from Parrot Fund Europe" in page
    )
    assert "priority" not in shown(cora.post(f"/cases/{case_id}/preview", data=form | {"basis": "policy"}))


def test_the_page_keeps_the_history_and_only_an_administrator_sees_it(people, fund):
    ada = people.browser("ada")
    page = f"/organisations/{fund}"
    assert ada.post(f"{page}/suspend").status_code == 302 and ada.post(f"{page}/suspend").status_code == 302
    assert "This has changed meanwhile" in ada.get(page).text
    ada.post(page, data=FORM | {"area": "Illegal trade in birds", "seen": seen_on(ada, page)})
    ada.post(f"{page}/resume")
    choose(people, "settings")
    told = shown(ada.get(page)).partition("History")[2]
    for step in ("No longer notifies Mercado", "Suspension ended.", "Changed: area of expertise.", "Status suspended.",
                 "Notifies Mercado from now on", "Added."):  # fmt: skip
        assert step in told and "Ada" in told, step
    with read() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.object_id == fund)).all()
        assert [row.action for row in rows].count("award_suspended") == 1
    for who in ("cora", "mia", "ana"):
        assert people.browser(who).get("/organisations").status_code == 403
        assert people.browser(who).post(f"{page}/suspend").status_code == 403
    assert "Who notifies" not in people.browser("cora").get("/companies").text
    assert "/companies/mercado/notifier" in ada.get("/companies").text


def test_the_page_says_who_signs_the_notices_and_that_no_award_of_theirs_counts(people, settings):
    ada, signs = (
        people.browser("ada"),
        f"{settings.organisation} signs the notices, unless another organisation is chosen",
    )
    page = shown(ada.get("/organisations"))
    assert signs in page and "It is not recorded as a trusted flagger." in page
    enter(people, name=settings.organisation)
    page = shown(ada.get("/organisations"))
    assert signs in page and "It is not recorded" not in page
    assert "Its award below counts only where it is chosen there." in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"email": "cora@people.test"}, "names a person in the programme"),
        ({"email": "ana@people.test"}, "names a person in the programme"),
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"name": ""}, "Name the organisation."),
        ({"country": "GB"}, "a Member State of the European Union"),
        ({"area": ""}, "Give the area of expertise"),
        ({"categories": []}, "Say which offers the area covers."),
        ({"since": "2027-13-01"}, "Not a valid date value."),
        ({"until": "2024-01-01"}, "The last day is before the first."),
        ({"area": "x" * 501}, "At most 500 characters."),
    ],
)
def test_what_is_not_whole_is_not_kept(people, more, said):
    answer = people.browser("ada").post("/organisations", data=FORM | more)
    assert answer.status_code == 422 and said in answer.text
    with read() as session:
        assert session.scalars(select(Organisation)).all() == []


def test_platforms_read_that_priority_is_claimed_once_an_award_counts(people):
    page = people.app.test_client()
    assert "Our notices claim no such priority." in page.get("/working-with-us").text
    fund = enter(people)
    assert "claims that priority only where it says so" in page.get("/working-with-us").text
    organisations.suspend(fund, people.ids["ada"])
    assert "Our notices claim no such priority." in page.get("/working-with-us").text


def test_of_two_who_change_an_award_at_once_the_second_is_told_and_nothing_is_overwritten(people, fund):
    """An award that had been given its last day would be claimed for ever again."""
    ada, page = people.browser("ada"), f"/organisations/{fund}"
    seen = seen_on(ada, page)
    assert ada.post(page, data=FORM | {"until": "2026-11-30", "seen": seen}).status_code == 302
    answer = ada.post(page, data=FORM | {"email": "desk@parrotfund.test", "seen": seen})
    assert answer.status_code == 409 and "Somebody else has changed this meanwhile" in answer.text
    assert 'value="desk@parrotfund.test"' in answer.text, "what was typed is not lost"
    with read() as session:
        row = session.get_one(Organisation, fund)
        assert (row.email, row.until) == (FORM["email"], date(2026, 11, 30))
    again = FORM | {"email": "desk@parrotfund.test", "until": "2026-11-30", "seen": seen_in(answer)}
    assert ada.post(page, data=again).status_code == 302


def test_two_organisations_do_not_share_a_name(people, fund):
    ada = people.browser("ada")
    for first, second in (("Parrot Fund Europe", "parrot fund europe"), ("Ökobüro", "Ökobüro"), ("Ökobüro", "ökobüro")):
        ada.post("/organisations", data=FORM | {"name": first})
        answer = ada.post("/organisations", data=FORM | {"name": second})
        assert answer.status_code == 422 and "Another organisation has this name." in answer.text


def test_a_mechanism_is_a_contact_of_that_company(people, fund):
    with read() as session:
        foreign = session.scalars(select(Spoc.id).join(Company).where(Company.slug == "tradepost")).one()
    ada, page = people.browser("ada"), "/companies/mercado/notifier"
    answer = ada.post(page, data={"organisation": fund, "mechanisms": [foreign], "seen": seen_on(ada, page)})
    assert answer.status_code == 422 and "Choose among the SPOCs" in answer.text


def test_a_mechanism_is_the_address_that_was_shown(people, fund):
    ada, page = people.browser("ada"), "/companies/mercado/notifier"
    seen, shown = seen_on(ada, page), re.search(r'value="([^"]+ spoc@mercado.test)" checked', ada.get(page).text)
    assert shown
    with write() as session:
        session.execute(update(Spoc).where(Spoc.email == SPOC).values(email="new@mercado.test"))
        companies.new_version(session)
    answer = ada.post(page, data={"organisation": "settings", "mechanisms": [shown[1]], "seen": seen})
    assert answer.status_code == 422 and "An address has changed since you opened this page." in answer.text
    assert "new@mercado.test" in answer.text
    with read() as session:
        spoc_id = _spoc_id("new@mercado.test")
        assert notifiers.mechanisms(session, [spoc_id]) == {spoc_id: SPOC}, "nothing is recorded"
        assert notifiers.of_company(session, session.get_one(Spoc, spoc_id).company_id), "nor anything else changed"


def test_of_two_who_choose_for_a_company_the_second_is_told_and_takes_no_priority_away(people):
    ada, page = people.browser("ada"), "/companies/mercado/notifier"
    stale = {"organisation": "settings", "seen": seen_on(ada, page)}
    fund = awarded(people)
    answer = ada.post(page, data=stale)
    assert answer.status_code == 409 and "Somebody else has changed this meanwhile" in answer.text
    assert re.search(rf'value="{fund}"[^>]*checked|checked[^>]*value="{fund}"', answer.text), "as it is now"
    with read() as session:
        assert notifiers.mechanisms(session, [spoc().id]) == {spoc().id: SPOC}
        assert notifiers.of_company(session, spoc().company_id).id == fund
    assert ada.post(page, data=stale | {"seen": seen_in(answer)}).status_code == 302


def test_the_database_keeps_no_half_award(app):
    with pytest.raises(IntegrityError), write() as session:
        session.add(Organisation(name="Half", email="a@half.test", authority="Arcom", categories=[], groups=[]))
