"""The weekly mail of a spotter: what it gathers, that it leaves once, and who gets none; the real worker, a real mail server."""

import re
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from server.core import clock
from server.core.database import new_id, read, write
from server.core.outbox import Work
from server.core.words import MailFrequency, Via
from server.journeys.report import answering, decision, feedback, retracting, weekly_mail
from server.journeys.spotter import erasing
from server.ledger.cases.models import Case
from server.ledger.reports import week_mails
from server.ledger.reports.models import Feedback, Report, WeekMail
from server.people.accounts.models import Account
from tests.mail_stories import ANA, body, choose, hand, inbox, server, settings, story  # noqa: F401 - their time and post
from tests.round_stories import join, plan
from tests.statements import statements
from tests.story import decide, flag


def number(n):
    return f"https://mercado.test/itm/{265370000000 + n}"


def fill(people, reports):
    """Ana has many reports, each dismissed this week and gathered: as rows, for a week of work."""
    with write() as session:
        first = session.scalars(select(Report)).first()
        shape = {column.key: getattr(first, column.key) for column in Report.__table__.columns}
        rows = [shape | {"id": new_id(), "reference": f"R-{n:05d}"} for n in range(reports)]
        session.execute(Report.__table__.insert(), rows)
        for row in rows:
            entry = Feedback(
                report_id=row["id"], at=clock.now(), status="notified", speaker="coordinator", code="held", params={}
            )
            session.add(entry)
            session.flush()
            week_mails.gather(session, entry, people.ids["ana"], clock.now().date() + timedelta(days=5))


def test_the_week_comes_as_one_mail_with_every_report_that_moved(people, inbox, server, report_json):
    choose(people, "week")
    for _ in story(people, report_json):
        inbox()
    other = flag(
        people, report_json(number(1), listing=report_json()["listing"] | {"title": "Ivory\u202e <b>bangle</b>"})
    )
    decision.decide(
        other, people.ids["cora"], decision="dismiss", dismiss_reason="other", note="Ivory is a colour here.", version=1
    )
    assert inbox(days=3) == []
    assert inbox(days=2) == ["Your reports: 1 kept online, 1 not forwarded"]
    with read() as session:
        reports = session.scalars(select(Report)).all()
    for kind in ("plain", "html"):
        text = " ".join(body(server, kind).split())
        for report in reports:
            assert f"http://spotter.test/reports/{report.id}" in text and report.reference in text
        assert "\u202e" not in text and "Ivory is a colour here." in text and "Is a ring visible?" not in text
        assert "Bcc: x@example.org" in text and "papers can be" not in text
    plain = " ".join(body(server).split())
    assert "Mercado answered: “Captive bred. The seller showed “papers” for Bcc: x@example.org”" in plain
    assert "There is news about 2 of your reports: 1 kept online, 1 not forwarded." in plain
    assert "http://spotter.test/profile#mails" in plain
    assert "&lt;b&gt;bangle&lt;/b&gt;" in body(server, "html")
    mail = server.to(ANA)[-1].message
    assert mail["Bcc"] is None and "Ivory" not in str(mail.items())
    assert inbox(days=7) == [] and inbox(days=7) == [], "told once, and nothing when nothing moved"


def test_no_report_is_told_twice_and_none_is_forgotten(people, inbox, server, report_json):
    choose(people, "week")
    ids = []
    for week in range(3):
        for n in range(2):
            case_id = flag(people, report_json(number(10 * week + n)))
            decision.decide(
                case_id, people.ids["cora"], decision="dismiss", dismiss_reason="other", note="A toy.", version=1
            )
        assert len(inbox(days=0 if n else 1)) == 0
        assert inbox(days=7) == ["Your reports: 2 not forwarded"]
        ids += re.findall(r"http://spotter.test/reports/([0-9a-f]{32})", body(server))
    with read() as session:
        assert sorted(ids) == sorted(session.scalars(select(Report.id)))
        assert not session.scalar(select(func.count()).select_from(Feedback).where(Feedback.mailed_at.is_(None)))


def test_a_report_that_was_withdrawn_since_is_not_told_as_on_its_way(people, inbox, server, report_json):
    choose(people, "week")
    dismissed(people, report_json)
    for n in (1, 2):
        held = flag(people, report_json(number(n)))
        decision.decide(held, people.ids["cora"], decision="ask", note="Is a ring visible?", version=1)
        with read() as session:
            report_id = session.scalars(select(Report.id).where(Report.case_id == held)).one()
        feedback.reply(people.ids["ana"], report_id, "No ring.")
        with read() as session:
            version = session.get_one(Case, held).version
        decision.decide(held, people.ids["cora"], decision="hold", note="Wait.", version=version)
        inbox()
    with read() as session:
        version = session.get_one(Case, held).version
    decision.decide(held, people.ids["cora"], decision="ask", note="And now?", version=version)
    inbox()
    retracting.retract(people.ids["ana"], report_id, "wrong_ad")
    assert inbox(days=7) == ["Your reports: 1 not forwarded, 1 on the way"]
    assert report_id not in body(server)


def test_what_was_gathered_still_comes_after_another_choice(people, inbox, report_json):
    choose(people, "week")
    case_id = flag(people, report_json())
    decision.decide(case_id, people.ids["cora"], decision="dismiss", dismiss_reason="other", note="A toy.", version=1)
    assert inbox() == []
    ana = people.browser("ana")
    ana.post("/profile/mails", data={"mails": "step"})
    assert "Updates already waiting for a weekly email will still come on Monday." in ana.get("/profile").text
    assert inbox(days=5) == ["Your reports: 1 not forwarded"]


def dismissed(people, report_json, n=0):
    case_id = flag(people, report_json(number(n)))
    decision.decide(case_id, people.ids["cora"], decision="dismiss", dismiss_reason="other", note="A toy.", version=1)


def test_who_wants_no_mails_gets_none_that_waits_and_none_later(people, inbox, report_json):
    choose(people, "week")
    dismissed(people, report_json)
    assert inbox() == []
    with read() as session:
        assert session.scalar(select(func.count()).select_from(WeekMail)) == 1
    choose(people, "never")
    ana = people.browser("ana")
    assert "Updates already waiting" not in ana.get("/profile").text
    dismissed(people, report_json, 1)
    assert inbox() == [] and inbox(days=7) == []
    choose(people, "week")
    assert inbox(days=7) == [], "what was given up is not told when mails are wanted again"


def test_one_click_in_the_weekly_mail_is_the_same_choice(people, client, inbox, server, report_json):
    choose(people, "week")
    dismissed(people, report_json)
    assert inbox() == [] and inbox(days=5) == ["Your reports: 1 not forwarded"]
    mail = server.to(ANA)[-1].message
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = mail["List-Unsubscribe"].strip("<>")
    assert link in body(server) and link in body(server, "html")
    assert (
        client.post(link.removeprefix("http://spotter.test"), data={"List-Unsubscribe": "One-Click"}).status_code == 200
    )
    with read() as session:
        assert session.get_one(Account, people.ids["ana"]).mails == MailFrequency.NEVER
    dismissed(people, report_json, 1)
    assert inbox(days=7) == []


def test_a_question_that_was_gathered_is_mailed_to_who_wants_no_other_mails(
    people, inbox, server, report_json, monkeypatch
):
    monkeypatch.setattr("server.ledger.reports.mailing.A_DAY", 0)
    case_id = flag(people, report_json())
    decision.decide(case_id, people.ids["cora"], decision="ask", note="Is a ring visible?", version=1)
    assert inbox() == [], "it was to come with others the next day"
    choose(people, "never")
    assert inbox() == [] and inbox(days=1) == ["Your reports: 1 on the way"]
    assert server.to(ANA)[-1].message["List-Unsubscribe"] is None and "/unsubscribe/" not in body(server)


def test_a_gathered_question_that_was_answered_is_not_mailed_any_more(people, inbox, report_json, monkeypatch):
    monkeypatch.setattr("server.ledger.reports.mailing.A_DAY", 0)
    case_id = flag(people, report_json())
    decision.decide(case_id, people.ids["cora"], decision="ask", note="Is a ring visible?", version=1)
    assert inbox() == []
    with read() as session:
        report_id = session.scalars(select(Report.id)).one()
    feedback.reply(people.ids["ana"], report_id, "No ring.")
    choose(people, "never")
    assert inbox() == [] and inbox(days=2) == []


def test_a_weekly_mail_that_is_on_its_way_is_given_up_too(people, inbox, server, report_json, hand):
    choose(people, "week")
    dismissed(people, report_json)
    assert inbox() == []
    hand.shift(timedelta(days=5))
    weekly_mail.queue_week_mails()
    choose(people, "never")
    assert inbox() == []


def test_a_worker_that_was_away_for_weeks_writes_one_mail(people, inbox, report_json):
    choose(people, "week")
    for n in range(2):
        case_id = flag(people, report_json(number(n)))
        decision.decide(
            case_id, people.ids["cora"], decision="dismiss", dismiss_reason="other", note="A toy.", version=1
        )
        assert inbox() == []
    assert inbox(days=30) == ["Your reports: 2 not forwarded"]


def test_two_workers_close_a_mail_once_and_sending_again_sends_nothing(people, inbox, server, report_json, hand):
    choose(people, "week")
    case_id = flag(people, report_json())
    decision.decide(case_id, people.ids["cora"], decision="dismiss", dismiss_reason="other", note="A toy.", version=1)
    inbox()
    hand.shift(timedelta(days=5))
    weekly_mail.queue_week_mails()
    weekly_mail.queue_week_mails()
    with read() as session:
        mail_id = session.scalars(select(WeekMail.id)).one()
        asked = select(func.count()).select_from(Work).where(Work.kind == "mail_week")
        assert session.scalar(asked) == 1
    with write() as session:
        assert not week_mails.queue(session, mail_id)
    weekly_mail.mail_week(mail_id)
    weekly_mail.mail_week(mail_id)
    assert len(server.to(ANA)) == 1


def test_workers_that_come_to_it_in_the_same_moment_gather_one_mail_and_queue_it_once(app, people, report_json, hand):
    choose(people, "week")
    for n in range(4):
        case_id = flag(people, report_json(number(n)))
        decision.decide(
            case_id, people.ids["cora"], decision="dismiss", dismiss_reason="other", note="A toy.", version=1
        )
    with read() as session:
        entries = session.scalars(select(Feedback.id)).all()
    together(app, [partial(feedback.mail_feedback, entry) for entry in entries])
    hand.shift(timedelta(days=5))
    together(app, [weekly_mail.queue_week_mails] * 4)
    with read() as session:
        assert session.scalar(select(func.count()).select_from(WeekMail)) == 1
        assert session.scalar(select(func.count()).where(Feedback.week_mail_id.is_not(None))) == 4
        asked = select(func.count()).select_from(Work).where(Work.kind == "mail_week")
        assert session.scalar(asked) == 1


def together(app, acts):
    """Each in a thread of its own, begun at once; what one raises is raised."""
    ready = threading.Barrier(len(acts))

    def do(act):
        ready.wait(10)
        with app.app_context():
            act()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(do, act) for act in acts]:
            done.result()


def test_a_mail_that_is_refused_for_now_leaves_later_the_same_and_what_is_said_meanwhile_waits(
    people, inbox, server, report_json
):
    choose(people, "week")
    cases = [flag(people, report_json(number(n))) for n in range(2)]
    decision.decide(cases[0], people.ids["cora"], decision="dismiss", dismiss_reason="other", note="A toy.", version=1)
    inbox()
    server.scripted, server.script = ANA, server.script
    server.script.extend(["450", "drop"])
    assert inbox(days=5) == []
    decision.decide(
        cases[1], people.ids["cora"], decision="dismiss", dismiss_reason="other", note="Another toy.", version=1
    )
    inbox(minutes=5)  # the server took it and hung up before it said so
    inbox(minutes=5)
    first, again = server.to(ANA)
    assert first.message["Message-ID"] == again.message["Message-ID"]
    assert first.message["Subject"] == again.message["Subject"] == "Your reports: 1 not forwarded"
    assert inbox(days=7) == ["Your reports: 1 not forwarded"]
    assert "Another toy." in body(server)


def test_who_is_erased_or_disabled_gets_no_mail_at_any_choice(people, inbox, report_json):
    for n, mails in enumerate(("week", "step")):
        choose(people, mails)
        case_id = flag(people, report_json(number(n)))
        decision.decide(
            case_id, people.ids["cora"], decision="dismiss", dismiss_reason="other", note="A toy.", version=1
        )
        if mails == "week":
            inbox()
    with write() as session:
        session.get_one(Account, people.ids["ana"]).disabled_at = clock.now()
    assert inbox(days=7) == []
    weekly_mail.mail_week(_only_mail())  # even when it was queued before
    assert inbox() == []
    erasing.erase(people.ids["ana"], people.ids["cora"])
    with read() as session:
        assert session.scalar(select(func.count()).select_from(WeekMail)) == 0
        assert session.scalar(select(func.count()).where(Feedback.week_mail_id.is_not(None))) == 0
    assert inbox(days=7) == []


def test_the_mail_of_a_closed_account_waits_and_leaves_when_it_is_opened_again(people, inbox, report_json):
    choose(people, "week")
    case_id = flag(people, report_json())
    decision.decide(case_id, people.ids["cora"], decision="dismiss", dismiss_reason="other", note="A toy.", version=1)
    inbox()
    for at, expected in ((clock.now(), []), (None, ["Your reports: 1 not forwarded"])):
        with write() as session:
            session.get_one(Account, people.ids["ana"]).disabled_at = at
        assert inbox(days=7) == expected


def _only_mail():
    with read() as session:
        return session.scalars(select(WeekMail.id)).one()


def test_the_database_holds_one_open_mail_a_person(people, inbox, report_json):
    def open_two():
        with write() as session:
            session.add_all(WeekMail(account_id=people.ids["ana"], due_on=clock.now().date()) for _ in range(2))

    with pytest.raises(IntegrityError):
        open_two()


def test_a_long_week_is_cut_with_a_sentence_and_read_in_few_statements(people, inbox, server, report_json, hand):
    case_id = flag(people, report_json())
    choose(people, "week")
    decision.decide(
        case_id, people.ids["cora"], decision="dismiss", dismiss_reason="other", note="A toy. " * 250, version=1
    )
    inbox()
    counted = []
    for more in (3, 1200):
        fill(people, more)
        hand.shift(timedelta(days=7))
        weekly_mail.queue_week_mails()
        with read() as session:
            mail_id = session.scalars(select(WeekMail.id).where(WeekMail.mailed_at.is_(None))).one()
        with statements() as texts:
            weekly_mail.mail_week(mail_id)
        counted.append(len(texts))
    assert counted[0] == counted[1] <= 10
    mail, text = server.to(ANA)[-1], " ".join(body(server).split())
    assert mail.message["Subject"] == "Your reports: 1,200 on the way"
    assert (
        "And 1,160 more reports. You can see all of them on your page." in text
        and "http://spotter.test/reports " in text
    )
    assert len(set(re.findall(r"/reports/([0-9a-f]{32})", text))) == week_mails.MOST and len(mail.raw) < 200_000
    first = " ".join(server.to(ANA)[0].message.get_body(("plain",)).get_content().split())
    assert "1 not forwarded, 3 on the way" in first and "A toy. A t" in first and "…" in first
    with read() as session:
        left = select(func.count()).where(Feedback.week_mail_id.is_not(None), Feedback.mailed_at.is_(None))
        assert session.scalar(left) == 0, "what the sentence covers is told as well"


def test_the_mail_about_one_outcome_says_where_one_stands_in_the_round(people, inbox, server, report_json):
    join(people, "ana", plan(people, name="Parrots before Christmas"))
    choose(people, "outcome")
    notice_id = decide(people, flag(people, report_json()))
    answering.answer_notice(notice_id, {"answer": "removed"}, Via.LINK)
    inbox()
    (mail,) = (taken for taken in server.to(ANA) if str(taken.message["Subject"]).startswith("Removed"))
    for kind in ("plain", "html"):
        text = re.sub(r"<[^>]+>", "", " ".join(mail.message.get_body((kind,)).get_content().split()))
        assert "Your part in the round “Parrots before Christmas” so far: 1 report, 1 notice, 1 takedown." in text


def test_the_mail_says_where_one_stands_in_the_round(people, inbox, server, report_json):
    round_id = plan(people, name="Parrots before Christmas")
    join(people, "ana", round_id)
    choose(people, "week")
    notice_id = decide(people, flag(people, report_json()))
    answering.answer_notice(notice_id, {"answer": "removed"}, Via.LINK)
    inbox()
    assert [subject for subject in inbox(days=5) if "reports" in subject] == ["Your reports: 1 removed"]
    (mail,) = (taken for taken in server.to(ANA) if "Your reports" in taken.message["Subject"])
    text = " ".join(mail.message.get_body(("plain",)).get_content().split())
    assert "Your part in the round “Parrots before Christmas” so far: 1 report, 1 notice, 1 takedown." in text


def test_what_is_said_at_the_same_moment_joins_one_mail(people, report_json, hand):
    """Whoever gathers has locked the account; the open mail is found, not made twice."""
    case_id = flag(people, report_json())
    with write() as session:
        report = session.scalars(select(Report)).one()
        for _ in range(2):
            entry = Feedback(
                report_id=report.id,
                at=clock.now(),
                status="notified",
                speaker="coordinator",
                code="as_written",
                params={},
                text=str(uuid.uuid4()),
            )
            session.add(entry)
            session.flush()
            week_mails.gather(session, entry, people.ids["ana"], clock.now().date())
        assert session.scalar(select(func.count()).select_from(WeekMail)) == 1
        assert session.get_one(Case, case_id)
