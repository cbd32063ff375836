"""A canary in every personal cell of a world, by what the tables declare of people, and who may hear it sing.

Each cell that holds a name, an address, or somebody's own words gets a word of its own, so that wherever it comes out one knows
from which column, and whose it is. Secrets are not replaced, for they must go on opening doors: they are listened for as they are.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, Table, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core import keeping, personal
from server.core.database import read, write
from server.core.words import Role
from server.people.accounts.models import Account, FrozenName

CANARY = re.compile(r"canary(\d{5})x", re.IGNORECASE)
KINDS = (keeping.NAME.holds, keeping.CONTACT.holds, keeping.WORDS.holds)
ALSO = {
    "reports.title",
    "reports.client",
    "applications.answers",
}  # what an ad shows in the words of one spotter, and what they sent it with
NAMES = {"frozen_names.name", "frozen_names.email", "signatures.name", "certificates.alias"}
SHORTEST = 8  # letters of a secret: what is shorter may stand anywhere by chance


@dataclass(frozen=True)
class Cell:
    """Where a canary stands, and whose it is: an account's id, a company's, or nobody's in particular."""

    column: str
    account_id: str = ""
    company_id: str = ""
    frozen: bool = False  # a name or an address of somebody who is threatened: not even the desk reads it


class Canaries:
    """All that were planted, by their number."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self.frozen: set[str] = set()  # accounts
        self.refused: set[str] = set()  # columns that take no such word

    def new(self, cell: Cell) -> str:
        self.cells.append(cell)
        return word(len(self.cells) - 1)

    def name_everybody(self) -> None:
        """Names of their own for all accounts, before anything is told of them."""
        with write() as session:
            for account in session.scalars(select(Account)):
                account.name = self.new(self._whose("accounts.name", account))

    def plant(self) -> None:
        """In every personal cell."""
        with write() as session:
            accounts = {account.id: account for account in session.scalars(select(Account))}
            self.frozen = set(session.scalars(select(FrozenName.account_id)))
            for table, declared in personal.tables().items():
                for name, field in declared.fields.items():
                    place = f"{table.name}.{name}"
                    listed = isinstance(
                        table.c[name].type, JSON
                    )  # what stands in lists and objects, the pages read by their names
                    if (field.holds in KINDS and not listed) or place in ALSO:
                        self._plant(session, table, table.c[name], _owners(session, table, declared, accounts))

    def _plant(self, session: Session, table: Table, column: Column[Any], owners: dict[Any, Account]) -> None:
        place, key = f"{table.name}.{column.name}", list(table.primary_key.columns)
        for *row, before in session.execute(select(*key, column)).all():
            if not before:
                continue
            owner = owners.get(tuple(row))
            canary = self.new(self._whose(place, owner) if owner else Cell(place))
            this = [part == value for part, value in zip(key, row, strict=True)]
            try:
                with session.begin_nested():
                    session.execute(table.update().where(*this).values({column.name: _shaped(canary, before, column)}))
            except IntegrityError:
                self.refused.add(place)

    def _whose(self, place: str, account: Account) -> Cell:
        sealed = account.id in self.frozen and place in NAMES
        return Cell(place, account.id, account.company_id or "", sealed)

    def heard(self, text: str) -> set[Cell]:
        return {self.cells[int(number)] for number in set(CANARY.findall(text))}


def word(number: int) -> str:
    return f"Canary{number:05}x"


def _owners(
    session: Session, table: Table, declared: keeping.Keeping, accounts: dict[str, Account]
) -> dict[tuple[Any, ...], Account]:
    """The account that a row is of, by the row's key, where the table says by which column."""
    if not declared.whose:
        return {}
    key = list(table.primary_key.columns)
    return {
        tuple(row): account
        for account in accounts.values()
        for row in session.execute(select(*key).where(personal.rows(table, personal.Person(account.id, account.email))))
    }


def _shaped(canary: str, before: Any, column: Column[Any]) -> Any:
    """The canary in the shape of what stood there."""
    if isinstance(column.type, JSON):
        return dict.fromkeys(before, canary)
    if re.fullmatch(r"[^@\s]+@[^@\s]+", before):
        return f"{canary.lower()}@people.test"
    return f"https://{canary.lower()}.test/" if before.startswith("http") else canary


def secrets() -> dict[str, str]:
    """Every secret of the database, with the column it stands in."""
    with read() as session:
        return {
            secret: f"{table.name}.{name}"
            for table, declared in personal.tables().items()
            for name, field in declared.fields.items()
            if field.holds == keeping.SECRET.holds
            for value in session.scalars(select(table.c[name]))
            for secret in _flat(value)
            if len(secret) >= SHORTEST
        }


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _flat(inner)


def words_of(answer: Any) -> str:
    """All that an answer says: its head, its text, and the texts of the files that it packs."""
    head = str(answer.headers)
    if answer.mimetype.startswith(("image/", "font/")):
        return head
    if answer.data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
            return head + "".join(f"{name}{packed.read(name).decode('utf-8', 'replace')}" for name in packed.namelist())
    return head + answer.data.decode("utf-8", "replace")


def readers() -> dict[str, Account]:
    """Everybody by the part of their address before the @, as they are before canaries are planted."""
    with read() as session:
        accounts = {account.email.partition("@")[0]: account for account in session.scalars(select(Account))}
        session.expunge_all()
    return accounts


def role_of(account: Account | None) -> str:
    """The word for who reads: nobody, spotter, company or desk."""
    if account is None:
        return "nobody"
    return {Role.SPOTTER: "spotter", Role.COMPANY: "company"}.get(Role(account.role), "desk")


def cells_holding(*words: str) -> set[str]:
    """The columns of the whole database in which one of the words stands."""
    with read() as session:
        return {
            f"{table.name}.{name}"
            for table in personal.tables()
            for row in session.execute(select(table)).mappings()
            for name, value in row.items()
            if any(word in str(value) for word in words)
        }
