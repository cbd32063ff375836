"""The volunteer agreement as a file: what is signed, and what its author gets wrong, by line."""

import hashlib
from datetime import date

import pytest

from server.people.accreditation import agreement
from server.people.courses import catalogue
from server.people.courses.yaml_lines import Invalid

HEAD = "title: Volunteer agreement\nversion: 2026-11-01\npromises:\n- I only look.\n- I buy nothing.\n"
TEXT = "### What you do\n\nYou **look**.\n\n---\n\nYou report.\n"
SOUND = f"---\n{HEAD}---\n{TEXT}"
NO_FRONT = ["agreement.md:1: agreement.md must begin with front matter between two lines of ---"]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "agreement.md"


def test_an_agreement_is_its_title_day_promises_and_text(path):
    path.write_text(SOUND)
    read = agreement.load(path)
    assert (read.title, read.version) == ("Volunteer agreement", date(2026, 11, 1))
    assert read.promises == ("I only look.", "I buy nothing.")
    assert read.text == "<h3>What you do</h3>\n<p>You <strong>look</strong>.</p>\n<hr>\n<p>You report.</p>\n"


def known_by(path, text):
    path.write_text(text)
    return agreement.load(path).content_hash


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_an_agreement_is_known_by_the_hash_of_its_whole_file(path):
    assert known_by(path, SOUND) == sha256(SOUND)


@pytest.mark.parametrize(
    ("old", "new", "asks"),
    [
        ("You report.", "You, report!", False),
        ("You **look**.", "You\nlook.", False),
        ("- I only look.", "- 'I only look.'", False),
        ("You report.", "You must report.", True),
        ("You report.", "You rapport.", True),
        ("I buy nothing.", "I buy.", True),
        ("- I only look.\n- I buy nothing.", "- I only look. I buy nothing.", True),
        ("title: Volunteer", "title: The volunteer", True),
        ("2026-11-01", "2026-11-02", True),
        ("You report.", "You [report](https://reports.test).", True),
    ],
)
def test_once_kept_a_comma_asks_nobody_to_sign_again_and_another_word_everybody(path, old, new, asks):
    path.write_text(SOUND)
    agreement.keep(path)
    assert known_by(path, SOUND) == sha256(SOUND)
    changed = SOUND.replace(old, new)
    assert changed != SOUND
    assert known_by(path, changed) == sha256(changed if asks else SOUND)
    agreement.keep(path)
    assert known_by(path, changed) == sha256(changed if asks else SOUND), "keeping asks nobody"
    assert known_by(path, changed + "\nAnd more.\n") == sha256(changed + "\nAnd more.\n")


@pytest.mark.parametrize("kept", ["", "signed: 1", "words: x", "- a", "signed: x\nwords: y\nmore: z", "{"])
def test_what_is_kept_and_is_not_whole_is_refused(path, kept):
    path.write_text(SOUND)
    path.with_name(agreement.KEPT).write_text(kept)
    with pytest.raises(Invalid) as caught:
        agreement.load(path)
    assert {problem.file for problem in caught.value.problems} == {agreement.KEPT}


def test_the_shipped_agreement_is_kept(path):
    """Else the next comma in it would ask everybody to sign again, and stop their reports after thirty days."""
    shipped = catalogue.CONTENT / "agreement.md"
    path.write_text(shipped.read_text())
    path.with_name(agreement.KEPT).write_text(shipped.with_name(agreement.KEPT).read_text())
    signed = agreement.load(path).content_hash
    assert known_by(path, path.read_text().rstrip() + "  \n") == signed == agreement.load(shipped).content_hash


def test_accreditations_call_it_agreement():
    assert agreement.NAME == "agreement"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", NO_FRONT),
        (TEXT, NO_FRONT),
        (f"\n{SOUND}", NO_FRONT),  # it must begin with it
        (f"---\n{HEAD}", NO_FRONT),  # never closed
        (SOUND.replace("title: Volunteer agreement", "name: A"),
         ["agreement.md:2: the key name is not known here; known are title, version, promises",
          "agreement.md:2: title is missing"]),
        (SOUND.replace("2026-11-01", "soon"), ["agreement.md:3: version must be a date such as 2026-11-25"]),
        (SOUND.replace("- I only look.\n- I buy nothing.\n", "  none\n"),
         ["agreement.md:4: promises must be a list of words"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_line(path, text, problems):
    path.write_text(text)
    with pytest.raises(Invalid) as caught:
        agreement.load(path)
    assert [str(problem) for problem in caught.value.problems] == problems


def test_a_file_that_is_not_there_has_no_front_matter(path):
    with pytest.raises(Invalid) as caught:
        agreement.load(path)
    assert [str(problem) for problem in caught.value.problems] == NO_FRONT


# --- In another language ---------------------------------------------------------------------------------------------

FRENCH = (
    "---\ntitle: Accord\ntranslates: {words}\npromises:\n- Je regarde.\n- Je n’achète rien.\n---\n"
    "### Ce que vous faites\n\nVous **regardez**.\n\n---\n\nVous signalez.\n"
)


def in_french(path, text=FRENCH, original=SOUND):
    path.write_text(original)
    path.with_name("agreement.fr.md").write_text(text.format(words=agreement._words(agreement.load(path))[:12]))
    path.write_text(SOUND)
    return agreement.load_translation(path, "fr")


def test_a_translation_is_read_and_the_original_is_signed(path):
    read = in_french(path)
    assert (read.title, read.promises) == ("Accord", ("Je regarde.", "Je n’achète rien."))
    assert "Vous <strong>regardez</strong>" in read.text
    original = agreement.load(path)
    assert (read.content_hash, read.version) == (original.content_hash, original.version)


def test_where_there_is_no_translation_there_is_none(path):
    path.write_text(SOUND)
    assert agreement.load_translation(path, "fr") is None


@pytest.mark.parametrize(
    ("text", "original", "problem"),
    [
        (FRENCH, SOUND.replace("You report.", "You must report."), "it translates an earlier text of agreement.md"),
        (FRENCH.replace("- Je n’achète rien.\n", ""), SOUND, "the promises of agreement.md are 2 and not 1"),
        (FRENCH.replace("### Ce que vous faites\n\n", ""), SOUND, "its headings, paragraphs and list items"),
        (FRENCH.replace("translates", "version"), SOUND, "the key version is not known here"),
    ],
)
def test_a_translation_that_says_something_else_is_refused(path, text, original, problem):
    with pytest.raises(Invalid) as caught:
        in_french(path, text, original)
    assert problem in str(caught.value) and "agreement.fr.md:" in str(caught.value)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_shipped_agreement_can_be_read_in(language):
    assert agreement.load_translation(catalogue.CONTENT / "agreement.md", language)
