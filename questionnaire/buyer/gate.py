"""The blueprint of everything that a buyer does; only buyers of an organisation pass."""

from flask import Blueprint

from questionnaire.accounts import require

blueprint = Blueprint("buyer", __name__, url_prefix="/rfis")
blueprint.before_request(require("buyer"))
