"""What somebody wrote in a reply, without the mail they answer. Pure.

Nothing is ever lost: if nothing would remain, the whole text counts as what they wrote.
"""

import re

_QUOTED = re.compile(r"^\s{0,3}(?:[>|]|&gt;)")
# "-----Original Message-----", in whatever language: words between dashes.
_SEPARATOR = re.compile(r"^\s*[-=_*]{3,}\s*[^\W\d_][^-=_]{2,60}?\s*[-=_*]{3,}\s*$")
_RULE = re.compile(r"^\s*(?:_{8,}|-{20,}|={20,}|\*{20,})\s*$")
_LABEL = re.compile(
    r"^\s*\*{0,2}[^\s:：@<>]{1,20}(?:[ \u00a0][^\s:：@<>]{1,15}){0,2}[ \u00a0]?\*{0,2}[:：]\*{0,2}\s*\S"
)
_ADDRESS = re.compile(r"[^\s@<>]@[^\s@<>]")
_NAMES = re.compile(r"\d|[^\s@<>]@[^\s@<>]")  # a time or an address
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}|\d{4}")
_REFERENCE = re.compile(r"\bN-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\b")
# "On Friday, Ana <a@host> wrote:" and the like: it names a time or an address, and ends with a colon.
_COLON = re.compile(r"[:：]\s*$")
_WROTE = re.compile(
    r"\b(?:wrote|writes|écrit|schrieb\w*|geschrieben|escribi[óo]|ha scritto|escreveu|schreef|geschreven|skrev|kirjoitti|"
    r"napsala?|napisała?|írta|yazdı|написала?|пишет|написав|έγραψε)\b|写道|寫道|のメール|書きました|작성|كتب",
    re.IGNORECASE,
)
_MOST_LABELS = 8  # lines of a header block that is looked at
_LONGEST = 500  # characters of a line that is looked at


def stripped(text: str) -> str:
    """What was written, without quoted lines, their introduction, and the original below the reply."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = _without_quotes(lines[: _original([line[:_LONGEST] for line in lines])])
    return kept or _without_quotes(lines) or text.strip()


def _original(lines: list[str]) -> int:
    """Where the original begins that a mail program put below the reply; the number of lines where it put none."""
    last_quoted = max((n for n, line in enumerate(lines) if _QUOTED.match(line)), default=-1)
    for n, line in enumerate(lines):
        below_rule = _RULE.match(line) and _is_header_block(lines, n + 1)
        if below_rule or _SEPARATOR.match(line) or _is_header_block(lines, n):
            return n
        # Where quoted lines follow, what is written between them stays.
        if n > last_quoted and _COLON.search(line) and _WROTE.search(line) and _NAMES.search(line):
            return n
    return len(lines)


def _is_header_block(lines: list[str], start: int) -> bool:
    """Whether sender, time and subject of our mail stand here, in whatever language: three labels or more, one of them with
    an address and one with the notice's reference."""
    n = start
    while n < len(lines) and not lines[n].strip() and n < start + 2:
        n += 1
    block = []
    for line in lines[n : n + _MOST_LABELS]:
        if not _LABEL.match(line):
            break
        block.append(line)
    return (
        len(block) >= 3
        and any(_ADDRESS.search(line) for line in block)
        and any(_REFERENCE.search(line) for line in block)
    )


def _without_quotes(lines: list[str]) -> str:
    kept: list[str] = []
    before = False
    for line in lines:
        quoted = bool(_QUOTED.match(line))
        if quoted and not before:
            _drop_introduction(kept)
        if not quoted:
            kept.append(line.rstrip())
        before = quoted
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _drop_introduction(kept: list[str]) -> None:
    """Take away the line, or the two or three that it was wrapped to, which says whose words follow."""
    while kept and not kept[-1].strip():
        kept.pop()
    if not kept or not _COLON.search(kept[-1][-_LONGEST:]):
        return
    for first in range(len(kept) - 1, max(len(kept) - 4, -1), -1):  # back to the line with the time
        words = " ".join(line[:_LONGEST] for line in kept[first:])
        if not kept[first].strip():
            break
        if _TIME.search(kept[first][:_LONGEST]) and (_WROTE.search(words) or _ADDRESS.search(words)):
            del kept[first:]
            return
    if _WROTE.search(kept[-1][:_LONGEST]):
        kept.pop()
