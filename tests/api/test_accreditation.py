"""Accreditation as people meet it: signed, examined, let in by another, stopped, heard again; and it counts at once."""

import re
import shutil
import uuid
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from server import create_app
from server.core import clock
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import Level, Refused, Standing
from server.journeys.spotter import accrediting, gate
from server.ledger.cases.models import Case
from server.ledger.reports.models import Report
from server.pages.accreditation import certified
from server.people.accounts.models import Account
from server.people.accreditation import deciding, standings, store
from server.people.accreditation.models import AccreditationRow, Signature
from server.people.courses import catalogue
from server.reads import eligibility, onboarding
from tests.modules import write as write_module
from tests.small_module import SMALL, learn, sign, take_exam, teach_small
from tests.story import mails

WHY = {"why": "Careful and kind."}


@pytest.fixture(autouse=True)
def small(app, tmp_path):
    return teach_small(app, tmp_path)


def decisions(people, who="ben"):
    with read() as session:
        return store.history(session, people.ids[who])[::-1]


def standing(people, who="ben", at=None):
    at = at or clock.now()
    with read() as session:
        return standings.standing(store.current(session, people.ids[who]), at)


def audited(people, who="ben"):
    with read() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.object_id == people.ids[who]).order_by(AuditRow.seq))
        return [(row.action, row.detail) for row in rows if row.action not in ("account_added", "signed_in")]


def page(people, who="ben"):
    return f"/people/{people.ids[who]}"


EVE = "Eve Tan, WWF, eve@wwf.test"


def invited_by(people, who, by):
    with write() as session:
        session.execute(update(Account).where(Account.id == people.ids[who]).values(invited_by_id=people.ids[by]))


def no_other_coordinator(people, but="cora"):
    with write() as session:
        others = update(Account).where(Account.role == "coordinator", Account.id != people.ids[but])
        session.execute(others.values(disabled_at=clock.now()))


@pytest.fixture
def report(people, client, report_json):
    """Ben reports by token; the answer."""
    token = people.token("ben")
    return lambda: client.post(
        "/api/v1/reports", json=report_json(), headers=token | {"Idempotency-Key": str(uuid.uuid4())}
    )


# --- The agreement ---------------------------------------------------------------------------------------------------


def test_the_agreement_is_read_by_everyone_and_signed_promise_by_promise(people, client):
    assert "no closed group by deceit" in client.get("/training/agreement").text
    ben = people.browser("ben")
    for changes in ({"promises": ["0", "1", "2", "3"]}, {"name": ""}, {"name": " \t"}):
        assert sign(ben, **changes).status_code == 422
    assert sign(ben, version="an older text").status_code == 409
    assert sign(ben).status_code == 302
    assert "Signed" in ben.get("/training/agreement").text
    with read() as session:
        [signature] = session.scalars(select(Signature).where(Signature.account_id == people.ids["ben"]))
    assert (signature.name, signature.witness_id) == ("Ben Okoro", None)
    assert signature.content_hash == store.agreement().content_hash
    assert people.browser("cora").post("/training/agreement").status_code == 403


def test_a_changed_agreement_is_signed_again(app, people, small):
    ben = people.browser("ben")
    sign(ben)
    shipped = store.agreement()
    text = shipped and "---\ntitle: New\nversion: 2026-12-01\npromises: [One.]\n---\n\nShort.\n"
    (small.parent / "agreement.md").write_text(text)
    assert "The agreement has changed" in ben.get("/training/agreement").text
    assert sign(ben, promises=["0"]).status_code == 302
    assert "The agreement has changed" not in ben.get("/training/agreement").text


# --- Letting in ------------------------------------------------------------------------------------------------------


def test_without_a_signature_nobody_is_accredited_not_even_with_the_exam_waived(people):
    with pytest.raises(Refused, match="agreement is not signed"):
        accrediting.accredit(people.ids["ben"], people.ids["cora"], "Kind.", Level.PROBATION, waive_exam=True)
    assert standing(people) is Standing.NONE


def test_without_a_passed_exam_only_by_a_waiver_that_is_recorded(people):
    sign(people.browser("ben"))
    cora = people.browser("cora")
    refused = cora.post(f"{page(people)}/accredit", data=WHY | {"level": "probation"})
    assert refused.status_code == 422
    assert "The exam is not passed yet" in refused.text
    assert (
        cora.post(f"{page(people)}/accredit", data=WHY | {"level": "probation", "waive_exam": "y"}).status_code == 302
    )
    [kept] = decisions(people)
    assert (kept.level, kept.standing, kept.exam_waived) == ("probation", "active", True)
    assert kept.by_account_id == people.ids["cora"]
    assert audited(people)[-1] == ("accredited", {"level": "probation", "exam": "exam waived"})


def test_after_the_exam_another_person_a_coordinator_accredits_for_a_year(people):
    ben = learn(people)
    with read() as session:
        assert onboarding.awaiting(session, clock.now()) == [people.ids["ben"]]
    assert "Waiting for you" in people.browser("cora").get("/people").text
    for by in ("ben", "ana", "ada", "mia"):
        with pytest.raises(Refused) as refused:
            accrediting.accredit(people.ids["ben"], people.ids[by], "Me.", Level.PROBATION)
        assert refused.value.kind == "forbidden"
    with pytest.raises(Refused, match="Enter a reason"):
        accrediting.accredit(people.ids["ben"], people.ids["cora"], "  ", Level.PROBATION)
    accrediting.accredit(people.ids["ben"], people.ids["cora"], "Careful.", Level.PROBATION)
    assert not decisions(people)[0].exam_waived
    assert "On probation, accredited until" in ben.get("/training").text
    assert standing(people, at=clock.now() + timedelta(days=366)) is Standing.LAPSED
    with read() as session:
        assert onboarding.awaiting(session, clock.now()) == []


def test_who_invited_somebody_does_not_accredit_them(people, work_all):
    cora, dan = people.browser("cora"), people.browser("dan")
    assert cora.post("/people/invite", data={"name": "Noor", "email": "noor@people.test"}).status_code == 302
    with write() as session:
        noor = session.scalars(select(Account).where(Account.email == "noor@people.test")).one()
        people.ids["noor"] = noor.id
        store.sign(session, noor.id, store.agreement().content_hash, "Noor", clock.now())
    assert noor.invited_by_id == people.ids["cora"]
    given = WHY | {"level": "probation", "waive_exam": "y"}
    refused = cora.post(f"{page(people, 'noor')}/accredit", data=given | {"second": EVE})
    assert "You invited this person. Ask another coordinator." in refused.text
    assert dan.post(f"{page(people, 'noor')}/accredit", data=given).status_code == 302


def test_a_sole_coordinator_names_a_second_person_elsewhere_and_that_is_recorded(people):
    sign(people.browser("ben"))
    invited_by(people, "ben", "cora")
    cora = people.browser("cora")
    no_other_coordinator(people)
    given = WHY | {"level": "probation", "waive_exam": "y"}
    assert "name the person elsewhere" in cora.post(f"{page(people)}/accredit", data=given).text
    assert cora.post(f"{page(people)}/accredit", data=given | {"second": EVE}).status_code == 302
    assert decisions(people)[0].second == EVE
    assert audited(people)[-1][1]["second"] == "named"
    assert f"with <bdi>{EVE}</bdi>" in cora.get(page(people)).text


def test_a_level_has_a_scope_and_changing_it_keeps_the_day_of_lapsing(people):
    sign(people.browser("ben"))
    cora, dan = people.browser("cora"), people.browser("dan")
    cora.post(f"{page(people)}/accredit", data=WHY | {"level": "probation", "waive_exam": "y"})
    more = {"level": "lead", "groups": ["bird", "reptile"], "languages": "en, fr"}
    assert dan.post(f"{page(people)}/level", data=WHY | more).status_code == 302
    first, second = decisions(people)
    assert second.expires_at == first.expires_at
    assert (second.level, second.groups, second.languages) == ("lead", ["bird", "reptile"], ["en", "fr"])
    assert "only for: Birds, Reptiles, English, French" in dan.get(page(people)).text
    with read() as session:
        assert store.current(session, people.ids["ben"]).level_for("mammal", "en") is Level.PROBATION
    for wrong in ({"languages": "English please"}, {"groups": ["unicorn"]}, {"level": "queen"}):
        assert dan.post(f"{page(people)}/level", data=WHY | more | wrong).status_code == 422
    assert [action for action, _ in audited(people)][-2:] == ["accredited", "level_changed"]


@pytest.mark.parametrize(
    ("category", "title", "language", "counts_as"),
    [
        ("live", "Star tortoise, Geochelone elegans, hand tame", "en", "trusted"),
        ("live", "Star tortoise, Geochelone elegans, hand tame", "en-GB", "trusted"),
        ("live", "African grey parrot, Psittacus erithacus", "en", "probation"),
        ("live", "Star tortoise, Geochelone elegans, hand tame", "pt", "probation"),
        ("product", "Something nobody has a word for", None, "trusted"),  # what is not known is inside
    ],
)
def test_a_report_outside_the_scope_counts_as_on_probation(people, report_json, category, title, language, counts_as):
    sign(people.browser("ben"))
    people.browser("cora").post(f"{page(people)}/accredit", data=WHY | {"level": "probation", "waive_exam": "y"})
    more = {"level": "trusted", "groups": ["reptile"], "languages": "en"}
    assert people.browser("dan").post(f"{page(people)}/level", data=WHY | more).status_code == 302
    report = report_json(listing={"title": title, "language": language})
    report["suspicion"] |= {"category": category, "taxon_id": None, "species": ""}
    headers = people.token("ben") | {"Idempotency-Key": str(uuid.uuid4())}
    assert people.app.test_client().post("/api/v1/reports", json=report, headers=headers).status_code == 201
    with read() as session:
        assert session.scalars(select(Report.level)).one() == counts_as
        reasons = [reason["code"] for reason in session.scalars(select(Case.reasons)).one()]
    assert ("trusted_spotter" in reasons) == (counts_as == "trusted")


def test_an_accreditation_is_renewed_in_its_last_two_months_after_a_new_exam(people):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        learn(people)
        accrediting.accredit(
            people.ids["ben"], people.ids["cora"], "Careful.", Level.TRUSTED, second_id=people.ids["dan"]
        )
        with pytest.raises(Refused, match="already accredited"):
            accrediting.accredit(
                people.ids["ben"], people.ids["dan"], "Again.", Level.TRUSTED, second_id=people.ids["cora"]
            )
        hand.shift(timedelta(days=306))
        assert "Renew for a year" in people.browser("dan").get(page(people)).text
        again = (people.ids["ben"], people.ids["dan"], "Again.", Level.TRUSTED)
        with pytest.raises(Refused, match="Those passed before 21 September 2027 do not count"):
            accrediting.accredit(*again, second_id=people.ids["cora"])
        refused = people.browser("dan").post(f"{page(people)}/accredit", data=WHY | {"level": "trusted"})
        assert refused.status_code == 422 and "For a renewal, the exams must be passed again" in refused.text
        ben = people.browser("ben")
        assert "Take the exams for your renewal" in ben.get("/training").text
        assert "For your renewal, a shorter exam is enough" in ben.get(f"{SMALL}/exam").text
        with read() as session:
            assert onboarding.awaiting(session, clock.now()) == []
        take_exam(ben)
        assert "You passed again." in ben.get("/training").text
        with read() as session:
            assert onboarding.awaiting(session, clock.now()) == [people.ids["ben"]]
        accrediting.accredit(*again, second_id=people.ids["cora"])
        assert standing(people, at=clock.now() + timedelta(days=364)) is Standing.ACTIVE
        with read() as session:
            assert onboarding.awaiting(session, clock.now()) == []


def test_who_passes_again_before_a_renewal_may_be_given_is_told_from_which_day(people):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        learn(people)
        accrediting.accredit(people.ids["ben"], people.ids["cora"], "Careful.", Level.PROBATION)
        hand.shift(timedelta(days=301))
        take_exam(people.browser("ben"))
        page_of_day_301 = people.browser("ben").get("/training").text
        assert "You passed again." in page_of_day_301 and "26 September 2027" in page_of_day_301
        with pytest.raises(Refused, match="already accredited"):
            accrediting.accredit(people.ids["ben"], people.ids["cora"], "Early.", Level.PROBATION)


def test_who_lapsed_passes_again_before_being_let_in(people):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        learn(people)
        accrediting.accredit(
            people.ids["ben"], people.ids["cora"], "Careful.", Level.TRUSTED, second_id=people.ids["dan"]
        )
        hand.shift(timedelta(days=366))
        with pytest.raises(Refused, match="For a renewal, the exams must be passed again"):
            accrediting.accredit(
                people.ids["ben"], people.ids["dan"], "Again.", Level.TRUSTED, second_id=people.ids["cora"]
            )
        take_exam(people.browser("ben"))
        accrediting.accredit(
            people.ids["ben"], people.ids["dan"], "Again.", Level.TRUSTED, second_id=people.ids["cora"]
        )
        assert standing(people, at=clock.now() + timedelta(days=364)) is Standing.ACTIVE


# --- Stopping, and hearing again -------------------------------------------------------------------------------------


@pytest.fixture
def accredited(people):
    sign(people.browser("ben"))
    accrediting.accredit(
        people.ids["ben"], people.ids["cora"], "Careful.", Level.TRUSTED, waive_exam=True, second_id=people.ids["dan"]
    )


def test_a_suspension_stops_sessions_tokens_and_every_process_at_once(
    people, accredited, report, settings, report_json
):
    ben, token = people.browser("ben"), people.token("ben")
    assert report().status_code == 201
    assert "Pause" not in ben.get("/reports/new").text
    elsewhere = create_app(settings)  # another process over the same database
    key = {"Idempotency-Key": str(uuid.uuid4())}
    other = report_json("https://mercado.test/itm/99999999999")
    assert (
        people.browser("dan").post(f"{page(people)}/suspend", data={"why": "Three careless ones."}).status_code == 302
    )
    assert report().status_code == 403
    with elsewhere.app_context():
        stopped = elsewhere.test_client().post("/api/v1/reports", json=other, headers=token | key)
    assert stopped.status_code == 403
    assert "suspended" in stopped.json["detail"]
    assert "A coordinator has suspended your accreditation" in ben.get("/reports/new").text
    for where in ("/reports/new", "/profile"):
        assert '<a href="/training/appeal">Appeal</a>' in ben.get(where).text, where
    assert "Three careless ones." in ben.get("/training").text
    assert people.browser("cora").post(f"{page(people)}/reinstate", data={"why": "We talked."}).status_code == 302
    assert report().status_code == 201
    assert [row.standing for row in decisions(people)] == ["active", "suspended", "active"]  # added, never changed


def test_who_lapsed_reads_since_when_where_a_report_would_start(people):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        learn(people)
        accrediting.accredit(
            people.ids["ben"], people.ids["cora"], "Careful.", Level.TRUSTED, second_id=people.ids["dan"]
        )
        hand.shift(timedelta(days=400))
        page = people.browser("ben").get("/reports/new").text
    text = re.sub(r"<[^>]+>", "", page)
    assert "Your accreditation lapsed on 25 November 2027. Pass the training’s questions again" in text


def test_who_has_done_their_part_reads_that_a_coordinator_is_next_wherever_a_report_would_start(people, report_json):
    """Not that there is something left to pass: for the first time, after a lapse, and after a withdrawal."""
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        learn(people)
        reads_that_a_coordinator_is_next(people, report_json())
        accrediting.accredit(people.ids["ben"], people.ids["cora"], "Careful.", Level.PROBATION)
        hand.shift(timedelta(days=1))
        accrediting.withdraw(people.ids["ben"], people.ids["dan"], "Wrote to a seller.")
        said = re.sub(r"<[^>]+>", "", people.browser("ben").get("/reports/new").text)
        assert "Your accreditation was withdrawn. To return, pass the exams again." in said
        hand.shift(timedelta(days=1))
        take_exam(people.browser("ben"))
        reads_that_a_coordinator_is_next(people, report_json())
        accrediting.appeal(people.ids["ben"], "That was not me.")
        reads_that_the_appeal_is_next(people, report_json())
        accrediting.decide_appeal(people.ids["ben"], people.ids["cora"], "It was.", granted=False)
        reads_that_a_coordinator_is_next(people, report_json())
        accrediting.accredit(people.ids["ben"], people.ids["cora"], "Passed again.", Level.PROBATION)
        hand.shift(timedelta(days=400))
        take_exam(people.browser("ben"))
        reads_that_a_coordinator_is_next(people, report_json())


def reads_that_a_coordinator_is_next(people, report):
    ben = people.browser("ben")
    for path in ("/reports/new", "/work", "/lane"):
        assert "Your training is complete." in ben.get(path).text, path
    assert "A coordinator will now look at your accreditation." in ben.get("/training").text
    key = {"Idempotency-Key": str(uuid.uuid4())}
    refused = ben.post("/api/v1/reports", json=report, headers=people.token("ben") | key)
    assert refused.status_code == 403
    assert refused.json["detail"].startswith("Your training is complete. A coordinator will look at it")


def reads_that_the_appeal_is_next(people, report):
    ben = people.browser("ben")
    for path in ("/reports/new", "/work", "/lane"):
        page = ben.get(path).text
        assert "Your appeal is open." in page and "A coordinator will" not in page, path
    training = ben.get("/training").text
    assert "Your appeal" in training and "A coordinator will now look" not in training
    key = {"Idempotency-Key": str(uuid.uuid4())}
    refused = ben.post("/api/v1/reports", json=report, headers=people.token("ben") | key)
    assert refused.json["detail"].startswith("Your appeal is open. Nothing else is decided before it.")


def test_a_withdrawal_is_for_good_and_only_a_new_exam_brings_somebody_back(people):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        learn(people)
        accrediting.accredit(
            people.ids["ben"], people.ids["cora"], "Careful.", Level.TRUSTED, second_id=people.ids["dan"]
        )
        hand.shift(timedelta(days=1))
        dan = people.browser("dan")
        assert dan.post(f"{page(people)}/withdraw", data={"why": "Wrote to a seller."}).status_code == 302
        assert dan.post(f"{page(people)}/reinstate", data={"why": "Oh well."}).status_code == 422
        refused = dan.post(f"{page(people)}/accredit", data=WHY | {"level": "probation"})
        assert "The exam is not passed yet" in refused.text  # the one passed before counts no more
        with read() as session:
            assert onboarding.awaiting(session, clock.now()) == []
        assert [action for action, _ in audited(people)][-1] == "accreditation_withdrawn"
        hand.shift(timedelta(minutes=1))
        ben = people.browser("ben")
        again = ben.get(f"{SMALL}/exam").text
        assert "</svg> Passed" not in ben.get("/training").text
        assert "this exam no longer counts" in again and "Try again" in again and "has changed since then" not in again
        take_exam(ben)
        assert "A coordinator will now look at your accreditation" in ben.get(f"{SMALL}/exam").text
        assert ben.post(f"{SMALL}/exam").status_code == 409  # and that one counts
        assert dan.post(f"{page(people)}/accredit", data=WHY | {"level": "probation"}).status_code == 302
        assert standing(people) is Standing.ACTIVE


def test_after_a_granted_appeal_the_exam_counts_as_before(people):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        learn(people)
        accrediting.accredit(
            people.ids["ben"], people.ids["cora"], "Careful.", Level.TRUSTED, second_id=people.ids["dan"]
        )
        hand.shift(timedelta(days=1))
        accrediting.withdraw(people.ids["ben"], people.ids["dan"], "Wrote to a seller.")
        accrediting.appeal(people.ids["ben"], "That was not me.")
        hand.shift(timedelta(days=1))
        with read() as session:
            assert not eligibility.exam_passed(session, people.ids["ben"], clock.now())
        accrediting.decide_appeal(people.ids["ben"], people.ids["cora"], "It was not.", granted=True)
        with read() as session:
            assert eligibility.exam_passed(session, people.ids["ben"], clock.now())
        hand.shift(timedelta(days=320))
        take_exam(people.browser("ben"))
        accrediting.accredit(
            people.ids["ben"], people.ids["dan"], "Again.", Level.TRUSTED, second_id=people.ids["cora"]
        )
        assert standing(people, at=clock.now() + timedelta(days=364)) is Standing.ACTIVE


def test_an_appeal_is_heard_by_somebody_else(people, accredited, report):
    ben, cora, dan = (people.browser(who) for who in ("ben", "cora", "dan"))
    assert ben.post("/training/appeal", data={"text": "Nothing happened."}).status_code == 409
    dan.post(f"{page(people)}/withdraw", data={"why": "Wrote to a seller."})
    assert "Ask somebody else to review it" in ben.get("/training").text
    assert ben.post("/training/appeal", data={"text": " "}).status_code == 422
    assert ben.post("/training/appeal", data={"text": "That was not me."}).status_code == 302
    assert ben.post("/training/appeal", data={"text": "Really not."}).status_code == 409
    assert "Waiting for somebody else" in ben.get("/training/appeal").text
    assert page(people) in cora.get("/people").text.partition("Appeals")[2]
    assert "That was not me." in dan.get(page(people)).text
    decided = {"why": "The account was another one.", "granted": "yes"}
    refused = dan.post(f"{page(people)}/appeal", data=decided | {"second": EVE})
    assert "You invited this person or decided before" in refused.text
    assert report().status_code == 403
    assert cora.post(f"{page(people)}/appeal", data={"why": "Hm."}).status_code == 422
    assert cora.post(f"{page(people)}/appeal", data=decided).status_code == 302
    assert report().status_code == 201
    assert "Granted" in ben.get("/training/appeal").text
    assert "The account was another one." in ben.get("/training/appeal").text
    assert decisions(people)[-1].level == "trusted"
    assert [action for action, _ in audited(people)][-3:] == [
        "accreditation_withdrawn", "appealed", "accreditation_restored",
    ]  # fmt: skip


def test_an_appeal_may_fail_and_then_the_decision_stands(people, accredited):
    ben, cora, dan = (people.browser(who) for who in ("ben", "cora", "dan"))
    dan.post(f"{page(people)}/suspend", data={"why": "Careless."})
    ben.post("/training/appeal", data={"text": "I was tired."})
    assert cora.post(f"{page(people)}/appeal", data={"why": "Rest first.", "granted": "no"}).status_code == 302
    assert standing(people) is Standing.SUSPENDED
    assert "The decision stands" in ben.get("/training/appeal").text
    assert ben.post("/training/appeal", data={"text": "Again."}).status_code == 409
    dan.post(f"{page(people)}/reinstate", data={"why": "Rested."})
    assert standing(people) is Standing.ACTIVE


def test_while_an_appeal_is_open_nothing_else_is_decided(people, accredited):
    ben, cora, dan = (people.browser(who) for who in ("ben", "cora", "dan"))
    dan.post(f"{page(people)}/suspend", data={"why": "Careless."})
    ben.post("/training/appeal", data={"text": "I was tired."})
    for browser in (cora, dan):
        for door in ("reinstate", "withdraw", "level", "accredit"):
            refused = browser.post(f"{page(people)}/{door}", data={"why": "A mix-up.", "level": "probation"})
            assert refused.status_code == 409 and "This person has appealed" in refused.text
    assert standing(people) is Standing.SUSPENDED
    assert (
        "Let Ben report" not in cora.get(page(people)).text
        and "Withdraw the accreditation" not in cora.get(page(people)).text
    )
    assert cora.post(f"{page(people)}/appeal", data={"why": "Rested.", "granted": "yes"}).status_code == 302
    assert standing(people) is Standing.ACTIVE
    assert dan.post(f"{page(people)}/withdraw", data={"why": "Left."}).status_code == 302, "afterwards, as before"


@pytest.fixture
def both_concerned(people, accredited):
    """Cora invited Ben and Dan suspended him: of the two coordinators neither may hear the appeal."""
    with write() as session:
        session.get_one(Account, people.ids["ben"]).invited_by_id = people.ids["cora"]
    accrediting.suspend(people.ids["ben"], people.ids["dan"], "Careless.")
    accrediting.appeal(people.ids["ben"], "It was not me.")


@pytest.mark.parametrize("granted", ["yes", "no"])
def test_an_appeal_against_one_coordinator_by_whom_the_other_invited_is_heard_by_an_administrator(
    people, both_concerned, granted
):
    for who in ("cora", "dan"):
        refused = people.browser(who).post(f"{page(people)}/appeal", data=WHY | {"granted": granted, "second": EVE})
        assert refused.status_code == 422 and "an administrator decides this appeal" in refused.text
    ada = people.browser("ada")
    assert page(people) in ada.get("/people").text.partition("Appeals")[2]
    assert "Decide the appeal" in ada.get(page(people)).text and "Change the level" not in ada.get(page(people)).text
    assert ada.post(f"{page(people)}/appeal", data=WHY | {"granted": granted}).status_code == 302
    assert standing(people) is (Standing.ACTIVE if granted == "yes" else Standing.SUSPENDED)
    assert ada.post(f"{page(people)}/suspend", data=WHY).status_code == 403, "and nothing else"


@pytest.mark.parametrize("who", ["cora", "dan"])
@pytest.mark.parametrize("granted", ["yes", "no"])
def test_where_nobody_else_has_an_account_somebody_elsewhere_looks_at_it_too_and_is_told(
    people, both_concerned, who, granted, settings, work_all
):
    with write() as session:
        session.get_one(Account, people.ids["ada"]).disabled_at = clock.now()
    browser, given = people.browser(who), WHY | {"granted": granted}
    assert "Name the person elsewhere" in browser.post(f"{page(people)}/appeal", data=given).text
    unknown = browser.post(f"{page(people)}/appeal", data=given | {"second": "Eve, WWF"})
    assert "Name the second person with their organisation and email" in unknown.text
    assert browser.post(f"{page(people)}/appeal", data=given | {"second": EVE}).status_code == 302
    assert standing(people) is (Standing.ACTIVE if granted == "yes" else Standing.SUSPENDED)
    with read() as session:
        assert store.last_appeal(session, people.ids["ben"]).second == EVE
    work_all()
    [mail] = mails(settings, deciding.address_in(EVE))
    assert "reviewed a spotter’s appeal" in " ".join(mail.get_body(("plain",)).get_content().split())


# --- What changes later ----------------------------------------------------------------------------------------------


def test_a_changed_module_is_asked_again_and_stops_reports_after_thirty_days(app, people, small, report, tmp_path):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        ben = learn(people)
        accrediting.accredit(
            people.ids["ben"], people.ids["cora"], "Careful.", Level.TRUSTED, second_id=people.ids["dan"]
        )
        hand.shift(timedelta(days=100))
        shutil.copytree(small.parent, tmp_path / "changed")
        text = tmp_path / "changed/small/module.md"
        text.write_text(text.read_text().replace("Read this.", "Read something else."))
        app.config["TRAINING_MODULES"] = str(tmp_path / "changed")
        gate.note_content()
        ben = people.browser("ben")
        assert "Changed since you were accredited" in ben.get("/training").text
        assert "4 April 2027" in ben.get("/training").text
        assert report().status_code == 201
        hand.shift(timedelta(days=30))
        assert "You cannot report until this is done" in people.browser("ben").get("/training").text
        stopped = report()
        assert stopped.status_code == 403
        assert "“Small” has changed" in stopped.json["detail"]
        assert "“Small” has changed" in people.browser("ben").get("/reports/new").text
        take_exam(people.browser("ben"))
        assert report().status_code == 201
        assert standing(people) is Standing.ACTIVE


# --- The certificate -------------------------------------------------------------------------------------------------


def test_a_certificate_is_for_the_accredited(people, accredited):
    answer = people.browser("ben").get("/training/certificate.pdf?name=نور الهدى")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert people.browser("ben").get("/training/certificate.pdf?name=\U00013000").status_code == 422
    people.browser("dan").post(f"{page(people)}/suspend", data={"why": "Careless."})
    assert people.browser("ben").get("/training/certificate.pdf").status_code == 403
    assert people.browser("ben").get("/training/certificate").status_code == 403


def test_a_certificate_says_since_when_without_a_break(app, people):
    def since():
        with app.test_request_context(), read() as session:
            return certified.certificate(session, people.ids["ben"])["since"].date().isoformat()

    def let_in(by):
        accrediting.accredit(
            people.ids["ben"],
            people.ids[by],
            "Careful.",
            Level.TRUSTED,
            waive_exam=True,
            second_id=people.ids["dan" if by == "cora" else "cora"],
        )

    sign(people.browser("ben"))
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        let_in("cora")
        hand.shift(timedelta(days=320))
        let_in("dan")  # renewed in time
        hand.shift(timedelta(days=300))
        assert since() == "2026-11-25"
        hand.shift(timedelta(days=100))
        let_in("cora")  # lapsed for some weeks
        again = clock.now().date().isoformat()
        assert since() == again
        accrediting.change_level(people.ids["ben"], people.ids["dan"], "Leads well.", Level.LEAD)
        hand.shift(timedelta(days=1))
        assert since() == again


def test_nobody_checks_a_certificate_until_its_spotter_opens_an_address_and_it_closes_by_itself(
    people, accredited, client
):
    with time_machine.travel(clock.now(), tick=False) as hand:
        ben = people.browser("ben")
        assert "Create a verification link" in ben.get("/training/certificate").text
        assert client.get(f"/certificates/{'0' * 32}").status_code == 404
        for wrong in ({"alias": "", "days": "30"}, {"alias": "Otter", "days": "9999"}):
            assert ben.post("/training/certificate/show", data=wrong).status_code == 422
        ben.post("/training/certificate/show", data={"alias": "<Otter>", "days": "30"})
        address = re.search(r"/certificates/[0-9a-f]{32}", ben.get("/training/certificate").text)[0]
        shown = client.get(address).text
        assert "&lt;Otter&gt;" in shown and "Trusted" in shown
        assert not [word for word in ("Ben", "ben@people.test", people.ids["ben"], "Cora") if word in shown]
        accrediting.suspend(people.ids["ben"], people.ids["dan"], "Careless.")
        assert "does not currently count" in client.get(address).text
        assert "Careless" not in client.get(address).text
        accrediting.reinstate(people.ids["ben"], people.ids["cora"], "Fine.")
        hand.shift(timedelta(days=30))
        assert client.get(address).status_code == 404
        ben = people.browser("ben")
        ben.post("/training/certificate/show", data={"alias": "Otter", "days": "90"})
        again = re.search(r"/certificates/[0-9a-f]{32}", ben.get("/training/certificate").text)[0]
        assert again != address
        assert client.get(again).status_code == 200
        ben.post("/training/certificate/hide")
        assert client.get(again).status_code == 404


# --- Commands, and the whole way -------------------------------------------------------------------------------------


def test_from_the_first_lesson_to_the_first_report(people, report):
    """Ben learns, passes, signs, is accredited by Cora on the people page, reports, and is stopped by Dan."""
    ben, cora = people.browser("ben"), people.browser("cora")
    refused = report()
    assert refused.status_code == 403
    assert refused.json["type"].endswith("/not-accredited")
    assert refused.json["training_url"].endswith("/training")
    assert "finish the training" in refused.json["detail"]
    given = WHY | {"level": "probation"}
    assert cora.post(f"{page(people)}/accredit", data=given).status_code == 422
    take_exam(ben)
    assert "the volunteer agreement" in ben.get("/reports/new").text
    assert report().json["detail"].startswith("One thing is left: read and sign the volunteer agreement")
    assert cora.post(f"{page(people)}/accredit", data=given).status_code == 422
    sign(ben)
    assert "Your training is complete" in ben.get("/reports/new").text
    assert ben.post(f"{page(people)}/accredit", data=given).status_code == 403
    assert cora.post(f"{page(people)}/accredit", data=given).status_code == 302
    assert report().status_code == 201


def test_the_database_itself_refuses_accrediting_oneself(app, people):
    row = {"level": "lead", "standing": "active", "why": "x", "at": clock.now(), "expires_at": clock.now()}
    with pytest.raises(Exception, match="by_another"), write() as session:
        session.add(AccreditationRow(account_id=people.ids["cora"], by_account_id=people.ids["cora"], **row))


@pytest.mark.parametrize(
    ("who", "by", "message"),
    [
        ("ben", "cora", "Accredited ben@people.test as probation, by cora@people.test; recorded: exam waived."),
        ("ben", "ben", "Error: Only coordinators"),
        ("ben", "ana", "Error: Only coordinators"),
        ("nobody", "cora", "Error: There is no account for nobody@people.test."),
    ],
)
def test_training_accredit_waives_the_exam_but_never_the_other_person(app, people, who, by, message):
    args = ["training", "accredit", f"{who}@people.test", "--by", f"{by}@people.test", "--why", "A guest of honour."]
    done = app.test_cli_runner().invoke(args=args)
    assert message in done.output
    assert (done.exit_code == 0) == message.startswith("Accredited")
    assert len(decisions(people)) == int(done.exit_code == 0)
    with read() as session:  # the coordinator answers for an agreement on paper
        witnesses = session.scalars(select(Signature.witness_id).where(Signature.account_id == people.ids["ben"])).all()
    assert witnesses == ([people.ids["cora"]] if done.exit_code == 0 else [])


def test_a_module_that_is_required_since_is_asked_at_the_renewal_and_stops_nobody_before(app, people, tmp_path):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        learn(people)
        accrediting.accredit(people.ids["ben"], people.ids["cora"], "Careful.", Level.PROBATION)
        write_module(tmp_path / "modules" / "safe", {"title": "Safe", "order": 2})
        catalogue._modules.cache_clear()
        eligibility._basis.cache_clear()
        gate.note_content()
        hand.shift(timedelta(days=40))
        ben = people.browser("ben")
        assert "You can report." in re.sub(r"<[^>]+>", "", ben.get("/training").text)
        assert gate.refusal(people.ids["ben"]) is None
        hand.shift(timedelta(days=280))
        take_exam(people.browser("ben"))  # of one of the two
        with pytest.raises(Refused, match="For a renewal, the exams must be passed again"):
            accrediting.accredit(people.ids["ben"], people.ids["cora"], "Again.", Level.PROBATION)
