"""The lists of the desk: who is accredited together, appeals, proposals, what ends and what changed. Cora and Dan decide."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import delete, select

from server.core import clock
from server.core.audit import AuditRow
from server.core.database import db, read, write
from server.core.words import Level, Refused, Standing
from server.journeys.spotter import accrediting, closing
from server.pages.people import desk_lists
from server.people.accounts.models import Account
from server.people.accreditation import store as accreditation
from server.people.accreditation.models import AccreditationRow, Signature
from server.people.courses import catalogue
from server.people.skill import store as skill
from server.people.skill.levels import Move
from server.reads import onboarding
from tests.statements import statements
from tests.story import mails
from tests.trainees import ready, sat, sign, trainee

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def hand():
    with time_machine.travel(NOW, tick=False) as hand:
        yield hand


@pytest.fixture
def trio(app, people):
    """Noor, Lia and Max have passed and wait, Noor the longest; their ids."""
    return [
        ready(f"{name.lower()}@people.test", name, NOW - timedelta(days=days), cohort="Spring")
        for name, days in (("Noor", 9), ("Lia", 5), ("Max", 2))
    ]


def accredit(people, ids, who="cora", **more):
    """Everybody ticked on the page as it is now."""
    browser = people.browser(who)
    page = browser.get("/people/desk/accredit").text
    seen = {f"seen-{account_id}": seen for account_id, seen in re.findall(r'name="seen-(\w+)" value="(\w*)"', page)}
    return browser.post("/people/desk/accredit", data={"person": ids} | seen | more)


def standing(account_id):
    with read() as session:
        last = accreditation.current(session, account_id)
        return last and (last.standing, last.level, last.why, last.by_id)


def test_who_is_suspended_stands_on_a_list_until_somebody_decides_or_they_appeal(people, hand):
    ana, ben, dan = people.ids["ana"], people.ids["ben"], people.browser("dan")
    accrediting.accredit_by_email("ben@people.test", "cora@people.test", "Careful.", Level.PROBATION, waive_exam=True)
    for who, why in ((ana, "Wrote to a seller."), (ben, "Shared a password.")):
        hand.shift(timedelta(days=3))
        accrediting.suspend(who, people.ids["cora"], why)

    def listed():
        main = dan.get("/people/desk/suspended").text.partition("<main")[2]
        named = [name for name in ("Ana", "Ben") if f"<bdi>{name}</bdi></a>" in main]
        with read() as session:
            assert desk_lists.counts(session)["suspended"] == len(named)
        return named, re.sub(r"<[^>]+>", "", main)

    named, words = listed()
    assert named == ["Ana", "Ben"] and words.index("Ana") < words.index("Ben"), "the longest suspended first"
    assert "since 28 Nov" in words and "suspended by Cora" in words and "Wrote to a seller." in words
    accrediting.appeal(ben, "That was not me.")
    assert listed()[0] == ["Ana"], "an appeal is on its own list"
    accrediting.decide_appeal(ben, people.ids["dan"], "It was.", granted=False)
    assert listed()[0] == ["Ana", "Ben"], "decided, and still suspended"
    accrediting.reinstate(ana, people.ids["dan"], "We have talked.")
    closing.close(ben, people.ids["dan"], "On request.")
    named, words = listed()
    assert named == [] and "Nobody is suspended." in words


def test_who_was_withdrawn_and_passed_again_waits_for_the_appeal_first(people, hand):
    """Until it is decided nothing else is: the list offers nobody who would be refused."""
    wren = ready("wren@people.test", "Wren", NOW - timedelta(days=1))
    accrediting.accredit(wren, people.ids["cora"], "Careful.", Level.PROBATION)
    accrediting.withdraw(wren, people.ids["cora"], "Wrote to a seller.")
    hand.shift(timedelta(days=1))
    sat(wren, NOW + timedelta(days=1))
    with read() as session:
        assert desk_lists.counts(session)["to_accredit"] == 1
    tabs = people.browser("dan").get("/people").text.partition('<nav class="tabs"')[2].partition("</nav>")[0]
    assert re.search(r'href="/people/desk/accredit">To accredit <span class="count">1<', tabs), tabs
    assert "Applications" in tabs and "Waiting list" not in tabs
    accrediting.appeal(wren, "That was not me.")
    with read() as session:
        counted = desk_lists.counts(session)
        assert (counted["to_accredit"], counted["appeals"]) == (0, 1)
    assert "Wren" not in people.browser("dan").get("/people/desk/accredit").text.partition("<main")[2]
    accrediting.decide_appeal(wren, people.ids["dan"], "It was.", granted=False)
    assert accredit(people, [wren], "dan", why="Passed again.").status_code == 302
    assert standing(wren)[0] is Standing.ACTIVE


# --- Accrediting several at once -------------------------------------------------------------------------------------


def test_those_who_passed_are_accredited_together_each_with_a_reason_and_a_decision_of_their_own(
    people, trio, settings, work_all
):
    noor, lia, max_ = trio
    page = people.browser("cora").get("/people/desk/accredit").text
    assert [page.index(f"<bdi>{name}</bdi>") for name in ("Noor", "Lia", "Max")] == sorted(
        page.index(f"<bdi>{name}</bdi>") for name in ("Noor", "Lia", "Max")
    ), "the longest waiting first"
    assert "3 people have passed and signed" in page and re.search(r"\d exams, \d hrs?", page)
    done = accredit(people, [noor, lia], why="Careful throughout.", **{f"why-{lia}": "Asked good questions."})
    assert done.status_code == 302
    cora = people.ids["cora"]
    assert standing(noor) == (Standing.ACTIVE, Level.PROBATION, "Careful throughout.", cora)
    assert standing(lia) == (Standing.ACTIVE, Level.PROBATION, "Asked good questions.", cora)
    assert standing(max_) is None, "not ticked"
    work_all()
    subjects = [mail["Subject"] for mail in mails(settings, "noor@people.test")]
    assert subjects.count("You are accredited") == 1  # a module may have changed since she passed yesterday
    with read() as session:
        actions = session.scalars(select(AuditRow.object_id).where(AuditRow.action == "accredited")).all()
    assert {noor, lia} <= set(actions)
    assert "Noor" not in people.browser("cora").get("/people/desk/accredit").text.partition("<main")[2]


def test_one_who_is_refused_stops_nobody_and_is_named_with_the_reason(people, trio):
    noor, lia, max_ = trio
    with write() as session:
        session.get_one(Account, lia).invited_by_id = people.ids["cora"]
    closing.close(max_, people.ids["dan"], "On request.")
    refused = accredit(people, [noor, lia, max_, "nobody"], why="Careful.", **{f"why-{lia}": "My friend."})
    assert refused.status_code == 409
    assert (standing(noor) and standing(noor)[0], standing(lia), standing(max_)) == (Standing.ACTIVE, None, None)
    text = " ".join(html.unescape(refused.text).split())
    assert "1 person is accredited." in text
    assert "You invited this person. Ask another coordinator." in text
    assert "<bdi>Max</bdi>: This account is closed." in text and "There is no such spotter." in text
    assert accredit(people, [lia], "dan", why="Careful.").status_code == 302, "the second person decides"
    assert standing(lia)[3] == people.ids["dan"]


def test_whom_one_invited_cannot_be_ticked_not_even_when_their_record_was_erased_between(people, trio):
    from server.people.accounts import inviters

    noor, lia, _ = trio
    with write() as session:
        session.get_one(Account, noor).invited_by_id = people.ids["cora"]
        again = session.get_one(Account, lia)
        again.invited_by_id = people.ids["cora"]
        inviters.keep(session, again, NOW)
        again.invited_by_id = None
    page = people.browser("cora").get("/people/desk/accredit").text
    assert page.count("You invited this person. Another coordinator accredits them.") == 2
    assert f'value="{noor}"' not in page and f'value="{lia}"' not in page
    assert people.browser("dan").get("/people/desk/accredit").text.count('name="person"') == 3


def test_the_only_coordinator_names_somebody_elsewhere_for_those_whom_they_invited(people, trio, settings, work_all):
    noor, lia, max_ = trio
    closing.close(people.ids["dan"], people.ids["ada"], "Left.")
    with write() as session:
        for account_id in (noor, lia):
            session.get_one(Account, account_id).invited_by_id = people.ids["cora"]
    refused = accredit(people, [noor], why="Careful.")
    assert refused.status_code == 409 and "name the person elsewhere" in refused.text and standing(noor) is None
    rana = "Rana, Desert Watch, rana@desert.test"
    refused = accredit(people, [noor], why="Careful.", second="x" * 200 + rana)
    assert refused.status_code == 409 and "at most 200 characters" in refused.text and standing(noor) is None
    assert accredit(people, [noor, lia, max_], why="Careful.", second=rana).status_code == 302
    with read() as session:
        seconds = session.scalars(select(AccreditationRow.second).where(AccreditationRow.account_id.in_([noor, lia])))
        assert set(seconds) == {rana}
        assert accreditation.current(session, max_) and accreditation.vouched(session, max_) == {people.ids["cora"]}
    work_all()
    assert len(mails(settings, "rana@desert.test")) == 2, "one for each decision about somebody whom Cora invited"
    with pytest.raises(Refused, match="takes two people"):
        accrediting.change_level(max_, people.ids["cora"], "Good.", Level.TRUSTED)


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"person": []}, "Tick at least one person."),
        ({"why": " "}, "Enter a reason."),
        ({"why": "x" * 2001}, "At most 2,000 characters."),
    ],
)
def test_what_is_missing_is_said_and_nobody_is_accredited(people, trio, form, message):
    answer = people.browser("cora").post("/people/desk/accredit", data={"person": trio, "why": "Careful."} | form)
    assert answer.status_code == 422 and message in answer.text
    assert [standing(account_id) for account_id in trio] == [None] * 3
    if form != {"person": []}:
        assert answer.text.count(" checked") == 3, "what was ticked still is"


def test_who_was_decided_about_since_the_page_was_opened_is_left_alone(people, trio):
    noor = trio[0]
    cora = people.browser("cora")
    accrediting.accredit(noor, people.ids["dan"], "Careful.", Level.PROBATION)
    answer = cora.post("/people/desk/accredit", data={"person": [noor], "why": "Me too.", f"seen-{noor}": ""})
    assert answer.status_code == 409 and "Somebody else has decided" in answer.text
    assert standing(noor)[2] == "Careful."


def test_a_renewal_leaves_level_and_scope_as_they_are_and_nobody_is_raised(people, trio, hand):
    noor, lia, max_ = trio
    accrediting.accredit(noor, people.ids["dan"], "Careful.", Level.PROBATION, groups=("bird",), languages=("en",))
    accrediting.change_level(noor, people.ids["cora"], "Good.", Level.TRUSTED, groups=("bird",), languages=("en",))
    accrediting.accredit(lia, people.ids["dan"], "Careful.", Level.PROBATION)
    accrediting.withdraw(lia, people.ids["dan"], "Left.")
    hand.move_to(NOW + timedelta(days=340))
    for account_id in (noor, lia):
        sat(account_id, NOW + timedelta(days=330))
    page = people.browser("dan").get("/people/desk/accredit").text
    assert "Renewal: Trusted, until" in page and "Was withdrawn, and has passed again" in page
    assert accredit(people, [noor, lia], "dan", why="Still good.").status_code == 302
    with read() as session:
        last = accreditation.current(session, noor)
        assert (last.level, last.scope.groups, last.scope.languages) == (Level.TRUSTED, ("bird",), ("en",))
        assert last.expires_at == NOW + timedelta(days=340 + 365)
    assert standing(lia)[:2] == (Standing.ACTIVE, Level.PROBATION)
    assert standing(max_) is None


def test_only_coordinators_accredit_and_administrators_look(people, trio):
    ada = people.browser("ada")
    page = ada.get("/people/desk/accredit").text
    assert "Noor" in page and 'name="person"' not in page and "Accredit selected people" not in page
    assert ada.post("/people/desk/accredit", data={"person": trio, "why": "x"}).status_code == 403
    for path in ("accredit", "appeals", "proposals", "ending", "changes"):
        assert people.browser("ana").get(f"/people/desk/{path}").status_code == 403
        assert ada.get(f"/people/desk/{path}").status_code == 200


# --- Appeals and proposals -------------------------------------------------------------------------------------------


def test_appeals_say_against_what_whose_decision_it_was_and_who_decides(people, hand):
    accrediting.suspend(people.ids["ana"], people.ids["dan"], "While we talk.")
    hand.shift(timedelta(hours=1))
    accrediting.appeal(people.ids["ana"], "Please look again.")
    for who, concerned in (("dan", True), ("cora", False), ("ada", False)):
        page = people.browser(who).get("/people/desk/appeals").text
        assert "Ana" in page and "suspended by <bdi>Dan</bdi>" in page
        assert ("somebody other than you decides" in page) is concerned, who
        assert ("You can ask: <bdi>Ada</bdi>, <bdi>Cora</bdi>." in page) is concerned, who
    for leaves in ("cora", "ada"):
        with write() as session:
            session.get_one(Account, people.ids[leaves]).disabled_at = clock.now()
    page = people.browser("dan").get("/people/desk/appeals").text
    assert "name somebody elsewhere who reviewed it with you" in page
    assert 'Appeals <span class="count">1</span>' in page


def test_proposals_stand_on_the_desk(people):
    with write() as session:
        skill.propose(session, people.ids["ana"], Level.TRUSTED, Move.UP, 24, NOW)
    page = people.browser("cora").get("/people/desk/proposals").text
    assert "Ana" in page and "can move up a level" in page and "24 judgements" in page
    assert 'Proposals <span class="count">1</span>' in people.browser("cora").get("/people/desk").text


def test_of_a_closed_account_nothing_waits_until_it_is_open_again(people, hand):
    accrediting.suspend(people.ids["ana"], people.ids["dan"], "While we talk.")
    accrediting.appeal(people.ids["ana"], "Please look again.")
    with write() as session:
        skill.propose(session, people.ids["ana"], Level.TRUSTED, Move.UP, 24, NOW)
    lists = ("/people/desk/appeals", "/people/desk/proposals", "/people")

    def named():
        pages = [people.browser("cora").get(path).text.partition("<main")[2] for path in lists]
        counts = re.findall(r'(?:Appeals|Proposals) <span class="count">(\d)</span>', pages[0])
        return [f"/people/{people.ids['ana']}" in page or "Ana" in page for page in pages[:2]], counts

    assert named() == ([True, True], ["1", "1"])
    closing.close(people.ids["ana"], people.ids["ada"], "She asked for it.")
    assert named() == ([False, False], ["0", "0"])
    closing.reopen(people.ids["ana"], people.ids["ada"], "She is back.")
    assert named() == ([True, True], ["1", "1"])


# --- What ends, and what changed -------------------------------------------------------------------------------------


def test_the_calendar_counts_each_day_of_the_next_sixty_and_lists_one_day(people, trio, hand):
    for number, account_id in enumerate(trio):
        hand.move_to(NOW + timedelta(days=number // 2))
        accrediting.accredit(account_id, people.ids["dan"], "Careful.", Level.PROBATION)
    hand.move_to(NOW + timedelta(days=306))
    sat(trio[0], NOW + timedelta(days=304))
    cora = people.browser("cora")
    page = cora.get("/people/desk/ending").text
    day, next_day = (NOW + timedelta(days=365)).date(), (NOW + timedelta(days=366)).date()
    assert re.search(rf'day={day}">3<', page) and re.search(rf'day={next_day}">1<', page), "Ana’s, too"
    assert len(re.findall(r'<th scope="row">', page)) == 9 and "4 accreditations end" in page
    listed = page.partition("<h2>")[2]
    assert listed.count("waits for a coordinator") == 1 and listed.count("exams to pass again") == 3
    assert "60 days left" in listed
    with write() as session:
        session.execute(delete(Signature).where(Signature.account_id == trio[1]))
    listed = cora.get("/people/desk/ending").text.partition("<h2>")[2]
    assert listed.count("exams to pass again") == 2 and listed.count("not ready to be renewed yet") == 1, (
        "Lia signs first"
    )
    one = cora.get(f"/people/desk/ending?day={next_day}").text.partition("<h2>")[2]
    assert "Max" in one and "Noor" not in one
    assert "None ends on this day." in cora.get("/people/desk/ending?day=2031-01-01").text
    assert cora.get("/people/desk/ending?day=soon&page=99").status_code == 200
    hand.move_to(NOW + timedelta(days=365))
    page = cora.get("/people/desk/ending").text
    assert "Noor" not in page.partition("<main")[2], "it has lapsed: they are among the stalled, or wait"


def test_of_a_change_the_desk_says_who_has_to_do_what_by_when(people, trio):
    accrediting.accredit(trio[0], people.ids["dan"], "Careful.", Level.PROBATION)
    module = next(module for module in catalogue.modules().values() if module.required)
    with write() as session:
        row = session.scalars(select(AccreditationRow).where(AccreditationRow.account_id == trio[0])).one()
        row.covers = row.covers | {module.slug: "0" * 64}
        for attempt in session.scalars(
            select(desk_lists.tries.Attempt).where(desk_lists.tries.Attempt.account_id == trio[0])
        ):
            attempt.content_hash = "0" * 64
    page = people.browser("cora").get("/people/desk/changes").text
    assert "Noor" in page and f"“{module.title}”, all of it" in html.unescape(page) and ": 1 person" in page


# --- Many ------------------------------------------------------------------------------------------------------------


def test_each_list_comes_a_page_at_a_time_and_asks_the_database_as_often_for_many_as_for_few(people, trio, monkeypatch):
    cora = people.browser("cora")
    paths = (
        "/people/desk",
        *(f"/people/desk/{name}" for name in ("accredit", "appeals", "proposals", "ending", "changes")),
    )

    def crowd(first, last):
        """Some who wait, and as many whose accreditation ends, who appealed or are proposed for something."""
        for n in range(first, last):
            ready(f"w{n}@people.test", f"Waits {n}", NOW - timedelta(days=3))
            ended, stopped = (
                ready(f"{kind}{n}@people.test", f"{kind} {n}", NOW - timedelta(days=340))
                for kind in ("Ends", "Appeals")
            )
            with write() as session:
                for account_id, state in ((ended, Standing.ACTIVE), (stopped, Standing.SUSPENDED)):
                    session.add(AccreditationRow(
                        account_id=account_id, level=Level.PROBATION, standing=state, by_account_id=people.ids["dan"], why="x",
                        exam_waived=False, at=NOW - timedelta(days=340), expires_at=NOW + timedelta(days=25), covers={}))  # fmt: skip
                skill.propose(session, ended, Level.PROBATION, Move.UP, 20, NOW)
            accrediting.appeal(stopped, "Please look again.")

    def asked(path):
        with statements() as texts:
            assert cora.get(path).status_code == 200
        return len(texts)

    crowd(0, 2)
    few = [asked(path) for path in paths]
    crowd(2, 12)
    assert [asked(path) for path in paths] == few
    monkeypatch.setattr(desk_lists, "PAGE", 5)
    for name, kind in (("accredit", "Waits"), ("appeals", "Appeals"), ("proposals", "Ends"), ("ending", "Ends")):
        names, path, pages = [], f"/people/desk/{name}", 0
        while path:
            page = cora.get(path).text
            names += re.findall(rf"<bdi>({kind} \d+)</bdi></(?:a|b)>", page)
            following = re.search(r'href="([^"]+)" rel="next"', page)
            path, pages = following and html.unescape(following[1]), pages + 1
        assert sorted(names) == sorted(f"{kind} {n}" for n in range(12)), name
        assert pages >= 3, name


def test_an_empty_desk_says_so_in_each_list(people):
    cora = people.browser("cora")
    for name, empty in (
        ("accredit", "Nobody waits to be accredited."), ("appeals", "No appeal waits."), ("proposals", "No level changes are proposed."),
        ("ending", "No accreditation ends in the next 60 days."), ("changes", "Nobody has anything to go through again."),
    ):  # fmt: skip
        assert empty in cora.get(f"/people/desk/{name}").text


# --- Stalled, and why ------------------------------------------------------------------------------------------------


def test_whose_exam_is_locked_is_on_the_desk_at_once_with_the_way_out(people):
    required = next(module.slug for module in catalogue.modules().values() if module.required)
    noor = trainee("noor@people.test", "Noor", NOW - timedelta(days=3), password_hash="x")
    sign(noor, NOW - timedelta(days=3))
    for n in range(5):
        sat(noor, NOW - timedelta(hours=10 - n), passed=False, slugs=(required,))
    cora = people.browser("cora")
    page = cora.get("/people/desk").text
    assert "exam locked until" in page and "after 5 failed attempts" in page
    assert f"/people/{noor}/encourage" not in page and cora.post(f"/people/{noor}/encourage").status_code == 409
    assert cora.post(f"/people/{noor}/exams/{required}", data={"why": "She was ill."}).status_code == 302
    assert "exam locked" not in cora.get("/people/desk").text


def test_an_exam_about_a_group_is_seen_locked_until_one_about_a_group_is_passed(people):
    groups = [module.slug for module in catalogue.modules().values() if module.one_of_groups]
    noor = trainee("noor@people.test", "Noor", NOW - timedelta(days=30), password_hash="x")
    sign(noor, NOW - timedelta(days=30))
    for n in range(5):
        sat(noor, NOW - timedelta(hours=10 - n), passed=False, slugs=(groups[0],))
    cora = people.browser("cora")
    page = cora.get("/people/desk").text
    assert "exam locked until" in page and "after 5 failed attempts" in page
    assert cora.post(f"/people/{noor}/encourage").status_code == 409, "no mail says that an exam can be retaken"
    sat(noor, NOW - timedelta(hours=1), slugs=(groups[1],))
    assert "exam locked" not in cora.get("/people/desk").text, "one group is enough"
    with read() as session:
        [spotter] = onboarding.spotters(session, NOW, noor)
    assert (spotter.progress.failed, spotter.progress.locked_until) == (0, None)


def test_who_lapsed_and_does_nothing_is_on_the_desk_and_who_has_passed_again_waits(
    people, trio, hand, settings, work_all
):
    accrediting.accredit(trio[0], people.ids["dan"], "Careful.", Level.PROBATION)
    hand.move_to(NOW + timedelta(days=373))
    cora = people.browser("cora")
    assert "Lapsed: exams to pass again" in cora.get("/people/desk").text
    assert cora.post(f"/people/{trio[0]}/encourage").status_code == 302
    work_all()
    [mail] = [sent for sent in mails(settings, "noor@people.test") if "next step" in sent["Subject"]]
    assert "Your accreditation has lapsed" in " ".join(mail.get_body(("plain",)).get_content().split())
    sat(trio[0], NOW + timedelta(days=373))
    db.session.rollback()
    assert "Lapsed: exams to pass again" not in cora.get("/people/desk").text.partition("Ana</bdi>")[0]
    assert "Noor" in cora.get("/people/desk/accredit").text
