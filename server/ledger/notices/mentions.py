"""What in a text names a person in the programme: their name, parts of it, their email address or a handle made of it. Pure.

A notice names nobody (design 5.5), and the words that could come from anywhere: a page that greets the volunteer, a
seller's field, a link with the sharer's address in it, a coordinator who credits a colleague. So every text is searched
in the ways people and pages write names: in any order, with other letters' look-alikes, figures for letters, letter by
letter, run together, percent-encoded.

Everyday words count together ("Rosa Meier"), where somebody is addressed ("Hello Rosa"), speaks ("Dan says") or signs ("— Dan");
see `spoken_of.py`.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from server.core import folding, mailboxes, unmasking
from server.ledger.notices import email_addresses, names, spoken_of
from server.ledger.notices.email_addresses import Span
from server.ledger.notices.spoken_of import TextWord

LONG = 8  # letters of a whole name that is found inside a longer word: `realanasouza`
LONGEST = 40  # letters of a name that is looked for letter by letter


class Mention(NamedTuple):
    """Where a text names somebody. `text` is what was read there: percent-encoding undone."""

    field: str
    text: str
    spans: tuple[Span, ...]
    addresses: tuple[Span, ...]  # those of them that hold an email address: nobody may let one pass

    @property
    def address(self) -> bool:
        """Whether there is an email address among them."""
        return bool(self.addresses)

    @property
    def words(self) -> list[str]:
        """The words that name somebody, as they are written."""
        return self._written(self.spans)

    @property
    def email_addresses(self) -> list[str]:
        """Those of the words that hold an email address."""
        return self._written(self.addresses)

    def stated(self) -> dict[str, Any]:
        """As a refusal and a page have it."""
        return self._asdict() | {"address": self.address}

    def _written(self, spans: Iterable[Span]) -> list[str]:
        return list(dict.fromkeys(self.text[start:end] for start, end in spans))


def find(
    fields: Mapping[str, str | None],
    people: names.People,
    *,
    excepted: Iterable[str] = (),
    ad_words: Iterable[str] = (),
    ad: Iterable[str | None] = (),
) -> list[Mention]:
    """Where these texts (by field) name somebody of `people`; one mention a field, in the order of the fields.

    excepted: the notifier's own name and address, which stand in every notice. ad_words: words that a coordinator has
    confirmed to be the ad's own, which counts where they stand in `ad`, its texts; an email address never is.
    """
    own = [word for word in excepted if word.strip()]
    said = [reading for text in ad for reading in email_addresses.readings(text or "")] if ad_words else []
    confirmed = {key for word in ad_words if (key := _key(word)) and any(_says(reading, key) for reading in said)}
    mentions = []
    for name, text in fields.items():
        for reading in reversed(list(email_addresses.readings(text or ""))):
            addresses, words = _named(_without(reading, own), people)
            words = _unconfirmed(reading, words, confirmed)
            if addresses or words:
                spans = tuple(_merged(addresses + words))
                held = tuple((s, e) for s, e in spans if any(s <= start and end <= e for start, end in addresses))
                mentions.append(Mention(name, reading, spans, held))
                break
    return mentions


def struck(text: str, people: names.People, by: str) -> str:
    """The text with `by` in place of everything that names somebody of `people`, in encoded pieces too."""
    return _ENCODED.sub(lambda piece: next(_cuts(piece[0], people, by), piece[0]), _cut(text, people, by))


_ENCODED = re.compile(r"[^\s\"<>]*[%&][^\s\"<>]*")


def _cuts(piece: str, people: names.People, by: str) -> Iterator[str]:
    return (left for reading in email_addresses.readings(piece) if (left := _cut(reading, people, by)) != reading)


def _cut(text: str, people: names.People, by: str) -> str:
    for start, until in reversed(_merged(span for spans in _named(text, people) for span in spans)):
        text = text[:start] + by + text[until:]
    return text


def _unconfirmed(text: str, spans: list[Span], confirmed: Collection[str]) -> list[Span]:
    """The spans without words that are confirmed: one by one, or all that stand together."""
    together = [(start, end) for start, end in _merged(spans) if _key(text[start:end]) in confirmed]
    return [
        (start, end)
        for start, end in spans
        if _key(text[start:end]) not in confirmed and not any(s <= start and end <= e for s, e in together)
    ]


def _key(words: str) -> str:
    return "".join(character for character in folding.native(words) if character.isalnum())


def _says(text: str, key: str) -> bool:
    """Whether `text` has these words: whole, whatever stands between them; within a run where a script has no spaces."""
    words = re.findall(r"[^\W_]+", folding.native(text))
    if names.UNSPACED.search(key):
        return key in "".join(words)
    for at, word in enumerate(words):
        for after in range(at + 1, len(words) + 1):
            if word == key:
                return True
            if after == len(words) or not key.startswith(word):
                break
            word += words[after]
    return False


def _without(text: str, own: Iterable[str]) -> str:
    """The text with the notifier's own words blanked, every other letter in its place."""
    for word in sorted(own, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda found: "·" * len(found[0]), text, flags=re.IGNORECASE)
    return text


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _named(text: str, people: names.People) -> tuple[list[Span], list[Span]]:
    """Where `text` gives somebody's email address, and where somebody's name or handle."""
    folded = folding.fold(text)
    addresses: list[Span] = []
    words: list[Span] = []
    for view in (folded.latin, folded.native):
        addresses += [view.span(*span) for span in _emails(view.text, people)]
        words += [view.span(*span) for span in _words(text, view, people)]
    words += [folded.latin.span(*span) for span in _masked(folded.latin.text, people)]
    words += [folded.native.span(*span) for span in _unspaced(folded.native.text, people)]
    return addresses, words


def _emails(text: str, people: names.People) -> Iterator[Span]:
    for address, span in email_addresses.given_in(text):
        if mailboxes.without_tag(address) in people.emails:
            yield span


# --- Words ------------------------------------------------------------------------------------------------------------


def _words(text: str, view: folding.View, people: names.People) -> Iterator[Span]:
    tokens = spoken_of.tokens(text, view)
    for at, token in enumerate(tokens):
        if token.word in people.alone or token.word in people.whole or _varied(token.word, people):
            yield token.start, token.end
        if token.word in people.parts and spoken_of.is_person(tokens, at, view.text):
            yield token.start, token.end
        joined, tight = token.word, True
        for after in range(at + 1, min(at + 1 + names.MOST_PARTS, len(tokens))):
            gap = tokens[after].gap
            if len(gap) > spoken_of.GAP or re.search(r"\d", gap):
                break
            joined += tokens[after].word
            tight = tight and not re.search(r"\s", gap)
            if joined in people.whole or (tight and joined in people.alone):
                yield token.start, tokens[after].end
        if at + 1 < len(tokens) and len(tokens[at + 1].gap) <= spoken_of.GAP and _pair(token, tokens[at + 1], people):
            yield token.start, tokens[at + 1].end
    yield from _spelled(tokens, people)
    for match in re.finditer(r"[a-z0-9]+", view.text):  # otter42
        if match[0] in people.alone:
            yield match.span()


def _varied(word: str, people: names.People) -> bool:
    """Whether a longer word holds somebody's whole name, or is a name with an Arabic "and" before it or another ending."""
    if len(word) > LONG and any(len(whole) >= LONG and whole in word for whole in people.whole):
        return True
    if re.match("[وفبكل]", word) and word[1:] in people.alone:
        return True
    return _inflected(word, people)


# What Slavic languages put at the end of a name, written without accents: Соколова, Соколовой; Kowalski, Kowalskiego.
_ENDINGS = frozenset(
    """а я у ю ы и е ои еи ою ею ого его ому ему ым им ом ем ых их ими ыми ам ами ах
    i a iej iego iemu im imi ich""".split()  # noqa: SIM905
)


def _inflected(word: str, people: names.People) -> bool:
    """Whether a word is somebody's name with another ending."""
    if word in people.everyday or (word.isascii() and not re.search(r"(?:sk|ck|dz)(?:a|i\w{0,3})$", word)):
        return False
    return any(word[-size:] in _ENDINGS and word[:-size] in people.stems for size in (1, 2, 3, 4))


def _pair(word: TextWord, neighbour: TextWord, people: names.People) -> bool:
    """Whether two neighbours are two parts of one person's name."""
    whose = people.parts.get(word.word, set())
    return any(number == n and place != p for number, place in whose for n, p in people.parts.get(neighbour.word, ()))


def _spelled(tokens: list[TextWord], people: names.People) -> Iterator[Span]:
    """A name letter by letter: `S o u z a`, `a-n-a`."""
    wanted = {word for word in people.alone | people.whole if len(word) <= LONGEST}
    run: list[TextWord] = []
    for token in [*tokens, None]:
        if token and len(token.word) == 1 and (not run or len(token.gap) <= spoken_of.GAP):
            run.append(token)
            continue
        letters = "".join(single.word for single in run)
        if letters in wanted:
            yield run[0].start, run[-1].end
        for size in range(names.SHORTEST_HANDLE, min(len(letters), LONGEST + 1)):
            for first in range(len(letters) - size + 1):
                if letters[first : first + size] in wanted:
                    yield run[first].start, run[first + size - 1].end
        run = [token] if token and len(token.word) == 1 else []


# --- Masked, and without spaces ---------------------------------------------------------------------------------------

_SIGNS = re.compile(r"[a-z0-9@$!|]{4,}")


def _masked(text: str, people: names.People) -> Iterator[Span]:
    """Figures and signs for letters, in the Latin view: `S0uza`, `Kowa1ska`, `An@Souza`."""
    for match in _SIGNS.finditer(text):
        word = match[0]
        trimmed = (word, word.strip("0123456789!@|$"), word.rstrip("0123456789"), word.strip("!@|"))
        for piece in trimmed:
            if len(piece) < names.SHORTEST_HANDLE or piece in people.everyday or not re.search(r"[a-z]", piece):
                continue
            if piece.translate(unmasking.SKELETON) in people.masked:
                start = match.start() + word.index(piece)
                yield start, start + len(piece)


def _unspaced(text: str, people: names.People) -> Iterator[Span]:
    """Names in Chinese, Japanese, Korean, Thai and the like: whole, also with signs wedged between."""
    if not names.UNSPACED.search(text):
        return
    keep = [place for place, character in enumerate(text) if not re.match(r"[\s·・.．_\-–—*|/~、，,]", character)]
    squeezed = "".join(text[place] for place in keep)
    for pattern in people.unspaced:
        for match in pattern.finditer(squeezed):
            yield keep[match.start()], keep[match.end() - 1] + 1
