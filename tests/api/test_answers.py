"""What a company answers: by link, inbox and API, one vocabulary; and what the spotter then hears."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from server.core import clock
from server.core.config import Settings
from server.core.database import read
from server.core.words import Answer, CaseState, Refused, Scope, Seen, Status, Via
from server.journeys.report import answering, decision, replying, verification
from server.ledger.cases.models import Case
from server.ledger.notices import link
from server.ledger.notices.models import GivenAnswer, Notice
from server.ledger.reports.models import Report
from server.reads import disputes
from tests.conftest import People
from tests.story import decide, flag, mails, notify

Make = Callable[..., dict[str, Any]]


@pytest.fixture
def notice_id(people: People, report_json: Make) -> str:
    """A notice on Ana's report, at Mercado."""
    return notify(people, report_json())


@pytest.fixture
def page(notice_id: str) -> str:
    """The path of its answer link."""
    return link.answer_url(notice_id).removeprefix("http://spotter.test")


def given(notice_id: str) -> list[tuple[str, str | None, str]]:
    """The answers that were kept: word, reason, way."""
    with read() as session:
        rows = select(GivenAnswer).where(GivenAnswer.notice_id == notice_id).order_by(GivenAnswer.id)
        return [(row.answer, row.reason, row.via) for row in session.scalars(rows)]


def everything() -> list[Any]:
    """Every row of what an answer could touch."""
    from server.core.audit import AuditRow
    from server.core.work import Work
    from server.ledger.cases.models import Case
    from server.ledger.reports.models import Feedback, Report

    with read() as session:
        counted = [session.scalar(select(func.count()).select_from(m)) for m in (GivenAnswer, AuditRow, Feedback, Work)]
        states = [session.execute(select(m)).all() for m in (Case.version, Case.state, Report.status, Notice.answer)]
        return counted + states


# --- By link ---------------------------------------------------------------------------------------------------------


def test_opening_the_link_changes_nothing_and_sets_no_cookie(client: FlaskClient, page: str) -> None:
    """Mail scanners open every link, some with a browser."""
    before = everything()
    for _ in range(20):
        for answer in (client.get(page), client.head(page), client.get(page + "?answer=removed")):
            assert answer.status_code == 200
            assert "Set-Cookie" not in answer.headers
            assert answer.headers["Cache-Control"] == "no-store"
    assert everything() == before


def test_nothing_is_preselected_and_a_form_without_a_choice_is_refused(
    client: FlaskClient, page: str, notice_id: str
) -> None:
    shown = client.get(page).text
    assert shown.count('type="radio" name="answer"') == len(Answer)
    assert "checked" not in shown.split("<form", 1)[1]
    assert "csrf_token" not in shown
    for form in ({}, {"answer": ""}, {"answer": "gone fishing"}, {"reason": "x"}):
        refused = client.post(page, data=form)
        assert refused.status_code == 422
        assert "Choose what you did." in refused.text or "Not a valid choice" in refused.text
    assert given(notice_id) == []


def test_a_person_answers_without_account_cookie_or_token(client: FlaskClient, page: str, notice_id: str) -> None:
    done = client.post(page, data={"answer": "removed", "reason": "Live animals are not allowed here.", "url": ""})
    assert done.status_code == 200
    assert "Set-Cookie" not in done.headers
    assert "Your answer is recorded" in done.text
    assert "Change until" in done.text and "If the listing comes back" in done.text
    assert given(notice_id) == [("removed", "Live animals are not allowed here.", "link")]
    with read() as session:
        assert session.scalars(select(GivenAnswer.account_id)).all() == [None]


@pytest.mark.parametrize(
    ("answer", "last", "when"),
    [
        ("removed", "We look again", "from "),
        ("not_violating", "Answer", "<time"),
        ("need_info", "Our reply", ""),
        ("passed_on", "Your decision", "by "),
    ],
)
def test_the_receipt_shows_the_notices_life_and_ends_it_where_the_story_ends(
    client: FlaskClient, page: str, answer: str, last: str, when: str
) -> None:
    done = client.post(page, data={"answer": answer, "reason": "The seller has shown a permit."}).text
    *_, step = done.partition('<ol class="trail"')[2].partition("</ol>")[0].split("<li")
    assert f'class="name">{last}<' in step
    assert f'class="when">{when}' in step if when else "when" not in step


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"answer": "not_violating"}, "Say why it may stay."),
        ({"answer": "not_violating", "reason": "   "}, "Say why it may stay."),
        ({"answer": "need_info"}, "Say what you need to know."),
        ({"answer": "moved"}, "Enter the listing’s new address."),
        ({"answer": "moved", "url": "javascript:alert(1)"}, "http"),
        ({"answer": "removed", "reason": "x" * 5001}, "5000"),
        ({"answer": "removed", "reason": "a\0b"}, "control character"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    client: FlaskClient, page: str, notice_id: str, form: dict[str, str], says: str
) -> None:
    refused = client.post(page, data=form)
    assert refused.status_code == 422
    assert says in refused.text
    assert given(notice_id) == []


def test_a_doubled_click_is_one_answer(client: FlaskClient, page: str, notice_id: str) -> None:
    for _ in range(3):
        assert client.post(page, data={"answer": "removed"}).status_code == 200
    assert len(given(notice_id)) == 1


@pytest.mark.parametrize("answer", ["cannot_locate", "removed"])
def test_the_same_again_is_heard_once_after_our_reply_or_a_look_and_changes_nothing_without(
    people: People, notice_id: str, answer: str
) -> None:
    def again(*, heard: bool) -> None:
        assert answering.answer_notice(notice_id, {"answer": answer}, Via.API) is heard
        with read() as session:
            case, report = session.scalars(select(Case)).one(), session.scalars(select(Report)).one()
        assert (case.state, report.status) == (
            (CaseState.ANSWERED, Status.REMOVED) if answer == "removed" else (CaseState.OPEN, Status.IN_REVIEW)
        )

    again(heard=True)
    with read() as session:
        case_id = session.scalars(select(Case.id)).one()
    with time_machine.travel(clock.now() + timedelta(days=2)):
        again(heard=False)
        if answer == "removed":
            verification.look_as_coordinator(case_id, people.ids["cora"], Seen.PRESENT)
        else:
            replying.reply_to_company(notice_id, people.ids["cora"], "It is under Birds.")
        again(heard=True)
        again(heard=False)


@pytest.mark.parametrize("answer", ["received", "not_violating", "restricted", "reinstated"])
def test_a_look_that_contradicts_nothing_makes_the_same_again_no_new_answer(
    people: People, notice_id: str, answer: str
) -> None:
    """A program that says so every night."""
    with read() as session:
        case_id = session.scalars(select(Case.id)).one()
    for night in range(3):
        with time_machine.travel(clock.now() + timedelta(days=night)):
            answering.answer_notice(notice_id, {"answer": answer, "reason": "A toy."}, Via.API)
            verification.look_as_coordinator(case_id, people.ids["cora"], Seen.PRESENT)
    assert len(given(notice_id)) == 1


def test_the_same_again_is_heard_where_the_ad_was_reported_again(
    people: People, notice_id: str, report_json: Make
) -> None:
    answering.answer_notice(notice_id, {"answer": "removed"}, Via.API)
    with time_machine.travel(clock.now() + timedelta(days=2)):
        flag(people, report_json() | {"captured_at": clock.now().isoformat()})
        assert [answering.answer_notice(notice_id, {"answer": "removed"}, Via.API) for _ in range(2)] == [True, False]


def test_an_answer_may_be_changed_for_72_hours_and_the_earlier_ones_stay(
    client: FlaskClient, page: str, notice_id: str
) -> None:
    start = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        client.post(page, data={"answer": "received"})
        clock.shift(timedelta(days=6))  # a receipt does not start the clock
        assert client.post(page, data={"answer": "not_violating", "reason": "It is a toy."}).status_code == 200
        clock.shift(timedelta(hours=71))
        assert client.post(page, data={"answer": "removed"}).status_code == 200
        clock.shift(timedelta(hours=2))  # from the first that decided, not from the last
        opened = client.get(page)
        assert opened.status_code == 200
        assert "It is back online" in opened.text, "the one answer that is still possible"
        assert 'value="removed"' not in opened.text
        late = client.post(page, data={"answer": "restricted"})
        assert late.status_code == 410
        assert "72 hours" in late.text
        back = client.post(page, data={"answer": "reinstated"})
        assert back.status_code == 200, "possible at any time"
        assert "Your answer is recorded" in back.text
        assert "Change until" not in back.text and "If the listing comes back" not in back.text
        assert "It is back online" not in client.get(page).text
    assert [answer for answer, _, _ in given(notice_id)] == ["received", "not_violating", "removed", "reinstated"]
    with read() as session:
        assert session.get_one(Notice, notice_id).answer == "reinstated"


def test_a_receipt_after_a_decision_says_that_the_decision_stands(client: FlaskClient, page: str) -> None:
    waits = "We wait for your decision."
    assert waits in client.post(page, data={"answer": "received"}).text
    client.post(page, data={"answer": "restricted"})
    for answer in ("received", "passed_on", "duplicate"):
        said = client.post(page, data={"answer": answer}).text
        assert "Your earlier answer still stands:" in said and "Restricted" in said, answer
        assert waits not in said and "is told" not in said


def test_a_receipt_claims_nothing_of_the_person_who_reported_it(client: FlaskClient, page: str) -> None:
    """What changes nothing is told to nobody, and ends nothing; without a reason none is passed on."""
    for answer in ("received", "passed_on", "duplicate"):
        said = client.post(page, data={"answer": answer}).text
        assert "We wait for your decision." in said and "is told" not in said and "no more reminders" not in said
    removed = client.post(page, data={"answer": "removed"}).text
    assert "The person who reported it is told." in removed and "with your reason" not in removed


@pytest.mark.parametrize("how", ["late", "withdrawn"])
def test_what_was_typed_stays_where_a_link_is_closed_meanwhile(
    client: FlaskClient, people: People, page: str, notice_id: str, how: str
) -> None:
    client.post(page, data={"answer": "removed"})
    if how == "withdrawn":
        answering.withdraw_notice(notice_id, people.ids["cora"], "It was a toy.")
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=73), tick=True):
        closed = client.post(page, data={"answer": "not_violating", "reason": "A <toy> of wood."})
        assert closed.status_code == 410 and "A &lt;toy&gt; of wood." in closed.text
        assert "What you wrote" not in client.get(page).text


def test_a_link_we_never_made_is_not_found(client: FlaskClient, page: str, notice_id: str) -> None:
    token = page.rpartition("/")[2]
    named, signed = token.split(".")
    forged = f"{named}.{'A' if signed[0] != 'A' else 'B'}{signed[1:]}"
    for wrong in (token[:-2], forged, f"{named}.", named, notice_id, "x", token + "xyz", "." * 50):
        for path in (f"/answers/{wrong}", f"/answers/{wrong}/screenshot"):
            assert client.get(path).status_code == 404
        assert client.post(f"/answers/{wrong}", data={"answer": "removed"}).status_code == 404
    assert given(notice_id) == []


def test_a_signature_made_for_another_purpose_opens_no_answer(
    client: FlaskClient, settings: Settings, notice_id: str
) -> None:
    from itsdangerous import URLSafeSerializer

    token = URLSafeSerializer(settings.secret_key, salt="join").dumps(notice_id)
    assert client.get(f"/answers/{token}").status_code == 404


def test_a_withdrawn_notice_asks_for_nothing_any_more(
    client: FlaskClient, people: People, page: str, notice_id: str
) -> None:
    answering.withdraw_notice(notice_id, people.ids["cora"], "It was a toy.")
    assert client.get(page).status_code == 410
    assert client.post(page, data={"answer": "removed"}).status_code == 410
    assert given(notice_id) == []
    inbox = people.browser("mia")
    assert notice_id in inbox.get("/notices?tab=withdrawn").text
    assert inbox.post(f"/notices/{notice_id}", data={"answer": "removed"}).status_code == 410


@pytest.mark.parametrize("how", ["withdrawn", "replaced"])
def test_that_its_listing_is_back_is_heard_of_a_notice_that_takes_nothing_else(
    client: FlaskClient, people: People, page: str, notice_id: str, how: str
) -> None:
    with read() as session:
        case_id = session.get_one(Notice, notice_id).case_id
    client.post(page, data={"answer": "removed"} if how == "withdrawn" else {"answer": "need_info", "reason": "Why?"})
    if how == "withdrawn":
        answering.withdraw_notice(notice_id, people.ids["cora"], "It was a toy.")
    else:
        decide(people, case_id)

    def case_and_report() -> list[Any]:
        with read() as session:
            return [*session.execute(select(Case.state, Case.version)), *session.execute(select(Report.status))]

    before = case_and_report()
    shown = client.get(page)
    assert shown.status_code == 410 and "It is back online" in shown.text
    token, path = people.token("mia", Scope.COMPANY), f"/api/v1/notices/{notice_id}/answers"
    for answer, status in (("restricted", 410), ("received", 410), ("reinstated", 201)):
        assert client.post(path, json={"answer": answer}, headers=token).status_code == status
    assert client.post(page, data={"answer": "removed"}).status_code == 410
    again = client.post(page, data={"answer": "reinstated"})
    assert again.status_code == 200, "twice the same"
    assert "Change until" not in again.text and "is told, with your reason" not in again.text
    assert [answer for answer, _, _ in given(notice_id)][1:] == ["reinstated"]
    assert case_and_report() == before
    assert "It is back online</button>" not in client.get(page).text
    assert client.get(path.removesuffix("/answers"), headers=token).json["thread"][-1]["kind"] == "answer"


@pytest.mark.parametrize("answer", ["received", "passed_on"])
def test_a_receipt_does_not_end_a_coordinators_hold(people: People, notice_id: str, answer: str) -> None:
    def case() -> Case:
        with read() as session:
            return session.scalars(select(Case)).one()

    answering.answer_notice(notice_id, {"answer": "need_info", "reason": "Which picture?"}, Via.LINK)
    until = clock.now() + timedelta(days=3)
    decision.decide(
        case().id, people.ids["cora"], decision="hold", note="The police know.", version=case().version,
        hold_reason="police_first", until=until,
    )  # fmt: skip
    answering.answer_notice(notice_id, {"answer": answer}, Via.LINK)
    assert case().state == "held" and case().held_why == "police_first"
    answering.answer_notice(notice_id, {"answer": "removed"}, Via.LINK)
    assert case().state == "answered", "what the company did is done"


# --- In the inbox and by API -----------------------------------------------------------------------------------------


def test_a_replaced_notice_leads_to_the_newer_one_as_long_as_that_asks_for_an_answer(
    client: FlaskClient, people: People, notice_id: str, page: str, work_all: Callable[[], int]
) -> None:
    answering.answer_notice(notice_id, {"answer": "need_info", "reason": "Which rule?"}, Via.LINK)
    with read() as session:
        case_id = session.get_one(Notice, notice_id).case_id
    newer = decide(people, case_id)
    inbox = people.browser("mia")

    def told() -> list[str]:
        return [client.get(page).text, inbox.get(f"/notices/{notice_id}").text]

    path, number = link.answer_url(newer).removeprefix("http://spotter.test"), f"/notices/{newer}"
    for text in told():  # it has not arrived
        assert "replaces this one" in text and "You do not have to do anything" in text
        assert "Please answer" not in text and path not in text and number not in text
    work_all()
    by_link, in_inbox = told()
    assert path in by_link and number not in by_link and number in in_inbox
    assert all("Please answer" in text and "do not have to do" not in text for text in (by_link, in_inbox))
    answering.withdraw_notice(newer, people.ids["cora"], "We were wrong.")
    for text in told():
        assert "You do not have to do anything" in text and "Please answer" not in text and path not in text
    assert text.index("A newer notice replaces this one") < text.index("Why we suspect it"), "first, also on a phone"


def test_mia_answers_in_her_inbox(people: People, notice_id: str) -> None:
    browser = people.browser("mia")
    assert notice_id in browser.get("/notices").text
    assert browser.post(f"/notices/{notice_id}", data={}).status_code == 422
    assert browser.post(f"/notices/{notice_id}", data={"answer": "restricted"}).status_code == 302
    assert given(notice_id) == [("restricted", None, "portal")]
    assert notice_id not in browser.get("/notices").text
    assert notice_id in browser.get("/notices?tab=answered").text
    assert "Restricted" in browser.get(f"/notices/{notice_id}").text


def test_an_answered_notice_asks_for_nothing_and_leads_to_the_next_that_waits(
    people: People, report_json: Make
) -> None:
    first, second = (notify(people, report_json(url=f"https://mercado.test/itm/26537048281{n}")) for n in range(2))
    notify(people, report_json(url="https://tradepost.test/ad/4471"))  # another company's
    mia = people.browser("mia")
    page = mia.get(f"/notices/{first}").text
    assert "Answer by" in page and f'href="/notices/{second}" data-key="n"' in page
    page = mia.post(f"/notices/{first}", data={"answer": "removed"}, follow_redirects=True).text
    assert "Recorded." in page and "Answer by" not in page and f'href="/notices/{second}" data-key="n"' in page
    page = mia.post(f"/notices/{second}", data={"answer": "received"}, follow_redirects=True).text
    assert "Answer by" in page and 'data-key="n"' not in page, "a receipt is no answer yet, and no other waits"


def test_mia_answers_several_notices_at_once_and_only_her_own(people: People, report_json: Make) -> None:
    mine = [notify(people, report_json(url=f"https://mercado.test/itm/26537048281{n}")) for n in range(3)]
    theirs = notify(people, report_json(url="https://tradepost.test/ad/4471"))
    browser = people.browser("mia")
    for form in (
        {"answer": "removed"},
        {"notice": mine, "answer": ""},
        {"notice": mine, "answer": "not_violating"},
        {"notice": mine, "answer": "moved"},
    ):
        assert browser.post("/notices", data=form).status_code == 422
    assert browser.post("/notices", data={"notice": [*mine, theirs], "answer": "removed"}).status_code == 404
    assert [given(each) for each in (*mine, theirs)] == [[]] * 4, "all or nothing, when one is not hers"
    answering.withdraw_notice(mine[2], people.ids["cora"], "It was a toy.")
    form = {"notice": mine, "answer": "removed", "reason": "Not allowed here."}
    assert "2 notices answered" in browser.post("/notices", data=form, follow_redirects=True).text
    assert [len(given(each)) for each in mine] == [1, 1, 0]


def test_a_program_answers_with_everything_the_contract_names(
    client: FlaskClient, people: People, notice_id: str
) -> None:
    token = people.token("mia", Scope.COMPANY)
    body = {
        "answer": "access_disabled",
        "reason": "Against our rules in the EU.",
        "url": "https://mercado.test/itm/265370482805",
        "actions": ["hidden in 27 countries"],
        "ground": "policy",
        "company_reference": "MRC-77",
        "automated": False,
        "redress_url": "https://mercado.test/appeal/77",
    }
    answer = client.post(f"/api/v1/notices/{notice_id}/answers", json=body, headers=token)
    assert answer.status_code == 201
    kept = answer.json
    assert {name: kept[name] for name in body} == body
    assert kept["via"] == "api"
    assert kept["notice_id"] == notice_id
    shown = client.get(f"/api/v1/notices/{notice_id}", headers=token).json
    assert (shown["answer"], shown["answered_at"]) == ("access_disabled", kept["at"])


def test_a_program_gets_its_own_answer_back_though_a_colleague_was_faster_with_the_next(
    client: FlaskClient, people: People, notice_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_notice = answering.answer_notice

    def and_a_colleague(*args: Any) -> None:
        answer_notice(*args)
        answer_notice(notice_id, {"answer": "restricted"}, Via.PORTAL, people.ids["mia"])

    monkeypatch.setattr(answering, "answer_notice", and_a_colleague)
    headers = people.token("mia", Scope.COMPANY)
    told = client.post(f"/api/v1/notices/{notice_id}/answers", json={"answer": "removed"}, headers=headers).json
    assert (told["answer"], told["via"]) == ("removed", "api")
    assert [each for each, *_ in given(notice_id)] == ["removed", "restricted"]


@pytest.mark.parametrize("body", [
    {}, {"answer": "gone"}, {"answer": "removed", "extra": 1}, {"answer": "not_violating"}, {"answer": "moved"},
    {"answer": "need_info", "reason": " "}, {"answer": "removed", "automated": "yes"},
    {"answer": "removed", "automated": 0}, {"answer": "removed", "automated": 1}, {"answer": None}, [], "removed",
    {"answer": "removed", "ground": "whim"}, {"answer": "removed", "reason": "a\u0000b"},
    {"answer": "removed", "actions": "hide"}, {"answer": "removed", "redress_url": "mailto:a@b.test"},
])  # fmt: skip
def test_a_malformed_answer_is_refused_and_nothing_is_kept(
    client: FlaskClient, people: People, notice_id: str, body: Any
) -> None:
    headers = people.token("mia", Scope.COMPANY)
    answer = client.post(f"/api/v1/notices/{notice_id}/answers", json=body, headers=headers)
    assert answer.status_code == 422, answer.text
    assert answer.mimetype == "application/problem+json"
    assert given(notice_id) == []


def test_every_answer_of_the_vocabulary_can_be_given(client: FlaskClient, people: People, notice_id: str) -> None:
    token = people.token("mia", Scope.COMPANY)
    for answer in Answer:
        body = {"answer": answer, "reason": "Because.", "url": "https://mercado.test/itm/265370482806"}
        sent = client.post(f"/api/v1/notices/{notice_id}/answers", json=body, headers=token)
        assert sent.status_code == 201, (answer, sent.text)
    assert [word for word, _, _ in given(notice_id)] == [answer.value for answer in Answer]


@pytest.mark.parametrize("later", ["received", "passed_on", "duplicate"])
def test_what_changes_nothing_leaves_a_decision_as_it_is(
    client: FlaskClient, people: People, notice_id: str, later: str
) -> None:
    """A company's system that confirms what its people have long decided."""
    token, at = people.token("mia", Scope.COMPANY), f"/api/v1/notices/{notice_id}"
    client.post(f"{at}/answers", json={"answer": "removed"}, headers=token)
    before, counted = client.get(at, headers=token).json, client.get("/api/v1/figures", headers=token).json

    assert client.post(f"{at}/answers", json={"answer": later}, headers=token).json["answer"] == later

    after = client.get(at, headers=token).json
    assert [entry["answer"] for entry in after.pop("thread")] == ["removed", later]
    assert after | {"thread": before["thread"]} == before
    assert client.get("/api/v1/figures", headers=token).json == counted
    cora = people.token("cora", Scope.CASES)
    case = client.get("/api/v1/cases", headers=cora).json["items"][0]
    assert (case["state"], case["notice"]["state"], case["notice"]["answer"]) == ("answered", "answered", "removed")


def test_a_receipt_leaves_what_is_disputed(people: People, notice_id: str) -> None:
    for answer in ({"answer": "not_violating", "reason": "It may stay."}, {"answer": "received"}):
        answering.answer_notice(notice_id, answer, Via.API)
    with read() as session:
        ground = disputes.ground(session, session.get_one(Notice, notice_id))
        assert ground and ground.answer.answer == "not_violating"


def test_a_coordinator_records_what_came_by_mail(people: People, notice_id: str) -> None:
    answering.answer_notice(notice_id, {"answer": "removed", "reason": "Done."}, Via.MAIL, people.ids["cora"])
    assert given(notice_id) == [("removed", "Done.", "mail")]
    with pytest.raises(Refused):
        answering.answer_notice("0" * 32, {"answer": "removed"}, Via.MAIL, people.ids["cora"])


# --- What the spotter hears ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("removed", Status.REMOVED),
        ("already_gone", Status.REMOVED),
        ("restricted", Status.RESTRICTED),
        ("not_violating", Status.KEPT),
        ("received", Status.NOTIFIED),
        ("duplicate", Status.NOTIFIED),
        ("need_info", Status.IN_REVIEW),
    ],
)
def test_ana_sees_what_became_of_her_report_with_the_companys_reason(
    client: FlaskClient, people: People, page: str, answer: str, status: Status
) -> None:
    client.post(page, data={"answer": answer, "reason": "We looked twice."})
    (report,) = client.get("/api/v1/reports", headers=people.token("ana")).json["items"]
    assert report["status"] == status
    sentences = [entry["text"] for entry in report["feedback"]]
    assert ("We looked twice." in sentences) is (status != Status.NOTIFIED)


def test_ana_gets_a_mail_with_the_outcome_and_the_reason_in_quotation_marks(
    client: FlaskClient, page: str, work_all: Callable[[], int], settings: Settings
) -> None:
    client.post(page, data={"answer": "removed", "reason": "Live protected species are not allowed here."})
    work_all()
    mail = mails(settings, "ana@people.test")[-1]
    assert mail["Subject"].startswith("Removed: report R-")
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        assert "“Live protected species are not allowed here.”" in " ".join(
            body.get_content().replace("<bdi>", "").replace("</bdi>", "").split()
        )
    assert "parrot" not in str(mail.items())
