"""What somebody wrote is told from what they quote, in whatever way their program quotes it; in doubt all of it stays."""

import pytest

from server.ledger.inbound import quoting

FROM, SENT, SUBJECT = "From: Cyber Spotter <n@s.test>", "Sent: Friday, 10:00", "Subject: Notice N-7K3M9-Q2XWT"
OURS = f"{FROM}\n{SENT}\n{SUBJECT}\n\nDear Mercado"
RULE = "_" * 32


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (f"Gone.\n\n{OURS}", "Gone."),
        (f"Gone.\n{RULE}\n{OURS}", "Gone."),
        (f"Gone.\n{RULE}\n\n\n{OURS}", "Gone."),
        (f"Gone.\n{RULE}\n\n\n\n{OURS}", f"Gone.\n{RULE}"),  # a line that belongs to no header, so far above one
    ],
)
def test_our_own_mail_below_a_reply_is_known_by_its_headers(text: str, written: str) -> None:
    assert quoting.stripped(text) == written


@pytest.mark.parametrize(
    "lines",
    [
        (FROM, SUBJECT),  # too little for a mail's headers
        (FROM, SENT, "Subject: a parrot"),  # not ours
        ("From: Cyber Spotter", SENT, SUBJECT),  # no address
        ("Seller: a@b.test", "Item: 12", "State: removed"),
    ],
)
def test_lines_that_look_like_headers_are_what_somebody_wrote(lines: tuple[str, ...]) -> None:
    text = "\n".join(("We looked at it.", *lines, "Is that the one?"))
    assert quoting.stripped(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Removed.\nAll of them.\nCyber Spotter wrote:\n> Hello", "Removed.\nAll of them."),
        ("Removed.\n\nCyber Spotter wrote:\n\n> Hello", "Removed."),
        ("These are gone:\n> Item 12", "These are gone:"),  # a colon alone says of nobody that they wrote
        ("At 10:00 it was gone.\n> Item 12", "At 10:00 it was gone."),  # nor does a time
        ("Gone.\nOn Fri, 27 Nov 2026 10:00, X <n@s.test> wrote:\nDear Mercado", "Gone."),  # quoted without a mark
        ("On Fri, 27 Nov 2026 10:00, X <n@s.test> wrote:\nDear Mercado", None),  # nothing would be left
        ("Gone.\nThe seller wrote:\nIt was a toy", None),  # names neither a time nor an address
        ("On Friday X <n@s.test> wrote:\n> Is it gone?\nYes.\n> And the seller?\nBanned.", "Yes.\nBanned."),
    ],
)
def test_what_says_whose_words_follow_is_left_out(text: str, written: str | None) -> None:
    assert quoting.stripped(text) == (text if written is None else written)
