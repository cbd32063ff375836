"""terms may be words of context: what kind of text an ad is

Earlier versions have no words for the reasons that context gives, so a downgrade takes them off the cases.

Revision: 0037
Follows: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

KINDS = ("taxon", "trade", "against")
CODES = frozenset({"imitation", "wanted", "news", "teaching", "claim", "quantity", "grams", "price"})
CHUNK = 5000  # rows held in memory
cases = sa.table("cases", sa.column("id", sa.String), sa.column("reasons", sa.JSON))


def _may_be(kinds):
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("terms") as batch:
        batch.drop_constraint(op.f("ck_terms_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_terms_kind"), f"kind IN ({listed})")


def upgrade():
    _may_be((*KINDS, "context"))


def downgrade():
    connection, last = op.get_bind(), ""
    changed = cases.update().where(cases.c.id == sa.bindparam("key_")).values(reasons=sa.bindparam("new"))
    while rows := connection.execute(sa.select(cases).where(cases.c.id > last).order_by(cases.c.id).limit(CHUNK)).all():
        known = {row.id: [reason for reason in row.reasons if reason["code"] not in CODES] for row in rows}
        fewer = [{"key_": row.id, "new": known[row.id]} for row in rows if known[row.id] != row.reasons]
        if fewer:
            connection.execute(changed, fewer)
        last = rows[-1].id
    op.execute("DELETE FROM terms WHERE kind = 'context'")  # a worker that starts loads its own lexicon
    _may_be(KINDS)
