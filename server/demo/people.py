"""The people of the demonstration. Their passwords are printed, which is why the demonstration stays on loopback."""

from dataclasses import dataclass

from server.core.words import Level, Role


@dataclass(frozen=True)
class Person:
    """One invented person."""

    email: str
    password: str
    name: str
    role: Role
    is_: str  # what they show, for the printed list
    company: str | None = None  # slug
    level: Level | None = None  # accredited by the coordinator; None: not accredited


ANA = Person(
    "ana@demo.example",
    "happy-otter",
    "Ana Souza",
    Role.SPOTTER,
    "spotter, trusted: flag something",
    level=Level.TRUSTED,
)
BEN = Person("ben@demo.example", "young-gecko", "Ben Okoro", Role.SPOTTER, "new spotter: the training comes first")
NOOR = Person(
    "noor@demo.example", "patient-lynx", "Noor Haddad", Role.SPOTTER, "spotter on probation", level=Level.PROBATION
)
CORA = Person("cora@demo.example", "quiet-heron", "Cora Lindqvist", Role.COORDINATOR, "coordinator: decide")
DAN = Person("dan@demo.example", "early-robin", "Dan Mbeki", Role.COORDINATOR, "second coordinator")
MIA = Person("mia@mercado.example", "brave-beaver", "Mia Torres", Role.COMPANY, "company, Mercado: answer", "mercado")
OTTO = Person("otto@tradepost.example", "steady-toad", "Otto Berg", Role.COMPANY, "company, Tradepost", "tradepost")
ADA = Person("ada@demo.example", "wise-badger", "Ada Novak", Role.ADMIN, "administrator")

PEOPLE = (ANA, BEN, NOOR, CORA, DAN, MIA, OTTO, ADA)
