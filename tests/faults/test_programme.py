"""A programme of volunteers over rounds: nobody waits unseen, no mail comes twice or to the wrong person, no page says what is
not so, the figures of rounds add up. At the end nobody of the desk works for some days, so that whatever can wait does.

Each check of `tests/programme` has a mutation below: a change of the application that it must find in the same programme. The
long form is 540 people and 18 rounds.
"""

import os
import random
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from server.core.database import write
from server.journeys.spotter import mailing
from server.pages.people import desk_lists
from server.people.accreditation import standings, steps
from server.people.accreditation import store as accreditation
from server.people.recruitment import store as recruitment
from server.people.rounds import mails
from server.reads import case_list, round_figures, round_reports
from tests import tampering, trainees
from tests.programme import counts, waits
from tests.programme.kept import Kept, going_on
from tests.programme.programme import Check, Programme
from tests.programme.sentences import Pages
from tests.statements import statements

SHORT, WHOLE = "20x1", "540x18"  # people x rounds
SIZE = os.environ.get("SPOTTER_PROGRAMME") or (
    WHOLE if int(os.environ.get("SPOTTER_FAULT_ROUNDS", "1")) >= 50 else SHORT
)
KEPT = os.environ.get("SPOTTER_PROGRAMME_KEPT")  # a folder: see tests/programme/kept.py
PEOPLE, ROUNDS = (int(number) for number in SIZE.split("x"))
LONG = SIZE != SHORT
ALONE = 10  # days at the end on which nobody of the desk works
HAPPENED = ("applied", "joined", "accredited", "exam failed", "exam opened", "signed up", "reported", "searched", "suspended",
            "appealed", "erased", "came back", "frozen", "closed", "encouraged", "replied to a company", "got a lead", "asked a lead", "a lead answered", "a lead confirmed",
            "the desk answered for a lead")  # fmt: skip
DESK = ("/people", "/people/desk", "/people/desk/accredit", "/people/desk/appeals", "/people/desk/suspended",
        "/people/desk/proposals", "/people/desk/ending", "/people/desk/changes", "/people/applications", "/people/others",
        "/attention", "/cases", "/rounds", "/figures")  # fmt: skip


pytestmark = [
    pytest.mark.xdist_group("programme"),  # it is lived once, by one process
    pytest.mark.flaky(reruns=0),  # another try would live all of it again
    pytest.mark.timeout(24 * 3600 if LONG else 3600),  # whichever test comes first waits for it
]


@pytest.fixture(scope="module")
def lived(template: Path | str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programme]:
    """The programme, lived to its end under all checks."""
    kept = Kept(Path(KEPT)) if KEPT else None
    with going_on(template, kept, tmp_path_factory.mktemp("programme"), PEOPLE, ROUNDS) as (programme, pages):
        here, began = programme.world, time.process_time()
        here.pace = 0.25 if LONG else 1.0
        programme.checks = [programme.post.check, waits.check, pages.check, counts.check, counts.trail_holds]
        if LONG:
            programme.checks = [*map(noted, programme.checks), lambda programme, _: tell(programme, began)]
        if kept:
            programme.checks.append(
                lambda programme, day: kept.keep(programme, pages) if day % 7 == 0 and day < programme.length else None
            )
        programme.run()
        programme.stop_two()
        programme.ask_the_lead()
        for _ in range(ALONE):
            programme.live(programme.days, desk=False)
        spent = time.process_time() - began
        print(
            f"{PEOPLE} people, {programme.days} days: {spent:.0f} s of CPU, {len(here.mail.taken)} mails, {here.seen}\n"
            f"{here.times.said()}"
        )
        yield programme


def noted(check: Check) -> Check:
    """In the long form a day on which a check fails is kept, and the programme goes on: it is not lived again for each."""

    def careful(programme: Programme, day: int) -> None:
        try:
            check(programme, day)
        except AssertionError as problem:
            programme.found.append(f"day {day}: {problem}")
            print(programme.found[-1], flush=True)

    return careful


def tell(programme: Programme, began: float) -> None:
    """How far the long form has come, once a day, and once in four weeks what its pages cost."""
    spent, people, mails = time.process_time() - began, len(programme.by_id), len(programme.world.mail.taken)
    print(f"{programme.days} days: {spent:.0f} s of CPU, {people} accounts, {mails} mails", flush=True)
    if programme.days % 28 == 0:
        print(programme.world.times.said(), programme.world.seen, sep="\n", flush=True)


def test_a_programme_is_lived_under_all_checks(lived: Programme) -> None:
    assert not lived.found
    happened = lived.world.seen
    assert {what for what in HAPPENED if not happened.get(what)} == set(), happened


# --- Nobody waits unseen ---------------------------------------------------------------------------------------------


def _nothing(*_: Any, **__: Any) -> list[Any]:
    return []


def _no_applications(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(recruitment, "waiting", _nothing)


def _nobody_to_accredit(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(desk_lists.onboarding, "awaiting", _nothing)


def _no_appeals(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(accreditation, "open_appeals", _nothing)


def _nobody_suspended(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(desk_lists, "_suspended", _nothing)


def _nobody_stalled(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(steps, "stalled", lambda *_: None)


def _one_page_of_cases(patch: pytest.MonkeyPatch) -> None:
    honest = case_list.listed
    patch.setattr(case_list, "listed", lambda *given: (honest(*given)[0][:1], None))


def _no_questions(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(desk_lists, "questions", lambda session, number: {"rows": [], "total": 0})


UNSEEN = [
    _no_applications,
    _nobody_to_accredit,
    _no_appeals,
    _nobody_suspended,
    _nobody_stalled,
    _no_questions,
    _one_page_of_cases,
]


@pytest.fixture(scope="module")
def seen(lived: Programme) -> Programme:
    """The programme, of which everybody who waits is seen."""
    lived.look_again(waits.check, weekday=waits.EVERYBODY)
    return lived


@pytest.mark.parametrize("mutation", UNSEEN, ids=lambda mutation: mutation.__name__.strip("_"))
def test_who_is_left_off_a_list_is_missed(seen: Programme, monkeypatch: pytest.MonkeyPatch, mutation: Any) -> None:
    mutation(monkeypatch)
    with pytest.raises(AssertionError, match="waits unseen"):
        seen.look_again(waits.check, weekday=waits.EVERYBODY)


# --- No page says what is not so -------------------------------------------------------------------------------------


def test_a_false_sentence_is_read(lived: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    lived.look_again(Pages().check)
    monkeypatch.setattr(standings, "ACCREDITABLE", ())
    with pytest.raises(AssertionError, match=r"says|does not say"):
        lived.look_again(Pages().check)


# --- Figures, and the audit trail ------------------------------------------------------------------------------------


def _one_person_is_left_out(patch: pytest.MonkeyPatch) -> None:
    honest = round_figures.by_person
    patch.setattr(round_figures, "by_person", lambda *given: dict(list(honest(*given).items())[1:]))


def _one_team_is_left_out(patch: pytest.MonkeyPatch) -> None:
    honest = round_figures._parts
    patch.setattr(round_figures, "_parts", lambda *given: honest(*given)[1:])


def _no_report_counts(patch: pytest.MonkeyPatch) -> None:
    honest = round_reports.taking_part
    patch.setattr(round_reports, "taking_part", lambda *given: (honest(*given)[0], round_reports.false()))


FIGURES = [_one_person_is_left_out, _one_team_is_left_out, _no_report_counts]


@pytest.fixture(scope="module")
def counted(lived: Programme) -> Programme:
    """The programme, whose figures add up."""
    lived.look_again(counts.check, weekday=counts.WEEKLY)
    return lived


@pytest.mark.parametrize("mutation", FIGURES, ids=lambda mutation: mutation.__name__.strip("_"))
def test_figures_that_do_not_add_up_are_found(
    counted: Programme, monkeypatch: pytest.MonkeyPatch, mutation: Any
) -> None:
    mutation(monkeypatch)
    with pytest.raises(AssertionError, match="Round"):
        counted.look_again(counts.check, weekday=counts.WEEKLY)


def test_a_row_of_the_trail_that_was_changed_is_found(lived: Programme) -> None:
    with write() as session:
        counts.trail_of(session)
        tampering.unlocked(session)
        tampering.edit(session, tampering.numbers(session)[5], random.Random(1))
        with pytest.raises(AssertionError):
            counts.trail_of(session)
        session.rollback()


# --- Pages as they grow ----------------------------------------------------------------------------------------------


def asked(programme: Programme) -> dict[str, int]:
    """How many statements each page of the desk sends."""
    sent = {}
    for path in DESK:
        programme.world.get("dan@desk.test", path)  # signed in, and whatever is made once is made
        with statements() as texts:
            began = time.process_time()
            programme.world.get("dan@desk.test", path)
            print(f"{path}: {len(texts)} statements, {1000 * (time.process_time() - began):.0f} ms of CPU")
        sent[path] = len(texts)
    return sent


def grow(programme: Programme, name: str) -> None:
    """Thirty more people: half of them wait to be accredited, half have stalled."""
    at = programme.world.now
    for number in range(15):
        trainees.ready(f"{name}.ready{number}@people.test", f"Ready {name} {number}", at - timedelta(days=9))
        trainees.trainee(f"{name}.new{number}@people.test", f"New {name} {number}", at - timedelta(days=20))


def test_no_page_of_the_desk_asks_more_of_the_database_for_more_people(
    lived: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(lived, "first")  # whatever is asked only where somebody is on a list
    before = asked(lived)
    grow(lived, "second")
    assert asked(lived) == before
    monkeypatch.setattr(desk_lists, "_people", _each_by_itself)
    assert asked(lived) != before, "a statement for each person is found"


def _each_by_itself(session: Any, ids: Any) -> dict[str, Any]:
    return {who: session.scalars(desk_lists.select(desk_lists.Account).filter_by(id=who)).one() for who in ids}


# --- Mails; last, for these days are lived with what is wrong -----------------------------------------------------------


def live_on(programme: Programme) -> None:
    """Four more weeks, a round's length, of which the mails alone are looked at: every mail of a round has its day."""
    for _ in range(28):
        programme.live(programme.days, desk=False, checks=[programme.post.check])


def test_a_mail_to_somebody_whom_it_does_not_concern_is_found(
    lived: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailing, "concerns", lambda *_: True)
    with pytest.raises(AssertionError, match=r"asks|who is"):
        live_on(lived)


def test_a_mail_that_is_sent_again_is_found(lived: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    def queue_again(session: Any, due: Any, account_ids: Any) -> None:
        for mail in session.scalars(mails.select(mails.RoundMail).where(mails.RoundMail.round_id == due.round_id)):
            mail.mailed_at = None
            mails.work.enqueue(session, "mail_round", mail.id)

    monkeypatch.setattr(mails, "queue", queue_again)
    with pytest.raises(AssertionError, match="twice"):
        live_on(lived)
