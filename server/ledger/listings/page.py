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
    "tim-kiem", "poisk", "list_search", "listing_search",
))  # fmt: skip
_LIST = frozenset((
    "c", "cat", "category", "categories", "categorie", "categoria", "categorias", "kategorie", "kategori",
    "kategoria", "rubrik", "rubrique", "b", "browse", "collection", "collections", "catalog", "catalogue", "catalogo",
    "katalog", "tag", "tags", "hashtag", "topic", "topics", "explore", "discover",
))  # fmt: skip
_ENTRANCE = frozenset(("shop", "store", "stores", "marketplace", "market", "home", "index", "deals", "offers"))
_ITEM = frozenset(("product", "products", "item", "items", "itm", "listing", "listings", "p", "dp", "ad", "ads"))
# What a search asks for, in the query.
_ASKED = frozenset((
    "q", "query", "search", "search_query", "search_text", "searchtext", "search-text", "searchterm", "keyword",
    "keywords", "kw", "k", "_nkw", "term", "text", "wd", "word", "words", "field-keywords", "st",
))  # fmt: skip
_INCIDENTAL = frozenset(("lang", "language", "locale", "country", "currency", "ref", "source"))
_FRONT = re.compile(r"/(?:(?:index|home|default)(?:\.\w{2,5})?/?)?|/[a-z]{2}(?:[-_][a-z]{2})?/?", re.IGNORECASE)
_NUMBER = re.compile(r"\d{5,}")  # a listing's own number, far more often than not


def is_single_ad(address: Address, platform: Numbering | None) -> bool:
    """Whether the address may be a single ad on this platform (None: no platform known)."""
    address = destination(address)
    patterns = platform.listing if platform else ()
    if number(address, patterns):
        return True
    asked = {name.lower() for name, value in parse_qsl(address.query) if value}
    searched = bool(asked & _ASKED)
    if _FRONT.fullmatch(address.path):  # some sites name the ad in the query alone: /?id=7
        routed = address.fragment[:1] in ("!", "/") and bool(address.fragment[1:])
        return routed or (bool(asked - _INCIDENTAL) and not searched)
    parts = [re.sub(r"\.\w{2,5}$", "", part) for part in address.path.lower().split("/") if part]
    if patterns and set(parts) & (_SEARCH | _LIST | _ENTRANCE):
        return False
    if set(parts) & _ITEM or _NUMBER.search(address.path):
        return not (searched and set(parts[-2:]) & _SEARCH)
    if searched or parts[0] in _SEARCH or parts[-1] in _SEARCH | _LIST | _ENTRANCE:
        return False
    return not set(parts[-2:-1]) & _LIST
