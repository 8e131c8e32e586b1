"""own team"""

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Everybody who was asked before there was this choice is a vendor.
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("in_house", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    own_team = sa.text("in_house")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.alter_column("in_house", server_default=None)
        batch_op.create_index(
            "uq_assessment_own_team",
            ["rfi_id"],
            unique=True,
            sqlite_where=own_team,
            postgresql_where=own_team,
        )


def downgrade() -> None:
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_index("uq_assessment_own_team")
        batch_op.drop_column("in_house")
