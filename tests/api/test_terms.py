"""Terms that coordinators add: from a round's report into ads, worklists and the extension's vocabulary, and out again."""

import pytest
from sqlalchemy import delete, event, select

from server.core.audit import AuditRow
from server.core.database import db, read, write
from server.core.words import Refused
from server.ledger.species import added, store, taking_in
from server.ledger.species.models import AddedTerm, Import, LexiconTerm
from server.pages.rounds import report_page, work_page
from tests.round_stories import PLAN, hand, join, plan, search, searchable  # noqa: F401

GREY = "psittacus-erithacus"


@pytest.fixture
def cora(app, people):
    app.config["WTF_CSRF_ENABLED"] = False
    return people.browser("cora")


def term(**more):
    return {"text": "feather baby", "language": "en", "taxon": GREY, "source": "In a round.", "round": ""} | more


def named(text):
    with read() as session:
        return store.assess(session, text, "live").taxa


def test_a_rounds_new_term_becomes_a_term_of_the_lexicon_by_a_click(cora, app, people, client, searchable, hand):
    round_id = plan(people)
    join(people, "ana", round_id)
    search(people.browser("ana"), "feather baby", "5")
    report = cora.get(f"/rounds/{round_id}/report").text
    assert "feather baby" in report and "/terms?text=feather+baby" in report
    form = cora.get(f"/terms?text=feather+baby&source=Searched+by+spotters&round={round_id}").text
    assert 'value="feather baby"' in form and f'value="{round_id}"' in form
    assert named("two feather baby, tame") == {}
    answer = cora.post("/terms", data=term(round=round_id))
    assert answer.location == f"/rounds/{round_id}/report#terms"
    assert GREY in named("two feather baby, tame")
    assert "in the lexicon" in cora.get(answer.location).text
    document = client.get("/api/v1/vocabulary", headers=people.token("ana")).json
    assert {"text": "feather baby", "language": "en", "kind": "trade", "taxa": [GREY]} in document["terms"]
    assert any("feather baby" in row["texts"] for row in document["words"])
    assert "feather baby" in {term.text for term in work_page.every_term(db.session())}
    with read() as session:
        [row] = session.scalars(select(AuditRow).where(AuditRow.action == "term_added"))
        assert row.actor_id == people.ids["cora"] and "feather" not in str(row.detail), "an id and codes, no words"


def test_a_rounds_report_reads_the_lexicon_once_not_each_time(cora, people, searchable):
    round_id, asked = plan(people), []
    join(people, "ana", round_id)
    search(people.browser("ana"), "feather baby", "5")
    assert "feather baby" in cora.get(f"/rounds/{round_id}/report").text
    event.listen(db.engine, "before_cursor_execute", lambda _c, _k, statement, *_: asked.append(statement))
    assert "feather baby" in cora.get(f"/rounds/{round_id}/report").text
    assert not [statement for statement in asked if "FROM terms" in statement]


def test_it_can_be_taken_out_again_and_then_it_is_nowhere(cora, people):
    cora.post("/terms", data=term())
    with read() as session:
        term_id = session.scalar(select(AddedTerm.id))
    assert "In a round." in cora.get("/terms").text
    assert cora.post(f"/terms/{term_id}/remove").status_code == 302
    assert named("two feather baby, tame") == {} and "In a round." not in cora.get("/terms").text
    assert cora.post(f"/terms/{term_id}/remove").status_code == 404, "a second click"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Feather  BABY", "It means: "),  # added before, written otherwise
        ("Psittacus erithacus", "It means: "),  # a name
        ("", "as an innocent use"),  # any of them,
    ],
)
def test_what_is_there_already_is_refused_in_words(cora, people, text, message):
    cora.post("/terms", data=term())
    with read() as session:
        innocent = session.scalar(
            select(LexiconTerm.text).where(LexiconTerm.kind == "against").order_by(LexiconTerm.id)
        )
    text = text or innocent
    answer = cora.post("/terms", data=term(text=text, source="Kept <b>words"))
    assert answer.status_code == 409 and "already in the lexicon" in answer.text and message in answer.text
    assert "Kept &lt;b&gt;words" in answer.text, "nothing typed is lost"


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""}, {"text": "ab"}, {"text": "!!"}, {"text": "2024"}, {"text": "iv*"}, {"text": "x" * 101}, {"text": "a\x00bcd"},
        {"language": ""}, {"language": "xx"}, {"taxon": ""}, {"taxon": "nobody"}, {"source": ""}, {"source": "x" * 301},
        {"round": "../../x"},
    ],
)  # fmt: skip
def test_what_is_no_term_is_refused(cora, people, wrong):
    assert cora.post("/terms", data=term(**wrong)).status_code == 422
    with read() as session:
        assert session.scalar(select(AddedTerm.id)) is None


@pytest.mark.parametrize("text", ["🦜", "虎骨", "нож", "لحم"])
def test_an_emoji_and_any_script_may_be_a_term(text):
    assert added.doubt(text) is None


def test_a_newer_shipped_lexicon_leaves_added_terms_alone(cora, people):
    cora.post("/terms", data=term())
    with write() as session:
        session.execute(delete(Import))
        assert taking_in.load_lexicon(session)
    assert GREY in named("two feather baby, tame")


def test_only_a_coordinator_adds(app, people):
    app.config["WTF_CSRF_ENABLED"] = False
    assert people.browser("ana").post("/terms", data=term()).status_code == 403
    with pytest.raises(Refused), write() as session:
        added.add(session, "ok then", "en", "no-such-taxon", "x", people.ids["cora"])


def test_the_report_asks_for_nothing_when_no_term_is_new(app, people, cora):
    round_id = cora.post("/rounds/new", data=PLAN).location.rpartition("/")[2]
    with read() as session:
        assert report_page.report(session, round_id)["known"] == set()


def test_added_terms_come_a_page_at_a_time_the_newest_first(cora, people, monkeypatch):
    monkeypatch.setattr(added, "PAGE", 2)
    for text in ("first words", "second words", "third words"):
        assert cora.post("/terms", data=term(text=text)).status_code == 302
    first = cora.get("/terms").text
    assert first.index("third words</b>") < first.index("second words</b>") and "first words</b>" not in first
    second = cora.get("/terms?cursor=" + first.partition("cursor=")[2][:32]).text
    assert "first words</b>" in second and "second words</b>" not in second and 'rel="next"' not in second
