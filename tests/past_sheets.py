"""Sheets of earlier years, and the way of a coordinator with one."""

import io
from typing import Any

from sqlalchemy import select

from server.core.database import read
from server.ledger.cases.models import Case
from server.ledger.listings.models import Listing
from server.ledger.past.models import PastCase, PastImport

SHEET = """\
Date du signalement;Lien de l'annonce;Résultat;Espèce;Bénévole
24/11/2021;https://mercado.test/itm/265370482805;Retirée;Psittacus erithacus;Zéphyrine
25/11/2021;tradepost.test/ad/77;Sans réponse;;Zéphyrine
03/12/2021;https://stalls.test/offer/9;;;
"""


def upload(browser: Any, text: str | bytes = SHEET, name: str = "Survey of 2021") -> str:
    """Cora takes a sheet to the page; the address of its import."""
    data = text.encode() if isinstance(text, str) else text
    answer = browser.post("/past-work", data={"name": name, "file": (io.BytesIO(data), "past.csv")})
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def imported(browser: Any, work_all: Any, text: str | bytes = SHEET, name: str = "Survey of 2021") -> str:
    """Uploaded, checked and imported; the address of the import."""
    path = upload(browser, text, name)
    work_all()
    assert browser.post(f"{path}/start").status_code == 302
    work_all()
    return path


def row(path: str) -> PastImport:
    """The import at an address, as the database has it."""
    with read() as session:
        return session.get_one(PastImport, path.rpartition("/")[2])


def kept() -> list[tuple[str, str, str, int]]:
    """What is kept of earlier years: address, state of its case, what is stated, reports; by address."""
    rows = select(Listing.url, Case.state, PastCase.statement, Case.report_count)
    rows = rows.join(Case, Case.listing_id == Listing.id).join(PastCase, PastCase.case_id == Case.id)
    with read() as session:
        return sorted(tuple(each) for each in session.execute(rows))


def many(number: int) -> str:
    """So many good rows."""
    rows = (f"2021-03-{1 + n % 28:02},https://mercado.test/itm/{100000000000 + n},removed" for n in range(number))
    return "\n".join(("date,url,outcome", *rows))
