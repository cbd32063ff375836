"""Accreditation as people meet it: signed, examined, let in by another, renewed; and it counts at once."""

import re
import shutil
import uuid
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from server.core import clock
from server.core.database import read, write
from server.core.words import Level, Refused, Standing
from server.journeys.spotter import accrediting, gate
from server.ledger.cases.models import Case
from server.ledger.reports.models import Report
from server.people.accounts.models import Account
from server.people.accreditation import store
from server.people.accreditation.models import AccreditationRow, Signature
from server.people.courses import catalogue
from server.reads import eligibility, onboarding, progress
from tests.accreditation_stories import (  # noqa: F401
    EVE,
    WHY,
    accredited,
    audited,
    decisions,
    invited_by,
    page,
    report,
    small,
    standing,
)
from tests.modules import write as write_module
from tests.small_module import SMALL, learn, sign, take_exam
from tests.trainees import sat


def no_other_coordinator(people, but="cora"):
    with write() as session:
        others = update(Account).where(Account.role == "coordinator", Account.id != people.ids[but])
        session.execute(others.values(disabled_at=clock.now()))


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


def test_the_agreement_is_read_in_ones_language_and_signed_in_its_own(people, client):
    for language, title in (("fr", "Accord de bénévolat"), ("ar", "اتفاقية التطوّع")):
        page = client.get("/training/agreement", headers={"Accept-Language": language}).text
        assert f"<h1>{title}</h1>" in page and '<div lang="en" dir="ltr"><p><b>Volunteer agreement</b>' in page
    ben = people.browser("ben")
    page = ben.get("/training/agreement", headers={"Accept-Language": "ar"}).text
    assert "عمري 18 سنة أو أكثر" in page and store.agreement().content_hash in page


def test_a_translation_of_an_earlier_agreement_is_shown_to_nobody(small, client):
    shipped = catalogue.CONTENT / "agreement.md"
    (small.parent / "agreement.md").write_text(shipped.read_text().replace("18 years", "21 years"))
    (small.parent / "agreement.ar.md").write_text(shipped.with_name("agreement.ar.md").read_text())
    page = client.get("/training/agreement", headers={"Accept-Language": "ar"}).text
    assert '<h1 lang="en" dir="ltr">Volunteer agreement</h1>' in page and "عمري" not in page


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
    for why, refusal in (("  ", "Enter a reason"), ("x" * 2001, "at most 2,?000 characters")):
        with pytest.raises(Refused, match=refusal):
            accrediting.accredit(people.ids["ben"], people.ids["cora"], why, Level.PROBATION)
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
    endless = "en    " * 40 + "!"  # it once took for ever to refuse this: there are many ways to divide blanks
    for wrong in ({"languages": "English please"}, {"languages": endless}, {"groups": ["unicorn"]}, {"level": "queen"}):
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


def test_a_renewal_asks_for_no_exam_that_it_does_not_need(people, tmp_path):
    kinds = {"more": False, "birds": "one_of_groups", "reptiles": "one_of_groups"}
    for order, (slug, required) in enumerate(kinds.items(), 2):
        write_module(tmp_path / "modules" / slug, {"title": slug.title(), "order": order, "required": required})
    catalogue._modules.cache_clear()
    eligibility._basis.cache_clear()
    ben = people.ids["ben"]

    def passed():
        with read() as session:
            return {slug for slug in kinds if progress.progress(session, ben, catalogue.modules()[slug]).passed}

    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        sat(ben, clock.now())
        sign(people.browser("ben"))
        accrediting.accredit(ben, people.ids["cora"], "Careful.", Level.PROBATION)
        hand.shift(timedelta(days=306))
        assert passed() == {"more"}
        sat(ben, clock.now(), slugs=("birds",))
        assert passed() == set(kinds)
        page = people.browser("ben").get("/training/more/exam").text
        assert "This module is optional" in page
        assert "pass the exams again" not in page and "has changed since then" not in page
        assert people.browser("ben").post("/training/reptiles/exam").status_code == 302, "who likes to, may"


def test_who_passed_again_and_has_a_new_agreement_to_sign_is_told_to(people, small):
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        learn(people)
        accrediting.accredit(people.ids["ben"], people.ids["cora"], "Careful.", Level.PROBATION)
        hand.shift(timedelta(days=306))
        take_exam(people.browser("ben"))
        text = (catalogue.CONTENT / "agreement.md").read_text().replace("18 years", "21 years")
        (small.parent / "agreement.md").write_text(text)
        page = people.browser("ben").get("/training").text
        assert "One thing is left: the volunteer agreement." in page and "You passed again." not in page
        sign(people.browser("ben"))
        assert "You passed again." in people.browser("ben").get("/training").text


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
        hand.shift(timedelta(days=31))
        assert "You cannot report until this is done" in people.browser("ben").get("/training").text
        stopped = report()
        assert stopped.status_code == 403
        assert "“Small” has changed" in stopped.json["detail"]
        assert "“Small” has changed" in people.browser("ben").get("/reports/new").text
        take_exam(people.browser("ben"))
        assert report().status_code == 201
        assert standing(people) is Standing.ACTIVE


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
