"""A coordinator's snippets: ready reasons of their own, kept, offered when they decide, and checked like any other text."""

import re
from html import unescape

import pytest
from sqlalchemy import select, update

from server.core.database import read, write
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case
from server.ledger.companies import store as companies
from server.ledger.companies.models import Spoc
from server.people.desk import snippet_store
from server.people.desk.models import Snippet
from tests.story import flag

LINES = {"decision": "notify", "title": "Lines", "text": "The surface shows crossing lines.", "language": "en"}


@pytest.fixture
def case_id(people, report_json):
    return flag(people, report_json())


@pytest.fixture
def cora(people, case_id):
    return people.browser("cora")


def kept():
    with read() as session:
        return {(row.decision, row.title): row for row in session.scalars(select(Snippet))}


def keep(browser, **fields):
    answer = browser.post("/cases/snippets", data=LINES | fields)
    assert answer.status_code == 302, answer.text
    return answer


def own(page):
    """The snippets on offer: title, key, and the language that is named beside it; in the page's order."""
    buttons = re.findall(r'<button class="ready-pick" id="pick-own-[^>]*>.*?</button>', page, re.S)
    parts = [
        (
            re.search(r'<span dir="auto">([^<]*)</span>', button)[1],
            (re.search(r'data-key="(\d)"', button) or [0, ""])[1],
            (re.search(r'<span class="meta mb-0">([^<]*)<', button) or [0, ""])[1],
        )
        for button in buttons
    ]
    return [tuple(unescape(part) for part in each) for each in parts]


def test_one_is_written_changed_and_deleted(cora):
    keep(cora, title="  Crossing \n lines ", text="One.\r\n\r\nTwo.")
    row = kept()["notify", "Crossing lines"]
    assert (row.text, row.language) == ("One. Two.", "en"), "one paragraph, as every reason is"
    page = cora.get("/cases/snippets").text
    assert "Crossing lines" in page and "One. Two." in page and "Notify a company" in page
    assert cora.post(f"/cases/snippets/{row.id}", data=LINES | {"decision": "ask", "language": "fr"}).status_code == 302
    row = kept()["ask", "Lines"]
    assert (row.text, row.language) == (LINES["text"], "fr") and len(kept()) == 1
    assert cora.post(f"/cases/snippets/{row.id}/delete").status_code == 302
    assert not kept() and "Deleted: Lines." in cora.get("/cases/snippets").text
    late = cora.post(f"/cases/snippets/{row.id}", data=LINES)
    assert late.status_code == 404 and "What you wrote" in late.text and LINES["text"] in late.text


def test_they_are_theirs_alone(people, cora, case_id):
    keep(cora)
    snippet_id, dan = kept()["notify", "Lines"].id, people.browser("dan")
    assert "Lines" not in dan.get("/cases/snippets").text and own(dan.get(f"/cases/{case_id}?panel=notify").text) == []
    assert dan.post(f"/cases/snippets/{snippet_id}", data=LINES | {"title": "Mine"}).status_code == 404
    assert dan.post(f"/cases/snippets/{snippet_id}/delete").status_code == 404
    keep(dan)
    assert set(kept()) == {("notify", "Lines")}
    assert people.browser("ada").get("/cases/snippets").status_code == 403


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": " "}, "Give it a title."),
        ({"title": "x" * 61}, "at most 60 characters"),
        ({"text": " \n "}, "Write the text."),
        ({"text": "x" * 1001}, "at most 1,000 characters"),
        ({"decision": "answer"}, "Not a valid choice"),
        ({"decision": ""}, "Choose a decision."),
        ({"language": "klingon"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(cora, fields, said):
    answer = cora.post("/cases/snippets", data=LINES | fields)
    assert answer.status_code == 422 and not kept()
    assert said.lower() in unescape(answer.text).lower()
    keep(cora)
    changed = cora.post(f"/cases/snippets/{kept()['notify', 'Lines'].id}", data=LINES | fields)
    assert changed.status_code == 422 and set(kept()) == {("notify", "Lines")}


def test_a_title_is_taken_once_for_a_decision_and_there_is_room_for_so_many(cora):
    for number in range(snippet_store.MOST):
        keep(cora, title=f"Title {number}")
    last = kept()["notify", "Title 0"]
    taken = cora.post(f"/cases/snippets/{last.id}", data=LINES | {"title": "Title 1"})
    assert taken.status_code == 409 and "You already have “Title 1” for this decision." in taken.text
    full = cora.post("/cases/snippets", data=LINES)
    assert (
        full.status_code == 409
        and "You have 20 snippets for this decision." in full.text
        and LINES["text"] in full.text
    )
    keep(cora, decision="hold", title="Title 1")
    moved = cora.post(f"/cases/snippets/{kept()['hold', 'Title 1'].id}", data=LINES)
    assert moved.status_code == 409, "nor by a change"
    assert cora.post(f"/cases/snippets/{last.id}", data=LINES | {"title": "Title 0"}).status_code == 302
    assert len(kept()) == snippet_store.MOST + 1


def test_the_first_three_for_the_decision_have_the_keys_7_to_9_the_others_stand_under_them(cora, case_id):
    for title in ("delta", "Alpha", "charlie", "Bravo"):
        keep(cora, title=title)
    keep(cora, decision="hold", title="Another decision")
    page = cora.get(f"/cases/{case_id}?panel=notify").text
    assert own(page) == [("Alpha", "7", ""), ("Bravo", "8", ""), ("charlie", "9", ""), ("delta", "", "")]
    assert "More of your snippets: 1" in page
    assert [title for title, _, _ in own(cora.get(f"/cases/{case_id}?panel=hold").text)] == ["Another decision"]
    assert own(cora.get(f"/cases/{case_id}?panel=answer").text) == []


def test_what_the_reader_cannot_read_has_no_key_and_says_its_language(cora, case_id):
    keep(cora, title="Avec lettre", text="L’annonce le dit.", language="fr")
    keep(cora, title="Lines")
    keep(cora, title="Traços", text="Mostra linhas.", language="pt")

    def offered_to(languages):
        with write() as session:
            session.execute(update(Spoc).values(languages=languages))
            companies.new_version(session)
        return own(cora.get(f"/cases/{case_id}?panel=notify").text)

    assert offered_to(["en"]) == [("Lines", "7", ""), ("Avec lettre", "", "French"), ("Traços", "", "Portuguese")]
    assert offered_to(["pt-BR", "fr"]) == [("Avec lettre", "7", ""), ("Traços", "8", ""), ("Lines", "", "English")]


def test_one_is_put_in_and_out_without_a_script_and_a_dismissals_choice_leaves_it(cora, case_id):
    keep(cora, decision="dismiss", title="Thanks", text="Thank you for looking so closely.")
    code, text = f"own-{kept()['dismiss', 'Thanks'].id}", "Thank you for looking so closely."

    def press(code, reason):
        with read() as session:
            version = cases.get(session, case_id).version
        form = {"decision": "dismiss", "version": version, "pick": code, "reason": reason}
        page = cora.post(f"/cases/{case_id}/decisions", data=form).text
        return unescape(re.search(r'<textarea[^>]*name="reason"[^>]*>\s*([^<]*)</textarea>', page)[1]).strip()

    reason = press("scam", press(code, ""))
    assert reason.startswith(f"{text} ") and len(reason) > len(text) + 1
    reason = press("look_alike", reason)
    assert reason.startswith(f"{text} ") and "scam" not in reason and len(reason) > len(text) + 1
    assert text not in press(code, reason)


def test_they_are_offered_for_a_decision_on_many(cora, case_id):
    keep(cora, decision="dismiss", title="Thanks", text="Thank you for looking so closely.")
    keep(cora)
    page = cora.get(f"/cases/many?decision=dismiss&case={case_id}:1").text
    assert own(page) == [("Thanks", "7", "")]


@pytest.mark.parametrize(
    ("decision", "text"),
    [("notify", "Ana saw it first."), ("ask", "Write to cora@people.test."), ("dismiss", "See cora@people.test.")],
)
def test_one_that_names_a_person_is_caught_when_it_is_decided_with(cora, case_id, decision, text):
    """Nothing is checked when it is written, as the case is not known then: what leaves is."""
    keep(cora, decision=decision, title="Says who", text=text)
    with read() as session:
        version = cases.get(session, case_id).version
    form = {
        "decision": decision, "version": version, "reason": kept()[decision, "Says who"].text, "because": "scam",
        "taxa": "Psittacus erithacus", "category": "live", "basis": "policy", "good_faith": "y",
    }  # fmt: skip
    answer = cora.post(f"/cases/{case_id}/decisions", data=form)
    assert answer.status_code == 422 and "This may name a person in the programme" in answer.text
    with read() as session:
        assert session.get_one(Case, case_id).state == "open"
