"""A question of a coordinator is answered with pictures, which pass the checks that a report's evidence passes."""

import io

import pytest
from sqlalchemy import select

from server.core import vault
from server.core.database import read
from server.journeys.report import decision
from server.ledger.cases.models import Case
from server.ledger.reports.models import Evidence, Feedback, Report
from tests.sending import png
from tests.story import flag


@pytest.fixture
def asked(people, report_json):
    """A report whose spotter is asked for more; its id."""
    case_id = flag(people, report_json(), screenshot=png())
    decision.decide(case_id, people.ids["cora"], decision="ask", note="Show the foot ring, please.", version=1)
    with read() as session:
        return session.scalars(select(Report.id)).one()


def send(people, report_id, *pictures, text="Here it is.", who="ana", **more):
    data = {"text": text, "pictures": [(io.BytesIO(data), f"{n}.png") for n, data in enumerate(pictures)]} | more
    return people.browser(who).post(f"/reports/{report_id}/replies", data=data, content_type="multipart/form-data")


def state():
    with read() as session:
        report = session.scalars(select(Report)).one()
        files = session.scalars(select(Evidence).order_by(Evidence.id)).all()
        replies = session.scalars(select(Feedback).where(Feedback.code == "reply")).all()
        return report.status, [file.name for file in files], [(each.text, each.params) for each in replies]


def test_text_and_pictures_arrive_beside_each_other(people, asked, work_all):
    page = people.browser("ana").get(f"/reports/{asked}").text
    assert 'name="pictures"' in page and 'id="black-out"' in page and 'enctype="multipart/form-data"' in page
    assert send(people, asked, png((60, 40), "red"), png((50, 50), "blue")).status_code == 302
    names = ["answer_1", "answer_2"]
    assert state() == ("in_review", ["screenshot", *names], [("Here it is.", {"pictures": names})])
    work_all()
    with read() as session:
        case_id = session.scalars(select(Report.case_id)).one()
        files = {file.name: file for file in session.scalars(select(Evidence))}
    for name in names:
        file = files[name]
        assert file.copy_sha256 and file.blurred_sha256 and vault.read(file.sha256) != vault.read(file.copy_sha256)
    page = people.browser("cora").get(f"/cases/{case_id}").text
    answer = page.index("Here it is.")
    for name in names:
        assert page.count(f'id="picture-{files[name].id}"') == 1
        assert page.index(f'id="picture-{files[name].id}"') > answer, "beside the answer, not among the report's own"
    assert people.browser("cora").get(f"/cases/{case_id}/evidence/{files['answer_1'].id}").status_code == 200
    assert people.browser("ana").get(f"/reports/{asked}/pictures/answer_1").status_code == 200
    history = people.browser("ana").get(f"/reports/{asked}").text.partition("What happened")[2]
    assert history.count("A coordinator</") == history.count("You</") == 1, "question and answer each name who speaks"


def test_a_picture_alone_is_an_answer(people, asked):
    send(people, asked, png(), text="")
    assert state()[2] == [("See the picture.", {"pictures": ["answer_1"]})]


def test_text_alone_is_kept_as_before(people, asked):
    assert send(people, asked).status_code == 302
    assert state() == ("in_review", ["screenshot"], [("Here it is.", {})])


@pytest.mark.parametrize(
    ("pictures", "said"),
    [
        ([b"<svg onload=alert(1)>"], "not a readable PNG, JPEG or WebP picture"),
        ([png()[:-20]], "not a readable PNG, JPEG or WebP picture"),
        ([png(), b"GIF89a"], "not a readable PNG, JPEG or WebP picture"),
        ([png()] * 5, "Send at most 4 pictures."),
        ([png() + b"\0" * (10 * 1024 * 1024)], "larger than 10 MB"),
    ],
    ids=["svg", "cut off", "one of two", "too many", "too large"],
)
def test_what_is_refused_loses_nothing(people, asked, pictures, said):
    answer = send(people, asked, *pictures, text="The ring is on the left foot.")
    assert answer.status_code == 422 and said in answer.text
    assert "The ring is on the left foot.</textarea>" in answer.text
    assert "choose the pictures again" in answer.text
    assert state() == ("needs_info", ["screenshot"], [])


def test_a_second_question_gets_names_of_its_own(people, asked):
    send(people, asked, png())
    with read() as session:
        case = session.scalars(select(Case)).one()
    decision.decide(case.id, people.ids["cora"], decision="ask", note="And the other?", version=case.version)
    send(people, asked, png((9, 9), "green"), text="The other.")
    assert state()[1] == ["screenshot", "answer_1", "answer_2"]
    assert [params["pictures"] for _, params in state()[2]] == [["answer_1"], ["answer_2"]]


def test_nobody_sends_a_picture_unasked_or_to_another_persons_report(people, asked):
    assert send(people, asked, png(), who="ben").status_code == 404
    send(people, asked, png())
    again = send(people, asked, png((8, 8), "green"))
    assert again.status_code == 409 and state()[1] == ["screenshot", "answer_1"]


@pytest.mark.parametrize("pictures", [[], [png(), png((8, 8), "green")]], ids=["text alone", "with pictures"])
def test_an_answer_that_is_sent_twice_is_kept_once_and_no_error(people, asked, pictures):
    for _ in range(2):
        assert send(people, asked, *pictures).status_code == 302
    assert [text for text, _ in state()[2]] == ["Here it is."]
    assert len(state()[1]) == 1 + len(pictures)
    assert send(people, asked, text="Something else.").status_code == 409
    lost = people.app.test_client().post(
        f"/api/v1/reports/{asked}/replies", headers=people.token("ana"), json={"text": "Here it is."}
    )
    assert lost.status_code == (409 if pictures else 201), "without the pictures it is another answer"


def test_an_answer_that_is_too_long_comes_back_as_it_was_typed(people, asked):
    typed = "The ring is on the left foot. " * 80
    answer = send(people, asked, png(), text=typed)
    assert answer.status_code == 422 and typed.strip() in answer.text
    assert "Write an answer of at most 2,000 characters" in answer.text
    assert "choose the pictures again" in answer.text and 'aria-invalid="true"' in answer.text
    assert state()[0] == "needs_info"


def test_questions_and_their_answers_come_before_the_ad_and_a_new_answer_is_noted_at_the_top(people, asked):
    with read() as session:
        case = session.scalars(select(Case)).one()
    page = lambda: people.browser("cora").get(f"/cases/{case.id}").text  # noqa: E731
    assert "1 spotter has answered a question." not in page() and "No answer yet." in page()
    send(people, asked, text="It is open.")
    shown = page()
    places = ["1 spotter has answered a question.", "Questions to spotters", "Show the foot ring", "It is open."]
    at = [shown.index(text) for text in [*places, "What the ad says", ">Evidence", 'id="reports"']]
    assert at == sorted(at) and shown.count("Show the foot ring, please.”") == 1
    with read() as session:
        version = session.get_one(Case, case.id).version
    decision.decide(case.id, people.ids["cora"], decision="notify", note="An open ring.", version=version)
    shown = page()
    assert "spotter has answered a question." not in shown, "it has been decided on"
    assert shown.index('id="thread"') < shown.index("It is open.") < shown.index("What the ad says")
