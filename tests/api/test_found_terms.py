"""Words found in confirmed ads: from decisions by a daily job, through two coordinators, into ads, to companies and to the spotter."""

import csv
import io
from datetime import datetime

import pytest
from sqlalchemy import delete, select, update

from server.core import clock
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import Decision, DismissReason, Role, Scope, Status
from server.journeys.oversight import finding_terms
from server.journeys.report import decision
from server.journeys.spotter import erasing, freezing, joining
from server.ledger.cases.models import Case
from server.ledger.reports.models import Report
from server.ledger.species import added, finding, found, store
from server.ledger.species.models import FOUND_KEPT, AddedTerm, FoundTerm
from server.reads import records
from tests.conftest import PASSWORD
from tests.story import decide, flag

GREY, LATIN = "psittacus-erithacus", "Psittacus erithacus"
SELLERS = ("birdroom", "aviary nine", "feathered friends", "polly shop", "kai", "Zelmira Okonkwo", "wings4you", "nest")


@pytest.fixture
def ad(people, report_json):
    """Make a case of an ad that Ana flags."""
    counter = iter(range(1, 1000))

    def make(title, description, seller):
        number = next(counter)
        report = report_json(f"https://mercado.test/itm/ad/{265370480000 + number}")
        report["listing"] |= {
            "title": title,
            "description": description,
            "seller": {"name": seller, "url": f"https://mercado.test/seller/{number}"},
        }
        return flag(people, report)

    return make


def dismiss(people, case_id):
    with read() as session:
        version = session.get_one(Case, case_id).version
    decision.decide(
        case_id,
        people.ids["cora"],
        decision=Decision.DISMISS,
        note="A cage.",
        version=version,
        dismiss_reason=DismissReason.NOT_OFFERED,
    )


@pytest.fixture
def season(people, ad):
    """Eight sellers with zazzle chicks, confirmed; a dozen with cages, dismissed."""
    for number, seller in enumerate(SELLERS):
        text = f"Two zazzle chicks for {seller}, call +45 20 30 40 {number}0, see https://chicks.test/{number}"
        decide(people, ad("Grey parrot", f"{text}. My zelmirachicks are tame", seller), taxa=[LATIN])
    for number in range(12):
        dismiss(people, ad("Parrot cage", f"Cage with toys number {number}, clean", f"household {number}"))


@pytest.fixture
def word(season):
    """The id of the word that the job proposes."""
    finding_terms.find_terms()
    with read() as session:
        return session.scalars(select(FoundTerm.id).where(FoundTerm.text == "zazzle chicks")).one()


def named(text):
    with read() as session:
        return store.assess(session, text, "live").taxa


def approve(people, who, word, **more):
    return people.browser(who).post(f"/terms/found/{word}/approve", data={"language": "en", "taxon": GREY} | more)


def test_the_job_proposes_a_word_with_its_evidence_and_nobodys_name(people, word):
    with read() as session:
        rows = session.scalars(select(FoundTerm)).all()
        row = session.get_one(FoundTerm, word)
        assert (row.confirmed, row.dismissed, row.sellers, row.taxon_id, row.language) == (8, 0, 8, GREY, "en")
        assert row.credited_id == people.ids["ana"] and len(row.examples) == 3 and row.chance < 0.01
        said = " ".join(each.text for each in rows)
    assert not [name for seller in SELLERS for name in seller.lower().split() if name in said.split()], said
    assert "chicks.test" not in said and "45" not in said
    page = people.browser("cora").get("/terms").text
    assert "zazzle chicks" in page and "8 confirmed cases" in page and "8 sellers" in page and "C-" in page


def test_the_job_again_doubles_nothing_and_brings_the_newest_evidence(people, word, ad):
    decide(people, ad("Grey parrot", "Two zazzle chicks, tame", "somebody else"), taxa=[LATIN])
    finding_terms.find_terms()
    with read() as session:
        assert session.scalars(select(FoundTerm.confirmed).where(FoundTerm.key == "zazzle chicks")).all() == [9]


def test_two_coordinators_put_it_into_the_lexicon(people, word):
    assert named("two zazzle chicks, tame") == {}
    assert approve(people, "cora", word).status_code == 302
    assert named("two zazzle chicks, tame") == {}, "one is not enough"
    page = people.browser("cora").get("/terms").text
    assert "You approved it. It waits for another coordinator. You can ask: <bdi>Dan</bdi>." in page
    approve(people, "cora", word)
    assert named("two zazzle chicks, tame") == {}, "nor is the same one twice"
    approve(people, "dan", word)
    assert GREY in named("two zazzle chicks, tame")
    page = people.browser("dan").get("/terms").text
    assert "Found in 8 confirmed cases" in page and "First reported by Ana" in page
    with read() as session:
        row = session.get_one(FoundTerm, word)
        assert (row.state, row.first_by, row.decided_by) == ("approved", people.ids["cora"], people.ids["dan"])
        trail = session.execute(select(AuditRow.action, AuditRow.actor_id).where(AuditRow.object_id == word)).all()
        details = session.scalars(select(AuditRow.detail).where(AuditRow.object_id == word)).all()
    assert [tuple(each) for each in trail] == [
        ("found_term_seconded", people.ids["cora"]), ("found_term_approved", people.ids["dan"])
    ]  # fmt: skip
    assert "zazzle" not in str(details)
    finding_terms.find_terms()
    with read() as session:
        assert session.get_one(FoundTerm, word).state == "approved"


def test_another_meaning_begins_anew(people, word):
    approve(people, "cora", word)
    approve(people, "dan", word, taxon="psittaciformes")
    assert named("two zazzle chicks, tame") == {}
    approve(people, "cora", word, taxon="psittaciformes")
    assert "psittaciformes" in named("two zazzle chicks, tame")


def test_a_declined_word_is_not_proposed_again_until_its_time_is_over(people, word):
    assert people.browser("cora").post(f"/terms/found/{word}/decline").status_code == 302
    finding_terms.find_terms()
    assert ">zazzle" not in people.browser("cora").get("/terms").text
    assert people.browser("dan").post(f"/terms/found/{word}/decline").status_code == 409
    assert approve(people, "dan", word).status_code == 302, "decided already: said, and nothing done"
    assert named("two zazzle chicks, tame") == {}
    with write() as session:
        session.execute(update(FoundTerm).values(seen_at=clock.now() - 2 * FOUND_KEPT))
    finding_terms.find_terms()
    finding_terms.find_terms()
    assert ">zazzle chicks<" not in people.browser("cora").get("/terms").text, "its time begins when it is declined"
    with write() as session:
        session.execute(update(FoundTerm).where(FoundTerm.id == word).values(decided_at=clock.now() - 2 * FOUND_KEPT))
    finding_terms.find_terms()
    finding_terms.find_terms()
    assert ">zazzle chicks<" in people.browser("cora").get("/terms").text


def test_a_word_that_is_removed_from_the_lexicon_is_nobodys_contribution_and_is_not_proposed_again(people, word):
    approve(people, "cora", word)
    approve(people, "dan", word)
    with read() as session:
        added_id = session.get_one(FoundTerm, word).added_id
    assert people.browser("cora").post(f"/terms/{added_id}/remove").status_code == 302
    assert "zazzle chicks" not in people.browser("ana").get("/skill").text
    finding_terms.find_terms()
    assert ">zazzle chicks<" not in people.browser("cora").get("/terms").text
    with write() as session:
        session.execute(update(FoundTerm).where(FoundTerm.id == word).values(decided_at=clock.now() - 2 * FOUND_KEPT))
    finding_terms.find_terms()
    with read() as session:
        assert session.get(FoundTerm, word) is None, "kept as long as the lexicon has it, and a year"


@pytest.mark.parametrize("by_page", [True, False])
def test_a_word_that_the_lexicon_has_by_now_waits_for_nobody(people, word, by_page):
    approve(people, "cora", word)
    if by_page:
        form = {"text": "Zazzle chicks", "language": "en", "taxon": GREY, "source": "Seen at a market"}
        assert people.browser("dan").post("/terms", data=form).status_code == 302
    else:  # as when the shipped lexicon is updated
        with write() as session:
            added.add(session, "zazzle chicks", "en", GREY, "", people.ids["dan"])
        finding_terms.find_terms()
    with read() as session:
        assert session.get(FoundTerm, word) is None
    assert GREY in named("two zazzle chicks, tame")


@pytest.mark.parametrize(("who", "status"), [("ana", 403), ("mia", 403), ("ada", 403)])
def test_only_coordinators_decide(people, word, who, status):
    assert approve(people, who, word).status_code == status
    assert people.browser(who).post(f"/terms/found/{word}/decline").status_code == status


@pytest.mark.parametrize("wrong", [{"language": "xx"}, {"taxon": "nobody"}, {"taxon": ""}])
def test_a_meaning_that_is_none_is_refused_and_nothing_is_lost(people, word, wrong):
    answer = approve(people, "cora", word, **wrong)
    assert answer.status_code == 302 and f"word={word}" in answer.location
    with read() as session:
        assert session.get_one(FoundTerm, word).first_by is None


def test_companies_get_the_word_alone_as_page_file_and_feed(app, people, client, word):
    approve(people, "cora", word)
    approve(people, "dan", word)
    mia = people.browser("mia")
    page, file = mia.get("/notices/terms").text.partition("<main")[2], mia.get("/notices/terms.csv")
    feed = client.get("/api/v1/terms", headers=people.token("mia", Scope.COMPANY)).json
    [item] = feed["items"]
    assert (item["text"], item["scientific_name"], feed["next"]) == ("zazzle chicks", LATIN, None)
    assert set(item) == {"id", "text", "language", "scientific_name", "common_name", "since"}
    later = client.get(f"/api/v1/terms?cursor={item['id']}", headers=people.token("mia", Scope.COMPANY)).json
    assert later == {"items": [], "next": None}
    [_, row] = csv.reader(io.StringIO(file.data.decode("utf-8-sig")))
    since = datetime.fromisoformat(item["since"]).replace(microsecond=0)
    assert row[0] == "zazzle chicks" and datetime.fromisoformat(row[4]) == since
    assert "attachment" in file.headers["Content-Disposition"]
    for given in (page, file.data.decode(), str(feed)):
        assert "zazzle chicks" in given
        assert not [name for name in ("Ana", "Cora", "Dan", "C-", *SELLERS[2:]) if name in given.replace("Dansk", "")]


def test_a_cell_is_no_formula(people):
    with write() as session:
        session.add(
            AddedTerm(
                id="0" * 32, text="=cmd", key="=cmd", language="en", taxa=[GREY], source="Cora saw it", at=clock.now()
            )
        )
    file = people.browser("mia").get("/notices/terms.csv").data.decode("utf-8-sig")
    assert "'=cmd" in file and "Cora" not in file


@pytest.mark.parametrize("who", ["ana", "cora"])
def test_only_companies_subscribe(people, client, who):
    assert people.browser(who).get("/notices/terms").status_code == 403
    assert client.get("/api/v1/terms", headers=people.token("ana")).status_code == 403
    assert client.get("/api/v1/terms").status_code == 401


def test_a_wrong_cursor_is_said(people, client):
    assert client.get("/api/v1/terms?cursor=x", headers=people.token("mia", Scope.COMPANY)).status_code in (400, 422)
    assert people.browser("mia").get("/notices/terms?cursor=x").status_code in (400, 422)


def test_the_spotter_is_credited_and_erasure_takes_the_credit_away(people, word):
    assert "Words you contributed" not in people.browser("ana").get("/skill").text
    approve(people, "cora", word)
    approve(people, "dan", word)
    assert "zazzle chicks" in people.browser("ana").get("/skill").text
    with read() as session:
        [row] = [row for row in records.record(session, people.ids["ana"])["found_terms"] if row["state"] == "approved"]
    assert row["text"] == "zazzle chicks" and "decided_by" not in row
    assert not {"examples", "confirmed", "dismissed", "sellers", "chance", "first_at"} & set(row), "others' reports"
    erasing.erase(people.ids["ana"], people.ids["cora"])
    with read() as session:
        kept = session.get_one(FoundTerm, word)
        assert kept.credited_id is None and kept.state == "approved"
    assert "First reported" not in people.browser("cora").get("/terms").text


def test_nobody_is_credited_whose_record_was_erased_or_who_withdrew_the_report(people, ad, season):
    with write() as session:  # as if Ben had reported each case before Ana, and had withdrawn that
        of_ana = session.execute(select(Report).where(Report.account_id == people.ids["ana"])).scalars()
        copied = [column.name for column in Report.__table__.columns if column.name not in ("id", "reference")]
        for number, row in enumerate(list(of_ana)):
            same = {name: getattr(row, name) for name in copied} | {"account_id": people.ids["ben"]}
            earlier = f"00{row.id[2:]}"
            session.add(Report(id=earlier, reference=f"R-BEN{number}", **same | {"status": Status.RETRACTED}))
    finding_terms.find_terms()
    credited = select(FoundTerm.credited_id).where(FoundTerm.text == "zazzle chicks")
    with read() as session:
        assert session.scalars(credited).one() == people.ids["ana"]
    with write() as session:
        session.execute(delete(FoundTerm))
    erasing.erase(people.ids["ana"], people.ids["cora"])
    finding_terms.find_terms()
    with read() as session:
        assert session.scalars(credited).one() is None


@pytest.mark.parametrize("frozen", [False, True])
def test_the_name_of_a_person_of_the_programme_is_never_proposed(people, ad, frozen):
    account_id = joining.add_account("zul@people.test", "Zuleika Brandtner", Role.SPOTTER, PASSWORD)
    if frozen:
        freezing.freeze(account_id, people.ids["cora"])
    for number, seller in enumerate(SELLERS):
        decide(people, ad("Grey parrot", f"hello zuleika! brandtner here {number}", seller), taxa=[LATIN])
    for number in range(12):
        dismiss(people, ad("Parrot cage", f"Cage with toys number {number}", f"household {number}"))
    finding_terms.find_terms()
    with read() as session:
        said = " ".join(session.scalars(select(FoundTerm.text)))
    assert "zuleika" not in said and "brandtner" not in said


def test_nothing_decided_proposes_nothing(app, people):
    finding_terms.find_terms()
    with read() as session:
        assert found.waiting(session) == []
    assert finding.find([], store.matcher(session)) == []
