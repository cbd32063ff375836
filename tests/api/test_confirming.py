"""A lead looks at what their spotters report on probation: a voice of review, which decides nothing and counts for nobody."""

import dataclasses
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from server.core import clock, reasons
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.reasons import ReasonCode
from server.core.words import Level, Refused, Role
from server.journeys.report import confirming, decision, retracting, ring
from server.journeys.spotter import accrediting, closing, erasing, freezing, joining, naming_contacts
from server.ledger.alarms import store as alarms
from server.ledger.alarms.surge import Sign, Surge
from server.ledger.cases.models import Case
from server.people.accreditation import store as accreditation
from server.people.leads.models import Confirmation
from server.people.rounds import choice_store
from server.people.skill.levels import Move
from server.reads import judgements, records
from tests.conftest import PASSWORD
from tests.lead_stories import lead, reported
from tests.sending import png
from tests.story import decide

OTHER = "https://mercado.test/itm/grey-parrot/2653704829{:02}"


def case(case_id):
    with read() as session:
        found = session.get_one(Case, case_id)
        session.expunge(found)
        return found


def said(case_id):
    kept = [reasons.read(reason) for reason in case(case_id).reasons]
    return {
        reason.code: reason.params["number"]
        for reason in kept
        if reason.code in (ReasonCode.LEADS_CONFIRM, ReasonCode.LEADS_DOUBT)
    }


def confirmations():
    with read() as session:
        return list(session.scalars(select(Confirmation)))


def refused(call, *arguments):
    with pytest.raises(Refused) as refusal:
        call(*arguments)
    return refusal.value.kind


def settle(people, case_id, kind, **more):
    decision.decide(
        case_id, people.ids["cora"], decision=kind, note="Look closer.", version=case(case_id).version, **more
    )


def test_ana_says_that_she_would_report_it_too_and_the_coordinators_read_it(people, report_json):
    lead(people)
    report_id, case_id = reported(people, report_json())
    before = case(case_id)
    assert before.state == "open", "it is in the queue since it came"
    ana = people.browser("ana")
    assert "1 report to look at" in ana.get("/reports").text and f"/lead/reports/{report_id}" in ana.get("/lead").text
    assert ana.post(f"/lead/reports/{report_id}/confirmation", data={"said": "confirm"}).location == "/lead"
    after = case(case_id)
    assert (after.version, after.priority, after.spotter_count, after.report_count, after.signals, after.updated_at) == (
        before.version, before.priority, before.spotter_count, before.report_count, before.signals, before.updated_at,
    )  # fmt: skip
    assert said(case_id) == {ReasonCode.LEADS_CONFIRM: 1}
    page = people.browser("cora").get(f"/cases/{case_id}").text
    assert "1 lead would report it, too" in page and "Would report it, too" in page and "Ana" not in page
    assert "Your lead looked at this report on" in people.browser("ben").get(f"/reports/{report_id}").text
    assert "You would report it, too." in ana.get("/lead").text
    decide(people, case_id)


def test_a_doubt_needs_its_reason_and_the_spotter_does_not_read_it(people, report_json):
    lead(people)
    report_id, case_id = reported(people, report_json())
    ana = people.browser("ana")
    page = ana.post(f"/lead/reports/{report_id}/confirmation", data={"said": "doubt"})
    assert page.status_code == 422 and "Choose why you doubt it." in page.text and not confirmations()
    assert refused(confirming.confirm, report_id, people.ids["ana"], "doubt", "duplicate") == "invalid"
    ana.post(f"/lead/reports/{report_id}/confirmation", data={"said": "doubt", "because": "look_alike"})
    assert said(case_id) == {ReasonCode.LEADS_DOUBT: 1}
    assert "1 lead doubts it" in people.browser("cora").get(f"/cases/{case_id}").text
    ben = people.browser("ben").get(f"/reports/{report_id}").text
    assert "Your lead looked at this report" in ben and "doubt" not in ben.lower()


def test_she_takes_it_back_until_it_is_decided(people, report_json):
    lead(people)
    report_id, case_id = reported(people, report_json())
    ana = people.browser("ana")
    confirming.confirm(report_id, people.ids["ana"], "confirm")
    assert refused(confirming.confirm, report_id, people.ids["ana"], "doubt", "scam") == "conflict", "one a report"
    answer = ana.post(f"/lead/reports/{report_id}/confirmation/undo")
    assert answer.location == f"/lead/reports/{report_id}" and not confirmations() and said(case_id) == {}
    assert refused(confirming.take_back, report_id, people.ids["ana"]) == "not-found"
    confirming.confirm(report_id, people.ids["ana"], "doubt", "scam")
    settle(people, case_id, "dismiss", dismiss_reason="other")
    assert refused(confirming.take_back, report_id, people.ids["ana"]) == "conflict"
    assert "is no longer waiting for you" in ana.post(
        f"/lead/reports/{report_id}/confirmation/undo", follow_redirects=True
    ).text  # fmt: skip
    with read() as session:
        acts = session.scalars(
            select(AuditRow.action).where(AuditRow.object_id == report_id, AuditRow.actor_id == people.ids["ana"])
        ).all()
    assert acts == ["report_confirmed", "confirmation_taken_back", "report_confirmed"]


def _decided(people, report_id, case_id):
    decide(people, case_id)


def _dismissed(people, report_id, case_id):
    settle(people, case_id, "dismiss", dismiss_reason="other")


def _police(people, report_id, case_id):
    settle(people, case_id, "hold", hold_reason="police_first", until=clock.now() + timedelta(days=3))


def _withdrawn(people, report_id, case_id):
    retracting.retract(people.ids["ben"], report_id, "mistake")


def _set_aside(people, report_id, case_id):
    surge = Surge(reports=8, accounts=5, new=5, signs=(Sign.ONLY_HERE, Sign.SAME_WORDS, Sign.LITTLE_SAID))
    with write() as session:
        alarm_id = alarms.raise_alarm(session, case_id, surge).id
        alarms.add(session, alarm_id, [(report_id, case_id)], about=True)
    ring.withdraw(alarm_id, people.ids["cora"], "All of one hour.")


def _topic(people, report_id, case_id):
    with write() as session:
        choice_store.choose(session, people.ids["ana"], avoids=["bird"])


def _scope(people, report_id, case_id):
    accrediting.change_level(people.ids["ana"], people.ids["dan"], "For plants.", Level.LEAD, groups=["plant"])


def _language(people, report_id, case_id):
    accrediting.change_level(people.ids["ana"], people.ids["dan"], "For French.", Level.LEAD, languages=["fr"])


@pytest.mark.parametrize(
    "happens",
    [_decided, _dismissed, _police, _withdrawn, _set_aside, _topic, _scope, _language],
    ids=lambda each: each.__name__,
)
def test_what_is_decided_withdrawn_or_not_hers_to_judge_does_not_wait_for_her(people, report_json, happens):
    lead(people)
    report = report_json()
    report["listing"]["language"] = "en-GB"
    report_id, case_id = reported(people, report)
    happens(people, report_id, case_id)
    ana = people.browser("ana")
    assert f"/lead/reports/{report_id}" not in ana.get("/lead").text
    assert ana.get(f"/lead/reports/{report_id}").status_code == 404
    assert refused(confirming.confirm, report_id, people.ids["ana"], "confirm") == "conflict" and not confirmations()


@pytest.mark.parametrize("kind", ["ask", "hold"])
def test_what_waits_for_an_answer_or_a_second_opinion_waits_for_her_too(people, report_json, kind):
    lead(people)
    report_id, case_id = reported(people, report_json())
    settle(people, case_id, kind, **({"hold_reason": "second_opinion"} if kind == "hold" else {}))
    confirming.confirm(report_id, people.ids["ana"], "confirm")
    assert said(case_id) == {ReasonCode.LEADS_CONFIRM: 1}


def test_a_decision_that_can_still_be_undone_is_one(people, report_json):
    lead(people)
    report_id, case_id = reported(people, report_json())
    settings = people.app.config["SPOTTER"]
    people.app.config["SPOTTER"] = dataclasses.replace(settings, undo_seconds=60)
    settle(people, case_id, "dismiss", dismiss_reason="other")
    assert refused(confirming.confirm, report_id, people.ids["ana"], "confirm") == "conflict"


def _not_contact(people):
    naming_contacts.name_contact(people.ids["ben"], people.ids["cora"], people.ids["dan"])


def _not_lead(people):
    accrediting.change_level(people.ids["ana"], people.ids["cora"], "Has no time.", Level.TRUSTED)


def _stopped(people):
    accrediting.suspend(people.ids["ana"], people.ids["cora"], "While we talk.")


def _frozen(people):
    freezing.freeze(people.ids["ben"], people.ids["cora"])


def _closed(people):
    closing.close(people.ids["ben"], people.ids["cora"], "Left.")


@pytest.mark.parametrize(
    "change", [_not_contact, _not_lead, _stopped, _frozen, _closed], ids=lambda change: change.__name__
)
def test_only_the_lead_of_today_sees_it_and_only_of_who_is_there(people, report_json, change):
    lead(people)
    report_id, _ = reported(people, report_json())
    change(people)
    assert refused(confirming.confirm, report_id, people.ids["ana"], "confirm") == "not-found"
    if change is not _stopped:
        assert people.browser("ana").get(f"/lead/reports/{report_id}").status_code == 404


def test_nobody_confirms_their_own_report_nor_a_trusted_spotters_nor_an_ad_they_report_themselves(people, report_json):
    lead(people)
    own, _ = reported(people, report_json(OTHER.format(1)), "ana")
    assert refused(confirming.confirm, own, people.ids["ana"], "confirm") == "not-found"
    same, _ = reported(people, report_json(OTHER.format(1)))
    assert refused(confirming.confirm, same, people.ids["ana"], "confirm") == "conflict"
    accrediting.change_level(people.ids["ben"], people.ids["dan"], "Good.", Level.TRUSTED)
    trusted, _ = reported(people, report_json(OTHER.format(2)))
    assert refused(confirming.confirm, trusted, people.ids["ana"], "confirm") == "not-found"


def test_one_lead_is_one_voice_however_many_reports_of_an_ad_they_look_at(people, report_json):
    for key in ("eli", "una"):
        people.ids[key] = joining.add_account(f"{key}@people.test", key.title(), Role.SPOTTER, PASSWORD)
    accrediting.accredit_by_email(
        "una@people.test", "cora@people.test", "Tests.", Level.TRUSTED, waive_exam=True, second="dan@people.test"
    )
    lead(people, "ben", "eli")
    first, case_id = reported(people, report_json())
    second, _ = reported(people, report_json(), "eli")
    for report_id in (first, second):
        confirming.confirm(report_id, people.ids["ana"], "confirm")
    assert said(case_id) == {ReasonCode.LEADS_CONFIRM: 1}
    assert case(case_id).spotter_count == 2
    retracting.retract(people.ids["ben"], first, "mistake")
    retracting.retract(people.ids["eli"], second, "mistake")
    assert said(case_id) == {}, "what is withdrawn is spoken of by nobody"


def test_a_hundred_confirmations_make_nobody_trusted(people, report_json):
    lead(people)
    for number in range(25):
        report_id, _ = reported(people, report_json(OTHER.format(number)))
        confirming.confirm(report_id, people.ids["ana"], "confirm")
    with read() as session:
        for who in ("ben", "ana"):
            assert judgements.judged(session, people.ids[who]) == []
            assert judgements.move(session, people.ids[who])[1] is Move.STAY
        assert people.ids["ana"] not in accreditation.vouched(session, people.ids["ben"])


def test_she_sees_the_ads_words_without_the_ways_to_the_seller_and_no_screenshot(people, report_json, work_all):
    lead(people)
    report = report_json()
    report["listing"] |= {
        "description": "Call +44 20 7946 0958 or write to seller@people.test, Gus Tannen.",
        "seller": {"name": "Gus Tannen"},
    }
    report["suspicion"] |= {"reason": "Gus Tannen sells chicks, https://mercado.test/u/gus"}
    report_id, case_id = reported(people, report, screenshot=png((300, 300)), photo_1=png((300, 300), "red"))
    work_all()
    ana = people.browser("ana")
    page = ana.get(f"/lead/reports/{report_id}").text
    for hidden in ("Tannen", "7946", "mercado", "seller@", case_id, report["url"]):
        assert hidden not in page, hidden
    assert "sells chicks" in page and page.count('class="veil"') == 1
    photo = page.partition(f"/lead/reports/{report_id}/photos/")[2].partition('"')[0]
    assert ana.get(f"/lead/reports/{report_id}/photos/{photo}").mimetype == "image/webp"
    other, _ = reported(people, report_json(OTHER.format(3)))
    assert ana.get(f"/lead/reports/{other}/photos/{photo}").status_code == 404
    decide(people, case_id, taxa=[])
    assert ana.get(f"/lead/reports/{report_id}/photos/{photo}").status_code == 404


def test_after_a_refused_answer_the_pictures_still_open_on_the_reports_page(people, report_json, work_all):
    """A GET of the form's own address is none: looking went to "This is not possible here"."""
    lead(people)
    report_id, _ = reported(people, report_json(), screenshot=png((300, 300)), photo_1=png((300, 300), "red"))
    work_all()
    refused = people.browser("ana").post(f"/lead/reports/{report_id}/confirmation", data={})
    assert refused.status_code == 422 and "Choose what you say about it." in refused.text
    assert f'action="/lead/reports/{report_id}#picture-' in refused.text
    assert "/confirmation#picture-" not in refused.text
    mine = people.browser("ben").post(f"/reports/{report_id}/retraction", data={})
    assert (
        mine.status_code == 422
        and "/retraction#picture-" not in mine.text
        and f'"/reports/{report_id}#picture-' in mine.text
    )


def test_a_page_at_a_time_the_oldest_first(people, report_json):
    lead(people)
    ids = [reported(people, report_json(OTHER.format(number)))[0] for number in range(23)]
    ana = people.browser("ana")
    page = ana.get("/lead").text
    assert "23 reports to look at" in ana.get("/reports").text
    assert all(each in page for each in ids[:20]) and not any(each in page for each in ids[20:])
    following = page.partition('href="/lead?after=')[2].partition("#")[0]
    page = ana.get(f"/lead?after={following}").text
    assert all(each in page for each in ids[20:]) and not any(each in page for each in ids[:20])
    assert ana.get("/lead?after=zzz").status_code == 422


def test_it_stays_without_a_name_when_the_lead_is_erased_and_is_in_her_record_before(people, report_json):
    lead(people)
    report_id, case_id = reported(people, report_json())
    confirming.confirm(report_id, people.ids["ana"], "doubt", "scam")
    with read() as session:
        record = records.record(session, people.ids["ana"])
        [row] = list(record["confirmations"])
    assert row["said"] == "doubt" and row["because"] == "scam" and report_id not in row.values()
    erasing.erase(people.ids["ana"], people.ids["cora"])
    assert (
        said(case_id) == {ReasonCode.LEADS_DOUBT: 1}
        and "Doubts it" in people.browser("cora").get(f"/cases/{case_id}").text
    )


def test_a_listing_that_came_back_is_told_without_what_leads_said_of_earlier_reports(people, report_json):
    lead(people)
    report_id, case_id = reported(people, report_json())
    confirming.confirm(report_id, people.ids["ana"], "confirm")
    settle(people, case_id, "dismiss", dismiss_reason="other")
    assert said(case_id) == {ReasonCode.LEADS_CONFIRM: 1}, "kept with what was decided"
    again, _ = reported(people, report_json())
    assert case(case_id).state == "open" and said(case_id) == {}
    assert f"/lead/reports/{again}" in people.browser("ana").get("/lead").text


def test_another_wording_of_the_ad_keeps_what_leads_said(people, report_json):
    people.ids["eli"] = joining.add_account("eli@people.test", "Eli", Role.SPOTTER, PASSWORD)
    lead(people, "ben", "eli")
    report = report_json()
    report["listing"] |= {"title": "A bird", "description": ""}
    report_id, case_id = reported(people, report)
    confirming.confirm(report_id, people.ids["ana"], "confirm")
    text = case(case_id).text
    reported(people, report_json(), "eli")
    assert case(case_id).text != text and said(case_id) == {ReasonCode.LEADS_CONFIRM: 1}


def test_the_database_itself_keeps_one_a_report_and_a_doubt_with_its_reason(people, report_json):
    lead(people)
    report_id, _ = reported(people, report_json())
    for values in ({"said": "doubt"}, {"said": "confirm", "because": "scam"}, {"said": "maybe"}):
        with pytest.raises(IntegrityError), write() as session:
            session.add(Confirmation(report_id=report_id, account_id=people.ids["ana"], at=clock.now(), **values))
