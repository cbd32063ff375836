"""The text of a mail that is HTML alone, with what it quotes marked as plain mails mark it. Pure."""

import re
from html import unescape

_NAMES = re.compile(r"\w+")
_BLOCKS = frozenset(
    _NAMES.findall(
        "address article blockquote br dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main ol p "
        "pre section table tr ul"
    )
)
_UNSEEN = frozenset(_NAMES.findall("head script style template title noscript object svg"))
_VOID = frozenset(_NAMES.findall("area base br col embed hr img input link meta param source track wbr"))
# How mail programs mark what they quote: by class or id of the element around it.
_QUOTING = re.compile(r"\b(gmail_quote|gmail_extra|yahoo_quoted|moz-cite-prefix|protonmail_quote|tutanota_quote)\b")
_REST = re.compile(r"\b(divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|mail-editor-reference-message-container)\b")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20}|[!?])")
_CLASS = re.compile(r"""\b(?:class|id)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_LONGEST_TAG = 2000  # characters of it that are looked at
_MOST_OPEN = 200  # elements inside each other; what is deeper counts as inside the last one


def text_of(html: str) -> str:
    """What somebody reads there. Lines that it quotes begin with `> `; what nobody sees is left out.

    Every step goes forward: the library's own parser looks at the rest again and again where something never ends.
    """
    reader, at = _Reader(), 0
    while (start := html.find("<", at)) >= 0:
        reader.words(html[at:start])
        if html.startswith("<!--", start):
            end = html.find("-->", start)
        elif _TAG.match(html, start):
            end = html.find(">", start)
        else:
            reader.words("<")
            at = start + 1
            continue
        if end < 0:
            return reader.text()
        at = html.index(">", end) + 1
        if tag := _TAG.match(html, start):
            name = tag.group(2).lower()
            if tag.group(1):
                reader.end(name)
            else:
                reader.start(name, html[start : min(at, start + _LONGEST_TAG)])
                if name in ("script", "style"):
                    close = re.compile(f"</{name}", re.IGNORECASE).search(html, at)
                    if close is None:
                        return reader.text()
                    at = close.start()
    reader.words(html[at:])
    return reader.text()


class _Reader:
    def __init__(self) -> None:
        self.lines: list[tuple[str, list[str]]] = [("", [])]  # the mark of a quote or nothing, and the pieces of text
        # The document, then its elements: name, whether it is unseen, whether it is quoted
        self.open = [("", False, False)]
        self.rest_quoted = False

    @property
    def _unseen(self) -> bool:
        return self.open[-1][1]

    @property
    def _quoted(self) -> bool:
        return self.rest_quoted or self.open[-1][2]

    def _break(self) -> None:
        self.lines.append(("", []))

    def start(self, name: str, tag: str) -> None:
        named = " ".join(value.strip("\"'") for value in _CLASS.findall(tag))
        if _REST.search(named):  # Outlook: from here to the end
            self.rest_quoted = True
        if name not in _VOID and len(self.open) <= _MOST_OPEN:
            quoted = self._quoted or name == "blockquote" or bool(_QUOTING.search(named))
            self.open.append((name, self._unseen or name in _UNSEEN, quoted))
        if name in _BLOCKS:
            self._break()
        elif name in ("td", "th"):
            self.words(" ")

    def end(self, name: str) -> None:
        for place in reversed(range(len(self.open))):
            if self.open[place][0] == name:
                del self.open[place:]
                break
        if name in _BLOCKS:
            self._break()

    def words(self, text: str) -> None:
        if text and not self._unseen:
            if not self.lines[-1][1]:
                self.lines[-1] = ("> " if self._quoted else "", [])
            self.lines[-1][1].append(unescape(text))

    def text(self) -> str:
        lines: list[str] = []
        apart = False
        for mark, parts in self.lines:
            if words := " ".join("".join(parts).split()):
                lines += [""] if apart and lines else []
                lines.append(mark + words)
            apart = not words
        return "\n".join(lines)
