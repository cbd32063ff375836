"""Which law can carry a notice, and when the elements of DSA Article 16(2) are spoken of."""

from datetime import date

import pytest

from server.ledger.notices import legal_basis
from server.ledger.species import provisions
from tests.composing import composed

AT = "2026-11-24"
NAMED = {
    "jurisdiction": "FR",
    "provision": "Code de l’environnement, L. 412-1",
    "effective_from": "2016-08-18",
    "source": "https://www.legifrance.gouv.fr/codes",
}


@pytest.mark.parametrize(
    ("jurisdiction", "provision"),
    [
        ("EU", "CITES Appendix I"),
        ("DE", "Listed in Appendix II of CITES"),
        ("FR", "CITES, Annexe I"),
        ("FR", "Annexe I"),
        ("CITES", "Article III"),
        ("International", "Anything at all"),
        ("GB", "Convention on International Trade in Endangered Species of Wild Fauna and Flora, Article III"),
        ("ID", "Konvensi Perdagangan Internasional Spesies Terancam Punah Tumbuhan dan Satwa Liar, Lampiran I"),
        ("DE", "Washingtoner Artenschutzübereinkommen, Anhang I"),
        ("ES", "Apéndice I de la CITES"),
        ("US", "Washington Convention"),
        ("Deutschland", "Anhang I des Washingtoner Artenschutzübereinkommens"),
        (
            "Deutschland",
            "Anhang zwei des Übereinkommens über den internationalen Handel mit gefährdeten Arten freilebender Tiere und Pflanzen",
        ),
        ("UK", "С.I.T.E.S. appendix one"),
        ("UK", "C I T E S Appendix I"),
        ("UK", "ＣＩＴＥＳ App\u200bendix II"),
        ("UK", "Appendix I of the СІТЕЅ treaty"),
        ("С\u200bITES", "Article III"),
        ("FR", "l’annexe II de la Convention de Washington"),
        (
            "FR",
            "Convention sur le commerce international des espèces de faune et de flore sauvages menacées d’extinction, art. III",
        ),
        ("ES", "Apéndices I y II de la Convención de Washington"),
        ("PT", "Anexo I da Convenção de Washington"),
        ("IT", "Allegato I della Convenzione di Washington"),
        ("NL", "Bijlage I van de CITES-overeenkomst"),
        ("RU", "Приложение I к СИТЕС"),
        (
            "RU",
            "Приложения I Конвенции о международной торговле видами дикой фауны и флоры, находящимися под угрозой исчезновения",
        ),
        ("CN", "濒危野生动植物种国际贸易公约附录一"),
        ("JP", "ワシントン条約 附属書I"),
        ("AE", "الملحق الأول من اتفاقية سايتس"),
        ("ID", "Lampiran I CITES"),
        ("VN", "Phụ lục I Công ước CITES"),
        ("TH", "บัญชี 1 อนุสัญญา CITES"),
    ],
)
def test_a_treaty_makes_no_offer_illegal(jurisdiction: str, provision: str) -> None:
    (sentence,) = legal_basis.problems(NAMED | {"jurisdiction": jurisdiction, "provision": provision}, AT)
    assert "appendix alone" in sentence and "policy" in sentence


@pytest.mark.parametrize(
    "provision",
    [
        "Regulation (EC) No 338/97, Article 8(1), Annex A",
        "Endangered Species Act s. 9(a)(1)(F); CITES Appendix I",
        "Wild Life (Protection) Act 1972, Schedule IV (CITES Appendices)",
        "COTES 2018, Schedule 1 paragraph 1",
        "Washington RCW 77.15.135",
        "Convention de Berne, décret 2020-1",
        "§ 44 BNatSchG",
        "§ 44 Bundesnaturschutzgesetz (CITES Anhang I)",
        "Ley 42/2007, anexo I",
        "野生动物保护法第二十七条",
        "Закон о животном мире, ст. 24",
        "L. 412-1",
        "UU No. 5 Tahun 1990, Pasal 21",
        "สงวนและคุ้มครองสัตว์ป่า มาตรา 29",
        "Nghị định 06/2019, Phụ lục I CITES",
    ],
)
def test_what_a_country_has_made_of_it_does(provision: str) -> None:
    assert legal_basis.problems(NAMED | {"provision": provision}, AT) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"provision": ""}, "Name the law"),
        ({"jurisdiction": None}, "Name the law"),
        ({"effective_from": None}, "since when the provision"),
        ({"effective_from": "2026-11-25"}, "not in force yet"),
        ({"source": ""}, "no source for it"),
        ({"source": "x"}, "no source for it"),
        ({"source": "12345 1"}, "no source for it"),
        ({"source": "  …  "}, "no source for it"),
        ({"provision": "x"}, "as it can be looked up"),
        ({"provision": "-- 8 --"}, "as it can be looked up"),
    ],
)
def test_whatever_is_missing_of_a_law_is_said(change: dict[str, object], says: str) -> None:
    (sentence,) = legal_basis.problems(NAMED | change, AT)
    assert says in sentence


@pytest.mark.parametrize(
    ("provision", "can_be_looked_up"),
    [
        ("Acts", True),
        ("Act", False),
        ("§ 44", False),
        ("L. 412-1", True),
        ("A 1", True),
        ("法律", True),  # a sign stands for two letters
        ("法", False),
        ("https://law.example/1", True),
    ],
)
def test_what_can_be_a_provision(provision: str, can_be_looked_up: bool) -> None:
    problems = legal_basis.problems(NAMED | {"jurisdiction": "GB", "provision": provision}, AT)
    assert (problems == []) is can_be_looked_up


@pytest.mark.parametrize(
    ("source", "says_where"),
    [
        ("Gazette", True),
        ("Annals", True),
        ("Annal", False),
        ("法律全書", True),
        ("官報", False),
        ("https://g.example", True),
    ],
)
def test_what_says_where_a_provision_is_read(source: str, says_where: bool) -> None:
    assert (legal_basis.problems(NAMED | {"source": source}, AT) == []) is says_where


@pytest.mark.parametrize(
    "jurisdiction", ["EU", "FR", "Deutschland", "France", "European Union", "Bavaria, Germany", "Éire"]
)
def test_law_of_the_union_or_a_member_state(jurisdiction: str) -> None:
    assert legal_basis.of_the_union(jurisdiction)
    assert legal_basis.elements_of_article_16(composed(basis="illegal", law=NAMED | {"jurisdiction": jurisdiction}))


@pytest.mark.parametrize(
    "jurisdiction", ["GB", "United Kingdom", "US", "Hong Kong", "NO", "Switzerland", "Neu", "", "CITES"]
)
def test_any_other_law_is_not_said_to_be_of_article_16(jurisdiction: str) -> None:
    assert not legal_basis.of_the_union(jurisdiction)


def test_nor_is_a_policy() -> None:
    assert not legal_basis.elements_of_article_16(composed())
    assert not legal_basis.elements_of_article_16(composed() | {"law": NAMED})


def test_the_lexicon_gives_its_source_only_where_it_covers_the_offer() -> None:
    elephant = {
        "id": "elephas-maximus",
        "listings": [{"source": "CITES", "appendix": "I", "effective_from": date(1975, 7, 1), "confirmed": True}],
    }
    eu = {"jurisdiction": "EU", "provision": "Regulation (EC) No 338/97, Article 8(1)"}
    ivory_act = {
        "jurisdiction": "gb",
        "provision": "Ivory Act 2018  (dealing in elephant ivory, offering and arranging included)",
    }
    on = date(2026, 11, 24)
    assert provisions.completed(eu, [elephant], "part", on)["source"] is None, "Appendix I is not Annex A"
    annex_a = {"source": "EU", "appendix": "A", "effective_from": date(1997, 6, 1), "confirmed": True}
    annexed = elephant | {"listings": [annex_a]}
    assert "2019/C 107/02" in provisions.completed(eu, [annexed], "part", on)["source"]
    for change in ({"effective_from": None}, {"confirmed": False}):
        carries_nothing = elephant | {"listings": [annex_a | change]}
        assert provisions.completed(eu, [carries_nothing], "part", on)["source"] is None, change
    completed = provisions.completed(ivory_act, [elephant], "part", on)
    assert completed["source"] and completed["effective_from"] == date(2022, 6, 6)
    assert provisions.completed(ivory_act, [elephant], "live", on)["source"] is None
    assert provisions.completed(ivory_act, [elephant], "part", date(2020, 1, 1))["source"] is None
    assert provisions.completed(NAMED, [elephant], "part", on) == NAMED


def test_every_provision_of_the_lexicon_can_carry_a_notice() -> None:
    for provision in provisions.every():
        named = {"jurisdiction": provision.jurisdiction, "provision": provision.provision, "source": provision.source}
        assert legal_basis.problems(named | {"effective_from": provision.effective_from.isoformat()}, AT) == [], (
            provision.id
        )
        assert provision.exceptions


@pytest.mark.parametrize(("since", "says"), [("2026-11-23", []), (AT, []), ("2026-11-25", ["not in force yet"])])
def test_a_provision_counts_from_its_day_on(since: str, says: list[str]) -> None:
    assert [
        part in said
        for part, said in zip(says, legal_basis.problems(NAMED | {"effective_from": since}, AT), strict=True)
    ] == [True] * len(says)
