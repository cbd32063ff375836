"""Mail that comes back, as many servers and programs write it: bounces, delays, complaints, automatic replies, people's replies.

Written for these tests after the standards (RFC 3464, 5965, 3834, 8098) and the shapes that mail servers are known for.
"""

from collections.abc import Mapping

OURS = "notices@spotter.test"
SPOC = "spoc@mercado.test"
REFERENCE = "N-7K3M9-Q2XWT"
MESSAGE_ID = "<0190a1b2c3d47e5f8a6b7c8d9e0f1a2b@spotter.test>"


def mail(headers: Mapping[str, str], body: str) -> bytes:
    """A mail of these headers and this body, with the line ends of the wire."""
    head = "\n".join(f"{name}: {value}" for name, value in headers.items())
    return f"{head}\n\n{body}".replace("\n", "\r\n").encode()


def from_daemon(**more: str) -> dict[str, str]:
    """The headers of a mail server's own mail."""
    return {
        "Return-Path": "<>", "From": "MAILER-DAEMON@mx.mercado.test (Mail Delivery System)", "To": OURS,
        "Subject": "Undelivered Mail Returned to Sender", "Date": "Fri, 27 Nov 2026 10:00:00 +0000",
        "Message-ID": "<20261127100000.AB12@mx.mercado.test>", "Auto-Submitted": "auto-replied",
    } | {name.replace("_", "-"): value for name, value in more.items()}  # fmt: skip


def dsn(
    action: str = "failed", status: str = "5.1.1", code: str = "smtp; 550 5.1.1 User unknown", *, to: str = OURS,
    words: str = "This is the mail system at host mx.mercado.test.", original: str = MESSAGE_ID, **more: str,
) -> bytes:  # fmt: skip
    """A delivery status notification as Postfix writes it."""
    body = f"""This is a MIME-encapsulated message.

--b1
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

{words}

--b1
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.mercado.test
Arrival-Date: Fri, 27 Nov 2026 09:59:58 +0000

Final-Recipient: rfc822; {SPOC}
Original-Recipient: rfc822;{SPOC}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.mercado.test
Diagnostic-Code: {code}

--b1
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Return-Path: <{OURS}>
From: Cyber Spotter <{OURS}>
To: {SPOC}
Subject: Notice {REFERENCE}: suspected wildlife listing
Message-ID: {original}

--b1--
"""
    headers = from_daemon(To=to, **more)
    return mail(headers | {"Content-Type": 'multipart/report; report-type=delivery-status; boundary="b1"'}, body)


def from_person(to: str = OURS, **more: str) -> dict[str, str]:
    """The headers of a person's reply."""
    return {
        "Return-Path": f"<{SPOC}>", "From": f"Mercado Trust & Safety <{SPOC}>", "To": to,
        "Subject": f"Re: Notice {REFERENCE}: suspected wildlife listing", "Date": "Fri, 27 Nov 2026 11:00:00 +0100",
        "Message-ID": "<CAF00d@mail.mercado.test>", "In-Reply-To": MESSAGE_ID, "References": MESSAGE_ID,
        "Content-Type": "text/plain; charset=utf-8",
    } | {name.replace("_", "-"): value for name, value in more.items()}  # fmt: skip


def reply(text: str = "Which of the photos shows the parrot?", to: str = OURS, **more: str) -> bytes:
    """A person's reply that quotes our mail."""
    quoted = f"On Fri, 27 Nov 2026 at 10:00, Cyber Spotter <{OURS}> wrote:\n> Dear Mercado,\n> this is a notice.\n"
    return mail(from_person(to, **more), f"{text}\n\n{quoted}")


def arf(kind: str = "abuse") -> bytes:
    """A complaint (RFC 5965)."""
    body = f"""--a
Content-Type: text/plain

This is an email abuse report for an email message received from IP 192.0.2.1.

--a
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <{OURS}>

--a
Content-Type: message/rfc822

From: {OURS}
Message-ID: {MESSAGE_ID}
Subject: Notice {REFERENCE}: suspected wildlife listing

Dear Mercado
--a--
"""
    headers = from_daemon(From="feedback@isp.test", Subject="FW: complaint")
    return mail(headers | {"Content-Type": 'multipart/report; report-type=feedback-report; boundary="a"'}, body)


EXCHANGE = mail(
    from_daemon(
        From="postmaster@mercado.onmicrosoft.test",
        Subject=f"Unzustellbar: Notice {REFERENCE}",
        Content_Language="de-DE",
    )
    | {"Content-Type": 'multipart/report; report-type=delivery-status; boundary="_x_"'},
    f"""--_x_
Content-Type: multipart/alternative; boundary="_y_"

--_y_
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Fehler bei der Nachrichten=FCbermittlung an folgende Empf=E4nger

--_y_
Content-Type: text/html; charset="us-ascii"

<html><body><b>Fehler bei der Nachricht</b></body></html>

--_y_--

--_x_
Content-Type: message/delivery-status

Reporting-MTA: dns;EX01.mercado.test

Final-recipient: RFC822;{SPOC}
Action: failed
Status: 5.1.10
Diagnostic-code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound;
 Recipient not found by SMTP address lookup

--_x_
Content-Type: message/rfc822

Message-ID: {MESSAGE_ID}
From: {OURS}
Subject: Notice {REFERENCE}

Dear Mercado
--_x_--
""",
)

GLOBAL = mail(  # RFC 6533, for addresses in other letters
    from_daemon() | {"Content-Type": 'multipart/report; report-type=delivery-status; boundary="g"'},
    f"""--g
Content-Type: text/plain; charset=utf-8

Die Adresse gibt es nicht.
--g
Content-Type: message/global-delivery-status

Reporting-MTA: dns; mx.test

Original-Recipient: utf-8; spoc@märkte.test
Final-Recipient: utf-8; spoc@märkte.test
Action: failed
Status: 5.1.2

--g
Content-Type: message/global-headers

Message-ID: {MESSAGE_ID}

--g--
""",
)

QMAIL = mail(
    from_daemon(From="MAILER-DAEMON@qmail.mercado.test", Subject="failure notice"),
    f"""Hi. This is the qmail-send program at qmail.mercado.test.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{SPOC}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <{OURS}>
Message-ID: {MESSAGE_ID}
Subject: Notice {REFERENCE}: suspected wildlife listing

Dear Mercado, 421 of these.
""",
)

QMAIL_WITHOUT_CODE = QMAIL.replace(b" (#5.1.1)", b"").replace(b"permanent error", b"thing")

EXIM = mail(
    from_daemon(
        From="Mail Delivery System <Mailer-Daemon@exim.test>",
        Subject="Mail delivery failed: returning message to sender",
    )
    | {"X-Failed-Recipients": SPOC},
    f"""This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {SPOC}
    host mx.mercado.test [192.0.2.7]
    SMTP error from remote mail server after RCPT TO:<{SPOC}>:
    550 No such user here

------ This is a copy of the message, including all the headers. ------

Message-ID: {MESSAGE_ID}
""",
)

EXIM_WARNING = mail(
    from_daemon(
        From="Mail Delivery System <Mailer-Daemon@exim.test>", Subject="Warning: message 1abc delayed 24 hours"
    ),
    f"""This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on exim.test.

  {SPOC}
    Delay reason: SMTP error from remote mail server: 451 Try later

No action is required on your part. Delivery attempts will continue for
some time, and this warning may be repeated.
""",
)

BARE_FRENCH = mail(
    from_daemon(From="postmaster@courrier.test", Subject="=?iso-8859-1?Q?Message_non_remis?=")
    | {"Content-Type": "text/plain; charset=iso-8859-1"},
    "Votre message n'a pas pu etre remis.\n\n<spoc@mercado.test>: host mx said: 552 5.2.2 Mailbox full\n",
)

READ_RECEIPT = mail(
    from_person(Subject="Lu : Notice")
    | {"Content-Type": 'multipart/report; report-type=disposition-notification; boundary="m"'},
    f"""--m
Content-Type: text/plain

Votre message a ete lu.
--m
Content-Type: message/disposition-notification

Final-Recipient: rfc822;{SPOC}
Original-Message-ID: {MESSAGE_ID}
Disposition: manual-action/MDN-sent-manually; displayed

--m--
""",
)

VACATION_WORDS_ALONE = mail(
    from_person(),
    "Hello,\n\nI am out of the office until 4 December with limited access to email. In urgent matters write to help@mercado.test.\n\nMaria\n",
)

HTML_ALONE = mail(
    from_person() | {"Content-Type": "text/html; charset=windows-1252"},
    "<html><head><style>p{color:red}</style></head><body><p>We removed it.</p><p>Ticket&nbsp;4711</p><script>alert(1)</script>"
    "<div class='gmail_quote'>On Fri wrote:<blockquote><p>Dear Mercado, this is a notice.</p></blockquote></div></body></html>",
)

OUTLOOK = mail(
    from_person(),
    f"""Guten Tag,

das Angebot ist entfernt.

Freundliche Grüße
Maria

Von: Cyber Spotter <{OURS}>
Gesendet: Freitag, 27. November 2026 10:00
An: Trust <{SPOC}>
Betreff: Notice {REFERENCE}: suspected wildlife listing

Dear Mercado, this is a notice.
""",
)

INTERLEAVED = mail(
    from_person(),
    """On Fri, 27 Nov 2026 at 10:00, Cyber Spotter
<notices@spotter.test> wrote:
> Is it still there?
No, gone since 9:00.
> Who sold it?
We do not tell.
""",
)

WITH_FILES = mail(
    from_person() | {"Content-Type": 'multipart/mixed; boundary="f"'},
    """--f
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

U2VlIHRoZSBmaWxlcy4=

--f
Content-Type: application/zip
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="../../etc/statement.zip"

UEsDBAoAAAAA
--f
Content-Type: image/png; name="=?utf-8?Q?Beleg_=C3=BC.png?="
Content-Disposition: inline; filename*=utf-8''Beleg%20%C3%BC.png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--f--
""",
)

# (what it is called, the mail, its kind, what a bounce refuses)
TABLE: list[tuple[str, bytes, str, str | None]] = [
    ("postfix, unknown user", dsn(), "bounce", "address"),
    ("postfix, delayed", dsn("delayed", "4.4.1", "smtp; connect: timed out"), "delay", None),
    ("given up after days", dsn("failed", "4.4.7", "smtp; 450 4.4.7 expired"), "bounce", "message"),
    ("mailbox full for good", dsn("failed", "5.2.2", "smtp; 552 5.2.2 over quota"), "bounce", "address"),
    ("too large", dsn("failed", "5.3.4", "smtp; 552 5.3.4 too big"), "bounce", "message"),
    ("content refused", dsn("failed", "5.6.1", "smtp; 554 5.6.1 media"), "bounce", "message"),
    ("refused by policy", dsn("failed", "5.7.1", "smtp; 550 5.7.1 blocked"), "bounce", "address"),
    ("refused by policy, a list", dsn("failed", "5.7.1", "smtp; 554 5.7.1 sender on a block list"), "bounce", "message"),
    *[
        (f"refused by policy: {words}", dsn("failed", status, f"smtp; 550 {status} {words}"), "bounce", "message")
        for status, words in (
            ("5.7.0", "This message was blocked because its content presents a potential security issue."),
            ("5.7.1", "Message rejected: virus found"),
            ("5.7.1", "Our system has detected an unusual rate of unsolicited mail originating from your IP address."),
            ("5.7.1", "Client host rejected: cannot find your reverse hostname"),
            ("5.7.511", "Access denied, banned sender"),
            ("5.7.606", "Access denied, banned sending IP"),
            ("5.7.708", "Service unavailable. Access denied, traffic not accepted from this IP."),
        )
    ],
    ("refused by policy, whoever writes", dsn("failed", "5.7.1", "smtp; 550 5.7.1 Recipient address rejected: Access denied"), "bounce", "address"),
    ("refused without a code", dsn("failed", "", "smtp; 550 there is no such account on this mail server"), "bounce", "address"),
    ("refused as spam without a code", dsn("failed", "", "smtp; 554 looks like spam"), "bounce", "message"),
    ("unknown user, where they speak of spam, too", dsn("failed", "5.1.1", "smtp; 550 5.1.1 no such user, see our spam policy"), "bounce", "address"),
    ("our own DMARC, SPF, reverse name", dsn("failed", "5.7.26", "smtp; 550 5.7.26 not accepted"), "bounce", "message"),
    ("a comment behind the words", dsn("Failed (to deliver)", "5.0.0 (permanent failure)", "x"), "bounce", "address"),
    ("a failure that says no code", dsn("failed", "", "X-Unix; 67"), "bounce", "address"),
    ("no action that we know", dsn("unheard-of", "5.4.4", "smtp; 550 no route"), "bounce", "address"),
    ("delivered", dsn("delivered", "2.1.5", "smtp; 250 ok"), "receipt", None),
    ("relayed to one that says nothing", dsn("relayed", "2.0.0", "smtp; 250"), "receipt", None),
    ("passed on by a list", dsn("expanded", "2.0.0", "smtp; 250"), "receipt", None),
    ("a German server's words", dsn(words="Die Nachricht konnte nicht zugestellt werden.", Subject="Unzustellbar"), "bounce", "address"),
    ("a Japanese server's words", dsn(words="配信できませんでした。", Subject="配信不能通知"), "bounce", "address"),
    ("exchange, German", EXCHANGE, "bounce", "address"),
    ("letters of other languages", GLOBAL, "bounce", "address"),
    ("a report without its type", dsn().replace(b"report-type=delivery-status; ", b""), "bounce", "address"),
    ("a report that a gateway made a mixed mail", dsn().replace(b"multipart/report; report-type=delivery-status", b"multipart/mixed"), "bounce", "address"),
    ("qmail", QMAIL, "bounce", "address"),
    ("qmail without a code", QMAIL_WITHOUT_CODE, "bounce", "address"),
    ("exim without a report", EXIM, "bounce", "address"),
    ("exim's warning", EXIM_WARNING, "delay", None),
    ("French words and a code", BARE_FRENCH, "bounce", "address"),
    ("a code before a colon", mail(from_daemon(From="MAILER-DAEMON@freemail.test"), f"<{SPOC}>:\n554: there is no such account\n"), "bounce", "address"),
    ("a reason behind a long name", mail(from_daemon(From="mailer-daemon@post.test"), f"{SPOC}:\nRCPT TO failed at mx.with-a-rather-long-name.mercado.test reason: 550 not here\n"), "bounce", "address"),
    ("a daemon that says nothing", mail(from_daemon(), "Sorry.\n"), "bounce", "unclear"),
    ("a complaint", arf(), "complaint", None),
    ("a complaint of fraud", arf("fraud"), "complaint", None),
    ("the opposite of a complaint", arf("not-spam"), "automatic", None),
    ("a read receipt", READ_RECEIPT, "receipt", None),
    ("auto-replied", reply("I am away.", Auto_Submitted="auto-replied"), "automatic", None),
    ("auto-generated", reply("Your request was received.", Auto_Submitted="auto-generated (rejected)"), "automatic", None),
    ("auto-submitted: no", reply(Auto_Submitted="no"), "reply", None),
    ("nobody's envelope", reply("Received.", Return_Path="<>"), "bounce", "unclear"),
    ("nobody's envelope, and it says that it is a reply", reply("Received.", Return_Path="<>", Auto_Submitted="auto-replied"), "automatic", None),
    ("nobody's envelope, and a subject that says so", reply("Received.", Return_Path="<>", Subject="Autosvar: Notice"), "automatic", None),
    ("x-autoreply", reply("Received.", X_Autoreply="yes"), "automatic", None),
    ("precedence", reply("Received.", Precedence="auto_reply"), "automatic", None),
    ("a robot's address", reply("Received.", From="Mercado <no-reply@mercado.test>"), "automatic", None),
    *[
        (f"subject: {subject}", mail(from_person(Subject=subject), "Bonjour"), "automatic", None)
        for subject in (
            "Automatic reply: Notice N-7K3M9-Q2XWT", "Automatische Antwort: Notice", "Réponse automatique : Notice",
            "=?utf-8?B?UsOpcG9uc2UgYXV0b21hdGlxdWUgOiBOb3RpY2U=?=", "Out of Office: Notice", "Respuesta automática: Notice",
            "Risposta automatica: Notice", "自动回复: Notice", "自動応答: Notice", "Автоматический ответ: Notice", "رد تلقائي: Notice",
            "Re: Abwesenheitsnotiz", "Autosvar: Notice",
        )
    ],
    *[
        (f"a changed subject: {subject}", mail(from_person(Subject=subject), "Welche Bilder?"), "reply", None)
        for subject in (
            "Absence de preuves", "Ausencia de fotos del producto", "Assenza di documenti", "Abwesenheit eines Nachweises",
            "Fwd: Automatic reply: Notice", "Autoradio, not ivory", "We received the goods and looked", "Report on the parrot ad",
        )
    ],
    ("a person who answers after our reply to an automatic one", reply(Subject="Re: Automatic reply: Notice"), "reply", None),
    ("away, in words alone", VACATION_WORDS_ALONE, "automatic", None),
    ("away, in German words", mail(from_person(), "Guten Tag, ich bin bis zum 4.12. nicht im Büro und danach wieder erreichbar.\n"), "automatic", None),
    ("a person who is away and answers", reply("I am out of the office until Monday, but it is removed."), "reply", None),
    ("a person", reply(), "reply", None),
    ("a person in HTML", HTML_ALONE, "reply", None),
    ("a person with Outlook", OUTLOOK, "reply", None),
    ("a person who forwards a bounce", mail(
        from_person(Subject="Fwd: failure") | {"Content-Type": 'multipart/mixed; boundary="w"'},
        "--w\nContent-Type: text/plain\n\nLook at this bounce please.\n--w\nContent-Type: message/rfc822\n\n"
        + dsn().decode().replace("\r\n", "\n") + "\n--w--\n"), "reply", None),
    ("a person who writes of delivery", reply("The delivery has failed: 550 5.1.1 is what the buyer saw.", Subject="Delivery failure of item"), "reply", None),
    ("postmaster in person", reply("We removed it.", From="postmaster@mercado.test"), "reply", None),
    ("our own mail", reply(From=f"Cyber Spotter <{OURS}>"), "own", None),
    ("no mail", b"\x00\xff" * 50, "reply", None),
]  # fmt: skip

# Automatic, as it seems; (what it is called, the mail, whether a person's words may stand in it).
AUTOMATIC: list[tuple[str, bytes, bool]] = [
    ("auto-replied", reply("I am away.", Auto_Submitted="auto-replied"), False),
    ("an office's own subject", mail(from_person(Subject="Automatic reply: Notice"), "Back on Monday."), False),
    ("an absence until a day", mail(from_person(Subject="Abwesend bis 7.12."), "Danke."), False),
    ("an absence, alone", mail(from_person(Subject="Absence"), "Merci."), False),
    ("a program's header", reply("Received.", X_Autoreply="yes"), False),
    ("a ticket system's agent", reply("Which of the two bags?", Auto_Submitted="auto-generated", X_Auto_Response_Suppress="All"), True),
    ("a group's mailbox", reply("Our team says: gone.", Precedence="list", List_Id="trust.mercado.test"), True),
    ("in bulk", reply("Ann has commented: removed.", Precedence="bulk"), True),
    ("a decision from an address that takes no replies", reply("We removed it.", From="Mercado <no-reply@mercado.test>"), True),
    ("away, in words alone", VACATION_WORDS_ALONE, True),
    ("the subject of an automatic reply, answered", mail(from_person(Subject="AW: Automatische Antwort: Notice"), "Wieder da: gelöscht."), True),
    *[
        (f"an acknowledgement: {subject}", mail(from_person(Subject=subject), "Ref 4711"), True)
        for subject in (
            "Ticket created: Notice", "Your case 4711 has been opened", "We've received your message (4711)", "Accusé de réception",
            "Votre demande 4711 a été enregistrée", "Eingangsbestätigung 4711", "Ihre Anfrage ist eingegangen", "Hemos recibido su consulta",
            "Recebemos sua mensagem", "Abbiamo ricevuto la tua richiesta", "Ontvangstbevestiging", "Ваше обращение 4711 зарегистрировано",
            "お問い合わせありがとうございます", "已收到您的来信", "Potwierdzenie przyjęcia zgłoszenia",
        )
    ],
]  # fmt: skip
