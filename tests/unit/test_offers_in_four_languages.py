"""Ads in Czech, Hungarian, Romanian and Greek: as people write them, in any case, with or without accents."""

import pytest

from server.ledger.species import inflection, judging
from tests.shipped_lexicon import compiled

WORTH_A_LOOK = 0.3  # as the extension's marks and the benchmark have it

OFFERS = """
Prodám papouška šedého, ručně dokrmený, s klecí|psittacus-erithacus
Želvy zelenavé, letos vylíhlé mláďata, kus 700 Kč|testudo
Vyměním sokola stěhovavého, samec|falco-peregrinus
Kůže z levharta s hlavou, stará předložka, cena dohodou|panthera-pardus
prodam zelvu stepni i s terariem|testudo-horsfieldii
Eladó görög teknősök, saját szaporulat|testudo
Tengelic hímek eladók, szépen énekelnek|carduelis-chloris
Faragott elefántcsontból készült gyertyatartó, hagyatékból eladó|loxodonta-africana
Jákópapagáj fióka kézzel nevelt, rendelhető|psittacus-erithacus
Valódi krokodilbőr táska, irányár 40 ezer|crocodylus-niloticus
Vând broaște țestoase, pui de 3 ani|testudinidae
Vand broaste testoase de uscat, 100 lei|testudinidae
VÂND ŢESTOASE DE USCAT, PUI|testudinidae
Sticleţi şi scatii de vânzare, prinşi toamna|carduelis-chloris
Untură de urs, trimit prin curier|ursus-arctos
Statuetă din fildeș veche, preț negociabil|loxodonta-africana
Πωλούνται καρδερίνες αρσενικές, κελαηδάνε|carduelis-chloris
ΠΩΛΟΥΝΤΑΙ ΚΑΡΔΕΡΙΝΕΣ ΑΡΣΕΝΙΚΕΣ|carduelis-chloris
Χαρίζω χελώνες στεριανές, τρεις μικρές|testudinidae
Κομπολόι από ελεφαντόδοντο παλιό, αποστολή με αντικαταβολή|loxodonta-africana
Ζακό μωρό ταϊσμένο στο χέρι, δίνεται με κλουβί|psittacus-erithacus
""".strip().splitlines()

INNOCENTS = """
Svatební šaty barva slonová kost, velikost 38, prodám
Prodám plyšovou želvu a papouška, 50 Kč kus
Kabelka imitace krokodýlí kůže, nová, 300 Kč
Prodám klec pro papouška, pošlu
Andulky mladé, prodám, i s klecí
Elefántcsont színű menyasszonyi ruha eladó
Teknős alakú gyerek homokozó eladó
Műbőr táska krokodil mintás, eladó
Kiadó apartman a Sas panzióban
Rochie de mireasă culoare fildeș, preț 400 lei
Vând untură de porc de casă, 25 lei
Geantă imitație piele de crocodil, preț 80 lei
Vând peruși tineri, papagali cu colivie
Νυφικό σε χρώμα ελεφαντόδοντο, πωλείται
Λούτρινη χελώνα, δίνεται 5 ευρώ
Τσάντα απομίμηση δέρμα κροκόδειλου, τιμή 20€
""".strip().splitlines()


@pytest.mark.parametrize("row", OFFERS)
def test_an_offer_is_worth_a_look_and_says_what_it_is(row):
    ad, taxon = row.split("|")
    judged = judging.judge(compiled().find(ad))
    assert judged.score >= WORTH_A_LOOK
    assert taxon in [each.taxon for each in judged.suspected if each.score >= WORTH_A_LOOK]


@pytest.mark.parametrize("ad", INNOCENTS)
def test_what_only_shares_a_word_is_not(ad):
    assert judging.judge(compiled().find(ad)).score < WORTH_A_LOOK


@pytest.mark.parametrize(
    ("language", "word", "form"),
    [
        ("cs", "papoušek šedý", "papouška šedého"),
        ("cs", "želva", "želvami"),
        ("cs", "slonová kost", "slonové kosti"),
        ("cs", "mládě", "mláďata"),
        ("cs", "koník mořský", "koníci mořští"),
        ("cs", "výr velký", "výra velkého"),
        ("hu", "görög teknős", "görög teknősöket"),
        ("hu", "elefántcsont", "elefántcsontból"),
        ("hu", "madár", "madarak"),
        ("hu", "béka", "békák"),
        ("ro", "broască țestoasă", "broaște țestoase"),
        ("ro", "sticlete", "sticleții"),
        ("ro", "untură de urs", "untura de urs"),
        ("el", "παπαγάλος", "παπαγαλους"),
        ("el", "χερσαία χελώνα", "χερσαιες χελωνες"),
    ],
)
def test_a_word_is_known_in_its_other_forms(language, word, form):
    assert form in inflection.forms(word, language)
