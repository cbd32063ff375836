"""A company asks about a notice before it answers: the form is named for what it is, and found beside why we suspect it."""

from collections.abc import Callable
from typing import Any

from server.core.words import Via
from server.journeys.report import answering, replying
from server.ledger.notices import link
from tests.conftest import People
from tests.story import notify

Make = Callable[..., dict[str, Any]]
LINK = '<a href="#question">Ask a question</a>'


def test_where_nobody_wrote_mia_asks_a_question(people: People, report_json: Make) -> None:
    notice_id = notify(people, report_json())
    mia = people.browser("mia")
    page = mia.get(f"/notices/{notice_id}").text
    why = page.partition("Why we suspect it")[2].partition("</section>")[0]
    assert LINK in why
    fold = page.partition('<details class="mt-4" id="question">')[2].partition("</details>")[0]
    assert "<summary>Ask a question</summary>" in fold and "Send question" in fold
    assert "Send reply" not in page
    people.app.config["WTF_CSRF_ENABLED"] = False
    empty = mia.post(f"/notices/{notice_id}/replies", data={"text": " "})
    assert empty.status_code == 422 and "Write your message." in empty.text and 'id="question" open>' in empty.text
    asked = mia.post(f"/notices/{notice_id}/replies", data={"text": "Which photo?"}, follow_redirects=True).text
    assert "Which photo?" in asked and "Send question" in asked, "nobody has replied yet"


def test_once_we_have_written_mia_replies(people: People, report_json: Make) -> None:
    notice_id = notify(people, report_json())
    answering.answer_notice(notice_id, {"answer": "need_info", "reason": "Which photo?"}, Via.PORTAL)
    mia = people.browser("mia")
    assert LINK in mia.get(f"/notices/{notice_id}").text
    replying.reply_to_company(notice_id, people.ids["cora"], "The third one.")
    page = mia.get(f"/notices/{notice_id}").text
    assert "<summary>Write to a coordinator</summary>" in page and "Send reply" in page
    assert LINK not in page and "Send question" not in page


def test_behind_the_link_and_where_nothing_is_asked_there_is_no_such_form(people: People, report_json: Make) -> None:
    notice_id = notify(people, report_json())
    assert "#question" not in people.app.test_client().get(link.answer_url(notice_id)).text
    answering.withdraw_notice(notice_id, people.ids["cora"], "A toy.")
    assert "#question" not in people.browser("mia").get(f"/notices/{notice_id}").text
