"""The command that takes in and exports the companies file, and the page that lists companies."""

import uuid

import pytest

from server.core.database import db, write
from server.journeys.company import directory_import
from server.ledger.companies import store
from tests.companies_file import BARE, BOMB, KIOSK, mercado, read_text


def run(app, *arguments, answer=""):
    return app.test_cli_runner().invoke(args=["companies", "import", *map(str, arguments)], input=answer)


def test_the_command_takes_in_a_file_and_says_so(app, tmp_path):
    file = tmp_path / "companies.yaml"
    file.write_text("companies:\n  - {slug: kiosk, name: Kiosk}\n")
    result = run(app, file)
    assert result.exit_code == 0
    assert "1 company read" in result.output
    assert "1 created, 0 updated, 0 unchanged" in result.output
    assert "0 created, 0 updated, 1 unchanged" in run(app, file).output
    assert run(app).exit_code == 0


def test_the_command_lists_what_it_takes_away_and_asks(app, tmp_path):
    file = tmp_path / "companies.yaml"
    file.write_text(BARE)
    for answer in ("n\n", ""):
        result = run(app, file, "--replace", answer=answer)
        assert result.exit_code == 1
        assert "Removes: mercado: SPOC Trust and Safety (mail, spoc@mercado.test)" in result.output
        assert store.directory(db.session()).company("mercado").spocs[0].name == "Trust and Safety"
    result = run(app, file, "--replace", "--yes")
    assert result.exit_code == 0, result.output
    assert "Take away these" not in result.output
    assert "Removes nothing." in run(app, file, "--replace").output


def test_the_command_exports_what_it_reads(app, tmp_path):
    printed = app.test_cli_runner().invoke(args=["companies", "export"])
    file = tmp_path / "companies.yaml"
    file.write_text(printed.stdout)
    assert "0 created, 0 updated" in run(app, file).output


@pytest.mark.parametrize("text", ["companies: 7", "companies: [", BOMB])
def test_the_command_refuses_a_wrong_file_in_one_line(app, tmp_path, text):
    file = tmp_path / "companies.yaml"
    file.write_text(text)
    for result in (run(app, file), run(app, tmp_path / "absent.yaml"), run(app, tmp_path)):
        assert result.exit_code == 1
        assert "\nError: " in result.output
        assert result.output.count("\n") == 2


def test_the_page_shows_what_needs_a_person_first(app, people, report_json):
    directory_import.import_companies(read_text(KIOSK))
    for url in ("https://nobody.test/ad/1", "https://kiosk.test/ad/7"):
        headers = people.token("ana") | {"Idempotency-Key": str(uuid.uuid4())}
        assert app.test_client().post("/api/v1/reports", json=report_json(url), headers=headers).status_code == 201
    with write() as session:
        store.mark_bounced(session, mercado(session).spocs[0].id, "spoc@mercado.test")
    page = people.browser("cora").get("/companies").text
    places = [page.index(f"<bdi>{name}</bdi>") for name in ("Kiosk", "Mercado", "Tradepost")]
    assert page.index("nobody.test") < min(places)
    assert places == sorted(places)
    assert "1 of 3 companies can be reached today" in page
    assert "spoc@mercado.test" in page


def test_the_page_finds_a_company_by_its_domain_and_pages_politely(app, people):
    cora = people.browser("cora")
    page = cora.get("/companies?q=TRADEPOST.test").text
    assert "<bdi>Tradepost</bdi>" in page
    assert "<bdi>Mercado</bdi>" not in page
    assert "Nothing matches" in cora.get("/companies?q=zebra").text
    assert cora.get("/companies?cursor=x").status_code == 422
    assert cora.get("/companies?tab=none").status_code == 200


@pytest.mark.parametrize(("key", "status"), [("cora", 200), ("ada", 200), ("ana", 403), ("mia", 403)])
def test_the_page_is_for_coordinators_and_administrators(people, key, status):
    assert people.browser(key).get("/companies").status_code == status
