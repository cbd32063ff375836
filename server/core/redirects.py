"""Addresses that only redirect, and say where to: the click counters, mobile caches and translators that people share from.

`l.facebook.com/l.php?u=https%3A%2F%2Fwww.ebay.com%2Fitm%2F1` is the listing that it names. Nothing is fetched: a short
link that hides where it leads (bit.ly, a.co, vm.tiktok.com, m.tb.cn) stays as it is. Pure. All from public knowledge.
"""

import base64
import binascii
import re
from urllib.parse import unquote

from server.core.urls import Address, read
from server.core.words import Refused

MOST_HOPS = 4  # a click counter of a click counter

# Hosts (a subdomain belongs to each), the beginning of the path, and the parameters that hold the address.
_BY_PARAMETER: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "facebook.com": (("/l.php", ("u",)), ("/flx/warn", ("u",)), ("/sharer", ("u",)), ("/plugins/post.php", ("href",))),
    "messenger.com": (("/l.php", ("u",)),),
    "l.instagram.com": (("/", ("u",)),),
    "l.threads.net": (("/", ("u",)),),
    "l.threads.com": (("/", ("u",)),),
    "l.wl.co": (("/l", ("u",)),),  # WhatsApp
    "twitter.com": (("/share", ("url",)), ("/intent/tweet", ("url",)), ("/intent/post", ("url",))),
    "x.com": (("/share", ("url",)), ("/intent/tweet", ("url",)), ("/intent/post", ("url",))),
    "t.me": (("/iv", ("url",)), ("/share/url", ("url",))),
    "vk.com": (("/away.php", ("to",)), ("/away", ("to",)), ("/share.php", ("url",))),
    "youtube.com": (("/redirect", ("q",)),),
    "out.reddit.com": (("/", ("url",)),),
    "linkedin.com": (("/redir/redirect", ("url",)), ("/safety/go", ("url",)), ("/sharing/share-offsite", ("url",))),
    "pinterest.com": (("/pin/create", ("url",)),),
    "duckduckgo.com": (("/l/", ("uddg",)),),
    "slack-redir.net": (("/link", ("url",)),),
    "safelinks.protection.outlook.com": (("/", ("url",)),),
    "translate.google.com": (("/translate", ("u",)), ("/website", ("u",))),
    # Counted by the platforms themselves, or by those who are paid for sales
    "rover.ebay.com": (("/rover/", ("mpre", "loc")),),
    "s.click.aliexpress.com": (("/deep_link.htm", ("dl_target_url",)),),
    "star.aliexpress.com": (("/share/", ("redirectUrl",)),),
    "hb.afl.rakuten.co.jp": (("/", ("pc", "m")),),
    "ta.tokopedia.com": (("/", ("r",)),),
    "awin1.com": (("/cread.php", ("ued", "p")), ("/awclick.php", ("ued", "p"))),
    "click.linksynergy.com": (("/", ("murl",)),),
    "go.skimresources.com": (("/", ("url",)),),
    "redirect.viglink.com": (("/", ("u",)),),
    "page.link": (("/", ("link",)),),
    "app.link": (("/", ("$desktop_url", "$canonical_url", "$fallback_url")),),
    "onelink.me": (("/", ("af_web_dp", "af_dp")),),
}  # fmt: skip
_GOOGLE = (("/url", ("q", "url")), ("/imgres", ("imgrefurl",)))
_SHOPEE = (("/an_redir", ("origin_link",)),)

_IN_PATH = re.compile(r"/(?:amp|c|v|i|a)/(?:(s)/)?([\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/.*)?)\Z")  # /amp/s/www.ebay.de/itm/1
_SEARCHED = re.compile(r"/RU=([^/]+)/")  # r.search.yahoo.com
_ASIN = re.compile(r"/[0-9A-Z]{10}/?\Z")


_ENDS = frozenset(".".join(host.split(".")[-2:]) for host in (
    *_BY_PARAMETER, "amzn.com", "ampproject.org", "bing-amp.com", "translate.goog", "yahoo.com", "bing.com",
))  # fmt: skip


def destination(address: Address) -> Address:
    """Where an address that only sends on leads to, as far as it says so itself; any other is its own destination."""
    host = address.host
    end = host[host.rfind(".", 0, host.rfind(".")) + 1 :]
    if end not in _ENDS and "google." not in host and "shopee." not in host:
        return address
    for _ in range(MOST_HOPS):
        if (inner := _inner(address)) is None:
            break
        try:
            address = read(inner)
        except Refused:
            break
    return address


def _inner(address: Address) -> str | None:
    """The address inside, in full, or None."""
    domain = address.registrable_domain or ""
    rules = _rules(address, domain)
    for start, names in rules:
        if address.path.startswith(start):
            values = dict(pair.partition("=")[::2] for pair in address.query.split("&"))
            for name in names:
                value = unquote(values.get(name, "") or values.get(name.replace("$", "%24"), ""))
                if re.match(r"https?://", value, re.IGNORECASE):
                    return value
    if domain == "amzn.com" and _ASIN.match(address.path):
        return f"https://www.amazon.com/dp{address.path}"
    if domain == "ampproject.org" or domain == "bing-amp.com" or (_is_google(domain) and address.path[:5] == "/amp/"):
        return _unwrapped_path(address)
    if address.host.endswith(".translate.goog"):
        return _translated(address)
    if address.host == "r.search.yahoo.com" and (found := _SEARCHED.search(address.path)):
        return unquote(found[1])
    if domain == "bing.com" and address.path == "/ck/a":
        return _encoded(address.query)
    return None


def _rules(address: Address, domain: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    host = address.host
    while host:
        if host in _BY_PARAMETER:
            return _BY_PARAMETER[host]
        host = host.partition(".")[2]
    if _is_google(domain):
        return _GOOGLE
    return _SHOPEE if domain.startswith("shopee.") else ()


def _is_google(domain: str) -> bool:
    """Whether it is Google's in some country: google.com, google.co.uk."""
    return re.fullmatch(r"google\.(?:com?\.)?[a-z]{2,3}", domain) is not None


def _unwrapped_path(address: Address) -> str | None:
    found = _IN_PATH.match(address.path)
    if not found:
        return None
    query = f"?{address.query}" if address.query else ""
    return f"{'https' if found[1] else 'http'}://{found[2]}{query}"


def _translated(address: Address) -> str:
    """www-ebay-de.translate.goog: a dot is written -, and - as --."""
    name = address.host.removesuffix(".translate.goog").replace("--", "\0").replace("-", ".").replace("\0", "-")
    query = "&".join(pair for pair in address.query.split("&") if pair and not pair.startswith("_x_tr_"))
    return f"https://{name}{address.path}" + (f"?{query}" if query else "")


def _encoded(query: str) -> str | None:
    """Bing writes u=a1 and the address in base64."""
    found = re.search(r"(?:^|&)u=a1([\w-]+)", query)
    try:
        return base64.urlsafe_b64decode(found[1] + "===").decode() if found else None
    except (binascii.Error, UnicodeDecodeError):
        return None
