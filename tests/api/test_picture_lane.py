"""The picture lane: one picture at a time, blurred first; what it shows is told after the answer and never before."""

import html
import re

import pytest

from server.core.database import read
from server.journeys.spotter import picturing
from server.people.courses import catalogue
from server.people.skill import picture_store
from server.people.skill.steps import Difficulty
from server.reads import judgements, picture_lane
from tests.lane_stories import accredit
from tests.loaded_pictures import entry, folder
from tests.small_module import teach_small

AD = {"title": "Old disc", "text": "Crossed lines.", "price": "€ 9", "marks": {"taxon": ["Crossed lines"]}}


@pytest.fixture(autouse=True)
def small(app, tmp_path, monkeypatch):
    """A content folder of its own, and no picture but those that a test loads."""
    teach_small(app, tmp_path / "taught")
    monkeypatch.setattr(catalogue, "pictures", dict)


def load(tmp_path, *entries):
    return picturing.load_pictures(folder(tmp_path / "in", list(entries)), dry_run=False)


def entries(*wrong_of_100):
    return [
        entry(number, file=f"p{number}.jpg", wrong_of_100=wrong, lesson="small/one")
        for number, wrong in enumerate(wrong_of_100)
    ]


def token(page):
    return re.search(r'name="item"[^>]* value="(\w*)"', page)[1]


def judge(client, said="ivory", page=None):
    page = page or client.get("/lane/pictures").text
    return client.post("/lane/pictures", data={"said": said, "item": token(page)})


def step(people, who="ben"):
    with read() as session:
        item = picture_lane.next_item(session, people.ids[who])
    return item.step if item else None


def test_without_pictures_the_lane_says_so(people):
    accredit(people)
    page = people.browser("ben").get("/lane/pictures")
    assert page.status_code == 200 and "There are no pictures here yet." in page.text and 'name="said"' not in page.text


def test_a_picture_is_judged_and_the_reason_follows(people, tmp_path):
    accredit(people)
    load(tmp_path, *entries(10))
    ben = people.browser("ben")
    page = ben.get("/lane/pictures").text
    assert "What is this most likely?" in page and "Vera Lens" in page and "CC-BY-4.0" in page
    answer = judge(ben, "ivory", page)
    told = ben.get(answer.location).text
    assert "Right, well spotted" in told and "CANARY-P0" in told and "SOURCE-TELLS" in told
    assert "You have judged every picture here." in ben.get("/lane/pictures").text


def test_a_wrong_answer_names_the_right_one_and_cannot_tell_is_never_wrong(people, tmp_path):
    accredit(people)
    load(tmp_path, *entries(10, 11))
    ben = people.browser("ben")
    told = ben.get(judge(ben, "bone").location).text
    assert "Not quite" in told and "Elephant or mammoth ivory" in told
    told = ben.get(judge(ben, "cannot_tell").location).text
    assert "counts neither for nor against you" in told
    with read() as session:
        assert [answer.right for answer in picture_store.answers(session, people.ids["ben"])] == [False, None]


def test_nothing_tells_what_is_shown_before_the_answer(people, tmp_path):
    accredit(people)
    load(tmp_path, *entries(10), entry(1, choices=None, right="innocent", ad=AD))
    ben = people.browser("ben")
    for _ in range(2):
        page = ben.get("/lane/pictures").text
        page += ben.get(f"/lane/pictures?look={token(page)}").text
        page += ben.post("/lane/pictures", data={"item": token(page)}).text
        for word in ("CANARY", "SOURCE-TELLS", "disc-0", "disc-1", "p0.jpg", "Loxodonta", 'class="m-'):
            assert word not in page, word
        assert 'alt="The picture, blurred"' in page and 'alt="A pale disc with crossed lines."' in page
        assert "CANARY" in ben.get(judge(ben, "cannot_tell", page).location).text


def test_a_picture_starts_blurred_and_shows_when_asked(people, tmp_path):
    accredit(people)
    load(tmp_path, *entries(10))
    ben = people.browser("ben")
    page = ben.get("/lane/pictures").text
    blurred = re.search(r'<img src="([^"]+)"', page)[1]
    clear = re.search(r'<img src="([^"]+)"', ben.get(f"/lane/pictures?look={token(page)}").text)[1]
    assert blurred != clear
    for address in (blurred, clear):
        picture = ben.get(address)
        assert picture.mimetype == "image/webp" and "sandbox" in picture.headers["Content-Security-Policy"]
        assert b"SECRET-PLACE" not in picture.data
    assert people.browser("ana").get(clear).status_code == 404, "the address is Ben's alone"


def test_an_answer_is_final_and_nothing_but_an_open_picture_is_taken(people, tmp_path):
    accredit(people)
    load(tmp_path, *entries(10, 11))
    ben = people.browser("ben")
    page = ben.get("/lane/pictures").text
    judge(ben, "bone", page)
    assert judge(ben, "ivory", page).location.endswith("/lane/pictures")
    for data in ({"said": "ivory", "item": "0" * 32}, {"said": "ivory", "item": ""}):
        assert ben.post("/lane/pictures", data=data).location.endswith("/lane/pictures")
    page = ben.get("/lane/pictures").text
    for said in ("flag", "tusk", ""):
        assert ben.post("/lane/pictures", data={"said": said, "item": token(page)}).status_code == 422
    with read() as session:
        assert [answer.said for answer in picture_store.answers(session, people.ids["ben"])] == ["bone"]


def test_a_picture_stays_while_it_is_looked_at_whatever_others_answer(people, tmp_path):
    accredit(people)
    load(tmp_path, *entries(19, 19))
    ben = people.browser("ben")
    page = ben.get("/lane/pictures").text
    with read() as session:
        before = picture_lane.next_item(session, people.ids["ben"])
    for _ in range(2):
        with read() as session:
            seen = picture_lane.next_item(session, people.ids["ana"])
        judge(people.browser("ana"), "bone" if seen.picture.name == before.picture.name else "ivory")
    with read() as session:
        assert picture_lane.next_item(session, people.ids["ben"]).token != before.token, "it is harder than it was"
    assert token(ben.get(f"/lane/pictures?look={before.token}").text) == before.token
    missing = ben.post("/lane/pictures", data={"item": before.token})
    assert missing.status_code == 422 and token(missing.text) == before.token
    assert "CANARY" in ben.get(judge(ben, "ivory", page).location).text
    with read() as session:
        answers = picture_store.answers(session, people.ids["ben"])
    assert [(answer.picture, answer.right) for answer in answers] == [(before.picture.name, True)]


def test_a_picture_of_a_topic_left_out_meanwhile_takes_no_answer(people, tmp_path):
    accredit(people)
    load(tmp_path, entry(0, group="bird"))
    ben = people.browser("ben")
    page = ben.get("/lane/pictures").text
    ben.post("/profile/topics", data={"avoids": ["bird"]})
    assert judge(ben, "ivory", page).location.endswith("/lane/pictures")
    with read() as session:
        assert not picture_store.answers(session, people.ids["ben"])


def test_whether_to_flag_is_asked_where_there_is_an_ad(people, tmp_path):
    accredit(people)
    load(tmp_path, entry(0, choices=None, right="flag", ad=AD))
    ben = people.browser("ben")
    page = ben.get("/lane/pictures").text
    assert "Would you flag this listing?" in page and "Old disc" in page
    assert 'class="m-taxon"' in ben.get(judge(ben, "flag", page).location).text


def test_pictures_get_harder_and_easier_as_one_answers(people, tmp_path):
    accredit(people)
    load(tmp_path, *entries(5, 6, 7, 25, 26, 27, 40, 41))
    ben, seen = people.browser("ben"), []
    for said in ("ivory", "ivory", "ivory", "ivory", "bone", "cannot_tell"):
        seen.append(step(people))
        judge(ben, said)
    assert seen == [
        Difficulty.EASY,
        Difficulty.EASY,
        Difficulty.MEDIUM,
        Difficulty.MEDIUM,
        Difficulty.HARD,
        Difficulty.MEDIUM,
    ]


def test_topics_left_out_are_left_out_of_the_lane(people, tmp_path):
    accredit(people)
    load(tmp_path, entry(0, group="bird"), entry(1, group="timber", taxon=None))
    ben = people.browser("ben")
    ben.post("/profile/topics", data={"avoids": ["bird"]})
    page = ben.get("/lane/pictures").text
    assert "1 picture left" in page, "only the timber is asked"
    judge(ben, "cannot_tell", page)
    assert "You have judged every picture here." in ben.get("/lane/pictures").text


def test_answers_count_as_those_of_the_practice_lane_and_stay_when_the_picture_goes(people, tmp_path):
    accredit(people)
    load(tmp_path, *entries(10, 11))
    ben = people.browser("ben")
    judge(ben, "ivory")
    told = judge(ben, "bone").location
    page = html.unescape(ben.get("/skill").text)
    assert page.count("/lane/pictures/answers/") == 2 and "Mammals" in page
    for name in ("disc-0", "disc-1"):
        assert picturing.remove_picture(name)
    page = html.unescape(ben.get("/skill").text)
    assert page.count(">A picture</a>") == 2 and ">A listing</a>" not in page, "their names went with the pictures"
    assert "From the practice lanes." in page and "Out of 100 listings and pictures" in page
    assert "This picture is no longer in the lane." in ben.get(told).text
    with read() as session:
        judged = judgements.judged(session, people.ids["ben"])
    assert sorted(judgement.outcome for judgement in judged) == ["gold_right", "gold_wrong"]
    assert "There are no pictures here yet." in ben.get("/lane/pictures").text


def test_the_lane_is_for_accredited_spotters_and_answers_are_ones_own(people, tmp_path):
    load(tmp_path, *entries(10))
    ben = people.browser("ben")
    page = ben.get("/lane/pictures").text
    assert "You need to finish the training" in page and "<img" not in page.split("<main")[1]
    assert ben.post("/lane/pictures", data={"said": "ivory", "item": "x"}).status_code == 403
    accredit(people)
    told = judge(ben).location
    assert people.browser("ana").get(told).status_code == 404
