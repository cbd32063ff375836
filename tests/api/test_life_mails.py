"""Every step of a spotter's life is mailed: to the person it is about, in their language, once."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from server.core import clock, post, work
from server.core.database import new_id, read, write
from server.core.words import Level, Role
from server.journeys.spotter import (
    accrediting,
    applying,
    closing,
    erasing,
    freezing,
    gate,
    learning,
    round_mails,
    standing_mails,
)
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation import store
from server.people.accreditation.models import AccreditationRow, StandingMail
from server.people.accreditation.occasions import Occasion
from server.people.recruitment.models import Application
from server.people.rounds import choice_store
from server.people.rounds.models import RoundMail
from server.people.rounds.weeks import Reminder
from server.reads import eligibility
from tests.round_stories import accredit, hand, join, plan, search, searchable  # noqa: F401
from tests.small_module import learn, sign, take_exam, teach_small
from tests.statements import statements
from tests.story import mails


def text(mail):
    return " ".join(mail.get_body(("plain",)).get_content().split())


@pytest.fixture
def post_box(settings, work_all):
    """Work, and read what has come for somebody since the last look, as (subject, text)."""
    read_already: dict[str, int] = {}

    def look(who):
        work_all()
        every = mails(settings, f"{who}@people.test")
        new = every[read_already.get(who, 0) :]
        read_already[who] = len(every)
        return [(mail["Subject"], text(mail)) for mail in new]

    return look


def test_each_decision_about_ben_reaches_him_once_with_its_reason(people, post_box):
    sign(people.browser("ben"))
    ben, cora, dan = (people.ids[who] for who in ("ben", "cora", "dan"))
    accrediting.accredit(ben, cora, "Careful and kind.", Level.PROBATION, waive_exam=True)
    [(subject, said)] = post_box("ben")
    assert subject == "You are accredited"
    assert (
        "Cora" in said and "On probation" in said and "27 November 2026" not in subject and "Careful and kind." in said
    )
    assert "You can report from now on" in said
    accrediting.change_level(ben, dan, "Sharp eyes.", Level.TRUSTED)
    [(subject, said)] = post_box("ben")
    assert subject == "Your level or its scope has changed" and "Trusted" in said and "Sharp eyes." in said
    accrediting.suspend(ben, dan, "While we talk.")
    [(subject, said)] = post_box("ben")
    assert subject == "Your accreditation is suspended" and "While we talk." in said and "Dan" not in said
    accrediting.reinstate(ben, cora, "We have talked.")
    assert [subject for subject, _ in post_box("ben")] == ["Your suspension is lifted"]
    accrediting.withdraw(ben, dan, "Again.")
    assert [subject for subject, _ in post_box("ben")] == ["Your accreditation is withdrawn"]
    accrediting.appeal(ben, "It was not me.")
    assert [subject for subject, _ in post_box("ben")] == ["We have your appeal"]
    accrediting.decide_appeal(ben, cora, "It was somebody else.", granted=True)
    [(subject, said)] = post_box("ben")
    assert subject == "Your appeal is granted" and "It was somebody else." in said
    accrediting.suspend(ben, dan, "Once more.")
    accrediting.appeal(ben, "No.")
    accrediting.decide_appeal(ben, cora, "It stands for good reasons.", granted=False)
    last = post_box("ben")
    assert [subject for subject, _ in last] == ["Your accreditation is suspended", "Your appeal is decided"]
    assert "It stands for good reasons." in last[1][1], "and of an appeal that was decided meanwhile, no receipt"
    assert post_box("ben") == post_box("ana") == []


def test_what_was_decided_twice_before_the_mail_left_says_nothing_that_is_not_so(people, post_box):
    sign(people.browser("ben"))
    accrediting.accredit(people.ids["ben"], people.ids["cora"], "Careful.", Level.PROBATION, waive_exam=True)
    accrediting.suspend(people.ids["ben"], people.ids["dan"], "Stop.")
    first, second = post_box("ben")
    assert first[0] == "You are accredited" and "You can report" not in first[1]
    assert second[0] == "Your accreditation is suspended" and "you cannot report" in second[1]


@pytest.mark.parametrize("days", [370, 400])
@pytest.mark.parametrize(
    ("appeals", "subject"), [(False, "Your suspension is lifted"), (True, "Your appeal is granted")]
)
def test_what_is_given_back_after_its_end_is_not_called_leave_to_report(people, post_box, hand, appeals, subject, days):
    sign(people.browser("ben"))
    ben, cora, dan = (people.ids[who] for who in ("ben", "cora", "dan"))
    accrediting.accredit(ben, cora, "Careful.", Level.PROBATION, waive_exam=True)
    accrediting.suspend(ben, dan, "While we talk.")
    if appeals:
        accrediting.appeal(ben, "It was not me.")
    hand.shift(timedelta(days=days))
    if appeals:
        accrediting.decide_appeal(ben, cora, "It was not him.", granted=True)
    else:
        accrediting.reinstate(ben, cora, "We have talked.")
    heard = dict(post_box("ben"))
    said = heard[subject]
    assert "Your accreditation lapsed on 25 November 2027. You cannot report until it is renewed." in said
    assert "Your accreditation has lapsed" not in heard, "it is told once"
    assert "You can report" not in said and "lasts until" not in said and "is restored" not in said
    assert "http://spotter.test/training" in said and "/reports/new" not in said
    assert "is restored" not in people.browser("ben").get("/training/appeal").text


def test_bens_mail_is_in_his_language(people, post_box):
    with write() as session:
        accounts.choose_language(session, people.ids["ben"], "fr")
    accredit("ben")
    [(subject, said)] = post_box("ben")
    assert subject == "Votre accréditation est accordée"
    assert "a accordé votre accréditation" in said and "For the tests." in said


def test_a_retry_a_crash_and_a_second_worker_send_one_mail(people, post_box, monkeypatch):
    accredit("ben")
    with read() as session:
        mail_id = session.scalar(select(StandingMail.id).where(StandingMail.account_id == people.ids["ben"]))
    send, tries = post.send_template, []

    def broken(*arguments, **options):
        tries.append(1)
        raise post.Temporary("no server")

    monkeypatch.setattr(post, "send_template", broken)
    work.run_due()
    monkeypatch.setattr(post, "send_template", send)
    with write() as session:
        work.enqueue(session, "mail_standing", mail_id)
        work.enqueue(session, "mail_standing", mail_id)
    assert tries and [subject for subject, _ in post_box("ben")] == ["You are accredited"]
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        assert post_box("ben") == []


def test_the_end_of_an_accreditation_is_told_at_sixty_thirty_and_seven_days_and_when_it_has_come(people, post_box):
    start, told = clock.now(), []
    for days in (300, 305.5, 306, 320, 335.5, 336, 350, 358.5, 358.7, 365.5, 366, 370, 400):
        with time_machine.travel(start + timedelta(days=days)):
            told += [(days, subject) for subject, _ in post_box("ana")]
    assert told == [
        (305.5, "You can renew your accreditation"), (335.5, "Your accreditation ends soon"),
        (358.5, "Your accreditation ends within a week"), (365.5, "Your accreditation has lapsed"),
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "subject"), [("fr", "Votre accréditation est suspendue"), ("ar", "اعتمادك معلّق")])
def test_who_is_suspended_hears_of_it_in_their_language(people, post_box, language, subject):
    with write() as session:
        session.get_one(Account, people.ids["ana"]).language = language
    post_box("ana")
    accrediting.suspend(people.ids["ana"], people.ids["dan"], "While we talk.")
    assert [subject for subject, _ in post_box("ana")] == [subject]


@pytest.mark.parametrize("again", [False, True])
def test_only_who_has_not_passed_again_is_asked_to(people, post_box, app, tmp_path, again):
    teach_small(app, tmp_path)
    learn(people)
    accrediting.accredit(people.ids["ben"], people.ids["cora"], "Careful.", Level.PROBATION)
    post_box("ben")
    with time_machine.travel(clock.now() + timedelta(days=306)):
        if again:
            take_exam(people.browser("ben"))
        [(subject, said)] = post_box("ben")
        assert subject == "You can renew your accreditation"
        assert ("pass the required exams again" in said) is not again


def test_a_renewal_stops_the_mails_about_the_end_and_begins_them_anew(people, post_box):
    start = clock.now()
    with time_machine.travel(start + timedelta(days=310)):
        assert [subject for subject, _ in post_box("ana")] == ["You can renew your accreditation"]
        accrediting.accredit(people.ids["ana"], people.ids["cora"], "Another year.", Level.PROBATION, waive_exam=True)
        assert [subject for subject, _ in post_box("ana")] == ["Your accreditation is renewed"]
    for days, subjects in ((340, []), (366, []), (310 + 306, ["You can renew your accreditation"])):
        with time_machine.travel(start + timedelta(days=days)):
            assert [subject for subject, _ in post_box("ana")] == subjects


def test_who_is_told_of_an_end_already_costs_the_hourly_look_no_statement_more(people, post_box):
    accredit("ben")
    with time_machine.travel(clock.now() + timedelta(days=365 - 20)):
        assert "Your accreditation ends soon" in [subject for subject, _ in post_box("ben")]
        with statements() as asked:
            standing_mails.remind_standings()
    assert not [each for each in asked if not each.startswith("SELECT")]


@pytest.mark.parametrize("ending", ["suspended", "closed", "erased"])
def test_who_is_suspended_or_gone_is_not_reminded_of_an_end(people, post_box, ending):
    start = clock.now()
    if ending == "suspended":
        accrediting.suspend(people.ids["ana"], people.ids["dan"], "Stop.")
    elif ending == "closed":
        with write() as session:
            accounts.close(session, accounts.spotter(session, people.ids["ana"]), people.ids["cora"], "Left.", start)
    else:
        erasing.erase(people.ids["ana"], people.ids["cora"])
    post_box("ana")
    with time_machine.travel(start + timedelta(days=340)):
        assert post_box("ana") == []


def test_what_changed_is_told_once_for_each_state_of_it(people, post_box, monkeypatch):
    def now_is(content_hash):
        monkeypatch.setattr(eligibility, "_basis", lambda _folder: {"agreement": (content_hash, "The agreement")})

    with time_machine.travel(clock.now()) as hand:
        for content_hash, subjects in (("b" * 64, 1), ("b" * 64, 0), ("c" * 64, 1)):
            now_is(content_hash)
            hand.shift(timedelta(hours=2))
            letters = post_box("ana")
            assert [subject for subject, _ in letters] == ["The volunteer agreement has changed"] * subjects
            assert all("Please read it and sign it again by" in said for _, said in letters)


@pytest.fixture
def changed(people, monkeypatch):
    """What Ana's accreditation was given on is now like this: name to hash."""
    titles = {"agreement": "Volunteer agreement", "safe-and-well": "Safe and well", "live-animals": "Live animals"}
    with write() as session:
        row = store.current(session, people.ids["ana"])
        session.get_one(AccreditationRow, row.id).covers = dict.fromkeys(titles, "a" * 64)

    def now_is(**hashes):
        states = {name: (hashes.get(name.partition("-")[0], "a" * 64), title) for name, title in titles.items()}
        monkeypatch.setattr(eligibility, "_basis", lambda _folder: states)
        monkeypatch.setattr(eligibility, "_taught", list)

    return now_is


def test_what_changed_at_once_is_one_mail_and_what_changes_later_is_another(people, post_box, changed):
    with time_machine.travel(clock.now()) as hand:
        changed(agreement="b" * 64, safe="b" * 64)
        hand.shift(timedelta(hours=2))
        [(subject, said)] = post_box("ana")
        assert subject == "Several things you passed or signed have changed"
        assert "- The volunteer agreement: read it and sign it again, by" in said
        assert "- “Safe and well”: the whole exam again, by" in said and "Live animals" not in said
        changed(agreement="b" * 64, safe="b" * 64, live="b" * 64)
        hand.shift(timedelta(hours=2))
        [(_, said)] = post_box("ana")
        assert "“Live animals” has changed" in said and "Safe and well" not in said
        hand.shift(timedelta(hours=2))
        assert post_box("ana") == []


def accredit_as_ana(people, *names):
    """More spotters, accredited on what Ana was."""
    with write() as session:
        last = store.current(session, people.ids["ana"])
        for name in names:
            session.add(account := Account(id=new_id(), email=f"{name}@people.test", name=name.title(), role=Role.SPOTTER,
                                           created_at=last.at))  # fmt: skip
            session.flush()
            session.add(AccreditationRow(account_id=account.id, level=last.level, standing=last.standing, why=last.why,
                                         by_account_id=people.ids["cora"], at=last.at, expires_at=last.expires_at,
                                         covers=last.covers))  # fmt: skip


def test_changes_are_written_down_by_as_many_statements_for_many_spotters_as_for_two(people, changed):
    counts = []
    for number, content_hash in enumerate(("b", "c")):
        accredit_as_ana(people, *[f"eva{number}{each}" for each in range((1, 30)[number])])
        changed(agreement=content_hash * 64, safe=content_hash * 64)
        with statements() as sent:
            standing_mails.remind_standings()
        counts.append(len(sent))
        with read() as session:
            assert session.scalar(select(func.count()).select_from(StandingMail)) == (4, 4 + 64)[number]
    assert counts[0] == counts[1]


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_each_of_many_spotters_is_told_of_all_changes_by_one_mail(people, post_box, changed, monkeypatch, size):
    names = ("eva", "finn", "gul", "hana")
    accredit_as_ana(people, *names)
    monkeypatch.setattr(standing_mails, "PEOPLE_AT_ONCE", size)
    with time_machine.travel(clock.now()) as hand:
        changed(agreement="b" * 64, safe="b" * 64, live="b" * 64)
        hand.shift(timedelta(hours=2))
        for name in ("ana", *names):
            [(_, said)] = post_box(name)
            assert "The volunteer agreement" in said and "“Safe and well”" in said and "“Live animals”" in said
        hand.shift(timedelta(hours=2))
        assert not any(post_box(name) for name in ("ana", *names))


def test_what_two_workers_find_due_at_once_is_written_down_once(people, changed):
    changed(agreement="b" * 64, safe="b" * 64)
    standing_mails.remind_standings()
    with write() as session:
        due = [(mail.account_id, Occasion(mail.occasion), mail.about) for mail in session.scalars(select(StandingMail))]
        assert len(due) == 2 and not standing_mails.mails.queue_all(session, due)
        assert standing_mails.mails.queue_all(session, [*due, (people.ids["ben"], *due[0][1:])])
        waiting = session.scalars(select(work.Work.subject_id).where(work.Work.kind == "mail_standing")).all()
        assert len(waiting) == 2 and session.get_one(StandingMail, waiting[-1]).account_id == people.ids["ben"]


def test_several_changes_are_told_in_the_language_of_who_reads(people, post_box, changed):
    with write() as session:
        accounts.choose_language(session, people.ids["ana"], "fr")
    with time_machine.travel(clock.now()) as hand:
        changed(agreement="b" * 64, safe="b" * 64)
        hand.shift(timedelta(hours=2))
        [(subject, said)] = post_box("ana")
    assert subject == "Ce que vous avez réussi ou signé a changé"
    assert "L’accord de bénévolat : à relire et à signer de nouveau" in said
    assert "« En sécurité, et bien »" in said


def test_a_mail_about_changes_that_fails_is_sent_again_with_all_of_them(people, post_box, changed, monkeypatch):
    send = post.send_template

    def broken(*arguments, **options):
        raise post.Temporary("no server")

    monkeypatch.setattr(post, "send_template", broken)
    with time_machine.travel(clock.now()) as hand:
        changed(agreement="b" * 64, safe="b" * 64)
        hand.shift(timedelta(hours=2))
        assert post_box("ana") == []
        monkeypatch.setattr(post, "send_template", send)
        hand.shift(timedelta(hours=2))
        [(_, said)] = post_box("ana")
    assert "agreement" in said and "Safe and well" in said


def test_what_returns_to_an_earlier_state_gives_thirty_days_again(people, changed):
    with time_machine.travel(clock.now(), tick=False) as hand:
        for content_hash in ("a" * 64, "b" * 64):
            changed(agreement=content_hash)
            gate.note_content()
            hand.shift(timedelta(days=60))
        with write() as session:
            last = store.current(session, people.ids["ana"])
            row = session.get_one(AccreditationRow, last.id)
            row.covers = row.covers | {"agreement": "b" * 64}
        changed(agreement="a" * 64)
        gate.note_content()
        hand.shift(timedelta(days=1))
        gate.note_content()
        with read() as session:
            [asked] = eligibility.asked_again(
                session, people.ids["ana"], store.current(session, people.ids["ana"]), clock.now()
            )
        assert asked.until.date() == (clock.now() + timedelta(days=29)).date()


def test_what_returns_to_an_earlier_state_is_told_again(people, post_box, changed):
    with time_machine.travel(clock.now()) as hand:
        for content_hash, told in (("a", 0), ("b", 1), ("a", 0), ("b", 1), ("b", 0)):
            changed(agreement=content_hash * 64)
            gate.note_content()
            hand.shift(timedelta(hours=2))
            assert subjects(post_box, "ana") == ["The volunteer agreement has changed"] * told, content_hash


def pause(until):
    with write() as session:
        choice_store.pause(session, session.scalars(select(Account.id).where(Account.name == "Ana")).one(), until)


@pytest.mark.parametrize("state", ["paused", "suspended", "frozen", "closed"])
def test_what_could_not_be_told_when_its_mail_was_to_leave_is_told_afterwards(people, post_box, changed, state):
    ana, cora, dan = (people.ids[who] for who in ("ana", "cora", "dan"))
    begin, end = {
        "paused": (lambda: pause(date(2100, 1, 1)), lambda: pause(None)),
        "suspended": (lambda: accrediting.suspend(ana, dan, "Let us talk."),
                      lambda: accrediting.reinstate(ana, cora, "We have talked.")),
        "frozen": (lambda: freezing.freeze(ana, cora), lambda: freezing.unfreeze(ana, cora, "Safe again.")),
        "closed": (lambda: closing.close(ana, cora, "Has left."), lambda: closing.reopen(ana, cora, "Is back.")),
    }[state]  # fmt: skip
    with time_machine.travel(clock.now()) as hand:
        post_box("ana")
        changed(agreement="b" * 64)
        standing_mails.remind_standings()
        begin()
        assert "The volunteer agreement has changed" not in subjects(post_box, "ana")
        end()
        hand.shift(timedelta(hours=2))
        assert subjects(post_box, "ana").count("The volunteer agreement has changed") == 1
        hand.shift(timedelta(hours=2))
        assert subjects(post_box, "ana") == []


def test_an_exam_that_is_open_again_is_told(people, post_box, monkeypatch):
    monkeypatch.setattr(learning.exams, "open_again", lambda *_: "opening")
    with write() as session:
        from server.people.exams.models import ExamOpening

        session.add(ExamOpening(id="opening", account_id=people.ids["ben"], module=next(iter(standing_mails.catalogue.modules())),
                                by_account_id=people.ids["cora"], why="Rested.", at=clock.now()))  # fmt: skip
    learning.open_exam(people.ids["ben"], "x", people.ids["cora"], "Rested.")
    [(subject, said)] = post_box("ben")
    assert subject == "You can take the exam again" and "Cora reopened the exam" in said


def test_who_is_accepted_hears_by_whom(people, post_box):
    with write() as session:
        session.add(Application(id="a1", email="noor@people.test", name="Noor", languages=["en"], hours=3, why="Birds.",
                                heard="friend", answers={}, language=None, state="waiting", at=clock.now(),
                                erase_at=clock.now() + timedelta(days=9)))  # fmt: skip
    applying.invite_applicant("a1", people.ids["cora"])
    [(subject, said)] = post_box("noor")
    assert subject == "Your application is accepted" and "Cora has accepted your application" in said


# --- Rounds ----------------------------------------------------------------------------------------------------------


def subjects(post_box, who):
    return [subject for subject, _ in post_box(who)]


def test_a_round_that_opens_is_told_to_those_who_can_sign_up_and_one_that_is_cancelled_to_those_who_did(
    people, post_box, hand
):
    accredit("ben")
    accrediting.suspend(people.ids["ben"], people.ids["dan"], "Stop.")
    post_box("ben")
    round_id = plan(people, starts_on="2026-12-09")
    assert subjects(post_box, "ana") == ["A new round: you can sign up"]
    assert subjects(post_box, "ben") == subjects(post_box, "cora") == []
    join(people, "ana", round_id)
    for state in ("draft", "open", "cancelled", "open", "cancelled"):
        change(people, round_id, state)
        hand.shift(timedelta(hours=2))
        work.run_due()
    told = ["A round is cancelled", "A round takes place after all", "A round is cancelled"]
    assert subjects(post_box, "ana") == told, "nothing of what happened before it was cancelled first"


def test_a_round_that_is_cancelled_again_before_the_first_mail_about_it_left_is_told_of(people, post_box, hand):
    round_id = plan(people, starts_on="2026-12-09")
    join(people, "ana", round_id)
    post_box("ana")
    change(people, round_id, "cancelled")
    round_mails.announce_round(round_id)
    change(people, round_id, "open")
    assert "A round is cancelled" not in subjects(post_box, "ana")
    change(people, round_id, "cancelled")
    assert subjects(post_box, "ana") == ["A round is cancelled"]


def change(people, round_id, state):
    from tests.round_stories import PLAN

    answer = people.browser("cora").post(
        f"/rounds/{round_id}/edit", data=PLAN | {"starts_on": "2026-12-09", "state": state}
    )
    assert answer.status_code == 302


def test_ana_who_is_suspended_is_not_reminded_of_her_round(people, searchable, post_box, hand):
    round_id = plan(people, starts_on="2026-11-27")
    join(people, "ana", round_id)
    post_box("ana")
    accrediting.suspend(people.ids["ana"], people.ids["dan"], "While we talk.")
    assert subjects(post_box, "ana") == ["Your accreditation is suspended"]
    for _ in range(40):
        hand.shift(timedelta(days=1))
        assert subjects(post_box, "ana") == []


def test_a_lead_hears_of_it_once(people, post_box):
    round_id = plan(people)
    join(people, "ana", round_id)
    post_box("ana")
    with read() as session:
        from server.people.rounds import store as rounds

        [herons, _] = rounds.teams(session, round_id)
    for lead in (people.ids["ana"], None, people.ids["ana"]):
        with write() as session:
            rounds.choose_lead(session, round_id, herons.id, lead, people.ids["cora"])
        work.run_due()
    assert subjects(post_box, "ana") == ["You lead a team"]


def test_thanks_go_to_those_who_came_after_the_end(people, searchable, post_box, hand):
    accredit("ben")
    round_id = plan(people, weeks="1", targets="5")
    for who in ("ana", "ben"):
        join(people, who, round_id)
    search(people.browser("ana"))
    for who in ("ana", "ben"):
        post_box(who)
    hand.shift(timedelta(days=20))
    hand.shift(timedelta(days=-10))
    [(subject, said)] = post_box("ana")
    assert subject == "Thank you: what the round came to"
    assert "Searches: 1 by you, 1 in all." in said and "notices" not in said, "of outcomes, while few report, nothing"
    assert subjects(post_box, "ben") == []
    hand.shift(timedelta(days=2))
    assert subjects(post_box, "ana") == []
    with read() as session:
        thanked = select(func.count()).select_from(RoundMail).where(RoundMail.name == Reminder.RESULTS)
        assert session.scalar(thanked) == 1
    assert round_mails.SUBJECT.keys() == set(Reminder) and store.agreement().title
