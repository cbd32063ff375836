"""Lessons and questions in plain words: what is compared when a module changes, and what is searched."""

from dataclasses import replace

import pytest

from server.people.courses import plain
from server.people.courses.bank import Choice, Question
from server.people.courses.markdown import Ad, Lesson, Picture

TUSK = Picture("tusk.svg", "A tusk", "Ivory", "Lines cross.")
AD = Ad("Old tusk", "White & heavy.", "€ 50", TUSK, (), (), ())


@pytest.mark.parametrize(
    ("blocks", "words"),
    [
        ((), "One"),
        (("<p>Look at <b>it</b>.</p><p>Now.</p>",), "One | Look at it. | Now. |"),
        (("<ul><li>a</li><li>b</li></ul><h3>c</h3>",), "One | a | b | c |"),
        (("<table><tr><th>a</th><td>b</td></tr></table>",), "One | a | b |"),
        (('<p>See <a href="https://cites.org">CITES</a>.</p>',), "One | See CITES. | | https://cites.org"),
        (("<p>a &amp; b</p>",), "One | a & b |"),
        ((AD,), "One | Old tusk | White & heavy. | € 50 | A tusk"),
        ((replace(AD, price="", picture=None),), "One | Old tusk | White & heavy."),
        (((TUSK, replace(TUSK, head="", caption="Dots.")),), "One | Ivory | Lines cross. | A tusk | Dots. | A tusk"),
    ],
)
def test_a_lesson_says_all_that_somebody_reads(blocks, words):
    assert plain.words(Lesson("one", "One", blocks, 1.0, 0)) == words


def question(kind="single", choices="Yes* No Perhaps", lefts=(), **more):
    told = tuple(Choice(text.rstrip("*"), right=text.endswith("*")) for text in choices.split())
    return Question("q1", kind, "one", "Which?", told, "<p>Because.</p>", more.pop("ad", None), lefts, **more)


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        (question(), "Which? => Yes [1]"),
        (question("multiple", "No Yes* Always*"), "Which? => Always | Yes [2 3]"),
        (question("multiple", "No Never"), "Which? =>  []"),
        (question("match", "tusk tooth none", ("b", "a")), "Which? => a = tooth | b = tusk"),
    ],
)
def test_the_key_of_a_question_is_what_is_right_and_where(asked, key):
    assert plain.key(asked) == key


FLAG = question("flag", ad=AD)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (question(), question(choices="yes* no, perhaps!"), True),
        (question(), replace(question(), name="q9", explanation="<p>So.</p>"), True),
        (FLAG, replace(FLAG, ad=replace(AD, picture=None)), True),
        (question(), replace(question(), text="Which one?"), False),
        (question(), question(choices="Yes* No Never"), False),
        (question(), question(choices="No Yes* Perhaps"), False),
        (question(), replace(question(), kind="multiple"), False),
        (question(), FLAG, False),
        (FLAG, replace(FLAG, ad=replace(AD, title="New tusk")), False),
        (FLAG, replace(FLAG, ad=replace(AD, text="Black.")), False),
        (FLAG, replace(FLAG, ad=replace(AD, price="€ 60")), False),
        (question("match", "a b c", ("x", "y")), question("match", "a b d", ("x", "y")), False),
    ],
)
def test_a_version_is_what_a_question_asks_and_offers(first, second, same):
    assert (plain.version(first) == plain.version(second)) is same
    assert len(plain.version(first)) == 64
