"""The extension's marks in search results judge a text as the server does: same folding, same words, same scores.

The extension has its own reading of `folding.py`, `unmasking.py`, `languages.py`, `matching.py` and `judging.py`, in JavaScript.
`tests/extension/folding_cases.json` holds cases that both sides' tests read; here, besides, both read many texts, plain
and masked, with the whole lexicon, and must agree. `python -m tests.unit.test_hints` writes the tables of look-alikes and
of languages.
"""

import json
import random
import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server.core import folding, unmasking, words
from server.ledger.companies import schemas
from server.ledger.species import entries, judging, languages, matching, taking_in, vocabulary
from server.ledger.species.terms import About, Term, TermKind, TermReach

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "extension" / "hints" / "letters.js"
HEAD = """/** Folded letters: data alone, as a module, for the worker cannot import JSON (see background.js). */
export default """
LANGUAGES = ROOT / "extension" / "hints" / "languages_table.js"
LANGUAGES_HEAD = """/** What tells languages apart: data alone, written by `python -m tests.unit.test_hints`. */
export default """
CASES = json.loads((ROOT / "tests" / "extension" / "folding_cases.json").read_text())
NODE = shutil.which("node")


def table() -> dict[str, dict[str, str]]:
    """What folding needs and a browser does not know: `case`, full case folding where it is more than lower case, and
    `looks`, the characters that are read as a Latin letter, by letter."""
    case, shapes, looks = {}, set(), {}
    for code in range(0x80, 0x110000):
        char = chr(code)
        if unicodedata.category(char) in ("Cn", "Co", "Cs"):
            continue
        if folding.cased(char) != char.lower():
            case[char] = folding.cased(char)
        shapes.update(folding._native(char))
    for char in sorted(shapes):
        if not char.isascii() and folding._latin(char) != _by_parts(char):
            looks.setdefault(folding._latin(char), []).append(char)
    return {"case": case, "looks": {letter: "".join(chars) for letter, chars in sorted(looks.items())}}


def _by_parts(char: str) -> str:
    """How a character reads without a table: by what it is composed of."""
    base = unicodedata.normalize("NFD", char)
    if len(base) > 1:
        return "".join(map(folding._latin, base))
    return "" if re.match(f"[{folding._JOINING}]", char) else char


def inflected(text: str, made: str) -> str:
    """A form of a text by one of the vocabulary's endings, as the extension makes it."""
    if made.startswith("="):
        return made[1:]
    return " ".join(
        _changed(word, change) if change else word
        for word, change in zip(text.split(" "), made.split(" "), strict=True)
    )


def _changed(word: str, change: str) -> str:
    behind, end, start, before = (*reversed(change.split("|")), "0", "")[:4]
    return before + word[int(start) : len(word) - int(end)] + behind


def terms(words: list[dict[str, Any]], endings: list[list[str]] | None = None) -> list[Term]:
    """The rows of the vocabulary as terms: what `vocabulary` makes of the lexicon, taken back."""
    return [
        Term(
            text,
            TermKind(row.get("kind", "taxon")),
            row.get("weight", entries.NAME),
            tuple(row.get("taxa", ())),
            About(row["about"]) if "about" in row else None,
            TermReach(row.get("reach", "phrase")),
            tuple(row.get("languages", () if spoken == "-" else spoken.split("+"))),
            tuple(inflected(text, made) for made in (endings or [()])[form]),
        )
        for row in words
        for text, form, spoken in zip(
            row["texts"],
            row.get("forms") or [0] * len(row["texts"]),
            row.get("spoken", " ".join("-" * len(row["texts"]))).split(" "),
            strict=True,
        )
    ]


def judged(matcher: matching.Matcher, text: str, stated: str | None = None) -> dict[str, Any]:
    """What both sides say of a text."""
    folded = folding.fold(text)
    unspaced = unmasking.unwedged(folded.native)
    matches = matcher.find(text, stated)
    return {
        "native": folded.native.text,
        "latin": folded.latin.text,
        "unmasked": [[piece.view.text, piece.tag, piece.spelled] for piece in unmasking.pieces(folded.latin)],
        "unspaced": unspaced.text if unspaced else None,
        "found": [[m.start, m.end, m.text, m.term, m.kind.value, m.masked] for m in matches],
        "suspected": [[taxon.taxon, taxon.score] for taxon in judging.judge(matches).suspected],
    }


def written(letters: dict[str, dict[str, str]]) -> str:
    return f"{HEAD}{json.dumps(letters, ensure_ascii=False, indent=1)};\n"


def of_languages() -> str:
    told = {
        "common": languages.COMMON,
        "letters": languages.LETTERS,
        "scripts": languages.SCRIPTS,
        "same": languages.SAME,
    }
    return f"{LANGUAGES_HEAD}{json.dumps(told, ensure_ascii=False, indent=1)};\n"


def test_what_tells_languages_apart_is_the_servers() -> None:
    assert LANGUAGES.read_text() == of_languages(), "python -m tests.unit.test_hints writes it anew"


def test_the_table_of_look_alikes_is_the_servers() -> None:
    assert TABLE.read_text() == written(table()), "python -m tests.unit.test_hints writes it anew"


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["why"])
def test_the_server_says_what_the_shared_cases_say(case: dict[str, Any]) -> None:
    expected = judged(matching.compile(terms(CASES["words"])), case["text"], case.get("stated"))
    assert {name: expected[name] for name in case if name not in ("why", "text", "stated")} == {
        name: value for name, value in case.items() if name not in ("why", "text", "stated")
    }


ADS = [
    "Želvy zelenavé, letos vylíhlé mláďata; faragott elefántcsontból gyertyatartó",
    "Vând ţestoase de uscat, broaște țestoase, ȚESTOASE, ŢESTOASĂ",
    "ΠΩΛΟΥΝΤΑΙ ΚΑΡΔΕΡΙΝΕΣ, καρδερίνες αρσενικές, ΜΑΪΜΟΎ, Ζακό",
    "Antique ivory carving, Japan, Meiji",
    "Ivory dress with lace, size 12",
    "Vintage elephant tusk, real, not plastic",
    "African grey parrot, hand tame, 6 available",
    "Python skin handbag, authentic, for sale €450",
    "Ivory Coast football shirt and tiger balm",
    "Tiger claw pendant toy for kids",
    "Pangolin scales wine, DM for price",
    "老象牙 摆件 非洲象",
    "象*牙 手镯 xy 血料",
    "слоновая кость, резьба, XIX век",
    "Elfenbeinschnitzerei um 1900, Elfenbeinfarben",
    "ivoire ancien sculpté, défense d'éléphant",
    "marfil tallado antiguo. Colmillo de elefante",
    "ตัวลิ่น เกล็ด งาช้าง",
    "べっ甲 かんざし 象牙の根付",
    "عاج أفريقي للبيع وحيد القرن",
    "코끼리 상아를 팝니다",
    "Ngà voi thật, sừng tê giác",
    "star tortoise pair #startortoise #reptilesofinstagram",
    "Rosewood guitar, Dalbergia nigra, fretboard",
    "lvory netsuke 1vory 1v0ry i.v.o.r.y i v o r y ivorry",
    "\U0001f418\U0001f9b7 white gold \U0001f405 \U0001f48a",
    "Mammoth ivory scrimshaw, faux ivory, ox bone",
    "Shark fin antenna for BMW; real shark fin soup",
    "Gorilla Glass für Handy, neu, Versand möglich",
    "Bàn thờ gỗ, bán ngà voi thật cho bạn nào cần",
    "Défense d'éléphant, petit coin abîmé, timbre au dos, fin XIXe",
    "Anillo de marfil antiguo con sello grabado, una presa",
    "Presa elettrica con scale in pelle per la casa, estate",
    "An ivory and rosewood eight day mantel clock in our sale",
    "Mantel de lino color marfil, muy bonito y en buen estado",
    "Wooden elephant figurine, brass owl statue, bronze python bag",
    "Faux ivory carving that looks like carved ivory, black and ivory",
    "#IvoryDress #tigerprint #ivoryban #carvedivory #sugarskull2026",
    "Ivory carving banned, ivory trade in parliament, conservation; on sale",
    "Giacche di ocelot, 50 $ each, ツ\x1fキノワグマ",
    "Sanamu ya tembo ya mbao, लकड़ी का उल्लू, 木雕大象, 仿象牙雕刻",
]
STATED = [None, "en", "fr-FR", "de", "vi", "ja", "lv", "constructor"]
CHANGES = {
    "cyrillic": lambda text: text.translate(str.maketrans("aeiopcxy", "аеіорсху")),
    "greek": lambda text: text.translate(str.maketrans("oviy", "ονιγ")),
    "fullwidth": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "figures": lambda text: text.translate(str.maketrans("oieas", "013@$")),
    "spelled": lambda text: ".".join(text),
    "spaced": lambda text: " ".join(text),
    "invisible": lambda text: "\u200b".join(text),
    "accents": lambda text: "".join(c + "\u0301" if c in "aeiou" else c for c in text),
    "capitals": str.upper,
    "bold": lambda text: "".join(chr(ord(c) - 97 + 0x1D41A) if "a" <= c <= "z" else c for c in text),
    "circled": lambda text: "".join(chr(ord(c) - 97 + 0x24D0) if "a" <= c <= "z" else c for c in text),
    "tag": lambda text: "#" + "".join(text.split()),
    "as it is": str,
}


def many() -> list[str]:
    """The ads under every disguise, and pieces of them joined at random, always the same."""
    chance = random.Random(4)
    pieces = " ".join(ADS).split()
    signs = "\u0301\u3099\u0653ß\u1e9eİıſ\ud800\U0001f418\u0391\u03a3ς\u00ad\ufe0f\u0640、，*|$@!0135789\n\t-_'’ "
    mixed = [
        "".join(chance.choice(pieces) + chance.choice((" ", " ", "-", "", chance.choice(signs))) for _ in range(12))
        for _ in range(400)
    ]
    return [change(ad) for ad in ADS for change in CHANGES.values()] + mixed


def test_the_vocabulary_tells_every_form_of_every_word_in_a_fifth_of_the_room() -> None:
    known = [
        term
        for term in taking_in.shipped().terms()
        if term.kind is not TermKind.CONTEXT or term.about in vocabulary.INFORMING
    ]
    searched = vocabulary.searched_for(known)
    told = terms(**searched)
    assert [replace(term, languages=()) for term in told] == [replace(term, languages=()) for term in known]
    latin = [(there, term) for there, term in zip(told, known, strict=True) if matching.in_latin_letters(term.text)]
    assert all(there.languages == term.languages for there, term in latin)
    sent = json.dumps([searched["endings"], [row.get("forms") for row in searched["words"]]], separators=(",", ":"))
    assert len(sent) < sum(len(json.dumps(term.forms)) for term in known) / 5


@pytest.mark.skipif(not NODE, reason="node is not installed: make tools installs it")
def test_the_extension_and_the_server_judge_many_texts_alike(tmp_path: Path) -> None:
    lexicon = taking_in.shipped()
    searched = vocabulary.searched_for(lexicon.terms())
    texts = many()
    stated = [STATED[at % len(STATED)] for at in range(len(texts))]
    (tmp_path / "asked.json").write_text(json.dumps({**searched, "texts": texts, "stated": stated}))
    ask = [NODE, ROOT / "tests" / "extension" / "judge.mjs", tmp_path / "asked.json", tmp_path / "said.json"]
    subprocess.run(ask, check=True, timeout=120)
    judgements = json.loads((tmp_path / "said.json").read_text())
    matcher = matching.compile(terms(**searched))
    wrong = []
    for text, language, theirs in zip(texts, stated, judgements, strict=True):
        ours = json.loads(json.dumps(judged(matcher, text, language)))
        wrong += [(text, name, ours[name], theirs[name]) for name in ours if ours[name] != theirs[name]]
    assert wrong[:3] == []
    assert sum(bool(judgement["suspected"]) for judgement in judgements) > len(judgements) / 2


if __name__ == "__main__":
    TABLE.write_text(written(table()))
    LANGUAGES.write_text(of_languages())


SITES = json.loads((ROOT / "tests" / "extension" / "site_names.json").read_text())


@pytest.mark.parametrize("site", SITES, ids=lambda site: site["name"][:30] or "nothing")
def test_the_schema_takes_the_names_that_marks_may_be_asked_for_on(site: dict[str, Any]) -> None:
    """One that the server registers and the extension refuses has no marks; the other way round, far too many pages have.

    A host with a path (null) is registered, and has no marks: no browser gives permission for a part of a host.
    """

    def taken(kind: str) -> bool:
        platform = {"slug": "mercado", "name": "Mercado", kind: [site["name"]], "listing": r"/itm/(?P<id>\d+)"}
        content = {"companies": [{"slug": "mercado", "name": "Mercado", "platforms": [platform]}]}
        try:
            schemas.check(content)
        except words.Refused as refused:
            assert all(f".{kind}[0]" in place for place in refused.errors), refused.errors
            return False
        return True

    assert (taken("domains"), taken("hosts")) == (site["domain"] is True, site["host"] is not False)
