"""Row rules in words: `in every row with Role “Primary”, UPS must be at least 15 minutes`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from question_bank.model import Question, RowRule
from questionnaire.core.case import Case
from questionnaire.core.codes import language_name
from questionnaire.core.needs import need
from questionnaire.core.phrases import listed, quoted, say
from questionnaire.core.showing import show_filter, show_value
from questionnaire.core.spoken import buyer_languages
from questionnaire.core.thresholds import resolve
from questionnaire.core.truth import Unsure


def row_rule(rule: RowRule, question: Question, case: Case) -> str:
    """The rule as a clause, with the figures that its thresholds come to."""
    language = case.language
    column = question.column(rule.column or "")
    where = show_filter(rule.where, question, case)
    label = quoted(column.label.text(language)) if column else ""
    if rule.quantifier == "each_buyer_language":
        return _each_language(rule, question, label, case)
    if rule.quantifier == "any_valid_cert":
        return _certificate(rule, question, case)
    figure = rule.quantifier in ("count", "sum", "distinct", "ratio")
    unit = column if rule.quantifier == "sum" or not figure else None
    quantifier, op = rule.quantifier, rule.op or ""
    if (quantifier, op) == ("none", "not_in"):
        quantifier, op = "all", "one_of"
    demand = need(op, rule.value, resolve(rule.value, case), unit, case)
    shown = {"where": where, "column": label, "need": demand}
    match quantifier:
        case "any":
            return say(language, "in at least one row{where}, {column} must be {need}", **shown)
        case "all":
            return say(language, "in every row{where}, {column} must be {need}", **shown)
        case "none":
            return say(language, "in no row{where} may {column} be {need}", **shown)
        case "count":
            return say(language, "the number of rows{where} must be {need}", **shown)
        case "sum":
            return say(language, "the sum of {column}{where} must be {need}", **shown)
        case "distinct":
            return say(language, "the number of different {column}{where} must be {need}", **shown)
    return _ratio(rule, question, label, demand, case)


def _ratio(rule: RowRule, question: Question, label: str, demand: str, case: Case) -> str:
    return say(
        case.language,
        "{column}{numerator} divided by {column}{denominator} must be {need}",
        column=label,
        numerator=show_filter(rule.numerator or {}, question, case),
        denominator=show_filter(rule.denominator or {}, question, case),
        need=demand,
    )


def _each_language(rule: RowRule, question: Question, label: str, case: Case) -> str:
    language = case.language
    entries = buyer_languages(case)
    if isinstance(entries, Unsure):
        return say(
            language, "for every language in your brief, {column} must suffice", column=label
        )
    column = question.column(rule.column or "")
    demands = [_for_language(rule, entry, column, case) for entry in entries]
    return say(language, "{column} must be {needs}", column=label, needs=listed(demands, language))


def _for_language(rule: RowRule, entry: Mapping[str, Any], column: Any, case: Case) -> str:
    found = resolve(rule.value, case, entry)
    return say(
        case.language,
        "{need} for {language}",
        need=need(rule.op or "", rule.value, found._replace(origin=""), column, case),
        language=language_name(entry["language"], case.language),
    )


def _certificate(rule: RowRule, question: Question, case: Case) -> str:
    shown = []
    for name, wanted in rule.where.items():
        values = wanted if isinstance(wanted, list | tuple) else (wanted,)
        shown += [show_value(one, question.column(name), case) for one in values]
    return say(
        case.language,
        "a valid certificate: {standards}, issued and accredited, for the contact "
        "service at the primary site, of the current edition and in force when the service starts",
        standards=listed(shown, case.language, either=True),
    )
