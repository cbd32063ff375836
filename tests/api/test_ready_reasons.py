"""Ready reasons on the decision panel: worded for who reads them, put in without a script, and checked like any other text."""

import re
from html import unescape

import pytest
from sqlalchemy import inspect, select, update

from server.core.database import new_id, read, write
from server.core.reasons import Reason, ReasonCode
from server.core.words import Level
from server.journeys.spotter import accrediting
from server.ledger.cases import store
from server.ledger.cases.models import Case, CaseDecision
from server.ledger.companies import store as companies
from server.ledger.companies.models import Spoc
from server.people.accounts.models import Account
from tests.story import flag

FRENCH = "L’annonce semble proposer un animal vivant d’une espèce protégée."


@pytest.fixture
def case_id(people, report_json):
    """A grey parrot, alive."""
    return flag(people, report_json())


def picks(page):
    """The texts on offer, by their code."""
    found = re.findall(r'name="pick" value="([^"]+)"[^>]* data-pick="([^"]*)"', page)
    return {code: unescape(text) for code, text in found}


def reason(page):
    return unescape(re.search(r'<textarea[^>]*name="reason"[^>]*>\s*([^<]*)</textarea>', page)[1]).strip()


def version(case_id):
    with read() as session:
        return store.get(session, case_id).version


def press(browser, case_id, panel, code, **more):
    """A pick where no script runs: the panel comes back."""
    form = {"decision": panel, "version": version(case_id), "pick": code} | more
    answer = browser.post(f"/cases/{case_id}/decisions", data=form)
    assert answer.status_code == 200
    return answer.text


def speak(languages):
    """What every company's SPOC reads."""
    with write() as session:
        session.execute(update(Spoc).values(languages=languages))
        companies.new_version(session)


def test_a_pick_is_put_into_the_reason_and_taken_out_again_without_a_script(people, case_id):
    cora = people.browser("cora")
    offered = picks(cora.get(f"/cases/{case_id}?panel=notify").text)
    assert next(iter(offered.values())) == "The ad appears to offer a live animal of a protected species."
    page = press(cora, case_id, "notify", "protected_live", reason="Six chicks.", taxa="Psittacus erithacus")
    assert reason(page) == f"Six chicks. {offered['protected_live']}"
    assert 'value="Psittacus erithacus" checked' in page and 'id="good_faith" checked' not in page
    assert reason(press(cora, case_id, "notify", "protected_live", reason=reason(page))) == "Six chicks."
    assert reason(press(cora, case_id, "notify", "no_such", reason="Mine.")) == "Mine."
    with read() as session:
        assert not session.scalars(select(CaseDecision)).all(), "a pick decides nothing"


def test_a_dismissals_pick_chooses_what_it_was_and_gives_way_to_another(people, case_id):
    cora = people.browser("cora")
    page = press(cora, case_id, "dismiss", "scam", reason="")
    assert re.search(r'name="because"[^>]* value="scam" checked', page)
    page = press(cora, case_id, "dismiss", "look_alike", reason=reason(page), because="scam")
    assert re.findall(r'name="because"[^>]* value="(\w+)" checked', page) == ["look_alike"]
    assert reason(page) == picks(page)["look_alike"]


def test_a_notices_reason_is_in_the_companys_language_and_the_choice_in_the_coordinators(people, case_id):
    speak(["ja", "fr", "en"])
    page = people.browser("cora").get(f"/cases/{case_id}?panel=notify").text
    assert picks(page)["protected_live"] == FRENCH and "Protected animal, alive" in page
    speak(["ja"])
    page = people.browser("cora").get(f"/cases/{case_id}?panel=notify").text
    assert picks(page)["protected_live"].startswith("The ad appears"), "English where there is no other"


def test_what_spotters_read_is_in_the_language_that_all_of_them_chose(people, case_id, report_json):
    cora = people.browser("cora")
    english = picks(cora.get(f"/cases/{case_id}?panel=ask").text)["species"]
    with write() as session:
        session.execute(update(Account).where(Account.id == people.ids["ana"]).values(language="ar"))
    arabic = picks(cora.get(f"/cases/{case_id}?panel=ask").text)["species"]
    assert arabic != english and "أي نوع" in arabic
    accrediting.accredit_by_email(
        "ben@people.test", "cora@people.test", "For the test.", Level.PROBATION, waive_exam=True
    )
    flag(people, report_json(), "ben")
    assert picks(cora.get(f"/cases/{case_id}?panel=ask").text)["species"] == english, "they read different ones"


def test_picks_follow_what_the_coordinator_says_it_is(people, case_id):
    """What is ticked in the panel is what the notice says: a reason that it contradicts is not offered."""
    cora = people.browser("cora")
    form = {"decision": "notify", "version": version(case_id), "reason": ""}
    plant = cora.post(f"/cases/{case_id}/preview", data=form | {"category": "plant"}).text
    assert "protected_plant" in picks(plant) and "protected_live" not in picks(plant) and "hx-swap-oob" in plant
    nothing = cora.post(f"/cases/{case_id}/preview", data=form | {"none_of_these": "y"}).text
    assert not any(code.startswith("protected") for code in picks(nothing))


def test_picks_are_in_the_language_of_the_contact_that_a_ticked_species_leads_to(people, case_id):
    """Another group may have another SPOC: the reason is in the language of the one that would be written to."""
    with write() as session:
        parrots = session.scalars(select(Spoc)).first()
        parrots.groups, parrots.languages = ["bird"], ["en"]
        columns = {column.key: getattr(parrots, column.key) for column in inspect(Spoc).columns}
        columns |= {"id": new_id(), "name": "Ivoire", "email": "ivoire@mercado.test"}
        session.add(Spoc(**columns | {"groups": ["mammal"], "languages": ["fr"]}))
        companies.new_version(session)
    cora = people.browser("cora")
    form = {"decision": "notify", "version": version(case_id), "reason": "", "category": "live"}

    def first(**more):
        page = cora.post(f"/cases/{case_id}/preview", data=form | more).text
        return picks(page)["protected_live"], "Ivoire" in page

    assert first() == ("The ad appears to offer a live animal of a protected species.", False)
    assert first(taxa="Psittacus erithacus") == ("The ad appears to offer a live animal of a protected species.", False)
    assert first(taxa="Loxodonta africana") == (FRENCH, True), "as the notice beside it says"
    elephant = form | {"taxa": "Loxodonta africana"}
    for page in (
        cora.post(f"/cases/{case_id}/preview", data=elephant).text,
        cora.post(f"/cases/{case_id}/decisions", data=elephant | {"step": "again"}).text,
    ):
        assert "Goes to Ivoire." in page and page.count('class="checks" id="checks"') == 1
        assert re.search(r'class="bar-where mb-0" id="where"[^>]*>.*› <bdi>Ivoire</bdi>', page), (
            "where the button sends it"
        )
    unsaid = cora.get(f"/cases/{case_id}?panel=notify").text
    assert "Goes to" in unsaid and "Ivoire" not in unsaid


def many(browser, panel, *case_ids, **form):
    """The page of a decision on many: opened, or where a pick is pressed and no script runs."""
    named = [f"{case_id}:{version(case_id)}" for case_id in case_ids]
    if not form:
        return browser.get("/cases/many", query_string={"decision": panel, "case": named}).text
    answer = browser.post("/cases/many", data=form | {"decision": panel, "case": named})
    assert answer.status_code == 200
    return answer.text


def put_reasons(case_id, *kept):
    """What the case's priority shows."""
    with write() as session:
        session.execute(update(Case).where(Case.id == case_id).values(reasons=list(kept)))


def another(people, report_json):
    """A case of Ben's."""
    accrediting.accredit_by_email(
        "ben@people.test", "cora@people.test", "For the test.", Level.PROBATION, waive_exam=True
    )
    return flag(people, report_json("https://mercado.test/itm/265370489999"), "ben")


def test_a_decision_on_many_offers_what_is_true_of_each_of_them(people, case_id, report_json):
    cora, other = people.browser("cora"), another(people, report_json)
    for each, weight in ((case_id, -0.2), (other, -0.3)):
        put_reasons(each, Reason(ReasonCode.WANTED, weight, {"word": "wanted"}).kept())
    assert "wanted" in picks(many(cora, "dismiss", case_id, other))
    put_reasons(other)
    offered = picks(many(cora, "dismiss", case_id, other))
    assert "wanted" not in offered and {"scam", "look_alike"} <= offered.keys()
    assert "which_species" in picks(many(cora, "hold", case_id, other))


def test_a_pick_for_many_is_put_in_without_a_script_and_decides_nothing(people, case_id, report_json):
    cora, other = people.browser("cora"), another(people, report_json)
    page = many(cora, "dismiss", case_id, other, pick="scam", reason="")
    assert re.search(r'name="because"[^>]* value="scam" checked', page) and reason(page) == picks(page)["scam"]
    assert page.count(" checked>") >= 2, "the cases stay ticked"
    page = many(cora, "dismiss", case_id, other, step="again", reason="Mine.", because="scam")
    assert reason(page) == "Mine.", "as Enter in a field sends it"
    with read() as session:
        assert not session.scalars(select(CaseDecision)).all()


def test_a_pick_after_a_refusal_keeps_the_cases_unticked_and_the_offer_to_take_over(people, case_id):
    cora, shown = people.browser("cora"), f"{case_id}:{version(case_id)}"
    form = {"decision": "dismiss", "shown": shown, "pick": "scam", "claimed": "1"}
    answer = cora.post("/cases/many", data=form)
    assert answer.status_code == 200 and reason(answer.text) == picks(answer.text)["scam"]
    assert "Take over and decide" in answer.text and f'value="{shown}" checked' not in answer.text
    assert cora.post("/cases/many", data={"decision": "dismiss", "shown": shown}).status_code == 422, "none is ticked"


def test_a_dismissal_of_many_is_in_the_language_that_all_their_spotters_chose(people, case_id, report_json):
    cora, other = people.browser("cora"), another(people, report_json)
    with write() as session:
        session.execute(update(Account).where(Account.id == people.ids["ana"]).values(language="fr"))
    english, french = (picks(many(cora, "dismiss", *ids))["scam"] for ids in ((case_id, other), (case_id,)))
    assert english.startswith("It looks like a scam") and french != english


def test_single_keys_are_turned_off_and_on_again_in_a_browser(people, case_id):
    cora = people.browser("cora")
    page = cora.get(f"/cases/{case_id}").text
    assert 'data-keys="desk"' in page and 'data-key="?"' in page
    answer = cora.post("/keys", data={"keys": "off", "next": f"/cases/{case_id}"})
    assert answer.location == f"/cases/{case_id}"
    page = cora.get(f"/cases/{case_id}").text
    assert "data-keys=" not in page and "Single-key shortcuts are off" in page
    assert "Single-key shortcuts are off" in cora.get("/profile").text
    assert "Single-key shortcuts" not in people.browser("ana").get("/profile").text, "a spotter's pages have none"
    cora.post("/keys", data={"keys": "on", "next": "https://elsewhere.test/"})
    assert 'data-keys="desk"' in cora.get("/cases").text


def test_rows_of_the_queue_are_compact_until_a_browser_wants_pictures_and_reasons(people, case_id):
    cora = people.browser("cora")
    assert 'class="cases tickable compact"' in cora.get("/cases").text
    assert (
        cora.post("/density", data={"density": "comfortable", "next": "/cases?tab=held"}).location == "/cases?tab=held"
    )
    page = cora.get("/cases").text
    assert 'class="cases tickable"' in page and 'value="compact"' in page
    cora.post("/density", data={"density": "compact", "next": "https://elsewhere.test/"})
    assert 'class="cases tickable compact"' in cora.get("/cases").text


def test_who_will_see_it_stands_beside_the_notice_and_is_its_own_contact(people, case_id):
    """Of the notice that would leave, not of the directory: whom, by what, at which address, which fields; and who never."""
    page = people.browser("cora").get(f"/cases/{case_id}?panel=notify").text
    who = page.partition("Who will see this")[2].partition("The notice itself")[0]
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", who)).split())
    assert text.startswith("The company Mercado › Trust and Safety , by email spoc@mercado.test")
    assert "It reads Address" in text and "Ana" not in text and "Cora" not in text
    assert "the screenshot marked clean" not in text and "pictures that are not marked clean" in text
    assert "They do not read the notice." in text and "hears nothing from us" in text
