"""what was known and what a coordinator confirmed is kept with each decision, and of which case a dismissed one is a duplicate

Revision: 0021
Follows: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NAMES = {"fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s"}  # SQLite tells no name of a column's own
DECISION = "decision IN ('notify', 'dismiss', 'ask', 'hold')"
BEFORE = ("innocent_word", "not_protected", "look_alike", "not_offered", "too_little", "scam", "other")
AFTER = (*BEFORE[:-1], "duplicate", "other")
CATEGORY = "category IN ('live', 'part', 'product', 'plant', 'service')"
DUPLICATE = "duplicate_of IS NOT NULL OR because IS NULL OR because <> 'duplicate'"


def because(words):
    return "because IN ({})".format(", ".join(f"'{word}'" for word in words))


def upgrade():
    with op.batch_alter_table("decisions", naming_convention=NAMES) as batch:
        batch.drop_constraint(op.f("ck_decisions_because"), type_="check")
        batch.create_check_constraint(op.f("ck_decisions_because"), because(AFTER))
        batch.add_column(sa.Column("duplicate_of", sa.String(length=32), nullable=True))
        batch.add_column(sa.Column("taxa", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("category", sa.String(length=32), nullable=True))
        batch.add_column(sa.Column("snapshot", sa.JSON(), nullable=True))
        batch.create_foreign_key(op.f("fk_decisions_duplicate_of_cases"), "cases", ["duplicate_of"], ["id"])
        batch.create_check_constraint(op.f("ck_decisions_category"), CATEGORY)
        batch.create_check_constraint(op.f("ck_decisions_duplicate_of"), DUPLICATE)


def downgrade():
    op.execute("UPDATE decisions SET because = 'other' WHERE because = 'duplicate'")
    with op.batch_alter_table("decisions", naming_convention=NAMES) as batch:
        batch.drop_constraint(op.f("ck_decisions_duplicate_of"), type_="check")
        batch.drop_constraint(op.f("ck_decisions_category"), type_="check")
        batch.drop_constraint(op.f("fk_decisions_duplicate_of_cases"), type_="foreignkey")
        batch.drop_constraint(op.f("ck_decisions_because"), type_="check")
        for column in ("duplicate_of", "taxa", "category", "snapshot"):
            batch.drop_column(column)
    # As 0002 made it: its constraint is the column's own, with which SQLite lets the column go again.
    check = because(BEFORE).replace("because", "because_")
    op.execute(f"ALTER TABLE decisions ADD COLUMN because_ VARCHAR(32) CONSTRAINT ck_decisions_because CHECK ({check})")
    op.execute("UPDATE decisions SET because_ = because")
    op.drop_column("decisions", "because")
    op.execute("ALTER TABLE decisions RENAME COLUMN because_ TO because")
