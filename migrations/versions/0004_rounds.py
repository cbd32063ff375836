"""rounds, teams, memberships, searches, reminders; where a platform's own search is, and the languages of its ads

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "rounds",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("platforms", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'open', 'cancelled')", name=op.f("ck_rounds_state")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_rounds_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
    )
    op.create_index("ix_rounds_state_ends_on", "rounds", ["state", "ends_on"], unique=False)
    op.create_table(
        "round_mails",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_round_mails_account_id_accounts")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_round_mails_round_id_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_mails")),
        sa.UniqueConstraint("round_id", "account_id", "name", name=op.f("uq_round_mails_round_id_account_id_name")),
    )
    op.create_table(
        "searches",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=True),
        sa.Column("platform_id", sa.String(length=32), nullable=False),
        sa.Column("term", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("stated", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 1 AND 600", name=op.f("ck_searches_minutes")),
        sa.CheckConstraint("seen BETWEEN 0 AND 10000", name=op.f("ck_searches_seen")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_searches_account_id_accounts")),
        sa.ForeignKeyConstraint(["platform_id"], ["platforms.id"], name=op.f("fk_searches_platform_id_platforms")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_searches_round_id_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_searches")),
        sa.UniqueConstraint(
            "account_id", "platform_id", "term", "day", name=op.f("uq_searches_account_id_platform_id_term_day")
        ),
    )
    op.create_index("ix_searches_account_id_day", "searches", ["account_id", "day"], unique=False)
    op.create_index("ix_searches_platform_id_term_day", "searches", ["platform_id", "term", "day"], unique=False)
    op.create_index("ix_searches_round_id_day", "searches", ["round_id", "day"], unique=False)
    op.create_table(
        "spotter_choices",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("reminders", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_spotter_choices_account_id_accounts")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_spotter_choices")),
    )
    op.create_table(
        "teams",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("lead_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["accounts.id"], name=op.f("fk_teams_lead_id_accounts")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_teams_round_id_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("round_id", "id", name=op.f("uq_teams_round_id_id")),
        sa.UniqueConstraint("round_id", "name", name=op.f("uq_teams_round_id_name")),
    )
    op.create_table(
        "memberships",
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("team_id", sa.String(length=32), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_memberships_account_id_accounts")),
        sa.ForeignKeyConstraint(
            ["round_id", "team_id"], ["teams.round_id", "teams.id"], name=op.f("fk_memberships_round_id_team_id_teams")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_memberships_round_id_rounds")),
        sa.PrimaryKeyConstraint("round_id", "account_id", name=op.f("pk_memberships")),
    )
    op.create_index(op.f("ix_memberships_account_id"), "memberships", ["account_id"], unique=False)
    op.add_column("platforms", sa.Column("search", sa.Text(), nullable=True))
    op.add_column("platforms", sa.Column("languages", sa.JSON(), nullable=True))


def downgrade():
    for column in ("search", "languages"):
        op.execute(f"ALTER TABLE platforms DROP COLUMN {column}")
    for table in ("memberships", "teams", "spotter_choices", "searches", "round_mails", "rounds"):
        op.drop_table(table)
