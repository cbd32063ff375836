"""A spotter withdraws a report while nothing is decided on it; after that, what they say reaches a coordinator."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from server.core import clock
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import CheckState, FeedbackCode, Level, Refused, Scope, Status, Via
from server.journeys.report import answering, decision, feedback, retracting
from server.journeys.spotter import accrediting
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case, PendingDecision
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.ledger.reports import retraction
from server.ledger.reports import store as reports
from server.ledger.reports.feedback_words import Entry
from server.ledger.reports.models import Report
from server.people.rounds.models import Round
from server.reads import figures, judgements, outgoing, round_figures, round_reports, surges
from tests.conftest import settings_for
from tests.round_stories import join, plan
from tests.sending import png
from tests.story import decide, flag


@pytest.fixture
def ben_too(people):
    accrediting.accredit_by_email("ben@people.test", "cora@people.test", "Tests.", Level.PROBATION, waive_exam=True)


def case(case_id):
    with read() as session:
        return session.get_one(Case, case_id)


def own(people, case_id, who="ana"):
    with read() as session:
        mine = select(Report).where(Report.case_id == case_id, Report.account_id == people.ids[who])
        return session.scalars(mine.order_by(Report.id.desc())).first()


def retract(people, case_id, who="ana", why="wrong_ad", text=""):
    return retracting.retract(people.ids[who], own(people, case_id, who).id, why, text)


def settle(people, case_id, kind, **more):
    version = case(case_id).version
    decision.decide(case_id, people.ids["cora"], decision=kind, note="Look closer.", version=version, **more)


def queue(people, **query):
    return (
        people.app.test_client()
        .get("/api/v1/cases", query_string=query, headers=people.token("cora", Scope.CASES))
        .json["items"]
    )


# --- While nothing is decided ----------------------------------------------------------------------------------------


def test_the_only_report_is_withdrawn_and_its_case_leaves_the_queue(people, report_json):
    case_id = flag(people, report_json())
    assert retract(people, case_id) is True
    report, left = own(people, case_id), case(case_id)
    assert (report.status, report.looked_at, report.outcome) == ("retracted", None, None)
    assert (left.state, left.spotter_count, left.unseen_count, left.report_count) == ("closed", 0, 0, 1)
    assert queue(people, state="open") == []
    with read() as session:
        moved = session.scalars(select(AuditRow).where(AuditRow.action == "case_retract")).one()
        assert moved.detail == {"before": "open", "after": "closed"}


def test_a_case_with_other_reports_stays_with_the_voices_that_are_left(people, report_json, ben_too):
    case_id = flag(people, report_json())
    flag(people, report_json(), "ben")
    both, version = case(case_id), case(case_id).version
    retract(people, case_id)
    alone = case(case_id)
    assert (alone.state, alone.spotter_count, alone.unseen_count) == ("open", 1, 1)
    assert alone.signals["spotters"] == 1 and alone.priority <= both.priority
    with pytest.raises(Refused, match="changed since you opened it"):
        decision.decide(case_id, people.ids["cora"], decision="hold", note="Wait.", version=version)
    assert own(people, case_id, "ben").status == "received"


def test_whom_we_asked_withdraws_and_the_case_comes_back_or_is_closed(people, report_json, ben_too, work_all):
    alone = flag(people, report_json())
    settle(people, alone, "ask")
    assert own(people, alone).status == "needs_info"
    retract(people, alone)
    assert case(alone).state == "closed"
    shared = flag(people, report_json("https://mercado.test/itm/grey-parrot/265370482999"))
    settle(people, shared, "ask")
    flag(people, report_json("https://mercado.test/itm/grey-parrot/265370482999"), "ben")  # nobody asked Ben
    retract(people, shared)
    assert (case(shared).state, case(shared).spotter_count) == ("open", 1)


def test_the_ad_can_be_reported_again_as_if_it_had_not_been(people, report_json):
    case_id = flag(people, report_json())
    first = case(case_id).priority
    settle(people, case_id, "ask")  # no verdict: asking decides nothing about the ad
    retract(people, case_id)
    assert flag(people, report_json()) == case_id
    again = case(case_id)
    assert (again.state, again.spotter_count, again.unseen_count, again.priority) == ("open", 1, 1, first)
    assert "dismissed_before" not in [reason["code"] for reason in again.reasons]
    notice = decide(people, case_id)
    with read() as session:
        assert [report.status for report in reports.of_notice(session, notice)] == ["notified"]


def test_a_report_that_came_after_the_notice_is_withdrawn_and_nobody_has_to_look_at_it(people, report_json, ben_too):
    case_id = flag(people, report_json())
    decide(people, case_id)
    flag(people, report_json(), "ben")
    assert case(case_id).unseen_count == 1
    assert retract(people, case_id, "ben") is True
    assert (case(case_id).state, case(case_id).unseen_count) == ("notified", 0)


def test_a_case_that_a_withdrawn_report_had_reopened_is_over_again(people, report_json, ben_too, work_all):
    case_id = flag(people, report_json())
    settle(people, case_id, "dismiss", dismiss_reason="other")
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=True):
        work_all()
        flag(people, report_json(), "ben")
        assert (case(case_id).state, own(people, case_id).status) == ("open", "dismissed")
        retract(people, case_id, "ben")
        assert (case(case_id).state, case(case_id).unseen_count) == ("closed", 0)


@pytest.mark.parametrize("found", [None, "present"])
def test_nor_does_it_count_against_the_company_or_undo_its_answer(people, report_json, ben_too, work_all, found):
    case_id = flag(people, report_json())
    notice_id = decide(people, case_id)
    work_all()
    answering.answer_notice(notice_id, {"answer": "removed"}, Via.LINK)
    with write() as session:
        notices.note_found(session, notice_id, CheckState.GONE, clock.now())
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=True):
        flag(people, report_json(captured_at=clock.now().isoformat()), "ben")
        with read() as session:
            assert case(case_id).state == "open" and session.get_one(Notice, notice_id).relisted_at
        if found:
            with write() as session:
                notices.note_found(session, notice_id, CheckState(found), clock.now())
        retract(people, case_id, "ben")
        with read() as session:
            relisted = session.get_one(Notice, notice_id).relisted_at is not None
        assert (case(case_id).state, relisted) == (("open", True) if found else ("answered", False))


def test_it_counts_for_nothing_any_more(people, report_json):
    case_id = flag(people, report_json(), screenshot=png())
    today = clock.now().date()
    retract(people, case_id)
    with read() as session:
        landing = figures.landing(session, clock.now() + timedelta(seconds=1))
        assert (landing["reports"], landing["spotters"], landing["cases"]) == (0, 0, 0)
        assert figures.came(session, None, None) == figures.came(session, today, today) == (0, 0)
        kept = reports.of_case(session, case_id)
        assert judgements.judged(session, people.ids["ana"]) == []
        assert reports.voices(session, case_id) == (0, False)
        assert surges.reports_of(session, surges.target(session, case_id), clock.now() - timedelta(days=1)) == []
        assert not reports.is_by(session, case_id, people.ids["ana"])
        assert len(kept) == 1 and kept[0].url and len(reports.evidence(session, [kept[0].id])[kept[0].id]) == 1


def test_a_withdrawn_first_report_does_not_hide_a_later_one_from_skill(people, report_json, work_all):
    case_id = flag(people, report_json())
    retract(people, case_id)
    flag(people, report_json())
    decide(people, case_id)
    work_all()
    with read() as session:
        assert [each.outcome for each in judgements.judged(session, people.ids["ana"])] == ["notified"]


def test_a_round_does_not_count_it(people, report_json):
    today = clock.now().date().isoformat()
    round_id = plan(people, starts_on=today)
    join(people, "ana", round_id)
    case_id = flag(people, report_json())

    def counted():
        with read() as session:
            round_ = session.get_one(Round, round_id)
            people_ = round_figures.by_person(session, round_, [people.ids["ana"]])
            return sum(each.reports for each in people_.values()), [
                *session.scalars(round_reports.case_ids(session, round_id))
            ]

    assert counted() == (1, [case_id])
    retract(people, case_id)
    assert counted() == (0, [])


def test_its_picture_leaves_with_no_notice(people, report_json, ben_too, work_all):
    case_id = flag(people, report_json(), screenshot=png())
    flag(people, report_json(), "ben")
    work_all()
    with read() as session:
        (file,) = reports.evidence(session, [own(people, case_id).id])[own(people, case_id).id]
    decision.mark_clean(file.id, people.ids["cora"])
    with read() as session:
        assert outgoing.clean_pictures(session, [case_id])
    retract(people, case_id)
    with read() as session:
        assert not outgoing.clean_pictures(session, [case_id])


# --- A decision that can still be undone -----------------------------------------------------------------------------


class TestWhileItCanBeUndone:
    @pytest.fixture
    def settings(self, database_url, tmp_path):
        return settings_for(tmp_path, database_url, SPOTTER_UNDO_SECONDS="10")

    @pytest.mark.parametrize("kind", ["notify", "dismiss", "hold", "ask"])
    def test_the_decision_lapses_and_nothing_leaves(self, people, report_json, work_all, kind):
        case_id = flag(people, report_json())
        settle(people, case_id, kind, **({"dismiss_reason": "other"} if kind == "dismiss" else {}))
        page = people.browser("ana").get(f"/reports/{own(people, case_id).id}").text
        assert "Withdraw this report" in page, "nothing on it tells that somebody has decided"
        assert retract(people, case_id) is True
        with time_machine.travel(clock.now() + timedelta(seconds=11), tick=True):
            work_all()
        with read() as session:
            assert session.scalars(select(PendingDecision)).all() == session.scalars(select(Notice)).all() == []
        assert (case(case_id).state, own(people, case_id).status) == ("closed", "retracted")

    def test_one_person_cannot_make_every_decision_lapse(self, people, report_json, work_all):
        case_id = flag(people, report_json())
        settle(people, case_id, "hold", hold_reason="police_first")
        with time_machine.travel(clock.now() + timedelta(seconds=11), tick=True):
            work_all()
            retract(people, case_id)
            settle(people, case_id, "dismiss", dismiss_reason="other")
            with pytest.raises(Refused, match="not read your last message"):
                retract(people, case_id, why="mistake")
            assert retract(people, case_id) is False, "the same again changes nothing"
            assert case(case_id).state == "closed", "the decision still waits for its effect"


# --- Once something is decided ---------------------------------------------------------------------------------------


def test_after_a_notice_a_coordinator_is_told_and_nothing_changes_by_itself(people, report_json, work_all):
    case_id = flag(people, report_json())
    notice = decide(people, case_id)
    work_all()
    assert retract(people, case_id, why="other", text="The seller sells toys.") is False
    assert (own(people, case_id).status, case(case_id).state) == ("notified", "notified")
    cora = people.browser("cora")
    assert "1 case was reported in error, its spotter says" in cora.get("/attention").text
    assert "Reported in error" in cora.get("/cases").text
    assert case(case_id).id in cora.get("/cases?tab=doubted").text
    page = cora.get(f"/cases/{case_id}").text
    assert "that the report was wrong" in page and "The seller sells toys." in page
    with read() as session:
        assert session.get_one(Notice, notice).withdrawn_at is None
    answer = cora.post(f"/cases/{case_id}/doubts-read", data={"version": case(case_id).version})
    assert answer.status_code == 302 and case(case_id).doubted_at is None
    assert (
        "A coordinator has read that you think this report was wrong."
        in people.browser("ana").get(f"/reports/{own(people, case_id).id}").text
    )
    assert cora.post(f"/cases/{case_id}/doubts-read", data={"version": case(case_id).version}).status_code == 409


def test_that_it_was_read_is_said_once_and_replaces_no_question(people, report_json, ben_too, work_all):
    case_id = flag(people, report_json())
    flag(people, report_json(), "ben")
    decide(people, case_id)
    work_all()
    retract(people, case_id, "ben")
    decided = clock.now() + timedelta(minutes=1)
    with time_machine.travel(decided, tick=True), write() as session:
        cases.doubt(session.get_one(Case, case_id), None)  # a decision settles what Ben said
    with time_machine.travel(decided + timedelta(minutes=1), tick=True):
        retract(people, case_id)
        with write() as session:
            report = session.get_one(Report, own(people, case_id).id)
            reports.move(session, report, Status.NEEDS_INFO, Entry(FeedbackCode.QUESTION, text="Which foot?"))
        work_all()
        retracting.read_doubts(case_id, people.ids["cora"], case(case_id).version)
        work_all()
        told = "A coordinator has read that you think"
        page = people.browser("ana").get(f"/reports/{own(people, case_id).id}").text
        asked = page.partition('<section class="asked')[2].partition("<form")[0]
        assert "Which foot?" in asked and told not in asked
        assert told not in people.browser("ben").get(f"/reports/{own(people, case_id, 'ben').id}").text


def test_withdrawing_the_notice_or_deciding_again_settles_it(people, report_json, work_all):
    case_id = flag(people, report_json())
    notice = decide(people, case_id)
    work_all()
    retract(people, case_id)
    assert case(case_id).doubted_at
    people.browser("cora").post(
        f"/cases/{case_id}/withdraw", data={"notice": notice, "cause": "mistaken", "reason": "It was the wrong ad."}
    )
    assert (case(case_id).doubted_at, case(case_id).state, own(people, case_id).status) == (None, "closed", "dismissed")
    with pytest.raises(Refused, match="nothing to withdraw"):
        retract(people, case_id)


def test_said_once_it_waits_for_a_coordinator(people, report_json, work_all):
    """Said again and again it would make every decision on the case lapse, and fill the case with words."""
    case_id = flag(people, report_json())
    decide(people, case_id)
    work_all()
    ana, report = people.browser("ana"), own(people, case_id)
    address = f"/reports/{report.id}/retraction"
    assert "Tell the coordinators" in ana.get(f"/reports/{report.id}").text
    assert ana.post(address, data={"why": "mistake"}).status_code == 302
    version = case(case_id).version
    again = ana.post(address, data={"why": "other", "text": "x" * 2000})
    assert again.status_code == 409 and "A coordinator has not read your last message yet." in again.text
    by_api = people.app.test_client().post(
        f"/api/v1/reports/{report.id}/retraction", json={"why": "wrong_ad"}, headers=people.token("ana")
    )
    assert (by_api.status_code, case(case_id).version) == (409, version)
    page = ana.get(f"/reports/{report.id}").text
    assert "A coordinator has not read your last message yet." in page and "Tell the coordinators" not in page
    retracting.read_doubts(case_id, people.ids["cora"], version)
    assert "Tell the coordinators" in ana.get(f"/reports/{report.id}").text
    assert retract(people, case_id) is False, "what is read can be said once more"


def test_a_decision_has_read_it_and_another_spotters_word_does_not_count(people, report_json, ben_too):
    case_id = flag(people, report_json())
    flag(people, report_json(), "ben")
    settle(people, case_id, "hold", hold_reason="police_first")
    assert retract(people, case_id) is retract(people, case_id, "ben") is False
    with pytest.raises(Refused, match="not read your last message"):
        retract(people, case_id, why="mistake")
    settle(people, case_id, "hold", hold_reason="police_first")
    assert retract(people, case_id, "ben") is retract(people, case_id) is False


def test_what_a_coordinator_keeps_for_now_is_told_and_a_decision_settles_it(people, report_json):
    case_id = flag(people, report_json())
    settle(people, case_id, "hold", hold_reason="police_first")
    assert retract(people, case_id) is False
    assert (case(case_id).state, own(people, case_id).status) == ("held", "in_review")
    settle(people, case_id, "dismiss", dismiss_reason="other")
    assert case(case_id).doubted_at is None


def test_a_held_case_that_came_back_is_open_and_its_report_can_be_withdrawn(people, report_json, work_all):
    case_id = flag(people, report_json())
    settle(people, case_id, "hold", hold_reason="other", until=clock.now() + timedelta(days=1))
    with time_machine.travel(clock.now() + timedelta(days=2), tick=True):
        decision.release_held()
        assert case(case_id).state == "open"
        assert retract(people, case_id) is True


def test_who_has_answered_a_question_can_still_withdraw(people, report_json):
    case_id = flag(people, report_json())
    settle(people, case_id, "ask")
    feedback.reply(people.ids["ana"], own(people, case_id).id, "I can’t tell.")
    assert retract(people, case_id) is True and case(case_id).state == "closed"


# --- By page and by API ----------------------------------------------------------------------------------------------


def test_by_page_with_a_reason(people, report_json):
    case_id = flag(people, report_json())
    ana, report = people.browser("ana"), own(people, case_id)
    address = f"/reports/{report.id}/retraction"
    assert ana.post(address, data={}).status_code == 422
    assert "Say why, in your own words." in ana.post(address, data={"why": "other", "text": " "}).text
    assert ana.post(address, data={"why": "other", "text": "x" * 2001}).status_code == 422
    assert own(people, case_id).status == "received"
    answer = ana.post(address, data={"why": "mistake", "text": "It is plastic."}, follow_redirects=True)
    assert "Withdrawn. It does not count against you." in answer.text
    assert "I withdraw this report. It was a mistake: this is not suspicious. It is plastic." in answer.text
    assert "Withdraw this report" not in answer.text
    assert ana.post(address, data={"why": "mistake"}).status_code == 409
    mine = ana.get("/reports").text
    assert (
        "You withdrew this report." in mine
        and "0 in progress, 1 withdrawn." in mine
        and "0 not removed by the company" in mine
    )
    assert report.reference in ana.get("/reports?tab=withdrawn").text
    assert report.reference not in ana.get("/reports?tab=ended").text
    seen = people.browser("cora").get(f"/cases/{case_id}").text
    assert "Report withdrawn" in seen and "It is plastic." in seen


def test_by_api_with_the_device_token(people, report_json):
    case_id = flag(people, report_json())
    address, client = f"/api/v1/reports/{own(people, case_id).id}/retraction", people.app.test_client()
    assert client.post(address, json={"why": "boredom"}, headers=people.token("ana")).status_code == 422
    assert client.post(address, json={"why": "other"}, headers=people.token("ana")).status_code == 422
    assert client.post(address, json={"why": "mistake"}, headers=people.token("ben")).status_code == 404
    answer = client.post(address, json={"why": "mistake"}, headers=people.token("ana"))
    assert (answer.status_code, answer.json["status"]) == (201, "retracted")
    assert answer.json["feedback"][-1]["speaker"] == "spotter"
    assert client.post(address, json={"why": "wrong_ad"}, headers=people.token("ana")).status_code == 409


def audited():
    with read() as session:
        return session.scalar(select(func.count()).select_from(AuditRow))


@pytest.mark.parametrize("noticed", [False, True])
def test_the_same_by_api_again_is_answered_like_the_first_and_changes_nothing(people, report_json, work_all, noticed):
    """Ana's program lost the reply, and asks again; once a coordinator has read what she said, it is said anew."""
    case_id = flag(people, report_json())
    if noticed:
        decide(people, case_id)
        work_all()
    address, client = f"/api/v1/reports/{own(people, case_id).id}/retraction", people.app.test_client()
    token = people.token("ana")

    def ask(why="other", text="It is plastic."):
        return client.post(address, json={"why": why, "text": text}, headers=token)

    first = ask()
    version, rows = case(case_id).version, audited()
    again = ask(text=" It is plastic. ")
    assert (first.status_code, first.json["status"]) == (201, "notified" if noticed else "retracted")
    assert (again.status_code, again.json) == (201, first.json)
    assert (case(case_id).version, audited()) == (version, rows)
    for why, text in (("mistake", "It is plastic."), ("other", "It is bone."), ("mistake", "")):
        assert ask(why, text).status_code == 409
    if noticed:
        retracting.read_doubts(case_id, people.ids["cora"], version)
        assert len(ask().json["feedback"]) == len(first.json["feedback"]) + 2, "it was read, and is said anew"


def test_nobody_withdraws_another_persons_report(people, report_json, ben_too):
    case_id = flag(people, report_json())
    answer = people.browser("ben").post(f"/reports/{own(people, case_id).id}/retraction", data={"why": "mistake"})
    assert answer.status_code == 404 and own(people, case_id).status == "received"


@pytest.mark.parametrize(
    ("status", "noticed", "held", "may"),
    [
        ("received", False, False, True),
        ("received", False, True, True),  # it came after the hold, and tells nothing of it
        ("in_review", False, False, True),
        ("in_review", False, True, False),
        ("in_review", True, False, False),  # the company asks something
        ("needs_info", False, False, True),
        ("needs_info", True, False, False),
        *((status, True, False, False) for status in ("notified", "no_answer", "removed", "restricted", "kept")),
        ("dismissed", False, False, False),
        ("retracted", False, False, False),
    ],
)
def test_when_a_report_can_be_withdrawn(status, noticed, held, may):
    assert retraction.may_change(Status(status), noticed, held) is may


def test_programs_read_how_a_report_is_withdrawn_and_what_it_is_then(client):
    described = client.get("/api/v1/openapi.json").json
    assert "post" in described["paths"]["/api/v1/reports/{report_id}/retraction"]
    for path in ("/api/v1/cases/{case_id}/claim", "/api/v1/cases/{case_id}/unclaim"):
        assert "post" in described["paths"][path]
    for name in ("OwnReport", "Receipt", "FeedbackEntry"):
        assert "retracted" in described["components"]["schemas"][name]["properties"]["status"]["enum"], name
