"""More places that show who is signed in, in menus, trees of shadow, frames, addresses and languages; see `planted`."""

from tests.browser.planted import APP, ASIA, FORUM, SHOP, Design, Person, Place, as_attribute, as_json

ROSA = Person("Rosa Marlowharrow", "rosa_marl19", "905511273", "rosa@fernmail.example", "31 Bittern Lane")
TOMAS = Person("Tomás Garzablanca", "tgarza_77", "662209418", "tomas@brisapost.example", "Calle del Ibis 4")
AGA = Person("Agnieszka Czaplinska", "czapla_aga", "771930046", "aga@stawpost.example", "ul. Bocianowa 9")
KEN = Person("Kentaro Sagimori", "sagi_kentaro", "448120937", "ken@numamail.example", "2-7 Toki Street")

MENUS = (
    Design("shop-menus", ROSA, SHOP, (
        Place("breadcrumb", "top", f'<nav class="breadcrumb"><a href="/account">My account – {ROSA.name}</a> › <a href="/c">Canes</a></nav>'),
        Place("breadcrumb bare", "ad", f'<div class="crumbs">My account – {ROSA.name} / Purchases</div>'),
        Place("alt of avatar", "top", f'<img src="/me/a.png" alt="Signed in as {ROSA.name}" width="40" height="40"><b>{ROSA.name}</b>'),
        Place("aria-label of menu", "top", f'<button aria-label="Account menu for {ROSA.name}">☰</button><p>{ROSA.name}</p>'),
        Place("title attribute", "top", f'<a href="/account" title="{ROSA.name} – your account">●</a>', f'<p>Seen by <span>{ROSA.name}</span></p>'),
        Place("select of addresses", "ad", f'<label>Ship to <select><option>{ROSA.name}, {ROSA.street}</option><option>Add address</option></select></label>'),
        Place("input value email", "ad", f'<form><label>Your email <input type="email" name="email" value="{ROSA.mail}" size="40"></label></form>'),
        Place("cookie notice", "over", f'<div class="cookie-debug">uid={ROSA.number}; user={ROSA.nick}</div>'),
        Place("comment", "head", f'<!-- user: {ROSA.nick} ({ROSA.number}) {ROSA.mail} -->'),
        Place("custom element attribute", "top", f'<user-menu user-name="{ROSA.name}" user-id="{ROSA.number}"></user-menu>', f'<p>Saved by <span>{ROSA.name}</span></p>'),
        Place("form with a field called attributes", "top", f'<form><input name="attributes" type="hidden"></form><span>Hello, {ROSA.name}</span>'),
        Place("chat frame", "over", """<iframe title="Chat with us" class="chat-widget" srcdoc="<p style='background:#f0f'>Your parcel" style="position:fixed;right:0;bottom:0" width="280" height="200"></iframe>"""),
        Place("frame in a chat", "over", """<div id="support-chat" style="position:fixed;right:0;bottom:0;width:280px;height:200px"><iframe srcdoc="<p style='background:#f0f'>Your parcel" width="280" height="200"></iframe></div>"""),
        Place("frame of this site", "side", f"""<iframe id="bar" width="300" height="60"></iframe><script>document.getElementById('bar').contentDocument.body.innerHTML='<p style="background:#f0f">{ROSA.name}</p>'</script>""", f"<span>Hello, {ROSA.name}</span>"),
        Place("custom element text", "top", f'<account-badge><span slot="name">{ROSA.name}</span></account-badge>'),
    )),
    Design("app-menus", TOMAS, APP, (
        Place("shadow dom", "top", f"""<x-header></x-header><script>{{const r=document.querySelector('x-header').attachShadow({{mode:'open'}});r.innerHTML='<div class=user-menu>Hola, <b style="background:#f0f">{TOMAS.name}</b></div>'}}</script>"""),
        Place("closed shadow", "top", f"""<y-header></y-header><script>{{const r=document.querySelector('y-header').attachShadow({{mode:'closed'}});r.innerHTML='<div class=user-menu>Hola, <b style="background:#f0f">{TOMAS.name}</b></div>'}}</script>"""),
        Place("iframe srcdoc", "side", f"""<iframe srcdoc="<p style='background:#f0f'>{TOMAS.name}</p>" width="300" height="120"></iframe>""", f"<span>¡Hola, {TOMAS.name}!</span>"),
        Place("data attribute json", "html", f"data-session='{as_attribute({'account': {'login': TOMAS.nick, 'uid': TOMAS.number}})}'", f'<p><span>{TOMAS.nick}</span></p>'),
        Place("next data viewer", "foot", f'<script id="__NEXT_DATA__" type="application/json">{as_json({"props": {"pageProps": {"me": {"firstName": "Tomás", "lastName": "Garzablanca", "phone": TOMAS.number}}}})}</script>', f'<p>Guardado por <span>{TOMAS.name}</span></p>'),
        Place("apollo cache", "foot", f'<script>window.__APOLLO_STATE__={as_json({"ROOT_QUERY": {"viewer": {"__ref": "User:" + TOMAS.number}}, "User:" + TOMAS.number: {"__typename": "User", "id": TOMAS.number, "name": TOMAS.name}})}</script>', f'<p><span>{TOMAS.name}</span></p>'),
        Place("datalayer push", "foot", f"<script>window.dataLayer=window.dataLayer||[];dataLayer.push({{'event':'login','userName':'{TOMAS.name}','uid':'{TOMAS.number}'}})</script>", f'<p>De <span>{TOMAS.name}</span></p>'),
        Place("intercom settings", "foot", f"<script>window.intercomSettings={{app_id:'x1',name:'{TOMAS.name}',email:'{TOMAS.mail}'}}</script>", f'<p><span>{TOMAS.name}</span></p>'),
        Place("sentry set user", "foot", f"<script>window.Sentry&&Sentry.setUser({{username:'{TOMAS.nick}',email:'{TOMAS.mail}'}})</script>", f'<p><span>{TOMAS.nick}</span></p>'),
        Place("meta user-login", "head", f'<meta name="user-login" content="{TOMAS.nick}"><meta name="octolytics-actor-id" content="{TOMAS.number}">', f'<p><span>{TOMAS.nick}</span></p>'),
        Place("saludo", "top", f'<span>¡Hola, {TOMAS.name}!</span>'),
        Place("mi cuenta", "top", f'<a href="/mi-cuenta">{TOMAS.name}</a> <a href="/salir">Cerrar sesión</a>'),
    )),
    Design("forum-menus", AGA, FORUM, (
        Place("zalogowany jako", "top", f'<span>Zalogowany jako <b>{AGA.nick}</b></span>'),
        Place("witaj", "top", f'<span>Witaj, {AGA.name}!</span>'),
        Place("twoje konto", "top", f'<a href="/konto">Twoje konto: {AGA.name}</a>'),
        Place("piszesz jako", "ad", f'<p>Piszesz jako <i>{AGA.nick}</i></p>'),
        Place("dostawa do", "side", f'<p>Dostawa do: {AGA.name}, {AGA.street}, 00-001 Warszawa</p>'),
        Place("chat header", "over", f'<div class="chat-widget" style="position:fixed;right:0;bottom:0;width:280px;height:200px"><header>{AGA.name} (Ty)</header><p>Dzień dobry</p></div>'),
        Place("watermark canvas text", "over", f'<div style="position:fixed;inset:0;pointer-events:none;opacity:.3;z-index:99"><span style="transform:rotate(-30deg)">{AGA.mail}</span></div>'),
        Place("moja oferta cenowa", "ad", f'<p>Twoja oferta ({AGA.nick}): 80 zł</p>'),
        Place("favourite list", "side", f'<p>Na liście życzeń: {AGA.name}</p>', f'<span class="hello">Cześć, {AGA.name}</span>'),
        Place("hidden textarea", "ad", f'<textarea name="signature">Pozdrawiam, {AGA.name}</textarea>', f'<span>Witaj {AGA.name}</span>'),
    )),
    Design("asia-menus", KEN, ASIA, (
        Place("さん", "top", f'<span>{KEN.name} さん</span> <a href="/logout">ログアウト</a>'),
        Place("ようこそ", "top", f'<span>ようこそ、{KEN.name}さん</span>'),
        Place("マイページ", "top", f'<a href="/mypage">{KEN.nick}さんのマイページ</a>'),
        Place("您好", "top", f'<span>您好，{KEN.nick}</span>'),
        Place("お届け先", "ad", f'<p>お届け先：{KEN.name} 様 {KEN.street}</p>'),
        Place("님", "top", f'<span>{KEN.nick}님 환영합니다</span>'),
        Place("xin chào", "top", f'<span>Xin chào, {KEN.name}</span>'),
        Place("สวัสดี", "top", f'<span>สวัสดี คุณ{KEN.name}</span>'),
        Place("مرحبا", "top", f'<span>مرحبا {KEN.name}</span>'),
        Place("hoş geldin", "top", f'<span>Hoş geldin {KEN.name}</span>'),
        Place("سلام", "top", f'<span>{KEN.name} عزیز خوش آمدید</span>'),
        Place("coupon", "side", f'<p>Coupons for {KEN.name}</p>', f'<span>Hi {KEN.name}</span>'),
    )),
)  # fmt: skip
