"""Yes, no, and unsure with a reason: the same three values that the findings of the bank have."""

from __future__ import annotations

from question_bank.truth import Truth, Unsure, all_true, any_true, opposite

__all__ = ("Truth", "Unsure", "all_true", "any_true", "opposite")
