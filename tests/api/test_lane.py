"""The practice lane: one listing at a time; what was right is told after the answer and never before."""

import html
import re

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from server.core import clock
from server.core.database import db, new_id, read, write
from server.core.words import Level
from server.journeys.report import decision
from server.journeys.spotter import accrediting
from server.ledger.cases.models import Case
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Report
from server.pages.skill import known_page
from server.people.accounts.models import Account
from server.people.courses import catalogue, known
from server.people.skill import store
from server.people.skill.lane import Kind, Said
from server.people.skill.models import LaneAnswer
from server.reads import practice_lane
from tests.known_listings import write as write_listings
from tests.lane_stories import accredit, live_report, second_opinion
from tests.small_module import teach_small

SELLER = "birdroom_lx"


@pytest.fixture(autouse=True)
def listings(app, tmp_path):
    """Thirty small listings in the place of the shipped ones: their explanations hold a word that must not leak."""
    folder = teach_small(app, tmp_path).parent
    return write_listings(folder / known.NAME)


def token(page):
    return re.search(r'name="item"[^>]* value="(\w*)"', page)[1]


def title(page):
    return html.unescape(re.search(r'class="sim-title"[^>]*>([^<]*)', page)[1])


def judge(client, answer="flag", page=None, **more):
    page = page or client.get("/lane").text
    return client.post("/lane", data={"said": answer, "item": token(page)} | more)


def truth(name):
    return catalogue.known_listings()[name].truth


def by_title(shown):
    return next(listing for listing in catalogue.known_listings().values() if listing.ad.title == shown)


def given(people, who="ben"):
    with read() as session:
        return store.answers(session, people.ids[who])


# --- Known listings --------------------------------------------------------------------------------------------------


def test_a_spotter_judges_one_listing_and_is_told_at_once(people):
    accredit(people)
    ben = people.browser("ben")
    page = ben.get("/lane").text
    known_one = by_title(title(page))
    answer = judge(ben, known_one.truth, page, why="It sings.")
    feedback = ben.get(answer.location).text
    assert "Right, well spotted" in feedback and known_one.explanation in feedback and "It sings." in feedback
    assert [(judgement.listing, judgement.said, judgement.right) for judgement in given(people)] == [
        (known_one.name, known_one.truth, True)
    ]


def test_a_wrong_answer_is_told_kindly_and_cannot_tell_is_never_wrong(people):
    accredit(people)
    ben = people.browser("ben")
    page = ben.get("/lane").text
    wrong = {"flag": "innocent", "innocent": "flag"}[by_title(title(page)).truth]
    assert "Not quite" in ben.get(judge(ben, wrong, page).location).text
    assert "counts neither for nor against you" in ben.get(judge(ben, "cannot_tell").location).text
    assert [judgement.right for judgement in given(people)] == [False, None]


def test_truth_and_explanation_are_in_no_page_before_the_answer(people, client):
    accredit(people)
    ben, dan = people.browser("ben"), people.browser("dan")
    words = set()
    for number in range(30):
        page = ben.get("/lane").text
        asked = by_title(title(page))
        everywhere = page + ben.get("/lane").text + ben.post("/lane", data={"item": token(page)}).text
        for path in ("/training", "/reports", "/profile", "/training/small", "/training/review"):
            everywhere += ben.get(path).text
        everywhere += client.get("/api/v1/vocabulary", headers=people.token("ben")).text
        leaked = set(re.findall(r"CANARY-K\d+", everywhere))
        assert not leaked, f"{leaked} before answer {number}"
        assert 'class="m-' not in page and asked.name not in page and asked.truth + "_" not in page
        words |= set(re.findall(r"CANARY-K\d+", ben.get(judge(ben, page=page).location).text))
    assert len(words) == 30, "each was told after its answer"
    assert "You have judged every listing" in ben.get("/lane").text
    assert "CANARY" not in dan.get(f"/people/{people.ids['ben']}").text


def test_an_answer_is_final_and_a_second_click_changes_nothing(people):
    accredit(people)
    ben = people.browser("ben")
    page = ben.get("/lane").text
    judge(ben, "flag", page)
    again = judge(ben, "innocent", page)
    assert again.status_code == 302 and again.location.endswith("/lane")
    assert [judgement.said for judgement in given(people)] == ["flag"]


def test_a_reason_that_comes_too_late_is_given_back_unless_it_was_kept(people):
    accredit(people)
    ben = people.browser("ben")
    page = ben.get("/lane").text
    judge(ben, "flag", page, why="The word beside it.")
    assert judge(ben, "flag", page, why="The word beside it.").status_code == 302
    again = judge(ben, "innocent", page, why="It is resin.")
    assert again.status_code == 409 and "It is resin.</textarea>" in again.text and 'name="why"' in again.text
    assert [judgement.why for judgement in given(people)] == ["The word beside it."]


def test_only_the_next_listing_can_be_answered(people):
    accredit(people)
    ben = people.browser("ben")
    for item in ("", "0" * 32, "listing-1"):
        assert ben.post("/lane", data={"said": "flag", "item": item}).location.endswith("/lane")
    assert given(people) == []


def test_an_unknown_word_and_a_long_reason_are_refused_and_nothing_typed_is_lost(people):
    accredit(people)
    ben = people.browser("ben")
    page = ben.get("/lane").text
    for data in ({"said": "guilty"}, {"said": "flag", "why": "x" * 1001}, {"why": "My reason <b>"}):
        answer = ben.post("/lane", data={"item": token(page)} | data)
        assert answer.status_code == 422 and token(answer.text) == token(page)
    assert "My reason &lt;b&gt;" in answer.text and "Choose an answer first." in answer.text
    assert given(people) == []


def test_the_lane_is_for_accredited_spotters(people):
    ben = people.browser("ben")
    page = ben.get("/lane").text
    assert "You need to finish the training" in page and 'name="said"' not in page
    assert ben.post("/lane", data={"said": "flag", "item": "x"}).status_code == 403
    accredit(people)
    page = ben.get("/lane").text
    accrediting.suspend(people.ids["ben"], people.ids["cora"], "While we talk.")
    assert judge(ben, page=page).status_code == 403
    assert given(people) == []


def test_a_spotters_navigation_leads_there(people):
    assert '<a href="/lane">Practice lane</a>' in people.browser("ana").get("/reports").text
    assert 'href="/lane"' not in people.browser("cora").get("/people").text


def test_everybody_has_an_order_of_their_own(people):
    accredit(people)
    order = {}
    for who in ("ana", "ben"):
        client, order[who] = people.browser(who), []
        for _ in range(6):
            page = client.get("/lane").text
            order[who].append(title(page))
            judge(client, page=page)
    assert order["ana"] != order["ben"]


def test_nobody_sees_the_answer_of_somebody_else(people):
    accredit(people)
    ben, ana = people.browser("ben"), people.browser("ana")
    assert ana.get(judge(ben).location).status_code == 404


def test_known_listings_are_never_reports_cases_or_notices(people):
    accredit(people)
    ben = people.browser("ben")
    for _ in range(5):
        judge(ben)
    for table in (Report, Case, Notice):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0
    assert "No reports yet" in ben.get("/reports").text


def insert(people, **columns):
    with write() as session:
        session.add(LaneAnswer(account_id=people.ids["ben"], at=clock.now(), **({"said": "flag"} | columns)))


@pytest.mark.parametrize("columns", [{"listing": "a"}, {"listing": None}, {"listing": "b", "said": "guilty"}])
def test_the_database_keeps_one_answer_for_a_person_and_a_listing(people, columns):
    insert(people, listing="a")
    with pytest.raises(IntegrityError):
        insert(people, **columns)


# --- Live ones -------------------------------------------------------------------------------------------------------


def kinds(people, who, count):
    """What stands in somebody's lane, one after the other, each answered."""
    client, seen = people.browser(who), []
    for _ in range(count):
        with read() as session:
            item = practice_lane.next_item(session, people.ids[who])
        seen.append(item and item.kind)
        judge(client)
    return seen


def test_on_probation_nobody_sees_what_others_reported(people, report_json):
    accredit(people)
    second_opinion(people, live_report(report_json))
    ben = people.browser("ben")
    pages = []
    for _ in range(30):
        pages.append(ben.get("/lane").text)
        judge(ben)
    assert not [page for page in pages if "parrot" in page]
    assert all(judgement.case_id is None for judgement in given(people))


def test_trusted_spotters_are_asked_for_second_opinions_among_known_ones(people, report_json, work_all):
    accredit(people, level=Level.TRUSTED)
    for number in range(6):
        second_opinion(people, live_report(report_json, 265370482800 + number))
    seen = kinds(people, "ben", 10)
    assert seen.count(Kind.KNOWN) == 4 and seen.count(Kind.LIVE) == 6


def test_a_live_listing_shows_words_alone_and_no_way_to_its_seller(people, report_json):
    accredit(people, level=Level.TRUSTED)
    case_id = second_opinion(people, live_report(report_json))
    ben = people.browser("ben")
    with read() as session:
        title_, text, price = practice_lane._live_words(session, case_id)
    assert "African grey parrot" in title_ and "1,250" in price and "Six chicks" in text
    for secret in (SELLER, "912", "birds@lx", "wa.me", "mercado", "papers 'can be arranged'"):
        assert secret not in text + title_ + price, secret
    while "African grey" not in (page := ben.get("/lane").text):
        judge(ben, page=page)
    assert "<img" not in page and SELLER not in page and "mercado.test" not in page
    explained = ben.get(judge(ben, "innocent", page, why="Ring visible in the words.").location).text
    assert "This one is real" in explained and "it is not scored" in explained
    desk = people.browser("cora").get(f"/cases/{case_id}").text
    assert "Second opinions:</b> Leave: 1" in desk and "Ring visible in the words." in desk
    opinion = next(judgement for judgement in given(people) if judgement.case_id)
    assert (opinion.case_id, opinion.said, opinion.right, opinion.listing) == (case_id, "innocent", None, None)


def test_known_and_live_ones_look_alike_before_the_answer(people, report_json):
    accredit(people, level=Level.TRUSTED)
    second_opinion(people, live_report(report_json))
    ben, shapes = people.browser("ben"), {}
    for _ in range(10):
        page = ben.get("/lane").text
        main = re.search(r"<main.*</main>", page, re.DOTALL)[0]
        main = re.sub(r'value="[^"]*"|(?<=dir="auto">)[^<]*', "", main)  # tokens and words
        shapes.setdefault("African" in page, set()).add(main)
        assert "\n" not in re.search(r'class="sim-words" dir="auto">([^<]*)', page)[1], "a known one is one line, too"
        judge(ben, page=page)
    assert shapes[True] == shapes[False] and len(shapes[True]) == 1


def test_a_listing_without_words_is_not_asked_about(people, report_json):
    report = report_json()
    report["listing"].pop("description")
    second_opinion(people, report)
    accredit(people, level=Level.TRUSTED)
    with read() as session:
        assert practice_lane._live(session, people.ids["ben"], ()) == []


def test_nobody_judges_what_they_reported_nor_what_is_not_asked(people, report_json):
    case_id = second_opinion(people, live_report(report_json))
    for who in ("ana",):  # it is her own
        with read() as session:
            assert practice_lane._live(session, people.ids[who], ()) == []
    accredit(people, level=Level.TRUSTED)
    with read() as session:
        assert practice_lane._live(session, people.ids["ben"], ()) == [case_id]
    for changed in ({"held_why": "police_first"}, {"state": "open", "held_why": None}):
        with write() as session:
            session.execute(update(Case).values(**changed))
        with read() as session:
            assert practice_lane._live(session, people.ids["ben"], ()) == []


def test_outside_their_scope_trusted_spotters_are_as_on_probation(people, report_json):
    second_opinion(people, live_report(report_json))
    accredit(people, level=Level.TRUSTED, groups=("plant",))
    with read() as session:
        assert practice_lane._live(session, people.ids["ben"], ()) == []


@pytest.mark.parametrize(
    ("written", "seen"),
    [("pt", True), ("pt-BR", True), ("PT", True), ("en", False), ("ptx", False), ("", True), (None, True)],
)
def test_a_scope_by_language_holds_for_what_is_live_too(people, report_json, written, seen):
    report = live_report(report_json)
    report["listing"]["language"] = written
    case_id = second_opinion(people, report)
    accredit(people, level=Level.TRUSTED, languages=("pt", "es"))
    with read() as session:
        assert practice_lane._live(session, people.ids["ben"], ()) == ([case_id] if seen else []), (
            "a page's language, as it says"
        )


def test_an_opinion_that_comes_after_the_decision_is_not_kept(people, report_json):
    case_id = second_opinion(people, live_report(report_json))
    accredit(people, level=Level.TRUSTED)
    ben = people.browser("ben")
    while "African grey" not in (page := ben.get("/lane").text):
        judge(ben, page=page)
    with read() as session:
        version = session.get_one(Case, case_id).version
    decision.decide(
        case_id, people.ids["dan"], decision="dismiss", dismiss_reason="other", note="A toy.", version=version
    )
    assert judge(ben, page=page).location.endswith("/lane")
    assert all(judgement.case_id is None for judgement in given(people))


def test_how_hard_a_known_listing_is_is_learnt_from_answers(people):
    accredit(people)
    listing = next(iter(catalogue.known_listings().values()))
    before = store.difficulties(db.session(), catalogue.known_listings())[listing.name]
    wrong = Said.INNOCENT if listing.truth == "flag" else Said.FLAG
    with write() as session:
        store.keep_known(session, people.ids["ben"], listing, wrong, "", clock.now())
        store.keep_known(session, people.ids["ana"], listing, Said.CANNOT_TELL, "", clock.now())
    assert before == pytest.approx(listing.difficulty)
    after = store.difficulties(db.session(), catalogue.known_listings())[listing.name]
    assert before < after == pytest.approx((1 + 8 * 0.2) / 9)


# --- The desk: how hard the known listings have turned out ------------------------------------------------------------


def answer_many(people, answers):
    """Answers straight into the table: (listing's number, right, how many), each by a person of their own."""
    names = list(catalogue.known_listings())
    with write() as session:
        for number, right, times in answers:
            for _ in range(times):
                account = Account(
                    id=new_id(), email=f"{new_id()}@people.test", name="Lek", role="spotter", created_at=clock.now()
                )
                session.add(account)
                session.flush()
                session.add(LaneAnswer(id=new_id(), account_id=account.id, listing=names[number], taxon_group="bird",
                                       said="cannot_tell" if right is None else "flag", right=right, at=clock.now()))  # fmt: skip


def test_the_desk_sees_which_known_listings_everybody_gets_right_or_wrong(people):
    answer_many(people, [(4, True, 10), (5, False, 10), (6, False, 3), (6, None, 1)])
    page = people.browser("cora").get("/lane/known").text
    assert (
        "24 answers so far. 30 listings. 27 listings have no answer yet. "
        "Everybody gets 1 of them wrong. Everybody gets 1 of them right." in page
    )
    rows = re.findall(
        r"<th scope=\"row\"><span[^>]*>(Bird \d+)</span>.*?data-label=\"To review\">(.*?)</td>", page, re.S
    )
    assert rows[0] == ("Bird 5", "Everybody gets it wrong: is its answer right?")
    assert rows[1] == ("Bird 4", "Everybody gets it right: time for a harder one.")
    assert dict(rows)["Bird 6"].endswith(">too few answers</span>")
    assert 'href="/lane/known"' in people.browser("cora").get("/people/desk").text


def test_what_people_answer_corrects_the_guess_of_the_author(app, people):
    answer_many(people, [(0, False, 8), (1, True, 32)])
    with app.test_request_context():
        rows = {row["listing"].name: row for row in known_page.listings(db.session(), 1)["rows"]}
    assert rows["listing-0"]["learnt"] == pytest.approx((8 + 8 * 0.2) / 16)
    assert rows["listing-2"]["learnt"] == 0.2, "nobody came to it: the guess stands"


def test_known_listings_come_in_pages_and_to_coordinators_alone(app, people):
    cora = people.browser("cora")
    first, second = (
        set(re.findall(r">(Bird \d+)</span>", cora.get(f"/lane/known?page={number}").text)) for number in (1, 2)
    )
    assert len(first) == 20 and len(second) == 10 and not first & second
    assert cora.get("/lane/known?page=999").status_code == 200 and cora.get("/lane/known?page=x%00").status_code in (
        200,
        422,
    )
    accredit(people)
    answer = people.browser("ben").get("/lane/known")
    assert answer.status_code == 403 and "CANARY" not in answer.text
