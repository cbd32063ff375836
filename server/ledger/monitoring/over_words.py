"""How an ad's own page says that the ad is over: a badge, or a short sentence, never its description. Pure."""

import re

from server.ledger.monitoring.page_words import EN, GONE, LONGEST, any_of, words

# The ad is shown, but a sentence on its page says that it is over: a person looks. "Sold" has to end its sentence, but for a day or
# the price beside it: by whom, how many and what else was sold stands in the middle.
_PRICE = r"(?:\W*[€$£¥₽₹₩]\s?[\d.,]+|\W*\d[\d.,\s]*(?:[€$£¥₽₹₩元円원]|(?:eur|usd|gbp|chf|kr|zł|руб|tl)\b))?"
_DAY = rf"(?: (?:on|for|at|to|am|für|le|el|il|em|op|за)\b.*|{_PRICE})?\W*$"
_END = rf"{_PRICE}\W*$"
OVER = any_of((
    rf"\b(?:has|have|was|is|been|already) (?:sold|ended|expired|withdrawn)(?: out)?{_DAY}", rf"\b(?:{EN}|bidding)\W*(?:(?:is|has|was)\b.{{0,12}})?\b(?:ended|closed|inactive|over){_DAY}", rf"\b(?:{EN}) sold{_DAY}", rf"(?:^\W*|[:,;–-]\s?)(?:sold|ended|expired|closed){_DAY}",
    rf"\b(?:sold ?out|out of stock){_END}", r"^\W*no longer (?:available|active|for sale)\b(?! in\b)",
    rf"\b(?:verkauft|ausverkauft|beendet){_DAY}|\bnicht mehr verfügbar\b", rf"\b(?:vendue?|épuisée?|expirée?){_DAY}|\bplus disponible\b",
    rf"\b(?:vendid[oa]|agotad[oa]|esgotad[oa]|vendut[oa]|esaurit[oa]){_DAY}|\bya no está disponible\b",
    r"\bnão está mais (?:disponível|à venda|ativ)|\bnon è più (?:disponibile|in vendita|attiv)",
    rf"\b(?:verkocht|uitverkocht|sprzedan\w*|wyprzedan\w*|satıldı|tükendi|продан\w*|terjual|đã bán|solgt|såld|myyty|prodáno|predané|elkelt|eladva|vândut|πουλήθηκε|נמכר|בוצעה עסקה|बिक गया){_DAY}",
    r"снят\w* с (?:публикации|продажи)|فروخته شد|нет в наличии|تم البيع|غير متوفر|已下架|已成交|已拍出|交易(?:完成|成功|关闭|已关闭)|成約済|販売終了|(?:판매|거래) ?완료",
    (r"\b(?:asta|inserzione|annuncio|subasta|anuncio|venta|leilão|anúncio|vente|enchère|annonce|auktion|anzeige|inserat|artikel|angebot|veiling|advertentie)\b\W*"
    r"(?:(?:est|è|ha|foi|está|ist|wurde|is) )?(?:termin|finaliz|encerr|conclu|afgelopen|beendet|abgelaufen|geschlossen|gesloten|verlopen)\w*\W*$"),
    r"^\W*(?:finalizad|terminad|encerrad|terminat|conclus|concluíd)[oa]\W*$|^\W*(?:terminée?|afgelopen|gesloten|abgelaufen|zakończon[aey]|завершен[ао]?|завершён|bitti|selesai|已结束|已結束|終了|종료|انتهى|đã kết thúc)\W*$",
    rf"(?:已售[出完罄]?|售罄|売り切れ(?:ました|です|中)?|売切れ?|품절|ขายแล้ว){_END}",
))  # fmt: skip
# Sentences that hold such words and say something else: how many were sold, what sells best, what may come.
_NOT_OVER = any_of((
    r"^\W*(?:over |more than |über |plus de |más de |mais de |più di |已)?\d[\d.,]*(?!\d* of)",
    r"\b(?:almost|nearly|soon|best|most|bald|fast|presque|casi|quase|quasi|bijna|más|mais|più|le plus|скоро|почти)\b",
    r"\b(?:other|another|andere[nrs]?|autres?|otr[oa]s?|outr[oa]s?|altr[aeio])\b",
    (r"\b(?:previous|earlier|old|last|first|former|vorherige\w*|frühere\w*|alte[nrs]?|letzte\w*|ancien(?:ne)?s?|premi[eè]re?s?|primer[oa]?|erste[nrs]?|précédente?s?|anterior|vieja|antigua|"
    r"precedente|vecchi[oa]|vorige|oude|eerdere|förra|forrige|poprzedni\w*|star[aeyá]|předchozí|önceki|eski|sebelumnya)\b|стар(?:ое|ый|ая)|прежн|прошл|предыдущ|以前|之前|前の|이전|trước|السابق"),
    r"^\W*(?:if|when|once|until|unless|wenn|falls|sobald|bis|si|cuando|hasta|quand|lorsque|se|quando|если|когда)\b",
))  # fmt: skip
_SENTENCES = re.compile(r"(?<=[.!?。！？])\s*|\s*[|•·]\s*")
_NOTICE = 12  # words of a sentence that speaks for the page, unless the ad stands at its beginning
_PROSE = 25  # words: of a longer line the first sentence alone may be a notice
_BEGINNING = 20  # characters


def says_over(line: str) -> bool:
    """Whether a line of the ad's own page says that the ad is over. What its description tells is longer, or of other things."""
    sentences = [each for each in _SENTENCES.split(line[:LONGEST]) if each.strip()]
    return any(_is_notice(each) for each in sentences[: 1 if words(line) > _PROSE else None])


def _is_notice(sentence: str) -> bool:
    short = words(sentence) <= _NOTICE
    over, gone = OVER.search(sentence) if short else None, GONE.search(sentence)
    said = [found for found in (over, gone if gone and (short or gone.start() <= _BEGINNING) else None) if found]
    return any(not _NOT_OVER.search(sentence[: found.end()]) for found in said)
