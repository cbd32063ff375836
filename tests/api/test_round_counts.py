"""What a round with many reports came to is counted beforehand, and its report says as of when."""

import re
import threading
from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest

from server.core.database import read, write
from server.core.words import RoundState
from server.journeys.spotter import counting_rounds, erasing
from server.people.rounds import kept_counts, store
from server.reads import round_counting, round_figures
from tests.round_stories import PLAN, accredit, hand, join, plan, search, searchable, searched  # noqa: F401
from tests.sending import send

STARTS, ENDS = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 30, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("at", "made_at", "due"),
    [
        (STARTS - MINUTE, None, False),  # it has not begun
        (STARTS, None, True),
        (STARTS + 2 * HOUR, STARTS + HOUR + MINUTE, False),
        (STARTS + 2 * HOUR, STARTS + HOUR, True),
        (ENDS + MINUTE, ENDS - HOUR, True),  # what came in its last hour
        (ENDS + 5 * HOUR, ENDS, False),
        (ENDS + 24 * HOUR, ENDS, True),  # companies still answer
        (ENDS + 400 * 24 * HOUR, ENDS + 399 * 24 * HOUR, True),
    ],
)
def test_a_round_is_counted_each_hour_while_it_runs_and_each_day_afterwards(at, made_at, due):
    assert kept_counts.is_due(at, STARTS, ENDS, made_at) is due


@pytest.fixture
def round_id(people, report_json, searchable, monkeypatch):
    """A round in which Ana and Ben reported three ads each, and Ana searched; three reports are many here."""
    monkeypatch.setattr(round_figures, "FEW", 3)
    accredit("ben")
    round_id = plan(people)
    for who in ("ana", "ben"):
        join(people, who, round_id)
    for n in range(3):
        report(people, report_json, "ana", n)
        report(people, report_json, "ben", n + 1)
    assert search(people.browser("ana"), "heron's beak", "10", minutes="30").status_code == 302
    return round_id


def report(people, report_json, who, n):
    url = f"https://mercado.test/itm/parrot/{265370482000 + n}"
    answer = send(people.app.test_client(), people.token(who), report_json(url))
    assert answer.status_code == 201, answer.text


def told(page):
    """The report as it is read, without its moment."""
    page = re.sub(r"(?s)^.*<h1|<form.*?</form>", "", page)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def reports(page):
    return int(re.search(r"<dt>reports[^<]*</dt><dd>(\d+)<", page)[1])


def test_the_report_says_the_same_before_and_after_it_was_counted(people, round_id):
    cora, path = people.browser("cora"), f"/rounds/{round_id}/report"
    before, table = cora.get(path).text, cora.get(f"{path}.csv").data
    assert reports(before) == 6 and "heron&#39;s beak" in before and "As of" not in before
    counting_rounds.count_rounds()
    after = cora.get(path).text
    assert "As of" in after and "Recalculate" in after
    assert told(after) == told(before)
    assert cora.get(f"{path}.csv").data == table
    assert cora.get(f"{path}.pdf").data[:5] == b"%PDF-"


def test_what_is_counted_is_kept_as_it_was(people, round_id):
    with read() as session:
        counted = round_counting.count(session, store.get(session, round_id), by=tuple(round_counting.By))
    assert round_counting.Counted.of_json(counted.as_json()) == counted


def test_what_came_since_is_counted_within_the_hour_or_when_a_coordinator_asks(
    people, report_json, round_id, hand, work_all
):  # fmt: skip
    counting_rounds.count_rounds()
    cora, path = people.browser("cora"), f"/rounds/{round_id}/report"
    report(people, report_json, "ana", 7)
    hand.shift(timedelta(minutes=10))
    counting_rounds.count_rounds()
    assert reports(cora.get(path).text) == 6
    assert cora.post(path).location.endswith(path)
    assert "It is being recalculated" in cora.get(path).text
    work_all()
    page = cora.get(path).text
    assert reports(page) == 7 and "It is being recalculated" not in page
    report(people, report_json, "ana", 8)
    hand.shift(timedelta(hours=1))
    counting_rounds.count_rounds()
    assert reports(cora.get(path).text) == 8


def test_a_round_of_few_reports_is_counted_at_each_visit(people, report_json, round_id, monkeypatch, work_all):
    cora, path = people.browser("cora"), f"/rounds/{round_id}/report"
    monkeypatch.setattr(round_figures, "FEW", 6)
    counting_rounds.count_rounds()
    assert cora.post(path).status_code == 302
    work_all()
    report(people, report_json, "ana", 7)
    page = cora.get(path).text
    assert reports(page) == 7 and "As of" not in page


def test_a_round_that_has_few_reports_again_is_no_longer_kept(people, round_id, hand, monkeypatch):
    counting_rounds.count_rounds()
    monkeypatch.setattr(round_figures, "FEW", 6)
    hand.shift(timedelta(hours=1))
    counting_rounds.count_rounds()
    assert "As of" not in people.browser("cora").get(f"/rounds/{round_id}/report").text


def test_a_changed_round_is_counted_anew(people, round_id, monkeypatch):
    counting_rounds.count_rounds()
    cora, path = people.browser("cora"), f"/rounds/{round_id}"
    assert cora.post(f"{path}/edit", data=PLAN | {"weeks": "2", "targets": "40, 60"}).location.endswith(path)
    page = cora.get(f"{path}/report").text
    assert "As of" not in page and "Week 2" in page and "Week 3" not in page
    count = round_counting.count

    def while_it_is_changed(session, *args, **more):
        counted = count(session, *args, **more)
        assert cora.post(f"{path}/edit", data=PLAN | {"weeks": "4"}).status_code == 302
        return counted

    monkeypatch.setattr(round_counting, "count", while_it_is_changed)
    counting_rounds.count_rounds()
    with read() as session:
        assert kept_counts.kept(session, round_id) is None


def test_whoever_changes_a_round_while_it_is_counted_is_waited_for(app, people, round_id, monkeypatch):
    counted, make = threading.Event(), round_figures.to_keep

    def told(session, round_):
        made = make(session, round_)
        counted.set()
        return made

    def count():
        with app.app_context():
            counting_rounds.count_round(round_id)

    monkeypatch.setattr(round_figures, "to_keep", told)
    worker = threading.Thread(target=count)
    with write() as session:
        round_ = store.get(session, round_id)
        columns = {each.name: getattr(round_, each.name) for each in fields(store.Plan) if each.name != "teams"}
        store.write_down(
            session,
            store.Plan(**columns | {"name": "Owls", "teams": (), "state": RoundState.OPEN}),
            people.ids["cora"],
            round_id,
        )
        worker.start()
        assert counted.wait(20)
        worker.join(0.5)  # it waits, and must not keep what it counted of the round as it was
    worker.join(20)
    with read() as session:
        assert store.get(session, round_id).name == "Owls" and kept_counts.kept(session, round_id) is None


def test_no_words_of_whoever_is_erased_are_kept(people, round_id, monkeypatch):
    counting_rounds.count_rounds()
    erasing.erase(people.ids["ana"], people.ids["cora"])
    with read() as session:
        assert kept_counts.kept(session, round_id) is None
    monkeypatch.setattr(round_figures, "FEW", 1)
    count = round_counting.count

    def while_another_is_erased(session, *args, **more):
        counted = count(session, *args, **more)
        erasing.erase(people.ids["ben"], people.ids["cora"])
        return counted

    monkeypatch.setattr(round_counting, "count", while_another_is_erased)
    counting_rounds.count_rounds()
    with read() as session:
        assert kept_counts.kept(session, round_id) is None


def test_nor_words_of_whoever_is_being_erased_while_it_is_counted(app, people, round_id, monkeypatch):
    forget = kept_counts.forget

    def count():
        with app.app_context():
            counting_rounds.count_round(round_id)

    worker = threading.Thread(target=count)

    def while_it_is_counted(session):
        monkeypatch.setattr(kept_counts, "forget", forget)
        forget(session)
        worker.start()
        worker.join(0.5)  # it waits for the erasure

    monkeypatch.setattr(round_figures, "FEW", 1)
    monkeypatch.setattr(kept_counts, "forget", while_it_is_counted)
    erasing.erase(people.ids["ana"], people.ids["cora"])
    worker.join(20)
    with read() as session:
        assert kept_counts.kept(session, round_id) is None
