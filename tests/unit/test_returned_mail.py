"""What comes back is known for what it is, whoever wrote it; and no bytes harm who reads them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.ledger.inbound import html_text, kinds, quoting, reading
from tests import returned_mails
from tests.returned_mails import AUTOMATIC, MESSAGE_ID, OURS, SPOC, TABLE, from_person, mail, reply


@pytest.mark.parametrize(("raw", "kind", "refusal"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_its_kind(raw: bytes, kind: str, refusal: str | None) -> None:
    found = kinds.sort(reading.read(raw), {OURS})
    assert (found.kind, found.refusal) == (kind, refusal)


def test_a_bounce_says_who_refused_whom_and_why() -> None:
    found = kinds.sort(reading.read(returned_mails.EXCHANGE))
    assert (found.recipient, found.status) == (SPOC, "5.1.10")
    assert found.said.startswith("smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found")
    assert kinds.sort(reading.read(returned_mails.GLOBAL)).recipient == "spoc@märkte.test"
    assert kinds.sort(reading.read(returned_mails.EXIM)).recipient == SPOC


def test_what_a_mail_server_said_is_kept_up_to_500_characters() -> None:
    found = kinds.sort(reading.read(returned_mails.dsn(code="smtp; 550 5.1.1 " + "x" * 600)))
    assert len(found.said) == 500


@pytest.mark.parametrize(("raw", "doubtful"), [row[1:] for row in AUTOMATIC], ids=[row[0] for row in AUTOMATIC])
def test_an_automatic_mail_that_may_hold_a_persons_words_is_doubtful(raw: bytes, doubtful: bool) -> None:
    found = kinds.sort(reading.read(raw), {OURS})
    assert (found.kind, found.doubtful) == (kinds.MailKind.AUTOMATIC, doubtful)


def test_a_persons_reply_is_not_doubtful() -> None:
    assert not kinds.sort(reading.read(reply())).doubtful


def test_a_bounce_in_the_copy_below_a_reply_is_no_bounce() -> None:
    copy = "--- Original message ---\nremote host said: 550 5.1.1 User unknown"
    mails = [mail(from_person(From="postmaster@mercado.test"), text) for text in (f"We looked.\n\n{copy}", copy[24:])]
    assert [kinds.sort(reading.read(raw)).kind for raw in mails] == [kinds.MailKind.REPLY, kinds.MailKind.BOUNCE]


def test_of_several_recipients_the_worst_counts() -> None:
    more = b"Final-Recipient: rfc822; b@mercado.test\r\nAction: delivered\r\nStatus: 2.0.0\r\n\r\n--b1\r\nContent-Description: Undelivered"
    raw = returned_mails.dsn().replace(b"--b1\r\nContent-Description: Undelivered", more)
    assert kinds.sort(reading.read(raw)).kind is kinds.MailKind.BOUNCE


@pytest.mark.parametrize(
    "raw",
    [
        returned_mails.dsn(),
        returned_mails.EXCHANGE,
        returned_mails.GLOBAL,
        returned_mails.QMAIL,
        returned_mails.EXIM,
        returned_mails.arf(),
    ],
)
def test_the_mail_that_is_returned_is_known(raw: bytes) -> None:
    assert MESSAGE_ID in reading.read(raw).returned


def test_the_nearest_reference_comes_first() -> None:
    raw = mail(from_person(References="<a@x.test> <b@x.test>") | {"In-Reply-To": "<c@x.test>"}, "Hello")
    assert reading.read(raw).references == ["<c@x.test>", "<b@x.test>", "<a@x.test>"]


# --- What somebody wrote ---------------------------------------------------------------------------------------------

WRITTEN = [
    (reply("It is gone."), "It is gone."),
    (returned_mails.OUTLOOK, "Guten Tag,\n\ndas Angebot ist entfernt.\n\nFreundliche Grüße\nMaria"),
    (returned_mails.INTERLEAVED, "No, gone since 9:00.\nWe do not tell."),
    (returned_mails.HTML_ALONE, "We removed it.\n\nTicket 4711"),
    (returned_mails.WITH_FILES, "See the files."),
    (mail(from_person(), "Removed.\n\n-----Ursprüngliche Nachricht-----\nVon: x\nDear Mercado"), "Removed."),
    (mail(from_person(), "已下架。\n\n------------------ 原始邮件 ------------------\n发件人: x\n内容"), "已下架。"),
    (mail(from_person(), "C'est retiré.\n\nLe ven. 27 nov. 2026 à 10:00, Cyber Spotter <n@s.test> a écrit :\n\n> Bonjour"), "C'est retiré."),
    (mail(from_person(), "Entfernt.\nAm Fr., 27. Nov. 2026 um 10:00 Uhr schrieb Cyber Spotter\n<n@s.test>:\n\n> Hallo"), "Entfernt."),
    (mail(from_person(), "削除しました。\n\n2026年11月27日(金) 10:00 Cyber Spotter <n@s.test>:\n> 通知"), "削除しました。"),
    (mail(from_person(), "On Fri, 27 Nov 2026 10:00, X <n@s.test> wrote:\n> Hi\n\nBelow: it is gone."), "Below: it is gone."),
    (mail(from_person(), "> only what we wrote\n> ourselves\n"), "> only what we wrote\n> ourselves"),
    (mail(from_person(), "Seller: a@b.test\nItem: 12\nState: removed\n"), "Seller: a@b.test\nItem: 12\nState: removed"),
    (mail(from_person(), "Two things:\n- removed\n- banned: the seller\n"), "Two things:\n- removed\n- banned: the seller"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "text"), WRITTEN)
def test_what_was_written_stands_without_what_is_quoted(raw: bytes, text: str) -> None:
    found = reading.read(raw)
    assert found.text == text
    assert len(found.whole) >= len(text)


def test_nested_quotes_of_html_are_marked_and_scripts_are_gone() -> None:
    text = html_text.text_of(
        "<div>A<br>B<blockquote>C<blockquote>D</blockquote></blockquote><script>x<b>y</script>E &lt;b&gt;</div>"
    )
    assert text == "A\nB\n> C\n> D\n\nE <b>"


def test_outlook_in_html_has_its_original_below_a_mark() -> None:
    html = "<p>Gone.</p><div id='divRplyFwdMsg'><b>From:</b> us</div><p>Dear Mercado</p>"
    assert quoting.stripped(html_text.text_of(html)) == "Gone."


def test_files_are_named_and_not_opened() -> None:
    found = reading.read(returned_mails.WITH_FILES)
    assert [(each.name, each.kind) for each in found.attachments] == [
        ("statement.zip", "application/zip"), ("Beleg ü.png", "image/png"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "content", "size"),
    [
        ("Content-Type: application/pdf", "x" * 400, 400),
        ("Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64", "eHh4" * 100, 300),
        ("Content-Type: message/rfc822", "Subject: x\r\n\r\n" + "x" * 400, 400),  # a mail: its text
    ],
)
def test_a_file_is_as_large_as_what_it_holds(headers: str, content: str, size: int) -> None:
    part = f"--b\r\n{headers}\r\nContent-Disposition: attachment; filename=a.bin\r\n\r\n{content}\r\n--b--\r\n"
    raw = mail(from_person() | {"Content-Type": 'multipart/mixed; boundary="b"'}, "").decode() + part
    [found] = reading.read(raw.encode()).attachments
    assert found.size == size


# --- Hostile ---------------------------------------------------------------------------------------------------------


def test_a_header_holds_no_line_break() -> None:
    raw = mail(
        from_person(Subject="=?utf-8?Q?Re:_x=0D=0ABcc:_evil@x.test?=", From="=?utf-8?Q?a=0Ab?= <a@x.test>"), "Hi"
    )
    found = reading.read(raw)
    assert found.subject == "Re: x Bcc: evil@x.test" and found.sender == "a@x.test"
    assert not any("\n" in value or "\r" in value for values in found.headers.values() for value in values)


@pytest.mark.parametrize(
    "charset", ["idna", "zlib", "rot13", "unicode_escape", "undefined", "utf-8\u00e9", "", "x" * 5000, "utf-16"]
)
def test_a_charset_that_lies_is_read_all_the_same(charset: str) -> None:
    raw = mail(from_person() | {"Content-Type": f'text/plain; charset="{charset}"'}, "It is gone. ü")
    found = reading.read(raw)
    assert found.readable and found.whole
    assert charset == "utf-16" or "It is gone." in found.whole


def test_what_no_database_holds_is_left_out() -> None:
    found = reading.read(
        mail(from_person(Subject="a\u202eb\ud800".encode("utf-8", "replace").decode()), "x\x00y\u202ez")
    )
    assert "\x00" not in found.whole and "\u202e" not in found.whole + found.subject


def nested(depth: int) -> bytes:
    head = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return f"From: a@x.test\nSubject: deep\n{head}Content-Type: text/plain\n\nHello\n".encode()


@pytest.mark.parametrize("raw", [
    nested(59), nested(5000),
    b"From: a@x.test\nSubject: deep\n" + b"Content-Type: message/rfc822\n\n" * 20_000,
    b"From: a@x.test\nSubject: deep\n" + b"X: y\n" * 300_000,
    b'From: a@x.test\nSubject: deep\nContent-Type: application/pdf; x="' + b";" * 400_000 + b'"\n\nx',
    b'From: a@x.test\nSubject: deep\nContent-Disposition: attachment; x="' + b";\n " * 130_000 + b'"\n\nx',
    b"From: a@x.test\nSubject: deep\nContent-Disposition: attachment; filename*=punycode''" + b"a9" * 400_000 + b"\n\nx",
    b'From: a@x.test\nSubject: deep\nContent-Type: multipart/mixed; boundary="b"\n\n'
    + (b'--b\nContent-Type: application/pdf; x="' + b";" * 3_900 + b'"\n\nx\n') * 490,
    b'From: a@x.test\rSubject: deep\rContent-Type: multipart/mixed; boundary="b"\r\r' + b"--b\r\rx\r" * 200_000,
    b'From: a@x.test\nSubject: deep\nContent-Type: multipart/mixed; boundary="-b"\n\n' + b"---b\n\nx\n" * 200_000,
    nested(5000).replace(b"\n", b"\r"), nested(5000).replace(b"Content-Type: ", b"Content-Type:\x1c"),
    b"From: a@x.test\nSubject: deep\nTo: " + b"(" * 1_500_000,
    b"From: " + b"a@x.test, " * 100_000 + b"\nSubject: deep\n\nx",
    b"From: a@x.test\nSubject: " + b"=?utf-8?q?x?= " * 100_000 + b"\n\nx",
    b"From: a@x.test\nSubject: deep\n\n" + b"\n" * 1_900_000,
    b"From: a@x.test\nSubject: deep\n\n" + b"x:" * 900_000,
    b"From: a@x.test\nSubject: deep\n\n" + b"> a:\n" * 400_000,
    b"From: a@x.test\nSubject: deep\n\n" + b"a 2026 wrote:\n\n> q\n" * 90_000,
    b"From: a@x.test\nSubject: deep\n\n" + b"- - -" * 400_000,
    b"From: a@x.test\nSubject: deep\n\nMessage-ID: <" + b"x" * 1_900_000,
    b"From: a@x.test\nSubject: deep\nContent-Type: text/html\n\n" + b"<div>" * 390_000,
    b"From: a@x.test\nSubject: deep\nContent-Type: text/html\n\n" + b"<!-- " * 390_000,
    b"From: a@x.test\nSubject: deep\nContent-Type: text/html\n\n" + b"<a b=" * 390_000,
    b"From: a@x.test\nSubject: deep\nContent-Type: text/html\n\n" + b"</" * 900_000,
    b'From: a@x.test\nSubject: deep\nContent-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 200_000,
    b'From: a@x.test\nSubject: deep\nContent-Type: multipart/report; boundary="b"; report-type=delivery-status\n\n--b\nContent-Type: message/delivery-status\n\n'
    + b"Action: failed\n\n" * 100_000,
])  # fmt: skip
def test_a_bomb_is_read_in_little_time(raw: bytes) -> None:
    """By the processor's time: what would cost minutes must not, whatever else runs."""
    began = time.process_time()
    found = reading.read(raw, 50_000_000)
    kinds.sort(found)
    assert time.process_time() - began < 15
    assert found.sender in ("a@x.test", "") and found.cut and len(found.whole) <= reading.LONGEST_WHOLE


@pytest.mark.parametrize("raw", [
    nested(100).replace(b"\n", b"\r"), nested(100).replace(b"Content-Type: ", b"Content-Type:\x1c"),
    b'From: a@x.test\rContent-Type: multipart/mixed; boundary="-b"\r\r' + b"---b\r\rx\r" * 3_000,
    b'From: a@x.test\nContent-Type: application/pdf;\n x="' + b";\n " * 9_000 + b'"\n\nx',
    b"From: a@x.test\n\n--b\nContent-Disposition: attachment; filename*=punycode''" + b"a9" * 20_000 + b"\n\nx",
])  # fmt: skip
def test_of_what_would_be_slow_only_the_headers_are_read(raw: bytes) -> None:
    found = reading.read(raw)
    assert not found.readable and found.sender == "a@x.test"
    assert kinds.sort(found).kind is kinds.MailKind.UNREADABLE


def with_parameters(*lengths: int) -> bytes:
    """A mail whose headers of parts have so many bytes each."""
    begin = b"Content-Type: text/plain; x="
    parts = b"".join(b"--b\n" + begin + b"y" * (length - len(begin)) + b"\n\nx\n" for length in lengths)
    return b"From: a@x.test\nX: multipart\n\n" + parts


@pytest.mark.parametrize(
    ("raw", "readable"),
    [
        (b"From: a@x.test\n\n" + b"--\n" * 2_000, True), (b"From: a@x.test\n\n" + b"--\n" * 2_001, False),
        (with_parameters(6_000), True), (with_parameters(6_001), False),
        (with_parameters(*[6_000] * 4, 4_000), True), (with_parameters(*[6_000] * 4, 4_001), False),
    ],
)  # fmt: skip
def test_how_much_is_parsed(raw: bytes, readable: bool) -> None:
    assert reading.read(raw).readable is readable


def test_so_many_parts_of_a_mail_are_read() -> None:
    parts = "".join(f"--b\r\nContent-Type: text/plain\r\n\r\npart {number}.\r\n" for number in range(501))
    raw = mail(from_person() | {"Content-Type": 'multipart/mixed; boundary="b"'}, "").decode() + parts + "--b--\r\n"
    whole = reading.read(raw.encode()).whole
    assert "part 499." in whole and "part 500." not in whole


def test_many_files_with_long_names_are_read() -> None:
    name = "".join(f"%E8%A8%BC{n % 10}" for n in range(120))
    part = (
        f"--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''{name}\r\n\r\nx\r\n"
    )
    raw = mail(from_person() | {"Content-Type": 'multipart/mixed; boundary="b"'}, "").decode() + part * 40 + "--b--\r\n"
    found = reading.read(raw.encode())
    assert len(found.attachments) == 40 and found.attachments[0].name.startswith("証0証1")


@given(st.binary(max_size=2000))
def test_any_bytes_are_read(raw: bytes) -> None:
    kinds.sort(reading.read(raw))


@given(st.text(max_size=1500))
def test_what_is_stripped_was_there(text: str) -> None:
    words = set(text.split())
    assert set(quoting.stripped(text).split()) <= words
    assert bool(quoting.stripped(text)) == bool(text.strip())


def test_a_second_copy_that_came_another_way_is_the_same() -> None:
    one = reading.read(reply())
    two = reading.read(b"Received: from x.test\r\nDelivered-To: b@spotter.test\r\n" + reply())
    assert one.digest == two.digest != reading.read(reply("Something else.")).digest
