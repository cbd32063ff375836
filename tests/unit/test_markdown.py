"""A module's Markdown: how it becomes lessons, figures and ads, how long it takes to read, and what its author gets wrong."""

import pytest

from server.people.courses import markdown
from server.people.courses.markdown import Ad, Mark, Picture
from server.people.courses.yaml_lines import Reader

BEFORE = 10  # lines of front matter


def read(body):
    """The lessons of a body, and what is noted, each with its line in the file."""
    reader = Reader("module.md", BEFORE)
    return markdown.read(body, reader), [str(problem).removeprefix("module.md:") for problem in reader.problems]


def blocks(inside):
    lessons, problems = read(f"## One {{#one}}\n\n{inside}\n")
    assert problems == []
    return lessons[0].blocks


@pytest.mark.parametrize(
    ("body", "names", "problems"),
    [
        ("", [], []),
        ("## One {#one}\n\nA.\n\n## Two {#two}\n\nB.\n", ["one", "two"], []),
        ("Hello\n\n## One {#one}\n\nA.\n", ["one"], ["11: text before the first lesson; begin with ## Title {#name}"]),
        ("\n\nHello\n", [], ["13: text before the first lesson; begin with ## Title {#name}"]),
        ("# Big {#big}\n\nA.\n", [], ["11: text before the first lesson; begin with ## Title {#name}"]),
        ("## One\n\nA.\n\n## Two {#two}\n\nB.\n", ["two"], ["11: the lesson “One” needs a name: ## One {#name}"]),
        ("## One {#One}\n\nA.\n", [], ["11: the lesson “One {#One}” needs a name: ## One {#One} {#name}"]),
        ("## One {#one}\n\n## Two {#two}\n\nB.\n", ["one", "two"], ["11: the lesson one is empty"]),
        ("## One {#one}\n\nA.\n\n## Two {#one}\n\nB.\n", ["one", "one"], ["15: two lessons are named one"]),
        ("## One {#one}\n\n### Small\n\nA.\n\n#### Smaller\n", ["one"], ["17: inside a lesson only ### headings are possible"]),
        ("## One {#one}\n\nSee ![a](a.svg) here.\n", ["one"], ["13: a picture must stand in a paragraph of its own"]),
        ("## One {#one}\n\n- ![a](a.svg) and words\n", ["one"], ["13: a picture must stand in a paragraph of its own"]),
        ("## One {#one}\n\nA.\n\n```ad\ntitle: Tusk\ntext: white\nprize: 3\n```\n", ["one"],
         ["18: the key prize is not known here; known are title, text, price, picture, alt, marks"]),
    ],
)  # fmt: skip
def test_each_heading_with_a_name_begins_a_lesson(body, names, problems):
    lessons, noted = read(body)
    assert ([lesson.name for lesson in lessons], noted) == (names, problems)


def test_a_lesson_knows_its_line_in_the_body():
    assert [(lesson.title, lesson.line) for lesson in read("## One {#a}\n\nA.\n\n## Two  {#b}\n\nB.\n")[0]] == [
        ("One", 1),
        ("Two", 5),
    ]


@pytest.mark.parametrize(
    ("inside", "minutes"),
    [
        ("word " * 180, 1.0),
        ("### " + "word " * 90 + "\n\n" + "word " * 90, 1.0),
        ("word " * 180 + "\n\n![Of a tusk](a.svg)", 1.25 + 3 / 180),  # its words are read, and it is looked at
        ("```ad\ntitle: Tusk\ntext: white\n```", 0.25 + 4 / 180),
        ("```\n" + "word " * 180 + "\n```", 1.0),
    ],
)
def test_a_lesson_is_read_unhurriedly_and_what_is_to_be_seen_is_looked_at(inside, minutes):
    assert read(f"## A title of six words here {{#one}}\n\n{inside}\n")[0][0].minutes == pytest.approx(minutes)


def test_pictures_alone_in_a_paragraph_are_a_figure_with_head_and_caption():
    tusk, ring = Picture("tusk.svg", "A tusk", "Tusk", "Long and white."), Picture("ring.svg", "A ring", "", "Small.")
    plain = Picture("a.svg", "A", "", "")
    inside = (
        '![A tusk](tusk.svg "Tusk | Long and white.")\n![A ring](ring.svg "Small.")\n\nWords.\n\n![A](a.svg)\n\nMore.'
    )
    shown = blocks(inside)
    assert shown == ((tusk, ring), "<p>Words.</p>\n", (plain,), "<p>More.</p>\n")
    assert read(f"## One {{#one}}\n\n{inside}\n\n```ad\ntitle: A\ntext: b\npicture: b.svg\nalt: B\n```\n")[0][
        0
    ].pictures == (tusk, ring, plain, Picture("b.svg", "B", "", ""))


def test_prose_stays_together_and_is_clean():
    table = "| a | b |\n|--:|---|\n| 1 | 2 |"
    (shown,) = blocks(f"### Why\n\n[Rules](https://cites.org) and [plain](http://plain.example)\n\n{table}")
    assert shown.startswith("<h3>Why</h3>\n<p>")
    assert '<a href="https://cites.org" rel="noopener noreferrer">' in shown and "plain.example" not in shown
    assert '<td style="text-align:right">1</td>' in shown


def test_raw_html_is_shown_as_text():
    assert markdown.html("Never <b>buy</b> it.") == "<p>Never &lt;b&gt;buy&lt;/b&gt; it.</p>\n"


def ad(**fields):
    reader = Reader("module.md")
    made = "\n".join(f"{key}: {value}" for key, value in ({"title": "Old tusk", "text": "Very white"} | fields).items())
    return markdown.ad(reader.load(made), reader), [str(problem) for problem in reader.problems]


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, Ad("Old tusk", "Very white", "", None, (Mark("Old tusk", ""),), (Mark("Very white", ""),), ())),
        (
            {"price": "€ 30", "picture": "tusk.svg", "alt": "A tusk", "marks": '{taxon: [tusk], trade: [white, "Very white"]}'},
            Ad("Old tusk", "Very white", "€ 30", Picture("tusk.svg", "A tusk", "", ""),
               (Mark("Old ", ""), Mark("tusk", "taxon")), (Mark("Very white", "trade"),), ("taxon", "trade")),
        ),
        (  # the longest that begins there
            {"text": "ivory-like", "marks": "{taxon: [ivory], against: [ivory-like]}"},
            Ad("Old tusk", "ivory-like", "", None, (Mark("Old tusk", ""),), (Mark("ivory-like", "against"),),
               ("taxon", "against")),
        ),
        (
            {"text": '"  white\\n  ,\\u00a0really  "', "marks": "{against: [really], trade: [white]}"},
            Ad("Old tusk", "white ,\u00a0really", "", None, (Mark("Old tusk", ""),),
               (Mark("white", "trade"), Mark(" ,\u00a0", ""), Mark("really", "against")), ("trade", "against")),
        ),
    ],
)  # fmt: skip
def test_an_ad_repeats_its_words_with_what_matters_marked(fields, shown):
    assert ad(**fields) == (shown, [])


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"marks": "{trade: [ivory]}"}, "module.md:3: the words “ivory” are marked but do not stand in the ad"),
        ({"marks": "[white]"}, "module.md:3: marks must be lists of words under taxon, trade or against"),
        ({"marks": "{colour: [white]}"},
         "module.md:3: the key colour is not known here; known are taxon, trade, against"),
        ({"picture": "tusk.svg"}, "module.md:1: alt is missing"),
    ],
)  # fmt: skip
def test_what_an_author_gets_wrong_in_an_ad_is_named_by_its_line(fields, problem):
    assert ad(**fields)[1] == [problem]
