"""need weights: how much each need of its customers matters to a buyer"""

import sqlalchemy as sa
from alembic import op


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Nobody has weighed anything before there was this choice.
    with op.batch_alter_table("rfi", schema=None) as batch_op:
        batch_op.add_column(sa.Column("need_weights", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("rfi", schema=None) as batch_op:
        batch_op.drop_column("need_weights")
