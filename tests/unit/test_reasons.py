"""Why a case stands where it does is a code, and every code has its true words."""

import inspect
import string

import pytest

from server.core.reasons import AGAINST, SENTENCES, Reason, ReasonCode, read, words
from server.core.sentences import Sentence
from server.core.words import Answer
from server.ledger.cases import triage

SAID = [
    (ReasonCode.CATEGORY, {"category": "live"}, "Live animal"),
    (ReasonCode.APPENDIX, {"appendix": "I", "others": []}, "CITES Appendix I"),
    (ReasonCode.APPENDIX, {"appendix": "I", "others": ["II"]}, "CITES Appendix I, or II by population"),
    (ReasonCode.APPENDIX, {"appendix": "I", "others": ["II", "III"]}, "CITES Appendix I, or II or III by population"),
    (ReasonCode.REMOVED_BEFORE, {}, "Reported again after it was removed"),
    (ReasonCode.RESTRICTED_BEFORE, {}, "Reported again after it was restricted"),
    (ReasonCode.KEPT_BEFORE, {}, "The company kept it online before"),
    (ReasonCode.DISMISSED_BEFORE, {}, "Dismissed before"),
    (
        ReasonCode.STILL_THERE,
        {"day": "2026-11-09", "answer": "removed"},
        "Still there on 9 November 2026, though the company answered “Removed”",
    ),
    (
        ReasonCode.THERE_AGAIN,
        {"day": "2026-11-09", "gone": "2026-11-02"},
        "There again on 9 November 2026, after a check found it gone on 2 November 2026",
    ),
    *(
        (ReasonCode.REPOST, {"case": "C-7K3M9-Q2XWT", "shared": shared, "day": "2026-11-12"}, said)
        for shared, said in (
            ("photo", "A photo of C-7K3M9-Q2XWT, removed on 12 November 2026, is posted again"),
            ("text", "The text of C-7K3M9-Q2XWT, removed on 12 November 2026, is posted again"),
            ("both", "Photo and text of C-7K3M9-Q2XWT, removed on 12 November 2026, are posted again"),
        )
    ),
    (ReasonCode.SAME_SELLER, {"case": "C-7K3M9-Q2XWT"}, "The seller of C-7K3M9-Q2XWT posts the same again"),
    (ReasonCode.NO_PAPERS, {}, "No permit or document mentioned"),
    (ReasonCode.PAPERS_CLAIMED, {}, "Permits or documents are claimed, none shown"),
    (ReasonCode.DOCUMENT_SHOWN, {}, "The ad shows a document"),
    (ReasonCode.UNSURE, {}, "The spotter is unsure"),
    (ReasonCode.POSTED_TODAY, {}, "Posted within a day"),
    (ReasonCode.POSTED_LONG_AGO, {}, "Posted more than three months ago"),
    (ReasonCode.SPOTTERS, {"number": 1284}, "1,284 spotters report it"),
    (ReasonCode.NO_LISTING, {}, "The address is a front page, a search or a list, not a single ad"),
    (ReasonCode.REPORTS, {"number": 1284}, "1,284 reports"),
    (ReasonCode.TRUSTED_SPOTTER, {}, "A trusted spotter reported it"),
    (ReasonCode.RING_SUSPECTED, {}, "Many new accounts report this seller at once: see the alarm"),
    (
        ReasonCode.LEARNED_FOR,
        {"word": "bangle", "points": 12},
        "“bangle” adds 12 points to the likelihood, as decisions on other ads taught",
    ),
    (
        ReasonCode.LEARNED_AGAINST,
        {"word": "resin", "points": 9},
        "“resin” takes 9 points from the likelihood, as decisions on other ads taught",
    ),
    (ReasonCode.TAXON_CHOSEN, {"taxon": "Psittacus erithacus"}, "The spotter names Psittacus erithacus"),
    (ReasonCode.NAME, {"word": "100% congo"}, "“100% congo” is a name"),
    (ReasonCode.TRADE_WORD, {"word": "象牙"}, "“象牙” is a trade term"),
    (ReasonCode.HIDDEN_WORD, {"word": "1v0ry", "term": "ivory"}, "“1v0ry” hides the word “ivory”"),
    *(
        (ReasonCode.LAPSED, {"why": why}, f"Decided, but {said}. Decide again")
        for why, said in {
            "changed": "not carried out: the case changed meanwhile",
            "route": "no notice was sent: whom it would go to has changed",
            "names": "no notice was sent: it may name somebody who has reported it since",
            "nobody": "not asked: nobody who reported it can answer any more",
            "error": "an error of ours stopped it, and nothing was sent",
        }.items()
    ),
    (ReasonCode.GOODS, {"word": "bangle"}, "“bangle” names goods"),
    (ReasonCode.ALIVE, {"word": "hatched"}, "“hatched” suggests that it is alive"),
    (ReasonCode.REAL, {"word": "genuine"}, "“genuine” says that it is real"),
    (ReasonCode.OFFER, {"word": "for sale"}, "“for sale” is an offer"),
    (ReasonCode.AGAINST_WORD, {"word": "satin", "against": "ivory"}, "“satin” speaks against “ivory”"),
    (ReasonCode.AGAINST_AD, {"word": "toy"}, "“toy” speaks against the whole ad"),
    (ReasonCode.IMITATION, {"word": "faux"}, "“faux” says that it is an imitation"),
    (ReasonCode.WANTED, {"word": "WTB"}, "“WTB”: somebody wants to buy"),
    (ReasonCode.NEWS, {"word": "seized"}, "“seized” is a word of news, and nothing is offered"),
    (
        ReasonCode.TEACHING,
        {"word": "did you know"},
        "“did you know” suggests an informative text, and nothing is offered",
    ),
    *(
        (ReasonCode.CLAIM, {"claim": claim, "word": "证书"}, f"“证书” {said}")
        for claim, said in {
            "papers": "claims permits or documents",
            "cites": "names CITES",
            "no_papers": "says that there is no permit or document",
            "antique": "claims that it is an antique",
            "pre_convention": "claims that it is older than its protection",
            "captive_bred": "claims that it was bred in captivity",
            "legal": "claims that it is legal",
        }.items()
    ),
    (ReasonCode.QUANTITY, {"number": 1200}, "Quantity in the ad: 1200"),
    (ReasonCode.GRAMS, {"grams": 2500}, "Weight in the ad: 2500 g"),
    (ReasonCode.PRICE, {"price": "3万元"}, "Price in the ad: 3万元"),
    (ReasonCode.LEADS_CONFIRM, {"number": 1}, "1 lead would report it, too"),
    (ReasonCode.LEADS_CONFIRM, {"number": 2}, "2 leads would report it, too"),
    (ReasonCode.LEADS_DOUBT, {"number": 1}, "1 lead doubts it"),
    (ReasonCode.AS_WRITTEN, {"text": "No papers named", "sign": "+"}, "No papers named"),
]


@pytest.mark.parametrize(("code", "params", "sentence"), SAID, ids=[sentence for *_, sentence in SAID])
def test_a_code_with_its_parameters_is_worded(code: ReasonCode, params: dict[str, object], sentence: str) -> None:
    text = words(read(Reason(code, 0.5, params).kept()))
    assert text == sentence
    assert text[0] in string.ascii_uppercase + "“0123456789"
    if code != ReasonCode.AS_WRITTEN:
        assert isinstance(text, Sentence), "it is translated where it is shown"


@pytest.mark.parametrize("code", ReasonCode, ids=str)
def test_every_code_has_its_words_and_every_parameter_they_name_is_given(code: ReasonCode) -> None:
    given = [params for of, params, _ in SAID if of == code]
    assert given, f"{code} is missing from this table"
    assert all(set(inspect.signature(SENTENCES[code]).parameters) == set(params) for params in given)


def test_there_are_words_for_no_other_codes() -> None:
    assert set(SENTENCES) == set(ReasonCode) >= AGAINST


@pytest.mark.parametrize("answer", Answer, ids=str)
def test_every_answer_can_be_contradicted(answer: Answer) -> None:
    assert "though the company answered" in words(
        Reason(ReasonCode.STILL_THERE, None, {"day": "2026-11-09", "answer": answer.value})
    )


@pytest.mark.parametrize("sign", "+-")
def test_what_was_written_then_speaks_for_or_against_as_it_did(sign: str) -> None:
    assert Reason(ReasonCode.AS_WRITTEN, None, {"text": "x", "sign": sign}).against == (sign == "-")


def test_what_triage_says_of_every_case_can_be_worded() -> None:
    for category in triage.HARM:
        for before in triage.BEFORE:
            for papers in triage.PAPERS:
                for age in (1.0, 24.0 * 100):
                    judged = triage.prioritise(triage.Signals(
                        category, 0.5, (), ("I", "III"), "unsure", papers, age, 7, True, before
                    ))  # fmt: skip
                    assert all(words(reason) for reason in judged.reasons)
                    signs = [reason.against for reason in judged.reasons]
                    assert signs == sorted(signs), "what speaks for it stands first"
                    assert all((reason.weight < 0) <= reason.against for reason in judged.reasons)  # type: ignore[operator]
