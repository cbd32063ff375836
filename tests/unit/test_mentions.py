"""What in a text names a person, and what does not: names, handles and addresses as people and pages write them."""

import pytest

from server.core import everyday
from server.ledger.notices import mentions, names

EVERYDAY = names.everyday(everyday.words())
PEOPLE = names.People.of(
    (
        names.Identity(name, email)
        for name, email in (
            ("Ana Souza", "ana@demo.example"),
            ("Cora Lindqvist", "cora.lindqvist@ngo.example"),
            ("Dan Mbeki", "dan@demo.example"),
            ("Rosa Meier", "rosa.meier@web.example"),
            ("Jürgen Müller", "jm1975@post.example"),
            ("Sinéad O'Brien", "sob@post.example"),
            ("Jan Kowalski", "jk@post.example"),
            ("Юлия Соколова", "yulia@mail.example"),
            ("سارة القحطاني", "sq@mail.example"),
            ("प्रिया शर्मा", "ps@mail.example"),
            ("王小明", "xm.wang@mail.example"),
            ("佐藤 花子", "hana@mail.example"),
            ("김민수", "ms@mail.example"),
            ("สมชาย ใจดี", "sj@mail.example"),
            ("otter42", "hidden.bird@mail.example"),
        )
    ),
    EVERYDAY,
)


def found(text: str, **more: list[str]) -> list[str]:
    return [word for mention in mentions.find({"reason": text}, PEOPLE, **more) for word in mention.words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # Whole names, in any order, and parts that are no everyday word
        ("Hi Ana Souza - ivory figure", ["Ana Souza"]),
        ("meier, rosa", ["meier, rosa"]),
        ("the Souza family", ["Souza"]),
        ("Souza's shop", ["Souza's"]),
        ("Lindqvists Laden", ["Lindqvists"]),
        ("Juergen Mueller", ["Juergen Mueller"]),
        ("Muller", ["Muller"]),
        ("OBrien", ["OBrien"]),
        ("O’Brien", ["O’Brien"]),
        # Everyday words where somebody is addressed
        ("Hello Rosa, still interested?", ["Rosa"]),
        ("coordinator Dan said so", ["Dan"]),
        ("reported by Rosa", ["Rosa"]),
        # Disguises
        ("S0uza", ["S0uza"]),
        ("S.o.u.z.a", ["S.o.u.z.a"]),
        ("A n a   S o u z a", ["A n a   S o u z a"]),
        ("ＡＮＡ　ＳＯＵＺＡ", ["ＡＮＡ　ＳＯＵＺＡ"]),
        ("Аnа Sоuzа", ["Аnа Sоuzа"]),
        ("Sou-za", ["Sou-za"]),
        ("KowaIski", ["KowaIski"]),
        ("Sou​za", ["Sou​za"]),
        # Handles
        ("@ana.souza", ["ana.souza"]),
        ("ana_souza", ["ana_souza"]),
        ("anasouza92", ["anasouza"]),
        ("realanasouza", ["realanasouza"]),
        ("asouza", ["asouza"]),
        ("jm1975", ["jm1975"]),
        ("otter42", ["otter42"]),
        ("hiddenbird", ["hiddenbird"]),
        # Addresses
        ("ana@demo.example", ["ana@demo.example"]),
        ("ana+ivory@demo.example", ["ana+ivory@demo.example"]),
        ("ana (at) demo (dot) example", ["ana (at) demo (dot) example"]),
        ("ana AT demo DOT example", ["ana AT demo DOT example"]),
        ("ana＠demo．example", ["ana＠demo．example"]),
        ("ana&#64;demo.example", ["ana@demo.example"]),
        ("https://shop.example/i/1?u=ana%40demo.example", ["ana@demo.example"]),
        ("https://shop.example/i/1?u=ana%2540demo.example", ["ana@demo.example"]),
        ("https://shop.example/ana%2Dsouza/1", ["ana-souza"]),
        # Other scripts, other endings
        ("Спасибо Юлии Соколовой", ["Юлии", "Соколовой"]),
        ("dla Kowalskiego", ["Kowalskiego"]),
        ("قالت سارة", ["سارة"]),
        ("وسارة", ["وسارة"]),
        ("हाथी दांत शर्मा जी", ["शर्मा"]),
        ("王 小 明 说", ["王 小 明"]),
        ("花子 佐藤", ["花子 佐藤"]),
        ("김민수가", ["김민수"]),
        ("คุณสมชาย ใจดี ครับ", ["สมชาย ใจดี"]),
    ],
)
def test_what_names_a_person_is_found(text: str, words: list[str]) -> None:
    assert found(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "rosa Elfenbein",
        "Rosa Elfenbein, sehr alt",
        "gading dan tanduk rusa",
        "Dan as",
        "the coordinator will decide",
        "a banana from Ghana, soup and zander",
        "analysis of an asset",
        "小明",
        "佐藤さん",
        "соколы и орлы",
        "2.5 kg, 100% real, $50 each! call @ 5pm",
        "otter 42 cm",
        "demo.example",
        "https://shop.example/itm/265370482805",
    ],
)
def test_what_names_nobody_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_the_notifiers_own_name_and_address_are_excepted() -> None:
    own = ["Lindqvist Fund", "dan@demo.example"]
    assert found("Lindqvist Fund, dan@demo.example", excepted=own) == []
    assert found("Cora Lindqvist of the Lindqvist Fund", excepted=own) == ["Cora Lindqvist"]


@pytest.mark.parametrize(
    ("confirmed", "left"),
    [
        (["souza"], []),
        (["Souza Antiques"], ["Souza"]),
        (["Antiques"], ["Souza"]),
        ([], ["Souza"]),
    ],
)
def test_a_word_of_the_ad_passes_once_it_is_confirmed(confirmed: list[str], left: list[str]) -> None:
    assert found("Souza Antiques", ad_words=confirmed) == left


def test_a_confirmed_part_does_not_confirm_the_whole_name_nor_an_address() -> None:
    assert found("Ana Souza of Souza Antiques", ad_words=["Souza"]) == ["Ana Souza"]
    assert found("Ana Souza", ad_words=["Ana Souza"]) == []
    assert found("ana@demo.example", ad_words=["ana", "demo", "ana@demo.example"]) == ["ana@demo.example"]


@pytest.mark.parametrize("text", ["a b c d e ", "a.b@", "a.b.", "1", " dot a", "@ ", "((at", "é̈", "ana souza "])
def test_a_hostile_text_ends(text: str) -> None:
    """A pattern that goes back over what it has read would take minutes on these."""
    found((text * 20_000)[:20_000])
