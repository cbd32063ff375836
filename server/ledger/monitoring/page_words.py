"""How pages say that an ad is not there, or that they will not say: in the words that many sites use. Pure.

Looked for in headlines and short lines alone, cut at `LONGEST` characters. Of "not available" nothing is concluded in any
language: sites say it of what is sold out, of other countries and of their own trouble.
"""

import re
from collections.abc import Iterable

LONGEST = 240  # characters of a line that are looked at


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in patterns), re.IGNORECASE)


def _noun_then_state(noun: str, state: str) -> str:
    """`noun` is what an ad, or its page, is called; `state` says that it is not there any more."""
    return rf"(?<!\w)(?:{noun})[^.!?。！？]{{0,40}}?(?:{state})"


_UNSPACED = r"[^。！？]{0,20}?"
_EN = r"ads?|adverts?|advertisements?|listings?|items?|products?|posts?|postings?|offers?|auctions?|lots?|pages?"

# The ad, or its page, is not there. Each needs a noun: "not found" alone is said of searches and of words.
GONE = _any((
    _noun_then_state(
        rf"(?:{_EN})\b",
        r"no longer (?:available|exists?|active|online|listed|here)|(?:not|never) (?:be )?found|does(?: not|n.t) exist"
        r"|(?:has|have|was|were|is|been)\b[^.!?]{0,20} (?:expired|removed|deleted|ended|taken down|withdrawn)\b"
        r"|(?:expired|deleted)$",
    ),
    rf"(?:can(?:no|.)?t|can not|could(?: not|n.t)|unable to) find (?:the|that|this|your) (?:{_EN})\b",
    r"^(?:error )?404(?: error)?(?:\W+not found)?\W*$", r"\bhttp 404\b", r"^not found$", r"\b404\W+(?:page )?not found",
    _noun_then_state(  # Spanish
        r"anuncio|art[ií]culo|producto|publicaci[oó]n|p[aá]gina|oferta|subasta|aviso",
        r"ya no (?:est[aá]|se encuentra|existe)|no (?:existe|encontrad[oa]|se (?:encuentra|encontr[oó]|ha encontrado))"
        r"|(?:ha|fue|ha sido) (?:caducado|expirado|finalizado|terminado|eliminad[oa]|retirad[oa]|borrad[oa])"
        r"|(?:caducad|eliminad|finalizad)[oa]$",
    ),
    (r"no (?:encontramos|hemos encontrado|se encontr[oó]|pudimos encontrar) (?:la|el|este|esta|ese|esa) "
    r"(?:p[aá]gina|anuncio|producto|art[ií]culo|publicaci[oó]n)"),
    _noun_then_state(  # Portuguese
        r"an[uú]ncio|produto|artigo|p[aá]gina|publica[cç][aã]o|oferta|item|leil[aã]o",
        r"n[aã]o (?:est[aá] mais|existe|foi encontrad[oa]|encontrad[oa])|j[aá] n[aã]o (?:est[aá]|existe)|expirou"
        r"|foi (?:removid|exclu[ií]d|apagad|eliminad|encerrad|finalizad|desativad)[oa]|(?:expirad|removid|exclu[ií]d)[oa]$",
    ),
    r"n[aã]o encontramos (?:a|o|essa|esse|esta|este) (?:p[aá]gina|an[uú]ncio|produto)",
    _noun_then_state(  # French
        r"annonce|article|produit|page|offre|publication|objet|vente|ench[eè]re",
        r"n.(?:est|existe) plus|n.existe pas|plus (?:disponible|en ligne)|introuvable|n.a pas [eé]t[eé] trouv[eé]e?|non trouv[eé]e?"
        r"|(?:a|est|a [eé]t[eé]) (?:expir[eé]e?|supprim[eé]e?|retir[eé]e?|termin[eé]e?|d[eé]sactiv[eé]e?)"
        r"|(?:expir[eé]e|supprim[eé]e|d[eé]sactiv[eé]e)$",
    ),
    _noun_then_state(  # German
        r"(?:klein)?anzeige|inserat|artikel|produkt|angebot|(?:web)?seite|auktion|beitrag",
        r"nicht (?:mehr )?(?:vorhanden|gefunden|online|aktiv)|nicht mehr verf[uü]gbar|existiert nicht|gibt es nicht"
        r"|(?:wurde|ist|hat)\b[^.!?]{0,30}? ?(?:gel[oö]scht|entfernt|beendet|abgelaufen|deaktiviert)|(?:gel[oö]scht|abgelaufen)$",
    ),
    _noun_then_state(  # Italian
        r"annuncio|articolo|prodotto|inserzione|pagina|offerta|oggetto|asta",
        r"non (?:[eèé]|risulta) pi[uù]|non (?:esiste|trovat[oa]|[eèé] stat[oa] trovat[oa])"
        r"|[eèé] (?:scadut|stat)[oa](?: (?:rimoss|eliminat|cancellat|chius)[oa])?|(?:scadut|rimoss|eliminat|cancellat)[oa]$",
    ),
    _noun_then_state(  # Dutch
        r"advertentie|artikel|product|pagina|aanbieding|veiling|kavel",
        r"niet (?:meer )?(?:gevonden|actief|online)|niet meer beschikbaar|bestaat niet|kunnen vinden"
        r"|(?:is|werd|was)\b[^.!?]{0,20}?(?:verwijderd|verlopen|afgelopen|gesloten)|(?:verlopen|verwijderd)$",
    ),
    _noun_then_state(  # Swedish, Danish, Norwegian
        r"annons|annonse|annonce|artikel|produkt|vare|side|sida|objekt|auktion|oppslag|opslag",
        r"finns inte|hittades inte|(?:kunde|kan) inte hittas|har tagits bort|(?:er|blev|ble|har blitt) (?:slettet|fjernet)"
        r"|ikke funnet|finne?s ikke|findes ikke|blev ikke fundet|(?:har|er) (?:udløbet|utløpt|avsluttet|avslutad)|borttagen",
    ),
    _noun_then_state(  # Finnish
        r"ilmoitus|tuote|sivu|kohde|huutokauppa", r"ei löyd|ei löyt|on poistettu|on päättynyt|on vanhentunut|ei ole enää",
    ),
    _noun_then_state(  # Polish
        r"ogłoszeni|ofert|aukcj|przedmiot|produkt|stron",
        r"nie jest już|już nie|nie istnieje|nieaktualn|zakończ|wygas|usunięt|nie został\w* (?:znalezion|odnalezion)",
    ),
    r"nie znaleziono (?:stron|ofert|ogłoszeni|produkt)",
    _noun_then_state(  # Czech, Slovak
        r"inzer[aá]t|nab[ií]dka|str[aá]nka|produkt|zbo[zž][ií]|aukce|aukcia",
        r"neexistuje|nenalezen|nen[aá]jden|nebyl[ao]? nalezen|bol[ao]? (?:zmazan|odstr[aá]nen)|smaz[aá]n|vymaz[aá]n|odstran[eě]n"
        r"|vypr[sš]el|ukon[cč]en",
    ),
    _noun_then_state(  # Romanian
        r"anun[țţt]|produs|pagin|ofert|licita[țţt]i",
        r"nu (?:mai )?exist[aă]|nu mai este|nu a fost g[aă]sit|a expirat|a fost (?:[șşs]ters|eliminat|dezactivat)",
    ),
    _noun_then_state(  # Hungarian
        r"hirdetés|termék|oldal|ajánlat|aukció", r"nem található|nem létezik|törölt|törölve|lejárt|már nem|megszűnt",
    ),
    _noun_then_state(  # Greek
        r"αγγελία|προϊόν|σελίδα|προσφορά|δημοπρασία", r"δεν (?:βρέθηκε|υπάρχει)|έχει (?:λήξει|διαγραφεί)|διαγράφηκε|δεν είναι πλέον",
    ),
    _noun_then_state(  # Russian, Ukrainian, Bulgarian
        r"объявлени|товар|страниц|лот|предложени|публикаци|оголошенн|сторінк|обява|страница",
        r"не найден|не существует|удал[её]н|больше не|снят|неактуальн|заверш[её]н|ист[её]к|не знайден|не існує|видален|більше не"
        r"|знят|не е намерен|изтрит|изтекл|не съществува",
    ),
    _noun_then_state(  # Turkish
        r"ilan|ürün|sayfa|gönderi|açık artırma",
        r"bulunamadı|bulunamıyor|kaldırıl|silin|artık (?:mevcut|yayında) değil|sona er|süresi dol|yayında değil",
    ),
    _noun_then_state(  # Arabic
        r"(?:ال)?[إا]علان|(?:ال)?منتج|(?:ال)?صفحة|(?:ال)?سلعة|(?:ال)?عرض|(?:ال)?منشور", r"غير موجود|لم يعد|تم حذف|حذف|انتهى|انتهت",
    ),
    r"(?:تم حذف|لم يتم العثور على|لا يوجد) (?:هذا |هذه )?(?:ال)?(?:[إا]علان|منتج|صفحة|سلعة|منشور)",
    _noun_then_state(  # Persian, Urdu
        r"آگهی|محصول|صفحه|کالا|اشتہار", r"حذف شد|یافت نشد|پیدا نشد|وجود ندارد|منقضی|موجود نہیں|ہٹا دیا",
    ),
    _noun_then_state(  # Hebrew
        r"ה?מודעה|ה?מוצר|ה?דף|ה?עמוד|ה?פריט", r"לא נמצא|לא קיימ|לא קיים|הוסר|נמחק|הסתיי|אינו קיים|אינה קיימת|פג תוקפ",
    ),
    _noun_then_state(r"विज्ञापन|उत्पाद|पेज|पृष्ठ|पोस्ट|आइटम", r"नहीं मिल|मौजूद नहीं|हटा दिया|हटाया|समाप्त"),
    _noun_then_state(  # Vietnamese
        r"tin đăng|tin|sản phẩm|trang|bài đăng|bài viết",
        r"không (?:còn )?tồn tại|không (?:được )?tìm thấy|đã (?:bị )?(?:xóa|xoá|gỡ|hết hạn|kết thúc)",
    ),
    r"không tìm thấy (?:trang|sản phẩm|tin|bài)",
    _noun_then_state(  # Indonesian, Malay
        r"iklan|produk|barang|halaman|laman|postingan|lelang",
        r"tidak (?:ditemukan|ada|dijumpai|wujud)|tidak lagi ada|(?:sudah|telah) (?:dihapus|berakhir|kedaluwarsa|dipadam|tamat)|dihapus$",
    ),
    r"(?:ประกาศ|สินค้า|หน้า|รายการ|โพสต์)[^.!?]{0,30}?(?:ไม่พบ|ถูกลบ|หมดอายุ|ไม่มีอยู่|สิ้นสุด)",
    r"ไม่พบ(?:หน้า|สินค้า|ประกาศ|รายการ)",
    (rf"(?:商品|宝贝|寶貝|页面|頁面|网页|網頁|帖子|信息|广告|廣告|拍卖|拍賣|链接|連結|物品){_UNSPACED}"
    r"(?:不存在|已?下架|已?被?删除|已?被?刪除|已失效|已过期|已過期|已结束|已結束|找不到|未找到|已移除)"),
    rf"(?:找不到|未找到|没有找到|沒有找到){_UNSPACED}(?:商品|宝贝|寶貝|页面|頁面|网页|網頁|帖子|广告|廣告)",
    (rf"(?:商品|ページ|出品|広告|投稿|オークション|アイテム){_UNSPACED}"
    r"(?:見つかりません|見つかりませんでした|削除され|存在しません|存在しない|終了しました|終了しています|ございません|取り下げ)"),
    rf"(?:상품|페이지|게시물|게시글|매물|광고|물품|경매){_UNSPACED}(?:찾을 수 없|존재하지 않|삭제되|삭제된|종료되|종료된|만료)",
))  # fmt: skip

# Beside those: the page is in trouble, or speaks of something else than the ad. Nothing follows from it.
DOUBTFUL = _any((
    r"\bright now\b|\bat the moment\b|\bat this time\b|\bcurrently\b|\btemporar|\btry again\b|\bmaintenance\b|\bunavailable in\b",
    r"\b(?:cart|basket|bag|wish ?list|favou?rites?|saved|watch ?list|filters?|search(?:es)?|results?|messages?|reviews?|image)\b",
    r"\bmomentan|\bderzeit\b|\bzurzeit\b|\bvorübergehend|\bwarenkorb|\bmerkzettel|\bactuellement\b|\btemporairement\b|\bpanier\b",
    r"\bmomentáneamente|\btemporalmente\b|\ben este momento\b|\bcarrito\b|\bno momento\b|\btemporariamente\b|\bcarrinho\b",
    r"\bmomentaneamente\b|\btemporaneamente\b|\bcarrello\b|\btijdelijk\b|\bop dit moment\b|\bwinkel(?:wagen|mand)",
    r"временно|сейчас|в данный момент|корзин|тимчасово|zaraz|tymczasow|chwilowo|koszyk|şu anda|geçici|sepet",
    r"目前|暂时|暫時|稍后|稍後|购物车|購物車|現在|一時的|カート|현재|일시적|장바구니|حاليا|مؤقت|السلة|tạm thời|giỏ hàng|sementara|keranjang",
))  # fmt: skip

# The ad is shown, but something on its page says that it is over: a person looks.
OVER = _any((
    r"\b(?:has|was|is|been) (?:sold|ended|expired|closed|withdrawn)\b", r"\bsold out\b", r"^\W*(?:sold|ended|expired)\W*$",
    r"\bout of stock\b|\bno longer (?:available|active|for sale)\b",
    r"\b(?:verkauft|ausverkauft|nicht mehr verfügbar|beendet)\b", r"\b(?:vendue?|épuisée?|plus disponible|expirée)\b",
    r"\b(?:vendid[oa]|agotad[oa]|ya no está disponible|esgotad[oa]|não está mais|vendut[oa]|esaurit[oa]|non è più)\b",
    r"\b(?:verkocht|uitverkocht|sprzedan\w*|wyprzedan\w*|satıldı|tükendi)\b",
    r"продан|снят\w* с публикации|нет в наличии|تم البيع|غير متوفر|已售|售罄|下架|売り切れ|売切|販売終了|SOLD ?OUT|판매완료|품절|đã bán|terjual|ขายแล้ว",
))  # fmt: skip

# Whoever is not signed in is shown nothing.
LOGIN = _any((
    r"^(?:please |you (?:must|need to|have to) )?(?:log|sign) ?in\b", r"\b(?:log|sign) ?in (?:to|or sign ?up|or register)\b",
    r"\b(?:se connecter|connectez-vous|connexion|identifiez-vous)\b", r"\b(?:iniciar sesi[oó]n|inicia sesi[oó]n|acceder)\b",
    r"\b(?:iniciar sess[aã]o|fa[cç]a login|entrar na sua conta|entre na sua conta)\b",
    r"\b(?:anmelden|einloggen|melde dich an|bitte melden sie sich an)\b", r"\b(?:accedi|effettua il login|inloggen|meld je aan|log ind|logga in)\b",
    r"\b(?:zaloguj|přihl[aá]sit|přihlášení|autentificare|bejelentkezés|kirjaudu|giriş yap|oturum aç|đăng nhập|masuk ke|log masuk)",
    r"\bвойти\b|\bвойдите\b|\bавториз|\bувійти\b|\bвхід\b|\bвход\b|σύνδεση|تسجيل الدخول|سجل الدخول|ورود به|התחבר|लॉग ?इन|साइन इन",
    r"登录|登入|登陆|ログイン|サインイン|로그인|เข้าสู่ระบบ",
))  # fmt: skip

# The site takes us for a program (which we are), and asks or refuses.
CHALLENGE = _any((
    r"\bjust a moment\b|\battention required\b|\baccess (?:to this page has been )?denied\b|\brobot check\b|\bsecurity (?:check|verification)\b",
    r"\b(?:are you|you are|you're|that you.re) (?:a |an |not a )?(?:human|robot|bot)\b|\bnot a robot\b|\bverify (?:that )?you\b|\bunusual (?:traffic|activity)\b",
    r"\bpardon our interruption\b|\bcaptcha\b|\bhuman verification\b|\bchecking (?:your browser|if the site connection)\b",
    r"\b(?:enable|turn on|activate) (?:javascript|js|cookies)\b|\bhave been blocked\b|\brequest (?:was )?blocked\b|\btoo many requests\b",
    r"\brobot\w*\b.{0,40}\?|\bvous n.êtes pas un robot\b|\bno (?:eres|soy) un robot\b|\bnão (?:é|sou) um rob[oôó]\b|\bkein (?:ro)?bot\b",
    r"\b(?:zugriff|accès|acceso|acesso|accesso|toegang) (?:verweigert|refusé|denegado|negado|negato|geweigerd)\b",
    r"\b(?:vérification|verificación|verificação|verifica) de (?:sécurité|seguridad|segurança)\b|\bsicherheits(?:prüfung|überprüfung)",
    r"не робот|доступ (?:ограничен|запрещ[её]н|заблокирован)|подозрительн|robot olmadığınızı|لست روبوت|لست برنامج|تحقق من أنك",
    r"安全验证|安全驗證|验证码|驗證碼|滑块|滑動|人机验证|访问(?:受限|被拒绝|过于频繁)|存取被拒|ロボットではありません|アクセスが(?:拒否|集中|制限)|画像認証|로봇이 아닙니다|보안 ?(?:문자|확인)|접근이 (?:거부|제한|차단)",
))  # fmt: skip

# What such pages carry in their code, where there is next to nothing to read.
CHALLENGE_MARKS = (
    "cf-chl", "cf_chl", "challenge-platform", "captcha-delivery.com", "px-captcha", "_incapsula_resource", "g-recaptcha",
    "h-captcha", "hcaptcha.com", "geetest", "awswaf", "awswafcookie", "cp_challenge", "validatecaptcha", "funcaptcha", "arkoselabs",
    "turnstile", "nocaptcha", "punish?x5secdata", "smartcaptcha", "ddos-guard", "datadome", "kasada", "akamai bot",
)  # fmt: skip

# Not for readers where we are.
GEO = _any((
    r"\b(?:not|no longer|un)[ -]?(?:available|accessible)\b.{0,40}\b(?:in|from|to) (?:your|this|the) (?:country|region|location|area|territory)\b",
    r"\b(?:your|this) (?:country|region|location|territory)\b.{0,40}\b(?:not (?:supported|available|allowed)|restricted|blocked|unavailable)\b",
    r"\b(?:blocked|restricted|unavailable) in (?:your|this) (?:country|region|location)\b|\bvisitors? from (?:your|the) (?:country|e\.?u|european)\b",
    r"\b(?:due to|for) legal reasons\b|\bgeo-?(?:block|restrict)|\bdata protection (?:laws|regulation)\b.{0,60}\bunavailable\b",
    r"\bin (?:deinem|ihrem|diesem) land\b|\bin (?:deiner|ihrer|dieser) region\b|\bdans (?:votre|ce) pays\b|\bdans (?:votre|cette) région\b",
    r"\ben (?:tu|su|este) país\b|\ben (?:tu|su|esta) región\b|\bno seu país\b|\bna sua região\b|\bnel (?:tuo|suo) paese\b|\bin jouw (?:land|regio)\b",
    r"\bw (?:twoim|państwa) kraju\b|в (?:вашей|вашем|данной|вашому) (?:стране|регионе|країні)|\bülkenizde\b|\bbölgenizde\b|في (?:بلدك|منطقتك|دولتك)",
    r"(?:您|你)?所在的?(?:国家|國家|地区|地區)|お住まいの(?:国|地域)|お使いの地域|해당 (?:국가|지역)|거주 ?(?:국가|지역)|ở quốc gia của bạn|di (?:negara|wilayah) anda|ในประเทศของคุณ",
))  # fmt: skip

# The name itself is for sale, or has run out.
PARKED = _any((
    r"\bdomain\b.{0,40}\b(?:is|may be|are|could be)\b.{0,20}\b(?:for sale|parked|available for purchase)\b|\b(?:buy|purchase|acquire) this domain\b",
    r"\b(?:this|the) domain (?:name )?(?:has expired|is parked|has been (?:suspended|registered))\b|\bdomain (?:parking|for sale|expired)\b|\bparked (?:free|domain|page)\b",
    r"\brelated searches\b.{0,80}\bprivacy policy\b|\bhugedomains\b|\bsedo\b.{0,40}\bdomain|\bdan\.com\b|\bafternic\b|\bwebsite (?:is )?(?:coming soon|under construction)\b",
    r"\bdomain\b.{0,30}\b(?:steht zum verkauf|zu verkaufen|ist geparkt)\b|\bdomaine\b.{0,30}\b(?:est à vendre|a expiré|expiré|en vente)\b",
    r"\bdominio\b.{0,30}\b(?:está (?:en|a la) venta|en venta|ha (?:caducado|expirado)|è in vendita)\b|\bdomínio\b.{0,30}\b(?:à venda|está à venda|expirou)\b",
    r"\bdomein\b.{0,30}\b(?:te koop|geparkeerd)\b|\bdomen\w*\b.{0,30}\b(?:na sprzedaż|satılık)\b|домен\w*.{0,30}(?:прода[её]тся|припаркован|истек|выставлен)",
    r"域名.{0,20}(?:出售|转让|轉讓|过期|過期|到期)|ドメイン.{0,20}(?:販売|売り|取得されています|期限切れ)|도메인.{0,20}(?:판매|만료)|النطاق.{0,20}(?:للبيع|منتهي)",
))  # fmt: skip


def says(phrases: re.Pattern[str], line: str) -> bool:
    """Whether a line, in any case and width of letters, says one of these."""
    return phrases.search(line[:LONGEST]) is not None
