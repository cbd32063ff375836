"""Whether what is named as a law is CITES and nothing else, whatever the language and the disguise. Pure.

The names are the Convention's own in the lexicon's languages. A text is the treaty alone when it names the treaty or an
appendix and every other word only says where in it ("listed in", "Article III"); any word beside those, such as that of
a national act, makes it something else.
"""

import re

from server.core import folding
from server.ledger.notices.names import bare

# What a treaty is called where a jurisdiction is asked for.
_NOWHERE = frozenset(
    ("cites", "international", "international law", "worldwide", "world", "global", "un", "united nations")
)
_NAMES = """
    Convention on International Trade in Endangered Species of Wild Fauna and Flora
    Convention sur le commerce international des espèces de faune et de flore sauvages menacées d'extinction
    Convención sobre el Comercio Internacional de Especies Amenazadas de Fauna y Flora Silvestres
    Übereinkommen über den internationalen Handel mit gefährdeten Arten freilebender Tiere und Pflanzen
    Convenção sobre o Comércio Internacional das Espécies da Fauna e da Flora Selvagens Ameaçadas de Extinção
    Convenzione sul commercio internazionale delle specie di fauna e flora selvatiche minacciate di estinzione
    Overeenkomst inzake de internationale handel in bedreigde in het wild levende dier- en plantensoorten
    Konwencja o międzynarodowym handlu dzikimi zwierzętami i roślinami gatunków zagrożonych wyginięciem
    Конвенция о международной торговле видами дикой фауны и флоры, находящимися под угрозой исчезновения
    濒危野生动植物种国际贸易公约
    瀕危野生動植物種國際貿易公約
    絶滅のおそれのある野生動植物の種の国際取引に関する条約
    اتفاقية التجارة الدولية في أنواع الحيوانات والنباتات البرية المهددة بالانقراض
    اتفاقية الاتجار الدولي بأنواع الحيوانات والنباتات البرية المعرضة للانقراض
    Konvensi Perdagangan Internasional Spesies Terancam Punah Tumbuhan dan Satwa Liar
    Công ước về buôn bán quốc tế các loài động vật, thực vật hoang dã nguy cấp
    อนุสัญญาว่าด้วยการค้าระหว่างประเทศซึ่งชนิดสัตว์ป่าและพืชป่าที่ใกล้สูญพันธุ์"""
# Stems of its short names and of its appendices.
_TREATY = r"""
    cites ситес сітес washington\w* waszyngton\w* вашингтон\w* \w*artenschutz\w*bereinkommen\w* soortenbescherm\w* appendi(?:x|ces|ks|k)
    ap(?:p)?endic\w* allegat\w* zalacznik\w* bijlagen? приложени\w* додат\w* lampiran phu\s+luc conven(?:tion|cion|cao|zione)s?
    konven\w* konwenc\w* конвенц\w* (?:uber|ueber|\w*ab)einkommen\w* vertrag\w* treaty tratad\w* trattat\w* traite verdrag\w* overeenkomst\w* cong\s+uoc
    (?:anne(?:x|xe|xes|ks)|anhang\w*|anexos?)\s+(?:i{1,3}|1|2|3|one|two|three|eins|zwei|drei|un|uno|um|deux|trois|dos|dois|tres)
    (?:anne(?:x|xe|xes|ks)|anhang\w*|anexos?)(?=.*\b(?:washington|cites|conven|artenschutz))
    (?:ال)?ملحق\w* (?:ال)?اتفاقي\w* (?:ال)?سايتس"""
_UNSPACED = r"公约 公約 条約 條約 ワシントン 华盛顿 華盛頓 附录 附錄 附属書 附屬書 ไซเตส อนุสัญญา บัญชี"
# Words that only say where in the treaty, or that a species is in it.
_FILLING = r"""
    anne(?:x|xe|xes|ks) anhang\w* anexos? i{1,3} iv vi{0,3} one two three first second third eins? zwei drei un uno um una deux trois
    dos dois tres due tre jeden dwa trzy een twee drie один два три первое satu dua tiga mot hai ba الأول الثاني الثالث
    uber ueber الاول الثاني الثالث and or et und y e o en the of on in to a an as is are under by for from with per la le les das? des? do du der dem den die del dello della delle
    dei di el los las l d sul sur sobre van het w z na о об в и к по nach vom von im zum zur its this that it в dan từ của cua من في و
    text list(?:ed|ing|s)? inscrit\w* inscripci\w* liste[es]? gelistet\w* gefuhrt\w* aufgefuhrt\w* geschutzt\w* protect\w* proteg\w* appears entry eintrag
    species especes? especies soort\w* art\w{0,2} specie trade commerce comercio international\w* internacional\w* internazional\w* wild fauna flora
    endangered threatened parties party full article\w* artikel\w* articulo\w* articolo\w* artigo\w* artyku\w* стат\w{1,3} para paragraph number no nr
    status part"""

_TO_LATIN = str.maketrans({"đ": "d", "ł": "l", "ø": "o"})
_SPELLED = re.compile(r"(?<=\b[^\W\d_])[.\s·-]{1,2}(?=[^\W\d_]\b)")  # C.I.T.E.S.


def _any_of(words: str) -> str:
    return "|".join(words.split())


def _views(text: str) -> set[str]:
    """A text without disguise: as its script reads, and with look-alikes as the Latin letters they imitate."""
    folded = folding.fold(text)
    views = {bare(folded.native.text).translate(_TO_LATIN), folded.latin.text}
    return {" ".join(view.split()) for each in views for view in (each, _SPELLED.sub("", each))}


def _full(name: str) -> str:
    """A whole name but for its first word, "Convention", which languages inflect."""
    words = re.findall(r"\S+", re.sub(r"[\W_]+", " ", bare(folding.native(name)).translate(_TO_LATIN)))
    return r"\W+".join(map(re.escape, words[1:] or words))


_NAMED_IN_FULL = re.compile("|".join(_full(name.strip()) for name in _NAMES.strip().splitlines()))
_NAMED = re.compile(rf"(?<![^\W_])(?:{_any_of(_TREATY)})(?![^\W_])|{_any_of(_UNSPACED)}")
_SIGNS = re.compile(rf"{_any_of(_UNSPACED)}|[第条條号號の之的一二三に章]")
_REST = re.compile(rf"(?<![^\W_])(?:{_any_of(_TREATY)}|{_any_of(_FILLING)})(?![^\W_])")


def alone(jurisdiction: str, provision: str) -> bool:
    """Whether what is named is CITES and nothing that a country or the Union has made of it."""
    if _views(jurisdiction) & _NOWHERE:
        return True
    for view in _views(provision):
        rest, full = _NAMED_IN_FULL.subn(" ", view)
        if (full or _NAMED.search(rest)) and not re.search(r"[^\W\d_]", _REST.sub(" ", _SIGNS.sub(" ", rest))):
            return True
    return False
