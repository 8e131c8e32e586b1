"""What can be answered at all, as a clause: `answers go from 0 to 100 %`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from question_bank.model import Column, Question
from question_bank.operators import shape_of
from questionnaire.core.case import Case
from questionnaire.core.dates import FIRST_YEAR, LAST_YEAR, show_date
from questionnaire.core.numbers import DIGITS
from questionnaire.core.phrases import listed, say
from questionnaire.core.showing import show_value


def limits(asked: Question | Column, case: Case) -> str:
    """What bounds the answers to a question, or the cells of a column."""
    language, shape = case.language, shape_of(asked)
    if shape.sort == "number":
        return _range(asked, case)
    if shape.sort == "date":
        first = show_date(date(FIRST_YEAR, 1, 1), language)
        last = show_date(date(LAST_YEAR, 12, 31), language)
        return say(language, "dates go from {first} to {last}", first=first, last=last)
    if shape.codes is None:
        return say(language, "nothing fits it that could be answered")
    offered = listed([show_value(one, asked, case) for one in shape.codes], language)
    said = [say(language, "what can be chosen is {choices}", choices=offered)]
    if shape.sort == "codes" and shape.exclusive:
        alone = [show_value(one, asked, case) for one in shape.exclusive]
        said.append(say(language, "{choice} stands alone", choice=listed(alone, language)))
    if isinstance(asked, Question) and asked.most_choices is not None:
        said.append(say(language, "at most {n} can be chosen", n=asked.most_choices))
    return "; ".join(said)


def _range(asked: Question | Column, case: Case) -> str:
    low, high = asked.minimum, asked.maximum
    if asked.kind == "year":
        low = max(low or Decimal(0), Decimal(FIRST_YEAR))
        high = min(high or Decimal(LAST_YEAR), Decimal(LAST_YEAR))
    least = "" if low is None else show_value(low, asked, case)
    most = "" if high is None else show_value(high, asked, case)
    if least and most:
        return say(case.language, "answers go from {least} to {most}", least=least, most=most)
    if most:
        return say(case.language, "answers go up to {most}", most=most)
    if least:
        return say(case.language, "answers start at {least}", least=least)
    return say(case.language, "answers have at most {n} digits", n=DIGITS)
