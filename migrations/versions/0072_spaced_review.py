"""spaced review: where each practice question stands for each person, whether an answer was a guess, and who is reminded

Revision: 0072
Follows: 0071
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "review_cards",
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("module", sa.String(64), nullable=False),
        sa.Column("question", sa.String(64), nullable=False),
        sa.Column("version", sa.String(64), nullable=True),
        sa.Column("box", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.CheckConstraint("box BETWEEN 1 AND 6", name=op.f("ck_review_cards_box")),
        sa.CheckConstraint("due_on > asked_on", name=op.f("ck_review_cards_due_later")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_review_cards_account_id_accounts")),
        sa.PrimaryKeyConstraint("account_id", "module", "question", name=op.f("pk_review_cards")),
    )
    _keep_what_was_practised()
    with op.batch_alter_table("practice_answers") as batch:
        batch.add_column(sa.Column("guessed", sa.Boolean(), nullable=True))


def _keep_what_was_practised():
    """Each question that was practised begins where its last answer puts it: in the second box when it was right, else in the first."""
    connection = op.get_bind()
    answers = sa.table(
        "practice_answers", sa.column("account_id"), sa.column("module"), sa.column("question"), sa.column("right", sa.Boolean()),
        sa.column("at", sa.DateTime(timezone=True)), sa.column("id"),
    )  # fmt: skip
    cards = sa.table(
        "review_cards", sa.column("account_id"), sa.column("module"), sa.column("question"), sa.column("box"),
        sa.column("asked_on", sa.Date()), sa.column("due_on", sa.Date()),
    )  # fmt: skip
    last = {}
    in_time = sa.select(answers.c["account_id", "module", "question", "right", "at"]).order_by(
        answers.c.at, answers.c.id
    )
    for account_id, module, question, right, at in connection.execute(in_time):
        last[account_id, module, question] = (2 if right else 1, at.date())
    rows = [
        {"account_id": account_id, "module": module, "question": question, "box": box, "asked_on": day,
         "due_on": day + timedelta(days=3 if box == 2 else 1)}
        for (account_id, module, question), (box, day) in last.items()
    ]  # fmt: skip
    if rows:
        connection.execute(cards.insert(), rows)


def downgrade():
    with op.batch_alter_table("practice_answers") as batch:
        batch.drop_column("guessed")
    op.drop_table("review_cards")
