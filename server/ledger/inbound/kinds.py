"""What kind of returned mail it is: a bounce, a delay, a receipt, a complaint, an automatic reply, or somebody's reply. Pure.

By the standards first: delivery status (RFC 3464, codes RFC 3463), read receipts (RFC 8098), complaints (RFC 5965), automatic
mail (RFC 3834). Then by what programs without them do: qmail's bounces, and auto-replies that say so in words alone. In doubt
it is somebody's reply: what a person reads in vain costs less than an answer that nobody reads.
"""

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import NamedTuple

from server.core import mail_refusals
from server.core.mail_kinds import MailKind
from server.ledger.inbound.reading import ReadMail


class BounceScope(StrEnum):
    """What a bounce is of: what will not work again."""

    ADDRESS = "address"  # nothing reaches this address
    MESSAGE = "message"  # this message did not; another may
    UNCLEAR = "unclear"


class SortedMail(NamedTuple):
    """A mail's kind; of a bounce or delay what the mail server said, for people."""

    kind: MailKind
    refusal: BounceScope | None = None
    recipient: str = ""
    status: str = ""  # "5.1.1" (RFC 3463)
    said: str = ""
    doubtful: bool = False  # an automatic one that may hold a person's words, so a person looks


def sort(mail: ReadMail, ours: Collection[str] = ()) -> SortedMail:
    """What it is. ours: the addresses from which we send, in small letters."""
    if mail.report == "delivery-status" and (found := _by_status(mail.blocks)):
        return found
    if mail.report in ("disposition-notification", "global-disposition-notification"):
        return SortedMail(MailKind.RECEIPT)
    if mail.report == "feedback-report":
        spam = mail.feedback.get("feedback-type", "").lower() not in ("not-spam", "opt-out", "opt-out-list")
        return SortedMail(
            MailKind.COMPLAINT if spam else MailKind.AUTOMATIC, said=mail.feedback.get("feedback-type", "")
        )
    if mail.sender.lower() in ours and not mail.null_sender:
        return SortedMail(MailKind.OWN)
    if _is_bounce(mail):
        return _by_words(mail)
    if not mail.readable:
        return SortedMail(MailKind.UNREADABLE)
    if _is_automatic(mail):
        return SortedMail(MailKind.AUTOMATIC)
    if _may_be_automatic(mail):
        return SortedMail(MailKind.AUTOMATIC, doubtful=True)
    if mail.null_sender:  # people's email always has a sender: this is a mail server whose wording we do not know
        return _by_words(mail)
    return SortedMail(MailKind.REPLY)


# --- Delivery status -------------------------------------------------------------------------------------------------

_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_CODE = re.compile(r"(?:^|[\s;:(#<])([245]\d\d)(?=[ -])")
_ORDER = (  # of several recipients the worst one counts
    (MailKind.BOUNCE, BounceScope.ADDRESS), (MailKind.BOUNCE, BounceScope.UNCLEAR), (MailKind.BOUNCE, BounceScope.MESSAGE),
    (MailKind.DELAY, None), (MailKind.RECEIPT, None),
)  # fmt: skip


def _by_status(blocks: Collection[Mapping[str, str]]) -> SortedMail | None:
    """None: it says of nobody what became of the mail."""
    found = [each for block in blocks if "action" in block or "status" in block if (each := _of_recipient(block))]
    return min(found, key=lambda each: _ORDER.index((each.kind, each.refusal)), default=None)


def _of_recipient(block: Mapping[str, str]) -> SortedMail | None:
    said = block.get("diagnostic-code", "")
    stated = _STATUS.search(block.get("status", "")) or _STATUS.search(said)
    status = stated.group() if stated else ""
    code = _CODE.search(said)
    level = status[:1] or (code.group(1)[:1] if code else "")
    recipient = block.get("original-recipient") or block.get("final-recipient") or ""
    about = SortedMail(MailKind.BOUNCE, None, recipient.rpartition(";")[2].strip()[:254], status, said[:500])
    match re.match(r"[a-z]*", block.get("action", "").strip().lower()).group():  # type: ignore[union-attr]
        case "failed":
            return about._replace(kind=MailKind.BOUNCE, refusal=_refusal(level or "5", status, said))
        case "delayed":
            return about._replace(kind=MailKind.DELAY)
        case "delivered" | "relayed" | "expanded":
            return about._replace(kind=MailKind.RECEIPT)
    match level:  # an action that is none of the five
        case "5":
            return about._replace(kind=MailKind.BOUNCE, refusal=_refusal(level, status, said))
        case "4":
            return about._replace(kind=MailKind.DELAY)
        case "2":
            return about._replace(kind=MailKind.RECEIPT)
    return None


def _refusal(level: str, status: str, said: str) -> BounceScope:
    """What failed permanently: a mail server that gave up after days (4.x.x) says nothing against the address, nor does one
    that takes us for a spammer or does not believe that we are who we are."""
    return BounceScope.ADDRESS if level == "5" and mail_refusals.is_of_address(status, said) else BounceScope.MESSAGE


# --- Bounces in words ------------------------------------------------------------------------------------------------

_DAEMON = re.compile(r"(?:mailer|mail|smtp)-?daemon|mailer|mdaemon|ndr|bounces?", re.IGNORECASE)
_QMAIL = re.compile(r"^\s*Hi\. This is the ")  # QSBMF: its first words say that it is one
_SUBJECTS = re.compile(
    r"undeliver|delivery (?:status|failure|has failed|problem|error|incomplete|delayed)|deliver(?:y|ed) (?:\w+ ){0,2}fail|failure notice|"
    r"returned (?:mail|to sender)|mail (?:delivery|system error)|message (?:not delivered|delayed)|non[- ]?delivery|could not be delivered|"
    r"unzustellbar|nicht zugestellt|non remis|échec de (?:la )?(?:remise|distribution)|no se (?:pudo|puede) entregar|no entregado|"
    r"mancata consegna|não (?:foi )?entregue|onbestelbaar|не удалось доставить|недостав|无法投递|退信|配信不能|配信できません",
    re.IGNORECASE,
)
_WITH_STATUS = re.compile(
    r"(?:\b[245]\d\d[ \t#-]{1,3}|#|status:\s*|\(|code:?\s*)([245]\.\d{1,3}\.\d{1,3})\b", re.IGNORECASE
)
_REPLIED = re.compile(
    r"(?:\bsaid:|\bsmtp;|\berror:|\bresponse:|\breason:|remote host|^)[^\n]{0,40}?\b([45]\d\d)[ :-]",
    re.IGNORECASE | re.MULTILINE,
)
_STILL = re.compile(
    r"still (?:being )?tr(?:ying|ied)|will (?:be retried|continue to|keep trying|try again)|not yet been delivered|has been delayed|"
    r"warning message only|do(?:es)? not need to resend|not been delivered (?:to one|after)|retry (?:timeout )?(?:in|until)",
    re.IGNORECASE,
)
_COPY = re.compile(
    r"^(?:-{2,}.{0,80}(?:copy of|original message|returned message|headers follow).*|received: from )",
    re.IGNORECASE | re.MULTILINE,
)


def _is_bounce(mail: ReadMail) -> bool:
    """Whether a mail server wrote it, without a report that says so."""
    local = mail.sender.partition("@")[0].lower()
    if mail.header("x-failed-recipients") or _DAEMON.fullmatch(local) or (_QMAIL.match(mail.whole) and local != ""):
        return True
    nobody = mail.null_sender or not mail.sender or local == "postmaster"
    return nobody and bool(_SUBJECTS.search(mail.subject) or _WITH_STATUS.search(_COPY.split(mail.whole)[0]))


def _by_words(mail: ReadMail) -> SortedMail:
    words = _COPY.split(mail.whole)[0]
    found = _WITH_STATUS.search(words)
    status = found.group(1) if found else ""
    code = _REPLIED.search(words)
    level = status[:1] or (code.group(1)[:1] if code else "")
    said = next(
        (line.strip() for line in words.split("\n") if (status and status in line) or (code and code.group(1) in line)),
        "",
    )
    about = SortedMail(
        MailKind.BOUNCE, None, mail.header("x-failed-recipients").partition(",")[0].strip()[:254], status, said[:500]
    )
    if _STILL.search(words) and level != "5":
        return about._replace(kind=MailKind.DELAY)
    if level in ("4", "5"):
        return about._replace(kind=MailKind.BOUNCE, refusal=_refusal(level, status, said))
    if mail.header("x-failed-recipients") or _QMAIL.match(words):  # both are written of failures alone
        return about._replace(kind=MailKind.BOUNCE, refusal=BounceScope.ADDRESS)
    return about._replace(kind=MailKind.BOUNCE, refusal=BounceScope.UNCLEAR)


# --- Automatic replies -----------------------------------------------------------------------------------------------

_ONLY_AUTOMATIC = (  # headers that no person's mail has
    "x-autoreply", "x-autorespond", "x-auto-reply", "x-autoreply-from", "x-mail-autoreply", "x-autogenerated", "x-out-of-office",
    "x-fc-machinegenerated", "x-amazon-auto-reply", "x-vacation", "x-autoresponder", "x-loop-autoreply",
)  # fmt: skip
_ROBOTS = re.compile(
    r"(?:no|do[-_.]?not|donot|ne[-_.]?pas)[-_.]?re(?:ply|pondre)|auto(?:matic)?[-_.]?(?:reply|responder|confirm\w*)|noreply\w*",
    re.IGNORECASE,
)
_ANSWERS = re.compile(r"(?:(?:re|aw|sv|vs|antw|odp|res|rif|ynt|回复|答复)(?:\[\d+\])?[:：]\s*)+", re.IGNORECASE)
_AUTO_SUBJECT = re.compile(
    r"\[?auto(?:[- ]?(?:reply|response|responder)|matic(?:ally)? (?:reply|response|generated)|mated (?:reply|response))|"
    r"auto:|out[- ]of[- ](?:the )?office|on (?:annual )?(?:leave|vacation|holiday)\b|vacation (?:reply|response)|away from (?:the|my) (?:office|desk|mail)|"
    r"abwesenheits(?:notiz|assistent|meldung|nachricht)|automatische antwort|autom\. antwort|nicht im büro|außer haus|"
    r"réponse automatique|message automatique|(?:message|avis) d.absence|absent\w* du bureau|"
    r"respuesta automática|fuera de (?:la )?oficina|risposta automatica|fuori (?:sede|ufficio)|"
    r"resposta automática|fora do escritório|automatisch antwoord|afwezigheids\w*|"
    r"autosvar|automatiskt svar|automatisk svar|frånvaromeddelande|automaattinen vastaus|poissaoloilmoitus|"
    r"odpowiedź automatyczna|automatyczna odpowiedź|automatická odpově[dď]|automatikus válasz|răspuns automat|"
    r"автоматический ответ|автоответ|автоматична відповідь|автоматичен отговор|αυτόματη απάντηση|otomatik (?:yanıt|cevap)|"
    r"رد تلقائي|الرد التلقائي|מענה אוטומטי|תשובה אוטומטית|स्वचालित|"
    r"自动回复|自動回[复復覆]|自動応答|自動返信|不在(?:通知|のお知らせ|届)|자동 ?(?:회신|응답)|부재중|ตอบกลับอัตโนมัติ|trả lời tự động|balasan otomatis|jawapan automatik",
    re.IGNORECASE,
)
# Absence: alone, with a place, or with a day. An absence of proof is another one.
_ABSENCE = re.compile(
    r"(?:absence|abwesend|abwesenheit|en congé|ausencia|ausência|assenza|afwezig|niet aanwezig|frånvaro|ikke til stede|poissa)"
    r"(?=\s*(?:$|[:：!(\[–—-]|\d|(?:from|until|till|vom|bis|ab|jusqu|desde|hasta|dal|fino|até|van|tot|från|till|fra|til)\b|"
    r"(?:du|de la|de|del|dall.|do|da) ?(?:bureau|oficina|ufficio|escritório|\d)))",
    re.IGNORECASE,
)
# What a ticket system writes above its acknowledgement: that it has come, before anybody has read it.
_RECEIVED = re.compile(
    r"\b(?:request|ticket|case|message|e-?mail|enquiry|inquiry|query|report) (?:received|created|opened|logged|registered|acknowledged)\b|"
    r"\b(?:request|ticket|case|message|e-?mail|enquiry|inquiry|query|report)\b.{0,40}\b(?:has been|was|is) (?:received|created|opened|logged|registered)\b|"
    r"\b(?:have|we.ve) received your\b|\bhas been (?:opened|created|logged) for you\b|\backnowledge?ment of\b|\bthank(?:s| you) for contacting\b|"
    r"accusé de réception|\bavons bien reçu|\b(?:demande|message|ticket)\b.{0,30}\ba (?:bien )?été (?:reçue?|enregistrée?|créée?)|"
    r"eingangsbestätigung|\b(?:anfrage|nachricht|meldung|ticket)\b.{0,30}\b(?:erhalten|eingegangen|erstellt)\b|"
    r"acuse de recibo|\bhemos recibido|\b(?:solicitud|mensaje|consulta)\b.{0,30}\b(?:recibid|registrad|cread)[oa]|"
    r"\brecebemos (?:a )?(?:sua|seu)|\b(?:solicitação|mensagem|pedido)\b.{0,30}\b(?:recebid|registrad|criad)[oa]|"
    r"conferma di ricezione|\babbiamo ricevuto|\brichiesta\b.{0,30}\b(?:ricevuta|registrata|creata)|ontvangstbevestiging|\bhebben (?:uw|je) .{0,30}ontvangen|"
    r"potwierdzenie (?:otrzymania|przyjęcia)|\bzgłoszenie\b.{0,30}\b(?:przyjęte|utworzone|zarejestrowane)|talebiniz .{0,30}(?:alın|oluşturul)|"
    r"(?:обращение|запрос|заявка|письмо)\b.{0,40}(?:получен|зарегистрирован|принят|создан)|(?:تم استلام|استلمنا|تلقينا|تم إنشاء).{0,30}(?:طلب|رسالت|تذكر)|"
    r"受付完了|(?:を)?受け付けました|お問い合わせ(?:いただき)?ありがとう|已收到(?:您|你)的|(?:请求|工单|反馈|举报|案件).{0,12}已(?:收到|创建|受理|提交)|(?:문의|요청).{0,12}접수",
    re.IGNORECASE,
)
# In words alone: somebody is away, and says until when or whom to ask, before anything else.
_AWAY = re.compile(
    r"\b(?:i(?:'m| am|’m)|we are) (?:\w+ ){0,2}(?:out of (?:the )?office|away|on (?:\w+ ){0,2}(?:leave|vacation|holiday))\b|"
    r"\bich bin (?:\S+ ){0,6}(?:nicht im büro|abwesend|im urlaub|außer haus|nicht erreichbar)|"
    r"\bje suis (?:\S+ ){0,3}(?:absent|en congé|en vacances|en déplacement)|"
    r"\b(?:estoy|estaré) (?:\S+ ){0,3}(?:fuera de la oficina|de vacaciones|ausente)|"
    r"\b(?:sono|sarò) (?:\S+ ){0,3}(?:fuori (?:ufficio|sede)|in ferie|assente)|"
    r"\b(?:estou|estarei) (?:\S+ ){0,3}(?:fora do escritório|de férias|ausente)|"
    r"\bik ben (?:\S+ ){0,4}(?:afwezig|met (?:vakantie|verlof)|niet aanwezig)|"
    r"\bjag är (?:\S+ ){0,3}(?:frånvarande|på semester|ledig)|\bjeg er (?:\S+ ){0,3}(?:fraværende|på ferie)|"
    r"\bjestem (?:\S+ ){0,3}(?:nieobecn|na urlopie)|"
    r"(?:нахожусь|буду) (?:\S+ ){0,3}в отпуске|休暇|外出中|不在にして|我(?:正在)?(?:休假|外出|不在办公室)|휴가",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:until|till|back|return(?:ing)?|limited access|urgent|in my absence|contact|"
    r"bis|zurück|wieder|dringend\w*|vertretung|jusqu|retour|urgence?|contacter|hasta|regres\w*|vuelv\w*|urgente|"
    r"fino|rientr\w*|torner\w*|até|retorn\w*|tot|terug|spoed\w*|dringende?|tillbaka|åter|tilbage|tilbake|do|wróc\w*)\b|"
    r"до|верну|срочн|まで|緊急|至|返回|返岗|까지|\d{1,2}[./-]\d{1,2}",
    re.IGNORECASE,
)
_FIRST = 250  # characters that somebody who is away says it in


def _submitted(mail: ReadMail) -> str:
    return mail.header("auto-submitted").partition(";")[0].partition("(")[0].strip().lower()


def _precedence(mail: ReadMail) -> set[str]:
    found = mail.headers.get("precedence", ()) + mail.headers.get("x-precedence", ())
    return {value.strip().lower() for value in found}


def _is_automatic(mail: ReadMail) -> bool:
    """Whether no person wrote it."""
    if _submitted(mail) not in ("", "no", "auto-generated"):
        return True
    if any(mail.headers.get(name) for name in _ONLY_AUTOMATIC):
        return True
    return bool(_precedence(mail) & {"auto_reply", "auto-reply", "junk"}) or _subject_is_automatic(mail.subject.strip())


def _subject_is_automatic(subject: str) -> bool:
    return bool(_AUTO_SUBJECT.match(subject) or _ABSENCE.match(subject))


def _may_be_automatic(mail: ReadMail) -> bool:
    """Whether a program sent it, perhaps with a person's words, as ticket systems do; or its words alone say so, and quote
    nothing: programs that reply do not."""
    if _submitted(mail) == "auto-generated" or _precedence(mail) & {"bulk", "list"}:
        return True
    if _ROBOTS.fullmatch(mail.sender.partition("@")[0]):
        return True
    if mail.text.strip() != mail.whole.strip():
        return False
    answers = _ANSWERS.match(mail.subject.strip())
    if answers and _subject_is_automatic(mail.subject.strip()[answers.end() :]):
        return True
    if _RECEIVED.search(mail.subject):
        return True
    return bool(_AWAY.search(mail.whole[:_FIRST]) and _UNTIL.search(mail.whole[: 4 * _FIRST]))
