"""A spotter adds to a report of their own: beside it, bounded, as the same voice, and never to what leaves."""

import io

import pytest
from sqlalchemy import select

from server.core import work
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import Answer, CaseState, FeedbackCode, Level, Refused, Status, Via
from server.journeys.report import adding, answering, decision, retracting
from server.journeys.spotter import accrediting
from server.ledger.cases import queue_store
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case
from server.ledger.notices.models import Notice
from server.ledger.reports import addition
from server.ledger.reports.models import Evidence, Feedback, Report
from tests.sending import png
from tests.story import decide, flag

NEWS = "The seller now asks 900 euros and offers a second one."


def report_of(case_id):
    with read() as session:
        return session.scalars(select(Report).where(Report.case_id == case_id)).one()


def case_of(case_id):
    with read() as session:
        return session.get_one(Case, case_id)


def add(who, report_id, text=NEWS, **pictures):
    data = {"text": text, "pictures": [(io.BytesIO(data), f"{name}.png") for name, data in pictures.items()]}
    return who.post(f"/reports/{report_id}/additions", data=data, content_type="multipart/form-data")


def test_what_ana_adds_stands_beside_her_report_and_backs_nothing_further(people, report_json):
    case_id = flag(people, report_json(), screenshot=png())
    before, report = case_of(case_id), report_of(case_id)
    ana, cora = people.browser("ana"), people.browser("cora")
    assert "Add to this report" in ana.get(f"/reports/{report.id}").text
    sent = add(ana, report.id, one=png((60, 40), "red"))
    assert sent.status_code == 302 and sent.location.endswith("#main"), "where the page says that it was added"
    work.run_due()
    page = cora.get(f"/cases/{case_id}").text
    assert "The same spotter added" in page and NEWS in page and "Picture of an addition" in page
    assert NEWS in ana.get(f"/reports/{report.id}").text
    after, same = case_of(case_id), report_of(case_id)
    counted = ("report_count", "spotter_count", "priority", "signals", "reasons", "text", "state", "unseen_count")
    assert [getattr(after, name) for name in counted] == [getattr(before, name) for name in counted]
    assert after.version == before.version + 1, "a decision on what was there before is stale"
    assert (same.reason, same.status, same.updated_at) == (report.reason, Status.RECEIVED, report.updated_at)
    with read() as session:
        assert [file.name for file in session.scalars(select(Evidence).order_by(Evidence.id))] == [
            "screenshot",
            "answer_1",
        ]
        rows = session.scalars(select(AuditRow).where(AuditRow.action == "report_added_to")).all()
    assert [row.object_id for row in rows] == [report.id]


def test_no_word_of_it_leaves_with_the_notice(people, report_json):
    case_id = flag(people, report_json())
    adding.add(people.ids["ana"], report_of(case_id).id, NEWS)
    decide(people, case_id)
    with read() as session:
        assert "900 euros" not in str(session.scalars(select(Notice.document)).one())


def test_once_notified_it_brings_the_case_before_a_coordinator_who_reads_it(people, report_json):
    case_id = flag(people, report_json())
    decide(people, case_id)
    work.run_due()
    report, cora = report_of(case_id), people.browser("cora")
    with read() as session:
        assert queue_store.count(session, "waiting") == 0
    adding.add(people.ids["ana"], report.id, NEWS)
    with read() as session:
        assert queue_store.count(session, "waiting") == 1, "it stands in the queue"
    page = cora.get(f"/cases/{case_id}").text
    assert "I have read what a spotter added" in page and "new report to this notice" not in page
    case = case_of(case_id)
    assert case.state == CaseState.NOTIFIED
    decision.attach_reports(case_id, people.ids["cora"], case.version)
    with read() as session:
        assert queue_store.count(session, "waiting") == 0
    assert report_of(case_id).status == Status.NOTIFIED


def test_a_new_report_is_counted_without_what_was_added(people, report_json):
    case_id = flag(people, report_json())
    decide(people, case_id)
    work.run_due()
    adding.add(people.ids["ana"], report_of(case_id).id, NEWS)
    accrediting.accredit_by_email("ben@people.test", "cora@people.test", "Careful.", Level.PROBATION, waive_exam=True)
    flag(people, report_json(), "ben")
    assert "Add 1 new report to this notice" in people.browser("cora").get(f"/cases/{case_id}").text


def test_in_a_closed_case_nothing_waits_and_ana_cannot_tell(people, report_json):
    """A ring's case is closed while its reports say that they are looked at: nobody learns that from an addition."""
    case_id = flag(people, report_json())
    with write() as session:
        session.get_one(Case, case_id).state = CaseState.CLOSED
        session.scalars(select(Report).where(Report.case_id == case_id)).one().status = Status.IN_REVIEW
        cases.mark_seen(session.get_one(Case, case_id))
    assert add(people.browser("ana"), report_of(case_id).id).status_code == 302
    with read() as session:
        assert queue_store.count(session, "waiting") == 0


def test_five_times_at_most_and_then_the_form_is_gone(people, report_json):
    report = report_of(flag(people, report_json()))
    ana = people.browser("ana")
    for number in range(addition.MOST):
        assert add(ana, report.id, f"{NEWS} {number}").status_code == 302
    assert add(ana, report.id).status_code == 409
    assert "Add to this report" not in ana.get(f"/reports/{report.id}").text
    with read() as session:
        assert len(session.scalars(select(Feedback).where(Feedback.code == FeedbackCode.ADDED)).all()) == addition.MOST


def test_what_is_sent_twice_is_kept_once(people, report_json):
    report = report_of(flag(people, report_json()))
    for picture in ("red", "red", "blue"):
        adding.add(people.ids["ana"], report.id, NEWS, [png((60, 40), picture)])
    with read() as session:
        added = session.scalars(select(Feedback).where(Feedback.code == FeedbackCode.ADDED).order_by(Feedback.id)).all()
        assert [entry.params for entry in added] == [{"pictures": ["answer_1"]}, {"pictures": ["answer_2"]}]
        assert len(session.scalars(select(Evidence)).all()) == 2


@pytest.mark.parametrize("how", ["withdrawn", "dismissed", "removed"])
def test_a_closed_report_takes_nothing_more(people, report_json, how):
    case_id = flag(people, report_json())
    report = report_of(case_id)
    if how == "withdrawn":
        retracting.retract(people.ids["ana"], report.id, "mistake")
    elif how == "dismissed":
        version = case_of(case_id).version
        decision.decide(
            case_id, people.ids["cora"], decision="dismiss", note="A toy.", version=version, dismiss_reason="other"
        )
    else:
        notice_id = decide(people, case_id)
        work.run_due()
        answering.answer_notice(notice_id, {"answer": Answer.REMOVED}, Via.PORTAL, people.ids["mia"])
    with pytest.raises(Refused) as refused:
        adding.add(people.ids["ana"], report.id, NEWS)
    assert refused.value.kind == "conflict"
    assert "Add to this report" not in people.browser("ana").get(f"/reports/{report.id}").text


def test_what_cannot_be_kept_is_refused_in_words_and_her_text_stays(people, report_json):
    report, ana = report_of(flag(people, report_json())), people.browser("ana")
    assert add(ana, report.id, " ").status_code == add(ana, report.id, "x" * 2001).status_code == 422
    page = add(ana, report.id, NEWS, one=b"no picture")
    assert page.status_code == 422 and NEWS in page.text
    five = {f"p{number}": png((40, 40 + number)) for number in range(5)}
    assert "Send at most 4 pictures" in add(ana, report.id, NEWS, **five).text
    with read() as session:
        assert not session.scalars(select(Feedback).where(Feedback.code == FeedbackCode.ADDED)).all()


def test_nobody_adds_to_anothers_report(people, report_json):
    report = report_of(flag(people, report_json()))
    assert add(people.browser("ben"), report.id).status_code == 404


def test_by_api(people, report_json):
    report = report_of(flag(people, report_json()))
    client, url = people.app.test_client(), f"/api/v1/reports/{report.id}/additions"
    made = client.post(url, json={"text": NEWS}, headers=people.token("ana"))
    assert made.status_code == 201 and made.json["status"] == "received"
    assert client.post(url, json={"text": ""}, headers=people.token("ana")).status_code == 422
    assert client.post(url, json={"text": NEWS}, headers=people.token("ben")).status_code == 404
    own = client.get(f"/api/v1/reports/{report.id}", headers=people.token("ana")).json
    assert "feedback" in own
