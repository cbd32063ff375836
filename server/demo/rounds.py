"""The demonstration's round: a week old, so that its pages live; whoever looks first finds searches done and to do."""

from datetime import timedelta

from sqlalchemy import select

from server.core import clock
from server.core.database import new_id, read, write
from server.core.words import RoundState
from server.demo import people
from server.ledger.companies.models import Platform
from server.people.accounts import store as accounts
from server.people.rounds import store
from server.people.rounds.models import Round, Search

DAYS = 8  # the round is in its second week
# Who searched what, where, how many days ago; ads seen, minutes
SEARCHES = (
    (people.ANA, "mercado", "African grey", 7, 14, 6),
    (people.ANA, "mercado", "ivory bangle", 7, 22, 9),
    (people.ANA, "tradepost", "star tortoise", 6, 9, 4),
    (people.NOOR, "mercado", "hand tame", 6, 31, 12),
    (people.NOOR, "tradepost", "python skin", 5, 12, 7),
    (people.ANA, "mercado", "🐘🦷", 3, 5, 3),
    (people.NOOR, "mercado", "feather baby", 2, 18, 8),
    (people.ANA, "tradepost", "African grey", 0, 11, 5),
)
OWN = {"feather baby"}  # words no lexicon has


def tell() -> None:
    """Make the round, unless there is one already."""
    with read() as session:
        if session.scalar(select(Round.id).limit(1)):
            return
        ids = {who.email: account.id for who in people.PEOPLE if (account := accounts.by_email(session, who.email))}
        platforms = dict(session.execute(select(Platform.slug, Platform.id)).all())
    today = store.today()
    start = today - timedelta(days=DAYS)
    plan = store.Plan(
        name="Presents that should not be", starts_on=start, ends_on=start + timedelta(days=27), targets=(6, 10, 12, 15),
        about="In the weeks before the holidays live animals and old carvings are offered as presents.\n"
        "Look for papers that are promised and not shown.",
        groups=("bird", "mammal", "reptile"), platforms=("mercado", "tradepost"), languages=(), state=RoundState.OPEN,
        teams=("Herons", "Otters"),
    )  # fmt: skip
    cora = ids[people.CORA.email]
    with write() as session:
        round_id = store.write_down(session, plan, cora)
        teams = {team.name: team.id for team in store.teams(session, round_id)}
        for who, team in ((people.ANA, "Herons"), (people.NOOR, "Otters")):
            store.join(session, round_id, ids[who.email], teams[team])
        store.choose_lead(session, round_id, teams["Herons"], ids[people.ANA.email], cora)
        for who, platform, term, ago, seen, minutes in SEARCHES:
            at = clock.now() - timedelta(days=ago, minutes=10)
            session.add(Search(
                id=new_id(), account_id=ids[who.email], round_id=round_id, platform_id=platforms[platform], term=term,
                language=None if term in OWN else "en", day=today - timedelta(days=ago), seen=seen, minutes=minutes,
                stated=False, at=at,
            ))  # fmt: skip
