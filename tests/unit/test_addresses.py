"""A page's whole address, as mails and files carry it, is made without a request."""

from flask import Flask

from server.core import web


def test_an_address_in_a_mail_is_under_the_base_url(app: Flask) -> None:
    """The worker mails the link; it has no request to build from."""
    with app.app_context():
        assert web.absolute("accounts.set_password", token="a.b-c") == f"{web.settings().base_url}/join/a.b-c"
