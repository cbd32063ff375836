"""The pictures of a case as its page shows them: the newest in sight, all others folded."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import url_for

from server.core import clock, wording
from server.core.sentences import sentence
from server.core.words import Unreadable
from server.ledger.reports import pictures, submission
from server.ledger.reports.models import Evidence

IN_SIGHT = ("screenshot", "full_page", "photo")  # pictures of answers stand beside the answers


class CaseFile(NamedTuple):
    """One file of a case. stands: its report counts, so the picture may leave. leaves: companies see it."""

    file: Evidence
    shown: dict[str, Any]
    stands: bool = True
    leaves: bool = False


def grouped(kept: Sequence[CaseFile]) -> dict[str, Any]:
    """What is in sight (`first`) and what is folded (`more`, with its `kinds` counted), each picture once by its bytes.

    In sight are the newest screenshot, full page and photos, and what companies see. kept: the newest report first.
    opened: a folded picture is looked at. page: what is said of a kept copy of the page's text, or None.
    """
    newest = sorted((each for each in kept if each.shown["kind"] in IN_SIGHT), key=lambda each: not each.stands)
    first = {each.file.sha256 for each in newest if each.leaves}
    same: dict[str, list[CaseFile]] = {}
    for each in newest:
        same.setdefault(each.file.sha256, []).append(each)
    for kind in IN_SIGHT:
        files = [each.file for each in newest if each.shown["kind"] == kind]
        first |= {file.sha256 for file in files if file.report_id == files[0].report_id}
    shown = [_once(same[sha256]) for sha256 in same if sha256 in first]
    more = [_once(same[sha256]) for sha256 in same if sha256 not in first]
    counts = Counter(each["kind"] for each in more)
    return {
        "first": sorted(shown, key=lambda each: IN_SIGHT.index(each["kind"])),
        "more": more,
        "kinds": {kind: counts[kind] for kind in IN_SIGHT if counts[kind]},
        "opened": any(each["looked"] for each in more),
        "page": next((each.shown["caption"] for each in kept if each.file.width is None), None),
    }


def _once(same: Sequence[CaseFile]) -> dict[str, Any]:
    """The one of equal files to show: what companies see, or what could be sent to them, before the others."""
    best = max(
        same, key=lambda each: (each.leaves, each.shown["kind"] == IN_SIGHT[0], each.stands, each.shown["clean"])
    )
    return best.shown | {"looked": any(each.shown["looked"] for each in same)}


def picture(case_id: str, file: Evidence, look: str | None, sent: bool = False, leaves: bool = True) -> dict[str, Any]:
    """One file as the veil shows it.

    sent: a notice has left already. leaves: it is one of the pictures marked clean that companies see.
    """
    kind = submission.kind_of(file.name) if file.width else "picture"
    if file.width is None:
        caption: str = sentence("A copy of the page’s text, kept as a file. It is never opened here.")
    elif file.unreadable:
        caption = pictures.UNREADABLE[Unreadable(file.unreadable)]
    elif file.clean_at and not leaves:
        caption = sentence("The company does not see it.")
    elif file.clean_at and sent:
        caption = sentence("It is shown with the notice.")
    elif file.clean_at:
        caption = sentence("It may be sent with a notice.")
    elif file.name not in submission.MAY_LEAVE:
        caption = sentence("It is never sent with a notice.")
    elif sent:
        caption = sentence("Not marked clean, so the notice was sent without it.")
    else:
        caption = sentence("Not marked clean yet, so it will not be sent with a notice.")
    blurred_url = url_for("cases.picture", case_id=case_id, evidence_id=file.id)
    return {
        "id": file.id,
        "kind": kind,
        "caption": caption,
        "blurred_url": blurred_url,
        "clear_url": f"{blurred_url}?look=1",
        "ready": file.copy_sha256 is not None,
        "looked": file.id == look,
        "clean": file.clean_at is not None,
        "marked": wording.moment(file.clean_at, clock.now()) if file.clean_at else "",
        "original_url": url_for("cases.original", case_id=case_id, evidence_id=file.id),
    }
