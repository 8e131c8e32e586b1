"""finding flags"""

import sqlalchemy as sa
from alembic import op


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Flags can be about findings; what was judged before has rules 0 and is judged again."""
    with op.batch_alter_table("flag") as table:
        table.add_column(sa.Column("finding_id", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("explained_by", sa.String(length=64), nullable=True))
        table.add_column(
            sa.Column("covered", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.alter_column("requirement_id", existing_type=sa.String(length=64), nullable=True)
        table.create_unique_constraint(
            op.f("uq_flag_assessment_id_finding_id"), ["assessment_id", "finding_id"]
        )
        table.create_check_constraint(
            op.f("ck_flag_about_one"), "(requirement_id IS NULL) <> (finding_id IS NULL)"
        )
    with op.batch_alter_table("flag") as table:
        table.alter_column("covered", existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table("assessment") as table:
        table.add_column(sa.Column("rules", sa.Integer(), nullable=False, server_default="0"))
    submitted = sa.text("state = 'submitted'")
    with op.batch_alter_table("assessment") as table:
        table.alter_column("rules", existing_type=sa.Integer(), server_default=None)
        table.create_index(
            "ix_assessment_rules",
            ["rules", "id"],
            sqlite_where=submitted,
            postgresql_where=submitted,
        )


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM flag WHERE finding_id IS NOT NULL"))
    with op.batch_alter_table("assessment") as table:
        table.drop_index("ix_assessment_rules")
        table.drop_column("rules")
    with op.batch_alter_table("flag") as table:
        table.drop_constraint(op.f("ck_flag_about_one"), type_="check")
        table.drop_constraint(op.f("uq_flag_assessment_id_finding_id"), type_="unique")
        table.alter_column("requirement_id", existing_type=sa.String(length=64), nullable=False)
        table.drop_column("covered")
        table.drop_column("explained_by")
        table.drop_column("finding_id")
