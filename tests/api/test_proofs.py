"""A company checks that a message came from us: by the reference and hash that the mail, the portal and the API carry, or the file."""

import html
import io
import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from server.core import wording, work
from server.core.database import db, read, write
from server.core.words import Scope
from server.journeys.report import answering
from server.ledger.delivery import store as deliveries
from server.ledger.notices import proof
from server.ledger.notices.models import Notice
from tests.digests import digest_contact, next_slot, worker_at
from tests.story import attached, mails, notify

PAGE, SPOC = "/check-notice", "spoc@mercado.test"
OURS, WITHOUT_A_DAY, NOTHING = "This notice was sent by us on", "This notice is ours.", "Nothing matches."


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def ask(people, reference: str = "", sha256: str = "", file: bytes | None = None):
    form = {"reference": reference, "sha256": sha256}
    if file is not None:
        form["notice"] = (io.BytesIO(file), "notice.json")
    people.app.config["WTF_CSRF_ENABLED"] = False
    return people.app.test_client().post(PAGE, data=form)


@pytest.fixture
def sent(people, report_json) -> Notice:
    notice_id = notify(people, report_json())
    work.run_due()
    with read() as session:
        return session.get_one(Notice, notice_id)


def test_who_has_the_mail_is_told_that_it_is_ours_and_when(people, settings, sent):
    text = mails(settings, SPOC)[-1].get_body(("plain",)).get_content()
    sha256 = re.search(r"SHA-256: ([0-9a-f]{64})$", text, re.MULTILINE)[1]
    address = re.search(r"http://spotter\.test(/check-notice\?reference=\S+)", text)[1]
    assert sent.reference in people.app.test_client().get(address).text
    page = plain(ask(people, sent.reference, sha256).text)
    assert f"{OURS} {wording.date(sent.created_at)}" in page and NOTHING not in page
    typed = f" {sha256.upper()[:32]} {sha256.upper()[32:]} "
    assert OURS in ask(people, sent.reference.lower(), typed).text


def test_the_hash_is_the_same_in_mail_portal_and_api(people, settings, sent):
    sha256 = proof.sha256(sent.document)
    assert attached(mails(settings, SPOC)[-1])["sha256"] == sha256
    token = people.token("mia", Scope.COMPANY)
    assert people.app.test_client().get(f"/api/v1/notices/{sent.id}", headers=token).json["sha256"] == sha256
    assert sha256 in people.browser("mia").get(f"/notices/{sent.id}").text
    assert sha256 in mails(settings, SPOC)[-1].get_body(("html",)).get_content()


def test_the_file_proves_every_word_of_it(people, settings, sent):
    document = attached(mails(settings, SPOC)[-1])
    assert OURS in ask(people, file=json.dumps(document).encode()).text
    document["listing"]["url"] = "https://evil.test/itm/1"
    assert NOTHING in ask(people, file=json.dumps(document).encode()).text
    assert NOTHING in ask(people, sent.reference, document["sha256"], file=json.dumps(document).encode()).text


def by_api(people, notice_id: str) -> bytes:
    """The notice as Mia's program saves it."""
    token = people.token("mia", Scope.COMPANY)
    return people.app.test_client().get(f"/api/v1/notices/{notice_id}", headers=token).data


def test_what_was_read_before_a_digest_left_still_checks_and_the_day_is_that_of_the_digest(people, report_json):
    digest_contact()
    notice_id = notify(people, report_json())
    saved = by_api(people, notice_id)
    reference, sha256 = json.loads(saved)["reference"], json.loads(saved)["sha256"]
    assert sha256 in people.browser("mia").get(f"/notices/{notice_id}").text
    page = ask(people, reference, sha256).text
    assert WITHOUT_A_DAY in page and OURS not in page, "it has not left"
    slot = next_slot()
    worker_at(slot)
    assert json.loads(by_api(people, notice_id))["answer_by"] != json.loads(saved)["answer_by"]
    for answer in (ask(people, reference, sha256), ask(people, file=saved)):
        assert f"{OURS} {wording.date(slot)}" in plain(answer.text)


def test_a_file_saved_by_api_checks_before_and_after_the_answer(people, settings, sent):
    before, token = by_api(people, sent.id), people.token("mia", Scope.COMPANY)
    answers = f"/api/v1/notices/{sent.id}/answers"
    assert people.app.test_client().post(answers, json={"answer": "removed"}, headers=token).status_code == 201
    after = by_api(people, sent.id)
    assert json.loads(after)["answer"] == "removed" and json.loads(after)["thread"]
    answering.withdraw_notice(sent.id, people.ids["cora"], "It is a toy.")
    for file in (before, after, by_api(people, sent.id), json.dumps(attached(mails(settings, SPOC)[-1])).encode()):
        assert OURS in ask(people, file=file).text
    changed = json.loads(after)
    changed["suspicion"]["reasons"] = ["Pay first."]
    assert NOTHING in ask(people, file=json.dumps(changed).encode()).text


def test_the_day_is_that_on_which_it_arrived(people, sent):
    with write() as session:
        message = deliveries.of_notice(session, sent.id)
        message.delivered_at = sent.created_at + timedelta(days=2)
    page = plain(ask(people, sent.reference, proof.sha256(sent.document)).text)
    assert f"{OURS} {wording.date(sent.created_at + timedelta(days=2))}" in page


def test_it_names_no_company_no_ad_and_no_person_and_a_withdrawn_notice_is_ours_still(people, sent):
    answering.withdraw_notice(sent.id, people.ids["cora"], "It is a toy.")
    page = ask(people, sent.reference, proof.sha256(sent.document)).text
    assert OURS in page
    for name in ("Mercado", "mercado", "parrot", "Cora", "Ana", "withdrawn"):
        assert name not in page, name


def test_what_does_not_match_is_answered_alike_after_the_same_work(people, sent, report_json):
    other = notify(people, report_json(url="https://mercado.test/itm/265370482806"))
    answering.withdraw_notice(other, people.ids["cora"], "It is a toy.")
    with read() as session:
        withdrawn = session.get_one(Notice, other).reference
    counts, pages, asked = [], set(), "0" * 64
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    for reference in (sent.reference, withdrawn, "N-00000-00000"):
        statements.clear()
        answer = ask(people, reference, asked)
        assert answer.status_code == 200
        pages.add(plain(answer.text))
        counts.append(len(statements))
    (page,) = pages
    assert NOTHING in page and OURS not in page
    assert len(set(counts)) == 1, "as many queries, whatever is asked"


@pytest.mark.parametrize(
    ("reference", "sha256"), [("", ""), ("N-1", "0" * 64), ("C-7K3M9-Q2XWT", "0" * 64), ("N-7K3M9-Q2XWT", "0" * 63)]
)
def test_what_is_no_reference_or_no_hash_is_said_to_be_none(people, reference, sha256):
    answer = ask(people, reference, sha256)
    assert answer.status_code == 422 and "64 characters" in answer.text


@pytest.mark.parametrize(
    "file", [b"{", b"[]", b"{}", b'{"reference": 1}', b'{"reference": "N-1"}', b"[" * 9000, b"\xff\xfe"]
)
def test_what_is_no_notice_is_refused_at_the_file(people, file):
    answer = ask(people, file=file)
    assert answer.status_code == 422 and NOTHING not in answer.text


def test_guesses_are_limited(people, sent):
    people.app.config["SPOTTER"] = replace(people.app.config["SPOTTER"], reports_per_minute=60)
    assert [ask(people, sent.reference, "0" * 64).status_code for _ in range(21)][-1] == 429


def test_opening_the_page_changes_nothing_and_needs_no_sign_in(people, sent):
    page = people.app.test_client().get(f"{PAGE}?reference={sent.reference}&x=<b>").text
    assert sent.reference in page and OURS not in page and NOTHING not in page
    assert f'href="{PAGE}"' in people.app.test_client().get("/working-with-us").text


def test_a_notices_page_fills_in_reference_and_hash_and_says_to_compare_them(people, sent):
    page = people.browser("mia").get(f"/notices/{sent.id}").text
    address = html.unescape(re.search(r'href="([^"]*/check-notice\?[^"]+)"', page)[1])
    filled = people.app.test_client().get(address).text
    assert f'value="{sent.reference}"' in filled and f'value="{proof.sha256(sent.document)}"' in filled
    assert "Compare them with those in the email." in plain(filled)
    assert OURS not in filled and NOTHING not in filled, "nothing is checked before somebody asks"
    checked = ask(people, sent.reference, proof.sha256(sent.document)).text
    assert OURS in checked and "Compare them" not in checked


def test_the_page_says_where_in_the_mail_both_stand(people, settings, sent):
    page = plain(people.app.test_client().get(PAGE).text)
    assert "the SHA-256 under “Check that this notice is ours”, the reference on the line below it" in page
    assert "Compare them" not in page, "no link filled in anything"
    mail = mails(settings, SPOC)[-1]
    *_, said, _, sha256, last = mail.get_body(("plain",)).get_content().strip().splitlines()
    assert said.startswith("Check that this notice is ours") and sha256.startswith("SHA-256: ")
    assert last.startswith(sent.reference) and sent.reference in mail["Subject"]


def test_what_a_hostile_link_fills_in_is_text_and_cut(people):
    page = people.app.test_client().get(f"{PAGE}?reference=%22%3E%3Cscript%3E&sha256={'f' * 5000}")
    form = page.text.partition("<form method")[2].partition("</form>")[0]
    assert page.status_code == 200 and "&#34;&gt;&lt;script&gt;" in form and "<script>" not in form
    assert f'value="{"f" * 64}"' in form
