"""The numbers of an ad: its price, how many there are, and what they weigh, in each language's writing. Pure.

Digits of any script count (`٨٠`, `๘๐`, `８０`), and Chinese numerals (`八十`, `两万`). Nothing is guessed: a number without a
unit or a currency beside it is no amount, except how many when it stands before a word of the lexicon ("3 skulls").
"""

import functools
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from server.core.folding import View

MOST = 1_000_000  # of one kind of goods in an ad; a larger number is a telephone's or a part's
YEARS = range(1500, 2101)  # before a word, such a number is a date: "1900 tiger skin"


class Amount(NamedTuple):
    """A number with its unit, and where it stands in code points. `unit`: ISO 4217 or the sign of several currencies (a
    price; empty where the ad names none), g (a weight), or empty (how many)."""

    value: float
    unit: str
    start: int
    end: int
    text: str


def _each(words_of: Mapping[Any, str]) -> dict[str, Any]:
    """What each word is worth."""
    return {word: worth for worth, words in words_of.items() for word in words.split()}


# A unit's weight in grams.
GRAMS = _each({
    1: "g gr gm gms gram grams gramm gramme grammes gramo gramos grama gramas grammo grammi grammen г гр грамм грамма граммов 克 公克 "
       "グラム 그램 กรัม ก. غ غم غرام جرام جم غرامات ग्राम",
    1000: "kg kgs kilo kilos kilogram kilograms kilogramm kilogramme kilogrammes kilogramo kilogramos quilo quilos chilo chili кг кило "
          "килограмм килограмма килограммов 公斤 千克 キロ 킬로 킬로그램 กก กก. กิโล กิโลกรัม كغ كغم كجم كيلو كيلوغرام كيلوجرام किलो किग्रा "
          "किलोग्राम ký kí cân",
    0.001: "mg 毫克",
    1e6: "t ton tons tonne tonnes tonnen toneladas tonnellate тонна тонны тонн 吨 噸 ตัน tấn طن",
    28.35: "oz ounce ounces",
    453.6: "lb lbs pound pounds libra libras livres",
    500: "斤 市斤 ชั่ง",
    100: "lạng",
    11.66: "tola tolas तोला",
    37.5: "tael taels",
})  # fmt: skip
# How many one is, of nouns that count: 3 pcs, 一对, 2 шт.
PIECES = _each({
    1: "pc pcs pce pces piece pieces ea each unit units head specimens animals birds items pièce pièces exemplaire exemplaires pieza "
       "piezas unidad unidades ejemplares peça peças unidade stück stk stk. stueck exemplare tiere pezzo pezzi esemplari stuk stuks "
       "exemplaren шт шт. штук штука штуки экз особей особи голов 只 隻 个 個 件 条 條 根 张 張 枚 颗 顆 块 匹 頭 头 羽 尾 点 點 支 串 株 盆 片 "
       "瓶 盒 枝 把 尊 本 体 마리 개 점 장 ตัว ชิ้น อัน ต้น ใบ con cái chiếc cây ekor buah biji lembar قطعة قطع حبة حبات رأس رؤوس नग पीस",
    2: "pair pairs couple couples paire paires pareja parejas par pares casal casais paar paare coppia coppie koppel koppels пара пары "
       "пар пару 对 對 双 雙 쌍 คู่ cặp đôi pasang زوج أزواج जोड़ी जोड़े",
    12: "dozen dozens docena douzaine dutzend дюжина 打 โหล",
})  # fmt: skip
_PAIRS = [word for word, number in PIECES.items() if number == 2]
NUMBERS = _each({
    1: "one un une uno una ein eine einen один одна um uma een satu một",
    2: "two deux dos zwei due twee два две двое dois duas dua hai both",
    3: "three trois tres drei tre drie три трое três tiga ba",
    4: "four quatre cuatro vier quattro четыре quatro empat bốn",
    5: "five cinq cinco fünf cinque vijf пять lima năm",
    6: "six seis sechs sei zes шесть enam sáu",
    7: "seven sept siete sieben sette zeven семь sete tujuh bảy",
    8: "eight huit ocho acht otto восемь oito delapan tám",
    9: "nine neuf nueve neun nove negen девять sembilan chín",
    10: "ten dix diez zehn dieci tien десять dez sepuluh mười",
    12: "twelve douze doce zwölf dodici twaalf двенадцать doze",
})  # fmt: skip
# Before a number they say how many there are, behind one that so many are to be had.
LABELS = (
    "qty|quantity|lot of|set of|pack of|box of|bundle of|group of|collection of|lots of|quantité|quantite|lot de|cantidad|"
    "lote de|juego de|quantidade|menge|anzahl|set aus|quantità|quantita|lotto di|aantal|set van|количество|кол-во|набор из|"
    "数量|数量は|共|一共|수량|จำนวน|số lượng|sl|jumlah|stok|العدد|عدد|الكمية|मात्रा|संख्या"
)
IN_STOCK = "available|in stock|left|disponibles|disponible|verfügbar|vorhanden|disponibili|beschikbaar|en stock"
CURRENCIES = _each({
    "USD": "us$ usd 美元 美金", "$": "$ dollar dollars bucks dólares доллар долларов ドル 달러 دولار डॉलर pesos",
    "AUD": "a$ aud", "CAD": "c$ cad", "HKD": "hk$ hkd", "TWD": "nt$", "SGD": "s$ sgd",
    "EUR": "€ eur euro euros евро 欧元 ユーロ 유로 يورو", "GBP": "£ gbp quid 英镑", "¥": "¥ ￥", "CNY": "rmb cny 元 块钱 人民币 yuan",
    "JPY": "jpy 円 yen", "KRW": "₩ krw 원 만원", "RUB": "₽ rub руб руб. рублей рубля р.", "KZT": "тг", "UAH": "грн ₴",
    "INR": "₹ inr rs rs. rupees रुपये रु रु.", "THB": "฿ thb บาท บ. baht", "VND": "₫ vnd vnđ đ đồng",
    "IDR": "rp rp. idr rupiah", "MYR": "rm myr", "PHP": "₱ php", "BRL": "r$ brl reais", "MXN": "mxn",
    "ZAR": "zar rand", "KES": "ksh kes", "TZS": "tsh tzs", "CHF": "chf", "PLN": "zł pln", "kr": "kr", "SEK": "sek",
    "TRY": "₺", "CZK": "kč", "RON": "lei", "AED": "aed درهم", "SAR": "sar", "ريال": "ريال", "EGP": "egp جنيه",
    "دينار": "دينار", "KWD": "kwd د.ك", "NGN": "ngn ₦ naira",
})  # fmt: skip
THOUSANDS = _each({
    1000.0: "k tsd mil тыс тыс. т.р. rb ribu nghìn ngàn 千 천 ألف الف हज़ार हजार พัน", 10000.0: "万 萬 만 หมื่น",
    100000.0: "แสน lakh लाख", 1000000.0: "juta jt triệu tr млн mio million m ล้าน مليون 百万", 100000000.0: "億 亿",
})  # fmt: skip
# Alone, such a number is a price in its country: "2 jt".
LOCAL = _each({"VND": "triệu tr nghìn ngàn", "IDR": "juta jt rb ribu"})
PRICE_LABELS = (
    "price|asking|asking price|starting bid|buy it now|prix|precio|preço|preis|vb|fp|festpreis|vhb|prezzo|prijs|vraagprijs|"
    "цена|стоимость|价格|售价|价|價錢|価格|値段|即決|가격|ราคา|giá|giá bán|harga|السعر|سعر|بسعر|कीमत|दाम|kimat|bei"
)

_DIGITS = r"\d{1,3}(?:[ \u00a0.,'’٬]\d{3})+(?!\d)(?:[.,٫]\d{1,2}(?!\d))?|\d{1,15}(?:[.,٫]\d{1,9})?(?![.,٫٬]?\d)"
_CHINESE = "〇零一二两兩三四五六七八九十百千万萬半"
_HAN = rf"(?<![{_CHINESE}])[{_CHINESE}]{{1,12}}(?![{_CHINESE}])"
# A unit in an alphabet ends with its word; Chinese, Japanese, Thai and Korean go on without a space.
_OPEN = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"


def _one_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first."""
    return "|".join(
        re.escape(word) + ("" if re.match(rf"[{_OPEN}]|\W", word[-1]) else rf"(?![^\W\d{_OPEN}])")
        for word in sorted(set(words), key=lambda each: (-len(each), each))
    )


# Compiled when first asked for: together they take about a second, and most commands read no ad.
_START = r"(?<![\w.,])"
_LOOSE = rf"(?<![\d.,])(?<![^\W\d{_OPEN}])"  # a number may follow Chinese or Thai at once


@functools.cache
def _price() -> re.Pattern[str]:
    currency, times = _one_of(CURRENCIES), _one_of(THOUSANDS)
    return re.compile(
        rf"{_LOOSE}(?P<n1>{_DIGITS}|{_HAN})\s?(?P<t1>{times})?\s?(?P<c1>{currency})"
        rf"|(?<!\w)(?P<c2>{currency})\s?(?P<n2>{_DIGITS})\s?(?P<t2>{times})?"
        rf"|(?<!\w)(?:{_one_of(PRICE_LABELS.split('|'))})(?:\s?[:：=-]|\s(?:is|est|es|ist|è|là)\b)?\s?"
        rf"(?P<n3>{_DIGITS}|{_HAN})\s?(?P<t3>{times})?\s?(?:(?P<c3>{currency})|(?![\w%]))"
        rf"|{_LOOSE}(?P<n4>{_DIGITS})\s?(?P<t4>{_one_of(LOCAL)})(?!\w)"
    )


@functools.cache
def _weight() -> re.Pattern[str]:
    return re.compile(rf"{_LOOSE}(?P<n>{_DIGITS}|{_HAN})\s?(?:-\s?)?(?P<unit>{_one_of(GRAMS)})(?P<half>半)?")


@functools.cache
def _quantity() -> re.Pattern[str]:
    words = _one_of(NUMBERS)
    return re.compile(
        rf"{_LOOSE}(?P<n1>\d{{1,6}}|{_HAN}|{words})\s?[- ]?(?P<unit>{_one_of(PIECES)})"
        rf"|(?<!\w)(?:{_one_of(LABELS.split('|'))})\s?[:：=.]?\s?\(?(?P<n2>\d{{1,6}}|{_HAN}|{words})(?![\w.,]*\d)"
        rf"|{_START}(?P<n3>\d{{1,4}})\s?[x×](?![\w×])|(?<!\w)[x×]\s?(?P<n4>\d{{1,4}})(?!\s?[x×]|\d)(?!\w)"
        rf"|{_START}(?P<n5>\d{{1,6}})\s(?:{_one_of(IN_STOCK.split('|'))})"
        rf"|(?<!\w)(?P<pair>(?:a|une|un|una|ein|een|proven|breeding|bonded|mated) (?:{_one_of(_PAIRS)}))"
    )


@functools.cache
def _before_a_word() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,$€£#])(?P<n>\d{{1,5}}|{_one_of(NUMBERS)}|[{_CHINESE}]{{1,3}})\s?$")


def price(view: View, text: str) -> Amount | None:
    """The first price in `view`, the native view of `text`."""
    for match in _price().finditer(view.text):
        groups = match.groupdict()
        at = next(n for n in "1234" if groups[f"n{n}"])
        times = groups[f"t{at}"]
        value = _value(groups[f"n{at}"]) * (THOUSANDS[times] if times else 1)
        if value > 0:
            unit = CURRENCIES[groups[f"c{at}"]] if at != "4" and groups[f"c{at}"] else LOCAL.get(times or "", "")
            return _amount(view, text, match, value, unit)
    return None


def weight(view: View, text: str) -> Amount | None:
    """The largest weight in `view`, in grams."""
    found = [
        _amount(view, text, match, round(grams, 3), "g")
        for match in _weight().finditer(view.text)
        if (grams := (_value(match["n"], weighed=True) + (0.5 if match["half"] else 0)) * GRAMS[match["unit"]]) > 0
    ]
    return max(found, key=lambda each: (each.value, -each.start), default=None)


def quantity(view: View, text: str, words: Iterable[int] = ()) -> Amount | None:
    """The largest number of pieces in `view`. `words`: where words of the lexicon start, in code points of the text."""
    found: list[Amount] = []
    for match in _quantity().finditer(view.text):
        groups = match.groupdict()
        number = next((groups[f"n{n}"] for n in "12345" if groups[f"n{n}"]), None)
        value = 2.0 if number is None else _value(number) * (PIECES[groups["unit"]] if groups["unit"] else 1)
        found.append(_amount(view, text, match, value, ""))
    for start in words:
        before = text[max(0, start - 24) : start].casefold()
        if number := _before_a_word().search(before):
            value, at = _value(number["n"]), start - len(before) + number.start()
            if value not in YEARS:
                found.append(Amount(value, "", at, start, text[at:start].rstrip()))
    possible = [each for each in found if 1 <= each.value <= MOST and each.value == int(each.value)]
    return max(possible, key=lambda each: (each.value, -each.start), default=None)


def _amount(view: View, text: str, match: re.Match[str], value: float, unit: str) -> Amount:
    start, end = view.span(match.start(), match.end())
    return Amount(value, unit, start, end, text[start:end])


def _value(written: str, weighed: bool = False) -> float:
    """What a number says. Three figures behind a point are thousands; of a weight, behind a lone point, a fraction
    (`1.250 kg`)."""
    if written in NUMBERS:
        return float(NUMBERS[written])
    if written[0] in _CHINESE:
        return _chinese(written)
    figures = re.sub("[ \u00a0'’٬]", "", written.replace("٫", "."))
    whole, point, part = figures.rpartition("." if figures.rfind(".") > figures.rfind(",") else ",")
    if not point:
        return float(figures)
    thousands = len(part) == 3 and not (weighed and point == "." and not re.search("[.,]", whole))
    whole = re.sub("[.,]", "", whole)
    return float(whole + part if thousands else f"{whole}.{part}")


def _chinese(written: str) -> float:
    total = section = digit = 0.0
    for sign in written:
        if sign == "半":
            digit += 0.5
        elif sign in "十百千":
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
        elif sign in "万萬":
            total += (section + digit or 1) * 10_000
            section = digit = 0
        elif sign in "〇零":
            digit = digit * 10
        else:
            digit = digit * 10 + "一二三四五六七八九".find(sign.translate(_TWO)) + 1
    return total + section + digit


_TWO = str.maketrans("两兩", "二二")
