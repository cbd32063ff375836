"""The ready reasons that spotters read: questions about an ad, and why it is not forwarded. Pure.

A question is about what can be seen in the ad: nobody contacts a seller.
"""

from collections.abc import Iterator

from server.core.reasons import ReasonCode as R
from server.core.sentences import Sentence, sentence
from server.core.words import Category, DismissReason
from server.ledger.cases.pick import AdSigns, Pick

# --- Questions -------------------------------------------------------------------------------------------------------

PAPERS = Pick(
    "papers",
    sentence("Permits or documents?"),
    sentence("Does the ad say or show anything about a permit, a certificate or another document? Please quote it."),
)
RINGS = Pick(
    "rings",
    sentence("Ring or chip?"),
    sentence("Does the ad show or mention a ring, a microchip or documents? Please say where."),
)
NUMBER = Pick("number", sentence("How many?"), sentence("How many does the ad offer, and how do you know?"))
ORIGIN = Pick(
    "origin",
    sentence("Grown or wild?"),
    sentence("Does the ad say whether it was grown or taken from the wild? Please quote it."),
)
MATERIAL = Pick(
    "material",
    sentence("Which material?"),
    sentence("What in the ad tells you which material it is? If it has a closer picture, please add it."),
)
AGE = Pick("age", sentence("How old?"), sentence("Does the ad say how old it is? Please quote it."))
SPECIES = Pick(
    "species",
    sentence("Which species?"),
    sentence("Which species do you think it is, and what in the ad tells you so?"),
)
WHY = Pick(
    "why",
    sentence("Why suspected?"),
    sentence("What in the ad made you suspect it? Please quote the words or describe the picture."),
)
ONLINE = Pick("online", sentence("Still online?"), sentence("Is the ad still online, and does it still say the same?"))
SINGLE = Pick(
    "single",
    sentence("Which ad?"),
    sentence("The address leads to a list or a front page. Can you give us the address of the single ad?"),
)

QUESTIONS: dict[str, tuple[Pick, ...]] = {
    Category.LIVE: (SPECIES, RINGS, NUMBER, WHY, ONLINE),
    Category.PART: (MATERIAL, SPECIES, PAPERS, AGE, WHY, ONLINE),
    Category.PRODUCT: (MATERIAL, AGE, PAPERS, WHY, ONLINE),
    Category.PLANT: (SPECIES, ORIGIN, PAPERS, NUMBER, WHY, ONLINE),
    Category.SERVICE: (WHY, SPECIES, PAPERS, ONLINE),
}


def questions(ad: AdSigns) -> Iterator[Pick]:
    """What the spotters of this ad may be asked, the most useful first."""
    if ad.first(R.NO_LISTING) is not None:
        yield SINGLE
    yield from QUESTIONS.get(ad.category, (WHY, SPECIES, PAPERS, ONLINE))


# --- Dismissals ------------------------------------------------------------------------------------------------------


def _because(because: DismissReason, code: str, label: Sentence, text: Sentence) -> Pick:
    return Pick(code, label, text, {"because": because.value})


COMMON = {
    DismissReason.INNOCENT_WORD: (
        sentence("Innocent word"),
        sentence("The word means something else here. Nothing protected is offered."),
    ),
    DismissReason.LOOK_ALIKE: (
        sentence("Look-alike"),
        sentence("It looks like something protected, but appears to be something else."),
    ),
    DismissReason.NOT_PROTECTED: (
        sentence("Not protected"),
        sentence("What is offered does not appear to be protected where it is offered."),
    ),
    DismissReason.NOT_OFFERED: (sentence("Nothing offered"), sentence("Nothing protected is offered here.")),
    DismissReason.TOO_LITTLE: (
        sentence("Too little to tell"),
        sentence("The ad shows too little to tell what it is."),
    ),
    DismissReason.SCAM: (
        sentence("Scam"),
        sentence("It looks like a scam: what it offers does not seem to exist."),
    ),
}
D = DismissReason
USUAL: dict[str, tuple[DismissReason, ...]] = {
    Category.LIVE: (D.NOT_PROTECTED, D.LOOK_ALIKE, D.SCAM, D.TOO_LITTLE, D.NOT_OFFERED, D.INNOCENT_WORD),
    Category.PART: (D.LOOK_ALIKE, D.INNOCENT_WORD, D.TOO_LITTLE, D.NOT_PROTECTED, D.NOT_OFFERED, D.SCAM),
    Category.PRODUCT: (D.INNOCENT_WORD, D.LOOK_ALIKE, D.TOO_LITTLE, D.NOT_PROTECTED, D.NOT_OFFERED, D.SCAM),
    Category.PLANT: (D.NOT_PROTECTED, D.LOOK_ALIKE, D.TOO_LITTLE, D.INNOCENT_WORD, D.NOT_OFFERED, D.SCAM),
    Category.SERVICE: (D.NOT_OFFERED, D.TOO_LITTLE, D.SCAM, D.NOT_PROTECTED, D.INNOCENT_WORD, D.LOOK_ALIKE),
}


def dismissals(ad: AdSigns) -> Iterator[Pick]:
    """Why this ad may go no further: what its own words say first, then what is usual for what it offers."""
    taken = set()
    for pick in _signs(ad):
        taken.add(pick.fields["because"])
        yield pick
    for because in USUAL.get(ad.category, USUAL[Category.PRODUCT]):
        if because not in taken:
            yield _because(because, because.value, *COMMON[because])


def _signs(ad: AdSigns) -> Iterator[Pick]:
    if imitation := ad.first(R.IMITATION):
        yield _because(
            D.LOOK_ALIKE,
            "imitation",
            sentence("Imitation"),
            sentence("The ad says that it is an imitation: “%(word)s”.", **imitation),
        )
    if wanted := ad.first(R.WANTED):
        yield _because(
            D.NOT_OFFERED,
            "wanted",
            sentence("Wanted ad"),
            sentence("Somebody wants to buy here, as “%(word)s” says. Nothing is offered.", **wanted),
        )
    elif informs := ad.first(R.NEWS) or ad.first(R.TEACHING):
        yield _because(
            D.NOT_OFFERED,
            "informs",
            sentence("Information only"),
            sentence("The page gives information, as “%(word)s” shows. Nothing is offered.", **informs),
        )
    if against := ad.first(R.AGAINST_WORD):
        yield _because(
            D.INNOCENT_WORD,
            "against_word",
            sentence("“%(against)s” is innocent here", against=against["against"]),
            sentence("Here “%(against)s” means something else, as “%(word)s” shows.", **against),
        )
    if ad.first(R.NO_LISTING) is not None:
        yield _because(
            D.TOO_LITTLE,
            "no_listing",
            sentence("Not a single ad"),
            sentence("The address is a front page, a search or a list. Please report the single ad."),
        )
    if ad.first(R.KEPT_BEFORE) is not None:
        yield _because(
            D.OTHER,
            "kept_before",
            sentence("Kept online before"),
            sentence("The company has looked at this ad before and kept it online."),
        )
