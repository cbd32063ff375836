"""Which languages an ad may be written in, as far as its words can tell. Pure.

A word counts in its language: French `coin` is no coin, Vietnamese `bàn` no ban. No library guesses the language of six
words reliably, and the extension must reach the same answer in JavaScript (by test), so the rule is small: common words,
letters that few languages have, and the lexicon's own words speak for their languages, and so do the language that the
page states and those of its platform. A language with at least half the points of the strongest one is possible.

The common words are those of any grammar or stop-word list, with a few that ads are full of.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

ALONE, SHARED = 2, 1  # points of a word of one language, and of one that several have
ENOUGH = 2  # points of the strongest; with fewer, nothing is known and every language is possible

# Languages written in Latin letters. Some have no word in the lexicon: they are here so that their words do not pass for
# those of another.
COMMON = {
    "en": "the and of to in for with on is are from by at this that you your our we i my it its a an as or not no be has "
    "have all can will very only two other about more any new used old good condition size made sale item please see "
    "set pair free ship shipping price buy seller stock like photo photos look great vintage antique beautiful",
    "fr": "le la les un une des du de et à au aux en dans pour avec sur par est sont ce cette ces qui que pas plus très "
    "son sa ses mon ma mes nous vous votre il elle ou mais sans chez vends vendre état neuf neuve occasion bon taille "
    "prix petit petite grand grande belle beau livraison pièce ancien ancienne vieux vieille année ans d l main bois "
    "envoi possible lot coffret pouces",
    "es": "el la los las un una unos unas de del y en con por para es son este esta que no se su sus mi al lo muy más pero "
    "como o sin tengo vendo venta se precio envío envíos estado nuevo nueva usado buen buena tamaño talla grande pequeño "
    "antiguo antigua viejo años hecho mano plata oro euros dólares todo hay desde hasta",
    "pt": "o a os as um uma uns umas de do da dos das e em no na nos nas com por para é são este esta que não se seu sua "
    "meu minha ao à muito mais mas como ou sem tenho vendo venda preço frete estado novo nova usado bom boa tamanho grande "
    "pequeno antigo antiga anos feito mão prata ouro reais pronta entrega você",
    "de": "der die das den dem des ein eine einen einem einer und oder in im mit von vom für auf an am ist sind war zu zum "
    "zur bei aus nach ich wir sie es nicht kein keine auch sehr nur wie noch über unter ca verkaufe verkaufen preis versand "
    "neu alt alte altes alter gut guter zustand größe stück sammlung farbe schöne schöner schönes euro abholung privat "
    "biete suche handy hülle schwarz weiß",
    "it": "il lo la i gli le un uno una di del della dei delle da dal in nel nella con per su e è sono che non si suo sua "
    "mio mia al alla ai molto più ma come o senza vendo vendita prezzo spedizione stato nuovo nuova usato buono buona ottimo "
    "ottime taglia grande piccolo antico antica vecchio anni fatto mano oro argento condizioni questo questa",
    "nl": "de het een en van in op met voor is zijn te niet geen er aan dit dat die ik wij uw ook zeer heel maar of bij uit "
    "naar om als nog door koop verkopen prijs verzenden verzending ophalen nieuw nieuwe oud oude goed goede staat maat stuk "
    "stuks mooie mooi kleur gebruikt vraagprijs bieden zwart wit",
    "vi": "và của là có cho không được với các những một này người trong để từ tại đã bán mua giá hàng rẻ nhà bạn bàn em anh "
    "chị mình con cái chiếc bộ rất mới cũ đẹp liên hệ ship toàn quốc nhận thật xịn về ở ra vào đồ sắt gỗ khắc xe",
    "id": "yang dan di ke dari ini itu untuk dengan ada tidak bisa saya anda kami kita akan pada atau juga sudah belum masih "
    "jual dijual beli harga murah barang kondisi bekas baru asli siap kirim minat hubungi stok warna ukuran lagi sangat "
    "bagus buat pakai orang anak gan kak cod bukan dalam sebagai seperti hanya",
    "sw": "ya wa na kwa ni za la cha vya katika hii huu hizo hiyo kama lakini sana au yake yangu pia bei nauza uza inauzwa "
    "mpya nzuri kubwa ndogo tu sasa wewe mimi sisi",
    "hi": "ka ki ke hai hain mein aur ko se par yeh woh nahi kya kimat daam bechna kharid sasta accha bahut wala wali "
    "chahiye milega liye bhi",
    # No trade terms in Swedish, Danish and Finnish.
    "sv": "och det att en ett som är av för på med den till inte om har de jag men vi från eller säljes säljer pris fin fina "
    "skick ny nytt nya gammal gammalt storlek mycket frakt hämtas kr köp",
    "da": "og det at en et som er af for på med den til ikke om har de jeg men vi fra eller sælges pris fin fine stand ny nyt "
    "gammel størrelse meget fragt hentes kr køb selges god",
    "fi": "ja on ei se että en hän oli ovat kuin mutta myös tai sekä myydään hinta uusi uudet vanha koko hyvä kunto osta "
    "toimitus tuote väri ostoskori",
    "pl": "i w na z do nie się jest to że o od za po dla jak lub oraz ale są sprzedam cena nowy nowa nowe stan używany rozmiar "
    "dobry bardzo wysyłka zł lot kup",
    "cs": "a v na se je to že s z do o za po pro ale jako nebo jsou prodám cena nový nová nové stav velikost velmi dobrý "
    "doprava kč koupit",
    "hu": "a az és egy hogy nem is van ez meg de csak vagy eladó ár új régi méret nagyon jó állapot szállítás ft",
    "ro": "și de la cu în pe un o este sunt nu pentru din mai sau dar vând preț nou nouă stare mărime foarte bun livrare lei "
    "vechi",
    "tr": "ve bir bu da de için ile çok ne var yok olarak ama gibi daha satılık satılır fiyat yeni kullanılmış eski temiz "
    "durumda kargo beden tl adet",
    "tl": "ang ng sa mga na ay at ko mo ako ikaw siya ito po lang naman para hindi may wala presyo benta binebenta bago "
    "luma",
}
# Letters that few languages have.
LETTERS = {
    "ß": "de", "ñ": "es", "¿": "es", "¡": "es", "œ": "fr", "ä": "de sv fi", "ö": "de sv fi tr hu", "ü": "de tr hu es",
    "å": "sv da", "ø": "da", "æ": "da", "ğ": "tr", "ı": "tr", "ş": "tr ro", "ł": "pl", "ż": "pl", "ą": "pl", "ę": "pl",
    "ő": "hu", "ű": "hu", "ř": "cs", "ů": "cs", "ě": "cs", "ț": "ro", "ã": "pt vi", "õ": "pt vi", "ç": "fr pt tr",
} | dict.fromkeys("ăđơưảạằắẳẵặầấẩẫậẻẽẹềếểễệỉịỏọồốổỗộờớởỡợủũụừứửữựỳỷỹỵ", "vi")  # fmt: skip
# Other scripts speak for themselves: what is written in Latin letters beside them may be of the same language.
SCRIPTS = {
    "ru": "\u0400-\u04ff", "ar": "\u0600-\u06ff", "hi": "\u0900-\u097f", "te": "\u0c00-\u0c7f", "th": "\u0e00-\u0e7f",
    "ja": "\u3040-\u30ff", "ko": "\uac00-\ud7a3", "zh": "\u3400-\u9fff",
}  # fmt: skip
# Languages whose words are one language to the lexicon, and old or other names of one.
SAME = {"ms": "id", "in": "id", "nb": "da", "nn": "da", "no": "da", "fil": "tl"}

_WORD = re.compile(r"[a-z\u00df-\u024f\u1e00-\u1eff]+")
_BETWEEN = {code: " " for code in range(128) if not _WORD.fullmatch(chr(code))}
_SPOKEN_BY: dict[str, tuple[str, ...]] = {}
for _language, _words in COMMON.items():
    for _word in dict.fromkeys(_words.split()):
        _SPOKEN_BY[_word] = (*_SPOKEN_BY.get(_word, ()), _language)
_SPELT_BY = {letter: tuple(languages.split()) for letter, languages in LETTERS.items()}
_LETTER = re.compile(f"[{''.join(_SPELT_BY)}]")
_OTHER = re.compile(f"[{''.join(SCRIPTS.values())}]")
_SCRIPT = re.compile("|".join(f"(?P<{language}>[{letters}]+)" for language, letters in SCRIPTS.items()))


def known(tag: str) -> str:
    """A language tag as the lexicon has it: `pt-BR` is pt, Malay is one with Indonesian."""
    language = tag.replace("_", "-").partition("-")[0].strip().lower()
    return SAME.get(language, language)


def possible(
    text: str,
    words: Iterable[tuple[int, tuple[str, ...]]] = (),
    stated: str | None = None,
    of_platform: Iterable[str] = (),
) -> frozenset[str] | None:
    """The languages that `text`, in its native view (see `core/folding.py`), may be in; None: nothing is known.

    `words` are the points and languages of the lexicon's own words in it, `stated` is the language that the page says it
    is in, `of_platform` those of its platform's ads.
    """
    points: dict[str, int] = defaultdict(int)
    spelt = text.translate(_BETWEEN).split() if text.isascii() else _WORD.findall(text)  # the first is faster
    for word in _SPOKEN_BY.keys() & set(spelt):
        _count(points, ALONE, _SPOKEN_BY[word])
    if not text.isascii():
        for letter in set(_LETTER.findall(text)):
            _count(points, ALONE, _SPELT_BY[letter])
    for most, languages in words:
        _count(points, most, languages)
    said = {known(language): SHARED for language in of_platform} | ({known(stated): ALONE} if stated else {})
    for language in said.keys() & COMMON.keys():
        points[language] += said[language]
    best = max(points.values(), default=0)
    if best < ENOUGH:
        return None
    likely = {language for language, number in points.items() if number * 2 >= best} | (said.keys() - COMMON.keys())
    if not text.isascii() and _OTHER.search(text):
        likely |= {match.lastgroup for match in _SCRIPT.finditer(text) if match.lastgroup}
    return frozenset(likely)


def _count(points: dict[str, int], most: int, languages: tuple[str, ...]) -> None:
    each = most if len(languages) == 1 else SHARED
    for language in languages:
        points[language] += each
