"""What a mail that is HTML alone says, and what of it is quoted."""

import pytest

from server.ledger.inbound import html_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("Gone.", "Gone."),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two", "One\nTwo"),
        ("<br><br>One<br><br><br>Two<br>", "One\n\nTwo"),
        ("<b>One</b> and\n <i>two</i>", "One and two"),
        ("<table><tr><th>Ad</th><th>Why</th></tr><tr><td>12</td><td>sold</td></tr></table>", "Ad Why\n\n12 sold"),
        ("&amp;lt; &eacute;", "&lt; é"),
        ("1 < 2 <3<br>4", "1 < 2 <3\n4"),  # no tags but one
        ("<!DOCTYPE html><?xml version='1.0'?>One", "One"),
        ("One<!-- > two -->three", "Onethree"),
        ("One<!-- two", "One"),  # a comment, a tag and a script that never end
        ("One<b two", "One"),
        ("One<script>two", "One"),
        ("One<script>a<b>c</SCRIPT>two", "Onetwo"),
        ("<STYLE>p > b {}</style>One", "One"),
        ("<head><title>Re: ad</title>none</head>One", "One"),
        ("<noscript><b>none</b></noscript>One", "One"),  # nothing inside of what is unseen
        ("<template>none<br>none</template>One", "One"),
        ("</div>One</p>", "One"),  # ends that nothing began
    ],
)
def test_a_mail_says_what_somebody_reads_there(html, text):
    assert html_text.text_of(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<blockquote>Was</blockquote>Gone.", "> Was\nGone."),
        ("Gone.<blockquote>One<br>two</blockquote>", "Gone.\n> One\n> two"),
        ('Gone.<div class="gmail_quote">Was</div>', "Gone.\n> Was"),
        ("Gone.<div class='x yahoo_quoted'>Was</div>", "Gone.\n> Was"),
        ("Gone.<div ID=tutanota_quote>Was</div>", "Gone.\n> Was"),
        ("<div class=gmail_quoted>Gone.</div>", "Gone."),  # another word
        ('<p><span class="gmail_quote">Was</span></p>', "> Was"),
        ('<p>Gone. <span class="gmail_quote">Was</span></p>', "Gone. Was"),  # a line is what its beginning is
        ("<blockquote><p>One</p></blockquote><p>Gone.</p>", "> One\n\nGone."),
        ("<blockquote><i>One</div>two</blockquote>Gone.", "> One\n> two\nGone."),
        ("<blockquote><blockquote>One</blockquote>two</blockquote>Gone.", "> One\n> two\nGone."),
        ('<div id="divRplyFwdMsg">From: us</div><div>Was</div>', "> From: us\n\n> Was"),  # Outlook: to the end
        ('<hr id="appendonsend"><div>Was</div>', "> Was"),
        ('<img class="gmail_quote">Gone.', "Gone."),  # holds nothing
    ],
)
def test_lines_that_a_mail_quotes_are_marked(html, text):
    assert html_text.text_of(html) == text


@pytest.mark.parametrize(("length", "text"), [(2000, "> Was"), (2001, "Was")])
def test_only_the_beginning_of_an_endless_tag_is_looked_at(length, text):
    tag = f"<div {'class=gmail_quote':>{length - 5}}"
    assert len(tag) == length
    assert html_text.text_of(f"{tag}>Was") == text


@pytest.mark.parametrize(("deep", "text"), [(199, "> Was"), (200, "Was")])
def test_an_element_inside_too_many_others_counts_as_inside_the_last_of_them(deep, text):
    assert html_text.text_of("<b>" * deep + "<blockquote>Was") == text
