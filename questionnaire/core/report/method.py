"""Part 14: by what rules, on which versions, out of which sources, and who decided what."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaire.core.dates import show_date
from questionnaire.core.phrases import listed, say
from questionnaire.core.report import laying, words
from questionnaire.core.report.blocks import (
    Block,
    Cell,
    Head,
    Heading,
    Line,
    Listing,
    Paragraph,
    Table,
)
from questionnaire.core.report.matter import Decided, Judged, Matter
from questionnaire.core.scoring import base_of


def blocks(matter: Matter) -> Iterator[Block]:
    language = matter.language
    yield Heading(say(language, "Method"))
    yield Listing(tuple(Line(text) for text in _method(matter)))
    yield Heading(say(language, "Versions"))
    yield Table(
        "versions",
        say(language, "What this report was made on"),
        (Head(say(language, "What")), Head(say(language, "Version"))),
        tuple((Cell(name), Cell(value)) for name, value in versions(matter)),
    )
    if matter.vendors:
        yield _answers(matter)
    yield Heading(say(language, "Decisions of reviewers"))
    yield from _decisions(matter)
    yield Heading(say(language, "Sources"))
    yield from _sources(matter)


def _method(matter: Matter) -> Iterator[str]:
    language = matter.language
    base = base_of(matter.bank, matter.basis.profiles)
    yield say(
        language,
        "Every answer is held against your requirements. Not met, not known and not proven are "
        "gaps alike; don’t know and a blank never pass.",
    )
    yield say(
        language,
        "Mandatory requirements are a gate: one gap that was not waived, one mandatory finding "
        "that fires or that the vendor leaves open, or a failed trial, and the vendor is not "
        "eligible. Nothing compensates, no price and no score.",
    )
    yield say(
        language,
        "Who passes is conditional while a protected section is under its floor, the trial is "
        "missing or was passed with conditions, there are more than {n} major gaps, the vendor "
        "does not suit you (competitor, size), customers’ satisfaction is not proven, or a major "
        "finding cannot be worked out; else recommended.",
        n=base.max_major,
    )
    yield say(
        language,
        "Gaps are counted by subject: one question is one, however many of its requirements are "
        "missed, and a finding takes the place of the questions that it explains.",
    )
    yield say(
        language,
        "A document counts when it stands on the day of this report, does not end before the "
        "contract starts, is about this service at its primary site and is no older than a "
        "requirement allows. Where a requirement demands that your reviewers have read it "
        "(“reviewed by us”), an answer with less behind it is not known. Levels of proof are no "
        "part of a score.",
    )
    yield say(
        language,
        "Price takes part in no requirement that decides, in no score and in no tier. Prices stay "
        "sealed until two people lock the review.",
    )
    yield say(
        language,
        "Thresholds are sensible defaults that you can edit, no norms of the industry, and no "
        "legal advice. What vendors answer is their own word unless it says otherwise.",
    )
    yield say(
        language,
        "This service takes no money from vendors: no place in an order can be bought, and nobody "
        "is listed for a fee.",
    )


def versions(matter: Matter) -> list[tuple[str, str]]:
    """Everything that a second report would have to be made on to be the same."""
    language, frozen = matter.language, matter.versions
    profiles = [matter.bank.profile(one).title.text(language) for one in matter.basis.profiles]
    found = [
        (say(language, "Day of evaluation"), show_date(matter.on, language)),
        (say(language, "Edition of the bank"), frozen.edition),
        (
            say(language, "Requirements"),
            say(language, "version {n}", n=frozen.requirement_set),
        ),
        (say(language, "Digest of the requirements"), frozen.requirement_digest or laying.NOTHING),
        (say(language, "Profiles"), listed(profiles, language)),
    ]
    for title, at in (
        (say(language, "Requirements frozen"), frozen.frozen_at),
        (say(language, "Questionnaire sent"), frozen.sent_at),
    ):
        if at is not None:
            found.append((title, words.moment(at, matter.time_zone, language)))
    dated = matter.bank.policy.get("as_of")
    if isinstance(dated, str):
        found.append((say(language, "Tables of policy as of"), dated))
    start = matter.basis.contract_start
    stated = show_date(start, language) if start else say(language, "not stated")
    found.append((say(language, "Contract start"), stated))
    weight = words.figure(100 * matter.basis.price_weight, language)
    found.append((say(language, "Weight of the price"), say(language, "{n} %", n=weight)))
    return found


def _answers(matter: Matter) -> Table:
    language = matter.language
    return Table(
        "submissions",
        say(language, "What was submitted"),
        (
            Head(say(language, "Vendor")),
            Head(say(language, "Submitted")),
            Head(say(language, "Signed by")),
            Head(say(language, "Answers, counting every version"), "whole"),
            Head(say(language, "Documents"), "whole"),
        ),
        tuple(_answer_row(matter, one) for one in matter.by_name),
    )


def _answer_row(matter: Matter, one: Judged) -> tuple[Cell, ...]:
    at = one.submitted_at
    when = words.moment(at, matter.time_zone, matter.language) if at else None
    sealed = matter.bank.sealed_questions
    documents = sum(
        len(answer.evidence) for id, answer in one.offer.answers.items() if id not in sealed
    )
    return (
        Cell(one.name),
        Cell(when),
        Cell(one.attested or None),
        Cell(one.answer_versions),
        Cell(documents),
    )


def _decisions(matter: Matter) -> Iterator[Block]:
    language = matter.language
    if not matter.decisions:
        text = say(
            language,
            "No flag has been decided yet. How much rests on documents that were reviewed stands "
            "in part 1.",
        )
        yield Paragraph(text)
        return
    yield Table(
        "decisions",
        say(language, "Who decided what, and when"),
        (
            Head(say(language, "When")),
            Head(say(language, "Who")),
            Head(say(language, "Vendor")),
            Head(say(language, "About")),
            Head(say(language, "Decision")),
            Head(say(language, "Reason")),
        ),
        tuple(_decision(matter, at) for at in matter.decisions),
    )


def _decision(matter: Matter, at: Decided) -> tuple[Cell, ...]:
    language = matter.language
    text = words.decision(at.action, language)
    if at.until:
        text = say(language, "{what}, until {day}", what=text, day=show_date(at.until, language))
    return (
        Cell(words.moment(at.at, matter.time_zone, language)),
        Cell(at.by),
        Cell(matter.names.get(at.code)),
        Cell(laying.topic(matter, at.requirement)),
        Cell(text),
        Cell(at.reason or laying.NOTHING),
    )


def _sources(matter: Matter) -> Iterator[Block]:
    """The claims behind the gaps and findings of this report, by the article's paragraphs."""
    language, bank = matter.language, matter.bank
    cited: dict[str, dict[str, None]] = {}
    for one in matter.vendors:
        for topic, claims in _cited(matter, one):
            for claim in claims:
                cited.setdefault(claim, {})[topic] = None
    text = say(
        language,
        "Each gap and each finding goes back to a claim of the article that the bank was made "
        "from. The article is opinion and tendencies, not evidence; so what it says is tested "
        "with each vendor and assumed of none.",
    )
    yield Paragraph(text)
    if not cited:
        return
    yield Table(
        "sources",
        say(language, "Claims behind gaps and findings"),
        (
            Head(say(language, "Claim")),
            Head(say(language, "Paragraph")),
            Head(say(language, "What it says")),
            Head(say(language, "Behind")),
        ),
        tuple(
            (
                Cell(claim.id),
                Cell(claim.paragraph),
                Cell(claim.text.text(language)),
                Cell(", ".join(cited[claim.id])),
            )
            for claim in bank.claims.values()
            if claim.id in cited
        ),
    )


def _cited(matter: Matter, one: Judged) -> Iterator[tuple[str, tuple[str, ...]]]:
    for judgement in laying.open_judgements(matter, one):
        question = matter.bank.questions.get(judgement.requirement.question)
        if judgement.is_gap and question is not None:
            yield matter.subject(question.id), question.claims
    described = {at.id: at for at in matter.bank.findings}
    for finding in laying.own_findings(matter, one):
        if finding.fires and finding.id in described:
            about = described[finding.id]
            yield about.title.text(matter.language), about.claims
