"""What a disguised text says, and where each letter of it stood."""

import unicodedata
from types import SimpleNamespace

import pytest

from server.core import folding, name_patterns
from tests.hostile import HOSTILE, UNSEEN


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("IVORY", "ivory"),
        ("ｉｖｏｒｙ", "ivory"),
        ("і̇vory", "ivory"),  # Cyrillic і with a dot of its own
        ("ivοrу", "ivory"),  # Greek omicron, Cyrillic у
        ("ivoгy", "ivory"),  # Cyrillic г
        ("iv\u200bo\u00adry", "ivory"),  # zero-width space, soft hyphen
        ("i\u202ev\u202co\u2066r\u2069y", "ivory"),  # direction marks
        ("𝓲𝓿𝓸𝓻𝔂", "ivory"),
        ("ⓘⓥⓞⓡⓨ", "ivory"),
        ("🅘🅥🅞🅡🅨", "ivory"),
        ("🇮🇻🇴🇷🇾", "ivory"),
        ("ɪᴠᴏʀʏ", "ivory"),
        ("ĭvṏrỹ", "ivory"),
        ("Đồi Mồi", "doi moi"),
        ("Stoßzahn", "stosszahn"),
        ("ﬁn", "fin"),
        ("象牙", "象牙"),
        ("🐘🦷", "🐘🦷"),
    ],
)
def test_a_disguise_is_taken_off_in_the_latin_view(text, reads):
    assert folding.latin(text) == reads


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("Слоновая Кость", "слоновая кость"),
        ("งาช้าง", "งาช้าง"),
        ("हाथी दांत", "हाथी दांत"),
        ("عَـــاج", "عاج"),  # a vowel sign and a stretched word
        ("ﻋﺎﺝ", "عاج"),  # presentation forms
        ("ガ", "ガ"),  # half-width katakana with its voicing mark
        ("상아", "상아"),
        ("🐘\ufe0f", "🐘"),
    ],
)
def test_honest_writing_stays_itself_in_the_native_view(text, reads):
    assert folding.native(text) == folding.native(reads) == reads


def test_every_letter_leads_back_to_where_it_stood():
    text = "🐘 ﬁne і̇vory, ｉｖｏｒｙ"
    view = folding.fold(text).latin
    for word in ("fine", "ivory"):
        at = view.text.index(word)
        start, end = view.span(at, at + len(word))
        assert folding.latin(text[start:end]) == word
    last = view.text.rindex("ivory")
    assert text[slice(*view.span(last, last + 5))] == "ｉｖｏｒｙ"


@pytest.mark.parametrize(
    ("name", "text", "times"),
    [
        ("Ana", "Ana, Anabel and (Ana)", 2),
        ("Ana", "Diana Ana2", 0),
        ("Ana", "联系Ana购买 Ana에게", 2),
        ("Al", "Al", 0),  # too short to tell from a word
        ("王小", "王小明", 1),  # two Chinese signs are a whole name
        ("王", "王小明", 0),
        ("สมชาย", "ติดต่อสมชายได้เลย", 1),
        ("ヤマダ", "ヤマダさんのヤマダヤ", 1),
        ("김민수", "김민수에게 새김민수", 1),
        ("Ana様", "DiAna様 Ana様に", 1),  # each edge by its own script
        ("王Ana", "小王Ana 王Anabel", 1),
        ("X様B", "DiX様B X様Bo X様B", 1),
        ("김Ana", "새김Ana 김Anabel 김Ana", 1),
        ("a.b", "axb a.b", 1),
    ],
)
def test_a_name_is_found_as_a_word_of_its_own(name, text, times):
    assert sum(len(pattern.findall(text)) for pattern in name_patterns.named([name])) == times


def test_of_several_names_the_longest_is_looked_for_first():
    patterns = name_patterns.named(["Ben", None, " Ana ", "", "Ana Silva", "Ana"])
    assert [pattern.search("Ana Silva, Ben")[0] for pattern in patterns] == ["Ana Silva", "Ana", "Ben"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_folded_like_any_other(text):
    folded = folding.fold(text)
    for view in (folded.native, folded.latin):
        assert view.starts is None or len(view.starts) == len(view.text)
        assert view.ends is None or len(view.ends) == len(view.text)


def test_no_endless_run_of_marks_is_ordered_at_once(monkeypatch):
    """Ordering n marks of one base takes n squared steps."""
    lengths = []

    def normalize(form, text):
        lengths.append(len(text))
        return unicodedata.normalize(form, text)

    monkeypatch.setattr(folding, "unicodedata", SimpleNamespace(normalize=normalize, category=unicodedata.category))
    folding.fold("\u0252" + "\u0301\u0323" * 5_000)
    assert max(lengths) == 31  # a base and thirty marks: Unicode's Stream-Safe Text Format


@pytest.mark.parametrize("text", [None, "", " \t\n", *UNSEEN])
def test_what_nobody_sees_is_blank(text: str | None) -> None:
    assert folding.is_blank(text)


@pytest.mark.parametrize("text", [".", "\u200b.", "א", "ㅤ가", "⠓⠊", "👁️", "\u0301"])
def test_what_somebody_sees_is_not(text: str) -> None:
    assert not folding.is_blank(text)


@pytest.mark.parametrize(
    ("written", "alike"),
    [("ΧΕΛΏΝΑ", "χελωνα"), ("χελώνα", "χελωνα"), ("μαϊμού", "μαιμου"), ("ȚESTOASĂ", "ţestoasă"), ("șoim", "şoim")],
)
def test_greek_loses_its_accents_and_romanian_is_spelt_one_way(written, alike):
    assert folding.native(written) == alike
