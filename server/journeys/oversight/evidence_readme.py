"""What the README of a case's evidence says: what it is, how to check it, and the case in plain lines. Pure.

In English, as commands are. It is read by people who have nothing of ours: police, a court, an expert.
"""

from collections.abc import Iterator
from typing import Any

HEAD = """\
Evidence of case {reference}
{line}

Made on {made_at} by {organisation} ({email}) with Cyber Spotter.

Volunteers report ads that may offer protected wildlife; a coordinator decides whether the company that runs the site gets a
notice. What is said of an ad here is a suspicion, not a finding, and nobody is named: who acted is "spotter 1",
"coordinator 1" and so on, the same person throughout this file and another in the next.

The files under evidence/ are the originals, byte for byte as they were received. They may show who captured them, and third
persons. Give them to authorities only, never to a seller or a company. Open a page copy (.html.gz) with a text editor, not
with a browser. Pictures may be distressing.


How to check it
---------------
In the folder to which this was unpacked:

1. No file has changed since the list of hashes was made:

   sha256sum -c SHA256SUMS            (macOS: shasum -a 256 -c SHA256SUMS)

2. The list was signed with the key in public_key.pem:

   openssl dgst -sha256 -verify public_key.pem -signature SHA256SUMS.sig SHA256SUMS

3. The key is that of {organisation}. Ask them for its fingerprint by a way you trust, and compare it with what this prints:

   openssl pkey -pubin -in public_key.pem -outform DER | sha256sum

   The key this was signed with: {key}

manifest.json holds the same as this text, and more, for programs. Times are UTC. "received" is the clock of our server;
"captured" is the clock of the volunteer's device, which proves nothing by itself.

Each row of the audit trail below has the number and the hash of its seal. A seal's hash covers its row and the seal before it, so
that {organisation} can show that no row was changed or taken away since. The head of the trail when this was made:
{head}
"""


def text(manifest: dict[str, Any]) -> str:
    """The whole README. `manifest`: as it stands in manifest.json."""
    reference, made_by = manifest["case"]["reference"], manifest["made_by"]
    head = HEAD.format(
        reference=reference, line="=" * len(f"Evidence of case {reference}"), made_at=manifest["made_at"], key=manifest["signed_with"]["key"],
        head=manifest["audit_head"] or "none yet", **made_by,
    )  # fmt: skip
    return head + "\n" + "\n".join(_lines(manifest)) + "\n"


def _lines(manifest: dict[str, Any]) -> Iterator[str]:
    case = manifest["case"]
    listing = case["listing"]
    yield from _heading("The ad")
    yield f"Title:       {listing['title'] or '(none)'}"
    yield f"Address:     {listing['url']}"
    yield f"Site:        {listing['platform'] or '(not in the directory)'}{', number ' + listing['number'] if listing['number'] else ''}"
    yield f"First seen:  {listing['first_seen_at']}"
    yield from _heading("Reports and their files")
    for report in manifest["reports"]:
        ahead = " by a clock that was ahead of ours" if report["device_clock_ahead"] else ""
        yield f"{report['reference']}  received {report['received_at']}, captured {report['captured_at']}{ahead}"
        yield from (f"   {file['path']}  {file['size']} bytes\n   {file['sha256']}" for file in report["files"])
        if not report["files"]:
            yield "   no files"
    yield from _heading("Notices and answers")
    for notice in manifest["notices"]:
        yield f"{notice['reference']}  to {notice['company']}, sent {notice['sent_at']}"
        yield from (
            f"   {answer['at']}  answered: {answer['answer']} (by {answer['via']})" for answer in notice["answers"]
        )
        for word in ("withdrawn", "replaced"):
            if notice[f"{word}_at"]:
                yield f"   {notice[f'{word}_at']}  {word}"
    if not manifest["notices"]:
        yield "none"
    yield from _heading("Checks whether the ad is still there")
    yield from (
        f"{check['name']}  asked {check['asked_at']}: {check['state']} {check['settled_at'] or ''}".rstrip()
        for check in manifest["checks"]
    )
    if not manifest["checks"]:
        yield "none"
    yield from _heading("The audit trail of this case")
    for row in manifest["audit_rows"]:
        detail = ", ".join(f"{name} {value}" for name, value in row["detail"].items())
        yield f"{row['at']}  {row['actor']}: {row['action']}, {row['about']}{' (' + detail + ')' if detail else ''}"
        yield f"   row {row['seq']}, " + (
            f"seal {row['seal']['position']} {row['seal']['hash']}" if row["seal"] else "not sealed yet"
        )


def _heading(words: str) -> list[str]:
    return ["", words, "-" * len(words)]
