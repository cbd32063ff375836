"""What the commands say to somebody who gives them something else than they expect: one clear line, never a trace."""

import pytest
from click.testing import Result
from sqlalchemy import select

from server.core.database import db
from server.people.accounts import passwords
from server.people.accounts.models import Account
from tests.conftest import People


def said(done: Result) -> str:
    """What a command said besides the name of its database, which comes first."""
    named, _, rest = done.output.partition("\n")
    assert named.startswith("Database: ")
    return rest


ADD = ["accounts", "add", "eva@spotter.test", "--role", "spotter", "--name", "Eva", "--password-stdin"]


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_the_password_is_the_line_whatever_ends_it(people: People, end: str) -> None:
    done = people.app.test_cli_runner().invoke(args=ADD, input="a good pässword" + end)
    assert (done.exit_code, said(done)) == (0, "Added eva@spotter.test as spotter.\n")
    kept = db.session.scalars(select(Account.password_hash).where(Account.email == "eva@spotter.test")).one()
    assert passwords.matches("a good pässword", kept)


def test_a_password_that_is_no_text_is_refused(people: People) -> None:
    done = people.app.test_cli_runner().invoke(args=ADD, input=b"\xff\xfe a password of ten\n")
    assert (done.exit_code, said(done)) == (1, "Error: The password is not valid UTF-8.\n")


def test_a_token_is_for_those_whose_role_the_scope_is(people: People) -> None:
    email = db.session.get(Account, people.ids["ada"]).email
    done = people.app.test_cli_runner().invoke(args=["accounts", "token", email, "--scope", "cases"])
    refusal = f"Error: {email} has the role admin. The scope cases needs the role coordinator.\n"
    assert (done.exit_code, said(done)) == (1, refusal)
