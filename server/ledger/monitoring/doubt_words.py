"""What else a headline may say is gone: the reader's own ad, a campaign, a photo, a search. Of none of it follows that the ad is. Pure."""

import re

from server.ledger.monitoring.page_words import EN, GONE, LONGEST, any_of

# The reader's own ad or bid, and campaigns: shops call those offers, too.
_OWN = (
    r"\b(?:your|my) (?:\w+ )?(?:ads?|adverts?|listings?|items?|products?|posts?|offers?|bids?|auctions?)\b",
    r"\b(?:ihre?|deine?|eure?|meine?) (?:\w+ )?(?:anzeige|inserat|angebot|gebot|artikel|auktion|beitrag)",
    r"\b(?:votre|vos|ton|ta|tes|mon) (?:\w+ )?(?:annonce|offre|article|produit|publication|enchère|vente)",
    (
        r"\b(?:tus?|sus?|vuestr[oa]|mi|teu|tua|seu|sua|tuo|suo|vostr[oa]) (?:\w+ )?(?:anuncio|anúncio|artículo|artigo|producto|produto|publicaci|publicaç|oferta|puja|lance|"
        r"annuncio|oggetto|articolo|prodotto|inserzione|offerta|asta)"
    ),
    r"\b(?:je|jouw|uw|mijn) (?:\w+ )?(?:advertentie|artikel|product|bod|aanbieding|veiling)|\b(?:din|ditt|dit|min) (?:annons|annonse|annonce|vare)",
    r"\b(?:tw[oó]j\w*|państwa|mo[jí]\w*|v[aá][sš]\w*|tv[uů]j|tvoj\w*) (?:ogłoszeni|ofert|aukcj|produkt|inzer|nab[ií]dk)",
    r"(?:ваш|тво|мо)\w{0,2} (?:объявлени|товар|лот|предложени|публикаци|оголошенн|обява)|\b(?:ilanınız|ürününüz|gönderiniz|teklifiniz)",
    r"إعلانك|منتجك|عرضك|(?:您|你|我)的(?:商品|宝贝|寶貝|帖子|广告|廣告|信息|报价)|(?:あなた|お客様|自分)の(?:商品|出品|広告|投稿)|(?:내|회원님의) ?(?:상품|게시물|게시글|매물|광고)",
    r"\b(?:tin|sản phẩm|bài đăng) của bạn|\b(?:iklan|produk|barang|postingan) (?:anda|kamu|saya)\b|(?:ประกาศ|สินค้า|โพสต์)ของคุณ",
)
_CAMPAIGN = (
    r"\b(?:special|flash|limited|introductory|welcome|summer|winter) (?:offers?|sales?|price)\b|\b(?:promo\w*|discount|coupon|voucher|campaign)s?\b",
    r"\b(?:sonderangebot|gutschein|rabatt|aktion|aktionsangebot)\w*|\b(?:offres?|ventes?) (?:spéciales?|flash|promo\w*|privées?)|\bbons? de réduction",
    r"\b(?:ofertas?|offert[ae]) (?:especial|relámpago|relâmpago|speciale|lampo|flash|promo)\w*|\b(?:cup[oó]n|cupom|descuento|desconto|sconto|buono)\b",
    r"\b(?:korting|actie|kortingscode|rabat\w*|kupon\w*|kampan\w*|sleva|slevov|indirim)\b|\bакци[яи]\b|скидк|промокод|знижк",
    r"优惠|促销|活动|優惠|促銷|活動|クーポン|キャンペーン|セール|쿠폰|이벤트|할인|عرض خاص|خصم|khuyến mãi|ưu đãi|\bdiskon\b|โปรโมชั่น|คูปอง",
)

# Something of the ad: the reviews of it, its photos.
_OF_IT = (
    rf"\b(?:on|of|about|from|for|to|with) (?:this|that|the|an?) (?:{EN})\b",
    r"\b(?:zu|von|für|über|bei|mit) (?:\w+ )?(?:klein)?(?:anzeige|inserat|artikel|produkt|angebot|auktion|beitrag)|\b(?:der (?:klein)?anzeige|der auktion|des (?:inserats|artikels|produkts|angebots|beitrags))\b",
    r"\b(?:d.|de |du |des |à |pour |sur |avec )(?:la |le |l.|cette |cet |ce )?(?:annonce|article|produit|offre|publication|objet|vente)",
    (
        r"\b(?:de|del|do|da|di|della|dello|dell.|dal|dalla|en|em|para|per|sobre|su) ?(?:la |el |este |esta |questo |questa |l.)?(?:anuncio|anúncio|artículo|artigo|producto|produto|"
        r"publicaci|publicaç|annuncio|articolo|prodotto|inserzione|oggetto)"
    ),
    r"\b(?:van|voor|bij|op|over) (?:de |het |deze |dit )?(?:advertentie|artikel|product|veiling|aanbieding)|\b(?:для|из|от|об|по|к|с|у) (?:\w+ )?(?:объявлени|товар|лот)|\bcủa (?:tin|sản phẩm|bài)",
)
_PART = (
    r"\b(?:n[uú]mer\w*|nummer|numéro|number|kod\w*|kode|mã)\b|\b(?<!error )(?<!status )(?:code|código|codice)\b(?! (?:\d|d?[ei]?.?err))|номер|артикул|番号|コード|번호|코드|编号|編號|رقم|รหัส|αριθμ",
    (
        r"\b(?:sklep\w*|tienda|loja|negozio|winkel|boutique|toko|mağaza\w*|kategori\w*|catégories?|categor[iíi]\w*|categorie|danh mục|cửa hàng)\b|магазин|категори|店铺|店舗|ショップ|상점|متجر|"
        r"分类|分類|カテゴリ|카테고리|فئة|หมวดหมู่"
    ),
    r"\b(?:photos?|pictures?|images?|videos?|reviews?|ratings?|comments?|questions?|shipping|delivery|size|colou?r|fotos?|bild(?:er)?|bewertung\w*|kommentar\w*|versand)\b",
    r"\b(?:avis|commentaires?|livraison|im[aá]gen\w*|imagens?|immagin\w*|opinion\w*|comentarios?|comentários?|comment[oi]|recension\w*|env[ií]o|foto's|afbeelding\w*|beoordeling\w*|reacties?)\b",
    r"\b(?:zdjęci\w*|komentarz\w*|opini[aei]|foto\w*|obrázk\w*|fotoğraf\w*|resim\w*|yorum\w*|gambar|ulasan|komentar)\b|фото|отзыв|комментари|изображени|коментар",
    r"\b(?:nachricht\w*|mensaj\w*|mensage\w*|messagg\w*|bericht(?:en)?|wiadomoś\w*|pesan|tin nhắn)\b|сообщени|消息|留言|メッセージ|質問|메시지|문의|رسال[ةت]",
    r"评论|評論|评价|評價|图片|圖片|照片|视频|画像|写真|レビュー|コメント|이미지|사진|리뷰|댓글|صور|تعليق|مراجعات|ảnh|bình luận|đánh giá|รูปภาพ|รีวิว|ความคิดเห็น",
)

# Beside those: the page is in trouble, or speaks of something else than the ad. Nothing follows from it.
DOUBTFUL = any_of((
    r"\breload\b|\brefresh\b|\bneu laden\b|\brecharge[rz]|\brecargu?\w+|\bvuelva a cargar\b|\bricarica|обновите|刷新|再読み込み|새로고침|\b(?:in|for) your (?:country|region|area|location)\b",
    *_OWN, *_CAMPAIGN, *_OF_IT, *_PART, r"\b(?:language|langue|sprache|idioma|lingua|taal|język|dil)\w*\b|язык|\bмов[аою]\b|语言|言語|언어",
    r"\b(?:in|en|auf|em|på|po|w) (?:english|french|german|spanish|français|anglais|deutsch|englisch|español|inglés|italiano|inglese|português|polsku|svenska|dansk)\b",
    r"(?:^|[.!?]\s*)(?:объявления|товары|страницы|лоты)\b|\w{4,}(?<!го) (?:товара|страницы|лота|объявления)\b",
    r"\b(?:your|the|this|internet) (?:connection|list|store)\b|\b(?:sessions?|accounts?|profiles?|downloads?|help|seller.s|subscriptions?|trial|version|translations?)\b",
    r"\b(?:konto|compte|cuenta|conta|hesab\w*|akun)\b|аккаунт|учётн|учетн|账户|账号|帐号|アカウント|계정|حساب|tài khoản|บัญชี",
    r"\b(?:favorit\w*|favoris|preferit\w*|ulubion\w*)\b|избранн|お気に入り|收藏|찜|즐겨찾기|المفضلة|yêu thích|รายการโปรด",
    r"\b(?:ergebnis\w*|treffer|résultats?|resultados?|risultat\w*|resulta(?:at|ten)|wynik\w*|sonuç\w*|hasil|matching|related)\b|результат|نتائج|نتيجة|kết quả|ผลลัพธ์",
    r"相关|相關|符合|匹配|搜索|搜尋|结果|結果|検索|검색|결과",
    r"\bright now\b|\bat the moment\b|\bat this time\b|\bcurrently\b|\btemporar|\btry again\b|\bmaintenance\b|\bunavailable in\b",
    r"\b(?:cart|basket|bag|wish ?list|favou?rites?|saved|watch ?list|filters?|search(?:es)?|results?|messages?|reviews?|image)\b",
    r"\bmomentan|\bderzeit\b|\bzurzeit\b|\bvorübergehend|\bwarenkorb|\bmerkzettel|\bactuellement\b|\btemporairement\b|\bpanier\b",
    r"\bmomentáneamente|\btemporalmente\b|\ben este momento\b|\bcarrito\b|\bno momento\b|\btemporariamente\b|\bcarrinho\b",
    r"\bmomentaneamente\b|\btemporaneamente\b|\bcarrello\b|\btijdelijk\b|\bop dit moment\b|\bwinkel(?:wagen|mand)",
    r"временно|сейчас|в данный момент|корзин|тимчасово|zaraz|tymczasow|chwilowo|koszyk|şu anda|geçici|sepet",
    r"目前|暂时|暫時|稍后|稍後|购物车|購物車|現在|一時的|カート|현재|일시적|장바구니|حاليا|مؤقت|السلة|tạm thời|giỏ hàng|sementara|keranjang",
))  # fmt: skip


_NAMES = re.compile(r"\s+[-–—]\s+|\s*[|•·]\s*")  # a site's name behind a title


def is_doubtful(line: str) -> bool:
    """Whether a line that says "gone" speaks of something else, or only asks: "Page not found? Look here". A site's name does not count."""
    said = [part for part in _NAMES.split(line[:LONGEST]) if GONE.search(part)] or [line]
    return any(DOUBTFUL.search(part[:LONGEST]) or _asks(part) for part in said)


def _asks(line: str) -> bool:
    found = GONE.search(line)
    return found is not None and re.match(r"[^.!。！]{0,20}[?？؟]", line[found.end() : found.end() + 30]) is not None
