"""why a case stands where it does is kept as codes with weights, and the parts of its priority are called its signals

Sentences that earlier versions wrote are recognised and become codes with their parameters; weights were not kept then, so
there are none. Any other sentence is kept under `as_written`. The sentences are those of that time: they are written out
here and never change with the code.

Revision: 0016
Follows: 0015
"""

import re
from datetime import date
from functools import cache

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

CHUNK = 5000  # rows held in memory
# Sign, code and what we wrote. `also`: the higher numbers of appendices, by population.
WRITTEN = (
    ("+", "category", "Live animal", {"category": "live"}),
    ("+", "category", "Part of an animal", {"category": "part"}),
    ("+", "category", "Plant", {"category": "plant"}),
    ("+", "appendix", "CITES Appendix {appendix}", {"others": []}),
    ("+", "appendix", "CITES Appendix {appendix}, or {others} by population", {}),
    ("+", "removed_before", "Reported again after it was removed", {}),
    ("+", "restricted_before", "Reported again after it was restricted", {}),
    ("-", "kept_before", "The company kept it online before", {}),
    ("-", "dismissed_before", "Dismissed before", {}),
    ("+", "still_there", "Still there on {day}, though the company said {answer}", {}),
    ("+", "no_papers", "No papers mentioned", {}),
    ("-", "papers_claimed", "Papers are claimed, none shown", {}),
    ("-", "document_shown", "The ad shows a document", {}),
    ("-", "unsure", "The spotter is unsure", {}),
    ("+", "posted_today", "Posted within a day", {}),
    ("-", "posted_long_ago", "Posted more than three months ago", {}),
    ("+", "reports", "{number} reports", {}),
    ("+", "trusted_spotter", "A trusted spotter reported it", {}),
    ("+", "taxon_chosen", "The spotter names {taxon}", {}),
    ("+", "name", "“{word}” is a name", {}),
    ("+", "trade_word", "“{word}” is a word of the trade", {}),
    ("+", "hidden_word", "“{word}” hides the word “{term}”", {}),
    ("+", "goods", "“{word}” names goods", {}),
    ("+", "alive", "“{word}” speaks of something alive", {}),
    ("+", "real", "“{word}” says that it is real", {}),
    ("+", "offer", "“{word}” is an offer", {}),
    ("-", "against_ad", "“{word}” speaks against the whole ad", {}),
    ("-", "against_word", "“{word}” speaks against “{against}”", {}),
    ("+", "alive", "“{word}” speaks of a live animal", {}),  # the first wording
)  # fmt: skip
ANSWERS = {"received": "received", "removed": "removed", "access_disabled": "access disabled", "restricted": "restricted",
           "account_suspended": "account suspended", "already_gone": "already gone", "moved": "moved",
           "not_violating": "not violating", "need_info": "need more info", "cannot_locate": "cannot locate",
           "duplicate": "duplicate", "passed_on": "passed on", "reinstated": "reinstated"}  # fmt: skip
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
KINDS = {
    "appendix": "(?P<appendix>I{1,3})",
    "others": "(?P<others>I{1,3}(?: or I{1,3})?)",
    "day": rf"(?P<day>[1-9]\d? (?:{'|'.join(MONTHS)}) \d{{4}})",
    "answer": f"(?P<answer>{'|'.join(ANSWERS.values())})",
    "number": r"(?P<number>[1-9]\d*)",
    **{name: f"(?P<{name}>.+)" for name in ("taxon", "word", "term", "against")},
}
cases = sa.table("cases", sa.column("id", sa.String), sa.column("reasons", sa.JSON))


@cache
def pattern(written):
    """A regular expression of all that may have been written so."""
    parts = re.split(r"\{(\w+)\}", written)
    return re.compile("".join(KINDS[part] if place % 2 else re.escape(part) for place, part in enumerate(parts)), re.S)


def value_of(name, said):
    if name == "day":
        day, month, year = said.split()
        return date(int(year), MONTHS.index(month) + 1, int(day)).isoformat()
    if name == "answer":
        return next(answer for answer, word in ANSWERS.items() if word == said)
    if name == "others":
        return said.split(" or ")
    return int(said) if name == "number" else said


def written_of(name, value):
    if name == "day":
        day = date.fromisoformat(value)
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    if name == "answer":
        return ANSWERS[value]
    return " or ".join(value) if name == "others" else value


@cache
def coded(sign, words):
    """Code and parameters of a reason; the same words come again and again."""
    for of, code, written, fixed in WRITTEN:
        found = of == sign and pattern(written).fullmatch(words)
        try:
            if found:
                params = {name: value_of(name, said) for name, said in found.groupdict().items()}
                return {"code": code, "weight": None, "params": params | fixed}
        except ValueError:  # no such day
            pass
    return {"code": "as_written", "weight": None, "params": {"text": words, "sign": sign}}


def said(reason):
    """A reason as it was kept before there were codes."""
    code, params = reason["code"], reason["params"]
    if code == "as_written":
        return {"sign": params["sign"], "words": params["text"]}
    for sign, of, written, fixed in WRITTEN:
        names = set(re.findall(r"\{(\w+)\}", written)) | set(fixed)
        if of == code and names == set(params) and all(params[name] == value for name, value in fixed.items()):
            return {"sign": sign, "words": written.format(**{n: written_of(n, v) for n, v in params.items()})}
    raise ValueError(f"no words for the reason {reason}")


def change(session, to):
    """Write the reasons of every case anew."""
    last, statement = "", cases.update().where(cases.c.id == sa.bindparam("key_"))
    while rows := session.execute(sa.select(cases).where(cases.c.id > last).order_by(cases.c.id).limit(CHUNK)).all():
        values = [{"key_": row.id, "new": [to(reason) for reason in row.reasons]} for row in rows]
        session.execute(statement.values(reasons=sa.bindparam("new")), values)
        last = rows[-1].id


def upgrade():
    op.execute("ALTER TABLE cases RENAME COLUMN parts TO signals")
    change(op.get_bind(), lambda reason: coded(reason["sign"], reason["words"]))


def downgrade():
    change(op.get_bind(), said)
    op.execute("ALTER TABLE cases RENAME COLUMN signals TO parts")
