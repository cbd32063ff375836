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
            ("Iris Quirke", "iris.quirke@web.example"),
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
    more = {"ad": [text], **more}
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
        # or speaks, or signs
        ("Live chicks, no papers.\n— Dan", ["Dan"]),
        ("No papers. - Dan", ["Dan"]),
        ("No papers.\nRosa.", ["Rosa"]),
        ("No papers.\n-- \nDan\nfor the team", ["Dan"]),
        ("Kind regards\nRosa", ["Rosa"]),
        ("Mit freundlichen Grüßen, Rosa", ["Rosa"]),
        ("Dan says it is ivory.", ["Dan"]),
        ("I asked Dan about it.", ["Dan"]),
        ("Checked with Rosa (WWF)", ["Rosa"]),
        ("Dan, coordinator", ["Dan"]),
        ("My name is Rosa", ["Rosa"]),
        # is said to have done something, or says who is speaking
        ("Dan's report says more", ["Dan"]),
        ("See Rosa’s note.", ["Rosa"]),
        ("le signalement de Rosa", ["Rosa"]),
        ("le rapport d’Iris", ["Iris"]),
        ("the report of Dan", ["Dan"]),
        ("Dan's reported it", ["Dan"]),
        ("This is Dan.", ["Dan"]),
        ("Hello, this is Rosa from the coast", ["Rosa"]),
        ("It’s Dan, again", ["Dan"]),
        ("I'm Dan", ["Dan"]),
        # Beside quotation marks
        ("reported by 'Dan'", ["Dan"]),
        ("Hello “Rosa”", ["Rosa"]),
        ("‘Dan’ says so", ["Dan"]),
        # Disguises
        ("S0uza", ["S0uza"]),
        ("S.o.u.z.a", ["S.o.u.z.a"]),
        ("A n a   S o u z a", ["A n a   S o u z a"]),
        ("ＡＮＡ　ＳＯＵＺＡ", ["ＡＮＡ　ＳＯＵＺＡ"]),
        ("Аnа Sоuzа", ["Аnа Sоuzа"]),
        ("Sou-za", ["Sou-za"]),
        ("Ana Sou za", ["Ana Sou za"]),
        ("50uza92", ["50uza"]),
        ("!50uza!", ["50uza"]),
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
        ("https://shop.example/i/1?u=ana%252540demo.example", ["ana@demo.example"]),
        ("https://shop.example/ana%2Dsouza/1", ["ana-souza"]),
        ("https://shop.example/Souza%20shop", ["Souza"]),
        ("cora.lindqvist@ngo.example", ["cora.lindqvist@ngo.example"]),
        ("write to.ana@demo.example.Please", ["ana@demo.example"]),
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
        "Rosa",
        "Armband\nRosa, sehr alt",
        "Coral - rosa",
        "Ivory – Rosa Elfenbein",
        "kayu dan gading",
        "Black belt, third dan",
        "Rosa Elfenbein, sehr alt",
        "gading dan tanduk rusa",
        "Dan as",
        "Rosa's colour is even",
        "This is Rosa marble from Verona",
        "this is dan, third degree",
        "the report of rosa beads",
        "Cameo of Rosa",
        "with notes of Iris and Rosa",
        "it's rosa",
        "kayu 'dan' gading",
        "the coordinator will decide",
        "a banana from Ghana, soup and zander",
        "analysis of an asset",
        "小明",
        "佐藤さん",
        "соколы и орлы",
        "tsouza",
        "souzaim",
        "sou za",
        "https://shop.example/i/1?u=dan%25252540demo.example",
        "2.5 kg, 100% real, $50 each! call @ 5pm",
        "otter 42 cm",
        "demo.example",
        "https://shop.example/itm/265370482805",
    ],
)
def test_what_names_nobody_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        'write to "ana"@demo.example', "ana@demo。example", "ana@demo｡example", "ana(comment)@demo.example", "ana@(x)demo.example",
        "ana=40demo.example", "ana=40demo=2Eexample", "ana_at_demo_dot_example", "ana-at-demo-dot-example", "ana_at_demo.example",
        "ana\\u0040demo.example", "“ana”@demo.example", "ana@demo·example", "ana (home) @ demo.example", "ANA＠demo。example",
    ],
)  # fmt: skip
def test_an_address_is_found_however_it_is_written(text: str) -> None:
    assert [mention.address for mention in mentions.find({"reason": text}, PEOPLE)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Seen at the demo, dot by dot", "It is at demo point example", "look-at-me necklace", "polka-dot dress at 40 euros",
        "size=40 demo.example", "at_least_one_dot_pattern", "ivory at demo.example",
    ],
)  # fmt: skip
def test_prose_with_such_words_gives_no_address(text: str) -> None:
    assert mentions.find({"reason": text}, PEOPLE) == []


def found_of(person: tuple[str, str], text: str) -> list[str]:
    """What of one person is found."""
    people = names.People.of([names.Identity(*person)], EVERYDAY)
    return [word for mention in mentions.find({"reason": text}, people) for word in mention.words]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        # How short a part may be that counts alone: three letters
        ("Zoy Xu", "Zoy sells", ["Zoy"]),
        ("Zo Quartz", "Zo sells", []),
        ("Zoy Xu", "Zoys Laden", []),  # its genitive from five letters on
        ("Zoyk Quartz", "Zoyks Laden", ["Zoyks"]),
        # Letter by letter and with figures for letters: four
        ("Zoyk", "z o y k", ["z o y k"]),
        ("Zoy Xu", "z 0 y", []),
        ("Zoyk Quartz", "Z0yk", ["Z0yk"]),
        ("Zoy Quartz", "Z0y", []),
        # A part of one letter counts with no other; two letters beside the name's other part do
        ("Rosa X. Meier", "Rosa X", []),
        ("Rosa Xu", "Rosa Xu", ["Rosa Xu"]),
        ("Rosa Xu", "xu, rosa", ["xu, rosa"]),
        ("Bo Hunter", "Hello Bo", ["Bo"]),
        ("B Hunter", "Hello B", []),
        ("Rosa Iris Olive May", "IrisMayRosaOlive", ["IrisMayRosaOlive"]),
        # Four parts in every order; of five or more there and back
        ("Rosa Iris Olive May", "May Iris Rosa Olive", ["May Iris Rosa Olive"]),
        ("Rosa Iris Olive May Hunter", "HunterMayOliveIrisRosa", ["HunterMayOliveIrisRosa"]),
        ("Rosa Iris Olive May Hunter", "RosaIrisOliveMayHunter", ["RosaIrisOliveMayHunter"]),
        ("Rosa Iris Olive May Hunter", "IrisRosaOliveMayHunter", []),
        # Handles: an initial and a part of three letters at least, five in all
        ("Rosa Meier", "rmeier", ["rmeier"]),
        ("Rosa Meier", "meierr", ["meierr"]),
        ("Rosa Meier", "ameier", []),
        ("Rosa Meier", "meiera", []),
        ("Olga Fox", "ofox", []),
        ("Olga Foxy", "ofoxy", ["ofoxy"]),
        ("Rosa von Meier", "vmeier", []),  # a particle gives no initial
        ("Rosa von Meier", "rvon", []),
        # An alias with figures
        ("ot7r", "ot7r sells", ["ot7r"]),
        ("o7r", "o7r sells", []),
        # A particle is no part of a name, and has no initial
        ("Rosa della Iris", "the rosa della Torre", []),
        ("Rosa della Iris", "rdella", []),
        ("Rosa Meier", "mmeier", []),
        # A name that is an everyday word; a whole name of everyday words that are too short to count
        ("Rosa", "rosa", []),
        ("Al Xu", "al xu", ["al xu"]),
        # A whole name of eight letters counts inside a longer word, and no part of a name does
        ("Zoyk Quar", "realzoykquar", ["realzoykquar"]),
        ("Zoyk Qua", "realzoykqua", []),
        ("Anna Lindqvist", "Lindqvistgatan", []),
        ("Lindqvist", "Lindqvistgatan", []),
        # Two parts of a longer name, four signs apart at most
        ("Rosa Iris Olive May Hunter", "sold by Rosa May", ["Rosa May"]),
        ("Rosa Iris Olive May Hunter", "sold by Rosa    May", ["Rosa    May"]),
        ("Rosa Iris Olive May Hunter", "sold by Rosa     May", []),
        # In pieces: five at most, side by side, with no figures between
        ("Cora Lindqvist", "Co ra Li nd qvist", ["Co ra Li nd qvist"]),
        ("Cora Lindqvist", "Co ra Li nd qv ist", []),
        ("Ana Souza", "Ana    Sou za", ["Ana    Sou za"]),
        ("Zoyk Souza", "Zoyk     Sou za", ["Zoyk"]),
        ("Zoyk Souza", "Zoyk 12 Sou za", ["Zoyk"]),
        ("Zoyk Souza", "Zoyk 7 gold Sou za", ["Zoyk"]),
        # Letter by letter, three letters only by themselves
        ("Zoy Xu", "z o y", ["z o y"]),
        ("Zoy Xu", "a b z o y", []),
        # With figures for letters: figures alone are a price, and a word is a word
        ("Sasi Quartz", "5451 EUR", []),
        ("Zoyk Mall", "by mail", []),
        # An ending after three letters of a Slavic name
        ("Ева Ким", "продаёт Киму", ["Киму"]),
        # The first letter says which script a name is in, also where a later one was typed in another
        ("Łukasz Kot", "Lukasz", ["Lukasz"]),
        ("Zoykа", "Zoyka", ["Zoyka"]),
        # An accent by itself, as a slip of the keyboard leaves it
        ("Zoyk Quartz ̀", "Zoyk", ["Zoyk"]),
    ],
)
def test_how_much_of_a_name_is_enough(name: str, text: str, words: list[str]) -> None:
    assert found_of((name, "q@post.example"), text) == words


@pytest.mark.parametrize(
    ("email", "text", "words"),
    [
        ("zoyk@post.example", "zoyk", ["zoyk"]),
        ("zoy@post.example", "zoy", []),
        ("zo12y@post.example", "zo12y", ["zo12y"]),  # with figures from five signs on
        ("zo1y@post.example", "zo1y", []),
        ("12345@post.example", "12345", []),  # figures alone name nobody
        ("jumps@post.example", "jumps", ["jumps"]),
    ],
)
def test_how_much_of_an_address_is_enough(email: str, text: str, words: list[str]) -> None:
    assert found_of(("Rosa", email), text) == words


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("王明", "王明说", ["王明"]),
        ("王", "王说", []),
        ("一 二 三 四", "四三二一", ["四三二一"]),
        ("一 二 三 四 五", "一二三四五", ["一二三四五"]),
        ("一 二 三 四 五", "五四三二一", []),
        ("김민", "김민가", ["김민"]),
        ("김민", "이김민", []),  # the end of another word
        ("王明", "王~明", ["王~明"]),
    ],
)
def test_names_without_spaces_are_found_whole(name: str, text: str, words: list[str]) -> None:
    assert found_of((name, "q@post.example"), text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # Between two parts of a name stand four signs at most, and no figures
        ("Rosa    Meier", ["Rosa    Meier"]),
        ("rosa -  - meier", ["meier"]),
        ("dan : - rosa", []),
        ("Rosa     Meier", ["Meier"]),
        # Who is called: at the second word, at the third after two that credit somebody
        ("Hello, @Rosa", ["Rosa"]),
        ("Hello,   Rosa", ["Rosa"]),
        ("Hello,    Rosa", []),
        ("Hello ... Rosa", []),
        ("Hello. Rosa ivory", []),
        ("by Dan as seen", []),
        ("Hello rosa", []),
        ("Rosa hello", []),
        ("by Rosa", []),
        ("seen by Dan", ["Dan"]),
        ("gold by Dan", []),
        # Who signs: twelve signs behind the text at most
        ("Gold\n----------\nDan", ["Dan"]),
        ("Gold\n-----------\nDan", []),
        # Letter by letter, inside a longer run, from its first letter to its last
        ("x s o u z a", ["s o u z a"]),
        ("s o u z a x", ["s o u z a"]),
        ("S o u z a, and more", ["S o u z a"]),
        ("s o u     z a", []),
        ("s    o u z a", ["s    o u z a"]),
        ("x     s o u z a", ["s o u z a"]),
        ("it is S o u z a", ["S o u z a"]),
        # An address: from its first sign to its last, the second as the first
        ("write to ana@demo.example or not", ["ana@demo.example"]),
        ("nobody@else.example, ana@demo.example", ["ana@demo.example"]),
        ("x @ y, ana@demo.example", ["ana@demo.example"]),
        # Several names: each by itself, and as one where they touch
        ("Souza or Cora Lindqvist", ["Souza", "Cora Lindqvist"]),
        ("Souza, cora.lindqvist@ngo.example", ["Souza", "cora.lindqvist@ngo.example"]),
        ("王小明佐藤花子", ["王小明佐藤花子"]),
        # The endings of a Slavic name
        ("Соколову", ["Соколову"]),
        ("Kowalskim", ["Kowalskim"]),
        ("Kowalskimi", ["Kowalskimi"]),
    ],
)
def test_where_a_name_begins_and_ends(text: str, words: list[str]) -> None:
    assert found(text) == words


def test_two_everyday_words_of_two_people_are_no_name() -> None:
    people = names.People.of(
        [names.Identity("Rosa Hunter", "a@b.example"), names.Identity("Iris Rosa", "c@d.example")], EVERYDAY
    )
    said = {
        text: [w for m in mentions.find({"reason": text}, people) for w in m.words]
        for text in ("hunter iris", "rosa rosa", "rosa iris")
    }
    assert said == {"hunter iris": [], "rosa rosa": [], "rosa iris": ["rosa iris"]}


@pytest.mark.parametrize(("length", "is_found"), [(39, True), (40, True), (41, False)])
def test_a_long_name_is_found_letter_by_letter_up_to_forty(length: int, is_found: bool) -> None:
    name = ("quartzbek" * 9)[:length]
    spelled = " ".join(name)
    assert found_of((name, "q@post.example"), spelled) == ([spelled] if is_found else [])
    assert found_of((name, "q@post.example"), f"x {spelled} y") == ([spelled] if is_found else [])


@pytest.mark.parametrize(("length", "is_found"), [(100, True), (101, False)])
def test_an_address_is_found_with_a_hundred_signs_before_its_at(length: int, is_found: bool) -> None:
    """RFC 5321 allows 64 of them."""
    tagged = "dan+".ljust(length, "x")
    assert found(f"{tagged}@demo.example") == ([f"{tagged}@demo.example"] if is_found else [])


@pytest.mark.parametrize(
    ("who", "findable"),
    [
        ([("", "")], False),
        ([("Al", "a@b.example")], False),
        ([("Souza", "a@b.example")], True),
        ([("Rosa Hunter", "a@b.example")], True),
        ([("Al Xu", "a@b.example")], True),
        ([("王明", "a@b.example")], True),
    ],
)
def test_whether_somebody_can_be_told_from_other_words(who: list[tuple[str, str]], findable: bool) -> None:
    assert names.People.of([names.Identity(*one) for one in who], EVERYDAY).can_be_found() is findable


def test_the_notifiers_own_name_and_address_are_excepted() -> None:
    own = ["Lindqvist Fund", "dan@demo.example"]
    assert found("Lindqvist Fund, dan@demo.example", excepted=own) == []
    assert found("Cora Lindqvist of the Lindqvist Fund", excepted=own) == ["Cora Lindqvist"]
    assert found("the Lindqvist Fund", excepted=["Fund", "Lindqvist Fund"]) == []


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


@pytest.mark.parametrize(
    ("ad", "word", "text", "left"),
    [
        ("Ivory figure", "Souza", "Ask Souza", ["Souza"]),
        ("Souza Antiques", "Souza", "Ask Souza", []),
        ("https://shop.example/ana_souza/1", "Ana Souza", "the seller Ana Souza", []),
        ("https://shop.example/%61na-souza", "Ana Souza", "Ana Souza", []),
        ("Souza and Ana", "Ana Souza", "Ana Souza", ["Ana Souza"]),
        ("Souzas ivory", "Souza", "Souza", ["Souza"]),  # another word
        ("Ana S", "Souza", "Souza", ["Souza"]),
        ("", "Souza", "Souza", ["Souza"]),
    ],
)
def test_only_what_stands_in_the_ad_is_its_own(ad: str, word: str, text: str, left: list[str]) -> None:
    assert found(text, ad_words=[word], ad=[ad]) == left


def test_a_confirmed_part_does_not_confirm_the_whole_name_nor_an_address() -> None:
    assert found("Ana Souza of Souza Antiques", ad_words=["Souza"]) == ["Ana Souza"]
    assert found("Ana Souza", ad_words=["Ana Souza"]) == []
    assert found("Souza, Ana", ad_words=["Souza Ana"]) == []
    assert found("Ana Souza, not Lindqvist", ad_words=["Ana Souza"]) == ["Lindqvist"]
    assert found("Lindqvist, not Ana Souza", ad_words=["Ana Souza"]) == ["Lindqvist"]
    assert found("ana@demo.example", ad_words=["ana", "demo", "ana@demo.example"]) == ["ana@demo.example"]


@pytest.mark.parametrize("text", ["a b c d e ", "a.b@", "a.b.", "1", " dot a", "@ ", "((at", "é̈", "ana souza "])
def test_a_hostile_text_ends(text: str) -> None:
    """A pattern that goes back over what it has read would take minutes on these."""
    found((text * 20_000)[:20_000])
