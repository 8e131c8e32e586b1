"""What a vendor sees: the invitation, the questionnaire, its own answers."""

from flask import Blueprint

blueprint = Blueprint("vendor", __name__)
