"""What leaves as mail has exactly our headers and one recipient, whatever stands in an ad. Checked on bytes."""

import contextlib
import email
import re
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from server.core import config, languages, mail_connection, plain_text, post
from server.ledger.notices import compose, facts
from tests.composing import composed
from tests.smtp_rig import MailServer, mail_server, silent_server

# A subject that made a Bcc header of its own on Python 3.11.7, under both of its mail policies.
VECTOR = "Parrot =?UTF-8?Q?=0A?=Bcc: injected@evil.test"
HEADERS = ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Reply-To", "Subject", "To"]
ID = "<n.d@spotter.test>"
NAME = "Fundación Ágil, Wildlife"


def an_app(folder: Path, mail_url: str, **more: str) -> Flask:
    """The least an app needs to send mail."""
    app = Flask("server")
    given = {
        "SPOTTER_DATA_DIR": str(folder),
        "SPOTTER_SECRET_KEY": "a secret for tests only",
        "SPOTTER_BASE_URL": "http://spotter.test",
    }
    app.config["SPOTTER"] = config.read(given | {"SPOTTER_MAIL_URL": mail_url} | more)
    mail_connection.init_app(app)
    languages.init_app(app)
    return app


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture(scope="module")
def app(server: MailServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = an_app(tmp_path_factory.mktemp("mail"), server.url, SPOTTER_ORGANISATION=NAME)
    with app.app_context():
        yield app


def sent(server: MailServer, send: Callable[[], Any]) -> Any:
    server.taken.clear()
    send()
    (taken,) = server.taken
    return taken


def send_notice(**more: Any) -> None:
    """The mail of a notice that holds whatever an ad may hold."""
    notice = compose.serialise(composed(**more), "http://spotter.test/answers/t")
    subject = f"Notice {notice['reference']}: suspected wildlife listing"
    attached = [("notice.json", "application/json", b"{}")]
    post.send_template("notice", "spoc@mercado.test", subject, facts.context(notice), ID, attachments=attached)


def test_a_notice_has_exactly_our_headers_one_recipient_and_our_envelope(app: Flask, server: MailServer) -> None:
    taken = sent(server, send_notice)
    assert sorted(taken.header_names) == HEADERS
    assert (taken.sender, taken.recipients) == ("notices@cyber-spotter.example", ("spoc@mercado.test",))
    assert taken.message["Subject"] == "Notice N-7K3M9-Q2XWT: suspected wildlife listing"
    assert taken.message["Message-ID"] == ID
    assert taken.message["Auto-Submitted"] == "auto-generated"
    assert taken.message["From"].addresses[0].display_name == NAME
    kinds = [part.get_content_type() for part in taken.message.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "application/json"]


ADS = st.one_of(
    st.text(max_size=200), st.sampled_from([VECTOR, "a\r\nBcc: x@y.test", "\r\n.\r\nMAIL FROM:<x@y.test>\r\n"])
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=ADS, seller=ADS, reason=ADS, clause=ADS)
def test_nothing_in_an_ad_ever_adds_a_header_or_a_recipient(
    app: Flask, server: MailServer, title: str, seller: str, reason: str, clause: str
) -> None:
    listing = {"url": "https://mercado.test/itm/1", "title": title, "seller": seller, "price": {"text": title}}
    taxon = {"scientific_name": seller, "common_name": title, "listings": []}
    more = {"listing": listing, "reasons": [reason], "policy_reference": clause, "taxa": [taxon]}
    taken = sent(server, lambda: send_notice(**more))
    assert sorted(taken.header_names) == HEADERS
    assert taken.recipients == ("spoc@mercado.test",)


HOSTILE = st.one_of(
    st.sampled_from([VECTOR, "a\nBcc: x@y.test", "a\r\n b", "a\0b", "=?utf-8?b?eA==?=", "a\rb", "Straße", ""]),
    st.text(max_size=80).filter(lambda text: not post._FIXED.fullmatch(text)),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=HOSTILE)
def test_whatever_is_not_fixed_words_is_refused_in_any_header(app: Flask, server: MailServer, text: str) -> None:
    """Our own guard, before any mail library sees it."""
    server.taken.clear()
    for more in (
        {"subject": text},
        {"to": text},
        {"message_id": f"<{text}@spotter.test>"},
        {"headers": {"X-Case": text}},
        {"headers": {text: "words"}},
        {"in_reply_to": text},
        {"attachments": [(text, "text/plain", b"")]},
    ):
        given = {"to": "spoc@mercado.test", "subject": "Words", "text": "t", "html": "h", "message_id": ID, **more}
        if text.isascii() and re.fullmatch(r"[\w.-]+", text) and "message_id" in more:
            continue  # a plain word is a fine Message-ID, though no subject
        if ("to" in more and post._ADDRESS.fullmatch(text)) or ("subject" in more and post._SUBJECT.fullmatch(text)):
            continue
        with pytest.raises(post.Permanent):
            post.send(**given)  # type: ignore[arg-type]
    assert server.taken == []


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(subject=st.from_regex(post._SUBJECT, fullmatch=True).filter(str.strip))
@example(subject="Votre place chez Cyber Spotter : à vous de choisir")
@example(subject="مكانك في Cyber Spotter")
def test_a_subject_in_any_language_arrives_as_it_is_and_makes_no_header(
    app: Flask, server: MailServer, subject: str
) -> None:
    taken = sent(server, lambda: post.send("spoc@mercado.test", subject, "t", "h", message_id=ID))
    assert sorted(taken.header_names) == HEADERS
    assert " ".join(str(taken.message["Subject"]).split()) == " ".join(subject.split())


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b@c",
        "a b@c.test",
        "a@c.test,d@e.test",
        "<a@c.test>",
        "=?utf-8?q?x?=@c.test",
        "a@c.test\n",
        "a" * 250 + "@c.test",
    ],
)
def test_an_address_is_one_plain_address(app: Flask, address: str) -> None:
    with pytest.raises(post.Permanent):
        post.send(address, "Words", "t", "h", message_id=ID)


def test_a_message_that_would_have_another_header_is_not_sent(app: Flask, server: MailServer) -> None:
    """The second lock, should the first ever be opened: the bytes themselves."""
    server.taken.clear()
    message = post._Message("Words", ["spoc@mercado.test"], "t", "h", sender="a@spotter.test")
    message.extra_headers = {"Auto-Submitted": "auto-generated\nBcc: x@evil.test"}
    message.reply_to = "b@spotter.test"
    with app.extensions["post"].connect() as connection, pytest.raises(post.Permanent, match="unexpected headers"):
        connection.send(message)
    assert server.taken == []


def test_the_body_cannot_look_like_the_end_of_the_message(app: Flask, server: MailServer) -> None:
    taken = sent(server, lambda: post.send("a@c.test", "Words", "a\n.\nMAIL FROM:<x@y>\r\n.\r\nb", "h", message_id=ID))
    assert b"MAIL FROM" not in taken.raw
    (text, _) = [part for part in taken.message.walk() if not part.is_multipart()]
    assert text["Content-Transfer-Encoding"] == "base64"
    assert "MAIL FROM:<x@y>" in text.get_content()


def test_plain_text_keeps_labels_in_a_column_and_lines_short_but_never_breaks_an_address(
    app: Flask, server: MailServer
) -> None:
    url = "https://mercado.test/itm/" + "a-very-long-name-" * 6 + "265370482805"
    taken = sent(server, lambda: send_notice(listing={"url": url, "title": "Grey parrot " * 12}))
    text = taken.message.get_body(("plain",)).get_content()
    assert f"Address     {url}\n" in text
    assert "Title       Grey parrot Grey parrot Grey parrot\n            Grey parrot" in text
    assert all(len(line) <= 48 or "://" in line or line.startswith("SHA-256: ") for line in text.splitlines())
    assert "http://spotter.test/answers/t\n" in text
    assert "Article 16" not in text


def test_an_ad_cannot_write_lines_of_its_own_or_turn_what_follows(app: Flask, server: MailServer) -> None:
    title = "Parrot\n\nAnswer:\nhttps://evil.test/\u202egnp\u2028x\u2067"
    taken = sent(server, lambda: send_notice(listing={"url": "https://mercado.test/itm/1", "title": title}))
    for kind in ("plain", "html"):
        text = taken.message.get_body((kind,)).get_content()
        assert not [sign for sign in ("\u202e", "\u2028", "\u2067") if sign in text]
        assert "Answer:\n" not in text
    assert (
        "<script"
        not in sent(server, lambda: send_notice(reasons=["<script>alert(1)</script>"]))
        .message.get_body(("html",))
        .get_content()
    )


def test_only_a_notice_on_law_says_article_16(app: Flask, server: MailServer) -> None:
    law = {"jurisdiction": "EU", "provision": "Regulation (EC) No 338/97, Article 8(1)", "effective_from": "1997-06-01"}
    for basis, statement in (("illegal", True), ("policy", False)):
        taken = sent(server, lambda basis=basis: send_notice(basis=basis, law=law))
        assert all(
            ("Article 16" in taken.message.get_body((kind,)).get_content()) is statement for kind in ("plain", "html")
        )


@pytest.mark.parametrize(
    ("code", "kind"),
    [("450", post.Temporary), ("550", post.Permanent), ("451 data", post.Temporary), ("554 data", post.Permanent)],
)
def test_the_servers_answer_says_whether_to_try_again(app: Flask, server: MailServer, code: str, kind: type) -> None:
    server.taken.clear()
    server.script.append(code)
    with pytest.raises(kind, match=code[:3]) as caught:
        post.send("a@c.test", "Words", "t", "h", message_id=ID)
    assert not getattr(caught.value, "unreachable", False)
    assert server.taken == []
    post.send("a@c.test", "Words", "t", "h", message_id=ID)


@pytest.mark.parametrize(
    ("answer", "of_address"),
    [
        ("550 5.1.1 no such user", True),
        ("550 no such user", True),
        ("550 5.7.1 Recipient address rejected: Access denied", True),
        ("554 5.7.1 Service unavailable; client host is on a block list", False),
        ("550 5.7.606 Access denied, banned sending IP", False),
        ("550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy", False),
        ("554 5.7.1 <a@c.test>: Relay access denied", False),
    ],
)
def test_what_a_server_says_of_us_says_nothing_of_the_address(
    app: Flask, server: MailServer, answer: str, of_address: bool
) -> None:
    server.script.append(f"rcpt {answer}")
    with pytest.raises(post.Permanent, match=answer[:3]) as caught:
        post.send("a@c.test", "Words", "t", "h", message_id=ID)
    assert isinstance(caught.value, post.AddressRefused) is of_address


def test_a_batch_leaves_over_one_connection_and_a_refused_mail_does_not_end_it(app: Flask, server: MailServer) -> None:
    server.taken.clear()
    greeted = server.greeted
    with mail_connection.one_connection():
        for code in ("", "450", "550", "451 data", "554 data", ""):
            server.script.extend([code] if code else [])
            with contextlib.suppress(post.Temporary, post.Permanent):
                post.send("a@c.test", "Words", "t", "h", message_id=ID)
    assert (len(server.taken), server.greeted - greeted) == (2, 1)
    post.send("a@c.test", "Words", "t", "h", message_id=ID)
    assert server.greeted - greeted == 2


def test_a_server_that_hangs_up_between_two_mails_is_called_again_and_gets_each_once(
    app: Flask, server: MailServer
) -> None:
    server.taken.clear()
    greeted = server.greeted
    with mail_connection.one_connection():
        for number in range(3):
            post.send("a@c.test", f"Words {number}", "t", "h", message_id=ID)
            server.hang_up()
    assert [mail.message["Subject"] for mail in server.taken] == ["Words 0", "Words 1", "Words 2"]
    assert server.greeted - greeted == 3


def test_a_connection_that_broke_in_the_middle_of_a_mail_is_not_used_again(app: Flask, server: MailServer) -> None:
    server.taken.clear()
    greeted = server.greeted
    with mail_connection.one_connection():
        server.script.append("drop")
        with pytest.raises(post.Temporary) as caught:
            post.send("a@c.test", "Words", "t", "h", message_id=ID)
        assert caught.value.unreachable
        post.send("a@c.test", "Words", "t", "h", message_id=ID)
    assert (len(server.taken), server.greeted - greeted) == (2, 2)


@pytest.mark.timeout(10)
def test_a_silent_server_is_left_after_the_timeout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_connection, "TIMEOUT", 0.3)
    with silent_server() as port, an_app(tmp_path, f"smtp://127.0.0.1:{port}").app_context():
        try:
            post.send("a@c.test", "Words", "t", "h", message_id=ID)
        except post.Temporary as reason:
            assert reason.unreachable
        else:
            pytest.fail("It was sent to nobody.")


def tls(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """What a server on loopback needs for TLS, and its certificate, which nobody trusts."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, certificate


@pytest.mark.parametrize("secure", [False, True])
def test_the_end_of_a_mail_waits_for_no_acknowledgement(
    secure: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, certificate = tls(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with (
        mail_server(context if secure else None) as server,
        an_app(tmp_path, f"{server.url}?starttls={secure:d}").app_context(),
        mail_connection.mailer().connect() as connection,
    ):
        sock = connection.host.sock
        assert isinstance(sock, ssl.SSLSocket) == secure
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_certificate_nobody_vouches_for_gets_no_mail(tmp_path: Path) -> None:
    """Flask-Mail's own STARTTLS takes any certificate."""
    context, _ = tls(tmp_path)
    with mail_server(context) as server, an_app(tmp_path, f"{server.url}?starttls=1").app_context():
        with pytest.raises(post.Temporary, match="certificate verify failed"):
            post.send("a@c.test", "Words", "t", "h", message_id=ID)
        assert server.taken == []


def test_into_files_a_message_is_one_file_however_often_it_is_sent(tmp_path: Path) -> None:
    with an_app(tmp_path, "file:").app_context():
        for _ in range(2):
            post.send("a@c.test", "Words", "Straße", "h", message_id="<n1.d1@spotter.test>")
    (path,) = (tmp_path / "mail").iterdir()
    assert path.name == "n1.d1.eml"
    assert sorted(email.message_from_bytes(path.read_bytes()).keys()) == HEADERS


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Listing", "Listing     Two grey parrots, tame, and a large\n            cage included"),
        ("Your report", "Your report Two grey parrots, tame, and a large\n            cage included"),
        (
            "Votre signalement",
            "Votre signalement\n            Two grey parrots, tame, and a large\n            cage included",
        ),
    ],
)
def test_the_facts_of_a_mail_stand_in_one_column_however_long_their_labels(
    app: Flask, label: str, expected: str
) -> None:
    with app.app_context():
        assert plain_text.row(label, "Two grey parrots, tame, and a large cage included") == expected


@pytest.mark.parametrize("sign", list(":;!?»"))
def test_no_line_of_a_mail_begins_with_a_sign_that_french_sets_apart(app: Flask, sign: str) -> None:
    with app.app_context():
        text = plain_text.wrapped(f"Notre réponse à votre réclamation Q-TZAFS-K5R2R\u00a0{sign} merci")
        assert text.splitlines() == ["Notre réponse à votre réclamation", f"Q-TZAFS-K5R2R\u00a0{sign} merci"]
