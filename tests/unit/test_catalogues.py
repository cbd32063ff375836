"""What is marked for translation is translated in every language that is offered, with the same parameters."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from flask import Flask

from server.core import languages, messages, post

PARAMETER = re.compile(r"%\((\w+)\)s")
# Where what a spotter meets is written: the files that Arabic translates.
SPOTTERS_FILES = (
    "server/core/", "server/api/site.py", "server/people/", "server/journeys/spotter/", "server/journeys/report/",
    "server/pages/accounts/", "server/pages/recruitment/", "server/pages/reports/", "server/pages/training/",
    "server/pages/exams/", "server/pages/unsubscribe/", "server/templates/unsubscribe/", "server/templates/base.html", "server/templates/macros.html", "server/templates/error.html",
    "server/templates/not_accredited.html", "server/templates/accounts/", "server/templates/recruitment/",
    "server/templates/reports/", "server/templates/training/", "server/templates/mail/", "server/ledger/cases/spotter_picks.py",
    "server/pages/complaints/public.py", "server/pages/complaints/complaint_form.py", "server/ledger/complaints/drafts.py",
    "server/templates/complaints/write.html", "server/templates/complaints/received.html",
    "server/pages/skill/", "server/templates/skill/", "server/pages/rounds/round_page.py", "server/pages/rounds/team_page.py",
    "server/pages/rounds/work_page.py", "server/pages/rounds/views.py", "server/pages/rounds/forms.py", "server/templates/rounds/index.html",
    "server/templates/rounds/parts.html", "server/templates/rounds/show.html", "server/templates/rounds/team.html",
    "server/templates/rounds/work.html", "server/reads/judgements.py", "server/reads/round_figures.py", "server/reads/practice_lane.py",
    "server/reads/picture_lane.py", "server/reads/team_reports.py", "server/pages/leads/", "server/templates/leads/", "server/pages/site/views.py", "server/templates/landing.html", "server/templates/extension.html",
    "server/templates/extension_privacy.html", "server/templates/privacy.html", "server/templates/species/taxon.html", "server/templates/species/guide.html",
    "server/ledger/species/lexicon/", "server/ledger/species/national.py",
)  # fmt: skip


@pytest.fixture(scope="module")
def marked() -> Catalog:
    return messages.marked()


@pytest.mark.parametrize("language", [language for language in languages.COMPLETE if language != "en"])
def test_a_complete_language_lacks_nothing(language: str) -> None:
    assert [message.id for message in messages.lacking(language)] == []


@pytest.mark.parametrize("language", languages.SPOTTERS)
def test_a_spotters_language_lacks_nothing_on_a_spotters_path(language: str) -> None:
    assert [message.id for message in messages.lacking(language, SPOTTERS_FILES)] == []


@pytest.mark.parametrize("language", [language for language in languages.offered() if language != "en"])
def test_an_offered_languages_catalogue_is_up_to_date(language: str, marked: Catalog) -> None:
    assert messages.updated(language, marked) == messages.path(language).read_text(), "run `make messages`"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_translation_has_the_parameters_of_its_sentence(language: str) -> None:
    for message in messages.kept(language):
        if not message.id:
            continue
        ids = message.id if message.pluralizable else (message.id,)
        allowed = {name for text in ids for name in PARAMETER.findall(text)}
        for form in messages.forms(message):
            names = set(PARAMETER.findall(form))
            if form and not message.pluralizable:
                assert names == allowed, message.id
            assert names <= allowed, message.id


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_two_buttons_of_a_companys_notice_are_told_apart(language: str) -> None:
    buttons = [message.string for message in messages.kept(language) if message.id in ("Send answer", "Send reply")]
    assert buttons[0] != buttons[1]


def test_no_line_of_french_begins_with_a_colon_or_ends_with_an_opening_quote() -> None:
    """Every catalogue is written so: the test above finds one that is not."""
    loose = "<b>Motif :</b> « Ana » ; pourquoi ? http://a.test/b?c : %(url)s"
    assert messages.spaced("fr", loose) == (
        "<b>Motif\u00a0:</b> «\u00a0Ana\u00a0»\u202f; pourquoi\u202f? http://a.test/b?c\u00a0: %(url)s"
    )
    assert messages.spaced("fr", messages.spaced("fr", loose)) == messages.spaced("fr", loose)
    assert messages.spaced("ar", loose) == loose


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_what_may_be_the_subject_of_a_mail_in_english_may_be_one_in_every_language(language: str) -> None:
    """A subject that the guard of headers refuses would be mailed to nobody who reads that language."""
    root = Path(languages.__file__).parents[2]
    of_mails = {
        str(path.relative_to(root)) for path in (root / "server").rglob("*.py") if "send_template(" in path.read_text()
    } | {"server/journeys/spotter/letters.py"}
    texts = {
        PARAMETER.sub("R", message.id): PARAMETER.sub("R", message.string)
        for message in messages.kept(language)
        if message.id and not message.pluralizable and of_mails & {file for file, _ in message.locations}
    }
    subjects = [text for text in texts if post._SUBJECT.fullmatch(text)]
    assert len(subjects) > 25
    assert [texts[text] for text in subjects if texts[text] and not post._SUBJECT.fullmatch(texts[text])] == []


def test_every_parameter_is_text_when_it_is_put_in(marked: Catalog) -> None:
    """Numbers are formatted for the language first, so that `%(count)d` cannot work."""
    for message in marked:
        for text in message.id if message.pluralizable else (message.id,):
            assert "%" not in PARAMETER.sub("", text).replace("%%", "") or not PARAMETER.search(text), text


def test_sentences_of_code_and_of_templates_are_found(marked: Catalog) -> None:
    files = {file for message in marked for file, _ in message.locations}
    assert "server/templates/macros.html" in files
    assert any(file.endswith(".py") for file in files)


# A list and a quotation have their own signs in each language: `|series` joins, and the catalogue has the marks.
ENGLISH_SIGNS = re.compile(
    r"""(?:\}\}|%\})(?:</\w+>)?, (?=\{[{%])|["'], ["']\s*if not loop\.last|join\(["'], ["']\)|“(?:<\w+>)?\{\{|["']“["']"""
)


def _english_signs(text: str) -> list[str]:
    """Where a template joins by a Latin comma or quotes by English marks, outside a sentence that is translated."""
    untranslated = re.sub(r"\{% trans.*?endtrans %\}", "", text, flags=re.DOTALL)
    return [place[0] for place in ENGLISH_SIGNS.finditer(untranslated)]


@pytest.mark.parametrize("path", sorted((messages.ROOT / "server/templates").rglob("*.*")), ids=lambda path: path.name)
def test_a_template_leaves_commas_and_quotation_marks_to_the_language(path: Path) -> None:
    assert _english_signs(path.read_text()) == []


def test_an_english_sign_would_be_seen() -> None:
    for text in (
        '{% for x in y %}{{ x }}{{ ", " if not loop.last }}{% endfor %}', '{{ names|join(", ") }}', "“{{ text }}”",
        "“<bdi>{{ text }}</bdi>”", '{{ "“" ~ text }}', "<b>{{ level }}</b>, {{ until }}", "{{ level }}{% if until %}, {{ until }}",
    ):  # fmt: skip
        assert _english_signs(text), text
    assert not _english_signs("{% trans %}“{{ name }}” has changed.{% endtrans %}{{ names|series }}")


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "<bdi>A&amp;B</bdi>, <bdi>C</bdi>, <bdi>D</bdi>"),
        ("fr", "<bdi>A&amp;B</bdi>, <bdi>C</bdi>, <bdi>D</bdi>"),
        ("ar", "<bdi>A&amp;B</bdi>، و<bdi>C</bdi>، و<bdi>D</bdi>"),
    ],
)
def test_a_list_is_joined_as_its_language_joins(app: Flask, language: str, shown: str) -> None:
    with app.test_request_context(), languages.speaking(language):
        assert languages.series(["A&B", "C", "D"], "bdi") == shown
        assert languages.series([]) == ""


def test_no_french_sentence_ends_with_a_short_day() -> None:
    """`31 oct.` has a full stop of its own."""
    french = {message.id: str(message.string) for message in messages.kept("fr")}
    given = re.compile(r'_\("((?:[^"\\]|\\.)*)"[^{}]*?\b(\w+)=(?:ui\.time\([^()]*"moment"\)|ui\.when\([^()]*\))')
    shown = {
        (found[1], found[2])
        for path in sorted((messages.ROOT / "server/templates").rglob("*.html"))
        for found in given.finditer(path.read_text())
    }
    assert len(shown) > 20
    ending = re.compile(r"%\((\w+)\)s\.(?:\s|$)")
    assert [said for said, name in sorted(shown) if name in ending.findall(french.get(said, ""))] == []
