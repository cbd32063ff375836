"""A spotter pauses, and is not reminded; topics that they leave out are shown nowhere; nothing lapses silently."""

from datetime import timedelta

import pytest
import time_machine

from server.core import clock
from server.core.database import read
from server.core.words import Refused
from server.journeys.spotter import encouraging
from server.people.courses import catalogue
from server.people.rounds import choice_store, store
from server.reads import practice_lane
from tests.round_stories import accredit, hand, join, plan, searchable  # noqa: F401
from tests.story import mails


@pytest.fixture
def post_box(settings, work_all):
    """Work, and say what has come for somebody since the last look."""
    read_already = {}

    def look(who):
        work_all()
        every = [mail["Subject"] for mail in mails(settings, f"{who}@people.test")]
        new, read_already[who] = every[read_already.get(who, 0) :], len(every)
        return new

    return look


def pause(people, who, weeks):
    return people.browser(who).post("/profile/pause", data={"weeks": str(weeks)})


def test_ana_pauses_and_no_round_asks_her_until_she_is_back(people, searchable, post_box, hand):
    round_id = plan(people, starts_on="2026-11-27", weeks="4")
    join(people, "ana", round_id)
    post_box("ana")
    assert pause(people, "ana", 2).status_code == 302
    assert "You have paused until" in people.browser("ana").get("/profile").text
    plan(people, name="Another", starts_on="2027-03-01")
    for _ in range(13):
        hand.shift(timedelta(days=1))
        assert post_box("ana") == []
    hand.shift(timedelta(days=6))
    assert post_box("ana") == ["Your searches this week"], "from that day on, as before"


def test_a_pause_ends_with_the_day_of_the_round(people, searchable, post_box, hand):
    round_id = plan(people, starts_on="2026-11-25", zone="America/Los_Angeles")
    join(people, "ana", round_id)
    post_box("ana")
    pause(people, "ana", 2)  # until 9 December
    hand.move_to("2026-12-09T07:00:00+00:00")  # 8 December, 23:00, in Los Angeles
    assert post_box("ana") == []
    hand.move_to("2026-12-09T10:00:00+00:00")
    hand.move_to("2026-12-12T10:00:00+00:00")
    assert post_box("ana") == ["Your searches this week"]


def test_a_pause_is_ended_by_one_click(people, post_box):
    pause(people, "ana", 26)
    assert "End the pause" in people.browser("ana").get("/profile").text
    pause(people, "ana", 0)
    assert "End the pause" not in people.browser("ana").get("/profile").text
    with read() as session:
        assert choice_store.paused(session, store.today()) == {}


def test_in_a_pause_an_accreditation_ends_by_no_means_silently(people, post_box):
    start, told = clock.now(), []
    with time_machine.travel(start + timedelta(days=290)):
        pause(people, "ana", 26)
    for days in (300, 306, 336, 357, 359, 366, 370):
        with time_machine.travel(start + timedelta(days=days)):
            told += [(days, subject) for subject in post_box("ana")]
    assert told == [(359, "Your accreditation ends within a week"), (366, "Your accreditation has lapsed")]


def test_what_waited_for_the_end_of_a_pause_comes_then(people, post_box):
    start = clock.now()
    with time_machine.travel(start + timedelta(days=290)):
        pause(people, "ana", 4)
    with time_machine.travel(start + timedelta(days=310)):
        assert post_box("ana") == []
    with time_machine.travel(start + timedelta(days=320)):
        assert post_box("ana") == ["You can renew your accreditation"]


def test_nobody_encourages_who_pauses_and_the_desk_does_not_call_them_stalled(people, post_box, hand):
    hand.shift(timedelta(days=40))

    def stalled():
        page = people.browser("cora").get("/people/desk").text.partition("Stalled</h2>")[2].partition("</ul>")[0]
        return [who for who in people.ids.values() if who in page]

    assert people.ids["ben"] in stalled()
    pause(people, "ben", 4)
    assert people.ids["ben"] not in stalled()
    with pytest.raises(Refused, match="has paused until"):
        encouraging.encourage(people.ids["ben"], people.ids["cora"])
    hand.shift(timedelta(days=29))
    assert people.ids["ben"] in stalled()


@pytest.mark.parametrize("weeks", ["", "1", "many", "-2", "520"])
def test_a_pause_is_one_of_those_offered(people, weeks):
    assert pause(people, "ana", weeks).status_code == 302
    assert "You have paused until" not in people.browser("ana").get("/profile").text


@pytest.mark.parametrize("who", ["cora", "mia", "ada"])
def test_only_spotters_pause(people, who):
    assert pause(people, who, 2).status_code == 403
    assert "A pause" not in people.browser(who).get("/profile").text


# --- Topics ----------------------------------------------------------------------------------------------------------


def leave_out(people, who, *groups):
    return people.browser(who).post("/profile/topics", data={"avoids": list(groups)})


def test_the_worklist_leaves_out_what_ana_wants_to_see_nothing_of(people, searchable):
    ana = people.browser("ana")
    leave_out(people, "ana", "mammal", "reptile", "amphibian", "fish", "invertebrate", "plant", "timber")
    page = ana.get("/work").text
    assert "pangolin" not in page.lower() and "parrot" in page.lower()
    leave_out(people, "ana", "bird")
    assert "grey parrot" not in ana.get("/work").text.lower()
    assert 'value="bird" checked' in ana.get("/profile").text


def test_the_lane_leaves_it_out_too(people):
    groups = {listing.group for listing in catalogue.known_listings().values()}
    kept = "bird"
    leave_out(people, "ana", *(groups - {kept}))
    with read() as session:
        item = practice_lane.next_item(session, people.ids["ana"])
    assert catalogue.known_listings()[item.key].group == kept
    leave_out(people, "ana", *groups)
    with read() as session:
        assert practice_lane.next_item(session, people.ids["ana"]) is None


@pytest.mark.parametrize(("groups", "told"), [(["bird"], []), (["bird", "fish"], ["A new round: you can sign up"])])
def test_a_round_about_nothing_else_does_not_write(people, post_box, groups, told):
    post_box("ana")
    leave_out(people, "ana", "bird")
    plan(people, starts_on="2026-12-09", groups=groups)
    assert post_box("ana") == told


def test_no_other_topic_is_kept(people):
    leave_out(people, "ana", "bird", "dragons")
    with read() as session:
        assert not choice_store.choice(session, people.ids["ana"]).avoids
