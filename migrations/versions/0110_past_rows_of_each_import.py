"""an import of past work keeps what its rows say, also where another import says the same

Revision: 0110
Follows: 0109
"""

from alembic import op

revision = "0110"
down_revision = "0109"
branch_labels = None
depends_on = None

ONCE, ONCE_AN_IMPORT = "uq_past_cases_case_id_statement", "uq_past_cases_case_id_statement_import_id"


def upgrade():
    with op.batch_alter_table("past_cases") as rows:
        rows.drop_constraint(op.f(ONCE), type_="unique")
        rows.create_unique_constraint(op.f(ONCE_AN_IMPORT), ["case_id", "statement", "import_id"])


def downgrade():
    op.execute("DELETE FROM past_cases WHERE id NOT IN (SELECT min(id) FROM past_cases GROUP BY case_id, statement)")
    with op.batch_alter_table("past_cases") as rows:
        rows.drop_constraint(op.f(ONCE_AN_IMPORT), type_="unique")
        rows.create_unique_constraint(op.f(ONCE), ["case_id", "statement"])
