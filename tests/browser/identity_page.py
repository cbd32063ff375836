"""An ad on which Ana Wildgoose is signed in, and shows in thirty-odd places: what no report may carry away.

Each part of her has a spelling of its own, so that a leak tells where it came from. Where she shows, the paper is magenta;
the ad is green: colours that nothing else has.
"""

import base64
import html
import json
import struct
import zlib
from typing import NamedTuple
from urllib.parse import quote

from tests.browser.sites import Site

NAME, NICK, MAIL, NUMBER = "Ana Wildgoose", "heron_4417", "letters@quillfeather.example", "884412907"
STREET, PHONE, SESSION = "12 Gaivotas Lane", "+351 912 555 019", "7f3acafe5e551099beef"
TOKEN = f"eyJhbGciOiJIUzI1NiJ9.{base64.urlsafe_b64encode(json.dumps({'sub': NUMBER}).encode()).decode().strip('=')}.c2lnbmF0dXJl"
FOLDED_MAIL = base64.b64encode(MAIL.encode()).decode()
# What tells of her, in any spelling: looked for without case, spaces and signs.
TRACES = (
    "wildgoose",
    "heron4417",
    "quillfeather",
    NUMBER,
    "gaivotas",
    "912555019",
    SESSION,
    "eyjhbgcioijiuzi1nij9",
    FOLDED_MAIL.rstrip("=").lower(),
)

PATH = "/itm/265370482"
QUERY = (
    f"hash=item3dc&uid={NUMBER}&session_id={SESSION}&access_token={TOKEN}&email={quote(MAIL)}&u={quote(NAME)}"
    f"&back={quote(f'/account?user_id={NUMBER}')}&ref={FOLDED_MAIL}&utm_source=mail"
)
FRAGMENT = f"#sid={SESSION}&user={NICK}"


class Place(NamedTuple):
    """Where she shows: `where` is head, header, top, ad, side or foot.

    `tells` is whether it is known from this place alone that it is she: a name under a question may be anybody's, until
    the page has said elsewhere who is looking.
    """

    name: str
    where: str
    markup: str
    tells: bool = True


def _json(value: object) -> str:
    return json.dumps(value).replace("</", "<\\/")


PLACES = (
    Place("account menu", "header", f'<div class="user-menu me" style="width:230px"><button aria-haspopup="true">{NAME}</button></div>'),
    Place("profile picture", "header", f'<a href="/u/{NICK}"><img class="avatar" src="/me/{NUMBER}.png" width="60" height="60" alt="{NAME}"></a>'),
    Place("label that only a reader hears", "header", f'<button class="icon me" aria-label="Account menu of {NAME}" style="width:60px;height:30px"></button>'),
    Place("greeting", "header", f'<span class="me">Hello, {NAME}!</span>'),
    Place("delivery address", "header", f'<span class="me">Deliver to Ana: {STREET}</span>'),
    Place("mail address in the head", "header", f'<small class="me">{MAIL}</small>'),
    Place("way out", "header", f'<ul class="dropdown"><li class="me">{NICK}</li><li class="me"><a href="/logout?csrf={SESSION}">Sign out</a></li></ul>'),
    Place("data attributes", "header", f'<div data-user-id="{NUMBER}" data-user-email="{MAIL}" data-session="{SESSION}">Mercado</div>'),
    Place("title", "head", f"<title>({NAME}) African grey parrot, hand tame</title>", tells=False),
    Place("meta", "head", f'<meta name="user-login" content="{NICK}"><meta name="csrf-token" content="{SESSION}"><meta property="viewer:id" content="{NUMBER}">'),
    Place("canonical address", "head", f'<link rel="canonical" href="{PATH}?viewer={NUMBER}&token={TOKEN}">'),
    Place("address in OpenGraph", "head", f'<meta property="og:url" content="{PATH}?uid={NUMBER}&sharer={NICK}"><meta property="og:image" content="/photo/a.png?viewer={NUMBER}&sig={TOKEN}">'),
    Place("script", "head", f"<script>window.currentUser = {{ id: {NUMBER}, name: '{NAME}', email: '{MAIL}', phone: '{PHONE}' }};</script>"),
    Place("state for scripts", "head", f'<script id="__NEXT_DATA__" type="application/json">{_json({"props": {"viewer": {"id": NUMBER, "username": NICK, "token": TOKEN}}})}</script>'),
    Place("structured data", "head", f"""<script type="application/ld+json">{_json({
        "@context": "https://schema.org", "@type": "Product", "name": "African grey parrot, hand tame", "url": f"https://mercado.example/itm/1?uid={NUMBER}",
        "image": [f"/photo/a.png?viewer={NUMBER}", f"/photo/b.png?access_token={TOKEN}"], "description": f"Hand tame chicks. Ask at https://mercado.example/ask?session={SESSION}&item=7.",
        "offers": {"@type": "Offer", "price": "1250.00", "priceCurrency": "EUR", "seller": {"@type": "Person", "name": "birdroom_lx", "url": f"https://mercado.example/seller/birdroom_lx?viewer={NUMBER}"}},
        "potentialAction": {"@type": "BuyAction", "agent": {"@type": "Person", "name": NAME, "email": MAIL, "address": STREET}},
    })}</script>"""),
    Place("order in structured data", "head", f"""<script type="application/ld+json">{_json({"@context": "https://schema.org", "@type": "Order", "customer": {"@type": "Person", "name": NAME, "email": MAIL, "telephone": PHONE}})}</script>"""),
    Place("microdata of the viewer", "side", f'<div itemscope itemtype="https://schema.org/Person" class="logged-in-user"><span class="me" itemprop="name">{NAME}</span> <meta itemprop="email" content="{MAIL}"></div>'),
    Place("comment", "ad", f"<!-- rendered for {NAME} ({NUMBER}), {SESSION} -->"),
    Place("hidden field", "ad", f'<form><input type="hidden" name="buyer" value="{NAME}"><input type="hidden" name="csrf" value="{SESSION}"></form>'),
    Place("filled in form", "ad", f'<form><label>Your e-mail <input class="me" name="email" value="{MAIL}"></label><label>Phone <input class="me" type="tel" value="{PHONE}"></label></form>'),
    Place("message being written", "ad", f'<textarea class="me" rows="2" cols="60">Hello, is it still there? {NAME}, {STREET}</textarea>'),
    Place("editable text", "ad", f'<div class="me" contenteditable="true" style="width:400px">Call me: {PHONE}</div>'),
    Place("choice of address", "ad", f'<select class="me" name="ship_address"><option selected>{NAME}, {STREET}</option></select>'),
    Place("title of a picture", "ad", f'<img src="/photo/a.png?w=400&amp;user_id={NUMBER}" width="200" height="150" alt="African grey parrot, seen by {NAME}" title="{NAME}">', tells=False),
    Place("set of pictures", "ad", f'<img src="/photo/b.png" srcset="/photo/b.png?uid={NUMBER} 1x, /photo/b.png?viewer_token={TOKEN} 2x" width="200" height="150" alt="">'),
    Place("seller's address", "ad", f'<p class="seller">Sold by <a class="seller-name" href="/seller/birdroom_lx?ref=x&amp;viewer={NUMBER}&amp;_trk={FOLDED_MAIL}&amp;sessionid={SESSION}">birdroom_lx</a></p>'),
    Place("breadcrumbs", "top", f'<nav class="breadcrumbs"><a href="/">Home</a> / <a href="/birds?uid={NUMBER}">Birds</a> / <a class="me" href="/u/{NICK}">{NAME}</a></nav>'),
    Place("bought before", "ad", f'<p>Sold to <span class="me">{NAME}</span> before</p>', tells=False),
    Place("own question", "ad", f'<div class="questions"><p>Question by <b class="me">{NICK}</b>: Has it papers?</p></div>', tells=False),
    Place("text between marks", "ad", '<p>Watched by <span class="me">Ana <b>Wildgoose</b></span> and 3 others</p>', tells=False),
    Place("notice of cookies", "foot", f'<div role="dialog" aria-label="Cookies"><span class="me">Good evening, {NAME}.</span> We use cookies for {html.escape(MAIL)}.</div>', tells=False),
    Place("paint of a style sheet", "head", f'<style>.stamp::after {{ content: "Shown to {NAME}"; background: #f0f; }}</style>'),
    Place("painted text", "side", '<p class="stamp" style="width:240px"></p>'),
    Place("shadow tree", "side", f'<my-account><template shadowrootmode="open"><style>.me{{background:#f0f}}</style><span class="me">Welcome back, {NAME}</span></template></my-account>'),
    Place("frame of another page", "side", f'<iframe title="Account of {NAME}" srcdoc="&lt;body style=\'background:#f0f\'&gt;{NAME}" width="200" height="40"></iframe>'),
    Place("recently seen by", "side", f'<aside aria-label="For {NAME}"><a class="me" href="/watch?member={NICK}&amp;jwt={TOKEN}">Your list, {NAME}</a></aside>', tells=False),
)  # fmt: skip


def page(places: tuple[Place, ...] = PLACES) -> str:
    """The ad, with her in these places."""
    parts = {where: "\n".join(place.markup for place in places if place.where == where) for where in ("head", "header", "top", "ad", "side", "foot")}  # fmt: skip
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
{parts["head"] if "<title>" in parts["head"] else "<title>African grey parrot, hand tame</title>" + parts["head"]}
<style>body {{ font: 15px sans-serif; margin: 0; }} header {{ display: flex; gap: 12px; flex-wrap: wrap; padding: 6px; }} ul {{ list-style: none; margin: 0; padding: 0; }}
main {{ display: grid; grid-template-columns: 1fr 300px; }} .me {{ background: #f0f; color: #000; border: 0; }} .ad {{ background: #0c0; height: 120px; }}</style></head>
<body><header>{parts["header"]}</header>{parts["top"]}
<main><div><h1>African grey parrot, hand tame</h1><p class="price">€ 1,250</p><div class="ad"></div>
<p class="description">Hand tame chicks, 14 weeks. Papers can be arranged.</p>{parts["ad"]}</div><div>{parts["side"]}</div></main>
<footer>{parts["foot"]}</footer></body></html>"""


def png(colour: tuple[int, int, int], wide: int = 200, high: int = 150) -> bytes:
    """One plain colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + bytes(colour) * wide) * high)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">2I5B", wide, high, 8, 2, 0, 0, 0)) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")  # fmt: skip


class Mercado(Site):
    """Serves the ad, the green pictures of it and the magenta ones of her."""

    places = PLACES

    def body(self) -> bytes:
        if not self.path.startswith(("/photo/", "/me/")):
            return page(self.places).encode()
        self.kind = "image/png"
        return png((255, 0, 255) if self.path.startswith("/me/") else (0, 204, 0))
