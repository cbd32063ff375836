"""Pages as people meet them at work: what waits is first however much came since, and nothing is answered for anybody."""

import re

import pytest

from server.core.words import Via
from server.journeys.report import answering, decision
from server.ledger.reports import store as reports
from tests.story import flag, notify


def advert(number: int) -> str:
    return f"https://mercado.test/itm/grey-parrot/26537048280{number}"


def test_a_question_stands_first_although_more_reports_came_since_than_one_page_holds(people, report_json, monkeypatch):
    case_id = flag(people, report_json(advert(0)))
    decision.decide(case_id, people.ids["cora"], decision="ask", note="Is a ring visible?", version=1)
    flag(people, report_json(advert(1)))
    flag(people, report_json(advert(2)))
    monkeypatch.setattr(reports, "PAGE", 2)
    ana = people.browser("ana")
    for path in ("/reports", "/reports?tab=on_way"):
        page = ana.get(path).text
        assert page.count("Is a ring visible?") == 1 and page.count("Send answer") == 1
    assert "3 reports: <b>0 removed</b>, 0 not removed by the company, 3 in progress. 1 is waiting for you." in page
    for path in ("/reports?tab=removed", "/reports?tab=ended", f"/reports?cursor={'f' * 32}"):
        assert "Send answer" not in ana.get(path).text


def test_cora_records_no_answer_that_she_has_not_chosen(people, report_json):
    notice = notify(people, report_json())
    cora = people.browser("cora")
    case_id = flag(people, report_json())
    page = cora.get(f"/cases/{case_id}?panel=answer").text
    assert '<option value="">Choose</option>' in page
    answer = cora.post(f"/cases/{case_id}/answers", data={"notice": notice, "version": 1, "via": "mail"})
    assert answer.status_code == 422 and "Choose what they answered." in answer.text


def test_mia_sees_how_many_notices_wait_and_answers_several_only_where_there_are_several(people, report_json):
    first = notify(people, report_json(advert(0)))
    mia = people.browser("mia")
    page = mia.get("/notices").text
    assert "1 notice waits for your answer." in page and "Answer several at once" not in page
    assert '<span class="visually-hidden">1 needs an answer</span>' in page
    notify(people, report_json(advert(1)))
    page = mia.get("/notices").text
    assert "Answer several at once" in page and "Select all 2 on this page" in page
    answering.answer_notice(first, {"answer": "need_info", "reason": "Which of the six?"}, Via.PORTAL)
    assert "You asked us" in mia.get("/notices").text


def test_the_training_begins_with_what_one_is_there_for(people):
    for who, first, second in (
        ("mia", "For companies", "For spotters"),
        ("ana", "Required before you report", "For companies"),
    ):
        page = people.browser(who).get("/training").text
        assert page.index(f"<h2>{first}</h2>") < page.index(f"<h2>{second}</h2>")
    mia = people.browser("mia").get("/training").text
    assert "before you report" not in mia and "accredits you" not in mia


def test_what_is_there_for_companies_is_folded_away_from_a_spotters_training(people):
    folded = "<summary><h2>For companies</h2></summary>"
    assert folded in people.browser("ben").get("/training").text
    for page in (people.browser("cora").get("/training").text, people.app.test_client().get("/training").text):
        assert "<h2>For companies</h2>" in page and folded not in page


@pytest.mark.parametrize(
    "path", ["/attention", "/cases", "/figures", "/people", "/people/desk", "/companies", "/rounds"]
)
def test_the_queues_number_stands_in_the_navigation_of_every_page(people, report_json, path):
    flag(people, report_json(advert(0)))
    flag(people, report_json(advert(1)))
    assert '<span class="visually-hidden">2 open cases</span>' in people.browser("cora").get(path).text


def test_a_companys_name_leads_the_desk_to_its_page_and_from_there_to_all_about_it(people, report_json):
    case_id, ada = flag(people, report_json(advert(0))), people.browser("ada")
    for path in (f"/cases/{case_id}", "/companies", "/admin", "/figures?company=mercado&by=month"):
        assert '<a href="/companies/mercado/contacts"><bdi>Mercado</bdi></a>' in ada.get(path).text, path
    page = ada.get("/companies/mercado/contacts").text
    assert '<a href="/companies/mercado/contacts" aria-current="page">SPOCs</a>' in page
    for path in ("edit", "notifier", "team", "quality", "history"):
        assert f'href="/companies/mercado/{path}"' in page, path
        assert f'href="/companies/mercado/{path}" aria-current="page"' in ada.get(f"/companies/mercado/{path}").text
    assert 'href="/figures?company=mercado&amp;by=month"' in page


def test_links_to_a_company_say_what_they_lead_to(people):
    """Ada, who wants to change a contact's address, does not take the link to the company's own fields."""
    ada = people.browser("ada")
    page = ada.get("/companies").text
    for path, words in (("contacts", "Contacts"), ("edit", "Edit company")):
        assert (
            f'href="/companies/mercado/{path}" aria-label="{words} {"of " if path == "contacts" else ""}Mercado">{words}</a>'
            in page
        )
    contacts = ada.get("/companies/mercado/contacts").text
    assert 'href="/companies/mercado/edit">Edit company</a>' in contacts
    assert re.search(r'/contacts/\w+/edit">Edit all but the address<', contacts)
    assert ">Edit<" not in page + contacts


def test_the_age_of_the_last_backup_leads_to_how_one_is_made(people):
    page = people.browser("ada").get("/operations").text
    assert (
        '<a href="#backups">How to back up</a>' in page
        and '<summary>How to back up</summary>\n<p id="backups">' in page
    )


def test_the_footer_offers_the_extension_to_who_can_report_with_it(people):
    offer = "Get the extension"
    assert offer in people.browser("ana").get("/reports").text
    assert offer not in people.browser("mia").get("/notices").text


def test_a_question_that_was_answered_no_longer_heads_its_report(people, report_json):
    case_id = flag(people, report_json(advert(0)))
    decision.decide(case_id, people.ids["cora"], decision="ask", note="Is a ring visible?", version=1)
    ana = people.browser("ana")
    (path,) = set(re.findall(r'href="(/reports/[0-9a-f]{32})"', ana.get("/reports").text))
    ana.post(f"{path}/replies", data={"text": "No ring."})
    lead = ana.get(path).text.partition('<p class="lead">')[2].partition("</p>")[0]
    assert "ring" not in lead and "coordinator" in lead
