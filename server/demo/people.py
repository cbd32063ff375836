"""The people of the demonstration. Their passwords are printed, which is why the demonstration stays on loopback."""

from dataclasses import dataclass

from server.core.words import Level, Role


@dataclass(frozen=True)
class DemoPerson:
    """One invented person."""

    email: str
    password: str
    name: str
    role: Role
    is_: str  # what they show, for the printed list
    company: str | None = None  # slug
    level: Level | None = None  # accredited by the coordinator; None: not accredited
    lead: str = ""  # the email of the lead who is their contact; "": whoever accredited them
    group: str = ""  # the module on a group of species that they chose; of those who are accredited


ANA = DemoPerson(
    "ana@demo.example",
    "happy-otter",
    "Ana Souza",
    Role.SPOTTER,
    "spotter and lead: flag something, answer Noor",
    level=Level.LEAD,
    group="live-animals",
)
BEN = DemoPerson("ben@demo.example", "young-gecko", "Ben Okoro", Role.SPOTTER, "new spotter: the training comes first")
NOOR = DemoPerson(
    "noor@demo.example",
    "patient-lynx",
    "Noor Haddad",
    Role.SPOTTER,
    "spotter on probation",
    level=Level.PROBATION,
    lead=ANA.email,
    group="ivory-bone-horn",
)
CORA = DemoPerson("cora@demo.example", "quiet-heron", "Cora Lindqvist", Role.COORDINATOR, "coordinator: decide")
DAN = DemoPerson("dan@demo.example", "early-robin", "Dan Mbeki", Role.COORDINATOR, "second coordinator")
MIA = DemoPerson(
    "mia@mercado.example", "brave-beaver", "Mia Torres", Role.COMPANY, "company, Mercado: answer", "mercado"
)
OTTO = DemoPerson("otto@tradepost.example", "steady-toad", "Otto Berg", Role.COMPANY, "company, Tradepost", "tradepost")
ADA = DemoPerson("ada@demo.example", "wise-badger", "Ada Novak", Role.ADMIN, "administrator")

PEOPLE = (ANA, BEN, NOOR, CORA, DAN, MIA, OTTO, ADA)
