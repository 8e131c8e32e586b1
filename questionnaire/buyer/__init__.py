"""What a buyer sees: RFIs, briefs, requirements, vendors, the board."""

from flask import Blueprint

blueprint = Blueprint("buyer", __name__)
