"""A newcomer of each role finds ten things or more unaided, in at most three clicks: from the page that comes after signing in, by
the words on links, buttons and folds. On the demonstration, in a real browser; nobody types an address.

Each errand names the words that are clicked, and a sentence of the page where they end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from selenium import webdriver
from selenium.webdriver.remote.webelement import WebElement

from server.demo import people
from server.demo.people import DemoPerson
from tests.browser.chromium import until, without_extension
from tests.browser.instance import Instance, demonstration
from tests.browser.pairing import page_text, sign_in
from tests.browser.popup_rig import needs_chromium

pytestmark = [*needs_chromium, pytest.mark.timeout(600)]

MOST = 3
SOON = 10.0  # seconds
# The name of what can be clicked, as somebody sees it: its words, or those that stand for its icon.
NAMED = """
return [...document.querySelectorAll('a[href], button, summary')].filter((each) => {
  const text = (each.innerText || '').replace(/\\s+/g, ' ').trim() || each.getAttribute('aria-label') || '';
  return each.checkVisibility({ visibilityProperty: true }) && !each.closest('.visually-hidden, .skip') &&
    text.toLowerCase().includes(arguments[0].toLowerCase());
})"""


@dataclass(frozen=True)
class Errand:
    """What somebody wants, the words that they click, and what the page says where they find it."""

    wanted: str
    clicks: tuple[str, ...]
    found: str


def errand(wanted: str, *clicks: str, found: str) -> Errand:
    return Errand(wanted, clicks, found)


SPOTTER = (
    errand(
        "what a company said of an ad", "Vintage snake-leather belt", found="We checked both numbers with the shop."
    ),
    errand("answer a question about a report", found="Needs your answer"),
    errand("take a report back", "Star tortoise pair", "Withdraw this report", found="It is about the wrong ad"),
    errand("say more about a report", "Star tortoise pair", "Add to this report", found="Send the addition"),
    errand("report from a phone", "Report without the extension", found="Why do you suspect it?"),
    errand("what to search this week", "Worklist", found="This week’s worklist"),
    errand("practise without its counting", "Training", "Practise", found="Submit answer"),
    errand("a certificate", "Training", "Certificate", found="Create the PDF"),
    errand("less email", "Ana Souza", found="Once a week, on Monday"),
    errand("everything that is kept about me", "Ana Souza", found="Download your record (JSON)"),
    errand("leave, and be erased", "Ana Souza", "Leave and erase your record", found="Erase permanently"),
    errand("connect the extension", "Extension", found="Then pair it"),
    errand(
        "an ad that is online again",
        "Removed",
        "Star tortoise pair",
        "It is online again",
        found="You reported this ad",
    ),
    errand("how well I judge", "Training", "How I’m doing", found="What counted, and why"),
)
LEAD = (
    errand(
        "look at a report of a spotter whom I lead",
        "The spotters you lead",
        "Living rock cactus",
        found="I would report this, too",
    ),
    errand("who is in my team", "Rounds", "Presents that should not be", "Its members and searches", found="Herons"),
)
COORDINATOR = (
    errand("which answers are overdue", "overdue", found="No answer is overdue."),
    errand("find a case by its address or number", "Queue", found="Search cases"),
    errand("send a notice", "Queue", "pangolin scale powder", "Notify Mercado", found="Who will see this"),
    errand("notices, removals and hours of this quarter", "Figures", "This quarter", found="Median"),
    errand("write down a complaint by telephone", "Complaints", "Record a complaint", found="Save complaint"),
    errand("import an earlier year", "Import past work", found="Check the file"),
    errand("another address of a SPOC", "Companies", "Contacts", "Change the address", found="Propose"),
    errand("sites without a company", "Companies", "Sites without a company", found="bazaar-nine.example"),
    errand("who waits to be accredited", "People", "To accredit", found="Nobody waits to be accredited."),
    errand("plan a round", "Rounds", "Plan a round", found="Save round"),
    errand("the words for ivory", "Species guide", found="or by goods such as ivory"),
    errand("a trade term that the lexicon lacks", "Lexicon terms", found="Add a term"),
    errand("a second opinion", "Queue", "Hold", found="A second opinion"),
    errand("what companies asked", "Questions from companies", found="Nothing to do."),
)
COMPANY = (
    errand("answer a notice", "bracelet, 62 g", found="Send answer"),
    errand("why and by which law", "bracelet, 62 g", "CITES and other legal listings", found="Appendix I"),
    errand("ask a question", "bracelet, 62 g", "Ask a question", found="Send question"),
    errand("change an answer", "Answered notices", "Star tortoise pair", found="Change your answer"),
    errand("answer by spreadsheet", "Answer in a spreadsheet", found="Check the table"),
    errand("invite a colleague", "Team", "Invite a colleague", found="Send the invitation"),
    errand("a token for our program", "Team", "API tokens of your company", found="Make the token"),
    errand("webhooks", "Team", "Webhooks", found="Answers"),
    errand("how a lovebird looks", "Species guide", "Birds", "Rosy-faced lovebird", found="Agapornis roseicollis"),
    errand("how many we answered, and how fast", "Figures", found="Median"),
    errand("a second factor", "Mia Torres", "Set up a second factor", "Set it up", found="authenticator"),
    errand("how the programme works", "How to work with us", found="How notices arrive"),
    errand("is this email genuine", "How to work with us", "page that checks notices", found="SHA-256"),
)
ADMINISTRATOR = (
    errand("invite a coordinator", "Accounts", "Add a coordinator", found="Send the invitation"),
    errand("close an account", "Accounts", "Dan Mbeki", "Close the account", found="Close the account"),
    errand("a forgotten password", "Accounts", "Ana Souza", "Send a link to choose a password", found="Send the link"),
    errand("another address of a SPOC", "Companies", "Contacts", "Change the address", found="Propose"),
    errand("add a company", "Companies", "Add a company", found="Add the company"),
    errand("is mail delivered, and what waits", "Operations", found="What waits to be sent to companies"),
    errand("stop all sending", "Operations", "Pause sending", found="Pause sending"),
    errand("what failed for good", "Operations", found="Nothing failed permanently."),
    errand("settings in force", "Operations", "Settings and versions in force", found="SPOTTER_UNDO_SECONDS"),
    errand("is the record intact, how old is the backup", "Operations", found="Last backup"),
    errand("how to back up", "Operations", "How to back up", found="Four things, in this order"),
    errand("who changed a company", "Companies", "History", found="changed"),
    errand("import a directory", "Companies", "Import the directory", found="Check the file"),
    errand("which organisation signs", "Companies", "Who notifies", found="Cyber Spotter"),
    errand("a second factor", "Ada Novak", "Set up a second factor", "Set it up", found="authenticator"),
)
ERRANDS = {people.ANA: SPOTTER + LEAD, people.CORA: COORDINATOR, people.MIA: COMPANY, people.ADA: ADMINISTRATOR}
# Where each is led by signing in.
START = {people.ANA: "/reports", people.CORA: "/attention", people.MIA: "/notices", people.ADA: "/attention"}


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    with demonstration(tmp_path_factory.mktemp("instance")) as running:
        yield running


@pytest.fixture(scope="module")
def driver() -> Iterator[webdriver.Chrome]:
    with without_extension() as browser:
        browser.set_window_size(1280, 900)
        yield browser


@pytest.mark.parametrize("who", ERRANDS, ids=lambda who: who.name)
def test_there_are_ten_errands_of_at_most_three_clicks(who: DemoPerson) -> None:
    assert len(ERRANDS[who]) >= 10
    assert not [each.wanted for each in ERRANDS[who] if len(each.clicks) > MOST]


@pytest.mark.parametrize("who", ERRANDS, ids=lambda who: who.name)
def test_a_newcomer_finds_all_of_them(instance: Instance, driver: webdriver.Chrome, who: DemoPerson) -> None:
    driver.delete_all_cookies()
    sign_in(driver, instance.base, who)
    lost = {}
    for sought in ERRANDS[who]:
        driver.get(f"{instance.base}{START[who]}")
        try:
            follow(driver, sought)
        except AssertionError as missed:
            lost[sought.wanted] = str(missed)
    assert lost == {}


def follow(driver: webdriver.Chrome, sought: Errand) -> None:
    for words in sought.clicks:
        until(partial(clicked, driver, words), f"something named “{words}” on {driver.current_url}", SOON)
    until(lambda: sought.found in page_text(driver), f"“{sought.found}” on {driver.current_url}", SOON)


def clicked(driver: webdriver.Chrome, words: str) -> bool:
    """Whether there is something in sight whose name holds these words: the first such thing is clicked."""
    found: list[WebElement] = driver.execute_script(NAMED, words)
    if found:
        driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", found[0])
        found[0].click()
    return bool(found)
