"""What a WSGI server imports: `gunicorn wsgi:app`."""

from questionnaire.app import create_app

app = create_app()
