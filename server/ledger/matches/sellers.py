"""By what a seller is recognised: exact keys from an ad's seller fields and its text. Pure.

An account's address or name on its site, a handle in an app, a telephone number, a mail address, each written one way, so
that two ads that state the same have the same key whatever the spelling. Nothing is kept of a key but a keyed hash: there
is no list of sellers, no score of one, and nobody can be looked up.

What a site itself puts on its pages is no seller's: addresses at its own domains, of robots, and free-call numbers.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import NamedTuple

from server.core import folding, sharers, urls
from server.core.words import Refused, SellerKeyKind

MOST = 20  # keys of one ad: more is a list of contacts, not one seller
LONGEST = 21_000  # characters read of a text: a title and a description at their limits


class Key(NamedTuple):
    """Something a seller is known by, written one way."""

    kind: SellerKeyKind
    value: str


class Site(NamedTuple):
    """Where an ad stands: the platform's slug and its domains, or the ad's own host and none where nobody knows it."""

    name: str
    domains: Collection[str] = ()


def keys(site: Site, name: str | None, address: str | None, text: str) -> tuple[Key, ...]:
    """What the seller of an ad is known by, each once. The first are the account's on its site.

    name, address: of the seller, as the page states them; text: the ad's title and description.
    """
    plain = _plain(f"{name or ''}\n{text[:LONGEST]}")
    without_mails = _MAIL.sub(" ", plain)
    found = [
        *_account(site, name, address),
        *(Key(SellerKeyKind.MAIL, mail) for mail in _mails(plain, site)),
        *(Key(SellerKeyKind.PHONE, number) for number in _phones(without_mails)),
        *(Key(SellerKeyKind.PHONE, number[-NATIONAL:]) for number in _LINKED_PHONE.findall(without_mails)),
        *(Key(SellerKeyKind.HANDLE, handle) for handle in _handles(without_mails)),
    ]
    return tuple(dict.fromkeys(found))[:MOST]


def known_as(site: Site, name: str | None, address: str | None) -> str | None:
    """By what one seller is told from another on their site: the name, else the account. None: nothing is stated."""
    if name and name.strip():
        return f"{site.name} {_plain(name.strip())}"
    return next((key.value for key in _account(site, None, address)), None)


def _plain(text: str) -> str:
    """Compatibility forms and case folded, invisible characters dropped, the figures of every script as ASCII."""
    text = folding.native(text).replace("\u20e3", "")  # the frame of a keycap emoji
    return text if text.isascii() else text.translate(_FIGURES)


class _Figures(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = figure = str(unicodedata.decimal(chr(code), chr(code)))
        return figure


_FIGURES = _Figures()

# --- The account -----------------------------------------------------------------------------------------------------

_NAME_LIKE_AN_ACCOUNT = re.compile(r"@?(?=[^\s@]*[\d_.-])[\w.-]{5,64}")  # one word with a figure or a sign in it


def _account(site: Site, name: str | None, address: str | None) -> Iterator[Key]:
    """The account's address; and its name, where it can be a user name: `john` or `Maria S.` is many people's."""
    try:
        seller = urls.read(address) if address else None
    except Refused:
        seller = None
    if seller:
        query = urls.canonical(seller).partition("#")[0].partition("?")[2]
        path = urls.path_and_query(seller).partition("?")[0].rstrip("/")
        if path and not sharers.NAMES_A_PERSON.search(path):
            query = ""  # `/usr/name?tab=feedback`
        own = not site.domains or seller.registrable_domain in site.domains or seller.host in site.domains
        where = site.name if own else seller.registrable_domain or seller.host
        if path or query:
            yield Key(SellerKeyKind.ACCOUNT, f"{where} {path}?{query}" if query else f"{where} {path}")
    user = _plain((name or "").strip())
    if _NAME_LIKE_AN_ACCOUNT.fullmatch(user):
        yield Key(SellerKeyKind.ACCOUNT, f"{site.name} {user.lstrip('@')}")


# --- Mail addresses --------------------------------------------------------------------------------------------------

_AT = r"\s{0,2}[(\[{<]\s{0,2}(?:at|@|arroba)\s{0,2}[)\]}>]\s{0,2}|@"
_DOT = r"\s{0,2}[(\[{<]\s{0,2}(?:dot|punkt|point|ponto|punto|\.)\s{0,2}[)\]}>]\s{0,2}|\."
_MAIL = re.compile(
    rf"(?<![\w.+-])([a-z0-9][a-z0-9_.+-]{{0,63}})(?:{_AT})([a-z0-9-]{{1,63}}(?:(?:{_DOT})[a-z0-9-]{{1,63}}){{0,3}}(?:{_DOT})[a-z]{{2,24}})(?![\w@])"
)
_ROBOT = re.compile(r"(?:no|do[-_.]?not)[-_.]?reply|mailer-daemon|postmaster|abuse|notifications?")
_SAME_BOX = {"googlemail.com": "gmail.com"}


def _mails(text: str, site: Site) -> Iterator[str]:
    for user, domain in _MAIL.findall(text):
        domain = re.sub(_DOT, ".", domain)
        user = user.partition("+")[0]
        if _ROBOT.fullmatch(user) or any(domain == own or domain.endswith(f".{own}") for own in site.domains):
            continue
        domain = _SAME_BOX.get(domain, domain)
        if domain == "gmail.com":
            user = user.replace(".", "")
        yield f"{user}@{domain}"


# --- Telephone numbers -----------------------------------------------------------------------------------------------

_NUMBER = re.compile(
    r"(?<![a-z0-9_.,/=#$€£¥-])(?:(\+|00)[ -]?)?(\(?\d[\d ().\u2010-\u2015/-]{6,20}\d)(?![a-z0-9_%€$£¥])"
)
_PHONE_WORD = re.compile(
    r"(?:\b(?:tele?(?:phone|fon|fono|efone)?|t[eé]l[eé]fono?|phone|call|ring|text|sms|mob(?:ile)?|cell?|handy|whats ?app|wa|viber|signal|"
    r"zalo|line|imo|num[eé]ro|cel(?:ular)?|gsm|contact|kontakt|hp)\b|тел|звон|ватсап|вайбер|电话|電話|手机|手機|微信|전화|연락|โทร|هاتف|واتس|جوال|تلفن|"
    r"फोन|फ़ोन|liên hệ|sđt|[\u260e\u2706\U0001f4de\U0001f4f1\U0001f4f2])[^\n\d+]{0,15}$"
)
_CHINESE_MOBILE = re.compile(r"1[3-9]\d{9}")
_AMERICAN = re.compile(r"\(?[2-9]\d\d\)?[ .-][2-9]\d\d[ .-]\d{4}")
# Free calls, and what a company answers: the caller of none of them reaches a private seller.
_FREE = re.compile(r"(?:1|0|00|001)?8(?:00|33|44|55|66|77|88)\d{6,7}|0?800\d{5,8}|400\d{7}|95\d{3}|1?80[0-9]\d{4,6}")
# Countries whose national numbers have eight figures and no leading 0: with and without the code it is one number.
_EIGHT = re.compile(r"(?:4[57]|65|85[23]|216|37[12]|357|50[2-7]|974|965|968|973|229|976)(\d{8})")
NATIONAL = 9  # last figures that stay the same however the country and its leading 0 are written


def _phones(text: str) -> Iterator[str]:
    for match in _NUMBER.finditer(text):
        plus, written = match.groups()
        figures = re.sub(r"\D", "", written)
        if not (10 if plus == "00" else 8) <= len(figures) <= 15 or len(set(figures)) < 3:
            continue
        likely = (
            plus
            or _PHONE_WORD.search(text[max(0, match.start() - 40) : match.start()])
            or _CHINESE_MOBILE.fullmatch(figures)
            or _AMERICAN.fullmatch(written)
            or (figures[0] == "0" and 9 <= len(figures) <= 12 and figures[1] != "0")
        )
        if not likely or _FREE.fullmatch(re.sub(r"^\d{1,2}(?=800)", "", figures)):
            continue
        eight = _EIGHT.fullmatch(figures) if plus else None
        yield eight[1] if eight else figures.lstrip("0")[-NATIONAL:]


# --- Handles ---------------------------------------------------------------------------------------------------------

_HANDLE = r"[a-z0-9](?:[a-z0-9_.-]{3,30})[a-z0-9_]"
_LINK = re.compile(
    r"(?:^|[\s/(:.])(?:t|telegram)\.me/(?:s/)?"
    rf"({_HANDLE})|"
    rf"(?:instagram|vk|twitter|x|facebook|fb|pinterest|ok)\.(?:com|ru|me)/({_HANDLE})|"
    rf"(?:tiktok|youtube|threads)\.(?:com|net)/@({_HANDLE})|"
    rf"line\.me/(?:r/)?ti/p/(?:~|%7e|@)?({_HANDLE})"
)
_APP = (
    r"whats ?app|telegram|tg|instagram|insta|ig|wechat|weixin|微信|薇信|vx|wx|line(?: ?id)?|kik|viber|signal|snap(?:chat)?|qq|zalo|skype|"
    r"facebook|fb|vk|вк|телеграмм?|тг|инстаграм|واتساب|انستقرام|تيليجرام"
)
_AFTER_APP = re.compile(
    rf"(?:(?<![\w])|(?<=[\u3400-\u9fff]))(?:{_APP})(?: ?(?:id|号|號|me|is|account|user))?\s?[:：=@]\s?@?({_HANDLE})"
)
_AT_HANDLE = re.compile(rf"(?<![\w@./])@({_HANDLE})")
_LINKED_PHONE = re.compile(r"(?:wa\.me/|api\.whatsapp\.com/send\?phone=)\+?(\d{8,15})")
# What is a page of the app, not somebody's, and names that stand for everybody.
_NOBODY = frozenset(
    """
    groups marketplace share sharer profile profile.php watch events pages reels explore stories joinchat
    addstickers hashtag https login signup everyone channel mention instagram facebook telegram whatsapp twitter
    tiktok youtube gmail hotmail yahoo outlook ebay etsy amazon paypal video videos photo photos story items shops
    support admin seller
    """.split()  # noqa: SIM905
)


def _handles(text: str) -> Iterator[str]:
    """Handles, whatever the app: people keep theirs."""
    for pattern in (_LINK, _AFTER_APP, _AT_HANDLE):
        for match in pattern.finditer(text):
            handle = next(filter(None, match.groups()))
            if handle not in _NOBODY and len(set(handle)) > 2:
                yield handle
