"""One click in the mail program turns off what a person may switch off (RFC 8058), and nothing else has such a header."""

import re

import pytest
from itsdangerous import URLSafeSerializer

from server.core import post
from server.core.database import read, write
from server.core.words import MailFrequency
from server.journeys.report import decision
from server.journeys.spotter import erasing, mailing
from server.people.accounts import stop_link
from server.people.accounts.models import Account
from server.people.accounts.stop_link import Mailing
from server.people.rounds import choice_store
from server.people.rounds.weeks import Reminder
from server.people.training import store as training
from server.people.training.reminding import Rhythm
from tests.round_stories import hand, plan  # noqa: F401
from tests.story import flag, mails, notify

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def path(account_id: str, of: Mailing) -> str:
    return f"/unsubscribe/{stop_link.make(account_id, of)}"


@pytest.fixture
def ana(people):
    """Ana, whom both kinds of mail remind."""
    with write() as session:
        training.choose_rhythm(session, people.ids["ana"], Rhythm.DAILY)
    return people.ids["ana"]


def reminded(account_id: str) -> tuple[bool, bool, bool]:
    """By the review, by rounds, and about reports."""
    with read() as session:
        return (
            training.rhythm(session, account_id) is not None,
            choice_store.choice(session, account_id).reminders,
            session.get_one(Account, account_id).mails != MailFrequency.NEVER,
        )


@pytest.mark.parametrize(
    ("of", "left"),
    [
        (Mailing.REVIEW, (False, True, True)),
        (Mailing.ROUNDS, (True, False, True)),
        (Mailing.REPORTS, (True, True, False)),
    ],
)
@pytest.mark.parametrize("body", [ONE_CLICK, {}, {"csrf_token": "wrong"}])
def test_one_click_without_a_session_turns_off_that_kind_alone(client, ana, app, of, left, body):
    app.config["WTF_CSRF_ENABLED"] = True  # a mail program knows no token
    for _ in range(2):
        answer = client.post(path(ana, of), data=body)
        assert answer.status_code == 200 and not answer.headers.getlist("Location"), "RFC 8058: no redirect"
        assert reminded(ana) == left


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("of", Mailing)
def test_opening_it_changes_nothing(client, ana, method, of):
    assert getattr(client, method)(path(ana, of)).status_code == 200
    assert reminded(ana) == (True, True, True)


def forged(account_id: str) -> list[str]:
    token = stop_link.make(account_id, Mailing.REVIEW)
    other = URLSafeSerializer("a secret for tests only", salt="review-reminder").dumps([account_id, "review"])
    return ["x", "a.b", "é", token[:-2] + "xx", token[1:], str(other)]


def test_a_forged_link_turns_nothing_off(client, ana):
    for token in forged(ana):
        assert client.post(f"/unsubscribe/{token}", data=ONE_CLICK).status_code == 404
        assert client.get(f"/unsubscribe/{token}").status_code == 404
    assert reminded(ana) == (True, True, True)


@pytest.mark.parametrize("said", [["x", "week"], ["x"], "review", None, 7, ["x", "review", "rounds"]])
def test_a_signed_token_that_says_something_else_is_none_of_ours(app, said):
    with app.app_context():
        token = stop_link._signer().dumps(said)
        assert stop_link.read(str(token)) is None


def test_the_link_of_an_erased_account_does_nothing(client, people, ana):
    link = path(ana, Mailing.ROUNDS)
    erasing.erase(ana, people.ids["cora"])
    assert client.post(link, data=ONE_CLICK).status_code == 200
    with read() as session:
        assert choice_store.choices(session, [ana]) == {}


def test_a_mail_about_a_round_has_the_header_and_its_link_works(client, people, settings, work_all):
    round_id = plan(people)
    people.browser("cora").post(f"/rounds/{round_id}/open")
    work_all()
    [mail] = [mail for mail in mails(settings, "ana@people.test") if mail["Subject"] == "A new round: you can sign up"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(r"<(https?://[^>]+)>", mail["List-Unsubscribe"])[1]
    assert client.post(re.sub(r"https?://[^/]+", "", address), data=ONE_CLICK).status_code == 200
    assert reminded(people.ids["ana"])[1] is False


def test_only_what_can_be_switched_off_has_the_header():
    assert set(Reminder) - mailing.OPTIONAL == {Reminder.CANCELLED, Reminder.REOPENED, Reminder.LEAD, Reminder.ADMITTED}
    for kind in mailing.OPTIONAL:
        off = mailing.Addressee(mailing.Standing.ACTIVE, reminders=False)
        assert not mailing.concerns(kind, off), "who turned it off gets none"


def test_no_notice_and_no_question_has_it(settings, report_json, people, work_all):
    case_id = flag(people, report_json())
    decision.decide(case_id, people.ids["cora"], decision="ask", note="Is a ring visible?", version=1)
    work_all()
    [question] = mails(settings, "ana@people.test")
    notify(people, report_json("https://mercado.test/itm/265370000001"))
    work_all()
    [told] = [mail for mail in mails(settings, "ana@people.test") if mail["Subject"] != question["Subject"]]
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click", "what became of a report has it"
    others = [mail for mail in mails(settings) if mail["Subject"] != told["Subject"]]
    assert len(others) > 1
    for mail in others:
        assert "List-Unsubscribe" not in mail and "List-Unsubscribe-Post" not in mail, mail["Subject"]


@pytest.mark.parametrize("address", [
    "https://x.test/a\r\nBcc: y@evil.test", "https://x.test/a>\n", "javascript:alert(1)", "https://x.test/<a>", "mailto:a@x.test",
    "https://x.test/" + "a" * 301, "https://x.test/a, <https://evil.test/b>", "",
])  # fmt: skip
def test_a_header_takes_one_plain_address(app, address):
    with app.app_context(), pytest.raises(post.Permanent):
        post.send("a@c.test", "Words", "t", "h", message_id="<n.d@spotter.test>", unsubscribe=address)
