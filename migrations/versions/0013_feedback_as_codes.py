"""what spotters were told, why pictures have no copy, and why the rules stepped somebody down are kept as codes

Sentences that earlier versions wrote are recognised and become codes with their parameters; people's own words stay as
they are; any other sentence of ours is kept under `as_written`. The sentences are those of that time: they are written out
here and never change with the code.

Revision: 0013
Follows: 0012
"""

import re
from datetime import date
from functools import cache

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NAMES = {"fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s"}  # SQLite tells no name of a column's own
CHUNK = 5000  # rows held in memory
OWN_WORDS = ("dismissed", "notice_withdrawn", "question", "reply", "as_written")
CODES = ("notice_queued", "held", "dismissed", "notice_withdrawn", "question", "question_closed", "reply",
         "not_delivered", "overdue", "answered", "still_there", "checked_present", "checked_gone", "as_written")  # fmt: skip
ONE_OF = ", ".join(f"'{code}'" for code in CODES)
IN_OWN_WORDS = ", ".join(f"'{code}'" for code in OWN_WORDS)
HAS_WORDS = f"text IS NOT NULL OR code NOT IN ({IN_OWN_WORDS})"

# By status (None: any) what we wrote, with the kind of each parameter.
NOT_DELIVERED = "The notice could not be delivered. A coordinator looks for another way; nothing is lost."
WRITTEN = (
    ("notified", "notice_queued", "A notice is on its way to the company. We tell you what it answers."),
    ("in_review", "held", "A coordinator has looked and keeps it for now."),
    ("in_review", "question_closed", "This question is closed."),
    ("in_review", "not_delivered", NOT_DELIVERED),
    ("no_answer", "overdue", "{company} has not answered by {answer_by}."),
    ("no_answer", "overdue", "{company} has not answered by {answer_by}. We asked again."),
    ("in_review", "still_there", "Looked at again on {day}: it is still there. A coordinator has it again."),
    (None, "checked_present", "Looked at again on {day}: it is still there."),
    (None, "checked_gone", "Looked at again on {day}: it is gone."),
    (None, "answered", "{company} answered: {answer}."),
)
STEPPED_DOWN = (
    "By the rules: of the latest {judged} judgements that count, between {low} and {high} of 100 are likely to be right, "
    "and trust asks for {asks}."
)
UNREADABLE = {"too_slow": "The picture took too long to read.", "damaged": "The picture is damaged."}
ANSWERS = {"received": "Received", "removed": "Removed", "access_disabled": "Access disabled", "restricted": "Restricted",
           "account_suspended": "Account suspended", "already_gone": "Already gone", "moved": "Moved",
           "not_violating": "Not violating", "need_info": "Need more info", "cannot_locate": "Cannot locate",
           "duplicate": "Duplicate", "passed_on": "Passed on", "reinstated": "Reinstated"}  # fmt: skip
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
KINDS = {
    "company": "(?P<company>.+)",
    "answer": f"(?P<answer>{'|'.join(ANSWERS.values())})",
    "judged": r"(?P<judged>\d+)", "low": r"(?P<low>\d+)", "high": r"(?P<high>\d+)", "asks": r"(?P<asks>\d+)",
    **{name: rf"(?P<{name}>[1-9]\d? (?:{'|'.join(MONTHS)}) \d{{4}})" for name in ("day", "answer_by")},
}  # fmt: skip

feedback = sa.table(
    "feedback", sa.column("id", sa.String), sa.column("status", sa.String), sa.column("speaker", sa.Text),
    sa.column("text", sa.Text), sa.column("code", sa.String), sa.column("params", sa.JSON),
)  # fmt: skip
step_downs = sa.table(
    "step_downs", sa.column("accreditation_id", sa.String), sa.column("why", sa.String), sa.column("params", sa.JSON)
)
evidence = sa.table("evidence", sa.column("unreadable", sa.Text))


@cache
def pattern(written):
    """A regular expression of all that may have been written so."""
    parts = re.split(r"\{(\w+)\}", written)
    return re.compile("".join(KINDS[part] if place % 2 else re.escape(part) for place, part in enumerate(parts)), re.S)


def read(written, text):
    """The parameters with which `text` was written, or None when it was not written so."""
    found = pattern(written).fullmatch(text)
    try:
        return found and {name: value_of(name, said) for name, said in found.groupdict().items()}
    except ValueError:  # no such day
        return None


def value_of(name, said):
    if name in ("day", "answer_by"):
        day, month, year = said.split()
        return date(int(year), MONTHS.index(month) + 1, int(day)).isoformat()
    if name == "answer":
        return next(answer for answer, word in ANSWERS.items() if word == said)
    return said if name == "company" else int(said)


def write(written, params):
    """The sentence as it was written then."""
    said = dict(params)
    for name in set(params) & {"day", "answer_by"}:
        day = date.fromisoformat(params[name])
        said[name] = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    if "answer" in params:
        said["answer"] = ANSWERS[params["answer"]]
    return written.format(**said)


def coded(status, speaker, text):
    """Code, parameters and own words of what was told."""
    if speaker == "spotter":
        return "reply", {}, text
    if speaker != "coordinator":
        return "answered", {"company": speaker}, text
    for of, code, written in WRITTEN:
        if of in (None, status) and (params := read(written, text)) is not None:
            return code, params, None
    return {"dismissed": "dismissed", "needs_info": "question"}.get(status, "as_written"), {}, text


def told(code, params, text):
    """What was told, as it was written before there were codes."""
    if text is not None:
        return text
    return write(next(written for _, of, written in WRITTEN if of == code), params)


def chunks(session, table, key, *columns):
    """Rows of a table in the order of their key, some at a time."""
    last = ""
    while rows := session.execute(
        sa.select(key, *columns).select_from(table).where(key > last).order_by(key).limit(CHUNK)
    ).all():
        yield rows
        last = rows[-1][0]


def change(session, table, key, values):
    """Set columns of many rows: `values` has for each its `key_` and what each column becomes."""
    names = [name for name in values[0] if name != "key_"] if values else []
    if values:
        changed = table.update().where(key == sa.bindparam("key_"))
        session.execute(changed.values({name: sa.bindparam(f"new_{name}") for name in names}), [
            {"key_": row["key_"]} | {f"new_{name}": row[name] for name in names} for row in values
        ])  # fmt: skip


def upgrade():
    session = op.get_bind()
    op.add_column("feedback", sa.Column("code", sa.String(32)))
    op.add_column("feedback", sa.Column("params", sa.JSON()))
    with op.batch_alter_table("feedback", naming_convention=NAMES) as batch:
        batch.alter_column("text", existing_type=sa.Text(), nullable=True)
    row = feedback.c
    for rows in chunks(session, feedback, row.id, row.status, row.speaker, row.text):
        names = ("code", "params", "text")
        change(session, feedback, row.id, [
            {"key_": key, **dict(zip(names, coded(status, speaker, text), strict=True))}
            for key, status, speaker, text in rows
        ])  # fmt: skip
    with op.batch_alter_table("feedback", naming_convention=NAMES) as batch:
        batch.alter_column("code", existing_type=sa.String(32), nullable=False)
        batch.alter_column("params", existing_type=sa.JSON(), nullable=False)
        batch.create_check_constraint(op.f("ck_feedback_code"), f"code IN ({ONE_OF})")
        batch.create_check_constraint(op.f("ck_feedback_own_words"), HAS_WORDS)

    for code, written in UNREADABLE.items():
        session.execute(evidence.update().where(evidence.c.unreadable == written).values(unreadable=code))
    other = evidence.c.unreadable.not_in(UNREADABLE)
    session.execute(evidence.update().where(other).values(unreadable="damaged"))  # no version wrote anything else
    with op.batch_alter_table("evidence") as batch:
        batch.alter_column("unreadable", existing_type=sa.Text(), type_=sa.String(32))
        batch.create_check_constraint(op.f("ck_evidence_unreadable"), "unreadable IN ('too_slow', 'damaged')")

    op.add_column("step_downs", sa.Column("params", sa.JSON()))
    with op.batch_alter_table("step_downs") as batch:
        batch.alter_column("why", existing_type=sa.String(2000), nullable=True)
    row = step_downs.c
    for rows in chunks(session, step_downs, row.accreditation_id, row.why):
        read_ = [(key, why, read(STEPPED_DOWN, why)) for key, why in rows]
        values = [{"key_": key, "params": params or {}, "why": None if params else why} for key, why, params in read_]
        change(session, step_downs, row.accreditation_id, values)
    with op.batch_alter_table("step_downs") as batch:
        batch.alter_column("params", existing_type=sa.JSON(), nullable=False)


def downgrade():
    session = op.get_bind()
    row = step_downs.c
    for rows in chunks(session, step_downs, row.accreditation_id, row.params, row.why):
        values = [{"key_": key, "why": why or write(STEPPED_DOWN, params)} for key, params, why in rows]
        change(session, step_downs, row.accreditation_id, values)
    with op.batch_alter_table("step_downs") as batch:
        batch.drop_column("params")
        batch.alter_column("why", existing_type=sa.String(2000), nullable=False)

    with op.batch_alter_table("evidence") as batch:
        batch.drop_constraint(op.f("ck_evidence_unreadable"), type_="check")
        batch.alter_column("unreadable", existing_type=sa.String(32), type_=sa.Text())
    for code, written in UNREADABLE.items():
        session.execute(evidence.update().where(evidence.c.unreadable == code).values(unreadable=written))

    with op.batch_alter_table("feedback", naming_convention=NAMES) as batch:
        batch.drop_constraint(op.f("ck_feedback_own_words"), type_="check")
        batch.drop_constraint(op.f("ck_feedback_code"), type_="check")
    row = feedback.c
    for rows in chunks(session, feedback, row.id, row.code, row.params, row.text):
        values = [{"key_": key, "text": told(code, params, text)} for key, code, params, text in rows]
        change(session, feedback, row.id, values)
    with op.batch_alter_table("feedback", naming_convention=NAMES) as batch:
        batch.drop_column("code")
        batch.drop_column("params")
        batch.alter_column("text", existing_type=sa.Text(), nullable=False)
