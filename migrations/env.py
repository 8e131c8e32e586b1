"""How Alembic runs here: always from code, on a connection that it is given."""

from alembic import context

from questionnaire.migrating import configure

configure(context)
