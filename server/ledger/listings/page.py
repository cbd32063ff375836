"""Whether an address is a single ad, or a page that holds many: a front page, a search, a list. Pure.

A platform's own listing number settles it. Elsewhere the address must say plainly that it is no single ad; in doubt it
is taken for one, since nothing is refused for it: the spotter is asked, and the coordinator told.
"""

import re
from urllib.parse import parse_qsl

from server.core.redirects import destination
from server.core.urls import Address, number
from server.ledger.listings.key import Numbering

# How shops, marketplaces and search engines name a search, and a list, in their paths.
_SEARCH = frozenset((
    "search", "s", "sch", "q", "find", "results", "result", "searchresults", "suche", "suchen", "recherche", "buscar",
    "busca", "pesquisa", "busqueda", "cerca", "ricerca", "zoek", "zoeken", "sok", "szukaj", "hledat", "arama", "cari",
    "tim-kiem", "poisk", "list_search", "listing_search", "search_result", "search-results", "search_results",
))  # fmt: skip
_LIST = frozenset((
    "c", "cat", "category", "categories", "categorie", "categoria", "categorias", "kategorie", "kategori",
    "kategoria", "rubrik", "rubrique", "b", "browse", "collection", "collections", "catalog", "catalogue", "catalogo",
    "katalog", "tag", "tags", "hashtag", "topic", "topics", "explore", "discover",
))  # fmt: skip
_ENTRANCE = frozenset(("shop", "store", "stores", "marketplace", "market", "home", "index", "deals", "offers"))
# Somebody's page, one's own account, and what a site says of itself: no ad, whatever number stands behind.
_ABOUT = frozenset((
    "u", "user", "users", "usr", "member", "members", "profile", "profiles", "profil", "perfil", "usuario", "uzytkownik",
    "polzovatel", "seller", "sellers", "vendeur", "vendedor", "verkaeufer", "str", "closet", "booth", "booths", "dealer",
    "dealers", "mye", "your", "account", "accounts", "konto", "compte", "cuenta", "cart", "basket",
    "checkout", "login", "signin", "signup", "register", "help", "hilfe", "aide", "ayuda", "ajuda", "pomoc", "support",
    "faq", "about", "about-us", "contact", "contact-us", "kontakt", "impressum", "terms", "privacy", "legal", "blog",
    "blogs", "messages", "inbox", "wishlist", "watchlist", "favorites", "favourites", "favoris", "favoriten", "merkzettel",
    "settings", "notifications", "orders", "fdbk", "myb", "hz",
))  # fmt: skip
# What holds many posts, on a platform whose numbers are known.
_HOLDER = frozenset(("groups", "group", "club", "clubs", "channel", "channels", "showroom", "q"))
_ITEM = frozenset((
    "product", "products", "item", "items", "itm", "listing", "listings", "p", "dp", "ad", "ads", "advert", "adverts",
    "classifieds", "offer",
))  # fmt: skip
# The same, with the number in one word: /id12345678. Of a platform whose numbers are known.
_NUMBERED = re.compile(r"(?:id|club|public|event|group|user|profile|shop|store)\d+")
# What a search asks for, in the query.
_ASKED = frozenset((
    "q", "query", "search", "search_query", "search_text", "searchtext", "search-text", "searchterm", "keyword",
    "keywords", "kw", "k", "_nkw", "term", "text", "wd", "word", "words", "field-keywords", "st",
    "string", "search_key",
))  # fmt: skip
# Whose shop or page is asked for, in the query.
_SELLER = frozenset((
    "seller", "sellerid", "seller_id", "merchant", "merchantid", "shopid", "shop_id", "storeid", "store_id", "user", "userid", "user_id",
))  # fmt: skip
_CATEGORY = re.compile(r"\S-(?:cat|col)\.\d+$")  # the number of a category, behind its name
_INCIDENTAL = frozenset(("lang", "language", "locale", "country", "currency", "ref", "source"))
_FRONT = re.compile(r"/(?:(?:index|home|default)(?:\.\w{2,5})?/?)?|/[a-z]{2}(?:[-_][a-z]{2})?/?", re.IGNORECASE)
_NUMBER = re.compile(r"\d{5,}")  # a listing's own number, far more often than not
_LOCALE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?")
# What may name an ad where no number does: a short link's code, or the words of a title.
_CODE = re.compile(r"[a-z]*[A-Z0-9]")
_WORDS = 4  # in a title, at least, as it stands in an address


def is_single_ad(address: Address, platform: Numbering | None) -> bool:
    """Whether the address may be a single ad on this platform (None: no platform known)."""
    address = destination(address)
    patterns = platform.listing if platform else ()
    if number(address, patterns):
        return True
    asked = {name.lower() for name, value in parse_qsl(address.query) if value}
    searched = any(part in _ASKED for name in asked for part in re.split(r"[\[\]]", name))  # search[keywords], too
    if _FRONT.fullmatch(address.path):  # some sites name the ad in the query alone: /?id=7
        routed = address.fragment[:1] in ("!", "/") and bool(address.fragment[1:])
        return routed or (bool(asked - _INCIDENTAL - _SELLER) and not searched)
    parts = [re.sub(r"\.\w{2,5}$", "", part) for part in address.path.split("/") if part]
    lower = [part.lower() for part in parts]
    if patterns and (set(lower) & (_SEARCH | _LIST | _ENTRANCE | _HOLDER) or _NUMBERED.fullmatch(lower[-1])):
        return False
    if searched and lower[-1] in _ITEM and not any(name.endswith("id") for name in asked):  # a search among the items
        return False
    if _CATEGORY.search(address.path) or (asked & _SELLER and asked <= _SELLER | _INCIDENTAL and lower[-1].isalpha()):
        return False
    item = bool(set(lower) & _ITEM)
    if not item and _tells_of_itself(lower):
        return False
    if item or _NUMBER.search(address.path):
        return not (searched and set(lower[-2:]) & _SEARCH)
    if searched or lower[0] in _SEARCH or lower[-1] in _SEARCH | _LIST | _ENTRANCE or set(lower[-2:-1]) & _LIST:
        return False
    return not patterns or any(_may_name_an_ad(part) for part in parts)


def _tells_of_itself(parts: list[str]) -> bool:
    """Whether the path leads to somebody's page, one's own account, or what a site says of itself."""
    first = parts[1:2] if _LOCALE.fullmatch(parts[0]) else parts[:1]
    return bool({*first, parts[-1]} & _ABOUT) or parts[-1].startswith("@")


def _may_name_an_ad(part: str) -> bool:
    """Whether a part of the path may name an ad on a platform whose numbers are known, though none was found."""
    return len(re.split(r"[-_]", part)) >= _WORDS or (len(part) >= 6 and _CODE.match(part) is not None)
