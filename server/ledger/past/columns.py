"""What the columns of a sheet hold, guessed by their names, and the words people write in them. Pure.

Names in the languages of the project: English, French, Spanish, Arabic, Chinese. Compared as `sheet.folded` has them.
"""

from collections.abc import Sequence
from enum import StrEnum

from server.ledger.past.sheet import folded
from server.ledger.past.states import PastOutcome


class Column(StrEnum):
    """What is read of a row. Nothing else of a sheet is kept."""

    URL = "url"
    DATE = "date"
    OUTCOME = "outcome"
    TITLE = "title"
    PLATFORM = "platform"
    SPECIES = "species"
    GROUP = "group"


REQUIRED = (Column.URL, Column.DATE)

NAMES: dict[Column, tuple[str, ...]] = {
    Column.URL: (
        "url", "link", "address", "web address", "listing url", "ad url", "hyperlink",
        "lien", "adresse", "adresse web", "url de l annonce", "lien de l annonce",
        "enlace", "direccion", "url del anuncio", "direccion web",
        "رابط", "الرابط", "رابط الاعلان", "链接", "网址", "网页链接", "地址",
    ),
    Column.DATE: (
        "date", "date reported", "reported on", "report date", "date found", "found on", "day",
        "date de signalement", "signale le", "jour",
        "fecha", "fecha de reporte", "fecha del informe", "dia",
        "تاريخ", "التاريخ", "日期", "举报日期",
    ),
    Column.OUTCOME: (
        "outcome", "result", "status", "action taken", "response", "answer",
        "resultat", "statut", "suite", "suite donnee", "issue", "reponse",
        "resultado", "estado", "respuesta", "النتيجة", "الحالة", "结果", "状态", "处理结果",
    ),
    Column.TITLE: (
        "title", "ad title", "listing title", "titre", "titre de l annonce", "intitule", "titulo", "titulo del anuncio",
        "العنوان", "عنوان الاعلان", "标题",
    ),
    Column.PLATFORM: (
        "platform", "site", "website", "marketplace", "plateforme", "site web", "place de marche",
        "plataforma", "sitio", "sitio web", "المنصة", "الموقع", "平台", "网站",
    ),
    Column.SPECIES: (
        "species", "scientific name", "taxon", "espece", "nom scientifique", "especie", "nombre cientifico",
        "النوع", "الاسم العلمي", "物种", "学名",
    ),
    Column.GROUP: (
        "group", "species group", "taxon group", "class", "groupe", "groupe d especes", "classe", "grupo",
        "grupo de especies", "clase", "المجموعة", "类群", "类别",
    ),
}  # fmt: skip

_YEARS = frozenset(("year", "annee", "ano", "السنة", "年份", "年"))  # where there is no day

_OUTCOMES: dict[PastOutcome, tuple[str, ...]] = {
    PastOutcome.REMOVED: (
        "removed", "taken down", "takedown", "deleted", "access disabled", "account suspended", "account closed", "blocked",
        "retire", "retiree", "supprime", "supprimee", "bloque", "bloquee", "compte suspendu",
        "retirado", "eliminado", "eliminada", "borrado", "bloqueado", "cuenta suspendida", "ازيل", "تمت الازالة", "حذف", "已删除", "已下架", "删除", "下架",
    ),
    PastOutcome.RESTRICTED: ("restricted", "hidden", "limited", "restreint", "restreinte", "masque", "masquee", "restringido", "oculto", "مقيد", "受限", "已屏蔽"),
    PastOutcome.KEPT: (
        "kept", "not violating", "allowed", "refused", "rejected", "declined", "no violation", "reinstated", "still online",
        "maintenu", "maintenue", "conserve", "autorise", "refuse", "sans infraction",
        "mantenido", "permitido", "rechazado", "sin infraccion", "ابقي عليه", "مرفوض", "保留", "未违规",
    ),
    PastOutcome.GONE_BEFORE: (
        "gone before", "already gone", "gone", "expired", "sold", "ended", "deja retire", "deja retiree", "disparu", "disparue",
        "expire", "expiree", "vendu", "vendue", "ya no esta", "caducado", "vendido", "غير موجود", "已失效", "已售出",
    ),
    PastOutcome.NO_ANSWER: (
        "no answer", "no response", "no reply", "unanswered", "pending", "notified", "reported", "sent",
        "sans reponse", "aucune reponse", "en attente", "signale", "notifie", "envoye",
        "sin respuesta", "pendiente", "notificado", "enviado", "لا رد", "لم يرد", "无回复", "未回复",
    ),
    PastOutcome.DISMISSED: (
        "dismissed", "not sent", "false positive", "not wildlife", "duplicate", "ecarte", "ecartee", "rejete", "rejetee", "faux positif", "doublon",
        "descartado", "desestimado", "no enviado", "falso positivo", "duplicado", "مستبعد", "已驳回", "误报",
    ),
    PastOutcome.UNKNOWN: ("unknown", "", "n a", "na", "inconnu", "inconnue", "desconocido", "غير معروف", "未知"),
}  # fmt: skip

GROUPS: dict[str, tuple[str, ...]] = {
    "mammal": ("mammal", "mammals", "mammifere", "mammiferes", "mamifero", "mamiferos", "ثدييات", "哺乳动物", "mammalia"),
    "bird": ("bird", "birds", "oiseau", "oiseaux", "ave", "aves", "طيور", "鸟类", "鸟"),
    "reptile": ("reptile", "reptiles", "reptil", "زواحف", "爬行动物", "reptilia"),
    "amphibian": ("amphibian", "amphibians", "amphibien", "amphibiens", "anfibio", "anfibios", "برمائيات", "两栖动物", "amphibia"),
    "fish": ("fish", "fishes", "poisson", "poissons", "pez", "peces", "اسماك", "鱼类", "鱼", "pisces"),
    "invertebrate": ("invertebrate", "invertebrates", "invertebre", "invertebres", "invertebrado", "invertebrados", "لافقاريات", "无脊椎动物", "coral", "corals"),
    "plant": ("plant", "plants", "plante", "plantes", "planta", "plantas", "نباتات", "植物"),
    "timber": ("timber", "wood", "bois", "madera", "خشب", "木材"),
}  # fmt: skip

_OUTCOME_OF = {folded(word): outcome for outcome, words in _OUTCOMES.items() for word in (outcome.value, *words)}
_GROUP_OF = {folded(word): group for group, words in GROUPS.items() for word in words}


def guess(header: Sequence[str]) -> dict[Column, int]:
    """The place of the column that holds each, where a name says so: in its very words, else with other words around them."""
    names = [folded(name) for name in header]
    guessed: dict[Column, int] = {}
    for column, known in NAMES.items():
        exact = set(map(folded, known))
        places = [place for place, name in enumerate(names) if name in exact and place not in guessed.values()]
        if places:
            guessed[column] = places[0]
    for column, known in NAMES.items():
        if column in guessed:
            continue
        words = {folded(word) for word in known}
        for place, name in enumerate(names):
            if place not in guessed.values() and any(f" {word} " in f" {name} " for word in words):
                guessed[column] = place
                break
    years = [place for place, name in enumerate(names) if name in _YEARS and place not in guessed.values()]
    if years:
        guessed.setdefault(Column.DATE, years[0])
    return guessed


def outcome(words: str) -> PastOutcome | None:
    """The outcome that these words say; None: none that is known."""
    return _OUTCOME_OF.get(folded(words))


def group(words: str) -> str | None:
    """The group of species that these words name; None: none that is known."""
    return _GROUP_OF.get(folded(words))
