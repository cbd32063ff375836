"""The worklist: what a spotter is asked to search, and what they write down of it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from server.core import clock
from server.core.database import write
from server.journeys.spotter import accrediting
from server.ledger.species import store
from server.ledger.species.models import AddedTerm, FoundTerm, LexiconTerm, TaxonName
from server.pages.rounds import work_page
from server.people.accounts.models import Account
from server.people.rounds import worklist
from server.people.rounds.models import Search
from tests.round_stories import accredit, hand, join, plan, search, searchable, searched  # noqa: F401


def test_who_is_suspended_has_no_list_and_writes_nothing_in_it(people, searchable):
    ana = people.browser("ana")
    search(ana)
    accrediting.suspend(people.ids["ana"], people.ids["dan"], "While we talk.")
    kept = searched(people.ids["ana"])[0]
    for more in ({}, {"which": kept.id}, {"which": kept.id, "take_back": "1"}):
        refused = search(ana, seen="7", **more)
        assert refused.status_code == 403 and refused.text.count('name="seen"') == 0
    assert [search.seen for search in searched(people.ids["ana"])] == [25]


@pytest.mark.parametrize("term", ["Uromastyx", "uromastyx"])
def test_a_term_the_lexicon_spells_twice_is_kept_as_it_was_offered(people, searchable, term):
    search(people.browser("ana"), term)
    assert [search.term for search in searched(people.ids["ana"])] == [term]


def test_ana_opens_a_search_and_writes_down_what_she_saw_in_two_clicks(people, searchable):
    ana = people.browser("ana")
    page = ana.get("/work").text
    links = re.findall(r'href="(https://mercado\.test/find\?q=[^"]+)" target="_blank" rel="([^"]+)"', page)
    assert len(links) >= 20
    assert all("noreferrer" in rel for _, rel in links)
    assert "0 mins" in page and "of about 3 hrs" in page
    platform, term = re.search(
        r'name="platform" value="(\w+)"><input type="hidden" name="term" value="([^"]+)"', page
    ).groups()
    answer = search(ana, term, "25", platform)
    assert answer.status_code == 302
    page = ana.get(answer.location).text
    assert "25 ads seen, about 6 mins" in page
    assert "1 search. 25 ads seen." in page
    assert [(search.term, search.seen, search.minutes, search.stated) for search in searched(people.ids["ana"])] == [
        (term, 25, 6, False)
    ]


def test_a_search_pressed_twice_is_one_and_can_be_corrected_or_taken_back(people, searchable, hand):
    ana, ids = people.browser("ana"), people.ids
    search(ana)
    hand.shift(timedelta(minutes=9))
    search(ana)
    search(ana, "parrot", "3")
    assert [(search.term, search.seen, search.minutes) for search in searched(ids["ana"])] == [
        ("grey parrot", 25, 6),
        ("parrot", 3, 9),
    ]
    which = searched(ids["ana"])[0].id
    hand.shift(timedelta(days=1))
    search(ana, seen="31", minutes="12", which=which)
    assert (searched(ids["ana"])[0].seen, searched(ids["ana"])[0].minutes, searched(ids["ana"])[0].stated) == (
        31,
        12,
        True,
    )
    search(ana, seen="31", which=which, take_back="1")
    assert [search.term for search in searched(ids["ana"])] == ["parrot"]


def test_a_search_before_signing_up_counts_in_the_round_once_it_is_made_again(people, searchable, hand):
    accredit("ben")
    round_id, ben = plan(people, platforms=["mercado", "tradepost"]), people.browser("ben")
    search(ben, seen="10")
    hand.shift(3600)
    join(people, "ben", round_id)
    search(ben, seen="40", why="all_seen")
    (row,) = searched(people.ids["ben"])
    assert (row.round_id, row.seen) == (round_id, 40)


def test_a_search_of_somebody_else_is_not_found(people, searchable):
    accredit("ben")
    search(people.browser("ana"))
    which = searched(people.ids["ana"])[0].id
    for more in ({}, {"take_back": "1"}):
        assert search(people.browser("ben"), seen="1", which=which, **more).status_code == 404
    assert searched(people.ids["ana"])[0].seen == 25


@pytest.mark.parametrize(
    ("given", "message"),
    [({"seen": ""}, "How many ads"), ({"seen": "-1"}, "between 0 and"), ({"seen": "10001"}, "between 0 and"), ({"seen": "many"}, "integer"),
     ({"minutes": "0"}, "between 1 and"), ({"term": ""}, "Enter the words"), ({"term": "x" * 201}, "200"), ({"term": "a\u2028b\x1b"}, "control"),
     ({"platform": "nowhere"}, "Choose a platform"), ({"platform": ""}, "Choose a platform")],
)  # fmt: skip
def test_what_cannot_be_a_search_is_refused_in_words(people, searchable, given, message):
    answer = search(people.browser("ana"), **({"term": "grey parrot"} | given))
    assert answer.status_code == 422
    assert message in answer.text
    assert searched(people.ids["ana"]) == []


def test_own_words_are_welcome_and_shown_as_text(people, searchable):
    ana = people.browser("ana")
    assert search(ana, '<script>"x"</script> =cmd', "4").status_code == 302
    page = ana.get("/work").text
    assert "Other searches" in page
    assert "&lt;script&gt;" in page and "<script>&#34;" not in page
    assert searched(people.ids["ana"])[0].language is None


def test_a_word_of_the_lexicon_is_known_however_it_is_written(people, searchable):
    ana = people.browser("ana")
    search(ana, "GREY   Parrot")
    search(ana, "grey parrot", "26")
    assert [(search.term, search.language, search.seen) for search in searched(people.ids["ana"])] == [
        ("grey parrot", "en", 26)
    ]


def test_own_words_are_one_term_with_capitals_and_without(people, searchable):
    ana = people.browser("ana")
    page = ana.get(search(ana, "Feather Baby").location).text
    assert page.count("feather baby</bdi>") == 1
    search(ana, "feather baby", "26")
    assert [(search.term, search.seen) for search in searched(people.ids["ana"])] == [("feather baby", 26)]
    assert search(ana, "İ" * 200).status_code == 302, "letters that are two without their capital are still one"


def test_a_list_is_in_the_languages_its_spotter_reads(people, searchable, monkeypatch):
    monkeypatch.setattr(worklist, "MINUTES", 1800)  # so many searches that some of any kind are among them
    ana = people.browser("ana")
    terms = ana.get("/work").text.split('<li class="search-term-row"')[1:]
    there = [
        re.search(r'class="search-term"[^>]*><bdi([^>]*)>', term)[1] for term in terms if "tradepost.test/?q=" in term
    ]
    assert there and not [lang for lang in there if lang], (
        "Tradepost's ads are in French: scientific names and emoji only"
    )
    assert ana.post("/work/languages", data={"languages": ["fr"]}).status_code == 302
    page = ana.get("/work").text
    assert "tradepost.test" in page
    assert 'lang="fr"' in page
    assert ana.post("/work/languages", data={"languages": ["klingon"]}).status_code == 422


def test_until_somebody_chooses_the_list_is_in_the_languages_of_their_application(people, searchable):
    with write() as session:
        session.get_one(Account, people.ids["ana"]).languages = ["fr"]
    ana = people.browser("ana")
    above_footer = ana.get("/work").text.partition("<footer")[0]  # the footer offers the languages of the pages
    assert 'lang="fr"' in above_footer
    ana.post("/work/languages", data={"languages": ["en"]})
    above_footer = ana.get("/work").text.partition("<footer")[0]
    assert 'lang="fr"' not in above_footer


def test_the_list_stays_the_same_within_the_week(people, searchable, hand):
    ana = people.browser("ana")
    wednesday = re.findall(r'class="search" id="(s-\w+)"', ana.get("/work").text)
    search(ana, "something else entirely")
    hand.shift(timedelta(days=3))
    saturday = re.findall(r'class="search" id="(s-\w+)"', people.browser("ana").get("/work").text)
    assert [key for key in saturday if key in wednesday] == wednesday
    hand.shift(timedelta(days=3))
    assert re.findall(r'class="search" id="(s-\w+)"', people.browser("ana").get("/work").text) != wednesday


def test_a_term_that_a_lesson_speaks_of_links_to_it(people, searchable, app):
    from server.people.courses import lesson_links

    with app.test_request_context():
        assert lesson_links.about("ivory")["url"].startswith("http://spotter.test/training/")
        assert lesson_links.about("a word no lesson has") is None
    ana = people.browser("ana")
    search(ana, "ivory")  # what is on the list itself depends on who Ana is
    assert "Lesson: " in ana.get("/work").text


def test_who_is_not_accredited_is_shown_the_way_and_no_list(people, searchable):
    page = people.browser("ben").get("/work").text
    assert "finish the training" in page
    assert "mercado.test/find" not in page


def test_a_platform_without_a_known_search_says_what_to_do(people, app):
    round_id = plan(people, platforms=["tradepost"])
    join(people, "ana", round_id)
    page = people.browser("ana").get("/work").text
    assert "We do not have a search address for this platform" in page
    assert "tradepost.test" in page


def test_without_anything_to_search_the_page_says_so(people, app):
    assert "nothing on your list" in people.browser("ana").get("/work").text


def term_of(page: str, text: str) -> str:
    """What the list has of one term."""
    return next(part for part in page.split('<li class="search-term-row"')[1:] if f">{text}</bdi>" in part)


def only(people, *texts: str, found: str = "") -> None:
    """The lexicon has these words of two parrots alone; `found` was found in confirmed ads."""
    at = clock.now()
    with write() as session:
        session.execute(delete(LexiconTerm))
        session.execute(update(TaxonName).values(matched=False))
        taxa = ["psittacus-erithacus", "cacatua-moluccensis"]
        terms = [AddedTerm(text=text, key=text, language="en", taxa=taxa, source="An ad", at=at) for text in texts]
        session.add_all(terms)
        session.flush()
        if found:
            added = next(term for term in terms if term.text == found)
            session.add(FoundTerm(text=found, key=found, state="approved", language="en", taxon_id=taxa[0], confirmed=4, dismissed=0, sellers=3,
                                  chance=0.001, examples=[], found_at=at, seen_at=at, first_by=people.ids["cora"], first_at=at,
                                  decided_by=people.ids["dan"], decided_at=at, added_id=added.id))  # fmt: skip
        store.changed(session)


def test_a_term_has_its_platforms_its_drawing_and_why_it_is_on_the_list(people, searchable):
    ana = people.browser("ana")
    only(people, "jako", "timneh baby", found="jako")
    search(ana, "jako", "12")
    page = ana.get("/work").text
    term = term_of(page, "jako")
    assert "Psittacus erithacus" in term and "and 1 more species" in term
    assert "CITES Appendix I<" in term, re.search(r"search-why.*?</p>", term, re.DOTALL)[0]
    assert "Confirmed ads have this word." in term
    assert "Confirmed ads have this word." not in term_of(page, "timneh baby")
    assert "/drawings/psittacus-erithacus.svg" in term
    assert "Mercado" in term and "12 ads seen" in term and "all done" in term


def test_a_long_list_is_shown_a_page_at_a_time_and_a_search_leads_to_its_own(people, searchable, monkeypatch):
    ana = people.browser("ana")
    only(people, "jako", "congo", "timneh baby")
    monkeypatch.setattr(work_page, "PAGE", 2)
    first = ana.get("/work").text
    second = ana.get("/work?page=2").text
    assert first.count('<li class="search-term-row"') == 2 and second.count('<li class="search-term-row"') == 1
    assert 'rel="next"' in first and 'rel="next"' not in second
    assert ana.get("/work?page=99").text.count('<li class="search-term-row"') == 1
    last = re.search(r'name="term" value="([^"]+)"', second)[1]
    assert f">{last}</bdi>" in ana.get(search(ana, last).location).text
    assert f">{last}</bdi>" in search(ana, last, "many").text


def test_that_older_searches_are_not_shown_is_said_and_all_can_be_shown(people, searchable, monkeypatch):
    ana = people.browser("ana")
    monkeypatch.setattr(work_page, "MOST_MORE", 2)
    for number in range(3):
        search(ana, f"own words {number}")
    page = ana.get("/work").text
    assert "The newest 2 are shown." in page and ">own words 0</bdi>" not in page
    assert ">own words 0</bdi>" in ana.get("/work?all=1").text
    again = search(ana, "own words 0", "many")
    assert again.status_code == 422 and ">own words 0</bdi>" in again.text, "what is wrong stands at its search"


def test_why_a_search_stopped_is_asked_once_it_is_recorded_and_said_in_one_tap(people, searchable):
    ana = people.browser("ana")
    page = ana.get(search(ana).location).text
    assert page.count("Why did you stop?</span>") == 1 and 'name="why" value="enough_seen"' in page
    assert 'name="why" value="nothing_found"' not in page, "she saw 25 ads"
    assert "Why did you stop?</span>" not in ana.get("/work").text, "nobody is asked twice"
    which = searched(people.ids["ana"])[0].id
    page = ana.get(search(ana, which=which, why="sign_in").location).text
    assert '<span class="soft">Sign-in needed</span>' in page and "Why did you stop?</span>" not in page
    search(ana, seen="30")  # recorded again, without a word about it
    assert [(search.seen, search.why_stopped) for search in searched(people.ids["ana"])] == [(30, "sign_in")]
    assert search(ana, seen="30", which=which, why="bored").status_code == 422
    search(ana, seen="30", which=which, why="")
    assert [search.why_stopped for search in searched(people.ids["ana"])] == [None]


def test_the_database_keeps_no_other_reason_to_stop(people, searchable):
    search(people.browser("ana"))
    with pytest.raises(IntegrityError, match="why_stopped"), write() as session:
        session.execute(update(Search).values(why_stopped="bored"))
