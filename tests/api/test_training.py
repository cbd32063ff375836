"""Learning as people meet it: lessons for everyone, in their language, practice, and what never leaks."""

import re
import shutil
from html.parser import HTMLParser

import pytest
from sqlalchemy import func, select

from server.core import clock
from server.core.database import db, read, write
from server.people.courses import catalogue
from server.people.exams.models import Attempt
from server.people.training.models import Reading
from tests.modules import SHIPPED
from tests.small_module import SMALL, read_lesson, teach_small


@pytest.fixture(autouse=True)
def small(app, tmp_path):
    return teach_small(app, tmp_path)


class Spoken(HTMLParser):
    """What a screen reader says in which language: each text with the `lang` that holds there."""

    VOID = frozenset({"meta", "link", "img", "input", "br", "use", "wbr", "hr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.languages: list[str] = [""]
        self.said: dict[str, set[str]] = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        language = dict(attrs).get("lang") or self.languages[-1]
        for label in filter(None, (dict(attrs).get(name) for name in ("aria-label", "alt"))):
            self.said.setdefault(label, set()).add(language)
        if tag not in self.VOID:
            self.languages.append(language)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self.languages.pop()

    def handle_data(self, data):
        if text := " ".join(data.split()):
            self.said.setdefault(text, set()).add(self.languages[-1])


def rows(table) -> int:
    with read() as session:
        return session.scalar(select(func.count()).select_from(table))


def everything() -> dict[str, int]:
    return {table.name: rows(table) for table in db.metadata.sorted_tables}


# --- Reading ---------------------------------------------------------------------------------------------------------


def test_a_signed_out_visitor_reads_every_part_of_the_shipped_module(app, client):
    app.config.update(TRAINING_MODULES=str(SHIPPED), WTF_CSRF_ENABLED=False)
    shipped = catalogue.modules()["flagging-well"]
    assert client.get("/training").status_code == 200
    assert "Schreger lines" in client.get("/training/flagging-well/ivory").text
    for lesson in shipped.lessons:
        page = client.get(f"/training/flagging-well/{lesson.name}")
        assert page.status_code == 200
        for address in re.findall(r'src="(/training/[^"]+)"', page.text):
            assert client.get(address).mimetype == "image/svg+xml"
    assert client.get("/training/flagging-well/exam").status_code == 302  # to sign in
    assert client.post("/training/flagging-well/exam").status_code == 403
    assert rows(Attempt) == 0


def test_next_remembers_the_part_and_minutes_fall(people):
    ben = people.browser("ben")
    assert "0 of 2 lessons read" in ben.get(SMALL).text
    assert read_lesson(ben, "one").location == f"{SMALL}/two"
    assert ben.post(f"{SMALL}/one").location == f"{SMALL}/two"
    assert "1 of 2 lessons read" in ben.get(SMALL).text
    assert f'href="{SMALL}/two"' in ben.get("/training").text
    assert read_lesson(ben, "two").location == f"{SMALL}/exam"
    assert "2 of 2 lessons read" in ben.get(SMALL).text
    assert "0 of 2 lessons read" in people.browser("ana").get(SMALL).text
    assert rows(Reading) == 2


def test_what_is_required_comes_first_and_one_act_is_proposed(app, people):
    app.config.update(TRAINING_MODULES=str(SHIPPED))

    def proposed(page: str) -> list[str]:
        return re.findall(r'class="btn btn-primary" href="/training/([^/"]+)', page)

    ben = people.browser("ben")
    page = ben.get("/training").text
    heads = ["Required before you report", "A group of species: at least one", "More for spotters", "For companies"]
    places = [page.index(f"<h2>{head}</h2>") for head in heads]
    assert places == sorted(places)
    assert page.index("Flagging a wildlife ad well</a>") < page.index("Safe and well</a>") < places[1]
    assert places[1] < page.index("Live animals</a>") < places[2] < page.index("Code words, emoji, masks and scams</a>")
    assert proposed(page) == ["flagging-well"]

    first = catalogue.modules()["safe-and-well"].lessons[0].name
    with write() as session:
        session.add(Reading(account_id=people.ids["ben"], module="safe-and-well", section=first, at=clock.now()))
    assert proposed(ben.get("/training").text) == ["safe-and-well"], "what was begun is proposed before what was not"
    assert proposed(people.browser("ana").get("/training").text) == [], "who is accredited needs nothing"
    assert proposed(people.browser("mia").get("/training").text) == [], "who is here for a company needs nothing"


def test_looking_changes_nothing(people):
    ben = people.browser("ben")
    ben.post(f"{SMALL}/exam")
    before = everything()
    pages = ("", "/small", "/small/one", "/small/exam", "/small/exam/1", "/small/exam/2", "/small/pictures/line.svg")
    for path in pages:
        assert ben.get(f"/training{path}").status_code in (200, 302)
    assert everything() == before


@pytest.mark.parametrize(
    "name", ["module.md", "bank.yaml", "..%2Fsmall%2Fbank.yaml", "unlisted.svg", "%2Fetc%2Fpasswd"]
)
def test_only_the_pictures_a_module_shows_are_served(client, small, name):
    catalogue.modules()  # read before the stray file is laid beside it
    shutil.copy(small / "line.svg", small / "unlisted.svg")
    assert client.get(f"{SMALL}/pictures/{name}").status_code == 404
    shown = client.get(f"{SMALL}/pictures/line.svg")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert shown.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/training/none", "/training/small/none", "/training/none/exam/1"])
def test_what_is_not_there_is_not_found(people, path):
    assert people.browser("ben").get(path).status_code == 404


# --- Commands --------------------------------------------------------------------------------------------------------


def test_training_check_says_what_is_wrong_by_file_and_line(app, tmp_path):
    runner = app.test_cli_runner()
    assert "no problems found" in runner.invoke(args=["training", "check", str(tmp_path / "modules")]).output
    assert "flagging-well: 12 lessons" in runner.invoke(args=["training", "check"]).output
    bank = tmp_path / "modules/small/bank.yaml"
    bank.write_text(bank.read_text().replace("section: two", "section: tow", 1))
    failed = runner.invoke(args=["training", "check", str(tmp_path / "modules")])
    assert failed.exit_code == 1
    assert re.search(r"small/bank.yaml:\d+: q0: the module has no lesson tow", failed.output)
    assert "1 problem to fix" in failed.output


def test_a_reader_of_one_language_finds_the_others_and_the_drawings_of_each(app, client):
    """Browsers keep a picture by its address, so each language's drawing has its own."""
    app.config["TRAINING_MODULES"] = catalogue.CONTENT
    shown = {}
    for language in ("en", "fr", "es"):
        page = client.get(f"/training/from-click-to-answer/notice?language={language}").text
        for other in ("en", "fr", "es"):
            assert f'href="/training/from-click-to-answer/notice?language={other}"' in page
        address = re.search(r'src="([^"]+notice\.svg[^"]*)"', page)[1].replace("&amp;", "&")
        picture = client.get(address)
        assert "Set-Cookie" not in picture.headers
        shown[address] = picture.text
    assert len(shown) == len(set(shown.values())) == 3


def test_around_a_translated_lesson_each_word_is_in_its_own_language(app, people):
    app.config["TRAINING_MODULES"] = catalogue.CONTENT
    ana, path = people.browser("ana"), "/training/from-click-to-answer"
    module = catalogue.modules()["from-click-to-answer"].read_in(["fr"])
    first, second = module.lessons[:2]
    with write() as session:
        session.add(Reading(account_id=people.ids["ana"], module=module.slug, section=first.name, at=clock.now()))
    page = ana.get(f"{path}/{first.name}?language=fr").text
    languages = Spoken(page).said
    for english in ("Overview", "Next:", "Exam", "Practice", ", read", "Lessons of this module"):
        assert languages[english] == {"en"}, english
    for french in (module.title, first.title, second.title, "français"):
        assert languages[french] - {"en"} == {"fr"} and (french == first.title or languages[french] == {"fr"}), french
    assert "the rest of the page is not" in page
    assert "the rest of the page is not" not in ana.get(f"{path}/{first.name}?language=en").text
    ana.get(f"{path}/{first.name}?language=fr")
    languages = Spoken(ana.get(f"{path}/practice").text).said
    asked = {
        text for question in module.questions if (text := " ".join(question.text.split())) in languages
    }  # several ask the same
    assert languages["Submit answer"] == {"en"} and len(asked) == 1 and languages[asked.pop()] == {"fr"}


def test_the_parts_of_a_simulated_ad_say_their_language(app, people):
    app.config["TRAINING_MODULES"] = catalogue.CONTENT
    with app.test_request_context():
        module = catalogue.modules()["from-click-to-answer"].read_in(["fr"])
        ads = [(each, ad) for each in module.lessons for ad in each.blocks if hasattr(ad, "seen_title")]
    shown = 0
    for lesson, ad in ads:
        languages = Spoken(people.browser("ana").get(f"/training/{module.slug}/{lesson.name}?language=fr").text).said
        assert languages["Simulated ad, made for this course"] == {"en"}
        assert all(languages[mark.text] == {"fr"} for mark in ad.seen_title if mark.text in languages)
        shown += 1
    assert shown
