"""Choices: one, several, countries, languages."""

from __future__ import annotations

from collections.abc import Sequence

from questionnaire.core.faults import AnswerFault
from questionnaire.core.kinds.base import Asked, Kind, Raw, is_blank
from questionnaire.core.phrases import listed, quoted, say
from questionnaire.core.texts import CELL_LIMIT, clean, same_text


class SingleChoice(Kind[str]):
    """One choice, by its code; a label in the reader's language or English is understood too."""

    name = "single_choice"

    def parse(self, asked: Asked, raw: Raw, language: str = "en") -> str | None:
        if is_blank(raw):
            return None
        return chosen_code(asked, raw, language)

    def from_json(self, asked: Asked, value: object, language: str = "en") -> str | None:
        if value is None:
            return None
        if isinstance(value, str) and asked.choice(value):
            return value
        raise not_offered(asked, value, language)

    def to_raw(self, asked: Asked, value: str | None, language: str = "en") -> str:
        return value or ""

    def show(self, asked: Asked, value: str | None, language: str = "en") -> str:
        return "" if value is None else label_of(asked, value, language)


class CellChoice(SingleChoice):
    name = "choice"


class MultiChoice(Kind[tuple[str, ...]]):
    """Several choices as a tuple of codes in the question's order; () is "none of these"."""

    name = "multi_choice"

    def parse(self, asked: Asked, raw: Raw, language: str = "en") -> tuple[str, ...] | None:
        """From the list of ticked codes; in a cell also from one text, split at `;` or `,`."""
        ticked = ticks(raw)
        if ticked is None:
            return None
        return self._chosen(asked, [chosen_code(asked, one, language) for one in ticked], language)

    def from_json(
        self, asked: Asked, value: object, language: str = "en"
    ) -> tuple[str, ...] | None:
        if value is None:
            return None
        if not isinstance(value, list | tuple):
            raise AnswerFault(say(language, "Expected is a list of choices."))
        if asked_elsewhere(asked):
            names = [clean(one, CELL_LIMIT, language, lines=False) for one in value]
            if "" in names:
                # Nothing is nobody's name.
                raise AnswerFault(say(language, "Expected is a list of choices."))
            return self._chosen(asked, names, language)
        for one in value:
            if not isinstance(one, str) or asked.choice(one) is None:
                raise not_offered(asked, one, language)
        return self._chosen(asked, value, language)

    def _chosen(self, asked: Asked, ticked: Sequence[str], language: str) -> tuple[str, ...]:
        """In the question's order and each once; exclusive choices stand alone."""
        alone = [code for code in ticked if code in asked.exclusive]
        if alone and len(set(ticked)) > 1:
            raise AnswerFault(
                say(
                    language,
                    "{alone} stands alone: untick it, or untick the others.",
                    alone=quoted(label_of(asked, alone[0], language)),
                )
            )
        if asked_elsewhere(asked):
            return tuple(sorted(set(ticked)))
        return tuple(choice.code for choice in asked.choices if choice.code in ticked)

    def to_raw(
        self, asked: Asked, value: tuple[str, ...] | None, language: str = "en"
    ) -> list[str] | None:
        return None if value is None else list(value)

    def show(self, asked: Asked, value: tuple[str, ...] | None, language: str = "en") -> str:
        if value is None:
            return ""
        if not value:
            return say(language, "None of these")
        return listed([label_of(asked, code, language) for code in value], language)


class CellChoices(MultiChoice):
    """Several choices in one cell of a table, where nothing chosen is an empty cell."""

    def parse(self, asked: Asked, raw: Raw, language: str = "en") -> tuple[str, ...] | None:
        return super().parse(asked, raw, language) or None

    def from_json(
        self, asked: Asked, value: object, language: str = "en"
    ) -> tuple[str, ...] | None:
        return super().from_json(asked, value, language) or None


def ticks(raw: Raw) -> list[object] | None:
    """What was ticked or typed; None when nothing was said, [] when "none" was said.

    A text (a cell that was pasted) is split at `;` or, where it has none, at commas.
    """
    if isinstance(raw, str):
        parts: Sequence[object] = raw.split(";" if ";" in raw else ",")
        return [one for one in parts if not is_blank(one)] or None
    if raw is None:
        return None
    if not isinstance(raw, list | tuple):
        return [raw]
    ticked: list[object] = [one for one in raw if not is_blank(one)]
    return None if raw and not ticked else ticked


def asked_elsewhere(asked: Asked) -> bool:
    """The choices are names that the vendor gave in another table."""
    return bool(getattr(asked, "choices_from", None)) and not asked.choices


def chosen_code(asked: Asked, raw: object, language: str) -> str:
    """The code that a code or a label means; AnswerFault when it is not offered."""
    if asked_elsewhere(asked):
        return clean(raw, CELL_LIMIT, language, lines=False)
    if isinstance(raw, str):
        if asked.choice(raw.strip()):
            return raw.strip()
        meant = same_text(raw)
        for choice in asked.choices:
            labels = (choice.code, choice.label.en, choice.label.text(language))
            if meant in map(same_text, labels):
                return choice.code
    raise not_offered(asked, raw, language)


def not_offered(asked: Asked, raw: object, language: str) -> AnswerFault:
    offered = [quoted(choice.label.text(language)) for choice in asked.choices]
    return AnswerFault(
        say(
            language,
            "{raw} is not offered. Choose from {offered}.",
            raw=quoted(str(raw)),
            offered=listed(offered, language, either=True),
        )
    )


def label_of(asked: Asked, code: str, language: str) -> str:
    """The label of a choice; the code itself where the choice has gone or stands elsewhere."""
    choice = asked.choice(code)
    return choice.label.text(language) if choice else code
