"""Whether a name that is also an everyday word names a person where it stands. Pure.

Rosa is a colour and Dan a word for "and": they name somebody who is addressed ("Hello Rosa"), credited ("reported by Dan"),
speaks ("Dan says"), signs ("— Dan"), has a report ("Dan's report") or says who they are ("This is Dan.").
"""

import re
from dataclasses import dataclass

from server.core import folding
from server.ledger.notices import names

GAP = 4  # signs between two words that belong together: "Souza , Ana"
SIGN_OFF = 12  # signs between the last word and a signature


@dataclass(frozen=True, slots=True)
class TextWord:
    """A word of a folded view, and where it stands there."""

    word: str
    start: int
    end: int
    capital: bool  # as it was written; True in scripts that have none
    gap: str  # what stands between it and the word before


def tokens(text: str, view: folding.View) -> list[TextWord]:
    """The words of a view, each with what stands before it."""
    found: list[TextWord] = []
    for match in names.WORD.finditer(view.text):
        first = text[view.span(*match.span())[0]]
        gap = view.text[found[-1].end : match.start()] if found else ""
        found.append(TextWord(names.bare(match[0]), *match.span(), not first.islower(), gap))
    return found


def is_person(tokens: list[TextWord], at: int, text: str) -> bool:
    """Whether the word at `at`, in a view's `text`, is what a person is called."""
    return (
        _called(tokens, at)
        or _speaks(tokens, at)
        or _signed(tokens, at, text)
        or _owns(tokens, at)
        or _introduces(tokens, at)
    )


# What is said before a person's name: one that is an everyday word counts after these, with a capital.
_CALLS = frozenset(
    """spotter spotters volunteer volunteers coordinator coordinators reporter colleague hi hello hey dear thanks cheers welcome
    freiwillige freiwilliger koordinator koordinatorin kollege kollegin hallo liebe lieber danke
    benevole coordinateur coordinatrice collegue bonjour salut cher chere merci
    voluntario voluntaria coordinador coordinadora hola querido querida estimado estimada gracias
    coordenador coordenadora ola oi caro cara obrigado obrigada
    volontario volontaria coordinatore collega ciao grazie
    vrijwilliger coordinator hoi beste dag bedankt
    wolontariusz koordynator czesc witaj drogi droga
    доброволец волонтер координатор привет здравствуйте уважаемый уважаемая спасибо
    gonullu koordinator merhaba selam sayin
    relawan koordinator halo hai terima sukarelawan mratibu habari
    asked signed regards wishes greetings sincerely yours gruss grussen grusse gruesse gruessen unterzeichnet cordialement amicalement
    saludos saludo atentamente cordialmente firmado atenciosamente abracos saluti groeten groet pozdrawiam уважением
    saygilarimla selamlar salam""".split()  # noqa: SIM905
)
_ACTS = frozenset(  # what only a person does: "Dan says", "Rosa reported it"
    """says said reported reports saw spotted flagged thinks thought confirmed confirms checked wrote told asked agrees
    sagt meldete fand schrieb meint dit signale ecrit pense dice dijo informo reporto escribio disse""".split()  # noqa: SIM905
)
_ROLES = frozenset(  # "Dan, coordinator"
    """coordinator volunteer spotter koordinator koordinatorin coordinateur coordinatrice coordinador
    coordinadora""".split()  # noqa: SIM905
)
_REPORTS = (
    frozenset(  # what only a person of the programme has: "rapport de Rosa". Not notes: a scent has notes of Amber
        """report reports opinion finding findings decision advice meldung meldungen bericht signalement signalements rapport
    avis reporte informe segnalazione denuncia melding zgloszenie laporan""".split()  # noqa: SIM905
    )
)
_WORK = _REPORTS | frozenset(  # "Dan's note"
    "flag flags note notes message messages mail email view guess colleague team case cases words".split()  # noqa: SIM905
)
_OF = frozenset({"of", "by", "from", "von", "de", "d", "di", "da", "van", "dari"})
_HERE = frozenset(  # what follows who says who is speaking: "This is Dan from", "Ici Dan"
    "from here speaking again writing at with of and aus von vom de du da dari".split()  # noqa: SIM905
)
_QUOTES = "'\"‘’‚‛“”„‟«»‹›`´ʼ＇"
_JOINS = frozenset(_QUOTES)  # one of them joins two words: "Dan's"
_SIGNS_OFF = re.compile(r"[^\w\n]*(?:\n\W*|[—–―~]+\s*|\s-+\s*)")  # before a signature: a new line, or a dash
_TITLES = frozenset(  # after which a full stop may stand: "Ms. Rosa"
    "mr mrs ms miss frau herr madame monsieur mme mlle senora senor signora signor senhora senhor pani господин bapak bwana".split()  # noqa: SIM905
)
_CREDITS = frozenset({
    ("i", "m"), ("m", "appelle"), ("mi", "chiamo"), ("ich", "heisse"), ("reported", "by"), ("flagged", "by"), ("spotted", "by"), ("found", "by"), ("seen", "by"), ("thanks", "to"),
    ("name", "is"), ("i", "am"), ("ich", "bin"), ("je", "suis"), ("me", "llamo"), ("written", "by"), ("signed", "by"),
    ("checked", "by"), ("confirmed", "by"), ("checked", "with"), ("confirmed", "with"), ("spoke", "with"), ("spoke", "to"),
    ("signale", "par"), ("gemeldet", "von"), ("gefunden", "von"), ("reportado", "por"), ("segnalato", "da"),
})  # fmt: skip


def _called(tokens: list[TextWord], at: int) -> bool:
    """Whether the word at `at` is what somebody is called: "Hello Rosa", "reported by Dan"."""
    token = tokens[at]
    if at == 0 or not token.capital or len(token.gap) > GAP:
        return False
    before = tokens[at - 1].word
    if not re.fullmatch(r"\.?\s+" if before in _TITLES else rf"[\s,:@(/·{_QUOTES}-]*", token.gap):
        return False
    return before in _TITLES or before in _CALLS or (at > 1 and (tokens[at - 2].word, before) in _CREDITS)


def _speaks(tokens: list[TextWord], at: int) -> bool:
    """Whether the word at `at` is or does what only a person is or does: "Dan says", "Dan, coordinator"."""
    after = _after(tokens, at)
    if after is None or not tokens[at].capital:
        return False
    gap = after.gap.lstrip(_QUOTES)
    return after.word in _ACTS if gap == " " else gap in (", ", " (") and after.word in _ROLES


def _after(tokens: list[TextWord], at: int) -> TextWord | None:
    """The word after the one at `at`; past what an apostrophe joins to it: "Dan's", "Dan’ll", "Dan'd"."""
    after = tokens[at + 1 : at + 3]
    if after and after[0].word in ("s", "ll", "d") and after[0].gap in _JOINS:
        after = after[1:]
    return after[0] if after else None


def _owns(tokens: list[TextWord], at: int) -> bool:
    """Whether a piece of the programme's work is said to be of the word at `at`: "Dan's report", "le rapport de Rosa"."""
    token, after = tokens[at], tokens[at + 1 : at + 3]
    if not token.capital:
        return False
    if len(after) == 2 and after[0].word == "s" and after[0].gap in _JOINS:
        return after[1].word in _WORK and after[1].gap == " "
    before = [each.word for each in tokens[max(0, at - 2) : at]]
    joined = token.gap == " " or (token.gap in _JOINS and before[-1:] == ["d"])
    return joined and len(before) == 2 and before[0] in _REPORTS and before[1] in _OF


_THIS_IS = frozenset({("this", "is"), ("it", "s"), ("c", "est"), ("hier", "ist"), ("aqui", "es")})


def _introduces(tokens: list[TextWord], at: int) -> bool:
    """Whether the word at `at` is who is speaking: "This is Dan.", "Hello, it's Rosa from the coast". A thing may be, too:
    "This is Rosa marble" is no person."""
    token = tokens[at]
    if at < 2 or not token.capital or not re.fullmatch(rf"\s[{_QUOTES}]?", token.gap):
        return False
    if (tokens[at - 2].word, tokens[at - 1].word) not in _THIS_IS:
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or re.match(rf"[{_QUOTES}]?[.,;:!?…\n]", after.gap):
        return True
    return after.gap == " " and after.word in _HERE


def _signed(tokens: list[TextWord], at: int, text: str) -> bool:
    """Whether the word at `at` signs what stands before it: the last of its line, on one of its own or behind a dash."""
    token = tokens[at]
    if at == 0 or not token.capital or len(token.gap) > SIGN_OFF or not _SIGNS_OFF.fullmatch(token.gap):
        return False
    end = text.find("\n", token.end)
    return not re.search(r"\w", text[token.end : len(text) if end < 0 else end])
