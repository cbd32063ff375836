"""What the words of a fetched page are about: the ad, something else that is gone, or no more than its description."""

import pytest

from server.core.urls import read
from server.core.words import Seen
from server.ledger.monitoring.over_words import says_over
from server.ledger.monitoring.reading import Expected, Fetched, PageKind, read_reply, seen

ASKED = read("https://www.bazaar.test/ad/old-fan-31337")
FAN = "Old fan, carved, with silk"
MORE = "".join(f"<li><a href=/ad/{number}>Spoon number {number}</a> <b>{number} €</b></li>" for number in range(3, 40))


def kind(headline: str, *more: str, title: str = FAN) -> PageKind:
    body = f"<title>Bazaar</title><nav>Home</nav><h1>{headline}</h1>{''.join(more)}<ul>{MORE}</ul>"
    return read_reply(Fetched(200, body), ASKED, Expected(title, "31337"))


GONE = [
    "The seller has deleted this listing", "Somebody has taken the item down", "This posting was flagged for removal", "This classified no longer exists",
    "Der Verkäufer hat dieses Inserat beendet", "Das Angebot ist nicht länger verfügbar", "Le vendeur a retiré cette annonce", "El vendedor ha retirado este anuncio",
    "Il venditore ha rimosso questo annuncio", "De verkoper heeft deze advertentie verwijderd", "Annonsen är inte längre aktiv", "Продавец снял объявление",
    "Produk ini tidak tersedia lagi", "Barang ini sudah tidak ada", "Sản phẩm không còn bán", "Bu ürün artık yok", "यह उत्पाद अब उपलब्ध नहीं",
    "存在しない商品です", "삭제된 매물입니다", "该帖子不再展示", "卖家已删除该商品", "סליחה, המוצר כבר לא קיים",
]  # fmt: skip


@pytest.mark.parametrize("headline", GONE)
def test_the_ad_is_gone_whoever_took_it_away(headline: str) -> None:
    assert kind(headline) is PageKind.SOFT_404


@pytest.mark.parametrize(
    "headline",
    [
        "Page not found | Photo Boutique",
        "Item not found - Help",
        "Error code 404: page not found",
        "Página no encontrada – Tienda",
    ],
)
def test_a_sites_name_and_a_status_are_no_doubt(headline: str) -> None:
    assert kind(headline) is PageKind.SOFT_404


OTHER_THINGS = {
    "the reader's own": [
        "Your advert was deleted", "Your auction has ended", "Mein Inserat wurde gelöscht", "Votre enchère est terminée",
        "Tu publicación ha caducado", "O seu anúncio expirou", "La tua inserzione è scaduta", "Uw advertentie is verlopen", "Твоё объявление удалено",
        "İlanınız kaldırıldı", "我的帖子已删除", "あなたの出品は終了しました", "Iklan Anda sudah dihapus",
    ],
    "a campaign": [
        "The summer offer has expired", "Coupon: this offer has ended", "Das Sonderangebot ist abgelaufen", "L'offre promo est terminée", "La oferta flash ha terminado",
        "Предложение по промокоду завершено", "优惠券商品已过期", "キャンペーン商品は終了しました",
    ],
    "something of the ad": [
        "Images for this item not found", "The question about the listing was deleted", "Die Fragen zur Anzeige wurden entfernt", "Les avis sur l'article ont été supprimés: article supprimé",
        "Las opiniones del producto no existen", "Отзывы о товаре удалены", "商品图片已删除", "商品の写真が存在しません", "Đánh giá sản phẩm đã bị xóa",
    ],
    "a search, a list, an account": [
        "Related item not found", "No matching listing: item not found", "Treffer: Anzeige nicht gefunden", "没有找到匹配的商品", "お気に入りの商品は削除されました", "The account and its posting were deleted",
    ],
    "more than the one": ["Listings have ended", "Inserate wurden gelöscht", "Annonces supprimées", "Товары сняты"],
    "a question, a language, a reload": ["Item not found? Sign up for news", "This page does not exist in French", "Page expired: reload, page not found"],
    "what is named after it": [
        "Post code not found", "Item weight not found", "Artikelgewicht nicht gefunden", "Page d'accueil introuvable", "Página de inicio no encontrada", "Pagina del profilo eliminata",
        "商品型号不存在", "商品サイズが見つかりません", "상품 색상을 찾을 수 없습니다", "Номер объявления не найден", "Kategoria ofert nie istnieje", "Ürün kategorisi bulunamadı",
    ],
    "a seller": ["出品者は存在しません", "The seller's page does not exist"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("about", "headline"), [(about, each) for about, all_ in OTHER_THINGS.items() for each in all_]
)
def test_something_else_that_is_gone_says_nothing_of_the_ad(about: str, headline: str) -> None:
    found = kind(headline)
    assert seen(found) is Seen.CANNOT_TELL, (about, found)


DESCRIPTIONS = [
    "Its stand was removed long ago and is no longer with it.", "12 sold", "More than 40 sold this year", "Nearly sold out!", "Sold by Fan House Ltd and shipped from Leeds",
    "If it has been sold, I take the ad down the same evening.", "The earlier listing has ended, so here it is again.", "My other item has been sold.",
    "Verkauft von Nachlass Meier", "Verkauft wird nur der Fächer.", "Vendu et expédié par Éventails SA", "Le plus vendu de la boutique", "Vendido por un particular",
    "Venduto da Ventagli e spedito dal magazzino", "Продан был в 1975 году моей бабушке", "已售 320", "57件已售出", "売り切れの際はご容赦ください", "Terjual 25", "No longer available in red",
]  # fmt: skip


@pytest.mark.parametrize("text", DESCRIPTIONS)
def test_what_a_description_tells_is_no_end_of_the_ad(text: str) -> None:
    assert kind(FAN, f"<p>{text}</p>") is PageKind.LISTING


OVER = [
    "Sold", "SOLD 120 €", "Sold on 3 November", "This listing sold on Friday", "Auction ended", "Bidding has ended", "This listing is closed", "No longer available", "Out of stock",
    "The listing was ended by its seller because the fan inside of the box is no longer available to anybody.", "Verkauft am 3. November", "Verkauft 120 €", "Bereits verkauft",
    "Cet objet est vendu", "Vendue le 3 novembre", "Artículo vendido", "Terminado", "Esgotado", "Questo oggetto è stato venduto", "Verkocht", "Solgt", "Såld", "Sprzedane", "Prodáno",
    "Снято с продажи", "Товар продан", "Satıldı", "تم البيع", "נמכר", "已售出", "已成交", "拍卖已结束", "売り切れました", "終了", "거래완료", "Đã bán", "Terjual", "ขายแล้ว",
]  # fmt: skip


@pytest.mark.parametrize("text", OVER)
def test_a_badge_or_a_short_sentence_says_that_it_is_over(text: str) -> None:
    assert kind(FAN, f"<p>{text}</p>") is PageKind.OVER


@pytest.mark.parametrize(("words", "over"), [(12, True), (13, False)])
def test_a_sentence_of_more_than_twelve_words_is_description(words: int, over: bool) -> None:
    assert says_over(" ".join(["fan"] * (words - 2) + ["was", "sold"])) is over


@pytest.mark.parametrize(("words", "over"), [(25, True), (26, False)])
def test_of_a_long_line_the_first_sentence_alone_may_be_a_notice(words: int, over: bool) -> None:
    assert says_over(f"{'fan ' * (words - 2)}fan. Sold.") is over
    assert says_over(f"Sold. {'fan ' * words}")
