"""Out as a spreadsheet and in again: nothing is different, whatever the answers are."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from question_bank.model import Section, Wording
from question_bank.values import Money
from questionnaire.core import codes
from questionnaire.core.answers import Answer, clean_comment, same_answer
from questionnaire.core.faults import AnswerFault
from questionnaire.core.kinds import KINDS
from questionnaire.core.sheet import Held, lay_out
from questionnaire.core.sheet.reading import read
from questionnaire.core.texts import CELL_LIMIT, clean
from questionnaire.paths import PACKAGE
from questionnaire.services.editions import current_bank
from questionnaire.services.sheet_opening import open_sheets
from questionnaire.services.sheet_writing import xlsx
from questionnaire.services.taking import Typed, take
from tests.harness import every_kind

WANTED = {"assessment": "a", "edition": "e"}
EVERY = tuple(
    one for one in vars(every_kind).values() if getattr(one, "kind", "") in {*KINDS} - {"file"}
)
SMALL = (Section("a", Wording("Everything"), Wording("All kinds"), EVERY),)


def _again(sections, held, language):
    """Written, opened in the limited process, read; question id -> answer."""
    book = lay_out(
        sections, held, language=language, currency="EUR", title="Round", organisation="Ada",
        facts=(), about=WANTED,
    )  # fmt: skip
    grids = open_sheets(xlsx(book, datetime(2026, 11, 23, tzinfo=UTC)), language)
    reading = read(grids, sections, WANTED, language)
    assert reading.refused == ()
    questions = {one.id: one for section in sections for one in section.questions}
    return {
        one.question: take(
            questions[one.question],
            Typed(one.said, one.raw, one.none, one.comment, one.reason, one.version),
            language=language,
        )
        for one in reading.filled
    }, {one.question: one.version for one in reading.filled}


def _demo():
    """Every vendor of the demo that has answered all questions."""
    case = json.loads((PACKAGE / "demo" / "case.json").read_text(encoding="utf-8"))
    vendors = case["vendors"]
    return [
        one["answers"]
        for one in (vendors.values() if isinstance(vendors, dict) else vendors)
        if all(value is not None for value in one["answers"].values())
    ]


@pytest.mark.parametrize("language", ["en", "lv", "es"])
def test_all_121_answers_come_back_without_a_difference(language):
    bank, (answers, *_more) = current_bank(), _demo()
    assert len(answers) == len(bank.questions) == 121
    held = {
        id: Held("answered", KINDS[one.kind].from_json(one, answers[id]), "Seen; =1", "", 4)
        for id, one in bank.questions.items()
    }
    found, versions = _again(bank.sections, held, language)
    assert found.keys() == bank.questions.keys()
    assert set(versions.values()) == {4}
    for id, question in bank.questions.items():
        if question.kind != "file":  # The attached file is the answer.
            before = Answer("answered", held[id].value, "Seen; =1")
            assert same_answer(question, before, found[id]), id


@pytest.mark.parametrize("language", ["en", "lv", "es"])
def test_an_empty_questionnaire_comes_back_empty(language):
    bank = current_bank()
    found, versions = _again(bank.sections, {}, language)
    assert found.keys() == bank.questions.keys()
    assert {one.state for one in found.values()} == {"blank"}
    assert set(versions.values()) == {0}


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")) | st.sampled_from('\n;",='),
    max_size=60,
) | st.sampled_from(["_x0041_", "=1+1", "a;b", '"', "0012", "1.234", "  x", "TRUE", "@x", "\u200b"])
NUMBERS = st.decimals(0, 100, places=6).map(float)


def _says_something(text):
    try:
        return clean(text, CELL_LIMIT, "en", lines=False) != ""
    except AnswerFault:
        return False


def _cell(column):
    """JSON values that a column can hold, and an empty cell."""
    kinds = {
        "text": TEXTS, "country": st.sampled_from(sorted(codes.COUNTRIES)), "number": NUMBERS,
        "percentage": NUMBERS, "yes_no": st.booleans(),
        "language": st.sampled_from(sorted(codes.LANGUAGES)),
        "date": st.dates(date(1901, 1, 1), date(2199, 12, 31)).map(date.isoformat),
        "time": st.times().map(lambda one: f"{one:%H:%M}"), "year": st.integers(1900, 2100),
        "money": MONEY,
        "choice": st.sampled_from([one.code for one in column.choices] or [""]),
    }  # fmt: skip
    if column.choices_from:
        return st.none() | st.lists(TEXTS.filter(_says_something), max_size=3)
    if column.kind == "multi_choice":
        free = [one.code for one in column.choices if one.code not in column.exclusive]
        return st.none() | st.lists(st.sampled_from(free), max_size=3)
    return st.none() | kinds[column.kind]


MONEY = st.one_of(
    st.integers(0, 10**14),
    st.builds(
        lambda amount, currency: {"amount": amount, "currency": currency},
        st.decimals(0, 10**9, places=2).map(float),
        st.sampled_from(sorted(codes.CURRENCIES)),
    ),
)


def _value(question):
    """JSON values that a question can hold."""
    if question.kind == "table":
        row = st.fixed_dictionaries({one.name: _cell(one) for one in question.columns})
        return st.lists(row, max_size=4)
    if question.kind == "multi_choice":
        free = [one.code for one in question.choices if one.code not in question.exclusive]
        return st.lists(st.sampled_from(free), max_size=3)
    if question.kind == "countries":
        return st.lists(st.sampled_from(sorted(codes.COUNTRIES)), max_size=14)
    kinds = {
        "yes_no": st.booleans(), "number": NUMBERS, "percentage": NUMBERS, "money": MONEY,
        "date": st.dates(date(1901, 1, 1), date(2199, 12, 31)).map(date.isoformat),
        "text": TEXTS, "long_text": TEXTS,
        "single_choice": st.sampled_from([one.code for one in question.choices] or [""]),
    }  # fmt: skip
    return kinds[question.kind]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from(["en", "lv", "es"]))
def test_any_answer_of_any_kind_comes_back_as_it_was(data, language):
    held, kept = {}, {}
    for one in EVERY:
        state = data.draw(st.sampled_from(["answered", "blank", "dont_know", "not_applicable"]))
        comment = data.draw(st.just("") | TEXTS)
        try:
            value = KINDS[one.kind].from_json(one, data.draw(_value(one)))
            comment = clean_comment(comment)
        except AnswerFault:
            continue
        reason = "No such thing" if state == "not_applicable" else ""
        state = "blank" if state == "answered" and value is None else state
        value = value if state == "answered" else None
        held[one.id] = Held(state, value, comment, reason, 7)
        kept[one.id] = Answer(state, value, comment, reason)
    found, _versions = _again(SMALL, held, language)
    for one in EVERY:
        if one.id in kept:
            assert same_answer(one, kept[one.id], found[one.id]), (kept[one.id], found[one.id])


def test_a_midnight_and_an_amount_without_a_currency_come_back():
    table = every_kind.SITES
    row = dict.fromkeys((one.name for one in table.columns), None)
    row |= {"site": "Riga", "opens": time(0, 0), "limit": Money(Decimal("0.1"), "EUR")}
    held = {
        table.id: Held("answered", (row,), version=1),
        every_kind.MONEY.id: Held("answered", Decimal("1.234"), version=1),
    }
    found, _versions = _again(SMALL, held, "lv")
    assert found[table.id].value == (row,)
    assert found[every_kind.MONEY.id].value == Decimal("1.234")
