"""Two people never on one case: claimed, shown, let go, handed over, taken over; a decision by somebody else is refused."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select

from server.core import clock
from server.core.audit import AuditRow
from server.core.config import Settings
from server.core.database import read, write
from server.core.words import Scope, Via
from server.journeys.report import answering, claiming, retracting
from server.journeys.spotter import closing
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case, CaseClaim
from server.ledger.reports.models import Report
from tests.conftest import People, settings_for
from tests.statements import statements
from tests.story import decide, flag

Make = Callable[..., dict[str, Any]]
DISMISS = {"decision": "dismiss", "reason": "A museum’s page.", "because": "not_offered"}
HOLD = {"decision": "hold", "reason": "Look closer.", "why": "second_opinion"}


@pytest.fixture
def seconds() -> str:
    """How long a decision can be undone."""
    return "0"


@pytest.fixture
def settings(database_url: str, tmp_path: Any, seconds: str) -> Settings:
    return settings_for(tmp_path, database_url, SPOTTER_UNDO_SECONDS=seconds)


class Desk:
    """Ana's reports of some listings, and what coordinators do with their cases by API."""

    def __init__(self, people: People, report_json: Make) -> None:
        self.people, self.client = people, people.app.test_client()
        self.cases = [flag(people, report_json(f"https://mercado.test/itm/{265370482805 + n}")) for n in range(3)]
        self.case_id = self.cases[0]
        self.headers = {who: people.token(who, Scope.CASES) for who in ("cora", "dan")}

    def post(self, who: str, path: str, body: Any, case_id: str = "") -> Any:
        path = f"/api/v1/cases/{case_id or self.case_id}/{path}"
        return self.client.post(path, headers=self.headers[who], json=body)

    def claim(self, who: str, case_id: str = "", **body: Any) -> Any:
        return self.post(who, "claim", body, case_id)

    def decide(self, who: str, case_id: str = "", **body: Any) -> Any:
        return self.post(who, "decisions", DISMISS | {"version": self.version(case_id)} | body, case_id)

    def version(self, case_id: str = "") -> int:
        with read() as session:
            return session.get_one(Case, case_id or self.case_id).version

    def shown(self, case_id: str = "") -> Any:
        return self.client.get(f"/api/v1/cases/{case_id or self.case_id}", headers=self.headers["cora"]).json

    def holder(self, case_id: str = "") -> str | None:
        claim = self.shown(case_id)["claim"]
        return claim and claim["name"]

    def listed(self, who: str, claimed_by: str) -> set[int]:
        answer = self.client.get(f"/api/v1/cases?claimed_by={claimed_by}", headers=self.headers[who])
        assert answer.status_code == 200, answer.text
        return {self.cases.index(item["id"]) for item in answer.json["items"]}


@pytest.fixture
def desk(people: People, report_json: Make) -> Desk:
    return Desk(people, report_json)


def audited(case_id: str) -> list[str]:
    with read() as session:
        rows = select(AuditRow.action).where(AuditRow.object_id == case_id, AuditRow.actor_id.is_not(None))
        return [action for action in session.scalars(rows.order_by(AuditRow.seq)) if action != "report_received"]


def text(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"</?bdi>", "", page.text)))


# --- Claiming --------------------------------------------------------------------------------------------------------


def test_a_claim_stands_for_half_an_hour_and_ends_by_itself(desk: Desk) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        answer = desk.claim("cora")
        claim = answer.json["claim"]
        assert answer.status_code == 200 and (claim["name"], claim["account_id"]) == ("Cora", desk.people.ids["cora"])
        assert datetime.fromisoformat(claim["until"]) == clock.now() + timedelta(minutes=30)
        assert desk.claim("dan").status_code == 409 and desk.holder() == "Cora"
        traveller.shift(timedelta(minutes=29, seconds=59))
        assert desk.claim("dan").status_code == 409
        traveller.shift(timedelta(seconds=1))
        assert desk.holder() is None
        assert desk.claim("dan").status_code == 200 and desk.holder() == "Dan"
        assert desk.claim("cora").status_code == 409
    assert audited(desk.case_id) == ["case_claimed", "case_claimed"]


def test_the_refusal_says_who_and_until_when_and_how_to_take_it_over(desk: Desk) -> None:
    claim = desk.claim("cora").json["claim"]
    for answer in (desk.claim("dan"), desk.decide("dan")):
        assert answer.status_code == 409 and answer.json["type"].endswith("/claimed")
        assert "Cora" in answer.json["detail"] and "Take it over" in answer.json["detail"]
        said = answer.json["claim"]
        assert said["name"] == "Cora" and datetime.fromisoformat(said["until"]) == datetime.fromisoformat(
            claim["until"]
        )
    assert desk.shown()["state"] == "open"


def test_it_is_taken_over_with_a_word(desk: Desk) -> None:
    desk.claim("cora")
    assert desk.claim("dan", take_over=True).json["claim"]["name"] == "Dan"
    assert desk.decide("cora").status_code == 409, "it is Dan's now"
    assert audited(desk.case_id) == ["case_claimed", "case_taken_over"]
    with read() as session:
        detail = session.scalar(select(AuditRow.detail).where(AuditRow.action == "case_taken_over"))
    assert detail == {"account_id": desk.people.ids["cora"]}, "the trail keeps whose it was"


def test_it_is_let_go_by_its_holder_alone(desk: Desk) -> None:
    assert desk.post("cora", "unclaim", None).status_code == 200, "nobody's before and after"
    desk.claim("cora")
    assert desk.post("dan", "unclaim", None).status_code == 409 and desk.holder() == "Cora"
    assert desk.post("cora", "unclaim", None).json["claim"] is None
    assert desk.decide("dan").status_code == 201


def test_a_case_that_there_is_not_cannot_be_claimed(desk: Desk) -> None:
    assert desk.claim("cora", "0" * 32).status_code == 404
    assert desk.post("cora", "claim", {"take_over": "perhaps"}).status_code == 422


# --- Acting ----------------------------------------------------------------------------------------------------------


def test_acting_on_the_case_renews_the_claim_and_looking_does_not(desk: Desk) -> None:
    cora, dan = desk.people.browser("cora"), desk.people.browser("dan")
    with time_machine.travel(clock.now(), tick=False) as traveller:
        desk.claim("cora")

        def left() -> timedelta:
            return datetime.fromisoformat(desk.shown()["claim"]["until"]) - clock.now()

        traveller.shift(timedelta(minutes=20))
        assert cora.get(f"/cases/{desk.case_id}?panel=dismiss").status_code == 200
        assert left() == timedelta(minutes=10)
        dan.post(f"/cases/{desk.case_id}/preview", data={"version": 1})
        assert left() == timedelta(minutes=10), "what Dan does renews nothing of Cora's"
        cora.post(f"/cases/{desk.case_id}/preview", data={"version": 1})
        assert left() == timedelta(minutes=30)
        traveller.shift(timedelta(minutes=31))
        cora.post(f"/cases/{desk.case_id}/preview", data={"version": 1})
        assert desk.holder() is None, "what is over is not revived: it may be somebody else's any moment"


@pytest.mark.parametrize("seconds", ["10"])
def test_a_claim_lasts_until_the_decision_takes_effect_and_an_undo_leaves_it(
    desk: Desk, work_all: Callable[[], int]
) -> None:
    with time_machine.travel(clock.now(), tick=True) as traveller:
        desk.claim("cora")
        assert desk.decide("cora").status_code == 201 and desk.holder() == "Cora"
        assert desk.post("dan", "undo", {"version": desk.version()}).status_code == 200, "whoever sees the mistake"
        assert desk.holder() == "Cora" and desk.shown()["state"] == "open", "as if it had not been"
        desk.decide("cora")
        traveller.shift(timedelta(seconds=11))
        work_all()
        assert desk.shown()["state"] == "closed" and desk.holder() is None


@pytest.mark.parametrize("seconds", ["10"])
def test_while_a_decision_can_be_undone_a_colleague_has_to_take_the_case_over_to_decide_again(desk: Desk) -> None:
    desk.claim("cora")
    desk.decide("cora", **HOLD | {"because": None, "why": "other"})
    refused = desk.decide("dan")
    assert refused.status_code == 409 and refused.json["type"].endswith("/claimed"), refused.text
    assert desk.shown()["state"] == "held" and desk.shown()["undo_until"], "what Cora decided waits on"
    assert desk.decide("dan", take_over=True).status_code == 201 and desk.holder() == "Dan"


@pytest.mark.parametrize("seconds", ["10"])
def test_whoever_claims_a_case_meanwhile_keeps_it_when_a_colleagues_decision_takes_effect(
    desk: Desk, work_all: Callable[[], int]
) -> None:
    with time_machine.travel(clock.now(), tick=True) as traveller:
        desk.decide("cora", **HOLD | {"because": None, "why": "other"})
        desk.claim("dan")
        traveller.shift(timedelta(seconds=11))
        assert work_all(), "a claim is in no worker's way"
        assert desk.shown()["undo_until"] is None and desk.holder() == "Dan"


@pytest.mark.parametrize("seconds", ["0", "10"])
def test_a_second_opinion_is_nobodys_and_never_the_requesters(desk: Desk, seconds: str) -> None:
    desk.claim("cora")
    assert desk.decide("cora", **HOLD | {"because": None}).status_code == 201
    assert desk.claim("cora").status_code == 409 if seconds == "0" else True
    assert desk.decide("dan").status_code == 201, "nothing is in the second one's way"


def test_the_requester_of_a_second_opinion_is_not_given_the_case(desk: Desk) -> None:
    desk.decide("cora", **HOLD | {"because": None})
    answer = desk.claim("dan", hand_over_to=desk.people.ids["cora"])
    assert answer.status_code == 409 and "second opinion" in answer.json["detail"]
    assert desk.claim("cora").status_code == 409 and desk.holder() is None


def test_a_decision_takes_the_case_over_with_a_field(desk: Desk) -> None:
    desk.claim("cora")
    assert desk.decide("dan").status_code == 409
    assert desk.decide("dan", take_over=True).status_code == 201
    assert audited(desk.case_id)[:2] == ["case_claimed", "case_taken_over"] and desk.holder() is None


def test_of_many_decisions_each_meets_the_claims_by_itself(desk: Desk) -> None:
    desk.claim("cora", desk.cases[1])

    def send(**more: Any) -> list[dict[str, Any]]:
        items = [
            DISMISS | {"case_id": case_id, "version": desk.version(case_id)} | more
            for case_id in desk.cases
            if desk.shown(case_id)["state"] == "open"
        ]
        answer = desk.client.post("/api/v1/cases/decisions", headers=desk.headers["dan"], json=items)
        return list(answer.json["items"])

    first = send()
    assert [item["status"] for item in first] == [201, 409, 201]
    assert first[1]["type"].endswith("/claimed") and first[1]["claim"]["name"] == "Cora"
    assert [item["status"] for item in send(take_over=True)] == [201]


# --- Handing over, and leaving ---------------------------------------------------------------------------------------


def test_a_case_is_handed_over_and_its_new_holder_sees_it_under_attention(desk: Desk) -> None:
    dan = desk.people.browser("dan")
    assert "handed over to you" not in text(dan.get("/attention"))
    desk.claim("cora")
    answer = desk.claim("cora", hand_over_to="DAN@people.test")
    assert answer.status_code == 200 and answer.json["claim"]["name"] == "Dan"
    assert "1 case was handed over to you" in text(dan.get("/attention"))
    assert "handed over to you" not in text(desk.people.browser("cora").get("/attention"))
    assert "Handed over by Cora." in text(dan.get(f"/cases/{desk.case_id}"))
    assert desk.decide("cora").status_code == 409
    assert desk.decide("dan").status_code == 201
    assert "handed over to you" not in text(dan.get("/attention"))


def test_what_is_handed_over_after_a_notice_is_seen_under_attention_too(desk: Desk) -> None:
    dan = desk.people.browser("dan")
    notice_id = decide(desk.people, desk.case_id)
    for reach, state in ((lambda: None, "notified"), (lambda: _answer(notice_id), "answered")):
        reach()
        assert desk.shown()["state"] == state
        assert desk.claim("cora", hand_over_to=desk.people.ids["dan"], take_over=True).status_code == 200
        assert "1 case was handed over to you" in text(dan.get("/attention")), state


def _answer(notice_id: str) -> None:
    answering.answer_notice(notice_id, {"answer": "removed", "reason": "Looked at."}, Via.LINK)


def test_a_closed_case_is_handed_over_to_nobody(desk: Desk) -> None:
    assert desk.decide("cora").status_code == 201
    answer = desk.claim("cora", hand_over_to=desk.people.ids["dan"])
    assert answer.status_code == 409 and "closed" in answer.json["detail"] and desk.holder() is None
    path, cora = f"/cases/{desk.case_id}/hand-over", desk.people.browser("cora")
    page = text(cora.post(path, data={"to": desk.people.ids["dan"]}, follow_redirects=True))
    assert "This case is closed" in page and "sees it under Attention" not in page


@pytest.mark.parametrize("closed_by", ["withdrawn report", "ring", "withdrawn notice"])
def test_nobody_works_on_a_case_that_something_else_has_closed(desk: Desk, closed_by: str) -> None:
    ids = desk.people.ids
    notice_id = decide(desk.people, desk.case_id) if closed_by == "withdrawn notice" else ""
    desk.claim("cora", hand_over_to=ids["dan"])
    if notice_id:
        answering.withdraw_notice(notice_id, ids["cora"], "Sent by mistake.")
    elif closed_by == "ring":
        with write() as session:
            cases.move(session, cases.get(session, desk.case_id, lock=True), "set_aside", ids["cora"])
    else:
        with read() as session:
            report_id = session.scalars(select(Report.id).where(Report.case_id == desk.case_id)).one()
        retracting.retract(ids["ana"], report_id, "mistake")
    assert (desk.shown()["state"], desk.holder()) == ("closed", None)
    assert desk.claim("dan", desk.cases[1]).status_code == 200 and desk.holder(desk.cases[1]) == "Dan"


def test_what_is_handed_over_waits_for_a_day_at_most(desk: Desk) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        desk.claim("cora", hand_over_to=desk.people.ids["dan"])
        traveller.shift(timedelta(hours=23, minutes=59))
        assert desk.holder() == "Dan"
        traveller.shift(timedelta(minutes=1))
        assert desk.holder() is None and desk.decide("cora").status_code == 201


@pytest.mark.parametrize("to", ["cora", "ana", "mia", "ada", "nobody@people.test", "0" * 32])
def test_it_is_handed_over_to_another_coordinator_only(desk: Desk, to: str) -> None:
    answer = desk.claim("cora", hand_over_to=desk.people.ids.get(to, to))
    assert answer.status_code == 422 and "hand_over_to" in answer.json["errors"]


def test_what_somebody_else_has_is_handed_over_with_the_same_word(desk: Desk) -> None:
    desk.claim("dan")
    body = {"hand_over_to": desk.people.ids["dan"]}
    assert desk.claim("cora", **body).status_code == 409
    assert desk.claim("cora", **body, take_over=True).status_code == 200


def test_a_closed_account_keeps_no_case_and_is_given_none(desk: Desk) -> None:
    desk.claim("dan")
    closing.close(desk.people.ids["dan"], desk.people.ids["ada"], "He has left.")
    assert desk.holder() is None and desk.decide("cora").status_code == 201
    answer = desk.claim("cora", desk.cases[1], hand_over_to=desk.people.ids["dan"])
    assert answer.status_code == 422
    with pytest.raises(Exception, match="Only coordinators"):
        claiming.claim(desk.cases[1], desk.people.ids["dan"])


def test_the_worker_deletes_what_is_over(desk: Desk) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        desk.claim("cora")
        traveller.shift(timedelta(minutes=10))
        desk.claim("dan", desk.cases[1])
        traveller.shift(timedelta(minutes=25))
        claiming.drop_claims()
        with read() as session:
            assert session.scalars(select(CaseClaim.case_id)).all() == [desk.cases[1]]


# --- The queue -------------------------------------------------------------------------------------------------------


def test_the_queue_is_narrowed_by_who_claimed_what(desk: Desk) -> None:
    desk.claim("cora", desk.cases[0])
    desk.claim("dan", desk.cases[1])
    ids = desk.people.ids
    found = {who: desk.listed("cora", who) for who in ("me", "nobody", ids["dan"], "Dan@people.test", "x@y.test", "z")}
    assert list(found.values()) == [{0}, {2}, {1}, {1}, set(), set()]
    assert desk.listed("dan", "me") == {1}
    with time_machine.travel(clock.now() + timedelta(minutes=31)):
        assert (desk.listed("cora", "me"), desk.listed("cora", "nobody")) == (set(), {0, 1, 2})
    page = desk.people.browser("cora").get("/cases?claimed_by=me").text
    assert set(re.findall(r'hx-get="/cases/([0-9a-f]{32})', page)) == {desk.cases[0]}
    assert '<option value="me" selected>Me</option>' in page and f'<option value="{ids["dan"]}">Dan</option>' in page
    admin = desk.people.browser("ada").get("/cases?claimed_by=nobody")
    assert admin.status_code == 200 and 'value="me"' not in admin.text


def test_row_and_page_say_who_and_until_when(desk: Desk) -> None:
    desk.claim("cora")
    for who, says in (
        ("cora", "Claimed by you until"),
        ("dan", "Claimed by Cora until"),
        ("ada", "Claimed by Cora until"),
    ):
        browser = desk.people.browser(who)
        assert says in text(browser.get("/cases")) and says in text(browser.get(f"/cases/{desk.case_id}"))
    assert "Take over from Cora" in text(desk.people.browser("dan").get(f"/cases/{desk.case_id}"))
    assert "Take over" not in text(desk.people.browser("ada").get(f"/cases/{desk.case_id}"))


def test_a_name_in_a_sentence_about_a_claim_keeps_its_own_direction(desk: Desk) -> None:
    dan = desk.people.browser("dan")
    desk.claim("cora")
    for page in (dan.get("/cases").text, dan.get(f"/cases/{desk.case_id}").text):
        assert "Claimed by <bdi>Cora</bdi> until" in page and "Claimed by Cora" not in page
    page = dan.get(f"/cases/{desk.case_id}").text
    assert "Take over from <bdi>Cora</bdi>" in page and "Take over from Cora" not in page
    desk.claim("cora", hand_over_to=desk.people.ids["dan"])
    for page in (dan.get(f"/cases/{desk.case_id}").text, dan.get("/attention").text):
        assert "Handed over by <bdi>Cora</bdi>." in page
    choice = r'<option value="[^"]+" dir="auto">Cora</option>'
    assert re.search(choice, dan.get(f"/cases/{desk.case_id}").text), "an option can hold no element"


def test_one_press_claims_lets_go_hands_over_and_takes_over(desk: Desk) -> None:
    cora, dan = desk.people.browser("cora"), desk.people.browser("dan")
    path = f"/cases/{desk.case_id}"
    assert cora.post(f"{path}/claim").location == path and desk.holder() == "Cora"
    assert "Cora has claimed this case" in text(dan.post(f"{path}/claim", follow_redirects=True))
    assert desk.holder() == "Cora"
    page = dan.post(f"{path}/claim", data={"take_over": "1"}, follow_redirects=True)
    assert "Taken over from Cora." in text(page) and desk.holder() == "Dan"
    page = dan.post(f"{path}/hand-over", data={"to": desk.people.ids["cora"]}, follow_redirects=True)
    assert "Handed over to Cora" in text(page) and desk.holder() == "Cora"
    assert "Choose another coordinator." in text(cora.post(f"{path}/hand-over", follow_redirects=True))
    cora.post(f"{path}/unclaim")
    assert desk.holder() is None


def test_the_ticked_cases_are_claimed_together_each_by_itself(desk: Desk) -> None:
    desk.claim("dan", desk.cases[1])
    ticked = [f"{case_id}:1" for case_id in desk.cases]
    cora = desk.people.browser("cora")
    answer = cora.post("/cases/claim?q=parrot", data={"case": ticked})
    assert answer.location == "/cases?q=parrot"
    page = text(cora.get(answer.location))
    assert "You claimed 2 cases." in page and "Dan has claimed this case" in page
    assert [desk.holder(case_id) for case_id in desk.cases] == ["Cora", "Dan", "Cora"]
    assert "Tick at least one case first." in text(cora.post("/cases/claim", follow_redirects=True))


def test_the_panel_keeps_what_was_written_and_has_a_button_to_take_over(desk: Desk) -> None:
    desk.claim("cora")
    dan, form = desk.people.browser("dan"), {"version": 1, **DISMISS}
    refused = dan.post(f"/cases/{desk.case_id}/decisions", data=form)
    assert refused.status_code == 409 and "A museum’s page." in refused.text
    assert "Take over from Cora, and decide" in text(refused)
    assert dan.post(f"/cases/{desk.case_id}/decisions", data=form | {"take_over": "1"}).status_code == 302
    assert desk.shown()["state"] == "closed"


def test_many_at_once_name_what_is_claimed_and_can_take_it_over(desk: Desk) -> None:
    desk.claim("cora", desk.cases[1])
    form = {"case": [f"{case_id}:1" for case_id in desk.cases], **DISMISS}
    dan = desk.people.browser("dan")
    refused = dan.post("/cases/many", data=form)
    assert refused.status_code == 409 and "Cora has claimed this case" in text(refused)
    assert "Take over and decide" in text(refused)
    again = dan.post("/cases/many", data=form | {"case": [f"{desk.cases[1]}:1"], "take_over": "1"})
    assert again.status_code == 302 and desk.shown(desk.cases[1])["state"] == "closed"


def test_the_next_case_after_a_decision_is_none_that_somebody_else_has(desk: Desk) -> None:
    third, second, first = desk.cases  # the newest is first in the queue
    desk.claim("cora", second)
    form = {"version": 1, **DISMISS}
    assert desk.people.browser("dan").post(f"/cases/{first}/decisions", data=form).location == f"/cases/{third}"


def test_claims_take_one_statement_however_many_there_are(desk: Desk) -> None:
    cora, numbers = desk.people.browser("cora"), []
    for case_id in desk.cases:
        desk.claim("cora" if case_id == desk.case_id else "dan", case_id)
        with statements() as sent:
            cora.get("/cases")
        numbers.append(sum("case_claims" in each for each in sent))
    assert numbers == [2, 2, 2], "of the list, and of the case beside it"


def test_a_coordinators_record_has_their_claims_and_names_nobody_else(desk: Desk) -> None:
    desk.claim("cora", hand_over_to=desk.people.ids["dan"])
    record = desk.people.browser("dan").get("/profile/record.json").json
    [row] = record["case_claims"]
    assert row["case_id"] == desk.case_id and desk.people.ids["cora"] not in str(row)
    with read() as session:
        assert session.scalar(select(func.count()).select_from(CaseClaim)) == 1
