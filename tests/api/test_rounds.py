"""Rounds: a coordinator plans one, spotters take part in it."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from server.core.database import read, write
from server.core.words import Refused
from server.people.rounds import store
from server.people.rounds.models import Membership, Round
from tests.round_stories import PLAN, accredit, hand, join, plan  # noqa: F401

# --- Planning --------------------------------------------------------------------------------------------------------


def test_cora_plans_a_round_and_changes_it(people):
    round_id = plan(people)
    cora = people.browser("cora")
    page = cora.get(f"/rounds/{round_id}").text
    for text in ("Parrots before Christmas", "25 Nov\u2009–\u200922 Dec 2026", "Herons", "Otters", "Birds", "to come"):
        assert text in page
    form = cora.get(f"/rounds/{round_id}/edit").text
    assert 'value="40, 60, 60, 80"' in form
    changed = PLAN | {"weeks": "2", "targets": "10", "teams": "Otters\nLynxes", "groups": []}
    assert cora.post(f"/rounds/{round_id}/edit", data=changed).status_code == 302
    with read() as session:
        round_ = store.get(session, round_id)
        assert (round_.ends_on, round_.targets, round_.groups) == (date(2026, 12, 8), [10, 10], [])
        assert [team.name for team in store.teams(session, round_id)] == ["Lynxes", "Otters"]


def test_of_two_who_change_a_round_at_once_the_second_is_told_and_nothing_is_overwritten(people):
    round_id = plan(people)
    dan, cora, edit = people.browser("dan"), people.browser("cora"), f"/rounds/{round_id}/edit"
    seen = re.compile(r'name="seen"[^>]*value="(\w+)"')
    both = seen.search(dan.get(edit).text)[1]
    assert dan.post(edit, data=PLAN | {"state": "cancelled", "teams": "Lynxes", "seen": both}).status_code == 302
    answer = cora.post(edit, data=PLAN | {"about": "Look for eggs.", "seen": both})
    assert answer.status_code == 409 and "Somebody else has changed this meanwhile" in answer.text
    assert "Look for eggs." in answer.text, "what she wrote is not lost"
    with read() as session:
        assert store.get(session, round_id).state == "cancelled"
        assert [team.name for team in store.teams(session, round_id)] == ["Lynxes"]
    again = {"about": "Look for eggs.", "seen": seen.search(answer.text)[1]}
    assert cora.post(edit, data=PLAN | again).status_code == 302, "now she knows what she replaces"
    with read() as session:
        assert store.get(session, round_id).state == "open"


@pytest.mark.parametrize(
    ("given", "message"),
    [({"name": " "}, "Enter a name for the round"), ({"starts_on": "soon"}, "valid date"), ({"starts_on": "0001-01-01"}, "between 2020"),
     ({"weeks": "0"}, "between 1 and 12"), ({"weeks": "13"}, "between 1 and 12"), ({"targets": "40, 60"}, "4: one for each week"),
     ({"targets": "lots"}, "Enter numbers"), ({"targets": "٤٠"}, "Enter numbers"), ({"teams": "A\na"}, "same name"), ({"teams": "x" * 61}, "60 characters"),
     ({"groups": ["dragon"]}, "dragon"), ({"platforms": ["nowhere"]}, "nowhere"), ({"state": "secret"}, "valid choice")],
)  # fmt: skip
def test_what_cannot_be_a_round_is_refused_in_words(people, given, message):
    answer = people.browser("cora").post("/rounds/new", data=PLAN | given)
    assert answer.status_code == 422
    assert message in answer.text
    with read() as session:
        assert session.scalar(select(Round.id)) is None


def test_what_is_saved_says_who_sees_it_and_nothing_new_is_cancelled(people):
    cora = people.browser("cora")
    assert 'value="cancelled"' not in cora.get("/rounds/new").text
    assert cora.post("/rounds/new", data=PLAN | {"state": "cancelled"}).status_code == 422
    saved = cora.post("/rounds/new", data=PLAN | {"state": "draft"}, follow_redirects=True)
    assert "Saved as a draft. Spotters do not see it yet." in saved.text
    edit = saved.request.path + "/edit"
    for state, said in (("open", "Saved. Spotters see the round."), ("cancelled", "Saved. The round is cancelled.")):
        assert f'value="{state}"' in cora.get(edit).text
        assert said in cora.post(edit, data=PLAN | {"state": state}, follow_redirects=True).text


def test_a_draft_is_the_desks_alone(people):
    round_id = plan(people, state="draft")
    ana = people.browser("ana")
    assert ana.get(f"/rounds/{round_id}").status_code == 404
    assert join(people, "ana", round_id).status_code == 404
    assert "Parrots" not in ana.get("/rounds").text
    assert "Parrots" in people.browser("ada").get("/rounds").text


# --- Taking part -----------------------------------------------------------------------------------------------------


def test_ana_signs_up_changes_her_team_and_leaves(people):
    round_id = plan(people)
    ana, cora = people.browser("ana"), people.browser("cora")
    with read() as session:
        teams = {team.name: team.id for team in store.teams(session, round_id)}
    assert join(people, "ana", round_id, teams["Otters"]).status_code == 302
    assert "In the team" in ana.get(f"/rounds/{round_id}").text
    cora.post(f"/rounds/{round_id}/teams/{teams['Otters']}/lead", data={"lead": people.ids["ana"]})
    assert "You lead this team" in ana.get(f"/rounds/{round_id}").text
    join(people, "ana", round_id, teams["Herons"])
    page = ana.get(f"/rounds/{round_id}").text
    assert "You lead this team" not in page, "who changes the team leads the old one no more"
    ana.post(f"/rounds/{round_id}/leave")
    assert "Sign up" in ana.get(f"/rounds/{round_id}").text
    assert "Nobody has signed up yet" in cora.get(f"/rounds/{round_id}").text
    join(people, "ana", round_id)
    with read() as session:
        assert session.scalars(select(Membership)).one().left_at is None


def test_one_round_at_a_time(people):
    join(people, "ana", plan(people))
    second = plan(people, name="Ivory", starts_on="2026-12-20")
    refused = join(people, "ana", second)
    assert refused.status_code == 409
    assert "You are taking part in Parrots before Christmas" in refused.text
    third = plan(people, name="Orchids", starts_on="2026-12-23")
    assert join(people, "ana", third).status_code == 302
    moved = people.browser("cora").post(f"/rounds/{third}/edit", data=PLAN | {"starts_on": "2026-12-22"})
    assert moved.status_code == 409
    assert "Somebody taking part is in another round" in moved.text


@pytest.mark.parametrize(("state", "days"), [("cancelled", 0), ("open", 28)])
def test_nobody_joins_what_is_cancelled_or_over(people, hand, state, days):
    round_id = plan(people)
    people.browser("cora").post(f"/rounds/{round_id}/edit", data=PLAN | {"state": state})
    hand.shift(timedelta(days=days))
    assert join(people, "ana", round_id).status_code == 409


def test_a_team_of_another_round_is_not_found(people):
    first, second = plan(people), plan(people, name="Ivory", starts_on="2027-02-01")
    with read() as session:
        foreign = store.teams(session, second)[0].id
    refused = join(people, "ana", first, foreign)
    assert refused.status_code == 422
    assert "This round no longer has that team. Choose another team, or none." in refused.text
    with pytest.raises(Refused, match="no such team"), write() as session:
        store.join(session, first, people.ids["ana"], foreign)
    with pytest.raises(Refused, match="no such team"), write() as session:
        store.choose_lead(session, first, foreign, None, people.ids["cora"])


def test_a_lead_takes_part_and_only_their_team_and_the_desk_know_the_name(people):
    accredit("ben")
    round_id = plan(people)
    with read() as session:
        teams = {team.name: team.id for team in store.teams(session, round_id)}
    cora = people.browser("cora")
    lead = f"/rounds/{round_id}/teams/{teams['Otters']}/lead"
    cora.post(lead, data={"lead": people.ids["ben"]})
    assert "Only people taking part" in cora.get(f"/rounds/{round_id}").text
    join(people, "ben", round_id)
    join(people, "ana", round_id, teams["Herons"])
    cora.post(lead, data={"lead": people.ids["ben"]})
    assert "Led by <bdi>Ben" in cora.get(f"/rounds/{round_id}").text
    ana = people.browser("ana")
    assert "Ben" not in ana.get(f"/rounds/{round_id}").text
    join(people, "ana", round_id, teams["Otters"])
    assert "Led by <bdi>Ben" in ana.get(f"/rounds/{round_id}").text
