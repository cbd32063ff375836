"""What a spotter sends later reaches the company once a coordinator has marked it clean, and nothing of the spotter with it."""

import pytest
from sqlalchemy import select, update

from server.core import clock
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import Level, Scope
from server.journeys.report import adding, answering, decision, feedback, retracting
from server.journeys.spotter import accrediting, freezing
from server.ledger.notices import link, proof
from server.ledger.reports.models import Evidence, Report
from server.reads import outgoing
from tests.sending import png
from tests.story import decide, flag

SAID = "Bought it myself, I keep it in the blue box."
BASE, RING = png((60, 40), "red"), png((50, 50), "blue")


@pytest.fixture
def case_id(people, report_json, work_all):
    """Ana and Ben report an ad, Cora asks for the mark under the base, Ana answers with two pictures."""
    case_id = flag(people, report_json(), screenshot=png())
    accrediting.accredit_by_email("ben@people.test", "cora@people.test", "Tests.", Level.PROBATION, waive_exam=True)
    flag(people, report_json(), "ben")
    decision.decide(case_id, people.ids["cora"], decision="ask", note="Show us the mark.", version=2)
    feedback.reply(people.ids["ana"], report_of(people).id, SAID, [BASE, RING])
    work_all()
    return case_id


def report_of(people, who="ana"):
    with read() as session:
        return session.scalars(select(Report).where(Report.account_id == people.ids[who])).one()


def file_of(people, name):
    with read() as session:
        return session.scalars(
            select(Evidence).where(Evidence.report_id == report_of(people).id, Evidence.name == name)
        ).one()


def mark(people, case_id, *names, who="cora"):
    return [
        people.browser(who).post(f"/cases/{case_id}/evidence/{file_of(people, name).id}/clean").status_code
        for name in names
    ]


def path_of(address):
    return address.removeprefix("http://spotter.test")


def fetched(people, notice_id):
    token = people.token("mia", Scope.COMPANY)
    return people.app.test_client().get(f"/api/v1/notices/{notice_id}", headers=token).json


def test_a_picture_of_an_answer_is_shown_beside_the_screenshot_once_it_is_marked(people, case_id, client):
    notice_id = decide(people, case_id)
    before, page = fetched(people, notice_id), path_of(link.answer_url(notice_id))
    assert before["pictures"] == [] and "sent later" not in client.get(page).text
    desk = people.browser("cora").get(f"/cases/{case_id}").text
    for name in ("answer_1", "answer_2"):
        assert f"/evidence/{file_of(people, name).id}/clean" in desk
    assert mark(people, case_id, "answer_1", "answer_2") == [302, 302]
    with read() as session:
        marked = select(AuditRow.actor_id, AuditRow.object_id).where(AuditRow.action == "picture_marked_clean")
        names = [file_of(people, name) for name in ("answer_1", "answer_2")]
        assert [tuple(row) for row in session.execute(marked)] == [(people.ids["cora"], file.id) for file in names]

    after = fetched(people, notice_id)
    assert after["listing"]["screenshot_url"] is None and client.get(f"{page}/screenshot").status_code == 404
    assert after["sha256"] == proof.sha256(after) == before["sha256"], "whoever has the file can make its hash"
    assert len(after["pictures"]) == 2
    for address, file, original in zip(after["pictures"], reversed(names), (RING, BASE), strict=True):
        clear, blurred = client.get(path_of(address)), client.get(path_of(address).removesuffix("?look=1"))
        with read() as session:
            assert outgoing.public_name(session.get_one(Evidence, file.id)) in address
        assert (clear.status_code, clear.mimetype, blurred.status_code) == (200, "image/webp", 200)
        assert clear.data != blurred.data and original not in (clear.data, blurred.data)

    assert mark(people, case_id, "screenshot") == [302]
    screenshot = client.get(f"{page}/screenshot?look=1")
    assert screenshot.headers["Content-Security-Policy"] == clear.headers["Content-Security-Policy"]
    assert screenshot.headers["Cache-Control"] == clear.headers["Cache-Control"] == "private, no-store"
    for text in (client.get(page).text, people.browser("mia").get(f"/notices/{notice_id}").text):
        shown = text.index("Screenshot of the listing.")
        assert text.count("<b>A picture sent later.</b>") == 2
        assert text.index("<b>A picture sent later.</b>") > shown
        assert not [word for word in (SAID, "Ana", *(file.id for file in names)) if word in text]
    looked = client.get(f"{page}?look={outgoing.public_name(names[0])}").text
    assert looked.count('class="veil looked"') == 1


def test_a_company_sees_the_four_that_were_marked_last(people, case_id, client, work_all):
    adding.add(people.ids["ana"], report_of(people).id, "More.", [png((n, 9), "green") for n in (20, 30, 40)])
    work_all()
    notice_id = decide(people, case_id)
    names = [f"answer_{n}" for n in (3, 1, 2, 5, 4)]
    assert mark(people, case_id, names[0]) == [302]
    first = path_of(fetched(people, notice_id)["pictures"][0])
    assert mark(people, case_id, *names[1:]) == [302] * 4
    shown = [address.partition("/pictures/")[2] for address in fetched(people, notice_id)["pictures"]]
    assert shown == [f"{outgoing.public_name(file_of(people, name))}?look=1" for name in reversed(names[1:])]
    assert client.get(first).status_code == 404
    desk = people.browser("cora").get(f"/cases/{case_id}").text
    assert desk.count("The company does not see it.") == 1 and desk.count("It is shown with the notice.") == 4
    assert "The company also sees 4 pictures that are marked clean." in desk


@pytest.mark.parametrize("why", ["notice withdrawn", "report withdrawn", "account frozen"])
def test_what_does_not_stand_any_more_shows_no_picture(people, case_id, client, why):
    notice_id = None if why == "report withdrawn" else decide(people, case_id)
    mark(people, case_id, "screenshot", "answer_1")
    if why == "notice withdrawn":
        address = path_of(fetched(people, notice_id)["pictures"][0])
        answering.withdraw_notice(notice_id, people.ids["dan"], "It is a toy.")
    elif why == "account frozen":
        address = path_of(fetched(people, notice_id)["pictures"][0])
        freezing.freeze(people.ids["ana"], people.ids["cora"])
    else:
        retracting.retract(people.ids["ana"], report_of(people).id, "wrong_ad", "")
        notice_id = decide(people, case_id)
        address = f"{path_of(link.answer_url(notice_id))}/pictures/{outgoing.public_name(file_of(people, 'answer_1'))}"
    shown = fetched(people, notice_id)
    assert shown["pictures"] == [] and shown["listing"]["screenshot_url"] is None
    assert client.get(address).status_code == client.get(address.removesuffix("?look=1")).status_code == 404
    page = people.browser("mia").get(f"/notices/{notice_id}")
    assert page.status_code == 200 and '<figure class="veil' not in page.text


def test_a_picture_of_another_notice_is_not_found_behind_this_one(people, case_id, report_json, client):
    other = decide(people, flag(people, report_json(url="https://mercado.test/itm/265370480001"), "ben"))
    notice_id = decide(people, case_id)
    mark(people, case_id, "answer_1")
    address = path_of(fetched(people, notice_id)["pictures"][0])
    name = address.partition("/pictures/")[2]
    assert client.get(address).status_code == 200
    assert client.get(f"{path_of(link.answer_url(other))}/pictures/{name}").status_code == 404
    assert client.get(f"/answers/forged/pictures/{name}").status_code == 404


def test_only_what_companies_may_see_is_marked_and_only_by_who_may_decide(people, report_json, work_all):
    case_id = flag(people, report_json(), screenshot=png(), full_page=BASE, photo_1=RING)
    work_all()
    assert mark(people, case_id, "full_page", "photo_1") == [409, 409]
    assert mark(people, case_id, "screenshot", who="ben") == [403]
    for name in ("full_page", "photo_1", "screenshot"):
        assert file_of(people, name).clean_at is None
    desk = people.browser("cora").get(f"/cases/{case_id}").text
    assert desk.count('/clean"') == 1
    assert mark(people, case_id, "screenshot") == [302]
    with write() as session:  # as somebody could before
        session.execute(update(Evidence).values(clean_at=clock.now(), clean_by=people.ids["cora"]))
    with read() as session:
        pictures = outgoing.clean_pictures(session, [case_id])[case_id]
        assert pictures.screenshot and pictures.screenshot.name == "screenshot" and not pictures.later


def test_the_desk_says_what_the_company_reads_with_the_first_notice(people, case_id):
    mark(people, case_id, "answer_1")
    desk = people.browser("cora").get(f"/cases/{case_id}?panel=notify").text
    assert "1 later picture marked clean" in desk and "the screenshot marked clean" not in desk
    assert "No screenshot is marked clean: it is sent without one." in desk
