"""How pages say that an ad is not there, or that they will not say: in the words that many sites use. Pure.

Looked for in headlines and short lines alone, cut at `LONGEST` characters. Of "not available" nothing is concluded in any
language: sites say it of what is sold out, of other countries and of their own trouble.
"""

import re
from collections.abc import Iterable

UNSPACED_SIGN = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
LONGEST = 240  # characters of a line that are looked at


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in patterns), re.IGNORECASE)


def _noun_then_state(noun: str, state: str, then: str = "") -> str:
    """`noun` is what an ad, or its page, is called; `state` says that it is not there any more. `then`: what follows the noun
    where it is the ad itself: an item's condition and a help page are none."""
    return rf"(?<!\w)(?:{noun}){then}[^.!?。！？]{{0,40}}?(?:{state})"


_WHOLE = r"\b"  # no part of a longer word
_NOT_OF = r"\b(?! d(?:e|i|u|o|a|es|el|ella|.)\b)"
_VERB = (  # or a clause
    r"\b(?=\W*(?:$|(?:you|that|which|we|it|has|had|have|is|are|was|were|isn|doesn|does|do|can|could|cannot|may|might|seems|appears|no|not|never|already|now|either|"
    r"expired|removed|deleted|ended|withdrawn|taken|flagged|by|from|with|for|on|at)\b))"
)
_UNSPACED = r"[^。！？]{0,20}?"
EN = r"ad|advert|advertisement|listing|item|product|post|posting|classified|offer|auction|lot|page"  # one: of several, none is this ad

# The ad, or its page, is not there. Each needs a noun: "not found" alone is said of searches and of words.
GONE = any_of((
    _noun_then_state(
        EN,
        r"no longer (?:available|exists?|active|online|listed|here)|(?:not|never) (?:be )?found|does(?: not|n.t) exist"
        r"|(?:has|have|was|were|is|been)\b[^.!?]{0,20} (?:expired|removed|deleted|ended|taken down|withdrawn|flagged for removal)\b"
        r"|(?:expired|deleted|removed)$",
        _VERB,
    ),
    rf"(?:can(?:no|.)?t|can not|could(?: not|n.t)|unable to) find (?:the|that|this|your) (?:{EN})\b",
    # Somebody has taken it away.
    (rf"\b(?:sellers?|owner|author|poster|advertiser|moderators?) (?:has |have |was |were )?(?:\w+ ){{0,2}}(?:removed|deleted|withdrawn|withdrew|ended|cancelled|took down|taken down) "
    rf"(?:this|that|the|their) (?:{EN})\b|\b(?:took|taken) (?:this|that|the|their) (?:{EN}) down\b"),
    r"\b(?:verkäufer|anbieter|inserent)(?:in)? hat (?:diese|dieses|diesen|die|das|den) (?:anzeige|inserat|artikel|angebot|auktion) (?:gelöscht|entfernt|beendet|zurückgezogen)",
    r"\b(?:vendeur|vendeuse|annonceur|auteur) a (?:supprimé|retiré|désactivé) (?:cette|cet|ce|l.|son) ?(?:annonce|article|objet|offre)",
    r"\b(?:vendedora?|anunciante|autora?) (?:ha )?(?:eliminado|eliminó|retirado|retiró|borrado|removeu|excluiu|retirou) (?:este|esta|el|la|o|a|su|seu) (?:anuncio|anúncio|producto|produto|artículo|publicación)",
    r"\b(?:venditore|venditrice|inserzionista) ha (?:rimosso|eliminato|ritirato|cancellato) (?:questo|questa|il|l.|la) ?(?:annuncio|articolo|oggetto|inserzione)",
    r"\bverkoper heeft (?:deze|dit|de|het) (?:advertentie|artikel|product) (?:verwijderd|beëindigd|gesloten)",
    r"(?:продавец|владелец|автор|продавець) (?:удалил|снял|завершил|закрыл|видалив|зняв) (?:это |этот |своё |свой |це )?(?:объявлени|товар|лот|оголошенн)",
    r"(?:卖家|賣家|发布者)已?(?:经)?(?:删除|刪除|下架|撤下)了?(?:该|此|这个|該)?(?:商品|宝贝|帖子|广告)|판매자가 .{0,10}(?:삭제|종료)",
    r"^(?:error )?404(?: error)?(?:\W+not found)?\W*$", r"\bhttp 404\b", r"^not found$", r"\b404\W+(?:page )?not found",
    _noun_then_state(  # Spanish
        r"anuncio|art[ií]culo|producto|publicaci[oó]n|p[aá]gina|oferta|subasta|aviso",
        r"ya no (?:est[aá]|se encuentra|existe)|no (?:existe|encontrad[oa]|se (?:encuentra|encontr[oó]|ha encontrado))"
        r"|(?:ha|fue|ha sido) (?:caducado|expirado|finalizado|terminado|eliminad[oa]|retirad[oa]|borrad[oa])"
        r"|(?:caducad|eliminad|finalizad)[oa]$",
        _NOT_OF,
    ),
    (r"no (?:encontramos|hemos encontrado|se encontr[oó]|pudimos encontrar) (?:la|el|este|esta|ese|esa) "
    r"(?:p[aá]gina|anuncio|producto|art[ií]culo|publicaci[oó]n)"),
    _noun_then_state(  # Portuguese
        r"an[uú]ncio|produto|artigo|p[aá]gina|publica[cç][aã]o|oferta|item|leil[aã]o",
        r"n[aã]o (?:est[aá] mais|existe|foi encontrad[oa]|encontrad[oa])|j[aá] n[aã]o (?:est[aá]|existe)|expirou"
        r"|foi (?:removid|exclu[ií]d|apagad|eliminad|encerrad|finalizad|desativad)[oa]|(?:expirad|removid|exclu[ií]d)[oa]$",
        _NOT_OF,
    ),
    r"n[aã]o encontramos (?:a|o|essa|esse|esta|este) (?:p[aá]gina|an[uú]ncio|produto)",
    _noun_then_state(  # French
        r"annonce|article|produit|page|offre|publication|objet|vente|ench[eè]re",
        r"n.(?:est|existe) plus|n.existe pas|plus (?:disponible|en ligne)|introuvable|n.a pas [eé]t[eé] trouv[eé]e?|non trouv[eé]e?"
        r"|(?:a|est|a [eé]t[eé]) (?:vendue? ou )?(?:expir[eé]e?|supprim[eé]e?|retir[eé]e?|termin[eé]e?|d[eé]sactiv[eé]e?)"
        r"|(?:expir[eé]e|supprim[eé]e|d[eé]sactiv[eé]e)$",
        _NOT_OF,
    ),
    _noun_then_state(  # German
        r"(?:klein)?anzeige|inserat|artikel|produkt|angebot|(?:web)?seite|auktion|beitrag",
        r"nicht (?:mehr |länger )?(?:vorhanden|gefunden|online|aktiv)|nicht (?:mehr|länger) verf[uü]gbar|existiert nicht|gibt es nicht"
        r"|(?:wurde|ist|hat)\b[^.!?]{0,30}? ?(?:gel[oö]scht|entfernt|beendet|abgelaufen|deaktiviert)|(?:gel[oö]scht|abgelaufen)$",
        _WHOLE,
    ),
    _noun_then_state(  # Italian
        r"annuncio|articolo|prodotto|inserzione|pagina|offerta|oggetto|asta",
        r"non (?:[eèé]|risulta) pi[uù]|non (?:esiste|trovat[oa]|[eèé] stat[oa] trovat[oa])"
        r"|[eèé] (?:scadut|stat)[oa](?: (?:rimoss|eliminat|cancellat|chius)[oa])?|(?:scadut|rimoss|eliminat|cancellat)[oa]$",
        _NOT_OF,
    ),
    _noun_then_state(  # Dutch
        r"advertentie|artikel|product|pagina|aanbieding|veiling|kavel",
        r"niet (?:meer |langer )?(?:gevonden|actief|online)|niet (?:meer|langer) beschikbaar|bestaat niet|kunnen vinden"
        r"|(?:is|werd|was)\b[^.!?]{0,20}?(?:verwijderd|verlopen|afgelopen|gesloten)|(?:verlopen|verwijderd)$",
        _WHOLE,
    ),
    _noun_then_state(  # Swedish, Danish, Norwegian
        r"annons|annonse|annonce|artikel|produkt|vare|side|sida|objekt|auktion|oppslag|opslag",
        r"finns inte|(?:inte|ikke) (?:längre|længere|lenger) (?:tillgänglig|tilgængelig|tilgjengelig|aktiv)|hittades inte|(?:kunde|kan) inte hittas|har tagits bort|(?:er|blev|ble|har blitt) (?:slettet|fjernet)"
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
        r"neexistuje|(?:již|už) (?:není|nie je)|nie je už|nenalezen|nen[aá]jden|nebyl[ao]? nalezen|bol[ao]? (?:zmazan|odstr[aá]nen)|smaz[aá]n|vymaz[aá]n|odstran[eě]n"
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
        r"αγγελία|προϊόν|σελίδα|προσφορά|δημοπρασία", r"δεν (?:βρέθηκε|υπάρχει)|έχει (?:λήξει|διαγραφεί)|διαγράφηκε|δεν είναι (?:πλέον|πια)|δεν είναι διαθέσιμ\w* πλέον",
    ),
    _noun_then_state(  # Russian, Ukrainian, Bulgarian
        r"объявлени|товар|страниц|лот|предложени|публикаци|оголошенн|сторінк|обява|страница",
        r"не найден|не существует|удал[её]н|больше не|снят|неактуальн|заверш[её]н|ист[её]к|не знайден|не існує|видален|більше не"
        r"|знят|вече не|не е намерен|изтрит|изтекл|не съществува",
    ),
    _noun_then_state(  # Turkish
        r"ilan|ürün|sayfa|gönderi|açık artırma",
        r"bulunamadı|bulunamıyor|kaldırıl|silin|artık (?:\w+ )?(?:değil|yok)|sona er|süresi dol|yayında değil",
    ),
    _noun_then_state(  # Arabic
        r"(?:ال)?[إا]علان|(?:ال)?منتج|(?:ال)?صفحة|(?:ال)?سلعة|(?:ال)?عرض|(?:ال)?منشور", r"غير موجود|لم يعد|تم حذف|حذف|انتهى|انتهت",
    ),
    r"(?:تم حذف|لم يتم العثور على|لا يوجد) (?:هذا |هذه )?(?:ال)?(?:[إا]علان|منتج|صفحة|سلعة|منشور)",
    _noun_then_state(  # Persian, Urdu
        r"آگهی|محصول|صفحه|کالا|اشتہار", r"حذف شد|دیگر (?:موجود|در دسترس) نیست|یافت نشد|پیدا نشد|وجود ندارد|منقضی|موجود نہیں|ہٹا دیا",
    ),
    _noun_then_state(  # Hebrew
        r"ה?מודעה|ה?מוצר|ה?דף|ה?עמוד|ה?פריט", r"לא נמצא|לא קיימ|לא קיים|הוסר|נמחק|הסתיי|כבר (?:לא|אינ[וה]) |(?:אינ[וה]|לא) זמינ?ה? (?:עוד|יותר)|(?:אינו|לא) זמין (?:עוד|יותר)|אינו קיים|אינה קיימת|פג תוקפ",
    ),
    _noun_then_state(r"विज्ञापन|उत्पाद|पेज|पृष्ठ|पोस्ट|आइटम", r"नहीं मिल|मौजूद नहीं|हटा दिया|हटाया|अब (?:उपलब्ध|मौजूद) नहीं|समाप्त"),
    _noun_then_state(  # Vietnamese
        r"tin đăng|tin|sản phẩm|trang|bài đăng|bài viết",
        r"không (?:còn )?tồn tại|không còn (?:khả dụng|hiệu lực|hiển thị|bán)|không (?:được )?tìm thấy|đã (?:bị )?(?:xóa|xoá|gỡ|hết hạn|kết thúc)",
    ),
    r"không tìm thấy (?:trang|sản phẩm|tin|bài)",
    _noun_then_state(  # Indonesian, Malay
        r"iklan|produk|barang|halaman|laman|postingan|lelang",
        r"tidak (?:ditemukan|ada|dijumpai|wujud)|(?:tidak lagi|sudah tidak) (?:ada|tersedia|aktif|berlaku)|tidak (?:ada|tersedia|aktif) lagi|(?:sudah|telah) (?:dihapus|berakhir|kedaluwarsa|dipadam|tamat)|dihapus$",
    ),
    r"(?:ประกาศ|สินค้า|หน้า|รายการ|โพสต์)[^.!?]{0,30}?(?:ไม่พบ|ถูกลบ|หมดอายุ|ไม่มีอยู่|ไม่มีแล้ว|อีกต่อไป|สิ้นสุด)",
    r"ไม่พบ(?:หน้า|สินค้า|ประกาศ|รายการ)",
    (rf"(?:商品|宝贝|寶貝|页面|頁面|网页|網頁|帖子|信息|广告|廣告|拍卖|拍賣|链接|連結|物品)(?=[，,\s]?(?:已|不|找|未|可能|被|或|由|因|经|失效|过期|過期|无|無|没|沒|下架)){_UNSPACED}"
    r"(?:不存在|已?下架|已?被?删除|已?被?刪除|已失效|已过期|已過期|已结束|已結束|不再(?:可用|有效|展示|销售|出售|提供)|找不到|未找到|已移除)"),
    rf"(?:找不到|未找到|没有找到|沒有找到){_UNSPACED}(?:商品|宝贝|寶貝|页面|頁面|网页|網頁|帖子|广告|廣告)",
    (rf"(?:商品|ページ|出品(?!者)|広告|投稿|オークション|アイテム)(?=[はがもを、\s]|削除|終了|存在){_UNSPACED}"
    r"(?:見つかりません|見つかりませんでした|削除され|存在しません|存在しない|終了しました|終了しています|ございません|取り下げ)"),
    rf"(?:상품|페이지|게시물|게시글|매물|광고|물품|경매)(?=(?:이|가|은|는|을|를|도|이나)\s| ?(?:삭제|종료|만료)){_UNSPACED}(?:찾을 수 없|존재하지 않|삭제되|삭제된|종료되|종료된|만료|더 ?이상)",
    r"(?:존재하지 않는|삭제된|찾을 수 없는|종료된|만료된) (?:상품|페이지|게시물|게시글|매물|광고)|(?:存在しない|削除された|終了した)(?:商品|ページ|出品|広告|投稿|オークション)(?:です|$)",
))  # fmt: skip

# Whoever is not signed in is shown nothing.
LOGIN = any_of((
    r"^(?:please |you (?:must|need to|have to) )?(?:log|sign) ?in\b", r"\b(?:log|sign) ?in (?:to|or sign ?up|or register)\b",
    r"\b(?:se connecter|connectez-vous|connexion|identifiez-vous)\b", r"\b(?:iniciar sesi[oó]n|inicia sesi[oó]n|acceder)\b",
    r"\b(?:iniciar sess[aã]o|fa[cç]a login|entrar na sua conta|entre na sua conta)\b",
    r"\b(?:anmelden|einloggen|melde dich an|bitte melden sie sich an)\b", r"\b(?:accedi|effettua il login|inloggen|meld je aan|log ind|logga in)\b",
    r"\b(?:zaloguj|přihl[aá]sit|přihlášení|autentificare|bejelentkezés|kirjaudu|giriş yap|oturum aç|đăng nhập|masuk ke|log masuk)",
    r"\bвойти\b|\bвойдите\b|\bавториз|\bувійти\b|\bвхід\b|\bвход\b|σύνδεση|تسجيل الدخول|سجل الدخول|ورود به|התחבר|लॉग ?इन|साइन इन",
    r"登录|登入|登陆|ログイン|サインイン|로그인|เข้าสู่ระบบ",
))  # fmt: skip

# The site takes us for a program (which we are), and asks or refuses.
CHALLENGE = any_of((
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
GEO = any_of((
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
PARKED = any_of((
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


def words(text: str) -> int:
    """How many words a text has; in scripts without spaces two signs count as a word."""
    return len(text.split()) + len(UNSPACED_SIGN.findall(text)) // 2
