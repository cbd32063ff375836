"""What the server reads from a page it fetched: gone is only ever a plain word, and no wall is taken for it.

Pages of each kind in several languages are written here; saved pages of real sites are read through SPOTTER_REAL_DATA.
"""

import csv
import gzip
import time

import pytest

from server.core.urls import read
from server.core.words import Seen
from server.ledger.monitoring.page_words import CHALLENGE_MARKS
from server.ledger.monitoring.reading import Expected, Fetched, PageKind, read_reply, seen
from server.ledger.monitoring.shown import read_page
from tests.hostile import HOSTILE
from tests.real_data import REAL_DATA, needs

ASKED = read("https://www.bazaar.test/ad/grey-parrot-7001")
PARROT = Expected("African grey parrot, hand tame", "7001", ("https://img.bazaar.test/a/parrot-7001-front.jpg",))
FOOT = "<footer><a href=/>Home</a> <a href=/login>Sign in</a> <a href=/help>Help</a> © Bazaar</footer>"
LIKE_IT = "<h3>You may also like</h3>" + "".join(
    f"<div><a href=/ad/{number}>Budgie number {number}, very lively</a> <b>30 €</b></div>" for number in range(40)
)


def page(headline: str, *more: str, title: str = "Bazaar", head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><nav>Home Animals Cars</nav>"
        f"<h1>{headline}</h1>{''.join(more)}{FOOT}</body></html>"
    )


def kind(body: str, status: int = 200, *, known: Expected = PARROT, removed: tuple[str, ...] = ()) -> PageKind:
    return read_reply(Fetched(status, body), ASKED, known, removed)


AD = page(
    "African grey parrot, hand tame",
    "<p>Six years old, talks, comes with its cage. Can be seen in Lyon.</p><b>900 €</b><button>Message the seller</button>",
    title="African grey parrot, hand tame | Bazaar",
)

# --- Gone ------------------------------------------------------------------------------------------------------------

SOFT = [
    "This ad is no longer available", "The listing you are looking for has ended", "Sorry, this item has been removed",
    "This posting has been deleted by its author.", "Page not found", "We couldn't find the page you were looking for", "404",
    "Error 404 - Not Found", "This listing does not exist", "Oops! That page can’t be found... we could not find this page",
    "Este anuncio ya no está disponible", "El producto que buscas no existe", "Página no encontrada", "La publicación ha finalizado",
    "Este anúncio não está mais disponível", "Página não encontrada", "O anúncio expirou",
    "Cette annonce n'est plus disponible", "Cette annonce a été supprimée", "Page introuvable", "L’annonce est désactivée",
    "Diese Anzeige ist nicht mehr verfügbar", "Die Anzeige wurde gelöscht", "Seite nicht gefunden", "Das Angebot wurde beendet",
    "Questo annuncio non è più disponibile", "Pagina non trovata", "L'inserzione è scaduta",
    "Deze advertentie is niet meer beschikbaar", "Pagina niet gevonden", "De advertentie is verwijderd",
    "Annonsen är borttagen", "Siden blev ikke fundet", "Ilmoitus on poistettu", "Ogłoszenie nieaktualne", "Nie znaleziono strony",
    "Inzerát byl smazán", "Stránka nenalezena", "Anunțul a expirat", "A hirdetés nem található", "Η αγγελία έχει λήξει",
    "Объявление снято с публикации", "Страница не найдена", "Товар больше не продаётся", "Оголошення видалено",
    "Bu ilan yayından kaldırılmıştır", "Sayfa bulunamadı", "هذا الإعلان غير موجود", "لم يتم العثور على الصفحة", "تم حذف هذا الإعلان",
    "این آگهی حذف شده است", "המודעה הוסרה", "यह विज्ञापन हटा दिया गया है", "Tin đăng không còn tồn tại", "Không tìm thấy trang",
    "Iklan ini sudah dihapus", "Halaman tidak ditemukan", "ไม่พบหน้าที่คุณต้องการ", "ประกาศนี้ถูกลบแล้ว",
    "您访问的商品不存在", "该宝贝已下架", "页面找不到了", "此商品已被刪除", "お探しの商品は見つかりませんでした", "この出品は終了しました",
    "ページが見つかりません", "삭제된 상품이거나 상품이 삭제되었습니다", "페이지를 찾을 수 없습니다",
]  # fmt: skip


@pytest.mark.parametrize("headline", SOFT)
def test_a_headline_says_that_it_is_gone_whatever_the_status(headline: str) -> None:
    for body in (page(headline, LIKE_IT), page("", title=headline), f"<title>Bazaar</title><div>{headline}</div>"):
        found = kind(body)
        assert found is PageKind.SOFT_404 and seen(found) is Seen.GONE, body[:300]
    assert kind(page(headline), 404) is PageKind.NOT_FOUND


@pytest.mark.parametrize(("headings", "means"), [(3, PageKind.SOFT_404), (4, PageKind.UNCLEAR)])
def test_one_of_the_first_three_headlines_says_it(headings: int, means: PageKind) -> None:
    above = "".join(f"<h2>Birds {number}</h2>" for number in range(headings - 2))
    assert kind(page("Bazaar", above, "<h2>This ad is no longer available</h2>", LIKE_IT)) is means


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize("body", ["", "nothing here", page("Oh dear", LIKE_IT)])
def test_the_status_for_not_there_says_it(status: int, body: str) -> None:
    assert kind(body, status) is PageKind.NOT_FOUND


def test_the_platforms_own_sentence_says_it_wherever_it_is_read() -> None:
    own = ("The seller took this ad down",)
    body = page("African grey parrot, hand tame", "<p>The seller took\n this <b>ad</b> down.</p>", LIKE_IT)
    assert kind(body, removed=own) is PageKind.REMOVED
    assert kind(body) is not PageKind.REMOVED


@pytest.mark.parametrize("around", [
    "<script>var words = {{gone: '{0}'}};</script>", "<template><h1>{0}</h1></template>", "<!-- {0} -->",
    "<div hidden><h2>{0}</h2></div>", "<dialog><h2>{0}</h2></dialog>", "<div style='color: red; display: none'><h2>{0}</h2></div>",
    "<noscript>{0}</noscript>", "<div aria-hidden=true><p>{0}</p></div>", "<style>p::after {{content: '{0}'}}</style>",
])  # fmt: skip
def test_words_that_nobody_reads_say_nothing(around: str) -> None:
    own = "This ad is no longer available"
    body = AD.replace("<b>900", around.format(own) + "<b>900")
    assert kind(body, removed=(own,)) is PageKind.LISTING


# --- Doubt is never gone ---------------------------------------------------------------------------------------------

WALLS = {
    PageKind.LOGIN: [
        "Log in to Bazaar", "Please sign in to continue", "Connectez-vous pour continuer", "Inicia sesión para continuar",
        "Faça login para ver o anúncio", "Bitte melden Sie sich an", "Accedi per continuare", "Войдите, чтобы продолжить",
        "تسجيل الدخول", "请登录", "ログイン", "로그인이 필요합니다", "Zaloguj się", "Oturum açın: giriş yap", "Đăng nhập",
    ],
    PageKind.CHALLENGE: [
        "Just a moment...", "Attention Required!", "Access denied", "Are you a human?", "Pardon Our Interruption",
        "We have detected unusual traffic from your network", "Robot Check", "Please enable JavaScript and cookies",
        "Accès refusé", "Acceso denegado", "Zugriff verweigert", "Подтвердите, что вы не робот", "安全验证", "访问受限",
        "ロボットではありませんか", "로봇이 아닙니다", "Vérification de sécurité", "Доступ ограничен",
    ],
    PageKind.GEO_BLOCK: [
        "This listing is not available in your country", "This content is unavailable in your region", "Blocked in your country",
        "Diese Anzeige ist in Ihrem Land nicht verfügbar", "Cette annonce n'est pas disponible dans votre pays",
        "Este anuncio no existe en su país", "Conteúdo indisponível na sua região", "Недоступно в вашей стране",
        "هذا المحتوى غير متاح في بلدك", "您所在的地区无法访问此页面", "お住まいの地域ではご利用いただけません", "해당 국가에서는 이용할 수 없습니다",
    ],
    PageKind.PARKED: [
        "This domain is for sale", "bazaar.test: the domain may be for sale", "Buy this domain", "This domain has expired",
        "Diese Domain steht zum Verkauf", "Ce domaine est à vendre", "Este dominio está en venta", "Dit domein is te koop",
        "Домен продаётся", "该域名正在出售", "このドメインは売り出し中です",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("wall", "headline"), [(wall, headline) for wall, heads in WALLS.items() for headline in heads]
)
def test_a_wall_is_told_apart_and_proves_nothing(wall: PageKind, headline: str) -> None:
    for body in (
        page(headline, "<p>Bazaar</p>"),
        page("", title=headline),
        f"<title>{headline}</title><p>{headline}</p>",
    ):
        for status in (200, 404, 410):
            found = kind(body, status)
            assert found is wall and seen(found) is Seen.CANNOT_TELL, (status, body[:200])


def test_a_wall_is_known_by_what_it_carries_where_nothing_is_read() -> None:
    for mark in CHALLENGE_MARKS:
        assert (
            kind(f"<html><head><script src='https://x.test/{mark}/v1.js'></script></head><body></body></html>")
            is PageKind.CHALLENGE
        )
    form = "<form><input name=user><input type=password name=pass><button>Go on</button></form>"
    assert kind(page("Bazaar", form)) is PageKind.LOGIN
    assert kind(page("Bazaar", form), 404) is PageKind.LOGIN


def test_a_page_that_guards_its_forms_against_programs_is_no_wall() -> None:
    guard = f"<script src='https://x.test/{CHALLENGE_MARKS[0]}/v1.js'></script>"
    assert kind(page("This ad is no longer available", head=guard)) is PageKind.SOFT_404
    assert kind(page("Grey parrots for sale in Lyon", LIKE_IT, head=guard)) is PageKind.UNCLEAR


@pytest.mark.parametrize(("words", "means"), [(299, PageKind.PARKED), (300, PageKind.UNCLEAR)])
def test_a_line_of_a_long_page_does_not_say_that_its_name_is_for_sale(words: int, means: PageKind) -> None:
    assert kind(f"<p>Buy this domain</p><p>{'word ' * (words - 3)}</p>") is means


@pytest.mark.parametrize(("signs", "means"), [(299, PageKind.LOGIN), (300, PageKind.UNCLEAR)])
def test_where_much_is_read_a_password_box_is_no_wall(signs: int, means: PageKind) -> None:
    """Two signs of a script without spaces count as a word, beside the words between spaces."""
    assert kind(f"<form><input type=password></form><p>{'象' * signs}</p>") is means


@pytest.mark.parametrize(("before", "means"), [("", PageKind.SOFT_404), ("x", PageKind.UNCLEAR)])
def test_of_a_headline_240_characters_are_looked_at(before: str, means: PageKind) -> None:
    headline = before + ". " * 105 + "This ad is no longer available"
    assert len(headline) == 240 + len(before)
    assert kind(page(headline, LIKE_IT)) is means


def test_an_ad_that_is_a_sites_front_page_is_read_as_an_ad() -> None:
    own = AD.replace("<title>", "<link rel=canonical href='https://parrot.bazaar.test/'><title>")
    assert read_reply(Fetched(200, own), read("https://parrot.bazaar.test/"), PARROT) is PageKind.LISTING
    assert read_reply(Fetched(200, own), ASKED, PARROT) is PageKind.FRONT_PAGE


def test_a_sign_in_page_that_names_the_ad_to_other_programs_shows_nothing() -> None:
    head = "<meta property='og:title' content='African grey parrot, hand tame'><meta property='og:image' content='https://img.bazaar.test/a/parrot-7001-front.jpg'>"
    assert kind(page("Log in to see more", head=head)) is PageKind.LOGIN


@pytest.mark.parametrize("headline", [
    "This page is currently unavailable", "This content isn't available right now", "Sorry, something went wrong",
    "The page could not be found right now. Try again later", "This item is not available", "No results found",
    "The ad was removed from your favourites", "Item removed from cart", "Scheduled maintenance: listings not found for now, currently",
    "Dieser Artikel ist derzeit nicht verfügbar", "Cet article est actuellement indisponible", "Не удалось загрузить страницу",
    "Товар временно не найден", "该商品暂时不存在", "現在この商品は削除されています、一時的", "Este producto no está disponible en este momento",
    "Welcome to Bazaar", "", "Grey parrots for sale in Lyon",
])  # fmt: skip
def test_what_is_doubtful_is_unknown(headline: str) -> None:
    found = kind(page(headline, LIKE_IT))
    assert seen(found) is Seen.CANNOT_TELL, found


@pytest.mark.parametrize(
    "status", [201, 204, 206, 300, 400, 402, 405, 406, 408, 409, 418, 500, 502, 503, 504, 520, 522, 999]
)
def test_other_statuses_prove_nothing_whatever_is_said(status: int) -> None:
    assert (
        kind(page("This ad is no longer available"), status, removed=("This ad is no longer available",))
        is PageKind.TROUBLE
    )


@pytest.mark.parametrize(
    ("status", "wall"),
    [(401, PageKind.LOGIN), (403, PageKind.CHALLENGE), (429, PageKind.CHALLENGE), (451, PageKind.GEO_BLOCK)],
)
def test_a_refusal_is_no_absence(status: int, wall: PageKind) -> None:
    assert kind(page("This ad is no longer available"), status) is wall
    assert kind(page("Log in to Bazaar"), 403) is PageKind.LOGIN


@pytest.mark.parametrize(("to", "means"), [
    ("https://www.bazaar.test/", PageKind.FRONT_PAGE), ("https://bazaar.test/index.html", PageKind.FRONT_PAGE),
    ("https://www.bazaar.test/fr/", PageKind.FRONT_PAGE), ("https://www.bazaar.test/?gone=7001", PageKind.FRONT_PAGE),
    ("https://www.bazaar.test/animals/birds", PageKind.ELSEWHERE), ("https://www.bazaar.test/ad/other-9", PageKind.ELSEWHERE),
    ("https://other.test/", PageKind.ELSEWHERE), ("https://www.bazaar.test/login?next=/ad/7001", PageKind.LOGIN),
    ("https://login.bazaar.test/x", PageKind.LOGIN), ("https://www.bazaar.test/fr/connexion", PageKind.LOGIN),
    ("https://www.bazaar.test/errors/validateCaptcha", PageKind.CHALLENGE), ("https://geo.captcha-delivery.com/captcha/", PageKind.CHALLENGE),
    ("javascript:alert(1)", PageKind.UNCLEAR), ("http://[::1", PageKind.UNCLEAR),
])  # fmt: skip
def test_where_an_answer_sends_us_is_read_off_and_proves_nothing(to: str, means: PageKind) -> None:
    found = read_reply(Fetched(302, "", to), ASKED, PARROT)
    assert found is means and seen(found) is Seen.CANNOT_TELL


@pytest.mark.parametrize("head", [
    "<link rel=canonical href='https://www.bazaar.test/'>", "<meta property='og:url' content='https://www.bazaar.test'>",
    "<meta http-equiv=refresh content='0; url=/'>", "<meta http-equiv='Refresh' content=\"0;URL='https://www.bazaar.test/index.php'\">",
])  # fmt: skip
def test_a_page_that_is_the_front_page_proves_nothing(head: str) -> None:
    assert kind(page("Page not found, but look at these", LIKE_IT, head=head)) is PageKind.FRONT_PAGE


# --- There -----------------------------------------------------------------------------------------------------------


def data(availability: str, name: str = "African grey parrot, hand tame", **more: str) -> str:
    fields = "".join(f', "{key}": "{value}"' for key, value in more.items())
    return (
        f'<script type="application/ld+json">{{"@type": "Product", "name": "{name}"{fields}, "offers": {{"@type": "Offer", '
        f'"price": "900", "availability": "https://schema.org/{availability}"}}}}</script>'
    )


def test_the_listing_under_its_own_title_is_there() -> None:
    assert kind(AD) is PageKind.LISTING and seen(PageKind.LISTING) is Seen.PRESENT
    assert kind(AD.replace("<title>", data("InStock") + "<title>")) is PageKind.LISTING
    chinese = page("非洲灰鹦鹉 手养 可见面", "<p>价格面议</p>", title="集市")
    assert kind(chinese, known=Expected("非洲灰鹦鹉 手养")) is PageKind.LISTING
    assert kind(AD, known=Expected()) is PageKind.UNCLEAR, "without a title that was reported nothing is known again"
    assert kind(AD, known=Expected("Parrot")) is PageKind.UNCLEAR, "one word is on too many pages"


@pytest.mark.parametrize(
    ("title", "means"), [("象牙", PageKind.UNCLEAR), ("象牙雕", PageKind.UNCLEAR), ("象牙雕像", PageKind.LISTING)]
)
def test_a_title_without_spaces_is_known_again_from_four_signs_on(title: str, means: PageKind) -> None:
    assert kind(page(title, "<p>价格面议</p>", title="集市"), known=Expected(title)) is means


@pytest.mark.parametrize("more", [
    "<p>This item has been sold</p>", "<div class=flag>SOLD</div>", "<p>This ad is no longer available</p>", "<p>Verkauft</p>",
    "<p>Vendu</p>", "<p>Vendido</p>", "<b>已售出</b>", "<b>売り切れ</b>", "<b>판매완료</b>", "<b>Продано</b>", data("SoldOut"), data("OutOfStock"),
])  # fmt: skip
def test_a_listing_that_is_shown_as_over_is_left_to_people(more: str) -> None:
    found = kind(AD.replace("<b>900", more + "<b>900"))
    assert found is PageKind.OVER and seen(found) is Seen.CANNOT_TELL


def test_the_number_or_a_picture_under_other_words_is_a_change_and_no_absence() -> None:
    canonical = "<link rel=canonical href='https://www.bazaar.test/ad/7001'>"
    other = page("Wooden perch with extras", head=canonical + data("InStock", "Wooden perch"))
    assert kind(other) is PageKind.CHANGED and seen(PageKind.CHANGED) is Seen.CANNOT_TELL
    picture = "https://cdn2.bazaar.test/small/parrot-7001-front.jpg?w=300"
    assert kind(page("Wooden perch", head=data("InStock", "Wooden perch", image=picture))) is PageKind.CHANGED
    assert kind(page("Wooden perch", head=data("InStock", "Wooden perch"))) is PageKind.UNCLEAR


def test_where_something_is_sold_nothing_is_gone_whatever_else_is_said() -> None:
    body = page("This ad is no longer available", head=data("InStock", "Budgie"))
    for status in (200, 404, 410):
        assert seen(kind(body, status, removed=("This ad is no longer available",))) is Seen.CANNOT_TELL


def test_an_ads_own_title_is_no_word_about_the_ad() -> None:
    odd = Expected("Poster: page not found, 404 error")
    assert kind(page("Poster: page not found, 404 error", "<p>40 x 60 cm</p>"), known=odd) is not PageKind.SOFT_404


# --- Hostile, and real -----------------------------------------------------------------------------------------------


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_no_page_is_slow_to_read(name: str) -> None:
    for body in (HOSTILE[name], f"<h1>{HOSTILE[name]}</h1>", f"<title {HOSTILE[name]}", f"<p>This ad {HOSTILE[name]}"):
        kind(body)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("part", [
    "<", "<div>", "<p hidden>", "<!--", "<script>", "</div>", "<a href='", "<h1>", "<meta content='0;url=", '{"a":', "ad " * 3, "<b", "&#",
])  # fmt: skip
def test_no_markup_is_slow_to_read(part: str) -> None:
    body = (part * (1_000_000 // len(part)))[:1_000_000]
    kind(body)
    read_page(f'<script type="application/ld+json">{body}</script>')


REAL = REAL_DATA / "pages"
saved = needs(REAL / "index.csv")


def _saved() -> list[tuple[dict[str, str], str]]:
    pages = []
    with (REAL / "index.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            content = (REAL / row["file"]).read_bytes()
            content = gzip.decompress(content) if row["file"].endswith(".gz") else content
            pages.append((row, content[:2_000_000].decode("utf-8", "replace")))
    return pages


@saved
@pytest.mark.timeout(240)
def test_of_real_pages_none_is_gone_but_the_one_that_is() -> None:
    """Each is read as the page of its own listing, of one nobody read the title of, and of another one."""
    counted = {"there": 0, "ads": 0}
    for row, body in _saved():
        asked = read(row["url"] or "https://www.bazaar.test/ad/7001")
        own = Expected(row["title"].partition(" | ")[0] or None)
        found = [read_reply(Fetched(200, body), asked, known) for known in (own, Expected(), PARROT)]
        gone = [each for each in found if seen(each) is Seen.GONE]
        if row["kind"] == "removed-listing":
            assert gone == [PageKind.SOFT_404] * 3, row["file"]
            continue
        assert not gone, (row["file"], found)
        assert seen(found[1]) is seen(found[2]) is Seen.CANNOT_TELL, row["file"]
        counted["ads"] += row["kind"] == "single-item"
        counted["there"] += row["kind"] == "single-item" and found[0] is PageKind.LISTING
    assert counted["there"] >= 0.9 * counted["ads"] > 0, counted


@saved
@pytest.mark.timeout(120)
def test_of_real_pages_none_is_gone_though_its_code_holds_the_platforms_sentence() -> None:
    own = "This listing was ended by the seller"
    started = time.perf_counter()
    for row, body in _saved()[::4]:
        if row["kind"] != "removed-listing" and time.perf_counter() - started < 60:
            body = body.replace("</head>", f"<script>const words = '{own}';</script></head>", 1)
            found = read_reply(Fetched(200, body), read("https://www.bazaar.test/ad/7001"), Expected(), (own,))
            assert seen(found) is not Seen.GONE, row["file"]
