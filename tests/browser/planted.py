"""Six page designs on which somebody is signed in, and sixty places where such pages show who it is.

Each place stands alone on its page, beside an ad that must stay whole, so that each tells by itself; a place that names
somebody without saying that it is the reader comes with `beside`, which says it. The person of each design has a name,
an account name, a number and a street of their own. Behind their words the paper is magenta, which nothing else is.
"""

import base64
import json
from typing import NamedTuple

from tests.browser.sites import Site


class Person(NamedTuple):
    name: str
    nick: str
    number: str
    mail: str
    street: str

    @property
    def traces(self) -> tuple[str, ...]:
        """What tells of them, without case, spaces and signs."""
        return tuple(
            "".join(sign for sign in text.lower() if sign.isalnum())
            for text in (self.name.split()[-1], self.nick, self.number, self.mail, self.street)
        )


class Place(NamedTuple):
    name: str
    where: str  # head, html (an attribute of it), top, side, ad, over, foot
    markup: str
    beside: str = ""


class Design(NamedTuple):
    name: str
    person: Person
    frame: str
    places: tuple[Place, ...]


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")


def as_attribute(value: object) -> str:
    return as_json(value).replace("&", "&amp;").replace("'", "&#39;")


def _paint(person: Person) -> str:
    """Paints their words, and changes nothing else of the page; in it they are spelt so that nobody can read them."""
    words = base64.b64encode(as_json(list(person)).encode()).decode()
    return f"""<script>{{const words=JSON.parse(new TextDecoder().decode(Uint8Array.from(atob('{words}'),s=>s.charCodeAt(0)))),ranges=[];
const walker=document.createTreeWalker(document.body,4);for(let n;(n=walker.nextNode());)for(const w of words){{const at=n.data.indexOf(w);
if(at>=0&&n.parentElement.localName!=='script'){{const r=new Range();r.setStart(n,at);r.setEnd(n,at+w.length);ranges.push(r)}}}}
CSS.highlights.set('they',new Highlight(...ranges))}}</script>"""


def _ld(value: object) -> str:
    return f'<script type="application/ld+json">{as_json(value)}</script>'


STYLE = "<style>body{font:16px sans-serif;margin:0}::highlight(they){background:#f0f}.pic{background:#0c0;height:200px;width:500px}img{display:block}</style>"
PRODUCT = {"@context": "https://schema.org", "@type": "Product", "name": "Carved walking stick, horn handle", "description": "Turned handle, brass collar. Bought at a country sale."}  # fmt: skip
OFFER = {
    "@type": "Offer",
    "price": "85.00",
    "priceCurrency": "GBP",
    "seller": {"@type": "Person", "name": "stickman_dorset"},
}
ROW = '<div class="pic"></div><p class="price">£85.00</p><p class="description">Turned handle, brass collar. Bought at a country sale.</p><p class="seller">Sold by <a class="seller-name" href="/shop/stickman_dorset">stickman_dorset</a></p>'

AUCTION = """<!DOCTYPE html><html lang="en" {html}><head><meta charset="utf-8"><title>Carved walking stick, horn handle</title>{style}{ld}{head}</head>
<body><div class="page-top"><a href="/">Hammer &amp; Gavel</a> <a href="/lots">Lots</a>{top}</div><div id="lot"><h1>Carved walking stick, horn handle</h1>{row}{ad}</div><div class="rail">{side}</div>{over}<div class="imprint">{foot}</div></body></html>"""
SHOP = """<!DOCTYPE html><html lang="en" {html}><head><meta charset="utf-8"><title>Carved walking stick, horn handle | Store</title>{style}{ld}{head}</head>
<body><header><nav><a href="/">Store</a> <a href="/new">New in</a></nav>{top}</header><main><section><h1>Carved walking stick, horn handle</h1>{row}{ad}</section><aside>{side}</aside></main>{over}<footer>{foot}</footer></body></html>"""
APP = """<!DOCTYPE html><html lang="en" {html}><head><meta charset="utf-8"><title>Carved walking stick, horn handle</title>{style}{ld}{head}</head>
<body><div id="root"><div class="css-1a2"><div class="css-9zz">Souk</div>{top}</div><div class="css-7k1"><div class="css-33"><h1>Carved walking stick, horn handle</h1>{row}{ad}</div><div class="css-8b">{side}</div></div>{over}</div>{foot}</body></html>"""
FORUM = """<!DOCTYPE html><html lang="de" {html}><head><meta charset="utf-8"><title>Carved walking stick, horn handle</title>{style}{ld}{head}</head>
<body><table width="100%"><tr><td><a href="/">Brett</a> {top}</td></tr><tr><td><h1>Carved walking stick, horn handle</h1>{row}{ad}</td><td>{side}</td></tr></table>{over}{foot}</body></html>"""
SOCIAL = """<!DOCTYPE html><html lang="fr" {html}><head><meta charset="utf-8"><title>Carved walking stick, horn handle</title>{style}{ld}{head}</head>
<body><div role="banner">Cercle {top}</div><div role="main"><div role="article"><h1>Carved walking stick, horn handle</h1>{row}{ad}</div></div><div role="complementary">{side}</div>{over}{foot}</body></html>"""
ASIA = """<!DOCTYPE html><html lang="zh-CN" {html}><head><meta charset="utf-8"><title>Carved walking stick, horn handle</title>{style}{ld}{head}</head>
<body><div class="site-nav">集市 {top}</div><div class="detail"><h1>Carved walking stick, horn handle</h1>{row}{ad}</div><div class="aside">{side}</div>{over}<div class="ft">{foot}</div></body></html>"""

MARA = Person("Mara Quillfeather", "mara_q77", "771204558", "mq@reedmail.example", "14 Osprey Terrace")
JONAS = Person("Jonas Birkenfeld", "birken_84", "620915337", "jonas@waldpost.example", "9 Kestrel Row")
LIV = Person("Liv Sandpiper", "livsand_3", "553108264", "liv@tidebox.example", "77 Dunlin Close")
UWE = Person("Uwe Rohrdommel", "rohr_dommel9", "418827095", "uwe@moorpost.example", "Lindengasse 12")
INES = Person("Inès Bergeronnette", "ines_berg5", "390226718", "ines@lacposte.example", "8 rue des Martinets")
WEN = Person("Wen Heron", "wenheron_88", "284615903", "wen@lotusmail.example", "25 Egret Road")

DESIGNS = (
    Design("auction", MARA, AUCTION, (
        Place("you in brackets", "ad", f'<p class="status">You (<span>{MARA.nick}</span>) are the highest bidder</p>'),
        Place("name, then outbid", "ad", f'<div class="status">{MARA.name}, you have been outbid</div>'),
        Place("own row of the bids", "side", f'<table class="bid-history"><tr class="bid"><td>b***r</td><td>£80</td></tr><tr class="bid own"><td>{MARA.name}</td><td>£85</td></tr></table>'),
        Place("you behind the name", "side", f'<ul class="bids"><li>otherbidder_2 £70</li><li><b>{MARA.nick}</b> (you) £85</li></ul>'),
        Place("bidding as", "ad", f'<small>Bidding as <i>{MARA.nick}</i></small>'),
        Place("paddle", "ad", f'<p>Your paddle number is <b>{MARA.number}</b></p>'),
        Place("attribute of the lot", "ad", f'<div data-current-bidder-name="{MARA.name}"><p>{MARA.name}</p></div>'),
        Place("attribute of the page", "html", f'data-user-name="{MARA.name}"', f'<p>Underbidder: <span>{MARA.name}</span></p>'),
        Place("leader's line", "ad", f'<p>Leading: <span>{MARA.name} (me)</span></p>'),
        Place("reminder", "over", f'<div class="toast">{MARA.name}, still interested?</div>'),
    )),
    Design("shop", JONAS, SHOP, (
        Place("shipping destination", "head", _ld({**PRODUCT, "offers": {**OFFER, "shippingDetails": {"@type": "OfferShippingDetails", "shippingDestination": {"@type": "DefinedRegion", "name": JONAS.name, "streetAddress": JONAS.street, "addressCountry": "GB"}}}})),
        Place("shipping destination on the page", "head", _ld({**PRODUCT, "offers": {**OFFER, "shippingDetails": {"shippingDestination": {"name": JONAS.name, "streetAddress": JONAS.street}}}}), f'<p>To <span>{JONAS.name}</span>, <span>{JONAS.street}</span></p>'),
        Place("own review in the data", "head", _ld({**PRODUCT, "offers": OFFER, "review": {"@type": "Review", "author": {"@type": "Person", "name": JONAS.name}, "reviewBody": "Fine stick"}})),
        Place("own review", "ad", f'<div class="reviews"><div class="review"><b class="author">{JONAS.name}</b> Fine stick. <a href="/reviews/7/edit">Edit</a> <a href="#">Delete</a></div></div>'),
        Place("your review", "ad", f'<section class="opinions"><h3>Your review</h3><p><span class="reviewer-name">{JONAS.name}</span> Fine stick.</p></section>'),
        Place("delivery line", "ad", f'<p>Deliver to {JONAS.name}, {JONAS.street}, Bristol BS1 4AA</p>'),
        Place("delivery in parts", "side", f'<div><span>Delivering to</span> <b>{JONAS.name}</b><br>{JONAS.street}<br>Bristol</div>'),
        Place("cart in addresses", "head", f'<meta property="og:image" content="/p/1.png?cart={JONAS.number}&amp;member_ref={JONAS.nick}&amp;w=400">'),
        Place("customer for scripts", "head", f"<script>window.dataLayer=[{{pageType:'product',customer:{{id:{JONAS.number},firstName:'Jonas',lastName:'Birkenfeld',email:'{JONAS.mail}'}}}}]</script>", f'<p>Reserved by <span>{JONAS.name}</span></p>'),
        Place("picked for", "side", f'<h2>Picked for <span>{JONAS.name}</span></h2><p>{JONAS.name}’s basket</p>'),
    )),
    Design("app", LIV, APP, (
        Place("state of the application", "foot", f'<script id="__STATE__" type="application/json">{as_json({"ui": {"lang": "en"}, "session": {"user": {"id": LIV.number, "displayName": LIV.name, "contact": {"email": LIV.mail}}}})}</script>', f'<p>Saved by <span>{LIV.name}</span></p>'),
        Place("state with lists between", "foot", f'<script>window.__INITIAL__ = {as_json({"entities": {"listing": {"user": {"name": "stickman_dorset", "id": 4411}}}, "auth": {"roles": ["a", {"b": 1}], "profile": {"nick": LIV.nick}}})};</script>', f'<p>Seen by <span>{LIV.nick}</span></p>'),
        Place("json in an attribute", "top", f"<div data-react-props='{as_attribute({'currentUser': {'username': LIV.nick, 'plan': {'name': 'free'}}})}'></div>", f'<em>{LIV.nick}</em>'),
        Place("identify", "foot", f"<script>analytics.identify('{LIV.number}', {{ name: '{LIV.name}', email: '{LIV.mail}' }});</script>", f'<p>{LIV.name}</p>'),
        Place("set of a user id", "foot", f"<script>_paq.push(['setUserId', '{LIV.nick}']); gtag('set', 'user_id', '{LIV.number}');</script>", f'<p>Ref. <span>{LIV.nick}</span> <span>{LIV.number}</span></p>'),
        Place("variable", "foot", f'<script>var USER_NAME = "{LIV.name}", userId = {LIV.number};</script>', f'<p>{LIV.name}</p>'),
        Place("json as text", "foot", f"<script>window.boot = JSON.parse({as_json(as_json({'viewer': {'name': LIV.name, 'id': LIV.number}}))});</script>", f'<p>{LIV.name}</p>'),
        Place("watermark in a style", "over", f"""<div style="position:fixed;inset:0;pointer-events:none;background-image:url(&quot;data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='200' height='90'%3E%3Crect width='120' height='40' fill='%23f0f'/%3E%3Ctext y='20'%3E{LIV.number}%3C/text%3E%3C/svg%3E&quot;)"></div>"""),
        Place("watermark in words", "over", f'<div class="watermark" style="position:fixed;inset:0;pointer-events:none"><span>{LIV.nick} · {LIV.number}</span></div>'),
        Place("watermark of another element", "over", f'<style>.veil::after{{content:"{LIV.name} {LIV.number}";position:fixed;left:0;top:300px;background:#f0f;width:900px;height:300px}}.veil{{position:fixed;inset:0;pointer-events:none}}</style><div class="veil"></div>', f'<script>var currentUserName = "{LIV.name}"</script>'),
    )),
    Design("forum", UWE, FORUM, (
        Place("kommentieren als", "ad", f'<textarea rows="2" cols="60" placeholder="Kommentieren als {UWE.nick}"></textarea>'),
        Place("als … antworten", "ad", f'<label>Als <b>{UWE.nick}</b> antworten</label>'),
        Place("du in brackets", "ad", f'<p>Du (<span>{UWE.name}</span>) bist Höchstbietender</p>'),
        Place("interested", "over", f'<div class="hinweis">{UWE.name}, noch interessiert?</div>'),
        Place("delivery", "side", f'<p>Lieferung an {UWE.name}, {UWE.street}, 10115 Berlin</p>'),
        Place("own comment", "ad", f'<ul class="kommentare"><li>gast: schön</li><li class="kommentar"><a class="name" href="/mitglied/{UWE.nick}">{UWE.nick}</a> Noch da? <a href="#">Bearbeiten</a></li></ul>'),
        Place("own question, marked", "ad", f'<div class="question is-mine"><span class="user-name">{UWE.name}</span> Noch da?</div>'),
        Place("meta", "head", f'<meta name="current-user" content="{UWE.nick}">', f'<p>Zuletzt: <span>{UWE.nick}</span></p>'),
        Place("hidden field", "ad", f'<form><input type="hidden" name="user_name" value="{UWE.nick}"></form>', f'<p>Merkt sich: <span>{UWE.nick}</span></p>'),
        Place("angemeldet als, below", "foot", f'<p>Angemeldet als: <span>{UWE.name}</span></p>'),
    )),
    Design("social", INES, SOCIAL, (
        Place("comment as", "ad", f'<div contenteditable="true" style="width:300px" aria-label="Commenter en tant que {INES.name}">Écrire…</div><p>{INES.name}</p>'),
        Place("chat head", "over", f'<div class="chat-heads" style="position:fixed;right:0;bottom:0"><img style="background:#f0f" alt="{INES.name}" width="48" height="48" src="/me/x.png"><span>{INES.name}</span></div>'),
        Place("bubble", "over", f'<div class="chat-window" style="position:fixed;right:0;bottom:0;width:280px;height:300px"><div class="message-bubble theirs">Bonjour</div><div class="message-bubble mine">C’est {INES.name}, encore disponible ?</div></div>'),
        Place("tall chat", "over", f'<div class="messenger-panel" style="position:fixed;right:0;top:0;width:480px;height:100vh"><div class="thread"><p>{INES.name} · {INES.street}</p></div></div>'),
        Place("vous in brackets", "ad", f'<p>Vous (<b>{INES.nick}</b>) suivez cette annonce</p>'),
        Place("toujours intéressée", "over", f'<p>{INES.name}, toujours intéressée ?</p>'),
        Place("me behind the name", "ad", f'<ul class="comments"><li><span>{INES.name}</span> (moi)</li></ul>'),
        Place("comment of one's own", "ad", f'<div class="comment" data-is-own="true"><strong>{INES.name}</strong> joli</div>'),
        Place("first name in greeting, whole name below", "top", '<span>Bonjour Inès</span>', f'<p>{INES.name}</p>'),
        Place("connected as", "side", f'<p>Connectée en tant que <i>{INES.nick}</i></p>'),
    )),
    Design("asia", WEN, ASIA, (
        Place("as whom", "ad", f'<p>以 <span>{WEN.nick}</span> 的身份评论</p>'),
        Place("you in wide brackets", "ad", f'<p>您（<span>{WEN.nick}</span>）是最高出价者</p>'),
        Place("sent to", "ad", f'<p>配送至 {WEN.name}, {WEN.street}</p>'),
        Place("user for scripts", "head", f'<script>var g_config = {{ user: {{ nick: "{WEN.nick}", userId: "{WEN.number}" }}, item: {{ user: {{ nick: "stickman_dorset" }} }} }};</script>', f'<p>{WEN.nick}</p>'),
        Place("reply as", "ad", f'<input placeholder="Reply as {WEN.nick}" size="40">'),
        Place("として", "ad", f'<p>{WEN.nick}としてコメント</p>'),
        Place("sebagai", "ad", f'<p>Komentar sebagai <b>{WEN.nick}</b></p>'),
        Place("behind thanks", "over", f'<p>Thank you, {WEN.name}!</p><p>{WEN.name}, don’t miss this</p>'),
        Place("shown to", "foot", f'<p>Shown to {WEN.nick}</p>'),
        Place("name of a picture's address", "ad", f'<img src="/me/{WEN.nick}.png" style="background:#f0f" width="120" height="90" alt="">', f'<script>window.viewer = {{ nick: "{WEN.nick}" }}</script>'),
    )),
)  # fmt: skip

PATH = "/lot/883104"


def page(design: Design, place: Place) -> str:
    """The ad in this design, with the person in this one place."""
    parts = dict.fromkeys(("html", "head", "top", "ad", "side", "over", "foot"), "")
    parts["ad"] = place.beside
    parts[place.where] += place.markup
    ld = "" if "application/ld+json" in place.markup else _ld({**PRODUCT, "offers": OFFER})
    return design.frame.format(style=STYLE, row=ROW, ld=ld, **parts).replace(
        "</body>", _paint(design.person) + "</body>"
    )


class Planted(Site):
    """Serves one page at a time: `shown` is the design and the place."""

    shown: tuple[Design, Place] = (DESIGNS[0], DESIGNS[0].places[0])

    def body(self) -> bytes:
        return b"" if self.path.startswith(("/me/", "/p/")) else page(*self.shown).encode()
