"""A decision waits for some seconds before anything of it leaves, and can be undone until then, as if it had not been."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from server.core import clock, lease, web, work
from server.core.audit import AuditRow
from server.core.database import db, read
from server.core.words import CaseState, Level, Role, Scope, Seen, Via
from server.journeys.company import directory_import
from server.journeys.report import answering, effect, feedback, verification
from server.journeys.spotter import accrediting, closing, freezing, joining
from server.ledger.cases import decisions, states
from server.ledger.cases.models import Case, CaseDecision, PendingDecision
from server.ledger.companies.schemas import read_file
from server.ledger.delivery.models import Message
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Feedback, Report
from server.reads import practice_lane
from tests.conftest import PASSWORD, settings_for
from tests.story import flag, mails

WAIT = timedelta(seconds=10)  # the default
DECISIONS = {
    "notify": {},
    "dismiss": {"because": "not_offered"},
    "ask": {},
    "hold": {"why": "police_first"},
}
LED_TO = {"notify": "notified", "dismiss": "closed", "ask": "asked", "hold": "held"}


@pytest.fixture
def settings(database_url, tmp_path):
    return settings_for(tmp_path, database_url, SPOTTER_UNDO_SECONDS="10")


@pytest.fixture
def later(work_all):
    """Let so much time pass, and the worker do what is due then."""
    with time_machine.travel(clock.now(), tick=False) as traveller:

        def pass_by(time=WAIT):
            traveller.shift(time)
            return work_all()

        yield pass_by


class Desk:
    """A case, and a coordinator's program that decides on it."""

    def __init__(self, people, case_id):
        self.people, self.id = people, case_id
        self.client, self.headers = people.app.test_client(), people.token("cora", Scope.CASES)

    def case(self):
        return self.client.get(f"/api/v1/cases/{self.id}", headers=self.headers).json

    def post(self, path, who=None, **body):
        headers = self.people.token(who, Scope.CASES) if who else self.headers
        return self.client.post(f"/api/v1/cases/{self.id}/{path}", headers=headers, json=body)

    def decide(self, kind="notify", **more):
        body = {"decision": kind, "reason": "Six chicks at once, no papers.", "version": self.case()["version"]}
        answer = self.post("decisions", **(body | DECISIONS[kind] | more))
        assert answer.status_code == 201, answer.text
        return answer.json

    def undo(self, who=None, version=None):
        return self.post("undo", who, version=version or self.case()["version"])

    def reports(self, who="ana"):
        headers = self.people.token(who)
        items = self.client.get("/api/v1/reports", headers=headers).json["items"]
        return [(item["status"], len(item["feedback"])) for item in items]


@pytest.fixture
def desk(people, report_json):
    return Desk(people, flag(people, report_json()))


def counted(model):
    with read() as session:
        return session.scalar(select(func.count()).select_from(model))


def audited(case_id):
    with read() as session:
        rows = select(AuditRow.action).where(AuditRow.object_id == case_id).order_by(AuditRow.seq)
        return list(session.scalars(rows))


# --- The wait --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", DECISIONS)
def test_nothing_leaves_and_nobody_is_told_before_the_time_is_over(desk, settings, later, kind):
    decided = desk.decide(kind)
    assert decided["state"] == LED_TO[kind] and decided["undo_until"]
    later(WAIT - timedelta(seconds=1))
    mia = desk.people.browser("mia").get("/notices").text
    assert "grey parrot" not in mia
    assert not mails(settings, "spoc@mercado.test") and not mails(settings, "ana@people.test")
    assert desk.reports() == [("received", 0)]
    assert (counted(Notice), counted(Message), counted(Feedback)) == (0, 0, 0)
    later(timedelta(seconds=2))
    later(timedelta(seconds=1))
    assert desk.reports()[0][1] == 1 and counted(Notice) == (kind == "notify")
    assert desk.case()["state"] == LED_TO[kind] and desk.case()["undo_until"] is None
    assert bool(mails(settings, "spoc@mercado.test")) == (kind == "notify")
    assert counted(PendingDecision) == 0


@pytest.mark.parametrize("kind", DECISIONS)
@pytest.mark.parametrize("state", ["open", "asked", "held"])
def test_an_undone_decision_was_never_made(desk, settings, later, kind, state):
    if state != "open":
        desk.decide({"asked": "ask", "held": "hold"}[state], **({"until": _in_a_week()} if state == "held" else {}))
        later()
    before, told = desk.case(), desk.reports()
    desk.decide(kind)
    undone = desk.undo()
    assert undone.status_code == 200, undone.text
    after = undone.json
    assert after.pop("version") > before.pop("version") and after == before
    with read() as session:
        case = session.get_one(Case, desk.id)
        assert bool(case.held_until) == (state == "held"), "it waits as long as before"
        assert case.held_why == ("police_first" if state == "held" else None)
    later()
    assert desk.reports() == told and counted(Notice) == 0 and counted(CaseDecision) == (state != "open")
    assert not mails(settings, "spoc@mercado.test")
    assert audited(desk.id)[-2:] == [f"case_{kind}", "case_undo"], "the audit trail has both"


def _in_a_week():
    return (clock.now() + timedelta(days=7)).isoformat()


def test_what_nobody_had_seen_is_unseen_again(desk, report_json):
    desk.decide("hold")
    with read() as session:
        assert session.get_one(Case, desk.id).unseen_count == 0
    flag(desk.people, report_json(), "ana")
    assert desk.undo().status_code == 200
    with read() as session:
        assert session.get_one(Case, desk.id).unseen_count == 2


def test_it_is_undone_in_time_or_not_at_all(desk, later):
    version = desk.decide()["version"]
    assert desk.undo(version=version - 1).status_code == 409
    assert desk.undo(version=version + 1).status_code == 409
    assert desk.post("undo").status_code == 422
    later(WAIT)
    for _ in range(2):
        refused = desk.undo(version=version)
        assert refused.status_code == 409 and "too late to undo" in refused.json["detail"]
    assert counted(Notice) == 1 and desk.case()["state"] == "notified"


def test_where_nothing_is_decided_an_undo_is_not_called_too_late(desk):
    refused = desk.undo()
    assert refused.status_code == 409 and refused.json["detail"] == "This case is undecided."


def test_the_time_is_over_for_an_undo_also_where_no_worker_runs(desk, later, monkeypatch):
    desk.decide()
    monkeypatch.setattr(work, "run_due", lambda: 0)
    later(WAIT)
    assert counted(Notice) == 0 and desk.undo().status_code == 409


def test_another_coordinator_may_stop_it_and_nobody_else(desk):
    desk.decide()
    for who in ("ana", "mia"):
        scope = Scope.REPORTS if who == "ana" else Scope.COMPANY
        headers = desk.people.token(who, scope)
        assert (
            desk.client.post(f"/api/v1/cases/{desk.id}/undo", headers=headers, json={"version": 2}).status_code == 403
        )
    assert desk.undo("dan").json["state"] == "open"
    assert desk.undo().status_code == 409, "nothing is left to undo"


def test_only_the_last_decision_can_be_undone_and_the_one_before_takes_effect(desk, later):
    desk.decide("hold")
    desk.decide("dismiss")
    assert desk.reports() == [("in_review", 1)], "the second was decided on a held case"
    assert desk.undo().json["state"] == "held"
    later()
    assert desk.reports() == [("in_review", 1)]


def test_after_an_undo_it_is_decided_anew(desk, later):
    desk.decide("dismiss")
    desk.undo()
    desk.decide("notify")
    later()
    assert desk.reports() == [("notified", 1)] and counted(Notice) == 1


@pytest.mark.parametrize("seconds", ["0", "1"])
def test_the_setting_says_how_long(people, report_json, monkeypatch, settings, seconds):
    monkeypatch.setattr(web, "settings", lambda: replace(settings, undo_seconds=int(seconds)))
    desk = Desk(people, flag(people, report_json()))
    decided = desk.decide("dismiss")
    assert (decided["undo_until"] is None) == (seconds == "0")
    assert desk.reports() == [("dismissed", 1) if seconds == "0" else ("received", 0)]
    assert desk.undo().status_code == (409 if seconds == "0" else 200)


# --- What happens meanwhile ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", DECISIONS)
def test_a_later_report_is_none_that_was_decided_on(desk, report_json, later, kind):
    desk.decide(kind)
    flag(desk.people, report_json(), "ana")
    later()
    assert sorted(feedback for _, feedback in desk.reports()) == [0, 1]
    assert ("received", 0) in desk.reports()
    state = desk.case()["state"]
    assert state == ("open" if kind == "dismiss" else LED_TO[kind]), "dismissed, and reported again"
    with read() as session:
        assert session.get_one(Case, desk.id).unseen_count == 1


def test_an_undone_dismissal_leaves_no_trace_in_what_is_reported_meanwhile(desk, report_json):
    desk.decide("dismiss")
    flag(desk.people, report_json(), "ana")
    after = desk.undo().json
    assert after["state"] == "open" and not [r for r in after["reasons"] if "ismissed" in r["words"]]


def test_frozen_reporters_hold_their_notice_up(desk, settings, later):
    desk.decide()
    freezing.freeze(desk.people.ids["ana"], desk.people.ids["cora"])
    later()
    assert counted(Notice) == 0 and not mails(settings, "spoc@mercado.test")
    page = desk.people.browser("cora").get(f"/cases/{desk.id}").text
    assert "Decided, and nothing has been sent yet." in page and "Undo" in page
    assert desk.case()["undo_until"] is None, "its time is over, and nobody knows how long it still waits"
    again = desk.post("decisions", decision="hold", reason="Wait.", why="other", version=desk.case()["version"])
    assert again.status_code == 409, "nor by a second decision"
    freezing.unfreeze(desk.people.ids["ana"], desk.people.ids["cora"], "She is safe.")
    later(timedelta(minutes=1))
    later(timedelta(seconds=1))
    assert counted(Notice) == 1 and mails(settings, "spoc@mercado.test")


def test_what_frozen_accounts_hold_has_not_taken_effect_and_is_undone(desk, settings, later):
    desk.decide()
    freezing.freeze(desk.people.ids["ana"], desk.people.ids["cora"])
    later()
    later(timedelta(minutes=2))
    assert desk.undo("dan").json["state"] == "open"
    freezing.unfreeze(desk.people.ids["ana"], desk.people.ids["cora"], "She is safe.")
    later(timedelta(minutes=2))
    assert counted(Notice) == 0 and not mails(settings, "spoc@mercado.test")


RETIRED = """
companies:
  - {slug: mercado, name: Mercado, policy_url: https://mercado.test/rules/wildlife, platforms: [], spocs: []}
"""
MOVED = """
companies:
  - slug: mercado
    name: Mercado
    policy_url: https://mercado.test/rules/wildlife
    platforms: [{slug: mercado, name: Mercado, domains: [mercado.test]}]
    spocs: [{name: Trust and Safety, email: other@mercado.test, languages: [en], channel: mail}]
"""


@pytest.mark.parametrize("directory", [RETIRED, MOVED])
def test_a_company_retired_or_moved_meanwhile_gets_nothing(desk, settings, later, directory):
    desk.decide()
    directory_import.import_companies(read_file(directory.encode()), replace=True)
    later()
    assert counted(Notice) == 0 and not mails(settings, "spoc@mercado.test") and desk.reports() == [("received", 0)]
    case = desk.case()
    assert case["state"] == "open" and "whom it would go to has changed" in case["reasons"][0]["words"]
    assert audited(desk.id)[-1] == "case_lapse"
    assert not [r for r in desk.decide("hold")["reasons"] if "Decide again" in r["words"]]


def test_a_reporter_who_joins_meanwhile_is_not_named(desk, settings, people, report_json, later):
    people.ids["quill"] = joining.add_account("quill@people.test", "Quillana", Role.SPOTTER, PASSWORD)
    accrediting.accredit_by_email("quill@people.test", "cora@people.test", "Careful.", Level.PROBATION, waive_exam=True)
    desk.decide(reason="Quillana sells six chicks at once.")
    flag(people, report_json(), "quill")
    later()
    assert counted(Notice) == 0 and not mails(settings, "spoc@mercado.test")
    assert desk.case()["state"] == "open" and "may name somebody" in desk.case()["reasons"][0]["words"]


def test_a_spotters_answer_is_read_before_anything_is_decided(desk, people, later):
    desk.decide("ask")
    later()
    desk.decide("dismiss")
    with read() as session:
        report_id = session.scalars(select(Report.id)).one()
    feedback.reply(people.ids["ana"], report_id, "The ring is open.")
    later()
    assert desk.case()["state"] == "open" and desk.reports() == [("in_review", 2)]
    assert "the case changed meanwhile" in desk.case()["reasons"][0]["words"]


@pytest.mark.parametrize("kind", ["notify", "dismiss", "hold"])
def test_a_companys_answer_is_read_before_anything_is_decided(desk, people, settings, later, kind):
    desk.decide()
    later()
    later(timedelta(seconds=1))
    with read() as session:
        first = session.scalars(select(Notice.id)).one()
    answering.answer_notice(first, {"answer": "need_info", "reason": "Which of the six?"}, Via.LINK)
    desk.decide(kind)
    answering.answer_notice(first, {"answer": "removed"}, Via.LINK)
    later()
    later(timedelta(seconds=1))
    assert desk.case()["state"] == "answered" and counted(Notice) == 1
    assert [status for status, _ in desk.reports()] == ["removed"]
    assert not [mail for mail in mails(settings, "spoc@mercado.test") if "withdrawn" in mail["Subject"]]


def test_a_notice_withdrawn_meanwhile_is_not_followed_by_another(desk, people, later):
    desk.decide()
    later()
    with read() as session:
        first = session.scalars(select(Notice.id)).one()
    answering.answer_notice(first, {"answer": "need_info", "reason": "Which of the six?"}, Via.LINK)
    desk.decide()
    answering.withdraw_notice(first, people.ids["dan"], "A museum’s page.")
    later()
    assert counted(Notice) == 1 and desk.case()["state"] == "closed"


@pytest.mark.parametrize("seen", [Seen.GONE, Seen.PRESENT])
def test_an_ad_that_is_seen_to_be_gone_meanwhile_is_not_notified_again(desk, people, later, seen):
    desk.decide()
    later()
    with read() as session:
        first = session.scalars(select(Notice.id)).one()
    answering.answer_notice(first, {"answer": "removed"}, Via.LINK)
    later()
    verification.look_as_coordinator(desk.id, people.ids["cora"], Seen.GONE)
    verification.look_as_coordinator(desk.id, people.ids["cora"], Seen.PRESENT)
    desk.decide()
    later(timedelta(seconds=1))
    verification.look_as_coordinator(desk.id, people.ids["dan"], seen)
    later()
    assert counted(Notice) == (1 if seen is Seen.GONE else 2)
    told = "a check has found since that the ad is gone" in people.browser("cora").get(f"/cases/{desk.id}").text
    assert told == (seen is Seen.GONE)


def test_a_question_that_nobody_can_answer_any_more_is_not_asked(desk, people, later):
    desk.decide("ask")
    closing.close(people.ids["ana"], people.ids["cora"], "Asked for it.")
    later()
    assert desk.case()["state"] == "open" and counted(Feedback) == 0


def test_no_second_opinion_is_asked_for_before_the_time_is_over(desk, people, later):
    desk.decide("hold", why="second_opinion")
    with read() as session:
        waiting = select(Case.id).where(Case.id.not_in(decisions.UNDER_WAY))
        assert session.scalars(waiting).all() == []
        assert practice_lane._live(session, people.ids["ana"], ()) == []


# --- Faults ----------------------------------------------------------------------------------------------------------


def test_a_worker_that_dies_before_the_effect_leaves_it_to_the_next(desk, later, monkeypatch):
    """Killed inside the transaction: nothing of it is kept, and the lease runs out."""
    desk.decide()

    class Killed(BaseException):
        pass

    def dies(*_args, **_more):
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(effect.reports, "move", dies)
        with pytest.raises(Killed):
            later()
    db.session.remove()
    assert counted(Notice) == 0 and counted(PendingDecision) == 1
    later(timedelta(seconds=lease.LEASE + 1))
    assert counted(Notice) == 1 and desk.reports() == [("notified", 1)]


def test_a_decision_that_breaks_every_worker_comes_back(desk, later, monkeypatch):
    desk.decide()

    def breaks(*_args, **_more):
        raise work.PermanentFailure("It breaks.")

    monkeypatch.setattr(effect, "carry_out", breaks)
    later()
    assert desk.case()["state"] == "open" and "an error of ours" in desk.case()["reasons"][0]["words"]
    assert counted(PendingDecision) == 0 and counted(Notice) == 0


# --- The rule --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("event", states.TAKEN_BACK)
def test_what_is_taken_back_leads_to_where_the_case_came_from(event):
    for came_from in (CaseState.OPEN, CaseState.ASKED, CaseState.HELD):
        for kind in DECISIONS:
            assert states.after(states.after(came_from, kind), event, came_from) == came_from
        for state in (CaseState.OPEN, CaseState.ANSWERED):
            with pytest.raises(Exception, match="not possible"):
                states.after(state, event, came_from)
    with pytest.raises(Exception, match="not possible"):
        states.after(CaseState.NOTIFIED, event)


# --- On the page -----------------------------------------------------------------------------------------------------


def offers(page):
    """What a page offers to undo: the line, and the cases it names."""
    forms = re.findall(r'<form class="note note-brand undo".*?</form>', page, re.DOTALL)
    return [
        (re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", form)).strip(), re.findall(r'"([0-9a-f]{32}:\d+)"', form))
        for form in forms
    ]


def on_page(browser, case_id, kind, query=""):
    with read() as session:
        version = session.get_one(Case, case_id).version
    form = {"decision": kind, "reason": "Look closer.", "version": version, "because": "other", "why": "other"}
    if kind == "notify":
        form |= {"none_of_these": "y", "basis": "policy", "good_faith": "y", "category": "live"}
    answer = browser.post(f"/cases/{case_id}/decisions{query}", data=form)
    assert answer.status_code == 302, answer.text
    return answer.location


@pytest.mark.parametrize("kind", DECISIONS)
def test_the_next_page_offers_to_undo_and_a_form_does_it(people, report_json, later, kind):
    first, second = (flag(people, report_json(f"https://mercado.test/itm/26537048280{n}")) for n in range(2))
    cora = people.browser("cora")
    location = on_page(cora, second, kind, "?q=parrot")
    assert location == f"/cases/{first}?q=parrot"
    [(line, named)] = offers(cora.get(location).text)
    assert line.startswith("Decided: ") and "African grey parrot" in line and "Nothing has been sent yet." in line
    assert re.search(r"Undo \((9|10) s\)", line), line
    assert not offers(people.browser("dan").get(location).text), "Dan did not decide it"
    assert offers(cora.get("/cases").text), "and so does the queue"
    undone = cora.post("/cases/undo?q=parrot", data={"case": named})
    assert undone.location == f"/cases/{second}?q=parrot"
    assert "Undone: 1 decision." in cora.get(undone.location).text and not offers(cora.get("/cases").text)
    later()
    assert counted(Notice) == 0 and counted(Feedback) == 0


def test_the_page_says_that_it_is_too_late(desk, people, later):
    cora = people.browser("cora")
    on_page(cora, desk.id, "dismiss")
    [(_, named)] = offers(cora.get("/cases").text)
    later()
    assert not offers(cora.get("/cases").text)
    page = cora.post("/cases/undo", data={"case": named}, follow_redirects=True).text
    assert "too late to undo" in page
    for nonsense in ({}, {"case": "x"}, {"case": ["0" * 32 + ":1", ":"]}):
        assert cora.post("/cases/undo", data=nonsense).status_code == 302


def test_another_coordinator_sees_on_the_case_that_nothing_has_left(desk, people):
    on_page(people.browser("cora"), desk.id, "notify")
    dan = people.browser("dan")
    page = dan.get(f"/cases/{desk.id}").text
    assert "nothing has been sent yet" in page
    [named] = re.findall(r'name="case" value="([^"]+)"', page)
    dan.post("/cases/undo", data={"case": named})
    assert desk.case()["state"] == "open"
