"""What a rater of test calls sees: its calls by code, and one call at a time; never whose."""

from questionnaire.rater import calls, words
from questionnaire.rater.gate import blueprint

__all__ = ["blueprint", "calls", "words"]
