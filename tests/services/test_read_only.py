"""Where only reading is allowed, a changing statement is refused before it runs."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from questionnaire.db import WriteOnRead, read_only

CHANGING = [
    "INSERT INTO organisation (id) VALUES ('x')",
    "  update organisation SET name = 'x'",
    "DELETE FROM organisation",
    "WITH one AS (SELECT 1) INSERT INTO organisation (id) SELECT * FROM one",
    "WITH one AS (SELECT 1) DELETE FROM organisation",
]


@pytest.mark.parametrize("statement", CHANGING)
def test_every_shape_of_a_changing_statement_is_refused(session: Session, statement: str) -> None:
    with read_only(), pytest.raises(WriteOnRead, match="while only reading is allowed"):
        session.execute(sa.text(statement))


def test_reading_goes_on_with_a_common_table_expression_too(session: Session) -> None:
    with read_only():
        assert session.scalar(sa.text("WITH one AS (SELECT 1 AS n) SELECT n FROM one")) == 1
