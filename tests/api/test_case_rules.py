"""Cases in small: no form without its token, whose picture, what a decision is made on, what a later report adds."""

import hashlib
import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, insert, select

from server.core import access, clock, endpoints
from server.core.database import new_id, read, write
from server.core.words import FeedbackCode, Level, Refused, Role, Scope
from server.journeys.report import answering, decision, feedback, following_up
from server.journeys.spotter import accrediting, closing
from server.ledger.cases import queue_store
from server.ledger.cases.models import CaseDecision
from server.ledger.companies import store as companies
from server.ledger.companies.address_models import AddressChange
from server.ledger.companies.models import Spoc
from server.ledger.notices import link
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Evidence, Feedback, Report
from tests.case_records import OTHER, audited, case_of
from tests.conftest import PASSWORD
from tests.lane_stories import second_opinion
from tests.sending import png
from tests.story import decide, flag

# --- Forms -----------------------------------------------------------------------------------------------------------


def test_no_form_of_any_page_is_taken_without_its_token(app, people):
    """A page of somebody else's cannot press our buttons: only the API, the answer link, a signed
    message of a company's and the link that stops mails go without."""
    browsers = {role: people.browser(who) for role, who in (
        (Role.SPOTTER, "ana"), (Role.COORDINATOR, "cora"), (Role.COMPANY, "mia"), (Role.ADMIN, "ada"),
    )}  # fmt: skip
    app.config["WTF_CSRF_ENABLED"] = True
    before = audited("account", "case", "round", "application", "spotter", "complaint")
    tried = 0
    for rule in app.url_map.iter_rules():
        declared = endpoints.RULES[rule.endpoint]
        if (
            "POST" not in (rule.methods or ())
            or declared.scope
            or rule.endpoint.startswith(
                ("accounts_api.", "answers.", "hooks_api.", "unsubscribe.")
            )  # they read no cookie
        ):
            continue
        path = rule.rule
        for name in rule.arguments:
            path = path.replace(f"<int:{name}>", "1").replace(f"<{name}>", uuid.uuid4().hex)
        role = min(access.holders(declared.action) if declared.action else {Role.SPOTTER})
        answer = browsers[role].post(path, data={"email": "x@example.org", "password": PASSWORD, "reason": "x"})
        outcome = answer.status_code, answer.headers.get("Location")
        assert answer.status_code == 400 and "open for too long" in answer.text, f"{path} as {role}: {outcome}"
        tried += 1
    assert tried > 40
    assert audited("account", "case", "round", "application", "spotter", "complaint") == before


# --- Evidence --------------------------------------------------------------------------------------------------------


def test_pictures_are_blurred_until_a_browser_wants_them_in_grey_or_in_full(people, report_json, work_all):
    case_id = flag(people, report_json(), screenshot=png())
    work_all()
    cora = people.browser("cora")

    def shown(query=""):
        page = cora.get(f"/cases/{case_id}{query}").text
        figure = re.search(r'<figure class="([^"]*)" id="picture-(\w+)">(.*?)</figure>', page, re.DOTALL)
        return figure[1], re.search(r'<img src="([^"]*)"', figure[3])[1], figure[2]

    style, address, file_id = shown()
    assert style == "veil" and "look" not in address
    for wanted, expected in (("grey", "veil looked grey"), ("full", "veil looked"), ("neon", "veil")):
        assert cora.post("/pictures", data={"pictures": wanted, "next": "/profile"}).location == "/profile"
        style, address, _ = shown()
        assert (style, "look" in address) == (expected, wanted != "neon")
        assert "look" not in shown(f"?blur={file_id}")[1], "blurred again by hand"
    assert "Choose how pictures of ads look at first" in cora.get("/profile").text


def test_a_picture_belongs_to_its_case_is_blurred_until_asked_for_and_its_original_opens_nowhere(
    people, report_json, work_all
):
    picture = png()
    case, other = flag(people, report_json(), screenshot=picture), flag(people, report_json(OTHER))
    work_all()
    with read() as session:
        file = session.scalars(select(Evidence.id)).one()
    cora = people.browser("cora")
    for path in (f"/evidence/{file}", f"/evidence/{file}/original"):
        assert cora.get(f"/cases/{other}{path}").status_code == 404
    assert cora.post(f"/cases/{other}/evidence/{file}/clean").status_code == 404
    blurred, clear = (cora.get(f"/cases/{case}/evidence/{file}{more}").data for more in ("", "?look=1"))
    assert blurred != clear and picture not in (blurred, clear)
    original = cora.get(f"/cases/{case}/evidence/{file}/original")
    assert original.data == picture
    assert original.mimetype == "application/octet-stream"
    assert (
        original.headers["Content-Disposition"] == f'attachment; filename="{hashlib.sha256(picture).hexdigest()}.bin"'
    )
    assert "sandbox" in original.headers["Content-Security-Policy"] and "no-store" in original.headers["Cache-Control"]
    assert original.headers["X-Content-Type-Options"] == "nosniff"


def again(case_id, count, **changed):
    """The case's report so many times more, with its files but for those whose hash is `changed`."""
    with write() as session:
        first = session.scalars(select(Report).where(Report.case_id == case_id).order_by(Report.id)).first()
        files = session.scalars(select(Evidence).where(Evidence.report_id == first.id)).all()
        for number in range(count):
            report = columns(first) | {"id": new_id()}
            session.execute(insert(Report).values(**report))
            for file in files:
                digest = f"{changed[file.name]}{number:02}" if file.name in changed else file.sha256
                kept = columns(file) | {"id": new_id(), "report_id": report["id"], "sha256": digest}
                session.execute(insert(Evidence).values(**kept))


def columns(row):
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def test_a_case_of_many_reports_shows_its_newest_pictures_each_once_and_folds_the_others(people, report_json, work_all):
    case = flag(people, report_json(), screenshot=png(), photo_1=png((60, 50), "red"), photo_2=png((9, 9), "blue"))
    work_all()
    again(case, 12, screenshot="s", photo_2="p")
    cora = people.browser("cora")
    page = cora.get(f"/cases/{case}").text
    seen, folded = page.split('<details class="more-pictures">')
    folded = folded.partition("</details>")[0]
    assert page.count('id="picture-') == 1 + 2 * 13, "the photo that all reports have is shown once"
    assert seen.count('id="picture-') == 3 and page.index("What the ad says") < page.index('id="picture-')
    assert "24 more pictures" in folded and "Screenshot: 12 · Photo: 12" in folded
    with read() as session:
        shots = session.scalars(select(Evidence.id).where(Evidence.name == "screenshot").order_by(Evidence.id)).all()
    assert f'id="picture-{shots[-1]}"' in seen and f"/evidence/{shots[0]}/clean" in folded
    assert all(f"/evidence/{shot}/original" in page for shot in shots)
    page = cora.get(f"/cases/{case}?look={shots[0]}").text
    assert '<details class="more-pictures" open>' in page and f"/evidence/{shots[0]}?look=1" in page
    cora.post(f"/cases/{case}/evidence/{shots[0]}/clean")
    seen = cora.get(f"/cases/{case}").text.partition('<details class="more-pictures"')[0]
    assert f'id="picture-{shots[0]}"' in seen, "what companies see is in sight"


def test_a_picture_of_a_notice_that_was_withdrawn_is_shown_to_nobody(people, client, report_json, work_all):
    case = flag(people, report_json(), screenshot=png())
    work_all()
    with read() as session:
        file = session.scalars(select(Evidence.id)).one()
    decision.mark_clean(file, people.ids["cora"])
    assert ("picture_marked_clean", people.ids["cora"]) in audited("evidence")
    notice = decide(people, case)
    path = link.answer_url(notice).removeprefix("http://spotter.test") + "/screenshot"
    assert client.get(path).status_code == 200
    answering.withdraw_notice(notice, people.ids["dan"], "It is a toy.")
    assert client.get(path).status_code == 404


# --- Cases -----------------------------------------------------------------------------------------------------------


def test_a_case_that_is_held_no_more_has_no_day_and_no_reason_to_wait(people, report_json):
    case = flag(people, report_json())
    until = clock.now() + timedelta(days=1)
    decision.decide(
        case, people.ids["cora"], decision="hold", note="x", version=1, hold_reason="police_first", until=until
    )
    assert (case_of(case).held_why, case_of(case).held_until) == ("police_first", until)
    with time_machine.travel(until + timedelta(minutes=1)):
        decision.release_held()
    assert (case_of(case).state, case_of(case).held_why, case_of(case).held_until) == ("open", None, None)


def test_reports_that_came_after_the_notice_are_taken_in_only_as_they_were_seen(people, report_json):
    case = flag(people, report_json())
    with pytest.raises(Refused, match="no notice"):
        decision.attach_reports(case, people.ids["cora"], case_of(case).version)
    decide(people, case)
    seen = case_of(case).version
    flag(people, report_json())
    with pytest.raises(Refused) as refused:
        decision.attach_reports(case, people.ids["cora"], seen)
    assert refused.value.kind == "stale" and case_of(case).unseen_count == 1
    decision.attach_reports(case, people.ids["cora"], case_of(case).version)
    assert case_of(case).unseen_count == 0


def test_a_report_that_is_added_when_the_answer_is_overdue_hears_that_none_came(people, report_json, work_all):
    case = flag(people, report_json())
    decide(people, case)
    work_all()
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        following_up.remind()
        work_all()
        flag(people, report_json())
        decision.attach_reports(case, people.ids["cora"], case_of(case).version)
    both = people.app.test_client().get("/api/v1/reports", headers=people.token("ana")).json["items"]
    assert [report["status"] for report in both] == ["no_answer"] * 2
    assert len({report["feedback"][-1]["text"] for report in both}) == 1


def test_the_desk_finds_a_case_by_the_name_of_any_of_its_reports(people, report_json):
    case, other = flag(people, report_json()), flag(people, report_json(OTHER))
    flag(people, report_json())
    with read() as session:
        names = list(session.scalars(select(Report.reference).where(Report.case_id == case)))
    assert len(names) == 2
    for name in names:
        page = people.browser("cora").get("/cases", query_string={"q": f" {name.lower()} "}).text
        assert f"/cases/{case}" in page and f"/cases/{other}" not in page


@pytest.mark.parametrize("sought", ["слоновая", "СЛОНОВАЯ", "слоновая кость", "mammut", "MAMMUT", "из рога"])
def test_the_desk_finds_a_case_by_its_title_whatever_the_case_of_its_letters(people, report_json, sought):
    report = report_json()
    report["listing"]["title"] = "Слоновая кость, Mammut; Из Рога"
    case, other = flag(people, report), flag(people, report_json(OTHER))
    page = people.browser("cora").get("/cases", query_string={"q": sought}).text
    assert f"/cases/{case}" in page and f"/cases/{other}" not in page


def test_who_cannot_be_reached_any_more_is_told_apart_from_who_never_could(people, report_json):
    case = flag(people, report_json())
    with write() as session:
        for spoc in session.scalars(select(Spoc)):
            companies.mark_bounced(session, spoc.id, spoc.email)
    with pytest.raises(Refused, match="The last email to Mercado bounced"):
        decide(people, case)
    with write() as session:
        session.execute(delete(AddressChange))
        session.execute(delete(Spoc))
    with pytest.raises(Refused, match="Mercado has no SPOC yet"):
        decide(people, case)


def test_a_case_without_a_route_is_counted_where_it_waits(people, report_json):
    flag(people, report_json())
    flag(people, report_json("https://nowhere.example/ad/1"))
    with read() as session:
        counts = queue_store.counts(session)
    assert (counts["waiting"], counts["unrouted"], counts["held"]) == (2, 1, 0)


def test_a_second_spotters_answer_is_seen_before_the_case_is_decided(people, report_json):
    """Two are asked; the coordinator who has read the first answer has not read the second."""
    case = flag(people, report_json())
    accrediting.accredit_by_email(
        "ben@people.test", "cora@people.test", "For the test.", Level.TRUSTED, waive_exam=True, second="dan@people.test"
    )
    with people.app.test_client() as client:
        headers = people.token("ben") | {"Idempotency-Key": str(uuid.uuid4())}
        assert client.post("/api/v1/reports", json=report_json(), headers=headers).status_code == 201
    decision.decide(case, people.ids["cora"], decision="ask", note="A ring?", version=case_of(case).version)
    with read() as session:
        asked = {row.account_id: row.id for row in session.scalars(select(Report))}
    feedback.reply(people.ids["ana"], asked[people.ids["ana"]], "A ring shows.")
    seen = case_of(case).version
    feedback.reply(people.ids["ben"], asked[people.ids["ben"]], "It is a toy.")
    with pytest.raises(Refused, match="changed since you opened it"):
        decision.decide(case, people.ids["cora"], decision="notify", note="A ring shows.", version=seen)


def test_a_decision_says_on_which_version_it_was_made(people, report_json):
    case = flag(people, report_json())
    seen = case_of(case).version
    decide(people, case)
    with read() as session:
        assert session.scalars(select(CaseDecision.version)).all() == [seen]


@pytest.mark.parametrize("day", ["2020-01-01", "today", "2099-01-01"])
def test_a_case_is_held_until_a_day_to_come_alone(people, report_json, day):
    case = flag(people, report_json())
    until = clock.now().date().isoformat() if day == "today" else day
    with time_machine.travel(clock.now().replace(hour=12)):
        form = {"decision": "hold", "why": "other", "reason": "Wait.", "until": until, "version": case_of(case).version}
        page = people.browser("cora").post(f"/cases/{case}/decisions", data=form)
    assert page.status_code == 422
    assert page.text.count("Choose a future date within a year.") >= 1
    assert case_of(case).state == "open"


@pytest.mark.parametrize("decision", ["dismiss", "ask", "notify", "hold"])
def test_no_decision_is_taken_for_a_reason_of_blanks(people, report_json, decision):
    case = flag(people, report_json())
    form = {"decision": decision, "reason": " \n ", "why": "other", "good_faith": "y", "basis": "policy"}
    page = people.browser("cora").post(f"/cases/{case}/decisions", data=form | {"version": case_of(case).version})
    assert page.status_code == 422
    assert "aria-invalid" in page.text
    assert case_of(case).state == "open"


@pytest.mark.parametrize(
    ("stated", "at_fault"),
    [({"answer": "not_violating", "reason": "  "}, "reason"), ({"answer": "removed", "reason": "a\x1bb"}, "reason"),
     ({"answer": "moved"}, "url"), ({"answer": "moved", "url": "javascript:alert(1)"}, "url")],
)  # fmt: skip
def test_an_answer_that_is_written_down_is_read_as_strictly_as_the_companys_own(people, report_json, stated, at_fault):
    case = flag(people, report_json())
    notice = decide(people, case)
    page = people.browser("cora").post(f"/cases/{case}/answers", data=stated | {"notice": notice, "via": "phone"})
    assert page.status_code == 422
    assert f'id="{at_fault}-error"' in page.text
    with read() as session:
        assert session.get_one(Notice, notice).answer is None


def test_blanks_around_a_written_down_reason_are_not_put_in_the_companys_mouth(people, report_json):
    case = flag(people, report_json())
    notice = decide(people, case)
    form = {"notice": notice, "answer": "removed", "reason": "  ", "via": "phone"}
    assert people.browser("cora").post(f"/cases/{case}/answers", data=form).status_code == 302
    with read() as session:
        feedback = session.scalars(select(Feedback).order_by(Feedback.id.desc()).limit(1)).one()
    assert (feedback.speaker, feedback.code, feedback.text) == ("coordinator", FeedbackCode.ANSWERED, None)
    assert feedback.params == {"company": "Mercado", "answer": "removed"}


def test_a_bare_report_that_comes_later_hides_nothing_that_was_read(people, report_json):
    """Ana flags with the extension; the next one has a telephone."""
    case = flag(people, report_json())
    flag(people, report_json(listing={"title": None}))
    page = people.browser("cora").get(f"/cases/{case}").text
    notice = decide(people, case)
    with read() as session:
        document = session.get_one(Notice, notice).document
    listing = report_json()["listing"]
    assert document["listing"]["seller"] == listing["seller"]["name"]
    assert document["listing"]["price"]["amount"] == listing["price"]["amount"]
    assert listing["seller"]["name"] in page
    assert listing["price"]["text"] in page


TUSK = {"title": "Genuine elephant ivory tusk", "description": "Genuine ivory tusk for sale, 3 kg.", "language": "en"}
TOY = {"title": "Holzspielzeug für Kinder", "description": "Handarbeit, wie neu.", "language": "de"}


def _listing(report_json, listing, **suspicion):
    report = report_json(listing=listing)
    return report | {"suspicion": report["suspicion"] | {"category": "part", "confidence": "certain"} | suspicion}


def _also(people, report):
    """Ben, on probation, flags the same listing."""
    accrediting.accredit_by_email(
        "ben@people.test", "cora@people.test", "For the test.", Level.PROBATION, waive_exam=True
    )
    headers = people.token("ben") | {"Idempotency-Key": str(uuid.uuid4())}
    assert people.app.test_client().post("/api/v1/reports", json=report, headers=headers).status_code == 201


def test_a_later_report_adds_its_wording_and_rewrites_nothing(people, report_json):
    """Ana reports a tusk; Ben states another text at the same address."""
    case = flag(people, _listing(report_json, TUSK))
    before = case_of(case)
    _also(people, _listing(report_json, TOY, category="product", confidence="unsure"))
    after = case_of(case)
    assert (after.text, after.matches) == (before.text, before.matches) and after.priority >= before.priority
    words = [reason for reason in before.reasons if reason["code"] in ("name", "trade_word", "goods", "real", "offer")]
    assert words and all(reason in after.reasons for reason in words)
    page = people.browser("cora").get(f"/cases/{case}").text
    assert "1 other wording was reported" in page and TOY["title"] in page
    with read() as session:
        assert session.get_one(Notice, decide(people, case)).document["listing"]["title"] == TUSK["title"]


def test_a_wording_that_makes_a_case_more_urgent_brings_its_own_reasons(people, report_json):
    case = flag(people, _listing(report_json, TOY, category="product", confidence="unsure"))
    before = case_of(case)
    _also(people, _listing(report_json, TUSK))
    after = case_of(case)
    assert after.priority > before.priority
    assert after.text == f"{TUSK['title']}\n{TUSK['description']}"
    assert all(after.text[start:end] for start, end, *_ in after.matches) and after.matches
    page = people.browser("cora").get(f"/cases/{case}").text
    assert TUSK["title"] in page and TOY["title"] in page


def test_one_persons_reports_of_a_listing_are_one_voice(people, client, report_json):
    case = flag(people, report_json())
    alone = case_of(case)
    for _ in range(4):
        flag(people, report_json())
    repeated = case_of(case)
    assert (repeated.report_count, repeated.spotter_count, repeated.priority) == (5, 1, alone.priority)
    _also(people, report_json())
    shown = client.get(f"/api/v1/cases/{case}", headers=people.token("cora", Scope.CASES)).json
    assert (shown["report_count"], shown["spotters"]) == (6, 2)
    assert shown["priority"] > alone.priority
    assert "2 spotters report it" in [reason["words"] for reason in shown["reasons"]]


@pytest.mark.parametrize("address", ["https://mercado.test/", "https://mercado.test/search?q=ivory"])
def test_a_page_that_is_no_ad_is_accepted_and_marked(people, report_json, address):
    """By API it is taken and marked; the form asks first, and takes a yes."""
    ad, page = flag(people, report_json()), flag(people, report_json(url=address))
    assert case_of(page).priority < case_of(ad).priority
    assert [reason["code"] for reason in case_of(page).reasons].count("no_listing") == 1
    form = {"key": str(uuid.uuid4()), "url": address, "category": "live", "reason": "A parrot.", "access": "public",
            "confidence": "likely", "legality_evidence": "none"}  # fmt: skip
    ana = people.browser("ana")
    asked = ana.post("/reports/new", data=form)
    assert asked.status_code == 422 and "This is the address of a single ad" in asked.text
    assert case_of(page).report_count == 1
    assert ana.post("/reports/new", data=form | {"single_ad": "y", "again": "y"}).status_code == 201
    assert case_of(page).report_count == 2


@pytest.mark.parametrize(("days", "told"), [(0, True), (0.9, True), (2, False), (400, False)])
def test_an_ad_from_a_day_to_come_is_not_called_posted_within_a_day(people, report_json, days, told):
    posted = (clock.now() + timedelta(days=days)).isoformat()
    report = flag(people, report_json(listing={"title": "Grey parrot", "posted_at": posted}))
    assert ("posted_today" in [reason["code"] for reason in case_of(report).reasons]) is told


def test_who_asked_for_a_second_opinion_does_not_decide(people, report_json):
    case_id = second_opinion(people, report_json())
    client, wanted = people.app.test_client(), {"decision": "dismiss", "reason": "A toy.", "because": "not_offered"}

    def decide(who):
        headers = people.token(who, Scope.CASES)
        version = client.get(f"/api/v1/cases/{case_id}", headers=headers).json["version"]
        return client.post(f"/api/v1/cases/{case_id}/decisions", headers=headers, json=wanted | {"version": version})

    refused = decide("cora")
    assert refused.status_code == 409 and "Another coordinator decides" in refused.json["detail"]
    page = people.browser("cora").get(f"/cases/{case_id}").text
    assert "Another coordinator decides" in page and "panel=dismiss" not in page
    assert "asked for a second opinion.</b>" not in page, "she knows"
    assert "You can ask: <bdi>Dan</bdi>. Until then nothing is sent." in page
    ada = people.browser("ada").get(f"/cases/{case_id}").text
    assert "You can ask: <bdi>Dan</bdi>" in ada and "/hand-over" not in ada
    dan = people.browser("dan")
    told = dan.get(f"/cases/{case_id}").text
    assert "<bdi>Cora</bdi> asked for a second opinion." in told and "You or another coordinator decides" in told
    assert "1 case waits for a second opinion" in dan.get("/attention").text
    tab = "/cases?tab=opinions"
    assert tab in dan.get("/cases").text and "panel=dismiss" in dan.get(tab).text
    assert decide("dan").status_code == 201
    assert tab not in dan.get("/cases").text and "1 case waits for a second opinion" not in dan.get("/attention").text


def test_a_second_opinion_that_was_held_until_a_day_is_said_after_that_day_too(people, report_json, work_all):
    case_id = second_opinion(people, report_json(), until=clock.now() + timedelta(days=2))
    with time_machine.travel(clock.now() + timedelta(days=3)):
        work_all()
        told = people.browser("dan").get(f"/cases/{case_id}").text
    assert "Held until" not in told and "<bdi>Cora</bdi> asked for a second opinion." in told
    assert "Their note: <bdi>Is it one?</bdi>" in told


def test_where_nobody_else_is_left_to_give_a_second_opinion_the_page_says_who_can_help(people, report_json):
    case_id = second_opinion(people, report_json())
    assert "Another coordinator decides" in people.browser("cora").get(f"/cases/{case_id}").text
    closing.close(people.ids["dan"], people.ids["ada"], "Has left.")
    page = people.browser("cora").get(f"/cases/{case_id}").text
    assert "there is no other coordinator who could give it. An administrator can open an account for one." in page
    client, headers = people.app.test_client(), people.token("cora", Scope.CASES)
    version = client.get(f"/api/v1/cases/{case_id}", headers=headers).json["version"]
    body = {"decision": "dismiss", "reason": "A toy.", "because": "not_offered", "version": version}
    assert client.post(f"/api/v1/cases/{case_id}/decisions", headers=headers, json=body).status_code == 409
