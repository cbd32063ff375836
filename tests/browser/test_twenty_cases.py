"""Twenty cases on a coordinator's queue, in a real Chromium: what each page says of its case is true, and no more is said.

Among them a repost of what was removed, a ring against an honest shop, a look-alike photo, a masked word, a Chinese and an
Arabic ad, mammoth, a colour, a wanted ad, and a rug.
"""

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from server.core.database import read
from server.core.words import Answer, Level, LinkKind, Role, Via
from server.journeys.report import answering
from server.journeys.spotter import accrediting, joining
from server.ledger.cases.models import Case
from server.ledger.matches.models import Link
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Report
from tests.browser import signing_in
from tests.browser.chromium import ROOT, without_extension
from tests.browser.popup_rig import needs_chromium
from tests.browser.sites import ours
from tests.conftest import PASSWORD, People
from tests.sending import send
from tests.story import decide

pytestmark = needs_chromium

MERCADO, TRADEPOST = "https://mercado.test/itm/26537{:07d}", "https://tradepost.test/ad/77{:05d}"
PICTURES = ROOT / "server" / "demo" / "pictures"


def picture(name: str, *, crop: float = 0.0, quality: int = 90, width: int = 800) -> bytes:
    """A drawn photo, as another upload of it would be: cropped, scaled and encoded anew."""
    with Image.open(PICTURES / f"{name}.webp") as drawn:
        image = drawn.convert("RGB")
    left, top = int(image.width * crop), int(image.height * crop)
    image = image.crop((left, top, image.width - left, image.height - top))
    image = image.resize((width, width * image.height // image.width))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


TORTOISES = """Pair of Indian star tortoises, about 8 cm, eating well, very active in the morning sun. Came with a friend from
abroad last month. No certificate yet, not needed for private buyers. Collection in the evening only."""
# name: address, title, description, seller, language, category, photo
ADS: dict[str, tuple[str, str, str, str, str, str, bytes | None]] = {
    "removed": (MERCADO.format(1), "Star tortoise pair, young", TORTOISES, "shellbacks", "en", "live", picture("tortoises")),
    "repost": (
        TRADEPOST.format(2), "Star tortoises, young pair", TORTOISES.replace("evening", "late evening"), "quiet_shell", "en",
        "live", picture("tortoises", crop=0.05, quality=60, width=600),
    ),
    "carving": (
        MERCADO.format(3), "Carved ivory tusk, no papers", "Elephant ivory, whole tusk, carved, 2 kg, ships worldwide.", "attic_finds",
        "en", "product", picture("curved-carving"),
    ),
    "look-alike photo": (
        TRADEPOST.format(4), "Resin figure of a fisherman", "Cast resin, new, from a gift shop that closed.", "greenbench", "en",
        "product", picture("figure"),
    ),
    "masked": (MERCADO.format(5), "1v0ry bangle, 40 g", "Old piece, message me for more pictures.", "quietshop77", "en", "product", None),
    "chinese": (MERCADO.format(6), "象牙手镯 内径58mm 62克", "老料，包邮，不议价，无证。", "nine_rivers", "zh", "product", None),
    "arabic": (MERCADO.format(7), "سوار من العاج للبيع", "عاج فيل أصلي قديم، الوزن 40 غرام، بدون أوراق.", "souk_nine", "ar", "product", None),
    "mammoth": (MERCADO.format(8), "Mammoth ivory knife handle", "Siberian mammoth ivory, carved, new.", "north_blades", "en", "product", None),
    "colour": (MERCADO.format(9), "Ivory satin wedding dress, size 12", "Worn once, dry cleaned, colour ivory.", "ines_wardrobe", "en", "product", None),
    "wanted": (MERCADO.format(10), "Wanted: pangolin scales", "I am looking for pangolin scales, any amount. I pay well.", "powder_buyer", "en", "part", None),
    "rug": (TRADEPOST.format(11), "Tiger rug, faux, synthetic", "A plush rug for a playroom. No animal was harmed.", "oldmill_lane", "en", "product", None),
    "parrots": (TRADEPOST.format(12), "African grey parrots, 3 chicks", "Hand tame, 12 weeks, without rings or papers.", "talkative_birds", "en", "live", None),
}  # fmt: skip
SHOP = ("Hand-made lamp no. {}", "Brass and green glass, rewired last spring, with its shade.", "casa_clara")
RING = 12


def report_of(name: str, **suspicion: Any) -> tuple[dict[str, Any], dict[str, bytes]]:
    url, title, description, seller, language, category, photo = ADS[name]
    base = url.rsplit("/", 2)[0]
    return {
        "url": url,
        "captured_at": "2026-11-24T10:00:00Z",
        "access": "public",
        "listing": {
            "title": title, "description": description, "language": language,
            "seller": {"name": seller, "url": f"{base}/seller/{seller}"},
        },
        "suspicion": {"category": category, "reason": "It looks protected to me.", "legality_evidence": "none"} | suspicion,
    }, ({"photo_1": photo} if photo else {})  # fmt: skip


class Queue:
    """Twenty cases as the programme meets them, and who reported what."""

    def __init__(self, people: People, work_all: Callable[[], int]) -> None:
        self.people, self.cases = people, dict[str, str]()
        self.client = people.app.test_client()
        for number in range(RING):
            email = f"new{number}@people.test"
            people.ids[f"new{number}"] = joining.add_account(email, f"Newcomer {number}", Role.SPOTTER, PASSWORD, None)
            accrediting.accredit_by_email(email, "cora@people.test", "For the test.", Level.PROBATION, waive_exam=True)
        self.flag("removed", "ana")
        work_all()
        notice_id = decide(people, self.cases["removed"])
        work_all()
        answering.answer_notice(notice_id, {"answer": Answer.REMOVED, "reason": ""}, Via.PORTAL, people.ids["mia"])
        for name in list(ADS)[1:]:
            self.flag(name, "ana")
        self.flag("carving", "new0")
        for place in range(8):  # a ring: new accounts that report one honest shop and nothing else
            for number in range(1, RING):
                self.flag_lamp(place, f"new{number}")
        work_all()

    def flag(self, name: str, by: str) -> None:
        report, photos = report_of(name)
        self._send(name, by, report, photos)

    def flag_lamp(self, place: int, by: str) -> None:
        title, description, seller = SHOP
        report, _ = report_of("carving", reason="This seller sells ivory, take it down.")
        report["url"] = MERCADO.format(100 + place)
        report["listing"] = {
            "title": title.format(place), "description": description, "language": "en",
            "seller": {"name": seller, "url": f"https://mercado.test/seller/{seller}"},
        }  # fmt: skip
        self._send(f"lamp {place}", by, report, {})

    def _send(self, name: str, by: str, report: dict[str, Any], photos: dict[str, bytes]) -> None:
        answer = send(self.client, self.people.token(by), report, **photos)
        assert answer.status_code == 201, answer.text
        with read() as session:
            self.cases[name] = session.scalars(select(Report.case_id).where(Report.id == answer.json["id"])).one()


@pytest.fixture
def queue(people: People, work_all: Callable[[], int]) -> Queue:
    return Queue(people, work_all)


@pytest.fixture
def desk(app: Flask, queue: Queue) -> Iterator[Callable[[str], str]]:
    """Cora's browser: the text of the page at a path."""
    with without_extension() as driver, ours(app) as base:
        signing_in.sign_in(driver, base, "cora@people.test")

        def page(path: str) -> str:
            driver.get(base + path)
            return str(driver.execute_script("return document.querySelector('main').innerText"))

        yield page


def why(page: str) -> list[str]:
    """The reasons that a case's page gives, one a line."""
    after = re.split(r"Why this case is first|Why this priority", page)[1]
    lines = after.partition("Suspected species")[0].splitlines()
    told = lines[lines.index("Freshness") + 2 : lines.index("What orders the queue")]
    return [line for line in told if line and line != "How the number is made"]


def ad_text(name: str) -> str:
    if name.startswith("lamp"):
        return f"{SHOP[0].format(name[-1])}\n{SHOP[1]}"
    return "\n".join(ADS[name][1:3])


# A sentence that a page may say, and what makes it true of a case: its page, its ad, and what the sentence names.
TRUE: tuple[tuple[str, Callable[[str, str, re.Match[str]], bool]], ...] = (
    (r"“(?P<word>.+)” hides the word “(.+)”", lambda page, ad, said: said["word"] in ad),
    (r"“(?P<word>.+)” speaks against “(?P<other>.+)”", lambda page, ad, said: said["word"] in ad and said["other"] in ad),
    (r"“(?P<word>.+)” claims .+", lambda page, ad, said: False),  # none of these ads claims anything of the law
    (r"“(?P<word>.+)” says that there is no permit or document", lambda page, ad, said: said["word"] in ad),
    (r"“(?P<word>.+)”: somebody wants to buy", lambda page, ad, said: said["word"] in ad and "WANTED" in ad.upper()),
    (r"“(?P<word>.+)” (is|names|says that it is|suggests that it is|suggests an|speaks against) .+", lambda page, ad, said: said["word"] in ad),
    (r"Weight in the ad: (?P<grams>[\d,]+) g", lambda page, ad, said: GRAMS[said["grams"]] in ad),
    (r"Quantity in the ad: (?P<number>\d+)", lambda page, ad, said: said["number"] in ad),
    (r"(?P<number>\d+) spotters report it", lambda page, ad, said: f"{said['number']} reports" in page),
    (r"A trusted spotter reported it", lambda page, ad, said: "\nTrusted · " in page),
    (r"No permit or document mentioned", lambda page, ad, said: " · No permit or document mentioned · " in page),
    (r"CITES Appendix (?P<number>I+)(, or I+ by population)?", lambda page, ad, said: f"CITES Appendix {said['number']}, " in page),
    (r"Live animal|Part of an animal", lambda page, ad, said: f" · {said[0]} · " in page),
)  # fmt: skip
GRAMS = {"2,000": "2 kg", "40": "40", "62": "62克"}


def test_what_the_queue_says_of_twenty_cases_is_true(queue: Queue, desk: Callable[[str], str]) -> None:
    assert len(queue.cases) == 20
    with read() as session:
        references = {case.id: case.reference for case in session.scalars(select(Case))}
        linked = {(link.first_case_id, link.second_case_id, link.kind) for link in session.scalars(select(Link))}
        assert list(session.scalars(select(Notice.case_id))) == [queue.cases["removed"]], "a ring makes no notice"
    reposted = f"Photo and text of {references[queue.cases['removed']]}, removed on .*, are posted again"
    alarms = (r"The seller of C-.* posts the same again", r".*new accounts? .*")
    said: dict[str, list[str]] = {}
    for name, case_id in queue.cases.items():
        page, ad = desk(f"/cases/{case_id}"), ad_text(name)
        said[name] = why(page)
        for sentence in said[name]:
            if name == "repost" and re.fullmatch(reposted, sentence):
                continue
            if name.startswith("lamp") and re.fullmatch("|".join(alarms), sentence):
                continue
            matches = ((re.fullmatch(pattern, sentence), holds) for pattern, holds in TRUE)
            found, holds = next(((match, holds) for match, holds in matches if match), (None, None))
            assert found and holds, f"{name}: nobody has judged the sentence “{sentence}”"
            assert holds(page, ad, found), f"{name}: “{sentence}”"
        alone = "No other case shares a photo, a text or a seller with it." in page
        assert alone != (name in ("removed", "repost") or name.startswith("lamp")), name

    pair = tuple(sorted((queue.cases["removed"], queue.cases["repost"])))
    assert {kind for *cases, kind in linked if tuple(cases) == pair} == {LinkKind.PHOTO, LinkKind.TEXT}
    lamps = {case_id for name, case_id in queue.cases.items() if name.startswith("lamp")}
    assert all({first, second} <= lamps for first, second, _ in linked if (first, second) != pair), "no other is linked"
    assert any(re.fullmatch(reposted, sentence) for sentence in said["repost"])
    assert "“1v0ry” hides the word “ivory”" in said["masked"]
    assert "“象牙手镯” is a trade term" in said["chinese"]
    assert "“للبيع” is an offer" in said["arabic"]
    assert "2 spotters report it" in said["carving"]
    assert "“Wanted”: somebody wants to buy" in said["wanted"]
    assert not any(
        "CITES" in sentence for name in ("mammoth", "colour", "rug", "look-alike photo") for sentence in said[name]
    )
