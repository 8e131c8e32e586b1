"""What a reviewer sees: the queue of flags and each flag."""

from flask import Blueprint

blueprint = Blueprint("reviewer", __name__)
