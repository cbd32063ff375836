"""What a case was seen with before, for coordinators: Ana flags, the worker links, Cora and Dan judge."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from server.core import reasons
from server.core.audit import AuditRow
from server.core.database import read
from server.core.words import Answer, LinkKind, Refused, Seen, Via
from server.journeys.report import answering, decision, linking, verification
from server.ledger.cases.models import Case
from server.ledger.matches.models import Link
from tests.conftest import People
from tests.growing import dismiss, probation
from tests.known_ads import PARROT, TUSK, ad
from tests.photos import encoded, photo
from tests.story import decide, flag

Make = Callable[..., Any]


@pytest.fixture
def three(people: People, report_json: Make, work_all: Callable[[], int]) -> tuple[str, str, str]:
    """Ana flags a parrot, the same parrot elsewhere by the same seller, and a tusk that has nothing to do with them."""
    cases = (
        flag(people, ad(report_json(), 1, PARROT, seller={"name": "bird_man77"})),
        flag(people, ad(report_json(), 2, PARROT.replace("Big", "Large"), seller={"name": "bird_man77"})),
        flag(people, ad(report_json(), 3, TUSK)),
    )
    work_all()
    return cases


def given(people: People, case_id: str) -> Any:
    answer = people.app.test_client().get(f"/api/v1/cases/{case_id}", headers=people.token("cora", "cases"))
    assert answer.status_code == 200, answer.text
    return answer.json


def test_a_case_says_what_it_is_linked_to(people: People, three: tuple[str, str, str]) -> None:
    first, second, other = three
    shown = given(people, first)["links"]
    assert [(link["kind"], link["case_id"], link["state"], link["outcome"]) for link in shown] == [
        ("text", second, "open", None), ("seller", second, "open", None)
    ]  # fmt: skip
    assert shown[0]["reference"].startswith("C-") and 0 < shown[0]["distance"] < 0.3 and shown[1]["distance"] == 0
    assert shown[0]["listing"] == {"url": "https://tradepost.test/ad/2", "title": "African grey parrot, hand tame"}
    assert given(people, other)["links"] == []


def test_the_queue_can_be_asked_for_what_is_linked_to_a_case(people: People, three: tuple[str, str, str]) -> None:
    first, second, other = three
    client, headers = people.app.test_client(), people.token("cora", "cases")

    def linked_to(name: str) -> list[str]:
        return [item["id"] for item in client.get(f"/api/v1/cases?linked_to={name}", headers=headers).json["items"]]

    reference = given(people, first)["reference"]
    assert linked_to(first) == linked_to(reference) == linked_to(reference.lower()) == [second]
    assert linked_to(other) == linked_to("C-00000-00000") == []
    assert client.get("/api/v1/cases?linked_to=", headers=headers).status_code == 422


def test_links_give_the_outcome_of_the_other_case(people: People, three: tuple[str, str, str]) -> None:
    first, second, _ = three
    notice = decide(people, first)
    answering.answer_notice(notice, {"answer": Answer.REMOVED}, Via.PORTAL, people.ids["otto"])
    assert [(link["state"], link["outcome"]) for link in given(people, second)["links"]] == [
        ("answered", "removed")
    ] * 2


# --- By hand ---------------------------------------------------------------------------------------------------------


def actions(action: str) -> list[tuple[str, Any]]:
    with read() as session:
        rows = select(AuditRow.object_id, AuditRow.detail).where(AuditRow.action == action)
        return [tuple(row) for row in session.execute(rows)]


def test_a_coordinator_links_two_cases_with_a_reason_and_undoes_it(people: People, three: tuple[str, str, str]) -> None:
    first, _, other = three
    reference = given(people, other)["reference"]
    assert (
        linking.link_cases(first, f" {reference.lower()} ", LinkKind.PHOTO, people.ids["cora"], "The same table.")
        == other
    )
    assert ("photo", other) in [(link["kind"], link["case_id"]) for link in given(people, first)["links"]]
    assert actions("case_linked") == [(first, {"other": other, "by": "photo"})]

    for _ in range(2):
        linking.undo_link(other, first, LinkKind.PHOTO, people.ids["dan"], "Another table.")
    assert given(people, other)["links"] == []
    assert actions("link_undone") == [(other, {"other": first, "by": "photo"})]
    with read() as session:
        link = session.scalars(select(Link).where(Link.kind == "photo")).one()
        assert (link.linked_by, link.why, link.undone_by, link.undone_why) == (
            people.ids["cora"], "The same table.", people.ids["dan"], "Another table."
        )  # fmt: skip

    for _ in range(2):
        linking.redo_link(first, other, LinkKind.PHOTO, people.ids["cora"])
    assert len(given(people, other)["links"]) == 1 and len(actions("link_redone")) == 1


@pytest.mark.parametrize(
    ("name", "kind"), [("C-00000-00000", "invalid"), ("", "invalid"), ("first", "invalid"), ("second", "conflict")]
)
def test_what_cannot_be_linked_is_said(people: People, three: tuple[str, str, str], name: str, kind: str) -> None:
    names = {"first": three[0], "second": three[1]}
    with pytest.raises(Refused) as refused:
        linking.link_cases(three[0], names.get(name, name), LinkKind.TEXT, people.ids["cora"], "Look.")
    assert refused.value.kind == kind


# --- Reposts are worth more ------------------------------------------------------------------------------------------


def judged(case_id: str) -> tuple[int, dict[str, Any]]:
    with read() as session:
        case = session.get_one(Case, case_id)
        return case.priority, {reason["code"]: reason["params"] for reason in case.reasons}


def test_a_repost_of_something_removed_is_worth_more_and_says_so(
    people: People, report_json: Make, work_all: Callable[[], int]
) -> None:
    first = flag(people, ad(report_json(), 1, PARROT))
    work_all()
    alone, _ = judged(first)
    answering.answer_notice(decide(people, first), {"answer": Answer.REMOVED}, Via.PORTAL, people.ids["otto"])
    work_all()
    again = flag(people, ad(report_json(), 2, PARROT))
    assert judged(again)[0] == alone
    work_all()
    more, why = judged(again)
    assert more > alone and "same_seller" not in why
    assert why["repost"] == {
        "case": given(people, first)["reference"],
        "shared": "text",
        "day": given(people, first)["created_at"][:10],
    }
    assert any("is posted again" in reason["words"] for reason in given(people, again)["reasons"])


def test_it_is_judged_anew_when_the_other_is_removed_later_or_put_back(
    people: People, three: tuple[str, str, str], work_all: Callable[[], int]
) -> None:
    first, second, other = three
    before, why = judged(second)
    assert "repost" not in why and "same_seller" in why
    notice = decide(people, first)
    answering.answer_notice(notice, {"answer": Answer.REMOVED}, Via.PORTAL, people.ids["otto"])
    work_all()
    more, why = judged(second)
    assert more > before and {"repost", "same_seller"} <= why.keys()
    answering.answer_notice(notice, {"answer": Answer.REINSTATED}, Via.PORTAL, people.ids["otto"])
    work_all()
    assert judged(second) == (before, {code: params for code, params in why.items() if code != "repost"})
    assert not {"repost", "same_seller"} & judged(other)[1].keys()


def test_an_undone_link_is_worth_nothing(
    people: People, three: tuple[str, str, str], work_all: Callable[[], int]
) -> None:
    first, second, _ = three
    answering.answer_notice(decide(people, first), {"answer": Answer.REMOVED}, Via.PORTAL, people.ids["otto"])
    work_all()
    more, _ = judged(second)
    linking.undo_link(second, first, LinkKind.TEXT, people.ids["cora"], "A catalogue text that many copy.")
    less, why = judged(second)
    assert less < more and not {"repost", "same_seller"} & why.keys()
    linking.redo_link(second, first, LinkKind.TEXT, people.ids["cora"])
    assert judged(second)[0] == more


def test_the_same_seller_alone_raises_nothing(people: People, report_json: Make, work_all: Callable[[], int]) -> None:
    first = flag(people, ad(report_json(), 1, PARROT, seller={"name": "bird_man77"}))
    answering.answer_notice(decide(people, first), {"answer": Answer.REMOVED}, Via.PORTAL, people.ids["otto"])
    other = flag(people, ad(report_json(), 2, TUSK, seller={"name": "bird_man77"}))
    before = judged(other)
    work_all()
    assert [link["kind"] for link in given(people, other)["links"]] == ["seller"]
    assert judged(other) == before


def test_what_was_seen_to_be_gone_counts_as_removed(
    people: People, three: tuple[str, str, str], work_all: Callable[[], int]
) -> None:
    first, second, _ = three
    decide(people, first)
    verification.ask_check(first, people.ids["cora"])
    verification.look_as_coordinator(first, people.ids["cora"], Seen.GONE)
    work_all()
    assert "repost" in judged(second)[1]


def test_a_later_report_of_the_case_keeps_what_it_is_a_repost_of(
    people: People, report_json: Make, work_all: Callable[[], int]
) -> None:
    first = flag(people, ad(report_json(), 1, PARROT))
    answering.answer_notice(decide(people, first), {"answer": Answer.REMOVED}, Via.PORTAL, people.ids["otto"])
    again = flag(people, ad(report_json(), 2, PARROT))
    work_all()
    before = judged(again)
    flag(people, ad(report_json(), 2, PARROT))
    work_all()
    assert judged(again)[1]["repost"] == before[1]["repost"] and judged(again)[0] >= before[0]
    assert reasons.ReasonCode.REPOST not in reasons.AGAINST


def test_a_wording_that_says_more_drops_nothing_that_is_known_beside_the_words(
    people: People, report_json: Make, work_all: Callable[[], int]
) -> None:
    """At once: a coordinator may look before the worker does."""
    probation(people)
    first = flag(people, ad(report_json(), 1, PARROT))
    answering.answer_notice(decide(people, first), {"answer": Answer.REMOVED}, Via.PORTAL, people.ids["otto"])
    again = flag(people, ad(report_json(), 2, PARROT))
    work_all()
    before = judged(again)
    more = PARROT.replace("Big cage", "No CITES papers, sold as a pair with eggs. Big cage")
    flag(people, ad(report_json(), 2, more), "ben")
    after = judged(again)
    with read() as session:
        assert session.get_one(Case, again).text == more, "the new wording says more"
    assert after[0] > before[0] and after[1]["repost"] == before[1]["repost"]
    work_all()
    assert judged(again) == after


def test_one_more_report_does_not_wipe_what_became_of_the_listing_before(people: People, report_json: Make) -> None:
    probation(people)
    case_id = flag(people, ad(report_json(), 1, PARROT))
    dismiss(people, case_id)
    flag(people, ad(report_json(), 1, PARROT), "ben")
    back = judged(case_id)
    assert "dismissed_before" in back[1]
    flag(people, ad(report_json(), 1, PARROT), "ben")
    assert judged(case_id) == back


# --- The pages -------------------------------------------------------------------------------------------------------


def seen(people: People, name: str, path: str) -> str:
    answer = people.browser(name).get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_case_shows_what_it_was_seen_with_before(people: People, three: tuple[str, str, str]) -> None:
    first, second, other = three
    text = seen(people, "cora", f"/cases/{first}")
    assert f'href="/cases/{first}/links/{second}"' in text and "of the text is the same" in text
    assert (
        "The same seller (account)" in text and "bird_man77</" in text
    )  # the seller's name only as the ad itself gives it
    assert "No other case shares" in seen(people, "cora", f"/cases/{other}")


def test_the_case_and_the_list_of_its_links_lead_to_them_in_the_queue(
    people: People, three: tuple[str, str, str]
) -> None:
    first, second, other = three
    queue = f"/cases?linked_to={given(people, first)['reference']}"
    for path in (f"/cases/{first}", f"/cases/{first}/links"):
        assert f'href="{queue}">These cases in the queue</a>' in seen(people, "cora", path)
    rows = re.findall(r'href="/cases/(\w+)[^"]*"[^>]* data-case', seen(people, "cora", queue))
    assert rows == [second]
    assert "These cases in the queue" not in seen(people, "cora", f"/cases/{other}")
    assert "These cases in the queue" not in seen(people, "cora", f"/cases/{other}/links")


def test_side_by_side_says_who_linked_what_and_why_and_marks_what_differs(
    people: People, three: tuple[str, str, str]
) -> None:
    first, second, _ = three
    text = seen(people, "cora", f"/cases/{first}/links/{second}")
    assert '<mark class="m-differs">Big </mark>' in text and '<mark class="m-differs">Large </mark>' in text
    assert "Found automatically" in text
    client = people.browser("cora")
    for action, more in (("undo", {"why": "A catalogue text."}), ("redo", {})):
        answer = client.post(f"/cases/{first}/links/{second}/{action}", data={"kind": "text"} | more)
        assert answer.status_code == 302, answer.text
        text = seen(people, "dan", f"/cases/{first}/links/{second}")
        assert ("Undone by Cora" in text and "“A catalogue text.”" in text) == (action == "undo")


def test_a_link_is_made_on_the_page_and_what_is_wrong_is_said_beside_the_field(
    people: People, three: tuple[str, str, str]
) -> None:
    first, _, other = three
    client, reference = people.browser("cora"), given(people, other)["reference"]
    form = {"other": reference, "kind": "photo", "why": "The same table <b>in both</b>."}
    for wrong, status in (
        ({"other": ""}, 422),
        ({"other": "C-00000-00000"}, 422),
        ({"kind": "x"}, 422),
        ({"why": ""}, 422),
    ):
        answer = client.post(f"/cases/{first}/links", data=form | wrong)
        assert answer.status_code == status and "Fix the following" in answer.text, wrong
    assert client.post(f"/cases/{first}/links", data=form).status_code == 302
    text = seen(people, "dan", f"/cases/{other}/links/{first}")
    assert "Linked by Cora" in text and "The same table &lt;b&gt;in both" in text
    assert client.post(f"/cases/{first}/links", data=form).status_code == 409


def test_many_links_are_counted_and_the_rest_has_a_page(
    people: People, report_json: Make, work_all: Callable[[], int]
) -> None:
    cases = [
        flag(people, ad(report_json(), n, PARROT.replace("African", "African " + "very " * 150))) for n in range(8)
    ]
    work_all()
    text = seen(people, "cora", f"/cases/{cases[0]}")
    assert text.count("/links/") - text.count('data-key="s"') == 5 and "and 2 more" in text
    text = seen(people, "cora", f"/cases/{cases[0]}/links")
    assert all(f"/links/{case}" in text for case in cases[1:]) and "7 cases share" in text


def test_two_cases_that_were_never_linked_or_are_none_have_no_such_page(
    people: People, three: tuple[str, str, str]
) -> None:
    first, _, other = three
    client = people.browser("cora")
    assert client.get(f"/cases/{first}/links/{other}").status_code == 404
    assert (
        client.get(f"/cases/{first}/links/nobody").status_code == client.get("/cases/nobody/links").status_code == 404
    )
    assert (
        client.post(f"/cases/{first}/links/{other}/undo", data={"kind": "text", "why": "x"}).status_code == 302
    )  # nothing to undo


def test_a_dismissed_duplicate_leads_to_its_case(people: People, three: tuple[str, str, str]) -> None:
    first, second, _ = three
    decide_duplicate(people, second, first)
    text = seen(people, "cora", f"/cases/{second}")
    assert f'<a href="/cases/{first}"><bdi>Dismissed as a duplicate of {given(people, first)["reference"]}' in text


def decide_duplicate(people: People, case_id: str, original: str) -> None:
    version = given(people, case_id)["version"]
    decision.decide(
        case_id, people.ids["cora"], decision="dismiss", note="The same ad.", version=version, dismiss_reason="duplicate",
        duplicate_of=original,
    )  # fmt: skip


def test_only_the_desk_sees_links_and_only_coordinators_change_them(
    people: People, three: tuple[str, str, str]
) -> None:
    first, second, _ = three
    for name in ("ana", "mia"):
        assert people.browser(name).get(f"/cases/{first}/links").status_code in (403, 404)
    assert "They do not belong together" not in seen(people, "ada", f"/cases/{first}/links/{second}")
    assert people.browser("ada").post(
        f"/cases/{first}/links/{second}/undo", data={"kind": "text", "why": "x"}
    ).status_code in (403, 404)


def test_the_photos_that_are_most_alike_stand_side_by_side_blurred(
    people: People, report_json: Make, work_all: Callable[[], int]
) -> None:
    first, second, other = (
        flag(people, ad(report_json(), n, TUSK[n * 9 :]), photo_1=encoded(photo(place)), photo_2=encoded(photo(10 + n)))
        for n, place in ((1, 1), (2, 1), (3, 3))
    )
    work_all()
    linking.link_cases(first, other, LinkKind.PHOTO, people.ids["cora"], "Look at the wall.")
    text = seen(people, "cora", f"/cases/{first}/links/{second}")
    sources = re.findall(r'<img src="(/cases/[^"]+/links/photos/[^"]+)"', text)
    assert [source.split("/")[2] for source in sources] == [first, second] and "The same photo" in text
    client = people.browser("cora")
    blurred, clear = (client.get(f"{sources[0]}{look}") for look in ("", "?look=1"))
    assert blurred.status_code == clear.status_code == 200 and len(blurred.data) < len(clear.data)
    assert "The same photo, linked by a coordinator" in seen(people, "cora", f"/cases/{first}/links/{other}")
    assert client.get(sources[0].replace(first, second)).status_code == 404, "a photo of that case alone"
    assert people.browser("ana").get(sources[0]).status_code in (403, 404)
