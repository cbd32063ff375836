"""What people read when something is refused: what happened, what is safe, what to do; never the words of a library."""

import http.client
import json
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from waitress import create_server
from waitress.channel import HTTPChannel

from server.__main__ import Refusal, refusals

MOST = 1000  # bytes the server in front lets through


@pytest.fixture
def front(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The app behind its real front; its port."""
    monkeypatch.setattr(HTTPChannel, "error_task_class", Refusal)
    monkeypatch.setattr(Refusal, "pages", refusals(app))
    server = create_server(app, host="127.0.0.1", port=0, max_request_body_size=MOST)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    server.close()


def post(port: int, path: str, accept: str) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", path, b"x" * (MOST + 1), {"Accept": accept, "Content-Type": "text/plain"})
    answer = connection.getresponse()
    return answer.status, answer.headers["Content-Type"], answer.read().decode()


def test_too_large_a_picture_is_said_on_a_page_to_people_and_in_json_to_programs(front: int) -> None:
    status, kind, page = post(front, "/reports/new", "text/html,*/*;q=0.8")
    assert (status, kind) == (413, "text/html; charset=utf-8")
    assert "This is too large" in page and "at most 10 MB each and 25 MB in total" in page and "max_body" not in page
    assert "Sign in" not in page  # nobody knows who asks
    status, kind, body = post(front, "/api/v1/reports", "application/json")
    assert (status, kind) == (413, "application/problem+json") and '"status": 413' in body
    assert '"title": "Too large"' in body, "as the application says it"


def test_too_long_headers_are_refused_in_plain_words(front: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", front, timeout=10)
    connection.request("GET", "/api/v1/reports", headers={f"X-{n}": "x" * 52_450 for n in range(5)})
    answer = connection.getresponse()
    said = json.loads(answer.read())
    assert answer.status == said["status"] == 431 and said["type"].endswith("/problems/malformed")
    assert said["detail"] == "The address and headers of this request are larger than 256 KB."


def test_a_form_left_open_over_night_says_so_without_jargon(app, client):
    app.config["WTF_CSRF_ENABLED"] = True
    page = client.post("/sign-in", data={"csrf_token": "of yesterday"})
    assert page.status_code == 400
    assert "open for too long" in page.text and "reload the page" in page.text and "CSRF" not in page.text


def test_what_was_written_in_a_form_left_open_over_night_stays(app, people):
    cora, form = people.browser("cora"), {"csrf_token": "of yesterday", "reason": "It is a toy.", "answer": "upheld"}
    app.config["WTF_CSRF_ENABLED"] = True
    for path in ("/cases/1/withdraw", "/complaints/1/answer"):
        page = cora.post(path, data=form)
        assert page.status_code == 400 and ">It is a toy.</textarea>" in page.text and ">upheld<" not in page.text
    stranger = app.test_client().post("/cases/1/withdraw", data=form)
    assert stranger.status_code == 400 and "It is a toy." not in stranger.text


def test_a_link_that_has_run_out_leads_to_a_new_one(client):
    page = client.get("/join/nonsense")
    assert page.status_code == 410 and 'href="/forgotten">Send me a new link' in page.text


def test_nothing_is_said_twice_where_there_is_nothing(client):
    assert client.get("/nowhere").text.count("Page not found") == 2  # the title and the heading
